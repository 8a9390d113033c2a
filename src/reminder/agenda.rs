//! What needs doing, across several loans (待办): in order of the due dates.

use super::options::{AGENDA_LOAN, AGENDA_OPTIONS};
use super::payable::{Payable, payables};
use super::payday_after;
use crate::date;
use crate::error::{Issue, LoanError};
use crate::json::Json;
use crate::money::Currency;
use crate::servicing::{History, order, read_history, replay, unless};
use crate::terms::ENTRIES_MAX;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{day, integer, label, list, object};
use crate::wire::Wire;

/// `agenda`: unchecked input in, JSON out. Entries in order of due dates with the total of each day; with a payday, the
/// cash needed by the next one: all that is overdue or due up to it, since what is due on that day itself may be asked
/// for before wages come. Sums are of one currency; over several there is no such need to tell.
///
/// # Errors
/// Every bad field at once, those of every loan's terms and events under its own path.
pub fn agenda_json(loans: &Wire, options: &Wire) -> Result<String, LoanError> {
    let mut issues = Vec::new();
    let loans = read_loans(loans, &mut issues);
    let mut problems = Problems::default();
    let path = Path::Root.field("options");
    let (mut today, mut payday) = (None, None);
    for (field, value) in object(options, &path, &AGENDA_OPTIONS, &mut problems).unwrap_or_default() {
        let path = path.field(field);
        match field {
            "today" => today = day(value, &path, &mut problems),
            _ => payday = integer(value, &path, 1, 31, &mut problems),
        }
    }
    if let Err(error) = problems.finish(Some(())) {
        issues.extend(error.issues);
    }
    let today = unless(issues, today)?;

    let mut unsorted: Vec<(usize, Payable)> = Vec::new();
    for (index, (_, history)) in loans.iter().enumerate() {
        let state = replay(history, today.max(history.terms.disbursement_date))?;
        unsorted.extend(payables(&state, today).into_iter().map(|payable| (index, payable)));
    }
    // Of one day, in the order of the loans.
    let keys: Vec<u64> = unsorted.iter().map(|(_, payable)| date::packed(payable.due_date).into()).collect();
    let entries: Vec<_> = order::ascending(&keys).into_iter().map(|index| unsorted[index]).collect();

    let currency_of = |index: usize| loans[index].1.terms.currency;
    let mut days: Vec<(date::CivilDate, Currency, i64)> = Vec::new();
    for (index, payable) in &entries {
        let currency = currency_of(*index);
        match days.iter_mut().rev().take(ENTRIES_MAX).find(|day| (day.0, day.1) == (payable.due_date, currency)) {
            Some(day) => day.2 += payable.amount,
            None => days.push((payable.due_date, currency, payable.amount)),
        }
    }
    let mut json = Json::with_capacity(256 + 128 * entries.len());
    json.object(|json| {
        json.field("days").array(|json| {
            for (date, currency, total) in &days {
                json.item().object(|json| {
                    json.field("currency").text(currency.code());
                    date::write(*date, json.field("date"));
                    currency.write(*total, json.field("total"));
                });
            }
        });
        json.field("entries").array(|json| {
            for (index, payable) in &entries {
                let currency = currency_of(*index);
                json.item().object(|json| {
                    currency.write(payable.amount, json.field("amount"));
                    json.field("currency").text(currency.code());
                    date::write(payable.due_date, json.field("dueDate"));
                    json.field("instalment").integer(payable.number.into());
                    json.field("loanId").text(&loans[*index].0);
                    json.field("overdue").boolean(payable.is_overdue);
                });
            }
        });
        if let Some(payday) = payday {
            let next = payday_after(today, payday);
            let currency = loans.first().map_or(Currency::CNY, |(_, history)| history.terms.currency);
            if loans.iter().all(|(_, history)| history.terms.currency == currency) {
                let due_by_then = entries.iter().filter(|(_, payable)| payable.due_date <= next);
                currency.write(due_by_then.map(|(_, payable)| payable.amount).sum(), json.field("neededByPayday"));
            }
            date::write(next, json.field("nextPayday"));
        }
    });
    Ok(json.into_text())
}

fn read_loans(wire: &Wire, issues: &mut Vec<Issue>) -> Vec<(String, History)> {
    let root = Path::Root.field("loans");
    let mut problems = Problems::default();
    let items = list(wire, &root, ENTRIES_MAX, &mut problems).unwrap_or_default();
    let mut loans: Vec<(String, History)> = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let path = root.index(index);
        let (mut loan_id, mut terms, mut events) = (None, None, &Wire::Null);
        for (field, value) in object(item, &path, &AGENDA_LOAN, &mut problems).unwrap_or_default() {
            match field {
                "loanId" => loan_id = label(value, &path.field(field), &mut problems),
                "terms" => terms = Some(value),
                _ => events = value,
            }
        }
        if let Some(loan_id) = &loan_id
            && loans.iter().any(|(known, _)| known == loan_id)
        {
            problems.inconsistent(
                &path.field("loanId"),
                &["各笔贷款的编号不能相同", "must differ from the other loans'"],
                &[],
                None,
            );
        }
        // Told loan by loan, in input order.
        if let Err(error) = core::mem::take(&mut problems).finish(Some(())) {
            issues.extend(error.issues);
        }
        let history =
            terms.and_then(|terms| read_history(terms, events, &path.field("terms"), &path.field("events"), issues));
        loans.extend(loan_id.zip(history));
    }
    if let Err(error) = problems.finish(Some(())) {
        issues.extend(error.issues);
    }
    loans
}
