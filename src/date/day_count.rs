//! Day counts (计息基础): the fraction of a year between two days, exactly.

use super::{CivilDate, days_between, days_in_month, is_leap_year};
use crate::money::Factor;
use chrono::Datelike;

/// One named convention each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayCount {
    /// Actual days over 360.
    Actual360,
    /// Actual days over 365, leap year or not.
    Actual365,
    /// Days in leap years over 366, the others over 365; split at 1 January.
    ActualActualIsda,
    /// ISDA's bond basis: 30-day months; the 31st is cut at the end only where the start was.
    Thirty360,
    /// The bond basis with the end-of-February rule of US practice (NASD, Excel's basis 0).
    Thirty360Us,
    /// The Eurobond basis: every 31st is a 30th.
    ThirtyE360,
    /// The Eurobond basis in which the end of February is a 30th too, but for the termination date.
    ThirtyE360Isda,
}

impl DayCount {
    /// Every convention with its name in the contract.
    pub const NAMES: [(&'static str, DayCount); 7] = [
        ("actual/360", DayCount::Actual360),
        ("actual/365", DayCount::Actual365),
        ("actual/actual-isda", DayCount::ActualActualIsda),
        ("30/360", DayCount::Thirty360),
        ("30/360-us", DayCount::Thirty360Us),
        ("30E/360", DayCount::ThirtyE360),
        ("30E/360-isda", DayCount::ThirtyE360Isda),
    ];
}

/// The fraction of a year from `start` to `end`, which is not earlier. `termination` matters to 30E/360 (ISDA) alone:
/// there the last day of February ends a period as it is when it is the loan's last day.
#[must_use]
pub fn year_fraction(start: CivilDate, end: CivilDate, convention: DayCount, termination: CivilDate) -> Factor {
    let over = |days: i64, basis: i128| Factor { numerator: i128::from(days), denominator: basis };
    match convention {
        DayCount::Actual360 => over(days_between(start, end), 360),
        DayCount::Actual365 => over(days_between(start, end), 365),
        DayCount::ActualActualIsda => actual_actual_isda(start, end),
        DayCount::Thirty360 => over(days_360(start, end, cut_bond_basis), 360),
        DayCount::Thirty360Us => over(days_360(start, end, cut_us), 360),
        DayCount::ThirtyE360 => over(days_360(start, end, |start, end| (start.day().min(30), end.day().min(30))), 360),
        DayCount::ThirtyE360Isda => over(
            days_360(start, end, |start, end| {
                // No period at all is no part of a year, though that start would be a 30th and that end a 28th.
                let keeps_february = end == termination && end.month() == 2 && start < end;
                (cut_month_end(start), if keeps_february { end.day() } else { cut_month_end(end) })
            }),
            360,
        ),
    }
}

/// ISDA 2006 section 4.16(b): the days of each calendar year over that year's own length. Over the common denominator
/// 365 · 366 = 133,590.
fn actual_actual_isda(start: CivilDate, end: CivilDate) -> Factor {
    let new_year = |year: i32| CivilDate::from_ymd_opt(year, 1, 1).unwrap_or(CivilDate::MAX);
    if start.year() == end.year() {
        let days_of_year = if is_leap_year(start.year()) { 366 } else { 365 };
        return Factor { numerator: i128::from(days_between(start, end)), denominator: days_of_year };
    }
    let weight = |year: i32| if is_leap_year(year) { 365 } else { 366 };
    let first = days_between(start, new_year(start.year() + 1)) * weight(start.year());
    let last = days_between(new_year(end.year()), end) * weight(end.year());
    let whole_years = i64::from(end.year() - start.year() - 1) * 133_590;
    Factor { numerator: i128::from(first + whole_years + last), denominator: 133_590 }
}

/// 360 · years + 30 · months + days, with both days of the month cut as the convention says.
fn days_360(start: CivilDate, end: CivilDate, cut: impl Fn(CivilDate, CivilDate) -> (u32, u32)) -> i64 {
    let (start_day, end_day) = cut(start, end);
    i64::from(end.year() - start.year()) * 360
        + (i64::from(end.month()) - i64::from(start.month())) * 30
        + (i64::from(end_day) - i64::from(start_day))
}

/// ISDA 2006 section 4.16(f).
fn cut_bond_basis(start: CivilDate, end: CivilDate) -> (u32, u32) {
    let start_day = start.day().min(30);
    (start_day, if start_day == 30 { end.day().min(30) } else { end.day() })
}

/// As the bond basis, after: a start on the last day of February is a 30th, and so is such an end if the start was.
fn cut_us(start: CivilDate, end: CivilDate) -> (u32, u32) {
    let ends_february = |date: CivilDate| date.month() == 2 && cut_month_end(date) == 30;
    let start_day = if ends_february(start) { 30 } else { start.day().min(30) };
    let end_day = match end.day() {
        _ if ends_february(start) && ends_february(end) => 30,
        31 if start_day == 30 => 30,
        day => day,
    };
    (start_day, end_day)
}

/// The last day of any month is a 30th.
fn cut_month_end(date: CivilDate) -> u32 {
    if date.day() == days_in_month(date.year(), date.month()) { 30 } else { date.day() }
}
