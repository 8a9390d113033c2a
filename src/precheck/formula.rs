//! Formulas: a part of FEEL, compiled in one pass to steps for a small stack. There are no loops and no functions of one's
//! own, so a formula takes as many steps as it has words, and its lists have items.
//!
//! As in FEEL, `-` before an operand binds more tightly than `**`, which goes from left to right; `and` and `or` know a
//! third value, null, and take their right side only where it matters; a missing operand makes a missing result; a
//! condition that is missing counts as not met.

use super::cell::Test;
use super::fault::Fault;
use super::lexer::{Lexer, Word};
use super::scope::Scope;
use super::value::{Base, Kind, Source, Value};
use rust_decimal::Decimal;

/// Brackets, functions and `if` within each other.
const DEPTH_MAX: u32 = 32;

/// One step.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Push(Value),
    Load(Source),
    Negate,
    Arithmetic(Arithmetic),
    Compare(Comparison),
    Not,
    /// Left and right of `and` become one.
    And,
    Or,
    /// Goes there if the value on top is this one, and leaves it.
    SkipIf(bool, usize),
    /// Takes a condition and goes there unless it is true.
    Unless(usize),
    Goto(usize),
    Call(Function, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Min,
    Max,
    Sum,
    Mean,
    StandardDeviation,
    Count,
    Absolute,
    Round,
    Instalment,
}

const FUNCTIONS: [(&str, Function); 9] = [
    ("min", Function::Min),
    ("max", Function::Max),
    ("sum", Function::Sum),
    ("mean", Function::Mean),
    ("stdev", Function::StandardDeviation),
    ("count", Function::Count),
    ("abs", Function::Absolute),
    ("round", Function::Round),
    ("pmt", Function::Instalment),
];

/// An operator between two operands: how tightly it binds, and what it does.
#[derive(Clone, Copy)]
enum Operator {
    Or,
    And,
    Compare(Comparison),
    Arithmetic(Arithmetic),
}

const OPERATORS: [(&str, u8, Operator); 13] = [
    ("or", 1, Operator::Or),
    ("and", 2, Operator::And),
    ("=", COMPARISON, Operator::Compare(Comparison::Equal)),
    ("!=", COMPARISON, Operator::Compare(Comparison::Unequal)),
    ("<", COMPARISON, Operator::Compare(Comparison::Less)),
    ("<=", COMPARISON, Operator::Compare(Comparison::AtMost)),
    (">", COMPARISON, Operator::Compare(Comparison::Greater)),
    (">=", COMPARISON, Operator::Compare(Comparison::AtLeast)),
    ("+", 4, Operator::Arithmetic(Arithmetic::Add)),
    ("-", 4, Operator::Arithmetic(Arithmetic::Subtract)),
    ("*", 5, Operator::Arithmetic(Arithmetic::Multiply)),
    ("/", 5, Operator::Arithmetic(Arithmetic::Divide)),
    ("**", 6, Operator::Arithmetic(Arithmetic::Power)),
];
const COMPARISON: u8 = 3;

/// Compiles a formula; what is known of its result comes with it.
pub(crate) fn compile(text: &str, scope: &Scope) -> Result<(Vec<Step>, Kind), Fault> {
    let mut compiler = Compiler { lexer: Lexer::new(text)?, scope, steps: Vec::new(), depth: 0 };
    let kind = compiler.expression(0)?;
    if !compiler.lexer.is_at_end() {
        return Err(compiler.lexer.unexpected("an operator"));
    }
    Ok((compiler.steps, kind))
}

struct Compiler<'t, 's> {
    lexer: Lexer<'t>,
    scope: &'s Scope<'s>,
    steps: Vec<Step>,
    depth: u32,
}

