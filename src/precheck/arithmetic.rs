//! Exact decimal arithmetic with what formulas need besides: powers, instalments, means and deviations.
//!
//! A number has 28 digits. Sums, differences and products that fit are exact; a quotient, or a product that does not fit,
//! is rounded to 28 digits. What is too large for them is an error, never an approximation.

use super::fault::{Fault, fault, fault_with};
use crate::money::{RoundingMode, round_ratio};
use rust_decimal::Decimal;

/// The most decimals of a number.
const DECIMALS_MAX: u32 = 28;
/// The longest loan that `pmt` reckons with, as `terms` has it.
const COUNT_MAX: i64 = 600;
/// The largest exponent of `**`, either way.
const EXPONENT_MAX: i64 = 10_000;

#[cold]
#[inline(never)]
fn too_large() -> Fault {
    fault("overflow", ["结果超出 28 位数字", "the result has more than 28 digits"])
}

#[cold]
#[inline(never)]
fn division_by_zero() -> Fault {
    fault("division_by_zero", ["除数为零", "division by zero"])
}

#[cold]
#[inline(never)]
fn invalid_argument(words: [&'static str; 2]) -> Fault {
    fault("invalid_argument", words)
}

#[cold]
#[inline(never)]
pub(crate) fn too_few(function: &str, at_least: &str) -> Fault {
    let words = ["{0} 至少需要 {1} 个数", "{0} needs at least {1} numbers"];
    fault_with("too_few_values", words, [function, at_least])
}

#[inline(never)]
pub(crate) fn add(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    a.checked_add(b).ok_or_else(too_large)
}

#[inline(never)]
pub(crate) fn subtract(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    add(a, -b)
}

#[inline(never)]
pub(crate) fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    a.checked_mul(b).ok_or_else(too_large)
}

#[inline(never)]
pub(crate) fn divide(a: Decimal, b: Decimal) -> Result<Decimal, Fault> {
    if b.is_zero() {
        return Err(division_by_zero());
    }
    a.checked_div(b).ok_or_else(too_large)
}

/// Whether nothing stands behind the point.
pub(crate) fn is_whole(number: Decimal) -> bool {
    number.normalize().scale() == 0
}

/// The largest whole number that is not above it.
#[inline(never)]
pub(crate) fn floor(number: Decimal) -> Decimal {
    let whole = number.mantissa().div_euclid(10i128.pow(number.scale()));
    Decimal::try_from_i128_with_scale(whole, 0).unwrap_or(number)
}

/// To so many decimals, a half away from zero.
#[inline(never)]
pub(crate) fn rounded(number: Decimal, decimals: u32) -> Decimal {
    if number.scale() <= decimals {
        return number;
    }
    let unit = 10i128.pow(number.scale() - decimals);
    let mantissa = round_ratio(number.mantissa(), unit, RoundingMode::HalfUp);
    Decimal::try_from_i128_with_scale(mantissa, decimals).unwrap_or(number)
}

/// The whole number, if it is one from `-greatest` to `greatest`.
#[inline(never)]
fn whole(number: Decimal, greatest: i64) -> Option<i64> {
    let number = number.normalize();
    let mantissa = i64::try_from(number.mantissa()).ok()?;
    (number.scale() == 0 && mantissa.abs() <= greatest).then_some(mantissa)
}

/// base ** exponent, for whole exponents. 0 ** 0 is 1.
#[inline(never)]
pub(crate) fn power(base: Decimal, exponent: Decimal) -> Result<Decimal, Fault> {
    let Some(exponent) = whole(exponent, EXPONENT_MAX) else {
        return Err(invalid_argument([
            "指数须为 -10000..10000 的整数",
            "an exponent must be a whole number within -10000..10000",
        ]));
    };
    if exponent < 0 && base.is_zero() {
        return Err(division_by_zero());
    }
    // A large base is inverted first: its power could pass 28 digits where the result does not.
    let inverts_first = exponent < 0 && base.abs() > Decimal::ONE;
    let mut square = if inverts_first { divide(Decimal::ONE, base)? } else { base };
    let mut result = Decimal::ONE;
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest & 1 == 1 {
            result = multiply(result, square)?;
        }
        rest >>= 1;
        if rest > 0 {
            square = multiply(square, square)?;
        }
    }
    if exponent < 0 && !inverts_first { divide(Decimal::ONE, result) } else { Ok(result) }
}

