// Decoded by the host where it can: new browsers and Node take half a millisecond for the wasm. Else by hand, in some five:
// `atob` is no faster, mini-programs do not have it, and `fetch("data:…")` is blocked by a strict Content-Security-Policy.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * @param {string} text padded base64 of the build's own making
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesFromBase64(text) {
  return decodedByHost(text) ?? decodedByHand(text);
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer> | undefined}
 */
function decodedByHost(text) {
  /** @type {any} */
  const NewArray = Uint8Array;
  if (typeof NewArray.fromBase64 === "function") return NewArray.fromBase64(text);
  // Today's bundlers leave the name alone: it is there or not.
  return typeof Buffer === "undefined" ? undefined : Buffer.from(text, "base64");
}

/**
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decodedByHand(text) {
  const values = new Uint8Array(128);
  for (let value = 0; value < 64; value += 1) values[DIGITS.charCodeAt(value)] = value;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let from = 0, to = 0; from < text.length; from += 4) {
    const group = (values[text.charCodeAt(from)] << 18) | (values[text.charCodeAt(from + 1)] << 12)
      | (values[text.charCodeAt(from + 2)] << 6) | values[text.charCodeAt(from + 3)];
    // Writing past the end of a typed array, where the padding stands, does nothing.
    bytes[to++] = group >> 16;
    bytes[to++] = (group >> 8) & 255;
    bytes[to++] = group & 255;
  }
  return bytes;
}
