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
 *   quote({ ...terms, principal: "-20000.00" });
 * } catch (error) {
 *   if (error instanceof LoanError) for (const { field, message } of error.issues) console.log(field, message.en);
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
 * Without WebAssembly, or where a Content-Security-Policy blocks it, the same engine as JavaScript runs instead: it gives
 * the same results at a fraction of the speed.
 *
 * @param source nothing: the engine's bytes are inside this package. Or the bytes of `clearloan.wasm` of the same
 * version (of `quote.wasm` with `clearloan/quote`), a compiled module, a response with them, or a promise of one of these; with `clearloan/slim` its address too,
 * and in a mini-program its path inside the package. Or {@link InitOptions}.
 *
 * @throws a {@link LoanError} with one of the codes `"load_failed"`, `"version_mismatch"`, `"wrong_build"`, `"wasm_missing"`, `"wasm_blocked"`,
 * `"wasm_not_given"`, `"asm_not_given"`, `"engine_not_here"` and `"unknown_engine"`; its sentence says what to do.
 *
 * @example
 * await init();
 */
export function init(source?: InitOptions | unknown): Promise<void>;

/** Which engine, and where from. */
export interface InitOptions {
  /** `"js"` leaves WebAssembly alone, `"wasm"` allows nothing else; by default the first that works. */
  engine?: "wasm" | "js";
  /** What `init` takes by itself. */
  wasm?: unknown;
  /** The address of `clearloan.asm.js`, for the script-tag build: it is loaded only where WebAssembly cannot run. */
  asm?: string;
}

/**
 * What runs; undefined until `init` has settled, and `"js"` at once with `clearloan/asm`, which needs no `init`.
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
 * fingerprint(terms) === fingerprint(quote(terms).terms); // true
 */
export function fingerprint(terms: LoanTerms): string;

/**
 * True when a server's quote is, to the last cent and day, the one that this engine computes.
 *
 * @example
 * const theirs: Quote = JSON.parse(JSON.stringify(quote(terms)));
 * verify(theirs).same; // true
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
  /** The annual percentage rate of the US Regulation Z, Appendix J, actuarial method: nominal. */
  usApr: Rate;
  /** The annual percentage rate of charge of 2008/48/EC and its successor, and of the UK: effective. */
  euAprc: Rate;
  /** 各息费项目折算年化后加总: each item annualised by itself on the scheduled principal, then added up. */
  itemised: ItemisedCost;
}

/** The items of a loan's cost, each as if it were the only charge: interest first, then each fee that counts in the cost. */
export interface ItemisedCost {
  /** The sum of the items as published. */
  total: Rate;
  items: ItemRate[];
}

/** What one item costs a year, simple. */
export interface ItemRate {
  /** `"interest"`, or the fee's code. */
  code: string;
  /** 收取主体: the fee's payee, where the terms name one. */
  payee?: string;
  annual: Rate;
}

// ───────────────────────────── offers beside each other ─────────────────────────────

/** Values to combine; those of an axis that is left out are the terms' own. */
export interface SweepGrid {
  principal?: Decimal[];
  instalmentCount?: number[];
  annual?: Rate[];
}

/** Columns of a {@link sweep}: a number for each combination, in row-major order of principal, instalmentCount, annual. */
export interface Sweep {
  size: number;
  currency: string;
  /** The first payment, in minor units. */
  payment: Float64Array;
  /** In minor units. */
  financeCharge: Float64Array;
  /** 年化利率（单利）, to 10 decimals. */
  simpleAnnual: Float64Array;
}

/**
 * Many quotes in one crossing, for sliders, tables and heat maps: every combination of the given values, at most 100,000, and
 * at most 100 million rows in all, to which each fee or benefit adds a half (`too_much_work`).
 *
 * @example
 * const { size, payment } = sweep(terms, { instalmentCount: [6, 12, 24], annual: ["0.12", "0.18"] });
 * size; // 6
 * payment[3]; // 183360
 */
export function sweep(terms: LoanTerms, grid: SweepGrid): Sweep;

