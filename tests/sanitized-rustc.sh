#!/bin/sh
# Cargo's RUSTC_WORKSPACE_WRAPPER for `make sanitize`: the library alone is compiled for AddressSanitizer, what it is made
# of is taken as it is. The compiler is a stable one, which has sanitizers only when it is told so.
rustc=$1
shift
case " $* " in
*" --crate-name wasmtime_shim "*)
    RUSTC_BOOTSTRAP=1 exec "$rustc" -Zsanitizer=address -Cforce-frame-pointers=yes -Cdebuginfo=line-tables-only "$@"
    ;;
*) exec "$rustc" "$@" ;;
esac
