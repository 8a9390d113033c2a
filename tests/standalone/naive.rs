//! The functions of spreadsheets without cleverness: accounts kept period by period in exact fractions, powers multiplied
//! out, logarithms bit by bit. Nothing here is shared with the engine but whole numbers without a limit.

use clearloan::exact::Big;
use std::cmp::Ordering;

/// numerator / denominator, the denominator positive.
#[derive(Clone, Debug)]
pub struct Fraction {
    pub numerator: Big,
    pub denominator: Big,
}

impl Fraction {
    pub fn whole(value: i64) -> Self {
        Fraction { numerator: Big::from(value), denominator: Big::from(1_u64) }
    }

    /// A decimal as it is written.
    pub fn of(text: &str) -> Self {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits: i128 = format!("{whole}{decimals}").parse().unwrap();
        let ten = Big::from(10_u64);
        Fraction { numerator: Big::from(digits), denominator: ten.power(decimals.len() as u64) }
    }

    pub fn plus(&self, other: &Fraction) -> Self {
        // Decimals: one denominator is a multiple of the other, as a rule, and then the larger one serves both.
        for (fine, coarse) in [(self, other), (other, self)] {
            let (factor, rest) = fine.denominator.div_rem(&coarse.denominator).unwrap();
            if rest.is_zero() {
                let numerator = &fine.numerator + &(&coarse.numerator * &factor);
                return Fraction { numerator, denominator: fine.denominator.clone() };
            }
        }
        let numerator = &(&self.numerator * &other.denominator) + &(&other.numerator * &self.denominator);
        Fraction { numerator, denominator: &self.denominator * &other.denominator }
    }

    pub fn negative(&self) -> Self {
        Fraction { numerator: -self.numerator.clone(), denominator: self.denominator.clone() }
    }

    pub fn minus(&self, other: &Fraction) -> Self {
        self.plus(&other.negative())
    }

    pub fn times(&self, other: &Fraction) -> Self {
        let numerator = &self.numerator * &other.numerator;
        Fraction { numerator, denominator: &self.denominator * &other.denominator }
    }

    pub fn over(&self, other: &Fraction) -> Self {
        let flipped = match other.numerator.sign() {
            Ordering::Less => Fraction { numerator: -other.denominator.clone(), denominator: -other.numerator.clone() },
            _ => Fraction { numerator: other.denominator.clone(), denominator: other.numerator.clone() },
        };
        assert!(!flipped.denominator.is_zero());
        self.times(&flipped)
    }

    /// The sign of self − other.
    pub fn compare(&self, other: &Fraction) -> Ordering {
        self.minus(other).numerator.sign()
    }

    /// Whether this rounds to the decimal: no farther than half of 10^−10 from it, and where that far, nearer to zero.
    pub fn rounds_to(&self, text: &str) -> bool {
        let rounded = Fraction::of(text);
        let distance = self.minus(&rounded);
        let half = Fraction::of("0.00000000005");
        let size = Fraction { numerator: distance.numerator.abs(), denominator: distance.denominator };
        match size.compare(&half) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal => {
                let away = Fraction { numerator: self.numerator.clone().abs(), denominator: self.denominator.clone() };
                let to = Fraction { numerator: rounded.numerator.abs(), denominator: rounded.denominator };
                away.compare(&to).is_lt()
            }
        }
    }
}

/// What stands on the account after so many periods: interest on what stood there, and a payment in each, before the
/// interest or after it. Each period's entry is in the list.
pub fn account(rate: &Fraction, count: u32, pmt: &Fraction, pv: &Fraction, is_in_advance: bool) -> Vec<Fraction> {
    let mut balances = vec![pv.clone()];
    for _ in 0..count {
        let before = balances.last().unwrap();
        let earning = if is_in_advance { before.plus(pmt) } else { before.clone() };
        let after = earning.plus(&earning.times(rate));
        balances.push(if is_in_advance { after } else { after.plus(pmt) });
    }
    balances
}

fn last(balances: &[Fraction]) -> Fraction {
    balances.last().unwrap().clone()
}

