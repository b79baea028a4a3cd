/* From the start of a process to the first result, with a module that the cache knows: zlib's version.
 *
 *     start FOLDER        where zlib.wasm and the cache are */
#include "bench.h"

#include <wts.h>

static wts_status_t run(void) {
    size_t len = 0;
    uint8_t *wasm = read_module("zlib.wasm", &len);
    const char *cache = PATH_OF("cache_ours", "");
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    wts_func_t version = 0;
    wts_memory_t memory = 0;
    int32_t address = 0;
    WTS_SCOPED_TEXT text = NULL;
    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(cache)));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_module_new(engine, wasm, len, &module));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("z_version"), &version));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("memory"), &memory));
    WTS_TRY(wts_call_i32(version, &address));
    WTS_TRY(wts_copy_memory_text(memory, (uint32_t)address, 5, &text));
    puts(text);
    free(wasm);
    return WTS_OK;
}

int main(int argc, char **argv) {
    need_true(argc == 2);
    folder_of_modules = argv[1];
    if (run() == WTS_OK) return 0;
    wts_error_print(0, stderr);
    return 1;
}
