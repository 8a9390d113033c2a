//! What must hold for the rates of every loan, on the same grid of generated terms. Each is certified here once more, by
//! the sign of the present value half a unit of the last place below and above, in 28-digit decimals that the engine's
//! own certification does not use.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::cost::{AprcTime, UnitPeriod};
use clearloan::date::{self, CivilDate};
use clearloan::terms::Interval;
use common::grid::{Case, cases};
use common::{merged, plain, quote, rows, try_quote};
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// By squaring; what falls below 28 decimals is zero.
fn power(base: Decimal, mut exponent: u64) -> Decimal {
    let (mut result, mut square) = (Decimal::ONE, base);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result *= square;
        }
        exponent /= 2;
        if exponent > 0 {
            square *= square;
        }
    }
    result
}

/// The present value at a rate per unit of time, of what is received at the start and of payments at whole units and one
/// common fraction: simple within the fraction, compound over whole units.
fn present_value(rate: Decimal, at_start: i128, flows: &[(i128, u64)], fraction: Decimal) -> Decimal {
    let discount = Decimal::ONE / (Decimal::ONE + rate);
    let simple = Decimal::ONE / (Decimal::ONE + fraction * rate);
    let mut value = Decimal::ZERO;
    for (payment, whole) in flows {
        value += Decimal::from(*payment as i64) * power(discount, *whole) * simple;
    }
    value - Decimal::from(at_start as i64)
}

/// Half a unit of the published rate's last place: 10 decimals, and 12 significant digits from 100 up.
fn half_unit(rate: &str) -> Decimal {
    let whole_digits = rate.split('.').next().map_or(0, str::len) as u32;
    let decimals = if whole_digits >= 3 { 12 - whole_digits } else { 10 };
    Decimal::new(5, decimals + 1)
}

/// Whole months counted back from `to`, and the days left over, in thirtieths of a month; where `to` is `from` plus whole
/// months, cut to the month's end, no days are left. Worked from the digits of the dates, unlike the engine's.
fn thirtieths(from: &str, to: &str) -> u64 {
    let part = |text: &str, range: core::ops::Range<usize>| text[range].parse::<u64>().expect("digits");
    let days_in = |index: u64| match (index / 12, index % 12) {
        (year, 1) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        (_, 1) => 28,
        (_, 3 | 5 | 8 | 10) => 30,
        _ => 31,
    };
    let month = |text: &str| part(text, 0..4) * 12 + part(text, 5..7) - 1;
    let (from_month, from_day, to_month, to_day) = (month(from), part(from, 8..10), month(to), part(to, 8..10));
    let cut = |day: u64, month: u64| day.min(days_in(month));
    if cut(from_day, to_month) == to_day {
        return (to_month - from_month) * 30;
    }
    // The day on which the leftover days end: `to` so many months back, in the month of `from` or in the next one.
    if cut(to_day, from_month) >= from_day {
        (to_month - from_month) * 30 + cut(to_day, from_month) - from_day
    } else {
        let left_over = days_in(from_month) - from_day + cut(to_day, from_month + 1);
        (to_month - from_month - 1) * 30 + left_over
    }
}

/// The position of the first due date in intervals: the whole ones and the fraction, from the dates alone.
fn first_position(case: &Case) -> (u64, Decimal) {
    if case.terms["method"] == "bullet" {
        return (1, Decimal::ZERO);
    }
    let day = |text: &Value| date::parse(&plain(text)).expect("a day");
    let first = &rows(&case.quote)[0];
    let (from, to) =
        (day(&case.terms["disbursementDate"]), day(first.get("unrolledDueDate").unwrap_or(&first["dueDate"])));
    let every = &case.terms["every"];
    let (elapsed, interval) = match (every["months"].as_u64(), every["weeks"].as_u64(), every["days"].as_u64()) {
        (Some(months), _, _) => (thirtieths(&date::format(from), &date::format(to)), months * 30),
        (_, Some(weeks), _) => (date::days_between(from, to) as u64, weeks * 7),
        (_, _, days) => (date::days_between(from, to) as u64, days.expect("an interval")),
    };
    (elapsed / interval, Decimal::from(elapsed % interval) / Decimal::from(interval))
}

