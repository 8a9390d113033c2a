// The pre-check of the packed package, as a risk team meets it: what its cells, formulas and hit policies mean is told here a second
// time, by JavaScript that shares nothing with the engine.

import assert from "node:assert/strict";
import fs from "node:fs";
import { before, test } from "node:test";
import { DEMO_TERMS, INSTALLED, freshCopy, issuesOf } from "./support.mjs";

/** @type {typeof import("clearloan")} */
let clearloan;
before(async () => {
  clearloan = await freshCopy();
  await clearloan.init();
});

const policyWith = (changes) => ({
  id: "test", version: "1", lender: "某某银行", operator: "lender", inputs: [], decisions: [], result: { outcome: "outcome" }, messages: {}, ...changes,
});
const input = (name, type, more) => ({ name, type, purpose: `what ${name} is for`, ...more });
const required = (name, type, more) => input(name, type, { required: true, ...more });
const outcomeIf = (formula) => ({ name: "outcome", formula: `if ${formula} then "eligible" else "ineligible"` });
const traced = (result, decision) => result.trace.find((step) => step.decision === decision)?.value;
const shipped = (name) => JSON.parse(fs.readFileSync(`${INSTALLED}/policies/${name}.json`, "utf8"));
/** "code at field" of every fault. */
const faults = (policy) => issuesOf(() => clearloan.loadPolicy(policy)).map(({ code, field, message }) => {
  assert.ok(message.en && message["zh-CN"], field);
  return `${code} at ${field}`;
});

// ───────────────────────────── cells ─────────────────────────────

/** Type, cell, and the values that it takes and refuses. */
const CELLS = [
  ["integer", "-", [0, -5, 99], []],
  ["integer", "18", [18], [17, 19]],
  ["integer", "-3", [-3], [3]],
  ["integer", "= 18", [18], [17]],
  ["integer", "!= 18", [17, 19], [18]],
  ["integer", "< 18", [17], [18, 19]],
  ["integer", "<=18", [17, 18], [19]],
  ["integer", "> 18", [19], [18, 17]],
  ["integer", ">=18", [18, 19], [17]],
  ["integer", "[18..45]", [18, 45], [17, 46]],
  ["integer", "[18..45)", [18, 44], [17, 45]],
  ["integer", "(18..45]", [19, 45], [18, 46]],
  ["integer", "(18..45)", [19, 44], [18, 45]],
  ["integer", "[18..45[", [18, 44], [17, 45]],
  ["integer", "]18..45]", [19, 45], [18, 46]],
  ["integer", "]18..45[", [19, 44], [18, 45]],
  ["integer", "[ -5 .. -1 ]", [-5, -1], [-6, 0]],
  ["integer", "1,2, 3", [1, 2, 3], [0, 4]],
  ["integer", "< 18, [30..40), 60, > 99", [17, 30, 39, 60, 100], [18, 29, 40, 59, 61, 99]],
  ["integer", "not(18)", [17, 19], [18]],
  ["integer", "not(< 18, > 60)", [18, 60], [17, 61]],
  ["integer", "not( [18..60) )", [17, 60], [18, 59]],
  ["decimal", "0.1", ["0.1", "0.10"], ["0.11", "0.0999999999999999999999"]],
  ["decimal", ".5", ["0.5"], ["0.50001"]],
  ["decimal", "[0.5..1.5)", ["0.5", "1.4999999"], ["0.4999999", "1.5"]],
  ["decimal", "not(0)", ["-0.01", "0.01"], ["0", "0.00"]],
  ["boolean", "true", [true], [false]],
  ["boolean", "not(true)", [false], [true]],
  ["boolean", "!= true", [false], [true]],
  ["boolean", "true, false", [true, false], []],
  ["text", '"S"', ["S"], ["s", "S ", ""]],
  ["text", '"S", "M"', ["S", "M"], ["D"]],
  ["text", 'not("S", "M")', ["D", ""], ["S", "M"]],
  ["text", '!= "S"', ["M"], ["S"]],
  ["text", '""', [""], [" "]],
  ["text", '"-"', ["-"], ["", "x"]],
  ["text", '"a,b", "有房"', ["a,b", "有房"], ["a", "b", "有"]],
  ["text", String.raw`"say \"yes\" \\ \n\tno\u00e9"`, ['say "yes" \\ \n\tnoé'], ['say "yes"']],
  ["date", 'date("2026-01-31")', ["2026-01-31"], ["2026-01-30", "2026-02-01"]],
  ["date", '@"2026-01-31"', ["2026-01-31"], ["2026-01-30"]],
  ["date", '< date("2024-03-01")', ["2024-02-29"], ["2024-03-01"]],
  ["date", '[date("2026-01-01")..date("2027-01-01"))', ["2026-01-01", "2026-12-31"], ["2025-12-31", "2027-01-01"]],
  ["date", 'not(>= date("2026-01-01"))', ["2025-12-31"], ["2026-01-01"]],
];

