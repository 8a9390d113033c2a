//! Runs a compiled policy: decision after decision, each once, within a budget of steps.

use super::arithmetic as exact;
use super::axis::RuleSet;
use super::fault::{Fault, fault, fault_with, filled};
use super::figures::Figures;
use super::formula::{Arithmetic, Comparison, Function, Step};
use super::policy::{Compiled, Decision, Logic, Needs};
use super::table::Table;
use super::texts::Book;
use super::value::{Source, Value};
use crate::date::CivilDate;
use crate::error::LoanError;
use core::cmp::Ordering;
use rust_decimal::Decimal;

/// The steps of one run: a hundred times what a real policy takes, and some milliseconds.
pub(crate) const STEPS_MAX: u32 = 500_000;

/// What a policy is asked about.
pub(crate) struct Request<'p> {
    pub policy: &'p Compiled,
    /// One for each input.
    pub facts: Vec<Value>,
    /// Texts of facts that the policy does not mention.
    pub texts: Vec<&'p str>,
    /// Lists of facts.
    pub lists: Vec<Vec<Value>>,
    pub on: Option<CivilDate>,
    pub figures: Option<Figures>,
}

/// What came of it.
#[derive(Default)]
pub(crate) struct Run {
    /// One for each decision; missing for those that were not wanted.
    pub values: Vec<Value>,
    /// For each table, where in its columns the values lie.
    pub segments: Vec<Vec<usize>>,
    /// For each table, the rules that made its value.
    pub counting: Vec<RuleSet>,
    /// The facts that were read; a bit for each.
    pub facts_read: u64,
    pub steps: u32,
    /// Lists that tables collected.
    lists: Vec<Vec<Value>>,
}

impl Request<'_> {
    /// Evaluates the decisions that are wanted, in order.
    ///
    /// # Errors
    /// `division_by_zero`, `overflow`, `invalid_argument`, `too_few_values`, `too_many_steps`, at the decision.
    #[inline(never)]
    pub(crate) fn run(&self, wanted: Needs) -> Result<Run, LoanError> {
        let decisions = &self.policy.decisions;
        let mut run = Run::default();
        for (index, decision) in decisions.iter().enumerate() {
            let mut segments = Vec::new();
            let mut counting = RuleSet::default();
            let value = if wanted.decisions >> index & 1 == 0 {
                Value::Missing
            } else {
                match &decision.logic {
                    Logic::Table(table) => {
                        for column in &table.columns {
                            segments.push(column.segment_of(self.read(column.source, &mut run)));
                        }
                        run.steps += 1 + segments.len() as u32;
                        counting = table.counting(table.hit(&segments));
                        match table.value(counting, self.lists.len(), &mut run.lists) {
                            Some(value) => value,
                            None => return Err(at_table(index, decision, table, counting)),
                        }
                    }
                    Logic::Formula(steps) => match self.evaluate(steps, &mut run) {
                        Ok(value) => value,
                        Err(fault) => {
                            let field = filled("decisions[{0}].formula", &[&index.to_string()]);
                            return Err(fault.at(&decision.name, field));
                        }
                    },
                }
            };
            run.segments.push(segments);
            run.counting.push(counting);
            run.values.push(value);
        }
        Ok(run)
    }

    fn read(&self, source: Source, run: &mut Run) -> Value {
        if let Source::Fact(fact) = source {
            run.facts_read |= 1 << fact;
        }
        self.value_of(source, run)
    }

    /// The value of a fact, of a decision that has been evaluated, of a figure, or the day.
    #[inline(never)]
    pub(crate) fn value_of(&self, source: Source, run: &Run) -> Value {
        match source {
            Source::Fact(fact) => self.facts[fact],
            Source::Decision(decision) => run.values[decision],
            Source::Figure(figure) => match self.figures.as_ref().and_then(|figures| figures.get(figure)) {
                Some(figure) => Value::Number(figure),
                None => Value::Missing,
            },
            Source::On => self.on.map_or(Value::Missing, Value::Date),
        }
    }

    /// Where the run's values can be looked up.
    pub(crate) fn book<'b>(&'b self, run: &'b Run) -> Book<'b> {
        Book { texts: &self.policy.known.texts, more: &self.texts, lists: [&self.lists, &run.lists] }
    }

    /// Runs the steps of a formula. Every jump leads forward, so each step is taken at most once.
    #[inline(never)]
    fn evaluate(&self, steps: &[Step], run: &mut Run) -> Result<Value, Fault> {
        let mut stack: Vec<Value> = Vec::with_capacity(8);
        let mut at = 0;
        while let Some(step) = steps.get(at) {
            at += 1;
            run.steps += 1;
            let value = match *step {
                Step::Push(value) => value,
                Step::Load(source) => self.read(source, run),
                Step::SkipIf(wanted, target) => {
                    if stack.last() == Some(&Value::Boolean(wanted)) {
                        at = target;
                    }
                    continue;
                }
                Step::Unless(target) => {
                    if pop(&mut stack) != Value::Boolean(true) {
                        at = target;
                    }
                    continue;
                }
                Step::Goto(target) => {
                    at = target;
                    continue;
                }
                Step::Negate => pop(&mut stack).number().map_or(Value::Missing, |number| Value::Number(-number)),
                Step::Not => match pop(&mut stack) {
                    Value::Boolean(value) => Value::Boolean(!value),
                    _ => Value::Missing,
                },
                Step::Arithmetic(arithmetic) => {
                    let (right, left) = (pop(&mut stack).number(), pop(&mut stack).number());
                    match (left, right) {
                        (Some(left), Some(right)) => Value::Number(match arithmetic {
                            Arithmetic::Add => exact::add(left, right)?,
                            Arithmetic::Subtract => exact::subtract(left, right)?,
                            Arithmetic::Multiply => exact::multiply(left, right)?,
                            Arithmetic::Divide => exact::divide(left, right)?,
                            Arithmetic::Power => exact::power(left, right)?,
                        }),
                        _ => Value::Missing,
                    }
                }
                Step::Compare(comparison) => {
                    let (right, left) = (pop(&mut stack), pop(&mut stack));
                    compare(comparison, left, right)
                }
                Step::And | Step::Or => {
                    // The left side was not the one that decides by itself.
                    let decisive = Value::Boolean(matches!(step, Step::Or));
                    let (right, left) = (pop(&mut stack), pop(&mut stack));
                    if right == decisive || left != Value::Missing { right } else { left }
                }
                Step::Call(function, count) => {
                    let first = stack.len().saturating_sub(count);
                    let value = self.call(function, &stack[first..], run)?;
                    stack.truncate(first);
                    value
                }
            };
            stack.push(value);
            if run.steps > STEPS_MAX {
                return Err(fault("too_many_steps", ["计算步骤过多", "takes too many steps"]));
            }
        }
        Ok(pop(&mut stack))
    }

    #[inline(never)]
    fn call(&self, function: Function, arguments: &[Value], run: &mut Run) -> Result<Value, Fault> {
        let mut numbers: Vec<Decimal> = Vec::new();
        let mut count = 0;
        for argument in arguments {
            let single = [*argument];
            let items: &[Value] = match argument {
                Value::Missing => return Ok(Value::Missing),
                Value::List(list) => self.book(run).list(*list),
                _ => &single,
            };
            count += items.len();
            for item in items {
                numbers.extend(item.number());
            }
        }
        run.steps += count as u32;
        let value = match (function, &numbers[..]) {
            (Function::Min | Function::Max, [first, others @ ..]) => {
                let mut extreme = *first;
                for other in others {
                    if (*other < extreme) == (function == Function::Min) {
                        extreme = *other;
                    }
                }
                extreme
            }
            (Function::Min, _) => return Err(exact::too_few("min", "1")),
            (Function::Max, _) => return Err(exact::too_few("max", "1")),
            (Function::Sum, numbers) => exact::sum(numbers)?,
            (Function::Mean, numbers) => exact::mean(numbers)?,
            (Function::StandardDeviation, numbers) => exact::standard_deviation(numbers)?,
            // Only `count` takes texts.
            (Function::Count, _) => Decimal::from(count as u64),
            (Function::Absolute, [number]) => number.abs(),
            (Function::Round, [number, digits]) => exact::round(*number, *digits)?,
            (Function::Instalment, [rate, count, principal]) => exact::instalment(*rate, *count, *principal)?,
            // The compiler has counted the arguments.
            _ => return Ok(Value::Missing),
        };
        Ok(Value::Number(value))
    }
}

