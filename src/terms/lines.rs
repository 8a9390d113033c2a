//! The normalised terms as lines, one value on each, in the order of the contract's sorted fields: a page reads them in half
//! the time that JSON with its names takes. `js/terms.js` knows the order. An option that was not given leaves its line
//! empty; what few loans have is JSON on its line.

use super::decode::{ALLOCATIONS, ROUNDING_MODES};
use super::write::{
    accrual_name, base_name, method_name, name_in, remainder_name, settlement_name, timing_name, write_benefit,
    write_business_days, write_contingent, write_items, write_lender, write_pricing, write_rate, write_step,
};
use super::{Charge, Fee, InterestRate, Interval, LoanTerms};
use crate::date;
use crate::json::Json;
use crate::money::Currency;

impl LoanTerms {
    pub(crate) fn write_lines(&self, json: &mut Json) {
        let currency = self.currency;
        json.line().plain(accrual_name(self.accrual).as_bytes());
        for allocation in self.allocation {
            json.line().plain(name_in(&ALLOCATIONS, allocation).as_bytes());
        }
        write_amount(json, (self.balloon > 0).then_some(self.balloon), currency);
        write_list(json, &self.benefits, |json, benefit| write_benefit(json, benefit, currency));
        json.line();
        if let Some(business_days) = &self.business_days {
            write_business_days(json, business_days);
        }
        write_list(json, &self.contingent, |json, item| write_contingent(json, item, currency));
        json.line().plain(currency.code().as_bytes());
        date::write(self.disbursement_date, json.line());
        write_count(json, self.due_day);
        let (unit, number) = match self.every {
            Interval::Months(months) => ("months", months),
            Interval::Weeks(weeks) => ("weeks", weeks),
            Interval::Days(days) => ("days", days),
        };
        json.line().plain(unit.as_bytes());
        json.line().integer(i64::from(number));
        json.line().integer(self.fees.len() as i64);
        for fee in &self.fees {
            write_fee(json, fee, currency);
        }
        json.line();
        if let Some(first_due_date) = self.first_due_date {
            date::write(first_due_date, json);
        }
        json.line().integer(i64::from(self.instalment_count));
        let (basis, rate, days_per_year) = match self.interest {
            InterestRate::Annual(rate) => ("annual", rate, None),
            InterestRate::Monthly(rate) => ("monthly", rate, None),
            InterestRate::Daily { rate, days_per_year } => ("daily", rate, Some(days_per_year)),
            InterestRate::Flat(rate) => ("flat", rate, None),
        };
        json.line().plain(basis.as_bytes());
        write_rate(rate, json.line());
        write_count(json, days_per_year);
        write_count(json, (self.interest_only_instalments > 0).then_some(self.interest_only_instalments));
        write_list(json, &self.lenders, write_lender);
        json.line().plain(method_name(self.method).as_bytes());
        write_list(json, &self.pricing, write_pricing);
        currency.write(self.principal, json.line());
        json.line();
        if !self.principal_plan.is_empty() {
            self.write_principal_plan(json);
        }
        write_amount(json, self.instalment_unit, currency);
        json.line().plain(name_in(&ROUNDING_MODES, self.rounding_mode).as_bytes());
        json.line().plain(remainder_name(self.remainder).as_bytes());
        write_list(json, &self.steps, write_step);
    }
}

fn write_fee(json: &mut Json, fee: &Fee, currency: Currency) {
    match fee.charge {
        Charge::Amount(amount) => {
            write_amount(json, Some(amount), currency);
        }
        Charge::Rate { rate, of } => {
            json.line();
            json.line().plain(base_name(of).as_bytes());
            write_rate(rate, json.line());
        }
    }
    json.line().text(&fee.code);
    json.line().boolean(fee.in_cost);
    write_text(json, fee.name.as_deref());
    write_text(json, fee.payee.as_deref());
    json.line().plain(settlement_name(fee.settlement).as_bytes());
    json.line().plain(timing_name(fee.when).as_bytes());
}

/// A text that people have written, which is never blank; an empty line where there is none.
pub(crate) fn write_text(json: &mut Json, text: Option<&str>) {
    json.line();
    if let Some(text) = text {
        json.text(text);
    }
}

fn write_amount(json: &mut Json, amount: Option<i64>, currency: Currency) {
    json.line();
    if let Some(amount) = amount {
        currency.write(amount, json);
    }
}

fn write_count(json: &mut Json, count: Option<u32>) {
    json.line();
    if let Some(count) = count {
        json.integer(i64::from(count));
    }
}

fn write_list<T>(json: &mut Json, items: &[T], write: impl Fn(&mut Json, &T)) {
    json.line();
    if !items.is_empty() {
        write_items(json, items, write);
    }
}
