#!/bin/sh
# Builds a component from its WIT and its core module in C, which have its name.
#
#   build-component.sh OUTPUT      with the C compiler of $ZIG (default: python3 -m ziglang), and cargo
set -eu
[ $# -eq 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }

here=$(cd "$(dirname "$0")" && pwd)
name=$(basename "$1" .wasm)
target=$here/../../target/make-component
mkdir -p "$target" "$(dirname "$1")"
${ZIG:-python3 -m ziglang} cc -target wasm32-wasi -mexec-model=reactor -Os -s -Wl,-z,stack-size=65536 -Wall -Wextra -Werror \
    "$here/component/$name.c" -o "$target/$name.core.wasm"
CARGO_TARGET_DIR=$target cargo run --quiet --release --locked --manifest-path "$here/component/Cargo.toml" -- \
    "$here/component/wit/$name.wit" "$target/$name.core.wasm" "$1"
