// The quote in the address: written, read, shared, and harmless whatever it says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULTS, fromHash, toHash } from "../../www/app/state.mjs";
import { eventually, figures, fill, isOutdated, nextFrame, ready, shown, useBrowser } from "./support/browser.mjs";

const open = useBrowser();
const HOSTILE = `"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`;

test("state to hash and back is the same state, whatever the text", () => {
  const state = { ...DEFAULTS, principal: "2万 & 3=4 #% +", rate: "１８％", fee: "<b>", dueDay: "" };
  const back = fromHash(toHash(state, "en"));
  assert.deepEqual(back, { state, locale: "en", recognised: true });
});

test("a link with unknown names, wrong choices or endless text falls back to what is known", () => {
  const { state, locale, recognised } = fromHash(`#method=ponzi&basis=constructor&lang=xx&principal=${"9".repeat(500)}&admin=1&__proto__=x`);
  assert.equal(state.method, DEFAULTS.method);
  assert.equal(state.basis, DEFAULTS.basis);
  assert.equal(locale, undefined);
  assert.equal(state.principal.length, 40);
  assert.equal(recognised, true);
  assert.deepEqual(Object.keys(state), Object.keys(DEFAULTS));
  assert.equal(fromHash("#result-heading").recognised, false);
});

test("what is quoted is in the address, and the address brings it back", async () => {
  const page = await open();
  await fill(page, { principal: "3.5万", rate: "7.2", method: "equalPrincipal", instalmentCount: "24", feeBasis: "amount", fee: "80",
    settlement: "financed", due: "date", firstDueDate: "2027-01-15" });
  const before = await figures(page);
  await page.waitForFunction(() => location.hash.includes("firstDueDate=2027-01-15"));
  const hash = new URL(page.url()).hash;
  const again = await open({ hash });
  assert.deepEqual(await figures(again), before);
  assert.equal(await again.locator("#principal").inputValue(), "35,000");
  assert.equal(await again.locator("#firstDueDate").isVisible(), true);
});

test("a slip survives a reload", async () => {
  const page = await open();
  await fill(page, { principal: "2oooo" });
  await page.reload();
  await ready(page);
  assert.equal(await page.locator("#principal").inputValue(), "2oooo");
  assert.match(await shown(page, "#principal-note"), /没看懂/);
  assert.equal(await shown(page, "#result-state"), "改正有提示的输入后，结果会显示在这里。", "there is no last result yet");
  assert.equal(await shown(page, "#headline"), "—");
});

test("editing the address, going back and going forward show that quote", async () => {
  const page = await open({ hash: "#lang=zh-CN&principal=10000&fee=0" });
  const proceeds = async () => (await figures(page)).proceeds;
  assert.equal(await proceeds(), "10000.00");
  // The page hears of each of these in a task of its own.
  await page.evaluate(() => { location.hash = "#lang=zh-CN&principal=30000&fee=0"; });
  await eventually(proceeds, "30000.00");
  await page.goBack();
  await eventually(proceeds, "10000.00");
  await page.goForward();
  await eventually(proceeds, "30000.00");
});

test("a change that waits to be written is not written over an address that has just come", async () => {
  const page = await open({ hash: "#lang=zh-CN&principal=10000&fee=0" });
  // Both changes fall between two writes of the address: the second waits for its turn. The new address is there at once, the page
  // hears of it later; leaving the page writes whatever waits, which here comes in between.
  await page.evaluate(() => new Promise((resolve) => {
    const amount = document.querySelector("#principal");
    const afterDrawing = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
    const type = (text) => {
      amount.value = text;
      amount.dispatchEvent(new Event("input", { bubbles: true }));
    };
    type("31000");
    afterDrawing(() => {
      type("32000");
      afterDrawing(() => {
        location.hash = "#lang=zh-CN&principal=30000&fee=0";
        dispatchEvent(new Event("pagehide"));
        resolve();
      });
    });
  }));
  await eventually(async () => (await figures(page)).proceeds, "30000.00");
});

test("the skip link moves on without losing the quote in the address", async () => {
  const page = await open();
  await fill(page, { principal: "12345" });
  await page.locator(".skip-link").focus();
  const hasQuote = () => page.evaluate(() => location.hash.includes("principal=12%2C345"));
  await eventually(hasQuote, true);
  await page.evaluate(() => {
    window.jumps = [];
    addEventListener("hashchange", ({ newURL }) => window.jumps.push(new URL(newURL).hash));
  });
  await page.keyboard.press("Enter");
  await eventually(() => page.evaluate(() => window.jumps.length), 1);
  assert.doesNotMatch(await page.evaluate(() => window.jumps[0]), /principal/);
  await eventually(hasQuote, true);
  assert.equal(await page.locator("#principal").inputValue(), "12,345");
});

test("hostile text in a link or a field is text, never markup", async () => {
  const hash = `#${new URLSearchParams(Object.fromEntries(Object.keys(DEFAULTS).map((name) => [name, HOSTILE])))}`;
  const page = await open({ hash });
  assert.equal(await page.locator("#principal").inputValue(), HOSTILE.slice(0, 40));
  await page.locator(".more summary").evaluate((summary) => { summary.parentElement.open = true; });
  for (const name of ["principal", "instalmentCount", "rate", "dueDay", "fee", "lender", "feePayee", "overdue", "misuse", "early", "lpr"]) {
    await page.locator(`#${name}`).fill(HOSTILE);
  }
  await page.locator("#principal").blur();
  await nextFrame(page);
  assert.equal(await page.locator("main img, main script, [onerror]").count(), 0);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  assert.equal(await isOutdated(page), await page.evaluate(() => document.querySelector("#simpleAnnual").value !== ""));
  assert.deepEqual(page.seen.faults, []);
});

test("the link is copied whole", async () => {
  const page = await open({ permissions: ["clipboard-read", "clipboard-write"] });
  await fill(page, { principal: "54321" });
  await page.locator("#copy-link").click();
  await page.waitForFunction(() => document.getElementById("copy-link").textContent === "链接已复制");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(fromHash(new URL(copied).hash).state.principal, "54,321");
});

test("while a slider moves the address waits, and has the new amount once it rests", async () => {
  const page = await open();
  await page.evaluate(() => {
    window.writes = 0;
    const { replaceState } = history;
    history.replaceState = function (...given) {
      window.writes += 1;
      return replaceState.apply(this, given);
    };
  });
  // Longer than the pace at which typing writes it.
  const during = await page.evaluate(async () => {
    const slider = document.getElementById("principal-slider");
    const end = performance.now() + 1_200;
    for (let step = 5; performance.now() < end; step = 5 + ((step - 4) % 20)) {
      slider.valueAsNumber = step;
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise(requestAnimationFrame);
    }
    const { writes } = window;
    slider.dispatchEvent(new Event("change", { bubbles: true }));
    return writes;
  });
  assert.equal(during, 0);
  const typed = await page.locator("#principal").inputValue();
  await page.waitForFunction((typed) => new URLSearchParams(location.hash.slice(1)).get("principal") === typed, typed);
});
