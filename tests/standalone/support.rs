//! Calls as a page makes them: JSON in, JSON out.

use crate::common::vector_text::vector_text;
use clearloan::error::LoanError;
use clearloan::standalone;
use clearloan::wire::Wire;
use serde::Deserialize;
use serde_json::Value;

pub fn wire(value: &Value) -> Wire<'static> {
    Wire::deserialize(value).unwrap()
}

/// What the JSON text holds.
pub fn text_of(json: Result<String, LoanError>) -> Result<String, LoanError> {
    json.map(|json| serde_json::from_str(&json).unwrap())
}

pub fn irr(amounts: &Value) -> Result<String, LoanError> {
    text_of(standalone::irr_json(&wire(amounts)))
}

pub fn xirr(flows: &Value, day_count: &Value) -> Result<String, LoanError> {
    text_of(standalone::xirr_json(&wire(flows), &wire(day_count)))
}

pub fn apr_of_flows(convention: &Value, flows: &Value, periods_per_year: &Value) -> Result<String, LoanError> {
    text_of(standalone::apr_of_flows_json(&wire(convention), &wire(flows), &wire(periods_per_year)))
}

pub fn year_fraction(start: &Value, end: &Value, convention: &Value, termination: &Value) -> Result<String, LoanError> {
    text_of(standalone::year_fraction_json(&wire(start), &wire(end), &wire(convention), &wire(termination)))
}

/// `arguments` is a list.
pub fn tvm(function: &str, arguments: &Value) -> Result<String, LoanError> {
    let arguments: Vec<Wire> = arguments.as_array().unwrap().iter().map(wire).collect();
    text_of(standalone::tvm_json(function, &arguments))
}

/// "code at field", one for each problem.
pub fn problems(result: Result<String, LoanError>) -> Vec<String> {
    match result {
        Ok(figure) => panic!("should have been refused, and is {figure}"),
        Err(error) => {
            for issue in &error.issues {
                assert!(!issue.message.zh_cn.is_empty() && !issue.message.en.is_empty(), "{issue:?}");
            }
            error.issues.iter().map(|issue| format!("{} at {}", issue.code, issue.field)).collect()
        }
    }
}

pub fn vectors(name: &str) -> Value {
    serde_json::from_str(&vector_text(&format!("{name}.json"))).unwrap()
}

pub fn cases(file: &Value) -> &Vec<Value> {
    file["cases"].as_array().unwrap()
}

pub fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

/// A number or text of a vector as the decimal string that a caller writes: "1.2e-7" without its exponent, "0.08/12" as its
/// 28 digits, half up.
pub fn decimal(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    if let Some((numerator, denominator)) = text.split_once('/') {
        let (whole, decimals) = numerator.split_once('.').unwrap_or((numerator, ""));
        let numerator: u128 = format!("{whole}{decimals}").parse().unwrap();
        let denominator = denominator.parse::<u128>().unwrap() * 10_u128.pow(decimals.len() as u32);
        let quotient = (2 * numerator * 10_u128.pow(28) + denominator) / (2 * denominator);
        return format!("{sign}{}.{:028}", quotient / 10_u128.pow(28), quotient % 10_u128.pow(28));
    }
    let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let exponent: i32 = exponent.parse().unwrap();
    let digits = format!("{whole}{decimals}");
    let point = whole.len() as i32 + exponent;
    match usize::try_from(point) {
        Ok(point @ 1..) if point < digits.len() => format!("{sign}{}.{}", &digits[..point], &digits[point..]),
        Ok(point @ 1..) => format!("{sign}{digits}{}", "0".repeat(point - digits.len())),
        _ => format!("{sign}0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
    }
}
