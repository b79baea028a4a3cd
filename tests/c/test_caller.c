#include "callbacks.h"

/* What the callbacks below leave behind for their test. */
static wts_caller_t kept;

/* A module that calls `env.f` (i32) -> i32 and exports what a host function may ask for. */
#define GUEST                                                                                      \
    "(module (import \"env\" \"f\" (func $f (param i32) (result i32)))"                            \
    "  (memory (export \"memory\") 1) (data (i32.const 8) \"from the guest\")"                     \
    "  (func (export \"double\") (param i32) (result i32) local.get 0 i32.const 2 i32.mul)"        \
    "  (func (export \"f\") (param i32) (result i32) local.get 0 call $f))"

/* Calls the guest's `f(21)` with `function` behind it. */
static wts_status_t call_guest(wts_store_t store, wts_callback_t function, void *env, int32_t *out_result) {
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(GUEST);
    wts_instance_t instance = 0;
    define_in(linker, "env", "f", function, env);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    return wts_call_i32_i32(export_of(instance, "f"), 21, out_result);
}

static int32_t use_exports(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                           size_t nresults) {
    (void)env, (void)nargs, (void)nresults;
    uint64_t memory = 0, func = 0, item = 7;
    int32_t doubled = 0;
    WTS_SCOPED_TEXT text = NULL;
    CHECK_OK(wts_caller_get_export(caller, WTS_STR("memory"), &memory));
    CHECK_OK(wts_copy_memory_text(memory, 8, 14, &text));
    CHECK(strcmp(text, "from the guest") == 0);
    CHECK_OK(wts_caller_get_export(caller, WTS_STR("double"), &func));
    CHECK_OK(wts_call_i32_i32(func, wts_slot_to_i32(args[0]), &doubled));
    CHECK_ERROR(wts_caller_get_export(caller, WTS_STR("gone"), &item), WTS_ERR_NOT_FOUND, "gone");
    CHECK_STATUS(wts_caller_get_export(caller, NULL, 0, &item), WTS_ERR_NOT_FOUND);
    CHECK_STATUS(wts_caller_get_export(caller, NULL, 1, &item), WTS_ERR_NULL);
    CHECK_STATUS(wts_caller_get_export(caller, "\xff", 1, &item), WTS_ERR_UTF8);
    CHECK_EQ(item, 7);
    results[0] = wts_slot_from_i32(doubled);
    return 0;
}

TEST(the_exports_of_the_caller_are_at_hand) {
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0;
    CHECK_OK(call_guest(store, use_exports, NULL, &result));
    CHECK_EQ(result, 42);
}

static int32_t find_no_export(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)results, (void)nresults;
    uint64_t item = 0;
    CHECK_STATUS(wts_caller_get_export(caller, WTS_STR("memory"), &item), WTS_ERR_NOT_FOUND);
    return 0;
}

TEST(the_host_as_caller_has_no_exports) {
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(new_func(store, find_no_export, NULL), 1, &result));
}

static int32_t use_user(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                        size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    wts_store_t store = 0;
    uint64_t user = 0;
    CHECK_OK(wts_caller_get_store(caller, &store));
    CHECK_EQ(store, *(wts_store_t *)env);
    CHECK_OK(wts_caller_get_user(caller, &user));
    CHECK_OK(wts_caller_set_user(caller, user + 1));
    return 0;
}

TEST(store_and_user_value_are_the_callers) {
    wts_store_t store = 0;
    uint64_t user = 0;
    int32_t result = 0;
    CHECK_OK(wts_store_new(engine, 41, &store));
    CHECK_OK(call_guest(store, use_user, &store, &result));
    CHECK_OK(wts_store_get_user(store, &user));
    CHECK_EQ(user, 42);
    CHECK_OK(wts_store_delete(store));
}

/* ---- Failing ---- */

static int32_t fail_with_text(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)results, (void)nresults;
    return wts_caller_fail(caller, "the reason of the host");
}

