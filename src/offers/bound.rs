//! Below which payment no loan of a whole range of principals or rates can stay: what lets the search of `solve` pass values
//! over without trying them, and still be sure.
//!
//! The rows are worked once for the range, in whole minor units as a schedule works them, with a low and a high end for
//! every figure. Every step of a schedule is monotone in what it is made of, its roundings too:
//! * what is lent rises with the principal, interest with balance and rate, a level instalment or an equal part with the
//!   balance it is solved on and with the rate;
//! * the next balance, balance − clamp(A − interest, 0, balance − balloon), rises with balance and interest and falls where
//!   A rises, and principal and interest together rise with all three;
//! * fees rise with their base; what a cap still allows falls, since the more was charged, the more of it is used up; and
//!   what benefits leave of the interest rises with it.
//!
//! So each low end is made of the ends that make it lowest. Of a single value both ends are the schedule itself.
//!
//! Where A differs between the ends the balances at the end of the loan are far apart, as if the loan with the smallest
//! sum paid the highest A. What the last row still owes is therefore bounded a second time, from the loan on which nothing is
//! rounded: the value of what is to come after the row before it is (A + balloon) ÷ (1 + interest of the last period), and
//! rounding puts the balance below that by no more than `error`, which bears interest from row to row. That is certain
//! while A is above the interest of every row.

use super::solve::ANNUAL_DECIMALS;
use super::timeline::Timeline;
use crate::money::{Factor, RoundingMode};
use crate::schedule::Split;
use crate::schedule::extras::{Extras, Stretch};
use crate::schedule::level::level_instalment;
use crate::schedule::periods::Period;
use crate::schedule::principal::equal_payment;
use crate::terms::{Benefit, LoanTerms, Remainder, RepaymentMethod};

/// More than what a quotient of sums of 600 products of floats is wrong by, relatively.
const FLOAT_ERROR: f64 = 1e-11;
/// An annual rate that is looked for is a whole number of these parts.
const ANNUAL_STEPS: i128 = 10i128.pow(ANNUAL_DECIMALS);

/// The terms with one value of the range, and their periods.
pub(super) struct End {
    pub terms: LoanTerms,
    pub timeline: Timeline,
}

impl End {
    pub fn of(terms: &LoanTerms) -> End {
        End { terms: terms.clone(), timeline: Timeline::of(terms) }
    }
}

/// Not below `low`, not above `high`, for every value of the range.
#[derive(Clone, Copy)]
struct Span {
    low: i64,
    high: i64,
}

impl Span {
    /// Of the low end, side 0, and the high one, side 1.
    fn each(amount: impl Fn(usize) -> i64) -> Span {
        Span { low: amount(0), high: amount(1) }
    }

    fn end(self, side: usize) -> i64 {
        if side == 0 { self.low } else { self.high }
    }
}

/// What a row repays, before it is cut to what is owed.
enum Wanted {
    Principal(Span),
    /// With the interest.
    Payment(Span),
}

const NOTHING: Wanted = Wanted::Principal(Span { low: 0, high: 0 });

