//! Runs a compiled policy: decision after decision, each once, within a budget of steps.

use super::arithmetic as exact;
use super::axis::RuleSet;
use super::fault::Fault;
use super::figures::Figures;
use super::formula::{Arithmetic, Comparison, Function, Step};
use super::policy::{Compiled, Decision, Logic, Needs};
use super::table::Table;
use super::value::{Source, Value};
use crate::date::CivilDate;
use crate::error::{LoanError, Message};
use core::cell::Cell;
use core::cmp::Ordering;
use rust_decimal::Decimal;

/// The steps of one run: a hundred times what a real policy takes, and some milliseconds.
pub(crate) const STEPS_MAX: u32 = 500_000;

/// What a policy is asked about.
pub(crate) struct Request<'p> {
    pub policy: &'p Compiled,
    /// One for each input.
    pub facts: Vec<Value>,
    pub on: Option<CivilDate>,
    pub figures: Option<Figures>,
}

/// What came of it.
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
}

impl Request<'_> {
    /// Evaluates the decisions that are wanted, in order.
    ///
    /// # Errors
    /// `division_by_zero`, `overflow`, `invalid_argument`, `too_few_values`, `too_many_steps`, at the decision.
    pub(crate) fn run(&self, wanted: Needs) -> Result<Run, LoanError> {
        let decisions = &self.policy.decisions;
        let mut run = Run {
            values: vec![Value::Missing; decisions.len()],
            segments: vec![Vec::new(); decisions.len()],
            counting: vec![RuleSet::default(); decisions.len()],
            facts_read: 0,
            steps: 0,
        };
        let facts_read = Cell::new(0u64);
        for (index, decision) in decisions.iter().enumerate() {
            if wanted.decisions >> index & 1 == 0 {
                continue;
            }
            let read = |source: Source| match source {
                Source::Fact(fact) => {
                    facts_read.set(facts_read.get() | 1 << fact);
                    self.facts[fact].clone()
                }
                Source::Decision(earlier) => run.values[earlier].clone(),
                Source::Figure(figure) => {
                    let figure = self.figures.as_ref().and_then(|figures| figures.get(figure));
                    figure.map_or(Value::Missing, Value::Number)
                }
                Source::On => self.on.map_or(Value::Missing, Value::Date),
            };
            let value = match &decision.logic {
                Logic::Table(table) => {
                    let segments: Vec<usize> =
                        table.columns.iter().map(|column| column.segment_of(&read(column.source))).collect();
                    run.steps += 1 + table.columns.len() as u32;
                    let counting = table.counting(table.hit(&segments));
                    run.segments[index] = segments;
                    run.counting[index] = counting;
                    match table.value(counting) {
                        Some(value) => value,
                        None => return Err(at_table(index, decision, table, counting)),
                    }
                }
                Logic::Formula(steps) => {
                    let mut taken = run.steps;
                    let value = evaluate(steps, &read, &mut taken);
                    run.steps = taken;
                    value.map_err(|fault| at_formula(index, decision, fault))?
                }
            };
            run.values[index] = value;
        }
        run.facts_read = facts_read.get();
        Ok(run)
    }

    /// The value of a fact or of a decision that has been evaluated.
    pub(crate) fn value_of<'v>(&'v self, source: Source, run: &'v Run) -> &'v Value {
        match source {
            Source::Fact(fact) => &self.facts[fact],
            Source::Decision(decision) => &run.values[decision],
            _ => &Value::Missing,
        }
    }
}

fn at_formula(index: usize, decision: &Decision, fault: Fault) -> LoanError {
    LoanError::one(
        fault.code,
        format!("decisions[{index}].formula"),
        Message::new(
            format!("决策 {}：{}", decision.name, fault.zh_cn),
            format!("decision {}: {}", decision.name, fault.en),
        ),
    )
}

/// The only thing that can go wrong in a table is a sum of more than 28 digits; the first rule that it could not hold.
fn at_table(index: usize, decision: &Decision, table: &Table, counting: RuleSet) -> LoanError {
    let mut sum = Decimal::ZERO;
    let culprit = counting.iter().find(|rule| {
        let next = table.rules[*rule].then.number().and_then(|number| sum.checked_add(number));
        sum = next.unwrap_or(sum);
        next.is_none()
    });
    let rule = culprit.unwrap_or(0);
    LoanError::one(
        "overflow",
        format!("decisions[{index}].table.rules[{rule}].then"),
        Message::new(
            format!("决策 {}：加到第 {} 条规则时合计超出 28 位数字", decision.name, rule + 1),
            format!("decision {}: with rule {} the sum has more than 28 digits", decision.name, rule + 1),
        ),
    )
}

