/* Debug information: a debugger attached to this program sees the guest's C source, and so do backtraces. */
#include <wts.h>

/* Names of functions, files and lines of the innermost frame; functions that were inlined come first. */
static wts_status_t print_lines(void) {
    size_t count = 0;
    WTS_TRY(wts_error_frame_symbol_count(0, 0, &count));
    for (size_t i = 0; i < count; i++) {
        char name[64], file[256];
        size_t name_len = 0, file_len = 0;
        uint32_t line = 0, column = 0;
        WTS_TRY(wts_error_frame_symbol_name(0, 0, i, name, sizeof name, &name_len));
        WTS_TRY(wts_error_frame_symbol_file(0, 0, i, file, sizeof file, &file_len));
        WTS_TRY(wts_error_frame_symbol(0, 0, i, &line, &column));
        printf("  %.*s at %.*s:%u\n", (int)name_len, name, (int)file_len, file, (unsigned)line);
    }
    return WTS_OK;
}

static int32_t host(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    return 0;
}

static wts_status_t run(void) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_func_t imported = 0;
    wts_instance_t instance = 0;
    uint64_t scale = 0;
    int32_t result = 0;

    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set(config, WTS_OPT_DEBUG_INFO, 1));
    WTS_TRY(wts_config_set(config, WTS_OPT_BACKTRACE_DETAILS, 1));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new_file(engine, WTS_STR("tests/wasm/lines.wasm"), &module));
    WTS_TRY(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, host, NULL, NULL, &imported));
    WTS_TRY(wts_instance_new(store, module, WTS_ITEMS(imported), &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("scale"), &scale));

    WTS_TRY(wts_call_i32_i32_i32(scale, 84, 2, &result));
    printf("scale(84, 2) = %d\n", (int)result);
    if (wts_call_i32_i32_i32(scale, 84, 0, &result) != WTS_ERR_TRAP) return WTS_ERR_INTERNAL;
    printf("scale(84, 0) traps\n");
    return print_lines();
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
