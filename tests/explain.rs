//! Every figure explained: the last step is the quoted figure, both languages say the same, and a reader can check the
//! steps between with a pocket calculator.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::explain::explain_terms;
use common::{EXPLAINED_FIGURES, loan_a, loan_a_with, merged, plain, quote, rows, wire};
use serde_json::{Value, json};

fn explained(terms: &Value, figure: &str, locale: &str) -> Value {
    let text = explain_terms(&wire(terms), &wire(&json!(figure)), &wire(&json!(locale)))
        .unwrap_or_else(|error| panic!("{figure} of {terms}\n{error}"));
    serde_json::from_str(&text).expect("JSON")
}

/// "text → value" of each step.
fn steps(terms: &Value, figure: &str, locale: &str) -> Vec<String> {
    let explanation = explained(terms, figure, locale);
    let steps = explanation["steps"].as_array().expect("steps").iter();
    steps.map(|step| format!("{} → {}", plain(&step["text"]), plain(&step["value"]))).collect()
}

fn values(explanation: &Value) -> Vec<String> {
    explanation["steps"].as_array().expect("steps").iter().map(|step| plain(&step["value"])).collect()
}

/// The figure in a quote, or in an entry of the exact vectors.
fn quoted(quote: &Value, figure: &str) -> String {
    plain(match figure {
        "payment" => &quote["schedule"]["firstPayment"],
        "interest" => &quote["schedule"]["totals"]["interest"],
        "financeCharge" => &quote["schedule"]["totals"]["financeCharge"],
        "itemised" => &quote["cost"]["itemised"]["total"],
        _ => &quote["cost"][figure],
    })
}

/// Issue "One real quote, everywhere".
fn demo() -> Value {
    loan_a_with(json!({ "principal": "20000.00", "interest": { "annual": "0.18" }, "instalmentCount": 12,
        "fees": [{ "code": "service", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement",
                   "settlement": "deducted" }] }))
}

/// Every method, basis, interval and option that changes a figure's way.
fn loans() -> Vec<(&'static str, Value)> {
    let fee = |charge: Value, when: &str| json!([{ "code": "guarantee", "charge": charge, "when": when }]);
    vec![
        ("Loan A", loan_a()),
        ("the demo", demo()),
        ("odd first period", loan_a_with(json!({ "firstDueDate": "2027-01-10" }))),
        ("short first period", loan_a_with(json!({ "firstDueDate": "2026-12-01", "dueDay": 1 }))),
        ("actual/365", loan_a_with(json!({ "accrual": "actual/365" }))),
        ("daily", loan_a_with(json!({ "interest": { "daily": "0.0005" } }))),
        ("monthly", loan_a_with(json!({ "interest": { "monthly": "0.01" }, "instalmentCount": 36 }))),
        ("flat a year", loan_a_with(json!({ "method": "flat", "instalmentCount": 12 }))),
        (
            "flat an instalment",
            loan_a_with(json!({ "method": "flat", "interest": { "flat": "0.009" }, "instalmentCount": 12 })),
        ),
        ("equal principal", loan_a_with(json!({ "method": "equalPrincipal" }))),
        ("interest only", loan_a_with(json!({ "method": "interestOnly" }))),
        ("bullet", loan_a_with(json!({ "method": "bullet" }))),
        (
            "bullet of 400 days",
            loan_a_with(json!({ "method": "bullet", "instalmentCount": 1, "every": { "days": 400 } })),
        ),
        (
            "bullet of 45 days",
            loan_a_with(json!({ "method": "bullet", "instalmentCount": 1, "every": { "days": 45 } })),
        ),
        (
            "custom",
            loan_a_with(json!({ "method": "custom", "principalPlan": ["1000.00", "0.00", "4000.00", "5000.00"] })),
        ),
        ("weeks", loan_a_with(json!({ "every": { "weeks": 2 }, "instalmentCount": 26 }))),
        ("days", loan_a_with(json!({ "every": { "days": 10 }, "instalmentCount": 9 }))),
        ("years", loan_a_with(json!({ "every": { "months": 12 }, "firstDueDate": "2027-03-01" }))),
        ("quarters", loan_a_with(json!({ "every": { "months": 3 } }))),
        ("two years apart", loan_a_with(json!({ "every": { "months": 24 } }))),
        ("grace", loan_a_with(json!({ "interestOnlyInstalments": 2 }))),
        ("balloon", loan_a_with(json!({ "balloon": "4000.00" }))),
        ("steps", loan_a_with(json!({ "steps": [{ "fromInstalment": 3, "interest": { "annual": "0.24" } }] }))),
        ("coarse unit", loan_a_with(json!({ "rounding": { "instalmentUnit": "1000.00" } }))),
        ("no interest", loan_a_with(json!({ "interest": { "annual": "0" } }))),
        ("one instalment", loan_a_with(json!({ "instalmentCount": 1 }))),
        ("paid fee", loan_a_with(json!({ "fees": fee(json!({ "amount": "100.00" }), "disbursement") }))),
        (
            "fee each time",
            loan_a_with(json!({ "fees": fee(json!({ "rate": "0.006", "of": "principal" }), "eachInstalment") })),
        ),
        (
            "fee outside the cost",
            merged(
                demo(),
                json!({ "fees": [{ "code": "card", "charge": { "amount": "9.90" }, "when": "eachInstalment", "inCost": false }] }),
            ),
        ),
        ("free instalments", loan_a_with(json!({ "benefits": [{ "kind": "interestFree", "instalments": 2 }] }))),
        (
            "discounted below the contract",
            loan_a_with(json!({ "benefits": [{ "kind": "interestDiscount", "factor": "0.8", "cap": "40.00" }] })),
        ),
        (
            "rolled",
            loan_a_with(
                json!({ "accrual": "actual/360", "businessDays": { "calendar": "weekends", "roll": "following", "accrue": true } }),
            ),
        ),
        ("yen", loan_a_with(json!({ "currency": "JPY", "principal": "1000000" }))),
        ("dear", loan_a_with(json!({ "interest": { "annual": "10" }, "every": { "weeks": 1 } }))),
        (
            "ten million over thirty years",
            loan_a_with(
                json!({ "principal": "10000000.00", "interest": { "annual": "0.0395" }, "instalmentCount": 360 }),
            ),
        ),
    ]
}

