//! Joint lenders (联合贷款): each one's part of every row (semantics.md section 7).

use super::Instalment;
use crate::money::Factor;
use crate::terms::LoanTerms;

/// One lender's part of an instalment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LenderPart {
    /// Repaid to this lender.
    pub principal: i64,
    /// Paid to this lender.
    pub interest: i64,
}

impl Instalment {
    /// The lenders' parts, in the terms' order. Balances are split at the running sums of the shares and a row is their
    /// difference, so each lender gets back exactly what it lent, and the parts of a row add up to the row.
    #[must_use]
    pub fn lender_parts(&self, terms: &LoanTerms) -> Vec<LenderPart> {
        let mut share_before = Factor::ZERO;
        terms
            .lenders()
            .iter()
            .map(|lender| {
                let share = Factor {
                    numerator: lender.share.mantissa(),
                    denominator: i128::from(10_u64.pow(lender.share.scale())),
                };
                let share_with = share_before.plus(share);
                let part = |amount: i64| {
                    share_with.of(amount, terms.rounding_mode) - share_before.of(amount, terms.rounding_mode)
                };
                let parts = LenderPart {
                    principal: part(self.opening_balance) - part(self.closing_balance),
                    interest: part(self.interest),
                };
                share_before = share_with;
                parts
            })
            .collect()
    }
}
