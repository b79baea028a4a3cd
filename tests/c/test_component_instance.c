/* Instances of components: functions by their paths. */
#include "component.h"

#define NESTED                                                                                     \
    "(component"                                                                                   \
    "  (core module $m"                                                                            \
    "    (func (export \"f\") (result i32) (i32.const 1)) (func (export \"g\") (result i32) (i32.const 2)))" \
    "  (core instance $i (instantiate $m))"                                                        \
    "  (func $f (result u8) (canon lift (core func $i \"f\")))"                                    \
    "  (func $g (result u8) (canon lift (core func $i \"g\")))"                                    \
    "  (instance $inner (export \"f\" (func $g)))"                                                 \
    "  (instance $outer (export \"inner\" (instance $inner)) (export \"f\" (func $f)))"            \
    "  (export \"ns:pkg/iface@1.0.0\" (instance $outer))"                                          \
    "  (export \"f\" (func $f)))"

TEST(functions_have_paths) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(component_linker) linker = new_component_linker();
    const wts_component_instance_t instance = instantiate(linker, store, NESTED);
    CHECK_EQ(wts_handle_kind(instance), WTS_KIND_COMPONENT_INSTANCE);
    const wts_component_func_t f = component_func(instance, "f");
    CHECK_EQ(component_func(instance, "f"), f);
    CHECK_WAVE(f, "()", "1");
    CHECK_WAVE(component_func(instance, "ns:pkg/iface@1.0.0#f"), "()", "1");
    CHECK_WAVE(component_func(instance, "ns:pkg/iface@1.0.0#inner#f"), "()", "2");
    /* A version that is compatible. */
    CHECK_WAVE(component_func(instance, "ns:pkg/iface@1.2.3#f"), "()", "1");
    wts_component_func_t out = 7;
    CHECK_ERROR(wts_component_instance_get_func(instance, WTS_STR("g"), &out), WTS_ERR_NOT_FOUND, "\"g\"",
                "\"ns:pkg/iface@1.0.0#inner#f\"");
    CHECK_STATUS(wts_component_instance_get_func(instance, WTS_NOTHING, &out), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_component_instance_get_func(instance, WTS_STR("#"), &out), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_component_instance_get_func(instance, WTS_STR("f#f"), &out), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_component_instance_get_func(instance, WTS_STR("ns:pkg/iface@2.0.0#f"), &out), WTS_ERR_NOT_FOUND);
    CHECK_ERROR(wts_component_instance_get_func(instance, WTS_STR("ns:pkg/iface@1.0.0"), &out), WTS_ERR_TYPE,
                "not a function");
    CHECK_STATUS(wts_component_instance_get_func(instance, WTS_STR("\xFF"), &out), WTS_ERR_UTF8);
    CHECK_STATUS(wts_component_instance_get_func(instance, NULL, 1, &out), WTS_ERR_NULL);
    CHECK_STATUS(wts_component_instance_get_func(instance, WTS_STR("f"), NULL), WTS_ERR_NULL);
    CHECK_EQ(out, 7);
    const wts_component_instance_t empty = instantiate(linker, store, "(component)");
    CHECK_ERROR(wts_component_instance_get_func(empty, WTS_STR("f"), &out), WTS_ERR_NOT_FOUND, "exports nothing");
}

TEST(wrong_handles_are_refused) {
    WTS_SCOPED(component_linker) linker = new_component_linker();
    WTS_SCOPED(store) store = new_store();
    wts_store_t gone = new_store();
    const wts_component_instance_t stale = instantiate(linker, gone, NESTED);
    CHECK_OK(wts_store_delete(gone));
    wts_component_func_t out = 0;
    CHECK_HANDLES(h, stale, store, wts_component_instance_get_func(h, WTS_STR("f"), &out));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(functions_have_paths);
    RUN(wrong_handles_are_refused);
    END;
}
