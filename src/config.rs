//! Options of engines: one table, which sets them, lists them and documents them.

use crate::abi::*;
use crate::args;
use crate::boundary::{Result, boundary, fail};
use crate::object;
use crate::settings;
use crate::store::STACK_FOR_THE_HOST;
use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::ffi::c_char;
use std::num::NonZeroUsize;
use wasmtime::{InstanceAllocationStrategy, PoolingAllocationConfig, WasmFeatures};

/// What was set.
#[derive(Default, Clone)]
pub(crate) struct Config {
    numbers: BTreeMap<i32, i64>,
    texts: BTreeMap<i32, String>,
}

struct Opt {
    number: i32,
    name: &'static str,
    kind: i32,
    min: i64,
    max: i64,
    apply: Apply,
    doc: &'static str,
}

/// Where a value goes.
enum Apply {
    Wasmtime(fn(&mut wasmtime::Config, i64)),
    /// As `Wasmtime`, and about compilation alone.
    Compiler(fn(&mut wasmtime::Config, i64)),
    Pool(fn(&mut PoolingAllocationConfig, i64)),
    /// Understands a text and passes it on.
    Text(fn(&mut wasmtime::Config, &str) -> Result),
    /// The library's own: `Engine` reads it.
    Own,
}
use Apply::{Compiler, Own, Pool, Text, Wasmtime};

const fn flag(number: i32, name: &'static str, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_BOOL, min: 0, max: 1, apply, doc }
}

const fn int(number: i32, name: &'static str, min: i64, max: i64, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_INT, min, max, apply, doc }
}

const fn bytes(number: i32, name: &'static str, min: i64, max: i64, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_BYTES, min, max, apply, doc }
}

const fn choice(number: i32, name: &'static str, max: i64, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_ENUM, min: 0, max, apply, doc }
}

const fn text(number: i32, name: &'static str, apply: Apply, doc: &'static str) -> Opt {
    Opt { number, name, kind: WTS_OPTION_TEXT, min: 0, max: 0, apply, doc }
}

const KIB: i64 = 1 << 10;
const GIB: i64 = 1 << 30;
const TIB: i64 = 1 << 40;
/// More of anything pooled is a slip: the pool's own books would take gigabytes.
const MOST_POOLED: i64 = 1_000_000;

/// Room on a fiber's stack besides what WebAssembly may use: what it gets, and the least that it needs.
const FIBER_HEADROOM: usize = 1 << 20;
/// Wasmtime's own default.
const FIBER_STACK: usize = 2 << 20;
const LEAST_HEADROOM: i64 = STACK_FOR_THE_HOST as i64;

/// Wasmtime's own default for `max_wasm_stack`.
pub(crate) const MAX_WASM_STACK: i64 = 512 * KIB;
/// The least that WebAssembly's stack can be.
const LEAST_STACK: i64 = 16 * KIB;

