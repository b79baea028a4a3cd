/* Resumable calls. */
#define _POSIX_C_SOURCE 200809L

#include "callbacks.h"
#include "stacks.h"

#include <sched.h>
#include <stdatomic.h>
#include <time.h>

/* (i32) -> i32: goes round so many times, and answers how often it did. It comes by its memory each time. */
#define COUNTS                                                                                     \
    "(module (memory (export \"m\") 1)"                                                            \
    "  (func (export \"f\") (param $n i32) (result i32) (local $i i32)"                            \
    "    (loop $l (if (i32.lt_u (local.get $i) (local.get $n)) (then"                              \
    "      (local.set $i (i32.add (local.get $i) (i32.const 1)))"                                  \
    "      (i32.store (i32.const 0) (local.get $i)) (br $l))))"                                    \
    "    (local.get $i)))"
#define SPINS "(module (func (export \"f\") (loop br 0)))"

/* Imports `env.f` (i32) -> i32 and calls it, then counts, then calls it again; the sum of the three. */
#define CALLS_BETWEEN                                                                              \
    "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"                            \
    "  (func (export \"f\") (param $n i32) (result i32) (local $i i32) (local $sum i32)"           \
    "    (local.set $sum (call $f (i32.const 10)))"                                                \
    "    (loop $l (local.set $i (i32.add (local.get $i) (i32.const 1)))"                           \
    "      (br_if $l (i32.lt_u (local.get $i) (local.get $n))))"                                   \
    "    (i32.add (i32.add (local.get $sum) (local.get $i)) (call $f (i32.const 20)))))"

/* An engine without epochs. */
static wts_engine_t plain_engine;

/* The engine of these tests checks epochs. */
static wts_engine_t engine_with(int32_t option, int64_t value) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    if (option != 0) CHECK_OK(wts_config_set(config, option, value));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static void sleep_ms(int64_t ms) { nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL); }

static int64_t microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* A store whose polls are as short as can be. */
static wts_store_t new_sliced_store(void) {
    const wts_store_t store = new_store();
    CHECK_OK(wts_store_set_slice_us(store, 0));
    return store;
}

static wts_pending_t started(wts_func_t func, int32_t argument) {
    wts_pending_t pending = 0;
    CHECK_OK(wts_func_start(func, WTS_SLOTS(argument), &pending));
    return pending;
}

static wts_pending_t started_nothing(wts_func_t func) {
    wts_pending_t pending = 0;
    CHECK_OK(wts_func_start(func, WTS_NOTHING, &pending));
    return pending;
}

/* Polls to the end; how often it was not there yet. */
static int polls_of(wts_pending_t pending, wts_status_t expected) {
    int polls = 0;
    wts_status_t status;
    while ((status = wts_pending_poll(pending)) == WTS_PENDING) polls++;
    CHECK_EQ(status, expected);
    return polls;
}

static int32_t result_of(wts_pending_t pending) {
    int64_t result = -1;
    CHECK_OK(wts_pending_results(pending, &result, 1));
    return wts_slot_to_i32(result);
}

/* ---- To the end ---- */

TEST(without_epochs_the_first_poll_is_the_last) {
    wts_store_t store = 0;
    CHECK_OK(wts_store_new(plain_engine, 0, &store));
    CHECK_ERROR(wts_store_set_slice_us(store, 0), WTS_ERR_STATE, "epoch_interruption");
    WTS_SCOPED(module) module = new_module_of(plain_engine, COUNTS);
    wts_instance_t instance = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    WTS_SCOPED(pending) pending = started(export_of(instance, "f"), 100000);
    CHECK_EQ(wts_handle_kind(pending), WTS_KIND_PENDING);
    for (int i = 0; i < 3; i++) {
        CHECK_OK(wts_pending_poll(pending));
        CHECK_EQ(result_of(pending), 100000);
    }
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_store_delete(store));
    pending = 0;
}

TEST(a_slice_of_nothing_still_goes_on) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_func_t func = new_export(store, COUNTS, "f");
    int before = 0;
    for (int32_t n = 1; n <= 1000; n *= 10) {
        const wts_pending_t pending = started(func, n);
        const int polls = polls_of(pending, WTS_OK);
        CHECK(n == 1 || polls > before);
        CHECK(polls <= n + 1);
        before = polls;
        CHECK_EQ(result_of(pending), n);
        CHECK_OK(wts_pending_delete(pending));
    }
    CHECK(before > 100);
}

TEST(a_slice_is_over_in_time) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, SPINS, "f");
    const wts_pending_t pending = started_nothing(func);
    for (int64_t us = 500; us <= 8000; us *= 2) {
        CHECK_STATUS(wts_store_set_slice_us(store, us), WTS_ERR_STATE);
        const int64_t start = microseconds();
        CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
        const int64_t took = microseconds() - start;
        CHECK(took >= 10000 && took < 2000000);
    }
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_store_set_slice_us(store, 500));
    const wts_pending_t shorter = started_nothing(func);
    int64_t shortest = INT64_MAX;
    for (int i = 0; i < 20; i++) {
        const int64_t start = microseconds();
        CHECK_EQ(wts_pending_poll(shorter), WTS_PENDING);
        const int64_t took = microseconds() - start;
        CHECK(took >= 500);
        if (took < shortest) shortest = took;
    }
    CHECK(shortest < 10000);
    CHECK_OK(wts_pending_delete(shorter));
    CHECK_ERROR(wts_store_set_slice_us(store, -2), WTS_ERR_RANGE, "slice", "-2");
    CHECK_OK(wts_store_set_slice_us(store, INT64_MAX));
    CHECK_OK(wts_store_set_slice_us(store, -1));
    const wts_pending_t whole = started(new_export(store, COUNTS, "f"), 1000);
    CHECK_EQ(polls_of(whole, WTS_OK), 0);
    CHECK_OK(wts_pending_delete(whole));
}

/* Three guests that take turns on one thread. */
TEST(an_event_loop_drives_guests_in_turns) {
    enum { GUESTS = 3 };
    wts_store_t stores[GUESTS];
    wts_pending_t calls[GUESTS];
    int turns[GUESTS] = {0};
    int left = GUESTS;
    for (int i = 0; i < GUESTS; i++) {
        stores[i] = new_sliced_store();
        calls[i] = started(new_export(stores[i], COUNTS, "f"), 100 * (i + 1));
    }
    while (left > 0)
        for (int i = 0; i < GUESTS; i++) {
            if (turns[i] < 0) continue;
            if (wts_pending_poll(calls[i]) == WTS_PENDING) {
                turns[i]++;
                continue;
            }
            CHECK_EQ(result_of(calls[i]), 100 * (i + 1));
            CHECK(turns[i] >= 30 * (i + 1));
            turns[i] = -1;
            left--;
            for (int j = i + 1; j < GUESTS; j++) CHECK(turns[j] >= 0);
        }
    for (int i = 0; i < GUESTS; i++) {
        CHECK_OK(wts_pending_delete(calls[i]));
        CHECK_OK(wts_store_delete(stores[i]));
    }
}

TEST(a_plain_call_does_not_yield) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_func_t func = new_export(store, COUNTS, "f");
    int32_t result = 0;
    const wts_pending_t pending = started(func, 10);
    CHECK(polls_of(pending, WTS_OK) > 0);
    CHECK_OK(wts_call_i32_i32(func, 1000, &result));
    CHECK_EQ(result, 1000);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_call_i32_i32(func, 1000, &result));
}

TEST(vectors_and_many_values_cross) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_func_t func = new_export(
        store,
        "(module (func (export \"f\") (param v128 i64 f32 f64) (result f64 f32 i64 v128)"
        "  (local $i i32) (loop $l (local.set $i (i32.add (local.get $i) (i32.const 1)))"
        "    (br_if $l (i32.lt_u (local.get $i) (i32.const 20))))"
        "  local.get 3 local.get 2 local.get 1 local.get 0))",
        "f");
    const int64_t nan32 = 0x7fa00001, nan64 = INT64_C(0x7ff4000000000001);
    int64_t results[6] = {0};
    wts_pending_t pending = 0;
    CHECK_OK(wts_func_start(func, WTS_SLOTS(1, 2, -3, nan32, nan64), &pending));
    CHECK(polls_of(pending, WTS_OK) > 5);
    CHECK_ERROR(wts_pending_results(pending, results, 4), WTS_ERR_TYPE, "5 slots", "room for 4");
    CHECK_STATUS(wts_pending_results(pending, results, 6), WTS_ERR_TYPE);
    CHECK_STATUS(wts_pending_results(pending, NULL, 5), WTS_ERR_NULL);
    CHECK_OK(wts_pending_results(pending, results, 5));
    CHECK_EQ(results[0], nan64);
    CHECK_EQ(results[1], nan32);
    CHECK_EQ(results[2], -3);
    CHECK_EQ(results[3], 1);
    CHECK_EQ(results[4], 2);
    CHECK_EQ(results[5], 0);
    CHECK_OK(wts_pending_delete(pending));
}

