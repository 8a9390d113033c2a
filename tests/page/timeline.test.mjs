// The timeline: every instalment as the engine replays it, what an event changes, and what is said where one does not fit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DESKTOP, PHONE, fill, resize, useBrowser } from "./support/browser.mjs";
import { DEMO, TODAY, chip, cutOff, drawn, engine, openOn, texts, unfold, violations } from "./support/panels.mjs";
import { courseOf, livedEvents, soundEvents } from "../../www/app/timeline-course.mjs";

const open = useBrowser();
const { terms, schedule } = engine.quote(DEMO);
const LOAN_A = engine.quote({ principal: "10000.00", interest: { annual: "0.12" }, method: "equalInstalment", instalmentCount: 4, disbursementDate: "2026-11-24" }).terms;

const figure = async (page, name) => {
  await drawn(page);
  return page.locator(`#panel-timeline [data-figure="${name}"]`).evaluate((element) => element.value);
};
const add = async (page, event) => {
  await compose(page, event);
  await page.locator("#timeline-submit").click();
  await drawn(page);
};
async function compose(page, { kind = "prepayment", keep, deferred, all, ...fields }) {
  await chip(page, "timeline-kind", kind);
  if (keep) await chip(page, "timeline-keep", keep);
  if (deferred) await chip(page, "timeline-deferred", deferred);
  if (all !== undefined) await page.locator("#timeline-all").setChecked(all);
  for (const [name, text] of Object.entries(fields)) await page.locator(`#timeline-${name}`).fill(text);
  await drawn(page);
}
async function seenOn(page, day) {
  await page.locator("#timeline-asOf").fill(day);
  await page.locator("#timeline-asOf").dispatchEvent("change");
  await drawn(page);
}
/** The amounts of the instalments shown, in order. */
const amounts = (page) => texts(page, "#timeline-list .entry:is(.entry-paid, .entry-late, .entry-coming) .entry-amount");

// ───────────────────────── the course, without a page ─────────────────────────

test("without events the course is the schedule, whatever the day, and its payments are the schedule's", () => {
  for (const asOf of ["2026-11-24", "2027-03-24", "2027-03-25", "2030-01-01"]) {
    const { rows, steps, now, payments } = courseOf(engine, terms, [], { asOf, assumesPaid: true });
    assert.deepEqual(rows.map(({ number, dueDate, payment }) => [number, dueDate, payment]), schedule.instalments.map(({ number, dueDate, payment }) => [number, dueDate, payment]));
    assert.equal(now.dueNow, "0.00");
    assert.deepEqual(steps.map(({ balance }) => balance), ["20000.00", ...schedule.instalments.map(({ closingBalance }) => closingBalance)]);
    assert.deepEqual(payments.map(({ date }) => date), schedule.instalments.map(({ dueDate }) => dueDate).filter((date) => date <= asOf));
  }
});

test("the figures of semantics.md section 10, reached through the page's own course", () => {
  const prepaid = (keep) => courseOf(engine, LOAN_A, [{ kind: "prepayment", date: "2027-01-10", amount: "2000", keep }], { asOf: "2026-11-24", assumesPaid: true });
  const term = prepaid("term");
  assert.deepEqual(term.rows.map(({ payment }) => payment), ["2562.81", "1886.52", "1886.52", "1886.52"]);
  assert.equal(term.end.saved, "28.87");
  assert.deepEqual(term.steps.map(({ date, balance }) => `${date} ${balance}`).slice(0, 3), ["2026-11-24 10000.00", "2026-12-24 7537.19", "2027-01-10 5578.52"]);
  const payment = prepaid("payment");
  assert.deepEqual(payment.rows.map((row) => row.payment), ["2562.81", "2562.81", "2562.81", "513.59"]);
  assert.equal(payment.end.saved, "49.22");
  const deferred = courseOf(engine, LOAN_A, [{ kind: "deferral", fromInstalment: 2, instalments: 1, interest: "collect" }], { asOf: "2026-11-24", assumesPaid: true });
  assert.deepEqual(deferred.rows.map((row) => row.payment), ["2562.81", "75.37", "2562.81", "2562.81", "2562.81"]);
});