/// No loan with a value from that of the low end to that of the high one has a largest payment below this. More than `goal`
/// is as good as any more, so the rows are worked only until that is certain. For one and the same value at both ends it is
/// the largest payment itself, unless that is above the goal. `rows_left` falls by the rows worked.
pub(super) fn least_maximum(low: &End, high: &End, goal: i64, rows_left: &mut u64) -> i64 {
    let mut rows = RowsOfRange::new([low, high]);
    let mut extras = Extras::new(&low.terms, &low.terms.upfront());
    let has_benefit = low.terms.benefits.iter().any(|benefit| !matches!(benefit, Benefit::FeeWaiver { .. }));
    // A fee or benefit of a row takes about half as long as the row.
    let effort = (2 + low.terms.fees.len() + low.terms.benefits.len()) as u64 / 2;
    let (mut least, mut first_day) = (0, 0);
    for (index, period) in low.timeline.periods.iter().enumerate() {
        *rows_left = rows_left.saturating_sub(effort);
        let opening = rows.balance.low;
        let (row, interest) = rows.next(index);
        // A range of which some loans have ended: the others pay more than nothing.
        if opening > 0 {
            let is_last = index + 1 == low.timeline.periods.len() || rows.balance.high == 0;
            let number = index as u32 + 1;
            let split = Split { principal: row.gross - interest.low, interest: interest.low, interest_base: 0 };
            let fees = extras.fees(number, &split, opening, is_last);
            let mut payment = row.gross;
            if has_benefit {
                // What free days take is reckoned on the base itself, and may be as much as on the highest.
                let factor = high.timeline.periods[index].interest;
                let stretch = Stretch { number, first_day, days: period.days, factor };
                payment = row.principal + interest.low
                    - extras.interest_benefit(&stretch, interest.low, rows.interest_base.high);
            }
            least = least.max(payment + fees.fees - fees.waived);
        }
        if least > goal {
            break;
        }
        first_day += period.days;
    }
    least
}

/// Low ends of a row.
struct Row {
    principal: i64,
    /// Principal and interest together.
    gross: i64,
}

struct RowsOfRange<'a> {
    ends: [&'a End; 2],
    lent: Span,
    balance: Span,
    interest_base: Span,
    level: Option<Span>,
    /// The level instalment in force is above the interest of every row to come, for every value.
    is_above_interest: bool,
    /// It is the interest to the unit, and repays nothing.
    is_interest_only: bool,
    /// What the last row opens with at least, but for `error`; none where that is not certain.
    last_balance: Option<f64>,
    /// How far below the loan on which nothing is rounded the balance may be by now.
    error: f64,
    /// By how much an amount may be rounded down, and by how much up.
    rounding: [f64; 2],
}

impl<'a> RowsOfRange<'a> {
    fn new(ends: [&'a End; 2]) -> Self {
        let lent = Span::each(|side| ends[side].terms.principal + ends[side].terms.upfront().financed);
        let rounding = match ends[0].terms.rounding_mode {
            RoundingMode::HalfUp | RoundingMode::HalfEven => [0.5, 0.5],
            RoundingMode::Up => [0.0, 1.0],
            RoundingMode::Down => [1.0, 0.0],
        };
        RowsOfRange {
            ends,
            lent,
            balance: lent,
            interest_base: lent,
            level: None,
            is_above_interest: false,
            is_interest_only: false,
            last_balance: None,
            error: 0.0,
            rounding,
        }
    }

    /// From this row to the last, with the rates of the low end or of the high one.
    fn ahead(&self, side: usize, index: usize) -> &'a [Period] {
        &self.ends[side].timeline.periods[index..]
    }

    /// The low ends of a row, and its interest; then `balance` is that after it.
    fn next(&mut self, index: usize) -> (Row, Span) {
        let terms = &self.ends[0].terms;
        let is_flat = terms.method == RepaymentMethod::Flat;
        let is_last = self.ahead(0, index).len() == 1;
        if let (Some(last_balance), true) = (self.last_balance, is_last) {
            let at_least = last_balance - self.error * (1.0 + FLOAT_ERROR);
            self.balance.low = self.balance.low.max(libm::ceil(at_least) as i64);
        }
        let (balance, lent) = (self.balance, self.lent);
        self.interest_base =
            Span::each(|side| if is_flat && balance.end(side) > 0 { lent.end(side) } else { balance.end(side) });
        let base = self.interest_base;
        let interest = Span::each(|side| self.ahead(side, index)[0].interest.of(base.end(side), terms.rounding_mode));
        if is_last {
            self.balance = Span { low: 0, high: 0 };
            return (Row { principal: balance.low, gross: balance.low + interest.low }, interest);
        }
        let room = Span::each(|side| balance.end(side) - terms.balloon.min(balance.end(side)));
        let repays = index >= terms.interest_only_instalments as usize;
        let wanted = if repays { self.wanted(index, interest) } else { NOTHING };
        let principal = match wanted {
            Wanted::Principal(part) => part,
            Wanted::Payment(payment) => Span { low: payment.low - interest.high, high: payment.high - interest.low },
        };
        let repaid = principal.low.clamp(0, room.low);
        let gross = match wanted {
            Wanted::Principal(_) => repaid + interest.low,
            Wanted::Payment(payment) => payment.low.clamp(interest.low, interest.low + room.low),
        };
        self.balance = Span {
            low: balance.low - principal.high.clamp(0, room.low),
            high: balance.high - principal.low.clamp(0, room.high),
        };
        (Row { principal: repaid, gross }, interest)
    }

