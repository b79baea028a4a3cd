/* For clock_gettime, nanosleep and fork. */
#define _POSIX_C_SOURCE 200809L

#include "test.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SPINS "(module (func $f (export \"f\") (loop br 0)))"
#define RETURNS "(module (func (export \"f\")))"

/* Calls that call each other, 2 to the power of 60 times, without a loop. */
#define CALLS                                                                                      \
    "(module (func $f (export \"f\") (call $g (i32.const 60)))"                                    \
    "  (func $g (param i32) (if (local.get 0) (then"                                               \
    "    (call $g (i32.sub (local.get 0) (i32.const 1)))"                                          \
    "    (call $g (i32.sub (local.get 0) (i32.const 1)))))))"

/* The engine of these tests checks epochs. */
static wts_engine_t new_engine(void) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static int64_t microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void sleep_ms(int64_t ms) {
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static int32_t trap_code(void) {
    int32_t code = WTS_TRAP_NONE;
    CHECK_OK(wts_error_trap_code(0, &code));
    return code;
}

/* A machine that has other things to do is slow; `make latency` measures. */
#define SLACK_MS 2000

/* ---- Timeouts ---- */

TEST(a_timeout_ends_loops_and_calls) {
    static const char *const guests[] = {SPINS, CALLS};
    for (int i = 0; i < 2; i++) {
        WTS_SCOPED(store) store = new_store();
        const wts_func_t spin = new_export(store, guests[i], "f");
        for (int64_t ms = 1; ms <= 64; ms *= 4) {
            size_t frames = 0;
            const int64_t start = microseconds();
            CHECK_OK(wts_store_set_timeout_ms(store, ms));
            CHECK_ERROR(wts_call_void(spin), WTS_ERR_TIMEOUT, "timeout", "ms");
            const int64_t took = microseconds() - start;
            CHECK(took >= ms * 1000);
            CHECK(took < (ms + SLACK_MS) * 1000);
            CHECK_EQ(trap_code(), WTS_TRAP_INTERRUPT);
            CHECK_OK(wts_error_frame_count(0, &frames));
            CHECK(frames > 0);
        }
    }
}

TEST(a_timeout_stays_in_force) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) starts = new_module("(module (func $f) (start $f))");
    const wts_func_t func = new_export(store, RETURNS, "f");
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_set_timeout_ms(store, 5));
    CHECK_OK(wts_call_void(func));
    sleep_ms(50);
    for (int i = 0; i < 3; i++) {
        CHECK_STATUS(wts_call_void(func), WTS_ERR_TIMEOUT);
        CHECK_STATUS(wts_instance_new(store, starts, WTS_NOTHING, &instance), WTS_ERR_TIMEOUT);
    }
    CHECK_OK(wts_store_set_timeout_ms(store, 60000));
    CHECK_OK(wts_call_void(func));
    CHECK_OK(wts_store_set_timeout_ms(store, 0));
    CHECK_STATUS(wts_call_void(func), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_set_timeout_ms(store, -1));
    CHECK_OK(wts_call_void(func));
    CHECK_OK(wts_instance_new(store, starts, WTS_NOTHING, &instance));
}

TEST(a_timeout_is_taken_away_or_put_off) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, RETURNS, "f");
    CHECK_OK(wts_store_set_timeout_ms(store, -1));
    CHECK_OK(wts_store_set_timeout_ms(store, 5));
    CHECK_OK(wts_store_set_timeout_ms(store, -1));
    sleep_ms(30);
    CHECK_OK(wts_call_void(func));
    CHECK_OK(wts_store_set_timeout_ms(store, 5));
    CHECK_OK(wts_store_set_timeout_ms(store, INT64_MAX));
    sleep_ms(30);
    CHECK_OK(wts_call_void(func));
}

TEST(a_timeout_may_be_any_number) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, RETURNS, "f");
    CHECK_OK(wts_store_set_timeout_ms(store, INT64_MAX));
    CHECK_OK(wts_call_void(func));
    CHECK_OK(wts_store_set_timeout_ms(store, 0));
    /* What is refused changes nothing. 2 to the power of 63 is INT64_MIN here. */
    CHECK_ERROR(wts_store_set_timeout_ms(store, INT64_MIN), WTS_ERR_RANGE, "timeout");
    CHECK_STATUS(wts_store_set_timeout_ms(store, -2), WTS_ERR_RANGE);
    CHECK_STATUS(wts_call_void(func), WTS_ERR_TIMEOUT);
}

