// The disclosure: in each regime the rate that its law puts first, the table, the pop-up with its time to read, and the record.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { DESKTOP, PHONE, choose, figures, fill, nextFrame, shown, stopClock, useBrowser } from "./support/browser.mjs";
import { WORDS as DIALOG_WORDS } from "../../js/ui/dialog-words.js";
import { WORDS } from "../../js/ui/words.js";
import { dateText, grouped, percent } from "../../js/ui/make.js";

const open = useBrowser();
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const axeFinds = async (page) => (await page.evaluate(async () => (await window.axe.run(document)).violations))
  .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));

/** The demo quote under each law: its annual rates are worked in exact fractions with the engine's own tests. */
const REGIMES = {
  CN: ["19.94%", "0.1994064065", "正常履约年化综合融资成本（单利）", "除上述明示的息费项目外"],
  US: ["19.94%", "0.1994064065", "ANNUAL PERCENTAGE RATE", "FINANCE CHARGE"],
  EU: ["21.9%", "0.2186793187", "Annual percentage rate of charge (APRC)", "Representative example"],
  UK: ["21.9%", "0.2186793187", "Representative APR", "Representative example"],
  IN: ["19.94%", "0.1994064065", "Annual Percentage Rate (APR)", "Net disbursed amount"],
};

for (const [regime, [headline, rate, label, sentence]] of Object.entries(REGIMES)) {
  test(`${regime}: the rate that the law puts first is the headline, and the table goes with it`, async () => {
    const page = await open({ locale: regime === "CN" ? "zh-CN" : "en", hash: "#fee=1" });
    await choose(page, "regime", regime);
    assert.equal(await shown(page, "#headline"), headline);
    assert.equal((await figures(page)).headline, rate);
    assert.equal(await shown(page, "#headline-label"), label);
    assert.ok((await page.locator("#disclosure-table").innerText()).includes(sentence), sentence);
    assert.equal(await page.locator(".cost-table tbody tr:has(.unnamed)").count(), 2, "nobody is named who collects");
    if (regime !== "CN") await page.waitForFunction((regime) => location.hash.includes(`regime=${regime}`), regime);
  });
}

test("who collects each item, what default costs, and each limit with what is measured", async () => {
  const page = await open();
  await fill(page, { lender: "某某小贷公司", lenderType: "smallLoan", feePayee: "某某担保公司", overdue: "1.5", misuse: "2", early: "1", lpr: "3" });
  const table = await shown(page, "#disclosure-table");
  assert.equal(await page.locator("#disclosure-table .unnamed").count(), 0);
  for (const words of ["某某小贷公司", "某某担保公司", "逾期", "挪用", "提前还款", "未超过 24.00%"]) assert.ok(table.includes(words), words);
  const before = (await figures(page)).headline;
  // 30 % a year and a fee: above each limit, said in words and with a sign.
  await fill(page, { rate: "30" });
  assert.notEqual((await figures(page)).headline, before);
  assert.match(await shown(page, "#disclosure-table"), /测得 \d+\.\d\d%，超过 24\.00%/);
  assert.doesNotMatch(await shown(page, "#disclosure-table"), /违法|无需偿还/);
});

test("slips in the lender's fields stand beside them, and what is folded away opens", async () => {
  const page = await open();
  for (const [name, text] of [["overdue", "x"], ["misuse", "-1"], ["early", "abc"], ["lpr", "x"], ["lpr", "-3"]]) {
    await page.locator("#reset").click();
    await page.evaluate(() => { document.querySelector(".more").open = true; });
    await page.locator(`#${name}`).fill(text);
    await page.evaluate(() => { document.querySelector(".more").open = false; });
    await page.locator("#principal").fill("20000");
    await nextFrame(page);
    assert.equal(await page.locator(`#${name}-note.is-error`).isVisible(), true, name);
    assert.equal(await page.locator(".note.is-error").count(), 1, name);
  }
});

