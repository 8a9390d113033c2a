// Chinese and English: chosen by the browser, by a link or by the button, everywhere at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { preferredLocale } from "../../www/app/state.mjs";
import { PHONE, column, figures, fill, ready, shown, useBrowser } from "./support/browser.mjs";
import { drawn } from "./support/panels.mjs";

const open = useBrowser();

test("the reader's first language that the page speaks is taken", () => {
  assert.equal(preferredLocale(["zh-TW", "en"]), "zh-CN");
  assert.equal(preferredLocale(["fr", "zh-CN", "en"]), "zh-CN");
  assert.equal(preferredLocale(["en-GB"]), "en");
  assert.equal(preferredLocale(["de", "fr"]), "en");
  assert.equal(preferredLocale([]), "en");
});

for (const [locale, heading, label] of [
  ["zh-CN", "一笔贷款，到底要花多少钱", "正常履约年化综合融资成本（单利）"],
  ["en-GB", "What a loan really costs", "Annual all-in cost under normal performance (simple interest)"],
]) {
  test(`a browser in ${locale} is met in its language`, async () => {
    const page = await open({ locale });
    assert.equal(await page.getAttribute("html", "lang"), locale.startsWith("zh") ? "zh-CN" : "en");
    assert.equal(await shown(page, "h1"), heading);
    assert.equal(await shown(page, "#headline-label"), label);
  });
}

test("the button changes every word, keeps every figure, and the address remembers", async () => {
  const page = await open({ locale: "zh-CN" });
  await fill(page, { principal: "30000", rate: "x" });
  const before = await figures(page);
  await page.locator("#switch-language").click();
  assert.deepEqual(await figures(page), before);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.match(await page.title(), /What a loan really costs/);
  assert.match(await shown(page, "#rate-note"), /Not understood/);
  assert.equal(await page.locator("#principal").inputValue(), "30,000");
  assert.equal((await column(page, 2))[9], "24 Sep 2027");
  await drawn(page);
  const chinese = await page.evaluate(() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const { parentElement, data } = texts.currentNode;
      if (/[\u4e00-\u9fff]/.test(data) && parentElement.id !== "switch-language" && parentElement.tagName !== "NOSCRIPT") found.push(data);
    }
    return found;
  });
  assert.deepEqual(chinese, [], "no Chinese is left behind");
  await page.waitForFunction(() => location.hash.startsWith("#lang=en"));
  await page.reload();
  await ready(page);
  assert.equal(await page.getAttribute("html", "lang"), "en");
});

test("a link's language wins over the browser's", async () => {
  const page = await open({ locale: "zh-CN", hash: "#lang=en" });
  assert.equal(await shown(page, "h1"), "What a loan really costs");
});

/** Opens the page with the words of a language held back until `give(true)` lets them through or `give(false)` refuses them. */
async function openHeld(locale, language) {
  const page = await open({ locale, waits: false, viewport: PHONE });
  let give;
  const given = new Promise((resolve) => { give = resolve; });
  await page.route(new RegExp(`/app/${language}-`), async (route) => (await given ? route.continue() : route.abort()));
  await page.reload({ waitUntil: "commit" });
  return { page, give };
}

const painted = (page) => page.evaluate(() => getComputedStyle(document.querySelector("h1")).visibility === "visible");

test("nothing is painted before the reader's words are there, and then the form and every word at once", async () => {
  const { page, give } = await openHeld("en-GB", "en");
  await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/app/slim-")));
  assert.equal(await painted(page), false);
  give(true);
  await ready(page);
  assert.equal(await painted(page), true);
  assert.equal(await shown(page, "h1"), "What a loan really costs");
  assert.equal(await page.evaluate(() => [...document.querySelectorAll("[data-word]")].filter(({ textContent }) => textContent === "").length), 0);
});

test("where the other language cannot be loaded, the page works on in the one it has", async () => {
  const { page, give } = await openHeld("zh-CN", "en");
  give(false);
  await ready(page);
  await page.locator("#switch-language").click();
  await fill(page, { principal: "30000" });
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
  assert.equal(await shown(page, "h1"), "一笔贷款，到底要花多少钱");
  assert.equal((await figures(page)).proceeds, "29700.00");
});
