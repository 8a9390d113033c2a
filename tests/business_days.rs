//! Business days and rolls: QuantLib's expectations, China's calendar day by day, and what every roll must keep to.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::date::{self, Calendar, CivilDate, Roll};
use common::{column, loan_a_with, plain, quote, rows, vectors};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Conventions that our terms do not have.
const NOT_EXPRESSED: [(&str, &str); 7] = [
    ("ql-bdc-14", "modified preceding"),
    ("ql-bdc-17", "modified preceding"),
    ("ql-bdc-24", "half-month modified following"),
    ("ql-bdc-27", "half-month modified following"),
    ("ql-bdc-29", "half-month modified following"),
    ("ql-bdc-33", "nearest"),
    ("ql-bdc-36", "nearest"),
];

const ROLLS: [(&str, Roll); 3] =
    [("following", Roll::Following), ("modifiedFollowing", Roll::ModifiedFollowing), ("preceding", Roll::Preceding)];

fn day(text: &str) -> CivilDate {
    date::parse(text).unwrap_or_else(|| panic!("not a day: {text}"))
}

fn days(list: &Value) -> Vec<CivilDate> {
    list.as_array().expect("a list").iter().map(|text| day(text.as_str().expect("a day"))).collect()
}

/// Every day of both, from `first` to `last`.
fn every_day(first: &str, last: &str) -> impl Iterator<Item = CivilDate> {
    let (first, last) = (day(first), day(last));
    (0..=date::days_between(first, last)).map(move |days| date::add_days(first, days))
}

#[test]
fn rolls_as_quantlib_expects_them() {
    let file = vectors("peer_quantlib_businessday.json");
    let calendar =
        Calendar::Own { holidays: days(&file["calendar_holidays_2014_12_to_2015_12"]), workdays: Vec::new() };
    let mut not_expressed = Vec::new();
    for case in file["cases"].as_array().expect("cases") {
        let input = &case["input"];
        let start = day(input["start"].as_str().expect("a day"));
        let count = input["n"].as_i64().expect("a count");
        let roll = match input["convention"].as_str().expect("a convention") {
            "Following" => Some(Roll::Following),
            "ModifiedFollowing" => Some(Roll::ModifiedFollowing),
            "Preceding" => Some(Roll::Preceding),
            "Unadjusted" => None,
            _ => {
                not_expressed.push(plain(&case["id"]));
                continue;
            }
        };
        let reached = match input["unit"].as_str() {
            Some("Months") => {
                let unrolled = date::add_months(start, count);
                roll.map_or(unrolled, |roll| calendar.roll(unrolled, roll))
            }
            // QuantLib advances by business days, one after the other.
            Some("Days") => (0..count.abs()).fold(start, |reached, _| {
                let onward = if count > 0 { Roll::Following } else { Roll::Preceding };
                calendar.roll(date::add_days(reached, count.signum()), onward)
            }),
            other => panic!("a new unit: {other:?}"),
        };
        assert_eq!(date::format(reached), plain(&case["expected"]), "{}", case["id"]);
    }
    assert_eq!(not_expressed, NOT_EXPRESSED.map(|(id, _)| id));
}

#[test]
fn a_loan_rolls_as_quantlib_expects_it() {
    // The cases that count forward from a start, as a loan disbursed on that day.
    let file = vectors("peer_quantlib_businessday.json");
    let holidays = &file["calendar_holidays_2014_12_to_2015_12"];
    let mut quoted = 0;
    for case in file["cases"].as_array().expect("cases") {
        let input = &case["input"];
        let convention = plain(&input["convention"]);
        let Some((name, _)) = ROLLS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&convention)) else { continue };
        let Some(months @ 1..) = input["n"].as_i64().filter(|_| input["unit"] == "Months") else { continue };
        let terms = loan_a_with(json!({ "disbursementDate": input["start"], "every": { "months": months },
                                        "businessDays": { "calendar": { "holidays": holidays }, "roll": name } }));
        assert_eq!(rows(&quote(&terms))[0]["dueDate"], case["expected"], "{}", case["id"]);
        quoted += 1;
    }
    assert_eq!(quoted, 3);
}

