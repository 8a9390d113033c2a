/**
 * The balance before and after as two flights of steps over time, with a table beside them that says the same. The plan is a dashed
 * line, what has become of it a filled one: they differ without colour too. Amounts become floats here only: a pixel needs no cents.
 */

import { compare } from "./decimal-text.mjs";
import { make, setText } from "./dom.mjs";
import { date, group, money } from "./format.mjs";
import { fold, said } from "./panel-parts.mjs";
import { word } from "./words.mjs";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000;
const HEIGHT = 100;
const DAY_MILLISECONDS = 86_400_000;

const dayNumber = (civilDate) => Date.parse(`${civilDate}T00:00:00Z`) / DAY_MILLISECONDS;
const pixel = (value) => value.toFixed(2);

export function balanceChart() {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "chart timeline-chart");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const [after, before] = ["after", "before"].map((name) => {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    path.setAttribute("vector-effect", "non-scaling-stroke");
    svg.append(path);
    return path;
  });
  const scale = make("p", { class: "chart-scale" });
  const [first, last] = [make("span"), make("span")];
  const text = make("p", { class: "visually-hidden" });
  const rows = make("tbody");
  const scroller = make("div", { class: "table-scroller", role: "region", tabindex: "0", "data-label": "timeline.chart.scroller" },
    make("table", { class: "plain-table" },
      make("thead", {}, make("tr", {}, ...["date", "before", "after"].map((name) => said("th", `timeline.chart.${name}`, { scope: "col" })))), rows));
  const table = fold("timeline-balances", "timeline.chart.table", scroller);
  const legend = make("ul", { class: "legend legend-keys timeline-legend" },
    make("li", { class: "legend-before" }, said("span", "timeline.chart.before")), make("li", { class: "legend-after" }, said("span", "timeline.chart.after")));
  const element = make("figure", { class: "timeline-figure" }, said("figcaption", "timeline.chart"),
    make("div", { class: "chart-head" }, scale, legend), svg, make("p", { class: "chart-ends", "aria-hidden": "true" }, first, last), text, table);

  let latest;
  table.addEventListener("toggle", () => table.open && latest && fillTable(rows, latest));

  return {
    element,
    show(steps, locale) {
      latest = { ...steps, locale };
      const all = [...steps.before, ...steps.after];
      const [from, to] = [all[0].date, all.reduce((latestDate, step) => (step.date > latestDate ? step.date : latestDate), "")];
      const highest = all.reduce((most, { balance }) => (compare(balance, most) > 0 ? balance : most), "0");
      const start = dayNumber(from);
      const span = Math.max(1, dayNumber(to) - start);
      const x = (step) => pixel(((dayNumber(step.date) - start) / span) * WIDTH);
      const y = (step) => pixel(HEIGHT * (1 - Number(step.balance) / (Number(highest) || 1)));
      const line = (list) => list.map((step, index) => (index === 0 ? `M${x(step)} ${y(step)}` : `H${x(step)}V${y(step)}`)).join("");
      before.setAttribute("d", line(steps.before));
      after.setAttribute("d", `${line(steps.after)}V${HEIGHT}H0z`);
      setText(scale, word(locale, "timeline.chart.highest", { amount: money(highest) }));
      setText(first, date(from, locale));
      setText(last, date(to, locale));
      const ends = { before: date(steps.before.at(-1).date, locale), after: date(steps.after.at(-1).date, locale) };
      setText(text, word(locale, "timeline.chart.text", ends));
      if (table.open) fillTable(rows, latest);
    },
  };
}

/** One row for each day on which either balance changes. */
function fillTable(body, { before, after, locale }) {
  const days = [...new Set([...before, ...after].map((step) => step.date))].sort();
  const balanceOn = (steps) => {
    let index = -1;
    return (day) => {
      while (index + 1 < steps.length && steps[index + 1].date <= day) index += 1;
      return group(steps[index].balance);
    };
  };
  const [planned, changed] = [balanceOn(before), balanceOn(after)];
  body.replaceChildren(...days.map((day) =>
    make("tr", {}, make("th", { scope: "row" }, date(day, locale)), make("td", {}, planned(day)), make("td", {}, changed(day)))));
}