test("a borrower reads days and amounts as the page writes them, the currency, and nothing meant for developers", async () => {
  for (const [locale, days, currency] of [["zh-CN", ["2026/12/24", "2027/11/24"], "币种"], ["en", ["24 Dec 2026", "24 Nov 2027"], "Currency"]]) {
    const page = await open({ locale, viewport: PHONE });
    await fill(page, { lender: "某某银行" });
    for (const regime of Object.keys(REGIMES)) {
      await choose(page, "regime", regime);
      await nextFrame(page);
      await page.locator("#disclosure-open").click();
      const text = await page.locator("dialog .cost-statement").innerText();
      for (const words of [...days, "1,833.60"]) assert.ok(text.includes(words), `${regime}: ${words}`);
      assert.match(text, new RegExp(`${currency}\\s+CNY`), regime);
      assert.doesNotMatch(text, /\d{4}-\d{2}-\d{2}|\blenders\b|\bpayee\b|\brules\b|[a-z]+_[a-z]+_/, regime);
      // The law's own numbers are no amounts.
      if (regime === "US") assert.match(text, /12 CFR 1026\.22/);
      // A sole lender's income is the total interest once more.
      assert.doesNotMatch(text, /出资 100%|share 100%/, regime);
      const lines = await page.locator("dialog time").evaluateAll((all) => all.map((time) => time.getClientRects().length));
      assert.ok(lines.length >= 2 && lines.every((count) => count === 1), `${regime}: a day is broken over lines`);
      await page.keyboard.press("Escape");
    }
    assert.match(await page.locator("#disclosure-table .cost-warnings summary").innerText(), locale === "en" ? /whoever runs this page/ : /运营方/);
  }
});

/** Opens the pop-up with a clock that the test moves. */
async function popup({ locale = "zh-CN", viewport = PHONE, ...more } = {}) {
  const page = await open({ locale, viewport, ...more });
  await page.evaluate(() => {
    window.records = [];
    document.addEventListener("clearloan:disclosed", ({ detail }) => window.records.push(detail));
  });
  await stopClock(page);
  await page.locator("#disclosure-open").click();
  return page;
}

test("the pop-up wants its seconds, the end of the text and a tick, in any order, and gives the record", async () => {
  const page = await popup();
  const dialog = page.locator("dialog.cost-dialog");
  const confirm = dialog.locator("[part=confirm]");
  assert.equal(await dialog.locator(".cost-headline").innerText(), "19.94%");
  assert.match(await dialog.locator(".cost-clock").innerText(), /还需 10 秒/);
  assert.equal(await dialog.locator("#cost-agree").isChecked(), false, "the box is not ticked");
  assert.equal(await confirm.isDisabled(), true);

  await page.clock.runFor(4_000);
  assert.match(await dialog.locator(".cost-clock").innerText(), /还需 6 秒/);
  await page.clock.runFor(7_000);
  assert.match(await dialog.locator(".cost-clock").innerText(), /滚动到末尾/, "time alone is not reading");
  assert.equal(await dialog.locator("#cost-agree").isDisabled(), true);

  await dialog.locator(".cost-scroller").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await page.clock.runFor(400);
  assert.match(await dialog.locator(".cost-clock").innerText(), /已读完/);
  assert.equal(await confirm.isDisabled(), true, "a box has to be ticked");
  await dialog.locator("#cost-agree").check();
  assert.equal(await confirm.isDisabled(), false);
  await confirm.click();

  await dialog.waitFor({ state: "detached" });
  const records = await page.evaluate(() => window.records);
  assert.equal(records.length, 1);
  const { fingerprint, secondsRead, ...rest } = records[0];
  assert.match(fingerprint, /^[0-9a-f]{64}$/);
  assert.equal(secondsRead, 11, "4 s and 7 s and 0.4 s");
  await page.clock.resume();
  assert.deepEqual(rest, { rules: "2026-11-24", regime: "CN", on: "2026-11-24", locale: "zh-CN" });
  assert.match(await shown(page, "#disclosure-record"), new RegExp(`阅读 ${secondsRead} 秒.*${fingerprint.slice(0, 12)}`));
  assert.equal(await page.evaluate(() => document.activeElement.id), "disclosure-open", "the focus is back where it was");

  await fill(page, { principal: "21000" });
  assert.equal(await shown(page, "#disclosure-record"), "", "another loan has not been confirmed");
});

test("scrolling first does not shorten the time; closing and Escape leave no record", async () => {
  const page = await popup();
  const dialog = page.locator("dialog.cost-dialog");
  await dialog.locator(".cost-scroller").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await page.clock.runFor(6_000);
  assert.equal(await dialog.locator("#cost-agree").isDisabled(), true);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.locator("#disclosure-open").click();
  assert.match(await dialog.locator(".cost-clock").innerText(), /还需 10 秒/, "a new reading begins anew");
  await dialog.locator("[part=close]").click();
  await dialog.waitFor({ state: "detached" });
  assert.deepEqual(await page.evaluate(() => window.records), []);
});