/// instalment = principal ÷ (v + v² + … + vⁿ);  v = 1 ÷ (1 + rate per period), n = count. Positive, and not rounded.
///
/// The usual form, principal · rate ÷ (1 − vⁿ), loses digits where the rate is small and has none where it is zero; the
/// sum loses none. It is built by doubling: s₂ₘ = sₘ + vᵐ · sₘ.
#[inline(never)]
pub(crate) fn instalment(rate: Decimal, count: Decimal, principal: Decimal) -> Result<Decimal, Fault> {
    let Some(count) = whole(count, COUNT_MAX).filter(|count| *count > 0) else {
        return Err(invalid_argument([
            "pmt 的期数须为 1..600 的整数",
            "the count of pmt must be a whole number within 1..600",
        ]));
    };
    if rate < Decimal::ZERO {
        return Err(invalid_argument(["pmt 的利率不能为负", "the rate of pmt cannot be negative"]));
    }
    let factor = divide(Decimal::ONE, add(Decimal::ONE, rate)?)?;
    let (mut sum, mut last) = (Decimal::ZERO, Decimal::ONE);
    for bit in (0..u64::BITS - count.leading_zeros()).rev() {
        sum = add(sum, multiply(last, sum)?)?;
        last = multiply(last, last)?;
        if count >> bit & 1 == 1 {
            last = multiply(last, factor)?;
            sum = add(sum, last)?;
        }
    }
    divide(principal, sum)
}

/// To `digits` decimals, a half away from zero; to tens, hundreds, … where they are negative.
#[inline(never)]
pub(crate) fn round(number: Decimal, digits: Decimal) -> Result<Decimal, Fault> {
    let Some(digits) = whole(digits, i64::from(DECIMALS_MAX)) else {
        return Err(invalid_argument([
            "round 的位数须为 -28..28 的整数",
            "the digits of round must be a whole number within -28..28",
        ]));
    };
    if digits >= 0 {
        return Ok(rounded(number, digits as u32));
    }
    let unit = power(Decimal::TEN, Decimal::from(-digits))?;
    multiply(rounded(divide(number, unit)?, 0), unit)
}

#[inline(never)]
pub(crate) fn sum(numbers: &[Decimal]) -> Result<Decimal, Fault> {
    let mut sum = Decimal::ZERO;
    for number in numbers {
        sum = add(sum, *number)?;
    }
    Ok(sum)
}

/// The arithmetic mean.
#[inline(never)]
pub(crate) fn mean(numbers: &[Decimal]) -> Result<Decimal, Fault> {
    if numbers.is_empty() {
        return Err(too_few("mean", "1"));
    }
    divide(sum(numbers)?, Decimal::from(numbers.len() as u64))
}

/// The sample standard deviation, as FEEL's: √(Σ (x − mean)² ÷ (n − 1)), at least two numbers.
#[inline(never)]
pub(crate) fn standard_deviation(numbers: &[Decimal]) -> Result<Decimal, Fault> {
    if numbers.len() < 2 {
        return Err(too_few("stdev", "2"));
    }
    let mean = mean(numbers)?;
    let mut squares = Decimal::ZERO;
    for number in numbers {
        let distance = subtract(*number, mean)?;
        squares = add(squares, multiply(distance, distance)?)?;
    }
    Ok(square_root(divide(squares, Decimal::from(numbers.len() as u64 - 1))?))
}

/// √number to 18 significant digits at least, a half up; exact where the root has no more digits. Not of negative numbers.
///
/// The digits are made a whole number of 37 or 38 digits, whose whole root is found bit by bit: integers only, so the same
/// on every machine.
#[inline(never)]
pub(crate) fn square_root(number: Decimal) -> Decimal {
    let number = number.normalize();
    let mut digits = number.mantissa().unsigned_abs();
    let mut scale = number.scale();
    if digits == 0 {
        return Decimal::ZERO;
    }
    // An even scale has a whole root's; 28 decimals of the root are all that a number can hold.
    const LARGEST: u128 = 10u128.pow(36);
    while scale % 2 == 1 || (digits < LARGEST && scale < 2 * DECIMALS_MAX) {
        digits *= 10;
        scale += 1;
    }
    let mut root = 0u128;
    let mut rest = digits;
    let mut bit = 1u128 << 126;
    while bit > 0 {
        if rest >= root + bit {
            rest -= root + bit;
            root = (root >> 1) + bit;
        } else {
            root >>= 1;
        }
        bit >>= 2;
    }
    // root² + rest = digits: beyond root + ½ where rest > root.
    if rest > root {
        root += 1;
    }
    // At most 20 digits and 28 decimals: always a number.
    Decimal::try_from_i128_with_scale(root as i128, scale / 2).unwrap_or(Decimal::ZERO).normalize()
}
