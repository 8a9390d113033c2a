//! Facts: what the applicant says, checked against what the policy declares.

use super::cell::shown_list;
use super::evaluate::Request;
use super::fault::tell;
use super::lexer::parse_number;
use super::policy::{Compiled, Input, InputType};
use super::texts::Book;
use super::value::{Base, Value};
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{boolean, day, list, text};
use crate::wire::Wire;
use rust_decimal::Decimal;

/// The most numbers of a list: the months of the longest loan.
const NUMBERS_MAX: usize = 600;
/// The largest whole number that a JavaScript number holds exactly, like every one below it.
const INTEGER_MAX: f64 = 9_007_199_254_740_991.0;

/// A request with one value for each input; missing where none was given.
#[inline(never)]
pub(crate) fn request<'p>(policy: &'p Compiled, wire: &'p Wire, problems: &mut Problems) -> Request<'p> {
    let facts = vec![Value::Missing; policy.inputs.len()];
    let mut request = Request { policy, facts, texts: Vec::new(), lists: Vec::new(), on: None, figures: None };
    let path = Path::Root.field("facts");
    let Wire::Map(fields) = wire else {
        if *wire != Wire::Null {
            problems.wrong_type(&path, "对象", "an object");
        }
        return request;
    };
    for (name, wire) in fields {
        let path = path.field(name);
        let Some(index) = policy.inputs.iter().position(|input| input.name == *name) else {
            let names: Vec<&str> = policy.inputs.iter().map(|input| input.name.as_str()).collect();
            problems.unknown_field(&path, name, &names);
            continue;
        };
        if *wire != Wire::Null
            && let Some(value) = fact(&mut request, &policy.inputs[index], wire, &path, problems)
        {
            request.facts[index] = value;
        }
    }
    request
}

#[inline(never)]
fn fact<'p>(
    request: &mut Request<'p>,
    input: &Input,
    wire: &'p Wire,
    path: &Path,
    problems: &mut Problems,
) -> Option<Value> {
    let value = match input.shape {
        InputType::Integer => match wire {
            Wire::Number(number) if libm::trunc(*number).total_cmp(number).is_eq() && number.abs() <= INTEGER_MAX => {
                Value::Number(Decimal::from(*number as i64))
            }
            _ => {
                problems.wrong_type(path, "整数", "a whole number");
                return None;
            }
        },
        InputType::Decimal => Value::Number(decimal(wire, path, problems)?),
        InputType::Decimals => {
            let mut numbers = Vec::new();
            for (index, item) in list(wire, path, NUMBERS_MAX, problems)?.iter().enumerate() {
                numbers.push(Value::Number(decimal(item, &path.index(index), problems)?));
            }
            request.lists.push(numbers);
            Value::List(request.lists.len() as u32 - 1)
        }
        InputType::Boolean => Value::Boolean(boolean(wire, path, problems)?),
        InputType::Text => request.text(text(wire, path, problems)?),
        InputType::Date => Value::Date(day(wire, path, problems)?),
    };
    let known = &request.policy.known;
    let Some(allowed) = known.allowed(input.kind) else { return Some(value) };
    let single = [value];
    let items: &[Value] = match value {
        Value::List(list) => &request.lists[list as usize],
        _ => &single,
    };
    if items.iter().all(|item| allowed.iter().any(|test| test.is_met_by(*item))) {
        return Some(value);
    }
    if let (Value::Text(_), Wire::Text(given)) = (value, wire) {
        let names: Vec<String> =
            allowed.iter().filter_map(|test| test.value()).map(|value| value.shown(Book::of(&known.texts))).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        problems.not_one_of(path, given, &names);
    } else {
        let base = if matches!(value, Value::Date(_)) { Base::Date } else { Base::Number };
        let list = shown_list(allowed, base, &known.texts);
        tell(problems, path, "not_one_of", ["应在 {0} 之内", "must be within {0}"], [&list, ""], &list);
    }
    None
}

impl<'p> Request<'p> {
    /// A text of a fact: the policy's own number for it, or a new one.
    fn text(&mut self, text: &'p str) -> Value {
        let texts = &self.policy.known.texts;
        Value::Text(texts.find(text).unwrap_or_else(|| {
            let index = self.texts.iter().position(|known| *known == text).unwrap_or_else(|| {
                self.texts.push(text);
                self.texts.len() - 1
            });
            (texts.len() + index) as u32
        }))
    }
}

/// Digits with at most one point and 28 digits; a minus may stand before them, for cash flows.
#[inline(never)]
fn decimal(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Decimal> {
    let text = match wire {
        Wire::Text(text) => text,
        Wire::Number(_) => {
            problems.number_not_string(path);
            return None;
        }
        _ => {
            problems.wrong_type(path, "十进制数的字符串", "a decimal string");
            return None;
        }
    };
    let number = parse_number(text).filter(|_| !text.starts_with('.') && !text.starts_with("-."));
    if number.is_none() {
        let words = [
            "应为至多 28 位数字，可有一个小数点和前置负号，不能有逗号、空格、百分号或指数",
            "must be at most 28 digits with at most one point and a minus before them: no comma, blank, percent or exponent",
        ];
        tell(problems, path, "not_a_decimal", words, [""; 2], "");
    }
    number
}
