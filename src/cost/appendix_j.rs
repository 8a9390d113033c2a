//! The annual percentage rate of Regulation Z, 12 CFR 1026, Appendix J (actuarial method): its own way from dates to
//! unit-periods, paragraphs (b)(3) to (b)(5), and the nominal rate of a year, (b)(1).

use super::{Flows, LoanFlows, Part, RateError, Root, Term, UnitFlows, equation, irr_of_schedule, root_of_terms};
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
        let mut paid = self.due_dates.iter().zip(self.payments).filter(|&(_, &payment)| payment != 0);
        if let (Some((&due_date, payment)), None) = (paid.next(), paid.next()) {
            return self.single_payment(due_date, *payment);
        }
        match (UnitPeriod::of(self.every), self.every) {
            (UnitPeriod::Year, _) => self.by_years(),
            (_, Interval::Months(months)) => per_period.times(12, months.into()),
            (_, Interval::Weeks(weeks)) => per_period.times(52, weeks.into()),
            (_, Interval::Days(days)) => per_period.times(365, days.into()),
        }
    }

    /// (b)(4)(ii), (b)(5)(vii): with one advance and one payment the unit-period is the term, up to a year. A term of whole
    /// months counts as months, which the rule allows and its example (c)(5)(ii) does.
    fn single_payment(&self, due_date: CivilDate, payment: i64) -> Result<PublishedRate, RateError> {
        let (months, days) = months_and_days(self.disbursement_date, due_date);
        let is_year_or_more = months >= 12;
        let (whole, part) =
            if is_year_or_more { UnitPeriod::Year.between(self.disbursement_date, due_date) } else { (1, Part::NONE) };
        let payments = [payment];
        let flows = UnitFlows { at_start: self.at_start, payments: &payments, first_whole: whole as u32, part };
        let root = irr_of_schedule(flows)?;
        if is_year_or_more {
            root.times(1, 1)
        } else if days == 0 {
            root.times(12, months.unsigned_abs())
        } else {
            let term_days = days_between(self.disbursement_date, due_date);
            root.times(DAYS_OF_YEAR.unsigned_abs(), term_days.unsigned_abs())
        }
    }

    fn by_years(&self) -> Result<PublishedRate, RateError> {
        let mut terms = vec![Term { amount: self.at_start.into(), whole: 0, part: Part::NONE }];
        for (&due_date, &payment) in self.due_dates.iter().zip(self.payments) {
            let (whole, part) = UnitPeriod::Year.between(self.disbursement_date, due_date);
            terms.push(Term { amount: -i128::from(payment), whole, part });
        }
        root_of_terms(Flows::Terms(equation::normalise(&terms)), 1)?.times(1, 1)
    }
}
