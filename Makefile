# Everything that can be done in this repository; `make help` lists it.

CARGO  ?= cargo
PYTHON ?= python3
CC     ?= cc

# What differs between platforms stands here and in build.rs.
MAJOR := $(shell sed -n 's/^version = "\([0-9]*\)\..*/\1/p' Cargo.toml | head -n 1)
ifeq ($(shell uname -s),Darwin)
SUFFIX := .dylib
SONAME := libwasmtime_shim.$(MAJOR)$(SUFFIX)
else
SUFFIX := .so
SONAME := libwasmtime_shim$(SUFFIX).$(MAJOR)
endif

RELEASE := target/release
LIB     := $(RELEASE)/libwasmtime_shim$(SUFFIX)
SHIPPED := target/ship/libwasmtime_shim$(SUFFIX)
ZLIB    := target/zlib
NATIVE  := $(ZLIB)/libzguest$(SUFFIX)
GUEST   := tests/wasm/zlib.wasm
LINES   := tests/wasm/lines.wasm
VENV    := .venv
BIN     := $(VENV)/bin
TOOLS   := $(VENV)/requirements.installed
HEADER  := include/wasmtime_shim.h
FILE    ?= $(LIB)

REFERENCE := target/spec-reference
TOTALS    := target/tmp/spec.txt

