/** The figures: the annual cost rate first, then what is paid, what it costs, and the same cost by other methods. */

import { isZero } from "./decimal-text.mjs";
import { byId, setFigure, setText } from "./dom.mjs";
import { date, money, percent } from "./format.mjs";
import { word } from "./words.mjs";

/** A year's rate is shown with 2 decimals; a single period's, twelve times smaller, with 4. */
const RATE_DECIMALS = { simpleAnnual: 2, compoundAnnual: 2, xirr: 2, irrPerPeriod: 4, usApr: 2, euAprc: 2 };

/** Writes the rates by other methods. */
export function showRates(quote) {
  for (const [name, decimals] of Object.entries(RATE_DECIMALS)) {
    setFigure(byId(name), quote.cost[name], percent(quote.cost[name], decimals));
  }
  setFigure(byId("itemised"), quote.cost.itemised.total, percent(quote.cost.itemised.total));
}

/** Writes the amounts of a quote whose payments are of that kind. */
export function showFigures(quote, kind, locale) {
  const { schedule } = quote;
  const { label, detail } = paymentWords(quote, kind, locale);
  setText(byId("payment-label"), label);
  setFigure(byId("payment"), schedule.firstPayment, money(schedule.firstPayment));
  setText(byId("payment-detail"), detail);

  const { totals } = schedule;
  setFigure(byId("financeCharge"), totals.financeCharge, money(totals.financeCharge));
  const detailCode = isZero(totals.benefits) ? "financeCharge.detail" : "financeCharge.benefits";
  const parts = { interest: money(totals.interest), fees: money(totals.fees), benefits: money(totals.benefits) };
  setText(byId("financeCharge-detail"), word(locale, detailCode, parts));

  setFigure(byId("payments"), totals.payments, money(totals.payments));
  setText(byId("payments-detail"), word(locale, "payments.detail", { date: date(schedule.maturityDate, locale) }));

  setFigure(byId("proceeds"), schedule.proceeds, money(schedule.proceeds));
  setText(byId("proceeds-detail"), proceedsWords(quote, locale));
}

/** Before the first quote only the label that depends on it is missing; the dashes are in the page. */
export function showNoFigures(locale) {
  setText(byId("payment-label"), word(locale, "payment.each"));
}

/**
 * How the payments of a schedule are called: "single", "each" (all the same but for the last), "first" (they differ), or "peak" (a
 * higher one stands within). The rows tell; while a slider moves there are none, and the kind stays what it was.
 */
export function paymentKind({ instalments, firstPayment, lastPayment, maximumPayment }) {
  if (instalments.length === 1) return "single";
  if (instalments.slice(0, -1).every(({ payment }) => payment === firstPayment)) return "each";
  return maximumPayment !== firstPayment && maximumPayment !== lastPayment ? "peak" : "first";
}

/** The words for a kind of payments. */
export function paymentWords({ schedule: { firstPayment, lastPayment, maximumPayment, maturityDate }, terms }, kind, locale) {
  const last = money(lastPayment);
  switch (kind) {
    case "single":
      return { label: word(locale, "payment.single"), detail: word(locale, "payment.once", { date: date(maturityDate, locale) }) };
    case "each":
      return {
        label: word(locale, "payment.each"),
        detail: lastPayment === firstPayment ? word(locale, "payment.same", { count: terms.instalmentCount }) : word(locale, "payment.last", { amount: last }),
      };
    case "peak":
      return { label: word(locale, "payment.first"), detail: word(locale, "payment.maximum", { amount: money(maximumPayment), last }) };
    default:
      return { label: word(locale, "payment.first"), detail: word(locale, "payment.last", { amount: last }) };
  }
}

/** What became of the fee at disbursement. */
function proceedsWords({ terms, schedule }, locale) {
  const { fees } = schedule.totals;
  if (isZero(fees)) return word(locale, "proceeds.whole");
  // The page asks for one fee, so the total is that fee; how it is settled stands in the normalised terms.
  return word(locale, `proceeds.${terms.fees[0].settlement}`, { fee: money(fees) });
}
