// The standard's WebAssembly, as browsers and servers have it.

import { wasmMissing } from "./problems.js";

/** @typedef {import("./loader.js").Imports} Imports */
/** @typedef {import("./loader.js").Started} Started */

/** The shortest module there is. */
const EMPTY = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * @param {BufferSource | WebAssembly.Module} source
 * @param {Imports} imports
 * @returns {Promise<Started>}
 */
export async function instantiate(source, imports) {
  if (typeof WebAssembly === "undefined") throw wasmMissing("WebAssembly");
  const given = /** @type {WebAssembly.Imports} */ (imports);
  let module;
  /** @type {WebAssembly.Instance} */
  let instance;
  if (source instanceof WebAssembly.Module) {
    module = source;
    instance = await WebAssembly.instantiate(source, given);
  } else {
    ({ instance, module } = await WebAssembly.instantiate(source, given));
  }
  const compiled = module;
  return { exports: instance.exports, restart: (fresh) => new WebAssembly.Instance(compiled, /** @type {WebAssembly.Imports} */ (fresh)).exports };
}

/** Whether no module at all can be started here: there is no WebAssembly, or a policy of the page blocks it. */
export async function isUnavailable() {
  try {
    await WebAssembly.instantiate(EMPTY);
    return false;
  } catch {
    return true;
  }
}

/**
 * @param {unknown} source bytes, a compiled module or a response with bytes
 * @returns {Promise<BufferSource | WebAssembly.Module>}
 */
export async function bytesOf(source) {
  const given = /** @type {any} */ (source);
  if (given !== null && given !== undefined) {
    if (typeof given.arrayBuffer === "function") {
      if (given.ok === false) throw new Error(`the response has the status ${given.status}`);
      return given.arrayBuffer();
    }
    if (typeof WebAssembly !== "undefined" && given instanceof WebAssembly.Module) return given;
    if (ArrayBuffer.isView(given)) return /** @type {BufferSource} */ (given);
    // Of another realm, too.
    if (Object.prototype.toString.call(given) === "[object ArrayBuffer]") return given;
  }
  throw new TypeError("init takes the bytes of the wasm file, a WebAssembly.Module or a Response, or nothing at all");
}
