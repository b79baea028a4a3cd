#include "test.h"

#define POINT "(module (type $point (struct (field i32) (field (mut i64))))"

static wts_type_t point_type(void) {
    wts_type_t type = 0;
    CHECK_OK(wts_type_new_struct(engine, WTS_KINDS(WTS_I32, WTS_I64), WTS_KINDS(0, 1), &type));
    return type;
}

static wts_reference_t new_point(wts_store_t store, int64_t x, int64_t y) {
    WTS_SCOPED(type) type = point_type();
    wts_reference_t point = 0;
    CHECK_OK(wts_struct_new(store, type, WTS_SLOTS(x, y), &point));
    return point;
}

static int64_t field(wts_reference_t reference, size_t index) {
    int64_t value = 77;
    CHECK_OK(wts_struct_get(reference, index, &value, 1));
    return value;
}

TEST(fields_are_read_and_written) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) point = new_point(store, -3, INT64_MIN);
    size_t count = 0;
    int32_t kind = 0;
    CHECK_OK(wts_reference_kind(point, &kind));
    CHECK_EQ(kind, WTS_STRUCTREF);
    CHECK_OK(wts_struct_field_count(point, &count));
    CHECK_EQ(count, 2);
    CHECK_EQ(field(point, 0), -3);
    CHECK_EQ(field(point, 1), INT64_MIN);
    CHECK_OK(wts_struct_set(point, 1, WTS_SLOTS(9)));
    CHECK_EQ(field(point, 1), 9);
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(field(point, 1), 9);
}

/* NaN payloads and both halves of a vector survive; small integers wrap and are read as unsigned. */
TEST(every_kind_of_field_keeps_its_bits) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(reference) host = 0;
    WTS_SCOPED(reference) made = 0;
    const int64_t f32 = 0x7fa00001, f64 = INT64_C(0x7ff4000000000001);
    int64_t vector[2] = {0, 0};
    uint64_t value = 0;
    CHECK_OK(wts_externref_new(store, 42, NULL, NULL, &host));
    CHECK_OK(wts_type_new_struct(engine, WTS_KINDS(WTS_I8, WTS_I16, WTS_F32, WTS_F64, WTS_V128, WTS_EXTERNREF, WTS_FUNCREF),
                                 WTS_KINDS(1, 1, 1, 1, 1, 1, 1), &type));
    CHECK_TEXT(wts_type_text(type, TEXT),
               "(struct (field (mut i8)) (field (mut i16)) (field (mut f32)) (field (mut f64)) (field (mut v128))"
               " (field (mut externref)) (field (mut funcref)))");
    CHECK_OK(wts_struct_new(store, type, WTS_SLOTS(-1, 0x12345, f32, f64, -1, 2, wts_slot_from_handle(host), 0), &made));
    CHECK_EQ(field(made, 0), 0xff);
    CHECK_EQ(field(made, 1), 0x2345);
    CHECK_EQ(field(made, 2), f32);
    CHECK_EQ(field(made, 3), f64);
    CHECK_OK(wts_struct_get(made, 4, vector, 2));
    CHECK(vector[0] == -1 && vector[1] == 2);
    CHECK_OK(wts_struct_set(made, 4, WTS_SLOTS(3, -4)));
    CHECK_OK(wts_struct_get(made, 4, vector, 2));
    CHECK(vector[0] == 3 && vector[1] == -4);
    WTS_SCOPED(reference) again = (wts_reference_t)field(made, 5);
    CHECK_OK(wts_externref_get(again, &value));
    CHECK_EQ(value, 42);
    CHECK_EQ(field(made, 6), 0);
}

TEST(the_guest_and_the_host_share_them) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) point = new_point(store, 3, 4);
    const wts_instance_t instance = new_instance(
        store,
        POINT "(func (export \"sum\") (param (ref $point)) (result i64)"
              "  (i64.add (i64.extend_i32_s (struct.get $point 0 (local.get 0))) (struct.get $point 1 (local.get 0))))"
              "(func (export \"make\") (result (ref $point)) (struct.new $point (i32.const 8) (i64.const 9)))"
              "(func (export \"other\") (result structref) (struct.new $other (i32.const 8)))"
              "(type $other (struct (field i32))))");
    int64_t result = 0;
    CHECK_OK(wts_func_call(export_of(instance, "sum"), WTS_SLOTS(wts_slot_from_handle(point)), &result, 1));
    CHECK_EQ(result, 7);
    CHECK_OK(wts_func_call(export_of(instance, "make"), WTS_NOTHING, &result, 1));
    WTS_SCOPED(reference) made = (wts_reference_t)result;
    CHECK(field(made, 0) == 8 && field(made, 1) == 9);
    CHECK_OK(wts_func_call(export_of(instance, "other"), WTS_NOTHING, &result, 1));
    WTS_SCOPED(reference) other = (wts_reference_t)result;

    /* Of another type, null where none may be: refused before the guest runs. */
    CHECK_ERROR(wts_func_call(export_of(instance, "sum"), WTS_SLOTS(wts_slot_from_handle(other)), &result, 1),
                WTS_ERR_TYPE, "argument 0", "struct");
    CHECK_ERROR(wts_func_call(export_of(instance, "sum"), WTS_SLOTS(0), &result, 1), WTS_ERR_TYPE, "null", "struct");
}

