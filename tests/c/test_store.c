/* For clock_gettime and nanosleep. */
#define _POSIX_C_SOURCE 200809L

#include "stacks.h"

#include <sched.h>
#include <stdatomic.h>
#include <time.h>

static wts_engine_t engine_with(int32_t option) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, option, 1));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

/* The export `f` of a module of another engine, in a new store of it. */
static wts_func_t func_in(wts_engine_t of, const char *wat, wts_store_t *out_store) {
    WTS_SCOPED(module) module = new_module_of(of, wat);
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_new(of, 0, out_store));
    CHECK_OK(wts_instance_new(*out_store, module, WTS_NOTHING, &instance));
    return export_of(instance, "f");
}

TEST(a_store_keeps_a_user_value) {
    WTS_SCOPED(store) store = 0;
    uint64_t user = 0;
    CHECK_OK(wts_store_new(engine, UINT64_MAX, &store));
    CHECK_OK(wts_store_get_user(store, &user));
    CHECK(user == UINT64_MAX);
    CHECK_OK(wts_store_set_user(store, 5));
    CHECK_OK(wts_store_get_user(store, &user));
    CHECK_EQ(user, 5);
}

TEST(deleting_a_store_ends_all_that_lives_in_it) {
    wts_store_t store = new_store();
    const wts_instance_t instance = new_instance(store, "(module (func (export \"f\")) (memory (export \"m\") 1))");
    const wts_func_t func = export_of(instance, "f");
    const wts_memory_t memory = export_of(instance, "m");
    uint64_t number = 0;
    CHECK_OK(wts_store_delete(store));
    CHECK_STATUS(wts_store_delete(store), WTS_ERR_STALE);
    CHECK_STATUS(wts_call_void(func), WTS_ERR_STALE);
    CHECK_STATUS(wts_memory_size(memory, &number), WTS_ERR_STALE);
    CHECK_STATUS(wts_instance_get_export(instance, WTS_STR("f"), &number), WTS_ERR_STALE);
    CHECK_STATUS(wts_store_get_user(store, &number), WTS_ERR_STALE);

    /* The same after another store has moved in where it was. */
    store = new_store();
    CHECK_STATUS(wts_call_void(func), WTS_ERR_STALE);
    CHECK_OK(wts_store_delete(store));
}

/* ---- Fuel and epochs ---- */

#define SPINS "(module (func (export \"f\") (loop br 0)))"

TEST(fuel_runs_out) {
    WTS_SCOPED(engine) fuelled = engine_with(WTS_OPT_FUEL);
    WTS_SCOPED(store) store = 0;
    const wts_func_t spin = func_in(fuelled, SPINS, &store);
    uint64_t fuel = 0;
    int32_t code = 0;
    CHECK_OK(wts_store_get_fuel(store, &fuel));
    CHECK(fuel > UINT64_MAX / 2);
    CHECK_OK(wts_store_set_fuel(store, 10000));
    CHECK_STATUS(wts_call_void(spin), WTS_ERR_FUEL);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_OUT_OF_FUEL);
    CHECK_OK(wts_store_get_fuel(store, &fuel));
    CHECK_EQ(fuel, 0);
}

TEST(fuel_is_consumed) {
    WTS_SCOPED(engine) fuelled = engine_with(WTS_OPT_FUEL);
    WTS_SCOPED(store) store = 0;
    const wts_func_t func = func_in(fuelled, "(module (func (export \"f\") nop))", &store);
    uint64_t fuel = 0;
    CHECK_OK(wts_store_set_fuel(store, 1000));
    CHECK_OK(wts_call_void(func));
    CHECK_OK(wts_store_get_fuel(store, &fuel));
    CHECK(fuel < 1000 && fuel > 900);
}

