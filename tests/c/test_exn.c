#include "callbacks.h"

/* A guest that throws, catches what a host function throws, and hands on exceptions as references. */
#define GUEST                                                                                      \
    "(module (import \"\" \"host\" (func $host (param i32) (result i32)))"                           \
    "  (tag $e (export \"e\") (param i32 v128)) (tag $f (export \"f\"))"                              \
    "  (func (export \"throw\") (param i32) (throw $e (local.get 0) (v128.const i64x2 -1 2)))"       \
    "  (func (export \"call\") (param i32) (result i32) (call $host (local.get 0)))"                 \
    "  (func (export \"catch\") (param i32) (result i32)"                                          \
    "    (block $caught (result i32 v128)"                                                         \
    "      (return (try_table (result i32) (catch $e $caught) (call $host (local.get 0))))) drop"  \
    "    (i32.add (i32.const 1000)))"                                                              \
    "  (func (export \"give\") (param i32) (result exnref)"                                        \
    "    (block $caught (result exnref)"                                                           \
    "      (try_table (catch_all_ref $caught) (throw $e (local.get 0) (v128.const i64x2 -1 2)))"   \
    "      (ref.null exn)))"                                                                       \
    "  (func (export \"rethrow\") (param exnref) (throw_ref (local.get 0))))"

/* What the host function does: throws an exception of a tag, if it is asked to by its argument. */
struct throwing {
    wts_tag_t tag;
    int32_t answer;
};

static int32_t throw_if_asked(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    const struct throwing *const throwing = env;
    WTS_SCOPED(reference) exception = 0;
    (void)nargs, (void)nresults;
    results[0] = args[0];
    if (args[0] == 0) return 0;
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_NONE, WTS_STR("not this")));
    CHECK_OK(wts_exn_new(throwing->tag, WTS_SLOTS(args[0], -1, 2), &exception));
    CHECK_OK(wts_caller_throw(caller, exception));
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_UNREACHABLE, WTS_STR("nor this")));
    return throwing->answer;
}

static wts_instance_t new_guest(wts_store_t store, wts_callback_t function, void *env) {
    WTS_SCOPED(module) module = new_module(GUEST);
    const wts_func_t func = new_func(store, function, env);
    wts_instance_t instance = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_ITEMS(func), &instance));
    return instance;
}

/* An exception of the tag `e` with these fields. */
static void check_exception(wts_reference_t exception, wts_tag_t tag, int32_t expected) {
    wts_tag_t found = 0;
    int32_t kind = 0, same = 0;
    size_t count = 0;
    int64_t value[2] = {0, 0};
    CHECK_OK(wts_reference_kind(exception, &kind));
    CHECK_EQ(kind, WTS_EXNREF);
    CHECK_OK(wts_exn_tag(exception, &found));
    CHECK_OK(wts_tag_same(found, tag, &same));
    CHECK_EQ(same, 1);
    CHECK_OK(wts_exn_field_count(exception, &count));
    CHECK_EQ(count, 2);
    CHECK_OK(wts_exn_get(exception, 0, value, 1));
    CHECK_EQ(value[0], expected);
    CHECK_OK(wts_exn_get(exception, 1, value, 2));
    CHECK(value[0] == -1 && value[1] == 2);
}

TEST(the_host_catches_with_tag_and_fields) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_guest(store, add_one, NULL);
    wts_reference_t none = 7;
    int32_t code = 0;
    CHECK_ERROR(wts_call_i32_void(export_of(instance, "throw"), 5), WTS_ERR_TRAP, "uncaught exception");
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_OTHER);
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 0);
    CHECK_OK(wts_store_gc(store));
    WTS_SCOPED(reference) exception = 0;
    CHECK_OK(wts_store_take_exception(store, &exception));
    check_exception(exception, export_of(instance, "e"), 5);
    CHECK_ERROR(wts_store_take_exception(store, &none), WTS_ERR_STATE, "not taken");
    CHECK_EQ(none, 7);
}

