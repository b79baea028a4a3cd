#include "callbacks.h"
#include "stacks.h"

#define PAGE UINT64_C(65536)

/* Functions that grow a memory and a table of their own, whose maxima are 10 and 100. */
#define GROWS                                                                                      \
    "(module (memory (export \"memory\") 1 10) (table (export \"table\") 10 100 funcref)"          \
    "  (func (export \"grow_memory\") (param i32) (result i32) (memory.grow (local.get 0)))"       \
    "  (func (export \"grow_table\") (param i32) (result i32) (table.grow (ref.null func) (local.get 0))))"

static int32_t grow(wts_instance_t instance, const char *what, int32_t delta) {
    int32_t before = INT32_MIN;
    CHECK_OK(wts_call_i32_i32(export_of(instance, what), delta, &before));
    return before;
}

/* Only these are limited. */
static wts_status_t limit_growth(wts_store_t store, uint64_t memory_bytes, uint64_t table_elements, int32_t trap) {
    return wts_store_set_limits(store, memory_bytes, table_elements, WTS_UNLIMITED, WTS_UNLIMITED, WTS_UNLIMITED, trap);
}

static wts_status_t limit_counts(wts_store_t store, uint64_t instances, uint64_t tables, uint64_t memories) {
    return wts_store_set_limits(store, WTS_UNLIMITED, WTS_UNLIMITED, instances, tables, memories, 0);
}

/* ---- Static limits ---- */

TEST(growth_ends_at_the_limits) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, GROWS);
    uint64_t before = 0;
    CHECK_OK(limit_growth(store, 3 * PAGE, 20, 0));
    CHECK_EQ(grow(instance, "grow_memory", 2), 1);
    CHECK_EQ(grow(instance, "grow_memory", 1), -1);
    CHECK_EQ(grow(instance, "grow_memory", 0), 3);
    CHECK_EQ(grow(instance, "grow_table", 10), 10);
    CHECK_EQ(grow(instance, "grow_table", 1), -1);
    /* The host is limited as the guest is. */
    CHECK_STATUS(wts_memory_grow(export_of(instance, "memory"), 1, &before), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_table_grow(export_of(instance, "table"), 1, 0, &before), WTS_ERR_LIMIT);
    /* Limits change, and what is there stays. */
    CHECK_OK(limit_growth(store, PAGE, 0, 0));
    CHECK_EQ(grow(instance, "grow_memory", 0), 3);
    CHECK_OK(limit_growth(store, WTS_UNLIMITED, WTS_UNLIMITED, 0));
    CHECK_EQ(grow(instance, "grow_memory", 7), 3);
    CHECK_EQ(grow(instance, "grow_memory", 1), -1);
    CHECK_EQ(grow(instance, "grow_table", 80), 20);
    CHECK_EQ(grow(instance, "grow_table", 1), -1);
}

TEST(growth_that_fails_may_end_the_guest) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, GROWS);
    const wts_func_t grow_memory = export_of(instance, "grow_memory");
    int32_t before = 7, code = 0;
    size_t frames = 0;
    CHECK_OK(limit_growth(store, 3 * PAGE, 20, 1));
    CHECK_EQ(grow(instance, "grow_memory", 2), 1);
    CHECK_ERROR(wts_call_i32_i32(grow_memory, 1, &before), WTS_ERR_LIMIT, "memory", "196608", "262144 bytes");
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_OTHER);
    CHECK_OK(wts_error_frame_count(0, &frames));
    CHECK_EQ(frames, 1);
    CHECK_ERROR(wts_call_i32_i32(export_of(instance, "grow_table"), 11, &before), WTS_ERR_LIMIT, "table",
                "21 elements");
    CHECK_EQ(before, 7);
    /* Beyond the memory's own maximum, too. */
    CHECK_OK(limit_growth(store, WTS_UNLIMITED, WTS_UNLIMITED, 1));
    CHECK_STATUS(wts_call_i32_i32(grow_memory, 8, &before), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_call_i32_i32(grow_memory, -1, &before), WTS_ERR_LIMIT);
    CHECK_EQ(grow(instance, "grow_memory", 7), 3);
}

static wts_status_t instantiate(wts_store_t store, const char *wat) {
    WTS_SCOPED(module) module = new_module(wat);
    wts_instance_t instance = 7;
    const wts_status_t status = wts_instance_new(store, module, WTS_NOTHING, &instance);
    if (status != WTS_OK) CHECK_EQ(instance, 7);
    return status;
}

