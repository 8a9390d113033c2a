// The questions of a policy as a form, and its answer in words.

import { make } from "../ui/make.js";

/** @typedef {import("../clearloan.js").Policy} Policy */
/** @typedef {import("../clearloan.js").Facts} Facts */
/** @typedef {import("../clearloan.js").Precheck} Precheck */
/** @typedef {import("../clearloan.js").Locale} Locale */
/** @typedef {(code: string, values?: Record<string, string | number>) => string} Say */

/** What an answer may be, by the type that the policy gives it; numbers are typed as text, so that none becomes a float. */
const NUMERIC = ["integer", "decimal"];

/**
 * A field for each question: yes or no, one of a list, a day, or text.
 *
 * @param {Policy} policy
 * @param {Locale} locale
 * @param {Say} say
 */
export function questions(policy, locale, say) {
  return policy.inputs.map((input) => {
    const id = `fact-${input.name}`;
    /** @param {string} code @param {string} otherwise */
    const words = (code, otherwise) => policy.messages[code]?.[locale] ?? otherwise;
    const purpose = words(input.purpose, input.purpose);
    const named = words(input.name, "");
    const label = make("label", { for: id }, named || purpose);
    const choices = input.type === "boolean" ? [["true", say("precheck.yes")], ["false", say("precheck.no")]]
      : input.type === "text" && input.values ? input.values.map((value) => [value, words(`value.${input.name}.${value}`, value)]) : undefined;
    const control = choices
      ? make("select", { id, "data-fact": input.name, "data-type": input.type },
        make("option", { value: "" }, say("precheck.empty")), choices.map(([value, shown]) => make("option", { value }, shown)))
      : make("input", {
        id, "data-fact": input.name, "data-type": input.type, autocomplete: "off", maxlength: 80,
        type: input.type === "date" ? "date" : "text", inputmode: NUMERIC.includes(input.type) ? "decimal" : undefined,
      });
    // Why it is asked stands with the question.
    return make("div", { class: "field" }, label, control, named ? make("p", { class: "note" }, purpose) : undefined);
  });
}

/**
 * What was answered; a question left open is no fact.
 *
 * @param {ParentNode} form
 * @returns {Facts}
 */
export function factsOf(form) {
  /** @type {Facts} */
  const facts = {};
  for (const control of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-fact]"))) {
    const { fact = "", type } = control.dataset;
    const text = control.value.trim();
    if (text === "") continue;
    if (type === "boolean") facts[fact] = text === "true";
    else if (type === "integer" && /^-?\d{1,15}$/.test(text)) facts[fact] = Number(text);
    else if (type === "decimals") facts[fact] = text.split(/[,，;；\s]+/);
    else facts[fact] = text;
  }
  return facts;
}

/**
 * The answer: first what it comes to, then why, then what would change it, and that it is no decision.
 *
 * @param {Precheck} answer
 * @param {Say} say
 */
export function answerOf({ outcome, reasons, suggestions, notice, lender }, say) {
  /** @param {{ message: string }[]} sentences */
  const list = (sentences) => (sentences.length === 0 ? undefined : make("ul", {}, sentences.map(({ message }) => make("li", {}, message))));
  return [
    make("p", {}, make("b", {}, say(`outcome.${outcome}`))), list(reasons), list(suggestions),
    notice === undefined ? undefined : make("p", { class: "note" }, notice),
    lender === undefined ? undefined : make("p", {}, say("lender", { name: lender.name })),
  ].filter((part) => part !== undefined);
}
