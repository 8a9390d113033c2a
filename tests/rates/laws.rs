//! The laws' own worked examples: flows in unit-periods, dates turned into periods, and whole loans by their dates.

use crate::vectors::{amounts, cases, read, value};
use chrono::{Months, NaiveDate};
use clearloan::cost::{self, AprcTime, Convention, LoanFlows, Part, PeriodFlow, RateError, UnitFlows, UnitPeriod};
use clearloan::rate::PublishedRate;
use clearloan::terms::Interval;
use serde_json::Value;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

/// "3/365+1/12" in lowest terms.
fn fraction(text: &str) -> (i64, i64) {
    text.split('+').fold((0, 1), |(numerator, denominator), part| {
        let (above, below) = part.split_once('/').unwrap_or((part, "1"));
        let (above, below): (i64, i64) = (above.trim().parse().unwrap(), below.trim().parse().unwrap());
        reduced(numerator * below + above * denominator, denominator * below)
    })
}

fn reduced(numerator: i64, denominator: i64) -> (i64, i64) {
    let (mut a, mut b) = (numerator.abs(), denominator);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (numerator / a.max(1), denominator / a.max(1))
}

/// A flow at a rational number of periods, which may be negative.
fn at(amount: i128, (numerator, denominator): (i64, i64)) -> PeriodFlow {
    let part = Part::new(numerator.rem_euclid(denominator) as u32, denominator as u32).unwrap();
    PeriodFlow { amount, periods: numerator.div_euclid(denominator), part }
}

/// Advances and payments of a vector, as flows of different sign. `moment` gives a series' time at its index.
fn series(case: &Value, moment: impl Fn(&Value, i64) -> (i64, i64)) -> Vec<PeriodFlow> {
    let series: Vec<(i128, &Value)> = [(1, "advances"), (-1, "payments")]
        .into_iter()
        .flat_map(|(sign, name)| case[name].as_array().unwrap().iter().map(move |series| (sign, series)))
        .collect();
    let amounts = amounts(series.iter().map(|(_, series)| &series["amount"]));
    let mut flows = Vec::new();
    for ((sign, series), amount) in series.iter().zip(amounts) {
        for index in 0..series["count"].as_i64().unwrap_or(1) {
            flows.push(at(sign * amount, moment(series, index)));
        }
    }
    flows
}

fn in_years(case: &Value) -> Vec<PeriodFlow> {
    series(case, |series, index| {
        let (start, step) = (fraction(series["t"].as_str().unwrap()), fraction(series["step"].as_str().unwrap_or("0")));
        reduced(start.0 * step.1 + index * step.0 * start.1, start.1 * step.1)
    })
}

fn percent(rate: Result<PublishedRate, RateError>) -> f64 {
    value(rate.unwrap()) * 100.0
}

#[test]
fn appendix_j_flows() {
    for (name, expected_count) in [("us_regz_appendix_j", 12), ("us_regz_other_implementations", 6)] {
        let file = read(name);
        for case in cases(&file) {
            let flows = series(case, |series, index| {
                let (numerator, denominator) = fraction(series["f"].as_str().unwrap());
                (numerator + (series["t"].as_i64().unwrap() + index) * denominator, denominator)
            });
            let per_year = case["unit_periods_per_year"].as_str().unwrap().parse().unwrap();
            let apr = percent(cost::apr_of_flows(Convention::UsApr, &flows, (per_year, 1)));
            let tolerance = case["tolerance_percent_points"].as_str().unwrap().split(' ').next().unwrap();
            let tolerance: f64 = tolerance.parse().unwrap();
            assert!((apr - number(&case["expected_apr_percent"])).abs() <= tolerance, "{}: {apr}", case["id"]);
            // The vectors' own recomputation has ten significant digits.
            assert!((apr - number(&case["recomputed"])).abs() < apr * 1e-9, "{}: {apr}", case["id"]);
        }
        assert_eq!(cases(&file).len(), expected_count);
    }
}

