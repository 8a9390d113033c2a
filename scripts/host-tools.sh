#!/usr/bin/env bash
# Prints where the tools are that the package is tested with, and installs them if they are missing.
# Usage: scripts/host-tools.sh tools|tools-wechat
source "$(dirname "$0")/lib.sh"
scripts/setup.sh hosts
host_tools_folder "$1"
