// From what cargo built with the feature `plain` to what ships: for the oldest engines too, and without imports.
// Usage: node scripts/finish-plain.mjs CARGO'S.wasm

import fs from "node:fs";
import path from "node:path";
import { optimise } from "./optimise.mjs";
import { BUILD, PLAIN_WASM, ROOT, fail, hashOf, say } from "./tools.mjs";
import { exportFaults, listExports, listImportKinds, withoutExports } from "./wasm-binary.mjs";

/** What src/plain.rs says; whatever else the linker exports goes. */
const EXPORTS = ["memory", "alloc", "call", "free"];

const [input] = process.argv.slice(2);
const built = fs.readFileSync(input);
const stamp = path.join(BUILD, "finished-plain-from");
const recipe = [process.argv[1], path.join(ROOT, "scripts", "optimise.mjs"), "package-lock.json"].map((file) => fs.readFileSync(file));
const hash = hashOf(built, ...recipe);
if (fs.existsSync(PLAIN_WASM) && fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === hash) process.exit(0);

say("Making the wasm for hosts without JavaScript (ten seconds)");
fs.mkdirSync(BUILD, { recursive: true });
fs.rmSync(stamp, { force: true });
const trimmed = path.join(BUILD, "trimmed.wasm");
const extra = listExports(built).map(({ name }) => name).filter((name) => !EXPORTS.includes(name));
fs.writeFileSync(trimmed, withoutExports(built, extra));
optimise(trimmed, PLAIN_WASM);
fs.rmSync(trimmed);

const finished = fs.readFileSync(PLAIN_WASM);
const faults = exportFaults(finished);
const names = listExports(finished).map(({ name }) => name);
for (const name of EXPORTS) if (!names.includes(name)) faults.push(`It does not export ${name}.`);
if (listImportKinds(finished).length > 0) faults.push("It imports something; a plain host gives nothing.");
if (faults.length > 0) fail(faults.join(" "), "See src/plain.rs and this script.");
fs.writeFileSync(stamp, hash);
