//! clearloan (明算): what a loan really costs, what is due when, exact to the last cent and day.
//!
//! One direction of data: wire → terms → schedule → cost. A stage uses only what stands to its left and the base
//! (`error`, `money`, `rate`, `date`).

pub mod date;
pub mod error;
pub mod exact;
pub mod json;
pub mod money;
mod rules;
pub mod wire;

#[cfg(target_arch = "wasm32")]
mod wasm;