#[rustfmt::skip]
static OPTIONS: &[Opt] = &[
    choice(WTS_OPT_STRATEGY, "strategy", 2, Compiler(strategy), "The compiler: 0 lets Wasmtime choose, 1 is Cranelift (optimising), 2 is Winch (compiles fast, runs slower)."),
    choice(WTS_OPT_OPT_LEVEL, "opt_level", 2, Compiler(opt_level), "How far Cranelift optimises: 0 not at all, 1 for speed (the default), 2 for speed and size."),
    flag(WTS_OPT_CACHE, "cache", Own, "Keep compiled modules in a cache folder and load them from there. Off by default."),
    text(WTS_OPT_CACHE_DIR, "cache_dir", Own, "The cache folder. Setting it turns the cache on. By default the user's cache folder with wasmtime-shim below it."),
    bytes(WTS_OPT_CACHE_SIZE, "cache_size", 1, i64::MAX, Own, "How many bytes the cache may hold; the least recently used modules go first. 512 MiB by default."),
    text(WTS_OPT_ARTIFACT_KEY, "artifact_key", Own, "A secret. Artifacts and cache entries are sealed with it, and none that another secret or no secret sealed is accepted."),
    flag(WTS_OPT_MAP_ARTIFACTS, "map_artifacts", Own, "Map the files of artifacts and of the cache instead of copying them: they load faster, and processes share their memory. Whoever changes such a file later can crash the process. Off by default."),
    flag(WTS_OPT_DEBUG_INFO, "debug_info", Wasmtime(|c, v| { c.debug_info(v != 0); }), "Emit DWARF, so that native debuggers see WebAssembly. Off by default."),
    flag(WTS_OPT_PARALLEL_COMPILATION, "parallel_compilation", Compiler(parallel), "Compile the functions of a module on several threads. On by default."),
    flag(WTS_OPT_FUEL, "fuel", Wasmtime(|c, v| { c.consume_fuel(v != 0); }), "Count fuel, so that wts_store_set_fuel can give a store a budget. Off by default."),
    bytes(WTS_OPT_MAX_WASM_STACK, "max_wasm_stack", LEAST_STACK, 1 << 30, Wasmtime(max_wasm_stack), "Stack that WebAssembly may use. A thread that calls needs it and 64 KiB more. 512 KiB by default."),
    flag(WTS_OPT_EPOCH_INTERRUPTION, "epoch_interruption", Wasmtime(|c, v| { c.epoch_interruption(v != 0); }), "Let timeouts, interrupts and epoch deadlines end guests. Code runs a little slower. Off by default."),
    flag(WTS_OPT_BACKTRACE, "backtrace", Wasmtime(|c, v| if v == 0 { c.wasm_backtrace_max_frames(None); }), "Collect a backtrace when WebAssembly traps. On by default."),
    int(WTS_OPT_BACKTRACE_MAX_FRAMES, "backtrace_max_frames", 1, 10_000, Wasmtime(|c, v| { c.wasm_backtrace_max_frames(NonZeroUsize::new(v as usize)); }), "How many frames a backtrace holds at most. 20 by default."),
    bytes(WTS_OPT_MEMORY_RESERVATION, "memory_reservation", 0, 64 * TIB, Wasmtime(|c, v| { c.memory_reservation(v as u64); }), "Address space reserved for each memory. 4 GiB by default."),
    bytes(WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH, "memory_reservation_for_growth", 0, 64 * TIB, Wasmtime(|c, v| { c.memory_reservation_for_growth(v as u64); }), "Address space reserved for growth behind a memory that has to move. 2 GiB by default."),
    bytes(WTS_OPT_MEMORY_GUARD_SIZE, "memory_guard_size", 0, 64 * TIB, Wasmtime(|c, v| { c.memory_guard_size(v as u64); }), "Guard region behind each memory. 32 MiB by default."),
    flag(WTS_OPT_MEMORY_MAY_MOVE, "memory_may_move", Wasmtime(|c, v| { c.memory_may_move(v != 0); }), "Memories may move when they outgrow their reservation. On by default."),
    choice(WTS_OPT_ALLOCATION_STRATEGY, "allocation_strategy", 1, Own, "Where instances come from: 0 maps memory for each (the default), 1 takes them from a pool of fixed size."),
    int(WTS_OPT_POOL_INSTANCES, "pool_instances", 1, MOST_POOLED, Pool(|p, v| { p.total_core_instances(v as u32); }), "Instances in the pool. 1,000 by default."),
    int(WTS_OPT_POOL_MEMORIES, "pool_memories", 0, MOST_POOLED, Pool(|p, v| { p.total_memories(v as u32); }), "Memories in the pool. 1,000 by default."),
    int(WTS_OPT_POOL_TABLES, "pool_tables", 0, MOST_POOLED, Pool(|p, v| { p.total_tables(v as u32); }), "Tables in the pool. 1,000 by default."),
    bytes(WTS_OPT_POOL_MAX_MEMORY_SIZE, "pool_max_memory_size", 0, TIB, Pool(|p, v| { p.max_memory_size(v as usize); }), "The largest memory in the pool. 4 GiB by default."),
    int(WTS_OPT_POOL_TABLE_ELEMENTS, "pool_table_elements", 0, 1 << 28, Pool(|p, v| { p.table_elements(v as usize); }), "Elements of the largest table in the pool. 20,000 by default."),
    bytes(WTS_OPT_POOL_MAX_INSTANCE_SIZE, "pool_max_instance_size", 1, 1 << 30, Pool(|p, v| { p.max_core_instance_size(v as usize); }), "The largest instance's own data in the pool. 1 MiB by default."),
    int(WTS_OPT_POOL_MEMORIES_PER_MODULE, "pool_memories_per_module", 0, MOST_POOLED, Pool(|p, v| { p.max_memories_per_module(v as u32); }), "Memories that one pooled module may define. 1 by default."),
    int(WTS_OPT_POOL_TABLES_PER_MODULE, "pool_tables_per_module", 0, MOST_POOLED, Pool(|p, v| { p.max_tables_per_module(v as u32); }), "Tables that one pooled module may define. 1 by default."),
    int(WTS_OPT_POOL_MAX_UNUSED_WARM_SLOTS, "pool_max_unused_warm_slots", 0, MOST_POOLED, Pool(|p, v| { p.max_unused_warm_slots(v as u32); }), "Unused places of the pool that keep a module's image. 100 by default."),
    bytes(WTS_OPT_POOL_MEMORY_KEEP_RESIDENT, "pool_memory_keep_resident", 0, TIB, Pool(|p, v| { p.linear_memory_keep_resident(v as usize); }), "Bytes of a pooled memory that are reset by writing zeros instead of unmapping. 0 by default."),
    bytes(WTS_OPT_POOL_TABLE_KEEP_RESIDENT, "pool_table_keep_resident", 0, TIB, Pool(|p, v| { p.table_keep_resident(v as usize); }), "Bytes of a pooled table that are reset by writing zeros instead of unmapping. 0 by default."),
    int(WTS_OPT_POOL_GC_HEAPS, "pool_gc_heaps", 0, MOST_POOLED, Pool(|p, v| { p.total_gc_heaps(v as u32); }), "Garbage-collected heaps in the pool. 1,000 by default."),
    int(WTS_OPT_POOL_STACKS, "pool_stacks", 0, MOST_POOLED, Pool(|p, v| { p.total_stacks(v as u32); }), "Fiber stacks in the pool. 1,000 by default."),
    flag(WTS_OPT_WASM_SIMD, "wasm_simd", Wasmtime(|c, v| { c.wasm_simd(v != 0); }), "Accept 128-bit vectors. Without them relaxed SIMD must be off too. On by default."),
    flag(WTS_OPT_WASM_RELAXED_SIMD, "wasm_relaxed_simd", Wasmtime(|c, v| { c.wasm_relaxed_simd(v != 0); }), "Accept vector instructions whose results may differ between machines. On by default, except with Winch."),
    flag(WTS_OPT_RELAXED_SIMD_DETERMINISTIC, "relaxed_simd_deterministic", Wasmtime(|c, v| { c.relaxed_simd_deterministic(v != 0); }), "Relaxed vector instructions give the same results on every machine, at a cost. Off by default."),
    flag(WTS_OPT_WASM_BULK_MEMORY, "wasm_bulk_memory", Wasmtime(|c, v| { c.wasm_bulk_memory(v != 0); }), "Accept memory.copy, memory.fill, table.copy and passive segments. On by default."),
    flag(WTS_OPT_WASM_MULTI_VALUE, "wasm_multi_value", Wasmtime(|c, v| { c.wasm_multi_value(v != 0); }), "Accept functions and blocks with several results. On by default."),
    flag(WTS_OPT_WASM_REFERENCE_TYPES, "wasm_reference_types", Wasmtime(|c, v| { c.wasm_reference_types(v != 0); }), "Accept externref and funcref as values, and several tables. On by default."),
    flag(WTS_OPT_WASM_MULTI_MEMORY, "wasm_multi_memory", Wasmtime(|c, v| { c.wasm_multi_memory(v != 0); }), "Accept modules with several memories. On by default."),
    flag(WTS_OPT_WASM_MEMORY64, "wasm_memory64", Wasmtime(|c, v| { c.wasm_memory64(v != 0); }), "Accept memories and tables with 64-bit indices. On by default."),
    flag(WTS_OPT_WASM_GC, "wasm_gc", Wasmtime(|c, v| { c.wasm_gc(v != 0); }), "Accept structs, arrays and i31 references. On by default, except with Winch."),
    flag(WTS_OPT_WASM_FUNCTION_REFERENCES, "wasm_function_references", Wasmtime(|c, v| { c.wasm_function_references(v != 0); }), "Accept typed and non-null function references. On by default, except with Winch."),
    flag(WTS_OPT_WASM_EXCEPTIONS, "wasm_exceptions", Wasmtime(|c, v| { c.wasm_exceptions(v != 0); }), "Accept tags, throw and try_table. On by default, except with Winch."),
    flag(WTS_OPT_WASM_TAIL_CALL, "wasm_tail_call", Wasmtime(|c, v| { c.wasm_tail_call(v != 0); }), "Accept return_call and its kin. On by default, except with Winch."),
    flag(WTS_OPT_WASM_EXTENDED_CONST, "wasm_extended_const", Wasmtime(|c, v| { c.wasm_extended_const(v != 0); }), "Accept arithmetic in constant expressions. On by default."),
    flag(WTS_OPT_WASM_CUSTOM_PAGE_SIZES, "wasm_custom_page_sizes", Wasmtime(|c, v| { c.wasm_custom_page_sizes(v != 0); }), "Accept memories with pages of one byte. Off by default."),
    flag(WTS_OPT_WASM_THREADS, "wasm_threads", Wasmtime(|c, v| { c.wasm_threads(v != 0); }), "Accept atomic instructions and the type of shared memories, which shared_memory lets be made. On by default."),
    flag(WTS_OPT_SHARED_MEMORY, "shared_memory", Wasmtime(|c, v| { c.shared_memory(v != 0); }), "Let shared memories be made. Wasmtime gives no security updates for them. Off by default."),
    flag(WTS_OPT_WASM_WIDE_ARITHMETIC, "wasm_wide_arithmetic", Wasmtime(|c, v| { c.wasm_wide_arithmetic(v != 0); }), "Accept instructions for 128-bit integers. Off by default."),
    flag(WTS_OPT_WASM_BRANCH_HINTING, "wasm_branch_hinting", Wasmtime(|c, v| { c.wasm_branch_hinting(v != 0); }), "Read branch hints and lay out code by them. Off by default."),
    flag(WTS_OPT_WASM_COMPONENT_MODEL, "wasm_component_model", Wasmtime(component_model), "Accept components. On by default."),
    flag(WTS_OPT_WASM_COMPONENT_MODEL_MAP, "wasm_component_model_map", Wasmtime(component_model_map), "Accept maps as values of components, which no call of this library can pass yet. Off by default."),
    flag(WTS_OPT_WASM_COMPONENT_MODEL_FIXED_LENGTH_LISTS, "wasm_component_model_fixed_length_lists", Wasmtime(component_model_fixed_length_lists), "Accept lists of fixed length as values of components. Off by default."),
    flag(WTS_OPT_GC_SUPPORT, "gc_support", Wasmtime(gc_support), "Have a garbage collector. Without it wasm_gc, wasm_function_references and wasm_exceptions are off too. On by default, except with Winch."),
    flag(WTS_OPT_COMPILER, "compiler", Own, "Have a compiler. Without it the engine loads artifacts only. On by default."),
    flag(WTS_OPT_CRANELIFT_DEBUG_VERIFIER, "cranelift_debug_verifier", Compiler(verifier), "Let Cranelift check its own work while it compiles. Off by default."),
    flag(WTS_OPT_CRANELIFT_DEBUG_CHECKS, "cranelift_debug_checks", Compiler(debug_checks), "Add checks of Wasmtime's own invariants to compiled code. Off by default."),
    flag(WTS_OPT_CRANELIFT_NAN_CANONICALIZATION, "cranelift_nan_canonicalization", Compiler(nan_canonicalization), "Give every NaN that an operation makes the same bits, so that results are the same on every machine. Off by default."),
    choice(WTS_OPT_CRANELIFT_REGALLOC_ALGORITHM, "cranelift_regalloc_algorithm", 1, Compiler(regalloc), "How Cranelift allocates registers: 0 is backtracking (the default), 1 is a single pass (compiles faster, runs slower)."),
    text(WTS_OPT_CRANELIFT_FLAGS, "cranelift_flags", Text(settings::cranelift_flags), "Flags of Cranelift as name or name=value, separated by commas: features of the processor (has_avx=false), its make (x86-64-v3), what the message about an unknown one lists. Not with Winch. None by default."),
    choice(WTS_OPT_INLINING, "inlining", 4, Wasmtime(inlining), "Which calls Cranelift inlines: 0 none (the default), 1 Wasmtime's intrinsics, 2 also between modules, 3 also within modules that use garbage collection, 4 all."),
    text(WTS_OPT_TARGET, "target", Text(settings::target), "What code is made for, as a target triple; without features of the processor that cranelift_flags does not name. pulley64 is Wasmtime's interpreter. An engine for what this machine does not run makes artifacts only. This machine by default."),
    text(WTS_OPT_MODULE_VERSION, "module_version", Text(settings::module_version), "A version of the application's own, at most 100 bytes. Artifacts of another are refused, beside those of another Wasmtime. None by default."),
    text(WTS_OPT_FUEL_COSTS, "fuel_costs", Text(settings::fuel_costs), "Fuel from 0 to 255 that an operator of WebAssembly costs, such as Call=10,I32DivS=4,memory_copy_per_byte=1. 1 by default; 0 for Nop, Drop, Block, Loop, Unreachable, Return, Else, End and memory_grow_per_page."),
    choice(WTS_OPT_COLLECTOR, "collector", 3, Wasmtime(collector), "The garbage collector: 0 lets Wasmtime choose (copying), 1 counts references and leaves cycles, 2 never collects, 3 copies."),
    bytes(WTS_OPT_GC_HEAP_INITIAL_SIZE, "gc_heap_initial_size", 0, 4 * GIB, Wasmtime(|c, v| { c.gc_heap_initial_size(v as u64); }), "What each store's garbage-collected heap begins with. 0 by default."),
    bytes(WTS_OPT_GC_HEAP_RESERVATION, "gc_heap_reservation", 0, 64 * TIB, Wasmtime(|c, v| { c.gc_heap_reservation(v as u64); }), "Address space reserved for each garbage-collected heap. As memory_reservation, or 4 GiB if another gc_heap option is set."),
    bytes(WTS_OPT_GC_HEAP_RESERVATION_FOR_GROWTH, "gc_heap_reservation_for_growth", 0, 64 * TIB, Wasmtime(|c, v| { c.gc_heap_reservation_for_growth(v as u64); }), "Address space reserved for growth behind a garbage-collected heap that has to move. As memory_reservation_for_growth, or 2 GiB if another gc_heap option is set."),
    bytes(WTS_OPT_GC_HEAP_GUARD_SIZE, "gc_heap_guard_size", 0, 64 * TIB, Wasmtime(|c, v| { c.gc_heap_guard_size(v as u64); }), "Guard region behind each garbage-collected heap. As memory_guard_size, or 32 MiB if another gc_heap option is set."),
    flag(WTS_OPT_GC_HEAP_MAY_MOVE, "gc_heap_may_move", Wasmtime(|c, v| { c.gc_heap_may_move(v != 0); }), "Garbage-collected heaps may move when they outgrow their reservation. As memory_may_move, or on if another gc_heap option is set."),
    flag(WTS_OPT_GUARD_BEFORE_LINEAR_MEMORY, "guard_before_linear_memory", Wasmtime(|c, v| { c.guard_before_linear_memory(v != 0); }), "Have a guard region before each memory too. On by default."),
    flag(WTS_OPT_TABLE_LAZY_INIT, "table_lazy_init", Wasmtime(|c, v| { c.table_lazy_init(v != 0); }), "Fill tables when they are first used instead of at instantiation. On by default."),
    flag(WTS_OPT_MEMORY_INIT_COW, "memory_init_cow", Wasmtime(|c, v| { c.memory_init_cow(v != 0); }), "Begin memories as copy-on-write images of their data. On by default."),
    flag(WTS_OPT_FORCE_MEMORY_INIT_MEMFD, "force_memory_init_memfd", Wasmtime(|c, v| { c.force_memory_init_memfd(v != 0); }), "Keep copy-on-write images in memory instead of mapping them from the file of an artifact. Linux only. Off by default."),
    bytes(WTS_OPT_MEMORY_GUARANTEED_DENSE_IMAGE_SIZE, "memory_guaranteed_dense_image_size", 0, 4 * GIB, Wasmtime(|c, v| { c.memory_guaranteed_dense_image_size(v as u64); }), "Up to which size the data of a memory always becomes a copy-on-write image, however sparse it is. 16 MiB by default."),
    flag(WTS_OPT_SIGNALS_BASED_TRAPS, "signals_based_traps", Wasmtime(|c, v| { c.signals_based_traps(v != 0); }), "Catch traps by signal handlers. Off, no handler is installed, and code checks every access itself, which is slower. On by default."),
    flag(WTS_OPT_MACOS_USE_MACH_PORTS, "macos_use_mach_ports", Wasmtime(|c, v| { c.macos_use_mach_ports(v != 0); }), "On macOS, catch traps by Mach ports instead of signals; the same for all engines of a process. No effect elsewhere. On by default."),
    flag(WTS_OPT_NATIVE_UNWIND_INFO, "native_unwind_info", Wasmtime(|c, v| { c.native_unwind_info(v != 0); }), "Emit information with which native profilers and debuggers unwind through WebAssembly. On by default."),
    flag(WTS_OPT_GENERATE_ADDRESS_MAP, "generate_address_map", Wasmtime(|c, v| { c.generate_address_map(v != 0); }), "Keep a map from compiled code to offsets in the module, for backtraces and wts_module_address_map. On by default."),
    flag(WTS_OPT_DEBUG_SYMBOLS, "debug_symbols", Wasmtime(|c, v| { c.debug_symbols(v != 0); }), "Keep a symbol table in compiled code. debug_info needs it. On by default."),
    flag(WTS_OPT_GUEST_DEBUG, "guest_debug", Wasmtime(|c, v| { c.guest_debug(v != 0); }), "Instrument code so that WebAssembly's own state can be looked at, and keep the module's bytes. Turns signals_based_traps off. Off by default."),
    flag(WTS_OPT_BACKTRACE_DETAILS, "backtrace_details", Wasmtime(backtrace_details), "Keep the module's debug information, for files and lines in backtraces. By default as the variable WASMTIME_BACKTRACE_DETAILS (1) says, else off."),
    flag(WTS_OPT_COREDUMP_ON_TRAP, "coredump_on_trap", Wasmtime(|c, v| { c.coredump_on_trap(v != 0); }), "Make a core dump when WebAssembly traps. Off by default."),
    flag(WTS_OPT_METADATA_FOR_INTERNAL_ASSERTS, "metadata_for_internal_asserts", Wasmtime(|c, v| { c.metadata_for_internal_asserts(v != 0); }), "Turn assertions in compiled code that fail into traps; without it they end the process. Only a bug makes one fail. Off by default."),
    flag(WTS_OPT_METADATA_FOR_GC_HEAP_CORRUPTION, "metadata_for_gc_heap_corruption", Wasmtime(|c, v| { c.metadata_for_gc_heap_corruption(v != 0); }), "Turn a damaged garbage-collected heap into a trap; without it it ends the process. Only a bug damages one. On by default."),
    choice(WTS_OPT_PROFILING_STRATEGY, "profiling_strategy", 2, Wasmtime(profiling), "How native profilers learn of compiled code: 0 not at all (the default), 1 by /tmp/perf-PID.map, 2 by jit-PID.dump in the current folder, which perf inject reads."),
    bytes(WTS_OPT_ASYNC_STACK_SIZE, "async_stack_size", LEAST_STACK + LEAST_HEADROOM, 2 << 30, Wasmtime(|c, v| { c.async_stack_size(v as usize); }), "The stack of each fiber, at least 64 KiB more than max_wasm_stack. 1 MiB more than max_wasm_stack by default, or 2 MiB if that is not set."),
    flag(WTS_OPT_ASYNC_STACK_ZEROING, "async_stack_zeroing", Wasmtime(|c, v| { c.async_stack_zeroing(v != 0); }), "Zero the stack of a fiber before it is used again. Off by default."),
    bytes(WTS_OPT_POOL_STACK_KEEP_RESIDENT, "pool_stack_keep_resident", 0, TIB, Pool(|p, v| { p.async_stack_keep_resident(v as usize); }), "Bytes of a pooled fiber stack that async_stack_zeroing zeroes by writing instead of unmapping. 0 by default."),
    int(WTS_OPT_POOL_DECOMMIT_BATCH_SIZE, "pool_decommit_batch_size", 1, MOST_POOLED, Pool(|p, v| { p.decommit_batch_size(v as usize); }), "How many used places of the pool are given back to the system at once. 1 by default."),
    choice(WTS_OPT_POOL_PAGEMAP_SCAN, "pool_pagemap_scan", 2, Pool(pagemap_scan), "Ask the kernel which pages of a place are to be reset (Linux 6.7): 0 never (the default), 1 if it can, 2 or fail."),
    int(WTS_OPT_POOL_COMPONENT_INSTANCES, "pool_component_instances", 0, MOST_POOLED, Pool(|p, v| { p.total_component_instances(v as u32); }), "Component instances in the pool. 1,000 by default."),
    bytes(WTS_OPT_POOL_MAX_COMPONENT_INSTANCE_SIZE, "pool_max_component_instance_size", 1, 1 << 30, Pool(|p, v| { p.max_component_instance_size(v as usize); }), "The largest component instance's own data in the pool. 1 MiB by default."),
    int(WTS_OPT_POOL_INSTANCES_PER_COMPONENT, "pool_instances_per_component", 0, MOST_POOLED, Pool(|p, v| { p.max_core_instances_per_component(v as u32); }), "Core instances that one pooled component may have. Unlimited by default."),
    int(WTS_OPT_POOL_MEMORIES_PER_COMPONENT, "pool_memories_per_component", 0, MOST_POOLED, Pool(|p, v| { p.max_memories_per_component(v as u32); }), "Memories that one pooled component may have. Unlimited by default."),
    int(WTS_OPT_POOL_TABLES_PER_COMPONENT, "pool_tables_per_component", 0, MOST_POOLED, Pool(|p, v| { p.max_tables_per_component(v as u32); }), "Tables that one pooled component may have. Unlimited by default."),
    flag(WTS_OPT_WASM_SIGN_EXTENSION, "wasm_sign_extension", Wasmtime(|c, v| { c.wasm_features(WasmFeatures::SIGN_EXTENSION, v != 0); }), "Accept i32.extend8_s and its kin. On by default."),
    flag(WTS_OPT_WASM_SATURATING_FLOAT_TO_INT, "wasm_saturating_float_to_int", Wasmtime(|c, v| { c.wasm_features(WasmFeatures::SATURATING_FLOAT_TO_INT, v != 0); }), "Accept i32.trunc_sat_f32_s and its kin. On by default."),
    flag(WTS_OPT_WASM_MUTABLE_GLOBAL, "wasm_mutable_global", Wasmtime(|c, v| { c.wasm_features(WasmFeatures::MUTABLE_GLOBAL, v != 0); }), "Accept mutable globals that are imported or exported. On by default."),
    flag(WTS_OPT_WASM_FLOATS, "wasm_floats", Wasmtime(|c, v| { c.wasm_features(WasmFeatures::FLOATS, v != 0); }), "Accept floats. On by default."),
    bytes(WTS_OPT_MAX_WASM_SIZE, "max_wasm_size", 8, i64::MAX, Own, "The largest module or component, in the text or the binary format, that is validated or compiled; a larger one is WTS_ERR_LIMIT. It bounds the time and the memory that a guest's code can cost before it runs. Unlimited by default."),
    int(WTS_OPT_MAX_WASM_FUNCTIONS, "max_wasm_functions", 0, u32::MAX as i64, Own, "How many functions a module, or all modules of a component, may define; more are WTS_ERR_LIMIT, before any is compiled. Unlimited by default."),
];

