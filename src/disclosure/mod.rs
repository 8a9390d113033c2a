//! Disclosure (息费明示): what must be shown of a loan under a law, on a day. It chooses and words figures; every one of them
//! comes from the schedule and its cost, and every limit and required sentence from a dated row of [`crate::rules`].
//!
//! A percentage that is shown is rounded from the exact root, as every rate is (semantics.md, section 1); the sum of the items
//! from itself, since it is defined as the sum of published rates. Whether a rate lies within a cap or a tolerance follows
//! from the rate as published, with its ten decimals: so whoever reads the figures can check it.

mod alipay;
mod calls;
mod figures;
mod items;
mod marketing;
mod notes;
mod options;
mod tolerance;
mod words;

pub use calls::{alipay_cost_disclosure, check_marketing_text, disclose_terms, us_tolerance_of};
pub use figures::{Figure, HeadlineRate};
pub use items::{ContingentItem, Item};
pub(crate) use items::{fee_name, interest_standard, known_name};
pub use marketing::{Finding, check_marketing};
pub use options::{ALIPAY_OPTIONS, DISCLOSE_OPTIONS, Headline, Options};
pub(crate) use options::{argument, both, locale};
pub use tolerance::{UsTolerance, us_tolerance};
pub use words::{Locale, Words, percent};
pub(crate) use words::{decimal, percent_of_factor, percent_of_units};

use crate::cost::Cost;
use crate::date::{self, CivilDate};
use crate::error::LoanError;
use crate::json::Json;
use crate::rate::PublishedRate;
use crate::rules::{Confirmation, Content, Measure, Regime, Rule, in_units};
use crate::schedule::Schedule;
use crate::terms::LoanTerms;

/// A loan with all that is known of it.
pub(crate) struct Loan<'t> {
    pub terms: &'t LoanTerms,
    pub schedule: Schedule,
    pub cost: Cost,
}

impl<'t> Loan<'t> {
    pub(crate) fn of(terms: &'t LoanTerms) -> Result<Loan<'t>, LoanError> {
        let schedule = Schedule::of(terms)?;
        let cost = Cost::of(terms, &schedule)?;
        Ok(Loan { terms, schedule, cost })
    }

    /// The rates to be shown as percentages with so many decimals, each rounded once, from its exact root.
    pub(crate) fn shown(&self, decimals: u32) -> Result<Cost, LoanError> {
        Cost::to_decimals(self.terms, &self.schedule, decimals.saturating_add(2))
    }

    fn measured(&self, measure: Measure) -> PublishedRate {
        match measure {
            Measure::SimpleAnnual => self.cost.simple_annual,
            Measure::CompoundAnnual => self.cost.compound_annual,
            Measure::Itemised => self.cost.itemised.total,
            Measure::UsApr => self.cost.us_apr,
            Measure::EuAprc => self.cost.eu_aprc,
            Measure::Xirr => self.cost.xirr,
        }
    }
}

/// Everything that must be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// "CN", "US", "EU", "UK" or "IN".
    pub regime: &'static str,
    /// The laws in force.
    pub legal_basis: Vec<LegalBasis>,
    /// The rate that stands out.
    pub headline: HeadlineRate,
    /// In the order in which they are shown.
    pub figures: Vec<Figure>,
    /// Interest and fees.
    pub items: Vec<Item>,
    /// What default, misuse or early repayment would cost.
    pub contingent: Vec<ContingentItem>,
    /// Sentences that must be shown.
    pub statements: Vec<String>,
    /// Ceilings, and where the cost lies.
    pub caps: Vec<Cap>,
    /// The parts of the contract's rate, as component and rate; empty where the terms have none.
    pub pricing: Vec<(String, String)>,
    /// How long the borrower must have it in view before going on.
    pub reading_seconds: u32,
    /// How the borrower takes note.
    pub confirmation: Confirmation,
    /// What whoever shows this should know.
    pub warnings: Vec<String>,
}

/// A law in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalBasis {
    /// The rule's code.
    pub code: String,
    /// The law's title.
    pub title: String,
    /// The first day in force that the source vouches for.
    pub in_force_since: String,
}

/// A ceiling of the annual cost, and where this loan lies. It says nothing of what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cap {
    /// The rule's code.
    pub code: String,
    /// The highest rate.
    pub limit: String,
    /// This loan's.
    pub measured: PublishedRate,
    /// Not above it.
    pub within: bool,
    /// Where the ceiling comes from.
    pub legal_basis: String,
}

