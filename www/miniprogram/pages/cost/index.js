const { clearloan, readable, ready, terms, wordsOf } = require("../../lib/engine.js");
const host = require("../../lib/host.js");

Page({
  data: { faults: [], table: null, secondsLeft: 0, isAgreed: false, isConfirmed: false },

  onLoad() {
    return ready().then(() => this.disclose()).catch((error) => this.setData({ faults: wordsOf(error) }));
  },

  /** 强制阅读：按规则所说的秒数，数完之前不能确认。 */
  disclose() {
    const { headline, items, figures, contingent, statements, legalBasis, readingSeconds } = clearloan.disclose(terms(), { regime: "CN", on: host.today() });
    const shown = (list, field) => list.map((one) => Object.assign({}, one, { [field]: readable(one[field]) }));
    this.setData({
      table: {
        headline, items: shown(items, "standard"), figures: shown(figures, "value"), contingent: shown(contingent, "standard"), statements,
        legalBasis: legalBasis.map(({ title }) => title),
      },
      secondsLeft: readingSeconds,
    });
    this.timer = setInterval(() => this.tick(), 1000);
  },

  tick() {
    this.setData({ secondsLeft: this.data.secondsLeft - 1 });
    if (this.data.secondsLeft <= 0) clearInterval(this.timer);
  },

  /** 框不预先勾选；读完才能勾。 */
  onAgree(event) { this.setData({ isAgreed: this.data.secondsLeft <= 0 && event.detail.value.length > 0 }); },

  confirm() {
    if (this.data.secondsLeft > 0 || !this.data.isAgreed) return;
    this.setData({ isConfirmed: true });
  },

  /** 看不见时不算阅读：离开就停，回来接着数。 */
  onHide() { clearInterval(this.timer); },
  onUnload() { clearInterval(this.timer); },
  onShow() {
    if (this.data.table && this.data.secondsLeft > 0) {
      clearInterval(this.timer);
      this.timer = setInterval(() => this.tick(), 1000);
    }
  },
});
