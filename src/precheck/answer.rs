//! One pre-check from end to end: facts and options are checked, the policy is run, the result is written.

use super::affordability::{Affordable, published};
use super::arithmetic::floor;
use super::decode_result::OUTCOMES;
use super::evaluate::{Request, Run};
use super::facts;
use super::figures::Figures;
use super::loan::{Loan, in_options};
use super::policy::{Compiled, Locale, Needs, Operator};
use super::reasons::{Reason, reasons};
use super::suggest::{Suggestion, Trial, rank};
use super::value::{Source, Value, plain};
use super::words;
use crate::date::{self, CivilDate};
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::money::Currency;
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{day, object};
use crate::wire::Wire;
use rust_decimal::Decimal;

pub(super) const OPTIONS: Shape =
    Shape { name: "precheck.options", required: &[], optional: &["terms", "on", "locale"] };

/// The answer before it is written.
#[derive(Default)]
struct Answer {
    outcome: &'static str,
    run: Run,
    reasons: Vec<Reason>,
    suggestions: Vec<Suggestion>,
    affordability: Option<Affordable>,
    notice: &'static str,
}

/// Everything that has been checked before the policy is run.
struct Asked<'p> {
    request: Request<'p>,
    loan: Option<Loan<'p>>,
    locale: Locale,
}

/// Pre-checks a loan or a borrower against a policy: the result in the contract's shape, as JSON. `options` may have `terms`,
/// the day `on` which it is asked, and the `locale` of the messages.
///
/// # Errors
/// Every fact and option that is wrong, at once: `facts.income`, `options.terms.principal`. `policy_not_in_force` outside its
/// dates. And what goes wrong in a formula, by decision: `division_by_zero`, `overflow`, `invalid_argument`,
/// `too_few_values`, `too_many_steps`.
pub fn precheck(policy: &Compiled, facts: &Wire, options: &Wire) -> Result<String, LoanError> {
    let mut asked = ask(policy, facts, options)?;
    let answer = answer(&mut asked)?;
    let mut json = Json::with_capacity(2048);
    write(&asked, &answer, &mut json);
    Ok(json.into_text())
}

#[inline(never)]
fn ask<'p>(policy: &'p Compiled, facts: &'p Wire, options: &'p Wire) -> Result<Asked<'p>, LoanError> {
    let mut problems = Problems::default();
    let mut request = facts::request(policy, facts, &mut problems);
    let root = Path::Root.field("options");
    let (mut locale, mut terms) = (Locale::default(), None);
    if *options != Wire::Null {
        for (field, value) in object(options, &root, &OPTIONS, &mut problems).unwrap_or_default() {
            let path = root.field(field);
            match field {
                "on" => request.on = day(value, &path, &mut problems),
                "locale" => locale = Locale::read(value, &path, &mut problems),
                _ => terms = Some(value),
            }
        }
    }
    let loan = terms.map(|terms| Loan::of(terms.clone()).map_err(in_options));
    let mut issues = match problems.finish(Some(())) {
        Ok(()) => Vec::new(),
        Err(error) => error.issues,
    };
    let loan = match loan {
        Some(Ok(loan)) => Some(loan),
        Some(Err(error)) => {
            issues.extend(error.issues);
            None
        }
        None => None,
    };
    if !issues.is_empty() {
        return Err(LoanError { issues });
    }
    if let Some(on) = request.on {
        check_in_force(policy, on)?;
    }
    Ok(Asked { request, loan, locale })
}

#[inline(never)]
fn check_in_force(policy: &Compiled, on: CivilDate) -> Result<(), LoanError> {
    let is_in_force = policy.valid_from.is_none_or(|from| from <= on) && policy.valid_to.is_none_or(|to| on <= to);
    if is_in_force {
        return Ok(());
    }
    let shown = |day: Option<CivilDate>| day.map_or_else(String::new, date::format);
    let dates = [shown(policy.valid_from), shown(policy.valid_to)].join("..");
    let mut error = LoanError::one(
        "policy_not_in_force",
        "options.on",
        Message::new(
            format!("该策略在 {} 不生效（有效期 {dates}）", date::format(on)),
            format!("the policy is not in force on {} (but {dates})", date::format(on)),
        ),
    );
    error.issues[0].limit = Some(dates);
    Err(error)
}

