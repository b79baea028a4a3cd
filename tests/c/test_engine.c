#include "files.h"

#define FORTY_TWO "(module (func (export \"f\") (result i32) i32.const 42))"

#if defined(__x86_64__)
#define FOREIGN_FLAG "has_lse"
#define FOREIGN_TARGET "x86_64-pc-windows-msvc"
#else
#define FOREIGN_FLAG "has_avx"
#define FOREIGN_TARGET "aarch64-pc-windows-msvc"
#endif

static void set(wts_config_t config, int32_t option, int64_t value) {
    CHECK_OK(wts_config_set(config, option, value));
}

/* An engine that differs from the default in one number. */
static wts_engine_t engine_with(int32_t option, int64_t value) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    set(config, option, value);
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static void check_answers_42(wts_engine_t of) {
    WTS_SCOPED(module) module = new_module_of(of, FORTY_TWO);
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    int32_t answer = 0;
    CHECK_OK(wts_store_new(of, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_EQ(answer, 42);
}

TEST(engines_of_every_strategy_and_level_run_wasm) {
    static const int32_t settings[][2] = {
        {WTS_OPT_STRATEGY, WTS_STRATEGY_AUTO},
        {WTS_OPT_STRATEGY, WTS_STRATEGY_CRANELIFT},
        {WTS_OPT_STRATEGY, WTS_STRATEGY_WINCH},
        {WTS_OPT_OPT_LEVEL, WTS_OPTIMIZE_NONE},
        {WTS_OPT_OPT_LEVEL, WTS_OPTIMIZE_SPEED},
        {WTS_OPT_OPT_LEVEL, WTS_OPTIMIZE_SPEED_AND_SIZE},
        {WTS_OPT_DEBUG_INFO, 1},
        {WTS_OPT_PARALLEL_COMPILATION, 0},
        {WTS_OPT_FUEL, 1},
        {WTS_OPT_EPOCH_INTERRUPTION, 1},
        {WTS_OPT_BACKTRACE_MAX_FRAMES, 1},
        {WTS_OPT_MEMORY_RESERVATION, 1 << 20},
        {WTS_OPT_MEMORY_RESERVATION_FOR_GROWTH, 1 << 20},
        {WTS_OPT_MEMORY_GUARD_SIZE, 1 << 16},
        {WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING},
        {WTS_OPT_CRANELIFT_DEBUG_VERIFIER, 1},
        {WTS_OPT_CRANELIFT_DEBUG_CHECKS, 1},
        {WTS_OPT_CRANELIFT_NAN_CANONICALIZATION, 1},
        {WTS_OPT_CRANELIFT_REGALLOC_ALGORITHM, WTS_REGALLOC_SINGLE_PASS},
        {WTS_OPT_INLINING, WTS_INLINING_INTRINSICS},
        {WTS_OPT_INLINING, WTS_INLINING_INTER_MODULE},
        {WTS_OPT_INLINING, WTS_INLINING_INTRA_GC},
        {WTS_OPT_INLINING, WTS_INLINING_YES},
        {WTS_OPT_COLLECTOR, WTS_COLLECTOR_DRC},
        {WTS_OPT_COLLECTOR, WTS_COLLECTOR_NULL},
        {WTS_OPT_COLLECTOR, WTS_COLLECTOR_COPYING},
        {WTS_OPT_GC_HEAP_INITIAL_SIZE, 1 << 16},
        {WTS_OPT_GC_HEAP_RESERVATION, 0},
        {WTS_OPT_GC_HEAP_RESERVATION_FOR_GROWTH, 0},
        {WTS_OPT_GC_HEAP_GUARD_SIZE, 0},
        {WTS_OPT_GC_HEAP_MAY_MOVE, 0},
        {WTS_OPT_GUARD_BEFORE_LINEAR_MEMORY, 0},
        {WTS_OPT_TABLE_LAZY_INIT, 0},
        {WTS_OPT_MEMORY_INIT_COW, 0},
        {WTS_OPT_FORCE_MEMORY_INIT_MEMFD, 1},
        {WTS_OPT_MEMORY_GUARANTEED_DENSE_IMAGE_SIZE, 0},
        {WTS_OPT_SIGNALS_BASED_TRAPS, 0},
        {WTS_OPT_MACOS_USE_MACH_PORTS, 1},
        {WTS_OPT_NATIVE_UNWIND_INFO, 0},
        {WTS_OPT_GENERATE_ADDRESS_MAP, 0},
        {WTS_OPT_DEBUG_SYMBOLS, 0},
        {WTS_OPT_GUEST_DEBUG, 1},
        {WTS_OPT_BACKTRACE_DETAILS, 1},
        {WTS_OPT_COREDUMP_ON_TRAP, 1},
        {WTS_OPT_METADATA_FOR_INTERNAL_ASSERTS, 1},
        {WTS_OPT_METADATA_FOR_GC_HEAP_CORRUPTION, 0},
        {WTS_OPT_ASYNC_STACK_SIZE, 4 << 20},
        {WTS_OPT_ASYNC_STACK_ZEROING, 1},
        {WTS_OPT_WASM_BRANCH_HINTING, 1},
        {WTS_OPT_RELAXED_SIMD_DETERMINISTIC, 1},
        {WTS_OPT_SHARED_MEMORY, 1},
    };
    check_answers_42(engine);
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        WTS_SCOPED(engine) made = engine_with(settings[i][0], settings[i][1]);
        check_answers_42(made);
    }
}

/* An engine that differs from the default in one text. */
static wts_engine_t engine_of_text(int32_t option, const char *text) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, option, WTS_CSTR(text)));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

