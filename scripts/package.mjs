// Makes the npm package in pkg/ from pkg.json, js/ and the finished wasm.

import { buildSync, build } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { createPackage } from "../js/package.js";
import { LANGUAGE, makeAsm } from "./asm.mjs";
import { ASM, BUILD, GLUE, PKG, ROOT, WASM, crateVersion, fail, filesBelow, hashOf, say } from "./tools.mjs";
import { packageSizes, sizeLine } from "./sizes.mjs";

const DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
const js = (name) => path.join(ROOT, "js", name);
const version = crateVersion();

const documents = DOCUMENTS.filter((name) => fs.existsSync(path.join(ROOT, name)));
const POLICIES = path.join(ROOT, "policies");
const sources = [...filesBelow(js("")), ...filesBelow(POLICIES), "pkg.json", WASM, GLUE, process.argv[1], path.join(ROOT, "scripts", "asm.mjs"), ...documents];
const stamp = path.join(BUILD, "packaged-from");
const hash = hashOf(version, ...sources.flatMap((file) => [file, fs.readFileSync(file)]));
if (fs.existsSync(path.join(PKG, "package.json")) && fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === hash) process.exit(0);

say(`Making the npm package of version ${version} in pkg/ (a second)`);
fs.rmSync(stamp, { force: true });
fs.rmSync(PKG, { recursive: true, force: true });
fs.mkdirSync(PKG);

