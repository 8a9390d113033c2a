// A bare realm for each mini-program host, with what a phone has and no more (hosts.md: from devices and documents).

import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { DRIVER } from "./support.mjs";

/** Missing on every device, though simulators have some. */
const MISSING = ["WebAssembly", "TextEncoder", "TextDecoder", "fetch", "URL", "Response", "performance", "atob", "btoa", "crypto", "structuredClone",
  "window", "SharedArrayBuffer", "Atomics", "FinalizationRegistry", "eval"];
const NPM = "/miniprogram_npm/clearloan/clearloan.wasm";

export const PROFILES = [
  { name: "WeChat on iOS", global: "WXWebAssembly", path: NPM, engine: "wasm", missing: ["WeakRef"], noGlobals: true },
  { name: "WeChat on Android", global: "WXWebAssembly", path: NPM, engine: "wasm", missing: ["Intl"], instanceOnly: true },
  { name: "Douyin", global: "TTWebAssembly", path: NPM, engine: "wasm", missing: ["globalThis"], absolute: true },
  { name: "Alipay's Worker", global: "MYWebAssembly", path: "/workers/clearloan.wasm", engine: "wasm", missing: ["globalThis", "BigInt"], absolute: true },
  { name: "Alipay's Worker, with a path of its own", global: "MYWebAssembly", path: "/lib/engine.wasm", engine: "wasm", missing: ["globalThis", "BigInt"],
    absolute: true, init: { wasm: "/lib/engine.wasm" } },
  { name: "Alipay's logic layer", engine: "js", missing: ["globalThis", "BigInt"] },
  { name: "JD, QQ and Baidu", engine: "js", missing: ["globalThis", "Intl", "BigInt"] },
];

/** The package's own text in such a realm; what it asked its host for is in `seen`. */
export function startProfile(profile, folder, file = "clearloan.wasm") {
  const seen = { paths: [], required: [] };
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: true } });
  const inRealm = (text) => vm.runInContext(text, context);
  const realmWasm = inRealm("WebAssembly");
  const host = {
    /** Paths only; bytes are refused, as devices refuse them. */
    async instantiate(wasmPath, imports) {
      if (typeof wasmPath !== "string") throw new TypeError("a path is expected");
      if (profile.absolute && !wasmPath.startsWith("/")) throw new Error("the path must be absolute");
      seen.paths.push(wasmPath);
      if (profile.broken) throw new Error("file not found");
      const module = new realmWasm.Module(fs.readFileSync(path.join(folder, file)));
      if (profile.noGlobals && realmWasm.Module.exports(module).some(({ kind }) => kind === "global")) throw new Error("invalid wasm file");
      const instance = await realmWasm.instantiate(module, imports);
      return profile.instanceOnly ? instance : { instance };
    },
  };
  if (profile.global) inRealm(`(host) => { this.${profile.global} = host; }`)(host);
  const names = [...MISSING, ...profile.missing];
  inRealm(`for (const name of ${JSON.stringify(names)}) delete this[name];`);
  const left = inRealm(`[${names.map((name) => `typeof ${name}`).join()}]`);
  if (left.some((kind) => kind !== "undefined")) throw new Error(`the realm still has ${names.filter((_, index) => left[index] !== "undefined")}`);

  const modules = new Map();
  /** As mini-programs load modules: a function around each file, no file outside. */
  const require = (name) => {
    seen.required.push(name);
    if (!modules.has(name)) {
      const module = { exports: {} };
      modules.set(name, module);
      inRealm(`(function (require, module, exports) {${fs.readFileSync(path.join(folder, name), "utf8")}\n})`)(require, module, module.exports);
    }
    return modules.get(name).exports;
  };
  const clearloan = require("./index.js");
  inRealm(fs.readFileSync(DRIVER, "utf8"));
  return { clearloan, golden: inRealm("golden"), seen, inRealm };
}
