//! Hostile policies and facts are refused, or answered within the budget: nothing hangs, nothing panics.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::LoanError;
use clearloan::precheck::{load_policy, precheck};
use common::wire;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// Far more than is needed, even unoptimised on a busy machine; far less than it would take without a budget.
const PATIENCE: Duration = Duration::from_secs(60);

fn policy_with(inputs: Value, mut decisions: Vec<Value>) -> Value {
    decisions.push(json!({ "name": "outcome", "formula": "if true then \"eligible\" else \"refer\"" }));
    json!({
        "id": "hostile", "version": "1", "lender": "Hostile", "operator": "lender", "inputs": inputs,
        "decisions": decisions, "result": { "outcome": "outcome" }, "messages": {}
    })
}

fn load(policy: &Value) -> Result<(), LoanError> {
    let start = Instant::now();
    let result = load_policy(&wire(policy)).map(|_| ());
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    result
}

fn codes(policy: &Value) -> Vec<&'static str> {
    let mut codes: Vec<&'static str> =
        load(policy).err().map_or_else(Vec::new, |error| error.issues.iter().map(|issue| issue.code).collect());
    codes.dedup();
    codes
}

fn number_inputs(count: usize) -> Value {
    (0..count)
        .map(|index| json!({ "name": format!("x{index}"), "type": "decimal", "purpose": "hostile", "required": true }))
        .collect()
}

/// A multiplicative mix: pseudo-random, the same everywhere.
fn mixed(seed: usize) -> usize {
    (seed.wrapping_mul(2_654_435_761) >> 7) % 1_000
}

#[test]
fn the_largest_policy_of_simple_tables_loads_and_runs() {
    let tables: Vec<Value> = (0..63)
        .map(|table| {
            let rules: Vec<Value> = (0..256)
                .map(|rule| {
                    let when = match rule {
                        0 => "< 1".to_owned(),
                        255 => ">= 255".to_owned(),
                        _ => format!("[{rule}..{})", rule + 1),
                    };
                    json!({ "when": [when, "-"], "then": rule.to_string(), "reason": format!("r{rule}") })
                })
                .collect();
            let input = if table == 0 { "x0".to_owned() } else { format!("t{}", table - 1) };
            json!({ "name": format!("t{table}"), "table": { "hit": "unique", "inputs": [input, "x1"], "rules": rules } })
        })
        .collect();
    let mut policy = policy_with(number_inputs(2), tables);
    policy["result"]["score"] = json!("t62");
    let start = Instant::now();
    let compiled = load_policy(&wire(&policy)).unwrap_or_else(|error| panic!("{error}"));
    let text = precheck(&compiled, &wire(&json!({ "x0": "77.5", "x1": "0" })), &wire(&Value::Null)).expect("an answer");
    assert!(start.elapsed() < PATIENCE, "took {:?}", start.elapsed());
    let result: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(result["score"], "77");
    assert_eq!(result["reasons"].as_array().expect("a list").len(), 63);
}

#[test]
fn tables_full_of_tests_are_refused_as_too_complex() {
    let cell = |seed: usize| (0..60).map(|test| mixed(seed * 64 + test).to_string()).collect::<Vec<_>>().join(",");
    let tables: Vec<Value> = (0..63)
        .map(|table| {
            let rules: Vec<Value> = (0..256)
                .map(|rule| {
                    let when: Vec<String> = (0..16).map(|column| cell(table * 4096 + rule * 16 + column)).collect();
                    json!({ "when": when, "then": "1" })
                })
                .collect();
            let inputs: Vec<String> = (0..16).map(|column| format!("x{column}")).collect();
            json!({ "name": format!("t{table}"), "table": { "hit": "first", "inputs": inputs, "rules": rules } })
        })
        .collect();
    let codes = codes(&policy_with(number_inputs(16), tables));
    assert!(codes.contains(&"too_complex"), "{codes:?}");
}

#[test]
fn a_table_whose_gaps_are_hard_to_find_asks_for_otherwise() {
    // Random boxes in sixteen dimensions: whether they leave a gap is as hard as it gets.
    let rules: Vec<Value> = (0..256)
        .map(|rule| {
            let when: Vec<String> = (0..16)
                .map(|column| match mixed(rule * 31 + column * 7) % 3 {
                    0 => "-".to_owned(),
                    1 => format!("< {}", mixed(rule + column) % 8 + 3),
                    _ => format!(">= {}", mixed(rule * column) % 3),
                })
                .collect();
            json!({ "when": when, "then": "1" })
        })
        .collect();
    let inputs: Vec<String> = (0..16).map(|column| format!("x{column}")).collect();
    for hit in ["any", "first"] {
        let mut table = json!({ "hit": hit, "inputs": inputs, "rules": rules });
        let without = codes(&policy_with(number_inputs(16), vec![json!({ "name": "t", "table": table })]));
        assert!(without.iter().any(|code| ["too_complex", "gap"].contains(code)), "{without:?}");
        table["otherwise"] = json!("0");
        let with = codes(&policy_with(number_inputs(16), vec![json!({ "name": "t", "table": table })]));
        assert!(with.iter().all(|code| *code == "unreachable_rule"), "{with:?}");
    }
}