/**
 * Offers side by side: the cheapest by simple annual rate, and what each costs more (or less) in money than it.
 *
 * @example
 * const dearer: LoanTerms = { ...terms, interest: { annual: "0.24" } };
 * compare([{ id: "A", terms }, { id: "B", terms: dearer }]).cheapest; // "A"
 */
export function compare(offers: { id: string; terms: LoanTerms }[]): Comparison;

/** What {@link compare} gives. */
export interface Comparison {
  /** Its id. */
  cheapest: string;
  /** In the order given. `extraCost`: finance charge against the cheapest's; negative where a shorter or smaller loan costs less money. */
  offers: { id: string; quote: Quote; extraCost: Decimal }[];
}

/** What {@link solve} looks for. */
export interface SolveGoal {
  /** The largest principal or annual rate (6 decimals), or the smallest count. */
  find: "principal" | "annual" | "instalmentCount";
  /** What the largest payment, fees included, may come to. */
  payment: Decimal;
}

/**
 * The inverse question: which terms fit a payment. What is sought may be left out of the terms.
 *
 * The answer is proved to be the extreme one, cent by cent. For a few loans over decades with a balloon and a very high rate that
 * takes too long: then the error is `solution_undecided`, after some seconds. `no_solution` where nothing fits.
 *
 * @example
 * solve(terms, { find: "principal", payment: "1000.00" }).principal; // "10907.50"
 */
export function solve(terms: Partial<LoanTerms>, goal: SolveGoal): LoanTerms;

/** A rate in all its forms, each to 10 decimals. */
export interface TranslatedRate {
  /** Per instalment on the original principal (每期手续费率). */
  flat: Rate;
  daily: Rate;
  monthly: Rate;
  simpleAnnual: Rate;
  compoundAnnual: Rate;
}

/**
 * A quoted flat fee, daily or monthly rate in all its other forms: what "0.6 % a month" is a year.
 *
 * @example
 * translateRate({ flat: "0.006", instalmentCount: 12 }).simpleAnnual; // "0.1303422428"
 */
export function translateRate(input: InterestRate & { instalmentCount: number; method?: RepaymentMethod }): TranslatedRate;

// ───────────────────────── disclosure: what must be shown ─────────────────────────

/** 金融机构类型: whose caps hold in China. */
export type LenderType = "bank" | "consumerFinance" | "autoFinance" | "trust" | "smallLoan" | "other";

/** Whose law. */
export type Regime = "CN" | "US" | "EU" | "UK" | "IN";

/** Options of {@link disclose}. */
export interface DiscloseOptions {
  regime: Regime;
  /** The day whose rules hold. */
  on: CivilDate;
  /** Default: `"zh-CN"` for China, `"en"` elsewhere. */
  locale?: Locale;
  lenderType?: LenderType;
  /** The loan prime rate of that day, for caps that are multiples of it; none is assumed. */
  lpr?: Rate;
  /** China: whether the headline is the simple (单利, default) or the compound annual rate (复利). */
  headline?: "simple" | "compound";
  /** Rows in place of the shipped rules of the same code, or besides them. */
  rules?: Rule[];
}

/** What every row of law says of itself. */
export interface RuleHead {
  /** A row replaces the shipped row of the same code. */
  code: string;
  regime: Regime;
  /** 生效日. */
  since: CivilDate;
  /** The last day in force; open without it. */
  until?: CivilDate;
  /** The title, or the sentence to show, in both languages. */
  words: Record<Locale, string>;
  /** Where it can be read. */
  source: string;
  /** How sure the source is: its text has been read (default), or another's report of it. */
  certainty?: "read" | "reported";
}

/** A row of law as data. */
export type Rule =
  | (RuleHead & { kind: "legalBasis" })
  | (RuleHead & { kind: "statement" })
  | (RuleHead & { kind: "readingSeconds"; seconds: number })
  | (RuleHead & { kind: "confirmation"; confirmation: Disclosure["confirmation"] })
  | (RuleHead & { kind: "decimals"; decimals: number })
  | (RuleHead & { kind: "tolerance"; above: Rate; below: Rate })
  | (RuleHead & {
      kind: "cap";
      /** Either a rate or a multiple of the loan prime rate. */
      limit?: Rate;
      timesLpr?: Rate;
      /** Default: all. */
      lenders?: LenderType[];
      measure?: "simpleAnnual" | "compoundAnnual" | "itemised";
    });