TEST(stores_have_timeouts_of_their_own) {
    enum { STORES = 8 };
    wts_store_t stores[STORES];
    for (int i = 0; i < STORES; i++) {
        stores[i] = new_store();
        CHECK_OK(wts_store_set_timeout_ms(stores[i], i % 2 ? 10 : 60000));
    }
    sleep_ms(50);
    for (int i = 0; i < STORES; i++) {
        const wts_func_t func = new_export(stores[i], RETURNS, "f");
        CHECK_STATUS(wts_call_void(func), i % 2 ? WTS_ERR_TIMEOUT : WTS_OK);
        CHECK_OK(wts_store_delete(stores[i]));
    }
}

/* A host function that works on its store and then calls a function of it. */
struct nested {
    wts_store_t store;
    wts_func_t func;
    int64_t timeout_ms;
    wts_status_t ends_with;
    int32_t answers;
};

static int32_t call_nested(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                           size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    struct nested *const nested = env;
    if (nested->timeout_ms >= 0) CHECK_OK(wts_store_set_timeout_ms(nested->store, nested->timeout_ms));
    if (nested->func != 0) nested->ends_with = wts_call_void(nested->func);
    return nested->answers;
}

/* A guest that calls `env.f` and then spins. */
static wts_func_t calls_and_spins(wts_store_t store, struct nested *nested) {
    WTS_SCOPED(module) module = new_module(
        "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"
        "  (func (export \"f\") (drop (call $f (i32.const 0))) (loop br 0)))");
    wts_instance_t instance = 0;
    const uint64_t imports[] = {new_func(store, call_nested, nested)};
    CHECK_OK(wts_instance_new(store, module, imports, 1, &instance));
    return export_of(instance, "f");
}

TEST(a_timeout_ends_calls_inside_host_functions) {
    WTS_SCOPED(store) store = new_store();
    struct nested nested = {.store = store, .timeout_ms = -1};
    nested.func = new_export(store, SPINS, "f");
    const wts_func_t outer = calls_and_spins(store, &nested);
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    CHECK_STATUS(wts_call_void(outer), WTS_ERR_TIMEOUT);
    CHECK_EQ(nested.ends_with, WTS_ERR_TIMEOUT);
    /* The host function may fail for its own reasons. */
    nested.answers = -5;
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    CHECK_STATUS(wts_call_void(outer), WTS_ERR_HOST);
    CHECK_EQ(nested.ends_with, WTS_ERR_TIMEOUT);
}

TEST(a_host_function_sets_the_timeout_of_its_store) {
    static const int64_t timeouts[] = {0, 1, 20};
    WTS_SCOPED(store) store = new_store();
    struct nested nested = {.store = store};
    const wts_func_t outer = calls_and_spins(store, &nested);
    for (int i = 0; i < 3; i++) {
        nested.timeout_ms = timeouts[i];
        CHECK_STATUS(wts_call_void(outer), WTS_ERR_TIMEOUT);
        CHECK_OK(wts_store_set_timeout_ms(store, -1));
    }
}

TEST(a_timeout_ends_a_start_function) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module (func $f (loop br 0)) (start $f))");
    wts_instance_t instance = 7;
    CHECK_OK(wts_store_set_timeout_ms(store, 10));
    CHECK_STATUS(wts_instance_new(store, module, WTS_NOTHING, &instance), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_set_timeout_ms(store, 10));
    CHECK_STATUS(wts_linker_instantiate(linker, store, module, &instance), WTS_ERR_TIMEOUT);
    CHECK_EQ(trap_code(), WTS_TRAP_INTERRUPT);
    CHECK_EQ(instance, 7);
}

/* Spins for the argument 7, and gives back all others. */
#define SPINS_ON_SEVEN                                                                             \
    "(module (func (export \"f\") (param i64) (result i64)"                                        \
    "  (loop (br_if 0 (i64.eq (local.get 0) (i64.const 7)))) local.get 0))"

