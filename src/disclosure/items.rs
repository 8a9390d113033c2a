//! The rows of the table: every charge with its way of collection, its standard and who collects it (息费项目), and what
//! would be charged on default, misuse or early repayment (或有项目). Standards are worded from the terms.

use super::Loan;
use super::words::{Locale, Words, percent, percent_of, percent_of_factor};
use crate::error::LoanError;
use crate::money::Factor;
use crate::rate::PublishedRate;
use crate::terms::{
    Charge, Contingent, Fee, FeeBase, FeeTiming, InterestRate, LoanTerms, Penalty, RepaymentMethod, Settlement,
};

/// One charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// "interest", or the fee's code.
    pub code: String,
    /// For people.
    pub name: String,
    /// When and how it is collected (收取方式).
    pub collection: String,
    /// A year's, simple, this charge by itself (折算年化).
    pub annual: PublishedRate,
    /// What is charged (收取标准).
    pub standard: String,
    /// Who collects it (收取主体); empty where the terms do not say.
    pub payee: String,
}

/// One charge that normal performance does not cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContingentItem {
    /// "overdue", "misuse" or "earlyRepayment".
    pub code: &'static str,
    /// For people.
    pub name: &'static str,
    /// What would be charged.
    pub standard: String,
    /// Who collects it; empty where the terms do not say.
    pub payee: String,
}

/// Names of the charges that everybody knows; others go by the name or the code that the terms give.
const NAMES: [(&str, Words); 6] = [
    ("interest", &["贷款利息", "Interest"]),
    ("service", &["服务费", "Service fee"]),
    ("guarantee", &["担保费", "Guarantee fee"]),
    ("insurance", &["保险费", "Insurance premium"]),
    ("membership", &["会员费", "Membership fee"]),
    ("instalment", &["分期手续费", "Instalment fee"]),
];

const ANNUALISED: Words = &["，折算年化 {}（单利）", ", annualised {} (simple)"];
const OUTSIDE_COST: Words = &["，未计入综合融资成本", ", not counted in the cost of the loan"];

/// Interest, then each fee, in the order of the terms.
pub(super) fn items(loan: &Loan, locale: Locale, decimals: u32) -> Result<Vec<Item>, LoanError> {
    let terms = loan.terms;
    // The parts of a sum need the hundredths even where the law shows the whole with one decimal.
    let decimals = decimals.max(2);
    let shown = loan.shown(decimals)?.itemised.items;
    let mut rates = loan.cost.itemised.items.iter().zip(&shown).peekable();
    // A fee outside the cost is not annualised: it is no price of the loan.
    let mut next_rate = |standard: &mut String, is_in_cost: bool| match rates.next_if(|_| is_in_cost) {
        Some((rate, shown)) => {
            standard.push_str(&locale.fill(ANNUALISED, &[&percent(shown.annual, decimals)]));
            rate.annual
        }
        None => {
            standard.push_str(locale.of(OUTSIDE_COST));
            PublishedRate::ZERO
        }
    };

    let mut standard = interest_standard(terms, locale);
    let mut items = Vec::with_capacity(1 + terms.fees.len());
    items.push(Item {
        code: "interest".to_owned(),
        name: known_name("interest", locale).unwrap_or_default().to_owned(),
        collection: locale.of(if terms.method == RepaymentMethod::Bullet { ON_MATURITY } else { WITH_EACH }).to_owned(),
        annual: next_rate(&mut standard, true),
        standard,
        payee: lender_names(terms, locale),
    });
    for fee in &terms.fees {
        let mut standard = fee_standard(terms, fee, locale);
        let annual = next_rate(&mut standard, fee.in_cost);
        items.push(Item {
            code: fee.code.clone(),
            name: fee_name(fee, locale),
            collection: locale.of(fee_collection(fee)).to_owned(),
            annual,
            standard,
            payee: fee.payee.clone().unwrap_or_default(),
        });
    }
    Ok(items)
}