TEST(references_cross_and_are_kept_meanwhile) {
    WTS_SCOPED(store) store = new_sliced_store();
    int drops = 0;
    const wts_func_t func = new_export(
        store,
        "(module (func (export \"f\") (param externref) (result funcref externref i31ref)"
        "  (local $i i32) (loop $l (local.set $i (i32.add (local.get $i) (i32.const 1)))"
        "    (br_if $l (i32.lt_u (local.get $i) (i32.const 20))))"
        "  ref.func 0 local.get 0 (ref.i31 (i32.const 7))) (export \"g\" (func 0)))",
        "f");
    wts_reference_t given = 0;
    CHECK_OK(wts_externref_new(store, 42, &drops, count_drop, &given));
    wts_pending_t pending = 0;
    CHECK_OK(wts_func_start(func, WTS_SLOTS((int64_t)given), &pending));
    CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    CHECK_OK(wts_reference_delete(given));
    CHECK_STATUS(wts_reference_delete(given), WTS_ERR_STALE);
    polls_of(pending, WTS_OK);
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 0);
    int64_t first[3] = {0}, second[3] = {0};
    CHECK_OK(wts_pending_results(pending, first, 3));
    CHECK_OK(wts_pending_results(pending, second, 3));
    CHECK_EQ(first[0], func);
    CHECK_EQ(second[0], func);
    CHECK(first[1] != second[1] && first[2] != second[2]);
    uint64_t host = 0;
    int32_t small = 0;
    CHECK_OK(wts_externref_get((uint64_t)second[1], &host));
    CHECK_EQ(host, 42);
    CHECK_OK(wts_i31_get((uint64_t)first[2], &small));
    CHECK_EQ(small, 7);
    for (int i = 1; i < 3; i++) {
        CHECK_OK(wts_reference_delete((uint64_t)first[i]));
        CHECK_OK(wts_reference_delete((uint64_t)second[i]));
    }
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 0);
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
}

/* ---- What a suspended call allows ---- */

#define SUSPENDED(call) CHECK_ERROR(call, WTS_ERR_STATE, "resumable call", "wts_pending_poll")

TEST(a_suspended_call_has_its_store) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(COUNTS);
    const wts_store_t store = new_sliced_store();
    const wts_instance_t instance = new_instance(store, COUNTS);
    const wts_func_t func = export_of(instance, "f");
    const wts_memory_t memory = export_of(instance, "m");
    const wts_pending_t pending = started(func, 1000);
    for (int i = 0; i < 3; i++) {
        uint64_t number = 0;
        int32_t small = 0;
        SUSPENDED(wts_call_i32_i32(func, 1, &small));
        SUSPENDED(wts_func_start(func, WTS_SLOTS(1), &number));
        SUSPENDED(wts_memory_size(memory, &number));
        SUSPENDED(wts_instance_get_export(instance, WTS_STR("f"), &number));
        SUSPENDED(wts_linker_instantiate(linker, store, module, &number));
        SUSPENDED(wts_linker_start_instance(linker, store, module, &number));
        SUSPENDED(wts_linker_define(linker, WTS_STR("a"), WTS_STR("b"), func));
        SUSPENDED(wts_store_gc(store));
        SUSPENDED(wts_store_get_user(store, &number));
        SUSPENDED(wts_store_set_slice_us(store, 1));
        SUSPENDED(wts_store_set_timeout_ms(store, 1));
        SUSPENDED(wts_store_set_epoch_deadline(store, 1));
        SUSPENDED(wts_store_backtrace(store, &number));
        CHECK_ERROR(wts_pending_results(pending, NULL, 0), WTS_ERR_STATE, "no results before");
        CHECK_EQ(wts_handle_kind(store), WTS_KIND_STORE);
        CHECK_EQ(wts_handle_kind(func), WTS_KIND_FUNC);
        CHECK_EQ(wts_handle_kind(pending), WTS_KIND_PENDING);
        CHECK_OK(wts_store_enter(store, 0));
        CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
        CHECK_OK(wts_store_leave(store));
    }
    CHECK_OK(wts_pending_delete(pending));
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(func, 5, &result));
    CHECK_EQ(result, 5);
    CHECK_OK(wts_store_delete(store));
}

TEST(one_that_has_ended_leaves_the_store_to_others) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_func_t func = new_export(store, COUNTS, "f");
    const wts_pending_t first = started(func, 3);
    polls_of(first, WTS_OK);
    const wts_pending_t second = started(func, 100);
    CHECK_EQ(wts_pending_poll(second), WTS_PENDING);
    CHECK_OK(wts_pending_poll(first));
    CHECK_EQ(result_of(first), 3);
    CHECK_OK(wts_pending_delete(first));
    CHECK_EQ(wts_pending_poll(second), WTS_PENDING);
    polls_of(second, WTS_OK);
    CHECK_EQ(result_of(second), 100);
    CHECK_OK(wts_pending_delete(second));
}

TEST(an_abandoned_call_is_gone) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_instance_t instance = new_instance(store, COUNTS);
    const wts_func_t func = export_of(instance, "f");
    for (int polls = 0; polls < 3; polls++) {
        int64_t result = 77, count = 0;
        const wts_pending_t pending = started(func, 1000);
        for (int i = 0; i < polls; i++) CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
        CHECK_OK(wts_pending_delete(pending));
        CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_STALE, "pending", "deleted");
        CHECK_STATUS(wts_pending_results(pending, &result, 1), WTS_ERR_STALE);
        CHECK_STATUS(wts_pending_delete(pending), WTS_ERR_STALE);
        CHECK_EQ(result, 77);
        CHECK_EQ(wts_handle_kind(pending), WTS_KIND_NONE);
        CHECK_OK(wts_memory_load_i32(export_of(instance, "m"), 0, &count));
        CHECK(count < 10);
    }
}

TEST(a_store_is_deleted_with_its_suspended_call) {
    for (int polls = 0; polls < 3; polls++) {
        const wts_store_t store = new_sliced_store();
        const wts_pending_t pending = started(new_export(store, COUNTS, "f"), 1000);
        for (int i = 0; i < polls; i++) CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
        CHECK_OK(wts_store_delete(store));
        CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_STALE, "pending");
        CHECK_STATUS(wts_pending_delete(pending), WTS_ERR_STALE);
        CHECK_EQ(live_handles(WTS_KIND_PENDING), 0);
    }
}

TEST(wrong_handles_and_counts_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module)");
    const wts_func_t func = new_export(store, COUNTS, "f");
    const wts_func_t takes = new_export(store, "(module (func (export \"f\") (param externref)))", "f");
    wts_pending_t pending = 77;
    wts_reference_t foreign = 0;
    int64_t slots[2] = {0};
    CHECK_ERROR(wts_func_start(func, slots, 2, &pending), WTS_ERR_TYPE, "takes 1 slots", "2 were given");
    CHECK_STATUS(wts_func_start(func, NULL, 1, &pending), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_start(func, slots, 1, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_start(func, WTS_SLOTS(INT64_C(1) << 32), &pending), WTS_ERR_RANGE);
    CHECK_OK(wts_externref_new(other, 1, NULL, NULL, &foreign));
    CHECK_STATUS(wts_func_start(takes, WTS_SLOTS((int64_t)foreign), &pending), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_start_instance(linker, store, module, NULL), WTS_ERR_NULL);
    CHECK_EQ(pending, 77);
    const wts_pending_t stale = started(func, 1);
    CHECK_OK(wts_pending_delete(stale));
    CHECK_HANDLES(h, stale, func, wts_pending_poll(h));
    CHECK_HANDLES(h, stale, func, wts_pending_results(h, slots, 1));
    CHECK_HANDLES(h, stale, func, wts_pending_delete(h));
    CHECK_HANDLES(h, wts_linker_delete(linker) == WTS_OK ? linker : 0, func,
                  wts_linker_start_instance(h, store, module, &pending));
    linker = 0;
    CHECK_STATUS(wts_pending_poll(foreign), WTS_ERR_KIND);
    CHECK_STATUS(wts_reference_delete(stale), WTS_ERR_STALE);
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(func, 4, &result));
}

/* ---- How it can end ---- */

