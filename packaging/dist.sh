#!/usr/bin/env bash
# Makes the tarball of a release: library, headers, documents, licences, and a checksum of each file.
#
#     packaging/dist.sh LIBRARY FOLDER VERSION      what `make install` installs, under the name of version and machine
set -euo pipefail
library=$1 folder=$2 version=$3
name=wasmtime-shim-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)

# Files have the time of the commit, so that the same sources give the same bytes.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
export SOURCE_DATE_EPOCH

# macOS has them by other names.
tar=$(command -v gtar || command -v tar)
sums() { if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi; }

mkdir -p "$folder"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/$name

# The .pc file has to tell where the tree is, wherever that will be.
make -s -o build install INSTALL_LIB="$library" PREFIX=/prefix DESTDIR="$work"
mv "$work/prefix" "$tree"
sed -i.bak 's|^prefix=.*|prefix=${pcfiledir}/../..|; s|/prefix|${prefix}|' "$tree/lib/pkgconfig/wasmtime_shim.pc"
sed -i.bak 's|"/prefix/|"${CMAKE_CURRENT_LIST_DIR}/../../../|' "$tree/lib/cmake/wasmtime_shim/wasmtime_shim-config.cmake"
find "$tree" -name '*.bak' -delete

mkdir -p "$tree/share/doc/wasmtime_shim"
cp README.md CHANGELOG.md docs/*.md "$tree/share/doc/wasmtime_shim"
python3 packaging/licenses.py list "$tree/share/doc/wasmtime_shim/THIRD-PARTY.txt"
(cd "$tree" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | while read -r file; do sums "$file"; done >SHA256SUMS)

"$tar" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=ustar \
    --mode='u+rwX,go+rX,go-w' -C "$work" -cf - "$name" | gzip -9n >"$folder/$name.tar.gz"
(cd "$folder" && sums "$name.tar.gz" >"$name.tar.gz.sha256" && cat "$name.tar.gz.sha256")
