/** Every instalment, past and to come, with what happens in between, as one list in order of time. */

import { isZero } from "./decimal-text.mjs";
import { make } from "./dom.mjs";
import { date, money } from "./format.mjs";
import { word } from "./words.mjs";

/** How many instalments are shown before and after the day looked at, until all are asked for. */
const BEFORE = 2;
const AFTER = 10;

/** Puts the entries in `list`; gives how many instalments there are and whether some are left out. */
export function showList(list, { terms, proceeds, rows, now, asOf, events, locale, showsAll, eventWords }) {
  const say = (code, values) => word(locale, code, values);
  const owed = new Map(now.remaining.filter(({ dueDate }) => dueDate <= asOf).map((row) => [row.number, row]));
  const next = rows.findIndex(({ dueDate }) => dueDate > asOf);
  const at = next < 0 ? rows.length : next;
  const [from, to] = showsAll ? [0, rows.length] : [Math.max(0, at - BEFORE), Math.min(rows.length, at + AFTER)];
  const shown = rows.slice(from, to);
  const isShown = (day) => (from === 0 || day >= rows[from].dueDate) && (to === rows.length || day <= rows[to - 1].dueDate);

  const entries = shown.map((row, index) => ({ date: row.dueDate, order: 1, item: instalment(row, from + index) }));
  if (from === 0) entries.push({ date: terms.disbursementDate, order: 0, item: entry("start", terms.disbursementDate, say("timeline.start"), money(terms.principal),
    proceeds === terms.principal ? undefined : make("span", { class: "entry-detail" }, say("timeline.proceeds", { amount: money(proceeds) }))) });
  for (const event of events) {
    if (event.date !== undefined && isShown(event.date)) {
      entries.push({ date: event.date, order: 2, item: make("li", { class: "entry entry-event" }, make("span", { class: "entry-what" }, eventWords(event))) });
    }
  }
  entries.push({ date: asOf, order: 3, item: make("li", { class: "entry entry-today", "aria-current": "date" },
    make("span", { class: "entry-when" }, date(asOf, locale)), make("span", { class: "entry-what" }, say("timeline.today"))) });
  entries.sort((one, other) => (one.date === other.date ? one.order - other.order : one.date < other.date ? -1 : 1));
  list.replaceChildren(...entries.map(({ item }) => item));
  return { count: rows.length, isCut: shown.length < rows.length };

  function entry(name, day, what, amount, ...more) {
    return make("li", { class: `entry entry-${name}` }, make("span", { class: "entry-when" }, date(day, locale)),
      make("span", { class: "entry-what" }, what), make("span", { class: "entry-amount" }, amount), ...more);
  }

  function instalment(row, index) {
    const isPast = row.dueDate <= asOf;
    const unpaid = owed.get(row.number);
    const parts = { principal: money(row.principal), interest: money(row.interest), fees: money(row.fees) };
    const details = [
      say(isZero(row.fees) ? "timeline.parts" : "timeline.parts_fees", parts),
      row.unrolledDueDate && say("timeline.moved", { date: date(row.unrolledDueDate, locale) }),
    ].filter(Boolean);
    const status = !isPast ? (index === at ? say("timeline.next") : undefined)
      : unpaid === undefined ? say("timeline.paid")
      : say(unpaid.payment === row.payment ? "timeline.unpaid" : "timeline.part_paid", { amount: money(unpaid.payment) });
    const name = !isPast ? "coming" : unpaid ? "late" : "paid";
    return entry(name, row.dueDate, make("span", {}, say("timeline.instalment", { number: row.number }), status ? make("span", { class: "tag" }, status) : undefined),
      money(row.payment), make("span", { class: "entry-detail" }, details.join(" · ")));
  }
}
