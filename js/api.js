// The calls as their users see them. They write the input down, cross once, and give what comes back its shape; every figure is the
// engine's.

import { LoanError, issue } from "./error.js";
import { hand } from "./input.js";
import { Lines } from "./lines.js";
import { plainJson } from "./plain-json.js";
import { instalments } from "./rows.js";
import { normalisedTerms } from "./terms.js";

/** @typedef {import("./clearloan.js").LoanTerms} LoanTerms */
/** @typedef {import("./clearloan.js").Quote} Quote */

/** @param {Pick<ReturnType<typeof import("./loader.js").createLoader>, "run">} loader */
export function createApi({ run }) {
  /**
   * @param {unknown} terms
   * @param {unknown} [options]
   * @returns {Quote}
   */
  function quote(terms, options) {
    const withInstalments = options === undefined || wantsInstalments(options);
    const given = plainJson(terms, "");
    return run((glue, memory) => {
      const lines = new Lines(glue.quote(hand(glue, memory, given), withInstalments));
      const normalised = normalisedTerms(lines);
      const warnings = lines.isGiven() ? lines.data() : [];
      const items = lines.list(item);
      // Read where the engine left them, before anything else runs in it.
      const rows = withInstalments ? instalments(new Float64Array(memory.buffer, glue.columns()), normalised.lenders) : [];
      // In the order of quote_for_page in src/quote.rs.
      return {
        cost: {
          compoundAnnual: lines.text(),
          euAprc: lines.text(),
          irrPerPeriod: lines.text(),
          itemised: { items, total: lines.text() },
          simpleAnnual: lines.text(),
          usApr: lines.text(),
          xirr: lines.text(),
        },
        schedule: {
          firstPayment: lines.text(),
          instalments: rows,
          lastPayment: lines.text(),
          maturityDate: lines.text(),
          maximumPayment: lines.text(),
          paidAtDisbursement: lines.text(),
          proceeds: lines.text(),
          totals: {
            benefits: lines.text(),
            fees: lines.text(),
            financeCharge: lines.text(),
            interest: lines.text(),
            payments: lines.text(),
            principal: lines.text(),
          },
        },
        terms: normalised,
        warnings,
      };
    });
  }

  /**
   * A call of which nothing is special. `names` says for each argument how the fields in it are named in errors; those of terms
   * have no prefix.
   *
   * @param {string} name
   * @param {string[]} names
   * @returns {(...given: unknown[]) => any}
   */
  const plain = (name, ...names) => (...given) => {
    const texts = names.map((prefix, index) => plainJson(given[index], prefix));
    return JSON.parse(run((glue) => glue.call(name, `[${texts.join()}]`)));
  };

  /**
   * @param {unknown} terms
   * @param {unknown} grid
   */
  function sweep(terms, grid) {
    const [givenTerms, givenGrid] = [plainJson(terms, ""), plainJson(grid, "grid")];
    return run((glue, memory) => {
      /** @type {{ currency: string, size: number }} */
      const head = JSON.parse(glue.sweep(givenTerms, givenGrid));
      const start = glue.columns();
      // Copied, since the engine's memory is used again by the next call.
      const column = (/** @type {number} */ index) => new Float64Array(memory.buffer, start + 8 * index * head.size, head.size).slice();
      return { ...head, payment: column(0), financeCharge: column(1), simpleAnnual: column(2) };
    });
  }

  /**
   * The rate of flows that are as usual, each written on a line of its own: for these the writing takes longer than the reckoning.
   * Whatever else comes goes the general way, which tells what is wrong with it.
   *
   * @param {unknown} flows
   * @param {(flow: any) => string | undefined} line
   * @param {() => string} generally
   */
  function rate(flows, line, generally) {
    const lines = linesOf(flows, line);
    // The engine holds the number of lines and of days against what they should be, so that no text can pass for two.
    return (lines !== undefined && run((glue, memory) => glue.rate_of_lines(hand(glue, memory, lines.text), lines.count, line === flowLine))) || generally();
  }

  const generalIrr = plain("irr", "amounts");
  const generalXirr = plain("xirr", "flows", "dayCount");

  return {
    quote,
    sweep,
    compare: plain("compare", "offers"),
    solve: plain("solve", "", "goal"),
    translateRate: plain("translateRate", ""),
    fingerprint: plain("fingerprint", ""),
    verify: plain("verify", ""),
    disclose: plain("disclose", "", "options"),
    usTolerance: plain("usTolerance", "", "disclosedApr"),
    alipayCostDisclosure: plain("alipayCostDisclosure", "", "options"),
    checkMarketing: plain("checkMarketing", "text", "on"),
    explain: plain("explain", "", "figure", "locale"),
    loadPolicy: plain("loadPolicy", ""),
    precheck: plain("precheck", "", "facts", "options"),
    healthScore: plain("healthScore", "facts", "options"),
    replay: plain("replay", "", "events", "asOf"),
    remind: plain("remind", "", "options", "events"),
    hostCalendar: plain("hostCalendar", "plan", "host"),
    subscribeMessages: plain("subscribeMessages", "plan", "host", "templates"),
    agenda: plain("agenda", "loans", "options"),
    /** @param {unknown} amounts */
    irr: (amounts) => rate(amounts, amountLine, () => generalIrr(amounts)),
    /**
     * @param {unknown} flows
     * @param {unknown} [dayCount]
     */
    xirr: (flows, dayCount) => (dayCount === undefined ? rate(flows, flowLine, () => generalXirr(flows)) : generalXirr(flows, dayCount)),
    aprOfFlows: plain("aprOfFlows", "convention", "flows", "periodsPerYear"),
    yearFraction: plain("yearFraction", "start", "end", "convention", "termination"),
    tvm: Object.freeze({
      pmt: plain("tvm.pmt", "rate", "count", "pv", "fv", "due"),
      ipmt: plain("tvm.ipmt", "rate", "period", "count", "pv", "fv", "due"),
      ppmt: plain("tvm.ppmt", "rate", "period", "count", "pv", "fv", "due"),
      pv: plain("tvm.pv", "rate", "count", "pmt", "fv", "due"),
      fv: plain("tvm.fv", "rate", "count", "pmt", "pv", "due"),
      nper: plain("tvm.nper", "rate", "pmt", "pv", "fv", "due"),
      rate: plain("tvm.rate", "count", "pmt", "pv", "fv", "due"),
      effective: plain("tvm.effective", "nominal", "periods"),
      nominal: plain("tvm.nominal", "effective", "periods"),
    }),
  };
}

