//! The calls behind each export, in plain Rust: unchecked input in, JSON text or columns out.

use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::schedule::Schedule;
use crate::terms::LoanTerms;
use crate::text;
use crate::wire::Wire;
use crate::{canonical, disclosure, explain, offers, precheck, reminder, servicing, standalone, verify};

/// Any call by its name in the contract: its arguments in, what it gives as JSON out. An argument that is not given is
/// [`Wire::Null`], and so is one that is missing at the end; those beyond the last are left alone, as JavaScript does.
///
/// # Errors
/// Those of the call; `unknown_call` for a name that there is not.
///
/// # Example
/// ```
/// let arguments: Vec<clearloan::wire::Wire> = serde_json::from_str(r#"["日息低至0.02%", "2026-11-24"]"#)?;
/// let found = clearloan::api::call("checkMarketing", &arguments)?;
/// assert!(found.starts_with(r#"[{"code":""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn call(name: &str, arguments: &[Wire]) -> Result<String, LoanError> {
    if let Some(answer) = call_of_quote(name, arguments) {
        return answer;
    }
    let argument = |index: usize| arguments.get(index).unwrap_or(&Wire::Null);
    let (first, second, third) = (argument(0), argument(1), argument(2));
    match name {
        "agenda" => reminder::agenda_json(first, second),
        "aprOfFlows" => standalone::apr_of_flows_json(first, second, third),
        "alipayCostDisclosure" => disclosure::alipay_cost_disclosure(first, second),
        "checkMarketing" => disclosure::check_marketing_text(first, second),
        "compare" => offers::compare_json(first),
        "disclose" => disclosure::disclose_terms(first, second),
        "explain" => explain::explain_terms(first, second, third),
        "healthScore" => precheck::calls::health_score(first, second),
        "hostCalendar" => reminder::host_calendar_json(first, second),
        "irr" => standalone::irr_json(first),
        "loadPolicy" => precheck::calls::load_policy(first),
        "precheck" => precheck::calls::precheck(first, second, third),
        "remind" => reminder::remind_json(first, second, third),
        "replay" => servicing::replay_json(first, second, third),
        "subscribeMessages" => reminder::subscribe_messages_json(first, second, third),
        "solve" => offers::solve_json(first, second),
        "sweep" => offers::sweep_json(first, second),
        "translateRate" => offers::translate_rate_json(first),
        "usTolerance" => disclosure::us_tolerance_of(first, second),
        "xirr" => standalone::xirr_json(first, second),
        "yearFraction" => standalone::year_fraction_json(first, second, third, argument(3)),
        _ => match name.strip_prefix("tvm.") {
            Some(function) => standalone::tvm_json(function, arguments),
            None => Err(unknown_call()),
        },
    }
}

/// Those of the calls that go with a quote, and are all that the small build has (see the feature `quote-only`); none for
/// other names.
pub fn call_of_quote(name: &str, arguments: &[Wire]) -> Option<Result<String, LoanError>> {
    let first = arguments.first().unwrap_or(&Wire::Null);
    match name {
        "fingerprint" => Some(fingerprint(first).map(|fingerprint| text::joined(&["", &fingerprint, ""], "\""))),
        "verify" => Some(verify(first)),
        _ => None,
    }
}

/// Of a name that there is not.
pub(crate) fn unknown_call() -> LoanError {
    LoanError::one("unknown_call", "", Message::new("没有这个调用", "there is no such call"))
}

/// `quote`: everything but the rows as JSON, and the rows as columns (see [`Schedule::columns`]); none where
/// `with_instalments` is false.
///
/// # Errors
/// Those of [`LoanTerms::from_wire`] and [`crate::quote()`].
pub fn quote(terms: &Wire, with_instalments: bool) -> Result<(String, Vec<f64>), LoanError> {
    crate::quote::quote_for_page(&LoanTerms::from_wire(terms)?, with_instalments)
}

/// `fingerprint`: SHA-256, hex, of the canonical form of terms and schedule.
///
/// # Errors
/// Those of [`LoanTerms::from_wire`] and [`Schedule::of`].
pub fn fingerprint(terms: &Wire) -> Result<String, LoanError> {
    let terms = LoanTerms::from_wire(terms)?;
    Ok(canonical::fingerprint(&terms, &Schedule::of(&terms)?))
}

/// `verify`: holds somebody else's quote against this engine's, as JSON.
///
/// # Errors
/// Where the quote's terms cannot be quoted.
pub fn verify(quote: &Wire) -> Result<String, LoanError> {
    let differences = verify::differences(quote)?;
    let mut json = Json::default();
    json.object(|json| {
        json.field("differences").array(|json| {
            for difference in &differences {
                json.item().object(|json| {
                    json.field("here").text(&difference.here);
                    json.field("path").text(&difference.path);
                    json.field("there").text(&difference.there);
                });
            }
        });
        json.field("same").boolean(differences.is_empty());
    });
    Ok(json.into_text())
}
