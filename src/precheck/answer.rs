//! One pre-check from end to end: facts and options are checked, the policy is run, the result is written.

use super::affordability::{Affordable, published};
use super::evaluate::{Request, Run};
use super::facts::facts;
use super::figures::Figures;
use super::loan::{Loan, in_options};
use super::policy::{Compiled, Input, Locale, Needs, Operator};
use super::reasons::{Reason, reasons};
use super::suggest::{Suggestion, rank, suggestions};
use super::value::{Value, plain};
use super::words;
use crate::date::{self, CivilDate};
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::money::Currency;
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{day, name, object};
use crate::wire::Wire;
use rust_decimal::{Decimal, RoundingStrategy};

pub(super) const OPTIONS: Shape =
    Shape { name: "precheck.options", required: &[], optional: &["terms", "on", "locale"] };

/// The answer before it is written.
struct Answer {
    outcome: &'static str,
    run: Option<Run>,
    reasons: Vec<Reason>,
    suggestions: Vec<Suggestion>,
    affordability: Option<Affordable>,
    notice: Option<String>,
}

/// Everything that has been checked before the policy is run.
struct Asked<'p> {
    request: Request<'p>,
    loan: Option<Loan>,
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

fn ask<'p>(policy: &'p Compiled, facts_wire: &Wire, options: &Wire) -> Result<Asked<'p>, LoanError> {
    let mut problems = Problems::default();
    let values = facts(policy, facts_wire, &Path::Root.field("facts"), &mut problems);
    let root = Path::Root.field("options");
    let (mut on, mut locale, mut terms) = (None, Locale::default(), None);
    if *options != Wire::Null {
        for (field, value) in object(options, &root, &OPTIONS, &mut problems).unwrap_or_default() {
            let path = root.field(field);
            match field {
                "on" => on = day(value, &path, &mut problems),
                "locale" => locale = name(value, &path, &Locale::NAMES, &mut problems).unwrap_or_default(),
                _ => terms = Some(value),
            }
        }
    }
    let loan = terms.map(|terms| Loan::of(terms.clone()).map_err(in_options));
    let mut issues = match problems.finish(Some(())) {
        Ok(()) => Vec::new(),
        Err(error) => error.issues,
    };
    let loan = match loan.transpose() {
        Ok(loan) => loan,
        Err(error) => {
            issues.extend(error.issues);
            None
        }
    };
    if !issues.is_empty() {
        return Err(LoanError { issues });
    }
    if let Some(on) = on {
        check_in_force(policy, on)?;
    }
    Ok(Asked { request: Request { policy, facts: values, on, figures: None }, loan, locale })
}

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

fn answer(asked: &mut Asked) -> Result<Answer, LoanError> {
    let (policy, locale) = (asked.request.policy, asked.locale);
    if policy.operator == Operator::ThirdParty {
        return not_assessed(asked);
    }
    let wanted = policy.wanted();
    let missing = missing(&asked.request, asked.loan.is_some(), wanted, locale);
    if !missing.0.is_empty() {
        return Ok(Answer {
            outcome: "incomplete",
            run: None,
            reasons: missing.0,
            suggestions: missing.1,
            affordability: None,
            notice: None,
        });
    }
    if let Some(loan) = &asked.loan {
        asked.request.figures = Some(Figures::of(&loan.terms, &loan.schedule, wanted.figures).map_err(in_options)?);
    }
    let run = asked.request.run(wanted)?;
    let outcome = run.values[policy.result.outcome].text().and_then(|outcome| rank(outcome)).unwrap_or(0);
    let reasons = reasons(&asked.request, &run, locale);
    let affordability = match &asked.loan {
        Some(loan) => Affordable::of(&asked.request, &run, loan)?,
        None => None,
    };
    let mut suggested = Vec::new();
    if outcome < 2 {
        let limit = policy.result.limit.and_then(|limit| run.values[limit].number());
        let currency = currency_of(asked);
        let hints: Vec<i64> = [
            limit.and_then(|limit| minor_units(limit, currency)),
            affordability.as_ref().and_then(|affordable| affordable.principal_maximum),
        ]
        .into_iter()
        .flatten()
        .collect();
        suggested = suggestions(&mut asked.request, wanted, asked.loan.as_ref(), &hints, outcome, locale);
    }
    Ok(Answer {
        outcome: ["ineligible", "refer", "eligible"][outcome],
        run: Some(run),
        reasons,
        suggestions: suggested,
        affordability,
        notice: Some(words::indication(locale)),
    })
}

