//! Numbers that are not negative, known to lie between two decimals of the same number of digits: arithmetic whose error
//! needs no analysis, since every lower end is rounded down and every upper end up.
//!
//! Decimal and not binary, because the callers' numbers are: as long as no digit has to be cut, both ends are the exact
//! value, and even a tie between two roundings is decided.

use crate::exact::Big;

/// The digits behind the point of one attempt after the other. The first decides as good as always; a value at random lies
/// so close to a rounding boundary that it does not once in 10^40.
///
/// A value that lies on the boundary is decided where an attempt sees it exactly, and the last would see any. For a tie of
/// constant + factor × quotient, the quotient has to be a fraction of at most 170 digits, since all other numbers are. Let
/// 1 + rate = u/v in lowest terms, with s decimals: then v ≥ 2^s. The quotients of `tvm` are made of u, v and
/// (u^n − v^n)/(u − v), which have no common factor but (u^m − v^m)/(u − v) for m a divisor of n and of the period before;
/// so they have at least s·n/2 binary digits in lowest terms, and a tie needs s·n ≤ 2 · 170 · log₂ 10 < 1,200: all powers
/// and sums are then exact with 2,048 digits. Whole rates always are. Where 1 + rate does not end as a decimal, as in
/// `effective`, v has a prime factor besides 2 and 5, and so has every power of it: there is no tie.
pub(super) const ATTEMPTS: [u32; 6] = [64, 128, 256, 512, 1024, 2048];

/// Not below `low`, not above `high`, both in units of the scale's last digit.
#[derive(Clone)]
pub(super) struct Interval {
    pub low: Big,
    pub high: Big,
}

/// How many digits stand behind the point: one for a whole computation.
pub(super) struct Scale {
    /// 10^digits.
    unit: Big,
}

impl Scale {
    pub(super) fn of(digits: u32) -> Self {
        Scale { unit: power_of_ten(digits) }
    }

    pub(super) fn one(&self) -> Interval {
        Interval { low: self.unit.clone(), high: self.unit.clone() }
    }

    /// numerator / denominator; neither is negative, and the denominator not zero.
    pub(super) fn ratio(&self, numerator: &Big, denominator: &Big) -> Interval {
        between(&(numerator * &self.unit), denominator)
    }

    #[inline(never)]
    pub(super) fn times(&self, left: &Interval, right: &Interval) -> Interval {
        let low = between(&(&left.low * &right.low), &self.unit);
        if left.low == left.high && right.low == right.high {
            return low;
        }
        Interval { low: low.low, high: between(&(&left.high * &right.high), &self.unit).high }
    }

    /// growth^count, and 1 + growth + … + growth^(count − 1).
    #[inline(never)]
    pub(super) fn powers(&self, growth: &Interval, count: u32) -> [Interval; 2] {
        let one = self.one();
        let (mut power, mut sum) = (self.one(), Interval { low: Big::ZERO, high: Big::ZERO });
        for bit in (0..u32::BITS - count.leading_zeros()).rev() {
            // 1 + … + g^(2m − 1) = (1 + … + g^(m − 1)) · (1 + g^m).
            sum = self.times(&sum, &plus(&power, &one));
            power = self.times(&power, &power);
            if count >> bit & 1 == 1 {
                sum = plus(&self.times(&sum, growth), &one);
                power = self.times(&power, growth);
            }
        }
        [power, sum]
    }

    /// The natural logarithm of numerator / denominator, both positive, without its sign; its lower end may lie below zero.
    ///
    /// With 2^k near the ratio and z = (ratio − 2^k)/(ratio + 2^k), ln ratio = 2 artanh z + k ln 2, where |z| < 1/3, so that
    /// each term of z + z³/3 + z⁵/5 + … is worth nearly a digit; and ln 2 = 2 artanh (1/3).
    #[inline(never)]
    pub(super) fn logarithm(&self, numerator: &Big, denominator: &Big) -> Interval {
        let (above, below) = (numerator.bit_length(), denominator.bit_length());
        let (numerator, denominator) =
            (numerator << below.saturating_sub(above), denominator << above.saturating_sub(below));
        let (mut value, mut error) = self.twice_artanh(&(&numerator - &denominator), &(&numerator + &denominator));
        let shift = above.abs_diff(below) as u64;
        if shift > 0 {
            let (two, error_of_two) = self.twice_artanh(&Big::from(1_u64), &Big::from(3_u64));
            let part = two.mul_small(shift);
            value = if above > below { &value + &part } else { &value - &part };
            error += error_of_two * shift;
        }
        let (value, error) = (value.abs(), Big::from(error));
        Interval { low: &value - &error, high: &value + &error }
    }

    /// 2 artanh (numerator/denominator) for |numerator/denominator| ≤ 1/3, and by how much it may be wrong.
    ///
    /// All divisions cut toward zero. z is less than 1 unit short, which is worth 2/(1 − z²) < 3 units. Each power is less
    /// than 2 units short of that of the z as cut (1 for its own cut; z² is at most 1 unit short, which counts by a third;
    /// and the power before by a ninth), each term after its division by 2j + 1 less than 3. What comes after the first
    /// power of zero is worth less than 4 units. Twice that for `terms` terms: below 8 · (terms + 2).
    #[inline(never)]
    fn twice_artanh(&self, numerator: &Big, denominator: &Big) -> (Big, u64) {
        let mut power = quotient(&(numerator * &self.unit), denominator).0;
        let square = quotient(&(&power * &power), &self.unit).0;
        let mut sum = Big::ZERO;
        let mut odd = 1_u64;
        while !power.is_zero() {
            sum = &sum + &quotient(&power, &Big::from(odd)).0;
            power = quotient(&(&power * &square), &self.unit).0;
            odd += 2;
        }
        (sum.mul_small(2), (odd + 4) * 4)
    }
}

#[inline(never)]
pub(super) fn power_of_ten(exponent: u32) -> Big {
    Big::from(10_u64).power(exponent.into())
}

/// Toward zero, and whether something was left.
#[inline(never)]
fn quotient(dividend: &Big, divisor: &Big) -> (Big, bool) {
    // No divisor here is zero.
    let (quotient, rest) = dividend.div_rem(divisor).unwrap_or_default();
    (quotient, !rest.is_zero())
}

#[inline(never)]
fn between(dividend: &Big, divisor: &Big) -> Interval {
    let (low, is_cut) = quotient(dividend, divisor);
    let high = if is_cut { &low + &Big::from(1_u64) } else { low.clone() };
    Interval { low, high }
}

#[inline(never)]
pub(super) fn plus(left: &Interval, right: &Interval) -> Interval {
    Interval { low: &left.low + &right.low, high: &left.high + &right.high }
}

/// numerator/denominator in whole 10^−10, half away from zero; the denominator is positive.
#[inline(never)]
pub(super) fn rounded(numerator: &Big, denominator: &Big) -> Big {
    let doubled = numerator.mul_small(20_000_000_000);
    let halved = if numerator.sign().is_lt() { &doubled - denominator } else { &doubled + denominator };
    quotient(&halved, &denominator.mul_small(2)).0
}
