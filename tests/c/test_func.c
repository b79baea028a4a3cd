#include "callbacks.h"

#include <math.h>

#define NUMBERS                                                                                    \
    "(module"                                                                                      \
    "  (func (export \"i32\") (param i32) (result i32) local.get 0)"                               \
    "  (func (export \"i64\") (param i64) (result i64) local.get 0)"                               \
    "  (func (export \"f32\") (param f32) (result f32) local.get 0)"                               \
    "  (func (export \"f64\") (param f64) (result f64) local.get 0)"                               \
    "  (func (export \"v128\") (param v128) (result v128) local.get 0)"                            \
    "  (func (export \"funcref\") (param funcref) (result funcref) local.get 0)"                   \
    "  (func (export \"externref\") (param externref) (result externref) local.get 0)"             \
    "  (func (export \"none\"))"                                                                   \
    "  (func (export \"swap\") (param i32 f64) (result f64 i32) local.get 1 local.get 0)"          \
    "  (func (export \"sum3\") (param i64 i64 i64) (result i64)"                                   \
    "    local.get 0 local.get 1 i64.add local.get 2 i64.add))"

TEST(numbers_pass_unchanged) {
    static const int32_t i32s[] = {0, 1, -1, INT32_MIN, INT32_MAX};
    static const int64_t i64s[] = {0, 1, -1, INT64_MIN, INT64_MAX};
    static const double f64s[] = {0.0, -0.0, 0.1, -1e308, INFINITY};
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    for (int i = 0; i < 5; i++) {
        int32_t i32 = 99;
        int64_t i64 = 99;
        float f32 = 99;
        double f64 = 99;
        CHECK_OK(wts_call_i32_i32(export_of(instance, "i32"), i32s[i], &i32));
        CHECK_EQ(i32, i32s[i]);
        CHECK_OK(wts_call_i64_i64(export_of(instance, "i64"), i64s[i], &i64));
        CHECK_EQ(i64, i64s[i]);
        CHECK_OK(wts_call_f32_f32(export_of(instance, "f32"), (float)f64s[i], &f32));
        CHECK_EQ(wts_slot_from_f32(f32), wts_slot_from_f32((float)f64s[i]));
        CHECK_OK(wts_call_f64_f64(export_of(instance, "f64"), f64s[i], &f64));
        CHECK_EQ(wts_slot_from_f64(f64), wts_slot_from_f64(f64s[i]));
    }
}

TEST(slots_are_extended_by_the_rule) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    int64_t slot = 7;
    CHECK_OK(wts_func_call(export_of(instance, "i32"), WTS_SLOTS(0xffffffff), &slot, 1));
    CHECK_EQ(slot, -1);
    CHECK_OK(wts_func_call(export_of(instance, "f32"), WTS_SLOTS(-1), &slot, 1));
    CHECK_EQ(slot, 0xffffffff);
    CHECK_OK(wts_func_call(export_of(instance, "f64"), WTS_SLOTS(0x7ff0000000000001), &slot, 1));
    CHECK_EQ(slot, 0x7ff0000000000001);
}

TEST(vectors_take_two_slots_low_half_first) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(
        store,
        "(module (func (export \"f\") (param v128) (result v128 i32)"
        "  local.get 0 local.get 0 i8x16.extract_lane_u 1))",
        "f");
    uint8_t bytes[16], back[16];
    int64_t slots[2], results[3];
    size_t count = 0;
    for (int i = 0; i < 16; i++) bytes[i] = (uint8_t)(0xf0 + i);
    wts_slots_from_v128(bytes, slots);
    CHECK_EQ(slots[0] & 0xff, 0xf0);
    CHECK_OK(wts_func_call(func, slots, 2, results, 3));
    wts_slots_to_v128(results, back);
    CHECK(memcmp(bytes, back, 16) == 0);
    CHECK_EQ(results[2], 0xf1);
    CHECK_OK(wts_func_param_count(func, &count));
    CHECK_EQ(count, 1);
    CHECK_OK(wts_func_param_slots(func, &count));
    CHECK_EQ(count, 2);
    CHECK_OK(wts_func_result_count(func, &count));
    CHECK_EQ(count, 2);
    CHECK_OK(wts_func_result_slots(func, &count));
    CHECK_EQ(count, 3);
    CHECK_ERROR(wts_func_call(func, slots, 1, results, 3), WTS_ERR_TYPE, "2", "v128");
}

