//! Reminders that prevent a late payment (还款提醒): what to be told and when, as a plan, as an iCalendar file, as
//! arguments for a host's own calendar and messages, and across several loans.
//!
//! Everything is reckoned from the rows that remain after what has happened, and never before `today`.

mod agenda;
mod host;
mod icalendar;
mod message;
mod options;
mod payable;
mod plan_wire;
mod words;

pub use agenda::agenda_json;
pub use host::host_calendar_json;
pub use message::subscribe_messages_json;
pub use options::{Locale, ReminderOptions, SHAPES};

use crate::date::{self, CivilDate};
use crate::error::LoanError;
use crate::json::Json;
use crate::money::Currency;
use crate::servicing::{History, order, read_history, replay, unless};
use crate::terms::problems::Path;
use crate::wire::Wire;
use chrono::Datelike;
use payable::{Payable, payables};
use words::Words;

/// When to be told what (提醒计划).
#[derive(Clone, Debug, PartialEq)]
pub struct ReminderPlan {
    /// Whose plan it is, and the words that were asked for.
    pub options: ReminderOptions,
    /// Of the amounts.
    pub currency: Currency,
    /// In order of their dates.
    pub reminders: Vec<Reminder>,
    /// RFC 5545: one VEVENT an instalment, with its alarms.
    pub icalendar: String,
}

/// One thing to be told on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// Stable: loan, instalment, kind and days before.
    pub id: String,
    /// Why.
    pub kind: ReminderKind,
    /// When to be told.
    pub date: CivilDate,
    /// The instalment's number.
    pub instalment: u32,
    /// When it is due, rolled.
    pub due_date: CivilDate,
    /// Before the roll.
    pub unrolled_due_date: CivilDate,
    /// What is to be paid, benefits and kept money taken off, penalty added.
    pub amount: i64,
    /// A line.
    pub title: String,
    /// A sentence or two.
    pub body: String,
}

/// Why a reminder comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReminderKind {
    /// Some days before an instalment is due, or on the day.
    Due,
    /// On the last payday before it is due (发薪日).
    Payday,
    /// It is late (逾期).
    Overdue,
}

