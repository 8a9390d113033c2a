//! The door: each limit at and past its edge, each rule between fields, all bad fields at once, and words that help.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::error::LoanError;
use clearloan::wire::Wire;
use common::{loan_a, loan_a_with, merged, problems, terms, try_quote, vectors};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn found(error: &LoanError) -> BTreeMap<String, String> {
    error.issues.iter().map(|issue| (issue.field.clone(), issue.code.to_owned())).collect()
}

#[test]
fn every_bad_field_is_named_and_no_good_one() {
    let file = vectors("invalid_terms.json");
    let cases = file["cases"].as_array().expect("cases");
    assert!(cases.len() > 350);
    for case in cases {
        let error = terms(&case["terms"]).err().unwrap_or_else(|| panic!("accepted: {}", case["name"]));
        let expected: BTreeMap<String, String> = serde_json::from_value(case["issues"].clone()).expect("issues");
        assert_eq!(found(&error), expected, "{}", case["name"]);
        assert_eq!(error.issues.len(), expected.len(), "{}: a field named twice", case["name"]);
    }
}

#[test]
fn every_message_is_there_in_both_languages() {
    let is_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    for case in vectors("invalid_terms.json")["cases"].as_array().expect("cases") {
        for issue in terms(&case["terms"]).expect_err("refused").issues {
            assert!(is_chinese(&issue.message.zh_cn), "{}: {}", case["name"], issue.message.zh_cn);
            assert!(!issue.message.en.trim().is_empty(), "{}", case["name"]);
        }
    }
}

#[test]
fn all_bad_fields_come_at_once_and_in_the_order_given() {
    let text = r#"{ "principal": 20000, "method": "equalInstalment", "interest": { "annual": "18%" },
                    "instalmentCount": 0, "disbursementDate": "2026-02-30", "term": 12,
                    "fees": [{ "code": "service", "charge": { "amount": "1.005" }, "when": "monthly" }] }"#;
    let wire: Wire = serde_json::from_str(text).expect("JSON");
    let error = clearloan::LoanTerms::from_wire(&wire).expect_err("refused");
    let fields: Vec<&str> = error.issues.iter().map(|issue| issue.field.as_str()).collect();
    // An unknown field is told of when the object is opened, before its fields are read.
    let mut in_order = fields.clone();
    in_order.retain(|field| *field != "term");
    assert_eq!(
        in_order,
        [
            "principal",
            "interest.annual",
            "instalmentCount",
            "disbursementDate",
            "fees[0].charge.amount",
            "fees[0].when"
        ]
    );
    assert!(fields.contains(&"term"));
    let text = error.to_string();
    assert!(fields.iter().all(|field| text.contains(field)), "the text of the error names every field: {text}");
}

#[test]
fn a_slip_of_the_pen_gets_a_suggestion() {
    let fee = json!({ "code": "service", "charge": { "amount": "1.00" }, "when": "disbursement" });
    for (changes, field, suggestion) in [
        (json!({ "installmentCount": 12 }), "installmentCount", "instalmentCount"),
        (json!({ "instalmentcount": 12 }), "instalmentcount", "instalmentCount"),
        (json!({ "firstDuedate": "2027-01-10" }), "firstDuedate", "firstDueDate"),
        (json!({ "fee": [] }), "fee", "fees"),
        (json!({ "method": "equalInstallment" }), "method", "equalInstalment"),
        (json!({ "method": "EqualPrincipal" }), "method", "equalPrincipal"),
        (json!({ "accrual": "actual/356" }), "accrual", "actual/365"),
        (json!({ "interest": { "anual": "0.12" } }), "interest.anual", "annual"),
        (json!({ "every": { "month": 1 } }), "every.month", "months"),
        (json!({ "currency": "cny" }), "currency", "CNY"),
        (json!({ "rounding": { "mode": "halfup" } }), "rounding.mode", "halfUp"),
        (json!({ "fees": [merged(fee.clone(), json!({ "setlement": "paid" }))] }), "fees[0].setlement", "settlement"),
        (json!({ "fees": [merged(fee.clone(), json!({ "when": "disbursment" }))] }), "fees[0].when", "disbursement"),
        (
            json!({ "fees": [fee], "benefits": [{ "kind": "feeWaiver", "fee": "servise" }] }),
            "benefits[0].fee",
            "service",
        ),
    ] {
        let error = problems(&loan_a_with(changes));
        let issue =
            error.issues.iter().find(|issue| issue.field == field).unwrap_or_else(|| panic!("{field}: {error}"));
        assert!(issue.message.en.contains(&format!("did you mean \"{suggestion}\"?")), "{field}: {}", issue.message.en);
        assert!(
            issue.message.zh_cn.contains(&format!("是不是 \"{suggestion}\"？")),
            "{field}: {}",
            issue.message.zh_cn
        );
    }
    let error = problems(&loan_a_with(json!({ "colour": "red" })));
    assert!(!error.issues[0].message.en.contains("did you mean"), "nothing is near: {error}");
}

