//! Reads single values out of unchecked input: texts, whole numbers, amounts, rates, days, names, lists.

use super::problems::{Path, Problems};
use super::{AMOUNT_MAX, RATE_DECIMALS_MAX, TEXT_MAX};
use crate::date::{self, CivilDate, YEAR_MAX, YEAR_MIN};
use crate::money::Currency;
use crate::text;
use crate::wire::Wire;
use chrono::Datelike;
use rust_decimal::Decimal;

/// The fields of one object of the contract, by name. The shipped TypeScript types are held against these.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// The type's name in the contract; "A.b" for the anonymous type of a field.
    pub name: &'static str,
    /// Fields that must be given.
    pub required: &'static [&'static str],
    /// Fields that may be left out.
    pub optional: &'static [&'static str],
}

impl Shape {
    fn names(&self) -> Vec<&'static str> {
        self.required.iter().chain(self.optional).copied().collect()
    }
}

/// The fields that were given: unknown ones and missing required ones have been told of. An option given as `null` or
/// `undefined` counts as not given.
pub(crate) fn object<'w>(
    wire: &'w Wire,
    path: &Path,
    shape: &Shape,
    problems: &mut Problems,
) -> Option<Vec<(&'w str, &'w Wire<'w>)>> {
    let Wire::Map(fields) = wire else {
        match wire {
            Wire::Null => problems.required(path),
            _ => problems.wrong_type(path, "对象", "an object"),
        }
        return None;
    };
    let mut given = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        if !shape.required.contains(&name.as_ref()) && !shape.optional.contains(&name.as_ref()) {
            problems.unknown_field(&path.field(name), name, &shape.names());
        } else if *value != Wire::Null {
            given.push((name.as_ref(), value));
        }
    }
    for name in shape.required {
        if !given.iter().any(|(given_name, _)| given_name == name) {
            problems.required(&path.field(name));
        }
    }
    Some(given)
}

pub(crate) fn list<'w>(
    wire: &'w Wire,
    path: &Path,
    count_max: usize,
    problems: &mut Problems,
) -> Option<&'w [Wire<'w>]> {
    let Wire::List(items) = wire else {
        problems.wrong_type(path, "列表", "a list");
        return None;
    };
    if items.len() > count_max {
        problems.too_many(path, count_max);
        return None;
    }
    Some(items)
}

/// Any text of at most 512 characters.
pub(crate) fn text<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<&'w str> {
    let Wire::Text(text) = wire else {
        problems.wrong_type(path, "文字", "text");
        return None;
    };
    if text.len() > TEXT_MAX && text.chars().count() > TEXT_MAX {
        let limit = text::whole(TEXT_MAX as i64);
        problems.tell("too_long", path, ["最多 {0} 个字符", "must have at most {0} characters"], &[&limit], &limit);
        return None;
    }
    Some(text)
}

/// A text that is not blank.
pub(crate) fn label(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<String> {
    label_text(wire, path, problems).map(str::to_owned)
}

/// The same, not copied.
pub(crate) fn label_text<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<&'w str> {
    let text = text(wire, path, problems)?;
    if text.trim().is_empty() {
        problems.required(path);
        return None;
    }
    Some(text)
}

