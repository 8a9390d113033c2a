//! The functions that solve for what stands in an exponent or under one: numbers of periods, rates, nominal rates.

use super::arguments::Given;
use super::{refused, undecided};
use crate::cost;
use crate::error::LoanError;
use crate::exact::Big;
use crate::standalone::flows::json_rate;
use crate::standalone::interval::{ATTEMPTS, Scale, power_of_ten, rounded};
use crate::standalone::read;
use crate::terms::problems::{Path, Problems};

/// (pmt·(1 + r·due) − fv·r) / (pmt·(1 + r·due) + pv·r) = g^n, or −(pv + fv)/pmt for r = 0.
///
/// No tie: were n = a/b in lowest terms, b divisible by 2^11, then g would be the b-th power of a rational number, and with
/// at most 84 digits it is not, unless it is 1.
#[inline(never)]
pub(super) fn nper(given: &Given) -> Result<Big, LoanError> {
    let ([pmt, pv, fv], _) = given.amounts();
    let (interest, one) = (Big::from(given.rate.mantissa), power_of_ten(given.rate.scale));
    if interest.is_zero() {
        let (owed, paid) = if pmt.sign().is_gt() { (-(&pv + &fv), pmt) } else { (&pv + &fv, -pmt) };
        return if paid.is_zero() { Err(no_solution()) } else { Ok(rounded(&owed, &paid)) };
    }
    let growth = &one + &interest;
    let paid = &pmt * if given.is_in_advance { &growth } else { &one };
    let (above, below) = (&paid - &(&fv * &interest), &paid + &(&pv * &interest));
    if above.sign() != below.sign() || above.is_zero() {
        return Err(no_solution());
    }
    let (above, below) = (above.abs(), below.abs());
    let is_negative = (above > below) != (growth > one);
    for digits in ATTEMPTS {
        let scale = Scale::of(digits);
        let (wanted, each) = (scale.logarithm(&above, &below), scale.logarithm(&growth, &one));
        let (wanted, each) = ((wanted.value.abs(), wanted.error), (each.value.abs(), each.error));
        if each.0 <= each.1 {
            continue;
        }
        let low = rounded(&(&wanted.0 - &wanted.1), &(&each.0 + &each.1));
        if low == rounded(&(&wanted.0 + &wanted.1), &(&each.0 - &each.1)) {
            return Ok(if is_negative { -low } else { low });
        }
    }
    Err(undecided())
}

fn no_solution() -> LoanError {
    refused(
        "no_solution",
        "没有期数能使这些金额在该利率下相抵。",
        "No number of periods balances these amounts at this rate.",
    )
}

/// The rate of one amount now, payments, and one amount at the end: a root like any other.
#[inline(never)]
pub(super) fn rate(given: &Given) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let names = ["pmt", "pv", "fv"];
    let amounts = [given.pmt, given.pv, given.fv].map(Some);
    let amounts = read::in_one_unit(&amounts, &mut problems, &|index, problems| {
        read::too_many_shared_digits(&Path::Root.field(names[index]), problems);
    });
    let amounts = problems.finish(amounts)?;
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
