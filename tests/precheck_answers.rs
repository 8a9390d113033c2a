//! Answers: affordability that inverts exactly, suggestions that are true, facts used and no others, and no verdict on a
//! third party's page.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::LoanError;
use clearloan::precheck::{calls, load_policy, precheck};
use common::{loan_a_with, merged, wire};
use serde_json::{Value, json};

fn policy() -> Value {
    json!({
        "id": "answers", "version": "7", "lender": "Test Bank", "lenderUrl": "https://bank.example/loan", "operator": "lender",
        "inputs": [
            { "name": "age", "type": "integer", "values": ["[0..150]"], "purpose": "adulthood", "required": true },
            { "name": "income", "type": "decimal", "purpose": "affordability", "required": true, "sensitive": true },
            { "name": "debts", "type": "decimal", "purpose": "affordability", "required": true, "sensitive": true },
            { "name": "guarantor", "type": "boolean", "purpose": "a second source of repayment" },
            { "name": "savings", "type": "decimal", "purpose": "never read" }
        ],
        "decisions": [
            { "name": "unused", "formula": "if savings = null then 0 else savings" },
            { "name": "burden", "formula": "(debts + maximumPayment) / income" },
            { "name": "outcome", "table": { "hit": "priority", "inputs": ["age", "burden", "guarantor"],
                "outputOrder": ["\"ineligible\"", "\"refer\"", "\"eligible\""], "rules": [
                { "when": ["< 18", "-", "-"], "then": "\"ineligible\"", "reason": "too_young" },
                { "when": ["-", "> 0.5", "false, null"], "then": "\"ineligible\"", "reason": "burden_too_high" },
                { "when": ["-", "(0.4..0.5]", "-"], "then": "\"refer\"", "reason": "burden_high" },
                { "when": ["-", "> 0.5", "true"], "then": "\"refer\"", "reason": "guaranteed" },
                { "when": ["-", "-", "-"], "then": "\"eligible\"" }
            ] } },
            { "name": "limit", "formula": "income * 3.3333" },
            { "name": "annual", "formula": "0.1 + 0.02 / 3" }
        ],
        "result": { "outcome": "outcome", "limit": "limit", "annual": "annual", "score": "burden" },
        "affordability": { "income": "income", "obligations": "debts", "shareMax": "0.4" },
        "messages": {
            "too_young": { "zh-CN": "{seen} 岁，须 {needed}", "en": "{seen}; needed {needed}" },
            "burden_high": { "zh-CN": "负担偏重" }
        }
    })
}

fn try_answer(policy: &Value, facts: Value, options: Value) -> Result<Value, LoanError> {
    let compiled = load_policy(&wire(policy)).unwrap_or_else(|error| panic!("{error}"));
    let text = precheck(&compiled, &wire(&facts), &wire(&options))?;
    let value: Value = serde_json::from_str(&text).expect("JSON");
    // Fields are written in sorted order, as RFC 8785 wants them; serde_json sorts as it reads.
    assert_eq!(value.to_string(), text);
    Ok(value)
}

fn answer(policy: &Value, facts: Value, options: Value) -> Value {
    try_answer(policy, facts, options).unwrap_or_else(|error| panic!("{error}"))
}

fn facts(changes: Value) -> Value {
    merged(json!({ "age": 30, "income": "8000.00", "debts": "500.00" }), changes)
}

/// Loan A: 10,000.00 in four instalments of 2,562.81.
fn terms(changes: Value) -> Value {
    json!({ "terms": loan_a_with(changes), "locale": "en" })
}

fn names(list: &Value, field: &str) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|entry| entry[field].as_str().expect("text").to_owned()).collect()
}

