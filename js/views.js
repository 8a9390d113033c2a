// Views of the engine's memory, as the glue keeps them. Where WebAssembly's memory grows, a view of the old one has no bytes
// any more, by which the glue knows to make a new one. The memory of the engine as JavaScript leaves old views as they
// were, so that they are remembered here, to be emptied by hand. The build puts this name in the place of the glue's global.

/** @param {any} buffer */
function RememberedView(buffer) {
  const view = new Uint8Array(buffer);
  buffer.clearloanView = view;
  return view;
}

export { RememberedView as Uint8Array };

/**
 * The exports of the engine as JavaScript, with which the glue can work as with those of wasm.
 *
 * @param {import("./loader.js").Exports} exports
 * @returns {import("./loader.js").Exports}
 */
export function withViewsRenewed(exports) {
  let buffer = exports.memory.buffer;
  /** @type {import("./loader.js").Exports} */
  const renewed = { memory: exports.memory };
  for (const [name, member] of Object.entries(exports)) {
    if (typeof member !== "function") continue;
    renewed[name] = (/** @type {unknown[]} */ ...given) => {
      const result = member(...given);
      if (exports.memory.buffer !== buffer) {
        // What a detached buffer and its views say of themselves.
        Object.defineProperty(buffer, "detached", { value: true });
        if (buffer.clearloanView) Object.defineProperty(buffer.clearloanView, "byteLength", { value: 0 });
        buffer = exports.memory.buffer;
      }
      return result;
    };
  }
  return renewed;
}
