//! Suggestions: what would change the answer. Each has been tried: the changed request gives what is promised, and a smaller
//! change does not.

use super::answer::minor_units;
use super::decode_result::OUTCOMES;
use super::evaluate::{Request, STEPS_MAX};
use super::figures::{Figures, PRINCIPAL};
use super::loan::Loan;
use super::policy::{Input, InputType, Locale, Logic, Needs};
use super::value::{Source, Value};
use super::words;
use crate::bisect::between;
use crate::error::LoanError;
use crate::json::Json;
use crate::terms::INSTALMENTS_MAX;

/// How many more instalments are tried: ten years of months.
const MORE_INSTALMENTS_MAX: u32 = 120;
/// How many values of a fact that was not given are tried.
const SAMPLES_MAX: usize = 64;
/// The steps that all trials of one request may take together.
const TRIAL_STEPS_MAX: u32 = 4 * STEPS_MAX;

/// One suggestion.
pub(crate) struct Suggestion {
    code: &'static str,
    message: String,
    change: Change,
}

enum Change {
    Principal(String),
    InstalmentCount(u32),
    Fact(String),
}

impl Suggestion {
    /// To give a fact without which there is no answer.
    pub(crate) fn give(name: &str, message: String) -> Suggestion {
        Suggestion { code: "fact_missing", message, change: Change::Fact(name.to_owned()) }
    }

    pub(crate) fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.field("change").object(|json| match &self.change {
                Change::Principal(amount) => json.field("principal").text(amount),
                Change::InstalmentCount(count) => json.field("instalmentCount").integer((*count).into()),
                Change::Fact(name) => json.field("fact").text(name),
            });
            json.field("code").text(self.code);
            json.field("message").text(&self.message);
        });
    }
}

/// What the request, changed, would be answered.
pub(crate) struct Trial<'r, 'p> {
    pub request: &'r mut Request<'p>,
    pub wanted: Needs,
    /// The rank of the outcome as it is.
    pub outcome: usize,
    pub locale: Locale,
    steps_left: u32,
}

pub(crate) fn rank(outcome: &str) -> Option<usize> {
    OUTCOMES.iter().position(|known| *known == outcome)
}

impl<'r, 'p> Trial<'r, 'p> {
    pub(crate) fn new(request: &'r mut Request<'p>, wanted: Needs, outcome: usize, locale: Locale) -> Self {
        Trial { request, wanted, outcome, locale, steps_left: TRIAL_STEPS_MAX }
    }

    /// The outcome's rank; none where the changed request has no answer, or there have been too many trials.
    #[inline(never)]
    fn rank(&mut self) -> Option<usize> {
        if self.steps_left == 0 {
            return None;
        }
        let Ok(run) = self.request.run(self.wanted) else {
            self.steps_left = self.steps_left.saturating_sub(STEPS_MAX);
            return None;
        };
        self.steps_left = self.steps_left.saturating_sub(100 + run.steps);
        match run.values[self.request.policy.result.outcome] {
            Value::Text(outcome) => rank(self.request.book(&run).text(outcome)),
            _ => None,
        }
    }

    /// The same for another loan.
    #[inline(never)]
    fn rank_with(&mut self, loan: Result<Loan, LoanError>) -> Option<usize> {
        let loan = loan.ok()?;
        // Quoting costs about as much as some steps for each instalment, finding rates rather more.
        let per_instalment = if Figures::has_rates(self.wanted.figures) { 40 } else { 8 };
        self.steps_left = self.steps_left.saturating_sub(200 + per_instalment * loan.terms.instalment_count);
        self.request.figures = Some(Figures::of(&loan.terms, &loan.schedule, self.wanted.figures).ok()?);
        self.rank()
    }

    /// What would make the outcome better: eligible if it can be, else at least for review. `hints` are principals that
    /// the answer itself names.
    #[inline(never)]
    pub(crate) fn suggestions(&mut self, loan: Option<&Loan>, hints: &[i64]) -> Vec<Suggestion> {
        let mut found = Vec::new();
        if let Some(loan) = loan
            && self.wanted.figures != 0
        {
            found.extend(self.smaller_principal(loan, hints));
            found.extend(self.longer_term(loan));
            self.request.figures = Figures::of(&loan.terms, &loan.schedule, self.wanted.figures).ok();
        }
        let policy = self.request.policy;
        for (index, input) in policy.inputs.iter().enumerate() {
            let is_read = self.wanted.facts >> index & 1 == 1;
            if is_read && self.request.facts[index] == Value::Missing && self.is_helped_by(index, input) {
                found.push(Suggestion {
                    code: "fact_may_help",
                    message: words::fact_may_help(
                        policy.label(input, self.locale),
                        policy.purpose(input, self.locale),
                        self.locale,
                    ),
                    change: Change::Fact(input.name.clone()),
                });
            }
        }
        found
    }

