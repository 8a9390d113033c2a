//! Texts made of other texts and of numbers. Not by `core::fmt`, which would bring 6 kB into the wasm for what is written
//! only where something is wrong.

use crate::json::{DECIMAL_LENGTH_MAX, decimal_digits};
use rust_decimal::Decimal;

/// The template with what stands for `{0}`, `{1}`, …
#[cold]
#[inline(never)]
pub(crate) fn filled(template: &str, given: &[&str]) -> String {
    let mut text = String::with_capacity(template.len() + 32);
    let bytes = template.as_bytes();
    let (mut at, mut plain_from) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b'{' && bytes.get(at + 2) == Some(&b'}') {
            text.push_str(&template[plain_from..at]);
            let index = usize::from(bytes[at + 1].wrapping_sub(b'0'));
            text.push_str(given.get(index).copied().unwrap_or_default());
            at += 2;
            plain_from = at + 1;
        }
        at += 1;
    }
    text.push_str(&template[plain_from..]);
    text
}

/// The texts in a row, with the same between each two.
#[cold]
#[inline(never)]
pub(crate) fn joined(texts: &[&str], between: &str) -> String {
    let mut joined = String::new();
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            joined.push_str(between);
        }
        joined.push_str(text);
    }
    joined
}

/// A whole number in digits.
#[inline(never)]
pub(crate) fn whole(value: i64) -> String {
    decimal(value, 0)
}

/// value × 10^−decimals with all its decimals.
#[inline(never)]
pub(crate) fn decimal(value: i64, decimals: u32) -> String {
    String::from_utf8(decimal_digits(value, decimals, &mut [0; DECIMAL_LENGTH_MAX]).to_vec()).unwrap_or_default()
}

/// A range of whole numbers as limits are written: "1..600".
#[cold]
#[inline(never)]
pub(crate) fn range(least: i64, greatest: i64) -> String {
    joined(&[&whole(least), &whole(greatest)], "..")
}

/// A rate without trailing zeros.
#[cold]
#[inline(never)]
pub(crate) fn rate(rate: Decimal) -> String {
    let mut rest = rate.mantissa().unsigned_abs();
    let mut decimals_left = rate.scale();
    while decimals_left > 0 && rest.is_multiple_of(10) {
        rest /= 10;
        decimals_left -= 1;
    }
    // From the last digit to the first.
    let mut digits = Vec::new();
    loop {
        digits.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if decimals_left > 0 {
            decimals_left -= 1;
            if decimals_left == 0 {
                digits.push(b'.');
            }
        } else if rest == 0 {
            break;
        }
    }
    if rate.mantissa() < 0 {
        digits.push(b'-');
    }
    digits.reverse();
    String::from_utf8(digits).unwrap_or_default()
}

/// numerator ÷ denominator with as many of 28 decimals as 96 bits hold, as [`Decimal`]'s own division gives it in 5 kB. Both
/// are below 2^60, as those of every annual rate are, so that each step of a division by hand fits 64 bits.
#[cold]
#[inline(never)]
pub(crate) fn quotient(numerator: i128, denominator: i128) -> Decimal {
    const MANTISSA_MAX: u128 = (1 << 96) - 1;
    let (numerator, denominator) = (numerator as u64, (denominator as u64).max(1));
    let (mut mantissa, mut rest) = (u128::from(numerator / denominator), numerator % denominator);
    let mut decimals = 0;
    while rest > 0 && decimals < Decimal::MAX_SCALE {
        let longer = mantissa * 10 + u128::from(rest * 10 / denominator);
        if longer > MANTISSA_MAX {
            break;
        }
        (mantissa, rest) = (longer, rest * 10 % denominator);
        decimals += 1;
    }
    // What ends at all ends before the 28th decimal: half a unit is never left.
    mantissa += u128::from(rest >= denominator - rest);
    Decimal::from_i128_with_scale(mantissa.min(MANTISSA_MAX) as i128, decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_stands_where_the_template_says() {
        assert_eq!(filled("{1}，{0}；{1}{2}", &["a", "中"]), "中，a；中");
        assert_eq!(filled("{ amount }, {}", &["a"]), "{ amount }, {}");
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_does() {
        for value in [0, 7, -7, 10, 600, i64::MAX, i64::MIN] {
            assert_eq!(whole(value), value.to_string());
        }
        let longest = 79_228_162_514_264_337_593_543_950_335;
        for (mantissa, scale) in [(0, 0), (0, 12), (18, 2), (180, 3), (-5, 12), (1_000_000, 5), (100, 0), (longest, 28)]
        {
            let value = Decimal::from_i128_with_scale(mantissa, scale);
            assert_eq!(rate(value), value.normalize().to_string());
        }
        assert_eq!(range(1, 600), "1..600");
    }

    /// Every kind of rate that is put to a year: the numerators and denominators of `InterestRate::annual`.
    #[test]
    fn a_quotient_is_the_decimal_that_the_library_divides() {
        let mut seed = 1_u64;
        for _ in 0..20_000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let scale = (seed >> 8) % 13;
            let rate = (seed >> 20) % (10 * 10_u64.pow(scale as u32));
            let (per_year, of_years) = match seed >> 62 {
                0 => (12, 1 + (seed >> 4) % 1_200),
                1 => (52, 1 + (seed >> 4) % 5_200),
                _ => (365, 1 + (seed >> 4) % 36_500),
            };
            // Annual rates are at most 10.
            let (numerator, denominator) =
                (i128::from(rate * per_year), i128::from(10_u64.pow(scale as u32) * of_years));
            if numerator > 10 * denominator {
                continue;
            }
            let whole = |number| Decimal::from_i128_with_scale(number, 0);
            let expected = (whole(numerator) / whole(denominator)).normalize();
            assert_eq!(quotient(numerator, denominator).normalize(), expected, "{numerator}/{denominator}");
            assert_eq!(super::rate(quotient(numerator, denominator)), expected.to_string());
        }
    }
}
