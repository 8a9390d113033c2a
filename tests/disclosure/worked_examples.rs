//! The regulators' own examples, as they are shown. A stream of payments without its rate is put as terms like this: the sum
//! of the payments is the principal, without interest, and what it exceeds the advance by is deducted as a fee.

use super::{disclose, figure};
use crate::common::{loan_a_with, merged, units, vectors};
use clearloan::disclosure::percent;
use clearloan::rate::PublishedRate;
use serde_json::{Value, json};

/// Payments in cents, one an interval.
fn stream(advance: &str, payments: &[i128], changes: Value) -> Value {
    let money = |cents: i128| format!("{}.{:02}", cents / 100, cents % 100);
    let total: i128 = payments.iter().sum();
    let plan: Vec<String> = payments.iter().map(|cents| money(*cents)).collect();
    let terms = loan_a_with(json!({
        "principal": money(total), "interest": { "annual": "0" }, "method": "custom", "instalmentCount": payments.len(),
        "principalPlan": plan,
        "fees": [{ "code": "charge", "charge": { "amount": money(total - units(advance, 2)) }, "when": "disbursement",
                   "settlement": "deducted" }]
    }));
    merged(terms, changes)
}

fn payments(case: &Value) -> Vec<i128> {
    let mut payments = Vec::new();
    for series in case["payments"].as_array().expect("series") {
        let cents = units(series["amount"].as_str().expect("text"), 2);
        let count = series["count"].as_u64().unwrap_or(1);
        payments.extend((0..count).map(|_| cents));
    }
    payments
}

/// Announcement [2021] No. 3: 100,000, a fee of 1,000, twelve times 8,833.3 (so printed): 12.80 % simple, 13.58 % compound.
#[test]
fn the_peoples_banks_example() {
    let file = vectors("cn_pboc_2021_3.json");
    let expected = |index: usize| format!("{}%", file["cases"][index]["expected_percent"].as_str().expect("text"));
    let fee = json!([{ "code": "service", "charge": { "amount": "1000.00" }, "when": "disbursement", "settlement": "deducted" }]);
    let as_printed = stream("99000.00", &[883_330; 12], json!({}));
    // The same loan from its terms: 0.5 % of the principal with each instalment; instalments of 8,833.33.
    let from_terms = loan_a_with(json!({ "principal": "100000.00", "interest": { "flat": "0.005" }, "method": "flat",
        "instalmentCount": 12, "fees": fee }));
    for terms in [&as_printed, &from_terms] {
        let simple = disclose(terms, "CN", json!({}));
        assert_eq!(simple["headline"]["shown"], expected(0));
        assert_eq!(figure(&simple, "costCashFlowSimple"), expected(0));
        assert_eq!(figure(&simple, "costCashFlowCompound"), expected(1));
        let compound = disclose(terms, "CN", json!({ "headline": "compound" }));
        assert_eq!(compound["headline"]["shown"], expected(1));
    }
    // Item by item it is another figure: 10.896379 % for the interest on 100,000, 1.859523 % for the fee on the principal as this
    // loan repays it (forty digits; with the principal of equal instalments the fee alone would be 1.829 %).
    let itemised = disclose(&from_terms, "CN", json!({}));
    let annual = super::field_of(&itemised, "items", "annual");
    assert_eq!([&annual[0][..8], &annual[1][..8]], ["0.108963", "0.018595"]);
    assert_eq!(figure(&itemised, "costAdditive"), "12.76%");
    assert_eq!(figure(&itemised, "costCashFlowSimple"), "12.80%");
}

