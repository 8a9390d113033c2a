//! Many quotes in one call (批量试算), for sliders, tables and heat maps: three figures of every combination of the given
//! values. What does not change from point to point is worked once: the days once for each count, interest factors once
//! for each rate of it, and no row is kept.

use super::timeline::Timeline;
use super::{adopt, currency_of};
use crate::cost::{Part, UnitFlows, irr_near};
use crate::error::LoanError;
use crate::json::Json;
use crate::money::Currency;
use crate::rate::PublishedRate;
use crate::schedule::rows::Rows;
use crate::schedule::{SUM_MAX, period_measure, too_large};
use crate::servicing::order;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{Shape, amount_within, integer, list, object, rate};
use crate::terms::{AMOUNT_MAX, ANNUAL_RATE_MAX, Accrual, INSTALMENTS_MAX, InterestRate, LoanTerms, Position, check};
use crate::wire::Wire;
use rust_decimal::Decimal;

/// The most points of one call.
pub const POINTS_MAX: usize = 100_000;

/// The axes, in the order of the points' loops.
const AXES: [&str; 3] = ["principal", "instalmentCount", "annual"];
const GRID: Shape = Shape { name: "sweep.grid", required: &[], optional: &AXES };

/// Three figures for each point, points in row-major order of principal, instalmentCount, annual: the last one moves
/// fastest.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Of every amount.
    pub currency: Currency,
    /// The first instalment's payment, in minor units.
    pub payment: Vec<i64>,
    /// In minor units.
    pub finance_charge: Vec<i64>,
    /// 年化利率（单利）, as [`crate::cost::Cost::simple_annual`] publishes it.
    pub simple_annual: Vec<PublishedRate>,
}

/// `sweep`: the head as JSON (`currency`, `size`), and three columns of `size` numbers one after the other: payment and
/// finance charge in minor units, simple annual rate. Each number is the one that JavaScript reads from the quote's text.
///
/// # Errors
/// Those of [`Sweep::of`].
///
/// # Example
/// ```
/// let terms = serde_json::from_str(r#"{ "principal": "10000.00", "interest": { "annual": "0.12" },
///     "method": "equalInstalment", "instalmentCount": 4, "disbursementDate": "2026-11-24" }"#)?;
/// let grid = serde_json::from_str(r#"{ "principal": ["10000.00", "20000.00"], "instalmentCount": [4] }"#)?;
/// let (head, columns) = clearloan::offers::sweep_columns(&terms, &grid)?;
/// assert_eq!(head, r#"{"currency":"CNY","size":2}"#);
/// assert_eq!(columns, [256_281.0, 512_562.0, 25_124.0, 50_249.0, 0.1199982146, 0.1200005557]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn sweep_columns(terms: &Wire, grid: &Wire) -> Result<(String, Vec<f64>), LoanError> {
    let sweep = Sweep::of(terms, grid)?;
    let mut columns = Vec::with_capacity(3 * sweep.payment.len());
    columns.extend(sweep.payment.iter().chain(&sweep.finance_charge).map(|amount| *amount as f64));
    // Both numbers are whole and below 2^53, so the quotient is the float nearest to the decimal.
    let nearest = |rate: &PublishedRate| rate.mantissa() as f64 / 10u64.pow(rate.scale()) as f64;
    columns.extend(sweep.simple_annual.iter().map(nearest));
    let mut json = Json::default();
    json.object(|json| sweep.write_head(json));
    Ok((json.into_text(), columns))
}

