//! Cells and hit policies, at and beside every edge.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::precheck::{load_policy, precheck};
use common::wire;
use serde_json::{Value, json};

/// A policy of one table over one input, whose outcome does not matter.
fn policy_of(input_type: &str, table: Value) -> Value {
    json!({
        "id": "test", "version": "1", "lender": "Test Bank", "operator": "lender",
        "inputs": [{ "name": "x", "type": input_type, "purpose": "test" }],
        "decisions": [
            { "name": "tested", "table": table },
            { "name": "outcome", "table": { "hit": "first", "inputs": ["x"], "otherwise": "\"eligible\"",
                                            "rules": [{ "when": ["null"], "then": "\"eligible\"" }] } }
        ],
        "result": { "outcome": "outcome", "parts": [] }, "messages": {}
    })
}

/// What the decision `tested` gives for `x`.
fn value_for(policy: &Value, x: &Value) -> String {
    let mut policy = policy.clone();
    // The result names the decision, or one that counts its list, so that it is wanted.
    let table = &policy["decisions"][0]["table"];
    if table["hit"] == "collect" {
        let counted = json!({ "name": "counted", "formula": "count(tested)" });
        policy["decisions"].as_array_mut().expect("a list").push(counted);
        policy["result"]["score"] = json!("counted");
    } else {
        let is_text =
            table["hit"] != "count" && table["rules"][0]["then"].as_str().is_some_and(|then| then.starts_with('"'));
        policy["result"][if is_text { "topics" } else { "score" }] = json!("tested");
    }
    let compiled = load_policy(&wire(&policy)).unwrap_or_else(|error| panic!("{error}\n{policy}"));
    let text = precheck(&compiled, &wire(&json!({ "x": x })), &wire(&Value::Null))
        .unwrap_or_else(|error| panic!("{error}\n{policy}"));
    let result: Value = serde_json::from_str(&text).expect("JSON");
    let traced = result["trace"].as_array().expect("a trace").iter().find(|entry| entry["decision"] == "tested");
    traced.expect("the decision")["value"].as_str().expect("text").to_owned()
}

/// Whether one cell is met.
fn is_met(input_type: &str, cell: &str, x: &Value) -> bool {
    let table =
        json!({ "hit": "unique", "inputs": ["x"], "otherwise": "0", "rules": [{ "when": [cell], "then": "1" }] });
    value_for(&policy_of(input_type, table), x) == "1"
}

fn check(input_type: &str, cell: &str, met: &[Value], unmet: &[Value]) {
    for x in met {
        assert!(is_met(input_type, cell, x), "{cell} should take {x}");
    }
    for x in unmet {
        assert!(!is_met(input_type, cell, x), "{cell} should not take {x}");
    }
}

fn decimals(texts: &[&str]) -> Vec<Value> {
    texts.iter().map(|text| json!(text)).collect()
}

#[test]
fn numbers_are_compared_exactly_at_and_beside_every_edge() {
    let cases: [(&str, &[&str], &[&str]); 16] = [
        ("-", &["-1", "0", "18"], &[]),
        ("18", &["18", "18.00"], &["17.9999999999", "18.0000000001"]),
        ("= 18", &["18"], &["17", "19"]),
        ("!= 18", &["17", "19", "18.0000001"], &["18", "18.0"]),
        ("< 18", &["17.999999999999", "-5"], &["18", "18.000000000001"]),
        ("<= 18", &["18", "17"], &["18.000000000001"]),
        ("> 18", &["18.000000000001"], &["18", "17.9"]),
        (">= 18", &["18", "18.1"], &["17.999999999999"]),
        ("[18..45]", &["18", "45", "30"], &["17.99999", "45.00001"]),
        ("[18..45)", &["18", "44.99999"], &["17.99999", "45"]),
        ("(18..45]", &["18.00001", "45"], &["18", "45.00001"]),
        ("(18..45)", &["18.00001", "44.99999"], &["18", "45"]),
        ("]18..45[", &["18.00001", "44.99999"], &["18", "45"]),
        ("< -2.5, [0..1), 7", &["-2.51", "0", "0.99", "7"], &["-2.5", "-0.01", "1", "6.99", "7.01"]),
        ("not([18..45))", &["17.99", "45"], &["18", "44.99"]),
        ("not(1, 2)", &["0", "3", "1.5"], &["1", "2.0"]),
    ];
    for (cell, met, unmet) in cases {
        check("decimal", cell, &decimals(met), &decimals(unmet));
    }
}

#[test]
fn whole_numbers_texts_booleans_and_days_have_their_own_literals() {
    check("integer", "[18..21]", &[json!(18), json!(21)], &[json!(17), json!(22)]);
    check("text", "\"S\", \"M\"", &[json!("S"), json!("M")], &[json!("s"), json!("SM"), json!("")]);
    check("text", "not(\"S\")", &[json!("M"), json!("")], &[json!("S")]);
    check("text", "\"say \\\"yes\\\" \\\\\"", &[json!("say \"yes\" \\")], &[json!("say yes")]);
    check("text", "\"房产\"", &[json!("房产")], &[json!("股票")]);
    check("boolean", "true", &[json!(true)], &[json!(false)]);
    check("boolean", "not(true)", &[json!(false)], &[json!(true)]);
    let day = "date(\"2026-03-01\")";
    check("date", &format!("< {day}"), &[json!("2026-02-28")], &[json!("2026-03-01"), json!("2026-03-02")]);
    check(
        "date",
        "[@\"2024-02-29\"..date(\"2024-03-31\")]",
        &[json!("2024-02-29"), json!("2024-03-31")],
        &[json!("2024-02-28"), json!("2024-04-01")],
    );
}

