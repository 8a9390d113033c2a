// Hands a call's text to the engine. Texts of the glue's go character by character, which takes longer than many a step of the
// reckoning.

/** @typedef {import("./loader.js").Glue} Glue */

const ENCODER = new TextEncoder();
/** Bytes of UTF-8 for one of JavaScript's characters, at most. */
const BYTES_MAX = 3;

/**
 * @param {Glue} glue
 * @param {{ buffer: ArrayBuffer }} memory
 * @param {string} text
 * @returns {number} how many bytes it takes where the engine reads them
 */
export function hand(glue, memory, text) {
  const room = BYTES_MAX * text.length;
  const start = glue.input(room);
  // The buffer is another one where the memory has grown for this room.
  return ENCODER.encodeInto(text, new Uint8Array(memory.buffer, start, room)).written;
}
