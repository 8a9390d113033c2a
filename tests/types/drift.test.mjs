// The type declarations say what the engine takes and gives, field by field and word by word. What it takes is in the
// decoder's own tables, what it gives is read off quotes with every feature in use; the compiler then compares.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { nativeText } from "../package/native.mjs";
import { CONSUMER, DEMO_TERMS, INSTALLED, freshCopy, issuesOf, readVectors } from "../package/support.mjs";
import { npmTool } from "../../scripts/tools.mjs";

const engine = await freshCopy();
const { init, quote, verify } = engine;
await init();

const HEAD = `import type * as clearloan from "clearloan";
import type {
  LoanTerms, InterestRate, Fee, Benefit, Contingent, Quote, LoanIssue, Verification,
  Rule, Policy, Decision, LoanEvent, ReminderOptions, AgendaLoan, MessageTemplate,
} from "clearloan";
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Item<T> = T extends readonly (infer Member)[] ? Member : T extends object ? T : never;
/** The keys of all members of a union. */
type Keys<T> = T extends unknown ? keyof T : never;
type OptionalKeys<T> = { [K in keyof T]-?: {} extends Pick<T, K> ? K : never }[keyof T];
declare function expect<T extends true>(): void;
`;

/** Compiles a file in the consumer's project; the complaints as one text. */
function complaints(name, text) {
  const file = path.join(CONSUMER, `${name}.mts`);
  fs.writeFileSync(file, HEAD + text);
  const { status, stdout } = spawnSync(npmTool("tsc"), ["--ignoreConfig", "--noEmit", "--strict", "--lib", "es2020,dom", "--types", "",
    "--module", "nodenext", "--moduleResolution", "nodenext", "--target", "es2020", file], { cwd: CONSUMER, encoding: "utf8" });
  if (status === 0) return "";
  // The line that failed tells more than its number.
  const lines = (HEAD + text).split("\n");
  return stdout.replace(/\((\d+),\d+\): error/g, (_, line) => `: ${lines[Number(line) - 1].trim()}\n   error`);
}

const union = (words) => (words.length === 0 ? "never" : words.map((word) => JSON.stringify(word)).join(" | "));

/** Unions whose members say which they are. */
const BY_KIND = ["Benefit", "Contingent", "LoanEvent", "Rule"];

/** Objects whose place is not the way to their type. */
const NAMED = {
  "AgendaOptions": "Parameters<typeof clearloan.agenda>[1]",
  "Decision.table": "clearloan.DecisionTable",
  "Decision.table.rules": "clearloan.DecisionRule",
  "Policy.messages": "clearloan.PolicyMessage",
  "alipayCostDisclosure.options": "Parameters<typeof clearloan.alipayCostDisclosure>[1]",
  "aprOfFlows.flows": "clearloan.PeriodFlow",
  "disclose.options": "clearloan.DiscloseOptions",
  "compare.offers": "Parameters<typeof clearloan.compare>[0][number]",
  "solve.goal": "clearloan.SolveGoal",
  "sweep.grid": "clearloan.SweepGrid",
  "xirr.flows": "clearloan.DatedFlow",
};

/** "LoanTerms.businessDays.calendar" as a type: the objects that may stand there. */
function typeAt(name) {
  const [base, ...fields] = name.split(".");
  if (name in NAMED) return NAMED[name];
  if (BY_KIND.includes(base) && name !== "Rule.words") return `Extract<${base}, { kind: "${fields[0]}" }>`;
  return fields.reduce((type, field) => `Item<NonNullable<${type}["${field}"]>>`, base);
}

/**
 * Where the decoder's optional fields are not optional in the type: of the forms { instalments } and { days } one must be
 * given, as of { annual } and { monthly }, where no field is required; and a quote is given whole, with its warnings.
 */
const OF_SEVERAL_FORMS = ["Benefit.interestFree", "Quote", "Decision"];

test("the engine takes exactly the declared fields", () => {
  const shapes = JSON.parse(nativeText("shapes.json"));
  const checks = shapes.flatMap(({ name, required, optional }) => {
    const type = typeAt(name);
    const all = `expect<Equal<Keys<${type}>, ${union([...required, ...optional])}>>(); // ${name}`;
    return required.length === 0 || OF_SEVERAL_FORMS.includes(name) ? [all] : [all, `expect<Equal<OptionalKeys<${type}>, ${union(optional)}>>(); // ${name}`];
  });
  assert.ok(shapes.length >= 45);
  assert.equal(complaints("takes", checks.join("\n")), "");
});

