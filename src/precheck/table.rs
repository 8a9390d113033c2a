//! A decision table (DMN 1.4, chapter 8): read, compiled, evaluated.

use super::axis::{Column, MISSING, RULES_MAX, RuleSet};
use super::cell::{Cell, parse_literal};
use super::check::{Report, Work, check};
use super::decode::identifier;
use super::fault::{fault, tell, type_clash};
use super::fields::Fields;
use super::scope::Scope;
use super::texts::Book;
use super::value::{Base, Kind, Known, Source, Value};
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{list, text};
use crate::wire::Wire;
use rust_decimal::Decimal;

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

const HIT_NAMES: [&str; 9] = ["unique", "first", "priority", "any", "collect", "sum", "min", "max", "count"];
const HITS: [Hit; 9] =
    [Hit::Unique, Hit::First, Hit::Priority, Hit::Any, Hit::Collect, Hit::Sum, Hit::Min, Hit::Max, Hit::Count];

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
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule {
    pub then: Value,
    /// Its place in `outputOrder`; 0 under other hit policies.
    pub rank: usize,
    /// A code, by its number among the texts.
    pub reason: Option<u32>,
}

impl Table {
    /// The rules that are met in these segments, one of each column.
    #[inline(never)]
    pub(crate) fn hit(&self, segments: &[usize]) -> RuleSet {
        let mut hit = RuleSet::first(self.rules.len());
        for (column, segment) in self.columns.iter().zip(segments) {
            hit = hit.and(column.rules_at(*segment));
        }
        hit
    }

    /// Those of the rules hit that make the answer; none where `otherwise` holds.
    #[inline(never)]
    pub(crate) fn counting(&self, hit: RuleSet) -> RuleSet {
        let is_better = |rule: usize, best: usize| match self.hit {
            Hit::Priority => self.rules[rule].rank < self.rules[best].rank,
            Hit::Min => self.rules[rule].then.number() < self.rules[best].then.number(),
            Hit::Max => self.rules[rule].then.number() > self.rules[best].then.number(),
            _ => false,
        };
        let Some(mut best) = hit.next(0) else { return hit };
        match self.hit {
            Hit::Unique | Hit::First => return RuleSet::only(best),
            Hit::Any | Hit::Collect | Hit::Sum | Hit::Count => return hit,
            Hit::Priority | Hit::Min | Hit::Max => {}
        }
        for rule in hit.iter() {
            if is_better(rule, best) {
                best = rule;
            }
        }
        // All rules with the winning output count: each of them is a reason for it.
        let mut counting = RuleSet::default();
        for rule in hit.iter() {
            if self.rules[rule].then == self.rules[best].then {
                counting.insert(rule);
            }
        }
        counting
    }

    /// What follows from the rules that count; a list goes to `lists`, where lists of facts come first. `None` where a sum
    /// passes 28 digits.
    #[inline(never)]
    pub(crate) fn value(&self, counting: RuleSet, fact_lists: usize, lists: &mut Vec<Vec<Value>>) -> Option<Value> {
        let first = counting.next(0);
        if first.is_none() && self.otherwise.is_some() {
            return self.otherwise;
        }
        let mut sum = Decimal::ZERO;
        let mut outputs = Vec::new();
        if matches!(self.hit, Hit::Sum | Hit::Collect | Hit::Count) {
            for rule in counting.iter() {
                let output = self.rules[rule].then;
                if self.hit == Hit::Sum {
                    sum = sum.checked_add(output.number()?)?;
                }
                outputs.push(output);
            }
        }
        // Where nothing is hit, the sum and the count are 0, and the list is empty.
        Some(match self.hit {
            Hit::Sum => Value::Number(sum),
            Hit::Count => Value::Number(Decimal::from(outputs.len() as u64)),
            Hit::Collect => {
                lists.push(outputs);
                Value::List((fact_lists + lists.len()) as u32 - 1)
            }
            // A table without `otherwise` has been proven to hit, unless a fact is missing.
            _ => first.map_or(Value::Missing, |rule| self.rules[rule].then),
        })
    }

    /// What is known of the output.
    #[inline(never)]
    fn kind(&self, known: &mut Known) -> Kind {
        let mut outputs: Vec<Value> = self.rules.iter().map(|rule| rule.then).collect();
        outputs.extend(self.otherwise);
        let mut kind = known.one_of(&outputs);
        // Without `otherwise`, a table is proven to hit for every value, but not for one that is missing.
        kind.is_optional = self.otherwise.is_none() && self.columns.iter().any(|column| column.is_possible(MISSING));
        match self.hit {
            Hit::Collect => Kind::of(if kind.base == Base::Number { Base::Numbers } else { Base::Texts }),
            Hit::Sum => Kind { allowed: None, is_optional: false, ..kind },
            Hit::Count => Kind { is_whole: true, ..Kind::of(Base::Number) },
            _ => kind,
        }
    }
}

