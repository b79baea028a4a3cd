#include "test.h"

static wts_type_t array_of(int32_t element, int32_t is_mutable) {
    wts_type_t type = 0;
    CHECK_OK(wts_type_new_array(engine, element, is_mutable, &type));
    return type;
}

static wts_reference_t new_array(wts_store_t store, int32_t element, int64_t value, uint64_t len) {
    WTS_SCOPED(type) type = array_of(element, 1);
    wts_reference_t array = 0;
    CHECK_OK(wts_array_new(store, type, WTS_SLOTS(value), len, &array));
    return array;
}

static int64_t element(wts_reference_t array, uint64_t index) {
    int64_t value = 77;
    CHECK_OK(wts_array_get(array, index, &value, 1));
    return value;
}

TEST(elements_are_read_and_written) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) array = new_array(store, WTS_I64, -9, 3);
    WTS_SCOPED(reference) empty = new_array(store, WTS_I64, 0, 0);
    uint64_t len = 99;
    int32_t kind = 0;
    CHECK_OK(wts_reference_kind(array, &kind));
    CHECK_EQ(kind, WTS_ARRAYREF);
    CHECK_OK(wts_array_len(array, &len));
    CHECK_EQ(len, 3);
    CHECK_OK(wts_array_set(array, 1, WTS_SLOTS(5)));
    CHECK(element(array, 0) == -9 && element(array, 1) == 5 && element(array, 2) == -9);
    CHECK_OK(wts_array_len(empty, &len));
    CHECK_EQ(len, 0);
}

TEST(an_array_is_made_of_its_elements) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) numbers = array_of(WTS_I16, 0);
    WTS_SCOPED(type) vectors = array_of(WTS_V128, 1);
    WTS_SCOPED(reference) array = 0;
    WTS_SCOPED(reference) wide = 0;
    WTS_SCOPED(reference) none = 0;
    wts_reference_t made = 7;
    int64_t vector[2] = {0, 0};
    uint64_t len = 0;
    CHECK_OK(wts_array_new_fixed(store, numbers, WTS_SLOTS(1, -1, 0x10002), &array));
    CHECK(element(array, 0) == 1 && element(array, 1) == 0xffff && element(array, 2) == 2);
    CHECK_OK(wts_array_new_fixed(store, vectors, WTS_SLOTS(1, 2, 3, 4), &wide));
    CHECK_OK(wts_array_len(wide, &len));
    CHECK_EQ(len, 2);
    CHECK_OK(wts_array_get(wide, 1, vector, 2));
    CHECK(vector[0] == 3 && vector[1] == 4);
    CHECK_OK(wts_array_set(wide, 0, WTS_SLOTS(-5, 6)));
    CHECK_OK(wts_array_get(wide, 0, vector, 2));
    CHECK(vector[0] == -5 && vector[1] == 6);
    CHECK_OK(wts_array_new_fixed(store, vectors, WTS_NOTHING, &none));
    CHECK_ERROR(wts_array_new_fixed(store, vectors, WTS_SLOTS(1, 2, 3), &made), WTS_ERR_TYPE, "2 slots");
    CHECK_EQ(made, 7);
}

TEST(bytes_are_copied_at_once) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = array_of(WTS_I8, 1);
    WTS_SCOPED(reference) array = 0;
    WTS_SCOPED(reference) none = 0;
    WTS_SCOPED(reference) wide = new_array(store, WTS_I16, 0, 3);
    wts_reference_t made = 7;
    uint8_t buf[16];
    size_t len = 99;
    WTS_SCOPED(type) wide_type = array_of(WTS_I16, 1);
    CHECK_OK(wts_array_new_bytes(store, type, WTS_BYTES("hello\xff"), &array));
    CHECK_EQ(element(array, 5), 0xff);
    CHECK_OK(wts_array_bytes(array, buf, sizeof buf, &len));
    CHECK(len == 6 && memcmp(buf, "hello\xff", 6) == 0);
    CHECK_STATUS(wts_array_bytes(array, buf, 5, &len), WTS_ERR_BUFFER);
    CHECK_EQ(len, 6);
    CHECK_OK(wts_array_new_bytes(store, type, WTS_NOTHING, &none));
    CHECK_OK(wts_array_bytes(none, NULL, 0, &len));
    CHECK_EQ(len, 0);
    CHECK_ERROR(wts_array_bytes(wide, buf, sizeof buf, &len), WTS_ERR_TYPE, "i16", "i8");
    CHECK_ERROR(wts_array_new_bytes(store, wide_type, WTS_BYTES("x"), &made), WTS_ERR_TYPE, "i16", "i8");
    CHECK_EQ(made, 7);
}