TEST(a_trap_is_answered_each_time) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_func_t func = new_export(
        store,
        "(module (func $g (param $i i32) (loop $l"
        "    (if (i32.eqz (local.get $i)) (then unreachable))"
        "    (local.set $i (i32.sub (local.get $i) (i32.const 1))) (br $l)))"
        "  (func (export \"f\") (param i32) (call $g (local.get 0))))",
        "f");
    const wts_pending_t pending = started(func, 30);
    CHECK(polls_of(pending, WTS_ERR_TRAP) > 10);
    for (int i = 0; i < 2; i++) {
        size_t frames = 0;
        CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_TRAP, "unreachable");
        CHECK_OK(wts_error_frame_count(0, &frames));
        CHECK_EQ(frames, 2);
    }
    CHECK_ERROR(wts_pending_results(pending, NULL, 0), WTS_ERR_STATE, "failed", "unreachable");
    CHECK_OK(wts_pending_delete(pending));
    const wts_pending_t next = started(func, 0);
    polls_of(next, WTS_ERR_TRAP);
    CHECK_OK(wts_pending_delete(next));
}

TEST(recursion_ends_where_webassembly_s_share_does) {
    WTS_SCOPED(store) store = new_store();
    const wts_pending_t pending =
        started_nothing(new_export(store, "(module (func $f (export \"f\") (call $f)))", "f"));
    int32_t code = 0;
    CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_TRAP, "stack");
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_STACK_OVERFLOW);
    CHECK_OK(wts_pending_delete(pending));
}

TEST(an_exception_that_nobody_caught_is_kept) {
    WTS_SCOPED(store) store = new_store();
    const wts_pending_t pending =
        started_nothing(new_export(store, "(module (tag $t) (func (export \"f\") (throw $t)))", "f"));
    wts_reference_t exception = 0;
    CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_TRAP, "exception");
    CHECK_OK(wts_store_take_exception(store, &exception));
    CHECK_OK(wts_reference_delete(exception));
    CHECK_OK(wts_pending_delete(pending));
}

TEST(timeouts_end_it_also_while_it_is_suspended) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_func_t func = new_export(store, SPINS, "f");
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    wts_pending_t pending = started_nothing(func);
    CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    sleep_ms(60);
    CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_TIMEOUT, "20 ms");
    CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_store_set_slice_us(store, -1));
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    pending = started_nothing(func);
    CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_pending_delete(pending));
}

TEST(interrupts_and_epochs_end_it_also_while_it_is_suspended) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_func_t func = new_export(store, SPINS, "f");
    for (int polls = 0; polls < 3; polls++) {
        wts_pending_t pending = started_nothing(func);
        for (int i = 0; i < polls; i++) CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
        CHECK_OK(wts_store_interrupt(store));
        CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_INTERRUPT, "wts_store_interrupt");
        CHECK_OK(wts_pending_delete(pending));
        CHECK_OK(wts_store_set_epoch_deadline(store, 1));
        pending = started_nothing(func);
        for (int i = 0; i < polls; i++) CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
        CHECK_OK(wts_engine_increment_epoch(engine));
        CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_INTERRUPT);
        CHECK_OK(wts_pending_delete(pending));
        CHECK_OK(wts_store_set_epoch_deadline(store, UINT64_MAX));
    }
}

/* ---- Host functions ---- */

/* What the host function does when it is called, and what it came to. */
struct host {
    wts_store_t store, other_store;
    wts_func_t func, other;
    wts_pending_t pending, other_pending;
    wts_module_t module;
    wts_linker_t linker;
    int calls, drops;
};

static void drop_host(void *env) { ((struct host *)env)->drops++; }

static wts_func_t import_host(wts_store_t store, const char *wat, wts_callback_t function, struct host *host) {
    WTS_SCOPED(module) module = new_module(wat);
    wts_func_t imported = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), function, host, drop_host, &imported));
    CHECK_OK(wts_instance_new(store, module, WTS_ITEMS(imported), &instance));
    return export_of(instance, "f");
}

#define CALLBACK(name)                                                                             \
    static int32_t name(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,         \
                        int64_t *results, size_t nresults)
#define UNUSED (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults

CALLBACK(fails) {
    UNUSED;
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_NONE, WTS_STR("no more")));
    return -7;
}

CALLBACK(pends) {
    UNUSED;
    return WTS_PENDING;
}

TEST(a_host_function_fails_as_in_other_calls) {
    struct host host = {0};
    WTS_SCOPED(store) store = new_sliced_store();
    wts_pending_t pending = started(import_host(store, CALLS_BETWEEN, fails, &host), 10);
    int32_t code = 0;
    CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_HOST, "no more");
    CHECK_OK(wts_error_host_code(0, &code));
    CHECK_EQ(code, -7);
    CHECK_OK(wts_pending_delete(pending));
    pending = started(import_host(store, CALLS_BETWEEN, pends, &host), 10);
    CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_HOST, "WTS_PENDING");
    CHECK_OK(wts_pending_delete(pending));
}

/* Calls, instantiates, looks around: all that works in other calls. */
CALLBACK(works) {
    UNUSED;
    struct host *const host = env;
    int32_t answer = 0, of_other = 0;
    uint64_t item = 0;
    wts_store_t store = 0;
    wts_instance_t instance = 0;
    wts_error_t trace = 0;
    size_t done = 0;
    CHECK_OK(wts_caller_get_store(caller, &store));
    CHECK_EQ(store, host->store);
    CHECK_OK(wts_caller_get_export(caller, WTS_STR("f"), &item));
    CHECK_OK(wts_call_i32_i32(host->func, 1000, &answer));
    CHECK_OK(wts_call_i32_i32(host->other, 1000, &of_other));
    CHECK_EQ(answer, of_other);
    CHECK_OK(wts_linker_instantiate(host->linker, store, host->module, &instance));
    CHECK_OK(wts_instance_new(host->other_store, host->module, WTS_NOTHING, &instance));
    static int64_t rows[5000], sums[5000];
    for (int i = 0; i < 5000; i++) rows[i] = i % 7;
    CHECK_OK(wts_func_call_batch(host->func, 5000, rows, 5000, sums, 5000, &done));
    CHECK_EQ(sums[4999], 4999 % 7);
    CHECK_ERROR(wts_linker_define_module(host->linker, store, WTS_STR("m"), host->module), WTS_ERR_STATE,
                "inside a resumable call");
    CHECK_OK(wts_store_gc(store));
    CHECK_OK(wts_store_backtrace(store, &trace));
    CHECK_OK(wts_error_delete(trace));
    results[0] = wts_slot_from_i32(answer + wts_slot_to_i32(args[0]));
    host->calls++;
    return 0;
}

TEST(host_functions_work_as_in_other_calls) {
    WTS_SCOPED(store) store = new_sliced_store();
    WTS_SCOPED(store) other = new_sliced_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(
        "(module (global $g (mut i32) (i32.const 0)) (func $s (global.set $g (i32.const 1))) (start $s))");
    struct host host = {
        .store = store, .other_store = other, .linker = linker, .module = module,
        .func = new_export(store, COUNTS, "f"), .other = new_export(other, COUNTS, "f"),
    };
    const wts_pending_t pending = started(import_host(store, CALLS_BETWEEN, works, &host), 50);
    CHECK(polls_of(pending, WTS_OK) > 10);
    CHECK_EQ(result_of(pending), 1010 + 50 + 1020);
    CHECK_EQ(host.calls, 2);
    CHECK_OK(wts_pending_delete(pending));
}

CALLBACK(misuses) {
    UNUSED;
    struct host *const host = env;
    wts_pending_t pending = 0;
    int64_t result = 0;
    CHECK_ERROR(wts_pending_poll(host->pending), WTS_ERR_BUSY, "running");
    CHECK_STATUS(wts_pending_delete(host->pending), WTS_ERR_BUSY);
    CHECK_STATUS(wts_pending_results(host->pending, &result, 1), WTS_ERR_STATE);
    CHECK_ERROR(wts_func_start(host->func, args, nargs, &pending), WTS_ERR_BUSY, "inside a call");
    CHECK_ERROR(wts_linker_start_instance(host->linker, host->store, host->module, &pending), WTS_ERR_BUSY,
                "inside a call");
    CHECK_STATUS(wts_store_delete(host->store), WTS_ERR_BUSY);
    CHECK_OK(wts_store_set_slice_us(host->store, 0));
    results[0] = args[0];
    return 0;
}

TEST(a_call_is_not_polled_from_inside) {
    WTS_SCOPED(store) store = new_sliced_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module)");
    struct host host = {.store = store, .linker = linker, .module = module};
    host.func = import_host(store, CALLS_BETWEEN, misuses, &host);
    const wts_pending_t pending = host.pending = started(host.func, 50);
    CHECK(polls_of(pending, WTS_OK) > 10);
    CHECK_EQ(result_of(pending), 80);
    CHECK_OK(wts_pending_delete(pending));
}