TEST(typed_calls_are_named_parameters_first) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    int64_t sum = 0, results[2] = {0, 0};
    CHECK_OK(wts_call_void(export_of(instance, "none")));
    CHECK_OK(wts_call_i64_i64_i64_i64(export_of(instance, "sum3"), 1, 2, 3, &sum));
    CHECK_EQ(sum, 6);
    CHECK_STATUS(wts_call_i64_i64_i64_i64(export_of(instance, "sum3"), 1, 2, 3, NULL), WTS_ERR_NULL);
    CHECK_OK(wts_func_call(export_of(instance, "swap"), WTS_SLOTS(wts_slot_from_i32(-3), wts_slot_from_f64(0.5)),
                           results, 2));
    CHECK(wts_slot_to_f64(results[0]) == 0.5 && wts_slot_to_i32(results[1]) == -3);
}

TEST(wrong_counts_are_told_the_signature) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    const wts_func_t swap = export_of(instance, "swap");
    int64_t results[2] = {7, 7};
    double doubles[2] = {7, 7};
    CHECK_ERROR(wts_func_call(swap, WTS_NOTHING, results, 2), WTS_ERR_TYPE, "2", "i32, f64", "0");
    CHECK_STATUS(wts_func_call(swap, WTS_SLOTS(1, 2, 3), results, 2), WTS_ERR_TYPE);
    CHECK_ERROR(wts_func_call(swap, WTS_SLOTS(1, 2), results, 1), WTS_ERR_TYPE, "2", "f64, i32", "1");
    CHECK_STATUS(wts_func_call(swap, WTS_SLOTS(1, 2), NULL, 0), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call(export_of(instance, "none"), WTS_SLOTS(1), NULL, 0), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call_f64(swap, doubles, 1, doubles, 2), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call_f64(swap, doubles, 2, doubles, 1), WTS_ERR_TYPE);
    CHECK_STATUS(wts_func_call(swap, NULL, 2, results, 2), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call(swap, WTS_SLOTS(1, 2), NULL, 2), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call_f64(swap, NULL, 2, doubles, 2), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_call_f64(swap, doubles, 2, NULL, 2), WTS_ERR_NULL);
    CHECK(results[0] == 7 && results[1] == 7 && doubles[0] == 7);
}

TEST(slots_out_of_range_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    int64_t slot = 7;
    CHECK_ERROR(wts_func_call(export_of(instance, "i32"), WTS_SLOTS(INT64_C(1) << 32), &slot, 1), WTS_ERR_RANGE,
                "4294967296");
    CHECK_STATUS(wts_func_call(export_of(instance, "i32"), WTS_SLOTS(INT64_C(-2147483649)), &slot, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_func_call(export_of(instance, "f32"), WTS_SLOTS(INT64_C(1) << 40), &slot, 1), WTS_ERR_RANGE);
    CHECK_EQ(slot, 7);
}

TEST(doubles_are_converted_exactly_or_not_at_all) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    const struct {
        const char *name;
        double value;
        wts_status_t status;
    } cases[] = {
        {"i32", -2147483648.0, WTS_OK},
        {"i32", 2147483647.0, WTS_OK},
        {"i32", 4294967296.0, WTS_ERR_RANGE},
        {"i32", 0.5, WTS_ERR_RANGE},
        {"i32", NAN, WTS_ERR_RANGE},
        {"i64", 9007199254740992.0, WTS_OK},
        {"i64", -9223372036854775808.0, WTS_OK},
        {"i64", 9223372036854775808.0, WTS_ERR_RANGE},
        {"i64", INFINITY, WTS_ERR_RANGE},
        {"f32", 0.5, WTS_OK},
        {"f32", INFINITY, WTS_OK},
        {"f32", 0.1, WTS_ERR_RANGE},
        {"f32", 1e300, WTS_ERR_RANGE},
        {"f64", 0.1, WTS_OK},
        {"f64", -1e300, WTS_OK},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double result = 7;
        CHECK_STATUS(wts_func_call_f64(export_of(instance, cases[i].name), &cases[i].value, 1, &result, 1),
                     cases[i].status);
        CHECK(result == (cases[i].status == WTS_OK ? cases[i].value : 7));
    }

    /* A result that no double holds. */
    const wts_func_t big = new_export(
        store, "(module (func (export \"f\") (result i64) i64.const 9007199254740993))", "f");
    double result = 7;
    CHECK_ERROR(wts_func_call_f64(big, NULL, 0, &result, 1), WTS_ERR_RANGE, "9007199254740993");
    CHECK(result == 7);
}

