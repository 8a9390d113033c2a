/**
 * The questions of a policy as a form: one for each input, with what it is asked for. Answers stay in the fields; nothing keeps them.
 *
 * What a field holds is read as everywhere on the page ("1.2万", "20,000"); what cannot be read has a sentence beside it, and what is
 * left empty is not given.
 */

import { make, setText } from "./dom.mjs";
import { choices, field } from "./panel-parts.mjs";
import { parseAmount } from "./parse.mjs";
import { labelOf, purposeOf, valueLabelOf } from "./policies.mjs";
import { TEXT_LENGTH_MAX, isCivilDate } from "./state.mjs";
import { word } from "./words.mjs";

/** Several amounts stand in one field, with blanks, semicolons or lines between; a comma may belong to a number. */
const BETWEEN_AMOUNTS = /[\s;；、]+/;
const LIST_LENGTH_MAX = 400;

/**
 * Builds the questions. Gives `element`, `read()` with `{ facts, problems }` (problems are shown beside their fields too), `speak(locale)`,
 * `clear()` and `focus(name)`.
 */
export function questionsOf(policy, inputs, prefix) {
  const questions = inputs.map((input) => questionOf(policy, input, `${prefix}-${input.name}`));
  return {
    element: make("div", { class: "questions" }, questions.map(({ element }) => element)),
    read(locale) {
      const facts = {};
      const problems = [];
      for (const [index, question] of questions.entries()) {
        const { value, problem } = question.read();
        const { name } = inputs[index];
        question.say(problem && word(locale, problem), problem !== undefined, locale);
        if (problem) problems.push(name);
        else if (value !== undefined) facts[name] = value;
      }
      return { facts, problems };
    },
    /** Says what is wrong beside a field; what the engine refuses belongs there too. */
    say(name, text) {
      questions[inputs.findIndex((input) => input.name === name)]?.say(text, true);
    },
    speak: (locale) => questions.forEach((question) => question.speak(locale)),
    clear: () => questions.forEach((question) => question.clear()),
    focus: (name) => questions[inputs.findIndex((input) => input.name === name)]?.focus(),
  };
}

function questionOf(policy, input, id) {
  const label = make(input.type === "boolean" ? "legend" : "label", input.type === "boolean" ? {} : { for: id });
  const made = BUILDERS[builderOf(input)](policy, input, id, label);
  const { element, control, read } = made;
  let hint = "";
  let says;
  return {
    element,
    read,
    focus: () => control.focus(),
    clear() {
      control.value = "";
      this.say(undefined);
    },
    say(text, isError = text !== undefined) {
      says = text;
      made.say(text ?? hint, isError && text !== undefined);
    },
    speak(locale) {
      label.replaceChildren(labelOf(policy, input.name, locale));
      for (const [shown, code] of [[input.sensitive, "questions.sensitive"], [!input.required, "questions.optional"]]) {
        if (shown) label.append(" ", make("span", { class: `tag tag-${code.split(".")[1]}` }, word(locale, code)));
      }
      const purpose = word(locale, "questions.purpose", { purpose: purposeOf(policy, input, locale) });
      hint = input.type === "decimals" ? `${purpose} ${word(locale, "questions.flows_hint")}` : purpose;
      if (says === undefined) made.say(hint, false);
      made.speak?.(locale);
    },
  };
}

const builderOf = ({ type, values }) => (type === "text" ? (values ? "oneOf" : "words") : type);

const BUILDERS = {
  integer: (policy, input, id, label) => number(id, label, "numeric", readWhole),
  decimal: (policy, input, id, label) => number(id, label, "decimal", parseAmount),
  decimals(policy, input, id, label) {
    return number(id, label, "text", (typed) => {
      const amounts = typed.trim().split(BETWEEN_AMOUNTS).map(parseAmount);
      const { problem } = amounts.find((amount) => amount.problem) ?? {};
      return problem ? { problem } : { value: amounts.map(({ value }) => value) };
    }, LIST_LENGTH_MAX);
  },
  words: (policy, input, id, label) => number(id, label, "text", (typed) => ({ value: typed.trim() })),
  date(policy, input, id, label) {
    const control = make("input", { type: "date" });
    const read = () => (control.value === "" ? {} : isCivilDate(control.value) ? { value: control.value } : { problem: "problem.no_date" });
    return { ...field({ id, label, control }), read };
  },
  boolean(policy, input, id, legend) {
    const made = choices({ id, legend, name: id, options: { true: "questions.yes", false: "questions.no" } });
    return { ...made, read: () => (made.control.value === "" ? {} : { value: made.control.value === "true" }) };
  },
  oneOf(policy, input, id, label) {
    const options = ["", ...input.values].map((value) => make("option", { value }));
    const control = make("select", {}, options);
    return {
      ...field({ id, label, control }),
      read: () => (control.value === "" ? {} : { value: control.value }),
      speak(locale) {
        for (const option of options) {
          setText(option, option.value === "" ? word(locale, "questions.choose") : valueLabelOf(policy, input.name, option.value, locale));
        }
      },
    };
  },
};

/** A field to type in; empty is no answer. */
function number(id, label, inputmode, parse, maxlength = TEXT_LENGTH_MAX) {
  const control = make("input", { type: "text", inputmode, maxlength, autocomplete: "off" });
  const read = () => {
    if (control.value.trim() === "") return {};
    const { value, problem } = parse(control.value);
    return problem ? { problem: problem.includes(".") ? problem : `problem.${problem}` } : { value };
  };
  return { ...field({ id, label, control }), read };
}

function readWhole(typed) {
  const { value, problem } = parseAmount(typed.replace(/\s*(岁|周岁|次|笔)$/, ""));
  if (problem) return { problem: "questions.not_whole" };
  return /^-?\d{1,9}$/.test(value) ? { value: Number(value) } : { problem: "questions.not_whole" };
}