TEST(what_is_made_beyond_the_limits_is_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) memory_type = 0;
    WTS_SCOPED(type) table_type = 0;
    wts_memory_t memory = 0;
    wts_table_t table = 0;
    CHECK_OK(wts_type_new_memory(4, WTS_UNLIMITED, 0, 16, &memory_type));
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 21, WTS_UNLIMITED, 0, &table_type));
    CHECK_OK(limit_growth(store, 3 * PAGE, 20, 0));
    CHECK_OK(instantiate(store, "(module (memory 3) (table 20 funcref))"));
    CHECK_ERROR(instantiate(store, "(module (memory 4))"), WTS_ERR_LIMIT, "memory", "4 pages", "limit");
    CHECK_ERROR(instantiate(store, "(module (table 21 funcref))"), WTS_ERR_LIMIT, "table", "21", "limit");
    CHECK_ERROR(wts_memory_new(store, memory_type, &memory), WTS_ERR_LIMIT, "memory", "4 pages");
    CHECK_ERROR(wts_table_new(store, table_type, 0, &table), WTS_ERR_LIMIT, "table", "21");
    CHECK_OK(limit_growth(store, 0, 0, 1));
    CHECK_ERROR(instantiate(store, "(module (memory 1))"), WTS_ERR_LIMIT, "65536 bytes");
    CHECK_ERROR(wts_memory_new(store, memory_type, &memory), WTS_ERR_LIMIT, "262144 bytes");
    CHECK_OK(instantiate(store, "(module (memory 0))"));
}

TEST(instances_tables_and_memories_are_counted) {
    WTS_SCOPED(store) store = new_store();
    CHECK_OK(instantiate(store, "(module)"));
    CHECK_OK(limit_counts(store, 3, WTS_UNLIMITED, WTS_UNLIMITED));
    CHECK_OK(instantiate(store, "(module)"));
    CHECK_OK(instantiate(store, "(module)"));
    CHECK_ERROR(instantiate(store, "(module)"), WTS_ERR_LIMIT, "instance");
    CHECK_OK(limit_counts(store, WTS_UNLIMITED, 1, 2));
    CHECK_OK(instantiate(store, "(module (memory 1) (table 1 funcref))"));
    CHECK_ERROR(instantiate(store, "(module (table 1 funcref))"), WTS_ERR_LIMIT, "table");
    CHECK_OK(instantiate(store, "(module (memory 1))"));
    CHECK_ERROR(instantiate(store, "(module (memory 1))"), WTS_ERR_LIMIT, "memory");
    CHECK_OK(limit_counts(store, 0, 0, 0));
    CHECK_STATUS(instantiate(store, "(module)"), WTS_ERR_LIMIT);
}

/* A new store has 10,000; one without limits has none. */
TEST(no_limit_is_none) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module("(module)");
    wts_instance_t instance = 0;
    for (int i = 0; i < 10000; i++) CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_STATUS(wts_instance_new(store, module, WTS_NOTHING, &instance), WTS_ERR_LIMIT);
    CHECK_OK(limit_counts(store, WTS_UNLIMITED, WTS_UNLIMITED, WTS_UNLIMITED));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
}

TEST(the_heap_of_collected_objects_is_a_memory) {
    WTS_SCOPED(store) store = new_store();
    wts_reference_t reference = 0;
    CHECK_OK(limit_growth(store, 0, WTS_UNLIMITED, 0));
    CHECK_STATUS(wts_externref_new(store, 0, NULL, NULL, &reference), WTS_ERR_MEMORY);
    CHECK_OK(limit_growth(store, 1 << 20, WTS_UNLIMITED, 0));
    CHECK_OK(wts_externref_new(store, 0, NULL, NULL, &reference));
}

/* ---- Drivers of batches ---- */

#define DOUBLES "(module (func (export \"f\") (param i64) (result i64) (i64.add (local.get 0) (local.get 0))))"

static void check_batch(wts_func_t func) {
    enum { ROWS = 2000 };
    static int64_t args[ROWS], results[ROWS];
    size_t done = 0;
    for (int64_t row = 0; row < ROWS; row++) args[row] = row;
    CHECK_OK(wts_func_call_batch(func, ROWS, args, ROWS, results, ROWS, &done));
    CHECK_EQ(done, ROWS);
    for (int64_t row = 0; row < ROWS; row++) CHECK_EQ(results[row], 2 * row);
}

static int32_t refuse(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum) {
    (void)kind, (void)current, (void)desired, (void)maximum;
    ++*(int *)env;
    return 1;
}