/// Options about compilation. A build without compiler ignores them: they say how code would be made that is never made.
#[cfg(feature = "compiler")]
mod compiler {
    use crate::abi::*;
    use wasmtime::{Config, OptLevel, RegallocAlgorithm, Strategy};

    pub fn strategy(config: &mut Config, value: i64) {
        config.strategy(match value as i32 {
            WTS_STRATEGY_CRANELIFT => Strategy::Cranelift,
            WTS_STRATEGY_WINCH => Strategy::Winch,
            _ => Strategy::Auto,
        });
    }

    pub fn opt_level(config: &mut Config, value: i64) {
        config.cranelift_opt_level(match value as i32 {
            WTS_OPTIMIZE_NONE => OptLevel::None,
            WTS_OPTIMIZE_SPEED_AND_SIZE => OptLevel::SpeedAndSize,
            _ => OptLevel::Speed,
        });
    }

    pub fn regalloc(config: &mut Config, value: i64) {
        config.cranelift_regalloc_algorithm(match value as i32 {
            WTS_REGALLOC_SINGLE_PASS => RegallocAlgorithm::SinglePass,
            _ => RegallocAlgorithm::Backtracking,
        });
    }

    pub fn parallel(config: &mut Config, value: i64) {
        config.parallel_compilation(value != 0);
    }

