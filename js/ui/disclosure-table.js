// A disclosure laid out: the items with who collects them, what happens on default, the amounts, the sentences, the limits.

import { dated, make, percent, readable } from "./make.js";
import { sayIn } from "./words.js";

/** @typedef {import("../clearloan.js").Disclosure} Disclosure */
/** @typedef {import("../clearloan.js").Locale} Locale */

/** Limits are round numbers; what is measured against them is shown as finely as the headline. */
const LIMIT_DECIMALS = 2;
/** The income of each joint lender; a sole lender's says nothing that the total interest does not. */
const LENDER_INTEREST = /^lenderInterest\d+$/;

/**
 * @param {string} caption
 * @param {string[]} columns their heads; none where each row is a name and its value
 * @param {(string | Node | (string | Node)[])[][]} rows
 */
function table(caption, columns, rows) {
  return make("table", { class: columns.length > 0 ? "cost-table" : "cost-table cost-figures", part: "table" },
    make("caption", {}, caption),
    columns.length > 0 ? make("thead", {}, make("tr", {}, columns.map((column) => make("th", { scope: "col" }, column)))) : undefined,
    make("tbody", {}, rows.map(([first, ...others]) =>
      make("tr", {}, make("th", { scope: "row" }, first), others.map((cell) => make("td", {}, cell))))));
}

/**
 * @param {Disclosure} disclosure
 * @param {Locale} locale
 * @param {{ notes?: boolean }} [options] whether the notes for whoever runs the page are shown; a borrower's statement has none
 * @returns {HTMLElement}
 */
export function disclosureTable(disclosure, locale, { notes = true } = {}) {
  const say = sayIn(locale);
  /** @param {string} payee */
  const payee = (payee) => (payee === "" ? make("em", { class: "unnamed" }, say("unnamed")) : payee);
  const { items, contingent, figures, statements, caps, pricing, legalBasis, warnings } = disclosure;
  const isJoint = figures.filter(({ code }) => LENDER_INTEREST.test(code)).length > 1;
  return make("div", { class: "cost-statement" },
    table(say("items"), [say("item"), say("collection"), say("standard"), say("payee")],
      items.map((item) => [item.name, item.collection, readable(item.standard, locale), payee(item.payee)])),
    contingent.length > 0
      ? table(say("contingent"), [say("item"), say("contingent.standard"), say("payee")],
        contingent.map((item) => [item.name, readable(item.standard, locale), payee(item.payee)]))
      : make("p", { class: "cost-none" }, make("b", {}, say("contingent")), " ", say("contingent.none")),
    table(say("figures"), [], figures.filter(({ code }) => isJoint || !LENDER_INTEREST.test(code))
      .map(({ label, value }) => [label, readable(value, locale)])),
    pricing && pricing.length > 0
      ? table(say("pricing"), [say("item"), say("pricing.rate")],
        pricing.map(({ component, rate }) => [component, percent(rate, LIMIT_DECIMALS)]))
      : undefined,
    statements.map((sentence) => make("p", { class: "cost-sentence" }, readable(sentence, locale))),
    caps.length > 0 ? capList(caps, say) : undefined,
    make("p", { class: "cost-basis" }, make("b", {}, say("basis")), " ",
      dated(legalBasis.map(({ title, inForceSince }) => say("basis.since", { title, date: inForceSince })).join(locale === "en" ? "; " : "；"), locale)),
    notes && warnings.length > 0
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
