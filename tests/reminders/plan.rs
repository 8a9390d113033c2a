//! What is told when, and what is refused.

use crate::common::{loan_a, loan_a_with, merged};
use crate::support::{column, first_payment, options, problems, remind, try_remind};
use serde_json::{Value, json};

#[test]
fn three_days_one_day_and_on_the_day_of_each_instalment_that_remains() {
    let plan = remind(&loan_a(), &options(json!({})), json!([first_payment()]));
    assert_eq!(
        column(&plan, "date"),
        "2027-01-21 2027-01-23 2027-01-24 2027-02-21 2027-02-23 2027-02-24 2027-03-21 2027-03-23 2027-03-24"
    );
    assert_eq!(column(&plan, "instalment"), "2 2 2 3 3 3 4 4 4");
    let second = &plan["reminders"][0];
    assert_eq!((&second["id"], &second["kind"]), (&json!("A-2-due-3"), &json!("due")));
    assert_eq!((&second["amount"], &second["dueDate"]), (&json!("2562.81"), &json!("2027-01-24")));
    assert_eq!(second["title"], "贷款第2期应还2562.81元");
    assert_eq!(second["body"], "还款日为2027年1月24日（星期日），还有3天。");
    assert_eq!(plan["reminders"][1]["body"], "明天是还款日：2027年1月24日（星期日）。");
    assert_eq!(plan["reminders"][2]["body"], "今天是还款日：2027年1月24日（星期日）。");
    assert_eq!(second.get("time"), None, "without a time events last all day");
}

#[test]
fn in_english_too() {
    let english = options(json!({ "locale": "en", "title": "Car loan", "at": "09:30" }));
    let plan = remind(&loan_a(), &english, json!([first_payment()]));
    assert_eq!(plan["reminders"][0]["title"], "Car loan: instalment 2, CNY 2562.81 due");
    assert_eq!(plan["reminders"][0]["body"], "Due on Sunday 24 January 2027, in 3 days.");
    assert_eq!(plan["reminders"][0]["time"], "09:30");
}

#[test]
fn nothing_is_told_before_today() {
    let plan = remind(&loan_a(), &options(json!({ "today": "2027-01-23" })), json!([first_payment()]));
    assert_eq!(column(&plan, "date").split(' ').next(), Some("2027-01-23"), "the one of 21 January is past");
    let last_day = remind(&loan_a(), &options(json!({ "today": "2027-03-25", "daysBefore": [9, 0] })), json!([]));
    assert_eq!(column(&last_day, "kind"), "overdue overdue overdue overdue");
    assert_eq!(column(&last_day, "date"), ["2027-03-25"; 4].join(" "));
}

#[test]
fn before_the_disbursement_the_whole_schedule_is_planned() {
    let plan = remind(&loan_a(), &options(json!({ "today": "2026-11-01", "daysBefore": [0] })), json!([]));
    assert_eq!(column(&plan, "date"), "2026-12-24 2027-01-24 2027-02-24 2027-03-24");
}

#[test]
fn the_days_before_are_the_callers_each_once() {
    let plan = remind(&loan_a(), &options(json!({ "daysBefore": [0, 7, 7] })), json!([first_payment()]));
    assert_eq!(column(&plan, "id"), "A-2-due-7 A-2-due-0 A-3-due-7 A-3-due-0 A-4-due-7 A-4-due-0");
    let none = remind(&loan_a(), &options(json!({ "daysBefore": [] })), json!([first_payment()]));
    assert_eq!(none["reminders"], json!([]));
}

