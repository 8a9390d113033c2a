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

use super::course::{Bounds, Course, distance, float};
use super::timeline::Timeline;
use crate::money::RoundingMode;
use crate::schedule::rows::Rows;
use crate::terms::{Benefit, Charge, FeeTiming, LoanTerms, RepaymentMethod, Settlement};

/// What the values go down in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    /// Minor units of principal.
    Principal,
    /// Millionths of annual rate.
    Annual,
}

/// More than what the floats of this file can be wrong by, relatively.
pub(super) const SLACK: f64 = 1e-6;
/// What stays the same from value to value of one search.
pub(super) struct Reach {
    pub direction: Direction,
    /// Rounded to the minor unit, an amount is at most this far off …
    pub rounding: f64,
    /// … and a level instalment to its own unit this far.
    pub level_rounding: f64,
    pub has_capped_waiver: bool,
    /// All periods together.
    pub term_years: f64,
    /// At the start.
    pub error: Bounds,
    pub slope: Bounds,
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
        let start = |is_level_fixed| Course::new(self, terms, timeline, is_level_fixed);
        let mut courses = [start(false), start(true)];
        // A level instalment of whole cents soon changes: then there is little to gain from its staying as it is.
        let is_coarse = terms.method == RepaymentMethod::EqualInstalment && terms.instalment_unit.unwrap_or(1) > 1;
        let courses = &mut courses[..1 + usize::from(is_coarse)];
        let (mut steps, mut fits) = (0.0, true);
        let mut opening_balance = rows.balance;
        for index in 0..timeline.periods.len() {
            let Some(row) = rows.next() else { break };
            let is_above = row.payment > payment;
            fits &= !is_above;
            for course in courses.iter_mut() {
                let proof = course.row(index, &row.split, opening_balance, rows.plan.level);
                if let (Some((error, slope, limit)), true) = (proof, is_above) {
                    let room = (row.payment - payment) as f64 - 2.0 * error * (1.0 + SLACK);
                    steps = f64::max(steps, distance(room, slope).min(limit) * (1.0 - SLACK));
                }
            }
            opening_balance = rows.balance;
            // A later row may prove more; but once something is proven, trying again further down costs no more.
            if !fits && (steps >= 1.0 || courses.iter().all(|course| course.limit < 1.0)) {
                break;
            }
        }
        // Infinite where no value below can fit: then all of them are passed over.
        (!fits).then_some(steps as i64)
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
