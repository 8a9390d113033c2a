// The server of examples/server.rs, as cargo test built it: the same quotes as the package gives, and its limits.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { after, before, test } from "node:test";
import { ROOT, crateVersion } from "../../scripts/tools.mjs";
import { nativeText } from "../package/native.mjs";
import { DEMO_TERMS, freshCopy } from "../package/support.mjs";
import { canonical } from "./support.mjs";

const PROGRAM = path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "debug", "examples", "server");
const TERMS = 10_000;
const BATCH = 1_000;

/** Starts a server of its own; gives its address, the process, and how it ended. */
async function start(environment = {}) {
  assert.ok(fs.existsSync(PROGRAM), `${PROGRAM} is missing: run "cargo build --example server" first; make test builds it.`);
  const child = spawn(PROGRAM, { env: { ...process.env, PORT: "0", ...environment }, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => { child.on("exit", (code, signal) => resolve({ code, signal })); });
  const address = await new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      const found = /http:\/\/[\d.:]+/.exec(text);
      if (found) resolve(found[0]);
    });
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { address, child, ended };
}

let server;
let clearloan;
before(async () => {
  clearloan = await freshCopy();
  await clearloan.init();
  server = await start();
});
after(async () => {
  server.child.kill("SIGTERM");
  assert.deepEqual(await server.ended, { code: 0, signal: null });
});

async function post(route, body, address = server.address) {
  const response = await fetch(address + route, { method: "POST", body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body) });
  assert.equal(response.headers.get("content-type"), "application/json");
  return { status: response.status, answer: await response.json() };
}

/** From the documented canonical form, not from the engine. */
const fingerprintOf = ({ schedule, terms }) => createHash("sha256").update(canonical({ schedule, terms })).digest("hex");

test(`${TERMS} generated terms have one fingerprint in the package and over HTTP`, async () => {
  const lines = nativeText("agreement.jsonl").split("\n").slice(0, TERMS).map((line) => JSON.parse(line));
  assert.equal(lines.length, TERMS);
  let quoted = 0;
  for (let from = 0; from < TERMS; from += BATCH) {
    const batch = lines.slice(from, from + BATCH).map(({ terms }) => terms);
    const { status, answer } = await post("/quotes", batch);
    assert.equal(status, 200);
    assert.equal(answer.length, batch.length);
    for (const [index, { ok, error }] of answer.entries()) {
      const here = clearloan.fingerprint(batch[index]);
      if (ok) {
        assert.equal(fingerprintOf(ok), here, JSON.stringify(batch[index]));
        quoted += 1;
      } else {
        assert.throws(() => clearloan.quote(batch[index]), { issues: error.issues });
        assert.equal((await post("/call", { call: "fingerprint", arguments: [batch[index]] })).answer.ok, here);
      }
    }
  }
  assert.ok(quoted > TERMS * 0.95, `${quoted} quotes`);
});

test("verify accepts the server's quote and pinpoints a cent that was changed on the way", async () => {
  const { status, answer } = await post("/quote", DEMO_TERMS);
  assert.equal(status, 200);
  assert.deepEqual(answer, clearloan.quote(DEMO_TERMS));
  assert.deepEqual(clearloan.verify(answer), { same: true, differences: [] });
  answer.schedule.instalments[6].interest = answer.schedule.instalments[6].interest.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
  const { same, differences } = clearloan.verify(answer);
  assert.deepEqual([same, differences.map(({ path: where }) => where)], [false, ["schedule.instalments[6].interest"]]);
  assert.deepEqual((await post("/call", { call: "verify", arguments: [answer] })).answer, { ok: { same, differences } });
});

