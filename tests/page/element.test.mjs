// <clear-loan> as it ships, in plain HTML, React and Vue: it quotes, has its disclosure read, pre-checks and leads to the application.

import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { build } from "esbuild";
import { compare, decimalOf, movePoint } from "../../js/element/numbers.js";
import { WORDS } from "../../js/element/words.js";
import { DESKTOP, PHONE, eventually, stopClock, useBrowser } from "./support/browser.mjs";

const open = useBrowser();
const require = createRequire(import.meta.url);
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const POLICY = JSON.parse(fs.readFileSync(new URL("../../policies/consumer-credit.json", import.meta.url), "utf8"));
/** 20,000.00 at 18 % over 12 months from 2026-11-24 without fees: 1,833.60 a month, worked in exact fractions. */
const PAYMENT = "¥1,833.60";

async function element(file, options = {}) {
  const page = await open({ waits: false, ...options });
  const { origin } = new URL(page.url());
  if (options.routes) await options.routes(page);
  await page.goto(`${origin}/examples/${file}`);
  await page.locator("clear-loan [part=headline]", { hasText: "%" }).waitFor().catch(() => assert.fail(`no quote: ${page.seen.faults.join(" ")}`));
  await page.evaluate(() => {
    window.heard = [];
    for (const name of ["quote", "disclosed", "precheck", "apply"]) {
      document.addEventListener(name, ({ detail }) => window.heard.push([name, JSON.parse(JSON.stringify(detail))]));
    }
  });
  return page;
}

const heard = (page, name) => page.evaluate((name) => window.heard.filter(([event]) => event === name).map(([, detail]) => detail), name);
const shown = (page, part) => page.locator(`clear-loan [part=${part}]`).innerText();

/** Reads the pop-up through, with a clock that the test moves. */
async function readAndConfirm(page) {
  await stopClock(page);
  await page.locator("clear-loan [part=apply]").click();
  const dialog = page.locator("clear-loan dialog");
  await dialog.locator(".cost-scroller").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
  await page.clock.runFor(6_000);
  assert.equal(await dialog.locator("#cost-agree").isDisabled(), true);
  await page.clock.runFor(5_000);
  await dialog.locator("#cost-agree").check();
  await dialog.locator("[part=confirm]").click();
  await dialog.waitFor({ state: "detached" });
  await page.clock.resume();
}

test("in plain HTML it quotes by typing and by slider, says what is wrong beside the field, and tells the page", async () => {
  const page = await element("element.html");
  assert.equal(await shown(page, "payment"), PAYMENT);
  assert.equal(await shown(page, "headline"), "18.00%");
  await page.locator("clear-loan #principal").fill("1万");
  await eventually(async () => (await heard(page, "quote")).at(-1)?.quote.terms.principal, "10000.00");
  const { fingerprint, disclosure } = (await heard(page, "quote")).at(-1);
  assert.equal(disclosure.regime, "CN");
  assert.match(fingerprint, /^[0-9a-f]{64}$/);

  await page.locator("clear-loan [name=count-slider]").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("clear-loan #count").inputValue(), "13");
  for (const [field, text, sentence] of [["principal", "abc", /没看懂/], ["principal", "4999", /5,000 到 50,000/], ["count", "25", /3 到 24/], ["count", "3.5", /整数/]]) {
    const before = await page.locator(`clear-loan #${field}`).inputValue();
    await page.locator(`clear-loan #${field}`).fill(text);
    const note = page.locator(`clear-loan #${field}-note.is-error`);
    await note.waitFor();
    assert.match(await note.innerText(), sentence);
    assert.equal(await page.locator("clear-loan [part=apply]").isDisabled(), true);
    await page.locator(`clear-loan #${field}`).fill(before);
    await note.waitFor({ state: "detached" });
  }
  assert.deepEqual(page.seen.faults, []);
});

test("the application leads through the pop-up, once for each loan, with the record", async () => {
  const page = await element("element.html", { viewport: PHONE });
  await readAndConfirm(page);
  const [record] = await heard(page, "disclosed");
  const [application] = await heard(page, "apply");
  assert.equal(record.fingerprint, application.fingerprint);
  assert.deepEqual(application.disclosed, record);
  assert.deepEqual([record.regime, record.rules], ["CN", "2026-11-24"]);
  assert.equal(record.secondsRead, 11);
  assert.match(await page.locator("#said").innerText(), new RegExp(record.fingerprint));
  await page.locator("clear-loan [part=apply]").click();
  assert.equal((await heard(page, "apply")).length, 2, "what has been confirmed is not asked for again");
  await page.locator("clear-loan #principal").fill("21000");
  await page.waitForFunction(() => document.querySelector("clear-loan").shadowRoot.querySelector(".record").textContent === "");
});

