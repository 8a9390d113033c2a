//! A column of a table, cut into segments: within one, no cell of the column tells two values apart.
//!
//! Numbers and days are cut at every end that a cell or the name's declaration mentions: before the first, the first
//! itself, between it and the second, and so on. Texts are the ones that are mentioned, and one segment for all the
//! others. A missing value is a segment of its own. So a rule is, column by column, a set of segments: overlaps, gaps and
//! unreachable rules are found by comparing sets, and a table is evaluated by finding a segment in each column.

use super::cell::{Cell, Edge, Range, Test, day_number};
use super::check::Work;
use super::value::{Base, Kind, Source, Value, quoted};
use core::cmp::Ordering;
use rust_decimal::Decimal;
use std::sync::Arc;

/// The most rules of a table.
pub(crate) const RULES_MAX: usize = 256;

/// A set of rules, by their index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RuleSet([u64; RULES_MAX / 64]);

impl RuleSet {
    /// The first `count` rules.
    pub(crate) fn first(count: usize) -> RuleSet {
        let mut set = RuleSet::default();
        (0..count).for_each(|rule| set.insert(rule));
        set
    }

    /// One rule.
    pub(crate) fn only(rule: usize) -> RuleSet {
        let mut set = RuleSet::default();
        set.insert(rule);
        set
    }

    pub(crate) fn insert(&mut self, rule: usize) {
        self.0[rule / 64] |= 1 << (rule % 64);
    }

    pub(crate) fn contains(&self, rule: usize) -> bool {
        self.0[rule / 64] >> (rule % 64) & 1 == 1
    }

