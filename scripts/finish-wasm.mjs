// From what cargo built to what ships: the glue, and one wasm file that every host since 2017 can load.
// Usage: node scripts/finish-wasm.mjs NAME CARGO'S.wasm WASM-BINDGEN, with the name of one of the builds in tools.mjs

import fs from "node:fs";
import path from "node:path";
import { optimise } from "./optimise.mjs";
import { BUILD, BUILDS, ROOT, fail, hashOf, run, say } from "./tools.mjs";
import { exportFaults, withoutCustomSection, withoutExports } from "./wasm-binary.mjs";

const [name, input, wasmBindgen] = process.argv.slice(2);
const { wasm, glue } = BUILDS.find((build) => build.name === name) ?? fail(`There is no build ${name}.`, "See scripts/tools.mjs.");
const built = fs.readFileSync(input);
const stamp = path.join(BUILD, `${name}-finished-from`);
const recipe = [process.argv[1], path.join(ROOT, "scripts", "optimise.mjs"), "package-lock.json"].map((file) => fs.readFileSync(file));
const hash = hashOf(built, ...recipe);
if (fs.existsSync(wasm) && fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === hash) process.exit(0);

say(`Making ${name}.wasm for every host (ten seconds)`);
fs.mkdirSync(BUILD, { recursive: true });
fs.rmSync(stamp, { force: true });

// A ready-made standard library declares newer features there, and wasm-bindgen would then rely on them.
const plain = path.join(BUILD, `${name}-unbound.wasm`);
fs.writeFileSync(plain, withoutCustomSection(built, "target_features"));
run(wasmBindgen, ["--target", "bundler", "--no-typescript", "--out-dir", path.dirname(glue), "--out-name", "clearloan", plain]);

// Globals that nothing uses and iOS cannot export.
const bound = path.join(BUILD, `${name}-bound.wasm`);
const glued = path.join(path.dirname(glue), "clearloan_bg.wasm");
fs.writeFileSync(bound, withoutExports(fs.readFileSync(glued), ["__abort_handler", "__instance_terminated"]));
fs.rmSync(glued);

// A function with one caller stays one: its few locals have short and like names, which compresses better (5 kB of 176).
// Offsets may be folded, as nothing but the last kilobyte before the stack ends lies below address 1024.
optimise(bound, wasm, (process.env.CLEARLOAN_WASM_OPT ?? "-O3 -ocimfs 0 --low-memory-unused").split(" "));
for (const file of [plain, bound]) fs.rmSync(file);

const faults = exportFaults(fs.readFileSync(wasm));
if (faults.length > 0) fail(faults.join(" "), "See src/wasm and this script; hosts.md tells why.");
fs.writeFileSync(stamp, hash);
