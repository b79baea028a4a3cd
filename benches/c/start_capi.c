/* The same as start_ours.c, through Wasmtime's own C API and its cache. */
#include "bench.h"

#include <wasmtime.h>

static void need(wasmtime_error_t *error, wasm_trap_t *trap) { need_true(error == NULL && trap == NULL); }

static wasmtime_extern_t export(wasmtime_context_t *context, const wasmtime_instance_t *of, const char *name) {
    wasmtime_extern_t item;
    need_true(wasmtime_instance_export_get(context, of, name, strlen(name), &item));
    return item;
}

int main(int argc, char **argv) {
    need_true(argc == 2);
    folder_of_modules = argv[1];
    size_t len = 0;
    uint8_t *wasm = read_module("zlib.wasm", &len);
    wasm_config_t *config = wasm_config_new();
    need(wasmtime_config_cache_config_load(config, PATH_OF("cache_capi.toml", "")), NULL);
    wasm_engine_t *engine = wasm_engine_new_with_config(config);
    wasmtime_module_t *module = NULL;
    need(wasmtime_module_new(engine, wasm, len, &module), NULL);
    wasmtime_store_t *store = wasmtime_store_new(engine, NULL, NULL);
    wasmtime_context_t *context = wasmtime_store_context(store);
    wasmtime_instance_t instance;
    wasm_trap_t *trap = NULL;
    need(wasmtime_instance_new(context, module, NULL, 0, &instance, &trap), trap);
    const wasmtime_func_t version = export(context, &instance, "z_version").of.func;
    const wasmtime_memory_t memory = export(context, &instance, "memory").of.memory;
    wasmtime_val_t address;
    need(wasmtime_func_call(context, &version, NULL, 0, &address, 1, &trap), trap);
    const uint32_t at = (uint32_t)address.of.i32;
    need_true(at <= wasmtime_memory_data_size(context, &memory) - 5);
    printf("%.5s\n", (const char *)wasmtime_memory_data(context, &memory) + at);
    wasmtime_store_delete(store);
    wasmtime_module_delete(module);
    wasm_engine_delete(engine);
    free(wasm);
    return 0;
}
