/*
 * wasmtime-shim: WebAssembly from any language, through numbers and pointers alone.
 *
 * Generated from the library's Rust source; `make generate` rewrites this file.
 *
 * Statuses. A function that can fail returns `wts_status_t`: 0 (`WTS_OK`) or a negative number
 * (`WTS_ERR_...`), and writes its outputs only when it succeeds. The calling thread's last error
 * holds the message and the details; the `wts_error_...` functions read it.
 *
 * Handles. An object is named by a 64-bit number that is never issued twice in the life of the
 * process. 0 is no object, and so is any negative number when read as `int64_t`. A handle that was
 * deleted, is of the wrong kind or belongs to another store is refused, each with its own status.
 * config, engine, module, type, linker, instance_pre, component, component_linker, wasi, reference, resource
 * and error handles are deleted by their `_delete`, in any order: what depends on an object keeps it alive.
 * instance, func, memory, global, table, component_instance and component_func handles belong to their store
 * and go when it is deleted; the same object looked up again is the same handle. A caller handle is valid
 * during its callback only.
 *
 * Slots. A WebAssembly value travels as one `int64_t`: i32 sign-extended, i64 as it is, f32 as its
 * bits in the low half, f64 as its bits, a reference as its handle (0 is null). A v128 takes two
 * slots, low half first. `nargs` and `nresults` count slots.
 *
 * Inputs are lent, outputs are given. A reference handle that is passed in is lent for that call;
 * one that comes out belongs to the receiver, who deletes it. In a callback the arguments are lent
 * until it returns and the results are given to the library.
 *
 * Text and bytes. A text is UTF-8 as pointer and length, never NUL-terminated. Copying out takes
 * `(buf, cap, out_len)`: with `cap` 0 only the size is written to `out_len`; a buffer that is too
 * small is left alone, gets `WTS_ERR_BUFFER`, and the size needed is written to `out_len`.
 * NULL with length 0 is an empty text; any other NULL is `WTS_ERR_NULL`, never a crash. A length that
 * no memory has, over half of the address space, is `WTS_ERR_RANGE`.
 *
 * Threads. A store and all that belongs to it serve one thread at a time: a second one gets
 * `WTS_ERR_BUSY`, or waits in `wts_store_enter`. All other objects can be used from any thread.
 */

#ifndef WASMTIME_SHIM_H
#define WASMTIME_SHIM_H

#include <stddef.h>
#include <stdint.h>

/* How the functions are declared. Define it beforehand to choose: empty for a library that is linked statically. */
#ifndef WTS_API
#if defined(_WIN32)
#define WTS_API __declspec(dllimport)
#elif defined(__GNUC__)
#define WTS_API __attribute__((visibility("default")))
#else
#define WTS_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Types ----------------------------------------------------------------------------------- */

/** What a call answers: 0 is success, negative numbers are errors (`WTS_ERR_...`). */
typedef int32_t wts_status_t;

/** A config: options for engines. Any thread; calls on one config exclude each other. */
typedef uint64_t wts_config_t;

/** An engine: compiles modules and holds what they share. Any thread. */
typedef uint64_t wts_engine_t;

/** A compiled module. Any thread, any store of its engine. */
typedef uint64_t wts_module_t;

/**
 * The type of a function, memory, table, global, tag, struct, array or reference; free of stores, and of
 * engines unless it names a struct, an array or a declared function type. Any thread.
 */
typedef uint64_t wts_type_t;

/** A store: owns instances and all that belongs to them. One thread at a time. */
typedef uint64_t wts_store_t;

/** A linker: names and what they stand for. Any thread. */
typedef uint64_t wts_linker_t;

/** A module with its imports resolved, ready for instantiation. Any thread. */
typedef uint64_t wts_instance_pre_t;

/** An instance; lives as long as its store. */
typedef uint64_t wts_instance_t;

/** A function; lives as long as its store. */
typedef uint64_t wts_func_t;

/** A linear memory; lives as long as its store. */
typedef uint64_t wts_memory_t;

/**
 * A linear memory that several stores and threads use. One of an export lives as long as its store, all others
 * until they are deleted. Any thread.
 */
typedef uint64_t wts_shared_memory_t;

/** A global; lives as long as its store. */
typedef uint64_t wts_global_t;

/** A table; lives as long as its store. */
typedef uint64_t wts_table_t;

/** A tag, by which exceptions are told apart; lives as long as its store. */
typedef uint64_t wts_tag_t;

/** A rooted reference to a garbage-collected object, until deleted or its store is. */
typedef uint64_t wts_reference_t;

/** A resumable call, until deleted or its store is. One thread at a time per store. */
typedef uint64_t wts_pending_t;

/** Who called a host function; valid during that callback only. */
typedef uint64_t wts_caller_t;

/** An error that was taken from its thread. Any thread. */
typedef uint64_t wts_error_t;

/** A guest profiler. Any thread; calls on one profiler exclude each other. */
typedef uint64_t wts_profiler_t;

/** What WASI gives the guests of a store. Any thread; a change is for stores that take it later. */
typedef uint64_t wts_wasi_t;

/** Bytes that the library made. Any thread. */
typedef uint64_t wts_buffer_t;

/** A compiled component. Any thread, any store of its engine. */
typedef uint64_t wts_component_t;

/** A linker of components: names and what they stand for. Any thread. */
typedef uint64_t wts_component_linker_t;

/** A component with its imports resolved, ready for instantiation. Any thread. */
typedef uint64_t wts_component_instance_pre_t;

/** An instance of a component; lives as long as its store. */
typedef uint64_t wts_component_instance_t;

/** A function that an instance of a component exports; lives as long as its store. */
typedef uint64_t wts_component_func_t;

/** A resource of the component model, owned or borrowed, until it is deleted, given away, or its store is deleted. */
typedef uint64_t wts_resource_t;

/**
 * A host function.
 *
 * `args` and `results` hold slots; `results` are zero when it is entered. It answers 0 for success or a negative
 * number for a trap, whose message and code `wts_caller_set_trap` left. One that `wts_linker_define_func_async` or
 * `wts_func_new_async` made may answer `WTS_PENDING`: it has to wait, and is called again with the same arguments when
 * its call is polled. Other positive numbers are reserved. References in `args` are lent for the callback, those
 * written to `results` are given away. It must not throw or longjmp across the boundary.
 */
typedef int32_t (*wts_callback_t)(void *env,
                                  wts_caller_t caller,
                                  const int64_t *args,
                                  size_t nargs,
                                  int64_t *results,
                                  size_t nresults);

/**
 * A host function of components that takes its arguments as text.
 *
 * `args` is a tuple in WAVE, such as `(1, "a")`, and `()` if there are none. The result, if there is one, is left by
 * `wts_caller_set_result`. It answers 0 for success or a negative number for a trap, whose message and code
 * `wts_caller_set_trap` left; positive numbers are reserved. Resources are handles: those of `borrow` types are lent
 * for the callback, those of `own` types belong to it. It must not throw or longjmp across the boundary.
 */
typedef int32_t (*wts_wave_callback_t)(void *env, wts_caller_t caller, const char *args, size_t args_len);

/**
 * A host function of components that takes a `string` or `list<u8>` as bytes.
 *
 * `args` holds slots of the other arguments, which are numbers, booleans and characters. A result that is one of
 * these goes to `results`, which is zero when it is entered; one that is a `string` or `list<u8>` is left by
 * `wts_caller_set_result`, and `nresults` is 0. Else as `wts_callback_t`.
 */
typedef int32_t (*wts_bytes_callback_t)(void *env,
                                        wts_caller_t caller,
                                        const int64_t *args,
                                        size_t nargs,
                                        const uint8_t *bytes,
                                        size_t bytes_len,
                                        int64_t *results,
                                        size_t nresults);

/** What is called with the value of a resource of the host's when nobody owns it any more. `env` is that of its type. */
typedef void (*wts_resource_drop_t)(void *env, uint64_t value);

/**
 * A call hook: what is called each time WebAssembly is entered or left.
 *
 * `event` is one of `WTS_HOOK_...`. It answers 0 to go on or a negative number to end the guest with `WTS_ERR_HOST`
 * and that number; positive numbers are reserved. It must not throw or longjmp across the boundary.
 */
typedef int32_t (*wts_call_hook_t)(void *env, wts_store_t store, int32_t event);

/**
 * Frees `env` of a callback or reference. Runs exactly once, when the last holder lets go; NULL
 * where nothing is to be freed.
 */
typedef void (*wts_drop_t)(void *env);

/**
 * A limiter: asked before a memory or table of a store is made or grows.
 *
 * `kind` is `WTS_KIND_MEMORY`, with sizes in bytes, or `WTS_KIND_TABLE`, with sizes in elements; `maximum` is
 * the most that its type allows, `WTS_UNLIMITED` if that is not known. It answers 0 to allow, 1 to refuse, or a
 * negative number to end the guest with `WTS_ERR_HOST`. What needs its store gets `WTS_ERR_BUSY` in it.
 */
typedef int32_t (*wts_limiter_t)(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum);

/**
 * An epoch callback: asked when the epoch deadline of `store` is reached and its guest would be interrupted.
 *
 * It answers 0 to go on for `*out_ticks` more ticks, 1 if it leaves that alone, or a negative number to end the
 * guest with `WTS_ERR_INTERRUPT`; positive numbers are reserved. It may use the store, but WebAssembly that it calls
 * there ends with `WTS_ERR_INTERRUPT` at the next tick, timeout or interrupt of the engine. It must not throw or
 * longjmp across the boundary.
 */
typedef int32_t (*wts_epoch_callback_t)(void *env, wts_store_t store, uint64_t *out_ticks);

/**
 * An input callback: asked for more of a guest's standard input.
 *
 * It writes up to `cap` bytes to `buf` and their number to `out_len`, and answers 0; no bytes are the end of the
 * input. `WTS_PENDING` says that there is nothing yet: it is asked again some milliseconds later. A negative number is
 * an error of the guest's read, `EIO`; other positive numbers are reserved. What needs its store gets `WTS_ERR_BUSY`
 * in it; other stores it may run. It must not throw or longjmp across the boundary.
 */
typedef int32_t (*wts_wasi_input_t)(void *env, uint8_t *buf, size_t cap, size_t *out_len);

/**
 * An output callback: given what a guest writes to its standard output or error, as it comes.
 *
 * It answers 0 when it took all of it. `WTS_PENDING` says that it took nothing: it is given the same some milliseconds
 * later. A negative number is an error of the guest's write, `EIO`; other positive numbers are reserved. What needs
 * its store gets `WTS_ERR_BUSY` in it; other stores it may run. It must not throw or longjmp across the boundary.
 */
typedef int32_t (*wts_wasi_output_t)(void *env, const uint8_t *bytes, size_t bytes_len);

/**
 * A network callback: asked whether guests may use an address of the network.
 *
 * `address` is a text such as `127.0.0.1` or `::1`, and `use` one of `WTS_WASI_TCP_...` and `WTS_WASI_UDP_...`. It
 * answers 0 to allow; all else refuses. It must not throw or longjmp across the boundary.
 */
typedef int32_t (*wts_wasi_network_t)(void *env, const char *address, size_t address_len, int32_t port, int32_t use);

/* ---- Version --------------------------------------------------------------------------------- */

/**
 * The version of this library: major times 65,536 plus minor times 256 plus patch.
 *
 * Threads: Any thread.
 */
WTS_API uint32_t wts_version_number(void);

/**
 * The version of Wasmtime inside: major times 65,536 plus minor times 256 plus patch.
 *
 * Threads: Any thread.
 */
WTS_API uint32_t wts_version_wasmtime(void);

/**
 * Copies out both versions as text.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_version_text(char *buf, size_t cap, size_t *out_len);

/* ---- Status and errors ----------------------------------------------------------------------- */

/** Success. */
#define WTS_OK 0

/** A resumable call is not finished yet. */
#define WTS_PENDING 1

/** A pointer was NULL where memory was needed. */
#define WTS_ERR_NULL -1
/** The handle is 0 or was never issued. */
#define WTS_ERR_HANDLE -2
/** The handle is of another kind of object. */
#define WTS_ERR_KIND -3
/** The object behind the handle was deleted. */
#define WTS_ERR_STALE -4
/** The object belongs to another store or engine. */
#define WTS_ERR_WRONG_STORE -5
/** A text is not UTF-8. */
#define WTS_ERR_UTF8 -6
/** A number, index or offset is out of range. */
#define WTS_ERR_RANGE -7
/** The buffer is too small; the size needed was written. */
#define WTS_ERR_BUFFER -8
/** The count or the type of a value does not fit. */
#define WTS_ERR_TYPE -9
/** The object is in use by another thread or by a call that is running. */
#define WTS_ERR_BUSY -10
/** The object is not in a state that allows this. */
#define WTS_ERR_STATE -11
/** The module is not valid WebAssembly or could not be compiled. */
#define WTS_ERR_COMPILE -20
/** The imports of a module could not be satisfied. */
#define WTS_ERR_LINK -21
/** WebAssembly trapped. */
#define WTS_ERR_TRAP -22
/** The program ended itself with an exit status. */
#define WTS_ERR_EXIT -23
/** The store ran out of fuel. */
#define WTS_ERR_FUEL -24
/** The deadline of the store passed. */
#define WTS_ERR_TIMEOUT -25
/** The store was interrupted. */
#define WTS_ERR_INTERRUPT -26
/** A host function failed. */
#define WTS_ERR_HOST -27
/** Memory could not be allocated. */
#define WTS_ERR_MEMORY -40
/** A limit was reached. */
#define WTS_ERR_LIMIT -41
/** A file could not be read or written. */
#define WTS_ERR_IO -42
/** An artifact is damaged, edited or not ours. */
#define WTS_ERR_CORRUPT -43
/** Nothing has that name. */
#define WTS_ERR_NOT_FOUND -44
/** The library panicked; a store that was in use answers `WTS_ERR_STATE` from now on. */
#define WTS_ERR_PANIC -60
/** The library broke a rule of its own. */
#define WTS_ERR_INTERNAL -61
/** This build or platform cannot do that. */
#define WTS_ERR_UNSUPPORTED -62

/** Not a trap. */
#define WTS_TRAP_NONE 0
/** Call stack exhausted. */
#define WTS_TRAP_STACK_OVERFLOW 1
/** Memory access out of bounds. */
#define WTS_TRAP_MEMORY_OUT_OF_BOUNDS 2
/** Unaligned atomic access. */
#define WTS_TRAP_HEAP_MISALIGNED 3
/** Table access out of bounds. */
#define WTS_TRAP_TABLE_OUT_OF_BOUNDS 4
/** Indirect call of a null table element. */
#define WTS_TRAP_INDIRECT_CALL_TO_NULL 5
/** Indirect call of a function of another type. */
#define WTS_TRAP_BAD_SIGNATURE 6
/** Integer overflow. */
#define WTS_TRAP_INTEGER_OVERFLOW 7
/** Integer division by zero. */
#define WTS_TRAP_INTEGER_DIVISION_BY_ZERO 8
/** A float that no integer can hold was converted. */
#define WTS_TRAP_BAD_CONVERSION_TO_INTEGER 9
/** The `unreachable` instruction was executed. */
#define WTS_TRAP_UNREACHABLE 10
/** Execution was interrupted. */
#define WTS_TRAP_INTERRUPT 11
/** All fuel was consumed. */
#define WTS_TRAP_OUT_OF_FUEL 12
/** Atomic wait on a memory that is not shared. */
#define WTS_TRAP_ATOMIC_WAIT_NON_SHARED_MEMORY 13
/** A null reference was used. */
#define WTS_TRAP_NULL_REFERENCE 14
/** Array access out of bounds. */
#define WTS_TRAP_ARRAY_OUT_OF_BOUNDS 15
/** A garbage-collected object would be too large. */
#define WTS_TRAP_ALLOCATION_TOO_LARGE 16
/** A reference cast failed. */
#define WTS_TRAP_CAST_FAILURE 17
/** A suspension had no handler for its tag. */
#define WTS_TRAP_UNHANDLED_TAG 18
/** A trap that has no number of its own; its message says more. */
#define WTS_TRAP_OTHER 255

/**
 * Copies out the name of a status: `WTS_ERR_NULL`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a status). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_status_name(int32_t number, char *buf, size_t cap, size_t *out_len);

/**
 * Copies out what a status means, in a few words.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a status). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_status_text(int32_t number, char *buf, size_t cap, size_t *out_len);

/**
 * Copies out the name of a trap code: `WTS_TRAP_UNREACHABLE`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a trap code). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_trap_name(int32_t code, char *buf, size_t cap, size_t *out_len);

/**
 * Copies out what a trap code means, in Wasmtime's words.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a trap code). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_trap_text(int32_t code, char *buf, size_t cap, size_t *out_len);

/**
 * Gets the status of an error. 0 is the last error of this thread.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet).
 * The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `out_status` is writable.
 */
WTS_API wts_status_t wts_error_status(wts_error_t error, int32_t *out_status);

/**
 * Copies out the message of an error. 0 is the last error of this thread.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
 * (no error yet). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_error_message(wts_error_t error, char *buf, size_t cap, size_t *out_len);

/**
 * Gets the trap code of an error, `WTS_TRAP_NONE` if it is not a trap. 0 is the last error of this
 * thread.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet).
 * The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `out_code` is writable.
 */
WTS_API wts_status_t wts_error_trap_code(wts_error_t error, int32_t *out_code);

/**
 * Gets the negative number that the failed host function answered. 0 is the last error of this thread.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet, or
 * no host function failed). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `out_code` is writable.
 */
WTS_API wts_status_t wts_error_host_code(wts_error_t error, int32_t *out_code);

/**
 * Gets the exit status of a program that ended itself. 0 is the last error of this thread.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet, or
 * the error is no exit). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `out_status` is writable.
 */
WTS_API wts_status_t wts_error_exit_status(wts_error_t error, int32_t *out_status);

/**
 * Copies out the WebAssembly backtrace of an error as text, empty if it has none. 0 is the last error
 * of this thread.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
 * (no error yet). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_error_backtrace(wts_error_t error, char *buf, size_t cap, size_t *out_len);

/**
 * Gets how many frames the backtrace of an error has. 0 is the last error of this thread.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet).
 * The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_error_frame_count(wts_error_t error, size_t *out_count);

/**
 * Gets one frame of a backtrace, innermost first: the index of the function in its module, and where
 * it stood, in bytes from the start of the function and of the module (`WTS_UNLIMITED` if unknown).
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet),
 * `WTS_ERR_RANGE` (no such frame). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: All three are writable.
 */
WTS_API
wts_status_t wts_error_frame(wts_error_t error,
                             size_t index,
                             uint32_t *out_func_index,
                             uint64_t *out_func_offset,
                             uint64_t *out_module_offset);

/**
 * Copies out the name of a frame's function, empty if it has none.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
 * (no error yet), `WTS_ERR_RANGE` (no such frame). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_error_frame_func_name(wts_error_t error, size_t index, char *buf, size_t cap, size_t *out_len);

/**
 * Copies out the name of a frame's module, empty if it has none.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
 * (no error yet), `WTS_ERR_RANGE` (no such frame). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_error_frame_module_name(wts_error_t error,
                                         size_t index,
                                         char *buf,
                                         size_t cap,
                                         size_t *out_len);

/**
 * Gets how many symbols of the source a frame has, innermost first: its function, before it those that the compiler
 * inlined there. 0 without debug information.
 *
 * Debug information is read if the engine's option `backtrace_details` is on and the module has some (DWARF).
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet),
 * `WTS_ERR_RANGE` (no such frame). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_error_frame_symbol_count(wts_error_t error, size_t index, size_t *out_count);

/**
 * Gets the line and the column of a symbol, from 1; 0 if unknown.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet),
 * `WTS_ERR_RANGE` (no such frame or symbol). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: Both are writable.
 */
WTS_API
wts_status_t wts_error_frame_symbol(wts_error_t error,
                                    size_t index,
                                    size_t symbol,
                                    uint32_t *out_line,
                                    uint32_t *out_column);

/**
 * Copies out the name of a symbol's function as its programmer wrote it, empty if unknown.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
 * (no error yet), `WTS_ERR_RANGE` (no such frame or symbol). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_error_frame_symbol_name(wts_error_t error,
                                         size_t index,
                                         size_t symbol,
                                         char *buf,
                                         size_t cap,
                                         size_t *out_len);

/**
 * Copies out the path of a symbol's source file as its compiler wrote it, empty if unknown.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`
 * (no error yet), `WTS_ERR_RANGE` (no such frame or symbol). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_error_frame_symbol_file(wts_error_t error,
                                         size_t index,
                                         size_t symbol,
                                         char *buf,
                                         size_t cap,
                                         size_t *out_len);

/**
 * Gets the core dump of an error as a new buffer: a WebAssembly module with the sections `core`, `coremodules`,
 * `coreinstances`, `corestack`, and the memories and globals of the store as they were. 0 is the last error of this
 * thread.
 *
 * `name` is the name of the program that the dump tells. Dumps are made if the engine's option `coredump_on_trap`
 * is on. Values of locals are not in it, and references are null; what a memory holds behind its last whole 4 KiB is
 * left out.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (no error yet,
 * or one without dump), `WTS_ERR_LIMIT` (the memories of the store were over 1 GiB), `WTS_ERR_UNSUPPORTED` (a global
 * of the store holds exceptions). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `name` holds `name_len` bytes; `out_buffer` is writable.
 */
WTS_API wts_status_t wts_error_coredump(wts_error_t error, const char *name, size_t name_len, wts_buffer_t *out_buffer);

/**
 * Moves the last error of this thread into a handle, which any thread may read and which is deleted
 * with `wts_error_delete`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_STATE` (no error yet). The last error stays as it is.
 *
 * Threads: Any thread.
 *
 * Safety: `out_error` is writable.
 */
WTS_API wts_status_t wts_error_take(wts_error_t *out_error);

/**
 * Deletes an error that was taken.
 *
 * Errors: `WTS_ERR_HANDLE` (0 too), `WTS_ERR_KIND`, `WTS_ERR_STALE`. The last error stays as it is.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_error_delete(wts_error_t error);

/* ---- Handle ---------------------------------------------------------------------------------- */

/** Not a live handle. */
#define WTS_KIND_NONE 0
/** A config. */
#define WTS_KIND_CONFIG 1
/** An engine. */
#define WTS_KIND_ENGINE 2
/** A module. */
#define WTS_KIND_MODULE 3
/** A type. */
#define WTS_KIND_TYPE 4
/** A store. */
#define WTS_KIND_STORE 5
/** A linker. */
#define WTS_KIND_LINKER 6
/** A pre-instance. */
#define WTS_KIND_INSTANCE_PRE 7
/** An instance. */
#define WTS_KIND_INSTANCE 8
/** A function. */
#define WTS_KIND_FUNC 9
/** A memory. */
#define WTS_KIND_MEMORY 10
/** A global. */
#define WTS_KIND_GLOBAL 11
/** A table. */
#define WTS_KIND_TABLE 12
/** A tag. */
#define WTS_KIND_TAG 13
/** A reference to a garbage-collected object. */
#define WTS_KIND_REFERENCE 14
/** The caller of a host function. */
#define WTS_KIND_CALLER 15
/** An error. */
#define WTS_KIND_ERROR 16
/** A buffer. */
#define WTS_KIND_BUFFER 17
/** A shared memory. */
#define WTS_KIND_SHARED_MEMORY 18
/** A profiler. */
#define WTS_KIND_PROFILER 19
/** A resumable call. */
#define WTS_KIND_PENDING 20
/** What WASI gives to guests. */
#define WTS_KIND_WASI 21
/** A component. */
#define WTS_KIND_COMPONENT 22
/** A linker of components. */
#define WTS_KIND_COMPONENT_LINKER 23
/** An instance of a component. */
#define WTS_KIND_COMPONENT_INSTANCE 24
/** A function of a component. */
#define WTS_KIND_COMPONENT_FUNC 25
/** A resource. */
#define WTS_KIND_RESOURCE 26
/** A pre-instance of a component. */
#define WTS_KIND_COMPONENT_INSTANCE_PRE 27

