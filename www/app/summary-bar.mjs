/** On a narrow screen, the two figures that matter stay in sight while the form is being filled in. */

import { byId, setText } from "./dom.mjs";

/** Watches whether the result is in sight; the bar stands in for it while it is not, and leads to it. */
export function listenToSummaryBar() {
  const bar = byId("summary-bar");
  const hero = document.querySelector(".hero");
  // All that lies above counts as in sight: past the result, the reader has seen it, and a jump over it must tell too.
  new IntersectionObserver(([{ isIntersecting }]) => {
    bar.hidden = isIntersecting;
  }, { rootMargin: "1000000px 0px 0px 0px" }).observe(hero);
  bar.addEventListener("click", () => {
    byId("result-heading").focus({ preventScroll: true });
    hero.scrollIntoView({ block: "start" });
  });
}

export function showSummary({ rateLabel, rate, paymentLabel, payment }) {
  setText(byId("summary-rate-label"), rateLabel);
  setText(byId("summary-rate"), rate);
  setText(byId("summary-payment-label"), paymentLabel);
  setText(byId("summary-payment"), payment);
}
