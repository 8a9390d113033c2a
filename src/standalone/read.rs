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

    /// The limit is not zero, and has fewer than 10 digits.
    #[inline(never)]
    pub(super) fn is_at_most(self, limit: i128) -> bool {
        // With 28 decimals and more, any number of 28 digits lies between −1 and 1.
        (0..self.scale.min(DIGITS_MAX as u32)).fold(limit, |limit, _| limit * 10) >= self.mantissa
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
    let Some(Digits { value, count, scale }) = signed_digits(text) else {
        refuse(
            "not_a_decimal",
            path,
            "只能有数字和至多一个小数点，负数前加减号；不能有逗号、空格、加号、百分号或指数",
            "must be digits with at most one point, after a minus where it is negative: no comma, blank, plus, percent \
             or exponent",
            "",
            problems,
        );
        return None;
    };
    if count > DIGITS_MAX || scale > DECIMALS_MAX {
        refuse("too_many_digits", path, "最多 28 位数字", "must have at most 28 digits", "28", problems);
        return None;
    }
    Some(Exact { mantissa: value, scale: scale as u32 })
}

/// The same without a word on what is wrong.
pub(super) fn decimal_of(text: &str) -> Option<Exact> {
    let Digits { value, count, scale } = signed_digits(text)?;
    (count <= DIGITS_MAX && scale <= DECIMALS_MAX).then_some(Exact { mantissa: value, scale: scale as u32 })
}

fn signed_digits(text: &str) -> Option<Digits> {
    match text.strip_prefix('-') {
        Some(unsigned) => digits(unsigned).map(|digits| Digits { value: -digits.value, ..digits }),
        None => digits(text),
    }
}

/// A decimal without the zeros in front and, behind the point, at the end.
struct Digits {
    /// As a whole number, where there are at most 28 digits.
    value: i128,
    count: usize,
    /// How many of them stand behind the point, where zeros in front do count.
    scale: usize,
}

/// Digits with at most one point, which has digits on both sides.
#[inline(never)]
fn digits(text: &str) -> Option<Digits> {
    let bytes = text.as_bytes();
    let point = bytes.iter().position(|&byte| byte == b'.').unwrap_or(bytes.len());
    if point == 0 || point + 1 == bytes.len() {
        return None;
    }
    let mut end = bytes.len();
    while end > point && bytes[end - 1] == b'0' {
        end -= 1;
    }
    // 64 bits, which wasm has, hold the first 18 digits.
    let (mut short, mut value, mut count, mut scale) = (0_u64, 0_i128, 0_usize, 0);
    for (at, &byte) in bytes.iter().enumerate() {
        let digit = u64::from(byte.wrapping_sub(b'0'));
        if digit > 9 {
            if at != point {
                return None;
            }
        } else if at < end {
            scale += usize::from(at > point);
            count += usize::from(count > 0 || digit > 0);
            if count <= 18 {
                short = short * 10 + digit;
            } else if count <= DIGITS_MAX {
                value = if count == 19 { i128::from(short) } else { value } * 10 + i128::from(digit);
            }
        }
    }
    Some(Digits { value: if count <= 18 { short.into() } else { value }, count, scale })
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

/// One copy of it in the wasm, for words that are fixed; no limit is an empty one.
#[inline(never)]
pub(super) fn refuse(code: &'static str, path: &Path, zh_cn: &str, en: &str, limit: &str, problems: &mut Problems) {
    let limit = (!limit.is_empty()).then(|| limit.to_owned());
    problems.add(code, path, zh_cn.to_owned(), en.to_owned(), limit);
}

/// Amounts in the one unit that they share, exactly; `tell` tells of one that has too many digits beside the others, by its
/// place, and then they are not to be used.
#[inline(never)]
pub(super) fn in_one_unit(
    amounts: &[Exact],
    problems: &mut Problems,
    tell: &dyn Fn(usize, &mut Problems),
) -> Vec<i128> {
    let scale = amounts.iter().fold(0, |scale, amount| amount.scale.max(scale));
    let mut whole = Vec::with_capacity(amounts.len());
    for (index, amount) in amounts.iter().enumerate() {
        match amount.checked_at_scale(scale) {
            Some(amount) => whole.push(amount),
            None => tell(index, problems),
        }
    }
    whole
}

/// Tells that an amount has too many digits beside the others.
pub(super) fn too_many_shared_digits(path: &Path, problems: &mut Problems) {
    refuse(
        "too_many_digits",
        path,
        "各金额写成同样多的小数位时，最多 31 位数字",
        "must have at most 31 digits, written with as many decimals as the finest amount",
        "31",
        problems,
    );
}

/// "19/30", "12", "365.25": not negative, in lowest terms, both parts below 2^32.
#[inline(never)]
pub(super) fn fraction(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<(u32, u32)> {
    let text = text(wire, path, problems)?;
    let fraction = parsed_fraction(text);
    if fraction.is_none() {
        refuse(
            "not_a_fraction",
            path,
            "应为 \"19/30\" 这样的分数或十进制数，约分后分子、分母各不超过 4294967295",
            "must be a fraction such as \"19/30\" or a decimal, in lowest terms of at most 4294967295 each",
            "",
            problems,
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
    let digits = digits(text).filter(|digits| digits.count <= 18 && digits.scale <= 18)?;
    Some((digits.value as u64, 10_u64.pow(digits.scale as u32)))
}

/// A fraction of a unit-period: at least 0, below 1.
#[inline(never)]
pub(super) fn part(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Part> {
    let (numerator, denominator) = fraction(wire, path, problems)?;
    let part = Part::new(numerator, denominator);
    if part.is_none() {
        refuse(
            "out_of_range",
            path,
            "应不小于 0 且小于 1；整数部分写在 periods",
            "must be at least 0 and below 1: whole ones belong to periods",
            "0..1",
            problems,
        );
    }
    part
}

/// A whole number, given as a number; zero where there is a problem.
#[inline(never)]
pub(super) fn whole(wire: &Wire, path: &Path, least: i64, greatest: i64, problems: &mut Problems) -> i64 {
    match wire {
        Wire::Null => problems.required(path),
        Wire::Number(number) if libm::trunc(*number).total_cmp(number).is_eq() => {
            if least as f64 <= *number && *number <= greatest as f64 {
                return *number as i64;
            }
            problems.out_of_range(path, &format!("{least}..{greatest}"));
        }
        _ => problems.wrong_type(path, "整数", "a whole number"),
    }
    0
}
