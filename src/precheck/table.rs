//! A decision table (DMN 1.4, chapter 8): read, compiled, evaluated.

use super::axis::{Column, RULES_MAX, RuleSet};
use super::cell::{Cell, parse_literal};
use super::check::{self, Work};
use super::decode::identifier;
use super::fault::Fault;
use super::scope::Scope;
use super::value::{Base, Kind, Value};
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{list, name, object, text};
use crate::wire::Wire;
use rust_decimal::Decimal;
use std::sync::Arc;

/// The most columns of a table.
const COLUMNS_MAX: usize = 16;

pub(super) const TABLE: Shape =
    Shape { name: "Decision.table", required: &["hit", "inputs", "rules"], optional: &["otherwise", "outputOrder"] };
pub(super) const RULE: Shape =
    Shape { name: "Decision.table.rules", required: &["when", "then"], optional: &["reason"] };

/// What is done with the rules that are hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hit {
    /// At most one can be.
    Unique,
    /// The first one counts.
    First,
    /// The one whose output comes first in `outputOrder`.
    Priority,
    /// All of them say the same.
    Any,
    /// All outputs, as a list.
    Collect,
    /// All outputs, added up.
    Sum,
    /// The smallest output.
    Min,
    /// The greatest output.
    Max,
    /// How many there are.
    Count,
}

const HITS: [(&str, Hit); 9] = [
    ("unique", Hit::Unique),
    ("first", Hit::First),
    ("priority", Hit::Priority),
    ("any", Hit::Any),
    ("collect", Hit::Collect),
    ("sum", Hit::Sum),
    ("min", Hit::Min),
    ("max", Hit::Max),
    ("count", Hit::Count),
];

/// A compiled table.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub hit: Hit,
    pub columns: Vec<Column>,
    pub rules: Vec<Rule>,
    /// What holds where no rule is hit.
    pub otherwise: Option<Value>,
}

/// What a rule gives.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub then: Value,
    /// Its place in `outputOrder`; 0 under other hit policies.
    pub rank: usize,
    pub reason: Option<Arc<str>>,
}

impl Table {
    /// The rules that are met in these segments, one of each column.
    pub(crate) fn hit(&self, segments: &[usize]) -> RuleSet {
        let columns = self.columns.iter().zip(segments);
        columns.fold(RuleSet::first(self.rules.len()), |hit, (column, segment)| hit.and(column.rules_at(*segment)))
    }

    /// Those of the rules hit that make the answer; none where `otherwise` holds.
    pub(crate) fn counting(&self, hit: RuleSet) -> RuleSet {
        let with_the_output_of = |rule: Option<usize>| {
            let Some(winner) = rule.map(|rule| &self.rules[rule].then) else { return hit };
            let mut counting = RuleSet::default();
            hit.iter().filter(|rule| self.rules[*rule].then == *winner).for_each(|rule| counting.insert(rule));
            counting
        };
        let number = |rule: &usize| self.rules[*rule].then.number();
        match self.hit {
            Hit::Unique | Hit::First => hit.iter().next().map(RuleSet::only).unwrap_or_default(),
            // All rules with the winning output count: each of them is a reason for it.
            Hit::Priority => with_the_output_of(hit.iter().min_by_key(|rule| self.rules[*rule].rank)),
            Hit::Min => with_the_output_of(hit.iter().min_by_key(number)),
            Hit::Max => with_the_output_of(hit.iter().max_by_key(number)),
            Hit::Any | Hit::Collect | Hit::Sum | Hit::Count => hit,
        }
    }

    /// What follows from the rules that count. `None` where a sum passes 28 digits.
    pub(crate) fn value(&self, counting: RuleSet) -> Option<Value> {
        if counting.is_empty()
            && let Some(otherwise) = &self.otherwise
        {
            return Some(otherwise.clone());
        }
        let mut outputs = counting.iter().map(|rule| &self.rules[rule].then);
        // Where nothing is hit, the sum and the count are 0, and the list is empty.
        Some(match self.hit {
            Hit::Sum => {
                let sum = outputs.filter_map(Value::number).try_fold(Decimal::ZERO, |sum, next| sum.checked_add(next));
                Value::Number(sum?)
            }
            Hit::Count => Value::Number(outputs.count().into()),
            Hit::Collect => self.collected(outputs),
            // A table without `otherwise` has been proven to hit.
            _ => outputs.next().cloned().unwrap_or(Value::Missing),
        })
    }

    fn collected<'v>(&self, outputs: impl Iterator<Item = &'v Value>) -> Value {
        match self.rules.first().map(|rule| rule.then.base()) {
            Some(Base::Number) => Value::Numbers(outputs.filter_map(Value::number).collect()),
            _ => Value::Texts(outputs.filter_map(Value::text).cloned().collect()),
        }
    }

    /// What is known of the output.
    fn kind(&self) -> Kind {
        let outputs = self.rules.iter().map(|rule| &rule.then);
        let one_of = Kind::one_of(outputs.chain(&self.otherwise));
        match self.hit {
            Hit::Collect => Kind::of(if one_of.base == Base::Number { Base::Numbers } else { Base::Texts }),
            Hit::Sum => Kind { allowed: None, ..one_of },
            Hit::Count => Kind { is_whole: true, ..Kind::of(Base::Number) },
            _ => one_of,
        }
    }
}

