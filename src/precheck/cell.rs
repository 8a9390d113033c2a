//! The cells of a table: S-FEEL unary tests (DMN 1.4, chapter 9), and literals.
//!
//! A cell is `-` (anything), or tests with commas between (any of them), or `not(…)` of such. A test is a literal, a
//! comparison with one, or an interval: `[18..45)`, where FEEL also writes `]` and `[` for an open end. `null` is met by a
//! fact that was not given, which no other test meets, `not(…)` as little as the rest: what is not known hits nothing.

use super::fault::Fault;
use super::lexer::{Lexer, Word};
use super::value::{Base, Value, day_literal, plain, quoted};
use crate::date;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use std::sync::Arc;

/// One test of a value. Days are numbers here: they count from the beginning of the calendar.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    Range(Range),
    Text(Arc<str>),
    Boolean(bool),
    Missing,
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

/// A day as a number.
pub(crate) fn day_number(day: date::CivilDate) -> Decimal {
    Decimal::from(day.num_days_from_ce())
}

impl Range {
    fn point(at: Decimal) -> Range {
        let edge = Some(Edge { at, is_open: false });
        Range { low: edge, high: edge }
    }

    fn from(at: Decimal, is_open: bool) -> Range {
        Range { low: Some(Edge { at, is_open }), high: None }
    }

    fn to(at: Decimal, is_open: bool) -> Range {
        Range { low: None, high: Some(Edge { at, is_open }) }
    }

    pub(crate) fn contains(&self, number: Decimal) -> bool {
        let above = self.low.is_none_or(|low| low.at < number || (low.at == number && !low.is_open));
        above && self.high.is_none_or(|high| number < high.at || (number == high.at && !high.is_open))
    }

    /// As a cell would have it.
    pub(crate) fn shown(&self, base: Base) -> String {
        let at = |edge: &Edge| match base {
            Base::Date => NaiveDate::from_num_days_from_ce_opt(i32::try_from(edge.at).unwrap_or(0))
                .map_or_else(String::new, day_literal),
            _ => plain(edge.at),
        };
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.at == high.at => at(low),
            (Some(low), Some(high)) => {
                [if low.is_open { "(" } else { "[" }, &at(low), "..", &at(high), if high.is_open { ")" } else { "]" }]
                    .concat()
            }
            (Some(low), None) => [if low.is_open { "> " } else { ">= " }, &at(low)].concat(),
            (None, Some(high)) => [if high.is_open { "< " } else { "<= " }, &at(high)].concat(),
            (None, None) => "-".to_owned(),
        }
    }
}

impl Test {
    /// The test that this value meets and no other; none for lists.
    pub(crate) fn of(value: &Value) -> Option<Test> {
        Some(match value {
            Value::Missing => Test::Missing,
            Value::Number(number) => Test::Range(Range::point(*number)),
            Value::Boolean(value) => Test::Boolean(*value),
            Value::Text(text) => Test::Text(Arc::clone(text)),
            Value::Date(day) => Test::Range(Range::point(day_number(*day))),
            Value::Numbers(_) | Value::Texts(_) => return None,
        })
    }

    pub(crate) fn is_met_by(&self, value: &Value) -> bool {
        match (self, value) {
            (Test::Range(range), Value::Number(number)) => range.contains(*number),
            (Test::Range(range), Value::Date(day)) => range.contains(day_number(*day)),
            (Test::Text(wanted), Value::Text(text)) => wanted == text,
            (Test::Boolean(wanted), Value::Boolean(value)) => wanted == value,
            (Test::Missing, Value::Missing) => true,
            _ => false,
        }
    }

    /// As a cell would have it.
    pub(crate) fn shown(&self, base: Base) -> String {
        match self {
            Test::Range(range) => range.shown(base),
            Test::Text(text) => quoted(text),
            Test::Boolean(value) => Value::Boolean(*value).shown(),
            Test::Missing => "null".to_owned(),
        }
    }
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
    pub(crate) fn test_count(&self) -> usize {
        match self {
            Cell::Any => 1,
            Cell::Of(tests) | Cell::Not(tests) => tests.len(),
        }
    }

    /// Reads a cell of a column whose values are of that type.
    pub(crate) fn parse(text: &str, base: Base) -> Result<Cell, Fault> {
        let mut lexer = Lexer::new(text)?;
        if text.trim() == "-" {
            return Ok(Cell::Any);
        }
        let cell = if lexer.take_if("not")? {
            lexer.expect("(")?;
            let tests = tests(&mut lexer, base)?;
            lexer.expect(")")?;
            Cell::Not(tests)
        } else {
            Cell::Of(tests(&mut lexer, base)?)
        };
        if lexer.is_at_end() { Ok(cell) } else { Err(lexer.unexpected("the end")) }
    }
}

/// Reads tests with commas between: the values that an input allows.
pub(crate) fn parse_tests(text: &str, base: Base) -> Result<Vec<Test>, Fault> {
    let mut lexer = Lexer::new(text)?;
    let found = tests(&mut lexer, base)?;
    if lexer.is_at_end() { Ok(found) } else { Err(lexer.unexpected("the end")) }
}

