//! One rate in all its forms (利率折算): "每期 0.6 % 手续费" is 13 % a year. Semantics.md, section 9: nothing is rounded on the
//! way, the principal is 1, and every period is a whole month.

use crate::cost::{Part, RateError, UnitFlows, irr_of_schedule};
use crate::date::CivilDate;
use crate::error::LoanError;
use crate::json::Json;
use crate::money::{Factor, RoundingMode, round_ratio};
use crate::rate::{DECIMALS, PublishedRate};
use crate::schedule::level;
use crate::schedule::periods::Period;
use crate::terms::decode::interest_rate;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{Shape, integer, name, object};
use crate::terms::{ANNUAL_RATE_MAX, INSTALMENTS_MAX, InterestRate, RATE_DECIMALS_MAX, RepaymentMethod};
use crate::wire::Wire;
use rust_decimal::Decimal;

const INPUT: Shape = Shape {
    name: "translateRate.input",
    required: &["instalmentCount"],
    optional: &["annual", "monthly", "daily", "flat", "daysPerYear", "method"],
};

/// One cost of borrowing in five forms, each rounded to 10 decimals from the exact rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Translation {
    /// 每期手续费率: of the original principal, per monthly instalment.
    pub flat: PublishedRate,
    /// 日利率: simple_annual ÷ 365.
    pub daily: PublishedRate,
    /// 月利率: the internal rate of return of a month.
    pub monthly: PublishedRate,
    /// 年化利率（单利）: 12 times the monthly rate.
    pub simple_annual: PublishedRate,
    /// 年化利率（复利）: (1 + monthly)^12 − 1.
    pub compound_annual: PublishedRate,
}

impl Translation {
    /// Writes the five rates, fields in sorted order.
    pub fn write(&self, json: &mut Json) {
        json.object(|json| {
            self.compound_annual.write(json.field("compoundAnnual"));
            self.daily.write(json.field("daily"));
            self.flat.write(json.field("flat"));
            self.monthly.write(json.field("monthly"));
            self.simple_annual.write(json.field("simpleAnnual"));
        });
    }
}

/// `translateRate`: a quoted rate with `instalmentCount` and, where it is not the usual one, `method`; as JSON.
///
/// Without `method` a `flat` rate is one of method "flat", and any other basis is charged on the balance
/// ("equalInstalment"). With method "flat" a rate a year, month or day is one on the original principal.
///
/// # Errors
/// Every bad field at once. `not_allowed` for a `flat` rate with another method, and for "bullet" and "custom", whose
/// payments are not one a month.
///
/// # Example
/// ```
/// let input = serde_json::from_str(r#"{ "flat": "0.006", "instalmentCount": 12 }"#)?;
/// let rates: serde_json::Value = serde_json::from_str(&clearloan::offers::translate_rate_json(&input)?)?;
/// assert_eq!(rates["simpleAnnual"], "0.1303422428"); // not 7.2 %
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn translate_rate_json(input: &Wire) -> Result<String, LoanError> {
    let (interest, method, instalment_count) = read(input)?;
    let rates = translate_rate(interest, method, instalment_count)?;
    let mut json = Json::default();
    rates.write(&mut json);
    Ok(json.into_text())
}

fn read(input: &Wire) -> Result<(InterestRate, RepaymentMethod, u32), LoanError> {
    let mut problems = Problems::default();
    let root = Path::Root;
    let (mut method, mut instalment_count, mut is_method_read) = (None, None, true);
    let mut rates = Vec::new();
    let fields = object(input, &root, &INPUT, &mut problems);
    for (field, value) in fields.iter().flatten() {
        match *field {
            "method" => {
                method = name(value, &root.field(field), &RepaymentMethod::NAMES, &mut problems);
                is_method_read = method.is_some();
            }
            "instalmentCount" => {
                instalment_count = integer(value, &root.field(field), 1, INSTALMENTS_MAX, &mut problems);
            }
            _ => rates.push(((*field).into(), (*value).clone())),
        }
    }
    let interest = fields.and_then(|_| interest_rate(&Wire::Map(rates), &root, &mut problems));
    let given = method;
    let method = interest.map(|interest| {
        given.unwrap_or(match interest {
            InterestRate::Flat(_) => RepaymentMethod::Flat,
            InterestRate::Annual(_) | InterestRate::Monthly(_) | InterestRate::Daily { .. } => {
                RepaymentMethod::EqualInstalment
            }
        })
    });
    if let (Some(interest), Some(method), true) = (interest, method, is_method_read) {
        agree(interest, method, &mut problems);
    }
    if let Wire::Map(fields) = input {
        problems.sort_by_input(fields);
    }
    let read = interest.zip(method).zip(instalment_count);
    problems.finish(read.map(|((interest, method), count)| (interest, method, count)))
}

