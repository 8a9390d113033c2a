//! The cost of whole loans, from their terms: the worked figures of the semantics.

use crate::common::{loan_a_with, quote};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn cost(terms: &Value) -> Value {
    quote(terms)["cost"].clone()
}

fn fee(settlement: &str) -> Value {
    json!([{ "code": "service", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement",
             "settlement": settlement }])
}

/// The table of semantics.md, section 8, and the two sums of items below it.
#[test]
fn the_table_of_worked_loans() {
    let demo = json!({ "principal": "20000.00", "interest": { "annual": "0.18" }, "instalmentCount": 12,
                       "fees": fee("deducted") });
    let table = [
        (json!({}), "0.0099998512 0.1199982146 0.1268230382 0.1273370269 0.1199982146 0.1268230382"),
        (
            json!({ "firstDueDate": "2027-01-10" }),
            "0.0099822622 0.1197871464 0.1265875791 0.1270184402 0.1197871464 0.1269682512",
        ),
        (
            json!({ "fees": fee("deducted") }),
            "0.0140929088 0.1691149059 0.1828589231 0.1836153747 0.1691149059 0.1828589231",
        ),
        (
            json!({ "fees": fee("paid") }),
            "0.0140929088 0.1691149059 0.1828589231 0.1836153747 0.1691149059 0.1828589231",
        ),
        (
            json!({ "fees": fee("financed") }),
            "0.0140523583 0.1686282998 0.1822914605 0.1830454123 0.1686282998 0.1822914605",
        ),
        (demo.clone(), "0.0166172005 0.1994064065 0.2186793187 0.2194635658 0.1994064065 0.2186793187"),
    ];
    for (changes, expected) in table {
        let cost = cost(&loan_a_with(changes.clone()));
        let fields = ["irrPerPeriod", "simpleAnnual", "compoundAnnual", "xirr", "usApr", "euAprc"];
        let found: Vec<&str> = fields.iter().map(|field| cost[field].as_str().unwrap()).collect();
        assert_eq!(found.join(" "), expected, "{changes}");
    }
    for (changes, interest, service, total) in [
        (json!({ "fees": fee("deducted") }), "0.1199982146", "0.04814698", "0.1681451946"),
        (demo, "0.1800009547", "0.0180996326", "0.1981005873"),
    ] {
        let expected = json!({ "total": total,
            "items": [{ "code": "interest", "annual": interest }, { "code": "service", "annual": service }] });
        assert_eq!(cost(&loan_a_with(changes))["itemised"], expected);
    }
}

/// The JSON form of RFC 8785 has sorted keys; the canonical form is only as good as this.
#[test]
fn the_fields_are_written_in_sorted_order() {
    let fees = json!([{ "code": "guarantee", "payee": "安心担保", "charge": { "amount": "10.00" }, "when": "eachInstalment" }]);
    let text =
        clearloan::quote(&crate::common::terms(&loan_a_with(json!({ "fees": fees }))).unwrap()).unwrap().to_json();
    let cost = text.strip_prefix("{\"cost\":{").and_then(|rest| rest.split(",\"schedule\":").next()).unwrap();
    let keys: Vec<&str> =
        cost.split('"').skip(1).step_by(2).filter(|word| word.starts_with(char::is_alphabetic)).collect();
    assert_eq!(
        keys.join(" "),
        "compoundAnnual euAprc irrPerPeriod itemised items annual code interest annual code guarantee payee 安心担保 total \
         simpleAnnual usApr xirr"
    );
}
