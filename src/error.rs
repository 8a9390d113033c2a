//! Errors are values: a code, a field path, a limit and a sentence in Chinese and in English, all problems at once.

use crate::json::Json;

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Simplified Chinese.
    pub zh_cn: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Both languages of one sentence.
    pub fn new(zh_cn: impl Into<String>, en: impl Into<String>) -> Self {
        Message { zh_cn: zh_cn.into(), en: en.into() }
    }

    /// Writes `{"en": …, "zh-CN": …}`.
    pub fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.field("en").text(&self.en);
            json.field("zh-CN").text(&self.zh_cn);
        });
    }
}

/// One problem: what is wrong, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Stable, for programs: `out_of_range`, `unknown_field`, …
    pub code: &'static str,
    /// Path into the input: `fees[1].charge.amount`; empty for the whole.
    pub field: String,
    /// For people.
    pub message: Message,
    /// The limit that was passed, as it would be written in the input.
    pub limit: Option<String>,
}

/// Every problem found, in input order. Never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoanError {
    /// The problems.
    pub issues: Vec<Issue>,
}

impl LoanError {
    /// One problem without a limit.
    pub fn one(code: &'static str, field: impl Into<String>, message: Message) -> Self {
        LoanError { issues: vec![Issue { code, field: field.into(), message, limit: None }] }
    }

    /// Writes the list of issues, as the JavaScript `LoanError` carries it.
    pub fn write(&self, json: &mut Json) {
        json.array(|json| {
            for issue in &self.issues {
                json.item().object(|json| {
                    json.field("code").text(issue.code);
                    json.field("field").text(&issue.field);
                    if let Some(limit) = &issue.limit {
                        json.field("limit").text(limit);
                    }
                    issue.message.write(json.field("message"));
                });
            }
        });
    }
}

impl core::fmt::Display for LoanError {
    fn fmt(&self, formatter: &mut core::fmt::Formatter) -> core::fmt::Result {
        for (index, issue) in self.issues.iter().enumerate() {
            if index > 0 {
                formatter.write_str("; ")?;
            }
            if issue.field.is_empty() {
                write!(formatter, "{}", issue.message.en)?;
            } else {
                write!(formatter, "{}: {}", issue.field, issue.message.en)?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for LoanError {}
