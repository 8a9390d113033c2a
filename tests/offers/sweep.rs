//! sweep: each point has the figures of its own quote.

use super::common::generate::{Random, money, terms as generated};
use super::common::{loan_a, loan_a_with, merged, try_quote, units, wire};
use super::{issues, parsed};
use clearloan::error::LoanError;
use clearloan::offers::{POINTS_MAX, Sweep, sweep_columns, sweep_json};
use serde_json::{Value, json};

fn swept(terms: &Value, grid: &Value) -> (Value, Vec<f64>) {
    let (head, columns) =
        sweep_columns(&wire(terms), &wire(grid)).unwrap_or_else(|error| panic!("{terms}\n{grid}\n{error}"));
    (parsed(&head), columns)
}

fn refused(terms: &Value, grid: &Value) -> Vec<String> {
    issues(&error(terms, grid))
}

fn error(terms: &Value, grid: &Value) -> LoanError {
    match sweep_columns(&wire(terms), &wire(grid)) {
        Ok((head, _)) => panic!("{grid} gave {head}"),
        Err(error) => error,
    }
}

/// Loan A's figures, of semantics.md, and the point's place: the last axis moves fastest.
#[test]
fn points_are_in_row_major_order() {
    let grid =
        json!({ "annual": ["0.12", "0.18"], "principal": ["10000.00", "20000.00"], "instalmentCount": [4, 12, 24] });
    let (head, columns) = swept(&loan_a(), &grid);
    assert_eq!(head, json!({ "currency": "CNY", "size": 12 }));
    assert_eq!((columns[0], columns[12], columns[24]), (256_281.0, 25_124.0, 0.1199982146));
    let mut point = 0;
    for principal in ["10000.00", "20000.00"] {
        for count in [4, 12, 24] {
            for annual in ["0.12", "0.18"] {
                let terms = loan_a_with(
                    json!({ "principal": principal, "instalmentCount": count, "interest": { "annual": annual } }),
                );
                assert_eq!(expected(&terms).unwrap(), at(&columns, point), "{point}");
                point += 1;
            }
        }
    }
}

/// Payment, finance charge and rate of a quote, as numbers.
fn expected(terms: &Value) -> Result<[f64; 3], LoanError> {
    let quote = try_quote(terms)?;
    let decimals = match terms["currency"].as_str() {
        Some("JPY") => 0,
        Some("KWD") => 3,
        _ => 2,
    };
    let amount = |value: &Value| units(value.as_str().unwrap(), decimals) as f64;
    let rate: f64 = quote["cost"]["simpleAnnual"].as_str().unwrap().parse().unwrap();
    Ok([amount(&quote["schedule"]["firstPayment"]), amount(&quote["schedule"]["totals"]["financeCharge"]), rate])
}

fn at(columns: &[f64], point: usize) -> [f64; 3] {
    let size = columns.len() / 3;
    [columns[point], columns[size + point], columns[2 * size + point]]
}

/// Generated terms of every method and feature, each with a grid around it: a point has the figures of the quote of its
/// own terms, and where one of them has none, the sweep says which and why.
#[test]
fn every_point_is_its_own_quote() {
    let (mut points, mut holes) = (0, 0);
    for number in 0..600 {
        let terms = generated(number);
        if try_quote(&terms).is_err() {
            continue;
        }
        let mut random = Random::new(number);
        let random = &mut random;
        let decimals = match terms["currency"].as_str() {
            Some("JPY") => 0,
            Some("KWD") => 3,
            _ => 2,
        };
        let mut grid = json!({});
        let principal = units(terms["principal"].as_str().unwrap(), decimals);
        if terms["method"] != "custom" && random.percent(80) {
            grid["principal"] =
                (0..3).map(|_| json!(money(principal * i128::from(random.between(90, 400)) / 100, decimals))).collect();
        }
        if terms["method"] != "custom" && random.percent(70) {
            let own = terms["instalmentCount"].as_u64().unwrap();
            grid["instalmentCount"] = json!([own, own + random.below(30), own + 1]);
        }
        if random.percent(70) {
            grid["annual"] = json!(["0", format!("0.{:06}", random.below(600_000)), "0.36"]);
        }
        let outcome = sweep_columns(&wire(&terms), &wire(&grid));
        let axis =
            |name: &str| grid[name].as_array().map_or(vec![None], |values| values.iter().cloned().map(Some).collect());
        let mut point = 0;
        for principal in axis("principal") {
            for count in axis("instalmentCount") {
                for annual in axis("annual") {
                    let mut own = terms.clone();
                    for (name, value) in [("principal", &principal), ("instalmentCount", &count)] {
                        if let Some(value) = value {
                            own[name] = value.clone();
                        }
                    }
                    if let Some(annual) = &annual {
                        own["interest"] = json!({ "annual": annual });
                    }
                    match (&outcome, expected(&own)) {
                        (Ok((_, columns)), Ok(figures)) => assert_eq!(at(columns, point), figures, "{number}: {own}"),
                        // Its compound rate is too high to be told.
                        (Ok(_), Err(error)) => assert_eq!(error.issues[0].code, "cost_out_of_range", "{number}: {own}"),
                        (Err(_), Ok(_)) => {}
                        (Err(told), Err(error)) => {
                            holes += 1;
                            assert!(told.issues.iter().any(|issue| issue.code == error.issues[0].code), "{number}");
                        }
                    }
                    point += 1;
                    points += 1;
                }
            }
        }
        if let Err(told) = &outcome {
            assert!(told.issues.iter().all(|issue| issue.field.starts_with("grid")), "{number}: {told}\n{terms}");
        }
    }
    assert!(points > 4_000 && holes > 0 && holes < points / 10, "{points} {holes}");
}

