/** Where a figure comes from: in a sentence, as a formula, and in steps with the numbers put in, of which the last is the figure. */

import { readable } from "../../js/ui/make.js";
import { make, byId } from "./dom.mjs";
import { EXPLAINED, HEADLINE_FIGURE } from "./explain-buttons.mjs";
import table from "./words/explain.mjs";
import { addWords, word } from "./words.mjs";

addWords(table);

/** Sums of which the engine has no explanation of its own, put together from the quote: words of each part, and its amount. */
const SUMS = {
  payments: ({ schedule }) => [
    ["proceeds.label", schedule.proceeds], ["explain.interestAndFees", schedule.totals.financeCharge], ["payments.label", schedule.totals.payments]],
  proceeds: ({ terms, schedule }) => [
    ["explain.principal", terms.principal], ["explain.fees", schedule.totals.fees], ["proceeds.label", schedule.proceeds]],
};

function explanationOf(figure, api, last, locale) {
  const sum = SUMS[figure];
  if (!sum) return api.explain(last.terms, figure === "headline" ? HEADLINE_FIGURE[last.options.regime] : figure, locale);
  const steps = sum(last.quote).map(([code, value]) => ({ text: word(locale, code), value }));
  return { text: word(locale, `explain.${figure}.text`), formula: word(locale, `explain.${figure}.formula`), steps };
}

export function listenToExplanations(store, lastResult) {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-explain]");
    const last = lastResult();
    if (!button || !last) return;
    const figure = button.dataset.explain;
    const { locale } = store.get();
    const shown = byId(figure === "interest" ? "legend-interest" : figure).textContent;
    open(byId(EXPLAINED[figure]).textContent, shown, explanationOf(figure, store.api, last, locale), locale);
  });
}

function open(label, shown, { text, formula, steps }, locale) {
  const close = make("button", { type: "button", class: "quiet-button" }, word(locale, "explain.close"));
  const dialog = make("dialog", { class: "explain-dialog", "aria-labelledby": "explain-title" },
    make("div", { class: "cost-head" }, make("h2", { id: "explain-title" }, label), close),
    make("div", { class: "explain-body", role: "region", tabindex: "0", "aria-labelledby": "explain-title" },
      make("p", { class: "explain-figure" }, shown),
      make("p", {}, readable(text, locale)),
      make("p", { class: "explain-formula" }, formula),
      make("ol", { class: "explain-steps" }, steps.map((step) =>
        make("li", {}, make("span", {}, readable(step.text, locale)), " ", make("b", {}, readable(step.value, locale)))))));
  close.addEventListener("click", () => dialog.close());
  // A tap beside it closes it too: there is nothing in it to lose.
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