TEST(what_was_consumed_is_told_whatever_was_set) {
    WTS_SCOPED(engine) fuelled = engine_with(WTS_OPT_FUEL);
    WTS_SCOPED(store) store = 0;
    const wts_func_t func = func_in(fuelled, "(module (func (export \"f\") nop))", &store);
    uint64_t consumed = 7, one = 0, left = 0;
    CHECK_OK(wts_store_fuel_consumed(store, &consumed));
    CHECK_EQ(consumed, 0);
    CHECK_OK(wts_call_void(func));
    CHECK_OK(wts_store_fuel_consumed(store, &one));
    CHECK(one > 0 && one < 100);
    static const uint64_t fuels[] = {1000, UINT64_MAX, 0, 5, UINT64_C(1) << 63, 1000};
    for (uint64_t i = 0; i < 6; i++) {
        CHECK_OK(wts_store_set_fuel(store, fuels[i]));
        CHECK_OK(wts_store_fuel_consumed(store, &consumed));
        CHECK_EQ(consumed, (i + 1) * one);
        CHECK_OK(wts_store_set_fuel(store, 1000));
        CHECK_OK(wts_call_void(func));
        CHECK_OK(wts_store_get_fuel(store, &left));
        CHECK_EQ(left, 1000 - one);
    }
    CHECK_OK(wts_store_fuel_consumed(store, &consumed));
    CHECK_EQ(consumed, 7 * one);
    /* What ran out was consumed, too. */
    WTS_SCOPED(store) spinning = 0;
    const wts_func_t spin = func_in(fuelled, SPINS, &spinning);
    CHECK_OK(wts_store_set_fuel(spinning, 500));
    CHECK_STATUS(wts_call_void(spin), WTS_ERR_FUEL);
    CHECK_OK(wts_store_fuel_consumed(spinning, &consumed));
    CHECK_EQ(consumed, 500);
}

TEST(an_epoch_deadline_interrupts) {
    WTS_SCOPED(engine) ticking = engine_with(WTS_OPT_EPOCH_INTERRUPTION);
    WTS_SCOPED(store) store = 0;
    const wts_func_t spin = func_in(ticking, SPINS, &store);
    int32_t code = 0;
    CHECK_OK(wts_store_set_epoch_deadline(store, 2));
    CHECK_OK(wts_engine_increment_epoch(ticking));
    CHECK_OK(wts_engine_increment_epoch(ticking));
    CHECK_STATUS(wts_call_void(spin), WTS_ERR_INTERRUPT);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_INTERRUPT);
}

/* Further than Wasmtime can count from where its epoch stands. */
TEST(a_deadline_may_be_as_far_as_it_likes) {
    static const uint64_t ticks[] = {UINT64_MAX, UINT64_MAX - 1, (UINT64_MAX >> 1) + 1, UINT64_MAX >> 1};
    WTS_SCOPED(engine) ticking = engine_with(WTS_OPT_EPOCH_INTERRUPTION);
    WTS_SCOPED(store) store = 0;
    const wts_func_t func = func_in(ticking, "(module (func (export \"f\") nop))", &store);
    for (int i = 0; i < 4; i++) {
        CHECK_OK(wts_store_set_epoch_deadline(store, 1));
        CHECK_OK(wts_engine_increment_epoch(ticking));
        CHECK_STATUS(wts_call_void(func), WTS_ERR_INTERRUPT);
        CHECK_OK(wts_store_set_epoch_deadline(store, ticks[i]));
        CHECK_OK(wts_engine_increment_epoch(ticking));
        CHECK_OK(wts_call_void(func));
    }
}

TEST(a_new_store_has_no_deadline) {
    WTS_SCOPED(engine) ticking = engine_with(WTS_OPT_EPOCH_INTERRUPTION);
    WTS_SCOPED(store) store = 0;
    const wts_func_t func = func_in(ticking, "(module (func (export \"f\") nop))", &store);
    for (int i = 0; i < 100; i++) CHECK_OK(wts_engine_increment_epoch(ticking));
    CHECK_OK(wts_call_void(func));
}

TEST(fuel_and_epochs_need_their_options) {
    WTS_SCOPED(store) store = new_store();
    uint64_t fuel = 7;
    CHECK_ERROR(wts_store_get_fuel(store, &fuel), WTS_ERR_STATE, "fuel");
    CHECK_ERROR(wts_store_set_fuel(store, 1), WTS_ERR_STATE, "fuel");
    CHECK_ERROR(wts_store_fuel_consumed(store, &fuel), WTS_ERR_STATE, "fuel");
    CHECK_ERROR(wts_store_set_epoch_deadline(store, 1), WTS_ERR_STATE, "epoch");
    CHECK_EQ(fuel, 7);
}

