//! How a disclosure is asked for: every fault at once, and the caller's rules in place of the shipped ones.

use super::{demo, disclose, texts, try_disclose};
use crate::common::merged;
use serde_json::{Value, json};

fn faults(terms: &Value, options: Value) -> Vec<String> {
    let error = try_disclose(terms, &options).expect_err("should be refused");
    error.issues.iter().map(|issue| format!("{} {}", issue.code, issue.field)).collect()
}

#[test]
fn every_fault_of_terms_and_options_is_told_at_once() {
    let terms = merged(demo(), json!({ "method": "annuity", "instalmentCount": 601 }));
    let options = json!({ "headline": "effective", "lenderType": "Bank", "locale": "fr", "lpr": 0.03, "on": "2026-13-01",
                          "regime": "CH", "rule": [] });
    let mut found = faults(&terms, options);
    found.sort();
    assert_eq!(
        found,
        [
            "not_a_date options.on",
            "not_one_of method",
            "not_one_of options.headline",
            "not_one_of options.lenderType",
            "not_one_of options.locale",
            "not_one_of options.regime",
            "number_not_string options.lpr",
            "out_of_range instalmentCount",
            "unknown_field options.rule"
        ]
    );
    assert_eq!(faults(&demo(), json!({})), ["required options.regime", "required options.on"]);
    assert_eq!(faults(&demo(), json!(null)), ["required options"]);
    assert_eq!(faults(&demo(), json!("CN")), ["wrong_type options"]);
    assert_eq!(
        faults(&demo(), json!({ "regime": "CN", "on": "2026-11-24", "rules": {} })),
        ["wrong_type options.rules"]
    );
}

#[test]
fn a_misspelt_option_is_recognised() {
    for (given, meant) in [("lenderTyp", "lenderType"), ("regim", "regime"), ("headlines", "headline"), ("LPR", "lpr")]
    {
        let options = merged(json!({ "regime": "CN", "on": "2026-11-24" }), json!({ given: "x" }));
        let error = try_disclose(&demo(), &options).expect_err("refused");
        let message = &error.issues[0].message;
        assert!(message.en.contains(&format!("did you mean \"{meant}\"?")), "{given}: {}", message.en);
        assert!(message.zh_cn.contains(&format!("\"{meant}\"")), "{given}: {}", message.zh_cn);
    }
}

#[test]
fn the_headline_is_chinas_choice_only() {
    for regime in ["US", "EU", "UK", "IN"] {
        let options = json!({ "regime": regime, "on": "2026-11-24", "headline": "simple" });
        assert_eq!(faults(&demo(), options), ["not_allowed options.headline"], "{regime}");
    }
}

#[test]
fn the_language_is_that_of_the_law_unless_one_is_given() {
    assert_eq!(disclose(&demo(), "CN", json!({}))["headline"]["label"], "正常履约年化综合融资成本（单利）");
    assert_eq!(disclose(&demo(), "EU", json!({ "locale": "zh-CN" }))["headline"]["label"], "年化百分比费率（APRC）");
    assert_eq!(disclose(&demo(), "EU", json!({}))["headline"]["label"], "Annual percentage rate of charge (APRC)");
}

#[test]
fn both_languages_disclose_the_same() {
    let is_chinese = |text: &str| text.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    for regime in ["CN", "US", "EU", "UK", "IN"] {
        let [chinese, english] =
            ["zh-CN", "en"].map(|locale| disclose(&demo(), regime, json!({ "locale": locale, "lenderType": "bank" })));
        assert!(!is_chinese(&english.to_string()), "{regime}: {english}");
        for list in ["figures", "items", "contingent", "statements", "caps", "legalBasis", "warnings"] {
            let count = |disclosure: &Value| disclosure[list].as_array().expect("a list").len();
            assert_eq!(count(&chinese), count(&english), "{regime} {list}");
        }
        for label in super::field_of(&chinese, "figures", "label").iter().chain(&texts(&chinese, "statements")) {
            assert!(is_chinese(label), "{regime}: {label}");
        }
        for disclosure in [&chinese, &english] {
            let text = disclosure.to_string();
            assert!(!text.contains("{}"), "a number is missing: {text}");
            for statement in texts(disclosure, "statements") {
                assert!(!statement.contains('{'), "a figure is missing: {statement}");
            }
        }
    }
}

#[test]
fn every_figure_that_a_statement_may_name_is_one_of_some_regime() {
    let lender = merged(demo(), json!({ "lenders": [{ "name": "One Bank", "share": "1" }] }));
    let regimes = ["CN", "US", "EU", "UK", "IN"].map(|regime| disclose(&lender, regime, json!({})));
    for code in clearloan::rules::FIGURES_IN_STATEMENTS {
        assert!(regimes.iter().any(|disclosure| !super::figure(disclosure, code).is_empty()), "{code}");
    }
}

#[test]
fn the_callers_rows_take_the_place_of_the_shipped_ones() {
    let row = |kind: &str, code: &str, value: Value| {
        let row = json!({ "kind": kind, "code": code, "regime": "CN", "since": "2026-01-01", "source": "the official text",
                          "words": { "zh-CN": "共 {instalmentCount} 期，年化 {costCashFlowSimple}。",
                                     "en": "{instalmentCount} instalments, {costCashFlowSimple} a year." } });
        merged(row, value)
    };
    let rules = json!([
        row("readingSeconds", "cn_reading_seconds", json!({ "seconds": 5 })),
        row("confirmation", "cn_confirmation", json!({ "confirmation": "signature" })),
        row("decimals", "cn_decimals", json!({ "decimals": 4 })),
        row("statement", "cn_nothing_else", json!({})),
        row("legalBasis", "house_rule", json!({}))
    ]);
    let disclosure = disclose(&demo(), "CN", json!({ "rules": rules, "locale": "en", "lenderType": "bank" }));
    assert_eq!(disclosure["readingSeconds"], 5);
    assert_eq!(disclosure["confirmation"], "signature");
    assert_eq!(disclosure["headline"]["shown"], "19.9406%");
    assert_eq!(texts(&disclosure, "statements"), ["12 instalments, 19.9406% a year."]);
    assert_eq!(super::field_of(&disclosure, "legalBasis", "code").last().map(String::as_str), Some("house_rule"));
    let warnings = texts(&disclosure, "warnings");
    let unsure = warnings.last().expect("warnings");
    assert!(!unsure.contains("cn_reading_seconds") && unsure.contains("cn_pboc_2021_3"), "{unsure}");
}

#[test]
fn before_any_rule_it_says_that_none_is_known() {
    let disclosure = disclose(&demo(), "CN", json!({ "on": "2000-01-01", "locale": "en" }));
    assert_eq!(disclosure["legalBasis"], json!([]));
    assert_eq!(disclosure["statements"], json!([]));
    assert_eq!((&disclosure["readingSeconds"], &disclosure["confirmation"]), (&json!(0), &json!("inline")));
    assert!(texts(&disclosure, "warnings").iter().any(|text| text == "No rule in force on 2000-01-01 is known."));
}
