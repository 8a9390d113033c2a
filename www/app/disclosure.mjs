/** The law's own view of the quote: the headline rate, the table, and the pop-up that asks to be read and confirmed. */

import { disclosureTable } from "../../js/ui/disclosure-table.js";
import { byId, setFigure, setText } from "./dom.mjs";
import { HEADLINE_FIGURE } from "./explain-buttons.mjs";
import { percent } from "./format.mjs";
import { word } from "./words.mjs";

/** Dispatched on the document once the pop-up is confirmed; its detail is the record. */
export const CONFIRMED = "clearloan:disclosed";

/** Enough of a fingerprint to compare by eye; the record has all of it. */
const FINGERPRINT_SHOWN = 12;

let latest;
let shownFor = "";
let confirmedRecord;

/** The rate that the law puts first, in its own words. */
export function showHeadline({ regime, headline }, locale) {
  setText(byId("headline-label"), headline.label);
  setFigure(byId("headline"), headline.rate, headline.shown);
  setText(byId("headline-meaning"), word(locale, `headline.meaning.${regime}`));
}

/** While a slider moves: the headline of another quote under the same law, from the rate that the law names; written where in sight. */
export function showQuickHeadline(cost, isInSight) {
  const { regime, headline } = latest.disclosure;
  const decimals = headline.shown.split(".")[1]?.replace("%", "").length ?? 0;
  const rate = cost[HEADLINE_FIGURE[regime]];
  const shown = percent(rate, decimals);
  if (isInSight) setFigure(byId("headline"), rate, shown);
  return shown;
}

/** Writes the table; it is built anew only where something in it has changed. */
export function showDisclosure({ disclosure, terms, options }, locale) {
  const key = JSON.stringify(disclosure);
  latest = { disclosure, terms, options, locale };
  if (key === shownFor) return;
  shownFor = key;
  byId("disclosure-table").replaceChildren(disclosureTable(disclosure, locale));
  // What has been confirmed is this quote and no other.
  confirmedRecord = undefined;
  showRecord(locale);
}

function showRecord(locale) {
  const record = confirmedRecord;
  const asked = latest.disclosure.confirmation === "signature" ? word(locale, "disclosure.signature") : "";
  setText(byId("disclosure-record"), record
    ? word(locale, "disclosure.confirmed", { seconds: record.secondsRead, rules: record.rules, fingerprint: record.fingerprint.slice(0, FINGERPRINT_SHOWN) })
    : asked);
}

/** What the table shows at this moment; undefined before the first quote. */
export const disclosed = () => latest;

/** Keeps the record of a confirmation, shows it, and tells the page's surroundings. */
export function confirm(record) {
  confirmedRecord = record;
  showRecord(record.locale);
  document.dispatchEvent(new CustomEvent(CONFIRMED, { detail: record }));
}