    pub fn verifier(config: &mut Config, value: i64) {
        config.cranelift_debug_verifier(value != 0);
    }

    pub fn debug_checks(config: &mut Config, value: i64) {
        // Wasmtime turns them on whatever it is told.
        if value != 0 {
            config.cranelift_wasmtime_debug_checks(true);
        }
    }

    pub fn nan_canonicalization(config: &mut Config, value: i64) {
        config.cranelift_nan_canonicalization(value != 0);
    }

    pub fn disable(config: &mut Config) {
        config.enable_compiler(false);
    }
}

#[cfg(not(feature = "compiler"))]
mod compiler {
    use wasmtime::Config;

    pub fn ignore(_: &mut Config, _: i64) {}
    pub use {
        ignore as strategy, ignore as opt_level, ignore as regalloc, ignore as parallel, ignore as verifier,
        ignore as debug_checks, ignore as nan_canonicalization,
    };
    pub fn disable(_: &mut Config) {}
}
use compiler::{debug_checks, nan_canonicalization, opt_level, parallel, regalloc, strategy, verifier};

fn inlining(config: &mut wasmtime::Config, value: i64) {
    use wasmtime::Inlining::{InterModule, InterModuleAndIntraGc, Intrinsics, No, Yes};
    config.compiler_inlining(match value as i32 {
        WTS_INLINING_INTRINSICS => Intrinsics,
        WTS_INLINING_INTER_MODULE => InterModule,
        WTS_INLINING_INTRA_GC => InterModuleAndIntraGc,
        WTS_INLINING_YES => Yes,
        _ => No,
    });
}

