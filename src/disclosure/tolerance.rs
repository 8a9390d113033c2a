//! 12 CFR 1026.22(a): is a disclosed annual percentage rate close enough to the exact one.

use super::Loan;
use super::words::{rate_text, units_of};
use crate::date::{self, CivilDate};
use crate::error::LoanError;
use crate::json::Json;
use crate::rate::PublishedRate;
use crate::rules::{Content, SHIPPED};
use crate::schedule::Schedule;
use crate::terms::LoanTerms;

/// How a disclosed rate lies to the exact one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsTolerance {
    /// By Appendix J.
    pub exact: PublishedRate,
    /// How far the disclosed rate may lie from it, either way.
    pub tolerance: String,
    /// Whether the transaction is irregular, and the wider tolerance holds.
    pub irregular: bool,
    /// Not further away from the exact rate, or from it as determined to three decimals of a percentage; the edge is within.
    pub within: bool,
}

/// Decimals of a percentage to which a rate determined by Appendix J may be cut off; see [`us_tolerance`].
const DETERMINED_DECIMALS: u32 = 3;

/// Holds a disclosed rate, in units of [`crate::rules::RATE_UNIT`], against the exact one. The tolerance is that of the day of
/// disbursement, or the first one known.
///
/// 1026.22(a)(2) measures from the rate "determined in accordance with" Appendix J, and Appendix J, (b)(9)(ii), wants it
/// certain to two decimals of a percentage, no more. So a creditor's exact rate may be a rounded one: the documentation of
/// Sherman's engine (vector sce1) determines 10.000 % to three decimals where the root is 9.9996 %, and calls 10.125 % in
/// compliance, just so. Here a rate is within where it is within of the root as published, or of the root to three decimals of a
/// percentage: that is the finest of the roundings in use, and moves the edge by 0.0005 of a percentage point at most.
///
/// # Errors
/// Those of [`Schedule::of`] and [`crate::cost::Cost::of`].
pub fn us_tolerance(terms: &LoanTerms, disclosed: i64) -> Result<UsTolerance, LoanError> {
    let loan = Loan::of(terms)?;
    let exact = loan.cost.us_apr;
    let irregular = is_irregular(&loan.schedule);
    let code = if irregular { "us_tolerance_irregular" } else { "us_tolerance_regular" };
    let (above, below) = tolerance_on(code, terms.disbursement_date);
    let determined = loan.shown(DETERMINED_DECIMALS)?.us_apr;
    let within = [exact, determined].iter().any(|&rate| (-below..=above).contains(&(disclosed - units_of(rate))));
    Ok(UsTolerance { exact, tolerance: rate_text(above), irregular, within })
}

fn tolerance_on(code: &str, on: CivilDate) -> (i64, i64) {
    let day = date::packed(on);
    let mut tolerance = None;
    for rule in SHIPPED.into_iter().flatten() {
        if let Content::Tolerance { above, below } = rule.content
            && rule.code == code
            && (tolerance.is_none() || rule.since <= day)
        {
            tolerance = Some((above, below));
        }
    }
    tolerance.unwrap_or_default()
}

/// 1026.22(a)(3): irregular are several advances, irregular payment periods, and irregular payment amounts, but for an
/// irregular first period and an irregular first or final payment. Here there is one advance and, dates not rolled
/// (1026.17(c)(3)), one interval: what is left is the amounts between the first and the final payment.
fn is_irregular(schedule: &Schedule) -> bool {
    let rows = &schedule.instalments;
    let amount = |index: usize| rows[index].payment - rows[index].outside_cost;
    // A loan that a coarse instalment unit ends early has rows of nothing behind its final payment.
    let mut last = rows.len() - 1;
    while last > 0 && amount(last) == 0 {
        last -= 1;
    }
    (1..last).any(|index| amount(index) != amount(1))
}

impl UsTolerance {
    /// Writes the result as the contract has it.
    pub(super) fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.field("exact").text(&self.exact.to_string());
            json.field("irregular").boolean(self.irregular);
            json.field("tolerance").text(&self.tolerance);
            json.field("within").boolean(self.within);
        });
    }
}