test("the comparison would notice a field more, a field less and an optional one", () => {
  for (const wrong of [
    'expect<Equal<Keys<Fee>, "code">>();',
    'expect<Equal<Keys<clearloan.Lender>, "name" | "licence" | "share" | "more">>();',
    'expect<Equal<OptionalKeys<clearloan.Lender>, never>>();',
    'expect<Equal<OptionalKeys<clearloan.Lender>, "name" | "licence">>();',
  ]) assert.notEqual(complaints("wrong", wrong), "", wrong);
});

test("the engine takes exactly the declared words", () => {
  const wrong = {
    ...DEMO_TERMS, method: "?", accrual: "?", businessDays: { calendar: "?", roll: "?" }, rounding: { mode: "?", remainder: "?" },
    fees: [{ code: "a", charge: { rate: "0.01", of: "?" }, when: "?", settlement: "?" }], allocation: ["?"],
    benefits: [{ kind: "?" }], contingent: [{ kind: "?" }], interest: { daily: "0.0001", daysPerYear: 1 },
  };
  const TYPES = {
    method: 'LoanTerms["method"]',
    accrual: 'NonNullable<LoanTerms["accrual"]>',
    "businessDays.calendar": 'Extract<clearloan.BusinessDays["calendar"], string>',
    "businessDays.roll": 'clearloan.BusinessDays["roll"]',
    "rounding.mode": 'NonNullable<clearloan.Rounding["mode"]>',
    "rounding.remainder": 'NonNullable<clearloan.Rounding["remainder"]>',
    "fees[0].charge.of": 'Extract<Fee["charge"], { of: unknown }>["of"]',
    "fees[0].when": 'Fee["when"]',
    "fees[0].settlement": 'NonNullable<Fee["settlement"]>',
    "allocation[0]": 'NonNullable<LoanTerms["allocation"]>[number]',
    "benefits[0].kind": 'Benefit["kind"]',
    "contingent[0].kind": 'Contingent["kind"]',
    "interest.daysPerYear": '`${NonNullable<Extract<InterestRate, { daily: string }>["daysPerYear"]>}`',
  };
  const known = Object.fromEntries(issuesOf(() => quote(wrong)).map(({ field, limit }) => [field, limit]));
  assert.deepEqual(Object.keys(known).sort(), Object.keys(TYPES).sort());
  assert.equal(complaints("words", Object.entries(TYPES).map(([field, type]) => `expect<Equal<${type}, ${union(known[field].split(", "))}>>(); // ${field}`).join("\n")), "");
});

/** Where objects of one type stand in a quote. */
const GIVEN = {
  Quote: (result) => [result],
  Schedule: ({ schedule }) => [schedule],
  ScheduleTotals: ({ schedule }) => [schedule.totals],
  Instalment: ({ schedule }) => schedule.instalments,
  InstalmentShare: ({ schedule }) => schedule.instalments.flatMap(({ lenders }) => lenders ?? []),
  Cost: ({ cost }) => [cost],
  ItemisedCost: ({ cost }) => [cost.itemised],
  ItemRate: ({ cost }) => cost.itemised.items,
  QuoteWarning: ({ warnings }) => warnings,
};

test("the engine gives exactly the declared fields", () => {
  const results = readVectors("exact_fractions.json").cases.map(({ terms }) => quote(terms));
  const checks = Object.entries(GIVEN).map(([name, pick]) => {
    const objects = results.flatMap(pick);
    const all = [...new Set(objects.flatMap(Object.keys))];
    const optional = all.filter((key) => !objects.every((object) => key in object));
    assert.ok(objects.length > 0, `no ${name} in any quote`);
    return `expect<Equal<keyof clearloan.${name}, ${union(all)}>>(); expect<Equal<OptionalKeys<clearloan.${name}>, ${union(optional)}>>(); // ${name}`;
  });
  assert.equal(complaints("gives", checks.join("\n")), "");
});

