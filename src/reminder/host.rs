//! Ready arguments for a host's own calendar call (写入系统日历).
//!
//! What the hosts document: WeChat's `addPhoneCalendar` and `addPhoneRepeatCalendar` count in seconds; a monthly event
//! may not lie past the 28th; `endTime` is left out, since its type differs between the vendor's pages. Douyin's button
//! counts `alarmOffset` in minutes, takes events within 180 days, and is closed to the finance category. Alipay and JD
//! document none: they get the .ics.

use super::icalendar::{ALL_DAY_MINUTES, minutes_of_day};
use super::options::{Locale, offset_minutes};
use super::plan_wire::read_plan;
use super::words::Words;
use super::{Reminder, ReminderKind, ReminderPlan};
use crate::date::{self, CivilDate};
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::servicing::order;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::name;
use crate::wire::Wire;
use chrono::Datelike;

/// The hosts with their names in the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Host {
    Wechat,
    Alipay,
    Douyin,
    Jd,
}

pub(super) const HOSTS: [(&str, Host); 4] =
    [("wechat", Host::Wechat), ("alipay", Host::Alipay), ("douyin", Host::Douyin), ("jd", Host::Jd)];

const WECHAT_REPEAT_DAY_MAX: u32 = 28;
const DOUYIN_DAYS_MAX: i64 = 180;

/// `hostCalendar`: a plan as `remind` gave it, and a host; JSON out. Each entry names its call in `api`; the rest are
/// that call's arguments.
///
/// # Errors
/// Where the plan or the host cannot be read.
pub fn host_calendar_json(plan: &Wire, host: &Wire) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let plan = read_plan(plan, &Path::Root.field("plan"), &mut problems);
    let host = name(host, &Path::Root.field("host"), &HOSTS, &mut problems);
    let (plan, host) = problems.finish(plan.zip(host))?;
    let mut json = Json::with_capacity(1024);
    json.array(|json| match host {
        Host::Wechat => wechat(&plan, json),
        Host::Douyin => douyin(&plan, json),
        Host::Alipay | Host::Jd => hand_out(&plan, "no_calendar", json),
    });
    Ok(json.into_text())
}

/// One instalment, and how long before it the first reminder comes.
#[derive(Clone, Copy)]
struct Entry<'p> {
    reminder: &'p Reminder,
    days_before: i64,
}

/// Every instalment that is still to come, once: its earliest reminder rings.
fn entries(plan: &ReminderPlan) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry> = Vec::new();
    for reminder in plan.reminders.iter().filter(|reminder| reminder.kind == ReminderKind::Due) {
        let days_before = date::days_between(reminder.date, reminder.due_date);
        match entries.iter_mut().find(|entry| entry.reminder.instalment == reminder.instalment) {
            Some(entry) => entry.days_before = entry.days_before.max(days_before),
            None => entries.push(Entry { reminder, days_before }),
        }
    }
    let keys: Vec<u64> = entries.iter().map(|entry| date::packed(entry.reminder.due_date).into()).collect();
    order::ascending(&keys).into_iter().map(|index| entries[index]).collect()
}

fn words(plan: &ReminderPlan) -> Words {
    Words { locale: plan.options.locale, currency: plan.currency }
}

/// Seconds since 1970 of a minute of a civil day, where the plan's offset holds.
fn unix_seconds(plan: &ReminderPlan, day: CivilDate, minutes: i64) -> i64 {
    let offset = offset_minutes(&plan.options.utc_offset).unwrap_or(0);
    let days = i64::from(day.num_days_from_ce()) - DAYS_TO_1970;
    (days * 24 * 60 + minutes - offset) * 60
}

/// 1970-01-01 is day 719,163 of the common era.
const DAYS_TO_1970: i64 = 719_163;

fn wechat(plan: &ReminderPlan, json: &mut Json) {
    let entries = entries(plan);
    let at = plan.options.at.as_deref();
    let mut rest = &entries[..];
    while let Some(first) = rest.first() {
        let count = repeats(rest);
        let last = &rest[count - 1];
        let start_minutes = if at.is_some() { minutes_of_day(at) } else { 0 };
        // An all-day event begins at midnight; the alarm is to ring at nine of its day.
        let early = first.days_before * 24 * 60 - if at.is_some() { 0 } else { ALL_DAY_MINUTES };
        json.item().object(|json| {
            json.field("alarm").boolean(true);
            json.field("alarmOffset").integer(early.max(0) * 60);
            json.field("allDay").boolean(at.is_none());
            json.field("api").text(if count > 1 { "wx.addPhoneRepeatCalendar" } else { "wx.addPhoneCalendar" });
            if count == 1 {
                json.field("description").text(&description(plan, first.reminder));
            } else {
                let last_start = unix_seconds(plan, last.reminder.due_date, start_minutes);
                json.field("repeatEndTime").integer(last_start);
                json.field("repeatInterval").text("month");
            }
            json.field("startTime").integer(unix_seconds(plan, first.reminder.due_date, start_minutes));
            json.field("title").text(&if count == 1 {
                words(plan).title(ReminderKind::Due, &plan.options.title, &first.reminder.payable())
            } else {
                let amount = words(plan).amount(first.reminder.amount);
                words(plan).fill("repeat_title", &[("loan", &plan.options.title), ("amount", &amount)])
            });
        });
        rest = &rest[count..];
    }
}

/// How many of the next entries one monthly event stands for: the same amount on the same day, no later than the 28th,
/// of month after month.
fn repeats(entries: &[Entry]) -> usize {
    let first = entries[0];
    let is_next = |(index, entry): (usize, &Entry)| {
        let (first, other) = (first.reminder, entry.reminder);
        other.instalment == first.instalment + index as u32
            && other.amount == first.amount
            && entry.days_before == entries[0].days_before
            && other.due_date.day() <= WECHAT_REPEAT_DAY_MAX
            && other.due_date == date::add_months(first.due_date, index as i64)
    };
    entries.iter().enumerate().take_while(|entry| is_next(*entry)).count().max(1)
}

fn douyin(plan: &ReminderPlan, json: &mut Json) {
    let mut is_too_far = false;
    for entry in entries(plan) {
        let reminder = entry.reminder;
        if date::days_between(plan.options.today, reminder.due_date) > DOUYIN_DAYS_MAX {
            is_too_far = true;
            continue;
        }
        let minutes = minutes_of_day(plan.options.at.as_deref());
        json.item().object(|json| {
            json.field("alarm").boolean(true);
            json.field("alarmOffset").integer(entry.days_before * 24 * 60);
            json.field("api").text("button.addCalendarEvent");
            json.field("description").text(&description(plan, reminder));
            json.field("startTime").integer(unix_seconds(plan, reminder.due_date, minutes));
            json.field("title").text(&words(plan).title(ReminderKind::Due, &plan.options.title, &reminder.payable()));
        });
    }
    hand_out(plan, if is_too_far { "too_far" } else { "closed_to_finance" }, json);
}

fn description(plan: &ReminderPlan, reminder: &Reminder) -> String {
    words(plan).due(&reminder.payable(), None, false)
}

/// The calendar file itself, and why.
fn hand_out(plan: &ReminderPlan, why: &str, json: &mut Json) {
    let says = |locale: Locale| Words { locale, currency: plan.currency }.fill(why, &[]);
    json.item().object(|json| {
        json.field("api").text("icalendar");
        json.field("fileName").text("reminders.ics");
        json.field("icalendar").text(&plan.icalendar);
        Message::new(says(Locale::ZhCn), says(Locale::En)).write(json.field("message"));
        json.field("mimeType").text("text/calendar");
    });
}
