#!/bin/sh
# Builds lines.c with its debug information.
#
#   build-lines.sh OUTPUT          with the C compiler of $ZIG (default: python3 -m ziglang)
set -eu
[ $# -eq 1 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }

mkdir -p "$(dirname "$1")"
output=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
# Under this name the debug information knows it.
cd "$(dirname "$0")/../.."
${ZIG:-python3 -m ziglang} cc -target wasm32-freestanding -nostdlib -g -O1 -ffile-prefix-map="$PWD=." \
    -Wl,--no-entry -Wl,-z,stack-size=65536 tests/wasm/lines.c -o "$output"
chmod 644 "$output"
