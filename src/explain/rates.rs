//! The rates: each is the one at which all payments, brought back to the day of disbursement, are worth what was received.

use super::fixed::{Discount, Worth};
use super::words::Shown;
use super::{Writer, quoted};
use crate::cost::AprcTime;
use crate::date::{self, days_between};
use crate::disclosure::Words;
use crate::rate::PublishedRate;
use crate::terms::RepaymentMethod;
use Shown::{Count, Money, Rate, Ratio, Text};

/// How long after the disbursement.
#[derive(Clone, Copy)]
pub(super) enum When {
    /// Whole unit-periods, and a fraction of one: numerator, denominator.
    Periods(u32, u32, u32),
    Days(u32),
    Years(AprcTime),
}

const ALL_PAYMENTS: Words = &[
    "它是这样一个利率：把每一期还款按它折算回放款那天，加起来正好等于您实际拿到的钱。所以利息和所有费用都算在内，而且只按还欠着的钱计算。",
    "It is the rate at which all payments, each brought back to the day of disbursement, add up to exactly the money you \
     received. So it takes in interest and every fee, and counts only what is still owed.",
];

/// What was received, the first and the last payment brought back, and their sum; then the rate.
pub(super) fn equation_of_value(
    writer: &mut Writer,
    moment: &dyn Fn(usize) -> (When, Option<Discount>),
    conclusion: Words,
    rate: PublishedRate,
) {
    received(writer);
    let instalments = &writer.loan.schedule.instalments;
    let last = instalments.len() - 1;
    let mut sum = Some(Worth::default());
    for (index, instalment) in instalments.iter().enumerate() {
        let paid = Writer::paid(instalment);
        let (when, discount) = moment(index);
        let worth = discount.and_then(|discount| discount.worth(paid));
        sum = sum.zip(worth).and_then(|(sum, worth)| sum.plus(worth));
        if let (true, Some(discount), Some(worth)) = (index == 0 || index == last, discount, worth) {
            let when = when_words(writer, when);
            writer.step(
                &["第 {} 期还 {}，{}：乘以折现系数 {}", "Instalment {} pays {}, {}: times the factor {}"],
                &[Count(instalment.number.into()), Money(paid), Text(&when), Shown::Discount(discount.decimals(10))],
                Money(worth.rounded()),
            );
        }
    }
    if let Some(sum) = sum.map(Worth::rounded) {
        let words: Words = if sum == writer.loan.schedule.cost_at_disbursement {
            &[
                "全部 {} 期这样折算后相加：正好是到手的钱",
                "All {} instalments brought back like this, added up: just the money received",
            ]
        } else {
            &[
                "全部 {} 期这样折算后相加：与到手的钱的微小差额来自利率只取 10 位小数",
                "All {} instalments brought back like this, added up: the money received but for what the rate's ten decimals leave",
            ]
        };
        writer.step(words, &[writer.count()], Money(sum));
    }
    writer.step(conclusion, &[], Rate(rate));
}

fn when_words(writer: &Writer, when: When) -> String {
    match when {
        When::Periods(whole, 0, _) => {
            let one: Words = &["距放款 {} 期", "{} period after the disbursement"];
            let more: Words = &["距放款 {} 期", "{} periods after the disbursement"];
            writer.fill(if whole == 1 { one } else { more }, &[Count(whole.into())])
        }
        When::Periods(whole, numerator, denominator) => writer.fill(
            &["距放款 {} 期又 {} 期", "{} and {} periods after the disbursement"],
            &[Count(whole.into()), Ratio(numerator.into(), denominator.into())],
        ),
        When::Days(days) => writer.fill(&["放款后 {} 天", "{} days after the disbursement"], &[Count(days.into())]),
        When::Years(time) => {
            let whole = Ratio(time.whole.into(), time.per_year.into());
            let days = Ratio(time.days.into(), time.basis.into());
            let words: Words = if time.days == 0 { &["t = {}", "t = {}"] } else { &["t = {} + {}", "t = {} + {}"] };
            writer.fill(words, &[whole, days])
        }
    }
}

