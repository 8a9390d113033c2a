// A borrower whom the shipped consumer-credit policy takes, for the examples.

import fs from "node:fs";

export const POLICY = JSON.parse(fs.readFileSync("policies/consumer-credit.json", "utf8"));
export const FACTS = {
  age: 30, student: false, employment: "employed", monthlyIncome: "12000.00", monthlyObligations: "1000.00", householdCredit: "0.00",
  existingLoans: 0, overdueNow: false, overdueTimes: 0, purpose: "renovation", lenderType: "bank",
};