TEST(engines_of_every_text_run_wasm) {
    WTS_SCOPED(engine) flags = engine_of_text(WTS_OPT_CRANELIFT_FLAGS, "log2_min_function_alignment=6");
    WTS_SCOPED(engine) pulley = engine_of_text(WTS_OPT_TARGET, "pulley64");
    WTS_SCOPED(engine) versioned = engine_of_text(WTS_OPT_MODULE_VERSION, "my application 7");
    check_answers_42(flags);
    check_answers_42(pulley);
    check_answers_42(versioned);
}

static void check_trap(wts_instance_t instance, const char *name, int32_t expected) {
    int32_t code = 0;
    CHECK_STATUS(wts_func_call(export_of(instance, name), WTS_NOTHING, WTS_NOTHING), WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, expected);
}

TEST(traps_need_no_signals) {
    WTS_SCOPED(engine) quiet = engine_with(WTS_OPT_SIGNALS_BASED_TRAPS, 0);
    WTS_SCOPED(module) module = new_module_of(
        quiet, "(module (memory 1) (table 1 funcref) (func (export \"unreachable\") unreachable)"
               "  (func (export \"memory\") (drop (i32.load (i32.const 65536))))"
               "  (func (export \"divide\") (drop (i32.div_s (i32.const 1) (i32.const 0))))"
               "  (func (export \"null\") (call_indirect (i32.const 0)))"
               "  (func $forever (export \"forever\") (call $forever)))");
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_new(quiet, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    check_trap(instance, "unreachable", WTS_TRAP_UNREACHABLE);
    check_trap(instance, "memory", WTS_TRAP_MEMORY_OUT_OF_BOUNDS);
    check_trap(instance, "divide", WTS_TRAP_INTEGER_DIVISION_BY_ZERO);
    check_trap(instance, "null", WTS_TRAP_INDIRECT_CALL_TO_NULL);
    check_trap(instance, "forever", WTS_TRAP_STACK_OVERFLOW);
}

/* What native profilers read is written where they look for it. */
TEST(profilers_learn_of_compiled_code) {
    char dir[PATH_SIZE], here[PATH_SIZE], file[64];
    CHECK(getcwd(here, sizeof here) != NULL);
    make_temporary_folder(dir);
    CHECK_EQ(chdir(dir), 0);
    {
        WTS_SCOPED(engine) jitdump = engine_with(WTS_OPT_PROFILING_STRATEGY, WTS_PROFILING_JITDUMP);
        WTS_SCOPED(engine) perfmap = engine_with(WTS_OPT_PROFILING_STRATEGY, WTS_PROFILING_PERFMAP);
        check_answers_42(jitdump);
        check_answers_42(perfmap);
    }
    CHECK_EQ(chdir(here), 0);
    CHECK(folder_size(dir) > 0);
    remove_folder(dir);
    snprintf(file, sizeof file, "/tmp/perf-%ld.map", (long)getpid());
    CHECK_EQ(unlink(file), 0);
}

TEST(operators_cost_what_they_are_said_to) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) dear = 0;
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    int32_t answer = 0;
    uint64_t before = 1000, after = 0;
    CHECK_OK(wts_config_new(&config));
    set(config, WTS_OPT_FUEL, 1);
    CHECK_OK(wts_config_set_text(config, WTS_OPT_FUEL_COSTS, WTS_STR("I32Const=100")));
    CHECK_OK(wts_engine_new(config, &dear));
    WTS_SCOPED(module) module = new_module_of(dear, FORTY_TWO);
    CHECK_OK(wts_store_new(dear, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_store_set_fuel(store, before));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_OK(wts_store_get_fuel(store, &after));
    CHECK(before - after >= 100 && before - after < 110);
}

/* A module that needs a proposal compiles where the proposal is on, and only there. */
TEST(proposals_are_switched_on_and_off) {
    static const struct {
        int32_t option, needs;
        const char *wat;
    } proposals[] = {
        {WTS_OPT_WASM_SIMD, WTS_OPT_WASM_RELAXED_SIMD, "(module (func (param v128)))"},
        {WTS_OPT_WASM_RELAXED_SIMD, 0,
         "(module (func (param v128 v128) (drop (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))))"},
        {WTS_OPT_WASM_BULK_MEMORY, WTS_OPT_WASM_REFERENCE_TYPES, "(module (memory 1) (data \"passive\"))"},
        {WTS_OPT_WASM_MULTI_VALUE, 0, "(module (func (result i32 i32) i32.const 1 i32.const 2))"},
        {WTS_OPT_WASM_REFERENCE_TYPES, WTS_OPT_GC_SUPPORT, "(module (func (param externref)))"},
        {WTS_OPT_WASM_MULTI_MEMORY, 0, "(module (memory 1) (memory 1))"},
        {WTS_OPT_WASM_MEMORY64, 0, "(module (memory i64 1))"},
        {WTS_OPT_WASM_GC, 0, "(module (type (struct (field i32))))"},
        {WTS_OPT_WASM_FUNCTION_REFERENCES, WTS_OPT_WASM_GC, "(module (type $f (func)) (func (param (ref $f))))"},
        {WTS_OPT_WASM_EXCEPTIONS, 0, "(module (tag))"},
        {WTS_OPT_WASM_TAIL_CALL, 0, "(module (func $f (return_call $f)))"},
        {WTS_OPT_WASM_EXTENDED_CONST, 0, "(module (global i32 (i32.add (i32.const 1) (i32.const 2))))"},
        {WTS_OPT_WASM_CUSTOM_PAGE_SIZES, 0, "(module (memory 1 (pagesize 1)))"},
        {WTS_OPT_WASM_THREADS, 0, "(module (memory 1 1 shared))"},
        {WTS_OPT_WASM_WIDE_ARITHMETIC, 0,
         "(module (func (param i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1)) drop drop))"},
        {WTS_OPT_GC_SUPPORT, 0, "(module (func (param externref)))"},
    };
    for (size_t i = 0; i < sizeof proposals / sizeof proposals[0]; i++) {
        WTS_SCOPED(engine) on = engine_with(proposals[i].option, 1);
        WTS_SCOPED(module) module = new_module_of(on, proposals[i].wat);
        WTS_SCOPED(config) without = 0;
        WTS_SCOPED(engine) off = 0;
        const uint8_t *wat = (const uint8_t *)proposals[i].wat;
        wts_module_t none = 0;
        CHECK_OK(wts_config_new(&without));
        set(without, proposals[i].option, 0);
        if (proposals[i].needs) set(without, proposals[i].needs, 0);
        CHECK_OK(wts_engine_new(without, &off));
        CHECK_STATUS(wts_module_new(off, wat, strlen(proposals[i].wat), &none), WTS_ERR_COMPILE);
    }
}

