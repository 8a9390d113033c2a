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