fn gc_support(config: &mut wasmtime::Config, value: i64) {
    config.gc_support(value != 0);
    if value == 0 {
        // Wasmtime leaves these on, and panics when it compiles a module that uses them.
        config.wasm_function_references(false).wasm_gc(false).wasm_exceptions(false);
    }
}

/// What concerns components is without effect in builds without them.
#[cfg(feature = "component")]
fn component_model(config: &mut wasmtime::Config, value: i64) {
    config.wasm_component_model(value != 0);
}

#[cfg(feature = "component")]
fn component_model_map(config: &mut wasmtime::Config, value: i64) {
    config.wasm_component_model_map(value != 0);
}

#[cfg(feature = "component")]
fn component_model_fixed_length_lists(config: &mut wasmtime::Config, value: i64) {
    config.wasm_component_model_fixed_length_lists(value != 0);
}

#[cfg(not(feature = "component"))]
fn component_model(_: &mut wasmtime::Config, _: i64) {}

#[cfg(not(feature = "component"))]
use {component_model as component_model_fixed_length_lists, component_model as component_model_map};

fn collector(config: &mut wasmtime::Config, value: i64) {
    use wasmtime::Collector::{Auto, Copying, DeferredReferenceCounting, Null};
    config.collector(match value as i32 {
        WTS_COLLECTOR_DRC => DeferredReferenceCounting,
        WTS_COLLECTOR_NULL => Null,
        WTS_COLLECTOR_COPYING => Copying,
        _ => Auto,
    });
}

