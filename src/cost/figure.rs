//! From a root to a published figure: each is rounded from the exact root, never from another rounded figure.
//!
//! The root is known to lie between two bases. Both ends are carried through the figure's formula with a bound of the
//! error; where they round to the same number, that is the answer. Otherwise the rounding boundaries between them are
//! asked one by one, by the exact sign of the value there, so that also a root that *is* a boundary is rounded half away
//! from zero.

use core::cmp::Ordering;

use super::double::{Double, PRODUCT_ERROR, ROUNDING};
use super::equation::{Side, gcd};
use super::fixed::{BaseForm, Polynomial};
use super::{RateError, Root};
use crate::exact::Big;
use crate::rate::{DECIMALS, PublishedRate, SIGNIFICANT_DIGITS};

/// Above this a rate is not published.
const RATE_MAX: u32 = 1_000_000;
/// Numerators and denominators of a figure's factor stay below 2^32, so that no product here can overflow.
const FACTOR_MAX: u64 = u32::MAX as u64;
/// Those of an exponent, and the degree of an equation: their prime factors are looked for one by one.
pub(super) const EXPONENT_MAX: u64 = 1_000_000_000_000;

/// A figure as a function of the root.
#[derive(Clone, Copy, Debug)]
pub(super) enum Figure {
    /// z · numerator/denominator; only where the degree is 1.
    Times(u64, u64),
    /// (1 + z)^(numerator/denominator) − 1.
    Power(u64, u64),
}

/// Where the root is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// The rate is zero.
    Zero,
    /// Between two bases; `near`, the larger, lies nearer to a rate of zero, and the value has `near_sign` there.
    Between { side: Side, near: Double, far: Double, near_sign: Ordering },
    /// The rate is so many units of the last published decimal exactly, a root that touches zero; between the two bases,
    /// too.
    Exactly { side: Side, near: Double, far: Double, units: u64 },
    /// Between two bases, where the value touches zero; see `isolate`.
    Touching { side: Side, near: Double, far: Double },
}

/// To how many decimals a figure is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Precision {
    /// As rates are published: ten decimals, and from 100 up twelve significant digits.
    Published,
    /// So many, ten at most: as laws want rates shown.
    Decimals(u32),
}

impl Precision {
    fn decimals_of(self, magnitude: f64) -> u32 {
        match self {
            Precision::Published => published_decimals(magnitude),
            Precision::Decimals(decimals) => decimals.min(DECIMALS),
        }
    }

    /// Rounded half away from zero.
    #[inline]
    fn rounded(self, magnitude: f64) -> Digits {
        let decimals = self.decimals_of(magnitude);
        let scaled = magnitude * POWERS_OF_TEN[decimals as usize];
        // Not negative: the cut is the whole part.
        let whole = scaled as i64;
        (whole + i64::from(scaled - whole as f64 >= 0.5), decimals)
    }
}

/// A positive fraction below 2^64 / 2^36: a rounding boundary, without its sign.
#[derive(Clone, Copy)]
struct Boundary {
    numerator: u128,
    denominator: u128,
}

pub(super) fn publish(root: &Root, figure: Figure, precision: Precision) -> Result<PublishedRate, RateError> {
    let (side, near, far) = match root.place {
        Place::Zero => return Ok(PublishedRate::ZERO),
        Place::Between { side, near, far, .. }
        | Place::Exactly { side, near, far, .. }
        | Place::Touching { side, near, far } => (side, near, far),
    };
    let figure = lowest_terms(figure)?;
    let low = magnitude(side, near, figure).0;
    let high = magnitude(side, far, figure).1;
    if low > f64::from(RATE_MAX) {
        return Err(RateError::CostOutOfRange);
    }
    if matches!(root.place, Place::Touching { .. }) {
        // Two roots so close together that they count as one: in the middle, and not certified.
        return Ok(signed(side, precision.rounded((low + high) / 2.0)));
    }
    if high <= f64::from(RATE_MAX) {
        let (nearest, farthest) = (precision.rounded(low), precision.rounded(high));
        if nearest == farthest {
            return Ok(signed(side, nearest));
        }
        if let Figure::Power(numerator, denominator @ 2..) = figure {
            let certain = |digits| is_certain(side, near, far, numerator, denominator, digits);
            for digits in &[precision.rounded((low + high) / 2.0), nearest, farthest] {
                if certain(*digits) {
                    return Ok(signed(side, *digits));
                }
            }
        }
    }
    Resolver::new(root, side, figure).resolve(low, high, precision).map(|digits| signed(side, digits))
}