#[test]
fn an_eligible_answer_has_everything_the_contract_names() {
    let result = answer(&policy(), facts(json!({})), terms(json!({})));
    let fingerprint = load_policy(&wire(&policy())).expect("no fault").fingerprint().to_owned();
    assert_eq!(
        result,
        json!({
            "outcome": "eligible", "limit": "26666.40", "annual": "0.1066666667", "score": "0.38285125",
            "reasons": [], "suggestions": [],
            "affordability": { "payment": "2562.81", "disposableIncome": "2700.00", "debtToIncome": "0.38285125",
                               "principalMaximum": "10535.31" },
            "factsUsed": [
                { "name": "age", "purpose": "adulthood", "sensitive": false },
                { "name": "income", "purpose": "affordability", "sensitive": true },
                { "name": "debts", "purpose": "affordability", "sensitive": true },
                { "name": "guarantor", "purpose": "a second source of repayment", "sensitive": false }
            ],
            "notice": "This is an indication from what you have entered, not a decision: the lender decides whether it \
                       lends, how much and at what rate.",
            "trace": [
                { "decision": "burden", "value": "0.38285125" },
                { "decision": "outcome", "value": "eligible", "rule": 5 },
                { "decision": "limit", "value": "26666.4" },
                { "decision": "annual", "value": "0.1066666666666666666666666667" }
            ],
            "policy": { "id": "answers", "version": "7", "fingerprint": fingerprint }
        })
    );
    let chinese = answer(&policy(), facts(json!({})), json!({ "terms": loan_a_with(json!({})) }));
    assert!(chinese["notice"].as_str().expect("text").contains("不是审批决定"));
}

#[test]
fn reasons_say_what_was_seen_and_what_is_needed() {
    let young = answer(&policy(), facts(json!({ "age": 17 })), terms(json!({})));
    assert_eq!(young["outcome"], "ineligible");
    assert_eq!(
        young["reasons"],
        json!([{ "code": "too_young", "decision": "outcome", "field": "age", "message": "17; needed >= 18", "needed": ">= 18", "seen": "17" }])
    );
    let burdened = answer(&policy(), facts(json!({ "income": "4000" })), terms(json!({})));
    // (500.00 + 2,562.81) ÷ 4,000; a guarantor would help as well, but the burden stands first.
    let reason = &burdened["reasons"][0];
    assert_eq!((&reason["code"], &reason["field"]), (&json!("burden_too_high"), &json!("burden")));
    assert_eq!((&reason["seen"], &reason["needed"]), (&json!("0.765703"), &json!("<= 0.5")));
    // Without words, the code; with words in one language only, those.
    assert_eq!(reason["message"], "burden_too_high");
    let refer = answer(&policy(), facts(json!({ "income": "7000" })), terms(json!({})));
    assert_eq!(refer["outcome"], "refer");
    let reason = &refer["reasons"][0];
    assert_eq!((&reason["message"], &reason["needed"]), (&json!("负担偏重"), &json!("<= 0.4")));
    // A value just beyond a limit is shown with as many digits as tell them apart.
    let beside = answer(&policy(), facts(json!({ "income": "6125.6199999" })), terms(json!({})));
    assert_eq!(beside["reasons"][0]["code"], "burden_too_high");
    assert!(beside["reasons"][0]["seen"].as_str().expect("text").starts_with("0.50000000000816"), "{beside}");
    // Two reasons at once.
    let both = answer(&policy(), facts(json!({ "income": "4000", "age": 17 })), terms(json!({})));
    assert_eq!(names(&both["reasons"], "code"), ["too_young", "burden_too_high"]);
}

#[test]
fn what_is_missing_makes_the_answer_incomplete() {
    let result = answer(&policy(), json!({ "age": 30, "income": null }), json!({ "locale": "en" }));
    assert_eq!(result["outcome"], "incomplete");
    assert_eq!(names(&result["reasons"], "code"), ["fact_missing", "fact_missing", "terms_missing"]);
    assert_eq!(names(&result["reasons"], "field"), ["income", "debts", "terms"]);
    assert_eq!(names(&result["reasons"], "decision"), ["burden", "burden", "burden"]);
    let changes: Vec<&Value> =
        result["suggestions"].as_array().expect("a list").iter().map(|one| &one["change"]).collect();
    assert_eq!(changes, [&json!({ "fact": "income" }), &json!({ "fact": "debts" })]);
    assert_eq!(result["reasons"][0]["message"], "Still needed: income (purpose: affordability).");
    for absent in ["limit", "annual", "score", "affordability", "notice"] {
        assert!(result[absent].is_null(), "{absent}");
    }
    assert_eq!((&result["trace"], &result["factsUsed"]), (&json!([]), &json!([])));
}