/**
 * What the law wants shown before signing: in China the 综合融资成本明示表, elsewhere the TILA box, the SECCI's figures, the
 * key fact statement.
 *
 * @example
 * const { headline, items } = disclose(terms, { regime: "CN", on: "2026-11-24", lenderType: "bank" });
 * headline.shown; // "19.94%"
 * items.length; // 2
 */
export function disclose(terms: LoanTerms, options: DiscloseOptions): Disclosure;

/** A disclosure: words and figures, ready to be laid out. */
export interface Disclosure {
  regime: string;
  legalBasis: { code: string; title: string; inForceSince: CivilDate }[];
  /** The rate that the law puts first: 正常履约年化综合融资成本, APR, APRC. */
  headline: { label: string; rate: Rate; shown: string; method: string };
  /** The other figures, in the law's order, written as they are shown. */
  figures: { code: string; label: string; value: string }[];
  /** 息费项目: interest and each fee, annualised by itself. */
  items: DisclosedItem[];
  /** 或有成本: what default, misuse or early repayment would cost. */
  contingent: { code: string; name: string; standard: string; payee: string }[];
  /** Sentences that must stand there. */
  statements: string[];
  /** Measured against each cap in force; it says within or not, and no more than that. */
  caps: { code: string; limit: Rate; measured: Rate; within: boolean; legalBasis: string }[];
  /** 穿透: what the rate is made of, where the terms say it. */
  pricing?: { component: string; rate: Rate }[];
  /** How long the text stays before it can be confirmed. */
  readingSeconds: number;
  confirmation: "popup" | "signature" | "inline";
  /** What is missing or doubtful: an item without a payee, for one. */
  warnings: string[];
}

/** An item of a {@link Disclosure}. */
export interface DisclosedItem {
  code: string;
  name: string;
  /** 收取方式. */
  collection: string;
  annual: Rate;
  /** 收费标准. */
  standard: string;
  /** 收取主体; empty where the terms name none. */
  payee: string;
}

/**
 * 12 CFR 1026.22: whether a disclosed APR is within tolerance of the exact one, or of the exact one determined to three decimals
 * of a percentage: 10.125 % is within for 9.9996 %, which is 10.000 %.
 *
 * @example
 * usTolerance(terms, "0.1994").within; // true
 */
export function usTolerance(terms: LoanTerms, disclosedApr: Rate): {
  exact: Rate;
  tolerance: Rate;
  irregular: boolean;
  within: boolean;
};

/**
 * The fields of Alipay's `LoanCostDisclosureInfo`; those for which the loan has nothing are left out.
 *
 * @example
 * alipayCostDisclosure(terms, { on: "2026-11-24", lender: "某某银行" }).cost_rate; // "0.1994064065"
 */
export function alipayCostDisclosure(terms: LoanTerms, options: { on: CivilDate; lender: string }): Record<string, string | boolean>;

/**
 * Words and claims that China's 2026 marketing rules ban, and a daily or monthly rate set above the annual one.
 *
 * @example
 * checkMarketing("最低日息万分之二", "2026-11-24").length > 0; // true
 */
export function checkMarketing(text: string, on: CivilDate): MarketingFinding[];

/** What {@link checkMarketing} found; `start` counts UTF-16 units, as `text.slice` does. */
export interface MarketingFinding {
  code: string;
  phrase: string;
  start: number;
  legalBasis: string;
}

/** What {@link explain} explains. */
export type ExplainedFigure = keyof Cost | "payment" | "interest" | "financeCharge";

/**
 * Where a figure comes from, step by step, with the numbers put in.
 *
 * @example
 * const { steps } = explain(terms, "simpleAnnual", "en");
 * steps[steps.length - 1].value; // "0.1994064065"
 */
export function explain(terms: LoanTerms, figure: ExplainedFigure, locale?: Locale): Explanation;

/** A figure explained: in a sentence, as a formula, and in steps of which the last is the figure. */
export interface Explanation {
  text: string;
  formula: string;
  steps: { text: string; value: string }[];
}

