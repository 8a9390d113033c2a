//! Whole numbers without a limit, for the few questions that no fixed width can answer: which side of a rounding
//! boundary an exact value lies on, and whether it lies on it.
//!
//! Limbs are 32 bits wide, because a product of two then fits the 64-bit multiplication that WebAssembly has.

use core::cmp::Ordering;
use core::ops::{Add, Mul, Neg, Shl, Shr, Sub};

const LIMB_BITS: usize = 32;

/// A whole number of any size and sign. Zero has no limbs and is not negative; the highest limb is never zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Big {
    is_negative: bool,
    /// Absolute value, lowest limb first.
    limbs: Vec<u32>,
}

impl Big {
    /// Zero.
    pub const ZERO: Big = Big { is_negative: false, limbs: Vec::new() };

    fn from_parts(is_negative: bool, mut limbs: Vec<u32>) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Big { is_negative: is_negative && !limbs.is_empty(), limbs }
    }

    /// 2^exponent.
    #[must_use]
    pub fn power_of_two(exponent: usize) -> Self {
        &Big::from(1_u64) << exponent
    }

    /// True for zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }

    /// `Less` for a negative number, `Equal` for zero, `Greater` for a positive one.
    #[must_use]
    pub fn sign(&self) -> Ordering {
        match (self.is_zero(), self.is_negative) {
            (true, _) => Ordering::Equal,
            (false, true) => Ordering::Less,
            (false, false) => Ordering::Greater,
        }
    }

    /// The same distance from zero, not negative.
    #[must_use]
    pub fn abs(mut self) -> Self {
        self.is_negative = false;
        self
    }

    /// Digits of the absolute value in base two; 0 for zero.
    #[must_use]
    pub fn bit_length(&self) -> usize {
        match self.limbs.last() {
            Some(top) => self.limbs.len() * LIMB_BITS - top.leading_zeros() as usize,
            None => 0,
        }
    }

    /// The product with a small factor: one pass over the limbs.
    #[must_use]
    #[inline(never)]
    pub fn mul_small(&self, factor: u64) -> Self {
        let (low, high) = (factor & 0xffff_ffff, factor >> LIMB_BITS);
        let mut limbs = Vec::with_capacity(self.limbs.len() + 2);
        if high == 0 {
            let mut carry = 0_u64;
            for &limb in &self.limbs {
                let sum = u64::from(limb) * low + carry;
                limbs.push(sum as u32);
                carry = sum >> LIMB_BITS;
            }
            limbs.push(carry as u32);
        } else {
            limbs.resize(self.limbs.len() + 2, 0);
            add_product(&mut limbs, &self.limbs, low as u32);
            add_product(&mut limbs[1..], &self.limbs, high as u32);
        }
        Big::from_parts(self.is_negative, limbs)
    }

    /// Quotient toward zero and the absolute remainder; `None` for a divisor of zero.
    #[must_use]
    #[inline(never)]
    pub fn div_rem_small(&self, divisor: u32) -> Option<(Self, u32)> {
        if divisor == 0 {
            return None;
        }
        let mut limbs = vec![0; self.limbs.len()];
        let mut rest = 0_u64;
        for index in (0..limbs.len()).rev() {
            let part = (rest << LIMB_BITS) | u64::from(self.limbs[index]);
            limbs[index] = (part / u64::from(divisor)) as u32;
            rest = part % u64::from(divisor);
        }
        Some((Big::from_parts(self.is_negative, limbs), rest as u32))
    }

    /// Quotient toward zero and the remainder, which has the sign of the dividend; `None` for a divisor of zero.
    #[must_use]
    #[inline(never)]
    pub fn div_rem(&self, divisor: &Big) -> Option<(Self, Self)> {
        if let [single] = divisor.limbs[..] {
            let (quotient, rest) = self.div_rem_small(single)?;
            let quotient = Big { is_negative: quotient.is_negative != divisor.is_negative, ..quotient };
            let rest = Big { is_negative: self.is_negative, ..Big::from(u64::from(rest)) };
            return Some((
                Big::from_parts(quotient.is_negative, quotient.limbs),
                Big::from_parts(rest.is_negative, rest.limbs),
            ));
        }
        // Knuth's algorithm D: with the divisor's top bit set, a quotient limb guessed from the leading limbs is at most
        // two too large.
        let shift = divisor.limbs.last()?.leading_zeros() as usize;
        let divisor_limbs = (divisor << shift).limbs;
        let mut rest = (self << shift).limbs;
        let length = divisor_limbs.len();
        rest.resize(rest.len().max(length) + 1, 0);
        let (top, below) = (u64::from(divisor_limbs[length - 1]), u64::from(divisor_limbs[length - 2]));
        let mut quotient = vec![0_u32; rest.len() - length];
        for position in (0..quotient.len()).rev() {
            let leading = u64::from(rest[position + length]) << LIMB_BITS | u64::from(rest[position + length - 1]);
            let (mut guess, mut guess_rest) = (leading / top, leading % top);
            while guess >> LIMB_BITS != 0
                || guess * below > (guess_rest << LIMB_BITS | u64::from(rest[position + length - 2]))
            {
                guess -= 1;
                guess_rest += top;
                if guess_rest >> LIMB_BITS != 0 {
                    break;
                }
            }
            if subtract_product(&mut rest[position..=position + length], &divisor_limbs, guess as u32) {
                guess -= 1;
                add_back(&mut rest[position..=position + length], &divisor_limbs);
            }
            quotient[position] = guess as u32;
        }
        let rest = &Big::from_parts(self.is_negative, rest) >> shift;
        Some((Big::from_parts(self.is_negative != divisor.is_negative, quotient), rest))
    }

    /// base^exponent by repeated squaring.
    #[must_use]
    #[inline(never)]
    pub fn power(&self, mut exponent: u64) -> Self {
        let mut result = Big::from(1_u64);
        let mut square = self.clone();
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = &result * &square;
            }
            exponent >>= 1;
            if exponent > 0 {
                square = &square * &square;
            }
        }
        result
    }

    /// The nearest floats to x·2^−scale from the leading 64 bits: right to a relative 2^−52, infinite or zero where the
    /// range ends.
    #[must_use]
    #[inline(never)]
    pub fn to_f64_scaled(&self, scale: usize) -> f64 {
        let bits = self.bit_length();
        let dropped = bits.saturating_sub(64);
        let mut leading = 0_u64;
        for position in (0..3).rev() {
            let index = dropped / LIMB_BITS + position;
            let limb = self.limbs.get(index).copied().unwrap_or(0);
            let shift = position as i32 * LIMB_BITS as i32 - (dropped % LIMB_BITS) as i32;
            leading |= if shift >= 64 {
                0
            } else if shift >= 0 {
                u64::from(limb) << shift
            } else {
                u64::from(limb) >> -shift
            };
        }
        let exponent = (dropped as i64 - scale as i64).clamp(-4_000, 4_000) as i32;
        let magnitude = libm::scalbn(leading as f64, exponent);
        if self.is_negative { -magnitude } else { magnitude }
    }

    /// The value, where it fits.
    #[must_use]
    pub fn to_i128(&self) -> Option<i128> {
        if self.limbs.len() > 4 {
            return None;
        }
        let magnitude = self.limbs.iter().rev().fold(0_u128, |value, &limb| value << LIMB_BITS | u128::from(limb));
        if self.is_negative { 0_i128.checked_sub_unsigned(magnitude) } else { i128::try_from(magnitude).ok() }
    }
}

