//! Formulas: exact decimals, FEEL's precedence, its null, and errors that name the decision.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::LoanError;
use clearloan::precheck::{load_policy, precheck};
use common::wire;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

fn policy(formula: &str) -> Value {
    json!({
        "id": "test", "version": "1", "lender": "Test Bank", "operator": "lender",
        "inputs": [
            { "name": "x", "type": "decimal", "purpose": "test" },
            { "name": "yes", "type": "boolean", "purpose": "test" },
            { "name": "list", "type": "decimals", "purpose": "test" },
            { "name": "day", "type": "date", "purpose": "test" },
            { "name": "word", "type": "text", "purpose": "test" }
        ],
        "decisions": [
            { "name": "tested", "formula": formula },
            { "name": "outcome", "formula": "if tested = null then \"refer\" else \"eligible\"" }
        ],
        "result": { "outcome": "outcome" }, "messages": {}
    })
}

fn evaluate(formula: &str, facts: Value, options: Value) -> Result<Value, LoanError> {
    let compiled = load_policy(&wire(&policy(formula))).unwrap_or_else(|error| panic!("{formula}: {error}"));
    precheck(&compiled, &wire(&facts), &wire(&options)).map(|text| serde_json::from_str(&text).expect("JSON"))
}

fn value_with(formula: &str, facts: Value) -> String {
    let result = evaluate(formula, facts, json!({})).unwrap_or_else(|error| panic!("{formula}: {error}"));
    result["trace"][0]["value"].as_str().expect("text").to_owned()
}

fn value(formula: &str) -> String {
    value_with(formula, json!({}))
}

/// The code of what goes wrong.
fn code(formula: &str, facts: Value) -> String {
    let error = evaluate(formula, facts, json!({})).expect_err(formula);
    let [issue] = &error.issues[..] else { panic!("{error}") };
    assert_eq!(issue.field, "decisions[0].formula");
    assert!(issue.message.en.starts_with("decision tested: "), "{error}");
    assert!(issue.message.zh_cn.starts_with("决策 tested："), "{error}");
    issue.code.to_owned()
}

#[test]
fn decimals_are_exact() {
    for (formula, expected) in [
        ("0.1 + 0.2", "0.3"),
        ("1.10 - 1.1", "0"),
        ("-0", "0"),
        ("0.1 * 0.1", "0.01"),
        ("1 / 8", "0.125"),
        ("1 / 3", "0.3333333333333333333333333333"),
        ("2 / 3", "0.6666666666666666666666666667"),
        ("7922816251426433759354395033.5 + 0.5", "7922816251426433759354395034"),
        ("123456789012.34 * 100", "12345678901234"),
        ("10 / 4 * 2", "5"),
        ("7 - 2 - 1", "4"),
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("2 * 3 ** 2", "18"),
    ] {
        assert_eq!(value(formula), expected, "{formula}");
    }
}

#[test]
fn powers_have_whole_exponents_and_bind_as_in_feel() {
    for (formula, expected) in [
        ("2 ** 10", "1024"),
        ("2 ** 0", "1"),
        ("0 ** 0", "1"),
        ("2 ** -2", "0.25"),
        ("0.5 ** -2", "4"),
        // FEEL: the minus belongs to the operand, and ** goes from left to right.
        ("-2 ** 2", "4"),
        ("-(2 ** 2)", "-4"),
        ("2 ** 3 ** 2", "64"),
        ("1.01 ** 2", "1.0201"),
        ("10 ** 28", "10000000000000000000000000000"),
    ] {
        assert_eq!(value(formula), expected, "{formula}");
    }
    assert_eq!(code("10 ** 29", json!({})), "overflow");
    assert_eq!(code("0 ** -1", json!({})), "division_by_zero");
    assert_eq!(code("2 ** 0.5", json!({})), "invalid_argument");
    assert_eq!(code("1 ** 10001", json!({})), "invalid_argument");
}

