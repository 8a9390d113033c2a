// Every call with arguments that no honest caller gives: each ends as a LoanError in both languages or with plain data, soon,
// and the engine goes on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FACTS, POLICY } from "../types/facts.mjs";
import { DEMO_TERMS, freshCopy } from "./support.mjs";

const clearloan = await freshCopy();
await clearloan.init();

const cycle = {};
cycle.self = cycle;
const revoked = Proxy.revocable({}, {});
revoked.revoke();
let deep = [];
for (let level = 0; level < 5_000; level += 1) deep = [deep];
const HOSTILE = {
  undefined, null: null, true: true, zero: 0, negative: -1, nan: NaN, infinity: Infinity, bigint: 10n, symbol: Symbol("s"),
  "a function": () => 1, empty: "", text: "x", "a long text": "9".repeat(200_000), "a lone surrogate": "\ud800", markup: "<script>",
  list: [], "a list of nothing": [null, undefined, {}], "nested lists": deep, "a sparse list": new Array(50_000),
  "a huge list": new Array(4_000_000_000), object: {}, cycle, date: new Date(0), map: new Map([["a", 1]]), bytes: new Uint8Array(8),
  "a revoked proxy": revoked.proxy,
  "a proxy that throws": new Proxy({}, { get() { throw new Error("no"); }, ownKeys() { throw new Error("no"); } }),
  "a getter that throws": Object.defineProperty({}, "principal", { enumerable: true, get() { throw new Error("no"); } }),
  "a getter that quotes": Object.defineProperty({}, "principal", { enumerable: true, get: () => clearloan.quote(DEMO_TERMS).schedule.proceeds }),
  "an own __proto__": JSON.parse('{"__proto__": {"principal": "1"}, "constructor": 1}'),
  "no prototype": Object.create(null),
  "ten thousand fields": Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f${index}`, index])),
  "a number with an exponent": "1e9", "too many digits": "0.1234567890123456789012345678901234567890",
};

const plan = clearloan.remind(DEMO_TERMS, { today: "2026-12-01", loanId: "L-1" });
/** Each call with good arguments, one of which is then taken by something hostile. */
const GOOD = {
  quote: [DEMO_TERMS, { instalments: true }],
  sweep: [DEMO_TERMS, { instalmentCount: [6, 12] }],
  compare: [[{ id: "A", terms: DEMO_TERMS }, { id: "B", terms: DEMO_TERMS }]],
  translateRate: [{ flat: "0.006", instalmentCount: 12 }],
  solve: [DEMO_TERMS, { find: "principal", payment: "1000.00" }],
  fingerprint: [DEMO_TERMS],
  verify: [clearloan.quote(DEMO_TERMS)],
  disclose: [DEMO_TERMS, { regime: "CN", on: "2026-11-24" }],
  usTolerance: [DEMO_TERMS, "0.1994"],
  alipayCostDisclosure: [DEMO_TERMS, { on: "2026-11-24", lender: "a" }],
  checkMarketing: ["日息万分之二", "2026-11-24"],
  explain: [DEMO_TERMS, "xirr", "en"],
  loadPolicy: [POLICY],
  precheck: [POLICY, FACTS, { terms: DEMO_TERMS }],
  healthScore: [{ age: 30 }, { locale: "en" }],
  replay: [DEMO_TERMS, [{ kind: "payment", date: "2026-12-24", amount: "1833.60" }], "2027-01-01"],
  remind: [DEMO_TERMS, { today: "2026-12-01", loanId: "L-1" }, []],
  hostCalendar: [plan, "wechat"],
  subscribeMessages: [plan, "wechat", [{ id: "T1", fields: { thing1: "loan" } }]],
  agenda: [[{ loanId: "L-1", terms: DEMO_TERMS }], { today: "2026-12-01" }],
  irr: [["-100", "110"]],
  xirr: [[{ date: "2026-01-01", amount: "-1" }, { date: "2027-01-01", amount: "2" }], "actual/365"],
  aprOfFlows: ["usApr", [{ amount: "1", periods: 0 }, { amount: "-2", periods: 12 }], "12"],
  yearFraction: ["2026-01-31", "2026-07-31", "30E/360-isda", "2026-07-31"],
  "tvm.pmt": ["0.01", 12, "1000", "0", 0],
  "tvm.ipmt": ["0.01", 1, 12, "1000", "0", 0],
  "tvm.ppmt": ["0.01", 1, 12, "1000", "0", 0],
  "tvm.pv": ["0.01", 12, "-100", "0", 0],
  "tvm.fv": ["0.01", 12, "-100", "0", 0],
  "tvm.nper": ["0.01", "-100", "1000", "0", 0],
  "tvm.rate": [12, "-100", "1000", "0", 0],
  "tvm.effective": ["0.12", 12],
  "tvm.nominal": ["0.12", 12],
};
const callOf = (name) => name.split(".").reduce((owner, part) => owner[part], clearloan);
const NOT_CALLS = ["init", "engine", "version", "LoanError", "tvm"];

test("every call is tried", () => {
  const names = [...Object.keys(clearloan).filter((name) => !NOT_CALLS.includes(name)), ...Object.keys(clearloan.tvm).map((name) => `tvm.${name}`)];
  assert.deepEqual(names.filter((name) => !(name in GOOD)), []);
});

/** Longest time of this process for one call; the longest honest one takes a few milliseconds. What neighbours take is not counted. */
const MILLISECONDS_MAX = 2_000;

for (const [name, good] of Object.entries(GOOD)) {
  const call = callOf(name);
  test(`${name} takes nothing that it cannot read`, () => {
    for (let place = 0; place < good.length; place += 1) {
      for (const [what, value] of Object.entries(HOSTILE)) {
        const given = good.map((argument, index) => (index === place ? value : argument));
        const start = process.cpuUsage();
        try {
          const result = call(...given);
          structuredClone(result);
          assert.doesNotMatch(JSON.stringify(result), /NaN|Infinity|null/, `${name}, argument ${place}: ${what}`);
        } catch (error) {
          if (error.name !== "LoanError") throw new Error(`${name}, argument ${place}: ${what}`, { cause: error });
          assert.ok(error.issues.length > 0);
          for (const issue of error.issues) {
            assert.match(issue.code, /^[a-z_]+$/);
            assert.notEqual(issue.code, "internal", `${name}, argument ${place}: ${what}`);
            assert.equal(typeof issue.field, "string");
            assert.ok(issue.message.en.length > 3 && /[\u4e00-\u9fff]/.test(issue.message["zh-CN"]), JSON.stringify(issue));
          }
        }
        const took = process.cpuUsage(start).user / 1_000;
        assert.ok(took < MILLISECONDS_MAX, `${name}, argument ${place}: ${what} took ${took} ms`);
      }
    }
    assert.equal(clearloan.quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
  });
}
