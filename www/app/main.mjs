/**
 * The page: form → terms → quote → figures, one way, at most once a frame.
 *
 * What is on screen is a function of three things kept here: the form's text, the language, and the last valid quote.
 *
 * What is loaded when: first what the first quote needs in the reader's language: index.html, styles/page.css, this module with its
 * imports, words/LOCALE.mjs, and the package with its engine. All else once that quote is on the screen: later.mjs with its imports
 * (panels, comparisons, pop-ups; each brings its words in both languages), styles/later.css, and the other language's words. Then the
 * service worker keeps every file. A new part of the page belongs to the second half unless the first quote is wrong without it.
 */

import { announce } from "./announcer.mjs";
import { showCharts, showShares } from "./chart.mjs";
import { showDisclosure, showHeadline, showQuickHeadline } from "./disclosure.mjs";
import { byId, setText } from "./dom.mjs";
import { loadEngine, quickQuoteOf, quoteOf } from "./engine.mjs";
import { addExplainButtons, nameExplainButtons } from "./explain-buttons.mjs";
import { listen, showState } from "./form.mjs";
import { money, percent } from "./format.mjs";
import { listenToLink, writeLink } from "./link.mjs";
import { INPUTS, showNotes } from "./notes.mjs";
import { paymentKind, paymentWords, showFigures, showNoFigures, showRates } from "./result.mjs";
import { listenToSchedule, showSchedule } from "./schedule-table.mjs";
import { DEFAULTS, LOCALES, fromHash, preferredLocale } from "./state.mjs";
import { sentenceOf } from "./sentences.mjs";
import { civilToday, createStore } from "./store.mjs";
import { listenToSummaryBar, showSummary } from "./summary-bar.mjs";
import { inSight } from "./sight.mjs";
import { inputOf, termsOf } from "./terms.mjs";
import { applyWords, loadWords, word } from "./words.mjs";

const link = fromHash(location.hash);
let state = link.state;
let locale = link.locale ?? preferredLocale(navigator.languages ?? [navigator.language]);
// Both are on their way while all below is set up; a fault of the engine is told once the words are there.
const wordsLoading = loadWords(locale);
const engineLoading = loadEngine();
engineLoading.catch(() => {});
/** "loading", "ready" or "failed". */
let engine = "loading";
let version = "";
/** The last valid quote with its disclosure and the terms and options that they came from. */
let last;
let frame;
let isSliding = false;
let slideTimer;

const store = createStore({ form: state, locale, engine, isOutdated: false, isSliding: false, today: civilToday() });

const current = () => ({ state, locale });

/**
 * A slider's move shows its figures within a frame; all that hangs on the rows (charts, table, disclosure, panels) follows once it has
 * rested so long.
 */
const SLIDER_REST_MILLISECONDS = 300;

/** Takes a new state from the form. */
function changed(next, { isSliding: slides = false } = {}) {
  state = next;
  isSliding = slides;
  clearTimeout(slideTimer);
  if (slides) slideTimer = setTimeout(rested, SLIDER_REST_MILLISECONDS);
  writeLink(state, locale, { waits: slides });
  requoteSoon();
}

function rested() {
  isSliding = false;
  writeLink(state, locale);
  requoteSoon();
}

/** Takes a whole state from elsewhere: a link, or the example. */
async function opened(next, nextLocale) {
  // The state first: changing the language writes the address, which must be that of the new state.
  state = next;
  if (nextLocale !== locale) await speak(nextLocale);
  showState(state, locale);
  changed(state);
}

/** Changes the language of everything on the page, once its words are there: from the first quote on, at once. */
async function speak(nextLocale) {
  try {
    await loadWords(nextLocale);
  } catch (fault) {
    // The language stays as it is.
    console.error(fault);
    return;
  }
  locale = nextLocale;
  // What was announced in the other language is no news any more.
  setText(byId("announcer"), "");
  showWords();
  showState(state, locale);
  writeLink(state, locale);
  requoteSoon();
}

function showWords() {
  applyWords(document, locale);
  // The button is written in the language that it leads to.
  byId("switch-language").lang = otherLocale();
}

const otherLocale = () => LOCALES.find((other) => other !== locale);

/** Several events of one frame make one quote. */
function requoteSoon() {
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    requote();
  });
}

function requote() {
  const { terms, options, problems } = termsOf(state);
  if (isSliding && last && engine === "ready" && Object.keys(problems).length === 0) {
    const { quote } = quickAnswer(terms);
    if (quote) return showQuick(quote);
  }
  const errors = Object.fromEntries(Object.entries(problems).map(([input, code]) => [input, word(locale, `problem.${code}`)]));
  let general;
  if (engine === "ready") {
    const { quote, disclosure, issues = [] } = answer(terms, options);
    for (const issue of issues) {
      const input = inputOf(issue, terms);
      // What the page could not read has its sentence already; of several issues with one input, the first is enough.
      if (input) errors[input] ??= sentenceOf(issue, input, state, locale);
      else general ??= sentenceOf(issue, input, state, locale);
    }
    const isSound = quote && Object.keys(errors).length === 0;
    if (isSound) last = { quote, disclosure, terms, options, locale, kind: paymentKind(quote.schedule) };
    // A form with an error keeps its last result, which the language must reach too.
    else if (last && last.locale !== locale) last = { ...last, ...answer(last.terms, last.options), locale };
    if (!quote && Object.keys(errors).length === 0) general ??= word(locale, "result.failed");
  }
  showNotes({ state, locale, errors });
  showResult(errors, general);
}