/// Annex B of the Key Facts Statement: 20,000 at 15 %, 24 instalments, charges of 400: APR 17.07, from the unrounded instalment
/// 969.7330. To the paisa it is the same. Of 24 whole instalments of 970, as the annex prints them, it would be 17.10; our
/// instalments of 970 end in one of 962.56, and come to 17.07 again. Whole rupees are told of.
#[test]
fn the_reserve_banks_illustration() {
    let terms = loan_a_with(json!({ "currency": "INR", "principal": "20000.00", "interest": { "annual": "0.15" },
        "instalmentCount": 24,
        "fees": [{ "code": "processing", "charge": { "amount": "400.00" }, "when": "disbursement", "settlement": "deducted" }] }));
    let case = &vectors("in_rbi_kfs_2024.json")["cases"][0];
    let expected = format!("{}%", case["expected_apr_percent"].as_str().expect("text"));
    let notes = |disclosure: &Value| {
        super::texts(disclosure, "warnings").into_iter().filter(|text| text.contains("unrounded instalment")).count()
    };
    let to_the_paisa = disclose(&terms, "IN", json!({}));
    assert_eq!(to_the_paisa["headline"]["shown"], expected);
    assert_eq!(figure(&to_the_paisa, "netDisbursedAmount"), "19600.00");
    assert_eq!(figure(&to_the_paisa, "instalment"), "969.73");
    assert_eq!(figure(&to_the_paisa, "currency"), "INR");
    assert_eq!(notes(&to_the_paisa), 0);
    let to_the_rupee = disclose(&merged(terms, json!({ "rounding": { "instalmentUnit": "1.00" } })), "IN", json!({}));
    assert_eq!(
        figure(&to_the_rupee, "paymentSchedule"),
        "23 payments of 970.00 from 2026-12-24, monthly; 1 payment of 962.56 on 2028-11-24"
    );
    assert_eq!(to_the_rupee["headline"]["shown"], expected);
    assert_eq!(notes(&to_the_rupee), 1);
    let as_printed = stream("19600.00", &[97_000; 24], json!({ "currency": "INR" }));
    assert_eq!(disclose(&as_printed, "IN", json!({}))["headline"]["shown"], "17.10%");
}

/// Appendix J's examples with one advance and payments at equal intervals, from their dates; the others need half months, skipped
/// payments or more advances, which terms do not have.
#[test]
fn examples_of_appendix_j() {
    let interval = |unit: &str| match unit.split_once(' ') {
        Some((count, "month")) => json!({ "months": count.parse::<u32>().expect("a count") }),
        Some((count, "week")) => json!({ "weeks": count.parse::<u32>().expect("a count") }),
        _ => json!({ "months": 12 }),
    };
    let mut shown = Vec::new();
    let cases = ["us_regz_appendix_j.json", "us_regz_other_implementations.json"].map(vectors);
    for case in cases.iter().flat_map(|file| file["cases"].as_array().expect("cases")) {
        let id = case["id"].as_str().expect("an id");
        // c1iii counts half months, c6i skips payments.
        if ["c1iii", "c6i"].contains(&id) {
            continue;
        }
        let first = |name: &str, own: &str| {
            case["dates"]["intervals"][0][name].as_str().or(case[own].as_str()).map(str::to_owned)
        };
        let dates = json!({ "disbursementDate": first("from", "advance_date").unwrap_or("1978-01-10".to_owned()),
                            "firstDueDate": first("to", "first_payment_date"),
                            "every": interval(case["unit_period"].as_str().expect("text")), "currency": "USD" });
        let mut terms = stream(case["advances"][0]["amount"].as_str().expect("text"), &payments(case), dates);
        if id == "c5iv" {
            terms = merged(terms, json!({ "every": { "months": 24 } }));
        }
        let disclosure = disclose(&terms, "US", json!({}));
        let expected = case["expected_apr_percent"].as_str().expect("text");
        let rate = PublishedRate::parse(disclosure["headline"]["rate"].as_str().expect("text")).expect("a rate");
        let decimals = expected.split_once('.').map_or(0, |(_, decimals)| decimals.len()) as u32;
        assert_eq!(percent(rate, decimals), format!("{expected}%"), "{id}");
        assert_eq!(disclosure["headline"]["shown"], percent(rate, 2), "{id}");
        shown.push(id.to_owned());
    }
    assert_eq!(shown.len(), 16, "{shown:?}");
}

