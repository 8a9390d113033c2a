//! Rates: the worked table of the semantics, other people's published figures, hostile flows, and random ones checked
//! against a slow and simple evaluation.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::float_cmp,
    reason = "a test may panic, and one root gives one float"
)]

mod laws;
mod naive;
mod random;
mod roots;
mod table;
#[path = "../common/vector_text.rs"]
mod vector_text;
mod vectors;
