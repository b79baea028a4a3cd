#include "callbacks.h"

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

int main(int argc, char **argv) {
    BEGIN;
    RUN(one_pre_instance_makes_instances_in_many_stores);
    RUN(later_definitions_do_not_change_it);
    RUN(items_bind_it_to_their_store);
    RUN(a_store_of_another_engine_is_refused);
    RUN(a_start_function_that_traps_is_a_trap);
    RUN(bad_handles_and_nulls_are_refused);
    END;
}