/* Objects that only other objects hold live on; what nobody holds goes. */
TEST(the_collector_keeps_what_is_reached) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(reference) list = 0;
    CHECK_OK(wts_type_new_struct(engine, WTS_KINDS(WTS_I32, WTS_STRUCTREF), WTS_KINDS(0, 0), &type));
    for (int i = 0; i < 1000; i++) {
        wts_reference_t longer = 0;
        CHECK_OK(wts_struct_new(store, type, WTS_SLOTS(i, wts_slot_from_handle(list)), &longer));
        if (list != 0) CHECK_OK(wts_reference_delete(list));
        list = longer;
    }
    CHECK_OK(wts_store_gc(store));
    for (int i = 999; i >= 0; i--) {
        CHECK_EQ(field(list, 0), i);
        const wts_reference_t rest = (wts_reference_t)field(list, 1);
        CHECK_OK(wts_reference_delete(list));
        list = rest;
    }
    CHECK_EQ(list, 0);
}

TEST(many_that_come_and_go_leave_nothing) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = point_type();
    for (int i = 0; i < 1000; i++) CHECK_OK(wts_reference_delete(new_point(store, 1, 2)));
    const long before = resident_kib();
    for (int i = 0; i < 100000; i++) {
        wts_reference_t point = 0;
        CHECK_OK(wts_struct_new(store, type, WTS_SLOTS(i, i), &point));
        CHECK_OK(wts_reference_delete(point));
    }
    CHECK(resident_kib() - before < 8 << 10);
}

TEST(supertypes_are_declared) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) base = 0;
    WTS_SCOPED(type) derived = 0;
    WTS_SCOPED(type) alike = point_type();
    wts_type_t type = 7;
    WTS_SCOPED(reference) made = 0;
    int32_t answer = -1;
    CHECK_OK(wts_type_new_struct_of(engine, 0, 0, WTS_KINDS(WTS_I32), WTS_KINDS(0), WTS_NOTHING, &base));
    CHECK_OK(wts_type_new_struct_of(engine, base, 1, WTS_KINDS(WTS_I32, WTS_I64), WTS_KINDS(0, 1), WTS_NOTHING, &derived));
    CHECK_OK(wts_struct_new(store, derived, WTS_SLOTS(1, 2), &made));
    CHECK_OK(wts_reference_matches(made, base, &answer));
    CHECK_EQ(answer, 1);
    CHECK_OK(wts_reference_matches(made, derived, &answer));
    CHECK_EQ(answer, 1);
    CHECK_OK(wts_reference_matches(made, alike, &answer));
    CHECK_EQ(answer, 0);

    /* A final supertype, and one that the fields do not begin with. */
    CHECK_ERROR(wts_type_new_struct_of(engine, derived, 1, WTS_KINDS(WTS_I32, WTS_I64), WTS_KINDS(0, 1), WTS_NOTHING, &type),
                WTS_ERR_TYPE, "final");
    CHECK_ERROR(wts_type_new_struct_of(engine, base, 1, WTS_KINDS(WTS_F32), WTS_KINDS(0), WTS_NOTHING, &type),
                WTS_ERR_TYPE, "match");
    CHECK_EQ(type, 7);
}

