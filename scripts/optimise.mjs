// One wasm file that every host since 2017 can load, from one that may use newer features: for both builds of the crate.

import fs from "node:fs";
import { npmTool, run } from "./tools.mjs";

/** Writes `output` from `input`, without any later wasm feature and without dead weight; `how` are wasm-opt's own words. */
export function optimise(input, output, how = ["-O3"]) {
  // First replace what the ready-made standard library may hold of later features, each by name: `--all-features` would
  // write instructions that no engine takes. Then optimise with none of them allowed.
  const lowered = `${output}.lowered`;
  run(npmTool("wasm-opt"), [input, "-o", lowered, "--mvp-features", "--enable-mutable-globals",
    "--enable-sign-ext", "--enable-bulk-memory", "--enable-bulk-memory-opt", "--enable-nontrapping-float-to-int",
    "--signext-lowering", "--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering"]);
  run(npmTool("wasm-opt"), [lowered, "-o", output, "--mvp-features", ...how, "--strip-debug", "--strip-producers", "--strip-target-features"]);
  fs.rmSync(lowered);
}
