// The main entry: the engine's bytes are inside, so that there is no file for a bundler or a server to lose. Where wasm is
// missing or blocked, the same engine as JavaScript is loaded, and only then.

import { createApi } from "built:api";
import { createGlue } from "built:glue";
import { IDENTITY, RULES, VERSION } from "built:version";
import { WASM_BASE64 } from "built:wasm";
import { bytesFromBase64 } from "./base64.js";
import { createPackage } from "./package.js";
import { bytesOf, instantiate, isUnavailable } from "./webassembly.js";

export const clearloan = createPackage({
  createApi, createGlue, identity: IDENTITY, version: VERSION, rules: RULES,
  startWasm: async (wasm, imports) => instantiate(wasm ? await bytesOf(await wasm) : bytesFromBase64(WASM_BASE64), imports),
  // The bytes inside are right, whatever the failure; with a caller's own, the caller should hear of it.
  mayFallBack: async (wasm) => !wasm || isUnavailable(),
  loadAsm: async () => (await import("built:asm")).start,
});
