//! Offers beside each other: which is cheapest ([`compare()`]), what a quoted rate really is ([`translate_rate`]), how
//! figures move with the terms ([`Sweep`]), and which terms fit a payment ([`solve()`]). Semantics.md, section 9.

mod bound;
#[cfg(test)]
mod bound_tests;
mod compare;
mod solve;
mod sweep;
mod timeline;
mod translate;

pub use compare::{Comparison, OFFERS_MAX, Offer, compare, compare_json};
pub use solve::{ANNUAL_DECIMALS, Find, solve, solve_json};
pub use sweep::{POINTS_MAX, Sweep, sweep_columns, sweep_json};
pub use translate::{Translation, translate_rate, translate_rate_json};

use crate::error::LoanError;
use crate::money::Currency;
use crate::terms::problems::{Path, Problems};
use crate::wire::Wire;

/// Takes over the problems of what stands at `path`.
fn adopt(problems: &mut Problems, path: &Path, error: LoanError) {
    for issue in error.issues {
        let below = path.field(&issue.field);
        let path = if issue.field.is_empty() { path } else { &below };
        problems.add(issue.code, path, issue.message.zh_cn, issue.message.en, issue.limit);
    }
}

/// The currency that amounts beside these terms are read in; a wrong one is told of by the terms themselves.
fn currency_of(terms: &Wire) -> Currency {
    match terms.get("currency") {
        Some(Wire::Text(code)) => Currency::of(code).unwrap_or(Currency::CNY),
        _ => Currency::CNY,
    }
}
