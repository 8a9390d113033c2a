//! The sign of the value at a given rate, beyond doubt: fixed-point arithmetic of any precision with a bound of its error,
//! and an exact test for zero. Used where floats cannot tell on which side of a rounding boundary a root lies.

use core::cmp::Ordering;

use super::double::Double;
use super::equation::{Part, Term, gcd};
use crate::exact::Big;

/// Bits behind the point: few enough that every size and error fits a float's range. What the second try cannot tell from
/// zero is tested for zero exactly.
const PRECISIONS: [usize; 3] = [192, 512, 960];
/// The common denominator of all fractions of a period has at most so many bits, for the same reason.
const DENOMINATOR_BITS_MAX: u32 = 700;
/// The largest power that the exact test for zero writes out.
const EXACT_EXPONENT_MAX: u64 = 200_000;
/// Newton steps for a root of a number: each doubles the digits, from the 40 bits that floats give.
const ROOT_STEPS_MAX: usize = 16;

/// base^root = (numerator / denominator)^exponent, with 0 < numerator ≤ denominator < 2^100: a base in closed form.
#[derive(Clone, Copy, Debug)]
pub(super) struct BaseForm {
    pub numerator: u128,
    pub denominator: u128,
    pub exponent: u64,
    pub root: u64,
}

impl BaseForm {
    /// `Greater` where this base is surely above `near`, so that a root between the two has the greater figure; `Less`
    /// where it is surely below `far`; `None` where it lies between, or too close to tell.
    pub fn beyond(&self, near: Double, far: Double) -> Option<Ordering> {
        let bits = PRECISIONS[0];
        let base = base_value(self, bits)?;
        let order = |end: Double| {
            let end = Fixed::of_double(end, bits);
            Fixed { value: &base.value - &end.value, error: base.error + end.error }.sign()
        };
        match (order(near), order(far)) {
            (Some(Ordering::Greater), _) => Some(Ordering::Greater),
            (_, Some(Ordering::Less)) => Some(Ordering::Less),
            _ => None,
        }
    }
}

/// value · 2^−bits, wrong by at most `error` · 2^−bits. The number of bits is the caller's, one for a whole computation.
#[derive(Clone)]
struct Fixed {
    value: Big,
    error: f64,
}

impl Fixed {
    #[inline(never)]
    fn ratio(numerator: &Big, denominator: &Big, bits: usize) -> Option<Self> {
        let (value, _) = (numerator << bits).div_rem(denominator)?;
        Some(Fixed { value, error: 1.0 })
    }

    fn of_double(double: Double, bits: usize) -> Self {
        Fixed { value: &float(double.hi, bits) + &float(double.lo, bits), error: 2.0 }
    }

    #[inline(never)]
    fn times(&self, other: &Fixed, bits: usize) -> Self {
        let size = |fixed: &Fixed| fixed.value.to_f64_scaled(bits).abs();
        let cross = self.error * size(other) + other.error * size(self);
        let both = libm::scalbn(self.error * other.error, -(bits as i32));
        Fixed { value: &(&self.value * &other.value) >> bits, error: (cross + both + 1.0) * (1.0 + 1e-9) }
    }

    #[inline(never)]
    fn power(&self, mut exponent: u64, bits: usize) -> Self {
        let mut result: Option<Fixed> = None;
        let mut square = self.clone();
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = Some(result.map_or_else(|| square.clone(), |result| result.times(&square, bits)));
            }
            exponent >>= 1;
            if exponent > 0 {
                square = square.times(&square, bits);
            }
        }
        result.unwrap_or(Fixed { value: Big::power_of_two(bits), error: 0.0 })
    }

    /// `None` where the error leaves it open.
    fn sign(&self) -> Option<Ordering> {
        (self.value.to_f64_scaled(0).abs() * (1.0 - 1e-9) > self.error).then(|| self.value.sign())
    }
}

/// value · 2^bits, cut to a whole number.
fn float(value: f64, bits: usize) -> Big {
    let (fraction, exponent) = libm::frexp(value);
    let mantissa = Big::from((fraction * 9_007_199_254_740_992.0) as i64);
    let shift = i64::from(exponent) - 53 + bits as i64;
    if shift >= 0 { &mantissa << shift as usize } else { &mantissa >> shift.unsigned_abs() as usize }
}

