#include "callbacks.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#define SPINS "(module (func (export \"f\") (loop br 0)))"

/* Counts the argument down to 0, and answers how often that was. */
#define COUNTS                                                                                     \
    "(module (global $calls (export \"calls\") (mut i32) (i32.const 0))"                           \
    "  (func (export \"f\") (param i32) (result i32)"                                              \
    "    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))"                          \
    "    (loop (local.set 0 (i32.sub (local.get 0) (i32.const 1))) (br_if 0 (local.get 0)))"       \
    "    (global.get $calls)))"

static wts_engine_t new_engine(void) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static void tick(int times) {
    for (; times > 0; times--) CHECK_OK(wts_engine_increment_epoch(engine));
}

/* A thread that ticks, and counts. */
static _Atomic uint64_t ticked;
static atomic_bool over;

static void *tick_on(void *unused) {
    while (!over) {
        ticked++;
        CHECK_OK(wts_engine_increment_epoch(engine));
        sched_yield();
    }
    return unused;
}

static pthread_t start_ticking(void) {
    pthread_t thread;
    over = false;
    CHECK_EQ(pthread_create(&thread, NULL, tick_on, NULL), 0);
    return thread;
}

static void stop_ticking(pthread_t thread) {
    over = true;
    CHECK_EQ(pthread_join(thread, NULL), 0);
}

/* ---- Going on, and ending ---- */

/* What a callback is to do, and what it saw. */
struct asked {
    wts_store_t store;
    wts_func_t func;
    int times, ends_after;
    uint64_t ticks;
    int32_t ends_with;
    uint64_t since, too_early;
};

/* Lets the guest go on `ends_after` times. */
static int32_t go_on(void *env, wts_store_t store, uint64_t *out_ticks) {
    struct asked *const asked = env;
    CHECK_EQ(store, asked->store);
    CHECK_EQ(*out_ticks, 1);
    const uint64_t passed = ticked - asked->since;
    /* A tick may be under way. */
    if (asked->times > 0 && passed + 1 < asked->ticks) asked->too_early++;
    if (asked->times++ == asked->ends_after) return asked->ends_with;
    *out_ticks = asked->ticks;
    asked->since = ticked;
    return 0;
}

TEST(a_guest_goes_on_for_as_many_ticks_as_it_gets) {
    static const uint64_t ticks[] = {0, 1, 4};
    static const int32_t answers[] = {-7, INT32_MIN, 1};
    for (int i = 0; i < 3; i++) {
        WTS_SCOPED(store) store = new_store();
        struct asked asked = {.store = store, .ends_after = 100, .ticks = ticks[i], .ends_with = answers[i]};
        const wts_func_t spin = new_export(store, SPINS, "f");
        int32_t code = 0;
        CHECK_OK(wts_store_set_epoch_callback(store, go_on, &asked, NULL));
        CHECK_OK(wts_store_set_epoch_deadline(store, 2));
        const pthread_t ticker = start_ticking();
        CHECK_ERROR(wts_call_void(spin), WTS_ERR_INTERRUPT, "epoch callback");
        stop_ticking(ticker);
        CHECK_EQ(asked.times, 101);
        CHECK_EQ(asked.too_early, 0);
        CHECK_OK(wts_error_host_code(0, &code));
        CHECK_EQ(code, answers[i]);
        CHECK_OK(wts_error_trap_code(0, &code));
        CHECK_EQ(code, WTS_TRAP_INTERRUPT);
        /* The deadline stays reached. */
        asked.ends_after = asked.times;
        CHECK_STATUS(wts_call_void(spin), WTS_ERR_INTERRUPT);
        CHECK_EQ(asked.times, 102);
    }
}

TEST(without_a_deadline_nobody_is_asked) {
    WTS_SCOPED(store) store = new_store();
    struct asked asked = {.store = store};
    const wts_func_t func = new_export(store, COUNTS, "f");
    int32_t calls = 0;
    CHECK_OK(wts_store_set_epoch_callback(store, go_on, &asked, NULL));
    tick(10);
    CHECK_OK(wts_call_i32_i32(func, 1000, &calls));
    CHECK_OK(wts_store_set_epoch_deadline(store, 1000));
    tick(999);
    CHECK_OK(wts_call_i32_i32(func, 1000, &calls));
    CHECK_EQ(asked.times, 0);
}

