#include "callbacks.h"

static wts_table_t new_table(wts_store_t store, int32_t element, uint64_t minimum, uint64_t maximum, uint64_t init) {
    WTS_SCOPED(type) type = 0;
    wts_table_t table = 0;
    CHECK_OK(wts_type_new_table(element, minimum, maximum, 0, &type));
    CHECK_OK(wts_table_new(store, type, init, &table));
    return table;
}

static uint64_t element(wts_table_t table, uint64_t index) {
    uint64_t value = 0;
    CHECK_OK(wts_table_get(table, index, &value));
    return value;
}

TEST(tables_of_functions_hold_their_handles) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL), other = new_func(store, add_one, NULL);
    const wts_table_t table = new_table(store, WTS_FUNCREF, 3, 5, func);
    uint64_t size = 0;
    CHECK_OK(wts_table_size(table, &size));
    CHECK_EQ(size, 3);
    for (uint64_t i = 0; i < 3; i++) CHECK_EQ(element(table, i), func);
    CHECK_OK(wts_table_set(table, 1, other));
    CHECK_OK(wts_table_set(table, 2, 0));
    CHECK_EQ(element(table, 0), func);
    CHECK_EQ(element(table, 1), other);
    CHECK_EQ(element(table, 2), 0);
}

TEST(tables_of_host_references_give_new_handles) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) reference = 0;
    int drops = 0;
    CHECK_OK(wts_externref_new(store, 42, &drops, count_drop, &reference));
    const wts_table_t table = new_table(store, WTS_EXTERNREF, 2, WTS_UNLIMITED, 0);
    CHECK_EQ(element(table, 0), 0);
    CHECK_OK(wts_table_set(table, 0, reference));
    CHECK_OK(wts_reference_delete(reference));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 0);

    /* The table holds it still. */
    reference = element(table, 0);
    uint64_t value = 0;
    CHECK_OK(wts_externref_get(reference, &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_reference_delete(reference));
    reference = 0;
    CHECK_OK(wts_table_set(table, 0, 0));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
}

TEST(a_table_grows_to_its_limit) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL);
    const wts_table_t table = new_table(store, WTS_FUNCREF, 1, 3, 0);
    uint64_t previous = 7, size = 0;
    CHECK_OK(wts_table_grow(table, 2, func, &previous));
    CHECK_EQ(previous, 1);
    CHECK_EQ(element(table, 0), 0);
    CHECK_EQ(element(table, 2), func);
    CHECK_STATUS(wts_table_grow(table, 1, func, &previous), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_table_grow(table, UINT64_MAX, 0, &previous), WTS_ERR_LIMIT);
    CHECK_OK(wts_table_size(table, &size));
    CHECK(size == 3 && previous == 1);
}

TEST(indices_out_of_bounds_are_told_the_size) {
    WTS_SCOPED(store) store = new_store();
    const wts_table_t table = new_table(store, WTS_FUNCREF, 3, 3, 0);
    uint64_t value = 7;
    CHECK_ERROR(wts_table_get(table, 3, &value), WTS_ERR_RANGE, "3");
    CHECK_STATUS(wts_table_get(table, UINT64_MAX, &value), WTS_ERR_RANGE);
    CHECK_ERROR(wts_table_set(table, 4, 0), WTS_ERR_RANGE, "4", "3");
    CHECK_STATUS(wts_table_set(table, UINT64_MAX, 0), WTS_ERR_RANGE);
    CHECK_EQ(value, 7);
}

TEST(guest_and_host_share_it) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    const wts_instance_t instance = new_instance(
        store,
        "(module (table (export \"t\") 2 funcref)"
        "  (func (export \"call\") (param i32 i32) (result i32)"
        "    local.get 1 local.get 0 call_indirect (param i32) (result i32)))");
    const wts_table_t table = export_of(instance, "t");
    int32_t result = 0;
    CHECK_OK(wts_table_set(table, 1, new_func(store, add_one, NULL)));
    CHECK_OK(wts_call_i32_i32_i32(export_of(instance, "call"), 1, 41, &result));
    CHECK_EQ(result, 42);
    CHECK_STATUS(wts_call_i32_i32_i32(export_of(instance, "call"), 0, 41, &result), WTS_ERR_TRAP);
    CHECK_OK(wts_table_type(table, &type));
    CHECK_TEXT(wts_type_text(type, TEXT), "(table 2 funcref)");
}

TEST(values_that_do_not_fit_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    WTS_SCOPED(reference) reference = 0;
    WTS_SCOPED(type) func_type = 0;
    WTS_SCOPED(type) table_type = 0;
    const wts_func_t func = new_func(store, add_one, NULL), foreign_func = new_func(foreign, add_one, NULL);
    const wts_table_t funcs = new_table(store, WTS_FUNCREF, 1, 2, func);
    const wts_table_t externs = new_table(store, WTS_EXTERNREF, 1, 2, 0);
    uint64_t previous = 7;
    wts_table_t made = 7;
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    CHECK_OK(wts_type_new_func(WTS_NOTHING, WTS_NOTHING, &func_type));
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, 1, 0, &table_type));
    CHECK_STATUS(wts_table_new(store, func_type, 0, &made), WTS_ERR_TYPE);
    CHECK_STATUS(wts_table_new(store, table_type, foreign_func, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_table_new(store, table_type, reference, &made), WTS_ERR_KIND);
    CHECK_STATUS(wts_table_set(funcs, 0, foreign_func), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_table_set(funcs, 0, reference), WTS_ERR_KIND);
    CHECK_STATUS(wts_table_set(externs, 0, func), WTS_ERR_KIND);
    CHECK_STATUS(wts_table_set(funcs, 0, INVENTED), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_table_grow(funcs, 1, foreign_func, &previous), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_table_grow(externs, 1, func, &previous), WTS_ERR_KIND);
    CHECK(made == 7 && previous == 7);
    CHECK_EQ(element(funcs, 0), func);
}

