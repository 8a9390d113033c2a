//! Random flows: every published rate is checked against the exact value half a unit on either side, and a coarse walk
//! from zero outward finds no root that was passed over.

use crate::naive::{brackets_a_root, sign_of_dated, sign_of_periodic, sign_of_unit_flows};
use chrono::NaiveDate;
use clearloan::cost::{self, Part, RateError, RateFigure, UnitFlows};
use clearloan::date::DayCount;
use clearloan::exact::Big;
use clearloan::rate::PublishedRate;
use std::cmp::Ordering;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A fixed sequence, so that a failure can be met again.
pub struct Sequence(pub u64);

impl Sequence {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }

    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// Any size up to 10^digits, small ones as often as large ones.
    fn amount(&mut self, digits: u64) -> i128 {
        let limit = 10_u64.pow(1 + self.below(digits) as u32);
        i128::from(1 + self.below(limit))
    }
}

/// The rates at which the walk looks: dense near zero, then each a little farther.
fn outward(sign: i64) -> impl Iterator<Item = (Big, Big)> {
    let denominator = 1_000_000_i64;
    let steps = if sign > 0 { 400 } else { 160 };
    (1..steps).map(move |step: i64| {
        let numerator = if sign > 0 { 2_000 * step + step * step * 200 } else { 6_000 * step };
        (Big::from(sign * numerator), Big::from(denominator))
    })
}

/// No sign change on the walk between zero and the rate; for a negative rate, none at all above zero.
fn is_nearest(rate: Option<PublishedRate>, at_zero: Ordering, sign: impl Fn(&(Big, Big)) -> Ordering) -> bool {
    let unit = Big::from(1_000_000_i64);
    let is_before = |numerator: &Big| match rate {
        None => true,
        Some(rate) => {
            let scaled = &Big::from(rate.mantissa()) * &unit;
            let here = numerator.mul_small(10_u64.pow(rate.scale()));
            if rate.mantissa() >= 0 { here.sign() == Ordering::Greater && here < scaled } else { here > scaled }
        }
    };
    let sides = if rate.is_some_and(|rate| rate.mantissa() > 0) { vec![1] } else { vec![1, -1] };
    sides
        .into_iter()
        .all(|side| outward(side).filter(|(numerator, _)| is_before(numerator)).all(|at| sign(&at) == at_zero))
}

/// Fewer without optimisation, which makes the slow side a hundred times as slow.
fn rounds(count: usize) -> usize {
    if cfg!(debug_assertions) { count / 15 } else { count }
}

/// One unit of the last place more.
fn moved(rate: PublishedRate) -> PublishedRate {
    let whole_digits = (rate.mantissa().unsigned_abs() / 10_u128.pow(rate.scale())).checked_ilog10().unwrap_or(0) + 1;
    let decimals = if whole_digits < 3 { 10 } else { 12 - whole_digits };
    PublishedRate::new(rate.mantissa() as i64 * 10_i64.pow(decimals - rate.scale()) + 1, decimals)
}

/// Every figure of a loan: bracketed by the slow evaluation, certified by our own exact one; moved by a unit, neither.
#[test]
fn loans_of_any_shape() {
    let mut sequence = Sequence(1);
    let mut checked = [0; 4];
    for _ in 0..rounds(3_000) {
        let count = 1 + sequence.below(48) as usize;
        let level = 1 + sequence.below(1_000_000) as i64;
        let payments: Vec<i64> =
            (0..count).map(|_| if sequence.below(4) == 0 { sequence.below(2_000_000) as i64 } else { level }).collect();
        let total: i64 = payments.iter().sum();
        if total == 0 {
            continue;
        }
        let at_start = 1 + (total as f64 * (0.05 + sequence.below(1000) as f64 / 900.0)) as i64;
        let amounts: Vec<i128> =
            core::iter::once(at_start.into()).chain(payments.iter().map(|&payment| -i128::from(payment))).collect();
        let part = (sequence.below(3) * sequence.below(30), 30);
        let part = if part.0 < 30 { part } else { (0, 1) };
        let flows = UnitFlows {
            at_start,
            payments: &payments,
            first_whole: 1,
            part: Part::new(part.0 as u32, part.1 as u32).unwrap(),
        };
        let root = cost::irr_of_schedule(flows).unwrap_or_else(|error| panic!("{error:?} for {amounts:?}"));
        let in_months: Vec<(i64, i128)> = (0..).zip(amounts.iter().copied()).collect();
        // 365/30 periods a year: a whole number of neither months nor anything else.
        let in_sixths: Vec<(i64, i128)> = in_months.iter().map(|&(month, amount)| (6 * month, amount)).collect();
        for (index, figure) in
            [RateFigure::Rate, RateFigure::Times(12, 1), RateFigure::Compounded(12, 1), RateFigure::Compounded(365, 30)]
                .into_iter()
                .enumerate()
        {
            let rate = match root.figure(figure) {
                Err(RateError::CostOutOfRange) if index > 1 => continue,
                rate => rate.unwrap(),
            };
            let brackets = |rate| match figure {
                RateFigure::Rate => brackets_a_root(rate, |at| sign_of_unit_flows(&amounts, part, at)),
                RateFigure::Times(times, _) => brackets_a_root(rate, |at| {
                    sign_of_unit_flows(&amounts, part, &(at.0.clone(), at.1.mul_small(times)))
                }),
                RateFigure::Compounded(12, _) => brackets_a_root(rate, |at| sign_of_dated(&in_months, 12, at)),
                RateFigure::Compounded(..) => brackets_a_root(rate, |at| sign_of_dated(&in_sixths, 73, at)),
            };
            assert_eq!(root.certifies(figure, rate), Ok(true), "{rate} for {amounts:?}");
            assert_eq!(root.certifies(figure, moved(rate)), Ok(false), "{rate} for {amounts:?}");
            let is_lowest = rate.mantissa() == -10_i128.pow(rate.scale());
            // The slow evaluation has no fractions of a period in compound figures.
            if (index < 2 || part.0 == 0) && !is_lowest && rate != PublishedRate::ZERO {
                assert!(brackets(rate), "{rate} for {amounts:?}");
                assert!(!brackets(moved(rate)), "{rate} for {amounts:?}");
                checked[index] += 1;
            }
        }
    }
    assert!(checked.iter().all(|&count| count > rounds(800)), "{checked:?}");
}