TEST(timeouts_and_interrupts_do_not_ask) {
    WTS_SCOPED(store) store = new_store();
    struct asked asked = {.store = store, .ends_with = -1};
    const wts_func_t func = new_export(store, COUNTS, "f");
    int32_t calls = 0;
    CHECK_OK(wts_store_set_epoch_callback(store, go_on, &asked, NULL));
    CHECK_OK(wts_store_set_epoch_deadline(store, 0));
    CHECK_OK(wts_store_set_timeout_ms(store, 0));
    CHECK_STATUS(wts_call_i32_i32(func, 1, &calls), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_store_interrupt(store));
    CHECK_STATUS(wts_call_i32_i32(func, 1, &calls), WTS_ERR_INTERRUPT);
    CHECK_EQ(asked.times, 0);
    CHECK_OK(wts_store_set_timeout_ms(store, -1));
    CHECK_STATUS(wts_call_i32_i32(func, 1, &calls), WTS_ERR_INTERRUPT);
    CHECK_EQ(asked.times, 1);
}

/* ---- What it may do ---- */

static int32_t use_store(void *env, wts_store_t store, uint64_t *out_ticks) {
    struct asked *const asked = env;
    uint64_t number = 0;
    int32_t calls = 0;
    (void)out_ticks;
    asked->times++;
    CHECK_OK(wts_store_get_user(store, &number));
    CHECK_OK(wts_store_get_fuel(store, &number));
    CHECK_OK(wts_store_set_fuel(store, 1000000));
    CHECK_OK(wts_call_i32_i32(asked->func, 10, &calls));
    CHECK_EQ(calls, asked->times);
    CHECK_STATUS(wts_store_delete(store), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_set_limits(store, 0, 0, 0, 0, 0, 0), WTS_ERR_BUSY);
    return asked->times == asked->ends_after ? -1 : 0;
}

TEST(it_may_use_its_store) {
    WTS_SCOPED(store) store = new_store();
    struct asked asked = {.store = store};
    const wts_func_t spin = new_export(store, SPINS, "f");
    asked.func = new_export(store, COUNTS, "f");
    CHECK_OK(wts_store_set_epoch_callback(store, use_store, &asked, NULL));
    for (int i = 0; i < 20; i++) {
        asked.ends_after = i + 1;
        CHECK_OK(wts_store_set_epoch_deadline(store, 0));
        CHECK_STATUS(wts_call_void(spin), WTS_ERR_INTERRUPT);
        CHECK_EQ(asked.times, i + 1);
    }
    asked.ends_after = 0;
    CHECK_OK(wts_store_set_epoch_deadline(store, 0));
    CHECK_OK(wts_call_void(new_export(store, "(module (func (export \"f\")))", "f")));
    CHECK_EQ(asked.times, 21);
}

/* Runs a guest for which time is up. */
static int32_t spin(void *env, wts_store_t store, uint64_t *out_ticks) {
    struct asked *const asked = env;
    (void)out_ticks;
    asked->times++;
    CHECK_OK(wts_store_set_timeout_ms(store, 10));
    CHECK_STATUS(wts_call_void(asked->func), WTS_ERR_INTERRUPT);
    return 0;
}

TEST(what_it_calls_is_ended_too) {
    WTS_SCOPED(store) store = new_store();
    struct asked asked = {.store = store};
    asked.func = new_export(store, SPINS, "f");
    CHECK_OK(wts_store_set_epoch_callback(store, spin, &asked, NULL));
    CHECK_OK(wts_store_set_epoch_deadline(store, 0));
    for (int i = 1; i < 4; i++) {
        CHECK_STATUS(wts_call_void(asked.func), WTS_ERR_TIMEOUT);
        CHECK_EQ(asked.times, 1);
    }
}

/* The caller of a host function that waits for a guest, whose epoch callback tries to use it. */
struct outer {
    wts_func_t inner;
    wts_caller_t caller;
    int times;
};

static int32_t call_inner(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                          size_t nresults) {
    struct outer *const outer = env;
    uint64_t memory = 0;
    (void)args, (void)nargs, (void)results, (void)nresults;
    outer->caller = caller;
    CHECK_OK(wts_call_i32_i32(outer->inner, 10, &(int32_t){0}));
    CHECK_OK(wts_caller_get_export(caller, WTS_STR("memory"), &memory));
    return 0;
}

static int32_t use_caller(void *env, wts_store_t store, uint64_t *out_ticks) {
    struct outer *const outer = env;
    uint64_t item = 0;
    (void)store, (void)out_ticks;
    outer->times++;
    if (outer->caller == 0) return 0;
    CHECK_STATUS(wts_caller_get_export(outer->caller, WTS_STR("memory"), &item), WTS_ERR_BUSY);
    CHECK_EQ(wts_handle_kind(outer->caller), WTS_KIND_CALLER);
    CHECK_OK(wts_caller_get_user(outer->caller, &item));
    return 0;
}

