// A disclosure laid out: the items with who collects them, what happens on default, the amounts, the sentences, the limits.

import { grouped, make, percent } from "./make.js";
import { sayIn } from "./words.js";

/** @typedef {import("../clearloan.js").Disclosure} Disclosure */
/** @typedef {import("../clearloan.js").Locale} Locale */

/** Limits are round numbers; what is measured against them is shown as finely as the headline. */
const LIMIT_DECIMALS = 2;
/** Said once in the figures' own signs; the row would say nothing more. */
const LEFT_OUT = ["currency"];

/**
 * @param {string} caption
 * @param {string[]} columns their heads; none where each row is a name and its value
 * @param {(string | Node)[][]} rows
 */
function table(caption, columns, rows) {
  return make("table", { class: "cost-table", part: "table" },
    make("caption", {}, caption),
    columns.length > 0 ? make("thead", {}, make("tr", {}, columns.map((column) => make("th", { scope: "col" }, column)))) : undefined,
    make("tbody", {}, rows.map(([first, ...others]) =>
      make("tr", {}, make("th", { scope: "row" }, first), others.map((cell) => make("td", {}, cell))))));
}

/**
 * @param {Disclosure} disclosure
 * @param {Locale} locale
 * @returns {HTMLElement}
 */
export function disclosureTable(disclosure, locale) {
  const say = sayIn(locale);
  /** @param {string} payee */
  const payee = (payee) => (payee === "" ? make("em", { class: "unnamed" }, say("unnamed")) : payee);
  const { items, contingent, figures, statements, caps, pricing, legalBasis, warnings } = disclosure;
  return make("div", { class: "cost-statement" },
    table(say("items"), [say("item"), say("collection"), say("standard"), say("payee")],
      items.map((item) => [item.name, item.collection, grouped(item.standard), payee(item.payee)])),
    contingent.length > 0
      ? table(say("contingent"), [say("item"), say("contingent.standard"), say("payee")],
        contingent.map((item) => [item.name, grouped(item.standard), payee(item.payee)]))
      : make("p", { class: "cost-none" }, make("b", {}, say("contingent")), " ", say("contingent.none")),
    table(say("figures"), [], figures.filter(({ code }) => !LEFT_OUT.includes(code))
      .map(({ label, value }) => [label, grouped(value)])),
    pricing && pricing.length > 0
      ? table(say("pricing"), [say("item"), say("pricing.rate")],
        pricing.map(({ component, rate }) => [component, percent(rate, LIMIT_DECIMALS)]))
      : undefined,
    statements.map((sentence) => make("p", { class: "cost-sentence" }, grouped(sentence))),
    caps.length > 0 ? capList(caps, say) : undefined,
    make("p", { class: "cost-basis" }, make("b", {}, say("basis")), " ",
      legalBasis.map(({ title, inForceSince }) => say("basis.since", { title, date: inForceSince })).join(locale === "en" ? "; " : "；")),
    warnings.length > 0
      ? make("details", { class: "cost-warnings" }, make("summary", {}, `${say("warnings")} (${warnings.length})`),
        make("ul", {}, warnings.map((sentence) => make("li", {}, sentence))))
      : undefined);
}

/**
 * Within or not, in words and with a sign, never by colour alone.
 *
 * @param {Disclosure["caps"]} caps
 * @param {ReturnType<typeof sayIn>} say
 */
function capList(caps, say) {
  return make("div", { class: "cost-caps" },
    make("b", {}, say("caps")),
    make("ul", {}, caps.map(({ limit, measured, within, legalBasis }) => make("li", { class: within ? "is-within" : "is-beyond" },
      make("span", { class: "cap-measure" }, say(within ? "cap.within" : "cap.beyond", {
        measured: percent(measured, LIMIT_DECIMALS), limit: percent(limit, LIMIT_DECIMALS),
      })),
      make("span", { class: "cap-basis" }, legalBasis)))));
}