TEST(the_last_one_is_kept_until_it_is_taken) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_guest(store, add_one, NULL);
    int32_t result = 0;
    for (int i = 0; i < 3; i++) CHECK_STATUS(wts_call_i32_void(export_of(instance, "throw"), i), WTS_ERR_TRAP);
    CHECK_OK(wts_call_i32_i32(export_of(instance, "call"), 1, &result));
    WTS_SCOPED(reference) exception = 0;
    CHECK_OK(wts_store_take_exception(store, &exception));
    check_exception(exception, export_of(instance, "e"), 2);
    /* One that is not taken goes with the store. */
    CHECK_STATUS(wts_call_i32_void(export_of(instance, "throw"), 7), WTS_ERR_TRAP);
}

TEST(the_guest_catches_what_a_host_function_throws) {
    WTS_SCOPED(store) store = new_store();
    struct throwing throwing = {0, -1};
    const wts_instance_t instance = new_guest(store, throw_if_asked, &throwing);
    int32_t result = 0, code = 0;
    throwing.tag = export_of(instance, "e");
    CHECK_OK(wts_call_i32_i32(export_of(instance, "catch"), 5, &result));
    CHECK_EQ(result, 1005);
    CHECK_OK(wts_call_i32_i32(export_of(instance, "catch"), 0, &result));
    CHECK_EQ(result, 0);
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 0);

    /* Nobody catches it on the way back to the host. */
    CHECK_ERROR(wts_call_i32_i32(export_of(instance, "call"), 6, &result), WTS_ERR_TRAP, "uncaught exception");
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_OTHER);
    WTS_SCOPED(reference) exception = 0;
    CHECK_OK(wts_store_take_exception(store, &exception));
    check_exception(exception, throwing.tag, 6);

    /* Thrown by a host function that the host itself called. */
    WTS_SCOPED(reference) direct = 0;
    CHECK_STATUS(wts_call_i32_i32(new_func(store, throw_if_asked, &throwing), 7, &result), WTS_ERR_TRAP);
    CHECK_OK(wts_store_take_exception(store, &direct));
    check_exception(direct, throwing.tag, 7);

    /* One that answers success throws nothing. */
    throwing.answer = 0;
    CHECK_OK(wts_call_i32_i32(export_of(instance, "call"), 8, &result));
    CHECK_EQ(result, 8);
}

/* Another tag of the same type is another exception. */
TEST(an_exception_is_caught_by_its_tag) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    struct throwing throwing = {0, -1};
    const wts_instance_t instance = new_guest(store, throw_if_asked, &throwing);
    int32_t result = 0;
    CHECK_OK(wts_tag_type(export_of(instance, "e"), &type));
    CHECK_OK(wts_tag_new(store, type, &throwing.tag));
    CHECK_STATUS(wts_call_i32_i32(export_of(instance, "catch"), 5, &result), WTS_ERR_TRAP);
    WTS_SCOPED(reference) exception = 0;
    CHECK_OK(wts_store_take_exception(store, &exception));
    check_exception(exception, throwing.tag, 5);
}

/* A host function between two guests: it takes what the inner one threw and throws it on. */
static int32_t hand_on(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                       size_t nresults) {
    WTS_SCOPED(reference) exception = 0;
    wts_store_t store = 0;
    (void)nargs, (void)results, (void)nresults;
    CHECK_STATUS(wts_call_i32_void(*(wts_func_t *)env, (int32_t)args[0]), WTS_ERR_TRAP);
    CHECK_OK(wts_caller_get_store(caller, &store));
    CHECK_OK(wts_store_take_exception(store, &exception));
    CHECK_OK(wts_caller_throw(caller, exception));
    return -1;
}

TEST(a_host_function_hands_an_exception_on) {
    WTS_SCOPED(store) store = new_store();
    wts_func_t inner = 0;
    const wts_instance_t instance = new_guest(store, hand_on, &inner);
    int32_t result = 0;
    inner = export_of(instance, "throw");
    CHECK_OK(wts_call_i32_i32(export_of(instance, "catch"), 5, &result));
    CHECK_EQ(result, 1005);
    CHECK_EQ(live_handles(WTS_KIND_REFERENCE), 0);
}

