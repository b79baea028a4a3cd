/* An endless loop in WebAssembly is ended from another thread, and again by a time limit. */
#define _POSIX_C_SOURCE 200809L /* nanosleep */
#include <wts.h>

#include <pthread.h>
#include <time.h>

#define WAT "(module (func (export \"run\") (loop $forever (br $forever))))"

static void *interrupt_soon(void *store) {
    const struct timespec pause = {.tv_nsec = 200 * 1000 * 1000};
    nanosleep(&pause, NULL);
    printf("interrupting\n");
    if (wts_store_interrupt(*(const wts_store_t *)store) != WTS_OK) wts_error_print(0, stderr);
    return NULL;
}

/* Calls a function that does not return by itself, and prints how it ended. */
static wts_status_t call(wts_func_t endless) {
    WTS_SCOPED_TEXT name = NULL;
    const wts_status_t status = wts_call_void(endless);
    WTS_TRY(wts_copy_number_text(wts_status_name, status, &name));
    printf("the loop ended: %s\n", name);
    return WTS_OK;
}

static wts_status_t run(void) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t endless = 0;
    pthread_t thread;

    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("run"), &endless));

    printf("entering the loop\n");
    if (pthread_create(&thread, NULL, interrupt_soon, &store) != 0) return WTS_ERR_INTERNAL;
    const wts_status_t status = call(endless);
    pthread_join(thread, NULL);
    WTS_TRY(status);

    WTS_TRY(wts_store_set_timeout_ms(store, 100));
    return call(endless);
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
