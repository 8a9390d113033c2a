//! The figures that each law wants shown, and the rate that stands out.

use super::Loan;
use super::items::{interest_standard, lender_names};
use super::options::{Headline, Options};
use super::words::{Locale, Words, decimal, percent, units_of};
use crate::cost::Cost;
use crate::date;
use crate::rate::PublishedRate;
use crate::rules::{Content, Regime};
use crate::schedule::fee_charges;
use crate::terms::{Interval, Settlement};

/// One figure of the disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Stable, for programs.
    pub code: String,
    /// In the law's words.
    pub label: String,
    /// Money in major units of the currency, a percentage, or words.
    pub value: String,
}

/// The rate that stands out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadlineRate {
    /// In the law's words.
    pub label: &'static str,
    /// As published.
    pub rate: PublishedRate,
    /// As a percentage, with the law's decimals.
    pub shown: String,
    /// How it is found.
    pub method: &'static str,
}

const CASH_FLOW_SIMPLE: Words = &[
    "内部收益率法（全部现金流），每期内部收益率 × 一年的期数",
    "internal rate of return of all cash flows: the rate per period times the periods of a year",
];
const CASH_FLOW_COMPOUND: Words = &[
    "内部收益率法（全部现金流），(1 + 每期内部收益率)^一年的期数 − 1",
    "internal rate of return of all cash flows: (1 + the rate per period)^periods of a year − 1",
];
const SIMPLE: Words = &["年化综合融资成本（现金流法，单利）", "Annual all-in cost (cash flow, simple)"];
const COMPOUND: Words = &["年化综合融资成本（现金流法，复利）", "Annual all-in cost (cash flow, compound)"];

/// `shown` has the same rates, rounded to what is shown.
pub(super) fn headline(cost: &Cost, shown: &Cost, options: &Options, decimals: u32) -> HeadlineRate {
    let (label, rate, method): (Words, fn(&Cost) -> PublishedRate, Words) = match (options.regime, options.headline) {
        (Regime::China, Headline::Simple) => (
            &["正常履约年化综合融资成本（单利）", "Annual all-in cost under normal performance (simple interest)"],
            |cost| cost.simple_annual,
            CASH_FLOW_SIMPLE,
        ),
        (Regime::China, Headline::Compound) => (
            &["正常履约年化综合融资成本（复利）", "Annual all-in cost under normal performance (compound interest)"],
            |cost| cost.compound_annual,
            CASH_FLOW_COMPOUND,
        ),
        (Regime::UnitedStates, _) => (
            &["年化利率（ANNUAL PERCENTAGE RATE）", "ANNUAL PERCENTAGE RATE"],
            |cost| cost.us_apr,
            &["Z 条例附录 J，精算法（名义年率）", "Regulation Z, Appendix J, actuarial method (nominal)"],
        ),
        (Regime::EuropeanUnion, _) => (APRC, |cost| cost.eu_aprc, EQUATION_OF_VALUE),
        (Regime::UnitedKingdom, _) => (REPRESENTATIVE_APR, |cost| cost.eu_aprc, TOTAL_CHARGE_FOR_CREDIT),
        (Regime::India, _) => (INDIAN_APR, |cost| cost.simple_annual, CASH_FLOW_SIMPLE),
    };
    HeadlineRate {
        label: options.locale.of(label),
        rate: rate(cost),
        shown: percent(rate(shown), decimals),
        method: options.locale.of(method),
    }
}

const APRC: Words = &["年化百分比费率（APRC）", "Annual percentage rate of charge (APRC)"];
const REPRESENTATIVE_APR: Words = &["代表性年化百分比费率（Representative APR）", "Representative APR"];
const INDIAN_APR: Words = &["年化百分比费率（APR）", "Annual Percentage Rate (APR)"];
const TOTAL_CHARGE_FOR_CREDIT: Words =
    &["信贷总费用的基本公式（实际年率）", "the equation of the total charge for credit (effective annual rate)"];
const EQUATION_OF_VALUE: Words =
    &["指令附件的基本公式（实际年率）", "the directive's basic equation (effective annual rate)"];

/// Figures as they are put together.
pub(super) struct Figures<'a> {
    loan: &'a Loan<'a>,
    /// The rates rounded to what is shown.
    shown: &'a Cost,
    locale: Locale,
    decimals: u32,
    list: Vec<Figure>,
}

