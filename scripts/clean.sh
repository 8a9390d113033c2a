#!/usr/bin/env bash
# Removes what was built in this checkout.
source "$(dirname "$0")/lib.sh"
say "Removing build/, pkg/, node_modules/ and cargo's target folder"
rm -rf build pkg node_modules
cargo clean --quiet
note "The tools built once stay in $CACHE; remove that folder too to start from nothing."
