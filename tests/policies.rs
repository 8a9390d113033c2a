//! The shipped policies load without a fault, and decide what their README says.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::precheck::{Compiled, load_policy, precheck};
use common::{merged, plain, wire};
use serde_json::{Value, json};

fn policy(name: &str) -> Value {
    let path = format!("{}/policies/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn compiled(name: &str) -> Compiled {
    load_policy(&wire(&policy(name))).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn answer(policy: &Compiled, facts: &Value, options: Value) -> Value {
    let text = precheck(policy, &wire(facts), &wire(&options)).unwrap_or_else(|error| panic!("{error}\n{facts}"));
    serde_json::from_str(&text).expect("JSON")
}

/// What a decision gave.
fn traced<'r>(result: &'r Value, decision: &str) -> &'r str {
    let trace = result["trace"].as_array().expect("a trace");
    let entry =
        trace.iter().find(|entry| entry["decision"] == decision).unwrap_or_else(|| panic!("{decision}: {result}"));
    entry["value"].as_str().expect("text")
}

fn codes(result: &Value) -> Vec<&str> {
    result["reasons"]
        .as_array()
        .expect("reasons")
        .iter()
        .map(|reason| reason["code"].as_str().expect("a code"))
        .collect()
}

const NONE: [&str; 0] = [];

#[test]
fn every_policy_loads_and_has_words_for_whatever_it_shows() {
    for name in ["consumer-credit", "dynamic-limit", "financial-health", "dmn-lending"] {
        let policy = policy(name);
        assert_eq!(compiled(name).fingerprint().len(), 64);
        let messages = policy["messages"].as_object().expect("messages");
        let has_both =
            |code: &str| messages.get(code).is_some_and(|words| words["zh-CN"].is_string() && words["en"].is_string());
        let mut reasons = 0;
        for decision in policy["decisions"].as_array().expect("decisions") {
            for rule in decision["table"]["rules"].as_array().into_iter().flatten() {
                if let Some(code) = rule["reason"].as_str() {
                    assert!(has_both(code), "{name}: {code}");
                    reasons += 1;
                }
            }
        }
        assert!(reasons > 4, "{name}");
        if name != "dmn-lending" {
            for input in policy["inputs"].as_array().expect("inputs") {
                let input = input["name"].as_str().expect("a name");
                assert!(has_both(input) && has_both(&format!("purpose.{input}")), "{name}: {input}");
            }
        }
        if name == "consumer-credit" {
            // The page asks by this policy: each answer to choose, and each figure that a reason compares, has words too.
            for input in policy["inputs"].as_array().expect("inputs") {
                for value in input["values"].as_array().into_iter().flatten().filter(|_| input["type"] == "text") {
                    let code = format!("value.{}.{}", plain(&input["name"]), plain(value));
                    assert!(has_both(&code), "{code}");
                }
            }
            for decision in
                policy["decisions"].as_array().expect("decisions").iter().filter(|one| one["name"] != "outcome")
            {
                for compared in decision["table"]["inputs"].as_array().into_iter().flatten() {
                    assert!(has_both(&plain(compared)), "{compared}");
                }
            }
        }
    }
}

// ───────────────────────── DMN's lending example ─────────────────────────

/// dmn-tck, compliance level 3, 0004-lending, test 001.
fn tck_0004() -> Value {
    json!({
        "monthlyIncome": "6000", "monthlyExpenses": "2000", "monthlyRepayments": "0", "age": 35, "existingCustomer": true,
        "maritalStatus": "M", "employmentStatus": "EMPLOYED", "productType": "STANDARD LOAN", "amount": "350000",
        "rate": "0.0395", "term": 360, "creditScore": 649, "bankrupt": false
    })
}

/// dmn-tck, compliance level 3, 0087-chapter-11-example, tests 001 to 003e.
fn tck_0087() -> Value {
    json!({
        "monthlyIncome": "100000", "monthlyExpenses": "10000", "monthlyRepayments": "2500", "age": 51,
        "existingCustomer": false, "maritalStatus": "M", "employmentStatus": "EMPLOYED", "productType": "STANDARD LOAN",
        "amount": "100000", "rate": "0.08", "term": 36, "creditScore": 600, "bankrupt": false
    })
}

