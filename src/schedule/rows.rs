//! The rows of a loan, one after the other: what every amount of a schedule comes from.

use super::Split;
use super::extras::{Extra, Extras, Stretch};
use super::periods::Period;
use super::principal::Plan;
use crate::terms::{LoanTerms, RepaymentMethod, Upfront};

/// Principal, interest, fees and benefits of one row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub split: Split,
    pub extra: Extra,
    /// principal + interest + fees − benefits.
    pub payment: i64,
}

impl Row {
    /// interest + fees − benefits, without fees that do not count in the cost.
    pub fn finance_charge(&self) -> i64 {
        self.payment - self.split.principal - self.extra.outside_cost
    }
}

/// Goes through the rows in order. No memory is taken for a loan without benefits and without a plan of its own.
pub(crate) struct Rows<'a> {
    terms: &'a LoanTerms,
    periods: &'a [Period],
    lent: i64,
    /// What is agreed on the principal still to come.
    pub plan: Plan,
    extras: Extras<'a>,
    index: usize,
    /// Before the row that comes next.
    pub balance: i64,
    days_before: u32,
}

impl<'a> Rows<'a> {
    /// `periods` and `upfront` are those of the terms.
    pub fn new(terms: &'a LoanTerms, periods: &'a [Period], upfront: &Upfront) -> Rows<'a> {
        let lent = terms.principal + upfront.financed;
        let plan = Plan::new(terms, lent, periods.len() - terms.interest_only_instalments as usize);
        Rows {
            terms,
            periods,
            lent,
            plan,
            extras: Extras::new(terms, upfront),
            index: 0,
            balance: lent,
            days_before: 0,
        }
    }

    /// Principal and interest. The last row takes the whole balance, the balloon with it, so that the parts add up to
    /// what was lent.
    fn split(&mut self, period: &Period) -> Split {
        let terms = self.terms;
        let balance = self.balance;
        let is_flat = terms.method == RepaymentMethod::Flat;
        // A coarse unit can end the loan early; then nothing is owed and nothing accrues.
        let interest_base = if is_flat && balance > 0 { self.lent } else { balance };
        let interest = period.interest.of(interest_base, terms.rounding_mode);
        let principal = if self.index + 1 == self.periods.len() {
            balance
        } else if self.index < terms.interest_only_instalments as usize {
            0
        } else {
            // A rate that changes recasts the level instalment on the balance then.
            let is_step = terms.steps.iter().any(|step| step.from_instalment as usize == self.index + 1);
            self.plan.principal(terms, &self.periods[self.index..], is_step, balance, interest)
        };
        Split { principal, interest, interest_base }
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let period = self.periods.get(self.index)?;
        let split = self.split(period);
        let opening_balance = self.balance;
        self.balance -= split.principal;
        self.index += 1;
        let is_last = self.index == self.periods.len() || (self.balance == 0 && opening_balance > 0);
        let stretch = Stretch {
            number: self.index as u32,
            first_day: self.days_before,
            days: period.days,
            factor: period.interest,
        };
        self.days_before += period.days;
        let extra = self.extras.of(&stretch, &split, opening_balance, is_last);
        let payment = split.principal + split.interest + extra.fees - extra.interest_benefit - extra.waived;
        Some(Row { split, extra, payment })
    }
}