/**
 * The kind of a live handle: `WTS_KIND_...`.
 *
 * `WTS_KIND_NONE` for 0, for a handle that was deleted or never issued, and for an object of a store
 * that another thread is inside of.
 *
 * Threads: Any thread.
 */
WTS_API int32_t wts_handle_kind(uint64_t handle);

/**
 * Copies out the name of a kind of handle, such as `func`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (not a kind).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_handle_kind_name(int32_t kind, char *buf, size_t cap, size_t *out_len);

/**
 * Gets how many handles of a kind are alive; of all kinds for `WTS_KIND_NONE`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE` (not a kind).
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_handle_live_count(int32_t kind, uint64_t *out_count);

/* ---- Config ---------------------------------------------------------------------------------- */

/** An option that is 0 or 1. */
#define WTS_OPTION_BOOL 1
/** An option that is a number. */
#define WTS_OPTION_INT 2
/** An option that is a number of bytes. */
#define WTS_OPTION_BYTES 3
/** An option that is one of named numbers. */
#define WTS_OPTION_ENUM 4
/** An option that is a text. */
#define WTS_OPTION_TEXT 5

/** The compiler: `WTS_STRATEGY_...`. */
#define WTS_OPT_STRATEGY 1
/** How far code is optimised: `WTS_OPTIMIZE_...`. */
#define WTS_OPT_OPT_LEVEL 2
/** Keep compiled modules in a cache folder. */
#define WTS_OPT_CACHE 3
/** The cache folder; setting it turns the cache on. */
#define WTS_OPT_CACHE_DIR 4
/** How many bytes the cache may hold. */
#define WTS_OPT_CACHE_SIZE 5
/** A secret that makes artifacts proof against forgery. */
#define WTS_OPT_ARTIFACT_KEY 6
/** Emit DWARF for native debuggers. */
#define WTS_OPT_DEBUG_INFO 7
/** Compile functions on several threads. */
#define WTS_OPT_PARALLEL_COMPILATION 8
/** Count fuel, so that a store can be given a budget. */
#define WTS_OPT_FUEL 9
/** Let timeouts, interrupts and epoch deadlines end guests. */
#define WTS_OPT_EPOCH_INTERRUPTION 10
/** Stack that WebAssembly may use, in bytes. */
#define WTS_OPT_MAX_WASM_STACK 11
/** Collect a backtrace when WebAssembly traps. */
#define WTS_OPT_BACKTRACE 12
/** How many frames a backtrace holds at most. */
#define WTS_OPT_BACKTRACE_MAX_FRAMES 13
/** Address space reserved for each memory, in bytes. */
#define WTS_OPT_MEMORY_RESERVATION 14
/** Address space reserved for growth when a memory moves, in bytes. */
#define WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH 15
/** Guard region behind each memory, in bytes. */
#define WTS_OPT_MEMORY_GUARD_SIZE 16
/** Memories may move when they grow. */
#define WTS_OPT_MEMORY_MAY_MOVE 17
/** Where instances come from: `WTS_ALLOCATION_...`. */
#define WTS_OPT_ALLOCATION_STRATEGY 18
/** Pool: how many instances. */
#define WTS_OPT_POOL_INSTANCES 19
/** Pool: how many memories. */
#define WTS_OPT_POOL_MEMORIES 20
/** Pool: how many tables. */
#define WTS_OPT_POOL_TABLES 21
/** Pool: the largest memory, in bytes. */
#define WTS_OPT_POOL_MAX_MEMORY_SIZE 22
/** Pool: the largest table, in elements. */
#define WTS_OPT_POOL_TABLE_ELEMENTS 23
/** Pool: the largest instance data, in bytes. */
#define WTS_OPT_POOL_MAX_INSTANCE_SIZE 24
/** Pool: memories per module. */
#define WTS_OPT_POOL_MEMORIES_PER_MODULE 25
/** Pool: tables per module. */
#define WTS_OPT_POOL_TABLES_PER_MODULE 26
/** Pool: unused slots kept warm. */
#define WTS_OPT_POOL_MAX_UNUSED_WARM_SLOTS 27
/** Pool: bytes of a memory reset by writing instead of unmapping. */
#define WTS_OPT_POOL_MEMORY_KEEP_RESIDENT 28
/** Pool: bytes of a table reset by writing instead of unmapping. */
#define WTS_OPT_POOL_TABLE_KEEP_RESIDENT 29
/** Pool: how many garbage-collected heaps. */
#define WTS_OPT_POOL_GC_HEAPS 30
/** Pool: how many fiber stacks. */
#define WTS_OPT_POOL_STACKS 31
/** Proposal: SIMD. */
#define WTS_OPT_WASM_SIMD 32
/** Proposal: relaxed SIMD. */
#define WTS_OPT_WASM_RELAXED_SIMD 33
/** Relaxed SIMD gives the same results on every machine. */
#define WTS_OPT_RELAXED_SIMD_DETERMINISTIC 34
/** Proposal: bulk memory operations. */
#define WTS_OPT_WASM_BULK_MEMORY 35
/** Proposal: multiple values. */
#define WTS_OPT_WASM_MULTI_VALUE 36
/** Proposal: reference types. */
#define WTS_OPT_WASM_REFERENCE_TYPES 37
/** Proposal: multiple memories. */
#define WTS_OPT_WASM_MULTI_MEMORY 38
/** Proposal: 64-bit memories. */
#define WTS_OPT_WASM_MEMORY64 39
/** Proposal: garbage collection. */
#define WTS_OPT_WASM_GC 40
/** Proposal: typed function references. */
#define WTS_OPT_WASM_FUNCTION_REFERENCES 41
/** Proposal: exception handling. */
#define WTS_OPT_WASM_EXCEPTIONS 42
/** Proposal: tail calls. */
#define WTS_OPT_WASM_TAIL_CALL 43
/** Proposal: extended constant expressions. */
#define WTS_OPT_WASM_EXTENDED_CONST 44
/** Proposal: custom page sizes. */
#define WTS_OPT_WASM_CUSTOM_PAGE_SIZES 45
/** Proposal: threads. */
#define WTS_OPT_WASM_THREADS 46
/** Shared memories may be made. */
#define WTS_OPT_SHARED_MEMORY 47
/** Proposal: wide arithmetic. */
#define WTS_OPT_WASM_WIDE_ARITHMETIC 49
/** Proposal: branch hinting. */
#define WTS_OPT_WASM_BRANCH_HINTING 50
/** The garbage collector is there. */
#define WTS_OPT_GC_SUPPORT 51
/** There is a compiler. */
#define WTS_OPT_COMPILER 52
/** Cranelift checks its own work. */
#define WTS_OPT_CRANELIFT_DEBUG_VERIFIER 53
/** Cranelift adds checks of Wasmtime's own invariants. */
#define WTS_OPT_CRANELIFT_DEBUG_CHECKS 54
/** NaNs are made the same everywhere. */
#define WTS_OPT_CRANELIFT_NAN_CANONICALIZATION 55
/** How Cranelift allocates registers: `WTS_REGALLOC_...`. */
#define WTS_OPT_CRANELIFT_REGALLOC_ALGORITHM 56
/** Flags of Cranelift, such as `has_avx=false`, separated by commas. */
#define WTS_OPT_CRANELIFT_FLAGS 57
/** Which calls Cranelift inlines: `WTS_INLINING_...`. */
#define WTS_OPT_INLINING 58
/** The target triple that code is made for, such as `x86_64-unknown-linux-gnu`. */
#define WTS_OPT_TARGET 59
/** A version of the application's own; artifacts of another are refused. */
#define WTS_OPT_MODULE_VERSION 60
/** Fuel that operators cost, such as `Call=10`, separated by commas. */
#define WTS_OPT_FUEL_COSTS 61
/** The garbage collector: `WTS_COLLECTOR_...`. */
#define WTS_OPT_COLLECTOR 62
/** What the heap of a collector begins with, in bytes. */
#define WTS_OPT_GC_HEAP_INITIAL_SIZE 63
/** Address space reserved for the heap of a collector, in bytes. */
#define WTS_OPT_GC_HEAP_RESERVATION 64
/** Address space reserved for growth when the heap of a collector moves, in bytes. */
#define WTS_OPT_GC_HEAP_RESERVATION_FOR_GROWTH 65
/** Guard region behind the heap of a collector, in bytes. */
#define WTS_OPT_GC_HEAP_GUARD_SIZE 66
/** The heap of a collector may move when it grows. */
#define WTS_OPT_GC_HEAP_MAY_MOVE 67
/** There is a guard region before each memory too. */
#define WTS_OPT_GUARD_BEFORE_LINEAR_MEMORY 68
/** Tables are filled when they are first used. */
#define WTS_OPT_TABLE_LAZY_INIT 69
/** Memories begin as copy-on-write images. */
#define WTS_OPT_MEMORY_INIT_COW 70
/** Copy-on-write images are kept in memory, not mapped from a file. */
#define WTS_OPT_FORCE_MEMORY_INIT_MEMFD 71
/** Up to which size a memory always gets an image, in bytes. */
#define WTS_OPT_MEMORY_GUARANTEED_DENSE_IMAGE_SIZE 72
/** Traps are caught by signal handlers. */
#define WTS_OPT_SIGNALS_BASED_TRAPS 73
/** On macOS traps are caught by Mach ports. */
#define WTS_OPT_MACOS_USE_MACH_PORTS 74
/** Emit information for native unwinders. */
#define WTS_OPT_NATIVE_UNWIND_INFO 75
/** Keep a map from code to offsets in the module. */
#define WTS_OPT_GENERATE_ADDRESS_MAP 76
/** Keep the names of functions in compiled code. */
#define WTS_OPT_DEBUG_SYMBOLS 77
/** Instrument code for debuggers of WebAssembly. */
#define WTS_OPT_GUEST_DEBUG 78
/** Backtraces have files and lines. */
#define WTS_OPT_BACKTRACE_DETAILS 79
/** A trap leaves a core dump. */
#define WTS_OPT_COREDUMP_ON_TRAP 80
/** Failed assertions in compiled code are traps. */
#define WTS_OPT_METADATA_FOR_INTERNAL_ASSERTS 81
/** A damaged heap of a collector is a trap. */
#define WTS_OPT_METADATA_FOR_GC_HEAP_CORRUPTION 82
/** How native profilers learn of compiled code: `WTS_PROFILING_...`. */
#define WTS_OPT_PROFILING_STRATEGY 83
/** Stack of a fiber, in bytes. */
#define WTS_OPT_ASYNC_STACK_SIZE 84
/** Stacks of fibers are zeroed before use. */
#define WTS_OPT_ASYNC_STACK_ZEROING 85
/** Pool: bytes of a stack zeroed by writing instead of unmapping. */
#define WTS_OPT_POOL_STACK_KEEP_RESIDENT 86
/** Pool: how many places are given back to the system at once. */
#define WTS_OPT_POOL_DECOMMIT_BATCH_SIZE 87
/** Pool: ask the kernel which pages were touched: `WTS_PAGEMAP_SCAN_...`. */
#define WTS_OPT_POOL_PAGEMAP_SCAN 88
/** Pool: how many component instances. */
#define WTS_OPT_POOL_COMPONENT_INSTANCES 89
/** Pool: the largest component instance data, in bytes. */
#define WTS_OPT_POOL_MAX_COMPONENT_INSTANCE_SIZE 90
/** Pool: core instances per component. */
#define WTS_OPT_POOL_INSTANCES_PER_COMPONENT 91
/** Pool: memories per component. */
#define WTS_OPT_POOL_MEMORIES_PER_COMPONENT 92
/** Pool: tables per component. */
#define WTS_OPT_POOL_TABLES_PER_COMPONENT 93
/** Proposal: sign extension. */
#define WTS_OPT_WASM_SIGN_EXTENSION 94
/** Proposal: saturating conversions of floats. */
#define WTS_OPT_WASM_SATURATING_FLOAT_TO_INT 95
/** Proposal: mutable globals that are imported or exported. */
#define WTS_OPT_WASM_MUTABLE_GLOBAL 96
/** Floats at all. */
#define WTS_OPT_WASM_FLOATS 97
/** The largest module or component that is compiled, in bytes. */
#define WTS_OPT_MAX_WASM_SIZE 98
/** The most functions that a module or a component may define. */
#define WTS_OPT_MAX_WASM_FUNCTIONS 99
/** Components. */
#define WTS_OPT_WASM_COMPONENT_MODEL 260
/** Components: maps as values. */
#define WTS_OPT_WASM_COMPONENT_MODEL_MAP 261
/** Components: lists of fixed length as values. */
#define WTS_OPT_WASM_COMPONENT_MODEL_FIXED_LENGTH_LISTS 262
/** Map artifacts and cache entries instead of copying them. */
#define WTS_OPT_MAP_ARTIFACTS 230

/** Wasmtime chooses. */
#define WTS_STRATEGY_AUTO 0
/** The optimising compiler. */
#define WTS_STRATEGY_CRANELIFT 1
/** The baseline compiler: compiles fast, runs slower. */
#define WTS_STRATEGY_WINCH 2

/** No optimisation. */
#define WTS_OPTIMIZE_NONE 0
/** For speed. */
#define WTS_OPTIMIZE_SPEED 1
/** For speed and size. */
#define WTS_OPTIMIZE_SPEED_AND_SIZE 2

/** Each instance maps its own memory. */
#define WTS_ALLOCATION_ON_DEMAND 0
/** Instances come from a pool of fixed size. */
#define WTS_ALLOCATION_POOLING 1

/** Wasmtime chooses. */
#define WTS_COLLECTOR_AUTO 0
/** Counts references; leaves cycles. */
#define WTS_COLLECTOR_DRC 1
/** Never collects. */
#define WTS_COLLECTOR_NULL 2
/** Copies what is alive. */
#define WTS_COLLECTOR_COPYING 3

/** Good code. */
#define WTS_REGALLOC_BACKTRACKING 0
/** Compiles faster. */
#define WTS_REGALLOC_SINGLE_PASS 1

/** No calls. */
#define WTS_INLINING_NO 0
/** Calls of Wasmtime's intrinsics. */
#define WTS_INLINING_INTRINSICS 1
/** Calls between modules too. */
#define WTS_INLINING_INTER_MODULE 2
/** Calls within modules that use garbage collection too. */
#define WTS_INLINING_INTRA_GC 3
/** All calls. */
#define WTS_INLINING_YES 4

/** They do not. */
#define WTS_PROFILING_NONE 0
/** By `/tmp/perf-PID.map`. */
#define WTS_PROFILING_PERFMAP 1
/** By `jit-PID.dump` in the current folder. */
#define WTS_PROFILING_JITDUMP 2

/** Never. */
#define WTS_PAGEMAP_SCAN_NO 0
/** If the kernel can. */
#define WTS_PAGEMAP_SCAN_AUTO 1
/** Always; an error if the kernel cannot. */
#define WTS_PAGEMAP_SCAN_YES 2

/**
 * Makes a config, in which nothing is set: the defaults apply.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_config` is writable.
 */
WTS_API wts_status_t wts_config_new(wts_config_t *out_config);

/**
 * Sets an option that is a number. `wts_option_range` tells which values fit.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no such option, or a value that
 * does not fit), `WTS_ERR_TYPE` (the option is a text).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_config_set(wts_config_t config, int32_t option, int64_t value);

/**
 * Gets what an option was set to.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no such option),
 * `WTS_ERR_TYPE` (the option is a text), `WTS_ERR_STATE` (it was not set).
 *
 * Threads: Any thread.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_config_get(wts_config_t config, int32_t option, int64_t *out_value);

/**
 * Sets an option that is a text.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no
 * such option, an empty text, or one that it does not understand), `WTS_ERR_TYPE` (the option is a number).
 *
 * Threads: Any thread.
 *
 * Safety: `text` holds `text_len` bytes.
 */
WTS_API wts_status_t wts_config_set_text(wts_config_t config, int32_t option, const char *text, size_t text_len);

/**
 * Copies out what an option was set to.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no
 * such option), `WTS_ERR_TYPE` (the option is a number), `WTS_ERR_STATE` (it was not set).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_config_get_text(wts_config_t config, int32_t option, char *buf, size_t cap, size_t *out_len);

/**
 * Deletes a config. Engines made with it are not affected.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_config_delete(wts_config_t config);

/**
 * Gets how many options there are.
 *
 * Errors: `WTS_ERR_NULL`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_option_count(size_t *out_count);

/**
 * Gets the number of the option at an index.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_option` is writable.
 */
WTS_API wts_status_t wts_option_at(size_t index, int32_t *out_option);

/**
 * Finds an option by its name, such as `max_wasm_stack`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_NOT_FOUND`.
 *
 * Threads: Any thread.
 *
 * Safety: `name` holds `name_len` bytes; `out_option` is writable.
 */
WTS_API wts_status_t wts_option_find(const char *name, size_t name_len, int32_t *out_option);

/**
 * Copies out the name of an option.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (no such option).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_option_name(int32_t option, char *buf, size_t cap, size_t *out_len);

/**
 * Copies out what an option does.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (no such option).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_option_doc(int32_t option, char *buf, size_t cap, size_t *out_len);

/**
 * Gets what kind of value an option has: `WTS_OPTION_...`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE` (no such option).
 *
 * Threads: Any thread.
 *
 * Safety: `out_kind` is writable.
 */
WTS_API wts_status_t wts_option_kind(int32_t option, int32_t *out_kind);

/**
 * Gets the smallest and the largest value of an option that is a number.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE` (no such option), `WTS_ERR_TYPE` (the option is a text).
 *
 * Threads: Any thread.
 *
 * Safety: Both are writable.
 */
WTS_API wts_status_t wts_option_range(int32_t option, int64_t *out_min, int64_t *out_max);

/* ---- Engine ---------------------------------------------------------------------------------- */

/** Core instances that are alive. */
#define WTS_POOL_CORE_INSTANCES 0
/** Component instances that are alive. */
#define WTS_POOL_COMPONENT_INSTANCES 1
/** Memories that are alive. */
#define WTS_POOL_MEMORIES 2
/** Tables that are alive. */
#define WTS_POOL_TABLES 3
/** Fiber stacks that are alive. */
#define WTS_POOL_STACKS 4
/** Garbage-collected heaps that are alive. */
#define WTS_POOL_GC_HEAPS 5
/** Unused places for memories that keep the image of a module. */
#define WTS_POOL_UNUSED_WARM_MEMORIES 6
/** Bytes that unused places for memories keep resident. */
#define WTS_POOL_UNUSED_MEMORY_BYTES_RESIDENT 7
/** Unused places for tables that were used before. */
#define WTS_POOL_UNUSED_WARM_TABLES 8
/** Bytes that unused places for tables keep resident. */
#define WTS_POOL_UNUSED_TABLE_BYTES_RESIDENT 9
/** Unused places for fiber stacks that were used before. */
#define WTS_POOL_UNUSED_WARM_STACKS 10
/** Bytes that unused places for fiber stacks keep resident; `WTS_UNLIMITED` without `async_stack_zeroing`. */
#define WTS_POOL_UNUSED_STACK_BYTES_RESIDENT 11

/**
 * Makes an engine with the options of a config; `config` 0 stands for the defaults.
 *
 * The config stays usable. The engine is deleted with `wts_engine_delete`. `out_engine` is not
 * written on failure.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (options that do not
 * fit together), `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_engine` is writable.
 */
WTS_API wts_status_t wts_engine_new(wts_config_t config, wts_engine_t *out_engine);

/**
 * Moves an engine's epoch on by one tick. See `wts_store_set_epoch_deadline`.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread, while WebAssembly runs too.
 */
WTS_API wts_status_t wts_engine_increment_epoch(wts_engine_t engine);

/**
 * Compiles a module, from the binary or the text format, to an artifact in a new buffer, without loading it. With the
 * option `target` it may be for another machine, where `wts_module_deserialize` loads it.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_COMPILE`, `WTS_ERR_STATE` (the
 * option `compiler` is off), `WTS_ERR_UNSUPPORTED` (a build without compiler), `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread. Compilation runs on threads of the library.
 *
 * Safety: `bytes` holds `bytes_len` bytes; `out_buffer` is writable.
 */
WTS_API
wts_status_t wts_engine_precompile(wts_engine_t engine,
                                   const uint8_t *bytes,
                                   size_t bytes_len,
                                   wts_buffer_t *out_buffer);

/**
 * Gets a number that two engines share only if artifacts of one load in the other. Engines that differ in it may fit
 * all the same: loading decides.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UNSUPPORTED` (a build without
 * compiler).
 *
 * Threads: Any thread.
 *
 * Safety: `out_hash` is writable.
 */
WTS_API wts_status_t wts_engine_compatibility_hash(wts_engine_t engine, uint64_t *out_hash);

/**
 * Gets a number that the pool of an engine tells of itself: `WTS_POOL_...`. It changes while stores come and go.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no such number),
 * `WTS_ERR_STATE` (the engine has no pool).
 *
 * Threads: Any thread.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_engine_pool_metric(wts_engine_t engine, int32_t metric, uint64_t *out_value);

/**
 * Copies out the target triple that an engine makes code for, or takes it of.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_engine_target(wts_engine_t engine, char *buf, size_t cap, size_t *out_len);

/**
 * Tells whether an engine runs WebAssembly with Pulley, Wasmtime's interpreter: 1 or 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_is` is writable.
 */
WTS_API wts_status_t wts_engine_is_pulley(wts_engine_t engine, int32_t *out_is);

/**
 * Tells whether two handles name the same engine: 1 or 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_same` is writable.
 */
WTS_API wts_status_t wts_engine_same(wts_engine_t engine, wts_engine_t other, int32_t *out_same);

/**
 * Gets how often an engine's module cache had a module and how often it had not; 0 and 0 without a
 * cache.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: Both are writable.
 */
WTS_API wts_status_t wts_engine_cache_counts(wts_engine_t engine, uint64_t *out_hits, uint64_t *out_misses);

/**
 * Copies out the oldest warning that was not taken yet, and forgets it; empty when there is none.
 *
 * A warning is about something that works, but not as it should: a cache folder that cannot be
 * written. `cap` 0 asks for the size and leaves the warning.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER` (the warning stays), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_engine_take_warning(wts_engine_t engine, char *buf, size_t cap, size_t *out_len);

/**
 * Deletes an engine. What was made with it keeps what it needs.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_engine_delete(wts_engine_t engine);

/* ---- Artifact -------------------------------------------------------------------------------- */

/** Not an artifact of this library. */
#define WTS_ARTIFACT_NONE 0
/** A compiled module. */
#define WTS_ARTIFACT_MODULE 1
/** A compiled component. */
#define WTS_ARTIFACT_COMPONENT 2

/**
 * Tells what bytes are: `WTS_ARTIFACT_...`. They are not judged: that they are what they seem to be, whole and made for
 * an engine, `wts_module_deserialize` finds out.
 *
 * Errors: `WTS_ERR_NULL`.
 *
 * Threads: Any thread.
 *
 * Safety: `bytes` holds `bytes_len` bytes; `out_kind` is writable.
 */
