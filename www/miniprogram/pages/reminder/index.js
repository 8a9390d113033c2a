const { clearloan, grouped, ready, terms, wordsOf } = require("../../lib/engine.js");
const host = require("../../lib/host.js");

Page({
  data: { faults: [], events: [], added: 0, isDone: false },

  /** 点击之前就算好：平台的日历接口必须由用户点击直接触发。 */
  onLoad() {
    return ready().then(() => {
      const plan = clearloan.remind(terms(), { today: host.today(), loanId: "demo", at: "09:00", locale: "zh-CN" });
      this.events = clearloan.hostCalendar(plan, host.name);
      this.setData({ events: this.events.map(({ title, api }) => ({ title: grouped(title), isRepeated: api === "wx.addPhoneRepeatCalendar" })) });
    }).catch((error) => this.setData({ faults: wordsOf(error) }));
  },

  /** 一条接一条；用户拒绝就停下，下一次点击从那里继续。 */
  add() {
    const next = () => {
      if (this.data.added === this.events.length) return this.setData({ isDone: true });
      return host.addToCalendar(this.events[this.data.added]).then(() => {
        this.setData({ added: this.data.added + 1 });
        return next();
      });
    };
    return next().then(() => this.setData({ faults: [] }), (error) => this.setData({ faults: wordsOf(error) }));
  },
});
