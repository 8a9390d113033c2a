//! The financial health score: every part at and beside its edges, and the young and students protected. And the sample
//! catalogue, whose terms can be quoted.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::precheck::{calls, load_policy, precheck};
use common::{merged, wire};
use serde_json::{Value, json};

/// Everything at its best: 25 + 25 + 15 + 20 + 15.
fn person() -> Value {
    json!({
        "age": 35, "student": false, "monthlyIncome": "10000", "monthlySpending": "4000", "monthlyDebtPayments": "2000",
        "savings": "24000", "latePayments": 0, "creditLimit": "20000", "creditUsed": "6000",
        "netCashFlows": ["2000", "2000", "2000"]
    })
}

fn score(changes: Value) -> Value {
    let text = calls::health_score(&wire(&merged(person(), changes.clone())), &wire(&json!({ "locale": "en" })))
        .unwrap_or_else(|error| panic!("{changes}: {error}"));
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value.to_string(), text, "sorted fields");
    let parts = value["parts"].as_array().expect("parts");
    let sum: i64 = parts.iter().map(|part| part["points"].as_i64().expect("whole points")).sum();
    assert_eq!(value["score"].as_i64(), Some(sum), "the parts add up");
    value
}

fn part(result: &Value, code: &str) -> i64 {
    let parts = result["parts"].as_array().expect("parts");
    parts.iter().find(|part| part["code"] == code).expect("the part")["points"].as_i64().expect("points")
}

#[test]
fn the_best_and_the_worst() {
    let best = score(json!({}));
    assert_eq!(
        (&best["score"], &best["band"], &best["bandMessage"]),
        (&json!(100), &json!("strong"), &json!("Strong"))
    );
    assert_eq!((&best["topics"], &best["topicMessages"]), (&json!([]), &json!([])));
    // 12 months of 35 % of the income less what is paid already: 12 × 1,500.
    assert_eq!(best["advisedLimit"], "18000.00");
    assert_eq!(
        best["parts"][0],
        json!({ "code": "debtBurden", "points": 25, "message": "Repayments take at most 20 % of the income." })
    );
    assert_eq!(best["factsUsed"].as_array().expect("facts").len(), 10);
    assert!(best["notice"].as_str().expect("text").contains("not a decision"));
    let worst = score(json!({
        "monthlyDebtPayments": "6000", "savings": "0", "latePayments": 9, "creditUsed": "20000",
        "netCashFlows": ["-9000", "9000", "-9000"]
    }));
    assert_eq!(
        (&worst["score"], &worst["band"], &worst["advisedLimit"]),
        (&json!(0), &json!("fragile"), &json!("0.00"))
    );
    assert_eq!(
        worst["topics"],
        json!(["owe_less", "emergency_fund", "use_less_credit", "pay_on_time", "monthly_budget"])
    );
    assert_eq!(worst["topicMessages"][3], "Paying on time: set reminders");
}

