//! The plan as an iCalendar file (RFC 5545, with NAME of RFC 7986).
//!
//! Floating local time and all-day dates only, so that a due date of 31 March is 31 March wherever the file is opened;
//! there is no VTIMEZONE to get wrong. UIDs come from loan and instalment, SEQUENCE counts the events given, DTSTAMP is
//! `today`: the same input gives the same bytes, and a later file updates an earlier one.

use super::options::time_minutes;
use super::payable::Payable;
use super::words::Words;
use super::{Reminder, ReminderKind, ReminderOptions, may_move};
use crate::date::{self, CivilDate};
use crate::servicing::{History, laid_rows};

/// RFC 5545, 3.1: lines should not be longer, their break not counted.
const LINE_OCTETS_MAX: usize = 75;
/// All-day events are told of at nine: at midnight, when they begin, people sleep.
pub(super) const ALL_DAY_MINUTES: i64 = 9 * 60;

pub(super) fn write(
    history: &History,
    options: &ReminderOptions,
    words: Words,
    payables: &[Payable],
    reminders: &[Reminder],
) -> String {
    let mut file = File::default();
    file.line("BEGIN:VCALENDAR", "");
    file.line("VERSION:2.0", "");
    file.line("PRODID:-//clearloan//reminders//", if words.locale == super::Locale::En { "EN" } else { "ZH" });
    file.line("CALSCALE:GREGORIAN", "");
    file.text("NAME:", &options.title);
    // What readers from before RFC 7986 take for the name.
    file.text("X-WR-CALNAME:", &options.title);

    let stamp = date::packed(options.today);
    let mut event =
        |number: u32, due_date: CivilDate, summary: &str, status: &str, write: &mut dyn FnMut(&mut File)| {
            file.line("BEGIN:VEVENT", "");
            file.text("UID:", &format!("{number}.{}@clearloan", options.loan_id));
            file.line("DTSTAMP:", &format!("{stamp}T000000Z"));
            let day = date::packed(due_date);
            match &options.at {
                Some(at) => file.line("DTSTART:", &format!("{day}T{}{}00", &at[..2], &at[3..])),
                None => file.line("DTSTART;VALUE=DATE:", &day.to_string()),
            }
            file.text("SUMMARY:", summary);
            file.line("SEQUENCE:", &history.events.len().to_string());
            file.line("STATUS:", status);
            file.line("TRANSP:TRANSPARENT", "");
            file.line("CLASS:PRIVATE", "");
            if let Some(url) = &options.url {
                file.line("URL:", url);
            }
            write(&mut file);
            file.line("END:VEVENT", "");
        };

    for payable in payables {
        let (kind, body) = if payable.is_overdue {
            (ReminderKind::Overdue, words.overdue(payable, options.today))
        } else {
            (ReminderKind::Due, words.due(payable, None, may_move(payable, history)))
        };
        let summary = words.title(kind, &options.title, payable);
        event(payable.number, payable.due_date, &summary, "CONFIRMED", &mut |file| {
            file.text("DESCRIPTION:", &body);
            let own = reminders.iter().filter(|reminder| reminder.instalment == payable.number);
            let mut told = None;
            for reminder in own {
                // A payday that is one of the days before rings once.
                if told.replace(reminder.date) == Some(reminder.date) {
                    continue;
                }
                file.line("BEGIN:VALARM", "");
                file.line("ACTION:DISPLAY", "");
                let lead = date::days_between(reminder.date, payable.due_date);
                file.line("TRIGGER:", &trigger(lead, options.at.is_some()));
                file.text("DESCRIPTION:", &reminder.title);
                file.line("END:VALARM", "");
            }
        });
    }
    // An earlier file, of fewer events, may have named instalments that are paid, prepaid or deferred by now.
    if !history.events.is_empty() {
        for (number, due_date) in laid_rows(history) {
            if due_date >= options.today && !payables.iter().any(|payable| payable.number == number) {
                let number_text = number.to_string();
                let summary = words.fill("cancelled_title", &[("loan", &options.title), ("number", &number_text)]);
                event(number, due_date, &summary, "CANCELLED", &mut |_| {});
            }
        }
    }
    file.line("END:VCALENDAR", "");
    file.text
}

/// When an alarm rings, from the start of the event: at the event's own time so many days before; for an all-day event
/// at nine of that day.
fn trigger(days_before: i64, has_time: bool) -> String {
    let minutes = days_before * -24 * 60 + if has_time { 0 } else { ALL_DAY_MINUTES };
    let (sign, minutes) = if minutes < 0 { ("-", -minutes) } else { ("", minutes) };
    let (days, hours) = (minutes / (24 * 60), minutes / 60 % 24);
    match (days, hours) {
        (0, 0) => "PT0S".to_owned(),
        (0, _) => format!("{sign}PT{hours}H"),
        (_, 0) => format!("{sign}P{days}D"),
        _ => format!("{sign}P{days}DT{hours}H"),
    }
}

/// When the reminder of an instalment is told, in minutes of its day.
pub(super) fn minutes_of_day(at: Option<&str>) -> i64 {
    at.and_then(time_minutes).unwrap_or(ALL_DAY_MINUTES)
}

#[derive(Default)]
struct File {
    text: String,
}

impl File {
    /// A property whose value is text: escaped as RFC 5545, 3.3.11, wants it; controls are left out.
    fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len() + 8);
        for letter in value.chars() {
            match letter {
                '\\' | ';' | ',' => {
                    escaped.push('\\');
                    escaped.push(letter);
                }
                '\n' => escaped.push_str("\\n"),
                '\t' => escaped.push(letter),
                _ if letter.is_control() => {}
                _ => escaped.push(letter),
            }
        }
        self.line(name, &escaped);
    }

    /// One content line, folded at 75 octets but never inside a character.
    fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for letter in name.chars().chain(value.chars()) {
            if octets + letter.len_utf8() > LINE_OCTETS_MAX {
                self.text.push_str("\r\n ");
                octets = 1;
            }
            octets += letter.len_utf8();
            self.text.push(letter);
        }
        self.text.push_str("\r\n");
    }
}
