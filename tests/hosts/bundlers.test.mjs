// A project for each bundler, with the package installed from its tarball: what it builds quotes the demo loan, with no
// configuration, and keeps the JavaScript engine apart until it is needed.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build as esbuild } from "esbuild";
import { chromium } from "playwright-core";
import { BUILD } from "../../scripts/tools.mjs";
import { CONSUMER, DEMO_TERMS } from "../package/support.mjs";
import { ARGUMENTS, CHROMIUM } from "../page/support/browser.mjs";
import { toolsFolder } from "./tools.mjs";

const tools = createRequire(path.join(toolsFolder("tools"), "package.json"));
const PROJECTS = path.join(BUILD, "bundled");
const PAGE = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><div id="shown"></div>';
const MAIN = `import { engine, init, quote } from "clearloan";
  init(new URLSearchParams(location.search).get("engine") === "js" ? { engine: "js" } : undefined).then(() => {
    document.getElementById("shown").textContent = engine() + " " + quote(${JSON.stringify(DEMO_TERMS)}).schedule.firstPayment;
  });\n`;
/** Without the policy's permission, wasm is blocked, and the other engine has to be found by what the bundler made. */
const BLOCKING = "default-src 'self'; img-src data:; script-src 'self'";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

let browser;
before(async () => { browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS }); });
after(() => browser?.close());

/** A fresh project with the installed package, not a link to it. */
function project(name, files) {
  const folder = path.join(PROJECTS, name);
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(path.join(folder, "node_modules"), { recursive: true });
  fs.cpSync(path.join(CONSUMER, "node_modules", "clearloan"), path.join(folder, "node_modules", "clearloan"), { recursive: true });
  for (const [file, text] of Object.entries({ "package.json": '{ "private": true }', ...files })) fs.writeFileSync(path.join(folder, file), text);
  return folder;
}

/** Serves a folder and gives what the page shows, with the addresses that it asked for. */
async function shown(t, folder, query = "", policy = undefined) {
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = path.join(folder, pathname === "/" ? "index.html" : pathname);
    if (!fs.existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[path.extname(file)] ?? "text/plain", ...(policy ? { "Content-Security-Policy": policy } : {}) }).end(fs.readFileSync(file));
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  t.after(() => { server.closeAllConnections(); server.close(); });
  return seenAt(t, `http://127.0.0.1:${server.address().port}/${query}`);
}

async function seenAt(t, address, milliseconds = 20_000) {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  const scripts = [];
  const faults = [];
  page.on("request", (request) => request.resourceType() === "script" && scripts.push(request.url()));
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.goto(address);
  const text = await page.waitForFunction(() => document.getElementById("shown").textContent, undefined, { timeout: milliseconds })
    .then((handle) => handle.jsonValue(), (error) => `${error.message} ${faults.join(" ")}`);
  return { text, scripts };
}

/** Wasm by default, with one script fewer than where the JavaScript engine is asked for or the only one allowed. */
async function quotesIn(t, folder) {
  const wasm = await shown(t, folder);
  assert.equal(wasm.text, "wasm 1833.60");
  for (const [query, policy] of [["?engine=js", undefined], ["", BLOCKING]]) {
    const js = await shown(t, folder, query, policy);
    assert.equal(js.text, "js 1833.60");
    assert.ok(js.scripts.length > wasm.scripts.length, "the JavaScript engine is a script of its own");
  }
}

test("Vite, built", async (t) => {
  const { build } = await import(pathToFileURL(tools.resolve("vite")).href);
  const folder = project("vite", { "index.html": `${PAGE}<script type="module" src="/main.js"></script>`, "main.js": MAIN });
  await build({ root: folder, logLevel: "error", configFile: false });
  await quotesIn(t, path.join(folder, "dist"));
});

test("Vite's own server, as in development", async (t) => {
  const { createServer } = await import(pathToFileURL(tools.resolve("vite")).href);
  const folder = project("vite-dev", { "index.html": `${PAGE}<script type="module" src="/main.js"></script>`, "main.js": MAIN });
  const server = await createServer({ root: folder, logLevel: "error", configFile: false, server: { host: "127.0.0.1", port: 0 }, cacheDir: path.join(folder, ".vite") });
  t.after(() => server.close());
  await server.listen();
  const address = `http://127.0.0.1:${server.httpServer.address().port}/`;
  assert.equal((await seenAt(t, address, 60_000)).text, "wasm 1833.60");
  assert.equal((await seenAt(t, `${address}?engine=js`, 60_000)).text, "js 1833.60");
});

