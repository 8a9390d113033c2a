/**
 * What people type, as decimals: "2万", "20,000", "２００００", "￥20,000.00", "万分之五".
 *
 * Each function returns `{ value }` with plain decimal text (or an integer), or `{ problem }` with a code from the words'
 * `problem.*` table. Nothing is guessed: what could be read in two ways is a problem with a sentence, not a number.
 * Limits (how large, how many decimals) are the engine's business.
 */

import { add, isPlain, movePoint } from "./decimal-text.mjs";
import { isCivilDate } from "./state.mjs";

/** Units that may follow a number in Chinese or in short writing, as powers of ten. */
const UNITS = { 亿: 8, 億: 8, 万: 4, 萬: 4, w: 4, 千: 3, k: 3, 百: 2 };

/** Numerals of the 万分之五 idiom; a daily rate is often spoken so. */
const NUMERALS = { 零: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 };

/** Full-width to half-width, typographic minus to hyphen, no blanks at the ends. */
function plainText(text) {
  return text.normalize("NFKC").replace(/[−–—]/g, "-").replace(/。/g, ".").trim();
}

/** "20,000.50" to "20000.50"; undefined where commas or blanks do not stand between groups of three digits. */
function ungrouped(text) {
  const grouped = /^(-?)(\d{1,3}(?:([, '])\d{3})(?:\3\d{3})*)(\.\d*)?$/.exec(text);
  if (grouped) text = grouped[1] + grouped[2].replace(/[, ']/g, "") + (grouped[4] ?? "");
  // "5." and ".5" appear while a number is being typed.
  const completed = text.replace(/^(-?)\./, "$10.").replace(/\.$/, "");
  return isPlain(completed) ? trimKeepingDecimals(completed) : undefined;
}

/** Leading zeros go, decimals stay: how many there are is for the engine to judge. */
function trimKeepingDecimals(text) {
  return text.replace(/^(-?)0+(?=\d)/, "$1");
}

/** An amount of money in major units. */
export function parseAmount(typed) {
  let text = plainText(typed).toLowerCase();
  if (text === "") return { problem: "empty" };
  text = text.replace(/^(cn¥|¥|cny|rmb|人民币)\s*/, "").replace(/\s*(元整?|块钱?|圆|cny|rmb|人民币)$/, "");
  const plain = ungrouped(text);
  if (plain !== undefined) return { value: plain };
  return withUnits(text) ?? { problem: /[,']/.test(text) ? "grouping" : "not_a_number" };
}

/** "2万", "1.5w", "2万5千": numbers each followed by a unit, the units falling. "2万5" means 25,000 to some: not read. */
function withUnits(text) {
  const pieces = [...text.matchAll(/(\d[\d,]*\.?\d*)\s*([亿億万萬w千k百])/g)];
  if (pieces.length === 0 || pieces.map(([piece]) => piece).join("") !== text.replace(/\s+/g, " ").trim()) return undefined;
  const powers = pieces.map(([, , unit]) => UNITS[unit]);
  if (powers.some((power, index) => index > 0 && power >= powers[index - 1])) return undefined;
  const numbers = pieces.map(([, number]) => ungrouped(number));
  if (numbers.includes(undefined)) return undefined;
  return { value: add(...numbers.map((number, index) => movePoint(number, powers[index]))) };
}

/** A percentage as a fraction: "18" and "18 %" give "0.18", "0.5‰" gives "0.0005", "万分之五" and "万5" too. */
export function parsePercent(typed) {
  let text = plainText(typed);
  if (text === "") return { problem: "empty" };
  let places = -2;
  const spoken = /^(万分之|万|千分之|百分之)\s*(.+)$/.exec(text);
  if (spoken) {
    places = { 万: -4, 千: -3, 百: -2 }[spoken[1][0]];
    text = String(NUMERALS[spoken[2]] ?? spoken[2]);
  } else if (text.endsWith("‰")) {
    places = -3;
    text = text.slice(0, -1).trim();
  } else if (text.endsWith("%")) {
    text = text.slice(0, -1).trim();
  }
  const plain = ungrouped(text);
  if (plain === undefined) return { problem: /\d\s*(元|块|cny|rmb)$|^[¥$]/i.test(text) ? "amount_not_percentage" : "not_a_percentage" };
  return { value: movePoint(plain, places) };
}

/** How many times another rate: "1.5", "1.5倍", "1.5 times", "150%". */
export function parseFactor(typed) {
  const text = plainText(typed);
  const [, number = "", unit] = /^(.*?)\s*(倍|x|×|times|%)?$/i.exec(text) ?? [];
  const plain = ungrouped(number);
  return plain === undefined ? { problem: "not_a_factor" } : { value: unit === "%" ? movePoint(plain, -2) : plain };
}

/** A whole number, with the words that people write behind it: "12期", "3年" (as 36 months), "24日". */
function parseWhole(typed, suffix, problem) {
  const text = plainText(typed);
  if (text === "") return { problem: "empty" };
  const match = suffix.exec(text);
  if (!match) return { problem };
  return { value: Number(match[1]) };
}

/** How many instalments. */
export function parseCount(typed) {
  const text = plainText(typed);
  const years = /^(\d{1,4})\s*(年|years?|y)$/i.exec(text);
  if (years) return { value: Number(years[1]) * 12 };
  return parseWhole(typed, /^(-?\d{1,9})\s*(期|个月|月|months?|instalments?)?$/i, "not_a_count");
}

/** The day of the month on which instalments fall due; empty is allowed and means the disbursement's own day. */
export function parseDueDay(typed) {
  if (plainText(typed) === "") return { value: undefined };
  return parseWhole(typed, /^(?:每月)?(-?\d{1,9})\s*(日|号|st|nd|rd|th)?$/i, "not_a_day");
}

/** A civil day from a date field, which gives "" while the date is incomplete. */
export function parseDate(typed) {
  return isCivilDate(typed) ? { value: typed } : { problem: "no_date" };
}