const WITH_EACH: Words = &["随每期还款收取", "with each instalment"];
const ON_MATURITY: Words = &["到期一次性收取", "at maturity"];

fn fee_collection(fee: &Fee) -> Words {
    match (fee.when, fee.settlement) {
        (FeeTiming::Disbursement, Settlement::Paid) => &["放款时另行支付", "paid at disbursement"],
        (FeeTiming::Disbursement, Settlement::Deducted) => &["放款时从放款额中扣收", "deducted from the proceeds"],
        (FeeTiming::Disbursement, Settlement::Financed) => {
            &["放款时并入本金，随本金偿还", "added to the principal and repaid with it"]
        }
        (FeeTiming::EachInstalment, _) => WITH_EACH,
        (FeeTiming::FirstInstalment, _) => &["随首期还款收取", "with the first instalment"],
        (FeeTiming::LastInstalment, _) => &["随末期还款收取", "with the last instalment"],
    }
}

pub(crate) fn known_name(code: &str, locale: Locale) -> Option<&'static str> {
    NAMES.iter().find(|(known, _)| *known == code).map(|(_, words)| locale.of(words))
}

pub(crate) fn fee_name(fee: &Fee, locale: Locale) -> String {
    match &fee.name {
        Some(name) if !name.trim().is_empty() => name.clone(),
        _ => known_name(&fee.code, locale).unwrap_or(&fee.code).to_owned(),
    }
}

fn fee_standard(terms: &LoanTerms, fee: &Fee, locale: Locale) -> String {
    let mut standard = match fee.charge {
        Charge::Amount(amount) => [&terms.currency.format(amount), " ", terms.currency.code()].concat(),
        Charge::Rate { rate, of } => {
            let words = match of {
                FeeBase::Principal => &["本金的 {}", "{} of the principal"],
                FeeBase::OpeningBalance => &["期初本金余额的 {}", "{} of the balance"],
                FeeBase::Instalment => &["当期应还本息的 {}", "{} of the instalment"],
            };
            locale.fill(words, &[&percent_of(rate)])
        }
    };
    if fee.when == FeeTiming::EachInstalment {
        let each = match fee.charge {
            Charge::Amount(_) => &["每期 {}", "{} with each instalment"],
            Charge::Rate { .. } => &["每期{}", "{} with each instalment"],
        };
        standard = locale.fill(each, &[&standard]);
    }
    standard
}

/// The lenders' names, one after the other; empty where the terms have none.
pub(super) fn lender_names(terms: &LoanTerms, locale: Locale) -> String {
    let names: Vec<&str> = terms.lenders.iter().map(|lender| lender.name.as_str()).collect();
    names.join(locale.of(&["、", ", "]))
}

/// The contract's rate on the basis on which it is charged, with what follows from it for a year, and its steps.
pub(crate) fn interest_standard(terms: &LoanTerms, locale: Locale) -> String {
    let mut text = rate_words(terms, terms.interest, locale);
    for step in &terms.steps {
        text.push_str(&locale.fill(
            &["；第 {} 期起{}", "; from instalment {} on {}"],
            &[&step.from_instalment.to_string(), &rate_words(terms, step.interest, locale)],
        ));
    }
    if terms.method == RepaymentMethod::Flat {
        text.push_str(locale.of(&["，始终按最初的本金计收", ", always on the original principal"]));
    }
    text
}

fn rate_words(terms: &LoanTerms, interest: InterestRate, locale: Locale) -> String {
    let annual = percent_of_factor(interest.annual(terms.periods_per_year()));
    match interest {
        InterestRate::Annual(_) => locale.fill(&["年利率 {}", "{} a year"], &[&annual]),
        InterestRate::Monthly(rate) => {
            locale.fill(&["月利率 {}（年利率 {}）", "{} a month ({} a year)"], &[&percent_of(rate), &annual])
        }
        InterestRate::Daily { rate, days_per_year } => locale.fill(
            &["日利率 {}（一年按 {} 天，年利率 {}）", "{} a day (a year of {} days: {})"],
            &[&percent_of(rate), &days_per_year.to_string(), &annual],
        ),
        InterestRate::Flat(rate) => locale.fill(&["每期费率 {}", "{} an instalment"], &[&percent_of(rate)]),
    }
}

