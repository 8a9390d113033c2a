//! Formulas: a part of FEEL, compiled in one pass to steps for a small stack. There are no loops and no functions of one's
//! own, so a formula takes as many steps as it has words, and its lists have items.
//!
//! As in FEEL, `-` before an operand binds more tightly than `**`, which goes from left to right; `and` and `or` know a
//! third value, null, and take their right side only where it matters; a missing operand makes a missing result; a
//! condition that is missing counts as not met.

use super::cell::{day_in_brackets, literal, shown_list};
use super::fault::{Fault, fault, fault_with, type_clash};
use super::lexer::{Lexer, Word};
use super::scope::Scope;
use super::value::{Base, Kind, Source, Value};
use rust_decimal::Decimal;

/// Brackets, functions and `if` within each other.
const DEPTH_MAX: u32 = 32;

/// One step.
#[derive(Clone, Copy, Debug)]
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

/// With how many arguments: [`ANY`] is one list, or one number and more.
const FUNCTIONS: [(&str, Function, usize); 10] = [
    ("min", Function::Min, ANY),
    ("max", Function::Max, ANY),
    ("sum", Function::Sum, ANY),
    ("mean", Function::Mean, ANY),
    ("stdev", Function::StandardDeviation, ANY),
    // FEEL's own name for it.
    ("stddev", Function::StandardDeviation, ANY),
    ("count", Function::Count, ANY),
    ("abs", Function::Absolute, 1),
    ("round", Function::Round, 2),
    ("pmt", Function::Instalment, 3),
];
const ANY: usize = 0;

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
#[inline(never)]
pub(super) fn compile(text: &str, scope: &mut Scope) -> Result<(Vec<Step>, Kind), Fault> {
    let mut compiler = Compiler { lexer: Lexer::new(text)?, scope, steps: Vec::new(), depth: 0 };
    let kind = compiler.expression(0)?;
    compiler.lexer.expect_end()?;
    Ok((compiler.steps, kind))
}

struct Compiler<'t, 's, 'p> {
    lexer: Lexer<'t>,
    scope: &'s mut Scope<'p>,
    steps: Vec<Step>,
    depth: u32,
}

