//! Rates of flows: the laws' own examples, other projects' figures, and flows that break solvers, through the calls that
//! a page makes. Every case of these files can be said in them but `fsf-uk-same-day` of peer_regz_appj: what is lent and
//! paid back on one day has no rate, or any.

use crate::common::nearest_root;
use crate::support::{apr_of_flows, cases, decimal, irr, number, problems, vectors, xirr};
use clearloan::error::LoanError;
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// "3/365+1/12", as (numerator, denominator).
fn fraction(text: &str) -> (i64, i64) {
    text.split('+').fold((0, 1), |(numerator, denominator), part| {
        let (above, below) = part.split_once('/').unwrap_or((part, "1"));
        let (above, below): (i64, i64) = (above.trim().parse().unwrap(), below.trim().parse().unwrap());
        (numerator * below + above * denominator, denominator * below)
    })
}

/// A flow at so many periods, which may be negative.
fn flow(amount: &str, (numerator, denominator): (i64, i64)) -> Value {
    let (periods, rest) = (numerator.div_euclid(denominator), numerator.rem_euclid(denominator));
    // A fraction that is not in lowest terms is one, too; none at all is the default.
    match rest {
        0 => json!({ "amount": amount, "periods": periods }),
        _ => json!({ "amount": amount, "periods": periods, "fraction": format!("{rest}/{denominator}") }),
    }
}

/// Advances received and payments made; `moment` gives a series' time at its index.
fn series(case: &Value, moment: impl Fn(&Value, i64) -> (i64, i64)) -> Value {
    let mut flows = Vec::new();
    for (sign, name) in [("", "advances"), ("-", "payments")] {
        for series in case[name].as_array().unwrap() {
            for index in 0..series["count"].as_i64().unwrap_or(1) {
                let amount = format!("{sign}{}", decimal(&series["amount"]));
                flows.push(flow(&amount, moment(series, index)));
            }
        }
    }
    Value::from(flows)
}

fn in_years(case: &Value) -> Value {
    series(case, |series, index| {
        let (start, step) = (fraction(series["t"].as_str().unwrap()), fraction(series["step"].as_str().unwrap_or("0")));
        (start.0 * step.1 + index * step.0 * start.1, start.1 * step.1)
    })
}

fn percent(rate: Result<String, LoanError>, id: &Value) -> f64 {
    let rate = rate.unwrap_or_else(|error| panic!("{id}: {error}"));
    rate.parse::<f64>().unwrap() * 100.0
}

fn tolerance(case: &Value) -> f64 {
    case["tolerance_percent_points"].as_str().unwrap().split(' ').next().unwrap().parse().unwrap()
}

/// 12 CFR 1026, Appendix J, (b)(9) and (c); and what other implementations publish.
#[test]
fn appendix_j() {
    for (name, expected_count) in [("us_regz_appendix_j", 12), ("us_regz_other_implementations", 6)] {
        let file = vectors(name);
        for case in cases(&file) {
            let flows = series(case, |series, index| {
                let (numerator, denominator) = fraction(series["f"].as_str().unwrap());
                (numerator + (series["t"].as_i64().unwrap() + index) * denominator, denominator)
            });
            let id = &case["id"];
            let apr = percent(apr_of_flows(&json!("usApr"), &flows, &case["unit_periods_per_year"]), id);
            assert!((apr - number(&case["expected_apr_percent"])).abs() <= tolerance(case), "{id}: {apr}");
            // The vectors' own recomputation has ten significant digits.
            assert!((apr - number(&case["recomputed"])).abs() < apr * 1e-9, "{id}: {apr}");
        }
        assert_eq!(cases(&file).len(), expected_count);
    }
}