const webpackBuild = (options) => new Promise((resolve, reject) => {
  // Not made small: that takes minutes for the JavaScript engine, and proves nothing of webpack's ways with modules.
  tools("webpack")({ mode: "production", performance: false, optimization: { minimize: false }, ...options }, (error, stats) => {
    if (error ?? stats.hasErrors()) reject(error ?? new Error(stats.toString("errors-only")));
    else resolve(stats.toJson({ all: false, warnings: true }).warnings.map(({ message }) => message));
  });
});

test("webpack 5", async (t) => {
  const folder = project("webpack", { "main.js": MAIN });
  const warnings = await webpackBuild({ context: folder, entry: "./main.js", output: { path: path.join(folder, "dist"), filename: "main.js" } });
  assert.deepEqual(warnings, []);
  fs.writeFileSync(path.join(folder, "dist", "index.html"), `${PAGE}<script src="main.js"></script>`);
  await quotesIn(t, path.join(folder, "dist"));
});

test("esbuild, with chunks", async (t) => {
  const folder = project("esbuild", { "main.js": MAIN });
  await esbuild({ entryPoints: [path.join(folder, "main.js")], bundle: true, splitting: true, format: "esm", minify: true, outdir: path.join(folder, "dist"), logLevel: "error" });
  fs.writeFileSync(path.join(folder, "dist", "index.html"), `${PAGE}<script type="module" src="main.js"></script>`);
  await quotesIn(t, path.join(folder, "dist"));
});

test("esbuild, in one file", async (t) => {
  const folder = project("esbuild-one", { "main.js": MAIN });
  await esbuild({ entryPoints: [path.join(folder, "main.js")], bundle: true, format: "iife", minify: true, outfile: path.join(folder, "dist", "main.js"), logLevel: "error" });
  fs.writeFileSync(path.join(folder, "dist", "index.html"), `${PAGE}<script src="main.js"></script>`);
  assert.equal((await shown(t, path.join(folder, "dist"))).text, "wasm 1833.60");
  assert.equal((await shown(t, path.join(folder, "dist"), "", BLOCKING)).text, "js 1833.60");
});

test("a script tag, from the installed package", async (t) => {
  const folder = project("script", { "main.js": `clearloan.init({ asm: "node_modules/clearloan/clearloan.asm.js" }).then(() => {
    document.getElementById("shown").textContent = clearloan.engine() + " " + clearloan.quote(${JSON.stringify(DEMO_TERMS)}).schedule.firstPayment; });`,
  "index.html": `${PAGE}<script src="node_modules/clearloan/clearloan.js"></script><script src="main.js"></script>` });
  assert.equal((await shown(t, folder)).text, "wasm 1833.60");
  assert.equal((await shown(t, folder, "", BLOCKING)).text, "js 1833.60");
});

const SERVER = `import { engine, init, quote } from "clearloan";
  export async function GET() { await init(); return engine() + " " + quote(${JSON.stringify(DEMO_TERMS)}).schedule.firstPayment; }
  if (process.argv[2] === "run") GET().then((text) => console.log(text));\n`;

/** The build's output alone, elsewhere: what a serverless build keeps must be all that it needs. */
function runsAlone(folder, file) {
  const alone = fs.mkdtempSync(path.join(PROJECTS, "alone-"));
  fs.cpSync(folder, alone, { recursive: true });
  fs.writeFileSync(path.join(alone, "package.json"), "{}");
  const { stdout, stderr } = spawnSync("node", [path.join(alone, file), "run"], { cwd: alone, encoding: "utf8", timeout: 60_000 });
  fs.rmSync(alone, { recursive: true });
  assert.equal(stdout, "wasm 1833.60\n", stderr);
}

test("a server bundle of webpack, as Next.js makes them", async () => {
  const folder = project("next", { "route.js": SERVER });
  const warnings = await webpackBuild({ context: folder, entry: "./route.js", target: "node", output: { path: path.join(folder, "dist"), filename: "route.js", library: { type: "commonjs2" } } });
  assert.deepEqual(warnings, []);
  runsAlone(path.join(folder, "dist"), "route.js");
});

for (const [format, extension] of [["esm", "mjs"], ["cjs", "cjs"]]) {
  test(`a server bundle of esbuild as ${format}`, async () => {
    const folder = project(`server-${format}`, { "route.mjs": SERVER });
    await esbuild({ entryPoints: [path.join(folder, "route.mjs")], bundle: true, platform: "node", format, outfile: path.join(folder, "dist", `route.${extension}`), logLevel: "error" });
    runsAlone(path.join(folder, "dist"), `route.${extension}`);
  });
}
