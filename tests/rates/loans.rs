//! The cost of whole loans, from their terms: the worked figures of the semantics.

use crate::common::{loan_a_with, plain, quote, units, vectors};
use chrono::{Days, Months, NaiveDate};
use clearloan::terms::Interval;
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn cost(terms: &Value) -> Value {
    quote(terms)["cost"].clone()
}

fn fee(settlement: &str) -> Value {
    json!([{ "code": "service", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement",
             "settlement": settlement }])
}

/// The table of semantics.md, section 8, and the two sums of items below it.
#[test]
fn the_table_of_worked_loans() {
    let demo = json!({ "principal": "20000.00", "interest": { "annual": "0.18" }, "instalmentCount": 12,
                       "fees": fee("deducted") });
    let table = [
        (json!({}), "0.0099998512 0.1199982146 0.1268230382 0.1273370269 0.1199982146 0.1268230382"),
        (
            json!({ "firstDueDate": "2027-01-10" }),
            "0.0099822622 0.1197871464 0.1265875791 0.1270184402 0.1197871464 0.1269682512",
        ),
        (
            json!({ "fees": fee("deducted") }),
            "0.0140929088 0.1691149059 0.1828589231 0.1836153747 0.1691149059 0.1828589231",
        ),
        (
            json!({ "fees": fee("paid") }),
            "0.0140929088 0.1691149059 0.1828589231 0.1836153747 0.1691149059 0.1828589231",
        ),
        (
            json!({ "fees": fee("financed") }),
            "0.0140523583 0.1686282998 0.1822914605 0.1830454123 0.1686282998 0.1822914605",
        ),
        (demo.clone(), "0.0166172005 0.1994064065 0.2186793187 0.2194635658 0.1994064065 0.2186793187"),
    ];
    for (changes, expected) in table {
        let cost = cost(&loan_a_with(changes.clone()));
        let fields = ["irrPerPeriod", "simpleAnnual", "compoundAnnual", "xirr", "usApr", "euAprc"];
        let found: Vec<&str> = fields.iter().map(|field| cost[field].as_str().unwrap()).collect();
        assert_eq!(found.join(" "), expected, "{changes}");
    }
    for (changes, interest, service, total) in [
        (json!({ "fees": fee("deducted") }), "0.1199982146", "0.04814698", "0.1681451946"),
        (demo, "0.1800009547", "0.0180996326", "0.1981005873"),
    ] {
        let expected = json!({ "total": total,
            "items": [{ "code": "interest", "annual": interest }, { "code": "service", "annual": service }] });
        assert_eq!(cost(&loan_a_with(changes))["itemised"], expected);
    }
}

/// The JSON form of RFC 8785 has sorted keys; the canonical form is only as good as this.
#[test]
fn the_fields_are_written_in_sorted_order() {
    let fees = json!([{ "code": "guarantee", "payee": "安心担保", "charge": { "amount": "10.00" }, "when": "eachInstalment" }]);
    let text =
        clearloan::quote(&crate::common::terms(&loan_a_with(json!({ "fees": fees }))).unwrap()).unwrap().to_json();
    let cost = text.strip_prefix("{\"cost\":{").and_then(|rest| rest.split(",\"schedule\":").next()).unwrap();
    let keys: Vec<&str> =
        cost.split('"').skip(1).step_by(2).filter(|word| word.starts_with(char::is_alphabetic)).collect();
    assert_eq!(
        keys.join(" "),
        "compoundAnnual euAprc irrPerPeriod itemised items annual code interest annual code guarantee payee 安心担保 total \
         simpleAnnual usApr xirr"
    );
}

/// A loan whose flows are exactly these: the principal is all that is paid, repaid by plan at no interest, and what is not
/// received of it is a charge kept back. `rows` has a payment for each interval, 0 where there is none; in hundredths.
fn loan_of(advance: i128, rows: &[i128], dates: (NaiveDate, NaiveDate), every: Interval) -> Value {
    let money = |hundredths: i128| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let total: i128 = rows.iter().sum();
    let every = match every {
        Interval::Months(months) => json!({ "months": months }),
        Interval::Weeks(weeks) => json!({ "weeks": weeks }),
        Interval::Days(days) => json!({ "days": days }),
    };
    json!({ "principal": money(total), "interest": { "annual": "0" }, "method": "custom",
        "principalPlan": rows.iter().map(|&row| money(row)).collect::<Vec<_>>(), "instalmentCount": rows.len(), "every": every,
        "disbursementDate": dates.0.to_string(), "firstDueDate": dates.1.to_string(),
        "fees": [{ "code": "charge", "charge": { "amount": money(total - advance) }, "when": "disbursement",
                   "settlement": "deducted" }] })
}

