/** Which parts of the page are in sight: while a slider moves, the others need not be drawn. */

const seen = new Map();

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) seen.set(target, isIntersecting);
});

/** True while the element is in sight, and until that has been found out. */
export function inSight(selector) {
  const element = document.querySelector(selector);
  if (!seen.has(element)) {
    seen.set(element, true);
    observer.observe(element);
  }
  return seen.get(element);
}