TEST(a_host_function_that_fails_has_its_message) {
    WTS_SCOPED(store) store = new_store();
    int32_t result = 7, code = 0;
    CHECK_ERROR(call_guest(store, fail_with_text, NULL, &result), WTS_ERR_HOST, "the reason of the host");
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_NONE);
    CHECK_OK(wts_error_host_code(0, &code));
    CHECK(code < 0);
    CHECK_EQ(result, 7);

    /* The guest's frame is in the backtrace, and the store goes on. */
    size_t frames = 0;
    CHECK_OK(wts_error_frame_count(0, &frames));
    CHECK_EQ(frames, 1);
    CHECK_OK(call_guest(store, use_exports, NULL, &result));
}

static int32_t fail_with_code(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                              size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    CHECK_OK(wts_caller_set_trap(caller, *(int32_t *)env, WTS_STR("of the host's choice")));
    return -1;
}

TEST(a_host_function_may_trap_with_a_code) {
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0, code = 0, wanted = WTS_TRAP_INTEGER_OVERFLOW;
    CHECK_ERROR(call_guest(store, fail_with_code, &wanted, &result), WTS_ERR_TRAP, "of the host's choice");
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_INTEGER_OVERFLOW);
}

/* Fails because of what it calls: out of bounds for -1, else the trap of the function in env. */
static int32_t fail_inside(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                           size_t nresults) {
    (void)args, (void)nargs, (void)nresults;
    uint64_t memory = 0;
    if (env != NULL) WTS_TRY_CALLER(caller, wts_call_void(*(wts_func_t *)env));
    WTS_TRY_CALLER(caller, wts_caller_get_export(caller, WTS_STR("memory"), &memory));
    WTS_TRY_CALLER(caller, wts_memory_load_i32(memory, 65534, results));
    return 0;
}

/* wts.h: a failure inside a callback keeps its message and its trap code on the way out. */
TEST(a_failure_inside_a_callback_is_passed_on) {
    WTS_SCOPED(store) store = new_store();
    wts_func_t trapping = new_export(store, "(module (func (export \"f\") unreachable))", "f");
    int32_t result = 0, code = 0;
    CHECK_ERROR(call_guest(store, fail_inside, NULL, &result), WTS_ERR_HOST, "65534", "65536");
    CHECK_OK(wts_error_host_code(0, &code));
    CHECK_EQ(code, WTS_ERR_RANGE);
    CHECK_ERROR(call_guest(store, fail_inside, &trapping, &result), WTS_ERR_TRAP, "unreachable");
    CHECK_OK(wts_error_trap_code(0, &code));
    CHECK_EQ(code, WTS_TRAP_UNREACHABLE);
}

static int32_t succeed_after_all(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                 int64_t *results, size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)nresults;
    CHECK_STATUS(wts_caller_set_trap(caller, 99, WTS_STR("x")), WTS_ERR_RANGE);
    CHECK_STATUS(wts_caller_set_trap(caller, WTS_TRAP_NONE, "\xff", 1), WTS_ERR_UTF8);
    CHECK_STATUS(wts_caller_set_trap(caller, WTS_TRAP_NONE, NULL, 1), WTS_ERR_NULL);
    CHECK_OK(wts_caller_set_trap(caller, WTS_TRAP_NONE, WTS_STR("never mind")));
    results[0] = 42;
    return 0;
}

static int32_t fail_without_text(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                 int64_t *results, size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    return -9;
}

TEST(a_message_is_for_its_own_callback_only) {
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0;
    CHECK_OK(call_guest(store, succeed_after_all, NULL, &result));
    CHECK_EQ(result, 42);
    CHECK_ERROR(call_guest(store, fail_without_text, NULL, &result), WTS_ERR_HOST, "-9");
    CHECK_OK(wts_error_message(0, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, "never mind") == NULL);
}

/* What the outer callback leaves, and what its inner one does after that. */
struct nested {
    int32_t code;
    wts_callback_t inner;
    wts_status_t status;
};