/* Polls a call of another store, and abandons it in the end. */
CALLBACK(polls_another) {
    UNUSED;
    struct host *const host = env;
    CHECK_EQ(wts_pending_poll(host->other_pending), WTS_PENDING);
    if (++host->calls == 2) CHECK_OK(wts_pending_delete(host->other_pending));
    results[0] = args[0];
    return 0;
}

TEST(a_call_is_polled_from_inside_another) {
    WTS_SCOPED(store) store = new_sliced_store();
    WTS_SCOPED(store) other = new_sliced_store();
    struct host host = {.other_pending = started(new_export(other, COUNTS, "f"), 1000)};
    CHECK_EQ(wts_pending_poll(host.other_pending), WTS_PENDING);
    const wts_pending_t pending = started(import_host(store, CALLS_BETWEEN, polls_another, &host), 50);
    for (int i = 0; i < 5; i++) {
        CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
        CHECK_EQ(wts_pending_poll(host.other_pending), WTS_PENDING);
    }
    polls_of(pending, WTS_OK);
    CHECK_EQ(host.calls, 2);
    CHECK_STATUS(wts_pending_poll(host.other_pending), WTS_ERR_STALE);
    CHECK_OK(wts_pending_delete(pending));
}

/* Calls the very function that called it, until there is no more stack for that. */
CALLBACK(recurs) {
    UNUSED;
    struct host *const host = env;
    const int depth = ++host->calls;
    int32_t result = 0;
    const wts_status_t status = wts_call_i32_i32(host->func, wts_slot_to_i32(args[0]) + 1, &result);
    if (status != WTS_OK) CHECK_STATUS(status, WTS_ERR_LIMIT);
    results[0] = wts_slot_from_i32(status == WTS_OK ? result : depth);
    return 0;
}

TEST(host_and_guest_call_each_other_so_deep_only) {
    struct host host = {0};
    WTS_SCOPED(store) store = new_store();
    host.func = import_host(store, PASSES_ON, recurs, &host);
    const wts_pending_t pending = started(host.func, 0);
    CHECK_EQ(polls_of(pending, WTS_OK), 0);
    CHECK_EQ(result_of(pending), 128);
    CHECK_EQ(host.calls, 128);
    CHECK_OK(wts_pending_delete(pending));
}

/* Uses up the stack of the fiber but for some of it, and calls. */
static wts_status_t call_below(wts_func_t func, size_t bytes) {
    volatile char used[4096];
    used[0] = used[sizeof used - 1] = 1;
    int32_t result = 0;
    if (bytes > sizeof used) return call_below(func, bytes - sizeof used) + used[0] - 1;
    return wts_call_i32_i32(func, 1, &result);
}

CALLBACK(uses_stack) {
    UNUSED;
    struct host *const host = env;
    CHECK_OK(call_below(host->func, 256 << 10));
    CHECK_OK(call_below(host->other, 256 << 10));
    CHECK_ERROR(call_below(host->func, 1000 << 10), WTS_ERR_LIMIT, "stack", "32768");
    CHECK_ERROR(call_below(host->other, 1000 << 10), WTS_ERR_LIMIT, "stack");
    CHECK_STATUS(wts_pending_poll(host->other_pending), WTS_PENDING);
    host->calls++;
    return 0;
}

TEST(the_stack_of_a_host_function_has_an_end) {
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(store) other = new_sliced_store();
    WTS_SCOPED(store) third = new_sliced_store();
    const wts_engine_t tests = engine;
    engine = engine_with(WTS_OPT_MAX_WASM_STACK, 256 << 10);
    store = new_store();
    struct host host = {.func = new_export(store, COUNTS, "f")};
    const wts_func_t func = import_host(store, PASSES_ON, uses_stack, &host);
    CHECK_OK(wts_engine_delete(engine));
    engine = tests;
    host.other = new_export(other, COUNTS, "f");
    host.other_pending = started(new_export(third, COUNTS, "f"), 1000);
    const wts_pending_t pending = started(func, 0);
    CHECK_OK(wts_pending_poll(pending));
    CHECK_EQ(host.calls, 1);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_pending_delete(host.other_pending));
}

TEST(a_pool_has_so_many_stacks) {
    WTS_SCOPED(config) config = 0;
    const wts_engine_t tests = engine;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_config_set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING));
    CHECK_OK(wts_config_set(config, WTS_OPT_POOL_STACKS, 2));
    CHECK_OK(wts_config_set(config, WTS_OPT_POOL_MAX_MEMORY_SIZE, 1 << 20));
    CHECK_OK(wts_config_set(config, WTS_OPT_POOL_MEMORIES, 10));
    CHECK_OK(wts_config_set(config, WTS_OPT_POOL_INSTANCES, 10));
    CHECK_OK(wts_engine_new(config, &engine));
    wts_store_t stores[3];
    wts_pending_t calls[3];
    for (int i = 0; i < 3; i++) {
        stores[i] = new_sliced_store();
        calls[i] = started(new_export(stores[i], COUNTS, "f"), 1000);
    }
    CHECK_EQ(wts_pending_poll(calls[0]), WTS_PENDING);
    CHECK_EQ(wts_pending_poll(calls[1]), WTS_PENDING);
    CHECK_STATUS(wts_pending_poll(calls[2]), WTS_ERR_LIMIT);
    CHECK_OK(wts_pending_delete(calls[2]));
    CHECK_OK(wts_store_delete(stores[0]));
    calls[2] = started(new_export(stores[2], COUNTS, "f"), 10);
    polls_of(calls[2], WTS_OK);
    for (int i = 1; i < 3; i++) {
        CHECK_OK(wts_pending_delete(calls[i]));
        CHECK_OK(wts_store_delete(stores[i]));
    }
    CHECK_OK(wts_engine_delete(engine));
    engine = tests;
}

/* Wasmtime runs an instance of a command for each call of it, and not on a fiber. */
TEST(commands_are_not_for_resumable_calls) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) command = new_module("(module (func (export \"_start\")) (func (export \"f\")))");
    WTS_SCOPED(module) module =
        new_module("(module (import \"c\" \"f\" (func $f)) (func (export \"f\") (call $f)))");
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_define_module(linker, store, WTS_STR("c"), command));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    const wts_func_t func = export_of(instance, "f");
    const wts_pending_t pending = started_nothing(func);
    CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_STATE);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_call_void(func));
}

/* ---- Instances ---- */

TEST(an_instance_is_started_in_slices) {
    WTS_SCOPED(store) store = new_sliced_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(
        "(module (global $g (export \"g\") (mut i32) (i32.const 0)) (start $f) (func $f"
        "  (loop $l (global.set $g (i32.add (global.get $g) (i32.const 1)))"
        "    (br_if $l (i32.lt_u (global.get $g) (i32.const 40))))))");
    WTS_SCOPED(module) traps = new_module("(module (start $f) (func $f unreachable))");
    WTS_SCOPED(module) lacks = new_module("(module (import \"a\" \"b\" (func)))");
    wts_pending_t pending = 0;
    int64_t slot = 0;
    CHECK_OK(wts_linker_start_instance(linker, store, module, &pending));
    CHECK(polls_of(pending, WTS_OK) > 10);
    CHECK_OK(wts_pending_results(pending, &slot, 1));
    CHECK_EQ(wts_handle_kind((uint64_t)slot), WTS_KIND_INSTANCE);
    CHECK_OK(wts_pending_delete(pending));
    int64_t count = 0;
    CHECK_OK(wts_global_get(export_of((uint64_t)slot, "g"), &count, 1));
    CHECK_EQ(count, 40);
    CHECK_OK(wts_linker_start_instance(linker, store, traps, &pending));
    polls_of(pending, WTS_ERR_TRAP);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_linker_start_instance(linker, store, lacks, &pending));
    CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_LINK, "a", "b");
    CHECK_OK(wts_pending_delete(pending));
}

/* ---- What else comes between ---- */

/* Calls a function of the store from where it is called, and remembers what came out. */
static int32_t call_from(struct host *host) {
    int32_t answer = 0;
    CHECK_OK(wts_call_i32_i32(host->func, 1000, &answer));
    CHECK_EQ(answer, 1000);
    host->calls++;
    return 0;
}

