// Makes the npm package in pkg/ from pkg.json, js/ and the finished wasm.

import { buildSync, build } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { BUILD, GLUE, PKG, ROOT, WASM, crateVersion, fail, filesBelow, hashOf, say } from "./tools.mjs";
import { sizesOf, sizeLine } from "./sizes.mjs";

/** What the oldest hosts understand: iOS 11 and Chrome 58. */
const LANGUAGE = "es2017";
const DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
const js = (name) => path.join(ROOT, "js", name);
const version = crateVersion();

const documents = DOCUMENTS.filter((name) => fs.existsSync(path.join(ROOT, name)));
const POLICIES = path.join(ROOT, "policies");
const sources = [...filesBelow(js("")), ...filesBelow(POLICIES), "pkg.json", WASM, GLUE, process.argv[1], ...documents];
const stamp = path.join(BUILD, "packaged-from");
const hash = hashOf(version, ...sources.flatMap((file) => [file, fs.readFileSync(file)]));
if (fs.existsSync(path.join(PKG, "package.json")) && fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === hash) process.exit(0);

say(`Making the npm package of version ${version} in pkg/ (a second)`);
fs.rmSync(stamp, { force: true });
fs.rmSync(PKG, { recursive: true, force: true });
fs.mkdirSync(PKG);

/** The glue as a function, since it keeps the state of one engine: a new engine needs new glue. */
function glueModule() {
  const { outputFiles } = buildSync({ entryPoints: [GLUE], bundle: true, format: "iife", globalName: "glue", write: false, target: LANGUAGE });
  return `export function createGlue() {\n${outputFiles[0].text}\nreturn glue;\n}`;
}

const built = {
  glue: glueModule,
  version: () => `export const VERSION = ${JSON.stringify(version)}; export const RULES = ${JSON.stringify(rulesVersion())};`,
  wasm: () => `export const WASM_BASE64 = ${JSON.stringify(fs.readFileSync(WASM).toString("base64"))};`,
};

/** The day of the dated rules inside. */
function rulesVersion() {
  const version = /pub const VERSION: &str = "([^"]+)";/.exec(fs.readFileSync(path.join(ROOT, "src/rules/mod.rs"), "utf8"))?.[1];
  return version ?? fail("src/rules/mod.rs names no version.", "Keep VERSION there, or change scripts/package.mjs with it.");
}

const fromBuild = {
  name: "from-build",
  setup(build) {
    build.onResolve({ filter: /^built:/ }, ({ path: name }) => ({ path: name.slice("built:".length), namespace: "built" }));
    build.onLoad({ filter: /.*/, namespace: "built" }, ({ path: name }) => ({ contents: built[name](), loader: "js", resolveDir: ROOT }));
  },
};

for (const [format, file] of [["esm", "index.mjs"], ["cjs", "index.cjs"]]) {
  await build({
    entryPoints: [js("index.js")], outfile: path.join(PKG, file), bundle: true, format, target: LANGUAGE, platform: "neutral",
    inject: [js("utf8.js")], plugins: [fromBuild], legalComments: "none", minifySyntax: true, minifyWhitespace: true,
    banner: { js: `/* clearloan ${version}, MIT OR Apache-2.0 */` },
  });
}

// The custom element, beside the main entry whose engine it shares. Browsers that have <dialog> have all of ES2022's classes.
for (const [format, file, main] of [["esm", "element.mjs", "./index.mjs"], ["cjs", "element.cjs", "./index.cjs"]]) {
  const besideMain = {
    name: "beside-main",
    setup: (build) => build.onResolve({ filter: /^\.\/index\.js$/ }, () => ({ path: main, external: true })),
  };
  await build({
    entryPoints: [js("element.js")], outfile: path.join(PKG, file), bundle: true, format, target: "es2022", platform: "neutral",
    plugins: [besideMain], legalComments: "none", minify: true, charset: "utf8", banner: { js: `/* clearloan ${version}, MIT OR Apache-2.0 */` },
  });
}
for (const [file, main] of [["element.d.mts", "./index.mjs"], ["element.d.cts", "./index.cjs"]]) {
  fs.writeFileSync(path.join(PKG, file), fs.readFileSync(js("element.d.ts"), "utf8").replaceAll("./clearloan.js", main));
}

for (const file of ["index.d.mts", "index.d.cts"]) fs.copyFileSync(js("clearloan.d.ts"), path.join(PKG, file));
fs.copyFileSync(WASM, path.join(PKG, "clearloan.wasm"));
fs.mkdirSync(path.join(PKG, "policies"));
for (const name of fs.readdirSync(POLICIES)) {
  fs.copyFileSync(path.join(POLICIES, name), path.join(PKG, "policies", name));
  if (!name.endsWith(".json")) continue;
  // As a module too: a page may load no JSON where its policy forbids connections, and older browsers import none.
  const policy = JSON.parse(fs.readFileSync(path.join(POLICIES, name), "utf8"));
  fs.writeFileSync(path.join(PKG, "policies", name.replace(/json$/, "mjs")), `export default ${JSON.stringify(policy)};\n`);
}
for (const name of documents) fs.copyFileSync(path.join(ROOT, name), path.join(PKG, name));
const manifest = { ...JSON.parse(fs.readFileSync(path.join(ROOT, "pkg.json"), "utf8")), version };
fs.writeFileSync(path.join(PKG, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

checkPortable(path.join(PKG, "index.mjs"));
checkPortable(path.join(PKG, "index.cjs"));
for (const name of ["clearloan.wasm", "index.mjs"]) console.error(`  ${sizeLine(name, sizesOf(path.join(PKG, name)))}`);
fs.writeFileSync(stamp, hash);

/** What a mini-program or a strict page would choke on, sought in the very text that ships. */
function checkPortable(file) {
  const text = fs.readFileSync(file, "utf8");
  const found = ["import.meta", "fetch(", "atob(", "eval(", "new Function", "globalThis", "process.", "require("]
    .filter((word) => text.includes(word));
  if (found.length > 0) fail(`${path.relative(ROOT, file)} uses ${found.join(", ")}, which some host lacks.`, "Take it out of js/ or of the exports in src/wasm.");
}