static int32_t fail_around_a_nested_call(void *env, wts_caller_t caller, const int64_t *args, size_t nargs,
                                         int64_t *results, size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    const struct nested *const nested = env;
    wts_store_t store = 0;
    int32_t result = 0;
    if (nested->code >= 0) CHECK_OK(wts_caller_set_trap(caller, nested->code, WTS_STR("outer says why")));
    CHECK_OK(wts_caller_get_store(caller, &store));
    CHECK_STATUS(wts_call_i32_i32(new_func(store, nested->inner, NULL), 1, &result), nested->status);
    return -7;
}

TEST(a_message_outlasts_what_the_callback_calls) {
    static const struct {
        int32_t code;
        wts_status_t status;
    } left[] = {
        {WTS_TRAP_NONE, WTS_ERR_HOST},
        {WTS_TRAP_UNREACHABLE, WTS_ERR_TRAP},
        {WTS_TRAP_OUT_OF_FUEL, WTS_ERR_FUEL},
        {WTS_TRAP_INTERRUPT, WTS_ERR_INTERRUPT},
    };
    static const struct {
        wts_callback_t function;
        wts_status_t status;
    } inner[] = {{fail_without_text, WTS_ERR_HOST}, {fail_with_text, WTS_ERR_HOST}, {nothing, WTS_OK}};
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0, code = 0;
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 3; k++) {
            struct nested nested = {left[i].code, inner[k].function, inner[k].status};
            CHECK_ERROR(call_guest(store, fail_around_a_nested_call, &nested, &result), left[i].status,
                        "outer says why");
            CHECK_OK(wts_error_trap_code(0, &code));
            CHECK_EQ(code, left[i].code);
            CHECK_OK(wts_error_host_code(0, &code));
            CHECK_EQ(code, -7);
        }
}

TEST(a_message_of_an_inner_callback_is_not_the_outers) {
    static const wts_callback_t inner[] = {succeed_after_all, fail_with_text};
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0;
    for (int k = 0; k < 2; k++) {
        struct nested nested = {-1, inner[k], k == 0 ? WTS_OK : WTS_ERR_HOST};
        CHECK_ERROR(call_guest(store, fail_around_a_nested_call, &nested, &result), WTS_ERR_HOST, "-7");
        CHECK_OK(wts_error_message(0, TEXT));
        test_text[test_text_len] = '\0';
        CHECK(strstr(test_text, "never mind") == NULL && strstr(test_text, "the reason of the host") == NULL);
    }
}

static int32_t check_arguments(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                               size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)results, (void)nresults;
    CHECK_STATUS(wts_caller_get_export(caller, WTS_STR("memory"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_caller_get_store(caller, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_caller_get_user(caller, NULL), WTS_ERR_NULL);
    CHECK_EQ(wts_handle_kind(caller), WTS_KIND_CALLER);
    return 0;
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(store) store = new_store();
    int32_t result = 0;
    CHECK_OK(call_guest(store, check_arguments, NULL, &result));
}

static int32_t keep(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)env, (void)args, (void)nargs, (void)results, (void)nresults;
    kept = caller;
    return 0;
}

TEST(a_caller_ends_with_its_callback) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_func(store, keep, NULL);
    uint64_t item = 0;
    int32_t result = 0;
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
    const wts_caller_t first = kept;
    CHECK_OK(wts_call_i32_i32(func, 1, &result));
    CHECK(first != kept);
    CHECK_EQ(wts_handle_kind(first), WTS_KIND_NONE);
    CHECK_HANDLES(h, first, func, wts_caller_get_export(h, WTS_STR("memory"), &item));
    CHECK_HANDLES(h, first, func, wts_caller_get_store(h, &item));
    CHECK_HANDLES(h, first, engine, wts_caller_get_user(h, &item));
    CHECK_HANDLES(h, first, engine, wts_caller_set_user(h, 1));
    CHECK_HANDLES(h, first, store, wts_caller_set_trap(h, WTS_TRAP_NONE, WTS_STR("x")));
}

