//! Arguments for hosts' own calendars, in the units that each host counts in.

use crate::common::{loan_a, loan_a_with, merged, wire};
use crate::support::{first_payment, options, problems, remind};
use clearloan::LoanError;
use clearloan::reminder::host_calendar_json;
use serde_json::{Value, json};

fn try_host_calendar(plan: &Value, host: &str) -> Result<Value, LoanError> {
    let text = host_calendar_json(&wire(plan), &wire(&json!(host)))?;
    Ok(serde_json::from_str(&text).expect("JSON"))
}

fn host_calendar(plan: &Value, host: &str) -> Value {
    try_host_calendar(plan, host).unwrap_or_else(|error| panic!("{error}"))
}

/// A loan of which the last payment differs by a cent: 1,000.00 in three rows without interest.
fn thirds() -> Value {
    loan_a_with(json!({ "principal": "1000.00", "interest": { "annual": "0" }, "instalmentCount": 3 }))
}

#[test]
fn wechat_counts_in_seconds_where_the_offset_holds() {
    let plan = remind(&loan_a(), &options(json!({ "at": "09:30", "daysBefore": [3] })), json!([first_payment()]));
    let entry = host_calendar(&plan, "wechat")[0].clone();
    // 2027-01-24 09:30 at +08:00 is 01:30 UTC.
    assert_eq!(entry["startTime"], 1_800_754_200);
    assert_eq!((&entry["alarm"], &entry["alarmOffset"]), (&json!(true), &json!(3 * 86_400)));
    assert_eq!(entry["allDay"], false);
    assert_eq!(entry.get("endTime"), None, "its type differs between the vendor's pages");
    let new_york = options(json!({ "at": "09:30", "utcOffset": "-05:00" }));
    let plan = remind(&loan_a(), &new_york, json!([first_payment()]));
    assert_eq!(host_calendar(&plan, "wechat")[0]["startTime"], 1_800_754_200 + 13 * 3_600);
}

#[test]
fn an_all_day_event_begins_at_midnight_and_rings_at_nine() {
    let plan = remind(&loan_a(), &options(json!({ "daysBefore": [3] })), json!([first_payment()]));
    let entry = host_calendar(&plan, "wechat")[0].clone();
    assert_eq!(entry["startTime"], 1_800_720_000, "2027-01-24 00:00 at +08:00");
    assert_eq!((&entry["allDay"], &entry["alarmOffset"]), (&json!(true), &json!(3 * 86_400 - 9 * 3_600)));
    let on_the_day = remind(&loan_a(), &options(json!({ "daysBefore": [0] })), json!([first_payment()]));
    assert_eq!(host_calendar(&on_the_day, "wechat")[0]["alarmOffset"], 0, "a host cannot ring after the start");
}

#[test]
fn equal_amounts_on_one_day_up_to_the_28th_are_one_monthly_event() {
    let plan = remind(&loan_a(), &options(json!({ "at": "09:30" })), json!([first_payment()]));
    let entries = host_calendar(&plan, "wechat");
    assert_eq!(entries.as_array().map(Vec::len), Some(1));
    assert_eq!(
        (&entries[0]["api"], &entries[0]["repeatInterval"]),
        (&json!("wx.addPhoneRepeatCalendar"), &json!("month"))
    );
    assert_eq!(entries[0]["repeatEndTime"], 1_800_754_200 + 59 * 86_400, "the last one, 2027-03-24");
    assert_eq!(entries[0]["title"], "贷款每期应还2562.81元");
}

