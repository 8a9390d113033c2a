//! What each fee charges by itself (semantics.md sections 5 and 6); a row has only their sum.

use super::Schedule;
use crate::terms::{Benefit, Charge, Fee, FeeBase, FeeTiming, LoanTerms, waive};

/// What one fee charges, waivers taken off.
pub(crate) struct FeeCharges {
    pub at_disbursement: i64,
    /// With each row; empty where every fee of the loan is charged at disbursement.
    pub in_rows: Vec<i64>,
}

/// What each fee charges, in the order of the terms.
pub(crate) fn fee_charges(terms: &LoanTerms, schedule: &Schedule) -> Vec<FeeCharges> {
    let mut caps_left: Vec<Option<i64>> = terms.benefits.iter().map(Benefit::cap).collect();
    let mut left_of =
        |fee: &Fee, base: i64| waive(fee, terms.charge(fee, base), terms.benefits.iter().zip(&mut caps_left));
    let mut all = Vec::with_capacity(terms.fees.len());
    for fee in &terms.fees {
        let is_upfront = fee.when == FeeTiming::Disbursement;
        let at_disbursement = if is_upfront { left_of(fee, terms.principal) } else { 0 };
        all.push(FeeCharges { at_disbursement, in_rows: Vec::new() });
    }
    if terms.fees.iter().all(|fee| fee.when == FeeTiming::Disbursement) {
        return all;
    }
    let last = schedule.instalments.len() - 1;
    for charges in &mut all {
        charges.in_rows.reserve_exact(last + 1);
    }
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