/**
 * What one charge costs a year.
 *
 * @param {Lines} lines
 */
function item(lines) {
  /** @type {{ annual: string, code: string, payee?: string }} */
  const made = { annual: lines.text(), code: lines.words() };
  if (lines.isGiven()) made.payee = lines.wordsHere();
  return made;
}

/** More are never taken. */
const LINES_MAX = 1_000;

/**
 * @param {unknown} flows
 * @param {(flow: any) => string | undefined} line
 * @returns {{ text: string, count: number } | undefined} none where a flow is not as usual
 */
function linesOf(flows, line) {
  try {
    if (!Array.isArray(flows) || !(flows.length <= LINES_MAX)) return undefined;
    let text = "";
    for (let index = 0; index < flows.length; index += 1) {
      const written = line(flows[index]);
      if (written === undefined) return undefined;
      text += index === 0 ? written : `\n${written}`;
    }
    return { text, count: flows.length };
  } catch {
    // Code behind the values threw an error; the general way tells where.
    return undefined;
  }
}

/** Characters of an amount that is as usual. */
const AMOUNT_MAX = 60;

/** @param {unknown} amount */
const amountLine = (amount) => (typeof amount === "string" && amount.length <= AMOUNT_MAX ? amount : undefined);

/** @param {any} flow */
function flowLine(flow) {
  const { amount, date } = flow;
  const isUsual = typeof amount === "string" && amount.length <= AMOUNT_MAX && typeof date === "string" && date.length === 10
    && Object.keys(flow).length === 2;
  return isUsual ? `${amount} ${date}` : undefined;
}

/**
 * @param {unknown} options of `quote`
 * @returns {boolean}
 */
function wantsInstalments(options) {
  const text = plainJson(options, "options");
  // What is nearly always given needs no reading.
  if (text === '{"instalments":false}') return false;
  /** @type {Record<string, unknown> | null} */
  const given = JSON.parse(text);
  if (given === null) return true;
  if (typeof given !== "object" || Array.isArray(given)) {
    throw new LoanError([issue("wrong_type", "options",
      "Options are an object such as { instalments: false }.", "选项应为对象，例如 { instalments: false }。")]);
  }
  const issues = Object.keys(given).filter((name) => name !== "instalments").map((name) => issue("unknown_field", `options.${name}`,
    "There is no such option; the only one is instalments.", "没有该选项；唯一的选项是 instalments。"));
  const wanted = given.instalments ?? true;
  if (typeof wanted !== "boolean") {
    issues.push(issue("wrong_type", "options.instalments", "This option is true or false.", "该选项应为 true 或 false。"));
  }
  if (issues.length > 0) throw new LoanError(issues);
  return wanted === true;
}
