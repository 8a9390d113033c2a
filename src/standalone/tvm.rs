//! The functions of spreadsheets for the time value of money (货币时间价值), as OpenFormula defines them.
//!
//! All but `rate`, `effective` and `nominal` solve one equation (OpenFormula 1.2, 6.12.41), in which money received is
//! positive and money paid negative; a payment in advance (`due` 1) earns one period's interest more:
//!
//! pv·g^n + pmt·(1 + r·due)·S(n) + fv = 0, with g = 1 + r and S(n) = 1 + g + … + g^(n − 1), which is n for r = 0.
//!
//! Every result is rounded once from the exact value to 10 decimals, half away from zero: bounds are computed with ever
//! more digits until both round alike (see `interval`).

use super::flows::json_rate;
use super::interval::{ATTEMPTS, Interval, Powers, Scale, power_of_ten, rounded};
use super::read::{self, Exact, decimal};
use crate::cost;
use crate::error::{LoanError, Message};
use crate::exact::Big;
use crate::json::Json;
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;
use core::cmp::Ordering;

/// The most periods: 27 years of days, 833 of months.
pub const COUNT_MAX: u32 = 10_000;
/// The highest rate: as high as any that is published.
const RATE_MAX: i128 = 1_000_000;
/// Results have at most so many digits before the point, as the arguments.
const RESULT_DIGITS_MAX: u32 = 28;

/// A function and its arguments in order.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// As in `tvm.pmt`.
    pub name: &'static str,
    /// All arguments.
    pub parameters: &'static [&'static str],
    /// How many of them must be given.
    pub required: usize,
}

const fn signature(name: &'static str, required: usize, parameters: &'static [&'static str]) -> Signature {
    Signature { name, parameters, required }
}

/// Every function of `tvm`.
pub const SIGNATURES: [Signature; 9] = [
    signature("pmt", 3, &["rate", "count", "pv", "fv", "due"]),
    signature("ipmt", 4, &["rate", "period", "count", "pv", "fv", "due"]),
    signature("ppmt", 4, &["rate", "period", "count", "pv", "fv", "due"]),
    signature("pv", 3, &["rate", "count", "pmt", "fv", "due"]),
    signature("fv", 3, &["rate", "count", "pmt", "pv", "due"]),
    signature("nper", 3, &["rate", "pmt", "pv", "fv", "due"]),
    signature("rate", 3, &["count", "pmt", "pv", "fv", "due"]),
    signature("effective", 2, &["nominal", "periods"]),
    signature("nominal", 2, &["effective", "periods"]),
];

/// One function of `tvm`, by name: `pmt`, `ipmt`, `ppmt`, `pv`, `fv`, `nper`, `rate`, `effective` or `nominal`, with its
/// arguments in the contract's order; those left out at the end have their defaults, and those beyond the last (such as
/// the guess of a spreadsheet's `RATE`) are left alone.
///
/// * `pmt` (每期付款): the payment of each period. `ipmt` (其中利息) and `ppmt` (其中本金) are its parts in one period, 1 to
///   `count`; in advance, the first payment holds no interest, as in Excel and LibreOffice.
/// * `pv` (现值), `fv` (终值), also of no periods. `nper` (期数): how many payments; seldom whole, negative for the past.
/// * `rate` (利率): of several the positive one nearest zero, else the negative one nearest zero.
/// * `effective` (实际利率): (1 + nominal/periods)^periods − 1. `nominal` (名义利率) is its inverse.
///
/// Money received is positive, money paid negative. 10 decimals, half away from zero, trailing zeros cut; a `rate` from 100
/// up has 12 significant digits, as every rate that is a root.
///
/// # Errors
/// Every argument that is wrong, by its name. A rate per period lies above −1, a nominal one is not below 0, an effective
/// one above 0, as OpenFormula says, and none is above 10^6; counts go up to [`COUNT_MAX`]. `no_solution` where no number
/// of periods solves the equation; what [`crate::cost::RateError`] lists for a rate; `result_out_of_range` where the result
/// has more than 28 digits before the point.
///
/// # Example
/// ```
/// use clearloan::{standalone, wire::Wire};
/// let text = |text: &str| Wire::Text(text.to_owned());
/// // 10,000.00 at 1 % a month over 12 months.
/// let payment = standalone::tvm_json("pmt", &[text("0.01"), Wire::Number(12.0), text("10000")]);
/// assert_eq!(payment.as_deref(), Ok("\"-888.4878867834\""));
/// ```
pub fn tvm_json(function: &str, arguments: &[Wire]) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let Some(signature) = SIGNATURES.iter().find(|signature| signature.name == function) else {
        let names: Vec<&str> = SIGNATURES.iter().map(|signature| signature.name).collect();
        problems.not_one_of(&Path::Root.field("function"), function, &names);
        return problems.finish(None);
    };
    let given = Given::read(signature, arguments, &mut problems);
    problems.finish(Some(()))?;
    match function {
        "rate" => return rate(&given),
        "nper" => nper(&given),
        "nominal" => nominal(&given),
        _ => Formula::of(function, &given).units(&given),
    }
    .and_then(written)
}

