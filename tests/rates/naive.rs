//! Present values without cleverness: whole numbers, or fixed point of 320 bits; minutes of thought, not of speed.

use clearloan::exact::Big;
use clearloan::rate::PublishedRate;
use std::cmp::Ordering;

const BITS: usize = 320;

/// A rate as a fraction: (2·mantissa + half)/(2·10^scale), half a unit of the last published place farther up or down.
pub fn half_unit_from(rate: PublishedRate, half: i64) -> (Big, Big) {
    // A published rate below 100 has 10 decimals, whatever zeros are cut.
    let text = rate.to_string();
    let whole_digits = text.trim_start_matches('-').split('.').next().unwrap().len() as u32;
    let decimals = if whole_digits < 3 { 10 } else { 12 - whole_digits };
    let mantissa = rate.mantissa() * 10_i128.pow(decimals - rate.scale());
    (Big::from(2 * mantissa + i128::from(half)), Big::from(2 * 10_i128.pow(decimals)))
}

/// The sign of Σ amount / (1 + numerator/denominator)^index, exactly.
pub fn sign_of_periodic(amounts: &[i128], at: &(Big, Big)) -> Ordering {
    sign_of_unit_flows(amounts, (0, 1), at)
}

/// The same where all but the first lie part.0/part.1 of a period later, with simple interest.
pub fn sign_of_unit_flows(amounts: &[i128], part: (u64, u64), (numerator, denominator): &(Big, Big)) -> Ordering {
    let growth = denominator + numerator;
    assert_eq!(growth.sign(), Ordering::Greater);
    let mut sum = Big::ZERO;
    let mut power = Big::from(1_u64);
    for (index, &amount) in amounts.iter().enumerate().rev() {
        if index == 0 {
            // Divided by 1 + part·rate; what is left to be added is multiplied by that instead.
            sum = &sum * &denominator.mul_small(part.1);
            power = &power * &(&denominator.mul_small(part.1) + &numerator.mul_small(part.0));
        }
        // Horner from the last flow: sum·denominator/growth + amount, all times growth^count.
        sum = &(&sum * denominator) + &(&Big::from(amount) * &power);
        power = &power * &growth;
    }
    sum.sign()
}

/// The sign of Σ amount / (1 + numerator/denominator)^(time/per_year), from fixed point; the discount of a unit of time is
/// found by bisection. Panics where the value is too close to zero to tell.
pub fn sign_of_dated(flows: &[(i64, i128)], per_year: u64, (numerator, denominator): &(Big, Big)) -> Ordering {
    let start = flows.iter().map(|flow| flow.0).min().unwrap();
    let end = flows.iter().map(|flow| flow.0).max().unwrap();
    let growth = (&(denominator + numerator) << BITS).div_rem(denominator).unwrap().0;
    let one = Big::power_of_two(BITS);
    let times = |left: &Big, right: &Big| &(left * right) >> BITS;
    let is_above_one = growth > one;
    // The side on which powers stay below one: forward in time above zero, backward below.
    let target = if is_above_one { (&one << BITS).div_rem(&growth).unwrap().0 } else { growth };
    let (mut low, mut high) = (Big::ZERO, one.clone());
    while &high - &low > Big::from(1_u64) {
        let middle = &(&low + &high) >> 1;
        let mut power = one.clone();
        let mut square = middle.clone();
        let mut exponent = per_year;
        while exponent > 0 {
            if exponent & 1 == 1 {
                power = times(&power, &square);
            }
            square = times(&square, &square);
            exponent >>= 1;
        }
        if power > target { high = middle } else { low = middle }
    }
    let mut powers = vec![one];
    for time in 0..(end - start) as usize {
        powers.push(times(&powers[time], &low));
    }
    let mut sum = Big::ZERO;
    let mut size = Big::ZERO;
    for &(time, amount) in flows {
        let units = if is_above_one { time - start } else { end - time };
        let value = &Big::from(amount) * &powers[units as usize];
        sum = &sum + &value;
        size = &size + &value.abs();
    }
    assert!(sum.clone().abs() > &size >> 260, "too close to zero to tell");
    sum.sign()
}

/// Whether the rounding is right: the value changes sign between the half units on either side of a root.
pub fn brackets_a_root(rate: PublishedRate, sign: impl Fn(&(Big, Big)) -> Ordering) -> bool {
    let (below, above) = (sign(&half_unit_from(rate, -1)), sign(&half_unit_from(rate, 1)));
    // Half away from zero: the half unit nearer to zero belongs to this rate, the other to the next.
    let is_negative = rate.mantissa() < 0;
    match (below, above) {
        (Ordering::Equal, _) => !is_negative,
        (_, Ordering::Equal) => is_negative,
        _ => below != above,
    }
}
