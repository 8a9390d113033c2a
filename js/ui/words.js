// The words of the disclosure's table; its title and its pop-up have theirs in dialog-words.js, which the page loads later. What the law
// wants said comes from the rules with the disclosure itself; here are only the labels around it.

/** @typedef {import("../clearloan.js").Locale} Locale */

/** @type {Record<Locale, Record<string, string>>} */
export const WORDS = {
  "zh-CN": {
    "item": "息费项目",
    "collection": "收取方式",
    "standard": "收取标准（折算年化）",
    "payee": "收取主体",
    "unnamed": "未写明",
    "items": "正常履约时的息费项目",
    "contingent": "违约、挪用或提前还款时的息费",
    "contingent.none": "合同要素中没有这类息费。",
    "contingent.standard": "收取标准",
    "figures": "金额与期限",
    "pricing": "利率的组成",
    "pricing.rate": "年利率",
    "caps": "与利率上限的比较",
    "cap.within": "测得 {measured}，未超过 {limit}",
    "cap.beyond": "测得 {measured}，超过 {limit}",
    "basis": "依据",
    "basis.since": "{title}，{date} 起施行",
    "warnings": "给页面运营方的提示",
  },
  en: {
    "item": "Item",
    "collection": "How collected",
    "standard": "Standard, annualised",
    "payee": "Collected by",
    "unnamed": "not stated",
    "items": "Items while the loan is paid as agreed",
    "contingent": "Items on default, misuse or early repayment",
    "contingent.none": "These terms have none.",
    "contingent.standard": "Standard",
    "figures": "Amounts and term",
    "pricing": "What the rate is made of",
    "pricing.rate": "Rate a year",
    "caps": "Measured against rate limits",
    "cap.within": "measured {measured}, within {limit}",
    "cap.beyond": "measured {measured}, above {limit}",
    "basis": "Legal basis",
    "basis.since": "{title}, in force since {date}",
    "warnings": "For whoever runs this page",
  },
};

/**
 * @param {Locale} locale
 * @param {Record<Locale, Record<string, string>>} [words]
 * @returns {(code: string, values?: Record<string, string | number>) => string}
 */
export const sayIn = (locale, words = WORDS) => (code, values = {}) =>
  (words[locale][code] ?? code).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