#[test]
fn every_part_at_and_beside_its_edges() {
    for (code, field, values) in [
        (
            "debtBurden",
            "monthlyDebtPayments",
            [("2000", 25), ("2000.01", 18), ("3500", 18), ("3500.01", 9), ("5000", 9), ("5000.01", 0)],
        ),
        (
            "savingsMonths",
            "savings",
            [("23999.99", 18), ("24000", 25), ("11999.99", 9), ("12000", 18), ("3999.99", 0), ("4000", 9)],
        ),
        (
            "utilisation",
            "creditUsed",
            [("6000", 15), ("6000.01", 10), ("12000.01", 4), ("18000", 4), ("18000.01", 0), ("12000", 10)],
        ),
    ] {
        for (value, points) in values {
            assert_eq!(part(&score(json!({ field: value })), code), points, "{field} {value}");
        }
    }
    for (late, points) in [(0, 20), (1, 12), (2, 6), (3, 0), (200, 0)] {
        assert_eq!(part(&score(json!({ "latePayments": late })), "punctuality"), points);
    }
    // The sample deviation of three numbers in equal steps is the step.
    for (flows, points) in [
        (json!(["0", "1500", "3000"]), 15),
        (json!(["0", "1500.01", "3000.02"]), 10),
        (json!(["0", "3000", "6000"]), 10),
        (json!(["0", "3000.01", "6000.02"]), 4),
        (json!(["0", "6000", "12000"]), 4),
        (json!(["0", "6000.01", "12000.02"]), 0),
        (json!(["2000", "2000"]), 8), // too few to tell
        (json!(null), 8),
    ] {
        assert_eq!(part(&score(json!({ "netCashFlows": flows })), "cashFlow"), points, "{flows}");
    }
    assert_eq!(part(&score(json!({ "creditLimit": null })), "utilisation"), 8);
    assert_eq!(part(&score(json!({ "creditLimit": "0", "creditUsed": "0" })), "utilisation"), 15);
    assert_eq!(part(&score(json!({ "creditLimit": "0", "creditUsed": "1" })), "utilisation"), 0);
    // Without an income, debt is all burden and no debt is none; nothing is divided by zero.
    assert_eq!(part(&score(json!({ "monthlyIncome": "0" })), "debtBurden"), 0);
    assert_eq!(part(&score(json!({ "monthlyIncome": "0", "monthlyDebtPayments": "0" })), "debtBurden"), 25);
    assert_eq!(part(&score(json!({ "monthlySpending": "0", "savings": "0" })), "savingsMonths"), 0);
    for (changes, score_points, band) in [
        (json!({ "savings": "3000" }), 75, "fair"),
        (json!({ "latePayments": 3 }), 80, "strong"),
        (json!({ "latePayments": 3, "creditUsed": "7000" }), 75, "fair"),
        (json!({ "latePayments": 3, "savings": "3000", "creditUsed": "19000" }), 40, "strained"),
        (json!({ "latePayments": 3, "savings": "3000", "creditUsed": "19000", "netCashFlows": null }), 33, "fragile"),
    ] {
        let result = score(changes.clone());
        assert_eq!((&result["score"], &result["band"]), (&json!(score_points), &json!(band)), "{changes}");
    }
}

#[test]
fn the_young_and_students_are_protected() {
    let minor = score(json!({ "age": 17 }));
    assert_eq!((&minor["advisedLimit"], &minor["topics"]), (&json!("0.00"), &json!(["no_borrowing_under_18"])));
    let young = score(json!({ "age": 22 }));
    assert_eq!((&young["advisedLimit"], &young["topics"]), (&json!("4500.00"), &json!(["first_loans"])));
    assert_eq!(score(json!({ "age": 23 }))["advisedLimit"], "18000.00");
    let student = score(json!({ "age": 23, "student": true }));
    assert_eq!((&student["advisedLimit"], &student["topics"]), (&json!("0.00"), &json!(["students_and_loans"])));
    assert_eq!(score(json!({ "age": 20, "student": true }))["topics"], json!(["first_loans", "students_and_loans"]));
}

#[test]
fn what_is_missing_or_no_score_is_an_error() {
    let error =
        calls::health_score(&wire(&json!({ "age": 30, "savings": "x" })), &wire(&Value::Null)).expect_err("missing");
    let places: Vec<String> = error.issues.iter().map(|issue| format!("{} {}", issue.code, issue.field)).collect();
    assert_eq!(
        places,
        [
            "not_a_decimal facts.savings",
            "required facts.student",
            "required facts.monthlyIncome",
            "required facts.monthlySpending",
            "required facts.monthlyDebtPayments",
            "required facts.savings",
            "required facts.latePayments"
        ]
    );
    let own = |formula: &str, score: Value| {
        json!({ "id": "own", "version": "1", "lender": "x", "operator": "lender", "inputs": [], "messages": {},
                "decisions": [{ "name": "s", "formula": formula }, { "name": "o", "formula": "if s > 50 then \"eligible\" else \"refer\"" }],
                "result": { "outcome": "o", "score": score } })
    };
    let with =
        |policy: Value| calls::health_score(&wire(&json!({})), &wire(&json!({ "policy": policy, "locale": "zh-CN" })));
    let text = with(own("70.5", json!("s"))).expect("a score");
    let result: Value = serde_json::from_str(&text).expect("JSON");
    // Without a band of its own, the outcome; half a point counts.
    assert_eq!((&result["score"], &result["band"], &result["parts"]), (&json!(71), &json!("eligible"), &json!([])));
    for (policy, code, field) in [
        (own("100.5", json!("s")), "not_a_score", "options.policy.result.score"),
        (own("-1", json!("s")), "not_a_score", "options.policy.result.score"),
        (own("1", Value::Null), "not_a_score", "options.policy.result.score"),
        (own("1 / (1 - 1)", json!("s")), "division_by_zero", "decisions[0].formula"),
        (own("1 +", json!("s")), "syntax", "options.policy.decisions[0].formula"),
        (json!({ "fingerprint": "0" }), "unknown_policy", "options.policy.fingerprint"),
    ] {
        let error = with(policy.clone()).expect_err(code);
        assert_eq!((error.issues[0].code, error.issues[0].field.as_str()), (code, field), "{policy}");
    }
    assert_eq!(
        calls::health_score(&wire(&person()), &wire(&json!({ "local": "en" }))).expect_err("unknown").issues[0].field,
        "options.local"
    );
}