#[test]
fn where_an_amount_or_a_day_differs_there_are_single_events() {
    let today = options(json!({ "today": "2026-11-24" }));
    let entries = host_calendar(&remind(&thirds(), &today, json!([])), "wechat");
    let apis = |entries: &Value| -> Vec<String> {
        entries.as_array().expect("a list").iter().map(|entry| entry["api"].to_string()).collect()
    };
    // 333.33 twice, then 333.34.
    assert_eq!(apis(&entries), ["\"wx.addPhoneRepeatCalendar\"", "\"wx.addPhoneCalendar\""]);
    assert_eq!(entries[1]["title"], "贷款第3期应还333.34元");
    assert_eq!(entries[1]["description"], "还款日为2027年2月24日（星期三）。");
    let month_ends = merged(thirds(), json!({ "dueDay": 29 }));
    let entries = host_calendar(&remind(&month_ends, &today, json!([])), "wechat");
    assert_eq!(apis(&entries), ["\"wx.addPhoneCalendar\""; 3], "past the 28th the host repeats wrongly");
    let rolled = merged(thirds(), json!({ "businessDays": { "calendar": "weekends", "roll": "following" } }));
    let entries = host_calendar(&remind(&rolled, &today, json!([])), "wechat");
    assert_eq!(apis(&entries), ["\"wx.addPhoneCalendar\""; 3], "24 December, 25 January, 24 February");
    let weekly = merged(thirds(), json!({ "every": { "weeks": 4 } }));
    let entries = host_calendar(&remind(&weekly, &today, json!([])), "wechat");
    assert_eq!(apis(&entries), ["\"wx.addPhoneCalendar\""; 3]);
}

#[test]
fn douyin_counts_the_alarm_in_minutes_and_takes_half_a_year() {
    let plan = remind(&loan_a_with(json!({ "instalmentCount": 12 })), &options(json!({ "at": "09:30" })), json!([]));
    let entries = host_calendar(&plan, "douyin");
    let entries = entries.as_array().expect("a list");
    assert_eq!(entries[0]["startTime"], 1_800_754_200);
    assert_eq!((&entries[0]["alarm"], &entries[0]["alarmOffset"]), (&json!(true), &json!(3 * 24 * 60)));
    // From 2027-01-10: 24 January to 24 June; 24 July is 195 days away.
    assert_eq!(entries.len(), 7);
    assert_eq!(entries[6]["api"], "icalendar");
    assert_eq!(entries[6]["icalendar"], plan["icalendar"]);
    assert!(entries[6]["message"]["en"].as_str().expect("text").contains("180 days"));
    let short = remind(&loan_a(), &options(json!({})), json!([first_payment()]));
    let entries = host_calendar(&short, "douyin");
    assert_eq!(entries[0]["startTime"], 1_800_752_400, "no all-day event there: at nine");
    assert!(entries[3]["message"]["en"].as_str().expect("text").contains("finance"), "and the button may be closed");
}

#[test]
fn alipay_and_jd_document_no_calendar_and_get_the_file() {
    let plan = remind(&loan_a(), &options(json!({})), json!([first_payment()]));
    for host in ["alipay", "jd"] {
        let entries = host_calendar(&plan, host);
        assert_eq!(entries.as_array().map(Vec::len), Some(1));
        assert_eq!((&entries[0]["api"], &entries[0]["mimeType"]), (&json!("icalendar"), &json!("text/calendar")));
        assert_eq!(entries[0]["icalendar"], plan["icalendar"]);
        assert!(!entries[0]["message"]["zh-CN"].as_str().expect("text").is_empty());
    }
}

#[test]
fn what_is_late_is_no_calendar_event() {
    let plan = remind(&loan_a(), &options(json!({ "today": "2027-04-01" })), json!([]));
    assert_eq!(host_calendar(&plan, "wechat"), json!([]));
}

#[test]
fn a_plan_or_host_that_cannot_be_read_is_told_by_path() {
    let plan = remind(&loan_a(), &options(json!({})), json!([first_payment()]));
    assert_eq!(problems(&try_host_calendar(&plan, "qq").expect_err("host")), ["host not_one_of"]);
    let mut broken = plan.clone();
    broken["reminders"][1]["dueDate"] = json!("soon");
    broken["reminders"][2]["amount"] = json!(5);
    broken["reminders"][0]["time"] = json!("noon");
    let told = problems(&try_host_calendar(&broken, "wechat").expect_err("plan"));
    assert_eq!(
        told,
        [
            "plan.reminders[0].time wrong_form",
            "plan.reminders[1].dueDate not_a_date",
            "plan.reminders[2].amount number_not_string",
        ]
    );
    let kept = merged(plan, json!({ "note": "a caller's own" }));
    assert!(try_host_calendar(&kept, "wechat").is_ok());
}