impl From<u128> for Big {
    fn from(value: u128) -> Self {
        Big::from_parts(false, (0..4).map(|index| (value >> (index * LIMB_BITS)) as u32).collect())
    }
}

impl From<u64> for Big {
    fn from(value: u64) -> Self {
        Big::from_parts(false, vec![value as u32, (value >> LIMB_BITS) as u32])
    }
}

impl From<i128> for Big {
    fn from(value: i128) -> Self {
        Big { is_negative: value < 0, ..Big::from(value.unsigned_abs()) }
    }
}

impl From<i64> for Big {
    fn from(value: i64) -> Self {
        Big { is_negative: value < 0, ..Big::from(value.unsigned_abs()) }
    }
}

/// target += limbs · factor; `target` has room for the carry.
fn add_product(target: &mut [u32], limbs: &[u32], factor: u32) {
    let mut carry = 0_u64;
    for (index, &limb) in limbs.iter().enumerate() {
        let sum = u64::from(limb) * u64::from(factor) + u64::from(target[index]) + carry;
        target[index] = sum as u32;
        carry = sum >> LIMB_BITS;
    }
    let mut index = limbs.len();
    while carry > 0 && index < target.len() {
        let sum = u64::from(target[index]) + carry;
        target[index] = sum as u32;
        carry = sum >> LIMB_BITS;
        index += 1;
    }
}

