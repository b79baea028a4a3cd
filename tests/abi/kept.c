/* What was compiled into tests/abi/kept-x86_64-linux when the header was that of 0.1.0. The binary stays as it is: the
 * test abi_kept runs it with the library of today.
 *
 *     cc -std=c11 -Os -s -Iinclude tests/abi/kept.c target/release/libwasmtime_shim.so -o tests/abi/kept-x86_64-linux
 */
#include <wts.h>

#define GUEST                                                               \
    "(module $guest"                                                        \
    "  (import \"host\" \"log\" (func $log (param i32 i32)))"               \
    "  (memory (export \"memory\") 1)"                                      \
    "  (global (export \"half\") (mut f32) (f32.const 0.5))"                \
    "  (table (export \"table\") 3 funcref)"                                \
    "  (data (i32.const 16) \"Hello from WebAssembly!\")"                   \
    "  (func (export \"greet\") (call $log (i32.const 16) (i32.const 23)))" \
    "  (func (export \"add\") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))" \
    "  (func (export \"spin\") (loop (br 0)))"                              \
    "  (func (export \"divide\") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1))))"

static int dropped;

static void drop(void *env) {
    (void)env;
    dropped++;
}

static int32_t log_text(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                        size_t nresults) {
    WTS_SCOPED_TEXT text = NULL;
    uint64_t memory = 0;
    (void)env, (void)nargs, (void)results, (void)nresults;
    WTS_TRY_CALLER(caller, wts_caller_get_export(caller, WTS_STR("memory"), &memory));
    WTS_TRY_CALLER(caller, wts_copy_memory_text(memory, (uint32_t)args[0], (uint32_t)args[1], &text));
    printf("%s\n", text);
    return 0;
}

static wts_status_t use(wts_instance_t instance, wts_store_t store) {
    uint64_t greet = 0, add = 0, divide = 0, spin = 0, memory = 0, half = 0, table = 0, size = 0, pages = 0;
    int32_t sum = 0, code = 0;
    double value = 0;
    static int64_t rows[2000], sums[1000];
    size_t done = 0;
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("greet"), &greet));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add"), &add));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("divide"), &divide));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("spin"), &spin));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("memory"), &memory));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("half"), &half));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("table"), &table));
    WTS_TRY(wts_call_void(greet));
    WTS_TRY(wts_call_i32_i32_i32(add, 40, 2, &sum));
    printf("40 + 2 = %d\n", (int)sum);
    WTS_TRY(wts_memory_write(memory, 16, WTS_BYTES("HELLO")));
    WTS_TRY(wts_call_void(greet));
    WTS_TRY(wts_memory_grow(memory, 1, &pages));
    WTS_TRY(wts_global_get_f64(half, &value));
    WTS_TRY(wts_table_size(table, &size));
    printf("%d page, %g, %d elements\n", (int)pages, value, (int)size);
    if (wts_call_i32_i32_i32(divide, 1, 0, &sum) == WTS_ERR_TRAP && wts_error_trap_code(0, &code) == WTS_OK)
        printf("trap %d\n", (int)code);
    WTS_TRY(wts_store_set_timeout_ms(store, 10));
    printf("spin: %d\n", (int)wts_call_void(spin));
    WTS_TRY(wts_store_set_timeout_ms(store, -1));
    for (int row = 0; row < 1000; row++) rows[2 * row] = row, rows[2 * row + 1] = 2;
    WTS_TRY(wts_func_call_batch(add, 1000, rows, 2000, sums, 1000, &done));
    printf("%d rows, the last is %d\n", (int)done, (int)sums[999]);
    printf("no handle: %d, another kind: %d\n", (int)wts_store_delete(0), (int)wts_memory_size(add, &pages));
    return WTS_OK;
}

static wts_status_t run(void) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("host"), WTS_STR("log"), WTS_KINDS(WTS_I32, WTS_I32), WTS_NOTHING,
                                   log_text, NULL, drop));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(GUEST), &module));
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));
    return use(instance, store);
}

int main(void) {
    uint64_t count = 0;
    if (run() != WTS_OK || wts_handle_live_count(WTS_KIND_NONE, &count) != WTS_OK) {
        wts_error_print(0, stdout);
        return EXIT_FAILURE;
    }
    printf("%d handles are left, %d drop\n", (int)count, dropped);
    return EXIT_SUCCESS;
}
