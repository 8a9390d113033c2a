/** The one place where the page meets the package. */

let loaded;

/** Loads the engine once, and gives the package; rejects where the file is missing or WebAssembly and its fallback are both blocked. */
export async function loadEngine() {
  const api = await import("../clearloan/index.mjs");
  await api.init();
  loaded = api;
  return api;
}

/** `{ quote }`, or `{ issues }` where the terms are refused. Anything else that is thrown is a fault of ours, and is. */
export function quoteOf(terms) {
  try {
    return { quote: loaded.quote(terms) };
  } catch (error) {
    if (error instanceof loaded.LoanError) return { issues: error.issues };
    throw error;
  }
}