TEST(drivers_do_not_count) {
    WTS_SCOPED(store) store = new_store();
    int asked = 0;
    const wts_func_t before = new_export(store, DOUBLES, "f");
    check_batch(before);
    /* All that there may be is there, but for drivers. */
    CHECK_OK(wts_store_set_limits(store, 0, 0, 3, 0, 0, 1));
    CHECK_OK(wts_store_set_limiter(store, refuse, &asked, NULL));
    const wts_func_t second = new_export(store, DOUBLES, "f");
    check_batch(before);
    check_batch(second);
    const wts_func_t third = new_export(store, DOUBLES, "f");
    check_batch(third);
    check_batch(second);
    CHECK_EQ(asked, 0);
    CHECK_STATUS(instantiate(store, "(module)"), WTS_ERR_LIMIT);
    CHECK_STATUS(instantiate(store, "(module (memory 1))"), WTS_ERR_LIMIT);
}

static void *batch_on_a_small_stack(void *func) {
    enum { ROWS = 2000 };
    static int64_t args[ROWS], results[ROWS];
    size_t done = 7;
    CHECK_ERROR(wts_func_call_batch(*(const wts_func_t *)func, ROWS, args, ROWS, results, ROWS, &done), WTS_ERR_LIMIT,
                "row 0", "stack");
    CHECK_EQ(done, 0);
    return NULL;
}

TEST(a_driver_that_is_not_made_leaves_the_limits_in_force) {
    WTS_SCOPED(store) store = new_store();
    int asked = 0;
    const wts_instance_t instance = new_instance(store, GROWS);
    wts_func_t func = new_export(store, DOUBLES, "f");
    CHECK_OK(limit_growth(store, PAGE, 10, 0));
    in_a_thread_of(256 << 10, batch_on_a_small_stack, &func);
    CHECK_EQ(grow(instance, "grow_memory", 1), -1);
    CHECK_EQ(grow(instance, "grow_table", 1), -1);
    CHECK_OK(limit_growth(store, WTS_UNLIMITED, WTS_UNLIMITED, 0));
    CHECK_OK(wts_store_set_limiter(store, refuse, &asked, NULL));
    in_a_thread_of(256 << 10, batch_on_a_small_stack, &func);
    CHECK_EQ(grow(instance, "grow_memory", 1), -1);
    CHECK_EQ(asked, 1);
    check_batch(func);
    CHECK_EQ(grow(instance, "grow_memory", 1), -1);
    CHECK_EQ(asked, 2);
}

/* A batch inside a host function of a store with limits, which no driver is made for. */
static int32_t run_batch(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                         size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    check_batch(*(const wts_func_t *)env);
    return 0;
}

TEST(batches_inside_host_functions_are_within_the_limits) {
    WTS_SCOPED(store) store = new_store();
    wts_func_t func = new_export(store, DOUBLES, "f");
    int32_t result = 0;
    CHECK_OK(wts_store_set_limits(store, 0, 0, 1, 0, 0, 0));
    CHECK_OK(wts_call_i32_i32(new_func(store, run_batch, &func), 0, &result));
    check_batch(func);
    CHECK_OK(wts_call_i32_i32(new_func(store, run_batch, &func), 0, &result));
    CHECK_STATUS(instantiate(store, "(module)"), WTS_ERR_LIMIT);
}

/* ---- Limiters ---- */

struct question {
    int times;
    int32_t kind;
    uint64_t current, desired, maximum;
    int32_t answer;
};

static int32_t ask(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum) {
    struct question *const question = env;
    const int32_t answer = question->answer;
    *question = (struct question){question->times + 1, kind, current, desired, maximum, answer};
    return answer;
}

static void check_question(const struct question *question, int times, int32_t kind, uint64_t current,
                           uint64_t desired, uint64_t maximum) {
    CHECK_EQ(question->times, times);
    CHECK_EQ(question->kind, kind);
    CHECK_EQ(question->current, current);
    CHECK_EQ(question->desired, desired);
    CHECK_EQ(question->maximum, maximum);
}

