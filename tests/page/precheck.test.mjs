// The pre-check and the health score: asked by the policy, with consent, kept nowhere, and answered as the package answers.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { DESKTOP, PHONE, figures, fill, resize, useBrowser } from "./support/browser.mjs";
import { DEMO, TODAY, chip, cutOff, drawn, engine, openOn, texts, unfold, violations } from "./support/panels.mjs";

const open = useBrowser();
const policyOf = (name) => JSON.parse(fs.readFileSync(new URL(`../../policies/${name}.json`, import.meta.url), "utf8"));
const CREDIT = policyOf("consumer-credit");
const HEALTH = policyOf("financial-health");
const terms = engine.quote(DEMO).terms;

/** Somebody for whom the demo loan is too large. */
const FACTS = {
  age: 30, student: false, employment: "employed", monthlyIncome: "4000", monthlyObligations: "1500", householdCredit: "0", existingLoans: 1,
  overdueNow: false, overdueTimes: 0, purpose: "renovation", lenderType: "bank",
};
const HEALTHY = { age: 30, student: false, monthlyIncome: "12000", monthlySpending: "7000", monthlyDebtPayments: "4000", savings: "10000", latePayments: 0 };

const precheck = (facts, more = {}) => engine.precheck(CREDIT, facts, { terms, on: TODAY, locale: "en", ...more });

async function answer(page, prefix, facts) {
  for (const [name, given] of Object.entries(facts)) {
    const id = `${prefix}-${name}`;
    if (typeof given === "boolean") await chip(page, id, given);
    else if (await page.locator(`#${id}`).evaluate((element) => element.tagName === "SELECT")) await page.locator(`#${id}`).selectOption(given);
    else await page.locator(`#${id}`).fill(String(given));
  }
}

async function checked(options, facts = FACTS) {
  const page = await openOn(open, { locale: "en", ...options });
  await unfold(page, "precheck-fold");
  await answer(page, "precheck-lender", facts);
  await page.locator("#precheck-consent").check();
  await page.locator("#precheck-run").click();
  await drawn(page);
  return page;
}

test("each input of the policy is a question with its purpose in both languages; nothing is answered or agreed to beforehand", async () => {
  for (const locale of ["zh-CN", "en"]) {
    const page = await openOn(open, { locale });
    await unfold(page, "precheck-fold");
    const questions = page.locator("#precheck-form .questions:not([hidden]) > .field");
    assert.equal(await questions.count(), CREDIT.inputs.length);
    for (const [index, input] of CREDIT.inputs.entries()) {
      const text = await questions.nth(index).innerText();
      assert.ok(text.includes(CREDIT.messages[input.name][locale]), `${input.name}: ${text}`);
      assert.ok(text.includes(CREDIT.messages[`purpose.${input.name}`][locale]), `${input.name}: ${text}`);
      assert.equal(/敏感信息|sensitive/.test(text), input.sensitive === true, input.name);
    }
    assert.equal(await page.locator("#precheck-consent").isChecked(), false);
    assert.equal(await page.locator("#precheck-result").isVisible(), false);
    const given = await page.locator("#precheck-lender-age, #precheck-lender-employment").evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual(given, ["", ""]);
    assert.equal(await page.locator("#precheck-form .questions:not([hidden]) input[type=radio]:checked").count(), 0);
  }
});

test("without consent there is no result, and the reader is led to it; taken back, it takes the result away", async () => {
  const page = await openOn(open, { locale: "en" });
  await unfold(page, "precheck-fold");
  await answer(page, "precheck-lender", FACTS);
  await page.locator("#precheck-run").click();
  assert.equal(await page.locator("#precheck-result").isVisible(), false);
  assert.match(await page.locator("#precheck-complaint").innerText(), /tick your consent first/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "precheck-consent");
  await page.locator("#precheck-consent").check();
  await page.locator("#precheck-run").click();
  assert.equal(await page.locator("#precheck-result").isVisible(), true);
  await page.locator("#precheck-consent").uncheck();
  assert.equal(await page.locator("#precheck-result").isVisible(), false);
  assert.equal(await page.locator("#precheck-result").innerHTML(), "");
});

