//! Civil days: parsing, counting months from an anchor, day counts, business days.

mod calendar;
mod day_count;

pub use calendar::{Calendar, Roll};
pub use day_count::{DayCount, year_fraction};

use crate::json::Json;
use chrono::{Datelike, NaiveDate};

/// A civil day without clock or zone (日期).
pub type CivilDate = NaiveDate;

/// The first year of the dates that are taken.
pub const YEAR_MIN: i32 = 1900;
/// The last year of the dates that are taken.
pub const YEAR_MAX: i32 = 2199;

/// Reads "YYYY-MM-DD", nothing else; `None` where there is no such day. The range is the caller's business.
#[must_use]
pub fn parse(text: &str) -> Option<CivilDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0u32, |value, digit| digit.is_ascii_digit().then(|| value * 10 + u32::from(digit - b'0')))
    };
    let year = i32::try_from(number(&bytes[..4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&bytes[5..7])?, number(&bytes[8..])?)
}

/// "YYYY-MM-DD".
#[must_use]
pub fn format(date: CivilDate) -> String {
    String::from_utf8(digits(date).to_vec()).unwrap_or_default()
}

/// Writes the day as a text value.
pub(crate) fn write(date: CivilDate, json: &mut Json) {
    json.plain(&digits(date));
}

fn digits(date: CivilDate) -> [u8; 10] {
    let digit = |value: u32, unit: u32| b'0' + (value / unit % 10) as u8;
    let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
    [
        digit(year, 1000),
        digit(year, 100),
        digit(year, 10),
        digit(year, 1),
        b'-',
        digit(month, 10),
        digit(month, 1),
        b'-',
        digit(day, 10),
        digit(day, 1),
    ]
}

/// The day as the number YYYYMMDD, which sorts as the days do.
#[must_use]
pub fn packed(date: CivilDate) -> u32 {
    date.year().unsigned_abs() * 10_000 + date.month() * 100 + date.day()
}

/// Actual days from `start` to `end`.
#[must_use]
pub fn days_between(start: CivilDate, end: CivilDate) -> i64 {
    i64::from(end.num_days_from_ce()) - i64::from(start.num_days_from_ce())
}

/// `days` later; the last day that chrono knows where that lies beyond it.
#[must_use]
pub fn add_days(date: CivilDate, days: i64) -> CivilDate {
    i32::try_from(i64::from(date.num_days_from_ce()) + days)
        .ok()
        .and_then(NaiveDate::from_num_days_from_ce_opt)
        .unwrap_or(NaiveDate::MAX)
}

/// The same day `months` later (earlier where negative), cut to that month's last day: 31 January + 1 = 28 February.
#[must_use]
pub fn add_months(date: CivilDate, months: i64) -> CivilDate {
    on_day_of_month(date, months, date.day())
}

/// The given day of the month that lies `months` after the date's, cut to that month's last day.
#[must_use]
pub fn on_day_of_month(date: CivilDate, months: i64, day: u32) -> CivilDate {
    // In 32 bits, which are divided in a fraction of the time. Years of chrono are below 2^18.
    let month_index = i64::from(date.year() * 12 + date.month0() as i32) + months;
    let Ok(month_index) = i32::try_from(month_index) else { return NaiveDate::MAX };
    let (year, month) = (month_index.div_euclid(12), month_index.rem_euclid(12) as u32 + 1);
    NaiveDate::from_ymd_opt(year, month, day.min(days_in_month(year, month))).unwrap_or(NaiveDate::MAX)
}

/// 28 to 31.
#[must_use]
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Gregorian leap years.
#[must_use]
pub fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Whole months counted back from `end` without passing `start`, and the days from `start` to there. Where `end` is
/// `start` plus whole months (cut to a month's end if need be), no days are left: 31 January to 28 February is one
/// month. This is how Appendix J of Regulation Z counts, (b)(5), and semantics.md section 2.
#[must_use]
pub fn months_and_days(start: CivilDate, end: CivilDate) -> (i64, i64) {
    let month_number = |date: CivilDate| i64::from(date.year()) * 12 + i64::from(date.month0());
    let mut months = month_number(end) - month_number(start);
    if add_months(start, months) == end {
        return (months, 0);
    }
    if add_months(end, -months) < start {
        months -= 1;
    }
    (months, days_between(start, add_months(end, -months)))
}
