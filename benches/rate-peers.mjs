// Others' internal rates of return, each called as its own documentation says. `flows` are [{ date: Date, amount }].

import { createRequire } from "node:module";
import * as formula from "@formulajs/formulajs";
import { xirr as webcarrotXirr } from "@webcarrot/xirr";
import Finance from "financejs";
import * as financial from "financial";
import * as fundamental from "fundamental-js";
import { irr as nodeIrr, xirr as nodeXirr } from "node-irr";

const rayXirr = createRequire(import.meta.url)("xirr");
const finance = new Finance();
const GUESS = 0.1;

/** name → a function that prepares the flows as the library wants them and returns the call to be measured. */
export const IRR_PEERS = {
  "node-irr": ({ amounts }) => () => nodeIrr(amounts),
  "@formulajs/formulajs": ({ amounts }) => () => formula.IRR(amounts),
  financial: ({ amounts }) => () => financial.irr(amounts),
  "fundamental-js": ({ amounts }) => () => fundamental.irr(amounts),
};

export const XIRR_PEERS = {
  "node-irr": ({ dated }) => () => (1 + nodeXirr(dated).rate) ** 365 - 1,
  xirr: ({ dated }) => {
    const transactions = dated.map(({ date, amount }) => ({ amount, when: date }));
    return () => rayXirr(transactions);
  },
  "@webcarrot/xirr": ({ dated }) => () => webcarrotXirr(dated),
  "@formulajs/formulajs": ({ amounts, dates }) => () => formula.XIRR(amounts, dates, GUESS),
  financejs: ({ amounts, dates }) => () => finance.XIRR(amounts, dates, GUESS) / 100,
  "fundamental-js": ({ dated }) => () => fundamental.xirr(dated),
};

/** The flows in the shapes that the libraries take; dates are UTC midnights, so that no zone shifts them. */
export function prepared(flows) {
  const dated = flows.map(({ date, amount }) => ({ date: new Date(`${date}T00:00:00Z`), amount: Number(amount) }));
  return { dated, amounts: dated.map(({ amount }) => amount), dates: dated.map(({ date }) => date) };
}
