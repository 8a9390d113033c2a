#!/usr/bin/env bash
# Formatting, lints with warnings denied, types.
source "$(dirname "$0")/lib.sh"
scripts/setup.sh rust wasm node lint

say "rustfmt"
cargo fmt -- --check -l || fail "Some Rust is not formatted." "Run: cargo fmt"
say "clippy, for this machine"
cargo clippy --quiet --all-targets -- -D warnings || fail "clippy has complaints." "Mend what it names above."
say "clippy, for wasm"
wasm_clippy || fail "clippy has complaints about src/wasm." "Mend what it names above."
say "tsc, for the JavaScript"
node_modules/.bin/tsc -p . || fail "tsc has complaints." "Mend what it names above."
