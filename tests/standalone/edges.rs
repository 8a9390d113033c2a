//! Ties, limits, and the ends of what can be asked.

use crate::support::{apr_of_flows, irr, problems, tvm, xirr, year_fraction};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn figure(function: &str, arguments: Value) -> String {
    tvm(function, &arguments).unwrap_or_else(|error| panic!("{function} {arguments}: {error}"))
}

#[test]
fn ties_are_rounded_half_away_from_zero() {
    // 1.5 units of the tenth decimal.
    assert_eq!(figure("fv", json!(["0.5", 1, "0", "-0.0000000001"])), "0.0000000002");
    assert_eq!(figure("fv", json!(["0.5", 1, "0", "0.0000000001"])), "-0.0000000002");
    // Half a unit.
    assert_eq!(figure("effective", json!(["0.00000000005", 1])), "0.0000000001");
    assert_eq!(figure("effective", json!(["0.0000000000499999999999999999", 1])), "0");
    assert_eq!(figure("nominal", json!(["0.00000000005", 1])), "0.0000000001");
    // (1 + 5·10^−11 / 2)² − 1, and a unit of the 24th decimal below.
    assert_eq!(figure("nominal", json!(["0.000000000050000000000625", 2])), "0.0000000001");
    assert_eq!(figure("nominal", json!(["0.000000000050000000000624", 2])), "0");
    // Interest alone, whatever the count: −pv·r, with a power that no attempt writes out.
    for count in [1, 7, 360, 10_000] {
        assert_eq!(figure("pmt", json!(["0.00000000005", count, "1", "-1"])), "-0.0000000001");
        assert_eq!(figure("ipmt", json!(["0.00000000005", count, count, "1", "-1"])), "-0.0000000001");
        assert_eq!(figure("ppmt", json!(["0.00000000005", count, count, "1", "-1"])), "0");
        assert_eq!(figure("pv", json!(["0.00000000005", count, "-0.00000000005", "-1"])), "1");
    }
    // A tie but for what is left of 1/S(n): the last decimal is decided by 10^−60 and less.
    assert_eq!(figure("pmt", json!(["0.5", 400, "0.0000000001"])), "-0.0000000001");
    assert_eq!(figure("pmt", json!(["0.5", 400, "0.0000000001", "-0.0000000002"])), "0");
    assert_eq!(figure("pmt", json!(["0.5", 400, "0.0000000001", "-0.0000000001"])), "-0.0000000001");
    // Without interest: a third, and an eighth of 4·10^−10.
    assert_eq!(figure("pmt", json!(["0", 3, "1"])), "-0.3333333333");
    assert_eq!(figure("pmt", json!(["0", 8, "0.0000000004"])), "-0.0000000001");
    assert_eq!(figure("nper", json!(["0", "-8", "0.0000000004"])), "0.0000000001");
}

#[test]
fn a_rate_of_zero_is_simple_division() {
    assert_eq!(figure("pmt", json!(["0", 10, "1000"])), "-100");
    assert_eq!(figure("pmt", json!(["0.000", 10, "1000", "-500", 1])), "-50");
    assert_eq!(figure("ipmt", json!(["0", 3, 10, "1000"])), "0");
    assert_eq!(figure("ppmt", json!(["0", 3, 10, "1000", null, 1])), "-100");
    assert_eq!(figure("pv", json!(["0", 10, "-100"])), "1000");
    assert_eq!(figure("fv", json!(["0", 10, "-100", "-7.5"])), "1007.5");
    assert_eq!(figure("nper", json!(["0", "-100", "1000"])), "10");
    assert_eq!(figure("nper", json!(["0", "300", "1000", "0", 1])), "-3.3333333333");
    assert_eq!(figure("effective", json!(["0", 12])), "0");
    assert_eq!(figure("rate", json!([10, "-100", "1000"])), "0");
}

/// Recomputed with 60 digits.
#[test]
fn rates_of_every_size() {
    assert_eq!(figure("pmt", json!(["-0.5", 12, "1000"])), "-0.1221001221");
    assert_eq!(figure("pmt", json!(["0.0000000000000000000000000001", 3, "1"])), "-0.3333333333");
    assert_eq!(
        figure("fv", json!(["0.0000000000000000000000000001", 10_000, "0", "-1000000000000000000"])),
        "1000000000000000000.000001"
    );
    assert_eq!(figure("pmt", json!(["1000000", 10_000, "12345678.9"])), "-12345678900000");
    assert_eq!(figure("nper", json!(["0.0000000000000000000000000001", "-7", "1000000"])), "142857.1428571429");
    assert_eq!(figure("nominal", json!(["1000000", 1])), "1000000");
    assert_eq!(figure("nominal", json!(["1000000", 10_000])), "13.8250593724");
    assert_eq!(figure("effective", json!(["0.1", 10_000])), "0.1051703655");
    // Exactly whole numbers of periods: 1.1² and 1.1^−3.
    assert_eq!(figure("nper", json!(["0.1", "0", "100", "-121"])), "2");
    assert_eq!(figure("nper", json!(["0.1", "0", "1331", "-1000"])), "-3");
    assert_eq!(figure("nper", json!(["0.21", "0", "1000", "-1100"])), "0.5");
    assert_eq!(figure("nper", json!(["0.1", "-5", "7", "-7"])), "0");
}