TEST(a_limiter_is_asked_for_each_growth) {
    WTS_SCOPED(store) store = new_store();
    struct question question = {0};
    CHECK_OK(wts_store_set_limiter(store, ask, &question, NULL));
    CHECK_OK(instantiate(store, "(module (memory 1))"));
    check_question(&question, 1, WTS_KIND_MEMORY, 0, PAGE, UINT64_C(1) << 32);
    CHECK_OK(instantiate(store, "(module (table 5 funcref))"));
    check_question(&question, 2, WTS_KIND_TABLE, 0, 5, UINT32_MAX);
    const wts_instance_t instance = new_instance(store, GROWS);
    question.times = 0;
    CHECK_EQ(grow(instance, "grow_memory", 2), 1);
    check_question(&question, 1, WTS_KIND_MEMORY, PAGE, 3 * PAGE, 10 * PAGE);
    CHECK_EQ(grow(instance, "grow_table", 5), 10);
    check_question(&question, 2, WTS_KIND_TABLE, 10, 15, 100);
    question.answer = 1;
    CHECK_EQ(grow(instance, "grow_memory", 1), -1);
    CHECK_EQ(grow(instance, "grow_table", 1), -1);
    CHECK_EQ(question.times, 4);
    CHECK_ERROR(instantiate(store, "(module (memory 1))"), WTS_ERR_LIMIT, "memory");
    /* It is not asked for what is refused anyway. */
    CHECK_EQ(grow(instance, "grow_memory", 8), -1);
    CHECK_OK(limit_growth(store, 3 * PAGE, WTS_UNLIMITED, 0));
    CHECK_EQ(grow(instance, "grow_memory", 1), -1);
    CHECK_EQ(question.times, 5);
    CHECK_OK(limit_growth(store, WTS_UNLIMITED, WTS_UNLIMITED, 0));
    CHECK_OK(wts_store_clear_limiter(store));
    CHECK_OK(wts_store_clear_limiter(store));
    CHECK_EQ(grow(instance, "grow_memory", 7), 3);
    CHECK_EQ(question.times, 5);
}

TEST(a_limiter_may_end_the_guest) {
    static const int32_t answers[] = {-7, INT32_MIN, 2};
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, GROWS);
    struct question question = {0};
    uint64_t before = 0;
    int32_t code = 0;
    CHECK_OK(wts_store_set_limiter(store, ask, &question, NULL));
    for (int i = 0; i < 3; i++) {
        question.answer = answers[i];
        CHECK_ERROR(wts_call_i32_i32(export_of(instance, "grow_memory"), 1, &code), WTS_ERR_HOST, "limiter");
        CHECK_OK(wts_error_host_code(0, &code));
        CHECK_EQ(code, answers[i]);
    }
    question.answer = -7;
    CHECK_STATUS(wts_memory_grow(export_of(instance, "memory"), 1, &before), WTS_ERR_HOST);
    CHECK_STATUS(wts_table_grow(export_of(instance, "table"), 1, 0, &before), WTS_ERR_HOST);
    CHECK_STATUS(instantiate(store, "(module (memory 1))"), WTS_ERR_HOST);
    CHECK_OK(wts_error_host_code(0, &code));
    CHECK_EQ(code, -7);
    WTS_SCOPED(type) memory_type = 0;
    WTS_SCOPED(type) table_type = 0;
    CHECK_OK(wts_type_new_memory(1, WTS_UNLIMITED, 0, 16, &memory_type));
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, WTS_UNLIMITED, 0, &table_type));
    CHECK_STATUS(wts_memory_new(store, memory_type, &before), WTS_ERR_HOST);
    CHECK_STATUS(wts_table_new(store, table_type, 0, &before), WTS_ERR_HOST);
}

/* A limiter that uses its store. */
struct curious {
    wts_store_t store;
    wts_memory_t memory;
    wts_func_t func;
    int times;
};

static int32_t use_store(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum) {
    (void)kind, (void)current, (void)desired, (void)maximum;
    struct curious *const curious = env;
    uint64_t number = 0;
    curious->times++;
    CHECK_STATUS(wts_memory_size(curious->memory, &number), WTS_ERR_BUSY);
    CHECK_STATUS(wts_memory_grow(curious->memory, 1, &number), WTS_ERR_BUSY);
    CHECK_STATUS(wts_call_i32_i32(curious->func, 1, &(int32_t){0}), WTS_ERR_BUSY);
    CHECK_STATUS(limit_growth(curious->store, 0, 0, 0), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_clear_limiter(curious->store), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_delete(curious->store), WTS_ERR_BUSY);
    CHECK_OK(wts_store_get_user(curious->store, &number));
    CHECK_EQ(live_handles(WTS_KIND_STORE), 1);
    return 0;
}

