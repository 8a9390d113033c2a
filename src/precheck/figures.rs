//! The figures of a quote that a policy may read by name, where terms are given.

use crate::cost::Cost;
use crate::error::LoanError;
use crate::rate::PublishedRate;
use crate::schedule::Schedule;
use crate::terms::LoanTerms;
use rust_decimal::Decimal;

/// As the quote names them; `payment` is the first one, `principal` the sum asked for, `itemised` the total of the items.
pub(crate) const FIGURES: [&str; 20] = [
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
    "usApr",
    "euAprc",
    "itemised",
];
/// The sum asked for.
pub(crate) const PRINCIPAL: usize = 6;
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

    /// Whether one of the wanted figures is a rate.
    pub(crate) fn has_rates(wanted: u32) -> bool {
        wanted >> FIRST_RATE != 0
    }

    /// `wanted` has a bit for each figure; rates are found only if one of them is.
    ///
    /// # Errors
    /// Those of [`Cost::of`].
    #[inline(never)]
    pub(crate) fn of(terms: &LoanTerms, schedule: &Schedule, wanted: u32) -> Result<Figures, LoanError> {
        let decimals = u32::from(terms.currency().decimals());
        let totals = &schedule.totals;
        let amounts = [
            schedule.first_payment,
            schedule.first_payment,
            schedule.last_payment,
            schedule.maximum_payment,
            schedule.proceeds,
            schedule.paid_at_disbursement,
            terms.principal,
            totals.interest,
            totals.fees,
            totals.benefits,
            totals.payments,
            totals.finance_charge,
        ];
        let mut figures = [None; FIGURES.len()];
        for (figure, amount) in figures.iter_mut().zip(amounts) {
            *figure = Decimal::try_from_i128_with_scale(amount.into(), decimals).ok();
        }
        figures[INSTALMENT_COUNT] = Some(Decimal::from(terms.instalment_count));
        if Figures::has_rates(wanted) {
            let cost = Cost::of(terms, schedule)?;
            let rates: [PublishedRate; FIGURES.len() - FIRST_RATE] = [
                cost.irr_per_period,
                cost.simple_annual,
                cost.compound_annual,
                cost.xirr,
                cost.us_apr,
                cost.eu_aprc,
                cost.itemised.total,
            ];
            for (figure, rate) in figures[FIRST_RATE..].iter_mut().zip(rates) {
                *figure = Decimal::try_from_i128_with_scale(rate.mantissa(), rate.scale()).ok();
            }
        }
        Ok(Figures(figures))
    }
}