/// Reads a table and checks it as a whole. What its outputs are may be known although it has a fault, so that later tables
/// can be checked against it.
#[inline(never)]
pub(super) fn decode(
    wire: &Wire,
    path: &Path,
    scope: &mut Scope,
    work: &mut Work,
    problems: &mut Problems,
) -> (Option<Table>, Kind) {
    let faults_before = problems.count();
    let table = decode_parts(wire, path, scope, work, problems);
    let Some(table) = table.filter(|table| table.rules.iter().all(|rule| rule.then != Value::Missing)) else {
        return (None, Kind::UNKNOWN);
    };
    let kind = table.kind(&mut scope.known);
    (Some(table).filter(|_| problems.count() == faults_before), kind)
}

#[inline(never)]
fn decode_parts(
    wire: &Wire,
    path: &Path,
    scope: &mut Scope,
    work: &mut Work,
    problems: &mut Problems,
) -> Option<Table> {
    let fields = Fields::of(wire, path, &TABLE, problems)?;
    let hit = fields.one_of("hit", &HIT_NAMES, problems);
    let inputs = fields.filled_list("inputs", COLUMNS_MAX, problems)?;
    let inputs_path = fields.path("inputs");
    let mut names = Vec::new();
    let mut kinds = Vec::new();
    for (index, input) in inputs.iter().enumerate() {
        if let Some((name, source, kind)) = column_input(input, &inputs_path.index(index), scope, problems) {
            names.push(name);
            kinds.push((source, kind));
        }
    }
    let rule_wires = fields.filled_list("rules", RULES_MAX, problems)?;
    let rules_path = fields.path("rules");
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); kinds.len()];
    let mut rules = Vec::with_capacity(rule_wires.len());
    for (index, wire) in rule_wires.iter().enumerate() {
        let rule_path = rules_path.index(index);
        let Some(fields) = Fields::of(wire, &rule_path, &RULE, problems) else { continue };
        let columns = Columns { count: inputs.len(), kinds: &kinds };
        if read_cells(&fields, columns, &mut cells, scope, work, problems).is_none() {
            too_complex(path, problems);
            return None;
        }
        let then = output(&fields, "then", scope, problems);
        let reason = fields.get("reason").and_then(|wire| identifier(wire, &fields.path("reason"), problems));
        let reason = reason.map(|code| scope.known.texts.keep(code));
        rules.push(Rule { then: then.unwrap_or(Value::Missing), rank: 0, reason });
    }
    let otherwise = output(&fields, "otherwise", scope, problems);
    let mut table = Table { hit: HITS[hit?], columns: Vec::new(), rules, otherwise };
    check_outputs(&table, path, scope, problems);
    rank_outputs(&mut table, &fields, scope, problems);

    let is_known = |kind: &(Source, Kind)| kind.1.base != Base::Unknown;
    let is_whole = kinds.len() == inputs.len()
        && kinds.iter().all(is_known)
        && table.rules.len() == rule_wires.len()
        && cells.iter().all(|column| column.len() == table.rules.len())
        && table.rules.iter().all(|rule| rule.then != Value::Missing);
    if !is_whole {
        return Some(table);
    }
    for (index, (source, kind)) in kinds.iter().enumerate() {
        let Some(column) = Column::new(*source, *kind, &cells[index], &scope.known, work) else {
            too_complex(path, problems);
            return Some(table);
        };
        table.columns.push(column);
    }
    let book = Book::of(&scope.known.texts);
    check(&table, work, &mut Report { names: &names, path, book, problems });
    Some(table)
}

#[cold]
#[inline(never)]
fn too_complex(path: &Path, problems: &mut Problems) {
    let words = ["各表的条件合计过多", "the tables have too many tests in all"];
    tell(problems, path, "too_complex", words, [""; 2], "");
}

/// A name that a column can test.
#[inline(never)]
fn column_input<'w>(
    wire: &'w Wire,
    path: &Path,
    scope: &Scope,
    problems: &mut Problems,
) -> Option<(&'w str, Source, Kind)> {
    let name = text(wire, path, problems)?;
    let fault = match scope.find(name) {
        Ok((source, kind)) if !kind.base.is_list() => return Some((name, source, kind)),
        Ok((_, kind)) => {
            let words = ["{0} 是{2}，不能作为表的输入列", "{0} is {2}, which a column cannot test"];
            type_clash(words, name, [kind.base; 2])
        }
        Err(fault) => fault,
    };
    fault.report(path, problems);
    None
}

/// The columns of a table: how many there are, and those of them that are known.
struct Columns<'c> {
    count: usize,
    kinds: &'c [(Source, Kind)],
}