#[test]
fn a_number_where_a_decimal_string_belongs_is_refused_with_the_reason() {
    for (changes, field) in [
        (json!({ "principal": 20000 }), "principal"),
        (json!({ "interest": { "annual": 0.18 } }), "interest.annual"),
        (json!({ "balloon": 100 }), "balloon"),
        (json!({ "rounding": { "instalmentUnit": 1 } }), "rounding.instalmentUnit"),
        (json!({ "lenders": [{ "name": "bank", "share": 1 }] }), "lenders[0].share"),
        (json!({ "benefits": [{ "kind": "interestDiscount", "factor": 0.8 }] }), "benefits[0].factor"),
    ] {
        let error = problems(&loan_a_with(changes));
        assert_eq!(found(&error), BTreeMap::from([(field.to_owned(), "number_not_string".to_owned())]));
        assert!(error.issues[0].message.en.contains("JavaScript number"), "{error}");
        assert!(error.issues[0].message.zh_cn.contains("JavaScript"), "{error}");
    }
}

/// The edge is accepted; one step past it, the field is named together with the limit.
fn check_edge(base: &Value, at: Value, past: Value, field: &str, limit: &str) {
    let at = merged(base.clone(), at);
    if let Err(error) = terms(&at) {
        panic!("refused at the edge: {error}\n{at}");
    }
    let past = merged(base.clone(), past);
    let error = terms(&past).err().unwrap_or_else(|| panic!("accepted past the edge: {past}"));
    assert_eq!(error.issues.len(), 1, "{error}");
    let issue = &error.issues[0];
    assert_eq!((issue.field.as_str(), issue.limit.as_deref()), (field, Some(limit)), "{error}\n{past}");
}

#[test]
fn limits_of_amounts() {
    let range = "0.01..10000000000.00";
    let principal = |amount: &str| json!({ "principal": amount });
    let base = loan_a();
    check_edge(&base, principal("0.01"), principal("0.00"), "principal", range);
    check_edge(&base, principal("10000000000.00"), principal("10000000000.01"), "principal", range);
    check_edge(&base, principal("1.25"), principal("1.250"), "principal", "2");
    let yen = loan_a_with(json!({ "currency": "JPY", "principal": "100" }));
    check_edge(&yen, principal("1000000000000"), principal("1000000000001"), "principal", "1..1000000000000");
    check_edge(&yen, principal("1"), principal("1.0"), "principal", "0");
    let dinar = loan_a_with(json!({ "currency": "KWD" }));
    check_edge(&dinar, principal("1000000000.000"), principal("1000000000.001"), "principal", "0.001..1000000000.000");
    check_edge(&dinar, principal("0.125"), principal("0.1250"), "principal", "3");
    let balloon = |amount: &str| json!({ "balloon": amount });
    check_edge(&base, balloon("10000.00"), balloon("10000.01"), "balloon", "0.00..10000.00");
}

#[test]
fn limits_of_rates() {
    let base = loan_a();
    let interest = |basis: &str, rate: &str| json!({ "interest": { basis: rate } });
    check_edge(&base, interest("annual", "10"), interest("annual", "10.000000000001"), "interest.annual", "0..10");
    check_edge(&base, interest("annual", "0"), interest("annual", "11"), "interest.annual", "0..10");
    check_edge(
        &base,
        interest("annual", "0.123456789012"),
        interest("annual", "0.1234567890120"),
        "interest.annual",
        "12",
    );
    for (basis, at, past) in
        [("monthly", "0.833333333333", "0.833333333334"), ("daily", "0.027397260273", "0.027397260274")]
    {
        terms(&merged(base.clone(), interest(basis, at))).expect("just below 1,000 % a year");
        let error = terms(&merged(base.clone(), interest(basis, past))).expect_err("just above 1,000 % a year");
        assert_eq!(found(&error), BTreeMap::from([(format!("interest.{basis}"), "out_of_range".to_owned())]));
    }
}

