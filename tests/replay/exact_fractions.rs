//! Histories at random, held against an independent program in exact fractions.

use crate::common::plain;
use crate::support::replay;
use serde_json::{Value, json};

const FILE: &str = include_str!("exact_fractions.json");

/// Some fields of an object, with blanks between.
fn fields(object: &Value, names: &[&str]) -> String {
    names.iter().map(|name| plain(&object[*name])).collect::<Vec<_>>().join(" ")
}

fn lines(list: &Value, names: &[&str]) -> Value {
    list.as_array().expect("a list").iter().map(|entry| fields(entry, names)).collect()
}

#[test]
fn every_history_ends_as_the_exact_fractions_say() {
    let file: Value = serde_json::from_str(FILE).expect("JSON");
    let cases = file["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 240);
    for (index, case) in cases.iter().enumerate() {
        let state = replay(&case["terms"], case["events"].clone(), &plain(&case["asOf"]));
        let mut found = json!({
            "status": state["status"], "dueNow": state["dueNow"], "payoff": state["payoff"], "kept": state["kept"],
            "overdueDays": state["overdueDays"],
            "owed": fields(&state["outstanding"], &["principal", "interest", "fees", "penalty"]),
            "allocations":
                lines(&state["allocations"], &["date", "penalty", "fees", "interest", "principal", "unapplied"]),
            "remaining": lines(
                &state["remaining"],
                &["number", "dueDate", "days", "openingBalance", "principal", "interest", "fees", "benefit", "payment"],
            ),
        });
        if let Some(saved) = state.get("saved") {
            found["saved"] = saved.clone();
        }
        assert_eq!(found, case["expect"], "case {index}: {case}");
    }
}
