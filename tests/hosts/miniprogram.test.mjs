// The demo mini-program's own pages, in jsdom with the official compiler's output, on the packed package.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { BUILD, ROOT } from "../../scripts/tools.mjs";
import { INSTALLED } from "../package/support.mjs";
import { toolsFolder } from "./tools.mjs";

const PROJECT = path.join(BUILD, "miniprogram");
const KEPT = ["window", "document", "Page", "wx", "WXWebAssembly", "Event", "CustomEvent", "HTMLElement", "Node"];
const globalsBefore = Object.fromEntries(KEPT.map((name) => [name, globalThis[name]]));
let simulate;
let dom;
/** What the pages asked of WeChat. */
let asked;
/** What the next calls to the calendar end as. */
let calendarAnswers;

before(() => {
  fs.rmSync(PROJECT, { recursive: true, force: true });
  fs.cpSync(path.join(ROOT, "www", "miniprogram"), PROJECT, { recursive: true });
  // As 构建 npm lays it; Node looks for it under another name.
  fs.cpSync(path.join(INSTALLED, "miniprogram_dist"), path.join(PROJECT, "node_modules", "clearloan"), { recursive: true });
  fs.writeFileSync(path.join(PROJECT, "node_modules", "clearloan", "package.json"), '{ "main": "index.js" }');
  fs.writeFileSync(path.join(PROJECT, "package.json"), '{ "type": "commonjs" }');
  const tools = createRequire(path.join(toolsFolder("tools"), "package.json"));
  const { JSDOM } = tools("jsdom");
  dom = new JSDOM("<!doctype html><body></body>");
  for (const name of ["window", "document", "Event", "CustomEvent", "HTMLElement", "Node"]) globalThis[name] = name === "window" ? dom.window : dom.window[name];
  simulate = tools("miniprogram-simulate");
  // A page is a component whose methods are its own functions.
  globalThis.Page = ({ data, ...functions }) => globalThis.Component({ data, methods: functions });
  globalThis.WXWebAssembly = {
    async instantiate(name, imports) {
      assert.equal(name, "/miniprogram_npm/clearloan/clearloan.wasm");
      const module = new WebAssembly.Module(fs.readFileSync(path.join(PROJECT, "node_modules", "clearloan", "clearloan.wasm")));
      return { instance: await WebAssembly.instantiate(module, imports) };
    },
  };
  const calendar = (api) => (given) => {
    asked.push([api, given]);
    if (calendarAnswers.shift() === "refused") given.fail({ errMsg: `${api}:fail auth deny` });
    else given.success({});
  };
  Object.assign(globalThis.wx ??= {}, { addPhoneCalendar: calendar("addPhoneCalendar"), addPhoneRepeatCalendar: calendar("addPhoneRepeatCalendar"),
    navigateTo: ({ url }) => asked.push(["navigateTo", url]) });
});
after(() => {
  Object.assign(globalThis, globalsBefore);
  dom.window.close();
});
beforeEach(() => {
  asked = [];
  calendarAnswers = [];
});

/** Opens a page; `sizes` are those of the data that each setData carried. */
async function open(name) {
  const page = simulate.render(simulate.load(path.join(PROJECT, "pages", name, "index"), { rootPath: PROJECT }));
  const body = document.createElement("div");
  document.body.appendChild(body);
  page.attach(body);
  const { instance } = page;
  const sizes = [];
  const { setData } = instance;
  instance.setData = (data) => {
    sizes.push(JSON.stringify(data).length);
    setData.call(instance, data);
  };
  await instance.onLoad();
  const texts = (selector) => page.querySelectorAll(selector).map(({ dom: node }) => node.textContent);
  return { page: instance, texts, text: (selector) => texts(selector)[0], sizes };
}

const plain = (amount) => Number(amount.replaceAll(",", ""));
const type = (page, handler, value, name) => page[handler]({ detail: { value }, currentTarget: { dataset: { name } } });

test("the calculator shows the demo loan, and what is changed at once", async () => {
  const { page, text, texts, sizes } = await open("calculator");
  assert.deepEqual([text(".headline"), text(".first"), text(".compound"), text(".charge")], ["19.94%", "1,833.60", "21.87%", "2,203.21"]);
  assert.equal(texts(".instalment").length, 12);
  type(page, "onCount", "360");
  assert.equal(texts(".instalment").length, 12, "rows come by the page");
  page.more();
  assert.deepEqual([texts(".instalment").length, page.data.hasMore], [24, true]);
  assert.equal(page.data.rows[23].number, 24);
  type(page, "onMethod", "1");
  assert.equal(page.data.figures.each, "首期应还（元）");
  assert.ok(plain(page.data.figures.last) < plain(page.data.figures.first), "equal principal falls");
  type(page, "onPercent", "18.5");
  assert.equal(page.data.faults.length, 0);
  assert.ok(Math.max(...sizes) < 4_000, `setData of ${Math.max(...sizes)} characters`);
});

test("what is wrong is said in Chinese, field by field", async () => {
  const { page, texts, text } = await open("calculator");
  type(page, "onPrincipal", "abc");
  type(page, "onPercent", "x");
  type(page, "onCount", "0");
  const faults = text(".fault");
  for (const field of ["本金", "名义年利率", "期数"]) assert.ok(faults.includes(`${field}：`), faults);
  assert.deepEqual([texts(".instalment").length, page.data.figures], [0, null]);
  for (const [handler, value] of [["onPrincipal", "20000"], ["onPercent", "18"], ["onCount", "12"], ["onMethod", "0"]]) type(page, handler, value);
  assert.equal(text(".first"), "1,833.60");
  page.toCost();
  assert.deepEqual(asked, [["navigateTo", "/pages/cost/index"]]);
});

