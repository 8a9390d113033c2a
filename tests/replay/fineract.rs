//! Fineract's agreement whose rate changes in the life of the loan, as an event of ours. "From 2 February" is our
//! 1 February: there a due date belongs to the period before it.

use crate::common::{plain, units, vectors};
use crate::support::replay;
use serde_json::{Value, json};

#[test]
fn a_rate_that_changes_on_a_due_date_gives_fineracts_rows() {
    let file = vectors("peer_fineract_schedules.json");
    let case = file["cases"].as_array().expect("cases").iter().find(|case| case["id"] == "fineract-C3217").expect("it");
    let terms = json!({ "principal": "100.00", "interest": { "annual": "0.07" }, "method": "equalInstalment",
                        "instalmentCount": 6, "disbursementDate": "2024-01-01", "rounding": { "mode": "halfEven" } });
    let events = json!([
        { "kind": "payment", "date": "2024-02-01", "amount": "17.01" },
        { "kind": "rateChange", "date": "2024-02-01", "interest": { "annual": "0.04" } },
    ]);
    let state = replay(&terms, events, "2024-02-01");
    let ours = state["remaining"].as_array().expect("rows");
    let theirs = &case["expected"]["rows"].as_array().expect("rows")[1..];
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert_eq!(ours["dueDate"], theirs["due_date"]);
        let amount = |row: &Value, field: &str| units(&plain(&row[field]), 2);
        for (field, there) in
            [("principal", "principal"), ("interest", "interest"), ("payment", "due"), ("closingBalance", "balance")]
        {
            assert_eq!(amount(ours, field), amount(theirs, there), "instalment {}: {field}", ours["number"]);
        }
    }
}
