/**
 * `<clear-loan>`: a custom element that quotes a loan, shows its disclosure, pre-checks and leads to the application. Importing this
 * module defines it.
 *
 * Attributes: `terms`, `bounds` and `policy` (JSON), `regime`, `lender`, `licence`, `lender-type`, `lpr`, `lang`. Parts: `card`, `form`,
 * `field`, `headline`, `figures`, `statement`, `precheck`, `apply`, `disclosure` and more. Custom properties: `--clearloan-accent`,
 * `--clearloan-on-accent`, `--clearloan-surface`, `--clearloan-ink`, `--clearloan-quiet`, `--clearloan-line`, `--clearloan-danger`,
 * `--clearloan-soft`, `--clearloan-radius`, `--clearloan-font`.
 *
 * @packageDocumentation
 */

import type { Decimal, Disclosure, LoanTerms, Locale, Policy, Precheck, Quote, Rate, Regime } from "./clearloan.js";

/** From, to, and the slider's step. */
export interface Range<Value> {
  minimum: Value;
  maximum: Value;
  step?: Value;
}

/** What the form lets a reader choose; without `annual` the rate is fixed. */
export interface Bounds {
  principal?: Range<Decimal>;
  instalmentCount?: Range<number>;
  annual?: Range<Rate>;
}

/** That a reader has read and confirmed the disclosure of one loan: what to keep with the application. */
export interface DisclosureRecord {
  /** Of the terms and schedule that were confirmed. */
  fingerprint: string;
  /** The version of the dated rules. */
  rules: string;
  regime: Regime;
  on: string;
  locale: Locale;
  /** Whole seconds for which the statement was open and in sight. */
  secondsRead: number;
}

/** Details of the element's events, by name. All of them bubble and cross shadow roots. */
export interface ClearLoanEvents {
  quote: CustomEvent<{ quote: Quote; disclosure: Disclosure; fingerprint: string }>;
  disclosed: CustomEvent<DisclosureRecord>;
  precheck: CustomEvent<Precheck & { loan: string }>;
  apply: CustomEvent<{ fingerprint: string; terms: LoanTerms; disclosed?: DisclosureRecord }>;
}

export class ClearLoanElement extends HTMLElement {
  /** Terms that the form's fields are laid over; read, those of the last quote. */
  terms: Partial<LoanTerms>;
  bounds: Bounds;
  policy: Policy | undefined;
  regime: Regime;
  /** The last valid quote; undefined before it. */
  readonly quote: Quote | undefined;
  addEventListener<Name extends keyof ClearLoanEvents>(
    name: Name,
    listener: (this: ClearLoanElement, event: ClearLoanEvents[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(name: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "clear-loan": ClearLoanElement;
  }
}
