/**
 * Every instalment as a row. Rows are kept and rewritten, so that a slider move touches only the text that changed; past 60 rows
 * the table scrolls in a frame of its own, and only the rows in sight are there.
 */

import { add, isZero } from "./decimal-text.mjs";
import { byId, make, setText } from "./dom.mjs";
import { date, group, money } from "./format.mjs";
import { word } from "./words.mjs";

/** Longer schedules are virtual. */
const ROWS_AT_ONCE = 60;
/** Rows beyond either edge of the frame, so that a flick of the wheel shows no gap. */
const OVERSCAN = 12;
/** Until a row has been measured. */
const ROW_HEIGHT_AT_FIRST = 40;
const AMOUNTS = ["payment", "principal", "interest", "fees", "benefit", "closingBalance"];
const SUMMED = ["payment", "principal", "interest", "fees", "benefit"];
/** Columns that appear only where some row has an amount in them. */
const OPTIONAL = ["fees", "benefit"];

/** Out of sight, the table is brought up to date once the slider rests so long; in sight, in the same frame. */
const REST_MILLISECONDS = 120;

let isInSight = false;
let isPrinting = false;
let rowHeight = ROW_HEIGHT_AT_FIRST;
let latest;
let timer;

const scroller = () => byId("schedule-scroller");

export function listenToSchedule() {
  scroller().addEventListener("scroll", () => latest && isVirtual() && drawRows(), { passive: true });
  // On paper there is nothing to scroll.
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
  new IntersectionObserver(([{ isIntersecting }]) => {
    isInSight = isIntersecting;
    if (isInSight && timer !== undefined) drawLatest();
  }).observe(byId("schedule"));
}

function print(starts) {
  isPrinting = starts;
  if (latest) drawLatest();
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
  drawFrame();
  drawRows();
  byId("schedule").removeAttribute("aria-busy");
}

const isVirtual = () => !isPrinting && latest.quote.schedule.instalments.length > ROWS_AT_ONCE;

/** All but the rows: the note, the sums, which columns there are, and the frame. */
function drawFrame() {
  const { quote: { schedule, terms }, locale } = latest;
  const { instalments } = schedule;
  scroller().classList.toggle("is-virtual", isVirtual());
  const table = byId("schedule");
  // Rows that are not there must still be counted; the head and the sums are two more.
  if (isVirtual()) table.setAttribute("aria-rowcount", String(instalments.length + 2));
  else table.removeAttribute("aria-rowcount");

  const sums = Object.fromEntries(SUMMED.map((name) => [name, add(...instalments.map((row) => row[name]))]));
  for (const name of SUMMED) setText(byId(`sum-${name}`), group(sums[name]));
  for (const name of OPTIONAL) table.classList.toggle(`has-${name}`, !isZero(sums[name]));

  const note = { date: date(terms.disbursementDate, locale), proceeds: money(schedule.proceeds), count: instalments.length };
  setText(byId("schedule-note"), word(locale, isVirtual() ? "schedule.long" : "schedule.note", note));
}

function drawRows() {
  const { quote: { schedule: { instalments } }, locale } = latest;
  const [from, to] = isVirtual() ? inSight(instalments.length) : [0, instalments.length];
  const rows = resizedTo(byId("schedule-rows"), to - from);
  instalments.slice(from, to).forEach((instalment, index) => {
    const row = rows[index];
    const { cells } = row;
    // The head is row 1.
    if (isVirtual()) row.setAttribute("aria-rowindex", String(instalment.number + 1));
    else row.removeAttribute("aria-rowindex");
    setText(cells[0], String(instalment.number));
    setText(cells[1], date(instalment.dueDate, locale));
    AMOUNTS.forEach((name, column) => setText(cells[column + 2], group(instalment[name])));
  });
  byId("schedule-above").style.blockSize = `${from * rowHeight}px`;
  byId("schedule-below").style.blockSize = `${(instalments.length - to) * rowHeight}px`;
}

/** The rows that the frame shows, with some on either side. */
function inSight(count) {
  const measured = byId("schedule-rows").rows[0]?.offsetHeight;
  if (measured > 0) rowHeight = measured;
  const { scrollTop, clientHeight } = scroller();
  const first = Math.min(Math.floor(scrollTop / rowHeight), count - 1);
  const inFrame = Math.ceil((clientHeight || ROWS_AT_ONCE * rowHeight) / rowHeight);
  return [Math.max(first - OVERSCAN, 0), Math.min(first + inFrame + OVERSCAN, count)];
}

/** Adds or removes rows at the end until there are that many. */
function resizedTo(body, count) {
  while (body.rows.length > count) body.lastElementChild.remove();
  const missing = Array.from({ length: count - body.rows.length }, emptyRow);
  body.append(...missing);
  return body.rows;
}

/** On a phone a row is laid out in two lines, no more a table to the browser: explicit roles keep it one for a screen reader. */
function emptyRow() {
  const cell = (name) => make("td", { role: "cell", class: OPTIONAL.includes(name) && name });
  return make("tr", { role: "row" }, make("th", { role: "rowheader", scope: "row" }), cell("dueDate"), AMOUNTS.map(cell));
}
