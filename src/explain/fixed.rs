//! Present values in fixed point, for steps that a reader can check with a pocket calculator: eighteen decimals, whole
//! numbers only, so that every host shows the same.

use crate::money::{RoundingMode, round_ratio};
use crate::rate::PublishedRate;

/// One.
const ONE: i128 = 1_000_000_000_000_000_000;
/// Halvings of an interval of width 2 down to the last of eighteen decimals.
const HALVINGS: u32 = 61;

/// What one unit of money is worth earlier. Not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Discount(i128);

impl Discount {
    /// Nothing is lost.
    pub const NONE: Discount = Discount(ONE);

    /// 1 ÷ (1 + rate · numerator/denominator). `None` where that is no positive number that can be held.
    pub fn simple(rate: PublishedRate, numerator: u32, denominator: u32) -> Option<Self> {
        let whole = 10i128.pow(rate.scale()) * i128::from(denominator);
        let base = whole + rate.mantissa() * i128::from(numerator);
        if base <= 0 {
            return None;
        }
        Some(Discount(round_ratio(ONE.checked_mul(whole)?, base, RoundingMode::HalfUp)))
    }

    /// denominator ÷ (numerator + denominator): the factor of a period whose interest is that share of the balance.
    pub fn of_interest(numerator: i128, denominator: i128) -> Self {
        // A factor has at most 17 digits in its denominator: twelve of a rate, five of a year.
        Discount(round_ratio(ONE * denominator, numerator + denominator, RoundingMode::HalfUp))
    }

    pub fn times(self, other: Discount) -> Option<Self> {
        Some(Discount(round_ratio(self.0.checked_mul(other.0)?, ONE, RoundingMode::HalfUp)))
    }

    pub fn power(self, mut exponent: u32) -> Option<Self> {
        let (mut power, mut square) = (Discount::NONE, self);
        loop {
            if exponent & 1 == 1 {
                power = power.times(square)?;
            }
            exponent >>= 1;
            if exponent == 0 {
                return Some(power);
            }
            square = square.times(square)?;
        }
    }

    /// The `degree`-th root, by halving: a period's part of a year's discount.
    pub fn root(self, degree: u32) -> Option<Self> {
        let (mut below, mut above) = (0, 2 * ONE);
        // No root above 2 is looked for.
        if self.0 > ONE << degree.min(60) {
            return None;
        }
        for _ in 0..HALVINGS {
            let middle = below + (above - below) / 2;
            // A power that cannot be held is too large.
            if Discount(middle).power(degree).is_none_or(|power| power > self) {
                above = middle;
            } else {
                below = middle;
            }
        }
        Some(Discount(below))
    }

    /// The worth of an amount, not rounded: in units of 10^−18 of its own.
    pub fn worth(self, amount: i64) -> Option<Worth> {
        self.0.checked_mul(amount.into()).map(Worth)
    }

    /// In units of 10^−`decimals`, rounded.
    pub fn decimals(self, decimals: u32) -> i64 {
        round_ratio(self.0, 10i128.pow(18 - decimals), RoundingMode::HalfUp) as i64
    }
}

impl PartialOrd for Discount {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        self.0.partial_cmp(&other.0)
    }
}

/// An amount with eighteen more decimals.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Worth(i128);

impl Worth {
    pub fn plus(self, other: Worth) -> Option<Worth> {
        self.0.checked_add(other.0).map(Worth)
    }

    pub fn minus(self, other: Worth) -> Option<Worth> {
        self.0.checked_sub(other.0).map(Worth)
    }

    /// Whole minor units.
    pub fn rounded(self) -> i64 {
        // What is worth more than an amount can be never comes from checked terms.
        i64::try_from(round_ratio(self.0, ONE, RoundingMode::HalfUp)).unwrap_or(i64::MAX)
    }

    /// This ÷ a sum of discounts, in units of 10^−4 of a minor unit.
    pub fn over(self, sum: Worth) -> Option<i64> {
        let dividend = self.0.checked_mul(10_000).filter(|_| sum.0 > 0)?;
        i64::try_from(round_ratio(dividend, sum.0, RoundingMode::HalfUp)).ok()
    }

    /// In units of 10^−`decimals`, rounded.
    pub fn decimals(self, decimals: u32) -> i64 {
        round_ratio(self.0, 10i128.pow(18 - decimals), RoundingMode::HalfUp) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> PublishedRate {
        PublishedRate::parse(text).unwrap()
    }

    #[test]
    fn discounts_are_exact_to_their_last_decimals() {
        let month = Discount::simple(rate("0.01"), 1, 1).unwrap();
        assert_eq!(month, Discount(990_099_009_900_990_099));
        // 1.01^−12 = 0.887449225265...
        assert_eq!(month.power(12).unwrap().decimals(12), 887_449_225_265);
        assert_eq!(month.power(0), Some(Discount::NONE));
        assert_eq!(Discount::simple(rate("-1"), 1, 1), None);
        assert_eq!(Discount::simple(rate("0.12"), 16, 30).unwrap().decimals(12), 939_849_624_060);
    }

    #[test]
    fn a_root_is_the_inverse_of_a_power() {
        for text in ["0", "0.1268250301", "1000000", "-0.5", "36.5"] {
            let year = Discount::simple(rate(text), 1, 1).unwrap();
            for degree in [1, 12, 52, 365, 366] {
                let again = year.root(degree).unwrap().power(degree).unwrap();
                assert!((again.0 - year.0).abs() <= 1000, "{text} {degree}: {again:?} {year:?}");
            }
        }
    }
}