TEST(callers_of_waiting_host_functions_are_busy_in_it) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"\" \"f\" (func $f (param i32) (result i32))) (memory (export \"memory\") 1)"
        "  (func (export \"f\") (drop (call $f (i32.const 0)))))");
    wts_instance_t instance = 0;
    struct outer outer = {.inner = new_export(store, COUNTS, "f")};
    const uint64_t imports[] = {new_func(store, call_inner, &outer)};
    CHECK_OK(wts_instance_new(store, module, imports, 1, &instance));
    CHECK_OK(wts_store_set_epoch_callback(store, use_caller, &outer, NULL));
    for (int i = 0; i < 3; i++) {
        outer.caller = 0;
        CHECK_OK(wts_call_void(export_of(instance, "f")));
    }
    CHECK_EQ(outer.times, 0);
    outer.caller = 0;
    CHECK_OK(wts_store_set_epoch_deadline(store, 0));
    CHECK_OK(wts_call_void(export_of(instance, "f")));
    CHECK_EQ(outer.times, 1);
}

/* ---- Registration ---- */

/* Replaces itself while it runs. */
static int32_t replace(void *env, wts_store_t store, uint64_t *out_ticks) {
    int *const drops = env;
    (void)out_ticks;
    CHECK_OK(wts_store_set_epoch_callback(store, replace, drops, count_drop));
    CHECK_OK(wts_store_clear_epoch_callback(store));
    CHECK_OK(wts_store_set_epoch_callback(store, replace, drops, count_drop));
    CHECK_EQ(*drops, 0);
    return 0;
}

TEST(it_is_dropped_once) {
    int drops[3] = {0};
    int32_t calls = 0;
    wts_store_t store = new_store();
    const wts_func_t func = new_export(store, COUNTS, "f");
    CHECK_OK(wts_store_set_epoch_callback(store, replace, &drops[0], count_drop));
    CHECK_OK(wts_store_set_epoch_callback(store, replace, &drops[1], count_drop));
    CHECK_EQ(drops[0], 1);
    CHECK_OK(wts_store_set_epoch_deadline(store, 0));
    CHECK_OK(wts_call_i32_i32(func, 1, &calls));
    CHECK_EQ(drops[1], 2);
    CHECK_OK(wts_store_clear_epoch_callback(store));
    CHECK_EQ(drops[1], 3);
    CHECK_OK(wts_store_clear_epoch_callback(store));
    CHECK_OK(wts_store_set_epoch_callback(store, replace, &drops[2], count_drop));
    CHECK_STATUS(wts_store_set_epoch_callback(store, NULL, &drops[0], count_drop), WTS_ERR_NULL);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(drops[0], 1);
    CHECK_EQ(drops[1], 3);
    CHECK_EQ(drops[2], 1);
}

TEST(without_it_the_deadline_interrupts) {
    WTS_SCOPED(store) store = new_store();
    struct asked asked = {.store = store};
    const wts_func_t func = new_export(store, COUNTS, "f");
    int32_t calls = 0;
    CHECK_OK(wts_store_set_epoch_callback(store, go_on, &asked, NULL));
    CHECK_OK(wts_store_clear_epoch_callback(store));
    CHECK_OK(wts_store_set_epoch_deadline(store, 0));
    CHECK_STATUS(wts_call_i32_i32(func, 1, &calls), WTS_ERR_INTERRUPT);
    CHECK_EQ(asked.times, 0);
}

TEST(bad_arguments_are_refused) {
    WTS_SCOPED(engine) plain = 0;
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) without = 0;
    const wts_func_t func = new_export(store, COUNTS, "f");
    const wts_store_t stale = new_store();
    int drops = 0;
    CHECK_OK(wts_store_delete(stale));
    CHECK_HANDLES(h, stale, func, wts_store_set_epoch_callback(h, replace, &drops, count_drop));
    CHECK_HANDLES(h, stale, func, wts_store_clear_epoch_callback(h));
    CHECK_OK(wts_engine_new(0, &plain));
    CHECK_OK(wts_store_new(plain, 0, &without));
    CHECK_ERROR(wts_store_set_epoch_callback(without, replace, &drops, count_drop), WTS_ERR_STATE,
                "epoch_interruption");
    CHECK_STATUS(wts_store_clear_epoch_callback(without), WTS_ERR_STATE);
    CHECK_EQ(drops, 0);
}

int main(int argc, char **argv) {
    engine = new_engine();
    RUN(a_guest_goes_on_for_as_many_ticks_as_it_gets);
    RUN(without_a_deadline_nobody_is_asked);
    RUN(timeouts_and_interrupts_do_not_ask);
    RUN(it_may_use_its_store);
    RUN(what_it_calls_is_ended_too);
    RUN(callers_of_waiting_host_functions_are_busy_in_it);
    RUN(it_is_dropped_once);
    RUN(without_it_the_deadline_interrupts);
    RUN(bad_arguments_are_refused);
    END;
}
