/** A small button beside each figure that can be explained; the explanation itself loads with the page's second half. */

import { byId, make } from "./dom.mjs";
import { word } from "./words.mjs";

/** The engine's name of the headline's rate, by regime. */
export const HEADLINE_FIGURE = { CN: "simpleAnnual", US: "usApr", EU: "euAprc", UK: "euAprc", IN: "simpleAnnual" };

/**
 * Each figure with the element that names it. `payments` and `proceeds` are sums that the page explains from the quote itself; all the
 * others are the engine's.
 */
export const EXPLAINED = {
  headline: "headline-label",
  payment: "payment-label",
  financeCharge: "financeCharge-label",
  payments: "payments-label",
  proceeds: "proceeds-label",
  interest: "legend-interest-label",
  simpleAnnual: "simpleAnnual-label",
  compoundAnnual: "compoundAnnual-label",
  xirr: "xirr-label",
  irrPerPeriod: "irrPerPeriod-label",
  itemised: "itemised-label",
  usApr: "usApr-label",
  euAprc: "euAprc-label",
};

/** Puts the buttons in place; before the first paint, so that nothing moves. */
export function addExplainButtons() {
  for (const [figure, labelId] of Object.entries(EXPLAINED)) {
    const button = make("button", { type: "button", class: "explain", "data-explain": figure, "aria-haspopup": "dialog" }, "?");
    byId(labelId).after(button);
  }
}

/** Names the buttons after what they explain; called once the labels are in the language chosen. */
export function nameExplainButtons(locale) {
  for (const [figure, labelId] of Object.entries(EXPLAINED)) {
    const name = word(locale, "explain.button", { figure: byId(labelId).textContent });
    const button = document.querySelector(`[data-explain=${figure}]`);
    if (button.getAttribute("aria-label") !== name) button.setAttribute("aria-label", name);
  }
}
