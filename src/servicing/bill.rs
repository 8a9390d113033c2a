//! A row that has been billed: what of it is still unpaid, and since when.

use crate::date::CivilDate;
use crate::schedule::Instalment;
use crate::schedule::periods::Period;

/// A billed row. Amounts are what is still unpaid, benefits taken off.
#[derive(Clone, Debug)]
pub(super) struct Bill {
    pub number: u32,
    pub due_date: CivilDate,
    unrolled_due_date: CivilDate,
    days: u32,
    /// Whether its due date has come.
    pub is_due: bool,
    pub principal: i64,
    pub interest: i64,
    pub fees: i64,
    /// Principal not billed yet after this row.
    pub closing_balance: i64,
    /// Interest that joined the balance instead of falling due.
    capitalised: i64,
    /// Taken off the interest, and off the fees.
    interest_benefit: i64,
    waived: i64,
    /// There was interest, and there were fees, to pay.
    had_interest: bool,
    had_fees: bool,
    /// Σ unpaid base × days × annual rate since the due date, in units of the penalty's own; up to `late_until`.
    pub late: i128,
    pub late_until: CivilDate,
    pub penalty_paid: i64,
}

/// What a row comes to when it ends.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Amounts {
    pub principal: i64,
    /// Interest that joins the balance instead of falling due; a part of `net_interest`.
    pub capitalised: i64,
    /// Less the benefit, and less what has been paid of it.
    pub net_interest: i64,
    pub interest_benefit: i64,
    /// Less what is waived.
    pub net_fees: i64,
    pub waived: i64,
    pub closing_balance: i64,
}

impl Bill {
    pub fn new(period: &Period, number: u32, days: u32, amounts: Amounts) -> Bill {
        let interest = amounts.net_interest - amounts.capitalised;
        Bill {
            number,
            due_date: period.due_date,
            unrolled_due_date: period.unrolled_due_date,
            days,
            is_due: false,
            principal: amounts.principal,
            interest,
            fees: amounts.net_fees,
            closing_balance: amounts.closing_balance,
            capitalised: amounts.capitalised,
            interest_benefit: amounts.interest_benefit,
            waived: amounts.waived,
            had_interest: interest > 0,
            had_fees: amounts.net_fees > 0,
            late: 0,
            late_until: period.due_date,
            penalty_paid: 0,
        }
    }

    /// Unpaid without penalty.
    pub fn unpaid(&self) -> i64 {
        self.principal + self.interest + self.fees
    }

    /// With the part that is still unpaid.
    pub fn opening_balance(&self) -> i64 {
        self.closing_balance + self.principal - self.capitalised
    }

    /// The unpaid part as a row; benefits are shown beside what they were taken off, as long as any of it is unpaid.
    pub fn instalment(&self) -> Instalment {
        let shown = |benefit: i64, unpaid: i64, had: bool| if unpaid == 0 && had { 0 } else { benefit };
        let interest_benefit = shown(self.interest_benefit, self.interest, self.had_interest);
        let waived = shown(self.waived, self.fees, self.had_fees);
        Instalment {
            number: self.number,
            due_date: self.due_date,
            unrolled_due_date: self.unrolled_due_date,
            days: self.days,
            opening_balance: self.opening_balance(),
            principal: self.principal - self.capitalised,
            interest: self.interest + self.capitalised + interest_benefit,
            fees: self.fees + waived,
            benefit: interest_benefit + waived,
            payment: self.unpaid(),
            closing_balance: self.closing_balance,
            outside_cost: 0,
        }
    }
}