/// What the terms say of default, misuse and early repayment, in their order.
pub(super) fn contingent(terms: &LoanTerms, locale: Locale) -> Vec<ContingentItem> {
    terms.contingent.iter().map(|item| contingent_item(terms, item, locale)).collect()
}

const OVERDUE: Words = &["逾期罚息", "Penalty interest when overdue"];
const MISUSE: Words = &["挪用罚息", "Penalty interest for misuse"];
const EARLY_REPAYMENT: Words = &["提前还款违约金", "Early-repayment fee"];

fn contingent_item(terms: &LoanTerms, item: &Contingent, locale: Locale) -> ContingentItem {
    // A multiple of the contract's rate, as a rate of a year.
    let multiple = |factor: rust_decimal::Decimal| {
        let annual = terms.interest.annual(terms.periods_per_year());
        let factor_ratio = Factor::new(factor.mantissa(), 10i128.pow(factor.scale()));
        let raised = Factor::new(annual.numerator, annual.denominator).times(factor_ratio);
        [factor.normalize().to_string(), percent_of_factor(Factor::new(raised.numerator, raised.denominator))]
    };
    let (code, name, standard, payee) = match item {
        Contingent::Overdue { penalty, grace_days, compound, payee } => {
            let mut standard = match penalty {
                Penalty::RateFactor(factor) => {
                    let [factor, annual] = multiple(*factor);
                    locale.fill(
                        &[
                            "对逾期本金按合同利率的 {} 倍（年利率 {}）按日计收",
                            "{} times the contract rate ({} a year) on overdue principal, by the day",
                        ],
                        &[&factor, &annual],
                    )
                }
                Penalty::DailyRate(rate) => {
                    locale.fill(&["对逾期本金每日按 {} 计收", "{} a day on overdue principal"], &[&percent_of(*rate)])
                }
            };
            if *compound {
                standard.push_str(locale.of(&["，逾期利息一并计收复利", ", and on overdue interest"]));
            }
            if *grace_days > 0 {
                let days = grace_days.to_string();
                standard
                    .push_str(&locale.fill(&["；逾期 {} 天内还清不收", "; none if cleared within {} days"], &[&days]));
            }
            ("overdue", OVERDUE, standard, payee)
        }
        Contingent::Misuse { rate_factor, payee } => {
            let [factor, annual] = multiple(*rate_factor);
            let words = &[
                "对挪用部分按合同利率的 {} 倍（年利率 {}）计收",
                "{} times the contract rate ({} a year) on the part that is misused",
            ];
            ("misuse", MISUSE, locale.fill(words, &[&factor, &annual]), payee)
        }
        Contingent::EarlyRepayment { fee_rate, minimum, free_after_instalment, payee } => {
            let words = &["按提前归还本金的 {} 计收", "{} of the principal that is repaid early"];
            let mut standard = locale.fill(words, &[&percent_of(*fee_rate)]);
            if let Some(minimum) = minimum {
                standard.push_str(&locale.fill(
                    &["，至少 {} {}", ", at least {} {}"],
                    &[&terms.currency.format(*minimum), terms.currency.code()],
                ));
            }
            if let Some(instalment) = free_after_instalment {
                standard.push_str(&locale.fill(
                    &["；自第 {} 期还款日起不收", "; none from the due date of instalment {} on"],
                    &[&instalment.to_string()],
                ));
            }
            ("earlyRepayment", EARLY_REPAYMENT, standard, payee)
        }
    };
    ContingentItem { code, name: locale.of(name), standard, payee: payee.clone().unwrap_or_default() }
}
