//! The state of a loan as JSON, fields in sorted order.

use super::{LoanState, Status};
use crate::date;
use crate::json::Json;
use crate::terms::LoanTerms;

impl LoanState {
    /// Writes the state in the contract's shape.
    pub fn write(&self, terms: &LoanTerms, json: &mut Json) {
        let currency = terms.currency();
        json.object(|json| {
            json.field("allocations").array(|json| {
                for allocated in &self.allocations {
                    json.item().object(|json| {
                        date::write(allocated.date, json.field("date"));
                        currency.write(allocated.fees, json.field("fees"));
                        currency.write(allocated.interest, json.field("interest"));
                        currency.write(allocated.penalty, json.field("penalty"));
                        currency.write(allocated.principal, json.field("principal"));
                        currency.write(allocated.unapplied, json.field("unapplied"));
                    });
                }
            });
            date::write(self.as_of, json.field("asOf"));
            currency.write(self.due_now, json.field("dueNow"));
            currency.write(self.kept, json.field("kept"));
            json.field("outstanding").object(|json| {
                currency.write(self.outstanding.fees, json.field("fees"));
                currency.write(self.outstanding.interest, json.field("interest"));
                currency.write(self.outstanding.penalty, json.field("penalty"));
                currency.write(self.outstanding.principal, json.field("principal"));
                currency.write(self.outstanding.total(), json.field("total"));
            });
            json.field("overdueDays").integer(self.overdue_days);
            currency.write(self.payoff, json.field("payoff"));
            json.field("remaining").array(|json| {
                for instalment in &self.remaining {
                    instalment.write(terms, json.item());
                }
            });
            if let Some(saved) = self.saved {
                currency.write(saved, json.field("saved"));
            }
            json.field("status").text(match self.status {
                Status::Current => "current",
                Status::Overdue => "overdue",
                Status::Settled => "settled",
            });
        });
    }
}
