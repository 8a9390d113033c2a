/**
 * Values that a reason compares, as people write them: `needed` is a cell of a decision table ("<= 0.6", "[18..65]", `"bank"`), `seen`
 * a plain value. A cell that is none of the common forms is shown as it is: nothing is guessed.
 */

import { isPlain } from "./decimal-text.mjs";
import { group, money, percent } from "./format.mjs";
import { valueLabelOf } from "./policies.mjs";
import { word } from "./words.mjs";

/** How a figure of the shipped policy is written; facts of the type decimal are money. */
const UNITS = { debtToIncome: "percent", roomLeft: "money", limitLeft: "money" };

const WRITERS = {
  percent: (text) => `${percent(text, 1)}`,
  money: (text) => money(text.includes(".") ? text : `${text}.00`),
  plain: (text) => group(text),
};

const BOUNDS = { "<": "below", "<=": "at_most", ">": "above", ">=": "at_least" };

/** One value. */
export function valueWords(policy, field, text, locale) {
  if (text === "true" || text === "false") return word(locale, text === "true" ? "questions.yes" : "questions.no");
  if (isPlain(text)) return WRITERS[unitOf(policy, field)](text);
  return valueLabelOf(policy, field, text.replace(/^"(.*)"$/, "$1"), locale);
}

function unitOf(policy, field) {
  return UNITS[field] ?? (policy.inputs.find(({ name }) => name === field)?.type === "decimal" ? "money" : "plain");
}

/** What a cell asks for, in words. */
export function neededWords(policy, field, cell, locale) {
  const value = (text) => valueWords(policy, field, text, locale);
  const bound = /^(<=|<|>=|>)\s*(-?[\d.]+)$/.exec(cell);
  if (bound && isPlain(bound[2])) return word(locale, `needed.${BOUNDS[bound[1]]}`, { value: value(bound[2]) });
  const interval = /^[[(](-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)[\])]$/.exec(cell);
  if (interval) {
    const [from, to] = [cell.startsWith("["), cell.endsWith("]")];
    const code = from && to ? "between" : from ? "between_below" : to ? "between_above" : "between_inside";
    return word(locale, `needed.${code}`, { from: value(interval[1]), to: value(interval[2]) });
  }
  const listed = /^"[^"]*"(\s*,\s*"[^"]*")*$/.test(cell);
  if (listed) return cell.split(/\s*,\s*(?=")/).map(value).join(word(locale, "needed.or"));
  return /^[\w.-]+$/.test(cell) ? value(cell) : cell;
}
