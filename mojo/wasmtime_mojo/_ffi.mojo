"""The raw declarations of libwasmtime_shim.

Generated from the library's Rust source; `make generate` rewrites this file.

How C types are written here:

- A handle is `UInt64`, `size_t` is `Int`, `double` is `Float64`.
- `const T *` is `InT` and `T *` is `OutT`. Text and bytes are both `InBytes` and `OutBytes`. Their origins are
  unbound, so that what they point to stays alive across the call.
- `uint8_t **` is `OutPointer`: the library writes a pointer whose lifetime Mojo cannot know.
- `void *env` is `Env`, and a callback is a `thin abi("C")` function. There is no NULL: pass a `Drop` that does nothing.
"""

from std.ffi import OwnedDLHandle, RTLD

# One declaration a line, so that a change of the ABI is a change of one line.
# fmt: off

comptime InBytes = Pointer[mut=False, UInt8, _]
"""Bytes or UTF-8 text that the library reads."""
comptime OutBytes = Pointer[mut=True, UInt8, _]
"""Bytes or UTF-8 text that the library writes."""
comptime InI32 = Pointer[mut=False, Int32, _]
"""Value kinds that the library reads."""
comptime OutI32 = Pointer[mut=True, Int32, _]
"""One or more `Int32` that the library writes."""
comptime OutU32 = Pointer[mut=True, UInt32, _]
"""A `UInt32` that the library writes."""
comptime InI64 = Pointer[mut=False, Int64, _]
"""Slots that the library reads."""
comptime OutI64 = Pointer[mut=True, Int64, _]
"""One or more `Int64`, often slots, that the library writes."""
comptime InU64 = Pointer[mut=False, UInt64, _]
"""Handles that the library reads."""
comptime OutU64 = Pointer[mut=True, UInt64, _]
"""A handle or another `UInt64` that the library writes."""
comptime InF64 = Pointer[mut=False, Float64, _]
"""Doubles that the library reads."""
comptime OutF64 = Pointer[mut=True, Float64, _]
"""Doubles that the library writes."""
comptime InSize = Pointer[mut=False, Int, _]
"""Sizes that the library reads."""
comptime OutSize = Pointer[mut=True, Int, _]
"""A size that the library writes."""
comptime OutPointer = Pointer[mut=True, Pointer[UInt8, MutUntrackedOrigin], _]
"""A pointer to bytes that the library writes, or pointers to columns that it reads."""
comptime Env = Pointer[UInt8, MutUntrackedOrigin]
"""What a callback was registered with, untouched by the library."""
comptime Args = Pointer[Int64, ImmUntrackedOrigin]
"""The argument slots of a callback, valid until it returns."""
comptime Results = Pointer[Int64, MutUntrackedOrigin]
"""The result slots of a callback, valid until it returns."""
comptime Lent = Pointer[UInt8, ImmUntrackedOrigin]
"""Bytes or UTF-8 text that a callback is lent, valid until it returns."""
comptime Callback = def(Env, UInt64, Args, Int, Results, Int) thin abi("C") -> Int32
"""A host function."""
comptime WaveCallback = def(Env, UInt64, Lent, Int) thin abi("C") -> Int32
"""A host function of components that takes its arguments as text."""
comptime BytesCallback = def(Env, UInt64, Args, Int, Lent, Int, Results, Int) thin abi("C") -> Int32
"""A host function of components that takes a `string` or `list<u8>` as bytes."""
comptime ResourceDrop = def(Env, UInt64) thin abi("C") -> None
"""What is called with the value of a resource of the host's when nobody owns it any more."""
comptime CallHook = def(Env, UInt64, Int32) thin abi("C") -> Int32
"""A call hook: what is called each time WebAssembly is entered or left."""
comptime Drop = def(Env) thin abi("C") -> None
"""Frees `env` of a callback or reference."""
comptime Limiter = def(Env, Int32, UInt64, UInt64, UInt64) thin abi("C") -> Int32
"""A limiter: asked before a memory or table of a store is made or grows."""
comptime EpochCallback = def(Env, UInt64, Pointer[UInt64, MutUntrackedOrigin]) thin abi("C") -> Int32
"""An epoch callback: asked when the epoch deadline of `store` is reached and its guest would be interrupted."""
comptime WasiInput = def(Env, Pointer[UInt8, MutUntrackedOrigin], Int, Pointer[Int, MutUntrackedOrigin]) thin abi("C") -> Int32
"""An input callback: asked for more of a guest's standard input."""
comptime WasiOutput = def(Env, Lent, Int) thin abi("C") -> Int32
"""An output callback: given what a guest writes to its standard output or error, as it comes."""
comptime WasiNetwork = def(Env, Lent, Int, Int32, Int32) thin abi("C") -> Int32
"""A network callback: asked whether guests may use an address of the network."""

comptime LIBRARY_VERSION = "0.1.0"
"""The version that these declarations are of."""

