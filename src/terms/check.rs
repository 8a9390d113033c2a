//! What several fields must agree on (semantics.md section 4, "Refused", and section 5).

use super::problems::{Path, Problems};
use super::{
    AMOUNT_MAX, ANNUAL_RATE_MAX, Accrual, Benefit, Charge, Contingent, FeeBase, FeeTiming, InterestRate, Interval,
    LoanTerms, RATE_DECIMALS_MAX, Remainder, RepaymentMethod, Settlement,
};
use crate::date::{self, YEAR_MAX};
use crate::text;
use chrono::Datelike;
use rust_decimal::Decimal;

pub(super) fn check(terms: &LoanTerms, problems: &mut Problems) {
    by_count(terms, problems);
    fixed(terms, problems);
    by_principal(terms, problems);
    by_rate(terms, problems);
}

/// What also hangs on the number of instalments. Together with [`by_principal`], [`by_rate`] and [`fixed`] it is the whole
/// check: whoever changes one of the three only, checks that part only.
pub(crate) fn by_count(terms: &LoanTerms, problems: &mut Problems) {
    interest(terms, problems);
    dates(terms, problems);
    method(terms, problems);
}

/// What also hangs on the principal.
pub(crate) fn by_principal(terms: &LoanTerms, problems: &mut Problems) {
    amounts(terms, problems);
}

/// What also hangs on the annual rate.
pub(crate) fn by_rate(terms: &LoanTerms, problems: &mut Problems) {
    pricing(terms, problems);
}

/// What hangs on none of the three.
pub(crate) fn fixed(terms: &LoanTerms, problems: &mut Problems) {
    fees(terms, problems);
    benefits(terms, problems);
    contingent(terms, problems);
    lenders(terms, problems);
}

fn at(field: &str) -> Path<'_> {
    Path::Field(&Path::Root, field)
}

fn interest(terms: &LoanTerms, problems: &mut Problems) {
    let root = at("interest");
    interest_basis(terms, terms.interest, &root, problems);
    let steps = at("steps");
    let mut last_from = 0;
    for (index, step) in terms.steps.iter().enumerate() {
        let path = steps.index(index);
        interest_basis(terms, step.interest, &path.field("interest"), problems);
        if step.from_instalment > terms.instalment_count {
            problems.out_of_range(&path.field("fromInstalment"), &text::range(1, terms.instalment_count.into()));
        } else if step.from_instalment <= last_from {
            problems.inconsistent(
                &path.field("fromInstalment"),
                &["各步须按期数递增", "must be later than the step before it"],
                &[],
                Some(&text::range(i64::from(last_from) + 1, terms.instalment_count.into())),
            );
        }
        last_from = step.from_instalment;
    }
    if terms.method == RepaymentMethod::Bullet && !terms.steps.is_empty() {
        problems.not_allowed(&steps, "到期一次性还本付息只有一期，不能分段计息", "a bullet loan has one row: no steps");
    }
}

pub(crate) fn interest_basis(terms: &LoanTerms, interest: InterestRate, path: &Path, problems: &mut Problems) {
    let InterestRate::Flat(_) = interest else { return };
    let path = path.field("flat");
    if terms.method != RepaymentMethod::Flat {
        problems.not_allowed(
            &path,
            "每期手续费率只用于等本等息（method \"flat\"）",
            "a flat rate per instalment goes with method \"flat\" only",
        );
    } else {
        let per_year = terms.periods_per_year();
        let annual = interest.annual(per_year);
        if annual.numerator > i128::from(ANNUAL_RATE_MAX) * annual.denominator {
            // 10 times a denominator of at most 36,500, in units of 10^−12, fits 64 bits.
            let (numerator, denominator) = (per_year.numerator as i64, per_year.denominator as i64);
            let greatest = i64::from(ANNUAL_RATE_MAX) * 10_i64.pow(RATE_DECIMALS_MAX) * denominator / numerator.max(1);
            problems.rate_out_of_range(&path, Decimal::new(greatest, RATE_DECIMALS_MAX));
        }
    }
}

