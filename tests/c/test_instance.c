#include "callbacks.h"

#define EXPORTS                                                                                    \
    "(module (func (export \"run\")) (memory (export \"heap\") 1)"                                 \
    "  (table (export \"functions\") 1 funcref) (global (export \"answer\") i32 (i32.const 42)))"

TEST(imports_are_given_in_order) {
    static int32_t seven = 7;
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"a\" \"f\" (func $f (param i32) (result i32)))"
        "  (import \"b\" \"g\" (func $g (param i32) (result i32)))"
        "  (import \"c\" \"m\" (memory 1))"
        "  (func (export \"run\") (result i32)"
        "    (i32.store (i32.const 0) (call $f (i32.const 9)))"
        "    (i32.mul (i32.load (i32.const 0)) (call $g (i32.const 0)))))");
    const wts_memory_t memory = new_export(store, "(module (memory (export \"m\") 1))", "m");
    const wts_func_t f = new_func(store, add_one, NULL), g = new_func(store, answer, &seven);
    wts_instance_t instance = 0;
    int32_t result = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_ITEMS(f, g, memory), &instance));
    CHECK_OK(wts_call_i32(export_of(instance, "run"), &result));
    CHECK_EQ(result, 70);
}

TEST(imports_that_do_not_fit_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    const wts_func_t func = new_func(store, add_one, NULL);
    const wts_memory_t memory = new_export(store, "(module (memory (export \"m\") 1))", "m");
    wts_func_t of_other_type = 0;
    wts_instance_t instance = 7;
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_F64), WTS_NOTHING, nothing, NULL, NULL, &of_other_type));

    CHECK_ERROR(wts_instance_new(store, module, WTS_NOTHING, &instance), WTS_ERR_LINK, "env", "f");
    CHECK_STATUS(wts_instance_new(store, module, WTS_ITEMS(func, func), &instance), WTS_ERR_LINK);
    CHECK_ERROR(wts_instance_new(store, module, WTS_ITEMS(of_other_type), &instance), WTS_ERR_LINK, "env", "f", "i32",
                "f64");
    CHECK_ERROR(wts_instance_new(store, module, WTS_ITEMS(memory), &instance), WTS_ERR_LINK, "env", "func", "memory");
    CHECK_STATUS(wts_instance_new(store, module, WTS_ITEMS(new_func(foreign, add_one, NULL)), &instance),
                 WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_instance_new(store, module, NULL, 1, &instance), WTS_ERR_NULL);
    CHECK_EQ(instance, 7);
    CHECK_OK(wts_instance_new(store, module, WTS_ITEMS(func), &instance));
}

TEST(a_module_of_another_engine_is_refused) {
    WTS_SCOPED(engine) another = 0;
    WTS_SCOPED(store) store = new_store();
    CHECK_OK(wts_engine_new(0, &another));
    WTS_SCOPED(module) foreign = new_module_of(another, "(module)");
    wts_instance_t instance = 7;
    CHECK_ERROR(wts_instance_new(store, foreign, WTS_NOTHING, &instance), WTS_ERR_WRONG_STORE, "engine");
    CHECK_EQ(instance, 7);
}

TEST(a_start_function_runs) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) trapping = new_module("(module (func $f unreachable) (start $f))");
    const wts_global_t global = new_export(
        store,
        "(module (global $g (export \"g\") (mut i32) (i32.const 0))"
        "  (func $f i32.const 42 global.set $g) (start $f))",
        "g");
    int64_t value = 0;
    wts_instance_t instance = 7;
    CHECK_OK(wts_global_get(global, &value, 1));
    CHECK_EQ(value, 42);
    CHECK_STATUS(wts_instance_new(store, trapping, WTS_NOTHING, &instance), WTS_ERR_TRAP);
    CHECK_EQ(instance, 7);
}

TEST(segments_out_of_bounds_are_traps) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) data = new_module("(module (memory 1) (data (i32.const 65536) \"x\"))");
    WTS_SCOPED(module) element = new_module("(module (table 1 funcref) (func $f) (elem (i32.const 1) $f))");
    wts_instance_t instance = 0;
    int32_t code = 0;
    CHECK_STATUS(wts_instance_new(store, data, WTS_NOTHING, &instance), WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_MEMORY_OUT_OF_BOUNDS);
    CHECK_STATUS(wts_instance_new(store, element, WTS_NOTHING, &instance), WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_TABLE_OUT_OF_BOUNDS);
}

/* Wasmtime allows a store so many instances in its life. */
TEST(instances_of_a_store_are_limited) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module("(module)");
    WTS_SCOPED(linker) linker = new_linker();
    wts_instance_t instance = 0, extra = 7;
    int made = 0;
    while (made < 10000 && wts_instance_new(store, module, WTS_NOTHING, &instance) == WTS_OK) made++;
    CHECK_EQ(made, 10000);
    CHECK_ERROR(wts_instance_new(store, module, WTS_NOTHING, &extra), WTS_ERR_LIMIT, "10001");
    CHECK_ERROR(wts_linker_instantiate(linker, store, module, &extra), WTS_ERR_LIMIT, "10001");
    CHECK_EQ(extra, 7);
}

TEST(a_memory_that_nothing_can_hold_is_no_link_error) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) memory = new_module("(module (memory i64 0x100000000000))");
    WTS_SCOPED(linker) linker = new_linker();
    wts_instance_t instance = 7;
    for (int i = 0; i < 2; i++) {
        const wts_status_t status = i == 0 ? wts_instance_new(store, memory, WTS_NOTHING, &instance)
                                           : wts_linker_instantiate(linker, store, memory, &instance);
        CHECK(status == WTS_ERR_MEMORY || status == WTS_ERR_LIMIT);
    }
    CHECK_EQ(instance, 7);
}

TEST(exports_are_got_by_name_and_by_index) {
    static const struct {
        const char *name;
        int32_t kind;
    } expected[] = {
        {"run", WTS_KIND_FUNC},
        {"heap", WTS_KIND_MEMORY},
        {"functions", WTS_KIND_TABLE},
        {"answer", WTS_KIND_GLOBAL},
    };
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, EXPORTS);
    size_t count = 0;
    CHECK_OK(wts_instance_export_count(instance, &count));
    CHECK_EQ(count, 4);
    for (size_t i = 0; i < 4; i++) {
        uint64_t item = 0;
        int32_t kind = 0;
        CHECK_TEXT(wts_instance_export_name(instance, i, TEXT), expected[i].name);
        CHECK_OK(wts_instance_export_kind(instance, i, &kind));
        CHECK_EQ(kind, expected[i].kind);
        CHECK_OK(wts_instance_export_at(instance, i, &item));
        CHECK_EQ(wts_handle_kind(item), kind);
        CHECK_EQ(export_of(instance, expected[i].name), item);
        CHECK_EQ(export_of(instance, expected[i].name), item);
    }
    CHECK_COPY_OUT(wts_instance_export_name, instance, 0);
}

TEST(what_is_no_import_is_told_from_what_is_wanted) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    WTS_SCOPED(module) module =
        new_module("(module (import \"m\" \"f\" (func)) (import \"m\" \"g\" (global i32)))");
    const wts_func_t func = new_export(store, "(module (func (export \"f\")))", "f");
    const wts_func_t foreign = new_export(other, "(module (func (export \"f\")))", "f");
    const wts_instance_t instance = new_instance(store, "(module)");
    wts_instance_t made = 7;
    CHECK_ERROR(wts_instance_new(store, module, (const uint64_t[]){0, 0}, 2, &made), WTS_ERR_HANDLE,
                "expected a func handle");
    CHECK_ERROR(wts_instance_new(store, module, (const uint64_t[]){func, 0}, 2, &made), WTS_ERR_HANDLE,
                "expected a global handle");
    CHECK_ERROR(wts_instance_new(store, module, (const uint64_t[]){func, INVENTED}, 2, &made), WTS_ERR_HANDLE,
                "expected a global handle");
    CHECK_ERROR(wts_instance_new(store, module, (const uint64_t[]){func, instance}, 2, &made), WTS_ERR_KIND,
                "expected a global handle", "got an instance handle");
    CHECK_ERROR(wts_instance_new(store, module, (const uint64_t[]){func, engine}, 2, &made), WTS_ERR_KIND,
                "expected a global handle", "got an engine handle");
    CHECK_ERROR(wts_instance_new(store, module, (const uint64_t[]){func, foreign}, 2, &made), WTS_ERR_WRONG_STORE,
                "another store");
    CHECK_EQ(made, 7);
}

