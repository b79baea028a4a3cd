#include "callbacks.h"

static wts_global_t new_global(wts_store_t store, int32_t content, int32_t is_mutable, int64_t slot) {
    WTS_SCOPED(type) type = 0;
    wts_global_t global = 0;
    CHECK_OK(wts_type_new_global(content, is_mutable, &type));
    CHECK_OK(wts_global_new(store, type, &slot, 1, &global));
    return global;
}

static int64_t slot_of(wts_global_t global) {
    int64_t slot = 0;
    CHECK_OK(wts_global_get(global, &slot, 1));
    return slot;
}

TEST(globals_hold_every_kind_of_number) {
    const struct {
        int32_t kind;
        int64_t slot;
    } cases[] = {
        {WTS_I32, -1},
        {WTS_I64, INT64_MIN},
        {WTS_F32, 0x7fc00001},
        {WTS_F64, 0x7ff0000000000001},
    };
    WTS_SCOPED(store) store = new_store();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const wts_global_t constant = new_global(store, cases[i].kind, 0, cases[i].slot);
        const wts_global_t variable = new_global(store, cases[i].kind, 1, 0);
        CHECK_EQ(slot_of(constant), cases[i].slot);
        CHECK_EQ(slot_of(variable), 0);
        CHECK_OK(wts_global_set(variable, &cases[i].slot, 1));
        CHECK_EQ(slot_of(variable), cases[i].slot);
    }
}

TEST(a_vector_takes_two_slots) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    wts_global_t global = 0;
    int64_t slots[2] = {1, -2}, back[2] = {0, 0};
    double number = 0;
    CHECK_OK(wts_type_new_global(WTS_V128, 1, &type));
    CHECK_STATUS(wts_global_new(store, type, slots, 1, &global), WTS_ERR_TYPE);
    CHECK_OK(wts_global_new(store, type, slots, 2, &global));
    CHECK_OK(wts_global_get(global, back, 2));
    CHECK(back[0] == 1 && back[1] == -2);
    slots[0] = 3;
    CHECK_OK(wts_global_set(global, slots, 2));
    CHECK_OK(wts_global_get(global, back, 2));
    CHECK(back[0] == 3 && back[1] == -2);
    CHECK_STATUS(wts_global_get(global, back, 1), WTS_ERR_TYPE);
    CHECK_STATUS(wts_global_set(global, slots, 3), WTS_ERR_TYPE);
    CHECK_STATUS(wts_global_get_f64(global, &number), WTS_ERR_TYPE);
    CHECK_STATUS(wts_global_set_f64(global, 1), WTS_ERR_TYPE);
}

TEST(globals_are_doubles_where_they_fit) {
    WTS_SCOPED(store) store = new_store();
    const wts_global_t i32 = new_global(store, WTS_I32, 1, 0), i64 = new_global(store, WTS_I64, 1, 0);
    const wts_global_t f32 = new_global(store, WTS_F32, 1, 0), f64 = new_global(store, WTS_F64, 1, 0);
    double value = 7;
    CHECK_OK(wts_global_set_f64(i32, -5));
    CHECK_EQ(slot_of(i32), -5);
    CHECK_OK(wts_global_get_f64(i32, &value));
    CHECK(value == -5);
    CHECK_OK(wts_global_set_f64(f32, 0.5));
    CHECK_EQ(slot_of(f32), 0x3f000000);
    CHECK_OK(wts_global_set_f64(f64, 0.1));
    CHECK_OK(wts_global_get_f64(f64, &value));
    CHECK(value == 0.1);
    CHECK_STATUS(wts_global_set_f64(i32, 0.5), WTS_ERR_RANGE);
    CHECK_STATUS(wts_global_set_f64(i64, 1e19), WTS_ERR_RANGE);
    CHECK_STATUS(wts_global_set_f64(f32, 0.1), WTS_ERR_RANGE);
    const int64_t big = INT64_C(9007199254740993);
    CHECK_OK(wts_global_set(i64, &big, 1));
    CHECK_STATUS(wts_global_get_f64(i64, &value), WTS_ERR_RANGE);
    CHECK(value == 0.1);
}

TEST(references_are_handles) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    WTS_SCOPED(reference) reference = 0;
    WTS_SCOPED(reference) back = 0;
    const wts_func_t func = new_func(store, add_one, NULL), foreign_func = new_func(foreign, add_one, NULL);
    const wts_global_t funcref = new_global(store, WTS_FUNCREF, 1, wts_slot_from_handle(func));
    const wts_global_t externref = new_global(store, WTS_EXTERNREF, 1, 0);
    uint64_t value = 0;
    double number = 0;
    CHECK_EQ(slot_of(funcref), func);
    CHECK_EQ(slot_of(externref), 0);
    CHECK_OK(wts_externref_new(store, 42, NULL, NULL, &reference));
    CHECK_OK(wts_global_set(externref, WTS_SLOTS(wts_slot_from_handle(reference))));
    back = wts_slot_to_handle(slot_of(externref));
    CHECK_OK(wts_externref_get(back, &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_global_set(funcref, WTS_SLOTS(0)));
    CHECK_EQ(slot_of(funcref), 0);
    CHECK_STATUS(wts_global_set(funcref, WTS_SLOTS(wts_slot_from_handle(foreign_func))), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_global_set(funcref, WTS_SLOTS(wts_slot_from_handle(reference))), WTS_ERR_KIND);
    CHECK_STATUS(wts_global_set(externref, WTS_SLOTS(wts_slot_from_handle(func))), WTS_ERR_KIND);
    CHECK_STATUS(wts_global_set(funcref, WTS_SLOTS(wts_slot_from_handle(INVENTED))), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_global_get_f64(funcref, &number), WTS_ERR_TYPE);
}