TEST(a_timeout_ends_a_batch) {
    enum { ROWS = 4000 };
    static int64_t args[ROWS], results[ROWS];
    static const size_t rows[] = {100, ROWS};
    static const size_t bad[] = {50, 2500};
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, SPINS_ON_SEVEN, "f");
    for (int i = 0; i < 2; i++) {
        size_t done = 0;
        for (int64_t row = 0; row < ROWS; row++) args[row] = row + 10;
        CHECK_OK(wts_func_call_batch(func, rows[i], args, rows[i], results, rows[i], &done));
        args[bad[i]] = 7;
        results[bad[i]] = 0;
        CHECK_OK(wts_store_set_timeout_ms(store, 300));
        CHECK_STATUS(wts_func_call_batch(func, rows[i], args, rows[i], results, rows[i], &done), WTS_ERR_TIMEOUT);
        CHECK_EQ(done, bad[i]);
        CHECK_EQ(results[bad[i] - 1], args[bad[i] - 1]);
        CHECK_EQ(results[bad[i]], 0);
        CHECK_OK(wts_store_set_timeout_ms(store, -1));
    }
}

/* ---- Interrupts ---- */

struct runner {
    wts_func_t func;
    atomic_int status;
    atomic_bool runs;
};

static void *run(void *argument) {
    struct runner *const runner = argument;
    runner->runs = true;
    runner->status = wts_call_void(runner->func);
    runner->runs = false;
    return NULL;
}

static pthread_t start(struct runner *runner, wts_store_t store) {
    pthread_t thread;
    runner->func = new_export(store, SPINS, "f");
    CHECK_EQ(pthread_create(&thread, NULL, run, runner), 0);
    while (!runner->runs) sched_yield();
    sleep_ms(5);
    return thread;
}

TEST(an_interrupt_ends_the_guest_of_that_store_only) {
    WTS_SCOPED(store) one = new_store();
    WTS_SCOPED(store) two = new_store();
    struct runner first = {0}, second = {0};
    const pthread_t threads[] = {start(&first, one), start(&second, two)};
    CHECK_OK(wts_store_interrupt(one));
    CHECK_EQ(pthread_join(threads[0], NULL), 0);
    CHECK_EQ(first.status, WTS_ERR_INTERRUPT);
    sleep_ms(20);
    CHECK(second.runs);
    CHECK_OK(wts_store_interrupt(two));
    CHECK_EQ(pthread_join(threads[1], NULL), 0);
    CHECK_EQ(second.status, WTS_ERR_INTERRUPT);
}

TEST(an_interrupt_before_the_call_is_remembered_once) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, RETURNS, "f");
    for (int i = 0; i < 10; i++) {
        CHECK_OK(wts_store_interrupt(store));
        CHECK_OK(wts_store_interrupt(store));
        CHECK_ERROR(wts_call_void(func), WTS_ERR_INTERRUPT, "wts_store_interrupt");
        CHECK_EQ(trap_code(), WTS_TRAP_INTERRUPT);
        CHECK_OK(wts_call_void(func));
    }
    /* A call that is interrupted beyond its timeout ends with either; the timeout stays. */
    CHECK_OK(wts_store_set_timeout_ms(store, 0));
    CHECK_OK(wts_store_interrupt(store));
    CHECK_STATUS(wts_call_void(func), WTS_ERR_INTERRUPT);
    CHECK_STATUS(wts_call_void(func), WTS_ERR_TIMEOUT);
    /* Deleted with an interrupt that nobody took. */
    CHECK_OK(wts_store_interrupt(store));
}

static int32_t interrupt_twice(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                               size_t nresults) {
    struct nested *const nested = env;
    CHECK_OK(wts_store_interrupt(nested->store));
    call_nested(env, caller, args, nargs, results, nresults);
    CHECK_OK(wts_store_interrupt(nested->store));
    return 0;
}

TEST(an_interrupt_ends_the_innermost_call) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    struct nested nested = {.store = store, .timeout_ms = -1};
    WTS_SCOPED(module) module = new_module("(module (import \"env\" \"f\" (func $f)) (func $g call $f) (start $g))");
    wts_instance_t instance = 0;
    nested.func = new_export(store, SPINS, "f");
    CHECK_OK(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("f"), WTS_NOTHING, WTS_NOTHING, interrupt_twice,
                                    &nested, NULL));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_EQ(nested.ends_with, WTS_ERR_INTERRUPT);
    CHECK_STATUS(wts_call_void(nested.func), WTS_ERR_INTERRUPT);
}

