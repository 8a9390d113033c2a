// The wasm that ships and the native engine give the same fingerprint and the same rates on 20,000 generated loans.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nativeText } from "./native.mjs";
import { freshCopy } from "./support.mjs";

test("native and wasm agree on the fingerprint and on each rate of 20,000 generated loans", async () => {
  const { fingerprint, init, quote } = await freshCopy();
  await init();
  const lines = nativeText("agreement.jsonl").trimEnd().split("\n");
  assert.ok(lines.length >= 20_000);
  let quoted = 0;
  for (const line of lines) {
    const { terms, fingerprint: theirs, cost } = JSON.parse(line);
    assert.equal(fingerprint(terms), theirs, line);
    try {
      assert.deepEqual(quote(terms, { instalments: false }).cost, cost, line);
      quoted += 1;
    } catch (error) {
      if (error.name !== "LoanError") throw error;
      assert.equal(error.issues[0].code, cost, line);
    }
  }
  assert.ok(quoted > 19_000, "nearly all of them have a cost");
});