/// target −= limbs · factor, where `target` is one limb longer; true where that went below zero, and wrapped.
fn subtract_product(target: &mut [u32], limbs: &[u32], factor: u32) -> bool {
    let mut carry = 0_u64;
    for (index, limb) in limbs.iter().copied().chain([0]).enumerate() {
        let product = u64::from(limb) * u64::from(factor) + carry;
        let (difference, below) = target[index].overflowing_sub(product as u32);
        target[index] = difference;
        carry = (product >> LIMB_BITS) + u64::from(below);
    }
    carry != 0
}

/// target += limbs, where `target` is one limb longer; the last carry is dropped with the wrap that it undoes.
fn add_back(target: &mut [u32], limbs: &[u32]) {
    let mut carry = 0_u64;
    for (index, limb) in limbs.iter().copied().chain([0]).enumerate() {
        carry += u64::from(target[index]) + u64::from(limb);
        target[index] = carry as u32;
        carry >>= LIMB_BITS;
    }
}

fn compare_limbs(left: &[u32], right: &[u32]) -> Ordering {
    left.len().cmp(&right.len()).then_with(|| left.iter().rev().cmp(right.iter().rev()))
}

fn add_limbs(left: &[u32], right: &[u32]) -> Vec<u32> {
    let (long, short) = if left.len() >= right.len() { (left, right) } else { (right, left) };
    let mut sum = Vec::with_capacity(long.len() + 1);
    let mut carry = 0_u64;
    for (index, &limb) in long.iter().enumerate() {
        carry += u64::from(limb) + u64::from(short.get(index).copied().unwrap_or(0));
        sum.push(carry as u32);
        carry >>= LIMB_BITS;
    }
    sum.push(carry as u32);
    sum
}

/// left − right, where left ≥ right.
fn subtract_limbs(left: &[u32], right: &[u32]) -> Vec<u32> {
    let mut difference = Vec::with_capacity(left.len());
    let mut borrow = false;
    for (index, &limb) in left.iter().enumerate() {
        let (part, below) = limb.overflowing_sub(right.get(index).copied().unwrap_or(0));
        let (part, below_again) = part.overflowing_sub(u32::from(borrow));
        difference.push(part);
        borrow = below || below_again;
    }
    difference
}

#[inline(never)]
fn add_signed(left: &Big, right: &Big, right_is_negative: bool) -> Big {
    if left.is_negative == right_is_negative {
        return Big::from_parts(left.is_negative, add_limbs(&left.limbs, &right.limbs));
    }
    match compare_limbs(&left.limbs, &right.limbs) {
        Ordering::Equal => Big::ZERO,
        Ordering::Greater => Big::from_parts(left.is_negative, subtract_limbs(&left.limbs, &right.limbs)),
        Ordering::Less => Big::from_parts(right_is_negative, subtract_limbs(&right.limbs, &left.limbs)),
    }
}

impl Add for &Big {
    type Output = Big;
    fn add(self, other: &Big) -> Big {
        add_signed(self, other, other.is_negative)
    }
}

impl Sub for &Big {
    type Output = Big;
    fn sub(self, other: &Big) -> Big {
        add_signed(self, other, !other.is_negative)
    }
}

impl Mul for &Big {
    type Output = Big;
    #[inline(never)]
    fn mul(self, other: &Big) -> Big {
        let mut limbs = vec![0; self.limbs.len() + other.limbs.len()];
        for (index, &limb) in other.limbs.iter().enumerate() {
            add_product(&mut limbs[index..], &self.limbs, limb);
        }
        Big::from_parts(self.is_negative != other.is_negative, limbs)
    }
}

impl Neg for Big {
    type Output = Big;
    fn neg(mut self) -> Big {
        self.is_negative = !self.is_negative && !self.is_zero();
        self
    }
}

impl Shl<usize> for &Big {
    type Output = Big;
    #[inline(never)]
    fn shl(self, bits: usize) -> Big {
        let (whole, part) = (bits / LIMB_BITS, bits % LIMB_BITS);
        let mut limbs = vec![0; whole];
        let mut carry = 0_u64;
        for &limb in &self.limbs {
            carry |= u64::from(limb) << part;
            limbs.push(carry as u32);
            carry >>= LIMB_BITS;
        }
        limbs.push(carry as u32);
        Big::from_parts(self.is_negative, limbs)
    }
}

impl Shr<usize> for &Big {
    type Output = Big;
    /// Cuts the low bits of the absolute value: division by 2^bits toward zero.
    #[inline(never)]
    fn shr(self, bits: usize) -> Big {
        let (whole, part) = (bits / LIMB_BITS, bits % LIMB_BITS);
        let kept = self.limbs.get(whole..).unwrap_or(&[]);
        let limbs = (0..kept.len())
            .map(|index| {
                let next = kept.get(index + 1).copied().unwrap_or(0);
                ((u64::from(next) << LIMB_BITS | u64::from(kept[index])) >> part) as u32
            })
            .collect();
        Big::from_parts(self.is_negative, limbs)
    }
}

