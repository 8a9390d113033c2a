//! The law as data: every row has a source, a day and its words in both languages, and the day asked for picks the rows.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::date;
use clearloan::disclosure::Options;
use clearloan::rules::{Certainty, Content, Limit, NO_END, Regime, Rule, RuleBook, SHIPPED};
use common::wire;
use serde_json::{Value, json};

fn shipped() -> impl Iterator<Item = &'static Rule<'static>> {
    SHIPPED.into_iter().flatten()
}

fn day(packed: u32) -> date::CivilDate {
    date::CivilDate::from_ymd_opt((packed / 10_000) as i32, packed / 100 % 100, packed % 100)
        .unwrap_or_else(|| panic!("{packed} is no day"))
}

#[test]
fn every_row_has_its_source_its_days_and_its_words_in_both_languages() {
    for rule in shipped() {
        let is_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
        assert!(rule.source.len() >= 10, "{}: no source", rule.code);
        assert!(is_chinese(rule.words[0]), "{}: no Chinese words", rule.code);
        assert!(!rule.words[1].is_empty() && !is_chinese(rule.words[1]), "{}: no English words", rule.code);
        let first = day(rule.since);
        if rule.until != NO_END {
            assert!(day(rule.until) >= first, "{}: ends before it begins", rule.code);
        }
        assert!(rule.code.starts_with(&name_of(rule.regime).to_lowercase()), "{}: code without its regime", rule.code);
        for words in rule.words {
            assert!(!words.contains("违法") && !words.to_lowercase().contains("illegal"), "{}: judges", rule.code);
        }
    }
}

fn name_of(regime: Regime) -> &'static str {
    Regime::NAMES.iter().find(|(_, named)| *named == regime).expect("named").0
}

#[test]
fn no_two_rows_of_a_code_are_in_force_on_the_same_day() {
    let rules: Vec<&Rule> = shipped().collect();
    for (index, rule) in rules.iter().enumerate() {
        for other in &rules[..index] {
            assert!(
                rule.code != other.code || rule.since > other.until || other.since > rule.until,
                "{} twice at once",
                rule.code
            );
        }
    }
}

/// regulation.md marks these as read in the primary text or a faithful copy; nothing else may claim to be.
#[test]
fn only_what_was_read_says_so() {
    let read: Vec<&str> = shipped().filter(|rule| rule.certainty == Certainty::Read).map(|rule| rule.code).collect();
    assert_eq!(
        read,
        [
            "us_reg_z",
            "us_decimals",
            "us_tolerance_regular",
            "us_tolerance_irregular",
            "eu_ccd_2008_48",
            "eu_decimals",
            "uk_si_2010_1013",
            "uk_tolerance",
            "in_rbi_kfs"
        ]
    );
}

fn codes_on(regime: Regime, on: &str, kind: fn(&Content) -> bool) -> String {
    let book = RuleBook::default();
    let on = date::parse(on).expect("a day");
    let codes: Vec<&str> =
        book.in_force(regime, on).into_iter().filter(|rule| kind(&rule.content)).map(|rule| rule.code).collect();
    codes.join(" ")
}

#[test]
fn the_day_picks_the_law() {
    let bases = |regime, on| codes_on(regime, on, |content| *content == Content::LegalBasis);
    assert_eq!(bases(Regime::EuropeanUnion, "2026-11-19"), "eu_ccd_2008_48");
    assert_eq!(bases(Regime::EuropeanUnion, "2026-11-20"), "eu_ccd_2023_2225");
    assert_eq!(bases(Regime::China, "2021-03-30"), "");
    assert_eq!(bases(Regime::China, "2026-07-31"), "cn_pboc_2021_3");
    assert_eq!(bases(Regime::China, "2026-08-01"), "cn_pboc_2021_3 cn_cost_disclosure_2026_2");
    assert_eq!(bases(Regime::India, "2024-09-30"), "");
    assert_eq!(bases(Regime::India, "2024-10-01"), "in_rbi_kfs");
    assert_eq!(bases(Regime::UnitedKingdom, "2026-11-24"), "uk_si_2010_1013 uk_conc_app_1_2");
}

#[test]
fn the_day_picks_chinas_ceilings() {
    let caps = |on| codes_on(Regime::China, on, |content| matches!(content, Content::Cap { .. }));
    assert_eq!(caps("2016-01-01"), "cn_private_lending_24 cn_private_lending_36");
    assert_eq!(caps("2020-08-19"), "cn_financial_institutions_24 cn_private_lending_24 cn_private_lending_36");
    assert_eq!(caps("2020-08-20"), "cn_financial_institutions_24 cn_private_lending_4_lpr");
    assert_eq!(caps("2025-09-30"), "cn_financial_institutions_24 cn_private_lending_4_lpr");
    assert_eq!(caps("2025-10-01"), "cn_assisted_lending_24 cn_financial_institutions_24 cn_private_lending_4_lpr");
    assert_eq!(
        caps("2027-12-30"),
        "cn_assisted_lending_24 cn_financial_institutions_24 cn_small_loan_24 cn_private_lending_4_lpr"
    );
    assert_eq!(
        caps("2027-12-31"),
        "cn_assisted_lending_24 cn_financial_institutions_24 cn_small_loan_4_lpr cn_private_lending_4_lpr"
    );
    // No loan prime rate is a constant: a multiple of it is.
    for rule in shipped() {
        if let Content::Cap { limit: Limit::TimesLpr(times), .. } = rule.content {
            assert_eq!(times, 4 * clearloan::rules::RATE_UNIT, "{}", rule.code);
        }
    }
}

