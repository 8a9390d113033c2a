//! translateRate: semantics.md section 9.

use super::common::{units, wire};
use super::{issues, parsed};
use clearloan::cost::irr;
use clearloan::offers::translate_rate_json;
use serde_json::{Value, json};

fn translated(input: Value) -> Value {
    parsed(&translate_rate_json(&wire(&input)).unwrap_or_else(|error| panic!("{input}: {error}")))
}

fn refused(input: Value) -> Vec<String> {
    match translate_rate_json(&wire(&input)) {
        Ok(rates) => panic!("{input} gave {rates}"),
        Err(error) => issues(&error),
    }
}

/// The worked example of semantics.md section 9; its flat rate is the quoted one.
#[test]
fn six_tenths_of_a_percent_an_instalment_are_thirteen_percent_a_year() {
    let expected = json!({ "flat": "0.006", "daily": "0.000357102", "monthly": "0.0108618536",
                           "simpleAnnual": "0.1303422428", "compoundAnnual": "0.1384178507" });
    assert_eq!(translated(json!({ "flat": "0.006", "instalmentCount": 12 })), expected);
    assert_eq!(translated(json!({ "flat": "0.006", "instalmentCount": 12, "method": "flat" })), expected);
    // The same price a year, a month and a day, on the original principal.
    for basis in ["annual", "monthly", "daily"] {
        let rate = match basis {
            "annual" => "0.072",
            "monthly" => "0.006",
            _ => continue,
        };
        assert_eq!(translated(json!({ basis: rate, "instalmentCount": 12, "method": "flat" })), expected);
    }
    let daily = json!({ "daily": "0.0002", "daysPerYear": 360, "instalmentCount": 12, "method": "flat" });
    assert_eq!(translated(daily), expected);
}

/// Interest on the balance: the monthly rate is the quoted one, exactly. Worked in exact fractions:
/// 1.015^12 − 1 = 0.19561817146…, 0.18 ÷ 365 = 0.00049315068…, and the flat rate from A = 0.015 ÷ (1 − 1.015^−12).
#[test]
fn a_rate_on_the_balance_is_its_own_monthly_rate() {
    let expected = json!({ "flat": "0.0083466596", "daily": "0.0004931507", "monthly": "0.015",
                           "simpleAnnual": "0.18", "compoundAnnual": "0.1956181715" });
    for method in ["equalInstalment", "equalPrincipal", "interestOnly"] {
        assert_eq!(translated(json!({ "annual": "0.18", "instalmentCount": 12, "method": method })), expected);
    }
    assert_eq!(translated(json!({ "annual": "0.18", "instalmentCount": 12 })), expected);
    assert_eq!(translated(json!({ "monthly": "0.015", "instalmentCount": 12 })), expected);
    assert_eq!(translated(json!({ "daily": "0.0005", "daysPerYear": 360, "instalmentCount": 12 })), expected);
    let of_365 = translated(json!({ "daily": "0.0005", "instalmentCount": 12 }));
    assert_eq!((&of_365["daily"], &of_365["simpleAnnual"]), (&json!("0.0005"), &json!("0.1825")));
}

#[test]
fn nothing_costs_nothing() {
    for input in [json!({ "flat": "0", "instalmentCount": 7 }), json!({ "annual": "0.0", "instalmentCount": 600 })] {
        let rates = translated(input);
        for name in ["flat", "daily", "monthly", "simpleAnnual", "compoundAnnual"] {
            assert_eq!(rates[name], "0");
        }
    }
}

/// One instalment: the flat rate and the monthly rate are the same.
#[test]
fn with_one_instalment_every_method_is_the_same() {
    for input in [
        json!({ "flat": "0.0123456789", "instalmentCount": 1 }),
        json!({ "monthly": "0.0123456789", "instalmentCount": 1 }),
    ] {
        let rates = translated(input);
        assert_eq!((&rates["flat"], &rates["monthly"]), (&json!("0.0123456789"), &json!("0.0123456789")));
    }
}

/// A figure half way between two of 10 decimals goes away from zero, in every form: 12 decimals in, 10 out.
#[test]
fn halves_go_away_from_zero() {
    assert_eq!(translated(json!({ "flat": "0.00000000005", "instalmentCount": 1 }))["flat"], "0.0000000001");
    assert_eq!(translated(json!({ "flat": "0.000000000049", "instalmentCount": 1 }))["flat"], "0");
    assert_eq!(translated(json!({ "monthly": "0.01000000005", "instalmentCount": 9 }))["monthly"], "0.0100000001");
    assert_eq!(translated(json!({ "annual": "0.00000000005", "instalmentCount": 9 }))["simpleAnnual"], "0.0000000001");
}