TEST(what_is_not_exported_is_not_found) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, EXPORTS);
    uint64_t item = 7;
    int32_t kind = 0;
    CHECK_ERROR(wts_instance_get_export(instance, WTS_STR("ruin"), &item), WTS_ERR_NOT_FOUND, "ruin", "run", "heap",
                "functions", "answer");
    CHECK_STATUS(wts_instance_get_export(instance, NULL, 0, &item), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_instance_get_export(instance, "\xff", 1, &item), WTS_ERR_UTF8);
    CHECK_STATUS(wts_instance_get_export(instance, NULL, 1, &item), WTS_ERR_NULL);
    CHECK_STATUS(wts_instance_export_name(instance, 4, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_instance_export_kind(instance, 4, &kind), WTS_ERR_RANGE);
    CHECK_STATUS(wts_instance_export_at(instance, SIZE_MAX, &item), WTS_ERR_RANGE);
    CHECK_EQ(item, 7);
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module("(module)");
    const wts_instance_t instance = new_instance(store, EXPORTS);
    CHECK_STATUS(wts_instance_new(store, module, WTS_NOTHING, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_instance_get_export(instance, WTS_STR("run"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_instance_export_count(instance, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_instance_export_kind(instance, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_instance_export_at(instance, 0, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_store_t stale_store = new_store();
    const wts_instance_t stale = new_instance(stale_store, EXPORTS);
    const wts_func_t stale_func = new_func(stale_store, add_one, NULL);
    const wts_module_t stale_module = new_module("(module)");
    WTS_SCOPED(module) module = new_module("(module)");
    WTS_SCOPED(module) importing = new_module(PASSES_ON);
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL);
    const wts_instance_t instance = new_instance(store, "(module)");
    uint64_t item = 0;
    size_t count = 0;
    int32_t kind = 0;
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_OK(wts_module_delete(stale_module));
    CHECK_HANDLES(h, stale_store, func, wts_instance_new(h, module, WTS_NOTHING, &item));
    CHECK_HANDLES(h, stale_module, engine, wts_instance_new(store, h, WTS_NOTHING, &item));
    CHECK_HANDLES(h, stale_func, instance, wts_instance_new(store, importing, WTS_ITEMS(h), &item));
    const uint64_t wrong[] = {func, engine};
    for (int i = 0; i < 2; i++) {
        CHECK_HANDLES(h, stale, wrong[i], wts_instance_get_export(h, WTS_STR("run"), &item));
        CHECK_HANDLES(h, stale, wrong[i], wts_instance_export_count(h, &count));
        CHECK_HANDLES(h, stale, wrong[i], wts_instance_export_name(h, 0, TEXT));
        CHECK_HANDLES(h, stale, wrong[i], wts_instance_export_kind(h, 0, &kind));
        CHECK_HANDLES(h, stale, wrong[i], wts_instance_export_at(h, 0, &item));
    }
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(imports_are_given_in_order);
    RUN(imports_that_do_not_fit_are_refused);
    RUN(a_module_of_another_engine_is_refused);
    RUN(a_start_function_runs);
    RUN(segments_out_of_bounds_are_traps);
    RUN(instances_of_a_store_are_limited);
    RUN(a_memory_that_nothing_can_hold_is_no_link_error);
    RUN(exports_are_got_by_name_and_by_index);
    RUN(what_is_no_import_is_told_from_what_is_wanted);
    RUN(what_is_not_exported_is_not_found);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
