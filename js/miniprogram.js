// The entry for mini-programs: the host's own WebAssembly where it has one, which takes a path inside the package, and
// the JavaScript engine everywhere else. Written for devices: no TextDecoder, atob, fetch, URL, globalThis or eval.

import { createApi } from "built:api";
import { createGlue } from "built:glue";
import { PLACE } from "built:place";
import { IDENTITY, RULES, VERSION } from "built:version";
import { alipay } from "./hosts/alipay.js";
import { douyin } from "./hosts/douyin.js";
import { wechat } from "./hosts/wechat.js";
import { createPackage } from "./package.js";
import { wasmMissing } from "./problems.js";

/** JD, QQ and Baidu have none. */
const HOSTS = [wechat, douyin, alipay];

export const clearloan = createPackage({
  createApi, createGlue, identity: IDENTITY, version: VERSION, rules: RULES,
  async startWasm(path, imports) {
    for (const host of HOSTS) {
      const made = await host.webAssembly()?.instantiate(path ?? host.path(PLACE), imports);
      // WeChat's base libraries differ in what they give.
      if (made !== undefined) return { exports: (made.instance || made).exports };
    }
    throw wasmMissing("WXWebAssembly, TTWebAssembly, MYWebAssembly");
  },
  // A literal path, since the hosts' compilers look for it.
  loadAsm: async () => require("built:asm").start,
});