TEST(doubles_are_for_numbers_only) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    double value = 0;
    CHECK_ERROR(wts_func_call_f64(export_of(instance, "v128"), &value, 1, &value, 1), WTS_ERR_TYPE, "v128");
    CHECK_ERROR(wts_func_call_f64(export_of(instance, "externref"), &value, 1, &value, 1), WTS_ERR_TYPE, "reference");
    CHECK_STATUS(wts_func_call_f64(export_of(instance, "funcref"), &value, 1, &value, 1), WTS_ERR_TYPE);
}

/* ---- References ---- */

TEST(function_references_are_their_handles) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    const wts_func_t identity = export_of(instance, "funcref"), func = new_func(store, add_one, NULL);
    int64_t slot = 7;
    CHECK_OK(wts_func_call(identity, WTS_SLOTS(wts_slot_from_handle(func)), &slot, 1));
    CHECK_EQ(wts_slot_to_handle(slot), func);
    CHECK_OK(wts_func_call(identity, WTS_SLOTS(0), &slot, 1));
    CHECK_EQ(slot, 0);
}

TEST(host_references_come_back_as_new_handles) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t identity = export_of(new_instance(store, NUMBERS), "externref");
    WTS_SCOPED(reference) reference = 0;
    WTS_SCOPED(reference) back = 0;
    uint64_t value = 0;
    int64_t slot = 0;
    CHECK_OK(wts_externref_new(store, 42, NULL, NULL, &reference));
    CHECK_OK(wts_func_call(identity, WTS_SLOTS(wts_slot_from_handle(reference)), &slot, 1));
    back = wts_slot_to_handle(slot);
    CHECK(back != reference);
    CHECK_OK(wts_externref_get(back, &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_func_call(identity, WTS_SLOTS(0), &slot, 1));
    CHECK_EQ(slot, 0);
}

TEST(references_that_do_not_fit_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    const wts_instance_t instance = new_instance(store, NUMBERS);
    const wts_func_t take_func = export_of(instance, "funcref"), take_extern = export_of(instance, "externref");
    const wts_func_t func = new_func(store, add_one, NULL), foreign_func = new_func(foreign, add_one, NULL);
    wts_reference_t reference = 0, foreign_reference = 0, stale = 0;
    int64_t slot = 7;
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &stale));
    CHECK_OK(wts_externref_new(foreign, 1, NULL, NULL, &foreign_reference));
    CHECK_OK(wts_reference_delete(stale));
    CHECK_STATUS(wts_func_call(take_func, WTS_SLOTS((int64_t)foreign_func), &slot, 1), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_func_call(take_extern, WTS_SLOTS((int64_t)foreign_reference), &slot, 1), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_func_call(take_func, WTS_SLOTS((int64_t)reference), &slot, 1), WTS_ERR_KIND);
    CHECK_STATUS(wts_func_call(take_extern, WTS_SLOTS((int64_t)func), &slot, 1), WTS_ERR_KIND);
    CHECK_STATUS(wts_func_call(take_extern, WTS_SLOTS((int64_t)stale), &slot, 1), WTS_ERR_STALE);
    CHECK_STATUS(wts_func_call(take_func, WTS_SLOTS((int64_t)INVENTED), &slot, 1), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_func_call(take_extern, WTS_SLOTS((int64_t)INVENTED), &slot, 1), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_func_call(take_func, WTS_SLOTS(-1), &slot, 1), WTS_ERR_HANDLE);
    CHECK_EQ(slot, 7);
    CHECK_OK(wts_reference_delete(reference));
    CHECK_OK(wts_reference_delete(foreign_reference));
}

/* ---- Host functions ---- */

/* (i32, i64, f32, f64, v128) -> (v128, f64, f32, i64, i32) */
static int32_t reverse(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                       size_t nresults) {
    (void)env, (void)caller;
    CHECK(nargs == 6 && nresults == 6);
    for (size_t i = 0; i < 6; i++) CHECK_EQ(results[i], 0);
    results[0] = args[4], results[1] = args[5];
    results[2] = args[3], results[3] = args[2], results[4] = args[1], results[5] = args[0];
    return 0;
}

