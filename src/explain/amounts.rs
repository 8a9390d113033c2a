//! Amounts of money, and the cost item by item.

use super::Writer;
use super::fixed::{Discount, Worth};
use super::words::Shown;
use crate::disclosure::{Words, decimal, fee_name, interest_standard, known_name, percent_of_factor};
use crate::money::Factor;
use crate::schedule::periods::{Period, periods};
use crate::terms::{Accrual, InterestRate, LoanTerms, RepaymentMethod};
use Shown::{Count, Money, Rate, Text};

/// The first payment.
pub(super) fn payment(writer: &mut Writer) {
    let (terms, schedule) = (writer.loan.terms, &writer.loan.schedule);
    let (text, formula): (Words, Words) = match terms.method {
        _ if terms.interest_only_instalments > 0 => (
            &[
                "首期还款。还本宽限期内只付当期利息，本金一分不少，从宽限期后才开始归还。",
                "The first payment. The first instalments pay the period's interest only; the whole principal is still owed, and its \
                 repayment begins after them.",
            ],
            &["还款 = 利息 + 费用 − 优惠", "payment = interest + fees − benefit"],
        ),
        RepaymentMethod::EqualInstalment => (
            &[
                "首期还款。等额本息：每期还款相同，先付当期利息，其余还本金；欠得越少，利息越少，还的本金越多。",
                "The first payment. Equal instalments: each pays the period's interest first and the rest is principal; the less is \
                 owed, the less is interest.",
            ],
            &[
                "A = (L − 尾款·v_n) ÷ (v_1 + … + v_n)，v_k = 1 ÷ ((1 + 第 1 期利率)…(1 + 第 k 期利率))",
                "A = (L − balloon·v_n) ÷ (v_1 + … + v_n), v_k = 1 ÷ ((1 + rate of period 1)…(1 + rate of period k))",
            ],
        ),
        RepaymentMethod::EqualPrincipal => (
            &[
                "首期还款。等额本金：每期还同样多的本金，另加当期利息。",
                "The first payment. Equal principal: the same part of the principal each time, and the period's interest.",
            ],
            EQUAL_PARTS,
        ),
        RepaymentMethod::Flat => (
            &[
                "首期还款。等本等息：每期还同样多的本金，利息始终按最初的本金收。",
                "The first payment. Flat: the same part of the principal each time, and interest always on the original principal.",
            ],
            EQUAL_PARTS,
        ),
        RepaymentMethod::InterestOnly => (
            &[
                "首期还款。先息后本：到期前只付利息。",
                "The first payment. Interest only until the last instalment repays the principal.",
            ],
            PARTS,
        ),
        RepaymentMethod::Bullet => (&["到期一次性还本付息。", "Principal and interest, all at maturity."], PARTS),
        RepaymentMethod::Custom => {
            (&["首期还款。本金按约定的计划归还。", "The first payment. Principal is repaid by the plan agreed."], PARTS)
        }
    };
    writer.say(text, &[]);
    writer.formula(formula, &[]);
    let periods = periods(terms);
    let first = schedule.instalments[0];
    let is_level = terms.method == RepaymentMethod::EqualInstalment
        && terms.interest_only_instalments == 0
        && schedule.instalments.len() > 1;
    if is_level {
        level_instalment(writer, &periods);
    }
    interest_of_row(writer, &periods[0], 0);
    let (words, level): (Words, i64) = if is_level {
        (&["归还的本金 = {} − {}", "Principal repaid = {} − {}"], first.principal + first.interest)
    } else {
        (&["归还的本金", "Principal repaid"], 0)
    };
    writer.step(words, &[Money(level), Money(first.interest)], Money(first.principal));
    writer.step(
        &[
            "首期还款 = 本金 {} + 利息 {} + 费用 {} − 优惠 {}",
            "First payment = principal {} + interest {} + fees {} − benefit {}",
        ],
        &[first.principal, first.interest, first.fees, first.benefit].map(Money),
        Money(schedule.first_payment),
    );
}

const PARTS: Words = &["还款 = 本金 + 利息 + 费用 − 优惠", "payment = principal + interest + fees − benefit"];
const EQUAL_PARTS: Words = &[
    "还款 = (L − 尾款) ÷ 还本期数 + 利息 + 费用 − 优惠",
    "payment = (L − balloon) ÷ instalments that repay + interest + fees − benefit",
];

