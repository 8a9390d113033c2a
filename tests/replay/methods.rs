//! What each repayment method, and each option of the terms, makes of an event. Figures worked by hand.

use crate::common::{loan_a, loan_a_with, merged, plain, units};
use crate::support::{allocation, first_payment, payment, prepayment, rate_change, remaining, replay};
use serde_json::{Value, json};

fn early(date: &str, amount: &str, keep: &str) -> Value {
    json!({ "kind": "prepayment", "date": date, "amount": amount, "keep": keep })
}

#[test]
fn equal_parts_are_cut_or_end_earlier() {
    let terms = loan_a_with(json!({ "method": "equalPrincipal" }));
    // Two parts of 2,500.00 are paid; 1,000.00 of the other 5,000.00 is repaid on the second due date.
    let paid = [payment("2026-12-24", "2600.00"), payment("2027-01-24", "2575.00")];
    let after =
        |keep: &str| replay(&terms, json!([paid[0], paid[1], early("2027-01-24", "1000.00", keep)]), "2027-01-24");
    assert_eq!(remaining(&after("term"), "principal"), "2000.00 2000.00");
    assert_eq!(remaining(&after("term"), "interest"), "40.00 20.00");
    assert_eq!(remaining(&after("payment"), "principal"), "2500.00 1500.00");
    assert_eq!(remaining(&after("payment"), "interest"), "40.00 15.00");
    assert_eq!(after("payment")["saved"], "20.00", "50.00 + 25.00 less 40.00 + 15.00");
}

#[test]
fn flat_interest_falls_as_the_balance_did() {
    let terms = loan_a_with(json!({ "method": "flat", "interest": { "flat": "0.006" } }));
    let paid = [payment("2026-12-24", "2560.00"), payment("2027-01-24", "2560.00")];
    // Half of the balance of 5,000.00 is repaid: 60.00 of interest becomes 30.00.
    let after =
        |keep: &str| replay(&terms, json!([paid[0], paid[1], early("2027-01-24", "2500.00", keep)]), "2027-01-24");
    assert_eq!(remaining(&after("term"), "payment"), "1280.00 1280.00");
    assert_eq!(remaining(&after("payment"), "payment"), "2530.00");
    assert_eq!(after("payment")["saved"], "90.00");
}

#[test]
fn flat_interest_accrues_by_days_of_its_period() {
    let terms = loan_a_with(json!({ "method": "flat", "interest": { "flat": "0.006" } }));
    let state = replay(&terms, json!([payment("2026-12-24", "2560.00")]), "2027-01-10");
    // 60.00 × 17 ÷ 31.
    assert_eq!(state["outstanding"]["interest"], "32.90");
    assert_eq!(state["payoff"], "7532.90");
}

#[test]
fn interest_only_and_bullet_loans_have_one_way_to_repay_early() {
    let interest_only = loan_a_with(json!({ "method": "interestOnly" }));
    let bullet = loan_a_with(json!({ "method": "bullet" }));
    for keep in ["term", "payment"] {
        let events = json!([
            payment("2026-12-24", "100.00"),
            payment("2027-01-24", "100.00"),
            early("2027-01-24", "4000.00", keep)
        ]);
        assert_eq!(remaining(&replay(&interest_only, events, "2027-01-24"), "payment"), "60.00 6060.00");
        // 30 of 120 days: 100.00 of 400.00 has accrued; 8,100.00 bear 4 % × 90 ÷ 120 more.
        let state = replay(&bullet, json!([early("2026-12-24", "2000.00", keep)]), "2026-12-24");
        assert_eq!(allocation(&state, 0), "0.00 0.00 100.00 1900.00 0.00");
        assert_eq!(remaining(&state, "payment"), "8343.00");
    }
}

#[test]
fn a_plan_of_the_callers_own_is_cut_pro_rata_or_from_the_end() {
    let terms = loan_a_with(json!({ "method": "custom", "principalPlan": ["1000.00", "0.00", "4000.00", "5000.00"] }));
    let paid = payment("2026-12-24", "1100.00");
    let after = |keep: &str| replay(&terms, json!([paid, early("2026-12-24", "4500.00", keep)]), "2026-12-24");
    assert_eq!(remaining(&after("term"), "principal"), "0.00 2000.00 2500.00");
    assert_eq!(remaining(&after("payment"), "principal"), "0.00 4000.00 500.00");
    let again = json!([paid, early("2026-12-24", "4500.00", "payment"), early("2026-12-25", "2258.50", "term")]);
    // A night of 45.00 ÷ 31 = 1.45 has accrued; of 4,500.00, 2,257.05 is repaid, and what stood for 4,000.00 and 500.00
    // is cut to 2,242.95 in the same proportion.
    assert_eq!(remaining(&replay(&terms, again, "2026-12-25"), "principal"), "0.00 1993.73 249.22");
}