/// The account comes out at −fv.
pub fn fv(rate: &Fraction, count: u32, pmt: &Fraction, pv: &Fraction, is_in_advance: bool) -> Fraction {
    last(&account(rate, count, pmt, pv, is_in_advance)).negative()
}

/// The account is a linear function of what it starts with, and of the payment.
pub fn pv(rate: &Fraction, count: u32, pmt: &Fraction, fv: &Fraction, is_in_advance: bool) -> Fraction {
    let [zero, one] = [0, 1].map(Fraction::whole);
    let of_payments = last(&account(rate, count, pmt, &zero, is_in_advance));
    let of_one = last(&account(rate, count, &zero, &one, is_in_advance));
    fv.plus(&of_payments).negative().over(&of_one)
}

pub fn pmt(rate: &Fraction, count: u32, pv: &Fraction, fv: &Fraction, is_in_advance: bool) -> Fraction {
    let [zero, one] = [0, 1].map(Fraction::whole);
    let of_start = last(&account(rate, count, &zero, pv, is_in_advance));
    let of_one = last(&account(rate, count, &one, &zero, is_in_advance));
    fv.plus(&of_start).negative().over(&of_one)
}

/// The interest of the period before the payment, on what stood there.
pub fn ipmt(rate: &Fraction, period: u32, count: u32, pv: &Fraction, fv: &Fraction, is_in_advance: bool) -> Fraction {
    if is_in_advance && period == 1 {
        return Fraction::whole(0);
    }
    let pmt = pmt(rate, count, pv, fv, is_in_advance);
    let owed = if is_in_advance {
        // After the payment before, one period ago.
        last(&account(rate, period - 2, &pmt, pv, true)).plus(&pmt)
    } else {
        last(&account(rate, period - 1, &pmt, pv, false))
    };
    owed.times(rate).negative()
}

pub fn ppmt(rate: &Fraction, period: u32, count: u32, pv: &Fraction, fv: &Fraction, is_in_advance: bool) -> Fraction {
    pmt(rate, count, pv, fv, is_in_advance).minus(&ipmt(rate, period, count, pv, fv, is_in_advance))
}

/// (1 + rate/periods)^periods − 1.
pub fn effective(rate: &Fraction, periods: u32) -> Fraction {
    let growth = Fraction::whole(1).plus(&rate.over(&Fraction::whole(periods.into())));
    let power = (0..periods).fold(Fraction::whole(1), |power, _| power.times(&growth));
    power.minus(&Fraction::whole(1))
}

const BITS: usize = 600;

/// ln(value)/ln(base) by binary logarithms, bit by bit: a number squared doubles its logarithm. Right to 2^−200.
pub fn logarithm(value: &Fraction, base: &Fraction) -> Fraction {
    let quotient = binary_logarithm(value).over(&binary_logarithm(base));
    // Cut to a size that can be compared.
    let shift = Big::power_of_two(BITS);
    let scaled = &quotient.numerator * &shift;
    Fraction { numerator: scaled.div_rem(&quotient.denominator).unwrap().0, denominator: shift }
}

fn binary_logarithm(value: &Fraction) -> Fraction {
    let one = Big::power_of_two(BITS);
    let mut number = (&value.numerator << BITS).div_rem(&value.denominator).unwrap().0;
    let mut whole = 0_i64;
    while number < one {
        number = &number << 1;
        whole -= 1;
    }
    while number.bit_length() > BITS + 1 {
        number = &number >> 1;
        whole += 1;
    }
    let mut logarithm = Big::from(whole);
    const FRACTION_BITS: usize = 280;
    for _ in 0..FRACTION_BITS {
        number = &(&number * &number) >> BITS;
        logarithm = &logarithm << 1;
        if number.bit_length() > BITS + 1 {
            number = &number >> 1;
            logarithm = &logarithm + &Big::from(1_u64);
        }
    }
    Fraction { numerator: logarithm, denominator: Big::power_of_two(FRACTION_BITS) }
}
