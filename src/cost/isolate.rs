//! The root nearest to zero where there may be several, or none: a march outward that proves of each stretch that it has
//! no root, or that the value is monotone on it.
//!
//! Over a stretch with centre c and half-width r in θ, Taylor's formula with the third derivative bounded by S gives
//! |value(θ) − value(c)| ≤ |slope|·r + |curvature|·r²/2 + S·r³/6, and the like for the slope. Where the floats have only
//! noise, the same is done in fixed point.
//!
//! A double root, where the value touches zero without crossing, has neither property on any stretch around it. When the
//! stretch is narrower than a rate can show, the rate rounded to its published digits is tried exactly; else two roots (or
//! none) that lie within [`NARROWEST`] of each other count as one root that touches. Roots that touch with a higher order
//! and are no decimal number end as `Undecided`.

use core::cmp::Ordering;

use super::RateError;
use super::curve::{Curve, Local};
use super::double::Double;
use super::equation::{Side, Term};
use super::fixed::{BaseForm, Polynomial};
use crate::rate::DECIMALS;

/// Steps in floats: some hundred are usual for a thousand flows of alternating sign.
const STEPS_MAX: usize = 20_000;
/// Steps in fixed point, which are a hundred times as slow.
const EXACT_STEPS_MAX: usize = 500;
/// In ln(1 + rate); a published rate below 100 % changes by 10^−10.
const NARROWEST: f64 = 1e-13;
/// In θ; longer steps gain nothing, since their bound of ln(1 + x) by x becomes loose.
const STEP_MAX: f64 = 0.5;

/// What the march met first.
pub(super) enum Isolated {
    /// One root, crossed, between two bases.
    Between { near: Double, far: Double },
    /// A root at exactly so many units of the last published decimal, without its sign.
    Exactly { near: Double, far: Double, units: u64 },
    /// Two roots that cannot be told apart.
    Touching { near: Double, far: Double },
    /// None up to the limit, but one beyond.
    Beyond,
    /// None up to the limit.
    None,
}

pub(super) fn nearest(
    terms: &[Term],
    curve: &mut Curve,
    side: Side,
    degree: u64,
    theta_max: f64,
    near_sign: Ordering,
) -> Result<Isolated, RateError> {
    let mut march = March { terms, curve, polynomial: None, exact_steps: 0 };
    let narrowest = NARROWEST / degree as f64;
    let mut near = Double::ONE;
    let mut third_bound = march.curve.local(near).third_bound;
    let mut theta = 0.0;
    let mut length = f64::min(STEP_MAX, theta_max / 16.0);
    for _ in 0..STEPS_MAX {
        if theta >= theta_max || only_first_counts(terms, near) {
            return Ok(if last_sign(terms) == near_sign { Isolated::None } else { Isolated::Beyond });
        }
        // A root beyond the limit is none that counts, however near to it.
        length = f64::min(length, theta_max - theta);
        let centre = Double::base_at(theta + length / 2.0);
        let far = Double::base_at(theta + length);
        let radius = f64::max(distance(near, centre), distance(centre, far));
        let local = march.curve.local(centre);
        let mut verdict = verdict(&local, third_bound, radius);
        if matches!(verdict, Verdict::Open { is_noise: true }) {
            verdict = march.exact_verdict(near, centre, radius)?;
        }
        match verdict {
            Verdict::NoRoot => {
                (near, theta) = (far, theta + length);
                third_bound = local.third_bound;
                length = f64::min(length * 2.0, STEP_MAX);
            }
            Verdict::Monotone => match march.sign_at(far)? {
                None => length *= 0.6,
                Some(sign) if sign == near_sign => {
                    (near, theta) = (far, theta + length);
                    third_bound = local.third_bound;
                    length = f64::min(length * 1.5, STEP_MAX);
                }
                Some(_) => return Ok(Isolated::Between { near, far }),
            },
            Verdict::Open { .. } => {
                length *= 0.5;
                if length < narrowest {
                    return march.touch(near, far, side, degree, near_sign, narrowest);
                }
            }
        }
    }
    Err(RateError::Undecided)
}

enum Verdict {
    NoRoot,
    Monotone,
    Open { is_noise: bool },
}

fn verdict(local: &Local, third_bound: f64, radius: f64) -> Verdict {
    let slope = local.slope.abs();
    let curvature = local.curvature.abs() + local.curvature_error;
    let bend = third_bound * radius * radius;
    let spread = (slope + local.slope_error + (curvature / 2.0 * radius)) * radius + bend * radius / 6.0;
    // The last factors cover the roundings of these few lines.
    if local.value.abs() - local.value_error > spread * (1.0 + 1e-12) {
        Verdict::NoRoot
    } else if slope - local.slope_error > (curvature * radius + bend / 2.0) * (1.0 + 1e-12) {
        Verdict::Monotone
    } else {
        Verdict::Open { is_noise: local.value.abs() < 3.0 * local.value_error || slope < 3.0 * local.slope_error }
    }
}

