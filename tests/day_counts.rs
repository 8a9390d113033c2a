//! Day counts against ISDA's own sheets, QuantLib, pyxirr's sources and spreadsheets. Conventions that the contract does
//! not have are listed by name.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::date::{self, CivilDate, DayCount, year_fraction};
use common::{FOREIGN_DAY_COUNTS, plain, vectors};
use serde_json::Value;
use std::collections::BTreeSet;

/// The vectors' names for conventions of ours.
const OURS: [(&str, DayCount); 20] = [
    ("Act/360", DayCount::Actual360),
    ("ACT/365F", DayCount::Actual365),
    ("ACT/ACT ISDA", DayCount::ActualActualIsda),
    ("ActualActual::ISDA", DayCount::ActualActualIsda),
    ("30/360", DayCount::Thirty360),
    ("30/360 ISDA", DayCount::Thirty360),
    ("30/360 (Bond Basis)", DayCount::Thirty360),
    ("Thirty360::BondBasis", DayCount::Thirty360),
    ("30/360 US", DayCount::Thirty360Us),
    ("Thirty360::USA", DayCount::Thirty360Us),
    ("30E/360", DayCount::ThirtyE360),
    ("30E/360 (Eurobond)", DayCount::ThirtyE360),
    ("Thirty360::EurobondBasis", DayCount::ThirtyE360),
    ("30E/360 ISDA", DayCount::ThirtyE360Isda),
    ("30E/360 (ISDA) a", DayCount::ThirtyE360Isda),
    ("30E/360 (ISDA) b", DayCount::ThirtyE360Isda),
    ("30E/360 (ISDA) c", DayCount::ThirtyE360Isda),
    ("Thirty360::ISDA", DayCount::ThirtyE360Isda),
    // The German convention is ISDA's without a termination date.
    ("30E/360 German", DayCount::ThirtyE360Isda),
    // Actual days, over whatever year: the numerator of actual/360.
    ("ACT", DayCount::Actual360),
];

fn day(text: &Value) -> CivilDate {
    date::parse(&plain(text)).unwrap_or_else(|| panic!("not a day: {text}"))
}

/// Days of a 360-day year, or actual ones: the fraction over 360.
fn days_of(input: &Value, convention: DayCount) -> i128 {
    let factor = fraction(input, convention);
    factor.0 * 360 / factor.1
}

fn fraction(input: &Value, convention: DayCount) -> (i128, i128) {
    // Without a termination date no period is the last one.
    let termination = input.get("termination_date").map_or(CivilDate::MAX, day);
    let factor = year_fraction(day(&input["start"]), day(&input["end"]), convention, termination);
    (factor.numerator, factor.denominator)
}

/// "0.4109…" to 10 decimals, "62/360.", or a count of days.
fn agrees(case: &Value, input: &Value, convention: DayCount) -> bool {
    if let Some(days) = case["expected"].as_i64() {
        return days_of(input, convention) == i128::from(days);
    }
    let text = plain(&case["expected"]);
    let (numerator, denominator) = fraction(input, convention);
    if let Some((over, under)) = text.split_once('/') {
        let number = |text: &str| text.trim_end_matches('.').parse::<i128>().expect("a number");
        return numerator * number(under) == number(over) * denominator;
    }
    let kind = case["kind"].as_str().unwrap_or_default();
    let ours = numerator as f64 / denominator as f64;
    // INTRATE of a sum that doubles is the inverse of the fraction.
    let ours = if kind.starts_with("INTRATE") { 1.0 / ours } else { ours };
    let tolerance = case.get("tolerance").map_or(1e-10, |tolerance| plain(tolerance).parse().expect("a number"));
    (ours - text.parse::<f64>().expect("a number")).abs() <= tolerance
}

#[test]
fn day_counts_agree_with_every_source() {
    let mut not_ours = BTreeSet::new();
    let mut different = Vec::new();
    let mut same = 0;
    for name in [
        "daycount_30_360_isda",
        "daycount_act360_act365_spreadsheet",
        "daycount_act_act_isda_icma_afb",
        "peer_quantlib_daycount",
        "peer_pyxirr_daycount",
    ] {
        let file = vectors(&format!("{name}.json"));
        for case in file["cases"].as_array().expect("cases") {
            let input = case.get("input").unwrap_or(case);
            let convention = plain(case.get("convention").unwrap_or(&input["basis"]));
            let Some((_, ours)) = OURS.iter().find(|(name, _)| *name == convention) else {
                not_ours.insert(convention);
                continue;
            };
            if agrees(case, input, *ours) {
                same += 1;
            } else {
                different.push(format!("{name} {}: {case}", case["id"]));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert_eq!(not_ours.into_iter().collect::<Vec<_>>(), FOREIGN_DAY_COUNTS);
    assert_eq!(same, 202);
}