#[test]
fn appendix_j_flows_of_another_project() {
    for case in cases(&read("peer_regz_appj")).iter().filter(|case| case["fn"] == "apr_us_actuarial") {
        let input = &case["input"];
        let payments = amounts(input["payments"].as_array().unwrap().iter().chain([&input["advance"]]));
        let (numerator, denominator) = fraction(input["odd_fraction"].as_str().unwrap());
        let first = input["unit_periods_to_first"].as_i64().unwrap();
        let mut flows: Vec<PeriodFlow> = payments
            .iter()
            .zip(first..)
            .map(|(&payment, whole)| at(-payment, (whole * denominator + numerator, denominator)))
            .collect();
        let advance = flows.pop().unwrap();
        flows.push(at(-advance.amount, (0, 1)));
        let per_year = input["unit_periods_per_year"].as_u64().unwrap();
        let apr = percent(cost::apr_of_flows(Convention::UsApr, &flows, (per_year, 1)));
        assert!((apr - number(&case["expected_pct"])).abs() <= 0.005, "{}: {apr}", case["id"]);
        assert!((apr - number(&case["f64_recomputed_pct"])).abs() < 6e-9 * apr.max(10.0), "{}: {apr}", case["id"]);
    }
}

fn interval(unit: &str) -> Interval {
    let (count, name) = unit.split_once(' ').unwrap_or(("1", unit));
    let count: u32 = count.parse().unwrap();
    match name.trim_end_matches('s') {
        "month" => Interval::Months(count),
        "year" => Interval::Months(12 * count),
        "week" => Interval::Weeks(count),
        name => panic!("{name}"),
    }
}

/// (b)(5): from dates to unit-periods. Semimonths are no interval of our terms.
#[test]
fn appendix_j_dates() {
    let mut count = 0;
    let mut check = |unit: &str, start: &Value, end: &Value, t: &Value, f: &Value| {
        let (whole, part) =
            UnitPeriod::of(interval(unit)).between(day(start.as_str().unwrap()), day(end.as_str().unwrap()));
        assert_eq!(whole, t.as_u64().unwrap(), "{unit} from {start} to {end}");
        assert_eq!(Some(part), Part::parse(f.as_str().unwrap()), "{unit} from {start} to {end}");
        count += 1;
    };
    for case in cases(&read("us_regz_appendix_j")).iter().filter(|case| case["unit_period"] != "1 semimonth") {
        for dates in case["dates"]["intervals"].as_array().into_iter().flatten() {
            check(case["unit_period"].as_str().unwrap(), &dates["from"], &dates["to"], &dates["t"], &dates["f"]);
        }
    }
    for case in cases(&read("us_regz_other_implementations")) {
        let unit = case["unit_period"].as_str().unwrap();
        check(unit, &case["advance_date"], &case["first_payment_date"], &case["derived"]["t"], &case["derived"]["f"]);
    }
    assert_eq!(count, 18);
}

/// curo's factors, but for three: it measures 28 February 2025 back to the end of February 2024, and its "week" and "half
/// year" are months and quarters.
#[test]
fn appendix_j_dates_of_another_project() {
    let mut count = 0;
    for case in cases(&read("peer_curo")) {
        let convention = case["input"]["convention"].as_str().unwrap_or("");
        let Some(rest) = convention.strip_prefix("USAppendixJ(") else { continue };
        let unit = match rest.trim_end_matches(')').rsplit('.').next().unwrap() {
            "" => UnitPeriod::Months(1),
            "fortnight" => UnitPeriod::Days(14),
            "year" => UnitPeriod::Year,
            "day" if case["id"] == "curo-us_appendix_j-21" => UnitPeriod::Year,
            "halfYear" => UnitPeriod::Months(3),
            "week" => UnitPeriod::Months(1),
            _ => continue,
        };
        let dates = ["start", "end"].map(|name| day(case["input"][name].as_str().unwrap()));
        let (whole, part) = unit.between(dates[0], dates[1]);
        let expected = &case["expected"];
        assert_eq!(whole as f64, number(&expected["primary"]), "{}", case["id"]);
        let partial: Vec<u32> = expected["partial"]
            .as_str()
            .unwrap()
            .split('/')
            .map(|part| part.trim().parse::<f64>().unwrap() as u32)
            .collect();
        let partial = if partial.len() == 2 { Part::new(partial[0], partial[1]) } else { Some(Part::NONE) };
        assert_eq!(Some(part), partial, "{}", case["id"]);
        count += 1;
    }
    assert_eq!(count, 12);
}