#[test]
fn a_payday_comes_before_the_due_date_never_on_it() {
    let at = |payday: u32| {
        let plan = remind(&loan_a(), &options(json!({ "daysBefore": [], "payday": payday })), json!([first_payment()]));
        column(&plan, "date")
    };
    assert_eq!(at(15), "2027-01-15 2027-02-15 2027-03-15");
    assert_eq!(at(24), "2027-01-24 2027-02-24", "that of 24 December is past; on the due date itself it is too late");
    assert_eq!(at(31), "2027-01-31 2027-02-28", "31 December is past; February's payday is its last day");
    let plan = remind(&loan_a(), &options(json!({ "daysBefore": [], "payday": 15 })), json!([first_payment()]));
    assert_eq!(plan["reminders"][0]["id"], "A-2-payday");
    assert_eq!(plan["reminders"][0]["title"], "发薪日提醒：请为贷款第2期留出2562.81元");
    assert_eq!(plan["reminders"][0]["body"], "还款日为2027年1月24日（星期日）。");
}

#[test]
fn what_is_late_is_told_today_with_its_penalty() {
    let terms = loan_a_with(json!({ "contingent": [{ "kind": "overdue", "rateFactor": "1.5" }] }));
    let plan = remind(&terms, &options(json!({ "today": "2027-02-03" })), json!([first_payment()]));
    let overdue = &plan["reminders"][0];
    assert_eq!((&overdue["kind"], &overdue["date"]), (&json!("overdue"), &json!("2027-02-03")));
    assert_eq!(overdue["amount"], "2575.25", "2,562.81 and 12.44 of penalty");
    assert_eq!(overdue["title"], "贷款第2期已逾期，应还2575.25元");
    assert_eq!(overdue["body"], "还款日为2027年1月24日（星期日），已逾期10天，请尽快还款。其中罚息12.44元。");
    assert_eq!(column(&plan, "kind"), "overdue due due due due due due");
}

#[test]
fn on_the_due_date_itself_nothing_is_late() {
    let plan = remind(&loan_a(), &options(json!({ "today": "2027-01-24" })), json!([first_payment()]));
    assert_eq!((&plan["reminders"][0]["kind"], &plan["reminders"][0]["date"]), (&json!("due"), &json!("2027-01-24")));
}

#[test]
fn a_due_date_that_moved_says_from_where() {
    let roll =
        |calendar: &str, roll: &str| loan_a_with(json!({ "businessDays": { "calendar": calendar, "roll": roll } }));
    // 24 January 2027 is a Sunday.
    let plan = remind(&roll("weekends", "following"), &options(json!({ "daysBefore": [3] })), json!([first_payment()]));
    let first = &plan["reminders"][0];
    assert_eq!(first["date"], "2027-01-22", "three days before the day it is really due");
    assert_eq!((&first["dueDate"], &first["unrolledDueDate"]), (&json!("2027-01-25"), &json!("2027-01-24")));
    assert_eq!(first["body"], "还款日为2027年1月25日（星期一），还有3天。原定2027年1月24日（星期日），遇休息日顺延。");
    let earlier = options(json!({ "daysBefore": [0], "locale": "en" }));
    let plan = remind(&roll("weekends", "preceding"), &earlier, json!([first_payment()]));
    let body = "Due today, Friday 22 January 2027. Brought forward from Sunday 24 January 2027, when banks are closed.";
    assert_eq!(plan["reminders"][0]["body"], body);
    // The holidays of 2027 have not been announced.
    let plan = remind(&roll("CN", "following"), &options(json!({})), json!([first_payment()]));
    assert!(
        plan["reminders"][4]["body"].as_str().expect("text").ends_with("当年的节假日安排尚未公布，还款日可能调整。")
    );
}

