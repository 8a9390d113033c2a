//! The bounds that floats are trusted with, against exact arithmetic: a bound that is too small would show here before it
//! shows in any rate.

use core::cmp::Ordering;

use super::curve::Curve;
use super::double::Double;
use super::equation::{Part, Side, Term, normalise, on_side};
use super::figure::Place;
use super::fixed::Polynomial;
use super::{UnitFlows, effective_of_schedule, irr_near};

/// A fixed sequence.
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn base(&mut self) -> Double {
        match self.below(3) {
            0 => Double::one_minus(self.below(1 << 30) as f64 * 1e-11),
            1 => Double::one_minus(self.below(1 << 30) as f64 * 9e-10),
            _ => Double::exact((1 + self.below(1 << 30)) as f64 * 1e-12),
        }
    }

    fn terms(&mut self, has_parts: bool) -> Vec<Term> {
        let mut whole = 0;
        let count = 2 + self.below(60);
        let terms = (0..count).map(|_| {
            whole += 1 + self.below(3) * self.below(40);
            let part = if has_parts { Part::new(self.below(30) as u32, 30) } else { None };
            let amount = (self.below(1 << 31) as i128 - (1 << 30)) << self.below(60);
            Term { amount, whole, part: part.unwrap_or(Part::NONE) }
        });
        normalise(terms.collect())
    }
}

#[test]
fn values_and_derivatives_stay_within_their_bounds() {
    let mut sequence = Sequence(11);
    let mut closest: f64 = 0.0;
    for _ in 0..300 {
        let terms = sequence.terms(false);
        let base = sequence.base();
        let local = Curve::new(&terms).local(base);
        let exact = Polynomial::of(&terms).unwrap().local(base);
        let found = [
            (local.value, local.value_error),
            (local.slope, local.slope_error),
            (local.curvature, local.curvature_error),
        ];
        for ((value, bound), (exact, error)) in found.into_iter().zip(exact) {
            assert!((value - exact).abs() <= bound + error, "{value} {exact} {bound}");
            closest = f64::max(closest, (value - exact).abs() / (bound + f64::MIN_POSITIVE));
        }
    }
    // The bounds are not idle either: some error comes within a hundredth of its own.
    assert!(closest > 0.01, "{closest}");
}

/// Multiplied by the divisors of its fractions the value keeps its sign, and there exact arithmetic can check it.
#[test]
fn signs_with_fractions_are_those_of_the_cleared_polynomial() {
    let mut sequence = Sequence(12);
    let mut certain = 0;
    for _ in 0..300 {
        let terms = sequence.terms(true);
        for side in [Side::Positive, Side::Negative] {
            let terms = on_side(&terms, side);
            let base = sequence.base();
            let local = Curve::new(&terms).local(base);
            let (exact, error) = Polynomial::of(&terms).unwrap().local(base)[0];
            if local.value.abs() > local.value_error && exact.abs() > error {
                certain += 1;
                assert_eq!(local.value > 0.0, exact > 0.0, "{terms:?} at {base:?}");
            }
        }
    }
    assert!(certain > 500, "{certain}");
}

/// Slopes with fractions, against the difference of values close by.
#[test]
fn slopes_with_fractions_are_the_limits_of_differences() {
    let terms = [(-1_000_000, 0, 0), (300_000, 1, 16), (300_000, 2, 7), (500_000, 4, 29)];
    let terms = terms.map(|(amount, whole, numerator)| Term { amount, whole, part: Part::new(numerator, 30).unwrap() });
    let mut curve = Curve::new(&terms);
    for base in [0.999, 0.95, 0.6, 0.2, 0.01] {
        const STEP: f64 = 1e-5;
        let at = |shift: f64| Double::exact(base * libm::exp(-shift));
        let [before, here, after] = [-STEP, 0.0, STEP].map(|shift| curve.local(at(shift)));
        let slope = (after.value - before.value) / (2.0 * STEP);
        let curvature = (after.slope - before.slope) / (2.0 * STEP);
        assert!((slope - here.slope).abs() < 1e-8 * here.third_bound, "{slope} {}", here.slope);
        assert!((curvature - here.curvature).abs() < 1e-8 * here.third_bound, "{curvature} {}", here.curvature);
        assert!(((after.curvature - before.curvature) / (2.0 * STEP)).abs() <= here.third_bound);
    }
}

/// The heart of it: at both ends of every bracket the exact value has the sign that was claimed.
#[test]
fn every_bracket_has_the_root_inside() {
    let mut sequence = Sequence(13);
    for round in 0..600 {
        let count = 1 + sequence.below(120) as usize;
        let payments: Vec<i64> = (0..count).map(|_| 1 + sequence.below(1_000_000) as i64).collect();
        let total: i64 = payments.iter().sum();
        let at_start = 1 + (total as f64 * (0.001 + sequence.below(1_000) as f64 / 800.0)) as i64;
        let times: Vec<u32> = (1..=count as u32).map(|number| number * 30 + number % 3).collect();
        let part = Part::new(sequence.below(4) as u32 * 5, 30).unwrap();
        // From zero, from some place near or far, and from where a float has nothing left to say.
        let start = [0.0, 0.001, sequence.below(1_000) as f64 * 1e-3, 60.0, 1e6][sequence.below(5) as usize];
        let root = if round % 2 == 0 {
            irr_near(UnitFlows { at_start, payments: &payments, first_whole: round % 4 / 2, part }, start)
        } else {
            effective_of_schedule(at_start, &payments, &times, 365, start)
        };
        let Ok(root) = root else { continue };
        let Place::Between { side, near, far, near_sign } = root.place else { continue };
        let polynomial = root.polynomial(side).unwrap();
        for (base, expected) in [(near, near_sign), (far, near_sign.reverse())] {
            let (value, error) = polynomial.local(base)[0];
            assert!(value.abs() > error);
            assert_eq!(if value > 0.0 { Ordering::Greater } else { Ordering::Less }, expected, "{payments:?}");
        }
        // And it is as narrow as ten decimals of a year's rate need.
        assert!((near.hi - far.hi) + (near.lo - far.lo) < 1e-11 * near.hi, "{near:?} {far:?} from {start}");
    }
}
