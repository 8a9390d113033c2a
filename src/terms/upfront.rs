//! What is charged at disbursement, after waivers: it decides the sum that is repaid (semantics.md section 5).

use super::{Benefit, Charge, Fee, FeeTiming, LoanTerms, Settlement};
use crate::money::Factor;

/// The fees at disbursement, in minor units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upfront {
    /// Before waivers.
    pub charged: i64,
    /// Waived, so never paid, deducted or financed.
    pub waived: i64,
    /// In cash that day, waivers taken off.
    pub paid: i64,
    /// Kept from the proceeds, waivers taken off.
    pub deducted: i64,
    /// Added to the principal, waivers taken off.
    pub financed: i64,
    /// The part of `charged − waived` that counts in the cost of the loan.
    pub in_cost: i64,
    /// What each benefit of the terms, in order, may still take off later; `None` where there is no cap.
    pub caps_left: Vec<Option<i64>>,
}

impl LoanTerms {
    /// The fees at disbursement. A waiver cuts a fee before it is settled.
    #[must_use]
    pub fn upfront(&self) -> Upfront {
        let mut upfront = Upfront { caps_left: self.benefits.iter().map(Benefit::cap).collect(), ..Upfront::default() };
        for fee in self.fees.iter().filter(|fee| fee.when == FeeTiming::Disbursement) {
            // At disbursement every base is the principal: it is the opening balance, and no instalment is due yet.
            let charged = self.charge(fee, self.principal);
            let left = waive(fee, charged, self.benefits.iter().zip(&mut upfront.caps_left));
            upfront.charged += charged;
            upfront.waived += charged - left;
            match fee.settlement {
                Settlement::Paid => upfront.paid += left,
                Settlement::Deducted => upfront.deducted += left,
                Settlement::Financed => upfront.financed += left,
            }
            if fee.in_cost {
                upfront.in_cost += left;
            }
        }
        upfront
    }

    /// One charge of a fee: its amount, or R(rate × base).
    #[must_use]
    pub(crate) fn charge(&self, fee: &Fee, base: i64) -> i64 {
        match fee.charge {
            Charge::Amount(amount) => amount,
            Charge::Rate { rate, .. } => {
                Factor { numerator: rate.mantissa(), denominator: i128::from(10_u64.pow(rate.scale())) }
                    .of(base, self.rounding_mode)
            }
        }
    }
}

/// What is left of a charge after the waivers of that fee, in list order; their caps shrink.
#[must_use]
pub(crate) fn waive<'b>(
    fee: &Fee,
    charged: i64,
    benefits: impl Iterator<Item = (&'b Benefit, &'b mut Option<i64>)>,
) -> i64 {
    let mut left = charged;
    for (benefit, cap) in benefits {
        let Benefit::FeeWaiver { fee: code, .. } = benefit else { continue };
        if *code != fee.code {
            continue;
        }
        let waived = cap.map_or(left, |cap| cap.min(left));
        *cap = cap.map(|cap| cap - waived);
        left -= waived;
    }
    left
}

impl Benefit {
    /// The cap of a fee waiver or of an interest discount, for the whole loan.
    pub(crate) fn cap(&self) -> Option<i64> {
        match self {
            Benefit::FeeWaiver { cap, .. } | Benefit::InterestDiscount { cap, .. } => *cap,
            Benefit::InterestFreeInstalments(_) | Benefit::InterestFreeDays(_) => None,
        }
    }
}
