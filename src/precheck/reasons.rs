//! Reasons: which rules made the answer, what they saw, and what they would have needed.

use super::axis::{MISSING, RuleSet};
use super::evaluate::{Request, Run};
use super::policy::{Compiled, Locale, Logic};
use super::table::Table;
use super::value::{Source, Value, plain};
use crate::json::Json;
use rust_decimal::RoundingStrategy;

/// How often tables may be asked again to find what would have been needed, in one result.
const QUESTIONS_MAX: usize = 20_000;
/// Decimals of a number that a reason shows, where they are enough to tell on which side of the limit it lies.
const DECIMALS_SHOWN: u32 = 6;

/// One reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reason {
    pub code: String,
    pub decision: String,
    pub message: String,
    /// The fact, decision or figure that the rule saw.
    pub field: Option<String>,
    pub seen: Option<String>,
    /// What the field would have to be, as a cell has it.
    pub needed: Option<String>,
}

impl Reason {
    pub(crate) fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.field("code").text(&self.code);
            json.field("decision").text(&self.decision);
            if let Some(field) = &self.field {
                json.field("field").text(field);
            }
            json.field("message").text(&self.message);
            if let Some(needed) = &self.needed {
                json.field("needed").text(needed);
            }
            if let Some(seen) = &self.seen {
                json.field("seen").text(seen);
            }
        });
    }
}

/// The reasons of a run, in the order of the decisions and their rules.
pub(crate) fn reasons(request: &Request, run: &Run, locale: Locale) -> Vec<Reason> {
    let policy = request.policy;
    let mut reasons = Vec::new();
    let mut questions = QUESTIONS_MAX;
    for (index, decision) in policy.decisions.iter().enumerate() {
        let Logic::Table(table) = &decision.logic else { continue };
        for rule in run.counting[index].iter() {
            let Some(code) = &table.rules[rule].reason else { continue };
            let mut reason = Reason { code: code.to_string(), decision: decision.name.clone(), ..Reason::default() };
            let segments = &run.segments[index];
            if let Some((column, needed)) = needed(table, segments, run.counting[index], rule, &mut questions) {
                let source = table.columns[column].source;
                reason.field = Some(name_of(policy, source).to_owned());
                reason.seen = Some(seen(request, run, table, column, segments[column]));
                reason.needed = Some(table.columns[column].shown(&needed)).filter(|needed| !needed.is_empty());
            }
            reason.message = message(policy, &reason, locale);
            reasons.push(reason);
        }
    }
    reasons
}

/// The policy's words, with `{seen}` and `{needed}` put in; without words, the code.
fn message(policy: &Compiled, reason: &Reason, locale: Locale) -> String {
    let words = policy.message(&reason.code, locale).unwrap_or(&reason.code);
    let put = |text: String, place: &str, value: &Option<String>| match value {
        Some(value) if text.contains(place) => text.replace(place, value),
        _ => text,
    };
    put(put(words.to_owned(), "{needed}", &reason.needed), "{seen}", &reason.seen)
}

pub(crate) fn name_of(policy: &Compiled, source: Source) -> &str {
    match source {
        Source::Fact(fact) => &policy.inputs[fact].name,
        Source::Decision(decision) => &policy.decisions[decision].name,
        Source::Figure(figure) => super::figures::FIGURES[figure],
        Source::On => "on",
    }
}

/// The value that the column saw, without the tail of an endless fraction.
fn seen(request: &Request, run: &Run, table: &Table, column: usize, segment: usize) -> String {
    let column = &table.columns[column];
    let value = match column.source {
        Source::Figure(figure) => {
            let figure = request.figures.as_ref().and_then(|figures| figures.get(figure));
            figure.map_or(Value::Missing, Value::Number)
        }
        Source::On => request.on.map_or(Value::Missing, Value::Date),
        source => request.value_of(source, run).clone(),
    };
    if let Value::Number(number) = value {
        let short = number.round_dp_with_strategy(DECIMALS_SHOWN, RoundingStrategy::MidpointAwayFromZero);
        if column.segment_of(&Value::Number(short)) == segment {
            return plain(short);
        }
    }
    value.shown()
}

/// How good an outcome is, where the rules that count give one.
fn rank(table: &Table, counting: RuleSet) -> Option<usize> {
    let output = match counting.iter().next() {
        Some(rule) => &table.rules[rule].then,
        None => table.otherwise.as_ref()?,
    };
    super::suggest::rank(output.text()?)
}

/// Where one column alone would have to lie, all others as they are, for the answer to be better: in a table of outcomes, a
/// better outcome; else that the rule does not count and no reason comes in its place; else that it does not count.
fn needed(
    table: &Table,
    segments: &[usize],
    counting: RuleSet,
    rule: usize,
    questions: &mut usize,
) -> Option<(usize, Vec<usize>)> {
    let now = rank(table, counting);
    // The first column that has an answer of each kind.
    let mut found: [Option<(usize, Vec<usize>)>; 3] = [None, None, None];
    for (index, column) in table.columns.iter().enumerate() {
        if !column.restricted.contains(rule) {
            continue;
        }
        let mut better: [Vec<usize>; 3] = Default::default();
        let others = table.columns.iter().zip(segments).enumerate().filter(|(other, _)| *other != index);
        let met_by_others = others
            .fold(RuleSet::first(table.rules.len()), |met, (_, (column, segment))| met.and(column.rules_at(*segment)));
        for segment in column.possible_segments().filter(|segment| *segment != MISSING) {
            *questions = questions.checked_sub(1)?;
            let moved = table.counting(met_by_others.and(column.rules_at(segment)));
            if now.is_some() && rank(table, moved) > now {
                better[0].push(segment);
            }
            if !moved.contains(rule) {
                better[2].push(segment);
                let mut new_reasons = moved.without(counting).iter();
                if new_reasons.all(|rule| table.rules[rule].reason.is_none()) {
                    better[1].push(segment);
                }
            }
        }
        for (found, better) in found.iter_mut().zip(better) {
            if found.is_none() && !better.is_empty() {
                *found = Some((index, better));
            }
        }
    }
    found.into_iter().flatten().next()
}
