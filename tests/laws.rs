//! What must hold for the schedule of every loan, on a broad grid of generated terms.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use common::generate::terms as generated;
use common::grid::{Case, TERMS, cases};
use common::{loan_a_with, plain, quote, rows, terms, units, wire};
use serde_json::{Value, json};

#[test]
fn the_grid_is_broad() {
    // A law on a grid that never meets a feature proves nothing of it.
    let cases = cases();
    let count = |holds: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| holds(case)).count();
    for method in ["equalInstalment", "equalPrincipal", "flat", "interestOnly", "bullet", "custom"] {
        assert!(count(&|case| case.terms["method"] == method) > 200, "{method}");
    }
    for field in ["firstDueDate", "dueDay", "businessDays", "balloon", "steps", "lenders", "interestOnlyInstalments"] {
        assert!(count(&|case| case.terms.get(field).is_some()) > 100, "{field}");
    }
    assert!(count(&|case| case.schedule("/totals/fees") > 0) > 1_000);
    assert!(count(&|case| case.schedule("/totals/benefits") > 0) > 400);
    assert!(count(&|case| case.schedule("/totals/interest") == 0) > 50);
    assert!(count(&|case| rows(&case.quote).iter().any(|row| row.get("unrolledDueDate").is_some())) > 300);
}

#[test]
fn the_parts_of_each_row_and_of_the_loan_add_up() {
    for case in cases() {
        let context = format!("{}: {}", case.number, case.terms);
        for row in rows(&case.quote) {
            let [principal, interest, fees, benefit, payment] =
                ["principal", "interest", "fees", "benefit", "payment"].map(|field| case.amount(&row[field]));
            assert_eq!(principal + interest + fees - benefit, payment, "{context}");
            assert!([principal, interest, fees, benefit].iter().all(|part| *part >= 0), "{context}");
            assert!(benefit <= interest + fees, "{context}: no more is taken off than was charged");
        }
        let total = |name: &str| case.schedule(&format!("/totals/{name}"));
        assert_eq!(case.sum("principal"), total("principal"), "{context}");
        assert_eq!(case.sum("interest"), total("interest"), "{context}");
        let paid = case.schedule("/paidAtDisbursement");
        assert_eq!(case.sum("payment") + paid, total("payments"), "{context}");
        assert_eq!(
            total("payments") - case.schedule("/proceeds"),
            total("interest") + total("fees") - total("benefits"),
            "{context}"
        );
        if let Some((at_start, payments)) = case.flows() {
            assert_eq!(payments.iter().sum::<i128>() - at_start, total("financeCharge"), "{context}");
        }
        let payments: Vec<i128> = rows(&case.quote).iter().map(|row| case.amount(&row["payment"])).collect();
        assert_eq!(case.schedule("/firstPayment"), payments[0], "{context}");
        assert_eq!(Some(&case.schedule("/lastPayment")), payments.last(), "{context}");
        assert_eq!(Some(&case.schedule("/maximumPayment")), payments.iter().max(), "{context}");
    }
}

#[test]
fn balances_never_rise_and_end_at_zero() {
    for case in cases() {
        let mut balance = case.schedule("/totals/principal");
        for row in rows(&case.quote) {
            assert_eq!(case.amount(&row["openingBalance"]), balance, "{}: {}", case.number, case.terms);
            let closing = case.amount(&row["closingBalance"]);
            assert_eq!(balance - case.amount(&row["principal"]), closing, "{}: {}", case.number, case.terms);
            assert!((0..=balance).contains(&closing), "{}: {}", case.number, case.terms);
            balance = closing;
        }
        assert_eq!(balance, 0, "{}: {}", case.number, case.terms);
    }
}

