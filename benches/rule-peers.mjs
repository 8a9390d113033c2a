// Ten rules with reason codes, three times: as a policy, for json-rules-engine, and for json-logic-js. Made from one list, so that
// nobody judges by other rules.

import jsonLogic from "json-logic-js";
import { Engine } from "json-rules-engine";

/** Fact, test, bound, what follows, and the reason. */
export const RULES = [
  ["age", "<", 18, "ineligible", "AGE_LOW"],
  ["age", ">", 65, "ineligible", "AGE_HIGH"],
  ["student", "=", true, "ineligible", "STUDENT"],
  ["overdueDays", ">", 90, "ineligible", "OVERDUE"],
  ["purpose", "in", ["PROPERTY", "STOCKS", "FUTURES"], "ineligible", "PURPOSE"],
  ["loans", ">", 5, "refer", "LOANS"],
  ["monthsEmployed", "<", 6, "refer", "EMPLOYMENT_SHORT"],
  ["monthlyIncome", "<", 3000, "refer", "INCOME_LOW"],
  ["utilisation", ">", 0.8, "refer", "UTILISATION"],
  ["employment", "in", ["NONE", "SEASONAL"], "refer", "EMPLOYMENT"],
];

/** An applicant of whom three rules speak, and one of whom none does; they are asked in turn. */
export const APPLICANTS = [
  { age: 22, student: false, overdueDays: 0, purpose: "TRAVEL", loans: 7, monthsEmployed: 4, monthlyIncome: 5200, utilisation: 0.91, employment: "EMPLOYED" },
  { age: 41, student: false, overdueDays: 3, purpose: "HOME", loans: 1, monthsEmployed: 60, monthlyIncome: 12500, utilisation: 0.25, employment: "EMPLOYED" },
];

const TYPES = { number: "integer", boolean: "boolean", string: "text" };
const DECIMALS = ["monthlyIncome", "utilisation"];

/** The same rules as a policy: each table is asked once, and every rule that is hit is a reason. */
export function policy() {
  const literal = (value) => JSON.stringify(value);
  const cell = (test, bound) => (test === "in" ? bound.map(literal).join(", ") : test === "=" ? literal(bound) : `${test} ${bound}`);
  const table = (outcome) => {
    const rules = RULES.filter(([, , , follows]) => follows === outcome);
    const inputs = [...new Set(rules.map(([fact]) => fact))];
    return { hit: "count", inputs, rules: rules.map(([fact, test, bound, , reason]) => ({
      when: inputs.map((name) => (name === fact ? cell(test, bound) : "-")), then: "1", reason })) };
  };
  return {
    id: "bench", version: "1", lender: "Bench", operator: "lender",
    inputs: Object.entries(APPLICANTS[0]).map(([name, value]) => ({ name, type: DECIMALS.includes(name) ? "decimal" : TYPES[typeof value], purpose: name, required: true })),
    decisions: [
      { name: "refusals", table: table("ineligible") }, { name: "doubts", table: table("refer") },
      { name: "outcome", formula: 'if refusals > 0 then "ineligible" else if doubts > 0 then "refer" else "eligible"' },
    ],
    result: { outcome: "outcome" },
    messages: Object.fromEntries(RULES.map(([, , , , reason]) => [reason, { en: `${reason}: {seen}, needed {needed}` }])),
  };
}

/** The facts as a policy has them: amounts and ratios are texts. */
export const factsOf = (applicant) => Object.fromEntries(Object.entries(applicant).map(([name, value]) => [name, DECIMALS.includes(name) ? String(value) : value]));

const OUTCOMES = ["eligible", "refer", "ineligible"];
const outcomeOf = (follows) => OUTCOMES[Math.max(0, ...follows.map((one) => OUTCOMES.indexOf(one)))];

/** json-rules-engine: an engine made once, asked with facts; its answer is a promise. */
export function jsonRulesEngine() {
  const operators = { "<": "lessThan", ">": "greaterThan", "=": "equal", in: "in" };
  const engine = new Engine();
  for (const [fact, test, value, follows, type] of RULES) {
    engine.addRule({ conditions: { all: [{ fact, operator: operators[test], value }] }, event: { type, params: { follows } } });
  }
  return async (applicant) => {
    const { events } = await engine.run(applicant);
    return { outcome: outcomeOf(events.map(({ params }) => params.follows)), reasons: events.map(({ type }) => type) };
  };
}

/** json-logic-js: an expression for each rule, each asked with the facts. */
export function jsonLogicJs() {
  const rules = RULES.map(([fact, test, bound, follows, reason]) => ({ follows, reason, logic: { [test === "=" ? "===" : test]: [{ var: fact }, bound] } }));
  return (applicant) => {
    const hit = rules.filter(({ logic }) => jsonLogic.apply(logic, applicant));
    return { outcome: outcomeOf(hit.map(({ follows }) => follows)), reasons: hit.map(({ reason }) => reason) };
  };
}