test("quotes with every feature in use, errors and verifications satisfy their types", () => {
  const { cases } = readVectors("exact_fractions.json");
  const results = cases.map(({ terms }) => quote(terms)).map((result) => ({ ...result, schedule: { ...result.schedule, instalments: result.schedule.instalments.slice(0, 2) } }));
  const used = new Set(results.flatMap(({ terms }) => Object.keys(terms)));
  const declared = JSON.parse(nativeText("shapes.json")).find(({ name }) => name === "LoanTerms");
  const unused = [...declared.required, ...declared.optional].filter((field) => !used.has(field));
  const rest = quote({
    ...DEMO_TERMS, pricing: [{ component: "funding", rate: "0.18" }],
    contingent: [{ kind: "overdue", rateFactor: "1.5", graceDays: 3, compound: true, payee: "a" }, { kind: "misuse", rateFactor: "2" }, { kind: "earlyRepayment", feeRate: "0.01", minimum: "1.00", freeAfterInstalment: 6 }],
  });
  assert.deepEqual(unused.filter((field) => !(field in rest.terms)), [], "fields that no quote here has");
  const issues = issuesOf(() => quote({ ...DEMO_TERMS, principal: 1, method: "?" }));
  const verification = verify({ ...rest, cost: { ...rest.cost, xirr: "0" } });
  const literal = (type, values) => values.map((value, index) => `export const ${type}${index}: ${type} = ${JSON.stringify(value)};`).join("\n");
  assert.equal(complaints("satisfies", [literal("Quote", [...results, rest]), literal("LoanIssue", issues), literal("Verification", [verification])].join("\n")), "");
});

// ───────── what the other calls give ─────────

const shippedPolicy = (name) => JSON.parse(fs.readFileSync(path.join(INSTALLED, "policies", `${name}.json`), "utf8"));

