//! China: how the cost of a loan is shown, what limits it is held against, what marketing may not say.

use super::{
    Certainty, Confirmation, Content, LenderType, Lenders, Limit, Measure, NO_END, RATE_UNIT, Regime, Rule, shipped,
};
use Certainty::{Recalled, SecondHand};

const fn rule(
    code: &'static str,
    content: Content<'static>,
    (since, until): (u32, u32),
    words: [&'static str; 2],
    source: &'static str,
    certainty: Certainty,
) -> Rule<'static> {
    shipped(Rule { code, regime: Regime::China, content, since, until, words, source, certainty })
}

const fn cap(types: &[LenderType], limit: Limit) -> Content<'static> {
    Content::Cap { lenders: Lenders::of(types), limit, measure: Measure::SimpleAnnual }
}

const fn percent(points: i64) -> Limit {
    Limit::Fixed(points * RATE_UNIT / 100)
}

use LenderType::{AutoFinance, Bank, ConsumerFinance, Other, SmallLoan, Trust};

const COST_RULE_SOURCE: &str = "Xinhua 2026-03-17, China Net 2026-03-15, CCTV; the official text was not read";
const MARKETING_RULE_SOURCE: &str = "reports of the measures published by the Cyberspace Administration on 2026-04-24; \
                                     the official text was not read";
const PRIVATE_LENDING_2015: [&str; 2] = [
    "最高人民法院法释〔2015〕18号（民间借贷司法解释，2020年8月20日起不再适用）",
    "Supreme People's Court, Fa Shi [2015] No. 18 (private lending; no longer applied from 20 August 2020)",
];

