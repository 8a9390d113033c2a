/** Every instalment as a row. Rows are kept and rewritten, so that a slider move touches only the text that changed. */

import { add, isZero } from "./decimal-text.mjs";
import { byId, setText } from "./dom.mjs";
import { date, group, money } from "./format.mjs";
import { word } from "./words.mjs";

/** Longer schedules show this many rows until asked for all. */
const ROWS_AT_FIRST = 60;
const AMOUNTS = ["payment", "principal", "interest", "fees", "benefit", "closingBalance"];
const SUMMED = ["payment", "principal", "interest", "fees", "benefit"];
/** Columns that appear only where some row has an amount in them. */
const OPTIONAL = ["fees", "benefit"];

/** Out of sight, the table is brought up to date once the slider rests so long; in sight, in the same frame. */
const REST_MILLISECONDS = 120;

let showsAll = false;
let isInSight = false;
let latest;
let timer;

export function listenToSchedule() {
  byId("schedule-all").addEventListener("click", () => {
    showsAll = !showsAll;
    drawLatest();
  });
  new IntersectionObserver(([{ isIntersecting }]) => {
    isInSight = isIntersecting;
    if (isInSight && timer !== undefined) drawLatest();
  }).observe(byId("schedule"));
}

/** Shows a quote's rows; until they are on the page, the table says that it is busy. */
export function showSchedule(quote, locale) {
  latest = { quote, locale };
  clearTimeout(timer);
  if (isInSight) return drawLatest();
  byId("schedule").setAttribute("aria-busy", "true");
  timer = setTimeout(drawLatest, REST_MILLISECONDS);
}

function drawLatest() {
  clearTimeout(timer);
  timer = undefined;
  draw(latest.quote, latest.locale);
  byId("schedule").removeAttribute("aria-busy");
}

function draw({ schedule, terms }, locale) {
  const { instalments } = schedule;
  const shown = showsAll ? instalments : instalments.slice(0, ROWS_AT_FIRST);
  const rows = resizedTo(byId("schedule-rows"), shown.length);
  shown.forEach((instalment, index) => {
    const cells = rows[index].cells;
    setText(cells[0], String(instalment.number));
    setText(cells[1], date(instalment.dueDate, locale));
    AMOUNTS.forEach((name, column) => setText(cells[column + 2], group(instalment[name])));
  });

  const sums = Object.fromEntries(SUMMED.map((name) => [name, add(...instalments.map((row) => row[name]))]));
  for (const name of SUMMED) setText(byId(`sum-${name}`), group(sums[name]));
  for (const name of OPTIONAL) byId("schedule").classList.toggle(`has-${name}`, !isZero(sums[name]));

  const note = { date: date(terms.disbursementDate, locale), proceeds: money(schedule.proceeds) };
  setText(byId("schedule-note"), word(locale, "schedule.note", note));
  const button = byId("schedule-all");
  button.hidden = instalments.length <= ROWS_AT_FIRST;
  button.setAttribute("aria-expanded", String(showsAll));
  const label = showsAll ? ["schedule.fewer", ROWS_AT_FIRST] : ["schedule.all", instalments.length];
  setText(button, word(locale, label[0], { count: label[1] }));
}

/** Adds or removes rows at the end until there are that many. */
function resizedTo(body, count) {
  while (body.rows.length > count) body.lastElementChild.remove();
  const missing = Array.from({ length: count - body.rows.length }, emptyRow);
  body.append(...missing);
  return body.rows;
}

function emptyRow() {
  const row = document.createElement("tr");
  const number = document.createElement("th");
  number.scope = "row";
  row.append(number, document.createElement("td"));
  for (const name of AMOUNTS) {
    const cell = document.createElement("td");
    if (OPTIONAL.includes(name)) cell.className = name;
    row.append(cell);
  }
  return row;
}
