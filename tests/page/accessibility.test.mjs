// axe-core finds nothing in any state; everything works by keyboard; text and figures fit from 320 px to wide.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { DESKTOP, PHONE, eventually, figures, fill, nextFrame, ready, resize, stopClock, useBrowser } from "./support/browser.mjs";

const open = useBrowser();
const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every state that looks different, and how to get there. */
const STATES = {
  "the demo quote": {},
  "many errors": { principal: "abc", instalmentCount: "0", rate: "-1", dueDay: "32", fee: "x" },
  "a first due date and a long schedule": { due: "date", firstDueDate: "2027-01-10", instalmentCount: "120", method: "equalPrincipal" },
  "the lender named, default priced, every limit measured": { lender: "<b>某某小贷</b>", lenderType: "smallLoan", feePayee: "某某担保", overdue: "1.5", misuse: "2", early: "1", lpr: "3" },
  "the disclosure of the US": { regime: "US" },
  "the disclosure of India": { regime: "IN" },
  "an advert's rate": { advert: "0.6", advertBasis: "flat" },
  "an advert's rate that is none": { advert: "abc" },
  "a bullet loan with a fee in money": { method: "bullet", feeBasis: "amount", fee: "300", settlement: "paid" },
};

for (const [locale, colorScheme, viewport] of [
  ["zh-CN", "light", PHONE], ["zh-CN", "dark", DESKTOP], ["en", "light", DESKTOP], ["en", "dark", PHONE],
]) {
  test(`axe finds nothing in ${locale}, ${colorScheme}, ${viewport.width} px`, async () => {
    const page = await open({ locale, colorScheme, viewport });
    await page.evaluate(AXE);
    for (const [name, values] of Object.entries(STATES)) {
      await page.locator("#reset").click();
      await fill(page, values);
      const violations = await page.evaluate(async () => (await window.axe.run(document)).violations);
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
      assert.deepEqual(found, [], name);
    }
  });
}

test("every control is reached by Tab in reading order, is named, and shows its focus", async () => {
  const page = await open({ locale: "en" });
  const order = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return undefined;
      // Panels have an order of their own, with a test of its own.
      if (element.closest("#panels")) return { name: "a panel", shows: true };
      const ring = (node) => node && getComputedStyle(node).outlineStyle !== "none" && getComputedStyle(node).outlineWidth !== "0px";
      const shows = ring(element) || ring(element.closest(".control")) || ring(element.nextElementSibling) || element.matches(".slider");
      const explains = element.dataset.explain && `explain ${element.dataset.explain}`;
      return { name: element.id || element.name || explains || (element.tagName === "SUMMARY" ? "SUMMARY" : element.className), shows };
    });
    if (!stop || order.length > 400) break;
    if (stop.name !== "a panel" || order.at(-1).name !== "a panel") order.push(stop);
  }
  assert.deepEqual(order.map(({ name }) => name), [
    "skip-link", "copy-link", "switch-language", "principal", "principal-slider", "instalmentCount", "instalmentCount-slider", "rate",
    "basis", "method", "due", "disbursementDate", "disbursementDate", "disbursementDate", "disbursementDate", "dueDay", "fee",
    "feeBasis", "settlement", "SUMMARY", "reset", "explain headline", "explain payment", "explain financeCharge", "explain payments", "explain proceeds", "regime",
    "SUMMARY", "disclosure-open", "explain interest", "explain simpleAnnual", "explain compoundAnnual", "explain xirr", "explain irrPerPeriod",
    "explain itemised", "explain usApr", "explain euAprc", "schedule-scroller", "advert", "advertBasis", "offer-keep", "offer-samples", "schedule-scroller", "a panel",
  ]);
  assert.deepEqual(order.filter(({ shows }) => !shows), []);
});

test("a whole quote can be made by keyboard alone", async () => {
  const page = await open({ locale: "en" });
  await page.locator("#principal").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("10000");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("4");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("input[name=method][value=equalPrincipal]").isChecked(), true);
  // 10,000 in four equal parts at 1 % a month, 1 % kept: the first payment is 2,500 + 100.
  assert.equal((await figures(page)).payment, "2600.00");
});

