//! The law as data with a date (法规数据): caps, tolerances, reading times, required sentences and legal bases. Each row
//! carries its source, the days on which it is in force, how sure we are of it, and its words in both languages. The day
//! asked for picks the rows; a caller may replace any of them or add its own (`read`).
//!
//! Nothing here decides anything: a row states a limit and where it comes from. Whether it binds a given loan depends on
//! the lender and the contract, so no row and no output says that anything is illegal.

pub(crate) mod china_calendar;

mod china;
mod elsewhere;
mod read;

pub use read::RULE_SHAPES;
pub(crate) use read::{in_units, read_rules};

use crate::date::{self, CivilDate};

/// The day on which the table was last worked on: what `version.rules` says.
pub const VERSION: &str = "2026-11-24";

/// Rates in a row are whole multiples of this part of one: twelve decimals, as in the terms of a loan.
pub const RATE_UNIT: i64 = 1_000_000_000_000;

/// Whose law.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Regime {
    /// Mainland China.
    China,
    /// United States of America.
    UnitedStates,
    /// European Union.
    EuropeanUnion,
    /// United Kingdom.
    UnitedKingdom,
    /// India.
    India,
}

impl Regime {
    /// Every regime with its name in the contract.
    pub const NAMES: [(&'static str, Regime); 5] = [
        ("CN", Regime::China),
        ("US", Regime::UnitedStates),
        ("EU", Regime::EuropeanUnion),
        ("UK", Regime::UnitedKingdom),
        ("IN", Regime::India),
    ];
}

/// How a row came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The primary text, or a faithful copy, was read.
    Read,
    /// From news, commentary or somebody else's notes.
    SecondHand,
    /// General knowledge or an assumption, unconfirmed.
    Recalled,
}

impl Certainty {
    /// Every certainty with its name in a row.
    pub const NAMES: [(&'static str, Certainty); 3] =
        [("read", Certainty::Read), ("secondHand", Certainty::SecondHand), ("recalled", Certainty::Recalled)];
}

/// What kind of institution lends (放贷机构类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LenderType {
    /// 银行.
    Bank,
    /// 消费金融公司.
    ConsumerFinance,
    /// 汽车金融公司.
    AutoFinance,
    /// 信托公司.
    Trust,
    /// 小额贷款公司.
    SmallLoan,
    /// Anybody else; in China, private lending (民间借贷).
    Other,
}

impl LenderType {
    /// Every type with its name in the contract.
    pub const NAMES: [(&'static str, LenderType); 6] = [
        ("bank", LenderType::Bank),
        ("consumerFinance", LenderType::ConsumerFinance),
        ("autoFinance", LenderType::AutoFinance),
        ("trust", LenderType::Trust),
        ("smallLoan", LenderType::SmallLoan),
        ("other", LenderType::Other),
    ];
}

/// A set of lender types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lenders(u8);

impl Lenders {
    /// Whoever lends.
    pub const ALL: Lenders = Lenders(u8::MAX);

    /// These types.
    #[must_use]
    pub const fn of(types: &[LenderType]) -> Lenders {
        let (mut set, mut index) = (0, 0);
        while index < types.len() {
            set |= 1 << types[index] as u8;
            index += 1;
        }
        Lenders(set)
    }

    /// Whether the set has this type.
    #[must_use]
    pub fn contains(self, lender_type: LenderType) -> bool {
        self.0 & 1 << lender_type as u8 != 0
    }
}

/// Which figure of the cost is held against a cap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// `Cost.simpleAnnual`.
    SimpleAnnual,
    /// `Cost.compoundAnnual`.
    CompoundAnnual,
    /// `Cost.itemised.total`.
    Itemised,
    /// `Cost.usApr`.
    UsApr,
    /// `Cost.euAprc`.
    EuAprc,
    /// `Cost.xirr`.
    Xirr,
}

impl Measure {
    /// Every measure with its name in a row.
    pub const NAMES: [(&'static str, Measure); 6] = [
        ("simpleAnnual", Measure::SimpleAnnual),
        ("compoundAnnual", Measure::CompoundAnnual),
        ("itemised", Measure::Itemised),
        ("usApr", Measure::UsApr),
        ("euAprc", Measure::EuAprc),
        ("xirr", Measure::Xirr),
    ];
}

/// The highest rate that a cap allows, in units of [`RATE_UNIT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A rate.
    Fixed(i64),
    /// So many times the loan prime rate (LPR), which the caller gives: none is assumed.
    TimesLpr(i64),
}

/// How the borrower is made to take note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// A window with a forced reading time, then a confirmation (弹窗).
    Popup,
    /// A signature on the table (签字).
    Signature,
    /// Shown conspicuously on the page itself.
    Inline,
}

