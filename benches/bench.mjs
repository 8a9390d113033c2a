// Speed and size of what ships, beside what others do for the same loan: one run, one machine, one table each.
// A figure that misses its target is shown as such and fails nothing; a wrong figure ends the run.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { sizesOf } from "../scripts/sizes.mjs";
import { PKG, ROOT, fail, run, say } from "../scripts/tools.mjs";
import { LOANS, flowsOf } from "./loans.mjs";
import { ROUNDS, measure, measureAwaiting, ratio } from "./measure.mjs";
import { Native, buildBatch, buildNative, buildNativePeers } from "./native.mjs";
import { heading, kilobytes, microseconds, perSecond, table, targets, times } from "./report.mjs";

const HERE = path.join(ROOT, "benches");
const verdicts = [];

/** Goals of the server, for two cores. */
const BATCH_QUOTES = 100_000, BATCH_SCHEDULES = 300_000;

installPeers();
say("Building the engine and the Rust peers for this machine (half a minute the first time)");
const native = new Native(buildNative());
const batch = new Native(buildBatch());
const nativePeers = new Native(buildNativePeers());
const clearloan = await import(path.join(PKG, "index.mjs"));
await clearloan.init();
const small = await import(path.join(PKG, "quote.mjs"));
await small.init();
const peers = await import("./schedule-peers.mjs");
const rates = await import("./rate-peers.mjs");
const rules = await import("./rule-peers.mjs");

console.log(`\n${ROUNDS} rounds, every candidate in each; medians. Node ${process.versions.node}, ${run("rustc", ["--version"]).trim()}.`);
for (const loan of LOANS) schedules(loan);
sizes();
ratesAlone(LOANS[0]);
sweep(LOANS[0]);
batches();
await tenRules();
heading("Targets");
targets(verdicts);

function installPeers() {
  const lock = path.join(HERE, "package-lock.json");
  const stamp = path.join(HERE, "node_modules", ".installed-from");
  const hash = createHash("sha256").update(fs.readFileSync(lock)).digest("hex");
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === hash) return;
  say("Installing the JavaScript peers with npm (ten seconds)");
  run("npm", ["ci", "--no-fund", "--no-audit"], { cwd: HERE, nextStep: "Check the network, then run: npm ci in benches" });
  fs.writeFileSync(stamp, hash);
}

// ───────── the schedule ─────────

function schedules(loan) {
  const wrong = checked(loan);
  const stage = (name) => (milliseconds) => native.perSecond(name, milliseconds, JSON.stringify(loan.terms));
  const withoutRows = { instalments: false };
  const baseline = "decimal.js";
  const candidates = [
    { name: "clearloan quote()", gives: "rows, dates, fee, all certified rates; plain objects", run: () => clearloan.quote(loan.terms) },
    { name: "clearloan quote(), without rows", gives: "totals, fee, all certified rates", run: () => clearloan.quote(loan.terms, withoutRows) },
    { name: "clearloan/quote quote()", gives: "the same, from the small build", run: () => small.quote(loan.terms) },
    { name: "clearloan/quote quote(), without rows", gives: "the same, from the small build", run: () => small.quote(loan.terms, withoutRows) },
    { name: "clearloan in Rust: quote", gives: "rows, dates, fee, all certified rates", perSecond: stage("quote") },
    { name: "clearloan in Rust: schedule", gives: "rows, dates, fee", perSecond: stage("schedule") },
    { name: baseline, gives: "rows of texts", run: () => peers.decimalSchedule(loan) },
    { name: "decimal.js, cents", gives: "rows of Decimals, in whole cents", run: () => peers.decimalCents(loan) },
    { name: "decimal.js, dates", gives: "rows of texts, due dates", run: () => peers.decimalDated(loan) },
    { name: "big.js", gives: "rows of texts", run: () => peers.bigSchedule(loan) },
    { name: "loanjs", gives: "rows of floats", run: () => peers.loanjs(loan) },
    { name: "fundamental-js", gives: "rows of floats", run: () => peers.fundamental(loan) },
    { name: "financial", gives: "rows of floats", run: () => peers.financialSchedule(loan) },
    { name: "node-irr", gives: "one uncertified rate of given flows", run: irrOf(loan) },
    { name: "floats by hand", gives: "rows of floats", run: () => peers.floatSchedule(loan) },
  ];
  const results = measure(candidates);

  heading(`A loan of ${loan.count} instalments: ${loan.principal.toLocaleString("en-GB")} at ${(loan.annual * 100).toFixed(1)} %`);
  table(["", "µs", "a second", "× decimal.js", "rows off", "gives"], candidates.map(({ name, gives }) => {
    const { perSecond: speed } = results.get(name);
    return [name, microseconds(speed), perSecond(speed), times(ratio(results, name, baseline)), wrong[name] ?? "–", gives];
  }), ["left", "right", "right", "right", "right", "left"]);

  const withRows = loan.count === 36 ? 5 : 10;
  const goals = [
    ["clearloan quote()", withRows], ["clearloan quote(), without rows", 10],
    ["clearloan/quote quote()", withRows], ["clearloan/quote quote(), without rows", 10],
    ["clearloan in Rust: quote", 20],
  ];
  for (const [name, atLeast] of goals) {
    verdicts.push({ what: `${loan.name}: ${name} beside decimal.js`, goal: { atLeast }, reached: ratio(results, name, baseline) });
  }
}

