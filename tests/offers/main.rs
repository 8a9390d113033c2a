//! Offers beside each other: compare, solve, sweep, translateRate.
// A sweep's columns hold the very figures of the quotes, whole or of ten decimals: nothing but equality will do.
#![allow(clippy::float_cmp)]

#[path = "../common/mod.rs"]
mod common;

mod compare;
mod solve;
mod sweep;
mod translate;

use clearloan::error::LoanError;
use serde_json::Value;

/// "field code limit" for each issue, in order.
fn issues(error: &LoanError) -> Vec<String> {
    let line = |issue: &clearloan::error::Issue| {
        format!("{} {} {}", issue.field, issue.code, issue.limit.as_deref().unwrap_or("-"))
    };
    error.issues.iter().map(line).collect()
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("a call gives JSON")
}
