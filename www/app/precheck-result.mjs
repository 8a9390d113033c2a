/** What the pre-check answered, as elements: the outcome, that it is no decision, reasons, what would help, affordability, the trace. */

import { grouped } from "../../js/ui/make.js";
import { compare, movePoint, round } from "./decimal-text.mjs";
import { make } from "./dom.mjs";
import { group, money, percent } from "./format.mjs";
import { labelOf } from "./policies.mjs";
import { neededWords, valueWords } from "./precheck-reasons.mjs";
import { word } from "./words.mjs";

/** Signs besides colour: what an outcome means can be seen without either. */
const SIGNS = { eligible: "✓", refer: "?", ineligible: "✕", incomplete: "…", notAssessed: "=" };

/** `apply(changes)` puts a suggestion into the loan's form, `fill(name)` leads to a question. */
export function resultOf({ check, policy, locale, apply, fill }) {
  const say = (code, values) => word(locale, code, values);
  const part = (heading, ...children) => make("div", { class: "result-part" }, make("h4", {}, heading), ...children);
  const { outcome, reasons, suggestions, affordability } = check;

  return [
    make("h3", { class: `outcome outcome-${outcome}`, id: "precheck-outcome" },
      make("span", { class: "outcome-sign", "aria-hidden": "true" }, SIGNS[outcome]), say(`precheck.outcome.${outcome}`)),
    check.notice && make("p", { class: "notice" }, check.notice),
    // What could be lent is no news to somebody who is told that the conditions are not met.
    check.limit && ["eligible", "refer"].includes(outcome) && figures([["precheck.limit", money(check.limit)], ["precheck.annual", percent(check.annual ?? "0")]].slice(0, check.annual ? 2 : 1), say),
    reasons.length > 0 && outcome !== "incomplete" && part(say("precheck.reasons"), make("ul", { class: "reasons" }, reasons.map(reasonItem))),
    outcome === "incomplete" && terms(reasons),
    suggestions.length > 0 && part(say("precheck.suggestions"), make("ul", { class: "suggestions" }, suggestions.map(suggestionItem))),
    affordability && part(say("precheck.affordability"), ...affordabilityParts(affordability)),
    check.lender?.url && lenderLink(check.lender),
    details(),
  ].filter(Boolean);

  function reasonItem({ message, field, seen, needed }) {
    if (needed === undefined) return make("li", {}, message);
    return make("li", {}, make("span", {}, message), make("dl", { class: "compared" },
      pair(say("precheck.seen"), `${labelOf(policy, field, locale)} ${valueWords(policy, field, seen, locale)}`),
      pair(say("precheck.needed"), neededWords(policy, field, needed, locale))));
  }

  function terms(all) {
    return all.some(({ code }) => code === "terms_missing") ? make("p", { class: "note is-error" }, say("precheck.terms_missing")) : undefined;
  }

  function suggestionItem({ message, change }) {
    const act = make("button", { type: "button", class: "small-button" });
    if (change.principal !== undefined) {
      act.textContent = say("precheck.smaller_short", { amount: money(change.principal) });
      act.addEventListener("click", () => apply({ principal: group(change.principal) }));
    } else if (change.instalmentCount !== undefined) {
      act.textContent = say("precheck.longer_short", { count: change.instalmentCount });
      act.addEventListener("click", () => apply({ instalmentCount: String(change.instalmentCount) }));
    } else {
      act.textContent = say("precheck.fill");
      act.setAttribute("aria-label", `${act.textContent}: ${labelOf(policy, change.fact, locale)}`);
      act.addEventListener("click", () => fill(change.fact));
    }
    return make("li", {}, make("span", {}, grouped(message)), act);
  }

  function affordabilityParts({ payment, disposableIncome, debtToIncome, principalMaximum }) {
    const share = percent(policy.affordability.shareMax, 0);
    const fits = compare(payment, disposableIncome) <= 0;
    // On a third party's page the figures stand alone: whether they will do is not for it to say.
    const verdict = make("p", { class: fits ? "fits" : "fits-not" }, say(fits ? "precheck.fits" : "precheck.does_not_fit"));
    return [
      ...(outcome === "notAssessed" ? [] : [verdict]),
      figures([
        ["precheck.payment", money(payment)],
        ["precheck.disposable", money(disposableIncome), say("precheck.disposable_detail", { share })],
        debtToIncome && ["precheck.debtToIncome", `${group(round(movePoint(debtToIncome, 2), 1))}%`],
        principalMaximum && ["precheck.principalMaximum", money(principalMaximum), say("precheck.maximum_detail")],
      ].filter(Boolean), say),
    ];
  }

  function lenderLink({ name, url }) {
    // Policies are data of others: only an address of the web becomes a link, and it opens without handing anything on.
    if (!/^https:\/\//i.test(url)) return undefined;
    return make("p", {}, make("a", { href: url, rel: "noopener noreferrer nofollow", target: "_blank" }, say("precheck.lender_link", { lender: name })));
  }

  function details() {
    if (check.factsUsed.length === 0) return undefined;
    const used = check.factsUsed.map(({ name, purpose, sensitive }) =>
      make("li", {}, `${labelOf(policy, name, locale)} · ${purpose}`, sensitive ? make("span", { class: "tag tag-sensitive" }, say("questions.sensitive")) : undefined));
    const steps = check.trace.map(({ decision, value, rule, rules }) =>
      make("li", {}, make("code", {}, `${decision} = ${value}`),
        rule || rules ? ` · ${say("precheck.trace_rule", { rules: (rules ?? [rule]).join(", ") })}` : undefined));
    return make("div", { class: "result-more" },
      plainFold(say("precheck.used"), make("ul", { class: "used" }, used)),
      steps.length > 0 ? plainFold(say("precheck.trace"), make("ol", { class: "trace" }, steps)) : undefined);
  }
}

const pair = (term, value) => make("div", {}, make("dt", {}, term), make("dd", {}, value));

function figures(rows, say) {
  return make("dl", { class: "figures panel-figures" }, rows.map(([code, value, detail]) =>
    make("div", {}, make("dt", {}, say(code)), make("dd", {}, make("data", {}, value)), detail ? make("dd", { class: "detail" }, detail) : undefined)));
}

const plainFold = (heading, ...children) => make("details", { class: "fold fold-small" }, make("summary", {}, heading), ...children);

