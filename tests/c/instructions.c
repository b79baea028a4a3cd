/* For tests/instructions.rs, which counts instructions while `measured` runs.
 *
 *     instructions call|callback|lookup TIMES */
#include <wts.h>

#define WAT                                                                     \
    "(module (import \"env\" \"add\" (func $host (param i32 i32) (result i32)))" \
    "  (func (export \"add\") (param i32 i32) (result i32)"                     \
    "    (i32.add (local.get 0) (local.get 1)))"                                \
    "  (func (export \"loop\") (param $n i32) (result i32) (local $sum i32)"    \
    "    (loop $again"                                                          \
    "      (local.set $sum (call $host (local.get $sum) (local.get $n)))"       \
    "      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))" \
    "    (local.get $sum)))"

static int32_t host_add(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                        size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    results[0] = wts_slot_from_i32(wts_slot_to_i32(args[0]) + wts_slot_to_i32(args[1]));
    return 0;
}

static wts_status_t call(wts_instance_t instance, int32_t times) {
    wts_func_t add = 0;
    int64_t args[2] = {0, 1};
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("add"), &add));
    for (; times > 0; times--) WTS_TRY(wts_func_call(add, args, 2, args, 1));
    return WTS_OK;
}

static wts_status_t callback(wts_instance_t instance, int32_t times) {
    wts_func_t loop = 0;
    int32_t sum = 0;
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("loop"), &loop));
    return wts_call_i32_i32(loop, times, &sum);
}

static wts_status_t lookup(wts_instance_t instance, int32_t times) {
    uint64_t item = 0;
    for (; times > 0; times--) WTS_TRY(wts_instance_get_export(instance, WTS_STR("add"), &item));
    return WTS_OK;
}

/* Kept whole, so that callgrind finds where it begins and ends. */
__attribute__((noinline)) wts_status_t measured(const char *what, wts_instance_t instance, int32_t times) {
    if (strcmp(what, "call") == 0) return call(instance, times);
    if (strcmp(what, "callback") == 0) return callback(instance, times);
    return lookup(instance, times);
}

static wts_status_t run(const char *what, int32_t times) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("add"), WTS_KINDS(WTS_I32, WTS_I32),
                                   WTS_KINDS(WTS_I32), host_add, NULL, NULL));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));
    return measured(what, instance, times);
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    if (run(argv[1], atoi(argv[2])) == WTS_OK) return 0;
    wts_error_print(0, stderr);
    return 1;
}