fn dates(terms: &LoanTerms, problems: &mut Problems) {
    let latest = || text::joined(&[&text::whole(YEAR_MAX.into()), "12-31"], "-");
    if let Some(first_due_date) = terms.first_due_date
        && first_due_date <= terms.disbursement_date
    {
        problems.inconsistent(
            &at("firstDueDate"),
            &["应晚于放款日", "must be later than the disbursement"],
            &[],
            Some(&text::joined(&[&date::format(date::add_days(terms.disbursement_date, 1)), &latest()], "..")),
        );
        return;
    }
    if terms.due_day.is_some() && !matches!(terms.every, Interval::Months(_)) {
        problems.not_allowed(&at("dueDay"), "只用于按月的间隔", "goes with intervals of months only");
    }
    if terms.unrolled_due_date(terms.instalment_count).year() > YEAR_MAX {
        let field = if terms.instalment_count > 1 { "instalmentCount" } else { "every" };
        let latest = latest();
        let words = &["最后一期不能晚于 {0}", "must not put the last due date past {0}"];
        problems.inconsistent(&at(field), words, &[&latest], Some(&latest));
        return;
    }
    let Some(business_days) = &terms.business_days else { return };
    let root = at("businessDays");
    // A bullet loan has one due date, and it is the last.
    let first_number = if terms.method == RepaymentMethod::Bullet { terms.instalment_count } else { 1 };
    if terms.rolled(terms.unrolled_due_date(first_number)) <= terms.disbursement_date {
        let words = &["使首个还款日不晚于放款日", "would move the first due date to the disbursement or before it"];
        problems.inconsistent(&root.field("roll"), words, &[], None);
    }
    if business_days.accrue && terms.accrual == Accrual::Periodic {
        problems.not_allowed(
            &root.field("accrue"),
            "按期计息（periodic）不随还款日顺延而变；请改用按日的 accrual",
            "periodic interest does not change by a roll: choose a day count as accrual",
        );
    }
}

fn method(terms: &LoanTerms, problems: &mut Problems) {
    use RepaymentMethod::{Bullet, Custom, EqualInstalment, EqualPrincipal, Flat, InterestOnly};
    let (has_parts, has_unit, has_first) = match terms.method {
        EqualInstalment => (true, true, false),
        EqualPrincipal => (true, false, true),
        Flat => (true, true, true),
        InterestOnly | Bullet | Custom => (false, false, false),
    };
    let rounding = at("rounding");
    if terms.instalment_unit.is_some() && !has_unit {
        problems.not_allowed(
            &rounding.field("instalmentUnit"),
            "只用于等额本息和等本等息",
            "goes with equalInstalment and flat only",
        );
    }
    if terms.remainder == Remainder::First && !has_first {
        problems.not_allowed(
            &rounding.field("remainder"),
            "余数计入首期只用于等额本金和等本等息",
            "\"first\" goes with equalPrincipal and flat only",
        );
    }
    if terms.interest_only_instalments > 0 {
        let path = at("interestOnlyInstalments");
        if !has_parts {
            problems.not_allowed(
                &path,
                "还本宽限期只用于等额本息、等额本金和等本等息",
                "goes with equalInstalment, equalPrincipal and flat only",
            );
        } else if terms.interest_only_instalments >= terms.instalment_count {
            problems.out_of_range(&path, &text::range(0, i64::from(terms.instalment_count) - 1));
        }
    }
    if terms.balloon > 0 && !has_parts {
        problems.not_allowed(
            &at("balloon"),
            "尾款只用于等额本息、等额本金和等本等息",
            "goes with equalInstalment, equalPrincipal and flat only",
        );
    }
    let plan = at("principalPlan");
    match (terms.method, terms.principal_plan.len()) {
        (Custom, 0) => problems.required(&plan),
        (Custom, entries) if entries != terms.instalment_count as usize => {
            let count = text::whole(terms.instalment_count.into());
            let words = &["应有 {0} 项，与期数一致", "must have {0} entries, one for each instalment"];
            problems.inconsistent(&plan, words, &[&count], Some(&count));
        }
        (Custom, _) | (_, 0) => {}
        (EqualInstalment | EqualPrincipal | Flat | InterestOnly | Bullet, _) => {
            problems.not_allowed(&plan, "只用于 method \"custom\"", "goes with method \"custom\" only");
        }
    }
}

fn fees(terms: &LoanTerms, problems: &mut Problems) {
    let fees = at("fees");
    for (index, fee) in terms.fees.iter().enumerate() {
        if fee.when != FeeTiming::Disbursement && fee.settlement != Settlement::Paid {
            problems.not_allowed(
                &fees.index(index).field("settlement"),
                "只有放款时的费用可以从放款中扣除或并入本金",
                "only a fee at disbursement can be deducted or financed",
            );
        }
        if fee.when == FeeTiming::Disbursement && matches!(fee.charge, Charge::Rate { of: FeeBase::Instalment, .. }) {
            problems.not_allowed(
                &fees.index(index).field("charge").field("of"),
                "放款时还没有应还的一期，请用 principal",
                "no instalment is due at disbursement: use principal",
            );
        }
    }
}