#[test]
fn the_present_value_changes_sign_within_half_a_unit_of_the_rate_per_period() {
    let mut certified = 0;
    for case in cases() {
        let Some((at_start, payments)) = case.flows() else { continue };
        let rate = case.rate("irrPerPeriod");
        let exact: Decimal = rate.parse().expect("a rate");
        let (whole, fraction) = first_position(case);
        let flows: Vec<(i128, u64)> = payments.into_iter().zip(whole..).collect();
        let value = |rate: Decimal| present_value(rate, at_start, &flows, fraction);
        let (above, below) = (value(exact + half_unit(rate)), value(exact - half_unit(rate)));
        // The value falls as the rate rises; the root may be the lower edge itself, which is rounded up.
        assert!(above < Decimal::ZERO, "{}: {rate} {above}\n{}", case.number, case.terms);
        assert!(below >= Decimal::ZERO, "{}: {rate} {below}\n{}", case.number, case.terms);
        certified += 1;
    }
    assert!(certified > 1_500, "{certified}");
}

/// The root of that degree, from the float's by two of Newton's steps, each of which doubles its digits.
fn root(radicand: Decimal, degree: u64) -> Decimal {
    let float: f64 = radicand.to_string().parse().expect("a float");
    let mut root = Decimal::from_f64_retain(float.powf(1.0 / degree as f64)).expect("a decimal");
    for _ in 0..2 {
        let slope = power(root, degree - 1);
        root -= (slope * root - radicand) / (Decimal::from(degree) * slope);
    }
    root
}

#[test]
fn the_present_value_changes_sign_within_half_a_unit_of_the_xirr() {
    let mut certified = 0;
    for case in cases() {
        let Some((at_start, payments)) = case.flows() else { continue };
        let rate = case.rate("xirr");
        let exact: Decimal = rate.parse().expect("a rate");
        let day = |text: &Value| date::parse(&plain(text)).expect("a day");
        let from = day(&case.terms["disbursementDate"]);
        let days = rows(&case.quote).iter().map(|row| date::days_between(from, day(&row["dueDate"])) as u64);
        let flows: Vec<(i128, u64)> = payments.into_iter().zip(days).collect();
        // (1 + x)^(-days/365): one day is one period of the 365th root.
        let value = |annual: Decimal| {
            present_value(root(Decimal::ONE + annual, 365) - Decimal::ONE, at_start, &flows, Decimal::ZERO)
        };
        let (above, below) = (value(exact + half_unit(rate)), value(exact - half_unit(rate)));
        assert!(above < Decimal::ZERO, "{}: {rate} {above}\n{}", case.number, case.terms);
        assert!(below >= Decimal::ZERO, "{}: {rate} {below}\n{}", case.number, case.terms);
        certified += 1;
    }
    assert!(certified > 1_500, "{certified}");
}

/// The value, which falls as the rate rises, changes sign within half a unit of the rate's last place; a rate one unit above
/// or below it is caught.
fn assert_certified(case: &Case, name: &str, rate: &str, value: &dyn Fn(Decimal) -> Decimal) {
    let (exact, half) = (rate.parse::<Decimal>().expect("a rate"), half_unit(rate));
    // The root may be the lower edge itself, which is rounded up.
    let is_certified = |rate: Decimal| value(rate + half) < Decimal::ZERO && value(rate - half) >= Decimal::ZERO;
    assert!(is_certified(exact), "{}: {name} {rate}\n{}", case.number, case.terms);
    for moved in [exact + half + half, exact - half - half] {
        assert!(!is_certified(moved), "{}: {name} {moved} passes for {rate}\n{}", case.number, case.terms);
    }
}

/// Disbursement and due dates before any roll.
fn unrolled_dates(case: &Case) -> (CivilDate, Vec<CivilDate>) {
    let day = |text: &Value| date::parse(&plain(text)).expect("a day");
    let rows = rows(&case.quote).iter();
    let due = rows.map(|row| day(row.get("unrolledDueDate").unwrap_or(&row["dueDate"])));
    (day(&case.terms["disbursementDate"]), due.collect())
}

fn interval(terms: &Value) -> Interval {
    let count = |name: &str| terms["every"][name].as_u64().map(|count| count as u32);
    let months = count("months").map(Interval::Months);
    months.or(count("weeks").map(Interval::Weeks)).or(count("days").map(Interval::Days)).expect("an interval")
}

