//! A column of a table, cut into segments: within one, no cell of the column tells two values apart.
//!
//! Numbers and days are cut at every end that a cell or the name's declaration mentions: before the first, the first
//! itself, between it and the second, and so on. Texts are the ones that are mentioned, and one segment for all the
//! others. A missing value is a segment of its own. So a rule is, column by column, a set of segments: overlaps, gaps and
//! unreachable rules are found by comparing sets, and a table is evaluated by finding a segment in each column.

use super::arithmetic::{floor, is_whole};
use super::cell::{Cell, Edge, Range, Test, as_number, from_number};
use super::check::Work;
use super::texts::Book;
use super::value::{Base, Kind, Known, Source, Value};
use rust_decimal::Decimal;

/// The most rules of a table.
pub(crate) const RULES_MAX: usize = 256;

/// A set of rules, by their index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RuleSet([u64; RULES_MAX / 64]);

impl RuleSet {
    /// The first `count` rules.
    pub(crate) fn first(count: usize) -> RuleSet {
        let mut set = RuleSet::default();
        for (word, bits) in set.0.iter_mut().enumerate() {
            let here = count.saturating_sub(word * 64);
            *bits = if here >= 64 { u64::MAX } else { (1 << here) - 1 };
        }
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

    /// The first rule from there on.
    #[inline(never)]
    pub(crate) fn next(&self, from: usize) -> Option<usize> {
        let mut word = from / 64;
        let mut bits = self.0.get(word)? & (u64::MAX << (from % 64));
        while bits == 0 {
            word += 1;
            bits = *self.0.get(word)?;
        }
        Some(word * 64 + bits.trailing_zeros() as usize)
    }

    /// From the first to the last.
    pub(crate) fn iter(self) -> Rules {
        Rules { set: self, from: 0 }
    }
}

/// The rules of a set, one after the other.
pub(crate) struct Rules {
    set: RuleSet,
    from: usize,
}

impl Iterator for Rules {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let rule = self.set.next(self.from)?;
        self.from = rule + 1;
        Some(rule)
    }
}

/// The segment of a missing value.
pub(crate) const MISSING: usize = 0;

/// A column is cut at no more places than this: a longer one is more work than is left for it anyway.
const CUTS_MAX: usize = 8_192;

/// How a column's values are cut into segments.
#[derive(Clone, Debug)]
enum Axis {
    /// Ends, rising. Segment 1 lies before the first, 2 is the first itself, 3 lies behind it, …
    Edges(Vec<Decimal>),
    /// Texts by their numbers, rising; segment 1 is the first, and the last segment all others.
    Texts(Vec<u32>),
    /// 1 is false, 2 is true.
    Booleans,
}