comptime WTS_OK: Int32 = 0
"""Success."""
comptime WTS_PENDING: Int32 = 1
"""A resumable call is not finished yet."""
comptime WTS_ERR_NULL: Int32 = -1
"""A pointer was NULL where memory was needed."""
comptime WTS_ERR_HANDLE: Int32 = -2
"""The handle is 0 or was never issued."""
comptime WTS_ERR_KIND: Int32 = -3
"""The handle is of another kind of object."""
comptime WTS_ERR_STALE: Int32 = -4
"""The object behind the handle was deleted."""
comptime WTS_ERR_WRONG_STORE: Int32 = -5
"""The object belongs to another store or engine."""
comptime WTS_ERR_UTF8: Int32 = -6
"""A text is not UTF-8."""
comptime WTS_ERR_RANGE: Int32 = -7
"""A number, index or offset is out of range."""
comptime WTS_ERR_BUFFER: Int32 = -8
"""The buffer is too small; the size needed was written."""
comptime WTS_ERR_TYPE: Int32 = -9
"""The count or the type of a value does not fit."""
comptime WTS_ERR_BUSY: Int32 = -10
"""The object is in use by another thread or by a call that is running."""
comptime WTS_ERR_STATE: Int32 = -11
"""The object is not in a state that allows this."""
comptime WTS_ERR_COMPILE: Int32 = -20
"""The module is not valid WebAssembly or could not be compiled."""
comptime WTS_ERR_LINK: Int32 = -21
"""The imports of a module could not be satisfied."""
comptime WTS_ERR_TRAP: Int32 = -22
"""WebAssembly trapped."""
comptime WTS_ERR_EXIT: Int32 = -23
"""The program ended itself with an exit status."""
comptime WTS_ERR_FUEL: Int32 = -24
"""The store ran out of fuel."""
comptime WTS_ERR_TIMEOUT: Int32 = -25
"""The deadline of the store passed."""
comptime WTS_ERR_INTERRUPT: Int32 = -26
"""The store was interrupted."""
comptime WTS_ERR_HOST: Int32 = -27
"""A host function failed."""
comptime WTS_ERR_MEMORY: Int32 = -40
"""Memory could not be allocated."""
comptime WTS_ERR_LIMIT: Int32 = -41
"""A limit was reached."""
comptime WTS_ERR_IO: Int32 = -42
"""A file could not be read or written."""
comptime WTS_ERR_CORRUPT: Int32 = -43
"""An artifact is damaged, edited or not ours."""
comptime WTS_ERR_NOT_FOUND: Int32 = -44
"""Nothing has that name."""
comptime WTS_ERR_PANIC: Int32 = -60
"""The library panicked; a store that was in use answers `WTS_ERR_STATE` from now on."""
comptime WTS_ERR_INTERNAL: Int32 = -61
"""The library broke a rule of its own."""
comptime WTS_ERR_UNSUPPORTED: Int32 = -62
"""This build or platform cannot do that."""
comptime WTS_TRAP_NONE: Int32 = 0
"""Not a trap."""
comptime WTS_TRAP_STACK_OVERFLOW: Int32 = 1
"""Call stack exhausted."""
comptime WTS_TRAP_MEMORY_OUT_OF_BOUNDS: Int32 = 2
"""Memory access out of bounds."""
comptime WTS_TRAP_HEAP_MISALIGNED: Int32 = 3
"""Unaligned atomic access."""
comptime WTS_TRAP_TABLE_OUT_OF_BOUNDS: Int32 = 4
"""Table access out of bounds."""
comptime WTS_TRAP_INDIRECT_CALL_TO_NULL: Int32 = 5
"""Indirect call of a null table element."""
comptime WTS_TRAP_BAD_SIGNATURE: Int32 = 6
"""Indirect call of a function of another type."""
comptime WTS_TRAP_INTEGER_OVERFLOW: Int32 = 7
"""Integer overflow."""
comptime WTS_TRAP_INTEGER_DIVISION_BY_ZERO: Int32 = 8
"""Integer division by zero."""
comptime WTS_TRAP_BAD_CONVERSION_TO_INTEGER: Int32 = 9
"""A float that no integer can hold was converted."""
comptime WTS_TRAP_UNREACHABLE: Int32 = 10
"""The `unreachable` instruction was executed."""
comptime WTS_TRAP_INTERRUPT: Int32 = 11
"""Execution was interrupted."""
comptime WTS_TRAP_OUT_OF_FUEL: Int32 = 12
"""All fuel was consumed."""
comptime WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY: Int32 = 13
"""Atomic wait on a memory that is not shared."""
comptime WTS_TRAP_NULL_REFERENCE: Int32 = 14
"""A null reference was used."""
comptime WTS_TRAP_ARRAY_OUT_OF_BOUNDS: Int32 = 15
"""Array access out of bounds."""
comptime WTS_TRAP_ALLOCATION_TOO_LARGE: Int32 = 16
"""A garbage-collected object would be too large."""
comptime WTS_TRAP_CAST_FAILURE: Int32 = 17
"""A reference cast failed."""
comptime WTS_TRAP_UNHANDLED_TAG: Int32 = 18
"""A suspension had no handler for its tag."""
comptime WTS_TRAP_OTHER: Int32 = 255
"""A trap that has no number of its own; its message says more."""
comptime WTS_KIND_NONE: Int32 = 0
"""Not a live handle."""
comptime WTS_KIND_CONFIG: Int32 = 1
"""A config."""
comptime WTS_KIND_ENGINE: Int32 = 2
"""An engine."""
comptime WTS_KIND_MODULE: Int32 = 3
"""A module."""
comptime WTS_KIND_TYPE: Int32 = 4
"""A type."""
comptime WTS_KIND_STORE: Int32 = 5
"""A store."""
comptime WTS_KIND_LINKER: Int32 = 6
"""A linker."""
comptime WTS_KIND_INSTANCE_PRE: Int32 = 7
"""A pre-instance."""
comptime WTS_KIND_INSTANCE: Int32 = 8
"""An instance."""
comptime WTS_KIND_FUNC: Int32 = 9
"""A function."""
comptime WTS_KIND_MEMORY: Int32 = 10
"""A memory."""
comptime WTS_KIND_GLOBAL: Int32 = 11
"""A global."""
comptime WTS_KIND_TABLE: Int32 = 12
"""A table."""
comptime WTS_KIND_TAG: Int32 = 13
"""A tag."""
comptime WTS_KIND_REFERENCE: Int32 = 14
"""A reference to a garbage-collected object."""
comptime WTS_KIND_CALLER: Int32 = 15
"""The caller of a host function."""
comptime WTS_KIND_ERROR: Int32 = 16
"""An error."""
comptime WTS_KIND_BUFFER: Int32 = 17
"""A buffer."""
comptime WTS_KIND_SHARED_MEMORY: Int32 = 18
"""A shared memory."""
comptime WTS_KIND_PROFILER: Int32 = 19
"""A profiler."""
comptime WTS_KIND_PENDING: Int32 = 20
"""A resumable call."""
comptime WTS_KIND_WASI: Int32 = 21
"""What WASI gives to guests."""
comptime WTS_KIND_COMPONENT: Int32 = 22
"""A component."""
comptime WTS_KIND_COMPONENT_LINKER: Int32 = 23
"""A linker of components."""
comptime WTS_KIND_COMPONENT_INSTANCE: Int32 = 24
"""An instance of a component."""
comptime WTS_KIND_COMPONENT_FUNC: Int32 = 25
"""A function of a component."""
comptime WTS_KIND_RESOURCE: Int32 = 26
"""A resource."""
comptime WTS_KIND_COMPONENT_INSTANCE_PRE: Int32 = 27
"""A pre-instance of a component."""
comptime WTS_I32: Int32 = 127
"""32-bit integer."""
comptime WTS_I64: Int32 = 126
"""64-bit integer."""
comptime WTS_F32: Int32 = 125
"""32-bit float."""
comptime WTS_F64: Int32 = 124
"""64-bit float."""
comptime WTS_V128: Int32 = 123
"""128-bit vector; two slots, low half first."""
comptime WTS_FUNCREF: Int32 = 112
"""Function reference, may be null."""
comptime WTS_EXTERNREF: Int32 = 111
"""Host reference, may be null."""
comptime WTS_ANYREF: Int32 = 110
"""Any internal reference, may be null."""
comptime WTS_EQREF: Int32 = 109
"""Comparable reference, may be null."""
comptime WTS_I31REF: Int32 = 108
"""31-bit integer reference, may be null."""
comptime WTS_STRUCTREF: Int32 = 107
"""Struct reference, may be null."""
comptime WTS_ARRAYREF: Int32 = 106
"""Array reference, may be null."""
comptime WTS_EXNREF: Int32 = 105
"""Exception reference, may be null."""
comptime WTS_NULLREF: Int32 = 113
"""The null of the internal references."""
comptime WTS_NULLEXTERNREF: Int32 = 114
"""The null of the host references."""
comptime WTS_NULLFUNCREF: Int32 = 115
"""The null of the function references."""
comptime WTS_NULLEXNREF: Int32 = 116
"""The null of the exception references."""
comptime WTS_REF: Int32 = 100
"""A reference that is never null; its type says to what."""
comptime WTS_REF_NULL: Int32 = 99
"""A reference to a struct, array or function of a certain type, or null; its type says which."""
comptime WTS_I8: Int32 = 120
"""8-bit integer; in structs and arrays only."""
comptime WTS_I16: Int32 = 119
"""16-bit integer; in structs and arrays only."""
comptime WTS_TYPE_STRUCT: Int32 = 64
"""The type of a struct."""
comptime WTS_TYPE_ARRAY: Int32 = 65
"""The type of an array."""
comptime WTS_TYPE_REF: Int32 = 66
"""The type of a reference."""
comptime WTS_UNLIMITED: UInt64 = 18446744073709551615
"""No maximum, no limit, or no known offset."""
comptime WTS_MEMORY_64: Int32 = 1
"""Flag of a memory type: 64-bit addresses."""
comptime WTS_MEMORY_SHARED: Int32 = 2
"""Flag of a memory type: shared between threads."""
comptime WTS_TABLE_64: Int32 = 1
"""Flag of a table type: 64-bit indices."""
comptime WTS_HOOK_CALLING_WASM: Int32 = 1
"""WebAssembly is about to be entered."""
comptime WTS_HOOK_RETURNING_FROM_WASM: Int32 = 2
"""WebAssembly was left: it returned, or it failed."""
comptime WTS_HOOK_CALLING_HOST: Int32 = 3
"""WebAssembly is about to call a host function, or what Wasmtime does for an instruction such as `memory.grow`."""
comptime WTS_HOOK_RETURNING_FROM_HOST: Int32 = 4
"""What was called returned, or failed."""
comptime WTS_STORE_ASYNC: Int32 = 1
"""Flag of a store: all its WebAssembly runs on fibers, so that host functions may wait and fuel has slices."""
comptime WTS_WASI_READ_ONLY: Int32 = 0
"""Rights to a folder: guests read in it."""
comptime WTS_WASI_READ_WRITE: Int32 = 1
"""Rights to a folder: guests read, write, make and remove in it."""
comptime WTS_WASI_STDOUT: Int32 = 1
"""A guest's standard output."""
comptime WTS_WASI_STDERR: Int32 = 2
"""A guest's standard error."""
comptime WTS_WASI_TRUNCATE: Int32 = 0
"""The file is emptied first."""
comptime WTS_WASI_APPEND: Int32 = 1
"""What the file has stays, and output is added to it."""
comptime WTS_WASI_TCP_BIND: Int32 = 0
"""To bind a TCP socket to its own address; to no address and port 0, when it connects or listens without having been bound."""
comptime WTS_WASI_TCP_LISTEN: Int32 = 1
"""To listen at its own address."""
comptime WTS_WASI_TCP_ACCEPT: Int32 = 2
"""To accept who connects from there."""
comptime WTS_WASI_TCP_CONNECT: Int32 = 3
"""To connect to it."""
comptime WTS_WASI_UDP_BIND: Int32 = 4
"""To bind a UDP socket to its own address; to no address and port 0, when it sends without having been bound."""
comptime WTS_WASI_UDP_SEND: Int32 = 5
"""To send to it."""
comptime WTS_WASI_UDP_RECEIVE: Int32 = 6
"""To receive what comes from there."""
comptime WTS_WAIT_NOTIFIED: Int32 = 0
"""It was notified."""
comptime WTS_WAIT_NOT_EQUAL: Int32 = 1
"""Another value was there, so it did not wait."""
comptime WTS_WAIT_TIMED_OUT: Int32 = 2
"""The time was over."""
comptime WTS_OPTION_BOOL: Int32 = 1
"""An option that is 0 or 1."""
comptime WTS_OPTION_INT: Int32 = 2
"""An option that is a number."""
comptime WTS_OPTION_BYTES: Int32 = 3
"""An option that is a number of bytes."""
comptime WTS_OPTION_ENUM: Int32 = 4
"""An option that is one of named numbers."""
comptime WTS_OPTION_TEXT: Int32 = 5
"""An option that is a text."""
comptime WTS_OPT_STRATEGY: Int32 = 1
"""The compiler: `WTS_STRATEGY_...`."""
comptime WTS_OPT_OPT_LEVEL: Int32 = 2
"""How far code is optimised: `WTS_OPTIMIZE_...`."""
comptime WTS_OPT_CACHE: Int32 = 3
"""Keep compiled modules in a cache folder."""
comptime WTS_OPT_CACHE_DIR: Int32 = 4
"""The cache folder; setting it turns the cache on."""
comptime WTS_OPT_CACHE_SIZE: Int32 = 5
"""How many bytes the cache may hold."""
comptime WTS_OPT_ARTIFACT_KEY: Int32 = 6
"""A secret that makes artifacts proof against forgery."""
comptime WTS_OPT_DEBUG_INFO: Int32 = 7
"""Emit DWARF for native debuggers."""
comptime WTS_OPT_PARALLEL_COMPILATION: Int32 = 8
"""Compile functions on several threads."""
comptime WTS_OPT_FUEL: Int32 = 9
"""Count fuel, so that a store can be given a budget."""
comptime WTS_OPT_EPOCH_INTERRUPTION: Int32 = 10
"""Let timeouts, interrupts and epoch deadlines end guests."""
comptime WTS_OPT_MAX_WASM_STACK: Int32 = 11
"""Stack that WebAssembly may use, in bytes."""
comptime WTS_OPT_BACKTRACE: Int32 = 12
"""Collect a backtrace when WebAssembly traps."""
comptime WTS_OPT_BACKTRACE_MAX_FRAMES: Int32 = 13
"""How many frames a backtrace holds at most."""
comptime WTS_OPT_MEMORY_RESERVATION: Int32 = 14
"""Address space reserved for each memory, in bytes."""
comptime WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH: Int32 = 15
"""Address space reserved for growth when a memory moves, in bytes."""
comptime WTS_OPT_MEMORY_GUARD_SIZE: Int32 = 16
"""Guard region behind each memory, in bytes."""
comptime WTS_OPT_MEMORY_MAY_MOVE: Int32 = 17
"""Memories may move when they grow."""
comptime WTS_OPT_ALLOCATION_STRATEGY: Int32 = 18
"""Where instances come from: `WTS_ALLOCATION_...`."""
comptime WTS_OPT_POOL_INSTANCES: Int32 = 19
"""Pool: how many instances."""
comptime WTS_OPT_POOL_MEMORIES: Int32 = 20
"""Pool: how many memories."""
comptime WTS_OPT_POOL_TABLES: Int32 = 21
"""Pool: how many tables."""
comptime WTS_OPT_POOL_MAX_MEMORY_SIZE: Int32 = 22
"""Pool: the largest memory, in bytes."""
comptime WTS_OPT_POOL_TABLE_ELEMENTS: Int32 = 23
"""Pool: the largest table, in elements."""
comptime WTS_OPT_POOL_MAX_INSTANCE_SIZE: Int32 = 24
"""Pool: the largest instance data, in bytes."""
comptime WTS_OPT_POOL_MEMORIES_PER_MODULE: Int32 = 25
"""Pool: memories per module."""
comptime WTS_OPT_POOL_TABLES_PER_MODULE: Int32 = 26
"""Pool: tables per module."""
comptime WTS_OPT_POOL_MAX_UNUSED_WARM_SLOTS: Int32 = 27
"""Pool: unused slots kept warm."""
comptime WTS_OPT_POOL_MEMORY_KEEP_RESIDENT: Int32 = 28
"""Pool: bytes of a memory reset by writing instead of unmapping."""
comptime WTS_OPT_POOL_TABLE_KEEP_RESIDENT: Int32 = 29
"""Pool: bytes of a table reset by writing instead of unmapping."""
comptime WTS_OPT_POOL_GC_HEAPS: Int32 = 30
"""Pool: how many garbage-collected heaps."""
comptime WTS_OPT_POOL_STACKS: Int32 = 31
"""Pool: how many fiber stacks."""
comptime WTS_OPT_WASM_SIMD: Int32 = 32
"""Proposal: SIMD."""
comptime WTS_OPT_WASM_RELAXED_SIMD: Int32 = 33
"""Proposal: relaxed SIMD."""
comptime WTS_OPT_RELAXED_SIMD_DETERMINISTIC: Int32 = 34
"""Relaxed SIMD gives the same results on every machine."""
comptime WTS_OPT_WASM_BULK_MEMORY: Int32 = 35
"""Proposal: bulk memory operations."""
comptime WTS_OPT_WASM_MULTI_VALUE: Int32 = 36
"""Proposal: multiple values."""
comptime WTS_OPT_WASM_REFERENCE_TYPES: Int32 = 37
"""Proposal: reference types."""
comptime WTS_OPT_WASM_MULTI_MEMORY: Int32 = 38
"""Proposal: multiple memories."""
comptime WTS_OPT_WASM_MEMORY64: Int32 = 39
"""Proposal: 64-bit memories."""
comptime WTS_OPT_WASM_GC: Int32 = 40
"""Proposal: garbage collection."""
comptime WTS_OPT_WASM_FUNCTION_REFERENCES: Int32 = 41
"""Proposal: typed function references."""
comptime WTS_OPT_WASM_EXCEPTIONS: Int32 = 42
"""Proposal: exception handling."""
comptime WTS_OPT_WASM_TAIL_CALL: Int32 = 43
"""Proposal: tail calls."""
comptime WTS_OPT_WASM_EXTENDED_CONST: Int32 = 44
"""Proposal: extended constant expressions."""
comptime WTS_OPT_WASM_CUSTOM_PAGE_SIZES: Int32 = 45
"""Proposal: custom page sizes."""
comptime WTS_OPT_WASM_THREADS: Int32 = 46
"""Proposal: threads."""
comptime WTS_OPT_SHARED_MEMORY: Int32 = 47
"""Shared memories may be made."""
comptime WTS_OPT_WASM_WIDE_ARITHMETIC: Int32 = 49
"""Proposal: wide arithmetic."""
comptime WTS_OPT_WASM_BRANCH_HINTING: Int32 = 50
"""Proposal: branch hinting."""
comptime WTS_OPT_GC_SUPPORT: Int32 = 51
"""The garbage collector is there."""
comptime WTS_OPT_COMPILER: Int32 = 52
"""There is a compiler."""
comptime WTS_OPT_CRANELIFT_DEBUG_VERIFIER: Int32 = 53
"""Cranelift checks its own work."""
comptime WTS_OPT_CRANELIFT_DEBUG_CHECKS: Int32 = 54
"""Cranelift adds checks of Wasmtime's own invariants."""
comptime WTS_OPT_CRANELIFT_NAN_CANONICALIZATION: Int32 = 55
"""NaNs are made the same everywhere."""
comptime WTS_OPT_CRANELIFT_REGALLOC_ALGORITHM: Int32 = 56
"""How Cranelift allocates registers: `WTS_REGALLOC_...`."""
comptime WTS_OPT_CRANELIFT_FLAGS: Int32 = 57
"""Flags of Cranelift, such as `has_avx=false`, separated by commas."""
comptime WTS_OPT_INLINING: Int32 = 58
"""Which calls Cranelift inlines: `WTS_INLINING_...`."""
comptime WTS_OPT_TARGET: Int32 = 59
"""The target triple that code is made for, such as `x86_64-unknown-linux-gnu`."""
comptime WTS_OPT_MODULE_VERSION: Int32 = 60
"""A version of the application's own; artifacts of another are refused."""
comptime WTS_OPT_FUEL_COSTS: Int32 = 61
"""Fuel that operators cost, such as `Call=10`, separated by commas."""
comptime WTS_OPT_COLLECTOR: Int32 = 62
"""The garbage collector: `WTS_COLLECTOR_...`."""
comptime WTS_OPT_GC_HEAP_INITIAL_SIZE: Int32 = 63
"""What the heap of a collector begins with, in bytes."""
comptime WTS_OPT_GC_HEAP_RESERVATION: Int32 = 64
"""Address space reserved for the heap of a collector, in bytes."""
comptime WTS_OPT_GC_HEAP_RESERVATION_FOR_GROWTH: Int32 = 65
"""Address space reserved for growth when the heap of a collector moves, in bytes."""
comptime WTS_OPT_GC_HEAP_GUARD_SIZE: Int32 = 66
"""Guard region behind the heap of a collector, in bytes."""
comptime WTS_OPT_GC_HEAP_MAY_MOVE: Int32 = 67
"""The heap of a collector may move when it grows."""
comptime WTS_OPT_GUARD_BEFORE_LINEAR_MEMORY: Int32 = 68
"""There is a guard region before each memory too."""
comptime WTS_OPT_TABLE_LAZY_INIT: Int32 = 69
"""Tables are filled when they are first used."""
comptime WTS_OPT_MEMORY_INIT_COW: Int32 = 70
"""Memories begin as copy-on-write images."""
comptime WTS_OPT_FORCE_MEMORY_INIT_MEMFD: Int32 = 71
"""Copy-on-write images are kept in memory, not mapped from a file."""
comptime WTS_OPT_MEMORY_GUARANTEED_DENSE_IMAGE_SIZE: Int32 = 72
"""Up to which size a memory always gets an image, in bytes."""
comptime WTS_OPT_SIGNALS_BASED_TRAPS: Int32 = 73
"""Traps are caught by signal handlers."""
comptime WTS_OPT_MACOS_USE_MACH_PORTS: Int32 = 74
"""On macOS traps are caught by Mach ports."""
comptime WTS_OPT_NATIVE_UNWIND_INFO: Int32 = 75
"""Emit information for native unwinders."""
comptime WTS_OPT_GENERATE_ADDRESS_MAP: Int32 = 76
"""Keep a map from code to offsets in the module."""
comptime WTS_OPT_DEBUG_SYMBOLS: Int32 = 77
"""Keep the names of functions in compiled code."""
comptime WTS_OPT_GUEST_DEBUG: Int32 = 78
"""Instrument code for debuggers of WebAssembly."""
comptime WTS_OPT_BACKTRACE_DETAILS: Int32 = 79
"""Backtraces have files and lines."""
comptime WTS_OPT_COREDUMP_ON_TRAP: Int32 = 80
"""A trap leaves a core dump."""
comptime WTS_OPT_METADATA_FOR_INTERNAL_ASSERTS: Int32 = 81
"""Failed assertions in compiled code are traps."""
comptime WTS_OPT_METADATA_FOR_GC_HEAP_CORRUPTION: Int32 = 82
"""A damaged heap of a collector is a trap."""
comptime WTS_OPT_PROFILING_STRATEGY: Int32 = 83
"""How native profilers learn of compiled code: `WTS_PROFILING_...`."""
comptime WTS_OPT_ASYNC_STACK_SIZE: Int32 = 84
"""Stack of a fiber, in bytes."""
comptime WTS_OPT_ASYNC_STACK_ZEROING: Int32 = 85
"""Stacks of fibers are zeroed before use."""
comptime WTS_OPT_POOL_STACK_KEEP_RESIDENT: Int32 = 86
"""Pool: bytes of a stack zeroed by writing instead of unmapping."""
comptime WTS_OPT_POOL_DECOMMIT_BATCH_SIZE: Int32 = 87
"""Pool: how many places are given back to the system at once."""
comptime WTS_OPT_POOL_PAGEMAP_SCAN: Int32 = 88
"""Pool: ask the kernel which pages were touched: `WTS_PAGEMAP_SCAN_...`."""
comptime WTS_OPT_POOL_COMPONENT_INSTANCES: Int32 = 89
"""Pool: how many component instances."""
comptime WTS_OPT_POOL_MAX_COMPONENT_INSTANCE_SIZE: Int32 = 90
"""Pool: the largest component instance data, in bytes."""
comptime WTS_OPT_POOL_INSTANCES_PER_COMPONENT: Int32 = 91
"""Pool: core instances per component."""
comptime WTS_OPT_POOL_MEMORIES_PER_COMPONENT: Int32 = 92
"""Pool: memories per component."""
comptime WTS_OPT_POOL_TABLES_PER_COMPONENT: Int32 = 93
"""Pool: tables per component."""
comptime WTS_OPT_WASM_SIGN_EXTENSION: Int32 = 94
"""Proposal: sign extension."""
comptime WTS_OPT_WASM_SATURATING_FLOAT_TO_INT: Int32 = 95
"""Proposal: saturating conversions of floats."""
comptime WTS_OPT_WASM_MUTABLE_GLOBAL: Int32 = 96
"""Proposal: mutable globals that are imported or exported."""
comptime WTS_OPT_WASM_FLOATS: Int32 = 97
"""Floats at all."""
comptime WTS_OPT_MAX_WASM_SIZE: Int32 = 98
"""The largest module or component that is compiled, in bytes."""
comptime WTS_OPT_MAX_WASM_FUNCTIONS: Int32 = 99
"""The most functions that a module or a component may define."""
comptime WTS_OPT_WASM_COMPONENT_MODEL: Int32 = 260
"""Components."""
comptime WTS_OPT_WASM_COMPONENT_MODEL_MAP: Int32 = 261
"""Components: maps as values."""
comptime WTS_OPT_WASM_COMPONENT_MODEL_FIXED_LENGTH_LISTS: Int32 = 262
"""Components: lists of fixed length as values."""
comptime WTS_OPT_MAP_ARTIFACTS: Int32 = 230
"""Map artifacts and cache entries instead of copying them."""
comptime WTS_STRATEGY_AUTO: Int32 = 0
"""Wasmtime chooses."""
comptime WTS_STRATEGY_CRANELIFT: Int32 = 1
"""The optimising compiler."""
comptime WTS_STRATEGY_WINCH: Int32 = 2
"""The baseline compiler: compiles fast, runs slower."""
comptime WTS_OPTIMIZE_NONE: Int32 = 0
"""No optimisation."""
comptime WTS_OPTIMIZE_SPEED: Int32 = 1
"""For speed."""
comptime WTS_OPTIMIZE_SPEED_AND_SIZE: Int32 = 2
"""For speed and size."""
comptime WTS_ALLOCATION_ON_DEMAND: Int32 = 0
"""Each instance maps its own memory."""
comptime WTS_ALLOCATION_POOLING: Int32 = 1
"""Instances come from a pool of fixed size."""
comptime WTS_COLLECTOR_AUTO: Int32 = 0
"""Wasmtime chooses."""
comptime WTS_COLLECTOR_DRC: Int32 = 1
"""Counts references; leaves cycles."""
comptime WTS_COLLECTOR_NULL: Int32 = 2
"""Never collects."""
comptime WTS_COLLECTOR_COPYING: Int32 = 3
"""Copies what is alive."""
comptime WTS_REGALLOC_BACKTRACKING: Int32 = 0
"""Good code."""
comptime WTS_REGALLOC_SINGLE_PASS: Int32 = 1
"""Compiles faster."""
comptime WTS_INLINING_NO: Int32 = 0
"""No calls."""
comptime WTS_INLINING_INTRINSICS: Int32 = 1
"""Calls of Wasmtime's intrinsics."""
comptime WTS_INLINING_INTER_MODULE: Int32 = 2
"""Calls between modules too."""
comptime WTS_INLINING_INTRA_GC: Int32 = 3
"""Calls within modules that use garbage collection too."""
comptime WTS_INLINING_YES: Int32 = 4
"""All calls."""
comptime WTS_PROFILING_NONE: Int32 = 0
"""They do not."""
comptime WTS_PROFILING_PERFMAP: Int32 = 1
"""By `/tmp/perf-PID.map`."""
comptime WTS_PROFILING_JITDUMP: Int32 = 2
"""By `jit-PID.dump` in the current folder."""
comptime WTS_PAGEMAP_SCAN_NO: Int32 = 0
"""Never."""
comptime WTS_PAGEMAP_SCAN_AUTO: Int32 = 1
"""If the kernel can."""
comptime WTS_PAGEMAP_SCAN_YES: Int32 = 2
"""Always; an error if the kernel cannot."""
comptime WTS_ARTIFACT_NONE: Int32 = 0
"""Not an artifact of this library."""
comptime WTS_ARTIFACT_MODULE: Int32 = 1
"""A compiled module."""
comptime WTS_ARTIFACT_COMPONENT: Int32 = 2
"""A compiled component."""
comptime WTS_COMPONENT_ITEM_FUNC: Int32 = 1
"""A function."""
comptime WTS_COMPONENT_ITEM_INSTANCE: Int32 = 2
"""An instance, which is what an interface of WIT becomes; its members are items of their own."""
comptime WTS_COMPONENT_ITEM_TYPE: Int32 = 3
"""A type that is not a resource."""
comptime WTS_COMPONENT_ITEM_RESOURCE: Int32 = 4
"""A resource type."""
comptime WTS_COMPONENT_ITEM_MODULE: Int32 = 5
"""A module."""
comptime WTS_COMPONENT_ITEM_COMPONENT: Int32 = 6
"""A component."""
comptime WTS_COMPONENT_ITEM_CORE_FUNC: Int32 = 7
"""A function of a module."""
comptime WTS_POOL_CORE_INSTANCES: Int32 = 0
"""Core instances that are alive."""
comptime WTS_POOL_COMPONENT_INSTANCES: Int32 = 1
"""Component instances that are alive."""
comptime WTS_POOL_MEMORIES: Int32 = 2
"""Memories that are alive."""
comptime WTS_POOL_TABLES: Int32 = 3
"""Tables that are alive."""
comptime WTS_POOL_STACKS: Int32 = 4
"""Fiber stacks that are alive."""
comptime WTS_POOL_GC_HEAPS: Int32 = 5
"""Garbage-collected heaps that are alive."""
comptime WTS_POOL_UNUSED_WARM_MEMORIES: Int32 = 6
"""Unused places for memories that keep the image of a module."""
comptime WTS_POOL_UNUSED_MEMORY_BYTES_RESIDENT: Int32 = 7
"""Bytes that unused places for memories keep resident."""
comptime WTS_POOL_UNUSED_WARM_TABLES: Int32 = 8
"""Unused places for tables that were used before."""
comptime WTS_POOL_UNUSED_TABLE_BYTES_RESIDENT: Int32 = 9
"""Bytes that unused places for tables keep resident."""
comptime WTS_POOL_UNUSED_WARM_STACKS: Int32 = 10
"""Unused places for fiber stacks that were used before."""
comptime WTS_POOL_UNUSED_STACK_BYTES_RESIDENT: Int32 = 11
"""Bytes that unused places for fiber stacks keep resident; `WTS_UNLIMITED` without `async_stack_zeroing`."""