TEST(constants_stay) {
    WTS_SCOPED(store) store = new_store();
    const wts_global_t constant = new_global(store, WTS_I32, 0, 42);
    CHECK_ERROR(wts_global_set(constant, WTS_SLOTS(1)), WTS_ERR_STATE, "mutable");
    CHECK_STATUS(wts_global_set_f64(constant, 1), WTS_ERR_STATE);
    CHECK_EQ(slot_of(constant), 42);
}

TEST(guest_and_host_share_it) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (global $g (export \"g\") (mut i64) (i64.const 40))"
        "  (func (export \"add\") (param i64) global.get $g local.get 0 i64.add global.set $g))");
    const wts_global_t global = export_of(instance, "g");
    WTS_SCOPED(type) type = 0;
    CHECK_OK(wts_call_i64_void(export_of(instance, "add"), 2));
    CHECK_EQ(slot_of(global), 42);
    CHECK_OK(wts_global_type(global, &type));
    CHECK_TEXT(wts_type_text(type, TEXT), "(global (mut i64))");
}

TEST(values_that_do_not_fit_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(type) func = 0;
    const wts_global_t global = new_global(store, WTS_I32, 1, 42);
    WTS_SCOPED(type) funcref = 0;
    WTS_SCOPED(store) foreign = new_store();
    const int64_t foreign_func = wts_slot_from_handle(new_func(foreign, add_one, NULL));
    wts_global_t made = 7;
    int64_t slot = INT64_C(1) << 32;
    CHECK_OK(wts_type_new_global(WTS_I32, 1, &type));
    CHECK_OK(wts_type_new_func(WTS_NOTHING, WTS_NOTHING, &func));
    CHECK_STATUS(wts_global_new(store, type, &slot, 1, &made), WTS_ERR_RANGE);
    CHECK_STATUS(wts_global_new(store, type, WTS_NOTHING, &made), WTS_ERR_TYPE);
    CHECK_STATUS(wts_global_new(store, func, &slot, 1, &made), WTS_ERR_TYPE);
    CHECK_OK(wts_type_new_global(WTS_FUNCREF, 1, &funcref));
    CHECK_STATUS(wts_global_new(store, funcref, &foreign_func, 1, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_global_set(global, &slot, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_global_set(global, WTS_NOTHING), WTS_ERR_TYPE);
    CHECK_STATUS(wts_global_get(global, NULL, 0), WTS_ERR_TYPE);
    CHECK(made == 7 && slot_of(global) == 42);
}

TEST(nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    const wts_global_t global = new_global(store, WTS_I32, 1, 42);
    int64_t slot = 1;
    CHECK_OK(wts_type_new_global(WTS_I32, 1, &type));
    CHECK_STATUS(wts_global_new(store, type, &slot, 1, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_global_new(store, type, NULL, 1, &(wts_global_t){0}), WTS_ERR_NULL);
    CHECK_STATUS(wts_global_type(global, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_global_get(global, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_global_set(global, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_global_get_f64(global, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_store_t stale_store = new_store();
    const wts_global_t stale = new_global(stale_store, WTS_I32, 1, 0);
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    const wts_func_t func = new_func(store, add_one, NULL);
    wts_type_t stale_type = 0, made = 0;
    uint64_t number = 0;
    int64_t slot = 0;
    double real = 0;
    CHECK_OK(wts_type_new_global(WTS_I32, 1, &type));
    CHECK_OK(wts_type_new_global(WTS_I32, 1, &stale_type));
    CHECK_OK(wts_type_delete(stale_type));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_HANDLES(h, stale_store, func, wts_global_new(h, type, &slot, 1, &number));
    CHECK_HANDLES(h, stale_type, engine, wts_global_new(store, h, &slot, 1, &number));
    const uint64_t wrong[] = {func, engine};
    for (int i = 0; i < 2; i++) {
        CHECK_HANDLES(h, stale, wrong[i], wts_global_type(h, &made));
        CHECK_HANDLES(h, stale, wrong[i], wts_global_get(h, &slot, 1));
        CHECK_HANDLES(h, stale, wrong[i], wts_global_set(h, &slot, 1));
        CHECK_HANDLES(h, stale, wrong[i], wts_global_get_f64(h, &real));
        CHECK_HANDLES(h, stale, wrong[i], wts_global_set_f64(h, 0));
    }
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(globals_hold_every_kind_of_number);
    RUN(a_vector_takes_two_slots);
    RUN(globals_are_doubles_where_they_fit);
    RUN(references_are_handles);
    RUN(constants_stay);
    RUN(guest_and_host_share_it);
    RUN(values_that_do_not_fit_are_refused);
    RUN(nulls_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
