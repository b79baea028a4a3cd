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

TEST(elements_are_filled) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    WTS_SCOPED(reference) reference = 0;
    const wts_func_t func = new_func(store, add_one, NULL), foreign_func = new_func(foreign, add_one, NULL);
    const wts_table_t table = new_table(store, WTS_FUNCREF, 6, 6, 0);
    CHECK_OK(wts_table_fill(table, 1, func, 4));
    for (uint64_t i = 0; i < 6; i++) CHECK_EQ(element(table, i), i >= 1 && i < 5 ? func : 0);
    CHECK_OK(wts_table_fill(table, 2, 0, 1));
    CHECK_EQ(element(table, 2), 0);
    CHECK_OK(wts_table_fill(table, 6, func, 0));
    CHECK_ERROR(wts_table_fill(table, 3, 0, 4), WTS_ERR_RANGE, "4 elements", "index 3", "6 elements");
    CHECK_STATUS(wts_table_fill(table, 7, 0, 0), WTS_ERR_RANGE);
    CHECK_STATUS(wts_table_fill(table, 1, 0, UINT64_MAX), WTS_ERR_RANGE);
    CHECK_EQ(element(table, 3), func);
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    CHECK_STATUS(wts_table_fill(table, 0, reference, 1), WTS_ERR_KIND);
    CHECK_STATUS(wts_table_fill(table, 0, foreign_func, 1), WTS_ERR_WRONG_STORE);

    const wts_table_t externs = new_table(store, WTS_EXTERNREF, 3, 3, 0);
    CHECK_OK(wts_table_fill(externs, 0, reference, 3));
    WTS_SCOPED(reference) last = element(externs, 2);
    uint64_t value = 0;
    CHECK_OK(wts_externref_get(last, &value));
    CHECK_EQ(value, 1);
    const wts_table_t strict = new_export(
        store, "(module (func $f) (table (export \"t\") 1 2 (ref func) (ref.func $f)))", "t");
    CHECK_STATUS(wts_table_fill(strict, 0, 0, 1), WTS_ERR_TYPE);
}

TEST(elements_are_copied_also_onto_themselves) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    uint64_t funcs[5];
    const wts_table_t table = new_table(store, WTS_FUNCREF, 5, 5, 0), other = new_table(store, WTS_FUNCREF, 3, 3, 0);
    for (uint64_t i = 0; i < 5; i++) CHECK_OK(wts_table_set(table, i, funcs[i] = new_func(store, add_one, NULL)));
    CHECK_OK(wts_table_copy(other, 1, table, 3, 2));
    CHECK_EQ(element(other, 0), 0);
    CHECK_EQ(element(other, 1), funcs[3]);
    CHECK_EQ(element(other, 2), funcs[4]);
    CHECK_OK(wts_table_copy(table, 1, table, 0, 4));
    for (uint64_t i = 0; i < 5; i++) CHECK_EQ(element(table, i), funcs[i == 0 ? 0 : i - 1]);
    CHECK_OK(wts_table_copy(table, 0, table, 1, 4));
    for (uint64_t i = 0; i < 4; i++) CHECK_EQ(element(table, i), funcs[i]);

    CHECK_OK(wts_table_copy(other, 3, table, 5, 0));
    CHECK_ERROR(wts_table_copy(other, 2, table, 0, 2), WTS_ERR_RANGE, "index 2", "3 elements");
    CHECK_ERROR(wts_table_copy(other, 0, table, 4, 2), WTS_ERR_RANGE, "index 4", "5 elements");
    CHECK_STATUS(wts_table_copy(other, UINT64_MAX, table, 0, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_table_copy(other, 0, table, 1, UINT64_MAX), WTS_ERR_RANGE);
    const wts_table_t externs = new_table(store, WTS_EXTERNREF, 3, 3, 0);
    CHECK_ERROR(wts_table_copy(table, 0, externs, 0, 1), WTS_ERR_TYPE, "extern");
    CHECK_STATUS(wts_table_copy(table, 0, new_table(foreign, WTS_FUNCREF, 3, 3, 0), 0, 1), WTS_ERR_WRONG_STORE);
    CHECK_EQ(element(table, 0), funcs[0]);

    /* From a table that holds no null to one that may, but not back. */
    const wts_table_t strict = new_export(
        store, "(module (func $f) (table (export \"t\") 1 2 (ref func) (ref.func $f)))", "t");
    CHECK_OK(wts_table_copy(table, 0, strict, 0, 1));
    CHECK_EQ(element(table, 0), element(strict, 0));
    CHECK_STATUS(wts_table_copy(strict, 0, table, 0, 1), WTS_ERR_TYPE);
}

