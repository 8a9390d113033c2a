//! The worked numbers of section 10, one test a sentence. Loan A: 10,000.00 CNY, 12 % a year, 4 monthly equal
//! instalments, disbursed 2026-11-24. They were reproduced beforehand by an independent program in exact fractions.

use crate::common::loan_a;
use crate::support::{allocation, first_payment, prepayment, remaining, replay, with_early_fee, with_penalty};
use serde_json::json;

#[test]
fn seventeen_of_thirty_one_days_have_accrued_41_33() {
    let state = replay(&loan_a(), json!([first_payment()]), "2027-01-10");
    assert_eq!(state["outstanding"]["interest"], "41.33");
    assert_eq!(state["outstanding"]["principal"], "7537.19");
    assert_eq!(state["payoff"], "7578.52");
    assert_eq!(state["dueNow"], "0.00");
    assert_eq!(state["status"], "current");
    assert_eq!(state.get("saved"), None, "payments alone save nothing");
}

#[test]
fn a_payoff_with_a_fee_of_one_percent_costs_7653_89() {
    let terms = with_early_fee(json!({}));
    assert_eq!(replay(&terms, json!([first_payment()]), "2027-01-10")["payoff"], "7653.89");
}

#[test]
fn paying_the_payoff_settles() {
    for (terms, amount) in [(loan_a(), "7578.52"), (with_early_fee(json!({})), "7653.89")] {
        for amount in [amount, "all"] {
            let event = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": amount, "keep": "term" });
            let state = replay(&terms, json!([first_payment(), event]), "2027-01-10");
            assert_eq!(state["status"], "settled");
            assert_eq!((&state["payoff"], &state["kept"]), (&json!("0.00"), &json!("0.00")));
            assert_eq!(state["remaining"], json!([]));
        }
    }
}

#[test]
fn a_prepayment_pays_accrued_interest_then_principal() {
    let state = replay(&loan_a(), json!([first_payment(), prepayment("term")]), "2027-01-10");
    assert_eq!(allocation(&state, 0), "0.00 0.00 100.00 2462.81 0.00");
    assert_eq!(allocation(&state, 1), "0.00 0.00 41.33 1958.67 0.00");
}

#[test]
fn a_prepayment_with_a_fee_is_split_so_that_the_fee_is_one_percent_of_the_principal() {
    let state = replay(&with_early_fee(json!({})), json!([first_payment(), prepayment("term")]), "2027-01-10");
    assert_eq!(allocation(&state, 1), "0.00 19.39 41.33 1939.28 0.00");
}

#[test]
fn keeping_the_term_lowers_the_payment_and_saves_28_87() {
    let state = replay(&loan_a(), json!([first_payment(), prepayment("term")]), "2027-01-10");
    assert_eq!(remaining(&state, "payment"), "1886.52 1886.52 1886.52");
    assert_eq!(state["saved"], "28.87");
}

#[test]
fn keeping_the_payment_ends_the_loan_with_513_59_and_saves_49_22() {
    let state = replay(&loan_a(), json!([first_payment(), prepayment("payment")]), "2027-01-10");
    assert_eq!(remaining(&state, "payment"), "2562.81 2562.81 513.59");
    assert_eq!(state["saved"], "49.22");
}

#[test]
fn a_rate_change_counts_from_its_day_and_recasts() {
    let change = json!({ "kind": "rateChange", "date": "2027-01-10", "interest": { "annual": "0.09" } });
    let state = replay(&loan_a(), json!([first_payment(), change]), "2027-01-10");
    assert_eq!(remaining(&state, "payment"), "2553.65 2553.65 2553.64");
    assert_eq!(remaining(&state, "interest"), "66.86 37.88 19.01");
}

#[test]
fn a_deferral_that_collects_interest_takes_75_37_and_moves_the_rest_out() {
    let deferral = json!({ "kind": "deferral", "fromInstalment": 2, "instalments": 1, "interest": "collect" });
    let state = replay(&loan_a(), json!([first_payment(), deferral]), "2026-12-24");
    assert_eq!(remaining(&state, "payment"), "75.37 2562.81 2562.81 2562.81");
    assert_eq!(remaining(&state, "dueDate"), "2027-01-24 2027-02-24 2027-03-24 2027-04-24");
    assert_eq!(remaining(&state, "number"), "2 3 4 5");
}

#[test]
fn a_deferral_that_capitalises_takes_nothing_and_the_balance_grows_to_7612_56() {
    let deferral = json!({ "kind": "deferral", "fromInstalment": 2, "instalments": 1, "interest": "capitalise" });
    let state = replay(&loan_a(), json!([first_payment(), deferral]), "2026-12-24");
    assert_eq!(remaining(&state, "payment"), "0.00 2588.44 2588.44 2588.44");
    assert_eq!(remaining(&state, "openingBalance"), "7537.19 7612.56 5100.25 2562.81");
    assert_eq!(remaining(&state, "closingBalance"), "7612.56 5100.25 2562.81 0.00");
    let later = replay(&loan_a(), json!([first_payment(), deferral]), "2027-01-24");
    assert_eq!((&later["dueNow"], &later["status"]), (&json!("0.00"), &json!("current")), "nothing was due that day");
    assert_eq!(later["outstanding"]["principal"], "7612.56");
}

#[test]
fn ten_days_late_at_one_and_a_half_times_the_rate_cost_12_44() {
    let state = replay(&with_penalty(json!({})), json!([first_payment()]), "2027-02-03");
    assert_eq!(state["outstanding"]["penalty"], "12.44");
    assert_eq!(state["dueNow"], "2575.25");
    assert_eq!((&state["status"], &state["overdueDays"]), (&json!("overdue"), &json!(10)));
}

#[test]
fn with_compounding_they_cost_12_81() {
    let state = replay(&with_penalty(json!({ "compound": true })), json!([first_payment()]), "2027-02-03");
    assert_eq!(state["outstanding"]["penalty"], "12.81");
}

#[test]
fn a_part_paid_on_day_four_serves_penalty_interest_and_principal_and_4_71_follow() {
    let part = json!({ "kind": "payment", "date": "2027-01-28", "amount": "1000.00" });
    let state = replay(&with_penalty(json!({})), json!([first_payment(), part]), "2027-02-03");
    assert_eq!(allocation(&state, 1), "4.97 0.00 75.37 919.66 0.00");
    assert_eq!(state["outstanding"]["penalty"], "4.71");
    assert_eq!(
        remaining(&state, "payment"),
        "1567.78 2562.81 2562.81",
        "the unpaid part, then later rows as scheduled"
    );
}
