/** The figures: the annual cost rate first, then what is paid, what it costs, and the same cost by other methods. */

import { isZero } from "./decimal-text.mjs";
import { byId, setFigure, setText } from "./dom.mjs";
import { date, money, percent } from "./format.mjs";
import { word } from "./words.mjs";

/** A year's rate is shown with 2 decimals; a single period's, twelve times smaller, with 4. */
const RATE_DECIMALS = { simpleAnnual: 2, compoundAnnual: 2, xirr: 2, irrPerPeriod: 4, usApr: 2, euAprc: 2 };

/** Writes the figures of a quote. */
export function showFigures(quote, locale) {
  for (const [name, decimals] of Object.entries(RATE_DECIMALS)) {
    setFigure(byId(name), quote.cost[name], percent(quote.cost[name], decimals));
  }
  setFigure(byId("itemised"), quote.cost.itemised.total, percent(quote.cost.itemised.total));
  const { schedule } = quote;
  const { label, detail } = paymentWords(schedule, locale);
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

/** How the payments are called: one, all the same, the same but for the last, or a first one among different ones. */
export function paymentWords({ instalments, firstPayment, lastPayment, maximumPayment, maturityDate }, locale) {
  if (instalments.length === 1) {
    return {
      label: word(locale, "payment.single"),
      detail: word(locale, "payment.once", { date: date(maturityDate, locale) }),
    };
  }
  const last = money(lastPayment);
  if (instalments.slice(0, -1).every(({ payment }) => payment === firstPayment)) {
    const allSame = lastPayment === firstPayment;
    return {
      label: word(locale, "payment.each"),
      detail: allSame
        ? word(locale, "payment.same", { count: instalments.length })
        : word(locale, "payment.last", { amount: last }),
    };
  }
  const peaksWithin = maximumPayment !== firstPayment && maximumPayment !== lastPayment;
  return {
    label: word(locale, "payment.first"),
    detail: peaksWithin
      ? word(locale, "payment.maximum", { amount: money(maximumPayment), last })
      : word(locale, "payment.last", { amount: last }),
  };
}

/** What became of the fee at disbursement. */
function proceedsWords({ terms, schedule }, locale) {
  const { fees } = schedule.totals;
  if (isZero(fees)) return word(locale, "proceeds.whole");
  // The page asks for one fee, so the total is that fee; how it is settled stands in the normalised terms.
  return word(locale, `proceeds.${terms.fees[0].settlement}`, { fee: money(fees) });
}
