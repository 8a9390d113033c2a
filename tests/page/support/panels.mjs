// The panels below the quote: opening the page on a day that does not move, and waiting until they are drawn.

import fs from "node:fs";
import { createRequire } from "node:module";
import { PKG } from "../../../scripts/tools.mjs";
import { drawnWithin } from "./browser.mjs";

/** The same package in this process: what the page shows must be what it gives. */
export const engine = await import(`${PKG}/index.mjs`);
await engine.init();

export const TODAY = "2026-11-25";
/** The page's demo loan, as its form reads. */
export const DEMO = Object.freeze({
  principal: "20000.00", interest: { annual: "0.18" }, method: "equalInstalment", instalmentCount: 12, disbursementDate: "2026-11-24",
  dueDay: 24, fees: [{ code: "service", charge: { rate: "0.01", of: "principal" }, when: "disbursement", settlement: "deducted" }],
});

/** Opens the page as on that day, whatever day it is here. */
export async function openOn(open, options = {}, day = TODAY) {
  const page = await open({ ...options, today: day });
  await drawn(page);
  return page;
}

/** Waits until no part of the page has something to draw. */
export async function drawn(page) {
  await page.waitForSelector("#panels > section", { state: "attached" });
  await drawnWithin(page, "#schedule, #result, #panels > section");
}

export const texts = (page, selector) => page.locator(selector).allTextContents();
export const value = async (page, selector) => {
  await drawn(page);
  return page.locator(selector).evaluate((element) => element.value);
};

/** Opens a fold. */
export const unfold = (page, id) => page.locator(`#${id}`).evaluate((details) => { details.open = true; });

/** Chooses a chip of a group: the radio itself lies invisible over its label. */
export const chip = (page, group, choice) => page.locator(`#${group} input[value="${choice}"]`).evaluate((radio) => radio.click());

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds in the panels. */
export async function violations(page) {
  await drawn(page);
  await page.evaluate(AXE);
  const found = await page.evaluate(async () => (await window.axe.run(document.querySelector("#panels"))).violations);
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

/** What reaches beyond the right edge of the window, but for what scrolls by itself. */
export function cutOff(page) {
  return page.evaluate(() => [...document.querySelectorAll("#panels *")]
    .filter((element) => !element.closest(".table-scroller, .code, .visually-hidden, svg") && element.getClientRects().length > 0)
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
    .map((element) => element.outerHTML.slice(0, 90)));
}