TEST(what_an_engine_made_outlives_its_handle) {
    const wts_engine_t short_lived = engine_with(WTS_OPT_FUEL, 0);
    WTS_SCOPED(module) module = new_module_of(short_lived, FORTY_TWO);
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_store_new(short_lived, 0, &store));
    CHECK_OK(wts_engine_delete(short_lived));
    wts_instance_t instance = 0;
    int32_t answer = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_EQ(answer, 42);
}

TEST(a_combination_that_does_not_fit_is_an_error) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 7;
    CHECK_OK(wts_config_new(&config));
    set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING);
    set(config, WTS_OPT_MEMORY_RESERVATION, 1 << 16);
    set(config, WTS_OPT_POOL_MAX_MEMORY_SIZE, 1 << 24);
    CHECK_STATUS(wts_engine_new(config, &made), WTS_ERR_STATE);

    /* An option that would be ignored is a mistake too. */
    set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_ON_DEMAND);
    CHECK_ERROR(wts_engine_new(config, &made), WTS_ERR_STATE, "pool_max_memory_size", "allocation_strategy");
    WTS_SCOPED(config) frames = 0;
    CHECK_OK(wts_config_new(&frames));
    set(frames, WTS_OPT_BACKTRACE, 0);
    set(frames, WTS_OPT_BACKTRACE_MAX_FRAMES, 5);
    CHECK_ERROR(wts_engine_new(frames, &made), WTS_ERR_STATE, "backtrace_max_frames");
    WTS_SCOPED(config) cache = 0;
    CHECK_OK(wts_config_new(&cache));
    set(cache, WTS_OPT_CACHE, 0);
    CHECK_OK(wts_config_set_text(cache, WTS_OPT_CACHE_DIR, WTS_STR("x")));
    CHECK_ERROR(wts_engine_new(cache, &made), WTS_ERR_STATE, "cache_dir");
    CHECK_EQ(made, 7);
}

static void check_contradiction(int32_t one, int64_t first, int32_t other, int64_t second, const char *named) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 7;
    CHECK_OK(wts_config_new(&config));
    set(config, one, first);
    set(config, other, second);
    CHECK_ERROR(wts_engine_new(config, &made), WTS_ERR_STATE, named);
    CHECK_EQ(made, 7);
}