comptime _NAMES = """
wts_version_number
wts_version_wasmtime
wts_version_text
wts_status_name
wts_status_text
wts_trap_name
wts_trap_text
wts_error_status
wts_error_message
wts_error_trap_code
wts_error_host_code
wts_error_exit_status
wts_error_backtrace
wts_error_frame_count
wts_error_frame
wts_error_frame_func_name
wts_error_frame_module_name
wts_error_frame_symbol_count
wts_error_frame_symbol
wts_error_frame_symbol_name
wts_error_frame_symbol_file
wts_error_coredump
wts_error_take
wts_error_delete
wts_handle_kind
wts_handle_kind_name
wts_handle_live_count
wts_config_new
wts_config_set
wts_config_get
wts_config_set_text
wts_config_get_text
wts_config_delete
wts_option_count
wts_option_at
wts_option_find
wts_option_name
wts_option_doc
wts_option_kind
wts_option_range
wts_engine_new
wts_engine_increment_epoch
wts_engine_precompile
wts_engine_compatibility_hash
wts_engine_pool_metric
wts_engine_target
wts_engine_is_pulley
wts_engine_same
wts_engine_cache_counts
wts_engine_take_warning
wts_engine_delete
wts_artifact_detect
wts_artifact_detect_file
wts_module_custom_section_count
wts_module_custom_section
wts_module_resources_required
wts_module_image_range
wts_module_initialize_copy_on_write_image
wts_module_func_count
wts_module_func
wts_module_func_name
wts_module_address_map
wts_module_text
wts_module_debug_bytecode
wts_module_new
wts_module_new_file
wts_module_validate
wts_module_serialize
wts_module_serialize_file
wts_module_deserialize
wts_module_deserialize_file
wts_module_name
wts_module_import_count
wts_module_import_module
wts_module_import_name
wts_module_import_kind
wts_module_import_type
wts_module_export_count
wts_module_export_name
wts_module_export_kind
wts_module_export_type
wts_module_export_find
wts_module_delete
wts_type_new_ref
wts_type_new_ref_to
wts_type_new_func_of
wts_type_new_table_of
wts_type_new_global_of
wts_type_new_tag
wts_type_new_tag_of
wts_type_new_struct
wts_type_new_struct_of
wts_type_new_array
wts_type_new_array_of
wts_type_fields
wts_type_field
wts_type_param_type
wts_type_result_type
wts_type_field_type
wts_type_element_type
wts_type_content_type
wts_type_ref
wts_type_supertype
wts_type_is_final
wts_type_matches
wts_type_same
wts_type_new_func
wts_type_new_memory
wts_type_new_table
wts_type_new_global
wts_type_kind
wts_type_params
wts_type_results
wts_type_memory
wts_type_table
wts_type_global
wts_type_text
wts_type_delete
wts_store_set_call_hook
wts_store_clear_call_hook
wts_store_take_exception
wts_store_new
wts_store_new_with
wts_store_get_user
wts_store_set_user
wts_store_set_wasi
wts_store_enter
wts_store_leave
wts_store_get_fuel
wts_store_fuel_consumed
wts_store_set_fuel
wts_store_set_epoch_deadline
wts_store_set_epoch_callback
wts_store_clear_epoch_callback
wts_store_set_timeout_ms
wts_store_interrupt
wts_store_set_slice_us
wts_store_set_limits
wts_store_set_limiter
wts_store_clear_limiter
wts_store_set_hostcall_fuel
wts_store_get_hostcall_fuel
wts_store_set_fuel_slice
wts_store_gc
wts_store_backtrace
wts_store_delete
wts_linker_new
wts_linker_clone
wts_linker_set_allow_shadowing
wts_linker_set_allow_unknown_exports
wts_linker_define_func
wts_linker_define_func_async
wts_linker_define_func_of
wts_linker_define
wts_linker_define_instance
wts_linker_define_module
wts_linker_define_unknown_imports_as_traps
wts_linker_define_unknown_imports_as_defaults
wts_linker_define_wasi
wts_linker_define_wasi_async
wts_linker_alias
wts_linker_alias_module
wts_linker_get
wts_linker_get_default
wts_linker_instantiate
wts_linker_run_command
wts_linker_instantiate_reactor
wts_linker_start_instance
wts_linker_instantiate_pre
wts_linker_delete
wts_instance_pre_instantiate
wts_instance_pre_call
wts_instance_pre_set_wasi
wts_instance_pre_delete
wts_instance_new
wts_instance_get_export
wts_instance_export_count
wts_instance_export_name
wts_instance_export_kind
wts_instance_export_at
wts_func_call_batch
wts_func_call_columns
wts_func_start
wts_func_new
wts_func_new_of
wts_func_new_async
wts_func_call
wts_func_call_f64
wts_func_type
wts_func_param_count
wts_func_result_count
wts_func_param_slots
wts_func_result_slots
wts_func_same
wts_func_matches
wts_pending_poll
wts_pending_results
wts_pending_delete
wts_caller_get_export
wts_caller_get_store
wts_caller_get_user
wts_caller_set_user
wts_caller_backtrace
wts_caller_set_trap
wts_caller_throw
wts_caller_set_result
wts_memory_new
wts_memory_type
wts_memory_size
wts_memory_data_size
wts_memory_page_size
wts_memory_grow
wts_memory_read
wts_memory_write
wts_memory_fill
wts_memory_data
wts_memory_load_i8
wts_memory_load_u8
wts_memory_load_i16
wts_memory_load_u16
wts_memory_load_i32
wts_memory_load_u32
wts_memory_load_i64
wts_memory_load_f32
wts_memory_load_f64
wts_memory_store_i8
wts_memory_store_i16
wts_memory_store_i32
wts_memory_store_i64
wts_memory_store_f32
wts_memory_store_f64
wts_shared_memory_new
wts_shared_memory_share
wts_shared_memory_same
wts_shared_memory_type
wts_shared_memory_size
wts_shared_memory_data_size
wts_shared_memory_grow
wts_shared_memory_data
wts_shared_memory_read
wts_shared_memory_write
wts_shared_memory_fill
wts_shared_memory_atomic_load_i32
wts_shared_memory_atomic_store_i32
wts_shared_memory_atomic_add_i32
wts_shared_memory_atomic_compare_exchange_i32
wts_shared_memory_atomic_load_i64
wts_shared_memory_atomic_store_i64
wts_shared_memory_atomic_add_i64
wts_shared_memory_atomic_compare_exchange_i64
wts_shared_memory_notify
wts_shared_memory_wait_i32
wts_shared_memory_wait_i64
wts_shared_memory_delete
wts_global_new
wts_global_type
wts_global_get
wts_global_set
wts_global_get_f64
wts_global_set_f64
wts_table_new
wts_table_type
wts_table_get
wts_table_set
wts_table_size
wts_table_grow
wts_table_fill
wts_table_copy
wts_tag_new
wts_tag_type
wts_tag_same
wts_externref_new
wts_externref_get
wts_externref_convert_any
wts_anyref_convert_extern
wts_reference_kind
wts_reference_type
wts_reference_is
wts_reference_matches
wts_reference_same
wts_reference_clone
wts_reference_delete
wts_i31_new
wts_i31_get
wts_i31_get_u
wts_struct_new
wts_struct_type
wts_struct_field_count
wts_struct_get
wts_struct_set
wts_array_new
wts_array_new_fixed
wts_array_new_bytes
wts_array_bytes
wts_array_type
wts_array_len
wts_array_get
wts_array_set
wts_exn_new
wts_exn_tag
wts_exn_field_count
wts_exn_get
wts_component_new
wts_component_new_file
wts_component_precompile
wts_component_serialize
wts_component_serialize_file
wts_component_deserialize
wts_component_deserialize_file
wts_component_wit
wts_component_import_count
wts_component_import_name
wts_component_import_kind
wts_component_import_type
wts_component_export_count
wts_component_export_name
wts_component_export_kind
wts_component_export_type
wts_component_delete
wts_component_linker_new
wts_component_linker_clone
wts_component_linker_set_allow_shadowing
wts_component_linker_define_func
wts_component_linker_define_func_wave
wts_component_linker_define_func_bytes
wts_component_linker_define_func_of
wts_component_linker_define_module
wts_component_linker_define_resource
wts_component_linker_define_wasi
wts_component_linker_define_http
wts_component_linker_define_unknown_imports_as_traps
wts_component_linker_instantiate
wts_component_linker_instance_pre
wts_component_linker_run_command
wts_component_linker_delete
wts_component_instance_pre_instantiate
wts_component_instance_pre_delete
wts_component_instance_get_func
wts_component_func_type
wts_component_func_param_count
wts_component_func_result_count
wts_component_func_call_wave
wts_component_func_call
wts_component_func_call_bytes
wts_resource_new
wts_resource_value
wts_resource_type
wts_resource_same_type
wts_resource_is_owned
wts_resource_delete
wts_buffer_copy
wts_buffer_data
wts_buffer_delete
wts_profiler_new
wts_profiler_sample
wts_profiler_call_hook
wts_profiler_finish
wts_profiler_delete
wts_wasi_new
wts_wasi_add_arg
wts_wasi_inherit_args
wts_wasi_set_env
wts_wasi_inherit_env
wts_wasi_open_dir
wts_wasi_stdin_bytes
wts_wasi_stdin_file
wts_wasi_stdin_inherit
wts_wasi_stdin_callback
wts_wasi_output_inherit
wts_wasi_output_file
wts_wasi_output_buffer
wts_wasi_output_callback
wts_wasi_read_output
wts_wasi_fix_clocks
wts_wasi_seed_random
wts_wasi_allow_network
wts_wasi_network_callback
wts_wasi_allow_name_lookup
wts_wasi_delete
wts_thread_init
wts_thread_set_stack
"""


# Code that stands here once is compiled once, and not for each type of a function.
@no_inline
def _look_up(lib: OwnedDLHandle, path: String) raises -> List[Int]:
    var addresses = List[Int]()
    for name in _NAMES.split():
        var symbol = lib.get_symbol[NoneType](name)
        if not symbol:
            raise Error("'", path, "' has no function ", name, ": libwasmtime_shim ", LIBRARY_VERSION, " is needed")
        addresses.append(Int(symbol.value()))
    return addresses^


@always_inline
def _function[F: TrivialRegisterPassable](address: Pointer[mut=False, Int, _]) -> F:
    # The function's address is the value that is pointed to.
    return address.unsafe_bitcast[F]()[]


