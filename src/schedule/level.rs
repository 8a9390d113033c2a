//! The level instalment A (等额本息的每期应还): the one that amortises with the actual factors of its own periods.
//!
//! A = (balance − balloon · v_n) / Σ v_k,  v_k = Π_{j ≤ k} 1 / (1 + a · t_j),  rounded to the instalment unit.
//!
//! It is first reckoned in `f64` with a bound on its error. Only where that bound leaves the rounding open (the exact
//! value lies on a rounding boundary, or very near one) do whole numbers of any size decide.

use super::periods::Period;
use crate::bisect::between;
use crate::exact::Big;
use crate::money::{Factor, RoundingMode, round_ratio, rounds_away};
use crate::terms::LoanTerms;

/// A for the periods given, with the annual rate in force in the first of them: a later step is not foreseen, since it
/// recasts the instalment when it comes. In minor units, rounded to the terms' unit.
pub(crate) fn level_instalment(terms: &LoanTerms, periods: &[Period], balance: i64) -> i64 {
    // A prepayment may leave less than the balloon.
    of_periods(periods, balance, terms.balloon.min(balance), terms.instalment_unit.unwrap_or(1), terms.rounding_mode)
}

/// The same for any sum, balloon, unit and rounding.
pub(crate) fn of_periods(periods: &[Period], balance: i64, balloon: i64, unit: i64, mode: RoundingMode) -> i64 {
    let Period { annual, interest, .. } = periods[0];
    // Most periods are as long as the one before: then its factor is theirs.
    let mut known = (Factor::ZERO, Factor::ZERO);
    solve(
        balance,
        balloon,
        // Of the first period only a part may be left, with a rate that has changed on the way: it knows its own factor.
        periods.iter().enumerate().map(move |(index, period)| {
            if index == 0 {
                return interest;
            }
            if period.years != known.0 {
                known = (period.years, annual.times(period.years));
            }
            known.1
        }),
        unit,
        mode,
    )
}

/// The instalment for one interest factor a period.
fn solve(
    balance: i64,
    balloon: i64,
    interest: impl ExactSizeIterator<Item = Factor> + Clone,
    unit: i64,
    mode: RoundingMode,
) -> i64 {
    if interest.clone().all(|factor| factor.numerator == 0) {
        let count = interest.len() as i128;
        return round_ratio(i128::from(balance - balloon), count * i128::from(unit), mode) as i64 * unit;
    }
    let units = match filtered(balance, balloon, interest.clone(), unit, mode) {
        Filtered::Decided(units) => units,
        Filtered::Near(units) => exact(balance, balloon, interest, unit, mode, units),
    };
    units * unit
}

enum Filtered {
    /// The rounded number of units.
    Decided(i64),
    /// The bound does not decide; the number of whole units is about this.
    Near(i64),
}

/// Each 1 + a·t is off by at most 5 roundings (two conversions, a division, a sum, and a reserve), each v by those of
/// its factors and one division apiece, the sum by one addition a term.
const ROUNDINGS_PER_PERIOD: f64 = 8.0;
/// Half an ulp of 1: the relative error of one rounding.
const UNIT_ROUNDOFF: f64 = f64::EPSILON / 2.0;

fn filtered(
    balance: i64,
    balloon: i64,
    interest: impl ExactSizeIterator<Item = Factor>,
    unit: i64,
    mode: RoundingMode,
) -> Filtered {
    let relative_error = ROUNDINGS_PER_PERIOD * UNIT_ROUNDOFF * (interest.len() as f64 + 4.0);
    let (mut discount, mut sum) = (1.0f64, 0.0f64);
    let (mut known, mut growth) = (Factor::ZERO, 1.0);
    for factor in interest {
        if factor != known {
            (known, growth) = (factor, 1.0 + factor.as_f64());
        }
        discount /= growth;
        sum += discount;
    }
    let (balance, balloon) = (balance as f64, balloon as f64);
    let units = (balance - balloon * discount) / sum / unit as f64;
    // Every term of numerator and denominator is off by less than `relative_error`; twice covers their quotient.
    let error = 2.0 * relative_error * (balance + balloon * discount) / sum / unit as f64;
    // Beyond 2^52 a float has no fraction to look at; a discount that vanishes has no relative error to speak of.
    if units.is_nan() || units >= 4.5e15 || discount < 1e-290 {
        return Filtered::Near(0);
    }
    let whole = libm::floor(units);
    let fraction = units - whole;
    let near = |boundary: f64| libm::fabs(fraction - boundary) <= error;
    let is_open = match mode {
        RoundingMode::HalfUp | RoundingMode::HalfEven => near(0.5),
        RoundingMode::Up | RoundingMode::Down => near(0.0) || near(1.0),
    };
    let whole = whole as i64;
    if is_open || error >= 0.25 {
        return Filtered::Near(whole);
    }
    let is_above_half = fraction > 0.5;
    Filtered::Decided(match mode {
        RoundingMode::HalfUp | RoundingMode::HalfEven => whole + i64::from(is_above_half),
        RoundingMode::Up => whole + 1,
        RoundingMode::Down => whole,
    })
}

