// The entry for callers who bring the wasm: bytes, a response, a compiled module, an address, or a promise of one of these.

import { createApi } from "built:api";
import { createGlue } from "built:glue";
import { PLACE } from "built:place";
import { IDENTITY, RULES, VERSION } from "built:version";
import { oneProblem } from "./error.js";
import { createPackage } from "./package.js";
import { bytesOf, instantiate } from "./webassembly.js";

export const clearloan = createPackage({
  createApi, createGlue, identity: IDENTITY, version: VERSION, rules: RULES,
  async startWasm(wasm, imports) {
    const given = await wasm;
    if (given === undefined || given === null) throw sourceMissing();
    return instantiate(await bytesOf(isAddress(given) ? await fetch(given) : given), imports);
  },
});

/**
 * @param {unknown} given
 * @returns {given is string | URL}
 */
const isAddress = (given) => typeof given === "string" || Object.prototype.toString.call(given) === "[object URL]";

const sourceMissing = () => oneProblem("wasm_not_given",
  `This entry has no engine inside: pass ${PLACE.file} to init, as bytes, a Response, a WebAssembly.Module or a URL.`,
  `该入口不含引擎：请把 ${PLACE.file} 以字节、Response、WebAssembly.Module 或 URL 的形式传给 init。`);
