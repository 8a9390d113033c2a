/** The page's second half, loaded once the first quote is on the screen: the pop-up, explanations, comparisons and panels. */

import { openDisclosure } from "../../js/ui/disclosure-dialog.js";
import { mountCompare } from "./compare.mjs";
import { confirm, disclosed } from "./disclosure.mjs";
import { byId } from "./dom.mjs";
import { listenToExplanations } from "./explain-dialog.mjs";
import { mountPanels } from "./panels.mjs";

/** `lastResult()` gives the last valid quote with its disclosure, terms and options. */
export function start(store, lastResult) {
  listenToDisclosure(store);
  listenToExplanations(store, lastResult);
  mountCompare(store);
  mountPanels(byId("panels"), store);
}

function listenToDisclosure({ api }) {
  byId("disclosure-open").addEventListener("click", () => {
    const shown = disclosed();
    if (!shown) return;
    const { disclosure, terms, options, locale } = shown;
    openDisclosure({
      parent: document.body, disclosure, locale,
      print: () => window.print(),
      confirmed: ({ secondsRead }) =>
        confirm({ fingerprint: api.fingerprint(terms), rules: api.version.rules, regime: options.regime, on: options.on, locale, secondsRead }),
    });
  });
}
