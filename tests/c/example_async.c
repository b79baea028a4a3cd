/* Resumable calls: an event loop drives WebAssembly, without a thread for it. The call lets go when its slice of fuel
 * is used up, and while a function of the host waits. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"host\" \"print\" (func $print (param i32)))"                                      \
    "  (func $fibonacci (param $n i32) (result i32)"                                               \
    "    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))"                                 \
    "      (then (local.get $n))"                                                                  \
    "      (else"                                                                                  \
    "        (i32.add"                                                                             \
    "          (call $fibonacci (i32.sub (local.get $n) (i32.const 1)))"                           \
    "          (call $fibonacci (i32.sub (local.get $n) (i32.const 2)))))))"                       \
    "  (func (export \"run\") (param i32) (call $print (call $fibonacci (local.get 0)))))"

/* A slow device of the host. */
struct printer {
    enum { IDLE, BUSY, READY } state;
    int32_t number;
};

/* Called again, with the same arguments, each time that the call is polled, until it answers something else. */
static int32_t print(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                     size_t nresults) {
    (void)caller, (void)nargs, (void)results, (void)nresults;
    struct printer *printer = env;
    if (printer->state == READY) return 0;
    printer->state = BUSY;
    printer->number = wts_slot_to_i32(args[0]);
    return WTS_PENDING;
}

/* The event loop. Each time that it has the thread it may do something else. */
static wts_status_t drive(wts_pending_t call, struct printer *printer) {
    wts_status_t status;
    while ((status = wts_pending_poll(call)) == WTS_PENDING) {
        if (printer->state == BUSY) {
            printf("the guest waits for the printer: %d\n", (int)printer->number);
            printer->state = READY;
        } else {
            printf("the guest's slice is over\n");
        }
    }
    WTS_TRY(status);
    printf("the call has ended\n");
    return WTS_OK;
}

static wts_status_t run(void) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(pending) call = 0;
    wts_instance_t instance = 0;
    uint64_t exported = 0;
    struct printer printer = {IDLE, 0};

    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set(config, WTS_OPT_FUEL, 1));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func_async(linker, WTS_STR("host"), WTS_STR("print"), WTS_KINDS(WTS_I32), WTS_NOTHING,
                                         print, &printer, NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &store));
    WTS_TRY(wts_store_set_fuel_slice(store, 5000));
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("run"), &exported));
    WTS_TRY(wts_func_start(exported, WTS_SLOTS(15), &call));
    return drive(call, &printer);
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
