//! Rates of a caller's own flows, and fractions of a year.

use super::read::{self, Exact, decimal, refuse};
use crate::cost::{self, Convention, Part, PeriodFlow, RateError};
use crate::date::{self, CivilDate, DayCount, YEAR_MAX, YEAR_MIN, year_fraction};
use crate::error::LoanError;
use crate::json::Json;
use crate::rate::{DECIMALS, PublishedRate};
use crate::terms::Shape;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{day, list, name, object};
use crate::wire::Wire;
use chrono::Datelike;

/// The most flows of one call.
pub const FLOWS_MAX: usize = 1_000;
/// The most unit-periods from the start, before or after it: more than any law's days of two centuries.
const PERIODS_MAX: i64 = 500_000;
/// The most unit-periods of a year.
const PERIODS_PER_YEAR_MAX: u64 = 1_000_000;

const XIRR_FLOW: Shape = Shape { name: "xirr.flows", required: &["date", "amount"], optional: &[] };
const APR_FLOW: Shape = Shape { name: "aprOfFlows.flows", required: &["amount", "periods"], optional: &["fraction"] };

/// The objects of these calls, with their fields.
pub const FLOW_SHAPES: [Shape; 2] = [XIRR_FLOW, APR_FLOW];

const CONVENTIONS: [(&str, Convention); 2] = [("usApr", Convention::UsApr), ("euAprc", Convention::EuAprc)];

/// `irr` (内部收益率): the rate per period of amounts one period apart, the first one now.
///
/// Of several rates the positive one nearest zero; if there is none, the negative one nearest zero. 10 decimals, half away
/// from zero, trailing zeros cut; from 100 up, 12 significant digits.
///
/// # Errors
/// Every amount that is wrong, by its place; `no_sign_change`, `no_root`, `cost_out_of_range` above 10^6 or
/// `rate_undecided` at `amounts`.
///
/// # Example
/// ```
/// use clearloan::{standalone, wire::Wire};
/// let amounts = ["-70000", "12000", "15000", "18000", "21000", "26000"];
/// let amounts = Wire::List(amounts.map(|amount| Wire::Text(amount.into())).to_vec());
/// // Microsoft's example of IRR: 8.7 %.
/// assert_eq!(standalone::irr_json(&amounts).as_deref(), Ok("\"0.086630948\""));
/// ```
pub fn irr_json(amounts: &Wire) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let path = Path::Root.field("amounts");
    let mut exact = Vec::new();
    for (index, item) in items(amounts, &path, &mut problems).iter().enumerate() {
        exact.push(decimal(item, &path.index(index), &mut problems).unwrap_or_default());
    }
    let amounts = read::in_one_unit(&exact, &mut problems, &|index, problems| {
        read::too_many_shared_digits(&path.index(index), problems);
    });
    problems.finish(Some(()))?;
    json_rate(cost::irr(&amounts), "amounts")
}

/// `xirr`: the effective annual rate of flows with dates, in any order; years count from the earliest.
///
/// `day_count` is one of [`DayCount::NAMES`], actual/365 where it is not given. For 30E/360-isda the latest date is the
/// termination date. Rounded as [`irr_json`].
///
/// # Errors
/// Every field that is wrong, by its path; `no_sign_change`, `no_root`, `cost_out_of_range` above 10^6 or `rate_undecided`
/// at `flows`.
///
/// # Example
/// ```
/// use clearloan::{json, standalone, wire::Wire};
/// let flows = r#"[{ "date": "2026-01-01", "amount": "-1000.00" }, { "date": "2027-01-01", "amount": "1080.00" }]"#;
/// let flows = json::read(flows).unwrap_or(Wire::Null);
/// assert_eq!(standalone::xirr_json(&flows, &Wire::Null).as_deref(), Ok("\"0.08\""));
/// ```
pub fn xirr_json(flows: &Wire, day_count: &Wire) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let (flows, amounts) = read_flows(flows, &XIRR_FLOW, &mut problems);
    let day_count = match day_count {
        Wire::Null => Some(DayCount::Actual365),
        day_count => name(day_count, &Path::Root.field("dayCount"), &DayCount::NAMES, &mut problems),
    };
    let day_count = problems.finish(day_count)?;
    let flows: Vec<(CivilDate, i128)> = flows.iter().map(|flow| flow.date).zip(amounts).collect();
    json_rate(cost::xirr(&flows, day_count), "flows")
}

