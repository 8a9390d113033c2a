//! The functions that are one formula: payments and their parts, present and future values, effective rates.

use super::arguments::Given;
use super::{out_of_range, undecided};
use crate::error::LoanError;
use crate::exact::Big;
use crate::standalone::interval::{ATTEMPTS, Scale, power_of_ten, rounded};

/// What a result depends on besides the arguments themselves, so that it is monotone in that: a quotient of powers and
/// sums of powers.
#[derive(Clone, Copy)]
enum Quotient {
    /// S(n).
    Sum,
    /// S(n) / g^n.
    SumOverPower,
    /// 1 / S(n).
    OneOverSum,
    /// S(period − 1) / S(n).
    EarlierSumOverSum,
    /// g^(period − 1) / S(n).
    EarlierPowerOverSum,
}

/// (constant + factor × quotient) / divisor; the divisor is positive.
pub(super) struct Formula {
    constant: Big,
    factor: Big,
    divisor: Big,
    quotient: Quotient,
    /// growth / one is 1 + the rate per period.
    growth: Big,
    one: Big,
}

impl Formula {
    #[inline(never)]
    pub(super) fn of(function: &str, given: &Given) -> Self {
        let ([pmt, pv, fv], unit) = given.amounts();
        // rate = interest / one.
        let (mut interest, mut one) = (Big::from(given.rate.mantissa), power_of_ten(given.rate.scale));
        if function == "effective" {
            one = one.mul_small(given.count.into());
        }
        let growth = &one + &interest;
        let is_first_in_advance = given.is_in_advance && given.period == 1;
        if function == "ipmt" && is_first_in_advance {
            interest = Big::ZERO;
        }
        // 1 + rate · due = advanced / one.
        let advanced = if given.is_in_advance { &growth } else { &one };
        let owed = &pv + &fv;
        let minus_interest = -interest.clone();
        let none = &Big::ZERO;
        // −(constant), −(factor: two products), and the divisor without that of the amounts.
        let (constant, factor, divisor, quotient) = match function {
            // (1 + r)^n − 1 = r · S(n).
            "effective" => ([none; 2], [[&unit, &minus_interest], [none; 2]], &one, Quotient::Sum),
            // −pv − (pv·r + pmt·(1 + r·due)) · S(n).
            "fv" => ([&pv, &one], [[&pv, &interest], [&pmt, advanced]], &one, Quotient::Sum),
            // −fv − (pmt·(1 + r·due) − fv·r) · S(n)/g^n, since 1/g^n = 1 − r · S(n)/g^n.
            "pv" => ([&fv, &one], [[&fv, &minus_interest], [&pmt, advanced]], &one, Quotient::SumOverPower),
            // The interest of a period is that on what is left, −r·pv + r·(pv + fv) · S(period − 1)/S(n), all divided by
            // 1 + r·due; in advance, none is due with the first payment.
            "ipmt" => {
                let factor = [[&owed, &minus_interest], [none; 2]];
                ([&pv, &interest], factor, advanced, Quotient::EarlierSumOverSum)
            }
            // Its principal: −(pv + fv) · g^(period − 1)/S(n), divided likewise.
            "ppmt" if !is_first_in_advance => {
                ([none; 2], [[&owed, &one], [none; 2]], advanced, Quotient::EarlierPowerOverSum)
            }
            // The payment, and the principal of a first one in advance: (−pv·r − (pv + fv)/S(n)) / (1 + r·due).
            _ => ([&pv, &interest], [[&owed, &one], [none; 2]], advanced, Quotient::OneOverSum),
        };
        let product = |[left, right]: [&Big; 2]| left * right;
        Formula {
            constant: -product(constant),
            factor: -(&product(factor[0]) + &product(factor[1])),
            divisor: &unit * divisor,
            quotient,
            growth,
            one,
        }
    }

    /// In whole 10^−10.
    #[inline(never)]
    pub(super) fn units(&self, given: &Given) -> Result<Big, LoanError> {
        if self.factor.is_zero() {
            return Ok(rounded(&self.constant, &self.divisor));
        }
        for digits in ATTEMPTS {
            let scale = Scale::of(digits);
            let growth = scale.ratio(&self.growth, &self.one);
            let [power, sum] = scale.powers(&growth, given.count);
            let (above, below) = match self.quotient {
                Quotient::Sum => (sum, scale.one()),
                Quotient::SumOverPower => (sum, power),
                Quotient::OneOverSum => (scale.one(), sum),
                Quotient::EarlierSumOverSum | Quotient::EarlierPowerOverSum => {
                    let [power, earlier] = scale.powers(&growth, given.period - 1);
                    (if matches!(self.quotient, Quotient::EarlierSumOverSum) { earlier } else { power }, sum)
                }
            };
            if below.low.is_zero() {
                continue;
            }
            let low = self.rounded(&above.low, &below.high);
            if low == self.rounded(&above.high, &below.low) {
                return Ok(low);
            }
        }
        // Only g^n comes so close to zero, where the rate is next to −1: below 10^−2048, and no argument makes up for that.
        Err(if matches!(self.quotient, Quotient::SumOverPower) { out_of_range() } else { undecided() })
    }

    #[inline(never)]
    fn rounded(&self, above: &Big, below: &Big) -> Big {
        rounded(&(&(&self.constant * below) + &(&self.factor * above)), &(&self.divisor * below))
    }
}
