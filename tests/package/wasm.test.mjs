// The wasm files themselves: what every host since 2017 can load, and small.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { BROTLI_MAX, sizesOf } from "../../scripts/sizes.mjs";
import { npmTool } from "../../scripts/tools.mjs";
import { exportFaults, listExports, withoutCustomSection, withoutExports } from "../../scripts/wasm-binary.mjs";
import { INSTALLED } from "./support.mjs";

/** Each file, its bytes, and the entries that hold it. */
const FILES = [["clearloan.wasm", ["index.mjs", "index.cjs"]], ["quote.wasm", ["quote.mjs", "quote.cjs"]]]
  .map(([name, entries]) => ({ name, entries, file: path.join(INSTALLED, name), bytes: fs.readFileSync(path.join(INSTALLED, name)) }));

/** Each proposal that wabt would otherwise take for granted. */
const LATER_PROPOSALS = ["mutable-globals", "saturating-float-to-int", "sign-extension", "simd", "multi-value", "bulk-memory", "reference-types"];
const validate = (file) => spawnSync(npmTool("wasm-validate"), [...LATER_PROPOSALS.map((name) => `--disable-${name}`), file], { encoding: "utf8" });

for (const { name, file, bytes, entries } of FILES) {
  test(`${name} is valid with every later proposal switched off`, () => {
    const { status, stdout, stderr } = validate(file);
    assert.equal(status, 0, stdout + stderr);
  });

  test(`${name} exports functions, each under one name, and its memory`, () => {
    assert.deepEqual(exportFaults(bytes), []);
    const names = listExports(bytes).map(({ name }) => name);
    for (const name of ["memory", "quote", "call", "version"]) assert.ok(names.includes(name), name);
  });

  test(`${name} names no folder of the machine that built it`, () => {
    assert.doesNotMatch(bytes.toString("latin1"), /\/(home|root|Users|work|tmp)\/|\.cargo|registry/);
  });

  test(`${name} is at most ${BROTLI_MAX[name]} bytes in brotli`, () => {
    const { brotli } = sizesOf(file);
    assert.ok(brotli <= BROTLI_MAX[name], `${brotli} bytes`);
  });

  test(`the packed copies of ${name} are the same bytes`, () => {
    for (const entry of entries) {
      const [inlined] = fs.readFileSync(path.join(INSTALLED, entry), "utf8").match(/[A-Za-z0-9+/]{10000,}={0,2}/);
      assert.ok(Buffer.from(inlined, "base64").equals(bytes), entry);
    }
  });
}

/** Assembles a module, for the tests of the checks themselves. */
function assembled(t, text) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "clearloan-"));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  const [source, file] = [path.join(folder, "module.wat"), path.join(folder, "module.wasm")];
  fs.writeFileSync(source, text);
  assert.equal(spawnSync(npmTool("wat2wasm"), ["--debug-names", source, "-o", file]).status, 0);
  return file;
}

test("the validator would notice a later instruction", (t) => {
  const file = assembled(t, "(module (func (param i32) (result i32) local.get 0 i32.extend8_s))");
  assert.ok(WebAssembly.validate(fs.readFileSync(file)), "it is good wasm, only newer");
  assert.notEqual(validate(file).status, 0);
});

test("the check of exports notices a global, a second name, an imported memory and dead weight", (t) => {
  const odd = fs.readFileSync(assembled(t, `(module (import "host" "memory" (memory 1)) (export "memory" (memory 0))
    (global (export "g") i32 (i32.const 0)) (func $f (export "a") (export "b")))`));
  assert.deepEqual(exportFaults(odd).map((fault) => fault.split(" ").slice(0, 4).join(" ")), [
    'The export "g" is', '"a" and "b" are', "A memory is imported;", 'The custom section "name"',
  ]);
  const mended = withoutCustomSection(withoutExports(odd, ["g", "b"]), "name");
  assert.ok(WebAssembly.validate(mended));
  assert.deepEqual(listExports(mended), listExports(odd).filter(({ name }) => name === "memory" || name === "a"));
  assert.equal(exportFaults(mended).length, 1, "the memory is still imported");
});
