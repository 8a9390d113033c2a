//! Generated terms: valid, broad, and the same on every machine. A number gives the terms, so a failure can be repeated.

use super::merged;
use serde_json::{Value, json};

/// SplitMix64: small, and good enough to spread cases.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x6C65_6172_6C6F_616E)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to `end`, without it.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    pub fn between(&mut self, least: u64, greatest: u64) -> u64 {
        least + self.below(greatest - least + 1)
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize]
    }
}

/// An amount of minor units in major ones.
pub fn money(minor_units: i128, decimals: u32) -> String {
    let unit = 10i128.pow(decimals);
    if decimals == 0 {
        return minor_units.to_string();
    }
    format!("{}.{:0width$}", minor_units / unit, minor_units % unit, width = decimals as usize)
}

/// A rate of up to `greatest` millionths.
fn rate(random: &mut Random, greatest_millionths: u64) -> String {
    format!("0.{:06}", random.below(greatest_millionths.min(1_000_000)))
}

fn day(random: &mut Random) -> String {
    // Ends of months twice as often: there the rules are.
    let day_of_month = if random.percent(40) { random.between(28, 31) } else { random.between(1, 27) };
    let (year, month) = (random.between(2015, 2031), random.between(1, 12));
    let last = match month {
        2 if year % 4 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year}-{month:02}-{:02}", day_of_month.min(last))
}

fn interest(random: &mut Random, method: &str) -> Value {
    if random.percent(6) {
        return json!({ "annual": "0" });
    }
    match random.below(if method == "flat" { 10 } else { 7 }) {
        0..=3 => json!({ "annual": rate(random, 600_000) }),
        4 => json!({ "monthly": rate(random, 40_000) }),
        5 => json!({ "daily": rate(random, 1_200) }),
        6 => json!({ "daily": rate(random, 1_200), "daysPerYear": 360 }),
        _ => json!({ "flat": rate(random, 15_000) }),
    }
}

fn fee(random: &mut Random, code: &str, principal: u64, decimals: u32) -> Value {
    let when = random.pick(&["disbursement", "disbursement", "eachInstalment", "firstInstalment", "lastInstalment"]);
    let charge = if random.percent(50) {
        json!({ "amount": money(i128::from(random.below(principal / 60 + 1)), decimals) })
    } else {
        let bases: &[&str] = if when == "disbursement" {
            &["principal", "openingBalance"]
        } else {
            &["principal", "openingBalance", "instalment"]
        };
        json!({ "rate": rate(random, 15_000), "of": random.pick(bases) })
    };
    let mut fee = json!({ "code": code, "charge": charge, "when": when });
    if when == "disbursement" {
        fee["settlement"] = json!(random.pick(&["paid", "deducted", "financed"]));
    }
    if random.percent(25) {
        fee["inCost"] = json!(false);
    }
    fee
}

fn benefit(random: &mut Random, has_fee: bool, count: u64, principal: u64, decimals: u32) -> Value {
    let mut benefit = match random.below(if has_fee { 4 } else { 3 }) {
        0 => return json!({ "kind": "interestFree", "instalments": random.between(1, count.min(3)) }),
        1 => return json!({ "kind": "interestFree", "days": random.between(1, 90) }),
        2 => json!({ "kind": "interestDiscount", "factor": random.pick(&["0.8", "0.5", "0.333", "0"]) }),
        _ => json!({ "kind": "feeWaiver", "fee": "service" }),
    };
    if random.percent(50) {
        benefit["cap"] = json!(money(i128::from(random.below(principal / 100 + 2)), decimals));
    }
    benefit
}

