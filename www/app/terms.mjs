/**
 * From the form's text to the engine's terms.
 *
 * Text that the page cannot read is a problem of its own, with the page's own sentence; it is passed on as typed, so that
 * the engine, which refuses it too, still judges all the other fields in the same call.
 */

import { parseAmount, parseCount, parseDate, parseDueDay, parsePercent } from "./parse.mjs";
import { isZero } from "./decimal-text.mjs";

/** `{ terms, problems }`: the terms to quote, and for each unreadable input the code of its sentence. */
export function termsOf(state) {
  const problems = {};
  /** The parsed value, or the text as typed with its problem noted under the input's name. */
  const read = (input, parse) => {
    const { value, problem } = parse(state[input]);
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
    terms.fees = [{ code: "service", charge, when: "disbursement", settlement: state.settlement }];
  }
  return { terms, problems };
}

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
  [/^fees\b/, "fee"],
];

/** Issues of the loan as a whole that one input can mend: there is no rate when the fee takes all the proceeds. */
const INPUT_OF_CODE = { no_sign_change: "fee" };

/** The input that an issue belongs to; undefined for an issue of the loan as a whole. */
export function inputOf({ code, field }) {
  return INPUT_OF_PATH.find(([pattern]) => pattern.test(field))?.[1] ?? INPUT_OF_CODE[code];
}
