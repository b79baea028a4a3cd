/* The benches through Wasmtime's own C API, as its users write them. The functions bench_unchecked_...
 * use its unchecked variants, where nothing compares types and counts. */
#include "bench.h"

#include <pthread.h>
#include <wasmtime.h>

static wasm_engine_t *engine, *pooled_engine;
static wasmtime_module_t *module, *pooled_module;
static wasmtime_linker_t *linker, *unchecked_linker;
static wasmtime_instance_pre_t *pre;

/* Each thread has stores of its own, one with the checked host function and one with the other. */
static _Thread_local wasmtime_context_t *context, *unchecked_context;
static _Thread_local wasmtime_instance_t instance;
static _Thread_local wasmtime_func_t add, mixed, loop, unchecked_loop;
static _Thread_local wasmtime_memory_t memory;

/* Where results go, so that nothing is optimised away. */
static volatile int64_t sink;
static uint8_t buffer[MIB];

static void fail(wasmtime_error_t *error, wasm_trap_t *trap) {
    wasm_byte_vec_t message = {0, NULL};
    if (error != NULL) wasmtime_error_message(error, &message);
    if (error == NULL && trap != NULL) wasm_trap_message(trap, &message);
    fprintf(stderr, "%.*s\n", (int)message.size, message.data);
    exit(1);
}

static inline void need(wasmtime_error_t *error, wasm_trap_t *trap) {
    if (error != NULL || trap != NULL) fail(error, trap);
}

static wasm_trap_t *host_add(void *env, wasmtime_caller_t *caller, const wasmtime_val_t *args, size_t nargs,
                             wasmtime_val_t *results, size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    results[0].kind = WASMTIME_I32;
    results[0].of.i32 = args[0].of.i32 + args[1].of.i32;
    return NULL;
}

static wasm_trap_t *host_add_unchecked(void *env, wasmtime_caller_t *caller, wasmtime_val_raw_t *raw, size_t len) {
    (void)env, (void)caller, (void)len;
    raw[0].i32 = raw[0].i32 + raw[1].i32;
    return NULL;
}

static wasmtime_linker_t *new_linker(wasm_engine_t *of, bool unchecked) {
    wasmtime_linker_t *made = wasmtime_linker_new(of);
    wasm_functype_t *type = wasm_functype_new_2_1(wasm_valtype_new_i32(), wasm_valtype_new_i32(), wasm_valtype_new_i32());
    need(unchecked ? wasmtime_linker_define_func_unchecked(made, "env", 3, "add", 3, type, host_add_unchecked, NULL, NULL)
                   : wasmtime_linker_define_func(made, "env", 3, "add", 3, type, host_add, NULL, NULL),
         NULL);
    wasm_functype_delete(type);
    return made;
}

static void setup_engine(void) {
    size_t len = 0;
    uint8_t *wasm = read_module("guest.wasm", &len);
    engine = wasm_engine_new();
    need(wasmtime_module_new(engine, wasm, len, &module), NULL);
    linker = new_linker(engine, false);
    unchecked_linker = new_linker(engine, true);
    free(wasm);
}

static void setup_pool(void) {
    size_t len = 0;
    uint8_t *wasm = read_module("guest.wasm", &len);
    wasm_config_t *config = wasm_config_new();
    wasmtime_pooling_allocation_config_t *pool = wasmtime_pooling_allocation_config_new();
    wasmtime_pooling_allocation_strategy_set(config, pool);
    wasmtime_pooling_allocation_config_delete(pool);
    pooled_engine = wasm_engine_new_with_config(config);
    need(wasmtime_module_new(pooled_engine, wasm, len, &pooled_module), NULL);
    need(wasmtime_linker_instantiate_pre(new_linker(pooled_engine, false), pooled_module, &pre), NULL);
    free(wasm);
}

static wasmtime_context_t *instantiate(wasmtime_linker_t *with, wasmtime_instance_t *out) {
    wasmtime_context_t *in = wasmtime_store_context(wasmtime_store_new(engine, NULL, NULL));
    wasm_trap_t *trap = NULL;
    need(wasmtime_linker_instantiate(with, in, module, out, &trap), trap);
    return in;
}

static wasmtime_extern_t export(wasmtime_context_t *in, const wasmtime_instance_t *of, const char *name) {
    wasmtime_extern_t item;
    need_true(wasmtime_instance_export_get(in, of, name, strlen(name), &item));
    return item;
}

