// One Chromium and one server for a test file; a fresh, private page for each test.

import assert from "node:assert/strict";
import { after, before } from "node:test";
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright-core";
import { serve } from "../../../scripts/serve.mjs";

export const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const ARGUMENTS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
/** A page that has not answered by then never will. */
const PATIENCE_MILLISECONDS = 30_000;
const POLL_MILLISECONDS = 20;

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** Starts both before the file's tests and stops them after; gives a function that opens the page. */
export function useBrowser() {
  let browser;
  let server;
  let address;
  let last;
  let count = 0;
  /** By their options. A new one costs as much of the processor as all that is then done with the page. */
  const contexts = new Map();

  before(async () => {
    // Another place where the page is served may be tested in the same way, such as a copy of it on a real host.
    if (process.env.PAGE_ADDRESS) address = process.env.PAGE_ADDRESS;
    else ({ server, address } = await serve(0));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });

  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  /** Private windows are kept for tests that ask for the same options: the page stores nothing, which has tests of its own. */
  async function contextFor({ today, fresh, ...options }) {
    const key = JSON.stringify({ today, fresh, ...options });
    const kept = contexts.get(key);
    if (kept) return kept;
    const context = await browser.newContext({ reducedMotion: "reduce", serviceWorkers: "block", ...options });
    context.setDefaultTimeout(PATIENCE_MILLISECONDS);
    if (today) await context.clock.setFixedTime(new Date(`${today}T04:00:00Z`));
    contexts.set(key, context);
    // What changes the window itself leaves it for no other test.
    for (const [owner, name] of [[context, "setOffline"], [context.clock, "install"], [context.clock, "setFixedTime"]]) {
      const change = owner[name].bind(owner);
      owner[name] = (...given) => {
        if (contexts.get(key) === context) contexts.delete(key);
        return change(...given);
      };
    }
    return context;
  }

  /**
   * Opens the page and waits for its first quote. `page.seen` collects what the page should never cause: faults, console
   * messages, requests that leave its origin. `today` is a day that stands still, in place of the machine's; `isFresh` asks for a
   * window that has loaded nothing yet.
   */
  return async function open({ hash = "", locale = "zh-CN", viewport = DESKTOP, colorScheme = "light", waits = true, isFresh = false, ...more } = {}) {
    await last?.close();
    const options = { locale, viewport, colorScheme, ...more };
    const context = await contextFor(isFresh ? { ...options, fresh: (count += 1) } : options);
    const page = await context.newPage();
    last = page;
    page.seen = { faults: [], requests: [] };
    page.on("pageerror", (error) => page.seen.faults.push(String(error)));
    page.on("console", (message) => {
      // Playwright's own words where a test keeps the service worker out.
      if (/Service Worker registration blocked by Playwright/.test(message.text())) return;
      if (["error", "warning"].includes(message.type())) page.seen.faults.push(message.text());
    });
    page.on("request", (request) => page.seen.requests.push(request.url()));
    await page.goto(address + hash);
    if (waits) await ready(page);
    return page;
  };
}

export async function ready(page) {
  await page.waitForSelector("html[data-engine=ready]", { state: "attached" });
  await nextFrame(page);
}

/**
 * Waits until the page has drawn what the last event asked for. What an event asks for is drawn in the next frame, or says by
 * `aria-busy` that it comes later; an event that itself comes later (a changed address, a step in the history, a timer) is to be
 * waited for with `eventually`.
 */
export const nextFrame = (page) => drawnWithin(page, "#schedule, #result");

/** Two frames, then as many as it takes until none of these elements is busy, all at once: one may become busy as another ceases to be. */
export const drawnWithin = (page, selector) => page.waitForFunction((selector) => new Promise((resolve) => {
  const look = () => ([...document.querySelectorAll(selector)].some((part) => part.ariaBusy === "true") ? requestAnimationFrame(look) : resolve(true));
  requestAnimationFrame(() => requestAnimationFrame(look));
}), selector);

/**
 * Waits until `read()` gives what is wanted (a value, or a pattern of a text), however many tasks of the page it takes, and fails with
 * what it gave last.
 */
export async function eventually(read, wanted, message) {
  const is = wanted instanceof RegExp ? (seen) => assert.match(seen, wanted, message) : (seen) => assert.deepEqual(seen, wanted, message);
  const end = Date.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const seen = await read();
    try {
      return is(seen);
    } catch (fault) {
      if (Date.now() > end) throw fault;
    }
    await setTimeout(POLL_MILLISECONDS);
  }
}

/** Stops the page's clock: from here on its time passes by `page.clock.runFor` alone, however slow the machine is. */
export async function stopClock(page) {
  const now = Date.now();
  await page.clock.install({ time: now });
  // It runs on until it is stopped, so that it can be stopped at a later moment only.
  await page.clock.pauseAt(now + 600_000);
}

/** Changes the window's size, and waits until the page has it. */
export async function resize(page, width, height = 800) {
  await page.setViewportSize({ width, height });
  await page.waitForFunction((width) => innerWidth === width, width);
  await nextFrame(page);
}

/** The exact values behind the figures, by the engine's names. */
export async function figures(page) {
  await nextFrame(page);
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll("data[id]")].map(({ id, value }) => [id, value])));
}

/** What is shown in an element, once drawn. */
export async function shown(page, selector) {
  await nextFrame(page);
  return page.locator(selector).innerText();
}

/** One column of the schedule's rows. By content: out of sight the browser lays nothing out, and has no inner text. */
export async function column(page, number) {
  await nextFrame(page);
  return page.locator(`#schedule-rows tr > :nth-child(${number})`).allTextContents();
}

export const isOutdated = async (page) => {
  await nextFrame(page);
  return page.evaluate(() => document.documentElement.classList.contains("is-outdated"));
};

/** Chooses a chip: the radio itself lies invisible over its label. */
export const choose = (page, name, value) => page.locator(`input[name=${name}][value=${value}]`).check({ force: true });

/** Fills the form; keys are the state's names. */
export async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const kind = await page.locator(`[name=${name}]`).first().evaluate((element) => {
      for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      return element.type;
    });
    if (kind === "radio") await choose(page, name, value);
    else if (kind === "select-one") await page.locator(`[name=${name}]`).selectOption(value);
    else await page.locator(`[name=${name}]`).fill(value);
  }
  await nextFrame(page);
}