/// Worked by somebody else's program in exact fractions, from the definitions.
#[test]
fn the_last_step_is_the_figure_worked_in_exact_fractions() {
    let file = common::vectors("exact_fractions.json");
    let cases = file["cases"].as_array().expect("cases");
    assert!(cases.len() > 200);
    for case in cases {
        for figure in EXPLAINED_FIGURES {
            let values = values(&explained(&case["terms"], figure, "en"));
            assert_eq!(values.last(), Some(&quoted(case, figure)), "{figure} of {}", case["name"]);
        }
    }
}

#[test]
fn the_last_step_is_the_quoted_figure() {
    for (what, terms) in loans() {
        let quote = quote(&terms);
        for figure in EXPLAINED_FIGURES {
            // Figures that the vectors hold but a quote does not carry are tested there.
            if quoted(&quote, figure) == "null" {
                continue;
            }
            let explanation = explained(&terms, figure, "zh-CN");
            assert_eq!(values(&explanation).last(), Some(&quoted(&quote, figure)), "{figure} of {what}: {explanation}");
        }
    }
}

#[test]
fn both_languages_say_the_same() {
    let is_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    for (what, terms) in loans() {
        for figure in EXPLAINED_FIGURES {
            let (chinese, english) = (explained(&terms, figure, "zh-CN"), explained(&terms, figure, "en"));
            assert_eq!(values(&chinese), values(&english), "{figure} of {what}");
            assert!(is_chinese(&plain(&chinese["text"])), "{figure} of {what}");
            assert!(!is_chinese(&english.to_string()), "{figure} of {what}: {english}");
            for explanation in [chinese, english] {
                let text = explanation.to_string();
                assert!(!text.contains("{}"), "a number is missing: {text}");
            }
        }
    }
}

/// The last thing but the rate that an equation of value says, its sum, is the money received: reckoned back from the published rate.
#[test]
fn the_payments_brought_back_add_up_to_the_money_received() {
    for (what, terms) in loans() {
        for figure in ["irrPerPeriod", "xirr", "euAprc"] {
            let values = values(&explained(&terms, figure, "en"));
            let rows = rows(&quote(&terms)).len();
            assert_eq!(values.len(), if rows == 1 { 4 } else { 5 }, "{figure} of {what}: first, last, sum, rate");
            let sum = &values[values.len() - 2];
            if what == "ten million over thirty years" {
                // Half a unit of the tenth decimal of a rate a month is worth six cents here.
                let cents = |text: &str| common::units(text, 2);
                assert!((cents(sum) - cents(&values[0])).abs() <= 6, "{figure} of {what}: {values:?}");
            } else {
                assert_eq!(*sum, values[0], "{figure} of {what}: {values:?}");
            }
        }
    }
}

