#include "callbacks.h"

#include <pthread.h>

static wts_instance_pre_t new_pre(wts_linker_t linker, const char *wat) {
    WTS_SCOPED(module) module = new_module(wat);
    wts_instance_pre_t pre = 0;
    CHECK_OK(wts_linker_instantiate_pre(linker, module, &pre));
    return pre;
}

static void check_f(wts_instance_pre_t pre, wts_store_t store) {
    wts_instance_t instance = 0;
    int32_t result = 0;
    CHECK_OK(wts_instance_pre_instantiate(pre, store, &instance));
    CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 41, &result));
    CHECK_EQ(result, 42);
}

TEST(one_pre_instance_makes_instances_in_many_stores) {
    wts_linker_t linker = new_linker();
    define_in(linker, "env", "f", add_one, NULL);
    WTS_SCOPED(instance_pre) pre = new_pre(linker, PASSES_ON);
    CHECK_OK(wts_linker_delete(linker));
    for (int i = 0; i < 100; i++) {
        WTS_SCOPED(store) store = new_store();
        check_f(pre, store);
        check_f(pre, store);
    }
}

TEST(later_definitions_do_not_change_it) {
    static int32_t other = 7;
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    define_in(linker, "env", "f", add_one, NULL);
    WTS_SCOPED(instance_pre) pre = new_pre(linker, PASSES_ON);
    CHECK_OK(wts_linker_set_allow_shadowing(linker, 1));
    define_in(linker, "env", "f", answer, &other);
    check_f(pre, store);
}

TEST(items_bind_it_to_their_store) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    wts_instance_t instance = 7;
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("f"), new_func(store, add_one, NULL)));
    WTS_SCOPED(instance_pre) pre = new_pre(linker, PASSES_ON);
    check_f(pre, store);
    CHECK_STATUS(wts_instance_pre_instantiate(pre, foreign, &instance), WTS_ERR_WRONG_STORE);
    CHECK_EQ(instance, 7);
}

TEST(a_store_of_another_engine_is_refused) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(instance_pre) pre = new_pre(linker, "(module)");
    WTS_SCOPED(engine) another = 0;
    WTS_SCOPED(store) foreign = 0;
    wts_instance_t instance = 7;
    CHECK_OK(wts_engine_new(0, &another));
    CHECK_OK(wts_store_new(another, 0, &foreign));
    CHECK_STATUS(wts_instance_pre_instantiate(pre, foreign, &instance), WTS_ERR_WRONG_STORE);
    CHECK_EQ(instance, 7);
}

TEST(a_start_function_that_traps_is_a_trap) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(instance_pre) pre = new_pre(linker, "(module (func $f unreachable) (start $f))");
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 7;
    CHECK_STATUS(wts_instance_pre_instantiate(pre, store, &instance), WTS_ERR_TRAP);
    CHECK_EQ(instance, 7);
}

TEST(bad_handles_and_nulls_are_refused) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(instance_pre) pre = new_pre(linker, "(module)");
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL);
    const wts_store_t stale_store = new_store();
    const wts_instance_pre_t stale = new_pre(linker, "(module)");
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_OK(wts_instance_pre_delete(stale));
    CHECK_HANDLES(h, stale, engine, wts_instance_pre_instantiate(h, store, &instance));
    CHECK_HANDLES(h, stale_store, func, wts_instance_pre_instantiate(pre, h, &instance));
    CHECK_HANDLES(h, stale, engine, wts_instance_pre_delete(h));
    CHECK_STATUS(wts_instance_pre_instantiate(pre, store, NULL), WTS_ERR_NULL);
}

/* ---- A store, an instance and a call in one ---- */

#define UNTOUCHED INT64_C(0x5a5a5a5a5a5a5a5a)
#define NO_USER 0
#define FOR_EVER -1
#define NO_LIMITS WTS_UNLIMITED, FOR_EVER, WTS_UNLIMITED

static size_t index_in(wts_module_t module, const char *name) {
    size_t index = SIZE_MAX;
    CHECK_OK(wts_module_export_find(module, WTS_CSTR(name), &index));
    return index;
}

