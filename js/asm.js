// The JavaScript engine alone: ready at once, and no host or policy can be in its way. About a fifth of wasm's speed.

import { start } from "built:asm";
import { createApi } from "built:api";
import { createGlue } from "built:glue";
import { IDENTITY, RULES, VERSION } from "built:version";
import { createPackage } from "./package.js";

export const clearloan = createPackage({ createApi, createGlue, identity: IDENTITY, version: VERSION, rules: RULES, asm: start });
