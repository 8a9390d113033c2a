//! What can be wrong with a table as a whole: rules that overlap, rules that can never be hit, values that no rule takes.
//!
//! A table is judged by itself: every combination of the values that its columns can have counts, even where an earlier
//! decision makes it impossible.

use super::axis::{Column, MISSING, RuleSet};
use super::fault::tell;
use super::table::{Hit, Table};
use super::texts::Book;
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

/// What is needed to tell of a fault.
pub(super) struct Report<'r> {
    pub names: &'r [&'r str],
    pub path: &'r Path<'r>,
    pub book: Book<'r>,
    pub problems: &'r mut Problems,
}

/// Tells of every fault of a table whose columns are all known.
#[inline(never)]
pub(super) fn check(table: &Table, work: &mut Work, report: &mut Report) {
    let rules = RuleSet::first(table.rules.len());
    let met_together = met_together(table);
    let mut can_be_hit = rules;
    for rule in rules.iter() {
        if !met_together[rule].contains(rule) {
            can_be_hit = can_be_hit.without(RuleSet::only(rule));
            never_met(table, rule, report);
        }
    }
    if matches!(table.hit, Hit::Unique | Hit::Any) {
        for rule in can_be_hit.iter() {
            for other in met_together[rule].and(RuleSet::first(rule)).iter() {
                if table.hit == Hit::Unique || table.rules[other].then != table.rules[rule].then {
                    overlap(table, [rule, other], report);
                    break;
                }
            }
        }
    }
    let must_always_hit = !matches!(table.hit, Hit::Collect | Hit::Sum | Hit::Count);
    if must_always_hit && table.otherwise.is_none() {
        let mut place = Vec::new();
        match search(table, None, rules, work, &mut place) {
            Some(true) => {
                let place = shown_place(table, &place, report);
                let words = [
                    "没有规则覆盖 {0}；请补一条规则或写明 otherwise",
                    "no rule takes {0}: add one, or say what holds `otherwise`",
                ];
                tell(report.problems, report.path, "gap", words, [&place, ""], "");
            }
            Some(false) => {}
            None => {
                let words = [
                    "表过于复杂，无法证明覆盖了所有情况；请写明 otherwise",
                    "the table is too complex to prove that some rule always applies: say what holds `otherwise`",
                ];
                tell(report.problems, report.path, "too_complex", words, [""; 2], "");
            }
        }
    }
    if matches!(table.hit, Hit::First | Hit::Priority) {
        for rule in can_be_hit.iter() {
            let mut masking = RuleSet::default();
            for other in rules.iter() {
                let comes_first = match table.hit {
                    Hit::First => other < rule,
                    _ => table.rules[other].rank < table.rules[rule].rank,
                };
                if comes_first {
                    masking.insert(other);
                }
            }
            // Where the question is too hard, the rule has the benefit of the doubt: it does no harm.
            if !masking.is_empty() && search(table, Some(rule), masking, work, &mut Vec::new()) == Some(false) {
                let words = [
                    "前面（或优先）的规则已覆盖它的全部情况，它永远不会生效",
                    "the rules before it (or with a higher priority) take all that it would, so it never counts",
                ];
                let path = report.path.field("rules");
                tell(report.problems, &path.index(rule), "unreachable_rule", words, [""; 2], "");
            }
        }
    }
}

/// The cells for which a rule can never be hit.
#[cold]
#[inline(never)]
fn never_met(table: &Table, rule: usize, report: &mut Report) {
    for (index, column) in table.columns.iter().enumerate() {
        if segments_of(column, &[rule]).is_empty() {
            let words =
                ["{0} 不可能取到这些值，规则永远不会命中", "{0} is never any of these, so the rule can never be hit"];
            let rules_path = report.path.field("rules");
            let rule_path = rules_path.index(rule);
            let path = rule_path.field("when");
            tell(report.problems, &path.index(index), "unreachable_rule", words, [report.names[index], ""], "");
        }
    }
}

