#include "test.h"

static void check_i31(wts_store_t store, int32_t value, int32_t is_signed, uint32_t is_unsigned) {
    WTS_SCOPED(reference) reference = 0;
    int32_t one = 7;
    uint32_t two = 7;
    CHECK_OK(wts_i31_new(store, value, &reference));
    CHECK_OK(wts_i31_get(reference, &one));
    CHECK_OK(wts_i31_get_u(reference, &two));
    CHECK_EQ(one, is_signed);
    CHECK_EQ(two, is_unsigned);
}

TEST(values_are_signed_or_unsigned) {
    WTS_SCOPED(store) store = new_store();
    check_i31(store, 0, 0, 0);
    check_i31(store, -1, -1, 0x7fffffff);
    check_i31(store, 0x3fffffff, 0x3fffffff, 0x3fffffff);
    check_i31(store, -0x40000000, -0x40000000, 0x40000000);
    check_i31(store, INT32_MAX, -1, 0x7fffffff);
    wts_reference_t reference = 7;
    CHECK_ERROR(wts_i31_new(store, -0x40000001, &reference), WTS_ERR_RANGE, "-1073741825", "31");
    CHECK_STATUS(wts_i31_new(store, INT32_MIN, &reference), WTS_ERR_RANGE);
    CHECK_EQ(reference, 7);
}

TEST(equal_values_are_the_same_object) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(reference) one = 0;
    WTS_SCOPED(reference) two = 0;
    WTS_SCOPED(reference) three = 0;
    int32_t same = -1;
    CHECK_OK(wts_i31_new(store, 5, &one));
    CHECK_OK(wts_i31_new(store, 5, &two));
    CHECK_OK(wts_i31_new(store, 6, &three));
    CHECK_OK(wts_reference_same(one, two, &same));
    CHECK_EQ(same, 1);
    CHECK_OK(wts_reference_same(one, three, &same));
    CHECK_EQ(same, 0);
}

TEST(the_guest_takes_and_gives_them) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (func (export \"add\") (param i31ref i32) (result (ref i31))"
        "    (ref.i31 (i32.add (i31.get_s (local.get 0)) (local.get 1))))"
        "  (func (export \"cast\") (param anyref) (result i32) (i31.get_s (ref.cast (ref i31) (local.get 0)))))");
    WTS_SCOPED(reference) reference = 0;
    WTS_SCOPED(reference) host = 0;
    WTS_SCOPED(reference) internal = 0;
    int64_t result = 7;
    int32_t value = 0, code = 0;
    CHECK_OK(wts_i31_new(store, -5, &reference));
    CHECK_OK(wts_func_call(export_of(instance, "add"), WTS_SLOTS(wts_slot_from_handle(reference), 3), &result, 1));
    CHECK_OK(wts_i31_get(wts_slot_to_handle(result), &value));
    CHECK_EQ(value, -2);
    CHECK_OK(wts_reference_delete(wts_slot_to_handle(result)));

    /* A null is a trap of the guest's, a reference of another type an error of the caller's. */
    CHECK_STATUS(wts_func_call(export_of(instance, "add"), WTS_SLOTS(0, 3), &result, 1), WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_NULL_REFERENCE);
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &host));
    CHECK_OK(wts_anyref_convert_extern(host, &internal));
    CHECK_ERROR(wts_func_call(export_of(instance, "add"), WTS_SLOTS(wts_slot_from_handle(internal), 3), &result, 1),
                WTS_ERR_TYPE, "argument 0", "i31ref");

    /* A cast that fails. */
    CHECK_STATUS(wts_func_call(export_of(instance, "cast"), WTS_SLOTS(wts_slot_from_handle(internal)), &result, 1),
                 WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_CAST_FAILURE);
}

TEST(bad_handles_and_nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_store_t stale_store = new_store();
    WTS_SCOPED(reference) host = 0;
    wts_reference_t stale = 0, made = 0;
    int32_t value = 0;
    uint32_t bits = 0;
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &host));
    CHECK_OK(wts_i31_new(store, 1, &stale));
    CHECK_OK(wts_reference_delete(stale));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_HANDLES(h, stale_store, engine, wts_i31_new(h, 1, &made));
    CHECK_HANDLES(h, stale, engine, wts_i31_get(h, &value));
    CHECK_HANDLES(h, stale, engine, wts_i31_get_u(h, &bits));
    CHECK_ERROR(wts_i31_get(host, &value), WTS_ERR_TYPE, "a host reference", "i31");
    CHECK_STATUS(wts_i31_get_u(host, &bits), WTS_ERR_TYPE);
    CHECK_STATUS(wts_i31_new(store, 1, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_i31_get(host, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_i31_get_u(host, NULL), WTS_ERR_NULL);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(values_are_signed_or_unsigned);
    RUN(equal_values_are_the_same_object);
    RUN(the_guest_takes_and_gives_them);
    RUN(bad_handles_and_nulls_are_refused);
    END;
}
