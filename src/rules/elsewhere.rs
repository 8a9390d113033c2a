//! The United States, the European Union, the United Kingdom and India.

use super::{Certainty, Confirmation, Content, NO_END, RATE_UNIT, Regime, Rule, shipped};
use Certainty::{Read, Recalled, SecondHand};
use Regime::{EuropeanUnion, India, UnitedKingdom, UnitedStates};

const fn rule(
    code: &'static str,
    regime: Regime,
    content: Content<'static>,
    (since, until): (u32, u32),
    words: [&'static str; 2],
    source: &'static str,
    certainty: Certainty,
) -> Rule<'static> {
    shipped(Rule { code, regime, content, since, until, words, source, certainty })
}

/// Parts per 100,000: an eighth of a percentage point is 125.
const fn either_way(parts: i64) -> Content<'static> {
    Content::Tolerance { above: parts * RATE_UNIT / 100_000, below: parts * RATE_UNIT / 100_000 }
}

const US_SOURCE: &str = "12 CFR 1026 in the edition of 1 January 2012";
const TILA_BOX_SOURCE: &str = "12 CFR 1026.18, from general knowledge";
/// The day before the directive of 2023 takes over.
const CCD_2008_LAST_DAY: u32 = 2026_1119;
const CCD_2023_FIRST_DAY: u32 = 2026_1120;