    pub(crate) fn and(self, other: RuleSet) -> RuleSet {
        RuleSet(core::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    pub(crate) fn or(self, other: RuleSet) -> RuleSet {
        RuleSet(core::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    pub(crate) fn without(self, other: RuleSet) -> RuleSet {
        RuleSet(core::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0 == [0; RULES_MAX / 64]
    }

    /// From the first to the last.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        (0..RULES_MAX / 64).flat_map(move |word| {
            let mut bits = self.0[word];
            core::iter::from_fn(move || {
                (bits != 0).then(|| {
                    let bit = bits.trailing_zeros() as usize;
                    bits &= bits - 1;
                    word * 64 + bit
                })
            })
        })
    }
}

/// The segment of a missing value.
pub(crate) const MISSING: usize = 0;

/// How a column's values are cut into segments.
#[derive(Clone, Debug)]
enum Axis {
    /// Ends, rising. Segment 1 lies before the first, 2 is the first itself, 3 lies behind it, …
    Edges(Vec<Decimal>),
    /// Texts, sorted; segment 1 is the first, and the last segment all others.
    Texts(Vec<Arc<str>>),
    /// 1 is false, 2 is true.
    Booleans,
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub source: Source,
    pub base: Base,
    is_whole: bool,
    axis: Axis,
    /// For each segment, the rules that it meets.
    rules: Vec<RuleSet>,
    /// Whether a value can lie there at all, as far as is known.
    possible: Vec<bool>,
    /// The rules whose cell is not `-`.
    pub restricted: RuleSet,
}

impl Column {
    /// Cuts a column along its cells, one for each rule, and along what is known of its values. None where that is more
    /// work than is left.
    pub(crate) fn new(source: Source, kind: &Kind, cells: &[Cell], work: &mut Work) -> Option<Column> {
        let allowed = kind.allowed.as_deref().unwrap_or(&[]);
        let tests = || {
            cells
                .iter()
                .flat_map(|cell| match cell {
                    Cell::Any => &[],
                    Cell::Of(tests) | Cell::Not(tests) => tests.as_slice(),
                })
                .chain(allowed)
        };
        let axis = match kind.base {
            Base::Boolean => Axis::Booleans,
            Base::Text => {
                let mut texts: Vec<Arc<str>> = tests()
                    .filter_map(|test| match test {
                        Test::Text(text) => Some(Arc::clone(text)),
                        _ => None,
                    })
                    .collect();
                texts.sort_unstable();
                texts.dedup();
                Axis::Texts(texts)
            }
            _ => {
                let mut edges: Vec<Decimal> = tests()
                    .flat_map(|test| match test {
                        Test::Range(Range { low, high }) => [low.map(|edge| edge.at), high.map(|edge| edge.at)],
                        _ => [None, None],
                    })
                    .flatten()
                    .collect();
                edges.sort_unstable();
                edges.dedup();
                Axis::Edges(edges)
            }
        };
        let segment_count = match &axis {
            Axis::Edges(edges) => 2 * edges.len() + 2,
            Axis::Texts(texts) => texts.len() + 2,
            Axis::Booleans => 3,
        };
        work.spend_segments(segment_count, tests().count() + cells.len())?;
        let mut column = Column {
            source,
            base: kind.base,
            is_whole: kind.is_whole,
            axis,
            rules: vec![RuleSet::default(); segment_count],
            possible: vec![false; segment_count],
            restricted: RuleSet::default(),
        };
        for segment in 0..segment_count {
            column.possible[segment] = if segment == MISSING {
                kind.is_optional
            } else {
                let is_allowed = kind.allowed.is_none() || allowed.iter().any(|test| column.is_within(segment, test));
                is_allowed && !(kind.is_whole && column.has_no_whole_number(segment))
            };
            for (rule, cell) in cells.iter().enumerate() {
                let is_met = match cell {
                    Cell::Any => true,
                    Cell::Of(tests) => tests.iter().any(|test| column.is_within(segment, test)),
                    // What is missing meets no `not(…)`.
                    Cell::Not(tests) => segment != MISSING && !tests.iter().any(|test| column.is_within(segment, test)),
                };
                if is_met {
                    column.rules[segment].insert(rule);
                }
            }
        }
        for (rule, cell) in cells.iter().enumerate() {
            if !matches!(cell, Cell::Any) {
                column.restricted.insert(rule);
            }
        }
        Some(column)
    }

    /// Whether every value of the segment meets the test. (If one does, all do.)
    fn is_within(&self, segment: usize, test: &Test) -> bool {
        if segment == MISSING {
            return *test == Test::Missing;
        }
        match (&self.axis, test) {
            (Axis::Edges(edges), Test::Range(range)) => {
                let Range { low, high } = range_of(edges, segment);
                match (low, high) {
                    (Some(low), Some(high)) if low.at == high.at => range.contains(low.at),
                    // Between two neighbouring ends, or beyond the last one.
                    _ => {
                        let above = range.low.is_none_or(|end| low.is_some_and(|low| end.at <= low.at));
                        above && range.high.is_none_or(|end| high.is_some_and(|high| high.at <= end.at))
                    }
                }
            }
            (Axis::Texts(texts), Test::Text(text)) => texts.get(segment - 1) == Some(text),
            (Axis::Booleans, Test::Boolean(value)) => segment == 1 + usize::from(*value),
            _ => false,
        }
    }

    fn has_no_whole_number(&self, segment: usize) -> bool {
        let Axis::Edges(edges) = &self.axis else { return false };
        match range_of(edges, segment) {
            Range { low: Some(low), high: Some(high) } if low.at == high.at => !low.at.fract().is_zero(),
            Range { low: Some(low), high: Some(high) } => {
                // The first whole number above `low`.
                low.at.floor().checked_add(Decimal::ONE).is_none_or(|whole| whole >= high.at)
            }
            _ => false,
        }
    }

    /// Where a value lies.
    pub(crate) fn segment_of(&self, value: &Value) -> usize {
        let among = |edges: &[Decimal], number: Decimal| match edges.binary_search(&number) {
            Ok(index) => 2 * index + 2,
            Err(index) => 2 * index + 1,
        };
        match (&self.axis, value) {
            (Axis::Edges(edges), Value::Number(number)) => among(edges, *number),
            (Axis::Edges(edges), Value::Date(day)) => among(edges, day_number(*day)),
            (Axis::Texts(texts), Value::Text(text)) => {
                texts.binary_search(text).map_or(texts.len() + 1, |index| index + 1)
            }
            (Axis::Booleans, Value::Boolean(value)) => 1 + usize::from(*value),
            _ => MISSING,
        }
    }

    /// The rules whose cell is met there.
    pub(crate) fn rules_at(&self, segment: usize) -> RuleSet {
        self.rules[segment]
    }

    pub(crate) fn segment_count(&self) -> usize {
        self.rules.len()
    }

    /// The segments in which a value can lie, as far as is known.
    pub(crate) fn possible_segments(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.segment_count()).filter(|segment| self.possible[*segment])
    }

    /// These segments as a cell would have them: intervals side by side are one.
    pub(crate) fn shown(&self, segments: &[usize]) -> String {
        let mut tests: Vec<String> = Vec::new();
        match &self.axis {
            Axis::Edges(edges) => {
                let mut open: Option<(usize, Range)> = None;
                let mut joined = Vec::new();
                let possible = |segment: usize| self.possible[segment];
                for &segment in segments.iter().filter(|segment| **segment != MISSING) {
                    let mut range = range_of(edges, segment);
                    // What no value can be neither bounds a range nor keeps its neighbours apart.
                    if !(1..segment).any(possible) {
                        range.low = None;
                    }
                    if !(segment + 1..self.segment_count()).any(possible) {
                        range.high = None;
                    }
                    open = match open {
                        Some((last, before)) if !(last + 1..segment).any(possible) => {
                            Some((segment, Range { high: range.high, ..before }))
                        }
                        _ => {
                            joined.extend(open.map(|(_, range)| range));
                            Some((segment, range))
                        }
                    };
                }
                joined.extend(open.map(|(_, range)| range));
                tests.extend(joined.into_iter().map(|range| self.tidied(range).shown(self.base)));
            }
            Axis::Texts(texts) => {
                let others = texts.len() + 1;
                if segments.contains(&others) {
                    let excluded = (1..others).filter(|segment| !segments.contains(segment));
                    let excluded: Vec<String> = excluded.map(|segment| quoted(&texts[segment - 1])).collect();
                    tests.push(if excluded.is_empty() {
                        "-".to_owned()
                    } else {
                        ["not(", &excluded.join(", "), ")"].concat()
                    });
                } else {
                    tests.extend(segments.iter().filter(|&&at| at != MISSING).map(|&at| quoted(&texts[at - 1])));
                }
            }
            Axis::Booleans => {
                tests.extend(segments.iter().filter(|&&at| at != MISSING).map(|&at| Value::Boolean(at == 2).shown()));
            }
        }
        if segments.contains(&MISSING) {
            tests.push("null".to_owned());
        }
        tests.join(", ")
    }

    /// Whole numbers from 17 to 17 are shown as that, not as what lies between 16 and 18.
    fn tidied(&self, range: Range) -> Range {
        match range {
            Range { low: Some(low), high: Some(high) } if self.is_whole => {
                let closed = |at: Option<Decimal>, edge: Edge| match at {
                    Some(at) if edge.is_open => Edge { at, is_open: false },
                    _ => edge,
                };
                let above = low.at.floor().checked_add(Decimal::ONE);
                let below = high.at.ceil().checked_sub(Decimal::ONE);
                Range { low: Some(closed(above, low)), high: Some(closed(below, high)) }
            }
            _ => range,
        }
    }

    /// Some value for each segment in which one can lie, but for the missing one: what to try where a fact is not known.
    pub(crate) fn samples(&self, is_whole: bool) -> Vec<Value> {
        let sample = |segment: usize| match &self.axis {
            Axis::Edges(edges) => {
                let one = Decimal::ONE;
                let number = match range_of(edges, segment) {
                    Range { low: Some(low), high: Some(high) } if is_whole && low.at != high.at => {
                        low.at.floor().checked_add(one)
                    }
                    Range { low: Some(low), high: Some(high) } => {
                        low.at.checked_add(high.at)?.checked_div(Decimal::TWO)
                    }
                    Range { low: Some(low), high: None } => low.at.floor().checked_add(one),
                    Range { low: None, high: Some(high) } => high.at.ceil().checked_sub(one),
                    Range { low: None, high: None } => Some(Decimal::ZERO),
                }?;
                match self.base {
                    Base::Date => {
                        let day = chrono::NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)?;
                        Some(Value::Date(day))
                    }
                    _ => Some(Value::Number(number)),
                }
            }
            Axis::Texts(texts) => texts.get(segment - 1).map(|text| Value::Text(Arc::clone(text))),
            Axis::Booleans => Some(Value::Boolean(segment == 2)),
        };
        self.possible_segments().filter(|segment| *segment != MISSING).filter_map(sample).collect()
    }
}

/// The numbers of a segment among edges.
fn range_of(edges: &[Decimal], segment: usize) -> Range {
    let edge = |index: usize, is_open| edges.get(index).map(|at| Edge { at: *at, is_open });
    let index = (segment - 1) / 2;
    match (segment % 2).cmp(&0) {
        Ordering::Equal => Range { low: edge(index, false), high: edge(index, false) },
        _ => Range { low: index.checked_sub(1).and_then(|before| edge(before, true)), high: edge(index, true) },
    }
}