test("the result is the engine's: outcome, that it is no decision, reasons with the value seen and needed, affordability", async () => {
  const page = await checked();
  const expected = precheck(FACTS);
  assert.equal(expected.outcome, "ineligible");
  assert.match(await page.locator("#precheck-outcome").innerText(), /Conditions not met at present/);
  const text = await page.locator("#precheck-result").innerText();
  assert.ok(text.includes(expected.notice), text);
  for (const { message } of expected.reasons) assert.ok(text.includes(message), message);
  assert.doesNotMatch(text, /Indicated limit|Indicated annual rate/, "what could be lent is no news to somebody who is turned down");
  assert.match(text, /With a principal of \d,\d{3}\.\d\d/);
  // (1,500 + 1,833.61) ÷ 4,000
  assert.match(text, /Now\s+Share of the income that repayments take 83\.3%\s+Needed\s+at most 60\.0%/);
  assert.match(text, /Instalment \(the highest\)\s+¥1,833\.61/);
  assert.match(text, /Left for an instalment\s+¥500\.00/);
  assert.ok(text.includes(`¥${Number(expected.affordability.principalMaximum).toLocaleString("en", { minimumFractionDigits: 2 })}`), text);
});

test("a suggestion's button changes the loan, and the result follows", async () => {
  const page = await checked();
  const { suggestions } = precheck(FACTS);
  const smaller = suggestions.find(({ code }) => code === "smaller_principal").change.principal;
  await page.locator(".suggestions button").first().click();
  await drawn(page);
  assert.equal((await page.locator("#principal").inputValue()).replaceAll(",", ""), smaller);
  assert.equal((await figures(page)).financeCharge, engine.quote({ ...DEMO, principal: smaller }).schedule.totals.financeCharge);
  const after = precheck(FACTS, { terms: { ...terms, principal: smaller } });
  assert.notEqual(after.outcome, "ineligible");
  const words = { eligible: /as far as can be told/, refer: /A person would have to review it/ }[after.outcome];
  assert.match(await page.locator("#precheck-outcome").innerText(), words);
});

test("a longer term is suggested and applied too", async () => {
  const page = await checked();
  const { suggestions } = precheck(FACTS);
  const { instalmentCount } = suggestions.find(({ code }) => code === "longer_term").change;
  await page.getByRole("button", { name: `Make it ${instalmentCount} instalments` }).click();
  await drawn(page);
  assert.equal(await page.locator("#instalmentCount").inputValue(), String(instalmentCount));
});

test("what is missing is named, and a button leads to it", async () => {
  const { monthlyIncome: _, ...rest } = FACTS;
  const page = await checked({}, rest);
  assert.match(await page.locator("#precheck-outcome").innerText(), /Something is still missing/);
  assert.deepEqual(await texts(page, ".suggestions li > span"), ["Still needed: Monthly income after tax (purpose: to reckon which share of the income repayments take)."]);
  await page.locator(".suggestions button").click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "precheck-lender-monthlyIncome");
  await page.keyboard.type("4000");
  await drawn(page);
  assert.match(await page.locator("#precheck-outcome").innerText(), /Conditions not met/);
});

test("answers are read as people write them, and what cannot be read has a sentence beside it", async () => {
  const page = await checked({}, { ...FACTS, monthlyIncome: "1.2万", monthlyObligations: "1,500.00" });
  assert.match(await page.locator("#precheck-outcome").innerText(), /as far as can be told/);
  for (const [name, given, sentence] of [
    ["age", "abc", /A whole number/], ["age", "30.5", /A whole number/], ["age", "121", /0 to 120/], ["monthlyIncome", "x", /Not understood/],
    ["monthlyIncome", "-1", /at least/], ["overdueTimes", "-3", /0 to 200/],
  ]) {
    await answer(page, "precheck-lender", { [name]: given });
    await drawn(page);
    assert.match(await page.locator(`#precheck-lender-${name}-note`).innerText(), sentence, `${name} ${given}`);
    assert.equal(await page.locator(`#precheck-lender-${name}`).getAttribute("aria-invalid"), "true");
    assert.equal(await page.locator("#precheck-result").isVisible(), false);
    await answer(page, "precheck-lender", { [name]: FACTS[name] });
    await drawn(page);
    assert.match(await page.locator(`#precheck-lender-${name}-note`).innerText(), /^Why: /);
    assert.equal(await page.locator(`#precheck-lender-${name}`).getAttribute("aria-invalid"), null);
  }
  assert.deepEqual(page.seen.faults, []);
});

