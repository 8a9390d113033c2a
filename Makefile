# clearloan: everything that is done with it, by name. The steps themselves are in scripts/.

SHELL := bash
.DEFAULT_GOAL := help
PORT ?= 8080
export PORT

.PHONY: help start test package plain bench check clean

help: ## This list
	@echo "clearloan: what a loan really costs, exact to the last cent and day."
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "A new machine needs about six minutes more the first time: it installs and builds the tools."

start: ## Quote the demo loan here, then serve the page on 127.0.0.1:$PORT, 8080 by default (seconds)
	@scripts/package.sh
	@node scripts/start.mjs

test: ## All checks and tests: Rust, wasm in Node and Chromium, the packed package, the page (some five minutes; half an hour the first time)
	@scripts/test.sh

package: ## The npm package, in pkg/ (half a minute; seconds when little has changed)
	@scripts/package.sh
	@node scripts/sizes.mjs

plain: ## The wasm for servers without JavaScript, build/clearloan-plain.wasm (half a minute)
	@scripts/build-plain.sh

bench: ## Speed and size of what ships, beside what others do for the same loan (two minutes)
	@scripts/package.sh
	@node benches/bench.mjs

check: ## Formatting, lints with warnings denied, types (half a minute)
	@scripts/check.sh

clean: ## Remove what was built here; the tools in the cache stay (a second)
	@scripts/clean.sh
