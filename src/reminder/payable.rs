//! What is to be paid when, after everything that has happened.

use crate::date::{self, CivilDate};
use crate::servicing::LoanState;

/// One instalment of which something is still to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Payable {
    pub number: u32,
    pub due_date: CivilDate,
    pub unrolled_due_date: CivilDate,
    /// Money kept from before taken off, penalty added.
    pub amount: i64,
    pub penalty: i64,
    pub is_overdue: bool,
}

impl Payable {
    pub fn days_late(&self, today: CivilDate) -> i64 {
        date::days_between(self.due_date, today).max(0)
    }
}

/// Every instalment of which something is to be paid. Money that waits serves the next ones, so nobody is told to pay it
/// again; rows of 0.00 are left out.
pub(super) fn payables(state: &LoanState, today: CivilDate) -> Vec<Payable> {
    let mut kept = state.kept;
    let penalties = state.penalties.iter().copied().chain(core::iter::repeat(0));
    let mut payables = Vec::with_capacity(state.remaining.len());
    for (row, penalty) in state.remaining.iter().zip(penalties) {
        let owed = row.payment + penalty;
        let served = kept.min(owed);
        kept -= served;
        if owed > served {
            payables.push(Payable {
                number: row.number,
                due_date: row.due_date,
                unrolled_due_date: row.unrolled_due_date,
                amount: owed - served,
                penalty,
                is_overdue: row.due_date < today,
            });
        }
    }
    payables
}