/* The round in which the guest is to run, and the last one in which it has run. */
static atomic_int asked, answered, last_status;

static void *run_when_asked(void *argument) {
    const wts_func_t spin = *(const wts_func_t *)argument;
    for (int round = 1;; round++) {
        while (asked != round) sched_yield();
        last_status = wts_call_void(spin);
        answered = round;
        if (last_status != WTS_ERR_INTERRUPT) return NULL;
    }
}

/* However an interrupt falls between the rings for other stores, the guest hears of it. */
TEST(no_interrupt_is_lost) {
    enum { ROUNDS = 20000 };
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    wts_func_t spin = new_export(store, SPINS, "f");
    pthread_t thread;
    int64_t longest = 0;
    asked = answered = 0;
    CHECK_EQ(pthread_create(&thread, NULL, run_when_asked, &spin), 0);
    const int64_t begin = microseconds();
    for (int round = 1; round <= ROUNDS && microseconds() - begin < 1000000 && longest < SLACK_MS * 1000; round++) {
        asked = round;
        for (volatile int i = round % 8 * 1000; i > 0; i--) continue;
        CHECK_OK(wts_store_set_timeout_ms(other, 0));
        for (volatile int i = round % 200; i > 0; i--) continue;
        const int64_t rung = microseconds();
        CHECK_OK(wts_store_interrupt(store));
        while (answered != round && microseconds() - rung < SLACK_MS * 1000) continue;
        if (microseconds() - rung > longest) longest = microseconds() - rung;
    }
    CHECK(longest < SLACK_MS * 1000);
    CHECK_EQ(last_status, WTS_ERR_INTERRUPT);
    CHECK_OK(wts_store_set_timeout_ms(store, 0));
    asked++;
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_EQ(last_status, WTS_ERR_TIMEOUT);
}

static atomic_bool over;
static _Atomic uint64_t target;
static atomic_int strange;

static void *interrupt_what_comes(void *unused) {
    while (!over) {
        const wts_status_t status = wts_store_interrupt(target);
        if (status != WTS_OK && status != WTS_ERR_STALE) strange++;
    }
    return unused;
}

/* Stores come and go where an interrupted one was; only those that are meant are interrupted. */
TEST(an_interrupt_does_not_hit_the_successor) {
    WTS_SCOPED(module) module = new_module(RETURNS);
    wts_store_t stale = new_store();
    pthread_t thread;
    int interrupted = 0;
    CHECK_OK(wts_store_delete(stale));
    CHECK_STATUS(wts_store_interrupt(stale), WTS_ERR_STALE);
    over = false;
    target = stale;
    CHECK_EQ(pthread_create(&thread, NULL, interrupt_what_comes, NULL), 0);
    for (int round = 0; round < 4000; round++) {
        const wts_store_t store = new_store();
        wts_instance_t instance = 0;
        CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
        const wts_func_t func = export_of(instance, "f");
        const bool meant = round % 2 != 0;
        if (meant) target = store;
        wts_status_t status = wts_call_void(func);
        for (int i = 0; i < 1000 && meant && status == WTS_OK; i++) status = wts_call_void(func);
        interrupted += status == WTS_ERR_INTERRUPT;
        if (!meant) CHECK_OK(status);
        CHECK_OK(wts_store_delete(store));
    }
    over = true;
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_EQ(strange, 0);
    CHECK(interrupted > 0);
}

/* ---- Beside each other ---- */

/* Rings for timeouts and interrupts are no ticks of the user's. */
TEST(epochs_count_the_ticks_of_the_user_only) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    const wts_func_t func = new_export(store, RETURNS, "f");
    CHECK_OK(wts_store_set_epoch_deadline(store, 2));
    for (int i = 0; i < 10; i++) {
        CHECK_OK(wts_store_set_timeout_ms(other, 0));
        CHECK_OK(wts_store_interrupt(other));
        CHECK_OK(wts_call_void(func));
    }
    CHECK_OK(wts_engine_increment_epoch(engine));
    CHECK_OK(wts_call_void(func));
    CHECK_OK(wts_engine_increment_epoch(engine));
    for (int i = 0; i < 3; i++) CHECK_STATUS(wts_call_void(func), WTS_ERR_INTERRUPT);
    CHECK_OK(wts_store_set_timeout_ms(store, 0));
    CHECK_STATUS(wts_call_void(func), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_set_timeout_ms(store, -1));
    CHECK_STATUS(wts_call_void(func), WTS_ERR_INTERRUPT);
    CHECK_OK(wts_store_set_epoch_deadline(store, 0));
    CHECK_STATUS(wts_call_void(func), WTS_ERR_INTERRUPT);
    CHECK_OK(wts_store_set_epoch_deadline(store, UINT64_MAX));
    CHECK_OK(wts_call_void(func));
}