/// The same as one JSON text, the columns as lists of numbers under `payment`, `financeCharge` and `simpleAnnual`.
///
/// # Errors
/// Those of [`Sweep::of`].
pub fn sweep_json(terms: &Wire, grid: &Wire) -> Result<String, LoanError> {
    let sweep = Sweep::of(terms, grid)?;
    let mut json = Json::with_capacity(40 * sweep.payment.len() + 100);
    json.object(|json| {
        json.field("currency").text(sweep.currency.code());
        let amounts = |json: &mut Json, amounts: &[i64]| {
            json.array(|json| amounts.iter().for_each(|amount| json.item().integer(*amount)));
        };
        amounts(json.field("financeCharge"), &sweep.finance_charge);
        amounts(json.field("payment"), &sweep.payment);
        json.field("simpleAnnual")
            .array(|json| sweep.simple_annual.iter().for_each(|rate| rate.write_number(json.item())));
        json.field("size").integer(sweep.payment.len() as i64);
    });
    Ok(json.into_text())
}

impl Sweep {
    /// Works every point of the grid: `{ principal?, instalmentCount?, annual? }`, a list of values each. An axis that is
    /// not given has one value, that of the terms. A point's terms are the given ones with its three values put in, so
    /// that its figures are those of [`crate::quote()`]; with `annual` that is `interest: { annual }`.
    ///
    /// # Errors
    /// Every bad field of the terms, and every bad value by its path, such as `grid.principal[3]`; `too_many` above
    /// [`POINTS_MAX`] points. A point that cannot be quoted fails the call, since a hole in a column could only be a NaN:
    /// `no_sign_change` where fees leave nothing to receive, `cost_out_of_range`, `amount_out_of_range`, at the path of
    /// the point's first value and with all of them in the message. Only the three figures count: a point is told of
    /// though its compound rate, which a quote has too, is above 10^6.
    pub fn of(terms: &Wire, grid: &Wire) -> Result<Sweep, LoanError> {
        let mut problems = Problems::default();
        let checked = LoanTerms::from_wire(terms);
        let axes = Axes::read(grid, currency_of(terms), &mut problems);
        let mut terms_read = match (checked, axes) {
            (Ok(terms), Some(axes)) => (terms, axes),
            (Ok(_), None) => return problems.finish(None),
            (Err(mut error), _) => {
                let others = problems.finish(Some(())).err().map_or(Vec::new(), |error| error.issues);
                error.issues.extend(others);
                return Err(error);
            }
        };
        let (base, axes) = (&mut terms_read.0, &terms_read.1);
        let is_accrual_given = terms.get("accrual").is_some_and(|accrual| *accrual != Wire::Null);
        if axes.annual.is_some() && !is_accrual_given && base.accrual != Accrual::Periodic {
            // The default is that of an annual rate, whatever the basis of the terms.
            base.accrual = Accrual::Periodic;
            of_value(check::by_count, base, &Path::Root.field("grid").field(AXES[2]), &mut problems);
        }
        axes.check(base, &mut problems);
        problems.finish(Some(()))?;
        axes.work(base)
    }

    fn write_head(&self, json: &mut Json) {
        json.field("currency").text(self.currency.code());
        json.field("size").integer(self.payment.len() as i64);
    }
}

/// The values of each axis that is given.
struct Axes {
    principal: Option<Vec<i64>>,
    count: Option<Vec<u32>>,
    annual: Option<Vec<Decimal>>,
}

impl Axes {
    fn read(grid: &Wire, currency: Currency, problems: &mut Problems) -> Option<Axes> {
        let root = Path::Root.field("grid");
        let mut axes = Axes { principal: None, count: None, annual: None };
        let mut points = 1usize;
        for (field, value) in object(grid, &root, &GRID, problems)? {
            let path = root.field(field);
            let Some(values) = list(value, &path, POINTS_MAX, problems) else { continue };
            if values.is_empty() {
                problems.required(&path);
            }
            points = points.saturating_mul(values.len());
            match field {
                "principal" => {
                    axes.principal = Some(read_each(values, &path, problems, |value, path, problems| {
                        amount_within(value, path, currency, 1, AMOUNT_MAX, problems)
                    }));
                }
                "instalmentCount" => {
                    axes.count = Some(read_each(values, &path, problems, |value, path, problems| {
                        integer(value, path, 1, INSTALMENTS_MAX, problems)
                    }));
                }
                _ => {
                    axes.annual = Some(read_each(values, &path, problems, |value, path, problems| {
                        rate(value, path, ANNUAL_RATE_MAX, problems)
                    }));
                }
            }
        }
        if points > POINTS_MAX {
            problems.too_many(&root, POINTS_MAX);
        }
        problems.is_empty().then_some(axes)
    }

