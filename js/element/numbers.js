// What people type into the element's fields, as decimals in text; and where its sliders stop.

/**
 * "20,000", "２万" and "¥20000" as "20000"; undefined where it could mean anything else.
 *
 * @param {string} typed
 * @returns {string | undefined}
 */
export function decimalOf(typed) {
  let text = typed.normalize("NFKC").trim().replace(/^(¥|CNY)\s*/i, "").replace(/\s*(元|%|期)$/, "");
  let places = 0;
  if (/[万萬w]$/i.test(text)) {
    places = 4;
    text = text.slice(0, -1).trim();
  }
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) text = text.replace(/,/g, "");
  if (!/^\d{1,15}(\.\d{1,10})?$/.test(text)) return undefined;
  return places === 0 ? text : movePoint(text, places);
}

/**
 * Multiplies by a power of ten by moving the point: ("18", −2) gives "0.18".
 *
 * @param {string} text a plain decimal, not negative
 * @param {number} places
 */
export function movePoint(text, places) {
  const [whole, fraction = ""] = text.split(".");
  const digits = `${"0".repeat(Math.max(-places, 0))}${whole}${fraction}${"0".repeat(Math.max(places, 0))}`;
  const point = digits.length - fraction.length - Math.max(places, 0) + places;
  const major = digits.slice(0, point).replace(/^0+(?=\d)/, "") || "0";
  const minor = digits.slice(point).replace(/0+$/, "");
  return minor === "" ? major : `${major}.${minor}`;
}

/**
 * Compares two decimals in text that are not negative: below zero, zero or above, as a sort wants it.
 *
 * @param {string} one
 * @param {string} other
 */
export function compare(one, other) {
  const [oneWhole, oneRest = ""] = one.split(".");
  const [otherWhole, otherRest = ""] = other.split(".");
  const width = Math.max(oneWhole.length, otherWhole.length);
  const rest = Math.max(oneRest.length, otherRest.length);
  const left = oneWhole.padStart(width, "0") + oneRest.padEnd(rest, "0");
  const right = otherWhole.padStart(width, "0") + otherRest.padEnd(rest, "0");
  return left < right ? -1 : left > right ? 1 : 0;
}
