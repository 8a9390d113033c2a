/**
 * clearloan (明算): what a loan really costs, and what is due when, exact to the last cent and day.
 *
 * Three rules hold everywhere.
 *
 * 1. Money, rates and factors cross as decimal strings, never as JS numbers. Money is in major units with the
 *    currency's own number of decimals (`"8884.50"`); a rate is a fraction (`"0.18"` is 18 % a year). Counts and days
 *    are JS integers.
 * 2. A date is a civil day, `"YYYY-MM-DD"`. The engine has no clock, no zone, no network and no storage.
 * 3. Results are plain data: they survive JSON, structuredClone and a mini-program's setData. Every failure is a thrown
 *    {@link LoanError} that lists all bad fields at once; none is a NaN.
 *
 * @packageDocumentation
 */

/** A decimal number as text: `"20000.00"`. */
export type Decimal = string;
/** A fraction as text: `"0.18"` is 18 %. */
export type Rate = string;
/** A civil day: `"2026-11-24"`. */
export type CivilDate = string;
/** The languages of every message. */
export type Locale = "zh-CN" | "en";

/** One problem: what is wrong, where, and what would be right. */
export interface LoanIssue {
  /** Stable, for programs: `"out_of_range"`, `"unknown_field"`, … */
  code: string;
  /** Path into the input: `"fees[1].charge.amount"`; empty for the whole. */
  field: string;
  /** The limit that was passed, as it would be written in the input. */
  limit?: string;
  /** For people. Both languages are always there: an error needs no locale. */
  message: Record<Locale, string>;
}

/**
 * Every problem found, in input order.
 *
 * @example
 * try {
 *   quote({ ...terms, principal: 20000 });
 * } catch (error) {
 *   if (error.name === "LoanError") for (const { field, message } of error.issues) show(field, message.en);
 * }
 */
export class LoanError extends Error {
  /** @param issues what is wrong; never empty */
  constructor(issues: LoanIssue[]);
  readonly name: "LoanError";
  readonly issues: LoanIssue[];
}

// ───────────────────────────── getting ready ─────────────────────────────

/**
 * Loads the engine once; later calls return the same promise, and a failed one may be retried. Every other function is
 * synchronous, and before `init` has settled throws a {@link LoanError} with the code `"not_initialised"`.
 *
 * @param source nothing: the engine's bytes are inside this package. Or the bytes of `clearloan.wasm` of the same
 * version, a compiled module, a response with them, or a promise of one of these.
 *
 * @example
 * await init();
 */
export function init(source?: unknown): Promise<void>;

/**
 * What runs; undefined until `init` has settled.
 *
 * @example
 * if (engine() === undefined) await init();
 */
export function engine(): "wasm" | "js" | undefined;

/**
 * Versions of the engine and of the dated rules inside it.
 *
 * @example
 * console.log(version.engine);
 */
export const version: { engine: string; rules: string };

// ───────────────────────────── terms: what is asked ─────────────────────────────

/** What a loan agreement fixes (合同要素). */
export interface LoanTerms {
  /** 本金. */
  principal: Decimal;
  /** ISO 4217; default `"CNY"` (2 decimals; JPY 0, KWD 3). */
  currency?: string;
  interest: InterestRate;
  method: RepaymentMethod;
  /** 期数, 1 to 600. */
  instalmentCount: number;
  /** The interval between instalments; default `{ months: 1 }`. */
  every?: Interval;
  /** 放款日. */
  disbursementDate: CivilDate;
  /** Default: disbursement + one interval, on `dueDay` if given; may make the first period odd. */
  firstDueDate?: CivilDate;
  /** 还款日, 1 to 31, intervals of months only; cut to the month's last day (31 Jan, 28 Feb, 31 Mar). */
  dueDay?: number;
  /** Default `"periodic"`; for a daily rate actual/365, or actual/360 with `daysPerYear: 360`. */
  accrual?: Accrual;
  businessDays?: BusinessDays;
  rounding?: Rounding;
  /** 还本宽限期: the first n instalments pay interest only. */
  interestOnlyInstalments?: number;
  /** 尾款 due with the last instalment, on top of it. */
  balloon?: Decimal;
  /** Rates known in advance; each recasts the level instalment. */
  steps?: RateStep[];
  /** Method `"custom"`: principal due with each instalment; sum = principal + financed fees. */
  principalPlan?: Decimal[];
  fees?: Fee[];
  benefits?: Benefit[];
  /** What default, misuse or early repayment would cost; at most one of each kind. */
  contingent?: Contingent[];
  /** The order within an instalment; penalty, fees, interest, principal by default. */
  allocation?: ("penalty" | "fees" | "interest" | "principal")[];
  /** 联合贷款; shares add up to 1. */
  lenders?: Lender[];
  /** What the rate is made of. */
  pricing?: PricingComponent[];
}

