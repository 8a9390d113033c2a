//! A caller's own rows: unchecked input → rules, every fault at once.

use super::{
    Certainty, Confirmation, Content, FIGURES_IN_STATEMENTS, LenderType, Lenders, Limit, Measure, NO_END, RATE_UNIT,
    Regime, Rule,
};
use crate::date;
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{day, integer, label_text, list, name, object, rate};
use crate::wire::Wire;
use rust_decimal::Decimal;

/// The most rows of a caller.
const RULES_MAX: usize = 256;
/// The longest reading time: an hour.
const READING_SECONDS_MAX: u32 = 3_600;
/// No rate is published with more decimals.
const DECIMALS_MAX: u32 = 8;
/// The highest cap, and the highest multiple of the loan prime rate.
const LIMIT_MAX: u32 = 1_000;

const COMMON: &[&str] = &["until", "certainty"];

const fn shape(name: &'static str, required: &'static [&'static str]) -> Shape {
    Shape { name, required, optional: COMMON }
}

const LEGAL_BASIS: Shape = shape("Rule.legalBasis", &["kind", "code", "regime", "since", "words", "source"]);
const STATEMENT: Shape = shape("Rule.statement", LEGAL_BASIS.required);
const READING_SECONDS: Shape =
    shape("Rule.readingSeconds", &["kind", "code", "regime", "since", "words", "source", "seconds"]);
const CONFIRMATION: Shape =
    shape("Rule.confirmation", &["kind", "code", "regime", "since", "words", "source", "confirmation"]);
const DECIMALS: Shape = shape("Rule.decimals", &["kind", "code", "regime", "since", "words", "source", "decimals"]);
const TOLERANCE: Shape =
    shape("Rule.tolerance", &["kind", "code", "regime", "since", "words", "source", "above", "below"]);
const CAP: Shape = Shape {
    name: "Rule.cap",
    required: LEGAL_BASIS.required,
    optional: &["until", "certainty", "limit", "timesLpr", "lenders", "measure"],
};
const WORDS: Shape = Shape { name: "Rule.words", required: &["zh-CN", "en"], optional: &[] };

/// Every object of a caller's rules, with its fields.
pub const RULE_SHAPES: [Shape; 8] =
    [LEGAL_BASIS, STATEMENT, READING_SECONDS, CONFIRMATION, DECIMALS, CAP, TOLERANCE, WORDS];

const KINDS: [(&str, &Shape); 7] = [
    ("legalBasis", &LEGAL_BASIS),
    ("statement", &STATEMENT),
    ("readingSeconds", &READING_SECONDS),
    ("confirmation", &CONFIRMATION),
    ("decimals", &DECIMALS),
    ("cap", &CAP),
    ("tolerance", &TOLERANCE),
];

/// The caller's rows, in order. Two rows of one code may not be in force on the same day.
pub(crate) fn read_rules<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Vec<Rule<'w>> {
    let items = list(wire, path, RULES_MAX, problems).unwrap_or_default();
    let mut rules: Vec<Rule<'w>> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let path = path.index(index);
        let Some(rule) = read_rule(item, &path, problems) else { continue };
        let overlaps = |other: &Rule| other.code == rule.code && other.since <= rule.until && rule.since <= other.until;
        if rules.iter().any(overlaps) {
            problems.inconsistent(
                &path.field("since"),
                &["与同一代码的另一行在时间上重叠", "overlaps in time with another row of the same code"],
                &[],
                None,
            );
        }
        rules.push(rule);
    }
    rules
}

