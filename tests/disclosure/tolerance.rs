//! 12 CFR 1026.22(a).

use super::demo;
use crate::common::{column, loan_a_with, merged, quote, wire};
use clearloan::disclosure::us_tolerance_of;
use serde_json::{Value, json};

fn tolerance(terms: &Value, disclosed: &str) -> Value {
    let text = us_tolerance_of(&wire(terms), &wire(&json!(disclosed))).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn an_eighth_of_a_point_either_way_and_the_edge_is_within() {
    // 0.1994064065 ± 0.00125; and 0.19941, the same to three decimals of a percentage, ± 0.00125.
    for (disclosed, within) in [
        ("0.1994064065", true),
        ("0.2006564065", true),
        ("0.20066", true),
        ("0.200660000001", false),
        ("0.1981564065", true),
        ("0.1981564064", false),
        ("0.1994", true),
        ("0.2007", false),
        ("0", false),
    ] {
        assert_eq!(
            tolerance(&demo(), disclosed),
            json!({ "exact": "0.1994064065", "tolerance": "0.00125", "irregular": false, "within": within }),
            "{disclosed}"
        );
    }
}

/// The case of Sherman's documentation: 10,000 and 36 payments of 322.67, whose root is 9.9996 %; it is determined as
/// 10.000 %, and 10.125 % is in compliance, "on cusp". On the other side the root itself reaches further.
#[test]
fn a_rate_may_be_determined_to_three_decimals_of_a_percentage() {
    let terms = json!({ "principal": "10000.00", "currency": "USD", "interest": { "annual": "0.099996" },
        "method": "equalInstalment", "instalmentCount": 36, "disbursementDate": "2022-03-16" });
    let payments = column(&quote(&terms), "payment");
    assert_eq!(payments, vec!["322.67"; 36].join(" "));
    for (disclosed, within) in
        [("0.10125", true), ("0.101250000001", false), ("0.098746012859", false), ("0.0987460129", true)]
    {
        let expected = json!({ "exact": "0.0999960129", "tolerance": "0.00125", "irregular": false, "within": within });
        assert_eq!(tolerance(&terms, disclosed), expected, "{disclosed}");
    }
}

/// A loan at exactly 10 %, disclosed at 10.125 %: on the edge, and accurate (Sherman's documentation has the like).
#[test]
fn ten_and_an_eighth_for_ten() {
    let ten =
        loan_a_with(json!({ "interest": { "annual": "0.1" }, "method": "interestOnly", "principal": "12000.00" }));
    assert_eq!(tolerance(&ten, "0.10125")["within"], true);
    assert_eq!(tolerance(&ten, "0.101250000001")["within"], false);
}

#[test]
fn irregular_amounts_have_a_quarter_of_a_point() {
    let is_irregular = |changes: Value| {
        let result = tolerance(&merged(demo(), changes), "0.2");
        let is_irregular = result["irregular"].as_bool().expect("a boolean");
        assert_eq!(result["tolerance"], if is_irregular { "0.0025" } else { "0.00125" });
        is_irregular
    };
    // An irregular first period, and an irregular first or final payment, are no irregularities.
    for regular in [
        json!({}),
        json!({ "firstDueDate": "2027-01-10" }),
        json!({ "balloon": "5000.00" }),
        json!({ "method": "interestOnly" }),
        json!({ "method": "bullet" }),
        json!({ "method": "flat" }),
        json!({ "interestOnlyInstalments": 1 }),
        json!({ "fees": [{ "code": "service", "charge": { "amount": "50.00" }, "when": "firstInstalment" }] }),
        json!({ "every": { "weeks": 1 } }),
        json!({ "businessDays": { "calendar": "weekends", "roll": "following" } }),
        // 2,000.00 at a time end the loan early; the rows of 0.00 behind are no payments.
        json!({ "rounding": { "instalmentUnit": "1000.00" } }),
        // What is not the loan's cost is not its payment.
        json!({ "fees": [{ "code": "card", "charge": { "rate": "0.01", "of": "openingBalance" }, "when": "eachInstalment", "inCost": false }] }),
    ] {
        assert!(!is_irregular(regular.clone()), "{regular}");
    }
    for irregular in [
        json!({ "method": "equalPrincipal" }),
        json!({ "interestOnlyInstalments": 2 }),
        json!({ "steps": [{ "fromInstalment": 7, "interest": { "annual": "0.2" } }] }),
        json!({ "benefits": [{ "kind": "interestFree", "instalments": 2 }] }),
        json!({ "fees": [{ "code": "card", "charge": { "rate": "0.01", "of": "openingBalance" }, "when": "eachInstalment" }] }),
    ] {
        assert!(is_irregular(irregular.clone()), "{irregular}");
    }
    let quarter = merged(demo(), json!({ "method": "equalPrincipal" }));
    let exact = tolerance(&quarter, "0.2")["exact"].as_str().expect("text").to_owned();
    let exact: f64 = exact.parse().expect("a number");
    for (away, within) in [(0.0024, true), (-0.0024, true), (0.0026, false), (-0.0026, false)] {
        assert_eq!(tolerance(&quarter, &format!("{:.6}", exact + away))["within"], within, "{away}");
    }
}

#[test]
fn before_the_first_row_its_tolerance_holds_all_the_same() {
    let old = merged(demo(), json!({ "disbursementDate": "1978-01-10" }));
    assert_eq!(tolerance(&old, "0.2")["tolerance"], "0.00125");
}

#[test]
fn the_arguments_are_checked_together() {
    let terms = merged(demo(), json!({ "instalmentCount": 0 }));
    let error = us_tolerance_of(&wire(&terms), &wire(&json!(0.2))).expect_err("refused");
    let found: Vec<String> = error.issues.iter().map(|issue| format!("{} {}", issue.code, issue.field)).collect();
    assert_eq!(found, ["out_of_range instalmentCount", "number_not_string disclosedApr"]);
    let error = us_tolerance_of(&wire(&demo()), &wire(&Value::Null)).expect_err("refused");
    assert_eq!(error.issues[0].code, "required");
}