/** The interval between two instalments. */
export type Interval = { months: number } | { weeks: number } | { days: number };

/** When a due date falls on a day without business, and what then. */
export interface BusinessDays {
  calendar: "weekends" | "CN" | { holidays: CivilDate[]; workdays?: CivilDate[] };
  roll: "following" | "modifiedFollowing" | "preceding";
  /** Interest runs to the rolled day; default false. */
  accrue?: boolean;
}

/** How amounts are rounded. */
export interface Rounding {
  /** Serves every rounding; default `"halfUp"`. */
  mode?: RoundingMode;
  /** Methods equalInstalment and flat. */
  instalmentUnit?: Decimal;
  /** Who bears the remainder; `"first"` for equal parts only. */
  remainder?: "last" | "first";
}

/** A rate that begins with an instalment. */
export interface RateStep {
  fromInstalment: number;
  interest: InterestRate;
}

/** One of several lenders of one loan. */
export interface Lender {
  name: string;
  licence?: string;
  share: Rate;
}

/** A part of the rate. */
export interface PricingComponent {
  component: "funding" | "risk" | "operation" | "margin" | (string & {});
  rate: Rate;
}

/**
 * Exactly one basis. annual = 12 × monthly = daysPerYear (365) × daily. `flat`: per instalment, not per year, on the
 * original principal (每期手续费率), method `"flat"` only; a flat rate per year is method `"flat"` with `{ annual }`.
 */
export type InterestRate =
  | { annual: Rate }
  | { monthly: Rate }
  | { daily: Rate; daysPerYear?: 360 | 365 }
  | { flat: Rate };

/**
 * - `equalInstalment` 等额本息
 * - `equalPrincipal` 等额本金
 * - `flat` 等本等息
 * - `interestOnly` 先息后本
 * - `bullet` 到期一次性还本付息: one row, after `instalmentCount` intervals
 * - `custom`: by `principalPlan`
 */
export type RepaymentMethod = "equalInstalment" | "equalPrincipal" | "flat" | "interestOnly" | "bullet" | "custom";

/** `"periodic"`: each whole interval is the same fraction of a year; in a stub a month is 30 days and a week 7. */
export type Accrual = "periodic" | DayCount;

/** Day-count conventions. */
export type DayCount =
  | "actual/360"
  | "actual/365"
  | "actual/actual-isda"
  | "30/360"
  | "30/360-us"
  | "30E/360"
  | "30E/360-isda";

/** Of a half: away from zero, to the even neighbour; or always away from zero, or towards it. */
export type RoundingMode = "halfUp" | "halfEven" | "up" | "down";

/** What is charged besides interest (手续费、服务费). */
export interface Fee {
  /** `"service"`, `"guarantee"`, `"insurance"`, `"membership"`, … */
  code: string;
  name?: string;
  /** 收取主体. */
  payee?: string;
  /** For each charge, not for a year. */
  charge: { amount: Decimal } | { rate: Rate; of: "principal" | "openingBalance" | "instalment" };
  when: "disbursement" | "eachInstalment" | "firstInstalment" | "lastInstalment";
  /** At disbursement: in cash (default), from the proceeds, or added to the principal. */
  settlement?: "paid" | "deducted" | "financed";
  /** Default true: everything charged because of the loan counts. */
  inCost?: boolean;
}

/** What the lender waives: 免息券; 折扣券、会员价 (八折 = `"0.8"` is still paid); a fee waiver. */
export type Benefit =
  | { kind: "interestFree"; instalments: number }
  | { kind: "interestFree"; days: number }
  | { kind: "interestDiscount"; factor: Rate; instalments?: number; cap?: Decimal }
  | { kind: "feeWaiver"; fee: string; cap?: Decimal };

