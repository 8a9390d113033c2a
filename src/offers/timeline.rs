//! The periods of a loan while its principal and rate change.

use crate::schedule::periods::{Period, periods};
use crate::terms::LoanTerms;

/// Every period of the terms, dates worked once.
pub(super) struct Timeline {
    pub periods: Vec<Period>,
    /// How many rows come before the first step.
    pub before_steps: usize,
}

impl Timeline {
    pub fn of(terms: &LoanTerms) -> Timeline {
        let before_steps = terms.steps.first().map_or(usize::MAX, |step| step.from_instalment as usize - 1);
        Timeline { periods: periods(terms), before_steps }
    }

    /// Puts the rate of the terms, which is none per instalment, into the periods before the first step.
    pub fn charge(&mut self, terms: &LoanTerms) {
        let annual = terms.interest.annual(terms.periods_per_year());
        for period in self.periods.iter_mut().take(self.before_steps) {
            period.annual = annual;
            period.interest = annual.times(period.years);
        }
    }
}