test("elsewhere no pop-up is wanted: the statement stands on the page", async () => {
  const page = await element("element.html");
  await page.evaluate(() => document.querySelector("clear-loan").setAttribute("regime", "US"));
  await page.waitForFunction(() => window.heard.some(([name, { disclosure }]) => name === "quote" && disclosure.regime === "US"));
  await page.locator("clear-loan [part=apply]").click();
  assert.equal((await heard(page, "apply")).length, 1);
  await page.locator("clear-loan details.statement > summary").click();
  assert.match(await page.locator("clear-loan .statement-table").innerText(), /Regulation Z|Z 条例/);
});

test("properties and attributes say the same; language follows lang; the rate is asked for only within bounds", async () => {
  const page = await element("element.html");
  await page.evaluate(() => {
    const loan = document.querySelector("clear-loan");
    loan.lang = "en";
    loan.bounds = { principal: { minimum: "1000", maximum: "9000" }, instalmentCount: { minimum: 1, maximum: 4 }, annual: { minimum: "0.06", maximum: "0.24" } };
    loan.terms = { principal: "9000.00", interest: { annual: "0.12" }, method: "equalPrincipal", instalmentCount: 4, disbursementDate: "2026-11-24" };
  });
  await page.locator("clear-loan #annual").waitFor();
  assert.equal(await page.locator("clear-loan #annual").inputValue(), "12");
  // 9,000 in four equal parts, and 1 % of 9,000.
  await eventually(() => shown(page, "payment"), "¥2,340.00");
  assert.match(await page.locator("clear-loan [part=card]").innerText(), /Loan amount[\s\S]*First instalment/);
  await page.locator("clear-loan #annual").fill("24");
  await page.locator("clear-loan [part=payment]", { hasText: "¥2,430.00" }).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("clear-loan").quote.cost.simpleAnnual.slice(0, 4)), "0.24");
});

test("an amount names its currency, and only the yuan has a sign; currencies without decimals are grouped too", async () => {
  const page = await element("element.html");
  for (const [currency, principal, expected, label] of [["USD", "20000.00", "USD\u00a01,833.60", "（USD）"], ["JPY", "20000", "JPY\u00a01,834", "（JPY）"], ["KWD", "20000.000", "KWD\u00a01,833.600", "（KWD）"], ["CNY", "20000.00", PAYMENT, "（元）"]]) {
    await page.evaluate((given) => {
      const loan = document.querySelector("clear-loan");
      loan.terms = { interest: { annual: "0.18" }, method: "equalInstalment", instalmentCount: 12, disbursementDate: "2026-11-24", ...given };
    }, { currency, principal });
    await page.locator("clear-loan [part=payment]", { hasText: expected }).waitFor();
    assert.equal(await page.locator("clear-loan #principal").inputValue(), "20,000");
    assert.ok((await page.locator("clear-loan label[for=principal]").innerText()).endsWith(label), label);
    assert.match(await page.locator("clear-loan .statement-table").textContent(), new RegExp(`币种${currency}`));
  }
});

test("an attribute that is not JSON shows no loan at all, least of all another than the one meant", async () => {
  const page = await element("element.html");
  const before = await page.locator("clear-loan").getAttribute("terms");
  await page.evaluate(() => document.querySelector("clear-loan").setAttribute("terms", "{ principal: '5000' }"));
  await page.locator("clear-loan [part=state]", { hasText: "terms" }).waitFor();
  assert.equal(await page.locator("clear-loan [part=apply]").isDisabled(), true);
  await page.evaluate((before) => document.querySelector("clear-loan").setAttribute("terms", before), before);
  await page.locator("clear-loan [part=apply]:enabled").waitFor();
  assert.equal(await shown(page, "payment"), PAYMENT);
});

