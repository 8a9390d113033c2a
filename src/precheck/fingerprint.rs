//! The fingerprint of a policy: that of the file itself, in the form of RFC 8785.

use crate::json::Json;
use crate::wire::Wire;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// SHA-256, lower-case hexadecimal, of the canonical form; `null`s are left out, as options that were not given.
pub(crate) fn fingerprint(wire: &Wire) -> String {
    let mut json = Json::with_capacity(4096);
    write(wire, &mut json);
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(json.into_text().as_bytes()) {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

/// The same for input that has not been checked; none where it has no canonical form of this kind, so that what is kept under
/// a fingerprint can never be mistaken for something else.
pub(crate) fn of_unchecked(wire: &Wire) -> Option<String> {
    fn is_plain(wire: &Wire, depth: u32) -> bool {
        match wire {
            Wire::Number(_) => false,
            Wire::List(items) => depth < 8 && items.iter().all(|item| *item != Wire::Null && is_plain(item, depth + 1)),
            Wire::Map(fields) => {
                let is_code = |name: &str| {
                    name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
                };
                depth < 8 && fields.iter().all(|(name, value)| is_code(name) && is_plain(value, depth + 1))
            }
            _ => true,
        }
    }
    is_plain(wire, 0).then(|| fingerprint(wire))
}

/// A policy that has been checked nests a handful of levels deep, its names are plain, and it has no numbers.
fn write(wire: &Wire, json: &mut Json) {
    match wire {
        Wire::Null | Wire::Number(_) => json.text(""),
        Wire::Bool(value) => json.boolean(*value),
        Wire::Text(text) => json.text(text),
        Wire::List(items) => json.array(|json| items.iter().for_each(|item| write(item, json.item()))),
        Wire::Map(fields) => json.object(|json| {
            let mut given: Vec<&(Cow<str>, Wire)> = Vec::new();
            for field in fields {
                if field.1 != Wire::Null {
                    let place = given.partition_point(|(name, _)| *name <= field.0);
                    given.insert(place, field);
                }
            }
            for (name, value) in given {
                write(value, json.field(name));
            }
        }),
    }
}
