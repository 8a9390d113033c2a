/**
 * Arithmetic on decimal strings, for the page's own small needs: moving the point, rounding for display, adding a column.
 *
 * The engine takes and gives decimals as text; a float in between would undo its exactness (0.07 × 100 is 7.000000000000001).
 * Every function takes plain decimals: an optional minus, digits, at most one point.
 */

const PLAIN = /^-?\d+(\.\d+)?$/;

/** True for text that the other functions of this module take. */
export const isPlain = (text) => PLAIN.test(text);

/** Splits "-12.50" into its sign, its digits and the number of decimals. */
function parts(text) {
  const negative = text.startsWith("-");
  const [whole, fraction = ""] = text.replace("-", "").split(".");
  return { negative, digits: whole + fraction, decimals: fraction.length };
}

/** Puts the point back and drops leading zeros; the number of decimals stays. */
function assemble(negative, digits, decimals) {
  const padded = digits.padStart(decimals + 1, "0");
  const whole = padded.slice(0, padded.length - decimals).replace(/^0+(?=\d)/, "");
  const fraction = decimals > 0 ? "." + padded.slice(padded.length - decimals) : "";
  const isZero = /^0*$/.test(digits);
  return (negative && !isZero ? "-" : "") + whole + fraction;
}

/** Drops zeros that say nothing: "007.50" becomes "7.5". */
export function trim(text) {
  const { negative, digits, decimals } = parts(text);
  const assembled = assemble(negative, digits, decimals);
  return assembled.includes(".") ? assembled.replace(/\.?0+$/, "") : assembled;
}

/** Multiplies by a power of ten by moving the point: ("18", −2) gives "0.18", ("1.5", 4) gives "15000". */
export function movePoint(text, places) {
  const { negative, digits, decimals } = parts(text);
  const decimalsAfter = decimals - places;
  const shifted = decimalsAfter < 0 ? digits + "0".repeat(-decimalsAfter) : digits;
  return trim(assemble(negative, shifted, Math.max(decimalsAfter, 0)));
}

/** Rounds to that many decimals, half away from zero, and always writes them all. */
export function round(text, decimals) {
  const { negative, digits, decimals: given } = parts(text);
  if (given <= decimals) return assemble(negative, digits + "0".repeat(decimals - given), decimals);
  const kept = digits.slice(0, digits.length - (given - decimals)) || "0";
  const roundsUp = digits[digits.length - (given - decimals)] >= "5";
  return assemble(negative, String(BigInt(kept) + (roundsUp ? 1n : 0n)), decimals);
}

/** Adds decimals, whatever their numbers of decimals; the sum has as many as the longest. */
export function add(...texts) {
  const decimals = Math.max(0, ...texts.map((text) => parts(text).decimals));
  const sum = texts.reduce((total, text) => total + scaled(text, decimals), 0n);
  return assemble(sum < 0n, String(sum < 0n ? -sum : sum), decimals);
}

/** The number as whole units of 10^−decimals; digits past those decimals are refused by BigInt, never cut. */
export function scaled(text, decimals) {
  return BigInt(movePoint(text, decimals));
}

/** True for "0", "0.00" and "-0". */
export const isZero = (text) => /^-?0*(\.0*)?$/.test(text);

/** Compares two decimals: negative, zero or positive, as a sort wants it. */
export function compare(left, right) {
  const decimals = Math.max(parts(left).decimals, parts(right).decimals);
  const difference = scaled(left, decimals) - scaled(right, decimals);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