/** What is charged only if something happens. */
export type Contingent =
  | { kind: "overdue"; rateFactor?: Rate; dailyRate?: Rate; graceDays?: number; compound?: boolean; payee?: string }
  | { kind: "misuse"; rateFactor: Rate; payee?: string }
  | { kind: "earlyRepayment"; feeRate: Rate; minimum?: Decimal; freeAfterInstalment?: number; payee?: string };

// ───────────────────────────── quote: what it costs ─────────────────────────────

/** Options of {@link quote}. */
export interface QuoteOptions {
  /** Default true; a quote without its rows is the faster one, for sliders that show totals only. */
  instalments?: boolean;
}

/**
 * The schedule of a loan and what it costs.
 *
 * @example
 * const { schedule, cost } = quote({
 *   principal: "20000.00",
 *   interest: { annual: "0.18" },
 *   method: "equalInstalment",
 *   instalmentCount: 12,
 *   disbursementDate: "2026-11-24",
 * });
 * schedule.firstPayment; // "1833.60"
 */
export function quote(terms: LoanTerms, options?: QuoteOptions): Quote;

/** A schedule with its cost. */
export interface Quote {
  /** Normalised: every default filled in. */
  terms: LoanTerms;
  schedule: Schedule;
  cost: Cost;
  /** Such as a due date beyond the calendar's last published year. */
  warnings: QuoteWarning[];
}

/** Something to know about a quote that is otherwise right. */
export interface QuoteWarning {
  code: string;
  message: Record<Locale, string>;
}

/**
 * SHA-256, hex, of the canonical form of terms and schedule: equal on every host and on the server.
 *
 * @example
 * if (fingerprint(terms) !== theirs.fingerprint) reload();
 */
export function fingerprint(terms: LoanTerms): string;

/**
 * True when a server's quote is, to the last cent and day, the one that this engine computes.
 *
 * @example
 * const { same, differences } = verify(await response.json());
 */
export function verify(quote: Quote): Verification;

/** What {@link verify} found; `path` as in `"schedule.instalments[3].interest"`. */
export interface Verification {
  same: boolean;
  differences: { path: string; here: string; there: string }[];
}

/** 还款计划. payments − proceeds = interest + fees − benefits, fees and waivers at disbursement included. */
export interface Schedule {
  /** What the borrower receives. */
  proceeds: Decimal;
  /** Fees paid in cash that day. */
  paidAtDisbursement: Decimal;
  totals: ScheduleTotals;
  firstPayment: Decimal;
  lastPayment: Decimal;
  maximumPayment: Decimal;
  maturityDate: CivilDate;
  /** Empty with `{ instalments: false }`. */
  instalments: Instalment[];
}

/** Sums over a schedule. */
export interface ScheduleTotals {
  principal: Decimal;
  interest: Decimal;
  fees: Decimal;
  benefits: Decimal;
  payments: Decimal;
  financeCharge: Decimal;
}

/** 一期应还. principal + interest + fees − benefit = payment. */
export interface Instalment {
  /** From 1. */
  number: number;
  dueDate: CivilDate;
  /** Only where a roll to a business day moved the due date. */
  unrolledDueDate?: CivilDate;
  days: number;
  openingBalance: Decimal;
  principal: Decimal;
  interest: Decimal;
  fees: Decimal;
  benefit: Decimal;
  payment: Decimal;
  closingBalance: Decimal;
  /** Only for a joint loan: each lender's part. */
  lenders?: InstalmentShare[];
}

/** A lender's part of an instalment. */
export interface InstalmentShare {
  name: string;
  principal: Decimal;
  interest: Decimal;
}

/** Every figure names its method; none is called just "rate". Rates are rounded to 10 decimals, each from its exact root. */
export interface Cost {
  /** A period is one interval (bullet: the term); an odd first one counts by its fraction. */
  irrPerPeriod: Rate;
  /** 年化利率（单利）: IRR per period × periods per year. */
  simpleAnnual: Rate;
  /** 年化利率（复利）: (1 + IRR)^periods − 1. */
  compoundAnnual: Rate;
  /** Actual/365, effective. */
  xirr: Rate;
}
