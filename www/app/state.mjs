/**
 * What is in the form, as text, and its place in the URL.
 *
 * The state keeps what was typed, not what was understood: a share link and a reload bring back the very form, slips
 * included. Nothing personal is asked, so nothing personal is in the link.
 */

/** Every name in the state, with what a first visit sees: the project's demo quote. Names follow the engine's terms. */
export const DEFAULTS = Object.freeze({
  principal: "20,000",
  instalmentCount: "12",
  rate: "18",
  basis: "annual",
  method: "equalInstalment",
  disbursementDate: "2026-11-24",
  due: "day",
  dueDay: "24",
  firstDueDate: "2026-12-24",
  fee: "1",
  feeBasis: "rate",
  settlement: "deducted",
  regime: "CN",
  lenderType: "bank",
  lpr: "",
  lender: "",
  feePayee: "",
  overdue: "",
  misuse: "",
  early: "",
  advert: "",
  advertBasis: "flat",
});

/** Names whose value is one of a closed set; anything else in a link falls back to the default. */
export const CHOICES = Object.freeze({
  basis: ["annual", "monthly", "daily", "flat"],
  method: ["equalInstalment", "equalPrincipal", "flat", "interestOnly", "bullet"],
  due: ["day", "date"],
  feeBasis: ["rate", "amount"],
  settlement: ["deducted", "paid", "financed"],
  advertBasis: ["flat", "daily", "monthly"],
  regime: ["CN", "US", "EU", "UK", "IN"],
  lenderType: ["bank", "consumerFinance", "autoFinance", "trust", "smallLoan", "other"],
});

export const LOCALES = ["zh-CN", "en"];

/** Longer text in a field or a link is cut: no number needs it. */
export const TEXT_LENGTH_MAX = 40;

/** True for a day that exists, written YYYY-MM-DD. */
export function isCivilDate(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** The state and language in a URL hash; `recognised` is false where the hash says nothing of either. */
export function fromHash(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const state = { ...DEFAULTS };
  let recognised = false;
  for (const name of Object.keys(DEFAULTS)) {
    if (!given.has(name)) continue;
    recognised = true;
    const value = given.get(name).slice(0, TEXT_LENGTH_MAX);
    if (CHOICES[name] && !CHOICES[name].includes(value)) continue;
    // A date field holds a date or nothing.
    state[name] = name.endsWith("Date") && !isCivilDate(value) ? "" : value;
  }
  const locale = LOCALES.includes(given.get("lang")) ? given.get("lang") : undefined;
  return { state, locale, recognised: recognised || locale !== undefined };
}

/** The hash that brings this state back. Every name is written, so that a link outlives a change of defaults. */
export function toHash(state, locale) {
  const written = new URLSearchParams();
  written.set("lang", locale);
  for (const name of Object.keys(DEFAULTS)) written.set(name, state[name]);
  return `#${written}`;
}

/** The reader's language where the link names none: Chinese for any Chinese, else English. */
export function preferredLocale(languages) {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return "zh-CN";
    if (/^en\b/i.test(language)) return "en";
  }
  return "en";
}
