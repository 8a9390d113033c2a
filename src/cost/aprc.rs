//! The annual percentage rate of charge of the European Union: Directive 2008/48/EC, Annex I, Part I, the same equation in
//! 2014/17/EU and (EU) 2023/2225, and in the United Kingdom's CONC App 1.2.
//!
//! Remark (c), as the Commission's guidelines SWD(2012)128, section 4.1.1, apply it: an interval counts in whole months,
//! weeks or years where it is whole; otherwise whole ones are counted back from the payment, and the days before them are
//! divided by the length, 365 or 366, of the year that ends where they end.

use super::equation::gcd;
use super::{LoanFlows, Precision, RateError, RateFigure, Root, effective_of_schedule};
use crate::date::{CivilDate, add_days, add_months, days_between, months_and_days};
use crate::rate::PublishedRate;
use crate::terms::Interval;
use chrono::Datelike;

/// Days of the month that every month has: up to here, no end of a month is ever cut.
const UNCUT_DAY_MAX: u32 = 28;

/// A time as the directive writes it: whole/per_year + days/basis years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AprcTime {
    /// Whole months, weeks or years.
    pub whole: u32,
    /// 12, 52 or 1 of them make a year.
    pub per_year: u32,
    /// Days before the whole ones.
    pub days: u32,
    /// 365 or 366; 365 where there are no days.
    pub basis: u32,
}

impl AprcTime {
    /// From the drawdown to a payment of a credit with payments at this interval.
    #[must_use]
    pub fn between(start: CivilDate, end: CivilDate, every: Interval) -> Self {
        let (whole, per_year, days) = match every {
            Interval::Weeks(_) => {
                let days = days_between(start, end);
                (days / 7, 52, days % 7)
            }
            Interval::Months(_) | Interval::Days(_) => {
                let (months, days) = months_and_days(start, end);
                let is_by_months = match every {
                    Interval::Months(every) => days == 0 || every % 12 != 0,
                    Interval::Weeks(_) | Interval::Days(_) => false,
                };
                if is_by_months {
                    (months, 12, days)
                } else {
                    let years = months / 12;
                    (years, 1, days_between(start, add_months(end, -12 * years)))
                }
            }
        };
        let odd_end = add_days(start, days);
        let basis = if days == 0 { 365 } else { days_between(add_months(odd_end, -12), odd_end) };
        AprcTime { whole: whole as u32, per_year, days: days as u32, basis: basis as u32 }
    }

    /// The same time, `months` whole months later.
    fn later(self, months: u32) -> Self {
        AprcTime { whole: self.whole + months, ..self }
    }

    /// In years, numerator and denominator.
    #[must_use]
    pub fn years(self) -> (u64, u64) {
        let [whole, per_year, days, basis] = [self.whole, self.per_year, self.days, self.basis].map(u64::from);
        (whole * basis + days * per_year, per_year * basis)
    }
}

impl LoanFlows<'_> {
    /// The APRC (年化费用率): effective.
    ///
    /// `per_period` is the loan's root per interval; where every payment lies whole intervals after the drawdown, it is
    /// only compounded.
    ///
    /// # Errors
    /// Where there is no rate: see [`RateError`].
    pub fn eu_aprc(&self, per_period: &Root) -> Result<PublishedRate, RateError> {
        self.eu_aprc_with(per_period, 0.0, Precision::Published)
    }

    /// `year_theta`: ln(1 + the rate of a year) nearly, where it is known.
    pub(super) fn eu_aprc_with(
        &self,
        per_period: &Root,
        year_theta: f64,
        precision: Precision,
    ) -> Result<PublishedRate, RateError> {
        let times = self.aprc_times();
        let (interval, per_year) = match self.every {
            Interval::Months(months) => (months, 12),
            Interval::Weeks(weeks) => (weeks, 52),
            Interval::Days(_) => (0, 1),
        };
        let is_whole = |(time, number): (&AprcTime, u32)| {
            time.days == 0 && time.per_year == per_year && time.whole == interval * number
        };
        if interval > 0 && per_period.starts_after_one_period() && times.iter().zip(1..).all(is_whole) {
            return per_period.figure_with(RateFigure::Compounded(per_year.into(), interval.into()), precision);
        }
        let mut common = 1;
        for time in &times {
            let own = u64::from(time.per_year) * if time.days == 0 { 1 } else { u64::from(time.basis) };
            common = common / gcd(common.into(), own.into()) as u64 * own;
        }
        // All of them below 2^32: at most 300 years of at most 12·13·365·366 units.
        let units = |time: &AprcTime| {
            let (numerator, denominator) = time.years();
            (u128::from(numerator) * u128::from(common) / u128::from(denominator)) as u64
        };
        let shared = times.iter().fold(common, |shared, time| gcd(shared.into(), units(time).into()) as u64);
        let mut shortened = Vec::with_capacity(times.len());
        for time in &times {
            shortened.push(u32::try_from(units(time) / shared).map_err(|_| RateError::Undecided)?);
        }
        let per_year = common / shared;
        let start = year_theta / per_year as f64;
        effective_of_schedule(self.at_start, self.payments, &shortened, per_year, start)?
            .figure_with(RateFigure::Rate, precision)
    }

    /// The time of every payment. Most lie whole months after the one before, and then so do their times.
    fn aprc_times(&self) -> Vec<AprcTime> {
        let mut times: Vec<AprcTime> = Vec::with_capacity(self.due_dates.len());
        let is_uncut = self.disbursement_date.day() <= UNCUT_DAY_MAX;
        let month_number = |date: CivilDate| date.year() * 12 + date.month0() as i32;
        let mut before: Option<CivilDate> = None;
        for &due_date in self.due_dates {
            let time = match (before, times.last()) {
                (Some(before), Some(&time)) if is_uncut && time.per_year == 12 && before.day() == due_date.day() => {
                    time.later(month_number(due_date).abs_diff(month_number(before)))
                }
                _ => AprcTime::between(self.disbursement_date, due_date, self.every),
            };
            before = Some(due_date);
            times.push(time);
        }
        times
    }
}
