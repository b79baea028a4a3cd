/* What resumable calls and asynchronous stores cost, beside a plain call of the same function.
 *
 *     resumable [CALLS] */
#include "bench.h"

#include <time.h>
#include <wts.h>

#define WAT                                                                                        \
    "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"                            \
    "  (func (export \"add\") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))" \
    "  (func (export \"spin\") (loop br 0))"                                                       \
    "  (func (export \"calls\") (param i32) (result i32) (call $f (local.get 0))))"

static size_t calls = 100000;

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

/* The time of one `work`, the best of several rounds. */
static void measure(const char *what, wts_status_t (*work)(uint64_t), uint64_t with) {
    double best = 1e18;
    for (int round = 0; round < 9; round++) {
        const double start = now();
        for (size_t i = 0; i < calls; i++) need_true(work(with) == WTS_OK);
        const double took = (now() - start) / (double)calls;
        if (took < best) best = took;
    }
    printf("%-58s %8.1f ns\n", what, best);
}

static wts_status_t call(uint64_t func) {
    int32_t sum;
    return wts_call_i32_i32_i32(func, 40, 2, &sum);
}

static wts_status_t call_one(uint64_t func) {
    int32_t result;
    return wts_call_i32_i32(func, 40, &result);
}

static wts_status_t run_resumable(uint64_t func) {
    wts_pending_t pending = 0;
    int64_t sum;
    WTS_TRY(wts_func_start(func, WTS_SLOTS(40, 2), &pending));
    WTS_TRY(wts_pending_poll(pending));
    WTS_TRY(wts_pending_results(pending, &sum, 1));
    return wts_pending_delete(pending);
}

static wts_status_t poll_on(uint64_t pending) { return wts_pending_poll(pending) == WTS_PENDING ? WTS_OK : WTS_ERR_HOST; }

static int32_t add_one(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                       size_t nresults) {
    (void)env, (void)caller, (void)nargs, (void)nresults;
    results[0] = args[0] + 1;
    return 0;
}

static int32_t wait(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    return WTS_PENDING;
}

static uint64_t export_of(wts_instance_t instance, const char *name) {
    uint64_t func = 0;
    need_true(wts_instance_get_export(instance, WTS_CSTR(name), &func) == WTS_OK);
    return func;
}

static wts_status_t run(void) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(linker) waiting = 0;
    WTS_SCOPED(store) plain = 0;
    WTS_SCOPED(store) async = 0;
    wts_instance_t instance = 0, on_fiber = 0, waits = 0;
    wts_pending_t pending = 0;
    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), add_one,
                                   NULL, NULL));
    WTS_TRY(wts_linker_new(engine, &waiting));
    WTS_TRY(wts_linker_define_func_async(waiting, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                         wait, NULL, NULL));
    WTS_TRY(wts_store_new(engine, 0, &plain));
    WTS_TRY(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &async));
    WTS_TRY(wts_linker_instantiate(linker, plain, module, &instance));
    WTS_TRY(wts_linker_instantiate(linker, async, module, &on_fiber));
    WTS_TRY(wts_linker_instantiate(waiting, async, module, &waits));

    measure("wts_func_call", call, export_of(instance, "add"));
    measure("wts_func_call in an asynchronous store", call, export_of(on_fiber, "add"));
    measure("start, poll, results, delete; with a time slice", run_resumable, export_of(instance, "add"));
    WTS_TRY(wts_store_set_slice_us(plain, -1));
    WTS_TRY(wts_store_set_slice_us(async, -1));
    measure("start, poll, results, delete; without", run_resumable, export_of(instance, "add"));
    measure("wts_func_call, and a host function from there", call_one, export_of(instance, "calls"));
    measure("the same in an asynchronous store", call_one, export_of(on_fiber, "calls"));
    WTS_TRY(wts_store_set_slice_us(plain, 0));
    WTS_TRY(wts_func_start(export_of(instance, "spin"), WTS_NOTHING, &pending));
    measure("poll of a loop that is left at once", poll_on, pending);
    WTS_TRY(wts_pending_delete(pending));
    WTS_TRY(wts_func_start(export_of(waits, "calls"), WTS_SLOTS(1), &pending));
    measure("poll of a host function that waits", poll_on, pending);
    return wts_pending_delete(pending);
}

int main(int argc, char **argv) {
    if (argc > 1) calls = strtoul(argv[1], NULL, 10);
    if (calls > 0 && run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
