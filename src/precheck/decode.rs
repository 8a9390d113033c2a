//! Unchecked input → policy, with every fault at once.

use super::cell::{Test, parse_literal, parse_tests};
use super::check::Work;
use super::decode_result::{affordability, result};
use super::fault::tell;
use super::fields::Fields;
use super::fingerprint::fingerprint;
use super::formula::{self, Step};
use super::lexer::is_name_part;
use super::policy::{Compiled, Decision, Input, InputType, Logic, Needs, Operator, Words};
use super::scope::Scope;
use super::table;
use super::value::{Base, Kind, Source, Value};
use crate::error::LoanError;
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::text;
use crate::wire::Wire;

/// The most inputs, and likewise decisions: a bit of 64 stands for each.
pub(super) const NAMES_MAX: usize = 64;
/// The most entries of an input's list of values.
const VALUES_MAX: usize = 256;
/// The most messages: more than any policy of 64 tables has reasons.
const MESSAGES_MAX: usize = 4_096;

const POLICY: Shape = Shape {
    name: "Policy",
    required: &["id", "version", "lender", "operator", "inputs", "decisions", "result", "messages"],
    optional: &["lenderUrl", "validFrom", "validTo", "affordability"],
};
const INPUT: Shape = Shape {
    name: "Policy.inputs",
    required: &["name", "type", "purpose"],
    optional: &["values", "required", "sensitive"],
};
const DECISION: Shape = Shape { name: "Decision", required: &["name"], optional: &["table", "formula"] };
pub(super) const RESULT: Shape = Shape {
    name: "Policy.result",
    required: &["outcome"],
    optional: &["limit", "annual", "score", "parts", "topics", "band"],
};
pub(super) const AFFORDABILITY: Shape =
    Shape { name: "Policy.affordability", required: &["income", "obligations", "shareMax"], optional: &[] };
const MESSAGE: Shape = Shape { name: "Policy.messages", required: &[], optional: &["zh-CN", "en"] };

/// The objects of a policy and their fields, against which the shipped types are held.
pub const SHAPES: [Shape; 8] = [POLICY, INPUT, DECISION, table::TABLE, table::RULE, RESULT, AFFORDABILITY, MESSAGE];

const TYPE_NAMES: [&str; 6] = ["integer", "decimal", "boolean", "text", "date", "decimals"];
const TYPES: [InputType; 6] =
    [InputType::Integer, InputType::Decimal, InputType::Boolean, InputType::Text, InputType::Date, InputType::Decimals];

/// Reads, checks and compiles a policy.
pub(crate) fn policy(wire: &Wire) -> Result<Compiled, LoanError> {
    let mut problems = Problems::default();
    let compiled = policy_parts(wire, &mut problems);
    if let Wire::Map(fields) = wire {
        problems.sort_by_input(fields);
    }
    problems.finish(compiled)
}

#[inline(never)]
fn policy_parts(wire: &Wire, problems: &mut Problems) -> Option<Compiled> {
    let root = Path::Root;
    let fields = Fields::of(wire, &root, &POLICY, problems)?;
    let id = fields.label("id", problems);
    let version = fields.label("version", problems);
    let lender = fields.label("lender", problems);
    let lender_url = web_address(&fields, problems);
    let valid_from = fields.day("validFrom", problems);
    let valid_to = fields.day("validTo", problems);
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to < from
    {
        let words = ["不得早于 validFrom", "must not lie before validFrom"];
        tell(problems, &root.field("validTo"), "inconsistent", words, [""; 2], &crate::date::format(from));
    }
    let operator = fields.one_of("operator", &["lender", "thirdParty"], problems);

    let mut scope = Scope::default();
    let inputs = inputs(&fields, &mut scope, problems);
    let decisions = decisions(&fields, &mut scope, problems);
    let result = fields.get("result").and_then(|wire| result(wire, &root.field("result"), &scope, problems));
    let affordability = affordability(&fields, &scope, problems);
    let messages = messages(&fields, problems);
    if !problems.is_empty() {
        return None;
    }
    let mut compiled = Compiled {
        id: id?,
        version: version?,
        lender: lender?,
        lender_url,
        valid_from,
        valid_to,
        operator: if operator? == 0 { Operator::Lender } else { Operator::ThirdParty },
        inputs,
        decisions,
        result: result?,
        affordability,
        messages,
        known: scope.known,
        wanted: Needs::default(),
        fingerprint: fingerprint(wire),
    };
    compiled.wanted = compiled.wanted();
    Some(compiled)
}