/* A pre-instance of a module whose function `f` is at `index`. */
static wts_instance_pre_t new_pre_of_f(wts_linker_t linker, wts_engine_t of, const char *wat, size_t *index) {
    WTS_SCOPED(module) module = new_module_of(of, wat);
    wts_instance_pre_t pre = 0;
    CHECK_OK(wts_linker_instantiate_pre(linker, module, &pre));
    *index = index_in(module, "f");
    return pre;
}

/* Counts in a global, a memory and a table of its own; all exports in one order. */
#define COUNTS                                                                                     \
    "(module (memory (export \"memory\") 1) (global $calls (mut i32) (i32.const 0))"               \
    "  (func (export \"f\") (param i32) (result i32)"                                              \
    "    (global.set $calls (i32.add (global.get $calls) (i32.const 1)))"                          \
    "    (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))"               \
    "    (i32.add (local.get 0) (i32.add (global.get $calls) (i32.load (i32.const 0)))))"          \
    "  (func (export \"takes\") (param externref)) (func (export \"gives\") (result funcref) (ref.null func))" \
    "  (func (export \"wide\") (param v128 f32) (result f32 v128) local.get 1 local.get 0)"        \
    "  (func (export \"many\") (param i32 i64 f32 f64 i32 i64 f32 f64 i32 i64) (result i64) local.get 9))"

TEST(each_call_has_a_fresh_instance) {
    WTS_SCOPED(linker) linker = new_linker();
    size_t f = 0;
    WTS_SCOPED(instance_pre) pre = new_pre_of_f(linker, engine, COUNTS, &f);
    for (int64_t i = 0; i < 100; i++) {
        int64_t result = UNTOUCHED;
        CHECK_OK(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, &i, 1, &result, 1));
        CHECK_EQ(result, i + 2);
    }
}

TEST(vectors_and_many_arguments_cross) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(COUNTS);
    WTS_SCOPED(instance_pre) pre = new_pre(linker, COUNTS);
    const int64_t args[10] = {1, 2, 3, 4, 5, 6, 7, 8, 9, INT64_MIN};
    int64_t results[3];
    CHECK_OK(wts_instance_pre_call(pre, index_in(module, "wide"), NO_USER, NO_LIMITS, args, 3, results, 3));
    CHECK_EQ(results[0], 3);
    CHECK_EQ(results[1], 1);
    CHECK_EQ(results[2], 2);
    CHECK_OK(wts_instance_pre_call(pre, index_in(module, "many"), NO_USER, NO_LIMITS, args, 10, results, 1));
    CHECK_EQ(results[0], INT64_MIN);
}

TEST(what_cannot_be_called_is_refused) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(COUNTS);
    WTS_SCOPED(instance_pre) pre = new_pre(linker, COUNTS);
    const size_t f = index_in(module, "f");
    int64_t slots[2] = {0}, result = UNTOUCHED;
    size_t count = 0;
    CHECK_OK(wts_module_export_count(module, &count));
    CHECK_ERROR(wts_instance_pre_call(pre, count, NO_USER, NO_LIMITS, slots, 1, &result, 1), WTS_ERR_RANGE,
                "export");
    CHECK_STATUS(wts_instance_pre_call(pre, SIZE_MAX, NO_USER, NO_LIMITS, slots, 1, &result, 1), WTS_ERR_RANGE);
    CHECK_ERROR(wts_instance_pre_call(pre, index_in(module, "memory"), NO_USER, NO_LIMITS, slots, 1, &result, 1),
                WTS_ERR_TYPE, "not a function");
    CHECK_ERROR(wts_instance_pre_call(pre, index_in(module, "takes"), NO_USER, NO_LIMITS, slots, 1, NULL, 0),
                WTS_ERR_TYPE, "references");
    CHECK_ERROR(wts_instance_pre_call(pre, index_in(module, "gives"), NO_USER, NO_LIMITS, NULL, 0, &result, 1),
                WTS_ERR_TYPE, "references");
    CHECK_ERROR(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, slots, 2, &result, 1), WTS_ERR_TYPE, "takes 1",
                "2 were given");
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, NULL, 0, &result, 1), WTS_ERR_TYPE);
    CHECK_ERROR(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, slots, 1, NULL, 0), WTS_ERR_TYPE, "returns 1");
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, slots, 1, slots, 2), WTS_ERR_TYPE);
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, NULL, 1, &result, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, slots, 1, NULL, 1), WTS_ERR_NULL);
    slots[0] = INT64_C(1) << 32;
    CHECK_ERROR(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, slots, 1, &result, 1), WTS_ERR_RANGE,
                "argument 0");
    CHECK_EQ(result, UNTOUCHED);
    CHECK_EQ(live_handles(WTS_KIND_STORE), 0);
}

