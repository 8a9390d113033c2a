// The calls as their users see them. They write the input down, cross once, and give what comes back its shape; every figure is the
// engine's.

import { LoanError, issue } from "./error.js";
import { plainJson } from "./plain-json.js";
import { instalments } from "./rows.js";

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
      /** @type {Quote} */
      const result = JSON.parse(glue.quote(given, withInstalments));
      if (withInstalments) {
        // Read where the engine left them, before anything else runs in it.
        const columns = new Float64Array(memory.buffer, glue.columns());
        result.schedule.instalments = instalments(columns, result.terms.lenders);
      }
      return result;
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
    irr: plain("irr", "amounts"),
    xirr: plain("xirr", "flows", "dayCount"),
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