/// What basis and method must agree on.
fn agree(interest: InterestRate, method: RepaymentMethod, problems: &mut Problems) {
    let root = Path::Root;
    match method {
        RepaymentMethod::Bullet | RepaymentMethod::Custom => problems.not_allowed(
            &root.field("method"),
            "不是每月还款，没有月利率可折算；请用 quote",
            "does not pay once a month, so there is no monthly rate: use quote",
        ),
        RepaymentMethod::Flat => {
            // A year's sum is at most 1,000 %, as in the terms of a loan.
            let annual = interest.annual(MONTHS);
            if annual.numerator > i128::from(ANNUAL_RATE_MAX) * annual.denominator {
                let greatest = i128::from(ANNUAL_RATE_MAX) * 10i128.pow(RATE_DECIMALS_MAX) / MONTHS.numerator;
                let greatest = Decimal::from_i128_with_scale(greatest, RATE_DECIMALS_MAX).normalize();
                problems.out_of_range(&root.field("flat"), &format!("0..{greatest}"));
            }
        }
        RepaymentMethod::EqualInstalment | RepaymentMethod::EqualPrincipal | RepaymentMethod::InterestOnly => {
            if let InterestRate::Flat(_) = interest {
                problems.not_allowed(
                    &root.field("flat"),
                    "每期手续费率只用于等本等息（method \"flat\"）",
                    "a flat rate per instalment goes with method \"flat\" only",
                );
            }
        }
    }
}

const MONTHS: Factor = Factor { numerator: 12, denominator: 1 };

/// Translates a rate that is charged on the original principal (method "flat"), or on the balance (any other method that
/// pays every month). `instalment_count` is at least 1 and at most 600.
///
/// # Errors
/// Those of the rates: none for rates and counts within the limits of [`crate::terms`].
///
/// # Example
/// ```
/// use clearloan::offers::translate_rate;
/// use clearloan::terms::{InterestRate, RepaymentMethod};
/// let flat = InterestRate::Flat(rust_decimal::Decimal::new(6, 3)); // 0.6 % an instalment
/// let rates = translate_rate(flat, RepaymentMethod::Flat, 12)?;
/// assert_eq!(rates.monthly.to_string(), "0.0108618536");
/// let back = InterestRate::Monthly(rust_decimal::Decimal::new(108_618_536, 10));
/// assert_eq!(translate_rate(back, RepaymentMethod::EqualInstalment, 12)?.flat.to_string(), "0.006");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn translate_rate(
    interest: InterestRate,
    method: RepaymentMethod,
    instalment_count: u32,
) -> Result<Translation, LoanError> {
    let annual = interest.annual(MONTHS);
    let of_month = Factor::new(annual.numerator, annual.denominator * MONTHS.numerator);
    let count = i128::from(instalment_count.clamp(1, INSTALMENTS_MAX));
    let (flat, at_start, payments) = if method == RepaymentMethod::Flat {
        // 1 = Σ (1/n + r) · (1 + i)^−k, times n and the denominator of r: whole numbers below 2^53.
        let payment = of_month.denominator + count * of_month.numerator;
        (published(of_month), count * of_month.denominator, vec![payment as i64; count as usize])
    } else {
        // One payment of 1 + i after a month has the internal rate i, whatever i's decimals.
        let payment = of_month.denominator + of_month.numerator;
        (flat_of(of_month, count), of_month.denominator, vec![payment as i64])
    };
    let flows = UnitFlows { at_start: at_start as i64, payments: &payments, first_whole: 1, part: Part::NONE };
    let rates = || -> Result<Translation, RateError> {
        let root = irr_of_schedule(flows)?;
        Ok(Translation {
            flat,
            daily: root.times(12, 365)?,
            monthly: root.rate()?,
            simple_annual: root.times(12, 1)?,
            compound_annual: root.compounded(12, 1)?,
        })
    };
    rates().map_err(|error| error.at(""))
}

/// 10^10: one unit of the last published place.
const UNITS: i128 = 10i128.pow(DECIMALS);

/// Below 100, so with 10 decimals.
fn published(rate: Factor) -> PublishedRate {
    PublishedRate::new(round_ratio(rate.numerator * UNITS, rate.denominator, RoundingMode::HalfUp) as i64, DECIMALS)
}

/// The flat rate of equal internal rate: r = A − 1/n, A being the level instalment of 1 over n months.
///
/// In units of the last place: R(x) = ⌊x + 1/2⌋ = ⌊(⌊2n·A⌋ − 2 + n) ÷ 2n⌋, since a whole number may be taken out of a
/// floor and a division by one may follow it; and ⌊2n·A⌋ is a level instalment rounded down, which is exact.
fn flat_of(of_month: Factor, count: i128) -> PublishedRate {
    let balance = 2 * count * UNITS;
    let month = Period {
        due_date: CivilDate::default(),
        unrolled_due_date: CivilDate::default(),
        days: 0,
        annual: of_month,
        years: Factor::ONE,
        interest: of_month,
    };
    let months = vec![month; count as usize];
    let instalment = level::of_periods(&months, balance as i64, 0, 1, RoundingMode::Down);
    let units = (i128::from(instalment) - 2 * UNITS + count).div_euclid(2 * count);
    PublishedRate::new(units as i64, DECIMALS)
}
