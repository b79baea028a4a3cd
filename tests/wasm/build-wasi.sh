#!/bin/sh
# Builds wasi.c, a program for WASI 0.1.
#
#   build-wasi.sh OUTPUT          with the C compiler of $ZIG (default: python3 -m ziglang)
set -eu
[ $# -eq 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }

mkdir -p "$(dirname "$1")"
output=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/../.."
${ZIG:-python3 -m ziglang} cc -target wasm32-wasi -Os -s -Wall -Wextra -Werror -Wno-cast-function-type-mismatch \
    tests/wasm/wasi.c -o "$output"
chmod 644 "$output"
