//! Unchecked input → what the result of a policy is taken from.

use super::cell::Test;
use super::decode::{AFFORDABILITY, NAMES_MAX, RESULT};
use super::fault::{tell, type_clash};
use super::fields::Fields;
use super::policy::{Affordability, ResultNames};
use super::scope::Scope;
use super::texts::Book;
use super::value::{Base, Kind, Source, Value};
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{self, text};
use crate::wire::Wire;

pub(super) const OUTCOMES: [&str; 3] = ["ineligible", "refer", "eligible"];

#[inline(never)]
pub(super) fn result(wire: &Wire, path: &Path, scope: &Scope, problems: &mut Problems) -> Option<ResultNames> {
    let fields = Fields::of(wire, path, &RESULT, problems)?;
    let decision = |name: &str, base: Base, problems: &mut Problems| {
        decision_named(fields.get(name)?, &path.field(name), base, scope, problems)
    };
    let outcome = decision("outcome", Base::Text, problems);
    if let Some((_, kind)) = outcome {
        check_outcome(kind, &path.field("outcome"), scope, problems);
    }
    let [limit, annual, score] =
        ["limit", "annual", "score"].map(|name| decision(name, Base::Number, problems).map(|(decision, _)| decision));
    let band = decision("band", Base::Text, problems).map(|(decision, _)| decision);
    let topics = decision("topics", Base::Unknown, problems);
    if let Some((_, kind)) = topics
        && !matches!(kind.base, Base::Text | Base::Texts | Base::Unknown)
    {
        clash(&path.field("topics"), Base::Texts, kind.base, problems);
    }
    let mut parts = Vec::new();
    let parts_path = path.field("parts");
    for (index, part) in fields.list("parts", NAMES_MAX, problems).iter().enumerate() {
        if let Some((part, _)) = decision_named(part, &parts_path.index(index), Base::Number, scope, problems) {
            parts.push(part);
        }
    }
    let outcome = outcome?.0;
    Some(ResultNames { outcome, limit, annual, score, band, topics: topics.map(|(topics, _)| topics), parts })
}

/// An outcome is one of the three, if anything: where a fact is missing, nothing may follow.
fn check_outcome(kind: Kind, path: &Path, scope: &Scope, problems: &mut Problems) {
    let book = Book::of(&scope.known.texts);
    let is_outcome = |test: &Test| matches!(test, Test::Is(Value::Text(text)) if OUTCOMES.contains(&book.text(*text)));
    let is_always_one = scope.known.allowed(kind).is_some_and(|allowed| allowed.iter().all(is_outcome));
    if kind.base == Base::Text && !is_always_one {
        let words = [
            "该决策只能给出 \"eligible\"、\"refer\" 或 \"ineligible\"",
            "that decision must always give \"eligible\", \"refer\" or \"ineligible\"",
        ];
        tell(problems, path, "not_an_outcome", words, [""; 2], "eligible, refer, ineligible");
    }
}

#[cold]
#[inline(never)]
fn clash(path: &Path, wanted: Base, found: Base, problems: &mut Problems) {
    type_clash(["应为{2}，而不是{3}", "must be {2}, not {3}"], "", [wanted, found]).report(path, problems);
}

#[cold]
#[inline(never)]
fn not_a_decision(path: &Path, problems: &mut Problems) {
    tell(problems, path, "not_a_decision", ["应为决策的名称", "must name a decision"], [""; 2], "");
}

/// A decision whose value is of that type.
#[inline(never)]
fn decision_named(
    wire: &Wire,
    path: &Path,
    base: Base,
    scope: &Scope,
    problems: &mut Problems,
) -> Option<(usize, Kind)> {
    match value_named(wire, path, base, scope, problems)? {
        (Source::Decision(decision), kind) => Some((decision, kind)),
        _ => {
            not_a_decision(path, problems);
            None
        }
    }
}

#[inline(never)]
fn value_named(wire: &Wire, path: &Path, base: Base, scope: &Scope, problems: &mut Problems) -> Option<(Source, Kind)> {
    match scope.find(text(wire, path, problems)?) {
        Ok((source, kind)) => {
            if !kind.base.agrees(base) {
                clash(path, base, kind.base, problems);
            }
            Some((source, kind))
        }
        Err(fault) => {
            fault.report(path, problems);
            None
        }
    }
}

#[inline(never)]
pub(super) fn affordability(policy: &Fields, scope: &Scope, problems: &mut Problems) -> Option<Affordability> {
    let path = policy.path("affordability");
    let fields = Fields::of(policy.get("affordability")?, &path, &AFFORDABILITY, problems)?;
    let [income, obligations] = ["income", "obligations"].map(|name| {
        let path = path.field(name);
        let (source, _) = value_named(fields.get(name)?, &path, Base::Number, scope, problems)?;
        if !matches!(source, Source::Fact(_) | Source::Decision(_)) {
            not_a_decision(&path, problems);
        }
        Some(source)
    });
    let share_max = fields.get("shareMax").and_then(|wire| read::rate(wire, &path.field("shareMax"), 1, problems));
    Some(Affordability { income: income?, obligations: obligations?, share_max: share_max? })
}
