//! What the test files share: terms as JSON in, quotes as JSON out, readable differences.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod generate;
pub mod grid;
pub mod vector_text;

use clearloan::error::LoanError;
use clearloan::terms::LoanTerms;
use clearloan::wire::Wire;
use serde::Deserialize;
use serde_json::{Value, json};

/// Every figure that `explain` explains.
pub const EXPLAINED_FIGURES: [&str; 10] = [
    "irrPerPeriod",
    "simpleAnnual",
    "compoundAnnual",
    "xirr",
    "usApr",
    "euAprc",
    "itemised",
    "payment",
    "interest",
    "financeCharge",
];

/// Conventions of the day-count vectors that the contract does not have.
pub const FOREIGN_DAY_COUNTS: [&str; 8] = [
    "30E+/360",
    "ACT/ACT AFB",
    "ACT/ACT ICMA",
    "Act/365A",
    "Act/365L",
    "ActualActual::AFB",
    "ActualActual::ISMA",
    "NL/365",
];

/// The root nearest zero of a case of pyxirr's dated flows. Where pyxirr takes one farther away, or finds none where there
/// is one, all roots within (−1, 10^6) were looked for with mpmath, 30 digits.
pub fn nearest_root(case: &Value) -> Option<f64> {
    let id = case["id"].as_str().expect("an id");
    match id.strip_prefix("pyxirr-xirr-case_").unwrap_or(id) {
        "30_13" => Some(-0.029_107_312_364),
        "30_18" => Some(0.259_357_013_672),
        "30_25" => Some(12_090.890_888_151_8),
        "30_45" => Some(-0.840_789_040_421),
        _ => case["expected"].as_str().map(|root| root.parse().expect("a root")),
    }
}

/// Unchecked input from JSON, as a server would get it.
pub fn wire(value: &Value) -> Wire<'static> {
    Wire::deserialize(value).expect("JSON is plain data")
}

/// The checked terms, or every problem at once.
pub fn terms(value: &Value) -> Result<LoanTerms, LoanError> {
    LoanTerms::from_wire(&wire(value))
}

/// The quote as its callers see it.
pub fn try_quote(value: &Value) -> Result<Value, LoanError> {
    let quote = clearloan::quote(&terms(value)?)?;
    Ok(serde_json::from_str(&quote.to_json()).expect("a quote is JSON"))
}

/// The quote of terms that must be right.
pub fn quote(value: &Value) -> Value {
    try_quote(value).unwrap_or_else(|error| panic!("{value}\n{error}"))
}

/// The problems of terms that must be wrong.
pub fn problems(value: &Value) -> LoanError {
    match try_quote(value) {
        Ok(_) => panic!("should have been refused: {value}"),
        Err(error) => error,
    }
}

/// Loan A of semantics.md: 10,000.00 CNY, 12 % a year, 4 monthly equal instalments from 2026-11-24.
pub fn loan_a() -> Value {
    json!({ "principal": "10000.00", "interest": { "annual": "0.12" }, "method": "equalInstalment",
            "instalmentCount": 4, "disbursementDate": "2026-11-24" })
}

/// Loan A with other fields.
pub fn loan_a_with(changes: Value) -> Value {
    merged(loan_a(), changes)
}

/// `base` with the fields of `changes` put in or, where `null`, taken out.
pub fn merged(mut base: Value, changes: Value) -> Value {
    let fields = base.as_object_mut().expect("an object");
    for (name, value) in changes.as_object().expect("an object") {
        if value.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value.clone());
        }
    }
    base
}

/// The rows of a quote.
pub fn rows(quote: &Value) -> &Vec<Value> {
    quote["schedule"]["instalments"].as_array().expect("rows")
}

/// A field's text, or a number as text.
pub fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// One column of the rows, with blanks between: "100.00 75.37 50.50 25.37".
pub fn column(quote: &Value, field: &str) -> String {
    rows(quote).iter().map(|row| plain(&row[field])).collect::<Vec<_>>().join(" ")
}

/// A decimal string as a whole number of 10^-`decimals`.
pub fn units(text: &str, decimals: u32) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let cut = fraction.trim_end_matches('0');
    assert!(cut.len() <= decimals as usize, "{text} has more than {decimals} decimals");
    let mut value: i128 = whole.parse().expect("digits");
    for position in 0..decimals as usize {
        value = value * 10 + cut.as_bytes().get(position).map_or(0, |digit| i128::from(digit - b'0'));
    }
    sign * value
}

/// Every place where two JSON values differ, as "path: here … there …". What one side lacks counts.
pub fn differences(here: &Value, there: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("", here, there, &mut found);
    found
}

fn compare(path: &str, here: &Value, there: &Value, found: &mut Vec<String>) {
    match (here, there) {
        (Value::Object(left), Value::Object(right)) => {
            for name in left.keys().chain(right.keys().filter(|name| !left.contains_key(*name))) {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                compare(&path, &here[name.as_str()], &there[name.as_str()], found);
            }
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(&format!("{path}[{index}]"), left, right, found);
            }
        }
        _ if here == there => {}
        _ => found.push(format!("{path}: here {here}, there {there}")),
    }
}

/// A vector file, by its name in tests/vectors.
pub fn vectors(name: &str) -> Value {
    serde_json::from_str(&vector_text::vector_text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}
