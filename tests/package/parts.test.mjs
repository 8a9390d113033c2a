// The parts of the JavaScript face by themselves, at their edges.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesFromBase64, decodedByHand } from "../../js/base64.js";
import { plainJson } from "../../js/plain-json.js";
import { instalments } from "../../js/rows.js";
import { PlainTextDecoder, PlainTextEncoder } from "../../js/utf8.js";

/** Columns of one row, each amount the same. */
const columnsOf = (amount, decimals) => Float64Array.of(decimals, 1, 0, 2026_11_24, 0, 30, amount, amount, amount, amount, amount, amount, amount);

test("amounts get their point where the currency has it", () => {
  const expected = [
    [0, "0.00", "0", "0.000"], [1, "0.01", "1", "0.001"], [10, "0.10", "10", "0.010"], [99, "0.99", "99", "0.099"],
    [100, "1.00", "100", "0.100"], [99_999, "999.99", "99999", "99.999"], [100_000, "1000.00", "100000", "100.000"],
    [100_001, "1000.01", "100001", "100.001"], [1_000_500, "10005.00", "1000500", "1000.500"],
    [99_999_999, "999999.99", "99999999", "99999.999"], [100_000_000, "1000000.00", "100000000", "100000.000"],
    [2 ** 31 * 100, "2147483648.00", "214748364800", "214748364.800"],
    [9_007_199_254_740_991, "90071992547409.91", "9007199254740991", "9007199254740.991"],
    [-1, "-0.01", "-1", "-0.001"], [-123_456, "-1234.56", "-123456", "-123.456"], [-0, "0.00", "0", "0.000"],
  ];
  for (const [amount, two, none, three] of expected) {
    for (const [decimals, text] of [[2, two], [0, none], [3, three]]) {
      const [row] = instalments(columnsOf(amount, decimals), undefined);
      for (const name of ["openingBalance", "principal", "interest", "fees", "benefit", "payment", "closingBalance"]) assert.equal(row[name], text, `${name} of ${amount}`);
    }
  }
});

test("every amount from nothing to twenty thousand has its own text", () => {
  for (let amount = 0; amount <= 2_000_000; amount += 1) {
    if (instalments(columnsOf(amount, 2), undefined)[0].payment !== (amount / 100).toFixed(2)) assert.fail(String(amount));
  }
});

test("a row takes over no text of the row before that is not its own", () => {
  const names = ["openingBalance", "principal", "interest", "fees", "benefit", "payment", "closingBalance"];
  let seed = 1;
  const random = (end) => (seed = (seed * 48_271) % 2_147_483_647) % end;
  for (let round = 0; round < 2_000; round += 1) {
    const count = 1 + random(6);
    const columns = new Float64Array(3 + 10 * count);
    columns.set([2, count, 0]);
    for (let index = 3; index < columns.length; index += 1) columns[index] = random(4);
    for (let index = 0; index < count; index += 1) columns[3 + index] = 2026_01_01 + random(28);
    instalments(columns, undefined).forEach((row, index) => names.forEach((name, column) => {
      assert.equal(row[name], `0.0${columns[3 + (3 + column) * count + index]}`, `${columns}`);
    }));
  }
});

test("days become civil dates, over all years that a due date can have", () => {
  for (const [day, text] of [[1900_01_01, "1900-01-01"], [1999_12_31, "1999-12-31"], [2026_02_28, "2026-02-28"], [2100_10_09, "2100-10-09"], [2299_12_31, "2299-12-31"]]) {
    const columns = columnsOf(1, 2);
    columns[3] = columns[4] = day;
    const [row] = instalments(columns, undefined);
    assert.deepEqual([row.dueDate, row.unrolledDueDate], [text, text]);
  }
  assert.equal("unrolledDueDate" in instalments(columnsOf(1, 2), undefined)[0], false);
});

test("lenders' columns follow, a pair for each", () => {
  const columns = new Float64Array(3 + 2 * 14);
  columns.set([2, 2, 2, 2026_01_01, 2026_02_01]);
  columns.set([1, 2, 3, 4, 5, 6, 7, 8], 3 + 2 * 10);
  const rows = instalments(columns, [{ name: "a" }, { name: "b" }]);
  assert.deepEqual(rows.map(({ lenders }) => lenders), [
    [{ name: "a", principal: "0.01", interest: "0.03" }, { name: "b", principal: "0.05", interest: "0.07" }],
    [{ name: "a", principal: "0.02", interest: "0.04" }, { name: "b", principal: "0.06", interest: "0.08" }],
  ]);
});

test("plain data is written as JSON.stringify writes it", () => {
  const values = [null, true, false, 0, -1.5, 1e21, 5e-324, "", "x", 'a"b\\c\u0000\u001f\u007f中文😀', "half \ud800 pair", [], {}, [[1, [2]], {}], { a: { "b\n": [null, ""] }, 中: "文" }];
  for (const value of values) assert.equal(plainJson(value, ""), JSON.stringify(value));
});

test("what is no data is written as a number beyond all bounds", () => {
  for (const value of [NaN, Infinity, -Infinity, 1n, Symbol("s"), () => 1, new Date(0), new Map(), /x/]) assert.equal(plainJson([value], ""), "[1e999]");
  assert.equal(plainJson([undefined], ""), "[null]");
});

test("base64 of every length and byte", () => {
  for (let length = 0; length < 260; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 255);
    const text = Buffer.from(bytes).toString("base64");
    assert.deepEqual(decodedByHand(text), bytes);
    assert.deepEqual(new Uint8Array(bytesFromBase64(text)), bytes);
  }
});

test("the text coders for hosts without any agree with the host's own", () => {
  const [ours, theirs] = [new PlainTextEncoder(), new TextEncoder()];
  const decoder = new PlainTextDecoder();
  for (let point = 0; point <= 0x10ffff; point += point < 0x900 || (point > 0xd700 && point < 0x10100) ? 1 : 97) {
    const text = `a${String.fromCodePoint(point)}b`;
    const bytes = ours.encode(text);
    assert.deepEqual(bytes, theirs.encode(text), point.toString(16));
    assert.equal(decoder.decode(bytes), new TextDecoder().decode(bytes), point.toString(16));
  }
  const room = new Uint8Array(8);
  assert.deepEqual(ours.encodeInto("é€", room), { read: 2, written: 5 });
  assert.equal(decoder.decode(), "");
});