fn profiling(config: &mut wasmtime::Config, value: i64) {
    use wasmtime::ProfilingStrategy::{JitDump, None, PerfMap};
    config.profiler(match value as i32 {
        WTS_PROFILING_PERFMAP => PerfMap,
        WTS_PROFILING_JITDUMP => JitDump,
        _ => None,
    });
}

fn backtrace_details(config: &mut wasmtime::Config, value: i64) {
    use wasmtime::WasmBacktraceDetails::{Disable, Enable};
    config.wasm_backtrace_details(if value == 0 { Disable } else { Enable });
}

fn pagemap_scan(pool: &mut PoolingAllocationConfig, value: i64) {
    use wasmtime::Enabled::{Auto, No, Yes};
    pool.pagemap_scan(match value as i32 {
        WTS_PAGEMAP_SCAN_AUTO => Auto,
        WTS_PAGEMAP_SCAN_YES => Yes,
        _ => No,
    });
}

fn max_wasm_stack(config: &mut wasmtime::Config, value: i64) {
    let size = value as usize;
    config.max_wasm_stack(size).async_stack_size(size + FIBER_HEADROOM);
}

/// Options that are of no use, or worse, without another.
const NEEDS: &[(i32, i32)] = &[
    (WTS_OPT_WASM_RELAXED_SIMD, WTS_OPT_WASM_SIMD),
    (WTS_OPT_WASM_REFERENCE_TYPES, WTS_OPT_WASM_BULK_MEMORY),
    (WTS_OPT_WASM_FUNCTION_REFERENCES, WTS_OPT_WASM_REFERENCE_TYPES),
    (WTS_OPT_WASM_GC, WTS_OPT_WASM_FUNCTION_REFERENCES),
    (WTS_OPT_WASM_FUNCTION_REFERENCES, WTS_OPT_GC_SUPPORT),
    (WTS_OPT_WASM_GC, WTS_OPT_GC_SUPPORT),
    (WTS_OPT_WASM_EXCEPTIONS, WTS_OPT_GC_SUPPORT),
    (WTS_OPT_SHARED_MEMORY, WTS_OPT_WASM_THREADS),
    (WTS_OPT_FORCE_MEMORY_INIT_MEMFD, WTS_OPT_MEMORY_INIT_COW),
    (WTS_OPT_DEBUG_INFO, WTS_OPT_DEBUG_SYMBOLS),
    (WTS_OPT_DEBUG_INFO, WTS_OPT_GENERATE_ADDRESS_MAP),
];

/// The name of an option of the table.
fn name(option: i32) -> &'static str {
    OPTIONS.iter().find(|known| known.number == option).map_or("", |known| known.name)
}

fn option(number: i32) -> Result<&'static Opt> {
    match OPTIONS.iter().find(|option| option.number == number) {
        Some(option) => Ok(option),
        None => fail(WTS_ERR_RANGE, format_args!("{number} is not an option; wts_option_at lists them")),
    }
}

impl Opt {
    fn is_text(&self) -> bool {
        self.kind == WTS_OPTION_TEXT
    }

    fn check_text(&self, wanted: bool) -> Result {
        match (self.is_text(), wanted) {
            (true, false) => {
                fail(WTS_ERR_TYPE, format_args!("the option {} is a text: wts_config_set_text sets it", self.name))
            }
            (false, true) => {
                fail(WTS_ERR_TYPE, format_args!("the option {} is a number: wts_config_set sets it", self.name))
            }
            _ => Ok(()),
        }
    }

    fn understand(&self, text: &str) -> Result {
        if text.is_empty() {
            return fail(WTS_ERR_RANGE, format_args!("the option {} must not be empty", self.name));
        }
        match self.apply {
            Text(apply) => apply(&mut wasmtime::Config::new(), text),
            _ => Ok(()),
        }
    }

    fn check(&self, value: i64) -> Result {
        if (self.min..=self.max).contains(&value) {
            return Ok(());
        }
        let (name, min, max) = (self.name, self.min, self.max);
        fail(WTS_ERR_RANGE, format_args!("the option {name} is {value}; it must be from {min} to {max}"))
    }

    fn not_set<T>(&self) -> Result<T> {
        fail(WTS_ERR_STATE, format_args!("the option {} was not set; its default applies", self.name))
    }
}

impl Config {
    pub fn number(&self, option: i32) -> Option<i64> {
        self.numbers.get(&option).copied()
    }

    pub fn text(&self, option: i32) -> Option<&str> {
        self.texts.get(&option).map(String::as_str)
    }

    pub fn is_on(&self, option: i32) -> bool {
        self.number(option) == Some(1)
    }

    /// Whether compiled modules are cached: said so, or a folder for it was named.
    pub fn caches(&self) -> bool {
        self.number(WTS_OPT_CACHE).map_or(self.text(WTS_OPT_CACHE_DIR).is_some(), |value| value == 1)
    }

    /// The options as Wasmtime wants them.
    pub fn to_wasmtime(&self) -> Result<wasmtime::Config> {
        self.check_together()?;
        let mut config = wasmtime::Config::new();
        let mut pool = PoolingAllocationConfig::new();
        for (number, value) in &self.numbers {
            match option(*number)?.apply {
                Wasmtime(apply) | Compiler(apply) => apply(&mut config, *value),
                Pool(apply) => apply(&mut pool, *value),
                Text(_) | Own => {}
            }
        }
        for (number, text) in &self.texts {
            if let Text(apply) = option(*number)?.apply {
                apply(&mut config, text)?;
            }
        }
        if !self.compiles() {
            // Wasmtime panics if it is told of compilation after this.
            compiler::disable(&mut config);
        }
        if self.pools() {
            config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        }
        Ok(config)
    }

