// The element's styles. Every colour is a custom property with a default for light and for dark; every piece has a part.

export const STYLES = `
:host {
  --_accent: var(--clearloan-accent, #0d5c4c);
  --_on-accent: var(--clearloan-on-accent, #fff);
  --_surface: var(--clearloan-surface, #fff);
  --_ink: var(--clearloan-ink, #14201c);
  --_quiet: var(--clearloan-quiet, #53625c);
  --_line: var(--clearloan-line, #d5dcd8);
  --_danger: var(--clearloan-danger, #a82a1f);
  --_soft: var(--clearloan-soft, #e4f0ec);
  --_radius: var(--clearloan-radius, 12px);
  display: block;
  max-width: 44rem;
  color-scheme: light dark;
  color: var(--_ink);
  font-family: var(--clearloan-font, system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", sans-serif);
  font-size: 1rem;
  line-height: 1.5;
}
@media (prefers-color-scheme: dark) {
  :host {
    --_accent: var(--clearloan-accent, #74d2b8);
    --_on-accent: var(--clearloan-on-accent, #06201a);
    --_surface: var(--clearloan-surface, #151e1b);
    --_ink: var(--clearloan-ink, #e9f0ed);
    --_quiet: var(--clearloan-quiet, #a4b3ad);
    --_line: var(--clearloan-line, #35423d);
    --_danger: var(--clearloan-danger, #ff9d90);
    --_soft: var(--clearloan-soft, #1c322b);
  }
}
:host([hidden]) { display: none; }
*, *::before, *::after { box-sizing: border-box; }
h2, h3, p, dl, dd, ul { margin: 0; padding: 0; }
ul { list-style: none; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--_accent); outline-offset: 2px; }
.card { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; padding: 1.25rem; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_surface); }
.card-form { display: grid; gap: .75rem; }
.field { display: grid; gap: .25rem; }
label { font-size: .875rem; font-weight: 600; }
.field input:not([type=range]), select { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--_quiet); border-radius: var(--_radius); background: var(--_surface); color: inherit; font: inherit; font-size: 1.125rem; }
input[aria-invalid] { border-color: var(--_danger) !important; }
input[type=range] { width: 100%; min-height: 2rem; margin: 0; accent-color: var(--_accent); }
.note { min-height: 1.5em; color: var(--_quiet); font-size: .8125rem; }
.note.is-error { color: var(--_danger); font-weight: 600; }
.note.is-error::before { content: "! "; }
.headline-label { font-weight: 600; }
.headline { font-size: clamp(2.75rem, 12vw, 4rem); line-height: 1.1; font-weight: 650; letter-spacing: -.03em; }
.is-outdated :is(.headline, .figures) { color: var(--_quiet); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem 1rem; font-variant-numeric: tabular-nums; }
.figures dt { color: var(--_quiet); font-size: .875rem; font-weight: 600; }
.figures dd { font-size: 1.25rem; font-weight: 650; overflow-wrap: anywhere; }
.actions, .cost-actions { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
button { min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid transparent; border-radius: var(--_radius); background: none; color: var(--_accent); font: inherit; font-weight: 600; cursor: pointer; }
.primary-button { background: var(--_accent); color: var(--_on-accent); }
.primary-button:disabled { border-color: var(--_line); background: var(--_surface); color: var(--_quiet); cursor: not-allowed; }
summary { min-height: 2.75rem; padding-block: .5rem; font-weight: 600; cursor: pointer; }
.facts { display: grid; gap: .75rem; }
.answer { display: grid; gap: .5rem; padding: .75rem; border-radius: var(--_radius); background: var(--_soft); }
.answer:empty { display: none; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.cost-statement { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; font-size: .875rem; }
.cost-table { width: 100%; border-collapse: collapse; }
.cost-table caption { padding-block-end: .25rem; font-weight: 650; text-align: start; }
.cost-table :is(th, td) { padding: .5rem .5rem .5rem 0; border-block-end: 1px solid var(--_line); font-weight: inherit; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
.cost-table thead th, .cap-basis, .cost-basis, .cost-none, .cost-method, .cost-clock { color: var(--_quiet); }
.cost-table thead th { overflow-wrap: normal; }
.cost-table tbody th { min-width: 4.5em; }
.cost-table td:not(:last-child) { min-width: 5.25em; overflow-wrap: normal; }
.cost-table td:last-child { min-width: 4em; }
.cost-figures th { width: 50%; }
.cost-date { white-space: nowrap; }
.cost-method { margin-block-end: 1rem; }
@media (max-width: 40rem) { .cost-table { font-size: .8125rem; } }
.unnamed, .is-beyond .cap-measure { color: var(--_danger); font-style: normal; font-weight: 600; }
.cost-sentence { padding: .75rem; background: var(--_soft); }
.cap-measure { display: block; font-weight: 600; }
.is-within .cap-measure::before { content: "✓ "; }
.is-beyond .cap-measure::before { content: "! "; }
.cost-dialog { flex-direction: column; width: min(44rem, calc(100vw - 1.5rem)); max-width: none; max-height: min(52rem, calc(100vh - 1.5rem)); padding: 0; border: 1px solid var(--_line); border-radius: var(--_radius); background: var(--_surface); color: var(--_ink); }
.cost-dialog[open] { display: flex; }
.cost-dialog::backdrop { background: rgb(8 20 16 / 55%); }
.cost-head, .cost-foot { flex: none; padding: .75rem 1rem; }
.cost-head { display: flex; align-items: center; justify-content: space-between; gap: .75rem; border-block-end: 1px solid var(--_line); font-size: 1.125rem; }
.cost-head h2 { font-size: inherit; }
.cost-foot { display: grid; gap: .5rem; border-block-start: 1px solid var(--_line); }
.cost-scroller { flex: 1 1 auto; min-height: 8rem; padding: 1rem; overflow-y: auto; }
.cost-scroller:focus-visible { outline-offset: -3px; }
.cost-headline-label { font-weight: 600; }
.cost-headline { font-size: 3rem; line-height: 1.15; font-weight: 650; letter-spacing: -.03em; }
.cost-agree { display: flex; gap: .75rem; align-items: start; padding-block: .5rem; font-size: 1rem; font-weight: 400; }
.cost-agree input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--_accent); }
.cost-actions { justify-content: end; }
`;
