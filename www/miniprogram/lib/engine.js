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

module.exports = {
  clearloan,
  /** 在每页的 onLoad 里调用；重复调用返回同一个 Promise。 */
  ready: () => clearloan.init(),
  terms: () => terms,
  setTerms(changes) { terms = Object.assign({}, terms, changes); },
  /** 出错时的中文说明：LoanError 列出每个有误的字段。 */
  wordsOf(error) {
    if (!error || !error.issues) return [String((error && error.message) || error)];
    return error.issues.map((issue) => (issue.field ? issue.field + "：" : "") + issue.message["zh-CN"]);
  },
};
