//! How a disclosure is asked for: unchecked options → checked ones, every fault at once.

use super::words::Locale;
use crate::date::CivilDate;
use crate::error::LoanError;
use crate::rules::{self, LenderType, Regime, Rule, RuleBook};
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{day, label_text, name, object, rate};
use crate::terms::{ANNUAL_RATE_MAX, LoanTerms, Shape};
use crate::wire::Wire;

/// The options of `disclose`, with their fields.
pub const DISCLOSE_OPTIONS: Shape = Shape {
    name: "disclose.options",
    required: &["regime", "on"],
    optional: &["locale", "lenderType", "lpr", "headline", "rules"],
};
/// The options of `alipayCostDisclosure`, with their fields.
pub const ALIPAY_OPTIONS: Shape =
    Shape { name: "alipayCostDisclosure.options", required: &["on", "lender"], optional: &[] };

/// How the annual rate is put that stands out in China.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headline {
    /// 单利.
    Simple,
    /// 复利.
    Compound,
}

const HEADLINES: [(&str, Headline); 2] = [("simple", Headline::Simple), ("compound", Headline::Compound)];

/// The options of a disclosure, checked.
#[derive(Clone, Debug)]
pub struct Options<'w> {
    /// Whose law.
    pub regime: Regime,
    /// The day whose rules hold.
    pub on: CivilDate,
    /// Language of every text: Chinese for China unless given, English elsewhere.
    pub locale: Locale,
    /// What kind of institution lends; `None` where nothing is said.
    pub lender_type: Option<LenderType>,
    /// The loan prime rate, in units of [`rules::RATE_UNIT`]; none is assumed.
    pub lpr: Option<i64>,
    /// Simple unless given; for China only.
    pub headline: Headline,
    /// The shipped rules with the caller's.
    pub rules: RuleBook<'w>,
}

impl<'w> Options<'w> {
    /// Checks unchecked options.
    ///
    /// # Errors
    /// Every bad field at once, by its path: `options.rules[0].limit`.
    pub fn from_wire(wire: &'w Wire) -> Result<Options<'w>, LoanError> {
        let mut problems = Problems::default();
        let options = read(wire, &mut problems);
        problems.finish(options)
    }

    /// The rules in force, in order.
    #[must_use]
    pub fn in_force(&self) -> Vec<&Rule<'w>> {
        self.rules.in_force(self.regime, self.on)
    }
}

fn read<'w>(wire: &'w Wire, problems: &mut Problems) -> Option<Options<'w>> {
    let root = Path::Root.field("options");
    let (mut regime, mut on, mut locale, mut lender_type) = (None, None, None, None);
    let (mut lpr, mut headline, mut own_rules) = (None, None, Vec::new());
    let mut headline_path = None;
    for (field, value) in object(wire, &root, &DISCLOSE_OPTIONS, problems)? {
        let path = root.field(field);
        match field {
            "regime" => regime = name(value, &path, &Regime::NAMES, problems),
            "on" => on = day(value, &path, problems),
            "locale" => locale = name(value, &path, &Locale::NAMES, problems),
            "lenderType" => lender_type = name(value, &path, &LenderType::NAMES, problems),
            "lpr" => lpr = rate(value, &path, ANNUAL_RATE_MAX, problems).map(rules::in_units),
            "headline" => {
                headline = name(value, &path, &HEADLINES, problems);
                headline_path = Some(field);
            }
            _ => own_rules = rules::read_rules(value, &path, problems),
        }
    }
    if let (Some(field), Some(regime)) = (headline_path, regime)
        && regime != Regime::China
    {
        problems.not_allowed(
            &root.field(field),
            "只用于 regime \"CN\"：其他法律规定了用哪种利率",
            "goes with regime \"CN\" only: elsewhere the law says which rate",
        );
    }
    let regime = regime?;
    Some(Options {
        regime,
        on: on?,
        locale: locale.unwrap_or(if regime == Regime::China { Locale::ZhCn } else { Locale::En }),
        lender_type,
        lpr,
        headline: headline.unwrap_or(Headline::Simple),
        rules: RuleBook::with(own_rules),
    })
}

/// The options of `alipayCostDisclosure`: the day, and the lender's name.
pub(super) fn alipay<'w>(wire: &'w Wire) -> Result<(CivilDate, &'w str), LoanError> {
    let mut problems = Problems::default();
    let root = Path::Root.field("options");
    let (mut on, mut lender) = (None, None);
    for (field, value) in object(wire, &root, &ALIPAY_OPTIONS, &mut problems).unwrap_or_default() {
        let path = root.field(field);
        match field {
            "on" => on = day(value, &path, &mut problems),
            _ => lender = label_text(value, &path, &mut problems),
        }
    }
    problems.finish(on.zip(lender))
}

/// One argument that stands by itself.
pub(crate) fn argument<'w, T>(
    field: &str,
    wire: &'w Wire,
    read: impl FnOnce(&'w Wire, &Path, &mut Problems) -> Option<T>,
) -> Result<T, LoanError> {
    let mut problems = Problems::default();
    let path = Path::Root.field(field);
    if *wire == Wire::Null {
        problems.required(&path);
        return problems.finish(None);
    }
    let value = read(wire, &path, &mut problems);
    problems.finish(value)
}

/// The language given as an argument of its own; Chinese where none is.
pub(crate) fn locale(wire: &Wire) -> Result<Locale, LoanError> {
    match wire {
        Wire::Null => Ok(Locale::default()),
        _ => argument("locale", wire, |wire, path, problems| name(wire, path, &Locale::NAMES, problems)),
    }
}

/// Both, or the problems of both.
pub(crate) fn both<A, B>(first: Result<A, LoanError>, second: Result<B, LoanError>) -> Result<(A, B), LoanError> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(mut error), Err(other)) => {
            error.issues.extend(other.issues);
            Err(error)
        }
        (Err(error), Ok(_)) | (Ok(_), Err(error)) => Err(error),
    }
}

/// The checked terms.
pub(crate) fn terms(wire: &Wire) -> Result<LoanTerms, LoanError> {
    LoanTerms::from_wire(wire)
}