test("assumed payments take what is kept from before, so that nothing is paid twice and the loan ends at zero", () => {
  const events = [{ kind: "payment", date: "2026-12-01", amount: "3000.00" }, { kind: "rateChange", date: "2027-02-10", interest: { annual: "0.09" } }];
  const { rows, payments } = courseOf(engine, LOAN_A, events, { asOf: "2027-04-01", assumesPaid: true });
  const state = engine.replay(LOAN_A, [...events, ...payments], rows.at(-1).dueDate);
  assert.deepEqual([state.status, state.kept, state.payoff], ["settled", "0.00", "0.00"]);
  // The first instalment of 2,562.81 is paid from the 3,000.00; of the second 437.19 are there already.
  assert.deepEqual(payments[0], { kind: "payment", date: "2027-01-24", amount: "2125.62" });
});

test("what was not paid stays owed, and what comes later is not paid in its place", () => {
  const planned = { kind: "prepayment", date: "2027-03-10", amount: "1000", keep: "term" };
  const { rows, now, end, payments } = courseOf(engine, LOAN_A, [planned], { asOf: "2027-01-30", assumesPaid: false });
  assert.equal(now.status, "overdue");
  assert.equal(now.dueNow, "5125.62");
  assert.deepEqual(rows.map(({ number }) => number), [1, 2, 3, 4]);
  // The third is meant to be paid; by the order of the terms that money serves the first, and the 1,000.00 the second.
  assert.deepEqual(payments, [{ kind: "payment", date: "2027-02-24", amount: "2562.81" }]);
  assert.equal(end.dueNow, "4125.62");
});

test("600 instalments and 20 events take a moment", () => {
  const long = engine.quote({ ...DEMO, principal: "1000000.00", interest: { annual: "0.04" }, instalmentCount: 600 }).terms;
  const events = Array.from({ length: 20 }, (_, index) => ({ kind: "prepayment", date: `${2030 + index}-03-10`, amount: "1000.00", keep: "term" }));
  // What this process computes, so that neighbours on a busy machine are not counted.
  const start = process.cpuUsage();
  const { rows } = courseOf(engine, long, events, { asOf: TODAY, assumesPaid: true });
  assert.equal(rows.length, 600);
  const { user } = process.cpuUsage(start);
  assert.ok(user < 5_000_000, `${user} µs`);
});

test("events that do not fit are named and left out; those to come do not count for reminders", () => {
  const events = [{ kind: "payment", date: "2020-01-01", amount: "1" }, { kind: "prepayment", date: "2027-01-10", amount: "2000", keep: "term" }];
  const { sound, refused } = soundEvents(engine, LOAN_A, events);
  assert.deepEqual(sound, [events[1]]);
  assert.deepEqual([...refused].map(([index, { code }]) => [index, code]), [[0, "out_of_range"]]);
  const lived = livedEvents(engine, { terms: LOAN_A, loanEvents: events, today: "2026-12-30" });
  assert.deepEqual(lived, { events: [{ kind: "payment", date: "2026-12-24", amount: "2562.81" }], isPlanned: true });
});

// ───────────────────────── on the page ─────────────────────────

