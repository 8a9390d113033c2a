//! When instalments fall due, and how far from the disbursement in intervals (semantics.md section 2).

use super::{Interval, LoanTerms, RepaymentMethod};
use crate::date::{self, CivilDate};
use crate::money::Factor;
use chrono::Datelike;

/// Where the first due date lies, in intervals from the disbursement: `whole` ones and a `fraction` of one. Each later
/// due date lies one interval further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Whole intervals.
    pub whole: u32,
    /// Below one.
    pub fraction: Factor,
}

impl Position {
    /// Exactly one interval.
    pub const ONE: Position = Position { whole: 1, fraction: Factor::ZERO };

    /// The whole position as one factor.
    #[must_use]
    pub fn intervals(self) -> Factor {
        self.fraction.plus(Factor { numerator: i128::from(self.whole), denominator: 1 })
    }
}

impl LoanTerms {
    /// The due date of an instalment, counted from 1, before any roll. Counted from one anchor, never from the due
    /// date before: 31 January, 28 February, 31 March.
    #[must_use]
    pub fn unrolled_due_date(&self, number: u32) -> CivilDate {
        let (anchor, intervals) = match self.first_due_date {
            Some(first_due_date) if number == 1 => return first_due_date,
            Some(first_due_date) => (first_due_date, i64::from(number) - 1),
            None => (self.disbursement_date, i64::from(number)),
        };
        match self.every {
            Interval::Months(months) => {
                let day = self.due_day.unwrap_or(anchor.day());
                date::on_day_of_month(anchor, intervals * i64::from(months), day)
            }
            Interval::Weeks(weeks) => date::add_days(anchor, intervals * i64::from(weeks) * 7),
            Interval::Days(days) => date::add_days(anchor, intervals * i64::from(days)),
        }
    }

    /// The day that a due date rolls to; itself without business days.
    #[must_use]
    pub fn rolled(&self, due_date: CivilDate) -> CivilDate {
        match &self.business_days {
            Some(business_days) => business_days.calendar.roll(due_date, business_days.roll),
            None => due_date,
        }
    }

    /// How many rows the schedule has: a bullet loan has one.
    #[must_use]
    pub(crate) fn row_count(&self) -> u32 {
        if self.method == RepaymentMethod::Bullet { 1 } else { self.instalment_count }
    }

    /// The day that interest runs to for an instalment: its due date, rolled only where the terms say that it accrues.
    #[must_use]
    pub(crate) fn period_end(&self, due_date: CivilDate) -> CivilDate {
        match &self.business_days {
            Some(business_days) if business_days.accrue => self.rolled(due_date),
            _ => due_date,
        }
    }

    /// The position of the first due date. Months are counted back from it, the days left over are thirtieths of a
    /// month, as in Appendix J and in the People's Bank's rate conversion.
    #[must_use]
    pub fn first_position(&self) -> Position {
        if self.first_due_date.is_none() && self.due_day.is_none() {
            return Position::ONE;
        }
        let first = self.unrolled_due_date(1);
        let (count, per_interval) = match self.every {
            Interval::Months(per_interval) => {
                let (months, days) = date::months_and_days(self.disbursement_date, first);
                (months * 30 + days, i64::from(per_interval) * 30)
            }
            Interval::Weeks(weeks) => (date::days_between(self.disbursement_date, first), i64::from(weeks) * 7),
            Interval::Days(days) => (date::days_between(self.disbursement_date, first), i64::from(days)),
        };
        Position {
            whole: (count / per_interval) as u32,
            fraction: Factor::new(i128::from(count % per_interval), i128::from(per_interval)),
        }
    }
}
