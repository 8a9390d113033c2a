/**
 * Offline after the first visit: every file of the page is kept, under the version of its contents, and answered from there. A new
 * version is fetched whole before the old one goes, so that files of two versions never mix. Nothing else is kept or fetched.
 *
 * SITE_FILES and SITE_VERSION are filled in when the site is made.
 */

/* global SITE_FILES, SITE_VERSION */
const CACHE = `clearloan-${SITE_VERSION}`;

self.addEventListener("install", (event) => {
  // Past the browser's own cache: a file of an older version must not slip in.
  const requests = SITE_FILES.map((name) => new Request(name, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(requests)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(
    names.filter((name) => name.startsWith("clearloan-") && name !== CACHE).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(answer(request));
});

async function answer(request) {
  const cache = await caches.open(CACHE);
  // The page itself has one address, whatever is asked for behind it.
  const kept = await cache.match(request.mode === "navigate" ? new URL("./", self.registration.scope) : request, { ignoreSearch: true });
  if (kept) return kept;
  const fetched = await fetch(request);
  // A part that only some browsers load is theirs from then on.
  if (fetched.ok) await cache.put(request, fetched.clone());
  return fetched;
}
