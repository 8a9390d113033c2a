//! The course of a loan: interest as it runs from day to day, and rows as their periods end.
//!
//! Here is no money: what has been billed, paid or kept is in `loan`. Without events the rows that come out are those
//! of the schedule, since both are made by the same plan, the same periods and the same fees and benefits.

mod recast;

use super::bill::{Amounts, Bill};
use super::events::{DeferredInterest, LoanEvent};
use crate::date::{self, CivilDate, DayCount, year_fraction};
use crate::money::{Factor, round_ratio};
use crate::schedule::Split;
use crate::schedule::extras::{Extras, InForce, Stretch};
use crate::schedule::periods::{Period, flat_rate, periods_with};
use crate::schedule::principal::Plan;
use crate::terms::{AMOUNT_MAX, Accrual, Benefit, InterestRate, LoanTerms, RepaymentMethod};

/// No capitalised interest takes the balance beyond this: four times the largest principal.
const BALANCE_MAX: i64 = 4 * AMOUNT_MAX;

/// What a row repays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Duty {
    /// Its part of the plan.
    Part,
    /// Nothing, from the start (还本宽限期).
    InterestOnly,
    /// Nothing, by a deferral.
    Deferred(DeferredInterest),
}

/// What a row has beside its period.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: CivilDate,
    end: CivilDate,
    duty: Duty,
    /// The rate of this row recasts the level instalment.
    is_step: bool,
    /// The rate in force is one for each instalment, not for a year.
    is_flat_rate: bool,
    /// The length in the units that interest is counted by: days, or those of the day count.
    ticks: i64,
    /// Rows from this one on that repay a part.
    parts: usize,
}

/// Interest that runs on one balance, within one period.
#[derive(Clone, Copy, Debug)]
struct Running {
    from: CivilDate,
    /// Where in the period it began.
    first_tick: i64,
    /// Where the rate last changed.
    rate_tick: i64,
    /// Σ period factor × ticks up to there.
    before: Factor,
    /// Flat interest: Σ interest of the whole period × ticks up to there.
    flat_before: i128,
    /// What a prepayment has already paid of it.
    paid: i64,
}

/// The course of a loan up to some day, and all that is agreed on what comes.
#[derive(Clone, Debug)]
pub(super) struct Course<'a> {
    terms: &'a LoanTerms,
    periods: Vec<Period>,
    rows: Vec<Row>,
    /// Index of the row whose interest is running.
    current: usize,
    /// Principal of the rows that have not ended.
    pub unbilled: i64,
    plan: Plan,
    extras: Extras<'a>,
    running: Running,
    /// The last day of the agreed term, which one day count looks at.
    maturity: CivilDate,
    /// Rows that repay a part but have been dropped from the end.
    dropped_parts: usize,
    /// The balance before the first of the deferred rows that are running, where interest has joined it.
    before_deferral: Option<i64>,
    /// Interest less benefits of everything that has ended.
    pub net_interest: i64,
    /// Interest has grown the balance beyond what is reckoned with.
    pub is_out_of_range: bool,
}

