/* Resumable calls: one thread lets three guests take turns, and one of them waits for a message. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"env\" \"receive\" (func $receive (result i32)))"                                  \
    "  (func (export \"sum\") (param $n i32) (result i32)"                                         \
    "    (local $sum i32)"                                                                         \
    "    (loop $again"                                                                             \
    "      (local.set $sum (i32.add (local.get $sum) (local.get $n)))"                             \
    "      (local.set $n (i32.sub (local.get $n) (i32.const 1)))"                                  \
    "      (br_if $again (local.get $n)))"                                                         \
    "    (local.get $sum))"                                                                        \
    "  (func (export \"wait\") (param i32) (result i32)"                                           \
    "    (i32.add (local.get 0) (call $receive))))"

#define TURNS 5

static int turn;

/* Nothing has arrived before the third turn. */
static int32_t receive(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                       size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)nresults;
    if (turn < 3) return WTS_PENDING;
    results[0] = 42;
    return 0;
}

static wts_status_t run(void) {
    static const struct {
        const char *name;
        int32_t argument;
    } guests[] = {{"sum", 100}, {"wait", 1000}, {"sum", 200}};
    enum { GUESTS = sizeof guests / sizeof guests[0] };
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    wts_store_t stores[GUESTS] = {0};
    wts_pending_t calls[GUESTS] = {0};

    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set(config, WTS_OPT_FUEL, 1));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func_async(linker, WTS_STR("env"), WTS_STR("receive"), WTS_NOTHING,
                                         WTS_KINDS(WTS_I32), receive, NULL, NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    for (int i = 0; i < GUESTS; i++) {
        wts_instance_t instance = 0;
        uint64_t func = 0;
        WTS_TRY(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &stores[i]));
        WTS_TRY(wts_store_set_fuel_slice(stores[i], 500));
        WTS_TRY(wts_linker_instantiate(linker, stores[i], module, &instance));
        WTS_TRY(wts_instance_get_export(instance, WTS_CSTR(guests[i].name), &func));
        WTS_TRY(wts_func_start(func, WTS_SLOTS(guests[i].argument), &calls[i]));
    }

    for (turn = 1; turn <= TURNS; turn++) {
        printf("turn %d:", turn);
        for (int i = 0; i < GUESTS; i++) {
            int64_t result = 0;
            const wts_status_t status = wts_pending_poll(calls[i]);
            if (status == WTS_PENDING) {
                printf(" ...");
                continue;
            }
            WTS_TRY(status);
            WTS_TRY(wts_pending_results(calls[i], &result, 1));
            printf(" %d", (int)wts_slot_to_i32(result));
        }
        printf("\n");
    }
    for (int i = 0; i < GUESTS; i++) WTS_TRY(wts_store_delete(stores[i])); /* and its call */
    return WTS_OK;
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
