#include "files.h"

/* $log is function 0, an import; $run and the nameless one are 1 and 2. */
#define GUEST                                                                                      \
    "(module"                                                                                      \
    "  (import \"env\" \"log\" (func $log))"                                                       \
    "  (import \"env\" \"memory\" (memory 9))"                                                     \
    "  (memory 2) (memory 5 7) (table 3 funcref)"                                                  \
    "  (data (memory 1) (i32.const 0) \"image\")"                                                  \
    "  (func $run (export \"run\") (result i32) i32.const 42)"                                     \
    "  (func (param i32) (result i32) (i32.div_s (i32.const 1) (local.get 0)))"                    \
    "  (@custom \"notes\" \"one\") (@custom \"other\" \"\\00\\ff\") (@custom \"notes\" \"two\")"    \
    "  (@custom \".debug_str\" \"large\"))"

static void check_section(wts_module_t module, const char *name, size_t index, const void *expected, size_t size) {
    uint8_t bytes[16];
    size_t len = 0;
    CHECK_OK(wts_module_custom_section(module, WTS_CSTR(name), index, bytes, sizeof bytes, &len));
    CHECK_EQ(len, size);
    CHECK(memcmp(bytes, expected, size) == 0);
}

static size_t sections(wts_module_t module, const char *name) {
    size_t count = SIZE_MAX;
    CHECK_OK(wts_module_custom_section_count(module, WTS_CSTR(name), &count));
    return count;
}

static void check_sections(wts_module_t module) {
    CHECK_EQ(sections(module, "notes"), 2);
    CHECK_EQ(sections(module, "other"), 1);
    CHECK_EQ(sections(module, "none"), 0);
    check_section(module, "notes", 0, "one", 3);
    check_section(module, "notes", 1, "two", 3);
    check_section(module, "other", 0, "\0\xff", 2);
    /* Left out, as the header says. */
    CHECK_EQ(sections(module, "name"), 0);
    CHECK_EQ(sections(module, ".debug_str"), 0);
}

TEST(custom_sections_are_kept) {
    WTS_SCOPED(module) module = new_module(GUEST);
    uint8_t bytes[4];
    size_t len = 7;
    check_sections(module);
    CHECK_OK(wts_module_custom_section(module, WTS_STR("notes"), 0, NULL, 0, &len));
    CHECK_EQ(len, 3);
    CHECK_STATUS(wts_module_custom_section(module, WTS_STR("notes"), 0, bytes, 2, &len), WTS_ERR_BUFFER);
    CHECK_ERROR(wts_module_custom_section(module, WTS_STR("notes"), 2, bytes, 4, &len), WTS_ERR_RANGE, "2");
    CHECK_STATUS(wts_module_custom_section(module, WTS_STR("none"), 0, bytes, 4, &len), WTS_ERR_RANGE);
    CHECK_STATUS(wts_module_custom_section(module, "\xff", 1, 0, bytes, 4, &len), WTS_ERR_UTF8);
    CHECK_STATUS(wts_module_custom_section_count(module, "\xff", 1, &len), WTS_ERR_UTF8);
    CHECK_STATUS(wts_module_custom_section_count(module, NULL, 1, &len), WTS_ERR_NULL);
    WTS_SCOPED(module) plain = new_module("(module)");
    CHECK_EQ(sections(plain, "notes"), 0);
    CHECK_EQ(sections(plain, ""), 0);
}

static wts_engine_t engine_with(int32_t option, int64_t value) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, option, value));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

/* From bytes, from a file that is copied and from one that is mapped; and an artifact of each is the same again. */
TEST(custom_sections_come_along_in_artifacts) {
    char dir[PATH_SIZE], path[PATH_SIZE + 8];
    uint8_t *bytes = NULL;
    size_t len = 0;
    WTS_SCOPED(module) module = new_module(GUEST);
    WTS_SCOPED(engine) mapping = engine_with(WTS_OPT_MAP_ARTIFACTS, 1);
    wts_module_t loaded[3] = {0};
    make_temporary_folder(dir);
    snprintf(path, sizeof path, "%s/guest", dir);
    CHECK_OK(wts_module_serialize_file(module, WTS_CSTR(path)));
    CHECK_OK(wts_copy_bytes(wts_module_serialize, module, &bytes, &len));
    CHECK_OK(wts_module_deserialize(engine, bytes, len, &loaded[0]));
    CHECK_OK(wts_module_deserialize_file(engine, WTS_CSTR(path), &loaded[1]));
    CHECK_OK(wts_module_deserialize_file(mapping, WTS_CSTR(path), &loaded[2]));
    for (size_t i = 0; i < 3; i++) {
        uint8_t *again = NULL;
        size_t again_len = 0;
        check_sections(loaded[i]);
        CHECK_OK(wts_copy_bytes(wts_module_serialize, loaded[i], &again, &again_len));
        CHECK_EQ(again_len, len);
        CHECK(again_len == len && memcmp(again, bytes, len) == 0);
        free(again);
        CHECK_OK(wts_module_delete(loaded[i]));
    }
    free(bytes);
    remove_folder(dir);
}

TEST(custom_sections_come_along_in_the_cache) {
    char dir[PATH_SIZE];
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) cached = 0;
    uint64_t hits = 0, misses = 0;
    make_temporary_folder(dir);
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set_text(config, WTS_OPT_CACHE_DIR, WTS_CSTR(dir)));
    CHECK_OK(wts_engine_new(config, &cached));
    WTS_SCOPED(module) compiled = new_module_of(cached, GUEST);
    WTS_SCOPED(module) found = new_module_of(cached, GUEST);
    CHECK_OK(wts_engine_cache_counts(cached, &hits, &misses));
    CHECK_EQ(hits, 1);
    check_sections(compiled);
    check_sections(found);
    remove_folder(dir);
}

TEST(resources_are_those_of_an_instance) {
    WTS_SCOPED(module) module = new_module(GUEST);
    WTS_SCOPED(module) plain = new_module("(module)");
    uint32_t memories = 7, tables = 7;
    uint64_t pages = 7, elements = 7;
    CHECK_OK(wts_module_resources_required(module, &memories, &pages, &tables, &elements));
    CHECK_EQ(memories, 2);
    CHECK_EQ(pages, 5);
    CHECK_EQ(tables, 1);
    CHECK_EQ(elements, 3);
    CHECK_OK(wts_module_resources_required(plain, &memories, &pages, &tables, &elements));
    CHECK_EQ(memories + tables + pages + elements, 0);
}

TEST(functions_are_listed_with_their_code) {
    WTS_SCOPED(module) module = new_module(GUEST);
    WTS_SCOPED(buffer) text = 0;
    const uint8_t *code = NULL;
    size_t count = 0, code_len = 0;
    uint64_t end = 0;
    CHECK_OK(wts_module_func_count(module, &count));
    CHECK_EQ(count, 2);
    CHECK_OK(wts_module_text(module, &text));
    CHECK_OK(wts_buffer_data(text, &code, &code_len));
    for (size_t i = 0; i < count; i++) {
        uint32_t func_index = 0;
        uint64_t offset = 0, size = 0;
        CHECK_OK(wts_module_func(module, i, &func_index, &offset, &size));
        CHECK_EQ(func_index, i + 1);
        CHECK(offset >= end && size > 0 && offset + size <= code_len);
        end = offset + size;
    }
    CHECK_TEXT(wts_module_func_name(module, 0, TEXT), "run");
    CHECK_COPY_OUT(wts_module_func_name, module, 0);
    CHECK_TEXT(wts_module_func_name(module, 1, TEXT), "");
    uint32_t func_index = 7;
    CHECK_ERROR(wts_module_func(module, 2, &func_index, &end, &end), WTS_ERR_RANGE, "2");
    CHECK_STATUS(wts_module_func_name(module, SIZE_MAX, TEXT), WTS_ERR_RANGE);
    CHECK_EQ(func_index, 7);
}

TEST(an_address_map_leads_from_code_to_the_module) {
    WTS_SCOPED(module) module = new_module(GUEST);
    uint64_t numbers[256];
    size_t len = 0, need = 0, known = 0;
    CHECK_OK(wts_module_address_map(module, NULL, 0, &need));
    CHECK(need > 0 && need % 2 == 0 && need <= 256);
    CHECK_STATUS(wts_module_address_map(module, numbers, need - 1, &len), WTS_ERR_BUFFER);
    CHECK_OK(wts_module_address_map(module, numbers, 256, &len));
    CHECK_EQ(len, need);
    for (size_t i = 0; i < len; i += 2) {
        CHECK(i == 0 || numbers[i] > numbers[i - 2]);
        known += numbers[i + 1] != WTS_UNLIMITED;
    }
    CHECK(known > 0);

    WTS_SCOPED(engine) without = engine_with(WTS_OPT_GENERATE_ADDRESS_MAP, 0);
    WTS_SCOPED(module) unmapped = new_module_of(without, "(module (func))");
    CHECK_ERROR(wts_module_address_map(unmapped, NULL, 0, &len), WTS_ERR_STATE, "generate_address_map");
}

