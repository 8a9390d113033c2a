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
use crate::terms::problems::{ISSUES_MAX, Path, Problems};
use crate::terms::read::{Shape, amount_within, integer, list, object, rate};
use crate::terms::{
    AMOUNT_MAX, ANNUAL_RATE_MAX, Accrual, INSTALMENTS_MAX, InterestRate, LoanTerms, Position, RepaymentMethod, check,
};
use crate::wire::Wire;
use rust_decimal::Decimal;

/// The most points of one call.
pub const POINTS_MAX: usize = 100_000;

/// The most rows of one call, a fee or a benefit counting as half a row in each of them: some seconds. All points at once may
/// have 600 rows, or 360 with three fees.
const ROWS_MAX: u64 = 100_000_000;

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
    for amounts in [&sweep.payment, &sweep.finance_charge] {
        for amount in amounts {
            columns.push(*amount as f64);
        }
    }
    for rate in &sweep.simple_annual {
        // Both numbers are whole and below 2^53, so the quotient is the float nearest to the decimal.
        columns.push(rate.mantissa() as f64 / 10u64.pow(rate.scale()) as f64);
    }
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
    /// [`POINTS_MAX`] points, and `too_much_work` where they have more rows and fees than a few seconds allow. A point that cannot be quoted fails the call, since a hole in a column could only be a NaN:
    /// `no_sign_change` where fees leave nothing to receive, `cost_out_of_range`, `amount_out_of_range`, at the path of
    /// the point's first value and with all of them in the message. Only the three figures count: a point is told of
    /// though its compound rate, which a quote has too, is above 10^6.
    pub fn of(terms: &Wire, grid: &Wire) -> Result<Sweep, LoanError> {
        let mut problems = Problems::default();
        let checked = LoanTerms::from_wire(terms);
        let axes = Axes::read(grid, currency_of(terms), &mut problems);
        let mut base = match checked {
            Ok(terms) => terms,
            Err(mut error) => {
                error.issues.extend(problems.into_error().issues);
                return Err(error);
            }
        };
        let Some(axes) = axes else { return problems.finish(None) };
        let is_accrual_given = terms.get("accrual").is_some_and(|accrual| *accrual != Wire::Null);
        if axes.is_given(2) && !is_accrual_given && base.accrual != Accrual::Periodic {
            // The default is that of an annual rate, whatever the basis of the terms.
            base.accrual = Accrual::Periodic;
            of_value(check::by_count, &base, &Path::Root.field("grid").field(AXES[2]), &mut problems);
        }
        axes.check(&base, &mut problems);
        problems.finish(Some(()))?;
        axes.limit_rows(&base)?;
        axes.work(base)
    }

    fn write_head(&self, json: &mut Json) {
        json.field("currency").text(self.currency.code());
        json.field("size").integer(self.payment.len() as i64);
    }
}

/// A value on one of the axes.
#[derive(Clone, Copy)]
enum Value {
    /// That of the terms.
    Own,
    Principal(i64),
    Count(u32),
    Annual(Decimal),
}

impl Value {
    fn put(self, terms: &mut LoanTerms) {
        match self {
            Value::Own => {}
            Value::Principal(principal) => terms.principal = principal,
            Value::Count(count) => terms.instalment_count = count,
            Value::Annual(annual) => terms.interest = InterestRate::Annual(annual),
        }
    }
}

/// The values of each axis; [`Value::Own`] alone where it is not given.
struct Axes([Vec<Value>; 3]);

impl Axes {
    fn read(grid: &Wire, currency: Currency, problems: &mut Problems) -> Option<Axes> {
        let root = Path::Root.field("grid");
        let mut axes = Axes([(); 3].map(|()| vec![Value::Own]));
        let mut points = 1usize;
        for (field, value) in object(grid, &root, &GRID, problems)? {
            let path = root.field(field);
            let Some(entries) = list(value, &path, POINTS_MAX, problems) else { continue };
            if entries.is_empty() {
                problems.required(&path);
            }
            points = points.saturating_mul(entries.len());
            let axis = AXES.iter().position(|axis| *axis == field).unwrap_or(0);
            let values = &mut axes.0[axis];
            values.clear();
            for (index, entry) in entries.iter().enumerate() {
                let path = path.index(index);
                values.extend(match axis {
                    0 => amount_within(entry, &path, currency, 1, AMOUNT_MAX, problems).map(Value::Principal),
                    1 => integer(entry, &path, 1, INSTALMENTS_MAX, problems).map(Value::Count),
                    _ => rate(entry, &path, ANNUAL_RATE_MAX, problems).map(Value::Annual),
                });
            }
        }
        if points > POINTS_MAX {
            problems.too_many(&root, POINTS_MAX);
        }
        problems.is_empty().then_some(axes)
    }

    fn is_given(&self, axis: usize) -> bool {
        !matches!(self.0[axis][..], [Value::Own])
    }

