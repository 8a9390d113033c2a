//! Fees and benefits of one row (semantics.md sections 5 and 6). Interest and the level instalment stay gross.

use super::Split;
use crate::money::Factor;
use crate::terms::{Benefit, Charge, Fee, FeeBase, FeeTiming, LoanTerms, Upfront, waive};

/// What comes on top of principal and interest, and what is taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Extra {
    pub fees: i64,
    /// What benefits take off the interest.
    pub interest_benefit: i64,
    /// What waivers take off the fees.
    pub waived: i64,
    /// Fees, waivers taken off, that do not count in the cost of the loan.
    pub outside_cost: i64,
}

/// A benefit, from when it counts, and what its cap still allows.
#[derive(Clone, Debug)]
pub(crate) struct InForce<'a> {
    pub benefit: &'a Benefit,
    /// The first row that it counts for.
    pub first_number: u32,
    /// The first day that it counts for, in days since disbursement.
    pub first_day: u32,
    pub cap_left: Option<i64>,
}

/// Interest on one balance: of a whole row, or of a part of it between two events.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stretch {
    /// The row's number, from 1.
    pub number: u32,
    /// Days since disbursement at its start.
    pub first_day: u32,
    pub days: u32,
    /// What makes the base its interest, before rounding.
    pub factor: Factor,
}

/// Goes through the rows in order: caps and free days are used up.
#[derive(Clone, Debug)]
pub(crate) struct Extras<'a> {
    terms: &'a LoanTerms,
    pub in_force: Vec<InForce<'a>>,
    /// Whether no row has any, as with most loans.
    are_none: bool,
}

impl<'a> Extras<'a> {
    pub fn new(terms: &'a LoanTerms, upfront: &Upfront) -> Self {
        let in_force = terms
            .benefits
            .iter()
            .zip(&upfront.caps_left)
            .map(|(benefit, cap_left)| InForce { benefit, first_number: 1, first_day: 0, cap_left: *cap_left })
            .collect();
        let are_none = terms.benefits.is_empty() && terms.fees.iter().all(|fee| fee.when == FeeTiming::Disbursement);
        Extras { terms, in_force, are_none }
    }

    /// Fees and benefits of a row whose interest runs over one stretch.
    #[inline]
    pub fn of(&mut self, stretch: &Stretch, split: &Split, opening_balance: i64, is_last: bool) -> Extra {
        // After an early end rows are 0.00: nothing is owed, so nothing is charged.
        if opening_balance == 0 || self.are_none {
            return Extra::default();
        }
        let interest_benefit = self.interest_benefit(stretch, split.interest, split.interest_base);
        Extra { interest_benefit, ..self.fees(stretch.number, split, opening_balance, is_last) }
    }

    /// The fees of a row and what is waived of them.
    pub fn fees(&mut self, number: u32, split: &Split, opening_balance: i64, is_last: bool) -> Extra {
        let mut extra = Extra::default();
        for fee in &self.terms.fees {
            let is_due = match fee.when {
                FeeTiming::Disbursement => false,
                FeeTiming::EachInstalment => true,
                FeeTiming::FirstInstalment => number == 1,
                FeeTiming::LastInstalment => is_last,
            };
            if is_due {
                let charged = self.terms.charge(fee, fee_base(fee, self.terms, split, opening_balance));
                let caps = self.in_force.iter_mut().map(|in_force| (in_force.benefit, &mut in_force.cap_left));
                let left = waive(fee, charged, caps);
                extra.fees += charged;
                extra.waived += charged - left;
                extra.outside_cost += if fee.in_cost { 0 } else { left };
            }
        }
        extra
    }

    /// Each benefit, in list order, on the interest that the earlier ones left; never below zero.
    pub fn interest_benefit(&mut self, stretch: &Stretch, interest: i64, base: i64) -> i64 {
        let mode = self.terms.rounding_mode;
        let mut left = interest;
        for InForce { benefit, first_number, first_day, cap_left } in &mut self.in_force {
            // The row's place among those that the benefit counts for, from 0.
            let Some(place) = stretch.number.checked_sub(*first_number) else { continue };
            let taken_off = match benefit {
                Benefit::InterestFreeInstalments(instalments) if place < *instalments => left,
                Benefit::InterestFreeDays(days) => {
                    let free_from = stretch.first_day.max(*first_day);
                    let free_to = (stretch.first_day + stretch.days).min(*first_day + days);
                    let free_days = free_to.saturating_sub(free_from);
                    if free_days == 0 {
                        0
                    } else {
                        let share = Factor { numerator: free_days.into(), denominator: stretch.days.into() };
                        stretch.factor.times(share).of_exactly(base.into(), mode)
                    }
                }
                Benefit::InterestDiscount { factor, instalments, .. }
                    if instalments.is_none_or(|instalments| place < instalments) =>
                {
                    let scale = i128::from(10_u64.pow(factor.scale()));
                    Factor { numerator: scale - factor.mantissa(), denominator: scale }.of(left, mode)
                }
                Benefit::InterestFreeInstalments(_) | Benefit::InterestDiscount { .. } | Benefit::FeeWaiver { .. } => 0,
            };
            let taken_off = taken_off.min(left).min(cap_left.unwrap_or(i64::MAX));
            if taken_off > 0 {
                *cap_left = cap_left.map(|cap| cap - taken_off);
            }
            left -= taken_off;
        }
        interest - left
    }
}

fn fee_base(fee: &Fee, terms: &LoanTerms, split: &Split, opening_balance: i64) -> i64 {
    match fee.charge {
        Charge::Amount(_) | Charge::Rate { of: FeeBase::Principal, .. } => terms.principal,
        Charge::Rate { of: FeeBase::OpeningBalance, .. } => opening_balance,
        Charge::Rate { of: FeeBase::Instalment, .. } => split.principal + split.interest,
    }
}
