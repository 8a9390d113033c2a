//! Unchecked input → terms: each field by itself, in the order given. What several fields must agree on is in `check`.

use super::decode_extras::{
    CHARGE, EARLY_REPAYMENT, FEE, FEE_WAIVER, INTEREST_DISCOUNT, INTEREST_FREE, MISUSE, OVERDUE, benefit, fee,
    read_contingent,
};
use super::problems::{Path, Problems};
use super::read::{
    self, Shape, amount, amount_within, boolean, day, each_field, entries, integer, label, name, object, owned_text,
    rate,
};
use super::{
    AMOUNT_MAX, ANNUAL_RATE_MAX, Accrual, Allocation, BusinessDays, ENTRIES_MAX, INSTALMENTS_MAX, InterestRate,
    Interval, Lender, LoanTerms, PricingComponent, RATE_DECIMALS_MAX, RateStep, Remainder, RepaymentMethod,
};
use crate::date::{Calendar, CivilDate, DayCount, Roll};
use crate::error::LoanError;
use crate::money::{Currency, RoundingMode};
use crate::wire::Wire;
use rust_decimal::Decimal;

/// The most days of a caller's own calendar: ten closed days a year over the three centuries that are taken.
const CALENDAR_DAYS_MAX: usize = 3_000;
/// The longest interval in months; a loan of one instalment may run a century.
const INTERVAL_MONTHS_MAX: u32 = 1_200;
/// The same in weeks.
const INTERVAL_WEEKS_MAX: u32 = 5_200;
/// The same in days.
const INTERVAL_DAYS_MAX: u32 = 36_500;
const TERMS: Shape = Shape {
    name: "LoanTerms",
    required: &["principal", "interest", "method", "instalmentCount", "disbursementDate"],
    optional: &[
        "currency",
        "every",
        "firstDueDate",
        "dueDay",
        "accrual",
        "businessDays",
        "rounding",
        "interestOnlyInstalments",
        "balloon",
        "steps",
        "principalPlan",
        "fees",
        "benefits",
        "contingent",
        "allocation",
        "lenders",
        "pricing",
    ],
};
const INTEREST: Shape =
    Shape { name: "InterestRate", required: &[], optional: &["annual", "monthly", "daily", "flat", "daysPerYear"] };
const EVERY: Shape = Shape { name: "LoanTerms.every", required: &[], optional: &["months", "weeks", "days"] };
const BUSINESS_DAYS: Shape =
    Shape { name: "LoanTerms.businessDays", required: &["calendar", "roll"], optional: &["accrue"] };
const OWN_CALENDAR: Shape =
    Shape { name: "LoanTerms.businessDays.calendar", required: &["holidays"], optional: &["workdays"] };
const ROUNDING: Shape =
    Shape { name: "LoanTerms.rounding", required: &[], optional: &["mode", "instalmentUnit", "remainder"] };
const STEP: Shape = Shape { name: "LoanTerms.steps", required: &["fromInstalment", "interest"], optional: &[] };
const LENDER: Shape = Shape { name: "LoanTerms.lenders", required: &["name", "share"], optional: &["licence"] };
const PRICING: Shape = Shape { name: "LoanTerms.pricing", required: &["component", "rate"], optional: &[] };

/// Every object of the terms, with its fields.
pub const SHAPES: [Shape; 18] = [
    TERMS,
    INTEREST,
    EVERY,
    BUSINESS_DAYS,
    OWN_CALENDAR,
    ROUNDING,
    STEP,
    FEE,
    CHARGE,
    INTEREST_FREE,
    INTEREST_DISCOUNT,
    FEE_WAIVER,
    OVERDUE,
    MISUSE,
    EARLY_REPAYMENT,
    LENDER,
    PRICING,
    // A quote that is verified carries its terms under this name.
    Shape { name: "Quote", required: &["terms", "schedule", "cost"], optional: &["warnings"] },
];

/// `check` is what several fields must agree on: [`check::check`], or a part of it where one of them is yet to be found.
pub(crate) fn loan_terms(wire: &Wire, check: fn(&LoanTerms, &mut Problems)) -> Result<LoanTerms, LoanError> {
    let mut problems = Problems::default();
    let terms = read_terms(wire, &mut problems);
    // Rules between fields are told of only where each field by itself is right: else they would accuse good fields.
    if let (Some(terms), true) = (&terms, problems.is_empty()) {
        check(terms, &mut problems);
    }
    if let Wire::Map(fields) = wire {
        problems.sort_by_input(fields);
    }
    problems.finish(terms)
}