/// Periods of a year, of all but bullet loans.
fn periods_per_year(terms: &Value) -> Decimal {
    let (per_year, count) = match interval(terms) {
        Interval::Months(months) => (12, months),
        Interval::Weeks(weeks) => (52, weeks),
        Interval::Days(days) => (365, days),
    };
    Decimal::from(per_year) / Decimal::from(count)
}

#[test]
fn the_american_rate_is_certified_in_its_own_unit_periods() {
    let (mut by_intervals, mut by_years, mut single) = (0, 0, 0);
    for case in cases() {
        let Some((at_start, payments)) = case.flows() else { continue };
        let (start, due_dates) = unrolled_dates(case);
        let paid: Vec<(i128, CivilDate)> =
            payments.iter().copied().zip(due_dates).filter(|(payment, _)| *payment != 0).collect();
        let rate = case.rate("usApr");
        if let [(payment, due_date)] = paid[..] {
            // Appendix J, (b)(5)(vi) and (vii): the term is the unit-period; in months where it is whole months.
            let (months, days) = date::months_and_days(start, due_date);
            if months < 12 {
                let years = match days {
                    0 => Decimal::from(months) / Decimal::from(12),
                    _ => Decimal::from(date::days_between(start, due_date)) / Decimal::from(365),
                };
                let value = |annual| present_value(annual * years, at_start, &[(payment, 1)], Decimal::ZERO);
                assert_certified(case, "usApr", rate, &value);
                single += 1;
                continue;
            }
        }
        if paid.len() == 1 || UnitPeriod::of(interval(&case.terms)) == UnitPeriod::Year {
            let value = |annual| {
                let worth = paid.iter().map(|&(payment, due_date)| {
                    let (whole, part) = UnitPeriod::Year.between(start, due_date);
                    let fraction = Decimal::from(part.numerator()) / Decimal::from(part.denominator());
                    present_value(annual, 0, &[(payment, whole)], fraction)
                });
                worth.sum::<Decimal>() - Decimal::from(at_start as i64)
            };
            assert_certified(case, "usApr", rate, &value);
            by_years += 1;
        } else {
            let (whole, fraction) = first_position(case);
            let flows: Vec<(i128, u64)> = payments.into_iter().zip(whole..).collect();
            let per_year = periods_per_year(&case.terms);
            assert_certified(case, "usApr", rate, &|annual| {
                present_value(annual / per_year, at_start, &flows, fraction)
            });
            by_intervals += 1;
        }
    }
    assert!(by_intervals > 1_000 && by_years > 5 && single > 100, "{by_intervals} {by_years} {single}");
}

#[test]
fn the_european_rate_is_certified_by_its_own_times() {
    let (mut whole_months, mut with_days) = (0, 0);
    // Powers of a day's discount over decades are slow without optimising: every third loan.
    for case in cases().iter().step_by(3) {
        let Some((at_start, payments)) = case.flows() else { continue };
        let (start, due_dates) = unrolled_dates(case);
        let every = interval(&case.terms);
        let times: Vec<(u64, u64)> =
            due_dates.iter().map(|&due_date| AprcTime::between(start, due_date, every).years()).collect();
        let gcd = |mut left: u64, mut right: u64| {
            while right > 0 {
                (left, right) = (right, left % right);
            }
            left
        };
        let degree = times.iter().fold(1, |degree, &(numerator, denominator)| {
            let denominator = denominator / gcd(numerator, denominator);
            degree / gcd(degree, denominator) * denominator
        });
        let wholes = times.iter().map(|&(numerator, denominator)| {
            (u128::from(numerator) * u128::from(degree) / u128::from(denominator)) as u64
        });
        let flows: Vec<(i128, u64)> = payments.into_iter().zip(wholes).collect();
        let value =
            |annual| present_value(root(Decimal::ONE + annual, degree) - Decimal::ONE, at_start, &flows, Decimal::ZERO);
        assert_certified(case, "euAprc", case.rate("euAprc"), &value);
        *if degree <= 12 { &mut whole_months } else { &mut with_days } += 1;
    }
    assert!(whole_months > 200 && with_days > 100, "{whole_months} {with_days}");
}