#[test]
fn flows_of_any_signs() {
    let mut sequence = Sequence(2);
    let (mut rates, mut none) = (0, 0);
    for _ in 0..rounds(3_000) {
        let count = 2 + sequence.below(14) as usize;
        let digits = 2 + sequence.below(10);
        let amounts: Vec<i128> = (0..count)
            .map(|_| {
                let amount = sequence.amount(digits);
                match sequence.below(5) {
                    0 => 0,
                    1 | 2 => amount,
                    _ => -amount,
                }
            })
            .collect();
        let at_zero = amounts.iter().sum::<i128>().cmp(&0);
        match cost::irr(&amounts) {
            Ok(rate) if at_zero == Ordering::Equal => assert_eq!(rate, PublishedRate::ZERO),
            Ok(rate) => {
                rates += 1;
                // Just above −1, half a unit lower is no rate any more.
                let is_lowest = rate.mantissa() == -10_i128.pow(rate.scale());
                assert!(
                    is_lowest || brackets_a_root(rate, |at| sign_of_periodic(&amounts, at)),
                    "{rate} for {amounts:?}"
                );
                assert!(is_nearest(Some(rate), at_zero, |at| sign_of_periodic(&amounts, at)), "{rate} for {amounts:?}");
            }
            Err(RateError::NoRoot) => {
                none += 1;
                assert!(is_nearest(None, at_zero, |at| sign_of_periodic(&amounts, at)), "no root for {amounts:?}");
            }
            Err(RateError::NoSignChange) => {
                assert!(amounts.iter().all(|&amount| amount >= 0) || amounts.iter().all(|&amount| amount <= 0));
            }
            Err(RateError::CostOutOfRange) => {
                let limit = (Big::from(1_000_000_i64), Big::from(1_i64));
                assert_eq!(sign_of_periodic(&amounts, &limit), at_zero, "{amounts:?}");
            }
            Err(error) => panic!("{error:?} for {amounts:?}"),
        }
    }
    assert!(rates > rounds(1_000) && none > rounds(50), "{rates} rates, {none} without");
}

#[test]
fn dated_flows() {
    let start = NaiveDate::from_ymd_opt(2024, 1, 31).unwrap();
    let mut sequence = Sequence(3);
    for round in 0..rounds(300) {
        let count = 2 + sequence.below(20) as i64;
        let is_loan = round % 2 == 0;
        let flows: Vec<(i64, i128)> = (0..count)
            .map(|index| {
                let day = if index == 0 { 0 } else { sequence.below(1_500) as i64 };
                let amount = sequence.amount(7);
                let is_received = if is_loan { index == 0 } else { sequence.below(2) == 0 };
                (day, if is_received { amount } else { -amount })
            })
            .collect();
        let dated: Vec<(NaiveDate, i128)> =
            flows.iter().map(|&(day, amount)| (start + chrono::Days::new(day as u64), amount)).collect();
        let at_zero = flows.iter().map(|flow| flow.1).sum::<i128>().cmp(&0);
        match cost::xirr(&dated, DayCount::Actual365) {
            Ok(rate) if at_zero == Ordering::Equal => assert_eq!(rate, PublishedRate::ZERO),
            Ok(rate) => {
                let is_lowest = rate.mantissa() == -10_i128.pow(rate.scale());
                assert!(
                    is_lowest || brackets_a_root(rate, |at| sign_of_dated(&flows, 365, at)),
                    "{rate} for {flows:?}"
                );
            }
            Err(RateError::NoSignChange) => {
                assert!(
                    flows.iter().all(|flow| flow.1 > 0) || flows.iter().all(|flow| flow.1 < 0) || {
                        let mut sums = std::collections::BTreeMap::new();
                        flows.iter().for_each(|flow| *sums.entry(flow.0).or_insert(0) += flow.1);
                        sums.values().all(|&sum| sum >= 0) || sums.values().all(|&sum| sum <= 0)
                    }
                );
            }
            Err(RateError::CostOutOfRange) => {
                let limit = (Big::from(1_000_000_i64), Big::from(1_i64));
                assert_eq!(sign_of_dated(&flows, 365, &limit), at_zero, "{flows:?}");
            }
            Err(RateError::NoRoot) => {
                assert!(is_nearest(None, at_zero, |at| sign_of_dated(&flows, 365, at)), "no root for {flows:?}");
            }
            Err(error) => panic!("{error:?} for {flows:?}"),
        }
    }
}
