// Quoting: the demo quote as the page opens, then by typing, by slider and by choice. Expected figures are those that
// semantics.md and the demo quote give, worked in exact fractions; none is taken from the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, choose, column, figures, fill, isOutdated, nextFrame, shown, useBrowser } from "./support/browser.mjs";

const open = useBrowser();
/** Loan A of semantics.md: 10,000.00 at 12 % over 4 months from 2026-11-24, without fees. */
const LOAN_A = { principal: "10000", rate: "12", instalmentCount: "4", fee: "0" };

for (const [name, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test(`the page opens with the demo quote (${name})`, async () => {
    const page = await open({ viewport });
    const { simpleAnnual, irrPerPeriod, ...rest } = await figures(page);
    assert.deepEqual({ simpleAnnual, irrPerPeriod }, { simpleAnnual: "0.1994064065", irrPerPeriod: "0.0166172005" });
    assert.equal(rest.compoundAnnual, "0.2186793187");
    assert.equal(rest.xirr, "0.2194635658");
    assert.deepEqual(
      [rest.payment, rest.financeCharge, rest.payments, rest.proceeds], ["1833.60", "2203.21", "22003.21", "19800.00"]);
    assert.equal(await shown(page, "#simpleAnnual"), "19.94%");
    assert.equal(await shown(page, "#compoundAnnual"), "21.87%");
    assert.equal(await shown(page, "#payment"), "¥1,833.60");
    assert.equal(await shown(page, "#payment-label"), "每期还款");
    assert.equal(await shown(page, "#payment-detail"), "末期 ¥1,833.61");
    assert.equal(await shown(page, "#financeCharge-detail"), "利息 ¥2,003.21 + 费用 ¥200.00");
    assert.equal(await shown(page, "#proceeds-detail"), "已扣服务费 ¥200.00");
    assert.equal(await isOutdated(page), false);
    assert.deepEqual(page.seen.faults, []);
  });
}

test("the schedule has every instalment, and its columns add up to its last row", async () => {
  const page = await open();
  assert.deepEqual(await column(page, 1), Array.from({ length: 12 }, (_, index) => String(index + 1)));
  const payments = await column(page, 3);
  assert.deepEqual(payments, [...Array(11).fill("1,833.60"), "1,833.61"]);
  assert.equal((await column(page, 2))[2], "2027/02/24");
  assert.equal((await column(page, 8)).at(-1), "0.00");
  const sums = await page.locator("#schedule tfoot td").evaluateAll((cells) =>
    cells.filter((cell) => getComputedStyle(cell).display !== "none").map(({ textContent }) => textContent));
  assert.deepEqual(sums.filter(Boolean), ["22,003.21", "20,000.00", "2,003.21"]);
  assert.equal(await page.locator("#schedule thead th:visible").count(), 6, "fees and benefits have no column while they are zero");
});

test("each keystroke quotes anew", async () => {
  const page = await open();
  const amount = page.locator("#principal");
  await amount.fill("");
  const seen = [];
  for (const key of "10000") {
    await amount.press(key);
    seen.push((await figures(page)).payments);
  }
  assert.equal(new Set(seen).size, 5, "five keystrokes, five results");
  await fill(page, LOAN_A);
  const { payment, simpleAnnual, compoundAnnual, xirr, irrPerPeriod } = await figures(page);
  assert.deepEqual({ payment, simpleAnnual, compoundAnnual, xirr, irrPerPeriod }, {
    payment: "2562.81", irrPerPeriod: "0.0099998512", simpleAnnual: "0.1199982146", compoundAnnual: "0.1268230382", xirr: "0.1273370269",
  });
  assert.equal(await shown(page, "#proceeds-detail"), "放款时全额到手");
  assert.equal(await shown(page, "#payment-detail"), "共 4 期，每期相同");
});

test("amounts and rates may be typed as people write them", async () => {
  const page = await open();
  const expected = await figures(page);
  for (const [name, texts] of Object.entries({
    principal: ["2万", "２００００", "20,000.00", "¥20 000", "2w"], rate: ["18%", "１８", "18.000"], instalmentCount: ["1年", "12期", "１２"],
    fee: ["1%", "１"], dueDay: ["24日", ""],
  })) {
    for (const text of texts) {
      await page.locator(`#${name}`).fill("7");
      await page.locator(`#${name}`).fill(text);
      assert.deepEqual(await figures(page), expected, `${name}: ${text}`);
      assert.equal(await isOutdated(page), false);
    }
  }
});

test("a rate that may mean something else is read back", async () => {
  const page = await open({ locale: "en" });
  for (const [typed, read] of [["0.18", "0.18% · "], ["万5", "0.05% · "], ["１８", "18% · "], ["18", ""], ["18%", ""], ["7.2", ""], ["0", ""]]) {
    await page.locator("#rate").fill(typed);
    assert.equal(await shown(page, "#rate-note"), `${read}Nominal annual rate, on what is still owed.`, typed);
  }
});

test("the amount is read back in capitals, and written out when the field is left", async () => {
  const page = await open();
  await page.locator("#principal").fill("3.5万");
  assert.equal(await shown(page, "#principal-note"), "人民币叁万伍仟元整");
  await page.locator("#principal").blur();
  assert.equal(await page.locator("#principal").inputValue(), "35,000");
});

test("sliders and exact entry move each other", async () => {
  const page = await open();
  const slider = page.locator("#principal-slider");
  await slider.focus();
  await slider.press("ArrowRight");
  assert.equal(await page.locator("#principal").inputValue(), "21,000");
  assert.equal((await figures(page)).proceeds, "20790.00");
  assert.equal(await slider.getAttribute("aria-valuetext"), "¥21,000");
  await slider.press("End");
  assert.equal(await page.locator("#principal").inputValue(), "1,000,000");

  const count = page.locator("#instalmentCount-slider");
  await count.focus();
  await count.press("End");
  assert.equal(await page.locator("#instalmentCount").inputValue(), "360");
  await page.locator("#instalmentCount").fill("24");
  assert.equal(await count.getAttribute("aria-valuetext"), "24 期");
  await count.press("ArrowLeft");
  assert.equal(await page.locator("#instalmentCount").inputValue(), "23");
  assert.equal((await column(page, 1)).length, 23);
});

test("a slider dragged by hand quotes while it moves", async () => {
  const page = await open();
  const { x, y, width, height } = await page.locator("#principal-slider").boundingBox();
  await page.mouse.move(x + width * 0.24, y + height / 2);
  await page.mouse.down();
  const seen = new Set();
  for (const part of [0.3, 0.4, 0.5, 0.6]) {
    await page.mouse.move(x + width * part, y + height / 2);
    seen.add((await figures(page)).payment);
  }
  await page.mouse.up();
  assert.equal(seen.size, 4);
});

test("every repayment method gives the figures of semantics.md", async () => {
  const page = await open();
  await fill(page, { ...LOAN_A, instalmentCount: "3", method: "equalPrincipal" });
  assert.deepEqual(await column(page, 4), ["3,333.33", "3,333.33", "3,333.34"]);
  assert.equal(await shown(page, "#payment-label"), "首期还款");

  await fill(page, { basis: "flat", rate: "0.6" });
  assert.equal(await page.locator("input[name=method][value=flat]").isChecked(), true, "a flat rate chooses its method");
  assert.deepEqual(await column(page, 3), ["3,393.33", "3,393.33", "3,393.34"]);

  await fill(page, { ...LOAN_A, basis: "annual", method: "interestOnly" });
  assert.deepEqual(await column(page, 3), ["100.00", "100.00", "100.00", "10,100.00"]);

  await fill(page, { method: "bullet" });
  assert.deepEqual(await column(page, 3), ["10,400.00"]);
  assert.equal(await shown(page, "#payment-label"), "到期还款");
  assert.equal(await shown(page, "#payment-detail"), "2027/03/24 一次还清");
});

test("the rate's basis changes what the number means", async () => {
  const page = await open();
  await fill(page, { ...LOAN_A, basis: "monthly", rate: "1" });
  assert.equal((await figures(page)).payment, "2562.81", "1 % a month is 12 % a year");
  await fill(page, { basis: "daily", rate: "万5" });
  // 30 days to 24 Dec: 10,000 × 0.0005 × 30.
  assert.equal((await column(page, 5))[0], "150.00");
});

test("the fee is kept, paid or added, in per cent or in money", async () => {
  const page = await open();
  await fill(page, { ...LOAN_A, fee: "1" });
  assert.deepEqual(await pick(page), { proceeds: "9900.00", payment: "2562.81", simpleAnnual: "0.1691149059" });
  await choose(page, "settlement", "paid");
  assert.deepEqual(await pick(page), { proceeds: "10000.00", payment: "2562.81", simpleAnnual: "0.1691149059" });
  assert.equal(await shown(page, "#proceeds-detail"), "放款当天另付 ¥100.00");
  await choose(page, "settlement", "financed");
  assert.deepEqual(await pick(page), { proceeds: "10000.00", payment: "2588.44", simpleAnnual: "0.1686282998" });
  await fill(page, { feeBasis: "amount", fee: "100" });
  assert.deepEqual(await pick(page), { proceeds: "10000.00", payment: "2588.44", simpleAnnual: "0.1686282998" });
});

test("the picture's parts add up to what is paid, however the fee is settled", async () => {
  const page = await open();
  const cents = (text) => Number(text.replace(".", ""));
  for (const settlement of ["deducted", "paid", "financed"]) {
    await choose(page, "settlement", settlement);
    const shown = await figures(page);
    const parts = ["proceeds", "interest", "fees"].map((share) => cents(shown[`legend-${share}`]));
    assert.equal(parts[0] + parts[1] + parts[2], cents(shown.payments), settlement);
  }
  const widths = await page.locator("#share-chart path").evaluateAll((paths) => paths.map((path) => path.getBBox().width));
  assert.equal(Math.round(widths[0] + widths[1] + widths[2]), 1000, "the bar is full");
});

async function pick(page) {
  const { proceeds, payment, simpleAnnual } = await figures(page);
  return { proceeds, payment, simpleAnnual };
}

test("due days are cut to the month's end, or run from a first date", async () => {
  const page = await open();
  await fill(page, { ...LOAN_A, disbursementDate: "2027-01-31", dueDay: "31" });
  assert.deepEqual(await column(page, 2), ["2027/02/28", "2027/03/31", "2027/04/30", "2027/05/31"]);
  await fill(page, { disbursementDate: "2026-11-24", due: "date", firstDueDate: "2027-01-10" });
  assert.deepEqual(await column(page, 3), ["2,576.34", "2,576.34", "2,576.34", "2,576.35"]);
  assert.equal((await figures(page)).simpleAnnual, "0.1197871464");
});

test("a long schedule has only the rows in sight, and each of its rows can be scrolled to", async () => {
  const page = await open();
  await fill(page, { instalmentCount: "600" });
  const scroller = page.locator("#schedule-scroller");
  await scroller.scrollIntoViewIfNeeded();
  await nextFrame(page);
  const there = (await column(page, 1)).length;
  assert.ok(there >= 20 && there <= 60, `${there} rows`);
  assert.equal(await page.locator("#schedule").getAttribute("aria-rowcount"), "602");
  const seen = new Set();
  for (let top = 0; top <= 600 * 60; top += 400) {
    const ended = await scroller.evaluate((element, top) => {
      element.scrollTop = top;
      return element.scrollTop < top;
    }, top);
    await nextFrame(page);
    for (const number of await column(page, 1)) seen.add(Number(number));
    if (ended) break;
  }
  assert.equal(seen.size, 600);
  assert.equal((await column(page, 1)).at(-1), "600");
  assert.equal(await page.locator("#schedule-rows tr").last().getAttribute("aria-rowindex"), "601");
  assert.equal(await page.locator("#schedule tfoot").isVisible(), true);
  // The frame scrolls by keyboard too.
  await scroller.focus();
  await page.keyboard.press("Home");
  await page.waitForFunction(() => document.querySelector("#schedule-rows th").textContent === "1");

  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal((await column(page, 1)).length, 600, "paper has them all");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await fill(page, { instalmentCount: "60" });
  assert.equal((await column(page, 1)).length, 60);
  assert.equal(await page.locator("#schedule").getAttribute("aria-rowcount"), null);
});

for (const locale of ["zh-CN", "en"]) {
  test(`on a phone the schedule never scrolls sideways, and a row's amounts stand below their heads (${locale})`, async () => {
    const page = await open({ locale });
    for (const [instalmentCount, principal] of [["12", "20000"], ["60", "20000"], ["360", "1000000"]]) {
      await fill(page, { instalmentCount, principal });
      await page.locator("#schedule-scroller").scrollIntoViewIfNeeded();
      for (const width of [320, 360, 390]) {
        await page.setViewportSize({ width, height: 740 });
        await nextFrame(page);
        const name = `${instalmentCount} instalments at ${width} px`;
        assert.ok(await page.locator("#schedule-scroller").evaluate((frame) => frame.scrollWidth <= frame.clientWidth), name);
        const [heads, cells] = await page.evaluate(() => ["thead", "#schedule-rows"].map((part) =>
          [...document.querySelector(`#schedule ${part === "thead" ? part : "tbody:not(.spacer)"} tr`).cells]
            .filter((cell) => cell.getClientRects().length > 0)
            .map((cell) => {
              const range = document.createRange();
              range.selectNodeContents(cell);
              const { left, right, height } = range.getBoundingClientRect();
              return { left, right, height, role: cell.getAttribute("role") };
            })));
        assert.equal(heads.length, 6, name);
        for (const [index, cell] of cells.entries()) {
          assert.ok(cell.height < 24, `${name}: column ${index} stays on one line`);
          // Number and date begin where their heads do; amounts end there.
          const edge = index < 2 ? "left" : "right";
          assert.ok(Math.abs(cell[edge] - heads[index][edge]) <= 1, `${name}: column ${index}`);
        }
        assert.deepEqual(cells.map(({ role }) => role), ["rowheader", ...Array(5).fill("cell")]);
      }
    }
  });
}

test("the example comes back with one button", async () => {
  const page = await open();
  await fill(page, { ...LOAN_A, method: "bullet" });
  await page.locator("#reset").click();
  assert.equal((await figures(page)).simpleAnnual, "0.1994064065");
  assert.equal(await page.locator("#principal").inputValue(), "20,000");
});

test("on a phone the two figures that matter stay in sight until the result is", async () => {
  const page = await open({ viewport: PHONE });
  const bar = page.locator("#summary-bar");
  await bar.waitFor({ state: "visible" });
  assert.match(await bar.innerText(), /19\.94%[\s\S]*¥1,833\.60/);
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await bar.waitFor({ state: "hidden" });
  await page.evaluate(() => scrollTo(0, 0));
  await bar.waitFor({ state: "visible" });
  await bar.click();
  await bar.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "result-heading");
});
