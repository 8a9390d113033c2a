//! What is asked (合同要素): the only door from unchecked to checked. Every limit lives here; what comes out can be
//! scheduled.

pub(crate) mod check;
pub(crate) mod decode;
pub(crate) mod decode_extras;
mod due_dates;
mod lines;
pub(crate) mod problems;
pub(crate) mod read;
mod upfront;
mod write;

pub use decode::SHAPES;
pub use due_dates::Position;
pub(crate) use lines::write_text;
pub use read::Shape;
pub use upfront::Upfront;
pub(crate) use upfront::waive;

use crate::date::{Calendar, CivilDate, DayCount, Roll};
use crate::error::LoanError;
use crate::money::{Currency, Factor, RoundingMode};
use crate::wire::Wire;
use rust_decimal::Decimal;

/// The largest principal and the largest single amount, in minor units.
pub const AMOUNT_MAX: i64 = 1_000_000_000_000;
/// The most instalments.
pub const INSTALMENTS_MAX: u32 = 600;
/// The highest annual rate: 1,000 %.
pub const ANNUAL_RATE_MAX: u32 = 10;
/// The most fees, and likewise benefits and lenders.
pub const ENTRIES_MAX: usize = 64;
/// The longest text, in characters.
pub const TEXT_MAX: usize = 512;
/// The most decimals of a rate.
pub const RATE_DECIMALS_MAX: u32 = 12;

/// The terms of a loan, checked. Amounts are whole minor units of `currency`; rates are fractions.
#[derive(Clone, Debug, PartialEq)]
pub struct LoanTerms {
    pub(crate) principal: i64,
    pub(crate) currency: Currency,
    pub(crate) interest: InterestRate,
    pub(crate) method: RepaymentMethod,
    pub(crate) instalment_count: u32,
    pub(crate) every: Interval,
    pub(crate) disbursement_date: CivilDate,
    pub(crate) first_due_date: Option<CivilDate>,
    pub(crate) due_day: Option<u32>,
    pub(crate) accrual: Accrual,
    pub(crate) business_days: Option<BusinessDays>,
    pub(crate) rounding_mode: RoundingMode,
    pub(crate) instalment_unit: Option<i64>,
    pub(crate) remainder: Remainder,
    pub(crate) interest_only_instalments: u32,
    pub(crate) balloon: i64,
    pub(crate) steps: Vec<RateStep>,
    pub(crate) principal_plan: Vec<i64>,
    pub(crate) fees: Vec<Fee>,
    pub(crate) benefits: Vec<Benefit>,
    pub(crate) contingent: Vec<Contingent>,
    pub(crate) allocation: [Allocation; 4],
    pub(crate) lenders: Vec<Lender>,
    pub(crate) pricing: Vec<PricingComponent>,
}

impl LoanTerms {
    /// Checks unchecked input.
    ///
    /// # Errors
    /// Every bad field at once: its path, a code, the limit, and a sentence in Chinese and English.
    ///
    /// # Example
    /// ```
    /// let wire: clearloan::wire::Wire = serde_json::from_str(
    ///     r#"{ "principal": "20000.00", "interest": { "annual": "0.18" }, "method": "equalInstalment",
    ///          "instalmentCount": 0, "disbursementDate": "2026-11-24" }"#,
    /// )?;
    /// let error = clearloan::LoanTerms::from_wire(&wire).unwrap_err();
    /// assert_eq!(error.issues[0].field, "instalmentCount");
    /// assert_eq!(error.issues[0].limit.as_deref(), Some("1..600"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn from_wire(wire: &Wire) -> Result<LoanTerms, LoanError> {
        decode::loan_terms(wire, check::check)
    }

    /// Currency of every amount.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The joint lenders, in order; empty for a single lender.
    #[must_use]
    pub fn lenders(&self) -> &[Lender] {
        &self.lenders
    }

    /// How many intervals of this length make a year: 12 ÷ months, 52 ÷ weeks, 365 ÷ days.
    #[must_use]
    pub fn periods_per_year(&self) -> Factor {
        let interval = self.every.years();
        Factor::new(interval.denominator, interval.numerator)
    }
}

