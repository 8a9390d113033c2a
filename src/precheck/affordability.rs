//! Affordability (还款能力): an instalment fits while (obligations + payment) ≤ shareMax × income.
//!
//! The payment is the largest of the schedule, so that every instalment fits; income and obligations are those of one
//! interval of the loan, as the policy takes them.

use super::answer::minor_units;
use super::arithmetic::{add, divide, multiply, rounded, subtract};
use super::evaluate::{Request, Run};
use super::fault::Fault;
use super::loan::Loan;
use super::value::plain;
use crate::bisect::{between, largest};
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::money::Currency;
use rust_decimal::Decimal;

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
    #[inline(never)]
    pub(crate) fn of(request: &Request, run: &Run, loan: &Loan) -> Result<Option<Affordable>, LoanError> {
        let Some(rule) = &request.policy.affordability else { return Ok(None) };
        let known = [rule.income, rule.obligations].map(|source| request.value_of(source, run).number());
        let [Some(income), Some(obligations)] = known else { return Ok(None) };

        let currency = loan.terms.currency();
        let payment = loan.schedule.maximum_payment;
        let (disposable, debt_to_income) = match reckoned(rule.share_max, [income, obligations], payment, currency) {
            Ok(sums) => sums,
            Err(fault) => return Err(fault.at("", "affordability".to_owned())),
        };
        // Payments are whole minor units, so one fits the exact sum if and only if it fits the sum rounded down.
        let Some(disposable) = minor_units(disposable, currency) else {
            let message = Message::new("收入或负债超出金额范围", "income or obligations are beyond any amount");
            return Err(LoanError::one("amount_out_of_range", "affordability", message));
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

/// shareMax × income − obligations, and (obligations + payment) ÷ income, which has no value without an income.
fn reckoned(
    share_max: Decimal,
    [income, obligations]: [Decimal; 2],
    payment: i64,
    currency: Currency,
) -> Result<(Decimal, Option<Decimal>), Fault> {
    let disposable = subtract(multiply(share_max, income)?, obligations)?;
    let payment = divide(Decimal::from(payment), Decimal::from(10u64.pow(currency.decimals().into())))?;
    let burden = add(obligations, payment)?;
    Ok((disposable, if income > Decimal::ZERO { Some(divide(burden, income)?) } else { None }))
}

/// A rate as it is published: 10 decimals, half away from zero; from 100 up, 12 significant digits.
#[inline(never)]
pub(crate) fn published(rate: Decimal) -> String {
    let mut decimals = crate::rate::DECIMALS;
    let mut whole = rate.mantissa().unsigned_abs() / 10u128.pow(rate.scale());
    // From three digits before the point on, so many less behind it that there are twelve.
    if whole >= 100 {
        decimals = crate::rate::SIGNIFICANT_DIGITS;
        while whole > 0 && decimals > 0 {
            whole /= 10;
            decimals -= 1;
        }
    }
    plain(rounded(rate, decimals))
}

/// The largest principal whose largest payment fits; 0 where none does. One minor unit more does not fit.
#[inline(never)]
fn principal_maximum(loan: &Loan, disposable: i64) -> Option<i64> {
    if !loan.has_free_principal() {
        return None;
    }
    if disposable <= 0 {
        return Some(0);
    }
    let fits = |principal: i64| payments(loan, principal).is_some_and(|(others, last)| others.max(last) <= disposable);
    let own = loan.terms.principal;
    let found = if fits(own) {
        largest(own, &mut |principal| fits(principal))
    } else {
        // A principal that the terms refuse here is too small for them: their deducted fees, their balloon.
        between(0, own, &mut |principal| fits(principal) || payments(loan, principal).is_none())
    };
    if found == 0 || !fits(found) {
        return Some(0);
    }
    // Where the others stop fitting, nothing fits. Between what was found and there, the last instalment decides, up and
    // down by cents: the largest that fits is looked for from above.
    let bound =
        largest(found, &mut |principal| payments(loan, principal).is_some_and(|(others, _)| others <= disposable));
    if bound - found <= NEIGHBOURS_MAX {
        return (found..=bound + FEES_APART).rev().find(|principal| fits(*principal));
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

/// The largest of all payments but the last, and the last.
#[inline(never)]
fn payments(loan: &Loan, principal: i64) -> Option<(i64, i64)> {
    let instalments = loan.with_principal(principal).ok()?.schedule.instalments;
    let (last, others) = instalments.split_last()?;
    let mut largest = 0;
    for instalment in others {
        largest = largest.max(instalment.payment);
    }
    Some((largest, last.payment))
}
