//! What must hold for the disclosure of every loan: generated terms, and terms at their limits.

use super::{disclose, figure, try_disclose};
use crate::common::{EXPLAINED_FIGURES, generate, loan_a_with, merged, plain, try_quote, units, wire};
use clearloan::explain::explain_terms;
use serde_json::{Value, json};

const REGIMES: [&str; 5] = ["CN", "US", "EU", "UK", "IN"];
/// Of the generator's loans; each is disclosed five times and explained ten times.
const LOANS: u64 = 250;

fn decimals_of(terms: &Value) -> u32 {
    match terms["currency"].as_str() {
        Some("JPY") => 0,
        Some("KWD") => 3,
        _ => 2,
    }
}

#[test]
fn every_generated_loan_that_is_quoted_is_disclosed_and_explained() {
    let mut quoted = 0;
    for number in 0..LOANS {
        let terms = generate::terms(number);
        let Ok(quote) = try_quote(&terms) else {
            for regime in REGIMES {
                let options = json!({ "regime": regime, "on": super::TODAY });
                assert!(try_disclose(&terms, &options).is_err(), "{number} {regime}: disclosed, but not quoted");
            }
            continue;
        };
        quoted += 1;
        let cents = |text: &str| units(text, decimals_of(&terms));
        for regime in REGIMES {
            let disclosure = disclose(&terms, regime, json!({ "lenderType": "bank", "lpr": "0.03", "locale": "en" }));
            let text = disclosure.to_string();
            assert!(!text.contains("{}") && !text.contains("NaN"), "{number} {regime}: {text}");
            let money = |code: &str| cents(&figure(&disclosure, code));
            match regime {
                "US" => {
                    assert_eq!(money("amountFinanced") + money("financeCharge"), money("totalOfPayments"), "{number}")
                }
                "EU" | "UK" => {
                    assert_eq!(
                        money("totalAmountOfCredit") + money("totalCostOfCredit"),
                        money("totalAmountPayable"),
                        "{number}"
                    );
                }
                "CN" => {
                    let cost = cents(&plain(&quote["schedule"]["totals"]["financeCharge"]));
                    assert_eq!(money("financeCharge"), cost, "{number}");
                    assert_eq!(disclosure["headline"]["rate"], quote["cost"]["simpleAnnual"], "{number}");
                }
                _ => assert_eq!(disclosure["headline"]["rate"], quote["cost"]["simpleAnnual"], "{number}"),
            }
        }
        for name in EXPLAINED_FIGURES {
            let text = explain_terms(&wire(&terms), &wire(&json!(name)), &wire(&json!("en")))
                .unwrap_or_else(|error| panic!("{number} {name}: {error}"));
            let explanation: Value = serde_json::from_str(&text).expect("JSON");
            let last = explanation["steps"].as_array().and_then(|steps| steps.last()).map(|step| plain(&step["value"]));
            let expected = match name {
                "payment" => plain(&quote["schedule"]["firstPayment"]),
                "interest" | "financeCharge" => plain(&quote["schedule"]["totals"][name]),
                "usApr" => plain(&disclose(&terms, "US", json!({}))["headline"]["rate"]),
                "euAprc" => plain(&disclose(&terms, "EU", json!({}))["headline"]["rate"]),
                "itemised" => continue,
                _ => plain(&quote["cost"][name]),
            };
            assert_eq!(last, Some(expected), "{number} {name}");
        }
    }
    assert!(quoted > LOANS * 9 / 10, "most generated loans have a rate: {quoted}");
}

/// Every number at its limit: nothing overflows, nothing is cut.
#[test]
fn terms_at_their_limits_are_disclosed() {
    let fees: Vec<Value> = (0..4)
        .map(|index| {
            json!({ "code": format!("fee{index}"), "charge": { "rate": "0.000000000001", "of": "openingBalance" },
                             "when": "eachInstalment" })
        })
        .collect();
    let twelve = "9.999999999999";
    let terms = loan_a_with(json!({
        "principal": "10000000000.00", "instalmentCount": 600, "interest": { "annual": twelve }, "fees": &fees,
        "contingent": [{ "kind": "overdue", "rateFactor": "99.999999999999" }, { "kind": "misuse", "rateFactor": "99.999999999999" },
                       { "kind": "earlyRepayment", "feeRate": "0.999999999999", "minimum": "10000000000.00" }]
    }));
    for changes in [
        json!({}),
        json!({ "every": { "days": 7 }, "instalmentCount": 60, "accrual": "actual/actual-isda" }),
        json!({ "interest": { "daily": "0.027397260273", "daysPerYear": 365 }, "instalmentCount": 60 }),
        json!({ "method": "flat", "every": { "days": 36 }, "instalmentCount": 60, "interest": { "flat": "0.9" } }),
        json!({ "method": "bullet", "instalmentCount": 1, "every": { "months": 1200 } }),
    ] {
        let terms = merged(terms.clone(), changes.clone());
        // Tests are built without optimising: a regime each for the two kinds of rate.
        for regime in ["CN", "EU"] {
            let disclosure =
                disclose(&terms, regime, json!({ "lenderType": "other", "lpr": "9.999999999999", "locale": "en" }));
            assert_eq!(disclosure["items"].as_array().map(Vec::len), Some(5), "{regime} {changes}");
        }
        for name in ["simpleAnnual", "xirr", "payment"] {
            let explained = explain_terms(&wire(&terms), &wire(&json!(name)), &wire(&json!("en")));
            assert!(explained.is_ok(), "{name} {changes}: {explained:?}");
        }
    }
    let mut many = fees.clone();
    many.resize(64, fees[0].clone());
    let disclosure = disclose(&merged(terms, json!({ "fees": many })), "CN", json!({ "locale": "en" }));
    assert_eq!(disclosure["items"].as_array().map(Vec::len), Some(65));
    assert_eq!(
        disclosure["contingent"][1]["standard"],
        "99.999999999999 times the contract rate (99999.9999999890% a year) on the part that is misused"
            .replace("0% a", "% a")
    );
}