    /// Each value goes through the part of the terms' own check that hangs on it; no rule there joins two of the three.
    fn check(&self, base: &LoanTerms, problems: &mut Problems) {
        const PARTS: [fn(&LoanTerms, &mut Problems); 3] = [check::by_principal, check::by_count, check::by_rate];
        let root = Path::Root.field("grid");
        for (axis, part) in PARTS.into_iter().enumerate().filter(|(axis, _)| self.is_given(*axis)) {
            let path = root.field(AXES[axis]);
            let mut terms = base.clone();
            for (index, value) in self.0[axis].iter().enumerate() {
                value.put(&mut terms);
                of_value(part, &terms, &path.index(index), problems);
            }
        }
    }

    fn limit_rows(&self, terms: &LoanTerms) -> Result<(), LoanError> {
        let [principals, counts, rates] = &self.0;
        let rows = |count: &Value| match (terms.method, count) {
            (RepaymentMethod::Bullet, _) => 1,
            (_, Value::Count(count)) => u64::from(*count),
            _ => u64::from(terms.instalment_count),
        };
        let extras = (terms.fees.len() + terms.benefits.len()) as u64;
        let half_rows = counts.iter().map(rows).sum::<u64>() * (2 + extras) * (principals.len() * rates.len()) as u64;
        if half_rows <= 2 * ROWS_MAX {
            return Ok(());
        }
        let mut problems = Problems::default();
        problems.add(
            "too_much_work",
            &Path::Root.field("grid"),
            format!("各点的还款期数合计最多 {ROWS_MAX}（每项费用或优惠另计半期）；请减少取值"),
            format!("all points together must have at most {ROWS_MAX} instalments, to which each fee or benefit adds half: give fewer values"),
            Some(ROWS_MAX.to_string()),
        );
        Err(problems.into_error())
    }

    fn work(&self, mut terms: LoanTerms) -> Result<Sweep, LoanError> {
        let [principals, counts, rates] = &self.0;
        let size = principals.len() * counts.len() * rates.len();
        let mut sweep = Sweep {
            currency: terms.currency,
            payment: vec![0; size],
            finance_charge: vec![0; size],
            simple_annual: vec![PublishedRate::ZERO; size],
        };
        let mut failing: Vec<u64> = Vec::new();
        let mut work = Work::default();
        for (count_index, count) in counts.iter().enumerate() {
            count.put(&mut terms);
            let (measure, mut timeline) = (Measure::of(&terms), Timeline::of(&terms));
            for (rate_index, annual) in rates.iter().enumerate() {
                annual.put(&mut terms);
                if self.is_given(2) {
                    timeline.charge(&terms);
                }
                for (principal_index, principal) in principals.iter().enumerate() {
                    principal.put(&mut terms);
                    let point = (principal_index * counts.len() + count_index) * rates.len() + rate_index;
                    match measure.figures(&terms, &timeline, &mut work) {
                        Ok(figures) => {
                            sweep.payment[point] = figures.payment;
                            sweep.finance_charge[point] = figures.finance_charge;
                            sweep.simple_annual[point] = figures.simple_annual;
                        }
                        Err(_) => failing.push(point as u64),
                    }
                }
            }
        }
        if failing.is_empty() { Ok(sweep) } else { Err(self.failure(terms, &failing)) }
    }

    /// Each failing point by the path of its first value; the message names them all. Worked again for that, since the
    /// errors of a whole grid would take much memory to keep.
    fn failure(&self, mut terms: LoanTerms, failing: &[u64]) -> LoanError {
        let root = Path::Root.field("grid");
        let mut problems = Problems::default();
        for index in order::ascending(failing).into_iter().take(ISSUES_MAX) {
            let point = failing[index] as usize;
            let [_, counts, rates] = &self.0;
            let indices = [point / rates.len() / counts.len(), point / rates.len() % counts.len(), point % rates.len()];
            let (mut first, mut all) = (String::new(), String::new());
            for (axis, index) in indices.into_iter().enumerate() {
                self.0[axis][index].put(&mut terms);
                if !self.is_given(axis) {
                    continue;
                }
                let path = root.field(AXES[axis]).index(index).text();
                all.push_str(if all.is_empty() { "" } else { ", " });
                all.push_str(&path);
                if first.is_empty() {
                    first = path;
                }
            }
            let figures = Measure::of(&terms).figures(&terms, &Timeline::of(&terms), &mut Work::default());
            if let Err(mut error) = figures {
                for issue in &mut error.issues {
                    issue.field.clone_from(&all);
                }
                adopt_named(&mut problems, &Path::Root.field(&first), error);
            }
        }
        problems.into_error()
    }
}

/// Runs a part of the check; what it finds is told at the value's own path, the field in question in the message.
fn of_value(part: fn(&LoanTerms, &mut Problems), terms: &LoanTerms, path: &Path, problems: &mut Problems) {
    let mut found = Problems::default();
    part(terms, &mut found);
    if let Err(error) = found.finish(Some(())) {
        adopt_named(problems, path, error);
    }
}

/// Takes over problems at `path`; what they were told of goes into the message, where there is something to tell.
fn adopt_named(problems: &mut Problems, path: &Path, mut error: LoanError) {
    for issue in &mut error.issues {
        let field = core::mem::take(&mut issue.field);
        if !field.is_empty() {
            issue.message.zh_cn.insert_str(0, &[&field, "："].concat());
            issue.message.en.insert_str(0, &[&field, ": "].concat());
        }
    }
    adopt(problems, path, error);
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
