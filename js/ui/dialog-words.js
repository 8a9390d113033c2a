// The words around the disclosure's table: its title, and the pop-up that it is read and confirmed in.

/** @typedef {import("../clearloan.js").Locale} Locale */

/** @type {Record<Locale, Record<string, string>>} */
export const WORDS = {
  "zh-CN": {
    "title.CN": "综合融资成本明示表",
    "title.US": "贷款成本披露（美国）",
    "title.EU": "消费信贷信息（欧盟）",
    "title.UK": "信贷信息（英国）",
    "title.IN": "关键事实说明（印度）",
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
