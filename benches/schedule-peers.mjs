// Others' schedules: what a front-end developer writes with an exact decimal library today, and what float libraries give.

import Big from "big.js";
import Decimal from "decimal.js";
import * as financial from "financial";
import { amortizationSchedule } from "fundamental-js";
import { Loan } from "loanjs";

/**
 * As it is written every day: amounts in major units, rounded half up to cents once each, the last row trues up; rows of
 * plain texts, as a page shows them and as `quote` gives them. Due dates, fees and rates are left out. The default
 * precision of 20 digits is right for these loans and the fastest. This is the loop that targets are set against.
 */
export function decimalSchedule({ principal, annual, count }) {
  let balance = new Decimal(principal);
  const rate = new Decimal(annual).div(12);
  const growth = rate.plus(1).pow(count);
  // instalment = principal · r · (1 + r)ⁿ / ((1 + r)ⁿ − 1)
  const instalment = balance.times(rate).times(growth).div(growth.minus(1)).toDecimalPlaces(2);
  const rows = [];
  for (let number = 1; number <= count; number += 1) {
    const interest = balance.times(rate).toDecimalPlaces(2);
    const part = number === count ? balance : instalment.minus(interest);
    const openingBalance = balance;
    balance = balance.minus(part);
    rows.push({ number, openingBalance: openingBalance.toFixed(2), principal: part.toFixed(2), interest: interest.toFixed(2),
      payment: part.plus(interest).toFixed(2), closingBalance: balance.toFixed(2) });
  }
  return rows;
}

/** The barest that is still exact: whole cents, left as Decimals that nobody can read yet, nothing computed twice. */
export function decimalCents({ principal, annual, count }) {
  let balance = new Decimal(principal * 100);
  const rate = new Decimal(annual).div(12);
  const growth = rate.plus(1).pow(count);
  const instalment = balance.times(rate).times(growth).div(growth.minus(1)).round();
  const rows = [];
  for (let number = 1; number <= count; number += 1) {
    const interest = balance.times(rate).round();
    const part = number === count ? balance : instalment.minus(interest);
    const openingBalance = balance;
    balance = balance.minus(part);
    rows.push({ number, openingBalance, principal: part, interest,
      payment: number === count ? part.plus(interest) : instalment, closingBalance: balance });
  }
  return rows;
}

/** decimal.js once more, with the due dates and days that a page shows besides. */
export function decimalDated({ terms, ...loan }) {
  let previous = Date.parse(terms.disbursementDate);
  return decimalSchedule(loan).map((row) => {
    const due = dueDay(terms.disbursementDate, row.number);
    const days = Math.round((due - previous) / 86_400_000);
    previous = due;
    return { ...row, dueDate: new Date(due).toISOString().slice(0, 10), days, fees: "0.00", benefit: "0.00" };
  });
}

/** The same as `decimalSchedule` with big.js. Its own `pow` keeps every digit, which takes a tenth of a second for 360
 *  instalments; so the power is squared up here, 30 digits at a time. */
export function bigSchedule({ principal, annual, count }) {
  let balance = new Big(principal);
  const rate = new Big(annual).div(12);
  const growth = bigPower(rate.plus(1), count);
  const instalment = balance.times(rate).times(growth).div(growth.minus(1)).round(2, Big.roundHalfUp);
  const rows = [];
  for (let number = 1; number <= count; number += 1) {
    const interest = balance.times(rate).round(2, Big.roundHalfUp);
    const part = number === count ? balance : instalment.minus(interest);
    const openingBalance = balance;
    balance = balance.minus(part);
    rows.push({ number, openingBalance: openingBalance.toFixed(2), principal: part.toFixed(2), interest: interest.toFixed(2),
      payment: part.plus(interest).toFixed(2), closingBalance: balance.toFixed(2) });
  }
  return rows;
}

function bigPower(base, exponent) {
  let power = new Big(1);
  for (let square = base, rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) power = power.times(square).round(30);
    square = square.times(square).round(30);
  }
  return power;
}

/** Day of the month kept, cut to the month's end; in UTC, so that no zone moves it. */
function dueDay(disbursementDate, number) {
  const [year, month, day] = disbursementDate.split("-").map(Number);
  const lastDay = new Date(Date.UTC(year, month + number, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + number, Math.min(day, lastDay));
}

/** Plain floats, rounded at every step: no peer, but what nothing in JavaScript can undercut. */
export function floatSchedule({ principal, annual, count }) {
  let balance = principal * 100;
  const rate = annual / 12;
  const growth = (1 + rate) ** count;
  const instalment = Math.round((balance * rate * growth) / (growth - 1));
  const rows = [];
  for (let number = 1; number <= count; number += 1) {
    const interest = Math.round(balance * rate);
    const part = number === count ? balance : instalment - interest;
    const openingBalance = balance;
    balance -= part;
    rows.push({ number, openingBalance, principal: part, interest, payment: part + interest, closingBalance: balance });
  }
  return rows;
}

/** The libraries, each by its own documented call. */
export const loanjs = ({ principal, annual, count }) => new Loan(principal, count, annual * 100, "annuity");

export const fundamental = ({ principal, annual, count }) =>
  amortizationSchedule({ principal, annualRate: annual, months: count });

export function financialSchedule({ principal, annual, count }) {
  const rate = annual / 12;
  const payment = -financial.pmt(rate, count, principal);
  const rows = [];
  let balance = principal;
  for (let number = 1; number <= count; number += 1) {
    const interest = -financial.ipmt(rate, number, count, principal);
    const part = payment - interest;
    balance -= part;
    rows.push({ number, payment, interest, principal: part, balance });
  }
  return rows;
}

/** Rows as [principal, interest, payment] in cents, whoever made them. */
export const IN_CENTS = {
  decimal: (rows) => rows.map((row) => [row.principal, row.interest, row.payment].map(Number)),
  text: (rows) => rows.map((row) => [row.principal, row.interest, row.payment].map((text) => Math.round(Number(text) * 100))),
  loanjs: ({ installments }) => installments.map((row) => [row.capital, row.interest, row.installment].map(cents)),
  floats: (rows) => rows.map((row) => [row.principalPaid ?? row.principal, row.interestPaid ?? row.interest, row.payment].map(cents)),
};

const cents = (amount) => Math.round(amount * 100);