/// SWD(2012)128, section 4.1.1.
#[test]
fn aprc_dates() {
    for case in cases(&read("eu_ccd_time_intervals_swd2012_128")) {
        let dates = ["drawdown", "payment"].map(|name| day(case[name].as_str().unwrap()));
        let time = AprcTime::between(dates[0], dates[1], interval(case["regular_period"].as_str().unwrap()));
        let (numerator, denominator) = time.years();
        let expected = fraction(case["expected_years"].as_str().unwrap());
        assert_eq!(reduced(numerator as i64, denominator as i64), expected, "{}", case["id"]);
    }
}

/// curo's factors for the directive, but for one: for yearly payments it counts months back, where the guidelines' yearly
/// example has 34 days, not a month and 3 days. Its UK factors take the calendar year's length and are another rule.
#[test]
fn aprc_dates_of_another_project() {
    let mut count = 0;
    for case in cases(&read("peer_curo")) {
        let Some(unit) = case["input"]["convention"].as_str().and_then(|name| name.strip_prefix("EU200848EC(")) else {
            continue;
        };
        if case["id"] == "curo-eu_2008_48_ec-12" {
            continue;
        }
        let every = if unit.contains("week") { Interval::Weeks(1) } else { Interval::Months(1) };
        let dates = ["start", "end"].map(|name| day(case["input"][name].as_str().unwrap()));
        let (numerator, denominator) = AprcTime::between(dates[0], dates[1], every).years();
        let primary = case["expected"]["primary"].as_str().unwrap().replace(' ', "").replace(".0", "");
        assert_eq!(reduced(numerator as i64, denominator as i64), fraction(&primary), "{}", case["id"]);
        count += 1;
    }
    assert_eq!(count, 6);
}

/// The Commission's examples of 2015 to their sixth decimal, or to where its spreadsheet stopped; Directive 98/7/EC's.
#[test]
fn aprc_flows() {
    for (name, expected_count) in [("eu_mcd_aprc_examples_2015", 35), ("eu_98_7_ec_annex_iii", 6)] {
        let file = read(name);
        for case in cases(&file) {
            let aprc = percent(cost::apr_of_flows(Convention::EuAprc, &in_years(case), (1, 1)));
            let published =
                case.get("expected_apr_percent_published").or(case.get("expected_apr_percent")).map(number).unwrap();
            let tolerance: f64 =
                case["tolerance_percent_points"].as_str().unwrap().split(' ').next().unwrap().parse().unwrap();
            assert!((aprc - published).abs() <= tolerance, "{}: {aprc}", case["id"]);
            assert!((aprc - number(&case["recomputed"])).abs() <= aprc * 6e-9, "{}: {aprc}", case["id"]);
        }
        assert_eq!(cases(&file).len(), expected_count);
    }
}

/// A legacy year of 365.25 days: only the flows are ours to read, the law has 365 or 366 today.
#[test]
fn aprc_of_years_of_365_and_a_quarter_days() {
    for case in cases(&read("uk_apr_single_payment")) {
        let flows = match case["days"].as_i64() {
            None => in_years(case),
            Some(days) => {
                let amounts = amounts([&case["advance"], &case["payment"]]);
                vec![at(amounts[0], (0, 1)), at(-amounts[1], reduced(days * 4, 1461))]
            }
        };
        let aprc = percent(cost::apr_of_flows(Convention::EuAprc, &flows, (1, 1)));
        assert!((aprc - number(&case["expected_apr_percent_1dp"])).abs() <= 0.05 + 1e-9, "{}: {aprc}", case["id"]);
        assert!((aprc - number(&case["recomputed"])).abs() < aprc * 1e-9 + 1e-6, "{}: {aprc}", case["id"]);
        // The same, said as days of which 1461/4 make a year.
        if let Some(days) = case["days"].as_i64() {
            let in_days = [at(flows[0].amount, (0, 1)), at(flows[1].amount, (days, 1))];
            assert_eq!(percent(cost::apr_of_flows(Convention::EuAprc, &in_days, (1461, 4))), aprc);
        }
    }
    for case in cases(&read("peer_ec_aprc")) {
        let flows = case["input"]["flows_days_amount"].as_array().unwrap();
        let amounts = amounts(flows.iter().map(|flow| &flow[1]).chain([&case["input"]["advance"]]));
        let mut series: Vec<PeriodFlow> = flows
            .iter()
            .zip(&amounts)
            .map(|(flow, &amount)| {
                let ten_thousandths = (flow[0].as_f64().unwrap() * 10_000.0).round() as i64;
                at(-amount, reduced(ten_thousandths, 3_652_500))
            })
            .collect();
        series.push(at(amounts[flows.len()], (0, 1)));
        let aprc = percent(cost::apr_of_flows(Convention::EuAprc, &series, (1, 1)));
        let unit = 10_f64.powi(-(case["decimals"].as_i64().unwrap() as i32));
        assert!((aprc - number(&case["expected_pct"])).abs() <= unit * 0.500_001, "{}: {aprc}", case["id"]);
        assert!((aprc - number(&case["f64_recomputed_pct"])).abs() < aprc * 1e-7, "{}: {aprc}", case["id"]);
    }
}

