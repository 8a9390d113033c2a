//! Every annual figure of a loan that a law may want shown (semantics.md, section 8): those of [`Cost`], the rates of the United
//! States and of Europe, and each item annualised by itself.

use crate::cost::{Cost, ItemisedRates, LoanFlows, Part, RateError, UnitFlows, irr_of_schedule, itemised};
use crate::error::LoanError;
use crate::money::Factor;
use crate::rate::PublishedRate;
use crate::schedule::Schedule;
use crate::terms::LoanTerms;

/// All annual figures of a loan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AnnualCost {
    pub irr_per_period: PublishedRate,
    pub simple_annual: PublishedRate,
    pub compound_annual: PublishedRate,
    pub xirr: PublishedRate,
    pub us_apr: PublishedRate,
    pub eu_aprc: PublishedRate,
    pub itemised_total: PublishedRate,
    /// Interest, then each fee that counts, in the order of the terms.
    pub items: Vec<PublishedRate>,
}

impl AnnualCost {
    pub fn of(terms: &LoanTerms, schedule: &Schedule) -> Result<AnnualCost, LoanError> {
        let cost = Cost::of(schedule)?;
        let (us_apr, eu_aprc, itemised) = rates(terms, schedule).map_err(|error| error.at(""))?;
        Ok(AnnualCost {
            irr_per_period: cost.irr_per_period,
            simple_annual: cost.simple_annual,
            compound_annual: cost.compound_annual,
            xirr: cost.xirr,
            us_apr,
            eu_aprc,
            itemised_total: itemised.total,
            items: itemised.items,
        })
    }
}

type Rates = (PublishedRate, PublishedRate, ItemisedRates);

fn rates(terms: &LoanTerms, schedule: &Schedule) -> Result<Rates, RateError> {
    let in_cost: Vec<i64> = schedule.instalments.iter().map(|row| row.payment - row.outside_cost).collect();
    let due_dates: Vec<_> = schedule.instalments.iter().map(|row| row.unrolled_due_date).collect();
    let position = schedule.first_position;
    let Factor { numerator, denominator } = position.fraction;
    let part = Part::new(numerator as u32, denominator as u32).unwrap_or(Part::NONE);
    let first_whole = position.whole;
    let at_start = schedule.cost_at_disbursement;
    let per_period = irr_of_schedule(UnitFlows { at_start, payments: &in_cost, first_whole, part })?;
    let flows = LoanFlows {
        at_start,
        disbursement_date: schedule.disbursement_date,
        payments: &in_cost,
        due_dates: &due_dates,
        every: terms.every,
    };
    let items = item_flows(terms, schedule)?;
    let per_year = schedule.periods_per_year;
    let itemised = itemised(
        items.iter().map(|(at_start, payments)| UnitFlows { at_start: *at_start, payments, first_whole, part }),
        (per_year.numerator as u64, per_year.denominator as u64),
    )?;
    Ok((flows.us_apr(&per_period)?, flows.eu_aprc(&per_period)?, itemised))
}

/// For each item the flows with it alone: at the start the whole principal less what the item charges that day, then the
/// scheduled principal and what the item charges, waivers and benefits taken off.
///
/// What one fee charges in a row is the difference that its counting makes to what stays outside the cost.
fn item_flows(terms: &LoanTerms, schedule: &Schedule) -> Result<Vec<(i64, Vec<i64>)>, RateError> {
    let lent = schedule.totals.principal;
    let mut alone = terms.clone();
    let mut with_only = |counted: Option<usize>| {
        for (index, fee) in alone.fees.iter_mut().enumerate() {
            fee.in_cost = counted == Some(index);
        }
        // The schedule of these terms has been built once, and what counts changes none of its sums' sizes.
        Schedule::of(&alone).map_err(|_| RateError::CostOutOfRange)
    };
    let none = with_only(None)?;
    let interest = none.instalments.iter().map(|row| row.payment - row.outside_cost).collect();
    let mut items = vec![(lent, interest)];
    for (index, _) in terms.fees.iter().enumerate().filter(|(_, fee)| fee.in_cost) {
        let one = with_only(Some(index))?;
        let charged =
            none.instalments.iter().zip(&one.instalments).map(|(none, one)| none.outside_cost - one.outside_cost);
        let payments = charged.zip(&none.instalments).map(|(charged, row)| row.principal + charged).collect();
        items.push((one.cost_at_disbursement, payments));
    }
    Ok(items)
}