/** The glue as a function, since it keeps the state of one engine: a new engine needs new glue. */
function glueModule() {
  const { outputFiles } = buildSync({ entryPoints: [GLUE], bundle: true, format: "iife", globalName: "glue", write: false, target: LANGUAGE, inject: [js("views.js")] });
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

/** How each entry reaches the JavaScript engine: a file beside it. */
const asmBeside = (name) => ({
  name: "asm-beside",
  setup: (building) => building.onResolve({ filter: /^built:asm$/ }, () => ({ path: name, external: true })),
});

/** What every entry exports, each name written down, so that bundlers and TypeScript see it. */
const { LoanError, ...rest } = createPackage({ createGlue: () => fail("The glue is not here.", "Call nothing at build time."), version, rules: "" });
const NAMES = ["LoanError", ...Object.keys(rest)];
const entry = (name) => `import { clearloan } from ${JSON.stringify(js(name))};\nexport const { ${NAMES.join(", ")} } = clearloan;\n`;
const banner = { js: `/* clearloan ${version}, MIT OR Apache-2.0 */` };

async function makeEntry({ source, file, format, asm }) {
  await build({
    stdin: { contents: entry(source), resolveDir: ROOT }, outfile: path.join(PKG, file), bundle: true, format, target: LANGUAGE, platform: "neutral",
    inject: [js("utf8.js")], plugins: [...(asm ? [asmBeside(asm)] : []), fromBuild], legalComments: "none", minifySyntax: true, minifyWhitespace: true,
    globalName: format === "iife" ? "clearloan" : undefined, banner,
    // Node finds the names of a CommonJS module by reading this, for an import of it.
    footer: format === "cjs" ? { js: `0&&(module.exports={${NAMES.join()}});` } : {},
  });
}

const MINIPROGRAM = "miniprogram_dist";
fs.mkdirSync(path.join(PKG, MINIPROGRAM));
await makeAsm();
const asm = banner.js + fs.readFileSync(ASM, "utf8");
const asModule = { "clearloan.asm.js": asm, "asm-engine.mjs": `${asm}export const start = clearloanAsm.start;\n`,
  "asm-engine.cjs": `${asm}exports.start = clearloanAsm.start;\n`, [`${MINIPROGRAM}/asm.js`]: `${asm}exports.start = clearloanAsm.start;\n` };
for (const [file, text] of Object.entries(asModule)) fs.writeFileSync(path.join(PKG, file), text);
for (const [name, source] of [["index", "main.js"], ["slim", "slim.js"], ["asm", "asm.js"]]) {
  await makeEntry({ source, file: `${name}.mjs`, format: "esm", asm: "./asm-engine.mjs" });
  await makeEntry({ source, file: `${name}.cjs`, format: "cjs", asm: "./asm-engine.cjs" });
}
await makeEntry({ source: "script.js", file: "clearloan.js", format: "iife" });
await makeEntry({ source: "miniprogram.js", file: `${MINIPROGRAM}/index.js`, format: "cjs", asm: "./asm.js" });

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

const types = ["index.d.mts", "index.d.cts", `${MINIPROGRAM}/index.d.ts`];
for (const file of types) fs.copyFileSync(js("clearloan.d.ts"), path.join(PKG, file));
for (const name of ["slim", "asm"]) {
  for (const kind of ["mts", "cts"]) fs.writeFileSync(path.join(PKG, `${name}.d.${kind}`), `export * from "./index.${kind.replace("ts", "js")}";\n`);
}
// Tools that know no exports map look for a file of the entry's name.
for (const [name, target] of [["slim", "./slim.cjs"], ["asm", "./asm.cjs"], ["element", "./element.cjs"], ["miniprogram", `./${MINIPROGRAM}/index.js`]]) {
  fs.writeFileSync(path.join(PKG, `${name}.js`), `module.exports = require("${target}");\n`);
  fs.writeFileSync(path.join(PKG, `${name}.d.ts`), `export * from "${target}";\n`);
}
fs.copyFileSync(WASM, path.join(PKG, "clearloan.wasm"));
fs.copyFileSync(WASM, path.join(PKG, MINIPROGRAM, "clearloan.wasm"));
fs.mkdirSync(path.join(PKG, "policies"));
fs.mkdirSync(path.join(PKG, MINIPROGRAM, "policies"));
for (const name of fs.readdirSync(POLICIES)) {
  fs.copyFileSync(path.join(POLICIES, name), path.join(PKG, "policies", name));
  if (!name.endsWith(".json")) continue;
  // As a module too: a page may load no JSON where its policy forbids connections, and older browsers import none.
  const policy = JSON.parse(fs.readFileSync(path.join(POLICIES, name), "utf8"));
  fs.writeFileSync(path.join(PKG, "policies", name.replace(/json$/, "mjs")), `export default ${JSON.stringify(policy)};\n`);
  // And for mini-programs, which know CommonJS alone.
  if (policy.decisions) fs.writeFileSync(path.join(PKG, MINIPROGRAM, "policies", name.replace(/json$/, "js")), `module.exports = ${JSON.stringify(policy)};\n`);
}
for (const name of documents) fs.copyFileSync(path.join(ROOT, name), path.join(PKG, name));
const manifest = { ...JSON.parse(fs.readFileSync(path.join(ROOT, "pkg.json"), "utf8")), version };
fs.writeFileSync(path.join(PKG, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);

for (const file of ["index.mjs", "index.cjs", "asm.mjs", "asm.cjs", "clearloan.js", "asm-engine.mjs", "asm-engine.cjs", "clearloan.asm.js"]) checkPortable(file, []);
for (const file of ["slim.mjs", "slim.cjs"]) checkPortable(file, ["fetch("]);
for (const file of ["index.js", "asm.js"]) checkPortable(`${MINIPROGRAM}/${file}`, [], ["import(", "BigInt", "Intl.", "window", "document", "TextDecoder("]);
for (const [name, sizes] of packageSizes()) console.error(`  ${sizeLine(name, sizes)}`);
fs.writeFileSync(stamp, hash);

/** What a mini-program or a strict page would choke on, sought in the very text that ships. */
function checkPortable(name, allowed, more = []) {
  const text = fs.readFileSync(path.join(PKG, name), "utf8").replace(/require\("\.\/asm(-engine)?\.c?js"\)/g, "");
  const found = ["import.meta", "fetch(", "atob(", "eval(", "new Function", "globalThis", "process.", "require(", ...more]
    .filter((word) => !allowed.includes(word) && text.includes(word));
  if (found.length > 0) fail(`${name} uses ${found.join(", ")}, which some host lacks.`, "Take it out of js/ or of the exports in src/wasm.");
}