struct March<'a> {
    terms: &'a [Term],
    curve: &'a mut Curve,
    /// Made when first needed.
    polynomial: Option<Polynomial>,
    exact_steps: usize,
}

impl March<'_> {
    fn polynomial(&mut self) -> Result<&Polynomial, RateError> {
        self.exact_steps += 1;
        if self.exact_steps > EXACT_STEPS_MAX {
            return Err(RateError::Undecided);
        }
        let polynomial = match self.polynomial.take() {
            Some(polynomial) => polynomial,
            None => Polynomial::of(self.terms).ok_or(RateError::Undecided)?,
        };
        Ok(self.polynomial.insert(polynomial))
    }

    fn exact_verdict(&mut self, near: Double, centre: Double, radius: f64) -> Result<Verdict, RateError> {
        let polynomial = self.polynomial()?;
        let [(value, value_error), (slope, slope_error), (curvature, curvature_error)] = polynomial.local(centre);
        let third_bound = polynomial.third_bound(near);
        let local = Local { value, slope, curvature, value_error, slope_error, curvature_error, third_bound };
        Ok(verdict(&local, third_bound, radius))
    }

    fn sign_at(&mut self, base: Double) -> Result<Option<Ordering>, RateError> {
        let local = self.curve.local(base);
        let (value, error) = if local.value.abs() > local.value_error {
            (local.value, local.value_error)
        } else {
            self.polynomial()?.local(base)[0]
        };
        Ok((value.abs() > error).then_some(if value > 0.0 { Ordering::Greater } else { Ordering::Less }))
    }

    /// A stretch too narrow to divide.
    fn touch(
        &mut self,
        near: Double,
        far: Double,
        side: Side,
        degree: u64,
        near_sign: Ordering,
        narrowest: f64,
    ) -> Result<Isolated, RateError> {
        // Room on both sides: the root may lie at an end.
        let (Some(near), Some(far)) = (near.moved(-4.0 * narrowest), far.moved(4.0 * narrowest)) else {
            return Err(RateError::Undecided);
        };
        let power = far.power(degree);
        let rate = if side == Side::Positive { power.below_one() / power.hi } else { power.below_one() };
        let denominator = u128::from(10_u64.pow(DECIMALS));
        let units = libm::round(rate * 1e10) as u64;
        let numerator = u128::from(units);
        let (top, bottom) = match side {
            Side::Positive => (denominator, denominator + numerator),
            Side::Negative => (denominator.saturating_sub(numerator), denominator),
        };
        let form = BaseForm { numerator: top, denominator: bottom, exponent: 1, root: degree };
        if top > 0 && form.beyond(near, far).is_none() && self.polynomial()?.sign_at(&form) == Some(Ordering::Equal) {
            return Ok(Isolated::Exactly { near, far, units });
        }
        Ok(match self.sign_at(far)? {
            Some(sign) if sign != near_sign => Isolated::Between { near, far },
            _ => Isolated::Touching { near, far },
        })
    }
}

/// An upper bound of the distance in θ = −ln(base), by ln(x) ≤ x − 1.
fn distance(near: Double, far: Double) -> f64 {
    ((near.hi - far.hi) + (near.lo - far.lo)) / far.hi * (1.0 + 1e-12)
}

/// True where all later terms together are smaller than the first, so that no root lies farther out.
fn only_first_counts(terms: &[Term], base: Double) -> bool {
    let [first, second, ..] = terms else {
        return true;
    };
    let later: f64 = terms[1..].iter().map(|term| (term.amount as f64).abs()).sum();
    first.part.is_none() && later * base.power(second.whole).hi < (first.amount as f64).abs() * (1.0 - 1e-9)
}

/// The sign at the highest rates, where only the earliest flows count: 1/(1 + f·z) falls as 1/(f·z).
fn last_sign(terms: &[Term]) -> Ordering {
    let order = |term: &Term| term.whole + u64::from(!term.part.is_none());
    let lowest = terms.iter().map(order).min().unwrap_or(0);
    let weight = |term: &Term| term.amount as f64 / if term.part.is_none() { 1.0 } else { term.part.as_f64() };
    let sum: f64 = terms.iter().filter(|term| order(term) == lowest).map(weight).sum();
    if sum > 0.0 { Ordering::Greater } else { Ordering::Less }
}
