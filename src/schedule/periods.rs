//! The periods of a loan: due dates, days, and the exact factor that makes a balance its interest.

use crate::date::{CivilDate, year_fraction};
use crate::money::Factor;
use crate::terms::{Accrual, InterestRate, LoanTerms, RepaymentMethod};
use chrono::Datelike;

/// One interest period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// Rolled.
    pub due_date: CivilDate,
    /// Before the roll.
    pub unrolled_due_date: CivilDate,
    /// Actual days from the start of the period to its end.
    pub days: u32,
    /// The annual rate in force.
    pub annual: Factor,
    /// The length as a fraction of a year.
    pub years: Factor,
    /// interest = R(base × this): annual × years, or the flat rate.
    pub interest: Factor,
}

/// Every period in order; one for a bullet loan.
pub(crate) fn periods(terms: &LoanTerms) -> Vec<Period> {
    periods_with(terms, 0)
}

/// The periods with some more intervals at the end, as a deferral adds them.
pub(crate) fn periods_with(terms: &LoanTerms, added: u32) -> Vec<Period> {
    let last_number = terms.instalment_count + added;
    let first_number = if terms.method == RepaymentMethod::Bullet { terms.instalment_count } else { 1 };

    let per_year = terms.periods_per_year();
    let interval_years = terms.every.years();
    let first_years = if first_number > 1 || last_number == 1 {
        term_years(terms)
    } else {
        interval_years.times(terms.first_position().intervals())
    };
    let last_due_date = terms.unrolled_due_date(last_number);
    let maturity = terms.period_end(last_due_date);

    let mut annual = terms.interest.annual(per_year);
    let mut flat = flat_rate(terms.interest);
    let mut steps = terms.steps.iter().peekable();
    let mut start = terms.disbursement_date;
    let mut start_day = start.num_days_from_ce();
    // Most periods are as long as the one before, at the same rate.
    let mut known = (Factor::ZERO, Factor::ZERO);
    (first_number..=last_number)
        .map(|number| {
            if let Some(step) = steps.next_if(|step| step.from_instalment <= number) {
                annual = step.interest.annual(per_year);
                flat = flat_rate(step.interest);
                known = (Factor::ZERO, Factor::ZERO);
            }
            let unrolled_due_date = terms.unrolled_due_date(number);
            let due_date = terms.rolled(unrolled_due_date);
            let end = terms.period_end(unrolled_due_date);
            let years = match terms.accrual {
                Accrual::Periodic if number == first_number => first_years,
                Accrual::Periodic => interval_years,
                Accrual::DayCount(day_count) => year_fraction(start, end, day_count, maturity),
            };
            if years != known.0 {
                known = (years, annual.times(years));
            }
            let end_day = end.num_days_from_ce();
            let period = Period {
                due_date,
                unrolled_due_date,
                // Ends never decrease, and no two dates are more than some 110,000 days apart.
                days: (end_day - start_day).max(0) as u32,
                annual,
                years,
                interest: flat.unwrap_or(known.1),
            };
            (start, start_day) = (end, end_day);
            period
        })
        .collect()
}

/// The whole term under periodic accrual, in years: where the last due date lies, times an interval.
pub(crate) fn term_years(terms: &LoanTerms) -> Factor {
    let later = Factor { numerator: i128::from(terms.instalment_count) - 1, denominator: 1 };
    let intervals = terms.first_position().intervals().plus(later);
    let years = terms.every.years().times(intervals);
    Factor::new(years.numerator, years.denominator)
}

/// A flat rate per instalment knows no time.
pub(crate) fn flat_rate(interest: InterestRate) -> Option<Factor> {
    match interest {
        InterestRate::Flat(rate) => {
            Some(Factor { numerator: rate.mantissa(), denominator: i128::from(10_u64.pow(rate.scale())) })
        }
        InterestRate::Annual(_) | InterestRate::Monthly(_) | InterestRate::Daily { .. } => None,
    }
}
