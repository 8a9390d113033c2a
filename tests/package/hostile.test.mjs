// Whatever is handed over ends as a quote or as a LoanError, and the next call works.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import vm from "node:vm";
import { DEMO_TERMS, freshCopy, issuesOf } from "./support.mjs";

const { fingerprint, init, LoanError, quote, verify } = await freshCopy();
before(() => init());
after(() => assert.equal(quote(DEMO_TERMS).schedule.firstPayment, "1833.60"));

/** Codes by field. */
const found = (call) => Object.fromEntries(issuesOf(call).map(({ field, code }) => [field, code]));
const throwing = () => { throw new Error("boo"); };

test("values that are no terms at all", () => {
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const nothing = [undefined, null, true, 5, NaN, "x", "", 5n, Symbol("s"), throwing, new Date(), new Map(), new Set(), /x/, new Error("x"),
    Promise.resolve(), new Uint8Array(4), new ArrayBuffer(4), new WeakMap(), [], [[]], revoked.proxy, class {}, new String("x"), Object(1n)];
  for (const value of nothing) {
    for (const call of [quote, fingerprint, verify]) {
      for (const { code, message } of issuesOf(() => call(value))) {
        assert.match(code, /^[a-z_]+$/);
        assert.ok(message.en.length > 5 && message["zh-CN"].length > 1);
      }
    }
    assert.equal(quote(DEMO_TERMS).schedule.lastPayment, "1833.61");
  }
});

test("in each field, what is no data is refused by the field's name, together with all other bad fields", () => {
  for (const value of [5n, Symbol("s"), throwing, new Date(), new Map(), NaN, Infinity, -Infinity, new String("1"), new Uint8Array(2)]) {
    const fields = found(() => quote({ ...DEMO_TERMS, principal: value, firstDueDate: value, instalmentCount: value, every: value, fees: value, steps: [value] }));
    assert.deepEqual(Object.keys(fields).sort(), ["every", "fees", "firstDueDate", "instalmentCount", "principal", "steps[0]"], String(value));
  }
});

test("getters that throw are named by their paths, all of them", () => {
  const terms = { ...DEMO_TERMS, get principal() { return throwing(); }, fees: [{ code: "a", charge: { get amount() { return throwing(); } } }] };
  assert.deepEqual(found(() => quote(terms)), { principal: "unreadable", "fees[0].charge.amount": "unreadable" });
});

test("a getter that works is read once", () => {
  let reads = 0;
  const terms = { ...DEMO_TERMS, get principal() { reads += 1; return "20000.00"; } };
  assert.equal(quote(terms).schedule.firstPayment, "1833.60");
  assert.equal(reads, 1);
});

test("a getter may itself ask for a quote", () => {
  const terms = { ...DEMO_TERMS, get principal() { return quote(DEMO_TERMS).terms.principal; } };
  assert.equal(quote(terms).schedule.firstPayment, "1833.60");
});

for (const trap of ["get", "ownKeys", "getOwnPropertyDescriptor", "getPrototypeOf"]) {
  test(`a proxy whose ${trap} throws is unreadable`, () => {
    const proxy = new Proxy({ months: 1 }, { [trap]: throwing });
    const fields = found(() => quote({ ...DEMO_TERMS, every: proxy }));
    assert.deepEqual([...new Set(Object.values(fields))], ["unreadable"]);
    assert.match(Object.keys(fields)[0], /^every/);
  });
}

test("a proxy that answers honestly, as a reactive framework's does, is read like plain data", () => {
  const reactive = (target) => new Proxy(target, { get: (from, key) => (typeof from[key] === "object" ? reactive(from[key]) : from[key]) });
  assert.deepEqual(quote(reactive(DEMO_TERMS)), quote(DEMO_TERMS));
});

test("class instances, frozen objects, objects without a prototype or of another realm are plain data", () => {
  class Terms { constructor() { Object.assign(this, DEMO_TERMS); } method() {} }
  const bare = Object.assign(Object.create(null), DEMO_TERMS);
  const foreign = vm.runInNewContext(`(${JSON.stringify(DEMO_TERMS)})`);
  for (const terms of [new Terms(), Object.freeze({ ...DEMO_TERMS }), bare, foreign]) assert.deepEqual(quote(terms), quote(DEMO_TERMS));
});

test("what is inherited does not count, and inherited traps do not matter", () => {
  assert.equal(found(() => quote(Object.create(DEMO_TERMS))).principal !== undefined, true);
  const odd = Object.setPrototypeOf({ ...DEMO_TERMS }, { get [Symbol.toStringTag]() { return throwing(); } });
  assert.deepEqual(found(() => quote(odd)), { "": "unreadable" });
});

test("undefined fields count as not given", () => {
  assert.deepEqual(quote({ ...DEMO_TERMS, steps: undefined, rounding: null }), quote(DEMO_TERMS));
});