impl Figures<'_> {
    fn text(&mut self, code: &str, label: Words, value: String) {
        self.list.push(Figure { code: code.to_owned(), label: self.locale.of(label).to_owned(), value });
    }

    fn money(&mut self, code: &str, label: Words, amount: i64) {
        let value = self.loan.terms.currency.format(amount);
        self.text(code, label, value);
    }

    /// Left out where it is nothing.
    fn some_money(&mut self, code: &str, label: Words, amount: i64) {
        if amount != 0 {
            self.money(code, label, amount);
        }
    }

    fn rate(&mut self, code: &str, label: Words, rate: PublishedRate) {
        let value = percent(rate, self.decimals);
        self.text(code, label, value);
    }

    fn schedule(&mut self, label: Words, payment: Payment) {
        let value = payment_schedule(self.loan, payment, self.locale);
        self.text("paymentSchedule", label, value);
    }
}

/// The figures of a regime, in the order in which they are shown; each joint lender's income; the currency.
pub(super) fn figures(loan: &Loan, shown: &Cost, options: &Options, decimals: u32) -> Vec<Figure> {
    let mut figures = Figures { loan, shown, locale: options.locale, decimals, list: Vec::new() };
    match options.regime {
        Regime::China => china(&mut figures),
        Regime::UnitedStates => truth_in_lending_box(&mut figures),
        Regime::EuropeanUnion => standard_information(&mut figures, APRC),
        Regime::UnitedKingdom => {
            standard_information(&mut figures, REPRESENTATIVE_APR);
            tolerated(&mut figures, options);
        }
        Regime::India => key_facts(&mut figures),
    }
    income_of_lenders(&mut figures);
    figures.text("currency", &["币种", "Currency"], loan.terms.currency.code().to_owned());
    figures.list
}

fn china(figures: &mut Figures) {
    let (terms, schedule, cost) = (figures.loan.terms, &figures.loan.schedule, figures.shown);
    let totals = &schedule.totals;
    figures.money("principal", &["借款本金", "Principal"], terms.principal);
    figures.money("proceeds", &["实际到账", "Money received"], schedule.proceeds);
    figures.some_money(
        "paidAtDisbursement",
        &["放款时另付费用", "Fees paid at disbursement"],
        schedule.paid_at_disbursement,
    );
    figures.text("instalmentCount", &["期数", "Instalments"], schedule.instalments.len().to_string());
    figures.schedule(&["还款安排", "Repayment schedule"], Payment::Whole);
    figures.money("totalInterest", &["利息合计", "Total interest"], totals.interest);
    figures.money("totalFees", &["费用合计", "Total fees"], totals.fees);
    figures.some_money("totalBenefits", &["优惠减免合计", "Total benefits"], totals.benefits);
    figures.money("totalPayments", &["还款和费用支出合计", "Total paid by the borrower"], totals.payments);
    figures.money("financeCharge", &["综合融资成本总额", "All-in cost of the loan"], totals.finance_charge);
    figures.some_money(
        "outsideCost",
        &["未计入综合融资成本的费用", "Fees not counted in the cost of the loan"],
        totals.interest + totals.fees - totals.benefits - totals.finance_charge,
    );
    figures.rate("costCashFlowSimple", SIMPLE, cost.simple_annual);
    figures.rate("costCashFlowCompound", COMPOUND, cost.compound_annual);
    figures.rate(
        "costAdditive",
        &["各息费项目折算年化后加总（单利）", "Sum of the items, each annualised by itself (simple)"],
        figures.loan.cost.itemised.total,
    );
}

/// 12 CFR 1026.18 (b), (d), (e), (g), (h): amount financed + finance charge = total of payments.
fn truth_in_lending_box(figures: &mut Figures) {
    let (schedule, cost) = (&figures.loan.schedule, figures.shown);
    figures.rate("apr", &["年化利率（ANNUAL PERCENTAGE RATE）", "ANNUAL PERCENTAGE RATE"], cost.us_apr);
    figures.money("financeCharge", &["融资费用（FINANCE CHARGE）", "FINANCE CHARGE"], schedule.totals.finance_charge);
    figures.money("amountFinanced", &["融资金额（Amount Financed）", "Amount Financed"], schedule.cost_at_disbursement);
    figures.money(
        "totalOfPayments",
        &["还款总额（Total of Payments）", "Total of Payments"],
        schedule.cost_at_disbursement + schedule.totals.finance_charge,
    );
    figures.schedule(&["还款安排（Payment Schedule）", "Payment Schedule"], Payment::InCost);
}

