/* A host function that reads a string from the memory of the guest that calls it. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"env\" \"log\" (func $log (param i32 i32)))"                                       \
    "  (memory (export \"memory\") 1)"                                                             \
    "  (data (i32.const 16) \"Hello from WebAssembly!\")"                                          \
    "  (func (export \"greet\") i32.const 16 i32.const 23 call $log))"

/* (address, length) of the text. `env` counts the lines. */
static int32_t log_line(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                        size_t nresults) {
    (void)nargs, (void)results, (void)nresults;
    WTS_SCOPED_TEXT text = NULL;
    uint64_t memory = 0;
    WTS_TRY_CALLER(caller, wts_caller_get_export(caller, WTS_STR("memory"), &memory));
    /* Addresses and lengths of a guest are unsigned; bounds are checked by the library. */
    WTS_TRY_CALLER(caller, wts_copy_memory_text(memory, (uint32_t)args[0], (uint32_t)args[1], &text));
    printf("guest: %s\n", text);
    *(int *)env += strcmp(text, "Hello from WebAssembly!") == 0;
    return 0;
}

static wts_status_t run(int *lines) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t greet = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("log"), WTS_KINDS(WTS_I32, WTS_I32), WTS_NOTHING,
                                   log_line, lines, NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("greet"), &greet));
    return wts_call_void(greet);
}

int main(void) {
    int lines = 0;
    if (run(&lines) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    return lines == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
