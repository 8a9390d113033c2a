/** The form's controls and the state's text, each written from the other; sliders are a second hand on the same text. */

import { byId } from "./dom.mjs";
import { money, group } from "./format.mjs";
import { parseAmount, parseCount } from "./parse.mjs";
import { DEFAULTS } from "./state.mjs";
import { COUNT_STOPS, PRINCIPAL_STOPS, nearestStop } from "./stops.mjs";
import { word } from "./words.mjs";

/** The inputs that a slider also moves: its stops, how its text is read and written, and how a stop is spoken. */
const SLIDERS = {
  principal: { stops: PRINCIPAL_STOPS, parse: parseAmount, write: group, speak: (stop) => money(stop) },
  instalmentCount: {
    stops: COUNT_STOPS,
    parse: parseCount,
    write: (stop) => stop,
    speak: (stop, locale) => word(locale, "instalmentCount.value", { count: stop }),
  },
};

const form = byId("terms");
/** A radio group or a single control; both have `value`. */
const control = (name) => form.elements.namedItem(name);

/** Fills every control from the state. */
export function showState(state, locale) {
  for (const name of Object.keys(DEFAULTS)) {
    // The advert's come with the page's second half, and are filled there.
    if (control(name)) control(name).value = state[name];
  }
  showDueFields(state);
  for (const name of Object.keys(SLIDERS)) showSlider(name, state[name], locale);
}

/** Only the due-date question that was chosen is asked. */
function showDueFields(state) {
  for (const field of form.querySelectorAll("[data-only]")) {
    const [name, value] = field.dataset.only.split(":");
    field.hidden = state[name] !== value;
  }
}

/** Moves the thumb to the stop nearest to the typed number; text that is no number leaves it where it was. */
function showSlider(name, typed, locale) {
  const slider = byId(`${name}-slider`);
  const { stops, parse } = SLIDERS[name];
  const { value } = parse(typed);
  if (value !== undefined) slider.value = nearestStop(stops, String(value));
  decorateSlider(name, locale);
}

/** What a slider says to a screen reader, and how far its track is filled. */
function decorateSlider(name, locale) {
  const slider = byId(`${name}-slider`);
  const { stops, speak } = SLIDERS[name];
  slider.setAttribute("aria-valuetext", speak(stops[slider.valueAsNumber], locale));
  slider.style.setProperty("--filled", slider.valueAsNumber / (stops.length - 1));
}

/**
 * Calls `changed(state, { isSliding })` with a new state on every keystroke, slider move and choice, and `rested()`
 * when a slider is let go, `reset()` for the button.
 * `current()` gives the state and the language of the moment.
 */
export function listen({ current, changed, rested, reset }) {
  for (const [name, { stops }] of Object.entries(SLIDERS)) byId(`${name}-slider`).max = stops.length - 1;

  // Some controls belong to the form but stand outside it; their events pass it by.
  document.addEventListener("input", (event) => { if (event.target.form === form) take(event); });

  function take({ target }) {
    const { state, locale } = current();
    const slides = target.type === "range" && target.id.replace(/-slider$/, "");
    const name = slides || target.name;
    if (!(name in DEFAULTS)) return;
    const next = { ...state, [name]: slides ? SLIDERS[name].write(SLIDERS[name].stops[target.valueAsNumber]) : target.value };
    // A flat rate per instalment has one meaning only, with the method of that name; both controls show it.
    if (name === "basis" && target.value === "flat") next.method = control("method").value = "flat";
    if (slides) {
      control(name).value = next[name];
      decorateSlider(name, locale);
    } else if (name in SLIDERS) {
      showSlider(name, next[name], locale);
    }
    if (name === "due") showDueFields(next);
    changed(next, { isSliding: Boolean(slides) });
  }

  // Leaving the amount writes it out as it was understood: "2万" becomes "20,000". Text not understood stays as typed.
  control("principal").addEventListener("change", ({ target }) => {
    const { value } = parseAmount(target.value);
    if (value === undefined || group(value) === target.value) return;
    target.value = group(value);
    changed({ ...current().state, principal: target.value });
  });

  form.addEventListener("change", ({ target }) => { if (target.type === "range") rested(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  byId("reset").addEventListener("click", reset);
}