/// The money that counts on the day of disbursement.
pub(super) fn received(writer: &mut Writer) {
    let (terms, schedule) = (writer.loan.terms, &writer.loan.schedule);
    let (lent, received) = (schedule.totals.principal, schedule.cost_at_disbursement);
    let words: Words = if lent == received {
        &["放款日 {} 到手的钱", "Money received on {}"]
    } else {
        &[
            "放款日 {} 实际到手：要还的本金 {} 减去当天的费用 {}",
            "Money received on {}: principal {} less the fees of that day {}",
        ]
    };
    let day = date::format(terms.disbursement_date);
    writer.step(words, &[Text(&day), Money(lent), Money(lent - received)], Money(received));
}

/// Where a row lies in unit-periods, and the factor with simple interest within a part of one.
pub(super) fn in_periods(
    rate: PublishedRate,
    whole: u32,
    numerator: u32,
    denominator: u32,
) -> (When, Option<Discount>) {
    let whole_periods = Discount::simple(rate, 1, 1).and_then(|discount| discount.power(whole));
    let part = Discount::simple(rate, numerator, denominator);
    let discount = whole_periods.zip(part).and_then(|(whole, part)| whole.times(part));
    (When::Periods(whole, numerator, denominator), discount)
}

pub(super) const PER_PERIOD_FORMULA: Words = &[
    "到手的钱 = Σ 第 k 期还款 ÷ ((1 + f·i)(1 + i)^q)，q、f 为距放款的整期数和零头",
    "money received = Σ payment k ÷ ((1 + f·i)(1 + i)^q), q whole periods and a part f of one after the disbursement",
];

pub(super) fn irr_per_period(writer: &mut Writer) {
    let rate = writer.loan.cost.irr_per_period;
    writer.say(&["每期内部收益率。", "The internal rate of return of one period."], &[]);
    writer.say(ALL_PAYMENTS, &[]);
    if writer.loan.terms.method == RepaymentMethod::Bullet {
        writer.say(
            &[
                "到期一次还清的贷款，一期就是整个期限。",
                "For a loan that is repaid at once, the period is the whole term.",
            ],
            &[],
        );
    }
    writer.formula(PER_PERIOD_FORMULA, &[]);
    let first = writer.loan.schedule.first_position;
    let (numerator, denominator) = (first.fraction.numerator as u32, first.fraction.denominator as u32);
    equation_of_value(
        writer,
        &|index| in_periods(rate, first.whole + index as u32, numerator, denominator),
        &["于是每期内部收益率 i，取 10 位小数", "So the internal rate i per period, to ten decimals, is"],
        rate,
    );
}

/// i × N: both, and their product. `words` are those of the two factors.
pub(super) fn nominal(writer: &mut Writer, words: [Words; 2], per_period: Shown, per_year: Shown, rate: PublishedRate) {
    writer.step(words[0], &[], per_period);
    writer.step(words[1], &[], per_year);
    product(writer, per_period, per_year, rate);
}

/// The rate of a year as a product.
pub(super) fn product(writer: &mut Writer, per_period: Shown, per_year: Shown, rate: PublishedRate) {
    writer.step(
        &[
            "{} × {}（用未舍入的 i 相乘，再取 10 位小数）",
            "{} × {} (multiplied before i is rounded, then to ten decimals)",
        ],
        &[per_period, per_year],
        Rate(rate),
    );
}

const PER_PERIOD: Words = &[
    "每期内部收益率 i（全部还款折算后等于到手的钱）",
    "Internal rate i per period, at which all payments are worth the money received",
];
const PERIODS_OF_A_YEAR: Words = &["一年的期数 N", "Periods N of a year"];

fn per_period_and_year(writer: &Writer) -> (Shown<'static>, Shown<'static>) {
    let per_year = writer.loan.schedule.periods_per_year;
    (Rate(writer.loan.cost.irr_per_period), Ratio(per_year.numerator, per_year.denominator))
}

/// `shown` is the rate as a percentage of two decimals has it.
pub(super) fn simple_annual(writer: &mut Writer, shown: PublishedRate) {
    let rate = writer.loan.cost.simple_annual;
    writer.say(
        &[
            "年化利率（单利）：把每期内部收益率乘以一年的期数。",
            "The simple annual rate: the internal rate per period times the periods of a year.",
        ],
        &[],
    );
    writer.say(ALL_PAYMENTS, &[]);
    writer.formula(&["年化利率（单利） = i × N", "simple annual rate = i × N"], &[]);
    quoted::contract_rate_against(writer, shown);
    let (per_period, per_year) = per_period_and_year(writer);
    nominal(writer, [PER_PERIOD, PERIODS_OF_A_YEAR], per_period, per_year, rate);
}

