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
    amounts: Vec<f64>,
    wholes: Vec<f64>,
    /// Empty where no term has a fraction.
    parts: Vec<f64>,
    /// For each term, which of `gaps` lies between it and the one before.
    gap_indices: Vec<u32>,
    gaps: Vec<u64>,
    /// base^gap, at the point of the last evaluation.
    factors: Vec<f64>,
    relative_error: f64,
}

impl Curve {
    pub fn new(terms: &[Term]) -> Self {
        let mut curve = Curve {
            amounts: terms.iter().map(|term| term.amount as f64).collect(),
            wholes: terms.iter().map(|term| term.whole as f64).collect(),
            parts: Vec::new(),
            gap_indices: Vec::with_capacity(terms.len()),
            gaps: Vec::new(),
            factors: Vec::new(),
            relative_error: 0.0,
        };
        if terms.iter().any(|term| !term.part.is_none()) {
            curve.parts = terms.iter().map(|term| term.part.as_f64()).collect();
        }
        let mut before = 0;
        for term in terms {
            let gap = term.whole - before;
            before = term.whole;
            // A few different ones as a rule, the last one most likely.
            let index = curve.gaps.iter().rposition(|&known| known == gap).unwrap_or(curve.gaps.len());
            if index == curve.gaps.len() {
                curve.gaps.push(gap);
            }
            curve.gap_indices.push(index as u32);
        }
        curve.factors = vec![1.0; curve.gaps.len()];
        curve.relative_error = (2.0 * terms.len() as f64 + 40.0) * ROUNDING + before as f64 * PRODUCT_ERROR * 1.01;
        curve
    }

    /// The relative error of a sum of terms of one sign.
    pub fn relative_error(&self) -> f64 {
        self.relative_error
    }

    /// Calls `visit` with each term's index, its present value factor and, where it has a fraction, that fraction's own
    /// share of the time (σ = f(1 + z)/(1 + f·z), at most 1).
    fn visit(&mut self, base: Double, mut visit: impl FnMut(usize, f64, f64)) {
        for (factor, &gap) in self.factors.iter_mut().zip(&self.gaps) {
            *factor = base.power(gap).hi;
        }
        let below_one = base.below_one();
        let mut power = 1.0;
        for (index, &gap_index) in self.gap_indices.iter().enumerate() {
            power *= self.factors[gap_index as usize];
            match self.parts.get(index) {
                Some(&part) if part > 0.0 => {
                    // 1 / (1 + f·z) = b / (b + f(1 − b)).
                    let divisor = base.hi + part * below_one;
                    visit(index, power * (base.hi / divisor), part / divisor);
                }
                _ => visit(index, power, 0.0),
            }
        }
    }

    /// The moments of the positive terms and, with their signs turned, of the negative ones.
    pub fn moments(&mut self, base: Double) -> (Moments, Moments) {
        let (mut positive, mut negative) = (Moments::default(), Moments::default());
        let (amounts, wholes) = (core::mem::take(&mut self.amounts), core::mem::take(&mut self.wholes));
        self.visit(base, |index, factor, part_time| {
            let sums = if amounts[index] > 0.0 { &mut positive } else { &mut negative };
            let (value, time) = (amounts[index].abs() * factor, wholes[index] + part_time);
            sums.value += value;
            sums.first += value * time;
            sums.second += value * time * time;
        });
        (self.amounts, self.wholes) = (amounts, wholes);
        (positive, negative)
    }

    /// Value and derivatives, for the search that must not overlook a root.
    pub fn local(&mut self, base: Double) -> Local {
        let (mut value, mut slope, mut curvature) = (0.0, 0.0, 0.0);
        let mut sizes = [0.0; 4];
        let (amounts, wholes) = (core::mem::take(&mut self.amounts), core::mem::take(&mut self.wholes));
        self.visit(base, |index, factor, part_time| {
            let amount = amounts[index] * factor;
            let time = wholes[index] + part_time;
            value += amount;
            slope -= amount * time;
            // The time of a fraction itself moves with θ, at the rate of σ(1 − σ).
            curvature += amount * (time * time - part_time * (1.0 - part_time));
            let time_max = if part_time > 0.0 { wholes[index] + 1.0 } else { time };
            let mut size = amount.abs();
            for sum in &mut sizes {
                *sum += size;
                size *= time_max;
            }
        });
        (self.amounts, self.wholes) = (amounts, wholes);
        let error = self.relative_error;
        // With a fraction the third derivative is at most (t³ + 3/4·t + 1/10) times the value, t ≥ 1: below 2t³.
        let third_bound = sizes[3] * if self.parts.is_empty() { 1.0 + 1e-9 } else { 2.0 };
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
