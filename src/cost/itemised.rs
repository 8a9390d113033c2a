//! 各息费项目折算年化后加总: each charge annualised by itself on the scheduled principal, then added up, as China's banks
//! publish it. Not the rate of the whole: regulation.md, section 3.2, has an example where the two differ.

use super::{RateError, UnitFlows, irr_of_schedule};
use crate::rate::PublishedRate;

/// The rates of the items in their order, and their sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemisedRates {
    /// The sum of the published rates below, so that a reader's own addition agrees.
    pub total: PublishedRate,
    /// Nominal, a year, one for each item.
    pub items: Vec<PublishedRate>,
}

/// Each item as if it were the loan's only charge: at the start the principal less the item's charge of that day, then in
/// each period the scheduled principal and the item's charge less its benefit. `periods_per_year` is a fraction.
///
/// # Errors
/// Where an item has no rate: see [`RateError`].
pub fn itemised<'a>(
    items: impl IntoIterator<Item = UnitFlows<'a>>,
    periods_per_year: (u64, u64),
) -> Result<ItemisedRates, RateError> {
    let mut rates = ItemisedRates { total: PublishedRate::ZERO, items: Vec::new() };
    for item in items {
        let rate = irr_of_schedule(item)?.times(periods_per_year.0, periods_per_year.1)?;
        rates.total = rates.total.plus(rate).ok_or(RateError::CostOutOfRange)?;
        rates.items.push(rate);
    }
    Ok(rates)
}
