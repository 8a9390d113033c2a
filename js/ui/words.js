// The words of the disclosure's table and pop-up. What the law wants said comes from the rules with the disclosure itself; here are
// only the labels around it.

/** @typedef {import("../clearloan.js").Locale} Locale */

/** @type {Record<Locale, Record<string, string>>} */
export const WORDS = {
  "zh-CN": {
    "title.CN": "综合融资成本明示表",
    "title.US": "贷款成本披露（美国）",
    "title.EU": "消费信贷信息（欧盟）",
    "title.UK": "信贷信息（英国）",
    "title.IN": "关键事实说明（印度）",
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
    "read.seconds": "请阅读，还需 {seconds} 秒",
    "read.scroll": "请把内容滚动到末尾",
    "read.done": "已读完，请勾选后确认",
    "region": "明示表内容，可上下滚动",
    "agree": "我已阅读并知悉上述综合融资成本",
    "confirm": "确认",
    "close": "关闭",
    "print": "打印或存为 PDF",
  },
  en: {
    "title.CN": "Statement of the all-in cost of the loan",
    "title.US": "Truth-in-lending disclosure",
    "title.EU": "Information on the credit (EU)",
    "title.UK": "Information on the credit (UK)",
    "title.IN": "Key facts statement",
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
    "read.seconds": "Please read; {seconds} seconds to go",
    "read.scroll": "Please scroll to the end",
    "read.done": "Read to the end: tick the box, then confirm",
    "region": "The statement, scrolls up and down",
    "agree": "I have read and understood this all-in cost",
    "confirm": "Confirm",
    "close": "Close",
    "print": "Print or save as PDF",
  },
};

/**
 * @param {Locale} locale
 * @returns {(code: string, values?: Record<string, string | number>) => string}
 */
export const sayIn = (locale) => (code, values = {}) =>
  (WORDS[locale][code] ?? code).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
