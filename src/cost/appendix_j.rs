//! The annual percentage rate of Regulation Z, 12 CFR 1026, Appendix J (actuarial method): its own way from dates to
//! unit-periods, paragraphs (b)(3) to (b)(5), and the nominal rate of a year, (b)(1).

use super::{
    Flows, LoanFlows, Part, Precision, RateError, RateFigure, Root, Term, UnitFlows, equation, irr_near, root_of_terms,
};
use crate::date::{CivilDate, days_between, months_and_days};
use crate::rate::PublishedRate;
use crate::terms::Interval;

/// (b)(5)(vi): the days of a year where a remainder is no whole number of months.
const DAYS_OF_YEAR: i64 = 365;

/// The unit-period of a transaction, (b)(4): the common period, but no more than a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitPeriod {
    /// One to eleven months, each of 30 days.
    Months(u32),
    /// So many days: 1, or 7 for each week.
    Days(u32),
    /// A year.
    Year,
}

impl UnitPeriod {
    /// The unit-period of payments at equal intervals.
    #[must_use]
    pub fn of(every: Interval) -> Self {
        match every {
            Interval::Months(months @ ..12) => UnitPeriod::Months(months),
            Interval::Weeks(weeks @ ..=52) => UnitPeriod::Days(7 * weeks),
            Interval::Days(days @ ..365) => UnitPeriod::Days(days),
            Interval::Months(_) | Interval::Weeks(_) | Interval::Days(_) => UnitPeriod::Year,
        }
    }

    /// Unit-periods from one day to a later one, whole and in part: whole ones are counted back from the later day.
    #[must_use]
    pub fn between(self, start: CivilDate, end: CivilDate) -> (u64, Part) {
        let (count, of) = match self {
            UnitPeriod::Months(months) => {
                let (whole, days) = months_and_days(start, end);
                (whole * 30 + days, i64::from(months) * 30)
            }
            UnitPeriod::Days(days) => (days_between(start, end), i64::from(days)),
            UnitPeriod::Year => match months_and_days(start, end) {
                (months, 0) => (months, 12),
                (months, _) => {
                    let years = months / 12;
                    let rest = days_between(start, crate::date::add_months(end, -12 * years));
                    (years * DAYS_OF_YEAR + rest, DAYS_OF_YEAR)
                }
            },
        };
        let part = Part::new((count % of) as u32, of as u32).unwrap_or(Part::NONE);
        ((count / of).unsigned_abs(), part)
    }
}

impl LoanFlows<'_> {
    /// 年化百分率 of Regulation Z: nominal, i·w.
    ///
    /// `per_period` is the loan's root per interval, its first payment placed by months of 30 days or by actual days
    /// (semantics.md section 2). That is already Appendix J's placement wherever the interval is the unit-period, so that
    /// only single payments and years are solved anew.
    ///
    /// # Errors
    /// Where there is no rate: see [`RateError`].
    pub fn us_apr(&self, per_period: &Root) -> Result<PublishedRate, RateError> {
        self.us_apr_with(per_period, Precision::Published)
    }

    pub(super) fn us_apr_with(&self, per_period: &Root, precision: Precision) -> Result<PublishedRate, RateError> {
        let mut paid = self.due_dates.iter().zip(self.payments).filter(|&(_, &payment)| payment != 0);
        if let (Some((&due_date, payment)), None) = (paid.next(), paid.next()) {
            return self.single_payment(due_date, *payment, precision);
        }
        let (per_year, of_years) = match (UnitPeriod::of(self.every), self.every) {
            (UnitPeriod::Year, _) => return self.by_years(precision),
            (_, Interval::Months(months)) => (12, months),
            (_, Interval::Weeks(weeks)) => (52, weeks),
            (_, Interval::Days(days)) => (365, days),
        };
        per_period.figure_with(RateFigure::Times(per_year, of_years.into()), precision)
    }

    /// (b)(4)(ii), (b)(5)(vii): with one advance and one payment the unit-period is the term, up to a year. A term of whole
    /// months counts as months, which the rule allows and its example (c)(5)(ii) does.
    fn single_payment(
        &self,
        due_date: CivilDate,
        payment: i64,
        precision: Precision,
    ) -> Result<PublishedRate, RateError> {
        let (months, days) = months_and_days(self.disbursement_date, due_date);
        let is_year_or_more = months >= 12;
        let (whole, part) =
            if is_year_or_more { UnitPeriod::Year.between(self.disbursement_date, due_date) } else { (1, Part::NONE) };
        let payments = [payment];
        let flows = UnitFlows { at_start: self.at_start, payments: &payments, first_whole: whole as u32, part };
        let (per_year, of_years) = if is_year_or_more {
            (1, 1)
        } else if days == 0 {
            (12, months)
        } else {
            (DAYS_OF_YEAR, days_between(self.disbursement_date, due_date))
        };
        let figure = RateFigure::Times(per_year.unsigned_abs(), of_years.unsigned_abs());
        irr_near(flows, 0.0)?.figure_with(figure, precision)
    }

    fn by_years(&self, precision: Precision) -> Result<PublishedRate, RateError> {
        let mut terms = vec![Term { amount: self.at_start.into(), whole: 0, part: Part::NONE }];
        for (&due_date, &payment) in self.due_dates.iter().zip(self.payments) {
            let (whole, part) = UnitPeriod::Year.between(self.disbursement_date, due_date);
            terms.push(Term { amount: -i128::from(payment), whole, part });
        }
        root_of_terms(Flows::Terms(equation::normalise(terms)), 1)?.figure_with(RateFigure::Rate, precision)
    }
}
