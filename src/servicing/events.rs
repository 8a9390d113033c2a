//! What happens in the life of a loan (贷后事件), and its way from unchecked to checked.

use crate::date::{self, CivilDate, YEAR_MAX};
use crate::error::{Issue, LoanError};
use crate::money::Currency;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{Shape, amount_within, day, integer, list, name, object};
use crate::terms::{AMOUNT_MAX, Benefit, INSTALMENTS_MAX, InterestRate, LoanTerms};
use crate::terms::{check, decode, decode_extras};
use crate::wire::Wire;
use chrono::Datelike;

/// The most events of one loan.
pub const EVENTS_MAX: usize = 1_000;
/// The largest amount of one: what is owed may be many times the principal, and a thousand of these still fit 64 bits.
pub const EVENT_AMOUNT_MAX: i64 = 1_000 * AMOUNT_MAX;

const PAYMENT: Shape = Shape { name: "LoanEvent.payment", required: &["kind", "date", "amount"], optional: &[] };
const PREPAYMENT: Shape =
    Shape { name: "LoanEvent.prepayment", required: &["kind", "date", "amount", "keep"], optional: &[] };
const RATE_CHANGE: Shape =
    Shape { name: "LoanEvent.rateChange", required: &["kind", "date", "interest"], optional: &[] };
const DEFERRAL: Shape = Shape {
    name: "LoanEvent.deferral",
    required: &["kind", "fromInstalment", "instalments", "interest"],
    optional: &[],
};
const BENEFIT: Shape = Shape { name: "LoanEvent.benefit", required: &["kind", "date", "benefit"], optional: &[] };

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Payment,
    Prepayment,
    RateChange,
    Deferral,
    Benefit,
}

const KINDS: [(&str, Kind); 5] = [
    ("payment", Kind::Payment),
    ("prepayment", Kind::Prepayment),
    ("rateChange", Kind::RateChange),
    ("deferral", Kind::Deferral),
    ("benefit", Kind::Benefit),
];

/// Every kind of event, with its fields, in the order of the kinds.
pub const SHAPES: [Shape; 5] = [PAYMENT, PREPAYMENT, RATE_CHANGE, DEFERRAL, BENEFIT];

const KEEPS: [(&str, Keep); 2] = [("payment", Keep::Payment), ("term", Keep::Term)];
const DEFERRED_INTEREST: [(&str, DeferredInterest); 2] =
    [("capitalise", DeferredInterest::Capitalise), ("collect", DeferredInterest::Collect)];

/// One event. Amounts are whole minor units.
#[derive(Clone, Debug, PartialEq)]
pub enum LoanEvent {
    /// Money that serves instalments as they fall due; a surplus waits (还款).
    Payment {
        /// When it came.
        date: CivilDate,
        /// How much.
        amount: i64,
    },
    /// Money for what is due, accrued interest, the fee, and principal that is not due yet (提前还款).
    Prepayment {
        /// When it came.
        date: CivilDate,
        /// How much; `None` for all that is owed.
        amount: Option<i64>,
        /// What stays as it was.
        keep: Keep,
    },
    /// A new rate from that day on (利率重定价).
    RateChange {
        /// The first day.
        date: CivilDate,
        /// The new rate.
        interest: InterestRate,
    },
    /// Instalments that fall due without principal; the later ones move out (延期还本).
    Deferral {
        /// The first of them, from 1.
        from_instalment: u32,
        /// How many.
        instalments: u32,
        /// What becomes of their interest.
        interest: DeferredInterest,
    },
    /// A coupon used (用券): it counts from that day on.
    Benefit {
        /// The first day.
        date: CivilDate,
        /// What it takes off.
        benefit: Benefit,
    },
}

/// What a prepayment leaves as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The payment: the loan ends earlier (月供不变，期限缩短).
    Payment,
    /// The term: the payment falls (期限不变，月供减少).
    Term,
}

/// What becomes of the interest of a deferred instalment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeferredInterest {
    /// It joins the balance.
    Capitalise,
    /// It is paid when it falls due.
    Collect,
}