#[test]
fn appendix_j_of_another_project() {
    let mut count = 0;
    for case in cases(&vectors("peer_regz_appj")).iter().filter(|case| case["fn"] == "apr_us_actuarial") {
        let input = &case["input"];
        let (numerator, denominator) = fraction(input["odd_fraction"].as_str().unwrap());
        let first = input["unit_periods_to_first"].as_i64().unwrap();
        let mut flows = vec![flow(&decimal(&input["advance"]), (0, 1))];
        for (payment, whole) in input["payments"].as_array().unwrap().iter().zip(first..) {
            flows.push(flow(&format!("-{}", decimal(payment)), (whole * denominator + numerator, denominator)));
        }
        let per_year = json!(decimal(&input["unit_periods_per_year"]));
        let apr = percent(apr_of_flows(&json!("usApr"), &flows.into(), &per_year), &case["id"]);
        assert!((apr - number(&case["expected_pct"])).abs() <= 0.005, "{}: {apr}", case["id"]);
        assert!((apr - number(&case["f64_recomputed_pct"])).abs() < 6e-9 * apr.max(10.0), "{}: {apr}", case["id"]);
        count += 1;
    }
    assert_eq!(count, 7);
}

/// Its example of two monthly payments counts actual days, which 2008/48/EC's remark (c) forbids: 84.63 % where the law
/// has 85.585 % (regulation.md, section 2). One that was lent and paid back on the same day has no rate.
#[test]
fn uk_flows_of_another_project_count_as_the_law_says() {
    let months = json!([
        { "amount": "500", "periods": 0 }, { "amount": "-270", "periods": 1 }, { "amount": "-270", "periods": 2 },
    ]);
    let aprc = apr_of_flows(&json!("euAprc"), &months, &json!("12")).unwrap();
    assert!(aprc.starts_with("0.8558"), "{aprc}");
    let same_day = json!([{ "amount": "500", "periods": 0 }, { "amount": "-500", "periods": 0 }]);
    assert_eq!(problems(apr_of_flows(&json!("euAprc"), &same_day, &json!("12"))), ["no_sign_change at flows"]);
}

/// The Commission's examples of 2015 to their sixth decimal, or to where its spreadsheet stopped; Directive 98/7/EC's.
#[test]
fn consumer_credit_directives() {
    for (name, expected_count) in [("eu_mcd_aprc_examples_2015", 35), ("eu_98_7_ec_annex_iii", 6)] {
        let file = vectors(name);
        for case in cases(&file) {
            let id = &case["id"];
            let aprc = percent(apr_of_flows(&json!("euAprc"), &in_years(case), &json!("1")), id);
            let published =
                case.get("expected_apr_percent_published").or(case.get("expected_apr_percent")).map(number).unwrap();
            assert!((aprc - published).abs() <= tolerance(case), "{id}: {aprc}");
            assert!((aprc - number(&case["recomputed"])).abs() <= aprc * 6e-9, "{id}: {aprc}");
        }
        assert_eq!(cases(&file).len(), expected_count);
    }
}

/// A legacy year of 365.25 days, with the flows in days and the year said as callers would: "365.25", or "1461/4".
#[test]
fn years_of_365_and_a_quarter_days() {
    for case in cases(&vectors("uk_apr_single_payment")) {
        let (flows, per_year) = match case["days"].as_i64() {
            None => (in_years(case), json!("1")),
            Some(days) => {
                let payment = format!("-{}", decimal(&case["payment"]));
                (json!([flow(&decimal(&case["advance"]), (0, 1)), flow(&payment, (days, 1))]), json!("365.25"))
            }
        };
        let id = &case["id"];
        let aprc = percent(apr_of_flows(&json!("euAprc"), &flows, &per_year), id);
        assert!((aprc - number(&case["expected_apr_percent_1dp"])).abs() <= 0.05 + 1e-9, "{id}: {aprc}");
        assert!((aprc - number(&case["recomputed"])).abs() < aprc * 1e-9 + 1e-6, "{id}: {aprc}");
        if case["days"].is_i64() {
            assert_eq!(percent(apr_of_flows(&json!("euAprc"), &flows, &json!("1461/4")), id).to_bits(), aprc.to_bits());
        }
    }
    for case in cases(&vectors("peer_ec_aprc")) {
        let mut flows = vec![flow(&decimal(&case["input"]["advance"]), (0, 1))];
        for entry in case["input"]["flows_days_amount"].as_array().unwrap() {
            // Months of 30.4375 days: a fraction may be written as a decimal, too.
            let days = entry[0].as_f64().unwrap();
            flows.push(json!({ "amount": format!("-{}", decimal(&entry[1])), "periods": days as i64,
                               "fraction": (days % 1.0).to_string() }));
        }
        let id = &case["id"];
        let aprc = percent(apr_of_flows(&json!("euAprc"), &flows.into(), &case["input"]["days_in_year"]), id);
        let unit = 10_f64.powi(-(case["decimals"].as_i64().unwrap() as i32));
        assert!((aprc - number(&case["expected_pct"])).abs() <= unit * 0.500_001, "{id}: {aprc}");
        assert!((aprc - number(&case["f64_recomputed_pct"])).abs() < aprc * 1e-7, "{id}: {aprc}");
    }
}

