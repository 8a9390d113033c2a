//! Why the rate that was quoted is not the annual one.

use super::Writer;
use super::words::Shown::{Money, Percent, TenDecimals, Text};
use crate::disclosure::percent;
use crate::money::{RoundingMode, round_ratio};
use crate::rate::PublishedRate;
use crate::rules::{RATE_UNIT, in_units};
use crate::terms::{Charge, FeeBase, FeeTiming, InterestRate, RepaymentMethod};

/// A charge on the original principal looks small because the principal shrinks; a fee on the first day leaves less to use.
pub(super) fn contract_rate_against(writer: &mut Writer, simple_annual: PublishedRate) {
    let schedule = &writer.loan.schedule;
    let (lent, received) = (schedule.totals.principal, schedule.cost_at_disbursement);
    if let Some(flat) = flat_share(writer) {
        let per_year = schedule.periods_per_year;
        let looks_like = ratio(i128::from(flat) * per_year.numerator, per_year.denominator);
        let balances: i128 = schedule.instalments.iter().map(|row| i128::from(row.opening_balance)).sum();
        let average = ratio(balances, schedule.instalments.len() as i128);
        let charge = schedule.totals.finance_charge;
        writer.say(
            &[
                "为什么每期 {} 不是一年 {}？这笔钱每期都按最初的本金 {} 收，可是本金一直在还，平均每期只欠 {}：真正的年化成本是 {}。",
                "Why is {} an instalment not {} a year? It is charged on the original principal {} every time, yet principal is \
                 repaid all along, and on average only {} is owed: the true annual cost is {}.",
            ],
            &[Percent(flat), Percent(looks_like), Money(lent), Money(average), Text(&percent(simple_annual, 2))],
        );
        writer.step(
            &[
                "看上去一年：每期 {} × 一年的期数",
                "What it looks like in a year: {} an instalment × the periods of a year",
            ],
            &[Percent(flat)],
            TenDecimals(looks_like / 100),
        );
        writer.step(
            &[
                "平均每期欠的本金（各期期初余额的平均数）",
                "Principal owed on average (the mean of the opening balances)",
            ],
            &[],
            Money(average),
        );
        if balances > 0 && charge >= 0 {
            // Four decimals are rough enough.
            let rough = ratio(i128::from(charge) * per_year.numerator * 10_000, balances * per_year.denominator);
            writer.step(
                &[
                    "粗算：全部息费 {} 摊到一年，除以平均欠款 {}",
                    "Roughly: all charges {}, for a year, by the average {} owed",
                ],
                &[Money(charge), Money(average)],
                TenDecimals(rough * 1_000_000),
            );
        }
    } else if lent > received {
        writer.say(
            &[
                "放款当天的费用 {} 使您实际只用到 {}，却要按 {} 付息还本，所以它高于合同利率。",
                "The fees {} of the first day leave you {} to use, while you pay interest on {} and repay that: so it is above the \
                 contract rate.",
            ],
            &[Money(lent - received), Money(received), Money(lent)],
        );
    }
}

fn ratio(numerator: i128, denominator: i128) -> i64 {
    round_ratio(numerator, denominator, RoundingMode::HalfUp) as i64
}

/// The part of the original principal that each instalment charges, whatever has been repaid; in units of [`RATE_UNIT`].
fn flat_share(writer: &Writer) -> Option<i64> {
    let terms = writer.loan.terms;
    let mut share = 0;
    if terms.method == RepaymentMethod::Flat {
        share += match terms.interest {
            InterestRate::Flat(rate) => in_units(rate),
            other => {
                let (annual, per_year) = (other.annual(terms.periods_per_year()), terms.periods_per_year());
                let numerator = annual.numerator * per_year.denominator * i128::from(RATE_UNIT);
                ratio(numerator, annual.denominator * per_year.numerator)
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
