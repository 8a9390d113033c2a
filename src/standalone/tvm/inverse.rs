//! The functions that search: rates, and nominal rates.

use super::arguments::Given;
use super::undecided;
use crate::cost;
use crate::error::LoanError;
use crate::exact::Big;
use crate::standalone::flows::json_rate;
use crate::standalone::interval::{ATTEMPTS, Scale, power_of_ten, rounded};
use crate::standalone::read;
use crate::terms::problems::{Path, Problems};

/// The rate of one amount now, payments, and one amount at the end: a root like any other.
#[inline(never)]
pub(super) fn rate(given: &Given) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let names = ["pmt", "pv", "fv"];
    let amounts = read::in_one_unit(&[given.pmt, given.pv, given.fv], &mut problems, &|index, problems| {
        read::too_many_shared_digits(&Path::Root.field(names[index]), problems);
    });
    problems.finish(Some(()))?;
    let count = given.count as usize;
    let mut flows = vec![amounts[0]; count + 1];
    // In advance the first payment falls on the start, and none on the end.
    flows[if given.is_in_advance { count } else { 0 }] = 0;
    flows[0] += amounts[1];
    flows[count] += amounts[2];
    json_rate(cost::irr(&flows), "")
}

/// The inverse of `effective`: the largest number of units whose lower boundary b satisfies (1 + b/periods)^periods ≤
/// 1 + effective.
#[inline(never)]
pub(super) fn nominal(given: &Given) -> Result<Big, LoanError> {
    let one = power_of_ten(given.rate.scale);
    let effective = Big::from(given.rate.mantissa);
    let target = &one + &effective;
    // No smaller than the result, and below 10^17.
    let upper = rounded(&effective, &one).to_i128().unwrap_or_default() as i64;
    let periods = f64::from(given.count);
    // Only a guess, which the comparisons below check: at most a unit off as a rule, and then three of them are enough.
    let guess = (periods * libm::expm1(libm::log1p(upper as f64 * 1e-10) / periods) * 1e10) as i64;
    let mut guesses = [guess, guess + 1, guess - 1].into_iter();
    let (mut reached, mut not_reached) = (0, upper + 1);
    while not_reached - reached > 1 {
        let half = reached + (not_reached - reached) / 2;
        let units = guesses.next().filter(|guess| (reached + 1..not_reached).contains(guess)).unwrap_or(half);
        if is_reached(units, given.count, &target, &one)? {
            reached = units;
        } else {
            not_reached = units;
        }
    }
    Ok(Big::from(reached))
}

/// Whether (1 + b/periods)^periods ≤ target/one, where b lies half of 10^−10 below so many of them.
#[inline(never)]
fn is_reached(units: i64, periods: u32, target: &Big, one: &Big) -> Result<bool, LoanError> {
    let below = Big::from(20_000_000_000_u64 * u64::from(periods));
    let above = &below + &Big::from(2 * units - 1);
    for digits in ATTEMPTS {
        let scale = Scale::of(digits);
        let [power, _] = scale.powers(&scale.ratio(&above, &below), periods);
        let target = scale.ratio(target, one);
        if power.high <= target.low {
            return Ok(true);
        }
        if power.low > target.high {
            return Ok(false);
        }
    }
    Err(undecided())
}
