/**
 * What is due across loans (待办): the loan on the page, loans kept from it while the page is open, and sample loans, by date, with the
 * total of each day and what is needed by the next payday. Nothing of it outlives the page.
 */

import { announce } from "./announcer.mjs";
import { make, setText } from "./dom.mjs";
import { date, money } from "./format.mjs";
import { attempt, button, said, speak } from "./panel-parts.mjs";
import { livedEvents } from "./timeline-course.mjs";
import { word } from "./words.mjs";

const LOANS_MAX = 12;
const DAYS_AT_FIRST = 6;
/** An invented loan, so that the agenda has something to add up: no lender's offer. */
const SAMPLE = { principal: "6000.00", interest: { annual: "0.15" }, method: "equalPrincipal", instalmentCount: 6 };

const SAMPLE_ID = "sample";

/** `changed()` asks the panel to draw again. Gives `show(snapshot, { payday, title })`. */
export function mountAgenda(element, api, changed) {
  /** Loans kept: `{ loanId, code, number, title, terms, events }`; a name that nobody gave is written in the reader's language. */
  let kept = [];
  let number = 0;
  let showsAll = false;
  let latest;

  const keep = button("agenda.keep", { id: "agenda-keep" });
  const sample = button("agenda.sample", { id: "agenda-sample" });
  const loans = make("ul", { class: "event-list", id: "agenda-loans", "data-label": "agenda.loans" });
  const needed = make("p", { class: "needed", id: "agenda-needed" });
  const days = make("ol", { class: "agenda-days", id: "agenda-days", "data-label": "agenda.days" });
  const more = button("agenda.more", { id: "agenda-all", "aria-controls": days.id });
  delete more.dataset.word;
  element.append(said("h3", "agenda.heading"), said("p", "agenda.lead", { class: "panel-lead" }),
    make("div", { class: "panel-actions" }, keep, sample), loans, needed, days, more);

  const say = (code, values) => word(latest.snapshot.locale, code, values);
  const nameOf = ({ title, code, number: place }) => title ?? say(code, { number: place });

  function hold(loan) {
    if (kept.length >= LOANS_MAX) {
      announce(say("agenda.limit", { count: LOANS_MAX }));
      return;
    }
    number += 1;
    kept = [...kept, { ...loan, number }];
    announce(say("agenda.kept", { name: nameOf(kept.at(-1)) }));
    changed();
  }

  keep.addEventListener("click", () => {
    const { snapshot, title } = latest;
    hold({ loanId: api.fingerprint(snapshot.terms), code: "agenda.loan_name", title, terms: snapshot.terms, events: livedEvents(api, snapshot).events });
  });
  sample.addEventListener("click", () => {
    const { disbursementDate } = latest.snapshot.terms;
    hold({ loanId: SAMPLE_ID, code: "agenda.sample_name", terms: { ...SAMPLE, disbursementDate } });
  });
  more.addEventListener("click", () => {
    showsAll = !showsAll;
    draw();
  });

  function draw() {
    const { snapshot, payday, title } = latest;
    const { locale, terms, today } = snapshot;
    const current = { loanId: api.fingerprint(terms), title, code: "agenda.this", terms, events: livedEvents(api, snapshot).events };
    const eventsOf = (loan) => {
      if (loan.loanId === current.loanId) return current.events;
      // What is assumed of the page's loan is assumed of the sample.
      return loan.events ?? livedEvents(api, { ...snapshot, terms: loan.terms, loanEvents: [] }).events;
    };
    const isKept = kept.some(({ loanId }) => loanId === current.loanId);
    keep.hidden = isKept;
    sample.hidden = kept.some(({ loanId }) => loanId === SAMPLE_ID);
    const all = [...(isKept ? [] : [current]), ...kept].map((loan) => ({ ...loan, events: eventsOf(loan) }));
    const { value } = attempt(api, () =>
      api.agenda(all.map(({ loanId, terms: each, events }) => ({ loanId, terms: each, events })), { today, ...(payday && { payday }) }));
    if (!value) return;

    loans.hidden = kept.length === 0;
    loans.replaceChildren(...kept.map((loan) => {
      const name = nameOf(loan);
      const remove = make("button", { type: "button", class: "small-button", "aria-label": say("agenda.remove_which", { name }) }, say("agenda.remove"));
      remove.addEventListener("click", () => {
        kept = kept.filter((other) => other !== loan);
        draw();
        // Its own button is gone with it.
        (loans.querySelector("button") ?? [keep, sample].find(({ hidden }) => !hidden)).focus();
      });
      return make("li", {}, make("span", {}, say("agenda.loan_words", { name, principal: money(loan.terms.principal), count: loan.terms.instalmentCount })), remove);
    }));

    needed.replaceChildren(...(value.neededByPayday === undefined ? [say(value.entries.length === 0 ? "agenda.none" : "agenda.no_payday")]
      : [say("agenda.needed", { date: date(value.nextPayday, locale) }), " ", make("data", { value: value.neededByPayday }, money(value.neededByPayday))]));

    const names = new Map(all.map((loan) => [loan.loanId, nameOf(loan)]));
    const shown = showsAll ? value.days : value.days.slice(0, DAYS_AT_FIRST);
    days.replaceChildren(...shown.map((day) => make("li", { class: "agenda-day" },
      make("span", { class: "agenda-date" }, date(day.date, locale)), make("span", { class: "agenda-total" }, say("agenda.total", { total: money(day.total) })),
      make("ul", {}, value.entries.filter(({ dueDate }) => dueDate === day.date).map((entry) =>
        make("li", {}, make("span", {}, say("agenda.entry", { name: names.get(entry.loanId), number: entry.instalment }),
          entry.overdue ? make("span", { class: "tag tag-late" }, say("agenda.overdue")) : undefined), make("span", {}, money(entry.amount))))))));
    more.hidden = value.days.length <= DAYS_AT_FIRST;
    setText(more, say(showsAll ? "agenda.fewer" : "agenda.more", { count: showsAll ? DAYS_AT_FIRST : value.days.length }));
  }

  return {
    show(snapshot, { payday, title }) {
      latest = { snapshot, payday, title };
      speak(element, snapshot.locale);
      draw();
    },
  };
}
