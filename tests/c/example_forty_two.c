/* 40 + 2 in WebAssembly, with a function of the host behind it.
 * Prints 42. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"env\" \"widen_i32\" (func $widen_i32 (param i32) (result i64)))"                  \
    "  (func (export \"add_int32\") (param i32 i32) (result i32)"                                  \
    "    local.get 0 local.get 1 i32.add)"                                                         \
    "  (func (export \"add_int64\") (param i32 i32) (result i64)"                                  \
    "    local.get 0 call $widen_i32 local.get 1 call $widen_i32 i64.add))"

/* i32 -> i64. Values cross as slots of 64 bits. */
static int32_t widen_i32(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                         size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    results[0] = wts_slot_from_i64(wts_slot_to_i32(args[0]));
    return 0;
}

static wts_status_t run(int32_t *out_sum, int64_t *out_wide_sum) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t add_int32 = 0, add_int64 = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("widen_i32"), WTS_KINDS(WTS_I32),
                                   WTS_KINDS(WTS_I64), widen_i32, NULL, NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));

    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add_int32"), &add_int32));
    WTS_TRY(wts_call_i32_i32_i32(add_int32, 40, 2, out_sum));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add_int64"), &add_int64));
    return wts_call_i32_i32_i64(add_int64, INT32_MAX, 1, out_wide_sum);
}

int main(void) {
    int32_t sum = 0;
    int64_t wide_sum = 0;
    if (run(&sum, &wide_sum) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("%d\n%lld\n", (int)sum, (long long)wide_sum);
    return sum == 42 && wide_sum == INT64_C(2147483648) ? EXIT_SUCCESS : EXIT_FAILURE;
}
