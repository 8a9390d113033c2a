//! Figures that others have published, from `tests/vectors`; each file names its sources.

use crate::common::nearest_root;
use chrono::NaiveDate;
use clearloan::cost::{self, Part, RateError, UnitFlows};
use clearloan::date::DayCount;
use clearloan::rate::PublishedRate;
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

pub fn read(name: &str) -> Value {
    crate::common::vectors(&format!("{name}.json"))
}

pub fn cases(file: &Value) -> &Vec<Value> {
    file["cases"].as_array().unwrap()
}

/// A decimal number written as text or as a number, without its point, and how many digits stood behind it.
fn digits(value: &Value) -> (i128, u32) {
    let text = match value {
        Value::String(text) => text.clone(),
        number => number.as_f64().unwrap().to_string(),
    };
    let (text, exponent) =
        text.split_once('e').map_or((text.as_str(), 0), |(text, exponent)| (text, exponent.parse().unwrap()));
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{whole}{decimals}").parse().unwrap();
    let scale = decimals.len() as i32 - exponent;
    if scale < 0 { (digits * 10_i128.pow(scale.unsigned_abs()), 0) } else { (digits, scale as u32) }
}

/// Amounts in one common unit, exactly as written.
pub fn amounts<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<i128> {
    let digits: Vec<(i128, u32)> = values.into_iter().map(digits).collect();
    let scale = digits.iter().map(|&(_, scale)| scale).max().unwrap_or(0);
    digits.into_iter().map(|(number, own)| number * 10_i128.pow(scale - own)).collect()
}

pub fn value(rate: PublishedRate) -> f64 {
    rate.to_string().parse().unwrap()
}

fn day(value: &Value) -> NaiveDate {
    NaiveDate::parse_from_str(value.as_str().unwrap(), "%Y-%m-%d").unwrap()
}

fn dated(flows: &Value) -> Vec<(NaiveDate, i128)> {
    let flows = flows.as_array().unwrap();
    flows.iter().map(|flow| day(&flow[0])).zip(amounts(flows.iter().map(|flow| &flow[1]))).collect()
}

/// Of all roots, the positive one nearest zero, else the negative one nearest zero.
fn expected(roots: &Value) -> Option<f64> {
    let roots: Vec<f64> = roots.as_array().unwrap().iter().map(|root| root.as_f64().unwrap()).collect();
    let nearest = |is_positive: bool| {
        roots.iter().copied().filter(|root| (*root > 0.0) == is_positive).min_by(|a, b| a.abs().total_cmp(&b.abs()))
    };
    nearest(true).or(nearest(false))
}

fn check_hard(id: &Value, roots: &Value, found: Result<PublishedRate, RateError>) {
    match (expected(roots), found) {
        (Some(root), Ok(rate)) => {
            assert!((value(rate) - root).abs() <= root.abs() * 1e-6, "{id}: {rate} instead of {root}");
        }
        (None, Err(RateError::NoRoot | RateError::NoSignChange)) => {}
        (root, found) => panic!("{id}: {found:?} instead of {root:?}"),
    }
}

#[test]
fn flows_that_break_solvers() {
    let file = read("hard_irr");
    for case in file["irr"].as_array().unwrap() {
        check_hard(&case["id"], &case["roots"], cost::irr(&amounts(case["flows"].as_array().unwrap())));
    }
    for case in file["xirr"].as_array().unwrap() {
        check_hard(&case["id"], &case["roots"], cost::xirr(&dated(&case["flows"]), DayCount::Actual365));
    }
}

/// 中国人民银行公告〔2021〕第3号: 12.80 % simple, 13.58 % compound; all digits recomputed with mpmath.
#[test]
fn the_example_of_the_peoples_bank() {
    let payments = [883_330; 12];
    let flows = UnitFlows { at_start: 9_900_000, payments: &payments, first_whole: 1, part: Part::NONE };
    let root = cost::irr_of_schedule(flows).unwrap();
    assert_eq!(root.times(12, 1).unwrap().to_string(), "0.1280380185");
    assert_eq!(root.compounded(12, 1).unwrap().to_string(), "0.1358255763");
    for case in cases(&read("cn_pboc_2021_3")) {
        let recomputed: f64 = case["recomputed"].as_str().unwrap().parse().unwrap();
        let rate = if case["id"] == "pboc_example_simple" { root.times(12, 1) } else { root.compounded(12, 1) };
        assert!((value(rate.unwrap()) * 100.0 - recomputed).abs() < 6e-8, "{}", case["id"]);
    }
}