#[test]
fn no_periods_at_all() {
    assert_eq!(figure("fv", json!(["0.05", 0, "-100", "1000"])), "-1000");
    assert_eq!(figure("pv", json!(["0.05", 0, "-100", "1000", 1])), "-1000");
    for function in ["pmt", "ipmt", "ppmt", "rate", "effective", "nominal"] {
        let arguments = match function {
            "pmt" => json!(["0.05", 0, "1000"]),
            "rate" => json!([0, "-100", "1000"]),
            "effective" | "nominal" => json!(["0.05", 0]),
            _ => json!(["0.05", 1, 0, "1000"]),
        };
        let field = if arguments[1] == 0 && arguments.as_array().unwrap().len() == 2 { "periods" } else { "count" };
        assert_eq!(problems(tvm(function, &arguments)), [format!("out_of_range at {field}")], "{function}");
    }
}

/// Money in advance: the first payment holds no interest (as in Excel and LibreOffice; Calligra has −20.5229 for the first).
#[test]
fn the_first_payment_in_advance_is_all_principal() {
    assert_eq!(figure("ppmt", json!(["0.03", 1, 12, "100", "200", 1])), "-23.4355588756");
    assert_eq!(figure("pmt", json!(["0.03", 12, "100", "200", 1])), "-23.4355588756");
    assert_eq!(figure("ipmt", json!(["0.03", 1, 12, "100", "200", 1])), "0");
}

#[test]
fn a_result_has_at_most_28_digits_before_the_point() {
    let largest = "9999999999999999999999999999";
    assert_eq!(figure("fv", json!(["0", 1, "0", largest])), format!("-{largest}"));
    assert_eq!(figure("fv", json!(["0.00000000000000000000000000001", 1, "0", largest])), format!("-{largest}.1"));
    let beyond = ["result_out_of_range at "];
    assert_eq!(problems(tvm("fv", &json!(["0", 1, "-1", "-9999999999999999999999999999"]))), beyond);
    assert_eq!(problems(tvm("fv", &json!(["1000000", 10_000, "1"]))), beyond);
    assert_eq!(problems(tvm("effective", &json!(["1000000", 10_000]))), beyond);
    // Rates next to −1: what is to be 1 in the end must be astronomical today.
    let next_to_minus_one = "-0.9999999999999999999999999999";
    for count in [2, 10, 100, 10_000] {
        assert_eq!(problems(tvm("pv", &json!([next_to_minus_one, count, "0", "1"]))), beyond, "{count}");
        assert_eq!(figure("pv", json!([next_to_minus_one, count, "0", "0"])), "0");
        assert_eq!(figure("pmt", json!([next_to_minus_one, count, "0", "1"])), "-1");
        assert_eq!(figure("ppmt", json!([next_to_minus_one, count, count, "5", "1"])), "0");
    }
    // But where the payments are the interest: pmt = fv·r.
    assert_eq!(figure("pv", json!(["-0.9", 10_000, "-0.9", "1"])), "-1");
}

#[test]
fn what_has_no_answer_says_so() {
    let no_solution = ["no_solution at "];
    // Payments that do not even pay the interest, none at all, an amount that never arises.
    for arguments in [
        json!(["0.1", "-100", "1000"]),
        json!(["0.1", "-99", "1000"]),
        json!(["0", "0", "1000"]),
        json!(["0", "0", "0"]),
        json!(["0.1", "0", "0"]),
        json!(["0.1", "0", "1000", "1000"]),
        json!(["0.1", "0", "1000"]),
    ] {
        assert_eq!(problems(tvm("nper", &arguments)), no_solution, "{arguments}");
    }
    assert_eq!(problems(tvm("rate", &json!([12, "400", "10000", "5000"]))), ["no_sign_change at "]);
    assert_eq!(problems(tvm("rate", &json!([3, "0", "0"]))), ["no_sign_change at "]);
    assert_eq!(problems(tvm("rate", &json!([1, "-3000000", "1"]))), ["cost_out_of_range at "]);
    // 1, −2, 1.01 periods apart: never zero.
    assert_eq!(problems(tvm("rate", &json!([2, "-2", "1", "3.01"]))), ["no_root at "]);
    assert_eq!(problems(irr(&json!([]))), ["no_sign_change at amounts"]);
    assert_eq!(problems(irr(&json!(["100"]))), ["no_sign_change at amounts"]);
    assert_eq!(problems(irr(&json!(["0", "0.00", "-0"]))), ["no_sign_change at amounts"]);
    assert_eq!(problems(irr(&json!(["1", "-2", "1.01"]))), ["no_root at amounts"]);
    assert_eq!(problems(xirr(&json!([]), &Value::Null)), ["no_sign_change at flows"]);
    let overnight = json!([{ "date": "2026-01-01", "amount": "-1" }, { "date": "2026-01-02", "amount": "2" }]);
    assert_eq!(problems(xirr(&overnight, &Value::Null)), ["cost_out_of_range at flows"]);
    assert_eq!(problems(apr_of_flows(&json!("usApr"), &json!([]), &json!("12"))), ["no_sign_change at flows"]);
}

