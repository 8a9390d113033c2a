//! The money of a loan: what is due, what has been paid of it and in which order, what waits.

use super::bill::Bill;
use super::course::Course;
use super::events::{Keep, LoanEvent};
use super::overdue::Overdue;
use super::{Allocated, LoanState, Outstanding, Status};
use crate::date::{self, CivilDate};
use crate::money::Factor;
use crate::schedule::SUM_MAX;
use crate::schedule::principal::Plan;
use crate::terms::{Allocation, Contingent, LoanTerms, RepaymentMethod};
use rust_decimal::Decimal;

/// A loan up to some day.
#[derive(Clone, Debug)]
pub(super) struct Loan<'a> {
    terms: &'a LoanTerms,
    pub course: Course<'a>,
    overdue: Option<Overdue<'a>>,
    /// Billed and not settled, oldest first: those that are due, then those whose due date has been rolled on.
    bills: Vec<Bill>,
    kept: i64,
    allocations: Vec<Allocated>,
    early: Option<EarlyRepayment>,
    today: Prepaid,
    /// Something other than payments has happened.
    is_changed: bool,
}

/// The terms of repaying early.
#[derive(Clone, Copy, Debug)]
struct EarlyRepayment {
    fee_rate: Decimal,
    minimum: i64,
    free_from: CivilDate,
}

/// The prepayments of one day, taken together: so two halves equal one whole, fee and rounding included.
#[derive(Clone, Debug)]
struct Prepaid {
    date: CivilDate,
    /// Money beyond what was due and accrued.
    money: i64,
    principal: i64,
    fee: i64,
    /// What was agreed before the first of them that keeps the same, and the balance then.
    reference: Option<(Keep, Plan, i64)>,
}

impl Prepaid {
    fn on(date: CivilDate) -> Prepaid {
        Prepaid { date, money: 0, principal: 0, fee: 0, reference: None }
    }
}