TEST(references_are_copied_and_held) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) reference = 0;
    int drops = 0;
    const wts_table_t one = new_table(store, WTS_EXTERNREF, 2, 2, 0), two = new_table(store, WTS_EXTERNREF, 2, 2, 0);
    CHECK_OK(wts_externref_new(store, 42, &drops, count_drop, &reference));
    CHECK_OK(wts_table_fill(one, 0, reference, 2));
    CHECK_OK(wts_reference_delete(reference));
    reference = 0;
    CHECK_OK(wts_table_copy(two, 0, one, 0, 2));
    CHECK_OK(wts_table_fill(one, 0, 0, 2));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 0);
    CHECK_OK(wts_table_copy(two, 0, one, 0, 2));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
}

TEST(tables_of_64_bits_work) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(type) found = 0;
    wts_table_t table = 0;
    const uint64_t far = (UINT64_C(1) << 32) + 1, further = UINT64_C(1) << 40;
    const wts_func_t func = new_func(store, add_one, NULL);
    uint64_t previous = 7, value = 7;
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 2, further, WTS_TABLE_64, &type));
    CHECK_OK(wts_table_new(store, type, 0, &table));
    CHECK_OK(wts_table_type(table, &found));
    CHECK_TEXT(wts_type_text(found, TEXT), "(table i64 2 1099511627776 funcref)");
    CHECK_OK(wts_table_set(table, 1, func));
    CHECK_EQ(element(table, 1), func);
    /* 2^32 + 1 is not taken for 1. */
    CHECK_STATUS(wts_table_get(table, far, &value), WTS_ERR_RANGE);
    CHECK_STATUS(wts_table_set(table, far, 0), WTS_ERR_RANGE);
    CHECK_STATUS(wts_table_fill(table, far, 0, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_table_copy(table, 0, table, far, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_table_copy(table, far, table, 0, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_table_grow(table, further, 0, &previous), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_table_grow(table, further - 2, 0, &previous), WTS_ERR_LIMIT);
    CHECK(previous == 7 && value == 7);
    CHECK_EQ(element(table, 1), func);
    CHECK_OK(wts_table_grow(table, 3, func, &previous));
    CHECK_EQ(previous, 2);
    const wts_table_t exported = new_export(store, "(module (table (export \"t\") i64 3 9 funcref))", "t");
    CHECK_OK(wts_table_copy(exported, 1, table, 3, 2));
    CHECK_EQ(element(exported, 2), func);
}

/* What the guest puts into a slot comes out as the handle that its export has, and can be called. */
TEST(a_function_moves_through_a_slot) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (table (export \"t\") 3 funcref) (elem (i32.const 1) $inc)"
        "  (func $inc (export \"inc\") (param i32) (result i32) local.get 0 i32.const 1 i32.add)"
        "  (func (export \"move\") i32.const 2 i32.const 1 table.get 0 table.set 0))");
    const wts_table_t table = export_of(instance, "t");
    int32_t result = 0;
    CHECK_EQ(element(table, 1), export_of(instance, "inc"));
    CHECK_OK(wts_call_void(export_of(instance, "move")));
    CHECK_EQ(element(table, 2), export_of(instance, "inc"));
    CHECK_OK(wts_call_i32_i32(element(table, 2), 41, &result));
    CHECK_EQ(result, 42);
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
    const wts_table_t table = new_table(store, WTS_FUNCREF, 1, 1, 0);
    CHECK_HANDLES(h, stale, func, wts_table_fill(h, 0, 0, 0));
    CHECK_HANDLES(h, stale, func, wts_table_copy(h, 0, table, 0, 0));
    CHECK_HANDLES(h, stale, func, wts_table_copy(table, 0, h, 0, 0));
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
    RUN(elements_are_filled);
    RUN(elements_are_copied_also_onto_themselves);
    RUN(references_are_copied_and_held);
    RUN(tables_of_64_bits_work);
    RUN(a_function_moves_through_a_slot);
    RUN(a_table_too_large_is_a_limit);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
