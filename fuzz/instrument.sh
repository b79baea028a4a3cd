#!/bin/sh
# Cargo calls this in place of rustc. The library and the targets get AddressSanitizer and what libFuzzer counts by;
# Wasmtime stays as it is, which is built in a third of the time, and then a new input is one that is new to the library.
case "$CARGO_PKG_NAME $*" in
*"--crate-name build_script_build"*) exec "$@" ;;
wasmtime-shim*) ;;
*) exec "$@" ;;
esac
# A stable compiler has the sanitizers, but for this.
export RUSTC_BOOTSTRAP=1
exec "$@" -Zsanitizer=address -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares
