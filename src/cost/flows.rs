//! Rates of flows that callers bring themselves, in any order of signs.

use super::equation::{self, gcd};
use super::figure::EXPONENT_MAX;
use super::{Flows, Part, RateError, Root, Term, UnitFlows, irr_of_schedule, root_of_terms, xirr_of_schedule};
use crate::date::{CivilDate, DayCount, days_between, year_fraction};
use crate::rate::PublishedRate;

/// The longest span from the first flow to the last, in unit-periods or years. Beyond, rates that differ by less than a
/// published digit would be worlds apart, and roots could not be told from each other.
const SPAN_MAX: i128 = 1_000_000;

/// How a law turns the rate of a unit-period into a year's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Convention {
    /// Regulation Z, Appendix J: simple interest within a unit-period, and the year's rate is nominal, i·N.
    UsApr,
    /// 2008/48/EC, Annex I: fractional powers, and the year's rate is effective.
    EuAprc,
}

/// A flow at a number of unit-periods after (before, if negative) the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodFlow {
    /// In units that all flows share; received and paid have different signs.
    pub amount: i128,
    /// Whole unit-periods.
    pub periods: i64,
    /// And the fraction of one.
    pub part: Part,
}

/// The internal rate of return of flows one period apart, the first one now.
///
/// # Errors
/// Where there is no rate: see [`RateError`].
pub fn irr(amounts: &[i128]) -> Result<PublishedRate, RateError> {
    if let Some((at_start, payments)) = as_loan(amounts.iter().copied()) {
        let flows = UnitFlows { at_start, payments: &payments, first_whole: 1, part: Part::NONE };
        return irr_of_schedule(flows)?.rate();
    }
    let terms = amounts.iter().zip(0..).map(|(&amount, whole)| Term { amount, whole, part: Part::NONE });
    root_of_terms(Flows::Terms(equation::normalise(terms.collect())), 1)?.rate()
}

/// The effective annual rate of flows with dates, in any order. Years count from the earliest date; for 30E/360 (ISDA) the
/// latest is the termination date.
///
/// # Errors
/// Where there is no rate: see [`RateError`].
pub fn xirr(flows: &[(CivilDate, i128)], day_count: DayCount) -> Result<PublishedRate, RateError> {
    let Some(start) = flows.iter().map(|&(date, _)| date).min() else {
        return Err(RateError::NoSignChange);
    };
    let is_in_order = flows.is_sorted_by_key(|&(date, _)| date);
    if day_count == DayCount::Actual365
        && is_in_order
        && let Some((at_start, payments)) = as_loan(flows.iter().map(|&(_, amount)| amount))
    {
        let days: Vec<u32> = flows[1..].iter().map(|&(date, _)| days_between(start, date) as u32).collect();
        return xirr_of_schedule(at_start, &payments, &days);
    }
    let termination = flows.iter().map(|&(date, _)| date).max().unwrap_or(start);
    let moments = flows.iter().map(|&(date, amount)| {
        let years = year_fraction(start, date, day_count, termination);
        (amount, years.numerator, years.denominator)
    });
    effective(moments.collect())?.rate()
}

/// The annual rate of flows in unit-periods, `periods_per_year` of which (numerator, denominator) make a year.
///
/// # Errors
/// Where there is no rate: see [`RateError`].
pub fn apr_of_flows(
    convention: Convention,
    flows: &[PeriodFlow],
    periods_per_year: (u64, u64),
) -> Result<PublishedRate, RateError> {
    let (per_year, of_years) = periods_per_year;
    let start = flows.iter().map(|flow| flow.periods).min().unwrap_or(0);
    let from_start = |flow: &PeriodFlow| i128::from(flow.periods) - i128::from(start);
    match convention {
        Convention::UsApr => {
            let mut terms = Vec::with_capacity(flows.len());
            for flow in flows {
                let whole = Some(from_start(flow)).filter(|&whole| whole <= SPAN_MAX).ok_or(RateError::Undecided)?;
                terms.push(Term { amount: flow.amount, whole: whole as u64, part: flow.part });
            }
            root_of_terms(Flows::Terms(equation::normalise(terms)), 1)?.times(per_year, of_years)
        }
        Convention::EuAprc => {
            let mut moments = Vec::with_capacity(flows.len());
            for flow in flows {
                // (whole + numerator/denominator) · of_years / per_year.
                let below = i128::from(flow.part.denominator());
                let above = from_start(flow) * below + i128::from(flow.part.numerator());
                let years = above.checked_mul(of_years.into()).ok_or(RateError::Undecided)?;
                moments.push((flow.amount, years, below * i128::from(per_year)));
            }
            effective(moments)?.rate()
        }
    }
}

/// Σ amount · (1 + rate)^−(numerator/denominator) = 0; no moment is negative.
pub(super) fn effective(moments: Vec<(i128, i128, i128)>) -> Result<Root<'static>, RateError> {
    let mut degree: u128 = 1;
    for &(_, numerator, denominator) in &moments {
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs());
        let denominator = denominator.unsigned_abs().checked_div(divisor).ok_or(RateError::CostOutOfRange)?;
        degree = degree / gcd(degree, denominator) * denominator;
        if degree > EXPONENT_MAX.into() {
            return Err(RateError::Undecided);
        }
    }
    let mut terms = Vec::with_capacity(moments.len());
    for (amount, numerator, denominator) in moments {
        let whole = numerator.checked_mul(degree as i128).map(|whole| whole / denominator);
        let span_max = SPAN_MAX * degree as i128;
        let whole = whole.filter(|&whole| (0..=span_max).contains(&whole)).ok_or(RateError::Undecided)?;
        terms.push(Term { amount, whole: whole as u64, part: Part::NONE });
    }
    let mut terms = equation::normalise(terms);
    // Distances between flows may share a divisor that the moments did not show: years of 365 days, for one.
    let shared = terms.iter().fold(degree, |shared, term| gcd(shared, term.whole.into())) as u64;
    for term in &mut terms {
        term.whole /= shared;
    }
    root_of_terms(Flows::Terms(terms), degree as u64 / shared)
}

/// One flow, then none of its sign: a loan or, all signs turned, an investment. `None` for anything else.
fn as_loan(mut amounts: impl ExactSizeIterator<Item = i128>) -> Option<(i64, Vec<i64>)> {
    let first = amounts.next()?;
    let is_received = first > 0;
    let mut payments = Vec::with_capacity(amounts.len());
    for amount in amounts {
        let payment = if is_received { amount.checked_neg()? } else { amount };
        payments.push(i64::try_from(payment).ok().filter(|&payment| payment >= 0)?);
    }
    (first != 0).then_some((i64::try_from(first.checked_abs()?).ok()?, payments))
}
