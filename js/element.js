// <clear-loan>: what a loan costs, its disclosure to be read and confirmed, a pre-check where there is a policy, and the way to the
// application; a custom element without a framework, for any page. Importing this module defines it.

import { disclose, fingerprint, init, precheck, quote, version, LoanError } from "./index.js";
import { answerOf, factsOf, questions } from "./element/facts.js";
import { compare, decimalOf, movePoint } from "./element/numbers.js";
import { STYLES } from "./element/styles.js";
import { sayIn } from "./element/words.js";
import { openDisclosure } from "./ui/disclosure-dialog.js";
import { disclosureTable } from "./ui/disclosure-table.js";
import { printStatement } from "./ui/print-statement.js";
import { grouped, make } from "./ui/make.js";

/** @typedef {import("./clearloan.js").LoanTerms} LoanTerms */
/** @typedef {import("./clearloan.js").Locale} Locale */
/** @typedef {import("./clearloan.js").Policy} Policy */
/** @typedef {import("./clearloan.js").Regime} Regime */
/** @typedef {import("./clearloan.js").Quote} Quote */
/** @typedef {import("./clearloan.js").Disclosure} Disclosure */
/** @typedef {import("./clearloan.js").LenderType} LenderType */
/** @typedef {{ minimum: string | number, maximum: string | number, step?: string | number }} Range */
/** @typedef {{ principal?: Range, instalmentCount?: Range, annual?: Range }} Bounds */
/** @typedef {{ fingerprint: string, rules: string, regime: Regime, on: string, locale: Locale, secondsRead: number }} DisclosureRecord */

/** The form's fields, by the terms that they change; `annual` is written as a percentage, two places from the fraction. */
const FIELDS = /** @type {const} */ (["principal", "count", "annual"]);
/** @typedef {typeof FIELDS[number]} Field */

/** What a page gets that says nothing: the project's demo quote, and modest bounds. */
const TERMS = { principal: "20000.00", interest: { annual: "0.18" }, method: "equalInstalment", instalmentCount: 12 };
const BOUNDS = { principal: { minimum: "1000", maximum: "200000", step: "1000" }, instalmentCount: { minimum: 1, maximum: 36, step: 1 } };
const REGIMES = ["CN", "US", "EU", "UK", "IN"];
const RATE_STEP = "0.001";

// On a server there are no elements; the module may be imported there all the same.
const Base = typeof HTMLElement === "undefined" ? /** @type {typeof HTMLElement} */ (/** @type {unknown} */ (class {})) : HTMLElement;

/** @returns {string} the device's own civil day; the engine has no clock */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * An amount with its currency: "¥1,833.60", "USD 1,833.60". Only the yuan has a sign: a bare ¥ or $ may be one of several currencies.
 *
 * @param {string} text
 * @param {string} [currency]
 */
const money = (text, currency = "CNY") => (currency === "CNY" ? `¥${bound(text)}` : `${currency}\u00a0${bound(text)}`);

export class ClearLoanElement extends Base {
  static observedAttributes = ["terms", "bounds", "lender", "licence", "lender-type", "policy", "regime", "lpr", "lang"];

  /** @type {Partial<LoanTerms>} */
  #terms = {};
  /** @type {Bounds} */
  #bounds = {};
  /** @type {Policy | undefined} */
  #policy;
  /** What is typed, by field. @type {Record<Field, string>} */
  #typed = { principal: "", count: "", annual: "" };
  /** @type {{ quote: Quote, disclosure: Disclosure, terms: LoanTerms, fingerprint: string } | undefined} */
  #last;
  /** @type {DisclosureRecord | undefined} */
  #record;
  /** @type {"loading" | "ready" | "failed"} */
  #state = "loading";
  /** Attributes that are not JSON: another loan than the one meant must not be shown. @type {Set<string>} */
  #unreadable = new Set();
  /** @type {number | undefined} */
  #frame;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #announcing;
  /** @type {ShadowRoot} */
  #root;