impl<'a> Loan<'a> {
    pub fn new(terms: &'a LoanTerms, events: &[LoanEvent]) -> Loan<'a> {
        let course = Course::new(terms, events);
        Loan {
            terms,
            overdue: Overdue::new(terms, course.rates_ahead()),
            course,
            bills: Vec::new(),
            kept: 0,
            allocations: Vec::new(),
            early: early_repayment(terms),
            today: Prepaid::on(terms.disbursement_date),
            is_changed: events.iter().any(|event| matches!(event, LoanEvent::Deferral { .. })),
        }
    }

    /// Lets time pass up to the start of `day`, and what falls due that day fall due, served by money kept from before.
    pub fn advance(&mut self, day: CivilDate) {
        loop {
            let next_billing = self.course.next_billing().filter(|date| *date <= day);
            let next_due = self.bills.iter().position(|bill| !bill.is_due).filter(|at| self.bills[*at].due_date <= day);
            match (next_billing, next_due) {
                (Some(billing), Some(at)) if self.bills[at].due_date < billing => self.fall_due(at),
                (Some(_), _) => {
                    let bill = self.course.bill();
                    self.bills.push(bill);
                }
                (None, Some(at)) => self.fall_due(at),
                (None, None) => break,
            }
        }
        self.count_penalties(day);
        if self.today.date != day {
            self.today = Prepaid::on(day);
        }
    }

    fn fall_due(&mut self, at: usize) {
        let due_date = self.bills[at].due_date;
        self.bills[at].is_due = true;
        if self.kept > 0 {
            let mut allocated = Allocated::on(due_date);
            let rest = self.pay_due(&mut allocated, self.kept);
            if rest < self.kept {
                allocated.unapplied = rest - self.kept;
                self.kept = rest;
                self.allocations.push(allocated);
            }
        }
        self.drop_settled(due_date);
    }

    fn count_penalties(&mut self, day: CivilDate) {
        if let Some(overdue) = &self.overdue {
            self.bills.iter_mut().for_each(|bill| overdue.count(bill, day));
        }
    }

    fn penalty(&self, bill: &Bill, day: CivilDate) -> i64 {
        self.overdue.as_ref().map_or(0, |overdue| overdue.penalty(bill, day))
    }

    /// What is due and unpaid, penalty included.
    fn due_now(&self, day: CivilDate) -> i64 {
        self.bills.iter().filter(|bill| bill.is_due).map(|bill| bill.unpaid() + self.penalty(bill, day)).sum()
    }

    /// Principal that is not due yet.
    fn balance(&self) -> i64 {
        self.course.unbilled + self.bills.iter().filter(|bill| !bill.is_due).map(|bill| bill.principal).sum::<i64>()
    }

    /// Interest that is not due yet.
    fn accrued(&self, day: CivilDate) -> i64 {
        let billed: i64 = self.bills.iter().filter(|bill| !bill.is_due).map(|bill| bill.interest).sum();
        billed + self.course.accrued(day)
    }

    /// Serves what is due, oldest instalment first, each in the terms' order. What is left is returned.
    fn pay_due(&mut self, allocated: &mut Allocated, money: i64) -> i64 {
        let (day, order) = (allocated.date, self.terms.allocation);
        self.count_penalties(day);
        let mut left = money;
        for index in 0..self.bills.len() {
            if !self.bills[index].is_due {
                break;
            }
            for serves in order {
                let penalty = self.penalty(&self.bills[index], day);
                let bill = &mut self.bills[index];
                let (unpaid, served) = match serves {
                    Allocation::Penalty => (penalty, &mut allocated.penalty),
                    Allocation::Fees => (bill.fees, &mut allocated.fees),
                    Allocation::Interest => (bill.interest, &mut allocated.interest),
                    Allocation::Principal => (bill.principal, &mut allocated.principal),
                };
                let paid = unpaid.min(left);
                left -= paid;
                *served += paid;
                match serves {
                    Allocation::Penalty => bill.penalty_paid += paid,
                    Allocation::Fees => bill.fees -= paid,
                    Allocation::Interest => bill.interest -= paid,
                    Allocation::Principal => bill.principal -= paid,
                }
            }
        }
        left
    }

    fn drop_settled(&mut self, day: CivilDate) {
        let overdue = &self.overdue;
        self.bills.retain(|bill| {
            let penalty = overdue.as_ref().map_or(0, |overdue| overdue.penalty(bill, day));
            !bill.is_due || bill.unpaid() + penalty > 0
        });
    }

    pub fn happen(&mut self, event: &'a LoanEvent) {
        match event {
            LoanEvent::Payment { date, amount } => {
                let mut allocated = Allocated::on(*date);
                allocated.unapplied = self.pay_due(&mut allocated, *amount);
                self.kept += allocated.unapplied;
                self.allocations.push(allocated);
                self.drop_settled(*date);
                return;
            }
            LoanEvent::Prepayment { date, amount, keep } => self.prepay(*date, *amount, *keep),
            LoanEvent::RateChange { date, interest } => {
                if let Some(overdue) = &mut self.overdue {
                    overdue.change_rate(*date, interest.annual(self.terms.periods_per_year()));
                }
                self.course.change_rate(*date, *interest);
            }
            // Known from the start: its rows have been laid.
            LoanEvent::Deferral { .. } => {}
            LoanEvent::Benefit { date, benefit } => self.course.add_benefit(*date, benefit),
        }
        self.is_changed = true;
    }

    /// The fee for repaying `principal` now, after what has been repaid early today.
    fn early_fee(&self, principal: i64) -> i64 {
        match self.early {
            Some(early) if principal > 0 && self.today.date < early.free_from => {
                let all = self.today.principal + principal;
                (early.of(all, self.terms).max(early.minimum) - self.today.fee).max(0)
            }
            _ => 0,
        }
    }

    /// Settles the loan, money kept not taken in.
    fn whole_debt(&self, day: CivilDate) -> i64 {
        let balance = self.balance();
        self.due_now(day) + self.accrued(day) + balance + self.early_fee(balance)
    }

    fn prepay(&mut self, day: CivilDate, amount: Option<i64>, keep: Keep) {
        let whole_debt = self.whole_debt(day);
        self.course.is_out_of_range |= whole_debt > SUM_MAX;
        let amount = amount.unwrap_or((whole_debt - self.kept).max(0));
        let is_settled = amount + self.kept >= whole_debt;
        let money = if is_settled { amount + self.kept } else { amount };
        let mut allocated = Allocated::on(day);
        let mut left = self.pay_due(&mut allocated, money);

        for bill in self.bills.iter_mut().filter(|bill| !bill.is_due) {
            let paid = bill.interest.min(left);
            bill.interest -= paid;
            allocated.interest += paid;
            left -= paid;
        }
        let accrued = self.course.accrued(day).min(left);
        allocated.interest += accrued;
        left -= accrued;

        let (principal, fee) =
            if is_settled { (self.balance(), self.early_fee(self.balance())) } else { self.split(left) };
        self.today.principal += principal;
        self.today.fee += fee;
        allocated.principal += principal;
        allocated.fees += fee;
        left -= principal + fee;
        if principal > 0 || is_settled {
            self.repay_early(day, principal, keep);
            if is_settled {
                // No fees of later rows.
                self.bills.clear();
            }
        } else {
            self.course.pay_accrued(accrued);
        }
        // What a settled loan leaves over, and what was too little to repay anything, is kept.
        let kept_before = if is_settled { self.kept } else { 0 };
        allocated.unapplied = left - kept_before;
        self.kept += allocated.unapplied;
        self.allocations.push(allocated);
        self.drop_settled(day);
    }

    /// Splits what is left of a prepayment into principal and fee: of all that came today, R(money ÷ (1 + fee rate)) is
    /// principal and the rest the fee, which is at least the minimum. Too little for the minimum repays nothing; a little more
    /// than came before may be fee only.
    fn split(&mut self, money: i64) -> (i64, i64) {
        let balance = self.balance();
        if money == 0 || balance == 0 {
            return (0, 0);
        }
        self.today.money += money;
        let all = self.today.money;
        let (mut principal, mut fee) = (all, 0);
        if let Some(early) = self.early.filter(|early| self.today.date < early.free_from) {
            let scale = 10i128.pow(early.fee_rate.scale());
            principal = Factor { numerator: scale, denominator: scale + early.fee_rate.mantissa() }
                .of(all, self.terms.rounding_mode);
            fee = (all - principal).max(early.minimum);
            principal = all - fee;
        }
        let now = (principal - self.today.principal).min(balance - 1).max(0);
        if principal <= 0 || now + self.today.principal == 0 { (0, 0) } else { (now, fee - self.today.fee) }
    }

    /// Principal is repaid before it is due: first of what is not billed, then of rows whose due date was rolled on.
    fn repay_early(&mut self, day: CivilDate, principal: i64, keep: Keep) {
        let balance = self.course.unbilled;
        let unbilled = principal.min(balance);
        let mut billed = principal - unbilled;
        for bill in self.bills.iter_mut().filter(|bill| !bill.is_due) {
            let paid = bill.principal.min(billed);
            bill.principal -= paid;
            billed -= paid;
        }
        let course = &mut self.course;
        let reference = match self.today.reference.take() {
            Some(reference) if reference.0 == keep => reference,
            _ => (keep, course.plan().clone(), balance),
        };
        course.prepay(day, unbilled, keep == Keep::Payment, (&reference.1, reference.2));
        self.today.reference = Some(reference);
        let mut closing_balance = self.course.unbilled;
        for bill in self.bills.iter_mut().rev().filter(|bill| !bill.is_due) {
            bill.closing_balance = closing_balance;
            closing_balance = bill.opening_balance();
        }
        if let Some(overdue) = &mut self.overdue {
            overdue.forget_rates_from(self.course.end());
        }
    }

    /// What stands at `day`, up to which time has passed.
    pub fn state(self, day: CivilDate) -> LoanState {
        let due = || self.bills.iter().filter(|bill| bill.is_due);
        let outstanding = Outstanding {
            principal: self.balance() + due().map(|bill| bill.principal).sum::<i64>(),
            interest: self.accrued(day) + due().map(|bill| bill.interest).sum::<i64>(),
            fees: due().map(|bill| bill.fees).sum(),
            penalty: due().map(|bill| self.penalty(bill, day)).sum(),
        };
        let late_since = due().map(|bill| bill.due_date).next().filter(|due_date| *due_date < day);
        let status = match late_since {
            Some(_) => Status::Overdue,
            None if outstanding.total() == 0 && self.bills.is_empty() => Status::Settled,
            None => Status::Current,
        };
        let (due_now, payoff) = (self.due_now(day), (self.whole_debt(day) - self.kept).max(0));
        let penalties = due().map(|bill| self.penalty(bill, day)).collect();

        let Loan { mut course, mut bills, kept, allocations, is_changed, .. } = self;
        bills.extend(course.rest());
        LoanState {
            as_of: day,
            status,
            outstanding,
            due_now,
            payoff,
            kept,
            overdue_days: late_since.map_or(0, |due_date| date::days_between(due_date, day)),
            allocations,
            remaining: bills.iter().map(Bill::instalment).collect(),
            // Interest less benefits, against the first schedule's.
            saved: is_changed.then(|| {
                let mut first = Course::new(self.terms, &[]);
                first.rest();
                first.net_interest.saturating_sub(course.net_interest)
            }),
            penalties,
            is_out_of_range: course.is_out_of_range,
        }
    }
}

impl EarlyRepayment {
    fn of(self, principal: i64, terms: &LoanTerms) -> i64 {
        Factor { numerator: self.fee_rate.mantissa(), denominator: 10i128.pow(self.fee_rate.scale()) }
            .of(principal, terms.rounding_mode)
    }
}

fn early_repayment(terms: &LoanTerms) -> Option<EarlyRepayment> {
    terms.contingent.iter().find_map(|item| match item {
        Contingent::EarlyRepayment { fee_rate, minimum, free_after_instalment, .. } => Some(EarlyRepayment {
            fee_rate: *fee_rate,
            minimum: minimum.unwrap_or(0),
            free_from: match free_after_instalment {
                None => CivilDate::MAX,
                Some(0) => CivilDate::MIN,
                // A bullet loan has one due date.
                Some(_) if terms.method == RepaymentMethod::Bullet => {
                    terms.rolled(terms.unrolled_due_date(terms.instalment_count))
                }
                Some(number) => terms.rolled(terms.unrolled_due_date(*number)),
            },
        }),
        Contingent::Overdue { .. } | Contingent::Misuse { .. } => None,
    })
}