/// What interest is charged, on exactly one basis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterestRate {
    /// A nominal year's.
    Annual(Decimal),
    /// A twelfth of a nominal year's.
    Monthly(Decimal),
    /// A day's; the nominal year has `days_per_year`, 360 or 365.
    Daily {
        /// Per day.
        rate: Decimal,
        /// 360 or 365.
        days_per_year: u32,
    },
    /// An instalment's, on the original principal (每期手续费率).
    Flat(Decimal),
}

impl InterestRate {
    /// The nominal annual rate: `annual`, 12 · `monthly`, `daysPerYear` · `daily`, periods · `flat`.
    #[must_use]
    pub(crate) fn annual(self, periods_per_year: Factor) -> Factor {
        let (rate, per_year) = match self {
            InterestRate::Annual(rate) => (rate, Factor::ONE),
            InterestRate::Monthly(rate) => (rate, Factor { numerator: 12, denominator: 1 }),
            InterestRate::Daily { rate, days_per_year } => {
                (rate, Factor { numerator: i128::from(days_per_year), denominator: 1 })
            }
            InterestRate::Flat(rate) => (rate, periods_per_year),
        };
        // A rate has twelve decimals at most, so that their power fits 64 bits.
        let unit = i128::from(10_u64.pow(rate.scale()));
        Factor::new(rate.mantissa() * per_year.numerator, unit * per_year.denominator)
    }
}

/// How principal is repaid (还款方式). Forgotten after `schedule`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepaymentMethod {
    /// 等额本息.
    EqualInstalment,
    /// 等额本金.
    EqualPrincipal,
    /// 等本等息.
    Flat,
    /// 先息后本.
    InterestOnly,
    /// 到期一次性还本付息.
    Bullet,
    /// By `principalPlan`.
    Custom,
}

impl RepaymentMethod {
    /// Every method with its name in the contract.
    pub const NAMES: [(&'static str, RepaymentMethod); 6] = [
        ("equalInstalment", RepaymentMethod::EqualInstalment),
        ("equalPrincipal", RepaymentMethod::EqualPrincipal),
        ("flat", RepaymentMethod::Flat),
        ("interestOnly", RepaymentMethod::InterestOnly),
        ("bullet", RepaymentMethod::Bullet),
        ("custom", RepaymentMethod::Custom),
    ];
}

/// The time between two due dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Calendar months.
    Months(u32),
    /// Weeks of seven days.
    Weeks(u32),
    /// Days.
    Days(u32),
}

impl Interval {
    /// A whole interval as a fraction of a year under periodic accrual: m/12, w/52, d/365.
    #[must_use]
    pub fn years(self) -> Factor {
        let (count, per_year) = match self {
            Interval::Months(months) => (months, 12),
            Interval::Weeks(weeks) => (weeks, 52),
            Interval::Days(days) => (days, 365),
        };
        Factor::new(i128::from(count), per_year)
    }
}

/// How time becomes a fraction of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accrual {
    /// Each whole interval is the same fraction, whatever the calendar.
    Periodic,
    /// By the days between due dates.
    DayCount(DayCount),
}

/// When due dates keep off closed days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessDays {
    /// Which days are worked.
    pub calendar: Calendar,
    /// Which way a due date moves.
    pub roll: Roll,
    /// Whether interest runs to the rolled day.
    pub accrue: bool,
}

/// Which instalment takes what rounding leaves over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Remainder {
    /// The last one.
    #[default]
    Last,
    /// The first that repays principal (余数计入首期).
    First,
}

/// A rate known in advance, from one instalment to the next step or the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateStep {
    /// Counted from 1.
    pub from_instalment: u32,
    /// The rate from there.
    pub interest: InterestRate,
}