fn read_rule<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<Rule<'w>> {
    let shape = match wire.get("kind") {
        Some(kind @ Wire::Text(_)) => name(kind, &path.field("kind"), &KINDS, problems)?,
        // What else is wrong with the row cannot be told before its kind is known.
        _ => {
            object(wire, path, &Shape { name: "Rule", required: &["kind"], optional: LEGAL_BASIS.required }, problems)?;
            return None;
        }
    };
    let (mut code, mut regime, mut since, mut until) = (None, None, None, Some(None));
    let (mut words, mut source, mut certainty) = (None, None, Some(Certainty::Read));
    let (mut whole, mut confirmation, mut above, mut below) = (None, None, None, None);
    let (mut limit, mut times_lpr, mut lenders, mut measure) =
        (None, None, Some(Lenders::ALL), Some(Measure::SimpleAnnual));
    let fields = object(wire, path, shape, problems)?;
    let is_given = |name: &str| fields.iter().any(|(field, _)| *field == name);
    if shape.name == CAP.name && is_given("limit") == is_given("timesLpr") {
        problems.exactly_one(path, &["limit", "timesLpr"]);
    }
    for (field, value) in &fields {
        let path = path.field(field);
        match *field {
            "code" => code = label_text(value, &path, problems),
            "regime" => regime = name(value, &path, &Regime::NAMES, problems),
            "since" => since = day(value, &path, problems),
            "until" => until = day(value, &path, problems).map(Some),
            "words" => words = read_words(value, &path, problems),
            "source" => source = label_text(value, &path, problems),
            "certainty" => certainty = name(value, &path, &Certainty::NAMES, problems),
            "seconds" => whole = integer(value, &path, 0, READING_SECONDS_MAX, problems),
            "decimals" => whole = integer(value, &path, 0, DECIMALS_MAX, problems),
            "confirmation" => confirmation = name(value, &path, &Confirmation::NAMES, problems),
            "limit" => limit = rate(value, &path, LIMIT_MAX, problems).map(in_units),
            "timesLpr" => times_lpr = rate(value, &path, LIMIT_MAX, problems).map(in_units),
            "above" => above = rate(value, &path, 1, problems).map(in_units),
            "below" => below = rate(value, &path, 1, problems).map(in_units),
            "lenders" => lenders = read_lenders(value, &path, problems),
            "measure" => measure = name(value, &path, &Measure::NAMES, problems),
            _ => {}
        }
    }
    if let (Some(since), Some(Some(until))) = (since, until)
        && until < since
    {
        problems.inconsistent(
            &path.field("until"),
            &["不能早于 since", "must not be earlier than since"],
            &[],
            Some(&date::format(since)),
        );
    }
    let content = match shape.name {
        "Rule.legalBasis" => Content::LegalBasis,
        "Rule.statement" => Content::Statement,
        "Rule.readingSeconds" => Content::ReadingSeconds(whole?),
        "Rule.confirmation" => Content::Confirmation(confirmation?),
        "Rule.decimals" => Content::Decimals(whole?),
        "Rule.tolerance" => Content::Tolerance { above: above?, below: below? },
        _ => Content::Cap {
            lenders: lenders?,
            limit: limit.map(Limit::Fixed).or(times_lpr.map(Limit::TimesLpr))?,
            measure: measure?,
        },
    };
    let until = until?.map_or(NO_END, date::packed);
    Some(Rule {
        code: code?,
        regime: regime?,
        content,
        since: date::packed(since?),
        until,
        words: words?,
        source: source?,
        certainty: certainty?,
    })
}

fn read_words<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> Option<[&'w str; 2]> {
    let mut words = [None, None];
    for (field, value) in object(wire, path, &WORDS, problems)? {
        let path = path.field(field);
        let text = label_text(value, &path, problems);
        for code in text.unwrap_or_default().split('{').skip(1) {
            let code = code.split('}').next().unwrap_or_default();
            if !FIGURES_IN_STATEMENTS.contains(&code) {
                problems.not_one_of(&path, code, &FIGURES_IN_STATEMENTS);
            }
        }
        words[usize::from(field == "en")] = text;
    }
    Some([words[0]?, words[1]?])
}

fn read_lenders(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Lenders> {
    let mut types = Vec::new();
    for (index, item) in list(wire, path, LenderType::NAMES.len(), problems)?.iter().enumerate() {
        types.push(name(item, &path.index(index), &LenderType::NAMES, problems)?);
    }
    Some(Lenders::of(&types))
}

/// In units of [`RATE_UNIT`]: no rate that was read has more than twelve decimals.
pub(crate) fn in_units(rate: Decimal) -> i64 {
    // No rate is above 1,000,000: eighteen digits.
    rate.mantissa() as i64 * (RATE_UNIT / 10i64.pow(rate.scale()))
}