/// Without `accrual` a daily basis is charged by the day, and an annual one by the period.
#[test]
fn an_annual_rate_brings_its_own_accrual() {
    let daily = loan_a_with(json!({ "interest": { "daily": "0.0003" } }));
    let (_, columns) = swept(&daily, &json!({ "annual": ["0.12"] }));
    assert_eq!(at(&columns, 0), [256_281.0, 25_124.0, 0.1199982146]);
    let by_day = merged(daily, json!({ "accrual": "actual/365" }));
    let (_, columns) = swept(&by_day, &json!({ "annual": ["0.12"] }));
    assert_eq!(columns[0], 256_257.0);
}

#[test]
fn without_axes_the_grid_is_one_point() {
    let (head, columns) = swept(&loan_a(), &json!({}));
    assert_eq!((head["size"].as_u64(), columns), (Some(1), vec![256_281.0, 25_124.0, 0.1199982146]));
}

/// The same numbers for hosts that cannot read memory.
#[test]
fn the_lists_hold_the_columns_numbers() {
    let terms = loan_a_with(json!({ "benefits": [{ "kind": "interestFree", "instalments": 600 }],
        "fees": [{ "code": "f", "charge": { "amount": "0.01" }, "when": "lastInstalment", "inCost": false }] }));
    let grid = json!({ "instalmentCount": [1, 4, 600], "annual": ["0", "0.1", "10"] });
    let (head, columns) = swept(&terms, &grid);
    let lists = parsed(&sweep_json(&wire(&terms), &wire(&grid)).unwrap());
    assert_eq!((&lists["size"], &lists["currency"]), (&head["size"], &head["currency"]));
    let column = |name: &str| lists[name].as_array().unwrap().iter().map(|value| value.as_f64().unwrap());
    assert_eq!(
        column("payment").chain(column("financeCharge")).chain(column("simpleAnnual")).collect::<Vec<_>>(),
        columns
    );
}

#[test]
fn a_bad_value_is_told_by_its_place() {
    let grid = json!({ "principal": ["1.00", "0", "1.001", 5], "instalmentCount": [0, 4, 2.5, 601], "annual": ["0.1", "11", "x"], "anual": [] });
    assert_eq!(
        refused(&loan_a(), &grid),
        [
            "grid.anual unknown_field -",
            "grid.annual[1] out_of_range 0..10",
            "grid.annual[2] not_a_decimal -",
            "grid.instalmentCount[0] out_of_range 1..600",
            "grid.instalmentCount[2] wrong_type -",
            "grid.instalmentCount[3] out_of_range 1..600",
            "grid.principal[1] out_of_range 0.01..10000000000.00",
            "grid.principal[2] too_many_decimals 2",
            "grid.principal[3] number_not_string -",
        ]
    );
    assert_eq!(refused(&loan_a(), &json!({ "annual": [] })), ["grid.annual required -"]);
    assert_eq!(refused(&loan_a(), &json!({ "annual": "0.1" })), ["grid.annual wrong_type -"]);
    assert_eq!(refused(&loan_a(), &json!(null)), ["grid required -"]);
    let both = refused(&loan_a_with(json!({ "method": "balloon" })), &json!({ "annual": ["-1"] }));
    assert_eq!(
        both.iter().map(|line| line.split(' ').next().unwrap()).collect::<Vec<_>>(),
        ["method", "grid.annual[0]"]
    );
}