/// Whatever could not be read stays as it is at first: where there is a problem, nobody sees the terms.
fn read_terms(wire: &Wire, problems: &mut Problems) -> Option<LoanTerms> {
    // Amounts cannot be read before the currency is known; a wrong one is told of at its own place below.
    let currency = match wire.get("currency") {
        Some(Wire::Text(code)) => Currency::of(code).unwrap_or(Currency::CNY),
        _ => Currency::CNY,
    };
    let mut terms = LoanTerms {
        principal: 0,
        currency,
        interest: InterestRate::Annual(Decimal::ZERO),
        method: RepaymentMethod::EqualInstalment,
        instalment_count: 0,
        every: Interval::Months(1),
        disbursement_date: CivilDate::default(),
        first_due_date: None,
        due_day: None,
        accrual: Accrual::Periodic,
        business_days: None,
        rounding_mode: RoundingMode::HalfUp,
        instalment_unit: None,
        remainder: Remainder::Last,
        interest_only_instalments: 0,
        balloon: 0,
        steps: Vec::new(),
        principal_plan: Vec::new(),
        fees: Vec::new(),
        benefits: Vec::new(),
        contingent: Vec::new(),
        allocation: Allocation::DEFAULT_ORDER,
        lenders: Vec::new(),
        pricing: Vec::new(),
    };
    let mut accrual = None;
    each_field(wire, &Path::Root, &TERMS, problems, |field, value, path, problems| match field {
        "principal" => {
            terms.principal = amount_within(value, path, currency, 1, AMOUNT_MAX, problems).unwrap_or_default();
        }
        "currency" => read_currency(value, path, problems),
        "interest" => {
            if let Some(interest) = interest_rate(value, path, problems) {
                terms.interest = interest;
            }
        }
        "method" => {
            if let Some(method) = name(value, path, &RepaymentMethod::NAMES, problems) {
                terms.method = method;
            }
        }
        "instalmentCount" => {
            terms.instalment_count = integer(value, path, 1, INSTALMENTS_MAX, problems).unwrap_or_default();
        }
        "every" => {
            if let Some(every) = interval(value, path, problems) {
                terms.every = every;
            }
        }
        "disbursementDate" => terms.disbursement_date = day(value, path, problems).unwrap_or_default(),
        "firstDueDate" => terms.first_due_date = day(value, path, problems),
        "dueDay" => terms.due_day = integer(value, path, 1, 31, problems),
        "accrual" => accrual = name(value, path, &ACCRUALS, problems),
        "businessDays" => terms.business_days = read_business_days(value, path, problems),
        "rounding" => read_rounding(value, path, &mut terms, problems),
        "interestOnlyInstalments" => {
            terms.interest_only_instalments =
                integer(value, path, 0, INSTALMENTS_MAX - 1, problems).unwrap_or_default();
        }
        "balloon" => terms.balloon = amount(value, path, currency, problems).unwrap_or_default(),
        "steps" => {
            terms.steps = entries(value, path, INSTALMENTS_MAX as usize, problems, |value, path, problems| {
                read_step(value, path, problems)
            });
        }
        "principalPlan" => {
            terms.principal_plan = entries(value, path, INSTALMENTS_MAX as usize, problems, |value, path, problems| {
                amount(value, path, currency, problems)
            });
        }
        "fees" => {
            terms.fees = entries(value, path, ENTRIES_MAX, problems, |value, path, problems| {
                fee(value, path, currency, problems)
            })
        }
        "benefits" => {
            terms.benefits = entries(value, path, ENTRIES_MAX, problems, |value, path, problems| {
                benefit(value, path, currency, problems)
            })
        }
        "contingent" => {
            terms.contingent = entries(value, path, ENTRIES_MAX, problems, |value, path, problems| {
                read_contingent(value, path, currency, problems)
            })
        }
        "allocation" => terms.allocation = read_allocation(value, path, problems),
        "lenders" => {
            terms.lenders =
                entries(value, path, ENTRIES_MAX, problems, |value, path, problems| lender(value, path, problems))
        }
        _ => {
            terms.pricing = entries(value, path, ENTRIES_MAX, problems, |value, path, problems| {
                pricing_component(value, path, problems)
            })
        }
    })?;
    terms.accrual = accrual.unwrap_or(default_accrual(terms.interest));
    Some(terms)
}

/// A daily rate is charged by the day: a day costs exactly balance × daily (semantics.md 3).
fn default_accrual(interest: InterestRate) -> Accrual {
    match interest {
        InterestRate::Daily { days_per_year: 360, .. } => Accrual::DayCount(DayCount::Actual360),
        InterestRate::Daily { .. } => Accrual::DayCount(DayCount::Actual365),
        InterestRate::Annual(_) | InterestRate::Monthly(_) | InterestRate::Flat(_) => Accrual::Periodic,
    }
}

