//! The calls behind each export, in plain Rust: unchecked input in, JSON text or columns out.

use crate::canonical;
use crate::error::LoanError;
use crate::json::Json;
use crate::schedule::Schedule;
use crate::terms::LoanTerms;
use crate::verify;
use crate::wire::Wire;

/// `quote`: everything but the rows as JSON, and the rows as columns (see [`Schedule::columns`]); none where
/// `with_instalments` is false.
///
/// # Errors
/// Those of [`LoanTerms::from_wire`] and [`crate::quote()`].
pub fn quote(terms: &Wire, with_instalments: bool) -> Result<(String, Vec<f64>), LoanError> {
    crate::quote::quote_for_page(&LoanTerms::from_wire(terms)?, with_instalments)
}

/// `fingerprint`: SHA-256, hex, of the canonical form of terms and schedule.
///
/// # Errors
/// Those of [`LoanTerms::from_wire`] and [`Schedule::of`].
pub fn fingerprint(terms: &Wire) -> Result<String, LoanError> {
    let terms = LoanTerms::from_wire(terms)?;
    Ok(canonical::fingerprint(&terms, &Schedule::of(&terms)?))
}

/// `verify`: holds somebody else's quote against this engine's, as JSON.
///
/// # Errors
/// Where the quote's terms cannot be quoted.
pub fn verify(quote: &Wire) -> Result<String, LoanError> {
    let differences = verify::differences(quote)?;
    let mut json = Json::default();
    json.object(|json| {
        json.field("differences").array(|json| {
            for difference in &differences {
                json.item().object(|json| {
                    json.field("here").text(&difference.here);
                    json.field("path").text(&difference.path);
                    json.field("there").text(&difference.there);
                });
            }
        });
        json.field("same").boolean(differences.is_empty());
    });
    Ok(json.into_text())
}
