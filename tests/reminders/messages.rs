//! Subscribe messages within the hosts' limits.

use crate::common::{loan_a, loan_a_with, wire};
use crate::support::{first_payment, options, problems, remind};
use clearloan::LoanError;
use clearloan::reminder::subscribe_messages_json;
use serde_json::{Value, json};

fn try_messages(plan: &Value, host: &str, templates: &Value) -> Result<Value, LoanError> {
    let text = subscribe_messages_json(&wire(plan), &wire(&json!(host)), &wire(templates))?;
    Ok(serde_json::from_str(&text).expect("JSON"))
}

fn messages(plan: &Value, host: &str, templates: Value) -> Value {
    try_messages(plan, host, &templates).unwrap_or_else(|error| panic!("{error}"))
}

fn plan(title: &str) -> Value {
    remind(&loan_a(), &options(json!({ "title": title, "at": "09:00" })), json!([first_payment()]))
}

#[test]
fn wechat_values_have_the_form_of_their_type() {
    let fields = json!({ "thing1": "loan", "amount2": "amount", "date3": "dueDate", "time4": "dueDate",
                         "number5": "instalment", "phrase6": "status", "name7": "loan", "character_string8": "dueDate",
                         "thing9": "text" });
    let plan = plan("一笔名字长得超过二十个字的装修消费分期贷款合同");
    let result = messages(&plan, "wechat", json!([{ "id": "T1", "fields": fields }]));
    assert_eq!(result["request"], json!({ "tmplIds": ["T1"] }));
    let first = &result["messages"][0];
    assert_eq!(
        (&first["id"], &first["date"], &first["time"]),
        (&json!("A-2-due-3"), &json!("2027-01-21"), &json!("09:00"))
    );
    let value = |key: &str| first["data"][key]["value"].as_str().expect("text").to_owned();
    assert_eq!(value("thing1"), "一笔名字长得超过二十个字的装修消费分期…");
    assert_eq!(value("thing1").chars().count(), 20);
    assert_eq!(value("amount2"), "¥2562.81");
    assert_eq!(value("date3"), "2027年1月24日");
    assert_eq!(value("time4"), "2027年1月24日");
    assert_eq!(value("number5"), "2");
    assert_eq!(value("phrase6"), "待还款");
    assert_eq!(value("name7").chars().count(), 10);
    assert_eq!(value("character_string8"), "2027-01-24");
    assert_eq!(value("thing9").chars().count(), 20);
}

#[test]
fn alipay_wraps_values_and_douyin_does_not() {
    let fields = json!({ "keyword1": "loan", "keyword2": "amount" });
    let alipay = messages(&plan("房贷"), "alipay", json!([{ "id": "E1", "fields": fields }]));
    assert_eq!(alipay["request"], json!({ "entityIds": ["E1"] }));
    assert_eq!(
        alipay["messages"][0]["data"],
        json!({ "keyword1": { "value": "房贷" }, "keyword2": { "value": "¥2562.81" } })
    );
    let fields = json!({ "应还\"金额": "amount", "还款日": "dueDate" });
    let douyin = messages(&plan("房贷"), "douyin", json!([{ "id": "M1", "fields": fields }]));
    assert_eq!(douyin["messages"][0]["data"], json!({ "应还\"金额": "¥2562.81", "还款日": "2027年1月24日" }));
}

#[test]
fn a_template_may_be_for_one_kind_of_reminder() {
    let late = remind(&loan_a(), &options(json!({ "today": "2027-02-03" })), json!([first_payment()]));
    let fields = json!({ "phrase1": "status" });
    let templates = json!([{ "id": "late", "kind": "overdue", "fields": fields }, { "id": "due", "kind": "due", "fields": fields }]);
    let result = messages(&late, "wechat", templates);
    let sent: Vec<String> = result["messages"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| format!("{} {}", one["templateId"], one["data"]["phrase1"]["value"]))
        .collect();
    assert_eq!(sent[0], "\"late\" \"已逾期\"");
    assert_eq!(sent[1..], ["\"due\" \"待还款\""; 6]);
}

#[test]
fn limits_are_told_before_a_host_refuses() {
    let template = |fields: Value| json!([{ "id": "T", "fields": fields }]);
    let told = |host: &str, templates: &Value| {
        problems(&try_messages(&plan("房贷"), host, templates).expect_err("should have been refused"))
    };
    let six = json!(vec![json!({ "id": "T", "fields": {} }); 6]);
    assert_eq!(told("wechat", &six), ["templates too_many"]);
    let four = json!(vec![json!({ "id": "T", "fields": {} }); 4]);
    assert_eq!(told("alipay", &four), ["templates too_many"]);
    assert_eq!(told("douyin", &four), ["templates too_many"]);
    assert!(try_messages(&plan("房贷"), "wechat", &four).is_ok());
    assert_eq!(told("jd", &json!([])), ["host not_allowed"]);
    assert_eq!(told("wechat", &template(json!({ "amount1": "dueDate" }))), ["templates[0].fields.amount1 not_allowed"]);
    assert_eq!(told("wechat", &template(json!({ "things1": "loan" }))), ["templates[0].fields.things1 not_one_of"]);
    assert_eq!(told("wechat", &template(json!({ "thing1": "lone" }))), ["templates[0].fields.thing1 not_one_of"]);
    assert_eq!(told("wechat", &json!([{ "fields": {} }])), ["templates[0].id required"]);
    // A symbol and ten digits: 100,000,000.00 has eleven, and must not be cut.
    let terms = loan_a_with(json!({ "principal": "400000000.00", "interest": { "annual": "0" } }));
    let large = remind(&terms, &options(json!({ "today": "2026-11-24", "daysBefore": [0] })), json!([]));
    let error = try_messages(&large, "wechat", &template(json!({ "amount1": "amount" }))).expect_err("too long");
    assert_eq!(problems(&error)[0], "plan.reminders[0].amount too_long");
    assert!(try_messages(&large, "wechat", &template(json!({ "thing1": "amount" }))).is_ok());
}
