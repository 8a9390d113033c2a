//! Loan A and its events, and how a state is read.

use crate::common::{loan_a_with, plain, wire};
use clearloan::LoanError;
use clearloan::servicing::replay_json;
use serde_json::{Value, json};

/// The state as its callers see it.
pub fn try_replay(terms: &Value, events: &Value, as_of: &str) -> Result<Value, LoanError> {
    let text = replay_json(&wire(terms), &wire(events), &wire(&json!(as_of)))?;
    Ok(serde_json::from_str(&text).expect("a state is JSON"))
}

/// The state of terms and events that must be right.
pub fn replay(terms: &Value, events: Value, as_of: &str) -> Value {
    try_replay(terms, &events, as_of).unwrap_or_else(|error| panic!("{terms}\n{events}\n{error}"))
}

/// One column of the rows that remain, with blanks between.
pub fn remaining(state: &Value, field: &str) -> String {
    let rows = state["remaining"].as_array().expect("rows");
    rows.iter().map(|row| plain(&row[field])).collect::<Vec<_>>().join(" ")
}

/// An allocation as "penalty fees interest principal unapplied".
pub fn allocation(state: &Value, index: usize) -> String {
    ["penalty", "fees", "interest", "principal", "unapplied"]
        .map(|field| plain(&state["allocations"][index][field]))
        .join(" ")
}

/// Instalment 1 of loan A, paid when it falls due.
pub fn first_payment() -> Value {
    json!({ "kind": "payment", "date": "2026-12-24", "amount": "2562.81" })
}

/// 2,000.00 on 2027-01-10, 17 of 31 days into the second period.
pub fn prepayment(keep: &str) -> Value {
    json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "2000.00", "keep": keep })
}

/// Money on a day.
pub fn payment(date: &str, amount: &str) -> Value {
    json!({ "kind": "payment", "date": date, "amount": amount })
}

/// A new rate from a day on.
pub fn rate_change(date: &str, annual: &str) -> Value {
    json!({ "kind": "rateChange", "date": date, "interest": { "annual": annual } })
}

/// Loan A where repaying early costs 1 %.
pub fn with_early_fee(changes: Value) -> Value {
    let item = crate::common::merged(json!({ "kind": "earlyRepayment", "feeRate": "0.01" }), changes);
    loan_a_with(json!({ "contingent": [item] }))
}

/// Loan A where lateness costs one and a half times the rate.
pub fn with_penalty(changes: Value) -> Value {
    let item = crate::common::merged(json!({ "kind": "overdue", "rateFactor": "1.5" }), changes);
    loan_a_with(json!({ "contingent": [item] }))
}
