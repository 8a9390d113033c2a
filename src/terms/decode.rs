//! Unchecked input → terms: each field by itself, in the order given. What several fields must agree on is in `check`.

use super::decode_extras::{
    CHARGE, EARLY_REPAYMENT, FEE, FEE_WAIVER, INTEREST_DISCOUNT, INTEREST_FREE, MISUSE, OVERDUE, benefit, fee,
    read_contingent,
};
use super::problems::{Path, Problems};
use super::read::{self, Shape, amount, boolean, day, integer, label, list, name, object, rate, text};
use super::{
    ANNUAL_RATE_MAX, Accrual, Allocation, BusinessDays, ENTRIES_MAX, INSTALMENTS_MAX, InterestRate, Interval, Lender,
    LoanTerms, PricingComponent, RATE_DECIMALS_MAX, RateStep, Remainder, RepaymentMethod,
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

fn read_terms(wire: &Wire, problems: &mut Problems) -> Option<LoanTerms> {
    let fields = object(wire, &Path::Root, &TERMS, problems)?;
    // Amounts cannot be read before the currency is known; a wrong one is told of at its own place below.
    let currency = match wire.get("currency") {
        Some(Wire::Text(code)) => Currency::of(code).unwrap_or(Currency::CNY),
        _ => Currency::CNY,
    };

    let (mut principal, mut interest, mut method, mut instalment_count) = (None, None, None, None);
    let (mut disbursement_date, mut first_due_date, mut due_day) = (None, None, None);
    let (mut every, mut accrual, mut business_days) = (Some(Interval::Months(1)), None, None);
    let (mut rounding_mode, mut instalment_unit, mut remainder) = (RoundingMode::HalfUp, None, Remainder::Last);
    let (mut interest_only_instalments, mut balloon) = (Some(0), Some(0));
    let (mut steps, mut principal_plan) = (Vec::new(), Vec::new());
    let (mut fees, mut benefits, mut contingent) = (Vec::new(), Vec::new(), Vec::new());
    let (mut lenders, mut pricing, mut allocation) = (Vec::new(), Vec::new(), Allocation::DEFAULT_ORDER);

    for (field, value) in fields {
        let path = Path::Root.field(field);
        match field {
            "principal" => {
                principal = read::amount_within(value, &path, currency, 1, super::AMOUNT_MAX, problems);
            }
            "currency" => read_currency(value, &path, problems),
            "interest" => interest = interest_rate(value, &path, problems),
            "method" => method = name(value, &path, &RepaymentMethod::NAMES, problems),
            "instalmentCount" => instalment_count = integer(value, &path, 1, INSTALMENTS_MAX, problems),
            "every" => every = interval(value, &path, problems),
            "disbursementDate" => disbursement_date = day(value, &path, problems),
            "firstDueDate" => first_due_date = day(value, &path, problems),
            "dueDay" => due_day = integer(value, &path, 1, 31, problems),
            "accrual" => accrual = read_accrual(value, &path, problems),
            "businessDays" => business_days = read_business_days(value, &path, problems),
            "rounding" => {
                for (field, value) in object(value, &path, &ROUNDING, problems).unwrap_or_default() {
                    let path = path.field(field);
                    match field {
                        "mode" => rounding_mode = name(value, &path, &ROUNDING_MODES, problems).unwrap_or_default(),
                        "instalmentUnit" => {
                            instalment_unit =
                                read::amount_within(value, &path, currency, 1, super::AMOUNT_MAX, problems);
                        }
                        _ => remainder = name(value, &path, &REMAINDERS, problems).unwrap_or_default(),
                    }
                }
            }
            "interestOnlyInstalments" => {
                interest_only_instalments = integer(value, &path, 0, INSTALMENTS_MAX - 1, problems);
            }
            "balloon" => balloon = amount(value, &path, currency, problems),
            "steps" => steps = entries(value, &path, INSTALMENTS_MAX as usize, problems, read_step),
            "principalPlan" => {
                principal_plan = entries(value, &path, INSTALMENTS_MAX as usize, problems, |value, path, problems| {
                    amount(value, path, currency, problems)
                });
            }
            "fees" => {
                fees = entries(value, &path, ENTRIES_MAX, problems, |v, p, problems| fee(v, p, currency, problems))
            }
            "benefits" => {
                benefits =
                    entries(value, &path, ENTRIES_MAX, problems, |v, p, problems| benefit(v, p, currency, problems));
            }
            "contingent" => {
                contingent = entries(value, &path, ENTRIES_MAX, problems, |v, p, problems| {
                    read_contingent(v, p, currency, problems)
                });
            }
            "allocation" => allocation = read_allocation(value, &path, problems),
            "lenders" => lenders = entries(value, &path, ENTRIES_MAX, problems, lender),
            _ => pricing = entries(value, &path, ENTRIES_MAX, problems, pricing_component),
        }
    }

    let interest = interest?;
    Some(LoanTerms {
        principal: principal?,
        currency,
        interest,
        method: method?,
        instalment_count: instalment_count?,
        every: every?,
        disbursement_date: disbursement_date?,
        first_due_date,
        due_day,
        accrual: accrual.unwrap_or(default_accrual(interest)),
        business_days,
        rounding_mode,
        instalment_unit,
        remainder,
        interest_only_instalments: interest_only_instalments?,
        balloon: balloon?,
        steps,
        principal_plan,
        fees,
        benefits,
        contingent,
        allocation,
        lenders,
        pricing,
    })
}

/// A daily rate is charged by the day: a day costs exactly balance × daily (semantics.md 3).
fn default_accrual(interest: InterestRate) -> Accrual {
    match interest {
        InterestRate::Daily { days_per_year: 360, .. } => Accrual::DayCount(DayCount::Actual360),
        InterestRate::Daily { .. } => Accrual::DayCount(DayCount::Actual365),
        InterestRate::Annual(_) | InterestRate::Monthly(_) | InterestRate::Flat(_) => Accrual::Periodic,
    }
}

/// Reads each entry of a list; one that is wrong is left out, for its problem has been told.
fn entries<T>(
    wire: &Wire,
    path: &Path,
    count_max: usize,
    problems: &mut Problems,
    mut read: impl FnMut(&Wire, &Path, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let items = list(wire, path, count_max, problems).unwrap_or_default();
    items.iter().enumerate().filter_map(|(index, item)| read(item, &path.index(index), problems)).collect()
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
                [
                    "应为 ISO 4217 的三个大写字母，如 \"CNY\"",
                    "must be three capital letters of ISO 4217, such as \"CNY\"",
                ]
            } else {
                [
                    "应为 ISO 4217 的三个大写字母，如 \"CNY\"；是不是 \"{0}\"？",
                    "must be three capital letters of ISO 4217, such as \"CNY\"; did you mean \"{0}\"?",
                ]
            };
            problems.tell("not_a_currency", path, words, &[&meant], "");
        }
        _ => problems.wrong_type(path, "文字", "text"),
    }
}

