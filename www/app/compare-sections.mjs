/** The two sections of the comparisons, empty: their advert's fields belong to the page's form, whose text they start with. */

import { make } from "./dom.mjs";
import { said, speak } from "./panel-parts.mjs";

/** A rate's forms in the order of reading. */
export const FORMS = ["simpleAnnual", "compoundAnnual", "monthly", "daily", "flat"];
const BASES = ["flat", "daily", "monthly"];
const COLUMNS = ["offer", "annual", "payment", "cost"];

/** Both sections in that language. */
export function compareSections(form, locale) {
  const sections = [advertSection(form), offersSection()];
  for (const section of sections) speak(section, locale);
  return sections;
}

const section = (id, heading, ...children) => make("section", { class: "card compare", "aria-labelledby": id }, said("h2", heading, { id }), ...children);

function advertSection({ advert, advertBasis }) {
  const rate = make("input", {
    form: "terms", id: "advert", name: "advert", type: "text", inputmode: "decimal", maxlength: "40", autocomplete: "off",
    "aria-describedby": "advert-note",
  });
  const basis = make("select", { form: "terms", id: "advertBasis", name: "advertBasis", "data-label": "advert.basis" },
    BASES.map((value) => said("option", `advert.${value}`, { value })));
  rate.value = advert;
  basis.value = advertBasis;
  return section("advert-heading", "advert.label", make("div", { class: "compare-advert" },
    make("div", { class: "field", "data-field": "advert" }, said("label", "advert.rate", { for: "advert" }),
      make("div", { class: "control control-joined" }, rate, basis), make("p", { class: "note", id: "advert-note" })),
    make("div", { id: "advert-result", hidden: true }, make("p", { class: "advert-sentence", id: "advert-sentence" }),
      make("dl", { class: "advert-forms" },
        FORMS.map((form) => make("div", {}, said("dt", `advert.${form}`), make("dd", { id: `advert-${form}` })))))));
}

function offersSection() {
  // The table has explicit roles because its rows are laid out as a grid on a phone.
  const heads = COLUMNS.map((column) => said("th", `offers.${column}`, { role: "columnheader", scope: "col" }));
  return section("offers-heading", "offers.label", said("p", "offers.hint", { class: "note" }),
    make("div", { class: "compare-actions" }, said("button", "offers.keep", { class: "quiet-button", type: "button", id: "offer-keep" }),
      make("label", { class: "check" }, make("input", { type: "checkbox", id: "offer-samples" }), said("span", "offers.samples"))),
    make("div", { class: "schedule-scroller", role: "region", tabindex: "0", "data-label": "offers.region" },
      make("table", { class: "offers", role: "table", "aria-labelledby": "offers-heading" },
        make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, heads)), make("tbody", { id: "offer-rows", role: "rowgroup" }))),
    make("p", { class: "note", id: "offers-left" }), make("p", { class: "note", id: "offers-note", hidden: true }));
}