WTS_API wts_status_t wts_artifact_detect(const uint8_t *bytes, size_t bytes_len, int32_t *out_kind);

/**
 * Tells what a file is, as `wts_artifact_detect`. Little of it is read.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_IO`.
 *
 * Threads: Any thread.
 *
 * Safety: `path` holds `path_len` bytes; `out_kind` is writable.
 */
WTS_API wts_status_t wts_artifact_detect_file(const char *path, size_t path_len, int32_t *out_kind);

/* ---- Module ---------------------------------------------------------------------------------- */

/**
 * Gets how many custom sections of a name a module has. The sections `name` and `.debug_...` are not kept.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `name` holds `name_len` bytes; `out_count` is writable.
 */
WTS_API
wts_status_t wts_module_custom_section_count(wts_module_t module,
                                             const char *name,
                                             size_t name_len,
                                             size_t *out_count);

/**
 * Copies out the content of a custom section, the `index`-th of its name. It comes along in artifacts.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
 * `WTS_ERR_RANGE` (there are fewer of that name).
 *
 * Threads: Any thread.
 *
 * Safety: `name` holds `name_len` bytes; `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_module_custom_section(wts_module_t module,
                                       const char *name,
                                       size_t name_len,
                                       size_t index,
                                       uint8_t *buf,
                                       size_t cap,
                                       size_t *out_len);

/**
 * Gets what an instance of a module takes besides its imports: how many memories and tables, and the largest first size
 * of each, in pages and in elements (0 if there are none).
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: All four are writable.
 */
WTS_API
wts_status_t wts_module_resources_required(wts_module_t module,
                                           uint32_t *out_memories,
                                           uint64_t *out_max_memory_size,
                                           uint32_t *out_tables,
                                           uint64_t *out_max_table_size);

/**
 * Gets where the compiled image of a module is in memory and how long it is, to have the system keep it there. It is
 * only to be looked at, and stays until the module and all its instances are gone.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: Both are writable.
 */
WTS_API wts_status_t wts_module_image_range(wts_module_t module, const uint8_t **out_data, size_t *out_len);

/**
 * Makes the copy-on-write image of a module's memory now instead of at its first instantiation. Without the option
 * `memory_init_cow` nothing is to be made.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_MEMORY`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_module_initialize_copy_on_write_image(wts_module_t module);

/**
 * Gets how many functions a module defines; its imports do not count.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_module_func_count(wts_module_t module, size_t *out_count);

/**
 * Gets one of the functions that a module defines: its index among all functions of the module, imports included, and
 * where its code begins in `wts_module_text` and how long it is, in bytes.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: All three are writable.
 */
WTS_API
wts_status_t wts_module_func(wts_module_t module,
                             size_t index,
                             uint32_t *out_func_index,
                             uint64_t *out_code_offset,
                             uint64_t *out_code_size);

/**
 * Copies out the name of one of the functions that a module defines, empty if it has none.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_module_func_name(wts_module_t module, size_t index, char *buf, size_t cap, size_t *out_len);

/**
 * Copies out the map from a module's code to the module, two numbers for each place: its offset in `wts_module_text`,
 * and the offset in the binary module that it was made from (`WTS_UNLIMITED` if from none). Places are in order; each
 * reaches to the next.
 *
 * `cap` and `out_len` count numbers.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (the
 * option `generate_address_map` is off).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` numbers; `out_len` is writable.
 */
WTS_API wts_status_t wts_module_address_map(wts_module_t module, uint64_t *buf, size_t cap, size_t *out_len);

/**
 * Gets the machine code of a module, or Pulley's, as a new buffer.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_buffer` is writable.
 */
WTS_API wts_status_t wts_module_text(wts_module_t module, wts_buffer_t *out_buffer);

/**
 * Gets the binary module that a module was compiled from, as a new buffer. Only the option `guest_debug` keeps it.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (`guest_debug` is off),
 * `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_buffer` is writable.
 */
WTS_API wts_status_t wts_module_debug_bytecode(wts_module_t module, wts_buffer_t *out_buffer);

/**
 * Compiles a module, from the binary or the text format.
 *
 * The module is deleted with `wts_module_delete`. `out_module` is not written on failure.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_COMPILE` (the message has the
 * byte offset, or for text the line and column), `WTS_ERR_STATE` (an engine without compiler, or for another
 * machine), `WTS_ERR_UNSUPPORTED` (a build without compiler), `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread. Compilation runs on threads of the library.
 *
 * Safety: `bytes` holds `bytes_len` bytes; `out_module` is writable.
 */
WTS_API
wts_status_t wts_module_new(wts_engine_t engine,
                            const uint8_t *bytes,
                            size_t bytes_len,
                            wts_module_t *out_module);

/**
 * Compiles a module from a file in the binary or the text format.
 *
 * Errors: As `wts_module_new`, and `WTS_ERR_UTF8` (the path), `WTS_ERR_IO`, `WTS_ERR_MEMORY` (for a file of its size).
 *
 * Threads: Any thread. Compilation runs on threads of the library.
 *
 * Safety: `path` holds `path_len` bytes; `out_module` is writable.
 */
WTS_API
wts_status_t wts_module_new_file(wts_engine_t engine,
                                 const char *path,
                                 size_t path_len,
                                 wts_module_t *out_module);

/**
 * Checks that bytes are a valid module for an engine, without compiling them.
 *
 * Errors: As `wts_module_new`.
 *
 * Threads: Any thread.
 *
 * Safety: `bytes` holds `bytes_len` bytes.
 */
WTS_API wts_status_t wts_module_validate(wts_engine_t engine, const uint8_t *bytes, size_t bytes_len);

/**
 * Copies out a module as an artifact, which `wts_module_deserialize` loads without compiling.
 *
 * An artifact is code for one version, target and set of options, with a checksum.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_MEMORY`,
 * `WTS_ERR_UNSUPPORTED` (a build without compiler).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_module_serialize(wts_module_t module, uint8_t *buf, size_t cap, size_t *out_len);

/**
 * Writes a module to a file as an artifact. The file is written whole or not at all.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_IO`,
 * `WTS_ERR_MEMORY`, `WTS_ERR_UNSUPPORTED` (a build without compiler).
 *
 * Threads: Any thread.
 *
 * Safety: `path` holds `path_len` bytes.
 */
WTS_API wts_status_t wts_module_serialize_file(wts_module_t module, const char *path, size_t path_len);

/**
 * Loads a module from an artifact.
 *
 * The checksum is compared before anything is trusted. It detects accidents; against an attacker who
 * can write artifacts, set the option `artifact_key`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_CORRUPT` (truncated, edited,
 * foreign, or sealed with another key), `WTS_ERR_STATE` (made for another engine, version or machine).
 *
 * Threads: Any thread.
 *
 * Safety: `bytes` holds `bytes_len` bytes; `out_module` is writable.
 */
WTS_API
wts_status_t wts_module_deserialize(wts_engine_t engine,
                                    const uint8_t *bytes,
                                    size_t bytes_len,
                                    wts_module_t *out_module);

/**
 * Loads a module from an artifact in a file.
 *
 * Errors:
 * As `wts_module_deserialize`, and `WTS_ERR_UTF8` (the path), `WTS_ERR_IO`, `WTS_ERR_MEMORY` (for a file of its size).
 *
 * Threads: Any thread.
 *
 * Safety: `path` holds `path_len` bytes; `out_module` is writable.
 */
WTS_API
wts_status_t wts_module_deserialize_file(wts_engine_t engine,
                                         const char *path,
                                         size_t path_len,
                                         wts_module_t *out_module);

/**
 * Copies out the name that a module gives itself, empty if it has none.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_module_name(wts_module_t module, char *buf, size_t cap, size_t *out_len);

/**
 * Gets how many imports a module has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_module_import_count(wts_module_t module, size_t *out_count);

/**
 * Copies out the module name of an import, the first of its two names.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_module_import_module(wts_module_t module,
                                      size_t index,
                                      char *buf,
                                      size_t cap,
                                      size_t *out_len);

/**
 * Copies out the name of an import, the second of its two names.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_module_import_name(wts_module_t module, size_t index, char *buf, size_t cap, size_t *out_len);

/**
 * Gets what an import must be: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_kind` is writable.
 */
WTS_API wts_status_t wts_module_import_kind(wts_module_t module, size_t index, int32_t *out_kind);

/**
 * Gets the type of an import, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_module_import_type(wts_module_t module, size_t index, wts_type_t *out_type);

/**
 * Gets how many exports a module has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_module_export_count(wts_module_t module, size_t *out_count);

/**
 * Copies out the name of an export.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_module_export_name(wts_module_t module, size_t index, char *buf, size_t cap, size_t *out_len);

/**
 * Gets what an export is: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_kind` is writable.
 */
WTS_API wts_status_t wts_module_export_kind(wts_module_t module, size_t index, int32_t *out_kind);

/**
 * Gets the type of an export, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_module_export_type(wts_module_t module, size_t index, wts_type_t *out_type);

/**
 * Finds the index of an export by its name.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_NOT_FOUND` (the
 * message has the names that exist).
 *
 * Threads: Any thread.
 *
 * Safety: `name` holds `name_len` bytes; `out_index` is writable.
 */
WTS_API wts_status_t wts_module_export_find(wts_module_t module, const char *name, size_t name_len, size_t *out_index);

/**
 * Deletes a module. Its instances are not affected.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_module_delete(wts_module_t module);

/* ---- Type ------------------------------------------------------------------------------------ */

/** 32-bit integer. */
#define WTS_I32 127
/** 64-bit integer. */
#define WTS_I64 126
/** 32-bit float. */
#define WTS_F32 125
/** 64-bit float. */
#define WTS_F64 124
/** 128-bit vector; two slots, low half first. */
#define WTS_V128 123
/** Function reference, may be null. */
#define WTS_FUNCREF 112
/** Host reference, may be null. */
#define WTS_EXTERNREF 111
/** Any internal reference, may be null. */
#define WTS_ANYREF 110
/** Comparable reference, may be null. */
#define WTS_EQREF 109
/** 31-bit integer reference, may be null. */
#define WTS_I31REF 108
/** Struct reference, may be null. */
#define WTS_STRUCTREF 107
/** Array reference, may be null. */
#define WTS_ARRAYREF 106
/** Exception reference, may be null. */
#define WTS_EXNREF 105
/** The null of the internal references. */
#define WTS_NULLREF 113
/** The null of the host references. */
#define WTS_NULLEXTERNREF 114
/** The null of the function references. */
#define WTS_NULLFUNCREF 115
/** The null of the exception references. */
#define WTS_NULLEXNREF 116
/** A reference that is never null; its type says to what. */
#define WTS_REF 100
/** A reference to a struct, array or function of a certain type, or null; its type says which. */
#define WTS_REF_NULL 99
/** 8-bit integer; in structs and arrays only. */
#define WTS_I8 120
/** 16-bit integer; in structs and arrays only. */
#define WTS_I16 119
/** The type of a struct. */
#define WTS_TYPE_STRUCT 64
/** The type of an array. */
#define WTS_TYPE_ARRAY 65
/** The type of a reference. */
#define WTS_TYPE_REF 66
/** No maximum, no limit, or no known offset. */
#define WTS_UNLIMITED UINT64_MAX
/** Flag of a memory type: 64-bit addresses. */
#define WTS_MEMORY_64 1
/** Flag of a memory type: shared between threads. */
#define WTS_MEMORY_SHARED 2
/** Flag of a table type: 64-bit indices. */
#define WTS_TABLE_64 1

/**
 * Makes the type of references of an abstract kind, which are never null unless `is_nullable` is 1.
 *
 * `kind` says what they refer to: `WTS_FUNCREF` to functions, `WTS_EQREF` to what can be compared.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE` (no kind of reference, or a flag that is not 0 or 1),
 * `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_new_ref(int32_t kind, int32_t is_nullable, wts_type_t *out_type);

/**
 * Makes the type of references to a struct, array or function of type `type`, which are never null unless
 * `is_nullable` is 1.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
 * engine), `WTS_ERR_TYPE` (not the type of a struct, array or function), `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_ref_to(wts_engine_t engine,
                                 wts_type_t type,
                                 int32_t is_nullable,
                                 wts_type_t *out_type);

/**
 * Makes the type of a function that belongs to an engine: it may take and return references of any type,
 * and have subtypes.
 *
 * Beside each kind that is `WTS_REF` or `WTS_REF_NULL` stands its reference type, beside others 0;
 * `param_types` and `result_types` may be empty where there are none. `supertype` is 0 or a function type
 * that is not final and that this one matches. A type that `is_final` (1) has no subtypes.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
 * engine), `WTS_ERR_TYPE` (not a reference type, not of the kind beside it, or the supertype does not allow
 * it), `WTS_ERR_RANGE` (an unknown kind, or numbers of kinds and types that differ), `WTS_ERR_LIMIT` (over
 * 1,000 parameters or results).
 *
 * Threads: Any thread.
 *
 * Safety: The four arrays are as long as said; `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_func_of(wts_engine_t engine,
                                  wts_type_t supertype,
                                  int32_t is_final,
                                  const int32_t *params,
                                  size_t params_len,
                                  const wts_type_t *param_types,
                                  size_t param_types_len,
                                  const int32_t *results,
                                  size_t results_len,
                                  const wts_type_t *result_types,
                                  size_t result_types_len,
                                  wts_type_t *out_type);

/**
 * Makes the type of a table of any reference type; else as `wts_type_new_table`.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (`element` is not a reference
 * type), `WTS_ERR_RANGE` (limits or flags).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_table_of(wts_type_t element,
                                   uint64_t minimum,
                                   uint64_t maximum,
                                   int32_t flags,
                                   wts_type_t *out_type);

/**
 * Makes the type of a global that holds references of any type. `is_mutable` is 0 or 1.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (`content` is not a reference
 * type), `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_new_global_of(wts_type_t content, int32_t is_mutable, wts_type_t *out_type);

/**
 * Makes the type of a tag from the kinds of the fields of its exceptions.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE` (an unknown kind), `WTS_ERR_LIMIT` (over 1,000), `WTS_ERR_UNSUPPORTED`
 * (`WTS_REF`, `WTS_REF_NULL`: see `wts_type_new_tag_of`).
 *
 * Threads: Any thread.
 *
 * Safety: `params` holds as many kinds as said; `out_type` is writable.
 */
WTS_API wts_status_t wts_type_new_tag(const int32_t *params, size_t params_len, wts_type_t *out_type);

/**
 * Makes the type of a tag whose exceptions have the parameters of a function type as fields.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (not a function type, or one
 * with results).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_new_tag_of(wts_type_t func_type, wts_type_t *out_type);

/**
 * Makes the type of a struct from the kinds of its fields: `WTS_I8`, `WTS_I16`, or a kind of values.
 *
 * `mutability` holds 1 for each field that can be set and 0 for the others. The type is final.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (an unknown kind, or the
 * lengths differ), `WTS_ERR_STATE` (the engine has no garbage collection), `WTS_ERR_LIMIT` (over 10,000
 * fields). A field that is `WTS_REF` or `WTS_REF_NULL` is `WTS_ERR_HANDLE`: see `wts_type_new_struct_of`.
 *
 * Threads: Any thread.
 *
 * Safety: `fields` and `mutability` are as long as said; `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_struct(wts_engine_t engine,
                                 const int32_t *fields,
                                 size_t fields_len,
                                 const int32_t *mutability,
                                 size_t mutability_len,
                                 wts_type_t *out_type);

/**
 * Makes the type of a struct of which fields may be references of any type, and which may have subtypes
 * and a supertype.
 *
 * `types` holds the reference type of each field that is `WTS_REF` or `WTS_REF_NULL` and 0 for the others; it
 * may be empty. `supertype` is 0 or a struct type that is not final and whose fields this one begins with.
 * A type that `is_final` (1) has no subtypes. Types that refer to themselves come from modules only.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
 * engine), `WTS_ERR_TYPE` (not a reference type, not of the kind beside it, or the supertype does not allow
 * it), `WTS_ERR_RANGE` (an unknown kind, or the lengths differ), `WTS_ERR_STATE` (the engine has no garbage
 * collection), `WTS_ERR_LIMIT` (over 10,000 fields).
 *
 * Threads: Any thread.
 *
 * Safety: The three arrays are as long as said; `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_struct_of(wts_engine_t engine,
                                    wts_type_t supertype,
                                    int32_t is_final,
                                    const int32_t *fields,
                                    size_t fields_len,
                                    const int32_t *mutability,
                                    size_t mutability_len,
                                    const wts_type_t *types,
                                    size_t types_len,
                                    wts_type_t *out_type);

/**
 * Makes the type of an array from the kind of its elements: `WTS_I8`, `WTS_I16`, or a kind of values.
 *
 * `is_mutable` is 1 if elements can be set, else 0. The type is final.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (an unknown kind),
 * `WTS_ERR_STATE` (the engine has no garbage collection). An element that is `WTS_REF` or `WTS_REF_NULL` is
 * `WTS_ERR_HANDLE`: see `wts_type_new_array_of`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_new_array(wts_engine_t engine, int32_t element, int32_t is_mutable, wts_type_t *out_type);

/**
 * Makes the type of an array whose elements may be references of any type, and which may have subtypes and
 * a supertype.
 *
 * `element_type` is the reference type of elements that are `WTS_REF` or `WTS_REF_NULL`, else 0. `supertype`
 * is 0 or an array type that is not final and that this one matches. A type that `is_final` (1) has no
 * subtypes.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
 * engine), `WTS_ERR_TYPE` (not a reference type, not of the kind beside it, or the supertype does not allow
 * it), `WTS_ERR_RANGE` (an unknown kind), `WTS_ERR_STATE` (the engine has no garbage collection).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_array_of(wts_engine_t engine,
                                   wts_type_t supertype,
                                   int32_t is_final,
                                   int32_t element,
                                   wts_type_t element_type,
                                   int32_t is_mutable,
                                   wts_type_t *out_type);

/**
 * Copies out the kinds of a struct type's fields; of an array type's elements, one kind.
 *
 * `cap` and `out_len` count kinds. `cap` 0 asks for their number.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another
 * type).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` kinds; `out_len` is writable.
 */
WTS_API wts_status_t wts_type_fields(wts_type_t type, int32_t *buf, size_t cap, size_t *out_len);

/**
 * Gets the kind of a struct type's field, and 1 if it can be set, else 0; of an array type's elements, as
 * field 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type),
 * `WTS_ERR_RANGE` (no such field).
 *
 * Threads: Any thread.
 *
 * Safety: Both are writable.
 */
WTS_API wts_status_t wts_type_field(wts_type_t type, size_t index, int32_t *out_kind, int32_t *out_is_mutable);

/**
 * Gets the reference type of a parameter of a function type or of a tag type, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type, or the
 * parameter is not a reference), `WTS_ERR_RANGE` (no such parameter).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_param_type(wts_type_t type, size_t index, wts_type_t *out_type);

/**
 * Gets the reference type of a result of a function type, a new handle.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type, or the result
 * is not a reference), `WTS_ERR_RANGE` (no such result).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_result_type(wts_type_t type, size_t index, wts_type_t *out_type);

/**
 * Gets the reference type of a struct type's field, or of an array type's elements as field 0, a new
 * handle.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type, or the field is
 * not a reference), `WTS_ERR_RANGE` (no such field).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_field_type(wts_type_t type, size_t index, wts_type_t *out_type);

/**
 * Gets the reference type of a table type's elements, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_element_type(wts_type_t type, wts_type_t *out_type);

/**
 * Gets the reference type of a global type's value, a new handle.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type, or the value is
 * not a reference).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_content_type(wts_type_t type, wts_type_t *out_type);

/**
 * Gets what a reference type says: what it refers to, as the kind of its abstract type, and whether it may
 * be null (1) or not (0).
 *
 * `out_type` receives the struct, array or function type that it refers to, a new handle; 0 if it refers
 * to an abstract type.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type),
 * `WTS_ERR_UNSUPPORTED` (a continuation).
 *
 * Threads: Any thread.
 *
 * Safety: All three are writable.
 */
WTS_API wts_status_t wts_type_ref(wts_type_t type, int32_t *out_kind, int32_t *out_is_nullable, wts_type_t *out_type);

/**
 * Gets the declared supertype of a struct, array or function type, a new handle; 0 if it has none.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_supertype(wts_type_t type, wts_type_t *out_type);

/**
 * Tells whether a struct, array or function type is final: 1 if it can have no subtypes, else 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
 *
 * Threads: Any thread.
 *
 * Safety: `out_is_final` is writable.
 */
WTS_API wts_status_t wts_type_is_final(wts_type_t type, int32_t *out_is_final);

/**
 * Tells whether what has this type can be used where `other` is wanted: 1 if it is the same type or a
 * subtype, else 0. Concrete types of two engines never match.
 *
 * Structs, arrays and functions are subtypes by declaration, as in WebAssembly. A memory or table matches
 * when its limits lie within the others.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_matches` is writable.
 */
WTS_API wts_status_t wts_type_matches(wts_type_t type, wts_type_t other, int32_t *out_matches);

/**
 * Tells whether two handles are of the same type: 1 if each matches the other, else 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_same` is writable.
 */
WTS_API wts_status_t wts_type_same(wts_type_t type, wts_type_t other, int32_t *out_same);

/**
 * Makes the type of a function from the kinds of its parameters and results.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE` (an unknown kind), `WTS_ERR_LIMIT` (over 1,000 of either),
 * `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`).
 *
 * Threads: Any thread.
 *
 * Safety: `params` and `results` hold as many kinds as said; `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_func(const int32_t *params,
                               size_t params_len,
                               const int32_t *results,
                               size_t results_len,
                               wts_type_t *out_type);

/**
 * Makes the type of a memory.
 *
 * `minimum` and `maximum` are in pages, `WTS_UNLIMITED` for no maximum. `flags` are `WTS_MEMORY_...`.
 * A page has 2 to the power of `page_size_log2` bytes; 16 is the usual.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE` (limits, flags or a page size that no memory has).
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_memory(uint64_t minimum,
                                 uint64_t maximum,
                                 int32_t flags,
                                 int32_t page_size_log2,
                                 wts_type_t *out_type);

/**
 * Makes the type of a table.
 *
 * `element` is the kind of its elements, a reference. `minimum` and `maximum` are in elements,
 * `WTS_UNLIMITED` for no maximum. `flags` are `WTS_TABLE_...`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE` (an element that is no reference, limits or flags), `WTS_ERR_UNSUPPORTED`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API
wts_status_t wts_type_new_table(int32_t element,
                                uint64_t minimum,
                                uint64_t maximum,
                                int32_t flags,
                                wts_type_t *out_type);

/**
 * Makes the type of a global. `content` is a value kind; `is_mutable` is 0 or 1.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_RANGE`, `WTS_ERR_UNSUPPORTED`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_type_new_global(int32_t content, int32_t is_mutable, wts_type_t *out_type);

/**
 * Gets what a type is the type of: `WTS_KIND_FUNC`, `_MEMORY`, `_TABLE`, `_GLOBAL` or `_TAG`, or
 * `WTS_TYPE_STRUCT`, `_ARRAY` or `_REF`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_kind` is writable.
 */
WTS_API wts_status_t wts_type_kind(wts_type_t type, int32_t *out_kind);

/**
 * Copies out the kinds of a function type's parameters; of a tag type's too.
 *
 * `cap` and `out_len` count kinds. `cap` 0 asks for their number.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE`
 * (another type).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` kinds; `out_len` is writable.
 */
WTS_API wts_status_t wts_type_params(wts_type_t type, int32_t *buf, size_t cap, size_t *out_len);