impl Compiler<'_, '_> {
    /// Operands with operators between that bind more tightly than `above`.
    fn expression(&mut self, above: u8) -> Result<Kind, Fault> {
        self.go_deeper()?;
        let mut left = self.operand()?;
        while let Some(&(sign, binding, operator)) = OPERATORS.iter().find(|(sign, ..)| self.lexer.is_next(sign)) {
            if binding <= above {
                break;
            }
            self.lexer.take()?;
            left = match operator {
                Operator::Arithmetic(arithmetic) => {
                    let right = self.expression(binding)?;
                    self.steps.push(Step::Arithmetic(arithmetic));
                    must_be(&left, Base::Number, sign)?;
                    must_be(&right, Base::Number, sign)?;
                    Kind {
                        is_optional: left.is_optional || right.is_optional,
                        is_whole: left.is_whole
                            && right.is_whole
                            && !matches!(arithmetic, Arithmetic::Divide | Arithmetic::Power),
                        ..Kind::of(Base::Number)
                    }
                }
                Operator::Compare(comparison) => {
                    let right = self.expression(binding)?;
                    if OPERATORS.iter().any(|(sign, binding, _)| *binding == COMPARISON && self.lexer.is_next(sign)) {
                        return Err(self.lexer.unexpected("and"));
                    }
                    self.steps.push(Step::Compare(comparison));
                    compared(&left, &right, comparison, sign)?
                }
                Operator::And | Operator::Or => {
                    let is_or = matches!(operator, Operator::Or);
                    let skip = self.steps.len();
                    self.steps.push(Step::SkipIf(is_or, 0));
                    let right = self.expression(binding)?;
                    self.steps.push(if is_or { Step::Or } else { Step::And });
                    self.steps[skip] = Step::SkipIf(is_or, self.steps.len());
                    must_be(&left, Base::Boolean, sign)?;
                    must_be(&right, Base::Boolean, sign)?;
                    Kind { is_optional: left.is_optional || right.is_optional, ..Kind::of(Base::Boolean) }
                }
            };
        }
        self.depth -= 1;
        Ok(left)
    }

    fn go_deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth <= DEPTH_MAX {
            return Ok(());
        }
        Err(Fault::new("too_deep", format!("嵌套最多 {DEPTH_MAX} 层"), format!("nests more than {DEPTH_MAX} deep")))
    }

    fn operand(&mut self) -> Result<Kind, Fault> {
        if self.lexer.take_if("-")? {
            if let Word::Number(number) = *self.lexer.peek() {
                self.lexer.take()?;
                return Ok(self.constant(Value::Number(-number)));
            }
            self.go_deeper()?;
            let kind = self.operand()?;
            self.depth -= 1;
            must_be(&kind, Base::Number, "-")?;
            self.steps.push(Step::Negate);
            return Ok(Kind { allowed: None, ..kind });
        }
        if self.lexer.take_if("(")? {
            let kind = self.expression(0)?;
            self.lexer.expect(")")?;
            return Ok(kind);
        }
        if self.lexer.take_if("if")? {
            return self.conditional();
        }
        if self.lexer.take_if("not")? {
            self.lexer.expect("(")?;
            let kind = self.expression(0)?;
            self.lexer.expect(")")?;
            must_be(&kind, Base::Boolean, "not")?;
            self.steps.push(Step::Not);
            return Ok(Kind { is_optional: kind.is_optional, ..Kind::of(Base::Boolean) });
        }
        let name = match self.lexer.peek() {
            Word::Name(name) if !matches!(*name, "true" | "false" | "null" | "date") => *name,
            Word::Name(_) | Word::Number(_) | Word::Text(_) | Word::Sign("@") => {
                let value = super::cell::literal(&mut self.lexer)?;
                return Ok(self.constant(value));
            }
            _ => return Err(self.lexer.unexpected("a value")),
        };
        if super::lexer::RESERVED.contains(&name) {
            return Err(self.lexer.unexpected("a value"));
        }
        self.lexer.take()?;
        if self.lexer.take_if("(")? {
            return self.call(name);
        }
        let (source, kind) = self.scope.find(name)?;
        self.steps.push(Step::Load(source));
        Ok(kind)
    }

    fn constant(&mut self, value: Value) -> Kind {
        let kind = match &value {
            Value::Missing => Kind { is_optional: true, ..Kind::of(Base::Missing) },
            value => Kind::one_of(core::iter::once(value)),
        };
        self.steps.push(Step::Push(value));
        kind
    }

    /// Behind `if`: condition, steps of `then`, over those of `else`.
    fn conditional(&mut self) -> Result<Kind, Fault> {
        let condition = self.expression(0)?;
        must_be(&condition, Base::Boolean, "if")?;
        let unless = self.steps.len();
        self.steps.push(Step::Unless(0));
        self.lexer.expect("then")?;
        let then = self.expression(0)?;
        let over = self.steps.len();
        self.steps.push(Step::Goto(0));
        self.steps[unless] = Step::Unless(self.steps.len());
        self.lexer.expect("else")?;
        let otherwise = self.expression(0)?;
        self.steps[over] = Step::Goto(self.steps.len());
        let agree = then.base.agrees(otherwise.base) || then.base == Base::Missing || otherwise.base == Base::Missing;
        if !agree {
            return Err(Fault::type_clash(
                format!("then 是{}，else 是{}", then.base.zh_cn(), otherwise.base.zh_cn()),
                format!("`then` is {}, `else` is {}", then.base.en(), otherwise.base.en()),
            ));
        }
        Ok(then.or(otherwise))
    }

    /// Behind `name(`.
    fn call(&mut self, name: &str) -> Result<Kind, Fault> {
        let Some(&(_, function)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
            let names = FUNCTIONS.map(|(known, _)| known);
            let list = names.join(", ");
            return Err(Fault::new(
                "unknown_name",
                format!("没有函数 {name}；可用的有 {list}"),
                format!("there is no function {name}; there are {list}"),
            ));
        };
        let mut arguments: Vec<Kind> = Vec::new();
        if !self.lexer.is_next(")") {
            loop {
                arguments.push(self.expression(0)?);
                if !self.lexer.take_if(",")? {
                    break;
                }
            }
        }
        self.lexer.expect(")")?;
        self.steps.push(Step::Call(function, arguments.len()));

        let takes_list = !matches!(function, Function::Absolute | Function::Round | Function::Instalment);
        let is_list = takes_list
            && arguments.len() == 1
            && (arguments[0].base.agrees(Base::Numbers)
                || (function == Function::Count && arguments[0].base == Base::Texts));
        let wanted = match function {
            Function::Absolute => 1,
            Function::Round => 2,
            Function::Instalment => 3,
            _ => arguments.len().max(1),
        };
        if arguments.len() != wanted {
            return Err(Fault::new(
                "wrong_arguments",
                format!("{name} 须有 {wanted} 个参数"),
                format!("{name} takes {wanted} arguments"),
            ));
        }
        if !is_list {
            for argument in &arguments {
                must_be(argument, Base::Number, name)?;
            }
        }
        let are_whole = arguments.iter().all(|kind| kind.is_whole);
        Ok(Kind {
            is_optional: arguments.iter().any(|kind| kind.is_optional),
            is_whole: match function {
                Function::Min | Function::Max | Function::Sum | Function::Absolute => are_whole,
                Function::Count => true,
                Function::Round => self.rounds_to_whole(),
                _ => false,
            },
            ..Kind::of(Base::Number)
        })
    }

    /// Whether the last argument is a literal that is not above zero.
    fn rounds_to_whole(&self) -> bool {
        match &self.steps[..] {
            [.., Step::Push(Value::Number(digits)), Step::Call(..)] => *digits <= Decimal::ZERO,
            _ => false,
        }
    }
}

