// Instalments as plain objects, from the columns of whole minor units that the engine hands over. This is the hot path
// of a quote, so it makes as few strings as it can: one look-up and one concatenation for most amounts. No arithmetic on
// money happens here, only the placing of the decimal point.

/** @typedef {import("./clearloan.js").Instalment} Instalment */

/** Numbers at the front of the columns: decimals of the currency, rows, lenders. */
const HEAD = 3;
/** Columns before the lenders' own. */
const COLUMNS = 10;

/** "00".."99", for days, months and cents. */
const TWO_DIGITS = Array.from({ length: 100 }, (_, value) => (value < 10 ? `0${value}` : `${value}`));
/** ".00" to ".99" */
const CENTS = TWO_DIGITS.map((digits) => `.${digits}`);
const MONTHS = TWO_DIGITS.map((digits) => `-${digits}-`);

/** @param {number} day yyyymmdd */
function civilDate(day) {
  const year = Math.floor(day / 10_000);
  const rest = day - year * 10_000;
  const month = (rest / 100) | 0;
  return year + MONTHS[month] + TWO_DIGITS[rest - month * 100];
}

/**
 * @param {number} minor whole minor units of a currency with two decimals
 * @returns {string}
 */
function withTwoDecimals(minor) {
  if (minor < 0) return `-${withTwoDecimals(-minor)}`;
  const major = Math.floor(minor / 100);
  return major + CENTS[minor - major * 100];
}

/**
 * @param {number} minor
 * @param {number} decimals of the currency
 * @returns {string}
 */
function withDecimals(minor, decimals) {
  if (minor < 0) return `-${withDecimals(-minor, decimals)}`;
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
  const money = decimals === 2 ? withTwoDecimals : (/** @type {number} */ minor) => withDecimals(minor, decimals);
  const zero = money(0);

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

  const rows = new Array(count);
  // What the row before had, as numbers and as texts: balances run on, payments repeat.
  let balance = NaN, balanceText = "", payment = NaN, paymentText = "", principal = NaN, principalText = "";
  let interest = NaN, interestText = "";
  for (let index = 0; index < count; index += 1) {
    const openingBalance = columns[opening + index];
    if (openingBalance !== balance) balanceText = money(openingBalance);
    const openingText = balanceText;
    balance = columns[closing + index];
    balanceText = balance === openingBalance ? openingText : balance === 0 ? zero : money(balance);
    if (columns[payments + index] !== payment) paymentText = money(payment = columns[payments + index]);
    if (columns[principals + index] !== principal) principalText = money(principal = columns[principals + index]);
    if (columns[interests + index] !== interest) interestText = money(interest = columns[interests + index]);
    const fee = columns[fees + index];
    const benefit = columns[benefits + index];
    /** @type {Instalment} */
    const row = {
      number: index + 1,
      dueDate: civilDate(columns[dueDates + index]),
      days: columns[days + index],
      openingBalance: openingText,
      principal: principalText,
      interest: interestText,
      fees: fee === 0 ? zero : money(fee),
      benefit: benefit === 0 ? zero : money(benefit),
      payment: paymentText,
      closingBalance: balanceText,
    };
    const unrolledDay = columns[unrolled + index];
    if (unrolledDay !== 0) row.unrolledDueDate = civilDate(unrolledDay);
    if (lenders !== undefined && lenderCount > 0) {
      row.lenders = lenders.map(({ name }, lender) => {
        const column = HEAD + count * (COLUMNS + 2 * lender) + index;
        return { name, principal: money(columns[column]), interest: money(columns[column + count]) };
      });
    }
    rows[index] = row;
  }
  return rows;
}
