//! Reads what only other callers bring: decimals of any sign with up to 28 digits, and fractions.

use crate::cost::Part;
use crate::exact::Big;
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;

/// The most digits of a decimal; zeros in front and behind do not count.
const DIGITS_MAX: usize = 28;
/// The most decimals, zeros in front counted: a number of 28 digits that begins after as many zeros.
const DECIMALS_MAX: usize = 56;
/// The most digits of amounts in the unit that they share: what the search for roots is made for.
const SHARED_DIGITS_MAX: u32 = 31;
const SHARED_MAX: u128 = 10_u128.pow(SHARED_DIGITS_MAX);

/// mantissa × 10^−scale, exactly as written; the mantissa has at most 28 digits, and the scale is at most 56.
#[derive(Clone, Copy, Default)]
pub(super) struct Exact {
    pub mantissa: i128,
    pub scale: u32,
}

impl Exact {
    /// In whole 10^−scale, where that is no coarser than its own.
    #[inline(never)]
    pub(super) fn at_scale(self, scale: u32) -> Big {
        &Big::from(self.mantissa) * &super::interval::power_of_ten(scale - self.scale)
    }

    fn checked_at_scale(self, scale: u32) -> Option<i128> {
        let mut value = self.mantissa;
        for _ in self.scale..if value == 0 { self.scale } else { scale } {
            if value.unsigned_abs() >= SHARED_MAX / 10 {
                return None;
            }
            value *= 10;
        }
        Some(value)
    }
}

/// Digits with at most one point, and a minus in front where it is negative.
#[inline(never)]
pub(super) fn decimal(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Exact> {
    let text = text(wire, path, problems)?;
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let Some((digits, scale)) = digits(unsigned) else {
        problems.add(
            "not_a_decimal",
            path,
            "只能有数字和至多一个小数点，负数前加减号；不能有逗号、空格、加号、百分号或指数".to_owned(),
            "must be digits with at most one point, after a minus where it is negative: no comma, blank, plus, percent \
             or exponent"
                .to_owned(),
            None,
        );
        return None;
    };
    let mut mantissa = 0_i128;
    if digits.len() > DIGITS_MAX || scale > DECIMALS_MAX {
        let (zh_cn, en) = (format!("最多 {DIGITS_MAX} 位数字"), format!("must have at most {DIGITS_MAX} digits"));
        problems.add("too_many_digits", path, zh_cn, en, Some(DIGITS_MAX.to_string()));
        return None;
    }
    for digit in digits {
        mantissa = mantissa * 10 + i128::from(digit);
    }
    Some(Exact { mantissa: if unsigned.len() < text.len() { -mantissa } else { mantissa }, scale: scale as u32 })
}

/// The values of the digits without the zeros in front and, behind the point, at the end; and how many stand behind the
/// point.
#[inline(never)]
fn digits(text: &str) -> Option<(Vec<u8>, usize)> {
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) if !decimals.is_empty() => (whole, decimals),
        None => (text, ""),
        Some(_) => return None,
    };
    if whole.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals = decimals.trim_end_matches('0');
    let digits = whole.bytes().chain(decimals.bytes()).map(|byte| byte - b'0').skip_while(|&digit| digit == 0);
    Some((digits.collect(), decimals.len()))
}

/// A text, or what else it is instead.
#[inline(never)]
fn text<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<&'w str> {
    match wire {
        Wire::Text(text) => return Some(text),
        Wire::Null => problems.required(path),
        Wire::Number(_) => problems.number_not_string(path),
        _ => problems.wrong_type(path, "十进制数的字符串", "a decimal string"),
    }
    None
}