/* A hook only looks. */
static int32_t looks_at_hook(void *env, wts_store_t store, int32_t event) {
    struct host *const host = env;
    WTS_SCOPED(error) backtrace = 0;
    int32_t answer = 0;
    (void)event;
    CHECK_OK(wts_store_backtrace(store, &backtrace));
    CHECK_STATUS(wts_call_i32_i32(host->func, 1000, &answer), WTS_ERR_BUSY);
    CHECK_OK(wts_call_i32_i32(host->other, 1000, &answer));
    CHECK_EQ(answer, 1000);
    host->calls++;
    return 0;
}

static int32_t calls_at_epoch(void *env, wts_store_t store, uint64_t *out_ticks) {
    (void)store;
    *out_ticks = 1000;
    return call_from(env);
}

static int32_t refuses(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum) {
    (void)kind, (void)current, (void)desired, (void)maximum;
    struct host *const host = env;
    int32_t answer = 0;
    CHECK_STATUS(wts_call_i32_i32(host->func, 1000, &answer), WTS_ERR_BUSY);
    CHECK_OK(wts_call_i32_i32(host->other, 1000, &answer));
    CHECK_EQ(answer, 1000);
    host->calls++;
    return -3;
}

TEST(hooks_epochs_and_limits_are_as_in_other_calls) {
    struct host host = {0};
    WTS_SCOPED(store) store = new_sliced_store();
    WTS_SCOPED(store) other = new_store();
    host.func = new_export(store, COUNTS, "f");
    host.other = new_export(other, COUNTS, "f");
    const wts_func_t grows = new_export(
        store,
        "(module (memory 1) (func (export \"f\") (param i32) (result i32)"
        "  (if (i32.gt_u (local.get 0) (i32.const 0)) (then (drop (memory.grow (i32.const 1))))) (local.get 0)))",
        "f");
    const wts_func_t calls = import_host(store, CALLS_BETWEEN, add_one, &host);
    CHECK_OK(wts_store_set_call_hook(store, looks_at_hook, &host, NULL));
    CHECK_OK(wts_store_set_slice_us(store, -1));
    wts_pending_t pending = started(calls, 20);
    CHECK_EQ(polls_of(pending, WTS_OK), 0);
    CHECK_EQ(result_of(pending), 11 + 20 + 21);
    CHECK_EQ(host.calls, 6);
    CHECK_OK(wts_pending_delete(pending));
    /* The hook runs too when a call is abandoned. */
    CHECK_OK(wts_store_set_slice_us(store, 0));
    pending = started(calls, 20);
    CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    host.calls = 0;
    CHECK_OK(wts_pending_delete(pending));
    CHECK(host.calls > 0);
    CHECK_OK(wts_store_clear_call_hook(store));
    host.calls = 0;
    CHECK_OK(wts_store_set_epoch_callback(store, calls_at_epoch, &host, NULL));
    CHECK_OK(wts_store_set_epoch_deadline(store, 1));
    pending = started(host.func, 100);
    CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    CHECK_OK(wts_engine_increment_epoch(engine));
    CHECK(polls_of(pending, WTS_OK) > 10);
    CHECK_EQ(result_of(pending), 100);
    CHECK_EQ(host.calls, 1);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_store_clear_epoch_callback(store));
    host.calls = 0;
    CHECK_OK(wts_store_set_limiter(store, refuses, &host, NULL));
    pending = started(grows, 1);
    polls_of(pending, WTS_ERR_HOST);
    CHECK_EQ(host.calls, 1);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_store_clear_limiter(store));
}

/* Lets go of an object whose drop callback waits for the end of what runs. */
CALLBACK(lets_go) {
    UNUSED;
    struct host *const host = env;
    wts_reference_t reference = 0;
    CHECK_OK(wts_externref_new(host->store, 1, &host->calls, count_drop, &reference));
    CHECK_OK(wts_reference_delete(reference));
    CHECK_OK(wts_store_gc(host->store));
    CHECK_EQ(host->calls, 0);
    return 0;
}

TEST(what_is_let_go_of_does_not_wait_for_the_end) {
    WTS_SCOPED(store) store = new_sliced_store();
    struct host host = {.store = store};
    const wts_pending_t pending = started(import_host(store, CALLS_BETWEEN, lets_go, &host), 1000);
    for (int i = 0; i < 3; i++) CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    CHECK_EQ(host.calls, 1);
    CHECK_OK(wts_pending_delete(pending));
}

/* The runtime's collectors stop now and then, which is no end of a slice. */
TEST(collecting_garbage_is_no_reason_to_leave) {
    const int32_t collectors[] = {WTS_COLLECTOR_DRC, WTS_COLLECTOR_COPYING};
    for (int i = 0; i < 4; i++) {
        WTS_SCOPED(config) config = 0;
        WTS_SCOPED(engine) collecting = 0;
        CHECK_OK(wts_config_new(&config));
        CHECK_OK(wts_config_set(config, WTS_OPT_COLLECTOR, collectors[i % 2]));
        CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, i / 2));
        CHECK_OK(wts_engine_new(config, &collecting));
        WTS_SCOPED(module) module = new_module_of(
            collecting,
            "(module (type $s (struct (field i32)))"
            "  (func (export \"f\") (param $n i32) (result i32) (local $kept (ref null $s)) (local $i i32)"
            "    (local.set $kept (struct.new $s (i32.const 42)))"
            "    (loop $l (drop (struct.new $s (local.get $i))) (local.set $i (i32.add (local.get $i) (i32.const 1)))"
            "      (br_if $l (i32.lt_u (local.get $i) (local.get $n))))"
            "    (struct.get $s 0 (local.get $kept))))");
        WTS_SCOPED(store) store = 0;
        wts_instance_t instance = 0;
        CHECK_OK(wts_store_new(collecting, 0, &store));
        if (i / 2) CHECK_OK(wts_store_set_slice_us(store, -1));
        CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
        const wts_pending_t pending = started(export_of(instance, "f"), 50000);
        CHECK_OK(wts_pending_poll(pending));
        CHECK_EQ(result_of(pending), 42);
        CHECK_OK(wts_pending_delete(pending));
    }
}

/* ---- Asynchronous stores ---- */

static wts_store_t new_async_store(void) {
    wts_store_t store = 0;
    CHECK_OK(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &store));
    CHECK_OK(wts_store_set_slice_us(store, -1));
    return store;
}

static wts_func_t define_waiting(wts_linker_t linker, wts_store_t store, const char *wat, wts_callback_t function,
                                 struct host *host) {
    WTS_SCOPED(module) module = new_module(wat);
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_define_func_async(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32),
                                          WTS_KINDS(WTS_I32), function, host, drop_host));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    return export_of(instance, "f");
}

/* Answers with the third call, the same argument each time and another caller. */
struct waiting {
    struct host host;
    wts_caller_t caller;
    int64_t argument;
    int attempts;
};

CALLBACK(waits_twice) {
    UNUSED;
    struct waiting *const waiting = env;
    wts_store_t store = 0;
    if (waiting->attempts % 3 == 0) waiting->argument = args[0];
    CHECK_EQ(args[0], waiting->argument);
    CHECK_EQ(results[0], 0);
    CHECK(caller != waiting->caller);
    CHECK_OK(wts_caller_get_store(caller, &store));
    if (waiting->caller != 0) CHECK_STATUS(wts_caller_get_store(waiting->caller, &store), WTS_ERR_STALE);
    waiting->caller = caller;
    results[0] = 77;
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_NONE, WTS_STR("not this time")));
    if (++waiting->attempts % 3 != 0) return WTS_PENDING;
    results[0] = args[0] + 1;
    return 0;
}

TEST(a_host_function_is_called_until_it_answers) {
    struct waiting waiting = {0};
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_async_store();
    const wts_func_t func = define_waiting(linker, store, CALLS_BETWEEN, waits_twice, &waiting.host);
    for (int i = 0; i < 2; i++) {
        const wts_pending_t pending = started(func, 5);
        CHECK_EQ(polls_of(pending, WTS_OK), 4);
        CHECK_EQ(result_of(pending), 11 + 5 + 21);
        CHECK_EQ(waiting.attempts, 6 * (i + 1));
        CHECK_OK(wts_pending_delete(pending));
    }
    /* A plain call waits here. */
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(func, 5, &result));
    CHECK_EQ(result, 11 + 5 + 21);
    CHECK_EQ(waiting.attempts, 18);
}

TEST(the_caller_is_gone_while_its_call_is_suspended) {
    struct waiting waiting = {0};
    wts_store_t found = 77;
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_async_store();
    const wts_pending_t pending = started(define_waiting(linker, store, CALLS_BETWEEN, waits_twice, &waiting.host), 5);
    CHECK_STATUS(wts_pending_poll(pending), WTS_PENDING);
    CHECK_EQ(waiting.attempts, 1);
    CHECK_STATUS(wts_caller_get_store(waiting.caller, &found), WTS_ERR_STALE);
    CHECK_STATUS(wts_caller_set_trap(waiting.caller, WTS_TRAP_NONE, WTS_STR("too late")), WTS_ERR_STALE);
    CHECK_EQ(found, 77);
    CHECK_EQ(polls_of(pending, WTS_OK), 3);
    CHECK_OK(wts_pending_delete(pending));
}

