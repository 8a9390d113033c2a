// What must not grow unnoticed, counted and never timed, so that every machine counts the same: the bytes of the wasm,
// the calls across its boundary for one quote, and, where valgrind is there, the instructions of a quote natively.
//
// Usage: node benches/guard.mjs            fails where a limit of limits.json is passed
//        node benches/guard.mjs --update   takes what it counts now as the new limits; commit them with the reason

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { packageSizes, sizesOf } from "../scripts/sizes.mjs";
import { PKG, ROOT, fail, run, say } from "../scripts/tools.mjs";
import { countBoundaryCalls } from "./boundary.mjs";
import { LOANS } from "./loans.mjs";
import { buildNative } from "./native.mjs";

const FILE = path.join(ROOT, "benches", "limits.json");
/** What a compiler's patch release, or another machine's library of the same version, may add. */
const HEAD_ROOM = 1.03;
/** Stages of benches/native.rs, each with the loan it is counted for. */
const COUNTED = [["quote", LOANS[0]], ["export", LOANS[0]], ["json", LOANS[0]], ["quote", LOANS[1]]];

const isUpdate = process.argv.includes("--update");
const limits = JSON.parse(fs.readFileSync(FILE, "utf8"));
const rustc = run("rustc", ["--version"]).trim().split(" ")[1];

/** Of each wasm file, compressed every way. */
const wasm = Object.fromEntries(["clearloan.wasm", "quote.wasm"].map((name) => [name, sizesOf(path.join(PKG, name))]));
/** What each entry makes its caller load, compressed as most servers do. */
const entries = Object.fromEntries(packageSizes().filter(([name]) => !(name in wasm)).map(([name, { gzip }]) => [name, gzip]));
const calls = await countBoundaryCalls(PKG, LOANS[0].terms);
const instructions = countInstructions();

if (isUpdate) {
  const roomy = (counts) => Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Math.ceil(count * HEAD_ROOM)]));
  const updated = { bytes: Object.fromEntries(Object.entries(wasm).map(([name, bytes]) => [name, roomy(bytes)])), entries: roomy(entries), calls, rustc, instructions: instructions ? roomy(instructions) : limits.instructions };
  if (!instructions) updated.rustc = limits.rustc;
  fs.writeFileSync(FILE, `${JSON.stringify(updated, null, 2)}\n`);
  say("benches/limits.json holds what is counted now, and three per cent more where compilers may differ.");
} else {
  const over = [
    ...Object.entries(wasm).flatMap(([name, bytes]) => passed(`bytes of ${name}`, bytes, limits.bytes[name] ?? {})),
    ...passed("bytes in gzip of the entry", entries, limits.entries),
    ...passed("calls across the boundary", calls, limits.calls),
    ...(instructions && rustc === limits.rustc ? passed("instructions", instructions, limits.instructions) : []),
  ];
  if (over.length > 0) {
    fail(`More than benches/limits.json allows: ${over.join("; ")}.`,
      "Take out what grew; or, where it is worth it, run `node benches/guard.mjs --update` and commit the new limits with the reason.");
  }
}

/** Prints each count beside its limit and returns those above it, as words. */
function passed(what, counts, allowed) {
  return Object.entries(counts).flatMap(([name, count]) => {
    const limit = allowed[name];
    console.error(`  ${what}, ${name}: ${count} of ${limit ?? "no limit"}`);
    return limit === undefined || count > limit ? [`${what}, ${name}: ${count}, limit ${limit}`] : [];
  });
}

/** Instructions for one call of each stage; undefined where they cannot be counted, or not compared. */
function countInstructions() {
  if (spawnSync("valgrind", ["--version"]).status !== 0) {
    console.error("  instructions: not counted, as valgrind is not installed (apt-get install valgrind)");
    return undefined;
  }
  if (rustc !== limits.rustc && !isUpdate) {
    console.error(`  instructions: not counted, as the limits are those of rustc ${limits.rustc} and this is ${rustc}`);
    return undefined;
  }
  const program = buildNative();
  return Object.fromEntries(COUNTED.map(([stage, loan]) => [`${stage} ${loan.name}`, perCall(program, stage, loan)]));
}

/** Two runs of different length: what is the same in both, such as starting the program, falls out of the difference. */
function perCall(program, stage, loan) {
  const [few, many] = [20, 120];
  return Math.round((collected(program, stage, loan, many) - collected(program, stage, loan, few)) / (many - few));
}

function collected(program, stage, loan, times) {
  const done = spawnSync("valgrind", ["--tool=callgrind", "--callgrind-out-file=/dev/null", program, "count", String(times), stage],
    { input: JSON.stringify(loan.terms), encoding: "utf8", timeout: 120_000 });
  const count = /Collected : (\d+)/.exec(done.stderr ?? "")?.[1];
  return count ? Number(count) : fail(`valgrind could not count: ${done.error?.message ?? done.stderr}`, "Run by hand: valgrind --tool=callgrind true");
}
