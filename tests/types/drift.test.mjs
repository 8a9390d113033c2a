// The type declarations say what the engine takes and gives, field by field and word by word. What it takes is in the
// decoder's own tables, what it gives is read off quotes with every feature in use; the compiler then compares.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { nativeText } from "../package/native.mjs";
import { CONSUMER, DEMO_TERMS, freshCopy, issuesOf, readVectors } from "../package/support.mjs";
import { npmTool } from "../../scripts/tools.mjs";

const { init, quote, verify } = await freshCopy();
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

test("each export is declared, and each declaration is exported", async () => {
  const names = Object.keys(await freshCopy()).sort();
  assert.equal(complaints("exports", `expect<Equal<keyof typeof clearloan, ${union(names)}>>();`), "");
});