/// 中国人民银行公告〔2021〕第3号: 12.80 % simple and 13.58 % compound on the net proceeds; and India's KFS with the unrounded
/// instalment, 17.07 %.
#[test]
fn the_central_banks_examples() {
    let loan = |proceeds: &str, payment: &str, count: i64| {
        let payments = (1..=count).map(|period| flow(&format!("-{payment}"), (period, 1)));
        core::iter::once(flow(proceeds, (0, 1))).chain(payments).collect::<Value>()
    };
    let peoples_bank = loan("99000", "8833.3", 12);
    assert_eq!(apr_of_flows(&json!("usApr"), &peoples_bank, &json!("12")).unwrap(), "0.1280380185");
    assert_eq!(apr_of_flows(&json!("euAprc"), &peoples_bank, &json!("12")).unwrap(), "0.1358255763");
    let reserve_bank = loan("19600", "969.7329609", 24);
    assert_eq!(apr_of_flows(&json!("usApr"), &reserve_bank, &json!("12")).unwrap(), "0.1707055344");
}

/// Unit-periods per year may be a fraction: every 30 days are 365/30 = 73/6 a year.
#[test]
fn a_year_need_not_be_whole_unit_periods() {
    let flows = json!([{ "amount": "-1000", "periods": 0 }, { "amount": "1010", "periods": 1 }]);
    for per_year in ["365/30", "73/6"] {
        assert_eq!(apr_of_flows(&json!("usApr"), &flows, &json!(per_year)).unwrap(), "0.1216666667");
        assert_eq!(apr_of_flows(&json!("euAprc"), &flows, &json!(per_year)).unwrap(), "0.1286952942");
    }
    // A unit-period of two years.
    assert_eq!(apr_of_flows(&json!("usApr"), &flows, &json!("0.5")).unwrap(), "0.005");
    // The start is where the caller says: only distances count (as in the Commission's example 43, with a flow at −1).
    let earlier = json!([{ "amount": "-1000", "periods": -1, "fraction": "1/2" },
                         { "amount": "1010", "periods": 0, "fraction": "0.5" }]);
    assert_eq!(apr_of_flows(&json!("euAprc"), &earlier, &json!("12")).unwrap(), "0.1268250301");
}

/// Of all roots, the positive one nearest zero, else the negative one nearest zero.
fn nearest(roots: &Value) -> Option<f64> {
    let roots: Vec<f64> = roots.as_array().unwrap().iter().map(number).collect();
    let nearest = |is_positive: bool| {
        roots.iter().copied().filter(|root| (*root > 0.0) == is_positive).min_by(|a, b| a.abs().total_cmp(&b.abs()))
    };
    nearest(true).or(nearest(false))
}

fn dated(flows: &Value) -> Value {
    let flow = |flow: &Value| json!({ "date": flow[0], "amount": decimal(&flow[1]) });
    flows.as_array().unwrap().iter().map(flow).collect()
}

#[test]
fn flows_that_break_solvers() {
    let file = vectors("hard_irr");
    let periodic = file["irr"].as_array().unwrap().iter().map(|case| {
        let amounts = case["flows"].as_array().unwrap().iter().map(|amount| json!(decimal(amount))).collect();
        (case, irr(&amounts), "amounts")
    });
    let dated =
        file["xirr"].as_array().unwrap().iter().map(|case| (case, xirr(&dated(&case["flows"]), &Value::Null), "flows"));
    let mut count = 0;
    for (case, rate, field) in periodic.chain(dated) {
        let id = &case["id"];
        match nearest(&case["roots"]) {
            Some(root) => {
                let rate: f64 = rate.unwrap_or_else(|error| panic!("{id}: {error}")).parse().unwrap();
                assert!((rate - root).abs() <= root.abs() * 1e-6, "{id}: {rate} instead of {root}");
            }
            None => {
                let code = if id == "all_zero" { "no_sign_change" } else { "no_root" };
                assert_eq!(problems(rate), [format!("{code} at {field}")], "{id}");
            }
        }
        count += 1;
    }
    assert_eq!(count, 25);
}

