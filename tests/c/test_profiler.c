#include "callbacks.h"

#define GUEST                                                                                      \
    "(module $fib (import \"env\" \"f\" (func $host (param i32) (result i32)))"                    \
    "  (func $leaf (param i32) (result i32) local.get 0 call $host)"                               \
    "  (func $outermost (export \"f\") (param i32) (result i32) local.get 0 call $leaf))"

static int32_t sample(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                      size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    wts_store_t store = 0;
    CHECK_OK(wts_caller_get_store(caller, &store));
    CHECK_OK(wts_profiler_sample(*(const wts_profiler_t *)env, store, 1000000));
    return 0;
}

static int32_t mark(void *env, wts_store_t store, int32_t event) {
    CHECK_OK(wts_profiler_call_hook(*(const wts_profiler_t *)env, store, event));
    return 0;
}

/* The profile of a few calls, with a NUL behind it; to be freed. */
static char *profile_of_calls(bool with_hook, size_t modules) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(GUEST);
    WTS_SCOPED(module) empty = new_module("(module)");
    WTS_SCOPED(profiler) profiler = 0;
    WTS_SCOPED(buffer) buffer = 0;
    const wts_module_t all[] = {module, empty, module};
    wts_instance_t instance = 0;
    int32_t result = 0;
    size_t len = 0;
    CHECK_OK(wts_profiler_new(engine, WTS_CSTR("a test"), 1000000, all, modules, &profiler));
    define_in(linker, "env", "f", sample, &profiler);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    if (with_hook) CHECK_OK(wts_store_set_call_hook(store, mark, &profiler, NULL));
    for (int i = 0; i < 5; i++) CHECK_OK(wts_call_i32_i32(export_of(instance, "f"), 1, &result));
    /* Where nothing runs the sample is empty. */
    CHECK_OK(wts_profiler_sample(profiler, store, UINT64_MAX));
    CHECK_OK(wts_profiler_call_hook(profiler, store, WTS_HOOK_CALLING_HOST));
    CHECK_OK(wts_profiler_finish(profiler, &buffer));
    CHECK_OK(wts_buffer_copy(buffer, NULL, 0, &len));
    char *const text = malloc(len + 1);
    CHECK_OK(wts_buffer_copy(buffer, (uint8_t *)text, len, &len));
    text[len] = '\0';
    return text;
}

TEST(a_profile_has_names_and_samples) {
    char *const profile = profile_of_calls(false, 3);
    CHECK(profile[0] == '{' && profile[strlen(profile) - 1] == '}');
    CHECK(strstr(profile, "\"a test\"") != NULL);
    CHECK(strstr(profile, "\"leaf\"") != NULL);
    CHECK(strstr(profile, "\"outermost\"") != NULL);
    CHECK(strstr(profile, "\"samples\"") != NULL);
    CHECK(strstr(profile, "\"length\":6") != NULL);
    free(profile);
}

TEST(a_call_hook_marks_calls_of_the_host) {
    char *const profile = profile_of_calls(true, 1);
    CHECK(strstr(profile, "\"hostcall\"") != NULL);
    /* Five pairs, and one without its end. */
    CHECK(strstr(profile, "\"length\":11") != NULL);
    free(profile);
}

TEST(functions_of_other_modules_are_left_out) {
    char *const profile = profile_of_calls(true, 0);
    CHECK(strstr(profile, "leaf") == NULL);
    free(profile);
}

TEST(a_profiler_is_finished_once) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(profiler) profiler = 0;
    WTS_SCOPED(buffer) buffer = 0;
    wts_buffer_t again = 7;
    CHECK_OK(wts_profiler_new(engine, WTS_NOTHING, 0, WTS_NOTHING, &profiler));
    CHECK_EQ(wts_handle_kind(profiler), WTS_KIND_PROFILER);
    CHECK_OK(wts_profiler_finish(profiler, &buffer));
    CHECK_STATUS(wts_profiler_finish(profiler, &again), WTS_ERR_STATE);
    CHECK_STATUS(wts_profiler_sample(profiler, store, 0), WTS_ERR_STATE);
    CHECK_STATUS(wts_profiler_call_hook(profiler, store, WTS_HOOK_CALLING_HOST), WTS_ERR_STATE);
    CHECK_EQ(again, 7);
}