pub(super) static RULES: [Rule<'static>; 24] = [
    rule(
        "us_reg_z",
        UnitedStates,
        Content::LegalBasis,
        (2012_0101, NO_END),
        [
            "美国 Z 条例，12 CFR 1026.22 与附录 J（年化利率的精算法）",
            "Regulation Z, 12 CFR 1026.22 and Appendix J (the annual percentage rate by the actuarial method)",
        ],
        US_SOURCE,
        Read,
    ),
    rule(
        "us_reg_z_18",
        UnitedStates,
        Content::LegalBasis,
        (2012_0101, NO_END),
        ["美国 Z 条例，12 CFR 1026.18（应披露的内容）", "Regulation Z, 12 CFR 1026.18 (content of disclosures)"],
        TILA_BOX_SOURCE,
        Recalled,
    ),
    rule(
        "us_decimals",
        UnitedStates,
        Content::Decimals(2),
        (2012_0101, NO_END),
        ["年化利率展示两位小数（附录 J (b)(9)(ii)）", "the rate is shown with two decimals (Appendix J (b)(9)(ii))"],
        US_SOURCE,
        Read,
    ),
    rule(
        "us_tolerance_regular",
        UnitedStates,
        either_way(125),
        (2012_0101, NO_END),
        ["规则交易：上下各 1/8 个百分点", "a regular transaction: 1/8 of 1 percentage point either way"],
        "12 CFR 1026.22(a)(2), edition of 1 January 2012",
        Read,
    ),
    rule(
        "us_tolerance_irregular",
        UnitedStates,
        either_way(250),
        (2012_0101, NO_END),
        ["不规则交易：上下各 1/4 个百分点", "an irregular transaction: 1/4 of 1 percentage point either way"],
        "12 CFR 1026.22(a)(3), edition of 1 January 2012",
        Read,
    ),
    rule(
        "us_describe_apr",
        UnitedStates,
        Content::Statement,
        (2012_0101, NO_END),
        [
            "年化利率（ANNUAL PERCENTAGE RATE）：以年率表示的您的信贷成本。",
            "ANNUAL PERCENTAGE RATE: the cost of your credit as a yearly rate.",
        ],
        TILA_BOX_SOURCE,
        Recalled,
    ),
    rule(
        "us_describe_finance_charge",
        UnitedStates,
        Content::Statement,
        (2012_0101, NO_END),
        [
            "融资费用（FINANCE CHARGE）：这笔信贷将花费您的金额。",
            "FINANCE CHARGE: the dollar amount the credit will cost you.",
        ],
        TILA_BOX_SOURCE,
        Recalled,
    ),
    rule(
        "us_describe_amount_financed",
        UnitedStates,
        Content::Statement,
        (2012_0101, NO_END),
        [
            "融资金额（Amount Financed）：提供给您或代您支付的信贷金额。",
            "Amount Financed: the amount of credit provided to you or on your behalf.",
        ],
        TILA_BOX_SOURCE,
        Recalled,
    ),
    rule(
        "us_describe_total_of_payments",
        UnitedStates,
        Content::Statement,
        (2012_0101, NO_END),
        [
            "还款总额（Total of Payments）：按期付清全部款项后您总共支付的金额。",
            "Total of Payments: the amount you will have paid after you have made all payments as scheduled.",
        ],
        TILA_BOX_SOURCE,
        Recalled,
    ),
    rule(
        "eu_ccd_2008_48",
        EuropeanUnion,
        Content::LegalBasis,
        (2010_0611, CCD_2008_LAST_DAY),
        ["欧盟消费信贷指令 2008/48/EC，附件一", "Consumer Credit Directive 2008/48/EC, Annex I"],
        "Annex I as published on legislation.gov.uk and judict.eu; its last day is from general knowledge",
        Read,
    ),
    rule(
        "eu_ccd_2023_2225",
        EuropeanUnion,
        Content::LegalBasis,
        (CCD_2023_FIRST_DAY, NO_END),
        ["欧盟消费信贷指令 (EU) 2023/2225，附件三", "Consumer Credit Directive (EU) 2023/2225, Annex III"],
        "general knowledge; the wording of Annex III was not read",
        Recalled,
    ),
    rule(
        "eu_decimals",
        EuropeanUnion,
        Content::Decimals(1),
        (2010_0611, CCD_2008_LAST_DAY),
        [
            "至少一位小数，下一位数字不小于 5 时进一（附件一备注 (d)）",
            "at least one decimal; where the next digit is 5 or more it goes up by one (Annex I, remark (d))",
        ],
        "Annex I of 2008/48/EC, remark (d)",
        Read,
    ),
    rule(
        "eu_decimals",
        EuropeanUnion,
        Content::Decimals(1),
        (CCD_2023_FIRST_DAY, NO_END),
        [
            "至少一位小数，下一位数字不小于 5 时进一",
            "at least one decimal; where the next digit is 5 or more it goes up by one",
        ],
        "taken over from 2008/48/EC; the remarks of Annex III of 2023/2225 were not read",
        Recalled,
    ),
    rule(
        "eu_representative_example",
        EuropeanUnion,
        Content::Statement,
        (2010_0611, NO_END),
        [
            "代表性示例：信贷总额 {totalAmountOfCredit} {currency}；借款利率 {borrowingRate}；分 {instalmentCount} 期：\
             {paymentSchedule}；信贷总成本 {totalCostOfCredit} {currency}；年化百分比费率（APRC）{aprc}；\
             应还总额 {totalAmountPayable} {currency}。",
            "Representative example: total amount of credit {totalAmountOfCredit} {currency}; borrowing rate \
             {borrowingRate}; {instalmentCount} instalments: {paymentSchedule}; total cost of the credit \
             {totalCostOfCredit} {currency}; APRC {aprc}; total amount payable {totalAmountPayable} {currency}.",
        ],
        "2008/48/EC art. 4(2), from general knowledge",
        Recalled,
    ),
    rule(
        "eu_borrowing_costs_money",
        EuropeanUnion,
        Content::Statement,
        (CCD_2023_FIRST_DAY, NO_END),
        ["注意！借钱要花钱。", "Caution! Borrowing money costs money."],
        "(EU) 2023/2225 art. 8(1), from general knowledge",
        Recalled,
    ),
    rule(
        "uk_si_2010_1013",
        UnitedKingdom,
        Content::LegalBasis,
        (2011_0201, NO_END),
        [
            "英国《消费信贷（信息披露）条例》2010，S.I. 2010/1013",
            "Consumer Credit (Disclosure of Information) Regulations 2010, S.I. 2010/1013",
        ],
        "Schedule 2; the day it came into force is from general knowledge",
        Read,
    ),
    rule(
        "uk_conc_app_1_2",
        UnitedKingdom,
        Content::LegalBasis,
        (2014_0401, NO_END),
        [
            "英国金融行为监管局手册 CONC 附录 1.2（年化百分比费率）",
            "FCA Handbook, CONC App 1.2 (the total charge for credit and the APR)",
        ],
        "general knowledge",
        Recalled,
    ),
    rule(
        "uk_decimals",
        UnitedKingdom,
        Content::Decimals(1),
        (2011_0201, NO_END),
        ["年化百分比费率展示一位小数", "the APR is shown with one decimal"],
        "notes on S.I. 2010/1013",
        SecondHand,
    ),
    rule(
        "uk_tolerance",
        UnitedKingdom,
        Content::Tolerance { above: RATE_UNIT / 100, below: RATE_UNIT / 1000 },
        (2011_0201, NO_END),
        [
            "所披露的年化百分比费率可高出至多 1 个百分点，或低出至多 0.1 个百分点",
            "the APR disclosed may exceed the exact one by at most 1, or fall short of it by at most 0.1 of a percentage point",
        ],
        "S.I. 2010/1013, Schedule 2",
        Read,
    ),
    rule(
        "uk_representative_example",
        UnitedKingdom,
        Content::Statement,
        (2011_0201, NO_END),
        [
            "代表性示例：信贷总额 {totalAmountOfCredit} {currency}；利率 {borrowingRate}；分 {instalmentCount} 期：\
             {paymentSchedule}；应还总额 {totalAmountPayable} {currency}；代表性 APR {aprc}。",
            "Representative example: total amount of credit {totalAmountOfCredit} {currency}; rate of interest \
             {borrowingRate}; {instalmentCount} instalments: {paymentSchedule}; total amount payable \
             {totalAmountPayable} {currency}; representative {aprc} APR.",
        ],
        "CONC 3.5, from general knowledge",
        Recalled,
    ),
    rule(
        "in_rbi_kfs",
        India,
        Content::LegalBasis,
        (2024_1001, NO_END),
        [
            "印度储备银行通知 DOR.STR.REC.13/13.03.00/2024-25（关键事实说明书，KFS）",
            "Reserve Bank of India, DOR.STR.REC.13/13.03.00/2024-25 (Key Facts Statement for loans)",
        ],
        "first page of the circular of 2024-04-15",
        Read,
    ),
    rule(
        "in_decimals",
        India,
        Content::Decimals(2),
        (2024_1001, NO_END),
        ["年化百分比费率展示两位小数", "the APR is shown with two decimals"],
        "the illustration of Annex B, 17.07, from general knowledge",
        Recalled,
    ),
    rule(
        "in_confirmation",
        India,
        Content::Confirmation(Confirmation::Signature),
        (2024_1001, NO_END),
        ["向借款人说明 KFS 并取得其确认", "the statement is explained and the borrower's acknowledgement obtained"],
        "the circular, from general knowledge",
        Recalled,
    ),
    rule(
        "in_nothing_else",
        India,
        Content::Statement,
        (2024_1001, NO_END),
        [
            "未经您明确同意，不得在贷款期内收取本说明书未列明的任何费用。",
            "No fee or charge that is not mentioned in this statement can be levied during the term of the loan without \
             your explicit consent.",
        ],
        "the circular, from general knowledge",
        Recalled,
    ),
];
