// Reminders, the calendar file, hosts' calls and the agenda: what the page shows and hands out is what the package gives.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import ICAL from "ical.js";
import { DESKTOP, PHONE, fill, resize, useBrowser } from "./support/browser.mjs";
import { grouped } from "../../js/ui/make.js";
import { DEMO, TODAY, cutOff, drawn, engine, openOn, texts, unfold, violations } from "./support/panels.mjs";

const open = useBrowser();
const { terms, schedule } = engine.quote(DEMO);
const loanId = engine.fingerprint(terms).slice(0, 16);
const OPTIONS = { today: TODAY, locale: "en", loanId, daysBefore: [3, 1, 0], at: "09:00" };

async function downloaded(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#reminders-download").click()]);
  return { name: download.suggestedFilename(), text: fs.readFileSync(await download.path(), "utf8") };
}
const titles = async (page) => (await texts(page, "#reminders-list .entry-what")).map((text) => text.replace(/(payday|overdue)$/, ""));
/** A title as the list shows it; the calendar file has the engine's own. */
const listed = ({ title }) => grouped(title);
const addPrepayment = async (page, date, amount) => {
  await page.locator("#timeline-date").fill(date);
  await page.locator("#timeline-amount").fill(amount);
  await drawn(page);
  await page.locator("#timeline-submit").click();
  await drawn(page);
};

test("the list is the engine's plan, and follows days before, time and payday", async () => {
  const page = await openOn(open, { locale: "en" });
  const plan = engine.remind(terms, OPTIONS);
  assert.deepEqual(await titles(page), plan.reminders.slice(0, 6).map(listed));
  assert.equal(await page.locator("#reminders-count").textContent(), "36 reminders for 12 instalments.");
  await page.locator("#reminders-all").click();
  assert.deepEqual(await titles(page), plan.reminders.map(listed));

  await page.locator("#reminders-days-7").check();
  await page.locator("#reminders-days-1").uncheck();
  await page.locator("#reminders-at").fill("");
  await page.locator("#reminders-payday").fill("20");
  await page.locator("#reminders-title").fill("Kitchen");
  await drawn(page);
  const other = engine.remind(terms, { today: TODAY, locale: "en", loanId, title: "Kitchen", daysBefore: [7, 3, 0], payday: 20 });
  assert.deepEqual(await titles(page), other.reminders.map(listed));
  assert.equal(other.reminders.filter(({ kind }) => kind === "payday").length, 12);
  assert.equal((await texts(page, "#reminders-list .entry-when"))[0], "17 Dec 2026");
});

test("the button hands out the engine's calendar file, which a strict parser reads", async () => {
  const page = await openOn(open, { locale: "en" });
  await page.waitForLoadState("networkidle");
  const loaded = page.seen.requests.length;
  await page.locator("#reminders-title").fill("装修/贷: <b>");
  await page.locator("#reminders-payday").fill("20");
  await drawn(page);
  const { name, text } = await downloaded(page);
  assert.equal(name, "装修_贷_ _b_.ics");
  const plan = engine.remind(terms, { ...OPTIONS, title: "装修/贷: <b>", payday: 20 });
  assert.equal(text, plan.icalendar);
  const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");
  assert.equal(events.length, 12);
  assert.deepEqual(events.map((event) => event.getFirstPropertyValue("dtstart").toString()), schedule.instalments.map(({ dueDate }) => `${dueDate}T09:00:00`));
  assert.ok(events.every((event) => event.getAllSubcomponents("valarm").length === 4));
  assert.equal(page.seen.requests.filter((address) => !address.startsWith("blob:")).length, loaded, "the file is made on the device");
  assert.deepEqual(page.seen.faults, []);
});