/// A third party's page: what can be reckoned, and where to go. No decision is run but those that income and obligations
/// need, and nothing of it is shown but the figures.
fn not_assessed(asked: &mut Asked) -> Result<Answer, LoanError> {
    let (policy, locale) = (asked.request.policy, asked.locale);
    let mut run = None;
    let mut affordability = None;
    let wanted = policy.wanted_for_affordability();
    if let Some(loan) = &asked.loan
        && policy.affordability.is_some()
        && (!wanted.day || asked.request.on.is_some())
    {
        asked.request.figures = Some(Figures::of(&loan.terms, &loan.schedule, wanted.figures).map_err(in_options)?);
        let reckoned = asked.request.run(wanted)?;
        affordability = Affordable::of(&asked.request, &reckoned, loan)?;
        run = Some(reckoned).filter(|_| affordability.is_some());
    }
    let reason =
        Reason { code: "not_assessed".to_owned(), message: words::not_assessed(policy, locale), ..Reason::default() };
    Ok(Answer {
        outcome: "notAssessed",
        run,
        reasons: vec![reason],
        suggestions: Vec::new(),
        affordability,
        notice: Some(words::arithmetic_only(locale)),
    })
}

/// The required facts that were not given.
pub(super) fn missing_facts<'r>(request: &'r Request) -> impl Iterator<Item = &'r Input> {
    let inputs = request.policy.inputs.iter().zip(&request.facts);
    inputs.filter(|(input, fact)| input.is_required && **fact == Value::Missing).map(|(input, _)| input)
}

/// What is missing for an answer, and the suggestion to give it.
fn missing(request: &Request, has_terms: bool, wanted: Needs, locale: Locale) -> (Vec<Reason>, Vec<Suggestion>) {
    let (mut reasons, mut suggestions) = (Vec::new(), Vec::new());
    let mut add = |code: &str, field: &str, message: String, reads: &dyn Fn(Needs) -> bool| {
        let decisions = &request.policy.decisions;
        let reader = decisions.iter().find(|decision| reads(decision.needs)).map(|decision| decision.name.clone());
        reasons.push(Reason {
            code: code.to_owned(),
            decision: reader.unwrap_or_default(),
            message: message.clone(),
            field: Some(field.to_owned()),
            ..Reason::default()
        });
        if field != "terms" {
            suggestions.push(Suggestion::give(field, message));
        }
    };
    for input in missing_facts(request) {
        let index = request.policy.inputs.iter().position(|other| other.name == input.name).unwrap_or(0);
        let message = words::fact_missing(&input.name, request.policy.purpose(input, locale), locale);
        add("fact_missing", &input.name, message, &|needs| needs.facts >> index & 1 == 1);
    }
    if wanted.figures != 0 && !has_terms {
        add("terms_missing", "terms", words::terms_missing(locale), &|needs| needs.figures != 0);
    }
    if wanted.day && request.on.is_none() {
        add("day_missing", "on", words::day_missing(locale), &|needs| needs.day);
    }
    (reasons, suggestions)
}

fn currency_of(asked: &Asked) -> Currency {
    asked.loan.as_ref().map_or(Currency::CNY, |loan| loan.terms.currency())
}

