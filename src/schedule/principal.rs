//! How each method repays the principal (semantics.md section 4).

use super::level;
use super::periods::Period;
use crate::money::{Factor, RoundingMode, round_ratio};
use crate::terms::{LoanTerms, Remainder, RepaymentMethod};

/// What is agreed on the principal still to come. It changes as rows take their parts, and by what happens later.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// 等额本息: A, once it has been solved.
    pub level: Option<i64>,
    /// 等额本金 and 等本等息: each part is this sum …
    pub in_parts: i64,
    /// … over so many rows.
    pub part_count: i64,
    /// 余数计入首期: the next row that repays bears what the others leave over.
    pub first_bears_rest: bool,
    /// Custom plans: the parts to come, the next one last.
    pub entries: Vec<i64>,
    /// 等本等息: what interest is charged on.
    pub flat_base: i64,
}

impl Plan {
    /// The plan at the start, with `repaying` rows after those that pay interest only.
    pub fn new(terms: &LoanTerms, lent: i64, repaying: usize) -> Plan {
        let mut plan = Plan {
            level: None,
            in_parts: 0,
            part_count: 1,
            first_bears_rest: false,
            entries: terms.principal_plan.iter().rev().copied().collect(),
            flat_base: lent,
        };
        plan.recast(terms, lent, repaying);
        plan
    }

    /// Solves level instalment and parts anew, on the balance now, over `repaying` rows.
    pub fn recast(&mut self, terms: &LoanTerms, balance: i64, repaying: usize) {
        self.level = None;
        self.in_parts = balance - terms.balloon.min(balance);
        self.part_count = repaying.max(1) as i64;
        self.first_bears_rest = terms.remainder == Remainder::First && repaying > 1;
    }

    /// The principal of a row that repays and is not the last; `ahead` are the periods from its own to the last one that
    /// the plan looks forward to.
    pub fn principal(
        &mut self,
        terms: &LoanTerms,
        ahead: &[Period],
        is_step: bool,
        balance: i64,
        interest: i64,
    ) -> i64 {
        let before_balloon = balance - terms.balloon.min(balance);
        match terms.method {
            RepaymentMethod::EqualInstalment => {
                let level = self.level_instalment(terms, ahead, is_step, balance);
                if level < interest {
                    // Interest alone is due, and the instalment is solved anew from the next row.
                    self.level = None;
                }
                (level - interest).clamp(0, before_balloon)
            }
            RepaymentMethod::EqualPrincipal | RepaymentMethod::Flat => {
                let wanted = if core::mem::take(&mut self.first_bears_rest) {
                    let others: i64 = ahead[1..]
                        .iter()
                        .map(|period| self.part(terms, period.interest.of(self.flat_base, terms.rounding_mode)))
                        .sum();
                    self.in_parts - others
                } else {
                    self.part(terms, interest)
                };
                wanted.clamp(0, before_balloon)
            }
            RepaymentMethod::InterestOnly | RepaymentMethod::Bullet => 0,
            RepaymentMethod::Custom => self.entries.pop().unwrap_or(0).clamp(0, balance),
        }
    }

    /// 等额本息: A as it stands, or solved on this balance where it is not known or a step recasts it.
    pub fn level_instalment(&mut self, terms: &LoanTerms, ahead: &[Period], is_step: bool, balance: i64) -> i64 {
        if is_step {
            self.level = None;
        }
        *self.level.get_or_insert_with(|| level::level_instalment(terms, ahead, balance))
    }

    /// One of the equal parts; with flat interest and a unit, what makes the whole instalment a multiple of the unit:
    /// R_u(whole ÷ parts + interest) − interest, as in Fineract.
    fn part(&self, terms: &LoanTerms, interest: i64) -> i64 {
        match terms.instalment_unit {
            Some(unit) if terms.method == RepaymentMethod::Flat => {
                equal_payment(self.in_parts, self.part_count, interest, unit, terms.rounding_mode) - interest
            }
            _ => equal_payment(self.in_parts, self.part_count, 0, 1, terms.rounding_mode),
        }
    }

    /// 等本等息: the base of interest moves as the balance did (`after` ÷ `before`), as if the loan had been that much
    /// larger or smaller from the start.
    pub fn scale_flat_base(&mut self, before: i64, after: i64, mode: RoundingMode) {
        self.flat_base = share(self.flat_base, after, before, mode);
    }

    /// Custom plans, pro rata: every part to come moves as the balance did; what rounding leaves over is the last row's.
    pub fn scale_entries(&mut self, before: i64, after: i64, mode: RoundingMode) {
        let mut left = before;
        for index in (0..self.entries.len()).rev() {
            // After a prepayment that was taken from the end, the last parts stand for more than is owed.
            let part = self.entries[index].min(left);
            left -= part;
            self.entries[index] = share(part, after, before, mode);
        }
    }
}

/// R_u(whole ÷ parts + interest).
pub(crate) fn equal_payment(whole: i64, parts: i64, interest: i64, unit: i64, mode: RoundingMode) -> i64 {
    let exact_times_parts = i128::from(whole) + i128::from(interest) * i128::from(parts);
    round_ratio(exact_times_parts, i128::from(parts) * i128::from(unit), mode) as i64 * unit
}

/// R(amount · numerator ÷ denominator).
fn share(amount: i64, numerator: i64, denominator: i64, mode: RoundingMode) -> i64 {
    Factor { numerator: i128::from(numerator), denominator: i128::from(denominator) }.of(amount, mode)
}
