//! The words of reminders, by code, in every language. `{…}` is filled in.

use super::options::Locale;
use super::payable::Payable;
use super::{ReminderKind, weekday};
use crate::date::CivilDate;
use crate::money::Currency;
use chrono::Datelike;

/// code, zh-CN, en.
const TABLE: [(&str, [&str; 2]); 17] = [
    ("due_title", ["{loan}第{number}期应还{amount}", "{loan}: instalment {number}, {amount} due"]),
    (
        "payday_title",
        [
            "发薪日提醒：请为{loan}第{number}期留出{amount}",
            "Payday: set aside {amount} for {loan}, instalment {number}",
        ],
    ),
    ("overdue_title", ["{loan}第{number}期已逾期，应还{amount}", "{loan}: instalment {number} is overdue, {amount}"]),
    ("repeat_title", ["{loan}每期应还{amount}", "{loan}: {amount} due"]),
    ("cancelled_title", ["{loan}第{number}期无需再还", "{loan}: instalment {number}, nothing more to pay"]),
    ("due", ["还款日为{date}。", "Due on {date}."]),
    ("due_today", ["今天是还款日：{date}。", "Due today, {date}."]),
    ("due_tomorrow", ["明天是还款日：{date}。", "Due tomorrow, {date}."]),
    ("due_in_days", ["还款日为{date}，还有{days}天。", "Due on {date}, in {days} days."]),
    (
        "overdue",
        [
            "还款日为{date}，已逾期{days}天，请尽快还款。",
            "Was due on {date}. Days late: {days}. Please pay as soon as you can.",
        ],
    ),
    ("penalty", ["其中罚息{amount}。", "Of this, {amount} is penalty interest."]),
    ("moved_later", ["原定{date}，遇休息日顺延。", "Put off from {date}, when banks are closed."]),
    ("moved_earlier", ["原定{date}，遇休息日提前。", "Brought forward from {date}, when banks are closed."]),
    (
        "may_move",
        [
            "当年的节假日安排尚未公布，还款日可能调整。",
            "That year's holidays are not announced yet, so the day may still move.",
        ],
    ),
    (
        "no_calendar",
        [
            "此平台没有公开的日历接口，请提供 .ics 文件。",
            "This host documents no calendar of its own: hand out the .ics file.",
        ],
    ),
    (
        "closed_to_finance",
        [
            "抖音的日历能力不向金融类目开放；不可用时请提供 .ics 文件。",
            "Douyin closes this button to the finance category: where it is refused, hand out the .ics file.",
        ],
    ),
    (
        "too_far",
        [
            "抖音只接受 180 天以内的日程；更晚的请提供 .ics 文件。",
            "Douyin takes events within 180 days only: hand out the .ics file for later ones.",
        ],
    ),
];

const WEEKDAYS: [[&str; 2]; 7] = [
    ["星期日", "Sunday"],
    ["星期一", "Monday"],
    ["星期二", "Tuesday"],
    ["星期三", "Wednesday"],
    ["星期四", "Thursday"],
    ["星期五", "Friday"],
    ["星期六", "Saturday"],
];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The words of one language, for amounts of one currency.
#[derive(Clone, Copy)]
pub(super) struct Words {
    pub locale: Locale,
    pub currency: Currency,
}

impl Words {
    /// The words of a code, with what stands for `{…}`.
    pub fn fill(self, code: &str, values: &[(&str, &str)]) -> String {
        let entry = TABLE.iter().find(|(known, _)| *known == code);
        let mut rest = entry.map_or("", |(_, words)| words[self.locale as usize]);
        let mut filled = String::with_capacity(rest.len() * 2);
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    /// "2562.81元", "CNY 2562.81".
    pub fn amount(self, amount: i64) -> String {
        let digits = self.currency.format(amount);
        match self.locale {
            Locale::ZhCn if self.currency == Currency::CNY => format!("{digits}元"),
            Locale::ZhCn | Locale::En => format!("{} {digits}", self.currency.code()),
        }
    }

    /// "2027年1月25日（星期一）", "Monday 25 January 2027".
    pub fn date(self, date: CivilDate) -> String {
        let weekday = WEEKDAYS[weekday(date)][self.locale as usize];
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self.locale {
            Locale::ZhCn => format!("{year}年{month}月{day}日（{weekday}）"),
            Locale::En => format!("{weekday} {day} {} {year}", MONTHS[date.month0() as usize]),
        }
    }

    pub fn title(self, kind: ReminderKind, loan: &str, payable: &Payable) -> String {
        let code = match kind {
            ReminderKind::Due => "due_title",
            ReminderKind::Payday => "payday_title",
            ReminderKind::Overdue => "overdue_title",
        };
        let (number, amount) = (payable.number.to_string(), self.amount(payable.amount));
        self.fill(code, &[("loan", loan), ("number", &number), ("amount", &amount)])
    }

    /// When an instalment is due, seen from so many days before; with a word on a due date that moved or may move.
    pub fn due(self, payable: &Payable, days_before: Option<u32>, may_move: bool) -> String {
        let (date, original) = (payable.due_date, payable.unrolled_due_date);
        let code = match days_before {
            None => "due",
            Some(0) => "due_today",
            Some(1) => "due_tomorrow",
            Some(_) => "due_in_days",
        };
        let days = days_before.unwrap_or(0).to_string();
        let mut body = self.fill(code, &[("date", &self.date(date)), ("days", &days)]);
        if date != original {
            let code = if date > original { "moved_later" } else { "moved_earlier" };
            self.add(&mut body, &self.fill(code, &[("date", &self.date(original))]));
        }
        if may_move {
            self.add(&mut body, &self.fill("may_move", &[]));
        }
        body
    }

    pub fn overdue(self, payable: &Payable, today: CivilDate) -> String {
        let days = payable.days_late(today).to_string();
        let mut body = self.fill("overdue", &[("date", &self.date(payable.due_date)), ("days", &days)]);
        if payable.penalty > 0 {
            self.add(&mut body, &self.fill("penalty", &[("amount", &self.amount(payable.penalty))]));
        }
        body
    }

    /// One sentence more; Chinese ones need no blank between.
    fn add(self, body: &mut String, sentence: &str) {
        if self.locale == Locale::En {
            body.push(' ');
        }
        body.push_str(sentence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placeholders(words: &str) -> Vec<&str> {
        let mut names: Vec<&str> = words.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    /// Nobody is told less in one language than in another.
    #[test]
    fn every_code_has_words_with_the_same_blanks_in_every_language() {
        for (code, [zh_cn, en]) in TABLE {
            assert!(!zh_cn.is_empty() && !en.is_empty(), "{code}");
            assert_eq!(placeholders(zh_cn), placeholders(en), "{code}");
            assert!(en.is_ascii(), "{code}");
            assert!(!zh_cn.is_ascii(), "{code}");
        }
    }
}
