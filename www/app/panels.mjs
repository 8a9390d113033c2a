/**
 * The panels below the quote, in their order on the page. Each is a module of its own that knows nothing of the others:
 * `mount(element, store)` fills the section it is given, once, when the engine is ready, and subscribes to the store.
 *
 * The section is named `panel-ID` and carries the class `card`; the panel writes its own heading into it.
 */

import { mount as mountHealth } from "./health.mjs";
import { mount as mountPrecheck } from "./precheck.mjs";
import { mount as mountReminders } from "./reminders.mjs";
import { mount as mountTimeline } from "./timeline.mjs";

/** @type {{ id: string, mount: (element: HTMLElement, store: ReturnType<typeof import("./store.mjs").createStore>) => void }[]} */
export const PANELS = [
  { id: "precheck", mount: mountPrecheck },
  { id: "health", mount: mountHealth },
  { id: "timeline", mount: mountTimeline },
  { id: "reminders", mount: mountReminders },
];

/** Makes a section for each panel and mounts it; a panel that fails is left out, and the page goes on. */
export function mountPanels(parent, store) {
  for (const { id, mount } of PANELS) {
    const section = document.createElement("section");
    section.className = "card panel";
    section.id = `panel-${id}`;
    parent.append(section);
    try {
      mount(section, store);
    } catch (fault) {
      console.error(fault);
      section.remove();
    }
  }
}