/// A, as the formula gives it and as it is rounded. Later steps recast it, so all periods count with the first one's rate.
fn level_instalment(writer: &mut Writer, periods: &[Period]) {
    let (terms, schedule) = (writer.loan.terms, &writer.loan.schedule);
    let annual = periods[0].annual;
    let mut discount = Some(Discount::NONE);
    let mut sum = Some(Worth::default());
    for period in periods {
        let factor = annual.times(period.years);
        let factor = Factor::new(factor.numerator, factor.denominator);
        discount =
            discount.and_then(|discount| discount.times(Discount::of_interest(factor.numerator, factor.denominator)));
        sum = sum.zip(discount.and_then(|discount| discount.worth(1))).and_then(|(sum, one)| sum.plus(one));
    }
    let lent = schedule.totals.principal;
    writer.step(&["要还的本金 L", "Principal L to be repaid"], &[], Money(lent));
    let rest = Discount::NONE
        .worth(lent)
        .zip(discount.and_then(|discount| discount.worth(terms.balloon)))
        .and_then(|(lent, balloon)| lent.minus(balloon));
    let Some((sum, rest)) = sum.zip(rest) else { return };
    let sum_shown = Shown::Discount(sum.decimals(10));
    writer.step(&["v_1 到 v_{} 相加", "v_1 to v_{} added up"], &[writer.count()], sum_shown);
    let rest_shown = Money(rest.rounded());
    if terms.balloon > 0 {
        writer.step(
            &["L {} 减去尾款 {} 的现值", "L {} less the worth of the balloon {}"],
            &[Money(lent), Money(terms.balloon)],
            rest_shown,
        );
    }
    if let Some(exact) = rest.over(sum) {
        let exact = decimal(exact, usize::from(terms.currency().decimals()) + 4, false);
        writer.step(&["A = {} ÷ {}，未舍入", "A = {} ÷ {}, not yet rounded"], &[rest_shown, sum_shown], Text(&exact));
    }
    let first = schedule.instalments[0];
    writer.step(
        &[
            "舍入到应还的单位，不少于当期利息，不多于所欠",
            "Rounded to the unit that is paid, no less than the interest, no more than is owed",
        ],
        &[],
        Money(first.principal + first.interest),
    );
}

/// A flat rate knows no time.
fn is_per_instalment(terms: &LoanTerms) -> bool {
    matches!(terms.interest, InterestRate::Flat(_))
}

fn interest_of_row(writer: &mut Writer, period: &Period, index: usize) {
    let (terms, schedule) = (writer.loan.terms, &writer.loan.schedule);
    let row = schedule.instalments[index];
    let base = if terms.method == RepaymentMethod::Flat { schedule.totals.principal } else { row.opening_balance };
    let (words, factor): (Words, Factor) = if is_per_instalment(terms) {
        (
            &[
                "第 {} 期利息 = {} × {}，舍入到分（最小单位）",
                "Interest of instalment {} = {} × {}, rounded to the minor unit",
            ],
            period.interest,
        )
    } else {
        (
            &[
                "第 {} 期利息 = {} × {} × {}，舍入到分（最小单位）",
                "Interest of instalment {} = {} × {} × {}, rounded to the minor unit",
            ],
            period.annual,
        )
    };
    let years = Factor::new(period.years.numerator, period.years.denominator);
    writer.step(
        words,
        &[
            Count(row.number.into()),
            Money(base),
            Text(&percent_of_factor(factor)),
            Shown::Ratio(years.numerator, years.denominator),
        ],
        Money(row.interest),
    );
}

/// How many rows are told one by one before the last.
const ROWS_SHOWN: usize = 3;

const BY_TIME: Words = &[
    "利息合计 = Σ 期初本金 × 年利率 × 当期占一年的比例（{}）",
    "total interest = Σ opening balance × annual rate × the period's fraction of a year ({})",
];