/* ---- Threads ---- */

static void in_a_thread(void *(*function)(void *), void *argument) {
    pthread_t thread;
    CHECK_EQ(pthread_create(&thread, NULL, function, argument), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
}

static int64_t milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void *is_busy(void *argument) {
    const wts_store_t store = *(const wts_store_t *)argument;
    uint64_t user = 0;
    CHECK_STATUS(wts_store_get_user(store, &user), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_enter(store, 0), WTS_ERR_BUSY);
    const int64_t start = milliseconds();
    CHECK_STATUS(wts_store_enter(store, 50), WTS_ERR_BUSY);
    CHECK(milliseconds() - start >= 50);
    CHECK_STATUS(wts_store_leave(store), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_delete(store), WTS_ERR_BUSY);
    return NULL;
}

static void *is_free(void *argument) {
    const wts_store_t store = *(const wts_store_t *)argument;
    uint64_t user = 0;
    CHECK_OK(wts_store_get_user(store, &user));
    CHECK_OK(wts_store_enter(store, 0));
    CHECK_OK(wts_store_leave(store));
    return NULL;
}

TEST(a_store_admits_one_thread_at_a_time) {
    WTS_SCOPED(store) store = new_store();
    uint64_t user = 0;
    in_a_thread(is_free, &store);
    CHECK_OK(wts_store_enter(store, 0));
    CHECK_OK(wts_store_enter(store, -1));
    in_a_thread(is_busy, &store);
    CHECK_OK(wts_store_get_user(store, &user));
    CHECK_OK(wts_store_leave(store));
    in_a_thread(is_busy, &store);
    CHECK_OK(wts_store_leave(store));
    in_a_thread(is_free, &store);
    CHECK_STATUS(wts_store_leave(store), WTS_ERR_STATE);
    CHECK_STATUS(wts_store_enter(store, -2), WTS_ERR_RANGE);
}

static void *enter_and_set_user(void *argument) {
    const wts_store_t store = *(const wts_store_t *)argument;
    CHECK_OK(wts_store_enter(store, -1));
    CHECK_OK(wts_store_set_user(store, 2));
    CHECK_OK(wts_store_leave(store));
    return NULL;
}

TEST(a_thread_that_waits_gets_its_turn) {
    WTS_SCOPED(store) store = new_store();
    pthread_t thread;
    uint64_t user = 0;
    CHECK_OK(wts_store_enter(store, 0));
    CHECK_EQ(pthread_create(&thread, NULL, enter_and_set_user, &store), 0);
    nanosleep(&(struct timespec){.tv_nsec = 30000000}, NULL);
    CHECK_OK(wts_store_get_user(store, &user));
    CHECK_EQ(user, 0);
    CHECK_OK(wts_store_leave(store));
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_OK(wts_store_get_user(store, &user));
    CHECK_EQ(user, 2);
}

/* A callback during which another thread tries the store. */
static int32_t try_from_outside(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                int64_t *results, size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    in_a_thread(is_busy, env);
    return 0;
}

TEST(a_store_that_runs_is_busy_for_others) {
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(new_func(store, try_from_outside, &store), 1, &result));
    in_a_thread(is_free, &store);
}

/* The round in which the guest is to run, and the last one in which it has run. */
static atomic_int asked, answered;
static atomic_int last_status;

static void *run_when_asked(void *argument) {
    const wts_func_t spin = *(const wts_func_t *)argument;
    for (int round = 1;; round++) {
        while (asked != round) sched_yield();
        last_status = wts_call_void(spin);
        answered = round;
        if (last_status != WTS_ERR_INTERRUPT) return NULL;
    }
}

static void pause_for(int steps) {
    for (volatile int i = 0; i < steps; i++) continue;
}