/// Amounts in the one unit that they share, exactly; `tell` tells of one that has too many digits beside the others, by its
/// place. None where one was wrong already.
#[inline(never)]
pub(super) fn in_one_unit(
    amounts: &[Option<Exact>],
    problems: &mut Problems,
    tell: &dyn Fn(usize, &mut Problems),
) -> Option<Vec<i128>> {
    let scale = amounts.iter().flatten().map(|amount| amount.scale).max().unwrap_or(0);
    let mut whole = Vec::with_capacity(amounts.len());
    for (index, amount) in amounts.iter().enumerate() {
        let Some(amount) = amount else { continue };
        match amount.checked_at_scale(scale) {
            Some(amount) => whole.push(amount),
            None => tell(index, problems),
        }
    }
    (whole.len() == amounts.len()).then_some(whole)
}

/// Tells that an amount has too many digits beside the others.
pub(super) fn too_many_shared_digits(path: &Path, problems: &mut Problems) {
    problems.add(
        "too_many_digits",
        path,
        format!("各金额写成同样多的小数位时，最多 {SHARED_DIGITS_MAX} 位数字"),
        format!("must have at most {SHARED_DIGITS_MAX} digits, written with as many decimals as the finest amount"),
        Some(SHARED_DIGITS_MAX.to_string()),
    );
}

/// "19/30", "12", "365.25": not negative, in lowest terms, both parts below 2^32.
#[inline(never)]
pub(super) fn fraction(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<(u32, u32)> {
    let text = text(wire, path, problems)?;
    let fraction = parsed_fraction(text);
    if fraction.is_none() {
        problems.add(
            "not_a_fraction",
            path,
            "应为 \"19/30\" 这样的分数或十进制数，约分后分子、分母各不超过 4294967295".to_owned(),
            "must be a fraction such as \"19/30\" or a decimal, in lowest terms of at most 4294967295 each".to_owned(),
            None,
        );
    }
    fraction
}

#[inline(never)]
fn parsed_fraction(text: &str) -> Option<(u32, u32)> {
    // Where a point stands, there is no stroke.
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    if above.len() < text.len() && text.contains('.') {
        return None;
    }
    let (numerator, denominator) = (number(above)?, number(below)?);
    let (mut numerator, mut denominator) = (numerator.0, denominator.0 * numerator.1);
    let divisor = crate::cost::gcd(numerator.into(), denominator.into()) as u64;
    numerator = numerator.checked_div(divisor)?;
    denominator /= divisor;
    Some((u32::try_from(numerator).ok()?, u32::try_from(denominator).ok().filter(|&below| below > 0)?))
}

/// Up to 18 digits, which fit 64 bits: without the point, and 10 to the power of the decimals.
#[inline(never)]
fn number(text: &str) -> Option<(u64, u64)> {
    let (digits, scale) = digits(text).filter(|(digits, scale)| digits.len() <= 18 && *scale <= 18)?;
    Some((digits.iter().fold(0, |value, &digit| value * 10 + u64::from(digit)), 10_u64.pow(scale as u32)))
}

/// A fraction of a unit-period: at least 0, below 1.
#[inline(never)]
pub(super) fn part(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Part> {
    let (numerator, denominator) = fraction(wire, path, problems)?;
    let part = Part::new(numerator, denominator);
    if part.is_none() {
        problems.add(
            "out_of_range",
            path,
            "应不小于 0 且小于 1；整数部分写在 periods".to_owned(),
            "must be at least 0 and below 1: whole ones belong to periods".to_owned(),
            Some("0..1".to_owned()),
        );
    }
    part
}

/// A whole number, given as a number.
#[inline(never)]
pub(super) fn whole(wire: &Wire, path: &Path, least: i64, greatest: i64, problems: &mut Problems) -> Option<i64> {
    match wire {
        Wire::Null => problems.required(path),
        Wire::Number(number) if libm::trunc(*number).total_cmp(number).is_eq() => {
            if least as f64 <= *number && *number <= greatest as f64 {
                return Some(*number as i64);
            }
            problems.out_of_range(path, format!("{least}..{greatest}"));
        }
        _ => problems.wrong_type(path, "整数", "a whole number"),
    }
    None
}