TEST(a_waiting_function_belongs_to_a_store) {
    struct waiting waiting = {0};
    wts_func_t func = 77;
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    wts_store_t store = new_async_store();
    WTS_SCOPED(store) plain = new_store();
    CHECK_ERROR(wts_func_new_async(plain, WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), waits_twice, &waiting, drop_host, &func),
                WTS_ERR_STATE, "WTS_STORE_ASYNC");
    CHECK_STATUS(wts_func_new_async(store, WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), NULL, NULL, NULL, &func), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_new_async(store, WTS_KINDS(3), WTS_NOTHING, waits_twice, NULL, NULL, &func), WTS_ERR_RANGE);
    CHECK_STATUS(wts_func_new_async(store, WTS_KINDS(WTS_REF), WTS_NOTHING, waits_twice, NULL, NULL, &func),
                 WTS_ERR_UNSUPPORTED);
    CHECK_EQ(func, 77);
    CHECK_EQ(waiting.host.drops, 0);
    CHECK_OK(wts_func_new_async(store, WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), waits_twice, &waiting, drop_host, &func));
    wts_instance_t instance = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_ITEMS(func), &instance));
    const wts_pending_t pending = started(export_of(instance, "f"), 30);
    CHECK_EQ(polls_of(pending, WTS_OK), 2);
    CHECK_EQ(result_of(pending), 31);
    /* The function itself, with no WebAssembly around it. */
    const wts_pending_t direct = started(func, 40);
    CHECK_EQ(polls_of(direct, WTS_OK), 2);
    CHECK_EQ(result_of(direct), 41);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(waiting.host.drops, 1);
}

TEST(waiting_functions_are_for_asynchronous_stores) {
    struct host host = {0};
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module (func (export \"f\")))");
    WTS_SCOPED(store) plain = new_store();
    WTS_SCOPED(store) store = new_async_store();
    WTS_SCOPED(instance_pre) pre = 0;
    wts_instance_t instance = 0;
    wts_pending_t pending = 0;
    wts_func_t func = 0;
    uint64_t item = 0;
    CHECK_STATUS(wts_linker_define_func_async(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_NOTHING,
                                              NULL, &host, drop_host), WTS_ERR_NULL);
    CHECK_OK(wts_linker_instantiate(linker, plain, module, &instance));
    CHECK_OK(wts_linker_define_func_async(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_NOTHING,
                                          pends, &host, drop_host));
    CHECK_STATUS(wts_linker_define_func_async(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_NOTHING,
                                              pends, &host, drop_host), WTS_ERR_STATE);
#define ASYNC_ONLY(call) CHECK_ERROR(call, WTS_ERR_STATE, "WTS_STORE_ASYNC")
    ASYNC_ONLY(wts_linker_instantiate(linker, plain, module, &instance));
    ASYNC_ONLY(wts_linker_start_instance(linker, plain, module, &pending));
    ASYNC_ONLY(wts_linker_get(linker, plain, WTS_STR("env"), WTS_STR("f"), &item));
    ASYNC_ONLY(wts_linker_get_default(linker, plain, WTS_STR("env"), &func));
    ASYNC_ONLY(wts_linker_define_module(linker, plain, WTS_STR("m"), module));
    ASYNC_ONLY(wts_linker_define_instance(linker, WTS_STR("m"), instance));
    CHECK_OK(wts_linker_instantiate_pre(linker, module, &pre));
    ASYNC_ONLY(wts_instance_pre_instantiate(pre, plain, &instance));
    ASYNC_ONLY(wts_instance_pre_call(pre, 0, 0, WTS_UNLIMITED, -1, WTS_UNLIMITED, WTS_NOTHING, NULL, 0));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_instance_pre_instantiate(pre, store, &instance));
    CHECK_OK(wts_linker_get(linker, store, WTS_STR("env"), WTS_STR("f"), &item));
    CHECK_STATUS(wts_store_new_with(engine, 0, 2, &store), WTS_ERR_RANGE);
    CHECK_STATUS(wts_store_new_with(engine, 0, -1, &store), WTS_ERR_RANGE);
    CHECK_STATUS(wts_store_new_with(engine, 0, 0, NULL), WTS_ERR_NULL);
    const wts_engine_t stale = deleted_engine();
    CHECK_HANDLES(h, stale, module, wts_store_new_with(h, 0, 0, &item));
    CHECK_HANDLES(h, stale, module, wts_linker_define_func_async(h, WTS_STR("env"), WTS_STR("g"), WTS_KINDS(WTS_I32),
                                                                 WTS_NOTHING, pends, NULL, NULL));
    CHECK_EQ(host.drops, 0);
}

/* A function made to answer at once does not wait in an asynchronous store either. */
TEST(only_functions_made_for_it_wait) {
    struct host host = {0};
    WTS_SCOPED(store) store = new_async_store();
    const wts_pending_t pending = started(import_host(store, CALLS_BETWEEN, pends, &host), 5);
    CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_HOST, "WTS_PENDING");
    CHECK_OK(wts_pending_delete(pending));
}

CALLBACK(fails_in_the_end) {
    UNUSED;
    struct host *const host = env;
    if (++host->calls < 3) return WTS_PENDING;
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_UNREACHABLE, WTS_STR("in the end")));
    return -1;
}

TEST(a_waiting_function_may_fail) {
    struct host host = {0};
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_async_store();
    const wts_pending_t pending =
        started(define_waiting(linker, store, CALLS_BETWEEN, fails_in_the_end, &host), 5);
    CHECK_EQ(polls_of(pending, WTS_ERR_TRAP), 2);
    CHECK_ERROR(wts_pending_poll(pending), WTS_ERR_TRAP, "in the end");
    CHECK_OK(wts_pending_delete(pending));
}

/* Waits once and throws, which WebAssembly catches. */
CALLBACK(throws_in_the_end) {
    UNUSED;
    struct host *const host = env;
    wts_reference_t exception = 0;
    if (host->calls++ == 0) return WTS_PENDING;
    CHECK_OK(wts_exn_new(host->func, args, nargs, &exception));
    CHECK_OK(wts_caller_throw(caller, exception));
    CHECK_OK(wts_reference_delete(exception));
    return -1;
}

TEST(a_waiting_function_may_throw) {
    struct host host = {0};
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_async_store();
    WTS_SCOPED(module) tags = new_module("(module (tag (export \"t\") (param i32)))");
    WTS_SCOPED(module) module = new_module(
        "(module (import \"env\" \"t\" (tag $t (param i32)))"
        "  (import \"env\" \"f\" (func $f (param i32) (result i32)))"
        "  (func (export \"f\") (param i32) (result i32)"
        "    (block $caught (result i32)"
        "      (try_table (result i32) (catch $t $caught) (call $f (local.get 0)))"
        "      (drop) (i32.const -1))))");
    wts_instance_t instance = 0;
    CHECK_OK(wts_instance_new(store, tags, WTS_NOTHING, &instance));
    host.func = export_of(instance, "t");
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("t"), host.func));
    CHECK_OK(wts_linker_define_func_async(linker, WTS_STR("env"), WTS_STR("f"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32),
                                          throws_in_the_end, &host, NULL));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    const wts_pending_t pending = started(export_of(instance, "f"), 77);
    CHECK_EQ(polls_of(pending, WTS_OK), 1);
    CHECK_EQ(result_of(pending), 77);
    CHECK_OK(wts_pending_delete(pending));
}

/* (externref) -> externref, which waits once. */
CALLBACK(passes_reference_on) {
    UNUSED;
    struct host *const host = env;
    uint64_t value = 0;
    wts_reference_t again = 0;
    CHECK_OK(wts_externref_get((uint64_t)args[0], &value));
    CHECK_EQ(value, 42);
    if (host->calls++ == 0) return WTS_PENDING;
    CHECK_OK(wts_reference_clone((uint64_t)args[0], &again));
    results[0] = (int64_t)again;
    return 0;
}

