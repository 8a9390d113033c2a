//! The functions with their arguments, and the arguments checked.

use crate::exact::Big;
use crate::standalone::interval::power_of_ten;
use crate::standalone::read::{self, Exact, decimal, refuse};
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;

/// The most periods: 27 years of days, 833 of months.
pub const COUNT_MAX: u32 = 10_000;
/// The highest rate: as high as any that is published.
const RATE_MAX: i128 = 1_000_000;

/// The functions of `tvm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Pmt,
    Ipmt,
    Ppmt,
    Pv,
    Fv,
    Nper,
    Rate,
    Effective,
    Nominal,
}

/// What the functions of `tvm` take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// Per period, above −1.
    Rate,
    /// A year's, for so many periods.
    Nominal,
    /// A year's.
    Effective,
    /// Periods of the whole term.
    Count,
    /// Periods of a year.
    Periods,
    /// One of the term, from 1.
    Period,
    /// What is paid each period.
    Pmt,
    /// What is received at the start.
    Pv,
    /// What is received at the end.
    Fv,
    /// 1 for payments in advance.
    Due,
}

impl Parameter {
    /// As in the contract.
    #[must_use]
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 10] =
            ["rate", "nominal", "effective", "count", "periods", "period", "pmt", "pv", "fv", "due"];
        NAMES[self as usize]
    }
}

/// A function and its arguments in order.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// As in `tvm.pmt`.
    pub name: &'static str,
    /// All arguments.
    pub parameters: &'static [Parameter],
    /// How many of them must be given.
    pub required: usize,
    pub(super) function: Function,
}

const fn signature(
    name: &'static str,
    function: Function,
    required: usize,
    parameters: &'static [Parameter],
) -> Signature {
    Signature { name, parameters, required, function }
}

const PART_OF_PAYMENT: &[Parameter] =
    &[Parameter::Rate, Parameter::Period, Parameter::Count, Parameter::Pv, Parameter::Fv, Parameter::Due];

/// Every function of `tvm`.
pub const SIGNATURES: [Signature; 9] = {
    use Parameter::*;
    [
        signature("pmt", Function::Pmt, 3, &[Rate, Count, Pv, Fv, Due]),
        signature("ipmt", Function::Ipmt, 4, PART_OF_PAYMENT),
        signature("ppmt", Function::Ppmt, 4, PART_OF_PAYMENT),
        signature("pv", Function::Pv, 3, &[Rate, Count, Pmt, Fv, Due]),
        signature("fv", Function::Fv, 3, &[Rate, Count, Pmt, Pv, Due]),
        signature("nper", Function::Nper, 3, &[Rate, Pmt, Pv, Fv, Due]),
        signature("rate", Function::Rate, 3, &[Count, Pmt, Pv, Fv, Due]),
        signature("effective", Function::Effective, 2, &[Nominal, Periods]),
        signature("nominal", Function::Nominal, 2, &[Effective, Periods]),
    ]
};

/// The arguments; what a function does not take is zero.
#[derive(Default)]
pub(super) struct Given {
    pub rate: Exact,
    pub count: u32,
    pub period: u32,
    pub pmt: Exact,
    pub pv: Exact,
    pub fv: Exact,
    pub is_in_advance: bool,
}

impl Given {
    /// Not to be used where there is a problem.
    #[inline(never)]
    pub(super) fn read(signature: &Signature, arguments: &[Wire], problems: &mut Problems) -> Self {
        let mut given = Given::default();
        let counts_from = u32::from(!matches!(signature.function, Function::Pv | Function::Fv));
        for (index, &parameter) in signature.parameters.iter().enumerate() {
            let path = Path::Root.field(parameter.name());
            let wire = arguments.get(index).unwrap_or(&Wire::Null);
            if *wire == Wire::Null && index >= signature.required {
                continue;
            }
            let mut whole =
                |least: u32, greatest: u32| read::whole(wire, &path, least.into(), greatest.into(), problems) as u32;
            match parameter {
                Parameter::Count | Parameter::Periods => given.count = whole(counts_from, COUNT_MAX),
                Parameter::Period => given.period = whole(1, COUNT_MAX),
                Parameter::Due => given.is_in_advance = whole(0, 1) == 1,
                _ => {
                    let Some(exact) = decimal(wire, &path, problems) else { continue };
                    match parameter {
                        Parameter::Pmt => given.pmt = exact,
                        Parameter::Pv => given.pv = exact,
                        Parameter::Fv => given.fv = exact,
                        _ => {
                            check_rate(exact, parameter, &path, problems);
                            given.rate = exact;
                        }
                    }
                }
            }
        }
        if given.period > given.count && given.count > 0 {
            problems.out_of_range(&Path::Root.field("period"), &format!("1..{}", given.count));
        }
        given
    }

    /// pmt, pv and fv in whole 10^−scale, and 10^scale.
    #[inline(never)]
    pub(super) fn amounts(&self) -> ([Big; 3], Big) {
        let scale = self.pmt.scale.max(self.pv.scale).max(self.fv.scale);
        ([self.pmt, self.pv, self.fv].map(|amount| amount.at_scale(scale)), power_of_ten(scale))
    }
}

/// As OpenFormula has it: above −1 for a period, or the money would be gone; a nominal rate at least 0, an effective one
/// above.
#[inline(never)]
fn check_rate(rate: Exact, parameter: Parameter, path: &Path, problems: &mut Problems) {
    let (is_low, [zh_cn, en, limit]) = match parameter {
        Parameter::Nominal => {
            let words = ["应不小于 0，不超过 1000000", "must be at least 0 and at most 1000000", "0..1000000"];
            (rate.mantissa < 0, words)
        }
        Parameter::Effective => {
            (rate.mantissa <= 0, ["应大于 0，不超过 1000000", "must be above 0 and at most 1000000", "0..1000000"])
        }
        _ => {
            let words = ["应大于 -1，不超过 1000000", "must be above -1 and at most 1000000", "-1..1000000"];
            (rate.is_at_most(-1), words)
        }
    };
    if is_low || !rate.is_at_most(RATE_MAX) {
        refuse("out_of_range", path, zh_cn, en, limit, problems);
    }
}
