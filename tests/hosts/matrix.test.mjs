// The same golden vectors on every host, held against the native engine's bytes. Without JavaScript: plain.py.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { CONSUMER, DEMO_TERMS, INSTALLED, freshCopy, issuesOf } from "../package/support.mjs";
import { PROFILES, startProfile } from "./realms.mjs";
import { DRIVER, assertGolden, driver, goldenLines } from "./support.mjs";

const load = (name) => import(path.join(INSTALLED, name));

test("wasm in Node", async () => {
  const clearloan = await freshCopy();
  await clearloan.init();
  assert.equal(clearloan.engine(), "wasm");
  assertGolden(driver.compare(clearloan, goldenLines()), 1_900);
});

test("wasm in Node, brought by the caller", async () => {
  const bytes = fs.readFileSync(path.join(INSTALLED, "clearloan.wasm"));
  const response = () => new Response(bytes, { headers: { "Content-Type": "application/wasm" } });
  const address = `data:application/wasm;base64,${bytes.toString("base64")}`;
  for (const source of [bytes, new WebAssembly.Module(bytes), response(), Promise.resolve(response()), address, new URL(address), { wasm: bytes }]) {
    const slim = await import(`${path.join(INSTALLED, "slim.mjs")}?${Math.random()}`);
    await slim.init(source);
    assertGolden(driver.compare(slim, goldenLines(200)), 25);
  }
  const slim = await import(`${path.join(INSTALLED, "slim.mjs")}?${Math.random()}`);
  for (const [source, code] of [[undefined, "wasm_not_given"], [{ engine: "js" }, "engine_not_here"], [new Response("", { status: 404 }), "load_failed"], [{ engine: "fast" }, "unknown_engine"]]) {
    await assert.rejects(() => slim.init(source), (error) => error instanceof slim.LoanError && error.issues[0].code === code, code);
  }
  await slim.init(bytes);
  assert.equal(slim.engine(), "wasm");
});

test("the JavaScript engine in Node, ready at once", async () => {
  const asm = await load("asm.mjs");
  assert.equal(asm.engine(), "js");
  assert.equal(asm.quote(DEMO_TERMS).schedule.firstPayment, "1833.60", "without init");
  await asm.init();
  assertGolden(driver.compare(asm, goldenLines(4)), 450);
});

test("the main entry runs the JavaScript engine where it is told to", async () => {
  const clearloan = await freshCopy();
  await clearloan.init({ engine: "js" });
  assert.equal(clearloan.engine(), "js");
  assertGolden(driver.compare(clearloan, goldenLines(40)), 60);
});

test("the JavaScript engine is not even read where wasm runs", () => {
  const read = (options) => {
    const program = `import { init, engine } from "clearloan"; await init(${options}); console.log(engine());`;
    const { stdout, stderr } = spawnSync("node", ["--input-type=module", "-e", program], { cwd: CONSUMER, encoding: "utf8", env: { ...process.env, NODE_DEBUG: "esm,fs,module" } });
    return [stdout.trim(), /asm-engine/.test(stderr)];
  };
  assert.deepEqual(read(""), ["wasm", false]);
  assert.deepEqual(read('{ engine: "js" }'), ["js", true], "the trace would show it");
});

test("a trap in the JavaScript engine costs one call", async () => {
  const asm = await import(`${path.join(INSTALLED, "asm.mjs")}?trap`);
  assert.equal(asm.quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
  const { Float64Array: Original } = globalThis;
  globalThis.Float64Array = class { constructor() { throw new RangeError("taken away"); } };
  try {
    assert.equal(issuesOf(() => asm.quote(DEMO_TERMS))[0].code, "internal");
  } finally {
    globalThis.Float64Array = Original;
  }
  assert.equal(asm.quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
});

for (const [name, program] of [
  ["the JavaScript engine in Node without a compiler (--jitless)", 'const clearloan = require("clearloan/asm"); run();'],
  ["the main entry in Node without a compiler falls back", 'const clearloan = require("clearloan"); clearloan.init().then(run);'],
]) {
  test(name, () => {
    const script = `const golden = require(${JSON.stringify(DRIVER.pathname)}); ${program}
      function run() { console.log(JSON.stringify({ engine: clearloan.engine(), ...golden.compare(clearloan, require("fs").readFileSync(0, "utf8").split("\\n")) })); }`;
    const { status, stdout, stderr } = spawnSync("node", ["--jitless", "--input-type=commonjs", "-e", script],
      { cwd: CONSUMER, encoding: "utf8", input: goldenLines(60).join("\n"), timeout: 300_000 });
    assert.equal(status, 0, stderr);
    const result = JSON.parse(stdout);
    assert.equal(result.engine, "js");
    assertGolden(result, 40);
  });
}

for (const profile of PROFILES) {
  test(`miniprogram_dist in the realm of ${profile.name}`, async () => {
    const { clearloan, golden, seen } = startProfile(profile, path.join(INSTALLED, "miniprogram_dist"));
    assert.equal(issuesOf(() => clearloan.quote(DEMO_TERMS))[0].code, "not_initialised");
    await clearloan.init(profile.init);
    assert.equal(clearloan.engine(), profile.engine);
    assert.deepEqual(seen.paths, profile.engine === "wasm" ? [profile.path] : []);
    assert.equal(seen.required.includes("./asm.js"), profile.engine === "js", "loaded only where it is needed");
    assertGolden(golden.compare(clearloan, goldenLines(profile.engine === "wasm" ? 4 : 16)), profile.engine === "wasm" ? 450 : 120);
  });
}

test("a mini-program that was built without its wasm runs the JavaScript engine", async () => {
  const { clearloan } = startProfile({ ...PROFILES[0], broken: true }, path.join(INSTALLED, "miniprogram_dist"));
  await clearloan.init();
  assert.equal(clearloan.engine(), "js");
  assert.equal(clearloan.quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
});