/// Whether the exact root rounds to `claimed`, by the exact sign of the value half a unit of the last place below and above
/// it, and by nothing that was used to find the root. Of several roots any one would do: that none lies nearer to zero is
/// what `isolate` proves.
pub(super) fn certifies(root: &Root, figure: Figure, claimed: PublishedRate) -> Result<bool, RateError> {
    let side = match root.place {
        Place::Zero => return Ok(claimed == PublishedRate::ZERO),
        Place::Exactly { .. } | Place::Touching { .. } => {
            return Ok(publish(root, figure, Precision::Published)? == claimed);
        }
        Place::Between { side, .. } => side,
    };
    let is_on_side = claimed.mantissa() == 0 || (claimed.mantissa() > 0) == (side == Side::Positive);
    if !is_on_side {
        return Ok(false);
    }
    let resolver = Resolver::new(root, side, lowest_terms(figure)?);
    let unit = power_of_ten(claimed.scale());
    let digits = claimed.mantissa().unsigned_abs();
    // Digits of the whole number, at this rate and just below it: the half unit below 100 is one of ten decimals.
    let decimals_at = |digits: u128| match (digits / unit).checked_ilog10() {
        Some(exponent @ 2..=6) => SIGNIFICANT_DIGITS - 1 - exponent,
        Some(7..) => 0,
        _ => DECIMALS,
    };
    let half_units = |decimals: u32, doubled: i8| {
        let scaled = digits * power_of_ten(decimals.saturating_sub(claimed.scale()));
        let numerator = (2 * scaled).checked_add_signed(doubled.into())?;
        Some(Boundary { numerator, denominator: 2 * power_of_ten(decimals.max(claimed.scale())) })
    };
    let is_reached = match half_units(decimals_at(digits.saturating_sub(1)), -1) {
        Some(boundary) => resolver.compare_by_sign(boundary)? != Ordering::Less,
        None => true,
    };
    let is_below_next = match half_units(decimals_at(digits), 1) {
        Some(boundary) => resolver.compare_by_sign(boundary)? == Ordering::Less,
        None => false,
    };
    Ok(is_reached && is_below_next)
}

fn lowest_terms(figure: Figure) -> Result<Figure, RateError> {
    let (Figure::Times(numerator, denominator) | Figure::Power(numerator, denominator)) = figure;
    // Most are whole numbers, and a division of 128 bits takes as long as a pass over some rows.
    let divisor = if denominator == 1 { 1 } else { gcd(numerator.into(), denominator.into()) as u64 };
    if divisor == 0 || numerator == 0 || denominator == 0 {
        return Err(RateError::CostOutOfRange);
    }
    let (numerator, denominator) = (numerator / divisor, denominator / divisor);
    match figure {
        Figure::Times(..) if numerator.max(denominator) <= FACTOR_MAX => Ok(Figure::Times(numerator, denominator)),
        Figure::Power(..) if numerator.max(denominator) <= EXPONENT_MAX => Ok(Figure::Power(numerator, denominator)),
        Figure::Times(..) | Figure::Power(..) => Err(RateError::CostOutOfRange),
    }
}