/// Interest of every loan without waivers, and the fee of those that have one only: what else is taken off is interest's.
#[test]
fn each_item_is_certified_by_itself_and_the_total_is_their_sum() {
    let (mut interests, mut fees) = (0, 0);
    for case in cases() {
        let items = case.quote["cost"]["itemised"]["items"].as_array().expect("items");
        let annual = |item: &Value| plain(&item["annual"]);
        let sum: Decimal = items.iter().map(|item| annual(item).parse::<Decimal>().expect("a rate")).sum();
        let total = plain(&case.quote["cost"]["itemised"]["total"]);
        assert_eq!(sum, total.parse::<Decimal>().expect("a rate"), "{}", case.number);

        let has_waiver = case.terms["benefits"]
            .as_array()
            .is_some_and(|benefits| benefits.iter().any(|benefit| benefit["kind"] == "feeWaiver"));
        if has_waiver || case.terms["method"] == "bullet" {
            continue;
        }
        let (whole, fraction) = first_position(case);
        let per_year = periods_per_year(&case.terms);
        let of_rows = |amount: &dyn Fn(&Value) -> i128| -> Vec<(i128, u64)> {
            rows(&case.quote).iter().map(amount).zip(whole..).collect()
        };
        let amount = |row: &Value, name: &str| case.amount(&row[name]);
        let lent = case.schedule("/totals/principal");
        let interest = of_rows(&|row| amount(row, "principal") + amount(row, "interest") - amount(row, "benefit"));
        assert_certified(case, "interest", &annual(&items[0]), &|rate| {
            present_value(rate / per_year, lent, &interest, fraction)
        });
        interests += 1;
        let [fee] = &case.terms["fees"].as_array().expect("fees")[..] else { continue };
        if fee["inCost"] == json!(false) {
            assert_eq!(items.len(), 1, "{}", case.number);
            continue;
        }
        let charged = of_rows(&|row| amount(row, "principal") + amount(row, "fees"));
        let at_start = lent - (case.schedule("/totals/fees") - case.sum("fees"));
        assert_certified(case, "the fee", &annual(&items[1]), &|rate| {
            present_value(rate / per_year, at_start, &charged, fraction)
        });
        assert_eq!((&items[1]["code"], items[1].get("payee")), (&fee["code"], fee.get("payee")), "{}", case.number);
        fees += 1;
    }
    assert!(interests > 1_500 && fees > 300, "{interests} {fees}");
}

#[test]
fn the_annual_rates_are_the_periods_of_a_year_times_and_to_the_power() {
    let mut compounded = 0;
    for case in cases() {
        let every = &case.terms["every"];
        // A bullet loan's period is its term.
        let Some(months) = every["months"].as_u64().filter(|_| case.terms["method"] != "bullet") else { continue };
        let rate = |field: &str| case.rate(field).parse::<Decimal>().expect("a rate");
        let (rate_per_period, per_year) = (rate("irrPerPeriod"), Decimal::from(12) / Decimal::from(months));
        // The period's rate is known to half a unit of its own last place, and so are its products, besides their own.
        let slack = half_unit(case.rate("irrPerPeriod"));
        let simple = rate("simpleAnnual");
        let allowed = slack * per_year + half_unit(case.rate("simpleAnnual"));
        assert!((simple - rate_per_period * per_year).abs() <= allowed, "{}: {simple}", case.number);
        if 12 % months == 0 {
            let a_year = |rate: Decimal| power(Decimal::ONE + rate, 12 / months) - Decimal::ONE;
            let (least, greatest) = (a_year(rate_per_period - slack), a_year(rate_per_period + slack));
            let (compound, half) = (rate("compoundAnnual"), half_unit(case.rate("compoundAnnual")));
            assert!(least - half <= compound && compound <= greatest + half, "{}: {compound}", case.number);
            compounded += 1;
        }
    }
    assert!(compounded > 1_000);
}

