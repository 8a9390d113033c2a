// The same engine as JavaScript, from the finished wasm of each build: a script whose `clearloanAsm.start(imports)`
// gives what `new WebAssembly.Instance(module, imports).exports` would.

import { build } from "esbuild";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { hashOf, npmTool, run, say } from "./tools.mjs";

/** What the oldest hosts understand: iOS 11 and Chrome 58. */
export const LANGUAGE = "es2017";
const LEVEL = process.env.CLEARLOAN_ASM_OPT ?? "-O2";
const CACHE = path.join(process.env.CLEARLOAN_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "clearloan"), "asm");
/** Those of other branches and of the last weeks; older ones go. */
const CACHED_MAX = 16;

/** Translating takes half a minute, so that each wasm is translated once on each machine. */
export async function makeAsm({ name, wasm, asm }) {
  const hash = hashOf(fs.readFileSync(wasm), LEVEL, fs.readFileSync(new URL(import.meta.url)), fs.readFileSync("package-lock.json"));
  const cached = path.join(CACHE, `${hash}.js`);
  if (!fs.existsSync(cached)) {
    say(`Translating ${name}.wasm to JavaScript, for hosts without WebAssembly (half a minute)`);
    fs.mkdirSync(CACHE, { recursive: true });
    fs.writeFileSync(`${cached}.new`, await translated(wasm));
    fs.renameSync(`${cached}.new`, cached);
    tidy();
  }
  fs.copyFileSync(cached, asm);
}

async function translated(wasm) {
  const raw = `${wasm}.raw.mjs`;
  run(npmTool("wasm2js"), [wasm, "--mvp-features", ...(LEVEL === "" ? [] : [LEVEL]), "-o", raw]);
  // By itself it starts once, when it is imported. As a function it starts as often as it is called, with the imports given.
  const started = await bundled({ entryPoints: [raw], globalName: "exported", plugins: [givenImports(wasm)] });
  const contents = `export function start(imports) {\n${started}\nreturn exported;\n}`;
  const text = await bundled({ stdin: { contents }, globalName: "clearloanAsm", minify: true });
  fs.rmSync(raw);
  return text;
}

async function bundled(options) {
  const { outputFiles } = await build({ bundle: true, format: "iife", target: LANGUAGE, write: false, legalComments: "none", ...options });
  return outputFiles[0].text;
}

/** What the translated engine imports, from the parameter of the function around it. */
const givenImports = (wasm) => ({
  name: "given-imports",
  setup(building) {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(fs.readFileSync(wasm)));
    building.onResolve({ filter: /_bg\.js$/ }, ({ path: name }) => ({ path: name, namespace: "given" }));
    building.onLoad({ filter: /.*/, namespace: "given" }, ({ path: module }) => ({
      contents: imports.filter((one) => one.module === module)
        .map(({ name }) => `export const ${name} = imports[${JSON.stringify(module)}].${name};`).join("\n"),
    }));
  },
});

function tidy() {
  const kept = fs.readdirSync(CACHE).map((name) => path.join(CACHE, name)).map((file) => ({ file, age: fs.statSync(file).mtimeMs }));
  for (const { file } of kept.sort((one, other) => other.age - one.age).slice(CACHED_MAX)) fs.rmSync(file);
}
