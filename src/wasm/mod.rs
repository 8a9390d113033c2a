//! The boundary: translates, and nothing else. Whatever is exported here can be called natively through `api`.
//!
//! Input comes as JSON that the JavaScript face has written from the caller's values (see `js/plain-json.js`), so that
//! no code of the caller's runs while these calls do. Measured on the demo terms: 3.5 µs, where reading the values
//! one by one through serde-wasm-bindgen takes 7 µs. An export fails with a JavaScript text, the issues as JSON.

use crate::api;
use crate::error::{LoanError, Message};
use crate::json::{self, Json};
use crate::wire::Wire;
use core::cell::Cell;
use wasm_bindgen::prelude::*;

#[cfg(not(feature = "quote-only"))]
mod many;

/// A third of the code of the standard library's allocator (1.5 kB less of brotli), and as fast.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The crate's version, and which build of it this is: what the JavaScript face compares with its own.
#[wasm_bindgen]
pub fn version() -> String {
    VERSION.to_owned()
}

#[cfg(not(feature = "quote-only"))]
const VERSION: &str = env!("CARGO_PKG_VERSION");
#[cfg(feature = "quote-only")]
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+quote");

thread_local! {
    /// Where JavaScript writes a call's text: through the glue it would go character by character.
    static INPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    /// The rows of the last quote. They stay here until the next one, so that JavaScript reads them where they are: a
    /// copy into an array of its own takes longer than the schedule itself.
    static COLUMNS: Cell<Vec<f64>> = const { Cell::new(Vec::new()) };
}

/// More than any text that is meant keeps; what a larger one has taken is given back.
const INPUT_KEPT_MAX: usize = 1 << 20;

/// Where in the memory a text of at most `room` bytes is to be written, for the call that comes next.
#[wasm_bindgen]
pub fn input(room: usize) -> *const u8 {
    let mut bytes = INPUT.take();
    if bytes.len() < room {
        // What stood there is not copied.
        bytes.clear();
        bytes.resize(room, 0);
    }
    let start = bytes.as_ptr();
    INPUT.set(bytes);
    start
}

/// What `read` makes of the text that has been written at [`input`], in `length` bytes.
fn with_input<T>(length: usize, read: impl FnOnce(Option<&str>) -> T) -> T {
    let mut bytes = INPUT.take();
    let value = read(bytes.get(..length).and_then(|text| core::str::from_utf8(text).ok()));
    if bytes.len() > INPUT_KEPT_MAX {
        bytes = Vec::new();
    }
    INPUT.set(bytes);
    value
}

/// A quote of the terms at [`input`], JSON of `length` bytes: see [`api::quote`]. Where rows are asked for, their columns
/// are at [`columns`] until the next call.
///
/// # Errors
/// Those of [`api::quote`].
#[wasm_bindgen]
pub fn quote(length: usize, with_instalments: bool) -> Result<JsValue, JsValue> {
    with_input(length, |terms| {
        let terms = terms.and_then(json::read).ok_or_else(unreadable)?;
        let (head, columns) = api::quote(&terms, with_instalments).map_err(issues)?;
        COLUMNS.set(columns);
        Ok(JsValue::from_str(&head))
    })
}

/// Where in the memory the columns of the last quote or sweep begin; [`api::quote`] and [`crate::offers::sweep_columns`]
/// say what they hold.
#[wasm_bindgen]
pub fn columns() -> *const f64 {
    let columns = COLUMNS.take();
    let start = columns.as_ptr();
    COLUMNS.set(columns);
    start
}

/// Any other call: at [`input`], in `length` bytes, its name on a line and its arguments as one JSON list. What it gives,
/// as JSON.
///
/// # Errors
/// Those of [`api::call`].
#[wasm_bindgen]
pub fn call(length: usize) -> Result<String, JsValue> {
    with_input(length, |text| {
        let (name, arguments) = text.and_then(two_lines).ok_or_else(unreadable)?;
        match json::read(arguments).ok_or_else(unreadable)? {
            Wire::List(arguments) => answer(name, &arguments).map_err(issues),
            only => answer(name, &[only]).map_err(issues),
        }
    })
}

/// JSON of the face has no line break in it.
fn two_lines(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().position(|byte| byte == b'\n')?;
    Some((&text[..end], &text[end + 1..]))
}

#[cfg(not(feature = "quote-only"))]
use api::call as answer;

#[cfg(feature = "quote-only")]
fn answer(name: &str, arguments: &[Wire]) -> Result<String, LoanError> {
    api::call_of_quote(name, arguments).unwrap_or_else(|| Err(api::unknown_call()))
}

/// The face writes JSON always; the error is for callers that go past it.
fn unreadable() -> JsValue {
    issues(LoanError::one("unreadable", "", Message::new("输入不是有效的 JSON", "the input is not valid JSON")))
}

fn issues(error: LoanError) -> JsValue {
    let mut json = Json::default();
    error.write(&mut json);
    JsValue::from_str(&json.into_text())
}
