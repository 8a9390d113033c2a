// Without JSX, so that it runs as it is; in JSX the element is
// <clear-loan terms={terms} bounds={bounds} lender="Example Bank" onquote={…} onapply={…} />.
import { createElement, useState } from "react";
import { createRoot } from "react-dom/client";
import "clearloan/element";

const terms = { principal: "20000.00", interest: { annual: "0.18" }, method: "equalInstalment", instalmentCount: 12, disbursementDate: "2026-11-24" };
const bounds = { principal: { minimum: "5000", maximum: "50000", step: "500" }, instalmentCount: { minimum: 3, maximum: 24 } };

function Landing() {
  const [rate, setRate] = useState("");
  const [application, setApplication] = useState(null);
  return createElement("main", null,
    createElement("clear-loan", {
      terms, bounds, lender: "Example Bank", lang: "en",
      onquote: ({ detail }) => setRate(detail.quote.cost.simpleAnnual),
      onapply: ({ detail }) => setApplication(detail),
    }),
    createElement("p", { id: "rate" }, rate),
    createElement("pre", { id: "said" }, application && JSON.stringify({ fingerprint: application.fingerprint, disclosed: application.disclosed }, null, 2)));
}

createRoot(document.getElementById("app")).render(createElement(Landing));
