//! Random policies and facts against a second evaluator, which is naive: it knows no segments, no sets and no stack, keeps
//! cells and formulas as trees of its own, and finds faults by trying every combination of values.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod common;

use clearloan::precheck::{load_policy, precheck};
use common::wire;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// xorshift64*: the same sequence on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % limit
    }

    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }
}

/// A value of a column. Numbers are in halves, so that every edge, its neighbours and what lies between can be tried.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Given {
    Missing,
    Halves(i64),
    Flag(bool),
    Letter(char),
}

impl Given {
    fn json(self, is_integer: bool) -> Value {
        match self {
            Given::Missing => Value::Null,
            Given::Halves(halves) if is_integer => json!(halves / 2),
            Given::Halves(halves) => {
                let sign = if halves < 0 { "-" } else { "" };
                json!(format!("{sign}{}.{}", halves.abs() / 2, if halves % 2 == 0 { "0" } else { "5" }))
            }
            Given::Flag(flag) => json!(flag),
            Given::Letter(letter) => json!(letter.to_string()),
        }
    }
}

#[derive(Clone, Debug)]
enum Test {
    Equal(Given),
    Less(i64),
    AtMost(i64),
    Greater(i64),
    AtLeast(i64),
    Within { low: i64, low_open: bool, high: i64, high_open: bool },
}

impl Test {
    fn text(&self) -> String {
        match self {
            Test::Equal(Given::Missing) => "null".to_owned(),
            Test::Equal(Given::Halves(halves)) => (halves / 2).to_string(),
            Test::Equal(Given::Flag(flag)) => flag.to_string(),
            Test::Equal(Given::Letter(letter)) => format!("\"{letter}\""),
            Test::Less(edge) => format!("< {edge}"),
            Test::AtMost(edge) => format!("<={edge}"),
            Test::Greater(edge) => format!(">{edge}"),
            Test::AtLeast(edge) => format!(">= {edge}"),
            Test::Within { low, low_open, high, high_open } => {
                format!("{}{low}..{high}{}", if *low_open { "(" } else { "[" }, if *high_open { ")" } else { "]" })
            }
        }
    }

    fn is_met(&self, given: Given) -> bool {
        match (self, given) {
            (Test::Equal(wanted), given) => *wanted == given,
            (Test::Less(edge), Given::Halves(halves)) => halves < 2 * edge,
            (Test::AtMost(edge), Given::Halves(halves)) => halves <= 2 * edge,
            (Test::Greater(edge), Given::Halves(halves)) => halves > 2 * edge,
            (Test::AtLeast(edge), Given::Halves(halves)) => halves >= 2 * edge,
            (Test::Within { low, low_open, high, high_open }, Given::Halves(halves)) => {
                let above = if *low_open { halves > 2 * low } else { halves >= 2 * low };
                let below = if *high_open { halves < 2 * high } else { halves <= 2 * high };
                above && below
            }
            _ => false,
        }
    }
}

#[derive(Clone, Debug)]
struct Cell {
    is_any: bool,
    is_negated: bool,
    tests: Vec<Test>,
}

impl Cell {
    fn text(&self) -> String {
        let list = self.tests.iter().map(Test::text).collect::<Vec<_>>().join(", ");
        match (self.is_any, self.is_negated) {
            (true, _) => "-".to_owned(),
            (_, true) => format!("not({list})"),
            _ => list,
        }
    }

