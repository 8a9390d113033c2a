//! Texts: languages, percentages, and sentences with numbers put in. No locale's number format is known here: a decimal
//! point, no grouping.

use crate::exact::Big;
use crate::money::{Factor, RoundingMode, round_ratio};
use crate::rate::PublishedRate;
use crate::rules::RATE_UNIT;
use rust_decimal::Decimal;

/// A language of every text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

/// The same words in Chinese and in English.
pub type Words = &'static [&'static str; 2];

impl Locale {
    /// Every language with its name in the contract.
    pub const NAMES: [(&'static str, Locale); 2] = [("zh-CN", Locale::ZhCn), ("en", Locale::En)];

    /// The words of this language.
    #[must_use]
    pub fn of<'a>(self, words: &[&'a str; 2]) -> &'a str {
        words[self as usize]
    }

    /// The sentence of this language, each `{}` in it replaced by the next of `values`.
    #[must_use]
    pub(crate) fn fill(self, words: Words, values: &[&str]) -> String {
        let mut text = String::new();
        let mut rest = self.of(words);
        for value in values {
            let Some((before, after)) = rest.split_once('{') else { break };
            text.push_str(before);
            text.push_str(value);
            rest = &after[1..];
        }
        text.push_str(rest);
        text
    }
}

/// `value` · 10^−`scale` as digits; with `is_short`, zeros at the end are cut.
pub(crate) fn decimal(value: i64, scale: usize, is_short: bool) -> String {
    let mut digits = value.unsigned_abs().to_string();
    if digits.len() <= scale {
        digits.insert_str(0, &"0".repeat(scale + 1 - digits.len()));
    }
    if scale > 0 {
        digits.insert(digits.len() - scale, '.');
    }
    if is_short && scale > 0 {
        let kept = digits.trim_end_matches('0').trim_end_matches('.').len();
        digits.truncate(kept);
    }
    if value < 0 {
        digits.insert(0, '-');
    }
    digits
}

/// A rate as a percentage with so many decimals, half away from zero: 0.1994064065 with two is "19.94%". With one this is
/// remark (d) of the directives' annex: where the next digit is 5 or more, the digit before it goes up by one.
///
/// ```
/// use clearloan::{disclosure::percent, rate::PublishedRate};
/// let rate = PublishedRate::parse("0.03055").unwrap();
/// assert_eq!((percent(rate, 1).as_str(), percent(rate, 2).as_str()), ("3.1%", "3.06%"));
/// ```
#[must_use]
pub fn percent(rate: PublishedRate, decimals: u32) -> String {
    // A published rate has at most eighteen digits, and where it has as many, no more than two or three decimals.
    let value = round_ratio(rate.mantissa() * 10i128.pow(decimals + 2), 10i128.pow(rate.scale()), RoundingMode::HalfUp);
    let mut text = decimal(value as i64, decimals as usize, false);
    text.push('%');
    text
}

/// A rate in units of [`RATE_UNIT`] as a percentage with all its digits: "18%".
pub(crate) fn percent_of_units(units: i64) -> String {
    let mut text = decimal(units, 10, true);
    text.push('%');
    text
}

/// A rate of the terms, as agreed: all its digits.
pub(crate) fn percent_of(rate: Decimal) -> String {
    percent_of_units(crate::rules::in_units(rate))
}

/// An annual rate of the terms, or a product of two; what is no decimal is rounded to ten decimals of a percentage.
pub(crate) fn percent_of_factor(rate: Factor) -> String {
    // 2·numerator·unit + denominator over 2·denominator, in whole numbers of any size: a product of two rates with twelve
    // decimals each leaves 128 bits.
    let dividend = &Big::from(rate.numerator).mul_small(2 * RATE_UNIT.unsigned_abs()) + &Big::from(rate.denominator);
    let rounded = dividend.div_rem(&Big::from(2 * rate.denominator)).and_then(|(quotient, _)| quotient.to_i128());
    // A hundredfold of the highest rate has seventeen digits.
    percent_of_units(rounded.unwrap_or_default() as i64)
}

/// A published rate in units of [`RATE_UNIT`].
pub(crate) fn units_of(rate: PublishedRate) -> i64 {
    rate.mantissa() as i64 * 10i64.pow(12 - rate.scale())
}

/// A rate in units of [`RATE_UNIT`] as the contract writes rates.
pub(crate) fn rate_text(units: i64) -> String {
    decimal(units, 12, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_rounded_half_away_from_zero() {
        let shown = |rate: &str, decimals: u32| percent(PublishedRate::parse(rate).unwrap(), decimals);
        assert_eq!(shown("0.1994064065", 2), "19.94%");
        assert_eq!(shown("0.03054", 1), "3.1%");
        assert_eq!(shown("0.03054", 2), "3.05%");
        assert_eq!(shown("0.03049", 1), "3.0%");
        assert_eq!(shown("-0.00045", 2), "-0.05%");
        assert_eq!(shown("0", 2), "0.00%");
        assert_eq!(shown("146103.853147", 1), "14610385.3%");
        assert_eq!(shown("0.0000000001", 0), "0%");
    }

    #[test]
    fn agreed_rates_keep_their_digits() {
        assert_eq!(percent_of("0.18".parse().unwrap()), "18%");
        assert_eq!(percent_of("0.0005".parse().unwrap()), "0.05%");
        assert_eq!(percent_of("0.000000000001".parse().unwrap()), "0.0000000001%");
        assert_eq!(percent_of_factor(Factor { numerator: 1, denominator: 3 }), "33.3333333333%");
        assert_eq!(percent_of_factor(Factor { numerator: 2, denominator: 3 }), "66.6666666667%");
        let tiny = 10i128.pow(28);
        assert_eq!(percent_of_factor(Factor { numerator: 27 * tiny / 100, denominator: tiny }), "27%");
        assert_eq!(rate_text(240_000_000_000), "0.24");
        assert_eq!(rate_text(4 * RATE_UNIT), "4");
    }

    #[test]
    fn values_are_put_in_in_order() {
        assert_eq!(Locale::En.fill(&["", "from {} to {}"], &["1", "2"]), "from 1 to 2");
        assert_eq!(Locale::ZhCn.fill(&["第 {} 期", ""], &["3"]), "第 3 期");
    }
}