/// 2008/48/EC art. 3 and 4. The total amount of credit is what the borrower can use: a charge of the credit that is deducted
/// or financed is no part of it (Court of Justice, C-377/14). What is payable is that and the cost.
fn standard_information(figures: &mut Figures, apr_label: Words) {
    let (terms, schedule, cost) = (figures.loan.terms, &figures.loan.schedule, figures.shown);
    let credit = schedule.cost_at_disbursement + paid_in_cash(figures.loan);
    figures.rate("aprc", apr_label, cost.eu_aprc);
    figures.money("totalAmountOfCredit", &["信贷总额", "Total amount of credit"], credit);
    figures.text("borrowingRate", &["借款利率", "Borrowing rate"], interest_standard(terms, figures.locale));
    figures.text("instalmentCount", &["期数", "Instalments"], schedule.instalments.len().to_string());
    figures.schedule(&["还款安排", "Repayments"], Payment::InCost);
    figures.money("totalCostOfCredit", &["信贷总成本", "Total cost of the credit"], schedule.totals.finance_charge);
    figures.money("totalAmountPayable", &["应还总额", "Total amount payable"], credit + schedule.totals.finance_charge);
}

/// The rates that may be disclosed for the exact one, all digits kept: rounding would leave the range.
fn tolerated(figures: &mut Figures, options: &Options) {
    let exact = units_of(figures.loan.cost.eu_aprc);
    let Some((above, below)) = options.in_force().iter().find_map(|rule| match rule.content {
        Content::Tolerance { above, below } => Some((above, below)),
        _ => None,
    }) else {
        return;
    };
    let percent = |units: i64| decimal(units, 10, true) + "%";
    figures.text(
        "lowestDisclosedApr",
        &["可披露的最低 APR", "Lowest APR that may be disclosed"],
        percent(exact - below),
    );
    figures.text(
        "highestDisclosedApr",
        &["可披露的最高 APR", "Highest APR that may be disclosed"],
        percent(exact + above),
    );
}

/// The lines of the Reserve Bank's Key Facts Statement: 7 = 1 − 6, 8 = 1 + 5.
fn key_facts(figures: &mut Figures) {
    let (terms, schedule, cost) = (figures.loan.terms, &figures.loan.schedule, figures.shown);
    let totals = &schedule.totals;
    figures.money("loanAmount", &["批准的贷款金额", "Sanctioned loan amount"], terms.principal);
    figures.text("instalmentCount", &["期数", "Number of instalments"], schedule.instalments.len().to_string());
    // The last one takes up what rounding left, and is one of the equal ones all the same.
    let but_last = schedule.instalments.split_last().map_or(&[][..], |(_, others)| others);
    let is_level = but_last.iter().all(|row| row.payment == schedule.first_payment);
    let [each, first]: [Words; 2] = [
        &["每期还款（EPI）", "Amount of each instalment (EPI)"],
        &["首期还款（各期不等）", "First instalment (they vary)"],
    ];
    figures.money("instalment", if is_level { each } else { first }, schedule.first_payment);
    figures.schedule(&["还款安排", "Repayment schedule"], Payment::Whole);
    figures.text("rateOfInterest", &["利率", "Rate of interest"], interest_standard(terms, figures.locale));
    figures.money("totalInterest", &["利息总额", "Total interest amount"], totals.interest);
    figures.money("feesAndCharges", &["费用总额", "Fees and charges payable"], totals.fees);
    figures.some_money("totalBenefits", &["优惠减免合计", "Total benefits"], totals.benefits);
    figures.money("netDisbursedAmount", &["实际发放净额", "Net disbursed amount"], schedule.cost_at_disbursement);
    figures.money(
        "totalAmountPayable",
        &["借款人应还总额", "Total amount to be paid by the borrower"],
        totals.principal + totals.interest,
    );
    figures.rate("apr", INDIAN_APR, cost.simple_annual);
}