// ─────────────────────── pre-check: may it be worth applying ───────────────────────

/**
 * A policy as data (准入策略): decision tables in the sense of OMG's DMN with S-FEEL cells, and formulas in a part of FEEL.
 * What ships to a client is published: secret rules belong on the lender's server, in this same engine.
 */
export interface Policy {
  id: string;
  version: string;
  lender: string;
  /** Where a borrower can go on: `"https://…"`. */
  lenderUrl?: string;
  validFrom?: CivilDate;
  validTo?: CivilDate;
  /** A third party's page gets arithmetic, never a verdict. */
  operator: "lender" | "thirdParty";
  inputs: PolicyInput[];
  /** In order; a later one may read facts and earlier decisions by name. */
  decisions: Decision[];
  result: PolicyResult;
  affordability?: PolicyAffordability;
  /** By the codes that reasons, topics and bands use. */
  messages: Record<string, PolicyMessage>;
}

/** A fact that a policy asks for. */
export interface PolicyInput {
  name: string;
  type: "integer" | "decimal" | "boolean" | "text" | "date" | "decimals";
  /** For texts those allowed; for all else tests such as `"[18..70]"`, which each number of a list has to meet. */
  values?: string[];
  /** Shown to the borrower, unless `messages` has words under `purpose.` and the input's name. */
  purpose: string;
  required?: boolean;
  sensitive?: boolean;
}

/** A step of a policy: exactly one of a table and a formula. */
export type Decision = { name: string; table: DecisionTable } | { name: string; formula: string };

/** A decision table: `when` has a cell for each of `inputs`, `then` is a literal as in a cell. */
export interface DecisionTable {
  hit: "unique" | "first" | "priority" | "any" | "collect" | "sum" | "min" | "max" | "count";
  inputs: string[];
  rules: DecisionRule[];
  otherwise?: string;
  /** For `priority`: the outputs, the first of which wins. */
  outputOrder?: string[];
}

/** A row of a {@link DecisionTable}. */
export interface DecisionRule {
  when: string[];
  then: string;
  reason?: string;
}

/** Names of decisions; `outcome` gives `"eligible"`, `"refer"` or `"ineligible"`. */
export interface PolicyResult {
  outcome: string;
  limit?: string;
  annual?: string;
  score?: string;
  parts?: string[];
  topics?: string;
  band?: string;
}

/** Names of facts or decisions: an instalment fits while obligations + payment ≤ shareMax × income. */
export interface PolicyAffordability {
  income: string;
  obligations: string;
  shareMax: Rate;
}

/** Words in one language or both. */
export interface PolicyMessage {
  "zh-CN"?: string;
  en?: string;
}

/** Answers to a policy's questions, by name. */
export type Facts = Record<string, string | number | boolean | null | string[]>;

/**
 * Checks and compiles a policy once; all its faults are reported, by table and rule. The handle stands for it in later calls.
 *
 * @example
 * const handle = loadPolicy(policy);
 * precheck(handle, facts, { terms }).outcome; // "eligible"
 */
export function loadPolicy(policy: Policy): PolicyHandle;

/** A loaded policy; the engine keeps the 64 used last. */
export interface PolicyHandle {
  fingerprint: string;
}

/** Options of {@link precheck}. */
export interface PrecheckOptions {
  /** The loan asked for: its figures can be read by the policy, and are tried for suggestions. */
  terms?: LoanTerms;
  /** The day, for policies that ask for it. */
  on?: CivilDate;
  locale?: Locale;
}

/**
 * Whether a loan is worth applying for, why, and what would change the answer. An indication, and no decision.
 *
 * @example
 * const { outcome, notice } = precheck(policy, facts, { terms, locale: "en" });
 * outcome; // "eligible"
 */
export function precheck(policy: Policy | PolicyHandle, facts: Facts, options?: PrecheckOptions): Precheck;

