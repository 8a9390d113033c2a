//! The cells of a table: S-FEEL unary tests (DMN 1.4, chapter 9), and literals.
//!
//! A cell is `-` (anything), or tests with commas between (any of them), or `not(…)` of such. A test is a literal, a
//! comparison with one, or an interval: `[18..45)`, where FEEL also writes `]` and `[` for an open end. `null` is met by a
//! fact that was not given, which no other test meets, `not(…)` as little as the rest: what is not known hits nothing.

use super::fault::{Fault, fault, fault_with, type_clash};
use super::lexer::{Lexer, Word};
use super::texts::{Book, Texts};
use super::value::{Base, Value, day_literal, plain};
use crate::date;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

/// One test of a value. Days are numbers here: they count from the beginning of the calendar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Test {
    Range(Range),
    /// A text, `true`, `false` or `null`.
    Is(Value),
}

/// All numbers from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Range {
    pub low: Option<Edge>,
    pub high: Option<Edge>,
}

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    pub at: Decimal,
    /// The end itself lies outside.
    pub is_open: bool,
}

/// A number, or a day as one.
pub(crate) fn as_number(value: Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(number),
        Value::Date(day) => Some(Decimal::from(day.num_days_from_ce())),
        _ => None,
    }
}

/// The value of that type that stands behind the number.
pub(crate) fn from_number(number: Decimal, base: Base) -> Option<Value> {
    if base != Base::Date {
        return Some(Value::Number(number));
    }
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?).map(Value::Date)
}

impl Range {
    pub(crate) fn point(at: Decimal) -> Range {
        let edge = Some(Edge { at, is_open: false });
        Range { low: edge, high: edge }
    }

    #[inline(never)]
    pub(crate) fn contains(&self, number: Decimal) -> bool {
        let above = self.low.is_none_or(|low| low.at < number || (low.at == number && !low.is_open));
        above && self.high.is_none_or(|high| number < high.at || (number == high.at && !high.is_open))
    }

    /// As a cell would have it.
    #[inline(never)]
    pub(crate) fn shown(&self, base: Base) -> String {
        let at = |edge: &Edge| match from_number(edge.at, base) {
            Some(Value::Date(day)) => day_literal(day),
            _ => plain(edge.at),
        };
        let mut shown = String::new();
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.at == high.at => return at(low),
            (Some(low), Some(high)) => {
                shown.push(if low.is_open { '(' } else { '[' });
                shown.push_str(&at(low));
                shown.push_str("..");
                shown.push_str(&at(high));
                shown.push(if high.is_open { ')' } else { ']' });
            }
            (Some(low), None) => {
                shown.push_str(if low.is_open { "> " } else { ">= " });
                shown.push_str(&at(low));
            }
            (None, Some(high)) => {
                shown.push_str(if high.is_open { "< " } else { "<= " });
                shown.push_str(&at(high));
            }
            (None, None) => shown.push('-'),
        }
        shown
    }
}

impl Test {
    /// The test that this value meets and no other.
    pub(crate) fn of(value: Value) -> Test {
        as_number(value).map_or(Test::Is(value), |number| Test::Range(Range::point(number)))
    }

    /// The value that meets it alone, where it is no range.
    pub(crate) fn value(&self) -> Option<Value> {
        match self {
            Test::Range(_) => None,
            Test::Is(value) => Some(*value),
        }
    }

    pub(crate) fn is_met_by(&self, value: Value) -> bool {
        match self {
            Test::Range(range) => as_number(value).is_some_and(|number| range.contains(number)),
            Test::Is(wanted) => *wanted == value,
        }
    }
}

/// Tests as a cell lists them.
#[inline(never)]
pub(crate) fn shown_list(tests: &[Test], base: Base, texts: &Texts) -> String {
    let mut list = String::new();
    for test in tests {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(&match test {
            Test::Range(range) => range.shown(base),
            Test::Is(value) => value.literal(Book::of(texts)),
        });
    }
    list
}

/// A cell of a rule.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    /// `-`
    Any,
    Of(Vec<Test>),
    Not(Vec<Test>),
}

/// The most tests in one cell: 512 characters hold 256 of one digit, and nobody reads so many.
const TESTS_MAX: usize = 64;

impl Cell {
    pub(crate) fn tests(&self) -> &[Test] {
        match self {
            Cell::Any => &[],
            Cell::Of(tests) | Cell::Not(tests) => tests,
        }
    }

    /// Reads a cell of a column whose values are of that type.
    #[inline(never)]
    pub(crate) fn parse(text: &str, base: Base, texts: &mut Texts) -> Result<Cell, Fault> {
        if text.trim() == "-" {
            return Ok(Cell::Any);
        }
        let mut lexer = Lexer::new(text)?;
        // What has no order has no tests below and above: `!= "A"` is `not("A")`.
        let is_different = !matches!(base, Base::Number | Base::Date) && lexer.take_if("!=")?;
        let is_bracketed = !is_different && lexer.take_if("not")?;
        if is_bracketed {
            lexer.expect("(")?;
        }
        let mut found = Vec::new();
        if is_different {
            test(&mut lexer, base, texts, &mut found)?;
        } else {
            found = tests(&mut lexer, base, texts)?;
        }
        if is_bracketed {
            lexer.expect(")")?;
        }
        let is_negated = is_different || is_bracketed;
        lexer.expect_end()?;
        Ok(if is_negated { Cell::Not(found) } else { Cell::Of(found) })
    }
}

/// Reads tests with commas between: the values that an input allows.
#[inline(never)]
pub(crate) fn parse_tests(text: &str, base: Base, texts: &mut Texts) -> Result<Vec<Test>, Fault> {
    let mut lexer = Lexer::new(text)?;
    let found = tests(&mut lexer, base, texts)?;
    lexer.expect_end()?;
    Ok(found)
}

