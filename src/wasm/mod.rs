//! The boundary: translates, and nothing else. Whatever is exported here can be called natively through `api`.

use wasm_bindgen::prelude::*;

/// The crate's version, which the JavaScript face compares with its own.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
