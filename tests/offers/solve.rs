//! solve: the largest principal or rate, the smallest count, and that the next one fails.

use super::common::generate::{Random, money, terms as generated};
use super::common::{loan_a, loan_a_with, merged, units, wire};
use super::{issues, parsed};
use clearloan::error::LoanError;
use clearloan::offers::solve_json;
use clearloan::wire::Wire;
use clearloan::{LoanTerms, Schedule};
use serde_json::{Value, json};

fn try_solve(terms: &Value, find: &str, payment: &str) -> Result<Value, LoanError> {
    solve_json(&wire(terms), &wire(&json!({ "find": find, "payment": payment }))).map(|text| parsed(&text))
}

fn solved(terms: &Value, find: &str, payment: &str) -> Value {
    try_solve(terms, find, payment).unwrap_or_else(|error| panic!("{terms} {find} {payment}: {error}"))
}

fn refused(terms: &Value, find: &str, payment: &str) -> Vec<String> {
    match try_solve(terms, find, payment) {
        Ok(found) => panic!("{terms} {find} {payment} gave {found}"),
        Err(error) => issues(&error),
    }
}

/// A release build tries ten times as much.
const DEPTH: u64 = if cfg!(debug_assertions) { 1 } else { 10 };

/// The name of the field that is looked for.
fn field(find: &str) -> &str {
    if find == "annual" { "interest" } else { find }
}

/// Terms in which one value is tried after the other.
struct Tried {
    fields: Wire<'static>,
    find: &'static str,
    decimals: u32,
}

impl Tried {
    fn new(terms: &Value, find: &'static str) -> Tried {
        let decimals = match terms["currency"].as_str() {
            Some("JPY") => 0,
            Some("KWD") => 3,
            _ => 2,
        };
        Tried { fields: wire(&merged(terms.clone(), json!({ field(find): 0 }))), find, decimals }
    }

    /// The largest payment with this value, in minor units; none where the terms are refused.
    fn maximum_payment(&mut self, value: i64) -> Option<i64> {
        let new = match self.find {
            "principal" => Wire::Text(money(value.into(), self.decimals).into()),
            "annual" => Wire::Map(vec![("annual".into(), Wire::Text(money(value.into(), 6).into()))]),
            _ => Wire::Number(value as f64),
        };
        let Wire::Map(fields) = &mut self.fields else { panic!("terms are an object") };
        let name = field(self.find);
        *fields.iter_mut().find(|(field, _)| field == name).map(|(_, value)| value).expect("the field") = new;
        Some(Schedule::of(&LoanTerms::from_wire(&self.fields).ok()?).ok()?.maximum_payment)
    }

    fn value(&self, found: &Value) -> i64 {
        match self.find {
            "principal" => units(found["principal"].as_str().unwrap(), self.decimals) as i64,
            "annual" => units(found["interest"]["annual"].as_str().unwrap(), 6) as i64,
            _ => found["instalmentCount"].as_i64().unwrap(),
        }
    }
}

/// The worked example of semantics.md section 9: 1,000.00 → 3,901.97; 3,901.98 would pay 1,000.01.
#[test]
fn the_largest_principal_of_loan_a() {
    let terms = merged(loan_a(), json!({ "principal": null }));
    let found = solved(&terms, "principal", "1000.00");
    assert_eq!(found["principal"], "3901.97");
    let mut tried = Tried::new(&loan_a(), "principal");
    assert_eq!(tried.maximum_payment(390_197), Some(100_000));
    assert_eq!(tried.maximum_payment(390_198), Some(100_001));
    // What stands in the field is replaced, whatever it is.
    for junk in [json!("1.00"), json!(7), json!({ "x": [1] })] {
        assert_eq!(solved(&merged(loan_a(), json!({ "principal": junk })), "principal", "1000.00"), found);
    }
}

/// Loan A pays 2,562.81 at most at 12 %: so does every rate up to the next cent, and the count is the smallest.
#[test]
fn the_largest_rate_and_the_smallest_count_of_loan_a() {
    let found = solved(&loan_a(), "annual", "2562.81");
    let mut tried = Tried::new(&loan_a(), "annual");
    let annual = tried.value(&found);
    assert!(annual >= 120_000, "{annual}");
    assert!(tried.maximum_payment(annual) <= Some(256_281) && tried.maximum_payment(annual + 1) > Some(256_281));
    assert_eq!(solved(&loan_a(), "instalmentCount", "2562.81")["instalmentCount"], 4);
    assert_eq!(solved(&loan_a(), "instalmentCount", "2562.80")["instalmentCount"], 5);
    assert_eq!(solved(&loan_a(), "instalmentCount", "999999.00")["instalmentCount"], 1);
}