/// |figure| at a base, from below and from above.
fn magnitude(side: Side, base: Double, figure: Figure) -> (f64, f64) {
    let (value, error) = match figure {
        Figure::Times(numerator, denominator) => {
            let distance = base.below_one();
            let rate = if side == Side::Positive { distance / base.hi } else { distance };
            (rate * (numerator as f64 / denominator as f64), 0.0)
        }
        Figure::Power(exponent, 1) => {
            let power = base.power(exponent);
            let distance = power.below_one();
            let value = if side == Side::Positive { distance / power.hi } else { distance };
            (value, exponent as f64 * PRODUCT_ERROR * 2.0 * (1.0 + value))
        }
        Figure::Power(numerator, denominator) => {
            // No more than a guess, since the library's power comes without a bound: wide enough to be checked.
            let exponent = numerator as f64 / denominator as f64;
            let growth = libm::expm1(-libm::log1p(-base.below_one()) * exponent);
            let value = if side == Side::Positive { growth } else { growth / (1.0 + growth) };
            (value, value * 1e-12)
        }
    };
    // Seven roundings at most above, one here and one where the digits are taken.
    let error = error + value * (16.0 * ROUNDING);
    let widest = if value.is_finite() { (value - error, value + error) } else { (0.0, f64::INFINITY) };
    (f64::max(widest.0, 0.0), widest.1)
}

/// Digits of a rate without its sign: whole number and decimals.
type Digits = (i64, u32);

fn signed(side: Side, (digits, decimals): Digits) -> PublishedRate {
    PublishedRate::new(if side == Side::Positive { digits } else { -digits }, decimals)
}

/// How many decimals a published rate of that size has.
fn published_decimals(magnitude: f64) -> u32 {
    // From 100 up three digits stand before the point, from 1,000 up four.
    let mut whole_digits = 7;
    while whole_digits > 2 && magnitude < POWERS_OF_TEN[whole_digits as usize - 1] {
        whole_digits -= 1;
    }
    if whole_digits == 2 { DECIMALS } else { SIGNIFICANT_DIGITS - whole_digits }
}

/// Of at most twelve: no more digits than a rate has.
fn power_of_ten(exponent: u32) -> u128 {
    10_u64.pow(exponent).into()
}

const POWERS_OF_TEN: [f64; 11] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

/// For a fractional exponent: whether all of the bracket rounds to `digits`, by comparing whole powers:
/// (1 + z)^numerator against (1 + boundary)^denominator.
fn is_certain(
    side: Side,
    near: Double,
    far: Double,
    numerator: u64,
    denominator: u64,
    (digits, decimals): Digits,
) -> bool {
    let scale = 2.0 * POWERS_OF_TEN[decimals as usize];
    let error = (numerator as f64 + 4.0 * denominator as f64) * PRODUCT_ERROR * 2.0;
    // growth(boundary)^denominator · base^numerator, which is 1 where the figure is the boundary.
    let below_one = |base: Double, doubled: f64| {
        let (top, bottom) = if side == Side::Positive { (scale + doubled, scale) } else { (scale, scale - doubled) };
        Double::ratio(top, bottom).power(denominator).times(base.power(numerator)).below_one()
    };
    let doubled = digits as f64 * 2.0;
    below_one(near, doubled - 1.0) > error && below_one(far, doubled + 1.0) < -error
}

/// Asks the equation itself on which side of a boundary the root lies.
struct Resolver<'a> {
    root: &'a Root<'a>,
    side: Side,
    figure: Figure,
    polynomial: Option<Polynomial>,
}

impl<'a> Resolver<'a> {
    fn new(root: &'a Root<'a>, side: Side, figure: Figure) -> Self {
        let polynomial = matches!(root.place, Place::Between { .. }).then(|| root.polynomial(side)).flatten();
        Resolver { root, side, figure, polynomial }
    }