    fn pools(&self) -> bool {
        self.number(WTS_OPT_ALLOCATION_STRATEGY) == Some(i64::from(WTS_ALLOCATION_POOLING))
    }

    /// Whether there is to be a compiler, if the build has one.
    pub fn compiles(&self) -> bool {
        self.number(WTS_OPT_COMPILER) != Some(0)
    }

    /// What a fiber has besides WebAssembly's share.
    pub fn stack_for_hosts(&self) -> usize {
        let wasm = self.number(WTS_OPT_MAX_WASM_STACK);
        let fiber = self.number(WTS_OPT_ASYNC_STACK_SIZE).map(|size| size as usize);
        let by_default = || wasm.map_or(FIBER_STACK, |wasm| wasm as usize + FIBER_HEADROOM);
        fiber.unwrap_or_else(by_default) - wasm.unwrap_or(MAX_WASM_STACK) as usize
    }

    fn is_winch(&self) -> bool {
        self.number(WTS_OPT_STRATEGY) == Some(i64::from(WTS_STRATEGY_WINCH))
    }

    fn is_set(&self, option: i32) -> bool {
        self.numbers.contains_key(&option) || self.texts.contains_key(&option)
    }

    /// The name of the first option that was set and is of a kind.
    fn any_set(&self, of_kind: fn(&Apply) -> bool) -> Option<&'static str> {
        OPTIONS.iter().find(|option| of_kind(&option.apply) && self.is_set(option.number)).map(|option| option.name)
    }

    /// Options that contradict each other; Wasmtime itself finds the rest.
    fn check_together(&self) -> Result {
        if let (Some(name), false) = (self.any_set(|apply| matches!(apply, Pool(_))), self.pools()) {
            return fail(WTS_ERR_STATE, format_args!("{name} is set, but allocation_strategy is not 1 (pooling)"));
        }
        if let (Some(name), false) = (self.any_set(|apply| matches!(apply, Compiler(_))), self.compiles()) {
            return fail(WTS_ERR_STATE, format_args!("{name} is set, but compiler is 0"));
        }
        for (option, needed, met) in [
            (WTS_OPT_CACHE_SIZE, "cache is not 1", self.caches()),
            (WTS_OPT_CACHE_DIR, "cache is not 1", self.caches()),
            (WTS_OPT_CACHE_DIR, "compiler is 0", self.compiles()),
            (WTS_OPT_CACHE, "compiler is 0", self.compiles() || !self.caches()),
            (WTS_OPT_CRANELIFT_FLAGS, "compiler is 0", self.compiles()),
            (WTS_OPT_MAX_WASM_SIZE, "compiler is 0", self.compiles()),
            (WTS_OPT_MAX_WASM_FUNCTIONS, "compiler is 0", self.compiles()),
            // Winch panics over a processor with some features and without others.
            (WTS_OPT_CRANELIFT_FLAGS, "strategy is 2 (Winch)", !self.is_winch()),
            (WTS_OPT_FUEL_COSTS, "fuel is not 1", self.is_on(WTS_OPT_FUEL)),
            (WTS_OPT_BACKTRACE_MAX_FRAMES, "backtrace is 0", self.number(WTS_OPT_BACKTRACE) != Some(0)),
        ] {
            if self.is_set(option) && !met {
                return fail(WTS_ERR_STATE, format_args!("{} is set, but {needed}", name(option)));
            }
        }
        for (option, needed) in NEEDS {
            if self.is_on(*option) && self.number(*needed) == Some(0) {
                return fail(WTS_ERR_STATE, format_args!("{} is 1, but {} is 0", name(*option), name(*needed)));
            }
        }
        self.check_stacks()
    }

    /// A host function that runs on a fiber needs stack of its own.
    fn check_stacks(&self) -> Result {
        let wasm = self.number(WTS_OPT_MAX_WASM_STACK).unwrap_or(MAX_WASM_STACK);
        match self.number(WTS_OPT_ASYNC_STACK_SIZE) {
            Some(fiber) if fiber < wasm + LEAST_HEADROOM => fail(
                WTS_ERR_STATE,
                format_args!(
                    "async_stack_size is {fiber}, but max_wasm_stack is {wasm}: {LEAST_HEADROOM} more are needed"
                ),
            ),
            _ => Ok(()),
        }
    }
}

/// Makes a config, in which nothing is set: the defaults apply.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_LIMIT`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_config` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_config_new(out_config: *mut wts_config_t) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_config, "out_config")?;
        out.set(wts_config_t(object::insert(Mutex::new(Config::default()))?));
        Ok(())
    })
}

/// Sets an option that is a number. `wts_option_range` tells which values fit.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no such option, or a value that
/// does not fit), `WTS_ERR_TYPE` (the option is a text).
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_config_set(config: wts_config_t, option: i32, value: i64) -> wts_status_t {
    boundary(|| {
        let config = object::get::<Mutex<Config>>(config.0)?;
        let option = self::option(option)?;
        option.check_text(false)?;
        option.check(value)?;
        config.lock().numbers.insert(option.number, value);
        Ok(())
    })
}

/// Gets what an option was set to.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no such option),
/// `WTS_ERR_TYPE` (the option is a text), `WTS_ERR_STATE` (it was not set).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_value` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_config_get(config: wts_config_t, option: i32, out_value: *mut i64) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_value, "out_value")?;
        let config = object::get::<Mutex<Config>>(config.0)?;
        let option = self::option(option)?;
        option.check_text(false)?;
        let value = config.lock().number(option.number);
        match value {
            Some(value) => out.set(value),
            None => return option.not_set(),
        }
        Ok(())
    })
}

/// Sets an option that is a text.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no
/// such option, an empty text, or one that it does not understand), `WTS_ERR_TYPE` (the option is a number).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `text` holds `text_len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_config_set_text(
    config: wts_config_t,
    option: i32,
    text: *const c_char,
    text_len: usize,
) -> wts_status_t {
    boundary(|| {
        let text = args::text(text, text_len, "text")?;
        let config = object::get::<Mutex<Config>>(config.0)?;
        let option = self::option(option)?;
        option.check_text(true)?;
        option.understand(text)?;
        config.lock().texts.insert(option.number, text.to_owned());
        Ok(())
    })
}

