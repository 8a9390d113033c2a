//! What is refused: every bad field by its path, with its limit, all at once.

use crate::common::{loan_a, loan_a_with, merged};
use crate::support::{first_payment, try_replay};
use serde_json::{Value, json};

/// The problems as "path code limit".
fn problems(terms: &Value, events: &Value, as_of: &str) -> Vec<String> {
    let error = try_replay(terms, events, as_of).expect_err("should have been refused");
    error
        .issues
        .iter()
        .map(|issue| format!("{} {} {}", issue.field, issue.code, issue.limit.as_deref().unwrap_or("-")))
        .collect()
}

fn of_event(event: Value) -> Vec<String> {
    problems(&loan_a(), &json!([event]), "2027-01-10")
}

#[test]
fn every_problem_of_terms_events_and_day_is_told_at_once() {
    let terms = merged(loan_a(), json!({ "instalmentCount": 0 }));
    let events = json!([first_payment(), { "kind": "payment", "date": "2026-13-01", "amount": 5 }, { "kind": "pay" }]);
    assert_eq!(
        problems(&terms, &events, "today"),
        [
            "instalmentCount out_of_range 1..600",
            "events[1].amount number_not_string -",
            "events[1].date not_a_date -",
            "events[2].kind not_one_of payment, prepayment, rateChange, deferral, benefit",
            "asOf not_a_date -",
        ]
    );
}

#[test]
fn an_event_before_the_disbursement_is_refused() {
    let event = merged(first_payment(), json!({ "date": "2026-11-23" }));
    assert_eq!(of_event(event), ["events[0].date out_of_range 2026-11-24..2199-12-31"]);
    let on_the_day = merged(first_payment(), json!({ "date": "2026-11-24" }));
    assert!(try_replay(&loan_a(), &json!([on_the_day]), "2026-11-24").is_ok());
    assert_eq!(problems(&loan_a(), &json!([]), "2026-11-23"), ["asOf out_of_range 2026-11-24..2199-12-31"]);
}

#[test]
fn a_misspelt_field_is_told_with_the_one_meant() {
    let error = try_replay(&loan_a(), &json!([merged(first_payment(), json!({ "amuont": "1.00" }))]), "2027-01-10")
        .expect_err("unknown");
    assert_eq!(error.issues[0].field, "events[0].amuont");
    assert!(error.issues[0].message.en.contains("did you mean \"amount\""), "{}", error.issues[0].message.en);
}

#[test]
fn each_field_has_its_limit() {
    let prepayment = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "1.00", "keep": "term" });
    let deferral = json!({ "kind": "deferral", "fromInstalment": 2, "instalments": 1, "interest": "collect" });
    let cases = [
        (merged(first_payment(), json!({ "amount": "0.00" })), "events[0].amount out_of_range 0.01..10000000000000.00"),
        (merged(first_payment(), json!({ "amount": "all" })), "events[0].amount not_a_decimal -"),
        (merged(first_payment(), json!({ "amount": "1.005" })), "events[0].amount too_many_decimals 2"),
        (merged(first_payment(), json!({ "amount": null })), "events[0].amount required -"),
        (merged(prepayment.clone(), json!({ "keep": "both" })), "events[0].keep not_one_of payment, term"),
        (merged(prepayment, json!({ "keep": null })), "events[0].keep required -"),
        (merged(deferral.clone(), json!({ "fromInstalment": 5 })), "events[0].fromInstalment out_of_range 1..4"),
        (merged(deferral.clone(), json!({ "instalments": 597 })), "events[0].instalments out_of_range 1..596"),
        (merged(deferral.clone(), json!({ "instalments": 0 })), "events[0].instalments out_of_range 1..596"),
        (merged(deferral, json!({ "interest": "waive" })), "events[0].interest not_one_of capitalise, collect"),
        (
            json!({ "kind": "rateChange", "date": "2027-01-10", "interest": { "flat": "0.01" } }),
            "events[0].interest.flat not_allowed -",
        ),
        (
            json!({ "kind": "rateChange", "date": "2027-01-10", "interest": { "annual": "11" } }),
            "events[0].interest.annual out_of_range 0..10",
        ),
        (
            json!({ "kind": "benefit", "date": "2027-01-10", "benefit": { "kind": "feeWaiver", "fee": "service" } }),
            "events[0].benefit.fee not_one_of ",
        ),
        (
            json!({ "kind": "benefit", "date": "2027-01-10", "benefit": { "kind": "interestFree", "instalments": 601 } }),
            "events[0].benefit.instalments out_of_range 1..600",
        ),
        (json!({ "date": "2027-01-10" }), "events[0].kind required -"),
        (json!("payment"), "events[0] wrong_type -"),
    ];
    for (event, expected) in cases {
        assert_eq!(of_event(event.clone()), [expected], "{event}");
    }
}

#[test]
fn later_deferrals_count_the_instalments_that_earlier_ones_added() {
    let deferral = |from: u32, count: u32| json!({ "kind": "deferral", "fromInstalment": from, "instalments": count, "interest": "collect" });
    assert!(try_replay(&loan_a(), &json!([deferral(4, 2), deferral(6, 594)]), "2027-01-10").is_ok());
    assert_eq!(
        problems(&loan_a(), &json!([deferral(4, 2), deferral(7, 595)]), "2027-01-10"),
        ["events[1].fromInstalment out_of_range 1..6", "events[1].instalments out_of_range 1..594"]
    );
    let late = loan_a_with(json!({ "disbursementDate": "2199-06-24" }));
    assert_eq!(
        problems(&late, &json!([deferral(1, 3)]), "2199-07-01"),
        ["events[0].instalments inconsistent 2199-12-31"]
    );
}

#[test]
fn a_thousand_events_are_taken_and_no_more() {
    let events = |count: usize| json!(vec![merged(first_payment(), json!({ "amount": "0.01" })); count]);
    assert!(try_replay(&loan_a(), &events(1_000), "2027-01-10").is_ok());
    assert_eq!(problems(&loan_a(), &events(1_001), "2027-01-10"), ["events too_many 1000"]);
    assert_eq!(problems(&loan_a(), &json!({}), "2027-01-10"), ["events wrong_type -"]);
}

#[test]
fn amounts_beyond_exact_numbers_are_an_error_and_no_wrong_figure() {
    let terms = loan_a_with(json!({ "principal": "10000000000.00", "interest": { "annual": "10" } }));
    let deferral = json!({ "kind": "deferral", "fromInstalment": 1, "instalments": 500, "interest": "capitalise" });
    assert_eq!(problems(&terms, &json!([deferral]), "2027-01-10"), ["events amount_out_of_range -"]);
    let late = merged(
        terms,
        json!({ "contingent": [{ "kind": "overdue", "rateFactor": "99.123456789123", "compound": true }] }),
    );
    assert_eq!(problems(&late, &json!([]), "2199-12-31"), ["events amount_out_of_range -"]);
}
