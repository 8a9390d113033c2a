# Shared by the shell scripts: words on the terminal, installs, and where the wasm tools are. Sourced, never run.

set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

# What takes minutes to make is kept outside of the checkout, so that a second clone starts warm.
CACHE="${CLEARLOAN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/clearloan}"
LOGS="$CACHE/logs"
mkdir -p "$LOGS"

export PATH="$PATH:$HOME/.cargo/bin"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$ROOT/target}"
# Where tests written in Rust leave files for those in other languages; to them it is CARGO_TARGET_TMPDIR.
TEST_FILES="$CARGO_TARGET_DIR/tmp"
# Flags of the caller's own would change the wasm that ships.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET

WASM_TARGET=wasm32-unknown-unknown
DEBIAN_RUSTC=/usr/bin/rustc
DEBIAN_CARGO=/usr/bin/cargo

say() { printf '\033[1m▸ %s\033[0m\n' "$*" >&2; }
note() { printf '  %s\n' "$*" >&2; }

# fail CAUSE NEXT-STEP: one sentence on what went wrong and one on what to do about it.
fail() {
  printf '\033[31m✗ %s\033[0m\n  Next step: %s\n' "$1" "$2" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# run_logged NAME COMMAND…: keeps the output in a log and shows its end only on failure.
run_logged() {
  local log="$LOGS/$1.log"
  shift
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 15 "$log" >&2
    note "the whole log: $log"
    return 1
  fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}

# apt_install NAME PACKAGE…: installs Debian packages; NAME is what they are for, in a reader's words.
apt_install() {
  local name="$1"
  shift
  have apt-get || fail "$name is missing and this system has no apt-get." "Install by hand what Debian calls $* and run the command again."
  if [ "$(id -u)" -ne 0 ] && ! { have sudo && sudo -n true 2>/dev/null; }; then
    fail "$name is missing and installing it needs root." "Run: sudo apt-get install $*"
  fi
  if [ -z "${APT_UPDATED:-}" ]; then
    run_logged apt-update as_root apt-get update ||
      fail "Debian's package lists cannot be fetched." "Check the network, then run: apt-get update"
    APT_UPDATED=yes
  fi
  run_logged "apt-$1" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
    fail "apt-get could not install $name." "Read the log named above, then run: apt-get install $*"
}

# ── The compiler for wasm32, by one of two routes ──────────────────────────────────────────────────────────────────
# rustup: the active toolchain has rustup's ready-made standard library.
# debian: Debian's rustc, with a standard library that set-up has built from Debian's own source.

active_toolchain_has_wasm() {
  local sysroot
  have cargo && have rustc && sysroot="$(rustc --print sysroot 2>/dev/null)" || return 1
  compgen -G "$sysroot/lib/rustlib/$WASM_TARGET/lib/libcore-*.rlib" >/dev/null
}

# The recipe's number is part of the path, since cargo does not look into a sysroot: a new one must have a new name.
SYSROOT_RECIPE=2

debian_sysroot() {
  [ -x "$DEBIAN_RUSTC" ] && [ -x "$DEBIAN_CARGO" ] || return 1
  printf '%s/sysroot-%s-%s\n' "$CACHE" "$("$DEBIAN_RUSTC" --version | cut -d' ' -f2)" "$SYSROOT_RECIPE"
}

# CLEARLOAN_WASM_ROUTE=rustup|debian forces one; otherwise rustup's is taken where it is there.
wasm_route() {
  case "${CLEARLOAN_WASM_ROUTE:-}" in
    rustup | debian) printf '%s\n' "$CLEARLOAN_WASM_ROUTE" ;;
    *) if active_toolchain_has_wasm; then echo rustup; else echo debian; fi ;;
  esac
}

wasm_target_is_ready() {
  case "$(wasm_route)" in
    rustup) active_toolchain_has_wasm ;;
    debian) local sysroot && sysroot="$(debian_sysroot)" && [ -f "$sysroot/complete" ] ;;
  esac
}

# join_flags FLAG…: compiler flags as CARGO_ENCODED_RUSTFLAGS wants them, so that paths may hold spaces.
# Panic messages name source files: without the mapping, the wasm would carry the builder's home folder.
join_flags() {
  local registry flags=("$@")
  for registry in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    [ -d "$registry" ] && flags+=("--remap-path-prefix=${registry%/}=crates")
  done
  local IFS=$'\x1f'
  printf '%s' "${flags[*]}"
}

wasm_flags() {
  # SHA-256 as a loop instead of 64 steps in a row: a kilobyte less to load, for a call that nobody makes in a loop.
  local flags=(-Ctarget-cpu=mvp "--remap-path-prefix=$ROOT=clearloan" --cfg 'sha2_backend_soft="compact"')
  # The standard library's own sources, where they are installed.
  if [ "$(wasm_route)" = rustup ]; then flags+=("--remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=rust"); fi
  if [ "$(wasm_route)" = debian ]; then flags+=(-Ctarget-feature=+mutable-globals "--sysroot=$(debian_sysroot)"); fi
  join_flags "${flags[@]}"
}

