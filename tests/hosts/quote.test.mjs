// The small build, for pages that only quote: the same golden vectors as far as it goes, by every way that it is loaded.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { QUOTE, npmTool } from "../../scripts/tools.mjs";
import { CONSUMER, DEMO_TERMS, INSTALLED, issuesOf } from "../package/support.mjs";
import { PROFILES, startProfile } from "./realms.mjs";
import { DRIVER, assertGolden, driver, goldenLines } from "./support.mjs";

const NAMES = ["LoanError", "engine", "fingerprint", "init", "quote", "verify", "version"];
const CALLS = /"call":"(quote|fingerprint|verify)"/;
const lines = (every = 1) => goldenLines(every).filter((line) => CALLS.test(line));
const fresh = (name) => import(`${path.join(INSTALLED, name)}?${Math.random()}`);
const bytesOf = (name) => fs.readFileSync(path.join(INSTALLED, name));

for (const [name, init, engine] of [
  ["quote.mjs", () => [], "wasm"],
  ["quote.mjs", () => [{ engine: "js" }], "js"],
  ["quote-slim.mjs", () => [bytesOf("quote.wasm")], "wasm"],
  ["quote-asm.mjs", () => [], "js"],
]) {
  test(`${name} on ${engine} answers as the whole engine does, and has nothing else`, async () => {
    const small = await fresh(name);
    assert.deepEqual(Object.keys(small).sort(), NAMES);
    await small.init(...init());
    assert.equal(small.engine(), engine);
    assertGolden(driver.compare(small, lines(engine === "wasm" ? 1 : 10)), engine === "wasm" ? 500 : 60);
  });
}

test("each entry takes the wasm of its own build, and says which", async () => {
  const slim = await fresh("slim.mjs");
  await assert.rejects(() => slim.init(bytesOf("quote.wasm")), ({ issues: [{ code, message }] }) => code === "wrong_build"
    && /takes clearloan\.wasm, and was given quote\.wasm/.test(message.en) && /需要 clearloan\.wasm/.test(message["zh-CN"]));
  await slim.init(bytesOf("clearloan.wasm"));
  const small = await fresh("quote-slim.mjs");
  await assert.rejects(() => small.init(bytesOf("clearloan.wasm")), ({ issues: [{ code, message }] }) => code === "wrong_build"
    && /takes quote\.wasm, and was given clearloan\.wasm/.test(message.en));
  await assert.rejects(() => small.init(), ({ issues: [{ code, message }] }) => code === "wasm_not_given" && /pass quote\.wasm to init/.test(message.en));
  assert.equal(issuesOf(() => small.quote(DEMO_TERMS))[0].code, "not_initialised");
  await small.init(bytesOf("quote.wasm"));
  assert.equal(small.quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
});

test("a call that the small wasm does not have is an error and no trap", async (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "clearloan-"));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  // Past the face, which has no such call: the glue as wasm-bindgen writes it.
  fs.copyFileSync(QUOTE.glue, path.join(folder, "glue.mjs"));
  const glue = await import(path.join(folder, "glue.mjs"));
  const { instance } = await WebAssembly.instantiate(bytesOf("quote.wasm"), { "./clearloan_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  const call = (text) => {
    const bytes = Buffer.from(text);
    const start = glue.input(bytes.length);
    new Uint8Array(instance.exports.memory.buffer, start, bytes.length).set(bytes);
    return glue.call(bytes.length);
  };
  const codeOf = (text) => {
    try { return call(text); } catch (thrown) { return JSON.parse(thrown)[0].code; }
  };
  assert.equal(codeOf("disclose\n[{}]"), "unknown_call");
  assert.equal(codeOf("quote"), "unreadable");
  assert.match(codeOf(`fingerprint\n[${JSON.stringify(DEMO_TERMS)}]`), /^"[0-9a-f]{64}"$/);
});