    fn is_met(&self, given: Given) -> bool {
        if self.is_any {
            return true;
        }
        let some = self.tests.iter().any(|test| test.is_met(given));
        if self.is_negated { given != Given::Missing && !some } else { some }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum ColumnType {
    Integer,
    Decimal,
    Boolean,
    Text,
}

struct Column {
    column_type: ColumnType,
    is_optional: bool,
    cells: Vec<Cell>,
}

impl Column {
    /// Every value that the column can have, as far as cells can tell: numbers lie within 0..6 or are cut at whole numbers.
    fn domain(&self) -> Vec<Given> {
        let mut domain: Vec<Given> = match self.column_type {
            ColumnType::Integer => (0..=6).map(|number| Given::Halves(2 * number)).collect(),
            ColumnType::Decimal => (-3..=21).map(Given::Halves).collect(),
            ColumnType::Boolean => vec![Given::Flag(false), Given::Flag(true)],
            ColumnType::Text => "ABC".chars().map(Given::Letter).collect(),
        };
        if self.is_optional {
            domain.push(Given::Missing);
        }
        domain
    }

    fn random(random: &mut Random, rule_count: usize) -> Column {
        let column_type =
            [ColumnType::Integer, ColumnType::Decimal, ColumnType::Boolean, ColumnType::Text][random.below(4) as usize];
        let is_optional = random.chance(25);
        let cells = (0..rule_count).map(|_| random_cell(random, column_type)).collect();
        Column { column_type, is_optional, cells }
    }

    fn input(&self, name: &str) -> Value {
        let (input_type, values) = match self.column_type {
            ColumnType::Integer => ("integer", json!(["[0..6]"])),
            ColumnType::Decimal => ("decimal", Value::Null),
            ColumnType::Boolean => ("boolean", Value::Null),
            ColumnType::Text => ("text", json!(["A", "B", "C"])),
        };
        json!({ "name": name, "type": input_type, "values": values, "purpose": "random", "required": !self.is_optional })
    }
}

fn random_cell(random: &mut Random, column_type: ColumnType) -> Cell {
    let tests = (0..1 + random.below(3)).map(|_| random_test(random, column_type)).collect();
    Cell { is_any: random.chance(35), is_negated: random.chance(20), tests }
}

fn random_test(random: &mut Random, column_type: ColumnType) -> Test {
    if random.chance(8) {
        return Test::Equal(Given::Missing);
    }
    match column_type {
        ColumnType::Boolean => Test::Equal(Given::Flag(random.chance(50))),
        ColumnType::Text => Test::Equal(Given::Letter(['A', 'B', 'C', 'D'][random.below(4) as usize])),
        _ => {
            let edge = random.below(7) as i64;
            match random.below(6) {
                0 => Test::Less(edge),
                1 => Test::AtMost(edge),
                2 => Test::Greater(edge),
                3 => Test::AtLeast(edge),
                4 => Test::Equal(Given::Halves(2 * edge)),
                _ => {
                    let high = edge + random.below(4) as i64;
                    Test::Within { low: edge, low_open: random.chance(50), high, high_open: random.chance(50) }
                }
            }
        }
    }
}

const HITS: [&str; 9] = ["unique", "first", "priority", "any", "collect", "sum", "min", "max", "count"];

struct Table {
    hit: &'static str,
    columns: Vec<Column>,
    outputs: Vec<i64>,
    otherwise: Option<i64>,
    order: [i64; 3],
}

impl Table {
    fn random(random: &mut Random) -> Table {
        let hit = HITS[random.below(9) as usize];
        let rule_count = 1 + random.below(5) as usize;
        let columns = (0..1 + random.below(3)).map(|_| Column::random(random, rule_count)).collect();
        let outputs = (0..rule_count).map(|_| random.below(3) as i64).collect();
        let otherwise = (hit != "collect" && random.chance(60)).then_some(7);
        let order = [[0, 1, 2], [2, 0, 1], [1, 2, 0]][random.below(3) as usize];
        Table { hit, columns, outputs, otherwise, order }
    }

    fn policy(&self) -> Value {
        let names: Vec<String> = (0..self.columns.len()).map(|index| format!("x{index}")).collect();
        let rules: Vec<Value> = (0..self.outputs.len())
            .map(|rule| {
                let when: Vec<String> = self.columns.iter().map(|column| column.cells[rule].text()).collect();
                json!({ "when": when, "then": self.outputs[rule].to_string() })
            })
            .collect();
        let order: Vec<String> = self.order.iter().map(i64::to_string).collect();
        let table = json!({
            "hit": self.hit, "inputs": names, "rules": rules,
            "otherwise": self.otherwise.map(|value| value.to_string()),
            "outputOrder": if self.hit == "priority" { json!(order) } else { Value::Null }
        });
        let inputs: Vec<Value> = self.columns.iter().zip(&names).map(|(column, name)| column.input(name)).collect();
        json!({
            "id": "random", "version": "1", "lender": "Random", "operator": "lender", "inputs": inputs,
            "decisions": [
                { "name": "tested", "table": table },
                { "name": "counted", "formula": if self.hit == "collect" { "count(tested)" } else { "tested + 0" } },
                { "name": "outcome", "formula": "if counted > 1 then \"eligible\" else \"refer\"" }
            ],
            "result": { "outcome": "outcome", "score": "counted" }, "messages": {}
        })
    }

    fn combinations(&self) -> Vec<Vec<Given>> {
        self.columns.iter().fold(vec![Vec::new()], |combinations, column| {
            let longer = combinations.iter().flat_map(|combination| {
                column.domain().into_iter().map(|value| {
                    let mut longer = combination.clone();
                    longer.push(value);
                    longer
                })
            });
            longer.collect()
        })
    }

    fn hits(&self, values: &[Given]) -> Vec<usize> {
        let is_hit = |rule: &usize| {
            let mut columns = self.columns.iter().zip(values);
            columns.all(|(column, value)| column.cells[*rule].is_met(*value))
        };
        (0..self.outputs.len()).filter(is_hit).collect()
    }

    fn rank(&self, rule: usize) -> usize {
        self.order.iter().position(|output| *output == self.outputs[rule]).expect("listed")
    }

    /// "code rule" of every fault, by trying everything.
    fn faults(&self) -> BTreeSet<String> {
        let mut faults = BTreeSet::new();
        let all = self.combinations();
        let hits: Vec<Vec<usize>> = all.iter().map(|values| self.hits(values)).collect();
        let must_hit = !["collect", "sum", "count"].contains(&self.hit);
        let is_whole = |values: &[Given]| !values.contains(&Given::Missing);
        if must_hit
            && self.otherwise.is_none()
            && all.iter().zip(&hits).any(|(all, hits)| is_whole(all) && hits.is_empty())
        {
            faults.insert("gap".to_owned());
        }
        for rule in 0..self.outputs.len() {
            for column in &self.columns {
                if !column.domain().iter().any(|value| column.cells[rule].is_met(*value)) {
                    faults.insert(format!("unreachable_rule {rule}"));
                }
            }
            let together = |other: usize| hits.iter().any(|hits| hits.contains(&rule) && hits.contains(&other));
            let conflicts = |other: usize| match self.hit {
                "unique" => together(other),
                "any" => self.outputs[rule] != self.outputs[other] && together(other),
                _ => false,
            };
            if (0..rule).any(conflicts) {
                faults.insert(format!("overlap {rule}"));
            }
            let counts = |hits: &Vec<usize>| match self.hit {
                "first" => hits.first() == Some(&rule),
                "priority" => hits.iter().all(|other| self.rank(*other) >= self.rank(rule)),
                _ => true,
            };
            if !hits.iter().any(|hits| hits.contains(&rule) && counts(hits)) {
                faults.insert(format!("unreachable_rule {rule}"));
            }
        }
        faults
    }

    /// What the trace shows, and the rules that count.
    fn answer(&self, values: &[Given]) -> (String, Vec<usize>) {
        let hits = self.hits(values);
        let outputs: Vec<i64> = hits.iter().map(|rule| self.outputs[*rule]).collect();
        let value = match self.hit {
            "collect" => {
                let list = outputs.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
                return (format!("[{list}]"), hits);
            }
            _ if hits.is_empty() => {
                let nothing = ["sum", "count"].contains(&self.hit).then_some(0);
                // No gap: only what is missing hits nothing.
                return (self.otherwise.or(nothing).map_or("null".to_owned(), |value| value.to_string()), hits);
            }
            "unique" | "first" => return (outputs[0].to_string(), vec![hits[0]]),
            "any" => outputs[0],
            "priority" => *self.order.iter().find(|output| outputs.contains(output)).expect("listed"),
            "sum" => return (outputs.iter().sum::<i64>().to_string(), hits),
            "count" => return (hits.len().to_string(), hits),
            "min" => *outputs.iter().min().expect("a hit"),
            _ => *outputs.iter().max().expect("a hit"),
        };
        (value.to_string(), hits.into_iter().filter(|rule| self.outputs[*rule] == value).collect())
    }
}

#[test]
fn random_tables_have_the_faults_and_the_answers_that_trying_everything_finds() {
    let mut random = Random(20_260_301);
    let (mut sound, mut faulty) = (0, 0);
    for round in 0..3_000 {
        let table = Table::random(&mut random);
        let policy = table.policy();
        let expected = table.faults();
        let compiled = match load_policy(&wire(&policy)) {
            Ok(compiled) => {
                assert!(expected.is_empty(), "round {round}: {expected:?} not found in {policy}");
                compiled
            }
            Err(error) => {
                let found: BTreeSet<String> = error
                    .issues
                    .iter()
                    .map(|issue| {
                        let field = issue.field.strip_prefix("decisions[0].table").expect("in the table");
                        let rule = field.strip_prefix(".rules[").and_then(|rest| rest.split(']').next());
                        rule.map_or(issue.code.to_owned(), |rule| format!("{} {rule}", issue.code))
                    })
                    .collect();
                assert_eq!(found, expected, "round {round}: {policy}");
                faulty += 1;
                continue;
            }
        };
        sound += 1;
        let all = table.combinations();
        for _ in 0..12 {
            let values = &all[random.below(all.len() as u64) as usize];
            let facts: serde_json::Map<String, Value> = table
                .columns
                .iter()
                .zip(values)
                .enumerate()
                .map(|(index, (column, value))| {
                    (format!("x{index}"), value.json(column.column_type == ColumnType::Integer))
                })
                .collect();
            let facts = Value::Object(facts);
            let text = precheck(&compiled, &wire(&facts), &wire(&Value::Null)).expect("an answer");
            let result: Value = serde_json::from_str(&text).expect("JSON");
            let (value, rules) = table.answer(values);
            let traced = &result["trace"][0];
            assert_eq!(traced["value"], value, "round {round}: {facts} in {policy}");
            assert_eq!(traced["rule"].as_u64(), rules.first().map(|rule| *rule as u64 + 1), "{facts} in {policy}");
            if rules.len() > 1 {
                let numbers: Vec<usize> = rules.iter().map(|rule| rule + 1).collect();
                assert_eq!(traced["rules"], json!(numbers), "{facts} in {policy}");
            }
        }
    }
    assert!(sound > 500 && faulty > 500, "{sound} sound, {faulty} faulty");
}

/// A formula as a tree; numbers are whole, so that the naive evaluator needs no fractions.
enum Tree {
    Number(i64),
    Fact(usize),
    Truth(bool),
    Flag(usize),
    Binary(&'static str, Box<Tree>, Box<Tree>),
    Negate(Box<Tree>),
    Not(Box<Tree>),
    Absolute(Box<Tree>),
    Extreme(&'static str, Vec<Tree>),
    If(Box<Tree>, Box<Tree>, Box<Tree>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Naive {
    Null,
    Number(i128),
    Truth(bool),
}

impl Tree {
    fn number(random: &mut Random, depth: u32) -> Tree {
        let deeper = |random: &mut Random| Box::new(Tree::number(random, depth - 1));
        if depth == 0 || random.chance(15) {
            return if random.chance(50) {
                Tree::Number(random.below(20) as i64 - 6)
            } else {
                Tree::Fact(random.below(3) as usize)
            };
        }
        match random.below(8) {
            0 | 1 => Tree::Binary("+", deeper(random), deeper(random)),
            2 | 3 => Tree::Binary("-", deeper(random), deeper(random)),
            4 => Tree::Binary("*", deeper(random), deeper(random)),
            5 => match random.below(2) {
                0 => Tree::Negate(deeper(random)),
                _ => Tree::Absolute(deeper(random)),
            },
            6 => {
                let items = (0..1 + random.below(3)).map(|_| Tree::number(random, depth - 1)).collect();
                Tree::Extreme(if random.chance(50) { "min" } else { "max" }, items)
            }
            _ => Tree::If(Box::new(Tree::truth(random, depth - 1)), deeper(random), deeper(random)),
        }
    }

    fn truth(random: &mut Random, depth: u32) -> Tree {
        let number = |random: &mut Random| Box::new(Tree::number(random, depth.saturating_sub(1)));
        if depth == 0 || random.chance(15) {
            return if random.chance(30) {
                Tree::Truth(random.chance(50))
            } else {
                Tree::Flag(random.below(2) as usize)
            };
        }
        let deeper = |random: &mut Random| Box::new(Tree::truth(random, depth - 1));
        match random.below(6) {
            0 => Tree::Not(deeper(random)),
            1 => Tree::Binary("and", deeper(random), deeper(random)),
            2 => Tree::Binary("or", deeper(random), deeper(random)),
            _ => {
                let sign = ["=", "!=", "<", "<=", ">", ">="][random.below(6) as usize];
                Tree::Binary(sign, number(random), number(random))
            }
        }
    }

    fn binding(&self) -> u32 {
        match self {
            Tree::If(..) => 0,
            Tree::Binary("or", ..) => 1,
            Tree::Binary("and", ..) => 2,
            Tree::Binary("+" | "-", ..) => 4,
            Tree::Binary("*", ..) => 5,
            Tree::Binary(..) => 3,
            Tree::Negate(_) => 7,
            Tree::Number(number) if *number < 0 => 7,
            _ => 8,
        }
    }

    /// With no more brackets than are needed, so that precedence is tested too.
    fn text(&self) -> String {
        let side = |tree: &Tree, least: u32| {
            if tree.binding() < least { format!("({})", tree.text()) } else { tree.text() }
        };
        match self {
            Tree::Number(number) => number.to_string(),
            Tree::Fact(fact) => format!("x{fact}"),
            Tree::Truth(value) => value.to_string(),
            Tree::Flag(flag) => format!("b{flag}"),
            Tree::Binary(sign, left, right) => {
                let binding = self.binding();
                // Comparisons stand beside none; all others go from left to right.
                let left_least = if binding == 3 { 4 } else { binding };
                format!("{} {sign} {}", side(left, left_least), side(right, binding + 1))
            }
            Tree::Negate(tree) => format!("-{}", side(tree, 8)),
            Tree::Not(tree) => format!("not({})", tree.text()),
            Tree::Absolute(tree) => format!("abs({})", tree.text()),
            Tree::Extreme(name, items) => {
                format!("{name}({})", items.iter().map(Tree::text).collect::<Vec<_>>().join(", "))
            }
            Tree::If(condition, then, otherwise) => {
                format!("if {} then {} else {}", condition.text(), then.text(), otherwise.text())
            }
        }
    }

    fn value(&self, numbers: &[Naive; 3], flags: &[Naive; 2]) -> Naive {
        let of = |tree: &Tree| tree.value(numbers, flags);
        match self {
            Tree::Number(number) => Naive::Number(i128::from(*number)),
            Tree::Fact(fact) => numbers[*fact],
            Tree::Truth(value) => Naive::Truth(*value),
            Tree::Flag(flag) => flags[*flag],
            Tree::Negate(tree) => match of(tree) {
                Naive::Number(number) => Naive::Number(-number),
                other => other,
            },
            Tree::Absolute(tree) => match of(tree) {
                Naive::Number(number) => Naive::Number(number.abs()),
                other => other,
            },
            Tree::Not(tree) => match of(tree) {
                Naive::Truth(value) => Naive::Truth(!value),
                other => other,
            },
            Tree::Extreme(name, items) => {
                let values: Vec<Naive> = items.iter().map(of).collect();
                let numbers: Vec<i128> = values
                    .iter()
                    .filter_map(|value| if let Naive::Number(number) = value { Some(*number) } else { None })
                    .collect();
                if numbers.len() < values.len() {
                    return Naive::Null;
                }
                let extreme = if *name == "min" { numbers.iter().min() } else { numbers.iter().max() };
                Naive::Number(*extreme.expect("one at least"))
            }
            Tree::If(condition, then, otherwise) => {
                if of(condition) == Naive::Truth(true) {
                    of(then)
                } else {
                    of(otherwise)
                }
            }
            Tree::Binary(sign, left, right) => match (*sign, of(left), of(right)) {
                ("and", Naive::Truth(false), _) | ("and", _, Naive::Truth(false)) => Naive::Truth(false),
                ("or", Naive::Truth(true), _) | ("or", _, Naive::Truth(true)) => Naive::Truth(true),
                ("=", left, right) => Naive::Truth(left == right),
                ("!=", left, right) => Naive::Truth(left != right),
                (_, Naive::Null, _) | (_, _, Naive::Null) => Naive::Null,
                ("and", ..) => Naive::Truth(true),
                ("or", ..) => Naive::Truth(false),
                (sign, Naive::Number(left), Naive::Number(right)) => match sign {
                    "+" => Naive::Number(left + right),
                    "-" => Naive::Number(left - right),
                    "*" => Naive::Number(left * right),
                    "<" => Naive::Truth(left < right),
                    "<=" => Naive::Truth(left <= right),
                    ">" => Naive::Truth(left > right),
                    _ => Naive::Truth(left >= right),
                },
                _ => panic!("a tree of one type"),
            },
        }
    }
}

#[test]
fn random_formulas_give_what_their_trees_give() {
    let mut random = Random(42);
    let (mut tried, mut nulls) = (0, 0);
    while tried < 6_000 {
        let is_number = random.chance(60);
        let tree = if is_number { Tree::number(&mut random, 4) } else { Tree::truth(&mut random, 4) };
        let text = tree.text();
        if text.chars().count() > 512 {
            continue;
        }
        tried += 1;
        let input = |name: &str, input_type: &str| json!({ "name": name, "type": input_type, "purpose": "random" });
        let policy = json!({
            "id": "random", "version": "1", "lender": "Random", "operator": "lender",
            "inputs": [input("x0", "integer"), input("x1", "decimal"), input("x2", "integer"), input("b0", "boolean"), input("b1", "boolean")],
            "decisions": [
                { "name": "tested", "formula": text },
                { "name": "outcome", "formula": "if tested = null then \"refer\" else \"eligible\"" }
            ],
            "result": { "outcome": "outcome" }, "messages": {}
        });
        let compiled = load_policy(&wire(&policy)).unwrap_or_else(|error| panic!("{text}: {error}"));
        for _ in 0..4 {
            let numbers: [Option<i64>; 3] =
                core::array::from_fn(|_| (!random.chance(15)).then(|| random.below(30) as i64 - 12));
            let flags: [Option<bool>; 2] = core::array::from_fn(|_| (!random.chance(15)).then(|| random.chance(50)));
            let facts = json!({ "x0": numbers[0], "x1": numbers[1].map(|number| number.to_string()), "x2": numbers[2], "b0": flags[0], "b1": flags[1] });
            let expected = tree.value(
                &numbers.map(|number| number.map_or(Naive::Null, |number| Naive::Number(number.into()))),
                &flags.map(|flag| flag.map_or(Naive::Null, Naive::Truth)),
            );
            let shown = match expected {
                Naive::Null => "null".to_owned(),
                Naive::Number(number) => number.to_string(),
                Naive::Truth(value) => value.to_string(),
            };
            let answer =
                precheck(&compiled, &wire(&facts), &wire(&json!({}))).unwrap_or_else(|error| panic!("{text}: {error}"));
            let result: Value = serde_json::from_str(&answer).expect("JSON");
            assert_eq!(result["trace"][0]["value"], shown, "{text} with {facts}");
            nulls += u32::from(expected == Naive::Null);
        }
    }
    assert!(nulls > 500, "{nulls}");
}
