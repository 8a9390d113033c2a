//! Unchecked input → terms, second part: fees, benefits, and what default or early repayment would cost.

use super::problems::{Path, Problems};
use super::read::{Shape, amount, boolean, each_field, integer, label, name, object, owned_text, rate};
use super::{Benefit, Charge, Contingent, Fee, FeeBase, FeeTiming, INSTALMENTS_MAX, Penalty, Settlement};
use crate::money::Currency;
use crate::wire::Wire;

/// The most interest-free days.
const FREE_DAYS_MAX: u32 = 36_500;
/// The highest factor of a penalty rate; practice knows 1.3 to 2.
const RATE_FACTOR_MAX: u32 = 100;

pub(super) const FEE: Shape =
    Shape { name: "Fee", required: &["code", "charge", "when"], optional: &["name", "payee", "settlement", "inCost"] };
pub(super) const CHARGE: Shape = Shape { name: "Fee.charge", required: &[], optional: &["amount", "rate", "of"] };
pub(super) const INTEREST_FREE: Shape =
    Shape { name: "Benefit.interestFree", required: &["kind"], optional: &["instalments", "days"] };
pub(super) const INTEREST_DISCOUNT: Shape =
    Shape { name: "Benefit.interestDiscount", required: &["kind", "factor"], optional: &["instalments", "cap"] };
pub(super) const FEE_WAIVER: Shape =
    Shape { name: "Benefit.feeWaiver", required: &["kind", "fee"], optional: &["cap"] };
pub(super) const OVERDUE: Shape = Shape {
    name: "Contingent.overdue",
    required: &["kind"],
    optional: &["rateFactor", "dailyRate", "graceDays", "compound", "payee"],
};
pub(super) const MISUSE: Shape =
    Shape { name: "Contingent.misuse", required: &["kind", "rateFactor"], optional: &["payee"] };
pub(super) const EARLY_REPAYMENT: Shape = Shape {
    name: "Contingent.earlyRepayment",
    required: &["kind", "feeRate"],
    optional: &["minimum", "freeAfterInstalment", "payee"],
};

const FEE_BASES: [(&str, FeeBase); 3] = [
    ("principal", FeeBase::Principal),
    ("openingBalance", FeeBase::OpeningBalance),
    ("instalment", FeeBase::Instalment),
];
const FEE_TIMINGS: [(&str, FeeTiming); 4] = [
    ("disbursement", FeeTiming::Disbursement),
    ("eachInstalment", FeeTiming::EachInstalment),
    ("firstInstalment", FeeTiming::FirstInstalment),
    ("lastInstalment", FeeTiming::LastInstalment),
];
const SETTLEMENTS: [(&str, Settlement); 3] =
    [("paid", Settlement::Paid), ("deducted", Settlement::Deducted), ("financed", Settlement::Financed)];

pub(super) fn fee(wire: &Wire, path: &Path, currency: Currency, problems: &mut Problems) -> Option<Fee> {
    let (mut code, mut fee_name, mut payee, mut charge, mut when) = (None, None, None, None, None);
    let (mut settlement, mut in_cost) = (Some(Settlement::Paid), Some(true));
    each_field(wire, path, &FEE, problems, |field, value, path, problems| match field {
        "code" => code = label(value, path, problems),
        "name" => fee_name = owned_text(value, path, problems),
        "payee" => payee = owned_text(value, path, problems),
        "charge" => charge = read_charge(value, path, currency, problems),
        "when" => when = name(value, path, &FEE_TIMINGS, problems),
        "settlement" => settlement = name(value, path, &SETTLEMENTS, problems),
        _ => in_cost = boolean(value, path, problems),
    })?;
    Some(Fee {
        code: code?,
        name: fee_name,
        payee,
        charge: charge?,
        when: when?,
        settlement: settlement?,
        in_cost: in_cost?,
    })
}

fn read_charge(wire: &Wire, path: &Path, currency: Currency, problems: &mut Problems) -> Option<Charge> {
    let (mut fixed, mut share, mut of) = (None, None, None);
    let fields = object(wire, path, &CHARGE, problems)?;
    let is_given = |name: &str| fields.iter().any(|(field, _)| *field == name);
    if is_given("amount") == is_given("rate") || is_given("amount") && is_given("of") {
        problems.exactly_one(path, &["{ amount }", "{ rate, of }"]);
        return None;
    }
    if is_given("rate") && !is_given("of") {
        problems.required(&path.field("of"));
    }
    for (field, value) in fields {
        let path = path.field(field);
        match field {
            "amount" => fixed = amount(value, &path, currency, problems),
            "rate" => share = rate(value, &path, 1, problems),
            _ => of = name(value, &path, &FEE_BASES, problems),
        }
    }
    match (fixed, share, of) {
        (Some(amount), ..) => Some(Charge::Amount(amount)),
        (_, Some(rate), Some(of)) => Some(Charge::Rate { rate, of }),
        _ => None,
    }
}

