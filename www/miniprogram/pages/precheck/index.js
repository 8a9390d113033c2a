const { clearloan, grouped, ready, terms, wordsOf } = require("../../lib/engine.js");
const host = require("../../lib/host.js");
// 预审规则是数据：换成贷款人自己的即可。
const policy = require("clearloan/policies/consumer-credit");

const OUTCOMES = { eligible: "初步符合条件", refer: "需人工审核", ineligible: "目前不符合条件", incomplete: "还缺信息", notAssessed: "仅供测算" };
const YES_NO = [{ name: "否", value: false }, { name: "是", value: true }];

Page({
  data: { fields: [], faults: [], result: null },

  onLoad() {
    return ready().then(() => {
      this.handle = clearloan.loadPolicy(policy);
      this.facts = {};
      this.setData({ fields: policy.inputs.map(shownField) });
      this.check();
    }).catch((error) => this.setData({ faults: wordsOf(error) }));
  },

  onInput(event) { this.change(event.currentTarget.dataset.name, event.detail.value); },
  onPick(event) {
    const field = this.data.fields.find(({ name }) => name === event.currentTarget.dataset.name);
    const index = Number(event.detail.value);
    this.setData({ ["fields[" + this.data.fields.indexOf(field) + "].chosen"]: index });
    this.change(field.name, field.choices[index].value);
  },

  change(name, value) {
    const input = policy.inputs.find((one) => one.name === name);
    if (value === "") delete this.facts[name];
    else this.facts[name] = input.type === "integer" ? Number(value) : value;
    this.check();
  },

  check() {
    try {
      const { outcome, notice, limit, reasons, suggestions, factsUsed } = clearloan.precheck(this.handle, this.facts, { terms: terms(), on: host.today(), locale: "zh-CN" });
      this.setData({ faults: [], result: { outcome, shown: OUTCOMES[outcome], notice,
        // 不符合时说额度没有意义。
        limit: limit && (outcome === "eligible" || outcome === "refer") ? grouped(limit) : null, reasons: reasons.map(({ message }) => message),
        suggestions: suggestions.map(({ message }) => grouped(message)), used: factsUsed.length } });
    } catch (error) {
      this.setData({ faults: wordsOf(error), result: null });
    }
  },
});

/** 规则里的一个输入，作为表单的一行。 */
function shownField({ name, type, values }) {
  const words = policy.messages[name];
  const label = (words && words["zh-CN"]) || name;
  const choices = type === "boolean" ? YES_NO : type === "text" ? values.map((value) => ({ name: wordOf(name, value), value })) : null;
  return { name, label, choices, chosen: -1, keyboard: type === "integer" ? "number" : "digit" };
}

function wordOf(name, value) {
  const words = policy.messages["value." + name + "." + value];
  return (words && words["zh-CN"]) || value;
}
