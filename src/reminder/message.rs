//! Subscribe messages (订阅消息): what a server sends for each reminder, and what the page asks the user for.
//!
//! The limits are the hosts' own: WeChat checks each value by the type in its key (参数值内容限制说明) and takes up to
//! five templates in one request, Alipay and Douyin three. Alipay and Douyin document no limit of a value; there a text
//! is what it is.

use super::host::{HOSTS, Host};
use super::options::TEMPLATE;
use super::plan_wire::read_plan;
use super::{Reminder, ReminderKind, ReminderPlan};
use crate::date::{self, CivilDate};
use crate::error::LoanError;
use crate::json::Json;
use crate::money::Currency;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{label, list, name, object};
use crate::wire::Wire;
use chrono::Datelike;

/// What a field of a template shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Loan,
    Instalment,
    Amount,
    DueDate,
    Text,
    Status,
}

const SHOWS: [(&str, Shows); 6] = [
    ("loan", Shows::Loan),
    ("instalment", Shows::Instalment),
    ("amount", Shows::Amount),
    ("dueDate", Shows::DueDate),
    ("text", Shows::Text),
    ("status", Shows::Status),
];

/// WeChat's types of values that a reminder can fill.
const WECHAT_TYPES: [&str; 8] = ["thing", "amount", "date", "time", "number", "character_string", "phrase", "name"];
const THING_CHARACTERS_MAX: usize = 20;
const NAME_CHARACTERS_MAX: usize = 10;
const AMOUNT_DIGITS_MAX: usize = 10;
/// Douyin's templates have up to ten keywords, WeChat's five.
const FIELDS_MAX: usize = 10;

struct Template {
    id: String,
    kind: Option<ReminderKind>,
    fields: Vec<(String, Shows)>,
}

/// `subscribeMessages`: a plan, a host and the caller's templates; JSON out. `request` is the argument of the host's
/// `requestSubscribeMessage`; `messages` has one entry for each reminder and template that fits its kind.
///
/// # Errors
/// Where plan, host or templates cannot be read, a field's type cannot show what it is asked to, or an amount is longer
/// than WeChat takes.
pub fn subscribe_messages_json(plan: &Wire, host: &Wire, templates: &Wire) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let plan = read_plan(plan, &Path::Root.field("plan"), &mut problems);
    let host_path = Path::Root.field("host");
    let host = name(host, &host_path, &HOSTS, &mut problems);
    if host == Some(Host::Jd) {
        problems.not_allowed(&host_path, "京东没有公开的订阅消息接口", "JD documents no subscribe messages");
    }
    let count_max = if host == Some(Host::Wechat) { 5 } else { 3 };
    let root = Path::Root.field("templates");
    let mut read = Vec::new();
    for (index, item) in list(templates, &root, count_max, &mut problems).unwrap_or_default().iter().enumerate() {
        read.extend(read_template(item, &root.index(index), host, &mut problems));
    }
    if let (Some(plan), Some(Host::Wechat)) = (&plan, host) {
        check_amounts(plan, &read, &mut problems);
    }
    let (plan, host) = problems.finish(plan.zip(host))?;

    let mut json = Json::with_capacity(1024);
    json.object(|json| {
        json.field("messages").array(|json| {
            for reminder in &plan.reminders {
                for template in read.iter().filter(|one| one.kind.is_none_or(|kind| kind == reminder.kind)) {
                    message(&plan, host, reminder, template, json.item());
                }
            }
        });
        json.field("request").object(|json| {
            json.field(if host == Host::Alipay { "entityIds" } else { "tmplIds" }).array(|json| {
                for template in &read {
                    json.item().text(&template.id);
                }
            });
        });
    });
    Ok(json.into_text())
}

fn read_template(wire: &Wire, path: &Path, host: Option<Host>, problems: &mut Problems) -> Option<Template> {
    let (mut id, mut kind, mut fields) = (None, None, Vec::new());
    for (field, value) in object(wire, path, &TEMPLATE, problems)? {
        let path = path.field(field);
        match field {
            "id" => id = label(value, &path, problems),
            "kind" => kind = name(value, &path, &ReminderKind::NAMES, problems),
            _ => {
                let Wire::Map(given) = value else {
                    problems.wrong_type(&path, "对象", "an object");
                    continue;
                };
                if given.len() > FIELDS_MAX {
                    problems.too_many(&path, FIELDS_MAX);
                    continue;
                }
                for (key, value) in given {
                    let path = path.field(key);
                    let shows = name(value, &path, &SHOWS, problems);
                    if host == Some(Host::Wechat) {
                        check_wechat_field(key, shows, &path, problems);
                    }
                    if let Some(shows) = shows {
                        let at = fields
                            .iter()
                            .position(|(other, _): &(String, Shows)| other.as_str() > key.as_ref())
                            .unwrap_or(fields.len());
                        fields.insert(at, (key.as_ref().to_owned(), shows));
                    }
                }
            }
        }
    }
    Some(Template { id: id?, kind, fields })
}