TEST(contradictions_are_errors) {
    check_contradiction(WTS_OPT_WASM_RELAXED_SIMD, 1, WTS_OPT_WASM_SIMD, 0, "wasm_simd");
    check_contradiction(WTS_OPT_WASM_REFERENCE_TYPES, 1, WTS_OPT_WASM_BULK_MEMORY, 0, "wasm_bulk_memory");
    check_contradiction(WTS_OPT_WASM_GC, 1, WTS_OPT_GC_SUPPORT, 0, "gc_support");
    check_contradiction(WTS_OPT_WASM_EXCEPTIONS, 1, WTS_OPT_GC_SUPPORT, 0, "gc_support");
    check_contradiction(WTS_OPT_SHARED_MEMORY, 1, WTS_OPT_WASM_THREADS, 0, "wasm_threads");
    check_contradiction(WTS_OPT_FORCE_MEMORY_INIT_MEMFD, 1, WTS_OPT_MEMORY_INIT_COW, 0, "memory_init_cow");
    check_contradiction(WTS_OPT_DEBUG_INFO, 1, WTS_OPT_DEBUG_SYMBOLS, 0, "debug_symbols");
    check_contradiction(WTS_OPT_DEBUG_INFO, 1, WTS_OPT_GENERATE_ADDRESS_MAP, 0, "generate_address_map");
    check_contradiction(WTS_OPT_GUEST_DEBUG, 1, WTS_OPT_SIGNALS_BASED_TRAPS, 1, "guest debugging");
    check_contradiction(WTS_OPT_STRATEGY, WTS_STRATEGY_WINCH, WTS_OPT_WASM_GC, 1, "wasm_gc");
    check_contradiction(WTS_OPT_STRATEGY, WTS_STRATEGY_WINCH, WTS_OPT_SIGNALS_BASED_TRAPS, 0, "signals-based-traps");
    check_contradiction(WTS_OPT_STRATEGY, WTS_STRATEGY_CRANELIFT, WTS_OPT_COMPILER, 0, "strategy");
    check_contradiction(WTS_OPT_CACHE, 1, WTS_OPT_COMPILER, 0, "cache");
    check_contradiction(WTS_OPT_MAX_WASM_STACK, 1 << 20, WTS_OPT_ASYNC_STACK_SIZE, 1 << 20, "async_stack_size");

    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 7;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_FUEL_COSTS, WTS_STR("Call=2")));
    CHECK_ERROR(wts_engine_new(config, &made), WTS_ERR_STATE, "fuel_costs", "fuel is not 1");
    WTS_SCOPED(config) spectre = 0;
    CHECK_OK(wts_config_new(&spectre));
    set(spectre, WTS_OPT_SIGNALS_BASED_TRAPS, 0);
    CHECK_OK(wts_config_set_text(spectre, WTS_OPT_CRANELIFT_FLAGS, WTS_STR("enable_heap_access_spectre_mitigation")));
    CHECK_ERROR(wts_engine_new(spectre, &made), WTS_ERR_STATE, "spectre");
    WTS_SCOPED(config) winch = 0;
    CHECK_OK(wts_config_new(&winch));
    set(winch, WTS_OPT_STRATEGY, WTS_STRATEGY_WINCH);
    CHECK_OK(wts_config_set_text(winch, WTS_OPT_CRANELIFT_FLAGS, WTS_STR("has_avx2=false")));
    CHECK_ERROR(wts_engine_new(winch, &made), WTS_ERR_STATE, "cranelift_flags", "Winch");
    CHECK_EQ(made, 7);
}

/* A triple that can be read, but that this build makes no code for; a flag of another processor. */
TEST(what_cannot_be_compiled_for_is_an_error) {
    static const char *const targets[] = {"riscv64gc-unknown-linux-gnu", "wasm32-wasip1", "sparc-sun-solaris"};
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 7;
    CHECK_OK(wts_config_new(&config));
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        CHECK_OK(wts_config_set_text(config, WTS_OPT_TARGET, WTS_CSTR(targets[i])));
        CHECK_STATUS(wts_engine_new(config, &made), WTS_ERR_STATE);
    }
    WTS_SCOPED(config) foreign = 0;
    CHECK_OK(wts_config_new(&foreign));
    CHECK_OK(wts_config_set_text(foreign, WTS_OPT_CRANELIFT_FLAGS, WTS_STR(FOREIGN_FLAG)));
    CHECK_ERROR(wts_engine_new(foreign, &made), WTS_ERR_STATE, FOREIGN_FLAG);
    CHECK_EQ(made, 7);
}

