// The main entry: the engine's bytes are inside, so that there is no file for a bundler or a server to lose.
// What follows the colon is made by the build.

import { createGlue } from "built:glue";
import { RULES, VERSION } from "built:version";
import { WASM_BASE64 } from "built:wasm";
import { createApi } from "./api.js";
import { bytesFromBase64 } from "./base64.js";
import { createLoader } from "./loader.js";

const loader = createLoader({ createGlue, defaultSource: () => bytesFromBase64(WASM_BASE64), version: VERSION });

export { LoanError } from "./error.js";
export const init = loader.init;
/** @returns {"wasm" | undefined} */
export const engine = () => (loader.isReady() ? "wasm" : undefined);
export const version = Object.freeze({ engine: VERSION, rules: RULES });
export const {
  quote, sweep, compare, translateRate, fingerprint, verify,
  disclose, usTolerance, alipayCostDisclosure, checkMarketing, explain,
  loadPolicy, precheck, healthScore,
  replay, remind, hostCalendar, subscribeMessages, agenda,
  irr, xirr, aprOfFlows, yearFraction, tvm,
} = createApi(loader);