/* The outer caller, while an inner callback runs, and after. */
static int32_t nest(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                    size_t nresults) {
    (void)nargs, (void)results, (void)nresults;
    uint64_t func = 0, user = 0;
    int32_t result = 0;
    if (args[0] == 0) {
        CHECK_OK(wts_caller_get_user(*(wts_caller_t *)env, &user));
        return 0;
    }
    *(wts_caller_t *)env = caller;
    CHECK_OK(wts_caller_get_export(caller, WTS_STR("f"), &func));
    CHECK_OK(wts_call_i32_i32(func, 0, &result));
    CHECK_OK(wts_caller_get_export(caller, WTS_STR("f"), &func));
    return 0;
}

TEST(callers_nest) {
    WTS_SCOPED(store) store = new_store();
    wts_caller_t outer = 0;
    int32_t result = 0;
    CHECK_OK(call_guest(store, nest, &outer, &result));
}

static int32_t capture(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                       size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    wts_store_t store = 0;
    wts_error_t of_store = 0;
    int32_t status = 7;
    size_t count = 0, of_store_count = 0;
    CHECK_OK(wts_caller_backtrace(caller, env));
    CHECK_STATUS(wts_caller_backtrace(caller, NULL), WTS_ERR_NULL);
    const wts_error_t backtrace = *(wts_error_t *)env;
    CHECK_EQ(wts_handle_kind(backtrace), WTS_KIND_ERROR);
    CHECK_OK(wts_error_status(backtrace, &status));
    CHECK_EQ(status, WTS_OK);
    CHECK_OK(wts_error_frame_count(backtrace, &count));
    CHECK_OK(wts_caller_get_store(caller, &store));
    CHECK_OK(wts_store_backtrace(store, &of_store));
    CHECK_OK(wts_error_frame_count(of_store, &of_store_count));
    CHECK_EQ(of_store_count, count);
    CHECK_OK(wts_error_delete(of_store));
    return 0;
}

/* A backtrace of a call that does not fail outlives the callback, and says no more than an error. */
TEST(a_backtrace_is_captured_in_a_callback) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(error) backtrace = 0;
    int32_t result = 0, code = 7;
    size_t count = 0;
    CHECK_OK(call_guest(store, capture, &backtrace, &result));
    CHECK_OK(wts_error_frame_count(backtrace, &count));
    CHECK_EQ(count, 1);
    CHECK_TEXT(wts_error_message(backtrace, TEXT), "");
    CHECK_OK(wts_error_trap_code(backtrace, &code));
    CHECK_EQ(code, WTS_TRAP_NONE);
    CHECK_OK(wts_error_backtrace(backtrace, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, "<wasm function 2>") != NULL);
}

TEST(a_store_that_runs_nothing_has_no_frames) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(error) backtrace = 0;
    size_t count = 7;
    CHECK_OK(wts_store_backtrace(store, &backtrace));
    CHECK_OK(wts_error_frame_count(backtrace, &count));
    CHECK_EQ(count, 0);
    wts_store_t stale = new_store();
    wts_error_t made = 0;
    CHECK_OK(wts_store_delete(stale));
    CHECK_STATUS(wts_store_backtrace(store, NULL), WTS_ERR_NULL);
    CHECK_HANDLES(h, stale, engine, wts_store_backtrace(h, &made));
    CHECK_HANDLES(h, kept, store, wts_caller_backtrace(h, &made));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(the_exports_of_the_caller_are_at_hand);
    RUN(the_host_as_caller_has_no_exports);
    RUN(store_and_user_value_are_the_callers);
    RUN(a_host_function_that_fails_has_its_message);
    RUN(a_host_function_may_trap_with_a_code);
    RUN(a_failure_inside_a_callback_is_passed_on);
    RUN(a_message_is_for_its_own_callback_only);
    RUN(a_message_outlasts_what_the_callback_calls);
    RUN(a_message_of_an_inner_callback_is_not_the_outers);
    RUN(null_outputs_are_refused);
    RUN(a_caller_ends_with_its_callback);
    RUN(callers_nest);
    RUN(a_backtrace_is_captured_in_a_callback);
    RUN(a_store_that_runs_nothing_has_no_frames);
    END;
}