test("every kind of cell takes what S-FEEL says, at and beside each edge", () => {
  for (const [type, cell, taken, refused] of CELLS) {
    const { fingerprint } = clearloan.loadPolicy(policyWith({
      inputs: [input("x", type)],
      decisions: [{ name: "outcome", table: { hit: "first", inputs: ["x"], rules: [{ when: [cell], then: '"eligible"' }], otherwise: '"refer"' } }],
    }));
    const outcome = (x) => clearloan.precheck({ fingerprint }, { x }).outcome;
    for (const x of taken) assert.equal(outcome(x), "eligible", `${cell} takes ${x}`);
    for (const x of refused) assert.equal(outcome(x), "refer", `${cell} refuses ${x}`);
    // What is missing meets no test but "-".
    assert.equal(outcome(null), cell === "-" ? "eligible" : "refer", `${cell} without a fact`);
  }
});

test("a cell that says nothing sensible is a fault, by table and rule", () => {
  for (const [type, cell, code] of [
    ["integer", '"18"', "type_clash"], ["integer", "true", "type_clash"], ["text", "18", "type_clash"], ["text", '< "B"', "type_clash"],
    ["boolean", "0", "type_clash"], ["date", '"2026-01-31"', "type_clash"], ["date", 'date("2026-02-30")', "not_a_date"],
    ["text", "S", "not_a_literal"], ["integer", "income", "not_a_literal"], ["integer", "", "syntax"], ["integer", "[18..", "syntax"],
    ["integer", "18..45", "syntax"], ["integer", "not(18", "syntax"], ["text", '"S', "syntax"], ["text", String.raw`"\x"`, "syntax"],
    ["integer", "1e3", "syntax"], ["integer", "1,", "syntax"], ["integer", "[45..18]", "empty_interval"], ["integer", "(18..18)", "unreachable_rule"],
    ["integer", "0.5", "unreachable_rule"],
  ]) {
    const policy = policyWith({
      inputs: [required("x", type)],
      decisions: [{ name: "outcome", table: { hit: "first", inputs: ["x"], rules: [{ when: ["-"], then: '"refer"' }, { when: [cell], then: '"eligible"' }] } }],
    });
    policy.decisions[0].table.rules.reverse();
    assert.deepEqual(faults(policy), [`${code} at decisions[0].table.rules[0].when[0]`], `${type}: ${cell}`);
  }
});

// ───────────────────────────── formulas ─────────────────────────────

const FIGURES = { a: "7", b: "2", n: 3, word: "x", yes: true, list: ["1", "2", "3", "4"], day: "2026-05-05", 月收入: "9000.50" };
const FORMULA_INPUTS = [
  input("a", "decimal"), input("b", "decimal"), input("n", "integer"), input("word", "text"), input("yes", "boolean"), input("list", "decimals"),
  input("day", "date"), input("月收入", "decimal"), input("absent", "decimal"),
];
const valueOf = (formula, options) => traced(clearloan.precheck(policyWith({
  inputs: FORMULA_INPUTS, decisions: [{ name: "value", formula }, outcomeIf("value = value")],
}), FIGURES, options), "value");

test("formulas keep FEEL's order and are exact", () => {
  for (const [formula, value] of [
    ["a + b * n", "13"], ["(a + b) * n", "27"], ["a - b - n", "2"], ["a / b / n", "1.1666666666666666666666666667"], ["2 * a ** 2", "98"],
    ["2 ** 3 ** 2", "64"], ["-b ** 2", "4"], ["0 - b ** 2", "-4"], ["b ** -2", "0.25"], ["a - -b", "9"], ["--a", "7"], ["0.1 + 0.2", "0.3"],
    ["a = 7.0", "true"], ["a != 7", "false"], ["a < b or yes and not(a < b)", "true"], ["yes or yes and false", "true"], ["not(yes or false)", "false"],
    ["1 + 1 = 2 and 2 * 2 > 3", "true"], ['if a > b then "x" else "y"', "x"], ["if a < b then 1 else if a = 7 then 2 else 3", "2"],
    ["(if yes then 1 else 2) * 3", "3"], ["min(a, b, n)", "2"], ["max(list)", "4"], ["max([a, b, n])", "7"], ["abs(b - a)", "5"], ["round(a / 3, 2)", "2.33"],
    ["round(2.5, 0)", "3"], ["round(-2.5, 0)", "-3"], ["round(0.125, 2)", "0.13"], ["round(1250, -2)", "1300"], ["mean(list)", "2.5"],
    ["stdev(list)", "1.290994448735805628"], ["stddev(list)", "1.290994448735805628"], ["stdev(2, 4, 4, 4, 5, 5, 7, 9)", "2.138089935299395077"],
    ["count(list)", "4"], ["sum(list) + sum(1, 2)", "13"], ['word = "x"', "true"], ['day >= date("2026-05-05")', "true"], ['day < @"2026-05-05"', "false"],
    ["月收入 * 2", "18001"], ["absent", "null"], ["absent + 1", "null"], ["absent = null", "true"], ["if absent > 1 then 1 else 2", "2"],
    ["absent > 1 or yes", "true"], ["absent > 1 and false", "false"], ["pmt(0.01, 12, 10000)", "888.4878867834170733998783122"], ["pmt(0, 4, 100)", "25"],
  ]) assert.equal(valueOf(formula), value, formula);
});