#[test]
fn pyxirr_periodic() {
    let file = read("peer_pyxirr_periodic");
    let mut count = 0;
    for case in cases(&file).iter().filter(|case| case["fn"] == "irr") {
        let rate = cost::irr(&amounts(case["input"]["flows"].as_array().unwrap()));
        count += 1;
        match case["expected"].as_str() {
            Some(expected) => {
                // pyxirr's 2.33… is a root, too, and not the one nearest zero (recomputed with 60 digits).
                let is_far = case["id"] == "pyxirr-irr-random_100.csv";
                let expected: f64 = if is_far { 0.009_437_318_835 } else { expected.parse().unwrap() };
                let rate = rate.unwrap_or_else(|error| panic!("{}: {error:?}", case["id"]));
                assert!((value(rate) - expected).abs() < 1e-9, "{}: {rate}", case["id"]);
            }
            None => assert_eq!(rate, Err(RateError::NoSignChange), "{}", case["id"]),
        }
    }
    assert_eq!(count, 20);
}

#[test]
fn pyxirr_dated() {
    let file = read("peer_pyxirr_xirr");
    let mut count = 0;
    for case in cases(&file).iter().filter(|case| case["fn"] == "xirr") {
        let day_count = match case["input"]["basis"].as_str().unwrap() {
            "30/360 SIA" => DayCount::Thirty360Us,
            "30/360 ISDA" => DayCount::Thirty360,
            "30E/360" => DayCount::ThirtyE360,
            "act/act ISDA" => DayCount::ActualActualIsda,
            _ => DayCount::Actual365,
        };
        let rate = cost::xirr(&dated(&case["input"]["flows"]), day_count);
        count += 1;
        let id = case["id"].as_str().unwrap();
        let nearest = nearest_root(case);
        match (rate, nearest) {
            (Ok(rate), Some(root)) => {
                assert!((value(rate) - root).abs() < 1e-9 * f64::max(root, 1.0), "{id}: {rate} instead of {root}");
            }
            (Err(RateError::NoRoot), None) => {}
            (rate, root) => panic!("{id}: {rate:?} instead of {root:?}"),
        }
    }
    assert_eq!(count, 33);
}

/// The spreadsheets' documented IRR and XIRR; Microsoft prints its XIRR example as 0.373362535, the root is 0.3733625335.
#[test]
fn spreadsheet_documentation() {
    let mut count = 0;
    for name in ["excel_ms_docs_financial", "openformula_odf_financial"] {
        for case in cases(&read(name)) {
            let rate = match case["function"].as_str().unwrap() {
                "IRR" => cost::irr(&amounts(case["args"].as_array().unwrap())),
                "XIRR" => {
                    let [values, days] = [0, 1].map(|index| case["args"][index].as_array().unwrap());
                    let flows: Vec<(NaiveDate, i128)> = days.iter().map(day).zip(amounts(values)).collect();
                    cost::xirr(&flows, DayCount::Actual365)
                }
                _ => continue,
            };
            let published = |field: &str| case[field].as_str().unwrap().parse::<f64>().unwrap();
            let rate = value(rate.unwrap());
            assert!((rate - published("expected")).abs() <= published("tolerance"), "{}: {rate}", case["id"]);
            assert!((rate - published("recomputed")).abs() <= 5.1e-11, "{}: {rate}", case["id"]);
            count += 1;
        }
    }
    assert_eq!(count, 4);
    let flows = [
        ("2008-01-01", -10_000),
        ("2008-03-01", 2_750),
        ("2008-10-30", 4_250),
        ("2009-02-15", 3_250),
        ("2009-04-01", 2_750),
    ];
    let flows: Vec<(NaiveDate, i128)> = flows.map(|(date, amount)| (date.parse().unwrap(), amount)).into();
    assert_eq!(cost::xirr(&flows, DayCount::Actual365).unwrap().to_string(), "0.3733625335");
}
