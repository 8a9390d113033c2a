// The wasm that ships and the native engine give the same fingerprint and the same rates on 20,000 generated loans.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeText } from "./native.mjs";
import { freshCopy } from "./support.mjs";

test("native and wasm agree on the fingerprint and on each rate of 20,000 generated loans", async () => {
  const { fingerprint, init, quote } = await freshCopy();
  await init();
  const lines = nativeText("agreement.jsonl").trimEnd().split("\n");
  assert.ok(lines.length >= 20_000);
  let quoted = 0;
  for (const line of lines) {
    const { terms, fingerprint: theirs, cost } = JSON.parse(line);
    assert.equal(fingerprint(terms), theirs, line);
    try {
      const mine = quote(terms, { instalments: false });
      assert.deepEqual(mine.cost, cost, line);
      // What comes back as normalised is the same loan.
      assert.equal(fingerprint(mine.terms), theirs, line);
      quoted += 1;
    } catch (error) {
      if (error.name !== "LoanError") throw error;
      assert.equal(error.issues[0].code, cost, line);
    }
  }
  assert.ok(quoted > 19_000, "nearly all of them have a cost");
});

/** Normalised already, with every option that terms can have and texts that need escapes. */
const EVERY_OPTION = {
  accrual: "actual/365", allocation: ["principal", "interest", "fees", "penalty"], balloon: "1000.00",
  benefits: [{ instalments: 2, kind: "interestFree" }, { cap: "50.00", factor: "0.8", instalments: 3, kind: "interestDiscount" }, { cap: "20.00", fee: "a\"b", kind: "feeWaiver" }],
  businessDays: { accrue: true, calendar: { holidays: ["2027-01-01"], workdays: ["2027-01-02"] }, roll: "modifiedFollowing" },
  contingent: [
    { compound: false, dailyRate: "0.0005", graceDays: 3, kind: "overdue", payee: "贷方\n甲" }, { kind: "misuse", payee: "乙", rateFactor: "2" },
    { feeRate: "0.03", freeAfterInstalment: 3, kind: "earlyRepayment", minimum: "10.00", payee: "\\" },
  ],
  currency: "USD", disbursementDate: "2026-11-24", dueDay: 31, every: { months: 2 },
  fees: [
    { charge: { amount: "12.50" }, code: "a\"b", inCost: false, name: "服务费 \u0001 \u2028 🙂", payee: "C:\\new\nline", settlement: "paid", when: "eachInstalment" },
    { charge: { of: "openingBalance", rate: "0.001" }, code: "\\n", inCost: true, settlement: "paid", when: "lastInstalment" },
  ],
  firstDueDate: "2027-02-28", instalmentCount: 12, interest: { daily: "0.0004", daysPerYear: 360 }, interestOnlyInstalments: 2,
  lenders: [{ licence: "L-1", name: "甲\t", share: "0.3" }, { name: "乙\"", share: "0.7" }],
  method: "equalInstalment", pricing: [{ component: "funding", rate: "0.1" }, { component: "risk\\", rate: "0.044" }],
  principal: "20000.00", rounding: { instalmentUnit: "0.10", mode: "halfEven", remainder: "last" },
  steps: [{ fromInstalment: 5, interest: { monthly: "0.01" } }],
};
const CUSTOM = {
  accrual: "periodic", allocation: ["penalty", "fees", "interest", "principal"], currency: "JPY", disbursementDate: "2026-11-24", every: { weeks: 3 }, instalmentCount: 2,
  interest: { annual: "0.1" }, method: "custom", principal: "1000", principalPlan: ["400", "600"], rounding: { mode: "up", remainder: "last" },
};

test("every option of the terms comes back as it was given, in the order of the names", async () => {
  const { init, quote } = await freshCopy();
  await init();
  for (const terms of [EVERY_OPTION, CUSTOM, { ...CUSTOM, every: { days: 20 } }, { ...CUSTOM, interest: { flat: "0.01" }, method: "flat", principalPlan: undefined }]) {
    const given = JSON.parse(JSON.stringify(terms));
    assert.equal(JSON.stringify(quote(given).terms), JSON.stringify(given));
  }
});
