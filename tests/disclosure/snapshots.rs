//! The demo quote as each regime shows it, whole, in one readable text. The figures are worked in exact fractions
//! (semantics.md, section 8, last row of the table): 0.1994064065 simple, 0.2186793187 compound and EU, 0.1981005873 added up
//! item by item; money as section 4 gives it: 11 × 1,833.60 + 1,833.61 = 22,003.21, of which 2,003.21 interest.

use super::{complete, demo, disclose};
use crate::common::plain;
use serde_json::{Value, json};

/// Every field of a disclosure, one line each.
fn shown(disclosure: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |parts: &[&Value]| {
        lines.push(parts.iter().map(|part| plain(part)).collect::<Vec<_>>().join(" | ").trim_end().to_owned())
    };
    let headline = &disclosure["headline"];
    line(&[&headline["label"], &headline["shown"], &headline["rate"], &headline["method"]]);
    let list = |name: &str| disclosure[name].as_array().cloned().unwrap_or_default();
    for figure in list("figures") {
        line(&[&figure["label"], &figure["value"]]);
    }
    for item in list("items") {
        line(&[&item["name"], &item["collection"], &item["standard"], &item["annual"], &item["payee"]]);
    }
    for item in list("contingent") {
        line(&[&item["name"], &item["standard"], &item["payee"]]);
    }
    for statement in list("statements") {
        line(&[&statement]);
    }
    for cap in list("caps") {
        line(&[&cap["code"], &cap["limit"], &cap["measured"], &cap["within"]]);
    }
    for part in list("pricing") {
        line(&[&part["component"], &part["rate"]]);
    }
    for basis in list("legalBasis") {
        line(&[&basis["title"], &basis["inForceSince"]]);
    }
    line(&[&disclosure["readingSeconds"], &disclosure["confirmation"]]);
    for warning in list("warnings") {
        line(&[&warning]);
    }
    lines
}

#[track_caller]
fn expect(disclosure: &Value, expected: &str) {
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let shown = shown(disclosure);
    for (index, line) in shown.iter().enumerate() {
        assert_eq!(Some(line.as_str()), expected.get(index).copied(), "line {}", index + 1);
    }
    assert_eq!(shown.len(), expected.len());
}

#[test]
fn china() {
    expect(
        &disclose(&complete(), "CN", json!({ "lenderType": "bank" })),
        "
        正常履约年化综合融资成本（单利） | 19.94% | 0.1994064065 | 内部收益率法（全部现金流），每期内部收益率 × 一年的期数
        借款本金 | 20000.00
        实际到账 | 19800.00
        期数 | 12
        还款安排 | 11 期 × 1833.60（自 2026-12-24 起每月）；1 期 1833.61（2027-11-24）
        利息合计 | 2003.21
        费用合计 | 200.00
        还款和费用支出合计 | 22003.21
        综合融资成本总额 | 2203.21
        年化综合融资成本（现金流法，单利） | 19.94%
        年化综合融资成本（现金流法，复利） | 21.87%
        各息费项目折算年化后加总（单利） | 19.81%
        甲银行（银行）的利息收入（出资 70%） | 1402.26
        乙消金的利息收入（出资 30%） | 600.95
        币种 | CNY
        贷款利息 | 随每期还款收取 | 年利率 18%，折算年化 18.00%（单利） | 0.1800009547 | 甲银行、乙消金
        担保费 | 放款时从放款额中扣收 | 本金的 1%，折算年化 1.81%（单利） | 0.0180996326 | 安心担保
        逾期罚息 | 对逾期本金按合同利率的 1.5 倍（年利率 27%）按日计收，逾期利息一并计收复利；逾期 3 天内还清不收 | 甲银行
        挪用罚息 | 对挪用部分按合同利率的 2 倍（年利率 36%）计收 | 甲银行
        提前还款违约金 | 按提前归还本金的 1% 计收，至少 50.00 CNY；自第 6 期还款日起不收 | 甲银行
        除上述明示的息费项目外，贷款人及其合作机构不再收取其他任何与贷款有关的费用。
        cn_assisted_lending_24 | 0.24 | 0.1994064065 | true
        cn_financial_institutions_24 | 0.24 | 0.1994064065 | true
        funding | 0.05
        risk | 0.08
        operation | 0.03
        margin | 0.02
        中国人民银行公告〔2021〕第3号（明示贷款年化利率） | 2021-03-31
        《个人贷款业务明示综合融资成本规定》（金规〔2026〕2号） | 2026-08-01
        10 | popup
        下列规则未读到原文（转引、记忆或假设），使用前请核对，可用 rules 替换：cn_pboc_2021_3, cn_cost_disclosure_2026_2, cn_nothing_else, cn_reading_seconds, cn_confirmation, cn_decimals, cn_assisted_lending_24, cn_financial_institutions_24。
        ",
    );
}

