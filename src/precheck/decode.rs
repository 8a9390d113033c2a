//! Unchecked input → policy, with every fault at once.

use super::cell::{Test, parse_literal, parse_tests};
use super::check::Work;
use super::decode_result::{affordability, result};
use super::fingerprint::fingerprint;
use super::formula::{self, Step};
use super::policy::{Compiled, Decision, Input, InputType, Logic, Needs, Operator, Words};
use super::scope::Scope;
use super::table;
use super::value::{Base, Kind, Source, Value};
use crate::error::LoanError;
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{boolean, day, label, list, name, object, text};
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

const TYPES: [(&str, InputType); 6] = [
    ("integer", InputType::Integer),
    ("decimal", InputType::Decimal),
    ("boolean", InputType::Boolean),
    ("text", InputType::Text),
    ("date", InputType::Date),
    ("decimals", InputType::Decimals),
];
const OPERATORS: [(&str, Operator); 2] = [("lender", Operator::Lender), ("thirdParty", Operator::ThirdParty)];
/// Reads, checks and compiles a policy.
pub(crate) fn policy(wire: &Wire) -> Result<Compiled, LoanError> {
    let mut problems = Problems::default();
    let compiled = policy_parts(wire, &mut problems);
    if let Wire::Map(fields) = wire {
        problems.sort_by_input(fields);
    }
    problems.finish(compiled)
}

fn policy_parts(wire: &Wire, problems: &mut Problems) -> Option<Compiled> {
    let root = Path::Root;
    let fields = object(wire, &root, &POLICY, problems)?;
    let field = |wanted: &str| fields.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    let id = field("id").and_then(|wire| label(wire, &root.field("id"), problems));
    let version = field("version").and_then(|wire| label(wire, &root.field("version"), problems));
    let lender = field("lender").and_then(|wire| label(wire, &root.field("lender"), problems));
    let lender_url = field("lenderUrl").and_then(|wire| web_address(wire, &root.field("lenderUrl"), problems));
    let valid_from = field("validFrom").and_then(|wire| day(wire, &root.field("validFrom"), problems));
    let valid_to = field("validTo").and_then(|wire| day(wire, &root.field("validTo"), problems));
    if let (Some(from), Some(to)) = (valid_from, valid_to)
        && to < from
    {
        problems.inconsistent(
            &root.field("validTo"),
            "不得早于 validFrom".to_owned(),
            "must not lie before validFrom".to_owned(),
            Some(crate::date::format(from)),
        );
    }
    let operator = field("operator").and_then(|wire| name(wire, &root.field("operator"), &OPERATORS, problems));

    let mut scope = Scope::default();
    let inputs = match field("inputs") {
        Some(wire) => inputs(wire, &root.field("inputs"), &mut scope, problems),
        None => Vec::new(),
    };
    let decisions = match field("decisions") {
        Some(wire) => decisions(wire, &root.field("decisions"), &mut scope, problems),
        None => Vec::new(),
    };
    let result = field("result").and_then(|wire| result(wire, &root.field("result"), &scope, problems));
    let affordability =
        field("affordability").and_then(|wire| affordability(wire, &root.field("affordability"), &scope, problems));
    let messages = match field("messages") {
        Some(wire) => messages(wire, &root.field("messages"), problems),
        None => Vec::new(),
    };
    if !problems.is_empty() {
        return None;
    }
    Some(Compiled {
        id: id?,
        version: version?,
        lender: lender?,
        lender_url,
        valid_from,
        valid_to,
        operator: operator?,
        inputs,
        decisions,
        result: result?,
        affordability,
        messages,
        fingerprint: fingerprint(wire),
    })
}

/// A code or a name of a reason: what can stand in a field's name without being escaped.
pub(crate) fn identifier<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<&'w str> {
    let code = text(wire, path, problems)?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    if !code.is_empty() && code.bytes().all(is_plain) {
        return Some(code);
    }
    problems.add(
        "not_a_code",
        path,
        "代码只能含字母、数字、下划线、连字符和点".to_owned(),
        "a code is letters, digits, underscores, hyphens and points".to_owned(),
        None,
    );
    None
}

