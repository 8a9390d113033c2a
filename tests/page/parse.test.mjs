// What people type, and the page's own arithmetic on decimal text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { capitalAmount } from "../../www/app/capital-amount.mjs";
import { add, movePoint, round } from "../../www/app/decimal-text.mjs";
import { date, group, money, percent } from "../../www/app/format.mjs";
import { parseAmount, parseCount, parseDate, parseDueDay, parseFactor, parsePercent } from "../../www/app/parse.mjs";
import { COUNT_STOPS, PRINCIPAL_STOPS, nearestStop } from "../../www/app/stops.mjs";

const cases = (parse, table) => {
  for (const [typed, expected] of Object.entries(table)) {
    const result = parse(typed);
    assert.deepEqual(result.problem ?? result.value, expected, `"${typed}"`);
  }
};

test("amounts are read as people write them", () => {
  cases(parseAmount, {
    "20000": "20000", "20,000": "20000", "20,000.50": "20000.50", "1,234,567.8": "1234567.8", " 20 000 ": "20000",
    "２００００": "20000", "２０，０００．５０": "20000.50", "￥20,000": "20000", "¥ 20000": "20000", "20000元": "20000",
    "20000元整": "20000", "CNY 20,000": "20000", "人民币20000元": "20000",
    "2万": "20000", "2 万": "20000", "２万": "20000", "2万元": "20000", "1.5万": "15000", "1.2345万": "12345", "2w": "20000",
    "2W": "20000", "3千": "3000", "5k": "5000", "2万5千": "25000", "1亿": "100000000", "1亿2千万": "not_a_number",
    "20000.": "20000", ".5": "0.5", "007": "7", "-5": "-5", "−5": "-5", "0": "0",
  });
});

test("an amount that could be read in two ways, or in none, is not guessed", () => {
  cases(parseAmount, {
    "": "empty", "　": "empty", "abc": "not_a_number", "1e5": "not_a_number", "0x10": "not_a_number", "+5": "not_a_number",
    "2万5": "not_a_number", "5千2万": "not_a_number", "1.2.3": "not_a_number", "NaN": "not_a_number", "∞": "not_a_number",
    "20,00": "grouping", "2,0000": "grouping", "20.000,50": "grouping", "1,,000": "grouping", "<b>1</b>": "not_a_number",
  });
});

test("a percentage becomes a fraction by moving its point, digit for digit", () => {
  cases(parsePercent, {
    "18": "0.18", "18%": "0.18", "１８％": "0.18", "7": "0.07", "0.05": "0.0005", "100": "1", "3.85 %": "0.0385", "0": "0",
    "0.1234567890123": "0.001234567890123", "5‰": "0.005", "万5": "0.0005", "万分之五": "0.0005", "万分之3.5": "0.00035",
    "千分之六": "0.006", "百分之十": "0.1", "-1": "-0.01", "": "empty", "abc": "not_a_percentage", "18%%": "not_a_percentage",
    "1,8": "not_a_percentage", "1e2": "not_a_percentage", "200元": "amount_not_percentage", "¥200": "amount_not_percentage",
  });
});

test("a multiple of the rate is read as contracts write it", () => {
  cases(parseFactor, {
    "1.5": "1.5", "1.5倍": "1.5", "１．５ 倍": "1.5", "1.5x": "1.5", "2 times": "2", "150%": "1.5", "-1": "-1", "": "not_a_factor", "倍": "not_a_factor",
    "abc": "not_a_factor", "1.5倍倍": "not_a_factor", "1e2": "not_a_factor",
  });
});

test("counts, days and dates", () => {
  cases(parseCount, { "12": 12, "１２": 12, "12期": 12, "12 个月": 12, "3年": 36, "0": 0, "-3": -3, "12.5": "not_a_count",
    "": "empty", "x": "not_a_count", "12 months": 12, "99999999999": "not_a_count" });
  cases(parseDueDay, { "24": 24, "24日": 24, "每月24号": 24, "": undefined, "31": 31, "1st": 1, "x": "not_a_day", "1.5": "not_a_day" });
  cases(parseDate, { "2026-11-24": "2026-11-24", "": "no_date", "24/11/2026": "no_date", "2026-11-24<": "no_date", "2027-02-29": "no_date", "2028-02-29": "2028-02-29" });
});

test("moving the point, rounding and adding are exact on long decimals", () => {
  assert.equal(movePoint("123456789012345678901234567890.12", -2), "1234567890123456789012345678.9012");
  assert.equal(movePoint("0.07", 2), "7");
  assert.equal(movePoint("-0.5", -3), "-0.0005");
  assert.equal(round("0.125", 2), "0.13");
  assert.equal(round("-0.125", 2), "-0.13");
  assert.equal(round("0.9999", 2), "1.00");
  assert.equal(round("0.004", 2), "0.00");
  assert.equal(round("5", 2), "5.00");
  assert.equal(add("0.10", "0.20", "9007199254740993.01"), "9007199254740993.31");
  assert.equal(add("1.00", "-2.50"), "-1.50");
  assert.equal(add(), "0");
});

test("figures are written for the reader without passing through a float", () => {
  assert.equal(group("9007199254740993.07"), "9,007,199,254,740,993.07");
  assert.equal(money("8884.50"), "¥8,884.50");
  assert.equal(money("-1234.00"), "−¥1,234.00");
  assert.equal(percent("0.1994064065"), "19.94%");
  assert.equal(percent("0.0166172005", 4), "1.6617%");
  assert.equal(percent("0.18005"), "18.01%", "a tie goes away from zero; 18.005 has no exact float");
  assert.equal(percent("12.345"), "1,234.50%");
  assert.equal(date("2026-11-24", "zh-CN"), "2026/11/24");
  assert.equal(date("2027-09-04", "en"), "4 Sep 2027");
  assert.equal(date("2026-01-01", "en"), "1 Jan 2026");
});

test("amounts in capitals follow the rules for cheques", () => {
  const expected = {
    "20000": "贰万元整", "0": "零元整", "0.05": "伍分", "0.50": "伍角整", "10.50": "壹拾元伍角整", "100000": "壹拾万元整",
    "20100": "贰万零壹佰元整", "1000100": "壹佰万零壹佰元整", "10000001.05": "壹仟万零壹元零伍分", "100000000": "壹亿元整",
    // The four examples of the People's Bank's 正确填写票据和结算凭证的基本规定.
    "1409.50": "壹仟肆佰零玖元伍角整", "6007.14": "陆仟零柒元壹角肆分", "1680.32": "壹仟陆佰捌拾元叁角贰分",
    "16409.02": "壹万陆仟肆佰零玖元零贰分",
  };
  for (const [amount, words] of Object.entries(expected)) assert.equal(capitalAmount(amount), words);
  assert.equal(capitalAmount("-1"), undefined);
  assert.equal(capitalAmount("12345678901234567"), undefined);
});

test("slider stops rise, and the nearest one shows a typed number", () => {
  for (const stops of [PRINCIPAL_STOPS, COUNT_STOPS]) {
    assert.ok(stops.every((stop, index) => index === 0 || Number(stop) > Number(stops[index - 1])));
  }
  assert.equal(PRINCIPAL_STOPS[nearestStop(PRINCIPAL_STOPS, "20000")], "20000");
  assert.equal(PRINCIPAL_STOPS[nearestStop(PRINCIPAL_STOPS, "999999999")], "1000000");
  assert.equal(PRINCIPAL_STOPS[nearestStop(PRINCIPAL_STOPS, "-5")], "1000");
  assert.equal(COUNT_STOPS[nearestStop(COUNT_STOPS, "37")], "36");
});
