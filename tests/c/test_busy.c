/* Everything that needs a store answers WTS_ERR_BUSY while another thread is inside, or while one of
 * the callbacks runs that have no access to the store. */
#include "callbacks.h"

#include <pthread.h>

static wts_store_t store;
static wts_linker_t linker;
static wts_module_t module;
static wts_instance_pre_t pre;
static wts_instance_t instance;
static wts_func_t func;
static wts_memory_t memory;
static wts_global_t global;
static wts_table_t table;
static wts_reference_t reference;
static wts_type_t memory_type, global_type, table_type;

static void make_world(void) {
    store = new_store();
    linker = new_linker();
    module = new_module("(module)");
    CHECK_OK(wts_linker_instantiate_pre(linker, module, &pre));
    instance = new_instance(
        store,
        "(module (func (export \"f\")) (memory (export \"m\") 1) (table (export \"t\") 1 funcref)"
        "  (global (export \"g\") (mut i32) (i32.const 0)))");
    func = export_of(instance, "f");
    memory = export_of(instance, "m");
    global = export_of(instance, "g");
    table = export_of(instance, "t");
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    CHECK_OK(wts_memory_type(memory, &memory_type));
    CHECK_OK(wts_global_type(global, &global_type));
    CHECK_OK(wts_table_type(table, &table_type));
}

static void delete_world(void) {
    CHECK_OK(wts_store_delete(store));
    CHECK_OK(wts_linker_delete(linker));
    CHECK_OK(wts_module_delete(module));
    CHECK_OK(wts_instance_pre_delete(pre));
    CHECK_OK(wts_type_delete(memory_type));
    CHECK_OK(wts_type_delete(global_type));
    CHECK_OK(wts_type_delete(table_type));
}

/* What comes out, were it not busy. */
static uint64_t number;
static int64_t slot;
static int32_t small;
static size_t count;
static double real;
static uint8_t *bytes;

#define BUSY(call) CHECK_STATUS(call, WTS_ERR_BUSY)
#define NAMES WTS_STR("m"), WTS_STR("f")

/* What needs the context of the store: Wasmtime's own access to it. */
static void check_all_with_context_are_busy(void) {
    BUSY(wts_store_gc(store));
    BUSY(wts_store_delete(store));
    BUSY(wts_linker_define(linker, NAMES, func));
    BUSY(wts_linker_define_instance(linker, WTS_STR("m"), instance));
    BUSY(wts_linker_define_module(linker, store, WTS_STR("m"), module));
    BUSY(wts_linker_get(linker, store, NAMES, &number));
    BUSY(wts_linker_define_unknown_imports_as_defaults(linker, store, module));
    BUSY(wts_linker_get_default(linker, store, WTS_STR("m"), &number));
    BUSY(wts_linker_instantiate(linker, store, module, &number));
    BUSY(wts_instance_pre_instantiate(pre, store, &number));
    BUSY(wts_instance_new(store, module, WTS_NOTHING, &number));
    BUSY(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, nothing, NULL, NULL, &number));
    BUSY(wts_func_call(func, WTS_NOTHING, NULL, 0));
    BUSY(wts_func_call_f64(func, NULL, 0, NULL, 0));
    BUSY(wts_func_call_batch(func, 1, NULL, 0, NULL, 0, &count));
    BUSY(wts_func_call_batch(func, 5000, NULL, 0, NULL, 0, &count));
    BUSY(wts_func_call_columns(func, 1, NULL, 0, NULL, 0, NULL, 0, NULL, 0, &count));
    BUSY(wts_func_same(func, func, &small));
    BUSY(wts_memory_new(store, memory_type, &number));
    BUSY(wts_memory_type(memory, &number));
    BUSY(wts_memory_size(memory, &number));
    BUSY(wts_memory_data_size(memory, &number));
    BUSY(wts_memory_grow(memory, 0, &number));
    BUSY(wts_memory_read(memory, 0, NULL, 0));
    BUSY(wts_memory_write(memory, 0, NULL, 0));
    BUSY(wts_memory_fill(memory, 0, 0, 0));
    BUSY(wts_memory_data(memory, &bytes, &count));
    BUSY(wts_memory_load_i8(memory, 0, &slot));
    BUSY(wts_memory_load_u8(memory, 0, &slot));
    BUSY(wts_memory_load_i16(memory, 0, &slot));
    BUSY(wts_memory_load_u16(memory, 0, &slot));
    BUSY(wts_memory_load_i32(memory, 0, &slot));
    BUSY(wts_memory_load_u32(memory, 0, &slot));
    BUSY(wts_memory_load_i64(memory, 0, &slot));
    BUSY(wts_memory_load_f32(memory, 0, &real));
    BUSY(wts_memory_load_f64(memory, 0, &real));
    BUSY(wts_memory_store_i8(memory, 0, 0));
    BUSY(wts_memory_store_i16(memory, 0, 0));
    BUSY(wts_memory_store_i32(memory, 0, 0));
    BUSY(wts_memory_store_i64(memory, 0, 0));
    BUSY(wts_memory_store_f32(memory, 0, 0));
    BUSY(wts_memory_store_f64(memory, 0, 0));
    BUSY(wts_global_new(store, global_type, &slot, 1, &number));
    BUSY(wts_global_type(global, &number));
    BUSY(wts_global_get(global, &slot, 1));
    BUSY(wts_global_set(global, &slot, 1));
    BUSY(wts_global_get_f64(global, &real));
    BUSY(wts_global_set_f64(global, 0));
    BUSY(wts_table_new(store, table_type, 0, &number));
    BUSY(wts_table_type(table, &number));
    BUSY(wts_table_get(table, 0, &number));
    BUSY(wts_table_set(table, 0, 0));
    BUSY(wts_table_size(table, &number));
    BUSY(wts_table_grow(table, 0, 0, &number));
    BUSY(wts_externref_new(store, 1, NULL, NULL, &number));
    BUSY(wts_externref_get(reference, &number));
}

