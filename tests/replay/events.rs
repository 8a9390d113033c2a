//! The order of a day, and where money goes.

use crate::common::{loan_a, loan_a_with, merged};
use crate::support::{
    allocation, first_payment, payment, prepayment, rate_change, remaining, replay, with_early_fee, with_penalty,
};
use serde_json::{Value, json};

#[test]
fn money_paid_early_waits_and_saves_nothing() {
    let state = replay(&loan_a(), json!([payment("2026-12-01", "3000.00")]), "2026-12-23");
    assert_eq!((&state["kept"], &state["dueNow"]), (&json!("3000.00"), &json!("0.00")));
    assert_eq!(state["outstanding"]["principal"], "10000.00");
    // 29 of 30 days: 96.67. The payoff takes the kept money in.
    assert_eq!((&state["outstanding"]["interest"], &state["payoff"]), (&json!("96.67"), &json!("7096.67")));
}

#[test]
fn kept_money_is_used_when_the_instalment_falls_due() {
    let state = replay(&loan_a(), json!([payment("2026-12-01", "3000.00")]), "2026-12-24");
    assert_eq!(state["kept"], "437.19");
    assert_eq!(allocation(&state, 0), "0.00 0.00 0.00 0.00 3000.00");
    assert_eq!(allocation(&state, 1), "0.00 0.00 100.00 2462.81 -2562.81");
    assert_eq!(state["allocations"][1]["date"], "2026-12-24");
}

#[test]
fn on_one_day_a_payment_comes_before_a_prepayment_whatever_the_input_order() {
    let early = json!({ "kind": "prepayment", "date": "2027-01-24", "amount": "1000.00", "keep": "term" });
    let due = payment("2027-01-24", "2562.81");
    let one = replay(&loan_a(), json!([first_payment(), early, due]), "2027-01-24");
    let other = replay(&loan_a(), json!([first_payment(), due, early]), "2027-01-24");
    assert_eq!(one, other);
    assert_eq!(allocation(&one, 1), "0.00 0.00 75.37 2487.44 0.00");
    assert_eq!(allocation(&one, 2), "0.00 0.00 0.00 1000.00 0.00", "all of the prepayment is principal");
}

#[test]
fn a_prepayment_serves_what_is_due_before_it_repays_early() {
    let early = json!({ "kind": "prepayment", "date": "2027-01-24", "amount": "3562.81", "keep": "term" });
    let state = replay(&loan_a(), json!([first_payment(), early]), "2027-01-24");
    assert_eq!(allocation(&state, 1), "0.00 0.00 75.37 3487.44 0.00");
    assert_eq!(state["outstanding"]["principal"], "4049.75");
}

#[test]
fn what_falls_due_comes_before_a_rate_change_of_the_same_day() {
    let state = replay(&loan_a(), json!([first_payment(), rate_change("2026-12-24", "0.09")]), "2026-12-24");
    // As if the rest had been lent that day at the new rate.
    let fresh = loan_a_with(json!({ "principal": "7537.19", "interest": { "annual": "0.09" }, "instalmentCount": 3,
                                    "disbursementDate": "2026-12-24" }));
    let expected = replay(&fresh, json!([]), "2026-12-24");
    assert_eq!(remaining(&state, "payment"), remaining(&expected, "payment"));
}

#[test]
fn the_oldest_instalment_is_served_first_each_in_the_terms_order() {
    // 41 days late: 2,462.81 × 0.0005 × 41 = 50.49; 10 days late: 12.44.
    let unpaid = replay(&with_penalty(json!({})), json!([]), "2027-02-03");
    assert_eq!(unpaid["outstanding"]["penalty"], "62.93");
    // 50.49 + 100.00 + 2,462.81 for instalment 1; 86.70 are left for 2: 12.44 + 74.26.
    let state = replay(&with_penalty(json!({})), json!([payment("2027-02-03", "2700.00")]), "2027-02-03");
    assert_eq!(allocation(&state, 0), "62.93 0.00 174.26 2462.81 0.00");
    assert_eq!(remaining(&state, "interest"), "1.11 50.50 25.37");
    assert_eq!(state["overdueDays"], 10);
}

#[test]
fn the_terms_may_put_principal_first() {
    let order = json!({ "allocation": ["principal", "interest", "fees", "penalty"] });
    let terms = merged(with_penalty(json!({})), order);
    let state = replay(&terms, json!([first_payment(), payment("2027-01-28", "1000.00")]), "2027-02-03");
    assert_eq!(allocation(&state, 1), "0.00 0.00 0.00 1000.00 0.00");
    // 2,487.44 × 0.0005 × 4 + 1,487.44 × 0.0005 × 6 = 9.4372.
    assert_eq!(state["outstanding"]["penalty"], "9.44");
}

