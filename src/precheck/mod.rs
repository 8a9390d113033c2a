//! Pre-check (预审): whether it is worth applying, why, and what would change the answer.
//!
//! A policy is data: decision tables of DMN with S-FEEL unary tests in their cells, and short formulas in a part of FEEL. It
//! is compiled once ([`load_policy`]) and evaluated on the device, exactly; the same file runs on the lender's server.
//!
//! ```text
//! policy → decode (table, formula; check) → Compiled ─┐
//! facts ──────────────────────────────────────────────┼→ evaluate → reasons, affordability, suggestions → result
//! terms → schedule → figures ─────────────────────────┘
//! ```

mod affordability;
mod answer;
mod arithmetic;
mod axis;
pub mod calls;
mod cell;
mod check;
mod decode;
mod decode_result;
mod evaluate;
mod facts;
mod fault;
mod fields;
mod figures;
mod fingerprint;
mod formula;
mod health;
mod lexer;
mod loan;
mod policy;
mod reasons;
mod scope;
mod suggest;
mod table;
mod texts;
mod value;
mod words;

pub use answer::precheck;
pub use decode::SHAPES;
pub use policy::Compiled;

use crate::error::LoanError;
use crate::wire::Wire;

/// Checks and compiles a policy.
///
/// # Errors
/// Every fault at once, each by its place in the policy: `decisions[2].table.rules[5].when[1]`.
pub fn load_policy(policy: &Wire) -> Result<Compiled, LoanError> {
    decode::policy(policy)
}