/// Reads one literal: `40`, `-1.5`, `"LOW"`, `true`, `date("2026-01-31")`.
#[inline(never)]
pub(crate) fn parse_literal(text: &str, texts: &mut Texts) -> Result<Value, Fault> {
    let mut lexer = Lexer::new(text)?;
    let value = literal(&mut lexer, texts)?;
    lexer.expect_end()?;
    Ok(value)
}

#[inline(never)]
fn tests(lexer: &mut Lexer, base: Base, texts: &mut Texts) -> Result<Vec<Test>, Fault> {
    let mut found = Vec::new();
    loop {
        test(lexer, base, texts, &mut found)?;
        if found.len() > TESTS_MAX {
            return Err(fault("too_many", ["一格最多 64 个条件", "a cell has at most 64 tests"]));
        }
        if !lexer.take_if(",")? {
            return Ok(found);
        }
    }
}

#[inline(never)]
fn test(lexer: &mut Lexer, base: Base, texts: &mut Texts, found: &mut Vec<Test>) -> Result<(), Fault> {
    let sign = match lexer.peek() {
        Word::Sign(sign @ ("<" | "<=" | ">" | ">=" | "=" | "!=" | "[" | "(" | "]")) => {
            let sign = *sign;
            lexer.take()?;
            sign
        }
        _ => "=",
    };
    let value = literal(lexer, texts)?;
    if sign == "=" {
        if value != Value::Missing && !value.base().agrees(base) {
            return Err(not_a(value, base, texts));
        }
        found.push(Test::of(value));
        return Ok(());
    }
    let at = ordered(value, base, texts)?;
    let edge = |is_open| Some(Edge { at, is_open });
    match sign {
        "!=" => {
            found.push(Test::Range(Range { low: None, high: edge(true) }));
            found.push(Test::Range(Range { low: edge(true), high: None }));
        }
        "<" | "<=" => found.push(Test::Range(Range { low: None, high: edge(sign == "<") })),
        ">" | ">=" => found.push(Test::Range(Range { low: edge(sign == ">"), high: None })),
        _ => {
            lexer.expect("..")?;
            let high = literal(lexer, texts)?;
            let high = ordered(high, base, texts)?;
            let is_open = lexer.is_next(")") || lexer.is_next("[");
            if !is_open && !lexer.is_next("]") {
                return Err(lexer.unexpected("] or )"));
            }
            lexer.take()?;
            if high < at {
                return Err(fault("empty_interval", ["区间的上限小于下限", "the interval ends before it begins"]));
            }
            found.push(Test::Range(Range { low: edge(sign != "["), high: Some(Edge { at: high, is_open }) }));
        }
    }
    Ok(())
}

/// An end of an interval or the right side of a comparison: only numbers and days have an order.
#[inline(never)]
fn ordered(value: Value, base: Base, texts: &Texts) -> Result<Decimal, Fault> {
    match as_number(value) {
        Some(number) if value.base().agrees(base) => Ok(number),
        _ if matches!(base, Base::Number | Base::Date) => Err(not_a(value, base, texts)),
        _ => Err(type_clash(
            ["只有数和日期可以比较大小", "only numbers and dates can be compared by size"],
            "",
            [base; 2],
        )),
    }
}

#[cold]
#[inline(never)]
fn not_a(value: Value, base: Base, texts: &Texts) -> Fault {
    type_clash(["{0} 不是{2}", "{0} is not {2}"], &value.literal(Book::of(texts)), [base; 2])
}

/// A literal. A day is `date("2026-01-31")` or `@"2026-01-31"`.
#[inline(never)]
pub(crate) fn literal(lexer: &mut Lexer, texts: &mut Texts) -> Result<Value, Fault> {
    let value = match lexer.peek() {
        Word::Number(number) => Value::Number(*number),
        Word::Text(text) => Value::Text(texts.keep(text)),
        Word::Name("true") => Value::Boolean(true),
        Word::Name("false") => Value::Boolean(false),
        Word::Name("null") => Value::Missing,
        Word::Sign("-") => {
            lexer.take()?;
            let Word::Number(number) = *lexer.peek() else { return Err(lexer.unexpected("a number")) };
            Value::Number(-number)
        }
        Word::Sign("@") => {
            lexer.take()?;
            day(lexer)?
        }
        Word::Name("date") => {
            lexer.take()?;
            lexer.expect("(")?;
            return day_in_brackets(lexer);
        }
        Word::Name(name) => {
            let words = [
                "单元格里只能写字面值，不能写名称 {0}；可另设一个公式决策来比较",
                "a cell holds literals, not the name {0}: compare in a formula of its own",
            ];
            return Err(fault_with("not_a_literal", words, [name, ""]));
        }
        _ => return Err(lexer.unexpected("a literal")),
    };
    lexer.take()?;
    Ok(value)
}

/// What stands behind `date(`.
#[inline(never)]
pub(crate) fn day_in_brackets(lexer: &mut Lexer) -> Result<Value, Fault> {
    let value = day(lexer)?;
    lexer.take()?;
    lexer.expect(")")?;
    Ok(value)
}

/// The text that comes next as a day; it is not taken yet.
fn day(lexer: &Lexer) -> Result<Value, Fault> {
    let Word::Text(text) = lexer.peek() else { return Err(lexer.unexpected("\"YYYY-MM-DD\"")) };
    match date::parse(text) {
        Some(day) => Ok(Value::Date(day)),
        None => {
            let words =
                ["应为真实存在的日期，写作 \"YYYY-MM-DD\"", "must be a day that exists, written \"YYYY-MM-DD\""];
            Err(fault("not_a_date", words))
        }
    }
}
