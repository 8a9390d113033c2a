// 平台自己的几样东西：今天的日期、日历。支付宝、抖音、京东各自的写法见 README。

function two(number) { return (number < 10 ? "0" : "") + number; }

module.exports = {
  name: "wechat",
  /** 引擎没有时钟：今天由页面给出。 */
  today() {
    const now = new Date();
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  },
  /** 一条 hostCalendar 的参数，交给它所说的接口；须由用户点击触发。 */
  addToCalendar(event) {
    const given = Object.assign({}, event);
    delete given.api;
    return new Promise((resolve, reject) => {
      const add = event.api === "wx.addPhoneRepeatCalendar" ? wx.addPhoneRepeatCalendar : wx.addPhoneCalendar;
      add(Object.assign(given, { success: resolve, fail: (result) => reject(new Error(result.errMsg)) }));
    });
  },
};