TEST(a_limiter_finds_its_store_busy) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, GROWS);
    struct curious curious = {store, export_of(instance, "memory"), export_of(instance, "grow_memory"), 0};
    uint64_t before = 0;
    CHECK_OK(wts_store_set_limiter(store, use_store, &curious, NULL));
    CHECK_EQ(grow(instance, "grow_memory", 1), 1);
    CHECK_OK(wts_memory_grow(curious.memory, 1, &before));
    CHECK_OK(instantiate(store, "(module (memory 1))"));
    CHECK_EQ(curious.times, 3);
    CHECK_OK(wts_store_clear_limiter(store));
}

static int32_t change_linker(void *env, int32_t kind, uint64_t current, uint64_t desired, uint64_t maximum) {
    (void)kind, (void)current, (void)desired, (void)maximum;
    CHECK_OK(wts_linker_set_allow_shadowing(*(const wts_linker_t *)env, 1));
    return 0;
}

TEST(a_limiter_may_change_a_linker) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module (import \"env\" \"m\" (memory 1)))");
    CHECK_OK(wts_store_set_limiter(store, change_linker, &linker, NULL));
    CHECK_ERROR(wts_linker_define_unknown_imports_as_defaults(linker, store, module), WTS_ERR_BUSY, "linker", "changed");
    CHECK_OK(wts_store_clear_limiter(store));
    CHECK_OK(wts_linker_define_unknown_imports_as_defaults(linker, store, module));
}

static int32_t change_limits(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                             size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    const wts_store_t store = *(const wts_store_t *)env;
    int drops = 0;
    CHECK_STATUS(limit_growth(store, 0, 0, 0), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_set_limiter(store, refuse, &drops, count_drop), WTS_ERR_BUSY);
    CHECK_STATUS(wts_store_clear_limiter(store), WTS_ERR_BUSY);
    CHECK_EQ(drops, 0);
    return 0;
}

TEST(limits_are_not_changed_by_what_they_limit) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, GROWS);
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(new_func(store, change_limits, &store), 0, &result));
    CHECK_EQ(grow(instance, "grow_memory", 1), 1);
}

TEST(a_limiter_is_dropped_once) {
    int drops[3] = {0};
    wts_store_t store = new_store();
    CHECK_OK(wts_store_set_limiter(store, refuse, &drops[0], count_drop));
    CHECK_OK(wts_store_set_limiter(store, refuse, &drops[1], count_drop));
    CHECK_EQ(drops[0], 1);
    CHECK_OK(wts_store_clear_limiter(store));
    CHECK_EQ(drops[1], 1);
    CHECK_OK(wts_store_set_limiter(store, refuse, &drops[2], count_drop));
    CHECK_STATUS(wts_store_set_limiter(store, NULL, &drops[0], count_drop), WTS_ERR_NULL);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(drops[0], 1);
    CHECK_EQ(drops[1], 1);
    CHECK_EQ(drops[2], 1);
}

TEST(bad_arguments_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, GROWS);
    const wts_store_t stale = new_store();
    int drops = 0;
    CHECK_OK(wts_store_delete(stale));
    CHECK_HANDLES(h, stale, instance, limit_growth(h, 0, 0, 0));
    CHECK_HANDLES(h, stale, instance, wts_store_set_limiter(h, refuse, &drops, count_drop));
    CHECK_HANDLES(h, stale, instance, wts_store_clear_limiter(h));
    CHECK_STATUS(limit_growth(store, 0, 0, 2), WTS_ERR_RANGE);
    CHECK_STATUS(limit_growth(store, 0, 0, -1), WTS_ERR_RANGE);
    CHECK_EQ(grow(instance, "grow_memory", 1), 1);
    CHECK_EQ(drops, 0);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(growth_ends_at_the_limits);
    RUN(growth_that_fails_may_end_the_guest);
    RUN(what_is_made_beyond_the_limits_is_refused);
    RUN(instances_tables_and_memories_are_counted);
    RUN(no_limit_is_none);
    RUN(the_heap_of_collected_objects_is_a_memory);
    RUN(drivers_do_not_count);
    RUN(a_driver_that_is_not_made_leaves_the_limits_in_force);
    RUN(batches_inside_host_functions_are_within_the_limits);
    RUN(a_limiter_is_asked_for_each_growth);
    RUN(a_limiter_may_end_the_guest);
    RUN(a_limiter_finds_its_store_busy);
    RUN(a_limiter_may_change_a_linker);
    RUN(limits_are_not_changed_by_what_they_limit);
    RUN(a_limiter_is_dropped_once);
    RUN(bad_arguments_are_refused);
    END;
}
