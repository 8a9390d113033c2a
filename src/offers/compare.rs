//! Offers beside each other (比价).

use super::adopt;
use crate::error::LoanError;
use crate::json::Json;
use crate::quote::{Quote, quote};
use crate::rate::DECIMALS;
use crate::terms::LoanTerms;
use crate::terms::problems::{Path, Problems};
use crate::terms::read::{Shape, label, list, object};
use crate::wire::Wire;

/// The most offers that are compared in one call: each is quoted whole, with every row.
pub const OFFERS_MAX: usize = 100;

const OFFER: Shape = Shape { name: "compare.offers", required: &["id", "terms"], optional: &[] };

/// Offers with their quotes, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The id of the offer with the lowest simple annual rate (年化利率（单利）); of equal ones the first.
    pub cheapest: String,
    /// Every offer.
    pub offers: Vec<Offer>,
}

/// One offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The caller's name for it.
    pub id: String,
    /// The whole quote.
    pub quote: Quote,
    /// The finance charge less the cheapest offer's, in minor units. Negative where a shorter or smaller loan costs less
    /// money, though more a year.
    pub extra_cost: i64,
}

impl Comparison {
    /// Writes the comparison in the contract's shape, rows included.
    pub fn write(&self, json: &mut Json) {
        json.object(|json| {
            json.field("cheapest").text(&self.cheapest);
            json.field("offers").array(|json| {
                for offer in &self.offers {
                    json.item().object(|json| {
                        offer.quote.terms.currency().write(offer.extra_cost, json.field("extraCost"));
                        json.field("id").text(&offer.id);
                        offer.quote.write(true, json.field("quote"));
                    });
                }
            });
        });
    }
}

/// `compare`: reads `[{ id, terms }]`, compares, and writes the comparison as JSON.
///
/// # Errors
/// Every bad field by its path, such as `offers[1].terms.principal`; those of [`compare`].
///
/// # Example
/// ```
/// let offers = serde_json::from_str(r#"[
///     { "id": "flat", "terms": { "principal": "12000.00", "interest": { "flat": "0.006" }, "method": "flat",
///         "instalmentCount": 12, "disbursementDate": "2026-11-24" } },
///     { "id": "annuity", "terms": { "principal": "12000.00", "interest": { "annual": "0.1080" },
///         "method": "equalInstalment", "instalmentCount": 12, "disbursementDate": "2026-11-24" } }]"#)?;
/// let comparison: serde_json::Value = serde_json::from_str(&clearloan::offers::compare_json(&offers)?)?;
/// assert_eq!(comparison["cheapest"], "annuity"); // though 0.6 % looks less than 10.8 %
/// assert_eq!(comparison["offers"][0]["extraCost"], "150.45");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare_json(offers: &Wire) -> Result<String, LoanError> {
    let comparison = compare(read(offers)?)?;
    let mut json = Json::with_capacity(4096);
    comparison.write(&mut json);
    Ok(json.into_text())
}

fn read(offers: &Wire) -> Result<Vec<(String, LoanTerms)>, LoanError> {
    let mut problems = Problems::default();
    let root = Path::Root.field("offers");
    let entries = match offers {
        Wire::Null => None,
        _ => list(offers, &root, OFFERS_MAX, &mut problems),
    };
    if entries.is_none_or(<[Wire]>::is_empty) && problems.is_empty() {
        problems.required(&root);
    }
    let mut read = Vec::new();
    for (index, entry) in entries.unwrap_or_default().iter().enumerate() {
        let path = root.index(index);
        let (mut id, mut terms) = (None, None);
        for (field, value) in object(entry, &path, &OFFER, &mut problems).unwrap_or_default() {
            let path = path.field(field);
            match field {
                "id" => id = label(value, &path, &mut problems),
                _ => match LoanTerms::from_wire(value) {
                    Ok(right) => terms = Some(right),
                    Err(error) => adopt(&mut problems, &path, error),
                },
            }
        }
        read.extend(id.zip(terms));
    }
    problems.finish(Some(read))
}

/// Quotes each offer and holds them against each other. Terms may differ in everything but the currency: there is no
/// rate of exchange here, so the extra cost of an offer in another one would be no amount of money.
///
/// # Errors
/// `required` where there is no offer, `too_many` above [`OFFERS_MAX`], `inconsistent` for an id that another offer has
/// and for another currency than the first one's; those of [`crate::quote()`], by the offer's path.
pub fn compare(offers: Vec<(String, LoanTerms)>) -> Result<Comparison, LoanError> {
    let mut problems = Problems::default();
    let root = Path::Root.field("offers");
    if offers.is_empty() {
        problems.required(&root);
    } else if offers.len() > OFFERS_MAX {
        problems.too_many(&root, OFFERS_MAX);
    }
    let mut compared: Vec<Offer> = Vec::new();
    for (index, (id, terms)) in offers.iter().take(OFFERS_MAX).enumerate() {
        let path = root.index(index);
        if offers[..index].iter().any(|(other, _)| other == id) {
            problems.inconsistent(&path.field("id"), &["已有同名的方案", "is another offer's id too"], &[], None);
        }
        let path = path.field("terms");
        let (first, own) = (offers[0].1.currency(), terms.currency());
        if own != first {
            problems.inconsistent(
                &path.field("currency"),
                &["须与第一个方案相同：{0}", "must be the first offer's, {0}"],
                &[first.code()],
                Some(first.code()),
            );
        }
        match quote(terms) {
            Ok(quote) => compared.push(Offer { id: id.clone(), quote, extra_cost: 0 }),
            Err(error) => adopt(&mut problems, &path, error),
        }
    }
    problems.finish(Some(()))?;
    let mut cheapest = 0;
    for index in 1..compared.len() {
        if annual_units(&compared[index]) < annual_units(&compared[cheapest]) {
            cheapest = index;
        }
    }
    let charge = |offer: &Offer| offer.quote.schedule.totals.finance_charge;
    let (least, id) = (charge(&compared[cheapest]), compared[cheapest].id.clone());
    for offer in &mut compared {
        offer.extra_cost = charge(offer) - least;
    }
    Ok(Comparison { cheapest: id, offers: compared })
}

/// The simple annual rate in units of the last published place.
fn annual_units(offer: &Offer) -> i128 {
    let rate = offer.quote.cost.simple_annual;
    rate.mantissa() * 10i128.pow(DECIMALS - rate.scale())
}
