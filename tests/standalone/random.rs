//! Random arguments against exact fractions (see `naive`).

use crate::naive::{self, Fraction};
use crate::support::tvm;
use serde_json::{Value, json};
use std::cmp::Ordering;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Numbers from a fixed sequence (splitmix64), so that a failure can be seen again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// So many digits, then so many decimals among them, at random.
    fn digits(&mut self, digits_max: u64, decimals: u64) -> String {
        let digits = 1 + self.below(digits_max);
        let text: String = (0..digits.max(decimals + 1)).map(|_| char::from(b'0' + self.below(10) as u8)).collect();
        let (whole, decimals) = text.split_at(text.len() - decimals as usize);
        if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
    }

    fn amount(&mut self) -> String {
        let sign = if self.below(2) == 0 { "-" } else { "" };
        let decimals = [0, 2, 2, 2, 5, 12][self.below(6) as usize];
        match self.below(10) {
            0 => "0".to_owned(),
            1 => format!("{sign}{}", self.digits(28 - decimals, decimals)),
            _ => format!("{sign}{}", self.digits(9, decimals)),
        }
    }

    /// Above −1: usual ones, none, tiny, huge, long and negative ones.
    fn rate(&mut self) -> String {
        match self.below(9) {
            0 => "0".to_owned(),
            1 => format!("0.{:028}", self.below(1_000_000)),
            2 => self.digits(4, 3),
            3 => format!("0.00{:018}{:08}", self.below(10_u64.pow(18)), self.below(10_u64.pow(8))),
            4 => format!("-0.{:06}", self.below(1_000_000)),
            5 => format!("-0.0{:019}", self.below(10_u64.pow(19))),
            _ => format!("0.{:05}", self.below(5_000)),
        }
    }
}

/// The arguments of one call, as texts and as fractions.
struct Case {
    rate: String,
    count: u32,
    period: u32,
    amounts: [String; 3],
    due: u8,
}

impl Case {
    fn at_random(random: &mut Random, count_max: u64) -> Self {
        let count = 1 + random.below(count_max) as u32;
        Case {
            rate: random.rate(),
            count,
            period: 1 + random.below(count.into()) as u32,
            amounts: [random.amount(), random.amount(), random.amount()],
            due: random.below(2) as u8,
        }
    }

    fn fractions(&self) -> [Fraction; 4] {
        let [first, second, third] = &self.amounts;
        [&self.rate, first, second, third].map(|text| Fraction::of(text))
    }
}

fn figure(function: &str, arguments: Value) -> Option<String> {
    match tvm(function, &arguments) {
        Ok(figure) => Some(figure),
        // Only where the exact value says so, too; the caller sees to that.
        Err(error) if error.issues[0].code == "result_out_of_range" => None,
        Err(error) => panic!("{function} {arguments}: {error}"),
    }
}

fn assert_rounds(function: &str, arguments: Value, exact: &Fraction) {
    match figure(function, arguments.clone()) {
        Some(figure) => assert!(exact.rounds_to(&figure), "{function} {arguments}: {figure}"),
        None => {
            let size = Fraction { numerator: exact.numerator.clone().abs(), denominator: exact.denominator.clone() };
            let limit = Fraction::of("9999999999999999999999999999");
            assert_eq!(size.compare(&limit), Ordering::Greater, "{function} {arguments}");
        }
    }
}

fn check_annuity(case: &Case) {
    let Case { rate, count, period, amounts: [pmt, pv, fv], due } = case;
    let [r, p, v, f] = case.fractions();
    let is_in_advance = *due == 1;
    assert_rounds("fv", json!([rate, count, pmt, pv, due]), &naive::fv(&r, *count, &p, &v, is_in_advance));
    assert_rounds("pv", json!([rate, count, pmt, fv, due]), &naive::pv(&r, *count, &p, &f, is_in_advance));
    assert_rounds("pmt", json!([rate, count, pv, fv, due]), &naive::pmt(&r, *count, &v, &f, is_in_advance));
    let (interest, principal) = (
        naive::ipmt(&r, *period, *count, &v, &f, is_in_advance),
        naive::ppmt(&r, *period, *count, &v, &f, is_in_advance),
    );
    assert_rounds("ipmt", json!([rate, period, count, pv, fv, due]), &interest);
    assert_rounds("ppmt", json!([rate, period, count, pv, fv, due]), &principal);
}

#[test]
fn annuities_as_an_account_would_keep_them() {
    let mut random = Random(1);
    for _ in 0..1_500 {
        check_annuity(&Case::at_random(&mut random, 14));
    }
    for _ in 0..60 {
        check_annuity(&Case::at_random(&mut random, 60));
    }
}

/// Five and six decimals and few periods: exact values with few digits, among them many ties.
#[test]
fn short_numbers_with_many_ties() {
    let mut random = Random(2);
    let mut ties = 0;
    for _ in 0..4_000 {
        let (rate, amount) = (format!("0.{:05}", random.below(100_000)), format!("0.{:06}", random.below(1_000_000)));
        let (count, due) = (1 + random.below(2) as u32, random.below(2) as u8);
        let [r, a] = [&rate, &amount].map(|text| Fraction::of(text));
        let exact = naive::fv(&r, count, &a, &Fraction::whole(0), due == 1);
        // Eleven decimals, the last a 5.
        let half_units = &exact.numerator * &clearloan::exact::Big::from(20_000_000_000_u64);
        let (half_units, rest) = half_units.div_rem(&exact.denominator).unwrap();
        ties += u32::from(rest.is_zero() && half_units.to_i128().unwrap() % 2 != 0);
        assert_rounds("fv", json!([rate, count, amount, "0", due]), &exact);
    }
    assert!(ties > 100, "{ties}");
}

