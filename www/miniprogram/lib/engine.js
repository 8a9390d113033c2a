// 引擎与各页共用的合同要素。换平台时只改这里的两处：init 的参数（见 README），和 lib/host.js。
const clearloan = require("clearloan");

let terms = {
  principal: "20000.00",
  interest: { annual: "0.18" },
  method: "equalInstalment",
  instalmentCount: 12,
  disbursementDate: "2026-11-24",
  fees: [{ code: "service", name: "服务费", payee: "示例平台", charge: { rate: "0.01", of: "principal" }, when: "disbursement", settlement: "deducted" }],
};

/** 表单里的字段，用读者的话说。 */
const FIELDS = { principal: "本金", "interest.annual": "名义年利率", instalmentCount: "期数" };

module.exports = {
  clearloan,
  /** 在每页的 onLoad 里调用；重复调用返回同一个 Promise。 */
  ready: () => clearloan.init(),
  terms: () => terms,
  setTerms(changes) { terms = Object.assign({}, terms, changes); },
  /** 出错时的中文说明：LoanError 列出每个有误的字段。 */
  wordsOf(error) {
    if (!error || !error.issues) return [String((error && error.message) || error)];
    return error.issues.map((issue) => (issue.field ? (FIELDS[issue.field] || issue.field) + "：" : "") + issue.message["zh-CN"]);
  },
  /** 文字里的金额加千位分隔，日期写成 2026/12/24。 */
  readable: (text) => grouped(text).replace(/(\d{4})-(\d{2})-(\d{2})/g, "$1/$2/$3"),
  grouped,
};

/** "1833.60" → "1,833.60"；期数和日期不变。 */
function grouped(text) {
  return text.replace(/\d{4,}(?=\.\d)/g, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
}
