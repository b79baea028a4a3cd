/* The benches through this library, as a C program uses it. */
#include "bench.h"

#include <pthread.h>
#include <wts.h>

static wts_module_t module, pooled_module;
static wts_linker_t linker;
static wts_engine_t engine, pooled_engine;
static wts_instance_pre_t pre;

/* Each thread has a store of its own. */
static _Thread_local wts_instance_t instance;
static _Thread_local wts_func_t add, mixed, loop;
static _Thread_local wts_memory_t memory;

/* Where results go, so that nothing is optimised away. */
static volatile int64_t sink;
static uint8_t buffer[MIB];

static inline void need(wts_status_t status) {
    if (status >= 0) return;
    wts_error_print(0, stderr);
    exit(1);
}

static int32_t host_add(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                        size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    results[0] = wts_slot_from_i32(wts_slot_to_i32(args[0]) + wts_slot_to_i32(args[1]));
    return 0;
}

static wts_linker_t new_linker(wts_engine_t of) {
    wts_linker_t made = 0;
    need(wts_linker_new(of, &made));
    need(wts_linker_define_func(made, WTS_STR("env"), WTS_STR("add"), WTS_KINDS(WTS_I32, WTS_I32), WTS_KINDS(WTS_I32),
                                host_add, NULL, NULL));
    return made;
}

static void setup_engine(void) {
    size_t len = 0;
    uint8_t *wasm = read_module("guest.wasm", &len);
    need(wts_engine_new(0, &engine));
    need(wts_module_new(engine, wasm, len, &module));
    linker = new_linker(engine);
    free(wasm);
}

static void setup_pool(void) {
    size_t len = 0;
    uint8_t *wasm = read_module("guest.wasm", &len);
    wts_config_t config = 0;
    need(wts_config_new(&config));
    need(wts_config_set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING));
    need(wts_engine_new(config, &pooled_engine));
    need(wts_config_delete(config));
    need(wts_module_new(pooled_engine, wasm, len, &pooled_module));
    need(wts_linker_instantiate_pre(new_linker(pooled_engine), pooled_module, &pre));
    free(wasm);
}

static void need_pool(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, setup_pool);
}

void bench_setup(const char *folder) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    folder_of_modules = folder;
    pthread_once(&once, setup_engine);
    wts_store_t store = 0;
    need(wts_store_new(engine, 0, &store));
    need(wts_linker_instantiate(linker, store, module, &instance));
    need(wts_instance_get_export(instance, WTS_STR("add"), &add));
    need(wts_instance_get_export(instance, WTS_STR("mixed"), &mixed));
    need(wts_instance_get_export(instance, WTS_STR("loop"), &loop));
    need(wts_instance_get_export(instance, WTS_STR("memory"), &memory));
    uint64_t pages = 0;
    need(wts_memory_grow(memory, MIB / 65536, &pages));
}

/* ---- Calls ---- */

BENCH(call) {
    const wts_func_t func = add;
    int64_t args[2] = {0, 1};
    for (; n > 0; n--) need(wts_func_call(func, args, 2, args, 1));
    sink = args[0];
}

BENCH(call_mixed) {
    const wts_func_t func = mixed;
    int64_t results[2] = {0, 0};
    for (; n > 0; n--) {
        const int64_t args[8] = {
            wts_slot_from_i32(1),   wts_slot_from_i64(results[0]), wts_slot_from_f32(1.5f), results[1],
            wts_slot_from_i32(-1),  wts_slot_from_i64(3),          wts_slot_from_f32(0.5f), wts_slot_from_f64(-2.0),
        };
        need(wts_func_call(func, args, 8, results, 2));
    }
    sink = results[0];
}

/* One call of WebAssembly, which calls the host n times. */
BENCH(callback) {
    const int64_t arg = wts_slot_from_i32((int32_t)n);
    int64_t result = 0;
    need(wts_func_call(loop, &arg, 1, &result, 1));
    sink = result;
}

BENCH(lookup) {
    const wts_instance_t in = instance;
    uint64_t item = 0;
    for (; n > 0; n--) need(wts_instance_get_export(in, WTS_STR("add"), &item));
    sink = (int64_t)item;
}

BENCH(instantiate_call) {
    need_pool();
    for (; n > 0; n--) {
        uint64_t store = 0, fresh = 0, func = 0;
        int64_t result = 0;
        need(wts_store_new(pooled_engine, 0, &store));
        need(wts_instance_pre_instantiate(pre, store, &fresh));
        need(wts_instance_get_export(fresh, WTS_STR("add"), &func));
        need(wts_func_call(func, WTS_SLOTS(40, 2), &result, 1));
        need(wts_store_delete(store));
        sink = result;
    }
}

/* The same in one crossing. */
BENCH(instantiate_call_one) {
    size_t export = 0;
    need_pool();
    need(wts_module_export_find(pooled_module, WTS_STR("add"), &export));
    for (; n > 0; n--) {
        int64_t result = 0;
        need(wts_instance_pre_call(pre, export, 0, WTS_UNLIMITED, -1, WTS_UNLIMITED, WTS_SLOTS(40, 2), &result, 1));
        sink = result;
    }
}

/* A name resolved once, then looked up by its index. */
BENCH(lookup_index) {
    const wts_instance_t in = instance;
    size_t index = 0;
    uint64_t item = 0;
    need(wts_module_export_find(module, WTS_STR("add"), &index));
    for (; n > 0; n--) need(wts_instance_export_at(in, index, &item));
    sink = (int64_t)item;
}

