/**
 * The line below each field: what the field means, how it was read, or what is wrong with it.
 * One line serves all three, so that nothing moves when one takes the place of another.
 */

import { capitalAmount } from "./capital-amount.mjs";
import { movePoint, round } from "./decimal-text.mjs";
import { byId, setText } from "./dom.mjs";
import { money } from "./format.mjs";
import { parseAmount, parseCount, parsePercent } from "./parse.mjs";
import { word } from "./words.mjs";

/** CNY, the page's currency, has 2. */
const CURRENCY_DECIMALS = 2;

/** Every input that can be wrong, in the form's order, with the words that name it. */
export const INPUTS = {
  principal: "principal.label",
  instalmentCount: "instalmentCount.label",
  rate: "rate.label",
  method: "method.label",
  disbursementDate: "disbursementDate.label",
  dueDay: "dueDay.label",
  firstDueDate: "firstDueDate.label",
  fee: "fee.label",
  settlement: "settlement.label",
  lender: "lender.label",
  feePayee: "feePayee.label",
  lpr: "lpr.label",
  overdue: "overdue.label",
  misuse: "misuse.label",
  early: "early.label",
};

/** What stands below an input while nothing is wrong with it. */
function hint(input, state, locale) {
  switch (input) {
    case "principal":
      return amountRead(state.principal, locale);
    case "instalmentCount":
      return countRead(state.instalmentCount, locale);
    case "rate":
      return rateRead(state) + word(locale, `basis.${state.basis}.meaning`);
    case "method":
    case "settlement":
      return word(locale, `${input}.${state[input]}.meaning`);
    case "disbursementDate":
    case "dueDay":
    case "firstDueDate":
    case "fee":
    case "lender":
    case "feePayee":
    case "lpr":
    case "overdue":
    case "misuse":
    case "early":
      return word(locale, `${input}.hint`);
    default:
      return "";
  }
}

/** Says how the amount was read, "2万" as well as "20000": in capitals in Chinese, in full in English. */
function amountRead(typed, locale) {
  const { value } = parseAmount(typed);
  if (value === undefined) return "";
  const capitals = locale === "zh-CN" && capitalAmount(value);
  return word(locale, "principal.read", { amount: capitals || money(round(value, CURRENCY_DECIMALS)) });
}

/** How the rate was read, where it may not be what was meant: "万5" is 0.05%, and "0.18" is 0.18% and not 18%. */
function rateRead({ rate }) {
  const { value } = parsePercent(rate);
  if (value === undefined || value.startsWith("-")) return "";
  return /^([1-9]\d*(\.\d*)?|0)\s*%?$/.test(rate.trim()) ? "" : `${movePoint(value, 2)}% · `;
}

/** Says how long so many monthly instalments are. */
function countRead(typed, locale) {
  const { value } = parseCount(typed);
  if (!(value > 0)) return "";
  const parts = [["year", Math.floor(value / 12)], ["month", value % 12]].filter(([, count]) => count > 0);
  // English has one form for one and one for all others; Chinese has one.
  const plural = (count) => (count === 1 && locale === "en" ? "one" : "other");
  const term = parts.map(([unit, count]) => word(locale, `term.${unit}.${plural(count)}`, { count })).join(" ");
  return word(locale, "instalmentCount.read", { term });
}

/** Writes the lines of `only` these inputs, else every line. `errors` maps an input's name to its sentence. */
export function showNotes({ state, locale, errors, only = Object.keys(INPUTS) }) {
  for (const input of only) {
    const note = byId(`${input}-note`);
    const error = errors[input];
    setText(note, error ?? hint(input, state, locale));
    note.classList.toggle("is-error", error !== undefined);
    const control = byId(input);
    if (error === undefined) control?.removeAttribute("aria-invalid");
    else control?.setAttribute("aria-invalid", "true");
    // What is folded away must not hide what is wrong.
    if (error !== undefined && note.closest("details")) note.closest("details").open = true;
  }
}
