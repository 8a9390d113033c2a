//! clearloan (明算): what a loan really costs, what is due when, exact to the last cent and day.
//!
//! One direction of data; a stage uses only what stands to its left, and the base (`error`, `money`, `rate`, `date`):
//!
//! ```text
//! wire → terms → schedule → cost → quote
//! ```
//!
//! [`LoanTerms::from_wire`] is the only door from unchecked to checked input, [`quote()`] does the rest, and `api` holds
//! the calls behind each export of the JavaScript package.

pub mod api;
mod bisect;
pub mod canonical;
pub mod cost;
pub mod date;
pub mod disclosure;
pub mod error;
pub mod exact;
pub mod explain;
pub mod json;
pub mod money;
pub mod offers;
pub mod precheck;
mod quote;
pub mod rate;
pub mod reminder;
pub mod request;
pub mod rules;
pub mod schedule;
pub mod servicing;
pub mod standalone;
pub mod terms;
mod text;
pub mod verify;
pub mod wire;

#[cfg(all(target_arch = "wasm32", feature = "plain"))]
mod plain;
#[cfg(all(target_arch = "wasm32", not(feature = "plain")))]
mod wasm;

pub use error::LoanError;
pub use quote::{Quote, Warning, quote};
pub use schedule::Schedule;
pub use terms::LoanTerms;
