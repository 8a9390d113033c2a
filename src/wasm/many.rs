//! Exports for many quotes and for flows of a caller's own, which the small build leaves out.

use super::{COLUMNS, issues, two_lines, unreadable, with_input};
use crate::{json, offers, standalone};
use wasm_bindgen::prelude::*;

/// Many quotes: at [`super::input`], in `length` bytes, the terms on a line and the grid on the next. The head as JSON; their
/// columns are at [`super::columns`] until the next call.
///
/// # Errors
/// Those of [`offers::sweep_columns`].
#[wasm_bindgen]
pub fn sweep(length: usize) -> Result<JsValue, JsValue> {
    with_input(length, |text| {
        let (terms, grid) = text.and_then(two_lines).ok_or_else(unreadable)?;
        let terms = json::read(terms).ok_or_else(unreadable)?;
        let grid = json::read(grid).ok_or_else(unreadable)?;
        let (head, columns) = offers::sweep_columns(&terms, &grid).map_err(issues)?;
        COLUMNS.set(columns);
        Ok(JsValue::from_str(&head))
    })
}

/// A rate of the flows at [`super::input`], lines of `length` bytes in all: see [`standalone::rate_of_lines`]. Empty where the
/// general call is to be asked.
#[wasm_bindgen]
pub fn rate_of_lines(length: usize, count: usize, are_dated: bool) -> String {
    with_input(length, |lines| standalone::rate_of_lines(lines?, count, are_dated)).unwrap_or_default()
}