/// The object's `kind`, told of where it is none of the known ones.
pub(crate) fn kind<T: Copy>(wire: &Wire, path: &Path, kinds: &[(&str, T)], problems: &mut Problems) -> Option<T> {
    match wire {
        Wire::Map(_) => match wire.get("kind") {
            Some(value) if *value != Wire::Null => name(value, &path.field("kind"), kinds, problems),
            _ => {
                problems.required(&path.field("kind"));
                None
            }
        },
        _ => {
            problems.wrong_type(path, "对象", "an object");
            None
        }
    }
}

pub(crate) fn benefit(wire: &Wire, path: &Path, currency: Currency, problems: &mut Problems) -> Option<Benefit> {
    let kinds =
        [("interestFree", &INTEREST_FREE), ("interestDiscount", &INTEREST_DISCOUNT), ("feeWaiver", &FEE_WAIVER)];
    let shape = kind(wire, path, &kinds, problems)?;
    let (mut instalments, mut days, mut factor, mut cap, mut fee) = (None, None, None, None, None);
    let fields = object(wire, path, shape, problems)?;
    let is_given = |name: &str| fields.iter().any(|(field, _)| *field == name);
    let is_interest_free = shape.name == INTEREST_FREE.name;
    if is_interest_free && is_given("instalments") == is_given("days") {
        problems.exactly_one(path, &["instalments", "days"]);
        return None;
    }
    let (has_instalments, has_cap) = (is_given("instalments"), is_given("cap"));
    for (field, value) in fields {
        let path = path.field(field);
        match field {
            "instalments" => instalments = integer(value, &path, 1, INSTALMENTS_MAX, problems),
            "days" => days = integer(value, &path, 1, FREE_DAYS_MAX, problems),
            "factor" => factor = rate(value, &path, 1, problems),
            "cap" => cap = amount(value, &path, currency, problems),
            "fee" => fee = label(value, &path, problems),
            _ => {}
        }
    }
    if has_instalments && instalments.is_none() || has_cap && cap.is_none() {
        return None;
    }
    if is_interest_free {
        return instalments.map(Benefit::InterestFreeInstalments).or(days.map(Benefit::InterestFreeDays));
    }
    if shape.name == FEE_WAIVER.name {
        return Some(Benefit::FeeWaiver { fee: fee?, cap });
    }
    Some(Benefit::InterestDiscount { factor: factor?, instalments, cap })
}

pub(super) fn read_contingent(
    wire: &Wire,
    path: &Path,
    currency: Currency,
    problems: &mut Problems,
) -> Option<Contingent> {
    let kinds = [("overdue", &OVERDUE), ("misuse", &MISUSE), ("earlyRepayment", &EARLY_REPAYMENT)];
    let shape = kind(wire, path, &kinds, problems)?;
    let fields = object(wire, path, shape, problems)?;
    let is_given = |name: &str| fields.iter().any(|(field, _)| *field == name);
    if shape.name == OVERDUE.name && is_given("rateFactor") == is_given("dailyRate") {
        problems.exactly_one(path, &["rateFactor", "dailyRate"]);
        return None;
    }
    let (mut rate_factor, mut daily_rate, mut fee_rate) = (None, None, None);
    let (mut grace_days, mut compound, mut minimum, mut free_after, mut payee) = (0, false, None, None, None);
    for (field, value) in fields {
        let path = path.field(field);
        match field {
            "rateFactor" => rate_factor = rate(value, &path, RATE_FACTOR_MAX, problems),
            "dailyRate" => daily_rate = rate(value, &path, 1, problems),
            "graceDays" => grace_days = integer(value, &path, 0, 365, problems)?,
            "compound" => compound = boolean(value, &path, problems)?,
            "feeRate" => fee_rate = rate(value, &path, 1, problems),
            "minimum" => minimum = amount(value, &path, currency, problems),
            "freeAfterInstalment" => free_after = integer(value, &path, 0, INSTALMENTS_MAX, problems),
            "payee" => payee = owned_text(value, &path, problems),
            _ => {}
        }
    }
    if shape.name == OVERDUE.name {
        let penalty = rate_factor.map(Penalty::RateFactor).or(daily_rate.map(Penalty::DailyRate))?;
        return Some(Contingent::Overdue { penalty, grace_days, compound, payee });
    }
    if shape.name == MISUSE.name {
        return Some(Contingent::Misuse { rate_factor: rate_factor?, payee });
    }
    Some(Contingent::EarlyRepayment { fee_rate: fee_rate?, minimum, free_after_instalment: free_after, payee })
}