impl Ord for Big {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => compare_limbs(&self.limbs, &other.limbs),
            (true, true) => compare_limbs(&other.limbs, &self.limbs),
        }
    }
}

impl PartialOrd for Big {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small numbers of every sign and width, from a fixed sequence.
    fn samples() -> Vec<i128> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut values =
            vec![0, 1, -1, 2, 0xffff_ffff, 0x1_0000_0000, -0x1_0000_0000, i64::MAX.into(), i64::MIN.into()];
        for width in 1..62 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let value = i128::from(state >> (64 - width));
            values.extend([value, -value]);
        }
        values
    }

    #[test]
    fn agrees_with_machine_arithmetic_where_that_suffices() {
        for left in samples() {
            for right in samples() {
                let (a, b) = (Big::from(left), Big::from(right));
                assert_eq!((&a + &b).to_i128(), Some(left + right));
                assert_eq!((&a - &b).to_i128(), Some(left - right));
                assert_eq!((&a * &b).to_i128(), Some(left * right));
                assert_eq!(a.cmp(&b), left.cmp(&right));
                if right >= 0 {
                    assert_eq!(a.mul_small(right as u64).to_i128(), Some(left * right));
                }
                if let Ok(divisor @ 1..) = u32::try_from(right) {
                    let (quotient, rest) = a.div_rem_small(divisor).unwrap();
                    assert_eq!(quotient.to_i128(), Some(left / right));
                    assert_eq!(i128::from(rest), (left % right).abs());
                }
            }
            assert_eq!(Big::from(left).sign(), left.cmp(&0));
            for bits in [0, 1, 31, 32, 33, 60] {
                let shifted = &Big::from(left) << bits;
                assert_eq!(shifted.to_i128(), Some(left << bits));
                assert_eq!((&shifted >> bits).to_i128(), Some(left));
                assert_eq!((&Big::from(left) >> bits).to_i128(), Some(left / (1 << bits)));
            }
        }
        assert_eq!(Big::from(7_u64).div_rem_small(0), None);
    }

    #[test]
    fn a_long_division_is_the_inverse_of_the_product() {
        // Limbs of all zeros and all ones are where a guessed quotient limb has to be corrected.
        let mut numbers: Vec<Big> = samples().into_iter().filter(|&value| value != 0).map(Big::from).collect();
        for bits in [64, 95, 96, 128, 160, 191] {
            numbers.push(Big::power_of_two(bits));
            numbers.push(&Big::power_of_two(bits) - &Big::from(1_u64));
            numbers.push(-(&Big::power_of_two(bits) + &Big::power_of_two(bits / 2)));
        }
        let products: Vec<Big> = numbers.iter().flat_map(|a| numbers.iter().map(move |b| a * b)).step_by(7).collect();
        for divisor in &numbers {
            for dividend in numbers.iter().chain(&products) {
                let (quotient, rest) = dividend.div_rem(divisor).unwrap();
                assert_eq!(&(&quotient * divisor) + &rest, *dividend);
                assert!(rest.clone().abs() < divisor.clone().abs());
                assert!(rest.is_zero() || rest.sign() == dividend.sign());
                let exact = &quotient * divisor;
                assert_eq!(exact.div_rem(divisor), Some((quotient, Big::ZERO)));
            }
        }
        assert_eq!(numbers[0].div_rem(&Big::ZERO), None);
    }

    #[test]
    fn a_long_product_keeps_every_limb() {
        // (2^320 − 1)² = 2^640 − 2^321 + 1.
        let number = &Big::power_of_two(320) - &Big::from(1_u64);
        let expected = &(&Big::power_of_two(640) - &Big::power_of_two(321)) + &Big::from(1_u64);
        assert_eq!(&number * &number, expected);
        assert_eq!(number.power(2), expected);
        assert_eq!(expected.bit_length(), 640);
        assert_eq!(Big::from(3_u64).power(80), Big::from(3_u128.pow(80)));
    }

    #[test]
    fn floats_follow_the_leading_bits() {
        for value in samples() {
            let float = Big::from(value).to_f64_scaled(0);
            assert!((float - value as f64).abs() <= (value as f64).abs() * f64::EPSILON, "{value}");
        }
        let third = Big::power_of_two(500).div_rem_small(3).unwrap().0;
        assert!((third.to_f64_scaled(500) - 1.0 / 3.0).abs() < 1e-16);
    }
}