/// Two equal rates of return: the one nearest zero, positive ones first (MCOB 10.3).
#[test]
fn of_several_rates_the_positive_one_nearest_zero() {
    assert_eq!(irr(&json!(["100", "-230", "132"])).unwrap(), "0.1");
    // (1 + 2r)(1 + r/2) and (1 − r)(1 + 4r) in 1/(1 + r): roots −0.5 and 1, and only negative ones.
    assert_eq!(irr(&json!(["2", "-5", "2"])).unwrap(), "1");
    assert_eq!(irr(&json!(["8", "-6", "1"])).unwrap(), "-0.5");
}

/// 1,000 flows of up to 28 digits; amounts may differ in size as far as 31 digits can tell.
#[test]
fn the_largest_flows() {
    let mut amounts = vec![json!("-9999999999999999999999999999")];
    amounts.resize(1_000, json!("0.01"));
    let rate = irr(&amounts.clone().into()).unwrap();
    assert!(rate.starts_with("-0.0"), "{rate}");
    amounts.push(json!("0.01"));
    assert_eq!(problems(irr(&amounts.into())), ["too_many at amounts"]);
    let wide = json!(["-9999999999999999999999999999", "10000", "0.001"]);
    assert!(irr(&wide).is_ok());
    let wider = json!(["-9999999999999999999999999999", "10000", "0.0001", "-1000000000000000000000000000"]);
    assert_eq!(problems(irr(&wider)), ["too_many_digits at amounts[0]", "too_many_digits at amounts[3]"]);
    // Zeros behind the point are no digits, and none has too many digits for zero.
    assert_eq!(irr(&json!(["-100.000000000000000000000000000000000000", "110", "0"])).unwrap(), "0.1");
    assert!(
        irr(&json!([
            "-0.00000000000000000000000000000000000000000000000001",
            "0.00000000000000000000000000000000000000000000000002"
        ]))
        .is_ok()
    );
    let mixed = json!(["0.00000000000000000000000000000000000000000000000001", "-1"]);
    assert_eq!(problems(irr(&mixed)), ["too_many_digits at amounts[1]"]);
}

/// A positive root above 10^6 is none that could be told, so the negative one counts, however near to 10^6 the search for
/// the other ended.
#[test]
fn a_rate_out_of_range_hides_no_negative_one() {
    let flow = |date: &str, amount: &str| json!({ "date": date, "amount": amount });
    let flows = json!([
        flow("2027-08-16", "322"),
        flow("2027-08-23", "-288"),
        flow("2027-09-13", "-986"),
        flow("2028-05-02", "518")
    ]);
    // The other root is 5.5 · 10^10. Recomputed with 60 digits.
    assert_eq!(xirr(&flows, &json!("actual/360")).as_deref(), Ok("-0.6157529607"));
    let flows = json!([
        { "amount": "7390.13", "periods": 0 },
        { "amount": "-1581.28", "periods": 1, "fraction": "13/14" },
        { "amount": "-9151.57", "periods": 0 },
        { "amount": "4097.7", "periods": 0, "fraction": "13/100" }
    ]);
    assert_eq!(apr_of_flows(&json!("euAprc"), &flows, &json!("4")).as_deref(), Ok("-0.6001814108"));
    // Two roots above 10^6, and none below: there is no rate between −100 % and 10^8 %.
    let flows = json!([flow("2024-06-20", "-735"), flow("2024-06-11", "-27"), flow("2024-06-16", "592")]);
    assert_eq!(problems(xirr(&flows, &json!("30E/360-isda"))), ["no_root at flows"]);
}

/// No days are no part of a year, though the start at the end of February would be a 30th, and the end, which is the
/// termination date, a 28th.
#[test]
fn an_empty_period_at_the_end_of_february() {
    let day = json!("2026-02-28");
    for convention in ["30E/360-isda", "30E/360", "30/360", "30/360-us", "actual/actual-isda"] {
        assert_eq!(year_fraction(&day, &day, &json!(convention), &day).as_deref(), Ok("0"), "{convention}");
    }
    let flows = json!([{ "date": "2091-02-28", "amount": "-8408.83" }, { "date": "2091-02-28", "amount": "9000" }]);
    assert_eq!(problems(xirr(&flows, &json!("30E/360-isda"))), ["no_sign_change at flows"]);
}

#[test]
fn powers_of_any_size_are_told_as_out_of_range() {
    assert_eq!(problems(tvm("effective", &json!(["516107", 10_000]))), ["result_out_of_range at "]);
    assert_eq!(problems(tvm("fv", &json!(["100000", 10_000, "-1"]))), ["result_out_of_range at "]);
}
