// The package in Chromium, as a module and as a script tag, under no Content-Security-Policy, under one that allows
// WebAssembly, and under one that does not.

import assert from "node:assert/strict";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { DEMO_TERMS, INSTALLED } from "../package/support.mjs";
import { ARGUMENTS, CHROMIUM } from "../page/support/browser.mjs";
import { DRIVER, assertGolden, goldenLines } from "./support.mjs";

const MODULE = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/driver.js"></script><script type="module" src="/module.mjs"></script>';
const SCRIPT = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/driver.js"></script><script src="/clearloan/clearloan.js"></script>';
const PAGES = {
  "/module.html": MODULE,
  "/module.mjs": 'import * as clearloan from "/clearloan/index.mjs"; window.clearloan = clearloan;',
  "/script.html": SCRIPT,
  "/driver.js": fs.readFileSync(DRIVER, "utf8"),
  "/quote-module.html": MODULE.replace("/module.mjs", "/quote-module.mjs"),
  "/quote-module.mjs": 'import * as clearloan from "/clearloan/quote.mjs"; window.clearloan = clearloan;',
  "/quote-script.html": SCRIPT.replace("clearloan.js", "clearloan.quote.js"),
  "/worker.js": `importScripts("/clearloan/clearloan.js", "/driver.js");
    onmessage = ({ data: { options, lines } }) => clearloan.init(options).then(() => postMessage({ engine: clearloan.engine(), ...golden.compare(clearloan, lines) }), (error) => postMessage({ wrong: [String(error)] }));`,
};
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const BLOCKING = "default-src 'self'; img-src data:; script-src 'self'";
const POLICIES = [["no policy", undefined, "wasm"], ["'wasm-unsafe-eval'", `${BLOCKING} 'wasm-unsafe-eval'`, "wasm"], ["script-src 'self'", BLOCKING, "js"]];

let browser;
let server;
let address;
before(async () => {
  server = http.createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const policy = searchParams.get("csp");
    const headers = { "Content-Type": TYPES[path.extname(pathname)] ?? "text/plain", ...(policy ? { "Content-Security-Policy": policy } : {}) };
    const file = path.join(INSTALLED, pathname.replace(/^\/clearloan\//, ""));
    if (PAGES[pathname]) response.writeHead(200, headers).end(PAGES[pathname]);
    else if (pathname.startsWith("/clearloan/") && fs.existsSync(file)) response.writeHead(200, headers).end(fs.readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  address = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function open(t, name, policy) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  page.requested = [];
  page.faults = [];
  page.on("request", (request) => page.requested.push(new URL(request.url()).pathname));
  page.on("pageerror", (error) => page.faults.push(String(error)));
  await page.goto(`${address}/${name}.html${policy ? `?csp=${encodeURIComponent(policy)}` : ""}`);
  await page.waitForFunction(() => window.clearloan !== undefined);
  return page;
}

/** Loads the engine and holds it against the golden vectors; the JavaScript engine against fewer, since it is slow. */
async function compared(page, options, engine, { calls = /./, share = 1 } = {}) {
  assert.equal(await page.evaluate(async (given) => { await clearloan.init(given); return clearloan.engine(); }, options), engine);
  const [every, atLeast] = engine === "wasm" ? [8, 230] : [40, 60];
  const lines = goldenLines(every).filter((line) => calls.test(line));
  assertGolden(await page.evaluate((lines) => golden.compare(clearloan, lines), lines), atLeast * share);
}

/** What the small build answers: a good part of the golden vectors. */
const SMALL = { calls: /"call":"(quote|fingerprint|verify)"/, share: 0.2 };

for (const [name, policy, engine] of POLICIES) {
  test(`a module under ${name}`, async (t) => {
    const page = await open(t, "module", policy);
    await compared(page, undefined, engine);
    assert.equal(page.requested.includes("/clearloan/asm-engine.mjs"), engine === "js", "the JavaScript engine is loaded only where it is needed");
    assert.deepEqual(page.faults, []);
  });

  test(`a script tag under ${name}`, async (t) => {
    const page = await open(t, "script", policy);
    await compared(page, { asm: "/clearloan/clearloan.asm.js" }, engine);
    assert.equal(page.requested.includes("/clearloan/clearloan.asm.js"), engine === "js");
    assert.deepEqual(page.faults, []);
  });

  test(`the small build, as a module and as a script tag, under ${name}`, async (t) => {
    for (const [entry, options, asm] of [["quote-module", undefined, "/clearloan/quote-asm-engine.mjs"],
      ["quote-script", { asm: "/clearloan/clearloan.quote.asm.js" }, "/clearloan/clearloan.quote.asm.js"]]) {
      const page = await open(t, entry, policy);
      await compared(page, options, engine, SMALL);
      assert.equal(await page.evaluate(() => typeof clearloan.disclose), "undefined");
      assert.equal(page.requested.includes(asm), engine === "js");
      assert.deepEqual(page.faults, []);
    }
  });
}

const codeOf = (page, options) => page.evaluate(async (given) => {
  try { await clearloan.init(given); } catch (error) { return [error.name, error.issues[0].code, error.message]; }
  return "should have failed";
}, options);

test("where wasm is blocked and nothing else may run, the error says what to do", async (t) => {
  for (const [page, options] of [[await open(t, "script", BLOCKING), undefined], [await open(t, "module", BLOCKING), { engine: "wasm" }]]) {
    const [name, code, words] = await codeOf(page, options);
    assert.deepEqual([name, code], ["LoanError", "wasm_blocked"]);
    assert.match(words, /wasm-unsafe-eval.*clearloan\/asm/s);
    // Trying again with the other engine works.
    await page.evaluate(() => clearloan.init({ engine: "js", asm: "/clearloan/clearloan.asm.js" }));
    assert.equal(await page.evaluate((terms) => clearloan.quote(terms).schedule.firstPayment, DEMO_TERMS), "1833.60");
  }
});

test("an address without the JavaScript engine, or none, has a code of its own", async (t) => {
  const page = await open(t, "script");
  assert.deepEqual((await codeOf(page, { engine: "js" })).slice(0, 2), ["LoanError", "asm_not_given"]);
  assert.deepEqual((await codeOf(page, { engine: "js", asm: "/clearloan/nothing.js" })).slice(0, 2), ["LoanError", "load_failed"]);
  assert.deepEqual((await codeOf(page, { engine: "js", asm: "/driver.js" })).slice(0, 2), ["LoanError", "load_failed"]);
  assert.deepEqual((await codeOf(page, { engine: "js", asm: "/clearloan/clearloan.quote.asm.js" })).slice(0, 2), ["LoanError", "wrong_build"]);
});

test("a worker with the script-tag build runs either engine", async (t) => {
  const page = await open(t, "script");
  for (const [options, engine] of [[undefined, "wasm"], [{ engine: "js", asm: "/clearloan/clearloan.asm.js" }, "js"]]) {
    const result = await page.evaluate(([given, lines]) => new Promise((resolve) => {
      const worker = new Worker("/worker.js");
      worker.onmessage = ({ data }) => resolve(data);
      worker.postMessage({ options: given, lines });
    }), [options, goldenLines(60)]);
    assertGolden(result, 40);
    assert.equal(result.engine, engine);
  }
});
