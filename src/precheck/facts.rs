//! Facts: what the applicant says, checked against what the policy declares.

use super::lexer::parse_number;
use super::policy::{Compiled, Input, InputType};
use super::value::{Base, Value};
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{boolean, day, list, text};
use crate::wire::Wire;
use rust_decimal::Decimal;

/// The most numbers of a list: the months of the longest loan.
const NUMBERS_MAX: usize = 600;
/// The largest whole number that a JavaScript number holds exactly, like every one below it.
const INTEGER_MAX: f64 = 9_007_199_254_740_991.0;

/// One value for each input; missing where none was given.
pub(crate) fn facts(policy: &Compiled, wire: &Wire, path: &Path, problems: &mut Problems) -> Vec<Value> {
    let mut values = vec![Value::Missing; policy.inputs.len()];
    let Wire::Map(fields) = wire else {
        if *wire != Wire::Null {
            problems.wrong_type(path, "对象", "an object");
        }
        return values;
    };
    for (name, wire) in fields {
        let path = path.field(name);
        let Some(index) = policy.inputs.iter().position(|input| input.name == *name) else {
            let names: Vec<&str> = policy.inputs.iter().map(|input| input.name.as_str()).collect();
            problems.unknown_field(&path, name, &names);
            continue;
        };
        if *wire == Wire::Null {
            continue;
        }
        let input = &policy.inputs[index];
        if let Some(value) = fact(input, wire, &path, problems) {
            check_allowed(input, &value, &path, problems);
            values[index] = value;
        }
    }
    values
}

fn fact(input: &Input, wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Value> {
    Some(match input.shape {
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
            let items = list(wire, path, NUMBERS_MAX, problems)?;
            let mut numbers = Vec::with_capacity(items.len());
            for (index, item) in items.iter().enumerate() {
                numbers.push(decimal(item, &path.index(index), problems)?);
            }
            Value::Numbers(numbers.into())
        }
        InputType::Boolean => Value::Boolean(boolean(wire, path, problems)?),
        InputType::Text => Value::Text(text(wire, path, problems)?.into()),
        InputType::Date => Value::Date(day(wire, path, problems)?),
    })
}

/// Digits with at most one point and 28 digits; a minus may stand before them, for cash flows.
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
        problems.add(
            "not_a_decimal",
            path,
            "应为至多 28 位数字，可有一个小数点和前置负号，不能有逗号、空格、百分号或指数".to_owned(),
            "must be at most 28 digits with at most one point and a minus before them: no comma, blank, percent or exponent"
                .to_owned(),
            None,
        );
    }
    number
}

fn check_allowed(input: &Input, value: &Value, path: &Path, problems: &mut Problems) {
    let Some(allowed) = &input.kind.allowed else { return };
    if allowed.iter().any(|test| test.is_met_by(value)) {
        return;
    }
    match value {
        Value::Text(given) => {
            let names: Vec<String> = allowed.iter().map(|test| test.shown(Base::Text)).collect();
            let bare: Vec<&str> = names.iter().map(|name| name.trim_matches('"')).collect();
            problems.not_one_of(path, given, &bare);
        }
        _ => {
            let list: Vec<String> = allowed.iter().map(|test| test.shown(input.kind.base)).collect();
            let list = list.join(", ");
            problems.add("not_one_of", path, format!("应在 {list} 之内"), format!("must be within {list}"), Some(list));
        }
    }
}