#[test]
fn without_fees_and_with_interest_on_the_balance_the_cost_is_the_contract_rate() {
    // At the contract rate the present value of all flows is that of the roundings of interest, each below a minor unit.
    let mut held = 0;
    for case in cases() {
        let bare =
            json!({ "fees": null, "benefits": null, "steps": null, "accrual": "periodic", "businessDays": null });
        let method = plain(&case.terms["method"]);
        if ["flat", "bullet"].contains(&method.as_str()) {
            continue;
        }
        let mut terms = merged(case.terms.clone(), bare);
        if method == "custom" && case.schedule("/totals/principal") != case.amount(&case.terms["principal"]) {
            terms["principal"] = case.quote["schedule"]["totals"]["principal"].clone();
        }
        if method == "equalInstalment" || method == "equalPrincipal" {
            terms["balloon"] = Value::Null;
        }
        let quote = quote(&terms);
        let case = Case { number: case.number, terms, quote, decimals: case.decimals };
        let (whole, fraction) = first_position(&case);
        // A first period of more than one interval earns simple interest for all of it, compound only in the cost.
        if whole > 1 || (whole == 1 && !fraction.is_zero()) {
            continue;
        }
        let interest = &case.terms["interest"];
        let rate = |field: &str| interest.get(field).map(|rate| plain(rate).parse::<Decimal>().expect("a rate"));
        let year = Decimal::from(interest["daysPerYear"].as_u64().unwrap_or(365));
        let annual = rate("annual")
            .or_else(|| rate("monthly").map(|rate| rate * Decimal::from(12)))
            .or_else(|| rate("daily").map(|rate| rate * year))
            .expect("a rate on the balance");
        let every = &case.terms["every"];
        let of_year =
            |count: &Value, per_year: u64| count.as_u64().map(|count| Decimal::from(count) / Decimal::from(per_year));
        let interval = of_year(&every["months"], 12)
            .or_else(|| of_year(&every["weeks"], 52))
            .or_else(|| of_year(&every["days"], 365))
            .expect("an interval");
        let payments: Vec<i128> = rows(&case.quote).iter().map(|row| case.amount(&row["payment"])).collect();
        let flows: Vec<(i128, u64)> = payments.iter().copied().zip(whole..).collect();
        let ones: Vec<(i128, u64)> = (0..payments.len()).map(|_| 1).zip(whole..).collect();
        let at_contract = present_value(annual * interval, case.schedule("/proceeds"), &flows, fraction);
        let roundings = present_value(annual * interval, 0, &ones, fraction);
        assert!(at_contract.abs() <= roundings, "{}: {at_contract} {roundings}\n{}", case.number, case.terms);
        held += 1;
    }
    assert!(held > 1_000, "{held}");
}

#[test]
fn more_fee_never_means_a_lower_rate() {
    for case in cases() {
        let with_fee = |when: &str, settlement: &str| {
            let fee = json!({ "code": "more", "charge": { "amount": "1" }, "when": when, "settlement": settlement });
            let mut terms = case.terms.clone();
            terms["fees"].as_array_mut().expect("fees").push(fee);
            terms
        };
        for (when, settlement) in [("disbursement", "paid"), ("disbursement", "deducted"), ("eachInstalment", "paid")] {
            // On a loan of a few minor units that fee takes all that was received, or more.
            let Ok(dearer) = try_quote(&with_fee(when, settlement)) else { continue };
            for figure in ["irrPerPeriod", "simpleAnnual", "compoundAnnual", "xirr", "usApr", "euAprc"] {
                // A loan of one payment is by its term, of several by their interval: nominal rates of different periods.
                let is_single = rows(&case.quote).iter().filter(|row| case.amount(&row["payment"]) != 0).count() == 1;
                if figure == "usApr" && is_single {
                    continue;
                }
                let rate = |quote: &Value| plain(&quote["cost"][figure]).parse::<Decimal>().expect("a rate");
                assert!(rate(&dearer) >= rate(&case.quote), "{}: {figure} {when}\n{}", case.number, case.terms);
            }
        }
    }
}

#[test]
fn a_loan_that_costs_nothing_has_a_rate_of_zero() {
    let mut held = 0;
    for case in cases() {
        let is_free = case.flows().is_some_and(|(at_start, payments)| payments.iter().sum::<i128>() == at_start);
        if is_free {
            held += 1;
            for figure in ["irrPerPeriod", "simpleAnnual", "compoundAnnual", "xirr", "usApr", "euAprc"] {
                assert_eq!(case.rate(figure), "0", "{}: {figure}", case.number);
            }
        }
    }
    assert!(held > 20, "{held}");
}
