//! How an explanation puts things: small helpers on the writer.

use super::{Step, Writer};
use crate::disclosure::{Words, decimal};
use crate::money::Factor;
use crate::schedule::Instalment;

impl Writer<'_> {
    /// Adds a sentence to the text.
    pub(super) fn say(&mut self, words: Words, values: &[&str]) {
        if !self.text.is_empty() {
            self.text.push_str(self.locale.of(["", " "]));
        }
        self.text.push_str(&self.locale.fill(words, values));
    }

    pub(super) fn formula(&mut self, words: Words) {
        self.formula = self.locale.of(words).to_owned();
    }

    pub(super) fn step(&mut self, words: Words, values: &[&str], value: String) {
        self.steps.push(Step { text: self.locale.fill(words, values), value });
    }

    pub(super) fn money(&self, amount: i64) -> String {
        self.loan.terms.currency().format(amount)
    }

    /// What a row costs the borrower because of the loan.
    pub(super) fn paid(instalment: &Instalment) -> i64 {
        instalment.payment - instalment.outside_cost
    }

    pub(super) fn count(&self) -> String {
        self.loan.schedule.instalments.len().to_string()
    }
}

/// 12, or "12/5" where it is no whole number.
pub(super) fn ratio(numerator: i128, denominator: i128) -> String {
    if denominator == 1 { numerator.to_string() } else { format!("{numerator}/{denominator}") }
}

/// The same in lowest terms.
pub(super) fn reduced(numerator: i64, denominator: i64) -> String {
    let factor = Factor::new(numerator.into(), denominator.into());
    ratio(factor.numerator, factor.denominator)
}

/// With ten decimals, as the rates are.
pub(super) fn ten_decimals(units: i128) -> String {
    decimal(units, 10, true)
}
