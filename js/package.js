// The whole face of the package over one loader: what every entry exports. The build lists these names in each entry.

import { createApi } from "./api.js";
import { LoanError } from "./error.js";
import { createLoader } from "./loader.js";

/** @param {Parameters<typeof createLoader>[0] & { rules: string }} parts */
export function createPackage({ rules, ...parts }) {
  const { init, engine, run } = createLoader(parts);
  return { LoanError, init, engine, version: Object.freeze({ engine: parts.version, rules }), ...createApi({ run }) };
}