#[test]
fn facts_that_no_decision_needs_are_not_used() {
    let result = answer(&policy(), facts(json!({ "savings": "99999", "guarantor": true })), terms(json!({})));
    assert!(!names(&result["factsUsed"], "name").contains(&"savings".to_owned()));
    // A branch that is not taken reads nothing.
    let mut lazy = policy();
    lazy["decisions"][1]["formula"] = json!("if age < 18 then 9 else (debts + maximumPayment) / income");
    lazy["affordability"] = Value::Null;
    lazy["decisions"][3]["formula"] = json!("100");
    lazy["result"]["score"] = Value::Null;
    let young = answer(&lazy, facts(json!({ "age": 17 })), terms(json!({})));
    assert_eq!(names(&young["factsUsed"], "name"), ["age", "guarantor"]);
    let grown = answer(&lazy, facts(json!({})), terms(json!({})));
    assert_eq!(names(&grown["factsUsed"], "name"), ["age", "income", "debts", "guarantor"]);
}

#[test]
fn a_third_partys_page_reckons_and_does_not_judge() {
    let mut third = policy();
    third["operator"] = json!("thirdParty");
    let result = answer(&third, facts(json!({ "age": 17 })), terms(json!({})));
    assert_eq!(result["outcome"], "notAssessed");
    assert_eq!(result["affordability"]["principalMaximum"], "10535.31");
    assert_eq!(result["lender"], json!({ "name": "Test Bank", "url": "https://bank.example/loan" }));
    assert_eq!(names(&result["reasons"], "code"), ["not_assessed"]);
    assert!(result["reasons"][0]["message"].as_str().expect("text").ends_with("Test Bank: https://bank.example/loan"));
    // Only what the sums need, and nothing that would judge or ask.
    assert_eq!(names(&result["factsUsed"], "name"), ["income", "debts"]);
    for absent in ["limit", "annual", "score"] {
        assert!(result[absent].is_null(), "{absent}");
    }
    assert_eq!((&result["trace"], &result["suggestions"]), (&json!([]), &json!([])));
    // No question list either: missing facts are not asked for.
    let bare = answer(&third, json!({}), json!({}));
    assert_eq!((&bare["outcome"], &bare["suggestions"]), (&json!("notAssessed"), &json!([])));
    assert_eq!(names(&bare["reasons"], "code"), ["not_assessed"]);
    assert!(bare["affordability"].is_null());
    third["lenderUrl"] = json!("http://bank.example");
    assert!(load_policy(&wire(&third)).is_err());
    // A score is a judgement.
    let error = calls::health_score(
        &wire(&facts(json!({}))),
        &wire(&json!({ "policy": merged(third, json!({ "lenderUrl": null })) })),
    );
    assert_eq!(error.expect_err("no score").issues[0].code, "not_assessed");
}

/// The largest payment of a loan of that principal, by the public quote.
fn maximum_payment(terms: &Value, principal: i64) -> Option<i128> {
    let text = format!("{}.{:02}", principal / 100, principal % 100);
    let quote = common::try_quote(&merged(terms.clone(), json!({ "principal": text }))).ok()?;
    Some(common::units(quote["schedule"]["maximumPayment"].as_str()?, 2))
}