TEST(a_table_of_non_null_functions_takes_no_null) {
    WTS_SCOPED(store) store = new_store();
    const wts_table_t table = new_export(
        store, "(module (func $f) (table (export \"t\") 1 2 (ref func) (ref.func $f)))", "t");
    uint64_t previous = 7;
    CHECK_ERROR(wts_table_set(table, 0, 0), WTS_ERR_TYPE, "null");
    CHECK_STATUS(wts_table_grow(table, 1, 0, &previous), WTS_ERR_TYPE);
    CHECK_OK(wts_table_set(table, 0, new_func(store, add_one, NULL)));
    CHECK_EQ(previous, 7);
}

/* Both are references of the guest's, but the table holds one kind of them only. */
TEST(an_element_of_another_type_is_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(reference) structure = 0;
    WTS_SCOPED(reference) number = 0;
    const wts_instance_t instance = new_instance(
        store,
        "(module (type $s (struct)) (func (export \"struct\") (result anyref) struct.new $s)"
        "  (func (export \"i31\") (result anyref) i32.const 7 ref.i31))");
    int64_t slot = 0;
    uint64_t previous = 7, size = 0;
    wts_table_t table = 7;
    CHECK_OK(wts_func_call(export_of(instance, "struct"), WTS_NOTHING, &slot, 1));
    structure = wts_slot_to_handle(slot);
    CHECK_OK(wts_func_call(export_of(instance, "i31"), WTS_NOTHING, &slot, 1));
    number = wts_slot_to_handle(slot);
    CHECK_OK(wts_type_new_table(WTS_I31REF, 1, 5, 0, &type));
    CHECK_ERROR(wts_table_new(store, type, structure, &table), WTS_ERR_TYPE, "i31");
    CHECK_EQ(table, 7);
    CHECK_OK(wts_table_new(store, type, number, &table));
    CHECK_ERROR(wts_table_grow(table, 1, structure, &previous), WTS_ERR_TYPE, "i31");
    CHECK_ERROR(wts_table_set(table, 0, structure), WTS_ERR_TYPE, "i31");
    CHECK_OK(wts_table_size(table, &size));
    CHECK(size == 1 && previous == 7);
    CHECK_OK(wts_table_grow(table, 1, number, &previous));
}

TEST(a_table_too_large_is_a_limit) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    wts_table_t table = 7;
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, UINT64_C(1) << 50, WTS_UNLIMITED, WTS_TABLE_64, &type));
    CHECK_STATUS(wts_table_new(store, type, 0, &table), WTS_ERR_LIMIT);
    CHECK_EQ(table, 7);
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    const wts_table_t table = new_table(store, WTS_FUNCREF, 1, 2, 0);
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, 1, 0, &type));
    CHECK_STATUS(wts_table_new(store, type, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_table_type(table, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_table_get(table, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_table_size(table, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_table_grow(table, 0, 0, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_store_t stale_store = new_store();
    const wts_table_t stale = new_table(stale_store, WTS_FUNCREF, 1, 1, 0);
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    const wts_func_t func = new_func(store, add_one, NULL);
    wts_type_t stale_type = 0, made = 0;
    uint64_t number = 0;
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, 1, 0, &type));
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, 1, 0, &stale_type));
    CHECK_OK(wts_type_delete(stale_type));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_HANDLES(h, stale_store, func, wts_table_new(h, type, 0, &number));
    CHECK_HANDLES(h, stale_type, engine, wts_table_new(store, h, 0, &number));
    const uint64_t wrong[] = {func, engine};
    for (int i = 0; i < 2; i++) {
        CHECK_HANDLES(h, stale, wrong[i], wts_table_type(h, &made));
        CHECK_HANDLES(h, stale, wrong[i], wts_table_get(h, 0, &number));
        CHECK_HANDLES(h, stale, wrong[i], wts_table_set(h, 0, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_table_size(h, &number));
        CHECK_HANDLES(h, stale, wrong[i], wts_table_grow(h, 1, 0, &number));
    }
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(tables_of_functions_hold_their_handles);
    RUN(tables_of_host_references_give_new_handles);
    RUN(a_table_grows_to_its_limit);
    RUN(indices_out_of_bounds_are_told_the_size);
    RUN(guest_and_host_share_it);
    RUN(values_that_do_not_fit_are_refused);
    RUN(a_table_of_non_null_functions_takes_no_null);
    RUN(an_element_of_another_type_is_refused);
    RUN(a_table_too_large_is_a_limit);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
