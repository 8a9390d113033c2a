// What is wrong is said beside its field, in the page's language; what was typed and the last good result stay.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, figures, fill, isOutdated, shown, useBrowser } from "./support/browser.mjs";

const open = useBrowser();

/** Input, text, the other fields needed for it, and the sentence in each language. */
const ERRORS = [
  ["principal", "", {}, "请填写这一项。", "Please fill this in."],
  ["principal", "abc", {}, /没看懂/, /Not understood/],
  ["principal", "20,00", {}, /逗号的位置不对/, /commas are out of place/],
  ["principal", "-5", {}, "不能是负数。", "This cannot be negative."],
  ["principal", "0", {}, "请填 ¥0.01 到 ¥10,000,000,000.00 之间的值。", "Between ¥0.01 and ¥10,000,000,000.00, please."],
  ["principal", "100亿零1", {}, /没看懂/, /Not understood/],
  ["principal", "10,000,000,000.01", {}, /¥10,000,000,000\.00/, /¥10,000,000,000\.00/],
  ["principal", "1.234", {}, "最多 2 位小数。", "At most 2 decimals, please."],
  ["instalmentCount", "0", {}, "请填 1 到 600 之间的值。", "Between 1 and 600, please."],
  ["instalmentCount", "601", {}, /600/, /600/],
  ["instalmentCount", "12.5", {}, /整数/, /whole number/],
  ["instalmentCount", "-3", {}, /1 到 600/, /Between 1 and 600/],
  ["instalmentCount", "600", { disbursementDate: "2160-01-01" }, "最后一期不能晚于 2199/12/31，请减少期数。", /after 31 Dec 2199/],
  ["rate", "", {}, "请填写这一项。", "Please fill this in."],
  ["rate", "1001", {}, "请填 0% 到 1,000% 之间的值。", "Between 0% and 1,000%, please."],
  ["rate", "x", {}, /没看懂/, /Not understood/],
  ["rate", "-1", {}, "不能是负数。", "This cannot be negative."],
  ["rate", "1.12345678901", {}, "最多 10 位小数。", "At most 10 decimals, please."],
  ["rate", "0.6", { basis: "flat", method: "equalInstalment" }, /只用于“等本等息”/, /goes with flat interest only/],
  ["disbursementDate", "", {}, /完整的日期/, /whole date/],
  ["disbursementDate", "1899-12-31", {}, /1900\/01\/01/, /1 Jan 1900/],
  ["dueDay", "32", {}, "请填 1 到 31 之间的值。", "Between 1 and 31, please."],
  ["dueDay", "x", {}, /1 到 31/, /from 1 to 31/],
  ["firstDueDate", "2026-11-24", { due: "date" }, "首个还款日须晚于放款日。", /after the day the loan is paid out/],
  ["firstDueDate", "", { due: "date" }, /完整的日期/, /whole date/],
  ["fee", "x", {}, /没看懂/, /Not understood/],
  ["fee", "x", { feeBasis: "amount" }, /没看懂/, /Not understood/],
  ["fee", "200元", {}, /这是金额/, /That is an amount/],
  ["overdue", "x", {}, /写倍数，例如 1\.5/, /a multiple, such as 1\.5/],
  ["fee", "-1", {}, "不能是负数。", "This cannot be negative."],
  ["fee", "20000", { feeBasis: "amount" }, "从放款中扣除的费用须少于借款金额 ¥20,000.00。", /less than the loan amount of ¥20,000\.00/],
  ["fee", "30000", { feeBasis: "amount", settlement: "paid" }, /费用不少于到手的钱/, /no less than what you receive/],
];

for (const locale of ["zh-CN", "en"]) {
  test(`each error stands beside its field and only there (${locale})`, async () => {
    const page = await open({ locale });
    for (const [input, text, others, zh, en] of ERRORS) {
      await page.locator("#reset").click();
      await fill(page, { ...others, [input]: text });
      const name = `${input} = "${text}"`;
      const errors = await page.locator(".note.is-error:visible").evaluateAll((notes) => notes.map(({ id, textContent }) => [id, textContent]));
      assert.deepEqual(errors.map(([id]) => id), [`${input}-note`], name);
      const sentence = locale === "en" ? en : zh;
      if (typeof sentence === "string") assert.equal(errors[0][1], sentence, name);
      else assert.match(errors[0][1], sentence, name);
      assert.equal(await page.locator(`#${input}`).getAttribute("aria-invalid"), "true", name);
      assert.equal(await page.locator(`#${input}`).getAttribute("aria-describedby"), `${input}-note`);
      assert.equal(await isOutdated(page), true, name);
      if (!input.endsWith("Date")) assert.equal(await page.locator(`#${input}`).inputValue(), text, "what was typed stays");
    }
    assert.deepEqual(page.seen.faults, []);
  });
}

test("all that is wrong is said at once, junk and limits together", async () => {
  const page = await open();
  await fill(page, { principal: "abc", instalmentCount: "999", rate: "2000", dueDay: "40", fee: "?" });
  const marked = await page.locator("[aria-invalid=true]").evaluateAll((inputs) => inputs.map(({ id }) => id));
  assert.deepEqual(marked, ["principal", "instalmentCount", "rate", "dueDay", "fee"]);
});

test("the last good result stays, marked as outdated, until the field is right again", async () => {
  const page = await open();
  const before = await figures(page);
  await fill(page, { principal: "2x" });
  assert.deepEqual(await figures(page), before);
  assert.equal(await isOutdated(page), true);
  assert.equal(await shown(page, "#result-state"), "这是上一次有效的结果。改正有提示的输入后会更新。");
  await fill(page, { principal: "20000" });
  assert.equal(await isOutdated(page), false);
  assert.equal(await page.locator(".note.is-error").count(), 0);
  assert.equal(await shown(page, "#result-state"), "按当前条件计算，利息和全部费用都已计入。");
});

test("a cost beyond every measure is said, and nothing is lost", async () => {
  const page = await open();
  await fill(page, { feeBasis: "amount", fee: "19999.99", instalmentCount: "1", disbursementDate: "2026-11-24" });
  assert.match(await shown(page, "#result-state"), /超出了可表示的范围/);
  assert.equal(await isOutdated(page), true);
  assert.equal(await page.locator("#fee").inputValue(), "19999.99");
});

test("an error is announced once the typing rests", async () => {
  const page = await open();
  await fill(page, { principal: "abc" });
  // The result as the page opened may have been announced before, where the machine is slow.
  await eventually(() => page.locator("#announcer").textContent(), "有 1 项需要改正：借款金额（元）。");
});

test("where only the wasm is missing, the same engine as plain JavaScript takes over", async () => {
  const page = await open({ isFresh: true, waits: false });
  await page.route("**/clearloan/clearloan.wasm", (route) => route.abort());
  await page.reload();
  await page.waitForSelector("html[data-engine=ready]", { state: "attached" });
  assert.equal((await figures(page)).simpleAnnual, "0.1994064065");
});

test("where the engine cannot be loaded, the page says so and keeps what is typed", async () => {
  const page = await open({ isFresh: true, waits: false, hash: "#principal=777" });
  await page.route(/clearloan\.wasm|app\/asm/, (route) => route.abort());
  await page.reload();
  await page.waitForSelector("html[data-engine=failed]", { state: "attached" });
  assert.match(await shown(page, "#result-state"), /没有加载成功/);
  assert.equal(await page.locator("#principal").inputValue(), "777");
});