/**
 * Copies out the kinds of a function type's results.
 *
 * `cap` and `out_len` count kinds. `cap` 0 asks for their number.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE`
 * (another type).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` kinds; `out_len` is writable.
 */
WTS_API wts_status_t wts_type_results(wts_type_t type, int32_t *buf, size_t cap, size_t *out_len);

/**
 * Gets what a memory type says: limits in pages, flags, and the page size as a power of 2.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
 *
 * Threads: Any thread.
 *
 * Safety: All four are writable.
 */
WTS_API
wts_status_t wts_type_memory(wts_type_t type,
                             uint64_t *out_minimum,
                             uint64_t *out_maximum,
                             int32_t *out_flags,
                             int32_t *out_page_size_log2);

/**
 * Gets what a table type says: the kind of its elements, limits in elements, and flags.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
 *
 * Threads: Any thread.
 *
 * Safety: All four are writable.
 */
WTS_API
wts_status_t wts_type_table(wts_type_t type,
                            int32_t *out_element,
                            uint64_t *out_minimum,
                            uint64_t *out_maximum,
                            int32_t *out_flags);

/**
 * Gets what a global type says: the kind of its value, and 1 if it can be changed, else 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (another type).
 *
 * Threads: Any thread.
 *
 * Safety: Both are writable.
 */
WTS_API wts_status_t wts_type_global(wts_type_t type, int32_t *out_content, int32_t *out_is_mutable);

/**
 * Copies out a type as in the WebAssembly text format: `(func (param i32) (result i64))`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_type_text(wts_type_t type, char *buf, size_t cap, size_t *out_len);

/**
 * Deletes a type.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_type_delete(wts_type_t type);

/* ---- Store ----------------------------------------------------------------------------------- */

/** Flag of a store: all its WebAssembly runs on fibers, so that host functions may wait and fuel has slices. */
#define WTS_STORE_ASYNC 1

/** WebAssembly is about to be entered. */
#define WTS_HOOK_CALLING_WASM 1
/** WebAssembly was left: it returned, or it failed. */
#define WTS_HOOK_RETURNING_FROM_WASM 2
/** WebAssembly is about to call a host function, or what Wasmtime does for an instruction such as `memory.grow`. */
#define WTS_HOOK_CALLING_HOST 3
/** What was called returned, or failed. */
#define WTS_HOOK_RETURNING_FROM_HOST 4

/**
 * Has `function` called each time WebAssembly of a store is entered or left, in place of the hook before.
 *
 * `function` is called with `env`, the store, and what happens: `WTS_HOOK_...`. It answers 0 to go on, or a negative
 * number to end the guest with `WTS_ERR_HOST` and that number. It may look at the store, by `wts_store_backtrace`,
 * `wts_profiler_sample`, `wts_profiler_call_hook`, `wts_store_get_fuel` and `wts_store_set_fuel`; what else needs the
 * store is `WTS_ERR_BUSY`. `drop`, if not NULL, runs once on `env` when the hook is replaced or cleared or the store
 * is deleted. On failure nothing was taken: `drop` does not run. Stores that never had a hook are not slowed down.
 *
 * Errors:
 * `WTS_ERR_NULL` (`function`), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (also in a callback
 * of the store), `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store; `function` is called on the thread that runs the store.
 *
 * Safety: `function` may be called with `env` until `drop`.
 */
WTS_API wts_status_t wts_store_set_call_hook(wts_store_t store, wts_call_hook_t function, void *env, wts_drop_t drop);

/**
 * Takes the hook of a store away, if it has one. A hook may do so itself.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads:
 * One thread at a time per store. `drop` of the hook runs here or, in a callback, when the outermost call returns.
 */
WTS_API wts_status_t wts_store_clear_call_hook(wts_store_t store);

/**
 * Takes the exception that nobody caught: the one that ended the last such call of this store.
 *
 * It is a reference that belongs to the caller. The store keeps it until it is taken, the next one takes its
 * place, or the store is deleted.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also: there
 * is none), `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_reference` is writable.
 */
WTS_API wts_status_t wts_store_take_exception(wts_store_t store, wts_reference_t *out_reference);

/**
 * Makes a store.
 *
 * `user` is a value of the caller's, for `wts_store_get_user` and `wts_caller_get_user`. The store
 * is deleted with `wts_store_delete`, and everything that lives in it goes with it. `out_store` is
 * not written on failure.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT` (65,535 stores
 * are alive), `WTS_ERR_MEMORY`.
 *
 * Threads: Any thread; the store then admits one at a time.
 *
 * Safety: `out_store` is writable.
 */
WTS_API wts_status_t wts_store_new(wts_engine_t engine, uint64_t user, wts_store_t *out_store);

/**
 * Makes a store with flags, such as `WTS_STORE_ASYNC`; else as `wts_store_new`.
 *
 * In an asynchronous store host functions may answer `WTS_PENDING` (`wts_linker_define_func_async`), and resumable
 * calls may be cut by fuel (`wts_store_set_fuel_slice`). Everything else works in it as in others, and all its
 * WebAssembly runs on stacks of its own; see `wts_func_start` for what that means to host functions. A plain call
 * takes about half a microsecond longer than in other stores; one that has to wait does so on its thread, asking the
 * host function again after a pause of up to a millisecond.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (an unknown flag), `WTS_ERR_LIMIT`
 * (65,535 stores are alive), `WTS_ERR_MEMORY`.
 *
 * Threads: Any thread; the store then admits one at a time.
 *
 * Safety: `out_store` is writable.
 */
WTS_API wts_status_t wts_store_new_with(wts_engine_t engine, uint64_t user, int32_t flags, wts_store_t *out_store);

/**
 * Gets the caller's value of a store.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_user` is writable.
 */
WTS_API wts_status_t wts_store_get_user(wts_store_t store, uint64_t *out_user);

/**
 * Sets the caller's value of a store.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_store_set_user(wts_store_t store, uint64_t user);

/**
 * Gives a store what a description says of WASI, as it is now, in place of what it had.
 *
 * The store makes a context of its own from it: folders and files are opened, and what guests opened before is closed.
 * Without it a module that imports WASI from a linker cannot be instantiated.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_IO` (a folder or file cannot be
 * opened any more, or the process has no such standard stream).
 *
 * Threads: One thread at a time per store. Drop callbacks may run here.
 */
WTS_API
wts_status_t wts_store_set_wasi(wts_store_t store,
                                wts_wasi_t wasi);

/**
 * Makes this thread the owner of a store, until as many calls of `wts_store_leave`.
 *
 * Other threads get `WTS_ERR_BUSY` meanwhile, or wait here. Waiting ends after `timeout_ms`
 * milliseconds; 0 does not wait, -1 waits for ever. Calls by the owner are a little faster, and no
 * other thread comes in between them. A thread leaves before it ends.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a timeout
 * below -1), `WTS_ERR_BUSY` (another thread was inside for all that time).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_store_enter(wts_store_t store, int64_t timeout_ms);

/**
 * Ends one `wts_store_enter`.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (another thread is the owner),
 * `WTS_ERR_STATE` (this thread left as often as it entered).
 *
 * Threads: The thread that entered.
 */
WTS_API wts_status_t wts_store_leave(wts_store_t store);

/**
 * Gets the fuel that a store has left. A new store has `UINT64_MAX`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`
 * (the engine's option `fuel` is off).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_fuel` is writable.
 */
WTS_API wts_status_t wts_store_get_fuel(wts_store_t store, uint64_t *out_fuel);

/**
 * Gets the fuel that a store has consumed since it was made, however often `wts_store_set_fuel` set what it
 * has left.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`
 * (the engine's option `fuel` is off).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_fuel` is writable.
 */
WTS_API wts_status_t wts_store_fuel_consumed(wts_store_t store, uint64_t *out_fuel);

/**
 * Sets the fuel that a store has left. WebAssembly consumes about one unit per instruction; at 0 it
 * ends with `WTS_ERR_FUEL`.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's
 * option `fuel` is off).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_store_set_fuel(wts_store_t store, uint64_t fuel);

/**
 * Interrupts a store's WebAssembly once `wts_engine_increment_epoch` was called `ticks` more times.
 *
 * It ends with `WTS_ERR_INTERRUPT`. A new store has no deadline; `UINT64_MAX` takes it away.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's
 * option `epoch_interruption` is off).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_store_set_epoch_deadline(wts_store_t store, uint64_t ticks);

/**
 * Has a callback decide whether a guest goes on that has reached the store's epoch deadline.
 *
 * `drop`, if not NULL, runs once on `env` when the callback is replaced or cleared or the store is deleted. On
 * failure nothing was taken and `drop` does not run.
 *
 * Errors: `WTS_ERR_NULL` (`function`), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE` (the engine's option `epoch_interruption` is off).
 *
 * Threads: One thread at a time per store. The callback runs on the thread that is inside the store.
 *
 * Safety: `function` may be called with `env` until `drop`.
 */
WTS_API
wts_status_t wts_store_set_epoch_callback(wts_store_t store,
                                          wts_epoch_callback_t function,
                                          void *env,
                                          wts_drop_t drop);

/**
 * Takes the epoch callback of a store away, if it has one. The epoch deadline interrupts the guest from then on.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's option
 * `epoch_interruption` is off).
 *
 * Threads:
 * One thread at a time per store. The drop callback of the epoch callback runs here or, in a callback of the store,
 * when the outermost call returns.
 */
WTS_API wts_status_t wts_store_clear_epoch_callback(wts_store_t store);

/**
 * Ends a store's WebAssembly with `WTS_ERR_TIMEOUT` once `timeout_ms` milliseconds have passed from now.
 *
 * 0 has passed already; -1 takes the timeout away. It stays in force until it is set anew: what runs when
 * it passes ends, and so does all that is called later, start functions too. Loops and calls of
 * WebAssembly end within some milliseconds. What they wait for does not: host functions,
 * `memory.atomic.wait`, and operations on many bytes or elements at once, such as `memory.fill`.
 * A host function may set the timeout of the store that it runs in. A process made by `fork` sets the timeouts
 * of its stores anew.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's
 * option `epoch_interruption` is off), `WTS_ERR_RANGE` (below -1), `WTS_ERR_LIMIT` (the system gives no thread).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_store_set_timeout_ms(wts_store_t store, int64_t timeout_ms);

/**
 * Interrupts a store's WebAssembly, which ends with `WTS_ERR_INTERRUPT` within some milliseconds.
 *
 * No other store is affected. If nothing runs in the store, this is remembered and ends what is called next.
 * One interrupt ends one call: in a call inside a host function, that one. What the timeout does not end,
 * this does not; see `wts_store_set_timeout_ms`.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (the engine's option
 * `epoch_interruption` is off), `WTS_ERR_LIMIT` (the system gives no thread).
 *
 * Threads: Any thread, while the store is busy too.
 */
WTS_API wts_status_t wts_store_interrupt(wts_store_t store);

/**
 * Sets for how many microseconds `wts_pending_poll` runs a resumable call of a store before it answers
 * `WTS_PENDING`.
 *
 * A new store has 10,000. With 0 a poll is as short as can be, with -1 it runs until the call ends or waits. The end of
 * a slice is noticed as a timeout is: within some milliseconds, in loops and calls of WebAssembly.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's
 * option `epoch_interruption` is off), `WTS_ERR_RANGE` (below -1).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_store_set_slice_us(wts_store_t store, int64_t slice_us);

/**
 * Limits what a store may take from now on. `WTS_UNLIMITED` is no limit.
 *
 * `memory_bytes` bounds each memory, and the heap of garbage-collected objects; `table_elements` bounds each
 * table. `instances`, `tables` and `memories` bound how many are made by instantiation from the store's
 * beginning on, also by one that fails; a new store may have 10,000 of each, drivers of batches among them. What
 * grows beyond answers -1 as when memory is short, or ends the guest with `WTS_ERR_LIMIT` if `trap_on_growth_failure`
 * is 1. What is made beyond is `WTS_ERR_LIMIT`. What is there already stays. What the host makes itself does not
 * count, nor do, once limits are set, the drivers of batches; shared memories are not limited.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (inside a callback of the store, too),
 * `WTS_ERR_STATE`, `WTS_ERR_RANGE` (the flag is not 0 or 1).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_store_set_limits(wts_store_t store,
                                  uint64_t memory_bytes,
                                  uint64_t table_elements,
                                  uint64_t instances,
                                  uint64_t tables,
                                  uint64_t memories,
                                  int32_t trap_on_growth_failure);

/**
 * Has a callback decide whether a store's memories and tables may be made and grow.
 *
 * It is asked for what the limits of `wts_store_set_limits` allow, and is not asked for drivers of batches.
 * `drop`, if not NULL, runs once on `env` when the limiter is replaced or cleared or the store is deleted.
 * On failure nothing was taken and `drop` does not run.
 *
 * Errors: `WTS_ERR_NULL` (`function`), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (inside a
 * callback of the store, too), `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store. The limiter runs on the thread that is inside the store.
 *
 * Safety: `function` may be called with `env` until `drop`.
 */
WTS_API wts_status_t wts_store_set_limiter(wts_store_t store, wts_limiter_t function, void *env, wts_drop_t drop);

/**
 * Takes the limiter of a store away, if it has one.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (inside a callback of the store, too),
 * `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store. The drop callback of the limiter runs here.
 */
WTS_API wts_status_t wts_store_clear_limiter(wts_store_t store);

/**
 * Sets how much a call between host and guest may take out of a guest: the result of a component's function, the
 * arguments of a component's host function, what a function of WASI is given. About one unit per byte that the host
 * allocates; a new store has 128 MiB, `WTS_UNLIMITED` is no limit. What is larger ends with `WTS_ERR_LIMIT`.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_UNSUPPORTED` (a build
 * without components).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_store_set_hostcall_fuel(wts_store_t store, uint64_t fuel);

/**
 * Gets what `wts_store_set_hostcall_fuel` set last, or 128 MiB.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_fuel` is writable.
 */
WTS_API wts_status_t wts_store_get_hostcall_fuel(wts_store_t store, uint64_t *out_fuel);

/**
 * Sets after how much fuel `wts_pending_poll` leaves a resumable call of an asynchronous store; `WTS_UNLIMITED`, which a
 * new store has, for not at all. The same guest is left at the same places each time. Collecting its garbage leaves it,
 * too.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the engine's option `fuel` is
 * off, or the store was made without `WTS_STORE_ASYNC`), `WTS_ERR_RANGE` (0).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_store_set_fuel_slice(wts_store_t store,
                                      uint64_t fuel);

/**
 * Collects a store's garbage: objects that no reference and no WebAssembly reaches are freed.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_store_gc(wts_store_t store);

/**
 * Captures the WebAssembly stack as it is now, as an error of status `WTS_OK`: `wts_error_backtrace`,
 * `wts_error_frame` and the like read it, and `wts_error_delete` deletes it.
 *
 * It has the frames of this store, and none where no WebAssembly of it runs. The engine's option
 * `backtrace_max_frames` applies, `backtrace` does not.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_backtrace` is writable.
 */
WTS_API wts_status_t wts_store_backtrace(wts_store_t store, wts_error_t *out_backtrace);

/**
 * Deletes a store with all that lives in it. Its handles are stale from then on.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (another thread is inside, or one
 * of the store's own callbacks is running).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_store_delete(wts_store_t store);

/* ---- Linker ---------------------------------------------------------------------------------- */

/**
 * Makes a linker, in which nothing is defined.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_linker` is writable.
 */
WTS_API wts_status_t wts_linker_new(wts_engine_t engine, wts_linker_t *out_linker);

/**
 * Makes a linker with the same definitions and settings, which is changed on its own from then on.
 *
 * The new one is the caller's to delete. A host function is dropped when both let go of it.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_linker` is writable.
 */
WTS_API wts_status_t wts_linker_clone(wts_linker_t linker, wts_linker_t *out_linker);

/**
 * Allows (1) or refuses (0, the default) that a name is defined again.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_linker_set_allow_shadowing(wts_linker_t linker, int32_t allow);

/**
 * Allows (1) or refuses (0, the default) commands that export more than functions and what is usual beside them.
 *
 * `wts_linker_define_module` takes a module that exports `_start` for a command, and defines its functions only.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_linker_set_allow_unknown_exports(wts_linker_t linker, int32_t allow);

/**
 * Defines a host function under two names, for all stores of the engine.
 *
 * `params` and `results` hold value kinds. `function` is called with `env`; `drop`, if not NULL, runs
 * once on `env` when the linker and all that was instantiated with it are deleted. On failure nothing
 * was taken: `drop` does not run.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
 * `WTS_ERR_RANGE` (an unknown value kind), `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`: see
 * `wts_linker_define_func_of`), `WTS_ERR_STATE` (the name is taken), `WTS_ERR_LIMIT` (over 1,000 parameters or
 * results).
 *
 * Threads: Any thread. `function` is called on the thread that runs the store, so on several at once if several
 * stores use it.
 *
 * Safety: Texts and kinds are as long as said; `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_linker_define_func(wts_linker_t linker,
                                    const char *module,
                                    size_t module_len,
                                    const char *name,
                                    size_t name_len,
                                    const int32_t *params,
                                    size_t params_len,
                                    const int32_t *results,
                                    size_t results_len,
                                    wts_callback_t function,
                                    void *env,
                                    wts_drop_t drop);

/**
 * Defines a host function that may answer `WTS_PENDING`; else as `wts_linker_define_func`.
 *
 * Its call is left then, and `function` is called again when it is polled, with the same arguments and another caller,
 * until it answers something else. The linker serves stores with `WTS_STORE_ASYNC` only from then on; for others it is
 * `WTS_ERR_STATE`.
 *
 * Errors: As `wts_linker_define_func`.
 *
 * Threads: Any thread. `function` is called on the thread that runs the store, so on several at once if several
 * stores use it.
 *
 * Safety: Texts and kinds are as long as said; `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_linker_define_func_async(wts_linker_t linker,
                                          const char *module,
                                          size_t module_len,
                                          const char *name,
                                          size_t name_len,
                                          const int32_t *params,
                                          size_t params_len,
                                          const int32_t *results,
                                          size_t results_len,
                                          wts_callback_t function,
                                          void *env,
                                          wts_drop_t drop);

/**
 * Defines a host function of a function type under two names; else as `wts_linker_define_func`.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
 * `WTS_ERR_WRONG_STORE` (a type of another engine), `WTS_ERR_TYPE` (not a function type), `WTS_ERR_STATE` (the
 * name is taken).
 *
 * Threads: Any thread. `function` is called on the thread that runs the store, so on several at once if several
 * stores use it.
 *
 * Safety: Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_linker_define_func_of(wts_linker_t linker,
                                       const char *module,
                                       size_t module_len,
                                       const char *name,
                                       size_t name_len,
                                       wts_type_t type,
                                       wts_callback_t function,
                                       void *env,
                                       wts_drop_t drop);

/**
 * Defines an existing func, memory, shared memory, global, table or tag under two names.
 *
 * The linker belongs to the item's store from then on: it instantiates in no other. A shared memory that belongs to
 * no store leaves it free.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_WRONG_STORE` (the linker belongs to another store, or the item to another engine),
 * `WTS_ERR_STATE` (the name is taken).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: Texts are as long as said.
 */
WTS_API
wts_status_t wts_linker_define(wts_linker_t linker,
                               const char *module,
                               size_t module_len,
                               const char *name,
                               size_t name_len,
                               uint64_t item);

/**
 * Defines all exports of an instance under the module name `name`.
 *
 * The linker belongs to the instance's store from then on.
 *
 * Errors: As `wts_linker_define`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `name` holds `name_len` bytes.
 */
WTS_API
wts_status_t wts_linker_define_instance(wts_linker_t linker,
                                        const char *name,
                                        size_t name_len,
                                        wts_instance_t instance);

/**
 * Instantiates a module as its kind wants it and defines its exports under the module name `name`.
 *
 * A command (it exports `_start`) is instantiated anew for each call of its exports. A reactor is
 * instantiated once, and its `_initialize` is called if it has one. The linker belongs to the store
 * from then on.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (the store,
 * or the linker was changed meanwhile), `WTS_ERR_STATE` (also: inside a resumable call), `WTS_ERR_WRONG_STORE`,
 * `WTS_ERR_LINK` (an import is missing or a name is taken), and what running it can end with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`,
 * `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `name` holds `name_len` bytes.
 */
WTS_API
wts_status_t wts_linker_define_module(wts_linker_t linker,
                                      wts_store_t store,
                                      const char *name,
                                      size_t name_len,
                                      wts_module_t module);

/**
 * Defines each function that a module imports and the linker lacks, so that calling it fails with
 * `WTS_ERR_LINK`.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another engine), `WTS_ERR_STATE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_linker_define_unknown_imports_as_traps(wts_linker_t linker, wts_module_t module);

/**
 * Defines what a module imports and the linker lacks as items of `store` that do nothing: functions that return
 * zeros and nulls, globals and tables full of them, memories of zeros, tags. All of them or, if it fails, none.
 *
 * The linker can be used with this store only afterwards.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another store or engine), `WTS_ERR_BUSY`
 * (also: the linker was changed meanwhile), `WTS_ERR_STATE` (also: a shared memory, but the engine's option
 * `shared_memory` is off), `WTS_ERR_LINK` (the type has no zero: a reference that cannot be null), `WTS_ERR_LIMIT`,
 * `WTS_ERR_HOST` (the store's limiter failed), `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_linker_define_unknown_imports_as_defaults(wts_linker_t linker,
                                                           wts_store_t store,
                                                           wts_module_t module);

/**
 * Defines the functions of WASI 0.1 that a program's module imports from `wasi_snapshot_preview1`: all or, if a name
 * is taken, none.
 *
 * What they do is up to the store (`wts_store_set_wasi`). One that has to wait, such as a read from an input that has
 * nothing yet, or sleeping, stops its thread; a timeout or an interrupt of the store ends it all the same, where the
 * engine's option `epoch_interruption` is on.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (a name is taken), `WTS_ERR_UNSUPPORTED` (a build
 * without WASI).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_linker_define_wasi(wts_linker_t linker);

/**
 * Defines the functions of WASI 0.1 so that one that has to wait leaves its call: `wts_pending_poll` answers
 * `WTS_PENDING`, and the thread is free meanwhile; else as `wts_linker_define_wasi`.
 *
 * The linker serves stores with `WTS_STORE_ASYNC` only from then on; for others it is `WTS_ERR_STATE`.
 *
 * Errors: As `wts_linker_define_wasi`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_linker_define_wasi_async(wts_linker_t linker);

/**
 * Defines `as_module`, `as_name` as another pair of names for what `module`, `name` stand for.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_NOT_FOUND`
 * (nothing has the old names), `WTS_ERR_STATE` (the new ones are taken).
 *
 * Threads: Any thread.
 *
 * Safety: Texts are as long as said.
 */
WTS_API
wts_status_t wts_linker_alias(wts_linker_t linker,
                              const char *module,
                              size_t module_len,
                              const char *name,
                              size_t name_len,
                              const char *as_module,
                              size_t as_module_len,
                              const char *as_name,
                              size_t as_name_len);

/**
 * Defines all names under the module name `module` under `as_module` too.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (a name is
 * taken).
 *
 * Threads: Any thread.
 *
 * Safety: Texts are as long as said.
 */
WTS_API
wts_status_t wts_linker_alias_module(wts_linker_t linker,
                                     const char *module,
                                     size_t module_len,
                                     const char *as_module,
                                     size_t as_module_len);

/**
 * Gets what two names stand for, as an item of a store; the same handle each time, as long as no
 * definition was allowed to replace another.
 *
 * The store remembers it, also when the linker is deleted.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_NOT_FOUND`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: Texts are as long as said; `out_item` is writable.
 */
WTS_API
wts_status_t wts_linker_get(wts_linker_t linker,
                            wts_store_t store,
                            const char *module,
                            size_t module_len,
                            const char *name,
                            size_t name_len,
                            uint64_t *out_item);

/**
 * Gets the default function of a module name: its export named with no characters, else `_start`, else a
 * function that does nothing.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_TYPE` (the default is not a function).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `name` holds `name_len` bytes; `out_func` is writable.
 */
WTS_API
wts_status_t wts_linker_get_default(wts_linker_t linker,
                                    wts_store_t store,
                                    const char *name,
                                    size_t name_len,
                                    wts_func_t *out_func);

/**
 * Instantiates a module with what the linker defines, and runs its start function.
 *
 * The instance belongs to the store.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_WRONG_STORE` (the linker belongs to another store; the module to another engine),
 * `WTS_ERR_LINK` (an import is missing or has another type; the message has its two names),
 * `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, and what the start function can end with: `WTS_ERR_TRAP`,
 * `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_instance` is writable.
 */
WTS_API
wts_status_t wts_linker_instantiate(wts_linker_t linker,
                                    wts_store_t store,
                                    wts_module_t module,
                                    wts_instance_t *out_instance);

/**
 * Instantiates a command, a module that exports `_start`, and runs it to its end: a program that was compiled for
 * WASI.
 *
 * `WTS_OK` means that it returned, or exited with status 0. Another status is `WTS_ERR_EXIT`, and
 * `wts_error_exit_status` tells it. The instance belongs to the store; a command that is run again gets another one.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also: the store has no WASI and
 * the module imports some), `WTS_ERR_WRONG_STORE`, `WTS_ERR_LINK`, `WTS_ERR_NOT_FOUND` (no `_start`: it is no
 * command), `WTS_ERR_TYPE` (`_start` takes or returns something), `WTS_ERR_EXIT`, and what else the program can end
 * with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LIMIT`,
 * `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_linker_run_command(wts_linker_t linker, wts_store_t store, wts_module_t module);

/**
 * Instantiates a reactor, a library that was compiled for WASI: calls its `_initialize`, if it has one, before
 * anything else.
 *
 * The instance belongs to the store.
 *
 * Errors: As `wts_linker_instantiate`, and `WTS_ERR_EXIT` (it exited), `WTS_ERR_TYPE` (`_initialize` takes or returns
 * something, or the module is a command: it exports `_start`).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_instance` is writable.
 */
WTS_API
wts_status_t wts_linker_instantiate_reactor(wts_linker_t linker,
                                            wts_store_t store,
                                            wts_module_t module,
                                            wts_instance_t *out_instance);

/**
 * Starts to instantiate a module with what the linker defines: a resumable call, as `wts_func_start` starts one.
 *
 * The start function runs when it is polled. When it has ended, `wts_pending_results` gets one slot: the instance.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (also: inside a host function of
 * the store), `WTS_ERR_STATE` (also: another resumable call has not ended yet), `WTS_ERR_WRONG_STORE` (the linker
 * belongs to another store; the module to another engine), `WTS_ERR_LIMIT`. All else that `wts_linker_instantiate`
 * ends with `wts_pending_poll` does.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_pending` is writable.
 */
WTS_API
wts_status_t wts_linker_start_instance(wts_linker_t linker,
                                       wts_store_t store,
                                       wts_module_t module,
                                       wts_pending_t *out_pending);

/**
 * Resolves a module's imports once, for many instantiations with `wts_instance_pre_instantiate`.
 *
 * What the linker defines later does not change it.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another engine),
 * `WTS_ERR_LINK` (an import is missing or has another type).
 *
 * Threads: Any thread.
 *
 * Safety: `out_pre` is writable.
 */
WTS_API wts_status_t wts_linker_instantiate_pre(wts_linker_t linker, wts_module_t module, wts_instance_pre_t *out_pre);

/**
 * Deletes a linker. What was instantiated with it is not affected.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread. Drop callbacks of its host functions may run here.
 */
WTS_API wts_status_t wts_linker_delete(wts_linker_t linker);

/* ---- Pre-instance ---------------------------------------------------------------------------- */

/**
 * Instantiates in a store, and runs the start function.
 *
 * The instance belongs to the store.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_WRONG_STORE`, `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, and what the start function can end with:
 * `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`,
 * `WTS_ERR_LINK` (an import that was left as a trap).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_instance` is writable.
 */
WTS_API
wts_status_t wts_instance_pre_instantiate(wts_instance_pre_t pre,
                                          wts_store_t store,
                                          wts_instance_t *out_instance);

/**
 * Makes a store and an instance, calls one of its exports, and deletes both: a request in one crossing.
 *
 * `export_index` is that of `wts_module_export_find`. `user` is the store's value, for host functions.
 * `fuel` is the store's budget, `WTS_UNLIMITED` for none. `timeout_ms` is that of `wts_store_set_timeout_ms`,
 * -1 for none; it counts from before the instantiation. `memory_bytes` bounds each memory of the store,
 * `WTS_UNLIMITED` for none. A module that imports WASI gets what `wts_instance_pre_set_wasi` set. `results` is not
 * written on failure.
 *
 * Errors: As `wts_store_new`, `wts_store_set_wasi`, `wts_instance_pre_instantiate` and `wts_func_call`; `WTS_ERR_RANGE`
 * (no such export, or a timeout below -1), `WTS_ERR_TYPE` (it is not a function, or takes or returns references),
 * `WTS_ERR_WRONG_STORE` (the linker held an item of a store), `WTS_ERR_STATE` (a budget or a timeout, but the
 * engine's option `fuel` or `epoch_interruption` is off), `WTS_ERR_LIMIT` (a memory larger than `memory_bytes`).
 *
 * Threads: Any thread. Drop callbacks of the store may run here.
 *
 * Safety: `args` holds `nargs` slots and `results` has room for `nresults`.
 */
WTS_API
wts_status_t wts_instance_pre_call(wts_instance_pre_t pre,
                                   size_t export_index,
                                   uint64_t user,
                                   uint64_t fuel,
                                   int64_t timeout_ms,
                                   uint64_t memory_bytes,
                                   const int64_t *args,
                                   size_t nargs,
                                   int64_t *results,
                                   size_t nresults);

/**
 * Gives the stores that `wts_instance_pre_call` makes what a description says of WASI, in place of another one.
 *
 * Each takes it as it is then, and has a context of its own (`wts_store_set_wasi`). The pre-instance keeps the
 * description; its handle stays the caller's to delete. A module that imports no WASI does not use it.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread. Drop callbacks of the description before may run here.
 */
WTS_API wts_status_t wts_instance_pre_set_wasi(wts_instance_pre_t pre, wts_wasi_t wasi);

/**
 * Deletes a pre-instance. Its instances are not affected.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread. Drop callbacks of host functions may run here.
 */
WTS_API wts_status_t wts_instance_pre_delete(wts_instance_pre_t pre);

/* ---- Instance -------------------------------------------------------------------------------- */

/**
 * Instantiates a module with a list of imports, in the module's order, and runs its start function.
 *
 * The instance belongs to the store.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_WRONG_STORE` (an import of another store; a module of another engine), `WTS_ERR_LINK` (an
 * import is missing, is one too many, or has another type), `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, and what
 * the start function can end with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`,
 * `WTS_ERR_INTERRUPT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `imports` holds `imports_len` handles; `out_instance` is writable.
 */
WTS_API
wts_status_t wts_instance_new(wts_store_t store,
                              wts_module_t module,
                              const uint64_t *imports,
                              size_t imports_len,
                              wts_instance_t *out_instance);

/**
 * Gets an export by its name; the same handle each time.
 *
 * The item belongs to the store. `wts_handle_kind` tells its kind.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_NOT_FOUND` (the message has the names that exist).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `name` holds `name_len` bytes; `out_item` is writable.
 */
WTS_API
wts_status_t wts_instance_get_export(wts_instance_t instance,
                                     const char *name,
                                     size_t name_len,
                                     uint64_t *out_item);

/**
 * Gets how many exports an instance has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_instance_export_count(wts_instance_t instance, size_t *out_count);

/**
 * Copies out the name of an export.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_RANGE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_instance_export_name(wts_instance_t instance,
                                      size_t index,
                                      char *buf,
                                      size_t cap,
                                      size_t *out_len);

/**
 * Gets what an export is: `WTS_KIND_FUNC`, `_MEMORY`, `_SHARED_MEMORY`, `_GLOBAL`, `_TABLE` or `_TAG`, as
 * `wts_handle_kind` tells of its handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_kind` is writable.
 */
WTS_API wts_status_t wts_instance_export_kind(wts_instance_t instance, size_t index, int32_t *out_kind);

/**
 * Gets the export at an index; the same handle as by its name.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_item` is writable.
 */
WTS_API wts_status_t wts_instance_export_at(wts_instance_t instance, size_t index, uint64_t *out_item);

/* ---- Func ------------------------------------------------------------------------------------ */

/**
 * Calls a function once for each row of slots, in one crossing.
 *
 * `args` holds the argument slots of the first row, then those of the second, and so on; `results` has
 * room for the result slots in the same order. `args_len` and `results_len` count slots: rows times what
 * the function's type says. `out_done` receives how many rows completed; when one fails, it and those
 * after it are not done, the results before it are kept, and the message names the row.
 *
 * The loop runs inside WebAssembly from about a thousand rows on, where it consumes some fuel of its own
 * for each row.
 *
 * Errors: As `wts_func_call` for the row that failed. `WTS_ERR_TYPE` too for a function with references,
 * `WTS_ERR_NULL`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `args` holds `args_len` slots and `results` has room for `results_len`; `out_done` is writable.
 */
WTS_API
wts_status_t wts_func_call_batch(wts_func_t func,
                                 size_t rows,
                                 const int64_t *args,
                                 size_t args_len,
                                 int64_t *results,
                                 size_t results_len,
                                 size_t *out_done);

/**
 * Calls a function once for each row of columns, in one crossing.
 *
 * `args` holds a pointer for each parameter and `results` one for each result: to the first of `rows`
 * elements of exactly that type (`int32_t`, `int64_t`, `float`, `double`), each the column's stride in
 * bytes behind the one before. Without strides (length 0) the elements stand side by side. Nothing has to
 * be aligned. `out_done` is as in `wts_func_call_batch`.
 *
 * Errors: As `wts_func_call` for the row that failed. `WTS_ERR_TYPE` too for a function with vectors or
 * references or another number of columns or strides, `WTS_ERR_NULL` for a column, `WTS_ERR_RANGE` for a stride
 * smaller than an element of the results or a column larger than memory.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: Each column has `rows` elements at its stride; result columns do not overlap others; `out_done` is
 * writable.
 */
WTS_API
wts_status_t wts_func_call_columns(wts_func_t func,
                                   size_t rows,
                                   const void *const *args,
                                   size_t nargs,
                                   const size_t *arg_strides,
                                   size_t arg_strides_len,
                                   void *const *results,
                                   size_t nresults,
                                   const size_t *result_strides,
                                   size_t result_strides_len,
                                   size_t *out_done);

/**
 * Starts a resumable call of a function with slots.
 *
 * Nothing runs before `wts_pending_poll`. The call has the store until it ends or is deleted: all else that works in the
 * store is `WTS_ERR_STATE`, except `wts_pending_delete`, `wts_store_interrupt`, `wts_store_enter`, `wts_store_leave`,
 * `wts_reference_delete` and `wts_store_delete`. References in `args` are lent, and kept as long as the call takes. The
 * call is deleted with `wts_pending_delete`. `out_pending` is not written on failure.
 *
 * It runs on a stack of its own, of the engine's option `async_stack_size`, and so do the host functions that it
 * calls. Of that, host functions have 1 MiB or more by default, which nobody checks: deep recursion there ends the
 * process. Who looks where the stack of its thread ends, or scans it for references, such as a garbage collector of
 * another language, does not find its way there. Calls inside of host functions, also those of other stores, run to
 * their end on stacks of their own, 128 of them inside each other at most. A store keeps the stack of its last call
 * for the next one; in a pool it counts as used. Starting, polling and deleting a call takes about a microsecond
 * longer than `wts_func_call`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
 * `WTS_ERR_TYPE` (a count, or the type of a reference), `WTS_ERR_RANGE` (an i32 or f32 slot over 32 bits),
 * `WTS_ERR_BUSY` (also: inside a host function of the store), `WTS_ERR_STATE` (also: another resumable call has not
 * ended yet), `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `args` holds `nargs` slots; `out_pending` is writable.
 */
WTS_API
wts_status_t wts_func_start(wts_func_t func,
                            const int64_t *args,
                            size_t nargs,
                            wts_pending_t *out_pending);

/**
 * Makes a function of the host's in a store.
 *
 * `params` and `results` hold value kinds. `function` is called with `env`; `drop`, if not NULL, runs
 * once on `env` after the store is deleted. On failure nothing was taken: `drop` does not run and
 * `out_func` is not written.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_RANGE` (an unknown value kind), `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`:
 * see `wts_func_new_of`), `WTS_ERR_LIMIT` (over 1,000 parameters or results).
 *
 * Threads: One thread at a time per store. `drop` runs on the thread that deletes the store.
 *
 * Safety: `params` and `results` hold as many kinds as said; `function` may be called with `env` until `drop`.
 */
WTS_API
wts_status_t wts_func_new(wts_store_t store,
                          const int32_t *params,
                          size_t params_len,
                          const int32_t *results,
                          size_t results_len,
                          wts_callback_t function,
                          void *env,
                          wts_drop_t drop,
                          wts_func_t *out_func);

/**
 * Makes a function of the host's in a store from a function type; else as `wts_func_new`.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_WRONG_STORE` (a type of another engine), `WTS_ERR_TYPE` (not a function type).
 *
 * Threads: One thread at a time per store. `drop` runs on the thread that deletes the store.
 *
 * Safety: `function` may be called with `env` until `drop`; `out_func` is writable.
 */
WTS_API
wts_status_t wts_func_new_of(wts_store_t store,
                             wts_type_t type,
                             wts_callback_t function,
                             void *env,
                             wts_drop_t drop,
                             wts_func_t *out_func);

/**
 * Makes a function of the host's, which may answer `WTS_PENDING`, in a store with `WTS_STORE_ASYNC`; else as
 * `wts_func_new`. See `wts_linker_define_func_async`.
 *
 * Errors: As `wts_func_new`; `WTS_ERR_STATE` too for a store without `WTS_STORE_ASYNC`.
 *
 * Threads: One thread at a time per store. `drop` runs on the thread that deletes the store.
 *
 * Safety: `params` and `results` hold as many kinds as said; `function` may be called with `env` until `drop`.
 */
WTS_API
wts_status_t wts_func_new_async(wts_store_t store,
                                const int32_t *params,
                                size_t params_len,
                                const int32_t *results,
                                size_t results_len,
                                wts_callback_t function,
                                void *env,
                                wts_drop_t drop,
                                wts_func_t *out_func);

/**
 * Calls a function with slots.
 *
 * `nargs` and `nresults` count slots and must be what the function's type says (a v128 takes two).
 * References in `args` are lent; those in `results` belong to the caller. `results` is not written
 * on failure. After a trap the store and its objects stay usable.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a
 * reference), `WTS_ERR_TYPE` (a count, or the type of a reference), `WTS_ERR_RANGE` (an i32 or f32
 * slot over 32 bits), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_LIMIT` (too little stack),
 * `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an
 * import that was left as a trap), `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `args` holds `nargs` slots and `results` has room for `nresults`.
 */
WTS_API
wts_status_t wts_func_call(wts_func_t func,
                           const int64_t *args,
                           size_t nargs,
                           int64_t *results,
                           size_t nresults);

/**
 * Calls a function with doubles, for languages where every number is one.
 *
 * Each argument is converted to its parameter's type if that holds it exactly, and each result to a
 * double. `nargs` and `nresults` count values. `results` is not written on failure; a result that no
 * double holds exactly is found when the function has already run.
 *
 * Errors: As `wts_func_call`, and `WTS_ERR_RANGE` for a value that does not fit exactly, `WTS_ERR_TYPE` for a
 * function that takes or returns a vector or a reference.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `args` holds `nargs` doubles and `results` has room for `nresults`.
 */
WTS_API
wts_status_t wts_func_call_f64(wts_func_t func,
                               const double *args,
                               size_t nargs,
                               double *results,
                               size_t nresults);

/**
 * Gets the type of a function, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_func_type(wts_func_t func, wts_type_t *out_type);

/**
 * Gets how many parameters a function has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_func_param_count(wts_func_t func, size_t *out_count);

/**
 * Gets how many results a function has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_func_result_count(wts_func_t func, size_t *out_count);

/**
 * Gets how many slots a function's arguments take: one each, two for a v128.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_func_param_slots(wts_func_t func, size_t *out_count);

/**
 * Gets how many slots a function's results take: one each, two for a v128.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_func_result_slots(wts_func_t func, size_t *out_count);

/**
 * Tells whether two handles name the same function.
 *
 * A function that a module imports and exports again is another one than the original.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`,
 * `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_same` is writable.
 */
WTS_API wts_status_t wts_func_same(wts_func_t func, wts_func_t other, int32_t *out_same);

/**
 * Tells whether a function is of a type: 1 if its own is the same or a subtype, else 0.
 *
 * `type` is a function type, or a reference type: whether a reference to the function fits it.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_WRONG_STORE` (a type of another engine), `WTS_ERR_TYPE` (another type).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_matches` is writable.
 */
WTS_API wts_status_t wts_func_matches(wts_func_t func, wts_type_t type, int32_t *out_matches);

/* ---- Pending call ---------------------------------------------------------------------------- */

/**
 * Goes on with a resumable call: `WTS_OK` when it has ended, `WTS_PENDING` when it has not.
 *
 * It runs until its time slice is over (`wts_store_set_slice_us`), its fuel slice is (`wts_store_set_fuel_slice`), or a
 * host function answers `WTS_PENDING` (`wts_linker_define_func_async`). On an engine without `epoch_interruption`, and
 * without the other two, the first poll runs it to its end. A call that failed answers its error each time, one that returned `WTS_OK`. What
 * interrupts its store meanwhile ends it with the next poll.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (it was deleted, or its store was), `WTS_ERR_BUSY` (another
 * thread is inside the store, or a host function of the call polls it), `WTS_ERR_STATE` (also: it calls a command that `wts_linker_define_module` made in a
 * store), and what the call can end with:
 * `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_EXIT`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK`,
 * `WTS_ERR_LIMIT` (also: too little stack here, no stack in the pool), `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store; each poll may be on another.
 */
WTS_API
wts_status_t wts_pending_poll(wts_pending_t pending);

/**
 * Gets the results of a call that has ended, as `wts_func_call` would.
 *
 * Each time it is asked for, a reference among them is a new handle that belongs to the caller. What
 * `wts_linker_start_instance` started has one result, the instance. `results` is not written on failure.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (it has not
 * ended, or it failed), `WTS_ERR_TYPE` (another number of slots), `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `results` has room for `nresults` slots.
 */
WTS_API wts_status_t wts_pending_results(wts_pending_t pending, int64_t *results, size_t nresults);

/**
 * Deletes a resumable call. One that has not ended is abandoned: it does not run any further, and its store can be
 * used again.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (another thread is inside the store, or a host
 * function of the call asks for it), `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store. Drop callbacks may run here.
 */
WTS_API wts_status_t wts_pending_delete(wts_pending_t pending);

/* ---- Caller ---------------------------------------------------------------------------------- */

/**
 * Gets an export of the instance that called the host function.
 *
 * The item belongs to the store and is the same handle each time.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has
 * returned), `WTS_ERR_BUSY` (it waits for a nested call), `WTS_ERR_NOT_FOUND` (no export of that name,
 * or called by a component or the host itself).
 *
 * Threads: The thread that runs the callback.
 *
 * Safety: `name` holds `name_len` bytes; `out_item` is writable.
 */
WTS_API wts_status_t wts_caller_get_export(wts_caller_t caller, const char *name, size_t name_len, uint64_t *out_item);

/**
 * Gets the store in which the callback runs.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned).
 *
 * Threads: The thread that runs the callback.
 *
 * Safety: `out_store` is writable.
 */
WTS_API wts_status_t wts_caller_get_store(wts_caller_t caller, wts_store_t *out_store);

/**
 * Gets the caller's value of the store in which the callback runs.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned).
 *
 * Threads: The thread that runs the callback.
 *
 * Safety: `out_user` is writable.
 */
WTS_API wts_status_t wts_caller_get_user(wts_caller_t caller, uint64_t *out_user);

/**
 * Sets the caller's value of the store in which the callback runs.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned).
 *
 * Threads: The thread that runs the callback.
 */
WTS_API wts_status_t wts_caller_set_user(wts_caller_t caller, uint64_t user);

/**
 * Captures the WebAssembly stack that led to the callback. See `wts_store_backtrace`.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned), `WTS_ERR_BUSY`.
 *
 * Threads: The thread that runs the callback.
 *
 * Safety: `out_backtrace` is writable.
 */
WTS_API wts_status_t wts_caller_backtrace(wts_caller_t caller, wts_error_t *out_backtrace);

/**
 * Leaves the message and code of the trap that the callback raises by answering a negative number.
 *
 * With `WTS_TRAP_NONE` the call that led here ends with `WTS_ERR_HOST`, with another code as if
 * WebAssembly had trapped that way. Without effect if the callback answers 0, or left an exception by
 * `wts_caller_throw`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_RANGE` (not a trap code), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`,
 * `WTS_ERR_STALE` (the callback has returned).
 *
 * Threads: The thread that runs the callback.
 *
 * Safety: `message` holds `message_len` bytes.
 */
WTS_API wts_status_t wts_caller_set_trap(wts_caller_t caller, int32_t code, const char *message, size_t message_len);

/**
 * Leaves the exception that the callback throws by answering a negative number; it is lent.
 *
 * WebAssembly may catch it by its tag. If nobody does, the call that led here ends with `WTS_ERR_TRAP`, and
 * `wts_store_take_exception` gives it back. What `wts_caller_set_trap` leaves, before or after, does not count
 * then. Without effect if the callback answers 0.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned, or the reference was deleted),
 * `WTS_ERR_WRONG_STORE` (a reference of another store), `WTS_ERR_TYPE` (not a reference to an exception),
 * `WTS_ERR_STATE` (a component is calling, through which no exception passes).
 *
 * Threads: The thread that runs the callback.
 */
WTS_API wts_status_t wts_caller_throw(wts_caller_t caller, wts_reference_t exception);

/**
 * Leaves the result of a host function of components, which it returns by answering 0: WAVE text for one of
 * `wts_component_linker_define_func_wave`, the bytes of the `string` or `list<u8>` for one of
 * `wts_component_linker_define_func_bytes`. They are copied. A result that was left before is replaced. Without effect
 * if the callback fails, or its result is a slot.
 *
 * Resources in the text are given if their type is `own`: their handles are gone when the host function has returned.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE` (the callback has returned), `WTS_ERR_STATE` (it
 * is no host function of components: its results are slots).
 *
 * Threads: The thread that runs the callback.
 *
 * Safety: `bytes` holds `bytes_len` bytes.
 */
WTS_API wts_status_t wts_caller_set_result(wts_caller_t caller, const uint8_t *bytes, size_t bytes_len);

/* ---- Memory ---------------------------------------------------------------------------------- */

