//! The bounds of `reach` along the rows of one loan.

use super::reach::{Direction, Reach};
use super::timeline::Timeline;
use crate::money::RoundingMode;
use crate::schedule::Split;
use crate::schedule::level::level_instalment;
use crate::schedule::periods::Period;
use crate::terms::{Benefit, Charge, FeeBase, FeeTiming, LoanTerms, Remainder, RepaymentMethod};
use rust_decimal::Decimal;

/// A step of the annual rate.
const ANNUAL_STEP: f64 = 1e-6;
/// More than what a level instalment reckoned in floats is off by, relatively: some 600 periods of a few roundings each.
const FLOAT_ERROR: f64 = 1e-11;

/// How many steps a distance lasts.
pub(super) fn distance(room: f64, slope: f64) -> f64 {
    if room <= 0.0 {
        0.0
    } else if slope > 0.0 {
        room / slope
    } else {
        f64::INFINITY
    }
}

pub(super) fn float(rate: Decimal) -> f64 {
    rate.mantissa() as f64 / 10u64.pow(rate.scale()) as f64
}

/// Bounds of one kind, errors or slopes.
#[derive(Clone, Default)]
pub(super) struct Bounds {
    /// Of the principal asked for.
    pub principal: f64,
    /// Of the balance, after the last row worked …
    pub balance: f64,
    /// … and before it.
    pub opening: f64,
    pub interest: f64,
    /// Of the level instalment in force.
    pub level: f64,
    /// Of principal and interest together.
    pub gross: f64,
    /// Of a rounding; nothing for a slope.
    pub rounding: f64,
    /// Of all fees so far.
    pub fees: f64,
    /// Of what each benefit would have taken so far, had it no cap.
    pub wanted: Vec<f64>,
}

/// The bounds along the rows of one loan.
pub(super) struct Course<'a> {
    reach: &'a Reach,
    terms: &'a LoanTerms,
    timeline: &'a Timeline,
    /// Bounds of the loan whose level instalment stays what it is here; see `fix`.
    is_level_fixed: bool,
    /// For so many steps down it does.
    level_limit: f64,
    lent: f64,
    error: Bounds,
    slope: Bounds,
    /// The level instalment of the row before, where it still counts.
    level: Option<i64>,
    first_day: u32,
    /// For so many steps down the loan keeps its course; below 1 nothing is proven any more.
    pub limit: f64,
}

impl<'a> Course<'a> {
    pub fn new(reach: &'a Reach, terms: &'a LoanTerms, timeline: &'a Timeline, is_level_fixed: bool) -> Self {
        Course {
            reach,
            terms,
            timeline,
            is_level_fixed,
            level_limit: f64::INFINITY,
            lent: (terms.principal + terms.upfront().financed) as f64,
            error: reach.error.clone(),
            slope: reach.slope.clone(),
            level: None,
            first_day: 0,
            limit: f64::INFINITY,
        }
    }

    /// Error, slope and limit of this row's payment; then those of the balance for the next row. `level` is the level
    /// instalment after the row, none where the interest was more.
    pub fn row(
        &mut self,
        index: usize,
        split: &Split,
        opening_balance: i64,
        level: Option<i64>,
    ) -> Option<(f64, f64, f64)> {
        let (number, is_last) = (index as u32 + 1, index + 1 == self.timeline.periods.len());
        // Once the balance has ended nothing is charged, and the last fees come with the row that ends it.
        if index > 0 {
            let sure = opening_balance as f64 - 2.0 * self.error.balance;
            self.limit = self.limit.min(distance(sure, self.slope.balance));
        }
        let ends = split.principal == opening_balance;
        let is_certain = self.error.balance + self.slope.balance <= 0.0;
        if self.limit < 1.0 || (ends && !is_last && !is_certain) {
            self.limit = 0.0;
            return None;
        }
        let limit = self.limit;
        let period = &self.timeline.periods[index];
        (self.error.opening, self.slope.opening) = (self.error.balance, self.slope.balance);
        self.interest(index, period);
        if is_last {
            self.error.gross = self.error.balance + self.error.interest;
            self.slope.gross = self.slope.balance + self.slope.interest;
        } else if number <= self.terms.interest_only_instalments {
            (self.error.gross, self.slope.gross) = (self.error.interest, self.slope.interest);
        } else {
            self.principal(index, split, opening_balance, level);
        }
        let at = RowPlace { number, is_last: is_last || ends, first_day: self.first_day };
        self.first_day += period.days;
        let error = self.error.with_extras(self.terms, &at, self.reach.has_capped_waiver);
        let slope = self.slope.with_extras(self.terms, &at, self.reach.has_capped_waiver);
        Some((error, slope, limit.min(self.level_limit)))
    }