/// Reads the cells of one rule. None where there are too many tests in all.
#[inline(never)]
fn read_cells(
    rule: &Fields,
    columns: Columns,
    cells: &mut [Vec<Cell>],
    scope: &mut Scope,
    work: &mut Work,
    problems: &mut Problems,
) -> Option<()> {
    let path = rule.path("when");
    let Some(tests) = rule.get("when").and_then(|wire| list(wire, &path, COLUMNS_MAX, problems)) else {
        return Some(());
    };
    if tests.len() != columns.count {
        let count = columns.count.to_string();
        let words = ["须有 {0} 格，与输入列一一对应", "must have {0} cells, one for each input"];
        tell(problems, &path, "inconsistent", words, [&count, ""], &count);
    }
    if tests.len() != columns.kinds.len() {
        return Some(());
    }
    for (column, (_, kind)) in columns.kinds.iter().enumerate() {
        let path = path.index(column);
        let Some(test) = text(&tests[column], &path, problems) else { continue };
        match Cell::parse(test, kind.base, &mut scope.known.texts) {
            Ok(cell) => {
                work.spend_tests(cell.tests().len().max(1))?;
                cells[column].push(cell);
            }
            Err(fault) => fault.report(&path, problems),
        }
    }
    Some(())
}

/// A literal that can be an output.
#[inline(never)]
fn output(fields: &Fields, name: &str, scope: &mut Scope, problems: &mut Problems) -> Option<Value> {
    let fault = match parse_literal(fields.text(name, problems)?, &mut scope.known.texts) {
        Ok(Value::Missing) => fault("type_clash", ["结果不能是 null", "an output cannot be null"]),
        Ok(value) => return Some(value),
        Err(fault) => fault,
    };
    fault.report(&fields.whole.field(name), problems);
    None
}

/// All outputs are of one type, and of one that the hit policy can use.
#[inline(never)]
fn check_outputs(table: &Table, path: &Path, scope: &Scope, problems: &mut Problems) {
    let Some(base) = table.rules.iter().map(|rule| rule.then.base()).find(|base| *base != Base::Missing) else {
        return;
    };
    let wanted = match table.hit {
        Hit::Sum | Hit::Min | Hit::Max => Base::Number,
        Hit::Collect if base != Base::Number => Base::Text,
        // What is counted may be of any type.
        Hit::Count => Base::Unknown,
        _ => base,
    };
    let rules_path = path.field("rules");
    for (index, rule) in table.rules.iter().enumerate() {
        must_be(rule.then, wanted, &rules_path.index(index).field("then"), scope, problems);
    }
    let Some(otherwise) = table.otherwise else { return };
    let path = path.field("otherwise");
    match table.hit {
        // A list has no literal: without a hit it is empty.
        Hit::Collect => problems.not_allowed(
            &path,
            "collect 表没有命中时结果就是空列表",
            "a \"collect\" table without a hit gives an empty list",
        ),
        Hit::Count => must_be(otherwise, Base::Number, &path, scope, problems),
        _ => must_be(otherwise, wanted, &path, scope, problems),
    }
}

#[inline(never)]
fn must_be(value: Value, wanted: Base, path: &Path, scope: &Scope, problems: &mut Problems) {
    if value != Value::Missing && !value.base().agrees(wanted) {
        let literal = value.literal(Book::of(&scope.known.texts));
        type_clash(["{0} 应为{2}", "{0} must be {2}"], &literal, [wanted; 2]).report(path, problems);
    }
}

/// Gives each output its place in `outputOrder`, which may write a text with or without quotation marks.
#[inline(never)]
fn rank_outputs(table: &mut Table, fields: &Fields, scope: &mut Scope, problems: &mut Problems) {
    let path = fields.path("outputOrder");
    let is_given = fields.get("outputOrder").is_some();
    if table.hit != Hit::Priority {
        if is_given {
            problems.not_allowed(&path, "只用于 priority 表", "belongs to \"priority\" tables only");
        }
        return;
    }
    if !is_given {
        problems.required(&path);
    }
    let Some(order) = fields.filled_list("outputOrder", RULES_MAX, problems) else { return };
    let mut listed: Vec<Value> = Vec::with_capacity(order.len());
    for (index, entry) in order.iter().enumerate() {
        let path = path.index(index);
        let Some(entry) = text(entry, &path, problems) else { continue };
        let is_text = table.rules.iter().any(|rule| rule.then.base() == Base::Text);
        match parse_literal(entry, &mut scope.known.texts) {
            Ok(value) if value.base() == Base::Text || !is_text => listed.push(value),
            Err(fault) if !is_text => fault.report(&path, problems),
            _ => listed.push(Value::Text(scope.known.texts.keep(entry))),
        }
    }
    for rule in &mut table.rules {
        match listed.iter().position(|value| *value == rule.then) {
            Some(rank) => rule.rank = rank,
            None if rule.then == Value::Missing => {}
            None => {
                let literal = rule.then.literal(Book::of(&scope.known.texts));
                let words = ["缺少结果 {0}", "lacks the output {0}"];
                tell(problems, &path, "inconsistent", words, [&literal, ""], &literal);
                return;
            }
        }
    }
}
