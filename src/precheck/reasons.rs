//! Reasons: which rules made the answer, what they saw, and what they would have needed.

use super::arithmetic::rounded;
use super::axis::{MISSING, RuleSet};
use super::evaluate::{Request, Run};
use super::policy::{Compiled, Locale, Logic};
use super::suggest::rank;
use super::table::Table;
use super::texts::Book;
use super::value::{Source, Value, plain};
use crate::json::Json;

/// How often tables may be asked again to find what would have been needed, in one result.
const QUESTIONS_MAX: usize = 20_000;
/// Decimals of a number that a reason shows, where they are enough to tell on which side of the limit it lies.
const DECIMALS_SHOWN: u32 = 6;

/// One reason. Texts that are empty are not written, but for the decision's name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reason {
    pub code: String,
    pub decision: String,
    pub message: String,
    /// The fact, decision or figure that the rule saw.
    pub field: String,
    pub seen: String,
    /// What the field would have to be, as a cell has it.
    pub needed: String,
}

impl Reason {
    pub(crate) fn write(&self, json: &mut Json) {
        json.object(|json| {
            let fields = [
                ("code", &self.code),
                ("decision", &self.decision),
                ("field", &self.field),
                ("message", &self.message),
                ("needed", &self.needed),
                ("seen", &self.seen),
            ];
            for (name, text) in fields {
                if !text.is_empty() || name == "decision" {
                    json.field(name).text(text);
                }
            }
        });
    }
}

/// The reasons of a run, in the order of the decisions and their rules.
#[inline(never)]
pub(crate) fn reasons(request: &Request, run: &Run, locale: Locale) -> Vec<Reason> {
    let policy = request.policy;
    let book = request.book(run);
    let mut reasons = Vec::new();
    let mut questions = QUESTIONS_MAX;
    for (index, decision) in policy.decisions.iter().enumerate() {
        let Logic::Table(table) = &decision.logic else { continue };
        for rule in run.counting[index].iter() {
            let Some(code) = table.rules[rule].reason else { continue };
            let code = book.text(code);
            let mut reason = Reason { code: code.to_owned(), decision: decision.name.clone(), ..Reason::default() };
            let segments = &run.segments[index];
            if let Some((at, needed)) = needed(table, segments, run.counting[index], rule, book, &mut questions) {
                let column = &table.columns[at];
                reason.field = name_of(policy, column.source).to_owned();
                reason.needed = column.shown(&needed, book);
                let mut value = request.value_of(column.source, run);
                // Without the tail of an endless fraction, where it still tells on which side of the limit it lies.
                if let Value::Number(number) = value {
                    let short = Value::Number(rounded(number, DECIMALS_SHOWN));
                    if column.segment_of(short) == segments[at] {
                        value = short;
                    }
                }
                reason.seen = match value {
                    Value::Number(number) => plain(number),
                    value => value.shown(book),
                };
            }
            let words = policy.message(code, locale).unwrap_or(code);
            reason.message = filled_in(words, &reason.seen, &reason.needed);
            reasons.push(reason);
        }
    }
    reasons
}

/// The words with `{seen}` and `{needed}` filled in wherever they have them.
#[inline(never)]
fn filled_in(words: &str, seen: &str, needed: &str) -> String {
    let mut filled = String::with_capacity(words.len() + seen.len() + needed.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        if let Some(behind) = after.strip_prefix("seen}") {
            filled.push_str(seen);
            rest = behind;
        } else if let Some(behind) = after.strip_prefix("needed}") {
            filled.push_str(needed);
            rest = behind;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

fn name_of(policy: &Compiled, source: Source) -> &str {
    match source {
        Source::Fact(fact) => &policy.inputs[fact].name,
        Source::Decision(decision) => &policy.decisions[decision].name,
        Source::Figure(figure) => super::figures::FIGURES[figure],
        Source::On => "on",
    }
}

/// How good an outcome is, where the rules that count give one.
fn rank_of(table: &Table, counting: RuleSet, book: Book) -> Option<usize> {
    let output = match counting.next(0) {
        Some(rule) => table.rules[rule].then,
        None => table.otherwise?,
    };
    match output {
        Value::Text(text) => rank(book.text(text)),
        _ => None,
    }
}

/// Where one column alone would have to lie, all others as they are, for the answer to be better: in a table of outcomes, a
/// better outcome; else that the rule does not count and no reason comes in its place; else that it does not count.
#[inline(never)]
fn needed(
    table: &Table,
    segments: &[usize],
    counting: RuleSet,
    rule: usize,
    book: Book,
    questions: &mut usize,
) -> Option<(usize, Vec<usize>)> {
    let now = rank_of(table, counting, book);
    // The first column that has an answer of each kind.
    let mut found: [(usize, Vec<usize>); 3] = Default::default();
    let mut moved = segments.to_vec();
    for (index, column) in table.columns.iter().enumerate() {
        if !column.restricted.contains(rule) {
            continue;
        }
        let mut better: [Vec<usize>; 3] = Default::default();
        for segment in MISSING + 1..column.segment_count() {
            if !column.is_possible(segment) {
                continue;
            }
            *questions = questions.checked_sub(1)?;
            moved[index] = segment;
            let instead = table.counting(table.hit(&moved));
            if now.is_some() && rank_of(table, instead, book) > now {
                better[0].push(segment);
            }
            if !instead.contains(rule) {
                better[2].push(segment);
                if instead.without(counting).iter().all(|rule| table.rules[rule].reason.is_none()) {
                    better[1].push(segment);
                }
            }
        }
        moved[index] = segments[index];
        for (found, better) in found.iter_mut().zip(better) {
            if found.1.is_empty() {
                *found = (index, better);
            }
        }
    }
    found.into_iter().find(|(_, segments)| !segments.is_empty())
}
