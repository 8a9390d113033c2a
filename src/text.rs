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

/// A rate without trailing zeros. No rate of the contract has more than 18 digits.
#[cold]
#[inline(never)]
pub(crate) fn rate(rate: Decimal) -> String {
    let (mut mantissa, mut scale) = (rate.mantissa() as i64, rate.scale());
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    decimal(mantissa, scale)
}

/// numerator ÷ denominator without trailing zeros, with as many of 28 decimals as 96 bits hold: what [`Decimal`]'s own
/// division gives in 5 kB. Both are below 2^60, as those of every annual rate are, so that each step of a division by hand
/// fits 64 bits.
#[cold]
#[inline(never)]
pub(crate) fn quotient(numerator: i128, denominator: i128) -> String {
    const MANTISSA_MAX: u128 = (1 << 96) - 1;
    let (numerator, denominator) = (numerator as u64, (denominator as u64).max(1));
    let (mut whole, mut rest) = (numerator / denominator, numerator % denominator);
    let mut mantissa = u128::from(whole);
    let mut decimals = Vec::new();
    while rest > 0 && decimals.len() < Decimal::MAX_SCALE as usize {
        let digit = rest * 10 / denominator;
        mantissa = mantissa * 10 + u128::from(digit);
        if mantissa > MANTISSA_MAX {
            break;
        }
        decimals.push(b'0' + digit as u8);
        rest = rest * 10 % denominator;
    }
    // What ends at all ends before the 28th decimal: half a unit is never left.
    if rest >= denominator - rest {
        while decimals.last() == Some(&b'9') {
            decimals.pop();
        }
        match decimals.last_mut() {
            Some(digit) => *digit += 1,
            None => whole += 1,
        }
    }
    while decimals.last() == Some(&b'0') {
        decimals.pop();
    }
    let point = if decimals.is_empty() { "" } else { "." };
    filled("{0}{1}{2}", &[&self::whole(whole as i64), point, &String::from_utf8(decimals).unwrap_or_default()])
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
        for (mantissa, scale) in [(0, 0), (0, 12), (18, 2), (180, 3), (-5, 12), (1_000_000, 5), (100, 0)] {
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
            assert_eq!(quotient(numerator, denominator), expected.to_string(), "{numerator}/{denominator}");
        }
    }
}
