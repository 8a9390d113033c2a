//! The agenda over several loans.

use crate::common::{loan_a, loan_a_with, merged, wire};
use crate::support::{first_payment, problems};
use clearloan::LoanError;
use clearloan::reminder::agenda_json;
use serde_json::{Value, json};

fn try_agenda(loans: &Value, options: &Value) -> Result<Value, LoanError> {
    Ok(serde_json::from_str(&agenda_json(&wire(loans), &wire(options))?).expect("JSON"))
}

fn agenda(loans: Value, options: Value) -> Value {
    try_agenda(&loans, &options).unwrap_or_else(|error| panic!("{error}"))
}

/// Entries as "loan instalment date amount", with a mark where late.
fn entries(agenda: &Value) -> Vec<String> {
    let entry = |entry: &Value| {
        let text = |field: &str| entry[field].as_str().expect("text").to_owned();
        let late = if entry["overdue"] == json!(true) { " late" } else { "" };
        format!("{} {} {} {}{late}", text("loanId"), entry["instalment"], text("dueDate"), text("amount"))
    };
    agenda["entries"].as_array().expect("entries").iter().map(entry).collect()
}

/// Loan A, of which instalment 1 is late, and one of 3,000.00 without interest, due on the 24th and the 31st.
fn loans() -> Value {
    let second = loan_a_with(json!({ "principal": "3000.00", "interest": { "annual": "0" }, "instalmentCount": 3,
                                     "disbursementDate": "2026-12-24" }));
    json!([{ "loanId": "A", "terms": loan_a() }, { "loanId": "B", "terms": second, "events": [] }])
}

#[test]
fn entries_are_in_order_of_due_dates_with_the_total_of_each_day() {
    let agenda = agenda(loans(), json!({ "today": "2027-01-10" }));
    assert_eq!(
        entries(&agenda),
        [
            "A 1 2026-12-24 2562.81 late",
            "A 2 2027-01-24 2562.81",
            "B 1 2027-01-24 1000.00",
            "A 3 2027-02-24 2562.81",
            "B 2 2027-02-24 1000.00",
            "A 4 2027-03-24 2562.81",
            "B 3 2027-03-24 1000.00",
        ]
    );
    assert_eq!(agenda["days"][0], json!({ "currency": "CNY", "date": "2026-12-24", "total": "2562.81" }));
    assert_eq!(agenda["days"][1]["total"], "3562.81");
    assert_eq!(agenda["days"].as_array().map(Vec::len), Some(4));
    assert_eq!(agenda.get("neededByPayday"), None, "no payday was given");
}

#[test]
fn the_cash_needed_by_the_next_payday_counts_what_is_late_and_due_up_to_that_day() {
    let needed = |today: &str, payday: u32| {
        let agenda = agenda(loans(), json!({ "today": today, "payday": payday }));
        (agenda["neededByPayday"].as_str().expect("a sum").to_owned(), agenda["nextPayday"].clone())
    };
    assert_eq!(needed("2027-01-10", 15), ("2562.81".to_owned(), json!("2027-01-15")));
    assert_eq!(needed("2027-01-10", 10), ("6125.62".to_owned(), json!("2027-02-10")), "today's wages have come");
    assert_eq!(needed("2027-01-10", 24), ("6125.62".to_owned(), json!("2027-01-24")), "due on the payday itself");
    assert_eq!(needed("2027-01-31", 31).1, json!("2027-02-28"));
}

#[test]
fn loans_that_are_paid_or_of_another_currency() {
    let paid = json!([{ "loanId": "A", "terms": loan_a(),
                        "events": [first_payment(), { "kind": "prepayment", "date": "2027-01-10", "amount": "all", "keep": "term" }] }]);
    let result = agenda(paid, json!({ "today": "2027-01-10", "payday": 1 }));
    assert_eq!((&result["entries"], &result["neededByPayday"]), (&json!([]), &json!("0.00")));
    let yen = merged(loan_a(), json!({ "currency": "JPY", "principal": "10000" }));
    let both = json!([{ "loanId": "A", "terms": loan_a() }, { "loanId": "J", "terms": yen }]);
    let result = agenda(both, json!({ "today": "2026-11-24", "payday": 1 }));
    assert_eq!(result.get("neededByPayday"), None, "there is no sum of yuan and yen");
    assert_eq!(result["days"][0]["total"], "2562.81");
    assert_eq!(result["days"][1], json!({ "currency": "JPY", "date": "2026-12-24", "total": "2563" }));
    let empty = agenda(json!([]), json!({ "today": "2026-11-24" }));
    assert_eq!(empty["entries"], json!([]));
}

#[test]
fn every_bad_field_is_told_under_its_own_loan() {
    let loans = json!([
        { "loanId": "A", "terms": merged(loan_a(), json!({ "method": "level" })) },
        { "loanId": "B", "terms": loan_a(), "events": [{ "kind": "payment", "date": "2026-12-24", "amount": "-1" }] },
        { "loanId": "B", "terms": loan_a(), "event": [] },
        { "terms": loan_a() },
        { "loanId": "E", "terms": 5 },
    ]);
    let error = try_agenda(&loans, &json!({ "today": "2026-11-24", "payday": 0, "pay": 1 })).expect_err("bad");
    let mut told = problems(&error);
    told.sort();
    assert_eq!(
        told,
        [
            "loans[0].terms.method not_one_of",
            "loans[1].events[0].amount not_a_decimal",
            "loans[2].event unknown_field",
            "loans[3].loanId required",
            "loans[4].terms wrong_type",
            "options.pay unknown_field",
            "options.payday out_of_range",
        ]
    );
    let twice = json!([{ "loanId": "A", "terms": loan_a() }, { "loanId": "A", "terms": loan_a() }]);
    let error = try_agenda(&twice, &json!({ "today": "2026-11-24" })).expect_err("twice");
    assert_eq!(problems(&error), ["loans[1].loanId inconsistent"]);
    let many = json!(vec![json!({}); 65]);
    let error = try_agenda(&many, &json!({ "today": "2026-11-24" })).expect_err("many");
    assert_eq!(problems(&error), ["loans too_many"]);
}
