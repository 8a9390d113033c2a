/**
 * Reminders for the instalments that remain: how long before, at what time, on payday; the list, the calendar file, and below it the
 * agenda across loans.
 */

import { grouped } from "../../js/ui/make.js";
import { mountAgenda } from "./agenda.mjs";
import { announce } from "./announcer.mjs";
import { make, setText } from "./dom.mjs";
import { date } from "./format.mjs";
import { attempt, button, drawAtRest, field, fold, mainButton, panelHead, said, speak, tick } from "./panel-parts.mjs";
import { parseDueDay } from "./parse.mjs";
import { livedEvents } from "./timeline-course.mjs";
import table from "./words/reminders.mjs";
import { addWords, word } from "./words.mjs";

addWords(table);

const DAYS_BEFORE = [7, 3, 1, 0];
const DAYS_BEFORE_AT_FIRST = [3, 1, 0];
const HOSTS = ["wechat", "douyin", "alipay", "jd"];
const SHOWN_AT_FIRST = 6;
const CALLS_SHOWN = 3;
/** Titles go into calendars' one line. */
const TITLE_LENGTH_MAX = 40;
/** An identifier of the loan: the same terms give the same, so that a later file updates an earlier one. */
const ID_LENGTH = 16;

export function mount(section, store) {
  const { api } = store;
  let locale;
  let plan;
  let showsAll = false;

  panelHead(section, "reminders.heading", "reminders.lead");
  const title = field({
    id: "reminders-title", label: "reminders.title", hint: "reminders.title_hint",
    control: make("input", { type: "text", maxlength: TITLE_LENGTH_MAX, autocomplete: "off" }),
  });
  const daysNote = make("p", { class: "note", id: "reminders-days-note" });
  const days = DAYS_BEFORE.map((count) => ({
    count, ...tick({ id: `reminders-days-${count}`, label: `reminders.days.${count}`, checked: DAYS_BEFORE_AT_FIRST.includes(count) }),
  }));
  const daysBefore = make("fieldset", { class: "field choice", "aria-describedby": daysNote.id }, said("legend", "reminders.daysBefore"),
    make("div", { class: "ticks" }, days.map(({ element }) => element)), daysNote);
  const at = field({ id: "reminders-at", label: "reminders.at", hint: "reminders.at_hint", control: make("input", { type: "time", value: "09:00" }) });
  const payday = field({
    id: "reminders-payday", label: "reminders.payday", hint: "reminders.payday_hint",
    control: make("input", { type: "text", inputmode: "numeric", maxlength: 4, autocomplete: "off" }),
  });
  const count = make("p", { class: "detail", id: "reminders-count" });
  const list = make("ol", { class: "reminder-list", id: "reminders-list", "data-label": "reminders.list" });
  const more = button("reminders.show_all", { id: "reminders-all", "aria-controls": list.id });
  delete more.dataset.word;
  const planned = said("p", "reminders.planned", { class: "note", hidden: true });
  const download = mainButton("reminders.download", { id: "reminders-download" });
  const host = make("select", { id: "reminders-host" }, HOSTS.map((name) => said("option", `reminders.host.${name}`, { value: name })));
  const calls = make("p", { class: "note" });
  const code = make("pre", { class: "code", tabindex: "0", role: "region", "data-label": "reminders.host_code", id: "reminders-code" });
  const developers = fold("reminders-developers", "reminders.developers",
    make("div", { class: "field" }, said("label", "reminders.host", { for: host.id }), make("div", { class: "control" }, host)), calls, code);
  const form = make("form", { class: "panel-form", id: "reminders-form", novalidate: true, autocomplete: "off" },
    title.element, daysBefore, make("div", { class: "pair" }, at.element, payday.element));
  const agendaSection = make("div", { class: "agenda", id: "agenda" });
  section.append(
    make("div", { class: "reminders-body" }, form,
      make("div", { class: "reminders-plan" }, said("h3", "reminders.list"), count, list, more, planned, make("div", { class: "panel-actions" }, download))),
    developers, agendaSection);

  const say = (codeOfWords, values) => word(locale, codeOfWords, values);

  /** The options, or undefined with a sentence beside the field that is wrong. */
  function options({ terms, today }) {
    const { value: day, problem } = parseDueDay(payday.control.value);
    const isWrong = problem !== undefined && problem !== "empty" || (day !== undefined && (day < 1 || day > 31));
    payday.say(isWrong ? say("problem.not_a_day") : undefined, isWrong);
    const before = days.filter(({ control }) => control.checked).map(({ count: number }) => number);
    const isEmpty = before.length === 0 && day === undefined;
    setText(daysNote, isEmpty ? say("reminders.daysBefore_none") : "");
    daysNote.classList.toggle("is-error", isEmpty);
    if (isWrong || isEmpty) return undefined;
    const name = title.control.value.trim();
    return {
      today, locale, loanId: api.fingerprint(terms).slice(0, ID_LENGTH), daysBefore: before,
      ...(name && { title: name }), ...(at.control.value && { at: at.control.value.slice(0, 5) }), ...(day && { payday: day }),
    };
  }

  function showList() {
    const { reminders } = plan;
    const shown = showsAll ? reminders : reminders.slice(0, SHOWN_AT_FIRST);
    list.replaceChildren(...shown.map((reminder) => make("li", {},
      make("span", { class: "entry-when" }, [date(reminder.date, locale), reminder.time].filter(Boolean).join(" ")),
      make("span", { class: "entry-what" }, grouped(reminder.title),
        // Most are of the ordinary kind, which needs no tag.
        reminder.kind === "due" ? undefined : make("span", { class: "tag" }, say(`reminders.kind.${reminder.kind}`))),
      make("span", { class: "entry-detail" }, grouped(reminder.body)))));
    const instalments = new Set(reminders.map(({ instalment }) => instalment)).size;
    setText(count, reminders.length === 0 ? say("reminders.none") : say(instalments === 1 ? "reminders.count_one" : "reminders.count", { count: reminders.length, instalments }));
    more.hidden = reminders.length <= SHOWN_AT_FIRST;
    setText(more, say(showsAll ? "reminders.show_fewer" : "reminders.show_all", { count: showsAll ? SHOWN_AT_FIRST : reminders.length }));
    download.hidden = reminders.length === 0;
  }

  function showCalls() {
    if (!developers.open || !plan) return;
    const all = api.hostCalendar(plan, host.value);
    const shown = all.slice(0, CALLS_SHOWN);
    setText(code, JSON.stringify(shown, undefined, 2));
    setText(calls, say(shown.length < all.length ? "reminders.host_calls_part" : "reminders.host_calls", { count: all.length, shown: shown.length }));
  }

  const draw = drawAtRest(section, store, (snapshot) => {
    if (snapshot.locale !== locale) {
      locale = snapshot.locale;
      speak(section, locale);
    }
    const { terms } = snapshot;
    if (!terms) return;
    const wanted = options(snapshot);
    if (!wanted) return;
    const { events, isPlanned } = livedEvents(api, snapshot);
    const { value, issues } = attempt(api, () => api.remind(terms, wanted, events));
    planned.hidden = !isPlanned;
    if (!value) {
      // Of what can be typed only the title is judged by the engine.
      title.say(issues[0].message[locale], true);
      return;
    }
    title.say();
    plan = value;
    showList();
    showCalls();
    agenda.show(snapshot, { payday: wanted.payday, title: wanted.title });
  });
  const agenda = mountAgenda(agendaSection, api, draw);

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => draw());
  developers.addEventListener("toggle", showCalls);
  host.addEventListener("change", showCalls);
  more.addEventListener("click", () => {
    showsAll = !showsAll;
    showList();
  });
  download.addEventListener("click", () => {
    save(`${plan.title}.ics`, plan.icalendar);
    announce(say("reminders.downloaded"));
  });
}

/** Hands a file to the reader. It is made here and goes nowhere else. */
function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/calendar;charset=utf-8" }));
  const link = make("a", { href: address, download: name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, "_") });
  link.click();
  // The browser reads the file after the click; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