    /// Each value goes through the part of the terms' own check that hangs on it; no rule there joins two of the three.
    fn check(&self, base: &LoanTerms, problems: &mut Problems) {
        let root = Path::Root.field("grid");
        let mut terms = base.clone();
        let path = root.field(AXES[0]);
        for (index, principal) in self.principal.iter().flatten().enumerate() {
            terms.principal = *principal;
            of_value(check::by_principal, &terms, &path.index(index), problems);
        }
        let path = root.field(AXES[1]);
        for (index, count) in self.count.iter().flatten().enumerate() {
            terms.instalment_count = *count;
            of_value(check::by_count, &terms, &path.index(index), problems);
        }
        let path = root.field(AXES[2]);
        for (index, annual) in self.annual.iter().flatten().enumerate() {
            terms.interest = InterestRate::Annual(*annual);
            of_value(check::by_rate, &terms, &path.index(index), problems);
        }
    }

    fn work(&self, terms: &mut LoanTerms) -> Result<Sweep, LoanError> {
        let own = (terms.principal, terms.instalment_count, terms.interest);
        let principals = self.principal.as_deref().unwrap_or(core::slice::from_ref(&own.0));
        let counts = self.count.as_deref().unwrap_or(core::slice::from_ref(&own.1));
        let rate_count = self.annual.as_ref().map_or(1, Vec::len);
        let size = principals.len() * counts.len() * rate_count;
        let mut sweep = Sweep {
            currency: terms.currency,
            payment: vec![0; size],
            finance_charge: vec![0; size],
            simple_annual: vec![PublishedRate::ZERO; size],
        };
        let mut failures: Vec<(usize, LoanError)> = Vec::new();
        let mut work = Work::default();
        for (count_index, count) in counts.iter().enumerate() {
            terms.instalment_count = *count;
            let (measure, mut timeline) = (Measure::of(terms), Timeline::of(terms));
            for rate_index in 0..rate_count {
                if let Some(annual) = &self.annual {
                    terms.interest = InterestRate::Annual(annual[rate_index]);
                    timeline.charge(terms);
                }
                for (principal_index, principal) in principals.iter().enumerate() {
                    terms.principal = *principal;
                    let point = (principal_index * counts.len() + count_index) * rate_count + rate_index;
                    match measure.figures(terms, &timeline, &mut work) {
                        Ok(figures) => {
                            sweep.payment[point] = figures.payment;
                            sweep.finance_charge[point] = figures.finance_charge;
                            sweep.simple_annual[point] = figures.simple_annual;
                        }
                        Err(error) => failures.push((point, error)),
                    }
                }
            }
        }
        if failures.is_empty() {
            return Ok(sweep);
        }
        let mut problems = Problems::default();
        let points: Vec<u64> = failures.iter().map(|(point, _)| *point as u64).collect();
        for index in order::ascending(&points) {
            let (point, error) = &failures[index];
            self.tell(*point, [counts.len(), rate_count], error, &mut problems);
        }
        problems.finish(None)
    }