test("a formula reads the quote's figures by name", () => {
  const { schedule, cost } = clearloan.quote(DEMO_TERMS);
  const plain = (text) => text.replace(/\.?0+$/, "");
  for (const [name, value] of [
    ["payment", schedule.firstPayment], ["maximumPayment", schedule.maximumPayment], ["financeCharge", schedule.totals.financeCharge],
    ["interest", schedule.totals.interest], ["fees", schedule.totals.fees], ["proceeds", schedule.proceeds], ["principal", DEMO_TERMS.principal],
    ["simpleAnnual", cost.simpleAnnual], ["compoundAnnual", cost.compoundAnnual], ["xirr", cost.xirr], ["irrPerPeriod", cost.irrPerPeriod],
    ["usApr", cost.usApr], ["euAprc", cost.euAprc], ["itemised", cost.itemised.total],
  ]) assert.equal(valueOf(`${name} + 0`, { terms: DEMO_TERMS }), plain(value), name);
  const without = clearloan.precheck(policyWith({ decisions: [outcomeIf("payment < 100")] }), {});
  assert.deepEqual([without.outcome, without.reasons.map(({ field }) => field)], ["incomplete", ["terms"]]);
});

test("what cannot be calculated names its decision", () => {
  for (const [formula, code] of [["a / (b - 2)", "division_by_zero"], ["10 ** 29", "overflow"], ["a ** 0.5", "invalid_argument"], ["pmt(0.01, 0, 1)", "invalid_argument"], ["stdev(a)", "too_few_values"]]) {
    const [issue] = issuesOf(() => valueOf(formula));
    assert.deepEqual([issue.code, issue.field], [code, "decisions[0].formula"], formula);
    assert.match(issue.message.en, /decision value/);
  }
  for (const [formula, code] of [
    ["a +", "syntax"], ["a b", "syntax"], ["(a", "syntax"], ["1 < a < 9", "syntax"], ["if yes then 1", "syntax"], ["incom * 2", "unknown_name"], ["median(list)", "unknown_name"],
    ["word + 1", "type_clash"], ["yes and 1", "type_clash"], ["if a then 1 else 2", "type_clash"], ['if yes then 1 else "x"', "type_clash"], ["word < word", "type_clash"],
    ['a = "7"', "type_clash"], ["round(a)", "wrong_arguments"], ["pmt(a)", "wrong_arguments"], ["min()", "wrong_arguments"], [`${"(".repeat(40)}a${")".repeat(40)}`, "too_deep"],
  ]) {
    const policy = policyWith({ inputs: FORMULA_INPUTS, decisions: [{ name: "value", formula }, outcomeIf("yes")] });
    assert.deepEqual(faults(policy), [`${code} at decisions[0].formula`], formula);
  }
});

/** A generator of whole numbers from 0 to below `end`, always the same ones. */
function numbers(seed) {
  let state = seed;
  return (end) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % end;
  };
}

