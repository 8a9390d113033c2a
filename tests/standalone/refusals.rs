//! Input that is wrong, hostile or both: every problem by its path, all at once, and no figure.

use crate::support::{apr_of_flows, irr, problems, text_of, tvm, xirr};
use clearloan::standalone;
use clearloan::wire::Wire;
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// What no decimal is, with the code that says so.
fn not_decimals() -> Vec<(Value, &'static str)> {
    let mut wrong: Vec<(Value, &'static str)> = [
        "", " ", "-", ".", "-.5", "5.", "+5", "--5", "1 000", "1,000", "1e3", "1E-7", "0x10", "NaN", "Infinity",
        "-inf", "1.2.3", "五", "１２", "12%", "12 ", "\u{0}", "1_000", "½",
    ]
    .map(|text| (json!(text), "not_a_decimal"))
    .into();
    wrong.push((json!("9".repeat(29)), "too_many_digits"));
    wrong.push((json!(format!("-0.{}", "7".repeat(400))), "too_many_digits"));
    wrong.push((json!(format!("{}.{}", "9".repeat(14), "9".repeat(15))), "too_many_digits"));
    wrong.push((json!(format!("0.{}1", "0".repeat(56))), "too_many_digits"));
    wrong.extend([json!(5), json!(5.5), json!(-0.0), json!(1e300)].map(|number| (number, "number_not_string")));
    wrong.extend([json!(true), json!([]), json!({}), json!(["5"])].map(|other| (other, "wrong_type")));
    wrong.push((Value::Null, "required"));
    wrong
}

#[test]
fn what_is_no_decimal_is_refused_everywhere() {
    for (wrong, code) in not_decimals() {
        assert_eq!(problems(irr(&json!(["-100", wrong, "110"]))), [format!("{code} at amounts[1]")], "{wrong}");
        let dated = json!([{ "date": "2026-01-01", "amount": "-100" }, { "date": "2027-01-01", "amount": wrong }]);
        assert_eq!(problems(xirr(&dated, &Value::Null)), [format!("{code} at flows[1].amount")], "{wrong}");
        let periodic = json!([{ "periods": 0, "amount": wrong }, { "periods": 1, "amount": "5" }]);
        let refused = problems(apr_of_flows(&json!("usApr"), &periodic, &json!("12")));
        assert_eq!(refused, [format!("{code} at flows[0].amount")], "{wrong}");
        assert_eq!(problems(tvm("pmt", &json!([wrong, 12, "1000"]))), [format!("{code} at rate")], "{wrong}");
        assert_eq!(problems(tvm("pmt", &json!(["0.01", 12, wrong]))), [format!("{code} at pv")], "{wrong}");
        if !wrong.is_null() {
            assert_eq!(problems(tvm("fv", &json!(["0.01", 12, "1", wrong]))), [format!("{code} at pv")], "{wrong}");
        }
    }
}

/// The face marks what JSON has no word for; natively a number may be anything.
#[test]
fn numbers_that_are_none_are_refused() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1.0, 0.5] {
        let text = |text: &str| Wire::Text(text.to_owned().into());
        let arguments = [text("0.01"), Wire::Number(number), text("1000")];
        let refused = problems(text_of(standalone::tvm_json("pmt", &arguments)));
        let code = if number.fract() > 0.0 { "wrong_type" } else { "out_of_range" };
        assert_eq!(refused, [format!("{code} at count")], "{number}");
        let amounts = Wire::List(vec![text("-1"), Wire::Number(number)]);
        assert_eq!(problems(text_of(standalone::irr_json(&amounts))), ["number_not_string at amounts[1]"]);
        let flow =
            |periods: f64| Wire::Map(vec![("amount".into(), text("1")), ("periods".into(), Wire::Number(periods))]);
        if !(-1.0..=0.0).contains(&number) {
            let flows = Wire::List(vec![flow(0.0), flow(number)]);
            let refused = problems(text_of(standalone::apr_of_flows_json(&text("usApr"), &flows, &text("12"))));
            assert_eq!(refused, [format!("{code} at flows[1].periods")], "{number}");
        }
    }
}