/* A guest is interrupted after as many ticks as were set, however soon they follow each other. */
TEST(no_tick_is_lost) {
    enum { ROUNDS = 20000, PATIENCE = 5000 };
    WTS_SCOPED(engine) ticking = engine_with(WTS_OPT_EPOCH_INTERRUPTION);
    WTS_SCOPED(store) store = 0;
    wts_func_t spin = func_in(ticking, SPINS, &store);
    pthread_t thread;
    bool lost = false;
    asked = answered = 0;
    CHECK_EQ(pthread_create(&thread, NULL, run_when_asked, &spin), 0);
    const int64_t start = milliseconds();
    for (int round = 1; round <= ROUNDS && !lost && milliseconds() - start < 1000; round++) {
        CHECK_OK(wts_store_set_epoch_deadline(store, 3));
        asked = round;
        pause_for(round % 8 * 1000);
        CHECK_OK(wts_engine_increment_epoch(ticking));
        pause_for(round % 200);
        CHECK_OK(wts_engine_increment_epoch(ticking));
        pause_for(round / 200);
        CHECK_OK(wts_engine_increment_epoch(ticking));
        const int64_t ticked = milliseconds();
        for (int i = 1; answered != round && !lost; i++) {
            if (i % 1024 == 0) sched_yield();
            lost = milliseconds() - ticked > PATIENCE;
        }
    }
    CHECK(!lost);

    /* The end of the other thread is a guest that fails in another way. */
    while (answered != asked) CHECK_OK(wts_engine_increment_epoch(ticking));
    CHECK_EQ(last_status, WTS_ERR_INTERRUPT);
    CHECK_OK(wts_store_delete(store));
    store = 0;
    asked++;
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_EQ(last_status, WTS_ERR_STALE);
}

/* A function whose store is deleted and made again under the feet of threads that call it. */
static _Atomic uint64_t contested;
static atomic_bool contest_over;
static atomic_int strange_statuses, good_calls;

static void *call_contested(void *unused) {
    while (!contest_over) {
        int32_t sum = 0;
        const wts_status_t status = wts_call_i32_i32_i32(contested, 40, 2, &sum);
        if (status == WTS_OK && sum == 42) good_calls++;
        else if (status != WTS_ERR_BUSY && status != WTS_ERR_STALE) strange_statuses++;
    }
    return unused;
}

TEST(calls_race_with_the_deletion_of_their_store) {
    WTS_SCOPED(module) module = new_module(
        "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))");
    pthread_t threads[3];
    contest_over = false;
    for (int round = 0; round < 3000 || (good_calls == 0 && round < 1000000); round++) {
        const wts_store_t store = new_store();
        wts_instance_t instance = 0;
        CHECK_OK(wts_store_enter(store, -1));
        CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
        contested = export_of(instance, "add");
        CHECK_OK(wts_store_leave(store));
        if (round == 0)
            for (int i = 0; i < 3; i++) CHECK_EQ(pthread_create(&threads[i], NULL, call_contested, NULL), 0);
        if (round % 32 == 0) sched_yield();
        wts_status_t status = WTS_ERR_BUSY;
        while (status == WTS_ERR_BUSY) status = wts_store_delete(store);
        if (status != WTS_OK) strange_statuses++;
    }
    contest_over = true;
    for (int i = 0; i < 3; i++) CHECK_EQ(pthread_join(threads[i], NULL), 0);
    CHECK_EQ(strange_statuses, 0);
    CHECK(good_calls > 0);
}

static void *use_stale(void *argument) {
    const wts_store_t stale = *(const wts_store_t *)argument;
    while (!contest_over) {
        uint64_t user = 0;
        if (wts_store_get_user(stale, &user) != WTS_ERR_STALE) strange_statuses++;
    }
    return NULL;
}

/* Stores come and go where a deleted one was, while another thread clings to the deleted one. */
TEST(a_stale_handle_does_not_disturb_the_successor) {
    wts_store_t stale = new_store();
    pthread_t thread;
    int disturbed = 0;
    strange_statuses = 0;
    contest_over = false;
    CHECK_OK(wts_store_delete(stale));
    CHECK_EQ(pthread_create(&thread, NULL, use_stale, &stale), 0);
    for (int round = 0; round < 20000; round++) {
        const wts_store_t store = new_store();
        uint64_t user = 0;
        disturbed += wts_store_get_user(store, &user) != WTS_OK;
        wts_status_t status = wts_store_delete(store);
        disturbed += status != WTS_OK;
        while (status == WTS_ERR_BUSY) status = wts_store_delete(store);
    }
    contest_over = true;
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_EQ(disturbed, 0);
    CHECK_EQ(strange_statuses, 0);
}

