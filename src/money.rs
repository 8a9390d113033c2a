//! Money: whole minor units of a currency, and the one rounding that makes an exact amount payable.
//!
//! An exact product is a fraction of `i128`s; [`round_ratio`] is the only way from there to an amount.

use crate::exact::Big;

use crate::json::Json;
use crate::text;

/// The ISO 4217 codes in use, three letters each, in order.
const CODES: &str = "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBGNBHDBIFBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCLFCLPCNYCOPCRCCUPCVECZK\
DJFDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGNFGTQGYDHKDHNLHTGHUFIDRILSINRIQDIRRISKJMDJODJPYKESKGSKHRKMFKPWKRWKWDKYD\
KZTLAKLBPLKRLRDLSLLYDMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDOMRPABPENPGKPHPPKRPLNPYGQARRONRSDRUB\
RWFSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTNDTOPTRYTTDTWDTZSUAHUGXUSDUYUUZSVESVNDVUVWSTXAFXCDXOFXPFYER\
ZARZMWZWG";

/// ISO 4217's currencies without a minor unit.
const WITHOUT_DECIMALS: &str = "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXVNDVUVXAFXOFXPF";
/// ISO 4217's currencies with thousandths.
const WITH_THREE_DECIMALS: &str = "BHDIQDJODKWDLYDOMRTND";

/// A currency of ISO 4217 (币种) and the number of decimals of its minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

impl Currency {
    /// Chinese yuan, the default.
    pub const CNY: Currency = Currency { code: *b"CNY", decimals: 2 };

    /// The currency with that code in capital letters; `None` where ISO 4217 has none.
    ///
    /// ```
    /// use clearloan::money::Currency;
    /// assert_eq!(Currency::of("JPY").map(Currency::decimals), Some(0));
    /// assert_eq!(Currency::of("RMB"), None);
    /// ```
    #[must_use]
    pub fn of(code: &str) -> Option<Currency> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        let listed = |list: &str| list.as_bytes().chunks_exact(3).any(|entry| entry == letters);
        if !listed(CODES) {
            return None;
        }
        let decimals = match code {
            // The unit of account of Chilean mortgages, in ten-thousandths.
            "CLF" => 4,
            _ if listed(WITHOUT_DECIMALS) => 0,
            _ if listed(WITH_THREE_DECIMALS) => 3,
            _ => 2,
        };
        Some(Currency { code: letters, decimals })
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        core::str::from_utf8(&self.code).unwrap_or_default()
    }

    /// Decimals of the minor unit: 0, 2, 3 or 4.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// An amount of whole minor units in major units, with all the currency's decimals: 888450 → "8884.50".
    #[must_use]
    pub fn format(self, minor_units: i64) -> String {
        text::decimal(minor_units, self.decimals.into())
    }

    /// A range of amounts as limits are written: "0.01..10000000000.00".
    #[cold]
    #[inline(never)]
    pub(crate) fn range(self, least: i64, greatest: i64) -> String {
        text::joined(&[&self.format(least), &self.format(greatest)], "..")
    }

    /// Writes the amount as a text value. In wasm, where every figure of a quote would weigh thirty bytes more, not inlined.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    #[cfg_attr(not(target_arch = "wasm32"), inline)]
    pub(crate) fn write(self, minor_units: i64, json: &mut Json) {
        json.decimal(minor_units, self.decimals.into());
    }
}

/// How an exact amount becomes a whole number of units (舍入方式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RoundingMode {
    /// To the nearest, a half away from zero (四舍五入).
    #[default]
    HalfUp,
    /// To the nearest, a half to the even neighbour (四舍六入五成双).
    HalfEven,
    /// Away from zero.
    Up,
    /// Toward zero.
    Down,
}