/* ---- Many rows ---- */

static void fill_rows(int64_t *args) {
    if (args[1] == 1) return;
    for (int64_t row = 0; row < ROWS; row++) {
        args[2 * row] = row;
        args[2 * row + 1] = 1;
    }
}

BENCH(batch) {
    static int64_t args[2 * ROWS], results[ROWS];
    size_t done = 0;
    fill_rows(args);
    for (; n > 0; n--) need(wts_func_call_batch(add, ROWS, args, 2 * ROWS, results, ROWS, &done));
    need_true(done == ROWS && results[ROWS - 1] == ROWS);
}

BENCH(columns) {
    static int32_t left[ROWS], right[ROWS], sums[ROWS];
    const void *const args[2] = {left, right};
    void *const results[1] = {sums};
    size_t done = 0;
    fill_columns(left, right);
    for (; n > 0; n--) need(wts_func_call_columns(add, ROWS, args, 2, WTS_NOTHING, results, 1, WTS_NOTHING, &done));
    need_true(done == ROWS && sums[ROWS - 1] == ROWS);
}

/* ---- Memory ---- */

static void read_memory(uint64_t n, size_t len) {
    const wts_memory_t from = memory;
    for (; n > 0; n--) need(wts_memory_read(from, 0, buffer, len));
    sink = buffer[0];
}

static void write_memory(uint64_t n, size_t len) {
    const wts_memory_t to = memory;
    for (; n > 0; n--) need(wts_memory_write(to, 0, buffer, len));
}

BENCH(memory_read_64) { read_memory(n, 64); }
BENCH(memory_read_1m) { read_memory(n, MIB); }
BENCH(memory_write_64) { write_memory(n, 64); }
BENCH(memory_write_1m) { write_memory(n, MIB); }

/* ---- Compiled code ---- */

static void compile(uint64_t n, const char *name, wts_engine_t with) {
    size_t len = 0;
    uint8_t *wasm = read_module(name, &len);
    for (; n > 0; n--) {
        wts_module_t made = 0;
        need(wts_module_new(with, wasm, len, &made));
        need(wts_module_delete(made));
    }
    free(wasm);
}

/* From an artifact file, which is made the first time. */
static void load(uint64_t n, const char *name) {
    const char *path = PATH_OF(name, ""), *artifact = PATH_OF(name, ".ours");
    if (!exists(artifact)) {
        wts_module_t made = 0;
        need(wts_module_new_file(engine, WTS_CSTR(path), &made));
        need(wts_module_serialize_file(made, WTS_CSTR(artifact)));
        need(wts_module_delete(made));
    }
    for (; n > 0; n--) {
        wts_module_t made = 0;
        need(wts_module_deserialize_file(engine, WTS_CSTR(artifact), &made));
        need(wts_module_delete(made));
    }
}

static wts_engine_t cached_engine(int maps) {
    static wts_engine_t made[2] = {0, 0};
    if (made[maps] != 0) return made[maps];
    const char *path = PATH_OF("cache_ours", "");
    wts_config_t config = 0;
    need(wts_config_new(&config));
    need(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(path)));
    need(wts_config_set(config, WTS_OPT_MAP_ARTIFACTS, maps));
    need(wts_engine_new(config, &made[maps]));
    need(wts_config_delete(config));
    return made[maps];
}

BENCH(compile_zlib) { compile(n, "zlib.wasm", engine); }
BENCH(compile_sqlite) { compile(n, "sqlite.wasm", engine); }
BENCH(load_zlib) { load(n, "zlib.wasm"); }
BENCH(load_sqlite) { load(n, "sqlite.wasm"); }
BENCH(cached_zlib) { compile(n, "zlib.wasm", cached_engine(0)); }
BENCH(cached_sqlite) { compile(n, "sqlite.wasm", cached_engine(0)); }
BENCH(mapped_zlib) { compile(n, "zlib.wasm", cached_engine(1)); }
BENCH(mapped_sqlite) { compile(n, "sqlite.wasm", cached_engine(1)); }

/* ---- Density ---- */

/* n instances, which stay alive. */
BENCH(density) {
    wts_config_t config = 0;
    wts_engine_t dense = 0;
    wts_module_t of = 0;
    wts_instance_pre_t ready = 0;
    need(wts_config_new(&config));
    need(wts_config_set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING));
    need(wts_config_set(config, WTS_OPT_POOL_INSTANCES, (int64_t)n));
    need(wts_config_set(config, WTS_OPT_POOL_MEMORIES, (int64_t)n));
    need(wts_engine_new(config, &dense));
    size_t len = 0;
    uint8_t *wasm = read_module("guest.wasm", &len);
    need(wts_module_new(dense, wasm, len, &of));
    need(wts_linker_instantiate_pre(new_linker(dense), of, &ready));
    for (; n > 0; n--) {
        wts_store_t store = 0;
        wts_instance_t made = 0;
        wts_func_t func = 0;
        need(wts_store_new(dense, 0, &store));
        need(wts_instance_pre_instantiate(ready, store, &made));
        need(wts_instance_get_export(made, WTS_STR("add"), &func));
        int64_t result = 0;
        need(wts_func_call(func, WTS_SLOTS(40, 2), &result, 1));
        need_true(result == 42);
    }
    free(wasm);
}