static void need_pool(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, setup_pool);
}

void bench_setup(const char *folder) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    folder_of_modules = folder;
    pthread_once(&once, setup_engine);
    context = instantiate(linker, &instance);
    add = export(context, &instance, "add").of.func;
    mixed = export(context, &instance, "mixed").of.func;
    loop = export(context, &instance, "loop").of.func;
    memory = export(context, &instance, "memory").of.memory;
    uint64_t pages = 0;
    need(wasmtime_memory_grow(context, &memory, MIB / 65536, &pages), NULL);
    wasmtime_instance_t other;
    unchecked_context = instantiate(unchecked_linker, &other);
    unchecked_loop = export(unchecked_context, &other, "loop").of.func;
}

/* ---- Calls ---- */

static inline wasmtime_val_t i32(int32_t value) {
    return (wasmtime_val_t){.kind = WASMTIME_I32, .of = {.i32 = value}};
}

static inline wasmtime_val_t i64(int64_t value) {
    return (wasmtime_val_t){.kind = WASMTIME_I64, .of = {.i64 = value}};
}

static inline wasmtime_val_t f32(float value) {
    return (wasmtime_val_t){.kind = WASMTIME_F32, .of = {.f32 = value}};
}

static inline wasmtime_val_t f64(double value) {
    return (wasmtime_val_t){.kind = WASMTIME_F64, .of = {.f64 = value}};
}

BENCH(call) {
    wasmtime_context_t *in = context;
    const wasmtime_func_t func = add;
    wasmtime_val_t result = i32(0);
    for (; n > 0; n--) {
        const wasmtime_val_t args[2] = {i32(result.of.i32), i32(1)};
        wasm_trap_t *trap = NULL;
        need(wasmtime_func_call(in, &func, args, 2, &result, 1, &trap), trap);
    }
    sink = result.of.i32;
}

BENCH(unchecked_call) {
    wasmtime_context_t *in = context;
    const wasmtime_func_t func = add;
    wasmtime_val_raw_t raw[2] = {{.i32 = 0}, {.i32 = 0}};
    for (; n > 0; n--) {
        raw[1].i32 = 1;
        wasm_trap_t *trap = NULL;
        need(wasmtime_func_call_unchecked(in, &func, raw, 2, &trap), trap);
    }
    sink = raw[0].i32;
}

BENCH(call_mixed) {
    wasmtime_context_t *in = context;
    const wasmtime_func_t func = mixed;
    wasmtime_val_t results[2] = {i64(0), f64(0)};
    for (; n > 0; n--) {
        const wasmtime_val_t args[8] = {i32(1),  i64(results[0].of.i64), f32(1.5f), f64(results[1].of.f64),
                                        i32(-1), i64(3),                 f32(0.5f), f64(-2.0)};
        wasm_trap_t *trap = NULL;
        need(wasmtime_func_call(in, &func, args, 8, results, 2, &trap), trap);
    }
    sink = results[0].of.i64;
}

BENCH(unchecked_call_mixed) {
    wasmtime_context_t *in = context;
    const wasmtime_func_t func = mixed;
    int64_t first = 0;
    double second = 0;
    for (; n > 0; n--) {
        wasmtime_val_raw_t raw[8] = {{.i32 = 1},  {.i64 = first}, {.f32 = 1.5f}, {.f64 = second},
                                     {.i32 = -1}, {.i64 = 3},     {.f32 = 0.5f}, {.f64 = -2.0}};
        wasm_trap_t *trap = NULL;
        need(wasmtime_func_call_unchecked(in, &func, raw, 8, &trap), trap);
        first = raw[0].i64;
        second = raw[1].f64;
    }
    sink = first;
}

static void call_loop(wasmtime_context_t *in, const wasmtime_func_t *func, uint64_t n) {
    const wasmtime_val_t arg = i32((int32_t)n);
    wasmtime_val_t result;
    wasm_trap_t *trap = NULL;
    need(wasmtime_func_call(in, func, &arg, 1, &result, 1, &trap), trap);
    sink = result.of.i32;
}

/* One call of WebAssembly, which calls the host n times. */
BENCH(callback) { call_loop(context, &loop, n); }

BENCH(unchecked_callback) { call_loop(unchecked_context, &unchecked_loop, n); }

