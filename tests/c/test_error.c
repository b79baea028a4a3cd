#include "files.h"

#include <pthread.h>

/* Makes an error that is no trap. */
static wts_status_t fail_with_a_null_handle(void) {
    size_t count = 0;
    return wts_module_import_count(0, &count);
}

static const struct {
    wts_status_t status;
    const char *name;
} statuses[] = {
    {WTS_OK, "WTS_OK"},
    {WTS_PENDING, "WTS_PENDING"},
    {WTS_ERR_NULL, "WTS_ERR_NULL"},
    {WTS_ERR_HANDLE, "WTS_ERR_HANDLE"},
    {WTS_ERR_KIND, "WTS_ERR_KIND"},
    {WTS_ERR_STALE, "WTS_ERR_STALE"},
    {WTS_ERR_WRONG_STORE, "WTS_ERR_WRONG_STORE"},
    {WTS_ERR_UTF8, "WTS_ERR_UTF8"},
    {WTS_ERR_RANGE, "WTS_ERR_RANGE"},
    {WTS_ERR_BUFFER, "WTS_ERR_BUFFER"},
    {WTS_ERR_TYPE, "WTS_ERR_TYPE"},
    {WTS_ERR_BUSY, "WTS_ERR_BUSY"},
    {WTS_ERR_STATE, "WTS_ERR_STATE"},
    {WTS_ERR_COMPILE, "WTS_ERR_COMPILE"},
    {WTS_ERR_LINK, "WTS_ERR_LINK"},
    {WTS_ERR_TRAP, "WTS_ERR_TRAP"},
    {WTS_ERR_EXIT, "WTS_ERR_EXIT"},
    {WTS_ERR_FUEL, "WTS_ERR_FUEL"},
    {WTS_ERR_TIMEOUT, "WTS_ERR_TIMEOUT"},
    {WTS_ERR_INTERRUPT, "WTS_ERR_INTERRUPT"},
    {WTS_ERR_HOST, "WTS_ERR_HOST"},
    {WTS_ERR_MEMORY, "WTS_ERR_MEMORY"},
    {WTS_ERR_LIMIT, "WTS_ERR_LIMIT"},
    {WTS_ERR_IO, "WTS_ERR_IO"},
    {WTS_ERR_CORRUPT, "WTS_ERR_CORRUPT"},
    {WTS_ERR_NOT_FOUND, "WTS_ERR_NOT_FOUND"},
    {WTS_ERR_PANIC, "WTS_ERR_PANIC"},
    {WTS_ERR_INTERNAL, "WTS_ERR_INTERNAL"},
    {WTS_ERR_UNSUPPORTED, "WTS_ERR_UNSUPPORTED"},
};

TEST(every_status_has_a_name_and_a_text) {
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        CHECK_TEXT(wts_status_name(statuses[i].status, TEXT), statuses[i].name);
        CHECK_COPY_OUT(wts_status_text, statuses[i].status);
    }
    CHECK_COPY_OUT(wts_status_name, WTS_ERR_NULL);
    CHECK_STATUS(wts_status_name(-19, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_status_text(-19, TEXT), WTS_ERR_RANGE);
}

