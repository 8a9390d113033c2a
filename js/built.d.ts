// What scripts/package.mjs puts in place of these names.

declare module "built:glue" {
  export function createGlue(): import("./loader.js").Glue;
}
declare module "built:version" {
  export const VERSION: string;
  export const RULES: string;
}
declare module "built:wasm" {
  export const WASM_BASE64: string;
}
