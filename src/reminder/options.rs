//! What a reminder plan is asked for, and its way from unchecked to checked.

use crate::date::CivilDate;
use crate::error::{Issue, LoanError};
use crate::servicing::unless;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{self, Shape, day, integer, label, list, name, object};
use crate::wire::Wire;

/// The most days before that a reminder can be asked for, and how many reminders an instalment may have.
const DAYS_BEFORE_MAX: u32 = 365;
const REMINDERS_MAX: usize = 16;

const OPTIONS: Shape = Shape {
    name: "ReminderOptions",
    required: &["today", "loanId"],
    optional: &["locale", "title", "daysBefore", "at", "utcOffset", "payday", "url"],
};
pub(super) const AGENDA_OPTIONS: Shape = Shape { name: "AgendaOptions", required: &["today"], optional: &["payday"] };
pub(super) const AGENDA_LOAN: Shape =
    Shape { name: "AgendaLoan", required: &["loanId", "terms"], optional: &["events"] };
pub(super) const TEMPLATE: Shape = Shape { name: "MessageTemplate", required: &["id", "fields"], optional: &["kind"] };

/// Every object of these calls, with its fields.
pub const SHAPES: [Shape; 4] = [OPTIONS, AGENDA_OPTIONS, AGENDA_LOAN, TEMPLATE];

/// The language of titles and bodies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// Simplified Chinese.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Locale {
    /// Every language with its name in the contract.
    pub const NAMES: [(&'static str, Locale); 2] = [("zh-CN", Locale::ZhCn), ("en", Locale::En)];

    pub(super) fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// What a plan is asked for, checked: the only way to it is [`ReminderOptions::from_wire`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderOptions {
    /// Nothing is reminded of before it.
    pub(crate) today: CivilDate,
    /// Of titles and bodies.
    pub(crate) locale: Locale,
    /// Stable: identifiers are built from it.
    pub(crate) loan_id: String,
    /// What the loan is called.
    pub(crate) title: String,
    /// Days before each due date, the most first.
    pub(crate) days_before: Vec<u32>,
    /// "09:00", wherever the reader is; `None` for all-day events.
    pub(crate) at: Option<String>,
    /// "+08:00": for hosts that want an instant.
    pub(crate) utc_offset: String,
    /// Day of the month that wages come.
    pub(crate) payday: Option<u32>,
    /// Where to pay.
    pub(crate) url: Option<String>,
}

impl ReminderOptions {
    /// Checks unchecked input.
    ///
    /// # Errors
    /// Every bad field at once: `options.daysBefore[1]`.
    pub fn from_wire(wire: &Wire) -> Result<ReminderOptions, LoanError> {
        let mut issues = Vec::new();
        let options = read(wire, &mut issues);
        unless(issues, options)
    }
}

pub(super) fn read(wire: &Wire, issues: &mut Vec<Issue>) -> Option<ReminderOptions> {
    let mut problems = Problems::default();
    let options = read_options(wire, &Path::Root.field("options"), &mut problems);
    if let Err(error) = problems.finish(Some(())) {
        issues.extend(error.issues);
        return None;
    }
    options
}

fn read_options(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<ReminderOptions> {
    let (mut today, mut loan_id, mut title, mut locale) = (None, None, None, None);
    let (mut days_before, mut at, mut utc_offset) = (None, None, None);
    let (mut payday, mut url) = (None, None);
    for (field, value) in object(wire, path, &OPTIONS, problems)? {
        let path = path.field(field);
        match field {
            "today" => today = day(value, &path, problems),
            "loanId" => loan_id = label(value, &path, problems),
            "locale" => locale = name(value, &path, &Locale::NAMES, problems),
            "title" => title = label(value, &path, problems),
            "daysBefore" => days_before = read_days_before(value, &path, problems),
            "at" => at = time(value, &path, problems),
            "utcOffset" => {
                let words = ("与 UTC 的时差", "an offset from UTC");
                utc_offset = written_as(value, &path, words, "+08:00", |text| offset_minutes(text).is_some(), problems);
            }
            "payday" => payday = integer(value, &path, 1, 31, problems),
            _ => url = written_as(value, &path, ("网址", "an address"), "https://example.com/", is_url, problems),
        }
    }
    let locale = locale.unwrap_or_default();
    Some(ReminderOptions {
        today: today?,
        loan_id: loan_id?,
        title: title.unwrap_or_else(|| if locale == Locale::En { "Loan" } else { "贷款" }.to_owned()),
        locale,
        days_before: days_before.unwrap_or_else(|| vec![3, 1, 0]),
        at,
        utc_offset: utc_offset.unwrap_or_else(|| "+08:00".to_owned()),
        payday,
        url,
    })
}

fn read_days_before(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Vec<u32>> {
    let items = list(wire, path, REMINDERS_MAX, problems)?;
    let mut days = Vec::new();
    for (index, item) in items.iter().enumerate() {
        if let Some(before) = integer(item, &path.index(index), 0, DAYS_BEFORE_MAX, problems)
            && !days.contains(&before)
        {
            let at = days.iter().position(|other| *other < before).unwrap_or(days.len());
            days.insert(at, before);
        }
    }
    Some(days)
}

/// A text of a fixed form, of which an example is told where it has another.
fn written_as(
    wire: &Wire,
    path: &Path,
    (zh_cn, en): (&str, &str),
    example: &str,
    holds: impl Fn(&str) -> bool,
    problems: &mut Problems,
) -> Option<String> {
    let text = read::text(wire, path, problems)?;
    if holds(text) {
        return Some(text.to_owned());
    }
    problems.add(
        "wrong_form",
        path,
        format!("应为{zh_cn}，如 \"{example}\""),
        format!("must be {en}, such as \"{example}\""),
        None,
    );
    None
}

/// "HH:MM" in minutes, up to 23:59.
pub(super) fn time_minutes(text: &str) -> Option<i64> {
    let [hour_tens, hour, b':', minute_tens, minute] = *text.as_bytes() else { return None };
    let number = |tens: u8, ones: u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
    };
    let (hours, minutes) = (number(hour_tens, hour)?, number(minute_tens, minute)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

pub(super) fn time(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<String> {
    let words = ("一天中的时刻", "a time of day");
    written_as(wire, path, words, "09:00", |text| time_minutes(text).is_some(), problems)
}

/// "+08:00" in minutes east of Greenwich, from −12 to +14 hours.
pub(super) fn offset_minutes(text: &str) -> Option<i64> {
    let sign = match text.as_bytes().first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        _ => return None,
    };
    let minutes = time_minutes(&text[1..])? * sign;
    (-12 * 60..=14 * 60).contains(&minutes).then_some(minutes)
}

/// A scheme and visible ASCII, as RFC 3986 has them: so it stands in a calendar file as it is.
fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let is_scheme_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.bytes().all(is_scheme_letter)
        && !rest.is_empty()
        && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte))
}
