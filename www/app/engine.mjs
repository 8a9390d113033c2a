/** The one place where the page meets the package. */

let loaded;

/** The engine's bytes, as a file of their own. Relative to the page, not to this module, which may stand in any folder. */
const ENGINE = "clearloan/clearloan.wasm";

/** Loads the engine once, and gives the package; rejects where the file is missing or WebAssembly and its fallback are both blocked. */
export async function loadEngine() {
  const api = await import("../clearloan/index.mjs");
  await api.init(engineFile());
  loaded = api;
  return api;
}

/** `{ quote, disclosure }`, or `{ issues }` where the terms are refused. Anything else that is thrown is a fault of ours, and is. */
export function quoteOf(terms, options, locale) {
  try {
    return { quote: loaded.quote(terms), disclosure: loaded.disclose(terms, { ...options, locale }) };
  } catch (error) {
    if (error instanceof loaded.LoanError) return { issues: error.issues };
    throw error;
  }
}

async function engineFile() {
  const response = await fetch(ENGINE);
  if (!response.ok) throw new Error(`${ENGINE}: ${response.status}`);
  return response;
}
