// Makes the npm package in pkg/ from pkg.json, js/ and the finished wasm.

import { build } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { LANGUAGE, makeAsm } from "./asm.mjs";
import { MINIPROGRAM_QUOTE, SCRIPTS, entry, fromBuild, js, namesOf } from "./entries.mjs";
import { BUILD, BUILDS, PKG, QUOTE, ROOT, WHOLE, crateVersion, fail, filesBelow, hashOf, say } from "./tools.mjs";
import { packageSizes, sizeLine } from "./sizes.mjs";

/** What the hosts' 构建 npm takes. */
const MINIPROGRAM = "miniprogram_dist";
const DOCUMENTS = ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"];
const version = crateVersion();
const documents = DOCUMENTS.filter((name) => fs.existsSync(path.join(ROOT, name)));
const POLICIES = path.join(ROOT, "policies");
const sources = [...filesBelow(js("")), ...filesBelow(POLICIES), "pkg.json", ...BUILDS.flatMap(({ wasm, glue }) => [wasm, glue]), process.argv[1], ...["asm.mjs", "entries.mjs"].map((name) => path.join(ROOT, "scripts", name)), ...documents];
const stamp = path.join(BUILD, "packaged-from");
const hash = hashOf(version, ...sources.flatMap((file) => [file, fs.readFileSync(file)]));
if (fs.existsSync(path.join(PKG, "package.json")) && fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === hash) process.exit(0);

say(`Making the npm package of version ${version} in pkg/ (a second)`);
fs.rmSync(stamp, { force: true });
fs.rmSync(PKG, { recursive: true, force: true });
fs.mkdirSync(PKG);

/** How each entry reaches the JavaScript engine: a file beside it. */
const asmBeside = (name) => ({
  name: "asm-beside",
  setup: (building) => building.onResolve({ filter: /^built:asm$/ }, () => ({ path: name, external: true })),
});

const banner = { js: `/* clearloan ${version}, MIT OR Apache-2.0 */` };

async function makeEntry({ source, file, format, asm, build: engine = WHOLE }) {
  await build({
    stdin: { contents: entry(source, engine), resolveDir: ROOT }, outfile: path.join(PKG, file), bundle: true, format, target: LANGUAGE, platform: "neutral",
    inject: [js("utf8.js")], plugins: [...(asm ? [asmBeside(asm)] : []), fromBuild(engine, LANGUAGE)], legalComments: "none", minifySyntax: true, minifyWhitespace: true,
    globalName: format === "iife" ? "clearloan" : undefined, banner,
    // Node finds the names of a CommonJS module by reading this, for an import of it.
    footer: format === "cjs" ? { js: `0&&(module.exports={${namesOf(engine).join()}});` } : {},
  });
}

