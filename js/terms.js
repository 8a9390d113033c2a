// The normalised terms of a quote, from the lines of src/terms/lines.rs: the same fields in the same order.

/** @typedef {import("./clearloan.js").LoanTerms} LoanTerms */
/** @typedef {import("./clearloan.js").Fee} Fee */
/** @typedef {import("./lines.js").Lines} Lines */

/**
 * @param {Lines} lines
 * @returns {LoanTerms}
 */
export function normalisedTerms(lines) {
  /** @type {any} */
  const terms = { accrual: lines.text(), allocation: [lines.text(), lines.text(), lines.text(), lines.text()] };
  if (lines.isGiven()) terms.balloon = lines.here();
  if (lines.isGiven()) terms.benefits = lines.data();
  if (lines.isGiven()) terms.businessDays = lines.data();
  if (lines.isGiven()) terms.contingent = lines.data();
  terms.currency = lines.text();
  terms.disbursementDate = lines.text();
  if (lines.isGiven()) terms.dueDay = lines.data();
  terms.every = one(lines.text(), lines.count());
  const fees = lines.list(fee);
  if (fees.length > 0) terms.fees = fees;
  if (lines.isGiven()) terms.firstDueDate = lines.here();
  terms.instalmentCount = lines.count();
  terms.interest = one(lines.text(), lines.text());
  if (lines.isGiven()) terms.interest.daysPerYear = lines.data();
  if (lines.isGiven()) terms.interestOnlyInstalments = lines.data();
  if (lines.isGiven()) terms.lenders = lines.data();
  terms.method = lines.text();
  if (lines.isGiven()) terms.pricing = lines.data();
  terms.principal = lines.text();
  if (lines.isGiven()) terms.principalPlan = lines.data();
  /** @type {any} */
  const rounding = {};
  if (lines.isGiven()) rounding.instalmentUnit = lines.here();
  rounding.mode = lines.text();
  rounding.remainder = lines.text();
  terms.rounding = rounding;
  if (lines.isGiven()) terms.steps = lines.data();
  return terms;
}

/**
 * @param {Lines} lines
 * @returns {Fee}
 */
function fee(lines) {
  const charge = lines.isGiven() ? { amount: lines.here() } : { of: lines.text(), rate: lines.text() };
  /** @type {any} */
  const made = { charge, code: lines.words(), inCost: lines.isTrue() };
  if (lines.isGiven()) made.name = lines.wordsHere();
  if (lines.isGiven()) made.payee = lines.wordsHere();
  made.settlement = lines.text();
  made.when = lines.text();
  return made;
}

/**
 * An object of one field. The names that nearly every loan has are written down, since an engine for JavaScript makes such an object at once.
 *
 * @param {string} name
 * @param {unknown} value
 * @returns {any}
 */
function one(name, value) {
  if (name === "months") return { months: value };
  if (name === "annual") return { annual: value };
  return { [name]: value };
}