    /// interest = base · factor: a change of either changes it, and it is rounded.
    fn interest(&mut self, index: usize, period: &Period) {
        let factor = period.interest.as_f64();
        let is_flat = self.terms.method == RepaymentMethod::Flat;
        let base = |start: &Bounds, now: &Bounds| if is_flat { start.balance } else { now.balance };
        self.error.interest = factor * base(&self.reach.error, &self.error) + self.error.rounding;
        self.slope.interest = factor * base(&self.reach.slope, &self.slope);
        if self.reach.direction == Direction::Annual && index < self.timeline.before_steps {
            self.slope.interest += self.lent * period.years.as_f64() * ANNUAL_STEP;
        }
    }

    /// A row that repays, and is not the last.
    fn principal(&mut self, index: usize, split: &Split, opening_balance: i64, level: Option<i64>) {
        let Reach { level_rounding, rounding, .. } = *self.reach;
        let repaying = (self.timeline.periods.len() - self.terms.interest_only_instalments as usize) as f64;
        match self.terms.method {
            RepaymentMethod::EqualInstalment => self.level_row(index, split, opening_balance, level),
            RepaymentMethod::EqualPrincipal | RepaymentMethod::Flat => {
                // Parts are rounded one by one; with a unit, together with the interest, which is then taken off again.
                // The first may have to bear what all others leave over.
                let is_by_unit = self.terms.instalment_unit.is_some();
                let mut part = self.reach.error.balance / repaying + rounding;
                if is_by_unit {
                    part += level_rounding + 2.0 * self.error.interest;
                } else if self.reach.direction == Direction::Annual {
                    // The rate moves no part.
                    part = 0.0;
                }
                let is_first = index as u32 == self.terms.interest_only_instalments;
                let error = if self.terms.remainder == Remainder::First && is_first {
                    self.reach.error.balance + part * repaying
                } else {
                    part
                };
                let slope = self.reach.slope.balance / repaying;
                self.error.gross = error.max(self.error.balance) + self.error.interest;
                self.slope.gross = slope + 2.0 * self.slope.interest;
                self.error.balance += error;
            }
            // What is repaid is the same at every value that is tried, or nothing.
            RepaymentMethod::InterestOnly | RepaymentMethod::Bullet | RepaymentMethod::Custom => {
                self.error.gross = self.error.balance + self.error.interest;
                self.slope.gross = self.slope.interest;
            }
        }
    }

    /// A row of a level instalment A: it pays A, or its interest where that is more.
    ///
    /// A = (balance − balloon·v_n) / Σ v. With the balance it moves by 1/Σ v. With the rate a every v_k falls by at most the
    /// share T·da, T being the term, so that A rises by at most (A + balloon)·T·da, and the balance that is left, the
    /// value of what is to come, moves by at most T·da of what was lent. With the principal a balance never moves by more
    /// than what was lent does.
    fn level_row(&mut self, index: usize, split: &Split, opening_balance: i64, level: Option<i64>) {
        let ahead = &self.timeline.periods[index..];
        let is_step = self.terms.steps.iter().any(|step| step.from_instalment as usize == index + 1);
        let known = self.level.filter(|_| !is_step);
        // The schedule has dropped an instalment that is below the interest: the row pays interest only.
        let kept = level;
        let level = kept.or(known).unwrap_or_else(|| level_instalment(self.terms, ahead, opening_balance));
        self.level = kept;
        let is_annual = self.reach.direction == Direction::Annual;
        let term = self.reach.term_years * ANNUAL_STEP;
        if known.is_none() {
            let (sum, discount) = discounts(ahead);
            self.error.level = self.error.balance / sum + self.reach.level_rounding;
            self.slope.level = self.slope.balance / sum;
            if is_annual && index < self.timeline.before_steps {
                self.slope.level += ((level + self.terms.balloon) as f64 + self.error.level) * term;
            }
            if self.is_level_fixed {
                let exact = (opening_balance as f64 - self.terms.balloon as f64 * discount) / sum;
                self.fix(level, exact, index, sum);
            }
        }
        // Before the balloon A is cut to what is left: the balance's error then shows in the payment.
        self.error.gross = self.error.level.max(self.error.balance + self.error.interest);
        self.slope.gross = self.slope.level.max(self.slope.interest);
        let sure = (level - split.interest).abs() as f64 - 2.0 * (self.error.level + self.error.interest);
        self.limit = self.limit.min(distance(sure, self.slope.level + self.slope.interest));
        if kept.is_none() {
            return;
        }
        self.error.balance += self.error.interest + self.error.level;
        if self.is_level_fixed {
            self.slope.gross = self.slope.balance + self.slope.interest;
            self.slope.balance += self.slope.interest;
        } else if is_annual {
            self.slope.balance = self.lent * term;
        }
    }

