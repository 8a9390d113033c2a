// What scripts/package.mjs puts in place of these names, and what the hosts have.

declare module "built:glue" {
  export function createGlue(): import("./loader.js").Glue;
}
/** All calls, or those of the small build. */
declare module "built:api" {
  export function createApi(running: import("./plain-call.js").Running): Record<string, unknown>;
}
declare module "built:version" {
  export const VERSION: string;
  /** What the engine of this build says of itself. */
  export const IDENTITY: string;
  export const RULES: string;
}
/** What the files of this build are called, and where a mini-program has the wasm unless it says otherwise. */
declare module "built:place" {
  export interface Place { folder: string; file: string; script: string }
  export const PLACE: Place;
}
declare module "built:wasm" {
  export const WASM_BASE64: string;
}
/** The engine as JavaScript: its file beside the entry, or inside it. */
declare module "built:asm" {
  export const start: import("./loader.js").Start;
}

/** What mini-programs have in place of WebAssembly. */
interface HostWebAssembly {
  instantiate(path: unknown, imports: import("./loader.js").Imports): Promise<any>;
}
declare const WXWebAssembly: HostWebAssembly;
declare const TTWebAssembly: HostWebAssembly;
declare const MYWebAssembly: HostWebAssembly;
/** That of mini-programs; its paths are literals. */
declare function require(path: "built:asm"): { start: import("./loader.js").Start };
/** What clearloan.asm.js leaves, where it is loaded by a script tag. */
declare const clearloanAsm: { start: import("./loader.js").Start } | undefined;

/** Node's, where it is there. */
declare const Buffer: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } | undefined;