#[test]
fn affordability_inverts_exactly() {
    let cases = [
        json!({}),
        json!({ "instalmentCount": 12, "interest": { "annual": "0.18" } }),
        json!({ "instalmentCount": 60, "interest": { "annual": "0.0735" } }),
        json!({ "instalmentCount": 36, "interest": { "annual": "0.24" }, "method": "equalPrincipal" }),
        json!({ "instalmentCount": 12, "interest": { "flat": "0.006" }, "method": "flat" }),
        json!({ "instalmentCount": 12, "method": "interestOnly" }),
        json!({ "instalmentCount": 6, "method": "bullet" }),
        json!({ "instalmentCount": 12, "accrual": "actual/365", "dueDay": 10 }),
        json!({ "instalmentCount": 12, "interestOnlyInstalments": 3 }),
        json!({ "instalmentCount": 12, "balloon": "2000.00" }),
        json!({ "instalmentCount": 12, "rounding": { "instalmentUnit": "10.00" } }),
        json!({ "instalmentCount": 12, "fees": [{ "code": "service", "charge": { "rate": "0.02", "of": "principal" }, "when": "disbursement", "settlement": "financed" },
                                               { "code": "guarantee", "charge": { "rate": "0.003", "of": "openingBalance" }, "when": "eachInstalment" },
                                               { "code": "membership", "charge": { "amount": "9.90" }, "when": "firstInstalment" }] }),
        json!({ "instalmentCount": 12, "fees": [{ "code": "service", "charge": { "amount": "300.00" }, "when": "disbursement", "settlement": "deducted" }] }),
        json!({ "instalmentCount": 24, "benefits": [{ "kind": "interestDiscount", "factor": "0.8" }] }),
        json!({ "instalmentCount": 1 }),
        json!({ "instalmentCount": 12, "principal": "5000000.00" }),
    ];
    for change in cases {
        let options = terms(change.clone());
        for income in ["2000.00", "8000.00", "8123.45", "61234.56"] {
            let result = answer(&policy(), facts(json!({ "income": income })), options.clone());
            let affordability = &result["affordability"];
            let text = |field: &str| common::units(affordability[field].as_str().expect("text"), 2);
            // 0.4 × income − 500.00, in cents, by whole numbers.
            let disposable = common::units(income, 2) * 4 / 10 - 50_000;
            assert_eq!(text("disposableIncome"), disposable, "{change}");
            let maximum = i64::try_from(text("principalMaximum")).expect("an amount");
            let fits = |principal: i64| {
                maximum_payment(&options["terms"], principal).is_some_and(|payment| payment <= disposable)
            };
            assert!(maximum == 0 || fits(maximum), "{change} {income}: {maximum} should fit");
            for more in 1..=20 {
                assert!(!fits(maximum + more), "{change} {income}: {maximum} + {more} should not fit");
            }
            assert!(
                maximum > 0 || change.get("balloon").is_some() || change.get("fees").is_some(),
                "{change} {income}"
            );
        }
    }
    // Nothing left to spend, and terms that fit no other principal.
    let poor = answer(&policy(), facts(json!({ "income": "1250.00" })), terms(json!({})));
    assert_eq!(
        (&poor["affordability"]["disposableIncome"], &poor["affordability"]["principalMaximum"]),
        (&json!("0.00"), &json!("0.00"))
    );
    let custom = terms(json!({ "method": "custom", "principalPlan": ["1000.00", "0.00", "4000.00", "5000.00"] }));
    assert!(answer(&policy(), facts(json!({})), custom)["affordability"]["principalMaximum"].is_null());
    // Semantics section 9: 1,000.00 a month bears 3,901.97; 3,901.98 would pay 1,000.01.
    let worked = answer(&policy(), facts(json!({ "income": "3750.00" })), terms(json!({})));
    assert_eq!(
        (&worked["affordability"]["disposableIncome"], &worked["affordability"]["principalMaximum"]),
        (&json!("1000.00"), &json!("3901.97"))
    );
    let yen = answer(
        &policy(),
        facts(json!({ "income": "8000", "debts": "500" })),
        terms(json!({ "currency": "JPY", "principal": "10000" })),
    );
    assert_eq!(
        (&yen["affordability"]["payment"], &yen["affordability"]["disposableIncome"]),
        (&json!("2563"), &json!("2700"))
    );
}