test("the cost table can be confirmed only after the reading time", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const { page, text, texts } = await open("cost");
  assert.match(text(".headline"), /^19\.9\d%$/);
  assert.deepEqual(texts(".item").length, 2, "interest and the service fee");
  assert.match(text(".statement"), /不再收取/);
  for (const words of ["借款本金20,000.00", "实际到账19,800.00"]) assert.ok(texts(".figure").includes(words), texts(".figure").join());
  page.onAgree({ detail: { value: ["agreed"] } });
  assert.equal(page.data.isAgreed, false, "nothing is ticked before it has been read");
  const seconds = page.data.secondsLeft;
  assert.ok(seconds >= 3, `${seconds} seconds`);
  page.confirm();
  assert.equal(page.data.isConfirmed, false);
  t.mock.timers.tick(1000 * (seconds - 1));
  assert.match(text(".confirm"), /还需 1 秒/);
  page.onHide();
  t.mock.timers.tick(60_000);
  assert.equal(page.data.secondsLeft, 1, "time away is no reading");
  page.confirm();
  assert.equal(page.data.isConfirmed, false);
  page.onShow();
  t.mock.timers.tick(1000);
  assert.equal(page.data.secondsLeft, 0);
  page.confirm();
  assert.equal(page.data.isConfirmed, false, "a box has to be ticked");
  page.onAgree({ detail: { value: ["agreed"] } });
  page.confirm();
  assert.match(text(".confirm"), /已确认/);
  page.onUnload();
});

test("the pre-check asks what the policy asks, and answers from it", async () => {
  const { page, text } = await open("precheck");
  assert.equal(page.data.result.outcome, "incomplete");
  assert.equal(page.data.fields.length, 11);
  assert.ok(page.data.fields.every(({ label }) => /[\u4e00-\u9fff]/.test(label)), "labels are words of the policy");
  for (const { choices } of page.data.fields) for (const { name } of choices ?? []) assert.match(name, /[\u4e00-\u9fff]/, "choices are words too");
  const values = { age: "30", monthlyIncome: "12000.00", monthlyObligations: "1000.00", householdCredit: "0.00", existingLoans: "0", overdueTimes: "0" };
  for (const [name, value] of Object.entries(values)) type(page, "onInput", value, name);
  const choose = (name, value) => type(page, "onPick", page.data.fields.find((field) => field.name === name).choices.findIndex((choice) => choice.value === value), name);
  for (const [name, value] of [["student", false], ["employment", "employed"], ["overdueNow", false], ["purpose", "renovation"], ["lenderType", "bank"]]) choose(name, value);
  assert.equal(page.data.result.outcome, "eligible");
  assert.match(text(".limit"), /^[\d,]+\.\d\d$/);
  assert.match(text(".notice"), /参考|不是/);
  type(page, "onInput", "17", "age");
  assert.equal(page.data.result.outcome, "ineligible");
  assert.ok(page.data.result.reasons.length > 0);
  assert.equal(text(".limit"), undefined, "what could be lent is no news to somebody who is turned down");
  type(page, "onInput", "x", "age");
  assert.notEqual(page.data.faults.length + Number(page.data.result?.outcome === "incomplete"), 0, "a number that is none is told");
});

test("reminders go to the calendar one after the other, and a refusal can be taken up again", async () => {
  const { page, texts } = await open("reminder");
  const count = texts(".event").length;
  assert.ok(count >= 2, "a monthly one and the last");
  calendarAnswers = ["added", "refused"];
  await page.add();
  assert.deepEqual([page.data.added, page.data.isDone, asked.length], [1, false, 2]);
  assert.match(page.data.faults[0], /auth deny/);
  await page.add();
  assert.deepEqual([page.data.added, page.data.isDone, asked.length], [count, true, count + 1]);
  for (const [, given] of asked) {
    assert.ok(Number.isInteger(given.startTime) && given.startTime > 1.7e9 && given.startTime < 1e10, "unix seconds");
    assert.equal("api" in given, false);
    assert.match(given.title, /应还/);
  }
});

test("the probe says which engine runs, and what the phone has", async () => {
  const { page, text, texts } = await open("probe");
  assert.equal(text(".engine"), "wasm");
  assert.match(page.data.version, /^\d+\.\d+\.\d+ \/ \d{4}-\d\d-\d\d$/);
  assert.equal(texts(".global").length, 13);
  assert.deepEqual(page.data.globals.find(({ name }) => name === "WXWebAssembly"), { name: "WXWebAssembly", has: true });
});

test("each page of app.json is there, with a template and a title", () => {
  const { pages } = JSON.parse(fs.readFileSync(path.join(PROJECT, "app.json"), "utf8"));
  assert.deepEqual(fs.readdirSync(path.join(PROJECT, "pages")).map((name) => `pages/${name}/index`).sort(), [...pages].sort());
  for (const name of pages) {
    for (const extension of ["js", "json", "wxml", "wxss"]) assert.ok(fs.existsSync(path.join(PROJECT, `${name}.${extension}`)), `${name}.${extension}`);
  }
});