fn must_be(kind: &Kind, base: Base, word: &str) -> Result<(), Fault> {
    if kind.base.agrees(base) {
        return Ok(());
    }
    Err(Fault::type_clash(
        format!("{word} 需要{}，而不是{}", base.zh_cn(), kind.base.zh_cn()),
        format!("{word} needs {}, not {}", base.en(), kind.base.en()),
    ))
}

fn compared(left: &Kind, right: &Kind, comparison: Comparison, sign: &str) -> Result<Kind, Fault> {
    let is_equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
    let has_null = left.base == Base::Missing || right.base == Base::Missing;
    let is_list = |kind: &Kind| matches!(kind.base, Base::Numbers | Base::Texts);
    let has_no_order = |kind: &Kind| matches!(kind.base, Base::Text | Base::Boolean);
    let agree = left.base.agrees(right.base) || (is_equality && has_null);
    let is_possible = if is_equality {
        agree && (has_null || (!is_list(left) && !is_list(right)))
    } else {
        agree && !has_null && !is_list(left) && !is_list(right) && !has_no_order(left) && !has_no_order(right)
    };
    if !is_possible {
        return Err(Fault::type_clash(
            format!("{} 与{} 不能用 {sign} 比较", left.base.zh_cn(), right.base.zh_cn()),
            format!("{} and {} cannot be compared by {sign}", left.base.en(), right.base.en()),
        ));
    }
    if left.base == Base::Text
        && let (Some(one), Some(other)) = (&left.allowed, &right.allowed)
        && !one.iter().any(|test| other.contains(test))
    {
        let list = |tests: &[Test]| tests.iter().map(|test| test.shown(Base::Text)).collect::<Vec<_>>().join(", ");
        return Err(Fault::new(
            "impossible_value",
            format!("{} 与 {} 永不相等", list(one), list(other)),
            format!("{} and {} are never equal", list(one), list(other)),
        ));
    }
    // Whether something is missing can always be told; how it compares with what is missing cannot.
    let is_optional = !is_equality && (left.is_optional || right.is_optional);
    Ok(Kind { is_optional, ..Kind::of(Base::Boolean) })
}