const engines = new Map();
for (const build of BUILDS) {
  await makeAsm(build);
  engines.set(build, banner.js + fs.readFileSync(build.asm, "utf8"));
}
const START = { mjs: "export const start = clearloanAsm.start;\n", cjs: "exports.start = clearloanAsm.start;\n" };
for (const [build, folder] of [[WHOLE, MINIPROGRAM], [QUOTE, MINIPROGRAM_QUOTE]]) {
  fs.mkdirSync(path.join(PKG, folder));
  write(`${folder}/asm.js`, engines.get(build) + START.cjs);
  fs.copyFileSync(build.wasm, path.join(PKG, folder, `${build.name}.wasm`));
  await makeEntry({ source: "miniprogram.js", file: `${folder}/index.js`, format: "cjs", asm: "./asm.js", build });
}
/** Each way of loading, with the file's name in the whole build and in the small one. */
const WAYS = [["main.js", "index", "quote"], ["slim.js", "slim", "quote-slim"], ["asm.js", "asm", "quote-asm"]];
for (const [build, text] of engines) {
  const engine = build === WHOLE ? "asm-engine" : `${build.name}-asm-engine`;
  for (const [extension, format] of [["mjs", "esm"], ["cjs", "cjs"]]) {
    write(`${engine}.${extension}`, text + START[extension]);
    for (const [source, whole, small] of WAYS) {
      await makeEntry({ source, file: `${build === WHOLE ? whole : small}.${extension}`, format, asm: `./${engine}.${extension}`, build });
    }
  }
}
for (const [build, name] of SCRIPTS) {
  write(`${name}.asm.js`, engines.get(build));
  await makeEntry({ source: "script.js", file: `${name}.js`, format: "iife", build });
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

const types = ["index.d.mts", "index.d.cts", `${MINIPROGRAM}/index.d.ts`, `${MINIPROGRAM_QUOTE}/types.d.ts`];
for (const file of types) fs.copyFileSync(js("clearloan.d.ts"), path.join(PKG, file));
/** The types by name, since a star would bring the names of the other calls along. */
const DECLARED = [...fs.readFileSync(js("clearloan.d.ts"), "utf8").matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
/** The calls and the types of the small build, out of the declarations of the whole one. */
const smallTypes = (whole) => `export { ${namesOf(QUOTE).join(", ")} } from "${whole}";\nexport type {\n${DECLARED.map((name) => `  ${name},\n`).join("")}} from "${whole}";\n`;
for (const kind of ["mts", "cts"]) {
  const whole = `./index.${kind.replace("ts", "js")}`;
  for (const name of ["slim", "asm"]) write(`${name}.d.${kind}`, `export * from "${whole}";\n`);
  for (const [, , name] of WAYS) write(`${name}.d.${kind}`, smallTypes(whole));
}
write(`${MINIPROGRAM_QUOTE}/index.d.ts`, smallTypes("./types"));
// Tools that know no exports map look for a file of the entry's name.
const LEGACY = { slim: "slim.cjs", asm: "asm.cjs", element: "element.cjs", miniprogram: `${MINIPROGRAM}/index.js`, quote: "quote.cjs", "quote/slim": "quote-slim.cjs", "quote/asm": "quote-asm.cjs" };
fs.mkdirSync(path.join(PKG, "quote"));
for (const [name, file] of Object.entries(LEGACY)) {
  const target = `${name.includes("/") ? "../" : "./"}${file}`;
  write(`${name}.js`, `module.exports = require("${target}");\n`);
  write(`${name}.d.ts`, `export * from "${target}";\n`);
}
for (const { name, wasm } of BUILDS) fs.copyFileSync(wasm, path.join(PKG, `${name}.wasm`));
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

for (const extension of ["mjs", "cjs"]) {
  for (const name of ["index", "asm", "asm-engine", "quote", "quote-asm", "quote-asm-engine"]) checkPortable(`${name}.${extension}`, []);
  for (const name of ["slim", "quote-slim"]) checkPortable(`${name}.${extension}`, ["fetch("]);
}
for (const name of SCRIPTS.values()) for (const file of [`${name}.js`, `${name}.asm.js`]) checkPortable(file, []);
for (const folder of [MINIPROGRAM, MINIPROGRAM_QUOTE]) for (const file of ["index.js", "asm.js"]) checkPortable(`${folder}/${file}`, [], ["import(", "BigInt", "Intl.", "window", "document", "TextDecoder("]);
for (const [name, sizes] of packageSizes()) console.error(`  ${sizeLine(name, sizes)}`);
fs.writeFileSync(stamp, hash);

function write(file, text) {
  fs.writeFileSync(path.join(PKG, file), text);
}

/** What a mini-program or a strict page would choke on, sought in the very text that ships. */
function checkPortable(name, allowed, more = []) {
  const text = fs.readFileSync(path.join(PKG, name), "utf8").replace(/require\("\.\/((quote-)?asm-engine\.cjs|asm\.js)"\)/g, "");
  const found = ["import.meta", "fetch(", "atob(", "eval(", "new Function", "globalThis", "process.", "require(", ...more]
    .filter((word) => !allowed.includes(word) && text.includes(word));
  if (found.length > 0) fail(`${name} uses ${found.join(", ")}, which some host lacks.`, "Take it out of js/ or of the exports in src/wasm.");
}
