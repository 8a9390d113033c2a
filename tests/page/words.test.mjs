// The page's words: both languages complete, the static page in step with them, nothing that the marketing rules ban.

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { WORDS as ELEMENT_WORDS } from "../../js/element/words.js";
import { WORDS as DIALOG_WORDS } from "../../js/ui/dialog-words.js";
import { WORDS as TABLE_WORDS } from "../../js/ui/words.js";
import { WORDS, loadWords, word } from "../../www/app/words.mjs";

for (const locale of Object.keys(WORDS)) await loadWords(locale);

/** Since then the marketing rules are in force. */
const ON = "2026-11-24";

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

test("the static page reads in its source as the Chinese words do", () => {
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

test("the marketing checker finds nothing in the page's own texts, the element's or the disclosure's", async () => {
  const { checkMarketing, init } = await import("../../pkg/index.mjs");
  await init();
  const later = fs.readdirSync(new URL("../../www/app/words/", import.meta.url)).filter((name) => !/^(zh-CN|en)\.mjs$/.test(name));
  const laterWords = await Promise.all(later.map(async (name) => (await import(`../../www/app/words/${name}`)).default));
  const tables = [WORDS, ...laterWords, TABLE_WORDS, DIALOG_WORDS, ELEMENT_WORDS];
  const texts = [...tables.flatMap((table) => Object.values(table).flatMap(Object.values)), html.replace(/<[^>]*>/g, " ")];
  assert.ok(texts.length > 400);
  assert.ok(checkMarketing("低门槛，秒到账，日息仅万二", ON).length >= 2, "the checker does find what it is for");
  for (const text of texts) assert.deepEqual(checkMarketing(text, ON), [], text.slice(0, 200));
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
