//! Fractions of a year against ISDA's sheets, QuantLib, pyxirr's sources and spreadsheets.

use crate::common::FOREIGN_DAY_COUNTS;
use crate::support::{cases, number, problems, vectors, year_fraction};
use serde_json::{Value, json};
use std::collections::BTreeSet;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The vectors' names for conventions of ours.
const OURS: [(&str, &str); 20] = [
    ("Act/360", "actual/360"),
    ("ACT/365F", "actual/365"),
    ("ACT/ACT ISDA", "actual/actual-isda"),
    ("ActualActual::ISDA", "actual/actual-isda"),
    ("30/360", "30/360"),
    ("30/360 ISDA", "30/360"),
    ("30/360 (Bond Basis)", "30/360"),
    ("Thirty360::BondBasis", "30/360"),
    ("30/360 US", "30/360-us"),
    ("Thirty360::USA", "30/360-us"),
    ("30E/360", "30E/360"),
    ("30E/360 (Eurobond)", "30E/360"),
    ("Thirty360::EurobondBasis", "30E/360"),
    ("30E/360 ISDA", "30E/360-isda"),
    ("30E/360 (ISDA) a", "30E/360-isda"),
    ("30E/360 (ISDA) b", "30E/360-isda"),
    ("30E/360 (ISDA) c", "30E/360-isda"),
    ("Thirty360::ISDA", "30E/360-isda"),
    // The German convention is ISDA's without a termination date.
    ("30E/360 German", "30E/360-isda"),
    // Actual days, over whatever year: the numerator of actual/360.
    ("ACT", "actual/360"),
];

/// What the vector expects, in years.
fn expected(case: &Value) -> f64 {
    match case["expected"].as_i64() {
        Some(days) => days as f64 / 360.0,
        None => {
            let text = case["expected"].as_str().unwrap();
            match text.split_once('/') {
                Some((days, basis)) => {
                    days.parse::<f64>().unwrap() / basis.trim_end_matches('.').parse::<f64>().unwrap()
                }
                None => text.parse().unwrap(),
            }
        }
    }
}

#[test]
fn every_published_day_count() {
    let mut not_ours = BTreeSet::new();
    let mut counts = Vec::new();
    let mut different = Vec::new();
    for name in [
        "daycount_30_360_isda",
        "daycount_act360_act365_spreadsheet",
        "daycount_act_act_isda_icma_afb",
        "peer_quantlib_daycount",
        "peer_pyxirr_daycount",
    ] {
        let mut count = 0;
        for case in cases(&vectors(name)) {
            let input = case.get("input").unwrap_or(case);
            let theirs = case.get("convention").unwrap_or(&input["basis"]).as_str().unwrap();
            let Some((_, ours)) = OURS.iter().find(|(name, _)| *name == theirs) else {
                not_ours.insert(theirs.to_owned());
                continue;
            };
            let years = year_fraction(&input["start"], &input["end"], &json!(ours), &input["termination_date"]);
            let years: f64 = years.unwrap_or_else(|error| panic!("{case}: {error}")).parse().unwrap();
            // INTRATE of a sum that doubles is the inverse of the fraction.
            let is_rate = case["kind"].as_str().is_some_and(|kind| kind.starts_with("INTRATE"));
            let tolerance = case.get("tolerance").map_or(1e-10, number);
            if ((if is_rate { 1.0 / years } else { years }) - expected(case)).abs() > tolerance {
                different.push(case["id"].as_str().unwrap().to_owned());
            }
            count += 1;
        }
        counts.push(count);
    }
    assert_eq!(different, [""; 0]);
    assert_eq!(not_ours.iter().map(String::as_str).collect::<Vec<_>>(), FOREIGN_DAY_COUNTS);
    assert_eq!(counts, [55, 4, 3, 82, 58]);
}

#[test]
fn ten_decimals_and_from_a_hundred_years_twelve_digits() {
    let years = |start: &str, end: &str, convention: &str| {
        year_fraction(&json!(start), &json!(end), &json!(convention), &Value::Null).unwrap()
    };
    // semantics.md, section 3: 12/365 + 19/366.
    assert_eq!(years("2027-12-20", "2028-01-20", "actual/actual-isda"), "0.0847892806");
    assert_eq!(years("2026-01-01", "2026-07-02", "actual/360"), "0.5055555556");
    assert_eq!(years("2026-01-01", "2026-01-01", "30/360"), "0");
    assert_eq!(years("2026-02-28", "2027-02-28", "30/360"), "1");
    // 36,525 and 109,572 days.
    assert_eq!(years("1900-01-01", "2000-01-02", "actual/365"), "100.068493151");
    assert_eq!(years("1900-01-01", "2199-12-31", "actual/360"), "304.366666667");
}

/// ISDA 2006 section 4.16(h): the end of February is a 30th, but not on the termination date.
#[test]
fn the_termination_date_keeps_the_end_of_february() {
    let years = |termination: Value| {
        let [start, end] = [json!("2027-08-31"), json!("2028-02-29")];
        year_fraction(&start, &end, &json!("30E/360-isda"), &termination).unwrap()
    };
    assert_eq!(years(Value::Null), "0.5");
    assert_eq!(years(json!("2030-02-28")), "0.5");
    assert_eq!(years(json!("2028-02-29")), "0.4972222222");
}

#[test]
fn days_that_make_no_period_are_refused() {
    let refused = |start: Value, end: Value, convention: Value, termination: Value| {
        problems(year_fraction(&start, &end, &convention, &termination))
    };
    let [early, late] = [json!("2026-01-01"), json!("2026-07-01")];
    let isda = json!("30E/360-isda");
    assert_eq!(refused(late.clone(), early.clone(), isda, late.clone()), ["inconsistent at end"]);
    assert_eq!(
        refused(Value::Null, Value::Null, Value::Null, Value::Null),
        ["required at start", "required at end", "required at convention"]
    );
    assert_eq!(
        refused(json!("2026-02-29"), json!(20_260_701), json!("periodic"), json!("1899-12-31")),
        ["not_a_date at start", "wrong_type at end", "out_of_range at termination", "not_one_of at convention"]
    );
    // A misspelt convention is answered with the list of them.
    let error = year_fraction(&early, &late, &json!("30e/360"), &Value::Null).unwrap_err();
    assert!(error.issues[0].message.en.contains("did you mean \"30E/360\"?"), "{error}");
}
