//! What can be wrong with a table as a whole: rules that overlap, rules that can never be hit, values that no rule takes.
//!
//! A table is judged by itself: every combination of the values that its columns can have counts, even where an earlier
//! decision makes it impossible.

use super::axis::{Column, RuleSet};
use super::table::{Hit, Table};
use crate::terms::problems::{Path, Problems};

/// How much work the checks of one policy may take. A real policy needs a thousandth of it.
pub(crate) struct Work {
    /// Tests that are read, at least one a cell.
    tests: usize,
    /// Segments that are kept, 32 bytes each.
    segments: usize,
    /// Cells that are compared with segments.
    cells: usize,
    /// Combinations of segments that are looked into.
    combinations: usize,
}

/// The same for one question about one table.
const COMBINATIONS_OF_ONE_MAX: usize = 200_000;

impl Work {
    pub(crate) fn new() -> Work {
        Work { tests: 131_072, segments: 65_536, cells: 50_000_000, combinations: 4_000_000 }
    }

    pub(crate) fn spend_tests(&mut self, tests: usize) -> Option<()> {
        self.tests = self.tests.saturating_sub(tests);
        (self.tests > 0).then_some(())
    }

    pub(crate) fn spend_segments(&mut self, segments: usize, cells: usize) -> Option<()> {
        self.segments = self.segments.checked_sub(segments)?;
        self.cells = self.cells.checked_sub(segments.checked_mul(cells)?)?;
        Some(())
    }
}

/// Tells of every fault of a table whose columns are all known.
pub(crate) fn check(table: &Table, names: &[&str], path: &Path, work: &mut Work, problems: &mut Problems) {
    let rules = RuleSet::first(table.rules.len());
    let rules_path = path.field("rules");
    let met_together = met_together(table);
    let mut can_be_hit = rules;
    for rule in rules.iter().filter(|rule| !met_together[*rule].contains(*rule)) {
        can_be_hit = can_be_hit.without(RuleSet::only(rule));
        let rule_path = rules_path.index(rule);
        let when_path = rule_path.field("when");
        for (index, column) in table.columns.iter().enumerate() {
            if !column.possible_segments().any(|segment| column.rules_at(segment).contains(rule)) {
                problems.add(
                    "unreachable_rule",
                    &when_path.index(index),
                    format!("{} 不可能取到这些值，规则永远不会命中", names[index]),
                    format!("{} is never any of these, so the rule can never be hit", names[index]),
                    None,
                );
            }
        }
    }

    for rule in can_be_hit.iter() {
        let before = met_together[rule].and(RuleSet::first(rule));
        let conflicting = match table.hit {
            Hit::Unique => before.iter().next(),
            Hit::Any => before.iter().find(|other| table.rules[*other].then != table.rules[rule].then),
            _ => None,
        };
        if let Some(other) = conflicting {
            let place = common_place(table, names, rule, other);
            let (number, zh_cn, en) = match table.hit {
                Hit::Unique => (other + 1, "unique 表的规则不得重叠", "rules of a \"unique\" table must not overlap"),
                _ => {
                    (other + 1, "any 表中重叠的规则须给出相同结果", "overlapping rules of an \"any\" table must agree")
                }
            };
            problems.add(
                "overlap",
                &rules_path.index(rule),
                format!("{zh_cn}：与第 {number} 条规则同时命中 {place}"),
                format!("{en}: this one and rule {number} both take {place}"),
                None,
            );
        }
    }

    let must_always_hit = !matches!(table.hit, Hit::Collect | Hit::Sum | Hit::Count);
    if must_always_hit && table.otherwise.is_none() {
        match search(table, None, rules, work) {
            Finding::Uncovered(place) => {
                let place = shown_place(table, names, &place);
                problems.add(
                    "gap",
                    path,
                    format!("没有规则覆盖 {place}；请补一条规则或写明 otherwise"),
                    format!("no rule takes {place}: add one, or say what holds `otherwise`"),
                    None,
                );
            }
            Finding::Undecided => problems.add(
                "too_complex",
                path,
                "表过于复杂，无法证明覆盖了所有情况；请写明 otherwise".to_owned(),
                "the table is too complex to prove that some rule always applies: say what holds `otherwise`"
                    .to_owned(),
                None,
            ),
            Finding::Covered => {}
        }
    }

    let masks = |rule: usize| match table.hit {
        Hit::First => RuleSet::first(rule),
        Hit::Priority => {
            let mut higher = RuleSet::default();
            let rank = |rule: usize| table.rules[rule].rank;
            (0..table.rules.len()).filter(|&other| rank(other) < rank(rule)).for_each(|other| higher.insert(other));
            higher
        }
        _ => RuleSet::default(),
    };
    for rule in can_be_hit.iter() {
        let masking = masks(rule);
        // Where the question is too hard, the rule has the benefit of the doubt: it does no harm.
        if !masking.is_empty() && matches!(search(table, Some(rule), masking, work), Finding::Covered) {
            problems.add(
                "unreachable_rule",
                &rules_path.index(rule),
                "前面（或优先）的规则已覆盖它的全部情况，它永远不会生效".to_owned(),
                "the rules before it (or with a higher priority) take all that it would, so it never counts".to_owned(),
                None,
            );
        }
    }
}

