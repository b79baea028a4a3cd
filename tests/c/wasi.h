/* Running tests/wasm/wasi.wasm, which does what its arguments say. */
#ifndef WASI_H
#define WASI_H

/* This header comes before all others. */
#include "files.h"

#include <time.h>

/* Engines of these tests check epochs. */
static wts_linker_t wasi_linker;
static wts_module_t wasi_guest;

static inline void begin_wasi(void) {
    WTS_SCOPED(config) config = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_engine_new(config, &engine));
    CHECK_OK(wts_linker_new(engine, &wasi_linker));
    CHECK_OK(wts_linker_define_wasi(wasi_linker));
    CHECK_OK(wts_module_new_file(engine, WTS_CSTR("tests/wasm/wasi.wasm"), &wasi_guest));
}

static inline void end_wasi(void) {
    CHECK_OK(wts_linker_delete(wasi_linker));
    CHECK_OK(wts_module_delete(wasi_guest));
}

/* A description whose output is kept. */
static inline wts_wasi_t new_wasi(void) {
    wts_wasi_t wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    CHECK_OK(wts_wasi_output_buffer(wasi, WTS_WASI_STDOUT, 1 << 20));
    CHECK_OK(wts_wasi_output_buffer(wasi, WTS_WASI_STDERR, 1 << 20));
    return wasi;
}

/* The same, for a guest that does all this. */
static inline wts_wasi_t new_wasi_to_do_(const char *const *verbs) {
    const wts_wasi_t wasi = new_wasi();
    CHECK_OK(wts_wasi_add_arg(wasi, WTS_STR("wasi.wasm")));
    for (; *verbs != NULL; verbs++) CHECK_OK(wts_wasi_add_arg(wasi, WTS_CSTR(*verbs)));
    return wasi;
}
#define new_wasi_to_do(...) new_wasi_to_do_((const char *const[]){__VA_ARGS__, NULL})

static inline wts_store_t new_wasi_store(wts_wasi_t wasi) {
    const wts_store_t store = new_store();
    CHECK_OK(wts_store_set_wasi(store, wasi));
    return store;
}

/* Runs the guest in a store of its own, which has so much time. */
static inline wts_status_t run_guest_for(wts_wasi_t wasi, int64_t timeout_ms) {
    WTS_SCOPED(store) store = new_wasi_store(wasi);
    CHECK_OK(wts_store_set_timeout_ms(store, timeout_ms));
    return wts_linker_run_command(wasi_linker, store, wasi_guest);
}

static inline wts_status_t run_guest(wts_wasi_t wasi) { return run_guest_for(wasi, -1); }

/* What guests have written, which is taken away. */
static inline const char *written(wts_wasi_t wasi, int32_t output) {
    static char texts[2][1 << 16];
    char *const text = texts[output == WTS_WASI_STDERR];
    WTS_SCOPED(buffer) buffer = 0;
    size_t len = 0;
    CHECK_OK(wts_wasi_read_output(wasi, output, 1, &buffer));
    CHECK_OK(wts_buffer_copy(buffer, (uint8_t *)text, sizeof texts[0] - 1, &len));
    text[len] = '\0';
    return text;
}

#define CHECK_WRITTEN(wasi, output, expected)                                                      \
    do {                                                                                           \
        const char *const written_ = written(wasi, output);                                        \
        if (strcmp(written_, expected) != 0) FAIL("written was\n%s  and not\n%s", written_, expected); \
    } while (0)
#define CHECK_PRINTED(wasi, expected) CHECK_WRITTEN(wasi, WTS_WASI_STDOUT, expected)

static inline int32_t exit_status(void) {
    int32_t status = -12345;
    CHECK_OK(wts_error_exit_status(0, &status));
    return status;
}

static inline int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif
