#include "callbacks.h"

static wts_engine_t new_engine(int64_t dumps) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_COREDUMP_ON_TRAP, dumps));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

/* A number in LEB128 at *at, which moves on. */
static size_t number_at(const uint8_t **at) {
    size_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const uint8_t byte = *(*at)++;
        value |= (size_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
    }
}

/* The content of a section after its name, or NULL; custom sections by their names, others by their numbers. */
static const uint8_t *section(const uint8_t *dump, size_t len, uint8_t id, const char *name, size_t *out_len) {
    CHECK(len > 8 && memcmp(dump, "\0asm\1\0\0\0", 8) == 0);
    for (const uint8_t *at = dump + 8; at < dump + len;) {
        const uint8_t found = *at++;
        const size_t size = number_at(&at);
        const uint8_t *const end = at + size;
        CHECK(end <= dump + len);
        const size_t name_len = found == 0 ? number_at(&at) : 0;
        if (found == id && name_len == strlen(name) && memcmp(at, name, name_len) == 0) {
            *out_len = (size_t)(end - at) - name_len;
            return at + name_len;
        }
        at = end;
    }
    return NULL;
}

static bool holds(const uint8_t *bytes, size_t len, const char *text) {
    const size_t text_len = strlen(text);
    for (size_t i = 0; i + text_len <= len; i++)
        if (memcmp(bytes + i, text, text_len) == 0) return true;
    return false;
}

#define GUEST                                                                                      \
    "(module $guest (memory 1) (memory 1) (data (i32.const 4000) \"what the memory held\")"         \
    "  (global $g (mut i64) (i64.const 7)) (global externref (ref.null extern))"                    \
    "  (func $inner (global.set $g (i64.const 42)) unreachable)"                                    \
    "  (func $outer (export \"f\") (call $inner)))"

TEST(a_trap_leaves_a_dump) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(buffer) buffer = 0;
    WTS_SCOPED(error) error = 0;
    const uint8_t *dump = NULL, *found = NULL;
    size_t len = 0, size = 0;
    CHECK_STATUS(wts_call_void(new_export(store, GUEST, "f")), WTS_ERR_TRAP);
    CHECK_TEXT(wts_error_message(0, TEXT), "wasm trap: wasm `unreachable` instruction executed");
    /* It stays with the error when the store goes. */
    CHECK_OK(wts_error_take(&error));
    CHECK_OK(wts_store_delete(store));
    store = 0;
    CHECK_OK(wts_error_coredump(error, WTS_CSTR("guest.wasm"), &buffer));
    CHECK_OK(wts_buffer_data(buffer, &dump, &len));
    found = section(dump, len, 0, "core", &size);
    CHECK(found != NULL && size == 12 && memcmp(found, "\0\012guest.wasm", 12) == 0);
    found = section(dump, len, 0, "coremodules", &size);
    CHECK(found != NULL && holds(found, size, "guest"));
    CHECK(section(dump, len, 0, "coreinstances", &size) != NULL);
    found = section(dump, len, 0, "corestack", &size);
    /* A thread `main` of two frames. */
    CHECK(found != NULL && memcmp(found, "\0\4main\2", 7) == 0);
    found = section(dump, len, 11, "", &size);
    CHECK(found != NULL && holds(found, size, "what the memory held"));
    found = section(dump, len, 6, "", &size);
    CHECK(found != NULL && holds(found, size, "\x42\x2a\x0b"));
    CHECK_OK(wts_module_validate(engine, dump, len));

    WTS_SCOPED(buffer) nameless = 0;
    CHECK_OK(wts_error_coredump(error, WTS_NOTHING, &nameless));
    CHECK_OK(wts_buffer_data(nameless, &dump, &size));
    CHECK_EQ(size, len - 10);
}

static int32_t fails(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                     size_t nresults) {
    (void)env, (void)caller, (void)args, (void)nargs, (void)results, (void)nresults;
    return -3;
}

TEST(so_do_a_host_function_that_fails_and_a_start_function) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(PASSES_ON);
    WTS_SCOPED(module) starts = new_module("(module (func $f unreachable) (start $f))");
    WTS_SCOPED(buffer) buffer = 0;
    wts_instance_t instance = 0;
    int32_t result = 0;
    define_in(linker, "env", "f", fails, NULL);
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_STATUS(wts_call_i32_i32(export_of(instance, "f"), 1, &result), WTS_ERR_HOST);
    CHECK_TEXT(wts_error_message(0, TEXT), "the host function failed with -3");
    CHECK_OK(wts_error_coredump(0, WTS_NOTHING, &buffer));
    CHECK_OK(wts_buffer_delete(buffer));
    CHECK_STATUS(wts_instance_new(store, starts, WTS_NOTHING, &instance), WTS_ERR_TRAP);
    CHECK_OK(wts_error_coredump(0, WTS_NOTHING, &buffer));
}

TEST(what_cannot_be_written_is_told) {
    wts_buffer_t buffer = 7;
    WTS_SCOPED(store) store = new_store();
    CHECK_STATUS(wts_call_void(new_export(store,
                                          "(module (global exnref (ref.null exn)) (func (export \"f\") unreachable))",
                                          "f")),
                 WTS_ERR_TRAP);
    CHECK_STATUS(wts_error_coredump(0, WTS_NOTHING, &buffer), WTS_ERR_UNSUPPORTED);
    WTS_SCOPED(store) large = new_store();
    CHECK_STATUS(wts_call_void(new_export(large, "(module (memory 16385) (func (export \"f\") unreachable))", "f")),
                 WTS_ERR_TRAP);
    CHECK_STATUS(wts_error_coredump(0, WTS_NOTHING, &buffer), WTS_ERR_LIMIT);
    CHECK_EQ(buffer, 7);
}

TEST(errors_without_a_dump_say_so) {
    wts_buffer_t buffer = 7;
    WTS_SCOPED(engine) plain = new_engine(0);
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = new_module_of(plain, GUEST);
    WTS_SCOPED(error) stale = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_store_new(plain, 0, &store));
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    CHECK_STATUS(wts_call_void(export_of(instance, "f")), WTS_ERR_TRAP);
    CHECK_STATUS(wts_error_coredump(0, WTS_NOTHING, &buffer), WTS_ERR_STATE);
    CHECK_STATUS(wts_error_coredump(0, WTS_NOTHING, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_coredump(0, NULL, 1, &buffer), WTS_ERR_NULL);
    CHECK_STATUS(wts_error_coredump(0, "\xff", 1, &buffer), WTS_ERR_UTF8);
    CHECK_OK(wts_error_take(&stale));
    CHECK_STATUS(wts_error_coredump(0, WTS_NOTHING, &buffer), WTS_ERR_STATE);
    CHECK_OK(wts_error_delete(stale));
    CHECK_HANDLES_NOT_NULL(h, stale, engine, wts_error_coredump(h, WTS_NOTHING, &buffer));
    CHECK_EQ(buffer, 7);
    stale = 0;
}

int main(int argc, char **argv) {
    engine = new_engine(1);
    RUN(a_trap_leaves_a_dump);
    RUN(so_do_a_host_function_that_fails_and_a_start_function);
    RUN(what_cannot_be_written_is_told);
    RUN(errors_without_a_dump_say_so);
    END;
}
