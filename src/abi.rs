//! Every type and number that crosses the boundary. No dependencies.
//!
//! Handles are distinct types here and plain `uint64_t` in the header. Numbers are never changed or
//! reused; `tests/abi.lock` holds them.

// These are C names.
#![allow(non_camel_case_types)]

use std::ffi::{c_char, c_void};

/// What a call answers: 0 is success, negative numbers are errors (`WTS_ERR_...`).
pub type wts_status_t = i32;

/// A config: options for engines. Any thread; calls on one config exclude each other.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_config_t(pub u64);

/// An engine: compiles modules and holds what they share. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_engine_t(pub u64);

/// A compiled module. Any thread, any store of its engine.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_module_t(pub u64);

/// The type of a function, memory, table, global, tag, struct, array or reference; free of stores, and of
/// engines unless it names a struct, an array or a declared function type. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_type_t(pub u64);

/// A store: owns instances and all that belongs to them. One thread at a time.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_store_t(pub u64);

/// A linker: names and what they stand for. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_linker_t(pub u64);

/// A module with its imports resolved, ready for instantiation. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_instance_pre_t(pub u64);

/// An instance; lives as long as its store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_instance_t(pub u64);

/// A function; lives as long as its store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_func_t(pub u64);

/// A linear memory; lives as long as its store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_memory_t(pub u64);

/// A linear memory that several stores and threads use. One of an export lives as long as its store, all others
/// until they are deleted. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_shared_memory_t(pub u64);

/// A global; lives as long as its store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_global_t(pub u64);

/// A table; lives as long as its store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_table_t(pub u64);

/// A tag, by which exceptions are told apart; lives as long as its store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_tag_t(pub u64);

/// A rooted reference to a garbage-collected object, until deleted or its store is.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_reference_t(pub u64);

/// A resumable call, until deleted or its store is. One thread at a time per store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_pending_t(pub u64);

/// Who called a host function; valid during that callback only.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_caller_t(pub u64);

/// An error that was taken from its thread. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_error_t(pub u64);

/// A guest profiler. Any thread; calls on one profiler exclude each other.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_profiler_t(pub u64);

/// What WASI gives the guests of a store. Any thread; a change is for stores that take it later.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_wasi_t(pub u64);

/// Bytes that the library made. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_buffer_t(pub u64);

/// A compiled component. Any thread, any store of its engine.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_component_t(pub u64);

/// A linker of components: names and what they stand for. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_component_linker_t(pub u64);

/// A component with its imports resolved, ready for instantiation. Any thread.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_component_instance_pre_t(pub u64);

/// An instance of a component; lives as long as its store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_component_instance_t(pub u64);

/// A function that an instance of a component exports; lives as long as its store.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_component_func_t(pub u64);

/// A resource of the component model, owned or borrowed, until it is deleted, given away, or its store is deleted.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct wts_resource_t(pub u64);

/// A host function.
///
/// `args` and `results` hold slots; `results` are zero when it is entered. It answers 0 for success or a negative
/// number for a trap, whose message and code `wts_caller_set_trap` left. One that `wts_linker_define_func_async` or
/// `wts_func_new_async` made may answer `WTS_PENDING`: it has to wait, and is called again with the same arguments when
/// its call is polled. Other positive numbers are reserved. References in `args` are lent for the callback, those
/// written to `results` are given away. It must not throw or longjmp across the boundary.
pub type wts_callback_t = Option<
    unsafe extern "C" fn(
        env: *mut c_void,
        caller: wts_caller_t,
        args: *const i64,
        nargs: usize,
        results: *mut i64,
        nresults: usize,
    ) -> i32,
>;

/// A host function of components that takes its arguments as text.
///
/// `args` is a tuple in WAVE, such as `(1, "a")`, and `()` if there are none. The result, if there is one, is left by
/// `wts_caller_set_result`. It answers 0 for success or a negative number for a trap, whose message and code
/// `wts_caller_set_trap` left; positive numbers are reserved. Resources are handles: those of `borrow` types are lent
/// for the callback, those of `own` types belong to it. It must not throw or longjmp across the boundary.
pub type wts_wave_callback_t =
    Option<unsafe extern "C" fn(env: *mut c_void, caller: wts_caller_t, args: *const c_char, args_len: usize) -> i32>;

/// A host function of components that takes a `string` or `list<u8>` as bytes.
///
/// `args` holds slots of the other arguments, which are numbers, booleans and characters. A result that is one of
/// these goes to `results`, which is zero when it is entered; one that is a `string` or `list<u8>` is left by
/// `wts_caller_set_result`, and `nresults` is 0. Else as `wts_callback_t`.
pub type wts_bytes_callback_t = Option<
    unsafe extern "C" fn(
        env: *mut c_void,
        caller: wts_caller_t,
        args: *const i64,
        nargs: usize,
        bytes: *const u8,
        bytes_len: usize,
        results: *mut i64,
        nresults: usize,
    ) -> i32,
>;

/// What is called with the value of a resource of the host's when nobody owns it any more. `env` is that of its type.
pub type wts_resource_drop_t = Option<unsafe extern "C" fn(env: *mut c_void, value: u64)>;

/// A call hook: what is called each time WebAssembly is entered or left.
///
/// `event` is one of `WTS_HOOK_...`. It answers 0 to go on or a negative number to end the guest with `WTS_ERR_HOST`
/// and that number; positive numbers are reserved. It must not throw or longjmp across the boundary.
pub type wts_call_hook_t = Option<unsafe extern "C" fn(env: *mut c_void, store: wts_store_t, event: i32) -> i32>;

/// Frees `env` of a callback or reference. Runs exactly once, when the last holder lets go; NULL
/// where nothing is to be freed.
pub type wts_drop_t = Option<unsafe extern "C" fn(env: *mut c_void)>;

/// A limiter: asked before a memory or table of a store is made or grows.
///
/// `kind` is `WTS_KIND_MEMORY`, with sizes in bytes, or `WTS_KIND_TABLE`, with sizes in elements; `maximum` is
/// the most that its type allows, `WTS_UNLIMITED` if that is not known. It answers 0 to allow, 1 to refuse, or a
/// negative number to end the guest with `WTS_ERR_HOST`. What needs its store gets `WTS_ERR_BUSY` in it.
pub type wts_limiter_t =
    Option<unsafe extern "C" fn(env: *mut c_void, kind: i32, current: u64, desired: u64, maximum: u64) -> i32>;

/// An epoch callback: asked when the epoch deadline of `store` is reached and its guest would be interrupted.
///
/// It answers 0 to go on for `*out_ticks` more ticks, 1 if it leaves that alone, or a negative number to end the
/// guest with `WTS_ERR_INTERRUPT`; positive numbers are reserved. It may use the store, but WebAssembly that it calls
/// there ends with `WTS_ERR_INTERRUPT` at the next tick, timeout or interrupt of the engine. It must not throw or
/// longjmp across the boundary.
pub type wts_epoch_callback_t =
    Option<unsafe extern "C" fn(env: *mut c_void, store: wts_store_t, out_ticks: *mut u64) -> i32>;

/// An input callback: asked for more of a guest's standard input.
///
/// It writes up to `cap` bytes to `buf` and their number to `out_len`, and answers 0; no bytes are the end of the
/// input. `WTS_PENDING` says that there is nothing yet: it is asked again some milliseconds later. A negative number is
/// an error of the guest's read, `EIO`; other positive numbers are reserved. What needs its store gets `WTS_ERR_BUSY`
/// in it; other stores it may run. It must not throw or longjmp across the boundary.
pub type wts_wasi_input_t =
    Option<unsafe extern "C" fn(env: *mut c_void, buf: *mut u8, cap: usize, out_len: *mut usize) -> i32>;

/// An output callback: given what a guest writes to its standard output or error, as it comes.
///
/// It answers 0 when it took all of it. `WTS_PENDING` says that it took nothing: it is given the same some milliseconds
/// later. A negative number is an error of the guest's write, `EIO`; other positive numbers are reserved. What needs
/// its store gets `WTS_ERR_BUSY` in it; other stores it may run. It must not throw or longjmp across the boundary.
pub type wts_wasi_output_t = Option<unsafe extern "C" fn(env: *mut c_void, bytes: *const u8, bytes_len: usize) -> i32>;

