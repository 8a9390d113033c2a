// A quote and what goes with it: the calls of the small build, and the first of the whole one.

import { LoanError, issue } from "./error.js";
import { hand } from "./input.js";
import { Lines } from "./lines.js";
import { plainCalls } from "./plain-call.js";
import { plainJson } from "./plain-json.js";
import { instalments } from "./rows.js";
import { normalisedTerms } from "./terms.js";

/** @typedef {import("./clearloan.js").Quote} Quote */
/** @typedef {import("./plain-call.js").Running} Running */

/** @param {Running} running */
export function createQuoteApi({ run }) {
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

  const plain = plainCalls({ run });
  return { quote, fingerprint: plain("fingerprint", ""), verify: plain("verify", "") };
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