#[test]
fn the_lending_example_decides_as_published() {
    let lending = compiled("dmn-lending");
    let result = answer(&lending, &tck_0004(), Value::Null);
    for (decision, published) in [
        ("applicationRiskScore", "130"),
        ("preBureauRiskCategory", "LOW"),
        ("bureauCallType", "MINI"),
        ("postBureauRiskCategory", "LOW"),
        ("preBureauAffordability", "true"),
        ("eligibility", "ELIGIBLE"),
        ("strategy", "BUREAU"),
        ("postBureauAffordability", "true"),
        ("routing", "ACCEPT"),
    ] {
        assert_eq!(traced(&result, decision), published, "{decision}");
    }
    // Published as 1680.880325608555, from binary fractions: 1680.8803256086347968 is exact.
    assert!(traced(&result, "requiredMonthlyInstallment").starts_with("1680.88032560863479681900"));
    assert_eq!((&result["outcome"], &result["score"]), (&json!("eligible"), &json!("130")));

    let result = answer(&lending, &tck_0087(), Value::Null);
    for (decision, published) in [
        ("applicationRiskScore", "138"),
        ("preBureauRiskCategory", "VERY LOW"),
        ("bureauCallType", "NONE"),
        ("eligibility", "ELIGIBLE"),
        ("strategy", "THROUGH"),
        ("postBureauAffordability", "true"),
        ("routing", "ACCEPT"),
    ] {
        assert_eq!(traced(&result, decision), published, "{decision}");
    }
}

#[test]
fn the_lending_example_gives_every_row_of_its_tables() {
    let lending = compiled("dmn-lending");
    // Age, marital status, employment, customer: score, category, call. By hand from the tables.
    for (age, marital, employment, customer, score, category, call) in [
        (18, "S", "UNEMPLOYED", false, "72", "HIGH", "FULL"),
        (21, "S", "UNEMPLOYED", true, "72", "DECLINE", "NONE"),
        (22, "S", "STUDENT", true, "78", "DECLINE", "NONE"),
        (26, "S", "UNEMPLOYED", true, "80", "HIGH", "FULL"),
        (36, "S", "SELF-EMPLOYED", false, "104", "MEDIUM", "FULL"),
        (50, "S", "UNEMPLOYED", true, "88", "HIGH", "FULL"),
        (49, "S", "EMPLOYED", true, "113", "LOW", "MINI"),
        (25, "S", "EMPLOYED", false, "105", "MEDIUM", "FULL"),
        (18, "M", "EMPLOYED", false, "122", "LOW", "MINI"),
        (35, "M", "EMPLOYED", false, "130", "LOW", "MINI"),
        (36, "M", "EMPLOYED", false, "133", "VERY LOW", "NONE"),
        (50, "M", "STUDENT", true, "111", "LOW", "MINI"),
        (22, "M", "STUDENT", true, "98", "MEDIUM", "FULL"),
    ] {
        let facts = merged(
            tck_0087(),
            json!({ "age": age, "maritalStatus": marital, "employmentStatus": employment, "existingCustomer": customer }),
        );
        let result = answer(&lending, &facts, Value::Null);
        let got = ["applicationRiskScore", "preBureauRiskCategory", "bureauCallType"].map(|name| traced(&result, name));
        assert_eq!(got, [score, category, call], "{facts}");
    }
    // Customer, score by age (married, employed) and credit score: category after the bureau call.
    for (customer, age, credit, category) in [
        (false, 18, 599, "HIGH"),
        (false, 18, 600, "MEDIUM"),
        (false, 18, 625, "MEDIUM"),
        (false, 18, 626, "LOW"),
        (false, 36, 0, "VERY LOW"),
        (true, 36, 589, "HIGH"),
        (true, 36, 590, "MEDIUM"),
        (true, 36, 615, "MEDIUM"),
        (true, 36, 616, "LOW"),
    ] {
        let facts = merged(tck_0087(), json!({ "existingCustomer": customer, "age": age, "creditScore": credit }));
        assert_eq!(traced(&answer(&lending, &facts, Value::Null), "postBureauRiskCategory"), category, "{facts}");
    }
    for (changes, outcome, reasons) in [
        (json!({ "age": 17 }), "ineligible", vec!["under_age"]),
        (json!({ "bankrupt": true }), "ineligible", vec!["bankrupt"]),
        (json!({ "creditScore": 579 }), "refer", vec!["credit_score_low"]),
        (json!({ "creditScore": null, "bankrupt": null }), "eligible", vec![]),
        (json!({ "monthlyIncome": "12500" }), "ineligible", vec!["not_affordable", "not_affordable_after_bureau"]),
        (json!({ "existingCustomer": true, "creditScore": 585 }), "refer", vec!["high_risk"]),
    ] {
        let result = answer(&lending, &merged(tck_0087(), changes.clone()), Value::Null);
        assert_eq!((result["outcome"].as_str(), codes(&result)), (Some(outcome), reasons), "{changes}");
    }
    let result = answer(&lending, &merged(tck_0087(), json!({ "age": 17 })), json!({ "locale": "en" }));
    assert_eq!(result["reasons"][0]["message"], "Age 17; needed: >= 18.");
}