/// Runs the steps of a formula. Every jump leads forward, so each step is taken at most once.
fn evaluate(steps: &[Step], read: &dyn Fn(Source) -> Value, taken: &mut u32) -> Result<Value, Fault> {
    let mut stack: Vec<Value> = Vec::with_capacity(8);
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        at += 1;
        *taken += 1;
        match step {
            Step::Push(value) => stack.push(value.clone()),
            Step::Load(source) => stack.push(read(*source)),
            Step::SkipIf(wanted, target) => {
                if stack.last() == Some(&Value::Boolean(*wanted)) {
                    at = *target;
                }
            }
            Step::Unless(target) => {
                if pop(&mut stack) != Value::Boolean(true) {
                    at = *target;
                }
            }
            Step::Goto(target) => at = *target,
            Step::Negate => {
                let value = match pop(&mut stack) {
                    Value::Number(number) => Value::Number(-number),
                    _ => Value::Missing,
                };
                stack.push(value);
            }
            Step::Not => {
                let value = match pop(&mut stack) {
                    Value::Boolean(value) => Value::Boolean(!value),
                    _ => Value::Missing,
                };
                stack.push(value);
            }
            Step::Arithmetic(arithmetic) => {
                let (right, left) = (pop(&mut stack), pop(&mut stack));
                stack.push(match (left, right) {
                    (Value::Number(left), Value::Number(right)) => {
                        let operation = match arithmetic {
                            Arithmetic::Add => exact::add,
                            Arithmetic::Subtract => exact::subtract,
                            Arithmetic::Multiply => exact::multiply,
                            Arithmetic::Divide => exact::divide,
                            Arithmetic::Power => exact::power,
                        };
                        Value::Number(operation(left, right)?)
                    }
                    _ => Value::Missing,
                });
            }
            Step::Compare(comparison) => {
                let (right, left) = (pop(&mut stack), pop(&mut stack));
                stack.push(compare(*comparison, &left, &right));
            }
            Step::And | Step::Or => {
                // The left side was not the one that decides by itself.
                let decisive = Value::Boolean(matches!(step, Step::Or));
                let (right, left) = (pop(&mut stack), pop(&mut stack));
                stack.push(if right == decisive || left != Value::Missing { right } else { left });
            }
            Step::Call(function, count) => {
                let arguments = stack.split_off(stack.len().saturating_sub(*count));
                for argument in &arguments {
                    if let Value::Numbers(numbers) = argument {
                        *taken = taken.saturating_add(numbers.len() as u32);
                    }
                }
                stack.push(call(*function, &arguments)?);
            }
        }
        if *taken > STEPS_MAX {
            return Err(Fault::new("too_many_steps", "计算步骤过多", "takes too many steps"));
        }
    }
    Ok(pop(&mut stack))
}

/// A compiled formula never takes more than there is.
fn pop(stack: &mut Vec<Value>) -> Value {
    stack.pop().unwrap_or(Value::Missing)
}

fn compare(comparison: Comparison, left: &Value, right: &Value) -> Value {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
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

fn call(function: Function, arguments: &[Value]) -> Result<Value, Fault> {
    if arguments.contains(&Value::Missing) {
        return Ok(Value::Missing);
    }
    let mut numbers: Vec<Decimal> = Vec::new();
    for argument in arguments {
        match argument {
            Value::Numbers(list) => numbers.extend_from_slice(list),
            Value::Number(number) => numbers.push(*number),
            // Only `count` takes texts.
            Value::Texts(texts) => return Ok(Value::Number(texts.len().into())),
            _ => {}
        }
    }
    let value = match (function, &numbers[..]) {
        (Function::Min, numbers) => *numbers.iter().min().ok_or_else(|| exact::too_few("min", 1))?,
        (Function::Max, numbers) => *numbers.iter().max().ok_or_else(|| exact::too_few("max", 1))?,
        (Function::Sum, numbers) => exact::sum(numbers)?,
        (Function::Mean, numbers) => exact::mean(numbers)?,
        (Function::StandardDeviation, numbers) => exact::standard_deviation(numbers)?,
        (Function::Count, numbers) => Decimal::from(numbers.len()),
        (Function::Absolute, [number]) => number.abs(),
        (Function::Round, [number, digits]) => exact::round(*number, *digits)?,
        (Function::Instalment, [rate, count, principal]) => exact::instalment(*rate, *count, *principal)?,
        // The compiler has counted the arguments.
        _ => return Ok(Value::Missing),
    };
    Ok(Value::Number(value))
}
