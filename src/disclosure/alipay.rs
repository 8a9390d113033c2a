//! The fields of `LoanCostDisclosureInfo`, the data structure of Alipay's open platform for the cost of a loan (its SDKs of
//! July 2026, read). The SDK names no values for the rate types and repayment modes: they are said in plain Chinese.

use super::Loan;
use super::items::{self, ContingentItem, Item};
use super::words::Locale;
use crate::error::LoanError;
use crate::json::Json;
use crate::terms::{LoanTerms, RepaymentMethod};

/// The fee code whose charges go into the structure's own fields for a guarantee.
const GUARANTEE: &str = "guarantee";

/// Writes the fields, sorted by name; one for which the loan has nothing is left out.
pub(super) fn write(terms: &LoanTerms, lender: &str, decimals: u32, json: &mut Json) -> Result<(), LoanError> {
    let loan = Loan::of(terms)?;
    let items = items::items(&loan, Locale::ZhCn, decimals)?;
    let contingent = items::contingent(terms, Locale::ZhCn);
    let guarantees: Vec<&Item> = items[1..].iter().filter(|item| item.code == GUARANTEE).collect();
    let others: Vec<&Item> = items[1..].iter().filter(|item| item.code != GUARANTEE).collect();
    let default_item = |code: &str| contingent.iter().find(|item| item.code == code);

    json.object(|json| {
        // No charge of these terms is cut at a maximum: the rates are what is charged, not a ceiling.
        json.field("capped").boolean(false);
        json.field("cost_rate").text(&loan.cost.simple_annual.to_string());
        if let Some(first) = guarantees.first() {
            write_payees("guarantee_fee_org_name", &guarantees, json);
            let sum = guarantees[1..].iter().try_fold(first.annual, |sum, item| sum.plus(item.annual));
            json.field("guarantee_fee_rate").text(&sum.unwrap_or(first.annual).to_string());
            json.field("guarantee_fee_rate_type").text(SIMPLE_ANNUAL);
            json.field("guarantee_fee_repay_mode")
                .text(&joined(guarantees.iter().map(|item| item.collection.as_str())));
        }
        json.field("loan_interest_org_name").text(lender);
        json.field("loan_interest_rate").text(&items[0].annual.to_string());
        json.field("loan_interest_rate_type").text(SIMPLE_ANNUAL);
        json.field("loan_interest_repay_mode").text(method_name(terms.method));
        write_default(json, "misappropriation_penalty_interest", default_item("misuse"), lender);
        if !others.is_empty() {
            write_payees("other_fee_org_name", &others, json);
            json.field("other_fee_text").text(&joined(others.iter().map(|item| {
                let parts: [&str; 5] = [&item.name, "：", &item.standard, "，", &item.collection];
                parts.concat()
            })));
        }
        write_default(json, "overdue_penalty_interest", default_item("overdue"), lender);
        if let Some(item) = default_item("earlyRepayment") {
            json.field("prepayment_penalty_name").text(item.name);
        }
        write_default(json, "prepayment_penalty", default_item("earlyRepayment"), lender);
    });
    Ok(())
}

const SIMPLE_ANNUAL: &str = "年化利率（单利）";

/// Who collects it, the lender where the terms do not say, and what is charged.
fn write_default(json: &mut Json, prefix: &str, item: Option<&ContingentItem>, lender: &str) {
    let Some(item) = item else { return };
    let payee = if item.payee.trim().is_empty() { lender } else { &item.payee };
    json.field(&[prefix, "_org_name"].concat()).text(payee);
    json.field(&[prefix, "_text"].concat()).text(&item.standard);
}

/// Who collects these; left out where the terms name nobody.
fn write_payees(field: &str, items: &[&Item], json: &mut Json) {
    let names = joined(items.iter().map(|item| item.payee.as_str()));
    if !names.is_empty() {
        json.field(field).text(&names);
    }
}

/// Each text once, in order.
fn joined<T: AsRef<str> + PartialEq>(texts: impl Iterator<Item = T>) -> String {
    let mut once: Vec<T> = Vec::new();
    for text in texts {
        if !text.as_ref().is_empty() && !once.contains(&text) {
            once.push(text);
        }
    }
    once.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("；")
}

/// The trade's name of a repayment method.
fn method_name(method: RepaymentMethod) -> &'static str {
    match method {
        RepaymentMethod::EqualInstalment => "等额本息",
        RepaymentMethod::EqualPrincipal => "等额本金",
        RepaymentMethod::Flat => "等本等息",
        RepaymentMethod::InterestOnly => "先息后本",
        RepaymentMethod::Bullet => "到期一次性还本付息",
        RepaymentMethod::Custom => "按约定计划还本",
    }
}
