/**
 * Decimal strings and civil days as the reader's language writes them.
 *
 * Digits are grouped in text, so that no amount passes through a float on its way to the eye; Chinese and English group
 * and point alike (1,833.60).
 */

import { dateText } from "../../js/ui/make.js";
import { movePoint, round } from "./decimal-text.mjs";

/** "8884.50" as "8,884.50". */
export function group(text) {
  const [whole, fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** An amount with its sign of currency. The page quotes in CNY, and both languages write ¥ before the digits. */
export const money = (text) => (text.startsWith("-") ? `−¥${group(text.slice(1))}` : `¥${group(text)}`);

/** A fraction as a percentage: ("0.1994064065", 2) gives "19.94%". */
export const percent = (fraction, decimals = 2) => `${group(round(movePoint(fraction, 2), decimals))}%`;

/** A civil day for reading. */
export const date = dateText;