# wasm_cargo COMMAND ARGUMENTS…: cargo for wasm32, already for engines that know the first version of wasm only.
wasm_cargo() {
  local flags command="$1"
  shift
  flags="$(wasm_flags)"
  case "$(wasm_route)" in
    rustup) CARGO_ENCODED_RUSTFLAGS="$flags" cargo "$command" --target "$WASM_TARGET" "$@" ;;
    debian) CARGO_ENCODED_RUSTFLAGS="$flags" RUSTC="$DEBIAN_RUSTC" "$DEBIAN_CARGO" "$command" --target "$WASM_TARGET" "$@" ;;
  esac
}

# ── The wasm that pages load ───────────────────────────────────────────────────────────────────────────────────────
# Its standard library is compiled along with the engine, for size and with panics that stop at once instead of writing
# a message nobody reads: 9 kB of brotli less. That takes the library's source, and `RUSTC_BOOTSTRAP` for cargo to accept
# the flags, of the very compiler; where neither rustup's nor Debian's is there, the ready-made library serves.

# page_std: whose compiler and library source are taken, rustup's or debian's; ready-made where there is no source.
page_std() {
  local sysroot
  if [ -n "${CLEARLOAN_WASM_STD:-}" ]; then printf '%s\n' "$CLEARLOAN_WASM_STD"; return; fi
  if have cargo && have rustc && sysroot="$(rustc --print sysroot 2>/dev/null)" &&
    [ -f "$sysroot/lib/rustlib/src/rust/library/Cargo.lock" ] && stops_at_once rustc; then
    echo rustup
  elif [ -x "$DEBIAN_CARGO" ] && [ -f /usr/lib/rustlib/src/rust/library/Cargo.lock ] && stops_at_once "$DEBIAN_RUSTC"; then
    echo debian
  else
    echo ready-made
  fi
}

stops_at_once() {
  RUSTC_BOOTSTRAP=1 "$1" -Zunstable-options -Cpanic=immediate-abort --print cfg >/dev/null 2>&1
}

# page_cargo ARGUMENTS…: cargo build for pages; leaves the wasm in $CARGO_TARGET_DIR/$WASM_TARGET/page.
page_cargo() {
  local cargo=cargo rustc=rustc source flags
  case "$(page_std)" in
    ready-made)
      wasm_cargo build --profile page "$@"
      return
      ;;
    debian) cargo="$DEBIAN_CARGO" rustc="$DEBIAN_RUSTC" ;;
  esac
  source="$("$rustc" --print sysroot)/lib/rustlib/src/rust"
  # Names of fields longer than eight bytes are compared by a call: written out, each would weigh thirty bytes (1.5 kB of
  # brotli in all, for a hundredth of a quote's time).
  flags="$(join_flags -Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals -Cllvm-args=-inline-threshold=70 \
    -Cllvm-args=-max-loads-per-memcmp=1 -Zunstable-options -Cpanic=immediate-abort "--remap-path-prefix=$ROOT=clearloan" "--remap-path-prefix=$source=rust" \
    --cfg 'sha2_backend_soft="compact"')"
  RUSTC_BOOTSTRAP=1 RUSTC="$rustc" CARGO_ENCODED_RUSTFLAGS="$flags" "$cargo" build --target "$WASM_TARGET" --profile page \
    -Zbuild-std=std,panic_abort -Zbuild-std-features=compiler-builtins-mem "$@"
}

# wasm_clippy ARGUMENTS…: clippy must be the compiler's twin: rustup's with rustup's, Debian's with Debian's, which brings its own where asked to.
wasm_clippy() {
  case "$(wasm_route)" in
    rustup) wasm_cargo clippy --quiet "$@" -- -D warnings ;;
    debian)
      [ -x /usr/bin/cargo-clippy ] || apt_install "clippy for Debian's Rust" rust-web-clippy
      PATH="/usr/bin:$PATH" wasm_cargo clippy --quiet "$@" -- -D warnings
      ;;
  esac
}

# ── wasm-bindgen's command line, of exactly the version in Cargo.lock ──────────────────────────────────────────────
wasm_bindgen_version() {
  awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock
}

wasm_bindgen_bin() {
  printf '%s/wasm-bindgen-%s/bin\n' "$CACHE" "$(wasm_bindgen_version)"
}

# ── Python with wasmtime, for the test of the wasm without JavaScript ──────────────────────────────────────────────
WASMTIME_VERSION=50.0.1

wasmtime_folder() {
  printf '%s/wasmtime-%s\n' "$CACHE" "$WASMTIME_VERSION"
}

# ── Python with icalendar, for the test of the calendar files ──────────────────────────────────────────────────────
ICALENDAR_VERSION=7.3.2

icalendar_folder() {
  printf '%s/icalendar-%s\n' "$CACHE" "$ICALENDAR_VERSION"
}

# ── Bundlers and mini-program tools, for the tests of the packed package in them ───────────────────────────────────
# host_tools_folder tools|tools-wechat
host_tools_folder() {
  printf '%s/%s-%s\n' "$CACHE" "host-$1" "$(cat "tests/hosts/$1/package-lock.json" "tests/hosts/$1/package.json" | sha256sum | cut -c1-16)"
}