/// The arguments; what a function does not take is zero.
#[derive(Default)]
struct Given {
    rate: Exact,
    count: u32,
    period: u32,
    pmt: Exact,
    pv: Exact,
    fv: Exact,
    is_in_advance: bool,
}

impl Given {
    fn read(signature: &Signature, arguments: &[Wire], problems: &mut Problems) -> Self {
        let mut given = Given::default();
        for (index, name) in signature.parameters.iter().copied().enumerate() {
            let path = Path::Root.field(name);
            let wire = arguments.get(index).unwrap_or(&Wire::Null);
            if *wire == Wire::Null && index >= signature.required {
                continue;
            }
            match name {
                "rate" | "nominal" | "effective" => {
                    given.rate = decimal(wire, &path, problems).unwrap_or_default();
                    check_rate(given.rate, name, &path, problems);
                }
                "count" | "periods" => {
                    let least = i64::from(!matches!(signature.name, "pv" | "fv"));
                    given.count = whole(wire, &path, least, COUNT_MAX, problems);
                }
                "period" => given.period = whole(wire, &path, 1, COUNT_MAX, problems),
                "due" => given.is_in_advance = whole(wire, &path, 0, 1, problems) == 1,
                _ => {
                    let amount = decimal(wire, &path, problems).unwrap_or_default();
                    *match name {
                        "pmt" => &mut given.pmt,
                        "pv" => &mut given.pv,
                        _ => &mut given.fv,
                    } = amount;
                }
            }
        }
        if given.period > given.count && given.count > 0 {
            problems.out_of_range(&Path::Root.field("period"), format!("1..{}", given.count));
        }
        given
    }

    /// pmt, pv and fv in whole 10^−scale, and 10^scale.
    fn amounts(&self) -> ([Big; 3], Big) {
        let scale = self.pmt.scale.max(self.pv.scale).max(self.fv.scale);
        ([self.pmt, self.pv, self.fv].map(|amount| amount.at_scale(scale)), power_of_ten(scale))
    }
}

fn whole(wire: &Wire, path: &Path, least: i64, greatest: u32, problems: &mut Problems) -> u32 {
    read::whole(wire, path, least, greatest.into(), problems).unwrap_or(0) as u32
}

fn check_rate(rate: Exact, name: &str, path: &Path, problems: &mut Problems) {
    // 10^scale is beyond 128 bits only where the rate is nearly zero.
    let compare = |limit: i128| match 10_i128.checked_pow(rate.scale).and_then(|unit| unit.checked_mul(limit)) {
        Some(limit) => rate.mantissa.cmp(&limit),
        None => 0.cmp(&limit),
    };
    let (least, is_low) = match name {
        "nominal" => (0, rate.mantissa < 0),
        "effective" => (0, rate.mantissa <= 0),
        _ => (-1, compare(-1).is_le()),
    };
    if is_low || compare(RATE_MAX).is_gt() {
        let (zh_cn, en) = if name == "nominal" { ("不小于", "at least") } else { ("大于", "above") };
        problems.add(
            "out_of_range",
            path,
            format!("应{zh_cn} {least}，不超过 {RATE_MAX}"),
            format!("must be {en} {least} and at most {RATE_MAX}"),
            Some(format!("{least}..{RATE_MAX}")),
        );
    }
}

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
struct Formula {
    constant: Big,
    factor: Big,
    divisor: Big,
    quotient: Quotient,
    /// 1 + rate per period.
    growth: (Big, Big),
}

