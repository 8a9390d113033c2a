//! Names: what can be read at one place of a policy, and what is wrong with a name that cannot.

use super::decode::NAMES_MAX;
use super::fault::{Fault, fault_with, tell, unknown_name};
use super::figures::{FIGURES, INSTALMENT_COUNT};
use super::lexer::{Lexer, Word, is_name};
use super::value::{Base, Kind, Known, Source};
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;

/// The names that can be read at one place of the policy.
#[derive(Default)]
pub(crate) struct Scope<'p> {
    /// Facts and earlier decisions. Those of the policy hide the quote's figures.
    names: Vec<(&'p str, Source, Kind)>,
    /// Every decision with those that it mentions, a bit for each, in order.
    mentions: Vec<(&'p str, u64)>,
    /// The decision that is being read.
    current: usize,
    /// The policy's texts and sets of values.
    pub known: Known,
}

impl<'p> Scope<'p> {
    /// Where the name's value comes from, and what is known of it.
    #[inline(never)]
    pub(crate) fn find(&self, name: &str) -> Result<(Source, Kind), Fault> {
        for (known, source, kind) in &self.names {
            if *known == name {
                return Ok((*source, *kind));
            }
        }
        for (index, (later, _)) in self.mentions.iter().enumerate().skip(self.current) {
            if *later == name {
                return Err(self.not_yet(index, name));
            }
        }
        for (index, figure) in FIGURES.iter().enumerate() {
            if *figure == name {
                let kind = Kind { is_whole: index == INSTALMENT_COUNT, ..Kind::of(Base::Number) };
                return Ok((Source::Figure(index), kind));
            }
        }
        if name == "on" {
            return Ok((Source::On, Kind::of(Base::Date)));
        }
        let mut names: Vec<&str> = FIGURES.to_vec();
        for (known, ..) in &self.names {
            names.push(known);
        }
        Err(unknown_name(name, &names))
    }

    /// A decision that comes later, or the current one itself.
    #[cold]
    #[inline(never)]
    fn not_yet(&self, later: usize, name: &str) -> Fault {
        let mut reached = 1u64 << later;
        for _ in 0..self.mentions.len() {
            for (index, (_, mentioned)) in self.mentions.iter().enumerate() {
                if reached >> index & 1 == 1 {
                    reached |= mentioned;
                }
            }
        }
        let words = if reached >> self.current & 1 == 1 {
            ["循环引用：{0} 又依赖本决策", "a cycle: {0} depends on this decision in turn"]
        } else {
            [
                "{0} 在后面才得出；决策只能引用排在它前面的决策",
                "{0} comes later: a decision may read the ones before it only",
            ]
        };
        fault_with(if reached >> self.current & 1 == 1 { "cycle" } else { "later_decision" }, words, [name, ""])
    }

    /// The decisions that will follow, in order; there are at most 64.
    #[inline(never)]
    pub(super) fn expect(&mut self, decisions: &'p [Wire]) {
        for decision in decisions {
            self.mentions.push((given_text(decision.get("name")), 0));
        }
        for (index, decision) in decisions.iter().enumerate() {
            self.mentions[index].1 = self.mentioned(decision);
        }
    }

    /// The decision with that index is read next.
    pub(super) fn reach(&mut self, decision: usize) {
        self.current = decision;
    }

    /// The decisions that a decision mentions, rightly or wrongly.
    fn mentioned(&self, decision: &Wire) -> u64 {
        let mut mentioned = 0;
        let mut mention = |name: &str| {
            for (index, (known, _)) in self.mentions.iter().enumerate() {
                if *known == name {
                    mentioned |= 1 << index;
                }
            }
        };
        if let Some(Wire::List(inputs)) = decision.get("table").and_then(|table| table.get("inputs")) {
            for input in inputs.iter().take(NAMES_MAX) {
                mention(given_text(Some(input)));
            }
        }
        if let Ok(mut lexer) = Lexer::new(given_text(decision.get("formula"))) {
            while let Ok(word) = lexer.take() {
                match word {
                    Word::End => break,
                    Word::Name(name) => mention(name),
                    _ => {}
                }
            }
        }
        mentioned
    }

    #[inline(never)]
    pub(super) fn add(&mut self, name: &'p str, source: Source, kind: Kind, path: &Path, problems: &mut Problems) {
        if !is_name(name) {
            let words = [
                "名称须以字母或汉字开头，只含字母、汉字、数字和下划线，且不是 FEEL 的保留字",
                "a name is letters, Chinese characters, digits and underscores, not beginning with a digit, and no word of FEEL",
            ];
            tell(problems, path, "not_a_name", words, [""; 2], "");
        } else if self.names.iter().any(|(known, ..)| *known == name) {
            tell(problems, path, "duplicate_name", ["{0} 已经用过", "{0} is taken already"], [name, ""], "");
        }
        self.names.push((name, source, kind));
    }
}

fn given_text<'w>(wire: Option<&'w Wire>) -> &'w str {
    match wire {
        Some(Wire::Text(text)) => text,
        _ => "",
    }
}