/// `numerator ÷ denominator` as a whole number. The denominator is positive. Where the quotient is not whole, the
/// remainder goes to nobody here: whoever calls says who bears it.
///
/// ```
/// use clearloan::money::{RoundingMode, round_ratio};
/// assert_eq!(round_ratio(25, 10, RoundingMode::HalfUp), 3);
/// assert_eq!(round_ratio(25, 10, RoundingMode::HalfEven), 2);
/// assert_eq!(round_ratio(-21, 10, RoundingMode::Up), -3);
/// assert_eq!(round_ratio(29, 10, RoundingMode::Down), 2);
/// ```
#[must_use]
pub fn round_ratio(numerator: i128, denominator: i128, mode: RoundingMode) -> i128 {
    debug_assert!(denominator > 0);
    // Division of 128 bits is a library call in wasm; nearly every amount fits 64.
    if let (Ok(numerator), Ok(denominator)) = (u64::try_from(numerator), u64::try_from(denominator)) {
        return round_ratio_small(numerator, denominator, mode).into();
    }
    let (quotient, rest) = (numerator / denominator, (numerator % denominator).unsigned_abs());
    let away = rounds_away(quotient & 1 != 0, rest, denominator.unsigned_abs() - rest, mode);
    let one_away = if numerator < 0 { -1 } else { 1 };
    quotient + one_away * i128::from(away)
}

#[inline]
fn round_ratio_small(numerator: u64, denominator: u64, mode: RoundingMode) -> u64 {
    let quotient = numerator / denominator;
    // Not `%`: in wasm that would be a second division.
    let rest = numerator - quotient * denominator;
    quotient + u64::from(rounds_away(quotient & 1 == 1, rest, denominator - rest, mode))
}

/// Whether the quotient moves one unit away from zero: `rest` lies beyond it, `missing` lacks to the next one.
pub(crate) fn rounds_away<T: Ord + Default>(is_odd: bool, rest: T, missing: T, mode: RoundingMode) -> bool {
    match mode {
        RoundingMode::HalfUp => rest >= missing,
        RoundingMode::HalfEven => rest > missing || (rest == missing && is_odd),
        RoundingMode::Up => rest > T::default(),
        RoundingMode::Down => false,
    }
}

/// An exact, non-negative factor that amounts are multiplied with: a rate, a fraction of a year, their product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    /// Not negative.
    pub numerator: i128,
    /// Positive.
    pub denominator: i128,
}

impl Factor {
    /// Nothing.
    pub const ZERO: Factor = Factor { numerator: 0, denominator: 1 };
    /// The whole.
    pub const ONE: Factor = Factor { numerator: 1, denominator: 1 };

