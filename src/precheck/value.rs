//! The values that facts and decisions have, and what is known of them before anything is evaluated.

use super::cell::Test;
use super::texts::{Book, Texts};
use crate::date::{self, CivilDate};
use rust_decimal::Decimal;

/// What a fact or a decision is. Plain data: texts and lists are known by their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Value {
    /// A fact that was not given, or what follows from one.
    Missing,
    Number(Decimal),
    Boolean(bool),
    Text(u32),
    Date(CivilDate),
    List(u32),
}

impl Value {
    pub(crate) fn number(self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The type; a list's cannot be seen from the value, but no literal is one.
    pub(crate) fn base(self) -> Base {
        match self {
            Value::Missing => Base::Missing,
            Value::Number(_) => Base::Number,
            Value::Boolean(_) => Base::Boolean,
            Value::Text(_) => Base::Text,
            Value::Date(_) => Base::Date,
            Value::List(_) => Base::Unknown,
        }
    }

    /// As a trace shows it: numbers without trailing zeros, texts as they are, lists in FEEL's brackets.
    #[inline(never)]
    pub(crate) fn shown(self, book: Book) -> String {
        match self {
            Value::Text(text) => book.text(text).to_owned(),
            Value::Date(day) => date::format(day),
            _ => self.literal(book),
        }
    }

    /// As a cell would have it.
    #[inline(never)]
    pub(crate) fn literal(self, book: Book) -> String {
        match self {
            Value::Missing => "null".to_owned(),
            Value::Number(number) => plain(number),
            Value::Boolean(value) => (if value { "true" } else { "false" }).to_owned(),
            Value::Text(text) => quoted(book.text(text)),
            Value::Date(day) => day_literal(day),
            Value::List(list) => {
                let mut shown = "[".to_owned();
                for (index, item) in book.list(list).iter().enumerate() {
                    if index > 0 {
                        shown.push_str(", ");
                    }
                    shown.push_str(&item.literal(book));
                }
                shown.push(']');
                shown
            }
        }
    }
}

/// A number in its shortest form: "1.50" is "1.5".
#[inline(never)]
pub(crate) fn plain(number: Decimal) -> String {
    let number = number.normalize();
    // Decimal knows a negative zero.
    if number.is_zero() { "0".to_owned() } else { number.to_string() }
}

#[inline(never)]
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

#[inline(never)]
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

const BASES: [[&str; 2]; 8] = [
    ["空值", "null"],
    ["空值", "null"],
    ["数", "a number"],
    ["真假值", "true or false"],
    ["文字", "text"],
    ["日期", "a date"],
    ["一列数", "a list of numbers"],
    ["一列文字", "a list of texts"],
];

impl Base {
    /// Its name in Chinese and in English.
    pub(crate) fn words(self) -> [&'static str; 2] {
        BASES[self as usize]
    }

    /// Whether a value of one type may stand where the other is wanted, as far as is known.
    pub(crate) fn agrees(self, other: Base) -> bool {
        self == other || self == Base::Unknown || other == Base::Unknown
    }

    pub(crate) fn is_list(self) -> bool {
        matches!(self, Base::Numbers | Base::Texts)
    }
}

/// What is known of a name when the policy is loaded. Tables are checked for gaps and overlaps against this, so it must
/// never leave out a value that can occur.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub base: Base,
    /// Whether it may be [`Value::Missing`].
    pub is_optional: bool,
    /// Numbers that are always whole. (Dates always are: they count as days.)
    pub is_whole: bool,
    /// Where known, the set of [`Known`] that holds every value it can have.
    pub allowed: Option<u32>,
}

impl Kind {
    pub(crate) const UNKNOWN: Kind = Kind { base: Base::Unknown, is_optional: false, is_whole: false, allowed: None };

    pub(crate) fn of(base: Base) -> Kind {
        Kind { base, is_whole: base == Base::Date, ..Kind::UNKNOWN }
    }
}

/// What a policy has in common while it is read: its texts, and sets of values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub texts: Texts,
    pub sets: Vec<Vec<Test>>,
}

impl Known {
    /// The values that something of that kind can have, where they are known.
    pub(crate) fn allowed(&self, kind: Kind) -> Option<&[Test]> {
        kind.allowed.map(|set| self.sets[set as usize].as_slice())
    }

    pub(crate) fn keep_set(&mut self, set: Vec<Test>) -> Option<u32> {
        self.sets.push(set);
        Some(self.sets.len() as u32 - 1)
    }

    /// What is known of something that is always one of these values, none of which is missing or a list.
    #[inline(never)]
    pub(crate) fn one_of(&mut self, values: &[Value]) -> Kind {
        let mut kind = Kind { is_whole: true, ..Kind::UNKNOWN };
        let mut set: Vec<Test> = Vec::new();
        for value in values {
            kind.base = value.base();
            if let Value::Number(number) = value {
                kind.is_whole &= super::arithmetic::is_whole(*number);
            }
            put(&mut set, Test::of(*value));
        }
        kind.allowed = self.keep_set(set);
        kind
    }

    /// What is known of something that is either of the two.
    #[inline(never)]
    pub(crate) fn either(&mut self, one: Kind, other: Kind) -> Kind {
        let is_null = |kind: Kind| matches!(kind.base, Base::Missing | Base::Unknown);
        let mut kind = if is_null(one) { other } else { one };
        kind.is_optional = one.is_optional || other.is_optional;
        if is_null(one) || is_null(other) {
            return kind;
        }
        kind.is_whole = one.is_whole && other.is_whole;
        kind.allowed = None;
        if let (Some(first), Some(second)) = (one.allowed, other.allowed) {
            let mut set = self.sets[first as usize].clone();
            for test in &self.sets[second as usize] {
                put(&mut set, *test);
            }
            kind.allowed = self.keep_set(set);
        }
        kind
    }
}

fn put(set: &mut Vec<Test>, test: Test) {
    if !set.contains(&test) {
        set.push(test);
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