/// In the order of the input, which here is that of the alphabet within a flow.
#[test]
fn every_problem_is_told_at_once() {
    let flows = json!([
        { "date": "2026-02-30", "amount": "1e3" },
        { "amount": "5", "data": "2026-01-01" },
        "2026-01-01",
        { "date": "2200-01-01", "amount": 5 },
    ]);
    assert_eq!(
        problems(xirr(&flows, &json!("periodic"))),
        [
            "not_a_decimal at flows[0].amount",
            "not_a_date at flows[0].date",
            "unknown_field at flows[1].data",
            "required at flows[1].date",
            "wrong_type at flows[2]",
            "number_not_string at flows[3].amount",
            "out_of_range at flows[3].date",
            "not_one_of at dayCount",
        ]
    );
    let flows = json!([
        { "amount": "1", "periods": "1", "fraction": 0.5 },
        { "periods": 500_001, "fraction": "31/30" },
        { "amount": "1", "periods": 1, "fraction": "1/0", "period": 2 },
    ]);
    assert_eq!(
        problems(apr_of_flows(&json!("apr"), &flows, &json!(12))),
        [
            "not_one_of at convention",
            "number_not_string at flows[0].fraction",
            "wrong_type at flows[0].periods",
            "required at flows[1].amount",
            "out_of_range at flows[1].fraction",
            "out_of_range at flows[1].periods",
            "unknown_field at flows[2].period",
            "not_a_fraction at flows[2].fraction",
            "number_not_string at periodsPerYear",
        ]
    );
    assert_eq!(
        problems(tvm("ipmt", &json!(["-1", 13, 12, "x", "1,5", true]))),
        [
            "out_of_range at rate",
            "not_a_decimal at pv",
            "not_a_decimal at fv",
            "wrong_type at due",
            "out_of_range at period"
        ]
    );
    assert_eq!(problems(tvm("pmt", &json!([]))), ["required at rate", "required at count", "required at pv"]);
}

#[test]
fn what_is_missing_or_of_another_kind() {
    for (wrong, code) in [(Value::Null, "required"), (json!("5"), "wrong_type"), (json!({ "0": "5" }), "wrong_type")] {
        assert_eq!(problems(irr(&wrong)), [format!("{code} at amounts")]);
        assert_eq!(problems(xirr(&wrong, &Value::Null)), [format!("{code} at flows")]);
        assert_eq!(problems(apr_of_flows(&json!("euAprc"), &wrong, &json!("1"))), [format!("{code} at flows")]);
    }
    assert_eq!(
        problems(apr_of_flows(&Value::Null, &Value::Null, &Value::Null)),
        ["required at convention", "required at flows", "required at periodsPerYear"]
    );
    assert_eq!(problems(xirr(&json!([]), &json!(365))), ["wrong_type at dayCount"]);
}

#[test]
fn too_many_flows_are_refused_before_they_are_read() {
    let flow = json!({ "date": "never", "periods": "never" });
    let flows = Value::from(vec![flow; 1_001]);
    let refused = [xirr(&flows, &Value::Null), apr_of_flows(&json!("euAprc"), &flows, &json!("12"))];
    for result in refused {
        let error = result.clone().unwrap_err();
        assert_eq!(problems(result), ["too_many at flows"]);
        assert_eq!(error.issues[0].limit.as_deref(), Some("1000"));
        assert_eq!(error.issues[0].message.en, "must have at most 1000 entries");
    }
}

#[test]
fn fractions_and_periods_per_year() {
    let with = |fraction: &str, per_year: &str| {
        let flows =
            json!([{ "amount": "-1000", "periods": 0 }, { "amount": "1100", "periods": 0, "fraction": fraction }]);
        apr_of_flows(&json!("usApr"), &flows, &json!(per_year))
    };
    // 10 % in half a period.
    for half in ["1/2", "15/30", "0.5", "00.50", "2147483647/4294967294"] {
        assert_eq!(with(half, "1").unwrap(), "0.2", "{half}");
    }
    for wrong in [
        "",
        "/",
        "1/",
        "/2",
        "-1/2",
        "1/2/3",
        "1.0/2",
        "a/b",
        " 1/2",
        "1/0",
        "0/0",
        "1e-1",
        "1/4294967297",
        "0.12345678901",
        &"1".repeat(400),
    ] {
        assert_eq!(problems(with(wrong, "1")), ["not_a_fraction at flows[1].fraction"], "{wrong}");
        assert_eq!(problems(with("1/2", wrong)), ["not_a_fraction at periodsPerYear"], "{wrong}");
    }
    for wrong in ["1", "30/30", "1.5", "4294967295"] {
        assert_eq!(problems(with(wrong, "1")), ["out_of_range at flows[1].fraction"], "{wrong}");
    }
    for wrong in ["0", "0/5", "1000001", "1000000.5", "4294967295"] {
        assert_eq!(problems(with("1/2", wrong)), ["out_of_range at periodsPerYear"], "{wrong}");
    }
    assert_eq!(with("1/2", "1000000").unwrap(), "200000");
}

