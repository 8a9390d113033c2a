#!/usr/bin/env bash
# Formatting, lints with warnings denied, types.
source "$(dirname "$0")/lib.sh"
scripts/setup.sh rust wasm node lint

say "rustfmt"
cargo fmt -- --check -l || fail "Some Rust is not formatted." "Run: cargo fmt"
say "clippy, for this machine"
cargo clippy --quiet -- -D warnings || fail "clippy has complaints." "Mend what it names above."
# A test may panic: that is how it fails.
cargo clippy --quiet --all-targets -- -D warnings -A clippy::unwrap_used -A clippy::expect_used -A clippy::panic ||
  fail "clippy has complaints about the tests." "Mend what it names above."
say "clippy, for wasm"
wasm_clippy || fail "clippy has complaints about src/wasm." "Mend what it names above."
wasm_clippy --lib --features plain || fail "clippy has complaints about src/plain.rs." "Mend what it names above."
say "tsc, for the JavaScript"
node_modules/.bin/tsc -p . || fail "tsc has complaints." "Mend what it names above."