fn web_address(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<String> {
    let address = text(wire, path, problems)?;
    if address.starts_with("https://") && address.len() > 8 && !address.contains([' ', '"', '<', '>', '\n', '\r', '\t'])
    {
        return Some(address.to_owned());
    }
    problems.add(
        "not_a_web_address",
        path,
        "应为以 https:// 开头的网址".to_owned(),
        "must be an address that begins with https://".to_owned(),
        None,
    );
    None
}

fn inputs<'p>(wire: &'p Wire, path: &Path, scope: &mut Scope<'p>, problems: &mut Problems) -> Vec<Input> {
    let wires = list(wire, path, NAMES_MAX, problems).unwrap_or(&[]);
    let mut inputs = Vec::with_capacity(wires.len());
    for (index, wire) in wires.iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = object(wire, &path, &INPUT, problems) else { continue };
        let field = |wanted: &str| fields.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        let shape = field("type").and_then(|wire| name(wire, &path.field("type"), &TYPES, problems));
        let is_required = field("required").and_then(|wire| boolean(wire, &path.field("required"), problems));
        let is_sensitive = field("sensitive").and_then(|wire| boolean(wire, &path.field("sensitive"), problems));
        let purpose = field("purpose").and_then(|wire| label(wire, &path.field("purpose"), problems));
        let base = match shape {
            Some(InputType::Integer | InputType::Decimal) => Base::Number,
            Some(InputType::Boolean) => Base::Boolean,
            Some(InputType::Text) => Base::Text,
            Some(InputType::Date) => Base::Date,
            Some(InputType::Decimals) => Base::Numbers,
            None => Base::Unknown,
        };
        let allowed = field("values").and_then(|wire| allowed_values(wire, &path.field("values"), base, problems));
        let kind = Kind {
            is_optional: is_required != Some(true),
            is_whole: shape == Some(InputType::Integer) || base == Base::Date,
            allowed: allowed.map(Into::into),
            ..Kind::of(base)
        };
        let name_path = path.field("name");
        if let Some(name) = field("name").and_then(|wire| text(wire, &name_path, problems)) {
            scope.add(name, Source::Fact(index), kind.clone(), &name_path, problems);
            if let (Some(shape), Some(purpose)) = (shape, purpose) {
                inputs.push(Input {
                    name: name.to_owned(),
                    shape,
                    kind,
                    purpose,
                    is_required: is_required == Some(true),
                    is_sensitive: is_sensitive == Some(true),
                });
            }
        }
    }
    inputs
}

/// Texts as they are (quotation marks may stand around them); for numbers and days, tests: "[18..70]", "12".
fn allowed_values(wire: &Wire, path: &Path, base: Base, problems: &mut Problems) -> Option<Vec<Test>> {
    let entries = list(wire, path, VALUES_MAX, problems)?;
    if entries.is_empty() {
        problems.required(path);
    }
    if matches!(base, Base::Boolean | Base::Numbers) {
        problems.not_allowed(path, "这种类型的输入没有取值列表", "an input of this type has no list of values");
        return None;
    }
    let mut allowed = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let path = path.index(index);
        let Some(entry) = text(entry, &path, problems) else { continue };
        if base == Base::Text {
            let value = match parse_literal(entry) {
                Ok(Value::Text(quoted)) => quoted,
                _ => entry.into(),
            };
            allowed.push(Test::Text(value));
            continue;
        }
        match parse_tests(entry, base) {
            Ok(tests) => allowed.extend(tests),
            Err(fault) => fault.report(&path, problems),
        }
    }
    Some(allowed)
}

fn decisions<'p>(wire: &'p Wire, path: &Path, scope: &mut Scope<'p>, problems: &mut Problems) -> Vec<Decision> {
    let wires = list(wire, path, NAMES_MAX, problems).unwrap_or(&[]);
    scope.expect(wires);
    let mut work = Work::new();
    let mut decisions: Vec<Decision> = Vec::with_capacity(wires.len());
    for (index, wire) in wires.iter().enumerate() {
        scope.reach(index);
        let path = path.index(index);
        let Some(fields) = object(wire, &path, &DECISION, problems) else { continue };
        let field = |wanted: &str| fields.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        let (logic, kind) = match (field("table"), field("formula")) {
            (Some(wire), None) => {
                let (table, kind) = table::decode(wire, &path.field("table"), scope, &mut work, problems);
                (table.map(Logic::Table), kind)
            }
            (None, Some(wire)) => {
                let path = path.field("formula");
                match text(wire, &path, problems).map(|text| formula::compile(text, scope)) {
                    Some(Ok((steps, kind))) => (Some(Logic::Formula(steps)), kind),
                    Some(Err(fault)) => {
                        fault.report(&path, problems);
                        (None, Kind::UNKNOWN)
                    }
                    None => (None, Kind::UNKNOWN),
                }
            }
            _ => {
                problems.exactly_one(&path, &["table", "formula"]);
                (None, Kind::UNKNOWN)
            }
        };
        let name_path = path.field("name");
        if let Some(name) = field("name").and_then(|wire| text(wire, &name_path, problems)) {
            scope.add(name, Source::Decision(index), kind, &name_path, problems);
            if let Some(logic) = logic {
                let mut needs = Needs::default();
                match &logic {
                    Logic::Table(table) => {
                        table.columns.iter().for_each(|column| needs.add(column.source, &decisions));
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
        }
    }
    scope.reach(wires.len());
    decisions
}

fn messages(wire: &Wire, path: &Path, problems: &mut Problems) -> Vec<(String, Words)> {
    let Wire::Map(fields) = wire else {
        problems.wrong_type(path, "对象", "an object");
        return Vec::new();
    };
    if fields.len() > MESSAGES_MAX {
        problems.too_many(path, MESSAGES_MAX);
        return Vec::new();
    }
    let mut messages = Vec::with_capacity(fields.len());
    for (code, wire) in fields.iter().filter(|(_, wire)| *wire != Wire::Null) {
        let path = path.field(code);
        if identifier(&Wire::Text(code.clone()), &path, problems).is_none() {
            continue;
        }
        let mut words = Words::default();
        for (locale, wire) in object(wire, &path, &MESSAGE, problems).unwrap_or_default() {
            let message = text(wire, &path.field(locale), problems).map(str::to_owned);
            *(if locale == "en" { &mut words.en } else { &mut words.zh_cn }) = message;
        }
        messages.push((code.clone(), words));
    }
    messages.sort_by(|(one, _), (other, _)| one.cmp(other));
    messages
}
