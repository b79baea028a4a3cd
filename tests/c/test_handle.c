#include "test.h"

TEST(kinds_are_read_from_live_handles) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module("(module)");
    WTS_SCOPED(instance_pre) pre = 0;
    WTS_SCOPED(reference) reference = 0;
    WTS_SCOPED(store) store = new_store();
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_type_new_global(WTS_I32, 0, &type));
    CHECK_OK(wts_linker_instantiate_pre(linker, module, &pre));
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    const wts_instance_t instance = new_instance(store,
        "(module (func (export \"f\")) (memory (export \"m\") 1) (table (export \"t\") 1 funcref)"
        "  (global (export \"g\") i32 (i32.const 0)))");
    CHECK_EQ(wts_handle_kind(config), WTS_KIND_CONFIG);
    CHECK_EQ(wts_handle_kind(engine), WTS_KIND_ENGINE);
    CHECK_EQ(wts_handle_kind(module), WTS_KIND_MODULE);
    CHECK_EQ(wts_handle_kind(type), WTS_KIND_TYPE);
    CHECK_EQ(wts_handle_kind(store), WTS_KIND_STORE);
    CHECK_EQ(wts_handle_kind(linker), WTS_KIND_LINKER);
    CHECK_EQ(wts_handle_kind(pre), WTS_KIND_INSTANCE_PRE);
    CHECK_EQ(wts_handle_kind(instance), WTS_KIND_INSTANCE);
    CHECK_EQ(wts_handle_kind(reference), WTS_KIND_REFERENCE);
    CHECK_EQ(wts_handle_kind(export_of(instance, "f")), WTS_KIND_FUNC);
    CHECK_EQ(wts_handle_kind(export_of(instance, "m")), WTS_KIND_MEMORY);
    CHECK_EQ(wts_handle_kind(export_of(instance, "t")), WTS_KIND_TABLE);
    CHECK_EQ(wts_handle_kind(export_of(instance, "g")), WTS_KIND_GLOBAL);
}

TEST(what_is_not_alive_has_no_kind) {
    const wts_store_t store = new_store();
    const wts_func_t func = new_export(store, "(module (func (export \"f\")))", "f");
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(wts_handle_kind(0), WTS_KIND_NONE);
    CHECK_EQ(wts_handle_kind(UINT64_MAX), WTS_KIND_NONE);
    CHECK_EQ(wts_handle_kind(INVENTED), WTS_KIND_NONE);
    CHECK_EQ(wts_handle_kind(store), WTS_KIND_NONE);
    CHECK_EQ(wts_handle_kind(func), WTS_KIND_NONE);
    CHECK_EQ(wts_handle_kind(deleted_engine()), WTS_KIND_NONE);
}

/* Any 64 bits may be asked about; a multiplicative generator visits all regions of the word. */
TEST(no_number_is_a_handle_by_chance) {
    uint64_t word = 1;
    for (int i = 0; i < 1000000; i++) {
        word = word * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        CHECK_EQ(wts_handle_kind(word), WTS_KIND_NONE);
    }
}

TEST(kinds_have_names) {
    static const char *const names[] = {
        "config", "engine", "module", "type", "store", "linker", "instance_pre", "instance",
        "func", "memory", "global", "table", "tag", "reference", "caller", "error",
        "buffer", "shared_memory", "profiler", "pending", "wasi", "component", "component_linker",
        "component_instance", "component_func", "resource", "component_instance_pre",
    };
    for (int32_t kind = WTS_KIND_CONFIG; kind <= WTS_KIND_COMPONENT_INSTANCE_PRE; kind++)
        CHECK_TEXT(wts_handle_kind_name(kind, TEXT), names[kind - 1]);
    CHECK_COPY_OUT(wts_handle_kind_name, WTS_KIND_FUNC);
    CHECK_STATUS(wts_handle_kind_name(99, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_handle_kind_name(-1, TEXT), WTS_ERR_RANGE);
}

TEST(live_handles_are_counted_by_kind) {
    const uint64_t all = live_handles(WTS_KIND_NONE), types = live_handles(WTS_KIND_TYPE);
    WTS_SCOPED(type) type = 0;
    CHECK_OK(wts_type_new_global(WTS_I32, 0, &type));
    CHECK_EQ(live_handles(WTS_KIND_TYPE), types + 1);
    CHECK_EQ(live_handles(WTS_KIND_NONE), all + 1);

    const wts_store_t store = new_store();
    CHECK_OK(wts_handle_live_count(WTS_KIND_FUNC, &(uint64_t){0}));
    (void)new_export(store, "(module (func (export \"f\")))", "f");
    CHECK_EQ(live_handles(WTS_KIND_STORE), 1);
    CHECK_EQ(live_handles(WTS_KIND_INSTANCE), 1);
    CHECK_EQ(live_handles(WTS_KIND_FUNC), 1);
    CHECK_OK(wts_store_delete(store));
    CHECK_EQ(live_handles(WTS_KIND_NONE), all + 1);

    CHECK_STATUS(wts_handle_live_count(99, &(uint64_t){0}), WTS_ERR_RANGE);
    CHECK_STATUS(wts_handle_live_count(WTS_KIND_FUNC, NULL), WTS_ERR_NULL);
}

static int by_value(const void *a, const void *b) {
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Stores, their functions and types come and go; no handle comes back, and all are positive. */
TEST(no_handle_is_issued_twice) {
    enum { ROUNDS = 20000, EACH = 3 };
    uint64_t *const handles = malloc(ROUNDS * EACH * sizeof *handles);
    for (size_t i = 0; i < ROUNDS; i++) {
        wts_type_t type = 0;
        const wts_store_t store = new_store();
        CHECK_OK(wts_type_new_global(WTS_I32, 0, &type));
        CHECK_OK(wts_type_delete(type));
        wts_reference_t reference = 0;
        CHECK_OK(wts_externref_new(store, i, NULL, NULL, &reference));
        CHECK_OK(wts_store_delete(store));
        handles[i * EACH] = store;
        handles[i * EACH + 1] = type;
        handles[i * EACH + 2] = reference;
    }
    qsort(handles, ROUNDS * EACH, sizeof *handles, by_value);
    CHECK(handles[0] != 0);
    for (size_t i = 1; i < ROUNDS * EACH; i++) CHECK(handles[i - 1] != handles[i]);
    CHECK((int64_t)handles[ROUNDS * EACH - 1] > 0);
    free(handles);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(kinds_are_read_from_live_handles);
    RUN(what_is_not_alive_has_no_kind);
    RUN(no_number_is_a_handle_by_chance);
    RUN(kinds_have_names);
    RUN(live_handles_are_counted_by_kind);
    RUN(no_handle_is_issued_twice);
    END;
}
