//! Marketing text against the rules of the day: what is pointed at, where, and what is left alone.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::disclosure::check_marketing_text;
use common::wire;
use serde_json::{Value, json};

fn findings(text: &str, on: &str) -> Value {
    let found = check_marketing_text(&wire(&json!(text)), &wire(&json!(on))).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&found).expect("JSON")
}

/// "phrase@start", in order.
fn phrases(text: &str, on: &str) -> String {
    let found = findings(text, on);
    let list = found.as_array().expect("a list").iter();
    list.map(|finding| format!("{}@{}", finding["phrase"].as_str().expect("text"), finding["start"]))
        .collect::<Vec<_>>()
        .join(" ")
}

const AFTER: &str = "2026-09-30";

#[test]
fn inducing_words_are_pointed_at_from_the_day_the_measures_are_in_force() {
    let text = "低门槛，秒到账，低风险，高收益，低利率，无成本";
    assert_eq!(phrases(text, "2026-09-29"), "");
    assert_eq!(phrases(text, AFTER), "低门槛@0 秒到账@4 低风险@8 高收益@12 低利率@16 无成本@20");
    let found = findings(text, AFTER);
    assert_eq!(found[0]["code"], "cn_inducing_words");
    assert!(found[0]["legalBasis"].as_str().is_some_and(|title| title.contains("金融产品网络营销管理办法")));
    assert_eq!(found[4]["code"], "cn_inducing_words_of_loans", "known from a word list only, and says so");
}

#[test]
fn positions_count_as_javascript_counts() {
    // The loudspeaker is one character of two UTF-16 units; é may be one or two characters.
    assert_eq!(phrases("📣📣 秒到账", AFTER), "秒到账@5");
    assert_eq!(phrases("cafe\u{301} 秒到账", AFTER), "秒到账@6");
}

#[test]
fn what_is_put_between_to_hide_a_word_hides_nothing() {
    assert_eq!(phrases("秒 到\u{200b}账", AFTER), "秒 到\u{200b}账@0");
    assert_eq!(phrases("低*门*槛", AFTER), "低*门*槛@0");
    assert_eq!(phrases("秒\n到账", AFTER), "", "a new line is a new text");
}

#[test]
fn other_ways_to_write_a_word_are_the_same_word() {
    for (text, expected) in [
        ("秒❤️到✨账", "秒❤️到✨账@0"),
        ("秒丨到/账！低｜门．槛", "秒丨到/账@0 低｜门．槛@6"),
        ("低😀利😀率", "低😀利😀率@0"),
        ("秒到帐，秒批，零利率、0利率、０ 利 率，零门槛", "秒到帐@0 秒批@4 零利率@7 0利率@11 ０ 利 率@15 零门槛@21"),
        ("10利率", ""),
    ] {
        assert_eq!(phrases(text, AFTER), expected, "{text}");
    }
    assert_eq!(findings("秒批", AFTER)[0]["code"], "cn_inducing_words_alike");
    assert_eq!(phrases("秒批", "2026-09-29"), "");
}

#[test]
fn other_words_with_the_same_characters_are_left_alone() {
    for text in [
        "降低门槛",
        "降低风险",
        "降低利率",
        "最低利率 3.6%，最高 24%",
        "提高收益",
        "收到账单",
        "风险低，门槛不高",
        "一秒内到账以银行为准",
        "弹窗 5 秒过后可关闭，不必过度借贷，红包过期作废",
        "",
        "low threshold",
    ] {
        assert_eq!(phrases(text, AFTER), "", "{text}");
    }
}

#[test]
fn as_low_as_is_pointed_at_since_the_initiative() {
    assert_eq!(phrases("年化利率低至 3.6%", "2024-07-10"), "");
    assert_eq!(phrases("年化利率低至 3.6%", "2024-07-11"), "利率低至@2");
}

#[test]
fn a_daily_or_monthly_rate_above_the_annual_one() {
    for (text, expected) in [
        ("日利率0.02%，年化利率（单利）7.2%", "日利率0.02%@0"),
        ("年化利率（单利）7.2%，日利率0.02%", ""),
        ("综合融资成本年化 7.2%–24%（单利）。日息万分之二", ""),
        ("借1万元，日利息 2 元", "日利息 2 元@5"),
        ("月费率：0.6 %\n年化 13.0 %", "月费率：0.6 %@0"),
        ("每期费率 0.6%，相当于年化 13.03%；日利率 0.04%", "期费率 0.6%@1"),
        ("日息万五", "日息万五@0"),
        ("日利率（以实际审批为准）０.０５％", "日利率（以实际审批为准）０.０５％@0"),
        ("APR 18%, 日利率 0.05%", ""),
        ("ＡＰＲ １８％，日利率 0.05%", ""),
        ("每天只要 5 元", "每天只要 5 元@0"),
        ("每 天 只 要五块", "每 天 只 要五块@0"),
        ("日息三厘", "日息三厘@0"),
        ("日息两三天到账", ""),
        ("利率０．０２％／日，年化 7.2%", "０．０２％／日@2"),
        ("日利率 0.02%/天", "日利率 0.02%/天@0"),
        ("18%/年，0.05%/日", ""),
        ("0.6 %/期", "0.6 %/期@0"),
        ("apr 18%, 日利率 0.05%", ""),
    ] {
        assert_eq!(phrases(text, "2026-01-01"), expected, "{text}");
    }
    assert_eq!(findings("日利率0.02%", "2026-01-01")[0]["code"], "cn_rate_above_annual");
    assert_eq!(phrases("日利率0.02%", "2021-03-30"), "", "before the announcement");
}

#[test]
fn a_word_without_a_figure_is_no_rate() {
    assert_eq!(phrases("日利率以合同为准，年化利率（单利）7.2%", AFTER), "");
    // Nor is an annual rate shown by its word alone.
    assert_eq!(phrases("年化利率见合同，日利率0.02%", AFTER), "日利率0.02%@8");
    assert_eq!(phrases("日利率。0.02%", AFTER), "");
}

#[test]
fn the_arguments_are_checked_together() {
    let error = check_marketing_text(&wire(&json!(7)), &wire(&json!("today"))).expect_err("refused");
    let fields: Vec<&str> = error.issues.iter().map(|issue| issue.field.as_str()).collect();
    assert_eq!(fields, ["text", "on"]);
    let error = check_marketing_text(&wire(&json!(null)), &wire(&json!(null))).expect_err("refused");
    assert!(error.issues.iter().all(|issue| issue.code == "required") && error.issues.len() == 2);
    let longest = "字".repeat(20_000);
    assert_eq!(phrases(&longest, AFTER), "");
    let error = check_marketing_text(&wire(&json!(longest + "字")), &wire(&json!(AFTER))).expect_err("refused");
    assert_eq!((error.issues[0].code, error.issues[0].limit.as_deref()), ("too_long", Some("20000")));
}
