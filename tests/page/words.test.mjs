// The page's words: both languages complete, the static page in step with them, nothing that the marketing rules ban.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { WORDS, word } from "../../www/app/words.mjs";

const file = (path) => fs.readFileSync(new URL(`../../www/${path}`, import.meta.url), "utf8");
const html = file("index.html");
const placeholders = (sentence) => [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

test("both languages have the same codes and placeholders, and no sentence is empty", () => {
  assert.deepEqual(Object.keys(WORDS.en), Object.keys(WORDS["zh-CN"]));
  for (const code of Object.keys(WORDS.en)) {
    assert.deepEqual(placeholders(WORDS.en[code]), placeholders(WORDS["zh-CN"][code]), code);
    for (const locale of Object.keys(WORDS)) assert.ok(WORDS[locale][code].trim().length > 0, `${locale} ${code}`);
  }
});

test("a code without words is a fault, not an empty place on the page", () => {
  assert.throws(() => word("en", "no.such.code"), /no\.such\.code/);
});

test("the static page already says what the Chinese words say, so that nothing jumps", () => {
  const named = [...html.matchAll(/data-word="([^"]+)"[^>]*>([^<]*)</g)];
  assert.ok(named.length > 60);
  for (const [, code, text] of named) assert.equal(text, WORDS["zh-CN"][code], code);
  for (const [tag] of html.matchAll(/<[^>]+data-label="[^"]+"[^>]*>/g)) {
    const code = /data-label="([^"]+)"/.exec(tag)[1];
    assert.equal(/aria-label="([^"]+)"/.exec(tag)?.[1], WORDS["zh-CN"][code], code);
  }
  assert.equal(/<title>([^<]*)</.exec(html)[1], WORDS["zh-CN"]["page.title"]);
});

test("every code is used, and every used code has words", () => {
  const sources = fs.readdirSync(new URL("../../www/app/", import.meta.url)).filter((name) => name.endsWith(".mjs"));
  const code = html + sources.map((name) => file(`app/${name}`)).join("\n");
  // Codes put together from a name and a value, such as method.flat.meaning.
  const composed = /^(basis|method|settlement|term|problem|proceeds|issue|payment|headline|regime|lenderType|explain)\./;
  for (const name of Object.keys(WORDS.en)) {
    assert.ok(code.includes(`"${name}"`) || composed.test(name) || /\.(label|hint)$/.test(name), `${name} is not used`);
  }
});

test("none of the words that China's 2026 marketing rules ban is on the page", () => {
  const banned = /低门槛|秒到账|秒批|低风险|高收益|低利率|无成本|零成本|利率低至|instant approval|guaranteed approval|risk.free/i;
  for (const words of Object.values(WORDS)) {
    for (const [code, sentence] of Object.entries(words)) assert.doesNotMatch(sentence, banned, code);
  }
});

test("the page carries no inline script, style or event handler, and asks for nothing from elsewhere", () => {
  assert.doesNotMatch(html, /<style|\sstyle=|\son\w+=|javascript:/i);
  for (const [, attributes, body] of html.matchAll(/<script([^>]*)>([^<]*)</g)) {
    assert.match(attributes, /src="/);
    assert.equal(body, "");
  }
  for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) assert.doesNotMatch(address, /^((?!data:)\w+:|\/\/)/);
  for (const name of fs.readdirSync(new URL("../../www/styles/", import.meta.url))) {
    assert.doesNotMatch(file(`styles/${name}`), /url\(|@import/, name);
  }
});
