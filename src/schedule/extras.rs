//! Fees and benefits of one row (semantics.md sections 5 and 6). Interest and the level instalment stay gross.

use super::Split;
use super::periods::Period;
use crate::money::Factor;
use crate::terms::{Benefit, Charge, Fee, FeeBase, FeeTiming, LoanTerms, Upfront};

/// What comes on top of principal and interest, and what is taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Extra {
    pub fees: i64,
    pub benefit: i64,
    /// Fees, waivers taken off, that do not count in the cost of the loan.
    pub outside_cost: i64,
}

/// Goes through the rows in order: caps and free days are used up.
pub(super) struct Extras<'a> {
    terms: &'a LoanTerms,
    caps_left: Vec<Option<i64>>,
    /// The row's number, from 1.
    number: u32,
    /// Days since disbursement at the start of the row.
    days_before: u32,
}

impl<'a> Extras<'a> {
    pub(super) fn new(terms: &'a LoanTerms, upfront: &Upfront) -> Self {
        Extras { terms, caps_left: upfront.caps_left.clone(), number: 0, days_before: 0 }
    }

    pub(super) fn of(&mut self, period: &Period, split: &Split, opening_balance: i64, is_last: bool) -> Extra {
        let days_before = self.days_before;
        self.days_before += period.days;
        self.number += 1;
        // After an early end rows are 0.00: nothing is owed, so nothing is charged.
        if opening_balance == 0 {
            return Extra::default();
        }
        let mut extra = Extra { benefit: self.interest_benefit(period, split, days_before), ..Extra::default() };
        for fee in &self.terms.fees {
            let is_due = match fee.when {
                FeeTiming::Disbursement => false,
                FeeTiming::EachInstalment => true,
                FeeTiming::FirstInstalment => self.number == 1,
                FeeTiming::LastInstalment => is_last,
            };
            if is_due {
                let charged = self.terms.charge(fee, fee_base(fee, self.terms, split, opening_balance));
                let left = self.terms.waive(fee, charged, &mut self.caps_left);
                extra.fees += charged;
                extra.benefit += charged - left;
                extra.outside_cost += if fee.in_cost { 0 } else { left };
            }
        }
        extra
    }

    /// Each benefit, in list order, on the interest that the earlier ones left; never below zero.
    fn interest_benefit(&mut self, period: &Period, split: &Split, days_before: u32) -> i64 {
        let mode = self.terms.rounding_mode;
        let mut left = split.interest;
        for (benefit, cap) in self.terms.benefits.iter().zip(&mut self.caps_left) {
            let taken_off = match benefit {
                Benefit::InterestFreeInstalments(instalments) => {
                    if self.number <= *instalments {
                        left
                    } else {
                        0
                    }
                }
                Benefit::InterestFreeDays(days) => {
                    let free_days = days.saturating_sub(days_before).min(period.days);
                    if free_days == 0 || period.days == 0 {
                        0
                    } else {
                        let share = Factor { numerator: i128::from(free_days), denominator: i128::from(period.days) };
                        period.interest.times(share).of(split.interest_base, mode)
                    }
                }
                Benefit::InterestDiscount { factor, instalments, .. } => {
                    if instalments.is_some_and(|instalments| self.number > instalments) {
                        0
                    } else {
                        let scale = 10i128.pow(factor.scale());
                        Factor { numerator: scale - factor.mantissa(), denominator: scale }.of(left, mode)
                    }
                }
                Benefit::FeeWaiver { .. } => 0,
            };
            let taken_off = taken_off.min(left).min(cap.unwrap_or(i64::MAX));
            if taken_off > 0 {
                *cap = cap.map(|cap| cap - taken_off);
            }
            left -= taken_off;
        }
        split.interest - left
    }
}

fn fee_base(fee: &Fee, terms: &LoanTerms, split: &Split, opening_balance: i64) -> i64 {
    match fee.charge {
        Charge::Amount(_) | Charge::Rate { of: FeeBase::Principal, .. } => terms.principal,
        Charge::Rate { of: FeeBase::OpeningBalance, .. } => opening_balance,
        Charge::Rate { of: FeeBase::Instalment, .. } => split.principal + split.interest,
    }
}