impl LoanEvent {
    /// Its day; a deferral is agreed from the start.
    #[must_use]
    pub fn date(&self) -> Option<CivilDate> {
        match self {
            LoanEvent::Payment { date, .. }
            | LoanEvent::Prepayment { date, .. }
            | LoanEvent::RateChange { date, .. }
            | LoanEvent::Benefit { date, .. } => Some(*date),
            LoanEvent::Deferral { .. } => None,
        }
    }

    /// Its place in time. On one day, after what falls due: what changes the terms, then payments, then prepayments.
    pub(super) fn order(&self) -> u64 {
        let in_day = match self {
            LoanEvent::RateChange { .. } | LoanEvent::Deferral { .. } | LoanEvent::Benefit { .. } => 0,
            LoanEvent::Payment { .. } => 1,
            LoanEvent::Prepayment { .. } => 2,
        };
        self.date().map_or(0, |date| u64::from(date::packed(date)) * 4) + in_day
    }
}

/// A loan as it was agreed and what has happened since, checked: the only way to one is [`History::from_wire`].
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub(crate) terms: LoanTerms,
    pub(crate) events: Vec<LoanEvent>,
}

impl History {
    /// Checks unchecked input; no events may also be given as [`Wire::Null`].
    ///
    /// # Errors
    /// Every bad field of both at once: `events[2].amount`.
    pub fn from_wire(terms: &Wire, events: &Wire) -> Result<History, LoanError> {
        let mut issues = Vec::new();
        let history = read_history(terms, events, &Path::Root, &Path::Root.field("events"), &mut issues);
        unless(issues, history)
    }

    /// The agreement.
    #[must_use]
    pub fn terms(&self) -> &LoanTerms {
        &self.terms
    }

    /// In input order.
    #[must_use]
    pub fn events(&self) -> &[LoanEvent] {
        &self.events
    }
}

/// Reads terms and events; the problems of both are told at once. `terms_path` and `events_path` say where they stand.
pub(crate) fn read_history(
    terms: &Wire,
    events: &Wire,
    terms_path: &Path,
    events_path: &Path,
    issues: &mut Vec<Issue>,
) -> Option<History> {
    let terms_read = match LoanTerms::from_wire(terms) {
        Ok(terms) => Some(terms),
        Err(error) => {
            let prefix = terms_path.text();
            issues.extend(error.issues.into_iter().map(|issue| {
                let dot = if prefix.is_empty() || issue.field.is_empty() { "" } else { "." };
                Issue { field: format!("{prefix}{dot}{}", issue.field), ..issue }
            }));
            None
        }
    };
    let currency = match (&terms_read, terms.get("currency")) {
        (Some(terms), _) => terms.currency,
        (None, Some(Wire::Text(code))) => Currency::of(code).unwrap_or(Currency::CNY),
        _ => Currency::CNY,
    };
    let mut problems = Problems::default();
    let items = match events {
        Wire::Null => &[],
        _ => list(events, events_path, EVENTS_MAX, &mut problems).unwrap_or_default(),
    };
    let mut reader = Reader { terms: terms_read.as_ref(), currency, deferred: 0 };
    let events = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| reader.event(item, &events_path.index(index), &mut problems))
        .collect();
    if let Err(error) = problems.finish(Some(())) {
        issues.extend(error.issues);
        return None;
    }
    Some(History { terms: terms_read?, events })
}

/// `value`, unless there were problems.
pub(crate) fn unless<T>(issues: Vec<Issue>, value: Option<T>) -> Result<T, LoanError> {
    match value {
        Some(value) if issues.is_empty() => Ok(value),
        _ => Err(LoanError { issues }),
    }
}

struct Reader<'t> {
    /// Unknown where they have problems of their own; then events are held against nothing.
    terms: Option<&'t LoanTerms>,
    currency: Currency,
    /// Instalments added by the deferrals so far.
    deferred: u32,
}

