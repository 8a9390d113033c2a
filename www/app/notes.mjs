/**
 * The line below each field: what the field means, how it was read, or what is wrong with it.
 * One line serves all three, so that nothing moves when one takes the place of another.
 */

import { byId, setText } from "./dom.mjs";
import { group, money } from "./format.mjs";
import { parseAmount } from "./parse.mjs";
import { word } from "./words.mjs";

/** Every input that can be wrong, in the form's order, with the words that name it. */
export const INPUTS = {
  principal: "principal.label",
  instalmentCount: "instalmentCount.label",
  rate: "rate.label",
  method: "method.label",
  disbursementDate: "disbursementDate.label",
  dueDay: "dueDay.label",
  firstDueDate: "firstDueDate.label",
  fee: "fee.label",
  settlement: "settlement.label",
};

/** What stands below an input while nothing is wrong with it. */
function hint(input, state, locale) {
  switch (input) {
    case "principal":
      return understood(state.principal, locale);
    case "rate":
      return word(locale, `basis.${state.basis}.meaning`);
    case "method":
      return word(locale, `method.${state.method}.meaning`);
    case "dueDay":
    case "firstDueDate":
    case "fee":
      return word(locale, `${input}.hint`);
    default:
      return "";
  }
}

/** Says how an amount was read where its text is not plainly that number: "2万" is read as ¥20,000. */
function understood(typed, locale) {
  const { value } = parseAmount(typed);
  const isPlainlyThat = value === undefined || typed === value || typed === group(value);
  return isPlainlyThat ? "" : word(locale, "principal.understood", { amount: money(value) });
}

/** Writes every line. `errors` maps an input's name to its sentence. */
export function showNotes({ state, locale, errors }) {
  for (const input of Object.keys(INPUTS)) {
    const note = byId(`${input}-note`);
    const error = errors[input];
    setText(note, error ?? hint(input, state, locale));
    note.classList.toggle("is-error", error !== undefined);
    const control = byId(input);
    if (error === undefined) control?.removeAttribute("aria-invalid");
    else control?.setAttribute("aria-invalid", "true");
  }
}
