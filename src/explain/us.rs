//! The annual percentage rate of Regulation Z, by Appendix J's own unit-periods.

use super::Writer;
use super::rates::{PER_PERIOD_FORMULA, equation_of_value, in_periods, nominal, product, received};
use super::words::{Shown, reduced};
use crate::cost::UnitPeriod;
use crate::date::{days_between, months_and_days};
use crate::disclosure::Words;
use crate::money::{RoundingMode, round_ratio};
use crate::rate::PublishedRate;
use crate::terms::Interval;
use Shown::{Money, Rate, TenDecimals};

const UNIT_PERIODS_OF_A_YEAR: Words = &["一年的单位期数 w", "Unit-periods w of a year"];

pub(super) fn us_apr(writer: &mut Writer) {
    let (terms, rate) = (writer.loan.terms, writer.loan.cost.us_apr);
    writer.say(
        &[
            "美国 Z 条例附录 J 的年化利率（APR）：每个单位期的利率乘以一年的单位期数，是名义年率；单位期内的零头按单利。",
            "The annual percentage rate of Regulation Z, Appendix J: the rate of a unit-period times the unit-periods of a year, \
             nominal; within a part of a unit-period interest is simple.",
        ],
        &[],
    );
    writer.formula(&["APR = i × w", "APR = i × w"], &[]);
    let rows = &writer.loan.schedule.instalments;
    let mut paid = rows.iter().filter(|row| Writer::paid(row) != 0);
    let single = paid.next().filter(|_| paid.next().is_none());
    if let Some(row) = single {
        let (months, days) = months_and_days(terms.disbursement_date, row.unrolled_due_date);
        writer.say(
            &[
                "只有一次还款，单位期就是期限本身（不超过一年）。",
                "There is one payment only, so the unit-period is the term itself, up to a year.",
            ],
            &[],
        );
        if months < 12 {
            let amount = Writer::paid(row);
            let term_days = days_between(terms.disbursement_date, row.unrolled_due_date);
            let per_year = if days == 0 { reduced(12, months) } else { reduced(365, term_days) };
            return term_of_one_payment(writer, amount, per_year, rate);
        }
    }
    let unit = UnitPeriod::of(terms.every);
    if single.is_none() && unit != UnitPeriod::Year {
        let per_year = match terms.every {
            Interval::Months(months) => reduced(12, months.into()),
            Interval::Weeks(weeks) => reduced(52, weeks.into()),
            Interval::Days(days) => reduced(365, days.into()),
        };
        // Months of 30 days, weeks of 7, days: the interval's own position is Appendix J's.
        writer.say(&["单位期就是还款的间隔。", "The unit-period is the interval of the payments."], &[]);
        let per_period: Words = &[
            "每个单位期的利率 i（全部还款折算后等于到手的钱）",
            "Rate i of a unit-period, at which all payments are worth the money received",
        ];
        let irr = Rate(writer.loan.cost.irr_per_period);
        return nominal(writer, [per_period, UNIT_PERIODS_OF_A_YEAR], irr, per_year, rate);
    }
    writer.say(
        &["单位期为一年，因此 w = 1，APR 就是 i。", "The unit-period is a year, so that w = 1 and the APR is i."],
        &[],
    );
    writer.formula(PER_PERIOD_FORMULA, &[]);
    equation_of_value(
        writer,
        &|index| {
            let (whole, part) = UnitPeriod::Year.between(terms.disbursement_date, rows[index].unrolled_due_date);
            in_periods(rate, whole as u32, part.numerator(), part.denominator())
        },
        &["于是 i，取 10 位小数", "So i, to ten decimals, is"],
        rate,
    );
}

fn term_of_one_payment(writer: &mut Writer, amount: i64, per_year: Shown, rate: PublishedRate) {
    received(writer);
    let received = writer.loan.schedule.cost_at_disbursement;
    let charge = amount - received;
    writer.step(
        &["还款 {} 减去到手 {}", "Payment {} less money received {}"],
        &[Money(amount), Money(received)],
        Money(charge),
    );
    let share = round_ratio(i128::from(charge) * 10_000_000_000, received.into(), RoundingMode::HalfUp);
    let share = TenDecimals(share as i64);
    writer.step(
        &["整个期限的利率 i = {} ÷ {}", "Rate of the term i = {} ÷ {}"],
        &[Money(charge), Money(received)],
        share,
    );
    writer.step(UNIT_PERIODS_OF_A_YEAR, &[], per_year);
    product(writer, share, per_year, rate);
}