impl ReminderKind {
    /// Every kind with its name in the contract.
    pub const NAMES: [(&'static str, ReminderKind); 3] =
        [("due", ReminderKind::Due), ("payday", ReminderKind::Payday), ("overdue", ReminderKind::Overdue)];

    fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// Plans the reminders of a loan.
///
/// # Errors
/// Those of [`replay`].
///
/// # Example
/// ```
/// use clearloan::reminder::{ReminderOptions, remind};
/// let terms = serde_json::from_str(
///     r#"{ "principal": "10000.00", "interest": { "annual": "0.12" }, "method": "equalInstalment",
///          "instalmentCount": 4, "disbursementDate": "2026-11-24" }"#,
/// )?;
/// let history = clearloan::servicing::History::from_wire(&terms, &clearloan::wire::Wire::Null)?;
/// let options = serde_json::from_str(r#"{ "today": "2026-11-24", "loanId": "A", "locale": "en" }"#)?;
/// let plan = remind(&history, &ReminderOptions::from_wire(&options)?)?;
/// assert_eq!(plan.reminders[0].title, "Loan: instalment 1, CNY 2562.81 due");
/// assert_eq!(plan.reminders[0].body, "Due on Thursday 24 December 2026, in 3 days.");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn remind(history: &History, options: &ReminderOptions) -> Result<ReminderPlan, LoanError> {
    let words = Words { locale: options.locale, currency: history.terms.currency };
    // Before the money has come, the plan is that of its first day.
    let as_of = options.today.max(history.terms.disbursement_date);
    let payables = payables(&replay(history, as_of)?, options.today);
    let told = told(&payables, options);
    let keys: Vec<u64> = told.iter().map(|told| date::packed(told.date).into()).collect();
    let reminders: Vec<Reminder> = order::ascending(&keys)
        .into_iter()
        .map(|index| told[index].reminder(&payables[told[index].payable], history, options, words))
        .collect();
    let icalendar = icalendar::write(history, options, words, &payables, &reminders);
    Ok(ReminderPlan { options: options.clone(), currency: history.terms.currency, reminders, icalendar })
}

/// That an instalment is told of on a day.
#[derive(Clone, Copy)]
struct Told {
    /// Its index.
    payable: usize,
    kind: ReminderKind,
    date: CivilDate,
    days_before: u32,
}

/// All that is told from today on, instalment by instalment.
fn told(payables: &[Payable], options: &ReminderOptions) -> Vec<Told> {
    let mut all = Vec::new();
    for (index, payable) in payables.iter().enumerate() {
        let mut tell = |kind: ReminderKind, date: CivilDate, days_before: u32| {
            if date >= options.today {
                all.push(Told { payable: index, kind, date, days_before });
            }
        };
        if payable.is_overdue {
            tell(ReminderKind::Overdue, options.today, 0);
            continue;
        }
        for days in &options.days_before {
            tell(ReminderKind::Due, date::add_days(payable.due_date, -i64::from(*days)), *days);
        }
        if let Some(payday) = options.payday {
            tell(ReminderKind::Payday, payday_before(payable.due_date, payday), 0);
        }
    }
    all
}

impl Told {
    fn reminder(&self, payable: &Payable, history: &History, options: &ReminderOptions, words: Words) -> Reminder {
        let may_move = may_move(payable, history);
        let mut id = format!("{}-{}-{}", options.loan_id, payable.number, self.kind.name());
        let body = match self.kind {
            ReminderKind::Due => {
                id.push_str(&format!("-{}", self.days_before));
                words.due(payable, Some(self.days_before), may_move)
            }
            ReminderKind::Payday => words.due(payable, None, may_move),
            ReminderKind::Overdue => words.overdue(payable, options.today),
        };
        Reminder {
            id,
            kind: self.kind,
            date: self.date,
            instalment: payable.number,
            due_date: payable.due_date,
            unrolled_due_date: payable.unrolled_due_date,
            amount: payable.amount,
            title: words.title(self.kind, &options.title, payable),
            body,
        }
    }
}

/// Whether the holidays of the year in which the instalment is due are not announced yet.
fn may_move(payable: &Payable, history: &History) -> bool {
    let business_days = history.terms.business_days.as_ref();
    business_days.is_some_and(|days| !days.calendar.knows_year(payable.unrolled_due_date.year()))
}

/// The last payday before a day: on that day itself the money may come too late.
fn payday_before(day: CivilDate, payday: u32) -> CivilDate {
    let in_month = date::on_day_of_month(day, 0, payday);
    if in_month < day { in_month } else { date::on_day_of_month(day, -1, payday) }
}

/// The first payday after a day.
fn payday_after(day: CivilDate, payday: u32) -> CivilDate {
    let in_month = date::on_day_of_month(day, 0, payday);
    if in_month > day { in_month } else { date::on_day_of_month(day, 1, payday) }
}

impl Reminder {
    fn payable(&self) -> Payable {
        let Reminder { instalment, due_date, unrolled_due_date, amount, .. } = *self;
        let is_overdue = self.kind == ReminderKind::Overdue;
        Payable { number: instalment, due_date, unrolled_due_date, amount, penalty: 0, is_overdue }
    }
}

impl ReminderPlan {
    /// Writes the plan in the contract's shape.
    pub fn write(&self, json: &mut Json) {
        let ReminderPlan { options, currency, .. } = self;
        json.object(|json| {
            json.field("currency").text(currency.code());
            json.field("icalendar").text(&self.icalendar);
            json.field("loanId").text(&options.loan_id);
            json.field("locale").text(options.locale.name());
            json.field("reminders").array(|json| {
                for reminder in &self.reminders {
                    json.item().object(|json| {
                        currency.write(reminder.amount, json.field("amount"));
                        json.field("body").text(&reminder.body);
                        date::write(reminder.date, json.field("date"));
                        date::write(reminder.due_date, json.field("dueDate"));
                        json.field("id").text(&reminder.id);
                        json.field("instalment").integer(reminder.instalment.into());
                        json.field("kind").text(reminder.kind.name());
                        if let Some(at) = &options.at {
                            json.field("time").text(at);
                        }
                        json.field("title").text(&reminder.title);
                        if reminder.unrolled_due_date != reminder.due_date {
                            date::write(reminder.unrolled_due_date, json.field("unrolledDueDate"));
                        }
                    });
                }
            });
            json.field("title").text(&options.title);
            date::write(options.today, json.field("today"));
            json.field("utcOffset").text(&options.utc_offset);
        });
    }
}

/// `remind` as it is called from a page: unchecked input in, JSON out.
///
/// # Errors
/// Every bad field of terms, events and options at once, and those of [`remind`].
pub fn remind_json(terms: &Wire, options: &Wire, events: &Wire) -> Result<String, LoanError> {
    let mut issues = Vec::new();
    let options = options::read(options, &mut issues);
    let history = read_history(terms, events, &Path::Root, &Path::Root.field("events"), &mut issues);
    let (history, options) = unless(issues, history.zip(options))?;
    let plan = remind(&history, &options)?;
    let mut json = Json::with_capacity(1024 + 1024 * plan.reminders.len());
    plan.write(&mut json);
    Ok(json.into_text())
}

/// 0 for Sunday.
fn weekday(date: CivilDate) -> usize {
    date.weekday().num_days_from_sunday() as usize
}