#[test]
fn limits_of_counts() {
    let base = loan_a_with(json!({ "instalmentCount": 12 }));
    let count = |count: u32| json!({ "instalmentCount": count });
    check_edge(&base, count(1), count(0), "instalmentCount", "1..600");
    check_edge(&base, count(600), count(601), "instalmentCount", "1..600");
    let due_day = |day: u32| json!({ "dueDay": day });
    check_edge(&base, due_day(1), due_day(0), "dueDay", "1..31");
    check_edge(&base, due_day(31), due_day(32), "dueDay", "1..31");
    let opening = |count: u32| json!({ "interestOnlyInstalments": count });
    check_edge(&base, opening(11), opening(12), "interestOnlyInstalments", "0..11");
    let step = |from: u32| json!({ "steps": [{ "fromInstalment": from, "interest": { "annual": "0.2" } }] });
    check_edge(&base, step(12), step(13), "steps[0].fromInstalment", "1..12");
    let fees = |count: usize| {
        let fee = json!({ "code": "service", "charge": { "amount": "0.01" }, "when": "lastInstalment" });
        json!({ "fees": vec![fee; count] })
    };
    check_edge(&base, fees(64), fees(65), "fees", "64");
    let benefits = |count: usize| json!({ "benefits": vec![json!({ "kind": "interestFree", "days": 1 }); count] });
    check_edge(&base, benefits(64), benefits(65), "benefits", "64");
    let misuse = json!({ "kind": "misuse", "rateFactor": "2" });
    check_edge(
        &base,
        json!({ "contingent": [misuse] }),
        json!({ "contingent": [misuse, misuse] }),
        "contingent[1].kind",
        "1",
    );
    let contingent = terms(&loan_a_with(json!({ "contingent": vec![misuse; 65] }))).expect_err("65 of them");
    assert_eq!(found(&contingent), BTreeMap::from([("contingent".to_owned(), "too_many".to_owned())]));
}

#[test]
fn limits_of_texts_count_characters_not_bytes() {
    let fee = |name: String| {
        let charge = json!({ "amount": "1.00" });
        json!({ "fees": [{ "code": "service", "charge": charge, "when": "disbursement", "name": name }] })
    };
    for letter in ["x", "费", "🏦"] {
        check_edge(&loan_a(), fee(letter.repeat(512)), fee(letter.repeat(513)), "fees[0].name", "512");
    }
}

#[test]
fn limits_of_dates() {
    let range = "1900-01-01..2199-12-31";
    let from = |date: &str| json!({ "disbursementDate": date });
    check_edge(&loan_a(), from("1900-01-01"), from("1899-12-31"), "disbursementDate", range);
    // The last due date, four months on, may be 2199-12-31 and no later.
    check_edge(&loan_a(), from("2199-08-31"), from("2199-09-01"), "instalmentCount", "2199-12-31");
    let single = loan_a_with(json!({ "instalmentCount": 1, "disbursementDate": "2199-12-30" }));
    let first = |date: &str| json!({ "firstDueDate": date });
    check_edge(&single, first("2199-12-31"), first("2200-01-01"), "firstDueDate", range);
    check_edge(&single, first("2199-12-31"), first("2199-12-30"), "firstDueDate", "2199-12-31..2199-12-31");
    for text in ["2024-02-29", "2000-02-29", "1996-02-29"] {
        terms(&loan_a_with(from(text))).expect("a leap day");
    }
    for text in ["2023-02-29", "1900-02-29", "2100-02-29"] {
        let error = terms(&loan_a_with(from(text))).expect_err("no leap year");
        assert_eq!(found(&error), BTreeMap::from([("disbursementDate".to_owned(), "not_a_date".to_owned())]));
    }
}