struct _Lib(Movable):
    """The library's functions, looked up once."""

    var _handle: OwnedDLHandle

    var version_number: def() thin abi("C") -> UInt32
    """The version of this library: major times 65,536 plus minor times 256 plus patch."""
    var version_wasmtime: def() thin abi("C") -> UInt32
    """The version of Wasmtime inside: major times 65,536 plus minor times 256 plus patch."""
    var version_text: def(OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out both versions as text."""
    var status_name: def(Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of a status: `WTS_ERR_NULL`."""
    var status_text: def(Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out what a status means, in a few words."""
    var trap_name: def(Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of a trap code: `WTS_TRAP_UNREACHABLE`."""
    var trap_text: def(Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out what a trap code means, in Wasmtime's words."""
    var error_status: def(UInt64, OutI32) thin abi("C") -> Int32
    """Gets the status of an error."""
    var error_message: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the message of an error."""
    var error_trap_code: def(UInt64, OutI32) thin abi("C") -> Int32
    """Gets the trap code of an error, `WTS_TRAP_NONE` if it is not a trap."""
    var error_host_code: def(UInt64, OutI32) thin abi("C") -> Int32
    """Gets the negative number that the failed host function answered."""
    var error_exit_status: def(UInt64, OutI32) thin abi("C") -> Int32
    """Gets the exit status of a program that ended itself."""
    var error_backtrace: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the WebAssembly backtrace of an error as text, empty if it has none."""
    var error_frame_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many frames the backtrace of an error has."""
    var error_frame: def(UInt64, Int, OutU32, OutU64, OutU64) thin abi("C") -> Int32
    """Gets one frame of a backtrace, innermost first: the index of the function in its module, and where it stood, in bytes from the start of the function and of the module (`WTS_UNLIMITED` if unknown)."""
    var error_frame_func_name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of a frame's function, empty if it has none."""
    var error_frame_module_name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of a frame's module, empty if it has none."""
    var error_frame_symbol_count: def(UInt64, Int, OutSize) thin abi("C") -> Int32
    """Gets how many symbols of the source a frame has, innermost first: its function, before it those that the compiler inlined there."""
    var error_frame_symbol: def(UInt64, Int, Int, OutU32, OutU32) thin abi("C") -> Int32
    """Gets the line and the column of a symbol, from 1; 0 if unknown."""
    var error_frame_symbol_name: def(UInt64, Int, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of a symbol's function as its programmer wrote it, empty if unknown."""
    var error_frame_symbol_file: def(UInt64, Int, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the path of a symbol's source file as its compiler wrote it, empty if unknown."""
    var error_coredump: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Gets the core dump of an error as a new buffer: a WebAssembly module with the sections `core`, `coremodules`, `coreinstances`, `corestack`, and the memories and globals of the store as they were."""
    var error_take: def(OutU64) thin abi("C") -> Int32
    """Moves the last error of this thread into a handle, which any thread may read and which is deleted with `wts_error_delete`."""
    var error_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes an error that was taken."""
    var handle_kind: def(UInt64) thin abi("C") -> Int32
    """The kind of a live handle: `WTS_KIND_...`."""
    var handle_kind_name: def(Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of a kind of handle, such as `func`."""
    var handle_live_count: def(Int32, OutU64) thin abi("C") -> Int32
    """Gets how many handles of a kind are alive; of all kinds for `WTS_KIND_NONE`."""
    var config_new: def(OutU64) thin abi("C") -> Int32
    """Makes a config, in which nothing is set: the defaults apply."""
    var config_set: def(UInt64, Int32, Int64) thin abi("C") -> Int32
    """Sets an option that is a number."""
    var config_get: def(UInt64, Int32, OutI64) thin abi("C") -> Int32
    """Gets what an option was set to."""
    var config_set_text: def(UInt64, Int32, InBytes, Int) thin abi("C") -> Int32
    """Sets an option that is a text."""
    var config_get_text: def(UInt64, Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out what an option was set to."""
    var config_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a config."""
    var option_count: def(OutSize) thin abi("C") -> Int32
    """Gets how many options there are."""
    var option_at: def(Int, OutI32) thin abi("C") -> Int32
    """Gets the number of the option at an index."""
    var option_find: def(InBytes, Int, OutI32) thin abi("C") -> Int32
    """Finds an option by its name, such as `max_wasm_stack`."""
    var option_name: def(Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of an option."""
    var option_doc: def(Int32, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out what an option does."""
    var option_kind: def(Int32, OutI32) thin abi("C") -> Int32
    """Gets what kind of value an option has: `WTS_OPTION_...`."""
    var option_range: def(Int32, OutI64, OutI64) thin abi("C") -> Int32
    """Gets the smallest and the largest value of an option that is a number."""
    var engine_new: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes an engine with the options of a config; `config` 0 stands for the defaults."""
    var engine_increment_epoch: def(UInt64) thin abi("C") -> Int32
    """Moves an engine's epoch on by one tick."""
    var engine_precompile: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Compiles a module, from the binary or the text format, to an artifact in a new buffer, without loading it."""
    var engine_compatibility_hash: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets a number that two engines share only if artifacts of one load in the other."""
    var engine_pool_metric: def(UInt64, Int32, OutU64) thin abi("C") -> Int32
    """Gets a number that the pool of an engine tells of itself: `WTS_POOL_...`."""
    var engine_target: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the target triple that an engine makes code for, or takes it of."""
    var engine_is_pulley: def(UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether an engine runs WebAssembly with Pulley, Wasmtime's interpreter: 1 or 0."""
    var engine_same: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether two handles name the same engine: 1 or 0."""
    var engine_cache_counts: def(UInt64, OutU64, OutU64) thin abi("C") -> Int32
    """Gets how often an engine's module cache had a module and how often it had not; 0 and 0 without a cache."""
    var engine_take_warning: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the oldest warning that was not taken yet, and forgets it; empty when there is none."""
    var engine_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes an engine."""
    var artifact_detect: def(InBytes, Int, OutI32) thin abi("C") -> Int32
    """Tells what bytes are: `WTS_ARTIFACT_...`."""
    var artifact_detect_file: def(InBytes, Int, OutI32) thin abi("C") -> Int32
    """Tells what a file is, as `wts_artifact_detect`."""
    var module_custom_section_count: def(UInt64, InBytes, Int, OutSize) thin abi("C") -> Int32
    """Gets how many custom sections of a name a module has."""
    var module_custom_section: def(UInt64, InBytes, Int, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the content of a custom section, the `index`-th of its name."""
    var module_resources_required: def(UInt64, OutU32, OutU64, OutU32, OutU64) thin abi("C") -> Int32
    """Gets what an instance of a module takes besides its imports: how many memories and tables, and the largest first size of each, in pages and in elements (0 if there are none)."""
    var module_image_range: def(UInt64, OutPointer, OutSize) thin abi("C") -> Int32
    """Gets where the compiled image of a module is in memory and how long it is, to have the system keep it there."""
    var module_initialize_copy_on_write_image: def(UInt64) thin abi("C") -> Int32
    """Makes the copy-on-write image of a module's memory now instead of at its first instantiation."""
    var module_func_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many functions a module defines; its imports do not count."""
    var module_func: def(UInt64, Int, OutU32, OutU64, OutU64) thin abi("C") -> Int32
    """Gets one of the functions that a module defines: its index among all functions of the module, imports included, and where its code begins in `wts_module_text` and how long it is, in bytes."""
    var module_func_name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of one of the functions that a module defines, empty if it has none."""
    var module_address_map: def(UInt64, OutU64, Int, OutSize) thin abi("C") -> Int32
    """Copies out the map from a module's code to the module, two numbers for each place: its offset in `wts_module_text`, and the offset in the binary module that it was made from (`WTS_UNLIMITED` if from none)."""
    var module_text: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the machine code of a module, or Pulley's, as a new buffer."""
    var module_debug_bytecode: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the binary module that a module was compiled from, as a new buffer."""
    var module_new: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Compiles a module, from the binary or the text format."""
    var module_new_file: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Compiles a module from a file in the binary or the text format."""
    var module_validate: def(UInt64, InBytes, Int) thin abi("C") -> Int32
    """Checks that bytes are a valid module for an engine, without compiling them."""
    var module_serialize: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out a module as an artifact, which `wts_module_deserialize` loads without compiling."""
    var module_serialize_file: def(UInt64, InBytes, Int) thin abi("C") -> Int32
    """Writes a module to a file as an artifact."""
    var module_deserialize: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Loads a module from an artifact."""
    var module_deserialize_file: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Loads a module from an artifact in a file."""
    var module_name: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name that a module gives itself, empty if it has none."""
    var module_import_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many imports a module has."""
    var module_import_module: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the module name of an import, the first of its two names."""
    var module_import_name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of an import, the second of its two names."""
    var module_import_kind: def(UInt64, Int, OutI32) thin abi("C") -> Int32
    """Gets what an import must be: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`."""
    var module_import_type: def(UInt64, Int, OutU64) thin abi("C") -> Int32
    """Gets the type of an import, a new handle."""
    var module_export_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many exports a module has."""
    var module_export_name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of an export."""
    var module_export_kind: def(UInt64, Int, OutI32) thin abi("C") -> Int32
    """Gets what an export is: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`."""
    var module_export_type: def(UInt64, Int, OutU64) thin abi("C") -> Int32
    """Gets the type of an export, a new handle."""
    var module_export_find: def(UInt64, InBytes, Int, OutSize) thin abi("C") -> Int32
    """Finds the index of an export by its name."""
    var module_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a module."""
    var type_new_ref: def(Int32, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of references of an abstract kind, which are never null unless `is_nullable` is 1."""
    var type_new_ref_to: def(UInt64, UInt64, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of references to a struct, array or function of type `type`, which are never null unless `is_nullable` is 1."""
    var type_new_func_of: def(UInt64, UInt64, Int32, InI32, Int, InU64, Int, InI32, Int, InU64, Int, OutU64) thin abi("C") -> Int32
    """Makes the type of a function that belongs to an engine: it may take and return references of any type, and have subtypes."""
    var type_new_table_of: def(UInt64, UInt64, UInt64, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of a table of any reference type; else as `wts_type_new_table`."""
    var type_new_global_of: def(UInt64, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of a global that holds references of any type."""
    var type_new_tag: def(InI32, Int, OutU64) thin abi("C") -> Int32
    """Makes the type of a tag from the kinds of the fields of its exceptions."""
    var type_new_tag_of: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes the type of a tag whose exceptions have the parameters of a function type as fields."""
    var type_new_struct: def(UInt64, InI32, Int, InI32, Int, OutU64) thin abi("C") -> Int32
    """Makes the type of a struct from the kinds of its fields: `WTS_I8`, `WTS_I16`, or a kind of values."""
    var type_new_struct_of: def(UInt64, UInt64, Int32, InI32, Int, InI32, Int, InU64, Int, OutU64) thin abi("C") -> Int32
    """Makes the type of a struct of which fields may be references of any type, and which may have subtypes and a supertype."""
    var type_new_array: def(UInt64, Int32, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of an array from the kind of its elements: `WTS_I8`, `WTS_I16`, or a kind of values."""
    var type_new_array_of: def(UInt64, UInt64, Int32, Int32, UInt64, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of an array whose elements may be references of any type, and which may have subtypes and a supertype."""
    var type_fields: def(UInt64, OutI32, Int, OutSize) thin abi("C") -> Int32
    """Copies out the kinds of a struct type's fields; of an array type's elements, one kind."""
    var type_field: def(UInt64, Int, OutI32, OutI32) thin abi("C") -> Int32
    """Gets the kind of a struct type's field, and 1 if it can be set, else 0; of an array type's elements, as field 0."""
    var type_param_type: def(UInt64, Int, OutU64) thin abi("C") -> Int32
    """Gets the reference type of a parameter of a function type or of a tag type, a new handle."""
    var type_result_type: def(UInt64, Int, OutU64) thin abi("C") -> Int32
    """Gets the reference type of a result of a function type, a new handle."""
    var type_field_type: def(UInt64, Int, OutU64) thin abi("C") -> Int32
    """Gets the reference type of a struct type's field, or of an array type's elements as field 0, a new handle."""
    var type_element_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the reference type of a table type's elements, a new handle."""
    var type_content_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the reference type of a global type's value, a new handle."""
    var type_ref: def(UInt64, OutI32, OutI32, OutU64) thin abi("C") -> Int32
    """Gets what a reference type says: what it refers to, as the kind of its abstract type, and whether it may be null (1) or not (0)."""
    var type_supertype: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the declared supertype of a struct, array or function type, a new handle; 0 if it has none."""
    var type_is_final: def(UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether a struct, array or function type is final: 1 if it can have no subtypes, else 0."""
    var type_matches: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether what has this type can be used where `other` is wanted: 1 if it is the same type or a subtype, else 0."""
    var type_same: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether two handles are of the same type: 1 if each matches the other, else 0."""
    var type_new_func: def(InI32, Int, InI32, Int, OutU64) thin abi("C") -> Int32
    """Makes the type of a function from the kinds of its parameters and results."""
    var type_new_memory: def(UInt64, UInt64, Int32, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of a memory."""
    var type_new_table: def(Int32, UInt64, UInt64, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of a table."""
    var type_new_global: def(Int32, Int32, OutU64) thin abi("C") -> Int32
    """Makes the type of a global."""
    var type_kind: def(UInt64, OutI32) thin abi("C") -> Int32
    """Gets what a type is the type of: `WTS_KIND_FUNC`, `_MEMORY`, `_TABLE`, `_GLOBAL` or `_TAG`, or `WTS_TYPE_STRUCT`, `_ARRAY` or `_REF`."""
    var type_params: def(UInt64, OutI32, Int, OutSize) thin abi("C") -> Int32
    """Copies out the kinds of a function type's parameters; of a tag type's too."""
    var type_results: def(UInt64, OutI32, Int, OutSize) thin abi("C") -> Int32
    """Copies out the kinds of a function type's results."""
    var type_memory: def(UInt64, OutU64, OutU64, OutI32, OutI32) thin abi("C") -> Int32
    """Gets what a memory type says: limits in pages, flags, and the page size as a power of 2."""
    var type_table: def(UInt64, OutI32, OutU64, OutU64, OutI32) thin abi("C") -> Int32
    """Gets what a table type says: the kind of its elements, limits in elements, and flags."""
    var type_global: def(UInt64, OutI32, OutI32) thin abi("C") -> Int32
    """Gets what a global type says: the kind of its value, and 1 if it can be changed, else 0."""
    var type_text: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out a type as in the WebAssembly text format: `(func (param i32) (result i64))`."""
    var type_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a type."""
    var store_set_call_hook: def(UInt64, CallHook, Env, Drop) thin abi("C") -> Int32
    """Has `function` called each time WebAssembly of a store is entered or left, in place of the hook before."""
    var store_clear_call_hook: def(UInt64) thin abi("C") -> Int32
    """Takes the hook of a store away, if it has one."""
    var store_take_exception: def(UInt64, OutU64) thin abi("C") -> Int32
    """Takes the exception that nobody caught: the one that ended the last such call of this store."""
    var store_new: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Makes a store."""
    var store_new_with: def(UInt64, UInt64, Int32, OutU64) thin abi("C") -> Int32
    """Makes a store with flags, such as `WTS_STORE_ASYNC`; else as `wts_store_new`."""
    var store_get_user: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the caller's value of a store."""
    var store_set_user: def(UInt64, UInt64) thin abi("C") -> Int32
    """Sets the caller's value of a store."""
    var store_set_wasi: def(UInt64, UInt64) thin abi("C") -> Int32
    """Gives a store what a description says of WASI, as it is now, in place of what it had."""
    var store_enter: def(UInt64, Int64) thin abi("C") -> Int32
    """Makes this thread the owner of a store, until as many calls of `wts_store_leave`."""
    var store_leave: def(UInt64) thin abi("C") -> Int32
    """Ends one `wts_store_enter`."""
    var store_get_fuel: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the fuel that a store has left."""
    var store_fuel_consumed: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the fuel that a store has consumed since it was made, however often `wts_store_set_fuel` set what it has left."""
    var store_set_fuel: def(UInt64, UInt64) thin abi("C") -> Int32
    """Sets the fuel that a store has left."""
    var store_set_epoch_deadline: def(UInt64, UInt64) thin abi("C") -> Int32
    """Interrupts a store's WebAssembly once `wts_engine_increment_epoch` was called `ticks` more times."""
    var store_set_epoch_callback: def(UInt64, EpochCallback, Env, Drop) thin abi("C") -> Int32
    """Has a callback decide whether a guest goes on that has reached the store's epoch deadline."""
    var store_clear_epoch_callback: def(UInt64) thin abi("C") -> Int32
    """Takes the epoch callback of a store away, if it has one."""
    var store_set_timeout_ms: def(UInt64, Int64) thin abi("C") -> Int32
    """Ends a store's WebAssembly with `WTS_ERR_TIMEOUT` once `timeout_ms` milliseconds have passed from now."""
    var store_interrupt: def(UInt64) thin abi("C") -> Int32
    """Interrupts a store's WebAssembly, which ends with `WTS_ERR_INTERRUPT` within some milliseconds."""
    var store_set_slice_us: def(UInt64, Int64) thin abi("C") -> Int32
    """Sets for how many microseconds `wts_pending_poll` runs a resumable call of a store before it answers `WTS_PENDING`."""
    var store_set_limits: def(UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, Int32) thin abi("C") -> Int32
    """Limits what a store may take from now on."""
    var store_set_limiter: def(UInt64, Limiter, Env, Drop) thin abi("C") -> Int32
    """Has a callback decide whether a store's memories and tables may be made and grow."""
    var store_clear_limiter: def(UInt64) thin abi("C") -> Int32
    """Takes the limiter of a store away, if it has one."""
    var store_set_hostcall_fuel: def(UInt64, UInt64) thin abi("C") -> Int32
    """Sets how much a call between host and guest may take out of a guest: the result of a component's function, the arguments of a component's host function, what a function of WASI is given."""
    var store_get_hostcall_fuel: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets what `wts_store_set_hostcall_fuel` set last, or 128 MiB."""
    var store_set_fuel_slice: def(UInt64, UInt64) thin abi("C") -> Int32
    """Sets after how much fuel `wts_pending_poll` leaves a resumable call of an asynchronous store; `WTS_UNLIMITED`, which a new store has, for not at all."""
    var store_gc: def(UInt64) thin abi("C") -> Int32
    """Collects a store's garbage: objects that no reference and no WebAssembly reaches are freed."""
    var store_backtrace: def(UInt64, OutU64) thin abi("C") -> Int32
    """Captures the WebAssembly stack as it is now, as an error of status `WTS_OK`: `wts_error_backtrace`, `wts_error_frame` and the like read it, and `wts_error_delete` deletes it."""
    var store_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a store with all that lives in it."""
    var linker_new: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes a linker, in which nothing is defined."""
    var linker_clone: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes a linker with the same definitions and settings, which is changed on its own from then on."""
    var linker_set_allow_shadowing: def(UInt64, Int32) thin abi("C") -> Int32
    """Allows (1) or refuses (0, the default) that a name is defined again."""
    var linker_set_allow_unknown_exports: def(UInt64, Int32) thin abi("C") -> Int32
    """Allows (1) or refuses (0, the default) commands that export more than functions and what is usual beside them."""
    var linker_define_func: def(UInt64, InBytes, Int, InBytes, Int, InI32, Int, InI32, Int, Callback, Env, Drop) thin abi("C") -> Int32
    """Defines a host function under two names, for all stores of the engine."""
    var linker_define_func_async: def(UInt64, InBytes, Int, InBytes, Int, InI32, Int, InI32, Int, Callback, Env, Drop) thin abi("C") -> Int32
    """Defines a host function that may answer `WTS_PENDING`; else as `wts_linker_define_func`."""
    var linker_define_func_of: def(UInt64, InBytes, Int, InBytes, Int, UInt64, Callback, Env, Drop) thin abi("C") -> Int32
    """Defines a host function of a function type under two names; else as `wts_linker_define_func`."""
    var linker_define: def(UInt64, InBytes, Int, InBytes, Int, UInt64) thin abi("C") -> Int32
    """Defines an existing func, memory, shared memory, global, table or tag under two names."""
    var linker_define_instance: def(UInt64, InBytes, Int, UInt64) thin abi("C") -> Int32
    """Defines all exports of an instance under the module name `name`."""
    var linker_define_module: def(UInt64, UInt64, InBytes, Int, UInt64) thin abi("C") -> Int32
    """Instantiates a module as its kind wants it and defines its exports under the module name `name`."""
    var linker_define_unknown_imports_as_traps: def(UInt64, UInt64) thin abi("C") -> Int32
    """Defines each function that a module imports and the linker lacks, so that calling it fails with `WTS_ERR_LINK`."""
    var linker_define_unknown_imports_as_defaults: def(UInt64, UInt64, UInt64) thin abi("C") -> Int32
    """Defines what a module imports and the linker lacks as items of `store` that do nothing: functions that return zeros and nulls, globals and tables full of them, memories of zeros, tags."""
    var linker_define_wasi: def(UInt64) thin abi("C") -> Int32
    """Defines the functions of WASI 0.1 that a program's module imports from `wasi_snapshot_preview1`: all or, if a name is taken, none."""
    var linker_define_wasi_async: def(UInt64) thin abi("C") -> Int32
    """Defines the functions of WASI 0.1 so that one that has to wait leaves its call: `wts_pending_poll` answers `WTS_PENDING`, and the thread is free meanwhile; else as `wts_linker_define_wasi`."""
    var linker_alias: def(UInt64, InBytes, Int, InBytes, Int, InBytes, Int, InBytes, Int) thin abi("C") -> Int32
    """Defines `as_module`, `as_name` as another pair of names for what `module`, `name` stand for."""
    var linker_alias_module: def(UInt64, InBytes, Int, InBytes, Int) thin abi("C") -> Int32
    """Defines all names under the module name `module` under `as_module` too."""
    var linker_get: def(UInt64, UInt64, InBytes, Int, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Gets what two names stand for, as an item of a store; the same handle each time, as long as no definition was allowed to replace another."""
    var linker_get_default: def(UInt64, UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Gets the default function of a module name: its export named with no characters, else `_start`, else a function that does nothing."""
    var linker_instantiate: def(UInt64, UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Instantiates a module with what the linker defines, and runs its start function."""
    var linker_run_command: def(UInt64, UInt64, UInt64) thin abi("C") -> Int32
    """Instantiates a command, a module that exports `_start`, and runs it to its end: a program that was compiled for WASI."""
    var linker_instantiate_reactor: def(UInt64, UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Instantiates a reactor, a library that was compiled for WASI: calls its `_initialize`, if it has one, before anything else."""
    var linker_start_instance: def(UInt64, UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Starts to instantiate a module with what the linker defines: a resumable call, as `wts_func_start` starts one."""
    var linker_instantiate_pre: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Resolves a module's imports once, for many instantiations with `wts_instance_pre_instantiate`."""
    var linker_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a linker."""
    var instance_pre_instantiate: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Instantiates in a store, and runs the start function."""
    var instance_pre_call: def(UInt64, Int, UInt64, UInt64, Int64, UInt64, InI64, Int, OutI64, Int) thin abi("C") -> Int32
    """Makes a store and an instance, calls one of its exports, and deletes both: a request in one crossing."""
    var instance_pre_set_wasi: def(UInt64, UInt64) thin abi("C") -> Int32
    """Gives the stores that `wts_instance_pre_call` makes what a description says of WASI, in place of another one."""
    var instance_pre_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a pre-instance."""
    var instance_new: def(UInt64, UInt64, InU64, Int, OutU64) thin abi("C") -> Int32
    """Instantiates a module with a list of imports, in the module's order, and runs its start function."""
    var instance_get_export: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Gets an export by its name; the same handle each time."""
    var instance_export_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many exports an instance has."""
    var instance_export_name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of an export."""
    var instance_export_kind: def(UInt64, Int, OutI32) thin abi("C") -> Int32
    """Gets what an export is: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`, as `wts_handle_kind` tells of its handle."""
    var instance_export_at: def(UInt64, Int, OutU64) thin abi("C") -> Int32
    """Gets the export at an index; the same handle as by its name."""
    var func_call_batch: def(UInt64, Int, InI64, Int, OutI64, Int, OutSize) thin abi("C") -> Int32
    """Calls a function once for each row of slots, in one crossing."""
    var func_call_columns: def(UInt64, Int, OutPointer, Int, InSize, Int, OutPointer, Int, InSize, Int, OutSize) thin abi("C") -> Int32
    """Calls a function once for each row of columns, in one crossing."""
    var func_start: def(UInt64, InI64, Int, OutU64) thin abi("C") -> Int32
    """Starts a resumable call of a function with slots."""
    var func_new: def(UInt64, InI32, Int, InI32, Int, Callback, Env, Drop, OutU64) thin abi("C") -> Int32
    """Makes a function of the host's in a store."""
    var func_new_of: def(UInt64, UInt64, Callback, Env, Drop, OutU64) thin abi("C") -> Int32
    """Makes a function of the host's in a store from a function type; else as `wts_func_new`."""
    var func_new_async: def(UInt64, InI32, Int, InI32, Int, Callback, Env, Drop, OutU64) thin abi("C") -> Int32
    """Makes a function of the host's, which may answer `WTS_PENDING`, in a store with `WTS_STORE_ASYNC`; else as `wts_func_new`."""
    var func_call: def(UInt64, InI64, Int, OutI64, Int) thin abi("C") -> Int32
    """Calls a function with slots."""
    var func_call_f64: def(UInt64, InF64, Int, OutF64, Int) thin abi("C") -> Int32
    """Calls a function with doubles, for languages where every number is one."""
    var func_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of a function, a new handle."""
    var func_param_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many parameters a function has."""
    var func_result_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many results a function has."""
    var func_param_slots: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many slots a function's arguments take: one each, two for a v128."""
    var func_result_slots: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many slots a function's results take: one each, two for a v128."""
    var func_same: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether two handles name the same function."""
    var func_matches: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether a function is of a type: 1 if its own is the same or a subtype, else 0."""
    var pending_poll: def(UInt64) thin abi("C") -> Int32
    """Goes on with a resumable call: `WTS_OK` when it has ended, `WTS_PENDING` when it has not."""
    var pending_results: def(UInt64, OutI64, Int) thin abi("C") -> Int32
    """Gets the results of a call that has ended, as `wts_func_call` would."""
    var pending_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a resumable call."""
    var caller_get_export: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Gets an export of the instance that called the host function."""
    var caller_get_store: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the store in which the callback runs."""
    var caller_get_user: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the caller's value of the store in which the callback runs."""
    var caller_set_user: def(UInt64, UInt64) thin abi("C") -> Int32
    """Sets the caller's value of the store in which the callback runs."""
    var caller_backtrace: def(UInt64, OutU64) thin abi("C") -> Int32
    """Captures the WebAssembly stack that led to the callback."""
    var caller_set_trap: def(UInt64, Int32, InBytes, Int) thin abi("C") -> Int32
    """Leaves the message and code of the trap that the callback raises by answering a negative number."""
    var caller_throw: def(UInt64, UInt64) thin abi("C") -> Int32
    """Leaves the exception that the callback throws by answering a negative number; it is lent."""
    var caller_set_result: def(UInt64, InBytes, Int) thin abi("C") -> Int32
    """Leaves the result of a host function of components, which it returns by answering 0: WAVE text for one of `wts_component_linker_define_func_wave`, the bytes of the `string` or `list<u8>` for one of `wts_component_linker_define_func_bytes`."""
    var memory_new: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Makes a memory of a memory type, filled with zeros."""
    var memory_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of a memory, a new handle."""
    var memory_size: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the size of a memory in pages."""
    var memory_data_size: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the size of a memory in bytes."""
    var memory_page_size: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the size of a memory's pages in bytes: 65,536, or 1 where its type says so."""
    var memory_grow: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Grows a memory by `delta` pages of zeros."""
    var memory_read: def(UInt64, UInt64, OutBytes, Int) thin abi("C") -> Int32
    """Copies `len` bytes at `offset` out of a memory."""
    var memory_write: def(UInt64, UInt64, InBytes, Int) thin abi("C") -> Int32
    """Copies bytes into a memory at `offset`."""
    var memory_fill: def(UInt64, UInt64, UInt64, Int32) thin abi("C") -> Int32
    """Sets `len` bytes at `offset` of a memory to `byte`, from 0 to 255."""
    var memory_data: def(UInt64, OutPointer, OutSize) thin abi("C") -> Int32
    """Gets where a memory's bytes are and how many."""
    var memory_load_i8: def(UInt64, UInt64, OutI64) thin abi("C") -> Int32
    """Loads a signed 8-bit integer at `offset` of a memory, little-endian."""
    var memory_load_u8: def(UInt64, UInt64, OutI64) thin abi("C") -> Int32
    """Loads an unsigned 8-bit integer at `offset` of a memory, little-endian."""
    var memory_load_i16: def(UInt64, UInt64, OutI64) thin abi("C") -> Int32
    """Loads a signed 16-bit integer at `offset` of a memory, little-endian."""
    var memory_load_u16: def(UInt64, UInt64, OutI64) thin abi("C") -> Int32
    """Loads an unsigned 16-bit integer at `offset` of a memory, little-endian."""
    var memory_load_i32: def(UInt64, UInt64, OutI64) thin abi("C") -> Int32
    """Loads a signed 32-bit integer at `offset` of a memory, little-endian."""
    var memory_load_u32: def(UInt64, UInt64, OutI64) thin abi("C") -> Int32
    """Loads an unsigned 32-bit integer at `offset` of a memory, little-endian."""
    var memory_load_i64: def(UInt64, UInt64, OutI64) thin abi("C") -> Int32
    """Loads a 64-bit integer at `offset` of a memory, little-endian."""
    var memory_load_f32: def(UInt64, UInt64, OutF64) thin abi("C") -> Int32
    """Loads a 32-bit float at `offset` of a memory, little-endian."""
    var memory_load_f64: def(UInt64, UInt64, OutF64) thin abi("C") -> Int32
    """Loads a 64-bit float at `offset` of a memory, little-endian."""
    var memory_store_i8: def(UInt64, UInt64, Int64) thin abi("C") -> Int32
    """Stores an 8-bit integer, signed or unsigned, at `offset` of a memory, little-endian."""
    var memory_store_i16: def(UInt64, UInt64, Int64) thin abi("C") -> Int32
    """Stores a 16-bit integer, signed or unsigned, at `offset` of a memory, little-endian."""
    var memory_store_i32: def(UInt64, UInt64, Int64) thin abi("C") -> Int32
    """Stores a 32-bit integer, signed or unsigned, at `offset` of a memory, little-endian."""
    var memory_store_i64: def(UInt64, UInt64, Int64) thin abi("C") -> Int32
    """Stores a 64-bit integer at `offset` of a memory, little-endian."""
    var memory_store_f32: def(UInt64, UInt64, Float64) thin abi("C") -> Int32
    """Stores a 32-bit float at `offset` of a memory, little-endian."""
    var memory_store_f64: def(UInt64, UInt64, Float64) thin abi("C") -> Int32
    """Stores a 64-bit float at `offset` of a memory, little-endian."""
    var shared_memory_new: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Makes a shared memory of a memory type with `WTS_MEMORY_SHARED`, filled with zeros."""
    var shared_memory_share: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes another handle to a shared memory, which belongs to no store: it takes the memory of an export to other stores and threads."""
    var shared_memory_same: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Finds out whether two handles name the same shared memory: 1 if so, else 0."""
    var shared_memory_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of a shared memory, a new handle."""
    var shared_memory_size: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the size of a shared memory in pages."""
    var shared_memory_data_size: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the size of a shared memory in bytes."""
    var shared_memory_grow: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Grows a shared memory by `delta` pages of zeros."""
    var shared_memory_data: def(UInt64, OutPointer, OutSize) thin abi("C") -> Int32
    """Gets where a shared memory's bytes are and how many there are now."""
    var shared_memory_read: def(UInt64, UInt64, OutBytes, Int) thin abi("C") -> Int32
    """Copies `len` bytes at `offset` out of a shared memory."""
    var shared_memory_write: def(UInt64, UInt64, InBytes, Int) thin abi("C") -> Int32
    """Copies bytes into a shared memory at `offset`."""
    var shared_memory_fill: def(UInt64, UInt64, UInt64, Int32) thin abi("C") -> Int32
    """Sets `len` bytes at `offset` of a shared memory to `byte`, from 0 to 255, in no order."""
    var shared_memory_atomic_load_i32: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Loads a 32-bit integer at `offset` of a shared memory atomically, in sequential order."""
    var shared_memory_atomic_store_i32: def(UInt64, UInt64, Int32) thin abi("C") -> Int32
    """Stores a 32-bit integer at `offset` of a shared memory atomically, in sequential order."""
    var shared_memory_atomic_add_i32: def(UInt64, UInt64, Int32, OutI32) thin abi("C") -> Int32
    """Adds to a 32-bit integer at `offset` of a shared memory atomically, in sequential order, wrapping round."""
    var shared_memory_atomic_compare_exchange_i32: def(UInt64, UInt64, Int32, Int32, OutI32) thin abi("C") -> Int32
    """Stores a 32-bit integer at `offset` of a shared memory if `expected` is there, in one atomic step."""
    var shared_memory_atomic_load_i64: def(UInt64, UInt64, OutI64) thin abi("C") -> Int32
    """Loads a 64-bit integer at `offset` of a shared memory atomically, in sequential order."""
    var shared_memory_atomic_store_i64: def(UInt64, UInt64, Int64) thin abi("C") -> Int32
    """Stores a 64-bit integer at `offset` of a shared memory atomically, in sequential order."""
    var shared_memory_atomic_add_i64: def(UInt64, UInt64, Int64, OutI64) thin abi("C") -> Int32
    """Adds to a 64-bit integer at `offset` of a shared memory atomically, in sequential order, wrapping round."""
    var shared_memory_atomic_compare_exchange_i64: def(UInt64, UInt64, Int64, Int64, OutI64) thin abi("C") -> Int32
    """Stores a 64-bit integer at `offset` of a shared memory if `expected` is there, in one atomic step."""
    var shared_memory_notify: def(UInt64, UInt64, UInt32, OutU32) thin abi("C") -> Int32
    """Wakes at most `count` of those that wait at `offset` of a shared memory, in WebAssembly or in `wts_shared_memory_wait_i32` and `_i64`."""
    var shared_memory_wait_i32: def(UInt64, UInt64, Int32, Int64, OutI32) thin abi("C") -> Int32
    """Waits while the 32-bit integer at `offset` of a shared memory is `expected`, until it is notified."""
    var shared_memory_wait_i64: def(UInt64, UInt64, Int64, Int64, OutI32) thin abi("C") -> Int32
    """Waits while the 64-bit integer at `offset` of a shared memory is `expected`, until it is notified."""
    var shared_memory_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a handle to a shared memory."""
    var global_new: def(UInt64, UInt64, InI64, Int, OutU64) thin abi("C") -> Int32
    """Makes a global with a value, in as many slots as its type takes."""
    var global_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of a global, a new handle."""
    var global_get: def(UInt64, OutI64, Int) thin abi("C") -> Int32
    """Gets the value of a global, in as many slots as its type takes."""
    var global_set: def(UInt64, InI64, Int) thin abi("C") -> Int32
    """Sets the value of a global, in as many slots as its type takes."""
    var global_get_f64: def(UInt64, OutF64) thin abi("C") -> Int32
    """Gets the value of a global as a double."""
    var global_set_f64: def(UInt64, Float64) thin abi("C") -> Int32
    """Sets the value of a global from a double."""
    var table_new: def(UInt64, UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Makes a table of a table type, filled with `init`: a func or reference handle, or 0 for null."""
    var table_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of a table, a new handle."""
    var table_get: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Gets an element of a table: 0 for null, a func handle (the same each time), or a reference handle that belongs to the caller."""
    var table_set: def(UInt64, UInt64, UInt64) thin abi("C") -> Int32
    """Sets an element of a table: 0 for null, a func handle, or a reference handle, which is lent."""
    var table_size: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets how many elements a table has."""
    var table_grow: def(UInt64, UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Grows a table by `delta` elements, each `init`: a func or reference handle, or 0 for null."""
    var table_fill: def(UInt64, UInt64, UInt64, UInt64) thin abi("C") -> Int32
    """Sets `len` elements of a table from `index` on to `value`: a func or reference handle, which is lent, or 0 for null."""
    var table_copy: def(UInt64, UInt64, UInt64, UInt64, UInt64) thin abi("C") -> Int32
    """Copies `len` elements of a table from `source_index` on to another table of the store, or to another place of the same one, where both places may overlap."""
    var tag_new: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Makes a tag of a tag type."""
    var tag_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of a tag, a new handle."""
    var tag_same: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether two handles name the same tag: 1, or 0."""
    var externref_new: def(UInt64, UInt64, Env, Drop, OutU64) thin abi("C") -> Int32
    """Makes an externref that holds `value`."""
    var externref_get: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the value that an externref was made with."""
    var externref_convert_any: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes an externref of an internal reference: WebAssembly's `extern.convert_any`."""
    var anyref_convert_extern: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes an internal reference of an externref: WebAssembly's `any.convert_extern`."""
    var reference_kind: def(UInt64, OutI32) thin abi("C") -> Int32
    """Gets the kind of a reference, the most exact one: `WTS_EXTERNREF`, `WTS_I31REF`, `WTS_STRUCTREF`, `WTS_ARRAYREF`, `WTS_EXNREF`, or `WTS_ANYREF` for a host reference that was made an internal one."""
    var reference_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of a reference, a new handle: never null, and to the very struct or array type that the object was made with."""
    var reference_is: def(UInt64, Int32, OutI32) thin abi("C") -> Int32
    """Tells whether a reference is of an abstract kind, such as `WTS_EQREF`: 1, or 0."""
    var reference_matches: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether a reference is of a type: 1 if the object's own type is the same or a subtype, else 0."""
    var reference_same: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether two references are of the same object: 1, or 0."""
    var reference_clone: def(UInt64, OutU64) thin abi("C") -> Int32
    """Roots the same object once more, under a handle of its own."""
    var reference_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a reference: its object is no longer kept by this handle."""
    var i31_new: def(UInt64, Int32, OutU64) thin abi("C") -> Int32
    """Makes an i31 reference; it belongs to the caller."""
    var i31_get: def(UInt64, OutI32) thin abi("C") -> Int32
    """Gets the value of an i31 reference, read as signed."""
    var i31_get_u: def(UInt64, OutU32) thin abi("C") -> Int32
    """Gets the value of an i31 reference, read as unsigned."""
    var struct_new: def(UInt64, UInt64, InI64, Int, OutU64) thin abi("C") -> Int32
    """Makes a struct of a struct type from the values of its fields; the reference belongs to the caller."""
    var struct_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of a struct, a new handle."""
    var struct_field_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many fields a struct has."""
    var struct_get: def(UInt64, Int, OutI64, Int) thin abi("C") -> Int32
    """Gets the value of a struct's field, in as many slots as its type takes."""
    var struct_set: def(UInt64, Int, InI64, Int) thin abi("C") -> Int32
    """Sets the value of a struct's field, in as many slots as its type takes."""
    var array_new: def(UInt64, UInt64, InI64, Int, UInt64, OutU64) thin abi("C") -> Int32
    """Makes an array of `len` elements, each `value`; the reference belongs to the caller."""
    var array_new_fixed: def(UInt64, UInt64, InI64, Int, OutU64) thin abi("C") -> Int32
    """Makes an array of the elements whose slots `elements` holds; else as `wts_array_new`."""
    var array_new_bytes: def(UInt64, UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Makes an array of i8 from bytes, which are copied; the reference belongs to the caller."""
    var array_bytes: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the elements of an array of i8."""
    var array_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the type of an array, a new handle."""
    var array_len: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets how many elements an array has."""
    var array_get: def(UInt64, UInt64, OutI64, Int) thin abi("C") -> Int32
    """Gets an element of an array, in as many slots as its type takes."""
    var array_set: def(UInt64, UInt64, InI64, Int) thin abi("C") -> Int32
    """Sets an element of an array, in as many slots as its type takes."""
    var exn_new: def(UInt64, InI64, Int, OutU64) thin abi("C") -> Int32
    """Makes an exception of a tag from the values of its fields; the reference belongs to the caller."""
    var exn_tag: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the tag of an exception, which tells what its fields mean."""
    var exn_field_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many fields an exception has."""
    var exn_get: def(UInt64, Int, OutI64, Int) thin abi("C") -> Int32
    """Gets the value of an exception's field, in as many slots as its type takes."""
    var component_new: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Compiles a component, from the binary or the text format."""
    var component_new_file: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Compiles a component from a file in the binary or the text format."""
    var component_precompile: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Compiles a component, from the binary or the text format, to an artifact in a new buffer, without loading it."""
    var component_serialize: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out a component as an artifact, which `wts_component_deserialize` loads without compiling."""
    var component_serialize_file: def(UInt64, InBytes, Int) thin abi("C") -> Int32
    """Writes a component to a file as an artifact."""
    var component_deserialize: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Loads a component from an artifact."""
    var component_deserialize_file: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Loads a component from an artifact in a file."""
    var component_wit: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out what a component imports and exports as the text of a world in WIT, with the interfaces that it names."""
    var component_import_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many items a component imports."""
    var component_import_name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of an import, such as `run`; that of a member is `instance#member`, such as `wasi:io/poll@0.2.0#poll`."""
    var component_import_kind: def(UInt64, Int, OutI32) thin abi("C") -> Int32
    """Gets what an import is: `WTS_COMPONENT_ITEM_FUNC`, `_INSTANCE`, `_TYPE`, `_RESOURCE`, `_MODULE`, `_COMPONENT` or `_CORE_FUNC`."""
    var component_import_type: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the type of an import in the words of WIT, such as `func(name: string) -> result<u32, string>`."""
    var component_export_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many items a component exports."""
    var component_export_name: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the name of an export, such as `run`; that of a member is `instance#member`, such as `wasi:io/poll@0.2.0#poll`."""
    var component_export_kind: def(UInt64, Int, OutI32) thin abi("C") -> Int32
    """Gets what an export is: `WTS_COMPONENT_ITEM_FUNC`, `_INSTANCE`, `_TYPE`, `_RESOURCE`, `_MODULE`, `_COMPONENT` or `_CORE_FUNC`."""
    var component_export_type: def(UInt64, Int, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the type of an export in the words of WIT, such as `func(name: string) -> result<u32, string>`."""
    var component_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a component."""
    var component_linker_new: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes a linker of components, in which nothing is defined."""
    var component_linker_clone: def(UInt64, OutU64) thin abi("C") -> Int32
    """Makes a linker with the same definitions and settings, which is changed on its own from then on."""
    var component_linker_set_allow_shadowing: def(UInt64, Int32) thin abi("C") -> Int32
    """Allows (1) or refuses (0, the default) that a name is defined again."""
    var component_linker_define_func: def(UInt64, InBytes, Int, InBytes, Int, Callback, Env, Drop) thin abi("C") -> Int32
    """Defines a host function whose parameters and result are numbers, booleans and characters: each is a slot."""
    var component_linker_define_func_wave: def(UInt64, InBytes, Int, InBytes, Int, WaveCallback, Env, Drop) thin abi("C") -> Int32
    """Defines a host function with parameters and a result of any type that WAVE has words for, as text; else as `wts_component_linker_define_func`."""
    var component_linker_define_func_bytes: def(UInt64, InBytes, Int, InBytes, Int, BytesCallback, Env, Drop) thin abi("C") -> Int32
    """Defines a host function that has one `string` or `list<u8>` among its parameters, or returns one, besides numbers, booleans and characters; else as `wts_component_linker_define_func`."""
    var component_linker_define_func_of: def(UInt64, InBytes, Int, InBytes, Int, InBytes, Int, BytesCallback, Env, Drop) thin abi("C") -> Int32
    """Defines a host function of a type, such as `func(x: u32, text: string) -> bool`; else as `wts_component_linker_define_func_bytes`."""
    var component_linker_define_module: def(UInt64, InBytes, Int, InBytes, Int, UInt64) thin abi("C") -> Int32
    """Defines a module, which components can import and instantiate themselves."""
    var component_linker_define_resource: def(UInt64, InBytes, Int, InBytes, Int, ResourceDrop, Env, Drop, OutU64) thin abi("C") -> Int32
    """Defines a resource type of the host's, and gets its number for `wts_resource_new`, which is never issued twice."""
    var component_linker_define_wasi: def(UInt64) thin abi("C") -> Int32
    """Defines the interfaces of WASI 0.2: all or, if a name is taken, none."""
    var component_linker_define_http: def(UInt64) thin abi("C") -> Int32
    """Defines the interfaces of `wasi:http` for requests that guests send, beside those that `wts_component_linker_define_wasi` defines."""
    var component_linker_define_unknown_imports_as_traps: def(UInt64, UInt64) thin abi("C") -> Int32
    """Defines what a component imports and the linker lacks: functions that fail when they are called, with `WTS_ERR_LINK`, and resource types."""
    var component_linker_instantiate: def(UInt64, UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Instantiates a component, and runs the start functions of its modules."""
    var component_linker_instance_pre: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Resolves the imports of a component, for `wts_component_instance_pre_instantiate`."""
    var component_linker_run_command: def(UInt64, UInt64, UInt64) thin abi("C") -> Int32
    """Instantiates a command, a component that exports `wasi:cli/run`, and runs it to its end: a program for WASI 0.2."""
    var component_linker_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a linker of components."""
    var component_instance_pre_instantiate: def(UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Instantiates in a store, and runs the start functions of the component's modules."""
    var component_instance_pre_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a pre-instance of a component."""
    var component_instance_get_func: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Gets an exported function by its path, the same handle each time: `run`, or for a member of an exported instance `ns:pkg/iface@1.0.0#func`."""
    var component_func_type: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the type of a function in the words of WIT, such as `func(name: string) -> list<u8>`."""
    var component_func_param_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many parameters a function has."""
    var component_func_result_count: def(UInt64, OutSize) thin abi("C") -> Int32
    """Gets how many results a function has: 0 or 1."""
    var component_func_call_wave: def(UInt64, InBytes, Int, OutU64) thin abi("C") -> Int32
    """Calls a function with its arguments and result as text in WAVE, the WebAssembly value encoding."""
    var component_func_call: def(UInt64, InI64, Int, OutI64, Int) thin abi("C") -> Int32
    """Calls a function whose parameters and result are numbers, booleans and characters with slots, without text."""
    var component_func_call_bytes: def(UInt64, InI64, Int, InBytes, Int, OutI64, Int, OutU64) thin abi("C") -> Int32
    """Calls a function that has one `string` or `list<u8>` among its parameters, or returns one, besides numbers, booleans and characters, without encoding."""
    var resource_new: def(UInt64, UInt64, UInt64, OutU64) thin abi("C") -> Int32
    """Makes a resource of the host's, which the caller owns."""
    var resource_value: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the value that a resource of the host's was made with, whether it is owned or borrowed."""
    var resource_type: def(UInt64, OutU64) thin abi("C") -> Int32
    """Gets the number of the type of a resource of the host's, as `wts_component_linker_define_resource` gave it."""
    var resource_same_type: def(UInt64, UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether two resources are of the same type: 1 or 0."""
    var resource_is_owned: def(UInt64, OutI32) thin abi("C") -> Int32
    """Tells whether a resource is owned, 1, or lent to a host function that is running, 0."""
    var resource_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a resource: its owner drops it, or one that was lent goes back early."""
    var buffer_copy: def(UInt64, OutBytes, Int, OutSize) thin abi("C") -> Int32
    """Copies out the bytes of a buffer; `cap` 0 asks for the size."""
    var buffer_data: def(UInt64, OutPointer, OutSize) thin abi("C") -> Int32
    """Gets where the bytes of a buffer are and how many."""
    var buffer_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a buffer."""
    var profiler_new: def(UInt64, InBytes, Int, UInt64, InU64, Int, OutU64) thin abi("C") -> Int32
    """Makes a profiler, which from now on measures time."""
    var profiler_sample: def(UInt64, UInt64, UInt64) thin abi("C") -> Int32
    """Records the WebAssembly stack of a store as it is now."""
    var profiler_call_hook: def(UInt64, UInt64, Int32) thin abi("C") -> Int32
    """Records that a host function is called or returns, so that the profile shows its time."""
    var profiler_finish: def(UInt64, OutU64) thin abi("C") -> Int32
    """Ends a profile and gives it as a new buffer: JSON in the processed profile format of Firefox, to be opened at `https://profiler.firefox.com`."""
    var profiler_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a profiler, finished or not."""
    var wasi_new: def(OutU64) thin abi("C") -> Int32
    """Makes a description of what WASI gives to guests: at first no arguments, variables or folders, no input, output that goes nowhere, the true time, true random numbers, and no network."""
    var wasi_add_arg: def(UInt64, InBytes, Int) thin abi("C") -> Int32
    """Adds an argument, which `argv` of a program has at its end."""
    var wasi_inherit_args: def(UInt64) thin abi("C") -> Int32
    """Adds the arguments of this process, its name first."""
    var wasi_set_env: def(UInt64, InBytes, Int, InBytes, Int) thin abi("C") -> Int32
    """Sets an environment variable."""
    var wasi_inherit_env: def(UInt64) thin abi("C") -> Int32
    """Sets all environment variables of this process."""
    var wasi_open_dir: def(UInt64, InBytes, Int, InBytes, Int, Int32) thin abi("C") -> Int32
    """Opens a folder of the host to guests, which see it under the path `guest_path`, such as `/` or `data`."""
    var wasi_stdin_bytes: def(UInt64, InBytes, Int) thin abi("C") -> Int32
    """Sets what guests read from their standard input: a copy of some bytes, which each store reads from their beginning."""
    var wasi_stdin_file: def(UInt64, InBytes, Int) thin abi("C") -> Int32
    """Sets what guests read from their standard input: a file, which each store opens when it takes the description and reads from its beginning."""
    var wasi_stdin_inherit: def(UInt64) thin abi("C") -> Int32
    """Sets what guests read from their standard input: that of this process, of which each byte goes to who reads it first."""
    var wasi_stdin_callback: def(UInt64, WasiInput, Env, Drop) thin abi("C") -> Int32
    """Sets what guests read from their standard input: what a callback gives, which is asked for more when a guest has read it."""
    var wasi_output_inherit: def(UInt64, Int32) thin abi("C") -> Int32
    """Sends what guests write to an output, `WTS_WASI_STDOUT` or `WTS_WASI_STDERR`, to the same of this process."""
    var wasi_output_file: def(UInt64, Int32, InBytes, Int, Int32) thin abi("C") -> Int32
    """Sends what guests write to an output to a file, which is made if there is none."""
    var wasi_output_buffer: def(UInt64, Int32, Int) thin abi("C") -> Int32
    """Keeps what guests write to an output for the host, which gets it by `wts_wasi_read_output`."""
    var wasi_output_callback: def(UInt64, Int32, WasiOutput, Env, Drop) thin abi("C") -> Int32
    """Gives what guests write to an output to a callback, as it comes."""
    var wasi_read_output: def(UInt64, Int32, Int32, OutU64) thin abi("C") -> Int32
    """Gets what guests have written to an output that is kept (`wts_wasi_output_buffer`), as a new buffer."""
    var wasi_fix_clocks: def(UInt64, UInt64, UInt64) thin abi("C") -> Int32
    """Replaces the clocks of guests: the wall clock begins at `start_ns`, in nanoseconds since 1970, the monotonic one at 0, and each goes on by `step_ns` whenever it is read."""
    var wasi_seed_random: def(UInt64, UInt64) thin abi("C") -> Int32
    """Replaces the random numbers of guests by those that follow from a seed: the same in each store, run and version of the library."""
    var wasi_allow_network: def(UInt64, InBytes, Int, Int32, Int32) thin abi("C") -> Int32
    """Opens addresses and ports of the network to guests of WASI 0.2: those that they bind, listen at, connect or send to, and those that what they receive or accept comes from."""
    var wasi_network_callback: def(UInt64, WasiNetwork, Env, Drop) thin abi("C") -> Int32
    """Has a callback decide on each use of the network by guests of WASI 0.2; it ends what `wts_wasi_allow_network` set."""
    var wasi_allow_name_lookup: def(UInt64, Int32) thin abi("C") -> Int32
    """Allows (1) or refuses (0, the default) that guests of WASI 0.2 look up the addresses of names."""
    var wasi_delete: def(UInt64) thin abi("C") -> Int32
    """Deletes a description."""
    var thread_init: def() thin abi("C") -> Int32
    """Prepares this thread for WebAssembly now instead of at its first call, which takes less time then."""
    var thread_set_stack: def(Int) thin abi("C") -> Int32
    """Says that the stack which this call comes from has `bytes` left, where it is not the one that the system gave to this thread: a fiber's or a coroutine's, or one on which a foreign function interface runs what it calls."""

    def __init__(out self, path: String) raises:
        """Opens the library and looks every function up.

        The library is never unloaded: Mojo drops this struct at its last use,
        which may be before the function it gave has returned.

        Args:
            path: A path, or a bare name to search for as `dlopen` does.

        Raises:
            An error if the library cannot be opened or lacks a function.
        """
        self._handle = OwnedDLHandle(path, RTLD.NOW | RTLD.NODELETE)
        var addresses = _look_up(self._handle, path)
        var first = addresses.unsafe_ptr()
        self.version_number = _function[type_of(self.version_number)](first.unsafe_offset(0))
        self.version_wasmtime = _function[type_of(self.version_wasmtime)](first.unsafe_offset(1))
        self.version_text = _function[type_of(self.version_text)](first.unsafe_offset(2))
        self.status_name = _function[type_of(self.status_name)](first.unsafe_offset(3))
        self.status_text = _function[type_of(self.status_text)](first.unsafe_offset(4))
        self.trap_name = _function[type_of(self.trap_name)](first.unsafe_offset(5))
        self.trap_text = _function[type_of(self.trap_text)](first.unsafe_offset(6))
        self.error_status = _function[type_of(self.error_status)](first.unsafe_offset(7))
        self.error_message = _function[type_of(self.error_message)](first.unsafe_offset(8))
        self.error_trap_code = _function[type_of(self.error_trap_code)](first.unsafe_offset(9))
        self.error_host_code = _function[type_of(self.error_host_code)](first.unsafe_offset(10))
        self.error_exit_status = _function[type_of(self.error_exit_status)](first.unsafe_offset(11))
        self.error_backtrace = _function[type_of(self.error_backtrace)](first.unsafe_offset(12))
        self.error_frame_count = _function[type_of(self.error_frame_count)](first.unsafe_offset(13))
        self.error_frame = _function[type_of(self.error_frame)](first.unsafe_offset(14))
        self.error_frame_func_name = _function[type_of(self.error_frame_func_name)](first.unsafe_offset(15))
        self.error_frame_module_name = _function[type_of(self.error_frame_module_name)](first.unsafe_offset(16))
        self.error_frame_symbol_count = _function[type_of(self.error_frame_symbol_count)](first.unsafe_offset(17))
        self.error_frame_symbol = _function[type_of(self.error_frame_symbol)](first.unsafe_offset(18))
        self.error_frame_symbol_name = _function[type_of(self.error_frame_symbol_name)](first.unsafe_offset(19))
        self.error_frame_symbol_file = _function[type_of(self.error_frame_symbol_file)](first.unsafe_offset(20))
        self.error_coredump = _function[type_of(self.error_coredump)](first.unsafe_offset(21))
        self.error_take = _function[type_of(self.error_take)](first.unsafe_offset(22))
        self.error_delete = _function[type_of(self.error_delete)](first.unsafe_offset(23))
        self.handle_kind = _function[type_of(self.handle_kind)](first.unsafe_offset(24))
        self.handle_kind_name = _function[type_of(self.handle_kind_name)](first.unsafe_offset(25))
        self.handle_live_count = _function[type_of(self.handle_live_count)](first.unsafe_offset(26))
        self.config_new = _function[type_of(self.config_new)](first.unsafe_offset(27))
        self.config_set = _function[type_of(self.config_set)](first.unsafe_offset(28))
        self.config_get = _function[type_of(self.config_get)](first.unsafe_offset(29))
        self.config_set_text = _function[type_of(self.config_set_text)](first.unsafe_offset(30))
        self.config_get_text = _function[type_of(self.config_get_text)](first.unsafe_offset(31))
        self.config_delete = _function[type_of(self.config_delete)](first.unsafe_offset(32))
        self.option_count = _function[type_of(self.option_count)](first.unsafe_offset(33))
        self.option_at = _function[type_of(self.option_at)](first.unsafe_offset(34))
        self.option_find = _function[type_of(self.option_find)](first.unsafe_offset(35))
        self.option_name = _function[type_of(self.option_name)](first.unsafe_offset(36))
        self.option_doc = _function[type_of(self.option_doc)](first.unsafe_offset(37))
        self.option_kind = _function[type_of(self.option_kind)](first.unsafe_offset(38))
        self.option_range = _function[type_of(self.option_range)](first.unsafe_offset(39))
        self.engine_new = _function[type_of(self.engine_new)](first.unsafe_offset(40))
        self.engine_increment_epoch = _function[type_of(self.engine_increment_epoch)](first.unsafe_offset(41))
        self.engine_precompile = _function[type_of(self.engine_precompile)](first.unsafe_offset(42))
        self.engine_compatibility_hash = _function[type_of(self.engine_compatibility_hash)](first.unsafe_offset(43))
        self.engine_pool_metric = _function[type_of(self.engine_pool_metric)](first.unsafe_offset(44))
        self.engine_target = _function[type_of(self.engine_target)](first.unsafe_offset(45))
        self.engine_is_pulley = _function[type_of(self.engine_is_pulley)](first.unsafe_offset(46))
        self.engine_same = _function[type_of(self.engine_same)](first.unsafe_offset(47))
        self.engine_cache_counts = _function[type_of(self.engine_cache_counts)](first.unsafe_offset(48))
        self.engine_take_warning = _function[type_of(self.engine_take_warning)](first.unsafe_offset(49))
        self.engine_delete = _function[type_of(self.engine_delete)](first.unsafe_offset(50))
        self.artifact_detect = _function[type_of(self.artifact_detect)](first.unsafe_offset(51))
        self.artifact_detect_file = _function[type_of(self.artifact_detect_file)](first.unsafe_offset(52))
        self.module_custom_section_count = _function[type_of(self.module_custom_section_count)](first.unsafe_offset(53))
        self.module_custom_section = _function[type_of(self.module_custom_section)](first.unsafe_offset(54))
        self.module_resources_required = _function[type_of(self.module_resources_required)](first.unsafe_offset(55))
        self.module_image_range = _function[type_of(self.module_image_range)](first.unsafe_offset(56))
        self.module_initialize_copy_on_write_image = _function[type_of(self.module_initialize_copy_on_write_image)](first.unsafe_offset(57))
        self.module_func_count = _function[type_of(self.module_func_count)](first.unsafe_offset(58))
        self.module_func = _function[type_of(self.module_func)](first.unsafe_offset(59))
        self.module_func_name = _function[type_of(self.module_func_name)](first.unsafe_offset(60))
        self.module_address_map = _function[type_of(self.module_address_map)](first.unsafe_offset(61))
        self.module_text = _function[type_of(self.module_text)](first.unsafe_offset(62))
        self.module_debug_bytecode = _function[type_of(self.module_debug_bytecode)](first.unsafe_offset(63))
        self.module_new = _function[type_of(self.module_new)](first.unsafe_offset(64))
        self.module_new_file = _function[type_of(self.module_new_file)](first.unsafe_offset(65))
        self.module_validate = _function[type_of(self.module_validate)](first.unsafe_offset(66))
        self.module_serialize = _function[type_of(self.module_serialize)](first.unsafe_offset(67))
        self.module_serialize_file = _function[type_of(self.module_serialize_file)](first.unsafe_offset(68))
        self.module_deserialize = _function[type_of(self.module_deserialize)](first.unsafe_offset(69))
        self.module_deserialize_file = _function[type_of(self.module_deserialize_file)](first.unsafe_offset(70))
        self.module_name = _function[type_of(self.module_name)](first.unsafe_offset(71))
        self.module_import_count = _function[type_of(self.module_import_count)](first.unsafe_offset(72))
        self.module_import_module = _function[type_of(self.module_import_module)](first.unsafe_offset(73))
        self.module_import_name = _function[type_of(self.module_import_name)](first.unsafe_offset(74))
        self.module_import_kind = _function[type_of(self.module_import_kind)](first.unsafe_offset(75))
        self.module_import_type = _function[type_of(self.module_import_type)](first.unsafe_offset(76))
        self.module_export_count = _function[type_of(self.module_export_count)](first.unsafe_offset(77))
        self.module_export_name = _function[type_of(self.module_export_name)](first.unsafe_offset(78))
        self.module_export_kind = _function[type_of(self.module_export_kind)](first.unsafe_offset(79))
        self.module_export_type = _function[type_of(self.module_export_type)](first.unsafe_offset(80))
        self.module_export_find = _function[type_of(self.module_export_find)](first.unsafe_offset(81))
        self.module_delete = _function[type_of(self.module_delete)](first.unsafe_offset(82))
        self.type_new_ref = _function[type_of(self.type_new_ref)](first.unsafe_offset(83))
        self.type_new_ref_to = _function[type_of(self.type_new_ref_to)](first.unsafe_offset(84))
        self.type_new_func_of = _function[type_of(self.type_new_func_of)](first.unsafe_offset(85))
        self.type_new_table_of = _function[type_of(self.type_new_table_of)](first.unsafe_offset(86))
        self.type_new_global_of = _function[type_of(self.type_new_global_of)](first.unsafe_offset(87))
        self.type_new_tag = _function[type_of(self.type_new_tag)](first.unsafe_offset(88))
        self.type_new_tag_of = _function[type_of(self.type_new_tag_of)](first.unsafe_offset(89))
        self.type_new_struct = _function[type_of(self.type_new_struct)](first.unsafe_offset(90))
        self.type_new_struct_of = _function[type_of(self.type_new_struct_of)](first.unsafe_offset(91))
        self.type_new_array = _function[type_of(self.type_new_array)](first.unsafe_offset(92))
        self.type_new_array_of = _function[type_of(self.type_new_array_of)](first.unsafe_offset(93))
        self.type_fields = _function[type_of(self.type_fields)](first.unsafe_offset(94))
        self.type_field = _function[type_of(self.type_field)](first.unsafe_offset(95))
        self.type_param_type = _function[type_of(self.type_param_type)](first.unsafe_offset(96))
        self.type_result_type = _function[type_of(self.type_result_type)](first.unsafe_offset(97))
        self.type_field_type = _function[type_of(self.type_field_type)](first.unsafe_offset(98))
        self.type_element_type = _function[type_of(self.type_element_type)](first.unsafe_offset(99))
        self.type_content_type = _function[type_of(self.type_content_type)](first.unsafe_offset(100))
        self.type_ref = _function[type_of(self.type_ref)](first.unsafe_offset(101))
        self.type_supertype = _function[type_of(self.type_supertype)](first.unsafe_offset(102))
        self.type_is_final = _function[type_of(self.type_is_final)](first.unsafe_offset(103))
        self.type_matches = _function[type_of(self.type_matches)](first.unsafe_offset(104))
        self.type_same = _function[type_of(self.type_same)](first.unsafe_offset(105))
        self.type_new_func = _function[type_of(self.type_new_func)](first.unsafe_offset(106))
        self.type_new_memory = _function[type_of(self.type_new_memory)](first.unsafe_offset(107))
        self.type_new_table = _function[type_of(self.type_new_table)](first.unsafe_offset(108))
        self.type_new_global = _function[type_of(self.type_new_global)](first.unsafe_offset(109))
        self.type_kind = _function[type_of(self.type_kind)](first.unsafe_offset(110))
        self.type_params = _function[type_of(self.type_params)](first.unsafe_offset(111))
        self.type_results = _function[type_of(self.type_results)](first.unsafe_offset(112))
        self.type_memory = _function[type_of(self.type_memory)](first.unsafe_offset(113))
        self.type_table = _function[type_of(self.type_table)](first.unsafe_offset(114))
        self.type_global = _function[type_of(self.type_global)](first.unsafe_offset(115))
        self.type_text = _function[type_of(self.type_text)](first.unsafe_offset(116))
        self.type_delete = _function[type_of(self.type_delete)](first.unsafe_offset(117))
        self.store_set_call_hook = _function[type_of(self.store_set_call_hook)](first.unsafe_offset(118))
        self.store_clear_call_hook = _function[type_of(self.store_clear_call_hook)](first.unsafe_offset(119))
        self.store_take_exception = _function[type_of(self.store_take_exception)](first.unsafe_offset(120))
        self.store_new = _function[type_of(self.store_new)](first.unsafe_offset(121))
        self.store_new_with = _function[type_of(self.store_new_with)](first.unsafe_offset(122))
        self.store_get_user = _function[type_of(self.store_get_user)](first.unsafe_offset(123))
        self.store_set_user = _function[type_of(self.store_set_user)](first.unsafe_offset(124))
        self.store_set_wasi = _function[type_of(self.store_set_wasi)](first.unsafe_offset(125))
        self.store_enter = _function[type_of(self.store_enter)](first.unsafe_offset(126))
        self.store_leave = _function[type_of(self.store_leave)](first.unsafe_offset(127))
        self.store_get_fuel = _function[type_of(self.store_get_fuel)](first.unsafe_offset(128))
        self.store_fuel_consumed = _function[type_of(self.store_fuel_consumed)](first.unsafe_offset(129))
        self.store_set_fuel = _function[type_of(self.store_set_fuel)](first.unsafe_offset(130))
        self.store_set_epoch_deadline = _function[type_of(self.store_set_epoch_deadline)](first.unsafe_offset(131))
        self.store_set_epoch_callback = _function[type_of(self.store_set_epoch_callback)](first.unsafe_offset(132))
        self.store_clear_epoch_callback = _function[type_of(self.store_clear_epoch_callback)](first.unsafe_offset(133))
        self.store_set_timeout_ms = _function[type_of(self.store_set_timeout_ms)](first.unsafe_offset(134))
        self.store_interrupt = _function[type_of(self.store_interrupt)](first.unsafe_offset(135))
        self.store_set_slice_us = _function[type_of(self.store_set_slice_us)](first.unsafe_offset(136))
        self.store_set_limits = _function[type_of(self.store_set_limits)](first.unsafe_offset(137))
        self.store_set_limiter = _function[type_of(self.store_set_limiter)](first.unsafe_offset(138))
        self.store_clear_limiter = _function[type_of(self.store_clear_limiter)](first.unsafe_offset(139))
        self.store_set_hostcall_fuel = _function[type_of(self.store_set_hostcall_fuel)](first.unsafe_offset(140))
        self.store_get_hostcall_fuel = _function[type_of(self.store_get_hostcall_fuel)](first.unsafe_offset(141))
        self.store_set_fuel_slice = _function[type_of(self.store_set_fuel_slice)](first.unsafe_offset(142))
        self.store_gc = _function[type_of(self.store_gc)](first.unsafe_offset(143))
        self.store_backtrace = _function[type_of(self.store_backtrace)](first.unsafe_offset(144))
        self.store_delete = _function[type_of(self.store_delete)](first.unsafe_offset(145))
        self.linker_new = _function[type_of(self.linker_new)](first.unsafe_offset(146))
        self.linker_clone = _function[type_of(self.linker_clone)](first.unsafe_offset(147))
        self.linker_set_allow_shadowing = _function[type_of(self.linker_set_allow_shadowing)](first.unsafe_offset(148))
        self.linker_set_allow_unknown_exports = _function[type_of(self.linker_set_allow_unknown_exports)](first.unsafe_offset(149))
        self.linker_define_func = _function[type_of(self.linker_define_func)](first.unsafe_offset(150))
        self.linker_define_func_async = _function[type_of(self.linker_define_func_async)](first.unsafe_offset(151))
        self.linker_define_func_of = _function[type_of(self.linker_define_func_of)](first.unsafe_offset(152))
        self.linker_define = _function[type_of(self.linker_define)](first.unsafe_offset(153))
        self.linker_define_instance = _function[type_of(self.linker_define_instance)](first.unsafe_offset(154))
        self.linker_define_module = _function[type_of(self.linker_define_module)](first.unsafe_offset(155))
        self.linker_define_unknown_imports_as_traps = _function[type_of(self.linker_define_unknown_imports_as_traps)](first.unsafe_offset(156))
        self.linker_define_unknown_imports_as_defaults = _function[type_of(self.linker_define_unknown_imports_as_defaults)](first.unsafe_offset(157))
        self.linker_define_wasi = _function[type_of(self.linker_define_wasi)](first.unsafe_offset(158))
        self.linker_define_wasi_async = _function[type_of(self.linker_define_wasi_async)](first.unsafe_offset(159))
        self.linker_alias = _function[type_of(self.linker_alias)](first.unsafe_offset(160))
        self.linker_alias_module = _function[type_of(self.linker_alias_module)](first.unsafe_offset(161))
        self.linker_get = _function[type_of(self.linker_get)](first.unsafe_offset(162))
        self.linker_get_default = _function[type_of(self.linker_get_default)](first.unsafe_offset(163))
        self.linker_instantiate = _function[type_of(self.linker_instantiate)](first.unsafe_offset(164))
        self.linker_run_command = _function[type_of(self.linker_run_command)](first.unsafe_offset(165))
        self.linker_instantiate_reactor = _function[type_of(self.linker_instantiate_reactor)](first.unsafe_offset(166))
        self.linker_start_instance = _function[type_of(self.linker_start_instance)](first.unsafe_offset(167))
        self.linker_instantiate_pre = _function[type_of(self.linker_instantiate_pre)](first.unsafe_offset(168))
        self.linker_delete = _function[type_of(self.linker_delete)](first.unsafe_offset(169))
        self.instance_pre_instantiate = _function[type_of(self.instance_pre_instantiate)](first.unsafe_offset(170))
        self.instance_pre_call = _function[type_of(self.instance_pre_call)](first.unsafe_offset(171))
        self.instance_pre_set_wasi = _function[type_of(self.instance_pre_set_wasi)](first.unsafe_offset(172))
        self.instance_pre_delete = _function[type_of(self.instance_pre_delete)](first.unsafe_offset(173))
        self.instance_new = _function[type_of(self.instance_new)](first.unsafe_offset(174))
        self.instance_get_export = _function[type_of(self.instance_get_export)](first.unsafe_offset(175))
        self.instance_export_count = _function[type_of(self.instance_export_count)](first.unsafe_offset(176))
        self.instance_export_name = _function[type_of(self.instance_export_name)](first.unsafe_offset(177))
        self.instance_export_kind = _function[type_of(self.instance_export_kind)](first.unsafe_offset(178))
        self.instance_export_at = _function[type_of(self.instance_export_at)](first.unsafe_offset(179))
        self.func_call_batch = _function[type_of(self.func_call_batch)](first.unsafe_offset(180))
        self.func_call_columns = _function[type_of(self.func_call_columns)](first.unsafe_offset(181))
        self.func_start = _function[type_of(self.func_start)](first.unsafe_offset(182))
        self.func_new = _function[type_of(self.func_new)](first.unsafe_offset(183))
        self.func_new_of = _function[type_of(self.func_new_of)](first.unsafe_offset(184))
        self.func_new_async = _function[type_of(self.func_new_async)](first.unsafe_offset(185))
        self.func_call = _function[type_of(self.func_call)](first.unsafe_offset(186))
        self.func_call_f64 = _function[type_of(self.func_call_f64)](first.unsafe_offset(187))
        self.func_type = _function[type_of(self.func_type)](first.unsafe_offset(188))
        self.func_param_count = _function[type_of(self.func_param_count)](first.unsafe_offset(189))
        self.func_result_count = _function[type_of(self.func_result_count)](first.unsafe_offset(190))
        self.func_param_slots = _function[type_of(self.func_param_slots)](first.unsafe_offset(191))
        self.func_result_slots = _function[type_of(self.func_result_slots)](first.unsafe_offset(192))
        self.func_same = _function[type_of(self.func_same)](first.unsafe_offset(193))
        self.func_matches = _function[type_of(self.func_matches)](first.unsafe_offset(194))
        self.pending_poll = _function[type_of(self.pending_poll)](first.unsafe_offset(195))
        self.pending_results = _function[type_of(self.pending_results)](first.unsafe_offset(196))
        self.pending_delete = _function[type_of(self.pending_delete)](first.unsafe_offset(197))
        self.caller_get_export = _function[type_of(self.caller_get_export)](first.unsafe_offset(198))
        self.caller_get_store = _function[type_of(self.caller_get_store)](first.unsafe_offset(199))
        self.caller_get_user = _function[type_of(self.caller_get_user)](first.unsafe_offset(200))
        self.caller_set_user = _function[type_of(self.caller_set_user)](first.unsafe_offset(201))
        self.caller_backtrace = _function[type_of(self.caller_backtrace)](first.unsafe_offset(202))
        self.caller_set_trap = _function[type_of(self.caller_set_trap)](first.unsafe_offset(203))
        self.caller_throw = _function[type_of(self.caller_throw)](first.unsafe_offset(204))
        self.caller_set_result = _function[type_of(self.caller_set_result)](first.unsafe_offset(205))
        self.memory_new = _function[type_of(self.memory_new)](first.unsafe_offset(206))
        self.memory_type = _function[type_of(self.memory_type)](first.unsafe_offset(207))
        self.memory_size = _function[type_of(self.memory_size)](first.unsafe_offset(208))
        self.memory_data_size = _function[type_of(self.memory_data_size)](first.unsafe_offset(209))
        self.memory_page_size = _function[type_of(self.memory_page_size)](first.unsafe_offset(210))
        self.memory_grow = _function[type_of(self.memory_grow)](first.unsafe_offset(211))
        self.memory_read = _function[type_of(self.memory_read)](first.unsafe_offset(212))
        self.memory_write = _function[type_of(self.memory_write)](first.unsafe_offset(213))
        self.memory_fill = _function[type_of(self.memory_fill)](first.unsafe_offset(214))
        self.memory_data = _function[type_of(self.memory_data)](first.unsafe_offset(215))
        self.memory_load_i8 = _function[type_of(self.memory_load_i8)](first.unsafe_offset(216))
        self.memory_load_u8 = _function[type_of(self.memory_load_u8)](first.unsafe_offset(217))
        self.memory_load_i16 = _function[type_of(self.memory_load_i16)](first.unsafe_offset(218))
        self.memory_load_u16 = _function[type_of(self.memory_load_u16)](first.unsafe_offset(219))
        self.memory_load_i32 = _function[type_of(self.memory_load_i32)](first.unsafe_offset(220))
        self.memory_load_u32 = _function[type_of(self.memory_load_u32)](first.unsafe_offset(221))
        self.memory_load_i64 = _function[type_of(self.memory_load_i64)](first.unsafe_offset(222))
        self.memory_load_f32 = _function[type_of(self.memory_load_f32)](first.unsafe_offset(223))
        self.memory_load_f64 = _function[type_of(self.memory_load_f64)](first.unsafe_offset(224))
        self.memory_store_i8 = _function[type_of(self.memory_store_i8)](first.unsafe_offset(225))
        self.memory_store_i16 = _function[type_of(self.memory_store_i16)](first.unsafe_offset(226))
        self.memory_store_i32 = _function[type_of(self.memory_store_i32)](first.unsafe_offset(227))
        self.memory_store_i64 = _function[type_of(self.memory_store_i64)](first.unsafe_offset(228))
        self.memory_store_f32 = _function[type_of(self.memory_store_f32)](first.unsafe_offset(229))
        self.memory_store_f64 = _function[type_of(self.memory_store_f64)](first.unsafe_offset(230))
        self.shared_memory_new = _function[type_of(self.shared_memory_new)](first.unsafe_offset(231))
        self.shared_memory_share = _function[type_of(self.shared_memory_share)](first.unsafe_offset(232))
        self.shared_memory_same = _function[type_of(self.shared_memory_same)](first.unsafe_offset(233))
        self.shared_memory_type = _function[type_of(self.shared_memory_type)](first.unsafe_offset(234))
        self.shared_memory_size = _function[type_of(self.shared_memory_size)](first.unsafe_offset(235))
        self.shared_memory_data_size = _function[type_of(self.shared_memory_data_size)](first.unsafe_offset(236))
        self.shared_memory_grow = _function[type_of(self.shared_memory_grow)](first.unsafe_offset(237))
        self.shared_memory_data = _function[type_of(self.shared_memory_data)](first.unsafe_offset(238))
        self.shared_memory_read = _function[type_of(self.shared_memory_read)](first.unsafe_offset(239))
        self.shared_memory_write = _function[type_of(self.shared_memory_write)](first.unsafe_offset(240))
        self.shared_memory_fill = _function[type_of(self.shared_memory_fill)](first.unsafe_offset(241))
        self.shared_memory_atomic_load_i32 = _function[type_of(self.shared_memory_atomic_load_i32)](first.unsafe_offset(242))
        self.shared_memory_atomic_store_i32 = _function[type_of(self.shared_memory_atomic_store_i32)](first.unsafe_offset(243))
        self.shared_memory_atomic_add_i32 = _function[type_of(self.shared_memory_atomic_add_i32)](first.unsafe_offset(244))
        self.shared_memory_atomic_compare_exchange_i32 = _function[type_of(self.shared_memory_atomic_compare_exchange_i32)](first.unsafe_offset(245))
        self.shared_memory_atomic_load_i64 = _function[type_of(self.shared_memory_atomic_load_i64)](first.unsafe_offset(246))
        self.shared_memory_atomic_store_i64 = _function[type_of(self.shared_memory_atomic_store_i64)](first.unsafe_offset(247))
        self.shared_memory_atomic_add_i64 = _function[type_of(self.shared_memory_atomic_add_i64)](first.unsafe_offset(248))
        self.shared_memory_atomic_compare_exchange_i64 = _function[type_of(self.shared_memory_atomic_compare_exchange_i64)](first.unsafe_offset(249))
        self.shared_memory_notify = _function[type_of(self.shared_memory_notify)](first.unsafe_offset(250))
        self.shared_memory_wait_i32 = _function[type_of(self.shared_memory_wait_i32)](first.unsafe_offset(251))
        self.shared_memory_wait_i64 = _function[type_of(self.shared_memory_wait_i64)](first.unsafe_offset(252))
        self.shared_memory_delete = _function[type_of(self.shared_memory_delete)](first.unsafe_offset(253))
        self.global_new = _function[type_of(self.global_new)](first.unsafe_offset(254))
        self.global_type = _function[type_of(self.global_type)](first.unsafe_offset(255))
        self.global_get = _function[type_of(self.global_get)](first.unsafe_offset(256))
        self.global_set = _function[type_of(self.global_set)](first.unsafe_offset(257))
        self.global_get_f64 = _function[type_of(self.global_get_f64)](first.unsafe_offset(258))
        self.global_set_f64 = _function[type_of(self.global_set_f64)](first.unsafe_offset(259))
        self.table_new = _function[type_of(self.table_new)](first.unsafe_offset(260))
        self.table_type = _function[type_of(self.table_type)](first.unsafe_offset(261))
        self.table_get = _function[type_of(self.table_get)](first.unsafe_offset(262))
        self.table_set = _function[type_of(self.table_set)](first.unsafe_offset(263))
        self.table_size = _function[type_of(self.table_size)](first.unsafe_offset(264))
        self.table_grow = _function[type_of(self.table_grow)](first.unsafe_offset(265))
        self.table_fill = _function[type_of(self.table_fill)](first.unsafe_offset(266))
        self.table_copy = _function[type_of(self.table_copy)](first.unsafe_offset(267))
        self.tag_new = _function[type_of(self.tag_new)](first.unsafe_offset(268))
        self.tag_type = _function[type_of(self.tag_type)](first.unsafe_offset(269))
        self.tag_same = _function[type_of(self.tag_same)](first.unsafe_offset(270))
        self.externref_new = _function[type_of(self.externref_new)](first.unsafe_offset(271))
        self.externref_get = _function[type_of(self.externref_get)](first.unsafe_offset(272))
        self.externref_convert_any = _function[type_of(self.externref_convert_any)](first.unsafe_offset(273))
        self.anyref_convert_extern = _function[type_of(self.anyref_convert_extern)](first.unsafe_offset(274))
        self.reference_kind = _function[type_of(self.reference_kind)](first.unsafe_offset(275))
        self.reference_type = _function[type_of(self.reference_type)](first.unsafe_offset(276))
        self.reference_is = _function[type_of(self.reference_is)](first.unsafe_offset(277))
        self.reference_matches = _function[type_of(self.reference_matches)](first.unsafe_offset(278))
        self.reference_same = _function[type_of(self.reference_same)](first.unsafe_offset(279))
        self.reference_clone = _function[type_of(self.reference_clone)](first.unsafe_offset(280))
        self.reference_delete = _function[type_of(self.reference_delete)](first.unsafe_offset(281))
        self.i31_new = _function[type_of(self.i31_new)](first.unsafe_offset(282))
        self.i31_get = _function[type_of(self.i31_get)](first.unsafe_offset(283))
        self.i31_get_u = _function[type_of(self.i31_get_u)](first.unsafe_offset(284))
        self.struct_new = _function[type_of(self.struct_new)](first.unsafe_offset(285))
        self.struct_type = _function[type_of(self.struct_type)](first.unsafe_offset(286))
        self.struct_field_count = _function[type_of(self.struct_field_count)](first.unsafe_offset(287))
        self.struct_get = _function[type_of(self.struct_get)](first.unsafe_offset(288))
        self.struct_set = _function[type_of(self.struct_set)](first.unsafe_offset(289))
        self.array_new = _function[type_of(self.array_new)](first.unsafe_offset(290))
        self.array_new_fixed = _function[type_of(self.array_new_fixed)](first.unsafe_offset(291))
        self.array_new_bytes = _function[type_of(self.array_new_bytes)](first.unsafe_offset(292))
        self.array_bytes = _function[type_of(self.array_bytes)](first.unsafe_offset(293))
        self.array_type = _function[type_of(self.array_type)](first.unsafe_offset(294))
        self.array_len = _function[type_of(self.array_len)](first.unsafe_offset(295))
        self.array_get = _function[type_of(self.array_get)](first.unsafe_offset(296))
        self.array_set = _function[type_of(self.array_set)](first.unsafe_offset(297))
        self.exn_new = _function[type_of(self.exn_new)](first.unsafe_offset(298))
        self.exn_tag = _function[type_of(self.exn_tag)](first.unsafe_offset(299))
        self.exn_field_count = _function[type_of(self.exn_field_count)](first.unsafe_offset(300))
        self.exn_get = _function[type_of(self.exn_get)](first.unsafe_offset(301))
        self.component_new = _function[type_of(self.component_new)](first.unsafe_offset(302))
        self.component_new_file = _function[type_of(self.component_new_file)](first.unsafe_offset(303))
        self.component_precompile = _function[type_of(self.component_precompile)](first.unsafe_offset(304))
        self.component_serialize = _function[type_of(self.component_serialize)](first.unsafe_offset(305))
        self.component_serialize_file = _function[type_of(self.component_serialize_file)](first.unsafe_offset(306))
        self.component_deserialize = _function[type_of(self.component_deserialize)](first.unsafe_offset(307))
        self.component_deserialize_file = _function[type_of(self.component_deserialize_file)](first.unsafe_offset(308))
        self.component_wit = _function[type_of(self.component_wit)](first.unsafe_offset(309))
        self.component_import_count = _function[type_of(self.component_import_count)](first.unsafe_offset(310))
        self.component_import_name = _function[type_of(self.component_import_name)](first.unsafe_offset(311))
        self.component_import_kind = _function[type_of(self.component_import_kind)](first.unsafe_offset(312))
        self.component_import_type = _function[type_of(self.component_import_type)](first.unsafe_offset(313))
        self.component_export_count = _function[type_of(self.component_export_count)](first.unsafe_offset(314))
        self.component_export_name = _function[type_of(self.component_export_name)](first.unsafe_offset(315))
        self.component_export_kind = _function[type_of(self.component_export_kind)](first.unsafe_offset(316))
        self.component_export_type = _function[type_of(self.component_export_type)](first.unsafe_offset(317))
        self.component_delete = _function[type_of(self.component_delete)](first.unsafe_offset(318))
        self.component_linker_new = _function[type_of(self.component_linker_new)](first.unsafe_offset(319))
        self.component_linker_clone = _function[type_of(self.component_linker_clone)](first.unsafe_offset(320))
        self.component_linker_set_allow_shadowing = _function[type_of(self.component_linker_set_allow_shadowing)](first.unsafe_offset(321))
        self.component_linker_define_func = _function[type_of(self.component_linker_define_func)](first.unsafe_offset(322))
        self.component_linker_define_func_wave = _function[type_of(self.component_linker_define_func_wave)](first.unsafe_offset(323))
        self.component_linker_define_func_bytes = _function[type_of(self.component_linker_define_func_bytes)](first.unsafe_offset(324))
        self.component_linker_define_func_of = _function[type_of(self.component_linker_define_func_of)](first.unsafe_offset(325))
        self.component_linker_define_module = _function[type_of(self.component_linker_define_module)](first.unsafe_offset(326))
        self.component_linker_define_resource = _function[type_of(self.component_linker_define_resource)](first.unsafe_offset(327))
        self.component_linker_define_wasi = _function[type_of(self.component_linker_define_wasi)](first.unsafe_offset(328))
        self.component_linker_define_http = _function[type_of(self.component_linker_define_http)](first.unsafe_offset(329))
        self.component_linker_define_unknown_imports_as_traps = _function[type_of(self.component_linker_define_unknown_imports_as_traps)](first.unsafe_offset(330))
        self.component_linker_instantiate = _function[type_of(self.component_linker_instantiate)](first.unsafe_offset(331))
        self.component_linker_instance_pre = _function[type_of(self.component_linker_instance_pre)](first.unsafe_offset(332))
        self.component_linker_run_command = _function[type_of(self.component_linker_run_command)](first.unsafe_offset(333))
        self.component_linker_delete = _function[type_of(self.component_linker_delete)](first.unsafe_offset(334))
        self.component_instance_pre_instantiate = _function[type_of(self.component_instance_pre_instantiate)](first.unsafe_offset(335))
        self.component_instance_pre_delete = _function[type_of(self.component_instance_pre_delete)](first.unsafe_offset(336))
        self.component_instance_get_func = _function[type_of(self.component_instance_get_func)](first.unsafe_offset(337))
        self.component_func_type = _function[type_of(self.component_func_type)](first.unsafe_offset(338))
        self.component_func_param_count = _function[type_of(self.component_func_param_count)](first.unsafe_offset(339))
        self.component_func_result_count = _function[type_of(self.component_func_result_count)](first.unsafe_offset(340))
        self.component_func_call_wave = _function[type_of(self.component_func_call_wave)](first.unsafe_offset(341))
        self.component_func_call = _function[type_of(self.component_func_call)](first.unsafe_offset(342))
        self.component_func_call_bytes = _function[type_of(self.component_func_call_bytes)](first.unsafe_offset(343))
        self.resource_new = _function[type_of(self.resource_new)](first.unsafe_offset(344))
        self.resource_value = _function[type_of(self.resource_value)](first.unsafe_offset(345))
        self.resource_type = _function[type_of(self.resource_type)](first.unsafe_offset(346))
        self.resource_same_type = _function[type_of(self.resource_same_type)](first.unsafe_offset(347))
        self.resource_is_owned = _function[type_of(self.resource_is_owned)](first.unsafe_offset(348))
        self.resource_delete = _function[type_of(self.resource_delete)](first.unsafe_offset(349))
        self.buffer_copy = _function[type_of(self.buffer_copy)](first.unsafe_offset(350))
        self.buffer_data = _function[type_of(self.buffer_data)](first.unsafe_offset(351))
        self.buffer_delete = _function[type_of(self.buffer_delete)](first.unsafe_offset(352))
        self.profiler_new = _function[type_of(self.profiler_new)](first.unsafe_offset(353))
        self.profiler_sample = _function[type_of(self.profiler_sample)](first.unsafe_offset(354))
        self.profiler_call_hook = _function[type_of(self.profiler_call_hook)](first.unsafe_offset(355))
        self.profiler_finish = _function[type_of(self.profiler_finish)](first.unsafe_offset(356))
        self.profiler_delete = _function[type_of(self.profiler_delete)](first.unsafe_offset(357))
        self.wasi_new = _function[type_of(self.wasi_new)](first.unsafe_offset(358))
        self.wasi_add_arg = _function[type_of(self.wasi_add_arg)](first.unsafe_offset(359))
        self.wasi_inherit_args = _function[type_of(self.wasi_inherit_args)](first.unsafe_offset(360))
        self.wasi_set_env = _function[type_of(self.wasi_set_env)](first.unsafe_offset(361))
        self.wasi_inherit_env = _function[type_of(self.wasi_inherit_env)](first.unsafe_offset(362))
        self.wasi_open_dir = _function[type_of(self.wasi_open_dir)](first.unsafe_offset(363))
        self.wasi_stdin_bytes = _function[type_of(self.wasi_stdin_bytes)](first.unsafe_offset(364))
        self.wasi_stdin_file = _function[type_of(self.wasi_stdin_file)](first.unsafe_offset(365))
        self.wasi_stdin_inherit = _function[type_of(self.wasi_stdin_inherit)](first.unsafe_offset(366))
        self.wasi_stdin_callback = _function[type_of(self.wasi_stdin_callback)](first.unsafe_offset(367))
        self.wasi_output_inherit = _function[type_of(self.wasi_output_inherit)](first.unsafe_offset(368))
        self.wasi_output_file = _function[type_of(self.wasi_output_file)](first.unsafe_offset(369))
        self.wasi_output_buffer = _function[type_of(self.wasi_output_buffer)](first.unsafe_offset(370))
        self.wasi_output_callback = _function[type_of(self.wasi_output_callback)](first.unsafe_offset(371))
        self.wasi_read_output = _function[type_of(self.wasi_read_output)](first.unsafe_offset(372))
        self.wasi_fix_clocks = _function[type_of(self.wasi_fix_clocks)](first.unsafe_offset(373))
        self.wasi_seed_random = _function[type_of(self.wasi_seed_random)](first.unsafe_offset(374))
        self.wasi_allow_network = _function[type_of(self.wasi_allow_network)](first.unsafe_offset(375))
        self.wasi_network_callback = _function[type_of(self.wasi_network_callback)](first.unsafe_offset(376))
        self.wasi_allow_name_lookup = _function[type_of(self.wasi_allow_name_lookup)](first.unsafe_offset(377))
        self.wasi_delete = _function[type_of(self.wasi_delete)](first.unsafe_offset(378))
        self.thread_init = _function[type_of(self.thread_init)](first.unsafe_offset(379))
        self.thread_set_stack = _function[type_of(self.thread_set_stack)](first.unsafe_offset(380))
        _ = addresses^
