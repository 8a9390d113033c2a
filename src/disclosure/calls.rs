//! The calls behind the exports: unchecked input in, JSON text out, problems of all arguments at once.

use super::options::{self, Options, argument, both, terms};
use super::{alipay, disclose, marketing, us_tolerance};
use crate::error::LoanError;
use crate::json::Json;
use crate::rules::{Content, Regime, RuleBook, in_units};
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{day, rate};
use crate::wire::Wire;

/// The longest marketing text, in characters: a long page.
pub const MARKETING_TEXT_MAX: usize = 20_000;
/// No published rate is higher.
const RATE_MAX: u32 = 1_000_000;

/// `disclose`.
///
/// # Errors
/// Every bad field of terms and options, the latter by paths such as `options.on`; those of [`disclose`].
pub fn disclose_terms(terms_wire: &Wire, options_wire: &Wire) -> Result<String, LoanError> {
    let (terms, options) = both(terms(terms_wire), Options::from_wire(options_wire))?;
    let disclosure = disclose(&terms, &options)?;
    let mut json = Json::with_capacity(4096);
    disclosure.write(&mut json);
    Ok(json.into_text())
}

/// `usTolerance`.
///
/// # Errors
/// Every bad field of the terms, `disclosedApr`; those of [`us_tolerance`].
pub fn us_tolerance_of(terms_wire: &Wire, disclosed_apr: &Wire) -> Result<String, LoanError> {
    let disclosed =
        argument("disclosedApr", disclosed_apr, |wire, path, problems| rate(wire, path, RATE_MAX, problems));
    let (terms, disclosed) = both(terms(terms_wire), disclosed)?;
    let result = us_tolerance(&terms, in_units(disclosed))?;
    let mut json = Json::default();
    result.write(&mut json);
    Ok(json.into_text())
}

/// `alipayCostDisclosure`.
///
/// # Errors
/// Every bad field of terms and options; those of [`disclose`].
pub fn alipay_cost_disclosure(terms_wire: &Wire, options_wire: &Wire) -> Result<String, LoanError> {
    let (terms, (on, lender)) = both(terms(terms_wire), options::alipay(options_wire))?;
    let rules = RuleBook::default();
    let decimals = rules.in_force(Regime::China, on).iter().find_map(|rule| match rule.content {
        Content::Decimals(decimals) => Some(decimals),
        _ => None,
    });
    let mut json = Json::default();
    alipay::write(&terms, lender, decimals.unwrap_or(2), &mut json)?;
    Ok(json.into_text())
}

/// `checkMarketing`.
///
/// # Errors
/// `text` of more than [`MARKETING_TEXT_MAX`] characters, and either argument of a wrong type.
pub fn check_marketing_text(text: &Wire, on: &Wire) -> Result<String, LoanError> {
    let (text, on) = both(argument("text", text, marketing_text), argument("on", on, day))?;
    let mut json = Json::default();
    marketing::write(&marketing::check_marketing(text, on), &mut json);
    Ok(json.into_text())
}

fn marketing_text<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<&'w str> {
    let Wire::Text(text) = wire else {
        problems.wrong_type(path, "文字", "text");
        return None;
    };
    if text.chars().nth(MARKETING_TEXT_MAX).is_some() {
        problems.add(
            "too_long",
            path,
            format!("最多 {MARKETING_TEXT_MAX} 个字符"),
            format!("must have at most {MARKETING_TEXT_MAX} characters"),
            Some(MARKETING_TEXT_MAX.to_string()),
        );
        return None;
    }
    Some(text)
}