static void *run_own_stores(void *argument) {
    for (int round = 0; round < 500; round++) {
        wts_store_t store = 0;
        wts_instance_t instance = 0;
        uint64_t add = 0;
        int32_t sum = 0;
        const wts_module_t module = *(const wts_module_t *)argument;
        if (wts_store_new(engine, 0, &store) != WTS_OK ||
            wts_instance_new(store, module, WTS_NOTHING, &instance) != WTS_OK ||
            wts_instance_get_export(instance, WTS_STR("add"), &add) != WTS_OK ||
            wts_call_i32_i32_i32(add, 40, 2, &sum) != WTS_OK || sum != 42 || wts_store_delete(store) != WTS_OK)
            strange_statuses++;
    }
    return NULL;
}

TEST(threads_do_not_disturb_each_other) {
    wts_module_t module = new_module(
        "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))");
    pthread_t threads[4];
    strange_statuses = 0;
    for (int i = 0; i < 4; i++) CHECK_EQ(pthread_create(&threads[i], NULL, run_own_stores, &module), 0);
    for (int i = 0; i < 4; i++) CHECK_EQ(pthread_join(threads[i], NULL), 0);
    CHECK_EQ(strange_statuses, 0);
    CHECK_OK(wts_module_delete(module));
}

/* ---- The stack ---- */

#define RECURSES "(module (func (export \"f\") call 0))"

TEST(endless_recursion_is_a_trap) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, RECURSES, "f");
    int32_t code = 0;
    for (int i = 0; i < 3; i++) {
        CHECK_STATUS(wts_call_void(func), WTS_ERR_TRAP);
        CHECK_OK(wts_error_trap_code(0, &code));
        CHECK_EQ(code, WTS_TRAP_STACK_OVERFLOW);
    }
}

static void *call_on_a_small_stack(void *argument) {
    const wts_func_t func = *(const wts_func_t *)argument;
    CHECK_ERROR(wts_call_void(func), WTS_ERR_LIMIT, "stack");
    return NULL;
}

static void *recurse_on_enough_stack(void *argument) {
    const wts_func_t func = *(const wts_func_t *)argument;
    CHECK_STATUS(wts_call_void(func), WTS_ERR_TRAP);
    return NULL;
}

TEST(a_small_stack_is_a_limit_and_not_the_end) {
    WTS_SCOPED(store) store = new_store();
    wts_func_t func = new_export(store, RECURSES, "f");
    in_a_thread_of(128 << 10, call_on_a_small_stack, &func);
    in_a_thread_of(256 << 10, call_on_a_small_stack, &func);
    in_a_thread_of(512 << 10, call_on_a_small_stack, &func);
    in_a_thread_of(1024 << 10, recurse_on_enough_stack, &func);
}

/* ---- Callbacks and the store ---- */

static int32_t reenter(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                       size_t nresults) {
    (void)env, (void)nargs, (void)nresults;
    uint64_t self = 0;
    int32_t deeper = 0;
    if (args[0] == 0) return 0;
    CHECK_OK(wts_caller_get_export(caller, WTS_STR("f"), &self));
    WTS_TRY(wts_call_i32_i32(self, wts_slot_to_i32(args[0]) - 1, &deeper));
    results[0] = deeper + 1;
    return 0;
}

TEST(a_callback_may_reenter_its_store) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"\" \"down\" (func $down (param i32) (result i32)))"
        "  (func (export \"f\") (param i32) (result i32) local.get 0 call $down))");
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 0;
    int32_t depth = 0;
    CHECK_OK(wts_linker_define_func(linker, NULL, 0, WTS_STR("down"), WTS_KINDS(WTS_I32), WTS_KINDS(WTS_I32), reenter,
                                    NULL, NULL));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 20, &depth));
    CHECK_EQ(depth, 20);

    /* Too deep: somewhere the guest or the library runs out of stack, and every callback on the way
     * out hands that failure on. */
    CHECK(wts_call_i32_i32(export_of(instance, "f"), 1000000, &depth) < 0);
    CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 3, &depth));
    CHECK_EQ(depth, 3);
}

