//! Complete schedules of Apache Fineract, to the cent and the day. Each case becomes terms of ours where they can say
//! the same; what they cannot say and where Fineract rounds by rules of its own is listed by name. Both lists are exact:
//! a case that suddenly matches, or one that suddenly does not, fails.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use common::{plain, quote, rows, units, vectors};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeMap;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Agreements that our terms cannot express.
const NOT_EXPRESSED: [(&str, &str); 7] = [
    ("fineract-feat-018", "a re-amortisation undone: an event in the life of the loan, not its terms"),
    ("fineract-feat-025", "interest of a grace period is deferred and collected later"),
    ("fineract-emi-04", "a second tranche is paid out in March"),
    ("fineract-C111043", "what the 31st of a short month would be falls on the 1st of the next"),
    ("fineract-C111045-roll", "what the 31st of a short month would be falls on the 1st of the next"),
    ("fineract-C3475", "an interest pause of some days"),
    ("fineract-C3476", "an interest pause of some days"),
];

/// Agreements that our terms express, on which Fineract's own rules give other cents.
const DIFFERENT_BY_RULE: [(&str, &str); 5] = [
    ("fineract-feat-013", "flat interest runs on the down payment too, which is paid back on the first day"),
    ("fineract-emi-14", "the level instalment is nudged by a share of the last difference"),
    ("fineract-C3166", "the level instalment is nudged by a share of the last difference"),
    ("fineract-C3152", "actual/actual is split at 31 December, ISDA's at 1 January"),
    ("fineract-C3156-resched", "part of a 30-day month is its actual days over the month's own length"),
];

/// The terms that say the same, and the rows they stand for; `None` where ours cannot say it.
fn terms_of(case: &Value) -> Option<(Value, &[Value])> {
    let input = &case["input"];
    let config = input.get("product_config").unwrap_or(input);
    let asked = |field: &str| input.get(field).filter(|value| !value.is_null() && **value != json!(0));
    let disbursements = input["disbursements"].as_array().map_or(0, Vec::len);
    let is_reamortised = case["scenario"].as_str().is_some_and(|scenario| scenario.contains("re-amortization"))
        && case["expected"]["rows"][1]["due"] == "0.0";
    if disbursements > 1
        || asked("interest_pause").is_some()
        || asked("grace_on_interest").is_some()
        || asked("monthEndDueDateStrategy").is_some()
        || is_reamortised
    {
        return None;
    }
    let unit = match input["repay_frequency"].as_str()? {
        "MONTHS" => "months",
        "WEEKS" => "weeks",
        "DAYS" => "days",
        other => panic!("a new frequency: {other}"),
    };
    let first = &input["disbursements"][0];
    let mut principal = decimal(input.get("principal").unwrap_or(&first["amount"]));
    let mut rows = case["expected"]["rows"].as_array()?.as_slice();
    // A down payment on the day of the disbursement is a smaller loan; its row is no instalment.
    if asked("downPaymentPct").or_else(|| config.get("downPaymentPct")).is_some() {
        principal -= decimal(&rows[0]["principal"]);
        rows = &rows[1..];
    }
    let every = plain(&input["repay_every"]).parse::<u32>().ok()?;
    let mut terms = json!({
        "principal": principal.normalize().to_string(),
        "interest": { "annual": percent(input.get("annual_nominal_rate_pct").unwrap_or(&json!("0"))) },
        "method": if input["interest_type"] == "FLAT" { "flat" } else { "equalInstalment" },
        "instalmentCount": input["n"],
        "every": { unit: every },
        "disbursementDate": input.get("disbursement_date").unwrap_or(&first["date"]),
        "accrual": accrual_of(input, config, unit),
        "rounding": { "mode": "halfEven" },
    });
    if let Some(unit) = config.get("installmentAmountInMultiplesOf").filter(|unit| !unit.is_null()) {
        terms["rounding"]["instalmentUnit"] = json!(plain(unit));
    }
    if let Some(grace) = asked("grace_on_principal") {
        terms["interestOnlyInstalments"] = grace.clone();
    }
    if let Some(reschedule) = asked("reschedule") {
        terms["firstDueDate"] = reschedule["adjusted_due"].clone();
    }
    if let Some(change) = asked("rate_changes").and_then(|changes| changes.get(0)) {
        // "From 2 February" is after the due date of 1 February: from the second instalment.
        let from = rows.iter().position(|row| row["due_date"].as_str() >= change["from"].as_str())? + 1;
        terms["steps"] = json!([{ "fromInstalment": from, "interest": { "annual": percent(&change["annual_pct"]) } }]);
    }
    Some((terms, rows))
}