TEST(exceptions_cross_as_references) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_guest(store, add_one, NULL);
    int64_t result = 0;
    int32_t same = 0;
    CHECK_OK(wts_func_call(export_of(instance, "give"), WTS_SLOTS(9), &result, 1));
    WTS_SCOPED(reference) exception = (wts_reference_t)result;
    check_exception(exception, export_of(instance, "e"), 9);
    CHECK_STATUS(wts_func_call(export_of(instance, "rethrow"), WTS_SLOTS(result), NULL, 0), WTS_ERR_TRAP);
    WTS_SCOPED(reference) again = 0;
    CHECK_OK(wts_store_take_exception(store, &again));
    CHECK_OK(wts_reference_same(exception, again, &same));
    CHECK_EQ(same, 1);
}

TEST(a_start_function_throws) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module("(module (tag $e) (func $start (throw $e)) (start $start))");
    WTS_SCOPED(reference) exception = 0;
    wts_instance_t instance = 0;
    size_t count = 7;
    CHECK_ERROR(wts_instance_new(store, module, WTS_NOTHING, &instance), WTS_ERR_TRAP, "uncaught exception");
    CHECK_OK(wts_store_take_exception(store, &exception));
    CHECK_OK(wts_exn_field_count(exception, &count));
    CHECK_EQ(count, 0);
}

/* What a callback may not throw. */
static int32_t throw_nonsense(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    const uint64_t *const handles = env;
    WTS_SCOPED(reference) number = 0;
    wts_reference_t stale = 0;
    wts_store_t store = 0;
    (void)args, (void)nargs, (void)results, (void)nresults;
    CHECK_OK(wts_caller_get_store(caller, &store));
    CHECK_OK(wts_i31_new(store, 1, &number));
    CHECK_OK(wts_i31_new(store, 1, &stale));
    CHECK_OK(wts_reference_delete(stale));
    CHECK_HANDLES(h, stale, engine, wts_caller_throw(caller, h));
    CHECK_STATUS(wts_caller_throw(caller, handles[0]), WTS_ERR_WRONG_STORE);
    CHECK_ERROR(wts_caller_throw(caller, number), WTS_ERR_TYPE, "exception");
    CHECK_HANDLE(h, engine, WTS_ERR_KIND, wts_caller_throw(h, number));
    *(wts_caller_t *)&handles[1] = caller;
    return -1;
}

TEST(nonsense_is_not_thrown) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) second = new_store();
    uint64_t handles[2] = {0, 0};
    WTS_SCOPED(reference) foreign = 0;
    wts_reference_t none = 7;
    int32_t result = 0;
    CHECK_OK(wts_i31_new(second, 1, &foreign));
    handles[0] = foreign;
    const wts_func_t func = new_func(store, throw_nonsense, handles);
    CHECK_ERROR(wts_call_i32_i32(func, 1, &result), WTS_ERR_HOST, "-1");
    CHECK_STATUS(wts_store_take_exception(store, &none), WTS_ERR_STATE);
    CHECK_STATUS(wts_caller_throw(handles[1], foreign), WTS_ERR_STALE);
    CHECK_STATUS(wts_caller_throw(0, foreign), WTS_ERR_HANDLE);
    CHECK_EQ(none, 7);
}

