//! How each method repays the principal: principal and interest of every row (semantics.md section 4).

use super::periods::Period;
use super::{Split, level};
use crate::money::{Factor, RoundingMode};
use crate::terms::{LoanTerms, Remainder, RepaymentMethod};

/// Principal and interest, row by row. The last row takes the whole balance, the balloon with it, so that the parts add
/// up to `lent`.
pub(super) fn splits(terms: &LoanTerms, periods: &[Period], lent: i64) -> Vec<Split> {
    match terms.method {
        RepaymentMethod::EqualInstalment => equal_instalment(terms, periods, lent),
        RepaymentMethod::EqualPrincipal => equal_parts(terms, periods, lent, InterestOn::OpeningBalance),
        RepaymentMethod::Flat => equal_parts(terms, periods, lent, InterestOn::FirstBalance),
        RepaymentMethod::InterestOnly | RepaymentMethod::Bullet => by_plan(terms, periods, lent, |_| 0),
        RepaymentMethod::Custom => by_plan(terms, periods, lent, |index| terms.principal_plan[index]),
    }
}

/// 等额本息: every row pays the level instalment A, so its principal is A − interest.
fn equal_instalment(terms: &LoanTerms, periods: &[Period], lent: i64) -> Vec<Split> {
    let interest_only = terms.interest_only_instalments as usize;
    let last = periods.len() - 1;
    let mut splits = Vec::with_capacity(periods.len());
    let mut balance = lent;
    let mut level_instalment = None;
    for (index, period) in periods.iter().enumerate() {
        let interest = period.interest.of(balance, terms.rounding_mode);
        // A rate that changes recasts the instalment on the balance then.
        if terms.steps.iter().any(|step| step.from_instalment as usize == index + 1) {
            level_instalment = None;
        }
        let principal = if index == last {
            balance
        } else if index < interest_only {
            0
        } else {
            let solved =
                *level_instalment.get_or_insert_with(|| level::level_instalment(terms, &periods[index..], balance));
            if solved < interest {
                // Interest alone is due, and the instalment is solved anew from the next row.
                level_instalment = None;
            }
            (solved - interest).clamp(0, balance - terms.balloon)
        };
        splits.push(Split { principal, interest, interest_base: balance });
        balance -= principal;
    }
    splits
}

/// What interest is charged on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InterestOn {
    OpeningBalance,
    FirstBalance,
}

/// 等额本金 and 等本等息: the principal less the balloon in equal parts over the rows that repay.
fn equal_parts(terms: &LoanTerms, periods: &[Period], lent: i64, interest_on: InterestOn) -> Vec<Split> {
    let interest_only = terms.interest_only_instalments as usize;
    let last = periods.len() - 1;
    let repaid_in_parts = lent - terms.balloon;
    let part_count = (periods.len() - interest_only) as i64;
    let part = |index: usize| match (interest_on, terms.instalment_unit) {
        (InterestOn::FirstBalance, Some(unit)) => {
            let interest = periods[index].interest.of(lent, terms.rounding_mode);
            part_of_round_instalment(repaid_in_parts, part_count, interest, unit, terms.rounding_mode)
        }
        _ => Factor { numerator: 1, denominator: i128::from(part_count) }.of(repaid_in_parts, terms.rounding_mode),
    };
    // 余数计入首期: the first row that repays bears what the others leave over.
    let first_part = match terms.remainder {
        Remainder::First if interest_only < last => {
            let others: i64 = (interest_only + 1..=last).map(part).sum();
            Some((repaid_in_parts - others).max(0))
        }
        Remainder::First | Remainder::Last => None,
    };

    let mut splits = Vec::with_capacity(periods.len());
    let mut balance = lent;
    for (index, period) in periods.iter().enumerate() {
        let principal = if index == last {
            balance
        } else if index < interest_only {
            0
        } else {
            let wanted = first_part.filter(|_| index == interest_only).unwrap_or_else(|| part(index));
            wanted.clamp(0, balance - terms.balloon)
        };
        // A coarse unit can end the loan early; then nothing is owed and nothing accrues.
        let interest_base = if interest_on == InterestOn::FirstBalance && balance > 0 { lent } else { balance };
        splits.push(Split::of(principal, interest_base, period, terms));
        balance -= principal;
    }
    splits
}

/// R_u(whole ÷ parts + interest) − interest: the whole instalment is a multiple of the unit, as in Fineract.
fn part_of_round_instalment(whole: i64, parts: i64, interest: i64, unit: i64, mode: RoundingMode) -> i64 {
    let exact_times_parts = i128::from(whole) + i128::from(interest) * i128::from(parts);
    let units = crate::money::round_ratio(exact_times_parts, i128::from(parts) * i128::from(unit), mode);
    units as i64 * unit - interest
}

/// 先息后本, 到期一次性还本付息 and custom plans: given parts, the rest with the last row.
fn by_plan(terms: &LoanTerms, periods: &[Period], lent: i64, part: impl Fn(usize) -> i64) -> Vec<Split> {
    let last = periods.len() - 1;
    let mut balance = lent;
    let mut splits = Vec::with_capacity(periods.len());
    for (index, period) in periods.iter().enumerate() {
        let principal = if index == last { balance } else { part(index).clamp(0, balance) };
        splits.push(Split::of(principal, balance, period, terms));
        balance -= principal;
    }
    splits
}