pub(super) static RULES: [Rule<'static>; 18] = [
    // ───────── what must be shown ─────────
    rule(
        "cn_pboc_2021_3",
        Content::LegalBasis,
        (2021_0331, NO_END),
        [
            "中国人民银行公告〔2021〕第3号（明示贷款年化利率）",
            "People's Bank of China, Announcement [2021] No. 3 (showing the annualised rate of a loan)",
        ],
        "People's Daily 2021-04-01 on the announcement dated 2021-03-12, published 2021-03-31",
        SecondHand,
    ),
    rule(
        "cn_cost_disclosure_2026_2",
        Content::LegalBasis,
        (2026_0801, NO_END),
        [
            "《个人贷款业务明示综合融资成本规定》（金规〔2026〕2号）",
            "Provisions on Disclosing the All-in Financing Cost of Personal Loans (Jin Gui [2026] No. 2)",
        ],
        COST_RULE_SOURCE,
        SecondHand,
    ),
    rule(
        "cn_nothing_else",
        Content::Statement,
        (2026_0801, NO_END),
        [
            "除上述明示的息费项目外，贷款人及其合作机构不再收取其他任何与贷款有关的费用。",
            "Beyond the items shown above, neither the lender nor its partners charge anything else for this loan.",
        ],
        COST_RULE_SOURCE,
        SecondHand,
    ),
    rule(
        "cn_reading_seconds",
        Content::ReadingSeconds(10),
        (2026_0801, NO_END),
        [
            "弹窗展示须设置强制阅读时间；时长未见规定，10 秒为本引擎的假设",
            "the window needs a forced reading time; its length is not known to be fixed, 10 seconds are this engine's guess",
        ],
        "the duty: Xinhua 2026-03-17; the length: an assumption",
        Recalled,
    ),
    rule(
        "cn_confirmation",
        Content::Confirmation(Confirmation::Popup),
        (2026_0801, NO_END),
        [
            "线上办理：弹窗展示、强制阅读、签约前确认（网点办理为签字，线上购物分期为支付页显著展示）",
            "online: a window, a forced reading time, a confirmation before signing (at a branch a signature; for \
             purchases by instalments, on the payment page)",
        ],
        COST_RULE_SOURCE,
        SecondHand,
    ),
    rule(
        "cn_decimals",
        Content::Decimals(2),
        (2021_0331, NO_END),
        [
            "年化利率展示两位小数，如官方示例 12.80%",
            "annual rates are shown with two decimals, as in the example 12.80%",
        ],
        "the example annexed to Announcement [2021] No. 3, quoted second-hand",
        SecondHand,
    ),
    // ───────── what the annual cost is held against ─────────
    rule(
        "cn_assisted_lending_24",
        cap(&[Bank, ConsumerFinance, AutoFinance, Trust], percent(24)),
        (2025_1001, NO_END),
        [
            "金规〔2025〕9号（互联网助贷业务）第六条：增信服务费等计入综合融资成本，通行理解为不超过 24%",
            "Jin Gui [2025] No. 9 (assisted internet lending), art. 6: guarantee fees count; commonly read as at most 24%",
        ],
        "law-firm commentary on the notice of 2025-04-01; article 6 itself was not read",
        SecondHand,
    ),
    rule(
        "cn_financial_institutions_24",
        cap(&[Bank, ConsumerFinance, AutoFinance, Trust, SmallLoan], percent(24)),
        (2017_0804, NO_END),
        [
            "最高人民法院法发〔2017〕22号第二条：金融借款合同息费总计过高的可请求调减，以年利率 24% 为界",
            "Supreme People's Court, Fa Fa [2017] No. 22, art. 2: costs of a financial loan beyond 24% a year may be \
             reduced on request",
        ],
        "general knowledge",
        Recalled,
    ),
    rule(
        "cn_small_loan_24",
        cap(&[SmallLoan], percent(24)),
        (2025_1224, 2027_1230),
        [
            "《小额贷款公司综合融资成本管理工作指引》（过渡期 24%）",
            "Guideline on the All-in Financing Cost of Small-loan Companies (24% in the transition)",
        ],
        "general knowledge; the guideline was circulated on 2025-12-24",
        Recalled,
    ),
    rule(
        "cn_small_loan_4_lpr",
        cap(&[SmallLoan], Limit::TimesLpr(4 * RATE_UNIT)),
        (2027_1231, NO_END),
        [
            "《小额贷款公司综合融资成本管理工作指引》：至迟 2027 年底新发放贷款不超过 1 年期 LPR 的 4 倍",
            "Guideline on the All-in Financing Cost of Small-loan Companies: new loans within 4 times the 1-year LPR by \
             the end of 2027",
        ],
        "news of 2025-12-24",
        SecondHand,
    ),
    rule(
        "cn_private_lending_4_lpr",
        cap(&[Other], Limit::TimesLpr(4 * RATE_UNIT)),
        (2020_0820, NO_END),
        [
            "最高人民法院法释〔2020〕17号第二十五条（民间借贷）：合同成立时 1 年期 LPR 的 4 倍",
            "Supreme People's Court, Fa Shi [2020] No. 17, art. 25 (private lending): 4 times the 1-year LPR at the \
             making of the contract",
        ],
        "general knowledge",
        Recalled,
    ),
    rule(
        "cn_private_lending_24",
        cap(&[Other], percent(24)),
        (2015_0901, 2020_0819),
        PRIVATE_LENDING_2015,
        "general knowledge",
        Recalled,
    ),
    rule(
        "cn_private_lending_36",
        cap(&[Other], percent(36)),
        (2015_0901, 2020_0819),
        PRIVATE_LENDING_2015,
        "general knowledge",
        Recalled,
    ),
    // ───────── what marketing may not say ─────────
    rule(
        "cn_inducing_words",
        Content::BannedWords("低门槛<降最|秒到账|低风险<降最|高收益<提"),
        (2026_0930, NO_END),
        [
            "《金融产品网络营销管理办法》（2026年9月30日起施行）：不得使用诱导性用语",
            "Measures for the Online Marketing of Financial Products (in force from 30 September 2026): no inducing words",
        ],
        MARKETING_RULE_SOURCE,
        SecondHand,
    ),
    rule(
        "cn_inducing_words_of_loans",
        Content::BannedWords("低利率<降最|无成本"),
        (2026_0930, NO_END),
        [
            "《金融产品网络营销管理办法》（2026年9月30日起施行）：诱导性用语，未经原文证实",
            "Measures for the Online Marketing of Financial Products (in force from 30 September 2026): inducing words, \
             not confirmed by the text",
        ],
        "the word list of a compliance script that cites art. 10 (7)",
        Recalled,
    ),
    rule(
        "cn_inducing_words_alike",
        Content::BannedWords(
            "零门槛|无门槛|0门槛<0123456789|秒到帐|秒批|秒过<0123456789 几数一二三十|秒审|秒放款|秒下款|秒贷|零风险|无风险|0风险<0123456789|零成本|\
             0成本<0123456789|零利率|0利率<0123456789|零利息|0利息<0123456789|零息|必过<不未何无",
        ),
        (2026_0930, NO_END),
        [
            "《金融产品网络营销管理办法》（2026年9月30日起施行）：与诱导性用语同义的说法，为本引擎的推断",
            "Measures for the Online Marketing of Financial Products (in force from 30 September 2026): words that mean the \
             same as inducing ones, as this engine reads them",
        ],
        "an assumption: the reported words in other words",
        Recalled,
    ),
    rule(
        "cn_rate_as_low_as",
        Content::BannedWords("利率低至|费率低至|年化低至|利息低至|日息低至|月息低至"),
        (2024_0711, NO_END),
        [
            "中国互联网金融协会 2024年7月11日倡议：以区间展示真实年化利率，不以“利率低至”宣传",
            "National Internet Finance Association of China, initiative of 11 July 2024: show the real annual rate as a \
             range, not \"rates as low as\"",
        ],
        "reports of the initiative",
        SecondHand,
    ),
    rule(
        "cn_rate_above_annual",
        Content::RateOrder {
            short: "日利率|日息|日费率|日化|日利息|每天利息|每日利息|一天利息|每天只需|每天仅需|每天只要|每日只需|每日仅需|\
                    每日只要|一天只需|一天仅需|一天只要|月利率|月息|月费率|月化|月利息|每月利息|期费率|期手续费率|期利率|%/日|%/天|\
                    %每日|%每天|%/月|%每月|%/期|%每期",
            annual: "年化|年利率|年费率|年息|年综合|综合融资成本|APR|%/年|%每年",
        },
        (2021_0331, NO_END),
        [
            "中国人民银行公告〔2021〕第3号：年化利率须以明显方式展示，日利率、月利率等不得比它更明显",
            "People's Bank of China, Announcement [2021] No. 3: the annual rate is shown conspicuously, and no daily or \
             monthly rate more so",
        ],
        "general knowledge; this sentence of the announcement was not read again",
        Recalled,
    ),
];