test("by keyboard alone: the text scrolls, Tab stays inside, Space ticks, Enter confirms", async () => {
  const page = await popup({ locale: "en" });
  assert.match(await page.evaluate(() => document.activeElement.className), /cost-scroller/);
  await page.clock.runFor(10_500);
  await page.keyboard.press("End");
  await page.waitForFunction(() => {
    const scroller = document.querySelector(".cost-scroller");
    return scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2;
  });
  await page.clock.runFor(400);
  const stops = [];
  for (let press = 0; press < 8; press += 1) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(() => document.activeElement.closest("dialog") !== null || document.activeElement === document.body));
    if (await page.evaluate(() => document.activeElement.id === "cost-agree")) break;
  }
  assert.ok(stops.every(Boolean), "focus never leaves the pop-up");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal((await page.evaluate(() => window.records)).length, 1);
});

test("on paper there is the statement and nothing else", async () => {
  const page = await popup();
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("main").isVisible(), false);
  assert.equal(await page.locator("header").isVisible(), false);
  assert.equal(await page.locator(".cost-dialog .cost-statement").isVisible(), true);
  assert.equal(await page.locator(".cost-foot").isVisible(), false);
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("main").isVisible(), true);
  assert.equal(await page.locator("#terms").isVisible(), false);
});

test("the hostile name of a lender stays text, in the table and in the pop-up", async () => {
  const page = await open();
  await fill(page, { lender: `<img src=x onerror=alert(1)>`, feePayee: `"><script>1</script>` });
  await page.locator("#disclosure-open").click();
  assert.equal(await page.locator("main img, dialog img, main script, dialog script").count(), 0);
  assert.ok((await page.locator("dialog").innerText()).includes("<img src=x onerror=alert(1)>"));
});

test("axe finds nothing in the pop-up, waiting and done, in both languages", async () => {
  for (const [locale, viewport, colorScheme] of [["zh-CN", PHONE, "light"], ["en", DESKTOP, "dark"]]) {
    const page = await popup({ locale, viewport, colorScheme });
    await page.evaluate(AXE);
    await page.clock.resume();
    assert.deepEqual(await axeFinds(page), []);
    await page.locator(".cost-scroller").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    await page.clock.fastForward(11_000);
    await page.locator("#cost-agree").check();
    assert.deepEqual(await axeFinds(page), []);
  }
});

test("each figure explains itself, down to the figure shown", async () => {
  for (const locale of ["zh-CN", "en"]) {
    const page = await open({ locale });
    await page.evaluate(AXE);
    const exact = await figures(page);
    exact.interest = exact["legend-interest"];
    const buttons = await page.locator("[data-explain]").evaluateAll((all) => all.map(({ dataset }) => dataset.explain));
    assert.ok(buttons.length >= 13);
    for (const figure of buttons) {
      await page.locator(`[data-explain=${figure}]`).click();
      const steps = page.locator("dialog .explain-steps b");
      assert.equal((await steps.last().innerText()).replaceAll(",", ""), exact[figure], figure);
      assert.ok((await page.locator(".explain-formula").innerText()).length > 3);
      if (figure === "headline" || figure === "payments") assert.deepEqual(await axeFinds(page), []);
      await page.keyboard.press("Escape");
      await page.locator("dialog").waitFor({ state: "detached" });
    }
  }
});

test("the table's own words are complete, and its numbers are written exactly", () => {
  for (const words of [WORDS, DIALOG_WORDS]) assert.deepEqual(Object.keys(words.en), Object.keys(words["zh-CN"]));
  assert.equal(percent("0.1994064065", 2), "19.94%");
  assert.equal(percent("12.345", 2), "1,234.50%");
  assert.equal(percent("0.18005", 2), "18.01%");
  assert.equal(percent("-0.0512", 1), "-5.1%");
  assert.equal(percent("-0.00001", 1), "0.0%");
  assert.deepEqual([dateText("2026-09-04", "en"), dateText("2026-09-04", "zh-CN")], ["4 Sep 2026", "2026/09/04"]);
  assert.equal(grouped("11 × 1833.60 on 2026-12-24, 1234567.00"), "11 × 1,833.60 on 2026-12-24, 1,234,567.00");
});