/* What needs the store but not its context, so that only other threads are kept out. */
static void check_all_without_context_are_busy(void) {
    BUSY(wts_instance_export_count(instance, &count));
    BUSY(wts_instance_export_name(instance, 0, TEXT));
    BUSY(wts_instance_export_kind(instance, 0, &small));
    BUSY(wts_instance_export_at(instance, 0, &number));
    BUSY(wts_store_get_user(store, &number));
    BUSY(wts_store_set_user(store, 1));
    BUSY(wts_store_enter(store, 0));
    BUSY(wts_store_leave(store));
    BUSY(wts_store_get_fuel(store, &number));
    BUSY(wts_store_set_fuel(store, 1));
    BUSY(wts_store_set_epoch_deadline(store, 1));
    BUSY(wts_instance_get_export(instance, WTS_STR("f"), &number));
    BUSY(wts_func_type(func, &number));
    BUSY(wts_func_param_count(func, &count));
    BUSY(wts_func_result_count(func, &count));
    BUSY(wts_func_param_slots(func, &count));
    BUSY(wts_func_result_slots(func, &count));
    BUSY(wts_reference_kind(reference, &small));
    BUSY(wts_reference_clone(reference, &number));
    BUSY(wts_reference_delete(reference));
}

static void *check_all_are_busy(void *unused) {
    check_all_with_context_are_busy();
    check_all_without_context_are_busy();
    return unused;
}

TEST(another_thread_finds_a_store_busy) {
    pthread_t thread;
    make_world();
    CHECK_OK(wts_store_enter(store, 0));
    CHECK_EQ(pthread_create(&thread, NULL, check_all_are_busy, NULL), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
    CHECK_OK(wts_store_leave(store));
    CHECK_OK(wts_call_void(func));
    delete_world();
}

static void check_in_drop(void *env) {
    check_all_with_context_are_busy();
    ++*(int *)env;
}

TEST(a_drop_callback_finds_its_store_busy) {
    int drops = 0;
    wts_reference_t dropped = 0;
    make_world();
    CHECK_OK(wts_externref_new(store, 1, &drops, check_in_drop, &dropped));
    CHECK_OK(wts_reference_delete(dropped));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
    CHECK_OK(wts_call_void(func));
    delete_world();
}

/* An outer callback waits for what it called: its caller cannot be used for exports meanwhile. */
static int32_t use_outer_caller(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                int64_t *results, size_t nresults) {
    (void)nargs, (void)results, (void)nresults;
    wts_caller_t *const outer = env;
    if (args[0] == 0) {
        BUSY(wts_caller_get_export(*outer, WTS_STR("f"), &number));
        return 0;
    }
    *outer = caller;
    CHECK_OK(wts_caller_get_export(caller, WTS_STR("f"), &number));
    return wts_call_i32_i32(number, 0, &small);
}

TEST(an_outer_caller_is_busy) {
    wts_caller_t outer = 0;
    make_world();
    WTS_SCOPED(module) passing = new_module(PASSES_ON);
    wts_instance_t passing_instance = 0;
    define_in(linker, "env", "f", use_outer_caller, &outer);
    CHECK_OK(wts_linker_instantiate(linker, store, passing, &passing_instance));
    CHECK_OK(wts_call_i32_i32(export_of(passing_instance, "f"), 1, &small));
    delete_world();
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(another_thread_finds_a_store_busy);
    RUN(a_drop_callback_finds_its_store_busy);
    RUN(an_outer_caller_is_busy);
    END;
}