/** What {@link precheck} answers. */
export interface Precheck {
  outcome: "eligible" | "refer" | "ineligible" | "incomplete" | "notAssessed";
  limit?: Decimal;
  annual?: Rate;
  score?: Decimal;
  /** That this is an indication and no decision, or why there is none. */
  notice?: string;
  /** Whom to ask, where the policy's operator is a third party. */
  lender?: { name: string; url?: string };
  reasons: PrecheckReason[];
  suggestions: Suggestion[];
  affordability?: Affordability;
  /** The facts that were read, and nothing else. */
  factsUsed: FactUsed[];
  trace: TraceStep[];
  policy: { id: string; version: string; fingerprint: string };
}

/** A reason: the value seen and the value needed, where a rule compares one. */
export interface PrecheckReason {
  code: string;
  decision: string;
  message: string;
  field?: string;
  seen?: string;
  needed?: string;
}

/** What would change the answer; each has been tried, and is the smallest change that passes. */
export interface Suggestion {
  code: string;
  message: string;
  change: Partial<LoanTerms> | { fact: string };
}

/** Whether the instalments fit the income. */
export interface Affordability {
  payment: Decimal;
  disposableIncome: Decimal;
  debtToIncome?: Rate;
  principalMaximum?: Decimal;
}

/** A fact that was read, and what for. */
export interface FactUsed {
  name: string;
  purpose: string;
  sensitive: boolean;
}

/** A decision's value, and the rules (counted from 1) that gave it. */
export interface TraceStep {
  decision: string;
  value: string;
  rule?: number;
  rules?: number[];
}

/** Options of {@link healthScore}. */
export interface HealthScoreOptions {
  /** Default: the shipped one. */
  policy?: Policy | PolicyHandle;
  locale?: Locale;
}

/**
 * 金融健康分, 0 to 100: its parts, the topics it calls for, and the exposure it advises.
 *
 * @example
 * const { score } = healthScore({ age: 30, student: false, monthlyIncome: "12000.00", monthlySpending: "7000.00",
 *   monthlyDebtPayments: "2000.00", savings: "40000.00", latePayments: 0 });
 * score >= 60; // true
 */
export function healthScore(facts: Facts, options?: HealthScoreOptions): HealthScore;

/** What {@link healthScore} gives. */
export interface HealthScore {
  score: number;
  band: string;
  bandMessage: string;
  parts: { code: string; points: number; message: string }[];
  topics: string[];
  topicMessages: string[];
  advisedLimit?: Decimal;
  notice: string;
  factsUsed: FactUsed[];
  policy: { id: string; version: string; fingerprint: string };
}

// ───────────────────── servicing: what has happened since ─────────────────────

/** Something that happened to a loan. On one day: rate changes, deferrals and benefits, then payments, then prepayments. */
export type LoanEvent =
  | { kind: "payment"; date: CivilDate; amount: Decimal }
  | { kind: "prepayment"; date: CivilDate; amount: Decimal | "all"; keep: "payment" | "term" }
  | { kind: "rateChange"; date: CivilDate; interest: InterestRate }
  | { kind: "deferral"; fromInstalment: number; instalments: number; interest: "capitalise" | "collect" }
  | { kind: "benefit"; date: CivilDate; benefit: Benefit };

/**
 * The state of a loan on a day, after what has happened: what is owed, what would settle it, what is still to come.
 *
 * @example
 * const state = replay(terms, [{ kind: "payment", date: "2026-12-24", amount: "1833.60" }], "2026-12-24");
 * state.dueNow; // "0.00"
 * state.remaining.length; // 11
 */
export function replay(terms: LoanTerms, events: LoanEvent[], asOf: CivilDate): LoanState;

/** What {@link replay} gives. */
export interface LoanState {
  asOf: CivilDate;
  status: "current" | "overdue" | "settled";
  outstanding: { principal: Decimal; interest: Decimal; fees: Decimal; penalty: Decimal; total: Decimal };
  /** Makes the loan current on `asOf`. */
  dueNow: Decimal;
  /** Settles the loan on `asOf`, early-repayment fee and kept money taken in. */
  payoff: Decimal;
  /** Money waiting for the next due date. */
  kept: Decimal;
  overdueDays: number;
  /** Where each sum of money went. */
  allocations: Allocation[];
  remaining: Instalment[];
  /** Interest, less benefits, saved against the original schedule; fees apart. */
  saved?: Decimal;
}

