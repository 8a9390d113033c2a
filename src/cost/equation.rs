//! The equation of value: Σ amountₖ / ((1 + fₖ·z)(1 + z)^mₖ) = 0, and how one form serves every rate.
//!
//! z ≥ 0 runs away from the rate of zero, so that "nearest zero" is "smallest z" on either side:
//! * above zero, (1 + z)^degree = 1 + rate, and the terms stand in the order of time;
//! * below zero, (1 + z)^degree = 1 / (1 + rate), and the terms stand in the reverse order: multiplied by (1 + rate)^T, a
//!   flow at q + f becomes one at T − q − 1 with the fraction 1 − f, and the equation keeps its form.
//!
//! `degree` is 1 for unit-periods (then z is the rate per period itself), and the common denominator of the exponents
//! where they are fractions of a year: 365 for XIRR. Numbers are handled in the base b = 1/(1 + z), 0 < b ≤ 1, whose powers
//! cannot overflow.

use core::cmp::Ordering;

pub(crate) use crate::money::greatest_common_divisor as gcd;

/// A fraction of a period, 0 ≤ f < 1, in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    numerator: u32,
    denominator: u32,
}

impl Part {
    /// No fraction: a whole number of periods.
    pub const NONE: Part = Part { numerator: 0, denominator: 1 };

    /// numerator / denominator, brought to lowest terms; `None` unless it is at least 0 and below 1.
    #[must_use]
    pub fn new(numerator: u32, denominator: u32) -> Option<Self> {
        if numerator >= denominator {
            return None;
        }
        if numerator == 0 {
            return Some(Part::NONE);
        }
        let divisor = gcd(numerator.into(), denominator.into()) as u32;
        Some(Part { numerator: numerator / divisor, denominator: denominator / divisor })
    }

    /// Reads "19/30", or "0".
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let number = |digits: &str| {
            let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            is_plain.then(|| digits.parse().ok()).flatten()
        };
        match text.split_once('/') {
            Some((numerator, denominator)) => Part::new(number(numerator)?, number(denominator)?),
            None => (number(text)? == 0_u32).then_some(Part::NONE),
        }
    }

    /// In lowest terms.
    #[must_use]
    pub fn numerator(self) -> u32 {
        self.numerator
    }

    /// In lowest terms; positive.
    #[must_use]
    pub fn denominator(self) -> u32 {
        self.denominator
    }

    pub(super) fn is_none(self) -> bool {
        self.numerator == 0
    }

    pub(super) fn as_f64(self) -> f64 {
        f64::from(self.numerator) / f64::from(self.denominator)
    }

    fn complement(self) -> Self {
        if self.is_none() { self } else { Part { numerator: self.denominator - self.numerator, ..self } }
    }

    fn compare(self, other: Part) -> Ordering {
        let cross = |left: Part, right: Part| u64::from(left.numerator) * u64::from(right.denominator);
        cross(self, other).cmp(&cross(other, self))
    }
}

/// An amount at `whole` periods (of 1/degree of a year, or unit-periods) plus a `part` of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// In units that all terms share.
    pub amount: i128,
    /// Whole periods.
    pub whole: u64,
    /// Simple interest runs within it.
    pub part: Part,
}

/// Which way from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Rates above zero.
    Positive,
    /// Rates between −1 and zero.
    Negative,
}

/// Sorts by time, adds up what falls on one moment, drops zeros, and starts the count at the first flow's whole period:
/// none of it moves a root.
#[inline(never)]
pub(super) fn normalise(mut terms: Vec<Term>) -> Vec<Term> {
    let order = |left: &Term, right: &Term| left.whole.cmp(&right.whole).then(left.part.compare(right.part));
    // By insertion: they are in order already, as a rule.
    for end in 1..terms.len() {
        let mut at = end;
        while at > 0 && order(&terms[at - 1], &terms[at]) == Ordering::Greater {
            terms.swap(at - 1, at);
            at -= 1;
        }
    }
    let mut kept = 0;
    for index in 0..terms.len() {
        let term = terms[index];
        if kept > 0 && order(&terms[kept - 1], &term) == Ordering::Equal {
            terms[kept - 1].amount = terms[kept - 1].amount.saturating_add(term.amount);
            continue;
        }
        // The moment before this one is complete.
        if kept > 0 && terms[kept - 1].amount == 0 {
            kept -= 1;
        }
        terms[kept] = term;
        kept += 1;
    }
    if kept > 0 && terms[kept - 1].amount == 0 {
        kept -= 1;
    }
    terms.truncate(kept);
    let start = terms.first().map_or(0, |term| term.whole);
    for term in &mut terms {
        term.whole -= start;
    }
    terms
}

/// The same flows as they count on one side of zero, nearest first; see the head of this file.
pub(super) fn on_side(terms: &[Term], side: Side) -> Vec<Term> {
    match side {
        Side::Positive => terms.to_vec(),
        Side::Negative => {
            let end = terms.last().map_or(0, |term| term.whole + u64::from(!term.part.is_none()));
            let reversed = |term: &Term| Term {
                whole: end - term.whole - u64::from(!term.part.is_none()),
                part: term.part.complement(),
                ..*term
            };
            terms.iter().rev().map(reversed).collect()
        }
    }
}

/// How often the sign of the amounts changes in the order of time. One change: exactly one root at most, since
/// divided by the value of money at the moment of the change every term falls, or rises, with the rate. None: no root.
pub(super) fn sign_changes(terms: &[Term]) -> usize {
    terms.windows(2).filter(|pair| (pair[0].amount < 0) != (pair[1].amount < 0)).count()
}

/// The sum of the amounts: the value at a rate of zero.
pub(super) fn total(terms: &[Term]) -> i128 {
    terms.iter().fold(0, |sum: i128, term| sum.saturating_add(term.amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(amount: i128, whole: u64, numerator: u32, denominator: u32) -> Term {
        Term { amount, whole, part: Part::new(numerator, denominator).unwrap() }
    }

    #[test]
    fn flows_of_one_moment_are_one_flow() {
        let terms =
            normalise(vec![term(5, 4, 1, 2), term(-7, 2, 0, 3), term(3, 4, 2, 4), term(0, 1, 0, 1), term(-8, 3, 0, 1)]);
        assert_eq!(terms, [term(-7, 0, 0, 1), term(-8, 1, 0, 1), term(8, 2, 1, 2)]);
        assert_eq!((sign_changes(&terms), total(&terms)), (1, -7));
    }

    #[test]
    fn reversing_time_twice_changes_nothing() {
        let terms = vec![term(-7, 0, 1, 3), term(2, 1, 0, 1), term(6, 2, 4, 7)];
        let reversed = on_side(&terms, Side::Negative);
        assert_eq!(reversed, [term(6, 0, 3, 7), term(2, 2, 0, 1), term(-7, 2, 2, 3)]);
        assert_eq!(normalise(on_side(&reversed, Side::Negative)), terms);
    }
}
