//! The inverse question (反算): which principal, rate or count fits a payment. Semantics.md, section 9.
//!
//! The largest payment does not rise evenly with principal and rate: rounding moves cents between the level instalments and
//! the last one, so that a loan may fit, the next larger one not, and the one after it again. Therefore nothing is
//! bisected. Counts are tried one after the other from the smallest; principals and rates from the largest, and what is
//! passed over is only what a bound proves not to fit (see `bound`). The first that fits is the answer.

use super::bound::{End, least_maximum};
use super::{adopt, currency_of};
use crate::bisect::first;
use crate::error::{LoanError, Message};
use crate::json::Json;
use crate::schedule::{Schedule, too_large};
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{Shape, amount, name, object};
use crate::terms::{
    AMOUNT_MAX, ANNUAL_RATE_MAX, Benefit, Charge, FeeTiming, INSTALMENTS_MAX, InterestRate, LoanTerms,
    RATE_DECIMALS_MAX, check, decode,
};
use crate::wire::Wire;
use rust_decimal::Decimal;

/// An annual rate is looked for with so many decimals.
pub const ANNUAL_DECIMALS: u32 = 6;
/// Rows that one search may work: about a second. Loans within the usual need some thousands, one with a balloon after
/// decades a million; what needs more is a loan on which interest has compounded the cents of rounding to the size of an
/// instalment, and there the fitting ones are scattered.
const ROWS_MAX: u64 = 40_000_000;

const GOAL: Shape = Shape { name: "solve.goal", required: &["find", "payment"], optional: &[] };

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Find {
    /// The largest principal.
    Principal,
    /// The largest annual rate with [`ANNUAL_DECIMALS`] decimals.
    Annual,
    /// The smallest number of instalments.
    InstalmentCount,
}