test("what is wrong is a LoanError with status 422, whatever the address", async () => {
  const bad = { ...DEMO_TERMS, principal: 20000, instalmentCuont: 12 };
  let issues;
  try { clearloan.quote(bad); } catch (error) { issues = error.issues; }
  assert.equal(issues.length, 2);
  assert.deepEqual(await post("/quote", bad), { status: 422, answer: { error: { issues } } });
  assert.deepEqual(await post("/call", { call: "quote", arguments: [bad] }), { status: 422, answer: { error: { issues } } });
  assert.deepEqual((await post("/quotes", [DEMO_TERMS, bad])).answer[1], { error: { issues } });
  const codes = async (route, body) => {
    const { status, answer } = await post(route, body);
    return [status, ...answer.error.issues.map(({ code }) => code)];
  };
  for (const route of ["/quote", "/quotes", "/call"]) {
    assert.deepEqual(await codes(route, "{"), [422, "unreadable"]);
    assert.deepEqual(await codes(route, Uint8Array.of(0xff, 0xfe)), [422, "unreadable"]);
    assert.deepEqual(await codes(route, ""), [422, "unreadable"]);
  }
  assert.deepEqual(await codes("/quotes", DEMO_TERMS), [422, "wrong_type"]);
  assert.deepEqual(await codes("/call", { call: "qoute" }), [422, "unknown_call"]);
  assert.deepEqual(await codes("/nowhere", {}), [404, "not_found"]);
  const wrongMethod = await fetch(`${server.address}/quote`);
  assert.deepEqual([wrongMethod.status, (await wrongMethod.json()).error.issues[0].code], [405, "wrong_method"]);
});

test("a batch and a body have an end", async () => {
  const { status, answer } = await post("/quotes", Array.from({ length: BATCH + 1 }, () => DEMO_TERMS));
  assert.deepEqual([status, answer.error.issues[0].code, answer.error.issues[0].limit], [422, "too_large", "1000"]);
  assert.equal((await post("/quotes", Array.from({ length: BATCH }, () => null))).status, 200);
  const huge = await post("/quote", " ".repeat((4 << 20) + 1));
  assert.deepEqual([huge.status, huge.answer.error.issues[0].code], [413, "too_large"]);
});

test("it says which engine and rules it has", async () => {
  const { ok } = await (await fetch(`${server.address}/health`)).json();
  assert.deepEqual(ok, { engine: crateVersion(), rules: clearloan.version.rules });
});

/**
 * A request whose body is sent in two parts. `begun` comes true once the server has asked for the body (100 Continue), so that it has
 * certainly begun; `finish` sends the second part, and `answer` is to come.
 */
function halfSent(address, body) {
  const { hostname, port } = new URL(address);
  const headers = { "Content-Length": Buffer.byteLength(body), Expect: "100-continue" };
  const request = http.request({ hostname, port, path: "/quote", method: "POST", headers });
  const begun = new Promise((resolve) => { request.on("continue", () => request.write(body.slice(0, 20), resolve)); });
  const answer = new Promise((resolve, reject) => {
    request.on("response", (response) => {
      let text = "";
      response.on("data", (part) => { text += part; }).on("end", () => resolve({ status: response.statusCode, answer: JSON.parse(text) }));
    }).on("error", reject);
  });
  request.flushHeaders();
  return { begun, answer, finish: () => request.end(body.slice(20)) };
}

test("a body that does not come in time is given up", async () => {
  const { address, child, ended } = await start({ REQUEST_SECONDS: "1" });
  const { answer } = halfSent(address, JSON.stringify(DEMO_TERMS));
  const { status, answer: { error } } = await answer;
  assert.deepEqual([status, error.issues[0].code], [408, "timeout"]);
  child.kill("SIGTERM");
  assert.equal((await ended).code, 0);
});

test("asked to stop, it answers what it has begun and takes nothing new", async () => {
  const { address, child, ended } = await start();
  const { begun, answer, finish } = halfSent(address, JSON.stringify(DEMO_TERMS));
  await begun;
  const stopping = new Promise((resolve) => { child.stdout.on("data", (text) => String(text).includes("stopping") && resolve()); });
  child.kill("SIGTERM");
  await stopping;
  await assert.rejects(async () => {
    // The listener closes a moment after the signal.
    for (let attempt = 0; attempt < 500; attempt += 1) {
      await fetch(`${address}/health`, { headers: { connection: "close" } });
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  });
  finish();
  const { status, answer: quote } = await answer;
  assert.deepEqual([status, quote.schedule.firstPayment], [200, "1833.60"]);
  assert.deepEqual(await ended, { code: 0, signal: null });
});
