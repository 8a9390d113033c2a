/**
 * The life of the loan: what is due on a day, what would settle it, how every instalment falls, and what becomes of it all when the
 * reader adds an early repayment, a payment, a new rate or a deferral.
 *
 * Events live in the store (`loanEvents`, with `assumesPaid` beside them), so that reminders and the agenda see the same life.
 */

import { announce } from "./announcer.mjs";
import { add, compare, isZero } from "./decimal-text.mjs";
import { make, setText } from "./dom.mjs";
import { date, group, money, percent } from "./format.mjs";
import { attempt, button, drawAtRest, field, figureList, panelHead, speak, tick } from "./panel-parts.mjs";
import { isCivilDate } from "./state.mjs";
import { balanceChart } from "./timeline-chart.mjs";
import { courseOf, notBefore, soundEvents } from "./timeline-course.mjs";
import { FIELD_OF, eventForm } from "./timeline-event-form.mjs";
import { showList } from "./timeline-list.mjs";
import table from "./words/timeline.mjs";
import { addWords, word } from "./words.mjs";

addWords(table);

/** More than anybody plans, and few enough to stay quick. */
const EVENTS_MAX = 20;
/** The event that the form begins with: an early repayment of a quarter, at the fourth due date. */
const SUGGESTED_ROW = 3;

