//! Requests as hosts without JavaScript send them.

use crate::common::{loan_a, quote};
use clearloan::request::answer;
use serde_json::{Value, json};

fn answered(request: Value) -> Value {
    serde_json::from_str(&answer(&request.to_string())).expect("an answer is JSON")
}

/// "code field" of each issue.
fn issues(answer: &Value) -> Vec<String> {
    let issues = answer["error"]["issues"].as_array().unwrap_or_else(|| panic!("should be an error: {answer}"));
    issues.iter().map(|issue| format!("{} {}", issue["code"], issue["field"]).replace('"', "")).collect()
}

#[test]
fn a_quote_comes_with_its_rows_unless_told_otherwise() {
    let expected = quote(&loan_a());
    assert_eq!(answered(json!({ "call": "quote", "arguments": [loan_a()] })), json!({ "ok": expected }));
    for options in [Value::Null, json!({}), json!({ "instalments": null }), json!({ "instalments": true })] {
        assert_eq!(answered(json!({ "call": "quote", "arguments": [loan_a(), options] }))["ok"], expected);
    }
    let without = answered(json!({ "call": "quote", "arguments": [loan_a(), { "instalments": false }] }));
    assert_eq!(without["ok"]["schedule"]["instalments"], json!([]));
    assert_eq!(without["ok"]["cost"], expected["cost"]);
}

#[test]
fn the_versions_are_those_of_the_crate() {
    let version = answered(json!({ "call": "version" }));
    let expected = json!({ "engine": env!("CARGO_PKG_VERSION"), "rules": clearloan::rules::VERSION });
    assert_eq!(version, json!({ "ok": expected }));
}

#[test]
fn what_is_no_request_is_answered_with_a_code() {
    for (request, expected) in [
        ("", "unreadable "),
        ("{", "unreadable "),
        ("\u{0}", "unreadable "),
        ("[]", "wrong_type call"),
        ("null", "wrong_type call"),
        ("{}", "wrong_type call"),
        (r#"{"call":5}"#, "wrong_type call"),
        (r#"{"call":"quote","arguments":{}}"#, "wrong_type arguments"),
        (r#"{"call":"","arguments":[]}"#, "unknown_call "),
        (r#"{"call":"Quote","arguments":[]}"#, "unknown_call "),
    ] {
        let answer: Value = serde_json::from_str(&answer(request)).expect("an answer is JSON");
        assert_eq!(issues(&answer), [expected], "{request}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(answer(&deep).contains("unreadable"));
}

#[test]
fn options_of_a_quote_are_checked_as_in_the_package() {
    let with = |options: Value| issues(&answered(json!({ "call": "quote", "arguments": [loan_a(), options] })));
    assert_eq!(with(json!(5)), ["wrong_type options"]);
    assert_eq!(with(json!([])), ["wrong_type options"]);
    let both = json!({ "instalment": false, "instalments": "no" });
    assert_eq!(with(both), ["unknown_field options.instalment", "wrong_type options.instalments"]);
}

#[test]
fn every_problem_of_the_terms_is_told_at_once() {
    let bad = json!({ "call": "quote", "arguments": [{ "principal": 5, "pricipal": "1" }] });
    assert!(issues(&answered(bad)).len() >= 6, "each missing field, the number and the misspelt name");
}
