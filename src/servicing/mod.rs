//! The life of a loan (贷后): what has happened, what is owed today, what comes next (semantics.md section 10).
//!
//! [`replay`] is a pure function of terms, events and a day. `course` lets interest run and bills rows, `loan` moves the
//! money, `overdue` counts penalties.

mod bill;
mod course;
mod events;
mod loan;
pub(crate) mod order;
mod overdue;
mod write;

pub use events::{DeferredInterest, EVENTS_MAX, History, Keep, LoanEvent, SHAPES};
pub(crate) use events::{from_disbursement, read_history, unless};

use crate::date::CivilDate;
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::schedule::{Instalment, SUM_MAX};
use crate::terms::problems::{Path, Problems};
use crate::terms::read;
use crate::wire::Wire;
use course::Course;
use loan::Loan;

/// Where a loan stands on a day. Amounts are whole minor units of the terms' currency.
#[derive(Clone, Debug, PartialEq)]
pub struct LoanState {
    /// The day.
    pub as_of: CivilDate,
    /// In one word.
    pub status: Status,
    /// All that is owed, due or not; no fees of later rows.
    pub outstanding: Outstanding,
    /// Makes the loan current.
    pub due_now: i64,
    /// Settles the loan, early-repayment fee and kept money taken in (结清金额).
    pub payoff: i64,
    /// Money waiting for the next due date.
    pub kept: i64,
    /// Days since the oldest due date with something unpaid.
    pub overdue_days: i64,
    /// Where money went, in order of time; money kept from before is taken out of `unapplied` again when it serves.
    pub allocations: Vec<Allocated>,
    /// Unpaid parts, then rows to come as they will really fall.
    pub remaining: Vec<Instalment>,
    /// Interest, less benefits, saved against the first schedule; `None` where nothing but payments has happened.
    pub saved: Option<i64>,
    /// Penalty of each of the first rows that remain, as far as they are due.
    pub(crate) penalties: Vec<i64>,
    is_out_of_range: bool,
}

/// A loan in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing is late (正常).
    Current,
    /// Something is unpaid after its date (逾期).
    Overdue,
    /// Nothing is owed (已结清).
    Settled,
}

/// What is owed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outstanding {
    /// Due and not due.
    pub principal: i64,
    /// Due and accrued, less benefits.
    pub interest: i64,
    /// Due, less waivers.
    pub fees: i64,
    /// For lateness.
    pub penalty: i64,
}

impl Outstanding {
    /// The sum.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.principal + self.interest + self.fees + self.penalty
    }
}

/// Where the money of one event went. The sum is what came, or zero where kept money was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allocated {
    /// The day.
    pub date: CivilDate,
    /// For lateness.
    pub penalty: i64,
    /// Fees of rows, and that for repaying early.
    pub fees: i64,
    /// Due and accrued.
    pub interest: i64,
    /// Due and repaid early.
    pub principal: i64,
    /// Kept; negative where money kept from before was used.
    pub unapplied: i64,
}

impl Allocated {
    fn on(date: CivilDate) -> Allocated {
        Allocated { date, penalty: 0, fees: 0, interest: 0, principal: 0, unapplied: 0 }
    }
}

/// Replays a loan up to a day (贷后重放). Events after it are ignored. Interest runs from night to night; on one day
/// what falls due comes first, then changes of the terms, payments, and prepayments.
///
/// # Errors
/// `amount_out_of_range` where a sum is beyond what can cross to a page exactly, or capitalised interest takes the
/// balance beyond four times the largest principal.
///
/// # Example
/// ```
/// use clearloan::servicing::{History, replay};
/// let terms = serde_json::from_str(
///     r#"{ "principal": "10000.00", "interest": { "annual": "0.12" }, "method": "equalInstalment",
///          "instalmentCount": 4, "disbursementDate": "2026-11-24" }"#,
/// )?;
/// let events = serde_json::from_str(
///     r#"[{ "kind": "payment", "date": "2026-12-24", "amount": "2562.81" },
///         { "kind": "prepayment", "date": "2027-01-10", "amount": "2000.00", "keep": "term" }]"#,
/// )?;
/// let day = clearloan::date::parse("2027-01-10").ok_or("no such day")?;
/// let state = replay(&History::from_wire(&terms, &events)?, day)?;
/// assert_eq!(state.remaining[0].payment, 188_652);
/// assert_eq!(state.saved, Some(2_887));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn replay(history: &History, as_of: CivilDate) -> Result<LoanState, LoanError> {
    let History { terms, events } = history;
    let mut loan = Loan::new(terms, events);
    // By day, on one day by kind, within a kind in input order.
    let keys: Vec<u64> = events.iter().map(|event| event.order()).collect();
    for index in order::ascending(&keys) {
        let event = &events[index];
        if let Some(date) = event.date().filter(|date| *date <= as_of) {
            loan.advance(date);
            loan.happen(event);
        }
    }
    loan.advance(as_of);
    let state = loan.state(as_of);
    let to_pay = state.remaining.iter().fold(0i64, |sum, row| sum.saturating_add(row.payment));
    if state.is_out_of_range || to_pay.saturating_add(state.payoff) > SUM_MAX {
        return Err(LoanError::one(
            "amount_out_of_range",
            "events",
            Message::new("金额超出可精确表示的范围", "an amount is beyond what can be held exactly"),
        ));
    }
    Ok(state)
}

/// Number and due date of every instalment that fell to be paid by the first schedule, or by one that deferrals have made
/// longer; whatever else has happened since.
pub(crate) fn laid_rows(history: &History) -> Vec<(u32, CivilDate)> {
    let first = Course::new(&history.terms, &[]).rest();
    let longer = Course::new(&history.terms, &history.events).rest();
    let was_to_pay = |index: usize| first.get(index).is_some_and(|bill| bill.unpaid() > 0);
    longer
        .iter()
        .enumerate()
        .filter(|(index, bill)| bill.unpaid() > 0 || was_to_pay(*index))
        .map(|(_, bill)| (bill.number, bill.due_date))
        .collect()
}

/// `replay` as it is called from a page: unchecked input in, JSON out.
///
/// # Errors
/// Every bad field of terms, events and day at once, and those of [`replay`].
pub fn replay_json(terms: &Wire, events: &Wire, as_of: &Wire) -> Result<String, LoanError> {
    let mut issues = Vec::new();
    let history = read_history(terms, events, &Path::Root, &Path::Root.field("events"), &mut issues);
    let mut problems = Problems::default();
    let path = Path::Root.field("asOf");
    let terms = history.as_ref().map(|history| &history.terms);
    let as_of =
        read::day(as_of, &path, &mut problems).and_then(|day| from_disbursement(terms, day, &path, &mut problems));
    if let Err(error) = problems.finish(Some(())) {
        issues.extend(error.issues);
    }
    let (history, as_of) = unless(issues, history.zip(as_of))?;
    let state = replay(&history, as_of)?;
    let mut json = Json::with_capacity(1024 + 256 * state.remaining.len());
    state.write(&history.terms, &mut json);
    Ok(json.into_text())
}
