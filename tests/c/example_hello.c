/* The first program: a module calls a function of the host. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"\" \"hello\" (func $hello))"                                                      \
    "  (func (export \"run\") (call $hello)))"

static int32_t hello(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                     size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    printf("Hello from the host!\n");
    return 0;
}

static wts_status_t run(void) {
    WTS_SCOPED(engine) engine = 0; /* compiles; one for the whole program */
    WTS_SCOPED(store) store = 0;   /* holds what instances consist of */
    WTS_SCOPED(module) module = 0;
    wts_func_t imported = 0;
    wts_instance_t instance = 0;
    uint64_t exported = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, hello, NULL, NULL, &imported));
    WTS_TRY(wts_instance_new(store, module, WTS_ITEMS(imported), &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("run"), &exported));
    return wts_call_void(exported);
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
