// Nothing leaves the page: no request after load, none to elsewhere, and a policy that would stop one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { serve } from "../../scripts/serve.mjs";
import { choose, figures, fill, useBrowser } from "./support/browser.mjs";

const open = useBrowser();

test("after loading, nothing is requested, and offline it works on", async () => {
  const page = await open({ isFresh: true });
  const { origin } = new URL(page.url());
  assert.ok(page.seen.requests.every((address) => address.startsWith(origin)), "every file is the page's own");
  await page.waitForLoadState("networkidle");
  const loaded = page.seen.requests.length;
  await page.context().setOffline(true);
  await fill(page, { principal: "12,345", rate: "9", instalmentCount: "36", method: "equalPrincipal", fee: "abc" });
  await fill(page, { fee: "2" });
  await choose(page, "settlement", "financed");
  await page.locator("#switch-language").click();
  assert.equal((await figures(page)).proceeds, "12345.00");
  await page.waitForTimeout(600);
  assert.equal(page.seen.requests.length, loaded, page.seen.requests.slice(loaded).join(" "));
  assert.deepEqual(page.seen.faults, []);
  assert.equal(await page.evaluate(() => document.cookie + localStorage.length + sessionStorage.length), "00");
});

test("the page's own policy forbids inline code, eval and connections", async () => {
  const page = await open({ isFresh: true });
  const blocked = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.inlineRan = true";
    document.body.append(script);
    const outcomes = { inline: window.inlineRan !== true };
    // In a task of its own: what a debugger evaluates is let through.
    outcomes.eval = await new Promise((resolve) => setTimeout(() => {
      try {
        new Function("return 1")();
        resolve(false);
      } catch {
        resolve(true);
      }
    }));
    outcomes.connection = await fetch("/index.html").then(() => false, () => true);
    outcomes.elsewhere = await fetch("http://127.0.0.1:9/clearloan/clearloan.wasm").then(() => false, () => true);
    return outcomes;
  });
  assert.deepEqual(blocked, { inline: true, eval: true, connection: true, elsewhere: true });
});

for (const [name, csp, runs] of [
  ["a policy that allows the page and nothing else", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; worker-src 'self'; connect-src 'self'", "wasm"],
  ["a policy with trusted types and no objects", "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; object-src 'none'; require-trusted-types-for 'script'", "wasm"],
  ["a policy that blocks WebAssembly", "default-src 'self'; script-src 'self'; img-src 'self' data:", "js"],
]) {
  test(`under ${name}, the page works`, async (t) => {
    const { server, address } = await serve(0, { csp });
    t.after(() => { server.closeAllConnections(); server.close(); });
    const page = await open({ isFresh: true, waits: false });
    await page.goto(address);
    await page.waitForSelector("html[data-engine=ready], html[data-engine=failed]", { state: "attached" });
    assert.equal(await page.getAttribute("html", "data-engine"), "ready");
    assert.equal((await figures(page)).simpleAnnual, "0.1994064065");
    assert.equal(page.seen.requests.some((address) => /\/app\/asm/.test(address)), runs === "js", "the plain engine is loaded only where needed");
    assert.equal(await page.locator("#headline").innerText(), "19.94%");
  });
}
