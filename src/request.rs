//! Whole requests as JSON text, for hosts without JavaScript: `{"call": name, "arguments": [...]}` in,
//! `{"ok": ...}` or `{"error": {"issues": [...]}}` out. It never fails in any other way.

use crate::error::{LoanError, Message};
use crate::json::{self, Json};
use crate::wire::Wire;
use crate::{LoanTerms, api, quote};

/// Answers one request. The calls are those of the JavaScript package, by the same names and with the same arguments,
/// `quote` with its rows among them, and `version`, which takes none.
///
/// # Example
/// ```
/// let answer = clearloan::request::answer(
///     r#"{ "call": "fingerprint", "arguments": [{ "principal": "10000.00", "interest": { "annual": "0.12" },
///          "method": "equalInstalment", "instalmentCount": 4, "disbursementDate": "2026-11-24" }] }"#,
/// );
/// assert!(answer.starts_with(r#"{"ok":""#));
/// let answer = clearloan::request::answer(r#"{ "call": "qoute" }"#);
/// assert!(answer.starts_with(r#"{"error":{"issues":[{"code":"unknown_call""#));
/// ```
#[must_use]
pub fn answer(request: &str) -> String {
    match result_of(request) {
        Ok(result) => ["{\"ok\":", &result, "}"].concat(),
        Err(error) => {
            let mut json = Json::with_capacity(256);
            json.object(|json| json.field("error").object(|json| error.write(json.field("issues"))));
            json.into_text()
        }
    }
}

/// What the call gives, as JSON.
///
/// # Errors
/// `unreadable` where the text is no JSON, `wrong_type` where it is no request, and the call's own.
pub fn result_of(request: &str) -> Result<String, LoanError> {
    let request = json::read(request).ok_or_else(|| {
        LoanError::one("unreadable", "", Message::new("请求不是有效的 JSON", "the request is not valid JSON"))
    })?;
    let Some(Wire::Text(name)) = request.get("call") else {
        return Err(LoanError::one(
            "wrong_type",
            "call",
            Message::new("应为调用的名称，例如 \"quote\"", "must be the name of a call, such as \"quote\""),
        ));
    };
    match request.get("arguments") {
        Some(Wire::List(arguments)) => call(name, arguments),
        None | Some(Wire::Null) => call(name, &[]),
        Some(_) => Err(LoanError::one(
            "wrong_type",
            "arguments",
            Message::new("应为参数列表", "must be the list of the call's arguments"),
        )),
    }
}

/// Any call by its name, `quote` and `version` too.
///
/// # Errors
/// Those of the call; `unknown_call` for a name that there is not.
pub fn call(name: &str, arguments: &[Wire]) -> Result<String, LoanError> {
    match name {
        "quote" => {
            let argument = |index: usize| arguments.get(index).unwrap_or(&Wire::Null);
            quote_json(argument(0), argument(1))
        }
        "version" => Ok(version()),
        _ => api::call(name, arguments),
    }
}

/// `quote` as JSON, with its rows unless the options say `{"instalments": false}`.
///
/// # Errors
/// Those of [`LoanTerms::from_wire`] and [`crate::quote()`]; `wrong_type` and `unknown_field` for the options.
pub fn quote_json(terms: &Wire, options: &Wire) -> Result<String, LoanError> {
    let with_instalments = wants_instalments(options)?;
    let quote = quote(&LoanTerms::from_wire(terms)?)?;
    let rows = if with_instalments { quote.schedule.instalments.len() } else { 0 };
    let mut json = Json::with_capacity(1536 + 256 * rows);
    quote.write(with_instalments, &mut json);
    Ok(json.into_text())
}

/// Versions of the engine and of the dated rules inside it.
fn version() -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.field("engine").text(env!("CARGO_PKG_VERSION"));
        json.field("rules").text(crate::rules::VERSION);
    });
    json.into_text()
}

/// The same words as in js/api.js, where the package reads these options before it crosses.
fn wants_instalments(options: &Wire) -> Result<bool, LoanError> {
    let fields = match options {
        Wire::Null => return Ok(true),
        Wire::Map(fields) => fields,
        _ => {
            return Err(LoanError::one(
                "wrong_type",
                "options",
                Message::new(
                    "选项应为对象，例如 { instalments: false }。",
                    "Options are an object such as { instalments: false }.",
                ),
            ));
        }
    };
    let mut issues = Vec::new();
    for (name, _) in fields.iter().filter(|(name, _)| name != "instalments") {
        issues.extend(
            LoanError::one(
                "unknown_field",
                ["options.", name].concat(),
                Message::new(
                    "没有该选项；唯一的选项是 instalments。",
                    "There is no such option; the only one is instalments.",
                ),
            )
            .issues,
        );
    }
    let wanted = match options.get("instalments") {
        None | Some(Wire::Null) => true,
        Some(Wire::Bool(wanted)) => *wanted,
        Some(_) => {
            issues.extend(
                LoanError::one(
                    "wrong_type",
                    "options.instalments",
                    Message::new("该选项应为 true 或 false。", "This option is true or false."),
                )
                .issues,
            );
            true
        }
    };
    if issues.is_empty() { Ok(wanted) } else { Err(LoanError { issues }) }
}
