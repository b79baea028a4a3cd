/* A host function that fails: the call ends with its reason, and everything stays usable. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"env\" \"safe_divide\" (func $safe_divide (param i32 i32) (result i32)))"          \
    "  (func (export \"divide\") (param i32 i32) (result i32)"                                     \
    "    local.get 0 local.get 1 call $safe_divide))"

static int32_t safe_divide(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                           size_t nresults) {
    (void)env, (void)nargs, (void)nresults;
    if (args[1] == 0) return wts_caller_fail(caller, "division by zero");
    results[0] = args[0] / args[1];
    return 0;
}

static wts_status_t run(int32_t *out_good, wts_status_t *out_bad) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t divide = 0;
    int32_t unused = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("safe_divide"), WTS_KINDS(WTS_I32, WTS_I32),
                                   WTS_KINDS(WTS_I32), safe_divide, NULL, NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("divide"), &divide));

    *out_bad = wts_call_i32_i32_i32(divide, 84, 0, &unused);
    printf("84 / 0: ");
    wts_error_print(0, stdout);
    return wts_call_i32_i32_i32(divide, 84, 2, out_good);
}

int main(void) {
    int32_t good = 0;
    wts_status_t bad = WTS_OK;
    if (run(&good, &bad) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("84 / 2: %d\n", (int)good);
    return good == 42 && bad == WTS_ERR_HOST ? EXIT_SUCCESS : EXIT_FAILURE;
}
