// Adverts' rates in all their forms, and offers side by side.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { PHONE, fill, nextFrame, shown, useBrowser } from "./support/browser.mjs";

const open = useBrowser();
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rows = (page) => page.locator("#offer-rows tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.innerText)));

test("a flat fee of 0.6 % an instalment is 13.03 % a year, and so it says, with the difference to this loan", async () => {
  const page = await open();
  await fill(page, { advert: "0.6" });
  assert.equal(await shown(page, "#advert-simpleAnnual"), "13.03%");
  assert.equal(await shown(page, "#advert-sentence"), "广告的利率分 12 期，折成年化（单利）是 13.03%。这笔贷款是 19.94%，高 6.91 个百分点。");
  // 1.5 % a month on what is owed is 18 % a year; the loan's own fee makes it dearer.
  await fill(page, { advertBasis: "monthly", advert: "1.5" });
  assert.equal(await shown(page, "#advert-simpleAnnual"), "18.00%");
  await fill(page, { advertBasis: "daily", advert: "万7" });
  assert.match(await shown(page, "#advert-sentence"), /25\.55%.*低 5\.61 个百分点/);
  await page.waitForFunction(() => location.hash.includes("advertBasis=daily"));
  await page.locator("#switch-language").click();
  assert.match(await shown(page, "#advert-sentence"), /25\.55% a year \(simple\).*5\.61 percentage points less/);
});

test("a rate that is none gets a sentence beside it, and the quote is none the worse", async () => {
  const page = await open();
  for (const [text, sentence] of [["abc", /没看懂/], ["-1", /./], ["99999", /./]]) {
    await fill(page, { advert: text });
    assert.equal(await page.locator("#advert-note.is-error").count(), 1, text);
    assert.match(await shown(page, "#advert-note"), sentence);
    assert.equal(await page.locator("#advert-result").isVisible(), false);
    assert.equal(await page.evaluate(() => document.documentElement.classList.contains("is-outdated")), false);
  }
  await fill(page, { advert: "" });
  assert.equal(await page.locator("#advert-note.is-error").count(), 0);
});

test("offers stand side by side: which has the lowest annual cost, and what each costs more or less", async () => {
  const page = await open({ viewport: PHONE });
  assert.deepEqual((await rows(page)).map(([, annual]) => annual), ["19.94%"], "one offer alone is not the lowest of anything");
  await page.locator("#offer-keep").click();
  await fill(page, { rate: "12", fee: "0" });
  await nextFrame(page);
  const [current, kept] = await rows(page);
  assert.match(current[0], /^当前方案/);
  assert.deepEqual([current[1].split("\n")[0], current[1].split("\n")[1], current[2]], ["12.00%", "年化最低", "¥1,776.98"]);
  // 2,203.21 against 1,323.70, both worked from the schedules.
  assert.deepEqual([kept[1], kept[2], ...kept[3].split("\n")], ["19.94%", "¥1,833.60", "¥2,203.21", "多付 ¥879.51"]);
  await page.locator(".offer-remove").click();
  assert.equal((await rows(page)).length, 1);
  assert.equal(await page.evaluate(() => document.activeElement.id), "offer-keep", "the focus has somewhere to be");
});

test("the catalogue's samples are marked as such, and stand there only where their ranges reach this loan", async () => {
  const page = await open();
  await page.locator("#offer-samples").check();
  const names = (await rows(page)).slice(1).map(([name]) => name);
  assert.ok(names.length >= 3);
  for (const name of names) assert.match(name, /示例/);
  assert.match(await shown(page, "#offers-left"), /银行信用贷/);
  assert.match(await shown(page, "#offers-note"), /示例目录/);
  await fill(page, { principal: "100000", instalmentCount: "24" });
  assert.match((await rows(page)).map(([name]) => name).join(), /银行信用贷/);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await window.axe.run(document)).violations.map(({ id, nodes }) => `${id} ${nodes[0].target}`));
  assert.deepEqual(found, []);
});
