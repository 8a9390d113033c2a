//! The tests that need nothing but the engine, once more as wasm: scripts/test-wasm.sh runs this file in Node and in
//! headless Chromium. In those files `test` stands for wasm-bindgen's attribute there, so that each test is written once.
#![cfg(target_arch = "wasm32")]

#[path = "business_days.rs"]
mod business_days;
#[path = "exact_fractions.rs"]
mod exact_fractions;
#[path = "fineract.rs"]
mod fineract;
#[path = "loan_creator.rs"]
mod loan_creator;
#[path = "worked_examples.rs"]
mod worked_examples;

use wasm_bindgen_test::wasm_bindgen_test;

/// A front end written in Rust has JavaScript values in hand, not a text: serde-wasm-bindgen reads them into the same tree.
#[wasm_bindgen_test]
fn terms_read_from_javascript_values_are_those_read_from_json() {
    const TERMS: &str = r#"{ "principal": "20000.00", "interest": { "annual": "0.18" }, "method": "equalInstalment",
        "instalmentCount": 12, "disbursementDate": "2026-11-24", "firstDueDate": null, "businessDays": { "calendar": "CN",
        "roll": "following" }, "fees": [{ "code": "service", "charge": { "amount": "1.00" }, "when": "firstInstalment" }] }"#;
    let value = js_sys::JSON::parse(TERMS).expect("JSON");
    let from_values: clearloan::wire::Wire = serde_wasm_bindgen::from_value(value).expect("plain data");
    assert_eq!(Some(&from_values), clearloan::json::read(TERMS).as_ref());
    assert!(clearloan::LoanTerms::from_wire(&from_values).is_ok());
}
