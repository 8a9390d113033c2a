// With a render function, so that it runs as it is; in a template the element is
// <clear-loan :terms.prop="terms" :bounds.prop="bounds" lender="Example Bank" @quote="…" @apply="…" />,
// and the compiler is told of it by isCustomElement: (tag) => tag === "clear-loan".
import { createApp, h, ref } from "vue";
import "clearloan/element";

const terms = { principal: "20000.00", interest: { annual: "0.18" }, method: "equalInstalment", instalmentCount: 12, disbursementDate: "2026-11-24" };
const bounds = { principal: { minimum: "5000", maximum: "50000", step: "500" }, instalmentCount: { minimum: 3, maximum: 24 } };

createApp({
  setup() {
    const rate = ref("");
    const application = ref("");
    return () => h("main", [
      h("clear-loan", {
        ".terms": terms, ".bounds": bounds, lender: "Example Bank", lang: "en",
        onQuote: ({ detail }) => { rate.value = detail.quote.cost.simpleAnnual; },
        onApply: ({ detail }) => { application.value = JSON.stringify({ fingerprint: detail.fingerprint, disclosed: detail.disclosed }, null, 2); },
      }),
      h("p", { id: "rate" }, rate.value),
      h("pre", { id: "said" }, application.value),
    ]);
  },
}).mount("#app");