impl Formula {
    fn of(function: &str, given: &Given) -> Self {
        let ([pmt, pv, fv], unit) = given.amounts();
        // rate = interest / one.
        let (mut interest, mut one) = (Big::from(given.rate.mantissa), power_of_ten(given.rate.scale));
        if function == "effective" {
            one = one.mul_small(given.count.into());
        }
        let growth = (&one + &interest, one.clone());
        // 1 + rate · due = advanced / one.
        let advanced = if given.is_in_advance { growth.0.clone() } else { one.clone() };
        let owed = &pv + &fv;
        let is_first_in_advance = given.is_in_advance && given.period == 1;
        let (constant, factor, divisor, quotient) = match function {
            // (1 + r)^n − 1 = r · S(n).
            "effective" => (Big::ZERO, interest, one, Quotient::Sum),
            // −pv − (pv·r + pmt·(1 + r·due)) · S(n).
            "fv" => {
                let factor = &(&pv * &interest) + &(&pmt * &advanced);
                (-(&pv * &one), -factor, &unit * &one, Quotient::Sum)
            }
            // −fv − (pmt·(1 + r·due) − fv·r) · S(n)/g^n, since 1/g^n = 1 − r · S(n)/g^n.
            "pv" => {
                let factor = &(&pmt * &advanced) - &(&fv * &interest);
                (-(&fv * &one), -factor, &unit * &one, Quotient::SumOverPower)
            }
            // The interest of a period is that on what is left, −r·pv + r·(pv + fv) · S(period − 1)/S(n), all divided by
            // 1 + r·due; in advance, none is due with the first payment.
            "ipmt" => {
                if is_first_in_advance {
                    interest = Big::ZERO;
                }
                let factor = &owed * &interest;
                (-(&pv * &interest), factor, &unit * &advanced, Quotient::EarlierSumOverSum)
            }
            // Its principal: −(pv + fv) · g^(period − 1)/S(n), divided likewise.
            "ppmt" if !is_first_in_advance => {
                (Big::ZERO, -(&owed * &one), &unit * &advanced, Quotient::EarlierPowerOverSum)
            }
            // The payment, and the principal of a first one in advance: (−pv·r − (pv + fv)/S(n)) / (1 + r·due).
            _ => (-(&pv * &interest), -(&owed * &one), &unit * &advanced, Quotient::OneOverSum),
        };
        Formula { constant, factor, divisor, quotient, growth }
    }

