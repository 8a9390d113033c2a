//! The value of a list of terms as a function of θ = ln(1 + z), in plain floats with a proven bound of the rounding error.
//!
//! All terms of one sign are added up by themselves, so that every intermediate is a sum of positive numbers and each
//! operation adds at most one rounding to the relative error. A term j takes 2 roundings for each step of its power, a few
//! for its fraction, and one for each addition after it: (2·terms + 40)·2^−53 covers them with room to spare. Underflow is
//! harmless: it moves a sum by less than 2^−900, and the first term alone is worth more than 2^−140.

use super::double::{Double, PRODUCT_ERROR, ROUNDING};
use super::equation::Term;

/// Sums over the terms of one sign: present value, and its first and second moments of time.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    pub value: f64,
    pub first: f64,
    pub second: f64,
}

/// Value and derivatives by θ at a point, each with the bound of its error.
#[derive(Clone, Copy, Debug)]
pub(super) struct Local {
    pub value: f64,
    pub slope: f64,
    pub curvature: f64,
    pub value_error: f64,
    pub slope_error: f64,
    pub curvature_error: f64,
    /// No third derivative from here outward is larger.
    pub third_bound: f64,
}

/// The terms of one side, prepared for evaluation.
pub(super) struct Curve {
    points: Vec<Point>,
    gaps: Vec<Gap>,
    has_parts: bool,
    relative_error: f64,
}

/// A term in floats.
struct Point {
    amount: f64,
    whole: f64,
    /// Zero where it has no fraction.
    part: f64,
    /// Which of the gaps lies between it and the term before.
    gap_index: usize,
}

/// A distance between two terms.
struct Gap {
    length: u64,
    /// base^length, at the point of the last evaluation.
    factor: f64,
}

impl Curve {
    #[inline(never)]
    pub fn new(terms: &[Term]) -> Self {
        let mut points = Vec::with_capacity(terms.len());
        let mut gaps: Vec<Gap> = Vec::new();
        let mut has_parts = false;
        let mut before = 0;
        for term in terms {
            let length = term.whole - before;
            before = term.whole;
            // A few different ones as a rule, the last one most likely.
            let gap_index = gaps.iter().rposition(|known| known.length == length).unwrap_or(gaps.len());
            if gap_index == gaps.len() {
                gaps.push(Gap { length, factor: 1.0 });
            }
            has_parts |= !term.part.is_none();
            let (amount, whole, part) = (term.amount as f64, term.whole as f64, term.part.as_f64());
            points.push(Point { amount, whole, part, gap_index });
        }
        let relative_error = (2.0 * terms.len() as f64 + 40.0) * ROUNDING + before as f64 * PRODUCT_ERROR * 1.01;
        Curve { points, gaps, has_parts, relative_error }
    }

    /// The relative error of a sum of terms of one sign.
    pub fn relative_error(&self) -> f64 {
        self.relative_error
    }

    /// Calls `visit` with each point, its present value factor and, where it has a fraction, that fraction's own share of
    /// the time (σ = f(1 + z)/(1 + f·z), at most 1).
    fn visit(&mut self, base: Double, mut visit: impl FnMut(&Point, f64, f64)) {
        for gap in &mut self.gaps {
            gap.factor = base.power(gap.length).hi;
        }
        let below_one = base.below_one();
        let mut power = 1.0;
        for point in &self.points {
            power *= self.gaps[point.gap_index].factor;
            if point.part > 0.0 {
                // 1 / (1 + f·z) = b / (b + f(1 − b)).
                let divisor = base.hi + point.part * below_one;
                visit(point, power * (base.hi / divisor), point.part / divisor);
            } else {
                visit(point, power, 0.0);
            }
        }
    }

    /// The moments of the positive terms and, with their signs turned, of the negative ones.
    pub fn moments(&mut self, base: Double) -> (Moments, Moments) {
        let (mut positive, mut negative) = (Moments::default(), Moments::default());
        self.visit(base, |point, factor, part_time| {
            let sums = if point.amount > 0.0 { &mut positive } else { &mut negative };
            let (value, time) = (point.amount.abs() * factor, point.whole + part_time);
            sums.value += value;
            sums.first += value * time;
            sums.second += value * time * time;
        });
        (positive, negative)
    }

    /// Value and derivatives, for the search that must not overlook a root.
    pub fn local(&mut self, base: Double) -> Local {
        let (mut value, mut slope, mut curvature) = (0.0, 0.0, 0.0);
        let mut sizes = [0.0; 4];
        self.visit(base, |point, factor, part_time| {
            let amount = point.amount * factor;
            let time = point.whole + part_time;
            value += amount;
            slope -= amount * time;
            // The time of a fraction itself moves with θ, at the rate of σ(1 − σ).
            curvature += amount * (time * time - part_time * (1.0 - part_time));
            let time_max = if part_time > 0.0 { point.whole + 1.0 } else { time };
            let mut size = amount.abs();
            for sum in &mut sizes {
                *sum += size;
                size *= time_max;
            }
        });
        let error = self.relative_error;
        // With a fraction the third derivative is at most (t³ + 3/4·t + 1/10) times the value, t ≥ 1: below 2t³.
        let third_bound = sizes[3] * if self.has_parts { 2.0 } else { 1.0 + 1e-9 };
        Local {
            value,
            slope,
            curvature,
            value_error: error * sizes[0],
            slope_error: error * sizes[1],
            curvature_error: error * sizes[2],
            third_bound,
        }
    }
}
