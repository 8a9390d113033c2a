//! The fields of `LoanCostDisclosureInfo`.

use super::{complete, demo};
use crate::common::{merged, wire};
use clearloan::disclosure::alipay_cost_disclosure;
use serde_json::{Value, json};

fn fields(terms: &Value) -> Value {
    let options = json!({ "on": super::TODAY, "lender": "甲银行" });
    let text = alipay_cost_disclosure(&wire(terms), &wire(&options)).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn a_guarantee_has_fields_of_its_own() {
    assert_eq!(
        fields(&complete()),
        json!({
            "capped": false,
            "cost_rate": "0.1994064065",
            "guarantee_fee_org_name": "安心担保",
            "guarantee_fee_rate": "0.0180996326",
            "guarantee_fee_rate_type": "年化利率（单利）",
            "guarantee_fee_repay_mode": "放款时从放款额中扣收",
            "loan_interest_org_name": "甲银行",
            "loan_interest_rate": "0.1800009547",
            "loan_interest_rate_type": "年化利率（单利）",
            "loan_interest_repay_mode": "等额本息",
            "misappropriation_penalty_interest_org_name": "甲银行",
            "misappropriation_penalty_interest_text": "对挪用部分按合同利率的 2 倍（年利率 36%）计收",
            "overdue_penalty_interest_org_name": "甲银行",
            "overdue_penalty_interest_text":
                "对逾期本金按合同利率的 1.5 倍（年利率 27%）按日计收，逾期利息一并计收复利；逾期 3 天内还清不收",
            "prepayment_penalty_name": "提前还款违约金",
            "prepayment_penalty_org_name": "甲银行",
            "prepayment_penalty_text": "按提前归还本金的 1% 计收，至少 50.00 CNY；自第 6 期还款日起不收"
        })
    );
}

#[test]
fn other_fees_go_into_one_text_and_what_is_not_there_is_left_out() {
    let fields = fields(&demo());
    assert_eq!(fields["other_fee_text"], "服务费：本金的 1%，折算年化 1.81%（单利），放款时从放款额中扣收");
    for absent in ["guarantee_fee_rate", "overdue_penalty_interest_text", "prepayment_penalty_name"] {
        assert_eq!(fields.get(absent), None, "{absent}");
    }
    let two = merged(
        demo(),
        json!({ "fees": [
            { "code": "guarantee", "payee": "安心担保", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement" },
            { "code": "guarantee", "payee": "放心担保", "charge": { "amount": "5.00" }, "when": "eachInstalment" }
        ] }),
    );
    let two = super::alipay::fields(&two);
    assert_eq!(two["guarantee_fee_org_name"], "安心担保；放心担保");
    assert_eq!(two["guarantee_fee_repay_mode"], "放款时另行支付；随每期还款收取");
    let rate = |text: &Value| crate::common::units(text.as_str().expect("text"), 10);
    let items = super::disclose(
        &merged(
            demo(),
            json!({ "fees": [
            { "code": "guarantee", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement" },
            { "code": "guarantee", "charge": { "amount": "5.00" }, "when": "eachInstalment" } ] }),
        ),
        "CN",
        json!({}),
    );
    let sum = rate(&items["items"][1]["annual"]) + rate(&items["items"][2]["annual"]);
    assert_eq!(rate(&two["guarantee_fee_rate"]), sum);
}

#[test]
fn a_default_charge_without_a_payee_is_the_lenders() {
    let terms = merged(demo(), json!({ "contingent": [{ "kind": "overdue", "dailyRate": "0.0005" }] }));
    let fields = fields(&terms);
    assert_eq!(fields["overdue_penalty_interest_org_name"], "甲银行");
    assert_eq!(fields["overdue_penalty_interest_text"], "对逾期本金每日按 0.05% 计收");
}

#[test]
fn the_arguments_are_checked_together() {
    let terms = merged(demo(), json!({ "principal": "-1" }));
    let options = json!({ "on": "24/11/2026", "lendr": "甲银行" });
    let error = alipay_cost_disclosure(&wire(&terms), &wire(&options)).expect_err("refused");
    let mut found: Vec<String> = error.issues.iter().map(|issue| format!("{} {}", issue.code, issue.field)).collect();
    found.sort();
    assert_eq!(
        found,
        ["not_a_date options.on", "not_a_decimal principal", "required options.lender", "unknown_field options.lendr"]
    );
}