TEST(wrong_fields_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) second = new_store();
    const wts_instance_t instance = new_instance(store, "(module (tag (export \"e\") (param i32 (ref null extern) (ref any))))");
    const wts_tag_t tag = export_of(instance, "e");
    WTS_SCOPED(reference) number = 0;
    WTS_SCOPED(reference) foreign = 0;
    WTS_SCOPED(reference) exception = 0;
    wts_reference_t made = 7;
    int64_t value[2] = {7, 7};
    CHECK_OK(wts_i31_new(store, 5, &number));
    CHECK_OK(wts_i31_new(second, 5, &foreign));
    const int64_t slot = wts_slot_from_handle(number);
    CHECK_ERROR(wts_exn_new(tag, WTS_SLOTS(1, 0), &made), WTS_ERR_TYPE, "3 slots", "(ref any)");
    CHECK_ERROR(wts_exn_new(tag, WTS_SLOTS(1, slot, slot), &made), WTS_ERR_TYPE, "field 1", "externref");
    CHECK_ERROR(wts_exn_new(tag, WTS_SLOTS(1, 0, 0), &made), WTS_ERR_TYPE, "null");
    CHECK_STATUS(wts_exn_new(tag, WTS_SLOTS(INT64_MAX, 0, slot), &made), WTS_ERR_RANGE);
    CHECK_STATUS(wts_exn_new(tag, WTS_SLOTS(1, 0, wts_slot_from_handle(foreign)), &made), WTS_ERR_WRONG_STORE);
    CHECK_OK(wts_exn_new(tag, WTS_SLOTS(1, 0, slot), &exception));
    CHECK_ERROR(wts_exn_get(exception, 3, value, 1), WTS_ERR_RANGE, "3");
    CHECK_STATUS(wts_exn_get(exception, SIZE_MAX, value, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_exn_get(exception, 0, value, 2), WTS_ERR_TYPE);
    CHECK(made == 7 && value[0] == 7);
    CHECK_OK(wts_exn_get(exception, 2, value, 1));
    CHECK_OK(wts_reference_delete((wts_reference_t)value[0]));
}

TEST(bad_handles_and_nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    const wts_tag_t tag = new_export(store, "(module (tag (export \"e\")))", "e");
    const wts_store_t stale_store = new_store();
    const wts_tag_t stale_tag = new_export(stale_store, "(module (tag (export \"e\")))", "e");
    WTS_SCOPED(reference) number = 0;
    wts_reference_t stale = 0, made = 0;
    wts_tag_t found = 0;
    int64_t value = 0;
    size_t count = 0;
    CHECK_OK(wts_i31_new(store, 1, &number));
    CHECK_OK(wts_exn_new(tag, WTS_NOTHING, &stale));
    CHECK_OK(wts_reference_delete(stale));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_HANDLES(h, stale_tag, engine, wts_exn_new(h, WTS_NOTHING, &made));
    CHECK_HANDLES(h, stale, engine, wts_exn_tag(h, &found));
    CHECK_HANDLES(h, stale, engine, wts_exn_field_count(h, &count));
    CHECK_HANDLES(h, stale, engine, wts_exn_get(h, 0, &value, 1));
    CHECK_HANDLES(h, stale_store, engine, wts_store_take_exception(h, &made));
    CHECK_ERROR(wts_exn_tag(number, &found), WTS_ERR_TYPE, "an i31", "an exception");
    CHECK_STATUS(wts_exn_field_count(number, &count), WTS_ERR_TYPE);
    CHECK_STATUS(wts_exn_get(number, 0, &value, 1), WTS_ERR_TYPE);
    CHECK_STATUS(wts_exn_new(tag, WTS_NOTHING, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_exn_new(tag, NULL, 1, &made), WTS_ERR_NULL);
    CHECK_STATUS(wts_exn_tag(number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_exn_field_count(number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_exn_get(number, 0, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_store_take_exception(store, NULL), WTS_ERR_NULL);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(the_host_catches_with_tag_and_fields);
    RUN(the_last_one_is_kept_until_it_is_taken);
    RUN(the_guest_catches_what_a_host_function_throws);
    RUN(an_exception_is_caught_by_its_tag);
    RUN(a_host_function_hands_an_exception_on);
    RUN(exceptions_cross_as_references);
    RUN(a_start_function_throws);
    RUN(nonsense_is_not_thrown);
    RUN(wrong_fields_are_refused);
    RUN(bad_handles_and_nulls_are_refused);
    END;
}
