//! 各息费项目折算年化后加总: each charge annualised by itself on the scheduled principal, then added up, as China's banks
//! publish it. Not the rate of the whole: regulation.md, section 3.2, has an example where the two differ.

use super::RateError;
use super::of_loan::Reckoning;
use crate::json::Json;
use crate::rate::PublishedRate;
use crate::schedule::{FeeCharges, Schedule, fee_charges};
use crate::terms::{FeeTiming, write_text};
use std::borrow::Cow;

/// The items of a loan, interest first, then each fee that counts in the cost, in the order of the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Itemised {
    /// The sum of the published rates below, so that a reader's own addition agrees.
    pub total: PublishedRate,
    /// One for each item.
    pub items: Vec<ItemRate>,
}

/// What one item costs a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRate {
    /// "interest", or the fee's code.
    pub code: Cow<'static, str>,
    /// Who collects it (收取主体): the fee's payee where the terms name one. Interest goes to the lenders of the terms.
    pub payee: Option<String>,
    /// Nominal, as if this item were the loan's only charge.
    pub annual: PublishedRate,
}

impl Itemised {
    /// Each item as if it were the loan's only charge: at the start the principal less what the item charges that day, then
    /// in each period the scheduled principal and what the item charges, waivers and benefits taken off.
    ///
    /// `whole` is the simple annual rate of all charges together: where interest is the only charge, its own.
    pub(super) fn of(mut reckoning: Reckoning, whole: PublishedRate) -> Result<Itemised, RateError> {
        let Reckoning { terms, schedule, .. } = reckoning;
        let lent = schedule.totals.principal;
        let charges = fee_charges(terms, schedule);
        let is_upfront = terms.fees.iter().all(|fee| fee.when == FeeTiming::Disbursement);

        let interest = if is_upfront && schedule.cost_at_disbursement == lent {
            whole
        } else {
            // Rows without fees: what is paid with them is principal and interest.
            let apart = if is_upfront { None } else { Some(interest_only(schedule, &charges)) };
            let payments = apart.as_ref().unwrap_or(&reckoning.payments);
            reckoning.nominal_of(lent, payments, reckoning.contract_theta())?
        };
        let mut items = Vec::with_capacity(1 + terms.fees.len());
        items.push(ItemRate { code: "interest".into(), payee: None, annual: interest });
        let mut total = interest;
        // The room of the payments as a whole, which are done with.
        let mut payments = core::mem::take(&mut reckoning.payments);
        payments.clear();
        for (fee, charges) in terms.fees.iter().zip(&charges).filter(|(fee, _)| fee.in_cost) {
            // All fees at disbursement are set against the same principal.
            if payments.is_empty() || !is_upfront {
                payments.clear();
                payments.extend(schedule.instalments.iter().map(|row| row.principal));
                payments.iter_mut().zip(&charges.in_rows).for_each(|(payment, charge)| *payment += charge);
            }
            let annual = reckoning.nominal_of(lent - charges.at_disbursement, &payments, 0.0)?;
            total = total.plus(annual).ok_or(RateError::CostOutOfRange)?;
            items.push(ItemRate { code: fee.code.clone().into(), payee: fee.payee.clone(), annual });
        }
        Ok(Itemised { total, items })
    }

    /// Writes the items, fields in sorted order.
    pub(super) fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.field("items").array(|json| {
                for item in &self.items {
                    json.item().object(|json| {
                        item.annual.write(json.field("annual"));
                        json.field("code").text(&item.code);
                        if let Some(payee) = &item.payee {
                            json.field("payee").text(payee);
                        }
                    });
                }
            });
            self.total.write(json.field("total"));
        });
    }

    /// Writes how many items there are, and a line for each field of each.
    pub(crate) fn write_lines(&self, json: &mut Json) {
        json.line().integer(self.items.len() as i64);
        for item in &self.items {
            item.annual.write(json.line());
            json.line().text(&item.code);
            write_text(json, item.payee.as_deref());
        }
    }
}

/// What is neither principal nor a fee is interest, its benefits taken off.
fn interest_only(schedule: &Schedule, charges: &[FeeCharges]) -> Vec<i64> {
    let rows = schedule.instalments.iter().enumerate();
    rows.map(|(index, row)| row.payment - charges.iter().map(|charges| charges.in_rows[index]).sum::<i64>()).collect()
}
