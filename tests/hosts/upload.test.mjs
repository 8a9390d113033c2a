// The demo mini-program as WeChat's own tools pack it, offline: 构建 npm, the compiled zip, and the zip's engine in a realm
// with what an iPhone and an Android phone have.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { before, test } from "node:test";
import { BUILD, ROOT } from "../../scripts/tools.mjs";
import { DEMO_TERMS, INSTALLED } from "../package/support.mjs";
import { PROFILES, startProfile } from "./realms.mjs";
import { assertGolden, goldenLines } from "./support.mjs";
import { toolsFolder } from "./tools.mjs";

const FOLDER = path.join(BUILD, "upload");
const PROJECT = path.join(FOLDER, "project");
const UNPACKED = path.join(FOLDER, "unpacked");
const tools = createRequire(path.join(toolsFolder("tools-wechat"), "package.json"));

/** Runs in a process of its own, since the packer changes the global state and leaves workers behind. */
const PACK = `
const ci = require(process.argv[1]);
const [project, key, zip] = process.argv.slice(2);
const made = new ci.Project({ appid: "wx0000000000000000", type: "miniProgram", projectPath: project, privateKeyPath: key, ignores: ["node_modules/**/*"] });
// What the vendor's server would say of the account.
made.attr = async () => ({ platform: false, appType: 0, isSandbox: false, released: false, setting: { MaxCodeSize: 2048, MaxSubpackageSubCodeSize: 2048,
  MaxSubpackageFullCodeSize: 30720, NavigateMiniprogramLimit: 10, MaxSubPackageLimit: 100, MinTabbarCount: 2, MaxTabbarCount: 5, MaxCustomTabbarCount: 5, MaxTabbarIconSize: 40 } });
(async () => {
  const warnings = await ci.packNpm(made, { reporter() {} });
  await ci.getCompiledResult({ project: made, version: "1.0.0", desc: "test", setting: { es6: false, minify: false }, onProgressUpdate() {} }, zip);
  console.log("\\nwarnings " + JSON.stringify(warnings));
  process.exit(0);
})().catch((error) => { console.error(error); process.exit(1); });`;

before(async () => {
  fs.rmSync(FOLDER, { recursive: true, force: true });
  fs.cpSync(path.join(ROOT, "www", "miniprogram"), PROJECT, { recursive: true });
  fs.cpSync(INSTALLED, path.join(PROJECT, "node_modules", "clearloan"), { recursive: true });
  const key = path.join(FOLDER, "key.pem");
  fs.writeFileSync(key, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }));
  const zip = path.join(FOLDER, "upload.zip");
  const { status, stdout, stderr } = spawnSync("node", ["-e", PACK, tools.resolve("miniprogram-ci"), PROJECT, key, zip], { encoding: "utf8", timeout: 500_000 });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /^warnings \[\]$/m);
  const { files } = await tools("jszip").loadAsync(fs.readFileSync(zip));
  for (const [name, entry] of Object.entries(files)) {
    const file = path.join(UNPACKED, name);
    if (entry.dir) continue;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, await entry.async("nodebuffer"));
  }
});

test("构建 npm and the zip hold the engine, each page, and nothing else of the package", () => {
  const listed = (folder) => fs.readdirSync(path.join(UNPACKED, folder)).sort();
  assert.deepEqual(listed("miniprogram_npm/clearloan"), ["asm.js", "clearloan.wasm", "index.js", "policies"]);
  assert.ok(fs.readFileSync(path.join(UNPACKED, "miniprogram_npm/clearloan/clearloan.wasm")).equals(fs.readFileSync(path.join(INSTALLED, "clearloan.wasm"))));
  assert.deepEqual(listed("pages"), ["calculator", "cost", "precheck", "probe", "reminder"]);
  assert.equal(fs.existsSync(path.join(UNPACKED, "node_modules")), false);
});

for (const profile of PROFILES.filter(({ global }) => global === "WXWebAssembly")) {
  test(`the zip's engine runs as in ${profile.name}`, async () => {
    const { clearloan, golden } = startProfile(profile, path.join(UNPACKED, "miniprogram_npm", "clearloan"));
    await clearloan.init();
    assert.equal(clearloan.engine(), "wasm");
    assert.equal(clearloan.quote(DEMO_TERMS).schedule.firstPayment, "1833.60");
    assertGolden(golden.compare(clearloan, goldenLines(20)), 100);
  });
}
