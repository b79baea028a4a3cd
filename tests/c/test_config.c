#include "test.h"

static wts_config_t new_config(void) {
    wts_config_t config = 0;
    CHECK_OK(wts_config_new(&config));
    return config;
}

TEST(options_describe_themselves) {
    size_t count = 0;
    CHECK_OK(wts_option_count(&count));
    CHECK(count >= 90);
    for (size_t i = 0; i < count; i++) {
        int32_t option = 0, found = 0, kind = 0;
        CHECK_OK(wts_option_at(i, &option));
        CHECK_COPY_OUT(wts_option_name, option);
        CHECK_COPY_OUT(wts_option_doc, option);
        CHECK_OK(wts_option_name(option, TEXT));
        CHECK_OK(wts_option_find(test_text, test_text_len, &found));
        CHECK_EQ(found, option);
        CHECK_OK(wts_option_kind(option, &kind));
        CHECK(kind >= WTS_OPTION_BOOL && kind <= WTS_OPTION_TEXT);
    }
    int32_t option = 0;
    CHECK_OK(wts_option_find(WTS_STR("max_wasm_stack"), &option));
    CHECK_EQ(option, WTS_OPT_MAX_WASM_STACK);
    CHECK_STATUS(wts_option_at(count, &option), WTS_ERR_RANGE);
    CHECK_ERROR(wts_option_find(WTS_STR("max_stack"), &option), WTS_ERR_NOT_FOUND, "max_stack");
    CHECK_STATUS(wts_option_find("\xff", 1, &option), WTS_ERR_UTF8);
    CHECK_STATUS(wts_option_find(NULL, 3, &option), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_find(NULL, 0, &option), WTS_ERR_NOT_FOUND);
}

