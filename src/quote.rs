//! A quote (报价): the normalised terms, their schedule, their cost, and what should be known besides.

use crate::cost::Cost;
use crate::date;
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::schedule::Schedule;
use crate::terms::LoanTerms;
use crate::text;
use chrono::Datelike;

/// A complete quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// With every default filled in.
    pub terms: LoanTerms,
    /// What is due when.
    pub schedule: Schedule,
    /// What it costs a year.
    pub cost: Cost,
    /// What the borrower or the front end should know.
    pub warnings: Vec<Warning>,
}

/// Something to know that is no error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Stable, for programs.
    pub code: &'static str,
    /// For people.
    pub message: Message,
}

/// Quotes a loan: schedule and cost of its terms.
///
/// # Errors
/// Where no rate exists or one is beyond 10^6: `no_sign_change` (fees eat all the proceeds), `cost_out_of_range`. And
/// where a sum is too large to be held exactly: `amount_out_of_range`.
///
/// # Example
/// ```
/// let wire: clearloan::wire::Wire = serde_json::from_str(
///     r#"{ "principal": "20000.00", "interest": { "annual": "0.18" }, "method": "equalInstalment",
///          "instalmentCount": 12, "disbursementDate": "2026-11-24",
///          "fees": [{ "code": "service", "charge": { "rate": "0.01", "of": "principal" },
///                     "when": "disbursement", "settlement": "deducted" }] }"#,
/// )?;
/// let quote = clearloan::quote(&clearloan::LoanTerms::from_wire(&wire)?)?;
/// assert_eq!(quote.schedule.first_payment, 183_360); // 1,833.60
/// assert_eq!(quote.schedule.totals.interest, 200_321);
/// assert_eq!(quote.cost.irr_per_period.to_string(), "0.0166172005");
/// assert_eq!(quote.cost.simple_annual.to_string(), "0.1994064065");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn quote(terms: &LoanTerms) -> Result<Quote, LoanError> {
    let (schedule, cost, warnings) = figures(terms)?;
    Ok(Quote { terms: terms.clone(), schedule, cost, warnings })
}

/// The same as a page takes it: a line for each value, of which `js/quote.js` knows the order, and the rows as columns where
/// they are asked for, see [`Schedule::columns`]. JSON with all its names takes a page longer to read than the engine takes
/// for the loan.
pub(crate) fn quote_for_page(terms: &LoanTerms, with_instalments: bool) -> Result<(String, Vec<f64>), LoanError> {
    // Each where it is made: to move them together, as `figures` does, takes as long as some rows.
    let schedule = Schedule::of(terms)?;
    let cost = Cost::of(terms, &schedule)?;
    let warnings = warnings(terms, &schedule);
    let columns = if with_instalments { schedule.columns(terms) } else { Vec::new() };
    let mut json = Json::with_capacity(1024);
    terms.write_lines(&mut json);
    json.line();
    if !warnings.is_empty() {
        write_warnings(&warnings, &mut json);
    }
    cost.itemised.write_lines(&mut json);
    let rates = [
        cost.compound_annual,
        cost.eu_aprc,
        cost.irr_per_period,
        cost.itemised.total,
        cost.simple_annual,
        cost.us_apr,
        cost.xirr,
    ];
    for rate in rates {
        rate.write(json.line());
    }
    let currency = terms.currency();
    currency.write(schedule.first_payment, json.line());
    currency.write(schedule.last_payment, json.line());
    date::write(schedule.maturity_date, json.line());
    let amounts = [
        schedule.maximum_payment,
        schedule.paid_at_disbursement,
        schedule.proceeds,
        schedule.totals.benefits,
        schedule.totals.fees,
        schedule.totals.finance_charge,
        schedule.totals.interest,
        schedule.totals.payments,
        schedule.totals.principal,
    ];
    for amount in amounts {
        currency.write(amount, json.line());
    }
    // The end of the last line.
    json.line();
    Ok((json.into_text(), columns))
}

fn figures(terms: &LoanTerms) -> Result<(Schedule, Cost, Vec<Warning>), LoanError> {
    let schedule = Schedule::of(terms)?;
    let cost = Cost::of(terms, &schedule)?;
    let warnings = warnings(terms, &schedule);
    Ok((schedule, cost, warnings))
}

fn write(
    terms: &LoanTerms,
    schedule: &Schedule,
    cost: &Cost,
    warnings: &[Warning],
    with_instalments: bool,
    json: &mut Json,
) {
    json.object(|json| {
        cost.write(json.field("cost"));
        schedule.write(terms, with_instalments, json.field("schedule"));
        terms.write(json.field("terms"));
        write_warnings(warnings, json.field("warnings"));
    });
}

fn write_warnings(warnings: &[Warning], json: &mut Json) {
    json.array(|json| {
        for warning in warnings {
            json.item().object(|json| {
                json.field("code").text(warning.code);
                warning.message.write(json.field("message"));
            });
        }
    });
}

impl Quote {
    /// Writes the quote in the contract's shape; without its rows the list of instalments is empty.
    pub fn write(&self, with_instalments: bool, json: &mut Json) {
        write(&self.terms, &self.schedule, &self.cost, &self.warnings, with_instalments, json);
    }

    /// The quote as JSON, rows included: what a server sends.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = Json::with_capacity(1024 + 256 * self.schedule.instalments.len());
        self.write(true, &mut json);
        json.into_text()
    }
}

fn warnings(terms: &LoanTerms, schedule: &Schedule) -> Vec<Warning> {
    let Some(business_days) = &terms.business_days else { return Vec::new() };
    let unknown_years = schedule
        .instalments
        .iter()
        .map(|instalment| instalment.unrolled_due_date.year())
        .filter(|year| !business_days.calendar.knows_year(*year));
    let (first, last) =
        unknown_years.fold((i32::MAX, i32::MIN), |(first, last), year| (first.min(year), last.max(year)));
    if first > last {
        return Vec::new();
    }
    let [first_year, last_year] = [first, last].map(|year| text::whole(year.into()));
    let years = if first == last { first_year } else { text::joined(&[&first_year, &last_year], "–") };
    let words = [
        "{0} 年的节假日安排不在日历中：这些年只按周末顺延，届时还款日可能变动",
        "The calendar has no holidays for {0}: only weekends move those due dates, and they may still change",
    ];
    let [zh_cn, en] = words.map(|template| text::filled(template, &[&years]));
    vec![Warning { code: "calendar_not_published", message: Message { zh_cn, en } }]
}