test("the pop-up prints its statement alone, without the page around it, under the page's strict policy", async () => {
  const page = await element("element.html", { colorScheme: "dark" });
  // Each frame keeps what it would print; no printer is asked.
  await page.evaluate(() => {
    window.printed = [];
    const append = document.body.append;
    document.body.append = function (...nodes) {
      append.apply(this, nodes);
      for (const node of nodes) {
        if (node.tagName !== "IFRAME") continue;
        const { contentWindow: inner, contentDocument: paper } = node;
        inner.print = () => {
          const { color, display } = inner.getComputedStyle(paper.querySelector(".cost-headline"));
          window.printed.push({ title: paper.title, text: paper.body.textContent, color, display, styles: paper.adoptedStyleSheets.length });
          inner.dispatchEvent(new Event("afterprint"));
        };
      }
    };
  });
  await page.locator("clear-loan [part=apply]").click();
  await page.locator("clear-loan dialog .cost-print").click();
  const [{ title, text, color, ...rest }] = await page.evaluate(() => window.printed);
  assert.equal(title, "综合融资成本明示表");
  for (const words of ["18.00%", "示例银行", "1,833.60", "2026/12/24"]) assert.ok(text.includes(words), words);
  assert.doesNotMatch(text, /借款金额|勾选|运营方/);
  assert.equal(color, "rgb(0, 0, 0)", "dark on white, whatever the screen shows");
  assert.deepEqual(rest, { display: "block", styles: 1 });
  assert.equal(await page.locator("iframe").count(), 0, "the frame is gone");
  assert.equal(await page.locator("clear-loan dialog").isVisible(), true);
  assert.deepEqual(page.seen.faults, []);
});

test("with a policy it asks, answers, and says that it is no decision", async () => {
  const page = await element("element.html");
  await page.evaluate((policy) => { document.querySelector("clear-loan").policy = policy; }, POLICY);
  await page.locator("clear-loan details.precheck > summary").click();
  const facts = { age: "30", student: "false", employment: "employed", monthlyIncome: "15000", monthlyObligations: "2000", householdCredit: "20000",
    existingLoans: "1", overdueNow: "false", overdueTimes: "0", purpose: "renovation", lenderType: "bank" };
  for (const [name, value] of Object.entries(facts)) {
    const control = page.locator(`clear-loan [data-fact=${name}]`);
    if (await control.evaluate((node) => node.tagName === "SELECT")) await control.selectOption(value);
    else await control.fill(value);
  }
  await page.locator("clear-loan .facts button").click();
  const [answer] = await heard(page, "precheck");
  assert.equal(answer.outcome, "eligible");
  assert.match(answer.loan, /^[0-9a-f]{64}$/);
  assert.ok((await page.locator("clear-loan .answer").innerText()).includes(answer.notice));
  await page.locator("clear-loan [data-fact=monthlyIncome]").fill("lots");
  await page.locator("clear-loan .facts button").click();
  assert.match(await page.locator("clear-loan .answer").innerText(), /monthlyIncome/);
});

test("it needs nothing inline and no eval, asks for nothing after loading, and keeps hostile text as text", async () => {
  const page = await element("element.html");
  await page.waitForLoadState("networkidle");
  const loaded = page.seen.requests.length;
  await page.context().setOffline(true);
  await page.evaluate(() => {
    const loan = document.querySelector("clear-loan");
    loan.setAttribute("lender", `<img src=x onerror="window.pwned=1">`);
    loan.setAttribute("licence", `"><script>window.pwned=1</script>`);
    loan.policy = { id: "p", version: "1", lender: "L", operator: "lender", inputs: [{ name: "x", type: "text", values: ["<i>"], purpose: "<b>why</b>" }], decisions: [], result: { outcome: "x" }, messages: {} };
    loan.setAttribute("terms", "{not json");
  });
  await page.locator("clear-loan #principal").fill(`<svg onload="window.pwned=1">`);
  await page.locator("clear-loan #principal-note.is-error").waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("clear-loan").shadowRoot.querySelectorAll("img, script, svg, b i").length), 0);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
  await eventually(() => shown(page, "lender"), /<img src=x/);
  assert.equal(page.seen.requests.length, loaded);
  assert.deepEqual(page.seen.faults.filter((fault) => !fault.includes('the attribute "terms" is not JSON')), []);
});

