const { clearloan, ready, terms, wordsOf } = require("../../lib/engine.js");

const CALLS = 20;

Page({
  data: { engine: "", version: "", milliseconds: "", globals: [], faults: [] },

  onLoad() {
    this.setData({ globals: globals() });
    return ready().then(() => {
      const start = Date.now();
      for (let call = 0; call < CALLS; call += 1) clearloan.quote(terms());
      this.setData({ engine: clearloan.engine(), version: clearloan.version.engine + " / " + clearloan.version.rules, milliseconds: String((Date.now() - start) / CALLS) });
    }).catch((error) => this.setData({ faults: wordsOf(error) }));
  },
});

/** 逐个写出：有的平台没有 globalThis，只能用 typeof。 */
function globals() {
  return [
    ["WXWebAssembly", typeof WXWebAssembly], ["TTWebAssembly", typeof TTWebAssembly], ["MYWebAssembly", typeof MYWebAssembly], ["WebAssembly", typeof WebAssembly],
    ["globalThis", typeof globalThis], ["BigInt", typeof BigInt], ["Intl", typeof Intl], ["TextDecoder", typeof TextDecoder], ["WeakRef", typeof WeakRef],
    ["FinalizationRegistry", typeof FinalizationRegistry], ["structuredClone", typeof structuredClone], ["fetch", typeof fetch], ["performance", typeof performance],
  ].map(([name, kind]) => ({ name, has: kind !== "undefined" }));
}
