/** The quote in the address bar: written while the form changes, read when a link is opened or edited. */

import { byId, setText } from "./dom.mjs";
import { fromHash, toHash } from "./state.mjs";
import { word } from "./words.mjs";

/** Safari refuses more than 100 history writes in 30 seconds; a slider makes more than that. */
const WRITE_MILLISECONDS = 350;
/** How long the copy button says what it did. */
const COPIED_MILLISECONDS = 2_000;

let timer;
let pending;
let isWaiting = false;
/** The address as it was last written or read. Another one means that a step in the history is on its way here. */
let known = location.hash;

/**
 * Puts the state into the address: at once after a pause, else as soon as the pace allows; no new entry in the history. While a slider
 * moves it waits: a write costs a slow phone a good part of a frame.
 */
export function writeLink(state, locale, { waits = false } = {}) {
  pending = { state, locale };
  isWaiting = waits;
  if (timer === undefined) writeUnlessWaiting();
}

function writeUnlessWaiting() {
  timer = undefined;
  if (!isWaiting) writeNow();
}

function writeNow() {
  clearTimeout(timer);
  timer = undefined;
  if (pending === undefined) return;
  const hash = toHash(pending.state, pending.locale);
  pending = undefined;
  // What was typed before the step belongs to the entry that has been left.
  if (location.hash !== known) return;
  if (hash !== known) history.replaceState(null, "", hash);
  known = location.hash;
  timer = setTimeout(writeUnlessWaiting, WRITE_MILLISECONDS);
}

/** `opened(state, locale)` when the address changes by hand, by back or by forward; `current()` as in the form. */
export function listenToLink({ current, opened }) {
  addEventListener("hashchange", () => {
    known = location.hash;
    const { state, locale, recognised } = fromHash(location.hash);
    if (recognised) {
      pending = undefined;
      opened(state, locale ?? current().locale);
    } else {
      // A jump within the page, such as the skip link: the address goes back to being the quote's.
      writeLink(current().state, current().locale);
    }
  });
  addEventListener("pagehide", writeNow);

  const button = byId("copy-link");
  button.addEventListener("click", async () => {
    const { state, locale } = current();
    writeLink(state, locale);
    writeNow();
    // Without a secure origin there is no clipboard, and some readers deny it.
    const copied = await (navigator.clipboard?.writeText(location.href).then(() => true, () => false) ?? false);
    setText(button, word(locale, copied ? "link.copied" : "link.failed"));
    setTimeout(() => setText(button, word(current().locale, "link.copy")), COPIED_MILLISECONDS);
  });
}