#[test]
fn suggestions_are_true_and_the_smallest_that_pass() {
    let outcome_of = |change: Value, facts: &Value| {
        answer(&policy(), facts.clone(), terms(change))["outcome"].as_str().expect("text").to_owned()
    };
    let burdened = facts(json!({ "income": "7000" }));
    let result = answer(&policy(), burdened.clone(), terms(json!({})));
    assert_eq!(result["outcome"], "refer");
    let [smaller, longer] = &result["suggestions"].as_array().expect("a list")[..] else { panic!("{result}") };
    assert_eq!((&smaller["code"], &longer["code"]), (&json!("smaller_principal"), &json!("longer_term")));
    // 0.4 × 7,000 − 500 = 2,300.00 a month.
    let principal = common::units(smaller["change"]["principal"].as_str().expect("text"), 2);
    assert_eq!(outcome_of(smaller["change"].clone(), &burdened), "eligible");
    let more = principal + 1;
    assert_eq!(outcome_of(json!({ "principal": format!("{}.{:02}", more / 100, more % 100) }), &burdened), "refer");
    assert_eq!(longer["change"], json!({ "instalmentCount": 5 }));
    assert_eq!(outcome_of(json!({ "instalmentCount": 5 }), &burdened), "eligible");
    assert!(
        smaller["message"].as_str().expect("text").contains(smaller["change"]["principal"].as_str().expect("text"))
    );

    // Far too much: 24 more instalments, or a guarantor for a review; a fact that cannot help is not suggested.
    let poor = facts(json!({ "income": "2000" }));
    let result = answer(&policy(), poor.clone(), terms(json!({})));
    assert_eq!(names(&result["suggestions"], "code"), ["smaller_principal", "longer_term", "fact_may_help"]);
    let count = result["suggestions"][1]["change"]["instalmentCount"].as_u64().expect("a count");
    assert_eq!(outcome_of(json!({ "instalmentCount": count }), &poor), "eligible");
    for fewer in 5..count {
        assert_ne!(outcome_of(json!({ "instalmentCount": fewer }), &poor), "eligible");
    }
    assert_eq!(result["suggestions"][2]["change"], json!({ "fact": "guarantor" }));
    assert_eq!(outcome_of(json!({}), &merged(poor.clone(), json!({ "guarantor": true }))), "refer");
    let guaranteed = answer(&policy(), merged(poor, json!({ "guarantor": false })), terms(json!({})));
    assert_eq!(names(&guaranteed["suggestions"], "code"), ["smaller_principal", "longer_term"]);

    // No loan helps somebody of 17, and no debt leaves room for one.
    let young = answer(&policy(), facts(json!({ "age": 17 })), terms(json!({})));
    assert_eq!(young["suggestions"], json!([]));
    let hopeless = answer(&policy(), facts(json!({ "income": "900", "guarantor": false })), terms(json!({})));
    assert_eq!(hopeless["suggestions"], json!([]));
    // A plan of one's own fits one principal and one number of instalments only.
    let custom = json!({ "method": "custom", "principalPlan": ["1000.00", "0.00", "4000.00", "5000.00"] });
    let planned = answer(&policy(), facts(json!({ "guarantor": false })), terms(custom));
    assert_eq!((&planned["outcome"], &planned["suggestions"]), (&json!("ineligible"), &json!([])));
}

#[test]
fn a_smaller_principal_is_found_between_two_limits() {
    // Loans from 4,000.00 to 4,321.00 only: what is asked for lies far above.
    let mut narrow = policy();
    narrow["decisions"] = json!([{ "name": "outcome", "table": { "hit": "first", "inputs": ["principal"], "otherwise": "\"ineligible\"",
        "rules": [{ "when": ["[4000..4321]"], "then": "\"eligible\"" }] } }]);
    narrow["result"] = json!({ "outcome": "outcome" });
    let result = answer(&narrow, facts(json!({})), terms(json!({})));
    assert_eq!(result["suggestions"][0]["change"], json!({ "principal": "4321.00" }), "{result}");
    assert_eq!(result["suggestions"].as_array().expect("a list").len(), 1);
}

