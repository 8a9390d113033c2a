/** The policies that the page asks by: data that the package ships, published with the page. */

import consumerCredit from "../clearloan/policies/consumer-credit.mjs";
import financialHealth from "../clearloan/policies/financial-health.mjs";

export const CONSUMER_CREDIT = consumerCredit;
export const FINANCIAL_HEALTH = financialHealth;

/** The policy's words for a code in that language, else in the other; undefined where it has none. */
export function policyWords(policy, code, locale) {
  const words = policy.messages[code];
  return words?.[locale] ?? words?.["zh-CN"] ?? words?.en;
}

export const labelOf = (policy, name, locale) => policyWords(policy, name, locale) ?? name;
export const purposeOf = (policy, input, locale) =>
  policyWords(policy, `purpose.${input.name}`, locale) ?? policyWords(policy, input.purpose, locale) ?? input.purpose;
export const valueLabelOf = (policy, name, value, locale) => policyWords(policy, `value.${name}.${value}`, locale) ?? value;