#[inline(never)]
fn answer(asked: &mut Asked) -> Result<Answer, LoanError> {
    let (policy, locale) = (asked.request.policy, asked.locale);
    if policy.operator == Operator::ThirdParty {
        return not_assessed(asked);
    }
    let (missing, give) = missing(&asked.request, asked.loan.is_some(), locale);
    if !missing.is_empty() {
        return Ok(Answer { outcome: "incomplete", reasons: missing, suggestions: give, ..Answer::default() });
    }
    let (run, affordability) = run(asked, policy.wanted)?;
    let outcome = match run.values[policy.result.outcome] {
        Value::Text(outcome) => rank(asked.request.book(&run).text(outcome)).unwrap_or(0),
        _ => return undecided(asked, run.facts_read),
    };
    let reasons = reasons(&asked.request, &run, locale);
    let mut suggestions = Vec::new();
    if outcome + 1 < OUTCOMES.len() {
        // Principals that the answer itself names.
        let mut hints = Vec::new();
        if let Some(limit) = policy.result.limit.and_then(|limit| run.values[limit].number()) {
            hints.extend(minor_units(limit, currency_of(asked)));
        }
        hints.extend(affordability.as_ref().and_then(|affordable| affordable.principal_maximum));
        let mut trial = Trial::new(&mut asked.request, policy.wanted, outcome, locale);
        suggestions = trial.suggestions(asked.loan.as_ref(), &hints);
    }
    let notice = words::indication(locale);
    Ok(Answer { outcome: OUTCOMES[outcome], run, reasons, suggestions, affordability, notice })
}

/// Runs what is wanted, and reckons affordability from it where there is a loan.
#[inline(never)]
fn run(asked: &mut Asked, wanted: Needs) -> Result<(Run, Option<Affordable>), LoanError> {
    if let Some(loan) = &asked.loan {
        let figures = Figures::of(&loan.terms, &loan.schedule, wanted.figures).map_err(in_options)?;
        asked.request.figures = Some(figures);
    }
    let mut run = asked.request.run(wanted)?;
    let Some(loan) = &asked.loan else { return Ok((run, None)) };
    let affordability = Affordable::of(&asked.request, &run, loan)?;
    if let (Some(rule), Some(_)) = (&asked.request.policy.affordability, &affordability) {
        for source in [rule.income, rule.obligations] {
            if let Source::Fact(fact) = source {
                run.facts_read |= 1 << fact;
            }
        }
    }
    Ok((run, affordability))
}

/// A third party's page: what can be reckoned, and where to go. No decision is run but those that income and obligations
/// need, and nothing of it is shown but the figures.
#[inline(never)]
fn not_assessed(asked: &mut Asked) -> Result<Answer, LoanError> {
    let (policy, locale) = (asked.request.policy, asked.locale);
    let wanted = policy.wanted_for_affordability();
    let can_reckon = asked.loan.is_some() && (!wanted.day || asked.request.on.is_some());
    let (mut reckoned, mut affordability) = (Run::default(), None);
    if can_reckon && policy.affordability.is_some() {
        (reckoned, affordability) = run(asked, wanted)?;
    }
    if affordability.is_none() {
        reckoned = Run::default();
    }
    let message = words::not_assessed(policy, locale);
    let reason = Reason { code: "not_assessed".to_owned(), message, ..Reason::default() };
    let notice = words::arithmetic_only(locale);
    let reasons = vec![reason];
    Ok(Answer { outcome: "notAssessed", run: reckoned, reasons, affordability, notice, ..Answer::default() })
}