    /// In whole 10^−10.
    fn units(&self, given: &Given) -> Result<Big, LoanError> {
        if self.factor.is_zero() {
            return Ok(rounded(&self.constant, &self.divisor));
        }
        for digits in ATTEMPTS {
            let scale = Scale::of(digits);
            let growth = scale.ratio(&self.growth.0, &self.growth.1);
            let Powers { power, sum } = scale.powers(&growth, given.count);
            let earlier = || scale.powers(&growth, given.period.saturating_sub(1));
            let (above, below) = match self.quotient {
                Quotient::Sum => (sum, scale.one()),
                Quotient::SumOverPower => (sum, power),
                Quotient::OneOverSum => (scale.one(), sum),
                Quotient::EarlierSumOverSum => (earlier().sum, sum),
                Quotient::EarlierPowerOverSum => (earlier().power, sum),
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

    fn rounded(&self, above: &Big, below: &Big) -> Big {
        rounded(&(&(&self.constant * below) + &(&self.factor * above)), &(&self.divisor * below))
    }
}

/// (pmt·(1 + r·due) − fv·r) / (pmt·(1 + r·due) + pv·r) = g^n, or −(pv + fv)/pmt for r = 0.
///
/// No tie: were n = a/b in lowest terms, b divisible by 2^11, then g would be the b-th power of a rational number, and with
/// at most 84 digits it is not, unless it is 1.
fn nper(given: &Given) -> Result<Big, LoanError> {
    let no_solution = || {
        LoanError::one(
            "no_solution",
            "",
            Message::new(
                "没有期数能使这些金额在该利率下相抵。",
                "No number of periods balances these amounts at this rate.",
            ),
        )
    };
    let ([pmt, pv, fv], _) = given.amounts();
    let (interest, one) = (Big::from(given.rate.mantissa), power_of_ten(given.rate.scale));
    if interest.is_zero() {
        let (owed, paid) = if pmt.sign().is_gt() { (-(&pv + &fv), pmt) } else { (&pv + &fv, -pmt) };
        return if paid.is_zero() { Err(no_solution()) } else { Ok(rounded(&owed, &paid)) };
    }
    let growth = &one + &interest;
    let paid = &pmt * if given.is_in_advance { &growth } else { &one };
    let (above, below) = (&paid - &(&fv * &interest), &paid + &(&pv * &interest));
    if above.sign() != below.sign() || above.is_zero() {
        return Err(no_solution());
    }
    let (above, below) = (above.abs(), below.abs());
    let is_negative = (above > below) != (growth > one);
    for digits in ATTEMPTS {
        let scale = Scale::of(digits);
        let (wanted, each) = (scale.logarithm(&above, &below), scale.logarithm(&growth, &one));
        let (wanted, each) = ((wanted.value.abs(), wanted.error), (each.value.abs(), each.error));
        if each.0 <= each.1 {
            continue;
        }
        let low = rounded(&(&wanted.0 - &wanted.1), &(&each.0 + &each.1));
        if low == rounded(&(&wanted.0 + &wanted.1), &(&each.0 - &each.1)) {
            return Ok(if is_negative { -low } else { low });
        }
    }
    Err(undecided())
}

/// The rate of one amount now, payments, and one amount at the end: a root like any other.
fn rate(given: &Given) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let names = ["pmt", "pv", "fv"];
    let amounts = [given.pmt, given.pv, given.fv].map(Some);
    let amounts = read::in_one_unit(&amounts, &mut problems, |index, problems| {
        read::too_many_shared_digits(&Path::Root.field(names[index]), problems);
    });
    let amounts = problems.finish(amounts)?;
    let count = given.count as usize;
    let mut flows = vec![amounts[0]; count + 1];
    // In advance the first payment falls on the start, and none on the end.
    flows[if given.is_in_advance { count } else { 0 }] = 0;
    flows[0] += amounts[1];
    flows[count] += amounts[2];
    json_rate(cost::irr(&flows), "")
}

/// The inverse of `effective`: the largest number of units whose lower boundary b satisfies (1 + b/periods)^periods ≤
/// 1 + effective.
fn nominal(given: &Given) -> Result<Big, LoanError> {
    let one = power_of_ten(given.rate.scale);
    let effective = Big::from(given.rate.mantissa);
    let target = &one + &effective;
    let is_reached = |units: i64| -> Result<bool, LoanError> {
        if units <= 0 {
            return Ok(true);
        }
        // A unit is 10^−10, and the boundary lies half of one below.
        let below = Big::from(20_000_000_000_u64 * u64::from(given.count));
        let above = &below + &Big::from(2 * units - 1);
        for digits in ATTEMPTS {
            let scale = Scale::of(digits);
            let reached = scale.powers(&scale.ratio(&above, &below), given.count).power;
            if let Some(order) = compare(&reached, &scale.ratio(&target, &one)) {
                return Ok(order.is_le());
            }
        }
        Err(undecided())
    };
    // A guess only; the signs above decide.
    let approximately = (&effective << 64).div_rem(&one).map_or(0.0, |(scaled, _)| scaled.to_f64_scaled(64));
    let periods = f64::from(given.count);
    let guess = periods * libm::expm1(libm::log1p(approximately) / periods) * 1e10;
    let mut reached = guess as i64 - 1;
    let mut not_reached = reached + 3;
    let mut step = 2;
    while !is_reached(reached)? {
        (not_reached, reached) = (reached, reached - step);
        step *= 2;
    }
    while is_reached(not_reached)? {
        (reached, not_reached) = (not_reached, not_reached + step);
        step *= 2;
    }
    while not_reached - reached > 1 {
        let middle = reached + (not_reached - reached) / 2;
        if is_reached(middle)? {
            reached = middle;
        } else {
            not_reached = middle;
        }
    }
    Ok(Big::from(reached.max(0)))
}

/// `None` where they overlap.
fn compare(left: &Interval, right: &Interval) -> Option<Ordering> {
    if left.low > right.high {
        Some(Ordering::Greater)
    } else if left.high < right.low {
        Some(Ordering::Less)
    } else {
        (left.low == right.high && left.high == right.low).then_some(Ordering::Equal)
    }
}

/// Cannot happen but by an astronomical coincidence; see [`ATTEMPTS`].
fn undecided() -> LoanError {
    LoanError::one(
        "rate_undecided",
        "",
        Message::new("无法确定结果的最后一位小数。", "The last decimal of the result cannot be told."),
    )
}

fn out_of_range() -> LoanError {
    LoanError::one(
        "result_out_of_range",
        "",
        Message::new("结果的整数部分超过 28 位。", "The result has more than 28 digits before the point."),
    )
}

/// Whole 10^−10 as the JSON text of a decimal, trailing zeros cut.
fn written(units: Big) -> Result<String, LoanError> {
    let is_negative = units.sign().is_lt();
    let mut rest = units.abs();
    if rest >= power_of_ten(RESULT_DIGITS_MAX + 10) {
        return Err(out_of_range());
    }
    let mut backward = Vec::new();
    let mut place = 0;
    while place <= 10 || !rest.is_zero() {
        let (next, digit) = rest.div_rem_small(10).unwrap_or_default();
        if place == 10 && !backward.is_empty() {
            backward.push(b'.');
        }
        // Zeros behind the last decimal that counts are not written.
        if digit > 0 || place >= 10 || !backward.is_empty() {
            backward.push(b'0' + digit as u8);
        }
        rest = next;
        place += 1;
    }
    if is_negative {
        backward.push(b'-');
    }
    backward.reverse();
    let mut json = Json::default();
    json.digits(&backward);
    Ok(json.into_text())
}