impl Compiler<'_, '_, '_> {
    /// Operands with operators between that bind more tightly than `above`.
    #[inline(never)]
    fn expression(&mut self, above: u8) -> Result<Kind, Fault> {
        self.go_deeper()?;
        let mut left = self.operand()?;
        while let Some(&(sign, binding, operator)) = OPERATORS.iter().find(|(sign, ..)| self.lexer.is_next(sign)) {
            if binding <= above {
                break;
            }
            self.lexer.take()?;
            let skip = self.steps.len();
            let is_or = matches!(operator, Operator::Or);
            if matches!(operator, Operator::And | Operator::Or) {
                self.steps.push(Step::SkipIf(is_or, 0));
            }
            let right = self.expression(binding)?;
            let is_optional = left.is_optional || right.is_optional;
            left = match operator {
                Operator::Arithmetic(arithmetic) => {
                    self.steps.push(Step::Arithmetic(arithmetic));
                    both_are(left, right, Base::Number, sign)?;
                    let is_closed = !matches!(arithmetic, Arithmetic::Divide | Arithmetic::Power);
                    let is_whole = left.is_whole && right.is_whole && is_closed;
                    Kind { is_optional, is_whole, ..Kind::of(Base::Number) }
                }
                Operator::Compare(comparison) => {
                    // Comparisons do not follow each other: 1 < 2 < 3 would compare a truth with a number.
                    for (sign, binding, _) in &OPERATORS {
                        if *binding == COMPARISON && self.lexer.is_next(sign) {
                            return Err(self.lexer.unexpected("and"));
                        }
                    }
                    self.steps.push(Step::Compare(comparison));
                    self.compared(left, right, comparison, sign)?
                }
                Operator::And | Operator::Or => {
                    self.steps.push(if is_or { Step::Or } else { Step::And });
                    self.steps[skip] = Step::SkipIf(is_or, self.steps.len());
                    both_are(left, right, Base::Boolean, sign)?;
                    Kind { is_optional, ..Kind::of(Base::Boolean) }
                }
            };
        }
        self.depth -= 1;
        Ok(left)
    }

    #[inline(never)]
    fn go_deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth <= DEPTH_MAX {
            return Ok(());
        }
        Err(fault("too_deep", ["嵌套最多 32 层", "nests more than 32 deep"]))
    }

    #[inline(never)]
    fn operand(&mut self) -> Result<Kind, Fault> {
        let name = match self.lexer.peek() {
            Word::Sign("-") => return self.negated(),
            Word::Sign("(") => {
                self.lexer.take()?;
                return self.bracketed();
            }
            Word::Name("if") => {
                self.lexer.take()?;
                return self.conditional();
            }
            Word::Name("not") => {
                self.lexer.take()?;
                self.lexer.expect("(")?;
                let kind = self.bracketed()?;
                must_be(kind, Base::Boolean, "not")?;
                self.steps.push(Step::Not);
                return Ok(Kind { is_optional: kind.is_optional, ..Kind::of(Base::Boolean) });
            }
            Word::Name("then" | "else" | "and" | "or") | Word::End => return Err(self.lexer.unexpected("a value")),
            Word::Name(name) if !matches!(*name, "true" | "false" | "null") => *name,
            _ => {
                let value = literal(&mut self.lexer, &mut self.scope.known.texts)?;
                return Ok(self.constant(value));
            }
        };
        self.lexer.take()?;
        if self.lexer.take_if("(")? {
            if name == "date" {
                let day = day_in_brackets(&mut self.lexer)?;
                return Ok(self.constant(day));
            }
            return self.call(name);
        }
        let (source, kind) = self.scope.find(name)?;
        self.steps.push(Step::Load(source));
        Ok(kind)
    }

    /// What stands in brackets, behind the opening one.
    fn bracketed(&mut self) -> Result<Kind, Fault> {
        let kind = self.expression(0)?;
        self.lexer.expect(")")?;
        Ok(kind)
    }

    fn negated(&mut self) -> Result<Kind, Fault> {
        self.lexer.take()?;
        if let Word::Number(number) = *self.lexer.peek() {
            self.lexer.take()?;
            return Ok(self.constant(Value::Number(-number)));
        }
        self.go_deeper()?;
        let kind = self.operand()?;
        self.depth -= 1;
        must_be(kind, Base::Number, "-")?;
        self.steps.push(Step::Negate);
        Ok(Kind { allowed: None, ..kind })
    }

    fn constant(&mut self, value: Value) -> Kind {
        self.steps.push(Step::Push(value));
        match value {
            Value::Missing => Kind { is_optional: true, ..Kind::of(Base::Missing) },
            value => self.scope.known.one_of(&[value]),
        }
    }

    /// Behind `if`: condition, steps of `then`, over those of `else`.
    #[inline(never)]
    fn conditional(&mut self) -> Result<Kind, Fault> {
        let condition = self.expression(0)?;
        must_be(condition, Base::Boolean, "if")?;
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
        let types = [then.base, otherwise.base];
        if !types[0].agrees(types[1]) && !types.contains(&Base::Missing) {
            return Err(type_clash(["then 是{2}，else 是{3}", "`then` is {2}, `else` is {3}"], "", types));
        }
        Ok(self.scope.known.either(then, otherwise))
    }

    /// Behind `name(`.
    #[inline(never)]
    fn call(&mut self, name: &str) -> Result<Kind, Fault> {
        let Some(&(_, function, wanted)) = FUNCTIONS.iter().find(|(known, ..)| *known == name) else {
            let words = ["没有函数 {0}；可用的有 {1}", "there is no function {0}; there are {1}"];
            let list = "min, max, sum, mean, stdev, count, abs, round, pmt";
            return Err(fault_with("unknown_name", words, [name, list]));
        };
        let mut count = 0;
        let mut all = Kind { is_whole: true, ..Kind::of(Base::Number) };
        // A list that is written out, `mean([a, b])`, is the same as its items.
        let is_written_out = wanted == ANY && self.lexer.take_if("[")?;
        while count == 0 || self.lexer.take_if(",")? {
            if count == 0 && self.lexer.is_next(if is_written_out { "]" } else { ")" }) {
                break;
            }
            let argument = self.expression(0)?;
            all.is_optional |= argument.is_optional;
            all.is_whole &= argument.is_whole;
            // One list, or any number of numbers.
            let is_list = wanted == ANY && !is_written_out && count == 0 && argument.base.is_list();
            if !is_list || self.lexer.is_next(",") || (argument.base == Base::Texts && function != Function::Count) {
                must_be(argument, Base::Number, name)?;
            }
            count += 1;
        }
        if is_written_out {
            self.lexer.expect("]")?;
        }
        self.lexer.expect(")")?;
        if (wanted == ANY && count == 0) || (wanted != ANY && count != wanted) {
            let words = ["{0} 须有 {1} 个参数", "{0} takes {1} arguments"];
            return Err(fault_with("wrong_arguments", words, [name, ["1+", "1", "2", "3"][wanted]]));
        }
        all.is_whole = match function {
            Function::Min | Function::Max | Function::Sum | Function::Absolute => all.is_whole,
            Function::Count => true,
            // To a literal number of digits that is not above zero.
            Function::Round => match self.steps.last() {
                Some(Step::Push(Value::Number(digits))) => *digits <= Decimal::ZERO,
                _ => false,
            },
            _ => false,
        };
        self.steps.push(Step::Call(function, count));
        Ok(all)
    }

    /// Whether two kinds can be compared, and what is known of the answer.
    #[inline(never)]
    fn compared(&self, left: Kind, right: Kind, comparison: Comparison, sign: &str) -> Result<Kind, Fault> {
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::Unequal);
        let types = [left.base, right.base];
        let has_null = types.contains(&Base::Missing);
        let mut is_possible = types[0].agrees(types[1]);
        for base in types {
            let has_order = matches!(base, Base::Number | Base::Date | Base::Unknown);
            let has_equals = matches!(base, Base::Text | Base::Boolean) && is_equality;
            is_possible &= has_order || has_equals;
        }
        is_possible |= is_equality && has_null;
        if !is_possible {
            let words = ["{2}与{3}不能用 {0} 比较", "{2} and {3} cannot be compared by {0}"];
            return Err(type_clash(words, sign, types));
        }
        let known = &self.scope.known;
        if left.base == Base::Text
            && let (Some(one), Some(other)) = (known.allowed(left), known.allowed(right))
            && !one.iter().any(|test| other.contains(test))
        {
            let words = ["{0} 与 {1} 永不相等", "{0} and {1} are never equal"];
            let given = [one, other].map(|set| shown_list(set, Base::Text, &known.texts));
            return Err(fault_with("impossible_value", words, [&given[0], &given[1]]));
        }
        // Whether something is missing can always be told; how it compares with what is missing cannot.
        let is_optional = !is_equality && (left.is_optional || right.is_optional);
        Ok(Kind { is_optional, ..Kind::of(Base::Boolean) })
    }
}

#[inline(never)]
fn both_are(left: Kind, right: Kind, base: Base, word: &str) -> Result<(), Fault> {
    must_be(left, base, word)?;
    must_be(right, base, word)
}

#[inline(never)]
fn must_be(kind: Kind, base: Base, word: &str) -> Result<(), Fault> {
    if kind.base.agrees(base) {
        return Ok(());
    }
    Err(type_clash(["{0} 需要{2}，而不是{3}", "{0} needs {2}, not {3}"], word, [base, kind.base]))
}
