/* Compile once, load many times: a module as an artifact, and back. */
#include <wts.h>

#define WAT                                                                                        \
    "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))"

/* The artifact of a module; free() it. */
static wts_status_t compile(wts_engine_t engine, uint8_t **out_bytes, size_t *out_len) {
    WTS_SCOPED(module) module = 0;
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    return wts_copy_bytes(wts_module_serialize, module, out_bytes, out_len);
}

static wts_status_t load_and_add(wts_engine_t engine, const uint8_t *bytes, size_t len) {
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t add = 0;
    int32_t sum = 0;
    WTS_TRY(wts_module_deserialize(engine, bytes, len, &module));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add"), &add));
    WTS_TRY(wts_call_i32_i32_i32(add, 40, 2, &sum));
    printf("loaded from memory: 40 + 2 = %d\n", (int)sum);
    return WTS_OK;
}

static wts_status_t run(void) {
    WTS_SCOPED(engine) engine = 0;
    uint8_t *bytes = NULL;
    size_t len = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(compile(engine, &bytes, &len));
    const wts_status_t status = load_and_add(engine, bytes, len);

    /* A damaged artifact is refused before any of it runs. */
    if (status == WTS_OK) {
        bytes[len / 2] ^= 1;
        if (load_and_add(engine, bytes, len) == WTS_ERR_CORRUPT) {
            printf("after a flipped bit: ");
            wts_error_print(0, stdout);
        }
    }
    free(bytes);
    return status;
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
