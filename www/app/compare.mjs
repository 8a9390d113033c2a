/**
 * Two comparisons: a rate from an advert in all its forms against this loan, and offers side by side, this one, those that the
 * reader keeps, and the catalogue's samples at the same amount and count.
 */

import catalogue from "../../policies/products.json" with { type: "json" };
import { FORMS, compareSections } from "./compare-sections.mjs";
import { byId, make, setText } from "./dom.mjs";
import { compare as compareDecimals, scaled } from "./decimal-text.mjs";
import { money, percent } from "./format.mjs";
import { parsePercent } from "./parse.mjs";
import table from "./words/compare.mjs";
import { addWords, word } from "./words.mjs";

addWords(table);

/** More would not fit side by side; the engine takes any number. */
const KEPT_MAX = 4;
/** A difference of rates is shown in percentage points with as many decimals as the rates. */
const POINT_DECIMALS = 2;
/** Rates have 10 decimals. */
const RATE_DECIMALS = 10;
/** Small rates need more decimals to be told apart. */
const FORM_DECIMALS = { simpleAnnual: 2, compoundAnnual: 2, monthly: 4, daily: 4, flat: 4 };

export function mountCompare(store) {
  /** Offers kept by the reader: a name by number, and terms. */
  const kept = [];
  let number = 0;
  const { form, locale } = store.get();
  byId("panels").before(...compareSections(form, locale));
  const draw = () => {
    showAdvert(store);
    showOffers(store, kept, remove);
  };
  const remove = (offer) => {
    kept.splice(kept.indexOf(offer), 1);
    draw();
    byId("offer-keep").focus();
  };

  byId("offer-keep").addEventListener("click", () => {
    const { terms, isOutdated } = store.get();
    if (!terms || isOutdated || kept.length === KEPT_MAX) return;
    number += 1;
    kept.push({ number, terms });
    draw();
  });
  byId("offer-samples").addEventListener("change", draw);
  // A slider's many steps wait until it rests: nothing here is needed while it moves.
  store.subscribe(({ isSliding }) => { if (!isSliding) draw(); });
}

/** What the advert's rate is in all its forms, for as many instalments as this loan has. */
function showAdvert(store) {
  const { form, locale, quote } = store.get();
  const { value, problem } = parsePercent(form.advert);
  const note = byId("advert-note");
  const result = byId("advert-result");
  let sentence = word(locale, "advert.hint");
  let rates;
  let isWrong = false;
  if (form.advert.trim() === "") {
    // Nothing asked.
  } else if (problem) {
    [sentence, isWrong] = [word(locale, `problem.${problem}`), true];
  } else if (quote) {
    try {
      rates = store.api.translateRate({ [form.advertBasis]: value, instalmentCount: quote.terms.instalmentCount });
    } catch (error) {
      if (!(error instanceof store.api.LoanError)) throw error;
      [sentence, isWrong] = [error.issues[0].message[locale], true];
    }
  }
  setText(note, sentence);
  note.classList.toggle("is-error", isWrong);
  byId("advert").toggleAttribute("aria-invalid", isWrong);
  if (isWrong) byId("advert").setAttribute("aria-invalid", "true");
  result.hidden = !rates;
  if (!rates) return;

  for (const form of FORMS) setText(byId(`advert-${form}`), percent(rates[form], FORM_DECIMALS[form]));
  const difference = scaled(quote.cost.simpleAnnual, RATE_DECIMALS) - scaled(rates.simpleAnnual, RATE_DECIMALS);
  const points = difference < 0n ? -difference : difference;
  const code = difference > 0n ? "advert.dearer" : difference < 0n ? "advert.cheaper" : "advert.same";
  setText(byId("advert-sentence"), word(locale, code, {
    advert: percent(rates.simpleAnnual), loan: percent(quote.cost.simpleAnnual), count: quote.terms.instalmentCount,
    points: percent(`0.${String(points).padStart(RATE_DECIMALS, "0")}`, POINT_DECIMALS).replace("%", ""),
  }));
}

