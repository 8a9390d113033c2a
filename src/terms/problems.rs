//! Collects what is wrong with the input: paths, codes, and sentences in both languages.

use crate::error::{Issue, LoanError, Message};
use crate::wire::Wire;
use core::fmt::{Display, Formatter};
use std::borrow::Cow;

/// Where a value stands, as a chain on the stack: no text is made unless something is wrong.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    pub(crate) fn field(&'a self, name: &'a str) -> Path<'a> {
        Path::Field(self, name)
    }

    pub(crate) fn index(&'a self, index: usize) -> Path<'a> {
        Path::Index(self, index)
    }
}

impl Display for Path<'_> {
    fn fmt(&self, formatter: &mut Formatter) -> core::fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, name) => formatter.write_str(name),
            Path::Field(parent, name) => write!(formatter, "{parent}.{name}"),
            Path::Index(parent, index) => write!(formatter, "{parent}[{index}]"),
        }
    }
}

/// The problems so far.
#[derive(Default)]
pub(crate) struct Problems {
    issues: Vec<Issue>,
}

/// At most so many problems are told: enough for any form, and an end for hostile input.
pub(crate) const ISSUES_MAX: usize = 1_000;

impl Problems {
    /// Whether no more problems are told of: then none of their words need finding.
    fn is_full(&self) -> bool {
        self.issues.len() >= ISSUES_MAX
    }

    pub(crate) fn add(&mut self, code: &'static str, path: &Path, zh_cn: String, en: String, limit: Option<String>) {
        if !self.is_full() {
            self.issues.push(Issue { code, field: path.to_string(), message: Message { zh_cn, en }, limit });
        }
    }

    pub(crate) fn required(&mut self, path: &Path) {
        let (zh_cn, en) = match path {
            // Without a name before it, the sentence must say by itself what is missing.
            Path::Root => ("没有给出内容，应为一个对象", "nothing was given where an object is required"),
            _ => ("必填", "is required"),
        };
        self.add("required", path, zh_cn.to_owned(), en.to_owned(), None);
    }

    pub(crate) fn wrong_type(&mut self, path: &Path, zh_cn: &str, en: &str) {
        self.add("wrong_type", path, format!("应为{zh_cn}"), format!("must be {en}"), None);
    }

    pub(crate) fn number_not_string(&mut self, path: &Path) {
        self.add(
            "number_not_string",
            path,
            "应写成字符串（如 \"20000.00\"，18% 写 \"0.18\"）：JavaScript 的数字不能精确表示小数".to_owned(),
            "must be a string such as \"20000.00\", or \"0.18\" for 18 %: a JavaScript number cannot hold every decimal exactly"
                .to_owned(),
            None,
        );
    }

    pub(crate) fn not_a_decimal(&mut self, path: &Path) {
        self.add(
            "not_a_decimal",
            path,
            "只能有数字和至多一个小数点，不能有逗号、空格、正负号、百分号或指数；18% 写 \"0.18\"".to_owned(),
            "must be digits with at most one point: no comma, blank, sign, percent or exponent; 18 % is \"0.18\""
                .to_owned(),
            None,
        );
    }

    pub(crate) fn too_many_decimals(&mut self, path: &Path, decimals_max: u32) {
        self.add(
            "too_many_decimals",
            path,
            format!("小数位数最多 {decimals_max} 位"),
            format!("must have at most {decimals_max} decimals"),
            Some(decimals_max.to_string()),
        );
    }

    /// The value lies outside `limit`, which is written as "least..greatest".
    pub(crate) fn out_of_range(&mut self, path: &Path, limit: String) {
        let (zh_cn, en) = (format!("应在 {limit} 之内"), format!("must be within {limit}"));
        self.add("out_of_range", path, zh_cn, en, Some(limit));
    }

    /// Who writes "18" means 18 % far more often than 1,800 %.
    pub(crate) fn rate_out_of_range(&mut self, path: &Path, greatest: impl Display) {
        let zh_cn = format!("应在 0..{greatest} 之内；18% 写 \"0.18\"");
        let en = format!("must be within 0..{greatest}; 18 % is \"0.18\"");
        self.add("out_of_range", path, zh_cn, en, Some(format!("0..{greatest}")));
    }

    pub(crate) fn not_one_of(&mut self, path: &Path, given: &str, names: &[&str]) {
        if self.is_full() {
            return;
        }
        let list = names.join(", ");
        let (zh_cn, en) = match closest(given, names) {
            Some(name) => (
                format!("应为 {list} 之一；是不是 \"{name}\"？"),
                format!("must be one of {list}; did you mean \"{name}\"?"),
            ),
            None => (format!("应为 {list} 之一"), format!("must be one of {list}")),
        };
        self.add("not_one_of", path, zh_cn, en, Some(list));
    }

