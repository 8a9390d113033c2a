// After the first visit the page needs no network: the service worker keeps every file, and the manifest lets it be installed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { figures, fill, ready, shown, useBrowser } from "./support/browser.mjs";

const open = useBrowser();

test("after one visit the page reloads and quotes offline", async () => {
  const page = await open({ serviceWorkers: "allow", isFresh: true });
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    if (registration.active.state !== "activated") await new Promise((resolve) => registration.active.addEventListener("statechange", resolve));
  });
  await page.context().setOffline(true);
  await page.goto(new URL("./#lang=en&principal=10000&fee=0", page.url()).href);
  await page.reload();
  await ready(page);
  assert.equal(await page.evaluate(() => navigator.serviceWorker.controller !== null), true);
  await fill(page, { rate: "12", instalmentCount: "4" });
  assert.equal((await figures(page)).payment, "2562.81");
  // The first visit was in Chinese; neither language needs the network now.
  assert.equal(await shown(page, "h1"), "What a loan really costs");
  await page.goto(new URL("./#lang=zh-CN", page.url()).href);
  await page.reload();
  await ready(page);
  assert.equal(await shown(page, "h1"), "一笔贷款，到底要花多少钱");
  const kept = await page.evaluate(async () => {
    const [name] = await caches.keys();
    return (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
  });
  for (const file of ["/", "/clearloan/clearloan.wasm", "/app/main.mjs", "/styles/page.css", "/styles/later.css", "/manifest.webmanifest"]) assert.ok(kept.includes(file), file);
  assert.deepEqual(page.seen.faults, []);
});

test("the page can be installed: Chromium finds nothing wrong with its manifest", async () => {
  const page = await open({ serviceWorkers: "allow", isFresh: true });
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  assert.match(data, /"short_name": "明算"/);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // A private window can install nothing; that is all there is to complain of here.
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito"), []);
});