/**
 * Makes a memory of a memory type, filled with zeros.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (not a memory type, or a shared one, for `wts_shared_memory_new`), `WTS_ERR_LIMIT`,
 * `WTS_ERR_HOST` (the store's limiter failed).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_memory` is writable.
 */
WTS_API wts_status_t wts_memory_new(wts_store_t store, wts_type_t type, wts_memory_t *out_memory);

/**
 * Gets the type of a memory, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_memory_type(wts_memory_t memory, wts_type_t *out_type);

/**
 * Gets the size of a memory in pages.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_pages` is writable.
 */
WTS_API wts_status_t wts_memory_size(wts_memory_t memory, uint64_t *out_pages);

/**
 * Gets the size of a memory in bytes.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_bytes` is writable.
 */
WTS_API wts_status_t wts_memory_data_size(wts_memory_t memory, uint64_t *out_bytes);

/**
 * Gets the size of a memory's pages in bytes: 65,536, or 1 where its type says so.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_bytes` is writable.
 */
WTS_API wts_status_t wts_memory_page_size(wts_memory_t memory, uint64_t *out_bytes);

/**
 * Grows a memory by `delta` pages of zeros. `out_previous` receives its size before, in pages.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_LIMIT` (over its maximum or the store's limits, or the system gives no more), `WTS_ERR_HOST` (the
 * store's limiter failed).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_previous` is writable.
 */
WTS_API wts_status_t wts_memory_grow(wts_memory_t memory, uint64_t delta, uint64_t *out_previous);

/**
 * Copies `len` bytes at `offset` out of a memory.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (they do not all lie in the memory; nothing is copied).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `buf` has room for `len` bytes.
 */
WTS_API wts_status_t wts_memory_read(wts_memory_t memory, uint64_t offset, uint8_t *buf, size_t len);

/**
 * Copies bytes into a memory at `offset`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (they do not all fit the memory; nothing is copied).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `bytes` holds `bytes_len` bytes.
 */
WTS_API wts_status_t wts_memory_write(wts_memory_t memory, uint64_t offset, const uint8_t *bytes, size_t bytes_len);

/**
 * Sets `len` bytes at `offset` of a memory to `byte`, from 0 to 255.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (the byte,
 * or they do not all lie in the memory).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_memory_fill(wts_memory_t memory, uint64_t offset, uint64_t len, int32_t byte);

/**
 * Gets where a memory's bytes are and how many.
 *
 * The pointer is valid until WebAssembly runs in the store, this memory grows, or the store is deleted.
 * Reading and writing through it is not checked.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store, and so is the use of the pointer.
 *
 * Safety: Both are writable.
 */
WTS_API wts_status_t wts_memory_data(wts_memory_t memory, uint8_t **out_data, size_t *out_len);

/**
 * Loads a signed 8-bit integer at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_i8(wts_memory_t memory, uint64_t offset, int64_t *out_value);

/**
 * Loads an unsigned 8-bit integer at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_u8(wts_memory_t memory, uint64_t offset, int64_t *out_value);

/**
 * Loads a signed 16-bit integer at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_i16(wts_memory_t memory, uint64_t offset, int64_t *out_value);

/**
 * Loads an unsigned 16-bit integer at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_u16(wts_memory_t memory, uint64_t offset, int64_t *out_value);

/**
 * Loads a signed 32-bit integer at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_i32(wts_memory_t memory, uint64_t offset, int64_t *out_value);

/**
 * Loads an unsigned 32-bit integer at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_u32(wts_memory_t memory, uint64_t offset, int64_t *out_value);

/**
 * Loads a 64-bit integer at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_i64(wts_memory_t memory, uint64_t offset, int64_t *out_value);

/**
 * Loads a 32-bit float at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_f32(wts_memory_t memory, uint64_t offset, double *out_value);

/**
 * Loads a 64-bit float at `offset` of a memory, little-endian.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_memory_load_f64(wts_memory_t memory, uint64_t offset, double *out_value);

/**
 * Stores an 8-bit integer, signed or unsigned, at `offset` of a memory, little-endian.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a value over 8 bits, or it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_memory_store_i8(wts_memory_t memory,
                                 uint64_t offset,
                                 int64_t value);

/**
 * Stores a 16-bit integer, signed or unsigned, at `offset` of a memory, little-endian.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a value over 16 bits, or it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_memory_store_i16(wts_memory_t memory,
                                  uint64_t offset,
                                  int64_t value);

/**
 * Stores a 32-bit integer, signed or unsigned, at `offset` of a memory, little-endian.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a value over 32 bits, or it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_memory_store_i32(wts_memory_t memory,
                                  uint64_t offset,
                                  int64_t value);

/**
 * Stores a 64-bit integer at `offset` of a memory, little-endian.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_memory_store_i64(wts_memory_t memory,
                                  uint64_t offset,
                                  int64_t value);

/**
 * Stores a 32-bit float at `offset` of a memory, little-endian.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (a value that no 32-bit float holds exactly, or it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_memory_store_f32(wts_memory_t memory,
                                  uint64_t offset,
                                  double value);

/**
 * Stores a 64-bit float at `offset` of a memory, little-endian.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (it does not lie in the memory).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_memory_store_f64(wts_memory_t memory,
                                  uint64_t offset,
                                  double value);

/* ---- Shared memory --------------------------------------------------------------------------- */

/** It was notified. */
#define WTS_WAIT_NOTIFIED 0
/** Another value was there, so it did not wait. */
#define WTS_WAIT_NOT_EQUAL 1
/** The time was over. */
#define WTS_WAIT_TIMED_OUT 2

/**
 * Makes a shared memory of a memory type with `WTS_MEMORY_SHARED`, filled with zeros.
 *
 * It belongs to no store: it can be imported by instances of any store of the engine, on any thread. It is deleted
 * with `wts_shared_memory_delete`; instances that import it keep what they need.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_TYPE` (not a memory type, or not a
 * shared one), `WTS_ERR_STATE` (the engine's option `shared_memory` is off), `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread, several at once.
 *
 * Safety: `out_memory` is writable.
 */
WTS_API wts_status_t wts_shared_memory_new(wts_engine_t engine, wts_type_t type, wts_shared_memory_t *out_memory);

/**
 * Makes another handle to a shared memory, which belongs to no store: it takes the memory of an export to other
 * stores and threads. It is deleted with `wts_shared_memory_delete`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_memory` is writable.
 */
WTS_API wts_status_t wts_shared_memory_share(wts_shared_memory_t memory, wts_shared_memory_t *out_memory);

/**
 * Finds out whether two handles name the same shared memory: 1 if so, else 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_same` is writable.
 */
WTS_API wts_status_t wts_shared_memory_same(wts_shared_memory_t memory, wts_shared_memory_t other, int32_t *out_same);

/**
 * Gets the type of a shared memory, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_shared_memory_type(wts_shared_memory_t memory, wts_type_t *out_type);

/**
 * Gets the size of a shared memory in pages. It never shrinks.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_pages` is writable.
 */
WTS_API wts_status_t wts_shared_memory_size(wts_shared_memory_t memory, uint64_t *out_pages);

/**
 * Gets the size of a shared memory in bytes. It never shrinks.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_bytes` is writable.
 */
WTS_API wts_status_t wts_shared_memory_data_size(wts_shared_memory_t memory, uint64_t *out_bytes);

/**
 * Grows a shared memory by `delta` pages of zeros. `out_previous` receives its size before, in pages. It stays
 * where it is.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_LIMIT` (over its maximum or the engine's option `memory_reservation`, or the system gives no more).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_previous` is writable.
 */
WTS_API wts_status_t wts_shared_memory_grow(wts_shared_memory_t memory, uint64_t delta, uint64_t *out_previous);

/**
 * Gets where a shared memory's bytes are and how many there are now.
 *
 * They stay there as long as a handle to the memory or a store that uses it is alive. Reading and writing through
 * the pointer is not checked, and is to be atomic where other threads use the same bytes.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: Both are writable.
 */
WTS_API wts_status_t wts_shared_memory_data(wts_shared_memory_t memory, uint8_t **out_data, size_t *out_len);

/**
 * Copies `len` bytes at `offset` out of a shared memory.
 *
 * What other threads write meanwhile may arrive in part: aligned words of 8 bytes are copied whole, in no order.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (they do not all lie in the memory; nothing is copied).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `buf` has room for `len` bytes, outside of the memory.
 */
WTS_API wts_status_t wts_shared_memory_read(wts_shared_memory_t memory, uint64_t offset, uint8_t *buf, size_t len);

/**
 * Copies bytes into a shared memory at `offset`.
 *
 * Other threads that read meanwhile may get a part of them: aligned words of 8 bytes are copied whole, in no
 * order.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (they do not all fit the memory; nothing is copied).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `bytes` holds `bytes_len` bytes, outside of the memory.
 */
WTS_API
wts_status_t wts_shared_memory_write(wts_shared_memory_t memory,
                                     uint64_t offset,
                                     const uint8_t *bytes,
                                     size_t bytes_len);

/**
 * Sets `len` bytes at `offset` of a shared memory to `byte`, from 0 to 255, in no order.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (the byte,
 * or they do not all lie in the memory).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 */
WTS_API wts_status_t wts_shared_memory_fill(wts_shared_memory_t memory, uint64_t offset, uint64_t len, int32_t byte);

/**
 * Loads a 32-bit integer at `offset` of a shared memory atomically, in sequential order.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 4).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_shared_memory_atomic_load_i32(wts_shared_memory_t memory, uint64_t offset, int32_t *out_value);

/**
 * Stores a 32-bit integer at `offset` of a shared memory atomically, in sequential order. It wakes nobody:
 * `wts_shared_memory_notify` does.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (it does not
 * lie in the memory, or `offset` is no multiple of 4).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 */
WTS_API wts_status_t wts_shared_memory_atomic_store_i32(wts_shared_memory_t memory, uint64_t offset, int32_t value);

/**
 * Adds to a 32-bit integer at `offset` of a shared memory atomically, in sequential order, wrapping round.
 * `out_previous` receives its value before.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 4).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_previous` is writable.
 */
WTS_API
wts_status_t wts_shared_memory_atomic_add_i32(wts_shared_memory_t memory,
                                              uint64_t offset,
                                              int32_t value,
                                              int32_t *out_previous);

/**
 * Stores a 32-bit integer at `offset` of a shared memory if `expected` is there, in one atomic step.
 * `out_previous` receives what was there: `expected` if the value was stored.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 4).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_previous` is writable.
 */
WTS_API
wts_status_t wts_shared_memory_atomic_compare_exchange_i32(wts_shared_memory_t memory,
                                                           uint64_t offset,
                                                           int32_t expected,
                                                           int32_t value,
                                                           int32_t *out_previous);

/**
 * Loads a 64-bit integer at `offset` of a shared memory atomically, in sequential order.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 8).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_shared_memory_atomic_load_i64(wts_shared_memory_t memory, uint64_t offset, int64_t *out_value);

/**
 * Stores a 64-bit integer at `offset` of a shared memory atomically, in sequential order. It wakes nobody:
 * `wts_shared_memory_notify` does.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_RANGE` (it does not
 * lie in the memory, or `offset` is no multiple of 8).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 */
WTS_API wts_status_t wts_shared_memory_atomic_store_i64(wts_shared_memory_t memory, uint64_t offset, int64_t value);

/**
 * Adds to a 64-bit integer at `offset` of a shared memory atomically, in sequential order, wrapping round.
 * `out_previous` receives its value before.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 8).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_previous` is writable.
 */
WTS_API
wts_status_t wts_shared_memory_atomic_add_i64(wts_shared_memory_t memory,
                                              uint64_t offset,
                                              int64_t value,
                                              int64_t *out_previous);

/**
 * Stores a 64-bit integer at `offset` of a shared memory if `expected` is there, in one atomic step.
 * `out_previous` receives what was there: `expected` if the value was stored.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 8).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_previous` is writable.
 */
WTS_API
wts_status_t wts_shared_memory_atomic_compare_exchange_i64(wts_shared_memory_t memory,
                                                           uint64_t offset,
                                                           int64_t expected,
                                                           int64_t value,
                                                           int64_t *out_previous);

/**
 * Wakes at most `count` of those that wait at `offset` of a shared memory, in WebAssembly or in
 * `wts_shared_memory_wait_i32` and `_i64`. `out_woken` receives how many were woken.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (it does not lie in the memory, or `offset` is no multiple of 4).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_woken` is writable.
 */
WTS_API
wts_status_t wts_shared_memory_notify(wts_shared_memory_t memory,
                                      uint64_t offset,
                                      uint32_t count,
                                      uint32_t *out_woken);

/**
 * Waits while the 32-bit integer at `offset` of a shared memory is `expected`, until it is notified.
 *
 * Waiting ends after `timeout_ns` nanoseconds; -1 waits for ever. `out_result` receives `WTS_WAIT_NOTIFIED`,
 * `WTS_WAIT_NOT_EQUAL` (at once) or `WTS_WAIT_TIMED_OUT`. Nothing else ends it: neither a deadline nor an
 * interrupt of a store does.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (a timeout below -1, it does not lie in the memory, or `offset` is no multiple of 4).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_result` is writable.
 */
WTS_API
wts_status_t wts_shared_memory_wait_i32(wts_shared_memory_t memory,
                                        uint64_t offset,
                                        int32_t expected,
                                        int64_t timeout_ns,
                                        int32_t *out_result);

/**
 * Waits while the 64-bit integer at `offset` of a shared memory is `expected`, until it is notified.
 *
 * Waiting ends after `timeout_ns` nanoseconds; -1 waits for ever. `out_result` receives `WTS_WAIT_NOTIFIED`,
 * `WTS_WAIT_NOT_EQUAL` (at once) or `WTS_WAIT_TIMED_OUT`. Nothing else ends it: neither a deadline nor an
 * interrupt of a store does.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (a timeout below -1, it does not lie in the memory, or `offset` is no multiple of 8).
 *
 * Threads: Any thread, several at once; with the handle of an export, one at a time per store.
 *
 * Safety: `out_result` is writable.
 */
WTS_API
wts_status_t wts_shared_memory_wait_i64(wts_shared_memory_t memory,
                                        uint64_t offset,
                                        int64_t expected,
                                        int64_t timeout_ns,
                                        int32_t *out_result);

/**
 * Deletes a handle to a shared memory. The memory goes with its last handle and the last store that uses it.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the handle of an export: it goes with its
 * store).
 *
 * Threads: Any thread, several at once.
 */
WTS_API
wts_status_t wts_shared_memory_delete(wts_shared_memory_t memory);

/* ---- Global ---------------------------------------------------------------------------------- */

/**
 * Makes a global with a value, in as many slots as its type takes.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference,
 * or a type of another engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not a global type, or a value of another type),
 * `WTS_ERR_RANGE`, `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` holds `value_len` slots; `out_global` is writable.
 */
WTS_API
wts_status_t wts_global_new(wts_store_t store,
                            wts_type_t type,
                            const int64_t *value,
                            size_t value_len,
                            wts_global_t *out_global);

/**
 * Gets the type of a global, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_global_type(wts_global_t global, wts_type_t *out_type);

/**
 * Gets the value of a global, in as many slots as its type takes. A reference belongs to the caller.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another number of slots).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` has room for `value_len` slots.
 */
WTS_API wts_status_t wts_global_get(wts_global_t global, int64_t *value, size_t value_len);

/**
 * Sets the value of a global, in as many slots as its type takes. A reference is lent.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
 * `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the global is immutable), `WTS_ERR_TYPE` (another number of slots, or a
 * value of another type), `WTS_ERR_RANGE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` holds `value_len` slots.
 */
WTS_API wts_status_t wts_global_set(wts_global_t global, const int64_t *value, size_t value_len);

/**
 * Gets the value of a global as a double.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (not a number), `WTS_ERR_RANGE` (an i64 that no double holds exactly).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_global_get_f64(wts_global_t global, double *out_value);

/**
 * Sets the value of a global from a double.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the global is immutable),
 * `WTS_ERR_TYPE` (not a number), `WTS_ERR_RANGE` (its type does not hold the double exactly).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_global_set_f64(wts_global_t global, double value);

/* ---- Table ----------------------------------------------------------------------------------- */

/**
 * Makes a table of a table type, filled with `init`: a func or reference handle, or 0 for null.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not a table type, or an element of another type), `WTS_ERR_LIMIT`,
 * `WTS_ERR_HOST` (the store's limiter failed).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_table` is writable.
 */
WTS_API wts_status_t wts_table_new(wts_store_t store, wts_type_t type, uint64_t init, wts_table_t *out_table);

/**
 * Gets the type of a table, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_table_type(wts_table_t table, wts_type_t *out_type);

/**
 * Gets an element of a table: 0 for null, a func handle (the same each time), or a reference handle that
 * belongs to the caller.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (no such element).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_table_get(wts_table_t table, uint64_t index, uint64_t *out_value);

/**
 * Sets an element of a table: 0 for null, a func handle, or a reference handle, which is lent.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE`, `WTS_ERR_RANGE` (no such element).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_table_set(wts_table_t table, uint64_t index, uint64_t value);

/**
 * Gets how many elements a table has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_size` is writable.
 */
WTS_API wts_status_t wts_table_size(wts_table_t table, uint64_t *out_size);

/**
 * Grows a table by `delta` elements, each `init`: a func or reference handle, or 0 for null.
 * `out_previous` receives its size before.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_TYPE`, `WTS_ERR_LIMIT` (over its maximum or the store's limits, or the system gives no
 * more), `WTS_ERR_HOST` (the store's limiter failed).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_previous` is writable.
 */
WTS_API wts_status_t wts_table_grow(wts_table_t table, uint64_t delta, uint64_t init, uint64_t *out_previous);

/**
 * Sets `len` elements of a table from `index` on to `value`: a func or reference handle, which is lent, or 0 for
 * null.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE`, `WTS_ERR_RANGE` (they do not all lie in the table; none is set).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_table_fill(wts_table_t table, uint64_t index, uint64_t value, uint64_t len);

/**
 * Copies `len` elements of a table from `source_index` on to another table of the store, or to another place of the
 * same one, where both places may overlap.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (the table holds no elements of the other's type), `WTS_ERR_RANGE` (they do not all lie in both
 * tables; none is copied).
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_table_copy(wts_table_t table,
                            uint64_t index,
                            wts_table_t source,
                            uint64_t source_index,
                            uint64_t len);

/* ---- Tag ------------------------------------------------------------------------------------- */

/**
 * Makes a tag of a tag type. It lives as long as the store.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
 * engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also: the engine has no garbage collection), `WTS_ERR_TYPE` (not a
 * tag type), `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_tag` is writable.
 */
WTS_API wts_status_t wts_tag_new(wts_store_t store, wts_type_t type, wts_tag_t *out_tag);

/**
 * Gets the type of a tag, a new handle. Its parameters are the fields of the tag's exceptions.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_tag_type(wts_tag_t tag, wts_type_t *out_type);

/**
 * Tells whether two handles name the same tag: 1, or 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_same` is writable.
 */
WTS_API wts_status_t wts_tag_same(wts_tag_t tag, wts_tag_t other, int32_t *out_same);

/* ---- Reference ------------------------------------------------------------------------------- */

/**
 * Makes an externref that holds `value`.
 *
 * `drop`, if not NULL, runs once on `env` after the object was collected or its store deleted. The
 * reference belongs to the caller. On failure nothing was taken: `drop` does not run and
 * `out_reference` is not written.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also:
 * the engine has no garbage collection), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
 *
 * Threads:
 * One thread at a time per store. `drop` runs on the thread whose call let go of the object, when the outermost call
 * returns, or before that when the guest calls a host function that takes or gives references; while it runs the
 * store is busy.
 *
 * Safety: `env` is valid until `drop`; `out_reference` is writable.
 */
WTS_API
wts_status_t wts_externref_new(wts_store_t store,
                               uint64_t value,
                               void *env,
                               wts_drop_t drop,
                               wts_reference_t *out_reference);

/**
 * Gets the value that an externref was made with.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (a reference that `wts_externref_new` did not make).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_externref_get(wts_reference_t reference, uint64_t *out_value);

/**
 * Makes an externref of an internal reference: WebAssembly's `extern.convert_any`.
 *
 * It is a new reference to the same object, which belongs to the caller.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (not an internal reference), `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_reference` is writable.
 */
WTS_API wts_status_t wts_externref_convert_any(wts_reference_t reference, wts_reference_t *out_reference);

/**
 * Makes an internal reference of an externref: WebAssembly's `any.convert_extern`.
 *
 * It is a new reference to the same object, which belongs to the caller.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (not an externref), `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_reference` is writable.
 */
WTS_API wts_status_t wts_anyref_convert_extern(wts_reference_t reference, wts_reference_t *out_reference);

/**
 * Gets the kind of a reference, the most exact one: `WTS_EXTERNREF`, `WTS_I31REF`, `WTS_STRUCTREF`,
 * `WTS_ARRAYREF`, `WTS_EXNREF`, or `WTS_ANYREF` for a host reference that was made an internal one.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_kind` is writable.
 */
WTS_API wts_status_t wts_reference_kind(wts_reference_t reference, int32_t *out_kind);

/**
 * Gets the type of a reference, a new handle: never null, and to the very struct or array type that the
 * object was made with.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_reference_type(wts_reference_t reference, wts_type_t *out_type);

/**
 * Tells whether a reference is of an abstract kind, such as `WTS_EQREF`: 1, or 0. WebAssembly's `ref.test`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (no kind of reference), `WTS_ERR_UNSUPPORTED` (`WTS_REF`, `WTS_REF_NULL`).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_is` is writable.
 */
WTS_API wts_status_t wts_reference_is(wts_reference_t reference, int32_t kind, int32_t *out_is);

/**
 * Tells whether a reference is of a type: 1 if the object's own type is the same or a subtype, else 0.
 * WebAssembly's `ref.test`.
 *
 * `type` is a reference type, or the type of a struct or an array.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_WRONG_STORE` (a type of another engine), `WTS_ERR_TYPE` (another type).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_matches` is writable.
 */
WTS_API wts_status_t wts_reference_matches(wts_reference_t reference, wts_type_t type, int32_t *out_matches);

/**
 * Tells whether two references are of the same object: 1, or 0. WebAssembly's `ref.eq`; two i31 are the
 * same when their values are.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_same` is writable.
 */
WTS_API wts_status_t wts_reference_same(wts_reference_t reference, wts_reference_t other, int32_t *out_same);

/**
 * Roots the same object once more, under a handle of its own.
 *
 * This is how a callback keeps a reference that it was lent, or answers one that it keeps.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_reference` is writable.
 */
WTS_API wts_status_t wts_reference_clone(wts_reference_t reference, wts_reference_t *out_reference);

/**
 * Deletes a reference: its object is no longer kept by this handle. A resumable call in its store does not prevent that.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`.
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_reference_delete(wts_reference_t reference);

/* ---- I31 ------------------------------------------------------------------------------------- */

/**
 * Makes an i31 reference; it belongs to the caller.
 *
 * `value` may be meant signed or unsigned: from -2^30 to 2^31 - 1.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (below -2^30), `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_reference` is writable.
 */
WTS_API wts_status_t wts_i31_new(wts_store_t store, int32_t value, wts_reference_t *out_reference);

/**
 * Gets the value of an i31 reference, read as signed.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_i31_get(wts_reference_t reference, int32_t *out_value);

/**
 * Gets the value of an i31 reference, read as unsigned.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_i31_get_u(wts_reference_t reference, uint32_t *out_value);

/* ---- Struct ---------------------------------------------------------------------------------- */