/// The file of dmn-tck 0004 has [120..130) where the specification has [120..130]: a score of 130 falls through. The gap is
/// found when such a policy is loaded.
#[test]
fn the_gap_of_the_published_file_is_found() {
    let mut wrong = policy("dmn-lending");
    let rule = &mut wrong["decisions"][1]["table"]["rules"][2];
    assert_eq!(rule["when"], json!(["false", "[120..130]"]));
    rule["when"] = json!(["false", "[120..130)"]);
    let error = load_policy(&wire(&wrong)).expect_err("a gap");
    let [issue] = &error.issues[..] else { panic!("{error}") };
    assert_eq!((issue.code, issue.field.as_str()), ("gap", "decisions[1].table"));
    assert!(
        issue.message.en.starts_with("no rule takes existingCustomer: false; applicationRiskScore: 130"),
        "{error}"
    );
}

// ───────────────────────── consumer credit ─────────────────────────

fn borrower() -> Value {
    json!({
        "age": 30, "student": false, "employment": "employed", "monthlyIncome": "10000.00", "monthlyObligations": "1000.00",
        "householdCredit": "20000.00", "existingLoans": 1, "overdueNow": false, "overdueTimes": 0,
        "purpose": "renovation", "lenderType": "consumerFinance"
    })
}

fn loan(changes: Value) -> Value {
    json!({ "terms": common::loan_a_with(merged(json!({ "principal": "30000.00", "instalmentCount": 12 }), changes)), "locale": "en" })
}

#[test]
fn consumer_credit_refuses_refers_and_accepts_for_the_reasons_it_names() {
    let credit = compiled("consumer-credit");
    let result = answer(&credit, &borrower(), loan(json!({})));
    assert_eq!(result["outcome"], "eligible", "{result}");
    assert_eq!(codes(&result), NONE);
    assert_eq!((&result["limit"], &result["annual"]), (&json!("80000.00"), &json!("0.072")));
    for (changes, outcome, reasons) in [
        (json!({ "age": 17 }), "ineligible", vec!["age_below_minimum"]),
        (json!({ "age": 18 }), "eligible", vec![]),
        (json!({ "age": 65 }), "eligible", vec![]),
        (json!({ "age": 66 }), "refer", vec!["age_above_usual"]),
        (json!({ "student": true }), "refer", vec!["student_second_source"]),
        (json!({ "student": true, "lenderType": "smallLoan" }), "ineligible", vec!["student_small_loan"]),
        (json!({ "employment": "retired" }), "eligible", vec![]),
        (json!({ "employment": "unemployed", "monthlyIncome": "40000" }), "refer", vec!["no_own_income"]),
        (json!({ "purpose": "stocks" }), "ineligible", vec!["purpose_refused"]),
        (json!({ "purpose": "property" }), "ineligible", vec!["purpose_refused"]),
        (json!({ "purpose": "business" }), "refer", vec!["purpose_business"]),
        (json!({ "overdueNow": true }), "ineligible", vec!["overdue_now"]),
        (json!({ "overdueTimes": 2 }), "eligible", vec![]),
        (json!({ "overdueTimes": 3 }), "refer", vec!["overdue_sometimes"]),
        (json!({ "overdueTimes": 6 }), "ineligible", vec!["overdue_often"]),
        (json!({ "existingLoans": 5 }), "refer", vec!["many_loans"]),
        (json!({ "existingLoans": 10 }), "ineligible", vec!["too_many_loans"]),
        // The last instalment, 2,665.51, is the largest; with 1,000.00 it is half of 7,331.02 exactly.
        (json!({ "monthlyIncome": "7331.02" }), "eligible", vec![]),
        (json!({ "monthlyIncome": "7331.01" }), "refer", vec!["burden_high"]),
        (json!({ "monthlyIncome": "5000" }), "ineligible", vec!["burden_too_high"]),
        (json!({ "householdCredit": "170000" }), "eligible", vec![]),
        (json!({ "householdCredit": "170000.01" }), "ineligible", vec!["household_cap", "above_limit"]),
        (
            json!({ "age": 17, "purpose": "futures", "overdueNow": true }),
            "ineligible",
            vec!["age_below_minimum", "purpose_refused", "overdue_now"],
        ),
    ] {
        let result = answer(&credit, &merged(borrower(), changes.clone()), loan(json!({})));
        assert_eq!((result["outcome"].as_str(), codes(&result)), (Some(outcome), reasons), "{changes}");
    }
    let asked = answer(&credit, &json!({ "age": 30 }), loan(json!({})));
    assert_eq!(
        asked["reasons"][2]["message"],
        "Still needed: Monthly income after tax (purpose: to reckon which share of the income repayments take)."
    );
    let result = answer(&credit, &borrower(), loan(json!({ "instalmentCount": 61 })));
    assert_eq!(codes(&result), ["term_too_long"]);
    assert_eq!(
        result["reasons"][0]["message"],
        "61 instalments are too many: consumer loans run for five years at most."
    );
}

