//! Dated facts of law and custom, as data with their sources.

pub(crate) mod china_calendar;
