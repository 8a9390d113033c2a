/**
 * What to say beside a field when the engine refuses it.
 *
 * The engine speaks to developers: paths, fractions, "must be within 0..10". A borrower typed a percentage into a named
 * field, so the page words the codes that its form can raise, with limits in the reader's own units. A code without words
 * of ours falls back to the engine's own sentence, after the field's name: late or new issues are never swallowed.
 */

import { date, group, money, percent } from "./format.mjs";
import { trim } from "./decimal-text.mjs";
import { word } from "./words.mjs";

/** How each input's numbers are written. */
function writer(input, state, locale) {
  const unit = input === "fee" ? { rate: "percent", amount: "money" }[state.feeBasis] : UNIT[input];
  return {
    money: (limit) => money(limit),
    percent: (limit) => percentWithoutZeros(limit),
    date: (limit) => date(limit, locale),
    number: (limit) => group(limit),
  }[unit ?? "number"];
}

const UNIT = { principal: "money", rate: "percent", lpr: "percent", early: "percent", disbursementDate: "date", firstDueDate: "date" };

/** A percentage has two decimals fewer than the fraction that the engine limits. */
const PERCENT_DECIMALS_FEWER = 2;

/** A limit as a percentage, without the zeros of a fixed number of decimals: "10" as "1,000%". */
function percentWithoutZeros(fraction) {
  const [whole, decimals] = percent(fraction, 10).replace("%", "").split(".");
  const shown = trim(`0.${decimals}`).slice(1);
  return `${whole}${shown}%`;
}

/**
 * Where the sentence belongs and what it says. `input` is undefined for an issue of the loan as a whole.
 */
export function sentenceOf(issue, input, state, locale) {
  const say = (code, values) => word(locale, code, values);
  const { code, limit = "", message } = issue;
  const write = writer(input, state, locale);
  const [from, to] = limit.split("..");

  switch (code) {
    case "out_of_range":
      if (to !== undefined) return say("issue.between", { from: write(from), to: write(to) });
      break;
    case "too_many_decimals":
      return say("issue.too_many_decimals", { count: Number(limit) - (write("0").endsWith("%") ? PERCENT_DECIMALS_FEWER : 0) });
    case "not_a_decimal":
      // Everything else that is no decimal never leaves the page's own reading of the field.
      return say("issue.negative");
    case "not_allowed":
      if (input === "rate") return say("issue.flat_only");
      break;
    case "inconsistent":
      if (input === "firstDueDate") return say("issue.first_due_too_early");
      if (input === "instalmentCount") return say("issue.maturity_too_late", { date: date(limit, locale) });
      if (input === "fee" && state.settlement === "deducted") return say("issue.fee_eats_proceeds", { principal: money(limit) });
      break;
    case "no_sign_change":
    case "cost_out_of_range":
    case "amount_out_of_range":
      return say(`issue.${code}`);
    case "internal":
    case "not_initialised":
      return say("result.failed");
  }
  return input === undefined ? message[locale] : say("issue.other", { label: say(`${input}.label`), message: message[locale] });
}
