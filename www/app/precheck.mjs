/**
 * The pre-check: the policy's questions, explicit consent, and what the engine says, with reasons and what would help.
 *
 * Answers are in the fields and nowhere else. Nothing is worked out of them before consent is given, and taking it back takes the
 * result away.
 */

import { announce } from "./announcer.mjs";
import { make } from "./dom.mjs";
import { attempt, choices, complaintLine, drawAtRest, fold, mainButton, button, panelHead, said, speak, tick } from "./panel-parts.mjs";
import { CONSUMER_CREDIT, policyWords } from "./policies.mjs";
import { questionsOf } from "./precheck-questions.mjs";
import { neededWords } from "./precheck-reasons.mjs";
import { resultOf } from "./precheck-result.mjs";
import table from "./words/precheck.mjs";
import { addWords, word } from "./words.mjs";

addWords(table);

/** One operator's page: its policy, and the questions that it may ask. A third party may reckon with income and repayments only. */
function pageOf(operator, api) {
  const policy = { ...CONSUMER_CREDIT, operator };
  const { income, obligations } = policy.affordability;
  const asked = operator === "lender" ? policy.inputs : policy.inputs.filter(({ name }) => name === income || name === obligations);
  return { policy, handle: api.loadPolicy(policy), questions: questionsOf(policy, asked, `precheck-${operator}`) };
}

export function mount(section, store) {
  const { api } = store;
  const pages = { lender: pageOf("lender", api), thirdParty: pageOf("thirdParty", api) };
  let operator = "lender";
  /** Whether a result was asked for; from then on it follows the answers and the loan. */
  let isAsked = false;
  let locale;

  panelHead(section, "precheck.heading", "precheck.lead");
  const rules = make("p", { class: "note" });
  const thirdLead = said("p", "precheck.third_lead", { class: "note", hidden: true });
  const consent = tick({ id: "precheck-consent", label: "precheck.consent" });
  const complaint = complaintLine("precheck-complaint");
  consent.control.setAttribute("aria-describedby", complaint.element.id);
  const run = mainButton("precheck.run", { type: "submit", id: "precheck-run" });
  const clear = button("precheck.clear", { id: "precheck-clear" });
  const answers = make("div", {}, pages.lender.questions.element, pages.thirdParty.questions.element);
  const who = choices({
    id: "precheck-operator", legend: "precheck.operator", name: "precheck-operator", hint: "precheck.operator.hint", chosen: operator,
    options: { lender: "precheck.operator.lender", thirdParty: "precheck.operator.thirdParty" },
  });
  const form = make("form", { class: "panel-form", id: "precheck-form", novalidate: true, autocomplete: "off" },
    thirdLead, answers, consent.element, complaint.element, make("div", { class: "panel-actions" }, run, clear));
  const result = make("section", { class: "panel-result", id: "precheck-result", tabindex: "-1", "aria-labelledby": "precheck-outcome", hidden: true });
  section.append(fold("precheck-fold", "precheck.open", who.element, form, rules), result);

  const page = () => pages[operator];

  function showOperator() {
    for (const [name, { questions }] of Object.entries(pages)) questions.element.hidden = name !== operator;
    thirdLead.hidden = operator === "lender";
    run.dataset.word = operator === "lender" ? "precheck.run" : "precheck.calculate";
    consent.element.querySelector("label").dataset.word = operator === "lender" ? "precheck.consent" : "precheck.consent_third";
  }

  function showWords() {
    speak(section, locale);
    for (const { questions } of Object.values(pages)) questions.speak(locale);
    const { policy } = page();
    rules.textContent = word(locale, "precheck.rules", { id: policy.id, version: policy.version, lender: policyWords(policy, "lender", locale) ?? policy.lender });
  }

  function forget() {
    isAsked = false;
    result.hidden = true;
    result.replaceChildren();
    complaint.say(undefined);
  }

  /** Runs the policy on the answers; what is wrong with one of them stands beside it. Gives the check, or nothing. */
  function check() {
    const { policy, handle, questions } = page();
    const { facts, problems } = questions.read(locale);
    const { terms, isOutdated, today } = store.get();
    if (problems.length === 0) {
      const on = today < policy.validFrom ? policy.validFrom : today;
      const options = { ...(terms && !isOutdated ? { terms } : {}), on, locale };
      const { value, issues } = attempt(api, () => api.precheck(handle, facts, options));
      if (value) {
        complaint.say(undefined);
        return value;
      }
      for (const issue of issues) {
        const name = issue.field.replace(/^facts\./, "");
        if (!policy.inputs.some((input) => input.name === name)) {
          complaint.say(issue.message[locale]);
          return undefined;
        }
        problems.push(name);
        questions.say(name, sentence(policy, name, issue));
      }
    }
    complaint.say(word(locale, "precheck.problems", { count: problems.length }));
    return Object.assign([], { problems });
  }

  function sentence(policy, name, { limit, message, code }) {
    if (code === "not_one_of" && limit) return word(locale, "questions.refused", { needed: neededWords(policy, name, limit, locale) });
    return message[locale];
  }

  function showResult({ isNews = false } = {}) {
    const checked = check();
    if (!checked || checked.problems) {
      result.hidden = true;
      if (isNews && checked?.problems) page().questions.focus(checked.problems[0]);
      return;
    }
    result.hidden = false;
    result.replaceChildren(...resultOf({
      check: checked, policy: page().policy, locale,
      apply(changes) {
        store.change(changes);
        announce(word(locale, "precheck.applied"));
        result.focus();
      },
      fill: (name) => page().questions.focus(name),
    }));
    if (isNews) {
      result.focus();
      announce(word(locale, "precheck.announce", { outcome: word(locale, `precheck.outcome.${checked.outcome}`) }));
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
    showResult({ isNews: true });
  });
  consent.control.addEventListener("change", () => (consent.control.checked ? complaint.say(undefined) : forget()));
  clear.addEventListener("click", () => {
    consent.control.checked = false;
    page().questions.clear();
    forget();
  });
  who.element.addEventListener("change", () => {
    operator = who.control.value;
    forget();
    consent.control.checked = false;
    showOperator();
    showWords();
    store.notify({ operator });
  });

  const draw = drawAtRest(section, store, (snapshot) => {
    if (snapshot.locale !== locale) {
      locale = snapshot.locale;
      showWords();
    }
    if (isAsked) showResult();
  });
  form.addEventListener("input", ({ target }) => {
    if (target !== consent.control && isAsked) draw();
  });
  showOperator();
}