/// For each rule, those that some values meet together with it; the rule itself too, if any values meet it at all.
fn met_together(table: &Table) -> Vec<RuleSet> {
    let mut together = vec![RuleSet::first(table.rules.len()); table.rules.len()];
    for column in &table.columns {
        let mut near = vec![RuleSet::default(); table.rules.len()];
        for segment in column.possible_segments() {
            let rules = column.rules_at(segment);
            rules.iter().for_each(|rule| near[rule] = near[rule].or(rules));
        }
        for (together, near) in together.iter_mut().zip(near) {
            *together = together.and(near);
        }
    }
    together
}

/// What both rules take, for people.
fn common_place(table: &Table, names: &[&str], rule: usize, other: usize) -> String {
    let place: Vec<Vec<usize>> = table
        .columns
        .iter()
        .map(|column| {
            let takes = |segment: &usize| {
                let rules = column.rules_at(*segment);
                rules.contains(rule) && rules.contains(other)
            };
            column.possible_segments().filter(takes).collect()
        })
        .collect();
    let places: Vec<&[usize]> = place.iter().map(Vec::as_slice).collect();
    shown_places(&table.columns, names, &places)
}

fn shown_place(table: &Table, names: &[&str], place: &[usize]) -> String {
    let places: Vec<&[usize]> = place.iter().map(core::slice::from_ref).collect();
    shown_places(&table.columns, names, &places)
}

fn shown_places(columns: &[Column], names: &[&str], places: &[&[usize]]) -> String {
    let shown = |(index, place): (usize, &&[usize])| {
        let column = &columns[index];
        // Nothing is said of a column in which every value does.
        let is_any = column.possible_segments().eq(place.iter().copied());
        (!is_any).then(|| [names[index], ": ", &column.shown(place)].concat())
    };
    let parts: Vec<String> = places.iter().enumerate().filter_map(shown).collect();
    if parts.is_empty() { "-".to_owned() } else { parts.join("; ") }
}

/// What a search ended with.
enum Finding {
    /// Some rule takes every combination.
    Covered,
    /// None takes this one; columns that are left out may have any value.
    Uncovered(Vec<usize>),
    /// There was too much to look into.
    Undecided,
}

/// Looks for a combination of segments that none of `rules` takes; only where the rule `within` is met, if one is given.
fn search(table: &Table, within: Option<usize>, rules: RuleSet, work: &mut Work) -> Finding {
    let allowance = work.combinations.min(COMBINATIONS_OF_ONE_MAX);
    let mut search = Search { columns: &table.columns, within, left: allowance, place: Vec::new() };
    let is_uncovered = search.reaches_uncovered(rules);
    work.combinations -= allowance - search.left;
    match is_uncovered {
        Some(true) => Finding::Uncovered(search.place),
        Some(false) => Finding::Covered,
        None => Finding::Undecided,
    }
}

struct Search<'t> {
    columns: &'t [Column],
    within: Option<usize>,
    /// How many combinations may still be looked into.
    left: usize,
    /// One segment of each column so far.
    place: Vec<usize>,
}

impl Search<'_> {
    /// None where there is too much to look into. Calls itself once a column, of which there are few.
    fn reaches_uncovered(&mut self, rules: RuleSet) -> Option<bool> {
        if rules.is_empty() {
            return Some(true);
        }
        let columns = self.columns;
        let Some((column, later)) = columns[self.place.len()..].split_first() else { return Some(false) };
        let restricted = later.iter().fold(column.restricted, |all, column| all.or(column.restricted));
        if !rules.without(restricted).is_empty() {
            return Some(false); // One of them takes whatever the remaining columns have.
        }
        // Segments with the same rules lead to the same answer.
        let mut seen: Vec<RuleSet> = Vec::new();
        for segment in column.possible_segments() {
            let here = column.rules_at(segment);
            if self.within.is_some_and(|rule| !here.contains(rule)) {
                continue;
            }
            self.left = self.left.checked_sub(1 + seen.len() / 32)?;
            let taking = rules.and(here);
            if seen.contains(&taking) {
                continue;
            }
            seen.push(taking);
            self.place.push(segment);
            if self.reaches_uncovered(taking)? {
                return Some(true);
            }
            self.place.pop();
        }
        Some(false)
    }
}
