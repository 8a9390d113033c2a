//! compare: every offer's whole quote, the cheapest, and what the others cost more.

use super::common::{loan_a, loan_a_with, quote, units, wire};
use super::{issues, parsed};
use clearloan::offers::{OFFERS_MAX, compare_json};
use serde_json::{Value, json};

fn compared(offers: &Value) -> Value {
    parsed(&compare_json(&wire(offers)).unwrap_or_else(|error| panic!("{offers}: {error}")))
}

fn refused(offers: &Value) -> Vec<String> {
    match compare_json(&wire(offers)) {
        Ok(_) => panic!("{offers} should have been refused"),
        Err(error) => issues(&error),
    }
}

fn offer(id: &str, terms: Value) -> Value {
    json!({ "id": id, "terms": terms })
}

/// Loan A costs 251.24 and 0.1199982146 a year; with a fee of 1 % 351.24, and over two instalments less money, at a higher
/// rate.
#[test]
fn the_cheapest_is_so_by_its_rate_and_another_may_cost_less_money() {
    let fee = json!([{ "code": "service", "charge": { "rate": "0.01", "of": "principal" }, "when": "disbursement" }]);
    let short = loan_a_with(json!({ "instalmentCount": 2, "interest": { "annual": "0.13" } }));
    let offers =
        json!([offer("fee", loan_a_with(json!({ "fees": fee }))), offer("short", short), offer("A", loan_a())]);
    let comparison = compared(&offers);
    assert_eq!(comparison["cheapest"], "A");
    let charges: Vec<&Value> =
        (0..3).map(|index| &comparison["offers"][index]["quote"]["schedule"]["totals"]["financeCharge"]).collect();
    assert_eq!(charges, ["351.24", "162.79", "251.24"]);
    let extra: Vec<&Value> = (0..3).map(|index| &comparison["offers"][index]["extraCost"]).collect();
    assert_eq!(extra, ["100.00", "-88.45", "0.00"]);
}

/// Offers stay in the order given, and each carries the quote that the terms have by themselves.
#[test]
fn every_offer_carries_its_own_quote() {
    let terms = [loan_a(), loan_a_with(json!({ "method": "flat" })), loan_a_with(json!({ "method": "bullet" }))];
    let offers: Vec<Value> = terms.iter().zip(["c", "a", "b"]).map(|(terms, id)| offer(id, terms.clone())).collect();
    let comparison = compared(&json!(offers));
    for (index, terms) in terms.iter().enumerate() {
        assert_eq!(comparison["offers"][index]["id"], offers[index]["id"]);
        assert_eq!(comparison["offers"][index]["quote"], quote(terms));
    }
    // The extra costs and the finance charges differ by the same amount.
    let amount = |value: &Value| units(value.as_str().unwrap(), 2);
    let of = |index: usize| &comparison["offers"][index];
    let cheapest = (0..3).find(|index| of(*index)["id"] == comparison["cheapest"]).unwrap();
    for index in 0..3 {
        let charge = |index: usize| amount(&of(index)["quote"]["schedule"]["totals"]["financeCharge"]);
        assert_eq!(amount(&of(index)["extraCost"]), charge(index) - charge(cheapest));
    }
}

#[test]
fn of_equal_offers_the_first_is_the_cheapest() {
    assert_eq!(compared(&json!([offer("x", loan_a()), offer("y", loan_a())]))["cheapest"], "x");
    assert_eq!(compared(&json!([offer("only", loan_a())]))["cheapest"], "only");
}

/// Rates of different length are compared by value: 0.2 is more than 0.1199982146, and 4.9 more than either.
#[test]
fn rates_are_compared_by_value() {
    let interest = |annual: &str| loan_a_with(json!({ "interest": { "annual": annual }, "method": "interestOnly" }));
    let fee = json!([{ "code": "f", "charge": { "amount": "5000.00" }, "when": "disbursement" }]);
    let dear = loan_a_with(json!({ "fees": fee }));
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let all = [offer("A", loan_a()), offer("fifth", interest("0.2")), offer("dear", dear.clone())];
        let offers: Vec<Value> = order.iter().map(|index| all[*index].clone()).collect();
        assert_eq!(compared(&json!(offers))["cheapest"], "A");
    }
}

#[test]
fn problems_are_told_by_the_offer_s_path() {
    let wrong = loan_a_with(json!({ "principal": 5, "fees": [{ "code": "x", "charge": {}, "when": "never" }] }));
    let offers = json!([offer("a", loan_a()), offer("b", wrong), { "id": " ", "terms": loan_a(), "note": 1 }, 7, { "id": "e", "terms": null }]);
    assert_eq!(
        refused(&offers),
        [
            "offers[1].terms.fees[0].charge exactly_one { amount }, { rate, of }",
            "offers[1].terms.fees[0].when not_one_of disbursement, eachInstalment, firstInstalment, lastInstalment",
            "offers[1].terms.principal number_not_string -",
            "offers[2].note unknown_field -",
            "offers[2].id required -",
            "offers[3] wrong_type -",
            "offers[4].terms required -",
        ]
    );
    assert_eq!(refused(&json!([offer("a", json!("loan"))])), ["offers[0].terms wrong_type -"]);
}

#[test]
fn ids_are_unique_and_the_currency_is_one() {
    let dollars = loan_a_with(json!({ "currency": "USD" }));
    let offers = json!([offer("a", loan_a()), offer("a", dollars), offer("b", loan_a()), offer("a", loan_a())]);
    assert_eq!(
        refused(&offers),
        ["offers[1].id inconsistent -", "offers[1].terms.currency inconsistent CNY", "offers[3].id inconsistent -"]
    );
}

/// An offer whose rate does not exist is told of by its place.
#[test]
fn an_offer_that_cannot_be_quoted_is_named() {
    let fee = json!([{ "code": "f", "charge": { "amount": "10000.00" }, "when": "disbursement" }]);
    let offers = json!([offer("a", loan_a()), offer("b", loan_a_with(json!({ "fees": fee })))]);
    assert_eq!(refused(&offers), ["offers[1].terms no_sign_change -"]);
}

#[test]
fn there_is_at_least_one_offer_and_not_too_many() {
    for nothing in [json!([]), json!(null)] {
        assert_eq!(refused(&nothing), ["offers required -"]);
    }
    assert_eq!(refused(&json!({ "id": "a" })), ["offers wrong_type -"]);
    let many = |count: usize| -> Value { (0..count).map(|index| offer(&index.to_string(), loan_a())).collect() };
    assert_eq!(compared(&many(OFFERS_MAX))["offers"].as_array().unwrap().len(), OFFERS_MAX);
    assert_eq!(refused(&many(OFFERS_MAX + 1)), ["offers too_many 100"]);
}
