// Sizes of what ships, as a browser would transfer it. Run by itself, it prints those of the package.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { PKG } from "./tools.mjs";

/** What a page pays for each engine at most: with every call in (the goal is 96 kB; the cuts towards it lower this number), and to quote. */
export const BROTLI_MAX = { "clearloan.wasm": 212 * 1024, "quote.wasm": 64 * 1024 };

export function sizesOf(file) {
  const bytes = fs.readFileSync(file);
  return {
    raw: bytes.length,
    gzip: zlib.gzipSync(bytes, { level: 9 }).length,
    brotli: zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length,
  };
}

const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1).padStart(6)} kB`;
export const sizeLine = (name, { raw, gzip, brotli }) =>
  `${name.padEnd(22)} ${kilobytes(raw)} raw  ${kilobytes(gzip)} gzip  ${kilobytes(brotli)} brotli`;

/** What a caller of each entry loads: its own file, and where there is a second one at once, that too. */
export const ENTRIES = {
  "clearloan.wasm": ["clearloan.wasm"], ".": ["index.mjs"], "./slim": ["slim.mjs"], "./asm": ["asm.mjs", "asm-engine.mjs"],
  "quote.wasm": ["quote.wasm"], "./quote": ["quote.mjs"], "./quote/slim": ["quote-slim.mjs"], "./quote/asm": ["quote-asm.mjs", "quote-asm-engine.mjs"],
  "script tag": ["clearloan.js"], "script tag, asm": ["clearloan.asm.js"],
  "script tag, quote": ["clearloan.quote.js"], "script tag, quote, asm": ["clearloan.quote.asm.js"],
  "./miniprogram": ["miniprogram_dist/index.js", "miniprogram_dist/clearloan.wasm"], "./miniprogram, asm": ["miniprogram_dist/index.js", "miniprogram_dist/asm.js"],
  "miniprogram_dist": ["miniprogram_dist/index.js", "miniprogram_dist/clearloan.wasm", "miniprogram_dist/asm.js", "miniprogram_dist/index.d.ts"],
  "miniprogram_quote": ["miniprogram_quote/index.js", "miniprogram_quote/quote.wasm", "miniprogram_quote/asm.js"],
};

/** [name, sizes] of each entry; each of its files is compressed by itself, as it travels. */
export const packageSizes = () => Object.entries(ENTRIES).map(([name, files]) => [name, files.map((file) => sizesOf(path.join(PKG, file)))
  .reduce((sum, one) => ({ raw: sum.raw + one.raw, gzip: sum.gzip + one.gzip, brotli: sum.brotli + one.brotli }))]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, sizes] of packageSizes()) console.log(sizeLine(name, sizes));
  // Whether that is a failure is for `make test` to say.
  for (const [file, most] of Object.entries(BROTLI_MAX)) {
    const { brotli } = sizesOf(path.join(PKG, file));
    if (brotli > most) console.log(`${file} is ${brotli} bytes in brotli; at most ${most} are promised.`);
  }
}