/* An engine without compiler loads what an engine with one made. */
TEST(an_engine_without_compiler_loads_artifacts) {
    uint8_t artifact[1 << 16];
    size_t len = 0;
    wts_module_t made = 0;
    WTS_SCOPED(module) compiled = new_module(FORTY_TWO);
    CHECK_OK(wts_module_serialize(compiled, artifact, sizeof artifact, &len));
    WTS_SCOPED(engine) loader = engine_with(WTS_OPT_COMPILER, 0);
    CHECK_ERROR(wts_module_new(loader, WTS_BYTES(FORTY_TWO), &made), WTS_ERR_STATE, "compiler");
    WTS_SCOPED(module) loaded = 0;
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    int32_t answer = 0;
    CHECK_OK(wts_module_deserialize(loader, artifact, len, &loaded));
    CHECK_OK(wts_store_new(loader, 0, &store));
    CHECK_OK(wts_instance_new(store, loaded, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_EQ(answer, 42);

    /* A version of one's own is part of what fits. */
    WTS_SCOPED(engine) other = engine_of_text(WTS_OPT_MODULE_VERSION, "7");
    CHECK_ERROR(wts_module_deserialize(other, artifact, len, &made), WTS_ERR_STATE, "version");
}

/* ---- What is compiled at all ---- */

/* 8 bytes. */
static const uint8_t EMPTY[] = {0, 'a', 's', 'm', 1, 0, 0, 0, 0};

#define PADDED "(module (func) (; padded, so that the text is far longer than the module ;))"

TEST(what_is_compiled_has_a_largest_size) {
    wts_module_t made = 7;
    wts_buffer_t none = 7;
    WTS_SCOPED(engine) small = engine_with(WTS_OPT_MAX_WASM_SIZE, 8);
    WTS_SCOPED(module) module = 0;
    CHECK_OK(wts_module_new(small, EMPTY, 8, &module));
    CHECK_ERROR(wts_module_new(small, EMPTY, 9, &made), WTS_ERR_LIMIT, "9 bytes", "max_wasm_size is 8");
    CHECK_STATUS(wts_module_validate(small, EMPTY, 9), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_engine_precompile(small, EMPTY, 9, &none), WTS_ERR_LIMIT);
    CHECK_ERROR(wts_module_new_file(small, WTS_STR("tests/wasm/zlib.wasm"), &made), WTS_ERR_LIMIT, "max_wasm_size");

    /* The text counts, and the module that it stands for. */
    WTS_SCOPED(engine) enough = engine_with(WTS_OPT_MAX_WASM_SIZE, sizeof PADDED - 1);
    WTS_SCOPED(engine) too_small = engine_with(WTS_OPT_MAX_WASM_SIZE, sizeof PADDED - 2);
    WTS_SCOPED(module) padded = new_module_of(enough, PADDED);
    CHECK_STATUS(wts_module_new(too_small, WTS_BYTES(PADDED), &made), WTS_ERR_LIMIT);
    WTS_SCOPED(engine) fifteen = engine_with(WTS_OPT_MAX_WASM_SIZE, 15);
    CHECK_ERROR(wts_module_new(fifteen, WTS_BYTES("(module (func))"), &made), WTS_ERR_LIMIT, "max_wasm_size is 15");
    CHECK(made == 7 && none == 7);
    check_answers_42(engine);
}

/* What is imported is not compiled. */
#define TWO_FUNCTIONS "(module (import \"m\" \"f\" (func)) (func) (func))"
#define THREE_FUNCTIONS "(module (import \"m\" \"f\" (func)) (func) (func) (func))"

TEST(what_is_compiled_has_so_many_functions_at_most) {
    wts_module_t made = 7;
    wts_buffer_t none = 7;
    WTS_SCOPED(engine) few = engine_with(WTS_OPT_MAX_WASM_FUNCTIONS, 2);
    WTS_SCOPED(module) module = new_module_of(few, TWO_FUNCTIONS);
    CHECK_ERROR(wts_module_new(few, WTS_BYTES(THREE_FUNCTIONS), &made), WTS_ERR_LIMIT, "3 functions", "max_wasm_functions is 2");
    CHECK_STATUS(wts_module_validate(few, WTS_BYTES(THREE_FUNCTIONS)), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_engine_precompile(few, WTS_BYTES(THREE_FUNCTIONS), &none), WTS_ERR_LIMIT);
    WTS_SCOPED(engine) none_at_all = engine_with(WTS_OPT_MAX_WASM_FUNCTIONS, 0);
    WTS_SCOPED(module) empty = new_module_of(none_at_all, "(module)");
    CHECK_STATUS(wts_module_new(none_at_all, WTS_BYTES("(module (func))"), &made), WTS_ERR_LIMIT);
    CHECK(made == 7 && none == 7);
}

#define THREE_FUNCTIONS_IN_ALL "(component (core module (func)) (component (core module (func) (func))))"

TEST(a_component_is_limited_as_a_whole) {
    wts_component_t refused = 7;
    wts_buffer_t none = 7;
    WTS_SCOPED(engine) three = engine_with(WTS_OPT_MAX_WASM_FUNCTIONS, 3);
    WTS_SCOPED(engine) two = engine_with(WTS_OPT_MAX_WASM_FUNCTIONS, 2);
    WTS_SCOPED(engine) small = engine_with(WTS_OPT_MAX_WASM_SIZE, 20);
    WTS_SCOPED(component) taken = 0;
    CHECK_OK(wts_component_new(three, WTS_BYTES(THREE_FUNCTIONS_IN_ALL), &taken));
    CHECK_ERROR(wts_component_new(two, WTS_BYTES(THREE_FUNCTIONS_IN_ALL), &refused), WTS_ERR_LIMIT, "max_wasm_functions is 2");
    CHECK_STATUS(wts_component_precompile(two, WTS_BYTES(THREE_FUNCTIONS_IN_ALL), &none), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_component_new(small, WTS_BYTES(THREE_FUNCTIONS_IN_ALL), &refused), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_component_new_file(small, WTS_STR("tests/wasm/inventory.wasm"), &refused), WTS_ERR_LIMIT);
    CHECK(refused == 7 && none == 7);
}

/* ---- Artifacts for here and elsewhere ---- */

static void check_runs_in(wts_engine_t of, const uint8_t *artifact, size_t len) {
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    int32_t answer = 0;
    CHECK_OK(wts_module_deserialize(of, artifact, len, &module));
    CHECK_OK(wts_store_new(of, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &answer));
    CHECK_EQ(answer, 42);
}

TEST(artifacts_are_made_without_loading) {
    WTS_SCOPED(buffer) artifact = 0;
    wts_buffer_t none = 7;
    const uint8_t *bytes = NULL;
    size_t len = 0;
    CHECK_OK(wts_engine_precompile(engine, WTS_BYTES(FORTY_TWO), &artifact));
    CHECK_OK(wts_buffer_data(artifact, &bytes, &len));
    check_runs_in(engine, bytes, len);
    CHECK_ERROR(wts_engine_precompile(engine, WTS_BYTES("(module (fun))"), &none), WTS_ERR_COMPILE, "1:10");
    CHECK_STATUS(wts_engine_precompile(engine, NULL, 0, &none), WTS_ERR_COMPILE);
    CHECK_STATUS(wts_engine_precompile(engine, NULL, 1, &none), WTS_ERR_NULL);
    WTS_SCOPED(engine) loader = engine_with(WTS_OPT_COMPILER, 0);
    CHECK_ERROR(wts_engine_precompile(loader, WTS_BYTES(FORTY_TWO), &none), WTS_ERR_STATE, "compiler");
    CHECK_EQ(none, 7);
}

/* Code for Windows is made here and runs there. */
TEST(an_engine_for_another_machine_makes_artifacts_only) {
    WTS_SCOPED(engine) foreign = engine_of_text(WTS_OPT_TARGET, FOREIGN_TARGET);
    WTS_SCOPED(buffer) artifact = 0;
    const uint8_t *bytes = NULL;
    size_t len = 0;
    int32_t kind = 0;
    wts_module_t module = 7;
    CHECK_OK(wts_module_validate(foreign, WTS_BYTES(FORTY_TWO)));
    CHECK_OK(wts_engine_precompile(foreign, WTS_BYTES(FORTY_TWO), &artifact));
    CHECK_OK(wts_buffer_data(artifact, &bytes, &len));
    CHECK_OK(wts_artifact_detect(bytes, len, &kind));
    CHECK_EQ(kind, WTS_ARTIFACT_MODULE);
    CHECK_ERROR(wts_module_new(foreign, WTS_BYTES(FORTY_TWO), &module), WTS_ERR_STATE, FOREIGN_TARGET,
                "wts_engine_precompile");
    CHECK_STATUS(wts_module_deserialize(foreign, bytes, len, &module), WTS_ERR_STATE);
    CHECK_STATUS(wts_module_deserialize(engine, bytes, len, &module), WTS_ERR_STATE);
    CHECK_EQ(module, 7);
}

TEST(an_artifact_for_the_interpreter_runs_in_it) {
    WTS_SCOPED(engine) pulley = engine_of_text(WTS_OPT_TARGET, "pulley64");
    WTS_SCOPED(buffer) artifact = 0;
    const uint8_t *bytes = NULL;
    size_t len = 0;
    int32_t is = 7;
    wts_module_t module = 7;
    CHECK_OK(wts_engine_is_pulley(pulley, &is));
    CHECK_EQ(is, 1);
    CHECK_OK(wts_engine_is_pulley(engine, &is));
    CHECK_EQ(is, 0);
    CHECK_OK(wts_engine_precompile(pulley, WTS_BYTES(FORTY_TWO), &artifact));
    CHECK_OK(wts_buffer_data(artifact, &bytes, &len));
    check_runs_in(pulley, bytes, len);
    CHECK_STATUS(wts_module_deserialize(engine, bytes, len, &module), WTS_ERR_STATE);
    CHECK_EQ(module, 7);
}

static uint64_t hash_of(wts_engine_t of) {
    uint64_t hash = 0;
    CHECK_OK(wts_engine_compatibility_hash(of, &hash));
    return hash;
}

TEST(engines_that_share_artifacts_share_a_hash) {
    WTS_SCOPED(engine) other = engine_with(WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING);
    WTS_SCOPED(engine) fuelled = engine_with(WTS_OPT_FUEL, 1);
    CHECK_EQ(hash_of(engine), hash_of(other));
    CHECK(hash_of(engine) != hash_of(fuelled));
    int32_t same = 7;
    CHECK_OK(wts_engine_same(engine, engine, &same));
    CHECK_EQ(same, 1);
    CHECK_OK(wts_engine_same(engine, other, &same));
    CHECK_EQ(same, 0);
}

TEST(an_engine_tells_its_target) {
    WTS_SCOPED(engine) pulley = engine_of_text(WTS_OPT_TARGET, "pulley64");
    WTS_SCOPED(engine) loader = engine_with(WTS_OPT_COMPILER, 0);
    char host[sizeof test_text];
    CHECK_TEXT(wts_engine_target(pulley, TEXT), "pulley64-unknown-unknown-elf");
    CHECK_OK(wts_engine_target(engine, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strchr(test_text, '-') != NULL);
    strcpy(host, test_text);
    CHECK_TEXT(wts_engine_target(loader, TEXT), host);
    CHECK_COPY_OUT(wts_engine_target, engine);
}

/* ---- The pool ---- */

static uint64_t metric(wts_engine_t of, int32_t which) {
    uint64_t value = 0;
    CHECK_OK(wts_engine_pool_metric(of, which, &value));
    return value;
}

TEST(a_pool_tells_what_it_holds) {
    WTS_SCOPED(engine) pooled = engine_with(WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING);
    WTS_SCOPED(module) module = new_module_of(pooled, "(module (memory 1) (table 1 funcref))");
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    uint64_t value = 7;
    CHECK_OK(wts_store_new(pooled, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_EQ(metric(pooled, WTS_POOL_CORE_INSTANCES), 2);
    CHECK_EQ(metric(pooled, WTS_POOL_COMPONENT_INSTANCES), 0);
    CHECK_EQ(metric(pooled, WTS_POOL_MEMORIES), 2);
    CHECK_EQ(metric(pooled, WTS_POOL_TABLES), 2);
    CHECK_EQ(metric(pooled, WTS_POOL_STACKS), 0);
    CHECK_EQ(metric(pooled, WTS_POOL_GC_HEAPS), 0);
    CHECK_EQ(metric(pooled, WTS_POOL_UNUSED_WARM_MEMORIES), 0);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(metric(pooled, WTS_POOL_CORE_INSTANCES), 0);
    CHECK_EQ(metric(pooled, WTS_POOL_MEMORIES), 0);
    CHECK_EQ(metric(pooled, WTS_POOL_UNUSED_WARM_MEMORIES), 2);
    CHECK_EQ(metric(pooled, WTS_POOL_UNUSED_WARM_TABLES), 2);
    CHECK_EQ(metric(pooled, WTS_POOL_UNUSED_MEMORY_BYTES_RESIDENT), 0);
    CHECK_EQ(metric(pooled, WTS_POOL_UNUSED_TABLE_BYTES_RESIDENT), 0);
    CHECK_EQ(metric(pooled, WTS_POOL_UNUSED_WARM_STACKS), 0);
    CHECK_EQ(metric(pooled, WTS_POOL_UNUSED_STACK_BYTES_RESIDENT), WTS_UNLIMITED);
    CHECK_STATUS(wts_engine_pool_metric(pooled, 12, &value), WTS_ERR_RANGE);
    CHECK_STATUS(wts_engine_pool_metric(pooled, -1, &value), WTS_ERR_RANGE);
    CHECK_ERROR(wts_engine_pool_metric(engine, WTS_POOL_MEMORIES, &value), WTS_ERR_STATE, "allocation_strategy");
    CHECK_EQ(value, 7);
}

TEST(the_pool_is_a_limit) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) pooled = 0;
    CHECK_OK(wts_config_new(&config));
    set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING);
    set(config, WTS_OPT_POOL_INSTANCES, 2);
    set(config, WTS_OPT_POOL_MEMORIES, 2);
    set(config, WTS_OPT_POOL_TABLES, 2);
    set(config, WTS_OPT_POOL_MAX_MEMORY_SIZE, 1 << 20);
    CHECK_OK(wts_engine_new(config, &pooled));
    WTS_SCOPED(module) module = new_module_of(pooled, "(module (memory 1))");
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_new(pooled, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_STATUS(wts_instance_new(store, module, WTS_NOTHING, &instance), WTS_ERR_LIMIT);

    /* What a deleted store held is free again. */
    CHECK_OK(wts_store_delete(store));
    CHECK_OK(wts_store_new(pooled, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_OK(wts_store_delete(store));
}

/* ---- The cache ---- */

static wts_engine_t cached_engine(const char *dir) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
    set(config, WTS_OPT_CACHE, 1);
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static void check_counts(wts_engine_t of, uint64_t expected_hits, uint64_t expected_misses) {
    uint64_t hits = 0, misses = 0;
    CHECK_OK(wts_engine_cache_counts(of, &hits, &misses));
    CHECK_EQ(hits, expected_hits);
    CHECK_EQ(misses, expected_misses);
}

static void check_no_warning(wts_engine_t of) {
    size_t len = 1;
    CHECK_OK(wts_engine_take_warning(of, NULL, 0, &len));
    CHECK_EQ(len, 0);
}

TEST(the_second_compilation_is_a_hit) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    {
        WTS_SCOPED(engine) first = cached_engine(dir);
        check_answers_42(first);
        check_counts(first, 0, 1);
        check_answers_42(first);
        check_counts(first, 1, 1);
        check_no_warning(first);
    }
    WTS_SCOPED(engine) second = cached_engine(dir);
    check_answers_42(second);
    check_counts(second, 1, 0);
    remove_folder(dir);
}

TEST(a_damaged_entry_is_compiled_again) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    {
        WTS_SCOPED(engine) first = cached_engine(dir);
        check_answers_42(first);
    }
    CHECK(flip_a_byte_in_every_file(dir) > 0);
    {
        WTS_SCOPED(engine) second = cached_engine(dir);
        check_answers_42(second);
        check_counts(second, 0, 1);
    }
    WTS_SCOPED(engine) third = cached_engine(dir);
    check_answers_42(third);
    check_counts(third, 1, 0);
    remove_folder(dir);
}

TEST(other_settings_do_not_share_entries) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    WTS_SCOPED(engine) plain = cached_engine(dir);
    check_answers_42(plain);
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) fuelled = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
    set(config, WTS_OPT_CACHE, 1);
    set(config, WTS_OPT_FUEL, 1);
    CHECK_OK(wts_engine_new(config, &fuelled));
    check_answers_42(fuelled);
    check_counts(fuelled, 0, 1);
    remove_folder(dir);
}

/* What an engine would not compile it does not find either. */
TEST(limits_hold_for_what_others_have_cached) {
    static const int32_t limits[][2] = {{WTS_OPT_MAX_WASM_SIZE, 40}, {WTS_OPT_MAX_WASM_FUNCTIONS, 0}};
    char dir[PATH_SIZE];
    wts_module_t made = 7;
    make_temporary_folder(dir);
    WTS_SCOPED(engine) unlimited = cached_engine(dir);
    check_answers_42(unlimited);
    for (int i = 0; i < 2; i++) {
        WTS_SCOPED(config) config = 0;
        WTS_SCOPED(engine) limited = 0;
        CHECK_OK(wts_config_new(&config));
        CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
        set(config, limits[i][0], limits[i][1]);
        CHECK_OK(wts_engine_new(config, &limited));
        CHECK_STATUS(wts_module_new(limited, WTS_BYTES(FORTY_TWO), &made), WTS_ERR_LIMIT);
    }
    CHECK_EQ(made, 7);
    remove_folder(dir);
}

TEST(the_cache_stays_within_its_size) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    {
        WTS_SCOPED(config) config = 0;
        WTS_SCOPED(engine) cached = 0;
        CHECK_OK(wts_config_new(&config));
        CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
        set(config, WTS_OPT_CACHE, 1);
        set(config, WTS_OPT_CACHE_SIZE, 1 << 20);
        CHECK_OK(wts_engine_new(config, &cached));
        for (int i = 0; i < 200; i++) {
            char wat[128];
            snprintf(wat, sizeof wat, "(module (func (export \"f\") (result i32) i32.const %d))", i);
            WTS_SCOPED(module) module = new_module_of(cached, wat);
        }
        check_counts(cached, 0, 200);
    }
    const long size = folder_size(dir);
    CHECK(size > 0 && size <= 1 << 20);
    remove_folder(dir);
}

