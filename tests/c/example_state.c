/* State of the host's: one function definition, and a counter for each store.
 *
 * The user value of a store is 64 bits for whatever the host likes; here it is the address of a
 * struct. `env` would be the same for all stores of a linker. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"env\" \"add_to_total\" (func $add_to_total (param i64)))"                         \
    "  (func (export \"count_to\") (param $last i64) (local $i i64)"                               \
    "    (loop $next"                                                                              \
    "      (local.set $i (i64.add (local.get $i) (i64.const 1)))"                                  \
    "      (call $add_to_total (local.get $i))"                                                    \
    "      (br_if $next (i64.lt_s (local.get $i) (local.get $last))))))"

struct account {
    const char *name;
    int64_t total;
};

static int32_t add_to_total(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                            size_t nresults) {
    (void)env, (void)nargs, (void)results, (void)nresults;
    uint64_t user = 0;
    WTS_TRY_CALLER(caller, wts_caller_get_user(caller, &user));
    struct account *const account = (struct account *)(uintptr_t)user;
    account->total += wts_slot_to_i64(args[0]);
    return 0;
}

/* Counts to `last` in a store of its own. */
static wts_status_t count(wts_engine_t engine, wts_instance_pre_t pre, int64_t last, struct account *account) {
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    uint64_t count_to = 0;
    WTS_TRY(wts_store_new(engine, (uint64_t)(uintptr_t)account, &store));
    WTS_TRY(wts_instance_pre_instantiate(pre, store, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("count_to"), &count_to));
    return wts_call_i64_void(count_to, last);
}

static wts_status_t run(struct account *first, struct account *second) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(instance_pre) pre = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("add_to_total"), WTS_KINDS(WTS_I64), WTS_NOTHING,
                                   add_to_total, NULL, NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_instantiate_pre(linker, module, &pre));
    WTS_TRY(count(engine, pre, 10, first));
    return count(engine, pre, 100, second);
}

int main(void) {
    struct account first = {"first", 0}, second = {"second", 0};
    if (run(&first, &second) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("%s: %lld\n%s: %lld\n", first.name, (long long)first.total, second.name, (long long)second.total);
    return first.total == 55 && second.total == 5050 ? EXIT_SUCCESS : EXIT_FAILURE;
}