impl Reader<'_> {
    fn event(&mut self, wire: &Wire, path: &Path, problems: &mut Problems) -> Option<LoanEvent> {
        let kind = decode_extras::kind(wire, path, &KINDS, problems)?;
        let shape = &SHAPES[kind as usize];
        let (mut date, mut amount, mut is_all, mut keep) = (None, None, false, None);
        let (mut interest, mut deferred_interest, mut benefit) = (None, None, None);
        let (mut from_instalment, mut instalments) = (None, None);
        for (field, value) in object(wire, path, shape, problems)? {
            let path = path.field(field);
            match field {
                "date" => date = self.date(value, &path, problems),
                "amount" => {
                    is_all = kind == Kind::Prepayment && matches!(value, Wire::Text(text) if text == "all");
                    if !is_all {
                        amount = amount_within(value, &path, self.currency, 1, EVENT_AMOUNT_MAX, problems);
                    }
                }
                "keep" => keep = name(value, &path, &KEEPS, problems),
                "interest" if kind == Kind::Deferral => {
                    deferred_interest = name(value, &path, &DEFERRED_INTEREST, problems);
                }
                "interest" => interest = self.interest(value, &path, problems),
                "fromInstalment" => from_instalment = integer(value, &path, 1, self.last_number(), problems),
                "instalments" => instalments = self.instalments(value, &path, problems),
                "benefit" => benefit = self.benefit(value, &path, problems),
                _ => {}
            }
        }
        Some(match kind {
            Kind::Payment => LoanEvent::Payment { date: date?, amount: amount? },
            Kind::Prepayment if is_all => LoanEvent::Prepayment { date: date?, amount: None, keep: keep? },
            Kind::Prepayment => LoanEvent::Prepayment { date: date?, amount: Some(amount?), keep: keep? },
            Kind::RateChange => LoanEvent::RateChange { date: date?, interest: interest? },
            Kind::Benefit => LoanEvent::Benefit { date: date?, benefit: benefit? },
            Kind::Deferral => {
                let (from_instalment, instalments) = (from_instalment?, instalments?);
                self.deferred += instalments;
                LoanEvent::Deferral { from_instalment, instalments, interest: deferred_interest? }
            }
        })
    }

    /// A day from the disbursement on.
    fn date(&self, wire: &Wire, path: &Path, problems: &mut Problems) -> Option<CivilDate> {
        from_disbursement(self.terms, day(wire, path, problems)?, path, problems)
    }

    fn interest(&self, wire: &Wire, path: &Path, problems: &mut Problems) -> Option<InterestRate> {
        let interest = decode::interest_rate(wire, path, problems)?;
        if let Some(terms) = self.terms {
            check::interest_basis(terms, interest, path, problems);
        }
        Some(interest)
    }

    fn benefit(&self, wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Benefit> {
        let benefit = decode_extras::benefit(wire, path, self.currency, problems)?;
        if let Some(terms) = self.terms {
            check::benefit(terms, &benefit, path, problems);
        }
        Some(benefit)
    }

    /// The number of the last instalment, earlier deferrals taken in.
    fn last_number(&self) -> u32 {
        self.terms.map_or(INSTALMENTS_MAX, |terms| terms.row_count() + self.deferred)
    }

    /// How many may still be added: 600 in all, the last due date within the years that are taken.
    fn instalments(&self, wire: &Wire, path: &Path, problems: &mut Problems) -> Option<u32> {
        let count = self.terms.map_or(0, |terms| terms.instalment_count) + self.deferred;
        let instalments = integer(wire, path, 1, INSTALMENTS_MAX.saturating_sub(count).max(1), problems)?;
        if count + instalments > INSTALMENTS_MAX {
            problems.out_of_range(path, "0..0");
            return None;
        }
        if let Some(terms) = self.terms
            && terms.unrolled_due_date(count + instalments).year() > YEAR_MAX
        {
            let latest = format!("{YEAR_MAX}-12-31");
            problems.inconsistent(
                path,
                &["最后一期不能晚于 {0}", "must not put the last due date past {0}"],
                &[&latest],
                Some(&latest),
            );
            return None;
        }
        Some(instalments)
    }
}

/// The day, told of where the money had not been paid out yet.
pub(crate) fn from_disbursement(
    terms: Option<&LoanTerms>,
    date: CivilDate,
    path: &Path,
    problems: &mut Problems,
) -> Option<CivilDate> {
    match terms {
        Some(terms) if date < terms.disbursement_date => {
            let earliest = date::format(terms.disbursement_date);
            problems.out_of_range(path, &format!("{earliest}..{YEAR_MAX}-12-31"));
            None
        }
        _ => Some(date),
    }
}
