const engine = require("../../lib/engine.js");
const { clearloan, grouped, readable, ready, wordsOf } = engine;

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
      // 法律要求最显著的那一项，名称和写法都由明示表给出。
      const { headline } = clearloan.disclose(engine.terms(), { regime: "CN", on: engine.terms().disbursementDate });
      this.instalments = schedule.instalments;
      this.setData({
        faults: [],
        figures: {
          // 只有末期差一两分的，仍是“每期”。
          each: schedule.instalments.slice(0, -1).every(({ payment }) => payment === schedule.firstPayment) ? "每期应还（元）" : "首期应还（元）",
          label: headline.label, headline: headline.shown, compound: shownRate(cost.compoundAnnual),
          first: grouped(schedule.firstPayment), last: grouped(schedule.lastPayment), proceeds: grouped(schedule.proceeds),
          interest: grouped(schedule.totals.interest), charge: grouped(schedule.totals.financeCharge),
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

/** "0.2186793187" → "21.87%"：两位小数，四舍五入；只有这一步用整数，不用浮点数。 */
function shownRate(rate) {
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(rate);
  const digits = (found[3] || "").padEnd(5, "0");
  const hundredths = String(Number(found[2] + digits.slice(0, 4)) + (digits[4] >= "5" ? 1 : 0)).padStart(3, "0");
  return found[1] + grouped(hundredths.slice(0, -2) + "." + hundredths.slice(-2)) + "%";
}

function shownRow({ number, dueDate, payment, interest, closingBalance }) {
  return { number, dueDate: readable(dueDate), payment: grouped(payment), interest: grouped(interest), balance: grouped(closingBalance) };
}