#[test]
fn functions_do_what_their_names_say() {
    let facts = json!({ "list": ["3", "1.5", "-2", "8"], "x": "2.345" });
    for (formula, expected) in [
        ("min(list)", "-2"),
        ("max(list)", "8"),
        ("min(4, x, 3)", "2.345"),
        ("max(1)", "1"),
        ("sum(list)", "10.5"),
        ("count(list)", "4"),
        ("count(1, 2)", "2"),
        ("mean(list)", "2.625"),
        ("mean(1, 2)", "1.5"),
        ("abs(-x)", "2.345"),
        ("round(x, 2)", "2.35"),
        ("round(-x, 2)", "-2.35"),
        ("round(2.5, 0)", "3"),
        ("round(-2.5, 0)", "-3"),
        ("round(1234.5, -2)", "1200"),
        ("round(1250, -2)", "1300"),
        ("round(x, 28)", "2.345"),
    ] {
        assert_eq!(value_with(formula, facts.clone()), expected, "{formula}");
    }
    assert_eq!(code("round(x, 0.5)", json!({ "x": "1" })), "invalid_argument");
    assert_eq!(code("min(list)", json!({ "list": [] })), "too_few_values");
    assert_eq!(code("mean(list)", json!({ "list": [] })), "too_few_values");
    assert_eq!(value_with("count(list) + sum(list)", json!({ "list": [] })), "0");
}

/// References: `statistics.stdev` of Python over decimals of 60 digits.
#[test]
fn the_deviation_is_the_samples_rounded_from_18_digits_on() {
    for (list, reference) in [
        // FEEL's own example: stddev(2, 4, 7, 5) = 2.081665999466132735…
        (vec!["2", "4", "7", "5"], "2.081665999466132735282297707"),
        (vec!["1", "2"], "0.7071067811865475244008443621"),
        (vec!["1", "3"], "1.414213562373095048801688724"),
        (vec!["0", "0.0002"], "0.0001414213562373095048801689"),
        (vec!["1000000000.00", "1000000000.01"], "0.0070710678118654752440084436"),
        (vec!["2", "4", "4", "4", "5", "5", "7", "9"], "2.138089935299395077476427847"),
        (vec!["-3", "3"], "4.242640687119285146405066173"),
        (vec!["0", "100000000000000"], "70710678118654.75244008443621"),
    ] {
        let shown: Decimal = value_with("stdev(list)", json!({ "list": list })).parse().expect("a number");
        let reference: Decimal = reference.parse().expect("a number");
        assert!(shown.mantissa() > 10_i128.pow(17), "{list:?}: {shown}");
        let rounded = reference.round_dp_with_strategy(shown.scale(), RoundingStrategy::MidpointAwayFromZero);
        assert_eq!(shown, rounded, "{list:?}");
    }
    // Exact where the root is.
    assert_eq!(value_with("stdev(list)", json!({ "list": ["3", "5", "7"] })), "2");
    assert_eq!(value_with("stdev(list)", json!({ "list": ["0.1", "0.3", "0.5"] })), "0.2");
    assert_eq!(value_with("stdev(list)", json!({ "list": ["1", "1", "1"] })), "0");
    assert_eq!(code("stdev(list)", json!({ "list": ["1"] })), "too_few_values");
}

/// References: P·r/(1 − (1+r)^−n) at 60 digits, by Python's decimal module.
#[test]
fn an_instalment_is_positive_and_not_rounded() {
    for (formula, reference) in [
        ("pmt(0.01, 12, 10000)", "888.4878867834170733998783123"),
        ("pmt(0, 12, 12000)", "1000"),
        ("pmt(0.01, 1, 100)", "101"),
        // The lending example of DMN, without its fee.
        ("pmt(0.0395 / 12, 360, 350000)", "1660.880325608634796819003637"),
        ("pmt(0.000000000001, 600, 600)", "1.000000000300500000029999917"),
        ("pmt(10, 600, 1)", "10"),
    ] {
        let shown: Decimal = value(formula).parse().expect("a number");
        let reference: Decimal = reference.parse().expect("a number");
        // 28 digits all the way: the last few are uncertain.
        assert!((shown / reference - Decimal::ONE).abs() < Decimal::new(1, 24), "{formula}: {shown}");
    }
    for formula in ["pmt(0.01, 0, 1)", "pmt(0.01, 601, 1)", "pmt(0.01, 1.5, 1)", "pmt(-0.01, 12, 1)"] {
        assert_eq!(code(formula, json!({})), "invalid_argument", "{formula}");
    }
}

