//! A percentage is rounded from the exact root and never from the ten decimals that are published.

use super::{disclose, field_of, figure};
use crate::common::quote;
use serde_json::{Value, json};

/// Ten thousand million for a year at that rate; with a cent of interest waived, the root lies 10^−12 below it, which the ten
/// published decimals do not show.
fn a_year(annual: &str, is_a_cent_less: bool) -> Value {
    let benefits = json!([{ "kind": "interestDiscount", "factor": "0.5", "cap": "0.01" }]);
    json!({ "principal": "10000000000.00", "interest": { "annual": annual }, "method": "bullet", "instalmentCount": 12,
            "disbursementDate": "2026-11-24", "benefits": if is_a_cent_less { benefits } else { json!([]) } })
}

#[test]
fn a_half_rounds_up_and_a_hair_below_it_does_not() {
    for (regime, annual, rate, code, at_the_half, below) in [
        ("EU", "0.0305", "euAprc", "aprc", "3.1%", "3.0%"),
        ("UK", "0.0305", "euAprc", "aprc", "3.1%", "3.0%"),
        ("US", "0.03125", "usApr", "apr", "3.13%", "3.12%"),
        ("IN", "0.03125", "simpleAnnual", "apr", "3.13%", "3.12%"),
        ("CN", "0.03125", "simpleAnnual", "costCashFlowSimple", "3.13%", "3.12%"),
        ("CN", "0.03125", "compoundAnnual", "costCashFlowCompound", "3.13%", "3.12%"),
    ] {
        for (is_a_cent_less, shown) in [(false, at_the_half), (true, below)] {
            let terms = a_year(annual, is_a_cent_less);
            assert_eq!(quote(&terms)["cost"][rate], annual, "the same ten decimals");
            let disclosure = disclose(&terms, regime, json!({ "locale": "en" }));
            assert_eq!(figure(&disclosure, code), shown, "{regime} {code}");
            assert_eq!(disclosure["headline"]["shown"], shown, "{regime} headline");
            assert_eq!(disclosure["headline"]["rate"], annual, "{regime} headline");
        }
    }
}

/// The items have two decimals, whatever the law shows of the whole. Their sum is one of published rates, and is what is
/// rounded then.
#[test]
fn so_do_the_items() {
    for (is_a_cent_less, shown) in [(false, "3.13%"), (true, "3.12%")] {
        for regime in ["CN", "EU"] {
            let disclosure = disclose(&a_year("0.03125", is_a_cent_less), regime, json!({ "locale": "en" }));
            let standard = &field_of(&disclosure, "items", "standard")[0];
            assert!(standard.ends_with(&format!("annualised {shown} (simple)")), "{regime}: {standard}");
            assert_eq!(field_of(&disclosure, "items", "annual"), ["0.03125"]);
        }
        let disclosure = disclose(&a_year("0.03125", is_a_cent_less), "CN", json!({}));
        assert_eq!(figure(&disclosure, "costAdditive"), "3.13%");
    }
}