/// "thing12" → "thing".
fn wechat_type(key: &str) -> &str {
    key.trim_end_matches(|letter: char| letter.is_ascii_digit())
}

fn check_wechat_field(key: &str, shows: Option<Shows>, path: &Path, problems: &mut Problems) {
    let kind = wechat_type(key);
    if !WECHAT_TYPES.contains(&kind) {
        problems.not_one_of(path, key, &WECHAT_TYPES);
        return;
    }
    let fits = match (kind, shows) {
        (_, None) | ("thing", _) => true,
        // 32 letters, digits and signs; titles may be Chinese.
        ("character_string", Some(shows)) => matches!(shows, Shows::Amount | Shows::DueDate | Shows::Instalment),
        ("amount", Some(shows)) => shows == Shows::Amount,
        ("date" | "time", Some(shows)) => shows == Shows::DueDate,
        ("number", Some(shows)) => matches!(shows, Shows::Amount | Shows::Instalment),
        ("phrase", Some(shows)) => shows == Shows::Status,
        (_, Some(shows)) => shows == Shows::Loan,
    };
    if !fits {
        problems.not_allowed(path, "此类型的字段不能显示该内容", "a field of this type cannot show that");
    }
}

/// A symbol and up to ten digits: an amount that does not fit must not be cut.
fn check_amounts(plan: &ReminderPlan, templates: &[Template], problems: &mut Problems) {
    let is_shown = templates.iter().any(|template| template.fields.iter().any(|(key, _)| wechat_type(key) == "amount"));
    if !is_shown {
        return;
    }
    let plan_path = Path::Root.field("plan");
    let path = plan_path.field("reminders");
    for (index, reminder) in plan.reminders.iter().enumerate() {
        let digits = plan.currency.format(reminder.amount).bytes().filter(u8::is_ascii_digit).count();
        if digits > AMOUNT_DIGITS_MAX {
            problems.add(
                "too_long",
                &path.index(index).field("amount"),
                format!("微信的金额字段最多 {AMOUNT_DIGITS_MAX} 位数字"),
                format!("WeChat takes amounts of at most {AMOUNT_DIGITS_MAX} digits"),
                Some(AMOUNT_DIGITS_MAX.to_string()),
            );
        }
    }
}

fn message(plan: &ReminderPlan, host: Host, reminder: &Reminder, template: &Template, json: &mut Json) {
    json.object(|json| {
        json.field("data").object(|json| {
            for (key, shows) in &template.fields {
                let value = value(plan, host, reminder, key, *shows);
                // A key is the caller's own text, and Douyin's are Chinese words: it is escaped as a text is.
                let mut quoted = Json::default();
                quoted.text(key);
                let quoted = quoted.into_text();
                let json = json.field(&quoted[1..quoted.len() - 1]);
                if host == Host::Douyin {
                    json.text(&value);
                } else {
                    json.object(|json| json.field("value").text(&value));
                }
            }
        });
        date::write(reminder.date, json.field("date"));
        json.field("id").text(&reminder.id);
        json.field("templateId").text(&template.id);
        if let Some(at) = &plan.options.at {
            json.field("time").text(at);
        }
    });
}

fn value(plan: &ReminderPlan, host: Host, reminder: &Reminder, key: &str, shows: Shows) -> String {
    let kind = if host == Host::Wechat { wechat_type(key) } else { "" };
    let amount = plan.currency.format(reminder.amount);
    let text = match shows {
        Shows::Loan => plan.options.title.clone(),
        Shows::Instalment => reminder.instalment.to_string(),
        Shows::Amount => match kind {
            "number" | "character_string" => amount,
            _ => format!("{}{amount}", symbol(plan.currency)),
        },
        Shows::DueDate if kind == "character_string" => date::format(reminder.due_date),
        Shows::DueDate => chinese_date(reminder.due_date),
        Shows::Text => reminder.title.clone(),
        Shows::Status => if reminder.kind == ReminderKind::Overdue { "已逾期" } else { "待还款" }.to_owned(),
    };
    match kind {
        "thing" => cut(&text, THING_CHARACTERS_MAX),
        "name" => cut(&text, if text.is_ascii() { 2 * NAME_CHARACTERS_MAX } else { NAME_CHARACTERS_MAX }),
        _ => text,
    }
}

/// WeChat's form of a day.
fn chinese_date(date: CivilDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// One sign of the currency where there is one that everybody knows; else none, as WeChat allows.
fn symbol(currency: Currency) -> &'static str {
    match currency.code() {
        "CNY" | "JPY" => "¥",
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        _ => "",
    }
}

/// At most so many characters; what was longer ends with an ellipsis. No controls: a host refuses them.
fn cut(text: &str, characters_max: usize) -> String {
    let mut cut = String::with_capacity(text.len());
    let mut length_before_last = 0;
    for (index, letter) in text.chars().filter(|letter| !letter.is_control()).enumerate() {
        if index == characters_max {
            cut.truncate(length_before_last);
            cut.push('…');
            break;
        }
        length_before_last = cut.len();
        cut.push(letter);
    }
    cut
}
