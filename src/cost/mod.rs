//! What a loan costs a year: roots of the equation of value, certified to the last published digit.
//!
//! A rate is found in floats (`loan` for ordinary loans, `solve` and `isolate` for any flows), always with two points at
//! which the sign of the present value is proven, one on either side of the root (`curve`). From there `figure` rounds it;
//! where the two points do not round alike, `fixed` decides by exact arithmetic.
//!
//! Of several roots the positive one nearest zero counts, zero itself first; if there is none up to 10^6, the negative one
//! nearest zero. That is the rule of the United Kingdom's MCOB 10.3, and other laws have none.

mod appendix_j;
mod aprc;
#[cfg(test)]
mod bounds_tests;
mod curve;
mod double;
mod equation;
mod figure;
mod fixed;
mod flows;
mod isolate;
mod itemised;
mod loan;
mod of_loan;
mod solve;

use core::cmp::Ordering;

use crate::date::CivilDate;
use crate::error::{LoanError, Message};
use crate::rate::PublishedRate;
use crate::terms::Interval;
pub use appendix_j::UnitPeriod;
pub use aprc::AprcTime;
use equation::Side;
pub(crate) use equation::gcd;
pub use equation::{Part, Term};
use figure::{Figure, Place, Precision};
use fixed::Polynomial;
pub use flows::{Convention, PeriodFlow, apr_of_flows, irr, xirr};
pub use itemised::{ItemRate, Itemised};
pub use of_loan::Cost;

/// Why there is no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateError {
    /// No flows, all zero, or all of one sign.
    NoSignChange,
    /// The flows change sign, and no rate above −1 and up to 10^6 makes them worth nothing; at the highest rates their
    /// value has the sign that it has at zero.
    NoRoot,
    /// The rate is above 10^6.
    CostOutOfRange,
    /// The value comes so close to zero that it cannot be told whether it reaches it, or the dates need more digits than any
    /// calendar has.
    Undecided,
}

impl RateError {
    /// Stable, for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            RateError::NoSignChange => "no_sign_change",
            RateError::NoRoot => "no_root",
            RateError::CostOutOfRange => "cost_out_of_range",
            RateError::Undecided => "rate_undecided",
        }
    }

    /// For people.
    #[must_use]
    pub fn message(self) -> Message {
        let (zh_cn, en) = match self {
            RateError::NoSignChange => (
                "现金流须有收有付，才有内部收益率。",
                "A rate needs money going both ways: the flows have no change of sign.",
            ),
            RateError::NoRoot => (
                "−100 % 与 100,000,000 % 之间没有利率能使这些现金流的现值为零。",
                "No rate between −100 % and 100,000,000 % makes these flows worth nothing.",
            ),
            RateError::CostOutOfRange => {
                ("利率超过 100,000,000 %，不予公布。", "The rate is above 1,000,000, that is 100,000,000 %.")
            }
            RateError::Undecided => (
                "无法确定这些现金流的现值是否到达零。",
                "It cannot be told whether these flows ever are worth nothing.",
            ),
        };
        Message::new(zh_cn, en)
    }

    /// The same as the one issue of a [`LoanError`].
    #[must_use]
    pub fn at(self, field: &str) -> LoanError {
        LoanError::one(self.code(), field, self.message())
    }
}

/// A loan whose payments lie one unit-period apart.
#[derive(Clone, Copy, Debug)]
pub struct UnitFlows<'a> {
    /// What the borrower receives, less what is paid that day; in minor units.
    pub at_start: i64,
    /// What the borrower pays, each one period after the one before; in minor units.
    pub payments: &'a [i64],
    /// Whole periods to the first payment.
    pub first_whole: u32,
    /// And the fraction of one.
    pub part: Part,
}

/// A loan by its dates, for the laws that place payments in their own way.
#[derive(Clone, Copy, Debug)]
pub struct LoanFlows<'a> {
    /// What the borrower receives, less what is paid that day; in minor units.
    pub at_start: i64,
    /// That day.
    pub disbursement_date: CivilDate,
    /// What the borrower pays; in minor units.
    pub payments: &'a [i64],
    /// The days on which it is due, before any roll: one for each payment.
    pub due_dates: &'a [CivilDate],
    /// From one due date to the next.
    pub every: Interval,
}