# The bench: C and Mojo programs of each peer. Wasmtime's own C API is in a wheel, its headers in a package of Rust's.
BENCHES := target/bench
C_API    = $(abspath $(shell ls $(VENV)/lib/python3*/site-packages/wasmtime/*/_libwasmtime$(SUFFIX)))
BENCH_C := $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -pthread -Wall -Wextra -Werror

export CARGO_TARGET_DIR := $(CURDIR)/target
export WASMTIME_MOJO_LIB := $(CURDIR)/$(LIB)

# As if .venv were activated: mojo looks for its companions there.
ACTIVE := PATH="$(CURDIR)/$(BIN):$$PATH"

# Not exported: build scripts of dependencies watch CC, and would rebuild for nothing.
BUILD_ZLIB := CARGO='$(CARGO)' CC='$(CC)' ZIG='$(BIN)/python -m ziglang' tests/wasm/build-zlib.sh
BUILD_LINES := ZIG='$(BIN)/python -m ziglang' tests/wasm/build-lines.sh

.DEFAULT_GOAL := help
.PHONY: help build ship venv native-zlib run run-c test test-rust test-ctest spec misuse stress soak loom check check-rust check-generated \
        check-guest check-mojo check-header generate format bench latency resumable bench-plot guest clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: ## build the library: target/release/libwasmtime_shim.so (.dylib on macOS)
	$(CARGO) build --release
	@ln -sf $(notdir $(LIB)) $(RELEASE)/$(SONAME)

# Cargo optimises across crates only where a single kind of library is asked for.
ship: ## build the library as it is shipped, optimised as a whole: target/ship/ (takes minutes)
	$(CARGO) rustc --profile ship --lib --crate-type cdylib
	@ln -sf $(notdir $(SHIPPED)) $(dir $(SHIPPED))$(SONAME)

venv: $(TOOLS) ## install Mojo, CMake and zig into .venv

$(TOOLS): requirements.txt
	$(PYTHON) -m venv $(VENV) || { echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

native-zlib: $(NATIVE) ## build the native zlib that stands beside the sandboxed one

$(NATIVE): tests/wasm/build-zlib.sh tests/wasm/zlib_guest.c tests/wasm/Cargo.lock
	$(BUILD_ZLIB) native $@

run: build venv native-zlib ## sandbox zlib from Mojo on a real file (FILE=..., default: the library itself)
	$(ACTIVE) mojo run -I mojo mojo/examples/sandboxed_zlib.mojo '$(FILE)' $(ZLIB)/sandboxed-mojo.gz
	gzip -t $(ZLIB)/sandboxed-mojo.gz

run-c: build native-zlib ## the same from C
	$(CC) -O2 -Iinclude tests/c/example_sandboxed_zlib.c $(LIB) -ldl -Wl,-rpath,$(CURDIR)/$(RELEASE) -o $(ZLIB)/example
	$(ZLIB)/example '$(FILE)' $(ZLIB)/sandboxed-c.gz
	gzip -t $(ZLIB)/sandboxed-c.gz

test: test-rust test-ctest ## run all tests: Rust, C, C++ and Mojo

test-rust: build loom ## run the Rust tests
	$(CARGO) test --release

test-ctest: build venv native-zlib ## run the C, C++ and Mojo tests
	$(ACTIVE) cmake -S tests -B target/ctest -DWTS_LIB=$(CURDIR)/$(LIB) -DWTS_MOJO=$(CURDIR)/$(BIN)/mojo
	$(ACTIVE) cmake --build target/ctest --parallel
	$(ACTIVE) ctest --test-dir target/ctest --output-on-failure

# Wasmtime's own runner is a package of its own, which builds Wasmtime once more.
spec: build ## run the official test suite through the library, and Wasmtime's own runner beside it
	$(CARGO) build --release --locked --manifest-path tests/spec-reference/Cargo.toml --target-dir $(REFERENCE)
	$(REFERENCE)/release/spec-reference >$(REFERENCE)/failed.txt
	@rm -f $(TOTALS)
	@WTS_SPEC_REFERENCE=$(CURDIR)/$(REFERENCE)/failed.txt $(CARGO) test --release --test spec >&2; \
	    status=$$?; cat $(TOTALS); exit $$status

# What stands beside it was measured: see tests/misuse.tsv.
misuse: target/reliability/misuse ## misuse the library in every way of tests/misuse.tsv, beside what Wasmtime's own C API does
	@$<

stress: target/reliability/stress ## have threads do everything to everything at once (SECONDS=600 THREADS=4)
	$< $(SECONDS) $(THREADS)

soak: target/reliability/soak ## watch the memory of a host that works for long (MINUTES=30); the curve is target/reliability/soak.svg
	$< $(MINUTES) $<.svg

# A package of its own: the owner word with loom's atomics.
loom: ## model who is inside a store, in every order that threads can come
	$(CARGO) test --release --locked --manifest-path tests/loom/Cargo.toml --target-dir target/loom

SECONDS ?= 600
THREADS ?= 4
MINUTES ?= 30

target/reliability/%: tests/c/%.c tests/c/test.h tests/c/callbacks.h $(HEADER) include/wts.h | build
	@mkdir -p $(@D)
	$(CC) -std=c11 -O2 -Iinclude -Itests/c $< $(LIB) -Wl,-rpath,$(CURDIR)/$(RELEASE) -pthread -o $@

check: check-rust check-generated check-header check-guest check-mojo ## formatting, lints, docs, and generated files

check-rust:
	$(CARGO) fmt --check
	$(CARGO) clippy --release --all-targets -- -D warnings
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --release --no-deps

check-generated:
	$(CARGO) test --release --test generated --test coverage

# Only numbers and pointers cross: these words may stand in comments alone.
check-header:
	@test -s $(HEADER)
	! grep -vE '^[[:space:]]*(/?\*|//)' $(HEADER) | grep -wE 'struct|union|enum|bool|float'

check-guest: venv
	$(BUILD_ZLIB) wasm $(ZLIB)/zlib.wasm
	cmp $(ZLIB)/zlib.wasm $(GUEST) || { echo '$(GUEST) is not what its sources give: run `make guest`' >&2; exit 1; }
	$(BUILD_LINES) $(ZLIB)/lines.wasm
	cmp $(ZLIB)/lines.wasm $(LINES) || { echo '$(LINES) is not what its source gives: run `make guest`' >&2; exit 1; }

check-mojo: venv
	$(ACTIVE) mblack --check --quiet mojo tests/mojo benches/mojo || { echo 'Mojo files are not formatted: run `make format`' >&2; exit 1; }
	$(ACTIVE) mojo doc --Werror --diagnose-missing-doc-strings -o target/mojo-doc.json mojo/wasmtime_mojo

generate: ## rewrite the generated files: header, JSON, Mojo declarations, ABI lock, rows and counts of docs/coverage.md
	WTS_GENERATE=1 $(CARGO) test --release --test generated
	WTS_GENERATE=1 $(CARGO) test --release --test coverage nothing_is_missing

format: venv ## format the Rust and Mojo sources
	$(CARGO) fmt
	$(ACTIVE) mblack --quiet mojo tests/mojo benches/mojo

# What the benches need, compiled: a library of functions and a program of C for each peer, programs of Mojo, SQLite.
BENCH_NEEDS := $(addprefix $(BENCHES)/,libbench_ours$(SUFFIX) libbench_capi$(SUFFIX) start_ours start_capi \
    libstripped_ours$(SUFFIX) libstripped_capi$(SUFFIX) sqlite.wasm) \
    $(patsubst benches/mojo/%.mojo,$(BENCHES)/mojo_%,$(wildcard benches/mojo/*.mojo))

# A build of its own, which takes minutes: as it is shipped.
ifneq ($(filter all size%,$(or $(BENCH),all)),)
BENCH_NEEDS += $(BENCHES)/libstripped_runtime$(SUFFIX)
endif

bench: build venv $(BENCH_NEEDS) ## measure beside Rust and Wasmtime's own C API (BENCH=call: only that)
	BENCH='$(BENCH)' $(CARGO) bench --bench bench

latency: build $(BENCHES)/latency ## measure how late timeouts and interrupts end a guest (RUNS=1000)
	$(BENCHES)/latency $(RUNS)

resumable: build $(BENCHES)/resumable ## measure what resumable calls and asynchronous stores cost
	$(BENCHES)/resumable

bench-plot: ## draw what `make bench` measured, and write it into README
	$(PYTHON) benches/plot.py

$(BENCH_NEEDS) $(BENCHES)/latency $(BENCHES)/resumable $(BENCHES)/sources.fetched: | $(BENCHES)

$(BENCHES):
	@mkdir -p $@

$(BENCHES)/%_ours$(SUFFIX) $(BENCHES)/%_ours: LINK = -Iinclude $(LIB) -Wl,-rpath,$(CURDIR)/$(RELEASE)
$(BENCHES)/%_capi$(SUFFIX) $(BENCHES)/%_capi: LINK = -I$(BENCHES)/include $(C_API) -Wl,-rpath,$(dir $(C_API))
$(BENCHES)/libbench_ours$(SUFFIX) $(BENCHES)/start_ours: $(HEADER) include/wts.h | build
$(BENCHES)/libbench_capi$(SUFFIX) $(BENCHES)/start_capi: $(BENCHES)/sources.fetched | venv

$(BENCHES)/libbench_%$(SUFFIX): benches/c/%.c benches/c/bench.h
	$(BENCH_C) -fPIC -shared $< $(LINK) -o $@

$(BENCHES)/start_%: benches/c/start_%.c benches/c/bench.h
	$(BENCH_C) $< $(LINK) -o $@

$(BENCHES)/latency $(BENCHES)/resumable: $(BENCHES)/%: benches/c/%.c benches/c/bench.h $(HEADER) include/wts.h
	$(BENCH_C) $< -Iinclude $(LIB) -Wl,-rpath,$(CURDIR)/$(RELEASE) -o $@

$(BENCHES)/sources.fetched: benches/sources/fetch.sh benches/sources/Cargo.lock
	CARGO='$(CARGO)' PYTHON='$(PYTHON)' benches/sources/fetch.sh $(BENCHES)
	@touch $@

# A real module of more than a megabyte.
$(BENCHES)/sqlite.wasm: $(BENCHES)/sources.fetched | venv
	$(BIN)/python -m ziglang cc -target wasm32-wasi -mexec-model=reactor -O2 -s -fvisibility=default -rdynamic \
	    -DSQLITE_OS_OTHER -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION $(addprefix $(BENCHES)/sqlite3/,sqlite3.c wasm32-wasi-vfs.c) -o $@

$(BENCHES)/libstripped_ours$(SUFFIX): build
	strip -x -o $@ $(LIB)

$(BENCHES)/libstripped_runtime$(SUFFIX): build
	$(CARGO) rustc --profile ship --no-default-features --lib --crate-type cdylib --target-dir target/runtime
	strip -x -o $@ $(subst target,target/runtime,$(SHIPPED))

$(BENCHES)/libstripped_capi$(SUFFIX): venv
	strip -x -o $@ $(C_API)

$(BENCHES)/mojo_%: benches/mojo/%.mojo $(wildcard mojo/wasmtime_mojo/*.mojo) | venv
	$(ACTIVE) mojo build --Werror -I mojo $< -o $@

guest: venv ## rebuild tests/wasm/*.wasm from their sources
	$(BUILD_ZLIB) wasm $(GUEST)
	$(BUILD_LINES) $(LINES)

clean: ## remove everything that was built, and .venv
	$(CARGO) clean
	rm -rf target $(VENV)