TEST(the_cache_has_a_default_folder) {
    char dir[PATH_SIZE];
    make_temporary_folder(dir);
    CHECK_EQ(setenv("XDG_CACHE_HOME", dir, 1), 0);
    WTS_SCOPED(engine) cached = engine_with(WTS_OPT_CACHE, 1);
    check_answers_42(cached);
    check_no_warning(cached);
    CHECK(folder_size(dir) > 0);
    CHECK_EQ(unsetenv("XDG_CACHE_HOME"), 0);
    remove_folder(dir);
}

/* A folder below a regular file cannot be made by anybody, not even by root. */
TEST(a_cache_that_cannot_be_written_warns_once_and_is_harmless) {
    char dir[PATH_SIZE], file[PATH_SIZE + 8], below[PATH_SIZE + 16];
    make_temporary_folder(dir);
    snprintf(file, sizeof file, "%s/file", dir);
    snprintf(below, sizeof below, "%s/cache", file);
    write_file(file, "x", 1);
    WTS_SCOPED(engine) cached = cached_engine(below);
    check_answers_42(cached);
    check_answers_42(cached);
    size_t need = 0, len = 0;
    CHECK_OK(wts_engine_take_warning(cached, NULL, 0, &need));
    CHECK_STATUS(wts_engine_take_warning(cached, test_text, need - 1, &len), WTS_ERR_BUFFER);
    CHECK_EQ(len, need);
    CHECK_OK(wts_engine_take_warning(cached, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, below) != NULL);
    check_no_warning(cached);
    check_answers_42(cached);
    check_no_warning(cached);
    remove_folder(dir);
}