#[test]
fn options_and_facts_are_wrong_all_at_once() {
    let error = try_answer(
        &policy(),
        json!({ "age": "30", "incme": "1" }),
        json!({ "on": "2026-13-01", "locale": "fr", "term": 1, "terms": { "principal": "0.00" } }),
    )
    .expect_err("wrong");
    let places: Vec<&str> = error.issues.iter().map(|issue| issue.field.as_str()).collect();
    assert_eq!(places[..5], ["facts.age", "facts.incme", "options.term", "options.locale", "options.on"]);
    assert!(places.contains(&"options.terms.principal") && places.contains(&"options.terms.method"), "{places:?}");
    assert_eq!(try_answer(&policy(), json!({}), json!(7)).expect_err("no options").issues[0].field, "options");
    let error = try_answer(&policy(), facts(json!({ "income": "0" })), terms(json!({}))).expect_err("a division");
    assert_eq!((error.issues[0].code, error.issues[0].field.as_str()), ("division_by_zero", "decisions[1].formula"));
    // Fees that eat the whole loan have no rate.
    let mut rates = policy();
    rates["decisions"][1]["formula"] = json!("simpleAnnual");
    let fees = json!([{ "code": "f", "charge": { "amount": "10000.00" }, "when": "disbursement" }]);
    let error = try_answer(&rates, facts(json!({})), terms(json!({ "fees": fees }))).expect_err("no rate");
    assert_eq!((error.issues[0].code, error.issues[0].field.as_str()), ("no_sign_change", "options.terms"));
}

#[test]
fn handles_are_fingerprints() {
    let mut shuffled = policy();
    shuffled["affordability"]["unused"] = Value::Null;
    shuffled["validTo"] = Value::Null;
    let text = calls::load_policy(&wire(&policy())).expect("no fault");
    assert_eq!(calls::load_policy(&wire(&shuffled)).expect("no fault"), text, "null is not given");
    let handle: Value = serde_json::from_str(&text).expect("JSON");
    let by_handle =
        calls::precheck(&wire(&handle), &wire(&facts(json!({}))), &wire(&terms(json!({})))).expect("an answer");
    let by_policy =
        calls::precheck(&wire(&policy()), &wire(&facts(json!({}))), &wire(&terms(json!({})))).expect("an answer");
    assert_eq!(by_handle, by_policy);
    assert!(by_handle.contains(handle["fingerprint"].as_str().expect("text")));
    let unknown =
        calls::precheck(&wire(&json!({ "fingerprint": "0".repeat(64) })), &wire(&json!({})), &wire(&json!({})));
    assert_eq!(unknown.expect_err("not loaded").issues[0].code, "unknown_policy");
    let faulty =
        calls::precheck(&wire(&merged(policy(), json!({ "result": null }))), &wire(&json!({})), &wire(&json!({})));
    assert_eq!(faulty.expect_err("a fault").issues[0].field, "result");
    // 64 newer ones push it out, unless it is used in between.
    for version in 0..64 {
        calls::load_policy(&wire(&merged(policy(), json!({ "version": format!("v{version}") })))).expect("no fault");
        if version == 40 {
            assert!(calls::precheck(&wire(&handle), &wire(&json!({})), &wire(&json!({}))).is_ok());
        }
    }
    assert!(calls::precheck(&wire(&handle), &wire(&json!({})), &wire(&json!({}))).is_ok());
    for version in 100..164 {
        calls::load_policy(&wire(&merged(policy(), json!({ "version": format!("v{version}") })))).expect("no fault");
    }
    assert!(calls::precheck(&wire(&handle), &wire(&json!({})), &wire(&json!({}))).is_err());
}

/// SHA-256 of the file's own canonical form: any library for RFC 8785 gives the same.
#[test]
fn the_fingerprint_is_that_of_the_file() {
    use sha2::{Digest, Sha256};
    let canonical = policy().to_string(); // serde_json sorts its keys; the texts here need no escapes that differ
    let digest: String = Sha256::digest(canonical.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(load_policy(&wire(&policy())).expect("no fault").fingerprint(), digest);
}
