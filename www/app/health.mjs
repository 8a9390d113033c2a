/** The financial health score (金融健康分): the shipped policy's questions, and the score with where its points come from. */

import { announce } from "./announcer.mjs";
import { make } from "./dom.mjs";
import { money } from "./format.mjs";
import { attempt, button, complaintLine, drawAtRest, fold, mainButton, panelHead, speak, tick } from "./panel-parts.mjs";
import { FINANCIAL_HEALTH, labelOf } from "./policies.mjs";
import { questionsOf } from "./precheck-questions.mjs";
import { neededWords } from "./precheck-reasons.mjs";
import table from "./words/precheck.mjs";
import { addWords, word } from "./words.mjs";

addWords(table);

const policy = FINANCIAL_HEALTH;

/** The most points that a part can give: the largest output of its table. */
const maximumOf = (part) => {
  const { table: rules } = policy.decisions.find(({ name }) => name === part);
  return Math.max(...rules.rules.map(({ then }) => Number(then)));
};

export function mount(section, store) {
  const { api } = store;
  let locale;
  let isAsked = false;

  panelHead(section, "health.heading", "health.lead");
  const questions = questionsOf(policy, policy.inputs, "health");
  const consent = tick({ id: "health-consent", label: "precheck.consent" });
  const complaint = complaintLine("health-complaint");
  consent.control.setAttribute("aria-describedby", complaint.element.id);
  const clear = button("precheck.clear", { id: "health-clear" });
  const form = make("form", { class: "panel-form", id: "health-form", novalidate: true, autocomplete: "off" }, questions.element,
    consent.element, complaint.element, make("div", { class: "panel-actions" }, mainButton("health.run", { type: "submit", id: "health-run" }), clear));
  const result = make("section", { class: "panel-result", id: "health-result", tabindex: "-1", "aria-labelledby": "health-outcome", hidden: true });
  section.append(fold("health-fold", "health.open", form), result);

  function forget() {
    isAsked = false;
    result.hidden = true;
    result.replaceChildren();
    complaint.say(undefined);
  }

  /** The score, or the names of the questions that stand in its way. */
  function score() {
    const { facts, problems } = questions.read(locale);
    if (problems.length > 0) return { problems };
    const { value, issues } = attempt(api, () => api.healthScore(facts, { locale }));
    for (const issue of issues ?? []) {
      const name = issue.field.replace(/^facts\.([^.[]+).*/, "$1");
      problems.push(name);
      const isMissing = issue.code === "required";
      questions.say(name, isMissing ? word(locale, "problem.empty")
        : issue.code === "not_one_of" && issue.limit ? word(locale, "questions.refused", { needed: neededWords(policy, name, issue.limit, locale) })
        : issue.message[locale]);
    }
    return { value, problems };
  }

  function showResult(isNews) {
    const { value, problems } = score();
    result.hidden = value === undefined;
    complaint.say(value ? undefined : word(locale, "health.incomplete"));
    if (!value) {
      if (isNews) questions.focus(problems[0]);
      return;
    }
    result.replaceChildren(...partsOf(value, locale));
    if (isNews) {
      result.focus();
      announce(word(locale, "health.announce", { score: value.score, band: value.bandMessage }));
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!consent.control.checked) {
      complaint.say(word(locale, "precheck.consent_needed"));
      consent.control.focus();
      return;
    }
    isAsked = true;
    showResult(true);
  });
  consent.control.addEventListener("change", () => (consent.control.checked ? complaint.say(undefined) : forget()));
  clear.addEventListener("click", () => {
    consent.control.checked = false;
    questions.clear();
    forget();
  });
  form.addEventListener("input", ({ target }) => {
    if (target !== consent.control && isAsked) draw();
  });

  const draw = drawAtRest(section, store, (snapshot) => {
    // A third party's page may give no score: there the panel is not shown, and what was answered is gone.
    const isAway = snapshot.operator === "thirdParty";
    if (isAway && !section.hidden) {
      consent.control.checked = false;
      questions.clear();
      forget();
    }
    section.hidden = isAway;
    const isNewLocale = snapshot.locale !== locale;
    locale = snapshot.locale;
    if (isNewLocale) {
      speak(section, locale);
      questions.speak(locale);
    }
    if (isAsked) showResult(false);
  });
}

function partsOf({ score, bandMessage, band, parts, topicMessages, advisedLimit, notice }, locale) {
  const say = (code, values) => word(locale, code, values);
  const bars = parts.map(({ code, points, message }) => {
    const maximum = maximumOf(code);
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.setProperty("--share", points / maximum);
    return make("li", {}, make("span", { class: "bar-head" }, make("b", {}, labelOf(policy, code, locale)),
      make("span", { "aria-label": say("health.points", { points, maximum }), role: "img" }, say("health.points_short", { points, maximum }))),
    bar, make("span", { class: "detail" }, message));
  });
  const isNone = advisedLimit === undefined || /^0(\.0*)?$/.test(advisedLimit);
  return [
    make("h3", { class: "score", id: "health-outcome" }, make("data", { value: score }, String(score)),
      make("span", {}, say("health.of")), make("span", { class: `band band-${band}` }, bandMessage)),
    make("p", { class: "notice" }, notice),
    make("div", { class: "result-part" }, make("h4", {}, say("health.parts")), make("ul", { class: "bars" }, bars)),
    make("div", { class: "result-part" }, make("h4", {}, say("health.advised")),
      make("p", {}, isNone ? say("health.advised_none") : money(advisedLimit))),
    make("div", { class: "result-part" }, make("h4", {}, say("health.topics")),
      topicMessages.length > 0 ? make("ul", { class: "topics" }, topicMessages.map((topic) => make("li", {}, topic)))
        : make("p", {}, say("health.no_topics"))),
  ];
}
