/** The words of the pop-up that explains a figure. */
export default {
  "zh-CN": {
    "explain.close": "关闭",
    "explain.principal": "借款金额",
    "explain.fees": "全部费用（从放款中扣除的才减去）",
    "explain.interestAndFees": "利息和费用，减去优惠",
    "explain.payments.text": "各期还款与放款当天另付的费用相加：就是拿到手的钱，加上为这笔钱付出的全部成本。",
    "explain.payments.formula": "总共要付 = 实际到手 + 借款总成本",
    "explain.proceeds.text": "放款时真正到您手里的钱。从放款中扣除的费用使它变少；另行支付或计入本金的费用不影响它。",
    "explain.proceeds.formula": "实际到手 = 借款金额 − 从放款中扣除的费用",
  },
  en: {
    "explain.close": "Close",
    "explain.principal": "Loan amount",
    "explain.fees": "All fees (only those kept from the payout are taken off)",
    "explain.interestAndFees": "Interest and fees, less benefits",
    "explain.payments.text": "All instalments and any fee paid on the day the loan is paid out: what you received, and everything you paid for it.",
    "explain.payments.formula": "You pay in total = you receive + what it costs in total",
    "explain.proceeds.text": "The money that reaches you. A fee kept from the payout makes it less; one that is paid separately or added to the loan does not.",
    "explain.proceeds.formula": "You receive = loan amount − fees kept from the payout",
  },
};
