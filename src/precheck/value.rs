//! The values that facts and decisions have, and what is known of them before anything is evaluated.

use super::cell::Test;
use crate::date::{self, CivilDate};
use rust_decimal::Decimal;
use std::sync::Arc;

/// What a fact or a decision is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// A fact that was not given, or what follows from one.
    Missing,
    Number(Decimal),
    Boolean(bool),
    Text(Arc<str>),
    Date(CivilDate),
    Numbers(Arc<[Decimal]>),
    Texts(Arc<[Arc<str>]>),
}

impl Value {
    pub(crate) fn number(&self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&Arc<str>> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn base(&self) -> Base {
        match self {
            Value::Missing => Base::Missing,
            Value::Number(_) => Base::Number,
            Value::Boolean(_) => Base::Boolean,
            Value::Text(_) => Base::Text,
            Value::Date(_) => Base::Date,
            Value::Numbers(_) => Base::Numbers,
            Value::Texts(_) => Base::Texts,
        }
    }

    /// As a trace shows it: numbers without trailing zeros, texts as they are, lists in FEEL's brackets.
    pub(crate) fn shown(&self) -> String {
        let bracketed = |items: Vec<String>| ["[", &items.join(", "), "]"].concat();
        match self {
            Value::Missing => "null".to_owned(),
            Value::Number(number) => plain(*number),
            Value::Boolean(value) => (if *value { "true" } else { "false" }).to_owned(),
            Value::Text(text) => text.to_string(),
            Value::Date(day) => date::format(*day),
            Value::Numbers(numbers) => bracketed(numbers.iter().map(|number| plain(*number)).collect()),
            Value::Texts(texts) => bracketed(texts.iter().map(|text| quoted(text)).collect()),
        }
    }

    /// As a cell would have it.
    pub(crate) fn literal(&self) -> String {
        match self {
            Value::Text(text) => quoted(text),
            Value::Date(day) => day_literal(*day),
            _ => self.shown(),
        }
    }
}

/// A number in its shortest form: "1.50" is "1.5".
pub(crate) fn plain(number: Decimal) -> String {
    let number = number.normalize();
    // Decimal knows a negative zero.
    if number.is_zero() { "0".to_owned() } else { number.to_string() }
}

pub(crate) fn quoted(text: &str) -> String {
    ["\"", &text.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat()
}

pub(crate) fn day_literal(day: CivilDate) -> String {
    ["date(\"", &date::format(day), "\")"].concat()
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Base {
    /// Of a name that has a fault itself: nothing more is said about what uses it.
    Unknown,
    /// Of the literal `null`.
    Missing,
    Number,
    Boolean,
    Text,
    Date,
    Numbers,
    Texts,
}

impl Base {
    pub(crate) fn zh_cn(self) -> &'static str {
        match self {
            Base::Unknown | Base::Missing => "空值",
            Base::Number => "数",
            Base::Boolean => "真假值",
            Base::Text => "文字",
            Base::Date => "日期",
            Base::Numbers => "一列数",
            Base::Texts => "一列文字",
        }
    }

    pub(crate) fn en(self) -> &'static str {
        match self {
            Base::Unknown | Base::Missing => "null",
            Base::Number => "a number",
            Base::Boolean => "true or false",
            Base::Text => "text",
            Base::Date => "a date",
            Base::Numbers => "a list of numbers",
            Base::Texts => "a list of texts",
        }
    }

    /// Whether a value of one type may stand where the other is wanted, as far as is known.
    pub(crate) fn agrees(self, other: Base) -> bool {
        self == other || self == Base::Unknown || other == Base::Unknown
    }
}

/// What is known of a name when the policy is loaded. Tables are checked for gaps and overlaps against this, so it must
/// never leave out a value that can occur.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    pub base: Base,
    /// Whether it may be [`Value::Missing`].
    pub is_optional: bool,
    /// Numbers that are always whole. (Dates always are: they count as days.)
    pub is_whole: bool,
    /// Where known, the values of which it is always one: numbers, days or texts.
    pub allowed: Option<Arc<[Test]>>,
}

impl Kind {
    pub(crate) fn of(base: Base) -> Kind {
        Kind { base, is_optional: false, is_whole: base == Base::Date, allowed: None }
    }

    pub(crate) const UNKNOWN: Kind = Kind { base: Base::Unknown, is_optional: false, is_whole: false, allowed: None };

    /// What is known of something that is always one of these values.
    pub(crate) fn one_of<'v>(values: impl Iterator<Item = &'v Value>) -> Kind {
        let mut kind = Kind { is_whole: true, ..Kind::UNKNOWN };
        let mut allowed: Vec<Test> = Vec::new();
        for value in values {
            kind.base = value.base();
            if let Value::Number(number) = value {
                kind.is_whole &= number.fract().is_zero();
            }
            if let Some(test) = Test::of(value)
                && !allowed.contains(&test)
            {
                allowed.push(test);
            }
        }
        kind.allowed = Some(allowed.into());
        kind
    }

    /// What is known of something that is either of the two.
    pub(crate) fn or(self, other: Kind) -> Kind {
        let is_optional = self.is_optional || other.is_optional;
        match (self.base, other.base) {
            (Base::Missing | Base::Unknown, _) => {
                Kind { is_optional: is_optional || self.base == Base::Missing, ..other }
            }
            (_, Base::Missing | Base::Unknown) => {
                Kind { is_optional: is_optional || other.base == Base::Missing, ..self }
            }
            _ => Kind {
                base: self.base,
                is_optional,
                is_whole: self.is_whole && other.is_whole,
                allowed: match (self.allowed, other.allowed) {
                    (Some(one), Some(two)) => {
                        let more = two.iter().filter(|test| !one.contains(test)).cloned();
                        Some(one.iter().cloned().chain(more).collect())
                    }
                    _ => None,
                },
            },
        }
    }
}

/// Where a name's value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The fact that the input of that index declares.
    Fact(usize),
    /// An earlier decision.
    Decision(usize),
    /// A figure of the quote.
    Figure(usize),
    /// The day that the caller gives.
    On,
}
