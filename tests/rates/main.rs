//! Rates: the worked table of the semantics, other people's published figures, hostile flows, and random ones checked
//! against a slow and simple evaluation.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test may panic, and one root gives one float"
)]

#[path = "../common/mod.rs"]
mod common;
mod laws;
mod loans;
mod naive;
mod random;
mod roots;
mod table;
mod vectors;
