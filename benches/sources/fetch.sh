#!/bin/sh
# Copies what the benches need out of the packages that Cargo.lock pins: the headers of Wasmtime's own C API
# (`include`), and SQLite in C (`sqlite3`).
#
#   fetch.sh FOLDER
set -eu
[ $# -eq 1 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }

here=$(cd "$(dirname "$0")" && pwd)
host=$(rustc -vV | sed -n 's/^host: //p')
metadata=$("${CARGO:-cargo}" metadata --locked --format-version 1 --filter-platform "$host" \
    --manifest-path "$here/Cargo.toml")

# The folder of a package.
package() {
    printf '%s' "$metadata" | "${PYTHON:-python3}" -c '
import json, os, sys
found = [p for p in json.load(sys.stdin)["packages"] if p["name"] == sys.argv[1]]
print(os.path.dirname(found[0]["manifest_path"]))' "$1"
}

rm -rf "$1/include" "$1/sqlite3"
mkdir -p "$1"
cp -R "$(package wasmtime-c-api-impl)/include" "$1/include"
cp -R "$(package libsqlite3-sys)/sqlite3" "$1/sqlite3"
# CMake would turn its words into definitions. The library in the wheel has all features.
sed 's/^#cmakedefine/#define/' "$1/include/wasmtime/conf.h.in" >"$1/include/wasmtime/conf.h"