#[test]
fn a_balloon_stays_where_it_is() {
    let terms = loan_a_with(json!({ "balloon": "4000.00" }));
    let state = replay(
        &terms,
        json!([payment("2026-12-24", "1577.69"), early("2026-12-24", "2000.00", "payment")]),
        "2026-12-24",
    );
    // 8,522.31 less 2,000.00; 1,577.69 a row until only the balloon is left, which is due with the last.
    assert_eq!(remaining(&state, "closingBalance"), "5009.84 4000.00 0.00");
    assert_eq!(remaining(&state, "payment"), "1577.69 1059.94 4040.00");
    let below = json!([early("2026-11-24", "7000.00", "term")]);
    assert_eq!(remaining(&replay(&terms, below, "2026-11-24"), "payment"), "30.00 30.00 30.00 3030.00");
}

#[test]
fn interest_only_instalments_stay_so_and_the_kept_payment_is_the_one_to_come() {
    let terms = loan_a_with(json!({ "interestOnlyInstalments": 2 }));
    let after = |keep: &str| replay(&terms, json!([early("2026-11-24", "5000.00", keep)]), "2026-11-24");
    assert_eq!(remaining(&after("term"), "payment"), "50.00 50.00 2537.56 2537.56");
    assert_eq!(remaining(&after("payment"), "payment"), "50.00 50.00 5050.00");
}

#[test]
fn a_rate_foreseen_by_the_terms_recasts_the_loan_as_it_then_is() {
    let terms = loan_a_with(
        json!({ "instalmentCount": 12, "steps": [{ "fromInstalment": 3, "interest": { "annual": "0.24" } }] }),
    );
    let events = json!([early("2026-11-24", "5000.00", "payment")]);
    let state = replay(&terms, events, "2026-11-24");
    // 888.49 a month repays 5,000.00 at 12 % in six months; the step recasts the last four of them.
    assert_eq!(remaining(&state, "number"), "1 2 3 4 5 6");
    assert_eq!(remaining(&state, "payment"), "888.49 888.49 870.50 870.50 870.50 870.51");
}

#[test]
fn after_a_shorter_term_a_new_rate_recasts_the_shorter_loan() {
    let events = json!([early("2026-11-24", "5000.00", "payment"), rate_change("2026-11-24", "0.06")]);
    let terms = loan_a_with(json!({ "instalmentCount": 12 }));
    let first = replay(&terms, json!([events[0]]), "2026-11-24");
    assert_eq!(remaining(&first, "number"), "1 2 3 4 5 6");
    // The same day's rate change comes first: the loan is then shortened with the payment that the new rate gives.
    let both = replay(&terms, events, "2026-11-24");
    assert_eq!(remaining(&both, "payment"), "860.66 860.66 860.66 860.66 860.66 783.60");
    let later = json!([early("2026-11-24", "5000.00", "payment"), rate_change("2026-11-25", "0.06")]);
    assert_eq!(remaining(&replay(&terms, later, "2026-11-25"), "number"), "1 2 3 4 5 6");
}

#[test]
fn a_unit_stays_the_payments_unit() {
    let terms = loan_a_with(json!({ "rounding": { "instalmentUnit": "10.00" } }));
    let events = json!([payment("2026-12-24", "2560.00"), early("2026-12-24", "1000.00", "term")]);
    assert_eq!(remaining(&replay(&terms, events, "2026-12-24"), "payment"), "2220.00 2220.00 2231.34");
}

#[test]
fn several_instalments_deferred_and_capitalised_bear_interest_on_interest() {
    let deferral = json!({ "kind": "deferral", "fromInstalment": 2, "instalments": 2, "interest": "capitalise" });
    let state = replay(&loan_a(), json!([first_payment(), deferral]), "2026-12-24");
    assert_eq!(remaining(&state, "openingBalance"), "7537.19 7612.56 7688.69 5151.26 2588.45");
    assert_eq!(remaining(&state, "payment").split(' ').take(3).collect::<Vec<_>>(), ["0.00", "0.00", "2614.32"]);
    assert_eq!(state["saved"], "-154.54", "a deferral costs interest");
}

#[test]
fn a_deferral_of_other_methods_moves_their_principal_out() {
    let deferral = |from: u32, interest: &str| json!([{ "kind": "deferral", "fromInstalment": from, "instalments": 1, "interest": interest }]);
    let equal_principal = loan_a_with(json!({ "method": "equalPrincipal" }));
    let state = replay(&equal_principal, deferral(2, "capitalise"), "2026-11-24");
    // 7,500.00 + 75.00 in three parts.
    assert_eq!(remaining(&state, "principal"), "2500.00 -75.00 2525.00 2525.00 2525.00");
    let custom = loan_a_with(json!({ "method": "custom", "principalPlan": ["1000.00", "0.00", "4000.00", "5000.00"] }));
    let state = replay(&custom, deferral(3, "collect"), "2026-11-24");
    assert_eq!(remaining(&state, "payment"), "1100.00 90.00 90.00 4090.00 5050.00");
    let bullet = loan_a_with(json!({ "method": "bullet" }));
    let state = replay(&bullet, deferral(1, "collect"), "2026-11-24");
    assert_eq!(remaining(&state, "payment"), "400.00 10100.00");
    assert_eq!(remaining(&state, "dueDate"), "2027-03-24 2027-04-24");
}

// ───────── benefits ─────────

