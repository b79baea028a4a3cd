#!/bin/sh
# Builds zlib_guest.c together with zlib's own source.
#
#   build-zlib.sh wasm OUTPUT      WebAssembly, with the C compiler of $ZIG (default: python3 -m ziglang)
#   build-zlib.sh native OUTPUT    a shared library for this machine, with $CC (default: cc)
set -eu

usage() { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -eq 2 ] || usage

target=$1
output=$2
here=$(cd "$(dirname "$0")" && pwd)
fetched=$here/../../target/zlib/source

# Cargo checks what it fetches against Cargo.lock.
"${CARGO:-cargo}" vendor --quiet --locked --manifest-path "$here/Cargo.toml" "$fetched" >/dev/null
zlib=$fetched/libz-sys/src/zlib

set -- -I "$zlib" "$here/zlib_guest.c"
for unit in adler32 crc32 deflate inffast inflate inftrees trees zutil; do
    set -- "$@" "$zlib/$unit.c"
done

mkdir -p "$(dirname "$output")"
# $ZIG and $CC may be a command with arguments, so they stand unquoted.
case $target in
wasm)
    # A reactor has exports and no main. 64 KiB of stack instead of zig's 16 MiB keep its memory small.
    ${ZIG:-python3 -m ziglang} cc -target wasm32-wasi -mexec-model=reactor -Os -s \
        -Wl,-z,stack-size=65536 "$@" -o "$output"
    chmod 644 "$output"
    ;;
native)
    ${CC:-cc} -O2 -fPIC -shared -fvisibility=hidden "$@" -o "$output"
    ;;
*) usage ;;
esac