TEST(the_guest_and_the_host_share_them) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) array = new_array(store, WTS_I32, 5, 4);
    const wts_instance_t instance = new_instance(
        store,
        "(module (type $a (array (mut i32)))"
        "  (func (export \"twice\") (param (ref $a)) (result (ref $a))"
        "    (array.set $a (local.get 0) (i32.const 0) (i32.const 100))"
        "    (array.new $a (i32.const 7) (i32.mul (i32.const 2) (array.len (local.get 0))))))");
    int64_t result = 0;
    uint64_t len = 0;
    CHECK_OK(wts_func_call(export_of(instance, "twice"), WTS_SLOTS(wts_slot_from_handle(array)), &result, 1));
    WTS_SCOPED(reference) longer = (wts_reference_t)result;
    CHECK_EQ(element(array, 0), 100);
    CHECK_OK(wts_array_len(longer, &len));
    CHECK_EQ(len, 8);
    CHECK_EQ(element(longer, 7), 7);
}

/* An array as large as none can be, and one larger than the heap. */
TEST(arrays_have_limits) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) bytes = array_of(WTS_I8, 1);
    WTS_SCOPED(type) numbers = array_of(WTS_I64, 1);
    WTS_SCOPED(reference) small = new_array(store, WTS_I8, 1, 1);
    wts_reference_t made = 7;
    CHECK_ERROR(wts_array_new(store, numbers, WTS_SLOTS(0), UINT64_C(1) << 32, &made), WTS_ERR_LIMIT, "2^32 - 1",
                "4294967296");
    CHECK_STATUS(wts_array_new(store, numbers, WTS_SLOTS(0), UINT64_MAX, &made), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_array_new(store, numbers, WTS_SLOTS(0), UINT32_MAX, &made), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_array_new(store, bytes, WTS_SLOTS(0), UINT32_MAX, &made), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_array_new(store, bytes, WTS_SLOTS(0), UINT32_MAX - 64, &made), WTS_ERR_MEMORY);
    CHECK_EQ(made, 7);
    CHECK_EQ(element(small, 0), 1);
}