/// 穿透: what each of several lenders earns of the interest.
fn income_of_lenders(figures: &mut Figures) {
    let terms = figures.loan.terms;
    let mut incomes = vec![0; terms.lenders.len()];
    for instalment in &figures.loan.schedule.instalments {
        for (income, part) in incomes.iter_mut().zip(instalment.lender_parts(terms)) {
            *income += part.interest;
        }
    }
    for (number, (lender, income)) in (1..).zip(terms.lenders.iter().zip(incomes)) {
        let share = super::words::percent_of(lender.share);
        let licence = lender.licence.as_deref().unwrap_or_default();
        let label = match (licence, figures.locale) {
            ("", _) => {
                figures.locale.fill(&["{}的利息收入（出资 {}）", "Interest to {} (share {})"], &[&lender.name, &share])
            }
            _ => figures.locale.fill(
                &["{}（{}）的利息收入（出资 {}）", "Interest to {} ({}) (share {})"],
                &[&lender.name, licence, &share],
            ),
        };
        let value = terms.currency.format(income);
        figures.list.push(Figure { code: format!("lenderInterest{number}"), label, value });
    }
    if terms.lenders.len() == 1 {
        let names = lender_names(terms, figures.locale);
        figures.text("lender", &["贷款人", "Lender"], names);
    }
}

/// The fees that count and are paid in cash at disbursement, waivers taken off.
fn paid_in_cash(loan: &Loan) -> i64 {
    let mut paid = 0;
    for (fee, charges) in loan.terms.fees.iter().zip(fee_charges(loan.terms, &loan.schedule)) {
        if fee.in_cost && fee.settlement == Settlement::Paid {
            paid += charges.at_disbursement;
        }
    }
    paid
}

/// More groups of equal payments than this are told by their extremes, as 12 CFR 1026.18(g)(2) allows.
const GROUPS_MAX: usize = 6;

/// What of a payment is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Payment {
    /// All that is due.
    Whole,
    /// As far as it counts in the cost of the loan.
    InCost,
}

/// "11 payments of 1833.60 from 2026-12-24, monthly; 1 payment of 1833.61 on 2027-11-24".
fn payment_schedule(loan: &Loan, payment: Payment, locale: Locale) -> String {
    let terms = loan.terms;
    let instalments = &loan.schedule.instalments;
    let counted = |index: usize| {
        let instalment = &instalments[index];
        instalment.payment - if payment == Payment::InCost { instalment.outside_cost } else { 0 }
    };
    let mut groups: Vec<(usize, usize)> = Vec::new();
    for index in 0..instalments.len() {
        match groups.last_mut() {
            Some((first, count)) if counted(*first) == counted(index) => *count += 1,
            _ => groups.push((index, 1)),
        }
    }
    let every = interval_words(terms.every, locale);
    if groups.len() > GROUPS_MAX {
        let amounts = || (0..instalments.len()).map(counted);
        let (largest, smallest) = (amounts().max().unwrap_or_default(), amounts().min().unwrap_or_default());
        return locale.fill(
            &[
                "{} 期，自 {} 起{}，每期金额不等，最高 {}，最低 {}",
                "{} payments from {}, {}, varying between {} and {}",
            ],
            &[
                &instalments.len().to_string(),
                &date::format(instalments[0].due_date),
                &every,
                &terms.currency.format(largest),
                &terms.currency.format(smallest),
            ],
        );
    }
    let mut text = String::new();
    for (first, count) in groups {
        if first > 0 {
            text.push_str(locale.of(&["；", "; "]));
        }
        let (amount, day) = (terms.currency.format(counted(first)), date::format(instalments[first].due_date));
        text.push_str(&if count == 1 {
            locale.fill(&["1 期 {}（{}）", "1 payment of {} on {}"], &[&amount, &day])
        } else {
            locale.fill(
                &["{} 期 × {}（自 {} 起{}）", "{} payments of {} from {}, {}"],
                &[&count.to_string(), &amount, &day, &every],
            )
        });
    }
    text
}

fn interval_words(every: Interval, locale: Locale) -> String {
    let (count, one, several): (u32, Words, Words) = match every {
        Interval::Months(count) => (count, &["每月", "monthly"], &["每 {} 个月", "every {} months"]),
        Interval::Weeks(count) => (count, &["每周", "weekly"], &["每 {} 周", "every {} weeks"]),
        Interval::Days(count) => (count, &["每日", "daily"], &["每 {} 天", "every {} days"]),
    };
    if count == 1 { locale.of(one).to_owned() } else { locale.fill(several, &[&count.to_string()]) }
}