/** Results of each call that between them have every field there is, and leave out every one that may be missing. */
function resultsOfEveryCall() {
  const rich = {
    ...DEMO_TERMS, lenders: [{ name: "a", licence: "B1", share: "0.7" }, { name: "b", share: "0.3" }], pricing: [{ component: "funding", rate: "0.18" }],
    contingent: [{ kind: "overdue", rateFactor: "1.5" }, { kind: "misuse", rateFactor: "2" }, { kind: "earlyRepayment", feeRate: "0.01" }],
    businessDays: { calendar: "CN", roll: "following" },
  };
  const plan = { ...DEMO_TERMS, method: "custom", instalmentCount: 2, principalPlan: ["10000.00", "10000.00"] };
  const REGIMES = ["CN", "US", "EU", "UK", "IN"];
  const Disclosure = REGIMES.flatMap((regime) => [DEMO_TERMS, rich].map((terms) => engine.disclose(terms, { regime, on: "2026-11-24", lenderType: "bank", lpr: "0.03" })));
  const Explanation = ["payment", "itemised"].map((figure) => engine.explain(rich, figure, "en"));

  const policy = {
    id: "drift", version: "1", lender: "x", lenderUrl: "https://x.example", operator: "lender",
    inputs: [{ name: "income", type: "decimal", purpose: "p", required: true, sensitive: true }, { name: "debts", type: "decimal", purpose: "p", required: true }, { name: "guarantor", type: "boolean", purpose: "p" }],
    decisions: [
      { name: "flags", table: { hit: "count", inputs: ["income"], rules: [{ when: ["< 5000"], then: "1", reason: "LOW" }, { when: ["< 9000"], then: "1", reason: "LOWER" }, { when: ["-"], then: "1", reason: "ALWAYS" }] } },
      { name: "fits", formula: "debts + maximumPayment <= 0.5 * income" },
      { name: "outcome", table: { hit: "first", inputs: ["fits", "guarantor"], rules: [{ when: ["true", "-"], then: '"eligible"' }, { when: ["-", "true"], then: '"refer"' }], otherwise: '"ineligible"' } },
      { name: "limit", formula: "income * 2" }, { name: "rate", formula: "0.1" }, { name: "score", formula: "50" },
    ],
    result: { outcome: "outcome", limit: "limit", annual: "rate", score: "score", parts: ["flags"] }, affordability: { income: "income", obligations: "debts", shareMax: "0.5" }, messages: {},
  };
  const asked = (facts, terms, changes) => engine.precheck({ ...policy, ...changes }, facts, { terms, locale: "en" });
  const Precheck = [
    asked({ income: "20000", debts: "0" }, DEMO_TERMS), asked({ income: "3000", debts: "0" }, DEMO_TERMS), asked({ income: "0", debts: "0" }, plan), asked({}, DEMO_TERMS),
    asked({ income: "20000", debts: "0" }, DEMO_TERMS, { operator: "thirdParty" }), asked({ income: "20000", debts: "0" }, DEMO_TERMS, { operator: "thirdParty", lenderUrl: undefined }),
  ];
  const healthFacts = { age: 30, student: false, monthlyIncome: "12000.00", monthlySpending: "7000.00", monthlyDebtPayments: "2000.00", savings: "40000.00", latePayments: 0 };
  const scoreOnly = { ...policy, decisions: policy.decisions.filter(({ name }) => name === "score").concat([{ name: "outcome", formula: '"eligible"' }]), result: { outcome: "outcome", score: "score" }, affordability: undefined, inputs: [] };
  const HealthScore = [engine.healthScore(healthFacts), engine.healthScore({ ...healthFacts, savings: "0.00", latePayments: 5 }, { policy: shippedPolicy("financial-health"), locale: "en" }), engine.healthScore({}, { policy: scoreOnly })];

  const LoanState = [
    engine.replay(rich, [], "2027-03-01"), engine.replay(rich, [{ kind: "payment", date: "2026-12-24", amount: "1833.60" }, { kind: "prepayment", date: "2027-01-10", amount: "5000.00", keep: "term" }], "2027-01-10"),
    engine.replay(rich, [{ kind: "prepayment", date: "2027-01-10", amount: "all", keep: "term" }], "2027-02-01"),
  ];
  const reminded = (options, terms = rich, events = []) => engine.remind(terms, { today: "2026-12-01", loanId: "L", ...options }, events);
  const ReminderPlan = [reminded({}), reminded({ at: "09:00", payday: 25, locale: "en", title: "t", url: "https://x.example" }, DEMO_TERMS), reminded({ today: "2027-03-01" })]
    .map((result) => ({ ...result, reminders: result.reminders.slice(0, 4).concat(result.reminders.filter(({ unrolledDueDate }) => unrolledDueDate).slice(0, 1)) }));
  const agenda = (options, ...loans) => engine.agenda(loans.map((terms, index) => ({ loanId: `L${index}`, terms })), { today: "2026-12-01", ...options });
  const Agenda = [agenda({}, DEMO_TERMS), agenda({ payday: 25 }, DEMO_TERMS, rich), agenda({ payday: 25 }, DEMO_TERMS, { ...DEMO_TERMS, currency: "JPY", principal: "20000" })];
  const MarketingFinding = engine.checkMarketing("秒到账，日利率0.02%", "2026-11-24");
  const PolicyHandle = [engine.loadPolicy(policy)];
  return { Disclosure, Explanation, Precheck, HealthScore, LoanState, ReminderPlan, Agenda, MarketingFinding, PolicyHandle };
}