#[test]
fn consumer_credit_holds_the_policys_dates() {
    let credit = compiled("consumer-credit");
    let on = |day: &str| {
        let options = merged(loan(json!({})), json!({ "on": day }));
        precheck(&credit, &wire(&borrower()), &wire(&options))
    };
    assert!(on("2026-08-01").is_ok());
    let error = on("2026-07-31").expect_err("too early");
    assert_eq!((error.issues[0].code, error.issues[0].field.as_str()), ("policy_not_in_force", "options.on"));
    assert_eq!(error.issues[0].limit.as_deref(), Some("2026-08-01.."));
}

// ───────────────────────── dynamic limit ─────────────────────────

fn customer() -> Value {
    json!({
        "spending": ["4000", "4200", "3900", "4100", "4000", "3800"], "monthlyIncome": "9000", "monthsOnBook": 30,
        "onTimeShare": "1", "utilisation": "0.25", "overdueNow": false, "memberTier": "none"
    })
}

#[test]
fn the_dynamic_limit_moves_with_score_volatility_tasks_and_tier() {
    let dynamic = compiled("dynamic-limit");
    let today = json!({ "on": "2026-09-30" });
    let at = |changes: Value| answer(&dynamic, &merged(customer(), changes), today.clone());
    let shown = |result: &Value| {
        [&result["outcome"], &result["score"], &result["limit"], &result["annual"]]
            .map(|value| value.as_str().unwrap_or("-").to_owned())
    };
    // Mean 4,000, stdev √20,000 = 141.42…: 0.0353…; score 25 + 20 + 35 + 20; 3 × 4,000.
    assert_eq!(shown(&at(json!({}))), ["eligible", "100", "12000.00", "0.084"]);
    assert!(traced(&at(json!({})), "volatility").starts_with("0.035355339059327376"));
    assert_eq!(shown(&at(json!({ "memberTier": "gold" }))), ["eligible", "100", "13200.00", "0.072"]);
    assert_eq!(shown(&at(json!({ "memberTier": "platinum" }))), ["eligible", "100", "14400.00", "0.06"]);
    // Volatile: mean 4,000, stdev 4,381.78…, above 0.7.
    let volatile = json!({ "spending": ["0", "8000", "0", "8000", "0", "8000"] });
    assert_eq!(shown(&at(volatile.clone())), ["eligible", "75", "8800.00", "0.108"]);
    assert_eq!(codes(&at(volatile)), ["spending_volatile"]);
    // Six to 24 months.
    assert_eq!(at(json!({ "spending": vec!["4000"; 5] }))["outcome"], "refer");
    assert_eq!(at(json!({ "spending": vec!["4000"; 24] }))["outcome"], "eligible");
    assert_eq!(at(json!({ "spending": vec!["4000"; 25] }))["outcome"], "refer");
    assert_eq!(shown(&at(json!({ "spending": [] })))[..3], ["refer", "75", "0.00"]);
    // A temporary limit for tasks counts to its last day.
    let tasks = |until: &str| at(json!({ "tasksCompleted": 3, "taskLimitUntil": until }));
    assert_eq!(shown(&tasks("2026-09-30")), ["eligible", "100", "13500.00", "0.084"]);
    assert_eq!(codes(&tasks("2026-09-30")), ["task_limit_open"]);
    assert_eq!(shown(&tasks("2026-09-29")), ["eligible", "100", "12000.00", "0.084"]);
    assert_eq!(at(json!({ "tasksCompleted": 50, "taskLimitUntil": "2026-12-31" }))["limit"], "15000.00");
    // Overdue, or a score below 30: no limit.
    assert_eq!(shown(&at(json!({ "overdueNow": true })))[..3], ["ineligible", "100", "0.00"]);
    let poor = json!({ "onTimeShare": "0.5", "utilisation": "1.2", "monthsOnBook": 1 });
    assert_eq!(shown(&at(poor)), ["ineligible", "25", "0.00", "0.18"]);
    // The income bounds it: four times 2,000.
    assert_eq!(at(json!({ "monthlyIncome": "2000" }))["limit"], "8000.00");
    // Without today's date nobody can say whether a temporary limit still holds.
    let undated = answer(&dynamic, &customer(), Value::Null);
    assert_eq!((undated["outcome"].as_str(), codes(&undated)), (Some("incomplete"), vec!["day_missing"]));
}