#[test]
fn effective_and_nominal_rates() {
    let mut random = Random(3);
    for index in 0..400 {
        let periods = [1, 2, 3, 4, 6, 12, 24, 26, 52][random.below(9) as usize];
        let rate = random.rate().replace('-', "");
        let exact = naive::effective(&Fraction::of(&rate), periods);
        assert_rounds("effective", json!([rate, periods]), &exact);
        let rate = if index % 2 == 0 { rate } else { random.digits(20, 15) };
        if Fraction::of(&rate).numerator.is_zero() || Fraction::of(&rate).compare(&Fraction::whole(1_000_000)).is_gt() {
            continue;
        }
        // The inverse: half a unit below and above, back to an effective rate. The lower boundary belongs to it.
        let nominal = figure("nominal", json!([rate, periods])).unwrap();
        let half = Fraction::of("0.00000000005");
        let below = naive::effective(&Fraction::of(&nominal).minus(&half), periods);
        let above = naive::effective(&Fraction::of(&nominal).plus(&half), periods);
        let rate = Fraction::of(&rate);
        assert!(below.compare(&rate).is_le() && above.compare(&rate).is_gt(), "{rate:?} {periods}: {nominal}");
    }
}

#[test]
fn numbers_of_periods() {
    let mut random = Random(4);
    let (mut solved, mut refused) = (0, 0);
    for _ in 0..400 {
        let Case { rate, amounts: [pmt, pv, fv], due, .. } = &Case::at_random(&mut random, 1);
        let arguments = json!([rate, pmt, pv, fv, due]);
        let [r, p, v, f] = [rate, pmt, pv, fv].map(|text| Fraction::of(text));
        let [zero, one] = [0, 1].map(Fraction::whole);
        let result = tvm("nper", &arguments);
        if r.numerator.is_zero() {
            if p.numerator.is_zero() {
                assert_eq!(result.unwrap_err().issues[0].code, "no_solution", "{arguments}");
            } else {
                assert_rounds("nper", arguments, &v.plus(&f).over(&p).negative());
            }
            continue;
        }
        let paid = if *due == 1 { p.times(&one.plus(&r)) } else { p };
        let (above, below) = (paid.minus(&f.times(&r)), paid.plus(&v.times(&r)));
        if below.numerator.is_zero() || above.over(&below).compare(&zero).is_le() {
            assert_eq!(result.unwrap_err().issues[0].code, "no_solution", "{arguments}");
            refused += 1;
            continue;
        }
        assert_rounds("nper", arguments, &naive::logarithm(&above.over(&below), &one.plus(&r)));
        solved += 1;
    }
    assert!(solved > 100 && refused > 50, "{solved} {refused}");
}

/// pv·g^n + pmt·(1 + r·due)·S(n) + fv changes its sign within half a unit of the rate's last place.
#[test]
fn rates_of_annuities() {
    let mut random = Random(5);
    let mut solved = 0;
    for _ in 0..600 {
        let Case { count, amounts: [pmt, pv, fv], due, .. } = &Case::at_random(&mut random, 20);
        let arguments = json!([count, pmt, pv, fv, due]);
        let Ok(rate) = tvm("rate", &arguments) else { continue };
        let [p, v, f] = [pmt, pv, fv].map(|text| Fraction::of(text));
        // 10 decimals, from 100 up 12 digits.
        let whole_digits = rate.trim_start_matches('-').split('.').next().unwrap().len();
        let half = format!("0.{}5", "0".repeat(if whole_digits < 3 { 10 } else { 12 - whole_digits }));
        let half = Fraction::of(&half);
        let value = |rate: Fraction| {
            let account = naive::fv(&rate, *count, &p, &v, *due == 1);
            f.minus(&account).numerator.sign()
        };
        let rate = Fraction::of(&rate);
        let signs = [value(rate.minus(&half)), value(rate.clone()), value(rate.plus(&half))];
        assert!(signs[0] != signs[2] || signs.contains(&Ordering::Equal), "{arguments}: {rate:?}");
        solved += 1;
    }
    assert!(solved > 200, "{solved}");
}

/// Powers that are too long for exact fractions in a test of many: a few of them, by squaring.
#[test]
fn long_terms_with_long_rates() {
    let [zero, one] = [0, 1].map(Fraction::whole);
    for (rate, count) in
        [("0.0041666666666666666666666667", 360), ("-0.0000123456789012345678901234", 1_000), ("0.3", 2_000)]
    {
        let r = Fraction::of(rate);
        let growth = one.plus(&r);
        let power = Fraction { numerator: growth.numerator.power(count), denominator: growth.denominator.power(count) };
        // (g^n − 1)/r.
        let sum = power.minus(&one).over(&r);
        let amount = Fraction::of("123456789.01");
        let pmt = amount.times(&power).over(&sum).negative();
        assert_rounds("pmt", json!([rate, count, "123456789.01"]), &pmt);
        assert_rounds("pv", json!([rate, count, "123456789.01"]), &amount.times(&sum).over(&power).negative());
        assert_rounds("fv", json!([rate, count, "123456789.01"]), &amount.times(&sum).negative());
        assert_rounds(
            "fv",
            json!([rate, count, "0", "-0.00000000001"]),
            &zero.plus(&power.times(&Fraction::of("0.00000000001"))),
        );
        let earlier = Fraction {
            numerator: growth.numerator.power(count / 2 - 1),
            denominator: growth.denominator.power(count / 2 - 1),
        };
        let principal = amount.times(&earlier).over(&sum).negative();
        assert_rounds("ppmt", json!([rate, count / 2, count, "123456789.01"]), &principal);
        assert_rounds("ipmt", json!([rate, count / 2, count, "123456789.01"]), &pmt.minus(&principal));
    }
}
