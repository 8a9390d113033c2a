//! Ceilings: by the kind of lender and the day, measured on either side of the edge.

use super::{disclose, field_of, texts};
use crate::common::{loan_a_with, merged};
use serde_json::{Value, json};

/// Interest alone, once a year, of an amount that leaves nothing to round: the simple annual rate is the contract's.
fn costing(annual: &str) -> Value {
    loan_a_with(json!({ "principal": "10000000000.00", "interest": { "annual": annual }, "method": "interestOnly",
                        "every": { "months": 12 }, "instalmentCount": 2 }))
}

/// "code limit measured within" of each.
fn caps(annual: &str, changes: Value) -> Vec<String> {
    let disclosure = disclose(&costing(annual), "CN", changes);
    let caps = disclosure["caps"].as_array().expect("caps").iter();
    caps.map(|cap| {
        let text = |field: &str| cap[field].as_str().expect("text").to_owned();
        format!("{} {} {} {}", text("code"), text("limit"), text("measured"), cap["within"])
    })
    .collect()
}

#[test]
fn twenty_four_per_cent_is_within_twenty_four_per_cent() {
    let bank = json!({ "lenderType": "bank" });
    assert_eq!(
        caps("0.24", bank.clone()),
        ["cn_assisted_lending_24 0.24 0.24 true", "cn_financial_institutions_24 0.24 0.24 true"]
    );
    // One unit of the tenth decimal more is not.
    assert_eq!(
        caps("0.2400000001", bank),
        ["cn_assisted_lending_24 0.24 0.2400000001 false", "cn_financial_institutions_24 0.24 0.2400000001 false"]
    );
}

#[test]
fn each_kind_of_lender_has_its_own() {
    let codes = |lender: &str, on: &str| {
        let disclosure = disclose(&costing("0.1"), "CN", json!({ "lenderType": lender, "lpr": "0.03", "on": on }));
        field_of(&disclosure, "caps", "code").join(" ")
    };
    for lender in ["bank", "consumerFinance", "autoFinance", "trust"] {
        assert_eq!(codes(lender, "2026-11-24"), "cn_assisted_lending_24 cn_financial_institutions_24", "{lender}");
    }
    assert_eq!(codes("smallLoan", "2026-11-24"), "cn_financial_institutions_24 cn_small_loan_24");
    assert_eq!(codes("smallLoan", "2027-12-31"), "cn_financial_institutions_24 cn_small_loan_4_lpr");
    assert_eq!(codes("other", "2026-11-24"), "cn_private_lending_4_lpr");
    assert_eq!(codes("other", "2019-01-01"), "cn_private_lending_24 cn_private_lending_36");
}

#[test]
fn four_times_the_prime_rate_is_measured_with_the_rate_that_is_given() {
    let other = |lpr: &str| json!({ "lenderType": "other", "lpr": lpr });
    assert_eq!(caps("0.12", other("0.03")), ["cn_private_lending_4_lpr 0.12 0.12 true"]);
    assert_eq!(caps("0.1200000001", other("0.03")), ["cn_private_lending_4_lpr 0.12 0.1200000001 false"]);
    assert_eq!(caps("0.1385", other("0.03465")), ["cn_private_lending_4_lpr 0.1386 0.1385 true"]);
}

#[test]
fn without_a_prime_rate_it_is_told_that_nothing_was_measured() {
    let options = json!({ "lenderType": "other", "locale": "en" });
    assert_eq!(caps("0.12", options.clone()), [] as [&str; 0], "no rate is assumed");
    let warnings = texts(&disclose(&costing("0.12"), "CN", options), "warnings");
    let about: Vec<&String> = warnings.iter().filter(|text| text.contains("(lpr)")).collect();
    assert_eq!(about.len(), 1, "{warnings:?}");
    assert!(about[0].contains("Fa Shi [2020] No. 17"), "{}", about[0]);
}

#[test]
fn without_a_kind_of_lender_it_is_told_too() {
    let disclosure = disclose(&costing("0.12"), "CN", json!({ "lpr": "0.03", "locale": "en" }));
    assert_eq!(disclosure["caps"], json!([]));
    assert!(texts(&disclosure, "warnings")[0].contains("(lenderType)"));
}

#[test]
fn a_callers_ceiling_is_held_against_the_figure_that_it_names() {
    let rule = |measure: &str, regime: &str, changes: Value| {
        let words = json!({ "zh-CN": "内部上限", "en": "house limit" });
        merged(
            json!({ "kind": "cap", "code": "house", "regime": regime, "since": "2026-01-01", "limit": "0.2", "words": words,
                    "measure": measure, "source": "credit policy 7" }),
            changes,
        )
    };
    let demo = super::demo();
    for (measure, regime, measured, within) in [
        ("simpleAnnual", "CN", "0.1994064065", true),
        ("compoundAnnual", "CN", "0.2186793187", false),
        ("itemised", "CN", "0.1981005873", true),
        ("xirr", "IN", "0.2194635658", false),
        ("usApr", "US", "0.1994064065", true),
        ("euAprc", "EU", "0.2186793187", false),
    ] {
        // For whoever lends, so that no kind of lender is needed.
        let disclosure =
            disclose(&demo, regime, json!({ "rules": [rule(measure, regime, json!({}))], "locale": "en" }));
        let caps = disclosure["caps"].as_array().expect("caps");
        assert_eq!(
            caps[..],
            [
                json!({ "code": "house", "limit": "0.2", "measured": measured, "within": within, "legalBasis": "house limit" })
            ],
            "{measure}"
        );
    }
    // A row of another regime says nothing here.
    let other = disclose(&demo, "US", json!({ "rules": [rule("usApr", "EU", json!({}))] }));
    assert_eq!(other["caps"], json!([]));
}

#[test]
fn no_output_calls_anything_illegal() {
    for regime in ["CN", "US", "EU", "UK", "IN"] {
        for lender in ["bank", "smallLoan", "other"] {
            for locale in ["zh-CN", "en"] {
                let text = disclose(
                    &costing("9.99"),
                    regime,
                    json!({ "lenderType": lender, "lpr": "0.03", "locale": locale }),
                )
                .to_string()
                .to_lowercase();
                for word in ["illegal", "unlawful", "违法", "非法", "无需偿还"] {
                    assert!(!text.contains(word), "{word} in {text}");
                }
            }
        }
    }
}
