//! How what comes is recast: after a deferral, and when principal is repaid early.

use super::{Course, Duty};
use crate::date::CivilDate;
use crate::schedule::principal::Plan;
use crate::terms::RepaymentMethod;

impl Course<'_> {
    /// After a deferred row: with the last of a run of them, what comes is recast on the balance now.
    pub(super) fn end_deferred_row(&mut self, opening_balance: i64) {
        let mode = self.terms.rounding_mode;
        if self.unbilled > opening_balance && opening_balance > 0 {
            self.before_deferral.get_or_insert(opening_balance);
            self.plan.scale_flat_base(opening_balance, self.unbilled, mode);
        }
        match self.rows.get(self.current) {
            Some(next) if !matches!(next.duty, Duty::Deferred(_)) => {
                let before = self.before_deferral.take();
                self.recast();
                if let Some(before) = before {
                    self.plan.scale_entries(before, self.unbilled, mode);
                }
            }
            _ => {}
        }
    }

    fn recast(&mut self) {
        let parts = self.rows.get(self.current).map_or(0, |row| row.parts - self.dropped_parts);
        self.plan.recast(self.terms, self.unbilled, parts);
    }

    /// Interest up to `day` is settled and the balance has fallen by `principal`: what comes is recast. `reference` is
    /// the plan and the balance before the first of this day's prepayments of the kind.
    pub fn prepay(&mut self, day: CivilDate, principal: i64, keeps_payment: bool, reference: (&Plan, i64)) {
        if !self.is_running() {
            return;
        }
        let level = if keeps_payment { self.level_ahead() } else { None };
        let (_, interest, benefit) = self.take_interest(day);
        self.net_interest = self.net_interest.saturating_add(interest - benefit);
        self.unbilled -= principal;
        if self.unbilled == 0 {
            self.drop_rows_from(self.current);
            return;
        }
        let (plan, balance) = reference;
        let mode = self.terms.rounding_mode;
        self.plan.flat_base = plan.flat_base;
        self.plan.scale_flat_base(balance, self.unbilled, mode);
        self.rows[self.current].is_step = false;
        self.run_from(day);
        if keeps_payment {
            self.plan.level = level;
            self.plan.first_bears_rest = false;
            self.shorten();
        } else {
            self.recast();
            self.plan.entries.clone_from(&plan.entries);
            self.plan.scale_entries(balance, self.unbilled, mode);
        }
    }

    /// The level instalment in force, or the one that the next row which repays would solve.
    fn level_ahead(&self) -> Option<i64> {
        if self.terms.method != RepaymentMethod::EqualInstalment {
            return None;
        }
        let mut ahead = self.clone();
        while ahead.current + 1 < ahead.rows.len() {
            let row = ahead.rows[ahead.current];
            if row.duty == Duty::Part {
                let (factor, _) = ahead.interest_until(row.end);
                ahead.periods[ahead.current].interest = factor;
                let periods = &ahead.periods[ahead.current..ahead.current + row.parts - ahead.dropped_parts];
                return Some(ahead.plan.level_instalment(ahead.terms, periods, row.is_step, ahead.unbilled));
            }
            ahead.bill();
        }
        None
    }

    /// Ends the loan where the kept payment repays it. Rates that the terms foresee for later do not count here, as they
    /// do not when a level instalment is solved; they recast the shorter loan when they come.
    fn shorten(&mut self) {
        if matches!(self.terms.method, RepaymentMethod::InterestOnly | RepaymentMethod::Bullet) {
            return;
        }
        let mut ahead = self.clone();
        for row in &mut ahead.rows[self.current..] {
            row.is_step = false;
        }
        let (row, period) = (self.rows[self.current], self.periods[self.current]);
        ahead.set_rate(self.current, period.annual, row.is_flat_rate.then_some(period.interest));
        while ahead.is_running() && ahead.unbilled > 0 {
            ahead.bill();
        }
        self.drop_rows_from(ahead.current);
    }

    fn drop_rows_from(&mut self, index: usize) {
        if let Some(row) = self.rows.get(index) {
            self.dropped_parts = row.parts;
            self.rows.truncate(index);
            self.periods.truncate(index);
        }
    }
}
