// `make start`: the demo quote in the terminal, the page on this machine, and plain words where the port is taken.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import http from "node:http";
import { test } from "node:test";
import { serve } from "../../scripts/serve.mjs";

/** Asks as no browser would: the path goes out as it is written. */
function get(address, path, method = "GET") {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    http.request({ hostname, port, path, method }, (response) => {
      let body = "";
      response.on("data", (part) => { body += part; }).on("end", () => resolve({ status: response.statusCode, headers: response.headers, body }));
    }).on("error", reject).end();
  });
}

test("it prints the demo quote and the address, and serves the page there", async (t) => {
  const child = spawn("node", ["scripts/start.mjs"], { env: { ...process.env, PORT: "0" } });
  t.after(() => child.kill());
  let printed = "";
  const address = await new Promise((resolve, reject) => {
    child.stdout.on("data", (part) => {
      printed += part;
      const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(printed);
      if (found) resolve(found[0]);
    });
    child.on("exit", () => reject(new Error(printed)));
  });
  for (const figure of ["20,000.00 CNY", "18 %", "2026-11-24", "1,833.60", "1,833.61", "2,003.21", "19,800.00", "1.66172005 %", "19.94064065 %", "21.86793187 %"]) {
    assert.ok(printed.includes(figure), figure);
  }
  const { status, headers, body } = await get(address, "/");
  assert.equal(status, 200);
  assert.match(headers["content-type"], /^text\/html/);
  assert.match(body, /<html/);
});

test("a taken port is said in words, with the way out", async () => {
  const { server, address } = await serve(0);
  const { port } = new URL(address);
  const done = spawnSync("node", ["scripts/start.mjs"], { env: { ...process.env, PORT: port }, encoding: "utf8" });
  server.close();
  assert.equal(done.status, 1);
  assert.match(done.stderr, new RegExp(`Port ${port} is taken.*\n.*make start PORT=${Number(port) + 1}`));
  const odd = spawnSync("node", ["scripts/start.mjs"], { env: { ...process.env, PORT: "http" }, encoding: "utf8" });
  assert.match(odd.stderr, /PORT is "http"/);
});

test("files have their types and a strict policy; nothing outside is served", async (t) => {
  const { server, address } = await serve(0);
  t.after(() => server.close());
  for (const [path, type] of [["/index.html", "text/html; charset=utf-8"], ["/clearloan/index.mjs", "text/javascript; charset=utf-8"], ["/clearloan/clearloan.wasm", "application/wasm"]]) {
    const { status, headers } = await get(address, path);
    assert.deepEqual([status, headers["content-type"], headers["x-content-type-options"]], [200, type, "nosniff"], path);
    const policy = headers["content-security-policy"];
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /connect-src http:\/\/127\.0\.0\.1:\d+\/clearloan\/clearloan\.wasm;/);
    assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|\*/);
  }
  for (const path of ["/../Cargo.toml", "/..%2fCargo.toml", "/clearloan/../../Cargo.toml", "/clearloan/..%2f..%2fCargo.toml", "/%2e%2e/Cargo.toml", "/none", "/%", "/%00", "/clearloan/"]) {
    const { status, body } = await get(address, path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(body, /package/);
  }
  assert.equal((await get(address, "/", "POST")).status, 405);
  assert.equal((await get(address, "/", "HEAD")).body, "");
});