TEST(unknown_options_are_refused_everywhere) {
    WTS_SCOPED(config) config = new_config();
    int32_t number = 0;
    int64_t value = 0;
    CHECK_STATUS(wts_option_name(9999, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_option_doc(9999, TEXT), WTS_ERR_RANGE);
    CHECK_STATUS(wts_option_kind(9999, &number), WTS_ERR_RANGE);
    CHECK_STATUS(wts_option_range(9999, &value, &value), WTS_ERR_RANGE);
    CHECK_ERROR(wts_config_set(config, 9999, 0), WTS_ERR_RANGE, "9999");
    CHECK_STATUS(wts_config_get(config, 9999, &value), WTS_ERR_RANGE);
    CHECK_STATUS(wts_config_set_text(config, 9999, WTS_STR("x")), WTS_ERR_RANGE);
    CHECK_STATUS(wts_config_get_text(config, 9999, TEXT), WTS_ERR_RANGE);
}

/* Every number option takes its bounds, gives them back, and refuses what lies outside. */
static void check_number(wts_config_t config, int32_t option) {
    int64_t minimum = 0, maximum = 0, value = 0;
    CHECK_OK(wts_option_range(option, &minimum, &maximum));
    CHECK(minimum <= maximum);
    CHECK_STATUS(wts_config_get(config, option, &value), WTS_ERR_STATE);
    CHECK_OK(wts_config_set(config, option, minimum));
    CHECK_OK(wts_config_set(config, option, maximum));
    CHECK_OK(wts_config_get(config, option, &value));
    CHECK_EQ(value, maximum);
    CHECK_OK(wts_option_name(option, TEXT));
    test_text[test_text_len] = '\0';
    if (minimum != INT64_MIN) CHECK_ERROR(wts_config_set(config, option, minimum - 1), WTS_ERR_RANGE, test_text);
    if (maximum != INT64_MAX) CHECK_ERROR(wts_config_set(config, option, maximum + 1), WTS_ERR_RANGE, test_text);
    CHECK_OK(wts_config_get(config, option, &value));
    CHECK_EQ(value, maximum);
    CHECK_STATUS(wts_config_set_text(config, option, WTS_STR("1")), WTS_ERR_TYPE);
    CHECK_STATUS(wts_config_get_text(config, option, TEXT), WTS_ERR_TYPE);
}

/* Two texts that an option takes. */
static const char *const *fitting(int32_t option) {
    static const char *const any[] = {"first", "second"};
    static const char *const flags[] = {"has_avx=false", "x86-64-v2, enable_alias_analysis=true"};
    static const char *const targets[] = {"x86_64-unknown-linux-gnu", "pulley64"};
    static const char *const costs[] = {"Call=10", "I32Add=0, memory_copy_per_byte=255"};
    return option == WTS_OPT_CRANELIFT_FLAGS ? flags
         : option == WTS_OPT_TARGET          ? targets
         : option == WTS_OPT_FUEL_COSTS      ? costs
                                             : any;
}

static void check_text_option(wts_config_t config, int32_t option) {
    const char *const *texts = fitting(option);
    int64_t value = 0;
    size_t len = 0;
    CHECK_STATUS(wts_config_get_text(config, option, NULL, 0, &len), WTS_ERR_STATE);
    CHECK_OK(wts_config_set_text(config, option, WTS_CSTR(texts[0])));
    CHECK_OK(wts_config_set_text(config, option, WTS_CSTR(texts[1])));
    CHECK_TEXT(wts_config_get_text(config, option, TEXT), texts[1]);
    CHECK_COPY_OUT(wts_config_get_text, config, option);
    CHECK_STATUS(wts_config_set_text(config, option, "\xc3(", 2), WTS_ERR_UTF8);
    CHECK_STATUS(wts_config_set_text(config, option, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_config_set_text(config, option, NULL, 0), WTS_ERR_RANGE);
    CHECK_TEXT(wts_config_get_text(config, option, TEXT), texts[1]);
    CHECK_STATUS(wts_config_set(config, option, 1), WTS_ERR_TYPE);
    CHECK_STATUS(wts_config_get(config, option, &value), WTS_ERR_TYPE);
    CHECK_STATUS(wts_option_range(option, &value, &value), WTS_ERR_TYPE);
}

TEST(values_are_checked_when_set) {
    size_t count = 0;
    CHECK_OK(wts_option_count(&count));
    for (size_t i = 0; i < count; i++) {
        WTS_SCOPED(config) config = new_config();
        int32_t option = 0, kind = 0;
        CHECK_OK(wts_option_at(i, &option));
        CHECK_OK(wts_option_kind(option, &kind));
        if (kind == WTS_OPTION_TEXT) check_text_option(config, option);
        else check_number(config, option);
    }
}

TEST(values_that_would_end_the_process_are_refused) {
    WTS_SCOPED(config) config = new_config();
    CHECK_STATUS(wts_config_set(config, WTS_OPT_MAX_WASM_STACK, 0), WTS_ERR_RANGE);
    CHECK_STATUS(wts_config_set(config, WTS_OPT_MAX_WASM_STACK, INT64_MAX), WTS_ERR_RANGE);
    CHECK_STATUS(wts_config_set(config, WTS_OPT_STRATEGY, 99), WTS_ERR_RANGE);
    CHECK_STATUS(wts_config_set(config, WTS_OPT_OPT_LEVEL, -1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_config_set(config, WTS_OPT_FUEL, 2), WTS_ERR_RANGE);
    CHECK_STATUS(wts_config_set(config, WTS_OPT_ALLOCATION_STRATEGY, 2), WTS_ERR_RANGE);
}

static void check_refused(int32_t option, const char *text, const char *named) {
    WTS_SCOPED(config) config = new_config();
    CHECK_ERROR(wts_config_set_text(config, option, WTS_CSTR(text)), WTS_ERR_RANGE, named);
    CHECK_STATUS(wts_config_get_text(config, option, TEXT), WTS_ERR_STATE);
}

TEST(texts_are_understood_when_set) {
    char long_version[102];
    memset(long_version, 'x', sizeof long_version - 1);
    long_version[sizeof long_version - 1] = '\0';
    check_refused(WTS_OPT_TARGET, "my-own-machine", "my-own-machine");
    check_refused(WTS_OPT_MODULE_VERSION, long_version, "101");

    /* Of an unknown flag the message lists those that are known; most flags would make code unsafe. */
    check_refused(WTS_OPT_CRANELIFT_FLAGS, "no_such_flag", "enable_heap_access_spectre_mitigation");
    check_refused(WTS_OPT_CRANELIFT_FLAGS, "has_avx=false,enable_pinned_reg=true", "enable_pinned_reg");
    check_refused(WTS_OPT_CRANELIFT_FLAGS, "has_avx=maybe", "has_avx=true or has_avx=false");
    check_refused(WTS_OPT_CRANELIFT_FLAGS, "has_avx=", "has_avx");
    check_refused(WTS_OPT_CRANELIFT_FLAGS, "haswell=true", "preset");
    check_refused(WTS_OPT_CRANELIFT_FLAGS, "log2_min_function_alignment=200", "0 to 12");
    check_refused(WTS_OPT_CRANELIFT_FLAGS, "log2_min_function_alignment", "0 to 12");
    check_refused(WTS_OPT_CRANELIFT_FLAGS, ",", "has_avx");
    check_refused(WTS_OPT_FUEL_COSTS, "i32.add=1", "memory_copy_per_byte");
    check_refused(WTS_OPT_FUEL_COSTS, "I32Add=256", "0 to 255");
    check_refused(WTS_OPT_FUEL_COSTS, "I32Add=-1", "0 to 255");
    check_refused(WTS_OPT_FUEL_COSTS, "I32Add", "0 to 255");
}

TEST(one_config_makes_several_engines) {
    WTS_SCOPED(config) config = new_config();
    WTS_SCOPED(engine) first = 0;
    WTS_SCOPED(engine) second = 0;
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_OK(wts_engine_new(config, &first));
    CHECK_OK(wts_engine_new(config, &second));
    CHECK(first != second);
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(config) config = new_config();
    int64_t value = 0;
    CHECK_STATUS(wts_config_new(NULL), WTS_ERR_NULL);
    CHECK_OK(wts_config_set(config, WTS_OPT_FUEL, 1));
    CHECK_STATUS(wts_config_get(config, WTS_OPT_FUEL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_count(NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_at(0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_find(WTS_STR("fuel"), NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_kind(WTS_OPT_FUEL, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_range(WTS_OPT_FUEL, NULL, &value), WTS_ERR_NULL);
    CHECK_STATUS(wts_option_range(WTS_OPT_FUEL, &value, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_config_t stale = new_config();
    int64_t value = 0;
    CHECK_OK(wts_config_delete(stale));
    CHECK_HANDLES(h, stale, engine, wts_config_delete(h));
    CHECK_HANDLES(h, stale, engine, wts_config_set(h, WTS_OPT_FUEL, 1));
    CHECK_HANDLES(h, stale, engine, wts_config_get(h, WTS_OPT_FUEL, &value));
    CHECK_HANDLES(h, stale, engine, wts_config_set_text(h, WTS_OPT_CACHE_DIR, WTS_STR("x")));
    CHECK_HANDLES(h, stale, engine, wts_config_get_text(h, WTS_OPT_CACHE_DIR, TEXT));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(options_describe_themselves);
    RUN(unknown_options_are_refused_everywhere);
    RUN(values_are_checked_when_set);
    RUN(values_that_would_end_the_process_are_refused);
    RUN(texts_are_understood_when_set);
    RUN(one_config_makes_several_engines);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