/// Where a root's flows are.
#[derive(Clone, Debug)]
enum Flows<'a> {
    Unit(UnitFlows<'a>),
    Dated { at_start: i64, payments: &'a [i64], times: &'a [u32] },
    Terms(Vec<Term>),
}

impl Flows<'_> {
    #[inline(never)]
    fn terms(&self) -> Vec<Term> {
        let (at_start, payments, part) = match self {
            Flows::Unit(flows) => (flows.at_start, flows.payments, flows.part),
            Flows::Dated { at_start, payments, .. } => (*at_start, *payments, Part::NONE),
            Flows::Terms(terms) => return terms.clone(),
        };
        let mut terms = Vec::with_capacity(1 + payments.len());
        terms.push(Term { amount: at_start.into(), whole: 0, part: Part::NONE });
        for (index, &payment) in payments.iter().enumerate() {
            let whole = match self {
                Flows::Dated { times, .. } => times.get(index).copied().map(u64::from),
                Flows::Unit(flows) => Some(u64::from(flows.first_whole) + index as u64),
                Flows::Terms(_) => None,
            };
            let Some(whole) = whole else { break };
            terms.push(Term { amount: -i128::from(payment), whole, part });
        }
        equation::normalise(terms)
    }
}

/// The exact rate of a list of flows, from which figures are rounded: each from the root itself, never from another figure.
#[derive(Clone, Debug)]
pub struct Root<'a> {
    flows: Flows<'a>,
    /// (1 + z)^degree = 1 + rate.
    degree: u64,
    place: Place,
}

/// A figure of a root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateFigure {
    /// The rate itself: per period, or a year for flows with dates.
    Rate,
    /// rate per period × numerator/denominator: a nominal rate.
    Times(u64, u64),
    /// (1 + rate per period)^(numerator/denominator) − 1: an effective rate.
    Compounded(u64, u64),
}

impl Root<'_> {
    /// The rate itself: per period, or a year for flows with dates.
    ///
    /// # Errors
    /// [`RateError::CostOutOfRange`] above 10^6, and [`RateError::Undecided`] as it says.
    pub fn rate(&self) -> Result<PublishedRate, RateError> {
        self.figure(RateFigure::Rate)
    }

    /// rate per period × numerator/denominator: a nominal rate. For flows in unit-periods.
    ///
    /// # Errors
    /// As [`Root::rate`].
    pub fn times(&self, numerator: u64, denominator: u64) -> Result<PublishedRate, RateError> {
        self.figure(RateFigure::Times(numerator, denominator))
    }

    /// (1 + rate per period)^(numerator/denominator) − 1: an effective rate. For flows in unit-periods.
    ///
    /// # Errors
    /// As [`Root::rate`].
    pub fn compounded(&self, numerator: u64, denominator: u64) -> Result<PublishedRate, RateError> {
        self.figure(RateFigure::Compounded(numerator, denominator))
    }

    /// A figure, rounded from the exact root.
    ///
    /// # Errors
    /// As [`Root::rate`].
    pub fn figure(&self, figure: RateFigure) -> Result<PublishedRate, RateError> {
        self.figure_with(figure, Precision::Published)
    }

    /// A figure to so many decimals, ten at most, half away from zero: from the exact root too, so that a rate shown as
    /// "3.1 %" is never a rounding of a rounding.
    ///
    /// # Errors
    /// As [`Root::rate`].
    pub fn figure_to(&self, figure: RateFigure, decimals: u32) -> Result<PublishedRate, RateError> {
        self.figure_with(figure, Precision::Decimals(decimals))
    }

    fn figure_with(&self, figure: RateFigure, precision: Precision) -> Result<PublishedRate, RateError> {
        figure::publish(self, self.formula(figure), precision)
    }

    /// ln(1 + z) nearly, a place to start from in the search for a neighbouring root; zero where that says nothing.
    pub(crate) fn theta(&self) -> f64 {
        match self.place {
            Place::Between { side: Side::Positive, near, .. } => -libm::log1p(-near.below_one()),
            _ => 0.0,
        }
    }

    /// Whether the exact root of the flows gives this figure to its last digit: a check that asks the equation itself, by
    /// exact arithmetic, and not the way on which the root was found.
    ///
    /// # Errors
    /// [`RateError::Undecided`] where the numbers outgrow that arithmetic.
    pub fn certifies(&self, figure: RateFigure, claimed: PublishedRate) -> Result<bool, RateError> {
        figure::certifies(self, self.formula(figure), claimed)
    }

    fn formula(&self, figure: RateFigure) -> Figure {
        match figure {
            RateFigure::Rate if self.degree == 1 => Figure::Times(1, 1),
            RateFigure::Rate => Figure::Power(self.degree, 1),
            RateFigure::Times(numerator, denominator) => Figure::Times(numerator, denominator),
            RateFigure::Compounded(numerator, denominator) => Figure::Power(numerator, denominator),
        }
    }

    /// Whether these are payments at whole unit-periods, the first after one.
    fn starts_after_one_period(&self) -> bool {
        matches!(&self.flows, Flows::Unit(flows) if flows.first_whole == 1 && flows.part.is_none())
    }

    fn polynomial(&self, side: Side) -> Option<Polynomial> {
        Polynomial::of(&equation::on_side(&self.flows.terms(), side))
    }
}