TEST(another_engine_is_refused) {
    WTS_SCOPED(engine) foreign = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = new_module(GUEST);
    WTS_SCOPED(profiler) profiler = 0;
    wts_profiler_t made = 7;
    CHECK_OK(wts_engine_new(0, &foreign));
    CHECK_OK(wts_store_new(foreign, 0, &store));
    CHECK_STATUS(wts_profiler_new(foreign, WTS_NOTHING, 1, &module, 1, &made), WTS_ERR_WRONG_STORE);
    CHECK_OK(wts_profiler_new(engine, WTS_NOTHING, UINT64_MAX, &module, 1, &profiler));
    CHECK_STATUS(wts_profiler_sample(profiler, store, 0), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_profiler_call_hook(profiler, store, WTS_HOOK_CALLING_HOST), WTS_ERR_WRONG_STORE);
    CHECK_EQ(made, 7);
}

TEST(code_for_debuggers_has_no_profile) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) debugging = 0;
    wts_profiler_t made = 7;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_GUEST_DEBUG, 1));
    CHECK_OK(wts_engine_new(config, &debugging));
    CHECK_ERROR(wts_profiler_new(debugging, WTS_NOTHING, 1, WTS_NOTHING, &made), WTS_ERR_STATE, "debugging");
    CHECK_EQ(made, 7);
}

TEST(arguments_are_checked) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(profiler) profiler = 0;
    wts_profiler_t stale = 0, made = 7;
    wts_store_t stale_store = new_store();
    wts_buffer_t buffer = 7;
    const uint64_t gone = deleted_engine();
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_OK(wts_profiler_new(engine, WTS_NOTHING, 1, WTS_NOTHING, &profiler));
    CHECK_OK(wts_profiler_new(engine, WTS_NOTHING, 1, WTS_NOTHING, &stale));
    CHECK_OK(wts_profiler_delete(stale));
    CHECK_HANDLES(h, gone, store, wts_profiler_new(h, WTS_NOTHING, 1, WTS_NOTHING, &made));
    CHECK_HANDLES(h, gone, store, wts_profiler_new(engine, WTS_NOTHING, 1, &h, 1, &made));
    CHECK_HANDLES(h, stale, engine, wts_profiler_sample(h, store, 0));
    CHECK_HANDLES(h, stale_store, engine, wts_profiler_sample(profiler, h, 0));
    CHECK_HANDLES(h, stale, engine, wts_profiler_call_hook(h, store, 1));
    CHECK_HANDLES(h, stale_store, engine, wts_profiler_call_hook(profiler, h, 1));
    CHECK_HANDLES(h, stale, engine, wts_profiler_finish(h, &buffer));
    CHECK_HANDLES(h, stale, engine, wts_profiler_delete(h));
    CHECK_STATUS(wts_profiler_new(engine, NULL, 1, 1, WTS_NOTHING, &made), WTS_ERR_NULL);
    CHECK_STATUS(wts_profiler_new(engine, "\xff", 1, 1, WTS_NOTHING, &made), WTS_ERR_UTF8);
    CHECK_STATUS(wts_profiler_new(engine, WTS_NOTHING, 1, NULL, 1, &made), WTS_ERR_NULL);
    CHECK_STATUS(wts_profiler_new(engine, WTS_NOTHING, 1, WTS_NOTHING, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_profiler_finish(profiler, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_profiler_call_hook(profiler, store, 0), WTS_ERR_RANGE);
    CHECK_STATUS(wts_profiler_call_hook(profiler, store, 5), WTS_ERR_RANGE);
    CHECK(made == 7 && buffer == 7);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(a_profile_has_names_and_samples);
    RUN(a_call_hook_marks_calls_of_the_host);
    RUN(functions_of_other_modules_are_left_out);
    RUN(a_profiler_is_finished_once);
    RUN(another_engine_is_refused);
    RUN(code_for_debuggers_has_no_profile);
    RUN(arguments_are_checked);
    END;
}
