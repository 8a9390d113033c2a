//! How far below a principal or a rate that does not fit nothing can fit: what lets the search of `solve` pass values over
//! without trying them, and still be sure.
//!
//! Beside the schedule stands the one that would be if nothing were rounded. For every row k two numbers are kept:
//! * `error`: the payment of row k, as billed, is at most this far from the unrounded one. Rounding errs by one unit at most;
//!   the errors of interest and level instalment stay in the balance and bear interest from row to row. Where amounts are
//!   cut (no principal below zero or beyond the balloon, caps, waivers) an error is carried over but never grows.
//! * `slope`: a step of the sought value (a minor unit of principal, a millionth of rate) moves the unrounded payment by at
//!   most this much, here and everywhere below.
//!
//! So where row k pays p, s steps below it pays more than p − 2·error − s·slope; as long as that is at least the payment
//! asked for, none of them fits. Both numbers are the same or smaller at smaller values. They are bounds for as long as the
//! loan keeps its course: the level instalment stays on its side of the interest, and the balance does not end early. How
//! far down that is sure is `limit`; rows after one where it is not sure prove nothing.

use super::timeline::Timeline;
use crate::money::RoundingMode;
use crate::schedule::Split;
use crate::schedule::level::level_instalment;
use crate::schedule::periods::Period;
use crate::schedule::rows::Rows;
use crate::terms::{Benefit, Charge, FeeBase, FeeTiming, LoanTerms, Remainder, RepaymentMethod, Settlement};
use rust_decimal::Decimal;

/// What the values go down in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Minor units of principal.
    Principal,
    /// Millionths of annual rate.
    Annual,
}

/// More than what the floats of this file can be wrong by, relatively.
const SLACK: f64 = 1e-6;
/// A step of the annual rate.
const ANNUAL_STEP: f64 = 1e-6;

/// Bounds of one kind, errors or slopes.
#[derive(Clone, Default)]
struct Bounds {
    /// Of the principal asked for.
    principal: f64,
    /// Of the balance, after the last row worked …
    balance: f64,
    /// … and before it.
    opening: f64,
    interest: f64,
    /// Of the level instalment in force.
    level: f64,
    /// Of principal and interest together.
    gross: f64,
    /// Of a rounding; nothing for a slope.
    rounding: f64,
    /// Of all fees so far.
    fees: f64,
    /// Of what each benefit would have taken so far, had it no cap.
    wanted: Vec<f64>,
}

/// What stays the same from value to value of one search.
pub(super) struct Reach {
    direction: Direction,
    /// Rounded to the minor unit, an amount is at most this far off …
    rounding: f64,
    /// … and a level instalment to its own unit this far.
    level_rounding: f64,
    has_capped_waiver: bool,
    /// All periods together.
    term_years: f64,
    /// At the start.
    error: Bounds,
    slope: Bounds,
}

impl Reach {
    pub fn of(terms: &LoanTerms, timeline: &Timeline, direction: Direction) -> Reach {
        let rounding = match terms.rounding_mode {
            RoundingMode::HalfUp | RoundingMode::HalfEven => 0.5,
            RoundingMode::Up | RoundingMode::Down => 1.0,
        };
        let wanted = vec![0.0; terms.benefits.len()];
        let mut error = Bounds { rounding, wanted: wanted.clone(), ..Bounds::default() };
        let mut slope = Bounds { wanted, ..Bounds::default() };
        let has_capped_waiver = has_capped_waiver(terms);
        if direction == Direction::Principal {
            (slope.principal, slope.balance) = (1.0, 1.0);
            let times = if has_capped_waiver { 2.0 } else { 1.0 };
            for fee in terms.fees.iter().filter(|fee| fee.when == FeeTiming::Disbursement) {
                let Charge::Rate { rate, .. } = fee.charge else { continue };
                let rate = float(rate);
                error.fees += rounding;
                slope.fees += rate;
                if fee.settlement == Settlement::Financed {
                    error.balance += rounding * times;
                    slope.balance += rate * times;
                }
            }
        }
        Reach {
            direction,
            rounding,
            level_rounding: rounding * terms.instalment_unit.unwrap_or(1) as f64,
            has_capped_waiver,
            term_years: timeline.periods.iter().map(|period| period.years.as_f64()).sum(),
            error,
            slope,
        }
    }

    /// `None` where no payment of the loan is above `payment`; otherwise how many values below this one surely do not fit
    /// either.
    pub fn below(&self, terms: &LoanTerms, timeline: &Timeline, payment: i64) -> Option<i64> {
        let upfront = terms.upfront();
        let mut rows = Rows::new(terms, &timeline.periods, &upfront);
        let mut course = Course {
            reach: self,
            terms,
            timeline,
            lent: rows.balance as f64,
            error: self.error.clone(),
            slope: self.slope.clone(),
            level: None,
            first_day: 0,
            limit: f64::INFINITY,
        };
        let (mut steps, mut fits) = (0.0, true);
        let mut opening_balance = rows.balance;
        for index in 0..timeline.periods.len() {
            let Some(row) = rows.next() else { break };
            let proof = course.row(index, &row.split, opening_balance, rows.plan.level);
            opening_balance = rows.balance;
            if row.payment <= payment {
                continue;
            }
            fits = false;
            if let Some((error, slope, limit)) = proof {
                let room = (row.payment - payment) as f64 - 2.0 * error * (1.0 + SLACK);
                steps = f64::max(steps, distance(room, slope).min(limit) * (1.0 - SLACK));
            }
            // A later row may prove more; but once something is proven, trying again further down costs no more.
            if steps >= 1.0 || course.limit < 1.0 {
                break;
            }
        }
        // Infinite where no value below can fit: then all of them are passed over.
        (!fits).then_some(steps as i64)
    }
}