/// Discount factors worked with forty digits: 1.0166172005^−1 and ^−12; 1.2194635658^(−30/365) and ^−1.
#[test]
fn the_demo_quote_step_by_step() {
    assert_eq!(
        steps(&demo(), "irrPerPeriod", "en"),
        [
            "Money received on 2026-11-24: principal 20000.00 less the fees of that day 200.00 → 19800.00",
            "Instalment 1 pays 1833.60, 1 period after the disbursement: times the factor 0.9836544173 → 1803.63",
            "Instalment 12 pays 1833.61, 12 periods after the disbursement: times the factor 0.8205604092 → 1504.59",
            "All 12 instalments brought back like this, added up: just the money received → 19800.00",
            "So the internal rate i per period, to ten decimals, is → 0.0166172005",
        ]
    );
    assert_eq!(
        steps(&demo(), "xirr", "zh-CN")[1..3],
        [
            "第 1 期还 1833.60，放款后 30 天：乘以折现系数 0.9838244931 → 1803.94",
            "第 12 期还 1833.61，放款后 365 天：乘以折现系数 0.8200326997 → 1503.62",
        ]
    );
    // 20,000 ÷ 10.9075052070 with the annuity factor (1 − 1.015^−12) ÷ 0.015.
    assert_eq!(
        steps(&demo(), "payment", "zh-CN"),
        [
            "要还的本金 L → 20000.00",
            "v_1 到 v_12 相加 → 10.9075052070",
            "A = 20000.00 ÷ 10.9075052070，未舍入 → 1833.599858",
            "舍入到应还的单位，不少于当期利息，不多于所欠 → 1833.60",
            "第 1 期利息 = 20000.00 × 18% × 1/12，舍入到分（最小单位） → 300.00",
            "归还的本金 = 1833.60 − 300.00 → 1533.60",
            "首期还款 = 本金 1533.60 + 利息 300.00 + 费用 0.00 − 优惠 0.00 → 1833.60",
        ]
    );
    assert_eq!(
        steps(&demo(), "interest", "en"),
        [
            "Interest of instalment 1 = 20000.00 × 18% × 1/12, rounded to the minor unit → 300.00",
            "Interest of instalment 2 = 18466.40 × 18% × 1/12, rounded to the minor unit → 277.00",
            "Interest of instalment 3 = 16909.80 × 18% × 1/12, rounded to the minor unit → 253.65",
            "Interest of instalment 12 = 1806.51 × 18% × 1/12, rounded to the minor unit → 27.10",
            "The interest of 12 instalments added up → 2003.21",
        ]
    );
    assert_eq!(
        steps(&demo(), "itemised", "zh-CN"),
        [
            "只收“贷款利息”时的年化 → 0.1800009547",
            "只收“服务费”时的年化 → 0.0180996326",
            "0.1800009547 + 0.0180996326 → 0.1981005873",
        ]
    );
    assert_eq!(steps(&demo(), "financeCharge", "en")[4], "2003.21 + 200.00 − 0.00 − 0.00 → 2203.21");
    assert_eq!(
        steps(&demo(), "simpleAnnual", "en")[2],
        "0.0166172005 × 12 (multiplied before i is rounded, then to ten decimals) → 0.1994064065"
    );
}

