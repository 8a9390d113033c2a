// The loans and the flows that everybody is measured with.

const fee = { code: "service", charge: { rate: "0.01", of: "principal" }, when: "disbursement", settlement: "deducted" };

/** The demo loan over three years, and a mortgage over thirty; both with the demo's fee, so that the rates are work. */
export const LOANS = [
  { name: "36 rows", count: 36, principal: 20_000, annual: 0.18,
    terms: { principal: "20000.00", interest: { annual: "0.18" }, method: "equalInstalment", instalmentCount: 36,
      disbursementDate: "2026-11-24", fees: [fee] } },
  { name: "360 rows", count: 360, principal: 300_000, annual: 0.065,
    terms: { principal: "300000.00", interest: { annual: "0.065" }, method: "equalInstalment", instalmentCount: 360,
      disbursementDate: "2026-11-24", fees: [fee] } },
];

/** The advance less its fee, then the loan's own payments: what every IRR and XIRR is measured with. */
export function flowsOf(quote) {
  const { disbursementDate } = quote.terms;
  return [{ date: disbursementDate, amount: quote.schedule.proceeds },
    ...quote.schedule.instalments.map(({ dueDate, payment }) => ({ date: dueDate, amount: `-${payment}` }))];
}
