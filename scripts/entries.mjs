// What the entries of each build of the engine are made of, for the package and for the page.

import { buildSync } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { createApi } from "../js/api.js";
import { createPackage } from "../js/package.js";
import { createQuoteApi } from "../js/quote-api.js";
import { QUOTE, ROOT, WHOLE, crateVersion, fail } from "./tools.mjs";

export const js = (name) => path.join(ROOT, "js", name);
/** A folder to copy into a mini-program that only quotes. */
export const MINIPROGRAM_QUOTE = "miniprogram_quote";
/** Those for script tags. */
export const SCRIPTS = new Map([[WHOLE, "clearloan"], [QUOTE, "clearloan.quote"]]);
const version = crateVersion();

/** The glue as a function, since it keeps the state of one engine: a new engine needs new glue. */
function glueModule({ glue }, language) {
  const { outputFiles } = buildSync({ entryPoints: [glue], bundle: true, format: "iife", globalName: "glue", write: false, target: language, inject: [js("views.js")] });
  return `export function createGlue() {\n${outputFiles[0].text}\nreturn glue;\n}`;
}

/** What each build's entries find behind the names that begin with `built:`. */
const builtFor = (build, language) => ({
  api: () => (build === WHOLE ? 'export { createApi } from "./js/api.js";' : 'export { createQuoteApi as createApi } from "./js/quote-api.js";'),
  glue: () => glueModule(build, language),
  version: () => `export const VERSION = ${JSON.stringify(version)}; export const RULES = ${JSON.stringify(rulesVersion())};
    export const IDENTITY = ${JSON.stringify(build === WHOLE ? version : `${version}+${build.name}`)};`,
  place: () => `export const PLACE = ${JSON.stringify({ folder: build === WHOLE ? "/miniprogram_npm/clearloan" : `/${MINIPROGRAM_QUOTE}`, file: `${build.name}.wasm`, script: `${SCRIPTS.get(build)}.asm.js` })};`,
  wasm: () => `export const WASM_BASE64 = ${JSON.stringify(fs.readFileSync(build.wasm).toString("base64"))};`,
});

/** The day of the dated rules inside. */
function rulesVersion() {
  const version = /pub const VERSION: &str = "([^"]+)";/.exec(fs.readFileSync(path.join(ROOT, "src/rules/mod.rs"), "utf8"))?.[1];
  return version ?? fail("src/rules/mod.rs names no version.", "Keep VERSION there, or change scripts/package.mjs with it.");
}

/** Fills them in for esbuild; the glue is written in that language. */
export const fromBuild = (build, language) => ({
  name: "from-build",
  setup(building) {
    building.onResolve({ filter: /^built:/ }, ({ path: name }) => ({ path: name.slice("built:".length), namespace: "built" }));
    building.onLoad({ filter: /.*/, namespace: "built" }, ({ path: name }) => ({ contents: builtFor(build, language)[name](), loader: "js", resolveDir: ROOT }));
  },
});

/** What every entry of a build exports, each name written down, so that bundlers and TypeScript see it. */
export const namesOf = (build) => {
  const parts = { createApi: build === WHOLE ? createApi : createQuoteApi, createGlue: () => fail("The glue is not here.", "Call nothing at build time."), identity: "", version, rules: "" };
  const { LoanError, ...rest } = createPackage(parts);
  return ["LoanError", ...Object.keys(rest)];
};
/** The text of an entry, from the file of js/ of that name. */
export const entry = (name, build) => `import { clearloan } from ${JSON.stringify(js(name))};\nexport const { ${namesOf(build).join(", ")} } = clearloan;\n`;