for (const [name, program] of [
  ["its JavaScript engine runs without a compiler (--jitless)", 'const small = require("clearloan/quote/asm"); run();'],
  ["without a compiler it falls back to its own JavaScript engine", 'const small = require("clearloan/quote"); small.init().then(run);'],
]) {
  test(name, () => {
    const script = `const golden = require(${JSON.stringify(DRIVER.pathname)}); ${program}
      function run() { console.log(JSON.stringify({ engine: small.engine(), loaded: Object.keys(require.cache).filter((file) => file.endsWith("asm-engine.cjs")).map((file) => file.replace(/^.*[/\\\\]/, "")),
        ...golden.compare(small, require("fs").readFileSync(0, "utf8").split("\\n")) })); }`;
    const { status, stdout, stderr } = spawnSync("node", ["--jitless", "--input-type=commonjs", "-e", script],
      { cwd: CONSUMER, encoding: "utf8", input: lines(60).join("\n"), timeout: 300_000 });
    assert.equal(status, 0, stderr);
    const result = JSON.parse(stdout);
    assert.deepEqual([result.engine, result.loaded], ["js", ["quote-asm-engine.cjs"]]);
    assertGolden(result, 10);
  });
}

for (const profile of PROFILES) {
  test(`miniprogram_quote in the realm of ${profile.name}`, async () => {
    const { clearloan, golden, seen } = startProfile(profile, path.join(INSTALLED, "miniprogram_quote"), "quote.wasm");
    assert.deepEqual(Object.keys(clearloan).sort(), NAMES);
    await clearloan.init(profile.init);
    assert.equal(clearloan.engine(), profile.engine);
    const expected = profile.init ? profile.path : profile.path?.replace("/miniprogram_npm/clearloan/clearloan.wasm", "/miniprogram_quote/quote.wasm").replace("/workers/clearloan", "/workers/quote");
    assert.deepEqual(seen.paths, profile.engine === "wasm" ? [expected] : []);
    assert.equal(seen.required.includes("./asm.js"), profile.engine === "js", "loaded only where it is needed");
    assertGolden(golden.compare(clearloan, lines(profile.engine === "wasm" ? 4 : 16)), profile.engine === "wasm" ? 120 : 30);
  });
}

test("a bundle of it is a third of the whole one's, and says nothing of other calls", async () => {
  const { buildSync } = await import("esbuild");
  const bundle = (entry) => buildSync({
    stdin: { contents: `import { init, quote } from "${entry}"; init().then(() => console.log(quote));`, resolveDir: CONSUMER },
    bundle: true, format: "esm", platform: "browser", splitting: true, outdir: "out", minify: true, write: false, logLevel: "silent",
  }).outputFiles.find(({ path: file }) => file.endsWith("stdin.js")).text;
  const [small, whole] = [bundle("clearloan/quote"), bundle("clearloan")];
  assert.ok(small.length < whole.length * 0.4, `${small.length} of ${whole.length}`);
  assert.match(whole, /precheck/);
  assert.doesNotMatch(small, /precheck|disclose|sweep/);
});

test("its types are the whole one's, without the other calls", () => {
  for (const [extension, entry] of [["mts", "clearloan/quote"], ["cts", "clearloan/quote/slim"], ["mts", "clearloan/quote/asm"]]) {
    const file = path.join(CONSUMER, `small.${extension}`);
    fs.writeFileSync(file, `
      import { init, quote, verify, type LoanTerms, type Quote } from "${entry}";
      // @ts-expect-error only the whole engine discloses
      import { disclose } from "${entry}";
      export const use = async (terms: LoanTerms): Promise<Quote> => { await init(); void disclose; return verify(quote(terms)).same ? quote(terms) : quote(terms); };
    `);
    const { status, stdout } = spawnSync(npmTool("tsc"), ["--ignoreConfig", "--noEmit", "--strict", "--lib", "es2020,dom", "--types", "", "--module", "nodenext",
      "--moduleResolution", "nodenext", "--target", "es2020", file], { cwd: CONSUMER, encoding: "utf8" });
    assert.equal(status, 0, stdout);
  }
});