/// A code of a reason: what can stand in a field's name without being escaped.
#[inline(never)]
pub(super) fn identifier<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<&'w str> {
    let code = text(wire, path, problems)?;
    if !is_code(code) {
        not_a_code(path, problems);
        return None;
    }
    Some(code)
}

/// Letters, digits, underscores, hyphens and points.
pub(super) fn is_code(code: &str) -> bool {
    let is_plain = |letter: u8| is_name_part(letter) || matches!(letter, b'-' | b'.');
    !code.is_empty() && code.bytes().all(is_plain)
}

#[cold]
#[inline(never)]
fn not_a_code(path: &Path, problems: &mut Problems) {
    let words =
        ["代码只能含字母、数字、下划线、连字符和点", "a code is letters, digits, underscores, hyphens and points"];
    tell(problems, path, "not_a_code", words, [""; 2], "");
}

fn web_address(fields: &Fields, problems: &mut Problems) -> Option<String> {
    let address = fields.text("lenderUrl", problems)?;
    let is_plain = |byte: u8| byte > b' ' && !matches!(byte, b'"' | b'<' | b'>');
    if address.starts_with("https://") && address.len() > 8 && address.bytes().all(is_plain) {
        return Some(address.to_owned());
    }
    let words = ["应为以 https:// 开头的网址", "must be an address that begins with https://"];
    tell(problems, &fields.path("lenderUrl"), "not_a_web_address", words, [""; 2], "");
    None
}

#[inline(never)]
fn inputs<'p>(policy: &Fields<'p, '_>, scope: &mut Scope<'p>, problems: &mut Problems) -> Vec<Input> {
    let mut inputs = Vec::new();
    let path = policy.path("inputs");
    for (index, wire) in policy.list("inputs", NAMES_MAX, problems).iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = Fields::of(wire, &path, &INPUT, problems) else { continue };
        let shape = fields.one_of("type", &TYPE_NAMES, problems).map(|index| TYPES[index]);
        let is_required = fields.boolean("required", problems);
        let is_sensitive = fields.boolean("sensitive", problems);
        let purpose = fields.label("purpose", problems);
        let base = match shape {
            Some(InputType::Integer | InputType::Decimal) => Base::Number,
            Some(InputType::Boolean) => Base::Boolean,
            Some(InputType::Text) => Base::Text,
            Some(InputType::Date) => Base::Date,
            Some(InputType::Decimals) => Base::Numbers,
            None => Base::Unknown,
        };
        let kind = Kind {
            is_optional: !is_required,
            is_whole: shape == Some(InputType::Integer) || base == Base::Date,
            allowed: allowed_values(&fields, base, scope, problems),
            ..Kind::of(base)
        };
        let Some(name) = fields.text("name", problems) else { continue };
        scope.add(name, Source::Fact(index), kind, &path.field("name"), problems);
        if let (Some(shape), Some(purpose)) = (shape, purpose) {
            inputs.push(Input { name: name.to_owned(), shape, kind, purpose, is_required, is_sensitive });
        }
    }
    inputs
}