#[test]
fn china_in_english_with_all_that_is_missing() {
    expect(
        &disclose(&demo(), "CN", json!({ "locale": "en", "headline": "compound" })),
        "
        Annual all-in cost under normal performance (compound interest) | 21.87% | 0.2186793187 | internal rate of return of all cash flows: (1 + the rate per period)^periods of a year − 1
        Principal | 20000.00
        Money received | 19800.00
        Instalments | 12
        Repayment schedule | 11 payments of 1833.60 from 2026-12-24, monthly; 1 payment of 1833.61 on 2027-11-24
        Total interest | 2003.21
        Total fees | 200.00
        Total paid by the borrower | 22003.21
        All-in cost of the loan | 2203.21
        Annual all-in cost (cash flow, simple) | 19.94%
        Annual all-in cost (cash flow, compound) | 21.87%
        Sum of the items, each annualised by itself (simple) | 19.81%
        Currency | CNY
        Interest | with each instalment | 18% a year, annualised 18.00% (simple) | 0.1800009547 |
        Service fee | deducted from the proceeds | 1% of the principal, annualised 1.81% (simple) | 0.0180996326 |
        Beyond the items shown above, neither the lender nor its partners charge anything else for this loan.
        People's Bank of China, Announcement [2021] No. 3 (showing the annualised rate of a loan) | 2021-03-31
        Provisions on Disclosing the All-in Financing Cost of Personal Loans (Jin Gui [2026] No. 2) | 2026-08-01
        10 | popup
        No type of lender (lenderType) was given, so the cost was held against no ceiling.
        The terms name no lender (lenders): who collects the interest is not known.
        \"Service fee\" does not say who collects it (payee).
        These rules were not read in the original (second-hand, recalled or assumed); check them before use, and replace them through `rules`: cn_pboc_2021_3, cn_cost_disclosure_2026_2, cn_nothing_else, cn_reading_seconds, cn_confirmation, cn_decimals.
        ",
    );
}

/// 12 CFR 1026.18: 19,800.00 + 2,203.21 = 22,003.21.
#[test]
fn united_states() {
    expect(
        &disclose(&demo(), "US", json!({})),
        "
        ANNUAL PERCENTAGE RATE | 19.94% | 0.1994064065 | Regulation Z, Appendix J, actuarial method (nominal)
        ANNUAL PERCENTAGE RATE | 19.94%
        FINANCE CHARGE | 2203.21
        Amount Financed | 19800.00
        Total of Payments | 22003.21
        Payment Schedule | 11 payments of 1833.60 from 2026-12-24, monthly; 1 payment of 1833.61 on 2027-11-24
        Currency | CNY
        Interest | with each instalment | 18% a year, annualised 18.00% (simple) | 0.1800009547 |
        Service fee | deducted from the proceeds | 1% of the principal, annualised 1.81% (simple) | 0.0180996326 |
        ANNUAL PERCENTAGE RATE: the cost of your credit as a yearly rate.
        FINANCE CHARGE: the dollar amount the credit will cost you.
        Amount Financed: the amount of credit provided to you or on your behalf.
        Total of Payments: the amount you will have paid after you have made all payments as scheduled.
        Regulation Z, 12 CFR 1026.22 and Appendix J (the annual percentage rate by the actuarial method) | 2012-01-01
        Regulation Z, 12 CFR 1026.18 (content of disclosures) | 2012-01-01
        0 | inline
        The terms name no lender (lenders): who collects the interest is not known.
        \"Service fee\" does not say who collects it (payee).
        These rules were not read in the original (second-hand, recalled or assumed); check them before use, and replace them through `rules`: us_reg_z_18, us_describe_apr, us_describe_finance_charge, us_describe_amount_financed, us_describe_total_of_payments.
        ",
    );
}

const EU_FIGURES: &str = "
    Annual percentage rate of charge (APRC) | 21.9% | 0.2186793187 | the directive's basic equation (effective annual rate)
    Annual percentage rate of charge (APRC) | 21.9%
    Total amount of credit | 19800.00
    Borrowing rate | 18% a year
    Instalments | 12
    Repayments | 11 payments of 1833.60 from 2026-12-24, monthly; 1 payment of 1833.61 on 2027-11-24
    Total cost of the credit | 2203.21
    Total amount payable | 22003.21
    Currency | CNY
    Interest | with each instalment | 18% a year, annualised 18.00% (simple) | 0.1800009547 |
    Service fee | deducted from the proceeds | 1% of the principal, annualised 1.81% (simple) | 0.0180996326 |
    Representative example: total amount of credit 19800.00 CNY; borrowing rate 18% a year; 12 instalments: 11 payments of 1833.60 from 2026-12-24, monthly; 1 payment of 1833.61 on 2027-11-24; total cost of the credit 2203.21 CNY; APRC 21.9%; total amount payable 22003.21 CNY.
";

