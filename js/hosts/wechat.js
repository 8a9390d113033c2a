/** WeChat (微信), base library 2.13 and later: a path inside the package only, as 构建 npm lays it. */
export const wechat = {
  path: "/miniprogram_npm/clearloan/clearloan.wasm",
  webAssembly: () => (typeof WXWebAssembly === "undefined" ? undefined : WXWebAssembly),
};