/// The Commission's report of 2015, examples 1 to 4 and 8 to 11 as far as they are one credit paid monthly or yearly: its answers to one decimal and to six.
#[test]
fn examples_of_the_commission() {
    let file = vectors("eu_mcd_aprc_examples_2015.json");
    let months = json!({ "disbursementDate": "2015-01-10" });
    // 3 odd days and a month; the year that ends with the odd days has 365 or 366.
    let odd = json!({ "disbursementDate": "2015-01-10", "firstDueDate": "2015-02-13" });
    let odd_leap = json!({ "disbursementDate": "2016-03-10", "firstDueDate": "2016-04-13" });
    let yearly = merged(odd.clone(), json!({ "every": { "months": 12 } }));
    for (id, dates) in [
        ("ex1", months.clone()),
        ("ex2_case1", odd),
        ("ex2_case2", odd_leap),
        ("ex2_case3", yearly),
        ("ex3", months.clone()),
        ("ex4", months.clone()),
        ("ex8", months.clone()),
        ("ex8_illustrative", months.clone()),
        ("ex9", months.clone()),
        ("ex10", months.clone()),
        ("ex11", months),
    ] {
        let case = file["cases"].as_array().expect("cases").iter().find(|case| case["id"] == id).expect(id);
        let mut payments = payments(case);
        if id.starts_with("ex8") {
            // The principal falls due on the day of the last interest.
            let principal = payments.pop().expect("payments");
            *payments.last_mut().expect("payments") += principal;
        }
        assert_eq!(payments[0], 400_000, "{id}: a charge of 4,000 at the start");
        let terms = stream("196000.00", &payments[1..], merged(dates, json!({ "currency": "EUR" })));
        let disclosure = disclose(&terms, "EU", json!({}));
        let expected = |field: &str| format!("{}%", case[field].as_str().expect("text"));
        assert_eq!(disclosure["headline"]["shown"], expected("expected_apr_1dp"), "{id}");
        let rate = PublishedRate::parse(disclosure["headline"]["rate"].as_str().expect("text")).expect("a rate");
        assert_eq!(percent(rate, 6), expected("expected_apr_percent_published"), "{id}");
    }
}

/// SWD(2012)128, section 4.1.2: 3.055 and 3.054 per cent.
#[test]
fn the_directives_rounding() {
    let file = vectors("eu_ccd_rounding.json");
    let cases = file["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 4);
    for case in cases {
        let fraction = format!("0.0{}", case["apr_percent"].as_str().expect("text").replace('.', ""));
        let rate = PublishedRate::parse(&fraction).expect("a rate");
        let decimals = case["decimals"].as_u64().expect("a count") as u32;
        assert_eq!(percent(rate, decimals), format!("{}%", case["expected"].as_str().expect("text")));
    }
    // The same from a loan: interest alone, once a year, is its own effective rate.
    for (annual, expected) in [("0.03055", "3.1%"), ("0.0305", "3.1%"), ("0.03049", "3.0%"), ("0.0304", "3.0%")] {
        let terms = loan_a_with(json!({ "principal": "100000.00", "interest": { "annual": annual },
            "method": "interestOnly", "every": { "months": 12 } }));
        assert_eq!(disclose(&terms, "EU", json!({}))["headline"]["shown"], expected, "{annual}");
    }
}

/// The EPI of a Key Facts Statement is one amount only where all instalments but the last are equal.
#[test]
fn the_instalment_of_a_key_facts_statement() {
    let label = |terms: &Value| {
        let disclosure = disclose(terms, "IN", json!({ "locale": "en" }));
        let figures = disclosure["figures"].as_array().unwrap().clone();
        figures.into_iter().find(|figure| figure["code"] == "instalment").unwrap()["label"].clone()
    };
    assert_eq!(label(&loan_a_with(json!({}))), "Amount of each instalment (EPI)");
    assert_eq!(label(&loan_a_with(json!({ "method": "equalPrincipal" }))), "First instalment (they vary)");
}