#[test]
fn conditions_compare_join_and_choose() {
    let facts = json!({ "x": "5", "yes": true, "day": "2026-03-01", "word": "A" });
    for (formula, expected) in [
        ("x = 5.0", "true"),
        ("x != 5", "false"),
        ("x < 5 or x >= 5", "true"),
        ("1 < 2 and 2 <= 2 and 3 > 2", "true"),
        ("not(yes)", "false"),
        ("not(yes) or yes and false", "false"),
        ("day < date(\"2026-03-02\") and day >= @\"2026-03-01\"", "true"),
        ("word = \"A\"", "true"),
        ("word = \"a\"", "false"),
        ("if x > 4 then \"big\" else \"small\"", "big"),
        ("if x > 9 then 1 else if x > 4 then 2 else 3", "2"),
        ("(if yes then 1 else 2) + 10", "11"),
        ("if yes then 1 else 2 + 10", "1"),
        // What is not needed is not reckoned.
        ("if yes then 1 else 1 / 0", "1"),
        ("x = 5 or 1 / 0 > 1", "true"),
        ("x != 5 and 1 / 0 > 1", "false"),
    ] {
        assert_eq!(value_with(formula, facts.clone()), expected, "{formula}");
    }
}

#[test]
fn null_spreads_as_in_feel() {
    for (formula, expected) in [
        ("x + 1", "null"),
        ("-x", "null"),
        ("x > 1", "null"),
        ("x = null", "true"),
        ("x != null", "false"),
        ("x = 1", "false"),
        ("max(x, 1)", "null"),
        ("mean(list)", "null"),
        ("not(yes)", "null"),
        ("yes and false", "false"),
        ("false and yes", "false"),
        ("yes and true", "null"),
        ("yes or true", "true"),
        ("yes or false", "null"),
        ("if yes then 1 else 2", "2"),
        ("if x > 1 then 1 else null", "null"),
        ("if x = null then 0 else x", "0"),
    ] {
        assert_eq!(value(formula), expected, "{formula}");
    }
}

#[test]
fn what_cannot_be_reckoned_is_a_named_error() {
    assert_eq!(code("1 / x", json!({ "x": "0" })), "division_by_zero");
    assert_eq!(code("1 / (x - x)", json!({ "x": "0.1" })), "division_by_zero");
    let large = json!({ "x": "9999999999999999999999999999" });
    assert_eq!(code("x * x", large.clone()), "overflow");
    assert_eq!(code("x * 10 + x", large.clone()), "overflow");
    assert_eq!(code("x / 0.01", large), "overflow");
}

#[test]
fn the_quotes_figures_go_by_their_names() {
    // Loan A of semantics.md: 2,562.81 × 4, and its first row of rates in section 8.
    let options = json!({ "terms": common::loan_a() });
    for (formula, expected) in [
        ("payment", "2562.81"),
        ("firstPayment", "2562.81"),
        ("lastPayment", "2562.81"),
        ("maximumPayment", "2562.81"),
        ("principal", "10000"),
        ("proceeds", "10000"),
        ("paidAtDisbursement", "0"),
        ("instalmentCount", "4"),
        ("interest", "251.24"),
        ("fees", "0"),
        ("benefits", "0"),
        ("payments", "10251.24"),
        ("financeCharge", "251.24"),
        ("irrPerPeriod", "0.0099998512"),
        ("simpleAnnual", "0.1199982146"),
        ("compoundAnnual", "0.1268230382"),
        ("xirr", "0.1273370269"),
        ("payment * instalmentCount - principal", "251.24"),
    ] {
        let result = evaluate(formula, json!({}), options.clone()).expect(formula);
        assert_eq!(result["trace"][0]["value"], expected, "{formula}");
        let without = evaluate(formula, json!({}), json!({})).expect(formula);
        assert_eq!(without["outcome"], "incomplete");
        assert_eq!(without["reasons"][0]["code"], "terms_missing");
        assert_eq!(without["reasons"][0]["decision"], "tested");
        assert_eq!(without["trace"], json!([]));
    }
    let on = evaluate("on >= date(\"2026-01-01\")", json!({}), json!({ "on": "2026-01-01" })).expect("a day");
    assert_eq!(on["trace"][0]["value"], "true");
    let no_day = evaluate("on >= date(\"2026-01-01\")", json!({}), json!({})).expect("an answer");
    assert_eq!(no_day["reasons"][0]["code"], "day_missing");
}

#[test]
fn a_name_of_the_policy_hides_the_quotes_figure() {
    let mut policy = policy("principal + 1");
    policy["inputs"][0]["name"] = json!("principal");
    let compiled = load_policy(&wire(&policy)).expect("no fault");
    let text = precheck(&compiled, &wire(&json!({ "principal": "2" })), &wire(&json!({ "terms": common::loan_a() })));
    let result: Value = serde_json::from_str(&text.expect("an answer")).expect("JSON");
    assert_eq!(result["trace"][0]["value"], "3");
}
