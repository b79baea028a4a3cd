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

static wts_status_t load_and_add(wts_engine_t engine, const uint8_t *bytes, size_t len, int32_t *out_sum) {
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t add = 0;
    WTS_TRY(wts_module_deserialize(engine, bytes, len, &module));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add"), &add));
    return wts_call_i32_i32_i32(add, 40, 2, out_sum);
}

static wts_status_t run(int32_t *out_sum, wts_status_t *out_damaged) {
    WTS_SCOPED(engine) engine = 0;
    uint8_t *bytes = NULL;
    size_t len = 0;
    int32_t unused = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(compile(engine, &bytes, &len));
    printf("%zu bytes of artifact\n", len);
    wts_status_t status = load_and_add(engine, bytes, len, out_sum);

    /* A damaged artifact is refused before any of it runs. */
    if (status == WTS_OK) {
        bytes[len / 2] ^= 1;
        *out_damaged = load_and_add(engine, bytes, len, &unused);
        printf("after a flipped bit: ");
        wts_error_print(0, stdout);
    }
    free(bytes);
    return status;
}

int main(void) {
    int32_t sum = 0;
    wts_status_t damaged = WTS_OK;
    if (run(&sum, &damaged) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("%d\n", (int)sum);
    return sum == 42 && damaged == WTS_ERR_CORRUPT ? EXIT_SUCCESS : EXIT_FAILURE;
}