/// A fee (费用).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fee {
    /// "service", "guarantee", …
    pub code: String,
    /// For people.
    pub name: Option<String>,
    /// Who collects it (收取主体).
    pub payee: Option<String>,
    /// How much, for each charge.
    pub charge: Charge,
    /// When.
    pub when: FeeTiming,
    /// How a fee at disbursement is settled.
    pub settlement: Settlement,
    /// Whether it counts in the cost of the loan.
    pub in_cost: bool,
}

/// The amount of one charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// Minor units.
    Amount(i64),
    /// A share of a base, not for a year.
    Rate {
        /// The share.
        rate: Decimal,
        /// Of what.
        of: FeeBase,
    },
}

/// What a fee rate is applied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeBase {
    /// The sum asked for, before financing.
    Principal,
    /// The row's opening balance; at disbursement the principal.
    OpeningBalance,
    /// Principal and interest of the row, before benefits.
    Instalment,
}

/// When a fee is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeeTiming {
    /// On the day the money comes.
    Disbursement,
    /// With each instalment.
    EachInstalment,
    /// With the first instalment.
    FirstInstalment,
    /// With the last instalment.
    LastInstalment,
}

/// How a fee at disbursement is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// In cash.
    Paid,
    /// From the proceeds.
    Deducted,
    /// Added to the principal.
    Financed,
}

/// What makes the loan cheaper (优惠).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Benefit {
    /// The first instalments bear no interest (免息券).
    InterestFreeInstalments(u32),
    /// The first days bear no interest.
    InterestFreeDays(u32),
    /// A share of the interest is still paid (折扣券).
    InterestDiscount {
        /// The share still paid.
        factor: Decimal,
        /// Of the first so many instalments; of all where absent.
        instalments: Option<u32>,
        /// At most so much for the whole loan.
        cap: Option<i64>,
    },
    /// A fee is waived.
    FeeWaiver {
        /// Its code.
        fee: String,
        /// At most so much for the whole loan.
        cap: Option<i64>,
    },
}

/// What default, misuse or early repayment would cost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contingent {
    /// Penalty interest on what is late (逾期罚息).
    Overdue {
        /// The penalty rate.
        penalty: Penalty,
        /// Cleared within so many days, nothing is charged (容时期).
        grace_days: u32,
        /// Whether unpaid interest bears a penalty too (复利).
        compound: bool,
        /// Who collects it.
        payee: Option<String>,
    },
    /// Penalty interest on money used for what it was not lent for (挪用罚息).
    Misuse {
        /// Times the contract rate.
        rate_factor: Decimal,
        /// Who collects it.
        payee: Option<String>,
    },
    /// A fee for repaying early (提前还款违约金).
    EarlyRepayment {
        /// Of the principal repaid early.
        fee_rate: Decimal,
        /// At least so much.
        minimum: Option<i64>,
        /// Free from the due date of that instalment on.
        free_after_instalment: Option<u32>,
        /// Who collects it.
        payee: Option<String>,
    },
}

/// The rate of penalty interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Penalty {
    /// Times the contract rate.
    RateFactor(Decimal),
    /// A day's.
    DailyRate(Decimal),
}

/// What a payment serves within an instalment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allocation {
    /// Penalty interest.
    Penalty,
    /// Fees.
    Fees,
    /// Interest.
    Interest,
    /// Principal.
    Principal,
}

impl Allocation {
    /// The order where the terms give none.
    pub const DEFAULT_ORDER: [Allocation; 4] =
        [Allocation::Penalty, Allocation::Fees, Allocation::Interest, Allocation::Principal];
}

/// One of the lenders of a joint loan (联合贷款).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lender {
    /// Its name.
    pub name: String,
    /// Its licence.
    pub licence: Option<String>,
    /// Its share of the loan.
    pub share: Decimal,
}

/// A part of the price (定价构成).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PricingComponent {
    /// "funding", "risk", "operation", "margin", …
    pub component: String,
    /// Its part of the annual rate.
    pub rate: Decimal,
}
