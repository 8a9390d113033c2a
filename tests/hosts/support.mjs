// What the tests of the hosts share.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { nativeText } from "../package/native.mjs";

/** RFC 8785 for data without fractions: keys sorted, no blanks. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

export const driver = createRequire(import.meta.url)("./driver.cjs");
export const DRIVER = new URL("./driver.cjs", import.meta.url);

const lines = nativeText("golden.jsonl").trimEnd().split("\n");
assert.ok(lines.length > 1_900);

/** All golden vectors, or every so manieth where a host is slow; each call is among them all the same. */
export function goldenLines(every = 1) {
  if (every === 1) return lines;
  const seen = new Map();
  return lines.filter((line) => {
    const call = /"call":"([^"]+)"/.exec(line)[1];
    const count = seen.get(call) ?? 0;
    seen.set(call, count + 1);
    return count % every === 0;
  });
}

export function assertGolden({ compared, wrong }, atLeast) {
  // As a text, since the list may be of another realm.
  assert.equal(wrong.join("\n"), "");
  assert.ok(compared >= atLeast, `${compared} vectors`);
}