    /// The point by the path of its first value; the message names them all.
    fn tell(&self, point: usize, [counts, rates]: [usize; 2], error: &LoanError, problems: &mut Problems) {
        let indices = [
            self.principal.as_ref().map(|_| point / rates / counts),
            self.count.as_ref().map(|_| point / rates % counts),
            self.annual.as_ref().map(|_| point % rates),
        ];
        let root = Path::Root.field("grid");
        let mut first = String::new();
        let mut all = String::new();
        for (axis, index) in AXES.iter().zip(indices) {
            if let Some(index) = index {
                let path = root.field(axis).index(index).to_string();
                all.push_str(if all.is_empty() { "" } else { ", " });
                all.push_str(&path);
                if first.is_empty() {
                    first = path;
                }
            }
        }
        for issue in &error.issues {
            let (zh_cn, en) = (&issue.message.zh_cn, &issue.message.en);
            let separate =
                |mark: &str, text: &str| if all.is_empty() { text.to_owned() } else { [&all, mark, text].concat() };
            let (zh_cn, en) = (separate("：", zh_cn), separate(": ", en));
            problems.add(issue.code, &Path::Root.field(&first), zh_cn, en, issue.limit.clone());
        }
    }
}

fn read_each<T>(
    values: &[Wire],
    path: &Path,
    problems: &mut Problems,
    read: impl Fn(&Wire, &Path, &mut Problems) -> Option<T>,
) -> Vec<T> {
    values.iter().enumerate().filter_map(|(index, value)| read(value, &path.index(index), problems)).collect()
}

/// Runs a part of the check; what it finds is told at the value's own path, the field in question in the message.
fn of_value(part: fn(&LoanTerms, &mut Problems), terms: &LoanTerms, path: &Path, problems: &mut Problems) {
    let mut found = Problems::default();
    part(terms, &mut found);
    if let Err(mut error) = found.finish(Some(())) {
        for issue in &mut error.issues {
            let field = core::mem::take(&mut issue.field);
            issue.message.zh_cn.insert_str(0, &[&field, "："].concat());
            issue.message.en.insert_str(0, &[&field, ": "].concat());
        }
        adopt(problems, path, error);
    }
}

/// Where the first period lies and how many make a year: how the rates count the periods.
struct Measure {
    first: Position,
    /// Periods of a year: numerator, denominator.
    per_year: (u64, u64),
}

/// What one point leaves to the next.
#[derive(Default)]
struct Work {
    /// Memory for the payments.
    payments: Vec<i64>,
    /// Near the root: where the next search begins.
    theta: f64,
}

struct Figures {
    payment: i64,
    finance_charge: i64,
    simple_annual: PublishedRate,
}

impl Measure {
    fn of(terms: &LoanTerms) -> Measure {
        let (first, per_year) = period_measure(terms);
        // 12 ÷ months, 52 ÷ weeks, 365 ÷ days, or a term's inverse: all are small.
        Measure { first, per_year: (per_year.numerator as u64, per_year.denominator as u64) }
    }

    /// The figures of a point, as [`crate::Schedule`] and [`crate::cost::Cost`] have them.
    fn figures(&self, terms: &LoanTerms, timeline: &Timeline, work: &mut Work) -> Result<Figures, LoanError> {
        let upfront = terms.upfront();
        let (mut fees, mut paid, mut finance_charge) = (upfront.charged, upfront.paid, upfront.in_cost);
        let mut first_payment = None;
        let Work { payments, theta } = work;
        payments.clear();
        for row in Rows::new(terms, &timeline.periods, &upfront) {
            first_payment.get_or_insert(row.payment);
            payments.push(row.payment - row.extra.outside_cost);
            fees += row.extra.fees;
            paid += row.payment;
            finance_charge += row.finance_charge();
        }
        if paid.max(fees) > SUM_MAX {
            return Err(too_large());
        }
        let part = self.first.fraction;
        let flows = UnitFlows {
            at_start: terms.principal + upfront.financed - upfront.in_cost,
            payments,
            first_whole: self.first.whole,
            part: Part::new(part.numerator as u32, part.denominator as u32).unwrap_or(Part::NONE),
        };
        let root = irr_near(flows, *theta).map_err(|error| error.at(""))?;
        *theta = root.theta();
        let simple_annual = root.times(self.per_year.0, self.per_year.1).map_err(|error| error.at(""))?;
        Ok(Figures { payment: first_payment.unwrap_or(0), finance_charge, simple_annual })
    }
}
