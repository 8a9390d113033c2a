//! The rows and sums of the table: how charges are worded, who collects them, and that the sums hold for any loan.

use super::{complete, demo, disclose, field_of, figure, texts};
use crate::common::{loan_a_with, merged, plain, quote, rows, units};
use serde_json::{Value, json};

fn standards(changes: Value) -> Vec<String> {
    field_of(&disclose(&merged(demo(), changes), "CN", json!({})), "items", "standard")
}

/// What stands before the annualised rate.
fn charged(changes: Value) -> String {
    let standards = standards(changes);
    standards[0].split("，折算年化").next().expect("text").to_owned()
}

#[test]
fn interest_is_worded_on_the_basis_that_is_charged() {
    assert_eq!(charged(json!({})), "年利率 18%");
    assert_eq!(charged(json!({ "interest": { "monthly": "0.015" } })), "月利率 1.5%（年利率 18%）");
    assert_eq!(charged(json!({ "interest": { "daily": "0.0005" } })), "日利率 0.05%（一年按 365 天，年利率 18.25%）");
    assert_eq!(
        charged(json!({ "interest": { "daily": "0.0005", "daysPerYear": 360 } })),
        "日利率 0.05%（一年按 360 天，年利率 18%）"
    );
    assert_eq!(
        charged(json!({ "method": "flat", "interest": { "flat": "0.006" } })),
        "每期费率 0.6%，始终按最初的本金计收"
    );
    assert_eq!(charged(json!({ "method": "flat" })), "年利率 18%，始终按最初的本金计收");
    assert_eq!(
        charged(json!({ "steps": [{ "fromInstalment": 7, "interest": { "annual": "0.2" } }] })),
        "年利率 18%；第 7 期起年利率 20%"
    );
}

#[test]
fn a_flat_rate_per_instalment_is_annualised() {
    // semantics.md, section 9: 0.6 % over 12 instalments is 13.03 %; to the cent of 20,000.00 it is the same.
    let flat = standards(json!({ "method": "flat", "interest": { "flat": "0.006" }, "fees": [] }));
    assert_eq!(flat, ["每期费率 0.6%，始终按最初的本金计收，折算年化 13.03%（单利）"]);
}

#[test]
fn fees_are_worded_by_their_charge_and_their_time() {
    let fee = |charge: Value, when: &str, changes: Value| {
        let fee = merged(json!({ "code": "vip", "charge": charge, "when": when }), changes);
        let disclosure = disclose(&merged(demo(), json!({ "fees": [fee] })), "CN", json!({}));
        let item = &disclosure["items"][1];
        let standard = plain(&item["standard"]);
        let charged = standard.split("，折算年化").next().expect("text").to_owned();
        [plain(&item["name"]), plain(&item["collection"]), charged].join(" | ")
    };
    let amount = || json!({ "amount": "30.00" });
    let rate = |of: &str| json!({ "rate": "0.002", "of": of });
    assert_eq!(fee(amount(), "disbursement", json!({})), "vip | 放款时另行支付 | 30.00 CNY");
    assert_eq!(
        fee(amount(), "disbursement", json!({ "settlement": "financed", "name": "贵宾费" })),
        "贵宾费 | 放款时并入本金，随本金偿还 | 30.00 CNY"
    );
    assert_eq!(
        fee(rate("principal"), "eachInstalment", json!({ "code": "guarantee" })),
        "担保费 | 随每期还款收取 | 每期本金的 0.2%"
    );
    assert_eq!(
        fee(rate("openingBalance"), "eachInstalment", json!({})),
        "vip | 随每期还款收取 | 每期期初本金余额的 0.2%"
    );
    assert_eq!(fee(rate("instalment"), "firstInstalment", json!({})), "vip | 随首期还款收取 | 当期应还本息的 0.2%");
    assert_eq!(fee(amount(), "lastInstalment", json!({ "name": " " })), "vip | 随末期还款收取 | 30.00 CNY");
}

