/**
 * An amount as Chinese cheques and contracts write it (人民币大写): 20,000.00 is 贰万元整.
 *
 * Written below the amount as it is typed, it lets a reader see at once a zero too many. The rules are those of the
 * People's Bank's 正确填写票据和结算凭证的基本规定: 零 once for any run of zeros inside the number, 整 after 元 or 角.
 */

import { round } from "./decimal-text.mjs";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
/** The unit of each group of four digits, from the right. */
const GROUPS = ["", "万", "亿", "万亿"];
/** More digits than the groups have names for; no loan here comes near. */
const WHOLE_DIGITS_MAX = 16;

/** The amount in capitals; undefined for negative amounts and those too large to be named. */
export function capitalAmount(amount) {
  const [whole, cents] = round(amount, 2).split(".");
  if (whole.startsWith("-") || whole.length > WHOLE_DIGITS_MAX) return undefined;
  const [jiao, fen] = cents;
  const yuan = wholeWords(whole);
  if (cents === "00") return `${yuan || "零"}元整`;
  const head = yuan && `${yuan}元`;
  const tenths = jiao === "0" ? (yuan ? "零" : "") : `${DIGITS[jiao]}角`;
  return head + tenths + (fen === "0" ? "整" : `${DIGITS[fen]}分`);
}

/** The whole part: four digits at a time from the left, a single 零 wherever zeros are passed over. */
function wholeWords(whole) {
  const groupCount = Math.ceil(whole.length / 4);
  const padded = whole.padStart(groupCount * 4, "0");
  let words = "";
  let zeroWaits = false;
  for (let group = 0; group < groupCount; group += 1) {
    const digits = padded.slice(group * 4, group * 4 + 4);
    for (let place = 0; place < 4; place += 1) {
      if (digits[place] === "0") {
        zeroWaits = words !== "";
      } else {
        words += (zeroWaits ? "零" : "") + DIGITS[digits[place]] + PLACES[3 - place];
        zeroWaits = false;
      }
    }
    if (digits !== "0000") words += GROUPS[groupCount - 1 - group];
  }
  return words;
}
