/** Douyin (抖音), base library 2.34 and later: the leading slash is needed, and there is no globalThis. */
export const douyin = {
  /** @param {import("built:place").Place} place */
  path: ({ folder, file }) => `${folder}/${file}`,
  webAssembly: () => (typeof TTWebAssembly === "undefined" ? undefined : TTWebAssembly),
};
