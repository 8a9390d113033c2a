//! How an explanation puts things: numbers into sentences, sentences into steps.

use super::{Step, Writer};
use crate::disclosure::{Words, decimal, percent_of_units};
use crate::money::Factor;
use crate::rate::PublishedRate;
use crate::schedule::Instalment;

/// A number, or words, in a sentence or as the value of a step.
#[derive(Clone, Copy)]
pub(super) enum Shown<'a> {
    Text(&'a str),
    /// Minor units.
    Money(i64),
    /// As published.
    Rate(PublishedRate),
    /// In units of [`crate::rules::RATE_UNIT`], as a percentage with all its digits.
    Percent(i64),
    /// A count.
    Count(i64),
    /// 12, or "12/5" where it is no whole number.
    Ratio(i128, i128),
    /// So many units of the tenth decimal, zeros at the end cut.
    TenDecimals(i64),
    /// All ten decimals.
    Discount(i64),
}

impl Writer<'_> {
    fn put(&self, shown: Shown) -> String {
        match shown {
            Shown::Text(text) => text.to_owned(),
            Shown::Money(amount) => self.loan.terms.currency().format(amount),
            Shown::Rate(rate) => rate.to_string(),
            Shown::Percent(units) => percent_of_units(units),
            Shown::Count(count) => decimal(count, 0, false),
            Shown::Ratio(numerator, 1) => decimal(numerator as i64, 0, false),
            Shown::Ratio(numerator, denominator) => {
                let [mut text, denominator] = [numerator, denominator].map(|part| decimal(part as i64, 0, false));
                text.push('/');
                text.push_str(&denominator);
                text
            }
            Shown::TenDecimals(units) => decimal(units, 10, true),
            Shown::Discount(units) => decimal(units, 10, false),
        }
    }

    pub(super) fn fill(&self, words: Words, values: &[Shown]) -> String {
        let texts: Vec<String> = values.iter().map(|value| self.put(*value)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        self.locale.fill(words, &texts)
    }

    /// Adds a sentence to the text.
    pub(super) fn say(&mut self, words: Words, values: &[Shown]) {
        if !self.text.is_empty() {
            self.text.push_str(self.locale.of(&["", " "]));
        }
        let sentence = self.fill(words, values);
        self.text.push_str(&sentence);
    }

    pub(super) fn formula(&mut self, words: Words, values: &[Shown]) {
        self.formula = self.fill(words, values);
    }

    pub(super) fn step(&mut self, words: Words, values: &[Shown], value: Shown) {
        let step = Step { text: self.fill(words, values), value: self.put(value) };
        self.steps.push(step);
    }

    /// What a row costs the borrower because of the loan.
    pub(super) fn paid(instalment: &Instalment) -> i64 {
        instalment.payment - instalment.outside_cost
    }

    pub(super) fn count(&self) -> Shown<'static> {
        Shown::Count(self.loan.schedule.instalments.len() as i64)
    }
}

/// In lowest terms.
pub(super) fn reduced(numerator: i64, denominator: i64) -> Shown<'static> {
    let factor = Factor::new(numerator.into(), denominator.into());
    Shown::Ratio(factor.numerator, factor.denominator)
}
