//! The financial health score (金融健康分): a policy like any other, whose result is a score with its parts.

use super::answer::{facts_used, limit_shown, missing_facts};
use super::evaluate::{Request, Run};
use super::facts::facts;
use super::policy::{Compiled, Locale, Logic, Operator};
use super::value::Value;
use super::words;
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::money::Currency;
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;
use rust_decimal::{Decimal, RoundingStrategy};

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
    let path = Path::Root.field("facts");
    let values = facts(policy, facts_wire, &path, &mut problems);
    let request = Request { policy, facts: values, on: None, figures: None };
    for input in missing_facts(&request) {
        problems.required(&path.field(&input.name));
    }
    problems.finish(Some(()))?;
    let run = request.run(policy.wanted())?;
    let points = run.values[score].number().and_then(whole).filter(|points| (0..=100).contains(points));
    let Some(points) = points else {
        return Err(not_a_score("得分须在 0..100 之内", "a score lies within 0..100"));
    };
    let mut json = Json::with_capacity(1024);
    write(&request, &run, points, locale, &mut json);
    Ok(json.into_text())
}

fn not_a_score(zh_cn: &str, en: &str) -> LoanError {
    LoanError::one("not_a_score", "options.policy.result.score", Message::new(zh_cn, en))
}

fn whole(points: Decimal) -> Option<i64> {
    i64::try_from(points.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)).ok()
}

fn write(request: &Request, run: &Run, points: i64, locale: Locale, json: &mut Json) {
    let policy = request.policy;
    let result = &policy.result;
    let words_for = |code: &str| policy.message(code, locale).unwrap_or(code).to_owned();
    let band = run.values[result.band.unwrap_or(result.outcome)].shown();
    let topics: Vec<String> = match result.topics.map(|topics| &run.values[topics]) {
        Some(Value::Texts(topics)) => topics.iter().map(|topic| topic.to_string()).collect(),
        Some(Value::Text(topic)) => vec![topic.to_string()],
        _ => Vec::new(),
    };
    json.object(|json| {
        // A score knows no loan, so its exposure is in the currency of the policy's facts: the default one.
        let limit = result.limit.and_then(|limit| run.values[limit].number());
        if let Some(limit) = limit.and_then(|limit| limit_shown(limit, Currency::CNY)) {
            json.field("advisedLimit").text(&limit);
        }
        json.field("band").text(&band);
        json.field("bandMessage").text(&words_for(&band));
        facts_used(policy, run.facts_read, locale, json);
        json.field("notice").text(&words::indication(locale));
        json.field("parts").array(|json| {
            for part in &result.parts {
                let decision = &policy.decisions[*part];
                // The words of the rule that gave the points, or else those of the part.
                let reason = match &decision.logic {
                    Logic::Table(table) => {
                        run.counting[*part].iter().find_map(|rule| table.rules[rule].reason.as_deref())
                    }
                    Logic::Formula(_) => None,
                };
                let points = run.values[*part].number().and_then(whole).unwrap_or(0);
                json.item().object(|json| {
                    json.field("code").text(&decision.name);
                    json.field("message").text(&words_for(reason.unwrap_or(&decision.name)));
                    json.field("points").integer(points);
                });
            }
        });
        super::answer::write_policy(policy, json);
        json.field("score").integer(points);
        json.field("topicMessages").array(|json| topics.iter().for_each(|topic| json.item().text(&words_for(topic))));
        json.field("topics").array(|json| topics.iter().for_each(|topic| json.item().text(topic)));
    });
}
