//! The boundary: translates, and nothing else. Whatever is exported here can be called natively through `api`.
//!
//! An export fails with a JavaScript text: the list of issues as JSON. The JavaScript face hands over nothing but plain
//! copies of the caller's values (see `js/snapshot.js`), so that no code of the caller's runs while these do.

use crate::api;
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::wire::Wire;
use js_sys::{Array, Float64Array};
use wasm_bindgen::prelude::*;

/// The crate's version, which the JavaScript face compares with its own.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// A quote: its JSON without rows, and the rows as columns of minor units; see [`api::quote`].
///
/// # Errors
/// Those of [`api::quote`].
#[wasm_bindgen]
pub fn quote(terms: JsValue, with_instalments: bool) -> Result<Array, JsValue> {
    let (head, columns) = api::quote(&wire(terms)?, with_instalments).map_err(issues)?;
    Ok(Array::of2(&JsValue::from_str(&head), &Float64Array::from(columns.as_slice())))
}

/// SHA-256, hex, of the canonical form of terms and schedule.
///
/// # Errors
/// Those of [`api::fingerprint`].
#[wasm_bindgen]
pub fn fingerprint(terms: JsValue) -> Result<String, JsValue> {
    api::fingerprint(&wire(terms)?).map_err(issues)
}

/// Holds somebody else's quote against this engine's, as JSON.
///
/// # Errors
/// Those of [`api::verify`].
#[wasm_bindgen]
pub fn verify(quote: JsValue) -> Result<String, JsValue> {
    api::verify(&wire(quote)?).map_err(issues)
}

/// Plain data always converts; the error is for callers that go past the JavaScript face.
fn wire(value: JsValue) -> Result<Wire, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(|_| {
        issues(LoanError::one("unreadable", "", Message::new("只能传入普通数据", "only plain data can be read")))
    })
}

fn issues(error: LoanError) -> JsValue {
    let mut json = Json::default();
    error.write(&mut json);
    JsValue::from_str(&json.into_text())
}
