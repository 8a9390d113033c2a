//! Disclosure: what each law wants shown, worded and held against its ceilings, on the day; figures derived independently.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;

mod alipay;
mod any_loan;
mod caps;
mod options;
mod rounding;
mod snapshots;
mod table;
mod tolerance;
mod worked_examples;

use clearloan::disclosure::disclose_terms;
use clearloan::error::LoanError;
use common::{loan_a_with, merged, plain, wire};
use serde_json::{Value, json};

/// The day that most tests ask for: all shipped rules of the five regimes are in force.
const TODAY: &str = "2026-11-24";

fn try_disclose(terms: &Value, options: &Value) -> Result<Value, LoanError> {
    let text = disclose_terms(&wire(terms), &wire(options))?;
    Ok(serde_json::from_str(&text).expect("JSON"))
}

fn disclose(terms: &Value, regime: &str, changes: Value) -> Value {
    let options = merged(json!({ "regime": regime, "on": TODAY }), changes);
    try_disclose(terms, &options).unwrap_or_else(|error| panic!("{regime} {terms}\n{error}"))
}

/// The value of a figure, "" where there is none of that code.
fn figure(disclosure: &Value, code: &str) -> String {
    let figures = disclosure["figures"].as_array().expect("figures");
    figures.iter().find(|figure| figure["code"] == code).map(|figure| plain(&figure["value"])).unwrap_or_default()
}

/// One field of every entry of a list.
fn field_of(disclosure: &Value, list: &str, field: &str) -> Vec<String> {
    disclosure[list].as_array().expect("a list").iter().map(|entry| plain(&entry[field])).collect()
}

fn texts(disclosure: &Value, list: &str) -> Vec<String> {
    disclosure[list].as_array().expect("a list").iter().map(plain).collect()
}

/// The demo quote of the project: 20,000.00 CNY, 18 % a year, 12 instalments, 1 % deducted.
fn demo() -> Value {
    loan_a_with(json!({ "principal": "20000.00", "interest": { "annual": "0.18" }, "instalmentCount": 12,
        "fees": [{ "code": "service", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement",
                   "settlement": "deducted" }] }))
}

/// The demo with everything that a disclosure can say: lenders, payees, defaults, pricing.
fn complete() -> Value {
    merged(
        demo(),
        json!({
            "fees": [{ "code": "guarantee", "payee": "安心担保", "charge": { "rate": "0.01", "of": "principal" },
                       "when": "disbursement", "settlement": "deducted" }],
            "contingent": [
                { "kind": "overdue", "rateFactor": "1.5", "graceDays": 3, "compound": true, "payee": "甲银行" },
                { "kind": "misuse", "rateFactor": "2", "payee": "甲银行" },
                { "kind": "earlyRepayment", "feeRate": "0.01", "minimum": "50.00", "freeAfterInstalment": 6, "payee": "甲银行" }
            ],
            "lenders": [{ "name": "甲银行", "licence": "银行", "share": "0.7" }, { "name": "乙消金", "share": "0.3" }],
            "pricing": [{ "component": "funding", "rate": "0.05" }, { "component": "risk", "rate": "0.08" },
                        { "component": "operation", "rate": "0.03" }, { "component": "margin", "rate": "0.02" }]
        }),
    )
}
