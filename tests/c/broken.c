/* Programs that are wrong, each in its own way, for who proves that a checker of memory finds it.
 *
 *     broken CASE
 *
 * Each goes through the library: what it copies, keeps for its caller or frees. */
#include "callbacks.h"

/* The library writes where its caller says, of memory that is too small by one. */
static void writes_beyond(void) {
    size_t len = 0;
    CHECK_OK(wts_version_text(NULL, 0, &len));
    char *const text = malloc(len - 1);
    CHECK_OK(wts_version_text(text, len, &len));
    free(text);
}

/* The library reads a byte more than there is. */
static void reads_beyond(void) {
    WTS_SCOPED(wasi) wasi = 0;
    CHECK_OK(wts_wasi_new(&wasi));
    uint8_t *const input = calloc(1, 100);
    CHECK_OK(wts_wasi_stdin_bytes(wasi, input, 101));
    free(input);
}

static int32_t reads_env(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                         size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)nresults;
    results[0] = wts_slot_from_i32(*(const volatile int32_t *)env);
    return 0;
}

/* What a host function was given is gone when it is called. */
static void reads_freed(void) {
    WTS_SCOPED(store) store = new_store();
    int32_t *const env = calloc(1, sizeof *env), result = 0;
    const wts_func_t func = new_func(store, reads_env, env);
    free(env);
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
}

/* What a host function was given is for nobody to free: there is no drop callback. */
static void leaks(void) {
    WTS_SCOPED(store) store = new_store();
    int32_t *const env = calloc(1, 100), result = 0;
    const wts_func_t func = new_func(store, reads_env, env);
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
}

static void frees(void *env) { free(env); }

/* The library frees what is freed already. */
static void frees_twice(void) {
    WTS_SCOPED(store) store = new_store();
    void *const env = calloc(1, 100);
    wts_func_t func = 0;
    CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, nothing, env, frees, &func));
    free(env);
}

static const struct {
    const char *name;
    void (*run)(void);
} cases[] = {
    {"writes_beyond", writes_beyond}, {"reads_beyond", reads_beyond}, {"reads_freed", reads_freed},
    {"leaks", leaks},                 {"frees_twice", frees_twice},
};

int main(int argc, char **argv) {
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (argc != 2 || strcmp(argv[1], cases[i].name) != 0) continue;
        BEGIN;
        cases[i].run();
        END;
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) puts(cases[i].name);
    return argc == 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