test("random formulas give what JavaScript's own operators give", () => {
  const random = numbers(7);
  const number = (depth) => {
    if (depth === 0 || random(4) === 0) return ["a", "b", "n", String(random(20))][random(4)];
    const [left, right] = [number(depth - 1), number(depth - 1)];
    switch (random(7)) {
      case 0: return `(${left} ${"+-*"[random(3)]} ${right})`;
      case 1: return `min(${left}, ${right})`;
      case 2: return `max(${left}, ${right}, ${number(depth - 1)})`;
      case 3: return `abs(${left})`;
      case 4: return `(if ${truth(depth - 1)} then ${left} else ${right})`;
      default: return `${left} ${"+-*"[random(3)]} ${right}`;
    }
  };
  const truth = (depth) => {
    const plain = `${number(depth)} ${["<", "<=", ">", ">=", "=", "!="][random(6)]} ${number(depth)}`;
    if (depth === 0 || random(3) === 0) return plain;
    return [`not(${truth(depth - 1)})`, `${plain} and ${truth(depth - 1)}`, `${plain} or ${truth(depth - 1)}`, `(${truth(depth - 1)})`][random(4)];
  };
  const facts = { a: 7, b: 2, n: 3 };
  const inputs = Object.keys(facts).map((name) => required(name, "integer"));
  let compared = 0;
  for (let round = 0; round < 1_500; round += 1) {
    const formula = number(3);
    if (formula.length > 500) continue;
    const script = formula.replace(/\bif\b/g, "").replace(/\bthen\b/g, "?").replace(/\belse\b/g, ":").replace(/\band\b/g, "&&").replace(/\bor\b/g, "||").replace(/\bnot\b/g, "!")
      .replace(/([^<>!])=/g, "$1===").replace(/!=/g, "!==").replace(/\b(min|max|abs)\b/g, "Math.$1");
    const expected = new Function("a", "b", "n", `return ${script};`)(7, 2, 3);
    const result = clearloan.precheck(policyWith({ inputs, decisions: [{ name: "value", formula }, outcomeIf("value = value")] }), facts);
    assert.equal(traced(result, "value"), String(expected + 0), formula);
    compared += 1;
  }
  assert.ok(compared > 1_000);
});

// ───────────────────────────── tables ─────────────────────────────

const numericTable = (hit, more) => policyWith({
  inputs: [required("x", "integer")],
  decisions: [
    { name: "value", table: { hit, inputs: ["x"], rules: [
      { when: ["< 10"], then: "5", reason: "LOW" }, { when: ["[5..20]"], then: "5", reason: "MIDDLE" }, { when: ["> 20"], then: "30", reason: "HIGH" },
    ], ...more } },
    outcomeIf(hit === "collect" ? "count(value) > 0" : "value > 0"),
  ],
});

test("each hit policy answers as DMN says", () => {
  for (const [hit, more, expected] of [
    // For x = 3, 7, 20, 21: value, and the codes of the rules that made it.
    ["first", {}, [["5", "LOW"], ["5", "LOW"], ["5", "MIDDLE"], ["30", "HIGH"]]],
    ["any", {}, [["5", "LOW"], ["5", "LOW MIDDLE"], ["5", "MIDDLE"], ["30", "HIGH"]]],
    ["priority", { outputOrder: ["30", "5"] }, [["5", "LOW"], ["5", "LOW MIDDLE"], ["5", "MIDDLE"], ["30", "HIGH"]]],
    ["collect", {}, [["[5]", "LOW"], ["[5, 5]", "LOW MIDDLE"], ["[5]", "MIDDLE"], ["[30]", "HIGH"]]],
    ["sum", {}, [["5", "LOW"], ["10", "LOW MIDDLE"], ["5", "MIDDLE"], ["30", "HIGH"]]],
    ["min", {}, [["5", "LOW"], ["5", "LOW MIDDLE"], ["5", "MIDDLE"], ["30", "HIGH"]]],
    ["max", {}, [["5", "LOW"], ["5", "LOW MIDDLE"], ["5", "MIDDLE"], ["30", "HIGH"]]],
    ["count", {}, [["1", "LOW"], ["2", "LOW MIDDLE"], ["1", "MIDDLE"], ["1", "HIGH"]]],
  ]) {
    const handle = clearloan.loadPolicy(numericTable(hit, more));
    [3, 7, 20, 21].forEach((x, index) => {
      const result = clearloan.precheck(handle, { x });
      assert.deepEqual([traced(result, "value"), result.reasons.map(({ code }) => code).join(" ")], expected[index], `${hit} of ${x}`);
    });
  }
  assert.deepEqual(faults(numericTable("unique")), ["overlap at decisions[0].table.rules[1]"]);
});

test("random tables give what a naive evaluator gives", () => {
  const random = numbers(11);
  const values = [0, 1, 2, 3, 4, 5];
  /** A cell, and whether it takes a value. */
  const cell = () => {
    const [one, other] = [random(6), random(6)];
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    switch (random(8)) {
      case 0: return ["-", () => true];
      case 1: return [`${one}`, (x) => x === one];
      case 2: return [`< ${one + 1}`, (x) => x < one + 1];
      case 3: return [`>= ${one}`, (x) => x >= one];
      case 4: return [`[${low}..${high}]`, (x) => x >= low && x <= high];
      case 5: return [`]${low}..${high + 2}[`, (x) => x > low && x < high + 2];
      case 6: return [`${one}, ${other}`, (x) => x === one || x === other];
      default: return [`not(${one})`, (x) => x !== one];
    }
  };
  let answered = 0;
  for (let round = 0; round < 600; round += 1) {
    const hit = ["unique", "first", "priority", "any", "collect", "sum", "min", "max", "count"][random(9)];
    const rules = Array.from({ length: 1 + random(4) }, () => ({ cells: [cell(), cell()], then: random(4) }));
    const table = { hit, inputs: ["x", "y"], rules: rules.map(({ cells, then }) => ({ when: cells.map(([text]) => text), then: String(then) })) };
    if (hit !== "collect") table.otherwise = "9";
    if (hit === "priority") table.outputOrder = ["2", "0", "3", "1"];
    const policy = policyWith({
      inputs: [required("x", "integer", { values: ["[0..5]"] }), required("y", "integer", { values: ["[0..5]"] })],
      decisions: [{ name: "value", table }, outcomeIf(hit === "collect" ? "count(value) > 1" : "value > 1")],
    });
    const hits = (x, y) => rules.filter(({ cells }) => cells[0][1](x) && cells[1][1](y)).map(({ then }) => then);
    const all = values.flatMap((x) => values.map((y) => [x, y]));
    const conflicts = all.some(([x, y]) => {
      const found = hits(x, y);
      return (hit === "unique" && found.length > 1) || (hit === "any" && new Set(found).size > 1);
    });
    let handle;
    try {
      handle = clearloan.loadPolicy(policy);
    } catch (error) {
      const codes = new Set(error.issues.map(({ code }) => code));
      assert.equal(codes.has("overlap"), conflicts, JSON.stringify(table));
      codes.delete("overlap");
      codes.delete("unreachable_rule");
      assert.equal(codes.size, 0, [...codes].join());
      continue;
    }
    assert.equal(conflicts, false, JSON.stringify(table));
    answered += 1;
    for (const [x, y] of all) {
      const found = hits(x, y);
      const none = { sum: "9", count: "9", collect: "[]" }[hit] ?? "9";
      const expected = found.length === 0 ? none : {
        collect: () => `[${found.join(", ")}]`, sum: () => found.reduce((sum, one) => sum + one, 0), count: () => found.length, min: () => Math.min(...found),
        max: () => Math.max(...found), priority: () => [2, 0, 3, 1].find((output) => found.includes(output)),
      }[hit]?.() ?? found[0];
      assert.equal(traced(clearloan.precheck(handle, { x, y }), "value"), String(expected), `${hit} of ${x}, ${y}: ${JSON.stringify(table.rules)}`);
    }
  }
  assert.ok(answered > 100, String(answered));
});

// ───────────────────────────── faults of a policy ─────────────────────────────

test("everything that is wrong with a policy is named at once, by its place", () => {
  const rule = (when, then, more) => ({ when: [when], then, ...more });
  const policy = {
    id: "t", version: "1", lender: "L", operator: "bank", validFrom: "2026-02-01", validTo: "2026-01-01",
    inputs: [required("age", "integer"), required("age", "text"), required("if", "boolean"), input("job", "string")],
    decisions: [
      { name: "gap", table: { hit: "unique", inputs: ["age"], rules: [rule("< 18", "1"), rule("> 18", "2")] } },
      { name: "masked", table: { hit: "first", inputs: ["age"], rules: [rule("-", "1"), rule("< 18", "2")] } },
      { name: "mixed", table: { hit: "sum", inputs: ["age"], rules: [rule("-", '"many"')] } },
      { name: "hits", table: { hit: "outputs", inputs: ["age"], rules: [rule("-", "1")] } },
      { name: "wide", table: { hit: "first", inputs: ["age"], rules: [{ when: ["-", "-"], then: "1" }] } },
      { name: "round", formula: "trip + 1" },
      { name: "trip", formula: "round + 1" },
      { name: "misspelt", fomula: "1" },
      { name: "late", formula: "outcome" },
      { name: "outcome", formula: '"maybe"' },
    ],
    result: { outcome: "outcome", limit: "limt" }, affordability: { income: "incme", obligations: "age", shareMax: "0.5" },
    messages: { LOW: { "zh-CN": "低", de: "niedrig" } }, colour: "red",
  };
  const found = faults(policy);
  for (const fault of [
    "not_one_of at operator", "inconsistent at validTo", "duplicate_name at inputs[1].name", "not_a_name at inputs[2].name", "not_one_of at inputs[3].type",
    "gap at decisions[0].table", "unreachable_rule at decisions[1].table.rules[1]", "type_clash at decisions[2].table.rules[0].then",
    "not_one_of at decisions[3].table.hit", "inconsistent at decisions[4].table.rules[0].when", "cycle at decisions[5].formula",
    "unknown_field at decisions[7].fomula", "later_decision at decisions[8].formula", "not_an_outcome at result.outcome", "unknown_name at result.limit",
    "unknown_name at affordability.income", "unknown_field at messages.LOW.de", "unknown_field at colour",
  ]) assert.ok(found.includes(fault), `${fault}\n${found.join("\n")}`);
  assert.deepEqual(issuesOf(() => clearloan.precheck(policy, {})).map(({ field }) => field), issuesOf(() => clearloan.loadPolicy(policy)).map(({ field }) => field));
});

test("facts are checked against what the policy declares", () => {
  const policy = policyWith({
    inputs: [
      required("age", "integer", { values: ["[18..70]"] }), required("income", "decimal"), input("job", "text", { values: ["EMPLOYED", "STUDENT"] }), input("since", "date"),
      input("student", "boolean"), input("spending", "decimals", { values: [">= 0"] }), input("agrees", "boolean", { values: ["true"] }),
    ],
    decisions: [outcomeIf("age > 20 and income > 100")],
  });
  const good = { age: 30, income: "8000.50", job: "EMPLOYED", since: "2020-02-29", student: false, spending: ["1", "2.50"], agrees: true };
  assert.equal(clearloan.precheck(policy, good).outcome, "eligible");
  for (const [name, value, code, field = `facts.${name}`] of [
    ["age", "thirty", "wrong_type"], ["age", 30.5, "wrong_type"], ["age", 17, "not_one_of"], ["age", true, "wrong_type"], ["income", "8,000", "not_a_decimal"],
    ["income", "1e4", "not_a_decimal"], ["income", "", "not_a_decimal"], ["income", true, "wrong_type"], ["job", "EMPLOYD", "not_one_of"], ["job", 1, "wrong_type"], ["since", "2026-02-30", "not_a_date"],
    ["student", "no", "wrong_type"], ["spending", "1", "wrong_type"], ["spending", ["1", "x"], "not_a_decimal", "facts.spending[1]"], ["spending", ["1", "-1"], "not_one_of"],
    ["agrees", false, "not_one_of"], ["incme", "1", "unknown_field"],
  ]) {
    const issues = issuesOf(() => clearloan.precheck(policy, { ...good, [name]: value }));
    assert.deepEqual(issues.map((issue) => [issue.code, issue.field]), [[code, field]], `${name} ${value}`);
  }
  assert.equal(issuesOf(() => clearloan.precheck(policy, { age: 17, income: "x", colour: "red" })).length, 3);
});

// ───────────────────────────── answers ─────────────────────────────

test("what is missing is listed, whether it is required or only needed in this case", () => {
  const policy = policyWith({
    inputs: [required("age", "integer"), required("income", "decimal"), input("guarantor", "boolean")],
    decisions: [{ name: "outcome", table: { hit: "unique", inputs: ["age", "guarantor"], rules: [
      { when: [">= 18", "-"], then: '"eligible"' }, { when: ["< 18", "true"], then: '"refer"' }, { when: ["< 18", "false"], then: '"ineligible"' },
    ] } }],
  });
  const fields = (facts) => {
    const { outcome, reasons, suggestions, limit, trace } = clearloan.precheck(policy, facts);
    assert.deepEqual([limit, outcome === "incomplete" ? trace : []], [undefined, []]);
    assert.deepEqual(suggestions.map(({ change }) => change.fact), reasons.map(({ field }) => field));
    return [outcome, ...reasons.map(({ code, field }) => `${code} ${field}`)];
  };
  assert.deepEqual(fields({}), ["incomplete", "fact_missing age", "fact_missing income"]);
  assert.deepEqual(fields({ age: 30, income: null }), ["incomplete", "fact_missing income"]);
  assert.deepEqual(fields({ age: 30, income: "1" }), ["eligible"]);
  // No rule says what holds for the young without it.
  assert.deepEqual(fields({ age: 17, income: "1" }), ["incomplete", "fact_missing guarantor"]);
  assert.equal(clearloan.precheck(policy, { age: 17, income: "1", guarantor: true }).outcome, "refer");
});

test("reasons carry the value seen and the value needed, and messages take them in", () => {
  const policy = policyWith({
    inputs: [required("age", "integer"), required("job", "text", { values: ["EMPLOYED", "RETIRED", "NONE"] })],
    decisions: [{ name: "outcome", table: { hit: "priority", inputs: ["age", "job"], outputOrder: ["ineligible", "refer", "eligible"], rules: [
      { when: ["< 18", "-"], then: '"ineligible"', reason: "AGE_LOW" }, { when: ["-", '"NONE"'], then: '"refer"', reason: "JOB" }, { when: ["-", "-"], then: '"eligible"' },
    ] } }],
    messages: { AGE_LOW: { "zh-CN": "年龄 {seen}，需 {needed}（不是 {seen}）", en: "{seen} is not {needed}" }, JOB: { "zh-CN": "需有工作" } },
  });
  const reason = (facts, locale) => clearloan.precheck(policy, facts, { locale }).reasons;
  assert.deepEqual(reason({ age: 17, job: "EMPLOYED" }, "zh-CN"), [{ code: "AGE_LOW", decision: "outcome", message: "年龄 17，需 >= 18（不是 17）", field: "age", seen: "17", needed: ">= 18" }]);
  assert.deepEqual(reason({ age: 17, job: "EMPLOYED" }, "en")[0].message, "17 is not >= 18");
  assert.deepEqual(reason({ age: 18, job: "NONE" }, "en"), [{ code: "JOB", decision: "outcome", message: "需有工作", field: "job", seen: "NONE", needed: '"EMPLOYED", "RETIRED"' }]);
  assert.deepEqual(reason({ age: 18, job: "RETIRED" }), []);
});

test("only the facts that were read are used, each with its purpose", () => {
  const policy = policyWith({
    inputs: [required("age", "integer"), input("phone", "text", { sensitive: true }), input("income", "decimal", { sensitive: true }), input("pets", "integer")],
    decisions: [{ name: "unused", formula: "pets + 1" }, outcomeIf("age < 18 or income > 100")],
    messages: { "purpose.income": { "zh-CN": "看是否还得起" } },
  });
  const used = (facts) => clearloan.precheck(policy, facts).factsUsed;
  assert.deepEqual(used({ age: 30, income: "200", phone: "1", pets: 2 }), [
    { name: "age", purpose: "what age is for", sensitive: false }, { name: "income", purpose: "看是否还得起", sensitive: true },
  ]);
  // `or` asks no further where its left side is true.
  assert.deepEqual(used({ age: 17, income: "200" }).map(({ name }) => name), ["age"]);
});

const lending = (more) => policyWith({
  inputs: [required("income", "decimal"), required("debts", "decimal")],
  decisions: [outcomeIf("debts + maximumPayment <= 0.5 * income")],
  affordability: { income: "income", obligations: "debts", shareMax: "0.5" }, ...more,
});

test("affordability inverts exactly: the maximum passes, one cent more fails", () => {
  const random = numbers(3);
  for (const changes of [
    {}, { method: "equalPrincipal" }, { method: "flat", interest: { flat: "0.006" } }, { method: "interestOnly" }, { method: "bullet" }, { balloon: "2000.00" },
    { fees: [{ code: "service", charge: { rate: "0.01", of: "principal" }, when: "disbursement", settlement: "financed" }] },
    { fees: [{ code: "guarantee", charge: { rate: "0.003", of: "openingBalance" }, when: "eachInstalment" }] },
    { rounding: { instalmentUnit: "1.00" } }, { currency: "JPY", principal: "20000" },
  ]) {
    const terms = { ...DEMO_TERMS, ...changes };
    const unit = terms.currency === "JPY" ? 0 : 2;
    for (let round = 0; round < 4; round += 1) {
      const facts = { income: String(6_000 + random(30_000)), debts: String(random(2_000)) };
      const { affordability } = clearloan.precheck(lending(), facts, { terms });
      const room = 0.5 * Number(facts.income) - Number(facts.debts);
      assert.equal(Number(affordability.disposableIncome), Math.floor(room * 10 ** unit) / 10 ** unit);
      const payment = (principal) => Number(clearloan.quote({ ...terms, principal }).schedule.maximumPayment);
      const one = 10 ** -unit;
      assert.ok(payment(affordability.principalMaximum) <= room, JSON.stringify([changes, facts, affordability]));
      assert.ok(payment((Number(affordability.principalMaximum) + one).toFixed(unit)) > room, JSON.stringify([changes, facts, affordability]));
      assert.equal(affordability.payment, clearloan.quote(terms).schedule.maximumPayment);
    }
  }
});

