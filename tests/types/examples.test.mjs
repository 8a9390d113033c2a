// Each export shows an example in its types; they are compiled, run, and held to the values that they show.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { npmTool } from "../../scripts/tools.mjs";
import { CONSUMER, DEMO_TERMS, INSTALLED, freshCopy } from "../package/support.mjs";
import { FACTS, POLICY } from "./facts.mjs";

const declarations = fs.readFileSync(path.join(INSTALLED, "index.d.mts"), "utf8");

/** What is exported, with the example that stands above it, if any. */
const examples = [...declarations.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export (?:function|const|class) (\w+)/g)].map(([, comment, name]) => {
  const after = comment.split("@example")[1];
  return { name, code: after?.split("\n").map((line) => line.replace(/^ \* ?/, "")).join("\n").trim() };
});

/** `value; // 3` as a comparison; what stands after the slashes is JSON. */
function checked(code) {
  let count = 0;
  const lines = code.split("\n").map((line) => {
    const found = /^(?!const |let )(.*); \/\/ (.+)$/.exec(line);
    if (!found) return line;
    count += 1;
    return `expectSame(${found[1]}, ${JSON.stringify(JSON.parse(found[2]))});`;
  });
  return { text: lines.join("\n"), count };
}

test("every export has an example", async () => {
  const names = Object.keys(await freshCopy()).sort();
  assert.deepEqual(examples.filter(({ code }) => code).map(({ name }) => name).sort(), names);
});

test("the examples compile", () => {
  const file = path.join(CONSUMER, "examples.mts");
  const names = examples.map(({ name }) => name);
  fs.writeFileSync(file, `import { ${names.join(", ")} } from "clearloan";
import type { LoanTerms, Quote, Policy, Facts } from "clearloan";
declare const terms: LoanTerms, policy: Policy, facts: Facts;
declare function expectSame<T>(here: T, there: unknown): void;
${examples.map(({ code }, index) => `export async function example${index}() {\n${checked(code).text}\n}`).join("\n")}\n`);
  const { status, stdout } = spawnSync(npmTool("tsc"), ["--ignoreConfig", "--noEmit", "--strict", "--lib", "es2020,dom", "--types", "",
    "--module", "nodenext", "--moduleResolution", "nodenext", "--target", "es2020", file], { cwd: CONSUMER, encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

for (const { name, code } of examples) {
  test(`the example of ${name} gives what it shows`, async () => {
    const clearloan = await freshCopy();
    if (name !== "init") await clearloan.init();
    const { text } = checked(code.replace(/const (\w+): \w+ =/g, "const $1 ="));
    const AsyncFunction = (async () => {}).constructor;
    const given = { ...clearloan, terms: DEMO_TERMS, policy: POLICY, facts: FACTS, console: { log() {} }, expectSame: (here, there) => assert.deepEqual(here, there) };
    await new AsyncFunction(...Object.keys(given), text)(...Object.values(given));
  });
}

test("most examples show a value", () => {
  assert.ok(examples.filter(({ code }) => checked(code).count > 0).length >= examples.length - 5);
});