    /// The largest smaller principal that passes; a minor unit more does not.
    #[inline(never)]
    fn smaller_principal(&mut self, loan: &Loan, hints: &[i64]) -> Option<Suggestion> {
        if !loan.has_free_principal() {
            return None;
        }
        let own = loan.terms.principal;
        // Where to look for one that passes: ever smaller, and at the hints.
        let mut probes: Vec<i64> = Vec::new();
        let mut smaller = own - 1;
        while smaller > 0 {
            probes.push(smaller);
            smaller = smaller / 4 * 3 + smaller % 4 * 3 / 4;
        }
        // And where the policy tells principals apart, which may leave a few of them only: at each end and just below.
        let mut hints = hints.to_vec();
        for decision in &self.request.policy.decisions {
            let Logic::Table(table) = &decision.logic else { continue };
            for column in table.columns.iter().filter(|column| column.source == Source::Figure(PRINCIPAL)) {
                for end in column.ends() {
                    let end = minor_units(*end, loan.terms.currency()).unwrap_or_default();
                    hints.extend([end, end - 1]);
                }
            }
        }
        for hint in hints {
            if (1..own).contains(&hint)
                && let Err(place) = probes.binary_search_by(|probe| hint.cmp(probe))
            {
                probes.insert(place, hint);
            }
        }
        for target in (self.outcome + 1..OUTCOMES.len()).rev() {
            let mut failing = own;
            for probe in &probes {
                if self.rank_with(loan.with_principal(*probe)) < Some(target) {
                    failing = *probe;
                    continue;
                }
                let principal = between(*probe, failing, &mut |principal| {
                    self.rank_with(loan.with_principal(principal)) >= Some(target)
                });
                if self.steps_left == 0 {
                    return None; // Not proven to be the largest.
                }
                let amount = loan.terms.currency().format(principal);
                return Some(Suggestion {
                    code: "smaller_principal",
                    message: words::smaller_principal(&amount, OUTCOMES[target], self.locale),
                    change: Change::Principal(amount),
                });
            }
        }
        None
    }

    /// The fewest more instalments that pass.
    #[inline(never)]
    fn longer_term(&mut self, loan: &Loan) -> Option<Suggestion> {
        let own = loan.terms.instalment_count;
        let (mut best, mut best_count) = (self.outcome, 0);
        for count in own + 1..=(own + MORE_INSTALMENTS_MAX).min(INSTALMENTS_MAX) {
            let reached = self.rank_with(loan.with_instalment_count(count)).unwrap_or(0);
            if reached > best {
                (best, best_count) = (reached, count);
            }
            if best + 1 == OUTCOMES.len() {
                break;
            }
        }
        (best_count > 0).then(|| Suggestion {
            code: "longer_term",
            message: words::longer_term(&best_count.to_string(), OUTCOMES[best], self.locale),
            change: Change::InstalmentCount(best_count),
        })
    }

    /// Whether some value of the fact that the policy can tell apart makes the outcome better.
    #[inline(never)]
    fn is_helped_by(&mut self, fact: usize, input: &Input) -> bool {
        let policy = self.request.policy;
        let mut samples: Vec<Value> = Vec::new();
        if input.shape == InputType::Boolean {
            samples.extend([Value::Boolean(false), Value::Boolean(true)]);
        }
        for test in policy.known.allowed(input.kind).unwrap_or_default() {
            samples.extend(test.value());
        }
        for decision in &policy.decisions {
            let Logic::Table(table) = &decision.logic else { continue };
            for column in &table.columns {
                for segment in 0..column.segment_count() {
                    if column.source == Source::Fact(fact) && column.is_possible(segment) {
                        samples.extend(column.sample(segment));
                    }
                }
            }
        }
        let mut helps = false;
        for sample in samples.into_iter().take(SAMPLES_MAX) {
            self.request.facts[fact] = sample;
            helps = self.rank() > Some(self.outcome);
            if helps {
                break;
            }
        }
        self.request.facts[fact] = Value::Missing;
        helps
    }
}