/// The only thing that can go wrong in a table is a sum of more than 28 digits; the first rule that it could not hold.
#[cold]
#[inline(never)]
fn at_table(index: usize, decision: &Decision, table: &Table, counting: RuleSet) -> LoanError {
    let mut sum = Some(Decimal::ZERO);
    let mut culprit = 0;
    for rule in counting.iter() {
        let number = table.rules[rule].then.number().unwrap_or(Decimal::ZERO);
        sum = sum.and_then(|sum| sum.checked_add(number));
        culprit = rule;
        if sum.is_none() {
            break;
        }
    }
    let [index, culprit, number] = [index, culprit, culprit + 1].map(|number| number.to_string());
    let words = ["加到第 {0} 条规则时合计超出 28 位数字", "with rule {0} the sum has more than 28 digits"];
    let field = filled("decisions[{0}].table.rules[{1}].then", &[&index, &culprit]);
    fault_with("overflow", words, [&number, ""]).at(&decision.name, field)
}

/// A compiled formula never takes more than there is.
fn pop(stack: &mut Vec<Value>) -> Value {
    stack.pop().unwrap_or(Value::Missing)
}

#[inline(never)]
fn compare(comparison: Comparison, left: Value, right: Value) -> Value {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(&right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(&right)),
        _ => None,
    };
    Value::Boolean(match (comparison, order) {
        (Comparison::Equal, _) => left == right,
        (Comparison::Unequal, _) => left != right,
        (_, None) => return Value::Missing,
        (Comparison::Less, Some(order)) => order == Ordering::Less,
        (Comparison::AtMost, Some(order)) => order != Ordering::Greater,
        (Comparison::Greater, Some(order)) => order == Ordering::Greater,
        (Comparison::AtLeast, Some(order)) => order != Ordering::Less,
    })
}