#[test]
fn due_dates_never_decrease_and_strictly_increase_unrolled() {
    for case in cases() {
        let context = format!("{}: {}", case.number, case.terms);
        let (mut last, mut last_unrolled) = (plain(&case.terms["disbursementDate"]), String::new());
        for (index, row) in rows(&case.quote).iter().enumerate() {
            let due = plain(&row["dueDate"]);
            let unrolled = row.get("unrolledDueDate").map_or_else(|| due.clone(), plain);
            assert!(if index == 0 { due > last } else { due >= last }, "{context}");
            assert!(unrolled > last_unrolled, "{context}");
            assert_ne!(row.get("unrolledDueDate"), Some(&row["dueDate"]), "{context}: only where a roll moved it");
            assert!(case.terms.get("businessDays").is_some() || due == unrolled, "{context}");
            (last, last_unrolled) = (due, unrolled);
        }
        assert_eq!(plain(&case.quote["schedule"]["maturityDate"]), last, "{context}");
    }
}

#[test]
fn each_lender_gets_back_exactly_what_it_lent() {
    for case in cases() {
        let Some(lenders) = case.terms.get("lenders").and_then(Value::as_array) else { continue };
        let context = format!("{}: {}", case.number, case.terms);
        let mut returned = vec![0; lenders.len()];
        for row in rows(&case.quote) {
            let parts = row["lenders"].as_array().expect("lenders");
            assert_eq!(parts.len(), lenders.len(), "{context}");
            for field in ["principal", "interest"] {
                let sum: i128 = parts.iter().map(|part| case.amount(&part[field])).sum();
                assert_eq!(sum, case.amount(&row[field]), "{context}");
            }
            for (returned, part) in returned.iter_mut().zip(parts) {
                *returned += case.amount(&part["principal"]);
            }
        }
        let lent = case.schedule("/totals/principal");
        let thousandths = |lender: &Value| units(lender["share"].as_str().expect("a share"), 3);
        for (lender, returned) in lenders.iter().zip(&returned) {
            // Within a minor unit of its share: S_j is rounded, not the share itself.
            assert!((returned * 1_000 - lent * thousandths(lender)).abs() < 2_000, "{context}");
        }
        assert_eq!(returned.iter().sum::<i128>(), lent, "{context}");
    }
}

#[test]
fn the_normalised_terms_give_the_same_quote_and_fingerprint() {
    for case in cases() {
        let again = quote(&case.quote["terms"]);
        assert_eq!(again, case.quote, "{}: {}", case.number, case.terms);
        let fingerprint = |terms: &Value| clearloan::api::fingerprint(&wire(terms)).expect("right terms");
        assert_eq!(fingerprint(&case.quote["terms"]), fingerprint(&case.terms), "{}", case.number);
        let verified = clearloan::api::verify(&wire(&case.quote)).expect("a quote of right terms");
        assert_eq!(verified, r#"{"differences":[],"same":true}"#, "{}", case.number);
    }
}

#[test]
fn a_cent_a_day_or_a_rate_more_in_a_quote_is_found() {
    let changed = |pointer: &str, value: Value| {
        let mut quote = quote(&loan_a_with(json!({})));
        *quote.pointer_mut(pointer).expect("a field") = value;
        let text = clearloan::api::verify(&wire(&quote)).expect("right terms");
        let verified: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(verified["same"], json!(false), "{pointer}");
        verified["differences"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|found| plain(&found["path"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(changed("/schedule/instalments/1/interest", json!("75.38")), ["schedule.instalments[1].interest"]);
    assert_eq!(changed("/schedule/instalments/3/dueDate", json!("2027-03-25")), ["schedule.instalments[3].dueDate"]);
    assert_eq!(changed("/cost/simpleAnnual", json!("0.1199982147")), ["cost.simpleAnnual"]);
    assert_eq!(changed("/schedule/proceeds", json!("9999.99")), ["schedule.proceeds"]);
}

#[test]
fn every_generated_loan_is_accepted() {
    // Those whose cost is refused above have right terms all the same.
    for number in 0..TERMS {
        let given = generated(number);
        if let Err(error) = terms(&given) {
            panic!("{number}: {error}\n{given}");
        }
    }
}