/** A sample at this loan's amount, count and dates; undefined where its ranges do not reach them. */
function sampleTerms(product, { principal, instalmentCount, disbursementDate, dueDay, firstDueDate }) {
  const { minimum, maximum } = product.principal;
  const fits = compareDecimals(principal, minimum) >= 0 && compareDecimals(principal, maximum) <= 0 && product.instalmentCounts.includes(instalmentCount);
  return fits ? { ...product.terms, principal, instalmentCount, disbursementDate, ...(firstDueDate ? { firstDueDate } : dueDay && { dueDay }) } : undefined;
}

function showOffers(store, kept, remove) {
  const { locale, terms } = store.get();
  if (!terms) return;
  const wantsSamples = byId("offer-samples").checked;
  const samples = wantsSamples ? catalogue.products.map((product) => ({ product, terms: sampleTerms(product, terms) })) : [];
  const offers = [
    { id: "this", name: word(locale, "offers.this"), terms },
    ...kept.map((offer) => ({ id: `kept-${offer.number}`, name: word(locale, "offers.kept", { number: offer.number }), terms: offer.terms, kept: offer })),
    ...samples.filter((sample) => sample.terms).map(({ product, terms }) =>
      ({ id: product.id, name: product.name[locale], terms, product })),
  ];
  const { cheapest, offers: compared } = store.api.compare(offers.map(({ id, terms }) => ({ id, terms })));
  byId("offer-rows").replaceChildren(...compared.map(({ id, quote, extraCost }, index) => {
    const offer = offers[index];
    // A product without a published range says that its figures are invented.
    const range = offer.product && (offer.product.note?.[locale] ?? word(locale, "offers.range", { from: percent(offer.product.annual.minimum, 0), to: percent(offer.product.annual.maximum, 0) }));
    const removal = offer.kept && make("button", { type: "button", class: "quiet-button offer-remove" }, word(locale, "offers.remove", { name: offer.name }));
    removal?.addEventListener("click", () => remove(offer.kept));
    return make("tr", { role: "row" },
      make("th", { scope: "row", role: "rowheader" }, offer.name,
        offer.product && make("span", { class: "offer-tag" }, word(locale, "offers.sample")), make("span", { class: "detail" }, offerDetail(offer, quote, locale)),
        range && make("span", { class: "detail" }, range), removal),
      make("td", { role: "cell" }, make("b", {}, percent(quote.cost.simpleAnnual)),
        id === cheapest && offers.length > 1 ? make("span", { class: "detail" }, word(locale, "offers.cheapest")) : undefined),
      make("td", { role: "cell" }, money(quote.schedule.firstPayment)),
      make("td", { role: "cell" }, money(quote.schedule.totals.financeCharge),
        id === cheapest ? undefined : make("span", { class: "detail" }, extra(extraCost, locale))));
  }));
  const left = samples.filter((sample) => !sample.terms).map(({ product }) => product.name[locale]);
  setText(byId("offers-left"), left.length === 0 ? "" : word(locale, "offers.left", { names: left.join(word(locale, "offers.comma")) }));
  byId("offers-note").hidden = !wantsSamples;
  setText(byId("offers-note"), catalogue.note[locale]);
  byId("offer-keep").disabled = kept.length === KEPT_MAX;
}

const extra = (cost, locale) => (cost.startsWith("-")
  ? word(locale, "offers.less", { amount: money(cost.slice(1)) }) : word(locale, "offers.more", { amount: money(cost) }));

/** How much, for how long and in what way: what makes two offers comparable or not. */
function offerDetail({ terms }, { terms: { principal, instalmentCount } }, locale) {
  return word(locale, "offers.detail", { amount: money(principal), count: instalmentCount, method: word(locale, `method.${terms.method}`) });
}