TEST(host_functions_see_every_kind_of_number) {
    WTS_SCOPED(store) store = new_store();
    wts_func_t func = 0;
    int64_t results[6];
    const int64_t args[6] = {-1, INT64_MIN, wts_slot_from_f32(0.5f), wts_slot_from_f64(-0.5), 5, -6};
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_I32, WTS_I64, WTS_F32, WTS_F64, WTS_V128),
                          WTS_KINDS(WTS_V128, WTS_F64, WTS_F32, WTS_I64, WTS_I32), reverse, NULL, NULL, &func));
    CHECK_OK(wts_func_call(func, args, 6, results, 6));
    CHECK(results[0] == 5 && results[1] == -6);
    CHECK(results[2] == args[3] && results[3] == args[2] && results[4] == args[1] && results[5] == args[0]);
}

/* NaNs keep their payload and their signal bit, through the guest, a host function and a reference beside them. */
TEST(nan_payloads_survive) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (func (export \"f\") (param f32 f64) (result f64 f32) local.get 1 local.get 0)"
        "  (func (export \"g\") (param f32 f64 anyref) (result f64 f32) local.get 1 local.get 0)"
        "  (global (export \"f32\") (mut f32) (f32.const 0)) (global (export \"f64\") (mut f64) (f64.const 0)))");
    static const int64_t f32[] = {0x7fa00001, 0xffbfffff, 0x7fc00000, 0x7f800001};
    static const int64_t f64[] = {0x7ff4000000000001, -1, 0x7ff8000000000000, 0x7ff0000000000001};
    wts_func_t host = 0;
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_I32, WTS_I64, WTS_F32, WTS_F64, WTS_V128),
                          WTS_KINDS(WTS_V128, WTS_F64, WTS_F32, WTS_I64, WTS_I32), reverse, NULL, NULL, &host));
    for (int i = 0; i < 4; i++) {
        const int64_t args[6] = {0, 0, f32[i], f64[i], 0, 0};
        int64_t results[6] = {0};
        CHECK_OK(wts_func_call(export_of(instance, "f"), WTS_SLOTS(f32[i], f64[i]), results, 2));
        CHECK(results[0] == f64[i] && results[1] == f32[i]);
        CHECK_OK(wts_func_call(export_of(instance, "g"), WTS_SLOTS(f32[i], f64[i], 0), results, 2));
        CHECK(results[0] == f64[i] && results[1] == f32[i]);
        CHECK_OK(wts_func_call(host, args, 6, results, 6));
        CHECK(results[2] == f64[i] && results[3] == f32[i]);
        CHECK_OK(wts_global_set(export_of(instance, "f32"), &f32[i], 1));
        CHECK_OK(wts_global_get(export_of(instance, "f32"), results, 1));
        CHECK_OK(wts_global_set(export_of(instance, "f64"), &f64[i], 1));
        CHECK_OK(wts_global_get(export_of(instance, "f64"), results + 1, 1));
        CHECK(results[0] == f32[i] && results[1] == f64[i]);
    }
}

TEST(results_left_unset_are_zero) {
    WTS_SCOPED(store) store = new_store();
    wts_func_t func = 0;
    int64_t results[4] = {7, 7, 7, 7};
    CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_KINDS(WTS_I64, WTS_V128, WTS_EXTERNREF), nothing, NULL, NULL, &func));
    CHECK_OK(wts_func_call(func, WTS_NOTHING, results, 4));
    for (int i = 0; i < 4; i++) CHECK_EQ(results[i], 0);
}

/* (externref) -> externref: checks the one it is lent and gives a clone of it away. */
static int32_t clone_back(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                          size_t nresults) {
    (void)caller, (void)nargs, (void)nresults;
    wts_reference_t clone = 0;
    uint64_t value = 0;
    CHECK_OK(wts_externref_get(wts_slot_to_handle(args[0]), &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_reference_clone(wts_slot_to_handle(args[0]), &clone));
    *(wts_reference_t *)env = wts_slot_to_handle(args[0]);
    results[0] = wts_slot_from_handle(clone);
    return 0;
}

TEST(references_in_callbacks_are_lent_and_given_away) {
    WTS_SCOPED(store) store = new_store();
    wts_reference_t lent = 0, reference = 0;
    wts_func_t func = 0;
    uint64_t value = 0;
    int64_t slot = 0;
    int drops = 0;
    CHECK_OK(wts_externref_new(store, 42, &drops, count_drop, &reference));
    CHECK_OK(wts_func_new(store, WTS_KINDS(WTS_EXTERNREF), WTS_KINDS(WTS_EXTERNREF), clone_back, &lent, NULL, &func));
    CHECK_OK(wts_func_call(func, WTS_SLOTS(wts_slot_from_handle(reference)), &slot, 1));
    CHECK_STATUS(wts_externref_get(lent, &value), WTS_ERR_STALE);
    CHECK_OK(wts_externref_get(wts_slot_to_handle(slot), &value));
    CHECK_EQ(value, 42);
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 2);
    CHECK_OK(wts_reference_delete(wts_slot_to_handle(slot)));
    CHECK_OK(wts_reference_delete(reference));
    CHECK_OK(wts_store_gc(store));
    CHECK_EQ(drops, 1);
}