#[test]
fn european_union_to_the_last_day_of_the_old_directive() {
    let expected = format!(
        "{EU_FIGURES}
        Consumer Credit Directive 2008/48/EC, Annex I | 2010-06-11
        0 | inline
        The terms name no lender (lenders): who collects the interest is not known.
        \"Service fee\" does not say who collects it (payee).
        These rules were not read in the original (second-hand, recalled or assumed); check them before use, and replace them through `rules`: eu_representative_example.
        "
    );
    expect(&disclose(&demo(), "EU", json!({ "on": "2026-11-19" })), &expected);
}

#[test]
fn european_union_from_the_first_day_of_the_new_one() {
    let expected = format!(
        "{EU_FIGURES}
        Caution! Borrowing money costs money.
        Consumer Credit Directive (EU) 2023/2225, Annex III | 2026-11-20
        0 | inline
        The terms name no lender (lenders): who collects the interest is not known.
        \"Service fee\" does not say who collects it (payee).
        These rules were not read in the original (second-hand, recalled or assumed); check them before use, and replace them through `rules`: eu_ccd_2023_2225, eu_decimals, eu_representative_example, eu_borrowing_costs_money.
        "
    );
    expect(&disclose(&demo(), "EU", json!({ "on": "2026-11-20" })), &expected);
}

/// S.I. 2010/1013, Schedule 2: from 21.86793187 − 0.1 to 21.86793187 + 1 per cent.
#[test]
fn united_kingdom() {
    expect(
        &disclose(&demo(), "UK", json!({})),
        "
        Representative APR | 21.9% | 0.2186793187 | the equation of the total charge for credit (effective annual rate)
        Representative APR | 21.9%
        Total amount of credit | 19800.00
        Borrowing rate | 18% a year
        Instalments | 12
        Repayments | 11 payments of 1833.60 from 2026-12-24, monthly; 1 payment of 1833.61 on 2027-11-24
        Total cost of the credit | 2203.21
        Total amount payable | 22003.21
        Lowest APR that may be disclosed | 21.76793187%
        Highest APR that may be disclosed | 22.86793187%
        Currency | CNY
        Interest | with each instalment | 18% a year, annualised 18.00% (simple) | 0.1800009547 |
        Service fee | deducted from the proceeds | 1% of the principal, annualised 1.81% (simple) | 0.0180996326 |
        Representative example: total amount of credit 19800.00 CNY; rate of interest 18% a year; 12 instalments: 11 payments of 1833.60 from 2026-12-24, monthly; 1 payment of 1833.61 on 2027-11-24; total amount payable 22003.21 CNY; representative 21.9% APR.
        Consumer Credit (Disclosure of Information) Regulations 2010, S.I. 2010/1013 | 2011-02-01
        FCA Handbook, CONC App 1.2 (the total charge for credit and the APR) | 2014-04-01
        0 | inline
        The terms name no lender (lenders): who collects the interest is not known.
        \"Service fee\" does not say who collects it (payee).
        These rules were not read in the original (second-hand, recalled or assumed); check them before use, and replace them through `rules`: uk_conc_app_1_2, uk_decimals, uk_representative_example.
        ",
    );
}

/// The lines of the Key Facts Statement: 20,000.00 − 200.00 = 19,800.00; 20,000.00 + 2,003.21 = 22,003.21.
#[test]
fn india() {
    expect(
        &disclose(&demo(), "IN", json!({})),
        "
        Annual Percentage Rate (APR) | 19.94% | 0.1994064065 | internal rate of return of all cash flows: the rate per period times the periods of a year
        Sanctioned loan amount | 20000.00
        Number of instalments | 12
        Amount of each instalment (EPI) | 1833.60
        Repayment schedule | 11 payments of 1833.60 from 2026-12-24, monthly; 1 payment of 1833.61 on 2027-11-24
        Rate of interest | 18% a year
        Total interest amount | 2003.21
        Fees and charges payable | 200.00
        Net disbursed amount | 19800.00
        Total amount to be paid by the borrower | 22003.21
        Annual Percentage Rate (APR) | 19.94%
        Currency | CNY
        Interest | with each instalment | 18% a year, annualised 18.00% (simple) | 0.1800009547 |
        Service fee | deducted from the proceeds | 1% of the principal, annualised 1.81% (simple) | 0.0180996326 |
        No fee or charge that is not mentioned in this statement can be levied during the term of the loan without your explicit consent.
        Reserve Bank of India, DOR.STR.REC.13/13.03.00/2024-25 (Key Facts Statement for loans) | 2024-10-01
        0 | signature
        The terms name no lender (lenders): who collects the interest is not known.
        \"Service fee\" does not say who collects it (payee).
        These rules were not read in the original (second-hand, recalled or assumed); check them before use, and replace them through `rules`: in_decimals, in_confirmation, in_nothing_else.
        ",
    );
}
