// TextEncoder and TextDecoder as far as the glue of wasm-bindgen needs them, for hosts that have neither
// (mini-programs on devices). The build puts these names in the place of the globals.

/** Encodes as the standard does: a lone surrogate becomes U+FFFD. */
class PlainTextEncoder {
  /** @param {string} text */
  encode(text) {
    /** @type {number[]} */
    const bytes = [];
    for (const character of text) {
      let point = /** @type {number} */ (character.codePointAt(0));
      if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
      if (point < 0x80) bytes.push(point);
      else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
      else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
      else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    }
    return Uint8Array.from(bytes);
  }

  /**
   * The glue always offers room for the whole text.
   *
   * @param {string} text
   * @param {Uint8Array} room
   */
  encodeInto(text, room) {
    const bytes = this.encode(text);
    room.set(bytes);
    return { read: text.length, written: bytes.length };
  }
}

/** Decodes what the engine writes, which is valid UTF-8 always: Rust's strings are. */
class PlainTextDecoder {
  /** @param {Uint8Array} [bytes] */
  decode(bytes = new Uint8Array(0)) {
    let text = "";
    for (let index = 0; index < bytes.length;) {
      const first = bytes[index++];
      if (first < 0x80) text += String.fromCharCode(first);
      else if (first < 0xe0) text += String.fromCharCode(((first & 31) << 6) | (bytes[index++] & 63));
      else if (first < 0xf0) {
        text += String.fromCharCode(((first & 15) << 12) | ((bytes[index++] & 63) << 6) | (bytes[index++] & 63));
      } else {
        text += String.fromCodePoint(((first & 7) << 18) | ((bytes[index++] & 63) << 12)
          | ((bytes[index++] & 63) << 6) | (bytes[index++] & 63));
      }
    }
    return text;
  }
}

const NativeEncoder = typeof TextEncoder === "undefined" ? PlainTextEncoder : TextEncoder;
const NativeDecoder = typeof TextDecoder === "undefined" ? PlainTextDecoder : TextDecoder;
export { NativeDecoder as TextDecoder, NativeEncoder as TextEncoder, PlainTextDecoder, PlainTextEncoder };
