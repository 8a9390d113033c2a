//! The cost of a loan (综合融资成本): every annual figure of its schedule, each named after its method.

use super::{Part, RateError, Root, UnitFlows, irr_of_schedule, xirr_of_schedule};
use crate::date;
use crate::error::LoanError;
use crate::json::Json;
use crate::rate::PublishedRate;
use crate::schedule::Schedule;

/// The rates of a loan (semantics.md section 8), each rounded to 10 decimals from its exact root. They see what the
/// borrower receives and pays because of the loan: fees outside the cost are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The internal rate of a period: of one interval; for a bullet loan, of its term.
    pub irr_per_period: PublishedRate,
    /// 年化利率（单利）: the rate per period times the periods of a year.
    pub simple_annual: PublishedRate,
    /// 年化利率（复利）: (1 + the rate per period)^periods − 1.
    pub compound_annual: PublishedRate,
    /// Effective, by actual days over 365, with due dates as rolled.
    pub xirr: PublishedRate,
}

impl Cost {
    /// The cost of a schedule.
    ///
    /// # Errors
    /// `no_sign_change` where fees leave nothing to receive, `cost_out_of_range` above 10^6.
    pub fn of(schedule: &Schedule) -> Result<Cost, LoanError> {
        Cost::of_flows(schedule).map_err(|error| error.at(""))
    }

    fn of_flows(schedule: &Schedule) -> Result<Cost, RateError> {
        let payments: Vec<i64> =
            schedule.instalments.iter().map(|instalment| instalment.payment - instalment.outside_cost).collect();
        let days: Vec<u32> = schedule
            .instalments
            .iter()
            // Checked terms put every due date after the disbursement.
            .map(|instalment| date::days_between(schedule.disbursement_date, instalment.due_date).max(0) as u32)
            .collect();
        let root = root_per_period(schedule, &payments)?;
        let per_year = schedule.periods_per_year;
        // 12 ÷ months, 52 ÷ weeks, 365 ÷ days, or a term's inverse: all are small.
        let (numerator, denominator) = (per_year.numerator as u64, per_year.denominator as u64);
        Ok(Cost {
            irr_per_period: root.rate()?,
            simple_annual: root.times(numerator, denominator)?,
            compound_annual: root.compounded(numerator, denominator)?,
            xirr: xirr_of_schedule(schedule.cost_at_disbursement, &payments, &days)?,
        })
    }

    /// Writes the rates, fields in sorted order.
    pub fn write(&self, json: &mut Json) {
        json.object(|json| {
            self.compound_annual.write(json.field("compoundAnnual"));
            self.irr_per_period.write(json.field("irrPerPeriod"));
            self.simple_annual.write(json.field("simpleAnnual"));
            self.xirr.write(json.field("xirr"));
        });
    }
}

fn root_per_period<'a>(schedule: &Schedule, payments: &'a [i64]) -> Result<Root<'a>, RateError> {
    let position = schedule.first_position;
    irr_of_schedule(UnitFlows {
        at_start: schedule.cost_at_disbursement,
        payments,
        first_whole: position.whole,
        part: Part::new(position.fraction.numerator as u32, position.fraction.denominator as u32).unwrap_or(Part::NONE),
    })
}
