//! The repayment schedule (还款计划): what is due when. After this stage the repayment method is forgotten.

mod charges;
pub(crate) mod extras;
mod lenders;
pub(crate) mod level;
pub(crate) mod periods;
pub(crate) mod principal;
pub(crate) mod rows;
mod write;

pub(crate) use charges::{FeeCharges, fee_charges};
pub use lenders::LenderPart;

use crate::date::CivilDate;
use crate::error::{LoanError, Message};
use crate::money::Factor;
use crate::terms::{LoanTerms, Position, RepaymentMethod};
use rows::{Row, Rows};

/// The largest sum that a JavaScript number holds exactly; rows cross as such numbers.
pub(crate) const SUM_MAX: i64 = (1 << 53) - 1;

/// A complete schedule. Amounts are whole minor units of the terms' currency.
///
/// payments − proceeds = interest + fees − benefits, fees and waivers at disbursement included.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// What the borrower receives.
    pub proceeds: i64,
    /// Fees paid in cash on the day of disbursement.
    pub paid_at_disbursement: i64,
    /// Sums over the whole loan.
    pub totals: Totals,
    /// The first instalment's payment.
    pub first_payment: i64,
    /// The last instalment's payment.
    pub last_payment: i64,
    /// The largest payment.
    pub maximum_payment: i64,
    /// The last due date, rolled.
    pub maturity_date: CivilDate,
    /// The rows, in order of their due dates.
    pub instalments: Vec<Instalment>,
    /// The money that comes on the day of disbursement, fees outside the cost of the loan left out of sight: what the
    /// rates are reckoned with.
    pub(crate) cost_at_disbursement: i64,
    pub(crate) disbursement_date: CivilDate,
    /// Where the first row lies, in periods, and how many of them make a year.
    pub(crate) first_position: Position,
    pub(crate) periods_per_year: Factor,
}

/// Sums over the whole loan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The principal with what was financed.
    pub principal: i64,
    /// Before benefits.
    pub interest: i64,
    /// Those at disbursement included.
    pub fees: i64,
    /// Those at disbursement included.
    pub benefits: i64,
    /// All that the borrower pays, at disbursement too.
    pub payments: i64,
    /// interest + fees − benefits, without fees that do not count in the cost.
    pub finance_charge: i64,
}

/// One instalment (一期). payment = principal + interest + fees − benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instalment {
    /// From 1.
    pub number: u32,
    /// Rolled.
    pub due_date: CivilDate,
    /// Before the roll.
    pub unrolled_due_date: CivilDate,
    /// Days of the interest period.
    pub days: u32,
    /// Before this instalment.
    pub opening_balance: i64,
    /// Repaid.
    pub principal: i64,
    /// Before benefits.
    pub interest: i64,
    /// Before waivers.
    pub fees: i64,
    /// What benefits take off interest and fees.
    pub benefit: i64,
    /// Due.
    pub payment: i64,
    /// After this instalment.
    pub closing_balance: i64,
    /// The part of the payment that does not count in the cost of the loan.
    pub(crate) outside_cost: i64,
}

impl Schedule {
    /// Builds the schedule (排出还款计划).
    ///
    /// Interest accrues on the opening balance of each period (on the first balance with flat interest) and is rounded
    /// once, to the minor unit. What rounding leaves over is settled in the last instalment, or in the first where the
    /// terms say so; the principal is always repaid exactly.
    ///
    /// # Errors
    /// `amount_out_of_range` where a sum is beyond what can cross to a page exactly (2^53 − 1 minor units).
    pub fn of(terms: &LoanTerms) -> Result<Schedule, LoanError> {
        let upfront = terms.upfront();
        let lent = terms.principal + upfront.financed;
        let periods = periods::periods(terms);

        let mut totals =
            Totals { fees: upfront.charged, benefits: upfront.waived, payments: upfront.paid, ..Totals::default() };
        let mut finance_charge = upfront.in_cost;
        let mut instalments = Vec::with_capacity(periods.len());
        let (mut opening_balance, mut maximum_payment) = (lent, 0);
        for (number, (period, row)) in (1..).zip(periods.iter().zip(Rows::new(terms, &periods, &upfront))) {
            let Row { split, extra, payment, .. } = row;
            let benefit = extra.interest_benefit + extra.waived;
            let closing_balance = opening_balance - split.principal;
            instalments.push(Instalment {
                number,
                due_date: period.due_date,
                unrolled_due_date: period.unrolled_due_date,
                days: period.days,
                opening_balance,
                principal: split.principal,
                interest: split.interest,
                fees: extra.fees,
                benefit,
                payment,
                closing_balance,
                outside_cost: extra.outside_cost,
            });
            totals.principal += split.principal;
            totals.interest += split.interest;
            totals.fees += extra.fees;
            totals.benefits += benefit;
            totals.payments += payment;
            finance_charge += row.finance_charge();
            maximum_payment = maximum_payment.max(payment);
            opening_balance = closing_balance;
        }
        totals.finance_charge = finance_charge;
        debug_assert_eq!((opening_balance, totals.principal), (0, lent));

        if totals.payments.max(totals.fees) > SUM_MAX {
            return Err(too_large());
        }
        let (first, last) = (&instalments[0], &instalments[instalments.len() - 1]);
        let (first_position, periods_per_year) = period_measure(terms);
        Ok(Schedule {
            proceeds: terms.principal - upfront.deducted,
            paid_at_disbursement: upfront.paid,
            first_payment: first.payment,
            last_payment: last.payment,
            maximum_payment,
            maturity_date: last.due_date,
            // All that is repaid was received, but for the fees that count: so a fee outside the cost is seen neither
            // where it is charged nor where it is settled.
            cost_at_disbursement: lent - upfront.in_cost,
            disbursement_date: terms.disbursement_date,
            totals,
            instalments,
            first_position,
            periods_per_year,
        })
    }
}

/// A sum that cannot cross to a page exactly.
pub(crate) fn too_large() -> LoanError {
    LoanError::one(
        "amount_out_of_range",
        "",
        Message::new("应还总额超出可精确表示的范围", "the sum of the payments is beyond what can be held exactly"),
    )
}

/// What a period is to the rates: one interval; for a bullet loan, its term (semantics.md section 8).
pub(crate) fn period_measure(terms: &LoanTerms) -> (Position, Factor) {
    if terms.method != RepaymentMethod::Bullet {
        return (terms.first_position(), terms.periods_per_year());
    }
    let term = periods::term_years(terms);
    (Position::ONE, Factor::new(term.denominator, term.numerator))
}

/// Principal and interest of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Split {
    pub principal: i64,
    pub interest: i64,
    /// What interest is charged on: the opening balance, or the first one with flat interest.
    pub interest_base: i64,
}