/// With 1 + a·t_j = N_j / D_j in whole numbers, both sides times Π N:
/// A · Σ_k (Π_{j ≤ k} D_j · Π_{j > k} N_j) = balance · Π N − balloon · Π D.
fn exact(
    balance: i64,
    balloon: i64,
    interest: impl Iterator<Item = Factor>,
    unit: i64,
    mode: RoundingMode,
    near: i64,
) -> i64 {
    let one = Big::from(1i128);
    let (mut numerators, mut denominators, mut sum) = (one.clone(), one, Big::ZERO);
    for factor in interest {
        let factor = Factor::new(factor.numerator, factor.denominator);
        let (denominator, numerator) =
            (Big::from(factor.denominator), Big::from(factor.numerator + factor.denominator));
        denominators = &denominators * &denominator;
        sum = &(&sum * &numerator) + &denominators;
        numerators = &numerators * &numerator;
    }
    let dividend =
        &(&numerators * &Big::from(i128::from(balance))) - &(&denominators * &Big::from(i128::from(balloon)));
    let divisor = &sum * &Big::from(i128::from(unit));
    let mut quotient = quotient_near(&dividend, &divisor, near);
    let rest = &dividend - &(&divisor * &Big::from(i128::from(quotient)));
    let missing = &divisor - &rest;
    quotient += i64::from(rounds_away(quotient & 1 == 1, rest, missing, mode));
    quotient
}

/// The whole part of a quotient, from a guess that is right or nearly so; where it is far off, by bisection.
fn quotient_near(dividend: &Big, divisor: &Big, near: i64) -> i64 {
    let fits = |quotient: i64| &(divisor * &Big::from(i128::from(quotient))) <= dividend;
    let (mut least, mut beyond) = (near.saturating_sub(1).max(0), near.saturating_add(2));
    if !fits(least) {
        least = 0;
    }
    while fits(beyond) {
        // Doubling ends: no instalment is above balance · (1 + a·t), some 2^53 units.
        least = beyond;
        beyond = beyond.saturating_mul(2).max(2);
    }
    between(least, beyond, &mut |quotient| fits(quotient))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monthly(percent_a_year: i128, count: usize) -> std::iter::RepeatN<Factor> {
        std::iter::repeat_n(Factor { numerator: percent_a_year, denominator: 1200 }, count)
    }

    #[test]
    fn loan_a_of_the_definitions() {
        assert_eq!(solve(1_000_000, 0, monthly(12, 4), 1, RoundingMode::HalfUp), 256_281);
        assert_eq!(solve(1_000_000, 400_000, monthly(12, 4), 1, RoundingMode::HalfUp), 157_769);
        assert_eq!(solve(1_000_000, 0, monthly(12, 4), 1_000, RoundingMode::HalfUp), 256_000);
    }

    /// Where the float decides, the exact way gives the same; so the bound is not too small.
    #[test]
    fn both_ways_agree() {
        let modes = [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::Up, RoundingMode::Down];
        let mut decided = 0;
        for balance in (1..40_000_000i64).step_by(1_999_993) {
            for percent in [1, 7, 18, 36, 300, 1000] {
                for count in [1usize, 2, 11, 60, 360] {
                    for mode in modes {
                        let interest = monthly(percent, count);
                        let by_whole_numbers = exact(balance, balance / 3, interest.clone(), 1, mode, 0);
                        if let Filtered::Decided(units) = filtered(balance, balance / 3, interest, 1, mode) {
                            decided += 1;
                            assert_eq!(units, by_whole_numbers, "{balance} {percent} {count} {mode:?}");
                        }
                    }
                }
            }
        }
        assert!(decided > 2_000, "the filter decides nearly always: {decided}");
    }

    /// One instalment of 100 × (1 + 0.5 %) = 100.5 units: an exact tie, which the float must leave open.
    #[test]
    fn a_tie_is_decided_exactly() {
        let half = || std::iter::once(Factor { numerator: 5, denominator: 1000 });
        assert_eq!(solve(100, 0, half(), 1, RoundingMode::HalfUp), 101);
        assert_eq!(solve(100, 0, half(), 1, RoundingMode::HalfEven), 100);
        assert_eq!(solve(300, 0, half(), 1, RoundingMode::HalfEven), 302);
        assert_eq!(solve(200, 0, half(), 1, RoundingMode::Up), 201);
        assert_eq!(solve(200, 0, half(), 1, RoundingMode::Down), 201);
    }
}
