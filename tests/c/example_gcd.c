/* A function with parameters and a result: the greatest common divisor. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (func (export \"gcd\") (param $a i32) (param $b i32) (result i32)"                          \
    "    (local $rest i32)"                                                                        \
    "    (loop $again"                                                                             \
    "      (if (local.get $b)"                                                                     \
    "        (then"                                                                                \
    "          (local.set $rest (i32.rem_u (local.get $a) (local.get $b)))"                        \
    "          (local.set $a (local.get $b))"                                                      \
    "          (local.set $b (local.get $rest))"                                                   \
    "          (br $again))))"                                                                     \
    "    (local.get $a)))"

static wts_status_t run(void) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t gcd = 0;
    int32_t divisor = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("gcd"), &gcd));
    WTS_TRY(wts_call_i32_i32_i32(gcd, 6, 27, &divisor));
    printf("gcd(6, 27) = %d\n", (int)divisor);
    return WTS_OK;
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