#[test]
fn pyxirr_periodic() {
    let mut count = 0;
    for case in cases(&vectors("peer_pyxirr_periodic")).iter().filter(|case| case["fn"] == "irr") {
        let amounts = case["input"]["flows"].as_array().unwrap().iter().map(|amount| json!(decimal(amount))).collect();
        let id = &case["id"];
        count += 1;
        match case["expected"].as_str() {
            Some(expected) => {
                // pyxirr's 2.33… is a root, too, and not the one nearest zero (recomputed with 60 digits).
                let is_far = id == "pyxirr-irr-random_100.csv";
                let expected: f64 = if is_far { 0.009_437_318_835 } else { expected.parse().unwrap() };
                let rate: f64 = irr(&amounts).unwrap_or_else(|error| panic!("{id}: {error}")).parse().unwrap();
                assert!((rate - expected).abs() < 1e-9, "{id}: {rate}");
            }
            None => assert_eq!(problems(irr(&amounts)), ["no_sign_change at amounts"], "{id}"),
        }
    }
    assert_eq!(count, 20);
}

#[test]
fn pyxirr_dated() {
    let mut count = 0;
    for case in cases(&vectors("peer_pyxirr_xirr")).iter().filter(|case| case["fn"] == "xirr") {
        let day_count = match case["input"]["basis"].as_str().unwrap() {
            "30/360 SIA" => json!("30/360-us"),
            "30/360 ISDA" => json!("30/360"),
            "30E/360" => json!("30E/360"),
            "act/act ISDA" => json!("actual/actual-isda"),
            "act/365F" => json!("actual/365"),
            // The default.
            _ => Value::Null,
        };
        let rate = xirr(&dated(&case["input"]["flows"]), &day_count);
        count += 1;
        let id = case["id"].as_str().unwrap();
        let nearest = nearest_root(case);
        match nearest {
            Some(root) => {
                let rate: f64 = rate.unwrap_or_else(|error| panic!("{id}: {error}")).parse().unwrap();
                assert!((rate - root).abs() < 1e-9 * f64::max(root, 1.0), "{id}: {rate} instead of {root}");
            }
            None => assert_eq!(problems(rate), ["no_root at flows"], "{id}"),
        }
    }
    assert_eq!(count, 33);
}

/// semantics.md, section 8: Loan A and the loan with a fee deducted, as a caller would bring them.
#[test]
fn the_worked_loans() {
    let irr_of = |amounts: &[&str]| irr(&json!(amounts)).unwrap();
    assert_eq!(irr_of(&["10000.00", "-2562.81", "-2562.81", "-2562.81", "-2562.81"]), "0.0099998512");
    assert_eq!(irr_of(&["9900.00", "-2562.81", "-2562.81", "-2562.81", "-2562.81"]), "0.0140929088");
    let mut amounts = vec!["-19800.00"];
    amounts.extend(["1833.60"; 11]);
    amounts.push("1833.61");
    assert_eq!(irr_of(&amounts), "0.0166172005");
    let dates = ["2026-11-24", "2026-12-24", "2027-01-24", "2027-02-24", "2027-03-24"];
    let amounts = ["10000.00", "-2562.81", "-2562.81", "-2562.81", "-2562.81"];
    let mut flows: Vec<Value> =
        dates.iter().zip(amounts).map(|(date, amount)| json!({ "date": date, "amount": amount })).collect();
    assert_eq!(xirr(&json!(flows), &json!("actual/365")).unwrap(), "0.1273370269");
    // In any order.
    flows.reverse();
    assert_eq!(xirr(&json!(flows), &Value::Null).unwrap(), "0.1273370269");
}