pub(crate) fn interest_rate(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<InterestRate> {
    let fields = object(wire, path, &INTEREST, problems)?;
    let mut rates = Vec::new();
    let mut days_per_year = None;
    for (field, value) in fields {
        let path = path.field(field);
        match field {
            "daysPerYear" => {
                match value {
                    Wire::Number(number) if number.total_cmp(&360.0).is_eq() => days_per_year = Some(360),
                    Wire::Number(number) if number.total_cmp(&365.0).is_eq() => days_per_year = Some(365),
                    Wire::Number(_) => problems.not_one_of(&path, "", &["360", "365"]),
                    _ => problems.wrong_type(&path, "整数", "a whole number"),
                }
                if wire.get("daily").is_none_or(|daily| *daily == Wire::Null) {
                    problems.not_allowed(&path, "只与日利率 daily 一起使用", "goes with a daily rate only");
                }
            }
            _ => rates.push((field, rate(value, &path, ANNUAL_RATE_MAX, problems))),
        }
    }
    let [(basis, rate)] = rates[..] else {
        problems.exactly_one(path, &["annual", "monthly", "daily", "flat"]);
        return None;
    };
    let rate = rate?;
    let days_per_year = days_per_year.unwrap_or(365);
    let (interest, per_year) = match basis {
        "annual" => (InterestRate::Annual(rate), 1),
        "monthly" => (InterestRate::Monthly(rate), 12),
        "daily" => (InterestRate::Daily { rate, days_per_year }, days_per_year),
        // How many instalments a year has is not known here; `check` looks at the annual rate.
        _ => (InterestRate::Flat(rate), 1),
    };
    if rate.mantissa() * i128::from(per_year) > i128::from(ANNUAL_RATE_MAX) * 10i128.pow(rate.scale()) {
        let greatest = i128::from(ANNUAL_RATE_MAX) * 10i128.pow(RATE_DECIMALS_MAX) / i128::from(per_year);
        let greatest = Decimal::from_i128_with_scale(greatest, RATE_DECIMALS_MAX).normalize();
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

fn read_accrual(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Accrual> {
    let mut names = vec![("periodic", Accrual::Periodic)];
    names.extend(DayCount::NAMES.map(|(name, day_count)| (name, Accrual::DayCount(day_count))));
    name(wire, path, &names, problems)
}

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

fn read_business_days(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<BusinessDays> {
    let (mut calendar, mut roll, mut accrue) = (None, None, Some(false));
    for (field, value) in object(wire, path, &BUSINESS_DAYS, problems)? {
        let path = path.field(field);
        match field {
            "calendar" => calendar = read_calendar(value, &path, problems),
            "roll" => roll = name(value, &path, &ROLLS, problems),
            _ => accrue = boolean(value, &path, problems),
        }
    }
    Some(BusinessDays { calendar: calendar?, roll: roll?, accrue: accrue? })
}

fn read_calendar(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Calendar> {
    if !matches!(wire, Wire::Map(_)) {
        let named = [("weekends", Calendar::Weekends), ("CN", Calendar::China)];
        let index = name(wire, path, &[(named[0].0, 0), (named[1].0, 1)], problems)?;
        return named.into_iter().nth(index).map(|(_, calendar)| calendar);
    }
    let mut days = [Vec::new(), Vec::new()];
    for (field, value) in object(wire, path, &OWN_CALENDAR, problems)? {
        let mut list: Vec<CivilDate> = entries(value, &path.field(field), CALENDAR_DAYS_MAX, problems, day);
        sort_days(&mut list);
        days[usize::from(field == "workdays")] = list;
    }
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
    for (field, value) in object(wire, path, &STEP, problems)? {
        let path = path.field(field);
        match field {
            "fromInstalment" => from_instalment = integer(value, &path, 1, INSTALMENTS_MAX, problems),
            _ => interest = interest_rate(value, &path, problems),
        }
    }
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
                let words = [
                    "四项各须出现一次：penalty, fees, interest, principal",
                    "must name each of penalty, fees, interest and principal once",
                ];
                problems.inconsistent(path, words, &[], "");
            }
            Allocation::DEFAULT_ORDER
        }
    }
}

fn lender(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<Lender> {
    let (mut lender_name, mut licence, mut share) = (None, None, None);
    for (field, value) in object(wire, path, &LENDER, problems)? {
        let path = path.field(field);
        match field {
            "name" => lender_name = label(value, &path, problems),
            "licence" => licence = text(value, &path, problems).map(str::to_owned),
            _ => share = rate(value, &path, 1, problems),
        }
    }
    Some(Lender { name: lender_name?, licence, share: share? })
}

fn pricing_component(wire: &Wire, path: &Path, problems: &mut Problems) -> Option<PricingComponent> {
    let (mut component, mut part) = (None, None);
    for (field, value) in object(wire, path, &PRICING, problems)? {
        let path = path.field(field);
        match field {
            "component" => component = label(value, &path, problems),
            _ => part = rate(value, &path, ANNUAL_RATE_MAX, problems),
        }
    }
    Some(PricingComponent { component: component?, rate: part? })
}