/// How many steps a distance lasts.
fn distance(room: f64, slope: f64) -> f64 {
    if room <= 0.0 {
        0.0
    } else if slope > 0.0 {
        room / slope
    } else {
        f64::INFINITY
    }
}

/// A bound from below of the largest payment, which never falls where principal or rate rise.
///
/// A row pays its principal and at least a share s of its interest, but for what is rounded: so balance_k ≥ balance_(k−1) ·
/// (1 + s·f) − payment. Were no payment above M, then M · Σ v ≥ the sum lent, v being the discount factors with the rates
/// s·f. And the last row pays the balloon and a share of its interest. Flat interest does not fall with the balance, and
/// may end with it early: there the balloon alone is certain.
pub(super) fn least_maximum(terms: &LoanTerms, timeline: &Timeline) -> f64 {
    let is_flat = terms.method == RepaymentMethod::Flat;
    let (mut discount, mut sum, mut last, mut first_day) = (1.0, 0.0, 0.0, 0);
    for (number, period) in (1..).zip(&timeline.periods) {
        let mut share = 1.0;
        for benefit in &terms.benefits {
            match benefit {
                Benefit::InterestFreeInstalments(instalments) if number <= *instalments => share = 0.0,
                Benefit::InterestFreeDays(days) if first_day < *days => {
                    let free_days = period.days.min(days - first_day);
                    share = f64::max(share - f64::from(free_days) / f64::from(period.days.max(1)), 0.0);
                }
                Benefit::InterestDiscount { factor, instalments, .. }
                    if instalments.is_none_or(|instalments| number <= instalments) =>
                {
                    share *= float(*factor);
                }
                Benefit::InterestFreeInstalments(_)
                | Benefit::InterestFreeDays(_)
                | Benefit::InterestDiscount { .. }
                | Benefit::FeeWaiver { .. } => {}
            }
        }
        first_day += period.days;
        let paid = if is_flat { 0.0 } else { share * period.interest.as_f64() };
        discount /= 1.0 + paid;
        sum += discount;
        last = terms.balloon as f64 * (1.0 + paid);
    }
    let lent = (terms.principal + terms.upfront().financed) as f64;
    let roundings = (1 + terms.benefits.len()) as f64;
    f64::max(lent / sum, last) * (1.0 - SLACK) - roundings
}

/// How many principals from this one down surely do not cover what is deducted from them; none where this one does.
pub(super) fn overdrawn(terms: &LoanTerms) -> i64 {
    let missing = terms.upfront().deducted - terms.principal;
    if missing < 0 {
        return 0;
    }
    // A unit of principal less is a unit less to deduct from, and takes less than the rates' sum off the fees.
    let times = if has_capped_waiver(terms) { 2.0 } else { 1.0 };
    let (mut error, mut slope) = (0.0, -1.0);
    for fee in terms.fees.iter().filter(|fee| fee.when == FeeTiming::Disbursement) {
        if let Charge::Rate { rate, .. } = fee.charge {
            error += times;
            slope += times * float(rate);
        }
    }
    (distance(missing as f64 - 2.0 * error, slope) * (1.0 - SLACK)).max(1.0) as i64
}

/// What a cap leaves of a fee hangs on the fees before it too: then bounds of fees count twice.
fn has_capped_waiver(terms: &LoanTerms) -> bool {
    terms.benefits.iter().any(|benefit| matches!(benefit, Benefit::FeeWaiver { cap: Some(_), .. }))
}

fn float(rate: Decimal) -> f64 {
    rate.mantissa() as f64 / 10u64.pow(rate.scale()) as f64
}

/// The bounds along the rows of one loan.
struct Course<'a> {
    reach: &'a Reach,
    terms: &'a LoanTerms,
    timeline: &'a Timeline,
    lent: f64,
    error: Bounds,
    slope: Bounds,
    /// The level instalment of the row before, where it still counts.
    level: Option<i64>,
    first_day: u32,
    /// For so many steps down the loan keeps its course; below 1 nothing is proven any more.
    limit: f64,
}

impl Course<'_> {
    /// Error, slope and limit of this row's payment; then those of the balance for the next row. `level` is the level
    /// instalment after the row, none where the interest was more.
    fn row(
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
        Some((error, slope, limit))
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
            let sum = discount_sum(ahead);
            self.error.level = self.error.balance / sum + self.reach.level_rounding;
            self.slope.level = self.slope.balance / sum;
            if is_annual && index < self.timeline.before_steps {
                self.slope.level += ((level + self.terms.balloon) as f64 + self.error.level) * term;
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
        if is_annual {
            self.slope.balance = self.lent * term;
        }
    }
}

/// Σ Π 1/(1 + a·t) over the periods, with the rate of the first.
fn discount_sum(periods: &[Period]) -> f64 {
    let annual = periods.first().map_or(0.0, |period| period.annual.as_f64());
    let (mut discount, mut sum) = (1.0, 0.0);
    for period in periods {
        discount /= 1.0 + annual * period.years.as_f64();
        sum += discount;
    }
    sum
}

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
