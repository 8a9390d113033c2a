// The vectors once more, on the package as it is installed: what crosses, how rows and errors are put together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { freshCopy, issuesOf, readVectors } from "./support.mjs";

const { fingerprint, init, quote, verify } = await freshCopy();
await init();

const COLUMNS = ["number", "dueDate", "unrolledDueDate", "days", "openingBalance", "principal", "interest", "fees", "benefit", "payment", "closingBalance"];
const COUNTS = ["number", "days"];

/** A line of the vectors as the row that a caller sees. */
function rowOf(line, lenders) {
  const fields = line.split(" ");
  const row = {};
  COLUMNS.forEach((name, index) => {
    if (COUNTS.includes(name)) row[name] = Number(fields[index]);
    else if (fields[index] !== "-") row[name] = fields[index];
  });
  if (lenders) {
    row.lenders = lenders.map(({ name }, lender) => {
      const [principal, interest] = fields.slice(COLUMNS.length + 2 * lender);
      return { name, principal, interest };
    });
  }
  return row;
}

test("every quote is the one worked in exact fractions", () => {
  const { cases } = readVectors("exact_fractions.json");
  assert.ok(cases.length >= 250);
  for (const { name, terms, schedule, rows, cost, warnings, fingerprint: expected } of cases) {
    const result = quote(terms);
    assert.deepEqual(result.schedule, { ...schedule, instalments: rows.map((line) => rowOf(line, terms.lenders)) }, name);
    assert.deepEqual(result.cost, cost, name);
    assert.equal(result.warnings.length, warnings, name);
    assert.equal(fingerprint(terms), expected, name);
    const withoutRows = quote(terms, { instalments: false });
    assert.deepEqual({ ...withoutRows, schedule: { ...withoutRows.schedule, instalments: result.schedule.instalments } }, result, name);
  }
});

test("every bad field is named, and no good one", () => {
  const { cases } = readVectors("invalid_terms.json");
  assert.ok(cases.length > 350);
  for (const { name, terms, issues } of cases) {
    const found = issuesOf(() => quote(terms));
    assert.deepEqual(Object.fromEntries(found.map(({ field, code }) => [field, code])), issues, name);
    for (const { message } of found) assert.deepEqual(Object.keys(message).sort(), ["en", "zh-CN"]);
  }
});

test("quotes are plain data: they survive JSON and structuredClone, and share nothing with each other or the input", () => {
  const { cases } = readVectors("exact_fractions.json");
  for (const { name, terms } of cases.slice(0, 60)) {
    const result = quote(terms);
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result, name);
    assert.deepEqual(structuredClone(result), result, name);
    const seen = new Set();
    const walk = (value) => {
      if (typeof value !== "object") return assert.ok(["string", "number", "boolean"].includes(typeof value), name);
      assert.ok(value !== null && !seen.has(value) && [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)), name);
      seen.add(value);
      Object.values(value).forEach(walk);
    };
    walk(result);
  }
});

test("verify accepts the engine's own quote and finds what was changed in a server's", () => {
  const { cases } = readVectors("exact_fractions.json");
  for (const { name, terms } of cases) {
    const result = JSON.parse(JSON.stringify(quote(terms)));
    assert.deepEqual(verify(result), { same: true, differences: [] }, name);
    const [row] = result.schedule.instalments;
    const before = row.payment;
    row.payment = `9${before}`;
    assert.deepEqual(verify(result), { same: false, differences: [{ path: "schedule.instalments[0].payment", here: before, there: `9${before}` }] }, name);
  }
});
