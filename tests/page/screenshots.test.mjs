// Pictures of the main states, in build/screenshots/, for people to look at; three of them are the README's, in www/.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { DESKTOP, PHONE, choose, fill, nextFrame, useBrowser } from "./support/browser.mjs";

const open = useBrowser();
const FOLDER = new URL("../../build/screenshots/", import.meta.url);

const toTop = (page, selector) => page.evaluate((selector) => document.querySelector(selector).scrollIntoView({ block: "start" }), selector);

/** Each state, and how to get there. */
const STATES = {
  quote: async () => {},
  errors: (page) => fill(page, { principal: "abc", instalmentCount: "0" }),
  result: (page) => toTop(page, ".hero"),
  disclosure: async (page) => {
    await fill(page, { lender: "某某银行", feePayee: "某某担保公司", overdue: "1.5", early: "1" });
    await toTop(page, ".disclosure");
  },
  regime: async (page) => {
    await choose(page, "regime", "US");
    await toTop(page, ".disclosure");
  },
  popup: (page) => page.locator("#disclosure-open").click(),
  explain: (page) => page.locator("[data-explain=headline]").click(),
  schedule: async (page) => {
    await fill(page, { instalmentCount: "120" });
    await toTop(page, ".schedule");
  },
  compare: async (page) => {
    await fill(page, { advert: "0.6" });
    await page.locator("#offer-samples").check();
    await toTop(page, ".compare");
  },
};

for (const [locale, colorScheme, name, viewport] of [
  ["zh-CN", "light", "phone", PHONE], ["en", "dark", "phone", PHONE], ["zh-CN", "dark", "desktop", DESKTOP], ["en", "light", "desktop", DESKTOP],
]) {
  test(`pictures in ${locale}, ${colorScheme}, on a ${name}`, async () => {
    fs.mkdirSync(FOLDER, { recursive: true });
    for (const [state, reach] of Object.entries(STATES)) {
      const page = await open({ locale, colorScheme, viewport });
      await reach(page);
      await nextFrame(page);
      const picture = await page.screenshot({ path: new URL(`${state}-${name}-${locale}-${colorScheme}.png`, FOLDER).pathname });
      assert.ok(picture.length > 10_000, `${state} is not empty`);
      assert.deepEqual(page.seen.faults, []);
    }
  });
}