    fn resolve(&self, low: f64, high: f64, precision: Precision) -> Result<Digits, RateError> {
        let limit = Boundary { numerator: RATE_MAX.into(), denominator: 1 };
        if high > f64::from(RATE_MAX) && self.compare(limit)? == Ordering::Greater {
            return Err(RateError::CostOutOfRange);
        }
        // The number of decimals first, where the ends differ in that.
        let mut decimals = precision.decimals_of(low);
        while decimals > 0 && precision.decimals_of(high) < decimals {
            let next = if decimals == DECIMALS { SIGNIFICANT_DIGITS - 3 } else { decimals - 1 };
            let limit = Boundary { numerator: power_of_ten(SIGNIFICANT_DIGITS - 1 - next), denominator: 1 };
            if self.compare(limit)? == Ordering::Less {
                break;
            }
            decimals = next;
        }
        // Then the largest number of units whose lower boundary the root reaches.
        let unit = POWERS_OF_TEN[decimals as usize];
        let mut reached = f64::max(low * unit - 2.0, 0.0) as u64;
        let mut not_reached = (f64::min(high, f64::from(RATE_MAX)) * unit) as u64 + 3;
        while not_reached - reached > 1 {
            let middle = reached + (not_reached - reached) / 2;
            let boundary = Boundary { numerator: u128::from(2 * middle - 1), denominator: 2 * power_of_ten(decimals) };
            if self.compare(boundary)? == Ordering::Less {
                not_reached = middle;
            } else {
                reached = middle;
            }
        }
        Ok((reached as i64, decimals))
    }

    /// The figure, without its sign, against the boundary.
    fn compare(&self, boundary: Boundary) -> Result<Ordering, RateError> {
        let Some(form) = self.base_form(boundary) else {
            return Ok(Ordering::Less);
        };
        match self.root.place {
            Place::Between { near, far, .. } => match form.beyond(near, far) {
                Some(order) => Ok(order),
                None => self.compare_form_by_sign(&form),
            },
            Place::Exactly { units, .. } => Ok(self.compare_exactly(&form, units)),
            Place::Zero | Place::Touching { .. } => Ok(Ordering::Less),
        }
    }

    /// The same for a boundary that may lie anywhere, by the sign alone: beyond the root that has been found, the answer may
    /// be about another one.
    fn compare_by_sign(&self, boundary: Boundary) -> Result<Ordering, RateError> {
        self.base_form(boundary).map_or(Ok(Ordering::Less), |form| self.compare_form_by_sign(&form))
    }

    fn compare_form_by_sign(&self, form: &BaseForm) -> Result<Ordering, RateError> {
        let polynomial = self.polynomial.as_ref().ok_or(RateError::Undecided)?;
        let sign = polynomial.sign_at(form).ok_or(RateError::Undecided)?;
        // The same sign as nearer to zero: the root is still to come.
        Ok(match self.root.place {
            _ if sign == Ordering::Equal => Ordering::Equal,
            Place::Between { near_sign, .. } if sign == near_sign => Ordering::Greater,
            _ => Ordering::Less,
        })
    }

    /// The base at which the figure is the boundary; `None` below a rate of −1.
    fn base_form(&self, Boundary { numerator, denominator }: Boundary) -> Option<BaseForm> {
        let (rate, one, exponent, root) = match self.figure {
            Figure::Times(above, below) => (numerator * u128::from(below), denominator * u128::from(above), 1, 1),
            Figure::Power(above, below) => (numerator, denominator, below, above),
        };
        let (numerator, denominator) = match self.side {
            Side::Positive => (one, one + rate),
            Side::Negative => (one.checked_sub(rate).filter(|&rest| rest > 0)?, one),
        };
        Some(BaseForm { numerator, denominator, exponent, root })
    }

    /// For a root whose base is known exactly, to the power of the degree: 1/(1 + r), or 1 − r.
    fn compare_exactly(&self, form: &BaseForm, units: u64) -> Ordering {
        let (numerator, denominator) = (u128::from(units), power_of_ten(DECIMALS));
        let (top, bottom) = match self.side {
            Side::Positive => (denominator, denominator + numerator),
            Side::Negative => (denominator - numerator, denominator),
        };
        // base^degree = top/bottom against base^root = (n/d)^exponent: the smaller base is the larger figure.
        let exponent = form.exponent.saturating_mul(self.root.degree);
        let shared = gcd(exponent.into(), form.root.into()) as u64;
        let of_root = |number: u128| Big::from(number).power(form.root / shared);
        let of_form = |number: u128| Big::from(number).power(exponent / shared);
        let (ours, theirs) = (&of_root(top) * &of_form(form.denominator), &of_root(bottom) * &of_form(form.numerator));
        theirs.cmp(&ours)
    }
}
