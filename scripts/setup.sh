#!/usr/bin/env bash
# Installs what is missing and says so; silent and instant when all is there.
# Usage: scripts/setup.sh PART…   with parts: rust lint wasm source node browser wasmtime hosts icalendar
source "$(dirname "$0")/lib.sh"

setup_rust() {
  if ! have cc; then
    say "Installing a C linker, which Rust needs (half a minute)"
    apt_install "a C linker" gcc libc6-dev
  fi
  if ! have cargo; then
    say "Installing Rust from Debian's packages (half a minute)"
    apt_install "Rust" rustc-web cargo-web
  fi
}

# Debian's Rust comes without them; rustup's has both.
setup_lint() {
  if ! have cargo-fmt || ! have cargo-clippy; then
    say "Installing rustfmt and clippy from Debian's packages (half a minute)"
    apt_install "rustfmt and clippy" rustfmt-web rust-web-clippy
  fi
}

setup_wasm() {
  wasm_target_is_ready || add_wasm_target
  [ -x "$(wasm_bindgen_bin)/wasm-bindgen-test-runner" ] || install_wasm_bindgen
}

# The standard library's source, for the smallest wasm; without it a larger one is built.
setup_source() {
  local tried="$CACHE/no-library-source"
  [ "$(page_std)" = ready-made ] && [ -z "${CLEARLOAN_WASM_STD:-}" ] && [ ! -e "$tried" ] || return 0
  if have rustup; then
    say "Adding the standard library's source with rustup (half a minute)"
    if run_logged rustup-source timeout 120 rustup component add rust-src && [ "$(page_std)" != ready-made ]; then return; fi
  fi
  if have apt-get; then
    say "Installing Debian's Rust with its library source (half a minute)"
    (apt_install "Debian's Rust with its library source" rustc-web cargo-web rust-web-src rust-web-llvm lld-22) || true
  fi
  [ "$(page_std)" = ready-made ] || return 0
  # Once is enough: a machine without a network would wait for it with each build.
  mkdir -p "$CACHE" && : >"$tried"
  note "no library source for this compiler: the wasm will be some 9 kB larger in brotli (remove $tried to try again)"
}

add_wasm_target() {
  if [ "${CLEARLOAN_WASM_ROUTE:-rustup}" = rustup ] && have rustup; then
    say "Adding Rust's $WASM_TARGET target with rustup (half a minute)"
    if run_logged rustup-target timeout 300 rustup target add "$WASM_TARGET" && active_toolchain_has_wasm; then return; fi
    note "rustup could not fetch it here; building it from Debian's packages instead"
  fi
  say "Installing Debian's Rust with its library source (half a minute)"
  apt_install "Debian's Rust with its library source" rustc-web cargo-web rust-web-src rust-web-llvm lld-22
  build_standard_library
}

