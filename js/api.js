// The calls as their users see them. They write the input down, cross once, and give what comes back its shape; every figure is the
// engine's.

import { hand } from "./input.js";
import { plainCalls } from "./plain-call.js";
import { plainJson } from "./plain-json.js";
import { createQuoteApi } from "./quote-api.js";

/** @param {import("./plain-call.js").Running} running */
export function createApi({ run }) {
  const plain = plainCalls({ run });

  /**
   * @param {unknown} terms
   * @param {unknown} grid
   */
  function sweep(terms, grid) {
    const [givenTerms, givenGrid] = [plainJson(terms, ""), plainJson(grid, "grid")];
    return run((glue, memory) => {
      /** @type {{ currency: string, size: number }} */
      const head = JSON.parse(glue.sweep(hand(glue, memory, `${givenTerms}\n${givenGrid}`)));
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
    ...createQuoteApi({ run }),
    sweep,
    compare: plain("compare", "offers"),
    solve: plain("solve", "", "goal"),
    translateRate: plain("translateRate", ""),
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