fn accrual_of(input: &Value, config: &Value, unit: &str) -> &'static str {
    let (year, month) = (plain(&config["daysInYear"]), plain(&config["daysInMonth"]));
    if input["interest_calculation_period"] == "SAME_AS_REPAYMENT_PERIOD" {
        return "periodic";
    }
    match (year.as_str(), month.as_str(), unit) {
        ("360", "30", "months") if input.get("reschedule").is_some() => "30/360",
        ("360", "30", "months") => "periodic",
        ("360", _, _) => "actual/360",
        ("365", _, _) => "actual/365",
        // 364 days are 52 weeks.
        ("364", _, "weeks") => "periodic",
        ("ACTUAL", _, _) => "actual/actual-isda",
        other => panic!("a new basis: {other:?}"),
    }
}

fn decimal(value: &Value) -> Decimal {
    plain(value).parse().expect("a decimal")
}

fn percent(value: &Value) -> String {
    (decimal(value) / Decimal::from(100)).normalize().to_string()
}

/// Where our rows and theirs differ.
fn differences(terms: &Value, theirs: &[Value]) -> Vec<String> {
    let quote = quote(terms);
    let ours = rows(&quote);
    if ours.len() != theirs.len() {
        return vec![format!("{} rows, there {}", ours.len(), theirs.len())];
    }
    let mut found = Vec::new();
    for (ours, theirs) in ours.iter().zip(theirs) {
        let number = &ours["number"];
        if ours["dueDate"] != theirs["due_date"] {
            found.push(format!("{number}: due {}, there {}", ours["dueDate"], theirs["due_date"]));
        }
        if theirs.get("days").is_some_and(|days| plain(days) != plain(&ours["days"])) {
            found.push(format!("{number}: {} days, there {}", ours["days"], theirs["days"]));
        }
        for (field, there) in
            [("principal", "principal"), ("interest", "interest"), ("payment", "due"), ("closingBalance", "balance")]
        {
            let amount = |row: &Value, field: &str| units(&plain(&row[field]), 2);
            if amount(ours, field) != amount(theirs, there) {
                found.push(format!("{number}: {field} {}, there {}", ours[field], theirs[there]));
            }
        }
    }
    found
}

#[test]
fn every_schedule_matches_but_for_those_listed() {
    let file = vectors("peer_fineract_schedules.json");
    let (mut not_expressed, mut different, mut same) = (Vec::new(), BTreeMap::new(), 0);
    for case in file["cases"].as_array().expect("cases") {
        let id = plain(&case["id"]);
        let Some((terms, theirs)) = terms_of(case) else {
            not_expressed.push(id);
            continue;
        };
        let differences = differences(&terms, theirs);
        if differences.is_empty() {
            same += 1;
        } else {
            different.insert(id, differences);
        }
    }
    let names = |list: &[(&str, &str)]| {
        let mut names: Vec<String> = list.iter().map(|(id, _)| (*id).to_owned()).collect();
        names.sort();
        names
    };
    not_expressed.sort();
    assert_eq!(not_expressed, names(&NOT_EXPRESSED));
    let different_ids: Vec<String> = different.keys().cloned().collect();
    assert_eq!(different_ids, names(&DIFFERENT_BY_RULE), "{different:#?}");
    assert_eq!(same, 28, "complete schedules, to the cent and the day");
}

#[test]
fn a_nudged_level_instalment_differs_by_one_cent_a_row_and_the_same_sum_of_principal() {
    // What the lists call "nudged" is nothing worse: the level instalment is one cent off, and the last row absorbs it.
    let file = vectors("peer_fineract_schedules.json");
    for id in ["fineract-emi-14", "fineract-C3166"] {
        let case = file["cases"].as_array().expect("cases").iter().find(|case| case["id"] == id).expect("the case");
        let (terms, theirs) = terms_of(case).expect("expressible");
        let ours = quote(&terms);
        for (ours, theirs) in rows(&ours).iter().zip(theirs).take(theirs.len() - 1) {
            let difference = units(&plain(&ours["payment"]), 2) - units(&plain(&theirs["due"]), 2);
            assert_eq!(difference.abs(), 1, "{id}, instalment {}", ours["number"]);
        }
    }
}