BENCH(lookup) {
    wasmtime_context_t *in = context;
    const wasmtime_instance_t of = instance;
    wasmtime_extern_t item;
    for (; n > 0; n--) {
        need_true(wasmtime_instance_export_get(in, &of, "add", 3, &item));
        wasmtime_extern_delete(&item);
    }
    sink = item.kind;
}

static wasmtime_context_t *fresh_instance(wasmtime_store_t **out_store, wasmtime_func_t *out_add) {
    *out_store = wasmtime_store_new(pooled_engine, NULL, NULL);
    wasmtime_context_t *in = wasmtime_store_context(*out_store);
    wasmtime_instance_t fresh;
    wasm_trap_t *trap = NULL;
    need(wasmtime_instance_pre_instantiate(pre, in, &fresh, &trap), trap);
    *out_add = export(in, &fresh, "add").of.func;
    return in;
}

BENCH(instantiate_call) {
    need_pool();
    for (; n > 0; n--) {
        wasmtime_store_t *store = NULL;
        wasmtime_func_t func;
        wasmtime_context_t *in = fresh_instance(&store, &func);
        const wasmtime_val_t args[2] = {i32(40), i32(2)};
        wasmtime_val_t result;
        wasm_trap_t *trap = NULL;
        need(wasmtime_func_call(in, &func, args, 2, &result, 1, &trap), trap);
        wasmtime_store_delete(store);
        sink = result.of.i32;
    }
}

BENCH(unchecked_instantiate_call) {
    need_pool();
    for (; n > 0; n--) {
        wasmtime_store_t *store = NULL;
        wasmtime_func_t func;
        wasmtime_context_t *in = fresh_instance(&store, &func);
        wasmtime_val_raw_t raw[2] = {{.i32 = 40}, {.i32 = 2}};
        wasm_trap_t *trap = NULL;
        need(wasmtime_func_call_unchecked(in, &func, raw, 2, &trap), trap);
        wasmtime_store_delete(store);
        sink = raw[0].i32;
    }
}

/* ---- Many rows ---- */

BENCH(batch) {
    static int32_t left[ROWS], right[ROWS], sums[ROWS];
    wasmtime_context_t *in = context;
    const wasmtime_func_t func = add;
    fill_columns(left, right);
    for (; n > 0; n--) {
        for (size_t row = 0; row < ROWS; row++) {
            const wasmtime_val_t args[2] = {i32(left[row]), i32(right[row])};
            wasmtime_val_t result;
            wasm_trap_t *trap = NULL;
            need(wasmtime_func_call(in, &func, args, 2, &result, 1, &trap), trap);
            sums[row] = result.of.i32;
        }
    }
    need_true(sums[ROWS - 1] == ROWS);
}

BENCH(unchecked_batch) {
    static int32_t left[ROWS], right[ROWS], sums[ROWS];
    wasmtime_context_t *in = context;
    const wasmtime_func_t func = add;
    fill_columns(left, right);
    for (; n > 0; n--) {
        for (size_t row = 0; row < ROWS; row++) {
            wasmtime_val_raw_t raw[2] = {{.i32 = left[row]}, {.i32 = right[row]}};
            wasm_trap_t *trap = NULL;
            need(wasmtime_func_call_unchecked(in, &func, raw, 2, &trap), trap);
            sums[row] = raw[0].i32;
        }
    }
    need_true(sums[ROWS - 1] == ROWS);
}

/* ---- Memory: a pointer and a size, for the user to check against ---- */

static inline uint8_t *checked(wasmtime_context_t *in, const wasmtime_memory_t *of, uint64_t offset, size_t len) {
    const size_t size = wasmtime_memory_data_size(in, of);
    need_true(offset <= size && len <= size - offset);
    return wasmtime_memory_data(in, of) + offset;
}

static void read_memory(uint64_t n, size_t len) {
    wasmtime_context_t *in = context;
    const wasmtime_memory_t from = memory;
    for (; n > 0; n--) memcpy(buffer, checked(in, &from, 0, len), len);
    sink = buffer[0];
}

static void write_memory(uint64_t n, size_t len) {
    wasmtime_context_t *in = context;
    const wasmtime_memory_t to = memory;
    for (; n > 0; n--) memcpy(checked(in, &to, 0, len), buffer, len);
}

