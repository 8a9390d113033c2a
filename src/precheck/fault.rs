//! What can be wrong with a cell or a formula, before it is known where it stands.
//!
//! Faults are rare and their words are many: they are templates that one function fills in, and nothing here is inlined, or
//! each place that can fail would weigh hundreds of bytes in the wasm.

use super::value::Base;
use crate::error::{LoanError, Message};
use crate::terms::problems::{Path, Problems, closest};
pub(crate) use crate::text::filled;

/// One fault, without its place. `{0}` and `{1}` in its sentences stand for what comes with it, `{2}` and `{3}` for types.
#[derive(Debug)]
pub(crate) struct FaultParts {
    code: &'static str,
    words: [&'static str; 2],
    given: [String; 2],
    types: [Base; 2],
}

/// Small to hand on, since nearly always there is none.
pub(crate) type Fault = Box<FaultParts>;

/// A fault whose sentences (Chinese, English) need nothing filled in.
#[cold]
#[inline(never)]
pub(crate) fn fault(code: &'static str, words: [&'static str; 2]) -> Fault {
    fault_with(code, words, ["", ""])
}

/// A fault with what stands for `{0}` and `{1}`.
#[cold]
#[inline(never)]
pub(crate) fn fault_with(code: &'static str, words: [&'static str; 2], given: [&str; 2]) -> Fault {
    Box::new(FaultParts { code, words, given: given.map(str::to_owned), types: [Base::Unknown; 2] })
}

/// Types that do not go together; `word` stands for `{0}`.
#[cold]
#[inline(never)]
pub(crate) fn type_clash(words: [&'static str; 2], word: &str, types: [Base; 2]) -> Fault {
    let mut fault = fault_with("type_clash", words, [word, ""]);
    fault.types = types;
    fault
}

/// A name that is declared nowhere.
#[cold]
#[inline(never)]
pub(crate) fn unknown_name(name: &str, names: &[&str]) -> Fault {
    let near = closest(name, names);
    let words = if near.is_some() {
        ["没有名为 {0} 的事实或决策；是不是 {1}？", "there is no fact or earlier decision named {0}; did you mean {1}?"]
    } else {
        ["没有名为 {0} 的事实或决策", "there is no fact or earlier decision named {0}"]
    };
    fault_with("unknown_name", words, [name, near.unwrap_or_default()])
}

impl FaultParts {
    /// Both sentences with everything filled in.
    #[cold]
    #[inline(never)]
    fn message(&self) -> [String; 2] {
        let sentence = |language: usize| {
            let [one, other] = self.types.map(|base| base.words()[language]);
            filled(self.words[language], &[&self.given[0], &self.given[1], one, other])
        };
        [sentence(0), sentence(1)]
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn report(&self, path: &Path, problems: &mut Problems) {
        let [zh_cn, en] = self.message();
        problems.add(self.code, path, zh_cn, en, None);
    }

    /// As the one issue of an error; the decision is named before the sentence.
    #[cold]
    #[inline(never)]
    pub(crate) fn at(&self, decision: &str, field: String) -> LoanError {
        let [mut zh_cn, mut en] = self.message();
        if !decision.is_empty() {
            zh_cn = filled("决策 {0}：{1}", &[decision, &zh_cn]);
            en = filled("decision {0}: {1}", &[decision, &en]);
        }
        LoanError::one(self.code, field, Message::new(zh_cn, en))
    }
}

/// Adds a problem from templates (Chinese, English) with what stands for `{0}` and `{1}`; an empty limit is none.
#[cold]
#[inline(never)]
pub(crate) fn tell(
    problems: &mut Problems,
    path: &Path,
    code: &'static str,
    words: [&str; 2],
    given: [&str; 2],
    limit: &str,
) {
    problems.tell(code, path, &words, &given, if limit.is_empty() { None } else { Some(limit) });
}
