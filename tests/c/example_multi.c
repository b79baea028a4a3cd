/* Several results: of a host function, and of the functions of the guest. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"\" \"swap\" (func $swap (param i32 i64) (result i64 i32)))"                       \
    "  (func (export \"swap\") (param i32 i64) (result i64 i32)"                                   \
    "    (call $swap (local.get 0) (local.get 1)))"                                                \
    "  (func (export \"four\") (param i64 i64 i64 i64) (result i64 i64 i64 i64)"                   \
    "    (local.get 3) (local.get 2) (local.get 1) (local.get 0)))"

/* A value is one slot of 64 bits, so the results are the arguments in the other order. */
static int32_t swap(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    results[0] = args[1];
    results[1] = args[0];
    return 0;
}

static wts_status_t run(void) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_func_t imported = 0;
    wts_instance_t instance = 0;
    uint64_t exported = 0, four = 0;
    int64_t results[4] = {0};

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_func_new(store, WTS_KINDS(WTS_I32, WTS_I64), WTS_KINDS(WTS_I64, WTS_I32), swap, NULL, NULL,
                         &imported));
    WTS_TRY(wts_instance_new(store, module, WTS_ITEMS(imported), &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("swap"), &exported));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("four"), &four));

    WTS_TRY(wts_func_call(exported, WTS_SLOTS(wts_slot_from_i32(1), wts_slot_from_i64(2)), results, 2));
    printf("swap(1, 2) = (%lld, %d)\n", (long long)wts_slot_to_i64(results[0]), (int)wts_slot_to_i32(results[1]));
    WTS_TRY(wts_func_call(four, WTS_SLOTS(1, 2, 3, 4), results, 4));
    printf("four(1, 2, 3, 4) = (%lld, %lld, %lld, %lld)\n", (long long)results[0], (long long)results[1],
           (long long)results[2], (long long)results[3]);
    return WTS_OK;
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
