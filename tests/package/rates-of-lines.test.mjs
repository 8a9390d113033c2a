// Flows that are as usual cross to the engine as lines, all others as JSON: both ways give the same, and no text passes for
// two flows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { freshCopy } from "./support.mjs";

const clearloan = await freshCopy();
await clearloan.init();

/** What a call gives: its rate, or the codes and fields of its problems. */
function outcome(call) {
  try {
    return call();
  } catch (error) {
    assert.ok(error instanceof clearloan.LoanError, String(error));
    return error.issues.map(({ code, field }) => `${code} ${field}`).join();
  }
}

/** Repeatable pseudo-random numbers below `limit`. */
function numbers(seed) {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

test("xirr gives the same with lines as with its default day count named, which goes the general way", () => {
  const below = numbers(7);
  let rates = 0;
  for (let round = 0; round < 2_000; round += 1) {
    const flows = Array.from({ length: 2 + below(40) }, (_, index) => ({
      date: `${2020 + below(12)}-${String(1 + below(13)).padStart(2, "0")}-${String(1 + below(29)).padStart(2, "0")}`,
      amount: `${index === 0 || below(9) === 0 ? "-" : ""}${below(100_000)}${below(2) ? `.${below(1_000)}` : ""}`,
    }));
    const lines = outcome(() => clearloan.xirr(flows));
    assert.equal(lines, outcome(() => clearloan.xirr(flows, "actual/365")), JSON.stringify(flows));
    if (/^-?\d/.test(lines)) rates += 1;
  }
  assert.ok(rates > 200, `only ${rates} of them had a rate`);
});

test("irr gives the same with lines as for amounts with more zeros in front than lines take", () => {
  const below = numbers(11);
  for (let round = 0; round < 2_000; round += 1) {
    const amounts = Array.from({ length: 2 + below(60) }, (_, index) => `${index === 0 || below(8) === 0 ? "-" : ""}${below(10_000_000) / 100}`);
    const long = amounts.map((amount) => amount.replace(/^(-?)/, `$1${"0".repeat(61)}`));
    assert.equal(outcome(() => clearloan.irr(amounts)), outcome(() => clearloan.irr(long)), JSON.stringify(amounts));
  }
});

test("no text passes for two flows, and no flow for another", () => {
  const day = "2026-01-01", year = "2027-01-01";
  for (const [name, call] of Object.entries({
    "two amounts in one": () => clearloan.irr(["-100\n50", "60"]),
    "an amount with a day": () => clearloan.irr([`-100 ${day}`, `110 ${year}`]),
    "an amount with a blank": () => clearloan.irr(["-100 ", "110"]),
    "an amount that is empty": () => clearloan.irr(["-100", ""]),
    "two dated flows in one": () => clearloan.xirr([{ date: day, amount: `-100 ${day}\n50` }, { date: year, amount: "60" }]),
    "a day with a break": () => clearloan.xirr([{ date: "2026-01\n-1", amount: "-100" }, { date: year, amount: "110" }]),
    "a field too many": () => clearloan.xirr([{ date: day, amount: "-100", note: "x" }, { date: year, amount: "110" }]),
    "a day that is not": () => clearloan.xirr([{ date: "2026-02-30", amount: "-100" }, { date: year, amount: "110" }]),
    "a year too early": () => clearloan.xirr([{ date: "1492-02-03", amount: "-100" }, { date: year, amount: "110" }]),
    "a number": () => clearloan.irr([-100, "110"]),
    "too many": () => clearloan.irr(new Array(1_001).fill("1")),
    "no sign change": () => clearloan.irr(["100", "110"]),
    "a getter that throws": () => clearloan.xirr([{ date: day, get amount() { throw new Error("no"); } }]),
  })) {
    assert.match(outcome(call), /^[a-z_]+ (amounts|flows)/, name);
  }
});
