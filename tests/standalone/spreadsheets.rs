//! The published examples of OpenFormula's and Excel's functions, of numpy-financial, lmammino/financial and pyxirr.

use crate::support::{cases, decimal, irr, number, problems, tvm, vectors, xirr};
use clearloan::standalone;
use serde_json::{Value, json};
use std::collections::BTreeSet;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What the contract has no function for.
const NOT_OURS: [&str; 10] =
    ["CUMIPMT", "CUMPRINC", "ISPMT", "NPV", "PDURATION", "RRI", "XNPV", "cumipmt", "mirr", "npv"];

/// Our name, and the arguments as a page writes them: counts and `due` as numbers, the rest as decimals.
fn call(function: &str, arguments: &[Value]) -> Option<Result<String, clearloan::error::LoanError>> {
    let ours = match function {
        "EFFECT" => "effective".to_owned(),
        other => other.to_lowercase(),
    };
    match function {
        "IRR" => return Some(irr(&arguments.iter().map(|amount| json!(decimal(amount))).collect())),
        "XIRR" => {
            let [amounts, dates] = [0, 1].map(|index| arguments[index].as_array().unwrap());
            let flow = |(amount, date): (&Value, &Value)| json!({ "amount": decimal(amount), "date": date });
            return Some(xirr(&amounts.iter().zip(dates).map(flow).collect(), &Value::Null));
        }
        _ => {}
    }
    let signature = standalone::SIGNATURES.iter().find(|signature| signature.name == ours)?;
    let arguments = signature.parameters.iter().zip(arguments).map(|(parameter, argument)| match parameter.name() {
        "count" | "period" | "periods" | "due" => argument.clone(),
        _ => json!(decimal(argument)),
    });
    Some(tvm(&ours, &arguments.collect()))
}

#[test]
fn every_published_example_of_the_spreadsheets() {
    let mut not_ours = BTreeSet::new();
    let mut count = 0;
    for name in ["openformula_odf_financial", "excel_ms_docs_financial"] {
        for case in cases(&vectors(name)) {
            let function = case["function"].as_str().unwrap();
            let Some(result) = call(function, case["args"].as_array().unwrap()) else {
                not_ours.insert(function.to_owned());
                continue;
            };
            let id = &case["id"];
            let figure: f64 = result.unwrap_or_else(|error| panic!("{id}: {error}")).parse().unwrap();
            // Published with fewer digits, or computed in floats of 16; ours has 10 decimals.
            let published = number(&case["tolerance"]) + 0.5e-10;
            assert!((figure - number(&case["expected"])).abs() <= published, "{id}: {figure}");
            // The vectors' own recomputation has 14 digits.
            let recomputed = number(&case["recomputed"]);
            assert!((figure - recomputed).abs() <= 0.51e-10 + recomputed.abs() * 1e-13, "{id}: {figure}");
            count += 1;
        }
    }
    assert!(not_ours.iter().all(|name| NOT_OURS.contains(&name.as_str())), "{not_ours:?}");
    assert_eq!(count, 35);
}

/// OpenFormula's errors, from the vector file's note; Microsoft's KB Q116041 for the last.
#[test]
fn what_a_spreadsheet_answers_with_an_error_is_refused() {
    assert_eq!(problems(tvm("rate", &json!([0, "-100", "1000"]))), ["out_of_range at count"]);
    assert_eq!(problems(tvm("nominal", &json!(["0", 12]))), ["out_of_range at effective"]);
    assert_eq!(problems(tvm("nominal", &json!(["0.10", 0]))), ["out_of_range at periods"]);
    assert_eq!(problems(tvm("nominal", &json!(["0.10", -1]))), ["out_of_range at periods"]);
    assert_eq!(problems(tvm("pmt", &json!(["0.01", 12, "1000", "0", 2]))), ["out_of_range at due"]);
    let dates = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"];
    let amounts = ["10000", "2750", "4250", "3250", "2750"];
    let flows = dates.iter().zip(amounts).map(|(date, amount)| json!({ "date": date, "amount": amount })).collect();
    assert_eq!(problems(xirr(&flows, &Value::Null)), ["no_sign_change at flows"]);
}

/// numpy-financial and its port; pyxirr's rates of flows are tested with the others.
#[test]
fn every_example_of_other_libraries() {
    for (name, expected_count) in [("peer_npf_tvm", 24), ("peer_pyxirr_periodic", 24)] {
        let mut count = 0;
        for case in cases(&vectors(name)) {
            let function = case["fn"].as_str().unwrap();
            let Some(signature) = standalone::SIGNATURES.iter().find(|signature| signature.name == function) else {
                assert!(NOT_OURS.contains(&function) || function == "irr", "{function}");
                continue;
            };
            let input = &case["input"];
            let arguments = signature.parameters.iter().map(|parameter| match parameter.name() {
                "count" => input["nper"].clone(),
                "period" => input["per"].clone(),
                "due" => json!(u8::from(case["when"] == "begin")),
                name => input.get(name).map_or(Value::Null, |amount| json!(decimal(amount))),
            });
            let result = tvm(function, &arguments.collect());
            let id = &case["id"];
            count += 1;
            match &case["expected"] {
                // Theirs is NaN.
                Value::Null => assert!(result.is_err(), "{id}: {result:?}"),
                expected => {
                    let figure: f64 = result.unwrap_or_else(|error| panic!("{id}: {error}")).parse().unwrap();
                    // Some are quoted with 28 digits, which no float holds.
                    let tolerance = number(&case["tol"]) + 0.51e-10 + figure.abs() * 1e-15;
                    assert!((figure - number(expected)).abs() <= tolerance, "{id}: {figure}");
                }
            }
        }
        assert_eq!(count, expected_count);
    }
}
