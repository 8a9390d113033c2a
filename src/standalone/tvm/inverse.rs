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
    let mut flows = Vec::new();
    if let [pmt, pv, fv] = amounts[..] {
        flows.resize(count + 1, pmt);
        // In advance the first payment falls on the start, and none on the end.
        let (first, last) = if given.is_in_advance { (pmt, 0) } else { (0, pmt) };
        flows[0] = first + pv;
        flows[count] = last + fv;
    }
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
    let (mut reached, mut not_reached) = (0, upper + 1);
    // Only a guess, as a rule at most a unit off; the comparisons decide, in steps that double, and then by halves.
    let mut units = (periods * libm::expm1(libm::log1p(upper as f64 * 1e-10) / periods) * 1e10) as i64;
    let mut step = 1;
    while not_reached - reached > 1 {
        if units <= reached || units >= not_reached {
            units = reached + (not_reached - reached) / 2;
        }
        if is_reached(units, given.count, &target, &one)? {
            (reached, units) = (units, units + step);
        } else {
            (not_reached, units) = (units, units - step);
        }
        // No step needs to be longer than the way.
        step = (step * 2).min(upper);
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