pub(crate) fn boolean(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<bool> {
    match wire {
        Wire::Bool(value) => Some(*value),
        _ => {
            problems.wrong_type(path, " true 或 false", "true or false");
            None
        }
    }
}

/// A whole number, given as a number.
pub(crate) fn integer(wire: &Wire, path: &Path, least: u32, greatest: u32, problems: &mut Problems) -> Option<u32> {
    match wire {
        Wire::Number(number) if libm::trunc(*number).total_cmp(number).is_eq() => {
            if f64::from(least) <= *number && *number <= f64::from(greatest) {
                return Some(*number as u32);
            }
            problems.out_of_range(path, &text::range(least.into(), greatest.into()));
            None
        }
        _ => {
            problems.wrong_type(path, "整数", "a whole number");
            None
        }
    }
}

/// Digits with at most one point: the mantissa and the number of decimals.
fn decimal(wire: &Wire, path: &Path, decimals_max: u32, problems: &mut Problems) -> Option<(i128, u32)> {
    let text = match wire {
        Wire::Text(text) => text,
        Wire::Number(_) => {
            problems.number_not_string(path);
            return None;
        }
        _ => {
            problems.wrong_type(path, "十进制数的字符串", "a decimal string");
            return None;
        }
    };
    let (whole, decimals) = match text.split_once('.') {
        Some((whole, decimals)) if !decimals.is_empty() => (whole, decimals),
        None => (text.as_ref(), ""),
        Some(_) => ("", ""),
    };
    if whole.is_empty() || !whole.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
        problems.not_a_decimal(path);
        return None;
    }
    if decimals.len() > decimals_max as usize {
        problems.too_many_decimals(path, decimals_max);
        return None;
    }
    let mut mantissa = 0i128;
    for digit in whole.bytes().chain(decimals.bytes()) {
        // What is too long for 128 bits is out of every range; the caller says which.
        mantissa = mantissa.saturating_mul(10).saturating_add(i128::from(digit - b'0'));
    }
    Some((mantissa, decimals.len() as u32))
}

/// An amount in major units, as whole minor units from `least` to `greatest`.
pub(crate) fn amount_within(
    wire: &Wire,
    path: &Path,
    currency: Currency,
    least: i64,
    greatest: i64,
    problems: &mut Problems,
) -> Option<i64> {
    let currency_decimals = u32::from(currency.decimals());
    let (mantissa, decimals) = decimal(wire, path, currency_decimals, problems)?;
    let minor_units = mantissa.saturating_mul(10i128.pow(currency_decimals - decimals));
    match i64::try_from(minor_units) {
        Ok(minor_units) if (least..=greatest).contains(&minor_units) => Some(minor_units),
        _ => {
            problems.out_of_range(path, &currency.range(least, greatest));
            None
        }
    }
}

/// An amount from zero up.
pub(crate) fn amount(wire: &Wire, path: &Path, currency: Currency, problems: &mut Problems) -> Option<i64> {
    amount_within(wire, path, currency, 0, AMOUNT_MAX, problems)
}

/// A rate as a fraction, from zero to `greatest`, in lowest decimals.
pub(crate) fn rate(wire: &Wire, path: &Path, greatest: u32, problems: &mut Problems) -> Option<Decimal> {
    let (mantissa, decimals) = decimal(wire, path, RATE_DECIMALS_MAX, problems)?;
    if mantissa > i128::from(greatest) * 10i128.pow(decimals) {
        problems.rate_out_of_range(path, greatest.into());
        return None;
    }
    Some(Decimal::from_i128_with_scale(mantissa, decimals).normalize())
}

/// A civil day within the years that are taken.
pub(crate) fn day(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<CivilDate> {
    let Wire::Text(text) = wire else {
        problems.wrong_type(path, " \"YYYY-MM-DD\" 形式的日期", "a day \"YYYY-MM-DD\"");
        return None;
    };
    let Some(day) = date::parse(text) else {
        let words = ["应为真实存在的日期，写作 \"YYYY-MM-DD\"", "must be a day that exists, written \"YYYY-MM-DD\""];
        problems.tell("not_a_date", path, words, &[], "");
        return None;
    };
    if !(YEAR_MIN..=YEAR_MAX).contains(&day.year()) {
        let [first, last] = [YEAR_MIN, YEAR_MAX].map(|year| text::whole(year.into()));
        problems.out_of_range(path, &text::filled("{0}-01-01..{1}-12-31", &[&first, &last]));
        return None;
    }
    Some(day)
}

/// One of the names of a closed set.
pub(crate) fn name<T: Copy>(wire: &Wire, path: &Path, names: &[(&str, T)], problems: &mut Problems) -> Option<T> {
    let Wire::Text(text) = wire else {
        problems.wrong_type(path, "文字", "text");
        return None;
    };
    let value = names.iter().find(|(name, _)| name == text).map(|(_, value)| *value);
    if value.is_none() {
        problems.not_one_of(path, text, &names.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    }
    value
}