test("past and coming instalments are one list, with the day looked at between them", async () => {
  const page = await openOn(open, { locale: "en" });
  assert.deepEqual(await amounts(page), [...Array(9).fill("¥1,833.60"), "¥1,833.60"]);
  await page.locator("#timeline-all-rows").click();
  await drawn(page);
  assert.deepEqual(await amounts(page), [...Array(11).fill("¥1,833.60"), "¥1,833.61"]);
  await seenOn(page, "2027-02-01");
  const kinds = await page.locator("#timeline-list > li").evaluateAll((all) => all.map((item) => item.className.replace("entry entry-", "")));
  assert.deepEqual(kinds, ["start", "paid", "paid", "today", ...Array(10).fill("coming")]);
  const state = engine.replay(terms, schedule.instalments.slice(0, 2).map(({ dueDate, payment }) => ({ kind: "payment", date: dueDate, amount: payment })), "2027-02-01");
  assert.equal(await figure(page, "payoff"), state.payoff);
  assert.equal(await figure(page, "dueNow"), "0.00");
  assert.equal(await figure(page, "outstanding"), state.outstanding.principal);
});

test("keep the payment or keep the term: both are compared, and the one chosen is added", async () => {
  const page = await openOn(open, { locale: "en" });
  await compose(page, { date: "2027-03-10", amount: "5,000" });
  const course = (keep) => courseOf(engine, terms, [{ kind: "prepayment", date: "2027-03-10", amount: "5000", keep }], { asOf: TODAY, assumesPaid: true });
  for (const keep of ["term", "payment"]) assert.equal(await figure(page, `saved-${keep}`), course(keep).end.saved);
  assert.equal(await figure(page, "saved-term"), "341.76");
  assert.equal(await figure(page, "saved-payment"), "586.89");
  assert.match(await page.locator("#timeline-comparison").innerText(), /¥586\.89 less interest\s+then ¥1,833\.60 each time\s+paid off on 24 Aug 2027, 6 to go/);

  const before = await page.locator(".timeline-chart .after").getAttribute("d");
  await chip(page, "timeline-keep", "payment");
  await page.locator("#timeline-submit").click();
  await drawn(page);
  assert.equal(await figure(page, "saved"), "586.89");
  assert.equal(await figure(page, "end"), "2027-08-24");
  await page.locator("#timeline-all-rows").evaluate((button) => button.hidden || button.click());
  await drawn(page);
  assert.deepEqual(await amounts(page), course("payment").rows.map(({ payment }) => `¥${payment.replace(/^1/, "1,")}`));
  assert.notEqual(await page.locator(".timeline-chart .after").getAttribute("d"), before);
  assert.deepEqual(await texts(page, "#timeline-events li > span"), ["10 Mar 2027: ¥5,000.00 repaid early. Keep the instalment, finish sooner"]);
  assert.equal(await page.locator("#timeline-comparison").isVisible(), false, "what was added is not compared once more");

  await page.locator("#timeline-events button").click();
  await drawn(page);
  assert.equal(await figure(page, "saved"), "0.00");
  assert.equal(await page.locator(".timeline-chart .after").getAttribute("d"), before);
  assert.deepEqual(page.seen.faults, []);
});

