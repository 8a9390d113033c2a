// A small static server for the page, on this machine only; www/ at the root, the package below /clearloan/.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { PKG, ROOT } from "./tools.mjs";

const HOST = "127.0.0.1";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".json": "application/json; charset=utf-8", ".wasm": "application/wasm",
  ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".webmanifest": "application/manifest+json",
  ".ics": "text/calendar; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".map": "application/json",
};

// As strict as a page with WebAssembly can be: nothing from elsewhere, nothing inline, and no connection to anywhere,
// which is how the page keeps its word that no figure leaves the device.
const HEADERS = {
  "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    + "font-src 'self'; manifest-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache",
};

/** The file that a path of the address names, or undefined where it leads outside. */
function fileFor(address) {
  const name = decodeURIComponent(new URL(address, `http://${HOST}`).pathname);
  const [root, rest] = name.startsWith("/clearloan/") ? [PKG, name.slice("/clearloan/".length)] : [path.join(ROOT, "www"), name.slice(1)];
  const file = path.join(root, rest.endsWith("/") || rest === "" ? `${rest}index.html` : rest);
  return file.startsWith(root + path.sep) ? file : undefined;
}

function answer(request, response) {
  let file;
  try {
    file = fileFor(request.url);
    if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "Only GET and HEAD.");
    if (file === undefined || !fs.statSync(file).isFile()) return end(response, 404, "There is no such file.");
  } catch {
    return end(response, 404, "There is no such file.");
  }
  response.writeHead(200, { ...HEADERS, "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream" });
  if (request.method === "HEAD") response.end();
  else fs.createReadStream(file).on("error", () => response.destroy()).pipe(response);
}

function end(response, status, words) {
  response.writeHead(status, { ...HEADERS, "Content-Type": TYPES[".txt"] }).end(`${words}\n`);
}

/** Starts serving; port 0 takes any free one. Resolves to the address and the server, rejects as `listen` does. */
export function serve(port) {
  const server = http.createServer(answer);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, HOST, () => resolve({ server, address: `http://${HOST}:${server.address().port}/` }));
  });
}
