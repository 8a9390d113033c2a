// Sizes of what ships, as a browser would transfer it. Run by itself, it prints those of the package.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { PKG } from "./tools.mjs";

/** What a page pays for the engine at most, with every feature in. The goal is 96 kB; the cuts towards it lower this number. */
export const WASM_BROTLI_MAX = 272 * 1024;

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
  `${name.padEnd(16)} ${kilobytes(raw)} raw  ${kilobytes(gzip)} gzip  ${kilobytes(brotli)} brotli`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of ["clearloan.wasm", "index.mjs", "index.cjs"]) console.log(sizeLine(name, sizesOf(path.join(PKG, name))));
  const { brotli } = sizesOf(path.join(PKG, "clearloan.wasm"));
  // Whether that is a failure is for `make test` to say.
  if (brotli > WASM_BROTLI_MAX) console.log(`The wasm is ${brotli} bytes in brotli; at most ${WASM_BROTLI_MAX} are promised.`);
}
