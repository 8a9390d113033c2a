//! Penalty interest on what is late (逾期罚息): Σ unpaid base × rate a day × days since the due date, rounded once for each
//! instalment whenever it is asked for, so that it does not matter in how many steps the days were counted.

use super::bill::Bill;
use crate::date::{self, CivilDate, DayCount, year_fraction};
use crate::money::Factor;
use crate::schedule::SUM_MAX;
use crate::terms::{Accrual, Contingent, InterestRate, LoanTerms, Penalty};

/// What the terms say of late payment, and the contract rate as it has changed.
#[derive(Clone, Debug)]
pub(super) struct Overdue<'a> {
    terms: &'a LoanTerms,
    grace_days: u32,
    compound: bool,
    /// What makes unpaid × days × annual rate (in units of `per_unit`) a penalty.
    factor: Factor,
    /// The contract rate from each day on, as a multiple of 1 ÷ `per_unit`; 1 where the terms give a rate a day.
    rates: Vec<(CivilDate, i128)>,
    per_unit: i128,
}

impl<'a> Overdue<'a> {
    /// `None` where the terms have no overdue item: then lateness costs nothing.
    pub fn new(terms: &'a LoanTerms, rates: impl Iterator<Item = (CivilDate, Factor)>) -> Option<Self> {
        let (penalty, grace_days, compound) = terms.contingent.iter().find_map(|item| match item {
            Contingent::Overdue { penalty, grace_days, compound, .. } => Some((*penalty, *grace_days, *compound)),
            Contingent::Misuse { .. } | Contingent::EarlyRepayment { .. } => None,
        })?;
        let rational = |rate: rust_decimal::Decimal, by: i128| Factor {
            numerator: rate.mantissa(),
            denominator: 10i128.pow(rate.scale()) * by,
        };
        // Rates have at most 12 decimals; one for each instalment becomes annual over the interval's own denominator.
        let per_unit = 10i128.pow(crate::terms::RATE_DECIMALS_MAX) * terms.periods_per_year().denominator;
        let mut overdue = match penalty {
            Penalty::DailyRate(rate) => {
                let rates = vec![(terms.disbursement_date, 1)];
                Overdue { terms, grace_days, compound, factor: rational(rate, 1), rates, per_unit: 0 }
            }
            Penalty::RateFactor(times) => {
                let factor = rational(times, per_unit * year_days(terms));
                Overdue { terms, grace_days, compound, factor, rates: Vec::new(), per_unit }
            }
        };
        rates.for_each(|(date, annual)| overdue.change_rate(date, annual));
        Some(overdue)
    }

    /// The contract rate from that day on, until the next one that is known.
    pub fn change_rate(&mut self, date: CivilDate, annual: Factor) {
        if self.per_unit > 0 {
            let at = self.rates.partition_point(|(from, _)| *from <= date);
            self.rates.insert(at, (date, annual.numerator * (self.per_unit / annual.denominator)));
        }
    }

    /// Rates foreseen for rows that no longer exist.
    pub fn forget_rates_from(&mut self, end: CivilDate) {
        while self.per_unit > 0 && self.rates.last().is_some_and(|(from, _)| *from >= end) {
            self.rates.pop();
        }
    }

    /// Counts the days up to the start of `day`, on what is unpaid now.
    pub fn count(&self, bill: &mut Bill, day: CivilDate) {
        if !bill.is_due || bill.late_until >= day {
            return;
        }
        let base = i128::from(bill.principal + if self.compound { bill.interest } else { 0 });
        let mut from = bill.late_until;
        let first = self.rates.partition_point(|(begins, _)| *begins <= from).max(1) - 1;
        for index in first..self.rates.len() {
            let until = self.rates.get(index + 1).map_or(day, |(begins, _)| day.min(*begins));
            let days = self.days(bill.due_date, until) - self.days(bill.due_date, from);
            bill.late += base * i128::from(days) * self.rates[index].1;
            from = until;
            if until == day {
                break;
            }
        }
        bill.late_until = day;
    }

    /// The unpaid penalty, counted up to `day`: none within the days of grace, from the due date after them.
    pub fn penalty(&self, bill: &Bill, day: CivilDate) -> i64 {
        if !bill.is_due || date::days_between(bill.due_date, day) <= i64::from(self.grace_days) {
            return 0;
        }
        // No sum of these passes 64 bits; `replay` refuses what does not fit the exact numbers of a page.
        self.factor.of_exactly(bill.late, self.terms.rounding_mode).min(SUM_MAX) - bill.penalty_paid
    }

    /// Days late, counted as the contract's accrual counts: 30-day months where it has them, else actual days.
    fn days(&self, due_date: CivilDate, day: CivilDate) -> i64 {
        match self.terms.accrual {
            Accrual::DayCount(
                day_count @ (DayCount::Thirty360
                | DayCount::Thirty360Us
                | DayCount::ThirtyE360
                | DayCount::ThirtyE360Isda),
            ) => year_fraction(due_date, day, day_count, CivilDate::MAX).numerator as i64,
            Accrual::DayCount(_) | Accrual::Periodic => date::days_between(due_date, day),
        }
    }
}

/// The days that the contract's year has for a rate a day: a daily rate's own, 365 with actual/365, else 360 (as the
/// People's Bank converts rates, 银发〔1999〕77号).
fn year_days(terms: &LoanTerms) -> i128 {
    match (terms.interest, terms.accrual) {
        (InterestRate::Daily { days_per_year, .. }, _) => days_per_year.into(),
        (_, Accrual::DayCount(DayCount::Actual365)) => 365,
        _ => 360,
    }
}