fn read_currency(wire: &Wire, path: &Path, problems: &mut Problems) {
    match wire {
        Wire::Text(code) if Currency::of(code).is_some() => {}
        Wire::Text(code) => {
            let meant = match code.to_ascii_uppercase().as_str() {
                "RMB" | "人民币" | "YUAN" => "CNY".to_owned(),
                upper if Currency::of(upper).is_some() => upper.to_owned(),
                _ => String::new(),
            };
            let words = if meant.is_empty() {
                &[
                    "应为 ISO 4217 的三个大写字母，如 \"CNY\"",
                    "must be three capital letters of ISO 4217, such as \"CNY\"",
                ]
            } else {
                &[
                    "应为 ISO 4217 的三个大写字母，如 \"CNY\"；是不是 \"{0}\"？",
                    "must be three capital letters of ISO 4217, such as \"CNY\"; did you mean \"{0}\"?",
                ]
            };
            problems.tell("not_a_currency", path, words, &[&meant], None);
        }
        _ => problems.wrong_type(path, "文字", "text"),
    }
}

pub(crate) fn interest_rate(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<InterestRate> {
    let (mut basis, mut rate, mut count) = ("", None, 0);
    let mut days_per_year = None;
    each_field(wire, path, &INTEREST, problems, |field, value, path, problems| {
        if field != "daysPerYear" {
            (basis, rate, count) = (field, read::rate(value, path, ANNUAL_RATE_MAX, problems), count + 1);
            return;
        }
        match value {
            Wire::Number(number) if number.total_cmp(&360.0).is_eq() => days_per_year = Some(360),
            Wire::Number(number) if number.total_cmp(&365.0).is_eq() => days_per_year = Some(365),
            Wire::Number(_) => problems.not_one_of(path, "", &["360", "365"]),
            _ => problems.wrong_type(path, "整数", "a whole number"),
        }
        if wire.get("daily").is_none_or(|daily| matches!(daily, Wire::Null)) {
            problems.not_allowed(path, "只与日利率 daily 一起使用", "goes with a daily rate only");
        }
    })?;
    if count != 1 {
        problems.exactly_one(path, &["annual", "monthly", "daily", "flat"]);
        return None;
    }
    let rate = rate?;
    let days_per_year = days_per_year.unwrap_or(365);
    let (interest, per_year) = match basis {
        "annual" => (InterestRate::Annual(rate), 1),
        "monthly" => (InterestRate::Monthly(rate), 12),
        "daily" => (InterestRate::Daily { rate, days_per_year }, days_per_year),
        // How many instalments a year has is not known here; `check` looks at the annual rate.
        _ => (InterestRate::Flat(rate), 1),
    };
    // A rate of at most 10 in units of 10^−12, and 365 of them in a year, fit 64 bits with room to spare.
    let (per_year, in_units) = (i64::from(per_year), |decimals| i64::from(ANNUAL_RATE_MAX) * 10_i64.pow(decimals));
    if rate.mantissa() as i64 * per_year > in_units(rate.scale()) {
        let greatest = Decimal::new(in_units(RATE_DECIMALS_MAX) / per_year, RATE_DECIMALS_MAX);
        problems.rate_out_of_range(&path.field(basis), greatest);
        return None;
    }
    Some(interest)
}

fn interval(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Interval> {
    let fields = object(wire, path, &EVERY, problems)?;
    let [(unit, count)] = fields[..] else {
        problems.exactly_one(path, EVERY.optional);
        return None;
    };
    let path = path.field(unit);
    match unit {
        "months" => integer(count, &path, 1, INTERVAL_MONTHS_MAX, problems).map(Interval::Months),
        "weeks" => integer(count, &path, 1, INTERVAL_WEEKS_MAX, problems).map(Interval::Weeks),
        _ => integer(count, &path, 1, INTERVAL_DAYS_MAX, problems).map(Interval::Days),
    }
}

/// Periodic, and every day count, with their names in the contract.
const ACCRUALS: [(&str, Accrual); 1 + DayCount::NAMES.len()] = {
    let mut names = [("periodic", Accrual::Periodic); 1 + DayCount::NAMES.len()];
    let mut index = 0;
    while index < DayCount::NAMES.len() {
        let (name, day_count) = DayCount::NAMES[index];
        index += 1;
        names[index] = (name, Accrual::DayCount(day_count));
    }
    names
};

const ROLLS: [(&str, Roll); 3] =
    [("following", Roll::Following), ("modifiedFollowing", Roll::ModifiedFollowing), ("preceding", Roll::Preceding)];
/// The rounding modes with their names in the contract.
pub(super) const ROUNDING_MODES: [(&str, RoundingMode); 4] = [
    ("halfUp", RoundingMode::HalfUp),
    ("halfEven", RoundingMode::HalfEven),
    ("up", RoundingMode::Up),
    ("down", RoundingMode::Down),
];
const REMAINDERS: [(&str, Remainder); 2] = [("last", Remainder::Last), ("first", Remainder::First)];

fn read_rounding(wire: &Wire, path: &Path, terms: &mut LoanTerms, problems: &mut Problems) {
    each_field(wire, path, &ROUNDING, problems, |field, value, path, problems| match field {
        "mode" => terms.rounding_mode = name(value, path, &ROUNDING_MODES, problems).unwrap_or_default(),
        "instalmentUnit" => {
            terms.instalment_unit = amount_within(value, path, terms.currency, 1, AMOUNT_MAX, problems);
        }
        _ => terms.remainder = name(value, path, &REMAINDERS, problems).unwrap_or_default(),
    });
}

fn read_business_days(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<BusinessDays> {
    let (mut calendar, mut roll, mut accrue) = (None, None, Some(false));
    each_field(wire, path, &BUSINESS_DAYS, problems, |field, value, path, problems| match field {
        "calendar" => calendar = read_calendar(value, path, problems),
        "roll" => roll = name(value, path, &ROLLS, problems),
        _ => accrue = boolean(value, path, problems),
    })?;
    Some(BusinessDays { calendar: calendar?, roll: roll?, accrue: accrue? })
}

fn read_calendar(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Calendar> {
    if !matches!(wire, Wire::Map(_)) {
        let is_china = name(wire, path, &[("weekends", false), ("CN", true)], problems)?;
        return Some(if is_china { Calendar::China } else { Calendar::Weekends });
    }
    let mut days = [Vec::new(), Vec::new()];
    each_field(wire, path, &OWN_CALENDAR, problems, |field, value, path, problems| {
        let mut list = entries(value, path, CALENDAR_DAYS_MAX, problems, day);
        sort_days(&mut list);
        days[usize::from(field == "workdays")] = list;
    })?;
    let [holidays, workdays] = days;
    Some(Calendar::Own { holidays, workdays })
}

/// Ascending, each day once. By insertion: such lists come sorted, and are no longer than some thousand days.
fn sort_days(days: &mut Vec<CivilDate>) {
    for end in 1..days.len() {
        let mut at = end;
        while at > 0 && days[at - 1] > days[at] {
            days.swap(at - 1, at);
            at -= 1;
        }
    }
    days.dedup();
}

fn read_step(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<RateStep> {
    let (mut from_instalment, mut interest) = (None, None);
    each_field(wire, path, &STEP, problems, |field, value, path, problems| match field {
        "fromInstalment" => from_instalment = integer(value, path, 1, INSTALMENTS_MAX, problems),
        _ => interest = interest_rate(value, path, problems),
    })?;
    Some(RateStep { from_instalment: from_instalment?, interest: interest? })
}

/// What a payment serves, with its names in the contract.
pub(super) const ALLOCATIONS: [(&str, Allocation); 4] = [
    ("penalty", Allocation::Penalty),
    ("fees", Allocation::Fees),
    ("interest", Allocation::Interest),
    ("principal", Allocation::Principal),
];

fn read_allocation(wire: &Wire, path: &Path, problems: &mut Problems) -> [Allocation; 4] {
    let given = if let Wire::List(items) = wire { items.len() } else { ALLOCATIONS.len() + 1 };
    let order = entries(wire, path, ALLOCATIONS.len(), problems, |value, path, problems| {
        name(value, path, &ALLOCATIONS, problems)
    });
    // Entries that could not be read have been told of already.
    let is_read_whole = order.len() == given;
    let is_each_once = ALLOCATIONS.iter().all(|(_, allocation)| order.contains(allocation));
    match <[Allocation; 4]>::try_from(order) {
        Ok(order) if is_each_once => order,
        _ => {
            if is_read_whole {
                let words = &[
                    "四项各须出现一次：penalty, fees, interest, principal",
                    "must name each of penalty, fees, interest and principal once",
                ];
                problems.inconsistent(path, words, &[], None);
            }
            Allocation::DEFAULT_ORDER
        }
    }
}

fn lender(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Lender> {
    let (mut lender_name, mut licence, mut share) = (None, None, None);
    each_field(wire, path, &LENDER, problems, |field, value, path, problems| match field {
        "name" => lender_name = label(value, path, problems),
        "licence" => licence = owned_text(value, path, problems),
        _ => share = rate(value, path, 1, problems),
    })?;
    Some(Lender { name: lender_name?, licence, share: share? })
}

fn pricing_component(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<PricingComponent> {
    let (mut component, mut part) = (None, None);
    each_field(wire, path, &PRICING, problems, |field, value, path, problems| match field {
        "component" => component = label(value, path, problems),
        _ => part = rate(value, path, ANNUAL_RATE_MAX, problems),
    })?;
    Some(PricingComponent { component: component?, rate: part? })
}