test("axe finds nothing, light and dark, phone and desktop, with the pop-up open and the questions unfolded", async () => {
  for (const [viewport, colorScheme, lang] of [[PHONE, "light", "zh-CN"], [DESKTOP, "dark", "en"]]) {
    const page = await element("element.html", { viewport, colorScheme });
    await page.evaluate(([policy, lang]) => {
      document.querySelector("clear-loan").lang = lang;
      document.querySelector("clear-loan").policy = policy;
    }, [POLICY, lang]);
    await page.locator("clear-loan details.precheck").waitFor();
    await page.evaluate(() => {
      for (const details of document.querySelector("clear-loan").shadowRoot.querySelectorAll("details")) details.open = true;
    });
    await page.locator("clear-loan #principal").fill("x");
    await page.locator("clear-loan #principal-note.is-error").waitFor();
    await page.evaluate(AXE);
    const finds = () => page.evaluate(async () => (await window.axe.run("clear-loan")).violations
      .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`)));
    assert.deepEqual(await finds(), []);
    await page.locator("clear-loan #principal").fill("20000");
    await page.locator("clear-loan [part=apply]:enabled").click();
    assert.deepEqual(await finds(), []);
    await page.keyboard.press("Escape");
    await page.locator("clear-loan dialog").waitFor({ state: "detached" });
  }
});

/** React and Vue as their CDNs would answer, from the machine's own copies. */
async function fromNpm(page, wanted) {
  for (const [address, contents] of Object.entries(wanted)) {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: new URL("../..", import.meta.url).pathname }, bundle: true, format: "esm", write: false,
      define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    });
    await page.route(address, (route) => route.fulfill({ contentType: "text/javascript", headers: { "access-control-allow-origin": "*" }, body: outputFiles[0].text }));
  }
}

test("in React it takes properties and gives events", async () => {
  const both = 'export { createRoot } from "react-dom/client"; export { createElement, useState } from "react";';
  const page = await element("element-react.html", {
    async routes(page) {
      // One React for both addresses, as the CDN serves it.
      await fromNpm(page, { "https://esm.sh/react@19/shared": both });
      await page.route("https://esm.sh/react@19", (route) => route.fulfill({ contentType: "text/javascript", headers: { "access-control-allow-origin": "*" }, body: 'export { createElement, useState } from "https://esm.sh/react@19/shared";' }));
      await page.route("https://esm.sh/react-dom@19/client", (route) => route.fulfill({ contentType: "text/javascript", headers: { "access-control-allow-origin": "*" }, body: 'export { createRoot } from "https://esm.sh/react@19/shared";' }));
    },
  });
  await frameworkWorks(page);
});

test("in Vue it takes properties and gives events", async () => {
  const page = await element("element-vue.html", {
    routes: (page) => fromNpm(page, { "https://unpkg.com/vue@3/dist/vue.esm-browser.prod.js": 'export * from "vue";' }),
  });
  await frameworkWorks(page);
});

async function frameworkWorks(page) {
  assert.equal(await shown(page, "payment"), PAYMENT);
  await page.waitForFunction(() => document.getElementById("rate").textContent.startsWith("0.1800"));
  await page.locator("clear-loan #principal").fill("30000");
  await page.locator("clear-loan [part=payment]", { hasText: "¥2,750.40" }).waitFor();
  await readAndConfirm(page);
  await page.waitForFunction(() => document.getElementById("said").textContent.includes("secondsRead"));
  assert.deepEqual(page.seen.faults, []);
}

test("numbers are read as people write them, and moved and compared as text", () => {
  for (const [typed, expected] of Object.entries({ "20,000": "20000", "２万": "20000", "1.5万": "15000", "¥ 5000": "5000", "18%": "18", "12期": "12",
    "20,00": undefined, "": undefined, "-1": undefined, "1e3": undefined, "<b>": undefined, "99999999999999999": undefined })) {
    assert.equal(decimalOf(typed), expected, typed);
  }
  assert.deepEqual([movePoint("18", -2), movePoint("0.5", -2), movePoint("0.18", 2), movePoint("1.2345", 4), movePoint("5000.00", 0), movePoint("0.0005", 2)],
    ["0.18", "0.005", "18", "12345", "5000", "0.05"]);
  assert.deepEqual([compare("9", "10"), compare("10.0", "10"), compare("0.5", "0.45"), compare("100", "99.99")], [-1, 0, 1, 1]);
  assert.deepEqual(Object.keys(WORDS.en), Object.keys(WORDS["zh-CN"]));
});