TEST(a_call_refuses_bad_handles) {
    WTS_SCOPED(linker) linker = new_linker();
    size_t f = 0;
    const wts_instance_pre_t stale = new_pre_of_f(linker, engine, COUNTS, &f);
    const int64_t arg = 1;
    int64_t result = UNTOUCHED;
    CHECK_OK(wts_instance_pre_delete(stale));
    CHECK_HANDLES(h, stale, linker, wts_instance_pre_call(h, f, NO_USER, NO_LIMITS, &arg, 1, &result, 1));
    CHECK_EQ(result, UNTOUCHED);
}

TEST(a_call_that_traps_leaves_nothing) {
    WTS_SCOPED(linker) linker = new_linker();
    size_t f = 0;
    WTS_SCOPED(instance_pre) pre =
        new_pre_of_f(linker, engine, "(module $m (func $f (export \"f\") (result i32) unreachable))", &f);
    WTS_SCOPED(instance_pre) starting = new_pre_of_f(
        linker, engine, "(module (func $f unreachable) (start $f) (func (export \"f\") (result i32) i32.const 1))", &f);
    int64_t result = UNTOUCHED;
    int32_t code = 0;
    for (int i = 0; i < 2; i++) {
        CHECK_STATUS(wts_instance_pre_call(i ? starting : pre, f, NO_USER, NO_LIMITS, WTS_NOTHING, &result, 1),
                     WTS_ERR_TRAP);
        CHECK_OK(wts_error_trap_code(0, &code));
        CHECK_EQ(code, WTS_TRAP_UNREACHABLE);
        CHECK_TEXT(wts_error_frame_func_name(0, 0, TEXT), "f");
        CHECK_EQ(result, UNTOUCHED);
        CHECK_EQ(live_handles(WTS_KIND_STORE), 0);
    }
}

TEST(a_call_may_have_a_budget) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) fuelled = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(linker) plain_linker = new_linker();
    size_t f = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_OK(wts_engine_new(config, &fuelled));
    CHECK_OK(wts_linker_new(fuelled, &linker));
    const char *const wat = "(module (func (export \"f\") (param $n i32) (result i32)"
                            "  (loop (local.set $n (i32.sub (local.get $n) (i32.const 1)))"
                            "    (br_if 0 (local.get $n))) (local.get $n)))";
    WTS_SCOPED(instance_pre) pre = new_pre_of_f(linker, fuelled, wat, &f);
    WTS_SCOPED(instance_pre) plain = new_pre_of_f(plain_linker, engine, wat, &f);
    const int64_t few = 10, many = 1000, forever = 0;
    int64_t result = UNTOUCHED;
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, 1000, FOR_EVER, WTS_UNLIMITED, &forever, 1, &result, 1),
                 WTS_ERR_FUEL);
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, 1000, FOR_EVER, WTS_UNLIMITED, &many, 1, &result, 1),
                 WTS_ERR_FUEL);
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, 0, FOR_EVER, WTS_UNLIMITED, &few, 1, &result, 1), WTS_ERR_FUEL);
    CHECK_EQ(result, UNTOUCHED);
    CHECK_OK(wts_instance_pre_call(pre, f, NO_USER, 1000, FOR_EVER, WTS_UNLIMITED, &few, 1, &result, 1));
    CHECK_EQ(result, 0);
    CHECK_OK(wts_instance_pre_call(pre, f, NO_USER, 1000000, FOR_EVER, WTS_UNLIMITED, &many, 1, &result, 1));
    /* An engine that does not count has no budgets. */
    result = UNTOUCHED;
    CHECK_ERROR(wts_instance_pre_call(plain, f, NO_USER, 1000, FOR_EVER, WTS_UNLIMITED, &few, 1, &result, 1),
                WTS_ERR_STATE, "fuel");
    CHECK_EQ(result, UNTOUCHED);
    CHECK_OK(wts_instance_pre_call(plain, f, NO_USER, NO_LIMITS, &few, 1, &result, 1));
    CHECK_EQ(live_handles(WTS_KIND_STORE), 0);
}

