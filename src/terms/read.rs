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
    fn knows(&self, name: &str) -> bool {
        [self.required, self.optional].iter().any(|names| names.contains(&name))
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
        if !shape.knows(name) {
            problems.unknown_field(&path.field(name), name, &[shape.required, shape.optional].concat());
        } else if !matches!(value, Wire::Null) {
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

/// What is done with a field. A trait of one method, since `dyn FnMut` brings a second copy of every closure into the wasm.
pub(crate) trait ReadField<'w> {
    fn field(&mut self, name: &'w str, value: &'w Wire<'w>, path: &Path, problems: &mut Problems);
}

impl<'w, F: FnMut(&'w str, &'w Wire<'w>, &Path, &mut Problems)> ReadField<'w> for F {
    fn field(&mut self, name: &'w str, value: &'w Wire<'w>, path: &Path, problems: &mut Problems) {
        self(name, value, path, problems);
    }
}

/// What is done with an entry of a list.
pub(crate) trait ReadEntry<'w> {
    fn entry(&mut self, value: &'w Wire<'w>, path: &Path, problems: &mut Problems);
}

impl<'w, F: FnMut(&'w Wire<'w>, &Path, &mut Problems)> ReadEntry<'w> for F {
    fn entry(&mut self, value: &'w Wire<'w>, path: &Path, problems: &mut Problems) {
        self(value, path, problems);
    }
}

/// Reads each field that was given, in the order given; `None` where there is no object.
pub(crate) fn each_field<'w>(
    wire: &'w Wire,
    path: &Path,
    shape: &Shape,
    problems: &mut Problems,
    mut read: impl FnMut(&'w str, &'w Wire<'w>, &Path, &mut Problems),
) -> Option<()> {
    read_fields(wire, path, shape, problems, &mut read)
}

#[inline(never)]
fn read_fields<'w>(
    wire: &'w Wire,
    path: &Path,
    shape: &Shape,
    problems: &mut Problems,
    read: &mut dyn ReadField<'w>,
) -> Option<()> {
    for (field, value) in object(wire, path, shape, problems)? {
        read.field(field, value, &path.field(field), problems);
    }
    Some(())
}

/// Reads each entry of a list; one that is wrong is left out, for its problem has been told.
pub(crate) fn entries<'w, T>(
    wire: &'w Wire,
    path: &Path,
    count_max: usize,
    problems: &mut Problems,
    mut read: impl FnMut(&'w Wire<'w>, &Path, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let mut values = Vec::new();
    let mut push = |value: &'w Wire<'w>, path: &Path, problems: &mut Problems| {
        if let Some(value) = read(value, path, problems) {
            values.push(value);
        }
    };
    read_entries(wire, path, count_max, problems, &mut push);
    values
}

#[inline(never)]
fn read_entries<'w>(
    wire: &'w Wire,
    path: &Path,
    count_max: usize,
    problems: &mut Problems,
    read: &mut dyn ReadEntry<'w>,
) {
    for (index, item) in list(wire, path, count_max, problems).unwrap_or_default().iter().enumerate() {
        read.entry(item, &path.index(index), problems);
    }
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
#[inline(never)]
pub(crate) fn text<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<&'w str> {
    let Wire::Text(text) = wire else {
        problems.wrong_type(path, "文字", "text");
        return None;
    };
    // Each character begins with one byte that continues none.
    let is_too_long = text.len() > TEXT_MAX && text.bytes().filter(|byte| byte & 0xc0 != 0x80).count() > TEXT_MAX;
    if is_too_long {
        let limit = text::whole(TEXT_MAX as i64);
        problems.tell(
            "too_long",
            path,
            &["最多 {0} 个字符", "must have at most {0} characters"],
            &[&limit],
            Some(&limit),
        );
        return None;
    }
    Some(text)
}

