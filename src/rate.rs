//! A rate as it is published: a decimal fraction, rounded once from the exact value.

use crate::json::Json;
use crate::text;
use core::fmt;

/// Decimals of a published rate below 100.
pub const DECIMALS: u32 = 10;
/// Significant digits of a published rate from 100 up.
pub const SIGNIFICANT_DIGITS: u32 = 12;

/// A rate as published (公布的利率): a fraction, "0.18" is 18 %. 10 decimals, half away from zero, trailing zeros cut; from
/// 100 up, 12 significant digits. Only the places that round build one, so holding it means that rounding has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PublishedRate {
    mantissa: i64,
    scale: u32,
}

impl PublishedRate {
    /// No cost at all.
    pub const ZERO: PublishedRate = PublishedRate { mantissa: 0, scale: 0 };

    /// mantissa × 10^−scale, trailing zeros cut. `scale` is at most [`DECIMALS`].
    #[must_use]
    pub fn new(mantissa: i64, scale: u32) -> Self {
        let (mut mantissa, mut scale) = (mantissa, scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        PublishedRate { mantissa, scale }
    }

    /// The digits as a whole number; the last is not zero unless the scale is.
    #[must_use]
    pub fn mantissa(self) -> i128 {
        self.mantissa.into()
    }

    /// How many of the digits stand behind the point.
    #[must_use]
    pub fn scale(self) -> u32 {
        self.scale
    }

    /// Reads what [`fmt::Display`] writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let scale = u32::try_from(decimals.len()).ok().filter(|&scale| scale <= DECIMALS)?;
        if whole.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let magnitude: i64 = format!("{whole}{decimals}").parse().ok()?;
        let rate = PublishedRate::new(if text.starts_with('-') { -magnitude } else { magnitude }, scale);
        (rate.to_string() == text).then_some(rate)
    }

    /// The sum, exact: how rates that are published one by one are added up. `None` where it has more digits than a rate.
    #[must_use]
    pub fn plus(self, other: PublishedRate) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let at_scale = |rate: PublishedRate| rate.mantissa.checked_mul(10_i64.pow(scale - rate.scale));
        Some(PublishedRate::new(at_scale(self)?.checked_add(at_scale(other)?)?, scale))
    }
}

impl PublishedRate {
    /// Writes the rate as a text value.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn write(self, json: &mut Json) {
        json.decimal(self.mantissa, self.scale);
    }

    /// Writes the rate as a number: for columns of numbers only, since a page reads it as a float.
    pub(crate) fn write_number(self, json: &mut Json) {
        json.number(self.mantissa, self.scale);
    }
}

impl fmt::Display for PublishedRate {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&text::decimal(self.mantissa, self.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_without_trailing_zeros() {
        for (mantissa, scale, text) in [
            (1_994_064_065, 10, "0.1994064065"),
            (0, 10, "0"),
            (-1_234_000_000, 10, "-0.1234"),
            (10_000_000_000, 10, "1"),
            (-5, 10, "-0.0000000005"),
            (146_103_853_147, 8, "1461.03853147"),
            (1_000_000, 0, "1000000"),
        ] {
            let rate = PublishedRate::new(mantissa, scale);
            assert_eq!(rate.to_string(), text);
            assert_eq!(PublishedRate::parse(text), Some(rate));
        }
        for text in ["", "-", ".5", "0.10", "1.", "+1", "1e3", "0.12345678901", "-0", "00"] {
            assert_eq!(PublishedRate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn published_rates_add_up_exactly() {
        let sum = |left: &str, right: &str| {
            PublishedRate::parse(left).unwrap().plus(PublishedRate::parse(right).unwrap()).unwrap().to_string()
        };
        assert_eq!(sum("0.1199982146", "0.04814698"), "0.1681451946");
        assert_eq!(sum("0.5", "-0.5"), "0");
        assert_eq!(sum("1461.03853147", "0.0000000001"), "1461.0385314701");
    }
}