TEST(wrong_fields_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) second = new_store();
    WTS_SCOPED(type) type = point_type();
    WTS_SCOPED(type) holder = 0;
    WTS_SCOPED(reference) point = new_point(store, 1, 2);
    WTS_SCOPED(reference) foreign = new_point(second, 1, 2);
    WTS_SCOPED(reference) number = 0;
    WTS_SCOPED(reference) held = 0;
    wts_reference_t made = 7;
    int64_t value[2] = {7, 7};
    CHECK_OK(wts_i31_new(store, 1, &number));
    CHECK_ERROR(wts_struct_get(point, 2, value, 1), WTS_ERR_RANGE, "2");
    CHECK_STATUS(wts_struct_get(point, SIZE_MAX, value, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_struct_set(point, 2, WTS_SLOTS(1)), WTS_ERR_RANGE);
    CHECK_STATUS(wts_struct_get(point, 0, value, 2), WTS_ERR_TYPE);
    CHECK_STATUS(wts_struct_get(point, 0, NULL, 0), WTS_ERR_TYPE);
    CHECK_STATUS(wts_struct_set(point, 1, WTS_SLOTS(1, 2)), WTS_ERR_TYPE);
    CHECK_ERROR(wts_struct_set(point, 0, WTS_SLOTS(1)), WTS_ERR_STATE, "immutable");
    CHECK_ERROR(wts_struct_new(store, type, WTS_SLOTS(INT64_C(1) << 32, 2), &made), WTS_ERR_RANGE, "field 0");
    CHECK_ERROR(wts_struct_new(store, type, WTS_SLOTS(1), &made), WTS_ERR_TYPE, "2 slots", "i32, i64");
    CHECK_STATUS(wts_struct_new(store, type, value, SIZE_MAX / 16, &made), WTS_ERR_TYPE);

    CHECK_OK(wts_type_new_struct(engine, WTS_KINDS(WTS_STRUCTREF), WTS_KINDS(1), &holder));
    CHECK_ERROR(wts_struct_new(store, holder, WTS_SLOTS(wts_slot_from_handle(number)), &made), WTS_ERR_TYPE, "structref");
    CHECK_STATUS(wts_struct_new(store, holder, WTS_SLOTS(wts_slot_from_handle(foreign)), &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_struct_new(store, holder, WTS_SLOTS(wts_slot_from_handle(INVENTED)), &made), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_struct_new(store, holder, WTS_SLOTS(wts_slot_from_handle(type)), &made), WTS_ERR_KIND);
    CHECK_OK(wts_struct_new(store, holder, WTS_SLOTS(wts_slot_from_handle(point)), &held));
    CHECK_STATUS(wts_struct_set(held, 0, WTS_SLOTS(wts_slot_from_handle(number))), WTS_ERR_TYPE);
    CHECK_STATUS(wts_struct_set(held, 0, WTS_SLOTS(wts_slot_from_handle(foreign))), WTS_ERR_WRONG_STORE);
    CHECK_OK(wts_struct_set(held, 0, WTS_SLOTS(0)));
    CHECK(made == 7 && value[0] == 7 && value[1] == 7);
}

TEST(bad_handles_and_nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = point_type();
    WTS_SCOPED(type) array = 0;
    WTS_SCOPED(engine) other = 0;
    WTS_SCOPED(type) foreign = 0;
    const wts_store_t stale_store = new_store();
    WTS_SCOPED(reference) number = 0;
    wts_type_t stale_type = point_type(), made_type = 0;
    wts_reference_t stale = new_point(store, 1, 2), made = 0;
    int64_t value = 0;
    size_t count = 0;
    CHECK_OK(wts_i31_new(store, 1, &number));
    CHECK_OK(wts_type_new_array(engine, WTS_I8, 0, &array));
    CHECK_OK(wts_engine_new(0, &other));
    CHECK_OK(wts_type_new_struct(other, WTS_NOTHING, WTS_NOTHING, &foreign));
    CHECK_OK(wts_reference_delete(stale));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_OK(wts_type_delete(stale_type));
    CHECK_HANDLES(h, stale_store, engine, wts_struct_new(h, type, WTS_SLOTS(1, 2), &made));
    CHECK_HANDLES(h, stale_type, engine, wts_struct_new(store, h, WTS_SLOTS(1, 2), &made));
    CHECK_HANDLES(h, stale, engine, wts_struct_type(h, &made_type));
    CHECK_HANDLES(h, stale, engine, wts_struct_field_count(h, &count));
    CHECK_HANDLES(h, stale, engine, wts_struct_get(h, 0, &value, 1));
    CHECK_HANDLES(h, stale, engine, wts_struct_set(h, 0, WTS_SLOTS(1)));
    CHECK_STATUS(wts_struct_new(store, array, WTS_SLOTS(1, 2), &made), WTS_ERR_TYPE);
    CHECK_STATUS(wts_struct_new(store, foreign, WTS_NOTHING, &made), WTS_ERR_WRONG_STORE);
    CHECK_ERROR(wts_struct_type(number, &made_type), WTS_ERR_TYPE, "an i31", "a struct");
    CHECK_STATUS(wts_struct_field_count(number, &count), WTS_ERR_TYPE);
    CHECK_STATUS(wts_struct_get(number, 0, &value, 1), WTS_ERR_TYPE);
    CHECK_STATUS(wts_struct_set(number, 0, WTS_SLOTS(1)), WTS_ERR_TYPE);
    CHECK_STATUS(wts_struct_new(store, type, WTS_SLOTS(1, 2), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_struct_new(store, type, NULL, 2, &made), WTS_ERR_NULL);
    CHECK_STATUS(wts_struct_type(number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_struct_field_count(number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_struct_get(number, 0, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_struct_set(number, 0, NULL, 1), WTS_ERR_NULL);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(fields_are_read_and_written);
    RUN(every_kind_of_field_keeps_its_bits);
    RUN(the_guest_and_the_host_share_them);
    RUN(the_collector_keeps_what_is_reached);
    RUN(many_that_come_and_go_leave_nothing);
    RUN(supertypes_are_declared);
    RUN(wrong_fields_are_refused);
    RUN(bad_handles_and_nulls_are_refused);
    END;
}
