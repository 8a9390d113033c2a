// What npm hands over: entries for import and require, types for both, and nothing that a bundler or a host trips over.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { CONSUMER, TARBALL } from "../../scripts/consumer.mjs";
import { crateVersion, npmTool } from "../../scripts/tools.mjs";
import { DEMO_TERMS, INSTALLED } from "./support.mjs";

/** Runs a program in the consumer's project and gives what it printed. */
function inConsumer(command, args, options = {}) {
  const done = spawnSync(command, args, { cwd: CONSUMER, encoding: "utf8", timeout: 120_000, ...options });
  assert.equal(done.status, 0, `${done.stdout}${done.stderr}`);
  return done.stdout;
}

const PRINT = `init().then(() => { const { schedule, cost } = quote(${JSON.stringify(DEMO_TERMS)});
  console.log([schedule.firstPayment, schedule.lastPayment, schedule.totals.interest, cost.irrPerPeriod, cost.simpleAnnual, cost.compoundAnnual].join(" ")); });`;
const PRINTED = "1833.60 1833.61 2003.21 0.0166172005 0.1994064065 0.2186793187\n";

test("an ES module quotes the demo loan", () => {
  assert.equal(inConsumer("node", ["--input-type=module", "-e", `import { init, quote } from "clearloan"; ${PRINT}`]), PRINTED);
});

test("a CommonJS module quotes the demo loan", () => {
  assert.equal(inConsumer("node", ["--input-type=commonjs", "-e", `const { init, quote } = require("clearloan"); ${PRINT}`]), PRINTED);
});

test("the wasm and the manifest can be resolved by name", () => {
  const resolved = inConsumer("node", ["-p", 'require.resolve("clearloan/clearloan.wasm") + "\\n" + require("clearloan/package.json").version']);
  assert.match(resolved, new RegExp(`clearloan\\.wasm\n${crateVersion().replaceAll(".", "\\.")}\n$`));
});

/** Entries with their types, engines, policies, and what npm always takes. */
const SHIPPED = /^((index|slim|asm|element|quote(-slim|-asm)?)(\.d)?\.[mc][jt]s|(slim|asm|element|miniprogram|quote)(\.d\.ts|\.js)|(quote-)?asm-engine\.[mc]js|clearloan(\.quote)?(\.asm)?\.js|(clearloan|quote)\.wasm|quote|miniprogram_(dist|quote)|policies|package\.json|[A-Z-]+(\.md)?)$/;

test("the manifest says no side effects, and its files are all there", () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(INSTALLED, "package.json"), "utf8"));
  assert.deepEqual(manifest.sideEffects, ["./element.mjs", "./element.cjs", "./element.js"]);
  assert.equal(manifest.scripts, undefined, "nothing runs on install");
  assert.equal(manifest.dependencies, undefined);
  const shipped = fs.readdirSync(INSTALLED);
  for (const file of manifest.files) {
    const pattern = new RegExp(`^${file.replaceAll(".", "\\.").replace("*", ".*")}$`);
    assert.ok(shipped.some((name) => pattern.test(name)), `${file} is missing`);
  }
  assert.deepEqual(shipped.filter((name) => !SHIPPED.test(name)), [], "files that nobody needs");
});

test("an unused import leaves nothing in a bundle, and a used one bundles alone", async () => {
  const esbuild = await import("esbuild");
  const bundle = (contents) => esbuild.buildSync({
    stdin: { contents, resolveDir: CONSUMER }, bundle: true, format: "esm", platform: "browser", minify: true, write: false, logLevel: "silent",
  }).outputFiles[0].text;
  assert.equal(bundle('import { quote } from "clearloan"; console.log(1);').trim(), "console.log(1);");
  assert.ok(bundle('import { quote } from "clearloan"; console.log(quote);').length > 10_000);
});

for (const [moduleKind, resolution] of [["nodenext", "nodenext"], ["esnext", "bundler"], ["node16", "node16"]]) {
  for (const extension of ["mts", "cts"]) {
    if (resolution === "bundler" && extension === "cts") continue;
    test(`types serve ${extension} under module resolution ${resolution}`, () => {
      const file = path.join(CONSUMER, `use.${resolution}.${extension}`);
      fs.writeFileSync(file, `
        import { init, quote, fingerprint, verify, engine, version, LoanError, type LoanTerms, type Quote } from "clearloan";
        const terms: LoanTerms = { principal: "1", interest: { annual: "0.1" }, method: "equalInstalment", instalmentCount: 1, disbursementDate: "2026-01-01" };
        export async function use(): Promise<string> {
          await init();
          const result: Quote = quote(terms, { instalments: false });
          const { same } = verify(result);
          try { quote(terms); } catch (error) { if (error instanceof LoanError) console.log(error.issues[0]?.message["zh-CN"]); }
          return fingerprint(terms) + same + engine() + version.engine + result.schedule.instalments[0]?.dueDate + result.cost.xirr;
        }
        // @ts-expect-error a number is no amount
        quote({ ...terms, principal: 1 });
        // @ts-expect-error two bases are one too many
        const both: LoanTerms = { ...terms, interest: { annual: "0.1", flat: 0.1 } };
        void both;
      `);
      inConsumer(npmTool("tsc"), ["--ignoreConfig", "--noEmit", "--strict", "--lib", "es2020,dom", "--types", "", "--module", moduleKind,
        "--moduleResolution", resolution, "--target", "es2020", file]);
    });
  }
}

test("publint finds nothing", async () => {
  const { publint } = await import("publint");
  const { formatMessage } = await import("publint/utils");
  const { messages, pkg } = await publint({ pkgDir: INSTALLED, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test("types are right for every kind of import (arethetypeswrong)", () => {
  inConsumer(npmTool("attw"), [TARBALL, "--no-emoji", "--no-color", "--exclude-entrypoints", "./clearloan.wasm", "./quote.wasm"]);
});