#[cold]
#[inline(never)]
fn overlap(table: &Table, rules: [usize; 2], report: &mut Report) {
    let place: Vec<Vec<usize>> = table.columns.iter().map(|column| segments_of(column, &rules)).collect();
    let words = if table.hit == Hit::Unique {
        [
            "unique 表的规则不得重叠：与第 {0} 条规则同时命中 {1}",
            "rules of a \"unique\" table must not overlap: this one and rule {0} both take {1}",
        ]
    } else {
        [
            "any 表中重叠的规则须给出相同结果：与第 {0} 条规则同时命中 {1}",
            "overlapping rules of an \"any\" table must agree: this one and rule {0} both take {1}",
        ]
    };
    let [number, place] = [(rules[1] + 1).to_string(), shown_place(table, &place, report)];
    tell(report.problems, &report.path.field("rules").index(rules[0]), "overlap", words, [&number, &place], "");
}

/// The possible segments of a column in which all these rules are met.
#[inline(never)]
fn segments_of(column: &Column, rules: &[usize]) -> Vec<usize> {
    let mut segments = Vec::new();
    for segment in 0..column.segment_count() {
        let met = column.rules_at(segment);
        if column.is_possible(segment) && rules.iter().all(|rule| met.contains(*rule)) {
            segments.push(segment);
        }
    }
    segments
}

/// Some segments of the first columns, for people; nothing is said of a column in which every value does.
#[cold]
#[inline(never)]
fn shown_place(table: &Table, place: &[Vec<usize>], report: &Report) -> String {
    let mut shown = String::new();
    for (index, segments) in place.iter().enumerate() {
        let column = &table.columns[index];
        if segments_of(column, &[]) == *segments {
            continue;
        }
        if !shown.is_empty() {
            shown.push_str("; ");
        }
        shown.push_str(report.names[index]);
        shown.push_str(": ");
        shown.push_str(&column.shown(segments, report.book));
    }
    if shown.is_empty() { "-".to_owned() } else { shown }
}

/// For each rule, those that some values meet together with it; the rule itself too, if any values meet it at all.
#[inline(never)]
fn met_together(table: &Table) -> Vec<RuleSet> {
    let mut together = vec![RuleSet::first(table.rules.len()); table.rules.len()];
    for column in &table.columns {
        let mut near = vec![RuleSet::default(); table.rules.len()];
        for segment in 0..column.segment_count() {
            if column.is_possible(segment) {
                let rules = column.rules_at(segment);
                for rule in rules.iter() {
                    near[rule] = near[rule].or(rules);
                }
            }
        }
        for (together, near) in together.iter_mut().zip(near) {
            *together = together.and(near);
        }
    }
    together
}

/// Whether there is a combination of segments that none of `rules` takes, looking only where the rule `within` is met, if
/// one is given; `place` then holds a segment of each column up to where it is certain. None where there is too much to
/// look into.
#[inline(never)]
fn search(
    table: &Table,
    within: Option<usize>,
    rules: RuleSet,
    work: &mut Work,
    place: &mut Vec<Vec<usize>>,
) -> Option<bool> {
    let allowance = work.combinations.min(COMBINATIONS_OF_ONE_MAX);
    let mut search = Search { columns: &table.columns, within, left: allowance, place: Vec::new() };
    let reached = search.reaches_uncovered(rules);
    work.combinations -= allowance - search.left;
    for segment in search.place {
        place.push(vec![segment]);
    }
    reached
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
    /// Calls itself once a column, of which there are few.
    fn reaches_uncovered(&mut self, rules: RuleSet) -> Option<bool> {
        if rules.is_empty() {
            return Some(true);
        }
        let columns = self.columns;
        let Some((column, later)) = columns[self.place.len()..].split_first() else { return Some(false) };
        let mut restricted = column.restricted;
        for column in later {
            restricted = restricted.or(column.restricted);
        }
        if !rules.without(restricted).is_empty() {
            return Some(false); // One of them takes whatever the remaining columns have.
        }
        // Segments with the same rules lead to the same answer.
        let mut seen: Vec<RuleSet> = Vec::new();
        for segment in 0..column.segment_count() {
            let here = column.rules_at(segment);
            // What is missing is no gap: where nothing is said of it, the answer is that the fact is missing.
            let is_looked_into = self.within.map_or(segment != MISSING, |rule| here.contains(rule));
            if !column.is_possible(segment) || !is_looked_into {
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