BENCH(memory_read_64) { read_memory(n, 64); }
BENCH(memory_read_1m) { read_memory(n, MIB); }
BENCH(memory_write_64) { write_memory(n, 64); }
BENCH(memory_write_1m) { write_memory(n, MIB); }

/* ---- Compiled code ---- */

static void compile(uint64_t n, const char *name, wasm_engine_t *with) {
    size_t len = 0;
    uint8_t *wasm = read_module(name, &len);
    for (; n > 0; n--) {
        wasmtime_module_t *made = NULL;
        need(wasmtime_module_new(with, wasm, len, &made), NULL);
        wasmtime_module_delete(made);
    }
    free(wasm);
}

/* From a file, which is made the first time. Wasmtime maps it and compares no checksum. */
static void load(uint64_t n, const char *name) {
    const char *artifact = PATH_OF(name, ".capi");
    if (!exists(artifact)) {
        size_t len = 0;
        uint8_t *wasm = read_module(name, &len);
        wasmtime_module_t *made = NULL;
        wasm_byte_vec_t bytes;
        need(wasmtime_module_new(engine, wasm, len, &made), NULL);
        need(wasmtime_module_serialize(made, &bytes), NULL);
        write_file(artifact, bytes.data, bytes.size);
        wasm_byte_vec_delete(&bytes);
        wasmtime_module_delete(made);
        free(wasm);
    }
    for (; n > 0; n--) {
        wasmtime_module_t *made = NULL;
        need(wasmtime_module_deserialize_file(engine, artifact, &made), NULL);
        wasmtime_module_delete(made);
    }
}

static wasm_engine_t *cached_engine(void) {
    static wasm_engine_t *made = NULL;
    if (made != NULL) return made;
    wasm_config_t *config = wasm_config_new();
    need(wasmtime_config_cache_config_load(config, PATH_OF("cache_capi.toml", "")), NULL);
    return made = wasm_engine_new_with_config(config);
}

BENCH(compile_zlib) { compile(n, "zlib.wasm", engine); }
BENCH(compile_sqlite) { compile(n, "sqlite.wasm", engine); }
BENCH(load_zlib) { load(n, "zlib.wasm"); }
BENCH(load_sqlite) { load(n, "sqlite.wasm"); }
BENCH(cached_zlib) { compile(n, "zlib.wasm", cached_engine()); }
BENCH(cached_sqlite) { compile(n, "sqlite.wasm", cached_engine()); }
BENCH(mapped_zlib) { compile(n, "zlib.wasm", cached_engine()); }
BENCH(mapped_sqlite) { compile(n, "sqlite.wasm", cached_engine()); }

/* ---- Density ---- */

/* n instances, which stay alive. */
BENCH(density) {
    wasm_config_t *config = wasm_config_new();
    wasmtime_pooling_allocation_config_t *pool = wasmtime_pooling_allocation_config_new();
    wasmtime_pooling_allocation_config_total_core_instances_set(pool, (uint32_t)n);
    wasmtime_pooling_allocation_config_total_memories_set(pool, (uint32_t)n);
    wasmtime_pooling_allocation_strategy_set(config, pool);
    wasmtime_pooling_allocation_config_delete(pool);
    wasm_engine_t *dense = wasm_engine_new_with_config(config);
    size_t len = 0;
    uint8_t *wasm = read_module("guest.wasm", &len);
    wasmtime_module_t *of = NULL;
    wasmtime_instance_pre_t *ready = NULL;
    need(wasmtime_module_new(dense, wasm, len, &of), NULL);
    need(wasmtime_linker_instantiate_pre(new_linker(dense, false), of, &ready), NULL);
    for (; n > 0; n--) {
        wasmtime_context_t *in = wasmtime_store_context(wasmtime_store_new(dense, NULL, NULL));
        wasmtime_instance_t made;
        wasm_trap_t *trap = NULL;
        need(wasmtime_instance_pre_instantiate(ready, in, &made, &trap), trap);
        const wasmtime_func_t func = export(in, &made, "add").of.func;
        const wasmtime_val_t args[2] = {i32(40), i32(2)};
        wasmtime_val_t result;
        need(wasmtime_func_call(in, &func, args, 2, &result, 1, &trap), trap);
        need_true(result.of.i32 == 42);
    }
    free(wasm);
}
