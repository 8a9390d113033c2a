// The entry for a script tag: the global `clearloan`. Where wasm is missing or blocked, the JavaScript engine comes from
// the address that `init({ asm })` names, clearloan.asm.js of the same release; or clearloan.quote.asm.js, for clearloan.quote.js.

import { createApi } from "built:api";
import { createGlue } from "built:glue";
import { PLACE } from "built:place";
import { IDENTITY, RULES, VERSION } from "built:version";
import { WASM_BASE64 } from "built:wasm";
import { bytesFromBase64 } from "./base64.js";
import { oneProblem } from "./error.js";
import { loadScript } from "./hosts/browser.js";
import { createPackage } from "./package.js";
import { bytesOf, instantiate, isUnavailable } from "./webassembly.js";

export const clearloan = createPackage({
  createApi, createGlue, identity: IDENTITY, version: VERSION, rules: RULES,
  startWasm: async (wasm, imports) => instantiate(wasm ? await bytesOf(await wasm) : bytesFromBase64(WASM_BASE64), imports),
  mayFallBack: async (wasm) => !wasm || isUnavailable(),
  async loadAsm(address) {
    if (typeof address !== "string") throw addressMissing();
    await loadScript(address);
    if (typeof clearloanAsm === "undefined") throw new Error(`${address} is not ${PLACE.script}`);
    return clearloanAsm.start;
  },
});

const addressMissing = () => oneProblem("asm_not_given",
  `Pass the address of the JavaScript engine: init({ asm: "…/${PLACE.script}" }).`,
  `请传入 JS 引擎的地址：init({ asm: "…/${PLACE.script}" })。`);