TEST(every_trap_code_has_a_name_and_a_text) {
    for (int32_t code = WTS_TRAP_NONE; code <= WTS_TRAP_UNHANDLED_TAG; code++) {
        CHECK_COPY_OUT(wts_trap_name, code);
        CHECK_COPY_OUT(wts_trap_text, code);
    }
    CHECK_TEXT(wts_trap_name(WTS_TRAP_UNREACHABLE, TEXT), "WTS_TRAP_UNREACHABLE");
    CHECK_TEXT(wts_trap_name(WTS_TRAP_OTHER, TEXT), "WTS_TRAP_OTHER");
    CHECK_COPY_OUT(wts_trap_text, WTS_TRAP_OTHER);
    CHECK_STATUS(wts_trap_name(99, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_trap_text(99, TEXT), WTS_ERR_RANGE);
}

/* Every getter, of an error that there is not. */
static void *check_no_error(void *unused) {
    int32_t number = 0;
    size_t count = 0;
    uint32_t func_index = 0;
    uint64_t func_offset = 0, module_offset = 0;
    wts_error_t error = 0;
    CHECK_STATUS(wts_error_status(0, &number), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_message(0, TEXT), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_trap_code(0, &number), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_host_code(0, &number), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_exit_status(0, &number), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_backtrace(0, TEXT), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_frame_count(0, &count), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_frame(0, 0, &func_index, &func_offset, &module_offset), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_frame_func_name(0, 0, TEXT), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_frame_module_name(0, 0, TEXT), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_take(&error), WTS_ERR_STATE);
    return unused;
}

static void in_a_thread(void *(*function)(void *), void *argument) {
    pthread_t thread;
    CHECK_EQ(pthread_create(&thread, NULL, function, argument), 0);
    CHECK_EQ(pthread_join(thread, NULL), 0);
}

TEST(a_thread_without_failures_has_no_error) {
    CHECK_STATUS(fail_with_a_null_handle(), WTS_ERR_HANDLE);
    in_a_thread(check_no_error, NULL);
}

TEST(the_last_error_stays_until_the_next) {
    int32_t number = 0;
    CHECK_STATUS(fail_with_a_null_handle(), WTS_ERR_HANDLE);
    CHECK_OK(wts_error_status(0, &number));
    CHECK_EQ(number, WTS_ERR_HANDLE);
    CHECK_COPY_OUT(wts_error_message, (wts_error_t)0);

    /* Neither a success nor a getter that fails touches it. */
    WTS_SCOPED(store) store = new_store();
    CHECK_STATUS(wts_error_status(INVENTED, &number), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_error_exit_status(0, &number), WTS_ERR_STATE);
    CHECK_OK(wts_error_status(0, &number));
    CHECK_EQ(number, WTS_ERR_HANDLE);

    size_t index = 0;
    CHECK_STATUS(wts_option_find(WTS_STR("no such option"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_at(SIZE_MAX, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_count(NULL), WTS_ERR_NULL);
    CHECK_OK(wts_option_count(&index));
    CHECK_OK(wts_error_status(0, &number));
    CHECK_EQ(number, WTS_ERR_NULL);
}

TEST(an_error_that_is_no_trap_says_so) {
    int32_t number = -1;
    size_t count = 1;
    CHECK_STATUS(fail_with_a_null_handle(), WTS_ERR_HANDLE);
    CHECK_OK(wts_error_trap_code(0, &number));
    CHECK_EQ(number, WTS_TRAP_NONE);
    CHECK_STATUS(wts_error_host_code(0, &number), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_exit_status(0, &number), WTS_ERR_STATE);
    CHECK_TEXT(wts_error_backtrace(0, TEXT), "");
    CHECK_OK(wts_error_frame_count(0, &count));
    CHECK_EQ(count, 0);
}

/* What another thread reads from the error handle it is given. */
static void *read_message(void *argument) {
    const wts_error_t error = *(wts_error_t *)argument;
    int32_t number = 0;
    CHECK_OK(wts_error_status(error, &number));
    CHECK_EQ(number, WTS_ERR_TRAP);
    CHECK_OK(wts_error_trap_code(error, &number));
    CHECK_EQ(number, WTS_TRAP_UNREACHABLE);
    CHECK_OK(wts_error_message(error, TEXT));
    CHECK(test_text_len > 0);
    CHECK_OK(wts_error_delete(error));
    return NULL;
}

#define TRAPS                                                                                      \
    "(module $trapping"                                                                            \
    "  (func $inner unreachable)"                                                                  \
    "  (func $outer (export \"outer\") nop call $inner))"

TEST(a_taken_error_travels_to_another_thread) {
    WTS_SCOPED(store) store = new_store();
    wts_error_t error = 0;
    int32_t number = 0;
    CHECK_STATUS(wts_call_void(new_export(store, TRAPS, "outer")), WTS_ERR_TRAP);
    CHECK_OK(wts_error_take(&error));
    CHECK_STATUS(wts_error_status(0, &number), WTS_ERR_STATE);
    CHECK_EQ(wts_handle_kind(error), WTS_KIND_ERROR);
    in_a_thread(read_message, &error);
    CHECK_STATUS(wts_error_delete(error), WTS_ERR_STALE);
}

TEST(frames_tell_function_module_and_offsets) {
    WTS_SCOPED(store) store = new_store();
    CHECK_STATUS(wts_call_void(new_export(store, TRAPS, "outer")), WTS_ERR_TRAP);

    size_t count = 0;
    CHECK_OK(wts_error_frame_count(0, &count));
    CHECK_EQ(count, 2);
    CHECK_TEXT(wts_error_frame_func_name(0, 0, TEXT), "inner");
    CHECK_TEXT(wts_error_frame_func_name(0, 1, TEXT), "outer");
    CHECK_TEXT(wts_error_frame_module_name(0, 0, TEXT), "trapping");

    uint32_t func_index = 99;
    uint64_t func_offset = 0, module_offset[2] = {0, 0};
    for (size_t i = 0; i < count; i++) {
        CHECK_OK(wts_error_frame(0, i, &func_index, &func_offset, &module_offset[i]));
        CHECK_EQ(func_index, i);
        CHECK(func_offset < 10);
    }
    CHECK(module_offset[0] > 8 && module_offset[0] < module_offset[1] && module_offset[1] < 200);

    CHECK_OK(wts_error_backtrace(0, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, "inner") != NULL && strstr(test_text, "outer") != NULL);
    CHECK_COPY_OUT(wts_error_backtrace, (wts_error_t)0);
    CHECK_COPY_OUT(wts_error_frame_func_name, (wts_error_t)0, 0);
    CHECK_COPY_OUT(wts_error_frame_module_name, (wts_error_t)0, 0);

    CHECK_STATUS(wts_error_frame(0, 2, &func_index, &func_offset, &func_offset), WTS_ERR_RANGE);
    CHECK_STATUS(wts_error_frame_func_name(0, 2, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_error_frame_module_name(0, SIZE_MAX, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_error_frame(0, 0, NULL, &func_offset, &func_offset), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_frame(0, 0, &func_index, NULL, &func_offset), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_frame(0, 0, &func_index, &func_offset, NULL), WTS_ERR_NULL);
}

/* `f` is no mangled C++ name for `float`. */
TEST(names_in_the_backtrace_are_the_functions_own) {
    WTS_SCOPED(store) store = new_store();
    CHECK_STATUS(wts_call_void(new_export(store, "(module $m (func $f (export \"f\") unreachable))", "f")), WTS_ERR_TRAP);
    CHECK_TEXT(wts_error_frame_func_name(0, 0, TEXT), "f");
    CHECK_OK(wts_error_backtrace(0, TEXT));
    test_text[test_text_len] = '\0';
    CHECK(strstr(test_text, "m!f") != NULL && strstr(test_text, "float") == NULL);
}

TEST(functions_without_a_name_have_an_empty_one) {
    WTS_SCOPED(store) store = new_store();
    const wts_func_t func = new_export(store, "(module (func (export \"f\") unreachable))", "f");
    CHECK_STATUS(wts_call_void(func), WTS_ERR_TRAP);
    CHECK_TEXT(wts_error_frame_func_name(0, 0, TEXT), "");
    CHECK_TEXT(wts_error_frame_module_name(0, 0, TEXT), "");
}

TEST(backtraces_can_be_left_out) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) without = 0;
    WTS_SCOPED(store) store = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_BACKTRACE, 0));
    CHECK_OK(wts_engine_new(config, &without));
    CHECK_OK(wts_store_new(without, 0, &store));
    WTS_SCOPED(module) module = new_module_of(without, TRAPS);
    wts_instance_t instance = 0;
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_STATUS(wts_call_void(export_of(instance, "outer")), WTS_ERR_TRAP);
    size_t count = 1;
    CHECK_OK(wts_error_frame_count(0, &count));
    CHECK_EQ(count, 0);
    CHECK_TEXT(wts_error_backtrace(0, TEXT), "");
}

/* tests/wasm/lines.c, with the debug information or without. */
static wts_engine_t lines_engine(int64_t details) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_BACKTRACE_DETAILS, details));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static int32_t no_host(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                       size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    return 0;
}

