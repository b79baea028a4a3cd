/* Two results: a function of the guest's that calls one of the host's. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"env\" \"divmod\" (func $divmod (param i32 i32) (result i32 i32)))"                \
    "  (func (export \"minutes\") (param i32) (result i32 i32)"                                    \
    "    local.get 0 i32.const 60 call $divmod))"

/* (dividend, divisor) -> (quotient, remainder) */
static int32_t divmod(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                      size_t nresults) {
    (void)env, (void)nargs, (void)nresults;
    if (args[1] == 0) return wts_caller_fail(caller, "divmod by zero");
    results[0] = args[0] / args[1];
    results[1] = args[0] % args[1];
    return 0;
}

static wts_status_t run(int32_t seconds, int64_t *out_pair) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t minutes = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("divmod"), WTS_KINDS(WTS_I32, WTS_I32),
                                   WTS_KINDS(WTS_I32, WTS_I32), divmod, NULL, NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("minutes"), &minutes));
    return wts_func_call(minutes, WTS_SLOTS(wts_slot_from_i32(seconds)), out_pair, 2);
}

int main(void) {
    int64_t pair[2] = {0, 0};
    if (run(3725, pair) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("3725 s = %d min %d s\n", (int)wts_slot_to_i32(pair[0]), (int)wts_slot_to_i32(pair[1]));
    return pair[0] == 62 && pair[1] == 5 ? EXIT_SUCCESS : EXIT_FAILURE;
}
