// The panels' words: both languages complete, every code used, nothing that the marketing rules ban.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";

const folder = new URL("../../www/app/", import.meta.url);
const names = fs.readdirSync(new URL("words/", folder)).filter((name) => !["zh-CN.mjs", "en.mjs"].includes(name));
const tables = await Promise.all(names.map(async (name) => [name, (await import(new URL(`words/${name}`, folder))).default]));
const code = fs.readdirSync(folder).filter((name) => name.endsWith(".mjs")).map((name) => fs.readFileSync(new URL(name, folder), "utf8")).join("\n");
const placeholders = (sentence) => [...new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();

test("there are tables", () => assert.ok(tables.length >= 3));

for (const [name, table] of tables) {
  test(`${name}: both languages have the same codes and placeholders, and no sentence is empty`, () => {
    assert.deepEqual(Object.keys(table.en), Object.keys(table["zh-CN"]));
    for (const [key, sentence] of Object.entries(table.en)) {
      assert.ok(sentence.trim() && table["zh-CN"][key].trim(), key);
      assert.deepEqual(placeholders(sentence), placeholders(table["zh-CN"][key]), key);
    }
  });

  test(`${name}: no code is without use`, () => {
    // Codes put together from a name and a value.
    const composed = [...code.matchAll(/`([\w.]+?)[._]\$\{/g)].map(([, prefix]) => prefix);
    assert.ok(composed.length > 0);
    for (const key of Object.keys(table.en)) {
      const isComposed = composed.some((prefix) => key.startsWith(`${prefix}.`) || key.startsWith(`${prefix}_`));
      assert.ok(code.includes(`"${key}"`) || isComposed, `${key} is not used`);
    }
  });

  test(`${name}: none of the words that China's 2026 marketing rules ban`, () => {
    const banned = /低门槛|秒到账|秒批|低风险|高收益|低利率|无成本|零成本|利率低至|instant approval|guaranteed approval|risk.free/i;
    for (const words of Object.values(table)) for (const [key, sentence] of Object.entries(words)) assert.doesNotMatch(sentence, banned, key);
  });
}
