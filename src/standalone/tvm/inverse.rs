//! The functions that solve for what stands in an exponent or under one: numbers of periods, rates, nominal rates.

use super::arguments::Given;
use super::undecided;
use crate::cost;
use crate::error::{LoanError, Message};
use crate::exact::Big;
use crate::standalone::flows::json_rate;
use crate::standalone::interval::{ATTEMPTS, Interval, Scale, power_of_ten, rounded};
use crate::standalone::read;
use crate::terms::problems::{Path, Problems};
use core::cmp::Ordering;

/// (pmt·(1 + r·due) − fv·r) / (pmt·(1 + r·due) + pv·r) = g^n, or −(pv + fv)/pmt for r = 0.
///
/// No tie: were n = a/b in lowest terms, b divisible by 2^11, then g would be the b-th power of a rational number, and with
/// at most 84 digits it is not, unless it is 1.
pub(super) fn nper(given: &Given) -> Result<Big, LoanError> {
    let no_solution = || {
        LoanError::one(
            "no_solution",
            "",
            Message::new(
                "没有期数能使这些金额在该利率下相抵。",
                "No number of periods balances these amounts at this rate.",
            ),
        )
    };
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

/// The rate of one amount now, payments, and one amount at the end: a root like any other.
pub(super) fn rate(given: &Given) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let names = ["pmt", "pv", "fv"];
    let amounts = [given.pmt, given.pv, given.fv].map(Some);
    let amounts = read::in_one_unit(&amounts, &mut problems, |index, problems| {
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
pub(super) fn nominal(given: &Given) -> Result<Big, LoanError> {
    let one = power_of_ten(given.rate.scale);
    let effective = Big::from(given.rate.mantissa);
    let target = &one + &effective;
    let is_reached = |units: i64| -> Result<bool, LoanError> {
        if units <= 0 {
            return Ok(true);
        }
        // A unit is 10^−10, and the boundary lies half of one below.
        let below = Big::from(20_000_000_000_u64 * u64::from(given.count));
        let above = &below + &Big::from(2 * units - 1);
        for digits in ATTEMPTS {
            let scale = Scale::of(digits);
            let reached = scale.powers(&scale.ratio(&above, &below), given.count).power;
            if let Some(order) = compare(&reached, &scale.ratio(&target, &one)) {
                return Ok(order.is_le());
            }
        }
        Err(undecided())
    };
    // A guess only; the signs above decide. It is wrong by a few units of 10^16 at most, and steps that double soon come
    // to no units at all, or to more than the effective rate, which is no smaller than the nominal one.
    let approximately = (&effective << 64).div_rem(&one).map_or(0.0, |(scaled, _)| scaled.to_f64_scaled(64));
    let periods = f64::from(given.count);
    let guess = periods * libm::expm1(libm::log1p(approximately) / periods) * 1e10;
    let mut reached = guess as i64 - 1;
    let mut not_reached = reached + 3;
    let mut step = 2;
    while !is_reached(reached)? {
        (not_reached, reached) = (reached, reached - step);
        step *= 2;
    }
    while is_reached(not_reached)? {
        (reached, not_reached) = (not_reached, not_reached + step);
        step *= 2;
    }
    while not_reached - reached > 1 {
        let middle = reached + (not_reached - reached) / 2;
        if is_reached(middle)? {
            reached = middle;
        } else {
            not_reached = middle;
        }
    }
    Ok(Big::from(reached.max(0)))
}

/// `None` where they overlap.
fn compare(left: &Interval, right: &Interval) -> Option<Ordering> {
    if left.low > right.high {
        Some(Ordering::Greater)
    } else if left.high < right.low {
        Some(Ordering::Less)
    } else {
        (left.low == right.high && left.high == right.low).then_some(Ordering::Equal)
    }
}
