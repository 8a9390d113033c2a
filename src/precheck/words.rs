//! What the engine itself says to the applicant, in both languages.

use super::policy::{Compiled, Locale};

/// One of two sentences.
pub(crate) fn either(locale: Locale, zh_cn: &str, en: &str) -> String {
    match locale {
        Locale::ZhCn => zh_cn.to_owned(),
        Locale::En => en.to_owned(),
    }
}

/// What stands beside every verdict.
pub(crate) fn indication(locale: Locale) -> String {
    either(
        locale,
        "以上仅是根据您填写的信息得出的初步参考，不是审批决定；能否放款、额度和利率均由贷款机构审批决定。",
        "This is an indication from what you have entered, not a decision: the lender decides whether it lends, how much and \
         at what rate.",
    )
}

/// Why a third party's page gets no verdict.
pub(crate) fn not_assessed(policy: &Compiled, locale: Locale) -> String {
    let (lender, address) = (&policy.lender, policy.lender_url.as_deref().unwrap_or_default());
    match locale {
        Locale::ZhCn => [
            "本页面不是贷款机构自己的页面，只做计算，不评估您是否符合条件；请到",
            lender,
            "自己的页面了解和申请",
            if address.is_empty() { "" } else { "：" },
            address,
            if address.is_empty() { "。" } else { "" },
        ]
        .concat(),
        Locale::En => [
            "This page is not the lender's own: it calculates, and does not assess whether you qualify. Ask and apply on the \
             page of ",
            lender,
            if address.is_empty() { "." } else { ": " },
            address,
        ]
        .concat(),
    }
}

/// What stands beside the figures of a third party's page.
pub(crate) fn arithmetic_only(locale: Locale) -> String {
    either(
        locale,
        "以上只是算术结果，不是对您是否符合贷款条件的评估，也不是审批决定。",
        "These are sums only: neither an assessment of whether you qualify nor a decision.",
    )
}

pub(crate) fn fact_missing(name: &str, purpose: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => ["还需要填写 ", name, "（用途：", purpose, "）。"].concat(),
        Locale::En => ["Still needed: ", name, " (purpose: ", purpose, ")."].concat(),
    }
}

pub(crate) fn terms_missing(locale: Locale) -> String {
    either(locale, "还需要贷款要素（金额、期数、利率等）。", "Still needed: the terms of the loan.")
}

pub(crate) fn day_missing(locale: Locale) -> String {
    either(locale, "还需要今天的日期（on）。", "Still needed: today's date (`on`).")
}

pub(crate) fn outcome(outcome: &str, locale: Locale) -> &'static str {
    match (outcome, locale) {
        ("eligible", Locale::ZhCn) => "初步符合条件",
        ("refer", Locale::ZhCn) => "需人工审核",
        (_, Locale::ZhCn) => "不符合条件",
        ("eligible", Locale::En) => "eligible",
        ("refer", Locale::En) => "for manual review",
        (_, Locale::En) => "ineligible",
    }
}

pub(crate) fn smaller_principal(amount: &str, reached: &str, locale: Locale) -> String {
    let reached = outcome(reached, locale);
    match locale {
        Locale::ZhCn => ["借款金额改为 ", amount, " 时，初步结果为：", reached, "。"].concat(),
        Locale::En => ["With a principal of ", amount, " the indication would be: ", reached, "."].concat(),
    }
}

pub(crate) fn longer_term(count: &str, reached: &str, locale: Locale) -> String {
    let reached = outcome(reached, locale);
    match locale {
        Locale::ZhCn => ["分 ", count, " 期偿还时，初步结果为：", reached, "（期限越长，总利息通常越多）。"].concat(),
        Locale::En => [
            "With ",
            count,
            " instalments the indication would be: ",
            reached,
            " (a longer term usually costs more interest in all).",
        ]
        .concat(),
    }
}

pub(crate) fn fact_may_help(name: &str, purpose: &str, locale: Locale) -> String {
    match locale {
        Locale::ZhCn => ["补充 ", name, "（用途：", purpose, "）后，结果可能改变。"].concat(),
        Locale::En => ["Adding ", name, " (purpose: ", purpose, ") could change the result."].concat(),
    }
}
