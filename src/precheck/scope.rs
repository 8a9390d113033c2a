//! Names: what can be read at one place of a policy, and what is wrong with a name that cannot.

use super::decode::NAMES_MAX;
use super::fault::Fault;
use super::figures::{FIGURES, INSTALMENT_COUNT};
use super::lexer::{Lexer, RESERVED, Word, is_name};
use super::value::{Base, Kind, Source};
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;

/// The names that can be read at one place of the policy.
#[derive(Default)]
pub(crate) struct Scope<'p> {
    /// Facts and earlier decisions. Those of the policy hide the quote's figures.
    known: Vec<(&'p str, Source, Kind)>,
    /// Every decision with the names that it mentions, in order.
    mentions: Vec<(&'p str, Vec<&'p str>)>,
    /// The decision that is being read.
    current: usize,
}

impl<'p> Scope<'p> {
    /// Where the name's value comes from, and what is known of it.
    pub(crate) fn find(&self, name: &str) -> Result<(Source, Kind), Fault> {
        if let Some((_, source, kind)) = self.known.iter().find(|(known, ..)| *known == name) {
            return Ok((*source, kind.clone()));
        }
        if let Some(later) = self.mentions.iter().skip(self.current).position(|(later, _)| *later == name) {
            return Err(self.not_yet(self.current + later, name));
        }
        if let Some(figure) = FIGURES.iter().position(|figure| *figure == name) {
            let kind = Kind { is_whole: figure == INSTALMENT_COUNT, ..Kind::of(Base::Number) };
            return Ok((Source::Figure(figure), kind));
        }
        if name == "on" {
            return Ok((Source::On, Kind::of(Base::Date)));
        }
        let names: Vec<&str> = self.known.iter().map(|(name, ..)| *name).chain(FIGURES).collect();
        Err(Fault::unknown_name(name, &names))
    }

    /// A decision that comes later, or the current one itself.
    fn not_yet(&self, later: usize, name: &str) -> Fault {
        let mut reached = 1u64 << later;
        loop {
            let before = reached;
            for (index, (_, mentioned)) in self.mentions.iter().enumerate() {
                if before >> index & 1 == 1 {
                    let targets =
                        self.mentions.iter().enumerate().filter(|(_, (target, _))| mentioned.contains(target));
                    targets.for_each(|(target, _)| reached |= 1 << target);
                }
            }
            if reached == before {
                break;
            }
        }
        if reached >> self.current & 1 == 1 {
            return Fault::new(
                "cycle",
                format!("循环引用：{name} 又依赖本决策"),
                format!("a cycle: {name} depends on this decision in turn"),
            );
        }
        Fault::new(
            "later_decision",
            format!("{name} 在后面才得出；决策只能引用排在它前面的决策"),
            format!("{name} comes later: a decision may read the ones before it only"),
        )
    }

    /// The decisions that will follow, in order.
    pub(super) fn expect(&mut self, decisions: &'p [Wire]) {
        self.mentions = decisions.iter().map(|wire| (given_text(wire.get("name")), mentioned(wire))).collect();
    }

    /// The decision with that index is read next.
    pub(super) fn reach(&mut self, decision: usize) {
        self.current = decision;
    }

    pub(super) fn add(&mut self, name: &'p str, source: Source, kind: Kind, path: &Path, problems: &mut Problems) {
        if !is_name(name) || RESERVED.contains(&name) {
            problems.add(
                "not_a_name",
                path,
                "名称须以字母开头，只含字母、数字和下划线，且不是 FEEL 的保留字".to_owned(),
                "a name is letters, digits and underscores, not beginning with a digit, and no word of FEEL".to_owned(),
                None,
            );
        } else if self.known.iter().any(|(known, ..)| *known == name) {
            problems.add("duplicate_name", path, format!("{name} 已经用过"), format!("{name} is taken already"), None);
        }
        self.known.push((name, source, kind));
    }
}

fn given_text(wire: Option<&Wire>) -> &str {
    match wire {
        Some(Wire::Text(text)) => text,
        _ => "",
    }
}

/// The names that a decision mentions, right or wrong.
fn mentioned(decision: &Wire) -> Vec<&str> {
    let mut names = Vec::new();
    if let Some(Wire::List(inputs)) = decision.get("table").and_then(|table| table.get("inputs")) {
        names.extend(inputs.iter().take(NAMES_MAX).map(|input| given_text(Some(input))));
    }
    if let Ok(mut lexer) = Lexer::new(given_text(decision.get("formula"))) {
        while let Ok(word @ (Word::Name(_) | Word::Number(_) | Word::Text(_) | Word::Sign(_))) = lexer.take() {
            if let Word::Name(name) = word {
                names.push(name);
            }
        }
    }
    names
}