/// Fractions that no calendar has: an answer or a typed error, never a wrong figure, and soon.
#[test]
fn fractions_without_a_common_measure() {
    let primes = [4_294_967_291_u64, 4_294_967_279, 4_294_967_231, 4_294_967_197, 4_294_967_189];
    let mut flows = vec![json!({ "amount": "-1000", "periods": 0 })];
    for prime in primes {
        let fraction = format!("{}/{prime}", prime / 2);
        flows.push(json!({ "amount": "210", "periods": 12, "fraction": fraction }));
    }
    let flows = Value::from(flows);
    // About 50/12 over 12.5 periods; simple interest within a period needs no common measure.
    let apr = apr_of_flows(&json!("usApr"), &flows, &json!("4294967295/4294967291"));
    assert!(apr.unwrap().starts_with("0.00391"));
    assert_eq!(problems(apr_of_flows(&json!("euAprc"), &flows, &json!("12"))), ["rate_undecided at flows"]);
    // 1,000 of them, far apart, and with signs that alternate.
    let flows: Vec<Value> = (0..1_000_i64)
        .map(|index| {
            let sign = if index % 2 == 0 { "" } else { "-" };
            json!({ "amount": format!("{sign}{}.99", 1_000 + index), "periods": index * 997 - 500_000,
                    "fraction": format!("{}/{}", index, 1_000 + index) })
        })
        .collect();
    for convention in ["usApr", "euAprc"] {
        // Whatever it is: it ends.
        if let Err(error) = apr_of_flows(&json!(convention), &flows.clone().into(), &json!("12")) {
            assert!(["rate_undecided", "no_root", "cost_out_of_range"].contains(&error.issues[0].code), "{error}");
        }
    }
}

#[test]
fn arguments_of_the_spreadsheet_functions() {
    for (function, arguments, problem) in [
        ("pmt", json!(["-1", 12, "1000"]), "out_of_range at rate"),
        ("pmt", json!(["-1.0000000000000000000000000001", 12, "1000"]), "too_many_digits at rate"),
        ("pmt", json!(["-1.000000000000000000000000001", 12, "1000"]), "out_of_range at rate"),
        ("pmt", json!(["1000000.000000001", 12, "1000"]), "out_of_range at rate"),
        ("pmt", json!(["0.01", 10_001, "1000"]), "out_of_range at count"),
        ("pmt", json!(["0.01", 12.5, "1000"]), "wrong_type at count"),
        ("pmt", json!(["0.01", "12", "1000"]), "wrong_type at count"),
        ("pmt", json!(["0.01", 12, "1000", null, -1]), "out_of_range at due"),
        ("pmt", json!(["0.01", 12, "1000", null, "1"]), "wrong_type at due"),
        ("pmt", json!(["0.01", 12, "1000", null, true]), "wrong_type at due"),
        ("ppmt", json!(["0.01", 0, 12, "1000"]), "out_of_range at period"),
        ("ppmt", json!(["0.01", 13, 12, "1000"]), "out_of_range at period"),
        ("fv", json!(["0.01", -1, "1000"]), "out_of_range at count"),
        ("nper", json!(["-1", "1", "1000"]), "out_of_range at rate"),
        ("effective", json!(["-0.01", 12]), "out_of_range at nominal"),
        ("effective", json!(["0.01", 12.5]), "wrong_type at periods"),
        ("effective", json!(["1000000.1", 12]), "out_of_range at nominal"),
        ("nominal", json!(["-0.01", 12]), "out_of_range at effective"),
        ("nominal", json!(["0.01"]), "required at periods"),
        ("npv", json!([]), "not_one_of at function"),
        ("PMT", json!([]), "not_one_of at function"),
    ] {
        assert_eq!(problems(tvm(function, &arguments)), [problem], "{function} {arguments}");
    }
    let error = tvm("pmt", &json!(["-1", 12, "1000"])).unwrap_err();
    assert_eq!(error.issues[0].message.en, "must be above -1 and at most 1000000");
    assert_eq!(error.issues[0].limit.as_deref(), Some("-1..1000000"));
    // A guess, as spreadsheets take one, changes nothing.
    assert_eq!(tvm("rate", &json!([12, "-100", "1000", "0", 0, "0.1"])).unwrap(), "0.0292285408");
    let error = tvm("rate", &json!([12, "-9999999999999999999999999999", "1000", "0.00001"])).unwrap_err();
    assert_eq!((error.issues[0].code, error.issues[0].field.as_str()), ("too_many_digits", "pmt"));
}
