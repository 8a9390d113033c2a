// What the native engine has written down (tests/wasm_agreement.rs).

import fs from "node:fs";
import path from "node:path";
import { ROOT } from "../../scripts/tools.mjs";

const FOLDER = path.join(process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"), "tmp");

export function nativeText(name) {
  const file = path.join(FOLDER, name);
  if (!fs.existsSync(file)) throw new Error(`${file} is missing: run "cargo test --test wasm_agreement" first, as make test does.`);
  return fs.readFileSync(file, "utf8");
}
