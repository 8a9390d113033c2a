// Instalments as plain objects, from the columns of whole minor units that the engine hands over. This is the hot path
// of a quote, so texts are put together from ready pieces, and a text that the row before had is used again. No
// arithmetic on money happens here, only the placing of the decimal point.

/** @typedef {import("./clearloan.js").Instalment} Instalment */

/** Numbers at the front of the columns: decimals of the currency, rows, lenders. */
const HEAD = 3;
/** Columns before the lenders' own. */
const COLUMNS = 10;

/** @param {number} digits */
const padded = (digits) => Array.from({ length: 10 ** digits }, (_, value) => String(value).padStart(digits, "0"));
/** "00" to "99", for days of a month. */
const TWO_DIGITS = padded(2);
/** "000" to "999", behind thousands. */
const THREE_DIGITS = padded(3);
/** "0" to "999" */
const SMALL = THREE_DIGITS.map((_, value) => String(value));
/** ".00" to ".99" */
const CENTS = TWO_DIGITS.map((digits) => `.${digits}`);
/** The first and the last year of any due date; the engine refuses others. */
const YEAR_MIN = 1900, YEAR_MAX = 2299;
/**
 * "2026-11-" for each month since YEAR_MIN, made as they come up. Of full length at once: an array that grows by leaps
 * becomes a slow one.
 *
 * @type {(string | undefined)[]}
 */
const MONTHS = new Array((YEAR_MAX - YEAR_MIN + 1) * 12);

/** @param {number} day yyyymmdd */
function civilDate(day) {
  const month = Math.floor(day / 100);
  const year = Math.floor(month / 100);
  // yyyymm − 88 · yyyy = 12 · yyyy + mm
  const index = month - 88 * year - (12 * YEAR_MIN + 1);
  return (MONTHS[index] ??= `${year}-${TWO_DIGITS[month - year * 100]}-`) + TWO_DIGITS[day - month * 100];
}

/**
 * @param {number} minor whole minor units
 * @param {number} decimals of the currency
 * @returns {string}
 */
function money(minor, decimals) {
  if (decimals !== 2 || minor < 0) return rareMoney(minor, decimals);
  const major = Math.floor(minor / 100);
  const cents = CENTS[minor - major * 100];
  if (major < 1000) return SMALL[major] + cents;
  if (major >= 1_000_000) return major + cents;
  const thousands = Math.floor(major / 1000);
  return SMALL[thousands] + THREE_DIGITS[major - thousands * 1000] + cents;
}

/**
 * @param {number} minor
 * @param {number} decimals
 * @returns {string}
 */
function rareMoney(minor, decimals) {
  if (minor < 0) return `-${money(-minor, decimals)}`;
  if (decimals === 0) return String(minor);
  const scale = 10 ** decimals;
  const major = Math.floor(minor / scale);
  return `${major}.${String(minor - major * scale).padStart(decimals, "0")}`;
}

/**
 * @param {Float64Array} columns
 * @param {readonly { readonly name: string }[] | undefined} lenders of the terms, in the order of their columns
 * @returns {Instalment[]}
 */
export function instalments(columns, lenders) {
  const decimals = columns[0];
  const count = columns[1];
  const lenderCount = columns[2];
  const zero = money(0, decimals);

  const dueDates = HEAD;
  const unrolled = dueDates + count;
  const days = unrolled + count;
  const opening = days + count;
  const principals = opening + count;
  const interests = principals + count;
  const fees = interests + count;
  const benefits = fees + count;
  const payments = benefits + count;
  const closing = payments + count;

  const rows = [];
  // What the row before had, as numbers and as texts: balances run on, payments repeat.
  let balance = NaN, balanceText = "", payment = NaN, paymentText = "", principal = NaN, principalText = "";
  for (let index = 0; index < count; index += 1) {
    const openingBalance = columns[opening + index];
    if (openingBalance !== balance) balanceText = money(openingBalance, decimals);
    const openingText = balanceText;
    balance = columns[closing + index];
    if (balance !== openingBalance) balanceText = balance === 0 ? zero : money(balance, decimals);
    if (columns[payments + index] !== payment) paymentText = money(payment = columns[payments + index], decimals);
    if (columns[principals + index] !== principal) principalText = money(principal = columns[principals + index], decimals);
    const fee = columns[fees + index];
    const benefit = columns[benefits + index];
    /** @type {Instalment} */
    const row = {
      number: index + 1,
      dueDate: civilDate(columns[dueDates + index]),
      days: columns[days + index],
      openingBalance: openingText,
      principal: principalText,
      interest: money(columns[interests + index], decimals),
      fees: fee === 0 ? zero : money(fee, decimals),
      benefit: benefit === 0 ? zero : money(benefit, decimals),
      payment: paymentText,
      closingBalance: balanceText,
    };
    const unrolledDay = columns[unrolled + index];
    if (unrolledDay !== 0) row.unrolledDueDate = civilDate(unrolledDay);
    if (lenders !== undefined && lenderCount > 0) {
      row.lenders = lenders.map(({ name }, lender) => {
        const column = HEAD + count * (COLUMNS + 2 * lender) + index;
        return { name, principal: money(columns[column], decimals), interest: money(columns[column + count], decimals) };
      });
    }
    rows.push(row);
  }
  return rows;
}
