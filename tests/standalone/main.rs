//! Figures on their own: published examples, every refusal, and random arguments against exact fractions.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;
mod days;
mod edges;
mod naive;
mod random;
mod rates;
mod refusals;
mod spreadsheets;
mod support;