/** Whoever claims exact cents must have the very cents of the engine; how many rows others get wrong is counted. */
function checked(loan) {
  const quote = clearloan.quote(loan.terms);
  const ours = peers.IN_CENTS.text(quote.schedule.instalments).map(String);
  const off = (rows) => ours.filter((row, index) => row !== String(rows[index])).length;
  const wrong = {
    "decimal.js": off(peers.IN_CENTS.text(peers.decimalSchedule(loan))),
    "decimal.js, cents": off(peers.IN_CENTS.decimal(peers.decimalCents(loan))),
    "decimal.js, dates": off(peers.IN_CENTS.text(peers.decimalDated(loan))),
    "big.js": off(peers.IN_CENTS.text(peers.bigSchedule(loan))),
  };
  for (const [name, count] of Object.entries(wrong)) {
    if (count > 0) fail(`${name} and clearloan differ in ${count} of ${loan.count} rows.`, "One of them is wrong: compare them row by row.");
  }
  const dates = peers.decimalDated(loan).map(({ dueDate, days }) => `${dueDate} ${days}`).join();
  if (dates !== quote.schedule.instalments.map(({ dueDate, days }) => `${dueDate} ${days}`).join()) {
    fail("The due dates differ from those that JavaScript's own calendar gives.", "Compare decimalDated with quote().");
  }
  if (canonical(JSON.parse(native.text(["quote"], JSON.stringify(loan.terms)))) !== canonical(quote)) {
    fail("The engine in Rust and in wasm give two different quotes.", "Run `make test`: it compares them on many terms.");
  }
  const here = { "clearloan quote()": 0, "clearloan in Rust: quote": 0, "clearloan in Rust: schedule": 0 };
  return Object.fromEntries(Object.entries({ ...here, ...wrong,
    loanjs: off(peers.IN_CENTS.loanjs(peers.loanjs(loan))),
    "fundamental-js": off(peers.IN_CENTS.floats(peers.fundamental(loan).schedule)),
    financial: off(peers.IN_CENTS.floats(peers.financialSchedule(loan))),
    "floats by hand": off(peers.IN_CENTS.decimal(peers.floatSchedule(loan))),
  }).map(([name, count]) => [name, String(count)]));
}