TEST(wrong_elements_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) second = new_store();
    WTS_SCOPED(reference) array = new_array(store, WTS_I32, 5, 4);
    WTS_SCOPED(type) fixed_type = array_of(WTS_I32, 0);
    WTS_SCOPED(type) refs = array_of(WTS_ARRAYREF, 1);
    WTS_SCOPED(reference) fixed = 0;
    WTS_SCOPED(reference) number = 0;
    WTS_SCOPED(reference) holder = 0;
    WTS_SCOPED(reference) foreign = new_array(second, WTS_I32, 5, 4);
    wts_reference_t made = 7;
    int64_t value[2] = {7, 7};
    CHECK_OK(wts_i31_new(store, 1, &number));
    CHECK_OK(wts_array_new(store, fixed_type, WTS_SLOTS(0), 2, &fixed));
    CHECK_ERROR(wts_array_get(array, 4, value, 1), WTS_ERR_RANGE, "element 4", "4");
    CHECK_STATUS(wts_array_get(array, UINT64_MAX, value, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_array_get(array, UINT64_C(1) << 32, value, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_array_set(array, 4, WTS_SLOTS(1)), WTS_ERR_RANGE);
    CHECK_STATUS(wts_array_set(array, 0, WTS_SLOTS(INT64_MAX)), WTS_ERR_RANGE);
    CHECK_STATUS(wts_array_get(array, 0, value, 2), WTS_ERR_TYPE);
    CHECK_STATUS(wts_array_set(array, 0, WTS_SLOTS(1, 2)), WTS_ERR_TYPE);
    CHECK_STATUS(wts_array_set(array, 0, WTS_NOTHING), WTS_ERR_TYPE);
    CHECK_ERROR(wts_array_set(fixed, 0, WTS_SLOTS(1)), WTS_ERR_STATE, "immutable");
    CHECK_STATUS(wts_array_new(store, fixed_type, WTS_SLOTS(1, 2), 1, &made), WTS_ERR_TYPE);
    CHECK_STATUS(wts_array_new(store, fixed_type, WTS_SLOTS(INT64_MAX), 1, &made), WTS_ERR_RANGE);
    CHECK_ERROR(wts_array_new_fixed(store, fixed_type, WTS_SLOTS(1, INT64_MAX), &made), WTS_ERR_RANGE, "element 1");

    /* Elements of the wrong type, after which the heap is still in order. */
    for (int i = 0; i < 100; i++) {
        CHECK_ERROR(wts_array_new(store, refs, WTS_SLOTS(wts_slot_from_handle(number)), 3, &made), WTS_ERR_TYPE, "arrayref");
        CHECK_STATUS(wts_array_new_fixed(store, refs, WTS_SLOTS(0, wts_slot_from_handle(number)), &made), WTS_ERR_TYPE);
        CHECK_STATUS(wts_array_new_fixed(store, refs, WTS_SLOTS(0, wts_slot_from_handle(foreign)), &made),
                     WTS_ERR_WRONG_STORE);
    }
    CHECK_OK(wts_store_gc(store));
    CHECK_OK(wts_array_new(store, refs, WTS_SLOTS(wts_slot_from_handle(array)), 2, &holder));
    CHECK_STATUS(wts_array_new(store, refs, WTS_SLOTS(wts_slot_from_handle(foreign)), 2, &made), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_array_set(holder, 0, WTS_SLOTS(wts_slot_from_handle(number))), WTS_ERR_TYPE);
    CHECK_STATUS(wts_array_set(holder, 0, WTS_SLOTS(wts_slot_from_handle(foreign))), WTS_ERR_WRONG_STORE);
    CHECK(made == 7 && value[0] == 7 && value[1] == 7);
}

TEST(bad_handles_and_nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = array_of(WTS_I8, 1);
    WTS_SCOPED(type) other_type = 0;
    WTS_SCOPED(engine) other = 0;
    WTS_SCOPED(type) foreign = 0;
    WTS_SCOPED(reference) number = 0;
    const wts_store_t stale_store = new_store();
    const wts_type_t stale_type = array_of(WTS_I8, 1);
    const wts_reference_t stale = new_array(store, WTS_I8, 0, 1);
    wts_reference_t made = 0;
    wts_type_t made_type = 0;
    int64_t value = 0;
    uint64_t len = 0;
    size_t size = 0;
    CHECK_OK(wts_type_new_struct(engine, WTS_NOTHING, WTS_NOTHING, &other_type));
    CHECK_OK(wts_engine_new(0, &other));
    CHECK_OK(wts_type_new_array(other, WTS_I8, 1, &foreign));
    CHECK_OK(wts_i31_new(store, 1, &number));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_OK(wts_type_delete(stale_type));
    CHECK_OK(wts_reference_delete(stale));
    CHECK_HANDLES(h, stale_store, engine, wts_array_new(h, type, WTS_SLOTS(1), 1, &made));
    CHECK_HANDLES(h, stale_store, engine, wts_array_new_fixed(h, type, WTS_SLOTS(1), &made));
    CHECK_HANDLES(h, stale_store, engine, wts_array_new_bytes(h, type, WTS_BYTES("x"), &made));
    CHECK_HANDLES(h, stale_type, engine, wts_array_new(store, h, WTS_SLOTS(1), 1, &made));
    CHECK_HANDLES(h, stale_type, engine, wts_array_new_fixed(store, h, WTS_SLOTS(1), &made));
    CHECK_HANDLES(h, stale_type, engine, wts_array_new_bytes(store, h, WTS_BYTES("x"), &made));
    CHECK_HANDLES(h, stale, engine, wts_array_bytes(h, NULL, 0, &size));
    CHECK_HANDLES(h, stale, engine, wts_array_type(h, &made_type));
    CHECK_HANDLES(h, stale, engine, wts_array_len(h, &len));
    CHECK_HANDLES(h, stale, engine, wts_array_get(h, 0, &value, 1));
    CHECK_HANDLES(h, stale, engine, wts_array_set(h, 0, WTS_SLOTS(1)));
    const wts_type_t wrong[] = {other_type, foreign};
    const wts_status_t expected[] = {WTS_ERR_TYPE, WTS_ERR_WRONG_STORE};
    for (int i = 0; i < 2; i++) {
        CHECK_STATUS(wts_array_new(store, wrong[i], WTS_SLOTS(1), 1, &made), expected[i]);
        CHECK_STATUS(wts_array_new_fixed(store, wrong[i], WTS_SLOTS(1), &made), expected[i]);
        CHECK_STATUS(wts_array_new_bytes(store, wrong[i], WTS_BYTES("x"), &made), expected[i]);
    }
    CHECK_ERROR(wts_array_new(store, other_type, WTS_SLOTS(1), 1, &made), WTS_ERR_TYPE, "expected an array type");
    CHECK_ERROR(wts_array_bytes(number, NULL, 0, &size), WTS_ERR_TYPE, "an i31", "an array");
    CHECK_STATUS(wts_array_type(number, &made_type), WTS_ERR_TYPE);
    CHECK_STATUS(wts_array_len(number, &len), WTS_ERR_TYPE);
    CHECK_STATUS(wts_array_get(number, 0, &value, 1), WTS_ERR_TYPE);
    CHECK_STATUS(wts_array_set(number, 0, WTS_SLOTS(1)), WTS_ERR_TYPE);
    CHECK_STATUS(wts_array_new(store, type, NULL, 1, 1, &made), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_new(store, type, WTS_SLOTS(1), 1, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_new_fixed(store, type, NULL, 1, &made), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_new_fixed(store, type, WTS_SLOTS(1), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_new_bytes(store, type, NULL, 1, &made), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_new_bytes(store, type, WTS_BYTES("x"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_type(number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_len(number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_get(number, 0, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_set(number, 0, NULL, 1), WTS_ERR_NULL);

    WTS_SCOPED(reference) bytes = 0;
    CHECK_OK(wts_array_new_bytes(store, type, WTS_BYTES("x"), &bytes));
    CHECK_STATUS(wts_array_bytes(bytes, NULL, 1, &size), WTS_ERR_NULL);
    CHECK_STATUS(wts_array_bytes(bytes, NULL, 0, NULL), WTS_ERR_NULL);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(elements_are_read_and_written);
    RUN(an_array_is_made_of_its_elements);
    RUN(bytes_are_copied_at_once);
    RUN(the_guest_and_the_host_share_them);
    RUN(arrays_have_limits);
    RUN(wrong_elements_are_refused);
    RUN(bad_handles_and_nulls_are_refused);
    END;
}
