//! Double-double arithmetic: an unevaluated sum of two floats, about 32 digits, with a proven bound for each operation.
//!
//! Only + − × ÷, which IEEE 754 fixes to the last bit, and no fused multiply-add: native and wasm results are the same.
//! Bounds (Joldes, Muller, Popescu: "Tight and rigorous error bounds for basic building blocks of double-word
//! arithmetic", 2017): a product is right to a relative 7·2^−106; [`PRODUCT_ERROR`] is a round number above that.

/// 2^−53: half the distance from 1 to the next float; the relative error of one rounded operation.
pub const ROUNDING: f64 = f64::EPSILON / 2.0;
/// 2^−102, above the relative error of one [`Double::times`].
pub const PRODUCT_ERROR: f64 = ROUNDING * ROUNDING * 16.0;

/// hi + lo, where hi is the float nearest to the sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Double {
    pub hi: f64,
    pub lo: f64,
}

impl Double {
    pub const ONE: Double = Double { hi: 1.0, lo: 0.0 };

    /// The float itself.
    pub fn exact(value: f64) -> Self {
        Double { hi: value, lo: 0.0 }
    }

    /// 1 − x, exactly, for |x| ≤ 1.
    pub fn one_minus(x: f64) -> Self {
        let hi = 1.0 - x;
        // Knuth's two-sum: the rounding error of a sum is itself a float.
        let part = hi - 1.0;
        let lo = (1.0 - (hi - part)) + (-x - part);
        Double { hi, lo }
    }

    /// e^−θ nearly, as a base that keeps its digits at both ends: exact as it stands, whatever θ was meant.
    #[inline]
    pub fn base_at(theta: f64) -> Self {
        if theta < 0.5 { Double::one_minus(-libm::expm1(-theta)) } else { Double::exact(libm::exp(-theta)) }
    }

    /// The base moved by `reach` in θ = −ln(base), nearly; outward for a positive reach. None beyond 1.
    pub fn moved(self, reach: f64) -> Option<Self> {
        let moved = if self.hi > 0.5 {
            Double::one_minus(self.below_one() + reach * self.hi)
        } else {
            Double::exact(self.hi * (1.0 - reach))
        };
        (moved.hi > 0.0 && moved.below_one() >= 0.0).then_some(moved)
    }

    /// The product: relative error below [`PRODUCT_ERROR`] unless it comes near the end of the range.
    #[inline]
    pub fn times(self, other: Double) -> Self {
        let product = self.hi * other.hi;
        let error = product_error(self.hi, other.hi, product) + (self.hi * other.lo + self.lo * other.hi);
        let hi = product + error;
        Double { hi, lo: error - (hi - product) }
    }

    /// The quotient of two floats: relative error below [`PRODUCT_ERROR`].
    pub fn ratio(numerator: f64, denominator: f64) -> Self {
        let hi = numerator / denominator;
        let product = hi * denominator;
        let rest = (numerator - product) - product_error(hi, denominator, product);
        Double { hi, lo: rest / denominator }
    }

    /// base^exponent: relative error below `exponent` times [`PRODUCT_ERROR`], as each of the products that make it up,
    /// counted as often as its result is used, adds one.
    pub fn power(self, mut exponent: u64) -> Self {
        let mut square = self;
        while exponent & 1 == 0 && exponent > 0 {
            square = square.times(square);
            exponent >>= 1;
        }
        if exponent == 0 {
            return Double::ONE;
        }
        let mut result = square;
        exponent >>= 1;
        while exponent > 0 {
            square = square.times(square);
            if exponent & 1 == 1 {
                result = result.times(square);
            }
            exponent >>= 1;
        }
        result
    }

    /// 1 − value, rounded once or twice at the size of the result: no digits are lost near one.
    pub fn below_one(self) -> f64 {
        (1.0 - self.hi) - self.lo
    }
}

/// Dekker: the exact error of the rounded product of two floats, by splitting each into two halves of 26 bits.
fn product_error(left: f64, right: f64, product: f64) -> f64 {
    let (left_hi, left_lo) = split(left);
    let (right_hi, right_lo) = split(right);
    ((left_hi * right_hi - product) + left_hi * right_lo + left_lo * right_hi) + left_lo * right_lo
}

/// Veltkamp.
fn split(value: f64) -> (f64, f64) {
    const SPLITTER: f64 = 134_217_729.0; // 2^27 + 1
    let scaled = SPLITTER * value;
    let hi = scaled - (scaled - value);
    (hi, value - hi)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Big;

    /// value · 2^200 as a whole number; exact for the sizes used here.
    fn scaled(value: Double) -> Big {
        let whole = |float: f64| {
            let bits = float.abs().to_bits();
            let exponent = (bits >> 52) as i64;
            let mantissa = Big::from((bits & ((1 << 52) - 1)) | if exponent > 0 { 1 << 52 } else { 0 });
            let shift = exponent.max(1) - 1075 + 200;
            let big = if shift >= 0 { &mantissa << shift as usize } else { &mantissa >> (-shift) as usize };
            if float < 0.0 { -big } else { big }
        };
        &whole(value.hi) + &whole(value.lo)
    }

    #[test]
    fn one_minus_is_exact() {
        for x in [0.0, 1.0, 0.5, 0.25, 1e-3, 3.3e-4, 1e-9, 1e-17, 0.999_999_9, 0.75 - 1e-16] {
            let sum = &scaled(Double::one_minus(x)) + &scaled(Double::exact(x));
            assert_eq!(sum, Big::power_of_two(200), "{x}");
        }
    }

    #[test]
    fn a_power_stays_within_its_bound() {
        for x in [3.3e-4, 0.1, 1e-7, 0.3] {
            let base = Double::one_minus(x);
            for exponent in [0_u64, 1, 2, 3, 28, 31, 365, 1000] {
                // Exact power at 200 + 200·exponent bits, cut back to 200.
                let exact = &scaled(base).power(exponent) >> (200 * (exponent.max(1) as usize - 1));
                let exact = if exponent == 0 { Big::power_of_two(200) } else { exact };
                let error = (&scaled(base.power(exponent)) - &exact).abs();
                let bound = (exponent as f64 * PRODUCT_ERROR) * exact.to_f64_scaled(200) + 2.0_f64.powi(-180);
                assert!(error.to_f64_scaled(200) <= bound, "{x}^{exponent}");
            }
        }
    }
}
