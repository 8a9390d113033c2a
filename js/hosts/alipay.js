/** Alipay (支付宝): in a Worker only, an absolute path; its logic layer has none and runs the JavaScript engine. */
export const alipay = {
  path: "/workers/clearloan.wasm",
  webAssembly: () => (typeof MYWebAssembly === "undefined" ? undefined : MYWebAssembly),
};