impl Axis {
    /// Cuts it at what the tests mention. A place is found by halves and put in: sorting would weigh kilobytes.
    #[inline(never)]
    fn cut(&mut self, tests: &[Test]) {
        for test in tests {
            match (&mut *self, test) {
                (Axis::Edges(edges), Test::Range(range)) => {
                    for edge in [range.low, range.high].into_iter().flatten() {
                        if let Err(place) = edges.binary_search(&edge.at)
                            && edges.len() < CUTS_MAX
                        {
                            edges.insert(place, edge.at);
                        }
                    }
                }
                (Axis::Texts(texts), Test::Is(Value::Text(text))) => {
                    if let Err(place) = texts.binary_search(text)
                        && texts.len() < CUTS_MAX
                    {
                        texts.insert(place, *text);
                    }
                }
                _ => {}
            }
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub source: Source,
    base: Base,
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
    #[inline(never)]
    pub(crate) fn new(source: Source, kind: Kind, cells: &[Cell], known: &Known, work: &mut Work) -> Option<Column> {
        let mut axis = match kind.base {
            Base::Boolean => Axis::Booleans,
            Base::Text => Axis::Texts(Vec::new()),
            _ => Axis::Edges(Vec::new()),
        };
        let allowed = known.allowed(kind);
        let mut test_count = cells.len();
        for cell in cells {
            test_count += cell.tests().len();
            axis.cut(cell.tests());
        }
        if let Some(allowed) = allowed {
            test_count += allowed.len();
            axis.cut(allowed);
        }
        let segment_count = match &axis {
            Axis::Edges(edges) => 2 * edges.len() + 2,
            Axis::Texts(texts) => texts.len() + 2,
            Axis::Booleans => 3,
        };
        work.spend_segments(segment_count, test_count)?;
        let mut column = Column {
            source,
            base: kind.base,
            is_whole: kind.is_whole,
            axis,
            rules: Vec::with_capacity(segment_count),
            possible: Vec::with_capacity(segment_count),
            restricted: RuleSet::default(),
        };
        for segment in 0..segment_count {
            let is_possible = if segment == MISSING {
                kind.is_optional
            } else {
                let is_allowed = allowed.is_none_or(|allowed| column.is_within_any(segment, allowed));
                is_allowed && !(kind.is_whole && column.has_no_whole_number(segment))
            };
            column.possible.push(is_possible);
            let mut rules = RuleSet::default();
            for (rule, cell) in cells.iter().enumerate() {
                let is_within = column.is_within_any(segment, cell.tests());
                let is_met = match cell {
                    Cell::Any => true,
                    Cell::Of(_) => is_within,
                    // What is missing meets no `not(…)`.
                    Cell::Not(_) => segment != MISSING && !is_within,
                };
                if is_met {
                    rules.insert(rule);
                }
                if !matches!(cell, Cell::Any) {
                    column.restricted.insert(rule);
                }
            }
            column.rules.push(rules);
        }
        Some(column)
    }

    /// Whether every value of the segment meets one of the tests. (If one value meets a test, all do.)
    #[inline(never)]
    fn is_within_any(&self, segment: usize, tests: &[Test]) -> bool {
        for test in tests {
            let is_within = match (&self.axis, test) {
                (_, Test::Is(Value::Missing)) => segment == MISSING,
                _ if segment == MISSING => false,
                (Axis::Edges(edges), Test::Range(range)) => lies_within(range_of(edges, segment), range),
                (Axis::Texts(texts), Test::Is(Value::Text(text))) => texts.get(segment - 1) == Some(text),
                (Axis::Booleans, Test::Is(Value::Boolean(value))) => segment == 1 + usize::from(*value),
                _ => false,
            };
            if is_within {
                return true;
            }
        }
        false
    }

    fn has_no_whole_number(&self, segment: usize) -> bool {
        let Axis::Edges(edges) = &self.axis else { return false };
        match range_of(edges, segment) {
            Range { low: Some(low), high: Some(high) } if low.at == high.at => !is_whole(low.at),
            // The first whole number above the lower end is not below the upper one.
            Range { low: Some(low), high: Some(high) } => plus_one(floor(low.at)) >= high.at,
            _ => false,
        }
    }

    /// Where a value lies.
    #[inline(never)]
    pub(crate) fn segment_of(&self, value: Value) -> usize {
        match (&self.axis, value) {
            (Axis::Edges(edges), value) => match as_number(value).map(|number| edges.binary_search(&number)) {
                Some(Ok(index)) => 2 * index + 2,
                Some(Err(index)) => 2 * index + 1,
                None => MISSING,
            },
            (Axis::Texts(texts), Value::Text(text)) => {
                texts.binary_search(&text).map_or(texts.len() + 1, |index| index + 1)
            }
            (Axis::Booleans, Value::Boolean(value)) => 1 + usize::from(value),
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

    /// Whether a value can lie there, as far as is known.
    pub(crate) fn is_possible(&self, segment: usize) -> bool {
        self.possible[segment]
    }

    /// Where numbers or days are told apart, rising.
    pub(crate) fn ends(&self) -> &[Decimal] {
        match &self.axis {
            Axis::Edges(ends) => ends,
            _ => &[],
        }
    }

    fn is_possible_within(&self, from: usize, to: usize) -> bool {
        self.possible[from..to].contains(&true)
    }

    /// These segments as a cell would have them: intervals side by side are one.
    #[inline(never)]
    pub(crate) fn shown(&self, segments: &[usize], book: Book) -> String {
        let mut list = String::new();
        match &self.axis {
            Axis::Edges(edges) => {
                let mut at = 0;
                while at < segments.len() {
                    let first = segments[at];
                    at += 1;
                    if first == MISSING {
                        continue;
                    }
                    // What no value can be neither bounds a range nor keeps its neighbours apart.
                    let mut last = first;
                    while at < segments.len() && !self.is_possible_within(last + 1, segments[at]) {
                        last = segments[at];
                        at += 1;
                    }
                    let mut range = Range { low: range_of(edges, first).low, high: range_of(edges, last).high };
                    if !self.is_possible_within(1, first) {
                        range.low = None;
                    }
                    if !self.is_possible_within(last + 1, self.segment_count()) {
                        range.high = None;
                    }
                    append(&mut list, &self.tidied(range).shown(self.base));
                }
            }
            Axis::Texts(texts) => {
                let has_others = segments.contains(&(texts.len() + 1));
                for (index, text) in texts.iter().enumerate() {
                    if segments.contains(&(index + 1)) != has_others {
                        append(&mut list, &Value::Text(*text).literal(book));
                    }
                }
                if has_others {
                    list = if list.is_empty() { "-".to_owned() } else { ["not(", &list, ")"].concat() };
                }
            }
            Axis::Booleans => {
                for segment in segments {
                    if *segment != MISSING {
                        append(&mut list, &Value::Boolean(*segment == 2).literal(book));
                    }
                }
            }
        }
        if segments.contains(&MISSING) {
            append(&mut list, "null");
        }
        list
    }

    /// Whole numbers from 17 to 17 are shown as that, not as what lies between 16 and 18.
    fn tidied(&self, range: Range) -> Range {
        let Range { low: Some(mut low), high: Some(mut high) } = range else { return range };
        if self.is_whole && low.is_open {
            low = Edge { at: plus_one(floor(low.at)), is_open: false };
        }
        if self.is_whole && high.is_open {
            high = Edge { at: -plus_one(floor(-high.at)), is_open: false };
        }
        Range { low: Some(low), high: Some(high) }
    }

    /// Some value of a segment, where there is one: what to try for a fact that is not known.
    #[inline(never)]
    pub(crate) fn sample(&self, segment: usize) -> Option<Value> {
        match &self.axis {
            _ if segment == MISSING => None,
            Axis::Edges(edges) => {
                let number = match range_of(edges, segment) {
                    Range { low: Some(low), high: Some(high) } if low.at == high.at => low.at,
                    Range { low: Some(low), high: Some(high) } if !self.is_whole => {
                        low.at.checked_add(high.at)?.checked_div(Decimal::TWO)?
                    }
                    Range { low: Some(low), .. } => plus_one(floor(low.at)),
                    Range { low: None, high: Some(high) } => -plus_one(floor(-high.at)),
                    Range { low: None, high: None } => Decimal::ZERO,
                };
                from_number(number, self.base)
            }
            Axis::Texts(texts) => texts.get(segment - 1).map(|text| Value::Text(*text)),
            Axis::Booleans => Some(Value::Boolean(segment == 2)),
        }
    }
}

/// One more; the number itself where that has too many digits.
fn plus_one(number: Decimal) -> Decimal {
    number.checked_add(Decimal::ONE).unwrap_or(number)
}

/// Adds an item to a list with commas.
fn append(list: &mut String, item: &str) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(item);
}

/// The numbers of a segment among edges.
#[inline(never)]
fn range_of(edges: &[Decimal], segment: usize) -> Range {
    let edge = |index: usize| edges.get(index).map(|at| Edge { at: *at, is_open: true });
    let index = (segment - 1) / 2;
    if segment.is_multiple_of(2) {
        return edges.get(index).map_or(Range { low: None, high: None }, |at| Range::point(*at));
    }
    Range { low: index.checked_sub(1).and_then(edge), high: edge(index) }
}

/// Whether a segment lies within a range one of whose ends, if it has any, is an edge.
fn lies_within(segment: Range, range: &Range) -> bool {
    match (segment.low, segment.high) {
        (Some(low), Some(high)) if low.at == high.at => range.contains(low.at),
        // Between two neighbouring edges, or beyond the last one.
        (low, high) => {
            let above = range.low.is_none_or(|end| low.is_some_and(|low| end.at <= low.at));
            above && range.high.is_none_or(|end| high.is_some_and(|high| high.at <= end.at))
        }
    }
}