#[test]
fn a_fee_outside_the_cost_is_listed_and_told_of() {
    let terms = merged(
        demo(),
        json!({ "fees": [
        { "code": "membership", "payee": "平台", "charge": { "amount": "25.00" }, "when": "eachInstalment", "inCost": false },
        { "code": "service", "payee": "平台", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement",
          "settlement": "deducted" }
    ] }),
    );
    let disclosure = disclose(&terms, "CN", json!({ "locale": "en" }));
    assert_eq!(field_of(&disclosure, "items", "code"), ["interest", "membership", "service"]);
    assert_eq!(field_of(&disclosure, "items", "annual"), ["0.1800009547", "0", "0.0180996326"]);
    assert_eq!(
        disclosure["items"][1]["standard"],
        "25.00 CNY with each instalment, not counted in the cost of the loan"
    );
    assert_eq!(figure(&disclosure, "outsideCost"), "300.00");
    assert_eq!(figure(&disclosure, "financeCharge"), "2203.21");
    assert!(texts(&disclosure, "warnings").iter().any(|text| text.contains("inCost: false")));
    // The borrower of China is told what is due, the box of Regulation Z what the credit costs.
    assert!(figure(&disclosure, "paymentSchedule").starts_with("11 payments of 1858.60"));
    let box_ = disclose(&terms, "US", json!({}));
    assert!(figure(&box_, "paymentSchedule").starts_with("11 payments of 1833.60"));
}

#[test]
fn whoever_does_not_say_who_collects_is_told_of() {
    let named = disclose(&complete(), "CN", json!({ "lenderType": "bank" }));
    assert!(texts(&named, "warnings").iter().all(|text| !text.contains("收取主体")), "{named}");
    let unnamed = merged(demo(), json!({ "contingent": [{ "kind": "misuse", "rateFactor": "2" }] }));
    let warnings = texts(&disclose(&unnamed, "CN", json!({})), "warnings");
    for about in ["（lenders）", "“服务费”", "“挪用罚息”"] {
        assert_eq!(warnings.iter().filter(|text| text.contains(about)).count(), 1, "{about} {warnings:?}");
    }
}

#[test]
fn the_lenders_incomes_add_up_to_the_interest() {
    let quote = quote(&complete());
    let disclosure = disclose(&complete(), "CN", json!({}));
    let cents = |text: &str| units(text, 2);
    let incomes = ["lenderInterest1", "lenderInterest2"].map(|code| cents(&figure(&disclosure, code)));
    assert_eq!(incomes.iter().sum::<i128>(), cents(&figure(&disclosure, "totalInterest")));
    for (index, income) in incomes.into_iter().enumerate() {
        let parts: i128 = rows(&quote).iter().map(|row| cents(&plain(&row["lenders"][index]["interest"]))).sum();
        assert_eq!(income, parts);
    }
}

#[test]
fn the_parts_of_the_price_add_up_to_the_rate() {
    let disclosure = disclose(&complete(), "CN", json!({}));
    let rates = field_of(&disclosure, "pricing", "rate");
    let total: i128 = rates.iter().map(|rate| units(rate, 12)).sum();
    assert_eq!(total, units("0.18", 12));
    assert_eq!(disclose(&demo(), "CN", json!({})).get("pricing"), None, "none where the terms have none");
}

#[test]
fn many_different_payments_are_told_by_their_extremes() {
    let terms = loan_a_with(json!({ "method": "equalPrincipal", "instalmentCount": 36 }));
    assert_eq!(
        figure(&disclose(&terms, "US", json!({})), "paymentSchedule"),
        "36 payments from 2026-12-24, monthly, varying between 377.78 and 280.48"
    );
    assert_eq!(
        figure(&disclose(&terms, "CN", json!({})), "paymentSchedule"),
        "36 期，自 2026-12-24 起每月，每期金额不等，最高 377.78，最低 280.48"
    );
    let weekly = loan_a_with(json!({ "every": { "weeks": 2 } }));
    assert_eq!(
        figure(&disclose(&weekly, "US", json!({})), "paymentSchedule").split(';').next(),
        Some("4 payments of 2528.91 from 2026-12-08, every 2 weeks")
    );
}

