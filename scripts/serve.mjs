// A small static server for the page, on this machine only: the site at the root, the package below /clearloan/, the examples
// below /examples/.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { siteFiles } from "./site.mjs";
import { PKG, ROOT } from "./tools.mjs";

const HOST = "127.0.0.1";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".json": "application/json; charset=utf-8", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".webmanifest": "application/manifest+json",
  ".ics": "text/calendar; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".map": "application/json",
};

/** Files that are served from their folders as they are. */
const FOLDERS = { clearloan: PKG, examples: path.join(ROOT, "examples") };

// As strict as a page with WebAssembly can be: nothing from elsewhere, nothing inline, and one address to fetch from, the engine's,
// which is how the page keeps its word that no figure leaves the device. The service worker, which keeps the page's files for
// offline use and sees nothing else, has a policy of its own.
const policy = (fetches) => "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
  + `font-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src ${fetches}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
const HEADERS = { "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache" };

/** The examples of React and Vue take these from a CDN, and say where in a script of their own page. */
const EXAMPLE_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline' https://esm.sh https://unpkg.com; img-src 'self' data:";

/** @param {string} [csp] another policy in place of the page's own, for tests of how the page fares under it */
export function headersFor(name, host, csp) {
  const fetches = name === "sw.mjs" ? "'self'" : `http://${host}/clearloan/clearloan.wasm`;
  const own = /^examples\/element-(react|vue)\.html$/.test(name) ? EXAMPLE_POLICY : policy(fetches);
  return { ...HEADERS, "Content-Security-Policy": csp ?? own, "Content-Type": TYPES[path.extname(name)] ?? "application/octet-stream" };
}

/** The name that a path of the address gives, and the contents under that name; undefined where there are none. */
function find(address, site) {
  const given = decodeURIComponent(new URL(address, `http://${HOST}`).pathname).slice(1);
  const name = given.endsWith("/") || given === "" ? `${given}index.html` : given;
  if (site.has(name)) return { name, contents: site.get(name) };
  const [folder, ...rest] = name.split("/");
  const root = Object.hasOwn(FOLDERS, folder) ? FOLDERS[folder] : undefined;
  const file = root && path.join(root, ...rest);
  return file?.startsWith(root + path.sep) && fs.statSync(file).isFile() ? { name, contents: fs.readFileSync(file) } : undefined;
}

function answer(request, response, site, csp) {
  let found;
  try {
    found = find(request.url, site);
  } catch {
    // A path that cannot be decoded, or no such file.
  }
  const host = request.headers.host ?? HOST;
  if (request.method !== "GET" && request.method !== "HEAD") return end(response, host, 405, "Only GET and HEAD.");
  if (found === undefined) return end(response, host, 404, "There is no such file.");
  response.writeHead(200, headersFor(found.name, host, csp)).end(request.method === "HEAD" ? undefined : found.contents);
}

function end(response, host, status, words) {
  response.writeHead(status, headersFor("words.txt", host)).end(`${words}\n`);
}

/** Starts serving; port 0 takes any free one. Resolves to the address and the server, rejects as `listen` does. */
export async function serve(port, { csp } = {}) {
  const site = await siteFiles();
  const server = http.createServer((request, response) => answer(request, response, site, csp));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve({ server, address: `http://${HOST}:${server.address().port}/` }));
  });
}
