//! A policy as it is compiled: only what has no fault becomes one.

use super::formula::Step;
use super::table::Table;
use super::value::{Kind, Known, Source};
use crate::date::CivilDate;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::name;
use crate::wire::Wire;
use rust_decimal::Decimal;

/// A policy (策略) that has been checked and compiled; see [`super::load_policy`].
#[derive(Clone, Debug)]
pub struct Compiled {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) lender: String,
    pub(crate) lender_url: Option<String>,
    pub(crate) valid_from: Option<CivilDate>,
    pub(crate) valid_to: Option<CivilDate>,
    pub(crate) operator: Operator,
    pub(crate) inputs: Vec<Input>,
    pub(crate) decisions: Vec<Decision>,
    pub(crate) result: ResultNames,
    pub(crate) affordability: Option<Affordability>,
    /// By code.
    pub(crate) messages: Vec<(String, Words)>,
    /// Its texts and sets of values.
    pub(crate) known: Known,
    /// Everything that the result and affordability need.
    pub(crate) wanted: Needs,
    pub(crate) fingerprint: String,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    /// The lender, on its own page.
    Lender,
    /// Somebody else, who may reckon but not judge: 《金融产品网络营销管理办法》 of 2026 leaves suitability assessment to the
    /// lender.
    ThirdParty,
}

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Locale {
    #[default]
    ZhCn,
    En,
}

impl Locale {
    /// The first one where it is none of the two.
    #[inline(never)]
    pub(crate) fn read(wire: &Wire, path: &Path, problems: &mut Problems) -> Locale {
        name(wire, path, &[("zh-CN", Locale::ZhCn), ("en", Locale::En)], problems).unwrap_or_default()
    }
}

/// A message as far as the policy gives it: in Chinese, in English.
pub(crate) type Words = [Option<String>; 2];

/// A fact that the policy may ask for.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub name: String,
    pub shape: InputType,
    pub kind: Kind,
    pub purpose: String,
    pub is_required: bool,
    pub is_sensitive: bool,
}

/// How a fact is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputType {
    Integer,
    Decimal,
    Boolean,
    Text,
    Date,
    Decimals,
}

/// A named step of the policy.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    pub name: String,
    pub logic: Logic,
    pub needs: Needs,
}

#[derive(Clone, Debug)]
pub(crate) enum Logic {
    Table(Table),
    Formula(Vec<Step>),
}

/// What a decision may read, by itself and through the decisions before it; a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Needs {
    pub facts: u64,
    pub decisions: u64,
    pub figures: u32,
    pub day: bool,
}

impl Needs {
    /// Adds a name that is read, with all that it needs in turn.
    pub(crate) fn add(&mut self, source: Source, decisions: &[Decision]) {
        match source {
            Source::Fact(fact) => self.facts |= 1 << fact,
            Source::Figure(figure) => self.figures |= 1 << figure,
            Source::On => self.day = true,
            Source::Decision(decision) => {
                self.decisions |= 1 << decision;
                if let Some(earlier) = decisions.get(decision) {
                    self.merge(earlier.needs);
                }
            }
        }
    }

    /// Whether both need something of the same.
    pub(crate) fn share_with(self, other: Needs) -> bool {
        self.facts & other.facts != 0 || self.figures & other.figures != 0 || (self.day && other.day)
    }

    pub(crate) fn merge(&mut self, other: Needs) {
        self.facts |= other.facts;
        self.decisions |= other.decisions;
        self.figures |= other.figures;
        self.day |= other.day;
    }
}

/// The decisions that the result is taken from.
#[derive(Clone, Debug, Default)]
pub(crate) struct ResultNames {
    pub outcome: usize,
    pub limit: Option<usize>,
    pub annual: Option<usize>,
    pub score: Option<usize>,
    pub band: Option<usize>,
    pub topics: Option<usize>,
    pub parts: Vec<usize>,
}

/// An instalment fits while (obligations + payment) ≤ shareMax × income.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Affordability {
    pub income: Source,
    pub obligations: Source,
    pub share_max: Decimal,
}

impl Compiled {
    /// SHA-256, lower-case hexadecimal, of the policy in the form of RFC 8785, options that are `null` left out.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The policy's words for a code, in that language or, where it has none, in the other.
    pub(crate) fn message(&self, code: &str, locale: Locale) -> Option<&str> {
        self.message_under("", code, locale)
    }

    /// The same for a code with something before it.
    #[inline(never)]
    fn message_under(&self, prefix: &str, code: &str, locale: Locale) -> Option<&str> {
        let (_, words) = self.messages.iter().find(|(known, _)| known.strip_prefix(prefix) == Some(code))?;
        let (first, second) = if locale == Locale::ZhCn { (0, 1) } else { (1, 0) };
        words[first].as_deref().or(words[second].as_deref())
    }

    /// What a fact is asked for: the words under `purpose.` and its name, or else those that the input has.
    pub(crate) fn purpose<'p>(&'p self, input: &'p Input, locale: Locale) -> &'p str {
        self.message_under("purpose.", &input.name, locale).unwrap_or(&input.purpose)
    }

    /// What a fact is called: the words under its name, or else the name itself.
    pub(crate) fn label<'p>(&'p self, input: &'p Input, locale: Locale) -> &'p str {
        self.message(&input.name, locale).unwrap_or(&input.name)
    }

    /// What the result is taken from, and what that needs.
    pub(crate) fn wanted(&self) -> Needs {
        let mut needs = self.wanted_for_affordability();
        let result = &self.result;
        needs.add(Source::Decision(result.outcome), &self.decisions);
        for decision in [result.limit, result.annual, result.score, result.band, result.topics].into_iter().flatten() {
            needs.add(Source::Decision(decision), &self.decisions);
        }
        for part in &result.parts {
            needs.add(Source::Decision(*part), &self.decisions);
        }
        needs
    }

    pub(crate) fn wanted_for_affordability(&self) -> Needs {
        let mut needs = Needs::default();
        if let Some(affordability) = &self.affordability {
            needs.add(affordability.income, &self.decisions);
            needs.add(affordability.obligations, &self.decisions);
        }
        needs
    }
}