#[test]
fn china_works_on_exactly_the_announced_days() {
    let file = vectors("china_calendar.json");
    let (holidays, workdays) = (days(&file["weekday_holidays"]), days(&file["weekend_working_days"]));
    let own = Calendar::Own { holidays: holidays.clone(), workdays: workdays.clone() };
    let mut closed_weekdays = 0;
    let mut worked_weekends = 0;
    for day in every_day("2015-01-01", "2026-12-31") {
        let weekday = Calendar::Weekends.is_business_day(day);
        let works = Calendar::China.is_business_day(day);
        assert_eq!(works, if weekday { !holidays.contains(&day) } else { workdays.contains(&day) }, "{day}");
        assert_eq!(works, own.is_business_day(day), "a caller's own list of the same days: {day}");
        closed_weekdays += usize::from(weekday && !works);
        worked_weekends += usize::from(!weekday && works);
    }
    // Every day of the vectors is one of those years.
    assert_eq!((closed_weekdays, worked_weekends), (holidays.len(), workdays.len()));
    assert_eq!((closed_weekdays, worked_weekends), (215, 75));
}

#[test]
fn outside_the_announced_years_china_knows_weekends_only() {
    for day in every_day("2014-01-01", "2014-12-31").chain(every_day("2027-01-01", "2028-12-31")) {
        assert_eq!(Calendar::China.is_business_day(day), Calendar::Weekends.is_business_day(day), "{day}");
    }
}

#[test]
fn a_rolled_day_is_worked_and_lies_on_the_right_side() {
    let own = Calendar::Own {
        // From the middle of one month to the middle of the next: modified following must turn back.
        holidays: every_day("2026-03-16", "2026-04-14").collect(),
        workdays: days(&json!(["2026-05-02", "2026-05-31"])),
    };
    for calendar in [Calendar::Weekends, Calendar::China, own] {
        for (name, roll) in ROLLS {
            let mut last = CivilDate::MIN;
            for day in every_day("2015-01-01", "2027-12-31") {
                let rolled = calendar.roll(day, roll);
                assert!(calendar.is_business_day(rolled), "{name} {day}: {rolled} is closed");
                assert!(rolled >= last, "{name} {day}: {rolled} lies before {last}");
                assert_eq!(rolled == day, calendar.is_business_day(day), "{name} {day}: only closed days move");
                let between = match roll {
                    Roll::Following => rolled >= day,
                    Roll::Preceding => rolled <= day,
                    Roll::ModifiedFollowing => rolled >= day || calendar.roll(day, Roll::Preceding) == rolled,
                };
                assert!(between, "{name} {day}: {rolled}");
                let (nearer, further) = if rolled < day { (rolled, day) } else { (day, rolled) };
                let skipped = (1..date::days_between(nearer, further)).map(|days| date::add_days(nearer, days));
                for skipped in skipped {
                    assert!(!calendar.is_business_day(skipped), "{name} {day}: {skipped} was worked");
                }
                last = rolled;
            }
        }
    }
}

#[test]
fn modified_following_stays_in_the_month_where_it_can() {
    // Saturday 31 January 2026: the next business day is 2 February, so 30 January. Saturday 28 March: 30 March.
    for (due, expected) in [("2026-01-31", "2026-01-30"), ("2026-03-28", "2026-03-30")] {
        assert_eq!(Calendar::Weekends.roll(day(due), Roll::ModifiedFollowing), day(expected));
    }
}

#[test]
fn a_make_up_saturday_is_a_due_date_like_any_other() {
    // 10 October 2026 is a Saturday that is worked; the Saturday a week later is not.
    let due = |first_due_date: &str, calendar: &str| {
        let terms = loan_a_with(json!({ "firstDueDate": first_due_date, "disbursementDate": "2026-09-01",
            "instalmentCount": 1, "businessDays": { "calendar": calendar, "roll": "following" } }));
        column(&quote(&terms), "dueDate")
    };
    assert_eq!(due("2026-10-10", "CN"), "2026-10-10");
    assert_eq!(due("2026-10-10", "weekends"), "2026-10-12");
    assert_eq!(due("2026-10-17", "CN"), "2026-10-19");
    assert_eq!(due("2026-10-01", "CN"), "2026-10-08", "after the whole of Golden Week");
}