/// Σ coefficient · base^exponent, the exponents ascending: the terms of one side, brought to a common denominator.
pub(super) struct Polynomial {
    coefficients: Vec<(u64, Big)>,
}

impl Polynomial {
    /// Multiplies the equation by b + f(1 − b) for every fraction f: that is positive, and moves neither root nor sign.
    /// `None` where there are too many different fractions.
    pub fn of(terms: &[Term]) -> Option<Self> {
        let mut parts: Vec<Part> = Vec::new();
        for term in terms {
            if !term.part.is_none() && !parts.contains(&term.part) {
                parts.push(term.part);
            }
        }
        if parts.is_empty() {
            let coefficients = terms.iter().map(|term| (term.whole, Big::from(term.amount))).collect();
            return Some(Polynomial { coefficients });
        }
        let bits = |part: &Part| u32::BITS - part.denominator().leading_zeros();
        if parts.iter().map(bits).sum::<u32>() > DENOMINATOR_BITS_MAX {
            return None;
        }
        let all = product_of_divisors(&parts, None);
        let others: Vec<Vec<Big>> = parts.iter().map(|&part| product_of_divisors(&parts, Some(part))).collect();
        let mut sums: Vec<(u64, Big)> = Vec::new();
        for term in terms {
            // amount · b^whole · b·denominator / (numerator + (denominator − numerator)·b), without its own divisor.
            let (factors, start, scale) = match parts.iter().position(|&part| part == term.part) {
                Some(index) => (&others[index], term.whole + 1, term.part.denominator()),
                None => (&all, term.whole, 1),
            };
            let amount = Big::from(term.amount).mul_small(scale.into());
            for (exponent, factor) in (start..).zip(factors) {
                let sum = entry(&mut sums, exponent);
                *sum = &*sum + &(&amount * factor);
            }
        }
        sums.retain(|(_, sum)| !sum.is_zero());
        Some(Polynomial { coefficients: sums })
    }

    /// The polynomial's sign at a base: exact, `Equal` only for an exact zero. `None` only where the numbers outgrow
    /// every limit above.
    pub fn sign_at(&self, form: &BaseForm) -> Option<Ordering> {
        for (attempt, &bits) in PRECISIONS.iter().enumerate() {
            if let Some(sign) = base_value(form, bits).and_then(|base| self.value_at(&base, bits).sign()) {
                return Some(sign);
            }
            if attempt == 1 && self.is_zero_at(form) == Some(true) {
                return Some(Ordering::Equal);
            }
        }
        None
    }

    fn value_at(&self, base: &Fixed, bits: usize) -> Fixed {
        let mut sum = Fixed { value: Big::ZERO, error: 0.0 };
        self.visit(base, bits, &mut |_, coefficient, power| {
            sum.value = &sum.value + &(coefficient * &power.value);
            sum.error += coefficient.to_f64_scaled(0).abs() * power.error * (1.0 + 1e-9);
        });
        sum
    }

    /// Each exponent and coefficient with the base's power. Equal gaps between exponents share one power.
    fn visit(&self, base: &Fixed, bits: usize, visit: &mut dyn FnMut(u64, &Big, &Fixed)) {
        let mut power = Fixed { value: Big::power_of_two(bits), error: 0.0 };
        let mut gaps: Vec<(u64, Fixed)> = Vec::new();
        let mut before = 0;
        for (exponent, coefficient) in &self.coefficients {
            let gap = exponent - before;
            before = *exponent;
            if gap > 0 {
                let index = gaps.iter().position(|(known, _)| *known == gap).unwrap_or(gaps.len());
                if index == gaps.len() {
                    gaps.push((gap, base.power(gap, bits)));
                }
                power = power.times(&gaps[index].1, bits);
            }
            visit(*exponent, coefficient, &power);
        }
    }