static wts_status_t divide_by_zero(wts_engine_t of) {
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    int32_t result = 0;
    CHECK_OK(wts_store_new(of, 0, &store));
    CHECK_OK(wts_linker_new(of, &linker));
    CHECK_OK(wts_linker_define_func(linker, WTS_CSTR("env"), WTS_CSTR("host"), WTS_NOTHING, WTS_NOTHING, no_host, NULL,
                                    NULL));
    CHECK_OK(wts_module_new_file(of, WTS_CSTR("tests/wasm/lines.wasm"), &module));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    return wts_call_i32_i32_i32(export_of(instance, "scale"), 1, 0, &result);
}

TEST(frames_have_files_and_lines) {
    WTS_SCOPED(engine) detailed = lines_engine(1);
    size_t count = 0;
    uint32_t line = 0, column = 0;
    CHECK_STATUS(divide_by_zero(detailed), WTS_ERR_TRAP);
    CHECK_TEXT(wts_error_frame_func_name(0, 0, TEXT), "scale");
    CHECK_OK(wts_error_frame_symbol_count(0, 0, &count));
    CHECK_EQ(count, 2);
    CHECK_TEXT(wts_error_frame_symbol_name(0, 0, 0, TEXT), "divide");
    CHECK_TEXT(wts_error_frame_symbol_name(0, 0, 1, TEXT), "scale");
    CHECK_OK(wts_error_frame_symbol(0, 0, 0, &line, &column));
    CHECK(line == 6 && column == 14);
    CHECK_OK(wts_error_frame_symbol(0, 0, 1, &line, &column));
    CHECK(line == 10 && column == 20);
    for (size_t i = 0; i < 2; i++) {
        CHECK_OK(wts_error_frame_symbol_file(0, 0, i, TEXT));
        test_text[test_text_len] = '\0';
        CHECK(strstr(test_text, "tests/wasm/lines.c") != NULL);
    }
    CHECK_COPY_OUT(wts_error_frame_symbol_name, (wts_error_t)0, 0, 0);
    CHECK_COPY_OUT(wts_error_frame_symbol_file, (wts_error_t)0, 0, 0);
    CHECK_STATUS(wts_error_frame_symbol(0, 0, 2, &line, &column), WTS_ERR_RANGE);
    CHECK_STATUS(wts_error_frame_symbol(0, 9, 0, &line, &column), WTS_ERR_RANGE);
    CHECK_STATUS(wts_error_frame_symbol_name(0, 0, 2, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_error_frame_symbol_file(0, 0, SIZE_MAX, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_error_frame_symbol_count(0, 9, &count), WTS_ERR_RANGE);
    CHECK_STATUS(wts_error_frame_symbol_count(0, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_frame_symbol(0, 0, 0, NULL, &column), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_frame_symbol(0, 0, 0, &line, NULL), WTS_ERR_NULL);
    CHECK(line == 10 && column == 20);
}

TEST(lines_are_known_only_if_debug_information_is_kept) {
    WTS_SCOPED(engine) plain = lines_engine(0);
    size_t count = 7;
    CHECK_STATUS(divide_by_zero(plain), WTS_ERR_TRAP);
    CHECK_TEXT(wts_error_frame_func_name(0, 0, TEXT), "scale");
    CHECK_OK(wts_error_frame_symbol_count(0, 0, &count));
    CHECK_EQ(count, 0);
}

TEST(null_outputs_are_refused) {
    CHECK_STATUS(fail_with_a_null_handle(), WTS_ERR_HANDLE);
    CHECK_STATUS(wts_error_status(0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_trap_code(0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_host_code(0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_exit_status(0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_frame_count(0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_take(NULL), WTS_ERR_NULL);
    int32_t number = 0;
    CHECK_OK(wts_error_status(0, &number));
    CHECK_EQ(number, WTS_ERR_HANDLE);
}

TEST(bad_handles_are_refused) {
    wts_error_t stale = 0;
    int32_t number = 0;
    size_t count = 0;
    uint32_t func_index = 0;
    uint64_t offset = 0;
    uint32_t line = 0;
    CHECK_STATUS(fail_with_a_null_handle(), WTS_ERR_HANDLE);
    CHECK_OK(wts_error_take(&stale));
    CHECK_OK(wts_error_delete(stale));
    CHECK_HANDLES(h, stale, engine, wts_error_delete(h));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_status(h, &number));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_message(h, TEXT));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_trap_code(h, &number));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_host_code(h, &number));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_exit_status(h, &number));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_backtrace(h, TEXT));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_frame_count(h, &count));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_frame(h, 0, &func_index, &offset, &offset));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_frame_func_name(h, 0, TEXT));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_frame_module_name(h, 0, TEXT));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_frame_symbol_count(h, 0, &count));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_frame_symbol(h, 0, 0, &line, &line));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_frame_symbol_name(h, 0, 0, TEXT));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_frame_symbol_file(h, 0, 0, TEXT));
}

