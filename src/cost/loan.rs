//! The fast way for an ordinary loan: one advance, then payments that are never negative and come to more than it.
//!
//! ln(payments' value) falls with θ = ln(1 + z) almost in a straight line, bent only by the variance of the payments' times,
//! so that a step which takes that bend into account triples the correct digits. No memory is allocated.
//!
//! The answer is a pair of bases at which the sign of the present value is certain, one on either side of the root.

use super::curve::Moments;
use super::double::{Double, PRODUCT_ERROR, ROUNDING};

/// Far more than are ever needed: three or four suffice for rates below 100 %.
const STEPS_MAX: usize = 40;
/// Each widening makes the bracket 16 times as wide.
const WIDENINGS_MAX: usize = 4;

/// How time runs over the payments of a loan.
pub(super) trait Walk {
    /// Powers of the base, prepared once for a pass.
    type Factors;
    /// How far apart in θ two bases have to be to stay two.
    const RESOLUTION: f64;

    /// Rounds a base to one that this walk takes without error.
    fn exact_base(&self, base: Double) -> Double;
    fn factors(&self, base: Double) -> Self::Factors;
    /// The same as good as a float can say it, for a search that proves nothing: `base` is e^−θ nearly.
    fn rough_factors(&self, theta: f64, base: Double) -> Self::Factors;
    /// By how much the value of money falls from the payment before (or the advance) to this one.
    fn step(&self, factors: &Self::Factors, index: usize) -> f64;
    /// Moment of a payment, for the derivatives; needs no bound.
    fn time(&self, factors: &Self::Factors, index: usize) -> f64;
    /// How fast that moment itself grows with θ, the same for all payments.
    fn drift(&self, factors: &Self::Factors) -> f64;
    /// The relative error of the sum of the payments' values.
    fn relative_error(&self, count: usize) -> f64;
}

/// Payments one unit-period apart, all with the same fraction.
pub(super) struct Regular {
    pub first_whole: u32,
    pub part: f64,
}

pub(super) struct RegularFactors {
    base: f64,
    first: f64,
    offset: f64,
    drift: f64,
}

impl Walk for Regular {
    type Factors = RegularFactors;
    const RESOLUTION: f64 = 2.0 * f64::EPSILON;

    fn exact_base(&self, base: Double) -> Double {
        Double::exact(base.hi)
    }

    fn factors(&self, base: Double) -> RegularFactors {
        let first = if self.first_whole == 1 { base.hi } else { base.power(self.first_whole.into()).hi };
        if self.part > 0.0 {
            let divisor = base.hi + self.part * base.below_one();
            let part_time = self.part / divisor;
            let offset = f64::from(self.first_whole) + part_time;
            // Simple interest within the fraction: its own time is σ = f(1 + z)/(1 + f·z), and dσ/dθ = σ(1 − σ).
            let drift = part_time * (1.0 - part_time);
            return RegularFactors { base: base.hi, first: first * (base.hi / divisor), offset, drift };
        }
        RegularFactors { base: base.hi, first, offset: self.first_whole.into(), drift: 0.0 }
    }

    fn rough_factors(&self, _: f64, base: Double) -> RegularFactors {
        self.factors(base)
    }

    #[inline(always)]
    fn step(&self, factors: &RegularFactors, index: usize) -> f64 {
        if index == 0 { factors.first } else { factors.base }
    }

    #[inline(always)]
    fn time(&self, factors: &RegularFactors, index: usize) -> f64 {
        factors.offset + index as f64
    }

    fn drift(&self, factors: &RegularFactors) -> f64 {
        factors.drift
    }

    /// A payment k takes 10 roundings for the first factor and its fraction, k for the powers, 2 for its own product, and
    /// one for each addition after it.
    fn relative_error(&self, count: usize) -> f64 {
        (count as f64 + 20.0) * ROUNDING + f64::from(self.first_whole) * PRODUCT_ERROR
    }
}

/// The most different distances between payments that the fast way takes; months have four lengths in days.
pub(super) const GAPS_MAX: usize = 8;
/// The most payments that a loan has.
pub(super) const PAYMENTS_MAX: usize = 600;

/// Payments a few different distances apart, in days or in another part of a year.
pub(super) struct Dated<'a> {
    times: &'a [u32],
    gaps: [u32; GAPS_MAX],
    gap_count: usize,
    gap_indices: [u8; PAYMENTS_MAX],
    /// Which gap is the shortest.
    shortest: usize,
}

impl<'a> Dated<'a> {
    /// To be [measured](Dated::measure).
    pub fn new(times: &'a [u32]) -> Self {
        Dated { times, gaps: [0; GAPS_MAX], gap_count: 0, gap_indices: [0; PAYMENTS_MAX], shortest: 0 }
    }

    /// False where the times decrease, or are too many or too irregular for the fast way. In place, since it is long.
    pub fn measure(&mut self) -> bool {
        let mut before = 0;
        for (&day, gap_index) in self.times.iter().zip(&mut self.gap_indices) {
            let Some(gap) = day.checked_sub(before) else { return false };
            before = day;
            let known = &self.gaps[..self.gap_count];
            let index = known.iter().position(|&known| known == gap).unwrap_or(self.gap_count);
            if index == self.gap_count {
                let Some(place) = self.gaps.get_mut(index) else { return false };
                *place = gap;
                self.gap_count += 1;
                if gap < self.gaps[self.shortest] {
                    self.shortest = index;
                }
            }
            *gap_index = index as u8;
        }
        self.times.len() <= PAYMENTS_MAX
    }
}

