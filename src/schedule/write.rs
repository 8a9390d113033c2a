//! The schedule as JSON, fields in sorted order, and as columns of whole minor units.

use super::{Instalment, Schedule};
use crate::date;
use crate::json::Json;
use crate::terms::LoanTerms;

impl Schedule {
    /// Writes the schedule; without its rows the list is empty.
    pub fn write(&self, terms: &LoanTerms, with_instalments: bool, json: &mut Json) {
        let money = |amount: i64| terms.currency().format(amount);
        json.object(|json| {
            json.field("firstPayment").text(&money(self.first_payment));
            json.field("instalments").array(|json| {
                let rows = if with_instalments { &self.instalments[..] } else { &[] };
                for instalment in rows {
                    instalment.write(terms, json.item());
                }
            });
            json.field("lastPayment").text(&money(self.last_payment));
            json.field("maturityDate").text(&date::format(self.maturity_date));
            json.field("maximumPayment").text(&money(self.maximum_payment));
            json.field("paidAtDisbursement").text(&money(self.paid_at_disbursement));
            json.field("proceeds").text(&money(self.proceeds));
            json.field("totals").object(|json| {
                json.field("benefits").text(&money(self.totals.benefits));
                json.field("fees").text(&money(self.totals.fees));
                json.field("financeCharge").text(&money(self.totals.finance_charge));
                json.field("interest").text(&money(self.totals.interest));
                json.field("payments").text(&money(self.totals.payments));
                json.field("principal").text(&money(self.totals.principal));
            });
        });
    }

    /// The rows as they cross to a page: the currency's decimals, the number of rows, the number of lenders, then column
    /// after column: due date and unrolled due date (YYYYMMDD; 0 where nothing moved), days, opening balance, principal,
    /// interest, fees, benefit, payment, closing balance, and each lender's principal and interest. Amounts are whole
    /// minor units, which a JavaScript number holds exactly.
    #[must_use]
    pub fn columns(&self, terms: &LoanTerms) -> Vec<f64> {
        let row_count = self.instalments.len();
        let lender_count = terms.lenders().len();
        let mut columns = Vec::with_capacity(3 + row_count * (10 + 2 * lender_count));
        columns.push(f64::from(terms.currency().decimals()));
        columns.push(row_count as f64);
        columns.push(lender_count as f64);
        let mut column = |value: &dyn Fn(&Instalment) -> i64| {
            columns.extend(self.instalments.iter().map(|instalment| value(instalment) as f64));
        };
        column(&|row| i64::from(date::packed(row.due_date)));
        column(&|row| if row.is_rolled() { i64::from(date::packed(row.unrolled_due_date)) } else { 0 });
        column(&|row| i64::from(row.days));
        column(&|row| row.opening_balance);
        column(&|row| row.principal);
        column(&|row| row.interest);
        column(&|row| row.fees);
        column(&|row| row.benefit);
        column(&|row| row.payment);
        column(&|row| row.closing_balance);
        if lender_count > 0 {
            let parts: Vec<_> = self.instalments.iter().map(|instalment| instalment.lender_parts(terms)).collect();
            for lender in 0..lender_count {
                columns.extend(parts.iter().map(|row| row[lender].principal as f64));
                columns.extend(parts.iter().map(|row| row[lender].interest as f64));
            }
        }
        columns
    }
}

impl Instalment {
    fn is_rolled(&self) -> bool {
        self.due_date != self.unrolled_due_date
    }

    fn write(&self, terms: &LoanTerms, json: &mut Json) {
        let money = |amount: i64| terms.currency().format(amount);
        json.object(|json| {
            json.field("benefit").text(&money(self.benefit));
            json.field("closingBalance").text(&money(self.closing_balance));
            json.field("days").integer(i64::from(self.days));
            json.field("dueDate").text(&date::format(self.due_date));
            json.field("fees").text(&money(self.fees));
            json.field("interest").text(&money(self.interest));
            if !terms.lenders().is_empty() {
                json.field("lenders").array(|json| {
                    for (lender, part) in terms.lenders().iter().zip(self.lender_parts(terms)) {
                        json.item().object(|json| {
                            json.field("interest").text(&money(part.interest));
                            json.field("name").text(&lender.name);
                            json.field("principal").text(&money(part.principal));
                        });
                    }
                });
            }
            json.field("number").integer(i64::from(self.number));
            json.field("openingBalance").text(&money(self.opening_balance));
            json.field("payment").text(&money(self.payment));
            json.field("principal").text(&money(self.principal));
            if self.is_rolled() {
                json.field("unrolledDueDate").text(&date::format(self.unrolled_due_date));
            }
        });
    }
}
