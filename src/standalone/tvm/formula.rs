//! The functions that are one formula: all but rates that have to be searched for.

use super::arguments::{Function, Given};
use super::{out_of_range, refused, undecided};
use crate::error::LoanError;
use crate::exact::Big;
use crate::standalone::interval::{ATTEMPTS, Scale, power_of_ten, rounded};

/// What a result depends on besides the arguments themselves, so that it is monotone in that.
#[derive(Clone, Copy, PartialEq, Eq)]
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
    /// |ln ratio| / |ln g|.
    Logarithms,
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
    /// Both positive.
    ratio: [Big; 2],
}

impl Formula {
    #[inline(never)]
    pub(super) fn of(function: Function, given: &Given) -> Result<Self, LoanError> {
        let ([pmt, pv, fv], unit) = given.amounts();
        // rate = interest / one.
        let (mut interest, mut one) = (Big::from(given.rate.mantissa), power_of_ten(given.rate.scale));
        if function == Function::Effective {
            one = one.mul_small(given.count.into());
        }
        let growth = &one + &interest;
        let is_first_in_advance = given.is_in_advance && given.period == 1;
        if function == Function::Ipmt && is_first_in_advance {
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
            Function::Effective => ([none; 2], [[&unit, &minus_interest], [none; 2]], &one, Quotient::Sum),
            // −pv − (pv·r + pmt·(1 + r·due)) · S(n).
            Function::Fv => ([&pv, &one], [[&pv, &interest], [&pmt, advanced]], &one, Quotient::Sum),
            // −fv − (pmt·(1 + r·due) − fv·r) · S(n)/g^n, since 1/g^n = 1 − r · S(n)/g^n.
            Function::Pv => ([&fv, &one], [[&fv, &minus_interest], [&pmt, advanced]], &one, Quotient::SumOverPower),
            // The interest of a period is that on what is left, −r·pv + r·(pv + fv) · S(period − 1)/S(n), all divided by
            // 1 + r·due; in advance, none is due with the first payment.
            Function::Ipmt => {
                let factor = [[&owed, &minus_interest], [none; 2]];
                ([&pv, &interest], factor, advanced, Quotient::EarlierSumOverSum)
            }
            // Its principal: −(pv + fv) · g^(period − 1)/S(n), divided likewise.
            Function::Ppmt if !is_first_in_advance => {
                ([none; 2], [[&owed, &one], [none; 2]], advanced, Quotient::EarlierPowerOverSum)
            }
            // Put together below.
            Function::Nper => ([&owed, &one], [[none; 2]; 2], &one, Quotient::Logarithms),
            // The payment, and the principal of a first one in advance: (−pv·r − (pv + fv)/S(n)) / (1 + r·due).
            _ => ([&pv, &interest], [[&owed, &one], [none; 2]], advanced, Quotient::OneOverSum),
        };
        let product = |[left, right]: [&Big; 2]| left * right;
        let mut formula = Formula {
            constant: -product(constant),
            factor: -(&product(factor[0]) + &product(factor[1])),
            divisor: &unit * divisor,
            quotient,
            growth: Big::ZERO,
            one: Big::ZERO,
            ratio: [Big::ZERO, Big::ZERO],
        };
        if function == Function::Nper {
            formula.solve_for_count([&pmt * advanced, &fv * &interest, &pv * &interest], &growth, &one)?;
        }
        (formula.growth, formula.one) = (growth, one);
        Ok(formula)
    }

    /// (pmt·(1 + r·due) − fv·r) / (pmt·(1 + r·due) + pv·r) = g^n, or n = −(pv + fv)/pmt for r = 0.
    ///
    /// No tie: were n = a/b in lowest terms, b divisible by 2^11, then g would be the b-th power of a rational number, and
    /// with at most 84 digits it is not, unless it is 1.
    fn solve_for_count(&mut self, [paid, of_fv, of_pv]: [Big; 3], growth: &Big, one: &Big) -> Result<(), LoanError> {
        let is_negative;
        if growth == one {
            is_negative = paid.sign().is_lt();
            self.divisor = paid.abs();
        } else {
            let ratio = [&paid - &of_fv, &paid + &of_pv];
            let signs = [ratio[0].sign(), ratio[1].sign()];
            self.divisor = Big::from(u64::from(signs[0] == signs[1] && signs[0].is_ne()));
            self.constant = Big::ZERO;
            self.ratio = ratio.map(Big::abs);
            is_negative = (self.ratio[0] > self.ratio[1]) != (growth > one);
            self.factor = Big::from(1_u64);
        }
        if is_negative {
            (self.constant, self.factor) = (-self.constant.clone(), -self.factor.clone());
        }
        if self.divisor.is_zero() {
            return Err(refused(
                "no_solution",
                "没有期数能使这些金额在该利率下相抵。",
                "No number of periods balances these amounts at this rate.",
            ));
        }
        Ok(())
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
            let one = scale.one();
            let [power, sum] = scale.powers(&growth, given.count);
            let [earlier_power, earlier_sum] = scale.powers(&growth, given.period.saturating_sub(1));
            let logarithms;
            let (above, below) = match self.quotient {
                Quotient::Sum => (&sum, &one),
                Quotient::SumOverPower => (&sum, &power),
                Quotient::OneOverSum => (&one, &sum),
                Quotient::EarlierSumOverSum => (&earlier_sum, &sum),
                Quotient::EarlierPowerOverSum => (&earlier_power, &sum),
                Quotient::Logarithms => {
                    let [above, below] = &self.ratio;
                    logarithms = [scale.logarithm(above, below), scale.logarithm(&self.growth, &self.one)];
                    (&logarithms[0], &logarithms[1])
                }
            };
            if below.low.sign().is_le() {
                continue;
            }
            let ends = [self.rounded(&above.low, &below.high), self.rounded(&above.high, &below.low)];
            if ends[0] == ends[1] {
                let [result, _] = ends;
                return Ok(result);
            }
            // A power of so many digits has no place for them all behind the point, and needs none.
            if ends[0].sign() == ends[1].sign() && ends.iter().all(|end| end.bit_length() > i128::BITS as usize) {
                return Err(out_of_range());
            }
        }
        // Only g^n comes so close to zero, where the rate is next to −1: below 10^−2048, and no argument makes up for that.
        Err(if self.quotient == Quotient::SumOverPower { out_of_range() } else { undecided() })
    }

    #[inline(never)]
    fn rounded(&self, above: &Big, below: &Big) -> Big {
        rounded(&(&(&self.constant * below) + &(&self.factor * above)), &(&self.divisor * below))
    }
}