/// India's KFS has the instalment unrounded, which is no amount: 969.7329609 in ten-millionths.
#[test]
fn the_reserve_banks_illustration() {
    let payments = [9_697_329_609; 24];
    let flows = UnitFlows { at_start: 196_000_000_000, payments: &payments, first_whole: 1, part: Part::NONE };
    let apr = percent(cost::irr_of_schedule(flows).unwrap().times(12, 1));
    let file = read("in_rbi_kfs_2024");
    assert!((apr - number(&cases(&file)[0]["expected_apr_percent"])).abs() <= 0.005);
    assert!((apr - number(&cases(&file)[0]["recomputed"])).abs() < 1e-6);
}

/// Everything of one loan under both laws; `first` is where the terms place the first payment, in intervals.
fn both(
    at_start: i64,
    payments: &[i64],
    disbursed: &str,
    due_dates: &[NaiveDate],
    every: Interval,
    (first_whole, part): (u32, &str),
) -> (String, String) {
    let part = Part::parse(part).unwrap();
    let root = cost::irr_of_schedule(UnitFlows { at_start, payments, first_whole, part }).unwrap();
    let loan = LoanFlows { at_start, disbursement_date: day(disbursed), payments, due_dates, every };
    (loan.us_apr(&root).unwrap().to_string(), loan.eu_aprc(&root).unwrap().to_string())
}

fn monthly(first: &str, count: u32, months: u32) -> Vec<NaiveDate> {
    (0..count).map(|index| day(first) + Months::new(index * months)).collect()
}

/// semantics.md, section 8: the last columns of its table.
#[test]
fn the_table_of_worked_loans() {
    let month = Interval::Months(1);
    let table = [
        (1_000_000, vec![256_281; 4], "2026-12-24", (1, "0"), "0.1199982146", "0.1268230382"),
        (
            1_000_000,
            vec![257_634, 257_634, 257_634, 257_635],
            "2027-01-10",
            (1, "16/30"),
            "0.1197871464",
            "0.1269682512",
        ),
        (990_000, vec![256_281; 4], "2026-12-24", (1, "0"), "0.1691149059", "0.1828589231"),
        (1_000_000, vec![258_844; 4], "2026-12-24", (1, "0"), "0.1686282998", "0.1822914605"),
    ];
    for (at_start, payments, first_due, first, us, eu) in table {
        let rates = both(at_start, &payments, "2026-11-24", &monthly(first_due, 4, 1), month, first);
        assert_eq!(rates, (us.to_owned(), eu.to_owned()), "first due {first_due}");
    }
    let mut payments = vec![183_360; 12];
    payments[11] = 183_361;
    let rates = both(1_980_000, &payments, "2026-11-24", &monthly("2026-12-24", 12, 1), month, (1, "0"));
    assert_eq!(rates, ("0.1994064065".to_owned(), "0.2186793187".to_owned()));
}

