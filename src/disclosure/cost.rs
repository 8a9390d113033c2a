//! Every annual figure of a loan that a law may want shown (semantics.md, section 8): those of [`Cost`], the rates of the United
//! States and of Europe, and each item annualised by itself.

use crate::cost::{Cost, ItemisedRates, LoanFlows, Part, RateError, UnitFlows, irr_of_schedule, itemised};
use crate::error::LoanError;
use crate::money::Factor;
use crate::rate::PublishedRate;
use crate::schedule::Schedule;
use crate::terms::{Benefit, Charge, Fee, FeeBase, FeeTiming, LoanTerms, waive};

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
    let in_cost = in_cost(schedule);
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
    let items = item_flows(terms, schedule);
    let per_year = schedule.periods_per_year;
    let itemised = itemised(
        items.iter().map(|(at_start, payments)| UnitFlows { at_start: *at_start, payments, first_whole, part }),
        (per_year.numerator as u64, per_year.denominator as u64),
    )?;
    Ok((flows.us_apr(&per_period)?, flows.eu_aprc(&per_period)?, itemised))
}

/// For each item the flows with it alone: at the start the whole principal less what the item charges that day, then the
/// scheduled principal and what the item charges, waivers and benefits taken off.
fn item_flows(terms: &LoanTerms, schedule: &Schedule) -> Vec<(i64, Vec<i64>)> {
    let lent = schedule.totals.principal;
    let charges = fee_charges(terms, schedule);
    // What is neither principal nor a fee is interest, its benefits taken off.
    let mut interest = Vec::with_capacity(schedule.instalments.len());
    for (index, row) in schedule.instalments.iter().enumerate() {
        let fees: i64 = charges.iter().map(|charges| charges.in_rows[index]).sum();
        interest.push(row.payment - fees);
    }
    let mut items = vec![(lent, interest)];
    for (fee, mut charges) in terms.fees.iter().zip(charges) {
        if fee.in_cost {
            for (charge, row) in charges.in_rows.iter_mut().zip(&schedule.instalments) {
                *charge += row.principal;
            }
            items.push((lent - charges.at_disbursement, charges.in_rows));
        }
    }
    items
}

/// What one fee charges, waivers taken off.
pub(super) struct FeeCharges {
    pub at_disbursement: i64,
    pub in_rows: Vec<i64>,
}

/// What each fee charges (semantics.md, sections 5 and 6), in the order of the terms.
pub(super) fn fee_charges(terms: &LoanTerms, schedule: &Schedule) -> Vec<FeeCharges> {
    let mut caps_left: Vec<Option<i64>> = terms.benefits.iter().map(Benefit::cap).collect();
    let mut left_of =
        |fee: &Fee, base: i64| waive(fee, terms.charge(fee, base), terms.benefits.iter().zip(&mut caps_left));
    let mut all = Vec::with_capacity(terms.fees.len());
    for fee in &terms.fees {
        let is_upfront = fee.when == FeeTiming::Disbursement;
        let at_disbursement = if is_upfront { left_of(fee, terms.principal) } else { 0 };
        all.push(FeeCharges { at_disbursement, in_rows: Vec::with_capacity(schedule.instalments.len()) });
    }
    let last = schedule.instalments.len() - 1;
    for (index, row) in schedule.instalments.iter().enumerate() {
        let is_last = index == last || (row.closing_balance == 0 && row.opening_balance > 0);
        for (fee, charges) in terms.fees.iter().zip(&mut all) {
            let is_due = match fee.when {
                FeeTiming::Disbursement => false,
                FeeTiming::EachInstalment => true,
                FeeTiming::FirstInstalment => index == 0,
                FeeTiming::LastInstalment => is_last,
            };
            let base = match fee.charge {
                Charge::Amount(_) | Charge::Rate { of: FeeBase::Principal, .. } => terms.principal,
                Charge::Rate { of: FeeBase::OpeningBalance, .. } => row.opening_balance,
                Charge::Rate { of: FeeBase::Instalment, .. } => row.principal + row.interest,
            };
            // After an early end nothing is owed, so nothing is charged.
            charges.in_rows.push(if is_due && row.opening_balance > 0 { left_of(fee, base) } else { 0 });
        }
    }
    all
}

fn in_cost(schedule: &Schedule) -> Vec<i64> {
    let mut payments = Vec::with_capacity(schedule.instalments.len());
    for row in &schedule.instalments {
        payments.push(row.payment - row.outside_cost);
    }
    payments
}
