// Getting ready, and getting ready again: before init, twice, after a failure, where wasm is blocked, after a trap.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import { crateVersion } from "../../scripts/tools.mjs";
import { CONSUMER, DEMO_TERMS, ESM, INSTALLED, freshCopy, issuesOf } from "./support.mjs";

const WASM = path.join(INSTALLED, "clearloan.wasm");

test("before init every call says what to do", async () => {
  const { engine, fingerprint, quote, verify, version } = await freshCopy();
  assert.equal(engine(), undefined);
  assert.equal(version.engine, crateVersion());
  assert.match(version.rules, /^\d{4}/);
  for (const call of [() => quote(DEMO_TERMS), () => fingerprint(DEMO_TERMS), () => verify({})]) {
    const [issue, ...others] = issuesOf(call);
    assert.deepEqual([issue.code, issue.field, others.length], ["not_initialised", "", 0]);
    assert.match(issue.message.en, /await init\(\)/);
    assert.match(issue.message["zh-CN"], /await init\(\)/);
  }
});

test("init loads once, and later calls return the same promise", async () => {
  const { engine, init, quote } = await freshCopy();
  const first = init();
  assert.equal(init(), first);
  assert.equal(engine(), undefined, "not before it has settled");
  await first;
  assert.equal(init(WASM), first, "what comes later changes nothing");
  assert.equal(engine(), "wasm");
  assert.equal(quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
});

test("init takes bytes, a compiled module, a response, and promises of them", async () => {
  const bytes = fs.readFileSync(WASM);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const sources = [bytes, buffer, new WebAssembly.Module(bytes), { arrayBuffer: async () => buffer }, Promise.resolve(bytes), null];
  for (const source of sources) {
    const { init, quote } = await freshCopy();
    await init(source);
    assert.equal(quote(DEMO_TERMS).schedule.lastPayment, "1833.61");
  }
});

test("a failed init tells why, and may be retried", async () => {
  const { engine, init, quote } = await freshCopy();
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  const offline = async () => { throw new Error("offline"); };
  for (const source of [() => Uint8Array.of(1, 2, 3), () => empty, () => "clearloan.wasm", () => ({}), offline]) {
    await assert.rejects(() => init(source()), (error) => error.name === "LoanError" && error.issues[0].code === "load_failed");
    assert.equal(engine(), undefined);
    assert.equal(issuesOf(() => quote(DEMO_TERMS))[0].code, "not_initialised");
  }
  await init();
  assert.equal(quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
});

test("wasm of another version is refused", async () => {
  const bytes = fs.readFileSync(WASM);
  const version = Buffer.from(crateVersion());
  const at = [];
  for (let from = bytes.indexOf(version); from >= 0; from = bytes.indexOf(version, from + 1)) at.push(from);
  assert.ok(at.length > 0);
  for (const from of at) bytes.write("9".repeat(version.length), from);
  const { init } = await freshCopy();
  await assert.rejects(() => init(bytes), (error) => error.issues[0].code === "version_mismatch" && /one release/.test(error.message));
});

/** The CommonJS entry in a realm of its own, where the host decides what there is. */
function inBareRealm({ wasm = true, without = [] }) {
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm } });
  vm.runInContext(`for (const name of ${JSON.stringify(without)}) delete globalThis[name]; var module = { exports: {} };`, context);
  vm.runInContext(fs.readFileSync(path.join(INSTALLED, "index.cjs"), "utf8"), context);
  return vm.runInContext("module.exports", context);
}

test("a Content-Security-Policy that blocks wasm is named", async () => {
  const { init } = inBareRealm({ wasm: false });
  await assert.rejects(() => init(), (error) => error.issues[0].code === "wasm_blocked" && /wasm-unsafe-eval/.test(error.message));
});

test("a host without WebAssembly gets an error with a code", async () => {
  const { init } = inBareRealm({ without: ["WebAssembly"] });
  await assert.rejects(() => init(), (error) => error.issues[0].code === "wasm_missing" && /clearloan\/asm/.test(error.message));
});

test("a host without text coders, atob, fetch, Intl and BigInt quotes all the same", async () => {
  const { init, quote } = inBareRealm({ without: ["Intl", "BigInt", "WeakRef", "FinalizationRegistry", "SharedArrayBuffer", "Atomics", "eval"] });
  await init();
  const fees = [{ code: "service", name: "服务费 €\u{1f4b0}\ud800", charge: { amount: "1.00" }, when: "disbursement" }];
  const { schedule, terms } = quote({ ...DEMO_TERMS, fees });
  assert.equal(schedule.firstPayment, "1833.60");
  assert.equal(terms.fees[0].name, "服务费 €\u{1f4b0}\ufffd");
});

test("a trap costs one call: the error says so, and the next call has a new engine", async () => {
  const { init, quote, engine } = await freshCopy();
  await init();
  // Nothing of the engine can be reached from outside, so the ground is taken from under it.
  const get = WebAssembly.Memory.prototype.__lookupGetter__("buffer");
  let broken = true;
  Object.defineProperty(WebAssembly.Memory.prototype, "buffer", {
    configurable: true,
    get() {
      if (broken) throw new RangeError("unreachable");
      return get.call(this);
    },
  });
  try {
    const [issue] = issuesOf(() => quote(DEMO_TERMS));
    assert.equal(issue.code, "internal");
    assert.match(issue.message.en, /unreachable/);
  } finally {
    broken = false;
    Object.defineProperty(WebAssembly.Memory.prototype, "buffer", { configurable: true, get });
  }
  assert.equal(engine(), "wasm");
  assert.equal(quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
});

test("an exhausted stack costs one call", () => {
  const program = `
    import { init, quote } from "clearloan";
    await init();
    const terms = ${JSON.stringify(DEMO_TERMS)};
    const codes = new Set();
    function deep(depth) {
      try { deep(depth + 1); } catch (error) { if (error.name !== "RangeError") throw error; }
      if (codes.size < 50) { try { quote(terms); codes.add("quoted"); } catch (error) { codes.add(error.issues ? error.issues[0].code : error.name); } }
    }
    deep(0);
    console.log(quote(terms).schedule.firstPayment, codes.has("quoted"));`;
  const done = spawnSync("node", ["--input-type=module", "-e", program], { cwd: CONSUMER, encoding: "utf8", timeout: 60_000 });
  assert.equal(done.stdout, "1833.60 true\n", done.stderr);
});

test("importing it runs nothing: no wasm is compiled before init", () => {
  const program = `WebAssembly.instantiate = WebAssembly.Module = () => { throw new Error("too early"); }; await import(${JSON.stringify(ESM)}); console.log("quiet");`;
  const done = spawnSync("node", ["--input-type=module", "-e", program], { encoding: "utf8", timeout: 60_000 });
  assert.equal(done.stdout, "quiet\n", done.stderr);
});
