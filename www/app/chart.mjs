/**
 * Three pictures of one schedule: the whole as one bar, each payment as a column, the balance as falling steps.
 *
 * Plain SVG paths, one for each part, so that 600 instalments cost no more elements than 6. The figures beside them and
 * the schedule's table say the same in text; here, and only here, amounts become floats: a pixel needs no cents.
 */

import { byId, setFigure, setText } from "./dom.mjs";
import { money } from "./format.mjs";
import { word } from "./words.mjs";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000;
const COLUMN_HEIGHT = 100;
const SHARE_HEIGHT = 16;
/**
 * All that is paid, from left to right. payments = proceeds + interest + fees however the fee is settled; with the
 * principal in place of the proceeds, a fee kept from the payout or added to the loan would count twice.
 */
const SHARES = ["proceeds", "interest", "fees"];
/** The parts of one payment, from the bottom up. */
const PARTS = ["principal", "interest", "fees"];

const pixel = (value) => value.toFixed(2);
const rectangle = (x, y, width, height) =>
  height > 0 && width > 0 ? `M${pixel(x)} ${pixel(y)}h${pixel(width)}v${pixel(height)}h${pixel(-width)}z` : "";

/** Gives an SVG exactly these paths, by class. */
function draw(svg, paths) {
  for (const [name, outline] of Object.entries(paths)) {
    let path = svg.querySelector(`.${name}`);
    if (!path) {
      path = document.createElementNS(SVG, "path");
      path.setAttribute("class", name);
      svg.append(path);
    }
    path.setAttribute("d", outline);
  }
}

/** The whole as one bar, with its parts in figures; it needs no rows. */
export function showShares({ schedule }, locale) {
  const amounts = { ...schedule.totals, proceeds: schedule.proceeds };
  const texts = Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, money(amount)]));
  for (const share of SHARES) setFigure(byId(`legend-${share}`), amounts[share], texts[share]);
  setText(byId("chart-text"), word(locale, "chart.text", texts));
  draw(byId("share-chart"), shares(amounts));
}

/** Each payment as a column, and the balance. */
export function showCharts({ schedule }, locale) {
  const { instalments } = schedule;
  draw(byId("payments-chart"), columns(instalments, Number(schedule.maximumPayment)));
  draw(byId("balance-chart"), { balance: balanceSteps(instalments) });

  setText(byId("payments-highest"), word(locale, "chart.highest", { amount: money(schedule.maximumPayment) }));
  setText(byId("balance-highest"), word(locale, "chart.highest", { amount: money(instalments[0].openingBalance) }));
  const ends = { ".chart-first": instalments[0], ".chart-last": instalments.length > 1 ? instalments.at(-1) : undefined };
  for (const [selector, row] of Object.entries(ends)) {
    const text = row ? word(locale, "chart.instalment", { number: row.number }) : "";
    for (const element of document.querySelectorAll(selector)) setText(element, text);
  }
}

/** What is received, interest and fees as parts of one bar. */
function shares(amounts) {
  const whole = SHARES.reduce((sum, share) => sum + Number(amounts[share]), 0);
  let x = 0;
  return Object.fromEntries(
    SHARES.map((share) => {
      const width = whole > 0 ? (Number(amounts[share]) / whole) * WIDTH : 0;
      const outline = rectangle(x, 0, width, SHARE_HEIGHT);
      x += width;
      return [share, outline];
    }),
  );
}

/** One column for each payment, its parts stacked. */
function columns(instalments, highest) {
  const slot = WIDTH / instalments.length;
  // A gap of a quarter slot, but never so wide that a dozen columns look like pickets.
  const width = Math.min(slot * 0.76, 64);
  const outlines = { principal: "", interest: "", fees: "" };
  instalments.forEach((row, index) => {
    let y = COLUMN_HEIGHT;
    for (const part of PARTS) {
      const height = highest > 0 ? (Number(row[part]) / highest) * COLUMN_HEIGHT : 0;
      y -= height;
      outlines[part] += rectangle(index * slot + (slot - width) / 2, y, width, height);
    }
  });
  return outlines;
}

/** The balance as a filled flight of steps: it holds through a period and falls on the due date. */
function balanceSteps(instalments) {
  const slot = WIDTH / instalments.length;
  const highest = Number(instalments[0].openingBalance);
  const steps = instalments.map(({ openingBalance }, index) => {
    const y = COLUMN_HEIGHT * (1 - Number(openingBalance) / highest);
    return `V${pixel(y)}H${pixel((index + 1) * slot)}`;
  });
  return `M0 ${COLUMN_HEIGHT}${steps.join("")}V${COLUMN_HEIGHT}z`;
}
