//! Every host answers as the native engine does: what it answers is written down here, for tests/hosts/*.test.mjs, and
//! the requests of hosts without JavaScript are tested natively.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;
mod golden;
mod requests;
