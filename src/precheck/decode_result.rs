//! Unchecked input → what the result of a policy is taken from.

use super::cell::Test;
use super::decode::{AFFORDABILITY, NAMES_MAX, RESULT};
use super::fault::Fault;
use super::policy::{Affordability, ResultNames};
use super::scope::Scope;
use super::value::{Base, Kind, Source};
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{self, list, object, text};
use crate::wire::Wire;

const OUTCOMES: [&str; 3] = ["eligible", "refer", "ineligible"];

pub(super) fn result(wire: &Wire, path: &Path, scope: &Scope, problems: &mut Problems) -> Option<ResultNames> {
    let fields = object(wire, path, &RESULT, problems)?;
    let mut result = ResultNames::default();
    for (name, value) in fields {
        let path = path.field(name);
        if name == "parts" {
            for (index, part) in list(value, &path, NAMES_MAX, problems).unwrap_or(&[]).iter().enumerate() {
                let part = decision_named(part, &path.index(index), Base::Number, scope, problems);
                result.parts.extend(part.map(|(part, _)| part));
            }
            continue;
        }
        let base = match name {
            "outcome" | "band" => Base::Text,
            "topics" => Base::Unknown,
            _ => Base::Number,
        };
        let Some((decision, kind)) = decision_named(value, &path, base, scope, problems) else { continue };
        match name {
            "outcome" => {
                result.outcome = decision;
                check_outcome(&kind, &path, problems);
            }
            "limit" => result.limit = Some(decision),
            "annual" => result.annual = Some(decision),
            "score" => result.score = Some(decision),
            "band" => result.band = Some(decision),
            _ => {
                if !matches!(kind.base, Base::Text | Base::Texts | Base::Unknown) {
                    clash(&path, Base::Texts, kind.base, problems);
                }
                result.topics = Some(decision);
            }
        }
    }
    Some(result)
}

/// An outcome is always one of the three.
fn check_outcome(kind: &Kind, path: &Path, problems: &mut Problems) {
    let is_outcome = |test: &Test| matches!(test, Test::Text(text) if OUTCOMES.contains(&text.as_ref()));
    let is_always_one = kind.allowed.as_ref().is_some_and(|allowed| allowed.iter().all(is_outcome));
    if kind.base == Base::Text && (kind.is_optional || !is_always_one) {
        problems.add(
            "not_an_outcome",
            path,
            "该决策只能给出 \"eligible\"、\"refer\" 或 \"ineligible\"".to_owned(),
            "that decision must always give \"eligible\", \"refer\" or \"ineligible\"".to_owned(),
            Some(OUTCOMES.join(", ")),
        );
    }
}

fn clash(path: &Path, wanted: Base, found: Base, problems: &mut Problems) {
    Fault::type_clash(
        format!("应为{}，而不是{}", wanted.zh_cn(), found.zh_cn()),
        format!("must be {}, not {}", wanted.en(), found.en()),
    )
    .report(path, problems);
}

/// A decision whose value is of that type.
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
            problems.add("not_a_decision", path, "应为决策的名称".to_owned(), "must name a decision".to_owned(), None);
            None
        }
    }
}

fn value_named(wire: &Wire, path: &Path, base: Base, scope: &Scope, problems: &mut Problems) -> Option<(Source, Kind)> {
    let name = text(wire, path, problems)?;
    match scope.find(name) {
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

pub(super) fn affordability(wire: &Wire, path: &Path, scope: &Scope, problems: &mut Problems) -> Option<Affordability> {
    let fields = object(wire, path, &AFFORDABILITY, problems)?;
    let (mut income, mut obligations, mut share_max) = (None, None, None);
    for (name, value) in fields {
        let path = path.field(name);
        if name == "shareMax" {
            share_max = read::rate(value, &path, 1, problems);
            continue;
        }
        let source = match value_named(value, &path, Base::Number, scope, problems) {
            Some((source @ (Source::Fact(_) | Source::Decision(_)), _)) => source,
            Some(_) => {
                let (zh_cn, en) = ("应为事实或决策的名称", "must name a fact or a decision");
                problems.add("not_a_decision", &path, zh_cn.to_owned(), en.to_owned(), None);
                continue;
            }
            None => continue,
        };
        *(if name == "income" { &mut income } else { &mut obligations }) = Some(source);
    }
    Some(Affordability { income: income?, obligations: obligations?, share_max: share_max? })
}