TEST(the_image_is_in_memory) {
    WTS_SCOPED(module) module = new_module(GUEST);
    const uint8_t *image = NULL;
    size_t len = 0;
    CHECK_OK(wts_module_image_range(module, &image, &len));
    CHECK(len > 4 && memcmp(image, "\x7f" "ELF", 4) == 0);
    CHECK_OK(wts_module_initialize_copy_on_write_image(module));
    CHECK_OK(wts_module_initialize_copy_on_write_image(module));
}

TEST(a_debugged_module_keeps_its_bytes) {
    static const uint8_t wasm[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
    WTS_SCOPED(engine) debugging = engine_with(WTS_OPT_GUEST_DEBUG, 1);
    WTS_SCOPED(module) module = 0;
    WTS_SCOPED(module) plain = new_module("(module)");
    WTS_SCOPED(buffer) kept = 0;
    wts_buffer_t none = 7;
    const uint8_t *bytes = NULL;
    size_t len = 0;
    CHECK_OK(wts_module_new(debugging, wasm, sizeof wasm, &module));
    CHECK_OK(wts_module_debug_bytecode(module, &kept));
    CHECK_OK(wts_buffer_data(kept, &bytes, &len));
    CHECK(len == sizeof wasm && memcmp(bytes, wasm, len) == 0);
    CHECK_ERROR(wts_module_debug_bytecode(plain, &none), WTS_ERR_STATE, "guest_debug");
    CHECK_EQ(none, 7);
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(module) module = new_module(GUEST);
    uint32_t small = 0;
    uint64_t number = 0;
    size_t size = 0;
    const uint8_t *data = NULL;
    CHECK_STATUS(wts_module_custom_section_count(module, WTS_STR("notes"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_custom_section(module, WTS_STR("notes"), 0, NULL, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_resources_required(module, NULL, &number, &small, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_resources_required(module, &small, NULL, &small, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_resources_required(module, &small, &number, NULL, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_resources_required(module, &small, &number, &small, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_image_range(module, NULL, &size), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_image_range(module, &data, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_func_count(module, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_func(module, 0, NULL, &number, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_func(module, 0, &small, NULL, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_func(module, 0, &small, &number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_func_name(module, 0, NULL, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_address_map(module, NULL, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_address_map(module, NULL, 8, &size), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_text(module, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_module_debug_bytecode(module, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_module_t stale = new_module("(module)");
    uint32_t small = 0;
    uint64_t number = 0;
    size_t size = 0;
    const uint8_t *data = NULL;
    wts_buffer_t buffer = 0;
    CHECK_OK(wts_module_delete(stale));
    CHECK_HANDLES(h, stale, engine, wts_module_custom_section_count(h, WTS_STR("notes"), &size));
    CHECK_HANDLES(h, stale, engine, wts_module_custom_section(h, WTS_STR("notes"), 0, NULL, 0, &size));
    CHECK_HANDLES(h, stale, engine, wts_module_resources_required(h, &small, &number, &small, &number));
    CHECK_HANDLES(h, stale, engine, wts_module_image_range(h, &data, &size));
    CHECK_HANDLES(h, stale, engine, wts_module_initialize_copy_on_write_image(h));
    CHECK_HANDLES(h, stale, engine, wts_module_func_count(h, &size));
    CHECK_HANDLES(h, stale, engine, wts_module_func(h, 0, &small, &number, &number));
    CHECK_HANDLES(h, stale, engine, wts_module_func_name(h, 0, TEXT));
    CHECK_HANDLES(h, stale, engine, wts_module_address_map(h, NULL, 0, &size));
    CHECK_HANDLES(h, stale, engine, wts_module_text(h, &buffer));
    CHECK_HANDLES(h, stale, engine, wts_module_debug_bytecode(h, &buffer));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(custom_sections_are_kept);
    RUN(custom_sections_come_along_in_artifacts);
    RUN(custom_sections_come_along_in_the_cache);
    RUN(resources_are_those_of_an_instance);
    RUN(functions_are_listed_with_their_code);
    RUN(an_address_map_leads_from_code_to_the_module);
    RUN(the_image_is_in_memory);
    RUN(a_debugged_module_keeps_its_bytes);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