TEST(null_outputs_are_refused) {
    uint64_t count = 0;
    CHECK_STATUS(wts_engine_new(0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_cache_counts(engine, NULL, &count), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_cache_counts(engine, &count, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_take_warning(engine, NULL, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_precompile(engine, WTS_BYTES("(module)"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_compatibility_hash(engine, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_pool_metric(engine, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_target(engine, NULL, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_is_pulley(engine, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_engine_same(engine, engine, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    WTS_SCOPED(module) module = new_module("(module)");
    const wts_engine_t stale = deleted_engine();
    wts_engine_t made = 0;
    uint64_t count = 0;
    CHECK_HANDLES(h, stale, module, wts_engine_delete(h));
    CHECK_HANDLES(h, stale, module, wts_engine_increment_epoch(h));
    CHECK_HANDLES(h, stale, module, wts_engine_cache_counts(h, &count, &count));
    CHECK_HANDLES(h, stale, module, wts_engine_take_warning(h, TEXT));
    wts_buffer_t buffer = 0;
    int32_t is = 0;
    CHECK_HANDLES(h, stale, module, wts_engine_precompile(h, WTS_BYTES("(module)"), &buffer));
    CHECK_HANDLES(h, stale, module, wts_engine_compatibility_hash(h, &count));
    CHECK_HANDLES(h, stale, module, wts_engine_pool_metric(h, 0, &count));
    CHECK_HANDLES(h, stale, module, wts_engine_target(h, TEXT));
    CHECK_HANDLES(h, stale, module, wts_engine_is_pulley(h, &is));
    CHECK_HANDLES(h, stale, module, wts_engine_same(h, engine, &is));
    CHECK_HANDLES(h, stale, module, wts_engine_same(engine, h, &is));
    wts_config_t stale_config = 0;
    CHECK_OK(wts_config_new(&stale_config));
    CHECK_OK(wts_config_delete(stale_config));
    CHECK_HANDLES_NOT_NULL(h, stale_config, module, wts_engine_new(h, &made));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(engines_of_every_strategy_and_level_run_wasm);
    RUN(engines_of_every_text_run_wasm);
    RUN(traps_need_no_signals);
    RUN(profilers_learn_of_compiled_code);
    RUN(operators_cost_what_they_are_said_to);
    RUN(proposals_are_switched_on_and_off);
    RUN(what_an_engine_made_outlives_its_handle);
    RUN(a_combination_that_does_not_fit_is_an_error);
    RUN(contradictions_are_errors);
    RUN(what_cannot_be_compiled_for_is_an_error);
    RUN(an_engine_without_compiler_loads_artifacts);
    RUN(what_is_compiled_has_a_largest_size);
    RUN(what_is_compiled_has_so_many_functions_at_most);
    RUN(a_component_is_limited_as_a_whole);
    RUN(artifacts_are_made_without_loading);
    RUN(an_engine_for_another_machine_makes_artifacts_only);
    RUN(an_artifact_for_the_interpreter_runs_in_it);
    RUN(engines_that_share_artifacts_share_a_hash);
    RUN(an_engine_tells_its_target);
    RUN(a_pool_tells_what_it_holds);
    RUN(the_pool_is_a_limit);
    RUN(the_second_compilation_is_a_hit);
    RUN(a_damaged_entry_is_compiled_again);
    RUN(other_settings_do_not_share_entries);
    RUN(limits_hold_for_what_others_have_cached);
    RUN(the_cache_stays_within_its_size);
    RUN(the_cache_has_a_default_folder);
    RUN(a_cache_that_cannot_be_written_warns_once_and_is_harmless);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
