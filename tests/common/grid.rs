//! The grid of loans that the laws are held against: generated terms with their quotes.

use super::generate::terms as generated;
use super::{rows, try_quote, units};
use serde_json::{Value, json};
use std::sync::OnceLock;

/// How many terms each law is held against.
pub const TERMS: u64 = 3_000;

/// A generated loan with its quote, and amounts in minor units.
pub struct Case {
    pub number: u64,
    pub terms: Value,
    pub quote: Value,
    pub decimals: u32,
}

impl Case {
    pub fn amount(&self, value: &Value) -> i128 {
        units(value.as_str().expect("money"), self.decimals)
    }

    pub fn schedule(&self, pointer: &str) -> i128 {
        self.amount(self.quote["schedule"].pointer(pointer).expect("a field of the schedule"))
    }

    pub fn sum(&self, field: &str) -> i128 {
        rows(&self.quote).iter().map(|row| self.amount(&row[field])).sum()
    }

    pub fn rate(&self, field: &str) -> &str {
        self.quote["cost"][field].as_str().expect("a rate")
    }

    /// What is received and paid because of the loan, in minor units: fees outside the cost are left out. `None` where
    /// some fee is outside the cost, since the rows do not tell them apart.
    pub fn flows(&self) -> Option<(i128, Vec<i128>)> {
        let fees = self.terms["fees"].as_array()?;
        if fees.iter().any(|fee| fee["inCost"] == json!(false)) {
            return None;
        }
        let payments = rows(&self.quote).iter().map(|row| self.amount(&row["payment"])).collect();
        Some((self.schedule("/proceeds") - self.schedule("/paidAtDisbursement"), payments))
    }
}

/// Every generated loan that has a rate, worked once for all laws.
pub fn cases() -> &'static [Case] {
    static CASES: OnceLock<Vec<Case>> = OnceLock::new();
    CASES.get_or_init(quoted)
}

/// A fee on a loan of a day can cost more than 10^6 a year, and is then refused.
fn quoted() -> Vec<Case> {
    let mut refused = 0;
    let mut cases = Vec::new();
    for number in 0..TERMS {
        let terms = generated(number);
        match try_quote(&terms) {
            Ok(quote) => {
                let decimals = match terms["currency"].as_str() {
                    Some("JPY") => 0,
                    Some("KWD") => 3,
                    _ => 2,
                };
                cases.push(Case { number, terms, quote, decimals });
            }
            Err(error) if error.issues[0].code == "cost_out_of_range" => refused += 1,
            Err(error) => panic!("{number}: {error}\n{terms}"),
        }
    }
    assert!(refused < TERMS / 50, "{refused} of {TERMS} loans cost too much to be told");
    cases
}
