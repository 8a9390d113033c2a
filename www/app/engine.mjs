/** The one place where the page meets the package. */

let loaded;

/** The engine's bytes, as a file of their own. Relative to the page, not to this module, which may stand in any folder. */
const ENGINE = "clearloan/clearloan.wasm";

/**
 * Loads the engine once, and gives the package; where WebAssembly is blocked, missing or cannot be fetched, the same engine as plain
 * JavaScript. Rejects where neither can be loaded.
 */
export async function loadEngine() {
  loaded = await import("../clearloan/slim.mjs");
  try {
    await loaded.init(engineFile());
  } catch {
    loaded = await import("../clearloan/asm.mjs");
    await loaded.init();
  }
  return loaded;
}

/** `{ quote, disclosure }`, or `{ issues }` where the terms are refused. Anything else that is thrown is a fault of ours, and is. */
export const quoteOf = (terms, options, locale) => issuesOr(() => ({
  quote: loaded.quote(terms), disclosure: loaded.disclose(terms, { ...options, locale }),
}));

/** The quote without its rows, for a slider on its way: `{ quote }` or `{ issues }`. */
export const quickQuoteOf = (terms) => issuesOr(() => ({ quote: loaded.quote(terms, { instalments: false }) }));

function issuesOr(call) {
  try {
    return call();
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
