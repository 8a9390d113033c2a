#!/usr/bin/env bash
# Leaves the npm package in pkg/; instant when nothing has changed.
source "$(dirname "$0")/lib.sh"
scripts/build-wasm.sh
node scripts/package.mjs
