// The statement alone on paper, from within a page whose own styles are not ours to change: a frame that holds nothing else is printed.

import { WORDS } from "./dialog-words.js";
import { disclosureTable } from "./disclosure-table.js";
import { make } from "./make.js";
import { sayIn } from "./words.js";

/** @typedef {import("../clearloan.js").Disclosure} Disclosure */
/** @typedef {import("../clearloan.js").Locale} Locale */

/** On paper: dark on white whatever the screen shows, and no row split over two sheets. */
const PAPER = `
:root { max-width: none; color-scheme: light; }
body { margin: 0; color: #000; font-family: system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", sans-serif; font-size: 11pt; line-height: 1.5; }
h1, p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { margin-block-end: 1rem; font-size: 1.25rem; }
tr, .cost-sentence, li { break-inside: avoid; }
`;

/**
 * Prints a disclosure; the browser's own dialogue also saves it as PDF, under the statement's title.
 *
 * @param {object} options
 * @param {Disclosure} options.disclosure
 * @param {Locale} options.locale
 * @param {string} options.styles the sheet that the statement has on the screen
 * @returns {HTMLIFrameElement} gone once it has been printed
 */
export function printStatement({ disclosure, locale, styles }) {
  const title = sayIn(locale, WORDS)(`title.${disclosure.regime}`);
  const { headline } = disclosure;
  const frame = make("iframe", { "aria-hidden": "true", tabindex: -1 });
  Object.assign(frame.style, { position: "fixed", width: "0", height: "0", border: "0", visibility: "hidden" });
  document.body.append(frame);
  const inner = /** @type {Window & typeof globalThis} */ (frame.contentWindow);
  const paper = inner.document;
  paper.documentElement.lang = locale;
  paper.title = title;
  // A constructed sheet, of the frame's own making, needs no inline style, which a strict page would refuse.
  const sheet = new inner.CSSStyleSheet();
  sheet.replaceSync(styles.replace(/:host/g, ":root").replace(/@media \(prefers-color-scheme: dark\)/, "@media not all") + PAPER);
  paper.adoptedStyleSheets = [sheet];
  paper.body.append(make("main", {},
    make("h1", {}, title),
    make("p", { class: "cost-headline-label" }, headline.label),
    make("p", { class: "cost-headline" }, headline.shown),
    make("p", { class: "cost-method" }, headline.method),
    disclosureTable(disclosure, locale, { notes: false })));
  inner.addEventListener("afterprint", () => frame.remove());
  inner.print();
  return frame;
}
