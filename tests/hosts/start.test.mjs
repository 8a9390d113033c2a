// What a start costs: in Node beside an empty module's, in the same run; and what a mini-program may weigh.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { sizesOf } from "../../scripts/sizes.mjs";
import { ROOT, filesBelow } from "../../scripts/tools.mjs";
import { CONSUMER, INSTALLED } from "../package/support.mjs";

/** Milliseconds of `init` above those of an empty module; the goal is 5 on a machine of its own. */
const INIT_MILLISECONDS_GOAL = 5;
/** Beyond any busy machine's noise: what only a blunder costs, such as compiling twice or reading the JavaScript engine. */
const INIT_MILLISECONDS_MAX = 100;
const ROUNDS = 7;

test("init in Node takes a few milliseconds more than an empty module", (t) => {
  const program = `import { init } from "clearloan";
    const start = performance.now(); await WebAssembly.instantiate(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    const middle = performance.now(); await init(); console.log(performance.now() - middle - (middle - start));`;
  const taken = Array.from({ length: ROUNDS }, () => Number(spawnSync("node", ["--input-type=module", "-e", program], { cwd: CONSUMER, encoding: "utf8" }).stdout));
  const fastest = Math.min(...taken);
  t.diagnostic(`init takes ${fastest.toFixed(1)} ms more than an empty module; the goal is ${INIT_MILLISECONDS_GOAL}`);
  assert.ok(fastest < INIT_MILLISECONDS_MAX, `${taken}`);
});

/** 2 MB a package, as WeChat counts; what the platform leaves out does not count. */
const PACKAGE_BYTES_MAX = 2 << 20;

test("the demo mini-program with its engine keeps within a package", (t) => {
  const uploaded = [...filesBelow(path.join(ROOT, "www", "miniprogram")), ...filesBelow(path.join(INSTALLED, "miniprogram_dist"))]
    .filter((file) => !/\.(md|d\.ts)$/.test(file));
  const bytes = uploaded.reduce((sum, file) => sum + fs.statSync(file).size, 0);
  const asm = sizesOf(path.join(INSTALLED, "miniprogram_dist", "asm.js")).raw;
  t.diagnostic(`${(bytes / 1024).toFixed(0)} kB, ${(asm / 1024).toFixed(0)} kB of them the JavaScript engine; at most ${PACKAGE_BYTES_MAX / 1024}`);
  assert.ok(bytes < PACKAGE_BYTES_MAX, `${bytes} bytes`);
});
