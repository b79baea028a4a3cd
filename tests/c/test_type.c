#include "test.h"

/* The kinds that wts_type_params or wts_type_results gives. */
static void check_kinds(wts_status_t (*get)(wts_type_t, int32_t *, size_t, size_t *), wts_type_t type,
                        const int32_t *expected, size_t expected_len) {
    int32_t kinds[8] = {0};
    size_t len = 99;
    CHECK_OK(get(type, NULL, 0, &len));
    CHECK_EQ(len, expected_len);
    CHECK_OK(get(type, kinds, 8, &len));
    CHECK_EQ(len, expected_len);
    CHECK(expected_len == 0 || memcmp(kinds, expected, expected_len * sizeof *kinds) == 0);
    if (expected_len == 0) return;
    len = 99;
    kinds[0] = 0;
    CHECK(expected_len == 1 || get(type, kinds, expected_len - 1, &len) == WTS_ERR_BUFFER);
    CHECK(expected_len == 1 || (len == expected_len && kinds[0] == 0));
    CHECK_STATUS(get(type, NULL, 1, &len), WTS_ERR_NULL);
    CHECK_STATUS(get(type, kinds, 8, NULL), WTS_ERR_NULL);
}

TEST(function_types_have_params_and_results) {
    WTS_SCOPED(type) type = 0;
    int32_t kind = 0;
    CHECK_OK(wts_type_new_func(WTS_KINDS(WTS_I32, WTS_F32, WTS_V128), WTS_KINDS(WTS_I64, WTS_EXTERNREF), &type));
    CHECK_OK(wts_type_kind(type, &kind));
    CHECK_EQ(kind, WTS_KIND_FUNC);
    check_kinds(wts_type_params, type, WTS_KINDS(WTS_I32, WTS_F32, WTS_V128));
    check_kinds(wts_type_results, type, WTS_KINDS(WTS_I64, WTS_EXTERNREF));
    CHECK_TEXT(wts_type_text(type, TEXT), "(func (param i32 f32 v128) (result i64 externref))");
    CHECK_COPY_OUT(wts_type_text, type);
}

TEST(a_function_may_have_neither) {
    WTS_SCOPED(type) type = 0;
    CHECK_OK(wts_type_new_func(WTS_NOTHING, WTS_NOTHING, &type));
    check_kinds(wts_type_params, type, WTS_NOTHING);
    check_kinds(wts_type_results, type, WTS_NOTHING);
    CHECK_TEXT(wts_type_text(type, TEXT), "(func)");
}