#[test]
fn what_is_missing_meets_only_the_dash_and_null() {
    for (input_type, cell) in [
        ("decimal", "18"),
        ("decimal", "not(18)"),
        ("decimal", "< 18, >= 18"),
        ("text", "not(\"S\")"),
        ("boolean", "true, false"),
        ("decimal", "not(null)"),
    ] {
        assert!(!is_met(input_type, cell, &Value::Null), "{cell}");
    }
    assert!(is_met("decimal", "-", &Value::Null));
    assert!(is_met("decimal", "null", &Value::Null));
    assert!(is_met("decimal", "18, null", &Value::Null));
    assert!(!is_met("decimal", "null", &json!("18")));
    assert!(is_met("decimal", "not(null)", &json!("18")));
}

/// Three rules that overlap in places: below 10, from 5 on, from 20 on.
fn overlapping(hit: &str, outputs: [&str; 3]) -> Value {
    json!({ "hit": hit, "inputs": ["x"], "rules": [
        { "when": ["< 10"], "then": outputs[0] },
        { "when": [">= 5"], "then": outputs[1] },
        { "when": [">= 20"], "then": outputs[2] }
    ] })
}

/// What the table gives below 5, where two rules meet, where one does, where two others meet, and for what is missing.
fn answers(mut table: Value, more: Value) -> [String; 5] {
    for (name, value) in more.as_object().expect("fields") {
        table[name] = value.clone();
    }
    let policy = policy_of("decimal", table);
    [json!("4.99"), json!("5"), json!("10"), json!("20"), Value::Null].map(|x| value_for(&policy, &x))
}

#[test]
fn each_hit_policy_answers_as_dmn_says() {
    let with = |hit, outputs, more| answers(overlapping(hit, outputs), more);
    let n = ["1", "2", "4"];
    let first = json!({ "hit": "first", "inputs": ["x"], "otherwise": "0", "rules": [
        { "when": [">= 20"], "then": "4" }, { "when": [">= 5"], "then": "2" }, { "when": ["< 10"], "then": "1" }
    ] });
    assert_eq!(answers(first, json!({})), ["1", "2", "2", "4", "0"]);
    assert_eq!(with("sum", n, json!({})), ["1", "3", "2", "6", "0"]);
    assert_eq!(with("sum", n, json!({ "otherwise": "-1" })), ["1", "3", "2", "6", "-1"]);
    assert_eq!(with("min", n, json!({ "otherwise": "0" })), ["1", "1", "2", "2", "0"]);
    assert_eq!(with("max", n, json!({ "otherwise": "0" })), ["1", "2", "2", "4", "0"]);
    assert_eq!(with("count", n, json!({})), ["1", "2", "1", "2", "0"]);
    assert_eq!(with("collect", n, json!({})), ["[1]", "[1, 2]", "[2]", "[2, 4]", "[]"]);
    let t = ["\"A\"", "\"B\"", "\"C\""];
    assert_eq!(with("collect", t, json!({})), ["[\"A\"]", "[\"A\", \"B\"]", "[\"B\"]", "[\"B\", \"C\"]", "[]"]);
    let order = json!({ "outputOrder": ["\"C\"", "\"A\"", "\"B\""], "otherwise": "\"D\"" });
    assert_eq!(with("priority", t, order.clone()), ["A", "A", "B", "C", "D"]);
    // An order may write its texts without quotation marks.
    let bare = json!({ "outputOrder": ["C", "A", "B"], "otherwise": "\"D\"" });
    assert_eq!(with("priority", t, bare), ["A", "A", "B", "C", "D"]);
    let same = ["\"A\"", "\"A\"", "\"A\""];
    assert_eq!(with("any", same, json!({ "otherwise": "\"D\"" })), ["A", "A", "A", "A", "D"]);
    let apart = json!({ "hit": "unique", "inputs": ["x"], "rules": [
        { "when": ["< 5"], "then": "\"A\"" }, { "when": ["[5..20)"], "then": "\"B\"" },
        { "when": [">= 20"], "then": "\"C\"" }, { "when": ["null"], "then": "\"D\"" }
    ] });
    assert_eq!(answers(apart, json!({})), ["A", "B", "B", "C", "D"]);
}

#[test]
fn a_table_asks_all_its_columns() {
    let policy = json!({
        "id": "two columns", "version": "1", "lender": "Test Bank", "operator": "lender",
        "inputs": [
            { "name": "age", "type": "integer", "purpose": "age", "required": true },
            { "name": "student", "type": "boolean", "purpose": "status", "required": true }
        ],
        "decisions": [{ "name": "outcome", "table": { "hit": "unique", "inputs": ["age", "student"], "rules": [
            { "when": ["< 18", "-"], "then": "\"ineligible\"" },
            { "when": [">= 18", "true"], "then": "\"refer\"" },
            { "when": [">= 18", "false"], "then": "\"eligible\"" }
        ] } }],
        "result": { "outcome": "outcome" }, "messages": {}
    });
    let compiled = load_policy(&wire(&policy)).expect("no fault");
    for (age, student, outcome, rule) in
        [(17, true, "ineligible", 1), (17, false, "ineligible", 1), (18, true, "refer", 2), (18, false, "eligible", 3)]
    {
        let facts = json!({ "age": age, "student": student });
        let text = precheck(&compiled, &wire(&facts), &wire(&json!({}))).expect("an answer");
        let result: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(result["outcome"], outcome, "{facts}");
        assert_eq!(result["trace"], json!([{ "decision": "outcome", "rule": rule, "value": outcome }]));
    }
}
