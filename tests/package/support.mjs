// The package as its users have it: from the tarball, in a project of its own (scripts/consumer.mjs).

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { CONSUMER } from "../../scripts/consumer.mjs";

export const INSTALLED = path.join(CONSUMER, "node_modules", "clearloan");
export const ESM = path.join(INSTALLED, "index.mjs");
export { CONSUMER };
export { DEMO_TERMS } from "../../scripts/demo.mjs";

export const readVectors = (name) => JSON.parse(fs.readFileSync(path.join("tests", "vectors", name), "utf8"));

let copies = 0;
/** The package with a state of its own, as if nobody had used it yet. */
export const freshCopy = () => import(`${pathToFileURL(ESM).href}?copy=${(copies += 1)}`);

/** The issues that a call throws, or a failure where it throws something else or nothing. */
export function issuesOf(call) {
  try {
    call();
  } catch (error) {
    if (error.name !== "LoanError") throw error;
    return error.issues;
  }
  throw new Error("should have thrown a LoanError");
}