/** The engine's answer; a fault of the engine or of ours leaves a sentence and a trace, and the page goes on. */
function answer(terms, options) {
  try {
    return quoteOf(terms, options, locale);
  } catch (fault) {
    console.error(fault);
    return {};
  }
}

function quickAnswer(terms) {
  try {
    return quickQuoteOf(terms);
  } catch (fault) {
    console.error(fault);
    return {};
  }
}

/** The figures of a slider on its way, as far as they are in sight; the rest follows when it rests. */
function showQuick(quote) {
  showNotes({ state, locale, errors: {}, only: ["principal", "instalmentCount"] });
  const { kind } = last;
  const rate = showQuickHeadline(quote.cost, inSight(".hero"));
  if (inSight(".figures")) showFigures(quote, kind, locale);
  if (inSight("#share-chart")) showShares(quote, locale);
  if (!inSight(".hero")) {
    const { label: paymentLabel } = paymentWords(quote, kind, locale);
    showSummary({ rateLabel: last.disclosure.headline.label, rate, paymentLabel, payment: money(quote.schedule.firstPayment) });
  }
  byId("result").setAttribute("aria-busy", "true");
}

function showResult(errors, general) {
  byId("result").removeAttribute("aria-busy");
  if (last) {
    const { quote, disclosure } = last;
    showHeadline(disclosure, locale);
    showFigures(quote, last.kind, locale);
    showRates(quote);
    showShares(quote, locale);
    showDisclosure(last, locale);
    showCharts(quote, locale);
    showSchedule(quote, locale);
    const { label } = paymentWords(quote, last.kind, locale);
    const payment = money(quote.schedule.firstPayment);
    const { label: rateLabel, shown: rate } = disclosure.headline;
    showSummary({ rateLabel, rate, paymentLabel: label, payment });
    const cost = money(quote.schedule.totals.financeCharge);
    announce(word(locale, "announce.result", { label: rateLabel, rate, payment: label, amount: payment, cost }));
  } else {
    showNoFigures(locale);
  }
  const isOutdated = Object.keys(errors).length > 0 || general !== undefined;
  document.documentElement.classList.toggle("is-outdated", isOutdated && last !== undefined);
  setText(byId("result-state"), stateWords(isOutdated, general));
  setText(byId("engine-version"), version && word(locale, "footer.engine", { version }));
  if (isOutdated) {
    const inputs = Object.keys(errors).map((input) => word(locale, INPUTS[input])).join(", ");
    announce(general ?? word(locale, "announce.problems", { count: Object.keys(errors).length, inputs }));
  }
  nameExplainButtons(locale);
  store.notify({ form: state, locale, engine, quote: last?.quote, terms: last?.quote.terms, isOutdated, today: civilToday() });
}

/** The sentence that says what the result on screen is worth. */
function stateWords(isOutdated, general) {
  if (engine === "failed") return word(locale, "engine.failed");
  if (engine === "loading") return word(locale, "result.waiting");
  if (general !== undefined) return general;
  if (!isOutdated) return word(locale, "result.current");
  return word(locale, last ? "result.outdated" : "result.none");
}

await wordsLoading;
store.change = (form) => opened({ ...state, ...form }, locale);
listen({ current, changed, rested, reset: () => opened({ ...DEFAULTS }, locale) });
listenToLink({ current, opened });
listenToSchedule();
listenToSummaryBar();
byId("switch-language").addEventListener("click", () => speak(otherLocale()));

addExplainButtons();
showWords();
showState(state, locale);
requote();
// From here on the page is painted (base.css).
document.documentElement.dataset.engine = engine;

try {
  store.api = await engineLoading;
  version = store.api.version.engine;
  engine = "ready";
} catch (fault) {
  console.error(fault);
  engine = "failed";
}
requote();
if (engine === "ready") {
  // The first quote is on the screen; what can wait comes now.
  const [{ start }] = await Promise.all([import("./later.mjs"), laterStyles(), loadWords(otherLocale()).catch(() => {})]);
  start(store, () => last);
}
document.documentElement.dataset.engine = engine;
keepForOffline();

/** The second half's styles, before anything that they dress is there; without them it is plain, but works. */
function laterStyles() {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = "styles/later.css";
  document.head.append(sheet);
  return new Promise((resolve) => {
    sheet.addEventListener("load", resolve);
    sheet.addEventListener("error", resolve);
  });
}

/** Once the page works, its files are kept for the next visit; where a browser or its reader wants no such thing, it works as before. */
function keepForOffline() {
  navigator.serviceWorker?.register("sw.mjs").catch(() => {});
}