#[test]
fn an_overpayment_is_kept_and_shown() {
    let state = replay(&loan_a(), json!([first_payment(), payment("2026-12-24", "20000.00")]), "2027-03-24");
    assert_eq!(state["status"], "settled");
    assert_eq!(state["kept"], "12311.57", "20,000.00 less three times 2,562.81");
    let early = json!({ "kind": "prepayment", "date": "2026-11-24", "amount": "10500.00", "keep": "term" });
    let state = replay(&loan_a(), json!([early]), "2026-11-24");
    assert_eq!((&state["status"], &state["kept"]), (&json!("settled"), &json!("500.00")), "nothing had accrued");
    assert_eq!(state["saved"], "251.24");
}

#[test]
fn kept_money_helps_to_settle_but_not_to_repay_a_part() {
    let kept = payment("2027-01-05", "578.52");
    let part = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "2000.00", "keep": "term" });
    let state = replay(&loan_a(), json!([first_payment(), kept, part]), "2027-01-10");
    assert_eq!((&state["kept"], &state["outstanding"]["principal"]), (&json!("578.52"), &json!("5578.52")));
    let rest = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "7000.00", "keep": "term" });
    let state = replay(&loan_a(), json!([first_payment(), kept, rest]), "2027-01-10");
    assert_eq!((&state["status"], &state["kept"]), (&json!("settled"), &json!("0.00")));
    assert_eq!(allocation(&state, 2), "0.00 0.00 41.33 7537.19 -578.52");
}

#[test]
fn a_prepayment_of_less_than_has_accrued_pays_a_part_of_the_interest() {
    let small = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "20.00", "keep": "term" });
    let state = replay(&loan_a(), json!([first_payment(), small]), "2027-01-10");
    assert_eq!(state["outstanding"]["interest"], "21.33");
    assert_eq!(remaining(&state, "payment"), "2542.81 2562.81 2562.81", "the instalment is less by what was paid");
    assert_eq!(state["saved"], "0.00");
}

#[test]
fn events_after_the_day_are_ignored() {
    let later = json!([first_payment(), prepayment("term"), rate_change("2027-02-01", "0.2")]);
    assert_eq!(replay(&loan_a(), later, "2027-01-09"), replay(&loan_a(), json!([first_payment()]), "2027-01-09"));
}

// ───────── the fee for repaying early ─────────

#[test]
fn the_fee_ends_with_the_due_date_of_its_instalment() {
    let terms = with_early_fee(json!({ "freeAfterInstalment": 2 }));
    let second = payment("2027-01-24", "2562.81");
    let day_before = replay(&terms, json!([first_payment()]), "2027-01-23");
    // 7,537.19 + 72.94 (30 of 31 days) + 75.37.
    assert_eq!(day_before["payoff"], "7685.50");
    assert_eq!(replay(&terms, json!([first_payment(), second]), "2027-01-24")["payoff"], "5049.75");
    let always_free = with_early_fee(json!({ "freeAfterInstalment": 0 }));
    assert_eq!(replay(&always_free, json!([]), "2026-11-24")["payoff"], "10000.00");
}

#[test]
fn the_fee_has_a_minimum_for_a_day() {
    let terms = with_early_fee(json!({ "minimum": "100.00" }));
    assert_eq!(replay(&terms, json!([first_payment()]), "2027-01-10")["payoff"], "7678.52");
    let state = replay(&terms, json!([first_payment(), prepayment("term")]), "2027-01-10");
    assert_eq!(allocation(&state, 1), "0.00 100.00 41.33 1858.67 0.00");
}

#[test]
fn too_little_for_the_minimum_fee_repays_nothing_and_is_kept_until_more_comes_that_day() {
    let terms = with_early_fee(json!({ "minimum": "100.00" }));
    let part = |amount: &str| json!({ "kind": "prepayment", "date": "2027-01-10", "amount": amount, "keep": "term" });
    let state = replay(&terms, json!([first_payment(), part("131.33")]), "2027-01-10");
    assert_eq!(allocation(&state, 1), "0.00 0.00 41.33 0.00 90.00");
    assert_eq!(state["kept"], "90.00");
    let state = replay(&terms, json!([first_payment(), part("131.33"), part("90.00")]), "2027-01-10");
    assert_eq!(allocation(&state, 2), "0.00 100.00 0.00 80.00 -90.00");
    assert_eq!(state["kept"], "0.00");
}

// ───────── overdue ─────────

