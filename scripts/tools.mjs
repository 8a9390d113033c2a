// Shared by the Node scripts: where things are, words on the terminal, running a tool.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
export const BUILD = path.join(ROOT, "build");
export const PKG = path.join(ROOT, "pkg");
/** What becomes of one build of the engine: its wasm, the glue to that, and both as JavaScript (scripts/asm.mjs). */
const buildNamed = (name) => ({ name, wasm: path.join(BUILD, `${name}.wasm`), glue: path.join(BUILD, `${name}-glue`, "clearloan_bg.js"), asm: path.join(BUILD, `${name}.asm.js`) });
/** With every call, and for pages that only quote (the feature quote-only). */
export const WHOLE = buildNamed("clearloan"), QUOTE = buildNamed("quote");
export const BUILDS = [WHOLE, QUOTE];
/** The engine for hosts without JavaScript (src/plain.rs). */
export const PLAIN_WASM = path.join(BUILD, "clearloan-plain.wasm");

export const say = (text) => console.error(`\x1b[1m▸ ${text}\x1b[0m`);

/** One sentence on what went wrong and one on what to do about it; then the end. */
export function fail(cause, nextStep) {
  console.error(`\x1b[31m✗ ${cause}\x1b[0m\n  Next step: ${nextStep}`);
  process.exit(1);
}

/** Runs a command to its end; where it fails, shows what it printed. */
export function run(command, args, { nextStep = "Read what it printed above.", ...options } = {}) {
  const done = spawnSync(command, args, { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, ...options });
  if (done.error || done.status !== 0) {
    process.stderr.write(`${done.stdout ?? ""}${done.stderr ?? ""}`);
    fail(`${path.basename(command)} failed${done.error ? ` (${done.error.message})` : ""}.`, nextStep);
  }
  return done.stdout;
}

/** A program that one of the npm tools brings. */
export const npmTool = (name) => path.join(ROOT, "node_modules", ".bin", name);

export function crateVersion() {
  const found = /^version = "([^"]+)"/m.exec(fs.readFileSync(path.join(ROOT, "Cargo.toml"), "utf8"));
  return found ? found[1] : fail("Cargo.toml names no version.", "Restore Cargo.toml from git.");
}

export const hashOf = (...parts) => parts.reduce((hash, part) => hash.update(part).update("\0"), createHash("sha256")).digest("hex");

/** All files below a folder, in sorted order. */
export function filesBelow(folder) {
  return fs.readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(path.join(folder, entry.name)) : path.join(folder, entry.name)))
    .sort();
}
