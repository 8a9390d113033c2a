//! The canonical form of a quote and its fingerprint (semantics.md section 11): whoever reckons the same terms gets the
//! same bytes.

use crate::json::Json;
use crate::schedule::Schedule;
use crate::terms::LoanTerms;
use sha2::{Digest, Sha256};

/// {"schedule", "terms"} in the form of RFC 8785: sorted keys, no blanks, defaults filled in.
#[must_use]
pub fn canonical(terms: &LoanTerms, schedule: &Schedule) -> String {
    let mut json = Json::with_capacity(512 + 256 * schedule.instalments.len());
    json.object(|json| {
        schedule.write(terms, true, json.field("schedule"));
        terms.write(json.field("terms"));
    });
    json.into_text()
}

/// SHA-256 of the canonical form, in lower-case hexadecimal.
#[must_use]
pub fn fingerprint(terms: &LoanTerms, schedule: &Schedule) -> String {
    let digest = Sha256::digest(canonical(terms, schedule).as_bytes());
    let mut text = String::with_capacity(64);
    for byte in digest {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}