/// The same, copied.
#[inline(never)]
pub(crate) fn owned_text(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<String> {
    text(wire, path, problems).map(str::to_owned)
}

/// A text that is not blank.
#[inline(never)]
pub(crate) fn label(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<String> {
    label_text(wire, path, problems).map(str::to_owned)
}

/// The same, not copied.
pub(crate) fn label_text<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<&'w str> {
    let text = text(wire, path, problems)?;
    if text.chars().all(char::is_whitespace) {
        problems.required(path);
        return None;
    }
    Some(text)
}

#[inline(never)]
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
#[inline(never)]
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
#[inline(never)]
fn decimal(wire: &Wire, path: &Path, decimals_max: u32, problems: &mut Problems) -> Option<(u64, u32)> {
    let text = match wire {
        Wire::Text(text) => text.as_bytes(),
        Wire::Number(_) => {
            problems.number_not_string(path);
            return None;
        }
        _ => {
            problems.wrong_type(path, "十进制数的字符串", "a decimal string");
            return None;
        }
    };
    let mut mantissa = 0_u64;
    let mut point = None;
    for (index, &byte) in text.iter().enumerate() {
        match byte {
            // What is too long for 64 bits is out of every range; the caller says which.
            b'0'..=b'9' => mantissa = mantissa.saturating_mul(10).saturating_add(u64::from(byte - b'0')),
            b'.' if point.is_none() && index > 0 => point = Some(index),
            _ => {
                problems.not_a_decimal(path);
                return None;
            }
        }
    }
    let decimals = point.map_or(0, |point| text.len() - point - 1);
    if text.is_empty() || point.is_some() && decimals == 0 {
        problems.not_a_decimal(path);
        return None;
    }
    if decimals > decimals_max as usize {
        problems.too_many_decimals(path, decimals_max);
        return None;
    }
    Some((mantissa, decimals as u32))
}

/// An amount in major units, as whole minor units from `least` to `greatest`.
#[inline(never)]
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
    let minor_units = mantissa.saturating_mul(10_u64.pow(currency_decimals - decimals));
    match i64::try_from(minor_units) {
        Ok(minor_units) if (least..=greatest).contains(&minor_units) => Some(minor_units),
        _ => {
            problems.out_of_range(path, &currency.range(least, greatest));
            None
        }
    }
}

/// An amount from zero up.
#[inline(never)]
pub(crate) fn amount(wire: &Wire, path: &Path, currency: Currency, problems: &mut Problems) -> Option<i64> {
    amount_within(wire, path, currency, 0, AMOUNT_MAX, problems)
}

/// A rate as a fraction, from zero to `greatest`, in lowest decimals. `greatest` is a million at most: with 12 decimals
/// that is below 2^60.
#[inline(never)]
pub(crate) fn rate(wire: &Wire, path: &Path, greatest: u32, problems: &mut Problems) -> Option<Decimal> {
    let (mut mantissa, mut decimals) = decimal(wire, path, RATE_DECIMALS_MAX, problems)?;
    if mantissa > u64::from(greatest) * 10_u64.pow(decimals) {
        problems.rate_out_of_range(path, greatest.into());
        return None;
    }
    while decimals > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        decimals -= 1;
    }
    Some(Decimal::new(mantissa as i64, decimals))
}

/// A civil day within the years that are taken.
#[inline(never)]
pub(crate) fn day(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<CivilDate> {
    let Wire::Text(text) = wire else {
        problems.wrong_type(path, " \"YYYY-MM-DD\" 形式的日期", "a day \"YYYY-MM-DD\"");
        return None;
    };
    let Some(day) = date::parse(text) else {
        let words = &["应为真实存在的日期，写作 \"YYYY-MM-DD\"", "must be a day that exists, written \"YYYY-MM-DD\""];
        problems.tell("not_a_date", path, words, &[], None);
        return None;
    };
    if !(YEAR_MIN..=YEAR_MAX).contains(&day.year()) {
        let years = [&text::whole(YEAR_MIN.into()), &*text::whole(YEAR_MAX.into())];
        problems.out_of_range(path, &text::filled("{0}-01-01..{1}-12-31", &years));
        return None;
    }
    Some(day)
}

/// One of the names of a closed set.
pub(crate) fn name<T: Copy>(wire: &Wire, path: &Path, names: &[(&str, T)], problems: &mut Problems) -> Option<T> {
    let index = index_of_name(wire, path, &names, problems)?;
    names.get(index).map(|(_, value)| *value)
}

/// Names, whatever they stand for: so that they are looked through by one function and not by one for each kind.
trait Names {
    fn name(&self, index: usize) -> Option<&str>;
}

impl<T> Names for &[(&str, T)] {
    fn name(&self, index: usize) -> Option<&str> {
        self.get(index).map(|(name, _)| *name)
    }
}

#[inline(never)]
fn index_of_name(wire: &Wire, path: &Path, names: &dyn Names, problems: &mut Problems) -> Option<usize> {
    let Wire::Text(text) = wire else {
        problems.wrong_type(path, "文字", "text");
        return None;
    };
    let mut index = 0;
    while let Some(name) = names.name(index) {
        if name == text {
            return Some(index);
        }
        index += 1;
    }
    let known: Vec<&str> = (0..index).filter_map(|index| names.name(index)).collect();
    problems.not_one_of(path, text, &known);
    None
}