static int32_t delete_own_store(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                int64_t *results, size_t nresults) {
    (void)args, (void)nargs, (void)nresults;
    wts_store_t own = 0;
    CHECK_OK(wts_caller_get_store(caller, &own));
    CHECK_EQ(own, *(wts_store_t *)env);
    CHECK_ERROR(wts_store_delete(own), WTS_ERR_BUSY, "delete");
    results[0] = 42;
    return 0;
}

TEST(a_store_is_not_deleted_in_its_own_callback) {
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(new_func(store, delete_own_store, &store), 1, &result));
    CHECK_EQ(result, 42);
}

/* What a drop callback is told when it comes back to the store that drops it. */
static wts_func_t dropped_func;
static wts_status_t dropped_status;

static void call_while_dropped(void *env) {
    dropped_status = wts_call_void(dropped_func);
    ++*(int *)env;
}

TEST(a_drop_callback_finds_its_store_busy) {
    WTS_SCOPED(store) store = new_store();
    wts_reference_t reference = 0;
    int drops = 0;
    dropped_func = new_export(store, "(module (func (export \"f\")))", "f");
    CHECK_OK(wts_externref_new(store, 1, &drops, call_while_dropped, &reference));
    CHECK_OK(wts_reference_delete(reference));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
    CHECK_EQ(dropped_status, WTS_ERR_BUSY);
    CHECK_OK(wts_call_void(dropped_func));
}

TEST(deleting_a_store_drops_what_its_functions_hold) {
    wts_store_t store = new_store();
    wts_func_t func = 0;
    int drops = 0;
    for (int i = 0; i < 10; i++)
        CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, delete_own_store, &drops, count_drop, &func));
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(drops, 10);
}

/* ---- Memory does not grow ---- */

TEST(a_million_lookups_and_calls_leave_memory_and_handles_where_they_were) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store, "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))");
    long before = 0;
    uint64_t handles = 0;
    for (int i = 0; i < 1010000; i++) {
        /* The first ones are for the allocator to warm up. */
        if (i == 10000) before = resident_kib(), handles = live_handles(WTS_KIND_NONE);
        uint64_t add = 0;
        int32_t sum = 0;
        if (wts_instance_get_export(instance, WTS_STR("add"), &add) != WTS_OK ||
            wts_call_i32_i32_i32(add, i, 2, &sum) != WTS_OK || sum != i + 2) {
            FAIL("call %d failed", i);
            break;
        }
    }
    const long after = resident_kib();
    printf("  1,000,000 lookups and calls: resident %ld -> %ld KiB, live handles %" PRIu64 " -> %" PRIu64 "\n", before,
           after, handles, live_handles(WTS_KIND_NONE));
    CHECK(after - before < 1024);
    CHECK_EQ(live_handles(WTS_KIND_NONE), handles);
}

TEST(a_million_stores_leave_memory_and_handles_where_they_were) {
    long before = 0;
    uint64_t handles = 0;
    for (int i = 0; i < 1010000; i++) {
        if (i == 10000) before = resident_kib(), handles = live_handles(WTS_KIND_NONE);
        wts_store_t store = 0;
        if (wts_store_new(engine, 0, &store) != WTS_OK || wts_store_delete(store) != WTS_OK) {
            FAIL("store %d failed", i);
            break;
        }
    }
    const long after = resident_kib();
    printf("  1,000,000 stores: resident %ld -> %ld KiB, live handles %" PRIu64 " -> %" PRIu64 "\n", before, after,
           handles, live_handles(WTS_KIND_NONE));
    CHECK(after - before < 1024);
    CHECK_EQ(live_handles(WTS_KIND_NONE), handles);
}