impl Walk for Dated<'_> {
    type Factors = [f64; GAPS_MAX];
    const RESOLUTION: f64 = 0.0;

    fn exact_base(&self, base: Double) -> Double {
        base
    }

    fn factors(&self, base: Double) -> [f64; GAPS_MAX] {
        let mut factors = [1.0; GAPS_MAX];
        let shortest = self.gaps[self.shortest];
        let power = base.power(shortest.into());
        for (factor, &gap) in factors.iter_mut().zip(&self.gaps[..self.gap_count]) {
            // 28, 29, 30 and 31 days lie close together: a few products more.
            let further = gap - shortest;
            let power = if further <= 3 {
                (0..further).fold(power, |power, _| power.times(base))
            } else {
                base.power(gap.into())
            };
            *factor = power.hi;
        }
        factors
    }

    fn rough_factors(&self, theta: f64, _: Double) -> [f64; GAPS_MAX] {
        let mut factors = [1.0; GAPS_MAX];
        for (factor, &gap) in factors.iter_mut().zip(&self.gaps[..self.gap_count]) {
            *factor = libm::exp(-theta * f64::from(gap));
        }
        factors
    }

    #[inline(always)]
    fn step(&self, factors: &[f64; GAPS_MAX], index: usize) -> f64 {
        factors[usize::from(self.gap_indices[index]) % GAPS_MAX]
    }

    #[inline(always)]
    fn time(&self, _: &[f64; GAPS_MAX], index: usize) -> f64 {
        self.times[index].into()
    }

    fn drift(&self, _: &[f64; GAPS_MAX]) -> f64 {
        0.0
    }

    /// A payment k takes 2k roundings for its power, 2 for its product, and one for each addition after it.
    fn relative_error(&self, count: usize) -> f64 {
        let times = f64::from(self.times.last().copied().unwrap_or(0));
        (2.0 * count as f64 + 10.0) * ROUNDING + times * PRODUCT_ERROR * 1.01
    }
}

/// The bases on either side of the root, nearer to a rate of zero first; `None` where the floats cannot tell, or where the
/// flows are not those of an ordinary loan: then the general way decides. The search begins at θ = `start`.
pub(super) fn bracket<W: Walk>(walk: &W, advance: i64, payments: &[i64], start: f64) -> Option<(Double, Double)> {
    let advance = advance as f64;
    let error = walk.relative_error(payments.len());
    let mut theta = start;
    let mut base = walk.exact_base(Double::base_at(theta));
    let (mut moments, mut drift) = moments(walk, payments, theta, base);
    let mut time_mean = 0.0;
    for _ in 0..STEPS_MAX {
        time_mean = moments.first / moments.value;
        let variance = f64::max(moments.second / moments.value - time_mean * time_mean, 0.0);
        let excess = libm::log(moments.value / advance);
        let discriminant = time_mean * time_mean - 2.0 * (variance - drift) * excess;
        let shift =
            if discriminant > 0.0 { 2.0 * excess / (time_mean + discriminant.sqrt()) } else { excess / time_mean };
        theta = f64::max(theta + shift, 0.0);
        base = walk.exact_base(Double::base_at(theta));
        if base.hi <= 0.0 || !theta.is_finite() {
            return None;
        }
        // A step leaves about its own third power times that of the times' spread: here less than the reach below.
        let spread = shift.abs() * (variance + drift).sqrt();
        if spread * spread * spread < 1e-16 {
            break;
        }
        (moments, drift) = self::moments(walk, payments, theta, base);
    }
    let mut reach = 3.0 * error / time_mean + W::RESOLUTION;
    for _ in 0..WIDENINGS_MAX {
        let near = walk.exact_base(base.moved(-reach)?);
        let far = walk.exact_base(base.moved(reach)?);
        let (above, below) = values(walk, payments, near, far);
        if above - advance > error * (above + advance) && advance - below > error * (below + advance) {
            return Some((near, far));
        }
        reach *= 16.0;
    }
    None
}

#[inline]
fn moments<W: Walk>(walk: &W, payments: &[i64], theta: f64, base: Double) -> (Moments, f64) {
    let factors = walk.rough_factors(theta, base);
    let mut sums = Moments::default();
    let mut power = 1.0;
    for (index, &payment) in payments.iter().enumerate() {
        power *= walk.step(&factors, index);
        let value = payment as f64 * power;
        let time = walk.time(&factors, index);
        sums.value += value;
        sums.first += value * time;
        sums.second += value * (time * time);
    }
    (sums, walk.drift(&factors))
}

/// The values of the payments at two bases: side by side, as two chains of additions take hardly longer than one.
#[inline]
fn values<W: Walk>(walk: &W, payments: &[i64], near: Double, far: Double) -> (f64, f64) {
    let (near_factors, far_factors) = (walk.factors(near), walk.factors(far));
    let (mut near_power, mut far_power) = (1.0, 1.0);
    let (mut above, mut below) = (0.0, 0.0);
    for (index, &payment) in payments.iter().enumerate() {
        let payment = payment as f64;
        near_power *= walk.step(&near_factors, index);
        far_power *= walk.step(&far_factors, index);
        above += payment * near_power;
        below += payment * far_power;
    }
    (above, below)
}
