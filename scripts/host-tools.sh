#!/usr/bin/env bash
# Prints where the bundlers are that the package is tested with, and installs them if they are missing.
source "$(dirname "$0")/lib.sh"
scripts/setup.sh hosts
host_tools_folder
