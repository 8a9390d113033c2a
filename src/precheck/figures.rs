//! The figures of a quote that a policy may read by name, where terms are given.

use crate::cost::Cost;
use crate::error::LoanError;
use crate::rate::PublishedRate;
use crate::schedule::Schedule;
use crate::terms::LoanTerms;
use rust_decimal::Decimal;

/// As the quote names them; `payment` is the first one, and `principal` the sum asked for.
pub(crate) const FIGURES: [&str; 17] = [
    "payment",
    "firstPayment",
    "lastPayment",
    "maximumPayment",
    "proceeds",
    "paidAtDisbursement",
    "principal",
    "interest",
    "fees",
    "benefits",
    "payments",
    "financeCharge",
    "instalmentCount",
    "irrPerPeriod",
    "simpleAnnual",
    "compoundAnnual",
    "xirr",
];
/// The only figure that is always whole.
pub(crate) const INSTALMENT_COUNT: usize = 12;
/// From here on they are rates, which take far longer to find than the schedule.
const FIRST_RATE: usize = 13;

/// The figures of one loan, those that are wanted.
pub(crate) struct Figures([Option<Decimal>; FIGURES.len()]);

impl Figures {
    pub(crate) fn get(&self, figure: usize) -> Option<Decimal> {
        self.0[figure]
    }

    /// `wanted` has a bit for each figure; rates are found only if one of them is.
    ///
    /// # Errors
    /// Those of [`Cost::of`].
    pub(crate) fn of(terms: &LoanTerms, schedule: &Schedule, wanted: u32) -> Result<Figures, LoanError> {
        let decimals = u32::from(terms.currency().decimals());
        let money = |amount: i64| Decimal::try_from_i128_with_scale(amount.into(), decimals).ok();
        let mut figures = [
            money(schedule.first_payment),
            money(schedule.first_payment),
            money(schedule.last_payment),
            money(schedule.maximum_payment),
            money(schedule.proceeds),
            money(schedule.paid_at_disbursement),
            money(terms.principal),
            money(schedule.totals.interest),
            money(schedule.totals.fees),
            money(schedule.totals.benefits),
            money(schedule.totals.payments),
            money(schedule.totals.finance_charge),
            Some(Decimal::from(terms.instalment_count)),
            None,
            None,
            None,
            None,
        ];
        if wanted >> FIRST_RATE != 0 {
            let cost = Cost::of(schedule)?;
            let rate = |rate: PublishedRate| Decimal::try_from_i128_with_scale(rate.mantissa(), rate.scale()).ok();
            figures[FIRST_RATE] = rate(cost.irr_per_period);
            figures[FIRST_RATE + 1] = rate(cost.simple_annual);
            figures[FIRST_RATE + 2] = rate(cost.compound_annual);
            figures[FIRST_RATE + 3] = rate(cost.xirr);
        }
        Ok(Figures(figures))
    }
}