#[test]
fn amounts_are_what_is_really_to_be_paid() {
    let benefit = json!({ "benefits": [{ "kind": "interestFree", "instalments": 2 }] });
    let on_the_day = options(json!({ "daysBefore": [0] }));
    let plan = remind(&loan_a_with(benefit), &options(json!({ "today": "2026-11-24", "daysBefore": [0] })), json!([]));
    assert_eq!(column(&plan, "amount"), "2462.81 2487.44 2562.81 2562.81", "benefits taken off");
    let early = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "2000.00", "keep": "payment" });
    let plan = remind(&loan_a(), &on_the_day, json!([first_payment(), early]));
    assert_eq!(column(&plan, "amount"), "2562.81 2562.81 513.59");
    let kept = json!({ "kind": "payment", "date": "2027-01-05", "amount": "3000.00" });
    let plan = remind(&loan_a(), &on_the_day, json!([first_payment(), kept]));
    assert_eq!(column(&plan, "instalment"), "3 4", "instalment 2 is covered by money that waits");
    assert_eq!(column(&plan, "amount"), "2125.62 2562.81");
    let deferral = json!({ "kind": "deferral", "fromInstalment": 2, "instalments": 1, "interest": "capitalise" });
    let plan = remind(&loan_a(), &on_the_day, json!([first_payment(), deferral]));
    assert_eq!(column(&plan, "instalment"), "3 4 5", "of 0.00 nothing reminds");
}

#[test]
fn a_settled_loan_reminds_of_nothing() {
    let all = json!({ "kind": "prepayment", "date": "2027-01-10", "amount": "all", "keep": "term" });
    let plan = remind(&loan_a(), &options(json!({})), json!([first_payment(), all]));
    assert_eq!(plan["reminders"], json!([]));
}

#[test]
fn every_bad_option_is_told_by_its_path_beside_those_of_terms_and_events() {
    let terms = merged(loan_a(), json!({ "instalmentCount": 0 }));
    let bad = json!({
        "today": "2027-02-30", "loanId": " ", "locale": "fr", "daysBefore": [3, -1, 400], "at": "24:00",
        "utcOffset": "+15:00", "payday": 32, "url": "example.com/a b", "titel": "x",
    });
    let error = try_remind(&terms, &bad, &json!([{ "kind": "payment", "date": "2026-12-24" }])).expect_err("bad");
    let mut told = problems(&error);
    told.sort();
    assert_eq!(
        told,
        [
            "events[0].amount required",
            "instalmentCount out_of_range",
            "options.at wrong_form",
            "options.daysBefore[1] out_of_range",
            "options.daysBefore[2] out_of_range",
            "options.loanId required",
            "options.locale not_one_of",
            "options.payday out_of_range",
            "options.titel unknown_field",
            "options.today not_a_date",
            "options.url wrong_form",
            "options.utcOffset wrong_form",
        ]
    );
    let error = try_remind(&loan_a(), &Value::Null, &json!([])).expect_err("no options");
    assert_eq!(problems(&error), ["options required"]);
    let many = options(json!({ "daysBefore": (0..17).collect::<Vec<u32>>() }));
    assert_eq!(problems(&try_remind(&loan_a(), &many, &json!([])).expect_err("many")), ["options.daysBefore too_many"]);
}

#[test]
fn addresses_and_offsets_of_every_right_form_are_taken() {
    for changes in [
        json!({ "url": "weixin://dl/business/?t=abc%20d" }),
        json!({ "url": "https://example.com/pay?loan=1&x=[2]" }),
        json!({ "utcOffset": "-12:00" }),
        json!({ "utcOffset": "+14:00" }),
        json!({ "utcOffset": "+05:30", "at": "00:00" }),
        json!({ "at": "23:59" }),
    ] {
        assert!(try_remind(&loan_a(), &options(changes.clone()), &json!([])).is_ok(), "{changes}");
    }
    for (field, text) in [
        ("url", "javascript"),
        ("url", "https://例子.cn/"),
        ("url", "https://a.cn/\r\nATTACH:x"),
        ("url", "1a:b"),
        ("utcOffset", "08:00"),
        ("utcOffset", "+8:00"),
        ("at", "9:00"),
        ("at", "09:60"),
        ("at", "0９:00"),
    ] {
        let error = try_remind(&loan_a(), &options(json!({ field: text })), &json!([])).expect_err(text);
        assert_eq!(problems(&error), [format!("options.{field} wrong_form")], "{text}");
    }
}