/// The rate of [`irr_json`] or, where they `are_dated`, of [`xirr_json`], for `count` flows as nearly every caller has them:
/// each on a line of its own, an amount and, if dated, a blank and its day. `None` where anything is not as usual: the
/// general call tells what. Three times as fast as that.
///
/// ```
/// use clearloan::standalone::rate_of_lines;
/// let rate = rate_of_lines("-70000\n12000\n15000\n18000\n21000\n26000", 6, false);
/// assert_eq!(rate.as_deref(), Some("0.086630948"));
/// assert_eq!(rate_of_lines("-1000.00 2026-01-01\n1080.00 2027-01-01", 2, true).as_deref(), Some("0.08"));
/// assert_eq!(rate_of_lines("-1000.00 2026-01-01\n1080.00", 2, true), None);
/// ```
#[must_use]
pub fn rate_of_lines(lines: &str, count: usize, are_dated: bool) -> Option<String> {
    if count > FLOWS_MAX {
        return None;
    }
    let (mut exact, mut days) = (Vec::with_capacity(count), Vec::with_capacity(count));
    for line in lines.split('\n') {
        let mut amount = line;
        if are_dated {
            let (before, day) = line.split_once(' ')?;
            days.push(date::parse(day).filter(|day| (YEAR_MIN..=YEAR_MAX).contains(&day.year()))?);
            amount = before;
        }
        exact.push(read::decimal_of(amount)?);
    }
    let amounts = read::in_one_unit(&exact, &mut Problems::default(), &|_, _| {});
    if exact.len() != count || amounts.len() != count {
        return None;
    }
    let rate = if are_dated {
        cost::xirr(&days.into_iter().zip(amounts).collect::<Vec<_>>(), DayCount::Actual365)
    } else {
        cost::irr(&amounts)
    };
    rate.ok().map(|rate| rate.to_string())
}

/// `aprOfFlows`: the annual rate of flows in unit-periods, as Regulation Z ("usApr", Appendix J: nominal) and the Consumer
/// Credit Directives ("euAprc", Annex I: effective) write them.
///
/// Each flow lies `periods` whole unit-periods and a `fraction` ("19/30", or a decimal; none by default) after the start;
/// `periods_per_year` is a text such as "12", "365.25" or "365/30". Rounded as [`irr_json`].
///
/// # Errors
/// Every field that is wrong, by its path; `no_sign_change`, `no_root`, `cost_out_of_range` above 10^6 or `rate_undecided`
/// at `flows`.
///
/// # Example
/// ```
/// use clearloan::{json, standalone, wire::Wire};
/// let text = |text: &'static str| Wire::Text(text.into());
/// // Appendix J, (c)(5)(iii): one payment after a year and six months; 8.76 %.
/// let flows = r#"[{ "amount": "1000", "periods": 0 }, { "amount": "-1135.19", "periods": 1, "fraction": "1/2" }]"#;
/// let flows = json::read(flows).unwrap_or(Wire::Null);
/// let apr = standalone::apr_of_flows_json(&text("usApr"), &flows, &text("1"));
/// assert_eq!(apr.as_deref(), Ok("\"0.0875704709\""));
/// ```
pub fn apr_of_flows_json(convention: &Wire, flows: &Wire, periods_per_year: &Wire) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let convention = required_name(convention, "convention", &CONVENTIONS, &mut problems);
    let (flows, amounts) = read_flows(flows, &APR_FLOW, &mut problems);
    let path = Path::Root.field("periodsPerYear");
    let (numerator, denominator) = read::fraction(periods_per_year, &path, &mut problems).unwrap_or((1, 1));
    if numerator == 0 || u64::from(numerator) > PERIODS_PER_YEAR_MAX * u64::from(denominator) {
        let (zh_cn, en) = ("应大于 0，不超过 1000000", "must be above 0 and at most 1000000");
        refuse("out_of_range", &path, zh_cn, en, "0..1000000", &mut problems);
    }
    let convention = problems.finish(convention)?;
    let mut placed = Vec::with_capacity(flows.len());
    for (flow, amount) in flows.iter().zip(amounts) {
        placed.push(PeriodFlow { amount, periods: flow.periods, part: flow.part });
    }
    json_rate(cost::apr_of_flows(convention, &placed, (numerator.into(), denominator.into())), "flows")
}