/// Appendix J, (c)(5): single payments, by their dates; the last in days. Checked with mpmath.
#[test]
fn single_payments_by_their_dates() {
    let us = |at_start: i64, payment: i64, disbursed: &str, due: &str| {
        both(at_start, &[payment], disbursed, &[day(due)], Interval::Months(1), (1, "0")).0
    };
    assert_eq!(us(100_000, 104_400, "1978-01-01", "1978-07-01"), "0.088"); // (c)(5)(ii): 6 months.
    assert_eq!(us(100_000, 113_519, "1978-01-17", "1979-07-17"), "0.0875704709"); // (iii): 1 year and 6 months.
    assert_eq!(us(100_000, 124_000, "1978-01-03", "1980-01-03"), "0.1135528726"); // (iv): 2 years.
    assert_eq!(us(100_000, 104_400, "1978-01-01", "1978-07-02"), "0.0882417582"); // 182 days: 0.044·365/182.
}

/// The same placed flows through `apr_of_flows` as a second way.
#[test]
fn years_weeks_and_days_by_their_dates() {
    let payments = [50_000; 5];
    let dates = monthly("2023-11-30", 5, 12);
    let (us, eu) = both(100_000, &payments, "2023-10-26", &dates, Interval::Months(12), (0, "35/360"));
    assert_eq!(us, "0.7834414257"); // fs7: 0 years and 35/365.
    let flows = |times: &[(i64, i64)]| {
        let mut flows = vec![at(100_000, (0, 1))];
        flows.extend(times.iter().map(|&time| at(-50_000, time)));
        flows
    };
    let times: Vec<(i64, i64)> = (0..5).map(|years| (35 + 365 * years, 365)).collect();
    assert_eq!(eu, cost::apr_of_flows(Convention::EuAprc, &flows(&times), (1, 1)).unwrap().to_string());

    // Weekly, the first after six days: fs6 for the US, and 6 days of a year of 365 for the EU.
    let payments = [25_000; 5];
    let dates: Vec<NaiveDate> = (0..5).map(|week| day("2023-11-30") + chrono::Days::new(7 * week)).collect();
    let (us, eu) = both(100_000, &payments, "2023-11-24", &dates, Interval::Weeks(1), (0, "6/7"));
    assert!(us.starts_with("4.34297454"), "{us}");
    let mut flows = vec![at(100_000, (0, 1))];
    flows.extend((0..5).map(|week| at(-25_000, reduced(week * 365 + 6 * 52, 52 * 365))));
    assert_eq!(eu, cost::apr_of_flows(Convention::EuAprc, &flows, (1, 1)).unwrap().to_string());

    // Every 30 days over more than a year: whole years back, then days.
    let payments = [25_000; 15];
    let dates: Vec<NaiveDate> = (1..=15).map(|number| day("2027-01-10") + chrono::Days::new(30 * number)).collect();
    let (us, eu) = both(300_000, &payments, "2027-01-10", &dates, Interval::Days(30), (1, "0"));
    let root =
        cost::irr_of_schedule(UnitFlows { at_start: 300_000, payments: &payments, first_whole: 1, part: Part::NONE });
    assert_eq!(us, root.unwrap().times(365, 30).unwrap().to_string());
    let mut flows = vec![at(300_000, (0, 1))];
    flows.extend((1..=15).map(|number: i64| {
        let days = number * 30;
        // A year back from a day after 29 February 2028 are 366 of the days.
        at(-25_000, reduced(if number < 14 { days } else { days - 1 }, 365))
    }));
    assert_eq!(eu, cost::apr_of_flows(Convention::EuAprc, &flows, (1, 1)).unwrap().to_string());
}

/// EC example 43 has a flow a year before the start; shifting all of it changes nothing.
#[test]
fn flows_before_the_start() {
    let flows = |shift: i64| {
        [(-1, 1_000), (0, 500), (1, -700), (2, -1_100)].map(|(year, amount)| at(amount, (year + shift, 1)))
    };
    for convention in [Convention::UsApr, Convention::EuAprc] {
        let rate = cost::apr_of_flows(convention, &flows(0), (1, 1)).unwrap();
        assert_eq!(rate, cost::apr_of_flows(convention, &flows(1), (1, 1)).unwrap());
        assert_eq!(rate, cost::irr(&[1_000, 500, -700, -1_100]).unwrap());
    }
}
