//! The functions of spreadsheets for the time value of money (货币时间价值), as OpenFormula defines them.
//!
//! All but `rate`, `effective` and `nominal` solve one equation (OpenFormula 1.2, 6.12.41), in which money received is
//! positive and money paid negative; a payment in advance (`due` 1) earns one period's interest more:
//!
//! pv·g^n + pmt·(1 + r·due)·S(n) + fv = 0, with g = 1 + r and S(n) = 1 + g + … + g^(n − 1), which is n for r = 0.
//!
//! Every result is rounded once from the exact value to 10 decimals, half away from zero: bounds are computed with ever
//! more digits until both round alike (see `interval`).

mod arguments;
mod formula;
mod inverse;

use crate::error::{LoanError, Message};
use crate::exact::Big;
use crate::json::Json;
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;
pub use arguments::{COUNT_MAX, Parameter, SIGNATURES, Signature};
use arguments::{Function, Given};
use formula::Formula;

/// Results have at most 28 digits before the point, as the arguments; in whole 10^−10.
const RESULT_MAX: u128 = 10_u128.pow(28 + 10);

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
/// let text = |text: &'static str| Wire::Text(text.into());
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
    match signature.function {
        Function::Rate => inverse::rate(&given),
        Function::Nominal => written(&inverse::nominal(&given)?),
        function => written(&Formula::of(function, &given)?.units(&given)?),
    }
}

/// A refusal of the whole call.
#[inline(never)]
fn refused(code: &'static str, zh_cn: &str, en: &str) -> LoanError {
    LoanError::one(code, "", Message::new(zh_cn, en))
}

/// Cannot happen but by an astronomical coincidence; see `interval`.
fn undecided() -> LoanError {
    refused("rate_undecided", "无法确定结果的最后一位小数。", "The last decimal of the result cannot be told.")
}

fn out_of_range() -> LoanError {
    refused("result_out_of_range", "结果的整数部分超过 28 位。", "The result has more than 28 digits before the point.")
}

/// Whole 10^−10 as the JSON text of a decimal, trailing zeros cut.
fn written(units: &Big) -> Result<String, LoanError> {
    let units = units.to_i128().filter(|units| units.unsigned_abs() < RESULT_MAX).ok_or_else(out_of_range)?;
    let mut rest = units.unsigned_abs();
    // A sign, 28 digits, a point and 10 decimals, from the last to the first; the point and what stands behind it only
    // where that is not all zeros.
    let mut room = [0; 40];
    let end = room.len();
    let mut start = end;
    for place in 0.. {
        if place > 10 && rest == 0 {
            break;
        }
        if place == 10 && start < end {
            start -= 1;
            room[start] = b'.';
        }
        let digit = (rest % 10) as u8;
        rest /= 10;
        if digit == 0 && place < 10 && start == end {
            continue;
        }
        start -= 1;
        room[start] = b'0' + digit;
    }
    if units < 0 {
        start -= 1;
        room[start] = b'-';
    }
    let mut json = Json::default();
    json.plain(&room[start..end]);
    Ok(json.into_text())
}