/// All interest.
pub(super) fn interest(writer: &mut Writer) {
    let (terms, schedule) = (writer.loan.terms, &writer.loan.schedule);
    writer.say(
        &[
            "全部利息：{}，逐期计算、逐期舍入后相加，未扣优惠。",
            "All interest: {}, reckoned and rounded row by row, then added up; benefits are not taken off.",
        ],
        &[Text(&interest_standard(terms, writer.locale))],
    );
    if terms.method == RepaymentMethod::Flat {
        writer.say(
            &[
                "本金虽然在还，利息却始终按最初的本金收。",
                "Principal is repaid, yet interest is always charged on the original principal.",
            ],
            &[],
        );
    }
    let (words, fraction): (Words, &str) = match terms.accrual {
        _ if is_per_instalment(terms) => {
            (&["利息合计 = Σ 最初的本金 × 每期费率", "total interest = Σ original principal × rate per instalment"], "")
        }
        Accrual::Periodic => (BY_TIME, writer.locale.of(&["按期", "by periods"])),
        Accrual::DayCount(day_count) => {
            let named = crate::date::DayCount::NAMES.iter().find(|(_, named)| *named == day_count);
            (BY_TIME, named.map_or("", |(name, _)| name))
        }
    };
    writer.formula(words, &[Text(fraction)]);
    let periods = periods(terms);
    let count = schedule.instalments.len();
    for index in (0..count).filter(|index| *index < ROWS_SHOWN || index + 1 == count) {
        interest_of_row(writer, &periods[index], index);
    }
    writer.step(
        &["{} 期的利息相加", "The interest of {} instalments added up"],
        &[writer.count()],
        Money(schedule.totals.interest),
    );
}

/// All that the loan costs in money.
pub(super) fn finance_charge(writer: &mut Writer) {
    let totals = &writer.loan.schedule.totals;
    writer.say(
        &[
            "这笔贷款一共花掉的钱：利息加全部费用，减去优惠；与贷款无关、不计入成本的费用除外。",
            "All that the loan costs in money: interest and every fee, less benefits, but for fees that do not count in its cost.",
        ],
        &[],
    );
    writer.formula(
        &[
            "综合融资成本 = 利息 + 费用 − 优惠 − 不计入成本的费用",
            "finance charge = interest + fees − benefits − fees outside the cost",
        ],
        &[],
    );
    let outside = totals.interest + totals.fees - totals.benefits - totals.finance_charge;
    let parts = [totals.interest, totals.fees, totals.benefits, outside].map(Money);
    let words: [Words; 4] = [
        &["利息合计", "Total interest"],
        &["费用合计，放款时的也在内", "Total fees, those at disbursement included"],
        &["优惠减免合计", "Total benefits"],
        &["不计入成本的费用", "Fees outside the cost"],
    ];
    for (words, part) in words.into_iter().zip(parts) {
        writer.step(words, &[], part);
    }
    writer.step(&["{} + {} − {} − {}", "{} + {} − {} − {}"], &parts, Money(totals.finance_charge));
}

/// Each item annualised by itself, then added up.
pub(super) fn itemised(writer: &mut Writer) {
    let loan = writer.loan;
    writer.say(
        &[
            "各息费项目折算年化后加总：逐项假设只收这一项，按合同的还本安排算出它自己的年化（单利），再把各项相加。它与按全部现金流一次算出的年化略有不同，因为费用会让实际可用的本金变少。",
            "Each item annualised by itself, then added up: as if only this item were charged, on the principal as scheduled, simple; \
             then the items are added. It differs a little from the rate of the whole cash flow, since fees leave less principal \
             to use.",
        ],
        &[],
    );
    writer.formula(
        &[
            "合计 = Σ r_j × N，r_j 是只收第 j 项时的每期内部收益率",
            "total = Σ r_j × N, r_j being the internal rate per period with item j alone",
        ],
        &[],
    );
    let mut sum = String::new();
    let interest = known_name("interest", writer.locale).unwrap_or_default().to_owned();
    let fees = loan.terms.fees.iter().filter(|fee| fee.in_cost).map(|fee| fee_name(fee, writer.locale));
    let names: Vec<String> = core::iter::once(interest).chain(fees).collect();
    for (name, item) in names.iter().zip(&loan.cost.itemised.items) {
        if !sum.is_empty() {
            sum.push_str(" + ");
        }
        sum.push_str(&item.annual.to_string());
        writer.step(&["只收“{}”时的年化", "A year of \"{}\" alone"], &[Text(name)], Rate(item.annual));
    }
    writer.step(&["{}", "{}"], &[Text(&sum)], Rate(loan.cost.itemised.total));
}
