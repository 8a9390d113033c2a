// Cargo's runner for wasm tests: wasm-bindgen's own, on a file without the section that would mislead it (see
// scripts/finish-wasm.mjs). Usage: node run-wasm-test.mjs RUNNER FILE ARGUMENTS…

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { withoutCustomSection } from "./wasm-binary.mjs";

const [runner, file, ...rest] = process.argv.slice(2);
fs.writeFileSync(file, withoutCustomSection(fs.readFileSync(file), "target_features"));
process.exit(spawnSync(runner, [file, ...rest], { stdio: "inherit" }).status ?? 1);
