//! The schedule as JSON, fields in sorted order, and as columns of whole minor units.

use super::{Instalment, Schedule};
use crate::date;
use crate::json::Json;
use crate::terms::LoanTerms;

impl Schedule {
    /// Writes the schedule; without its rows the list is empty.
    pub fn write(&self, terms: &LoanTerms, with_instalments: bool, json: &mut Json) {
        let currency = terms.currency();
        json.object(|json| {
            currency.write(self.first_payment, json.field("firstPayment"));
            json.field("instalments").array(|json| {
                let rows = if with_instalments { &self.instalments[..] } else { &[] };
                for instalment in rows {
                    instalment.write(terms, json.item());
                }
            });
            currency.write(self.last_payment, json.field("lastPayment"));
            date::write(self.maturity_date, json.field("maturityDate"));
            currency.write(self.maximum_payment, json.field("maximumPayment"));
            currency.write(self.paid_at_disbursement, json.field("paidAtDisbursement"));
            currency.write(self.proceeds, json.field("proceeds"));
            json.field("totals").object(|json| {
                currency.write(self.totals.benefits, json.field("benefits"));
                currency.write(self.totals.fees, json.field("fees"));
                currency.write(self.totals.finance_charge, json.field("financeCharge"));
                currency.write(self.totals.interest, json.field("interest"));
                currency.write(self.totals.payments, json.field("payments"));
                currency.write(self.totals.principal, json.field("principal"));
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
        let mut columns = vec![0.0; 3 + row_count * (ROW_COLUMNS + 2 * lender_count)];
        let (head, body) = columns.split_at_mut(3);
        head.copy_from_slice(&[f64::from(terms.currency().decimals()), row_count as f64, lender_count as f64]);
        for (index, row) in self.instalments.iter().enumerate() {
            let unrolled = if row.is_rolled() { date::packed(row.unrolled_due_date) } else { 0 };
            let values: [f64; ROW_COLUMNS] = [
                date::packed(row.due_date).into(),
                unrolled.into(),
                row.days.into(),
                row.opening_balance as f64,
                row.principal as f64,
                row.interest as f64,
                row.fees as f64,
                row.benefit as f64,
                row.payment as f64,
                row.closing_balance as f64,
            ];
            for (column, value) in values.into_iter().enumerate() {
                body[column * row_count + index] = value;
            }
            if lender_count > 0 {
                for (lender, part) in row.lender_parts(terms).iter().enumerate() {
                    let column = ROW_COLUMNS + 2 * lender;
                    body[column * row_count + index] = part.principal as f64;
                    body[(column + 1) * row_count + index] = part.interest as f64;
                }
            }
        }
        columns
    }
}

/// The columns that every loan has.
const ROW_COLUMNS: usize = 10;

impl Instalment {
    fn is_rolled(&self) -> bool {
        self.due_date != self.unrolled_due_date
    }

    pub(crate) fn write(&self, terms: &LoanTerms, json: &mut Json) {
        let currency = terms.currency();
        json.object(|json| {
            currency.write(self.benefit, json.field("benefit"));
            currency.write(self.closing_balance, json.field("closingBalance"));
            json.field("days").integer(i64::from(self.days));
            date::write(self.due_date, json.field("dueDate"));
            currency.write(self.fees, json.field("fees"));
            currency.write(self.interest, json.field("interest"));
            if !terms.lenders().is_empty() {
                json.field("lenders").array(|json| {
                    for (lender, part) in terms.lenders().iter().zip(self.lender_parts(terms)) {
                        json.item().object(|json| {
                            currency.write(part.interest, json.field("interest"));
                            json.field("name").text(&lender.name);
                            currency.write(part.principal, json.field("principal"));
                        });
                    }
                });
            }
            json.field("number").integer(i64::from(self.number));
            currency.write(self.opening_balance, json.field("openingBalance"));
            currency.write(self.payment, json.field("payment"));
            currency.write(self.principal, json.field("principal"));
            if self.is_rolled() {
                date::write(self.unrolled_due_date, json.field("unrolledDueDate"));
            }
        });
    }
}
