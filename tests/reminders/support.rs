//! Plans of loan A, and how they are read.

use crate::common::{merged, plain, wire};
use clearloan::LoanError;
use clearloan::reminder::remind_json;
use serde_json::{Value, json};

/// The plan as its callers see it.
pub fn try_remind(terms: &Value, options: &Value, events: &Value) -> Result<Value, LoanError> {
    let text = remind_json(&wire(terms), &wire(options), &wire(events))?;
    Ok(serde_json::from_str(&text).expect("a plan is JSON"))
}

/// The plan of input that must be right.
pub fn remind(terms: &Value, options: &Value, events: Value) -> Value {
    try_remind(terms, options, &events).unwrap_or_else(|error| panic!("{terms}\n{options}\n{events}\n{error}"))
}

/// Today is 2027-01-10, after instalment 1 of loan A.
pub fn options(changes: Value) -> Value {
    merged(json!({ "today": "2027-01-10", "loanId": "A" }), changes)
}

/// Instalment 1 of loan A, paid when it falls due.
pub fn first_payment() -> Value {
    json!({ "kind": "payment", "date": "2026-12-24", "amount": "2562.81" })
}

/// One field of each reminder, with blanks between.
pub fn column(plan: &Value, field: &str) -> String {
    let reminders = plan["reminders"].as_array().expect("reminders");
    reminders.iter().map(|reminder| plain(&reminder[field])).collect::<Vec<_>>().join(" ")
}

/// The problems as "path code".
pub fn problems(error: &LoanError) -> Vec<String> {
    error.issues.iter().map(|issue| format!("{} {}", issue.field, issue.code)).collect()
}
