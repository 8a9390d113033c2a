// Chinese and English: chosen by the browser, by a link or by the button, everywhere at once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { preferredLocale } from "../../www/app/state.mjs";
import { column, figures, fill, ready, shown, useBrowser } from "./support/browser.mjs";
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