impl Confirmation {
    /// Every way with its name in the contract.
    pub const NAMES: [(&'static str, Confirmation); 3] =
        [("popup", Confirmation::Popup), ("signature", Confirmation::Signature), ("inline", Confirmation::Inline)];
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// Its words are the title of a law.
    LegalBasis,
    /// Its words must be shown. `{code}` stands for the figure of that code.
    Statement,
    /// The borrower cannot go on before so many seconds have passed.
    ReadingSeconds(u32),
    /// How the borrower takes note.
    Confirmation(Confirmation),
    /// The decimals of a percentage as it is shown.
    Decimals(u32),
    /// A ceiling of the annual cost.
    Cap {
        /// Whom it concerns.
        lenders: Lenders,
        /// The highest rate allowed.
        limit: Limit,
        /// Which rate is held against it.
        measure: Measure,
    },
    /// How far a disclosed rate may lie from the exact one, in units of [`RATE_UNIT`].
    Tolerance {
        /// Above it.
        above: i64,
        /// Below it.
        below: i64,
    },
    /// Words that marketing must not use, separated by '|'. What follows a '<' are characters that may not stand before
    /// the word: 低门槛 is meant, 降低门槛 is not.
    BannedWords(&'a str),
    /// Words for a rate of less than a year, and words for an annual one, each list separated by '|': the former may
    /// not be set above the latter.
    RateOrder {
        /// Of a day, a month, an instalment.
        short: &'a str,
        /// Of a year.
        annual: &'a str,
    },
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<'a> {
    /// Stable, for programs. A row of the caller's replaces all shipped ones of its code.
    pub code: &'a str,
    /// Whose law.
    pub regime: Regime,
    /// What it says.
    pub content: Content<'a>,
    /// The first day in force that the source vouches for, as YYYYMMDD.
    pub since: u32,
    /// The last day in force, as YYYYMMDD.
    pub until: u32,
    /// In Chinese and in English: a title, a sentence, or what the row is about.
    pub words: [&'a str; 2],
    /// Where it is known from.
    pub source: &'a str,
    /// How sure that is.
    pub certainty: Certainty,
}

/// The figures of a disclosure that a statement may name as `{code}`; each belongs to one or more regimes.
pub const FIGURES_IN_STATEMENTS: [&str; 28] = [
    "principal",
    "proceeds",
    "instalmentCount",
    "paymentSchedule",
    "totalInterest",
    "totalFees",
    "totalPayments",
    "financeCharge",
    "costCashFlowSimple",
    "costCashFlowCompound",
    "costAdditive",
    "apr",
    "aprc",
    "amountFinanced",
    "totalOfPayments",
    "totalAmountOfCredit",
    "borrowingRate",
    "totalCostOfCredit",
    "totalAmountPayable",
    "lowestDisclosedApr",
    "highestDisclosedApr",
    "loanAmount",
    "instalment",
    "rateOfInterest",
    "feesAndCharges",
    "netDisbursedAmount",
    "currency",
    "lender",
];

/// A shipped row, as it is kept: where it is known from is for whoever reads this code or asks the crate, and so are the
/// words of a row that no disclosure shows; a page does not pay for them.
const fn shipped(rule: Rule<'static>) -> Rule<'static> {
    if !cfg!(target_arch = "wasm32") {
        return rule;
    }
    let words = match rule.content {
        Content::ReadingSeconds(_) | Content::Confirmation(_) | Content::Decimals(_) | Content::Tolerance { .. } => {
            ["", ""]
        }
        // Findings cite the law in Chinese.
        Content::BannedWords(_) | Content::RateOrder { .. } => [rule.words[0], ""],
        Content::LegalBasis | Content::Statement | Content::Cap { .. } => rule.words,
    };
    Rule { source: "", words, ..rule }
}

/// No end is known.
pub const NO_END: u32 = 9999_1231;

/// Every shipped row. Order within a regime is the order of the disclosure.
pub static SHIPPED: [&[Rule<'static>]; 2] = [&china::RULES, &elsewhere::RULES];

/// The rows that count: the shipped ones, less those that the caller replaces, and the caller's.
#[derive(Clone, Debug, Default)]
pub struct RuleBook<'a> {
    own: Vec<Rule<'a>>,
}

impl<'a> RuleBook<'a> {
    /// The shipped rows and the caller's.
    #[must_use]
    pub fn with(own: Vec<Rule<'a>>) -> Self {
        RuleBook { own }
    }

    /// The rows of a regime in force on a day, in order; the caller's last.
    #[must_use]
    pub fn in_force(&self, regime: Regime, on: CivilDate) -> Vec<&Rule<'a>> {
        let day = date::packed(on);
        let mut rules = Vec::new();
        for (rows, are_shipped) in [(SHIPPED[0], true), (SHIPPED[1], true), (self.own.as_slice(), false)] {
            for rule in rows {
                let is_replaced = are_shipped && self.own.iter().any(|own| own.code == rule.code);
                if rule.regime == regime && rule.since <= day && day <= rule.until && !is_replaced {
                    rules.push(rule);
                }
            }
        }
        rules
    }
}
