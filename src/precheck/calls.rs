//! The calls behind the exports: unchecked input in, JSON out, with policies kept by their fingerprints.

use super::decode;
use super::health;
use super::policy::{Compiled, Locale};
use crate::error::{LoanError, Message};
use crate::json::{self, Json};
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::object;
use crate::wire::Wire;
use core::cell::RefCell;
use std::sync::{Arc, OnceLock};

/// How many policies are kept. A page has one or two; a server may keep its own [`Compiled`] ones and needs no handles.
const POLICIES_MAX: usize = 64;

pub(super) const HEALTH_OPTIONS: Shape =
    Shape { name: "healthScore.options", required: &[], optional: &["policy", "locale"] };

thread_local! {
    /// The least recently used first.
    static POLICIES: RefCell<Vec<Arc<Compiled>>> = const { RefCell::new(Vec::new()) };
}

/// The kept policy with that fingerprint, which is then the most recently used.
fn kept(fingerprint: &str) -> Option<Arc<Compiled>> {
    POLICIES.with_borrow_mut(|policies| {
        let index = policies.iter().position(|policy| policy.fingerprint() == fingerprint)?;
        let policy = policies.remove(index);
        policies.push(Arc::clone(&policy));
        Some(policy)
    })
}

/// A policy, compiled unless it is kept already.
fn compiled(policy: &Wire) -> Result<Arc<Compiled>, LoanError> {
    // The fingerprint costs a fraction of the checks; only a policy that has passed them is kept under it.
    if let Some(fingerprint) = super::fingerprint::of_unchecked(policy)
        && let Some(policy) = kept(&fingerprint)
    {
        return Ok(policy);
    }
    let policy = Arc::new(decode::policy(policy)?);
    POLICIES.with_borrow_mut(|policies| {
        if policies.len() == POLICIES_MAX {
            policies.remove(0);
        }
        policies.push(Arc::clone(&policy));
    });
    Ok(policy)
}

/// `loadPolicy`: checks and compiles a policy, and keeps it on this thread.
///
/// # Errors
/// Those of [`super::load_policy`].
pub fn load_policy(policy: &Wire) -> Result<String, LoanError> {
    let policy = compiled(policy)?;
    let mut json = Json::default();
    json.object(|json| json.field("fingerprint").text(policy.fingerprint()));
    Ok(json.into_text())
}

/// `precheck`: with a policy or the handle of one that has been loaded on this thread, `{ fingerprint }`.
///
/// # Errors
/// Those of [`super::load_policy`] and [`super::precheck`]; `unknown_policy` where the handle's policy is not kept (any more).
pub fn precheck(policy: &Wire, facts: &Wire, options: &Wire) -> Result<String, LoanError> {
    super::precheck(&*found(policy, "fingerprint")?, facts, options)
}

/// A policy or its handle.
fn found(policy: &Wire, field: &str) -> Result<Arc<Compiled>, LoanError> {
    let handle = match policy {
        Wire::Map(fields) if fields.iter().filter(|(_, value)| *value != Wire::Null).count() == 1 => {
            policy.get("fingerprint")
        }
        _ => None,
    };
    match handle {
        Some(Wire::Text(fingerprint)) => kept(fingerprint).ok_or_else(|| {
            LoanError::one(
                "unknown_policy",
                field,
                Message::new(
                    "没有载入过这个策略，或已被更近使用的策略换出；请再次调用 loadPolicy",
                    "no policy is kept under this fingerprint (any more): call loadPolicy again",
                ),
            )
        }),
        _ => compiled(policy),
    }
}

/// `healthScore`: by the shipped policy, or by the one in the options.
///
/// # Errors
/// Those of the policy, and every fact that is wrong or missing.
pub fn health_score(facts: &Wire, options: &Wire) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let root = Path::Root.field("options");
    let (mut policy, mut locale) = (None, Locale::default());
    if *options != Wire::Null {
        for (field, value) in object(options, &root, &HEALTH_OPTIONS, &mut problems).unwrap_or_default() {
            match field {
                "policy" => policy = Some(value),
                _ => {
                    locale = Locale::read(value, &root.field(field), &mut problems);
                }
            }
        }
    }
    problems.finish(Some(()))?;
    match policy {
        None => health::score(shipped()?, facts, locale),
        Some(policy) => {
            let policy = found(policy, "options.policy.fingerprint").map_err(|mut error| {
                for issue in error.issues.iter_mut().filter(|issue| !issue.field.starts_with("options.")) {
                    let point = if issue.field.is_empty() { "" } else { "." };
                    issue.field = ["options.policy", point, &issue.field].concat();
                }
                error
            })?;
            health::score(&policy, facts, locale)
        }
    }
}

/// The shipped policy of the financial health score, compiled on first use.
fn shipped() -> Result<&'static Compiled, LoanError> {
    static SHIPPED: OnceLock<Result<Compiled, LoanError>> = OnceLock::new();
    let compiled = SHIPPED.get_or_init(|| {
        let text = include_str!("../../policies/financial-health.json");
        decode::policy(&json::read(text).unwrap_or(Wire::Null))
    });
    compiled.as_ref().map_err(Clone::clone)
}