const EVERY_CALL = resultsOfEveryCall();
/** The parts of those results that have a type of their own, or a place to find it by. */
const PARTS = {
  'clearloan.Disclosure["legalBasis"][number]': () => EVERY_CALL.Disclosure.flatMap(({ legalBasis }) => legalBasis),
  'clearloan.Disclosure["headline"]': () => EVERY_CALL.Disclosure.map(({ headline }) => headline),
  'clearloan.Disclosure["figures"][number]': () => EVERY_CALL.Disclosure.flatMap(({ figures }) => figures),
  "clearloan.DisclosedItem": () => EVERY_CALL.Disclosure.flatMap(({ items }) => items),
  'clearloan.Disclosure["contingent"][number]': () => EVERY_CALL.Disclosure.flatMap(({ contingent }) => contingent),
  'clearloan.Disclosure["caps"][number]': () => EVERY_CALL.Disclosure.flatMap(({ caps }) => caps),
  'NonNullable<clearloan.Disclosure["pricing"]>[number]': () => EVERY_CALL.Disclosure.flatMap(({ pricing }) => pricing ?? []),
  'clearloan.Explanation["steps"][number]': () => EVERY_CALL.Explanation.flatMap(({ steps }) => steps),
  "clearloan.PrecheckReason": () => EVERY_CALL.Precheck.flatMap(({ reasons }) => reasons),
  "clearloan.Suggestion": () => EVERY_CALL.Precheck.flatMap(({ suggestions }) => suggestions),
  "clearloan.Affordability": () => EVERY_CALL.Precheck.flatMap(({ affordability }) => affordability ?? []),
  "clearloan.FactUsed": () => [...EVERY_CALL.Precheck, ...EVERY_CALL.HealthScore].flatMap(({ factsUsed }) => factsUsed),
  "clearloan.TraceStep": () => EVERY_CALL.Precheck.flatMap(({ trace }) => trace),
  'NonNullable<clearloan.Precheck["lender"]>': () => EVERY_CALL.Precheck.flatMap(({ lender }) => lender ?? []),
  'clearloan.Precheck["policy"]': () => [...EVERY_CALL.Precheck, ...EVERY_CALL.HealthScore].map(({ policy }) => policy),
  'clearloan.HealthScore["parts"][number]': () => EVERY_CALL.HealthScore.flatMap(({ parts }) => parts),
  'clearloan.LoanState["outstanding"]': () => EVERY_CALL.LoanState.map(({ outstanding }) => outstanding),
  "clearloan.Allocation": () => EVERY_CALL.LoanState.flatMap(({ allocations }) => allocations),
  "clearloan.Reminder": () => EVERY_CALL.ReminderPlan.flatMap(({ reminders }) => reminders),
  "clearloan.AgendaEntry": () => EVERY_CALL.Agenda.flatMap(({ entries }) => entries),
  'clearloan.Agenda["days"][number]': () => EVERY_CALL.Agenda.flatMap(({ days }) => days),
};
/** `saved` is always there today; the contract leaves it optional. */
const OPTIONAL_BY_CONTRACT = { "clearloan.LoanState": ["saved"] };

test("every other call gives exactly the declared fields, and leaves out only those that may be missing", () => {
  const groups = [...Object.entries(EVERY_CALL).map(([name, objects]) => [`clearloan.${name}`, objects]), ...Object.entries(PARTS).map(([type, pick]) => [type, pick()])];
  const checks = groups.map(([type, objects]) => {
    const all = [...new Set(objects.flatMap(Object.keys))];
    const optional = [...new Set([...all.filter((key) => !objects.every((object) => key in object)), ...(OPTIONAL_BY_CONTRACT[type] ?? [])])];
    assert.ok(objects.length > 0, `no ${type} in any result`);
    return `expect<Equal<keyof ${type}, ${union(all)}>>(); expect<Equal<OptionalKeys<${type}>, ${union(optional)}>>(); // ${type}`;
  });
  const tolerance = engine.usTolerance(DEMO_TERMS, "0.2");
  checks.push(`expect<Equal<keyof ReturnType<typeof clearloan.usTolerance>, ${union(Object.keys(tolerance))}>>();`);
  assert.equal(complaints("gives-all", checks.join("\n")), "");
});

test("results of every call satisfy their types", () => {
  const constants = Object.entries(EVERY_CALL).flatMap(([type, values]) => values.map((value, index) => `export const ${type}${index}: clearloan.${type} = ${JSON.stringify(value)};`));
  constants.push(`export const tolerance: ReturnType<typeof clearloan.usTolerance> = ${JSON.stringify(engine.usTolerance(DEMO_TERMS, "0.2"))};`);
  constants.push(`export const alipay: ReturnType<typeof clearloan.alipayCostDisclosure> = ${JSON.stringify(engine.alipayCostDisclosure(DEMO_TERMS, { on: "2026-11-24", lender: "x" }))};`);
  assert.equal(complaints("satisfies-all", constants.join("\n")), "");
  // Would it notice? One word that is none of the outcomes, one field that nobody declares.
  const [first] = EVERY_CALL.Precheck;
  for (const wrong of [{ ...first, outcome: "maybe" }, { ...first, more: 1 }, { ...first, trace: [{ decision: "a" }] }]) {
    assert.notEqual(complaints("wrong-all", `export const wrong: clearloan.Precheck = ${JSON.stringify(wrong)};`), "");
  }
});

test("each export is declared, and each declaration is exported", async () => {
  const names = Object.keys(await freshCopy()).sort();
  assert.equal(complaints("exports", `expect<Equal<keyof typeof clearloan, ${union(names)}>>();`), "");
});