TEST(a_call_may_have_a_timeout) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) timed = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(linker) plain_linker = new_linker();
    size_t f = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_EPOCH_INTERRUPTION, 1));
    CHECK_OK(wts_engine_new(config, &timed));
    CHECK_OK(wts_linker_new(timed, &linker));
    const char *const wat = "(module (func (export \"f\") (param $n i32) (loop (br_if 0 (local.get $n)))))";
    WTS_SCOPED(instance_pre) pre = new_pre_of_f(linker, timed, wat, &f);
    WTS_SCOPED(instance_pre) starting =
        new_pre_of_f(linker, timed, "(module (func $s (loop br 0)) (start $s) (func (export \"f\") (param i32)))", &f);
    WTS_SCOPED(instance_pre) plain = new_pre_of_f(plain_linker, engine, wat, &f);
    const int64_t ends = 0, spins = 1;
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, 10, WTS_UNLIMITED, &spins, 1, NULL, 0),
                 WTS_ERR_TIMEOUT);
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, 0, WTS_UNLIMITED, &ends, 1, NULL, 0),
                 WTS_ERR_TIMEOUT);
    CHECK_STATUS(wts_instance_pre_call(starting, f, NO_USER, WTS_UNLIMITED, 10, WTS_UNLIMITED, &ends, 1, NULL, 0),
                 WTS_ERR_TIMEOUT);
    for (int i = 0; i < 100; i++)
        CHECK_OK(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, 60000, WTS_UNLIMITED, &ends, 1, NULL, 0));
    CHECK_OK(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, INT64_MAX, WTS_UNLIMITED, &ends, 1, NULL, 0));
    CHECK_ERROR(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, -2, WTS_UNLIMITED, &ends, 1, NULL, 0),
                WTS_ERR_RANGE, "timeout");
    CHECK_ERROR(wts_instance_pre_call(plain, f, NO_USER, WTS_UNLIMITED, 10, WTS_UNLIMITED, &ends, 1, NULL, 0),
                WTS_ERR_STATE, "epoch_interruption");
    CHECK_EQ(live_handles(WTS_KIND_STORE), 0);
}

TEST(a_call_may_have_limited_memories) {
    WTS_SCOPED(linker) linker = new_linker();
    size_t f = 0;
    WTS_SCOPED(instance_pre) pre =
        new_pre_of_f(linker, engine,
                     "(module (memory 2) (func (export \"f\") (param i32) (result i32) (memory.grow (local.get 0))))", &f);
    const int64_t one = 1, two = 2;
    int64_t result = UNTOUCHED;
    CHECK_OK(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, FOR_EVER, 3 << 16, &one, 1, &result, 1));
    CHECK_EQ(result, 2);
    CHECK_OK(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, FOR_EVER, 3 << 16, &two, 1, &result, 1));
    CHECK_EQ(result, -1);
    result = UNTOUCHED;
    CHECK_ERROR(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, FOR_EVER, 1 << 16, &one, 1, &result, 1),
                WTS_ERR_LIMIT, "memory", "2 pages", "limit");
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, WTS_UNLIMITED, FOR_EVER, 0, &one, 1, &result, 1),
                 WTS_ERR_LIMIT);
    CHECK_EQ(result, UNTOUCHED);
}

static int32_t tell_user(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                         size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)nresults;
    uint64_t user = 0;
    CHECK_OK(wts_caller_get_user(caller, &user));
    results[0] = (int32_t)user;
    return 0;
}

