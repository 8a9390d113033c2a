#!/usr/bin/env bash
# Leaves the wasm for hosts without JavaScript in build/clearloan-plain.wasm; instant when nothing has changed.
source "$(dirname "$0")/lib.sh"
scripts/setup.sh rust wasm node
say "Compiling the engine to wasm with the plain interface (a minute the first time)"
# A folder of its own: cargo gives the library one name, with the feature or without.
CARGO_TARGET_DIR="$CARGO_TARGET_DIR/plain" wasm_cargo build --release --quiet --lib --features plain ||
  fail "The engine does not compile for wasm with the feature plain." "Read the compiler's words above."
node scripts/finish-plain.mjs "$CARGO_TARGET_DIR/plain/$WASM_TARGET/release/clearloan.wasm"