/// Whether a required fact was not given.
pub(super) fn is_missing(request: &Request, input: usize) -> bool {
    request.policy.inputs[input].is_required && request.facts[input] == Value::Missing
}

/// No rule says what holds without an optional fact that was asked for: it is missing like a required one.
#[inline(never)]
fn undecided(asked: &Asked, facts_read: u64) -> Result<Answer, LoanError> {
    let is_wanted = |input| is_unknown(&asked.request, facts_read, input);
    let (reasons, suggestions) = missing_facts(&asked.request, &is_wanted, asked.locale);
    if reasons.is_empty() {
        let message =
            Message::new("事实齐全，该决策却给出 null", "that decision gives null although no fact is missing");
        return Err(LoanError::one("not_an_outcome", "result.outcome", message));
    }
    // The facts have been read; what followed from them is no answer.
    let mut run = Run::default();
    run.facts_read = facts_read;
    Ok(Answer { outcome: "incomplete", run, reasons, suggestions, ..Answer::default() })
}

/// Whether a fact was read and not given.
pub(super) fn is_unknown(request: &Request, facts_read: u64, input: usize) -> bool {
    facts_read >> input & 1 == 1 && request.facts[input] == Value::Missing
}

/// The facts that are missing, and the suggestion to give each.
#[inline(never)]
fn missing_facts(
    request: &Request,
    is_missing: &dyn Fn(usize) -> bool,
    locale: Locale,
) -> (Vec<Reason>, Vec<Suggestion>) {
    let policy = request.policy;
    let (mut reasons, mut suggestions) = (Vec::new(), Vec::new());
    for (index, input) in policy.inputs.iter().enumerate() {
        if is_missing(index) {
            let message = words::fact_missing(policy.label(input, locale), policy.purpose(input, locale), locale);
            suggestions.push(Suggestion::give(&input.name, message.clone()));
            let needs = Needs { facts: 1 << index, ..Needs::default() };
            reasons.push(missing_reason(policy, "fact_missing", &input.name, message, needs));
        }
    }
    (reasons, suggestions)
}

/// What is missing for an answer, and the suggestion to give it.
#[inline(never)]
fn missing(request: &Request, has_terms: bool, locale: Locale) -> (Vec<Reason>, Vec<Suggestion>) {
    let policy = request.policy;
    let (mut reasons, mut suggestions) = missing_facts(request, &|input| is_missing(request, input), locale);
    if policy.wanted.figures != 0 && !has_terms {
        let needs = Needs { figures: u32::MAX, ..Needs::default() };
        reasons.push(missing_reason(policy, "terms_missing", "terms", words::terms_missing(locale), needs));
    }
    if policy.wanted.day && request.on.is_none() {
        let message = words::day_missing(locale);
        suggestions.push(Suggestion::give("on", message.clone()));
        let needs = Needs { day: true, ..Needs::default() };
        reasons.push(missing_reason(policy, "day_missing", "on", message, needs));
    }
    (reasons, suggestions)
}

/// The decision is the first that reads what is missing.
#[inline(never)]
fn missing_reason(policy: &Compiled, code: &str, field: &str, message: String, needs: Needs) -> Reason {
    let reader = policy.decisions.iter().find(|decision| decision.needs.share_with(needs));
    Reason {
        code: code.to_owned(),
        decision: reader.map(|decision| decision.name.clone()).unwrap_or_default(),
        message,
        field: field.to_owned(),
        ..Reason::default()
    }
}

fn currency_of(asked: &Asked) -> Currency {
    asked.loan.as_ref().map_or(Currency::CNY, |loan| loan.terms.currency())
}

/// An amount in whole minor units, rounded down; none where it is beyond any amount.
#[inline(never)]
pub(super) fn minor_units(amount: Decimal, currency: Currency) -> Option<i64> {
    let exact = amount.checked_mul(Decimal::from(10u64.pow(currency.decimals().into())))?;
    i64::try_from(floor(exact).mantissa()).ok()
}

