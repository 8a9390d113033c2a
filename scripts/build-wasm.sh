#!/usr/bin/env bash
# Leaves both builds of the wasm that ships in build/, clearloan.wasm with every call and quote.wasm for pages that only
# quote, each with its glue; instant when nothing has changed.
source "$(dirname "$0")/lib.sh"
scripts/setup.sh rust wasm source node
say "Compiling the engine to wasm, the whole and the part that quotes (three minutes the first time)"
compile() {
  page_cargo --quiet "$@" || fail "The engine does not compile for wasm." "Read the compiler's words above."
}
bindgen="$(wasm_bindgen_bin)/wasm-bindgen"
compile
node scripts/finish-wasm.mjs clearloan "$CARGO_TARGET_DIR/$WASM_TARGET/page/clearloan.wasm" "$bindgen"
# A folder of its own: cargo gives the library one name, with the feature or without.
export CARGO_TARGET_DIR="$CARGO_TARGET_DIR/quote"
compile --features quote-only
node scripts/finish-wasm.mjs quote "$CARGO_TARGET_DIR/$WASM_TARGET/page/clearloan.wasm" "$bindgen"