/**
 * Makes a struct of a struct type from the values of its fields; the reference belongs to the caller.
 *
 * `fields` holds the slots of all fields in their order: two for a v128, one for others, of an i8 or i16 the
 * low bits count. References in it are lent. Garbage is collected where memory is short.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference, or a type
 * of another engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not a struct type, another number of slots,
 * or a reference of another type), `WTS_ERR_RANGE` (a slot over 32 bits), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `fields` holds `fields_len` slots; `out_reference` is writable.
 */
WTS_API
wts_status_t wts_struct_new(wts_store_t store,
                            wts_type_t type,
                            const int64_t *fields,
                            size_t fields_len,
                            wts_reference_t *out_reference);

/**
 * Gets the type of a struct, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_struct_type(wts_reference_t reference, wts_type_t *out_type);

/**
 * Gets how many fields a struct has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_struct_field_count(wts_reference_t reference, size_t *out_count);

/**
 * Gets the value of a struct's field, in as many slots as its type takes. An i8 or i16 is read as unsigned. A
 * reference belongs to the caller.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference, or another number of slots), `WTS_ERR_RANGE` (no such field),
 * `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` has room for `value_len` slots.
 */
WTS_API wts_status_t wts_struct_get(wts_reference_t reference, size_t index, int64_t *value, size_t value_len);

/**
 * Sets the value of a struct's field, in as many slots as its type takes. Of an i8 or i16 the low bits count. A
 * reference is lent.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
 * `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the field is immutable), `WTS_ERR_TYPE` (not a struct, another number of slots,
 * or a reference of another type), `WTS_ERR_RANGE` (no such field, or a slot over 32 bits).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` holds `value_len` slots.
 */
WTS_API wts_status_t wts_struct_set(wts_reference_t reference, size_t index, const int64_t *value, size_t value_len);

/* ---- Array ----------------------------------------------------------------------------------- */

/**
 * Makes an array of `len` elements, each `value`; the reference belongs to the caller.
 *
 * `value` holds as many slots as an element takes: two for a v128, one for others, of an i8 or i16 the low bits
 * count. A reference in it is lent. Garbage is collected where memory is short. A large array takes its time
 * (some 30 ns an element), which no deadline ends.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference, or a type
 * of another engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not an array type, another number of slots,
 * or a reference of another type), `WTS_ERR_RANGE` (a slot over 32 bits), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT` (more
 * elements than any array has).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` holds `value_len` slots; `out_reference` is writable.
 */
WTS_API
wts_status_t wts_array_new(wts_store_t store,
                           wts_type_t type,
                           const int64_t *value,
                           size_t value_len,
                           uint64_t len,
                           wts_reference_t *out_reference);

/**
 * Makes an array of the elements whose slots `elements` holds; else as `wts_array_new`.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference, or a type
 * of another engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not an array type, half a v128, or a
 * reference of another type), `WTS_ERR_RANGE` (a slot over 32 bits), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `elements` holds `elements_len` slots; `out_reference` is writable.
 */
WTS_API
wts_status_t wts_array_new_fixed(wts_store_t store,
                                 wts_type_t type,
                                 const int64_t *elements,
                                 size_t elements_len,
                                 wts_reference_t *out_reference);

/**
 * Makes an array of i8 from bytes, which are copied; the reference belongs to the caller.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a type of another
 * engine), `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (not the type of an array of i8), `WTS_ERR_MEMORY`,
 * `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `bytes` holds `bytes_len` bytes; `out_reference` is writable.
 */
WTS_API
wts_status_t wts_array_new_bytes(wts_store_t store,
                                 wts_type_t type,
                                 const uint8_t *bytes,
                                 size_t bytes_len,
                                 wts_reference_t *out_reference);

/**
 * Copies out the elements of an array of i8.
 *
 * `cap` 0 asks for their number.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_TYPE` (another reference, or an array of something else).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_array_bytes(wts_reference_t reference, uint8_t *buf, size_t cap, size_t *out_len);

/**
 * Gets the type of an array, a new handle.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_array_type(wts_reference_t reference, wts_type_t *out_type);

/**
 * Gets how many elements an array has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_array_len(wts_reference_t reference, uint64_t *out_count);

/**
 * Gets an element of an array, in as many slots as its type takes. An i8 or i16 is read as unsigned. A
 * reference belongs to the caller.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference, or another number of slots), `WTS_ERR_RANGE` (no such element),
 * `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` has room for `value_len` slots.
 */
WTS_API wts_status_t wts_array_get(wts_reference_t reference, uint64_t index, int64_t *value, size_t value_len);

/**
 * Sets an element of an array, in as many slots as its type takes. Of an i8 or i16 the low bits count. A
 * reference is lent.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
 * `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the elements are immutable), `WTS_ERR_TYPE` (not an array, another number of
 * slots, or a reference of another type), `WTS_ERR_RANGE` (no such element, or a slot over 32 bits).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` holds `value_len` slots.
 */
WTS_API wts_status_t wts_array_set(wts_reference_t reference, uint64_t index, const int64_t *value, size_t value_len);

/* ---- Exception ------------------------------------------------------------------------------- */

/**
 * Makes an exception of a tag from the values of its fields; the reference belongs to the caller.
 *
 * `fields` holds the slots of all fields in their order, as many as the parameters of the tag's type take.
 * References in it are lent. Garbage is collected where memory is short.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a reference),
 * `WTS_ERR_BUSY`, `WTS_ERR_STATE`, `WTS_ERR_TYPE` (another number of slots, or a reference of another type),
 * `WTS_ERR_RANGE` (a slot over 32 bits), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `fields` holds `fields_len` slots; `out_reference` is writable.
 */
WTS_API
wts_status_t wts_exn_new(wts_tag_t tag,
                         const int64_t *fields,
                         size_t fields_len,
                         wts_reference_t *out_reference);

/**
 * Gets the tag of an exception, which tells what its fields mean.
 *
 * The tag belongs to the store and is the same handle each time.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_tag` is writable.
 */
WTS_API wts_status_t wts_exn_tag(wts_reference_t reference, wts_tag_t *out_tag);

/**
 * Gets how many fields an exception has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_exn_field_count(wts_reference_t reference, size_t *out_count);

/**
 * Gets the value of an exception's field, in as many slots as its type takes. A reference belongs to the
 * caller.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (another reference, or another number of slots), `WTS_ERR_RANGE` (no such field),
 * `WTS_ERR_LIMIT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `value` has room for `value_len` slots.
 */
WTS_API wts_status_t wts_exn_get(wts_reference_t reference, size_t index, int64_t *value, size_t value_len);

/* ---- Component ------------------------------------------------------------------------------- */

/** A function. */
#define WTS_COMPONENT_ITEM_FUNC 1
/** An instance, which is what an interface of WIT becomes; its members are items of their own. */
#define WTS_COMPONENT_ITEM_INSTANCE 2
/** A type that is not a resource. */
#define WTS_COMPONENT_ITEM_TYPE 3
/** A resource type. */
#define WTS_COMPONENT_ITEM_RESOURCE 4
/** A module. */
#define WTS_COMPONENT_ITEM_MODULE 5
/** A component. */
#define WTS_COMPONENT_ITEM_COMPONENT 6
/** A function of a module. */
#define WTS_COMPONENT_ITEM_CORE_FUNC 7

/**
 * Compiles a component, from the binary or the text format.
 *
 * The component is deleted with `wts_component_delete`. `out_component` is not written on failure. The engine's
 * module cache keeps components too.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_COMPILE` (the message has the byte
 * offset, or for text the line and column), `WTS_ERR_STATE` (an engine without compiler, or for another machine),
 * `WTS_ERR_UNSUPPORTED` (a build without components or compiler), `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread. Compilation runs on threads of the library.
 *
 * Safety: `bytes` holds `bytes_len` bytes; `out_component` is writable.
 */
WTS_API
wts_status_t wts_component_new(wts_engine_t engine,
                               const uint8_t *bytes,
                               size_t bytes_len,
                               wts_component_t *out_component);

/**
 * Compiles a component from a file in the binary or the text format.
 *
 * Errors:
 * As `wts_component_new`, and `WTS_ERR_UTF8` (the path), `WTS_ERR_IO`, `WTS_ERR_MEMORY` (for a file of its size).
 *
 * Threads: Any thread. Compilation runs on threads of the library.
 *
 * Safety: `path` holds `path_len` bytes; `out_component` is writable.
 */
WTS_API
wts_status_t wts_component_new_file(wts_engine_t engine,
                                    const char *path,
                                    size_t path_len,
                                    wts_component_t *out_component);

/**
 * Compiles a component, from the binary or the text format, to an artifact in a new buffer, without loading it.
 * See `wts_engine_precompile`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_COMPILE`, `WTS_ERR_STATE` (the
 * option `compiler` is off), `WTS_ERR_UNSUPPORTED` (a build without components or compiler), `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread. Compilation runs on threads of the library.
 *
 * Safety: `bytes` holds `bytes_len` bytes; `out_buffer` is writable.
 */
WTS_API
wts_status_t wts_component_precompile(wts_engine_t engine,
                                      const uint8_t *bytes,
                                      size_t bytes_len,
                                      wts_buffer_t *out_buffer);

/**
 * Copies out a component as an artifact, which `wts_component_deserialize` loads without compiling.
 *
 * An artifact is code for one version, target and set of options, with a checksum, as one of a module is.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_MEMORY`,
 * `WTS_ERR_UNSUPPORTED` (a build without components or compiler).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_component_serialize(wts_component_t component, uint8_t *buf, size_t cap, size_t *out_len);

/**
 * Writes a component to a file as an artifact. The file is written whole or not at all.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_IO`,
 * `WTS_ERR_MEMORY`, `WTS_ERR_UNSUPPORTED` (a build without components or compiler).
 *
 * Threads: Any thread.
 *
 * Safety: `path` holds `path_len` bytes.
 */
WTS_API wts_status_t wts_component_serialize_file(wts_component_t component, const char *path, size_t path_len);

/**
 * Loads a component from an artifact.
 *
 * The checksum is compared before anything is trusted. It detects accidents; against an attacker who can write
 * artifacts, set the option `artifact_key`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_CORRUPT` (truncated, edited,
 * foreign, or sealed with another key), `WTS_ERR_STATE` (made for another engine, version or machine, or of a
 * module), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `bytes` holds `bytes_len` bytes; `out_component` is writable.
 */
WTS_API
wts_status_t wts_component_deserialize(wts_engine_t engine,
                                       const uint8_t *bytes,
                                       size_t bytes_len,
                                       wts_component_t *out_component);

/**
 * Loads a component from an artifact in a file. It is read, whatever the option `map_artifacts` says.
 *
 * Errors:
 * As `wts_component_deserialize`, and `WTS_ERR_UTF8` (the path), `WTS_ERR_IO`, `WTS_ERR_MEMORY` (for a file of its size).
 *
 * Threads: Any thread.
 *
 * Safety: `path` holds `path_len` bytes; `out_component` is writable.
 */
WTS_API
wts_status_t wts_component_deserialize_file(wts_engine_t engine,
                                            const char *path,
                                            size_t path_len,
                                            wts_component_t *out_component);

/**
 * Copies out what a component imports and exports as the text of a world in WIT, with the interfaces that it
 * names.
 *
 * Compiled components do not keep all that their WIT said: documentation is lost, a type that one interface takes
 * from another is defined again, and where a type has no name it is written out.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT` (the text
 * has over 16 MiB), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_component_wit(wts_component_t component, char *buf, size_t cap, size_t *out_len);

/**
 * Gets how many items a component imports. The members of an instance are items too, and follow it.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT` (the types have over 16 MiB
 * of text), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_component_import_count(wts_component_t component, size_t *out_count);

/**
 * Copies out the name of an import, such as `run`; that of a member is `instance#member`, such as
 * `wasi:io/poll@0.2.0#poll`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`,
 * `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_component_import_name(wts_component_t component,
                                       size_t index,
                                       char *buf,
                                       size_t cap,
                                       size_t *out_len);

/**
 * Gets what an import is: `WTS_COMPONENT_ITEM_FUNC`, `_INSTANCE`, `_TYPE`, `_RESOURCE`, `_MODULE`, `_COMPONENT` or
 * `_CORE_FUNC`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`, `WTS_ERR_LIMIT`,
 * `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `out_kind` is writable.
 */
WTS_API wts_status_t wts_component_import_kind(wts_component_t component, size_t index, int32_t *out_kind);

/**
 * Copies out the type of an import in the words of WIT, such as `func(name: string) -> result<u32, string>`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`,
 * `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_component_import_type(wts_component_t component,
                                       size_t index,
                                       char *buf,
                                       size_t cap,
                                       size_t *out_len);

/**
 * Gets how many items a component exports. The members of an instance are items too, and follow it.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT` (the types have over 16 MiB
 * of text), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_component_export_count(wts_component_t component, size_t *out_count);

/**
 * Copies out the name of an export, such as `run`; that of a member is `instance#member`, such as
 * `wasi:io/poll@0.2.0#poll`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`,
 * `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_component_export_name(wts_component_t component,
                                       size_t index,
                                       char *buf,
                                       size_t cap,
                                       size_t *out_len);

/**
 * Gets what an export is: `WTS_COMPONENT_ITEM_FUNC`, `_INSTANCE`, `_TYPE`, `_RESOURCE`, `_MODULE`, `_COMPONENT` or
 * `_CORE_FUNC`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`, `WTS_ERR_LIMIT`,
 * `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `out_kind` is writable.
 */
WTS_API wts_status_t wts_component_export_kind(wts_component_t component, size_t index, int32_t *out_kind);

/**
 * Copies out the type of an export in the words of WIT, such as `func(name: string) -> result<u32, string>`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`,
 * `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API
wts_status_t wts_component_export_type(wts_component_t component,
                                       size_t index,
                                       char *buf,
                                       size_t cap,
                                       size_t *out_len);

/**
 * Deletes a component. Its instances are not affected.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_component_delete(wts_component_t component);

/* ---- Component linker ------------------------------------------------------------------------ */

/**
 * Makes a linker of components, in which nothing is defined.
 *
 * A definition has a name, and stands in an instance, which is what an interface such as `wasi:io/poll@0.2.0`
 * becomes, or with an empty instance name in none. A component that imports another version of an interface gets
 * the definitions of one that is compatible by its number.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a
 * build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `out_linker` is writable.
 */
WTS_API wts_status_t wts_component_linker_new(wts_engine_t engine, wts_component_linker_t *out_linker);

/**
 * Makes a linker with the same definitions and settings, which is changed on its own from then on.
 *
 * The new one is the caller's to delete. A host function is dropped when both let go of it.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a
 * build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `out_linker` is writable.
 */
WTS_API wts_status_t wts_component_linker_clone(wts_component_linker_t linker, wts_component_linker_t *out_linker);

/**
 * Allows (1) or refuses (0, the default) that a name is defined again.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`, `WTS_ERR_UNSUPPORTED` (a build without
 * components).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_component_linker_set_allow_shadowing(wts_component_linker_t linker, int32_t allow);

/**
 * Defines a host function whose parameters and result are numbers, booleans and characters: each is a slot.
 *
 * An integer is a slot of that value, a `bool` 0 or 1, a `char` its code point, an `f32` its bits in the low half,
 * an `f64` its bits. Its type is that of the function which a component imports. If others are among it, the call
 * ends with `WTS_ERR_HOST`, and so does a result that does not fit. `wts_caller_get_export` finds nothing in it,
 * and it cannot answer `WTS_PENDING`. `drop`, if not NULL, runs once on `env` when the linker and all that was
 * instantiated with it are deleted. On failure nothing was taken: `drop` does not run.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
 * `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads:
 * Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use
 * it.
 *
 * Safety: Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_component_linker_define_func(wts_component_linker_t linker,
                                              const char *instance,
                                              size_t instance_len,
                                              const char *name,
                                              size_t name_len,
                                              wts_callback_t function,
                                              void *env,
                                              wts_drop_t drop);

/**
 * Defines a host function with parameters and a result of any type that WAVE has words for, as text; else as
 * `wts_component_linker_define_func`. See `wts_component_func_call_wave`.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
 * `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads:
 * Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use
 * it.
 *
 * Safety: Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_component_linker_define_func_wave(wts_component_linker_t linker,
                                                   const char *instance,
                                                   size_t instance_len,
                                                   const char *name,
                                                   size_t name_len,
                                                   wts_wave_callback_t function,
                                                   void *env,
                                                   wts_drop_t drop);

/**
 * Defines a host function that has one `string` or `list<u8>` among its parameters, or returns one, besides
 * numbers, booleans and characters; else as `wts_component_linker_define_func`. Bytes come and go without
 * encoding.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
 * `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads:
 * Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use
 * it.
 *
 * Safety: Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_component_linker_define_func_bytes(wts_component_linker_t linker,
                                                    const char *instance,
                                                    size_t instance_len,
                                                    const char *name,
                                                    size_t name_len,
                                                    wts_bytes_callback_t function,
                                                    void *env,
                                                    wts_drop_t drop);

/**
 * Defines a host function of a type, such as `func(x: u32, text: string) -> bool`; else as
 * `wts_component_linker_define_func_bytes`.
 *
 * The type is in the words of WIT, and parameters need no names. Slots do not say what they hold, so this is how a
 * function that was written for a `u32` never gets the bits of an `f32`: where a component imports it with another
 * type, calling it ends with `WTS_ERR_HOST`, and the message has both types.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`,
 * `WTS_ERR_TYPE` (not such a type), `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without
 * components).
 *
 * Threads:
 * Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use
 * it.
 *
 * Safety: Texts are as long as said; `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_component_linker_define_func_of(wts_component_linker_t linker,
                                                 const char *instance,
                                                 size_t instance_len,
                                                 const char *name,
                                                 size_t name_len,
                                                 const char *type,
                                                 size_t type_len,
                                                 wts_bytes_callback_t function,
                                                 void *env,
                                                 wts_drop_t drop);

/**
 * Defines a module, which components can import and instantiate themselves.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a
 * module of another engine), `WTS_ERR_STATE` (the name is taken), `WTS_ERR_UNSUPPORTED` (a build without
 * components).
 *
 * Threads: Any thread.
 *
 * Safety: Texts are as long as said.
 */
WTS_API
wts_status_t wts_component_linker_define_module(wts_component_linker_t linker,
                                                const char *instance,
                                                size_t instance_len,
                                                const char *name,
                                                size_t name_len,
                                                wts_module_t module);

/**
 * Defines a resource type of the host's, and gets its number for `wts_resource_new`, which is never issued twice.
 *
 * A resource of it is a number of the caller's, an address for example. `function` is called with it when nobody
 * owns it any more: the guest that owned it or `wts_resource_delete` dropped it, or its store was deleted. It runs
 * when the outermost call of the store returns, or before that when the guest calls another host function of a
 * component, and finds the store busy. `drop`, if not NULL, runs once on `env` when the linker, all that was
 * instantiated with it and all resources of the type are gone. On failure nothing was taken.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (the name is
 * taken), `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread. `function` is called on the thread whose call let go of the resource.
 *
 * Safety: Texts are as long as said; `function` may be called with `env` until `drop`; `out_type` is writable.
 */
WTS_API
wts_status_t wts_component_linker_define_resource(wts_component_linker_t linker,
                                                  const char *instance,
                                                  size_t instance_len,
                                                  const char *name,
                                                  size_t name_len,
                                                  wts_resource_drop_t function,
                                                  void *env,
                                                  wts_drop_t drop,
                                                  uint64_t *out_type);

/**
 * Defines the interfaces of WASI 0.2: all or, if a name is taken, none.
 *
 * What they do is up to the store (`wts_store_set_wasi`). Polling, streams and files that wait stop their thread; a
 * timeout or an interrupt of the store ends it all the same, where the engine's option `epoch_interruption` is on.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (a name is taken), `WTS_ERR_UNSUPPORTED` (a
 * build without components or WASI).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_component_linker_define_wasi(wts_component_linker_t linker);

/**
 * Defines the interfaces of `wasi:http` for requests that guests send, beside those that
 * `wts_component_linker_define_wasi` defines.
 *
 * Guests may connect to what the store's description opens of the network (`WTS_WASI_TCP_CONNECT`): to addresses, and to
 * names if it allows looking them up. All else is refused, with the error codes `HTTP-request-denied` and
 * `destination-IP-prohibited`. The name is looked up while the guest waits, and its addresses are asked for one by
 * one. Certificates are checked against the authorities that browsers trust. Requests are sent by HTTP 1.1; servers
 * are not offered. What waits is ended by a timeout or an interrupt, as in the rest of WASI.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (a name is taken), `WTS_ERR_UNSUPPORTED` (a
 * build without the feature `http`, which is off by default).
 *
 * Threads: Any thread.
 */
WTS_API
wts_status_t wts_component_linker_define_http(wts_component_linker_t linker);

/**
 * Defines what a component imports and the linker lacks: functions that fail when they are called, with
 * `WTS_ERR_LINK`, and resource types. All or, if one cannot be, none.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another engine), `WTS_ERR_LINK` (a
 * module or component is missing), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 */
WTS_API
wts_status_t wts_component_linker_define_unknown_imports_as_traps(wts_component_linker_t linker,
                                                                  wts_component_t component);

/**
 * Instantiates a component, and runs the start functions of its modules.
 *
 * The instance belongs to the store. Resumable calls of components do not exist; in a store that is asynchronous
 * they run to their end.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_WRONG_STORE`
 * (another engine), `WTS_ERR_LINK` (an import is missing or has another type), `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`,
 * `WTS_ERR_STATE` (also: the store has no WASI and the component imports some), `WTS_ERR_UNSUPPORTED` (a build
 * without components), and what start functions can end with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`,
 * `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_instance` is writable.
 */
WTS_API
wts_status_t wts_component_linker_instantiate(wts_component_linker_t linker,
                                              wts_store_t store,
                                              wts_component_t component,
                                              wts_component_instance_t *out_instance);

/**
 * Resolves the imports of a component, for `wts_component_instance_pre_instantiate`.
 *
 * It is deleted with `wts_component_instance_pre_delete`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (another engine),
 * `WTS_ERR_LINK` (an import is missing or has another type), `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`,
 * `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread.
 *
 * Safety: `out_pre` is writable.
 */
WTS_API
wts_status_t wts_component_linker_instance_pre(wts_component_linker_t linker,
                                               wts_component_t component,
                                               wts_component_instance_pre_t *out_pre);

/**
 * Instantiates a command, a component that exports `wasi:cli/run`, and runs it to its end: a program for WASI 0.2.
 *
 * `WTS_OK` means that it succeeded, or exited with status 0. Failure is `WTS_ERR_EXIT`, and
 * `wts_error_exit_status` tells its status, which is 1 where the program gave none.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also: the store has no WASI
 * and the component imports some), `WTS_ERR_WRONG_STORE` (another engine), `WTS_ERR_LINK`, `WTS_ERR_NOT_FOUND` (it
 * exports no `wasi:cli/run`), `WTS_ERR_TYPE` (that is not a function that returns a result), `WTS_ERR_EXIT`,
 * `WTS_ERR_UNSUPPORTED` (a build without components), and what else the program can end with: `WTS_ERR_TRAP`,
 * `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 */
WTS_API
wts_status_t wts_component_linker_run_command(wts_component_linker_t linker,
                                              wts_store_t store,
                                              wts_component_t component);

/**
 * Deletes a linker of components. What was instantiated with it is not affected.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread. Drop callbacks of its host functions may run here.
 */
WTS_API wts_status_t wts_component_linker_delete(wts_component_linker_t linker);

/* ---- Pre-instance of a component ------------------------------------------------------------- */