/// Whatever the fees: amount financed + finance charge = total of payments = what is paid with the instalments because of the
/// loan; total amount payable = that and what is paid in cash at the start; total amount payable − cost = what can be used.
#[test]
fn the_sums_of_the_laws_hold_whatever_the_fees() {
    for settlement in ["paid", "deducted", "financed"] {
        for in_cost in [true, false] {
            for waived in [false, true] {
                let fee = json!({ "code": "service", "charge": { "amount": "200.00" }, "when": "disbursement",
                                  "settlement": settlement, "inCost": in_cost });
                let other = json!({ "code": "service", "charge": { "amount": "60.00" }, "when": "disbursement" });
                let monthly = json!({ "code": "guarantee", "charge": { "amount": "10.00" }, "when": "eachInstalment",
                                      "inCost": in_cost });
                let benefits = if waived {
                    json!([{ "kind": "feeWaiver", "fee": "service", "cap": "230.00" }])
                } else {
                    json!([])
                };
                let terms = merged(demo(), json!({ "fees": [fee, other, monthly], "benefits": benefits }));
                let what = format!("{settlement}, in cost {in_cost}, waived {waived}");
                let quote = quote(&terms);
                let cents = |text: &str| units(text, 2);
                let monthly_outside = if in_cost { 0 } else { 12 * 1000 };
                let instalments: i128 =
                    rows(&quote).iter().map(|row| cents(&plain(&row["payment"]))).sum::<i128>() - monthly_outside;
                // The waiver takes all of the first fee, then 30.00 of the second; without it both stand.
                let (first, second) = if waived { (0, 3_000) } else { (20_000, 6_000) };
                let cash = second + if settlement == "paid" && in_cost { first } else { 0 };

                let box_ = disclose(&terms, "US", json!({}));
                let of_box = |code: &str| cents(&figure(&box_, code));
                assert_eq!(of_box("totalOfPayments"), instalments, "{what}");
                assert_eq!(of_box("amountFinanced") + of_box("financeCharge"), instalments, "{what}");
                let directive = disclose(&terms, "EU", json!({}));
                let of_directive = |code: &str| cents(&figure(&directive, code));
                assert_eq!(of_directive("totalAmountPayable"), instalments + cash, "{what}");
                let deducted = if settlement == "deducted" && in_cost { first } else { 0 };
                let credit = 2_000_000 - deducted + if settlement == "financed" && !in_cost { first } else { 0 };
                assert_eq!(of_directive("totalAmountOfCredit"), credit, "{what}");
                assert_eq!(of_directive("totalCostOfCredit"), instalments + cash - credit, "{what}");
            }
        }
    }
}

#[test]
fn what_cannot_be_quoted_cannot_be_disclosed() {
    let terms = merged(
        demo(),
        json!({ "fees": [{ "code": "service", "charge": { "amount": "20000.00" },
                                                  "when": "disbursement" }] }),
    );
    let error = super::try_disclose(&terms, &json!({ "regime": "CN", "on": super::TODAY })).expect_err("no rate");
    assert_eq!(error.issues[0].code, "no_sign_change");
}

/// Every rate of the disclosures, and every item, as worked by another program in exact fractions.
#[test]
fn the_rates_are_those_worked_in_exact_fractions() {
    let file = crate::common::vectors("exact_fractions.json");
    for case in file["cases"].as_array().expect("cases") {
        let (terms, cost) = (&case["terms"], &case["cost"]);
        for (regime, rate) in
            [("CN", "simpleAnnual"), ("US", "usApr"), ("EU", "euAprc"), ("UK", "euAprc"), ("IN", "simpleAnnual")]
        {
            let disclosure = disclose(terms, regime, json!({}));
            assert_eq!(disclosure["headline"]["rate"], cost[rate], "{regime} {}", case["name"]);
            let in_cost = disclosure["items"].as_array().expect("items").iter().filter(|item| {
                !plain(&item["standard"]).contains("not counted") && !plain(&item["standard"]).contains("未计入")
            });
            let items: Vec<Value> = in_cost.map(|item| json!([item["code"].clone(), item["annual"].clone()])).collect();
            let worked = cost["itemised"]["items"].as_array().expect("items").iter();
            let worked: Vec<Value> = worked.map(|item| json!([item["code"].clone(), item["annual"].clone()])).collect();
            assert_eq!(items, worked, "{regime} {}", case["name"]);
        }
    }
}