/// A limit is never below zero, and never more than what the policy gives: what does not make a minor unit is dropped.
pub(super) fn limit_shown(limit: Decimal, currency: Currency) -> Option<String> {
    minor_units(limit, currency).map(|limit| currency.format(limit.max(0)))
}

#[inline(never)]
fn write(asked: &Asked, answer: &Answer, json: &mut Json) {
    let policy = asked.request.policy;
    // A third party's page shows no decision, and a run that did not happen has none.
    let is_verdict = policy.operator == Operator::Lender && !answer.run.values.is_empty();
    let number = |decision: Option<usize>| {
        if is_verdict { decision.and_then(|decision| answer.run.values[decision].number()) } else { None }
    };
    json.object(|json| {
        if let Some(affordability) = &answer.affordability {
            affordability.write(json.field("affordability"));
        }
        if let Some(annual) = number(policy.result.annual) {
            json.field("annual").text(&published(annual));
        }
        facts_used(policy, answer.run.facts_read, asked.locale, json);
        if policy.operator == Operator::ThirdParty {
            json.field("lender").object(|json| {
                json.field("name").text(&policy.lender);
                if let Some(address) = &policy.lender_url {
                    json.field("url").text(address);
                }
            });
        }
        if let Some(limit) = number(policy.result.limit).and_then(|limit| limit_shown(limit, currency_of(asked))) {
            json.field("limit").text(&limit);
        }
        if !answer.notice.is_empty() {
            json.field("notice").text(answer.notice);
        }
        json.field("outcome").text(answer.outcome);
        write_policy(policy, json);
        json.field("reasons").array(|json| {
            for reason in &answer.reasons {
                reason.write(json.item());
            }
        });
        if let Some(score) = number(policy.result.score) {
            json.field("score").text(&plain(score));
        }
        json.field("suggestions").array(|json| {
            for suggestion in &answer.suggestions {
                suggestion.write(json.item());
            }
        });
        json.field("trace").array(|json| {
            if is_verdict {
                write_trace(&asked.request, &answer.run, json);
            }
        });
    });
}

/// The facts that were read and nothing else, each with what it was read for.
#[inline(never)]
pub(super) fn facts_used(policy: &Compiled, read: u64, locale: Locale, json: &mut Json) {
    json.field("factsUsed").array(|json| {
        for (index, input) in policy.inputs.iter().enumerate() {
            if read >> index & 1 == 1 {
                json.item().object(|json| {
                    json.field("name").text(&input.name);
                    json.field("purpose").text(policy.purpose(input, locale));
                    json.field("sensitive").boolean(input.is_sensitive);
                });
            }
        }
    });
}

#[inline(never)]
pub(super) fn write_policy(policy: &Compiled, json: &mut Json) {
    json.field("policy").object(|json| {
        json.field("fingerprint").text(&policy.fingerprint);
        json.field("id").text(&policy.id);
        json.field("version").text(&policy.version);
    });
}

/// Rules are counted from 1, as DMN does.
#[inline(never)]
fn write_trace(request: &Request, run: &Run, json: &mut Json) {
    for (index, decision) in request.policy.decisions.iter().enumerate() {
        if request.policy.wanted.decisions >> index & 1 == 0 {
            continue;
        }
        json.item().object(|json| {
            json.field("decision").text(&decision.name);
            if let Some(first) = run.counting[index].next(0) {
                json.field("rule").integer(first as i64 + 1);
                if run.counting[index].next(first + 1).is_some() {
                    json.field("rules").array(|json| {
                        for rule in run.counting[index].iter() {
                            json.item().integer(rule as i64 + 1);
                        }
                    });
                }
            }
            json.field("value").text(&run.values[index].shown(request.book(run)));
        });
    }
}
