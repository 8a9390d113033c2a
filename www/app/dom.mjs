/** Small helpers for writing into the page. Everything is written as text: nothing typed or computed is ever markup. */

export const byId = (id) => document.getElementById(id);

/** Sets the text only where it differs, so that an unchanged cell costs no layout. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A figure for the eye, with the engine's own decimal string as its machine-readable value. */
export function setFigure(element, exact, shown) {
  if (element.value !== exact) element.value = exact;
  setText(element, shown);
}