    /// Value, slope and curvature by θ = −ln(base), in fixed point: as [`super::curve::Curve::local`], for where that has
    /// only noise. Each with the bound of its error.
    pub fn local(&self, base: Double) -> [(f64, f64); 3] {
        const BITS: usize = 320;
        let mut sums: [Fixed; 3] = core::array::from_fn(|_| Fixed { value: Big::ZERO, error: 0.0 });
        self.visit(&Fixed::of_double(base, BITS), BITS, &mut |exponent, coefficient, power| {
            let mut weighted = coefficient.clone();
            for sum in &mut sums {
                sum.value = &sum.value + &(&weighted * &power.value);
                sum.error += weighted.to_f64_scaled(0).abs() * power.error * (1.0 + 1e-9);
                weighted = (-weighted).mul_small(exponent);
            }
        });
        sums.map(|sum| {
            let value = sum.value.to_f64_scaled(BITS);
            (value, libm::scalbn(sum.error, -(BITS as i32)) + value.abs() * 1e-15)
        })
    }

    /// Σ |coefficient| · exponent³ · base^exponent and a little more.
    pub fn third_bound(&self, base: Double) -> f64 {
        let sum: f64 = self
            .coefficients
            .iter()
            .map(|(exponent, coefficient)| {
                let time = *exponent as f64;
                coefficient.to_f64_scaled(0).abs() * time * time * time * base.power(*exponent).hi
            })
            .sum();
        sum * (1.0 + 1e-9)
    }

    /// Whether the polynomial is exactly zero there.
    ///
    /// With c = (numerator/denominator) not itself a power of any kind that divides `root`, x^root − c^exponent has no
    /// factor over the rationals (Capelli), so 1, b, …, b^(root − 1) are independent, and the polynomial is zero only if
    /// the terms of each remainder of the exponent by `root` are: which is a question of whole numbers.
    fn is_zero_at(&self, form: &BaseForm) -> Option<bool> {
        let form = reduced(form);
        let highest = self.coefficients.last().map_or(0, |(exponent, _)| exponent / form.root);
        if highest.saturating_mul(form.exponent) > EXACT_EXPONENT_MAX {
            return None;
        }
        let numerator = Big::from(form.numerator).power(form.exponent);
        let denominator = Big::from(form.denominator).power(form.exponent);
        let remainder = |index: usize| self.coefficients[index].0 % form.root;
        Some((0..self.coefficients.len()).all(|first| {
            let is_told_of = (0..first).any(|earlier| remainder(earlier) == remainder(first));
            is_told_of || {
                let alike = self.coefficients.iter().filter(|(exponent, _)| exponent % form.root == remainder(first));
                is_zero_sum(alike, form.root, &numerator, &denominator)
            }
        }))
    }
}

/// The coefficient of an exponent in a list that stays sorted; zero at first. Most exponents stand at its end.
fn entry(entries: &mut Vec<(u64, Big)>, exponent: u64) -> &mut Big {
    let mut index = entries.len();
    while index > 0 && entries[index - 1].0 >= exponent {
        index -= 1;
    }
    if entries.get(index).is_none_or(|entry| entry.0 != exponent) {
        entries.push((exponent, Big::ZERO));
        for at in (index + 1..entries.len()).rev() {
            entries.swap(at - 1, at);
        }
    }
    &mut entries[index].1
}

/// Π (numerator + (denominator − numerator)·b) over the fractions but one, by ascending powers of b.
fn product_of_divisors(parts: &[Part], except: Option<Part>) -> Vec<Big> {
    let mut product = vec![Big::from(1_u64)];
    for part in parts.iter().filter(|&&part| Some(part) != except) {
        let constant = u64::from(part.numerator());
        let linear = u64::from(part.denominator() - part.numerator());
        let mut next: Vec<Big> = product.iter().map(|coefficient| coefficient.mul_small(constant)).collect();
        next.push(Big::ZERO);
        for (index, coefficient) in product.iter().enumerate() {
            next[index + 1] = &next[index + 1] + &coefficient.mul_small(linear);
        }
        product = next;
    }
    product
}

/// Σ coefficient · (numerator/denominator)^(exponent / root) = 0, over ascending exponents, in whole numbers.
fn is_zero_sum<'a>(
    terms: impl DoubleEndedIterator<Item = &'a (u64, Big)>,
    root: u64,
    numerator: &Big,
    denominator: &Big,
) -> bool {
    let mut sum = Big::ZERO;
    let mut denominator_power = Big::from(1_u64);
    let mut above = None;
    for (exponent, coefficient) in terms.rev() {
        let exponent = exponent / root;
        for _ in exponent..above.unwrap_or(exponent) {
            sum = &sum * numerator;
            denominator_power = &denominator_power * denominator;
        }
        sum = &sum + &(coefficient * &denominator_power);
        above = Some(exponent);
    }
    sum.is_zero()
}