/// The terms of that number. Every feature of the contract comes up, alone and together.
pub fn terms(number: u64) -> Value {
    let mut random = Random::new(number);
    let random = &mut random;
    let (currency, decimals) = random.pick(&[("CNY", 2), ("CNY", 2), ("CNY", 2), ("USD", 2), ("JPY", 0), ("KWD", 3)]);
    let methods = ["equalInstalment", "equalInstalment", "equalPrincipal", "flat", "interestOnly", "bullet", "custom"];
    let method = random.pick(&methods);
    let principal = match random.below(10) {
        0 => random.between(1, 2_000),
        1 => random.between(1_000_000_000, 900_000_000_000),
        _ => random.between(100_000, 50_000_000),
    };
    let count = match random.below(20) {
        0 => 1,
        1 => random.between(37, 120),
        2..=9 => random.pick(&[3, 6, 12]),
        _ => random.between(2, 36),
    };
    let (unit, width) = match random.below(10) {
        0..=5 => ("months", 1),
        6 => ("months", random.pick(&[2, 3, 6, 12])),
        7 => ("weeks", random.pick(&[1, 2, 4])),
        _ => ("days", random.pick(&[1, 7, 15, 30, 31])),
    };
    let mut terms = json!({
        "principal": money(i128::from(principal), decimals), "currency": currency, "method": method,
        "interest": interest(random, method), "instalmentCount": count, "every": { unit: width },
        "disbursementDate": day(random),
    });
    if unit == "months" && random.percent(35) {
        terms["dueDay"] = json!(random.pick(&[1, 10, 15, 28, 29, 30, 31]));
    }
    if random.percent(25) {
        terms["firstDueDate"] = json!(first_due_date(random, &terms));
    }
    let day_counts =
        ["actual/360", "actual/365", "actual/actual-isda", "30/360", "30/360-us", "30E/360", "30E/360-isda"];
    if random.percent(45) {
        terms["accrual"] = json!(if random.percent(20) { "periodic" } else { random.pick(&day_counts) });
    }
    if random.percent(30) {
        let roll = random.pick(&["following", "following", "modifiedFollowing", "preceding"]);
        let calendar = match random.below(3) {
            0 => json!("weekends"),
            1 => json!("CN"),
            _ => json!({ "holidays": ["2026-01-01", "2026-01-02"], "workdays": ["2026-01-03"] }),
        };
        let is_periodic = match terms.get("accrual") {
            Some(accrual) => *accrual == "periodic",
            None => terms["interest"].get("daily").is_none(),
        };
        let accrue = !is_periodic && random.percent(50);
        terms["businessDays"] = json!({ "calendar": calendar, "roll": roll, "accrue": accrue });
    }
    // Rolled back, the first due date may reach the disbursement, which is refused; rolled forward, it cannot.
    if (unit == "days" || terms.get("firstDueDate").is_some() || terms.get("dueDay").is_some())
        && let Some(business_days) = terms.get_mut("businessDays")
    {
        business_days["roll"] = json!("following");
    }
    shape(random, &mut terms, method, count, decimals);
    let fees: Vec<Value> = ["service", "guarantee", "insurance"]
        .iter()
        // On a few minor units a fee rounded up would leave nothing to receive.
        .take(if principal < 200 { 0 } else { random.below(5).saturating_sub(1) as usize })
        .map(|code| fee(random, code, principal, decimals))
        .collect();
    let benefit_count = random.below(5).saturating_sub(2);
    let benefits: Vec<Value> =
        (0..benefit_count).map(|_| benefit(random, !fees.is_empty(), count, principal, decimals)).collect();
    terms["fees"] = json!(fees);
    terms["benefits"] = json!(benefits);
    let lent = lent(&terms);
    if ["equalInstalment", "equalPrincipal", "flat"].contains(&method) && random.percent(15) {
        terms["balloon"] = json!(money(lent * i128::from(random.below(90)) / 100, decimals));
    }
    if method == "custom" {
        terms["principalPlan"] = plan(random, lent, count, decimals);
    }
    if random.percent(20) {
        let share = random.between(1, 998);
        let rest = random.between(1, 999 - share);
        let lender = |name: &str, share: u64| json!({ "name": name, "share": format!("0.{share:03}") });
        terms["lenders"] =
            json!([lender("甲银行", share), lender("乙消费金融", rest), lender("丙小贷", 1_000 - share - rest)]);
    }
    terms
}

/// What changes the shape of the instalments.
fn shape(random: &mut Random, terms: &mut Value, method: &str, count: u64, decimals: u32) {
    let mut rounding = json!({ "mode": random.pick(&["halfUp", "halfUp", "halfEven", "up", "down"]) });
    if ["equalInstalment", "flat"].contains(&method) && random.percent(20) {
        rounding["instalmentUnit"] = json!(money(random.pick(&[1, 100, 1_000, 10_000]), decimals));
    }
    if ["equalPrincipal", "flat"].contains(&method) && random.percent(30) {
        rounding["remainder"] = json!("first");
    }
    terms["rounding"] = rounding;
    if ["equalInstalment", "equalPrincipal", "flat"].contains(&method) && random.percent(20) {
        terms["interestOnlyInstalments"] = json!(random.below(count));
    }
    if method != "bullet" && count > 1 && random.percent(15) {
        terms["steps"] = json!([{ "fromInstalment": random.between(2, count), "interest": interest(random, method) }]);
    }
}

/// Some days or weeks after the day that the interval alone would give, or before it.
fn first_due_date(random: &mut Random, terms: &Value) -> String {
    use clearloan::date;
    let disbursement = terms["disbursementDate"].as_str().and_then(date::parse).expect("a day");
    let every = &terms["every"];
    let length = match (every["months"].as_u64(), every["weeks"].as_u64(), every["days"].as_u64()) {
        (Some(months), _, _) => months * 30,
        (_, Some(weeks), _) => weeks * 7,
        (_, _, days) => days.unwrap_or(1),
    };
    date::format(date::add_days(disbursement, random.between(1, length * 2) as i64))
}

/// Principal and financed fees, in minor units.
fn lent(terms: &Value) -> i128 {
    let probe = json!({ "method": "interestOnly", "instalmentCount": 1, "interest": { "annual": "0" }, "steps": null,
                        "interestOnlyInstalments": null, "businessDays": null,
                        "rounding": { "mode": terms["rounding"]["mode"] },
                        "benefits": terms["benefits"].as_array().map(|benefits| benefits.iter()
                            .filter(|benefit| benefit["kind"] == "feeWaiver").collect::<Vec<_>>()) });
    let probe = super::terms(&merged(terms.clone(), probe)).expect("right terms");
    i128::from(clearloan::Schedule::of(&probe).expect("a schedule").totals.principal)
}

/// Parts of any size, some of them zero, that add up.
fn plan(random: &mut Random, lent: i128, count: u64, decimals: u32) -> Value {
    let mut left = lent;
    let mut parts = Vec::new();
    for number in 1..=count {
        let part = match number {
            _ if number == count => left,
            _ if random.percent(20) => 0,
            _ => left * i128::from(random.below(40)) / 100,
        };
        left -= part;
        parts.push(json!(money(part, decimals)));
    }
    Value::Array(parts)
}
