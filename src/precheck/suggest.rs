//! Suggestions: what would change the answer. Each has been tried: the changed request gives what is promised, and a smaller
//! change does not.

use super::cell::Test;
use super::evaluate::{Request, STEPS_MAX};
use super::figures::Figures;
use super::loan::{Loan, between};
use super::policy::{Locale, Logic, Needs};
use super::value::{Base, Source, Value};
use super::words;
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
struct Trial<'r, 'p> {
    request: &'r mut Request<'p>,
    wanted: Needs,
    steps_left: u32,
}

impl Trial<'_, '_> {
    /// The outcome's rank; none where the changed request has no answer, or there have been too many trials.
    fn rank(&mut self) -> Option<usize> {
        if self.steps_left == 0 {
            return None;
        }
        let run = self.request.run(self.wanted).ok();
        let steps = run.as_ref().map_or(STEPS_MAX, |run| run.steps);
        self.steps_left = self.steps_left.saturating_sub(100 + steps);
        rank(run?.values[self.request.policy.result.outcome].text()?)
    }

    /// The same for another loan.
    fn rank_with(&mut self, loan: Option<Loan>) -> Option<usize> {
        let loan = loan?;
        // Quoting costs about as much as some steps for each instalment, finding rates rather more.
        let per_instalment = if self.wanted.figures >> 13 == 0 { 8 } else { 40 };
        self.steps_left = self.steps_left.saturating_sub(200 + per_instalment * loan.terms.instalment_count);
        self.request.figures = Some(Figures::of(&loan.terms, &loan.schedule, self.wanted.figures).ok()?);
        self.rank()
    }
}

const OUTCOMES: [&str; 3] = ["ineligible", "refer", "eligible"];

pub(crate) fn rank(outcome: &str) -> Option<usize> {
    OUTCOMES.iter().position(|known| *known == outcome)
}

/// What would make the outcome better: eligible if it can be, else at least for review.
pub(crate) fn suggestions(
    request: &mut Request,
    wanted: Needs,
    loan: Option<&Loan>,
    hints: &[i64],
    outcome: usize,
    locale: Locale,
) -> Vec<Suggestion> {
    let mut found = Vec::new();
    let mut trial = Trial { request, wanted, steps_left: TRIAL_STEPS_MAX };
    if let Some(loan) = loan
        && wanted.figures != 0
    {
        found.extend(smaller_principal(&mut trial, loan, hints, outcome, locale));
        found.extend(longer_term(&mut trial, loan, outcome, locale));
        trial.request.figures = Figures::of(&loan.terms, &loan.schedule, wanted.figures).ok();
    }
    let policy = trial.request.policy;
    for (index, input) in policy.inputs.iter().enumerate() {
        if wanted.facts >> index & 1 == 0 || trial.request.facts[index] != Value::Missing {
            continue;
        }
        let samples = samples(trial.request, index);
        let mut helps = false;
        for sample in samples.into_iter().take(SAMPLES_MAX) {
            trial.request.facts[index] = sample;
            if trial.rank() > Some(outcome) {
                helps = true;
                break;
            }
        }
        trial.request.facts[index] = Value::Missing;
        if helps {
            found.push(Suggestion {
                code: "fact_may_help",
                message: words::fact_may_help(&input.name, policy.purpose(input, locale), locale),
                change: Change::Fact(input.name.clone()),
            });
        }
    }
    found
}

/// The largest smaller principal that passes; a minor unit more does not.
fn smaller_principal(
    trial: &mut Trial,
    loan: &Loan,
    hints: &[i64],
    outcome: usize,
    locale: Locale,
) -> Option<Suggestion> {
    if !loan.has_free_principal() {
        return None;
    }
    let own = loan.terms.principal;
    // Where to look for one that passes: at the limits that the answer itself names, then ever smaller.
    let mut probes: Vec<i64> = hints.iter().copied().filter(|hint| (1..own).contains(hint)).collect();
    let mut smaller = own - 1;
    while smaller > 0 {
        probes.push(smaller);
        smaller = smaller / 4 * 3 + smaller % 4 * 3 / 4;
    }
    probes.sort_unstable_by(|one, other| other.cmp(one));
    probes.dedup();
    for target in (outcome + 1..OUTCOMES.len()).rev() {
        let mut failing = own;
        for probe in &probes {
            if trial.rank_with(loan.with_principal(*probe).ok()) < Some(target) {
                failing = *probe;
                continue;
            }
            let principal = between(*probe, failing, |principal| {
                trial.rank_with(loan.with_principal(principal).ok()) >= Some(target)
            });
            if trial.steps_left == 0 {
                return None; // Not proven to be the largest.
            }
            let amount = loan.terms.currency().format(principal);
            return Some(Suggestion {
                code: "smaller_principal",
                message: words::smaller_principal(&amount, OUTCOMES[target], locale),
                change: Change::Principal(amount),
            });
        }
    }
    None
}

/// The fewest more instalments that pass.
fn longer_term(trial: &mut Trial, loan: &Loan, outcome: usize, locale: Locale) -> Option<Suggestion> {
    let own = loan.terms.instalment_count;
    let mut review = None;
    for count in own + 1..=(own + MORE_INSTALMENTS_MAX).min(INSTALMENTS_MAX) {
        let reached = trial.rank_with(loan.with_instalment_count(count).ok());
        if reached == Some(OUTCOMES.len() - 1) {
            review = Some((count, OUTCOMES.len() - 1));
            break;
        }
        if reached > Some(outcome) && review.is_none() {
            review = reached.map(|reached| (count, reached));
        }
    }
    let (count, reached) = review?;
    Some(Suggestion {
        code: "longer_term",
        message: words::longer_term(&count.to_string(), OUTCOMES[reached], locale),
        change: Change::InstalmentCount(count),
    })
}

/// Values of a fact that the policy can tell apart.
fn samples(request: &Request, fact: usize) -> Vec<Value> {
    let input = &request.policy.inputs[fact];
    let mut samples: Vec<Value> = Vec::new();
    if input.kind.base == Base::Boolean {
        samples.extend([Value::Boolean(false), Value::Boolean(true)]);
    }
    for test in input.kind.allowed.iter().flat_map(|allowed| allowed.iter()) {
        if let Test::Text(text) = test {
            samples.push(Value::Text(text.clone()));
        }
    }
    for decision in &request.policy.decisions {
        let Logic::Table(table) = &decision.logic else { continue };
        for column in table.columns.iter().filter(|column| column.source == Source::Fact(fact)) {
            for sample in column.samples(input.kind.is_whole) {
                if !samples.contains(&sample) {
                    samples.push(sample);
                }
            }
        }
    }
    samples
}