test("odd names are unknown fields, never prototypes", () => {
  const terms = JSON.parse(JSON.stringify(DEMO_TERMS).replace("{", '{"__proto__":{"principal":"1"},"constructor":1,"a\\u0000\\"b\\ud800":2,'));
  assert.deepEqual(Object.values(found(() => quote(terms))), ["unknown_field", "unknown_field", "unknown_field"]);
  assert.equal(found(() => quote({ ...DEMO_TERMS, "": 1 }))[""], "unknown_field");
});

test("circles, depth, breadth and length are bounded", () => {
  const circle = { ...DEMO_TERMS };
  circle.every = { months: circle };
  assert.deepEqual(found(() => quote(circle)), { "every.months": "unreadable" });
  let deep = "x";
  for (let level = 0; level < 100_000; level += 1) deep = [deep];
  assert.deepEqual(Object.values(found(() => quote({ ...DEMO_TERMS, fees: deep }))), ["too_deep"]);
  const bound = (value) => issuesOf(() => quote({ ...DEMO_TERMS, principalPlan: value })).map(({ code, field, limit }) => [code, field, limit]);
  assert.deepEqual(bound(new Array(100_002)), [["too_large", "principalPlan", "100000"]]);
  assert.deepEqual(bound(new Array(4_000_000_000)), [["too_large", "principalPlan", "100000"]]);
  assert.deepEqual(bound(Object.fromEntries(Array.from({ length: 100_002 }, (_, index) => [index, 1]))), [["too_large", "principalPlan", "100000"]]);
  assert.deepEqual(bound(["x".repeat(100_001)]), [["too_large", "principalPlan[0]", "100000"]]);
  assert.equal(bound({ ["x".repeat(100_001)]: 1 })[0][0], "too_large");
  assert.notEqual(bound(["x".repeat(100_000)])[0][0], "too_large");
});

test("a small input that unfolds without end is cut off", () => {
  let wide = ["1"];
  for (let level = 0; level < 20; level += 1) wide = [wide, wide, wide, wide];
  const issues = issuesOf(() => quote({ ...DEMO_TERMS, principalPlan: wide }));
  assert.deepEqual(issues.map(({ code }) => code), ["too_large"]);
  const long = Array.from({ length: 400 }, () => "x".repeat(100_000));
  assert.deepEqual(issuesOf(() => quote({ ...DEMO_TERMS, principalPlan: long })).map(({ code }) => code), ["too_large"]);
});

test("a list that lies about its length is bounded", () => {
  const lying = (length) => new Proxy([], { get: (list, key) => (key === "length" ? length : list[key]) });
  for (const length of [1e9, Infinity, NaN, "many", {}]) assert.equal(found(() => quote({ ...DEMO_TERMS, principalPlan: lying(length) })).principalPlan, "too_large");
  assert.throws(() => quote({ ...DEMO_TERMS, principalPlan: lying({ valueOf: throwing }) }), LoanError);
});

test("a flood of problems is cut at a hundred", () => {
  const bad = Array.from({ length: 5_000 }, () => ({ get x() { return throwing(); } }));
  assert.equal(issuesOf(() => quote({ ...DEMO_TERMS, fees: bad })).length, 100);
});

test("options are checked as terms are", () => {
  assert.deepEqual(found(() => quote(DEMO_TERMS, { instalment: false, instalments: "no" })), { "options.instalment": "unknown_field", "options.instalments": "wrong_type" });
  for (const options of [5, "x", [], NaN, throwing]) assert.deepEqual(found(() => quote(DEMO_TERMS, options)), { options: "wrong_type" });
  assert.deepEqual(found(() => quote(DEMO_TERMS, { get instalments() { return throwing(); } })), { "options.instalments": "unreadable" });
  for (const options of [undefined, null, {}, { instalments: undefined }, { instalments: true }]) {
    assert.equal(quote(DEMO_TERMS, options).schedule.instalments.length, 12);
  }
  assert.deepEqual(quote(DEMO_TERMS, { instalments: false }).schedule.instalments, []);
});

test("a LoanError has its name, its issues and sentences in both languages", () => {
  try {
    quote({ ...DEMO_TERMS, principal: 20000, instalmentCuont: 12 });
    assert.fail("should have thrown");
  } catch (error) {
    assert.ok(error instanceof LoanError && error instanceof Error);
    assert.equal(error.name, "LoanError");
    assert.equal(error.issues.length, 2);
    for (const { field, message } of error.issues) {
      assert.ok(error.message.includes(`${field}: ${message.en}`) && error.message.includes(message["zh-CN"]));
    }
    assert.match(error.message, /instalmentCount/, "a suggestion");
    assert.match(String(error), /^LoanError: /);
    assert.deepEqual(structuredClone(error.issues), error.issues);
  }
});
