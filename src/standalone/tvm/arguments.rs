//! The arguments of a function, checked.

use super::Signature;
use crate::exact::Big;
use crate::standalone::interval::power_of_ten;
use crate::standalone::read::{self, Exact, decimal};
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;

/// The most periods: 27 years of days, 833 of months.
pub const COUNT_MAX: u32 = 10_000;
/// The highest rate: as high as any that is published.
const RATE_MAX: i128 = 1_000_000;

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
    #[inline(never)]
    pub(super) fn read(signature: &Signature, arguments: &[Wire], problems: &mut Problems) -> Self {
        let mut given = Given::default();
        for (index, name) in signature.parameters.iter().copied().enumerate() {
            let path = Path::Root.field(name);
            let wire = arguments.get(index).unwrap_or(&Wire::Null);
            if *wire == Wire::Null && index >= signature.required {
                continue;
            }
            match name {
                "rate" | "nominal" | "effective" => {
                    if let Some(rate) = decimal(wire, &path, problems) {
                        check_rate(rate, name, &path, problems);
                        given.rate = rate;
                    }
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
    #[inline(never)]
    pub(super) fn amounts(&self) -> ([Big; 3], Big) {
        let scale = self.pmt.scale.max(self.pv.scale).max(self.fv.scale);
        ([self.pmt, self.pv, self.fv].map(|amount| amount.at_scale(scale)), power_of_ten(scale))
    }
}

#[inline(never)]
fn whole(wire: &Wire, path: &Path, least: i64, greatest: u32, problems: &mut Problems) -> u32 {
    read::whole(wire, path, least, greatest.into(), problems).unwrap_or(0) as u32
}

/// As OpenFormula has it: above −1 for a period, or the money would be gone; a nominal rate at least 0, an effective one
/// above.
#[inline(never)]
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