  constructor() {
    super();
    this.#root = this.attachShadow({ mode: "open" });
    this.#adopt();
  }

  /** A constructed sheet needs no inline style, which a strict page would refuse. */
  #adopt() {
    if ("adoptedStyleSheets" in this.#root && typeof CSSStyleSheet === "function") {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLES);
      this.#root.adoptedStyleSheets = [sheet];
    } else {
      this.#root.append(make("style", {}, STYLES));
    }
  }

  connectedCallback() {
    // Properties that were set before the element was defined.
    for (const name of /** @type {const} */ (["terms", "bounds", "policy", "regime"])) {
      if (!Object.prototype.hasOwnProperty.call(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = /** @type {never} */ (value);
    }
    this.#build();
    init().then(() => { this.#state = "ready"; }, () => { this.#state = "failed"; }).then(() => this.#requote());
  }

  disconnectedCallback() {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    clearTimeout(this.#announcing);
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} value
   */
  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    if (name === "terms") this.terms = this.#parsed(name, value) ?? {};
    else if (name === "bounds") this.bounds = this.#parsed(name, value) ?? {};
    else if (name === "policy") this.policy = this.#parsed(name, value);
    else this.#rebuild();
  }

  /** An attribute's JSON. @param {string} name @param {string | null} text */
  #parsed(name, text) {
    this.#unreadable.delete(name);
    if (text === null || text.trim() === "") return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      console.error(`clear-loan: the attribute "${name}" is not JSON.`, error);
      this.#unreadable.add(name);
      return undefined;
    }
  }

  /** The terms that stay as they are; what the form changes is laid over them. @returns {Partial<LoanTerms>} */
  get terms() { return this.#last?.terms ?? this.#terms; }
  set terms(value) {
    this.#terms = value ?? {};
    this.#typed = { principal: "", count: "", annual: "" };
    this.#rebuild();
  }

  /** @returns {Bounds} */
  get bounds() { return this.#bounds; }
  set bounds(value) {
    this.#bounds = value ?? {};
    this.#rebuild();
  }

  /** @returns {Policy | undefined} */
  get policy() { return this.#policy; }
  set policy(value) {
    this.#policy = value;
    this.#rebuild();
  }

  /** @returns {Regime} */
  get regime() {
    const given = this.getAttribute("regime") ?? "CN";
    return /** @type {Regime} */ (REGIMES.includes(given) ? given : "CN");
  }
  set regime(value) { this.setAttribute("regime", value); }

  /** The last valid quote; undefined before it. @returns {Quote | undefined} */
  get quote() { return this.#last?.quote; }

  /** @returns {Locale} that of the nearest `lang` around: Chinese for any Chinese, else English */
  get #locale() {
    const lang = this.lang || this.closest("[lang]")?.getAttribute("lang") || document.documentElement.lang;
    return /^zh\b/i.test(lang) ? "zh-CN" : "en";
  }

  /** @param {Field} field @returns {Range | undefined} */
  #range(field) {
    if (field === "annual") return this.#bounds.annual;
    return field === "principal" ? this.#bounds.principal ?? BOUNDS.principal : this.#bounds.instalmentCount ?? BOUNDS.instalmentCount;
  }

  /** A bound as it is typed: the annual rate's as a percentage. @param {Field} field @param {string | number} value */
  #written(field, value) {
    return field === "annual" ? movePoint(String(value), 2) : movePoint(String(value), 0);
  }

  #base() {
    return /** @type {LoanTerms} */ ({ ...TERMS, disbursementDate: today(), ...this.#terms });
  }

  /** @param {Field} field what stands in it before anything is typed */
  #initial(field) {
    const { principal, instalmentCount, interest } = this.#base();
    if (field === "principal") return bound(String(principal).replace(/\.0+$/, ""));
    if (field === "count") return String(instalmentCount);
    const annual = /** @type {{ annual?: unknown } | null} */ (interest)?.annual;
    return annual === undefined ? "" : movePoint(String(annual), 2);
  }

  #rebuild() {
    if (this.isConnected) {
      this.#build();
      this.#requoteSoon();
    }
  }

  /** Writes the whole of the element anew; what was typed stays. */
  #build() {
    const locale = this.#locale;
    const say = sayIn(locale);
    const name = this.#lender();
    const licence = this.getAttribute("licence");
    const fields = FIELDS.filter((field) => this.#range(field) !== undefined).map((field) => this.#field(field, say));
    const policy = this.#policy;
    const card = make("section", { class: "card", part: "card" },
      make("form", { class: "card-form", part: "form", novalidate: true }, fields),
      make("div", { part: "result" },
        make("p", { class: "headline-label", part: "headline-label" }, say("waiting")),
        make("p", { class: "headline", part: "headline" }, "—"),
        make("p", { class: "note state", part: "state" })),
      make("dl", { class: "figures", part: "figures" }, ["payment", "financeCharge", "payments", "proceeds"].map((figure) =>
        make("div", {}, make("dt", { "data-label": figure }, say(figure)), make("dd", { "data-figure": figure, part: figure }, "—")))),
      name === undefined ? undefined : make("p", { class: "note", part: "lender" }, licence ? say("lender.licence", { name, licence }) : say("lender", { name })),
      make("details", { class: "statement", part: "statement" }, make("summary", {}, say("statement")), make("div", { class: "statement-table" })),
      policy === undefined ? undefined : make("details", { class: "precheck", part: "precheck" },
        make("summary", {}, say("precheck")),
        make("form", { class: "facts", novalidate: true }, questions(policy, locale, say),
          make("button", { type: "submit", class: "primary-button" }, say("precheck.do"))),
        make("div", { class: "answer", role: "status" })),
      make("div", { class: "actions", part: "actions" },
        make("button", { type: "button", class: "primary-button apply", part: "apply", disabled: true }, say("apply")),
        make("p", { class: "note record", role: "status" })),
      make("p", { class: "visually-hidden announcer", role: "status" }));
    for (const old of this.#root.querySelectorAll(".card")) old.remove();
    this.#root.append(card);
    card.querySelector(".card-form")?.addEventListener("input", (event) => this.#typedIn(/** @type {HTMLInputElement} */ (event.target)));
    for (const form of card.querySelectorAll("form")) form.addEventListener("submit", (event) => event.preventDefault());
    card.querySelector(".facts")?.addEventListener("submit", () => this.#precheck());
    card.querySelector(".apply")?.addEventListener("click", () => this.#apply());
  }

  /** @param {Field} field @param {ReturnType<typeof sayIn>} say */
  #field(field, say) {
    const { minimum, maximum, step = field === "annual" ? RATE_STEP : 1 } = /** @type {Range} */ (this.#range(field));
    const [from, to, by] = [minimum, maximum, step].map((bound) => this.#written(field, bound));
    const text = this.#typed[field] || this.#initial(field);
    const typed = make("input", { id: field, name: field, type: "text", inputmode: "decimal", maxlength: 40, autocomplete: "off", "aria-describedby": `${field}-note` });
    typed.value = text;
    const slider = make("input", { name: `${field}-slider`, type: "range", min: from, max: to, step: by, "aria-label": say(`${field}.slider`) });
    slider.value = decimalOf(text) ?? from;
    const { currency = "CNY" } = this.#base();
    const label = say(field, { currency: say(`currency.${currency === "CNY" ? "CNY" : "other"}`, { currency }) });
    return make("div", { class: "field", part: `field field-${field}` }, make("label", { for: field }, label), typed, slider,
      make("p", { class: "note", id: `${field}-note` }));
  }

  /** @param {HTMLInputElement} target */
  #typedIn(target) {
    const slides = target.name.endsWith("-slider");
    const field = /** @type {Field} */ (target.name.replace(/-slider$/, ""));
    const value = slides && field === "principal" ? bound(target.value) : target.value;
    this.#typed[field] = value;
    const other = /** @type {HTMLInputElement} */ (this.#root.querySelector(`[name="${slides ? field : `${field}-slider`}"]`));
    const plain = decimalOf(value);
    if (slides) other.value = value;
    else if (plain !== undefined) other.value = plain;
    this.#requoteSoon();
  }

  #requoteSoon() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      this.#requote();
    });
  }

  /**
   * The terms of the form, and what is wrong with it, by field.
   *
   * @param {ReturnType<typeof sayIn>} say
   */
  #read(say) {
    const terms = this.#base();
    /** @type {Partial<Record<Field, string>>} */
    const problems = {};
    for (const field of FIELDS) {
      const range = this.#range(field);
      if (range === undefined) continue;
      const value = decimalOf(this.#typed[field] || this.#initial(field));
      const [from, to] = [range.minimum, range.maximum].map((bound) => this.#written(field, bound));
      if (value === undefined) problems[field] = say("not_a_number");
      else if (field === "count" && value.includes(".")) problems[field] = say("not_whole");
      else if (compare(value, from) < 0 || compare(value, to) > 0) problems[field] = say("out_of_bounds", { from: bound(from), to: bound(to) });
      else if (field === "principal") terms.principal = value;
      else if (field === "count") terms.instalmentCount = Number(value);
      else terms.interest = { annual: movePoint(value, -2) };
    }
    const name = this.#lender();
    if (name !== undefined && terms.lenders === undefined) {
      const licence = this.getAttribute("licence");
      terms.lenders = [{ name, share: "1", ...(licence && { licence }) }];
    }
    return { terms, problems };
  }

  #lender() {
    return this.getAttribute("lender") || undefined;
  }

  /** @param {Partial<Record<Field, string>>} problems */
  #showProblems(problems) {
    const say = sayIn(this.#locale);
    for (const field of FIELDS) {
      const note = this.#root.getElementById(`${field}-note`);
      const range = this.#range(field);
      if (note === null || range === undefined) continue;
      const problem = problems[field];
      note.classList.toggle("is-error", problem !== undefined);
      setText(note, problem ?? say("between", { from: bound(this.#written(field, range.minimum)), to: bound(this.#written(field, range.maximum)) }));
      const input = this.#root.getElementById(field);
      if (problem === undefined) input?.removeAttribute("aria-invalid");
      else input?.setAttribute("aria-invalid", "true");
    }
  }

  #requote() {
    if (!this.isConnected) return;
    const locale = this.#locale;
    const say = sayIn(locale);
    const { terms, problems } = this.#read(say);
    this.#showProblems(problems);
    let fault = this.#unreadable.size > 0 ? say("unreadable", { names: [...this.#unreadable].join(", ") }) : "";
    if (this.#state === "ready" && fault === "" && Object.keys(problems).length === 0) {
      try {
        const lenderType = /** @type {LenderType | undefined} */ (this.getAttribute("lender-type") ?? undefined);
        const lpr = this.getAttribute("lpr") ?? undefined;
        const disclosure = disclose(terms, { regime: this.regime, on: terms.disbursementDate, locale, ...(lenderType && { lenderType }), ...(lpr && { lpr }) });
        this.#last = { quote: quote(terms), disclosure, terms, fingerprint: fingerprint(terms) };
        if (this.#record?.fingerprint !== this.#last.fingerprint || this.#record.regime !== this.regime) this.#record = undefined;
        this.#emit("quote", { quote: this.#last.quote, disclosure, fingerprint: this.#last.fingerprint });
      } catch (error) {
        if (!(error instanceof LoanError)) throw error;
        fault = error.issues.map(({ field, message }) => `${field === "" ? "" : `${field}: `}${message[locale]}`).join(" ");
      }
    }
    this.#show(Object.keys(problems).length > 0 || fault !== "", fault);
  }

  /** @param {boolean} isOutdated @param {string} fault */
  #show(isOutdated, fault) {
    const say = sayIn(this.#locale);
    const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (this.#root.querySelector(selector));
    part(".card").classList.toggle("is-outdated", isOutdated);
    setText(part(".state"), this.#state === "failed" ? say("failed") : fault !== "" ? fault : isOutdated ? say("outdated") : "");
    const apply = /** @type {HTMLButtonElement} */ (part(".apply"));
    apply.disabled = isOutdated || this.#last === undefined;
    if (this.#last === undefined) return;
    const { quote: { schedule, terms: { currency } }, disclosure } = this.#last;
    setText(part(".headline-label"), disclosure.headline.label);
    setText(part(".headline"), disclosure.headline.shown);
    const { firstPayment, instalments, totals, proceeds } = schedule;
    const paymentLabel = say(instalments.length === 1 ? "payment.single"
      : instalments.slice(0, -1).every(({ payment }) => payment === firstPayment) ? "payment" : "payment.first");
    setText(part("[data-label=payment]"), paymentLabel);
    const amounts = { payment: firstPayment, financeCharge: totals.financeCharge, payments: totals.payments, proceeds };
    for (const [figure, amount] of Object.entries(amounts)) setText(part(`[data-figure=${figure}]`), money(amount, currency));
    part(".statement-table").replaceChildren(disclosureTable(disclosure, this.#locale));
    setText(apply, say(this.#wantsReading() ? "apply.read" : "apply"));
    setText(part(".record"), this.#record ? say("confirmed", { seconds: this.#record.secondsRead }) : "");
    if (isOutdated) return;
    const { label, shown } = disclosure.headline;
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => setText(part(".announcer"),
      say("announce", { label, rate: shown, payment: paymentLabel, amount: money(firstPayment, currency) })), ANNOUNCE_MILLISECONDS);
  }

  #wantsReading() {
    return this.#last?.disclosure.confirmation === "popup" && this.#record === undefined;
  }

  /** To the application; where the law asks for the pop-up, through it. */
  #apply() {
    const last = this.#last;
    if (last === undefined) return;
    const { disclosure, terms } = last;
    if (!this.#wantsReading()) {
      this.#emit("apply", { fingerprint: last.fingerprint, terms, disclosed: this.#record });
      return;
    }
    openDisclosure({
      parent: this.#root, disclosure, locale: this.#locale,
      print: () => printStatement({ disclosure, locale: this.#locale, styles: STYLES }),
      confirmed: ({ secondsRead }) => {
        this.#record = { fingerprint: last.fingerprint, rules: version.rules, regime: this.regime, on: terms.disbursementDate, locale: this.#locale, secondsRead };
        this.#show(false, "");
        this.#emit("disclosed", this.#record);
        this.#emit("apply", { fingerprint: last.fingerprint, terms, disclosed: this.#record });
      },
    });
  }

  #precheck() {
    const form = this.#root.querySelector(".facts");
    const answer = this.#root.querySelector(".answer");
    if (form === null || answer === null || this.#policy === undefined || this.#last === undefined) return;
    const locale = this.#locale;
    const say = sayIn(locale);
    try {
      const result = precheck(this.#policy, factsOf(form), { terms: this.#last.terms, on: today(), locale });
      answer.replaceChildren(...answerOf(result, say));
      this.#emit("precheck", { ...result, loan: this.#last.fingerprint });
    } catch (error) {
      if (!(error instanceof LoanError)) throw error;
      answer.replaceChildren(...error.issues.map(({ field, message }) => make("p", {}, `${field}: ${message[locale]}`)));
    }
  }

  /** @param {string} name @param {unknown} detail */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

/** Long enough that a slider announces once. */
const ANNOUNCE_MILLISECONDS = 900;

/** A bound for reading: "20000" as "20,000". @param {string} text */
const bound = (text) => (text.includes(".") ? grouped(text) : grouped(`${text}.0`).slice(0, -2));

/** @param {Node} node @param {string} text */
function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

if (typeof customElements !== "undefined" && customElements.get("clear-loan") === undefined) customElements.define("clear-loan", ClearLoanElement);
