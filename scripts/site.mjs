// The page as it is served: www/ with its modules bundled and minified, one style sheet, and the engine as a file of its own, so that
// a first visit loads little. `node scripts/site.mjs` writes it to build/site/, ready to be put on any static host; the server on
// this machine keeps it in memory.

import { build, transformSync } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { BUILD, PKG, ROOT, filesBelow, hashOf, say } from "./tools.mjs";

const WWW = path.join(ROOT, "www");
/** Modules for browsers of 2023 and later; older ones take the package in a page of their own. */
const LANGUAGE = "es2022";
/** Not part of the page: its pictures for the README, and the demo mini-program. */
const LEFT_OUT = /^(screenshot.*\.png|miniprogram\/|app\/|styles\/|index\.html|sw\.mjs)/;

/** The package's slim entry, to which the page brings the wasm as a file, and its JavaScript engine, a chunk loaded only where needed. */
const fromPackage = {
  name: "from-package",
  setup(builder) {
    builder.onResolve({ filter: /\/clearloan\/(slim|asm)\.mjs$/ }, ({ path: name }) => ({ path: path.join(PKG, path.basename(name)) }));
    builder.onResolve({ filter: /\/clearloan\/policies\// }, ({ path: name }) => ({ path: path.join(PKG, "policies", path.basename(name)) }));
  },
};

/** Every file of the site by its path. */
export async function siteFiles() {
  const files = new Map();
  const html = fs.readFileSync(path.join(WWW, "index.html"), "utf8");

  const { outputFiles } = await build({
    absWorkingDir: WWW, entryPoints: ["app/main.mjs"], outdir: "/site/app", outbase: "app", outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]", bundle: true, splitting: true, format: "esm", target: LANGUAGE, minify: true, charset: "utf8",
    legalComments: "none", write: false, plugins: [fromPackage],
  });
  for (const { path: name, contents } of outputFiles) files.set(path.posix.relative("/site", name), Buffer.from(contents));

  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)">\s*/g)];
  const styles = sheets.map(([, href]) => fs.readFileSync(path.join(WWW, href), "utf8")).join("\n");
  files.set("styles/page.css", Buffer.from(transformSync(styles, { loader: "css", minify: true, charset: "utf8", target: ["chrome100", "safari15.4", "firefox115"] }).code));
  files.set("index.html", Buffer.from(withOneSheet(html, sheets.map(([link]) => link))));

  for (const file of filesBelow(WWW)) {
    const name = path.relative(WWW, file).split(path.sep).join("/");
    if (!LEFT_OUT.test(name)) files.set(name, fs.readFileSync(file));
  }
  files.set("clearloan/clearloan.wasm", fs.readFileSync(path.join(PKG, "clearloan.wasm")));
  files.set("sw.mjs", serviceWorker(files));
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function withOneSheet(html, links) {
  const [first, ...others] = links;
  const shortened = others.reduce((text, link) => text.replace(link, ""), html);
  return shortened.replace(first.trimEnd(), '<link rel="stylesheet" href="styles/page.css">').replace(/<!--[^]*?-->\s*/g, "");
}

/** Few browsers need it: kept for offline use by those that have loaded it, not by all. */
const PLAIN_ENGINE = /^app\/asm/;

/** The service worker knows every file and a version that changes with any of them. */
function serviceWorker(files) {
  const names = [...files.keys()].filter((name) => name !== "index.html" && !PLAIN_ENGINE.test(name)).sort();
  const version = hashOf(...[...files].sort().flat()).slice(0, 16);
  const source = fs.readFileSync(path.join(WWW, "sw.mjs"), "utf8");
  return Buffer.from(transformSync(source, {
    minify: true, charset: "utf8", target: LANGUAGE, define: { SITE_FILES: JSON.stringify(["./", ...names]), SITE_VERSION: JSON.stringify(version) },
  }).code);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.join(BUILD, "site");
  fs.rmSync(folder, { recursive: true, force: true });
  for (const [name, contents] of await siteFiles()) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, contents);
  }
  say(`The page is in ${path.relative(ROOT, folder)}/`);
}