TEST(references_wait_too) {
    struct host host = {0};
    WTS_SCOPED(store) store = new_async_store();
    wts_func_t func = 0;
    wts_reference_t given = 0;
    wts_pending_t pending = 0;
    int64_t result = 0;
    uint64_t value = 0;
    CHECK_OK(wts_func_new_async(store, WTS_KINDS(WTS_EXTERNREF), WTS_KINDS(WTS_EXTERNREF), passes_reference_on, &host,
                                NULL, &func));
    CHECK_OK(wts_externref_new(store, 42, NULL, NULL, &given));
    CHECK_OK(wts_func_start(func, WTS_SLOTS((int64_t)given), &pending));
    CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 1);
    CHECK_OK(wts_pending_poll(pending));
    CHECK_OK(wts_pending_results(pending, &result, 1));
    CHECK_OK(wts_externref_get((uint64_t)result, &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_reference_delete((uint64_t)result));
    CHECK_OK(wts_reference_delete(given));
    CHECK_OK(wts_pending_delete(pending));
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 0);
}

TEST(who_waits_is_ended_from_outside) {
    struct host host = {0};
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_async_store();
    const wts_func_t func = define_waiting(linker, store, PASSES_ON, pends, &host);
    int32_t result = 0;
    wts_pending_t pending = started(func, 1);
    CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    CHECK_OK(wts_store_interrupt(store));
    CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_INTERRUPT);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_store_set_epoch_deadline(store, 1));
    pending = started(func, 1);
    CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    CHECK_OK(wts_engine_increment_epoch(engine));
    CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_INTERRUPT);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_OK(wts_store_set_epoch_deadline(store, UINT64_MAX));
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    pending = started(func, 1);
    CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
    sleep_ms(40);
    CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_TIMEOUT);
    CHECK_OK(wts_pending_delete(pending));
    /* A plain call waits here, until its time is over. */
    CHECK_OK(wts_store_set_timeout_ms(store, 20));
    CHECK_STATUS(wts_call_i32_i32(func, 1, &result), WTS_ERR_TIMEOUT);
}

TEST(what_waits_is_let_go_with_the_call) {
    for (int delete_store = 0; delete_store < 2; delete_store++) {
        struct host host = {0};
        wts_linker_t linker = new_linker();
        wts_store_t store = new_async_store();
        const wts_pending_t pending = started(define_waiting(linker, store, CALLS_BETWEEN, pends, &host), 5);
        for (int i = 0; i < 3; i++) CHECK_EQ(wts_pending_poll(pending), WTS_PENDING);
        CHECK_OK(wts_linker_delete(linker));
        CHECK_EQ(host.drops, 0);
        if (delete_store == 0) {
            int32_t result = 0;
            CHECK_OK(wts_pending_delete(pending));
            CHECK_OK(wts_call_i32_i32(new_export(store, COUNTS, "f"), 3, &result));
        }
        CHECK_EQ(host.drops, 0);
        CHECK_OK(wts_store_delete(store));
        CHECK_EQ(host.drops, 1);
        CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_STALE);
    }
}

/* Calls what waits from inside a host function, where it is waited for. */
CALLBACK(calls_what_waits) {
    UNUSED;
    struct host *const host = env;
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(host->func, wts_slot_to_i32(args[0]), &result));
    results[0] = wts_slot_from_i32(result);
    return 0;
}

TEST(a_call_inside_waits_where_it_is) {
    struct waiting waiting = {0};
    struct host host = {0};
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_async_store();
    host.func = define_waiting(linker, store, PASSES_ON, waits_twice, &waiting.host);
    const wts_pending_t pending = started(import_host(store, CALLS_BETWEEN, calls_what_waits, &host), 5);
    CHECK_EQ(polls_of(pending, WTS_OK), 0);
    CHECK_EQ(result_of(pending), 11 + 5 + 21);
    CHECK_EQ(waiting.attempts, 6);
    CHECK_OK(wts_pending_delete(pending));
}

TEST(an_asynchronous_store_does_all_that_others_do) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_async_store();
    WTS_SCOPED(store) other = new_store();
    WTS_SCOPED(module) module = new_module(
        "(module (global $g (mut i32) (i32.const 0)) (func $s (global.set $g (i32.const 1))) (start $s)"
        "  (func (export \"f\") (result i32) (global.get $g)))");
    WTS_SCOPED(module) command = new_module("(module (func (export \"_start\")) (func (export \"f\")))");
    WTS_SCOPED(module) uses =
        new_module("(module (import \"c\" \"f\" (func $f)) (func (export \"f\") (call $f)))");
    WTS_SCOPED(instance_pre) pre = 0;
    struct host host = {
        .store = store, .other_store = other, .linker = linker, .module = module,
        .func = new_export(store, COUNTS, "f"), .other = new_export(other, COUNTS, "f"),
    };
    wts_instance_t instance = 0;
    int32_t result = 0;
    double real = 1000, sum = 0;
    CHECK_OK(wts_call_i32_i32(host.func, 1000, &result));
    CHECK_EQ(result, 1000);
    CHECK_OK(wts_func_call_f64(host.func, &real, 1, &sum, 1));
    CHECK(sum == 1000);
    CHECK_OK(wts_linker_instantiate_pre(linker, module, &pre));
    CHECK_OK(wts_instance_pre_instantiate(pre, store, &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "f"), &result));
    CHECK_EQ(result, 1);
    static int64_t rows[5000], sums[5000];
    size_t done = 0;
    for (int i = 0; i < 5000; i++) rows[i] = i % 7;
    CHECK_OK(wts_func_call_batch(host.func, 5000, rows, 5000, sums, 5000, &done));
    CHECK_EQ(sums[4999], 4999 % 7);
    CHECK_STATUS(wts_call_void(new_export(store, "(module (func (export \"f\") unreachable))", "f")), WTS_ERR_TRAP);
    CHECK_STATUS(wts_call_void(new_export(store, "(module (func $f (export \"f\") (call $f)))", "f")), WTS_ERR_TRAP);
    CHECK_OK(wts_linker_define_module(linker, store, WTS_STR("r"), module));
    CHECK_OK(wts_linker_define_module(linker, store, WTS_STR("c"), command));
    CHECK_OK(wts_linker_instantiate(linker, store, uses, &instance));
    CHECK_OK(wts_call_void(export_of(instance, "f")));
    const wts_pending_t pending = started_nothing(export_of(instance, "f"));
    CHECK_EQ(polls_of(pending, WTS_OK), 0);
    CHECK_OK(wts_pending_delete(pending));
}

/* ---- Fuel ---- */

TEST(fuel_slices_are_the_same_each_time) {
    WTS_SCOPED(config) config = 0;
    const wts_engine_t tests = engine;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_OK(wts_engine_new(config, &engine));
    wts_store_t store = 0, plain = new_store();
    CHECK_OK(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &store));
    const wts_func_t func = new_export(store, COUNTS, "f");
    int polls[3];
    CHECK_OK(wts_store_set_fuel_slice(store, 1000));
    for (int i = 0; i < 3; i++) {
        const wts_pending_t pending = started(func, 1000);
        SUSPENDED(wts_store_set_fuel_slice(store, 1));
        polls[i] = polls_of(pending, WTS_OK);
        CHECK_EQ(result_of(pending), 1000);
        CHECK_OK(wts_pending_delete(pending));
    }
    CHECK(polls[0] >= 5 && polls[0] <= 20);
    CHECK_EQ(polls[1], polls[0]);
    CHECK_EQ(polls[2], polls[0]);
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(func, 1000, &result));
    CHECK_OK(wts_store_set_fuel_slice(store, WTS_UNLIMITED));
    wts_pending_t pending = started(func, 1000);
    CHECK_EQ(polls_of(pending, WTS_OK), 0);
    CHECK_OK(wts_pending_delete(pending));
    /* A budget ends it as it ends other calls. */
    CHECK_OK(wts_store_set_fuel_slice(store, 100));
    CHECK_OK(wts_store_set_fuel(store, 1000));
    pending = started(func, 1000);
    CHECK(polls_of(pending, WTS_ERR_FUEL) >= 8);
    CHECK_OK(wts_pending_delete(pending));
    CHECK_ERROR(wts_store_set_fuel_slice(store, 0), WTS_ERR_RANGE, "no fuel");
    CHECK_ERROR(wts_store_set_fuel_slice(plain, 100), WTS_ERR_STATE, "WTS_STORE_ASYNC");
    CHECK_OK(wts_store_delete(plain));
    CHECK_OK(wts_store_delete(store));
    CHECK_STATUS(wts_store_set_fuel_slice(store, 100), WTS_ERR_STALE);
    CHECK_OK(wts_engine_delete(engine));
    engine = tests;
    store = new_async_store();
    CHECK_ERROR(wts_store_set_fuel_slice(store, 100), WTS_ERR_STATE, "fuel");
    CHECK_OK(wts_store_delete(store));
}

/* ---- Threads ---- */

