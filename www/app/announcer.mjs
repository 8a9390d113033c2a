/** Tells screen readers about a new result or a new problem, politely, once the reader's hands have rested. */

import { byId, setText } from "./dom.mjs";

/** Long enough that a slider or a word being typed announces once, short enough to be news. */
const QUIET_MILLISECONDS = 900;

let timer;

export function announce(text) {
  clearTimeout(timer);
  timer = setTimeout(() => setText(byId("announcer"), text), QUIET_MILLISECONDS);
}