/// The monthly rate is the root of the flows that a borrower would write down, and the flat rate is what gives it back:
/// the translation of the translation is the first one up to the last place.
#[test]
fn there_and_back() {
    for count in [2u32, 3, 6, 12, 24, 36, 60, 360, 600] {
        for flat in ["0.0001", "0.0035", "0.006", "0.0075", "0.02", "0.333333333333", "0.5"] {
            let there = translated(json!({ "flat": flat, "instalmentCount": count }));
            let scale = 10i128.pow(12);
            let payment = scale + i128::from(count) * units(flat, 12);
            let mut flows = vec![-payment; count as usize + 1];
            flows[0] = scale * i128::from(count);
            let root = irr(&flows).expect("a rate").to_string();
            assert_eq!(there["monthly"], root, "{flat} {count}");
            if units(&root, 10) > 8_333_333_333 {
                continue; // Above the highest rate that is taken.
            }
            let back = translated(json!({ "monthly": root, "instalmentCount": count }));
            let off = units(back["flat"].as_str().unwrap(), 10) - units(flat, 12) / 100;
            assert!(off.abs() <= 1, "{flat} {count}: {}", back["flat"]);
        }
    }
}

/// More costs more, in every form, and a longer loan at the same flat rate is first dearer, then cheaper a year.
#[test]
fn every_form_rises_with_every_other() {
    for count in [1u32, 12, 36, 600] {
        let mut before = vec![-1; 5];
        for thousandths in [0u32, 1, 2, 5, 10, 50, 100, 800] {
            let rates = translated(json!({ "flat": format!("0.{thousandths:03}"), "instalmentCount": count }));
            let now: Vec<i128> = ["flat", "daily", "monthly", "simpleAnnual", "compoundAnnual"]
                .iter()
                .map(|name| units(rates[name].as_str().unwrap(), 10))
                .collect();
            assert!(now.iter().zip(&before).all(|(now, before)| now > before), "{count} {thousandths}");
            before = now;
        }
    }
}

#[test]
fn the_limits_are_those_of_the_terms() {
    assert!(translate_rate_json(&wire(&json!({ "annual": "10", "instalmentCount": 600 }))).is_ok());
    assert!(translate_rate_json(&wire(&json!({ "flat": "0.833333333333", "instalmentCount": 600 }))).is_ok());
    assert_eq!(refused(json!({ "annual": "10.1", "instalmentCount": 12 })), ["annual out_of_range 0..10"]);
    assert_eq!(
        refused(json!({ "flat": "0.833333333334", "instalmentCount": 12 })),
        ["flat out_of_range 0..0.833333333333"]
    );
    assert_eq!(refused(json!({ "flat": "0.01", "instalmentCount": 601 })), ["instalmentCount out_of_range 1..600"]);
    assert_eq!(refused(json!({ "flat": "0.01", "instalmentCount": 0 })), ["instalmentCount out_of_range 1..600"]);
}

#[test]
fn what_makes_no_sense_is_refused_by_name() {
    for method in ["bullet", "custom"] {
        assert_eq!(
            refused(json!({ "annual": "0.1", "method": method, "instalmentCount": 12 })),
            ["method not_allowed -"]
        );
    }
    assert_eq!(
        refused(json!({ "flat": "0.01", "method": "equalInstalment", "instalmentCount": 12 })),
        ["flat not_allowed -"]
    );
    assert_eq!(refused(json!({ "instalmentCount": 12 })), [" exactly_one annual, monthly, daily, flat"]);
    assert_eq!(
        refused(json!({ "annual": "0.1", "flat": "0.1", "instalmentCount": 12 })),
        [" exactly_one annual, monthly, daily, flat"]
    );
    assert_eq!(refused(json!({ "annual": "0.1" })), ["instalmentCount required -"]);
    assert_eq!(refused(json!(null)), [" required -"]);
    assert_eq!(refused(json!("0.6 %")), [" wrong_type -"]);
}

/// All at once, in input order.
#[test]
fn every_bad_field_is_told() {
    let found = refused(
        json!({ "instalmentCount": "12", "anual": "0.1", "daily": 0.0005, "method": "annuity", "daysPerYear": 366 }),
    );
    let fields: Vec<&str> = found.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(fields, ["anual", "daily", "daysPerYear", "instalmentCount", "method"]);
}