test("what has happened on the timeline counts: an instalment that an early repayment removed is cancelled, a planned event waits for its day", async () => {
  const page = await openOn(open, { locale: "en" }, "2027-02-01");
  const payments = schedule.instalments.slice(0, 2).map(({ dueDate, payment }) => ({ kind: "payment", date: dueDate, amount: payment }));
  await page.locator("#timeline-keep input[value=payment]").evaluate((radio) => radio.click());
  await addPrepayment(page, "2027-01-30", "15000");
  const event = { kind: "prepayment", date: "2027-01-30", amount: "15000", keep: "payment" };
  const today = "2027-02-01";
  const plan = engine.remind(terms, { ...OPTIONS, today }, [event, ...payments]);
  const { text } = await downloaded(page);
  assert.equal(text, plan.icalendar);
  assert.ok(text.includes("STATUS:CANCELLED") && text.includes("STATUS:CONFIRMED"), text);
  assert.equal(await page.locator("#panel-reminders").getByText(/once its day has come/).isVisible(), false);
  await addPrepayment(page, "2027-05-01", "100");
  assert.equal((await downloaded(page)).text, plan.icalendar, "what is planned changes nothing yet");
  assert.equal(await page.locator("#panel-reminders").getByText(/once its day has come/).isVisible(), true);
});

test("what was not paid is reminded of as overdue", async () => {
  const page = await openOn(open, { locale: "en" }, "2027-01-02");
  assert.doesNotMatch((await texts(page, "#reminders-list .tag")).join(), /overdue/);
  await page.locator("#timeline-assume").uncheck();
  await drawn(page);
  const plan = engine.remind(terms, { ...OPTIONS, today: "2027-01-02" });
  assert.equal(plan.reminders[0].kind, "overdue");
  assert.deepEqual(await titles(page), plan.reminders.slice(0, 6).map(listed));
  assert.equal((await texts(page, "#reminders-list .tag"))[0], "overdue");
  assert.equal((await texts(page, "#agenda-days .tag-late")).length, 1);
});

test("a payday that is none has a sentence beside it, and no choice at all has one too", async () => {
  const page = await openOn(open, { locale: "en" });
  for (const payday of ["0", "32", "x"]) {
    await page.locator("#reminders-payday").fill(payday);
    await drawn(page);
    assert.match(await page.locator("#reminders-payday-note").innerText(), /A day from 1 to 31/);
  }
  await page.locator("#reminders-payday").fill("");
  for (const days of [3, 1, 0]) await page.locator(`#reminders-days-${days}`).uncheck();
  await drawn(page);
  assert.match(await page.locator("#reminders-days-note").innerText(), /Choose at least one/);
  await page.locator("#reminders-payday").fill("20");
  await drawn(page);
  assert.equal(await page.locator("#reminders-days-note").textContent(), "");
  assert.deepEqual(await titles(page), engine.remind(terms, { ...OPTIONS, daysBefore: [], payday: 20 }).reminders.slice(0, 6).map(listed));
});

test("a loan that is over has nothing to be reminded of", async () => {
  const page = await openOn(open, { locale: "en" }, "2028-01-01");
  assert.match(await page.locator("#reminders-count").innerText(), /Nothing is left/);
  assert.equal(await page.locator("#reminders-download").isVisible(), false);
  assert.match(await page.locator("#agenda-needed").innerText(), /Nothing is to be paid/);
});

test("developers see each host's arguments", async () => {
  const page = await openOn(open, { locale: "en" });
  await unfold(page, "reminders-developers");
  const plan = engine.remind(terms, OPTIONS);
  for (const host of ["wechat", "douyin", "alipay", "jd"]) {
    await page.locator("#reminders-host").selectOption(host);
    assert.deepEqual(JSON.parse(await page.locator("#reminders-code").textContent()), engine.hostCalendar(plan, host).slice(0, 3), host);
  }
});

