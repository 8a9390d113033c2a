/** WeChat (微信), base library 2.13 and later: a path inside the package only. */
export const wechat = {
  /** @param {import("built:place").Place} place */
  path: ({ folder, file }) => `${folder}/${file}`,
  webAssembly: () => (typeof WXWebAssembly === "undefined" ? undefined : WXWebAssembly),
};
