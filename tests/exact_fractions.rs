//! Quotes worked in exact fractions by an independent implementation of the definitions, written from the text and never
//! from this code: every field of the schedule, every rate, and the fingerprint, which also covers the normalised terms.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use common::{differences, quote, terms, vectors};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// The vectors keep a row on one line: the columns that every row has.
const COLUMNS: [&str; 11] = [
    "number",
    "dueDate",
    "unrolledDueDate",
    "days",
    "openingBalance",
    "principal",
    "interest",
    "fees",
    "benefit",
    "payment",
    "closingBalance",
];

/// A line of the vectors as the row that a caller sees.
fn row(line: &str, lenders: &Value) -> Value {
    let fields: Vec<&str> = line.split(' ').collect();
    let mut row = json!({});
    for (name, text) in COLUMNS.into_iter().zip(&fields) {
        match name {
            "number" | "days" => row[name] = json!(text.parse::<u32>().expect("a count")),
            "unrolledDueDate" if *text == "-" => {}
            _ => row[name] = json!(text),
        }
    }
    if let Some(lenders) = lenders.as_array() {
        let parts = fields[COLUMNS.len()..].chunks(2);
        assert_eq!(parts.len(), lenders.len());
        row["lenders"] = parts
            .zip(lenders)
            .map(|(part, lender)| json!({ "name": lender["name"], "principal": part[0], "interest": part[1] }))
            .collect();
    }
    row
}

#[test]
fn every_quote_is_the_one_worked_in_exact_fractions() {
    let file = vectors("exact_fractions.json");
    let cases = file["cases"].as_array().expect("cases");
    assert!(cases.len() >= 250);
    let mut wrong = Vec::new();
    for case in cases {
        let quote = quote(&case["terms"]);
        let mut schedule = case["schedule"].clone();
        let lines = case["rows"].as_array().expect("rows").iter();
        schedule["instalments"] =
            lines.map(|line| row(line.as_str().expect("a line"), &case["terms"]["lenders"])).collect();
        let mut found = differences(&quote["schedule"], &schedule);
        let of_cost = differences(&quote["cost"], &case["cost"]);
        found.extend(of_cost.into_iter().map(|difference| format!("cost.{difference}")));
        let warnings = quote["warnings"].as_array().map_or(0, Vec::len);
        if json!(warnings) != case["warnings"] {
            found.push(format!("{warnings} warnings, there {}", case["warnings"]));
        }
        let terms = terms(&case["terms"]).expect("right terms");
        let schedule = clearloan::Schedule::of(&terms).expect("a schedule");
        let fingerprint = clearloan::canonical::fingerprint(&terms, &schedule);
        if json!(fingerprint) != case["fingerprint"] {
            found.push(format!("the fingerprint; normalised terms: {}", quote["terms"]));
        }
        if !found.is_empty() {
            wrong.push(format!("{}\n  {}", case["name"], found.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} quotes differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
