// The demo quote, laid out for a terminal.

import path from "node:path";
import { pathToFileURL } from "node:url";
import { PKG } from "./tools.mjs";

export const DEMO_TERMS = {
  principal: "20000.00",
  currency: "CNY",
  interest: { annual: "0.18" },
  method: "equalInstalment",
  instalmentCount: 12,
  disbursementDate: "2026-11-24",
  dueDay: 24,
  fees: [{ code: "service", charge: { rate: "0.01", of: "principal" }, when: "disbursement", settlement: "deducted" }],
};

/** Rows shown at either end of the schedule. */
const ROWS_SHOWN = 3;

export async function demoText() {
  const { init, quote } = await import(pathToFileURL(path.join(PKG, "index.mjs")).href);
  await init();
  return quoteText(quote(DEMO_TERMS));
}

function quoteText({ terms, schedule, cost }) {
  const { totals } = schedule;
  return [
    "",
    heading("Terms 合同要素"),
    line("Principal 本金", `${grouped(terms.principal)} ${terms.currency}`),
    line("Interest 利率", `${percent(terms.interest.annual)} a year 年利率`),
    line("Repayment 还款方式", `${terms.instalmentCount} monthly equal instalments 等额本息`),
    line("Disbursed 放款日", terms.disbursementDate),
    line("Service fee 服务费", "1 % of the principal, deducted from the proceeds 放款时扣收"),
    "",
    heading("Schedule 还款计划"),
    ...table(schedule.instalments),
    "",
    heading("Totals 合计"),
    line("Received 实际到账", grouped(schedule.proceeds)),
    line("Paid back 还款总额", grouped(totals.payments)),
    line("Interest 利息", grouped(totals.interest)),
    line("Fees 费用", grouped(totals.fees)),
    line("Finance charge 总成本", grouped(totals.financeCharge)),
    "",
    heading("What it costs 年化成本"),
    line("IRR per period 每期内部收益率", percent(cost.irrPerPeriod)),
    line("Annual rate, simple 年化利率（单利）", percent(cost.simpleAnnual)),
    line("Annual rate, compound 年化利率（复利）", percent(cost.compoundAnnual)),
    line("XIRR, actual/365 按实际天数", percent(cost.xirr)),
    "",
  ].join("\n");
}

function table(instalments) {
  const columns = [
    ["#", ({ number }) => String(number)],
    ["due 还款日", ({ dueDate }) => dueDate],
    ["principal 本金", ({ principal }) => grouped(principal)],
    ["interest 利息", ({ interest }) => grouped(interest)],
    ["payment 应还", ({ payment }) => grouped(payment)],
    ["balance 余额", ({ closingBalance }) => grouped(closingBalance)],
  ];
  const skipped = instalments.length - 2 * ROWS_SHOWN;
  const shown = skipped > 1 ? [...instalments.slice(0, ROWS_SHOWN), null, ...instalments.slice(-ROWS_SHOWN)] : instalments;
  const cells = [columns.map(([title]) => title), ...shown.map((row) => columns.map(([, cell]) => (row === null ? "⋮" : cell(row))))];
  const widths = columns.map((_, column) => Math.max(...cells.map((row) => width(row[column]))));
  return cells.map((row) => `  ${row.map((cell, column) => pad(cell, widths[column])).join("   ")}`);
}

const heading = (text) => `\x1b[1m${text}\x1b[0m`;
const line = (name, value) => `  ${name}${" ".repeat(40 - width(name))}${value}`;
const pad = (text, columns) => " ".repeat(columns - width(text)) + text;

/** Columns on a terminal: a Chinese character takes two. */
function width(text) {
  let columns = 0;
  for (const character of text) columns += /[\u2e80-\u9fff\uff00-\uff60]/.test(character) ? 2 : 1;
  return columns;
}

/** "20,000.00" */
const grouped = (amount) => amount.replace(/\B(?=(\d{3})+\.)/g, ",");

/** "0.1994064065" as "19.94064065 %", by moving the point: nothing is rounded. */
function percent(rate) {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(rate);
  const digits = whole + fraction.padEnd(2, "0");
  const point = whole.length + 2;
  const major = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const minor = digits.slice(point).replace(/0+$/, "");
  return `${sign}${major}${minor === "" ? "" : `.${minor}`} %`;
}