/** Where money went. */
export interface Allocation {
  date: CivilDate;
  penalty: Decimal;
  fees: Decimal;
  interest: Decimal;
  principal: Decimal;
  unapplied: Decimal;
}

// ─────────────────────── reminders: what is due and when ───────────────────────

/** Options of {@link remind}. */
export interface ReminderOptions {
  /** Nothing is reminded of before it. */
  today: CivilDate;
  locale?: Locale;
  /** Stable: the identifiers of events are built from it. */
  loanId: string;
  /** What the loan is called. */
  title?: string;
  /** Default `[3, 1, 0]`. */
  daysBefore?: number[];
  /** `"09:00"`, wherever the reader is; without it events last all day. */
  at?: string;
  /** Default `"+08:00"`; only for hosts that want an instant, as WeChat does. */
  utcOffset?: string;
  /** Day of the month; adds a reminder on the last payday before a due date. */
  payday?: number;
  /** Where to pay. */
  url?: string;
}

/**
 * When to be told of what: from the instalments that remain after the events.
 *
 * @example
 * const plan = remind(terms, { today: "2026-12-01", loanId: "L-1", title: "装修贷" });
 * plan.reminders[0].date; // "2026-12-21"
 */
export function remind(terms: LoanTerms, options: ReminderOptions, events?: LoanEvent[]): ReminderPlan;

/** What {@link remind} gives; plain data, for {@link hostCalendar} and {@link subscribeMessages}. */
export interface ReminderPlan {
  loanId: string;
  title: string;
  currency: string;
  locale: Locale;
  today: CivilDate;
  utcOffset: string;
  reminders: Reminder[];
  /** RFC 5545: an event for each instalment with its alarms, in floating local time. The same input gives the same bytes. */
  icalendar: string;
}

/** One reminder. */
export interface Reminder {
  id: string;
  kind: "due" | "payday" | "overdue";
  date: CivilDate;
  time?: string;
  instalment: number;
  dueDate: CivilDate;
  /** Only where a roll to a business day moved the due date. */
  unrolledDueDate?: CivilDate;
  amount: Decimal;
  title: string;
  body: string;
}

/** Hosts with calendars or messages of their own. */
export type Host = "wechat" | "alipay" | "douyin" | "jd";

/**
 * Ready arguments for a host's own calendar call; `api` names the call. Where a host documents none, the calendar file.
 *
 * @example
 * const calls = hostCalendar(remind(terms, { today: "2026-12-01", loanId: "L-1" }), "wechat");
 * calls[0].api; // "wx.addPhoneRepeatCalendar"
 */
export function hostCalendar(plan: ReminderPlan, host: Host): Record<string, unknown>[];

/** A message template that the host has approved: its id, and what each of its fields is to show. */
export interface MessageTemplate {
  id: string;
  kind?: Reminder["kind"];
  fields: Record<string, "loan" | "instalment" | "amount" | "dueDate" | "text" | "status">;
}

/**
 * Subscribe messages (订阅消息) of WeChat, Alipay and Douyin: the argument for asking, and a message for each reminder.
 *
 * @example
 * const plan = remind(terms, { today: "2026-12-01", loanId: "L-1" });
 * const { messages } = subscribeMessages(plan, "wechat", [{ id: "T1", fields: { thing1: "loan", amount2: "amount" } }]);
 * messages.length; // 36
 */
export function subscribeMessages(plan: ReminderPlan, host: Host, templates: MessageTemplate[]): {
  request: Record<string, string[]>;
  messages: Record<string, unknown>[];
};

/** A loan of an {@link agenda}. */
export interface AgendaLoan {
  loanId: string;
  terms: LoanTerms;
  events?: LoanEvent[];
}

/**
 * Across several loans: what is due in date order, and the cash needed by the next payday.
 *
 * @example
 * agenda([{ loanId: "L-1", terms }], { today: "2026-12-01", payday: 25 }).neededByPayday; // "1833.60"
 */
export function agenda(loans: AgendaLoan[], options: { today: CivilDate; payday?: number }): Agenda;

