//! A plan that comes back from a page: `remind` made it, a server or a page kept it.

use super::options::{self, Locale, ReminderOptions, offset_minutes};
use super::{Reminder, ReminderKind, ReminderPlan};
use crate::money::Currency;
use crate::terms::INSTALMENTS_MAX;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{amount_within, day, integer, label, list, name, text};
use crate::wire::Wire;

/// An instalment has at most sixteen reminders, a payday's and an overdue one.
const REMINDERS_MAX: usize = 18 * INSTALMENTS_MAX as usize;
/// No amount of the engine is larger.
const AMOUNT_MAX: i64 = (1 << 53) - 1;

/// Reads what hosts need. Fields that the plan does not have are no fault here: a caller may keep notes in it.
pub(super) fn read_plan(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<ReminderPlan> {
    let get = |field: &str| wire.get(field).unwrap_or(&Wire::Null);
    let today = day(get("today"), &path.field("today"), problems);
    let loan_id = label(get("loanId"), &path.field("loanId"), problems);
    let title = label(get("title"), &path.field("title"), problems);
    let locale = name(get("locale"), &path.field("locale"), &Locale::NAMES, problems);
    let icalendar = match get("icalendar") {
        Wire::Text(text) => Some(text.as_ref().to_owned()),
        _ => {
            problems.required(&path.field("icalendar"));
            None
        }
    };
    let utc_offset = text(get("utcOffset"), &path.field("utcOffset"), problems)
        .filter(|offset| offset_minutes(offset).is_some())
        .map(str::to_owned);
    let currency = match get("currency") {
        Wire::Text(code) => Currency::of(code),
        _ => None,
    };
    let items = list(get("reminders"), &path.field("reminders"), REMINDERS_MAX, problems)?;
    let (Some(currency), Some(utc_offset)) = (currency, utc_offset) else {
        problems.required(&path.field(if currency.is_none() { "currency" } else { "utcOffset" }));
        return None;
    };
    let reminders_path = path.field("reminders");
    let time = items.first().and_then(|item| item.get("time")).filter(|time| **time != Wire::Null);
    let at = time.and_then(|time| options::time(time, &reminders_path.index(0).field("time"), problems));
    let reminders = items
        .iter()
        .enumerate()
        .filter_map(|(index, item)| read_reminder(item, &reminders_path.index(index), currency, problems))
        .collect();
    let options = ReminderOptions {
        today: today?,
        locale: locale?,
        loan_id: loan_id?,
        title: title?,
        days_before: Vec::new(),
        at,
        utc_offset,
        payday: None,
        url: None,
    };
    Some(ReminderPlan { options, currency, reminders, icalendar: icalendar? })
}

fn read_reminder(wire: &Wire, path: &Path, currency: Currency, problems: &mut Problems) -> Option<Reminder> {
    let get = |field: &str| wire.get(field).unwrap_or(&Wire::Null);
    let due_date = day(get("dueDate"), &path.field("dueDate"), problems);
    let unrolled_due_date = match get("unrolledDueDate") {
        Wire::Null => due_date,
        unrolled => day(unrolled, &path.field("unrolledDueDate"), problems),
    };
    let kind = name(get("kind"), &path.field("kind"), &ReminderKind::NAMES, problems);
    let date = day(get("date"), &path.field("date"), problems);
    let instalment = integer(get("instalment"), &path.field("instalment"), 1, INSTALMENTS_MAX, problems);
    let amount = amount_within(get("amount"), &path.field("amount"), currency, 0, AMOUNT_MAX, problems);
    let mut plain = |field: &str| match get(field) {
        Wire::Text(text) => Some(text.as_ref().to_owned()),
        _ => {
            problems.required(&path.field(field));
            None
        }
    };
    let (id, title, body) = (plain("id"), plain("title"), plain("body"));
    Some(Reminder {
        id: id?,
        kind: kind?,
        date: date?,
        instalment: instalment?,
        due_date: due_date?,
        unrolled_due_date: unrolled_due_date?,
        amount: amount?,
        title: title?,
        body: body?,
    })
}