/// Reads a table and checks it as a whole. Its kind is unknown where it has a fault.
pub(super) fn decode(
    wire: &Wire,
    path: &Path,
    scope: &Scope,
    work: &mut Work,
    problems: &mut Problems,
) -> (Option<Table>, Kind) {
    let faults_before = problems.count();
    let table = decode_parts(wire, path, scope, work, problems);
    if problems.count() > faults_before {
        // What the outputs are is known all the same, so that later tables can be checked against it.
        let kind = table.filter(|table| !table.rules.is_empty()).map_or(Kind::UNKNOWN, |table| table.kind());
        return (None, kind);
    }
    match table {
        Some(table) => {
            let kind = table.kind();
            (Some(table), kind)
        }
        None => (None, Kind::UNKNOWN),
    }
}

fn decode_parts(wire: &Wire, path: &Path, scope: &Scope, work: &mut Work, problems: &mut Problems) -> Option<Table> {
    let fields = object(wire, path, &TABLE, problems)?;
    let field = |wanted: &str| fields.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    let hit = field("hit").and_then(|wire| name(wire, &path.field("hit"), &HITS, problems));
    let inputs_path = path.field("inputs");
    let inputs = field("inputs").and_then(|wire| filled_list(wire, &inputs_path, COLUMNS_MAX, problems))?;
    let mut names = Vec::new();
    let mut kinds = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        let input_path = inputs_path.index(index);
        let Some(name) = text(input, &input_path, problems) else { continue };
        match scope.find(name) {
            Ok((source, kind)) if matches!(kind.base, Base::Numbers | Base::Texts) => {
                let _ = source;
                Fault::type_clash(
                    format!("{name} 是{}，不能作为表的输入列", kind.base.zh_cn()),
                    format!("{name} is {}, which a column cannot test", kind.base.en()),
                )
                .report(&input_path, problems);
            }
            Ok((source, kind)) => {
                names.push(name);
                kinds.push((source, kind));
            }
            Err(fault) => fault.report(&input_path, problems),
        }
    }
    let rules_path = path.field("rules");
    let rule_wires = field("rules").and_then(|wire| filled_list(wire, &rules_path, RULES_MAX, problems))?;
    let columns_are_known = kinds.len() == inputs.len() && kinds.iter().all(|(_, kind)| kind.base != Base::Unknown);
    let mut cells: Vec<Vec<Cell>> = vec![Vec::with_capacity(rule_wires.len()); kinds.len()];
    let mut rules = Vec::with_capacity(rule_wires.len());
    for (index, wire) in rule_wires.iter().enumerate() {
        let rule_path = rules_path.index(index);
        let Some(fields) = object(wire, &rule_path, &RULE, problems) else { continue };
        let mut rule = Rule { then: Value::Missing, rank: 0, reason: None };
        for (name, value) in fields {
            let value_path = rule_path.field(name);
            match name {
                "when" => {
                    let Some(tests) = list(value, &value_path, COLUMNS_MAX, problems) else { continue };
                    if tests.len() != inputs.len() {
                        problems.inconsistent(
                            &value_path,
                            format!("须有 {} 格，与输入列一一对应", inputs.len()),
                            format!("must have {} cells, one for each input", inputs.len()),
                            Some(inputs.len().to_string()),
                        );
                        continue;
                    }
                    if kinds.len() != inputs.len() {
                        continue;
                    }
                    for (column, test) in tests.iter().enumerate() {
                        let test_path = value_path.index(column);
                        let Some(test) = text(test, &test_path, problems) else { continue };
                        match Cell::parse(test, kinds[column].1.base) {
                            Ok(cell) => {
                                if work.spend_tests(cell.test_count()).is_none() {
                                    too_complex(path, problems);
                                    return None;
                                }
                                cells[column].push(cell);
                            }
                            Err(fault) => fault.report(&test_path, problems),
                        }
                    }
                }
                "then" => {
                    if let Some(value) = output(value, &value_path, problems) {
                        rule.then = value;
                    }
                }
                _ => rule.reason = identifier(value, &value_path, problems).map(Into::into),
            }
        }
        rules.push(rule);
    }
    let otherwise = field("otherwise").and_then(|wire| output(wire, &path.field("otherwise"), problems));
    let mut table = Table { hit: hit?, columns: Vec::new(), rules, otherwise };
    check_outputs(&table, path, problems);
    rank_outputs(&mut table, field("outputOrder"), &path.field("outputOrder"), problems);

    let is_whole =
        cells.iter().all(|column| column.len() == table.rules.len()) && rule_wires.len() == table.rules.len();
    if columns_are_known && is_whole && !table.rules.iter().any(|rule| rule.then == Value::Missing) {
        for ((source, kind), cells) in kinds.iter().zip(&cells) {
            let Some(column) = Column::new(*source, kind, cells, work) else {
                too_complex(path, problems);
                return Some(table);
            };
            table.columns.push(column);
        }
        check::check(&table, &names, path, work, problems);
    }
    Some(table)
}