/** What {@link agenda} gives. */
export interface Agenda {
  entries: AgendaEntry[];
  /** The total of each day and currency. */
  days: { date: CivilDate; currency: string; total: Decimal }[];
  nextPayday?: CivilDate;
  /** Only where a payday is given and all loans have one currency. */
  neededByPayday?: Decimal;
}

/** An instalment of an {@link Agenda}. */
export interface AgendaEntry {
  loanId: string;
  instalment: number;
  dueDate: CivilDate;
  amount: Decimal;
  currency: string;
  overdue: boolean;
}

// ─────────────────────── figures on their own, for other callers ───────────────────────

/**
 * The internal rate of return of amounts one period apart, the first one now: the positive root nearest zero, else the
 * negative one nearest zero. At most 1,000 amounts of up to 28 digits; received and paid differ in sign.
 *
 * @example
 * irr(["-10000.00", "3000.00", "4000.00", "5000.00"]); // "0.0889633947"
 */
export function irr(amounts: Decimal[]): Rate;

/** An amount on a day. */
export interface DatedFlow {
  date: CivilDate;
  amount: Decimal;
}

/**
 * The effective annual rate of flows with dates, in any order; years are counted from the earliest, by actual/365 unless said
 * otherwise.
 *
 * @example
 * xirr([{ date: "2026-01-01", amount: "-1000.00" }, { date: "2027-01-01", amount: "1100.00" }]); // "0.1"
 */
export function xirr(flows: DatedFlow[], dayCount?: DayCount): Rate;

/** A flow `periods` whole unit-periods, and a `fraction` of one (`"19/30"`), after the start. */
export interface PeriodFlow {
  amount: Decimal;
  periods: number;
  fraction?: string;
}

/**
 * The annual rate of flows in unit-periods, as a law writes them: Regulation Z's Appendix J, or Annex I of 2008/48/EC.
 *
 * @example
 * aprOfFlows("usApr", [{ amount: "1000.00", periods: 0 }, { amount: "-1120.00", periods: 12 }], "12"); // "0.1138655152"
 */
export function aprOfFlows(convention: "usApr" | "euAprc", flows: PeriodFlow[], periodsPerYear: string): Rate;

/**
 * The part of a year from one day to another under a day count; 30E/360 (ISDA) asks for the loan's last day.
 *
 * @example
 * yearFraction("2026-01-31", "2026-07-31", "30E/360"); // "0.5"
 */
export function yearFraction(start: CivilDate, end: CivilDate, convention: DayCount, termination?: CivilDate): Rate;

/**
 * The spreadsheet functions: names, argument order, signs and errors as in OpenFormula; 10 decimals, half up. Money received
 * is positive, money paid negative; `due` 1 pays in advance. Counts go up to 10,000.
 *
 * @example
 * tvm.pmt("0.01", 12, "10000"); // "-888.4878867834"
 */
export const tvm: {
  /** The payment of each period. */
  pmt(rate: Rate, count: number, pv: Decimal, fv?: Decimal, due?: 0 | 1): Decimal;
  /** Its interest in one period, from 1. */
  ipmt(rate: Rate, period: number, count: number, pv: Decimal, fv?: Decimal, due?: 0 | 1): Decimal;
  /** Its principal in one period, from 1. */
  ppmt(rate: Rate, period: number, count: number, pv: Decimal, fv?: Decimal, due?: 0 | 1): Decimal;
  /** The present value. */
  pv(rate: Rate, count: number, pmt: Decimal, fv?: Decimal, due?: 0 | 1): Decimal;
  /** The future value. */
  fv(rate: Rate, count: number, pmt: Decimal, pv?: Decimal, due?: 0 | 1): Decimal;
  /** How many payments; seldom whole. */
  nper(rate: Rate, pmt: Decimal, pv: Decimal, fv?: Decimal, due?: 0 | 1): Decimal;
  /** The rate of a period. */
  rate(count: number, pmt: Decimal, pv: Decimal, fv?: Decimal, due?: 0 | 1): Rate;
  /** (1 + nominal ÷ periods)^periods − 1. */
  effective(nominal: Rate, periods: number): Rate;
  /** The inverse of `effective`. */
  nominal(effective: Rate, periods: number): Rate;
};
