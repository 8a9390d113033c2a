#!/usr/bin/env bash
# Every check and test there is. The slow parts of set-up happen once; a second run takes a few minutes.
source "$(dirname "$0")/lib.sh"
scripts/setup.sh rust lint wasm node browser wasmtime icalendar hosts

scripts/check.sh

say "Rust tests on this machine (half a minute; two to compile)"
cargo test --quiet || fail "A Rust test failed." "Read its words above; run it alone with: cargo test NAME"

scripts/test-wasm.sh

scripts/package.sh
say "Counting bytes, boundary calls and instructions (half a minute the first time)"
node benches/guard.mjs
node scripts/consumer.mjs
say "Tests of the packed package, of calendar files, of the page and of hosts (two minutes)"
export PYTHON="$(icalendar_folder)/bin/python"
# Files by name, since older versions of Node take no folders and newer ones no globs of the shell's.
# Node runs as many files at a time as there are processors but one; the browser's waits leave room for one more, where Node can be told.
at_a_time=()
if node --help | grep -e --test-concurrency >/dev/null; then at_a_time=("--test-concurrency=$(nproc)"); fi
find tests/package tests/types tests/reminders tests/page tests/hosts -name '*.test.mjs' -print0 | sort -z |
  xargs -0 node --test "${at_a_time[@]}" || fail "A test of the package or of the page failed." "Read its words above; run it alone with: node --test FILE"

scripts/build-plain.sh
say "The wasm for servers without JavaScript, in wasmtime (ten seconds)"
"$(wasmtime_folder)/bin/python" tests/hosts/plain.py build/clearloan-plain.wasm "$TEST_FILES/golden.jsonl" ||
  fail "A test of the plain wasm failed." "Read its words above; src/plain.rs and src/request.rs answer."