impl Find {
    const NAMES: [(&'static str, Find); 3] =
        [("principal", Find::Principal), ("annual", Find::Annual), ("instalmentCount", Find::InstalmentCount)];

    /// The field of the terms that is looked for, and a value that is right by itself.
    fn placeholder(self) -> (&'static str, Wire<'static>) {
        match self {
            Find::Principal => ("principal", Wire::Text("1".into())),
            Find::Annual => ("interest", Wire::Map(vec![("annual".into(), Wire::Text("0".into()))])),
            Find::InstalmentCount => ("instalmentCount", Wire::Number(1.0)),
        }
    }

    /// What of the terms' check does not hang on what is looked for.
    fn check_of_the_rest(self) -> fn(&LoanTerms, &mut Problems) {
        match self {
            Find::Principal => |terms, problems| {
                check::by_count(terms, problems);
                check::fixed(terms, problems);
                check::by_rate(terms, problems);
            },
            Find::Annual => |terms, problems| {
                check::by_count(terms, problems);
                check::fixed(terms, problems);
                check::by_principal(terms, problems);
            },
            Find::InstalmentCount => |terms, problems| {
                check::fixed(terms, problems);
                check::by_principal(terms, problems);
                check::by_rate(terms, problems);
            },
        }
    }
}

/// `solve`: terms without the field that is looked for, and `{ find, payment }`; gives the whole terms, normalised, as
/// JSON. What stands in that field (`interest` for "annual") is replaced, unread.
///
/// # Errors
/// Every bad field of the terms, and of the goal by paths such as `goal.payment`; those of [`solve()`].
///
/// # Example
/// ```
/// let terms = serde_json::from_str(r#"{ "interest": { "annual": "0.12" }, "method": "equalInstalment",
///     "instalmentCount": 4, "disbursementDate": "2026-11-24" }"#)?;
/// let goal = serde_json::from_str(r#"{ "find": "principal", "payment": "1000.00" }"#)?;
/// let found: serde_json::Value = serde_json::from_str(&clearloan::offers::solve_json(&terms, &goal)?)?;
/// assert_eq!(found["principal"], "3901.97"); // 3,901.98 would pay 1,000.01
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn solve_json(terms: &Wire, goal: &Wire) -> Result<String, LoanError> {
    let mut problems = Problems::default();
    let root = Path::Root.field("goal");
    let (mut find, mut payment) = (None, None);
    for (field, value) in object(goal, &root, &GOAL, &mut problems).unwrap_or_default() {
        let path = root.field(field);
        match field {
            "find" => find = name(value, &path, &Find::NAMES, &mut problems),
            _ => payment = amount(value, &path, currency_of(terms), &mut problems),
        }
    }
    let mut whole = Problems::default();
    let mut read = None;
    if let Some(find) = find {
        match read_rest(terms, find) {
            Ok(terms) => read = Some(terms),
            Err(error) => adopt(&mut whole, &Path::Root, error),
        }
    }
    if let Err(error) = problems.finish(Some(())) {
        adopt(&mut whole, &Path::Root, error);
    }
    let (terms, find, payment) = whole.finish(read.zip(find).zip(payment).map(|((a, b), c)| (a, b, c)))?;
    let terms = solve(terms, find, payment)?;
    let mut json = Json::with_capacity(512);
    terms.write(&mut json);
    Ok(json.into_text())
}

/// The terms with a placeholder in the field that is looked for.
fn read_rest(terms: &Wire, find: Find) -> Result<LoanTerms, LoanError> {
    let (sought, value) = find.placeholder();
    let given = match terms {
        Wire::Map(fields) => fields,
        // Whatever it is, it is no terms, and is told of as that.
        _ => return LoanTerms::from_wire(terms),
    };
    let mut fields: Vec<_> = given.iter().filter(|(name, _)| name != sought).cloned().collect();
    fields.push((sought.into(), value));
    decode::loan_terms(&Wire::Map(fields), find.check_of_the_rest())
}

/// The terms with the largest principal or annual rate, or the smallest count, whose largest payment, fees included, is at
/// most `payment` minor units. What they hold in that field does not matter; all else has been checked.
///
/// A plan of principal parts fits one principal and one count only, and the parts of a price one rate: then that is the
/// only one looked at.
///
/// # Errors
/// * `no_solution` at `goal.payment` where no loan is small enough; `limit` is the least payment that was met, so that it
///   has a solution.
/// * `solution_undecided` at `goal` where telling would take too long: only for loans on which the cents of rounding
///   compound to the size of a payment.
/// * Those of the terms' own check, where it speaks against every value: a balloon above any principal, for one.
pub fn solve(mut terms: LoanTerms, find: Find, payment: i64) -> Result<LoanTerms, LoanError> {
    let mut search = Search { find, payment, least: None, refusal: None };
    let found = match find {
        Find::InstalmentCount => search.smallest_count(&mut terms),
        Find::Principal | Find::Annual => search.largest(&mut terms)?,
    };
    if found { Ok(terms) } else { Err(search.failure(&terms)) }
}

struct Search {
    find: Find,
    payment: i64,
    /// The least of the largest payments that were met.
    least: Option<i64>,
    /// What the terms' check has against a value, if there is one that it is against.
    refusal: Option<LoanError>,
}

impl Search {
    fn put(&self, terms: &mut LoanTerms, value: i64) {
        match self.find {
            Find::Principal => terms.principal = value,
            Find::Annual => terms.interest = InterestRate::Annual(Decimal::new(value, ANNUAL_DECIMALS).normalize()),
            Find::InstalmentCount => terms.instalment_count = value as u32,
        }
    }

    /// Whether the value that was put in passes what the terms' check asks of it.
    fn passes(&mut self, terms: &LoanTerms) -> bool {
        let mut problems = Problems::default();
        match self.find {
            Find::Principal => check::by_principal(terms, &mut problems),
            Find::Annual => check::by_rate(terms, &mut problems),
            Find::InstalmentCount => {
                check::by_count(terms, &mut problems);
                // A plan is held against its sum only where it has as many entries as there are instalments.
                check::by_principal(terms, &mut problems);
            }
        }
        let Err(error) = problems.finish(Some(())) else { return true };
        // Of several, the one against which the fewest rules speak.
        if self.refusal.as_ref().is_none_or(|known| error.issues.len() < known.issues.len()) {
            self.refusal = Some(error);
        }
        false
    }

    /// Whether the loan passes the check and its own schedule fits.
    fn fits(&mut self, terms: &LoanTerms) -> bool {
        // What has no schedule pays more than any goal: its sum is beyond 2^53, and it has at most 600 rows.
        match self.passes(terms).then(|| Schedule::of(terms)) {
            Some(Ok(schedule)) => {
                let maximum_payment = schedule.maximum_payment;
                self.least = Some(self.least.map_or(maximum_payment, |least| least.min(maximum_payment)));
                maximum_payment <= self.payment
            }
            Some(Err(_)) | None => false,
        }
    }

    fn smallest_count(&mut self, terms: &mut LoanTerms) -> bool {
        (1..=INSTALMENTS_MAX).any(|count| {
            terms.instalment_count = count;
            self.fits(terms)
        })
    }

    fn largest(&mut self, terms: &mut LoanTerms) -> Result<bool, LoanError> {
        let (least, greatest) = if self.find == Find::Principal { principals(terms) } else { annual_rates(terms) };
        self.put(terms, least);
        let [mut low_end, mut high_end] = [End::of(terms), End::of(terms)];
        let mut rows_left = ROWS_MAX;
        let (mut high, mut width) = (greatest, greatest - least + 1);
        while high >= least {
            width = width.clamp(1, high - least + 1);
            let low = high - width + 1;
            self.put_end(&mut low_end, low);
            self.put_end(&mut high_end, high);
            if rows_left == 0 {
                self.put(terms, high);
                // Fees as large as the principal, whatever it is, are no question of time.
                return if self.passes(terms) { Err(undecided()) } else { Ok(false) };
            }
            if least_maximum(&low_end, &high_end, self.payment, &mut rows_left) > self.payment {
                high = low - 1;
                // No more than half of what is left, as long as nothing has been too much.
                width = (width + width / 4 + 1).min((high - least) / 2 + 1);
            } else if width > 1 {
                width /= 2;
            } else {
                self.put(terms, high);
                if self.fits(terms) {
                    return Ok(true);
                }
                high = high.saturating_sub(overdrawn(terms).max(1));
            }
        }
        // What the smallest loan pays can be asked for. Where fees would eat it, the smallest that they leave something of.
        let mut is_left = |value: i64| {
            self.put(terms, value);
            overdrawn(terms) == 0
        };
        let smallest = if is_left(least) { least } else { first(greatest, is_left).min(greatest) };
        self.put(terms, smallest);
        self.fits(terms);
        Ok(false)
    }

    fn put_end(&self, end: &mut End, value: i64) {
        self.put(&mut end.terms, value);
        if self.find == Find::Annual {
            end.timeline.charge(&end.terms);
        }
    }

    fn failure(self, terms: &LoanTerms) -> LoanError {
        let Some(least) = self.least else { return self.refusal.unwrap_or_else(too_large) };
        let (asked, least) = (terms.currency.format(self.payment), terms.currency.format(least));
        let mut problems = Problems::default();
        problems.add(
            "no_solution",
            &Path::Root.field("goal").field("payment"),
            format!("没有哪一笔贷款的最高一期还款不超过 {asked}；最低的为 {least}"),
            format!("no loan has a largest payment of {asked} or less; the least is {least}"),
            Some(least),
        );
        problems.into_error()
    }
}

fn undecided() -> LoanError {
    LoanError::one(
        "solution_undecided",
        "goal",
        Message::new(
            "各期舍入的分厘按此利率和期限滚存后大如一期还款，无法在合理时间内确定最大值",
            "at this rate and length the cents of rounding compound to the size of a payment: the largest value cannot be told in reasonable time",
        ),
    )
}

/// How many principals from this one down surely do not cover what is deducted from them; none where this one does.
fn overdrawn(terms: &LoanTerms) -> i64 {
    let missing = terms.upfront().deducted - terms.principal;
    if missing < 0 {
        return 0;
    }
    // What a cap leaves of a fee hangs on the fees before it too: then their rates count twice.
    let is_capped = |benefit: &Benefit| matches!(benefit, Benefit::FeeWaiver { cap: Some(_), .. });
    let times = if terms.benefits.iter().any(is_capped) { 2.0 } else { 1.0 };
    // A unit of principal less is a unit less to deduct from, and takes less than the rates' sum off the fees.
    let (mut room, mut slope) = (missing as f64, -1.0);
    for fee in terms.fees.iter().filter(|fee| fee.when == FeeTiming::Disbursement) {
        if let Charge::Rate { rate, .. } = fee.charge {
            room -= 2.0 * times;
            slope += times * rate.mantissa() as f64 / 10u64.pow(rate.scale()) as f64;
        }
    }
    // A millionth is more than these floats are wrong by.
    let steps = if slope > 0.0 { room / slope } else { room * f64::INFINITY };
    (steps * (1.0 - 1e-6)).max(1.0) as i64
}

fn lent(terms: &mut LoanTerms, principal: i64) -> i64 {
    terms.principal = principal;
    principal + terms.upfront().financed
}

/// The principals that leave fees and balloon room: what is lent rises with the principal, since waivers and their caps
/// never take more of a larger fee than it is larger.
fn principals(terms: &mut LoanTerms) -> (i64, i64) {
    let planned: i64 = terms.principal_plan.iter().sum();
    if !terms.principal_plan.is_empty() {
        let only = (first(AMOUNT_MAX, |principal| lent(terms, principal) > planned) - 1).max(1);
        return (only, only);
    }
    let greatest = (first(AMOUNT_MAX, |principal| lent(terms, principal) > AMOUNT_MAX) - 1).max(1);
    let balloon = terms.balloon;
    let least = first(greatest, |principal| lent(terms, principal) >= balloon);
    (least.min(greatest), greatest)
}

/// Millionths of annual rate.
fn annual_rates(terms: &LoanTerms) -> (i64, i64) {
    let greatest = i64::from(ANNUAL_RATE_MAX) * 10i64.pow(ANNUAL_DECIMALS);
    if terms.pricing.is_empty() {
        return (0, greatest);
    }
    // Each part has at most 12 decimals; where their sum has more than 6, the check refuses what is cut to 6.
    let sum: i128 =
        terms.pricing.iter().map(|part| part.rate.mantissa() * 10i128.pow(RATE_DECIMALS_MAX - part.rate.scale())).sum();
    let only = i64::try_from(sum / 10i128.pow(RATE_DECIMALS_MAX - ANNUAL_DECIMALS)).unwrap_or(greatest).min(greatest);
    (only, only)
}
