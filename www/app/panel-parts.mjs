/**
 * What the panels below the quote are made of: fields with one line of help or error, figures, folds, and drawing that waits
 * until the hand rests.
 *
 * Words are named on the element (`data-word`, `data-label`), so that the page's switch of languages reaches them as well.
 */

import { make, setText } from "./dom.mjs";
import { word } from "./words.mjs";

/**
 * A slider moves many times a second; a panel is brought up to date once it rests so long, and later while it is out of sight: most
 * moves happen above it.
 */
const REST_MILLISECONDS = 120;
const REST_OUT_OF_SIGHT_MILLISECONDS = 500;

/** An element whose text is the words of that code. */
export const said = (tag, code, attributes = {}, ...children) => make(tag, { "data-word": code, ...attributes }, ...children);

/** Puts the language on everything below `root` that names its words, and on `root` itself. */
export function speak(root, locale) {
  for (const element of root.querySelectorAll("[data-word]")) setText(element, word(locale, element.dataset.word));
  for (const element of root.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(locale, element.dataset.label));
}

/** The heading of a panel and a sentence on what it is for. */
export function panelHead(section, heading, lead) {
  const title = said("h2", heading, { id: `${section.id}-heading` });
  section.setAttribute("aria-labelledby", title.id);
  section.append(title, said("p", lead, { class: "panel-lead" }));
}

/** A part that opens and closes; closed at first. */
export function fold(id, heading, ...children) {
  return make("details", { class: "fold", id }, said("summary", heading), make("div", { class: "fold-body" }, ...children));
}

/**
 * A labelled control with a line below it for its hint or its error. `label` and `hint` are codes of words. Gives the field, the
 * control, and `say(text, isError)` for the line; what `hint` says comes back with `say()`.
 */
export function field({ id, label, hint, control, before = [], after = [] }) {
  const note = make("p", { class: "note", id: `${id}-note` });
  if (hint) note.dataset.word = hint;
  control.id = id;
  control.setAttribute("aria-describedby", note.id);
  const element = make("div", { class: "field" },
    label instanceof Node ? label : said("label", label, { for: id }), make("div", { class: "control" }, ...before, control, ...after), note);
  return { element, control, say: lineOf(note, control, hint) };
}

/** A group of chips of which one is chosen; `options` maps a value to the code of its words. */
export function choices({ id, legend, name, options, hint, chosen }) {
  const note = make("p", { class: "note", id: `${id}-note` });
  if (hint) note.dataset.word = hint;
  const inputs = Object.keys(options).map((value) => make("input", { type: "radio", name, value, checked: value === chosen }));
  const chips = inputs.map((input) => make("label", { class: "chip" }, input, said("span", options[input.value])));
  const element = make("fieldset", { class: "field choice", id, "aria-describedby": note.id },
    legend instanceof Node ? legend : said("legend", legend), make("div", { class: "chips" }, ...chips), note);
  const control = {
    get value() {
      return inputs.find((input) => input.checked)?.value ?? "";
    },
    set value(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
  };
  return { element, control, say: lineOf(note, undefined, hint) };
}

/** Writes the line below a field: a sentence, or with none the hint again. */
function lineOf(note, control, hint) {
  return (text, isError = text !== undefined, locale = document.documentElement.lang) => {
    // While it says something else, a switch of languages must not write the hint over it.
    if (text !== undefined) delete note.dataset.word;
    else if (hint) note.dataset.word = hint;
    setText(note, text ?? (hint ? word(locale, hint) : ""));
    note.classList.toggle("is-error", isError);
    if (isError) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
  };
}

/** A box to tick with its words beside it; never ticked at first unless `checked` says so. */
export function tick({ id, label, checked = false }) {
  const control = make("input", { type: "checkbox", id, checked });
  return { element: make("div", { class: "tick" }, control, said("label", label, { for: id })), control };
}

/** Figures by name: `figureList({ dueNow: "timeline.dueNow" })` gives the list and `show(name, exact, text, detail)`. */
export function figureList(figures) {
  const cells = {};
  const items = Object.entries(figures).map(([name, code]) => {
    const data = make("data", { "data-figure": name }, "—");
    const detail = make("dd", { class: "detail" });
    cells[name] = { data, detail };
    return make("div", {}, said("dt", code), make("dd", {}, data), detail);
  });
  return {
    element: make("dl", { class: "figures panel-figures" }, ...items),
    show(name, exact, text, detail = "") {
      const cell = cells[name];
      cell.data.value = exact;
      setText(cell.data, text);
      setText(cell.detail, detail);
    },
  };
}

/** A sentence on what is wrong with a form as a whole; hidden while nothing is. */
export function complaintLine(id) {
  const element = make("p", { class: "note", id, hidden: true });
  return {
    element,
    say(text) {
      element.hidden = text === undefined;
      element.classList.toggle("is-error", text !== undefined);
      setText(element, text ?? "");
    },
  };
}

export const button = (code, attributes = {}) => said("button", code, { type: "button", class: "quiet-button", ...attributes });
export const mainButton = (code, attributes = {}) => button(code, { class: "main-button", ...attributes });

/**
 * Calls `draw(snapshot)` once the hand rests after a change of the store; until then the section says that it is busy. Gives a
 * function that asks for a drawing for reasons of the panel's own, done in the next frame.
 */
export function drawAtRest(section, store, draw) {
  let timer;
  let rest = 0;
  let locale;
  const drawNow = () => {
    const snapshot = store.get();
    if (snapshot.isSliding) return drawIn(rest);
    clearTimeout(timer);
    section.removeAttribute("aria-busy");
    locale = snapshot.locale;
    draw(snapshot);
  };
  const drawIn = (milliseconds) => {
    clearTimeout(timer);
    section.setAttribute("aria-busy", "true");
    timer = setTimeout(drawNow, milliseconds);
  };
  // The first drawing is only put off to a task of its own; another language waits for nothing.
  store.subscribe((snapshot) => (locale !== undefined && snapshot.locale !== locale ? drawNow() : drawIn(rest)));
  rest = REST_MILLISECONDS;
  new IntersectionObserver(([{ isIntersecting }]) => {
    rest = isIntersecting ? REST_MILLISECONDS : REST_OUT_OF_SIGHT_MILLISECONDS;
  }).observe(section);
  return () => drawIn(0);
}

/** `run()`'s value, or `{ issues }` of what the engine refuses; anything else is a fault of ours, and is thrown. */
export function attempt(api, run) {
  try {
    return { value: run() };
  } catch (error) {
    if (error instanceof api.LoanError) return { issues: error.issues };
    throw error;
  }
}
