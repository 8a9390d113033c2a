/** The words of the page in the language chosen. */

/** A file for each language, loaded when it is asked for. */
const FILES = { "zh-CN": () => import("./words/zh-CN.mjs"), en: () => import("./words/en.mjs") };

/** What has been loaded so far. */
export const WORDS = { "zh-CN": {}, en: {} };

const asked = {};

/** Loads a language once; where that fails, the next call tries again. */
export function loadWords(locale) {
  asked[locale] ??= FILES[locale]().then(({ default: words }) => {
    Object.assign(WORDS[locale], words);
  }).catch((fault) => {
    delete asked[locale];
    throw fault;
  });
  return asked[locale];
}

/** Adds the words of a part with a table of its own: `{ "zh-CN": { code: sentence }, en: { … } }`. A code is given once. */
export function addWords(table) {
  for (const [locale, words] of Object.entries(table)) Object.assign(WORDS[locale], words);
}

/** The sentence of that code, its {placeholders} filled. A code that is missing is a fault that must be seen. */
export function word(locale, code, values = {}) {
  const sentence = WORDS[locale][code];
  if (sentence === undefined) throw new Error(`No words for "${code}" in ${locale}.`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/**
 * Puts the language on every element that names its words: `data-word` for text, `data-label` for aria-label.
 * Text goes in as text; no word is ever markup.
 */
export function applyWords(document, locale) {
  document.documentElement.lang = locale;
  document.title = word(locale, "page.title");
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(locale, element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(locale, element.dataset.label));
  }
}