    /// With a coarse unit the level instalment stays the same for many values, and errs by much. As long as it stays it is
    /// no error: what was rounded away shows in the balance, which then moves by the interest on itself alone.
    fn fix(&mut self, level: i64, exact: f64, index: usize, sum: f64) {
        if index as u32 != self.terms.interest_only_instalments {
            // Solved again on a balance that has errors of its own.
            (self.limit, self.level_limit) = (0.0, 0.0);
            return;
        }
        let unit = self.terms.instalment_unit.unwrap_or(1) as f64;
        let rounds_from = level as f64
            - match self.terms.rounding_mode {
                RoundingMode::HalfUp | RoundingMode::HalfEven => unit / 2.0,
                RoundingMode::Up => unit,
                RoundingMode::Down => 0.0,
            };
        let room = exact * (1.0 - FLOAT_ERROR) - rounds_from - 2.0 * self.error.balance / sum;
        self.level_limit = distance(room, self.slope.level);
        self.limit = self.limit.min(self.level_limit);
        (self.error.level, self.slope.level) = (0.0, 0.0);
    }
}

/// v = Π 1/(1 + a·t) of the periods, with the rate of the first: their sum, and the last one.
fn discounts(periods: &[Period]) -> (f64, f64) {
    let annual = periods.first().map_or(0.0, |period| period.annual.as_f64());
    let (mut discount, mut sum) = (1.0, 0.0);
    for period in periods {
        discount /= 1.0 + annual * period.years.as_f64();
        sum += discount;
    }
    (sum, discount)
}

/// Which row it is.
struct RowPlace {
    number: u32,
    is_last: bool,
    first_day: u32,
}

impl Bounds {
    /// Gross and what fees and benefits add to it, in bounds: each takes part in what it is charged on or takes off.
    fn with_extras(&mut self, terms: &LoanTerms, at: &RowPlace, has_capped_waiver: bool) -> f64 {
        let mut fees = 0.0;
        for fee in &terms.fees {
            let is_due = match fee.when {
                FeeTiming::Disbursement => false,
                FeeTiming::EachInstalment => true,
                FeeTiming::FirstInstalment => at.number == 1,
                FeeTiming::LastInstalment => at.is_last,
            };
            if let (Charge::Rate { rate, of }, true) = (fee.charge, is_due) {
                let base = match of {
                    FeeBase::Principal => self.principal,
                    FeeBase::OpeningBalance => self.opening,
                    FeeBase::Instalment => self.gross,
                };
                fees += float(rate) * base + self.rounding;
            }
        }
        self.fees += fees;
        // What a cap leaves of a row's fees is the difference of two sums from the start.
        let fees = if has_capped_waiver { 2.0 * self.fees } else { fees };
        let (mut left, mut taken) = (self.interest, 0.0);
        for (benefit, wanted) in terms.benefits.iter().zip(&mut self.wanted) {
            let (takes, cap) = match benefit {
                Benefit::InterestFreeInstalments(instalments) if at.number <= *instalments => (left, None),
                Benefit::InterestFreeDays(days) if at.first_day < *days => {
                    (left.max(self.interest) + self.rounding, None)
                }
                Benefit::InterestDiscount { factor, instalments, cap }
                    if instalments.is_none_or(|instalments| at.number <= instalments) =>
                {
                    ((1.0 - float(*factor)) * left + self.rounding, *cap)
                }
                Benefit::InterestFreeInstalments(_)
                | Benefit::InterestFreeDays(_)
                | Benefit::InterestDiscount { .. }
                | Benefit::FeeWaiver { .. } => continue,
            };
            // What a cap still allows hangs on what was wanted before.
            let takes_at_most = if cap.is_some() { takes.max(*wanted) } else { takes };
            *wanted += takes;
            taken += takes_at_most;
            left += takes_at_most;
        }
        self.gross + fees + taken
    }
}