/// The rate per unit-period of a loan.
///
/// # Errors
/// Where there is no rate: see [`RateError`].
pub fn irr_of_schedule(flows: UnitFlows) -> Result<Root, RateError> {
    irr_near(flows, 0.0)
}

/// The same, looked for from ln(1 + z) = `start` on: the nearer it is, the sooner the root is found, and whatever it is,
/// the same root.
pub(crate) fn irr_near(flows: UnitFlows, start: f64) -> Result<Root, RateError> {
    let walk = loan::Regular { first_whole: flows.first_whole, part: flows.part.as_f64() };
    root_of(Flows::Unit(flows), &walk, flows.at_start, flows.payments, 1, start)
}

/// The effective annual rate of a loan, actual days over 365. `days` counts from the advance to each payment.
///
/// # Errors
/// Where there is no rate: see [`RateError`].
pub fn xirr_of_schedule(at_start: i64, payments: &[i64], days: &[u32]) -> Result<PublishedRate, RateError> {
    xirr_root_of_schedule(at_start, payments, days)?.rate()
}

/// The same before rounding.
///
/// # Errors
/// Where there is no rate: see [`RateError`].
pub fn xirr_root_of_schedule<'a>(at_start: i64, payments: &'a [i64], days: &'a [u32]) -> Result<Root<'a>, RateError> {
    effective_of_schedule(at_start, payments, days, 365, 0.0)
}

/// The effective rate of a loan whose payments lie `times` units after the advance, `per_year` of which make a year; looked
/// for from `start` on, as in [`irr_near`].
fn effective_of_schedule<'a>(
    at_start: i64,
    payments: &'a [i64],
    times: &'a [u32],
    per_year: u64,
    start: f64,
) -> Result<Root<'a>, RateError> {
    let flows = Flows::Dated { at_start, payments, times };
    let mut walk = loan::Dated::new(times);
    if walk.measure() && times.len() == payments.len() {
        root_of(flows, &walk, at_start, payments, per_year, start)
    } else {
        root_of_terms(flows, per_year)
    }
}

fn root_of<'a, W: loan::Walk>(
    flows: Flows<'a>,
    walk: &W,
    at_start: i64,
    payments: &[i64],
    degree: u64,
    start: f64,
) -> Result<Root<'a>, RateError> {
    let is_ordinary = at_start > 0 && payments.iter().all(|&payment| payment >= 0);
    if is_ordinary {
        let total: i128 = payments.iter().map(|&payment| i128::from(payment)).sum();
        if total == i128::from(at_start) {
            return Ok(Root { flows, degree, place: Place::Zero });
        }
        if total > i128::from(at_start)
            && let Some((near, far)) = loan::bracket(walk, at_start, payments, start)
        {
            let place = Place::Between { side: Side::Positive, near, far, near_sign: Ordering::Less };
            return Ok(Root { flows, degree, place });
        }
    }
    root_of_terms(flows, degree)
}

fn root_of_terms(flows: Flows, degree: u64) -> Result<Root, RateError> {
    let place = solve::place(&flows.terms(), degree)?;
    Ok(Root { flows, degree, place })
}
