//! Where a figure comes from, step by step, with the numbers put in (逐步说明), for a borrower who wants to follow it. The last
//! step's value is the quoted figure itself; steps before it are rounded for reading, and say so where that could matter.

mod amounts;
mod fixed;
mod quoted;
mod rates;
mod us;
mod words;

use crate::disclosure::Locale;
use crate::disclosure::{Loan, argument, both, locale};
use crate::error::LoanError;
use crate::json::Json;
use crate::terms::LoanTerms;
use crate::terms::read::name;
use crate::wire::Wire;

/// A figure that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExplainedFigure {
    /// `Cost.irrPerPeriod`.
    IrrPerPeriod,
    /// `Cost.simpleAnnual`.
    SimpleAnnual,
    /// `Cost.compoundAnnual`.
    CompoundAnnual,
    /// `Cost.xirr`.
    Xirr,
    /// `Cost.usApr`.
    UsApr,
    /// `Cost.euAprc`.
    EuAprc,
    /// `Cost.itemised.total`.
    Itemised,
    /// `Schedule.firstPayment`.
    Payment,
    /// `Schedule.totals.interest`.
    Interest,
    /// `Schedule.totals.financeCharge`.
    FinanceCharge,
}

impl ExplainedFigure {
    /// Every figure with its name in the contract.
    pub const NAMES: [(&'static str, ExplainedFigure); 10] = [
        ("irrPerPeriod", ExplainedFigure::IrrPerPeriod),
        ("simpleAnnual", ExplainedFigure::SimpleAnnual),
        ("compoundAnnual", ExplainedFigure::CompoundAnnual),
        ("xirr", ExplainedFigure::Xirr),
        ("usApr", ExplainedFigure::UsApr),
        ("euAprc", ExplainedFigure::EuAprc),
        ("itemised", ExplainedFigure::Itemised),
        ("payment", ExplainedFigure::Payment),
        ("interest", ExplainedFigure::Interest),
        ("financeCharge", ExplainedFigure::FinanceCharge),
    ];
}

/// One figure, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What the figure is, in a few sentences.
    pub text: String,
    /// In symbols that the steps name.
    pub formula: String,
    /// In order; the last one's value is the figure.
    pub steps: Vec<Step>,
}

/// One step: what is done, and what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// With the numbers put in.
    pub text: String,
    /// Money in major units, a rate as a fraction, a count, or a factor.
    pub value: String,
}

/// Explains a figure of a loan.
///
/// # Errors
/// Where the loan cannot be quoted: those of [`crate::quote()`].
pub fn explain(terms: &LoanTerms, figure: ExplainedFigure, locale: Locale) -> Result<Explanation, LoanError> {
    let loan = Loan::of(terms)?;
    let mut writer = Writer { loan: &loan, locale, text: String::new(), formula: String::new(), steps: Vec::new() };
    match figure {
        ExplainedFigure::IrrPerPeriod => rates::irr_per_period(&mut writer),
        ExplainedFigure::SimpleAnnual => rates::simple_annual(&mut writer, loan.shown(2)?.simple_annual),
        ExplainedFigure::CompoundAnnual => rates::compound_annual(&mut writer),
        ExplainedFigure::Xirr => rates::xirr(&mut writer),
        ExplainedFigure::UsApr => us::us_apr(&mut writer),
        ExplainedFigure::EuAprc => rates::eu_aprc(&mut writer),
        ExplainedFigure::Itemised => amounts::itemised(&mut writer),
        ExplainedFigure::Payment => amounts::payment(&mut writer),
        ExplainedFigure::Interest => amounts::interest(&mut writer),
        ExplainedFigure::FinanceCharge => amounts::finance_charge(&mut writer),
    }
    Ok(Explanation { text: writer.text, formula: writer.formula, steps: writer.steps })
}

/// `explain`: unchecked input in, JSON text out; the language is Chinese where none is given.
///
/// # Errors
/// Every bad field of the terms, `figure` and `locale`; those of [`explain`].
pub fn explain_terms(terms: &Wire, figure: &Wire, language: &Wire) -> Result<String, LoanError> {
    let figure = argument("figure", figure, |wire, path, problems| name(wire, path, &ExplainedFigure::NAMES, problems));
    let (terms, (figure, locale)) = both(LoanTerms::from_wire(terms), both(figure, locale(language)))?;
    let explanation = explain(&terms, figure, locale)?;
    let mut json = Json::with_capacity(2048);
    explanation.write(&mut json);
    Ok(json.into_text())
}

impl Explanation {
    /// Writes the explanation as the contract has it.
    pub fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.field("formula").text(&self.formula);
            json.field("steps").array(|json| {
                for step in &self.steps {
                    json.item().object(|json| {
                        json.field("text").text(&step.text);
                        json.field("value").text(&step.value);
                    });
                }
            });
            json.field("text").text(&self.text);
        });
    }
}

/// An explanation as it is written.
struct Writer<'a> {
    loan: &'a Loan<'a>,
    locale: Locale,
    text: String,
    formula: String,
    steps: Vec<Step>,
}