/// The terms' own rules hold at every value: a fee that eats the principal, a step past the end, parts of a price.
#[test]
fn every_value_goes_through_the_check_of_the_terms() {
    let terms = loan_a_with(json!({
        "instalmentCount": 12,
        "steps": [{ "fromInstalment": 7, "interest": { "annual": "0.2" } }],
        "pricing": [{ "component": "funding", "rate": "0.12" }],
        "fees": [{ "code": "f", "charge": { "amount": "100.00" }, "when": "disbursement", "settlement": "deducted" }],
    }));
    let grid = json!({ "principal": ["100.00", "100.01"], "instalmentCount": [6, 7], "annual": ["0.12", "0.13"] });
    let error = error(&terms, &grid);
    assert_eq!(
        issues(&error),
        [
            "grid.principal[0] inconsistent 100.00",
            "grid.instalmentCount[0] out_of_range 1..6",
            "grid.annual[1] inconsistent 0.13"
        ]
    );
    assert!(error.issues[1].message.en.starts_with("steps[0].fromInstalment: "), "{}", error.issues[1].message.en);
    assert!(error.issues[1].message.zh_cn.starts_with("steps[0].fromInstalment："));
}

/// A coupon for more instalments than a loan has covers them all.
#[test]
fn a_coupon_may_be_longer_than_the_loan() {
    let terms = loan_a_with(json!({ "benefits": [{ "kind": "interestFree", "instalments": 12 }] }));
    let (_, columns) = swept(&terms, &json!({ "instalmentCount": [4, 6, 12, 18] }));
    assert_eq!(columns[4..7], [0.0, 0.0, 0.0]);
    assert!(columns[7] > 0.0);
}

/// No NaN: a point without a rate fails the call, and is named with all its values.
#[test]
fn a_point_without_a_rate_is_named() {
    let terms =
        loan_a_with(json!({ "fees": [{ "code": "f", "charge": { "amount": "100.00" }, "when": "disbursement" }] }));
    let grid = json!({ "principal": ["100.01", "100.00", "50.00"], "instalmentCount": [6, 12] });
    let error = error(&terms, &grid);
    assert_eq!(
        issues(&error),
        [
            "grid.principal[1] no_sign_change -",
            "grid.principal[1] no_sign_change -",
            "grid.principal[2] no_sign_change -",
            "grid.principal[2] no_sign_change -",
        ]
    );
    assert!(error.issues[1].message.en.starts_with("grid.principal[1], grid.instalmentCount[1]: "));
}

#[test]
fn the_grid_has_an_end() {
    let values: Vec<Value> = (1..=1_000).map(|units| json!(money(100_000 + units, 2))).collect();
    let counts: Vec<u32> = (1..=100).collect();
    let full = Sweep::of(
        &wire(&loan_a_with(json!({ "instalmentCount": 1 }))),
        &wire(&json!({ "principal": values, "instalmentCount": counts })),
    );
    assert_eq!(full.unwrap().payment.len(), POINTS_MAX);
    let counts: Vec<u32> = (1..=101).collect();
    let grid = json!({ "principal": values, "instalmentCount": counts });
    assert_eq!(refused(&loan_a(), &grid), ["grid too_many 100000"]);
    let long: Vec<u32> = vec![4; POINTS_MAX + 1];
    assert_eq!(refused(&loan_a(), &json!({ "instalmentCount": long })), ["grid.instalmentCount too_many 100000"]);
}

/// A full grid of long loans is some seconds; with dozens of fees on each row it would be minutes, and is refused at once.
#[test]
fn a_grid_that_would_take_minutes_is_refused() {
    let fee = |number: usize| json!({ "code": format!("f{number}"), "charge": { "amount": "0.01" }, "when": "eachInstalment" });
    let fees = |count: usize| (0..count).map(fee).collect::<Vec<_>>();
    let amounts: Vec<String> = (0..100).map(|amount| format!("{}.00", 10_000 + amount)).collect();
    let rates: Vec<String> = (0..1_000).map(|rate| format!("0.{rate:04}")).collect();
    let grid = json!({ "principal": amounts, "annual": rates });
    let terms = loan_a_with(json!({ "instalmentCount": 600, "fees": fees(2) }));
    assert_eq!(refused(&terms, &grid), ["grid too_much_work 100000000"]);
    // One payment each: that is no work, whatever the count.
    let terms = loan_a_with(json!({ "method": "bullet", "instalmentCount": 600, "fees": fees(64) }));
    let few = json!({ "principal": ["10000.00", "20000.00"], "instalmentCount": [1, 2] });
    assert_eq!(Sweep::of(&wire(&terms), &wire(&few)).unwrap().payment.len(), 4);
    // The limit counts what is asked for by count, too.
    let counts: Vec<u32> = (1..=600).collect();
    let terms = loan_a_with(json!({ "fees": fees(64) }));
    let grid =
        json!({ "instalmentCount": counts, "annual": (0..100).map(|rate| format!("0.{rate:03}")).collect::<Vec<_>>() });
    assert_eq!(refused(&terms, &grid), ["grid too_much_work 100000000"]);
}