/* The most stores that can be alive; one more is a limit, and one less makes room. */
TEST(stores_are_limited) {
    enum { MOST = 65535 };
    wts_store_t *const stores = malloc(MOST * sizeof *stores);
    wts_store_t extra = 7;
    for (size_t i = 0; i < MOST; i++) stores[i] = new_store();
    CHECK_ERROR(wts_store_new(engine, 0, &extra), WTS_ERR_LIMIT, "65535");
    CHECK_EQ(extra, 7);
    CHECK_OK(wts_store_delete(stores[MOST / 2]));
    stores[MOST / 2] = new_store();
    for (size_t i = 0; i < MOST; i++) CHECK_OK(wts_store_delete(stores[i]));
    free(stores);
}

TEST(ten_thousand_instances_leave_memory_where_it_was) {
    WTS_SCOPED(module) module = new_module("(module (func (export \"f\")) (memory (export \"m\") 1))");
    long before = 0;
    for (int i = 0; i < 11000; i++) {
        if (i == 1000) before = resident_kib();
        const wts_store_t store = new_store();
        wts_instance_t instance = 0;
        CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
        CHECK_OK(wts_call_void(export_of(instance, "f")));
        CHECK_OK(wts_store_delete(store));
    }
    const long after = resident_kib();
    printf("  10,000 stores with an instance: resident %ld -> %ld KiB\n", before, after);
    CHECK(after - before < 1024);
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(store) store = new_store();
    CHECK_STATUS(wts_store_new(engine, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_store_get_user(store, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_store_get_fuel(store, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_store_t stale = new_store();
    const wts_engine_t stale_engine = deleted_engine();
    WTS_SCOPED(module) module = new_module("(module)");
    WTS_SCOPED(store) other = new_store();
    const wts_func_t func = new_export(other, "(module (func (export \"f\")))", "f");
    wts_store_t made = 0;
    uint64_t number = 0;
    CHECK_OK(wts_store_delete(stale));
    CHECK_HANDLES(h, stale_engine, module, wts_store_new(h, 0, &made));
    const uint64_t wrong[] = {engine, func};
    for (int i = 0; i < 2; i++) {
        CHECK_HANDLES(h, stale, wrong[i], wts_store_get_user(h, &number));
        CHECK_HANDLES(h, stale, wrong[i], wts_store_set_user(h, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_store_enter(h, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_store_leave(h));
        CHECK_HANDLES(h, stale, wrong[i], wts_store_get_fuel(h, &number));
        CHECK_HANDLES(h, stale, wrong[i], wts_store_set_fuel(h, 1));
        CHECK_HANDLES(h, stale, wrong[i], wts_store_set_epoch_deadline(h, 1));
        CHECK_HANDLES(h, stale, wrong[i], wts_store_gc(h));
        CHECK_HANDLES(h, stale, wrong[i], wts_store_delete(h));
    }
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(a_store_keeps_a_user_value);
    RUN(deleting_a_store_ends_all_that_lives_in_it);
    RUN(fuel_runs_out);
    RUN(fuel_is_consumed);
    RUN(what_was_consumed_is_told_whatever_was_set);
    RUN(an_epoch_deadline_interrupts);
    RUN(a_deadline_may_be_as_far_as_it_likes);
    RUN(a_new_store_has_no_deadline);
    RUN(fuel_and_epochs_need_their_options);
    RUN(a_store_admits_one_thread_at_a_time);
    RUN(a_thread_that_waits_gets_its_turn);
    RUN(a_store_that_runs_is_busy_for_others);
    RUN(no_tick_is_lost);
    RUN(calls_race_with_the_deletion_of_their_store);
    RUN(a_stale_handle_does_not_disturb_the_successor);
    RUN(threads_do_not_disturb_each_other);
    RUN(endless_recursion_is_a_trap);
    RUN(a_small_stack_is_a_limit_and_not_the_end);
    RUN(a_callback_may_reenter_its_store);
    RUN(a_store_is_not_deleted_in_its_own_callback);
    RUN(a_drop_callback_finds_its_store_busy);
    RUN(deleting_a_store_drops_what_its_functions_hold);
    RUN(a_million_lookups_and_calls_leave_memory_and_handles_where_they_were);
    RUN(a_million_stores_leave_memory_and_handles_where_they_were);
    RUN(ten_thousand_instances_leave_memory_where_it_was);
    RUN(stores_are_limited);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