test("a third party's page reckons, and neither judges nor asks who qualifies nor scores", async () => {
  const page = await openOn(open, { locale: "en" });
  await unfold(page, "precheck-fold");
  await chip(page, "precheck-operator", "thirdParty");
  await drawn(page);
  assert.equal(await page.locator("#panel-health").isVisible(), false);
  const asked = page.locator("#precheck-form .field:visible");
  assert.deepEqual(await asked.evaluateAll((all) => all.map((one) => one.querySelector("input").id)),
    ["precheck-thirdParty-monthlyIncome", "precheck-thirdParty-monthlyObligations"]);
  await answer(page, "precheck-thirdParty", { monthlyIncome: "4000", monthlyObligations: "1500" });
  await page.locator("#precheck-consent").check();
  await page.locator("#precheck-run").click();
  await drawn(page);
  const text = await page.locator("#precheck-result").innerText();
  assert.match(text, /calculates, and does not assess/);
  assert.match(text, /83\.3%/);
  assert.doesNotMatch(text, /Conditions|limit|annual rate|What would change|\bfit\b/i);
  assert.equal(await page.locator("#precheck-run").innerText(), "Calculate");
  assert.equal(await page.locator("#precheck-result a").getAttribute("href"), CREDIT.lenderUrl);
  await chip(page, "precheck-operator", "lender");
  await drawn(page);
  assert.equal(await page.locator("#panel-health").isVisible(), true);
});

test("answers stay in their fields: no request, no storage, nothing in the address; the button empties them", async () => {
  const page = await openOn(open, { locale: "en" });
  await page.waitForLoadState("networkidle");
  const loaded = page.seen.requests.length;
  await unfold(page, "precheck-fold");
  await answer(page, "precheck-lender", { ...FACTS, monthlyIncome: "45678.90" });
  await page.locator("#precheck-consent").check();
  await page.locator("#precheck-run").click();
  await drawn(page);
  await page.waitForTimeout(600);
  assert.equal(page.seen.requests.length, loaded);
  assert.doesNotMatch(page.url(), /45678|renovation|employed/);
  assert.equal(await page.evaluate(() => document.cookie + localStorage.length + sessionStorage.length), "00");
  assert.equal(await page.evaluate(async () => (await indexedDB.databases()).length), 0);
  await page.locator("#precheck-clear").click();
  assert.equal(await page.locator("#precheck-lender-monthlyIncome").inputValue(), "");
  assert.equal(await page.locator("#precheck-consent").isChecked(), false);
  assert.equal(await page.locator("#precheck-result").isVisible(), false);
  await page.reload();
  assert.equal(await page.locator("#precheck-lender-monthlyIncome").inputValue(), "");
});

test("a switch of languages keeps the answers and rewrites questions, sentences and result", async () => {
  const page = await checked();
  await page.locator("#switch-language").click();
  await drawn(page);
  assert.equal(await page.locator("#precheck-lender-monthlyIncome").inputValue(), "4000");
  assert.match(await page.locator("#precheck-outcome").innerText(), /目前不符合条件/);
  assert.match(await page.locator("#precheck-form").innerText(), /用途：核实是否成年/);
  assert.doesNotMatch(await page.locator("#precheck-form").innerText(), /sensitive|Why/);
});

test("a loan that the form no longer understands is asked for, not guessed", async () => {
  const page = await checked();
  await fill(page, { principal: "x" });
  await drawn(page);
  assert.match(await page.locator("#precheck-result").innerText(), /A valid loan is needed as well/);
});