fn too_complex(path: &Path, problems: &mut Problems) {
    let (zh_cn, en) = ("各表的条件合计过多", "the tables have too many tests in all");
    problems.add("too_complex", path, zh_cn.to_owned(), en.to_owned(), None);
}

/// A list with at least one item.
fn filled_list<'w>(wire: &'w Wire, path: &Path, count_max: usize, problems: &mut Problems) -> Option<&'w [Wire]> {
    let items = list(wire, path, count_max, problems)?;
    if items.is_empty() {
        problems.required(path);
        return None;
    }
    Some(items)
}

/// A literal that can be an output.
fn output(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Value> {
    match parse_literal(text(wire, path, problems)?) {
        Ok(Value::Missing) => {
            Fault::type_clash("结果不能是 null", "an output cannot be null").report(path, problems);
            None
        }
        Ok(value) => Some(value),
        Err(fault) => {
            fault.report(path, problems);
            None
        }
    }
}

/// All outputs are of one type, and of one that the hit policy can use.
fn check_outputs(table: &Table, path: &Path, problems: &mut Problems) {
    let Some(base) = table.rules.iter().map(|rule| rule.then.base()).find(|base| *base != Base::Missing) else {
        return;
    };
    let wanted = match table.hit {
        Hit::Sum | Hit::Min | Hit::Max => Some(Base::Number),
        Hit::Collect if base != Base::Number => Some(Base::Text),
        // What is counted may be of any type.
        Hit::Count => None,
        _ => Some(base),
    };
    let rules_path = path.field("rules");
    for (index, rule) in table.rules.iter().enumerate() {
        must_be(&rule.then, wanted, &rules_path.index(index).field("then"), problems);
    }
    let otherwise_path = path.field("otherwise");
    match (&table.otherwise, table.hit) {
        // A list has no literal: without a hit it is empty.
        (Some(_), Hit::Collect) => problems.not_allowed(
            &otherwise_path,
            "collect 表没有命中时结果就是空列表",
            "a \"collect\" table without a hit gives an empty list",
        ),
        (Some(value), Hit::Count) => must_be(value, Some(Base::Number), &otherwise_path, problems),
        (Some(value), _) => must_be(value, wanted, &otherwise_path, problems),
        (None, _) => {}
    }
}

fn must_be(value: &Value, wanted: Option<Base>, path: &Path, problems: &mut Problems) {
    if let Some(wanted) = wanted
        && value.base() != wanted
        && value.base() != Base::Missing
    {
        let (literal, zh_cn, en) = (value.literal(), wanted.zh_cn(), wanted.en());
        Fault::type_clash(format!("{literal} 应为{zh_cn}"), format!("{literal} must be {en}")).report(path, problems);
    }
}

/// Gives each output its place in `outputOrder`, which may write a text with or without quotation marks.
fn rank_outputs(table: &mut Table, order: Option<&Wire>, path: &Path, problems: &mut Problems) {
    match (table.hit, order) {
        (Hit::Priority, None) => problems.required(path),
        (Hit::Priority, Some(order)) => {
            let Some(order) = filled_list(order, path, RULES_MAX, problems) else { return };
            let mut listed: Vec<Value> = Vec::with_capacity(order.len());
            let is_text = table.rules.iter().any(|rule| rule.then.base() == Base::Text);
            for (index, entry) in order.iter().enumerate() {
                let entry_path = path.index(index);
                let Some(entry) = text(entry, &entry_path, problems) else { continue };
                match parse_literal(entry) {
                    Ok(value) => listed.push(value),
                    Err(_) if is_text => listed.push(Value::Text(entry.into())),
                    Err(fault) => fault.report(&entry_path, problems),
                }
            }
            let mut missing: Vec<String> = Vec::new();
            for rule in table.rules.iter_mut().filter(|rule| rule.then != Value::Missing) {
                match listed
                    .iter()
                    .position(|value| *value == rule.then || (is_text && value.shown() == rule.then.shown()))
                {
                    Some(rank) => rule.rank = rank,
                    None => missing.push(rule.then.literal()),
                }
            }
            missing.dedup();
            if !missing.is_empty() {
                let list = missing.join(", ");
                problems.inconsistent(
                    path,
                    format!("缺少结果 {list}"),
                    format!("lacks the outputs {list}"),
                    Some(list),
                );
            }
        }
        (_, Some(_)) => problems.not_allowed(path, "只用于 priority 表", "belongs to \"priority\" tables only"),
        _ => {}
    }
}