static void *ring_for_another(void *argument) {
    const wts_store_t store = *(const wts_store_t *)argument;
    while (!over)
        if (wts_store_interrupt(store) != WTS_OK || wts_store_set_timeout_ms(store, 0) != WTS_OK) strange++;
    return NULL;
}

/* The guest goes on at each ring, and a tick may fall just there. */
TEST(no_tick_is_lost_among_rings) {
    enum { ROUNDS = 20000 };
    WTS_SCOPED(store) store = new_store();
    wts_store_t other = new_store();
    wts_func_t spin = new_export(store, SPINS, "f");
    pthread_t threads[2];
    bool lost = false;
    asked = answered = strange = 0;
    over = false;
    CHECK_EQ(pthread_create(&threads[0], NULL, run_when_asked, &spin), 0);
    CHECK_EQ(pthread_create(&threads[1], NULL, ring_for_another, &other), 0);
    const int64_t begin = microseconds();
    for (int round = 1; round <= ROUNDS && !lost && microseconds() - begin < 1000000; round++) {
        CHECK_OK(wts_store_set_epoch_deadline(store, 1));
        asked = round;
        for (volatile int i = round % 8 * 500; i > 0; i--) continue;
        CHECK_OK(wts_engine_increment_epoch(engine));
        const int64_t ticked = microseconds();
        while (answered != round && !lost) lost = microseconds() - ticked > SLACK_MS * 1000;
    }
    CHECK(!lost);
    over = true;
    CHECK_EQ(pthread_join(threads[1], NULL), 0);
    CHECK_EQ(strange, 0);
    CHECK_OK(wts_store_delete(other));
    CHECK_EQ(last_status, WTS_ERR_INTERRUPT);
    CHECK_OK(wts_store_set_timeout_ms(store, 0));
    asked++;
    CHECK_EQ(pthread_join(threads[0], NULL), 0);
}

static void *run_own_stores(void *argument) {
    const wts_module_t module = *(const wts_module_t *)argument;
    for (int round = 0; round < 300; round++) {
        const bool spins = round % 3 == 0, times_out = round % 3 == 1;
        wts_store_t store = 0;
        wts_instance_t instance = 0;
        uint64_t func = 0;
        if (wts_store_new(engine, 0, &store) != WTS_OK ||
            wts_instance_new(store, module, WTS_NOTHING, &instance) != WTS_OK ||
            wts_instance_get_export(instance, WTS_CSTR(spins ? "spin" : "nop"), &func) != WTS_OK)
            strange++;
        if (wts_store_set_timeout_ms(store, spins ? 1 : times_out ? 0 : 60000) != WTS_OK) strange++;
        if (wts_call_void(func) != (spins || times_out ? WTS_ERR_TIMEOUT : WTS_OK)) strange++;
        if (wts_store_interrupt(store) != WTS_OK || wts_call_void(func) != WTS_ERR_INTERRUPT) strange++;
        if (wts_store_delete(store) != WTS_OK) strange++;
    }
    return NULL;
}

TEST(threads_do_not_disturb_each_other) {
    WTS_SCOPED(module) module = new_module("(module (func (export \"spin\") (loop br 0)) (func (export \"nop\")))");
    wts_module_t shared = module;
    pthread_t threads[4];
    strange = 0;
    for (int i = 0; i < 4; i++) CHECK_EQ(pthread_create(&threads[i], NULL, run_own_stores, &shared), 0);
    for (int i = 0; i < 4; i++) CHECK_EQ(pthread_join(threads[i], NULL), 0);
    CHECK_EQ(strange, 0);
}