#[test]
fn limits_of_fees_at_disbursement() {
    let fee = |amount: &str, settlement: &str| {
        let charge = json!({ "amount": amount });
        json!({ "fees": [{ "code": "s", "charge": charge, "when": "disbursement", "settlement": settlement }] })
    };
    check_edge(&loan_a(), fee("9999.99", "deducted"), fee("10000.00", "deducted"), "fees[0]", "10000.00");
    let largest = loan_a_with(json!({ "principal": "9999999999.00" }));
    check_edge(&largest, fee("1.00", "financed"), fee("1.01", "financed"), "fees[0]", "10000000000.00");
    // A waiver cuts the fee before it is settled, so what is left is what counts.
    let waiver = json!({ "benefits": [{ "kind": "feeWaiver", "fee": "s", "cap": "0.01" }] });
    terms(&merged(loan_a_with(waiver), fee("10000.00", "deducted"))).expect("9,999.99 is deducted");
}

#[test]
fn limits_of_plans_shares_and_prices() {
    let custom = loan_a_with(json!({ "method": "custom" }));
    let plan = |last: &str| json!({ "principalPlan": ["0.00", "2500.00", "2500.00", last] });
    check_edge(&custom, plan("5000.00"), plan("5000.01"), "principalPlan", "10000.00");
    check_edge(&custom, plan("5000.00"), plan("4999.99"), "principalPlan", "10000.00");
    let shares =
        |first: &str| json!({ "lenders": [{ "name": "bank", "share": first }, { "name": "trust", "share": "0.3" }] });
    check_edge(&loan_a(), shares("0.7"), shares("0.700000000001"), "lenders", "1");
    check_edge(&loan_a(), shares("0.7"), shares("0.699999999999"), "lenders", "1");
    let pricing = |margin: &str| json!({ "pricing": [{ "component": "funding", "rate": "0.09" }, { "component": "margin", "rate": margin }] });
    check_edge(&loan_a(), pricing("0.03"), pricing("0.030000000001"), "pricing", "0.12");
}

#[test]
fn longer_input_than_any_limit_is_refused_before_any_work() {
    let started = std::time::Instant::now();
    let many = json!({ "fees": vec![json!({}); 200_000] });
    assert_eq!(found(&problems(&loan_a_with(many)))["fees"], "too_many");
    let long = json!({ "principal": "9".repeat(2_000_000), "method": "x".repeat(2_000_000) });
    let error = problems(&loan_a_with(long));
    assert_eq!(found(&error)["principal"], "out_of_range");
    assert_eq!(found(&error)["method"], "not_one_of");
    assert!(error.to_string().len() < 2_000, "an error does not repeat what it was given");
    let unknown: serde_json::Map<String, Value> = (0..5_000).map(|index| (format!("x{index}"), json!(1))).collect();
    assert!(problems(&merged(loan_a(), Value::Object(unknown))).issues.len() <= 5_000);
    assert!(started.elapsed().as_secs() < 20, "took {:?}", started.elapsed());
}

#[test]
fn a_cost_that_is_no_rate_has_its_own_code() {
    let fee = |amount: &str| {
        let charge = json!({ "amount": amount });
        json!({ "fees": [{ "code": "service", "charge": charge, "when": "disbursement" }] })
    };
    let code = |terms: &Value| try_quote(terms).expect_err("no rate").issues[0].code;
    // Paid in cash that day, the fee leaves nothing that was received.
    assert_eq!(code(&loan_a_with(fee("10000.00"))), "no_sign_change");
    assert_eq!(code(&loan_a_with(fee("10000.01"))), "no_sign_change");
    // A day's loan that gives back twice what was received: 2^365 a year.
    let day = loan_a_with(json!({ "every": { "days": 1 }, "instalmentCount": 1 }));
    assert_eq!(code(&merged(day, fee("5000.00"))), "cost_out_of_range");
}

/// The commonest slip: 18 for 18 %. Within the bounds it is a rate of 1,800 % or a share of 18 loans; beyond them, the sentence says so.
#[test]
fn a_rate_that_is_no_fraction_is_told_how_it_is_written() {
    for (rate, code) in
        [(json!("18"), "out_of_range"), (json!(0.18), "number_not_string"), (json!("18%"), "not_a_decimal")]
    {
        let error = problems(&loan_a_with(json!({ "interest": { "annual": rate } })));
        assert_eq!(found(&error), BTreeMap::from([("interest.annual".to_owned(), code.to_owned())]));
        let message = &error.issues[0].message;
        assert!(message.en.contains("18 %") && message.en.contains("\"0.18\""), "{}", message.en);
        assert!(message.zh_cn.contains("18%") && message.zh_cn.contains("\"0.18\""), "{}", message.zh_cn);
    }
}