/* wts.h: what it prints of an error. */
TEST(errors_are_printed) {
    char text[2048] = "";
    FILE *const file = tmpfile();
    WTS_SCOPED(store) store = new_store();
    CHECK_STATUS(wts_call_void(new_export(store, TRAPS, "outer")), WTS_ERR_TRAP);
    wts_error_print(0, file);
    rewind(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    CHECK(strncmp(text, "WTS_ERR_TRAP: ", 14) == 0);
    CHECK(strstr(text, "unreachable") != NULL);
    CHECK(strstr(text, "inner") != NULL);
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(every_status_has_a_name_and_a_text);
    RUN(every_trap_code_has_a_name_and_a_text);
    RUN(a_thread_without_failures_has_no_error);
    RUN(the_last_error_stays_until_the_next);
    RUN(an_error_that_is_no_trap_says_so);
    RUN(a_taken_error_travels_to_another_thread);
    RUN(frames_tell_function_module_and_offsets);
    RUN(names_in_the_backtrace_are_the_functions_own);
    RUN(functions_without_a_name_have_an_empty_one);
    RUN(backtraces_can_be_left_out);
    RUN(frames_have_files_and_lines);
    RUN(lines_are_known_only_if_debug_information_is_kept);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    RUN(errors_are_printed);
    END;
}
