/** Douyin (抖音), base library 2.34 and later: the leading slash is needed, and there is no globalThis. */
export const douyin = {
  path: "/miniprogram_npm/clearloan/clearloan.wasm",
  webAssembly: () => (typeof TTWebAssembly === "undefined" ? undefined : TTWebAssembly),
};
