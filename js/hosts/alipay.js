/** Alipay (支付宝): in a Worker only, an absolute path; its logic layer has none and runs the JavaScript engine. */
export const alipay = {
  /** @param {import("built:place").Place} place */
  path: ({ file }) => `/workers/${file}`,
  webAssembly: () => (typeof MYWebAssembly === "undefined" ? undefined : MYWebAssembly),
};