/* () -> i32, or () -> externref: leaves the slot in env as its result. */
static int32_t leave_slot(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                          size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)nresults;
    results[0] = *(const int64_t *)env;
    return 0;
}

/* A call of a function whose host broke the rules: its failure, and why. */
static void check_misbehaves(wts_func_t func, int32_t why) {
    int64_t slot = 7;
    int32_t code = 0;
    CHECK_ERROR(wts_func_call(func, WTS_NOTHING, &slot, 1), WTS_ERR_HOST, "host function");
    CHECK_OK(wts_error_host_code(0, &code));
    CHECK_EQ(code, why);
    CHECK_EQ(slot, 7);
}

TEST(results_that_do_not_fit_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    int64_t left = INT64_C(1) << 40;
    wts_func_t number = 0, reference = 0, function = 0;
    CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_KINDS(WTS_I32), leave_slot, &left, NULL, &number));
    CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_KINDS(WTS_EXTERNREF), leave_slot, &left, NULL, &reference));
    CHECK_OK(wts_func_new(store, WTS_NOTHING, WTS_KINDS(WTS_FUNCREF), leave_slot, &left, NULL, &function));
    check_misbehaves(number, WTS_ERR_RANGE);
    left = (int64_t)INVENTED;
    check_misbehaves(reference, WTS_ERR_HANDLE);
    check_misbehaves(function, WTS_ERR_HANDLE);
    left = (int64_t)number;
    check_misbehaves(reference, WTS_ERR_KIND);
    left = (int64_t)new_func(foreign, add_one, NULL);
    check_misbehaves(function, WTS_ERR_WRONG_STORE);
}

static int32_t return_env(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                          size_t nresults) {
    (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    return *(const int32_t *)env;
}

TEST(a_callback_that_fails_ends_the_call) {
    WTS_SCOPED(store) store = new_store();
    int32_t returned = -5, code = 0;
    int64_t slot = 7;
    const wts_func_t func = new_func(store, return_env, &returned);
    CHECK_STATUS(wts_func_call(func, WTS_SLOTS(1), &slot, 1), WTS_ERR_HOST);
    CHECK_OK(wts_error_host_code(0, &code));
    CHECK_EQ(code, -5);
    returned = INT32_MIN;
    CHECK_STATUS(wts_func_call(func, WTS_SLOTS(1), &slot, 1), WTS_ERR_HOST);
    CHECK_OK(wts_error_host_code(0, &code));
    CHECK_EQ(code, INT32_MIN);
    for (returned = 1; returned < 3; returned++)
        CHECK_STATUS(wts_func_call(func, WTS_SLOTS(1), &slot, 1), WTS_ERR_HOST);
    CHECK_EQ(slot, 7);
    returned = 0;
    CHECK_OK(wts_func_call(func, WTS_SLOTS(1), &slot, 1));
}

TEST(a_registration_that_fails_takes_nothing) {
    WTS_SCOPED(store) store = new_store();
    int32_t too_many[1001];
    wts_func_t func = 7;
    int drops = 0;
    for (int i = 0; i < 1001; i++) too_many[i] = WTS_I32;
    CHECK_STATUS(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, NULL, &drops, count_drop, &func), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_new(store, WTS_NOTHING, WTS_NOTHING, nothing, &drops, count_drop, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_new(store, NULL, 1, WTS_NOTHING, nothing, &drops, count_drop, &func), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_new(store, WTS_NOTHING, NULL, 1, nothing, &drops, count_drop, &func), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_new(store, WTS_KINDS(98), WTS_NOTHING, nothing, &drops, count_drop, &func), WTS_ERR_RANGE);
    CHECK_STATUS(wts_func_new(store, too_many, 1001, WTS_NOTHING, nothing, &drops, count_drop, &func), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_func_new(store, WTS_NOTHING, WTS_KINDS(WTS_REF), nothing, &drops, count_drop, &func),
                 WTS_ERR_UNSUPPORTED);
    CHECK_STATUS(wts_func_new(0, WTS_NOTHING, WTS_NOTHING, nothing, &drops, count_drop, &func), WTS_ERR_HANDLE);
    CHECK(drops == 0 && func == 7);
}

/* ---- Types and identity ---- */

TEST(functions_have_their_type) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    size_t count = 9;
    const wts_instance_t instance = new_instance(store, NUMBERS);
    CHECK_OK(wts_func_type(export_of(instance, "swap"), &type));
    CHECK_TEXT(wts_type_text(type, TEXT), "(func (param i32 f64) (result f64 i32))");
    CHECK_OK(wts_func_param_count(export_of(instance, "swap"), &count));
    CHECK_EQ(count, 2);
    CHECK_OK(wts_func_result_count(export_of(instance, "none"), &count));
    CHECK_EQ(count, 0);
}