/// Copies out what an option was set to.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`, `WTS_ERR_RANGE` (no
/// such option), `WTS_ERR_TYPE` (the option is a number), `WTS_ERR_STATE` (it was not set).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_config_get_text(
    config: wts_config_t,
    option: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| {
        let config = object::get::<Mutex<Config>>(config.0)?;
        let option = self::option(option)?;
        option.check_text(true)?;
        let value = config.lock().text(option.number).map(str::to_owned);
        match value {
            Some(value) => args::copy_text_out(&value, buf, cap, out_len),
            None => option.not_set(),
        }
    })
}

/// Deletes a config. Engines made with it are not affected.
///
/// # Errors
/// `WTS_ERR_HANDLE`, `WTS_ERR_KIND`, `WTS_ERR_STALE`.
///
/// # Threads
/// Any thread.
#[unsafe(no_mangle)]
pub extern "C" fn wts_config_delete(config: wts_config_t) -> wts_status_t {
    boundary(|| object::delete::<Mutex<Config>>(config.0))
}

/// Gets how many options there are.
///
/// # Errors
/// `WTS_ERR_NULL`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_count` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_count(out_count: *mut usize) -> wts_status_t {
    boundary(|| {
        args::out(out_count, "out_count")?.set(OPTIONS.len());
        Ok(())
    })
}

/// Gets the number of the option at an index.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_option` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_at(index: usize, out_option: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_option, "out_option")?;
        out.set(args::index(OPTIONS.get(index), index, OPTIONS.len(), "option")?.number);
        Ok(())
    })
}

/// Finds an option by its name, such as `max_wasm_stack`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_UTF8`, `WTS_ERR_NOT_FOUND`.
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `name` holds `name_len` bytes; `out_option` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_find(name: *const c_char, name_len: usize, out_option: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_option, "out_option")?;
        let name = args::text(name, name_len, "name")?;
        match OPTIONS.iter().find(|option| option.name == name) {
            Some(option) => out.set(option.number),
            None => {
                let names: Vec<_> = OPTIONS.iter().map(|option| option.name).collect();
                let names = names.join(", ");
                return fail(WTS_ERR_NOT_FOUND, format_args!("there is no option {name:?}; the options are {names}"));
            }
        }
        Ok(())
    })
}

/// Copies out the name of an option.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (no such option).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_name(
    option: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| args::copy_text_out(self::option(option)?.name, buf, cap, out_len))
}

/// Copies out what an option does.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_BUFFER`, `WTS_ERR_RANGE` (no such option).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `buf` has room for `cap` bytes; `out_len` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_doc(
    option: i32,
    buf: *mut c_char,
    cap: usize,
    out_len: *mut usize,
) -> wts_status_t {
    boundary(|| args::copy_text_out(self::option(option)?.doc, buf, cap, out_len))
}

/// Gets what kind of value an option has: `WTS_OPTION_...`.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (no such option).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// `out_kind` is writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_kind(option: i32, out_kind: *mut i32) -> wts_status_t {
    boundary(|| {
        let out = args::out(out_kind, "out_kind")?;
        out.set(self::option(option)?.kind);
        Ok(())
    })
}

/// Gets the smallest and the largest value of an option that is a number.
///
/// # Errors
/// `WTS_ERR_NULL`, `WTS_ERR_RANGE` (no such option), `WTS_ERR_TYPE` (the option is a text).
///
/// # Threads
/// Any thread.
///
/// # Safety
/// Both are writable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn wts_option_range(option: i32, out_min: *mut i64, out_max: *mut i64) -> wts_status_t {
    boundary(|| {
        let out_min = args::out(out_min, "out_min")?;
        let out_max = args::out(out_max, "out_max")?;
        let option = self::option(option)?;
        option.check_text(false)?;
        out_min.set(option.min);
        out_max.set(option.max);
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_of_options_are_unique() {
        for (index, option) in OPTIONS.iter().enumerate() {
            assert!(OPTIONS[..index].iter().all(|other| other.number != option.number && other.name != option.name));
            assert!(option.doc.ends_with('.'), "{}", option.name);
        }
    }

    #[test]
    fn every_option_constant_is_in_the_table() {
        let constants = include_str!("abi.rs").lines().filter(|line| line.starts_with("pub const WTS_OPT_"));
        assert_eq!(constants.count(), OPTIONS.len());
    }

    /// A config with some options set, and what they cannot do without.
    fn config(options: &[(&Opt, i64)]) -> Config {
        let mut config = Config::default();
        for (option, value) in options {
            config.numbers.insert(option.number, *value);
            if matches!(option.apply, Pool(_)) {
                config.numbers.insert(WTS_OPT_ALLOCATION_STRATEGY, 1);
            }
            if option.number == WTS_OPT_CACHE_SIZE {
                config.numbers.insert(WTS_OPT_CACHE, 1);
            }
        }
        config
    }

    /// Modules that took Wasmtime by surprise, or could.
    const MODULES: &[&str] = &[
        "(module (tag $t) (func (try_table (catch_all 0) (throw $t))))",
        "(module (type $s (struct (field i32))) (func (result anyref) (struct.new $s (i32.const 1))))",
        "(module (memory 1) (data \"x\") (func (param v128) (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0))))",
    ];

    /// Makes an engine and modules with it, if Wasmtime lets it. A panic fails the test.
    fn try_out(options: &[(&Opt, i64)]) {
        match config(options).to_wasmtime() {
            Ok(config) => {
                if let Ok(engine) = wasmtime::Engine::new(&config) {
                    MODULES.iter().for_each(|module| drop(wasmtime::Module::new(&engine, module)));
                }
            }
            Err(failure) => assert_eq!(failure.status, WTS_ERR_STATE),
        }
    }

    #[test]
    fn every_option_makes_an_engine_at_both_ends_of_its_range_or_is_refused() {
        for option in OPTIONS.iter().filter(|option| !option.is_text()) {
            // Some ends are more than this machine can give; that must be an error, not a crash.
            try_out(&[(option, option.min)]);
            // Writes a file into the current folder; tests/c/test_engine.c tries it.
            if option.number != WTS_OPT_PROFILING_STRATEGY {
                try_out(&[(option, option.max)]);
            }
        }
    }

    #[test]
    fn every_pair_of_switches_makes_an_engine_or_is_refused() {
        let switches: Vec<_> = OPTIONS.iter().filter(|option| option.kind == WTS_OPTION_BOOL).collect();
        for (index, one) in switches.iter().enumerate() {
            for other in &switches[..index] {
                for (a, b) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                    try_out(&[(one, a), (other, b)]);
                }
            }
        }
    }
}
