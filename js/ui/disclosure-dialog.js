// The pop-up of the all-in cost (金规〔2026〕2号: 弹窗, 强制阅读时间, 确认): a time to read that is seen to run, scrolling to the end, a box
// that is not ticked, and a button. It closes at once by its button or by Escape; only confirming makes a record.

import { WORDS } from "./dialog-words.js";
import { disclosureTable } from "./disclosure-table.js";
import { make } from "./make.js";
import { sayIn } from "./words.js";

/** @typedef {import("../clearloan.js").Disclosure} Disclosure */
/** @typedef {import("../clearloan.js").Locale} Locale */

/** Often enough that no second is seen to be skipped. */
const TICK_MILLISECONDS = 200;
/** A device's fractions of a pixel. */
const END_SLACK_PIXELS = 2;

/**
 * Opens the pop-up below `parent`, which is the page's body or an element's shadow root.
 *
 * @param {object} options
 * @param {Node & { append(...nodes: Node[]): void }} options.parent
 * @param {Disclosure} options.disclosure
 * @param {Locale} options.locale
 * @param {(record: { secondsRead: number }) => void} options.confirmed called once the reader has confirmed
 * @param {() => void} [options.print] where the surroundings can print the pop-up alone
 * @returns {HTMLDialogElement}
 */
export function openDisclosure({ parent, disclosure, locale, confirmed, print }) {
  const say = sayIn(locale, WORDS);
  const title = make("h2", { id: "cost-title", class: "cost-title" }, say(`title.${disclosure.regime}`));
  const { headline, readingSeconds } = disclosure;
  const scroller = make("div", { class: "cost-scroller", role: "region", tabindex: 0, "aria-label": say("region") },
    make("p", { class: "cost-headline-label" }, headline.label),
    make("p", { class: "cost-headline" }, headline.shown),
    make("p", { class: "cost-method" }, headline.method),
    disclosureTable(disclosure, locale, { notes: false }));
  const clock = make("p", { class: "cost-clock" });
  // The clock is for the eye; a screen reader hears what is asked for when it changes, not every second.
  clock.setAttribute("aria-hidden", "true");
  const spoken = make("p", { class: "visually-hidden", role: "status" });
  const box = make("input", { type: "checkbox", id: "cost-agree", disabled: true });
  const confirm = make("button", { type: "button", class: "primary-button", part: "confirm", disabled: true }, say("confirm"));
  const close = make("button", { type: "button", class: "quiet-button", part: "close" }, say("close"));
  const printer = print && make("button", { type: "button", class: "quiet-button cost-print" }, say("print"));
  const dialog = make("dialog", { class: "cost-dialog", part: "disclosure", "aria-labelledby": "cost-title" },
    make("div", { class: "cost-head" }, title, close),
    scroller,
    make("div", { class: "cost-foot" }, clock, spoken,
      make("label", { class: "cost-agree", for: "cost-agree" }, box, make("span", {}, say("agree"))),
      make("div", { class: "cost-actions" }, printer, confirm)));

  let readMilliseconds = 0;
  let last = performance.now();
  let reachedEnd = false;

  function look() {
    const now = performance.now();
    // Time in another tab is not time spent reading.
    if (document.visibilityState === "visible") readMilliseconds += now - last;
    last = now;
    if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - END_SLACK_PIXELS) reachedEnd = true;
    const left = Math.ceil(readingSeconds - readMilliseconds / 1000);
    const done = left <= 0 && reachedEnd;
    const asked = say(done ? "read.done" : left > 0 ? "read.seconds" : "read.scroll", { seconds: Math.max(left, 0) });
    if (clock.textContent !== asked) clock.textContent = asked;
    const news = done ? asked : left > 0 ? say("read.seconds", { seconds: readingSeconds }) : asked;
    if (spoken.textContent !== news) spoken.textContent = news;
    if (done) box.disabled = false;
    confirm.disabled = !(done && box.checked);
  }

  const timer = setInterval(look, TICK_MILLISECONDS);
  scroller.addEventListener("scroll", look, { passive: true });
  box.addEventListener("change", look);
  close.addEventListener("click", () => dialog.close());
  if (printer && print) printer.addEventListener("click", print);
  confirm.addEventListener("click", () => {
    look();
    dialog.close();
    confirmed({ secondsRead: Math.floor(readMilliseconds / 1000) });
  });
  dialog.addEventListener("close", () => {
    clearInterval(timer);
    dialog.remove();
  });

  parent.append(dialog);
  // The browser keeps the focus inside, and gives it back to where it was.
  dialog.showModal();
  scroller.focus();
  look();
  return dialog;
}
