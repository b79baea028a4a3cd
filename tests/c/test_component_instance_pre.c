/* Pre-instances of components; components in asynchronous stores, and beside resumable calls. */
#include "component.h"

#include "callbacks.h"

#define CALLS_F                                                                                    \
    "(component"                                                                                   \
    "  (import \"f\" (func $f (param \"x\" s32) (result s32)))"                                    \
    "  (core func $f' (canon lower (func $f)))"                                                    \
    "  (core module $m (import \"\" \"f\" (func $f (param i32) (result i32)))"                     \
    "    (func (export \"f\") (param i32) (result i32) (call $f (local.get 0))))"                  \
    "  (core instance $i (instantiate $m (with \"\" (instance (export \"f\" (func $f'))))))"       \
    "  (func (export \"f\") (param \"x\" s32) (result s32) (canon lift (core func $i \"f\"))))"

static wts_component_instance_pre_t new_pre(void *env, wts_callback_t function, wts_drop_t drop) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(component) component = new_component(CALLS_F);
    wts_component_instance_pre_t pre = 0;
    CHECK_OK(wts_component_linker_define_func(linker, WTS_NOTHING, WTS_STR("f"), function, env, drop));
    CHECK_OK(wts_component_linker_instance_pre(linker, component, &pre));
    return pre;
}

TEST(one_is_instantiated_many_times) {
    int drops = 0;
    const wts_component_instance_pre_t pre = new_pre(&drops, add_one, count_drop);
    CHECK_EQ(wts_handle_kind(pre), WTS_KIND_COMPONENT_INSTANCE_PRE);
    for (int64_t i = 0; i < 10; i++) {
        WTS_SCOPED(store) store = new_store();
        wts_component_instance_t instance = 0;
        CHECK_OK(wts_component_instance_pre_instantiate(pre, store, &instance));
        int64_t result = 0;
        CHECK_OK(wts_component_func_call(component_func(instance, "f"), WTS_SLOTS(i), &result, 1));
        CHECK_EQ(result, i + 1);
    }
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_component_instance_pre_delete(pre));
    CHECK_EQ(drops, 1);
}

TEST(asynchronous_stores_run_components) {
    WTS_SCOPED(component_instance_pre) pre = new_pre(NULL, add_one, NULL);
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &store));
    wts_component_instance_t instance = 0;
    CHECK_OK(wts_component_instance_pre_instantiate(pre, store, &instance));
    const wts_component_func_t f = component_func(instance, "f");
    CHECK_WAVE(f, "(41)", "42");
    CHECK_WAVE(f, "(-1)", "0");
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(store) other = 0;
    CHECK_OK(wts_store_new_with(engine, 0, WTS_STORE_ASYNC, &other));
    const wts_component_func_t text = component_func(instantiate(linker, other, ECHO_PAIR("string")), "echo");
    WTS_SCOPED(buffer) result = 0;
    CHECK_OK(wts_component_func_call_bytes(text, WTS_NOTHING, WTS_BYTES("abc"), NULL, 0, &result));
}

/* Calls the component's function of env, of another store or of this one. */
static int32_t call_component(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    (void)caller, (void)nargs, (void)nresults;
    return wts_component_func_call(*(const wts_component_func_t *)env, args, 1, results, 1);
}

TEST(resumable_calls_reach_components) {
    WTS_SCOPED(component_instance_pre) pre = new_pre(NULL, add_one, NULL);
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    wts_store_t homes[] = {store, other};
    for (int i = 0; i < 2; i++) {
        wts_component_instance_t instance = 0;
        CHECK_OK(wts_component_instance_pre_instantiate(pre, homes[i], &instance));
        wts_component_func_t f = component_func(instance, "f");
        WTS_SCOPED(linker) linker = new_linker();
        WTS_SCOPED(module) module = new_module(PASSES_ON);
        define_in(linker, "env", "f", call_component, &f);
        wts_instance_t caller = 0;
        CHECK_OK(wts_linker_instantiate(linker, store, module, &caller));
        WTS_SCOPED(pending) pending = 0;
        CHECK_OK(wts_func_start(export_of(caller, "f"), WTS_SLOTS(1), &pending));
        int64_t result = 0;
        /* Nobody else comes in meanwhile. */
        if (i == 0) CHECK_STATUS(call_wave(f, "(1)"), WTS_ERR_STATE);
        CHECK_OK(wts_pending_poll(pending));
        CHECK_OK(wts_pending_results(pending, &result, 1));
        CHECK_EQ(result, 2);
    }
}

TEST(wrong_handles_are_refused) {
    WTS_SCOPED(component_instance_pre) pre = new_pre(NULL, add_one, NULL);
    WTS_SCOPED(store) store = new_store();
    const wts_component_instance_pre_t stale = new_pre(NULL, add_one, NULL);
    CHECK_OK(wts_component_instance_pre_delete(stale));
    wts_component_instance_t out = 0;
    CHECK_HANDLES(h, stale, store, wts_component_instance_pre_instantiate(h, store, &out));
    CHECK_HANDLES(h, deleted_engine(), engine, wts_component_instance_pre_instantiate(pre, h, &out));
    CHECK_HANDLES(h, stale, store, wts_component_instance_pre_delete(h));
    CHECK_STATUS(wts_component_instance_pre_instantiate(pre, store, NULL), WTS_ERR_NULL);
    WTS_SCOPED(engine) other = 0;
    CHECK_OK(wts_engine_new(0, &other));
    WTS_SCOPED(store) foreign = 0;
    CHECK_OK(wts_store_new(other, 0, &foreign));
    CHECK_STATUS(wts_component_instance_pre_instantiate(pre, foreign, &out), WTS_ERR_WRONG_STORE);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(one_is_instantiated_many_times);
    RUN(asynchronous_stores_run_components);
    RUN(resumable_calls_reach_components);
    RUN(wrong_handles_are_refused);
    END;
}
