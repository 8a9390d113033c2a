//! Ceilings and where the cost lies to them, and what whoever shows a disclosure should know.

use super::words::{rate_text, units_of};
use super::{Cap, ContingentItem, Item, Loan, Options};
use crate::date;
use crate::rules::{Certainty, Content, Lenders, Limit, RATE_UNIT, Regime, Rule};

/// The ceilings for this kind of lender; those that cannot be measured are told of.
pub(super) fn caps(loan: &Loan, options: &Options, rules: &[&Rule], warnings: &mut Vec<String>) -> Vec<Cap> {
    let locale = options.locale;
    let mut caps = Vec::new();
    let mut without_lpr = Vec::new();
    let mut is_type_needed = false;
    for rule in rules {
        let Content::Cap { lenders, limit, measure } = rule.content else { continue };
        match options.lender_type {
            None if lenders != Lenders::ALL => {
                is_type_needed = true;
                continue;
            }
            Some(lender_type) if !lenders.contains(lender_type) => continue,
            _ => {}
        }
        let limit = match (limit, options.lpr) {
            (Limit::Fixed(limit), _) => limit,
            // A multiple keeps twelve decimals: both factors rarely have more than four.
            (Limit::TimesLpr(times), Some(lpr)) => (i128::from(times) * i128::from(lpr) / i128::from(RATE_UNIT)) as i64,
            (Limit::TimesLpr(_), None) => {
                without_lpr.push(locale.of(&rule.words));
                continue;
            }
        };
        let measured = loan.measured(measure);
        caps.push(Cap {
            code: rule.code.to_owned(),
            limit: rate_text(limit),
            measured,
            within: units_of(measured) <= limit,
            legal_basis: locale.of(&rule.words).to_owned(),
        });
    }
    if is_type_needed {
        warnings.push(
            locale
                .of(&[
                    "未给出放贷机构类型（lenderType），因此没有与利率上限比较。",
                    "No type of lender (lenderType) was given, so the cost was held against no ceiling.",
                ])
                .to_owned(),
        );
    }
    for title in without_lpr {
        warnings.push(locale.fill(
            &[
                "未给出 LPR（lpr），因此未衡量：{}。",
                "No loan prime rate (lpr) was given, so this was not measured: {}.",
            ],
            &[title],
        ));
    }
    caps
}

/// What whoever shows the disclosure should know: who collects a charge is not said, fees are left out, rules are unsure.
pub(super) fn warn(
    loan: &Loan,
    options: &Options,
    rules: &[&Rule],
    items: &[Item],
    contingent: &[ContingentItem],
    warnings: &mut Vec<String>,
) {
    let locale = options.locale;
    let has_lenders = !loan.terms.lenders.is_empty();
    if !has_lenders {
        warnings.push(
            locale
                .of(&[
                    "合同要素里没有贷款人（lenders）：利息的收取主体未知。",
                    "The terms name no lender (lenders): who collects the interest is not known.",
                ])
                .to_owned(),
        );
    }
    let without_payee = items
        .iter()
        .skip(1)
        .map(|item| (item.name.as_str(), &item.payee))
        .chain(contingent.iter().map(|item| (item.name, &item.payee)));
    for (name, payee) in without_payee {
        if payee.trim().is_empty() {
            warnings.push(
                locale.fill(
                    &["“{}”没有写明收取主体（payee）。", "\"{}\" does not say who collects it (payee)."],
                    &[name],
                ),
            );
        }
    }
    if loan.terms.fees.iter().any(|fee| !fee.in_cost) {
        warnings.push(
            locale
                .of(&[
                    "有费用未计入综合融资成本（inCost: false）：因贷款而收取的费用都应计入。",
                    "Some fees are not counted in the cost (inCost: false): whatever is charged because of the loan counts.",
                ])
                .to_owned(),
        );
    }
    if options.regime == Regime::India && loan.terms.instalment_unit.is_some_and(|unit| unit > 1) {
        warnings.push(
            locale
                .of(&[
                    "每期还款按整数单位取整：印度储备银行的示例用未取整的还款额计算 APR，此处用实际收取的还款额。",
                    "Instalments are rounded to whole units: the Reserve Bank's illustration computes the APR from the unrounded \
                     instalment, this one is computed from what is charged.",
                ])
                .to_owned(),
        );
    }
    if !rules.iter().any(|rule| rule.content == Content::LegalBasis) {
        warnings.push(
            locale.fill(&["没有在 {} 生效的规则。", "No rule in force on {} is known."], &[&date::format(options.on)]),
        );
    }
    let is_unsure = |rule: &&&Rule| {
        rule.certainty != Certainty::Read
            && match rule.content {
                Content::BannedWords(_) | Content::RateOrder { .. } => false,
                Content::Cap { lenders, .. } => options.lender_type.is_some_and(|given| lenders.contains(given)),
                _ => true,
            }
    };
    let unsure: Vec<&str> = rules.iter().filter(is_unsure).map(|rule| rule.code).collect();
    if !unsure.is_empty() {
        warnings.push(locale.fill(
            &[
                "下列规则未读到原文（转引、记忆或假设），使用前请核对，可用 rules 替换：{}。",
                "These rules were not read in the original (second-hand, recalled or assumed); check them before use, and \
                 replace them through `rules`: {}.",
            ],
            &[&unsure.join(", ")],
        ));
    }
}