pub(super) fn compound_annual(writer: &mut Writer) {
    let rate = writer.loan.cost.compound_annual;
    writer.say(
        &[
            "年化利率（复利）：每期的成本再生息，滚满一年。一期不超过一年时，它不低于单利年化。",
            "The compound annual rate: the cost of each period bears interest itself until a year is full. Where a period is no \
             longer than a year, it is not below the simple annual rate.",
        ],
        &[],
    );
    writer.formula(&["年化利率（复利） = (1 + i)^N − 1", "compound annual rate = (1 + i)^N − 1"], &[]);
    let (per_period, per_year) = per_period_and_year(writer);
    writer.step(PER_PERIOD, &[], per_period);
    writer.step(PERIODS_OF_A_YEAR, &[], per_year);
    writer.step(
        &[
            "(1 + {})^{} − 1（用未舍入的 i 计算，再取 10 位小数）",
            "(1 + {})^{} − 1 (reckoned before i is rounded, then to ten decimals)",
        ],
        &[per_period, per_year],
        Rate(rate),
    );
}

pub(super) fn xirr(writer: &mut Writer) {
    let rate = writer.loan.cost.xirr;
    let start = writer.loan.terms.disbursement_date;
    writer.say(
        &[
            "XIRR：按实际天数计算的年化利率，与电子表格的 XIRR 函数相同。",
            "XIRR: the annual rate by actual days, as the XIRR function of spreadsheets has it.",
        ],
        &[],
    );
    writer.say(ALL_PAYMENTS, &[]);
    writer.formula(
        &["到手的钱 = Σ 第 k 期还款 ÷ (1 + x)^(天数/365)", "money received = Σ payment k ÷ (1 + x)^(days/365)"],
        &[],
    );
    let day = Discount::simple(rate, 1, 1).and_then(|year| year.root(365));
    let rows = &writer.loan.schedule.instalments;
    equation_of_value(
        writer,
        &|index| {
            let days = days_between(start, rows[index].due_date).max(0) as u32;
            (When::Days(days), day.and_then(|day| day.power(days)))
        },
        &["于是年化利率 x，取 10 位小数", "So the annual rate x, to ten decimals, is"],
        rate,
    );
}

pub(super) fn eu_aprc(writer: &mut Writer) {
    let (terms, rate) = (writer.loan.terms, writer.loan.cost.eu_aprc);
    writer.say(
        &[
            "欧盟和英国的年化百分比费率（APRC）：实际年率，时间按整月（整周、整年）从还款日往回数，余下的天数除以 365 或 366。",
            "The annual percentage rate of charge of the EU and the UK: effective; time counts in whole months (weeks, years) back \
             from the payment, and the days left are divided by 365 or 366.",
        ],
        &[],
    );
    writer.say(ALL_PAYMENTS, &[]);
    writer.formula(
        &["到手的钱 = Σ 第 k 期还款 ÷ (1 + X)^t，t 以年计", "money received = Σ payment k ÷ (1 + X)^t, t in years"],
        &[],
    );
    let year = Discount::simple(rate, 1, 1);
    let roots = [1, 12, 52, 365, 366].map(|degree| (degree, year.and_then(|year| year.root(degree))));
    let part = |degree: u32, power: u32| {
        roots.iter().find(|(known, _)| *known == degree).and_then(|(_, root)| *root)?.power(power)
    };
    let rows = &writer.loan.schedule.instalments;
    equation_of_value(
        writer,
        &|index| {
            let time = AprcTime::between(terms.disbursement_date, rows[index].unrolled_due_date, terms.every);
            let (whole, days) = (part(time.per_year, time.whole), part(time.basis, time.days));
            (When::Years(time), whole.zip(days).and_then(|(whole, days)| whole.times(days)))
        },
        &["于是 X，取 10 位小数", "So X, to ten decimals, is"],
        rate,
    );
}