    fn wanted(&mut self, index: usize, interest: Span) -> Wanted {
        let terms = &self.ends[0].terms;
        match terms.method {
            RepaymentMethod::EqualInstalment => self.level(index, interest),
            RepaymentMethod::EqualPrincipal | RepaymentMethod::Flat => self.part(index, interest),
            RepaymentMethod::Custom => {
                let part = terms.principal_plan.get(index).copied().unwrap_or(0);
                Wanted::Principal(Span { low: part, high: part })
            }
            RepaymentMethod::InterestOnly | RepaymentMethod::Bullet => NOTHING,
        }
    }

    /// A row of a level instalment. Where that is less than the interest, the row pays interest alone, and it is solved anew
    /// for the next; where it is for some values and not for others, it may be anything from then on.
    fn level(&mut self, index: usize, interest: Span) -> Wanted {
        let terms = &self.ends[0].terms;
        if terms.steps.iter().any(|step| step.from_instalment as usize == index + 1) {
            (self.level, self.is_interest_only) = (None, false);
        }
        let level = match self.level {
            _ if self.is_interest_only => return NOTHING,
            Some(level) => level,
            None => {
                self.solve_unrounded(index);
                if self.is_interest_only {
                    return NOTHING;
                }
                let balance = self.balance;
                Span::each(|side| level_instalment(terms, self.ahead(side, index), balance.end(side)))
            }
        };
        if level.low >= interest.high || self.is_above_interest {
            let [down, up] = self.rounding;
            let growth = 1.0 + self.ahead(1, index)[0].interest.as_f64();
            self.error = self.error * growth + down + up * terms.instalment_unit.unwrap_or(1) as f64;
            self.level = Some(level);
        } else {
            self.last_balance = None;
            self.level = (level.high >= interest.low).then_some(Span { low: 0, high: i64::MAX });
        }
        Wanted::Payment(level)
    }

    /// What is certain of the loan on which nothing is rounded from this row on.
    ///
    /// A = (balance − balloon · v_n) / Σ v, as in `schedule::level`, rises with balance and rate. Where all periods are
    /// equally long, A − interest of the first = (balance − balloon) · v_n / Σ v, which falls where the rate rises.
    fn solve_unrounded(&mut self, index: usize) {
        let balance = self.balance.low as f64;
        let balloon = f64::min(self.ends[0].terms.balloon as f64, balance);
        let [(low_sum, low_discount), (high_sum, high_discount)] = [0, 1].map(|side| {
            let periods = self.ahead(side, index);
            let annual = periods[0].annual;
            periods.iter().fold((0.0, 1.0), |(sum, discount), period| {
                let discount = discount / (1.0 + annual.times(period.years).as_f64());
                (sum + discount, discount)
            })
        });
        let level = (balance - balloon * low_discount) / low_sum;
        let float_error = FLOAT_ERROR * (balance / low_sum + balloon);
        let periods = self.ahead(1, index);
        // A step at the last row changes its interest, and not what it opens with.
        let last = periods.last().map_or(0.0, |period| periods[0].annual.times(period.years).as_f64());
        self.last_balance = Some((level + balloon - float_error) / (1.0 + last));
        self.error = 0.0;
        let is_even = periods.iter().all(|period| period.years == periods[0].years);
        let unit = self.ends[0].terms.instalment_unit.unwrap_or(1) as f64;
        let above_interest = |balance: f64, quotient: f64| (balance - balloon) * quotient;
        let least = above_interest(balance, high_discount / high_sum);
        self.is_above_interest = is_even && least * (1.0 - FLOAT_ERROR) >= unit + 1.0;
        let most = above_interest(self.balance.high as f64, low_discount / low_sum);
        self.is_interest_only = is_even && unit <= 1.0 && most * (1.0 + FLOAT_ERROR) < self.gap(index);
        if self.is_interest_only {
            self.last_balance = None;
        }
    }

