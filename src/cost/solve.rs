//! The general way to a root: which side of zero, how many sign changes, a bracket, and the bracket made narrow.

use core::cmp::Ordering;

use super::RateError;
use super::curve::{Curve, Moments};
use super::double::Double;
use super::equation::{Side, Term, on_side, sign_changes, total};
use super::figure::Place;
use super::isolate::{self, Isolated};

/// Steps toward a root inside its bracket: halving alone needs about 60 for a float's digits.
const STEPS_MAX: usize = 200;
/// Rates are looked for up to here, twice as far as they are published, so that a root at the limit has two sides.
const RATE_SEARCHED_MAX: f64 = 2e6;
/// Below a rate of zero the search ends at 1 + rate = e^−92, 10^−40: amounts have at most 31 digits.
const THETA_MAX: f64 = 92.0;

/// The root nearest to zero, zero itself first, then the positive ones, then the negative ones.
pub(super) fn place(terms: &[Term], degree: u64) -> Result<Place, RateError> {
    let changes = sign_changes(terms);
    if changes == 0 {
        return Err(RateError::NoSignChange);
    }
    let near_sign = total(terms).cmp(&0);
    if near_sign == Ordering::Equal {
        return Ok(Place::Zero);
    }
    if changes == 1 {
        // At a high rate only the first flow is left, at a low one only the last: the sign at zero tells the side.
        let first_sign = terms[0].amount.cmp(&0);
        let side = if near_sign == first_sign { Side::Negative } else { Side::Positive };
        let terms = on_side(terms, side);
        let mut curve = Curve::new(&terms);
        let theta_max = theta_max(side, degree);
        let far = Double::base_at(theta_max);
        let sign_at_limit = sign(&curve.moments(far), curve.relative_error());
        if sign_at_limit == Some(near_sign) {
            return Err(if side == Side::Positive { RateError::CostOutOfRange } else { RateError::NoRoot });
        }
        return Ok(narrowed(&mut curve, side, Double::ONE, far, near_sign));
    }
    let mut outcome = RateError::NoRoot;
    for side in [Side::Positive, Side::Negative] {
        let terms = on_side(terms, side);
        let mut curve = Curve::new(&terms);
        match isolate::nearest(&terms, &mut curve, side, degree, theta_max(side, degree), near_sign)? {
            Isolated::Between { near, far } => return Ok(narrowed(&mut curve, side, near, far, near_sign)),
            Isolated::Exactly { near, far, units } => return Ok(Place::Exactly { side, near, far, units }),
            Isolated::Touching { near, far } => return Ok(Place::Touching { side, near, far }),
            // Such a root is no rate that anyone could be told, so it does not keep one below zero from counting.
            Isolated::Beyond if side == Side::Positive => outcome = RateError::CostOutOfRange,
            Isolated::Beyond | Isolated::None => {}
        }
    }
    Err(outcome)
}

fn theta_max(side: Side, degree: u64) -> f64 {
    match side {
        Side::Positive => libm::log1p(RATE_SEARCHED_MAX) / degree as f64,
        Side::Negative => THETA_MAX,
    }
}

/// The sign of the value, where the floats are certain of it.
fn sign((positive, negative): &(Moments, Moments), relative_error: f64) -> Option<Ordering> {
    let difference = positive.value - negative.value;
    let error = relative_error * (positive.value + negative.value);
    (difference.abs() > error).then_some(if difference > 0.0 { Ordering::Greater } else { Ordering::Less })
}

/// Makes a bracket with one root as narrow as the floats can certify.
fn narrowed(curve: &mut Curve, side: Side, near: Double, far: Double, near_sign: Ordering) -> Place {
    let error = curve.relative_error();
    let (mut near, mut far) = (near, far);
    let mut base = near;
    let mut reach = f64::INFINITY;
    for _ in 0..STEPS_MAX {
        let moments = curve.moments(base);
        let (positive, negative) = &moments;
        let slope = negative.first / negative.value - positive.first / positive.value;
        match sign(&moments, error) {
            Some(found) if found == near_sign => near = base,
            Some(_) => far = base,
            None => {
                reach = 3.0 * error / slope.abs();
                break;
            }
        }
        let shift = step(positive, negative);
        let moved = base.moved(shift).filter(|moved| is_between(*moved, near, far));
        if moved.is_some() && shift.abs() * slope.abs() < error {
            reach = 4.0 * error / slope.abs();
            break;
        }
        base = match moved {
            Some(moved) => moved,
            None => match middle(near, far) {
                Some(middle) => middle,
                None => break,
            },
        };
    }
    // Both ends close to the root, at a distance where the signs are certain again.
    let mut has_near = false;
    let mut has_far = false;
    while reach.is_finite() && !(has_near && has_far) {
        let candidates = (base.moved(-reach), base.moved(reach));
        if let (false, (Some(candidate), _)) = (has_near, candidates) {
            let is_inside = is_between(candidate, near, far);
            if !is_inside || sign(&curve.moments(candidate), error) == Some(near_sign) {
                near = if is_inside { candidate } else { near };
                has_near = true;
            }
        } else {
            has_near = true;
        }
        if let (false, (_, Some(candidate))) = (has_far, candidates) {
            let is_inside = is_between(candidate, near, far);
            if !is_inside || sign(&curve.moments(candidate), error) == Some(near_sign.reverse()) {
                far = if is_inside { candidate } else { far };
                has_far = true;
            }
        } else {
            has_far = true;
        }
        reach *= 8.0;
    }
    Place::Between { side, near, far, near_sign }
}

/// Toward the zero of ln(negative/positive), which is nearly a parabola in θ: its nearer root, or Newton's step.
fn step(positive: &Moments, negative: &Moments) -> f64 {
    let excess = libm::log(negative.value / positive.value);
    let mean = |moments: &Moments| moments.first / moments.value;
    let variance = |moments: &Moments| moments.second / moments.value - mean(moments) * mean(moments);
    let slope = mean(negative) - mean(positive);
    let bend = variance(negative) - variance(positive);
    let discriminant = slope * slope - 2.0 * bend * excess;
    if discriminant > 0.0 {
        let root = if slope < 0.0 { -discriminant.sqrt() } else { discriminant.sqrt() };
        2.0 * excess / (slope + root)
    } else {
        excess / slope
    }
}

/// Strictly between, so that the bracket shrinks.
fn is_between(base: Double, near: Double, far: Double) -> bool {
    let before = |left: Double, right: Double| left.hi > right.hi || (left.hi >= right.hi && left.lo > right.lo);
    before(near, base) && before(base, far)
}

/// Half way in θ where the bracket is wide, half way in the base where it is narrow.
fn middle(near: Double, far: Double) -> Option<Double> {
    let middle = if far.hi < 0.25 * near.hi {
        Double::exact((near.hi * far.hi).sqrt())
    } else {
        let distance = (near.below_one() + far.below_one()) / 2.0;
        if distance < 0.5 { Double::one_minus(distance) } else { Double::exact((near.hi + far.hi) / 2.0) }
    };
    is_between(middle, near, far).then_some(middle)
}