/// The answer is whole terms: every default filled in, and a quote's own.
#[test]
fn the_answer_is_normalised_terms() {
    let found = solved(&merged(loan_a(), json!({ "interest": null })), "annual", "2562.81");
    assert_eq!(found["currency"], "CNY");
    assert_eq!(found["every"], json!({ "months": 1 }));
    assert_eq!(found["accrual"], "periodic");
    let by_day = loan_a_with(json!({ "interest": { "daily": "0.0003" } }));
    // The rate that is found is an annual one, and brings its own accrual unless one is given.
    assert_eq!(solved(&by_day, "annual", "2562.81"), found);
    assert_eq!(solved(&by_day, "principal", "2562.81")["accrual"], "actual/365");
}

/// Within the limits of the terms, whatever the payment.
#[test]
fn a_payment_above_all_gives_the_limits() {
    assert_eq!(
        solved(&loan_a_with(json!({ "instalmentCount": 600 })), "principal", "10000000000.00")["principal"],
        "10000000000.00"
    );
    assert_eq!(solved(&loan_a(), "annual", "10000000000.00")["interest"]["annual"], "10");
    let financed = json!([{ "code": "f", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement", "settlement": "financed" }]);
    let terms = loan_a_with(json!({ "fees": financed, "instalmentCount": 600 }));
    // With the fee 10,000,000,000.00 are lent: 9,900,990,099.01 + 99,009,900.99.
    assert_eq!(solved(&terms, "principal", "10000000000.00")["principal"], "9900990099.01");
}

/// Nothing fits: the limit is a payment that does, and a cent less does not.
#[test]
fn no_solution_names_the_least_payment() {
    let fee = json!([{ "code": "f", "charge": { "amount": "10.00" }, "when": "eachInstalment" }]);
    let terms = loan_a_with(json!({ "fees": fee }));
    for find in ["principal", "annual", "instalmentCount"] {
        let told = refused(&terms, find, "9.00");
        let least = told[0].strip_prefix("goal.payment no_solution ").unwrap_or_else(|| panic!("{told:?}")).to_owned();
        assert_eq!(told.len(), 1);
        solved(&terms, find, &least);
        let less = money(units(&least, 2) - 1, 2);
        assert_eq!(refused(&terms, find, &less), told);
    }
    assert_eq!(refused(&terms, "principal", "9.00"), ["goal.payment no_solution 10.01"]);
    assert_eq!(refused(&terms, "annual", "9.00"), ["goal.payment no_solution 2510.00"]);
    // A fee that is deducted has to leave something of the principal.
    let deducted =
        json!([{ "code": "f", "charge": { "amount": "100.00" }, "when": "disbursement", "settlement": "deducted" }]);
    let terms = loan_a_with(json!({ "fees": deducted, "interest": { "annual": "0" } }));
    assert_eq!(refused(&terms, "principal", "25.00"), ["goal.payment no_solution 25.01"]);
    assert_eq!(solved(&terms, "principal", "25.01")["principal"], "100.04");
}

/// Rules between fields that no value can satisfy are the terms' own problems.
#[test]
fn what_is_wrong_at_every_value_is_told_as_what_it_is() {
    let shares = json!({ "lenders": [{ "name": "甲", "share": "0.5" }] });
    for find in ["principal", "annual", "instalmentCount"] {
        assert_eq!(refused(&loan_a_with(shares.clone()), find, "1.00"), ["lenders inconsistent 1"]);
    }
    let fees = json!([{ "code": "a", "charge": { "rate": "1", "of": "principal" }, "when": "disbursement", "settlement": "deducted" }]);
    let told = refused(&loan_a_with(json!({ "fees": fees })), "principal", "1.00");
    assert!(told.len() == 1 && told[0].starts_with("fees[0] inconsistent "), "{told:?}");
    let steps = json!({ "method": "bullet", "steps": [{ "fromInstalment": 1, "interest": { "annual": "0.1" } }] });
    assert_eq!(refused(&loan_a_with(steps), "instalmentCount", "1.00"), ["steps not_allowed -"]);
}

#[test]
fn goal_and_terms_are_told_of_together() {
    let terms = loan_a_with(json!({ "method": "annuity", "principal": "x" }));
    let goal = |goal: Value| match solve_json(&wire(&terms), &wire(&goal)) {
        Ok(found) => panic!("{found}"),
        Err(error) => {
            issues(&error).iter().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
        }
    };
    assert_eq!(
        goal(json!({ "find": "principal", "payment": 5 })),
        ["method not_one_of", "goal.payment number_not_string"]
    );
    assert_eq!(
        goal(json!({ "find": "annual", "payment": "-1" })),
        ["method not_one_of", "principal not_a_decimal", "goal.payment not_a_decimal"]
    );
    assert_eq!(
        goal(json!({ "find": "rate", "payment": "1.001", "x": 1 })),
        ["goal.x unknown_field", "goal.find not_one_of", "goal.payment too_many_decimals"]
    );
    assert_eq!(goal(json!(null)), ["goal required"]);
    assert_eq!(
        goal(json!({ "find": "annual" })),
        ["method not_one_of", "principal not_a_decimal", "goal.payment required"]
    );
    assert_eq!(
        issues(&solve_json(&wire(&json!(null)), &wire(&json!({ "find": "annual", "payment": "1.00" }))).unwrap_err()),
        [" required -"]
    );
    let yen = json!({ "currency": "JPY", "interest": { "annual": "0.1" }, "method": "bullet", "instalmentCount": 1, "disbursementDate": "2026-11-24" });
    assert_eq!(refused(&yen, "principal", "100.5"), ["goal.payment too_many_decimals 0"]);
}

/// A plan fits one principal and one count; the parts of a price fit one rate.
#[test]
fn what_is_given_otherwise_is_found_or_nothing_is() {
    let plan = loan_a_with(json!({ "method": "custom", "principalPlan": ["1000.00", "0.00", "4000.00", "5000.00"] }));
    assert_eq!(solved(&plan, "principal", "5050.00")["principal"], "10000.00");
    assert_eq!(refused(&plan, "principal", "5049.99"), ["goal.payment no_solution 5050.00"]);
    assert_eq!(solved(&plan, "instalmentCount", "5050.00")["instalmentCount"], 4);
    assert_eq!(refused(&plan, "instalmentCount", "5049.99"), ["goal.payment no_solution 5050.00"]);
    let found = solved(&plan, "annual", "5050.00");
    assert!(found["interest"]["annual"].as_str().unwrap().starts_with("0.12"), "{found}");
    let financed = json!([{ "code": "f", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement", "settlement": "financed" }]);
    let with_fee = merged(plan.clone(), json!({ "fees": financed }));
    // 9,900.99 and 99.01 financed.
    assert_eq!(solved(&with_fee, "principal", "5050.00")["principal"], "9900.99");
    let priced = loan_a_with(
        json!({ "pricing": [{ "component": "funding", "rate": "0.05" }, { "component": "risk", "rate": "0.07" }] }),
    );
    assert_eq!(solved(&priced, "annual", "2562.81")["interest"]["annual"], "0.12");
    assert_eq!(refused(&priced, "annual", "2562.80"), ["goal.payment no_solution 2562.81"]);
    let finer = loan_a_with(json!({ "pricing": [{ "component": "funding", "rate": "0.1200001" }] }));
    assert_eq!(refused(&finer, "annual", "9000.00"), ["pricing inconsistent 0.12"]);
}

/// Counts below the first step, or the coupon's length, or the interest-only instalments: only the terms' own rules keep a
/// count from being tried.
#[test]
fn other_fields_that_speak_of_instalments() {
    let steps = loan_a_with(json!({ "steps": [{ "fromInstalment": 7, "interest": { "annual": "0.2" } }] }));
    assert_eq!(solved(&steps, "instalmentCount", "9999.00")["instalmentCount"], 7);
    let grace = loan_a_with(json!({ "interestOnlyInstalments": 3 }));
    assert_eq!(solved(&grace, "instalmentCount", "99999.00")["instalmentCount"], 4);
    let coupon = loan_a_with(json!({ "benefits": [{ "kind": "interestFree", "instalments": 12 }],
        "contingent": [{ "kind": "earlyRepayment", "feeRate": "0.01", "freeAfterInstalment": 12 }] }));
    assert_eq!(solved(&coupon, "instalmentCount", "2500.00")["instalmentCount"], 5);
    assert_eq!(refused(&grace, "instalmentCount", "99.99"), ["goal.payment no_solution 100.27"]);
}

/// Who can pay more is never told less.
#[test]
fn more_payment_never_gives_less() {
    let terms =
        loan_a_with(json!({ "instalmentCount": 12, "rounding": { "instalmentUnit": "1.00" }, "balloon": "500.00" }));
    for find in ["principal", "annual", "instalmentCount"] {
        let tried = Tried::new(&terms, find);
        let mut before = None;
        for payment in (1_300..1_700).step_by(7) {
            let Ok(found) = try_solve(&terms, find, &format!("{payment}.13")) else { continue };
            let value = tried.value(&found) * if find == "instalmentCount" { -1 } else { 1 };
            assert!(before.is_none_or(|before| before <= value), "{find} {payment}");
            before = Some(value);
        }
        assert!(before.is_some(), "{find}");
    }
}

/// Small loans of every kind, exhaustively: no larger principal fits. As all payments together are at least the principal,
/// none above count times payment can.
#[test]
fn no_larger_principal_fits() {
    let (mut tried_count, mut found_count) = (0, 0);
    for number in 0..90 * DEPTH {
        let mut terms = generated(number);
        if terms["method"] == "custom" || terms["instalmentCount"].as_u64() > Some(40) {
            continue;
        }
        let mut random = Random::new(number);
        // Amounts in the terms are sized for another principal; on a small one they are as large as it.
        shrink(&mut terms, &mut random);
        let mut tried = Tried::new(&terms, "principal");
        let Some(payment) = tried.maximum_payment(random.between(1, 1_500) as i64) else { continue };
        let count = terms["instalmentCount"].as_i64().unwrap();
        if count * payment > 20_000 {
            continue;
        }
        tried_count += 1;
        let payment = (payment - random.below(3) as i64).max(0);
        let fitting = (1..=count * payment)
            .rev()
            .find(|value| tried.maximum_payment(*value).is_some_and(|found| found <= payment));
        match (try_solve(&terms, "principal", &money(payment.into(), tried.decimals)), fitting) {
            (Ok(found), Some(fitting)) => {
                assert_eq!(tried.value(&found), fitting, "{number} {payment}: {terms}");
                found_count += 1;
            }
            (Err(error), None) => assert_eq!(error.issues[0].code, "no_solution", "{number} {payment}: {terms}"),
            (Ok(found), None) => panic!("{number} {payment}: {found}"),
            (Err(error), Some(fitting)) => panic!("{number} {payment}: {fitting} fits, but {error}\n{terms}"),
        }
    }
    assert!(tried_count > 25 * DEPTH && found_count > 20 * DEPTH, "{tried_count} {found_count}");
}

/// Amounts of a few units.
fn shrink(terms: &mut Value, random: &mut Random) {
    let decimals = match terms["currency"].as_str() {
        Some("JPY") => 0,
        Some("KWD") => 3,
        _ => 2,
    };
    terms["principal"] = json!(money(10_000, decimals));
    let mut amount = |least: u64, greatest: u64| json!(money(i128::from(random.between(least, greatest)), decimals));
    if terms["balloon"].is_string() {
        terms["balloon"] = amount(0, 2_000);
    }
    if terms["rounding"]["instalmentUnit"].is_string() {
        terms["rounding"]["instalmentUnit"] = amount(1, 60);
    }
    for fee in terms["fees"].as_array_mut().unwrap() {
        if fee["charge"]["amount"].is_string() {
            fee["charge"]["amount"] = amount(0, 80);
        }
    }
    for benefit in terms["benefits"].as_array_mut().unwrap() {
        if benefit["cap"].is_string() {
            benefit["cap"] = amount(0, 100);
        }
    }
}

/// Loans of usual size: the one found fits, and neither do the thousands next to it nor any of many larger ones.
#[test]
fn of_many_larger_values_none_fits() {
    let (mut found_count, mut none_count, mut undecided_count) = (0, 0, 0);
    for number in 0..30 * DEPTH {
        let terms = generated(number);
        if terms["instalmentCount"].as_u64() > Some(60) {
            continue;
        }
        let mut random = Random::new(number);
        for (find, greatest) in [("principal", 1_000_000_000_000), ("annual", 10_000_000)] {
            if terms["method"] == "custom" && find == "principal" {
                continue;
            }
            let mut tried = Tried::new(&terms, find);
            let own = if find == "annual" {
                random.below(500_000) as i64
            } else {
                units(terms["principal"].as_str().unwrap(), tried.decimals) as i64
            };
            let Some(payment) = tried.maximum_payment(own) else { continue };
            let payment = payment.min(1_000_000_000_000);
            let fits =
                |tried: &mut Tried, value: i64| tried.maximum_payment(value).is_some_and(|found| found <= payment);
            match try_solve(&terms, find, &money(payment.into(), tried.decimals)) {
                Ok(found) => {
                    let value = tried.value(&found);
                    assert!(fits(&mut tried, value), "{number} {find} {value}: {terms}");
                    let next = (1..=400).map(|more| value + more);
                    let far = (0..200).map(|_| random.between(value as u64, greatest as u64) as i64);
                    let near: Vec<i64> = (0..40).map(|power| value + (1i64 << power)).collect();
                    for larger in next.chain(far.collect::<Vec<_>>()).chain(near) {
                        assert!(
                            larger <= value || larger > greatest || !fits(&mut tried, larger),
                            "{number} {find} {payment}: {larger} above {value}\n{terms}"
                        );
                    }
                    found_count += 1;
                }
                Err(error) => {
                    // Rounding to a unit of the payments' own size, or payments of some ten units.
                    assert_eq!(
                        error.issues[0].code, "solution_undecided",
                        "{number} {find} {payment} of {own}: {terms}"
                    );
                    undecided_count += 1;
                }
            }
        }
        // Counts one after the other.
        let mut tried = Tried::new(&terms, "instalmentCount");
        let Some(payment) = tried.maximum_payment(terms["instalmentCount"].as_i64().unwrap()) else { continue };
        let payment = payment.min(1_000_000_000_000);
        let smallest = (1..=600).find(|count| tried.maximum_payment(*count).is_some_and(|found| found <= payment));
        match try_solve(&terms, "instalmentCount", &money(payment.into(), tried.decimals)) {
            Ok(found) => assert_eq!(Some(tried.value(&found)), smallest, "{number}: {terms}"),
            Err(error) => {
                none_count += 1;
                assert_eq!((error.issues[0].code, smallest), ("no_solution", None), "{number}: {error}");
            }
        }
    }
    assert!(
        found_count > 30 * DEPTH && none_count < 5 && undecided_count < 5,
        "{found_count} {none_count} {undecided_count}"
    );
}

/// A balloon makes the last payment the largest, and that is where all roundings meet: a cent of the level instalment counts
/// there 200 to 10,000 times. Whatever the question, there is an answer, and the thousands of values above do not fit.
#[test]
fn balloons_over_decades() {
    let mut found_count = 0;
    for (count, balloon, annual) in
        [(120, "50000.00", "0.12"), (240, "150000.00", "0.03"), (360, "50000.00", "0.06"), (360, "150000.00", "0.12")]
    {
        let terms = loan_a_with(json!({ "principal": "200000.00", "instalmentCount": count, "balloon": balloon,
            "interest": { "annual": annual } }));
        let mut tried = Tried::new(&terms, "principal");
        let payment = tried.maximum_payment(20_000_000).unwrap();
        for (find, greatest) in [("principal", 1_000_000_000_000), ("annual", 10_000_000)] {
            for payment in [payment, payment + payment / 14] {
                let mut tried = Tried::new(&terms, find);
                let found = solved(&terms, find, &money(payment.into(), 2));
                let value = tried.value(&found);
                assert!(tried.maximum_payment(value) <= Some(payment), "{count} {find} {payment}");
                for larger in (1..=300 * DEPTH as i64).chain((9..39).map(|power| 1i64 << power)) {
                    let larger = value + larger;
                    assert!(
                        larger > greatest || tried.maximum_payment(larger) > Some(payment),
                        "{count} {find} {larger}"
                    );
                }
                found_count += 1;
            }
        }
    }
    assert_eq!(found_count, 16);
}
