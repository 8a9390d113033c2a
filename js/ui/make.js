// Building elements, for the custom element and the page alike. Everything goes in as text: nothing typed, named by a policy or
// found in an address is ever markup.

/** @typedef {Node | string | undefined} Child */

/**
 * A new element with attributes and children. An attribute that is undefined or false is left out, and `true` is written empty;
 * undefined children are skipped.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) {
    for (const node of Array.isArray(child) ? child : [child]) if (node !== undefined) element.append(node);
  }
  return element;
}

/**
 * "1833.60" inside a text as "1,833.60": whole parts before a point are grouped, days and counts stay as they are.
 *
 * @param {string} text
 */
export const grouped = (text) => text.replace(/\d{4,}(?=\.\d)/g, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * A civil day for reading: "24 Dec 2026", "2026/12/24". By hand and not by Intl: en-GB shortens September to four letters and en-US puts
 * the month first; and a schedule writes hundreds of them.
 *
 * @param {string} civilDate
 * @param {import("../clearloan.js").Locale} locale
 */
export function dateText(civilDate, locale) {
  if (locale !== "en") return civilDate.replace(/-/g, "/");
  const [year, month, day] = civilDate.split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}`;
}

/**
 * A text with its days in the language's order, none of them broken over two lines.
 *
 * @param {string} text
 * @param {import("../clearloan.js").Locale} locale
 * @returns {(string | Node)[]}
 */
export const dated = (text, locale) => text.split(/\b(\d{4}-\d{2}-\d{2})\b/).map((piece, index) =>
  (index % 2 === 0 ? piece : make("time", { class: "cost-date", datetime: piece }, dateText(piece, locale))));

/**
 * The engine's words on a loan for reading: amounts grouped, days as `dated` writes them. Not for the law's own: 12 CFR 1026.22 is no amount.
 *
 * @param {string} text
 * @param {import("../clearloan.js").Locale} locale
 */
export const readable = (text, locale) => dated(grouped(text), locale);

/**
 * A fraction as a percentage, half away from zero, in text: ("0.1994064065", 2) gives "19.94%".
 *
 * @param {string} fraction a plain decimal
 * @param {number} decimals
 */
export function percent(fraction, decimals) {
  const negative = fraction.startsWith("-");
  const [whole, rest = ""] = fraction.replace("-", "").split(".");
  const kept = rest.padEnd(decimals + 3, "0");
  // Digits of the percentage in units of its last place, and the digit that decides the rounding.
  const units = BigInt(whole + kept.slice(0, decimals + 2)) + (kept[decimals + 2] >= "5" ? BigInt(1) : BigInt(0));
  const digits = units.toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const major = digits.slice(0, point).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${negative && units > BigInt(0) ? "-" : ""}${major}${decimals > 0 ? `.${digits.slice(point)}` : ""}%`;
}