TEST(a_forked_child_has_a_timer_of_its_own) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t spin = new_export(store, SPINS, "f");
    int ended = 0;
    CHECK_OK(wts_store_set_timeout_ms(store, 1));
    CHECK_STATUS(wts_call_void(spin), WTS_ERR_TIMEOUT);
    for (int round = 0; round < 20; round++) {
        const pid_t child = fork();
        CHECK(child >= 0);
        if (child == 0) {
            if (wts_store_set_timeout_ms(store, 2) != WTS_OK) _exit(2);
            _exit(wts_call_void(spin) == WTS_ERR_TIMEOUT ? 0 : 3);
        }
        for (int i = 0; waitpid(child, &ended, WNOHANG) == 0; i++) {
            sleep_ms(1);
            if (i < 20000) continue;
            FAIL("the child did not end");
            kill(child, SIGKILL);
        }
        CHECK_EQ(ended, 0);
    }
}

/* ---- Refused ---- */

TEST(engines_without_epochs_have_neither) {
    WTS_SCOPED(engine) plain = 0;
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_engine_new(0, &plain));
    CHECK_OK(wts_store_new(plain, 0, &store));
    CHECK_ERROR(wts_store_set_timeout_ms(store, 10), WTS_ERR_STATE, "epoch_interruption");
    CHECK_STATUS(wts_store_set_timeout_ms(store, -1), WTS_ERR_STATE);
    CHECK_ERROR(wts_store_interrupt(store), WTS_ERR_STATE, "epoch_interruption");
}

static void *is_busy(void *argument) {
    const wts_store_t store = *(const wts_store_t *)argument;
    CHECK_STATUS(wts_store_set_timeout_ms(store, 10), WTS_ERR_BUSY);
    CHECK_OK(wts_store_interrupt(store));
    /* The store's first item after itself. */
    CHECK_STATUS(wts_store_interrupt(store + 1), WTS_ERR_KIND);
    return NULL;
}

TEST(bad_handles_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, RETURNS, "f");
    const wts_store_t stale = new_store();
    wts_reference_t reference = 0;
    pthread_t thread;
    CHECK_OK(wts_store_delete(stale));
    CHECK_HANDLES(h, stale, func, wts_store_set_timeout_ms(h, 10));
    CHECK_HANDLES(h, stale, func, wts_store_interrupt(h));
    CHECK_STATUS(wts_store_interrupt(engine), WTS_ERR_KIND);
    CHECK_STATUS(wts_store_interrupt(store + 1000), WTS_ERR_HANDLE);
    CHECK_OK(wts_externref_new(store, 0, NULL, NULL, &reference));
    CHECK_STATUS(wts_store_interrupt(reference), WTS_ERR_KIND);
    CHECK_OK(wts_reference_delete(reference));
    CHECK_STATUS(wts_store_interrupt(reference), WTS_ERR_STALE);
    CHECK_OK(wts_store_enter(store, 0));
    CHECK_EQ(pthread_create(&thread, NULL, is_busy, &store), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_OK(wts_store_leave(store));
}

int main(int argc, char **argv) {
    engine = new_engine();
    RUN(a_timeout_ends_loops_and_calls);
    RUN(a_timeout_stays_in_force);
    RUN(a_timeout_is_taken_away_or_put_off);
    RUN(a_timeout_may_be_any_number);
    RUN(stores_have_timeouts_of_their_own);
    RUN(a_timeout_ends_calls_inside_host_functions);
    RUN(a_host_function_sets_the_timeout_of_its_store);
    RUN(a_timeout_ends_a_start_function);
    RUN(a_timeout_ends_a_batch);
    RUN(an_interrupt_ends_the_guest_of_that_store_only);
    RUN(an_interrupt_before_the_call_is_remembered_once);
    RUN(an_interrupt_ends_the_innermost_call);
    RUN(no_interrupt_is_lost);
    RUN(an_interrupt_does_not_hit_the_successor);
    RUN(epochs_count_the_ticks_of_the_user_only);
    RUN(no_tick_is_lost_among_rings);
    RUN(threads_do_not_disturb_each_other);
    RUN(a_forked_child_has_a_timer_of_its_own);
    RUN(engines_without_epochs_have_neither);
    RUN(bad_handles_are_refused);
    END;
}