/// Words the disclosure of a loan (生成息费明示).
///
/// # Errors
/// Those of [`Schedule::of`] and [`crate::cost::Cost::of`].
pub fn disclose(terms: &LoanTerms, options: &Options) -> Result<Disclosure, LoanError> {
    let loan = Loan::of(terms)?;
    let locale = options.locale;
    let rules: Vec<&Rule> = options.in_force();
    let mut reading_seconds = 0;
    let mut confirmation = Confirmation::Inline;
    // A percentage without a rule of its own is shown with two decimals, as most laws have it.
    let mut decimals = 2;
    for rule in &rules {
        match rule.content {
            Content::ReadingSeconds(seconds) => reading_seconds = seconds,
            Content::Confirmation(way) => confirmation = way,
            Content::Decimals(count) => decimals = count,
            _ => {}
        }
    }

    let shown = loan.shown(decimals)?;
    let figures = figures::figures(&loan, &shown, options, decimals);
    let items = items::items(&loan, locale, decimals)?;
    let contingent = items::contingent(terms, locale);
    let mut warnings = Vec::new();
    let caps = notes::caps(&loan, options, &rules, &mut warnings);
    notes::warn(&loan, options, &rules, &items, &contingent, &mut warnings);

    let (mut legal_basis, mut statements) = (Vec::new(), Vec::new());
    for rule in &rules {
        let words = locale.of(&rule.words);
        match rule.content {
            Content::LegalBasis => legal_basis.push(LegalBasis {
                code: rule.code.to_owned(),
                title: words.to_owned(),
                in_force_since: day_of(rule.since),
            }),
            Content::Statement => statements.push(with_figures(words, &figures)),
            _ => {}
        }
    }
    let mut pricing = Vec::with_capacity(terms.pricing.len());
    for part in &terms.pricing {
        pricing.push((part.component.clone(), words::rate_text(in_units(part.rate))));
    }
    Ok(Disclosure {
        regime: name_of(options.regime, &Regime::NAMES),
        legal_basis,
        headline: figures::headline(&loan.cost, &shown, options, decimals),
        statements,
        caps,
        pricing,
        reading_seconds,
        confirmation,
        warnings,
        figures,
        items,
        contingent,
    })
}

/// Puts figures into a sentence by their codes: `{aprc}`. A code that this regime has no figure for stays as it is.
fn with_figures(sentence: &str, figures: &[Figure]) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let (code, behind) = after.split_once('}').unwrap_or((after, ""));
        let found = figures.iter().find(|figure| figure.code == code);
        match found {
            Some(figure) => {
                text.push_str(&figure.value);
                rest = behind;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    text
}

fn day_of(packed: u32) -> String {
    let [year, month, day] = [packed / 10_000, packed / 100 % 100, packed % 100];
    CivilDate::from_ymd_opt(year as i32, month, day).map(date::format).unwrap_or_default()
}

fn name_of<T: PartialEq>(value: T, names: &[(&'static str, T)]) -> &'static str {
    names.iter().find(|(_, named)| *named == value).map_or("", |(name, _)| name)
}

impl Disclosure {
    /// Writes the disclosure in the contract's shape, fields in sorted order.
    pub fn write(&self, json: &mut Json) {
        json.object(|json| self.write_fields(json));
    }

    fn write_fields(&self, json: &mut Json) {
        list(json, "caps", self.caps.len(), &|json, index| {
            let cap = &self.caps[index];
            let measured = cap.measured.to_string();
            let texts = [
                ("code", cap.code.as_str()),
                ("legalBasis", &cap.legal_basis),
                ("limit", &cap.limit),
                ("measured", &measured),
            ];
            fields(json, &texts);
            json.field("within").boolean(cap.within);
        });
        json.field("confirmation").text(name_of(self.confirmation, &Confirmation::NAMES));
        list(json, "contingent", self.contingent.len(), &|json, index| {
            let item = &self.contingent[index];
            fields(
                json,
                &[("code", item.code), ("name", item.name), ("payee", &item.payee), ("standard", &item.standard)],
            );
        });
        list(json, "figures", self.figures.len(), &|json, index| {
            let figure = &self.figures[index];
            fields(json, &[("code", &figure.code), ("label", &figure.label), ("value", &figure.value)]);
        });
        json.field("headline").object(|json| {
            let HeadlineRate { label, rate, shown, method } = &self.headline;
            fields(json, &[("label", label), ("method", method), ("rate", &rate.to_string()), ("shown", shown)]);
        });
        list(json, "items", self.items.len(), &|json, index| {
            let Item { code, name, collection, annual, standard, payee } = &self.items[index];
            let annual = annual.to_string();
            let texts: [(&str, &str); 6] = [
                ("annual", &annual),
                ("code", code),
                ("collection", collection),
                ("name", name),
                ("payee", payee),
                ("standard", standard),
            ];
            fields(json, &texts);
        });
        list(json, "legalBasis", self.legal_basis.len(), &|json, index| {
            let LegalBasis { code, title, in_force_since } = &self.legal_basis[index];
            fields(json, &[("code", code), ("inForceSince", in_force_since), ("title", title)]);
        });
        if !self.pricing.is_empty() {
            list(json, "pricing", self.pricing.len(), &|json, index| {
                let (component, rate) = &self.pricing[index];
                fields(json, &[("component", component), ("rate", rate)]);
            });
        }
        json.field("readingSeconds").integer(i64::from(self.reading_seconds));
        json.field("regime").text(self.regime);
        texts(json.field("statements"), &self.statements);
        texts(json.field("warnings"), &self.warnings);
    }
}

/// A list of objects, written one by one. Not generic: a page pays for each copy.
fn list(json: &mut Json, name: &str, count: usize, write: &dyn Fn(&mut Json, usize)) {
    json.field(name).array(|json| {
        for index in 0..count {
            json.item().object(|json| write(json, index));
        }
    });
}

/// Text fields of one object.
fn fields(json: &mut Json, fields: &[(&str, &str)]) {
    for (name, text) in fields {
        json.field(name).text(text);
    }
}

fn texts(json: &mut Json, texts: &[String]) {
    json.array(|json| {
        for text in texts {
            json.item().text(text);
        }
    });
}
