//! The financial health score (金融健康分): a policy like any other, whose result is a score with its parts.

use super::answer::{facts_used, is_missing, is_unknown, limit_shown, write_policy};
use super::arithmetic::rounded;
use super::evaluate::{Request, Run};
use super::facts;
use super::policy::{Compiled, Locale, Logic, Operator};
use super::value::Value;
use super::words;
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::money::Currency;
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;

/// Scores the facts by a policy that has a `score`: the result in the contract's shape, as JSON.
///
/// # Errors
/// Every fact that is wrong or missing; `not_a_score` where the policy has none, or one outside 0..100; `not_assessed` for
/// a third party's policy, which may not score anybody; and what goes wrong in a formula, by decision.
pub(crate) fn score(policy: &Compiled, facts_wire: &Wire, locale: Locale) -> Result<String, LoanError> {
    if policy.operator == Operator::ThirdParty {
        return Err(LoanError::one(
            "not_assessed",
            "options.policy.operator",
            Message::new(words::not_assessed(policy, Locale::ZhCn), words::not_assessed(policy, Locale::En)),
        ));
    }
    let Some(score) = policy.result.score else {
        return Err(not_a_score("该策略没有 result.score", "the policy has no result.score"));
    };
    let mut problems = Problems::default();
    let request = facts::request(policy, facts_wire, &mut problems);
    let path = Path::Root.field("facts");
    for (index, input) in policy.inputs.iter().enumerate() {
        if is_missing(&request, index) {
            problems.required(&path.field(&input.name));
        }
    }
    problems.finish(Some(()))?;
    let run = request.run(policy.wanted)?;
    let mut problems = Problems::default();
    if run.values[score] == Value::Missing {
        for (index, input) in policy.inputs.iter().enumerate() {
            if is_unknown(&request, run.facts_read, index) {
                problems.required(&path.field(&input.name));
            }
        }
    }
    problems.finish(Some(()))?;
    match whole(run.values[score]) {
        Some(points) if (0..=100).contains(&points) => {
            let mut json = Json::with_capacity(1024);
            write(&request, &run, points, locale, &mut json);
            Ok(json.into_text())
        }
        _ => Err(not_a_score("得分须在 0..100 之内", "a score lies within 0..100")),
    }
}

fn not_a_score(zh_cn: &str, en: &str) -> LoanError {
    LoanError::one("not_a_score", "options.policy.result.score", Message::new(zh_cn, en))
}

/// A number of points, a half up.
fn whole(points: Value) -> Option<i64> {
    i64::try_from(rounded(points.number()?, 0).mantissa()).ok()
}

#[inline(never)]
fn write(request: &Request, run: &Run, points: i64, locale: Locale, json: &mut Json) {
    let policy = request.policy;
    let result = &policy.result;
    let book = request.book(run);
    let band = run.values[result.band.unwrap_or(result.outcome)].shown(book);
    let mut topics: Vec<String> = Vec::new();
    match result.topics.map(|topics| run.values[topics]) {
        Some(Value::List(list)) => topics.extend(book.list(list).iter().map(|topic| topic.shown(book))),
        Some(topic @ Value::Text(_)) => topics.push(topic.shown(book)),
        _ => {}
    }
    let words_for = |code: &str, json: &mut Json| json.text(policy.message(code, locale).unwrap_or(code));
    json.object(|json| {
        // A score knows no loan, so its exposure is in the currency of the policy's facts: the default one.
        let limit = result.limit.and_then(|limit| run.values[limit].number());
        if let Some(limit) = limit.and_then(|limit| limit_shown(limit, Currency::CNY)) {
            json.field("advisedLimit").text(&limit);
        }
        json.field("band").text(&band);
        words_for(&band, json.field("bandMessage"));
        facts_used(policy, run.facts_read, locale, json);
        json.field("notice").text(words::indication(locale));
        json.field("parts").array(|json| {
            for part in &result.parts {
                let decision = &policy.decisions[*part];
                // The words of the rule that gave the points, or else those of the part.
                let mut reason = decision.name.as_str();
                if let (Logic::Table(table), Some(rule)) = (&decision.logic, run.counting[*part].next(0))
                    && let Some(code) = table.rules[rule].reason
                {
                    reason = book.text(code);
                }
                json.item().object(|json| {
                    json.field("code").text(&decision.name);
                    words_for(reason, json.field("message"));
                    json.field("points").integer(whole(run.values[*part]).unwrap_or(0));
                });
            }
        });
        write_policy(policy, json);
        json.field("score").integer(points);
        json.field("topicMessages").array(|json| {
            for topic in &topics {
                words_for(topic, json.item());
            }
        });
        json.field("topics").array(|json| {
            for topic in &topics {
                json.item().text(topic);
            }
        });
    });
}