/// The sums that need the fees at disbursement.
fn amounts(terms: &LoanTerms, problems: &mut Problems) {
    let currency = terms.currency;
    let upfront = terms.upfront();
    let named = |settlement: Settlement| {
        terms.fees.iter().position(|fee| fee.when == FeeTiming::Disbursement && fee.settlement == settlement)
    };
    let fees = at("fees");
    if let Some(index) = named(Settlement::Deducted)
        && upfront.deducted >= terms.principal
    {
        let limit = currency.format(terms.principal);
        let words = &["从放款中扣除的费用须少于本金 {0}", "deducted fees must be less than the principal {0}"];
        problems.inconsistent(&fees.index(index), words, &[&limit], Some(&limit));
    }
    let financed_principal = terms.principal + upfront.financed;
    if let Some(index) = named(Settlement::Financed)
        && financed_principal > AMOUNT_MAX
    {
        let limit = currency.format(AMOUNT_MAX);
        let words = &["并入费用后的本金不能超过 {0}", "the principal with financed fees must not pass {0}"];
        problems.inconsistent(&fees.index(index), words, &[&limit], Some(&limit));
    }
    if terms.balloon > financed_principal {
        problems.out_of_range(&at("balloon"), &currency.range(0, financed_principal));
    }
    let planned: i64 = terms.principal_plan.iter().sum();
    let is_whole_plan = terms.principal_plan.len() == terms.instalment_count as usize;
    if terms.method == RepaymentMethod::Custom && is_whole_plan && planned != financed_principal {
        let (due, planned) = (currency.format(financed_principal), currency.format(planned));
        let words = &[
            "合计应为 {0}（本金加并入的费用），实为 {1}",
            "must add up to {0} (principal and financed fees), not {1}",
        ];
        problems.inconsistent(&at("principalPlan"), words, &[&due, &planned], Some(&due));
    }
}

fn benefits(terms: &LoanTerms, problems: &mut Problems) {
    let benefits = at("benefits");
    for (index, entry) in terms.benefits.iter().enumerate() {
        benefit(terms, entry, &benefits.index(index), problems);
    }
}

pub(crate) fn benefit(terms: &LoanTerms, benefit: &Benefit, path: &Path, problems: &mut Problems) {
    // A coupon for more instalments than the loan has covers them all: one coupon serves loans of every length.
    if let Benefit::FeeWaiver { fee, .. } = benefit
        && !terms.fees.iter().any(|charged| charged.code == *fee)
    {
        let codes: Vec<&str> = terms.fees.iter().map(|charged| charged.code.as_str()).collect();
        problems.not_one_of(&path.field("fee"), fee, &codes);
    }
}

fn contingent(terms: &LoanTerms, problems: &mut Problems) {
    let root = at("contingent");
    for (index, item) in terms.contingent.iter().enumerate() {
        let same_kind = |other: &Contingent| core::mem::discriminant(other) == core::mem::discriminant(item);
        if terms.contingent[..index].iter().any(same_kind) {
            problems.inconsistent(
                &root.index(index).field("kind"),
                &["每种至多一项", "must be there once at most"],
                &[],
                Some("1"),
            );
        }
    }
}

fn lenders(terms: &LoanTerms, problems: &mut Problems) {
    let root = at("lenders");
    for (index, lender) in terms.lenders.iter().enumerate() {
        if terms.lenders[..index].iter().any(|other| other.name == lender.name) {
            problems.inconsistent(
                &root.index(index).field("name"),
                &["出资方不能重名", "must differ from the other lenders' names"],
                &[],
                None,
            );
        }
    }
    let total = sum(terms.lenders.iter().map(|lender| lender.share));
    if !terms.lenders.is_empty() && total != 10_i64.pow(RATE_DECIMALS_MAX) {
        let words = &["出资比例合计应为 1，实为 {0}", "shares must add up to 1, not {0}"];
        problems.inconsistent(&root, words, &[&shown(total)], Some("1"));
    }
}

fn pricing(terms: &LoanTerms, problems: &mut Problems) {
    if terms.pricing.is_empty() {
        return;
    }
    let total = sum(terms.pricing.iter().map(|part| part.rate));
    let annual = terms.interest.annual(terms.periods_per_year());
    // total = annual, without division.
    if i128::from(total) * annual.denominator != annual.numerator * i128::from(10_i64.pow(RATE_DECIMALS_MAX)) {
        let annual = text::quotient(annual.numerator, annual.denominator);
        let words = &["各部分合计应为年利率 {0}，实为 {1}", "must add up to the annual rate {0}, not {1}"];
        problems.inconsistent(&at("pricing"), words, &[&annual, &shown(total)], Some(&annual));
    }
}

/// The exact sum of rates, in units of 10^−12: of 64 rates of at most 10 it is below 2^60.
fn sum(rates: impl Iterator<Item = Decimal>) -> i64 {
    rates.map(|rate| rate.mantissa() as i64 * 10_i64.pow(RATE_DECIMALS_MAX - rate.scale())).sum()
}

fn shown(units: i64) -> String {
    text::rate(Decimal::new(units, RATE_DECIMALS_MAX))
}
