// Disclosure and explanations of the packed package: against the regulators' own examples, and against its own quote.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { DEMO_TERMS, freshCopy, issuesOf, readVectors } from "./support.mjs";

/** @type {typeof import("clearloan")} */
let clearloan;
before(async () => {
  clearloan = await freshCopy();
  await clearloan.init();
});

const REGIMES = ["CN", "US", "EU", "UK", "IN"];
const ON = "2026-11-24";
const figure = (disclosure, code) => disclosure.figures.find((one) => one.code === code)?.value;
const cents = (text) => Number(text.replace(".", ""));
const money = (amount) => `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
/** "0.2235820663" with two decimals is "22.36%": half away from zero, on the digits as they are. */
function percentOf(rate, decimals) {
  const [whole, fraction = ""] = rate.replace("-", "").split(".");
  const scaled = BigInt(`${whole}${fraction.padEnd(14, "0")}`);
  const unit = 10n ** BigInt(14 - 2 - decimals);
  const digits = String((scaled + unit / 2n) / unit).padStart(decimals + 1, "0");
  return `${rate.startsWith("-") ? "-" : ""}${digits.slice(0, digits.length - decimals)}.${digits.slice(digits.length - decimals)}%`;
}

/** Payments, one a month, for an advance: their sum is the principal, without interest, and the rest is deducted. */
function stream(advance, payments, changes) {
  const total = payments.reduce((sum, one) => sum + one, 0);
  return {
    principal: money(total), interest: { annual: "0" }, method: "custom", instalmentCount: payments.length, disbursementDate: "2015-01-10", principalPlan: payments.map(money),
    fees: [{ code: "charge", payee: "X", charge: { amount: money(total - advance) }, when: "disbursement", settlement: "deducted" }], ...changes,
  };
}
const inCents = (amount) => Math.round(Number(amount) * 100);
const paymentsOf = (series) => series.flatMap(({ amount, count = 1 }) => Array(count).fill(inCents(amount)));

test("regulators' own examples are shown as they print them", () => {
  const shown = (terms, regime, options) => clearloan.disclose(terms, { regime, on: ON, ...options }).headline.shown;
  // Announcement [2021] No. 3: 12 × 8,833.3 for 99,000.
  const [simple, compound] = readVectors("cn_pboc_2021_3.json").cases.map(({ expected_percent }) => `${expected_percent}%`);
  const pboc = stream(9_900_000, Array(12).fill(883_330));
  assert.deepEqual([shown(pboc, "CN"), shown(pboc, "CN", { headline: "compound" })], [simple, compound]);
  // The Reserve Bank's illustration, from the terms: 20,000 at 15 %, 24 months, 400 of charges.
  const [kfs] = readVectors("in_rbi_kfs_2024.json").cases;
  const rbi = { ...DEMO_TERMS, currency: "INR", principal: "20000.00", interest: { annual: kfs.nominal_rate }, instalmentCount: kfs.periods,
    fees: [{ code: "charges", payee: "bank", charge: { amount: "400.00" }, when: "disbursement", settlement: "deducted" }] };
  const facts = clearloan.disclose(rbi, { regime: "IN", on: ON });
  assert.equal(facts.headline.shown, `${kfs.expected_apr_percent}%`);
  assert.deepEqual(["loanAmount", "netDisbursedAmount", "feesAndCharges", "instalmentCount"].map((code) => figure(facts, code)), ["20000.00", "19600.00", "400.00", "24"]);
  // Appendix J (c): monthly series without odd days.
  let american = 0;
  for (const { id, unit_period, advances, payments, expected_apr_percent } of readVectors("us_regz_appendix_j.json").cases) {
    if (unit_period !== "1 month" || payments[0].t !== 1 || payments.some(({ f }) => f !== "0")) continue;
    assert.equal(shown(stream(inCents(advances[0].amount), paymentsOf(payments)), "US"), `${expected_apr_percent}%`, id);
    american += 1;
  }
  assert.ok(american >= 4, String(american));
  // The Commission's report of 2015: monthly from the first month, a charge of 4,000 at the start.
  let european = 0;
  for (const { advances, payments: [charge, ...rest], ...example } of readVectors("eu_mcd_aprc_examples_2015.json").cases) {
    const isMonthly = charge?.t === "0" && charge.count === undefined && rest[0]?.t === "1/12" && rest.every(({ count, step }) => count > 1 && step === "1/12");
    if (!isMonthly || advances.length > 1 || !example.exact_6dp) continue;
    for (const [regime, on] of [["EU", "2026-11-19"], ["EU", "2026-11-20"], ["UK", ON]]) {
      const terms = stream(inCents(advances[0].amount) - inCents(charge.amount), paymentsOf(rest), { currency: "EUR" });
      const { headline } = clearloan.disclose(terms, { regime, on });
      assert.deepEqual([headline.shown, percentOf(headline.rate, 6)], [`${example.expected_apr_1dp}%`, `${example.expected_apr_percent_published}%`], example.id);
    }
    european += 1;
  }
  assert.ok(european >= 8, String(european));
});

const RICH = {
  ...DEMO_TERMS,
  fees: [
    { code: "service", payee: "某某科技", charge: { rate: "0.01", of: "principal" }, when: "disbursement", settlement: "deducted" },
    { code: "guarantee", payee: "某某担保", charge: { rate: "0.002", of: "openingBalance" }, when: "eachInstalment" },
  ],
  contingent: [
    { kind: "overdue", rateFactor: "1.5", graceDays: 3, payee: "某某银行" }, { kind: "misuse", rateFactor: "2", payee: "某某银行" },
    { kind: "earlyRepayment", feeRate: "0.01", freeAfterInstalment: 6, payee: "某某银行" },
  ],
  lenders: [{ name: "某某银行", licence: "B0001", share: "0.7" }, { name: "某某小贷", share: "0.3" }],
  pricing: [{ component: "funding", rate: "0.05" }, { component: "risk", rate: "0.06" }, { component: "operation", rate: "0.03" }, { component: "margin", rate: "0.04" }],
};
const LOANS = [
  DEMO_TERMS, RICH, { ...DEMO_TERMS, method: "equalPrincipal" }, { ...DEMO_TERMS, method: "flat", interest: { flat: "0.006" } }, { ...DEMO_TERMS, method: "interestOnly" },
  { ...DEMO_TERMS, method: "bullet" }, { ...DEMO_TERMS, method: "bullet", instalmentCount: 30 }, { ...DEMO_TERMS, interest: { daily: "0.0005" }, firstDueDate: "2027-01-10", dueDay: 10 },
  { ...DEMO_TERMS, interest: { monthly: "0.015" }, balloon: "5000.00" }, { ...DEMO_TERMS, every: { weeks: 2 }, dueDay: undefined, instalmentCount: 26 },
  { ...DEMO_TERMS, every: { days: 10 }, dueDay: undefined }, { ...DEMO_TERMS, steps: [{ fromInstalment: 7, interest: { annual: "0.24" } }] }, { ...DEMO_TERMS, currency: "JPY", principal: "200000" },
  { ...DEMO_TERMS, interest: { annual: "0" }, fees: [] }, { ...DEMO_TERMS, benefits: [{ kind: "interestFree", instalments: 2 }, { kind: "interestDiscount", factor: "0.8" }] },
  { ...DEMO_TERMS, fees: [{ code: "late", charge: { amount: "10.00" }, when: "lastInstalment", inCost: false }, { code: "membership", charge: { amount: "20.00" }, when: "firstInstalment" }] },
  { ...DEMO_TERMS, fees: [{ code: "service", charge: { rate: "0.01", of: "principal" }, when: "disbursement", settlement: "financed" }], accrual: "30/360" },
  { ...DEMO_TERMS, interestOnlyInstalments: 3, businessDays: { calendar: "CN", roll: "following" } },
  { ...DEMO_TERMS, method: "custom", instalmentCount: 3, principalPlan: ["0.00", "15000.00", "5000.00"], fees: [] },
];

test("each regime's figures are those of the quote, in words of the law", () => {
  for (const terms of LOANS) {
    const { schedule, cost } = clearloan.quote(terms);
    const expected = {
      CN: [cost.simpleAnnual, 2, /正常履约年化综合融资成本（单利）/u, { costCashFlowSimple: cost.simpleAnnual, costCashFlowCompound: cost.compoundAnnual, costAdditive: cost.itemised.total }],
      US: [cost.usApr, 2, /ANNUAL PERCENTAGE RATE/u, { apr: cost.usApr }],
      EU: [cost.euAprc, 1, /APRC/u, { aprc: cost.euAprc }],
      UK: [cost.euAprc, 1, /Representative APR/u, { aprc: cost.euAprc }],
      IN: [cost.simpleAnnual, 2, /Annual Percentage Rate/u, { apr: cost.simpleAnnual }],
    };
    for (const regime of REGIMES) {
      const [rate, decimals, label, figures] = expected[regime];
      const disclosure = clearloan.disclose(terms, { regime, on: ON });
      const { headline, items } = disclosure;
      const what = `${regime} ${JSON.stringify(terms)}`;
      assert.equal(disclosure.regime, regime);
      assert.deepEqual([headline.rate, headline.shown], [rate, percentOf(rate, decimals)], what);
      assert.match(headline.label, label);
      assert.ok(headline.method.length > 5);
      for (const [code, one] of Object.entries(figures)) assert.equal(figure(disclosure, code), percentOf(one, decimals), `${what} ${code}`);
      assert.deepEqual(items.filter(({ code }) => code !== "late").map(({ code, annual }) => [code, annual]), cost.itemised.items.map(({ code, annual }) => [code, annual]), what);
      const charge = figure(disclosure, regime === "EU" || regime === "UK" ? "totalCostOfCredit" : "financeCharge");
      if (regime !== "IN") assert.equal(charge, schedule.totals.financeCharge, what);
      for (const [sum, ...parts] of [["totalOfPayments", "amountFinanced", "financeCharge"], ["totalAmountPayable", "totalAmountOfCredit", "totalCostOfCredit"]]) {
        if (figure(disclosure, sum) && figure(disclosure, parts[0])) assert.equal(cents(figure(disclosure, sum)), parts.reduce((total, code) => total + cents(figure(disclosure, code)), 0), what);
      }
      assert.ok(disclosure.legalBasis.length > 0 && disclosure.legalBasis.every(({ title, inForceSince }) => title && inForceSince <= ON));
    }
  }
});

test("the table of China: every item with collection, standard and payee, default items, and that nothing else is charged", () => {
  const disclosure = clearloan.disclose(RICH, { regime: "CN", on: ON, lenderType: "bank" });
  assert.deepEqual(disclosure.items.map(({ code, name, collection, payee }) => [code, name, collection, payee]), [
    ["interest", "贷款利息", "随每期还款收取", "某某银行、某某小贷"], ["service", "服务费", "放款时从放款额中扣收", "某某科技"], ["guarantee", "担保费", "随每期还款收取", "某某担保"],
  ]);
  for (const { annual, standard } of disclosure.items) assert.ok(standard.includes(`折算年化 ${percentOf(annual, 2)}`), standard);
  assert.deepEqual(disclosure.contingent.map(({ code, payee }) => [code, payee]), [["overdue", "某某银行"], ["misuse", "某某银行"], ["earlyRepayment", "某某银行"]]);
  assert.ok(disclosure.statements.some((sentence) => /不再收取/u.test(sentence)));
  assert.ok(disclosure.readingSeconds > 0);
  assert.equal(disclosure.confirmation, "popup");
  assert.ok(!disclosure.warnings.some((warning) => warning.includes("payee")), disclosure.warnings.join("\n"));
  // The same without payees: one warning for each item that names none.
  const strip = (list) => list.map(({ payee, ...rest }) => rest);
  const silent = clearloan.disclose({ ...RICH, fees: strip(RICH.fees), contingent: strip(RICH.contingent) }, { regime: "CN", on: ON });
  for (const name of ["服务费", "担保费", "逾期罚息", "挪用罚息", "提前还款违约金"]) assert.ok(silent.warnings.some((warning) => warning.includes(name) && warning.includes("payee")), name);
});

test("what stands behind the price is shown: its parts, and each lender's part", () => {
  for (const regime of REGIMES) {
    const disclosure = clearloan.disclose(RICH, { regime, on: ON });
    assert.deepEqual(disclosure.pricing, RICH.pricing);
    const { schedule } = clearloan.quote(RICH);
    RICH.lenders.forEach(({ name }, index) => {
      const row = disclosure.figures.find(({ code }) => code === `lenderInterest${index + 1}`);
      assert.ok(row.label.includes(name));
      assert.equal(cents(row.value), schedule.instalments.reduce((sum, { lenders }) => sum + cents(lenders[index].interest), 0));
    });
  }
  const [issue] = issuesOf(() => clearloan.disclose({ ...RICH, pricing: [{ component: "funding", rate: "0.05" }] }, { regime: "CN", on: ON }));
  assert.equal(issue.field, "pricing");
});

test("ceilings follow lender and day; no ceiling is assumed, and none is judged", () => {
  const caps = (on, options, annual = "0.3") => {
    const { caps: found, warnings } = clearloan.disclose({ ...DEMO_TERMS, interest: { annual }, fees: [], disbursementDate: on }, { regime: "CN", on, ...options });
    return { list: found.map(({ limit, within }) => `${limit} ${within}`), found, warnings };
  };
  for (const [on, options, expected] of [
    ["2026-11-24", { lenderType: "bank" }, ["0.24 false", "0.24 false"]], ["2025-09-30", { lenderType: "bank" }, ["0.24 false"]],
    ["2026-11-24", { lenderType: "smallLoan", lpr: "0.03" }, ["0.24 false", "0.24 false"]], ["2028-01-01", { lenderType: "smallLoan", lpr: "0.03" }, ["0.24 false", "0.12 false"]],
    ["2028-01-01", { lenderType: "smallLoan" }, ["0.24 false"]], ["2026-11-24", { lenderType: "other", lpr: "0.0345" }, ["0.138 false"]], ["2026-11-24", { lenderType: "other" }, []],
    ["2019-06-01", { lenderType: "other" }, ["0.24 false", "0.36 true"]], ["2026-11-24", {}, []],
  ]) assert.deepEqual(caps(on, options).list, expected, `${on} ${JSON.stringify(options)}`);
  assert.ok(caps("2026-11-24", { lenderType: "other" }).warnings.some((warning) => warning.includes("lpr")));
  assert.ok(caps("2026-11-24", {}).warnings.some((warning) => warning.includes("lenderType")));
  for (const { found } of [caps("2026-11-24", { lenderType: "bank" }, "0.239"), caps("2026-11-24", { lenderType: "bank" }, "0.241")]) {
    for (const { measured, limit, within, legalBasis } of found) assert.ok(within === (Number(measured) <= Number(limit)) && legalBasis.length > 5);
  }
  for (const regime of REGIMES) {
    for (const locale of ["zh-CN", "en"]) {
      for (const lenderType of ["bank", "smallLoan", "other"]) {
        const text = JSON.stringify(clearloan.disclose({ ...RICH, interest: { annual: "0.6" }, pricing: [] }, { regime, on: ON, locale, lenderType, lpr: "0.03" }));
        assert.doesNotMatch(text, /illegal|unlawful|违法|非法|不合法|无效|无需偿还|无须偿还/iu);
      }
    }
  }
});

test("rules hold from their day to their day", () => {
  const basis = (regime, on) => clearloan.disclose(DEMO_TERMS, { regime, on }).legalBasis.map(({ code }) => code);
  assert.deepEqual([basis("EU", "2026-11-19"), basis("EU", "2026-11-20")], [["eu_ccd_2008_48"], ["eu_ccd_2023_2225"]]);
  assert.deepEqual([basis("CN", "2026-07-31"), basis("CN", "2026-08-01")], [["cn_pboc_2021_3"], ["cn_pboc_2021_3", "cn_cost_disclosure_2026_2"]]);
  for (const regime of REGIMES) {
    const early = clearloan.disclose(DEMO_TERMS, { regime, on: "1999-12-31", locale: "en" });
    assert.deepEqual([early.legalBasis, early.statements, early.caps], [[], [], []]);
    assert.ok(early.warnings.includes("No rule in force on 1999-12-31 is known."));
  }
});

test("a caller's rows take the place of the shipped ones, once they are checked", () => {
  const row = (more) => ({ regime: "CN", since: "2026-01-01", words: { "zh-CN": "自定", en: "own" }, source: "gazette", certainty: "read", ...more });
  const disclosure = clearloan.disclose(DEMO_TERMS, { regime: "CN", on: ON, lenderType: "bank", lpr: "0.031", rules: [
    row({ kind: "readingSeconds", code: "cn_reading_seconds", seconds: 30 }), row({ kind: "confirmation", code: "cn_confirmation", confirmation: "signature" }),
    row({ kind: "statement", code: "own_statement" }), row({ kind: "cap", code: "own_cap", timesLpr: "4", lenders: ["bank"], measure: "compoundAnnual" }),
    row({ kind: "decimals", code: "cn_decimals", decimals: 4 }),
  ] });
  assert.deepEqual([disclosure.readingSeconds, disclosure.confirmation, disclosure.headline.shown], [30, "signature", "19.9406%"]);
  assert.ok(disclosure.statements.includes("自定"));
  assert.deepEqual(disclosure.caps.find(({ code }) => code === "own_cap"), { code: "own_cap", limit: "0.124", measured: clearloan.quote(DEMO_TERMS).cost.compoundAnnual, within: false, legalBasis: "自定" });
  const issues = issuesOf(() => clearloan.disclose(DEMO_TERMS, { regime: "CN", on: ON, rules: [row({ kind: "cap", code: "x", limit: "0.2", timesLpr: "4" }), row({ kind: "readingSeconds", code: "y", seconds: -1 }), { kind: "statement" }, { kind: "wish" }] }));
  for (const field of ["options.rules[0]", "options.rules[1].seconds", "options.rules[2].code", "options.rules[2].words", "options.rules[3].kind"]) assert.ok(issues.some((issue) => issue.field === field), field);
});

test("options are checked, all at once", () => {
  const fields = (options) => issuesOf(() => clearloan.disclose(DEMO_TERMS, options)).map(({ field }) => field);
  assert.deepEqual(fields({}), ["options.regime", "options.on"]);
  assert.deepEqual(fields({ regime: "XX", on: "2026-02-30", lenderType: "shark", lpr: "3%", locale: "fr", headline: "both", colour: 1 }).sort(),
    ["options.colour", "options.headline", "options.locale", "options.lenderType", "options.lpr", "options.on", "options.regime"].sort());
  assert.deepEqual(fields({ regime: "US", on: ON, headline: "compound" }), ["options.headline"]);
});

test("an eighth of a point, a quarter where payments are irregular", () => {
  const UNIT = 1e10;
  for (const [terms, irregular, tolerance] of [
    [DEMO_TERMS, false, "0.00125"], [{ ...DEMO_TERMS, method: "equalPrincipal" }, true, "0.0025"], [{ ...DEMO_TERMS, firstDueDate: "2027-01-10", dueDay: 10 }, false, "0.00125"],
    [{ ...DEMO_TERMS, balloon: "5000.00" }, false, "0.00125"], [RICH, true, "0.0025"],
  ]) {
    const { exact } = clearloan.usTolerance(terms, "0");
    assert.equal(exact, clearloan.quote(terms).cost.usApr);
    const [root, edge] = [Math.round(Number(exact) * UNIT), Number(tolerance) * UNIT];
    // Measured from the root, or from the root as determined to three decimals of a percentage: half of that moves the edge.
    const determined = Math.round(root / 1e5) * 1e5;
    for (const from of [root, determined]) {
      for (const distance of [0, edge, edge + 1, edge + 50_001]) {
        for (const disclosed of [from + distance, from - distance]) {
          const result = clearloan.usTolerance(terms, (disclosed / UNIT).toFixed(10));
          const within = [root, determined].some((rate) => Math.abs(disclosed - rate) <= edge);
          assert.deepEqual(result, { exact, tolerance, irregular, within }, `${disclosed} for ${exact}`);
        }
      }
    }
  }
});

test("the fields of Alipay's structure", () => {
  const { cost } = clearloan.quote(RICH);
  const fields = clearloan.alipayCostDisclosure(RICH, { on: ON, lender: "某某银行" });
  assert.deepEqual(Object.keys(fields).sort(), [
    "capped", "cost_rate", "guarantee_fee_org_name", "guarantee_fee_rate", "guarantee_fee_rate_type", "guarantee_fee_repay_mode", "loan_interest_org_name", "loan_interest_rate",
    "loan_interest_rate_type", "loan_interest_repay_mode", "misappropriation_penalty_interest_org_name", "misappropriation_penalty_interest_text", "other_fee_org_name",
    "other_fee_text", "overdue_penalty_interest_org_name", "overdue_penalty_interest_text", "prepayment_penalty_name", "prepayment_penalty_org_name", "prepayment_penalty_text",
  ]);
  const annual = Object.fromEntries(cost.itemised.items.map(({ code, annual: rate }) => [code, rate]));
  assert.deepEqual([fields.cost_rate, fields.loan_interest_rate, fields.guarantee_fee_rate, fields.guarantee_fee_org_name, fields.loan_interest_org_name],
    [cost.simpleAnnual, annual.interest, annual.guarantee, "某某担保", "某某银行"]);
  // What the loan has not is left out, an unnamed payee too.
  const bare = clearloan.alipayCostDisclosure({ ...DEMO_TERMS, fees: [{ code: "guarantee", charge: { amount: "1.00" }, when: "eachInstalment" }] }, { on: ON, lender: "某某银行" });
  assert.ok(!Object.keys(bare).some((name) => /penalty|other_fee|guarantee_fee_org/.test(name)), Object.keys(bare).join());
  for (const value of Object.values(bare)) assert.notEqual(value, "");
});

test("marketing words are found however they are written, where JavaScript counts them", () => {
  for (const [text, ...expected] of [
    ["低门槛 秒到账 低风险 高收益", "低门槛", "秒到账", "低风险", "高收益"], ["📣秒 到 账！", "秒 到 账"], ["秒❤️到✨账、低｜门．槛", "秒❤️到✨账", "低｜门．槛"],
    ["零利率，秒批，０利率", "零利率", "秒批", "０利率"], ["年化利率低至 3.6%", "利率低至"], ["日利率０．０２％", "日利率０．０２％"], ["每天只要 5 元", "每天只要 5 元"],
    ["月费率 0.6%，年化 13%", "月费率 0.6%"], ["日息三厘", "日息三厘"], ["利率 0.02%/日", "0.02%/日"], ["年化 7.2%（单利），日利率 0.02%"], ["降低门槛，降低风险，提高收益"], [""],
  ]) {
    const found = clearloan.checkMarketing(text, ON);
    assert.deepEqual(found.map(({ phrase }) => phrase), expected, text);
    for (const { phrase, start, code, legalBasis } of found) {
      assert.equal(text.slice(start, start + phrase.length), phrase);
      assert.ok(code.startsWith("cn_") && legalBasis.length > 5);
    }
  }
  assert.deepEqual(clearloan.checkMarketing("秒到账，低风险", "2026-09-29"), []);
});

// ───────────────────────────── explanations ─────────────────────────────

test("every explanation of every loan ends in the figure that is quoted, in both languages", () => {
  const counts = [1, 2, 3, 12, 36, 60];
  const grid = ["equalInstalment", "equalPrincipal", "flat", "interestOnly", "bullet"].flatMap((method) => counts.flatMap((instalmentCount) =>
    ["0", "0.0001", "0.072", "0.18", "0.36"].map((annual) => ({ ...DEMO_TERMS, method, instalmentCount, interest: { annual } }))));
  for (const terms of [...LOANS, ...grid]) {
    const { schedule, cost } = clearloan.quote(terms);
    const { itemised, ...rates } = cost;
    const quoted = { ...rates, itemised: itemised.total, payment: schedule.firstPayment, interest: schedule.totals.interest, financeCharge: schedule.totals.financeCharge };
    for (const [name, value] of Object.entries(quoted)) {
      const explained = ["zh-CN", "en"].map((locale) => clearloan.explain(terms, name, locale));
      for (const { text, formula, steps } of explained) {
        assert.equal(steps.at(-1).value, value, `${name} of ${JSON.stringify(terms)}`);
        assert.ok(text.length > 8 && formula.length > 2 && steps.every((step) => step.text && step.value), name);
        assert.doesNotMatch(JSON.stringify([text, formula, steps]), /\{[a-z0-9]*\}|undefined|NaN/u);
      }
      const [chinese, english] = explained;
      assert.deepEqual(chinese.steps.map((step) => step.value), english.steps.map((step) => step.value));
      assert.match(chinese.text, /[一-鿿]/u);
      assert.doesNotMatch(english.text, /[一-鿿]/u);
    }
  }
  const [issue] = issuesOf(() => clearloan.explain(DEMO_TERMS, "rate"));
  assert.equal(issue.field, "figure");
});
