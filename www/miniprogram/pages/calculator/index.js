const engine = require("../../lib/engine.js");
const { clearloan, ready, wordsOf } = engine;

/** 一次放进 setData 的行数。600 期也只传看得见的这一段。 */
const ROWS_A_PAGE = 12;
const METHODS = [
  { value: "equalInstalment", name: "等额本息" }, { value: "equalPrincipal", name: "等额本金" },
  { value: "interestOnly", name: "先息后本" }, { value: "flat", name: "等本等息" },
];

Page({
  data: { principal: "20000", percent: "18", count: "12", methods: METHODS, method: 0, faults: [], figures: null, rows: [], hasMore: false },

  onLoad() {
    return ready().then(() => this.quote(), (error) => this.setData({ faults: wordsOf(error) }));
  },

  onPrincipal(event) { this.change({ principal: event.detail.value }); },
  onPercent(event) { this.change({ percent: event.detail.value }); },
  onCount(event) { this.change({ count: event.detail.value }); },
  onMethod(event) { this.change({ method: Number(event.detail.value) }); },

  change(field) {
    this.setData(field);
    this.quote();
  },

  /** 报价留在页面对象上，不进 setData：界面只拿要显示的。 */
  quote() {
    const { principal, percent, count, method } = this.data;
    engine.setTerms({ principal, interest: { annual: fraction(percent) }, instalmentCount: Number(count), method: METHODS[method].value });
    try {
      const { schedule, cost } = clearloan.quote(engine.terms());
      this.instalments = schedule.instalments;
      this.setData({
        faults: [],
        figures: {
          first: schedule.firstPayment, last: schedule.lastPayment, proceeds: schedule.proceeds, interest: schedule.totals.interest,
          charge: schedule.totals.financeCharge, simple: shownRate(cost.simpleAnnual), compound: shownRate(cost.compoundAnnual),
        },
        rows: this.instalments.slice(0, ROWS_A_PAGE).map(shownRow),
        hasMore: this.instalments.length > ROWS_A_PAGE,
      });
    } catch (error) {
      this.instalments = [];
      this.setData({ faults: wordsOf(error), figures: null, rows: [], hasMore: false });
    }
  },

  /** 只追加下一页的行。 */
  more() {
    const from = this.data.rows.length;
    const added = {};
    this.instalments.slice(from, from + ROWS_A_PAGE).forEach((row, index) => { added["rows[" + (from + index) + "]"] = shownRow(row); });
    added.hasMore = from + ROWS_A_PAGE < this.instalments.length;
    this.setData(added);
  },

  toCost() { wx.navigateTo({ url: "/pages/cost/index" }); },
  toPrecheck() { wx.navigateTo({ url: "/pages/precheck/index" }); },
  toReminder() { wx.navigateTo({ url: "/pages/reminder/index" }); },
  toProbe() { wx.navigateTo({ url: "/pages/probe/index" }); },
});

/** "18.5" → "0.185"：移动小数点，不做浮点运算；不是数字的原样交给引擎，由它指出。 */
function fraction(percent) {
  const found = /^(\d{1,4})(?:\.(\d{1,8}))?$/.exec(percent.trim());
  if (!found) return percent;
  const digits = found[1].padStart(3, "0");
  return digits.slice(0, -2) + "." + digits.slice(-2) + (found[2] || "");
}

/** "0.1994064065" → "19.94064065%"。 */
function shownRate(rate) {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(rate);
  const fractional = (found[3] || "").padEnd(2, "0");
  const whole = (found[2] + fractional.slice(0, 2)).replace(/^0+(?=\d)/, "");
  const rest = fractional.slice(2).replace(/0+$/, "");
  return found[1] + whole + (rest === "" ? "" : "." + rest) + "%";
}

function shownRow({ number, dueDate, payment, principal, interest, closingBalance }) {
  return { number, dueDate, payment, principal, interest, closingBalance };
}