#[test]
fn within_the_days_of_grace_nothing_is_charged_and_after_them_from_the_due_date() {
    let terms = with_penalty(json!({ "graceDays": 3 }));
    for (day, penalty, overdue_days) in
        [("2027-01-24", "0.00", 0), ("2027-01-27", "0.00", 3), ("2027-01-28", "4.97", 4), ("2027-02-03", "12.44", 10)]
    {
        let state = replay(&terms, json!([first_payment()]), day);
        assert_eq!(state["outstanding"]["penalty"], penalty, "{day}");
        assert_eq!(state["overdueDays"], overdue_days, "{day}");
        assert_eq!(state["status"], if overdue_days > 0 { "overdue" } else { "current" }, "grace or not, {day}");
    }
    let cleared = replay(&terms, json!([first_payment(), payment("2027-01-27", "2562.81")]), "2027-02-03");
    assert_eq!((&cleared["status"], &cleared["dueNow"]), (&json!("current"), &json!("0.00")));
}

#[test]
fn a_cent_more_on_the_same_day_may_be_fee_only() {
    // 22.42 ÷ 1.5 = 14.9467 and 22.43 ÷ 1.5 = 14.9533: 14.95 of principal both times, and the cent more is the fee's.
    let terms = with_early_fee(json!({ "feeRate": "0.5" }));
    let paid = |amounts: &[&str]| {
        let events: Vec<Value> = amounts
            .iter()
            .map(|amount| json!({ "kind": "prepayment", "date": "2026-11-24", "amount": amount, "keep": "payment" }))
            .collect();
        replay(&terms, json!(events), "2026-11-24")
    };
    let (whole, halves) = (paid(&["22.43"]), paid(&["22.42", "0.01"]));
    assert_eq!(allocation(&whole, 0), "0.00 7.48 0.00 14.95 0.00");
    assert_eq!(
        [allocation(&halves, 0), allocation(&halves, 1)],
        ["0.00 7.47 0.00 14.95 0.00", "0.00 0.01 0.00 0.00 0.00"]
    );
    assert_eq!((&halves["kept"], &halves["remaining"]), (&whole["kept"], &whole["remaining"]));
}

#[test]
fn a_rate_a_day_and_a_year_of_365_days() {
    let daily = loan_a_with(json!({ "contingent": [{ "kind": "overdue", "dailyRate": "0.001" }] }));
    assert_eq!(replay(&daily, json!([first_payment()]), "2027-02-03")["outstanding"]["penalty"], "24.87");
    let item = json!([{ "kind": "overdue", "rateFactor": "1.5" }]);
    // actual/365: instalment 1 has 2,463.94 of principal; × 1.5 × 0.12 ÷ 365 × 10 = 12.15.
    let by_365 = loan_a_with(json!({ "accrual": "actual/365", "contingent": item }));
    assert_eq!(replay(&by_365, json!([]), "2027-01-03")["outstanding"]["penalty"], "12.15");
    // A daily rate of 0.0003: 1.5 × 0.0003 × 10 days of the principal due.
    let by_day = loan_a_with(json!({ "interest": { "daily": "0.0003", "daysPerYear": 360 }, "contingent": item }));
    let state = replay(&by_day, json!([]), "2027-01-03");
    assert_eq!(remaining(&state, "principal").split(' ').next(), Some("2467.07"));
    assert_eq!(state["outstanding"]["penalty"], "11.10");
}

#[test]
fn the_penalty_follows_the_contract_rate() {
    // Five days at 1.5 × 12 % and five at 1.5 × 24 %: 2,487.44 × (0.0005 × 5 + 0.001 × 5) = 18.6558.
    let events = json!([first_payment(), rate_change("2027-01-29", "0.24")]);
    assert_eq!(replay(&with_penalty(json!({})), events, "2027-02-03")["outstanding"]["penalty"], "18.66");
}

#[test]
fn with_a_year_of_twelve_thirty_day_months_days_late_are_counted_so_too() {
    // From 24 January to 24 March: 60 days of 30/360, where the calendar has 59. 2,487.44 × 0.0005 × 60 = 74.62.
    let terms = merged(with_penalty(json!({})), json!({ "accrual": "30/360", "instalmentCount": 4 }));
    let events = json!([first_payment(), payment("2027-01-24", "0.01")]);
    let state = replay(&terms, events, "2027-03-24");
    assert_eq!(state["overdueDays"], 59);
    // Instalment 3, 2,512.31, is 30 days late (28 by the calendar): 37.68.
    assert_eq!(state["outstanding"]["penalty"], "112.30");
}

#[test]
fn without_an_overdue_item_lateness_costs_nothing_and_later_rows_stay() {
    let state = replay(&loan_a(), json!([first_payment()]), "2027-02-10");
    assert_eq!(state["outstanding"]["penalty"], "0.00");
    assert_eq!(remaining(&state, "payment"), "2562.81 2562.81 2562.81");
    assert_eq!((&state["dueNow"], &state["status"]), (&json!("2562.81"), &json!("overdue")));
}