/// Texts as they are (quotation marks may stand around them); for all else tests: "[18..70]", "12", "true".
#[inline(never)]
fn allowed_values(fields: &Fields, base: Base, scope: &mut Scope, problems: &mut Problems) -> Option<u32> {
    fields.get("values")?;
    let path = fields.path("values");
    // A list is judged number by number.
    let base = if base == Base::Numbers { Base::Number } else { base };
    let texts = &mut scope.known.texts;
    let mut allowed = Vec::new();
    for (index, entry) in fields.filled_list("values", VALUES_MAX, problems)?.iter().enumerate() {
        let path = path.index(index);
        let Some(entry) = text(entry, &path, problems) else { continue };
        if base == Base::Text {
            allowed.push(Test::Is(match parse_literal(entry, texts) {
                Ok(quoted @ Value::Text(_)) => quoted,
                _ => Value::Text(texts.keep(entry)),
            }));
            continue;
        }
        match parse_tests(entry, base, texts) {
            Ok(tests) => allowed.extend(tests),
            Err(fault) => fault.report(&path, problems),
        }
    }
    scope.known.keep_set(allowed)
}

#[inline(never)]
fn decisions<'p>(policy: &Fields<'p, '_>, scope: &mut Scope<'p>, problems: &mut Problems) -> Vec<Decision> {
    let wires = policy.list("decisions", NAMES_MAX, problems);
    let path = policy.path("decisions");
    scope.expect(wires);
    let mut work = Work::new();
    let mut decisions: Vec<Decision> = Vec::with_capacity(wires.len());
    for (index, wire) in wires.iter().enumerate() {
        scope.reach(index);
        let path = path.index(index);
        let Some(fields) = Fields::of(wire, &path, &DECISION, problems) else { continue };
        let (logic, kind) = logic(&fields, scope, &mut work, problems);
        let Some(name) = fields.text("name", problems) else { continue };
        scope.add(name, Source::Decision(index), kind, &path.field("name"), problems);
        let Some(logic) = logic else { continue };
        let mut needs = Needs::default();
        match &logic {
            Logic::Table(table) => {
                for column in &table.columns {
                    needs.add(column.source, &decisions);
                }
            }
            Logic::Formula(steps) => {
                for step in steps {
                    if let Step::Load(source) = step {
                        needs.add(*source, &decisions);
                    }
                }
            }
        }
        decisions.push(Decision { name: name.to_owned(), logic, needs });
    }
    scope.reach(wires.len());
    decisions
}

#[inline(never)]
fn logic(fields: &Fields, scope: &mut Scope, work: &mut Work, problems: &mut Problems) -> (Option<Logic>, Kind) {
    match (fields.get("table"), fields.get("formula")) {
        (Some(wire), None) => {
            let (table, kind) = table::decode(wire, &fields.path("table"), scope, work, problems);
            return (table.map(Logic::Table), kind);
        }
        (None, Some(_)) => {
            if let Some(text) = fields.text("formula", problems) {
                match formula::compile(text, scope) {
                    Ok((steps, kind)) => return (Some(Logic::Formula(steps)), kind),
                    Err(fault) => fault.report(&fields.path("formula"), problems),
                }
            }
        }
        _ => problems.exactly_one(fields.whole, &["table", "formula"]),
    }
    (None, Kind::UNKNOWN)
}

#[inline(never)]
fn messages(policy: &Fields, problems: &mut Problems) -> Vec<(String, Words)> {
    let path = policy.path("messages");
    let mut messages = Vec::new();
    let Some(wire) = policy.get("messages") else { return messages };
    let Wire::Map(fields) = wire else {
        problems.wrong_type(&path, "对象", "an object");
        return messages;
    };
    if fields.len() > MESSAGES_MAX {
        problems.too_many(&path, MESSAGES_MAX);
        return messages;
    }
    for (code, wire) in fields {
        let path = path.field(code);
        if *wire == Wire::Null {
            continue;
        }
        if !is_code(code) {
            not_a_code(&path, problems);
            continue;
        }
        if let Some(fields) = Fields::of(wire, &path, &MESSAGE, problems) {
            let words = ["zh-CN", "en"].map(|locale| fields.text(locale, problems).map(str::to_owned));
            messages.push((code.as_ref().to_owned(), words));
        }
    }
    messages
}