    pub(crate) fn unknown_field(&mut self, path: &Path, given: &str, names: &[&str]) {
        if self.is_full() {
            return;
        }
        let (zh_cn, en) = match closest(given, names) {
            Some(name) => (
                format!("没有这个字段；是不是 \"{name}\"？"),
                format!("is not a known field; did you mean \"{name}\"?"),
            ),
            None => {
                let list = names.join(", ");
                (format!("没有这个字段；可用的有 {list}"), format!("is not a known field; known are {list}"))
            }
        };
        self.add("unknown_field", path, zh_cn, en, None);
    }

    pub(crate) fn exactly_one(&mut self, path: &Path, names: &[&str]) {
        let list = names.join(", ");
        self.add(
            "exactly_one",
            path,
            format!("须恰好给出其中之一：{list}"),
            format!("must give exactly one of {list}"),
            Some(list),
        );
    }

    pub(crate) fn too_many(&mut self, path: &Path, count_max: usize) {
        self.add(
            "too_many",
            path,
            format!("最多 {count_max} 项"),
            format!("must have at most {count_max} entries"),
            Some(count_max.to_string()),
        );
    }

    /// The option has no meaning beside another one.
    pub(crate) fn not_allowed(&mut self, path: &Path, zh_cn: &str, en: &str) {
        self.add("not_allowed", path, zh_cn.to_owned(), en.to_owned(), None);
    }

    /// The value does not agree with another one.
    pub(crate) fn inconsistent(&mut self, path: &Path, zh_cn: String, en: String, limit: Option<String>) {
        self.add("inconsistent", path, zh_cn, en, limit);
    }

    /// Puts the problems in the order of the input's fields; what is missing from the input comes last.
    pub(crate) fn sort_by_input(&mut self, fields: &[(Cow<str>, Wire)]) {
        let place = |issue: &Issue| {
            let top_length = issue.field.bytes().position(|byte| byte == b'.' || byte == b'[');
            let top = &issue.field.as_bytes()[..top_length.unwrap_or(issue.field.len())];
            fields.iter().position(|(name, _)| name.as_bytes() == top).unwrap_or(usize::MAX)
        };
        // Insertion: the list is short, and nearly in order.
        for end in 1..self.issues.len() {
            let mut at = end;
            while at > 0 && place(&self.issues[at - 1]) > place(&self.issues[at]) {
                self.issues.swap(at - 1, at);
                at -= 1;
            }
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.issues.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.issues.is_empty()
    }

    /// The problems as they are.
    pub(crate) fn into_error(self) -> LoanError {
        LoanError { issues: self.issues }
    }

    /// The value, where nothing was wrong and it is there.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, LoanError> {
        match value {
            Some(value) if self.issues.is_empty() => Ok(value),
            _ if self.issues.is_empty() => {
                Err(LoanError::one("required", "", crate::error::Message::new("必填", "is required")))
            }
            _ => Err(LoanError { issues: self.issues }),
        }
    }
}

/// The name that was probably meant: at most two edits away (one for short names), letters' case apart.
pub(crate) fn closest<'n>(given: &str, names: &[&'n str]) -> Option<&'n str> {
    // A name is at most some twenty letters; a long text is no slip of the pen and not worth the table.
    if given.is_empty() || given.len() > 40 {
        return None;
    }
    let given = given.to_ascii_lowercase();
    names
        .iter()
        .map(|name| (edit_distance(given.as_bytes(), name.to_ascii_lowercase().as_bytes()), *name))
        .filter(|(distance, name)| *distance <= (name.len() / 3).clamp(1, 2))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment).
fn edit_distance(a: &[u8], b: &[u8]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let substitution = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = substitution.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before_last[j - 2] + 1);
            }
            row.push(best);
        }
        before_last = core::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let names = ["principal", "interest", "instalmentCount", "fees"];
        assert_eq!(closest("pricipal", &names), Some("principal"));
        assert_eq!(closest("installmentCount", &names), Some("instalmentCount"));
        assert_eq!(closest("Interest", &names), Some("interest"));
        assert_eq!(closest("fess", &names), Some("fees"));
        assert_eq!(closest("colour", &names), None);
    }

    #[test]
    fn a_path_reads_as_it_would_be_typed() {
        let fees = Path::Root.field("fees");
        let second = fees.index(1);
        let charge = second.field("charge");
        assert_eq!(charge.field("amount").to_string(), "fees[1].charge.amount");
    }
}
