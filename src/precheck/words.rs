//! What the engine itself says to the applicant, in both languages.

use super::fault::filled;
use super::policy::{Compiled, Locale};

/// One of two sentences.
pub(crate) fn either(locale: Locale, zh_cn: &'static str, en: &'static str) -> &'static str {
    if locale == Locale::ZhCn { zh_cn } else { en }
}

/// What stands beside every verdict.
pub(crate) fn indication(locale: Locale) -> &'static str {
    either(
        locale,
        "以上仅是根据您填写的信息得出的初步参考，不是审批决定；能否放款、额度和利率均由贷款机构审批决定。",
        "This is an indication from what you have entered, not a decision: the lender decides whether it lends, how much and \
         at what rate.",
    )
}

/// Why a third party's page gets no verdict.
#[inline(never)]
pub(crate) fn not_assessed(policy: &Compiled, locale: Locale) -> String {
    let template = match (&policy.lender_url, locale) {
        (Some(_), Locale::ZhCn) => {
            "本页面不是贷款机构自己的页面，只做计算，不评估您是否符合条件；请到{0}自己的页面了解和申请：{1}"
        }
        (None, Locale::ZhCn) => {
            "本页面不是贷款机构自己的页面，只做计算，不评估您是否符合条件；请到{0}自己的页面了解和申请。"
        }
        (Some(_), Locale::En) => {
            "This page is not the lender's own: it calculates, and does not assess whether you qualify. Ask and apply on \
             the page of {0}: {1}"
        }
        (None, Locale::En) => {
            "This page is not the lender's own: it calculates, and does not assess whether you qualify. Ask and apply on \
             the page of {0}."
        }
    };
    filled(template, &[&policy.lender, policy.lender_url.as_deref().unwrap_or_default()])
}

/// What stands beside the figures of a third party's page.
pub(crate) fn arithmetic_only(locale: Locale) -> &'static str {
    either(
        locale,
        "以上只是算术结果，不是对您是否符合贷款条件的评估，也不是审批决定。",
        "These are sums only: neither an assessment of whether you qualify nor a decision.",
    )
}

/// A sentence with what stands for `{0}` and `{1}`.
#[inline(never)]
fn sentence(locale: Locale, zh_cn: &'static str, en: &'static str, given: [&str; 2]) -> String {
    filled(either(locale, zh_cn, en), &given)
}

pub(crate) fn fact_missing(name: &str, purpose: &str, locale: Locale) -> String {
    sentence(locale, "还需要填写：{0}（用途：{1}）。", "Still needed: {0} (purpose: {1}).", [name, purpose])
}

pub(crate) fn terms_missing(locale: Locale) -> String {
    sentence(locale, "还需要贷款要素（金额、期数、利率等）。", "Still needed: the terms of the loan.", [""; 2])
}

pub(crate) fn day_missing(locale: Locale) -> String {
    sentence(locale, "还需要今天的日期（on）。", "Still needed: today's date (`on`).", [""; 2])
}

pub(crate) fn fact_may_help(name: &str, purpose: &str, locale: Locale) -> String {
    let zh_cn = "补充“{0}”（用途：{1}）后，结果可能改变。";
    sentence(locale, zh_cn, "Adding {0} (purpose: {1}) could change the result.", [name, purpose])
}

fn outcome(outcome: &str, locale: Locale) -> &'static str {
    match outcome {
        "eligible" => either(locale, "初步符合条件", "eligible"),
        "refer" => either(locale, "需人工审核", "for manual review"),
        _ => either(locale, "不符合条件", "ineligible"),
    }
}

pub(crate) fn smaller_principal(amount: &str, reached: &str, locale: Locale) -> String {
    let zh_cn = "借款金额改为 {0} 时，初步结果为：{1}。";
    let en = "With a principal of {0} the indication would be: {1}.";
    sentence(locale, zh_cn, en, [amount, outcome(reached, locale)])
}

pub(crate) fn longer_term(count: &str, reached: &str, locale: Locale) -> String {
    let zh_cn = "分 {0} 期偿还时，初步结果为：{1}（期限越长，总利息通常越多）。";
    let en = "With {0} instalments the indication would be: {1} (a longer term usually costs more interest in all).";
    sentence(locale, zh_cn, en, [count, outcome(reached, locale)])
}
