#!/usr/bin/env bash
# Leaves the wasm that ships in build/clearloan.wasm and its glue in build/glue; instant when nothing has changed.
source "$(dirname "$0")/lib.sh"
scripts/setup.sh rust wasm source node
say "Compiling the engine to wasm (two minutes the first time)"
page_cargo --quiet ||
  fail "The engine does not compile for wasm." "Read the compiler's words above."
node scripts/finish-wasm.mjs "$CARGO_TARGET_DIR/$WASM_TARGET/page/clearloan.wasm" "$(wasm_bindgen_bin)/wasm-bindgen"
