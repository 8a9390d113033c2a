// The page as it is served: www/ with its modules bundled and minified, one style sheet for each half of the page, and the engine as a
// file of its own, so that a first visit loads little; www/app/main.mjs says what is loaded when. `node scripts/site.mjs` writes it to build/site/, ready to be put on any static host; the server on
// this machine keeps it in memory.

import { build, transformSync } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { entry, fromBuild } from "./entries.mjs";
import { BUILD, PKG, ROOT, WHOLE, filesBelow, hashOf, say } from "./tools.mjs";

const WWW = path.join(ROOT, "www");
/** Modules for browsers of 2023 and later; older ones take the package in a page of their own. */
const LANGUAGE = "es2022";
/** Not part of the page: its pictures for the README, and the demo mini-program. */
const LEFT_OUT = /^(screenshot.*\.png|miniprogram\/|app\/|styles\/|index\.html|sw\.mjs)/;

/**
 * The package's slim entry, to which the page brings the wasm as a file, without what only older hosts need; and its JavaScript engine, a
 * chunk loaded only where needed.
 */
const fromPackage = {
  name: "from-package",
  setup(builder) {
    builder.onResolve({ filter: /\/clearloan\/slim\.mjs$/ }, () => ({ path: "slim.mjs", namespace: "slim" }));
    builder.onLoad({ filter: /.*/, namespace: "slim" }, () => ({ contents: entry("slim.js", WHOLE), loader: "js", resolveDir: ROOT }));
    builder.onResolve({ filter: /\/clearloan\/asm\.mjs$/ }, ({ path: name }) => ({ path: path.join(PKG, path.basename(name)) }));
    builder.onResolve({ filter: /\/clearloan\/policies\// }, ({ path: name }) => ({ path: path.join(PKG, "policies", path.basename(name)) }));
  },
};

/** Every file of the site by its path. */
export async function siteFiles() {
  const files = new Map();
  const html = fs.readFileSync(path.join(WWW, "index.html"), "utf8");

  const { outputFiles, metafile } = await build({
    absWorkingDir: WWW, entryPoints: ["app/main.mjs"], outdir: "/site/app", outbase: "app", outExtension: { ".js": ".mjs" },
    chunkNames: "[name]-[hash]", bundle: true, splitting: true, format: "esm", target: LANGUAGE, minify: true, charset: "utf8",
    legalComments: "none", write: false, metafile: true, plugins: [fromPackage, fromBuild(WHOLE, LANGUAGE)],
  });
  for (const { path: name, contents } of outputFiles) files.set(path.posix.relative("/site", name), Buffer.from(contents));

  files.set("styles/page.css", joinedSheets(html, "stylesheet"));
  files.set("styles/later.css", joinedSheets(html, "later"));
  files.set("index.html", Buffer.from(servedHtml(html, neededAtOnce(metafile))));

  for (const file of filesBelow(WWW)) {
    const name = path.relative(WWW, file).split(path.sep).join("/");
    if (!LEFT_OUT.test(name)) files.set(name, fs.readFileSync(file));
  }
  files.set("clearloan/clearloan.wasm", fs.readFileSync(path.join(PKG, "clearloan.wasm")));
  files.set("sw.mjs", serviceWorker(files));
  return new Map([...files].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** One sheet of all that the page links by that relation, in its order. */
function joinedSheets(html, relation) {
  const names = [...html.matchAll(new RegExp(`<link rel="${relation}" href="([^"]+)">`, "g"))].map(([, name]) => name);
  const styles = names.map((name) => fs.readFileSync(path.join(WWW, name), "utf8")).join("\n");
  return Buffer.from(transformSync(styles, { loader: "css", minify: true, charset: "utf8", target: ["chrome100", "safari15.4", "firefox115"] }).code);
}

/** What the page's first module imports, and the package: every first visit needs them, so none waits for another to ask for it. */
function neededAtOnce({ outputs }) {
  // Behind a colon in what is made here.
  const named = (file) => Object.entries(outputs).find(([, { entryPoint }]) => entryPoint && path.basename(entryPoint.replace(":", "/")) === file)[0];
  const imported = (name) => outputs[name].imports.filter(({ kind }) => kind === "import-statement").map(({ path: other }) => other);
  const [main, slim] = [named("main.mjs"), named("slim.mjs")];
  return [...new Set([...imported(main), slim, ...imported(slim)])].map((name) => name.slice(name.indexOf("app/")));
}

/**
 * The page with its one sheet and what is needed at once. The form and all below it go without their Chinese, which words/zh-CN.mjs
 * brings and English readers would load for nothing: nothing is painted before the words are there. Title and introduction keep theirs.
 */
function servedHtml(html, modules) {
  const links = ["styles/page.css", ...modules].map((name) => `<link rel="${name.endsWith(".css") ? "stylesheet" : "modulepreload"}" href="${name}">`);
  const joined = html.replace(/<!--[^]*?-->\s*/g, "").replace(/<link rel="later"[^>]*>\s*/g, "")
    .replace(/(<link rel="stylesheet"[^>]*>\s*)+/, `${links.join("\n")}\n`);
  const form = joined.indexOf("<form");
  const wordless = joined.slice(form).replace(/(<[^>]+ data-word="[^"]+"[^>]*>)[^<]+/g, "$1");
  return (joined.slice(0, form) + wordless).replace(/\s*\n\s*/g, "\n");
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
