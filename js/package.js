// The whole face of the package over one loader: what every entry exports. The build lists these names in each entry.

import { LoanError } from "./error.js";
import { createLoader } from "./loader.js";

/**
 * @template Api
 * @param {Parameters<typeof createLoader>[0] & { createApi: (running: import("./plain-call.js").Running) => Api, version: string, rules: string }} parts
 */
export function createPackage({ createApi, version, rules, ...parts }) {
  const { init, engine, run } = createLoader(parts);
  return { LoanError, init, engine, version: Object.freeze({ engine: version, rules }), ...createApi({ run }) };
}