/**
 * Instantiates in a store, and runs the start functions of the component's modules.
 *
 * The instance belongs to the store.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_WRONG_STORE`
 * (another engine), `WTS_ERR_LIMIT`, `WTS_ERR_MEMORY`, `WTS_ERR_STATE` (also: the store has no WASI and the
 * component imports some), `WTS_ERR_UNSUPPORTED` (a build without components), and what start functions can end
 * with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`.
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_instance` is writable.
 */
WTS_API
wts_status_t wts_component_instance_pre_instantiate(wts_component_instance_pre_t pre,
                                                    wts_store_t store,
                                                    wts_component_instance_t *out_instance);

/**
 * Deletes a pre-instance of a component. Its instances are not affected.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: Any thread. Drop callbacks of host functions may run here.
 */
WTS_API wts_status_t wts_component_instance_pre_delete(wts_component_instance_pre_t pre);

/* ---- Component instance ---------------------------------------------------------------------- */

/**
 * Gets an exported function by its path, the same handle each time: `run`, or for a member of an exported instance
 * `ns:pkg/iface@1.0.0#func`. Methods of resources are members such as `[method]file.read`.
 *
 * The function belongs to the store.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_NOT_FOUND` (the message has the names that exist), `WTS_ERR_TYPE` (the export is not a
 * function), `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `path` holds `path_len` bytes; `out_func` is writable.
 */
WTS_API
wts_status_t wts_component_instance_get_func(wts_component_instance_t instance,
                                             const char *path,
                                             size_t path_len,
                                             wts_component_func_t *out_func);

/* ---- Component func -------------------------------------------------------------------------- */

/**
 * Copies out the type of a function in the words of WIT, such as `func(name: string) -> list<u8>`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_component_func_type(wts_component_func_t func, char *buf, size_t cap, size_t *out_len);

/**
 * Gets how many parameters a function has.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_component_func_param_count(wts_component_func_t func, size_t *out_count);

/**
 * Gets how many results a function has: 0 or 1.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_count` is writable.
 */
WTS_API wts_status_t wts_component_func_result_count(wts_component_func_t func, size_t *out_count);

/**
 * Calls a function with its arguments and result as text in WAVE, the WebAssembly value encoding.
 *
 * `args` is a tuple: `(1, "a", {x: 2, y: 3}, [some('b'), none])`, or `()` if there are none; options at the end
 * may be left out. The result comes in a new buffer, `ok([1, 2])` for example, which is empty if the function
 * returns none.
 *
 * A resource is the number of its handle. One that stands for a `borrow` is lent for the call, one that stands for
 * an `own` is given away: unless the call was refused as a mistake of the caller's, the handle is gone, whatever
 * the call ends with. One that comes out belongs to the caller. NaNs lose their payload. After a trap no component
 * instance of the store can be called any more.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE` (also: WebAssembly of the store trapped before), `WTS_ERR_TRAP` (also: the guest broke the rules
 * of the canonical ABI, with `WTS_TRAP_OTHER`), `WTS_ERR_HOST`, `WTS_ERR_EXIT` (a program of WASI ended itself),
 * `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an import that was left as a trap),
 * `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT` (too little stack, or a result of over 128 MiB:
 * `wts_store_set_hostcall_fuel`), `WTS_ERR_WRONG_STORE` (a resource), `WTS_ERR_TYPE` (the text is not WAVE, or
 * values are not of the types of the parameters; the message says where), `WTS_ERR_RANGE` (a number that does not
 * fit), `WTS_ERR_UNSUPPORTED` (a `map`, `future`, `stream` or `error-context`, for which WAVE has no words; a
 * build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `args` holds `args_len` bytes; `out_result` is writable.
 */
WTS_API
wts_status_t wts_component_func_call_wave(wts_component_func_t func,
                                          const char *args,
                                          size_t args_len,
                                          wts_buffer_t *out_result);

/**
 * Calls a function whose parameters and result are numbers, booleans and characters with slots, without text.
 *
 * An integer is a slot of that value, a `bool` 0 or 1, a `char` its code point, an `f32` its bits in the low half,
 * an `f64` its bits. `results` is not written on failure. See `wts_component_func_call_wave` for what a trap
 * means.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also:
 * WebAssembly of the store trapped before), `WTS_ERR_TRAP` (also: the guest broke the rules of the canonical ABI,
 * with `WTS_TRAP_OTHER`), `WTS_ERR_HOST`, `WTS_ERR_EXIT` (a program of WASI ended itself), `WTS_ERR_FUEL`,
 * `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an import that was left as a trap), `WTS_ERR_MEMORY`,
 * `WTS_ERR_LIMIT` (too little stack, or a result of over 128 MiB: `wts_store_set_hostcall_fuel`), `WTS_ERR_TYPE`
 * (a count, or a function with other types), `WTS_ERR_RANGE` (a slot that is not a value of its type),
 * `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `args` holds `nargs` slots and `results` has room for `nresults`.
 */
WTS_API
wts_status_t wts_component_func_call(wts_component_func_t func,
                                     const int64_t *args,
                                     size_t nargs,
                                     int64_t *results,
                                     size_t nresults);

/**
 * Calls a function that has one `string` or `list<u8>` among its parameters, or returns one, besides numbers,
 * booleans and characters, without encoding.
 *
 * `bytes` is that parameter, wherever it stands, and is ignored if there is none; `args` holds slots of the
 * others, as in `wts_component_func_call`. A `string` or `list<u8>` that is returned comes in a new buffer, and
 * `nresults` is 0; otherwise `out_buffer` becomes 0. Functions of one such parameter that return one or nothing
 * are the fastest.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (also:
 * WebAssembly of the store trapped before), `WTS_ERR_TRAP` (also: the guest broke the rules of the canonical ABI,
 * with `WTS_TRAP_OTHER`), `WTS_ERR_HOST`, `WTS_ERR_EXIT` (a program of WASI ended itself), `WTS_ERR_FUEL`,
 * `WTS_ERR_TIMEOUT`, `WTS_ERR_INTERRUPT`, `WTS_ERR_LINK` (an import that was left as a trap), `WTS_ERR_MEMORY`,
 * `WTS_ERR_LIMIT` (too little stack, or a result of over 128 MiB: `wts_store_set_hostcall_fuel`), `WTS_ERR_UTF8`
 * (a `string`), `WTS_ERR_TYPE` (a count, or a function with other types), `WTS_ERR_RANGE` (a slot that is not a
 * value of its type), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `args` holds `nargs` slots, `bytes` `bytes_len` bytes, and `results` has room for `nresults`; `out_buffer` is
 * writable.
 */
WTS_API
wts_status_t wts_component_func_call_bytes(wts_component_func_t func,
                                           const int64_t *args,
                                           size_t nargs,
                                           const uint8_t *bytes,
                                           size_t bytes_len,
                                           int64_t *results,
                                           size_t nresults,
                                           wts_buffer_t *out_buffer);

/* ---- Resource -------------------------------------------------------------------------------- */

/**
 * Makes a resource of the host's, which the caller owns. `type` is what `wts_component_linker_define_resource`
 * gave.
 *
 * The store has it until it is given away or deleted. Then, or when the guest that got it drops it, the function
 * of the type is called with `value`. On failure nothing was taken.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_RANGE` (no such type, or it is gone), `WTS_ERR_MEMORY`, `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build
 * without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_resource` is writable.
 */
WTS_API wts_status_t wts_resource_new(wts_store_t store, uint64_t type, uint64_t value, wts_resource_t *out_resource);

/**
 * Gets the value that a resource of the host's was made with, whether it is owned or borrowed.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (a guest's resource), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_value` is writable.
 */
WTS_API wts_status_t wts_resource_value(wts_resource_t resource, uint64_t *out_value);

/**
 * Gets the number of the type of a resource of the host's, as `wts_component_linker_define_resource` gave it.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_TYPE` (a guest's resource), `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_type` is writable.
 */
WTS_API wts_status_t wts_resource_type(wts_resource_t resource, uint64_t *out_type);

/**
 * Tells whether two resources are of the same type: 1 or 0. Each instance of a component has resource types of its
 * own.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE`, `WTS_ERR_BUSY`,
 * `WTS_ERR_STATE`, `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_same` is writable.
 */
WTS_API wts_status_t wts_resource_same_type(wts_resource_t resource, wts_resource_t other, int32_t *out_same);

/**
 * Tells whether a resource is owned, 1, or lent to a host function that is running, 0.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE`,
 * `WTS_ERR_UNSUPPORTED` (a build without components).
 *
 * Threads: One thread at a time per store.
 *
 * Safety: `out_is` is writable.
 */
WTS_API wts_status_t wts_resource_is_owned(wts_resource_t resource, int32_t *out_is);

/**
 * Deletes a resource: its owner drops it, or one that was lent goes back early.
 *
 * The destructor of the guest or the function of the host that belongs to the type runs. The handle is gone then,
 * even if the destructor fails.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY` (also: it is lent to a call that is running),
 * `WTS_ERR_STATE`, `WTS_ERR_LIMIT` (too little stack), `WTS_ERR_UNSUPPORTED` (a build without components), and
 * what a destructor can end with: `WTS_ERR_TRAP`, `WTS_ERR_HOST`, `WTS_ERR_FUEL`, `WTS_ERR_TIMEOUT`,
 * `WTS_ERR_INTERRUPT`, `WTS_ERR_MEMORY`.
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_resource_delete(wts_resource_t resource);

/* ---- Buffer ---------------------------------------------------------------------------------- */

/**
 * Copies out the bytes of a buffer; `cap` 0 asks for the size.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `buf` has room for `cap` bytes; `out_len` is writable.
 */
WTS_API wts_status_t wts_buffer_copy(wts_buffer_t buffer, uint8_t *buf, size_t cap, size_t *out_len);

/**
 * Gets where the bytes of a buffer are and how many. They stay there, unchanged, until the buffer is deleted.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: Both are writable. The bytes are not read after the buffer was deleted.
 */
WTS_API wts_status_t wts_buffer_data(wts_buffer_t buffer, const uint8_t **out_data, size_t *out_len);

/**
 * Deletes a buffer.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_buffer_delete(wts_buffer_t buffer);

/* ---- Profiler -------------------------------------------------------------------------------- */

/**
 * Makes a profiler, which from now on measures time.
 *
 * `name` is that of the profile, `interval_ns` about how long there is between samples, in nanoseconds. Frames of
 * functions of `modules` are recorded, and no others. The profiler is deleted with `wts_profiler_delete`.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_WRONG_STORE` (a module of
 * another engine), `WTS_ERR_STATE` (the engine instruments code for debugging), `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `name` holds `name_len` bytes and `modules` holds `modules_len` handles; `out_profiler` is writable.
 */
WTS_API
wts_status_t wts_profiler_new(wts_engine_t engine,
                              const char *name,
                              size_t name_len,
                              uint64_t interval_ns,
                              const wts_module_t *modules,
                              size_t modules_len,
                              wts_profiler_t *out_profiler);

/**
 * Records the WebAssembly stack of a store as it is now.
 *
 * It is called in a callback of that store, such as a host function, at regular times; where no WebAssembly runs
 * the sample is empty. `delta_ns` is the processor time since the sample before, in nanoseconds, or 0.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the profiler is finished),
 * `WTS_ERR_WRONG_STORE` (a store of another engine).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_profiler_sample(wts_profiler_t profiler, wts_store_t store, uint64_t delta_ns);

/**
 * Records that a host function is called or returns, so that the profile shows its time. It is called in the call hook
 * of the store, with the `event` that the hook was told.
 *
 * Errors:
 * `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_BUSY`, `WTS_ERR_STATE` (the profiler is finished),
 * `WTS_ERR_WRONG_STORE` (a store of another engine), `WTS_ERR_RANGE` (not an event).
 *
 * Threads: One thread at a time per store.
 */
WTS_API wts_status_t wts_profiler_call_hook(wts_profiler_t profiler, wts_store_t store, int32_t event);

/**
 * Ends a profile and gives it as a new buffer: JSON in the processed profile format of Firefox, to be opened at
 * `https://profiler.firefox.com`.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_STATE` (it is finished already),
 * `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_buffer` is writable.
 */
WTS_API wts_status_t wts_profiler_finish(wts_profiler_t profiler, wts_buffer_t *out_buffer);

/**
 * Deletes a profiler, finished or not.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_profiler_delete(wts_profiler_t profiler);

/* ---- WASI ------------------------------------------------------------------------------------ */

/** Rights to a folder: guests read in it. */
#define WTS_WASI_READ_ONLY 0
/** Rights to a folder: guests read, write, make and remove in it. */
#define WTS_WASI_READ_WRITE 1
/** A guest's standard output. */
#define WTS_WASI_STDOUT 1
/** A guest's standard error. */
#define WTS_WASI_STDERR 2
/** The file is emptied first. */
#define WTS_WASI_TRUNCATE 0
/** What the file has stays, and output is added to it. */
#define WTS_WASI_APPEND 1
/**
 * To bind a TCP socket to its own address; to no address and port 0, when it connects or listens without having been
 * bound.
 */
#define WTS_WASI_TCP_BIND 0
/** To listen at its own address. */
#define WTS_WASI_TCP_LISTEN 1
/** To accept who connects from there. */
#define WTS_WASI_TCP_ACCEPT 2
/** To connect to it. */
#define WTS_WASI_TCP_CONNECT 3
/** To bind a UDP socket to its own address; to no address and port 0, when it sends without having been bound. */
#define WTS_WASI_UDP_BIND 4
/** To send to it. */
#define WTS_WASI_UDP_SEND 5
/** To receive what comes from there. */
#define WTS_WASI_UDP_RECEIVE 6

/**
 * Makes a description of what WASI gives to guests: at first no arguments, variables or folders, no input, output that
 * goes nowhere, the true time, true random numbers, and no network.
 *
 * Any number of stores may take it (`wts_store_set_wasi`), each with a context of its own. What is changed after that
 * is for those that take it later.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_LIMIT`, `WTS_ERR_UNSUPPORTED` (a build without WASI).
 *
 * Threads: Any thread.
 *
 * Safety: `out_wasi` is writable.
 */
WTS_API wts_status_t wts_wasi_new(wts_wasi_t *out_wasi);

/**
 * Adds an argument, which `argv` of a program has at its end. The first is the program's name.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (a NUL in it).
 *
 * Threads: Any thread.
 *
 * Safety: `arg` holds `arg_len` bytes.
 */
WTS_API wts_status_t wts_wasi_add_arg(wts_wasi_t wasi, const char *arg, size_t arg_len);

/**
 * Adds the arguments of this process, its name first.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_UTF8` (one of them is not UTF-8; none is added).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_wasi_inherit_args(wts_wasi_t wasi);

/**
 * Sets an environment variable.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no name, `=` in
 * the name, or a NUL).
 *
 * Threads: Any thread.
 *
 * Safety: Texts are as long as said.
 */
WTS_API
wts_status_t wts_wasi_set_env(wts_wasi_t wasi,
                              const char *name,
                              size_t name_len,
                              const char *value,
                              size_t value_len);

/**
 * Sets all environment variables of this process. Those that are not UTF-8 are left out.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread, while none changes the environment.
 */
WTS_API wts_status_t wts_wasi_inherit_env(wts_wasi_t wasi);

/**
 * Opens a folder of the host to guests, which see it under the path `guest_path`, such as `/` or `data`.
 *
 * `rights` is one of `WTS_WASI_READ_...`. Guests get at what is below the folder and nothing else: paths and symbolic
 * links that lead out of it are refused (`EPERM`). Each store that takes the description opens the folder anew, by the
 * path where it is now: a link that is put there later, by a guest of a folder above it, say, is refused.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (other rights, a
 * NUL or an empty guest path), `WTS_ERR_STATE` (another folder has the guest path), `WTS_ERR_IO` (there is no such
 * folder).
 *
 * Threads: Any thread.
 *
 * Safety: Texts are as long as said.
 */
WTS_API
wts_status_t wts_wasi_open_dir(wts_wasi_t wasi,
                               const char *host_path,
                               size_t host_path_len,
                               const char *guest_path,
                               size_t guest_path_len,
                               int32_t rights);

/**
 * Sets what guests read from their standard input: a copy of some bytes, which each store reads from their beginning.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 *
 * Safety: `bytes` holds `bytes_len` bytes.
 */
WTS_API wts_status_t wts_wasi_stdin_bytes(wts_wasi_t wasi, const uint8_t *bytes, size_t bytes_len);

/**
 * Sets what guests read from their standard input: a file, which each store opens when it takes the description and
 * reads from its beginning. As with folders, a link that is put there later is refused.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_IO` (it cannot be read).
 *
 * Threads: Any thread.
 *
 * Safety: `path` holds `path_len` bytes.
 */
WTS_API wts_status_t wts_wasi_stdin_file(wts_wasi_t wasi, const char *path, size_t path_len);

/**
 * Sets what guests read from their standard input: that of this process, of which each byte goes to who reads it
 * first.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_wasi_stdin_inherit(wts_wasi_t wasi);

/**
 * Sets what guests read from their standard input: what a callback gives, which is asked for more when a guest has
 * read it.
 *
 * `function` is called with `env`; `drop`, if not NULL, runs once on `env` when the description and all stores that
 * took it let go. On failure nothing was taken: `drop` does not run.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads:
 * Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use it.
 *
 * Safety: `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API wts_status_t wts_wasi_stdin_callback(wts_wasi_t wasi, wts_wasi_input_t function, void *env, wts_drop_t drop);

/**
 * Sends what guests write to an output, `WTS_WASI_STDOUT` or `WTS_WASI_STDERR`, to the same of this process.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another output).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_wasi_output_inherit(wts_wasi_t wasi, int32_t output);

/**
 * Sends what guests write to an output to a file, which is made if there is none.
 *
 * `mode` is `WTS_WASI_TRUNCATE` or `WTS_WASI_APPEND`. The file is opened now, and all stores write to it one after the
 * other.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another output
 * or mode), `WTS_ERR_IO` (it cannot be written).
 *
 * Threads: Any thread.
 *
 * Safety: `path` holds `path_len` bytes.
 */
WTS_API
wts_status_t wts_wasi_output_file(wts_wasi_t wasi,
                                  int32_t output,
                                  const char *path,
                                  size_t path_len,
                                  int32_t mode);

/**
 * Keeps what guests write to an output for the host, which gets it by `wts_wasi_read_output`.
 *
 * All stores write into the same buffer, one after the other. When it holds `max_bytes` bytes, a guest that writes
 * more gets an error, `ENOSPC`.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another output).
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_wasi_output_buffer(wts_wasi_t wasi, int32_t output, size_t max_bytes);

/**
 * Gives what guests write to an output to a callback, as it comes.
 *
 * `function` is called with `env`; `drop`, if not NULL, runs once on `env` when the description and all stores that
 * took it let go. On failure nothing was taken: `drop` does not run.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another
 * output).
 *
 * Threads:
 * Any thread. `function` is called on the thread that runs the store, so on several at once if several stores use it.
 *
 * Safety: `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_wasi_output_callback(wts_wasi_t wasi,
                                      int32_t output,
                                      wts_wasi_output_t function,
                                      void *env,
                                      wts_drop_t drop);

/**
 * Gets what guests have written to an output that is kept (`wts_wasi_output_buffer`), as a new buffer. They may be
 * running.
 *
 * With `take` 1 it is taken away, which makes room for more; with 0 it stays.
 *
 * Errors: `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (another output; `take` is
 * neither), `WTS_ERR_STATE` (the output is not kept), `WTS_ERR_LIMIT`.
 *
 * Threads: Any thread.
 *
 * Safety: `out_buffer` is writable.
 */
WTS_API wts_status_t wts_wasi_read_output(wts_wasi_t wasi, int32_t output, int32_t take, wts_buffer_t *out_buffer);

/**
 * Replaces the clocks of guests: the wall clock begins at `start_ns`, in nanoseconds since 1970, the monotonic one at
 * 0, and each goes on by `step_ns` whenever it is read. Each store has clocks of its own.
 *
 * Sleeping takes its time all the same.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_wasi_fix_clocks(wts_wasi_t wasi, uint64_t start_ns, uint64_t step_ns);

/**
 * Replaces the random numbers of guests by those that follow from a seed: the same in each store, run and version of
 * the library.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_wasi_seed_random(wts_wasi_t wasi, uint64_t seed);

/**
 * Opens addresses and ports of the network to guests of WASI 0.2: those that they bind, listen at, connect or send to,
 * and those that what they receive or accept comes from. WASI 0.1 opens no sockets.
 *
 * `range` is an address, such as `127.0.0.1` or `::1`, or one with the number of bits that others have in common with
 * it, such as `10.0.0.0/8`. Each call adds a range; it ends what `wts_wasi_network_callback` set.
 *
 * Errors:
 * `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no range, or no
 * ports).
 *
 * Threads: Any thread.
 *
 * Safety: `range` holds `range_len` bytes.
 */
WTS_API
wts_status_t wts_wasi_allow_network(wts_wasi_t wasi,
                                    const char *range,
                                    size_t range_len,
                                    int32_t first_port,
                                    int32_t last_port);

/**
 * Has a callback decide on each use of the network by guests of WASI 0.2; it ends what `wts_wasi_allow_network` set.
 *
 * `function` is called with `env`; `drop`, if not NULL, runs once on `env` when the description and all stores that
 * took it let go. On failure nothing was taken: `drop` does not run.
 *
 * Errors: `WTS_ERR_NULL` (`function` too), `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread. `function` is called on threads of the library's own too, and on several at once.
 *
 * Safety: `function` may be called with `env`, on any thread, until `drop`.
 */
WTS_API
wts_status_t wts_wasi_network_callback(wts_wasi_t wasi,
                                       wts_wasi_network_t function,
                                       void *env,
                                       wts_drop_t drop);

/**
 * Allows (1) or refuses (0, the default) that guests of WASI 0.2 look up the addresses of names.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE`.
 *
 * Threads: Any thread.
 */
WTS_API wts_status_t wts_wasi_allow_name_lookup(wts_wasi_t wasi, int32_t allow);

/**
 * Deletes a description. Stores that took it keep what they have.
 *
 * Errors: `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
 *
 * Threads: Any thread. Drop callbacks may run here.
 */
WTS_API wts_status_t wts_wasi_delete(wts_wasi_t wasi);

/* ---- Thread ---------------------------------------------------------------------------------- */

/**
 * Prepares this thread for WebAssembly now instead of at its first call, which takes less time then. Nobody needs to.
 *
 * Errors: `WTS_ERR_PANIC` (the system has no memory for the thread's signal stack).
 *
 * Threads: Any thread; it is about the one that calls.
 */
WTS_API wts_status_t wts_thread_init(void);

/**
 * Says that the stack which this call comes from has `bytes` left, where it is not the one that the system gave to this
 * thread: a fiber's or a coroutine's, or one on which a foreign function interface runs what it calls.
 *
 * WebAssembly runs on the stack of who calls it, and the system tells where a thread's own ends. A call from another
 * is `WTS_ERR_LIMIT` until this was called there. It holds for calls of this thread from the same depth and deeper,
 * until it is called on another such stack or again; with 0 it is taken back. On a thread's own stack and
 * in a resumable call it has no effect. What is said is believed as far as there is memory: a guest can run over the
 * end of a stack that has less left.
 *
 * Errors: `WTS_ERR_RANGE` (so much memory does not lie below), `WTS_ERR_STATE` (the thread is ending).
 *
 * Threads: Any thread; it is about the one that calls.
 */
WTS_API wts_status_t wts_thread_set_stack(size_t bytes);

#ifdef __cplusplus
}
#endif

#endif /* WASMTIME_SHIM_H */