#[test]
fn the_catalogue_is_marked_and_its_terms_can_be_quoted() {
    let path = format!("{}/policies/products.json", env!("CARGO_MANIFEST_DIR"));
    let catalogue: Value = serde_json::from_str(&std::fs::read_to_string(path).expect("a file")).expect("JSON");
    assert_eq!((&catalogue["illustrative"], &catalogue["asOf"]), (&json!(true), &json!("2023")));
    let products = catalogue["products"].as_array().expect("products");
    assert_eq!(products.len(), 5);
    // Two of them have no published range: what stands there is invented, and says so in both languages.
    let invented: Vec<&Value> = products.iter().filter(|product| product["invented"] == true).collect();
    let names: Vec<&str> = invented.iter().filter_map(|product| product["id"].as_str()).collect();
    assert_eq!(names, ["jd-jintiao", "douyin-fangxinjie"]);
    for product in invented {
        assert!(product["note"]["zh-CN"].as_str().expect("text").contains("虚构"));
        assert!(product["note"]["en"].as_str().expect("text").contains("invented"));
    }
    for product in products {
        let (principal, annual) = (&product["principal"], &product["annual"]);
        for amount in [&principal["minimum"], &principal["maximum"], &product["terms"]["principal"]] {
            for rate in [&annual["minimum"], &annual["maximum"]] {
                for count in product["instalmentCounts"].as_array().expect("counts") {
                    let terms = merged(
                        product["terms"].clone(),
                        json!({ "principal": amount, "interest": { "annual": rate }, "instalmentCount": count }),
                    );
                    let simple = common::quote(&terms)["cost"]["simpleAnnual"].as_str().expect("a rate").to_owned();
                    let apart = common::units(&simple, 10) - common::units(rate.as_str().expect("a rate"), 10);
                    assert!(apart.abs() < 500_000, "{}: {simple} for {rate}", product["id"]);
                }
            }
        }
        let own = common::units(common::quote(&product["terms"])["cost"]["simpleAnnual"].as_str().expect("a rate"), 10);
        let at = |edge: &Value| common::units(edge.as_str().expect("a rate"), 10);
        assert!(at(&annual["minimum"]) <= own && own <= at(&annual["maximum"]), "{}", product["id"]);
        // What is required is a cell that the engine reads.
        for required in product["requires"].as_array().expect("a list") {
            let policy = json!({
                "id": "p", "version": "1", "lender": "x", "operator": "lender", "messages": {},
                "inputs": [{ "name": required["fact"], "type": required["type"], "purpose": "p", "required": true }],
                "decisions": [{ "name": "o", "table": { "hit": "first", "inputs": [required["fact"]], "otherwise": "\"ineligible\"",
                    "rules": [{ "when": [required["test"]], "then": "\"eligible\"" }] } }],
                "result": { "outcome": "o" }
            });
            let compiled = load_policy(&wire(&policy)).unwrap_or_else(|error| panic!("{error}"));
            let met = if required["fact"] == "zhimaScore" {
                (json!(600), json!(599))
            } else {
                (json!("employed"), json!("unemployed"))
            };
            for (fact, outcome) in [(met.0, "\"outcome\":\"eligible\""), (met.1, "\"outcome\":\"ineligible\"")] {
                let facts = json!({ required["fact"].as_str().expect("a name"): fact });
                assert!(precheck(&compiled, &wire(&facts), &wire(&Value::Null)).expect("an answer").contains(outcome));
            }
        }
    }
}
