/* How late a guest that loops, or sleeps in WASI, ends after its timeout, and after an interrupt by another thread; and
 * what a timeout costs.
 *
 *     latency [RUNS] */
#include "bench.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <wts.h>

/* `sleep` waits in WASI, for a minute: the subscription at 0 has tag 0 at 8, the clock 1 at 16, nanoseconds at 24. */
#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"wasi_snapshot_preview1\" \"poll_oneoff\" (func $poll (param i32 i32 i32 i32) (result i32)))" \
    "  (memory (export \"memory\") 1)"                                                             \
    "  (func (export \"spin\") (loop br 0))"                                                       \
    "  (func (export \"sleep\")"                                                                   \
    "    (i32.store (i32.const 16) (i32.const 1))"                                                 \
    "    (i64.store (i32.const 24) (i64.const 60000000000))"                                       \
    "    (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))"

static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static int compare(const void *one, const void *two) {
    const int64_t a = *(const int64_t *)one, b = *(const int64_t *)two;
    return (a > b) - (a < b);
}

static void print(const char *what, const char *guest, int64_t *late, size_t runs) {
    qsort(late, runs, sizeof *late, compare);
    printf("%-10s %zu runs of a %s: ended %.3f ms late (median), %.3f ms (99 of 100), %.3f ms (largest)\n", what, runs,
           guest,
           late[runs / 2] / 1e6, late[runs * 99 / 100] / 1e6, late[runs - 1] / 1e6);
}

/* From the end of the timeout to the end of the call, with timeouts of 1 to 5 ms. */
static wts_status_t measure_timeouts(wts_store_t store, wts_func_t func, const char *guest, int64_t *late,
                                     size_t runs) {
    for (size_t run = 0; run < runs; run++) {
        const int64_t timeout = 1 + (int64_t)(run % 5);
        const int64_t start = nanoseconds();
        WTS_TRY(wts_store_set_timeout_ms(store, timeout));
        need_true(wts_call_void(func) == WTS_ERR_TIMEOUT);
        late[run] = nanoseconds() - start - timeout * 1000000;
    }
    print("timeout", guest, late, runs);
    return wts_store_set_timeout_ms(store, -1);
}

/* What the thread that interrupts shares with the one that runs. */
static wts_store_t interrupted;
static atomic_bool over;
static _Atomic int64_t since;

static void *interrupt(void *unused) {
    for (uint32_t random = 1; !over; random = random * 1664525 + 1013904223) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000 + (long)(random >> 12)}, NULL);
        since = nanoseconds();
        need_true(wts_store_interrupt(interrupted) == WTS_OK);
        while (since != 0 && !over) nanosleep(&(struct timespec){.tv_nsec = 100000}, NULL);
    }
    return unused;
}

/* From just before the interrupt to the end of the call. */
static wts_status_t measure_interrupts(wts_store_t store, wts_func_t func, const char *guest, int64_t *late,
                                       size_t runs) {
    pthread_t thread;
    interrupted = store;
    over = false;
    since = 0;
    need_true(pthread_create(&thread, NULL, interrupt, NULL) == 0);
    for (size_t run = 0; run < runs; run++) {
        need_true(wts_call_void(func) == WTS_ERR_INTERRUPT);
        late[run] = nanoseconds() - since;
        since = 0;
    }
    over = true;
    need_true(pthread_join(thread, NULL) == 0);
    print("interrupt", guest, late, runs);
    return WTS_OK;
}

enum { TIMES = 1000000 };

/* A timeout that is set and taken away, while another store's comes first. */
static wts_status_t measure_cost(wts_engine_t engine, wts_store_t store) {
    WTS_SCOPED(store) other = 0;
    WTS_TRY(wts_store_new(engine, 0, &other));
    WTS_TRY(wts_store_set_timeout_ms(other, 30000));
    const int64_t start = nanoseconds();
    for (int i = 0; i < TIMES; i++) {
        WTS_TRY(wts_store_set_timeout_ms(store, 60000));
        WTS_TRY(wts_store_set_timeout_ms(store, -1));
    }
    printf("%-10s set and taken away in %.0f ns\n", "timeout", (double)(nanoseconds() - start) / TIMES);
    return WTS_OK;
}

static wts_status_t instantiate(wts_engine_t engine, wts_store_t store, wts_instance_t *instance) {
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(wasi) wasi = 0;
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_wasi(linker));
    WTS_TRY(wts_wasi_new(&wasi));
    WTS_TRY(wts_store_set_wasi(store, wasi));
    return wts_linker_instantiate(linker, store, module, instance);
}

static wts_status_t run(size_t runs) {
    static const char *const guests[] = {"spin", "sleep"};
    static const char *const names[] = {"loop", "sleep"};
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    wts_func_t func = 0;
    int64_t *const late = calloc(runs, sizeof *late);
    need_true(late != NULL);
    WTS_TRY(wts_config_new(&config));
    WTS_TRY(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    WTS_TRY(wts_engine_new(config, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(instantiate(engine, store, &instance));
    for (int guest = 0; guest < 2; guest++) {
        WTS_TRY(wts_instance_get_export(instance, WTS_CSTR(guests[guest]), &func));
        WTS_TRY(measure_timeouts(store, func, names[guest], late, runs));
        WTS_TRY(measure_interrupts(store, func, names[guest], late, runs));
    }
    WTS_TRY(measure_cost(engine, store));
    free(late);
    return WTS_OK;
}

int main(int argc, char **argv) {
    const long runs = argc > 1 ? atol(argv[1]) : 1000;
    need_true(runs > 0);
    if (run((size_t)runs) == WTS_OK) return 0;
    wts_error_print(0, stderr);
    return 1;
}
