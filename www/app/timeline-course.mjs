/**
 * The course of a loan for the eye: every instalment, past and to come, as it falls due with all that happens in between.
 *
 * The engine replays up to a day and knows nothing of intentions. Here what the reader plans is replayed too, on the
 * assumption, which can be switched off for the past, that every instalment is paid on its due date. Each stretch between two events
 * is one replay, so that 600 instalments cost no more of them than 6.
 */

import { movePoint, round, scaled } from "./decimal-text.mjs";

/** CNY, the page's currency, has 2. */
const DECIMALS = 2;

const inMinorUnits = (text) => scaled(text, DECIMALS);
const inMajorUnits = (minor) => round(movePoint(String(minor), -DECIMALS), DECIMALS);
const smaller = (one, other) => (one < other ? one : other);

/** A day on which the loan can be looked at: not before its disbursement. */
export const notBefore = (day, disbursementDate) => (day < disbursementDate ? disbursementDate : day);

/**
 * `rows`: every instalment in order; `steps`: the principal not yet due, as `{ date, balance }` from each of these days on; `now`: the
 * engine's state on `asOf`; `end`: its state after the last event; `payments`: those assumed, so that others can replay the same
 * life.
 *
 * Throws the engine's LoanError where it refuses an event.
 */
export function courseOf({ replay }, terms, events, { asOf, assumesPaid }) {
  const dated = events.filter(({ date }) => date !== undefined).map(({ date }) => date);
  const stops = [...new Set([...dated, asOf])].sort();
  const payments = [];
  const rows = [];
  let previous = "";
  let now;
  let end = replay(terms, events, terms.disbursementDate);
  // What was lent is what the first row opens with while nothing has happened.
  const lent = replay(terms, [], terms.disbursementDate).remaining[0]?.openingBalance ?? terms.principal;
  const steps = [{ date: terms.disbursementDate, balance: lent }];
  const take = (row) => {
    rows.push(row);
    steps.push({ date: row.dueDate, balance: row.closingBalance });
  };
  for (const stop of stops) {
    let kept = inMinorUnits(end.kept);
    for (const row of end.remaining) {
      if (row.dueDate > stop) break;
      // What was due before the last stop has been seen there, and is in arrears since.
      if (row.dueDate <= previous) continue;
      take(row);
      if (!assumesPaid && row.dueDate <= asOf) continue;
      const owed = inMinorUnits(row.payment);
      const served = smaller(kept, owed);
      kept -= served;
      if (owed > served) payments.push({ kind: "payment", date: row.dueDate, amount: inMajorUnits(owed - served) });
    }
    end = replay(terms, [...events, ...payments], stop);
    if (stop === asOf) now = end;
    const balance = end.remaining.find(({ dueDate }) => dueDate > stop)?.openingBalance ?? "0.00";
    if (balance !== steps.at(-1).balance) steps.push({ date: stop, balance });
    previous = stop;
  }
  end.remaining.filter(({ dueDate }) => dueDate > previous).forEach(take);
  return { rows, steps, now, end, payments };
}

/**
 * The events that the engine takes, and for each of the others, by its place in the list, what the engine says of it: events of
 * one loan may not fit the loan that the form has turned into.
 */
export function soundEvents(api, terms, events) {
  try {
    api.replay(terms, events, terms.disbursementDate);
    return { sound: events, refused: new Map() };
  } catch (error) {
    if (!(error instanceof api.LoanError)) throw error;
    const refused = new Map();
    for (const issue of error.issues) {
      const place = /^events\[(\d+)\]/.exec(issue.field);
      if (place && !refused.has(Number(place[1]))) refused.set(Number(place[1]), issue);
    }
    if (refused.size === 0) throw error;
    return { sound: events.filter((_, index) => !refused.has(index)), refused };
  }
}

/**
 * What has happened to the page's loan up to today, by the timeline: its events so far and, unless that is switched off, every
 * instalment paid on its day. `isPlanned` says that the timeline has events for later.
 */
export function livedEvents(api, { terms, loanEvents = [], assumesPaid = true, today }) {
  const { sound } = soundEvents(api, terms, loanEvents);
  const asOf = notBefore(today, terms.disbursementDate);
  const { payments } = courseOf(api, terms, sound, { asOf, assumesPaid });
  const hasCome = ({ date }) => date === undefined || date <= today;
  return { events: [...sound, ...payments].filter(hasCome), isPlanned: !sound.every(hasCome) };
}
