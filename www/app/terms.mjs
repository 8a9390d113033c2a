/**
 * From the form's text to the engine's terms.
 *
 * Text that the page cannot read is a problem of its own, with the page's own sentence; it is passed on as typed, so that
 * the engine, which refuses it too, still judges all the other fields in the same call.
 */

import { parseAmount, parseCount, parseDate, parseDueDay, parseFactor, parsePercent } from "./parse.mjs";
import { isZero } from "./decimal-text.mjs";

/**
 * `{ terms, options, problems }`: the terms to quote, how to disclose them, and for each unreadable input the code of its sentence.
 */
export function termsOf(state) {
  const problems = {};
  /** The parsed value, or the text as typed with its problem noted under the input's name. */
  const read = (input, parse) => {
    const { value, problem } = parsed(input, parse, state[input]);
    if (problem) problems[input] = problem;
    return problem ? state[input] : value;
  };

  const terms = {
    principal: read("principal", parseAmount),
    interest: { [state.basis]: read("rate", parsePercent) },
    method: state.method,
    instalmentCount: read("instalmentCount", parseCount),
    disbursementDate: read("disbursementDate", parseDate),
  };
  if (state.due === "date") {
    terms.firstDueDate = read("firstDueDate", parseDate);
  } else {
    const dueDay = read("dueDay", parseDueDay);
    if (dueDay !== undefined) terms.dueDay = dueDay;
  }
  const fee = state.fee.trim() === "" ? "0" : read("fee", state.feeBasis === "rate" ? parsePercent : parseAmount);
  if (problems.fee || !isZero(fee)) {
    const charge = state.feeBasis === "rate" ? { rate: fee, of: "principal" } : { amount: fee };
    const payee = state.feePayee.trim();
    terms.fees = [{ code: "service", charge, when: "disbursement", settlement: state.settlement, ...(payee && { payee }) }];
  }
  const lender = state.lender.trim();
  if (lender) terms.lenders = [{ name: lender, share: "1" }];

  const contingent = CONTINGENT.flatMap(([input, kind, field, parse]) =>
    (state[input].trim() === "" ? [] : [{ kind, [field]: read(input, parse), ...(lender && { payee: lender }) }]));
  if (contingent.length > 0) terms.contingent = contingent;

  // Law holds as on the day the contract is made, at the latest the day the loan is paid out; so a link shows what it showed.
  const options = { regime: state.regime, on: terms.disbursementDate, lenderType: state.lenderType };
  if (state.regime === "CN" && state.lpr.trim() !== "") options.lpr = read("lpr", parsePercent);
  return { terms, options, problems };
}

/** What was read last from each input, and how: a slider changes one of them, forty times a second. */
const seen = new Map();

function parsed(input, parse, text) {
  const before = seen.get(input);
  if (before?.text === text && before.parse === parse) return before.result;
  const result = parse(text);
  seen.set(input, { text, parse, result });
  return result;
}

/** What default, misuse and early repayment cost: the input, the kind and field of the terms, and how the text is read. */
const CONTINGENT = [
  ["overdue", "overdue", "rateFactor", parseFactor],
  ["misuse", "misuse", "rateFactor", parseFactor],
  ["early", "earlyRepayment", "feeRate", parsePercent],
];

/** Which input each part of the terms came from; the first match wins, so narrower patterns stand first. */
const INPUT_OF_PATH = [
  [/^principal\b/, "principal"],
  [/^interest\b/, "rate"],
  [/^method\b/, "method"],
  [/^instalmentCount\b/, "instalmentCount"],
  [/^disbursementDate\b/, "disbursementDate"],
  [/^firstDueDate\b/, "firstDueDate"],
  [/^dueDay\b/, "dueDay"],
  [/^fees\b.*\.settlement\b/, "settlement"],
  [/^fees\b.*\.payee\b/, "feePayee"],
  [/^lenders\b/, "lender"],
  [/^options\.lpr\b/, "lpr"],
  [/^fees\b/, "fee"],
];

/** Issues of the loan as a whole that one input can mend: there is no rate when the fee takes all the proceeds. */
const INPUT_OF_CODE = { no_sign_change: "fee" };

/** The input that an issue belongs to; undefined for an issue of the loan as a whole. */
export function inputOf({ code, field }, terms = {}) {
  const [, index] = /^contingent\[(\d+)\]/.exec(field) ?? [];
  if (index !== undefined) return CONTINGENT.find(([, kind]) => kind === terms.contingent?.[index]?.kind)?.[0];
  return INPUT_OF_PATH.find(([pattern]) => pattern.test(field))?.[1] ?? INPUT_OF_CODE[code];
}