/// semantics.md, section 9: the flat rate 0.6 % over 12 instalments; and the borrower's question about 0.9 %.
#[test]
fn why_a_rate_per_instalment_is_not_a_twelfth_of_the_annual_one() {
    let flat = loan_a_with(json!({ "method": "flat", "interest": { "flat": "0.009" }, "instalmentCount": 12 }));
    let chinese = explained(&flat, "simpleAnnual", "zh-CN");
    let text = plain(&chinese["text"]);
    assert!(text.contains("为什么每期 0.9% 不是一年 10.8%？"), "{text}");
    // Balances of 10,000.00 less 833.33 each time: their mean is 10,000.00 − 5.5 × 833.33.
    assert!(text.contains("平均每期只欠 5416.69"), "{text}");
    assert!(text.contains("真正的年化成本是 19.37%"), "{text}");
    assert_eq!(values(&chinese)[..3], ["0.108", "5416.69", "0.1994"], "12 × 90.00 ÷ 5,416.69 is 19.94 %");
    // The same question where the charge is a fee on the principal with each instalment.
    let fee = loan_a_with(json!({ "interest": { "annual": "0" }, "instalmentCount": 12, "fees": [
        { "code": "instalment", "charge": { "rate": "0.006", "of": "principal" }, "when": "eachInstalment" }] }));
    let english = plain(&explained(&fee, "simpleAnnual", "en")["text"]);
    assert!(english.contains("Why is 0.6% an instalment not 7.2% a year?"), "{english}");
    // It is no question where the principal is not repaid along the way.
    let interest_only = loan_a_with(json!({ "method": "interestOnly", "fees": [
        { "code": "instalment", "charge": { "rate": "0.006", "of": "principal" }, "when": "eachInstalment" }] }));
    assert!(!plain(&explained(&interest_only, "simpleAnnual", "en")["text"]).contains("Why"));
}

#[test]
fn single_payments_and_years_have_unit_periods_of_their_own() {
    let bullet = loan_a_with(json!({ "method": "bullet" }));
    assert_eq!(
        steps(&bullet, "usApr", "en"),
        [
            "Money received on 2026-11-24 → 10000.00",
            "Payment 10400.00 less money received 10000.00 → 400.00",
            "Rate of the term i = 400.00 ÷ 10000.00 → 0.04",
            "Unit-periods w of a year → 3",
            "0.04 × 3 (multiplied before i is rounded, then to ten decimals) → 0.12",
        ]
    );
    let days = loan_a_with(json!({ "method": "bullet", "instalmentCount": 1, "every": { "days": 45 } }));
    assert_eq!(values(&explained(&days, "usApr", "en"))[3], "73/9");
    let years = loan_a_with(json!({ "every": { "months": 12 } }));
    assert!(steps(&years, "usApr", "en")[1].contains("1 period after the disbursement"));
    // 47 days from 2026-11-24 to 2027-01-10: one month and 16 days, counted back from the payment.
    let odd = loan_a_with(json!({ "firstDueDate": "2027-01-10" }));
    assert!(steps(&odd, "euAprc", "en")[1].contains("t = 1/12 + 16/365"), "{:?}", steps(&odd, "euAprc", "en"));
}

#[test]
fn the_arguments_are_checked_together() {
    let terms = loan_a_with(json!({ "principal": 10000 }));
    let error = explain_terms(&wire(&terms), &wire(&json!("usAPR")), &wire(&json!("zh"))).expect_err("refused");
    let found: Vec<String> = error.issues.iter().map(|issue| format!("{} {}", issue.code, issue.field)).collect();
    assert_eq!(found, ["number_not_string principal", "not_one_of figure", "not_one_of locale"]);
    assert!(error.issues[1].message.en.contains("did you mean \"usApr\"?"), "{error}");
    let error = explain_terms(&wire(&loan_a()), &wire(&json!(null)), &wire(&json!(null))).expect_err("refused");
    assert_eq!((error.issues[0].code, error.issues[0].field.as_str()), ("required", "figure"));
    let chinese = explained(&loan_a(), "payment", "zh-CN");
    let text = explain_terms(&wire(&loan_a()), &wire(&json!("payment")), &wire(&json!(null))).expect("right");
    assert_eq!(serde_json::from_str::<Value>(&text).expect("JSON"), chinese, "Chinese where no language is given");
}

/// A first payment of interest alone is not told of as the level instalment that comes later.
#[test]
fn a_first_payment_of_interest_alone() {
    let terms = json!({ "principal": "20000.00", "interest": { "annual": "0.18" }, "method": "equalInstalment",
        "instalmentCount": 12, "interestOnlyInstalments": 3, "disbursementDate": "2026-11-24" });
    let zh = explained(&terms, "payment", "zh-CN");
    assert!(zh["text"].as_str().unwrap().contains("只付当期利息"), "{zh}");
    assert_eq!(zh["formula"], "还款 = 利息 + 费用 − 优惠");
    let en = explained(&terms, "payment", "en");
    assert_eq!(en["formula"], "payment = interest + fees − benefit");
    assert_eq!(steps(&terms, "payment", "en").last().unwrap().split(" → ").nth(1), Some("300.00"));
}