TEST(kinds_are_validated) {
    wts_type_t type = 7;
    CHECK_ERROR(wts_type_new_func(WTS_KINDS(WTS_I32, 98), WTS_NOTHING, &type), WTS_ERR_RANGE, "0x62");
    CHECK_STATUS(wts_type_new_func(WTS_NOTHING, WTS_KINDS(0), &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_func(WTS_KINDS(WTS_REF), WTS_NOTHING, &type), WTS_ERR_UNSUPPORTED);
    CHECK_STATUS(wts_type_new_func(WTS_KINDS(WTS_REF_NULL), WTS_NOTHING, &type), WTS_ERR_UNSUPPORTED);
    CHECK_STATUS(wts_type_new_func(NULL, 1, WTS_NOTHING, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_func(WTS_NOTHING, NULL, 1, &type), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_global(98, 0, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_global(WTS_REF, 0, &type), WTS_ERR_UNSUPPORTED);
    CHECK_STATUS(wts_type_new_table(WTS_REF_NULL, 0, 1, 0, &type), WTS_ERR_UNSUPPORTED);
    CHECK_ERROR(wts_type_new_table(WTS_I32, 0, 1, 0, &type), WTS_ERR_RANGE, "i32", "reference");
    CHECK_ERROR(wts_type_new_table(98, 0, 1, 0, &type), WTS_ERR_RANGE, "the kinds are WTS_FUNCREF");
    CHECK_ERROR(wts_type_new_global(98, 0, &type), WTS_ERR_RANGE, "the kinds are WTS_I32", "WTS_V128, WTS_FUNCREF");
    CHECK_EQ(type, 7);
}

/* Wasmtime panics at functions of more than 1,000 parameters. */
TEST(parameters_are_limited) {
    static int32_t kinds[1001];
    wts_type_t type = 0;
    for (size_t i = 0; i < 1001; i++) kinds[i] = WTS_I32;
    CHECK_OK(wts_type_new_func(kinds, 1000, WTS_NOTHING, &type));
    CHECK_OK(wts_type_delete(type));
    CHECK_ERROR(wts_type_new_func(kinds, 1001, WTS_NOTHING, &type), WTS_ERR_LIMIT, "1000");
    CHECK_STATUS(wts_type_new_func(WTS_NOTHING, kinds, 1001, &type), WTS_ERR_LIMIT);
}

TEST(memory_types_have_limits) {
    WTS_SCOPED(type) limited = 0;
    WTS_SCOPED(type) unlimited = 0;
    WTS_SCOPED(type) large = 0;
    uint64_t minimum = 0, maximum = 0;
    int32_t flags = -1, page_size_log2 = 0;
    CHECK_OK(wts_type_new_memory(1, 4, 0, 16, &limited));
    CHECK_OK(wts_type_new_memory(0, WTS_UNLIMITED, 0, 16, &unlimited));
    CHECK_OK(wts_type_new_memory(1, WTS_UNLIMITED, WTS_MEMORY_64, 16, &large));
    CHECK_OK(wts_type_memory(limited, &minimum, &maximum, &flags, &page_size_log2));
    CHECK(minimum == 1 && maximum == 4 && flags == 0 && page_size_log2 == 16);
    CHECK_OK(wts_type_memory(unlimited, &minimum, &maximum, &flags, &page_size_log2));
    CHECK(minimum == 0 && maximum == WTS_UNLIMITED && flags == 0 && page_size_log2 == 16);
    CHECK_OK(wts_type_memory(large, &minimum, &maximum, &flags, &page_size_log2));
    CHECK(minimum == 1 && maximum == WTS_UNLIMITED && flags == WTS_MEMORY_64 && page_size_log2 == 16);
    CHECK_TEXT(wts_type_text(limited, TEXT), "(memory 1 4)");
    CHECK_TEXT(wts_type_text(unlimited, TEXT), "(memory 0)");
    CHECK_TEXT(wts_type_text(large, TEXT), "(memory i64 1)");
}

TEST(impossible_memory_types_are_refused) {
    wts_type_t type = 7;
    CHECK_STATUS(wts_type_new_memory(2, 1, 0, 16, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_memory(65537, WTS_UNLIMITED, 0, 16, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_memory(0, 65537, 0, 16, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_memory(WTS_UNLIMITED, WTS_UNLIMITED, WTS_MEMORY_64, 16, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_memory(1, 2, 64, 16, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_memory(1, 2, -1, 16, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_memory(1, 2, 0, 7, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_memory(1, 2, 0, -1, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_memory(1, WTS_UNLIMITED, WTS_MEMORY_SHARED, 16, &type), WTS_ERR_RANGE);
    CHECK_EQ(type, 7);
}

TEST(table_types_have_element_and_limits) {
    WTS_SCOPED(type) limited = 0;
    WTS_SCOPED(type) unlimited = 0;
    WTS_SCOPED(type) large = 0;
    uint64_t minimum = 0, maximum = 0;
    int32_t element = 0, flags = -1;
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, 9, 0, &limited));
    CHECK_OK(wts_type_new_table(WTS_EXTERNREF, 0, WTS_UNLIMITED, 0, &unlimited));
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, WTS_UNLIMITED, WTS_TABLE_64, &large));
    CHECK_OK(wts_type_table(limited, &element, &minimum, &maximum, &flags));
    CHECK(element == WTS_FUNCREF && minimum == 1 && maximum == 9 && flags == 0);
    CHECK_OK(wts_type_table(unlimited, &element, &minimum, &maximum, &flags));
    CHECK(element == WTS_EXTERNREF && minimum == 0 && maximum == WTS_UNLIMITED && flags == 0);
    CHECK_OK(wts_type_table(large, &element, &minimum, &maximum, &flags));
    CHECK(element == WTS_FUNCREF && flags == WTS_TABLE_64);
    CHECK_TEXT(wts_type_text(limited, TEXT), "(table 1 9 funcref)");
    CHECK_TEXT(wts_type_text(unlimited, TEXT), "(table 0 externref)");

    wts_type_t type = 7;
    CHECK_STATUS(wts_type_new_table(WTS_FUNCREF, 2, 1, 0, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_table(WTS_FUNCREF, 0, UINT64_C(1) << 32, 0, &type), WTS_ERR_RANGE);
    CHECK_STATUS(wts_type_new_table(WTS_FUNCREF, 0, 1, 2, &type), WTS_ERR_RANGE);
    CHECK_EQ(type, 7);
}

TEST(global_types_have_content_and_mutability) {
    WTS_SCOPED(type) constant = 0;
    WTS_SCOPED(type) variable = 0;
    int32_t content = 0, is_mutable = -1;
    CHECK_OK(wts_type_new_global(WTS_F64, 0, &constant));
    CHECK_OK(wts_type_new_global(WTS_EXTERNREF, 1, &variable));
    CHECK_OK(wts_type_global(constant, &content, &is_mutable));
    CHECK(content == WTS_F64 && is_mutable == 0);
    CHECK_OK(wts_type_global(variable, &content, &is_mutable));
    CHECK(content == WTS_EXTERNREF && is_mutable == 1);
    CHECK_TEXT(wts_type_text(constant, TEXT), "(global f64)");
    CHECK_TEXT(wts_type_text(variable, TEXT), "(global (mut externref))");
    wts_type_t type = 7;
    CHECK_STATUS(wts_type_new_global(WTS_F64, 2, &type), WTS_ERR_RANGE);
    CHECK_EQ(type, 7);
}

TEST(a_type_is_asked_for_what_it_is) {
    WTS_SCOPED(type) func = 0;
    WTS_SCOPED(type) global = 0;
    uint64_t limit = 0;
    int32_t number = 0;
    size_t len = 0;
    CHECK_OK(wts_type_new_func(WTS_NOTHING, WTS_NOTHING, &func));
    CHECK_OK(wts_type_new_global(WTS_I32, 0, &global));
    CHECK_ERROR(wts_type_params(global, NULL, 0, &len), WTS_ERR_TYPE, "global");
    CHECK_STATUS(wts_type_results(global, NULL, 0, &len), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_memory(func, &limit, &limit, &number, &number), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_table(func, &number, &limit, &limit, &number), WTS_ERR_TYPE);
    CHECK_STATUS(wts_type_global(func, &number, &number), WTS_ERR_TYPE);
}

TEST(null_outputs_are_refused) {
    WTS_SCOPED(type) memory = 0;
    WTS_SCOPED(type) table = 0;
    WTS_SCOPED(type) global = 0;
    uint64_t limit = 0;
    int32_t number = 0;
    CHECK_OK(wts_type_new_memory(1, 2, 0, 16, &memory));
    CHECK_OK(wts_type_new_table(WTS_FUNCREF, 1, 2, 0, &table));
    CHECK_OK(wts_type_new_global(WTS_I32, 0, &global));
    CHECK_STATUS(wts_type_new_func(WTS_NOTHING, WTS_NOTHING, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_memory(1, 2, 0, 16, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_table(WTS_FUNCREF, 1, 2, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_new_global(WTS_I32, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_kind(global, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_memory(memory, NULL, &limit, &number, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_memory(memory, &limit, NULL, &number, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_memory(memory, &limit, &limit, NULL, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_memory(memory, &limit, &limit, &number, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_table(table, NULL, &limit, &limit, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_table(table, &number, NULL, &limit, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_table(table, &number, &limit, NULL, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_table(table, &number, &limit, &limit, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_global(global, NULL, &number), WTS_ERR_NULL);
    CHECK_STATUS(wts_type_global(global, &number, NULL), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    wts_type_t stale = 0;
    uint64_t limit = 0;
    int32_t number = 0;
    size_t len = 0;
    CHECK_OK(wts_type_new_func(WTS_NOTHING, WTS_NOTHING, &stale));
    CHECK_OK(wts_type_delete(stale));
    CHECK_HANDLES(h, stale, engine, wts_type_kind(h, &number));
    CHECK_HANDLES(h, stale, engine, wts_type_params(h, NULL, 0, &len));
    CHECK_HANDLES(h, stale, engine, wts_type_results(h, NULL, 0, &len));
    CHECK_HANDLES(h, stale, engine, wts_type_memory(h, &limit, &limit, &number, &number));
    CHECK_HANDLES(h, stale, engine, wts_type_table(h, &number, &limit, &limit, &number));
    CHECK_HANDLES(h, stale, engine, wts_type_global(h, &number, &number));
    CHECK_HANDLES(h, stale, engine, wts_type_text(h, TEXT));
    CHECK_HANDLES(h, stale, engine, wts_type_delete(h));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(function_types_have_params_and_results);
    RUN(a_function_may_have_neither);
    RUN(kinds_are_validated);
    RUN(parameters_are_limited);
    RUN(memory_types_have_limits);
    RUN(impossible_memory_types_are_refused);
    RUN(table_types_have_element_and_limits);
    RUN(global_types_have_content_and_mutability);
    RUN(a_type_is_asked_for_what_it_is);
    RUN(null_outputs_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
