//! What the native engine says, written down for the tests of the package: tests/package/agreement.test.mjs holds wasm
//! against it, tests/types/drift.test.mjs the type declarations.
#![cfg(not(target_arch = "wasm32"))]

mod common;

use clearloan::api;
use clearloan::terms::SHAPES;
use common::{generate, try_quote, wire};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::fs;
use std::io::Write;

/// How many terms the two are held against each other on.
const TERMS: u64 = 20_000;

#[test]
fn what_the_native_engine_makes_of_generated_terms_is_written_down() {
    // Written beside and then renamed, so that a reader never sees half a file.
    let path = format!("{}/agreement.jsonl", env!("CARGO_TARGET_TMPDIR"));
    let mut file = std::io::BufWriter::new(fs::File::create(format!("{path}.new")).expect("a file"));
    let mut fingerprints = HashSet::new();
    for number in 0..TERMS {
        let terms = generate::terms(number);
        let fingerprint = api::fingerprint(&wire(&terms)).unwrap_or_else(|error| panic!("{number}: {terms}\n{error}"));
        let answer = match try_quote(&terms) {
            Ok(mut quote) => quote["cost"].take(),
            Err(error) => Value::from(error.issues[0].code),
        };
        writeln!(file, "{}", json!({ "terms": terms, "fingerprint": fingerprint, "cost": answer })).expect("a line");
        fingerprints.insert(fingerprint);
    }
    file.into_inner().expect("all lines").sync_all().expect("on the disk");
    fs::rename(format!("{path}.new"), path).expect("a new name");
    // As good as all are different loans; a generator that repeats itself would prove less than it says.
    assert!(fingerprints.len() as u64 > TERMS * 99 / 100, "{}", fingerprints.len());
}

#[test]
fn the_fields_that_the_decoder_knows_are_written_down() {
    let shapes: Vec<Value> = SHAPES
        .iter()
        .chain(&clearloan::rules::RULE_SHAPES)
        .chain([&clearloan::disclosure::DISCLOSE_OPTIONS, &clearloan::disclosure::ALIPAY_OPTIONS])
        .chain(&clearloan::precheck::SHAPES)
        .chain(&clearloan::servicing::SHAPES)
        .chain(&clearloan::reminder::SHAPES)
        .chain(&clearloan::standalone::FLOW_SHAPES)
        .map(|shape| json!({ "name": shape.name, "required": shape.required, "optional": shape.optional }))
        .collect();
    assert!(shapes.iter().any(|shape| shape["name"] == "LoanTerms"));
    let path = format!("{}/shapes.json", env!("CARGO_TARGET_TMPDIR"));
    fs::write(path, Value::from(shapes).to_string()).expect("a file");
}