TEST(the_same_function_is_the_same) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) foreign = new_store();
    const wts_instance_t instance = new_instance(store,
        "(module (func $f (export \"a\") (export \"b\")) (func (export \"c\")))");
    int32_t same = 7;
    CHECK_OK(wts_func_same(export_of(instance, "a"), export_of(instance, "b"), &same));
    CHECK_EQ(same, 1);
    CHECK_EQ(export_of(instance, "a"), export_of(instance, "b"));
    CHECK_OK(wts_func_same(export_of(instance, "a"), export_of(instance, "c"), &same));
    CHECK_EQ(same, 0);
    CHECK_STATUS(wts_func_same(export_of(instance, "a"), new_func(foreign, add_one, NULL), &same), WTS_ERR_WRONG_STORE);
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL);
    CHECK_STATUS(wts_func_type(func, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_param_count(func, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_result_count(func, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_param_slots(func, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_result_slots(func, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_func_same(func, func, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_store_t stale_store = new_store();
    const wts_func_t stale = new_func(stale_store, add_one, NULL);
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, add_one, NULL);
    const wts_instance_t instance = new_instance(store, "(module)");
    WTS_SCOPED(reference) reference = 0;
    wts_func_t made = 0;
    wts_type_t type = 0;
    int64_t slot = 0;
    double number = 0;
    size_t count = 0;
    int32_t same = 0;
    CHECK_OK(wts_externref_new(store, 1, NULL, NULL, &reference));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_HANDLES(h, stale_store, func, wts_func_new(h, WTS_NOTHING, WTS_NOTHING, nothing, NULL, NULL, &made));
    const uint64_t wrong[] = {engine, store, instance, reference};
    for (int i = 0; i < 4; i++) {
        CHECK_HANDLES(h, stale, wrong[i], wts_func_call(h, &slot, 1, &slot, 1));
        CHECK_HANDLES(h, stale, wrong[i], wts_func_call_f64(h, &number, 1, &number, 1));
        CHECK_HANDLES(h, stale, wrong[i], wts_func_type(h, &type));
        CHECK_HANDLES(h, stale, wrong[i], wts_func_param_count(h, &count));
        CHECK_HANDLES(h, stale, wrong[i], wts_func_result_count(h, &count));
        CHECK_HANDLES(h, stale, wrong[i], wts_func_param_slots(h, &count));
        CHECK_HANDLES(h, stale, wrong[i], wts_func_result_slots(h, &count));
        CHECK_HANDLES(h, stale, wrong[i], wts_func_same(h, func, &same));
        CHECK_HANDLES(h, stale, wrong[i], wts_func_same(func, h, &same));
    }
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(numbers_pass_unchanged);
    RUN(slots_are_extended_by_the_rule);
    RUN(vectors_take_two_slots_low_half_first);
    RUN(typed_calls_are_named_parameters_first);
    RUN(wrong_counts_are_told_the_signature);
    RUN(slots_out_of_range_are_refused);
    RUN(doubles_are_converted_exactly_or_not_at_all);
    RUN(doubles_are_for_numbers_only);
    RUN(function_references_are_their_handles);
    RUN(host_references_come_back_as_new_handles);
    RUN(references_that_do_not_fit_are_refused);
    RUN(host_functions_see_every_kind_of_number);
    RUN(nan_payloads_survive);
    RUN(results_left_unset_are_zero);
    RUN(references_in_callbacks_are_lent_and_given_away);
    RUN(results_that_do_not_fit_are_refused);
    RUN(a_callback_that_fails_ends_the_call);
    RUN(a_registration_that_fails_takes_nothing);
    RUN(functions_have_their_type);
    RUN(the_same_function_is_the_same);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
