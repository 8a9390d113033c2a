//! Every worked number of the definitions (sections 2 to 8): worked in exact fractions, binding, and readable here
//! without the code. Loan A is 10,000.00 CNY, 12 % a year, 4 monthly equal instalments, disbursed 2026-11-24.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use common::{column, loan_a, loan_a_with, merged, plain, problems, quote, rows};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Each line: what it shows, the terms, the column, and its value in every row.
fn check_columns(lines: &[(&str, Value, &str, &str)]) {
    for (what, terms, field, expected) in lines {
        assert_eq!(column(&quote(terms), field), *expected, "{what}");
    }
}

/// Each line: what it shows, the terms, the path within the schedule, and the value there.
fn check_schedule(lines: &[(&str, Value, &str, &str)]) {
    for (what, terms, pointer, expected) in lines {
        let quote = quote(terms);
        let value = quote["schedule"].pointer(pointer).unwrap_or_else(|| panic!("{what}: no {pointer}"));
        assert_eq!(plain(value), *expected, "{what}");
    }
}

fn service_fee(changes: Value) -> Value {
    let fee = json!({ "code": "service", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement" });
    json!([merged(fee, changes)])
}

/// Issue "One real quote, everywhere": 20,000.00 CNY, 18 % a year, 12 instalments, 1 % deducted.
fn demo() -> Value {
    loan_a_with(json!({ "principal": "20000.00", "interest": { "annual": "0.18" }, "instalmentCount": 12,
                        "fees": service_fee(json!({ "settlement": "deducted" })) }))
}

// ───────── section 2: dates and positions ─────────

#[test]
fn due_dates_are_counted_from_one_anchor() {
    let from_31_january = loan_a_with(json!({ "disbursementDate": "2026-01-31", "instalmentCount": 3 }));
    let due_day_10 = loan_a_with(json!({ "dueDay": 10, "instalmentCount": 2 }));
    check_columns(&[
        ("31 January", from_31_january, "dueDate", "2026-02-28 2026-03-31 2026-04-30"),
        ("24 November, day 10", due_day_10, "dueDate", "2026-12-10 2027-01-10"),
        (
            "a first due date, then its own day",
            loan_a_with(json!({ "firstDueDate": "2027-01-10", "instalmentCount": 3 })),
            "dueDate",
            "2027-01-10 2027-02-10 2027-03-10",
        ),
        (
            "a first due date, then the due day",
            loan_a_with(json!({ "firstDueDate": "2027-01-10", "dueDay": 31, "instalmentCount": 3 })),
            "dueDate",
            "2027-01-10 2027-02-28 2027-03-31",
        ),
    ]);
}

#[test]
fn the_end_of_february_is_a_whole_month_after_the_end_of_january() {
    // 31 January to 28 February has 28 days; as a position it is one month, not 28/30 of one.
    let from_31_january = loan_a_with(json!({ "disbursementDate": "2026-01-31" }));
    let plain = quote(&from_31_january);
    for first in [json!({ "dueDay": 31 }), json!({ "dueDay": 31, "firstDueDate": "2026-02-28" })] {
        let quote = quote(&merged(from_31_january.clone(), first));
        assert_eq!(quote["schedule"], plain["schedule"]);
        assert_eq!(quote["cost"], plain["cost"]);
    }
    assert_eq!(plain["cost"]["irrPerPeriod"], "0.0099998512", "that of Loan A");
}

#[test]
fn in_a_long_holiday_two_due_dates_may_fall_on_one_day_but_never_decrease() {
    // Weekly, rolled over the whole of Golden Week 2026 (1 to 8 October, the 10th is worked).
    let terms = loan_a_with(json!({ "disbursementDate": "2026-09-24", "every": { "days": 3 }, "instalmentCount": 5,
                                    "businessDays": { "calendar": "CN", "roll": "following" } }));
    let quote = quote(&terms);
    assert_eq!(column(&quote, "dueDate"), "2026-09-28 2026-09-30 2026-10-08 2026-10-08 2026-10-09");
    assert_eq!(rows(&quote)[2]["unrolledDueDate"], "2026-10-03");
    assert_eq!(rows(&quote)[1].get("unrolledDueDate"), None, "only where a roll moved it");
}

#[test]
fn a_roll_may_not_put_the_first_due_date_on_the_disbursement() {
    // Due Saturday 28 November; the business day before is Friday 27 November, the day of the disbursement.
    let terms = loan_a_with(json!({ "disbursementDate": "2026-11-27", "firstDueDate": "2026-11-28",
                                    "businessDays": { "calendar": "weekends", "roll": "preceding" } }));
    assert!(problems(&terms).issues.iter().any(|issue| issue.field.starts_with("businessDays")));
}

#[test]
fn past_the_calendars_last_year_the_quote_warns() {
    let china = json!({ "businessDays": { "calendar": "CN", "roll": "following" } });
    let within = merged(loan_a_with(china.clone()), json!({ "disbursementDate": "2026-08-24" }));
    assert_eq!(quote(&within)["warnings"], json!([]), "the last due date is 2026-12-24");
    let beyond = quote(&loan_a_with(china));
    let warnings = beyond["warnings"].as_array().expect("a list");
    assert_eq!(warnings.len(), 1, "due dates of 2027 are not announced: {beyond}");
    assert!(warnings[0]["message"]["zh-CN"].is_string() && warnings[0]["message"]["en"].is_string());
}

// ───────── section 3: interest of a period ─────────

#[test]
fn interest_of_an_odd_first_period() {
    let odd = json!({ "firstDueDate": "2027-01-10" });
    let across_new_year = json!({ "disbursementDate": "2027-12-20", "accrual": "actual/actual-isda" });
    check_schedule(&[
        ("47 days: 1/12 + 16/360", loan_a_with(odd.clone()), "/instalments/0/interest", "153.33"),
        (
            "47 days actual/365",
            merged(loan_a_with(odd), json!({ "accrual": "actual/365" })),
            "/instalments/0/interest",
            "154.52",
        ),
        ("12/365 + 19/366", loan_a_with(across_new_year), "/instalments/0/interest", "101.75"),
    ]);
}

#[test]
fn a_daily_rate_costs_the_balance_times_the_rate_each_day() {
    // 0.05 % of 10,000.00 is 5.00 a day, 150.00 in the 30 days to 24 December, on either basis.
    for days_per_year in [360, 365] {
        let daily = json!({ "interest": { "daily": "0.0005", "daysPerYear": days_per_year } });
        let quote = quote(&loan_a_with(daily));
        assert_eq!(rows(&quote)[0]["interest"], "150.00");
        assert_eq!(quote["terms"]["accrual"], format!("actual/{days_per_year}"));
    }
}

#[test]
fn annual_monthly_and_daily_rates_are_the_same_rate() {
    let monthly = quote(&loan_a_with(json!({ "interest": { "monthly": "0.01" } })));
    let annual = quote(&loan_a());
    assert_eq!(monthly["schedule"], annual["schedule"]);
    assert_eq!(monthly["cost"], annual["cost"]);
}

// ───────── section 4: methods ─────────

#[test]
fn each_method_gives_its_rows() {
    let loan = |method: &str, changes: Value| merged(loan_a_with(json!({ "method": method })), changes);
    let three = json!({ "instalmentCount": 3 });
    check_columns(&[
        ("level", loan_a(), "payment", "2562.81 2562.81 2562.81 2562.81"),
        ("level, interest", loan_a(), "interest", "100.00 75.37 50.50 25.37"),
        ("equal principal", loan("equalPrincipal", three), "principal", "3333.33 3333.33 3333.34"),
        (
            "flat",
            loan("flat", json!({ "instalmentCount": 3, "interest": { "flat": "0.006" } })),
            "payment",
            "3393.33 3393.33 3393.34",
        ),
        ("interest only", loan("interestOnly", json!({})), "payment", "100.00 100.00 100.00 10100.00"),
        ("bullet", loan("bullet", json!({})), "payment", "10400.00"),
        ("bullet, actual/365", loan("bullet", json!({ "accrual": "actual/365" })), "payment", "10394.52"),
        (
            "custom",
            loan("custom", json!({ "principalPlan": ["1000.00", "0.00", "4000.00", "5000.00"] })),
            "interest",
            "100.00 90.00 90.00 50.00",
        ),
    ]);
    let bullet = quote(&loan("bullet", json!({})));
    assert_eq!(column(&bullet, "number"), "1");
    assert_eq!(column(&bullet, "dueDate"), "2027-03-24");
}

#[test]
fn the_level_instalment_amortises_with_the_actual_period_factors() {
    let actual = json!({ "accrual": "actual/365" });
    let odd = loan_a_with(json!({ "firstDueDate": "2027-01-10" }));
    check_columns(&[
        ("odd first period", odd, "payment", "2576.34 2576.34 2576.34 2576.35"),
        ("actual/365", loan_a_with(actual.clone()), "interest", "98.63 76.81 51.47 23.37"),
    ]);
    check_schedule(&[("actual/365", loan_a_with(actual), "/firstPayment", "2562.57")]);
}

#[test]
fn a_level_instalment_of_exactly_half_a_cent_is_rounded_by_the_mode() {
    // 25 % a month, two instalments: A = L · 25/36, so 10,000.26 gives 6,944.625 and 10,000.62 gives 6,944.875 exactly.
    let payments = |principal: &str, mode: &str| {
        let terms = loan_a_with(json!({ "principal": principal, "interest": { "annual": "3" }, "instalmentCount": 2,
                                        "rounding": { "mode": mode } }));
        column(&quote(&terms), "payment")
    };
    for (mode, even_below, even_above) in [
        ("halfUp", "6944.63 6944.63", "6944.88 6944.88"),
        ("halfEven", "6944.62 6944.62", "6944.88 6944.88"),
        ("up", "6944.63 6944.63", "6944.88 6944.88"),
        ("down", "6944.62 6944.62", "6944.87 6944.87"),
    ] {
        assert_eq!(payments("10000.26", mode), even_below, "{mode}");
        assert_eq!(payments("10000.62", mode), even_above, "{mode}");
    }
}

#[test]
fn interest_only_openings_and_balloons() {
    let balloon = json!({ "balloon": "4000.00" });
    check_columns(&[
        (
            "two interest-only instalments",
            loan_a_with(json!({ "interestOnlyInstalments": 2 })),
            "payment",
            "100.00 100.00 5075.12 5075.13",
        ),
        ("balloon 4,000.00", loan_a_with(balloon.clone()), "payment", "1577.69 1577.69 1577.69 5577.67"),
        (
            "balloon, equal principal",
            merged(loan_a_with(balloon), json!({ "method": "equalPrincipal" })),
            "principal",
            "1500.00 1500.00 1500.00 5500.00",
        ),
    ]);
}

#[test]
fn a_step_solves_the_level_instalment_anew_on_the_balance_then() {
    let step = json!({ "steps": [{ "fromInstalment": 3, "interest": { "annual": "0.24" } }] });
    check_columns(&[("0.24 from 3", loan_a_with(step), "payment", "2562.81 2562.81 2600.87 2600.88")]);
}

#[test]
fn an_instalment_that_does_not_cover_the_interest_becomes_interest_only() {
    // 36.00 at 10 % a month, 24 instalments: the level instalment is 4.01 and the interest 3.60. To the nearest 20.00 that
    // is nothing, so the rows are interest-only until, with four to go, 11.36 rounds to 20.00.
    let terms = loan_a_with(json!({ "principal": "36.00", "interest": { "monthly": "0.1" }, "instalmentCount": 24,
                                    "rounding": { "instalmentUnit": "20.00" } }));
    let payments = format!("{}20.00 20.00 1.72 0.00", "3.60 ".repeat(20));
    check_columns(&[("interest-only, then the unit", terms, "payment", &payments)]);
}

#[test]
fn a_coarse_unit_can_end_the_loan_early() {
    // Level A is 2,562.81; rounded up to 4,000.00 it repays in three instalments, and the fourth row is zero.
    let terms = loan_a_with(json!({ "rounding": { "mode": "up", "instalmentUnit": "4000.00" } }));
    check_columns(&[
        ("payments", terms.clone(), "payment", "4000.00 4000.00 2182.61 0.00"),
        ("balances", terms, "closingBalance", "6100.00 2161.00 0.00 0.00"),
    ]);
}

#[test]
fn the_unit_rounds_the_instalment_and_the_last_one_bears_the_rest() {
    check_columns(&[
        (
            "unit 10.00",
            loan_a_with(json!({ "rounding": { "instalmentUnit": "10.00" } })),
            "payment",
            "2560.00 2560.00 2560.00 2571.41",
        ),
        (
            "flat: the part and the interest together",
            loan_a_with(json!({ "method": "flat", "interest": { "flat": "0.006" }, "instalmentCount": 3,
                                "rounding": { "instalmentUnit": "10.00" } })),
            "payment",
            "3390.00 3390.00 3400.00",
        ),
        (
            "remainder first",
            loan_a_with(
                json!({ "method": "equalPrincipal", "instalmentCount": 3, "rounding": { "remainder": "first" } }),
            ),
            "principal",
            "3333.34 3333.33 3333.33",
        ),
    ]);
}

#[test]
fn a_roll_changes_interest_only_where_interest_runs_to_the_rolled_day() {
    // 24 January 2027 is a Sunday; due on the 25th.
    let roll = |accrue: bool| {
        loan_a_with(json!({ "accrual": "actual/365",
                            "businessDays": { "calendar": "weekends", "roll": "following", "accrue": accrue } }))
    };
    check_columns(&[
        ("due dates", roll(false), "dueDate", "2026-12-24 2027-01-25 2027-02-24 2027-03-24"),
        ("without accrue", roll(false), "interest", "98.63 76.81 51.47 23.37"),
        ("without accrue, days", roll(false), "days", "30 31 31 28"),
        ("with accrue", roll(true), "interest", "98.63 79.28 49.83 23.38"),
        ("with accrue, days", roll(true), "days", "30 32 30 28"),
    ]);
    check_schedule(&[
        ("without accrue", roll(false), "/firstPayment", "2562.57"),
        ("with accrue", roll(true), "/firstPayment", "2562.78"),
    ]);
    let periodic = loan_a_with(json!({ "businessDays": { "calendar": "weekends", "roll": "following" } }));
    check_columns(&[("periodic", periodic, "interest", "100.00 75.37 50.50 25.37")]);
}

// ───────── section 5: fees ─────────

#[test]
fn a_fee_at_disbursement_is_paid_deducted_or_financed() {
    let loan = |settlement: &str| loan_a_with(json!({ "fees": service_fee(json!({ "settlement": settlement })) }));
    let default = loan_a_with(json!({ "fees": service_fee(json!({})) }));
    assert_eq!(quote(&default), quote(&loan("paid")), "paid is the default");
    check_schedule(&[
        ("paid", loan("paid"), "/proceeds", "10000.00"),
        ("paid", loan("paid"), "/paidAtDisbursement", "100.00"),
        ("paid", loan("paid"), "/totals/payments", "10351.24"),
        ("deducted", loan("deducted"), "/proceeds", "9900.00"),
        ("deducted", loan("deducted"), "/paidAtDisbursement", "0.00"),
        ("financed", loan("financed"), "/proceeds", "10000.00"),
        ("financed", loan("financed"), "/totals/principal", "10100.00"),
        ("financed", loan("financed"), "/firstPayment", "2588.44"),
    ]);
}

#[test]
fn fees_with_each_instalment() {
    let loan = |rate: &str, base: &str| {
        loan_a_with(json!({ "fees": [{ "code": "service", "charge": { "rate": rate, "of": base },
                                       "when": "eachInstalment" }] }))
    };
    check_columns(&[
        ("0.2 % of the opening balance", loan("0.002", "openingBalance"), "fees", "20.00 15.07 10.10 5.07"),
        ("1 % of the instalment", loan("0.01", "instalment"), "fees", "25.63 25.63 25.63 25.63"),
    ]);
}

#[test]
fn fees_outside_the_cost_leave_the_rates_and_the_finance_charge_alone() {
    let outside = json!({ "inCost": false });
    for settlement in ["paid", "deducted", "financed"] {
        let fees = service_fee(merged(outside.clone(), json!({ "settlement": settlement })));
        let quote = quote(&loan_a_with(json!({ "fees": fees })));
        assert_eq!(
            quote["schedule"]["totals"]["financeCharge"], quote["schedule"]["totals"]["interest"],
            "{settlement}"
        );
        assert_eq!(quote["schedule"]["totals"]["fees"], "100.00");
        let rate: f64 = plain(&quote["cost"]["simpleAnnual"]).parse().expect("a rate");
        assert!((rate - 0.12).abs() < 1e-5, "{settlement}: {rate}");
    }
}

// ───────── section 6: benefits ─────────

#[test]
fn benefits_stand_in_their_own_column() {
    let loan = |benefit: Value| loan_a_with(json!({ "benefits": [benefit] }));
    let discount = json!({ "kind": "interestDiscount", "factor": "0.8" });
    let two_free = loan(json!({ "kind": "interestFree", "instalments": 2 }));
    check_columns(&[
        ("two free instalments", two_free.clone(), "benefit", "100.00 75.37 0.00 0.00"),
        ("interest stays gross", two_free, "interest", "100.00 75.37 50.50 25.37"),
        ("forty free days", loan(json!({ "kind": "interestFree", "days": 40 })), "benefit", "100.00 24.31 0.00 0.00"),
        ("eighty per cent still paid", loan(discount.clone()), "benefit", "20.00 15.07 10.10 5.07"),
        ("capped", loan(merged(discount, json!({ "cap": "40.00" }))), "benefit", "20.00 15.07 4.93 0.00"),
    ]);
}

#[test]
fn each_benefit_acts_on_what_the_earlier_ones_left() {
    let half = json!({ "kind": "interestDiscount", "factor": "0.5" });
    let first_free = json!({ "kind": "interestFree", "instalments": 1 });
    check_columns(&[
        ("twice half off", loan_a_with(json!({ "benefits": [half, half] })), "benefit", "75.00 56.53 37.88 19.03"),
        (
            "free, then half off",
            loan_a_with(json!({ "benefits": [first_free, half] })),
            "benefit",
            "100.00 37.69 25.25 12.69",
        ),
    ]);
}

#[test]
fn a_waiver_at_disbursement_cuts_the_fee_before_settlement() {
    let waiver = json!([{ "kind": "feeWaiver", "fee": "service", "cap": "30.00" }]);
    let loan = |settlement: &str| {
        loan_a_with(json!({ "fees": service_fee(json!({ "settlement": settlement })), "benefits": waiver }))
    };
    check_schedule(&[
        ("deducted", loan("deducted"), "/proceeds", "9930.00"),
        ("paid", loan("paid"), "/paidAtDisbursement", "70.00"),
        ("financed", loan("financed"), "/totals/principal", "10070.00"),
        ("fees stay gross", loan("paid"), "/totals/fees", "100.00"),
        ("it counts as a benefit", loan("paid"), "/totals/benefits", "30.00"),
    ]);
}

// ───────── section 7: joint lenders ─────────

#[test]
fn joint_lenders_get_the_difference_of_what_they_hold() {
    let lenders = json!([{ "name": "bank", "share": "0.7" }, { "name": "trust", "share": "0.3" }]);
    let quote = quote(&loan_a_with(json!({ "lenders": lenders })));
    let parts = |number: usize, field: &str| {
        let lenders = rows(&quote)[number - 1]["lenders"].as_array().expect("lenders");
        lenders.iter().map(|lender| plain(&lender[field])).collect::<Vec<_>>().join(" + ")
    };
    assert_eq!(parts(1, "principal"), "1723.97 + 738.84");
    assert_eq!(parts(1, "interest"), "70.00 + 30.00");
    assert_eq!(parts(2, "principal"), "1741.20 + 746.24");
    assert_eq!(parts(2, "interest"), "52.76 + 22.61");
}

// ───────── section 8: rates ─────────

#[test]
fn the_table_of_rates() {
    let fees = |settlement: &str| loan_a_with(json!({ "fees": service_fee(json!({ "settlement": settlement })) }));
    let odd = loan_a_with(json!({ "firstDueDate": "2027-01-10" }));
    let fields = ["irrPerPeriod", "simpleAnnual", "compoundAnnual", "xirr"];
    for (what, terms, expected) in [
        ("Loan A", loan_a(), "0.0099998512 0.1199982146 0.1268230382 0.1273370269"),
        ("first due 2027-01-10", odd, "0.0099822622 0.1197871464 0.1265875791 0.1270184402"),
        ("1 % deducted", fees("deducted"), "0.0140929088 0.1691149059 0.1828589231 0.1836153747"),
        ("1 % paid", fees("paid"), "0.0140929088 0.1691149059 0.1828589231 0.1836153747"),
        ("1 % financed", fees("financed"), "0.0140523583 0.1686282998 0.1822914605 0.1830454123"),
        ("demo", demo(), "0.0166172005 0.1994064065 0.2186793187 0.2194635658"),
    ] {
        let cost = &quote(&terms)["cost"];
        let found: Vec<String> = fields.iter().map(|field| plain(&cost[field])).collect();
        assert_eq!(found.join(" "), expected, "{what}: {}", fields.join(" "));
    }
}

#[test]
fn a_bullet_loan_has_one_period_the_term() {
    let terms = loan_a_with(json!({ "method": "bullet", "interest": { "annual": "0.06" }, "instalmentCount": 6 }));
    let cost = &quote(&terms)["cost"];
    assert_eq!(cost["irrPerPeriod"], "0.03");
    assert_eq!(cost["simpleAnnual"], "0.06");
    assert_eq!(cost["compoundAnnual"], "0.0609");
}

#[test]
fn the_demo_quote() {
    check_schedule(&[
        ("proceeds", demo(), "/proceeds", "19800.00"),
        ("first", demo(), "/firstPayment", "1833.60"),
        ("last", demo(), "/lastPayment", "1833.61"),
        ("largest", demo(), "/maximumPayment", "1833.61"),
        ("interest", demo(), "/totals/interest", "2003.21"),
        ("finance charge", demo(), "/totals/financeCharge", "2203.21"),
        ("maturity", demo(), "/maturityDate", "2027-11-24"),
    ]);
}

#[test]
fn a_vector_of_the_style_guide() {
    // "The remainder goes to the last instalment": worked by hand, two decimals, half away from zero.
    let terms = json!({ "principal": "12000.00", "interest": { "annual": "0.12" }, "instalmentCount": 12,
                        "method": "equalInstalment", "disbursementDate": "2026-01-01" });
    check_schedule(&[
        ("first", terms.clone(), "/firstPayment", "1066.19"),
        ("last", terms.clone(), "/lastPayment", "1066.14"),
        ("interest", terms, "/totals/interest", "794.23"),
    ]);
}