TEST(host_functions_see_the_user_of_the_call) {
    WTS_SCOPED(linker) linker = new_linker();
    size_t f = 0;
    define_in(linker, "env", "f", tell_user, NULL);
    WTS_SCOPED(instance_pre) pre = new_pre_of_f(linker, engine, PASSES_ON, &f);
    for (uint64_t user = 0; user < 100; user++) {
        const int64_t arg = 0;
        int64_t result = UNTOUCHED;
        CHECK_OK(wts_instance_pre_call(pre, f, user, NO_LIMITS, &arg, 1, &result, 1));
        CHECK_EQ(result, user);
    }
}

/* What a request makes in its store, and what is left of it. */
struct request {
    int drops;
    wts_store_t store;
    wts_func_t func;
    wts_status_t ends_with;
};

/* A drop callback that uses the library, which is not to disturb what the call ends with. */
static void drop_and_fail(void *env) {
    struct request *const request = env;
    request->drops++;
    CHECK_STATUS(wts_store_delete(INVENTED), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_func_call(request->func, WTS_NOTHING, NULL, 0), WTS_ERR_STALE);
}

static int32_t serve(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                     size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    struct request *const request = env;
    wts_reference_t reference = 0;
    CHECK_OK(wts_caller_get_store(caller, &request->store));
    CHECK_OK(wts_externref_new(request->store, 7, &request->drops, count_drop, &reference));
    CHECK_OK(wts_func_new(request->store, WTS_NOTHING, WTS_NOTHING, nothing, request, drop_and_fail, &request->func));
    return request->ends_with;
}

TEST(what_a_request_makes_goes_with_it) {
    WTS_SCOPED(linker) linker = new_linker();
    struct request request = {0};
    size_t f = 0;
    define_in(linker, "env", "f", serve, &request);
    WTS_SCOPED(instance_pre) pre = new_pre_of_f(linker, engine, PASSES_ON, &f);
    const uint64_t alive = live_handles(WTS_KIND_NONE);
    for (int i = 0; i < 10; i++) {
        const int64_t arg = 0;
        int64_t result = UNTOUCHED;
        uint64_t user = 0;
        request.drops = 0;
        request.ends_with = i % 2 ? -7 : WTS_OK;
        if (request.ends_with == WTS_OK)
            CHECK_OK(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, &arg, 1, &result, 1));
        else
            CHECK_ERROR(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, &arg, 1, &result, 1), WTS_ERR_HOST, "-7");
        CHECK_EQ(request.drops, 2);
        CHECK_STATUS(wts_store_get_user(request.store, &user), WTS_ERR_STALE);
        CHECK_EQ(live_handles(WTS_KIND_NONE), alive);
    }
}

TEST(items_of_a_store_are_not_of_a_fresh_one) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(store) store = new_store();
    size_t f = 0;
    CHECK_OK(wts_linker_define(linker, WTS_STR("env"), WTS_STR("f"), new_func(store, add_one, NULL)));
    WTS_SCOPED(instance_pre) pre = new_pre_of_f(linker, engine, PASSES_ON, &f);
    const int64_t arg = 1;
    int64_t result = UNTOUCHED;
    CHECK_STATUS(wts_instance_pre_call(pre, f, NO_USER, NO_LIMITS, &arg, 1, &result, 1), WTS_ERR_WRONG_STORE);
    CHECK_EQ(result, UNTOUCHED);
    CHECK_EQ(live_handles(WTS_KIND_STORE), 1);
    check_f(pre, store);
}

struct nested {
    wts_instance_pre_t pre;
    size_t index;
};

/* (n) -> n + 1, by as many requests, one inside the other. The innermost deletes what makes them. */
static int32_t request_again(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                             size_t nresults) {
    (void)caller, (void)nargs;
    const struct nested *const nested = env;
    const int64_t less = args[0] - 1;
    if (less < 0) {
        results[0] = 1;
        return wts_instance_pre_delete(nested->pre);
    }
    CHECK_OK(wts_instance_pre_call(nested->pre, nested->index, NO_USER, NO_LIMITS, &less, 1, results, nresults));
    results[0]++;
    return 0;
}