#[test]
fn a_coupon_counts_from_the_running_instalment_on() {
    let used =
        |benefit: Value| json!([first_payment(), { "kind": "benefit", "date": "2027-01-10", "benefit": benefit }]);
    let state = replay(&loan_a(), used(json!({ "kind": "interestFree", "instalments": 1 })), "2027-01-10");
    assert_eq!(remaining(&state, "benefit"), "75.37 0.00 0.00");
    assert_eq!((&state["outstanding"]["interest"], &state["saved"]), (&json!("0.00"), &json!("75.37")));
    let state =
        replay(&loan_a(), used(json!({ "kind": "interestDiscount", "factor": "0.8", "cap": "20.00" })), "2027-01-10");
    assert_eq!(remaining(&state, "benefit"), "15.07 4.93 0.00");
    // 41.33 less R(8.266).
    assert_eq!(state["outstanding"]["interest"], "33.06");
    // From the 10th: 14 free days of the second period's 31, and 6 of the third's.
    let state = replay(&loan_a(), used(json!({ "kind": "interestFree", "days": 20 })), "2027-01-10");
    assert_eq!(remaining(&state, "benefit"), "34.04 9.77 0.00");
    assert_eq!(state["outstanding"]["interest"], "41.33", "the days before it are not free");
}

#[test]
fn a_waiver_counts_for_fees_from_its_day_on_and_saves_no_interest() {
    let fee = json!({ "code": "service", "charge": { "amount": "10.00" }, "when": "eachInstalment" });
    let terms = loan_a_with(json!({ "fees": [fee] }));
    let waiver = json!({ "kind": "feeWaiver", "fee": "service", "cap": "15.00" });
    let events =
        json!([payment("2026-12-24", "2572.81"), { "kind": "benefit", "date": "2027-01-10", "benefit": waiver }]);
    let state = replay(&terms, events, "2027-01-10");
    assert_eq!(remaining(&state, "payment"), "2562.81 2567.81 2572.81");
    assert_eq!((&state["saved"], &state["payoff"]), (&json!("0.00"), &json!("7578.52")), "no fees of later rows");
}

#[test]
fn benefits_of_the_terms_are_split_with_the_period() {
    let terms = loan_a_with(json!({ "benefits": [{ "kind": "interestDiscount", "factor": "0.5" }] }));
    let events = json!([payment("2026-12-24", "2512.81"), prepayment("term")]);
    let state = replay(&terms, events, "2027-01-10");
    // 41.33 less R(20.665) = 20.66 is paid; the rest is principal.
    assert_eq!(allocation(&state, 1), "0.00 0.00 20.66 1979.34 0.00");
}

// ───────── due dates that have been rolled ─────────

#[test]
fn between_the_end_of_a_period_and_its_rolled_due_date_interest_runs_on() {
    let roll = json!({ "businessDays": { "calendar": "weekends", "roll": "following" }, "accrual": "actual/365" });
    let terms = loan_a_with(roll);
    let first = payment("2026-12-24", "2562.57");
    // 24 January 2027 is a Sunday. The instalment is billed but not due; interest has begun on 5,051.25.
    let sunday = replay(&terms, json!([first]), "2027-01-24");
    assert_eq!((&sunday["dueNow"], &sunday["outstanding"]["interest"]), (&json!("0.00"), &json!("76.81")));
    let monday = replay(&terms, json!([first]), "2027-01-25");
    assert_eq!(monday["dueNow"], "2562.57");
    // R(5,051.47 × 0.12 ÷ 365) = 1.66 for the night to Monday.
    assert_eq!(monday["outstanding"]["interest"], "78.47");
    assert_eq!(remaining(&monday, "dueDate"), "2027-01-25 2027-02-24 2027-03-24");
    assert_eq!(monday["remaining"][0]["unrolledDueDate"], "2027-01-24");
    let early = replay(&terms, json!([first, early("2027-01-24", "1076.81", "term")]), "2027-01-25");
    assert_eq!(allocation(&early, 1), "0.00 0.00 76.81 1000.00 0.00");
    assert_eq!(early["dueNow"], "2485.76", "its principal is still due on Monday, its interest is paid");
    assert_eq!(replay(&terms, json!([first]), "2027-01-26")["overdueDays"], 1, "counted from the rolled day");
}

// ───────── joint lenders ─────────

#[test]
fn joint_lenders_parts_of_what_remains_add_up() {
    let lenders = json!([{ "name": "Bank A", "share": "0.7" }, { "name": "Bank B", "share": "0.3" }]);
    let terms = merged(loan_a(), json!({ "lenders": lenders }));
    let events = json!([first_payment(), payment("2027-01-24", "1000.00"), early("2027-03-01", "3000.00", "term")]);
    let state = replay(&terms, events, "2027-03-01");
    for row in state["remaining"].as_array().expect("rows") {
        for field in ["principal", "interest"] {
            let parts = row["lenders"].as_array().expect("lenders").iter();
            let sum: i128 = parts.map(|part| units(&plain(&part[field]), 2)).sum();
            assert_eq!(sum, units(&plain(&row[field]), 2), "{field} of {}", row["number"]);
        }
    }
}