# Builds the standard library for wasm32 without any later wasm feature, into a sysroot of its own, so that /usr stays
# as Debian laid it. The bitcode is embedded because link-time optimisation reads it.
build_standard_library() {
  local sysroot work
  sysroot="$(debian_sysroot)" || fail "Debian's rustc is not at $DEBIAN_RUSTC." "Run: apt-get install --reinstall rustc-web cargo-web"
  say "Building Rust's standard library for $WASM_TARGET, once (a minute)"
  work="$(mktemp -d)"
  mkdir "$work/src"
  : >"$work/src/lib.rs"
  printf '[package]\nname = "standard-library"\nversion = "0.0.0"\nedition = "2021"\n[profile.release]\ncodegen-units = 1\n' >"$work/Cargo.toml"
  (
    cd "$work"
    export RUSTC_BOOTSTRAP=1 RUSTC="$DEBIAN_RUSTC" CARGO_TARGET_DIR="$work/target"
    # Fetched first, so that the registry's folder is there to be mapped to a plain name.
    run_logged fetch timeout 600 "$DEBIAN_CARGO" fetch --manifest-path "$ROOT/Cargo.toml" || exit 1
    CARGO_ENCODED_RUSTFLAGS="$(join_flags -Cembed-bitcode=yes -Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals \
      --remap-path-prefix=/usr/lib/rustlib/src/rust=rust)"
    export CARGO_ENCODED_RUSTFLAGS
    run_logged standard-library timeout 1500 "$DEBIAN_CARGO" build --release --target "$WASM_TARGET" \
      -Zbuild-std=std,panic_abort,panic_unwind,test,proc_macro
  ) || fail "The standard library for $WASM_TARGET did not build." "Read the log named above; at least 2 GB of disk and memory are needed."
  rm -rf "$sysroot"
  mkdir -p "$sysroot/lib/rustlib/$WASM_TARGET/lib"
  cp "$work/target/$WASM_TARGET"/release/deps/*.rlib "$sysroot/lib/rustlib/$WASM_TARGET/lib/"
  # The host's own library serves build scripts and procedural macros, and its folder holds the linker.
  ln -s /usr/lib/rustlib/*-linux-gnu "$sysroot/lib/rustlib/"
  : >"$sysroot/complete"
  rm -rf "$work"
}

# Not with --locked: one of the versions locked there has been withdrawn.
install_wasm_bindgen() {
  local version
  version="$(wasm_bindgen_version)"
  [ -n "$version" ] || fail "Cargo.lock names no wasm-bindgen." "Restore Cargo.lock from git."
  say "Building wasm-bindgen's command line $version, once (two to four minutes)"
  CARGO_TARGET_DIR="$CACHE/wasm-bindgen-build" run_logged wasm-bindgen timeout 1800 \
    cargo install wasm-bindgen-cli --version "=$version" --root "$CACHE/wasm-bindgen-$version" ||
    fail "cargo could not install wasm-bindgen-cli $version." "Read the log named above; without a network, put the binaries into $(wasm_bindgen_bin)."
  rm -rf "$CACHE/wasm-bindgen-build"
}

setup_node() {
  if ! have node || ! have npm; then
    say "Installing Node.js from Debian's packages (half a minute)"
    apt_install "Node.js" nodejs npm
  fi
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' ||
    fail "Node.js $(node --version) is too old." "Install Node.js 18 or later."
  if ! cmp -s package-lock.json node_modules/.installed-from; then
    say "Installing the JavaScript tools with npm (ten seconds)"
    run_logged npm timeout 600 npm ci --no-fund --no-audit ||
      fail "npm could not install the tools of package-lock.json." "Check the network, then run: npm ci"
    cp package-lock.json node_modules/.installed-from
  fi
}

setup_browser() {
  if [ ! -x /usr/bin/chromium ] || [ ! -x /usr/bin/chromedriver ]; then
    say "Installing Chromium and its driver from Debian's packages (half a minute)"
    apt_install "Chromium with its driver" chromium chromium-driver
  fi
}

# Python with wasmtime, which runs wasm as a server without JavaScript does.
setup_wasmtime() { setup_python wasmtime "$WASMTIME_VERSION" "$(wasmtime_folder)"; }

# Python with icalendar, a strict reader of calendar files.
setup_icalendar() { setup_python icalendar "$ICALENDAR_VERSION" "$(icalendar_folder)"; }

# setup_python PACKAGE VERSION FOLDER: a virtual environment with that package.
setup_python() {
  local package="$1" version="$2" folder="$3"
  [ -f "$folder/complete" ] && return
  if ! have python3 || ! python3 -c 'import venv, ensurepip' 2>/dev/null; then
    say "Installing Python from Debian's packages (half a minute)"
    apt_install "Python" python3 python3-venv
  fi
  say "Installing $package for Python, once (ten seconds)"
  rm -rf "$folder"
  run_logged "$package-venv" python3 -m venv "$folder" &&
    run_logged "$package" timeout 600 "$folder/bin/pip" install --quiet --disable-pip-version-check "$package==$version" ||
    fail "pip could not install $package $version." "Read the log named above; without a network, put a virtual environment with it into $folder."
  : >"$folder/complete"
}

# Bundlers (fifty megabytes) and WeChat's own packer (three hundred): outside of the checkout, by their lock files' hash.
setup_hosts() {
  setup_node
  install_host_tools tools "the bundlers that the package is tested with, once (half a minute)"
  install_host_tools tools-wechat "WeChat's packer of mini-programs, once (two minutes)"
}

install_host_tools() {
  local folder
  folder="$(host_tools_folder "$1")"
  [ -f "$folder/complete" ] && return
  say "Installing $2"
  rm -rf "$folder"
  mkdir -p "$folder"
  cp "tests/hosts/$1/package.json" "tests/hosts/$1/package-lock.json" .npmrc "$folder/"
  (cd "$folder" && run_logged "$1" timeout 1500 npm ci --no-fund --no-audit --ignore-scripts) ||
    fail "npm could not install the tools of tests/hosts/$1." "Check the network, then run: scripts/setup.sh hosts"
  : >"$folder/complete"
}

for part in "$@"; do
  case "$part" in
    rust | lint | wasm | source | node | browser | wasmtime | hosts | icalendar) "setup_$part" ;;
    *) fail "There is no set-up part \"$part\"." "Name some of: rust lint wasm source node browser wasmtime hosts icalendar" ;;
  esac
done