TEST(a_request_makes_requests) {
    WTS_SCOPED(linker) linker = new_linker();
    struct nested nested = {0};
    const int64_t depth = 20;
    int64_t result = UNTOUCHED;
    define_in(linker, "env", "f", request_again, &nested);
    nested.pre = new_pre_of_f(linker, engine, PASSES_ON, &nested.index);
    CHECK_OK(wts_instance_pre_call(nested.pre, nested.index, NO_USER, NO_LIMITS, &depth, 1, &result, 1));
    CHECK_EQ(result, depth + 1);
    CHECK_EQ(wts_handle_kind(nested.pre), WTS_KIND_NONE);
}

struct work {
    wts_instance_pre_t pre;
    size_t index;
};

static void call_often(const struct work *work, int times) {
    for (int64_t i = 0; i < times; i++) {
        int64_t result = UNTOUCHED;
        if (!CHECK_OK(wts_instance_pre_call(work->pre, work->index, NO_USER, NO_LIMITS, &i, 1, &result, 1))) return;
        if (result != i + 2) {
            FAIL("request %" PRId64 " is answered with %" PRId64, i, result);
            return;
        }
    }
}

static void *call_in_thread(void *work) {
    call_often(work, 2000);
    return NULL;
}

TEST(threads_call_at_once) {
    WTS_SCOPED(linker) linker = new_linker();
    struct work work = {0};
    pthread_t threads[4];
    WTS_SCOPED(instance_pre) pre = work.pre = new_pre_of_f(linker, engine, COUNTS, &work.index);
    for (int i = 0; i < 4; i++) CHECK_EQ(pthread_create(&threads[i], NULL, call_in_thread, &work), 0);
    for (int i = 0; i < 4; i++) CHECK_EQ(pthread_join(threads[i], NULL), 0);
    CHECK_EQ(live_handles(WTS_KIND_STORE), 0);
}

/* In a pool, where the pattern belongs: it is as small as one request needs. */
TEST(a_hundred_thousand_calls_keep_memory) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) pool = 0;
    WTS_SCOPED(linker) linker = 0;
    struct work work = {0};
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_ALLOCATION_STRATEGY, WTS_ALLOCATION_POOLING));
    CHECK_OK(wts_config_set(config, WTS_OPT_POOL_INSTANCES, 1));
    CHECK_OK(wts_config_set(config, WTS_OPT_POOL_MEMORIES, 1));
    CHECK_OK(wts_engine_new(config, &pool));
    CHECK_OK(wts_linker_new(pool, &linker));
    WTS_SCOPED(instance_pre) pre = work.pre = new_pre_of_f(linker, pool, COUNTS, &work.index);
    call_often(&work, 1000);
    const uint64_t alive = live_handles(WTS_KIND_NONE);
    const long before = resident_kib();
    call_often(&work, 100000);
    CHECK_EQ(live_handles(WTS_KIND_NONE), alive);
    CHECK(resident_kib() - before < 1024);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(one_pre_instance_makes_instances_in_many_stores);
    RUN(later_definitions_do_not_change_it);
    RUN(items_bind_it_to_their_store);
    RUN(a_store_of_another_engine_is_refused);
    RUN(a_start_function_that_traps_is_a_trap);
    RUN(bad_handles_and_nulls_are_refused);
    RUN(each_call_has_a_fresh_instance);
    RUN(vectors_and_many_arguments_cross);
    RUN(what_cannot_be_called_is_refused);
    RUN(a_call_refuses_bad_handles);
    RUN(a_call_that_traps_leaves_nothing);
    RUN(a_call_may_have_a_budget);
    RUN(a_call_may_have_a_timeout);
    RUN(a_call_may_have_limited_memories);
    RUN(host_functions_see_the_user_of_the_call);
    RUN(what_a_request_makes_goes_with_it);
    RUN(items_of_a_store_are_not_of_a_fresh_one);
    RUN(a_request_makes_requests);
    RUN(threads_call_at_once);
    RUN(a_hundred_thousand_calls_keep_memory);
    END;
}