static void *poll_once(void *pending) {
    return (void *)(intptr_t)wts_pending_poll(*(wts_pending_t *)pending);
}

static wts_status_t on_another_thread(void *(*function)(void *), wts_pending_t pending) {
    pthread_t thread;
    void *status = NULL;
    CHECK_EQ(pthread_create(&thread, NULL, function, &pending), 0);
    CHECK_EQ(pthread_join(thread, &status), 0);
    return (wts_status_t)(intptr_t)status;
}

TEST(threads_poll_in_turn) {
    WTS_SCOPED(store) store = new_sliced_store();
    const wts_func_t func = new_export(
        store,
        "(module (memory 1) (func (export \"f\") (param $n i32) (result i32) (local $i i32)"
        "  (loop $l (local.set $i (i32.add (local.get $i) (i32.const 1)))"
        "    (br_if $l (i32.lt_u (local.get $i) (local.get $n))))"
        "  (i32.load (i32.const -1))))",
        "f");
    /* The trap is caught on a thread that has run no WebAssembly before. */
    for (int first = 0; first < 2; first++) {
        const wts_pending_t pending = started(func, 60);
        wts_status_t status = WTS_PENDING;
        int polls = first;
        for (; status == WTS_PENDING; polls++)
            status = polls % 2 ? on_another_thread(poll_once, pending) : wts_pending_poll(pending);
        CHECK_EQ(status, WTS_ERR_TRAP);
        CHECK(polls > 20);
        CHECK_STATUS(on_another_thread(poll_once, pending), WTS_ERR_TRAP);
        CHECK_OK(wts_pending_delete(pending));
    }
}

/* What is let go of in a poll is freed there: whoever polls next may be another thread. */
struct freed {
    wts_store_t store;
    wts_pending_t pending;
    int drops;
};

static void finds_all_busy(void *env) {
    struct freed *const freed = env;
    freed->drops++;
    CHECK_STATUS(wts_store_gc(freed->store), WTS_ERR_BUSY);
    CHECK_STATUS(wts_pending_poll(freed->pending), WTS_ERR_BUSY);
    CHECK_STATUS(wts_pending_delete(freed->pending), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_delete(freed->store), WTS_ERR_BUSY);
}

CALLBACK(collects_garbage) {
    UNUSED;
    struct freed *const freed = env;
    wts_reference_t garbage = 0;
    CHECK_OK(wts_externref_new(freed->store, 1, freed, finds_all_busy, &garbage));
    CHECK_OK(wts_reference_delete(garbage));
    CHECK_OK(wts_store_gc(freed->store));
    CHECK_EQ(freed->drops, 0);
    results[0] = args[0];
    return 0;
}

TEST(a_poll_frees_what_it_let_go_of) {
    struct freed freed = {.store = new_sliced_store()};
    freed.pending = started(import_host(freed.store, CALLS_BETWEEN, collects_garbage, (struct host *)&freed), 100);
    CHECK_EQ(wts_pending_poll(freed.pending), WTS_PENDING);
    CHECK_EQ(wts_pending_poll(freed.pending), WTS_PENDING);
    CHECK_EQ(freed.drops, 1);
    CHECK_STATUS(on_another_thread(poll_once, freed.pending), WTS_PENDING);
    CHECK_OK(wts_store_delete(freed.store));
    CHECK_EQ(freed.drops, 1);
}

static atomic_int running, busy;

CALLBACK(waits_for_busy) {
    UNUSED;
    atomic_store(&running, 1);
    while (atomic_load(&busy) == 0) sched_yield();
    results[0] = args[0];
    return 0;
}

static void *poll_when_running(void *pending) {
    while (atomic_load(&running) == 0) sched_yield();
    CHECK_ERROR(wts_pending_poll(*(wts_pending_t *)pending), WTS_ERR_BUSY, "another thread");
    CHECK_STATUS(wts_pending_delete(*(wts_pending_t *)pending), WTS_ERR_BUSY);
    CHECK_STATUS(wts_pending_results(*(wts_pending_t *)pending, NULL, 0), WTS_ERR_BUSY);
    atomic_store(&busy, 1);
    return NULL;
}

TEST(two_threads_do_not_poll_at_once) {
    struct host host = {0};
    pthread_t thread;
    WTS_SCOPED(store) store = new_store();
    wts_pending_t pending = started(import_host(store, PASSES_ON, waits_for_busy, &host), 5);
    CHECK_EQ(pthread_create(&thread, NULL, poll_when_running, &pending), 0);
    CHECK_OK(wts_pending_poll(pending));
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_EQ(result_of(pending), 5);
    CHECK_OK(wts_pending_delete(pending));
}

static void *interrupt_soon(void *store) {
    sleep_ms(20);
    CHECK_OK(wts_store_interrupt(*(wts_store_t *)store));
    return NULL;
}

TEST(another_thread_interrupts_a_poll) {
    pthread_t thread;
    wts_store_t store = new_store();
    CHECK_OK(wts_store_set_slice_us(store, -1));
    const wts_pending_t pending = started_nothing(new_export(store, SPINS, "f"));
    CHECK_EQ(pthread_create(&thread, NULL, interrupt_soon, &store), 0);
    CHECK_STATUS(wts_pending_poll(pending), WTS_ERR_INTERRUPT);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_OK(wts_store_delete(store));
}

/* A thread that is too small for WebAssembly itself is enough for a stack that is elsewhere. */
TEST(a_small_thread_polls) {
    WTS_SCOPED(store) store = new_sliced_store();
    wts_pending_t pending = started(new_export(store, COUNTS, "f"), 100);
    CHECK_EQ((intptr_t)in_a_thread_of(128 << 10, poll_once, &pending), WTS_PENDING);
    polls_of(pending, WTS_OK);
    CHECK_OK(wts_pending_delete(pending));
}

int main(int argc, char **argv) {
    BEGIN;
    plain_engine = engine;
    engine = engine_with(0, 0);
    RUN(the_caller_is_gone_while_its_call_is_suspended);
    RUN(without_epochs_the_first_poll_is_the_last);
    RUN(a_slice_of_nothing_still_goes_on);
    RUN(a_slice_is_over_in_time);
    RUN(an_event_loop_drives_guests_in_turns);
    RUN(a_plain_call_does_not_yield);
    RUN(vectors_and_many_values_cross);
    RUN(references_cross_and_are_kept_meanwhile);
    RUN(a_suspended_call_has_its_store);
    RUN(one_that_has_ended_leaves_the_store_to_others);
    RUN(an_abandoned_call_is_gone);
    RUN(a_store_is_deleted_with_its_suspended_call);
    RUN(wrong_handles_and_counts_are_refused);
    RUN(a_trap_is_answered_each_time);
    RUN(recursion_ends_where_webassembly_s_share_does);
    RUN(an_exception_that_nobody_caught_is_kept);
    RUN(timeouts_end_it_also_while_it_is_suspended);
    RUN(interrupts_and_epochs_end_it_also_while_it_is_suspended);
    RUN(a_host_function_fails_as_in_other_calls);
    RUN(host_functions_work_as_in_other_calls);
    RUN(a_call_is_not_polled_from_inside);
    RUN(a_call_is_polled_from_inside_another);
    RUN(host_and_guest_call_each_other_so_deep_only);
    RUN(the_stack_of_a_host_function_has_an_end);
    RUN(a_pool_has_so_many_stacks);
    RUN(commands_are_not_for_resumable_calls);
    RUN(an_instance_is_started_in_slices);
    RUN(hooks_epochs_and_limits_are_as_in_other_calls);
    RUN(what_is_let_go_of_does_not_wait_for_the_end);
    RUN(collecting_garbage_is_no_reason_to_leave);
    RUN(a_host_function_is_called_until_it_answers);
    RUN(a_waiting_function_belongs_to_a_store);
    RUN(waiting_functions_are_for_asynchronous_stores);
    RUN(only_functions_made_for_it_wait);
    RUN(a_waiting_function_may_fail);
    RUN(a_waiting_function_may_throw);
    RUN(references_wait_too);
    RUN(who_waits_is_ended_from_outside);
    RUN(what_waits_is_let_go_with_the_call);
    RUN(a_call_inside_waits_where_it_is);
    RUN(an_asynchronous_store_does_all_that_others_do);
    RUN(fuel_slices_are_the_same_each_time);
    RUN(threads_poll_in_turn);
    RUN(a_poll_frees_what_it_let_go_of);
    RUN(two_threads_do_not_poll_at_once);
    RUN(another_thread_interrupts_a_poll);
    RUN(a_small_thread_polls);
    CHECK_OK(wts_engine_delete(plain_engine));
    END;
}