    /// What may be added to the interest of a row, before it is rounded, without its ever being rounded to more, whatever
    /// the value. At a high rate over a long term a level instalment is above the interest by less, and repays nothing.
    ///
    /// All interest is a multiple of 1/D. With halves rounded up, the multiple below a half is at least 1/(2D) away, and
    /// cut amounts are 1/D below the next one.
    fn gap(&self, index: usize) -> f64 {
        let Period { annual, years, .. } = self.ahead(1, index)[0];
        // A rate that is looked for is a whole number of steps; any other is the same at both ends.
        let rate = if ANNUAL_STEPS % annual.denominator == 0 { ANNUAL_STEPS } else { annual.denominator };
        let balance = if self.balance.low == self.balance.high { self.balance.low } else { 1 };
        let (numerator, denominator) = (years.numerator * i128::from(balance), years.denominator * rate);
        let grains = Factor::new(numerator, denominator).denominator;
        match self.ends[0].terms.rounding_mode {
            RoundingMode::HalfUp => 1.0 / (grains + (grains & 1) * grains) as f64,
            RoundingMode::Down => 1.0 / grains as f64,
            RoundingMode::HalfEven | RoundingMode::Up => 0.0,
        }
    }

    /// An equal part: of `Plan::part`, and of what the first one bears.
    fn part(&mut self, index: usize, interest: Span) -> Wanted {
        let terms = &self.ends[0].terms;
        let repaying = (self.ahead(0, index).len() + index) as i64 - i64::from(terms.interest_only_instalments);
        let lent = self.lent;
        let in_parts = Span::each(|side| lent.end(side) - terms.balloon.min(lent.end(side)));
        let unit = terms.instalment_unit.filter(|_| terms.method == RepaymentMethod::Flat);
        // With a unit, the part and its interest.
        let part = |interest: Span| {
            Span::each(|side| {
                let (unit, interest) = unit.map_or((1, 0), |unit| (unit, interest.end(side)));
                equal_payment(in_parts.end(side), repaying, interest, unit, terms.rounding_mode)
            })
        };
        let is_first = index == terms.interest_only_instalments as usize;
        if terms.remainder == Remainder::First && is_first && repaying > 1 {
            let mut first = in_parts;
            for later in 1..self.ahead(0, index).len() {
                let base = self.lent;
                let interest =
                    Span::each(|side| self.ahead(side, index)[later].interest.of(base.end(side), terms.rounding_mode));
                let (other, interest) = (part(interest), unit.map_or(Span { low: 0, high: 0 }, |_| interest));
                first.low -= other.high - interest.low;
                first.high -= other.low - interest.high;
            }
            return Wanted::Principal(first);
        }
        if is_first {
            let others = (repaying - 1) as f64 * self.rounding[1] * unit.unwrap_or(1) as f64;
            let owed = in_parts.low as f64 / repaying as f64 + terms.balloon.min(lent.low) as f64;
            self.last_balance = Some(owed * (1.0 - FLOAT_ERROR) - others);
        }
        if unit.is_some() { Wanted::Payment(part(interest)) } else { Wanted::Principal(part(interest)) }
    }
}