// ───────── a caller's own rows ─────────

fn a_cap() -> Value {
    json!({ "kind": "cap", "code": "cn_assisted_lending_24", "regime": "CN", "since": "2026-01-01", "limit": "0.2",
            "lenders": ["bank"], "words": { "zh-CN": "内部上限", "en": "house limit" }, "source": "credit policy 7" })
}

fn options_with(rules: Value) -> Value {
    json!({ "regime": "CN", "on": "2026-11-24", "rules": rules })
}

fn faults(rules: Value) -> Vec<String> {
    let options = options_with(rules);
    let wire = wire(&options);
    let error = Options::from_wire(&wire).expect_err("should be refused");
    error.issues.iter().map(|issue| format!("{} {}", issue.code, issue.field)).collect()
}

#[test]
fn a_callers_row_replaces_every_shipped_one_of_its_code() {
    let options = options_with(json!([a_cap()]));
    let wire = wire(&options);
    let options = Options::from_wire(&wire).expect("right options");
    let caps: Vec<&Rule> =
        options.in_force().into_iter().filter(|rule| matches!(rule.content, Content::Cap { .. })).collect();
    let codes: Vec<&str> = caps.iter().map(|rule| rule.code).collect();
    assert_eq!(
        codes,
        ["cn_financial_institutions_24", "cn_small_loan_24", "cn_private_lending_4_lpr", "cn_assisted_lending_24"]
    );
    assert_eq!(caps[3].words, ["内部上限", "house limit"]);
}

#[test]
fn a_callers_row_out_of_force_takes_the_shipped_one_away_all_the_same() {
    let rule = common::merged(a_cap(), json!({ "until": "2026-06-30" }));
    let options = options_with(json!([rule]));
    let wire = wire(&options);
    let options = Options::from_wire(&wire).expect("right options");
    assert!(options.in_force().iter().all(|rule| rule.code != "cn_assisted_lending_24"));
}

#[test]
fn every_fault_of_the_rows_is_told_at_once() {
    let mut number = 0;
    let mut rule = |changes: Value| {
        number += 1;
        common::merged(common::merged(a_cap(), json!({ "code": format!("rule{number}") })), changes)
    };
    let found = faults(json!([
        rule(json!({ "kind": "ceiling" })),
        rule(json!({ "limt": "0.2" })),
        rule(json!({ "limit": 0.2, "since": "2026-02-30", "regime": "DE", "lenders": ["bank", "banks"] })),
        rule(json!({ "limit": "0.2", "timesLpr": "4" })),
        rule(json!({ "limit": null })),
        rule(json!({ "until": "2025-12-31" })),
        rule(json!({ "words": { "zh-CN": " " }, "source": null, "certainty": "sure" })),
        rule(json!({ "kind": "readingSeconds", "limit": null, "lenders": null, "seconds": 3601 })),
        rule(json!({ "kind": "tolerance", "limit": null, "lenders": null, "above": "0.01" })),
        rule(json!({ "kind": "legalBasis" })),
        "24 %",
        rule(json!({ "kind": "statement", "limit": null, "lenders": null,
                     "words": { "zh-CN": "年化 {arpc}", "en": "{aprc} a year" } }))
    ]));
    // Within a row in the order of its fields, which here are sorted; what is missing comes first.
    assert_eq!(
        found,
        [
            "not_one_of options.rules[0].kind",
            "unknown_field options.rules[1].limt",
            "not_one_of options.rules[2].lenders[1]",
            "number_not_string options.rules[2].limit",
            "not_one_of options.rules[2].regime",
            "not_a_date options.rules[2].since",
            "exactly_one options.rules[3]",
            "exactly_one options.rules[4]",
            "inconsistent options.rules[5].until",
            "required options.rules[6].source",
            "not_one_of options.rules[6].certainty",
            "required options.rules[6].words.en",
            "required options.rules[6].words.zh-CN",
            "out_of_range options.rules[7].seconds",
            "required options.rules[8].below",
            "unknown_field options.rules[9].lenders",
            "unknown_field options.rules[9].limit",
            "wrong_type options.rules[10]",
            "not_one_of options.rules[11].words.zh-CN"
        ]
    );
}

#[test]
fn rows_of_one_code_may_follow_each_other_but_not_overlap() {
    let earlier = common::merged(a_cap(), json!({ "until": "2026-06-30" }));
    let later = common::merged(a_cap(), json!({ "since": "2026-07-01", "limit": "0.18" }));
    let options = options_with(json!([earlier, later]));
    assert!(Options::from_wire(&wire(&options)).is_ok());
    let overlapping = common::merged(a_cap(), json!({ "since": "2026-06-30" }));
    assert_eq!(faults(json!([earlier, overlapping])), ["inconsistent options.rules[1].since"]);
}

#[test]
fn a_misspelt_kind_is_recognised() {
    let rule = common::merged(a_cap(), json!({ "kind": "statment" }));
    let options = options_with(json!([rule]));
    let error = Options::from_wire(&wire(&options)).expect_err("should be refused");
    assert!(error.issues[0].message.en.contains("did you mean \"statement\"?"), "{error}");
    assert!(error.issues[0].message.zh_cn.contains("\"statement\""), "{error}");
}

#[test]
fn rows_are_bounded() {
    let rules: Vec<Value> =
        (0..257).map(|index| common::merged(a_cap(), json!({ "code": format!("cap{index}") }))).collect();
    assert_eq!(faults(json!(rules)), ["too_many options.rules"]);
    let options = options_with(json!(rules[..256]));
    assert!(Options::from_wire(&wire(&options)).is_ok());
}