fn rate(terms: &Value, name: &str) -> f64 {
    let cost = cost(terms);
    // No interest, and one charge: its own rate is the whole's, simple.
    assert_eq!(cost["itemised"]["items"][0], json!({ "code": "interest", "annual": "0" }));
    assert_eq!(cost["itemised"]["items"][1], json!({ "code": "charge", "annual": cost["simpleAnnual"] }));
    assert_eq!(cost["itemised"]["total"], cost["simpleAnnual"]);
    cost[name].as_str().unwrap().parse::<f64>().unwrap() * 100.0
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

/// Hundredths, exactly as written.
fn cents(value: &Value) -> i128 {
    units(&plain(value), 2)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Whether a rate in per cent is a printed one to its last digit, or to its own tenth decimal.
fn is_printed(rate: f64, printed: &Value) -> bool {
    let text = printed.as_str().unwrap();
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    (rate - number(printed)).abs() <= f64::max(10_f64.powi(-(decimals as i32)), 6e-9)
}

/// Days of an interval as Appendix J counts them: a month has 30, a year 365.
fn unit_days(every: Interval) -> u32 {
    match every {
        Interval::Months(12) => 365,
        Interval::Months(months) => months * 30,
        Interval::Weeks(weeks) => weeks * 7,
        Interval::Days(days) => days,
    }
}

/// Two days that lie `whole` intervals and `days` days apart, the days first.
fn apart(every: Interval, whole: u32, days: u32) -> (NaiveDate, NaiveDate) {
    let start = day("1978-01-10");
    let after_days = start + Days::new(days.into());
    let end = match every {
        Interval::Months(months) => after_days + Months::new(whole * months),
        Interval::Weeks(weeks) => after_days + Days::new((whole * weeks * 7).into()),
        Interval::Days(count) => after_days + Days::new((whole * count).into()),
    };
    (start, end)
}

/// "19/30" of so many.
fn share(fraction: &str, of: u32) -> u32 {
    let (numerator, denominator) = fraction.split_once('/').unwrap_or((fraction, "1"));
    numerator.parse::<u32>().unwrap() * of / denominator.parse::<u32>().unwrap()
}

/// Appendix J's examples, and other implementations', as whole loans. Not among our terms are several advances, semimonths and
/// payments with different fractions.
#[test]
fn american_examples_as_quotes() {
    let mut count = 0;
    for name in ["us_regz_appendix_j.json", "us_regz_other_implementations.json"] {
        for case in vectors(name)["cases"].as_array().unwrap() {
            let (unit, payments) = (case["unit_period"].as_str().unwrap(), case["payments"].as_array().unwrap());
            let fraction = payments[0]["f"].as_str().unwrap();
            let (number_of, unit) = unit.split_once(' ').unwrap();
            let number_of: u32 = number_of.parse().unwrap();
            let every = match unit {
                "month" => Interval::Months(number_of),
                "week" => Interval::Weeks(number_of),
                "year" => Interval::Months(12 * number_of),
                _ => continue,
            };
            if case["advances"].as_array().unwrap().len() > 1 || payments.iter().any(|series| series["f"] != fraction) {
                continue;
            }
            let first = payments[0]["t"].as_u64().unwrap();
            let mut rows = Vec::new();
            for series in payments {
                let start = (series["t"].as_u64().unwrap() - first) as usize;
                for index in start..start + series["count"].as_u64().unwrap_or(1) as usize {
                    rows.resize(rows.len().max(index + 1), 0);
                    rows[index] += cents(&series["amount"]);
                }
            }
            let given = |name: &str| case[name].as_str().map(day);
            let interval = &case["dates"]["intervals"][0];
            let dates = given("advance_date")
                .zip(given("first_payment_date"))
                .or(interval["from"].as_str().map(day).zip(interval["to"].as_str().map(day)))
                .unwrap_or_else(|| apart(every, first as u32, share(fraction, unit_days(every))));
            let apr = rate(&loan_of(cents(&case["advances"][0]["amount"]), &rows, dates, every), "usApr");
            assert!(is_printed(apr, &case["recomputed"]), "{}: {apr}", case["id"]);
            let tolerance = case["tolerance_percent_points"].as_str().unwrap().split(' ').next().unwrap();
            let published = number(&case["expected_apr_percent"]);
            assert!((apr - published).abs() <= tolerance.parse().unwrap(), "{}: {apr}", case["id"]);
            count += 1;
        }
    }
    assert_eq!(count, 16);
    for case in vectors("peer_regz_appj.json")["cases"].as_array().unwrap() {
        let input = &case["input"];
        let Some(first) = input["unit_periods_to_first"].as_u64() else { continue };
        let every = match input["unit_periods_per_year"].as_u64().unwrap() {
            1 => Interval::Months(12),
            4 => Interval::Months(3),
            6 => Interval::Months(2),
            12 => Interval::Months(1),
            13 => Interval::Weeks(4),
            26 => Interval::Weeks(2),
            52 => Interval::Weeks(1),
            _ => continue,
        };
        let rows: Vec<i128> = input["payments"].as_array().unwrap().iter().map(cents).collect();
        let days = share(input["odd_fraction"].as_str().unwrap(), unit_days(every));
        let apr = rate(&loan_of(cents(&input["advance"]), &rows, apart(every, first as u32, days), every), "usApr");
        assert!((apr - number(&case["f64_recomputed_pct"])).abs() < 6e-9 * apr.max(10.0), "{}: {apr}", case["id"]);
        count += 1;
    }
    assert_eq!(count, 16 + 6);
}

/// "3/365+13/12" as days, the length of their year, and whole months.
fn time_of(text: &str) -> Option<(u32, u32, u32)> {
    let (mut days, mut year, mut months) = (0, 365, 0);
    for part in text.split('+') {
        let (numerator, denominator) = part.split_once('/').unwrap_or((part, "1"));
        let numerator: u32 = numerator.parse().ok()?;
        match denominator.parse().ok()? {
            length @ (365 | 366) => (days, year) = (numerator, length),
            denominator if 12 % denominator == 0 => months = numerator * 12 / denominator,
            _ => return None,
        }
    }
    Some((days, year, months))
}

/// A case of the directives as a loan: one drawdown, less what is paid that day, then payments that are whole months apart.
/// `None` where our terms have no such loan.
fn loan_of_years(case: &Value) -> Option<Value> {
    let [advance] = &case["advances"].as_array()?[..] else { return None };
    let (mut received, mut flows, mut odd) = (cents(&advance["amount"]), Vec::new(), None);
    for series in case["payments"].as_array()? {
        let amount = cents(&series["amount"]);
        if series["t"] == "0" {
            received -= amount;
            continue;
        }
        let (days, year, months) = time_of(series["t"].as_str()?)?;
        if *odd.get_or_insert((days, year)) != (days, year) {
            return None;
        }
        let step = series["step"].as_str().map_or(Some(0), |step| Some(time_of(step)?.2))?;
        flows.extend((0..series["count"].as_u64().unwrap_or(1) as u32).map(|index| (months + index * step, amount)));
    }
    let (days, year) = odd?;
    let gcd = |mut left: u32, mut right: u32| {
        while right > 0 {
            (left, right) = (right, left % right);
        }
        left
    };
    let every = flows.iter().fold(0, |every, &(months, _)| gcd(every, months));
    let first = flows.iter().map(|&(months, _)| months).min()?;
    let mut rows = vec![0; (flows.iter().map(|&(months, _)| months).max()? - first) as usize / every as usize + 1];
    for (months, amount) in flows {
        rows[((months - first) / every) as usize] += amount;
    }
    // The year that ends where the odd days end is one of 366 days where it has a 29 February.
    let start = day(if year == 366 { "2012-03-12" } else { "2015-01-12" });
    let dates = (start, start + Days::new(days.into()) + Months::new(first));
    Some(loan_of(received, &rows, dates, Interval::Months(every)))
}

/// The Commission's examples, those of the directive of 1998 and of the United Kingdom, as whole loans.
#[test]
fn european_examples_as_quotes() {
    let mut counts = Vec::new();
    for name in ["eu_mcd_aprc_examples_2015.json", "eu_98_7_ec_annex_iii.json", "uk_apr_single_payment.json"] {
        let mut count = 0;
        for case in vectors(name)["cases"].as_array().unwrap() {
            let Some(terms) = case.get("advances").and_then(|_| loan_of_years(case)) else { continue };
            let aprc = rate(&terms, "euAprc");
            assert!(is_printed(aprc, &case["recomputed"]), "{}: {aprc}", case["id"]);
            count += 1;
        }
        counts.push(count);
    }
    assert_eq!(counts, [33, 5, 2]);
    // 90, 181 and 365 days: a loan by days.
    let mut rows = vec![0; 365];
    (rows[89], rows[180], rows[364]) = (27_200, 27_200, 54_400);
    let aprc = rate(&loan_of(100_000, &rows, (day("2015-01-12"), day("2015-01-13")), Interval::Days(1)), "euAprc");
    assert!((aprc - 13.226_245_5).abs() < 6e-8, "{aprc}");
    // Another project's cases with whole months; its days are of a year of 365.25.
    let mut count = 0;
    for case in vectors("peer_ec_aprc.json")["cases"].as_array().unwrap() {
        let flows = case["input"]["flows_days_amount"].as_array().unwrap();
        let month_of = |flow: &Value| {
            let months = flow[0].as_f64().unwrap() * 12.0 / 365.25;
            // Some are unrounded, and no amounts.
            let is_money = plain(&flow[1]).split_once('.').is_none_or(|(_, decimals)| decimals.len() <= 2);
            (is_money && (months - months.round()).abs() < 1e-6).then_some(months.round() as usize)
        };
        let Some(months) = flows.iter().map(month_of).collect::<Option<Vec<usize>>>() else { continue };
        let mut rows = vec![0; *months.last().unwrap()];
        let mut received = cents(&case["input"]["advance"]);
        for (flow, month) in flows.iter().zip(months) {
            match month {
                0 => received -= cents(&flow[1]),
                month => rows[month - 1] += cents(&flow[1]),
            }
        }
        let terms = loan_of(received, &rows, (day("2015-01-12"), day("2015-02-12")), Interval::Months(1));
        let aprc = rate(&terms, "euAprc");
        assert!((aprc - number(&case["f64_recomputed_pct"])).abs() < aprc * 1e-7, "{}: {aprc}", case["id"]);
        count += 1;
    }
    assert_eq!(count, 19);
}

/// 中国人民银行公告〔2021〕第3号, and the Reserve Bank's illustration with the instalment that is printed in it.
#[test]
fn chinese_and_indian_examples_as_quotes() {
    let dates = (day("2026-11-24"), day("2026-12-24"));
    for case in vectors("cn_pboc_2021_3.json")["cases"].as_array().unwrap() {
        let rows = vec![cents(&case["payment"]); case["periods"].as_u64().unwrap() as usize];
        let terms = loan_of(cents(&case["net_proceeds"]), &rows, dates, Interval::Months(1));
        let name = if case["id"] == "pboc_example_simple" { "simpleAnnual" } else { "compoundAnnual" };
        assert!(is_printed(rate(&terms, name), &case["recomputed"]), "{}", case["id"]);
    }
    // Each item by itself, as banks add them up (regulation.md, section 3.2): 10.896 + 1.829 %, on level instalments.
    let fees = json!([{ "code": "service", "charge": { "amount": "1000.00" }, "when": "disbursement" }]);
    let terms = loan_a_with(
        json!({ "principal": "100000.00", "interest": { "annual": "0.1089568" }, "instalmentCount": 12, "fees": fees }),
    );
    assert_eq!(quote(&terms)["schedule"]["firstPayment"], "8833.30");
    let itemised = cost(&terms)["itemised"].clone();
    let items = itemised["items"].as_array().unwrap().iter();
    let shown: Vec<String> = items.map(|item| format!("{:.5}", number(&item["annual"]))).collect();
    assert_eq!(
        (shown.join(" + "), format!("{:.5}", number(&itemised["total"]))),
        ("0.10896 + 0.01829".into(), "0.12725".into())
    );
    let case = &vectors("in_rbi_kfs_2024.json")["cases"][0];
    let rows = vec![97_000; case["periods"].as_u64().unwrap() as usize];
    let apr = rate(&loan_of(cents(&case["net_disbursed"]), &rows, dates, Interval::Months(1)), "simpleAnnual");
    assert!(is_printed(apr, &case["with_emi_rounded_to_970"]), "{apr}");
}

/// A server's quote in which one rate is a ten-thousandth of a millionth off, or gone, or one too many.
#[test]
fn verify_sees_each_rate() {
    let fees = json!([{ "code": "service", "payee": "甲", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement" }]);
    let quoted = quote(&loan_a_with(json!({ "fees": fees })));
    let differences = |change: &dyn Fn(&mut Value)| {
        let mut changed = quoted.clone();
        change(&mut changed["cost"]);
        let text = clearloan::api::verify(&crate::common::wire(&changed)).unwrap();
        let verified: Value = serde_json::from_str(&text).unwrap();
        verified["differences"].as_array().unwrap().iter().map(|found| plain(&found["path"])).collect::<Vec<_>>()
    };
    assert_eq!(differences(&|_| {}), Vec::<String>::new());
    for (pointer, path) in [
        ("/irrPerPeriod", "cost.irrPerPeriod"),
        ("/simpleAnnual", "cost.simpleAnnual"),
        ("/compoundAnnual", "cost.compoundAnnual"),
        ("/xirr", "cost.xirr"),
        ("/usApr", "cost.usApr"),
        ("/euAprc", "cost.euAprc"),
        ("/itemised/total", "cost.itemised.total"),
        ("/itemised/items/0/annual", "cost.itemised.items[0].annual"),
        ("/itemised/items/1/annual", "cost.itemised.items[1].annual"),
    ] {
        for unit in [-1, 1] {
            let move_it = |cost: &mut Value| {
                let rate = cost.pointer_mut(pointer).unwrap();
                let units = units(&plain(rate), 10) + unit;
                *rate = json!(format!("0.{units:010}"));
            };
            assert_eq!(differences(&move_it), [path], "{unit}");
        }
    }
    assert_eq!(
        differences(&|cost| {
            cost.as_object_mut().unwrap().remove("usApr");
        }),
        ["cost.usApr"]
    );
    assert_eq!(
        differences(&|cost| cost["itemised"]["items"][1]["payee"] = json!("乙")),
        ["cost.itemised.items[1].payee"]
    );
    assert_eq!(
        differences(&|cost| cost["itemised"]["items"][1]["code"] = json!("other")),
        ["cost.itemised.items[1].code"]
    );
    assert_eq!(
        differences(&|cost| {
            cost["itemised"]["items"].as_array_mut().unwrap().pop();
        }),
        ["cost.itemised.items[1]"]
    );
}

/// 3 August to 2 September is 30 days: a whole month of Appendix J, (b)(5)(ii), and of the People's Bank, but none of the
/// directive's, for which it is 30/365 of a year. Roots recomputed with 70 digits.
#[test]
fn thirty_days_are_no_month_of_the_directive() {
    let terms = loan_a_with(json!({ "disbursementDate": "2026-08-03", "firstDueDate": "2026-09-02" }));
    let found = cost(&terms);
    assert_eq!([&found["usApr"], &found["simpleAnnual"]], ["0.1199982146", "0.1199982146"]);
    assert_eq!(found["compoundAnnual"], "0.1268230382");
    assert_eq!(found["euAprc"], "0.1275683174");
    // A month later to the day it is the month of both.
    let terms = loan_a_with(json!({ "disbursementDate": "2026-08-03", "firstDueDate": "2026-09-03" }));
    assert_eq!(cost(&terms)["euAprc"], "0.1268230382");
}