    /// In lowest terms.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Factor {
        // Division of 128 bits is a library call in wasm.
        if let (Ok(numerator), Ok(denominator)) = (u64::try_from(numerator), u64::try_from(denominator)) {
            let divisor = small_divisor(numerator, denominator).max(1);
            return Factor { numerator: (numerator / divisor).into(), denominator: (denominator / divisor).into() };
        }
        let divisor = greatest_common_divisor(numerator.unsigned_abs(), denominator.unsigned_abs()).max(1);
        let divisor = i128::try_from(divisor).unwrap_or(1);
        Factor { numerator: numerator / divisor, denominator: denominator / divisor }
    }

    /// The product, not reduced: the factors met here are small, and reducing costs more than it saves.
    #[must_use]
    pub fn times(self, other: Factor) -> Factor {
        Factor {
            numerator: product(self.numerator, other.numerator),
            denominator: product(self.denominator, other.denominator),
        }
    }

    /// As a float: at most three roundings away, one for each of two conversions and one for the quotient.
    #[must_use]
    pub(crate) fn as_f64(self) -> f64 {
        match (u64::try_from(self.numerator), u64::try_from(self.denominator)) {
            // Conversion from 128 bits is a library call.
            (Ok(numerator), Ok(denominator)) => numerator as f64 / denominator as f64,
            _ => self.numerator as f64 / self.denominator as f64,
        }
    }

    /// The sum, in lowest terms.
    #[must_use]
    pub fn plus(self, other: Factor) -> Factor {
        Factor::new(
            self.numerator * other.denominator + other.numerator * self.denominator,
            self.denominator * other.denominator,
        )
    }

    /// R(amount × factor): rounded once, to the minor unit.
    #[must_use]
    pub fn of(self, amount: i64, mode: RoundingMode) -> i64 {
        if let (Ok(amount), Ok(numerator), Ok(denominator)) =
            (u64::try_from(amount), u64::try_from(self.numerator), u64::try_from(self.denominator))
            // The product fits 64 bits, so that neither it nor the quotient needs a library call in wasm.
            && amount.leading_zeros() + numerator.leading_zeros() >= u64::BITS
        {
            return round_ratio_small(amount * numerator, denominator, mode) as i64;
        }
        // The quotient is below 2^63: amounts and factors are bounded by the limits of `terms`.
        round_ratio(i128::from(amount) * self.numerator, self.denominator, mode) as i64
    }

    /// The same for factors of several measures (a rate, a part of a period, a share), whose product with an amount may
    /// not fit 128 bits. What no amount can hold becomes the largest one.
    #[must_use]
    #[inline(never)]
    pub(crate) fn of_exactly(self, amount: i128, mode: RoundingMode) -> i64 {
        // So that the product is below 2^127. A checked multiplication of 128 bits would be a library call in wasm.
        let spare_bits = amount.unsigned_abs().leading_zeros() + self.numerator.unsigned_abs().leading_zeros();
        let rounded = if spare_bits > u128::BITS {
            round_ratio(amount * self.numerator, self.denominator, mode)
        } else {
            let divisor = Big::from(self.denominator);
            let product = &Big::from(self.numerator) * &Big::from(amount);
            let Some((quotient, rest)) = product.div_rem(&divisor) else { return 0 };
            let missing = &divisor - &rest;
            let quotient = quotient.to_i128().unwrap_or(i128::MAX);
            quotient.saturating_add(rounds_away(quotient & 1 == 1, rest, missing, mode).into())
        };
        i64::try_from(rounded).unwrap_or(i64::MAX)
    }
}

/// Multiplication of 128 bits is a library call in wasm; nearly every product fits 64.
fn product(left: i128, right: i128) -> i128 {
    match (u64::try_from(left), u64::try_from(right)) {
        (Ok(left), Ok(right)) if left.leading_zeros() + right.leading_zeros() >= u64::BITS => (left * right).into(),
        _ => left * right,
    }
}

fn small_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// The greatest common divisor; of zero and a number, that number.
#[inline(never)]
pub(crate) fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(a), Ok(b)) = (u64::try_from(a), u64::try_from(b)) {
            return small_divisor(a, b).into();
        }
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_all_the_decimals_of_its_currency() {
        for (code, minor_units, text) in [
            ("CNY", 888_450, "8884.50"),
            ("CNY", 5, "0.05"),
            ("CNY", 0, "0.00"),
            ("CNY", -70, "-0.70"),
            ("JPY", 0, "0"),
            ("JPY", 1_200, "1200"),
            ("KWD", 12_345, "12.345"),
            ("CLF", -1, "-0.0001"),
            ("CLF", i64::MIN, "-922337203685477.5808"),
        ] {
            let currency = Currency::of(code).unwrap();
            assert_eq!(currency.format(minor_units), text);
            let mut json = Json::default();
            currency.write(minor_units, &mut json);
            assert_eq!(json.into_text(), format!("\"{text}\""));
        }
    }

    /// Where a product passes 64 bits, 128 take over: both ways round alike on either side of the border.
    #[test]
    fn a_factor_rounds_alike_in_64_and_in_128_bits() {
        let modes = [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::Up, RoundingMode::Down];
        for amount in [0, 1, 3, 999_999_999_999, (1 << 40) - 1, 1 << 40, -7] {
            for numerator in [0, 1, 65, (1 << 24) - 1, 1 << 24, i128::from(u64::MAX)] {
                for denominator in [1, 2, 12_000, 1_000_000_007, i128::from(u64::MAX)] {
                    for mode in modes {
                        let exact = round_ratio(i128::from(amount) * numerator, denominator, mode);
                        if let Ok(exact) = i64::try_from(exact) {
                            assert_eq!(Factor { numerator, denominator }.of(amount, mode), exact);
                        }
                    }
                }
            }
        }
    }
}