/// Lowest terms, and no root left that the ratio has in the rationals: 1.21^(1/2) is 1.1.
#[inline(never)]
fn reduced(form: &BaseForm) -> BaseForm {
    let shared = gcd(form.exponent.into(), form.root.into()) as u64;
    let common = gcd(form.numerator, form.denominator);
    let mut form = BaseForm {
        numerator: form.numerator / common,
        denominator: form.denominator / common,
        exponent: form.exponent / shared,
        root: form.root / shared,
    };
    let mut rest = form.root;
    let mut prime = 2;
    while rest > 1 {
        if prime * prime > rest {
            prime = rest;
        }
        while rest.is_multiple_of(prime) {
            rest /= prime;
            if let (Some(numerator), Some(denominator)) =
                (whole_root(form.numerator, prime), whole_root(form.denominator, prime))
            {
                form = BaseForm { numerator, denominator, root: form.root / prime, ..form };
            }
        }
        prime += 1;
    }
    form
}

/// The whole number whose power of `degree` is `value`, if there is one.
#[inline(never)]
fn whole_root(value: u128, degree: u64) -> Option<u128> {
    // Below 2^50 for a square root, which is rounded correctly, and below 2^34 for higher ones.
    let guess = if degree == 2 { (value as f64).sqrt() } else { power_nearly(value as f64, 1.0 / degree as f64) };
    let (guess, degree) = (libm::round(guess) as u64, u32::try_from(degree).ok()?);
    (guess.saturating_sub(1)..guess + 2).map(u128::from).find(|&root| is_power(value, root, degree))
}

/// Whether `value`, which is positive, is `root` to the power of `degree`.
fn is_power(value: u128, root: u128, degree: u32) -> bool {
    if root < 2 {
        return value == root;
    }
    let mut rest = value;
    for _ in 0..degree {
        if !rest.is_multiple_of(root) {
            return false;
        }
        rest /= root;
    }
    rest == 1
}

/// Good enough to start from.
fn power_nearly(base: f64, exponent: f64) -> f64 {
    libm::exp(libm::log(base) * exponent)
}

/// The base as a number: by division, or as a root that is checked by its own power.
#[inline(never)]
fn base_value(form: &BaseForm, bits: usize) -> Option<Fixed> {
    let form = reduced(form);
    let (numerator, denominator) = (Big::from(form.numerator), Big::from(form.denominator));
    if form.root == 1 {
        return Some(Fixed::ratio(&numerator, &denominator, bits)?.power(form.exponent, bits));
    }
    // y = g^(−1/root) with g = denominator/numerator ≥ 1, by Newton: y ← y + y·(1 − g·y^root)/root.
    let growth = Fixed::ratio(&denominator, &numerator, bits)?;
    let one = Big::power_of_two(bits);
    let divisor = Big::from(form.root);
    let guess = power_nearly(form.numerator as f64 / form.denominator as f64, 1.0 / form.root as f64);
    let mut root = Fixed { value: float(guess, bits), error: 0.0 };
    let mut off_before = libm::scalbn(0.25, bits as i32);
    for _ in 0..ROOT_STEPS_MAX {
        let power = growth.times(&root.power(form.root, bits), bits);
        let miss = &one - &power.value;
        let off = (miss.to_f64_scaled(0).abs() + power.error) * (1.0 + 1e-9);
        if off >= off_before || off <= 3.0 * power.error {
            // From y = ỹ·(1 − ε)^(−1/root): |y − ỹ| ≤ ỹ·2ε/root as long as ε ≤ 1/4.
            root.error = 2.0 * off / form.root as f64 + 2.0;
            return (off <= libm::scalbn(0.25, bits as i32)).then(|| root.power(form.exponent, bits));
        }
        off_before = off;
        let (step, _) = (&(&root.value * &miss) >> bits).div_rem(&divisor)?;
        root.value = &root.value + &step;
    }
    None
}
