// What the README shows is what the package gives.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { DEMO_TERMS, freshCopy } from "./support.mjs";

const readme = fs.readFileSync("README.md", "utf8");
const clearloan = await freshCopy();
await clearloan.init();

/** `value;   // "shown"  and words`: the values that a block shows, each with what it is said to be. */
const shown = (code) => [...code.matchAll(/^(?!const |import )(.+?);\s+\/\/ ("(?:[^"\\]|\\.)*"|true|false|-?\d+(?:\.\d+)?)(?:\s|$)/gm)]
  .map(([, expression, value]) => [expression, JSON.parse(value)]);

const blocks = [...readme.matchAll(/```js\n([^]*?)```/g)].map(([, code]) => code);

test("the first example gives what it shows", () => {
  const code = blocks[0];
  const body = code.replace(/^import .*$/m, "").replace("await init();", "");
  const values = shown(code);
  assert.ok(values.length >= 5);
  const expressions = values.map(([expression]) => expression);
  const run = new Function("quote", `${body.split(/\n\nschedule\./)[0]}; return [${expressions.join(", ")}];`);
  assert.deepEqual(run(clearloan.quote), values.map(([, value]) => value));
});

test("every other call gives what it shows", () => {
  const code = blocks.find((block) => block.includes("disclose"));
  const values = shown(code);
  assert.ok(values.length >= 8);
  // As it would run where it is pasted below the first example: its terms, its facts, the policy that it imports, nothing else.
  const [terms] = /const terms = [^]*?;\n/.exec(blocks[0]);
  const [facts] = /const facts = [^]*?;\n/.exec(code);
  const [, names] = /const \{ (.*?) \} = clearloan;/.exec(code);
  const [, policyFile] = /import policy from "clearloan\/(policies\/[\w-]+\.mjs)"/.exec(code);
  const policy = JSON.parse(fs.readFileSync(policyFile.replace(/mjs$/, "json"), "utf8"));
  for (const [expression, value] of values) {
    const run = new Function("clearloan", "policy", `const { ${names} } = clearloan; ${terms} ${facts} return ${expression};`);
    assert.deepEqual(run(clearloan, policy), value, expression);
  }
  for (const name of names.split(", ")) assert.ok(values.some(([expression]) => expression.startsWith(`${name}(`)), `${name} has no example`);
});

test("the table shows each law's headline and figures", () => {
  const rows = [...readme.matchAll(/^\| (CN|US|EU|UK|IN) \| (.+?) \| (.+?) \|$/gm)];
  assert.equal(rows.length, 5);
  for (const [, regime, headline, rest] of rows) {
    const disclosed = clearloan.disclose(DEMO_TERMS, { regime, on: "2026-11-24" });
    assert.equal(headline, `${disclosed.headline.label} ${disclosed.headline.shown}`);
    const values = disclosed.figures.map(({ value }) => value);
    for (const [number] of rest.matchAll(/\d[\d.]*%?/g)) assert.ok(values.includes(number), `${regime}: ${number}`);
  }
});
