//! The life of a loan: every worked number of the definitions (section 10), the order of a day, what each method, day
//! count and option makes of an event, and what is refused.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;

mod events;
mod exact_fractions;
mod fineract;
mod methods;
mod refusals;
mod support;
mod worked;