impl<'a> Course<'a> {
    pub fn new(terms: &'a LoanTerms, events: &[LoanEvent]) -> Course<'a> {
        let upfront = terms.upfront();
        let lent = terms.principal + upfront.financed;
        let interest_only = terms.interest_only_instalments as usize;
        let mut duties: Vec<Duty> = (0..terms.row_count() as usize)
            .map(|index| if index < interest_only { Duty::InterestOnly } else { Duty::Part })
            .collect();
        let undeferred = duties.len();
        for event in events {
            if let LoanEvent::Deferral { from_instalment, instalments, interest } = event {
                let at = (*from_instalment as usize - 1).min(duties.len());
                for _ in 0..*instalments {
                    duties.insert(at, Duty::Deferred(*interest));
                }
            }
        }
        let periods = periods_with(terms, (duties.len() - undeferred) as u32);
        let maturity = periods.last().map_or(terms.disbursement_date, |last| terms.period_end(last.unrolled_due_date));
        let mut course = Course {
            terms,
            rows: Vec::with_capacity(periods.len()),
            periods,
            current: 0,
            unbilled: lent,
            plan: Plan::new(terms, lent, undeferred - interest_only),
            extras: Extras::new(terms, &upfront),
            running: Running {
                from: terms.disbursement_date,
                first_tick: 0,
                rate_tick: 0,
                before: Factor::ZERO,
                flat_before: 0,
                paid: 0,
            },
            maturity,
            dropped_parts: 0,
            before_deferral: None,
            net_interest: 0,
            is_out_of_range: false,
        };
        course.lay_rows(&duties);
        course
    }

    fn lay_rows(&mut self, duties: &[Duty]) {
        let mut start = self.terms.disbursement_date;
        let mut interest = self.terms.interest;
        let mut steps = self.terms.steps.iter().peekable();
        let mut parts = duties.iter().filter(|duty| **duty == Duty::Part).count();
        for (index, duty) in duties.iter().enumerate() {
            let step = steps.next_if(|step| step.from_instalment as usize == index + 1);
            interest = step.map_or(interest, |step| step.interest);
            let end = self.terms.period_end(self.periods[index].unrolled_due_date);
            self.rows.push(Row {
                start,
                end,
                duty: *duty,
                is_step: step.is_some(),
                is_flat_rate: matches!(interest, InterestRate::Flat(_)),
                ticks: self.ticks(start, end).max(1),
                parts,
            });
            parts -= usize::from(*duty == Duty::Part);
            start = end;
        }
    }

    /// What interest is counted by: t is ticks over the period's ticks, of the whole period's t.
    fn ticks(&self, start: CivilDate, day: CivilDate) -> i64 {
        match self.terms.accrual {
            Accrual::DayCount(day_count) if self.terms.method != RepaymentMethod::Flat => {
                let years = year_fraction(start, day, day_count, self.maturity);
                // This one has three denominators, of which the largest is a multiple of the others.
                let scale = if day_count == DayCount::ActualActualIsda { 133_590 / years.denominator } else { 1 };
                (years.numerator * scale) as i64
            }
            Accrual::DayCount(_) | Accrual::Periodic => date::days_between(start, day),
        }
    }

    fn elapsed(&self, row: &Row, day: CivilDate) -> i64 {
        if day >= row.end { row.ticks } else { self.ticks(row.start, day.max(row.start)).clamp(0, row.ticks) }
    }

    fn is_flat(&self) -> bool {
        self.terms.method == RepaymentMethod::Flat
    }

    /// What interest is charged on now.
    fn base(&self) -> i64 {
        if self.is_flat() && self.unbilled > 0 { self.plan.flat_base } else { self.unbilled }
    }

    /// Whether rows are still to come.
    pub fn is_running(&self) -> bool {
        self.current < self.rows.len()
    }

    /// The running row's number; beyond every instalment once all have ended.
    pub fn number(&self) -> u32 {
        if self.is_running() { self.current as u32 + 1 } else { u32::MAX }
    }

    /// When the running row is billed: at the end of its period, or when it falls due if a roll puts that before.
    pub fn next_billing(&self) -> Option<CivilDate> {
        self.is_running().then(|| self.rows[self.current].end.min(self.periods[self.current].due_date))
    }

    /// The annual rate of each row that begins with a rate of its own, and the day that it begins.
    pub fn rates_ahead(&self) -> impl Iterator<Item = (CivilDate, Factor)> {
        self.rows
            .iter()
            .zip(&self.periods)
            .enumerate()
            .filter_map(|(index, (row, period))| (index == 0 || row.is_step).then_some((row.start, period.annual)))
    }

    /// The last day that interest runs.
    pub fn end(&self) -> CivilDate {
        self.rows.last().map_or(self.terms.disbursement_date, |row| row.end)
    }

    /// Interest of what is running, up to the start of `day`: the exact factor, and the rounded amount.
    fn interest_until(&self, day: CivilDate) -> (Factor, i64) {
        let (row, period, running) = (&self.rows[self.current], &self.periods[self.current], &self.running);
        let tick = self.elapsed(row, day.max(running.from));
        let (base, mode) = (self.base(), self.terms.rounding_mode);
        let is_whole = running.first_tick == 0 && running.rate_tick == 0 && tick == row.ticks;
        let factor = if is_whole {
            period.interest
        } else {
            let sum = sum(running.before, times(period.interest, tick - running.rate_tick));
            Factor { numerator: sum.numerator, denominator: sum.denominator * i128::from(row.ticks) }
        };
        if base == 0 || !self.is_flat() || is_whole {
            return (factor, factor.of_exactly(base.into(), mode));
        }
        // Flat interest of a part of a period is that part of the period's interest, which is itself an amount.
        let now = i128::from(period.interest.of(base, mode)) * i128::from(tick - running.rate_tick);
        (factor, round_ratio(running.flat_before + now, i128::from(row.ticks), mode) as i64)
    }

    /// Interest and the benefit on it, up to the start of `day`; caps are used up.
    fn take_interest(&mut self, day: CivilDate) -> (Factor, i64, i64) {
        let (factor, interest) = self.interest_until(day);
        if self.extras.in_force.is_empty() || interest == 0 {
            return (factor, interest, 0);
        }
        let from = self.running.from;
        let to = day.clamp(from, self.rows[self.current].end.max(from));
        let days = |start, end| date::days_between(start, end).max(0) as u32;
        let stretch = Stretch {
            number: self.number(),
            first_day: days(self.terms.disbursement_date, from),
            days: days(from, to),
            factor,
        };
        let benefit = self.extras.interest_benefit(&stretch, interest, self.base());
        // What has been paid is not given back.
        (factor, interest, benefit.min((interest - self.running.paid).max(0)))
    }

    /// Interest that has accrued and is not billed, less benefits in force and what has been paid of it.
    pub fn accrued(&self, day: CivilDate) -> i64 {
        if !self.is_running() {
            return 0;
        }
        let (interest, benefit) = if self.extras.in_force.is_empty() {
            (self.interest_until(day).1, 0)
        } else {
            let (_, interest, benefit) = self.clone().take_interest(day);
            (interest, benefit)
        };
        (interest - benefit - self.running.paid).max(0)
    }

    /// A part of the accrued interest has been paid, and the balance has not changed.
    pub fn pay_accrued(&mut self, amount: i64) {
        self.running.paid += amount;
    }

    /// From `day` on, interest runs on another balance, or in the next period.
    fn run_from(&mut self, day: CivilDate) {
        let from = self.rows.get(self.current).map_or(day, |row| day.max(row.start));
        let tick =
            self.rows.get(self.current).map_or(0, |row| if from > row.start { self.elapsed(row, from) } else { 0 });
        self.running =
            Running { from, first_tick: tick, rate_tick: tick, before: Factor::ZERO, flat_before: 0, paid: 0 };
    }

    /// A new rate from `day` on, until a step that the terms foresee.
    pub fn change_rate(&mut self, day: CivilDate, interest: InterestRate) {
        if !self.is_running() {
            return;
        }
        let (row, period) = (self.rows[self.current], self.periods[self.current]);
        let tick = self.elapsed(&row, day.max(self.running.from));
        let ticks = tick - self.running.rate_tick;
        self.running.before = sum(self.running.before, times(period.interest, ticks));
        if self.is_flat() {
            let whole = period.interest.of(self.base(), self.terms.rounding_mode);
            self.running.flat_before += i128::from(whole) * i128::from(ticks);
        }
        self.running.rate_tick = tick;
        let annual = interest.annual(self.terms.periods_per_year());
        self.set_rate(self.current, annual, flat_rate(interest));
        self.plan.level = None;
    }

    /// Rows from `first` on, up to the next step, have this rate.
    fn set_rate(&mut self, first: usize, annual: Factor, flat: Option<Factor>) {
        for index in first..self.rows.len() {
            if index > first && self.rows[index].is_step {
                break;
            }
            let period = &mut self.periods[index];
            period.annual = annual;
            period.interest = flat.unwrap_or(annual.times(period.years));
            self.rows[index].is_flat_rate = flat.is_some();
        }
    }

    /// A benefit that counts from `day` and from the running row on.
    pub fn add_benefit(&mut self, day: CivilDate, benefit: &'a Benefit) {
        let first_day = date::days_between(self.terms.disbursement_date, day) as u32;
        self.extras.in_force.push(InForce { benefit, first_number: self.number(), first_day, cap_left: benefit.cap() });
    }

    /// Ends the running row: its interest, principal, fees and benefits are now fixed.
    pub fn bill(&mut self) -> Bill {
        let (index, row, period) = (self.current, self.rows[self.current], self.periods[self.current]);
        let opening_balance = self.unbilled;
        let (factor, interest, interest_benefit) = self.take_interest(row.end);
        let net_interest = (interest - interest_benefit - self.running.paid).max(0);
        let is_end = index + 1 == self.rows.len();
        let principal = match row.duty {
            _ if is_end => opening_balance,
            Duty::Part => {
                self.periods[index].interest = factor;
                let ahead = &self.periods[index..index + row.parts - self.dropped_parts];
                self.plan.principal(self.terms, ahead, row.is_step, opening_balance, interest)
            }
            Duty::InterestOnly | Duty::Deferred(DeferredInterest::Collect) => 0,
            Duty::Deferred(DeferredInterest::Capitalise) => -net_interest,
        };
        self.unbilled -= principal;
        if self.unbilled > BALANCE_MAX {
            self.unbilled = BALANCE_MAX;
            self.is_out_of_range = true;
        }
        let extra = if opening_balance > 0 {
            let split = Split { principal, interest, interest_base: opening_balance };
            self.extras.fees(self.number(), &split, opening_balance, is_end || self.unbilled == 0)
        } else {
            Default::default()
        };
        self.net_interest = self.net_interest.saturating_add(interest - interest_benefit);
        let days = if self.running.from > row.start {
            date::days_between(self.running.from, row.end).max(0) as u32
        } else {
            period.days
        };
        let amounts = Amounts {
            principal: principal.max(0),
            capitalised: if principal < 0 { net_interest } else { 0 },
            net_interest,
            interest_benefit,
            net_fees: extra.fees - extra.waived,
            waived: extra.waived,
            closing_balance: self.unbilled,
        };
        let bill = Bill::new(&period, self.number(), days, amounts);
        self.current += 1;
        if let Duty::Deferred(_) = row.duty {
            self.end_deferred_row(opening_balance);
        }
        self.run_from(row.end);
        bill
    }

    /// What is agreed on the principal to come.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The rows to come, as they will fall if nothing else happens; the course ends with them.
    pub fn rest(&mut self) -> Vec<Bill> {
        let mut rest = Vec::with_capacity(self.rows.len() - self.current);
        while self.is_running() && self.unbilled > 0 {
            rest.push(self.bill());
        }
        rest
    }
}

/// factor × count.
fn times(factor: Factor, count: i64) -> Factor {
    Factor { numerator: factor.numerator * i128::from(count), denominator: factor.denominator }
}

/// The sum over the least common denominator: denominators of rates are powers of ten, and those of time the same.
fn sum(left: Factor, right: Factor) -> Factor {
    if left.numerator == 0 {
        return right;
    }
    if right.numerator == 0 {
        return left;
    }
    let shared = Factor::new(left.denominator, right.denominator);
    Factor {
        numerator: left.numerator * shared.denominator + right.numerator * shared.numerator,
        denominator: left.denominator * shared.denominator,
    }
}
