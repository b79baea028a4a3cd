/* Fuel: a budget of instructions. Each Fibonacci number gets a full tank, until one needs more. */
#include <wts.h>

#include <inttypes.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (func $fibonacci (export \"fibonacci\") (param $n i32) (result i32)"                        \
    "    (if (result i32) (i32.lt_s (local.get $n) (i32.const 2))"                                 \
    "      (then (local.get $n))"                                                                  \
    "      (else"                                                                                  \
    "        (i32.add"                                                                             \
    "          (call $fibonacci (i32.sub (local.get $n) (i32.const 1)))"                           \
    "          (call $fibonacci (i32.sub (local.get $n) (i32.const 2))))))))"

static const uint64_t TANK = 10000;

static wts_status_t run(void) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t fibonacci = 0;

    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set(config, WTS_OPT_FUEL, 1));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("fibonacci"), &fibonacci));

    for (int32_t n = 1;; n++) {
        int32_t result = 0;
        uint64_t left = 0;
        WTS_TRY(wts_store_set_fuel(store, TANK));
        const wts_status_t status = wts_call_i32_i32(fibonacci, n, &result);
        if (status == WTS_ERR_FUEL) {
            printf("fibonacci(%d) needs more\n", (int)n);
            return WTS_OK;
        }
        WTS_TRY(status);
        WTS_TRY(wts_store_get_fuel(store, &left));
        printf("fibonacci(%d) = %d, for %" PRIu64 " of fuel\n", (int)n, (int)result, TANK - left);
    }
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