/// Reads one literal: `40`, `-1.5`, `"LOW"`, `true`, `date("2026-01-31")`.
pub(crate) fn parse_literal(text: &str) -> Result<Value, Fault> {
    let mut lexer = Lexer::new(text)?;
    let value = literal(&mut lexer)?;
    if lexer.is_at_end() { Ok(value) } else { Err(lexer.unexpected("one literal")) }
}

fn tests(lexer: &mut Lexer, base: Base) -> Result<Vec<Test>, Fault> {
    let mut found = Vec::new();
    loop {
        test(lexer, base, &mut found)?;
        if found.len() > TESTS_MAX {
            return Err(Fault::new(
                "too_many",
                format!("一格最多 {TESTS_MAX} 个条件"),
                format!("a cell has at most {TESTS_MAX} tests"),
            ));
        }
        if !lexer.take_if(",")? {
            return Ok(found);
        }
    }
}

fn test(lexer: &mut Lexer, base: Base, found: &mut Vec<Test>) -> Result<(), Fault> {
    let sign = match lexer.peek() {
        Word::Sign(sign @ ("<" | "<=" | ">" | ">=" | "=" | "!=" | "[" | "(" | "]")) => *sign,
        _ => {
            let value = literal(lexer)?;
            found.push(equal_to(&value, base)?);
            return Ok(());
        }
    };
    lexer.take()?;
    match sign {
        "=" => {
            let value = literal(lexer)?;
            found.push(equal_to(&value, base)?);
        }
        "!=" if matches!(base, Base::Number | Base::Date | Base::Unknown) => {
            let at = ordered(lexer, base)?;
            found.push(Test::Range(Range::to(at, true)));
            found.push(Test::Range(Range::from(at, true)));
        }
        "!=" => return Err(lexer.unexpected("not(…)")),
        "<" | "<=" => found.push(Test::Range(Range::to(ordered(lexer, base)?, sign == "<"))),
        ">" | ">=" => found.push(Test::Range(Range::from(ordered(lexer, base)?, sign == ">"))),
        _ => {
            let low = Edge { at: ordered(lexer, base)?, is_open: sign != "[" };
            lexer.expect("..")?;
            let high = ordered(lexer, base)?;
            let is_open = match lexer.take()? {
                Word::Sign("]") => false,
                Word::Sign(")" | "[") => true,
                _ => return Err(Fault::new("syntax", "区间应以 ] 或 ) 结尾", "an interval ends with ] or )")),
            };
            if high < low.at {
                return Err(Fault::new("empty_interval", "区间的上限小于下限", "the interval ends before it begins"));
            }
            found.push(Test::Range(Range { low: Some(low), high: Some(Edge { at: high, is_open }) }));
        }
    }
    Ok(())
}

/// An end of an interval or the right side of a comparison: only numbers and days have an order.
fn ordered(lexer: &mut Lexer, base: Base) -> Result<Decimal, Fault> {
    let value = literal(lexer)?;
    match (&value, base) {
        (Value::Number(number), Base::Number | Base::Unknown) => Ok(*number),
        (Value::Date(day), Base::Date | Base::Unknown) => Ok(day_number(*day)),
        _ if matches!(base, Base::Number | Base::Date) => Err(clash(&value, base)),
        _ => Err(Fault::type_clash("只有数和日期可以比较大小", "only numbers and dates can be compared by size")),
    }
}

fn equal_to(value: &Value, base: Base) -> Result<Test, Fault> {
    match Test::of(value) {
        Some(test) if test == Test::Missing || value.base().agrees(base) => Ok(test),
        _ => Err(clash(value, base)),
    }
}

fn clash(value: &Value, base: Base) -> Fault {
    Fault::type_clash(
        format!("{} 不是{}", value.literal(), base.zh_cn()),
        format!("{} is not {}", value.literal(), base.en()),
    )
}

/// A literal. A day is `date("2026-01-31")` or `@"2026-01-31"`.
pub(crate) fn literal(lexer: &mut Lexer) -> Result<Value, Fault> {
    let wanted = "a literal";
    let value = match lexer.peek() {
        Word::Number(number) => Value::Number(*number),
        Word::Text(text) => Value::Text(text.as_str().into()),
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
            return day(lexer);
        }
        Word::Name("date") => {
            lexer.take()?;
            lexer.expect("(")?;
            let value = day(lexer)?;
            lexer.expect(")")?;
            return Ok(value);
        }
        Word::Name(name) => {
            let name = (*name).to_owned();
            return Err(Fault::new(
                "not_a_literal",
                format!("单元格里只能写字面值，不能写名称 {name}；可另设一个公式决策来比较"),
                format!("a cell holds literals, not the name {name}: compare in a formula of its own"),
            ));
        }
        _ => return Err(lexer.unexpected(wanted)),
    };
    lexer.take()?;
    Ok(value)
}

fn day(lexer: &mut Lexer) -> Result<Value, Fault> {
    let Word::Text(text) = lexer.peek() else { return Err(lexer.unexpected("\"YYYY-MM-DD\"")) };
    let Some(day) = date::parse(text) else {
        return Err(Fault::new(
            "not_a_date",
            "应为真实存在的日期，写作 \"YYYY-MM-DD\"",
            "must be a day that exists, written \"YYYY-MM-DD\"",
        ));
    };
    lexer.take()?;
    Ok(Value::Date(day))
}
