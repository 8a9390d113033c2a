/** The form that adds an event to the timeline: what happens, when, and how much. */

import { make } from "./dom.mjs";
import { choices, complaintLine, field, mainButton, said, tick } from "./panel-parts.mjs";
import { parseAmount, parseCount, parsePercent } from "./parse.mjs";
import { TEXT_LENGTH_MAX, isCivilDate } from "./state.mjs";

/** What each kind asks for. */
const ASKS = {
  prepayment: ["date", "amount", "keep"],
  payment: ["date", "amount"],
  rateChange: ["date", "rate"],
  deferral: ["from", "count", "deferred"],
};

/** Which field each part of an event came from, as the engine names it. */
export const FIELD_OF = { date: "date", amount: "amount", interest: "rate", fromInstalment: "from", instalments: "count" };

const text = (inputmode) => make("input", { type: "text", inputmode, maxlength: TEXT_LENGTH_MAX, autocomplete: "off" });

/**
 * Gives `element` (a form), `read()` with `{ event }` or `{ problems }` (codes of words by field), `say(problems)` with sentences by
 * field, `suggest({ date, amount })` for what the reader has not touched, and `focus(field)`.
 */
export function eventForm() {
  const kind = choices({
    id: "timeline-kind", legend: "timeline.kind", name: "timeline-kind", chosen: "prepayment",
    options: Object.fromEntries(Object.keys(ASKS).map((name) => [name, `timeline.kind.${name}`])),
  });
  const all = tick({ id: "timeline-all", label: "timeline.all" });
  const fields = {
    date: field({ id: "timeline-date", label: "timeline.date", control: make("input", { type: "date" }) }),
    amount: field({ id: "timeline-amount", label: "timeline.amount", control: text("decimal"), before: [make("span", { class: "affix", "aria-hidden": "true" }, "¥")] }),
    rate: field({ id: "timeline-rate", label: "timeline.rate", control: text("decimal") }),
    from: field({ id: "timeline-from", label: "timeline.from", control: text("numeric") }),
    count: field({ id: "timeline-count", label: "timeline.count", control: text("numeric") }),
    keep: choices({
      id: "timeline-keep", legend: "timeline.keep", name: "timeline-keep", chosen: "term",
      options: { term: "timeline.keep.term", payment: "timeline.keep.payment" },
    }),
    deferred: choices({
      id: "timeline-deferred", legend: "timeline.deferred", name: "timeline-deferred", chosen: "collect",
      options: { collect: "timeline.deferred.collect", capitalise: "timeline.deferred.capitalise" },
    }),
  };
  const { date, amount, rate, from, count, keep, deferred } = fields;
  count.control.value = "1";
  from.control.value = "2";
  amount.element.append(all.element);
  const comparison = make("div", { class: "comparison", id: "timeline-comparison", "aria-live": "off", hidden: true });
  const complaint = complaintLine("timeline-complaint");
  const element = make("form", { class: "panel-form event-form", id: "timeline-form", novalidate: true, autocomplete: "off" },
    said("h3", "timeline.add"), kind.element, make("div", { class: "pair" }, date.element, amount.element, rate.element, from.element, count.element),
    keep.element, deferred.element, comparison, complaint.element, make("div", { class: "panel-actions" }, mainButton("timeline.submit", { type: "submit", id: "timeline-submit" })));

  const touched = new Set();
  const isAll = () => kind.control.value === "prepayment" && all.control.checked;

  function showFields() {
    for (const [name, { element: part }] of Object.entries(fields)) part.hidden = !ASKS[kind.control.value].includes(name);
    all.element.hidden = kind.control.value !== "prepayment";
    keep.element.hidden ||= isAll();
    amount.control.disabled = isAll();
  }

  element.addEventListener("input", ({ target }) => {
    if (target === date.control || target === amount.control) touched.add(target);
    showFields();
  });
  showFields();

  function read() {
    const problems = {};
    const parsed = (name, parse) => {
      const { value, problem } = parse(fields[name].control.value);
      if (problem) problems[name] = `problem.${problem}`;
      return value;
    };
    const day = () => {
      if (!isCivilDate(date.control.value)) problems.date = "timeline.no_date";
      return date.control.value;
    };
    const event = {
      prepayment: () => ({ date: day(), amount: isAll() ? "all" : parsed("amount", parseAmount), keep: keep.control.value }),
      payment: () => ({ date: day(), amount: parsed("amount", parseAmount) }),
      rateChange: () => ({ date: day(), interest: { annual: parsed("rate", parsePercent) } }),
      deferral: () => ({ fromInstalment: parsed("from", parseCount), instalments: parsed("count", parseCount), interest: deferred.control.value }),
    }[kind.control.value]();
    return Object.keys(problems).length > 0 ? { problems } : { event: { kind: kind.control.value, ...event } };
  }

  return {
    element,
    comparison,
    read,
    /** Sentences by field; what belongs to none stands above the button. */
    say(sentences) {
      for (const [name, part] of Object.entries(fields)) if (name in FIELD_NAMES) part.say(sentences[name]);
      complaint.say(sentences.form);
    },
    suggest(values) {
      for (const [name, value] of Object.entries(values)) {
        if (!touched.has(fields[name].control)) fields[name].control.value = value;
      }
    },
    focus: (name) => (fields[name] ?? date).control.focus(),
  };
}

const FIELD_NAMES = Object.fromEntries(Object.values(FIELD_OF).map((name) => [name, true]));
