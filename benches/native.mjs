// The programs that run the engine, and the Rust peers, on this machine's own processor.

import { spawnSync } from "node:child_process";
import path from "node:path";
import { ROOT, fail } from "../scripts/tools.mjs";

export const buildNative = () => executable(["bench", "--no-run", "--bench", "native"], ROOT);
export const buildBatch = () => executable(["bench", "--no-run", "--bench", "batch"], ROOT);
export const buildNativePeers = () => executable(["build", "--release", "--locked"], path.join(ROOT, "benches", "native-peers"));

/** Builds and tells where the program is. */
function executable(words, folder) {
  const env = { ...process.env, CARGO_TARGET_DIR: process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target") };
  const options = { cwd: folder, env, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] };
  const done = spawnSync("cargo", [...words, "--quiet", "--message-format=json-render-diagnostics"], options);
  if (done.error || done.status !== 0) fail(`cargo ${words.join(" ")} failed.`, "Mend what it names above.");
  const built = done.stdout.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line)).filter(({ executable }) => executable);
  return built.length > 0 ? built[built.length - 1].executable : fail("cargo names no program that it built.", `Run by hand: cargo ${words.join(" ")}`);
}

export class Native {
  constructor(program) {
    this.program = program;
  }

  /** What the program prints. */
  text(words, input) {
    const done = spawnSync(this.program, words, { input, encoding: "utf8" });
    if (done.error || done.status !== 0) fail(`${path.basename(this.program)} ${words.join(" ")} failed: ${done.error?.message ?? done.stderr}`, "Run it by hand.");
    return done.stdout.trim();
  }

  /** How often a second the program does one thing, over at least so many milliseconds. */
  perSecond(what, milliseconds, input) {
    return Number(this.text(["time", String(milliseconds), what], input));
  }
}
