/** Small helpers for writing into the page. Everything is written as text: nothing typed or computed is ever markup. */

export const byId = (id) => document.getElementById(id);

/** Sets the text only where it differs, so that an unchanged cell costs no layout. */
export function setText(element, text) {
  const node = element.firstChild;
  // Other words in the same node cost less than another node.
  if (node && node === element.lastChild && node.nodeType === Node.TEXT_NODE && text !== "") {
    if (node.data !== text) node.data = text;
  } else if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A figure for the eye, with the engine's own decimal string as its machine-readable value. */
export function setFigure(element, exact, shown) {
  if (element.value !== exact) element.value = exact;
  setText(element, shown);
}

/**
 * A new element with attributes and children: `make("p", { class: "note" }, "text", child)`. Strings become text, never
 * markup; an attribute that is undefined or false is left out, and `true` is written empty; undefined children are skipped.
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
}