/// `yearFraction` (年分数): from `start` to `end` by a day count of [`DayCount::NAMES`]; 10 decimals, half up, trailing
/// zeros cut, from 100 years up 12 significant digits.
///
/// `termination` matters to 30E/360-isda alone: a last day of February that is the termination date is not taken as a 30th.
/// Without it no end is the termination date. It may lie before `end`, as in ISDA's own example sheet.
///
/// # Errors
/// Every argument that is wrong; `inconsistent` where `end` lies before `start`.
///
/// # Example
/// ```
/// use clearloan::{standalone, wire::Wire};
/// let text = |text: &'static str| Wire::Text(text.into());
/// let fraction = standalone::year_fraction_json(
///     &text("2027-12-20"), &text("2028-01-20"), &text("actual/actual-isda"), &Wire::Null);
/// // 12/365 + 19/366.
/// assert_eq!(fraction.as_deref(), Ok("\"0.0847892806\""));
/// ```
pub fn year_fraction_json(
    start: &Wire,
    end: &Wire,
    convention: &Wire,
    termination: &Wire,
) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let days = required_day(start, "start", &mut problems).zip(required_day(end, "end", &mut problems));
    let termination = match termination {
        Wire::Null => Some(CivilDate::MAX),
        wire => required_day(wire, "termination", &mut problems),
    };
    let convention = required_name(convention, "convention", &DayCount::NAMES, &mut problems);
    if let Some((start, end)) = days
        && end < start
    {
        let path = Path::Root.field("end");
        refuse("inconsistent", &path, "不得早于 start", "must not be before start", "", &mut problems);
    }
    let ((start, end), (convention, termination)) = problems.finish(days.zip(convention.zip(termination)))?;
    let years = year_fraction(start, end, convention, termination);
    // At most 305 years over at most 133,590: 100 is the only size at which digits are cut, and 64 bits hold them all.
    let (numerator, denominator) = (years.numerator as u64, years.denominator as u64);
    let decimals = if numerator < 100 * denominator { DECIMALS } else { DECIMALS - 1 };
    let digits = (2 * numerator * 10_u64.pow(decimals) + denominator) / (2 * denominator);
    Ok(json_text(PublishedRate::new(digits as i64, decimals)))
}

#[inline(never)]
fn items<'w>(wire: &'w Wire, path: &Path, problems: &mut Problems) -> &'w [Wire<'w>] {
    if *wire == Wire::Null {
        problems.required(path);
        return &[];
    }
    list(wire, path, FLOWS_MAX, problems).unwrap_or_default()
}

/// One flow of either kind; what it does not have is zero.
struct Flow {
    date: CivilDate,
    periods: i64,
    part: Part,
}

/// The flows and, in one unit, their amounts. Not to be used where there is a problem.
#[inline(never)]
fn read_flows(flows: &Wire, shape: &Shape, problems: &mut Problems) -> (Vec<Flow>, Vec<i128>) {
    let whole = Path::Root.field("flows");
    let mut exact = Vec::new();
    let mut read = Vec::new();
    for (index, item) in items(flows, &whole, problems).iter().enumerate() {
        let path = whole.index(index);
        let mut amount = Exact::default();
        let mut flow = Flow { date: CivilDate::MIN, periods: 0, part: Part::NONE };
        for (field, value) in object(item, &path, shape, problems).unwrap_or_default() {
            let path = path.field(field);
            match field {
                "amount" => amount = decimal(value, &path, problems).unwrap_or_default(),
                "date" => flow.date = day(value, &path, problems).unwrap_or_default(),
                "periods" => flow.periods = read::whole(value, &path, -PERIODS_MAX, PERIODS_MAX, problems),
                _ => flow.part = read::part(value, &path, problems).unwrap_or(Part::NONE),
            }
        }
        exact.push(amount);
        read.push(flow);
    }
    let amounts = read::in_one_unit(&exact, problems, &|index, problems| {
        read::too_many_shared_digits(&whole.index(index).field("amount"), problems);
    });
    (read, amounts)
}

#[inline(never)]
fn required_day(wire: &Wire, field: &str, problems: &mut Problems) -> Option<CivilDate> {
    let path = Path::Root.field(field);
    if *wire == Wire::Null {
        problems.required(&path);
        return None;
    }
    day(wire, &path, problems)
}

fn required_name<T: Copy>(wire: &Wire, field: &str, names: &[(&str, T)], problems: &mut Problems) -> Option<T> {
    let path = Path::Root.field(field);
    if *wire == Wire::Null {
        problems.required(&path);
        return None;
    }
    name(wire, &path, names, problems)
}

#[inline(never)]
pub(super) fn json_rate(rate: Result<PublishedRate, RateError>, field: &str) -> Result<String, LoanError> {
    rate.map(json_text).map_err(|error| error.at(field))
}

fn json_text(rate: PublishedRate) -> String {
    let mut json = Json::default();
    rate.write(&mut json);
    json.into_text()
}
