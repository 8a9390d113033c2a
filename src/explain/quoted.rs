//! Why the rate that was quoted is not the annual one.

use super::Writer;
use super::words::ten_decimals;
use crate::disclosure::{decimal, percent, percent_of_units};
use crate::money::{RoundingMode, round_ratio};
use crate::rate::PublishedRate;
use crate::rules::{RATE_UNIT, in_units};
use crate::terms::{Charge, FeeBase, FeeTiming, InterestRate, RepaymentMethod};

/// A charge on the original principal looks small because the principal
/// shrinks; a fee on the first day leaves less to use.
pub(super) fn contract_rate_against(writer: &mut Writer, simple_annual: PublishedRate) {
    let schedule = &writer.loan.schedule;
    let shown = percent(simple_annual, 2);
    let upfront = schedule.totals.principal - schedule.cost_at_disbursement;
    if let Some(flat) = flat_share(writer) {
        let per_year = schedule.periods_per_year;
        let looks_like = round_ratio(flat * per_year.numerator, per_year.denominator, RoundingMode::HalfUp);
        let balances: i128 = schedule.instalments.iter().map(|row| i128::from(row.opening_balance)).sum();
        let average = round_ratio(balances, schedule.instalments.len() as i128, RoundingMode::HalfUp) as i64;
        let [flat_text, year_text] = [flat, looks_like].map(percent_of_units);
        let (lent, average_text) = (writer.money(schedule.totals.principal), writer.money(average));
        writer.say(
            [
                "为什么每期 {} 不是一年 {}？这笔钱每期都按最初的本金 {} 收，可是本金一直在还，平均每期只欠 {}：真正的年化成本是 {}。",
                "Why is {} an instalment not {} a year? It is charged on the original principal {} every time, yet principal is \
                 repaid all along, and on average only {} is owed: the true annual cost is {}.",
            ],
            &[&flat_text, &year_text, &lent, &average_text, &shown],
        );
        writer.step(
            [
                "看上去一年：每期 {} × 一年的期数",
                "What it looks like in a year: {} an instalment × the periods of a year",
            ],
            &[&flat_text],
            ten_decimals(looks_like / 100),
        );
        writer.step(
            [
                "平均每期欠的本金（各期期初余额的平均数）",
                "Principal owed on average (the mean of the opening balances)",
            ],
            &[],
            average_text.clone(),
        );
        let charge = i128::from(schedule.totals.finance_charge);
        let rough = (balances > 0 && charge >= 0).then(|| {
            round_ratio(charge * per_year.numerator * RATE_UNIT, balances * per_year.denominator, RoundingMode::HalfUp)
        });
        if let Some(rough) = rough {
            let charge = writer.money(schedule.totals.finance_charge);
            writer.step(
                [
                    "粗算：全部息费 {} 摊到一年，除以平均欠款 {}",
                    "Roughly: all charges {}, for a year, by the average {} owed",
                ],
                &[&charge, &average_text],
                decimal(round_ratio(rough, 100_000_000, RoundingMode::HalfUp), 4, true),
            );
        }
    } else if upfront > 0 {
        let (fees, received) = (writer.money(upfront), writer.money(schedule.cost_at_disbursement));
        let lent = writer.money(schedule.totals.principal);
        writer.say(
            [
                "放款当天的费用 {} 使您实际只用到 {}，却要按 {} 付息还本，所以它高于合同利率。",
                "The fees {} of the first day leave you {} to use, while you pay interest on {} and repay that: so it is above the \
                 contract rate.",
            ],
            &[&fees, &received, &lent],
        );
    }
}

/// The part of the original principal that each instalment charges, whatever has been repaid; in units of [`RATE_UNIT`].
fn flat_share(writer: &Writer) -> Option<i128> {
    let terms = writer.loan.terms;
    let mut share = 0;
    if terms.method == RepaymentMethod::Flat {
        share += match terms.interest {
            InterestRate::Flat(rate) => in_units(rate),
            other => {
                let (annual, per_year) = (other.annual(terms.periods_per_year()), terms.periods_per_year());
                let numerator = annual.numerator * per_year.denominator * RATE_UNIT;
                round_ratio(numerator, annual.denominator * per_year.numerator, RoundingMode::HalfUp)
            }
        };
    }
    for fee in terms.fees.iter().filter(|fee| fee.when == FeeTiming::EachInstalment && fee.in_cost) {
        if let Charge::Rate { rate, of: FeeBase::Principal } = fee.charge {
            share += in_units(rate);
        }
    }
    let rows = &writer.loan.schedule.instalments;
    let repays_along = rows[..rows.len() - 1].iter().any(|row| row.principal > 0);
    (share > 0 && repays_along).then_some(share)
}