test("the agenda adds up loans by date and says what is needed by payday", async () => {
  const page = await openOn(open, { locale: "en" });
  assert.match(await page.locator("#agenda-needed").innerText(), /Give a payday/);
  await page.locator("#reminders-payday").fill("28");
  await page.locator("#agenda-sample").click();
  await drawn(page);
  const sample = { principal: "6000.00", interest: { annual: "0.15" }, method: "equalPrincipal", instalmentCount: 6, disbursementDate: "2026-11-24" };
  const loans = [{ loanId: "a", terms }, { loanId: "b", terms: sample }];
  const expected = engine.agenda(loans, { today: TODAY, payday: 28 });
  assert.equal(await page.locator("#agenda-needed data").getAttribute("value"), expected.neededByPayday);
  const days = await page.locator(".agenda-day").evaluateAll((all) => all.map((day) => [day.querySelector(".agenda-total").textContent, day.querySelectorAll("li").length]));
  assert.deepEqual(days, expected.days.slice(0, 6).map(({ total }) => [`¥${total.replace(/\B(?=(\d{3})+\.)/, ",")} in all`, 2]));
  await page.locator("#agenda-all").click();
  assert.equal(await page.locator(".agenda-day").count(), 12);

  // The loan of the page, kept; then another on the page. The kept one is not counted twice while it is the page's.
  await page.locator("#reminders-title").fill("Kitchen");
  await drawn(page);
  await page.locator("#agenda-keep").click();
  await drawn(page);
  assert.equal(await page.locator("#agenda-keep").isVisible(), false);
  assert.equal(await page.locator("#agenda-needed data").getAttribute("value"), expected.neededByPayday);
  await fill(page, { principal: "30000" });
  await drawn(page);
  assert.equal(await page.locator("#agenda-keep").isVisible(), true);
  const three = engine.agenda([{ loanId: "c", terms: { ...terms, principal: "30000.00" } }, ...loans], { today: TODAY, payday: 28 });
  assert.match((await texts(page, ".agenda-day .agenda-total"))[0], new RegExp(three.days[0].total.replace(/\B(?=(\d{3})+\.)/, ",")));
  assert.deepEqual(await texts(page, "#agenda-loans li > span"), ["Sample loan: ¥6,000.00 in 6 instalments", "Kitchen: ¥20,000.00 in 12 instalments"]);

  await page.locator("#agenda-loans button").last().click();
  await page.locator("#agenda-loans button").last().click();
  await drawn(page);
  assert.equal(await page.locator("#agenda-loans").isVisible(), false);
  assert.deepEqual(page.seen.faults, []);
});

test("with a payday after the due date, the agenda asks for what is due by then", async () => {
  const page = await openOn(open, { locale: "en" }, "2026-12-20");
  await page.locator("#reminders-payday").fill("28");
  await drawn(page);
  assert.equal(await page.locator("#agenda-needed data").getAttribute("value"), "1833.60");
  assert.match(await page.locator("#agenda-needed").innerText(), /To have by payday, 28 Dec 2026 ¥1,833\.60/);
});

test("nothing of it outlives the page, and a switch of languages rewrites it", async () => {
  const page = await openOn(open, { locale: "en" });
  await page.locator("#reminders-title").fill("私房");
  await page.locator("#agenda-sample").click();
  await page.locator("#switch-language").click();
  await drawn(page);
  assert.match((await titles(page))[0], /^私房第1期应还1,833\.60元/);
  assert.deepEqual(await texts(page, "#agenda-loans li > span"), ["示例贷款：¥6,000.00，6 期"]);
  assert.doesNotMatch(await page.locator("#panel-reminders").innerText(), /[a-z]{4,}/);
  assert.doesNotMatch(decodeURIComponent(page.url()), /私房/);
  assert.equal(await page.evaluate(() => document.cookie + localStorage.length + sessionStorage.length), "00");
  await page.reload();
  await drawn(page);
  assert.equal(await page.locator("#reminders-title").inputValue(), "");
  assert.equal(await page.locator("#agenda-loans").isVisible(), false);
});

for (const [locale, colorScheme, viewport] of [["zh-CN", "dark", PHONE], ["en", "light", DESKTOP]]) {
  test(`axe finds nothing, and nothing is cut off: ${locale}, ${colorScheme}, ${viewport.width} px`, async () => {
    const page = await openOn(open, { locale, colorScheme, viewport }, "2027-01-02");
    await page.locator("#timeline-assume").uncheck();
    await page.locator("#reminders-payday").fill("20");
    await page.locator("#agenda-sample").click();
    await unfold(page, "reminders-developers");
    assert.deepEqual(await violations(page), []);
    await page.locator("#reminders-payday").fill("99");
    assert.deepEqual(await violations(page), [], "with an error");
    await page.locator("#reminders-payday").fill("20");
    await page.locator("#reminders-title").fill("超长名称的贷款ABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890".slice(0, 40));
    for (const width of [320, viewport.width]) {
      await resize(page, width);
      await drawn(page);
      assert.deepEqual(await cutOff(page), [], `${width} px`);
    }
    assert.deepEqual(page.seen.faults, []);
  });
}