test("suggestions are true, and the smallest change that passes", () => {
  const handle = clearloan.loadPolicy(lending());
  const facts = { income: "3000", debts: "500" };
  const outcome = (changes) => clearloan.precheck(handle, facts, { terms: { ...DEMO_TERMS, ...changes } }).outcome;
  const result = clearloan.precheck(handle, facts, { terms: DEMO_TERMS });
  assert.equal(result.outcome, "ineligible");
  assert.deepEqual(result.suggestions.map(({ code }) => code), ["smaller_principal", "longer_term"]);
  const [{ change: { principal } }, { change: { instalmentCount } }] = result.suggestions;
  assert.equal(outcome({ principal }), "eligible");
  assert.equal(outcome({ principal: (Number(principal) + 0.01).toFixed(2) }), "ineligible");
  assert.equal(outcome({ instalmentCount }), "eligible");
  assert.equal(outcome({ instalmentCount: instalmentCount - 1 }), "ineligible");
  // A policy that takes a few principals only: they are found wherever they lie.
  for (const [low, high] of [["10000", "10000"], ["10000", "10000.50"], ["199.99", "200"], ["19000", "19000.07"]]) {
    const narrow = policyWith({ decisions: [{ name: "outcome", table: { hit: "first", inputs: ["principal"], rules: [{ when: [`[${low}..${high}]`], then: '"eligible"' }], otherwise: '"refer"' } }] });
    const [suggestion] = clearloan.precheck(narrow, {}, { terms: DEMO_TERMS }).suggestions;
    assert.deepEqual(suggestion?.change, { principal: Number(high).toFixed(2) }, `${low}..${high}`);
  }
});

test("a third party's page gets sums, and neither a verdict nor questions", () => {
  const policy = lending({ operator: "thirdParty", lenderUrl: "https://bank.example/apply" });
  const result = clearloan.precheck(policy, { income: "9000", debts: "500" }, { terms: DEMO_TERMS });
  assert.equal(result.outcome, "notAssessed");
  assert.deepEqual(Object.keys(result).sort(), ["affordability", "factsUsed", "lender", "notice", "outcome", "policy", "reasons", "suggestions", "trace"]);
  assert.deepEqual([result.lender, result.suggestions, result.trace], [{ name: "某某银行", url: "https://bank.example/apply" }, [], []]);
  assert.deepEqual(result.reasons.map(({ code }) => code), ["not_assessed"]);
  assert.equal(result.affordability.disposableIncome, "4000.00");
  const empty = clearloan.precheck(policy, {});
  assert.deepEqual([empty.outcome, empty.affordability, empty.factsUsed, empty.suggestions], ["notAssessed", undefined, [], []]);
});

test("a policy holds on its days, and a handle stands for what was loaded", () => {
  const policy = lending({ validFrom: "2026-01-01", validTo: "2026-12-31" });
  const facts = { income: "9000", debts: "500" };
  const at = (on) => clearloan.precheck(policy, facts, { terms: DEMO_TERMS, on });
  assert.equal(at("2026-01-01").outcome, "eligible");
  assert.equal(at("2026-12-31").outcome, "eligible");
  for (const on of ["2025-12-31", "2027-01-01"]) assert.deepEqual(issuesOf(() => at(on)).map(({ code, field }) => [code, field]), [["policy_not_in_force", "options.on"]]);
  const handle = clearloan.loadPolicy(policy);
  assert.match(handle.fingerprint, /^[0-9a-f]{64}$/);
  assert.deepEqual(clearloan.loadPolicy(JSON.parse(JSON.stringify(policy))), handle);
  // The order of fields is no content.
  assert.deepEqual(clearloan.loadPolicy(Object.fromEntries(Object.entries(policy).reverse())), handle);
  assert.notDeepEqual(clearloan.loadPolicy({ ...policy, version: "2" }), handle);
  assert.deepEqual(clearloan.precheck(handle, facts, { terms: DEMO_TERMS }), clearloan.precheck(policy, facts, { terms: DEMO_TERMS }));
  assert.deepEqual(issuesOf(() => clearloan.precheck({ fingerprint: "0".repeat(64) }, facts)).map(({ code }) => code), ["unknown_policy"]);
});

test("DMN's lending example gives the published decisions", () => {
  // dmn-tck, compliance level 3, 0087-chapter-11-example, test 001.
  const facts = {
    age: 51, maritalStatus: "M", employmentStatus: "EMPLOYED", existingCustomer: false, monthlyIncome: "100000", monthlyRepayments: "2500", monthlyExpenses: "10000",
    productType: "STANDARD LOAN", amount: "100000", rate: "0.08", term: 36, creditScore: 600, bankrupt: false,
  };
  const result = clearloan.precheck(shipped("dmn-lending"), facts);
  for (const [decision, value] of [
    ["applicationRiskScore", "138"], ["preBureauRiskCategory", "VERY LOW"], ["bureauCallType", "NONE"], ["preBureauAffordability", "true"], ["eligibility", "ELIGIBLE"],
    ["strategy", "THROUGH"], ["postBureauAffordability", "true"], ["routing", "ACCEPT"],
  ]) assert.equal(traced(result, decision), value, decision);
});