/** The same text for the same data, in whatever order its fields come. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${key}:${canonical(value[key])}`).join()}}`;
}

function irrOf(loan) {
  return rates.IRR_PEERS["node-irr"](rates.prepared(flowsOf(clearloan.quote(loan.terms))));
}

// ───────── sizes ─────────

function sizes() {
  heading("What a page loads");
  const names = ["clearloan.wasm", "quote.wasm", ...fs.readdirSync(PKG).filter((name) => /\.(mjs|cjs|js)$/.test(name)).sort()];
  const found = names.map((name) => [name, sizesOf(path.join(PKG, name))]);
  table(["", "raw", "gzip", "brotli"], found.map(([name, { raw, gzip, brotli }]) => [name, ...[raw, gzip, brotli].map(kilobytes)]));
  const [[, whole], [, quote]] = found;
  const engines = ["quote-asm", "asm"].map((name) => sizesOf(path.join(PKG, `${name}-engine.mjs`)).gzip + sizesOf(path.join(PKG, `${name}.mjs`)).gzip);
  verdicts.push(
    { what: "quote.wasm, which only quotes, in brotli", goal: { atMost: 64 * 1024 }, reached: quote.brotli, unit: kilobytes },
    { what: "clearloan.wasm, with every call, in brotli", goal: { atMost: 96 * 1024 }, reached: whole.brotli, unit: kilobytes },
    { what: "clearloan/quote/asm in gzip", goal: { atMost: 170 * 1024 }, reached: engines[0], unit: kilobytes },
    { what: "clearloan/asm, with every call, in gzip", goal: { atMost: 170 * 1024 }, reached: engines[1], unit: kilobytes },
  );
}

// ───────── rates of a caller's own flows ─────────

function ratesAlone(loan) {
  const quote = clearloan.quote(loan.terms);
  const flows = flowsOf(quote);
  const given = rates.prepared(flows);
  const lines = flows.map(({ date, amount }) => `${date} ${amount}`).join("\n");
  const terms = JSON.stringify(loan.terms);
  const rust = (name, whose) => ({ name, answer: () => Number(nativePeers.text(["rate", whose], lines)),
    perSecond: (milliseconds) => nativePeers.perSecond(whose, milliseconds, lines) });
  const ours = (name, call, stage, answer) => [
    ...(clearloan[name] ? [{ name: `clearloan ${name}()`, answer: () => Number(call()), run: call }] : []),
    { name: `clearloan in Rust: ${name}`, answer: () => Number(answer), perSecond: (milliseconds) => native.perSecond(stage, milliseconds, terms) },
  ];
  const libraries = (all) => Object.entries(all).map(([name, prepare]) => ({ name, answer: prepare(given), run: prepare(given) }));
  const amounts = flows.map(({ amount }) => amount);

  const irr = rateTable("IRR", "node-irr", quote.cost.irrPerPeriod, [
    ...ours("irr", () => clearloan.irr(amounts), "irr", quote.cost.irrPerPeriod),
    ...libraries(rates.IRR_PEERS), rust("financial (Rust)", "financial-irr"),
  ]);
  const xirr = rateTable("XIRR", "xirr", quote.cost.xirr, [
    ...ours("xirr", () => clearloan.xirr(flows), "xirr", quote.cost.xirr),
    ...libraries(rates.XIRR_PEERS), rust("financial (Rust)", "financial-xirr"), rust("xirr (Rust)", "xirr-xirr"),
  ]);
  const fastest = (results, names) => names.reduce((best, name) =>
    (results.get(name).perSecond > results.get(best).perSecond ? name : best));
  const fastestXirr = fastest(xirr, Object.keys(rates.XIRR_PEERS));
  verdicts.push(
    { what: "irr() beside @formulajs/formulajs", goal: { atLeast: 1 }, reached: ratio(irr, "clearloan irr()", "@formulajs/formulajs") },
    { what: `xirr() beside the fastest JavaScript peer, ${fastestXirr}`, goal: { atLeast: 1 }, reached: ratio(xirr, "clearloan xirr()", fastestXirr) },
    { what: "irr in Rust beside node-irr", goal: { atLeast: 1 }, reached: ratio(irr, "clearloan in Rust: irr", "node-irr") },
    { what: "xirr in Rust beside the crate xirr", goal: { atLeast: 2 }, reached: ratio(xirr, "clearloan in Rust: xirr", "xirr (Rust)") },
  );
}

function rateTable(what, baseline, exact, candidates) {
  const results = measure(candidates);
  heading(`${what} of an advance and 36 payments: ${exact}`);
  table(["", "µs", "a second", `× ${baseline}`, "off by"], candidates.map(({ name, answer }) => {
    const { perSecond: speed } = results.get(name);
    const error = Math.abs(answer() - Number(exact));
    return [name, microseconds(speed), perSecond(speed), times(ratio(results, name, baseline)), error < 1e-10 ? "< 1e-10" : error.toExponential(0)];
  }));
  return results;
}

// ───────── a million summaries ─────────

function sweep(loan) {
  const what = "a million summaries by sweep() in the time of 50,000 decimal.js schedules";
  if (!clearloan.sweep) {
    verdicts.push({ what, goal: { atLeast: 1 } });
    return;
  }
  const grid = (from) => ({ principal: Array.from({ length: 250 }, (_, index) => `${from + index * 100}.00`),
    annual: Array.from({ length: 400 }, (_, index) => ((index + 1) / 2000).toFixed(4)) });
  const SWEEPS = 10, SCHEDULES = 50_000;
  const results = measure([
    { name: "sweep()", run: () => clearloan.sweep(loan.terms, grid(10_000)) },
    { name: "decimal.js", run: () => peers.decimalSchedule(loan) },
  ]);
  const seconds = (name, calls) => calls / results.get(name).perSecond;
  heading("A million quotes of 36 instalments, as columns");
  table(["", "seconds"], [["sweep(), a million", seconds("sweep()", SWEEPS).toFixed(2)],
    ["decimal.js, 50,000", seconds("decimal.js", SCHEDULES).toFixed(2)]]);
  verdicts.push({ what, goal: { atLeast: 1 }, reached: (ratio(results, "sweep()", "decimal.js") * SCHEDULES) / SWEEPS });
}

// ───────── a server's batches ─────────

function batches() {
  const { cores, quotes, schedules, texts } = JSON.parse(batch.text([], ""));
  heading(`A server's batches of 1,000 loans of 12 to 36 instalments, on ${cores} cores, in process`);
  table(["", "a second, over all", "in the fastest batch"], [["quotes with all rates", quotes], ["schedules alone", schedules],
    ["quotes from JSON to JSON with rows", texts]].map(([name, speeds]) => [name, ...speeds.map(perSecond)]));
  const onTwoCores = ([, count]) => (count * 2) / cores;
  verdicts.push(
    { what: "quotes with all rates a second in batches, on two cores", goal: { atLeast: BATCH_QUOTES }, reached: onTwoCores(quotes), unit: perSecond },
    { what: "schedules a second in batches, on two cores", goal: { atLeast: BATCH_SCHEDULES }, reached: onTwoCores(schedules), unit: perSecond },
  );
}

// ───────── ten rules ─────────

/** One crossing: the policy by its handle, and what the two rule engines make of the same rules and facts. */
async function tenRules() {
  const handle = clearloan.loadPolicy(rules.policy());
  const [engine, logic] = [rules.jsonRulesEngine(), rules.jsonLogicJs()];
  for (const applicant of rules.APPLICANTS) {
    const { outcome, reasons } = clearloan.precheck(handle, rules.factsOf(applicant));
    const ours = { outcome, reasons: reasons.map(({ code }) => code).sort() };
    for (const [name, theirs] of [["json-rules-engine", await engine(applicant)], ["json-logic-js", logic(applicant)]]) {
      if (canonical({ ...theirs, reasons: theirs.reasons.sort() }) !== canonical(ours)) fail(`clearloan and ${name} judge an applicant differently.`, "Compare their rules in rule-peers.mjs.");
    }
  }
  const facts = rules.APPLICANTS.map(rules.factsOf);
  let turn = 0;
  const baseline = "json-rules-engine";
  const candidates = [
    { name: "clearloan precheck()", gives: "outcome, reasons with message, value seen and needed, trace, facts used", run: () => clearloan.precheck(handle, facts[turn ^= 1], { locale: "en" }) },
    { name: baseline, gives: "outcome, reason codes", run: () => engine(rules.APPLICANTS[turn ^= 1]) },
    { name: "json-logic-js", gives: "outcome, reason codes", run: () => logic(rules.APPLICANTS[turn ^= 1]) },
  ];
  const results = await measureAwaiting(candidates);
  heading("Ten rules; three speak of one applicant, none of the next");
  table(["", "µs", "a second", `× ${baseline}`, "gives"], candidates.map(({ name, gives }) => {
    const { perSecond: speed } = results.get(name);
    return [name, microseconds(speed), perSecond(speed), times(ratio(results, name, baseline)), gives];
  }), ["left", "right", "right", "right", "left"]);
  verdicts.push({ what: "ten rules: clearloan precheck() beside json-rules-engine", goal: { atLeast: 3 }, reached: ratio(results, "clearloan precheck()", baseline) });
}
