//! Holds a quote that came from elsewhere against the one that this engine computes from its terms.

use crate::cost::Cost;
use crate::error::{LoanError, Message};
use crate::json::{self, Json};
use crate::schedule::Schedule;
use crate::terms::LoanTerms;
use crate::text;
use crate::wire::Wire;

/// One figure that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where: `schedule.instalments[3].interest`.
    pub path: String,
    /// This engine's figure.
    pub here: String,
    /// The quote's figure.
    pub there: String,
}

/// What is written for a figure that one side does not have.
const ABSENT: &str = "(absent)";

/// Every difference in `schedule` and `cost`, to the last cent and day. The terms are taken as given: they decide the
/// figures, and another way to write them is no difference. A quote that came without rows is compared without them.
///
/// # Errors
/// `wrong_type` where it is no quote, and those of its terms, with `terms.` before their fields.
pub fn differences(theirs: &Wire) -> Result<Vec<Difference>, LoanError> {
    let Some(terms) = theirs.get("terms") else {
        return Err(LoanError::one(
            "wrong_type",
            "",
            Message::new(
                "应为 quote 的结果，含 terms、schedule 和 cost",
                "must be a quote with terms, schedule and cost",
            ),
        ));
    };
    let reckoned = LoanTerms::from_wire(terms).and_then(|terms| {
        let schedule = Schedule::of(&terms)?;
        let cost = Cost::of(&terms, &schedule)?;
        Ok((terms, schedule, cost))
    });
    let (terms, schedule, cost) = reckoned.map_err(within_terms)?;
    let came_without_rows = matches!(
        theirs.get("schedule").and_then(|schedule| schedule.get("instalments")),
        Some(Wire::List(rows)) if rows.is_empty()
    );
    let mut json = Json::default();
    json.object(|json| {
        cost.write(json.field("cost"));
        schedule.write(&terms, !came_without_rows, json.field("schedule"));
    });
    let text = json.into_text();
    let ours = json::read(&text).unwrap_or(Wire::Null);
    let mut differences = Vec::new();
    for part in ["schedule", "cost"] {
        compare(part, ours.get(part), theirs.get(part), &mut differences);
    }
    Ok(differences)
}

/// The same problems at their places in a quote.
#[cold]
fn within_terms(mut error: LoanError) -> LoanError {
    for issue in &mut error.issues {
        let within = text::joined(&["terms", &issue.field], ".");
        issue.field = if issue.field.is_empty() { "terms".to_owned() } else { within };
    }
    error
}

fn compare(path: &str, here: Option<&Wire>, there: Option<&Wire>, differences: &mut Vec<Difference>) {
    match (here, there) {
        (Some(Wire::Map(here)), Some(there @ Wire::Map(their_fields))) => {
            for (name, value) in here {
                compare(&text::joined(&[path, name], "."), Some(value), there.get(name), differences);
            }
            for (name, value) in their_fields {
                if !here.iter().any(|(ours, _)| ours == name) {
                    compare(&text::joined(&[path, name], "."), None, Some(value), differences);
                }
            }
        }
        (Some(Wire::List(here)), Some(Wire::List(there))) => {
            for index in 0..here.len().max(there.len()) {
                let path = text::filled("{0}[{1}]", &[path, &text::whole(index as i64)]);
                compare(&path, here.get(index), there.get(index), differences);
            }
        }
        (here, there) if here == there => {}
        // An option that is null is one that is not there.
        (None, Some(Wire::Null)) => {}
        (here, there) => differences.push(Difference { path: path.to_owned(), here: shown(here), there: shown(there) }),
    }
}

fn shown(value: Option<&Wire>) -> String {
    let text = match value {
        None | Some(Wire::Null) => ABSENT,
        Some(Wire::Bool(true)) => "true",
        Some(Wire::Bool(false)) => "false",
        Some(Wire::Number(value)) => return shown_number(*value),
        Some(Wire::Text(value)) => value,
        Some(Wire::List(items)) => return text::filled("[{0}]", &[&text::whole(items.len() as i64)]),
        Some(Wire::Map(_)) => "{…}",
    };
    text.to_owned()
}

/// Figures that are numbers are whole ones (counts and days); what else may stand there needs no digits.
fn shown_number(value: f64) -> String {
    let whole = value as i64;
    if (whole as f64).total_cmp(&value).is_eq() { text::whole(whole) } else { "(not whole)".to_owned() }
}