test("a new result is announced, once, when the hand rests", async () => {
  const page = await open({ locale: "en" });
  await page.locator("#instalmentCount-slider").focus();
  // The result as the page opened is announced first, by the clock of the machine.
  const announcer = page.locator("#announcer");
  await eventually(() => announcer.textContent(), /./);
  const opened = await announcer.textContent();
  await stopClock(page);
  await page.evaluate(() => {
    window.announced = [];
    new MutationObserver(() => window.announced.push(document.getElementById("announcer").textContent))
      .observe(document.getElementById("announcer"), { childList: true, characterData: true, subtree: true });
  });
  const announcements = () => page.evaluate(() => window.announced);
  for (let press = 0; press < 5; press += 1) {
    await page.keyboard.press("ArrowRight");
    await page.clock.runFor(400);
  }
  assert.deepEqual(await announcements(), [], "two seconds, but never at rest");
  await page.clock.runFor(3_000);
  const announced = await announcements();
  assert.equal(announced.length, 1);
  assert.notEqual(announced[0], opened);
  assert.match(announced[0], /^Annual all-in cost under normal performance \(simple interest\) \d+\.\d\d%\. Each instalment ¥[\d,.]+\. Total cost ¥[\d,.]+\.$/);
});

test("nothing overflows from 320 px to wide, at large amounts, in both languages; 640 px is 1280 at 200 % zoom", async () => {
  for (const locale of ["zh-CN", "en"]) {
    const page = await open({ locale });
    await fill(page, { principal: "9,876,543,210.98", rate: "99", instalmentCount: "360" });
    for (const width of [320, 390, 640, 960, 1280, 1920]) {
      await resize(page, width);
      const cut = await page.evaluate(() => {
        const inScroller = (element) => element.closest(".schedule-scroller");
        return [...document.querySelectorAll("main *, header *, .summary-bar *")]
          .filter((element) => !inScroller(element) && !element.closest(".visually-hidden, .skip-link, svg") && element.getClientRects().length > 0)
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
          .map((element) => element.outerHTML.slice(0, 80));
      });
      assert.deepEqual(cut, [], `${locale} at ${width} px`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${locale} at ${width} px scrolls sideways`);
    }
  }
});

test("fields side by side stand level, and no explaining button stands alone on a line", async () => {
  for (const locale of ["zh-CN", "en"]) {
    const page = await open({ locale, viewport: PHONE });
    await page.evaluate(() => { document.querySelector(".more").open = true; });
    for (const width of [360, 390, 768, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      await nextFrame(page);
      const found = await page.evaluate(() => {
        const box = (node) => node.getBoundingClientRect();
        const uneven = [...document.querySelectorAll(".pair")].flatMap((pair) => {
          const controls = [...pair.querySelectorAll(".control")].filter((control) => control.getClientRects().length > 0);
          const [first, second] = controls.map(box);
          // Below one another where there is no room.
          return second && second.left > first.right && Math.abs(second.top - first.top) > 0.5 ? [controls[0].firstElementChild.id] : [];
        });
        const alone = [...document.querySelectorAll("[data-explain]")].filter((button) => {
          const line = [...button.parentElement.querySelector("span").getClientRects()].at(-1);
          return line !== undefined && (box(button).top > line.bottom || box(button).right > box(button.closest(".card, .hero")).right);
        });
        return [...uneven, ...alone.map(({ dataset }) => dataset.explain)];
      });
      assert.deepEqual(found, [], `${locale} at ${width} px`);
    }
  }
});

test("the annual cost rate is the largest text on the page", async () => {
  for (const viewport of [PHONE, DESKTOP]) {
    const page = await open({ viewport });
    const sizes = await page.evaluate(() => {
      const size = (element) => parseFloat(getComputedStyle(element).fontSize);
      const others = [...document.querySelectorAll("body *")].filter((element) => !element.closest(".hero-figure"));
      return { headline: size(document.querySelector("#headline")), largest: Math.max(...others.map(size)) };
    });
    assert.ok(sizes.headline > sizes.largest * 1.4, JSON.stringify(sizes));
  }
});

test("nothing jumps while the page loads or while values change", async () => {
  for (const viewport of [PHONE, DESKTOP]) {
    const page = await open({ viewport, waits: false });
    await page.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shifted += value)))
        .observe({ type: "layout-shift", buffered: true });
    });
    await page.reload();
    await ready(page);
    // In Chinese every sentence fits the line kept for it; on a phone an English one may take a second.
    const top = () => page.evaluate(() => document.querySelector("#rates-heading").getBoundingClientRect().top + scrollY);
    const before = await top();
    for (const principal of ["x", "200000", "", "20000"]) {
      await fill(page, { principal });
      assert.equal(await top(), before, `amount "${principal}"`);
    }
    await nextFrame(page);
    assert.ok((await page.evaluate(() => window.shifted)) < 0.01, "cumulative layout shift");
  }
});