#[test]
fn sizes_beyond_the_limits_are_refused() {
    let rule = json!({ "when": ["-"], "then": "1" });
    let table = |rules: usize| json!({ "name": "t", "table": { "hit": "sum", "inputs": ["x0"], "rules": vec![rule.clone(); rules] } });
    assert_eq!(codes(&policy_with(number_inputs(1), vec![table(256)])), Vec::<&str>::new());
    assert_eq!(codes(&policy_with(number_inputs(1), vec![table(257)])), ["too_many"]);
    assert_eq!(codes(&policy_with(number_inputs(64), Vec::new())), Vec::<&str>::new());
    assert_eq!(codes(&policy_with(number_inputs(65), Vec::new())), ["too_many"]);
    let formulas =
        |count: usize| (0..count).map(|index| json!({ "name": format!("d{index}"), "formula": "1" })).collect();
    assert_eq!(codes(&policy_with(number_inputs(1), formulas(63))), Vec::<&str>::new());
    assert!(codes(&policy_with(number_inputs(1), formulas(64))).contains(&"too_many"));
    let formula = |text: String| policy_with(number_inputs(1), vec![json!({ "name": "d", "formula": text })]);
    assert_eq!(codes(&formula("1+".repeat(255) + "11")), Vec::<&str>::new()); // 512 characters
    assert_eq!(codes(&formula("1+".repeat(256) + "1")), ["too_long"]);
    let wide = json!({ "name": "t", "table": { "hit": "sum", "inputs": vec!["x0"; 17], "rules": [rule] } });
    assert_eq!(codes(&policy_with(number_inputs(1), vec![wide])), ["too_many"]);
    let mut loud = policy_with(number_inputs(1), Vec::new());
    loud["lender"] = json!("x".repeat(513));
    assert_eq!(codes(&loud), ["too_long"]);
    loud["lender"] = json!("贷".repeat(512));
    assert_eq!(codes(&loud), Vec::<&str>::new());
}

#[test]
fn deep_nesting_is_refused_before_the_stack_is_gone() {
    let formula = |text: String| codes(&policy_with(number_inputs(1), vec![json!({ "name": "d", "formula": text })]));
    assert_eq!(formula("(".repeat(30) + "1" + &")".repeat(30)), Vec::<&str>::new());
    for text in [
        "(".repeat(250) + "1" + &")".repeat(250),
        "-".repeat(500) + "x0",
        "abs(".repeat(120),
        "not(".repeat(120),
        "if ".repeat(160),
        "2**(".repeat(120),
        "1-".repeat(40) + &"(".repeat(200),
    ] {
        assert_eq!(formula(text.clone()), ["too_deep"], "{text}");
    }
    // Long, but not deep.
    assert_eq!(formula("1 ** ".repeat(90) + "1"), Vec::<&str>::new());
    assert_eq!(formula("not(true)".to_owned() + &" or true".repeat(60)), Vec::<&str>::new());
    let mut deep = json!("x");
    for _ in 0..28 {
        deep = json!([deep]);
    }
    let mut policy = policy_with(number_inputs(1), Vec::new());
    policy["decisions"][0]["formula"] = deep.clone();
    policy["messages"]["x"] = deep;
    assert_eq!(codes(&policy), ["wrong_type"]);
}

#[test]
fn nonsense_in_every_place_is_an_error_and_no_panic() {
    let sound = policy_with(
        number_inputs(2),
        vec![json!({ "name": "t", "table": { "hit": "priority", "inputs": ["x0"], "outputOrder": ["1"],
                     "rules": [{ "when": ["-"], "then": "1", "reason": "r" }] } })],
    );
    assert_eq!(codes(&sound), Vec::<&str>::new());
    let nonsense = [
        json!(null),
        json!(true),
        json!(-1.5),
        json!(1e300),
        json!(""),
        json!("\u{0}"),
        json!("\""),
        json!("\\"),
        json!("𝔁"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "": {} }),
        json!("..".repeat(200)),
        json!("not(".repeat(100)),
        json!("[1..".repeat(100)),
        json!("date(\""),
        json!("@"),
        json!("if"),
        json!("9".repeat(500)),
        json!("-"),
        json!("[-1..-0.00000000000000000000000000001]"),
    ];
    let mut paths: Vec<Vec<String>> = Vec::new();
    collect_paths(&sound, &mut Vec::new(), &mut paths);
    assert!(paths.len() > 25);
    for path in paths {
        for value in &nonsense {
            let mut wrong = sound.clone();
            let mut place = &mut wrong;
            for step in &path {
                place = if place.is_array() {
                    &mut place[step.parse::<usize>().expect("an index")]
                } else {
                    &mut place[step]
                };
            }
            *place = value.clone();
            if let Err(error) = load(&wrong) {
                assert!(!error.issues.is_empty());
            }
        }
    }
}

fn collect_paths(value: &Value, at: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    paths.push(at.clone());
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        _ => Vec::new(),
    };
    for (step, child) in children {
        at.push(step);
        collect_paths(child, at, paths);
        at.pop();
    }
}

#[test]
fn facts_of_every_kind_are_checked() {
    let inputs = json!([
        { "name": "age", "type": "integer", "purpose": "p", "values": ["[0..150]"] },
        { "name": "income", "type": "decimal", "purpose": "p", "sensitive": true },
        { "name": "student", "type": "boolean", "purpose": "p" },
        { "name": "job", "type": "text", "purpose": "p", "values": ["EMPLOYED", "STUDENT"] },
        { "name": "since", "type": "date", "purpose": "p", "values": ["<= date(\"2026-12-31\")"] },
        { "name": "spending", "type": "decimals", "purpose": "p" }
    ]);
    let compiled = load_policy(&wire(&policy_with(inputs, Vec::new()))).expect("no fault");
    let code = |facts: Value| match precheck(&compiled, &wire(&facts), &wire(&Value::Null)) {
        Ok(_) => "none".to_owned(),
        Err(error) => {
            let issues: Vec<String> =
                error.issues.iter().map(|issue| format!("{} {}", issue.code, issue.field)).collect();
            issues.join(", ")
        }
    };
    for facts in [
        json!(null),
        json!({}),
        json!({ "age": 0, "income": "-12.50", "student": false, "job": "STUDENT", "since": "2026-12-31", "spending": ["1", "-2.5"] }),
        json!({ "age": 150, "income": null, "spending": [] }),
    ] {
        assert_eq!(code(facts.clone()), "none", "{facts}");
    }
    for (facts, expected) in [
        (json!([]), "wrong_type facts"),
        (json!({ "age": "18" }), "wrong_type facts.age"),
        (json!({ "age": 18.5 }), "wrong_type facts.age"),
        (json!({ "age": 1e300 }), "wrong_type facts.age"),
        (json!({ "age": 151 }), "not_one_of facts.age"),
        (json!({ "age": -1 }), "not_one_of facts.age"),
        (json!({ "income": 5000 }), "number_not_string facts.income"),
        (json!({ "income": "5,000" }), "not_a_decimal facts.income"),
        (json!({ "income": "1e3" }), "not_a_decimal facts.income"),
        (json!({ "income": ".5" }), "not_a_decimal facts.income"),
        (json!({ "income": "9".repeat(400) }), "not_a_decimal facts.income"),
        (json!({ "income": true }), "wrong_type facts.income"),
        (json!({ "student": "true" }), "wrong_type facts.student"),
        (json!({ "job": "employed" }), "not_one_of facts.job"),
        (json!({ "job": "x".repeat(600) }), "too_long facts.job"),
        (json!({ "since": "2027-01-01" }), "not_one_of facts.since"),
        (json!({ "since": "2026-02-30" }), "not_a_date facts.since"),
        (json!({ "spending": ["1", 2] }), "number_not_string facts.spending[1]"),
        (json!({ "spending": vec!["1"; 601] }), "too_many facts.spending"),
        (json!({ "incme": "1", "age": "x" }), "wrong_type facts.age, unknown_field facts.incme"),
    ] {
        assert_eq!(code(facts.clone()), expected, "{facts}");
    }
    let error = precheck(&compiled, &wire(&json!({ "incme": "1" })), &wire(&Value::Null)).expect_err("unknown");
    assert!(error.issues[0].message.en.contains("did you mean \"income\"?"), "{error}");
    let error = precheck(&compiled, &wire(&json!({ "job": "EMPLOYD" })), &wire(&Value::Null)).expect_err("unlisted");
    assert!(error.issues[0].message.en.contains("did you mean \"EMPLOYED\"?"), "{error}");
}

#[test]
fn a_run_that_takes_too_many_steps_is_stopped() {
    let long = "mean(s)+".repeat(60) + "1";
    let decisions: Vec<Value> =
        (0..63).map(|index| json!({ "name": format!("d{index}"), "formula": if index == 0 { long.clone() } else { format!("{long}+d{}", index - 1) } })).collect();
    let mut policy =
        policy_with(json!([{ "name": "s", "type": "decimals", "purpose": "p", "required": true }]), decisions);
    policy["result"]["score"] = json!("d62");
    let compiled = load_policy(&wire(&policy)).unwrap_or_else(|error| panic!("{error}"));
    let start = Instant::now();
    let error = precheck(&compiled, &wire(&json!({ "s": vec!["1"; 600] })), &wire(&Value::Null)).expect_err("too many");
    assert!(start.elapsed() < PATIENCE);
    assert_eq!(error.issues[0].code, "too_many_steps");
    let text = precheck(&compiled, &wire(&json!({ "s": vec!["1"; 6] })), &wire(&Value::Null)).expect("few enough");
    assert!(text.contains("\"score\":\"3843\""), "{text}");
}