test("the health score is the engine's, its points as bars with text, its topics and its band", async () => {
  const page = await openOn(open, { locale: "en" });
  await unfold(page, "health-fold");
  await page.locator("#health-run").click();
  assert.match(await page.locator("#health-complaint").innerText(), /tick your consent/);
  await page.locator("#health-consent").check();
  await page.locator("#health-run").click();
  assert.equal(await page.locator("#health-result").isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.id), "health-age");
  assert.match(await page.locator("#health-age-note").innerText(), /Please fill this in/);
  await answer(page, "health", { ...HEALTHY, netCashFlows: "1000 1,200 900; -300" });
  await page.locator("#health-run").click();
  await drawn(page);
  const expected = engine.healthScore({ ...HEALTHY, netCashFlows: ["1000", "1200", "900", "-300"] }, { locale: "en" });
  assert.equal(await page.locator("#health-outcome data").getAttribute("value"), String(expected.score));
  const text = await page.locator("#health-result").innerText();
  for (const words of [expected.bandMessage, expected.notice, ...expected.topicMessages, ...expected.parts.map(({ message }) => message)]) {
    assert.ok(text.includes(words), words);
  }
  const points = expected.parts.map(({ code, points: given }) => {
    const { table } = HEALTH.decisions.find(({ name }) => name === code);
    return `${given}/${Math.max(...table.rules.map(({ then }) => Number(then)))}`;
  });
  assert.deepEqual(await texts(page, ".bar-head [role=img]"), points);
  assert.equal(points.map((part) => Number(part.split("/")[1])).reduce((sum, most) => sum + most), 100);
});

for (const [locale, colorScheme, viewport] of [["zh-CN", "dark", PHONE], ["en", "light", DESKTOP]]) {
  test(`axe finds nothing, and nothing is cut off: ${locale}, ${colorScheme}, ${viewport.width} px`, async () => {
    const page = await openOn(open, { locale, colorScheme, viewport });
    await unfold(page, "precheck-fold");
    await unfold(page, "health-fold");
    assert.deepEqual(await violations(page), [], "empty");
    await page.locator("#precheck-run").click();
    await answer(page, "precheck-lender", { ...FACTS, age: "x" });
    await page.locator("#precheck-consent").check();
    await page.locator("#precheck-run").click();
    assert.deepEqual(await violations(page), [], "with errors");
    await answer(page, "precheck-lender", FACTS);
    await answer(page, "health", HEALTHY);
    await page.locator("#health-consent").check();
    await page.locator("#health-run").click();
    await drawn(page);
    for (const details of await page.locator("#precheck-result details").all()) await details.evaluate((element) => { element.open = true; });
    assert.equal(await page.locator("#precheck-result").isVisible(), true);
    assert.deepEqual(await violations(page), [], "with results");
    await chip(page, "precheck-operator", "thirdParty");
    await answer(page, "precheck-thirdParty", { monthlyIncome: "4000", monthlyObligations: "1500" });
    await page.locator("#precheck-consent").check();
    await page.locator("#precheck-run").click();
    assert.equal(await page.locator("#precheck-result a").isVisible(), true);
    assert.deepEqual(await violations(page), [], "of a third party");
    for (const width of [320, viewport.width]) {
      await resize(page, width);
      assert.deepEqual(await cutOff(page), [], `${width} px`);
    }
    assert.deepEqual(page.seen.faults, []);
  });
}

test("by keyboard alone: unfold, answer, agree, see", async () => {
  const page = await openOn(open, { locale: "en" });
  await page.locator("#precheck-fold > summary").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const keys = { age: "30", student: "ArrowRight", monthlyIncome: "12000", monthlyObligations: "0", householdCredit: "0", existingLoans: "0", overdueNow: "ArrowRight", overdueTimes: "0" };
  for (const { name, type } of CREDIT.inputs) {
    const id = await page.evaluate(() => document.activeElement.id || document.activeElement.name);
    assert.equal(id, `precheck-lender-${name}`);
    // A choice: the arrow moves through it; of a list, typing its first letters chooses.
    if (type === "boolean") await page.keyboard.press("ArrowRight");
    else if (type === "text") await page.keyboard.press("ArrowDown");
    else await page.keyboard.type(keys[name]);
    await page.keyboard.press("Tab");
  }
  assert.equal(await page.evaluate(() => document.activeElement.id), "precheck-consent");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await drawn(page);
  assert.equal(await page.locator("#precheck-result").isVisible(), true);
  assert.match(await page.locator("#precheck-outcome").innerText(), /as far as can be told|A person/);
});