/// A network callback: asked whether guests may use an address of the network.
///
/// `address` is a text such as `127.0.0.1` or `::1`, and `use` one of `WTS_WASI_TCP_...` and `WTS_WASI_UDP_...`. It
/// answers 0 to allow; all else refuses. It must not throw or longjmp across the boundary.
pub type wts_wasi_network_t = Option<
    unsafe extern "C" fn(env: *mut c_void, address: *const c_char, address_len: usize, port: i32, r#use: i32) -> i32,
>;

// ---- statuses ----

/// Success.
pub const WTS_OK: wts_status_t = 0;
/// A resumable call is not finished yet.
pub const WTS_PENDING: wts_status_t = 1;
/// A pointer was NULL where memory was needed.
pub const WTS_ERR_NULL: wts_status_t = -1;
/// The handle is 0 or was never issued.
pub const WTS_ERR_HANDLE: wts_status_t = -2;
/// The handle is of another kind of object.
pub const WTS_ERR_KIND: wts_status_t = -3;
/// The object behind the handle was deleted.
pub const WTS_ERR_STALE: wts_status_t = -4;
/// The object belongs to another store or engine.
pub const WTS_ERR_WRONG_STORE: wts_status_t = -5;
/// A text is not UTF-8.
pub const WTS_ERR_UTF8: wts_status_t = -6;
/// A number, index or offset is out of range.
pub const WTS_ERR_RANGE: wts_status_t = -7;
/// The buffer is too small; the size needed was written.
pub const WTS_ERR_BUFFER: wts_status_t = -8;
/// The count or the type of a value does not fit.
pub const WTS_ERR_TYPE: wts_status_t = -9;
/// The object is in use by another thread or by a call that is running.
pub const WTS_ERR_BUSY: wts_status_t = -10;
/// The object is not in a state that allows this.
pub const WTS_ERR_STATE: wts_status_t = -11;
/// The module is not valid WebAssembly or could not be compiled.
pub const WTS_ERR_COMPILE: wts_status_t = -20;
/// The imports of a module could not be satisfied.
pub const WTS_ERR_LINK: wts_status_t = -21;
/// WebAssembly trapped.
pub const WTS_ERR_TRAP: wts_status_t = -22;
/// The program ended itself with an exit status.
pub const WTS_ERR_EXIT: wts_status_t = -23;
/// The store ran out of fuel.
pub const WTS_ERR_FUEL: wts_status_t = -24;
/// The deadline of the store passed.
pub const WTS_ERR_TIMEOUT: wts_status_t = -25;
/// The store was interrupted.
pub const WTS_ERR_INTERRUPT: wts_status_t = -26;
/// A host function failed.
pub const WTS_ERR_HOST: wts_status_t = -27;
/// Memory could not be allocated.
pub const WTS_ERR_MEMORY: wts_status_t = -40;
/// A limit was reached.
pub const WTS_ERR_LIMIT: wts_status_t = -41;
/// A file could not be read or written.
pub const WTS_ERR_IO: wts_status_t = -42;
/// An artifact is damaged, edited or not ours.
pub const WTS_ERR_CORRUPT: wts_status_t = -43;
/// Nothing has that name.
pub const WTS_ERR_NOT_FOUND: wts_status_t = -44;
/// The library panicked; a store that was in use answers `WTS_ERR_STATE` from now on.
pub const WTS_ERR_PANIC: wts_status_t = -60;
/// The library broke a rule of its own.
pub const WTS_ERR_INTERNAL: wts_status_t = -61;
/// This build or platform cannot do that.
pub const WTS_ERR_UNSUPPORTED: wts_status_t = -62;

// ---- traps ----

/// Not a trap.
pub const WTS_TRAP_NONE: i32 = 0;
/// Call stack exhausted.
pub const WTS_TRAP_STACK_OVERFLOW: i32 = 1;
/// Memory access out of bounds.
pub const WTS_TRAP_MEMORY_OUT_OF_BOUNDS: i32 = 2;
/// Unaligned atomic access.
pub const WTS_TRAP_HEAP_MISALIGNED: i32 = 3;
/// Table access out of bounds.
pub const WTS_TRAP_TABLE_OUT_OF_BOUNDS: i32 = 4;
/// Indirect call of a null table element.
pub const WTS_TRAP_INDIRECT_CALL_TO_NULL: i32 = 5;
/// Indirect call of a function of another type.
pub const WTS_TRAP_BAD_SIGNATURE: i32 = 6;
/// Integer overflow.
pub const WTS_TRAP_INTEGER_OVERFLOW: i32 = 7;
/// Integer division by zero.
pub const WTS_TRAP_INTEGER_DIVISION_BY_ZERO: i32 = 8;
/// A float that no integer can hold was converted.
pub const WTS_TRAP_BAD_CONVERSION_TO_INTEGER: i32 = 9;
/// The `unreachable` instruction was executed.
pub const WTS_TRAP_UNREACHABLE: i32 = 10;
/// Execution was interrupted.
pub const WTS_TRAP_INTERRUPT: i32 = 11;
/// All fuel was consumed.
pub const WTS_TRAP_OUT_OF_FUEL: i32 = 12;
/// Atomic wait on a memory that is not shared.
pub const WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY: i32 = 13;
/// A null reference was used.
pub const WTS_TRAP_NULL_REFERENCE: i32 = 14;
/// Array access out of bounds.
pub const WTS_TRAP_ARRAY_OUT_OF_BOUNDS: i32 = 15;
/// A garbage-collected object would be too large.
pub const WTS_TRAP_ALLOCATION_TOO_LARGE: i32 = 16;
/// A reference cast failed.
pub const WTS_TRAP_CAST_FAILURE: i32 = 17;
/// A suspension had no handler for its tag.
pub const WTS_TRAP_UNHANDLED_TAG: i32 = 18;
/// A trap that has no number of its own; its message says more.
pub const WTS_TRAP_OTHER: i32 = 255;

// ---- kinds of handles, and of imports and exports ----

/// Not a live handle.
pub const WTS_KIND_NONE: i32 = 0;
/// A config.
pub const WTS_KIND_CONFIG: i32 = 1;
/// An engine.
pub const WTS_KIND_ENGINE: i32 = 2;
/// A module.
pub const WTS_KIND_MODULE: i32 = 3;
/// A type.
pub const WTS_KIND_TYPE: i32 = 4;
/// A store.
pub const WTS_KIND_STORE: i32 = 5;
/// A linker.
pub const WTS_KIND_LINKER: i32 = 6;
/// A pre-instance.
pub const WTS_KIND_INSTANCE_PRE: i32 = 7;
/// An instance.
pub const WTS_KIND_INSTANCE: i32 = 8;
/// A function.
pub const WTS_KIND_FUNC: i32 = 9;
/// A memory.
pub const WTS_KIND_MEMORY: i32 = 10;
/// A global.
pub const WTS_KIND_GLOBAL: i32 = 11;
/// A table.
pub const WTS_KIND_TABLE: i32 = 12;
/// A tag.
pub const WTS_KIND_TAG: i32 = 13;
/// A reference to a garbage-collected object.
pub const WTS_KIND_REFERENCE: i32 = 14;
/// The caller of a host function.
pub const WTS_KIND_CALLER: i32 = 15;
/// An error.
pub const WTS_KIND_ERROR: i32 = 16;
/// A buffer.
pub const WTS_KIND_BUFFER: i32 = 17;
/// A shared memory.
pub const WTS_KIND_SHARED_MEMORY: i32 = 18;
/// A profiler.
pub const WTS_KIND_PROFILER: i32 = 19;
/// A resumable call.
pub const WTS_KIND_PENDING: i32 = 20;
/// What WASI gives to guests.
pub const WTS_KIND_WASI: i32 = 21;
/// A component.
pub const WTS_KIND_COMPONENT: i32 = 22;
/// A linker of components.
pub const WTS_KIND_COMPONENT_LINKER: i32 = 23;
/// An instance of a component.
pub const WTS_KIND_COMPONENT_INSTANCE: i32 = 24;
/// A function of a component.
pub const WTS_KIND_COMPONENT_FUNC: i32 = 25;
/// A resource.
pub const WTS_KIND_RESOURCE: i32 = 26;
/// A pre-instance of a component.
pub const WTS_KIND_COMPONENT_INSTANCE_PRE: i32 = 27;

// ---- kinds of values: the codes of the WebAssembly binary format ----

/// 32-bit integer.
pub const WTS_I32: i32 = 0x7f;
/// 64-bit integer.
pub const WTS_I64: i32 = 0x7e;
/// 32-bit float.
pub const WTS_F32: i32 = 0x7d;
/// 64-bit float.
pub const WTS_F64: i32 = 0x7c;
/// 128-bit vector; two slots, low half first.
pub const WTS_V128: i32 = 0x7b;
/// Function reference, may be null.
pub const WTS_FUNCREF: i32 = 0x70;
/// Host reference, may be null.
pub const WTS_EXTERNREF: i32 = 0x6f;
/// Any internal reference, may be null.
pub const WTS_ANYREF: i32 = 0x6e;
/// Comparable reference, may be null.
pub const WTS_EQREF: i32 = 0x6d;
/// 31-bit integer reference, may be null.
pub const WTS_I31REF: i32 = 0x6c;
/// Struct reference, may be null.
pub const WTS_STRUCTREF: i32 = 0x6b;
/// Array reference, may be null.
pub const WTS_ARRAYREF: i32 = 0x6a;
/// Exception reference, may be null.
pub const WTS_EXNREF: i32 = 0x69;
/// The null of the internal references.
pub const WTS_NULLREF: i32 = 0x71;
/// The null of the host references.
pub const WTS_NULLEXTERNREF: i32 = 0x72;
/// The null of the function references.
pub const WTS_NULLFUNCREF: i32 = 0x73;
/// The null of the exception references.
pub const WTS_NULLEXNREF: i32 = 0x74;
/// A reference that is never null; its type says to what.
pub const WTS_REF: i32 = 0x64;
/// A reference to a struct, array or function of a certain type, or null; its type says which.
pub const WTS_REF_NULL: i32 = 0x63;
/// 8-bit integer; in structs and arrays only.
pub const WTS_I8: i32 = 0x78;
/// 16-bit integer; in structs and arrays only.
pub const WTS_I16: i32 = 0x77;

// ---- types ----

/// The type of a struct.
pub const WTS_TYPE_STRUCT: i32 = 64;
/// The type of an array.
pub const WTS_TYPE_ARRAY: i32 = 65;
/// The type of a reference.
pub const WTS_TYPE_REF: i32 = 66;
/// No maximum, no limit, or no known offset.
pub const WTS_UNLIMITED: u64 = u64::MAX;
/// Flag of a memory type: 64-bit addresses.
pub const WTS_MEMORY_64: i32 = 1;
/// Flag of a memory type: shared between threads.
pub const WTS_MEMORY_SHARED: i32 = 2;
/// Flag of a table type: 64-bit indices.
pub const WTS_TABLE_64: i32 = 1;

// ---- what a call hook is told ----

/// WebAssembly is about to be entered.
pub const WTS_HOOK_CALLING_WASM: i32 = 1;
/// WebAssembly was left: it returned, or it failed.
pub const WTS_HOOK_RETURNING_FROM_WASM: i32 = 2;
/// WebAssembly is about to call a host function, or what Wasmtime does for an instruction such as `memory.grow`.
pub const WTS_HOOK_CALLING_HOST: i32 = 3;
/// What was called returned, or failed.
pub const WTS_HOOK_RETURNING_FROM_HOST: i32 = 4;

// ---- stores ----

/// Flag of a store: all its WebAssembly runs on fibers, so that host functions may wait and fuel has slices.
pub const WTS_STORE_ASYNC: i32 = 1;

// ---- WASI ----

/// Rights to a folder: guests read in it.
pub const WTS_WASI_READ_ONLY: i32 = 0;
/// Rights to a folder: guests read, write, make and remove in it.
pub const WTS_WASI_READ_WRITE: i32 = 1;

/// A guest's standard output.
pub const WTS_WASI_STDOUT: i32 = 1;
/// A guest's standard error.
pub const WTS_WASI_STDERR: i32 = 2;

/// The file is emptied first.
pub const WTS_WASI_TRUNCATE: i32 = 0;
/// What the file has stays, and output is added to it.
pub const WTS_WASI_APPEND: i32 = 1;

/// To bind a TCP socket to its own address; to no address and port 0, when it connects or listens without having been
/// bound.
pub const WTS_WASI_TCP_BIND: i32 = 0;
/// To listen at its own address.
pub const WTS_WASI_TCP_LISTEN: i32 = 1;
/// To accept who connects from there.
pub const WTS_WASI_TCP_ACCEPT: i32 = 2;
/// To connect to it.
pub const WTS_WASI_TCP_CONNECT: i32 = 3;
/// To bind a UDP socket to its own address; to no address and port 0, when it sends without having been bound.
pub const WTS_WASI_UDP_BIND: i32 = 4;
/// To send to it.
pub const WTS_WASI_UDP_SEND: i32 = 5;
/// To receive what comes from there.
pub const WTS_WASI_UDP_RECEIVE: i32 = 6;

// ---- what ended a wait on a shared memory ----

/// It was notified.
pub const WTS_WAIT_NOTIFIED: i32 = 0;
/// Another value was there, so it did not wait.
pub const WTS_WAIT_NOT_EQUAL: i32 = 1;
/// The time was over.
pub const WTS_WAIT_TIMED_OUT: i32 = 2;

// ---- options: `wts_option_doc` says what each does ----

/// An option that is 0 or 1.
pub const WTS_OPTION_BOOL: i32 = 1;
/// An option that is a number.
pub const WTS_OPTION_INT: i32 = 2;
/// An option that is a number of bytes.
pub const WTS_OPTION_BYTES: i32 = 3;
/// An option that is one of named numbers.
pub const WTS_OPTION_ENUM: i32 = 4;
/// An option that is a text.
pub const WTS_OPTION_TEXT: i32 = 5;

/// The compiler: `WTS_STRATEGY_...`.
pub const WTS_OPT_STRATEGY: i32 = 1;
/// How far code is optimised: `WTS_OPTIMIZE_...`.
pub const WTS_OPT_OPT_LEVEL: i32 = 2;
/// Keep compiled modules in a cache folder.
pub const WTS_OPT_CACHE: i32 = 3;
/// The cache folder; setting it turns the cache on.
pub const WTS_OPT_CACHE_DIR: i32 = 4;
/// How many bytes the cache may hold.
pub const WTS_OPT_CACHE_SIZE: i32 = 5;
/// A secret that makes artifacts proof against forgery.
pub const WTS_OPT_ARTIFACT_KEY: i32 = 6;
/// Emit DWARF for native debuggers.
pub const WTS_OPT_DEBUG_INFO: i32 = 7;
/// Compile functions on several threads.
pub const WTS_OPT_PARALLEL_COMPILATION: i32 = 8;
/// Count fuel, so that a store can be given a budget.
pub const WTS_OPT_FUEL: i32 = 9;
/// Let timeouts, interrupts and epoch deadlines end guests.
pub const WTS_OPT_EPOCH_INTERRUPTION: i32 = 10;
/// Stack that WebAssembly may use, in bytes.
pub const WTS_OPT_MAX_WASM_STACK: i32 = 11;
/// Collect a backtrace when WebAssembly traps.
pub const WTS_OPT_BACKTRACE: i32 = 12;
/// How many frames a backtrace holds at most.
pub const WTS_OPT_BACKTRACE_MAX_FRAMES: i32 = 13;
/// Address space reserved for each memory, in bytes.
pub const WTS_OPT_MEMORY_RESERVATION: i32 = 14;
/// Address space reserved for growth when a memory moves, in bytes.
pub const WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH: i32 = 15;
/// Guard region behind each memory, in bytes.
pub const WTS_OPT_MEMORY_GUARD_SIZE: i32 = 16;
/// Memories may move when they grow.
pub const WTS_OPT_MEMORY_MAY_MOVE: i32 = 17;
/// Where instances come from: `WTS_ALLOCATION_...`.
pub const WTS_OPT_ALLOCATION_STRATEGY: i32 = 18;
/// Pool: how many instances.
pub const WTS_OPT_POOL_INSTANCES: i32 = 19;
/// Pool: how many memories.
pub const WTS_OPT_POOL_MEMORIES: i32 = 20;
/// Pool: how many tables.
pub const WTS_OPT_POOL_TABLES: i32 = 21;
/// Pool: the largest memory, in bytes.
pub const WTS_OPT_POOL_MAX_MEMORY_SIZE: i32 = 22;
/// Pool: the largest table, in elements.
pub const WTS_OPT_POOL_TABLE_ELEMENTS: i32 = 23;
/// Pool: the largest instance data, in bytes.
pub const WTS_OPT_POOL_MAX_INSTANCE_SIZE: i32 = 24;
/// Pool: memories per module.
pub const WTS_OPT_POOL_MEMORIES_PER_MODULE: i32 = 25;
/// Pool: tables per module.
pub const WTS_OPT_POOL_TABLES_PER_MODULE: i32 = 26;
/// Pool: unused slots kept warm.
pub const WTS_OPT_POOL_MAX_UNUSED_WARM_SLOTS: i32 = 27;
/// Pool: bytes of a memory reset by writing instead of unmapping.
pub const WTS_OPT_POOL_MEMORY_KEEP_RESIDENT: i32 = 28;
/// Pool: bytes of a table reset by writing instead of unmapping.
pub const WTS_OPT_POOL_TABLE_KEEP_RESIDENT: i32 = 29;
/// Pool: how many garbage-collected heaps.
pub const WTS_OPT_POOL_GC_HEAPS: i32 = 30;
/// Pool: how many fiber stacks.
pub const WTS_OPT_POOL_STACKS: i32 = 31;
/// Proposal: SIMD.
pub const WTS_OPT_WASM_SIMD: i32 = 32;
/// Proposal: relaxed SIMD.
pub const WTS_OPT_WASM_RELAXED_SIMD: i32 = 33;
/// Relaxed SIMD gives the same results on every machine.
pub const WTS_OPT_RELAXED_SIMD_DETERMINISTIC: i32 = 34;
/// Proposal: bulk memory operations.
pub const WTS_OPT_WASM_BULK_MEMORY: i32 = 35;
/// Proposal: multiple values.
pub const WTS_OPT_WASM_MULTI_VALUE: i32 = 36;
/// Proposal: reference types.
pub const WTS_OPT_WASM_REFERENCE_TYPES: i32 = 37;
/// Proposal: multiple memories.
pub const WTS_OPT_WASM_MULTI_MEMORY: i32 = 38;
/// Proposal: 64-bit memories.
pub const WTS_OPT_WASM_MEMORY64: i32 = 39;
/// Proposal: garbage collection.
pub const WTS_OPT_WASM_GC: i32 = 40;
/// Proposal: typed function references.
pub const WTS_OPT_WASM_FUNCTION_REFERENCES: i32 = 41;
/// Proposal: exception handling.
pub const WTS_OPT_WASM_EXCEPTIONS: i32 = 42;
/// Proposal: tail calls.
pub const WTS_OPT_WASM_TAIL_CALL: i32 = 43;
/// Proposal: extended constant expressions.
pub const WTS_OPT_WASM_EXTENDED_CONST: i32 = 44;
/// Proposal: custom page sizes.
pub const WTS_OPT_WASM_CUSTOM_PAGE_SIZES: i32 = 45;
/// Proposal: threads.
pub const WTS_OPT_WASM_THREADS: i32 = 46;
/// Shared memories may be made.
pub const WTS_OPT_SHARED_MEMORY: i32 = 47;
/// Proposal: wide arithmetic.
pub const WTS_OPT_WASM_WIDE_ARITHMETIC: i32 = 49;
/// Proposal: branch hinting.
pub const WTS_OPT_WASM_BRANCH_HINTING: i32 = 50;
/// The garbage collector is there.
pub const WTS_OPT_GC_SUPPORT: i32 = 51;
/// There is a compiler.
pub const WTS_OPT_COMPILER: i32 = 52;
/// Cranelift checks its own work.
pub const WTS_OPT_CRANELIFT_DEBUG_VERIFIER: i32 = 53;
/// Cranelift adds checks of Wasmtime's own invariants.
pub const WTS_OPT_CRANELIFT_DEBUG_CHECKS: i32 = 54;
/// NaNs are made the same everywhere.
pub const WTS_OPT_CRANELIFT_NAN_CANONICALIZATION: i32 = 55;
/// How Cranelift allocates registers: `WTS_REGALLOC_...`.
pub const WTS_OPT_CRANELIFT_REGALLOC_ALGORITHM: i32 = 56;
/// Flags of Cranelift, such as `has_avx=false`, separated by commas.
pub const WTS_OPT_CRANELIFT_FLAGS: i32 = 57;
/// Which calls Cranelift inlines: `WTS_INLINING_...`.
pub const WTS_OPT_INLINING: i32 = 58;
/// The target triple that code is made for, such as `x86_64-unknown-linux-gnu`.
pub const WTS_OPT_TARGET: i32 = 59;
/// A version of the application's own; artifacts of another are refused.
pub const WTS_OPT_MODULE_VERSION: i32 = 60;
/// Fuel that operators cost, such as `Call=10`, separated by commas.
pub const WTS_OPT_FUEL_COSTS: i32 = 61;
/// The garbage collector: `WTS_COLLECTOR_...`.
pub const WTS_OPT_COLLECTOR: i32 = 62;
/// What the heap of a collector begins with, in bytes.
pub const WTS_OPT_GC_HEAP_INITIAL_SIZE: i32 = 63;
/// Address space reserved for the heap of a collector, in bytes.
pub const WTS_OPT_GC_HEAP_RESERVATION: i32 = 64;
/// Address space reserved for growth when the heap of a collector moves, in bytes.
pub const WTS_OPT_GC_HEAP_RESERVATION_FOR_GROWTH: i32 = 65;
/// Guard region behind the heap of a collector, in bytes.
pub const WTS_OPT_GC_HEAP_GUARD_SIZE: i32 = 66;
/// The heap of a collector may move when it grows.
pub const WTS_OPT_GC_HEAP_MAY_MOVE: i32 = 67;
/// There is a guard region before each memory too.
pub const WTS_OPT_GUARD_BEFORE_LINEAR_MEMORY: i32 = 68;
/// Tables are filled when they are first used.
pub const WTS_OPT_TABLE_LAZY_INIT: i32 = 69;
/// Memories begin as copy-on-write images.
pub const WTS_OPT_MEMORY_INIT_COW: i32 = 70;
/// Copy-on-write images are kept in memory, not mapped from a file.
pub const WTS_OPT_FORCE_MEMORY_INIT_MEMFD: i32 = 71;
/// Up to which size a memory always gets an image, in bytes.
pub const WTS_OPT_MEMORY_GUARANTEED_DENSE_IMAGE_SIZE: i32 = 72;
/// Traps are caught by signal handlers.
pub const WTS_OPT_SIGNALS_BASED_TRAPS: i32 = 73;
/// On macOS traps are caught by Mach ports.
pub const WTS_OPT_MACOS_USE_MACH_PORTS: i32 = 74;
/// Emit information for native unwinders.
pub const WTS_OPT_NATIVE_UNWIND_INFO: i32 = 75;
/// Keep a map from code to offsets in the module.
pub const WTS_OPT_GENERATE_ADDRESS_MAP: i32 = 76;
/// Keep the names of functions in compiled code.
pub const WTS_OPT_DEBUG_SYMBOLS: i32 = 77;
/// Instrument code for debuggers of WebAssembly.
pub const WTS_OPT_GUEST_DEBUG: i32 = 78;
/// Backtraces have files and lines.
pub const WTS_OPT_BACKTRACE_DETAILS: i32 = 79;
/// A trap leaves a core dump.
pub const WTS_OPT_COREDUMP_ON_TRAP: i32 = 80;
/// Failed assertions in compiled code are traps.
pub const WTS_OPT_METADATA_FOR_INTERNAL_ASSERTS: i32 = 81;
/// A damaged heap of a collector is a trap.
pub const WTS_OPT_METADATA_FOR_GC_HEAP_CORRUPTION: i32 = 82;
/// How native profilers learn of compiled code: `WTS_PROFILING_...`.
pub const WTS_OPT_PROFILING_STRATEGY: i32 = 83;
/// Stack of a fiber, in bytes.
pub const WTS_OPT_ASYNC_STACK_SIZE: i32 = 84;
/// Stacks of fibers are zeroed before use.
pub const WTS_OPT_ASYNC_STACK_ZEROING: i32 = 85;
/// Pool: bytes of a stack zeroed by writing instead of unmapping.
pub const WTS_OPT_POOL_STACK_KEEP_RESIDENT: i32 = 86;
/// Pool: how many places are given back to the system at once.
pub const WTS_OPT_POOL_DECOMMIT_BATCH_SIZE: i32 = 87;
/// Pool: ask the kernel which pages were touched: `WTS_PAGEMAP_SCAN_...`.
pub const WTS_OPT_POOL_PAGEMAP_SCAN: i32 = 88;
/// Pool: how many component instances.
pub const WTS_OPT_POOL_COMPONENT_INSTANCES: i32 = 89;
/// Pool: the largest component instance data, in bytes.
pub const WTS_OPT_POOL_MAX_COMPONENT_INSTANCE_SIZE: i32 = 90;
/// Pool: core instances per component.
pub const WTS_OPT_POOL_INSTANCES_PER_COMPONENT: i32 = 91;
/// Pool: memories per component.
pub const WTS_OPT_POOL_MEMORIES_PER_COMPONENT: i32 = 92;
/// Pool: tables per component.
pub const WTS_OPT_POOL_TABLES_PER_COMPONENT: i32 = 93;
/// Proposal: sign extension.
pub const WTS_OPT_WASM_SIGN_EXTENSION: i32 = 94;
/// Proposal: saturating conversions of floats.
pub const WTS_OPT_WASM_SATURATING_FLOAT_TO_INT: i32 = 95;
/// Proposal: mutable globals that are imported or exported.
pub const WTS_OPT_WASM_MUTABLE_GLOBAL: i32 = 96;
/// Floats at all.
pub const WTS_OPT_WASM_FLOATS: i32 = 97;
/// The largest module or component that is compiled.
pub const WTS_OPT_MAX_WASM_SIZE: i32 = 98;
/// The most functions that what is compiled may define.
pub const WTS_OPT_MAX_WASM_FUNCTIONS: i32 = 99;
/// Components.
pub const WTS_OPT_WASM_COMPONENT_MODEL: i32 = 260;
/// Components: maps as values.
pub const WTS_OPT_WASM_COMPONENT_MODEL_MAP: i32 = 261;
/// Components: lists of fixed length as values.
pub const WTS_OPT_WASM_COMPONENT_MODEL_FIXED_LENGTH_LISTS: i32 = 262;
/// Map artifacts and cache entries instead of copying them.
pub const WTS_OPT_MAP_ARTIFACTS: i32 = 230;

/// Wasmtime chooses.
pub const WTS_STRATEGY_AUTO: i32 = 0;
/// The optimising compiler.
pub const WTS_STRATEGY_CRANELIFT: i32 = 1;
/// The baseline compiler: compiles fast, runs slower.
pub const WTS_STRATEGY_WINCH: i32 = 2;

/// No optimisation.
pub const WTS_OPTIMIZE_NONE: i32 = 0;
/// For speed.
pub const WTS_OPTIMIZE_SPEED: i32 = 1;
/// For speed and size.
pub const WTS_OPTIMIZE_SPEED_AND_SIZE: i32 = 2;

/// Each instance maps its own memory.
pub const WTS_ALLOCATION_ON_DEMAND: i32 = 0;
/// Instances come from a pool of fixed size.
pub const WTS_ALLOCATION_POOLING: i32 = 1;

/// Wasmtime chooses.
pub const WTS_COLLECTOR_AUTO: i32 = 0;
/// Counts references; leaves cycles.
pub const WTS_COLLECTOR_DRC: i32 = 1;
/// Never collects.
pub const WTS_COLLECTOR_NULL: i32 = 2;
/// Copies what is alive.
pub const WTS_COLLECTOR_COPYING: i32 = 3;

/// Good code.
pub const WTS_REGALLOC_BACKTRACKING: i32 = 0;
/// Compiles faster.
pub const WTS_REGALLOC_SINGLE_PASS: i32 = 1;

/// No calls.
pub const WTS_INLINING_NO: i32 = 0;
/// Calls of Wasmtime's intrinsics.
pub const WTS_INLINING_INTRINSICS: i32 = 1;
/// Calls between modules too.
pub const WTS_INLINING_INTER_MODULE: i32 = 2;
/// Calls within modules that use garbage collection too.
pub const WTS_INLINING_INTRA_GC: i32 = 3;
/// All calls.
pub const WTS_INLINING_YES: i32 = 4;

/// They do not.
pub const WTS_PROFILING_NONE: i32 = 0;
/// By `/tmp/perf-PID.map`.
pub const WTS_PROFILING_PERFMAP: i32 = 1;
/// By `jit-PID.dump` in the current folder.
pub const WTS_PROFILING_JITDUMP: i32 = 2;

/// Never.
pub const WTS_PAGEMAP_SCAN_NO: i32 = 0;
/// If the kernel can.
pub const WTS_PAGEMAP_SCAN_AUTO: i32 = 1;
/// Always; an error if the kernel cannot.
pub const WTS_PAGEMAP_SCAN_YES: i32 = 2;

// ---- artifacts ----

/// Not an artifact of this library.
pub const WTS_ARTIFACT_NONE: i32 = 0;
/// A compiled module.
pub const WTS_ARTIFACT_MODULE: i32 = 1;
/// A compiled component.
pub const WTS_ARTIFACT_COMPONENT: i32 = 2;

// ---- what a component imports and exports ----

/// A function.
pub const WTS_COMPONENT_ITEM_FUNC: i32 = 1;
/// An instance, which is what an interface of WIT becomes; its members are items of their own.
pub const WTS_COMPONENT_ITEM_INSTANCE: i32 = 2;
/// A type that is not a resource.
pub const WTS_COMPONENT_ITEM_TYPE: i32 = 3;
/// A resource type.
pub const WTS_COMPONENT_ITEM_RESOURCE: i32 = 4;
/// A module.
pub const WTS_COMPONENT_ITEM_MODULE: i32 = 5;
/// A component.
pub const WTS_COMPONENT_ITEM_COMPONENT: i32 = 6;
/// A function of a module.
pub const WTS_COMPONENT_ITEM_CORE_FUNC: i32 = 7;

// ---- what a pool tells of itself ----

/// Core instances that are alive.
pub const WTS_POOL_CORE_INSTANCES: i32 = 0;
/// Component instances that are alive.
pub const WTS_POOL_COMPONENT_INSTANCES: i32 = 1;
/// Memories that are alive.
pub const WTS_POOL_MEMORIES: i32 = 2;
/// Tables that are alive.
pub const WTS_POOL_TABLES: i32 = 3;
/// Fiber stacks that are alive.
pub const WTS_POOL_STACKS: i32 = 4;
/// Garbage-collected heaps that are alive.
pub const WTS_POOL_GC_HEAPS: i32 = 5;
/// Unused places for memories that keep the image of a module.
pub const WTS_POOL_UNUSED_WARM_MEMORIES: i32 = 6;
/// Bytes that unused places for memories keep resident.
pub const WTS_POOL_UNUSED_MEMORY_BYTES_RESIDENT: i32 = 7;
/// Unused places for tables that were used before.
pub const WTS_POOL_UNUSED_WARM_TABLES: i32 = 8;
/// Bytes that unused places for tables keep resident.
pub const WTS_POOL_UNUSED_TABLE_BYTES_RESIDENT: i32 = 9;
/// Unused places for fiber stacks that were used before.
pub const WTS_POOL_UNUSED_WARM_STACKS: i32 = 10;
/// Bytes that unused places for fiber stacks keep resident; `WTS_UNLIMITED` without `async_stack_zeroing`.
pub const WTS_POOL_UNUSED_STACK_BYTES_RESIDENT: i32 = 11;