/// An amount in whole minor units, the rest dropped; none where it is beyond any amount.
pub(super) fn minor_units(amount: Decimal, currency: Currency) -> Option<i64> {
    let unit = Decimal::from(10u64.pow(currency.decimals().into()));
    let exact = amount.checked_mul(unit)?;
    i64::try_from(exact.round_dp_with_strategy(0, RoundingStrategy::ToNegativeInfinity)).ok()
}

/// A limit is never below zero, and never more than what the policy gives: what does not make a minor unit is dropped.
pub(super) fn limit_shown(limit: Decimal, currency: Currency) -> Option<String> {
    minor_units(limit, currency).map(|limit| currency.format(limit.max(0)))
}

fn write(asked: &Asked, answer: &Answer, json: &mut Json) {
    let policy = asked.request.policy;
    let is_verdict = policy.operator == Operator::Lender;
    let value = |decision: Option<usize>| {
        let run = answer.run.as_ref().filter(|_| is_verdict)?;
        run.values[decision?].number()
    };
    json.object(|json| {
        if let Some(affordability) = &answer.affordability {
            affordability.write(json.field("affordability"));
        }
        if let Some(annual) = value(policy.result.annual) {
            json.field("annual").text(&published(annual));
        }
        let read = answer.run.as_ref().map_or(0, |run| run.facts_read | affordability_facts(policy, answer));
        facts_used(policy, read, asked.locale, json);
        if let Some(limit) = value(policy.result.limit).and_then(|limit| limit_shown(limit, currency_of(asked))) {
            json.field("limit").text(&limit);
        }
        if !is_verdict {
            json.field("lender").object(|json| {
                json.field("name").text(&policy.lender);
                if let Some(address) = &policy.lender_url {
                    json.field("url").text(address);
                }
            });
        }
        if let Some(notice) = &answer.notice {
            json.field("notice").text(notice);
        }
        json.field("outcome").text(answer.outcome);
        write_policy(policy, json);
        json.field("reasons").array(|json| answer.reasons.iter().for_each(|reason| reason.write(json.item())));
        if let Some(score) = value(policy.result.score) {
            json.field("score").text(&plain(score));
        }
        json.field("suggestions")
            .array(|json| answer.suggestions.iter().for_each(|suggestion| suggestion.write(json.item())));
        json.field("trace").array(|json| {
            if let Some(run) = answer.run.as_ref().filter(|_| is_verdict) {
                write_trace(policy, run, json);
            }
        });
    });
}

/// The facts that were read and nothing else, each with what it was read for.
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

pub(super) fn write_policy(policy: &Compiled, json: &mut Json) {
    json.field("policy").object(|json| {
        json.field("fingerprint").text(&policy.fingerprint);
        json.field("id").text(&policy.id);
        json.field("version").text(&policy.version);
    });
}

/// The facts that affordability reads by itself.
fn affordability_facts(policy: &Compiled, answer: &Answer) -> u64 {
    let Some(rule) = policy.affordability.filter(|_| answer.affordability.is_some()) else { return 0 };
    [rule.income, rule.obligations].iter().fold(0, |facts, source| match source {
        super::value::Source::Fact(fact) => facts | 1 << fact,
        _ => facts,
    })
}

/// Rules are counted from 1, as DMN does.
fn write_trace(policy: &Compiled, run: &Run, json: &mut Json) {
    let wanted = policy.wanted();
    for (index, decision) in policy.decisions.iter().enumerate() {
        if wanted.decisions >> index & 1 == 0 {
            continue;
        }
        json.item().object(|json| {
            json.field("decision").text(&decision.name);
            let counting: Vec<usize> = run.counting[index].iter().collect();
            if let Some(first) = counting.first() {
                json.field("rule").integer(*first as i64 + 1);
            }
            if counting.len() > 1 {
                json.field("rules").array(|json| {
                    counting.iter().for_each(|rule| json.item().integer(*rule as i64 + 1));
                });
            }
            json.field("value").text(&run.values[index].shown());
        });
    }
}
