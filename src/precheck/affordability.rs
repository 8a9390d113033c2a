//! Affordability (还款能力): an instalment fits while (obligations + payment) ≤ shareMax × income.
//!
//! The payment is the largest of the schedule, so that every instalment fits; income and obligations are those of one
//! interval of the loan, as the policy takes them.

use super::arithmetic::{add, divide, multiply, subtract};
use super::evaluate::{Request, Run};
use super::fault::Fault;
use super::loan::{Loan, largest, largest_below};
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::money::Currency;
use rust_decimal::{Decimal, RoundingStrategy};

/// How many principals are tried one by one: the last instalment takes what rounding leaves over, so that one principal may
/// fit by a cent where a smaller one does not.
const NEIGHBOURS_MAX: i64 = 512;
/// The other instalments may differ by a cent as well where their fees are rounded each by itself.
const FEES_APART: i64 = 16;

/// What the applicant can bear.
pub(crate) struct Affordable {
    currency: Currency,
    payment: i64,
    /// shareMax × income − obligations, in whole minor units, the rest dropped.
    disposable: i64,
    debt_to_income: Option<Decimal>,
    /// None where the terms fit no other principal, as with a plan of one's own.
    pub principal_maximum: Option<i64>,
}

impl Affordable {
    /// None where the policy does not say how, or income and obligations are not known.
    ///
    /// # Errors
    /// `overflow` where a sum passes 28 digits, `amount_out_of_range` where it is no amount of money.
    pub(crate) fn of(request: &Request, run: &Run, loan: &Loan) -> Result<Option<Affordable>, LoanError> {
        let Some(rule) = &request.policy.affordability else { return Ok(None) };
        let known = |source| request.value_of(source, run).number();
        let (Some(income), Some(obligations)) = (known(rule.income), known(rule.obligations)) else { return Ok(None) };

        let currency = loan.terms.currency();
        let decimals = u32::from(currency.decimals());
        let payment = loan.schedule.maximum_payment;
        let exact = || {
            let disposable = subtract(multiply(rule.share_max, income)?, obligations)?;
            let burden = add(obligations, Decimal::new(payment, decimals))?;
            let debt_to_income = if income > Decimal::ZERO { Some(divide(burden, income)?) } else { None };
            Ok((disposable, debt_to_income))
        };
        let (disposable, debt_to_income) = exact().map_err(at_affordability)?;
        // Payments are whole minor units, so one fits the exact sum if and only if it fits the sum rounded down.
        let disposable = disposable.round_dp_with_strategy(decimals, RoundingStrategy::ToNegativeInfinity);
        let Some(disposable) = multiply(disposable, Decimal::from(10u64.pow(decimals)))
            .ok()
            .and_then(|minor_units| i64::try_from(minor_units).ok())
        else {
            return Err(LoanError::one(
                "amount_out_of_range",
                "affordability",
                Message::new("收入或负债超出金额范围", "income or obligations are beyond any amount"),
            ));
        };
        let principal_maximum = principal_maximum(loan, disposable);
        Ok(Some(Affordable { currency, payment, disposable, debt_to_income, principal_maximum }))
    }

    pub(crate) fn write(&self, json: &mut Json) {
        json.object(|json| {
            if let Some(ratio) = self.debt_to_income {
                json.field("debtToIncome").text(&published(ratio));
            }
            json.field("disposableIncome").text(&self.currency.format(self.disposable));
            json.field("payment").text(&self.currency.format(self.payment));
            if let Some(principal) = self.principal_maximum {
                json.field("principalMaximum").text(&self.currency.format(principal));
            }
        });
    }
}

fn at_affordability(fault: Fault) -> LoanError {
    LoanError::one(fault.code, "affordability", Message::new(fault.zh_cn, fault.en))
}

/// A rate as it is published: 10 decimals, half away from zero; from 100 up, 12 significant digits.
pub(crate) fn published(rate: Decimal) -> String {
    let mut decimals = crate::rate::DECIMALS;
    let mut unit = Decimal::ONE_HUNDRED;
    while decimals > 0 && rate.abs() >= unit {
        // 100 has three digits before the point, so nine behind it.
        decimals = if decimals == crate::rate::DECIMALS { 9 } else { decimals - 1 };
        unit *= Decimal::TEN;
    }
    super::value::plain(rate.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero))
}

/// The largest principal whose largest payment fits; 0 where none does. One minor unit more does not fit.
fn principal_maximum(loan: &Loan, disposable: i64) -> Option<i64> {
    if !loan.has_free_principal() {
        return None;
    }
    if disposable <= 0 {
        return Some(0);
    }
    // All instalments but the last, and the last: they are asked one by one what they would be.
    let payments = |principal: i64| {
        let instalments = loan.with_principal(principal).ok()?.schedule.instalments;
        let (last, others) = instalments.split_last()?;
        Some((others.iter().map(|instalment| instalment.payment).max().unwrap_or(0), last.payment))
    };
    let fits = |principal: i64| payments(principal).is_some_and(|(others, last)| others.max(last) <= disposable);
    let own = loan.terms.principal;
    let found = if fits(own) {
        largest(own, fits)
    } else {
        // A principal that the terms refuse here is too small for them: their deducted fees, their balloon.
        largest_below(own, |principal| payments(principal).is_none_or(|(others, last)| others.max(last) <= disposable))
    };
    if found == 0 || !fits(found) {
        return Some(0);
    }
    // Where the others stop fitting, nothing fits. Between what was found and there, the last instalment decides, up and
    // down by cents: the largest that fits is looked for from above.
    let bound = largest(found, |principal| payments(principal).is_some_and(|(others, _)| others <= disposable));
    if bound - found <= NEIGHBOURS_MAX {
        return Some((found + 1..=bound + FEES_APART).rev().find(|principal| fits(*principal)).unwrap_or(found));
    }
    // The last instalment is the largest by far, as with a balloon; its remainder is less than a cent for each row.
    let rows = i64::from(loan.terms.instalment_count);
    let mut best = found;
    let mut principal = found;
    while principal < best + 2 * rows + FEES_APART {
        principal += 1;
        if fits(principal) {
            best = principal;
        }
    }
    Some(best)
}