test("the balance before and after is a table too", async () => {
  const page = await openOn(open, { locale: "en" });
  await add(page, { date: "2027-03-10", amount: "5000" });
  await unfold(page, "timeline-balances");
  const rows = await page.locator("#timeline-balances tbody tr").evaluateAll((all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
  assert.deepEqual(rows[0], ["24 Nov 2026", "20,000.00", "20,000.00"]);
  // 15,329.85 after the third instalment; 5,000.00 less 114.97 accrued (14 of 28 days) are repaid.
  assert.deepEqual(rows[4], ["10 Mar 2027", "15,329.85", "10,444.82"]);
  assert.deepEqual(rows.at(-1), ["24 Nov 2027", "0.00", "0.00"]);
  assert.equal(rows.length, 14);
});

test("a new rate, a deferral and a payment change what comes as the engine says", async () => {
  for (const [typed, event] of [
    [{ kind: "rateChange", date: "2027-02-10", rate: "9" }, { kind: "rateChange", date: "2027-02-10", interest: { annual: "0.09" } }],
    [{ kind: "deferral", from: "3", count: "2", deferred: "capitalise" }, { kind: "deferral", fromInstalment: 3, instalments: 2, interest: "capitalise" }],
    [{ kind: "payment", date: "2026-12-10", amount: "1万" }, { kind: "payment", date: "2026-12-10", amount: "10000" }],
    [{ kind: "prepayment", date: "2027-02-10", all: true }, { kind: "prepayment", date: "2027-02-10", amount: "all", keep: "term" }],
  ]) {
    const page = await openOn(open, { locale: "en" });
    await add(page, typed);
    const { rows, end, steps } = courseOf(engine, terms, [event], { asOf: TODAY, assumesPaid: true });
    assert.equal(await page.locator("#timeline-events li").count(), 1, event.kind);
    assert.equal(await figure(page, "saved"), end.saved ?? "0.00", event.kind);
    assert.equal(await figure(page, "end"), steps.at(-1).date, event.kind);
    await page.locator("#timeline-all-rows").evaluate((button) => button.hidden || button.click());
    await drawn(page);
    assert.deepEqual((await amounts(page)).map((text) => text.replace(/[¥,]/g, "")), rows.map(({ payment }) => payment), event.kind);
  }
});

test("without the assumption, unpaid instalments are owed, late and fined by the terms", async () => {
  const page = await openOn(open, { locale: "en" });
  await fill(page, { overdue: "1.5" });
  await page.locator("#timeline-assume").uncheck();
  await seenOn(page, "2027-01-30");
  const owing = engine.quote({ ...DEMO, contingent: [{ kind: "overdue", rateFactor: "1.5" }] }).terms;
  const state = engine.replay(owing, [], "2027-01-30");
  assert.ok(Number(state.outstanding.penalty) > 0);
  assert.equal(await figure(page, "dueNow"), state.dueNow);
  const text = await page.locator("#panel-timeline .panel-figures").innerText();
  assert.match(text, /days late: 37 · penalty ¥/);
  assert.deepEqual(await texts(page, "#timeline-list .entry-late .tag"), ["¥1,833.60 owed", "¥1,833.60 owed"]);
});

test("what cannot be read or does not fit has a sentence beside its field", async () => {
  const page = await openOn(open, { locale: "en" });
  for (const [event, name, sentence] of [
    [{ date: "2020-01-01", amount: "5000" }, "date", /Between 24 Nov 2026 and 31 Dec 2199/],
    [{ date: "2027-03-10", amount: "abc" }, "amount", /Not understood/],
    [{ date: "2027-03-10", amount: "-5" }, "amount", /cannot be negative/],
    [{ date: "2027-03-10", amount: "5.001" }, "amount", /At most 2 decimals/],
    [{ date: "2027-03-10", amount: "0" }, "amount", /Between ¥0\.01 and/],
    [{ date: "", amount: "5" }, "date", /whole date/],
    [{ kind: "rateChange", date: "2027-03-10", rate: "1e9" }, "rate", /Not understood/],
    [{ kind: "rateChange", date: "2027-03-10", rate: "2000" }, "rate", /Between 0\.00% and 1,000\.00%/],
    [{ kind: "deferral", from: "13", count: "1" }, "from", /Between 1 and 12/],
    [{ kind: "deferral", from: "1", count: "599" }, "count", /Between 1 and 588/],
  ]) {
    await add(page, event);
    assert.match(await page.locator(`#timeline-${name}-note`).innerText(), sentence, JSON.stringify(event));
    assert.equal(await page.evaluate(() => document.activeElement.id), `timeline-${name}`, JSON.stringify(event));
    assert.equal(await page.locator("#timeline-events li").count(), 0);
  }
  await add(page, { kind: "payment", date: "2027-03-10", amount: "5" });
  assert.equal(await page.locator("#timeline-events li").count(), 1);
  assert.equal(await page.locator("#timeline-amount").getAttribute("aria-invalid"), null);
  assert.deepEqual(page.seen.faults, []);
});

test("an event that no longer fits the loan is said to be left out, and counts again once it fits", async () => {
  const page = await openOn(open, { locale: "en" });
  await add(page, { date: "2027-03-10", amount: "5000" });
  await fill(page, { disbursementDate: "2027-06-01" });
  await drawn(page);
  assert.match(await page.locator("#timeline-events").innerText(), /Does not fit this loan and is left out: Between 1 Jun 2027/);
  assert.equal(await figure(page, "saved"), "0.00");
  await fill(page, { disbursementDate: "2026-11-24" });
  await drawn(page);
  assert.doesNotMatch(await page.locator("#timeline-events").innerText(), /left out/);
  assert.equal(await figure(page, "saved"), "341.76");
});

test("a long loan shows what is around the day, and all of it when asked", async () => {
  const page = await openOn(open, { locale: "en" });
  await fill(page, { instalmentCount: "360" });
  await drawn(page);
  assert.equal((await amounts(page)).length, 10);
  assert.equal(await page.locator("#timeline-all-rows").textContent(), "Show all 360 instalments");
  await page.locator("#timeline-all-rows").click();
  await drawn(page);
  assert.equal((await amounts(page)).length, 360);
});

test("a switch of languages rewrites the timeline and keeps its events", async () => {
  const page = await openOn(open, { locale: "en" });
  await add(page, { date: "2027-03-10", amount: "5000" });
  await page.locator("#switch-language").click();
  await drawn(page);
  assert.deepEqual(await texts(page, "#timeline-events li > span"), ["2027/03/10 提前还 ¥5,000.00，期数不变，每期少还"]);
  assert.doesNotMatch((await page.locator("#panel-timeline").innerText()).replaceAll(/mm\/dd\/yyyy/g, ""), /[a-z]{4,}/);
});

for (const [locale, colorScheme, viewport] of [["zh-CN", "light", PHONE], ["en", "dark", DESKTOP]]) {
  test(`axe finds nothing, and nothing is cut off: ${locale}, ${colorScheme}, ${viewport.width} px`, async () => {
    const page = await openOn(open, { locale, colorScheme, viewport });
    await page.locator("#timeline-assume").uncheck();
    await seenOn(page, "2027-01-30");
    await add(page, { date: "2027-03-10", amount: "5000" });
    await add(page, { kind: "deferral", from: "99", count: "1" });
    await unfold(page, "timeline-balances");
    assert.deepEqual(await violations(page), []);
    await fill(page, { principal: "9,876,543,210.98" });
    for (const width of [320, viewport.width]) {
      await resize(page, width);
      await drawn(page);
      assert.deepEqual(await cutOff(page), [], `${width} px`);
    }
    assert.deepEqual(page.seen.faults, []);
  });
}

test("an event can be added and removed by keyboard alone, and each control shows its focus", async () => {
  const page = await openOn(open, { locale: "en" });
  await page.locator("#timeline-asOf").focus();
  const order = [];
  for (let step = 0; step < 30; step += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      const ring = (node) => node && getComputedStyle(node).outlineStyle !== "none" && getComputedStyle(node).outlineWidth !== "0px";
      return { name: element.id || element.name, shows: ring(element) || ring(element.closest(".control")) || ring(element.nextElementSibling) };
    });
    order.push(stop);
    if (stop.name === "timeline-amount") {
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type("5000");
    }
    if (stop.name === "timeline-submit") break;
  }
  const names = [...new Set(order.map(({ name }) => name))];
  assert.deepEqual(names, ["timeline-asOf", "timeline-assume", "timeline-kind", "timeline-date", "timeline-amount", "timeline-all", "timeline-keep", "timeline-submit"]);
  assert.deepEqual(order.filter(({ shows }) => !shows), []);
  await page.keyboard.press("Enter");
  await drawn(page);
  assert.equal(await page.locator("#timeline-events li").count(), 1);
  await page.locator("#timeline-events button").focus();
  await page.keyboard.press("Enter");
  await drawn(page);
  assert.equal(await page.locator("#timeline-events li").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.id), "timeline-submit");
});
