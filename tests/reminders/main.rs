//! Reminders: the plan, the calendar file, hosts' calendars and messages, and the agenda over several loans.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

#[path = "../common/mod.rs"]
mod common;

mod agenda;
mod calendar_file;
mod hosts;
mod messages;
mod plan;
mod support;