export function mount(section, store) {
  const { api } = store;
  let locale;
  let showsAll = false;
  /** The day that the reader has chosen; until then, today. */
  let chosenDay;
  /** What was just added is not compared once more, as if it were to come twice. */
  let isComposing = true;
  /** The button that was pressed is about to go: focus moves to its neighbour. */
  let hasRemoved = false;

  panelHead(section, "timeline.heading", "timeline.lead");
  const asOf = field({ id: "timeline-asOf", label: "timeline.asOf", hint: "timeline.asOf_hint", control: make("input", { type: "date" }) });
  const assume = tick({ id: "timeline-assume", label: "timeline.assume", checked: true });
  const figures = figureList({
    dueNow: "timeline.dueNow", payoff: "timeline.payoff", outstanding: "timeline.outstanding", saved: "timeline.saved", end: "timeline.end",
  });
  const form = eventForm();
  const eventList = make("ul", { class: "event-list", id: "timeline-events", "data-label": "timeline.events" });
  const chart = balanceChart();
  const list = make("ol", { class: "timeline-list", id: "timeline-list", "data-label": "timeline.list" });
  const more = button("timeline.show_all", { id: "timeline-all-rows", "aria-controls": "timeline-list" });
  // Its words have a number in them and are written with the list.
  delete more.dataset.word;
  section.append(
    make("div", { class: "timeline-top" }, make("div", { class: "panel-form" }, asOf.element, assume.element), figures.element),
    make("div", { class: "timeline-middle" }, make("div", {}, form.element, eventList), chart.element), list, more);

  const events = () => store.get().loanEvents ?? [];
  const say = (code, values) => word(locale, code, values);

  function eventWords(event) {
    const values = {
      date: event.date && date(event.date, locale), amount: event.amount && event.amount !== "all" ? money(fixed(event.amount)) : "",
      keep: event.keep && say(`timeline.keep.${event.keep}`), rate: event.interest?.annual && percent(event.interest.annual),
      from: event.fromInstalment, count: event.instalments, interest: event.kind === "deferral" ? say(`timeline.deferred.${event.interest}`) : "",
    };
    return say(`timeline.event.${event.kind}${event.amount === "all" ? "All" : ""}`, values);
  }

  /** What the engine says of an event's field, in the reader's units. */
  function sentence({ code, field: path, limit = "", message }) {
    const [from, to] = limit.split("..");
    const part = FIELD_OF[/\]\.(\w+)/.exec(path)?.[1]];
    const write = { date: (text) => date(text, locale), amount: money, rate: percent }[part] ?? group;
    if (code === "out_of_range" && to !== undefined) return { part, text: say("issue.between", { from: write(from), to: write(to) }) };
    if (code === "too_many_decimals") return { part, text: say("issue.too_many_decimals", { count: part === "rate" ? Number(limit) - 2 : limit }) };
    if (code === "not_a_decimal") return { part, text: say("issue.negative") };
    return { part, text: message[locale] };
  }

  function settings() {
    const { terms, today } = store.get();
    return { asOf: notBefore(chosenDay ?? today, terms.disbursementDate), assumesPaid: assume.control.checked };
  }

  function share(loanEvents) {
    store.notify({ loanEvents });
  }

  /** Reads the form; shows what is wrong with it where `isTold`. Gives the event if the engine takes it. */
  function readEvent(isTold) {
    const { event, problems } = form.read();
    const sentences = {};
    for (const [name, code] of Object.entries(problems ?? {})) sentences[name] = say(code);
    const { terms } = store.get();
    if (event && terms) {
      const { sound } = soundEvents(api, terms, events());
      const { issues } = attempt(api, () => courseOf(api, terms, [...sound, event], settings()));
      for (const issue of issues ?? []) {
        const { part, text } = sentence(issue);
        sentences[part ?? "form"] ??= text;
      }
    }
    const isSound = event !== undefined && Object.keys(sentences).length === 0;
    if (isTold || isSound) form.say(sentences);
    if (isTold && !isSound) form.focus(Object.keys(sentences)[0]);
    return isSound ? event : undefined;
  }

  function showComparison() {
    const event = readEvent(false);
    form.comparison.hidden = !isComposing || event?.kind !== "prepayment" || event.amount === "all";
    if (form.comparison.hidden) return;
    const { terms } = store.get();
    const { sound } = soundEvents(api, terms, events());
    const ways = ["term", "payment"].map((keep) => {
      const { rows, end } = courseOf(api, terms, [...sound, { ...event, keep }], settings());
      const after = rows.filter(({ dueDate }) => dueDate > event.date);
      const lines = after.length === 0 ? [say("timeline.compare_settled")] : [
        say("timeline.compare_payment", { amount: money(after[0].payment) }),
        say("timeline.compare_end", { date: date(after.at(-1).dueDate, locale), count: after.length }),
      ];
      const saved = make("data", { value: end.saved ?? "0.00", "data-figure": `saved-${keep}` }, say("timeline.compare_saved", { amount: money(end.saved ?? "0.00") }));
      return make("div", { class: "way" }, make("dt", {}, say(`timeline.keep.${keep}`)), make("dd", { class: "way-saved" }, saved),
        ...lines.map((line) => make("dd", {}, line)));
    });
    form.comparison.replaceChildren(make("p", { class: "comparison-head" }, say("timeline.compare")), make("dl", {}, ways));
  }

  function showEvents(refused) {
    eventList.hidden = events().length === 0;
    eventList.replaceChildren(...events().map((event, index) => {
      const words = eventWords(event);
      const remove = make("button", { type: "button", class: "small-button", "aria-label": say("timeline.remove_which", { event: words }) }, say("timeline.remove"));
      remove.addEventListener("click", () => {
        hasRemoved = true;
        share(events().filter((_, place) => place !== index));
        announce(say("timeline.removed", { event: words }));
      });
      const problem = refused.get(index);
      return make("li", {}, make("span", {}, words), remove,
        problem ? make("p", { class: "note is-error" }, say("timeline.refused", { message: sentence(problem).text })) : undefined);
    }));
    if (hasRemoved) (eventList.querySelector("button") ?? form.element.querySelector("[type=submit]")).focus();
    hasRemoved = false;
  }

  function showFigures({ rows, now, end, steps }, terms, quote) {
    const late = now.status === "overdue" ? say("timeline.dueNow_late", { days: now.overdueDays }) : "";
    const kept = isZero(now.kept) ? "" : say("timeline.dueNow_kept", { amount: money(now.kept) });
    const { penalty } = now.outstanding;
    const fined = isZero(penalty) ? "" : say("timeline.dueNow_penalty", { amount: money(penalty) });
    figures.show("dueNow", now.dueNow, money(now.dueNow), [late, fined, kept].filter(Boolean).join(" · "));
    const { interest } = now.outstanding;
    figures.show("payoff", now.payoff, money(now.payoff), now.status === "settled" ? say("timeline.settled") : say("timeline.payoff_detail", { interest: money(interest) }));
    figures.show("outstanding", now.outstanding.principal, money(now.outstanding.principal));
    const saved = end.saved ?? "0.00";
    // Where no row has a fee, those paid are for repaying early.
    const fees = rows.every((row) => isZero(row.fees)) ? add("0.00", ...end.allocations.map((each) => each.fees)) : "0.00";
    const sense = isZero(saved) ? "none" : compare(saved, "0") > 0 ? "less" : "more";
    figures.show("saved", saved, say(`timeline.saved_${sense}`, { amount: money(saved.replace("-", "")) }),
      end.saved === undefined ? say("timeline.saved_nothing") : isZero(fees) ? "" : say("timeline.saved_fee", { fee: money(fees) }));
    const last = steps.at(-1).date;
    figures.show("end", last, date(last, locale), last === quote.schedule.maturityDate ? "" : say("timeline.end_before", { date: date(quote.schedule.maturityDate, locale) }));
  }

  const draw = drawAtRest(section, store, (snapshot) => {
    const { terms, quote } = snapshot;
    if (snapshot.locale !== locale) {
      locale = snapshot.locale;
      speak(section, locale);
    }
    if (!terms) return;
    const { asOf: day, assumesPaid } = settings();
    if (document.activeElement !== asOf.control) asOf.control.value = day;
    const suggested = quote.schedule.instalments[Math.min(SUGGESTED_ROW, quote.schedule.instalments.length - 1)];
    form.suggest({ date: suggested.dueDate, amount: group(String(Math.max(1, Math.floor(Number(terms.principal) / 4)))) });

    const { sound, refused } = soundEvents(api, terms, events());
    const { value: course, issues } = attempt(api, () => courseOf(api, terms, sound, { asOf: day, assumesPaid }));
    showEvents(refused);
    if (!course) {
      form.say({ form: sentence(issues[0]).text });
      return;
    }
    showFigures(course, terms, quote);
    const planned = quote.schedule.instalments.map((row) => ({ date: row.dueDate, balance: row.closingBalance }));
    const lent = { date: terms.disbursementDate, balance: quote.schedule.instalments[0].openingBalance };
    chart.show({ before: [lent, ...planned], after: course.steps }, locale);
    const { count, isCut } = showList(list, { ...course, terms, proceeds: quote.schedule.proceeds, asOf: day, events: sound, locale, showsAll, eventWords });
    more.hidden = !isCut && !showsAll;
    setText(more, say(showsAll ? "timeline.show_fewer" : "timeline.show_all", { count }));
    showComparison();
  });

  form.element.addEventListener("submit", (event) => {
    event.preventDefault();
    if (events().length >= EVENTS_MAX) {
      form.say({ form: say("timeline.limit", { count: EVENTS_MAX }) });
      return;
    }
    const added = readEvent(true);
    if (!added) return;
    isComposing = false;
    share([...events(), added]);
    announce(say("timeline.added", { event: eventWords(added) }));
  });
  form.element.addEventListener("input", () => {
    isComposing = true;
    draw();
  });
  assume.control.addEventListener("change", () => {
    store.notify({ assumesPaid: assume.control.checked });
  });
  asOf.control.addEventListener("change", () => {
    const isDay = isCivilDate(asOf.control.value);
    asOf.say(isDay ? undefined : say("timeline.no_date"), !isDay);
    if (isDay) {
      chosenDay = asOf.control.value;
      draw();
    }
  });
  more.addEventListener("click", () => {
    showsAll = !showsAll;
    draw();
  });
}

/** A typed amount with all its decimals, for reading. */
function fixed(amount) {
  const [whole, fraction = ""] = amount.split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}
