#!/usr/bin/env bash
# The Rust tests that make sense there, compiled to wasm and run in Node and in headless Chromium.
source "$(dirname "$0")/lib.sh"
scripts/setup.sh rust wasm browser

runner="$(wasm_bindgen_bin)/wasm-bindgen-test-runner"
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER="node scripts/run-wasm-test.mjs $runner"
export WASM_BINDGEN_TEST_TIMEOUT=300

say "Rust tests as wasm in Node (a minute)"
wasm_cargo test --test wasm --test rates --test standalone ||
  fail "A Rust test failed as wasm in Node." "Read its words above; the same test runs natively with: cargo test"

say "Rust tests as wasm in headless Chromium (half a minute)"
CHROMEDRIVER=/usr/bin/chromedriver WASM_BINDGEN_USE_BROWSER=1 wasm_cargo test --test wasm --test rates --test standalone ||
  fail "A Rust test failed as wasm in Chromium." "Read its words above; webdriver.json holds the browser's arguments."
