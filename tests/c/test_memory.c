#include "callbacks.h"

static wts_memory_t new_memory(wts_store_t store, uint64_t minimum, uint64_t maximum) {
    WTS_SCOPED(type) type = 0;
    wts_memory_t memory = 0;
    CHECK_OK(wts_type_new_memory(minimum, maximum, 0, 16, &type));
    CHECK_OK(wts_memory_new(store, type, &memory));
    return memory;
}

TEST(a_memory_has_type_and_size) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    const wts_memory_t memory = new_memory(store, 2, 5);
    uint64_t pages = 0, bytes = 0;
    CHECK_OK(wts_memory_type(memory, &type));
    CHECK_TEXT(wts_type_text(type, TEXT), "(memory 2 5)");
    CHECK_OK(wts_memory_size(memory, &pages));
    CHECK_OK(wts_memory_data_size(memory, &bytes));
    CHECK(pages == 2 && bytes == 2 << 16);
}

TEST(a_memory_grows_to_its_limit) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 3);
    uint64_t previous = 7, pages = 0;
    CHECK_OK(wts_memory_grow(memory, 2, &previous));
    CHECK_EQ(previous, 1);
    CHECK_OK(wts_memory_grow(memory, 0, &previous));
    CHECK_EQ(previous, 3);
    CHECK_STATUS(wts_memory_grow(memory, 1, &previous), WTS_ERR_LIMIT);
    CHECK_STATUS(wts_memory_grow(memory, UINT64_MAX, &previous), WTS_ERR_LIMIT);
    CHECK_OK(wts_memory_size(memory, &pages));
    CHECK(previous == 3 && pages == 3);
}

TEST(bytes_are_written_and_read) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 1);
    uint8_t bytes[8] = {0};
    CHECK_OK(wts_memory_write(memory, 65532, (const uint8_t *)"abcd", 4));
    CHECK_OK(wts_memory_read(memory, 65528, bytes, 8));
    CHECK(memcmp(bytes, "\0\0\0\0" "abcd", 8) == 0);
    CHECK_OK(wts_memory_fill(memory, 65529, 5, 0xee));
    CHECK_OK(wts_memory_read(memory, 65528, bytes, 8));
    CHECK(memcmp(bytes, "\0\xee\xee\xee\xee\xee" "cd", 8) == 0);
}

/* Everything that has an offset, one step before the end and one behind it. */
TEST(accesses_out_of_bounds_name_offset_length_and_size) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 1);
    uint8_t bytes[8] = {7};
    int64_t integer = 7;
    double number = 7;
    CHECK_ERROR(wts_memory_read(memory, 65530, bytes, 8), WTS_ERR_RANGE, "65530", "8", "65536");
    CHECK_ERROR(wts_memory_write(memory, 65530, bytes, 8), WTS_ERR_RANGE, "65530", "8", "65536");
    CHECK_ERROR(wts_memory_fill(memory, 65530, 8, 0), WTS_ERR_RANGE, "65530", "8", "65536");
    CHECK_STATUS(wts_memory_read(memory, UINT64_MAX, bytes, 8), WTS_ERR_RANGE);
    CHECK_STATUS(wts_memory_read(memory, UINT64_MAX - 3, bytes, 8), WTS_ERR_RANGE);
    CHECK_STATUS(wts_memory_fill(memory, 1, UINT64_MAX, 0), WTS_ERR_RANGE);
#define LOADS(kind, width, out)                                                                    \
    CHECK_OK(wts_memory_load_##kind(memory, 65536 - width, &out));                                 \
    out = 7;                                                                                       \
    CHECK_ERROR(wts_memory_load_##kind(memory, 65537 - width, &out), WTS_ERR_RANGE, #width, "65536"); \
    CHECK_STATUS(wts_memory_load_##kind(memory, UINT64_MAX, &out), WTS_ERR_RANGE);                 \
    CHECK(out == 7);                                                                               \
    CHECK_STATUS(wts_memory_load_##kind(memory, 0, NULL), WTS_ERR_NULL)
    LOADS(i8, 1, integer);
    LOADS(u8, 1, integer);
    LOADS(i16, 2, integer);
    LOADS(u16, 2, integer);
    LOADS(i32, 4, integer);
    LOADS(u32, 4, integer);
    LOADS(i64, 8, integer);
    LOADS(f32, 4, number);
    LOADS(f64, 8, number);
#undef LOADS
#define STORES(kind, width)                                                                        \
    CHECK_OK(wts_memory_store_##kind(memory, 65536 - width, 0));                                   \
    CHECK_ERROR(wts_memory_store_##kind(memory, 65537 - width, 0), WTS_ERR_RANGE, #width, "65536"); \
    CHECK_STATUS(wts_memory_store_##kind(memory, UINT64_MAX, 0), WTS_ERR_RANGE)
    STORES(i8, 1);
    STORES(i16, 2);
    STORES(i32, 4);
    STORES(i64, 8);
    STORES(f32, 4);
    STORES(f64, 8);
#undef STORES
}

TEST(empty_accesses_are_in_bounds_up_to_the_end) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 1);
    CHECK_OK(wts_memory_read(memory, 65536, NULL, 0));
    CHECK_OK(wts_memory_write(memory, 65536, NULL, 0));
    CHECK_OK(wts_memory_fill(memory, 65536, 0, 0));
    CHECK_STATUS(wts_memory_read(memory, 65537, NULL, 0), WTS_ERR_RANGE);
    CHECK_STATUS(wts_memory_write(memory, 65537, NULL, 0), WTS_ERR_RANGE);
    CHECK_STATUS(wts_memory_fill(memory, 65537, 0, 0), WTS_ERR_RANGE);
}

TEST(integers_are_little_endian_and_extended) {
    static const uint8_t bytes[8] = {0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88};
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 1);
    int64_t value = 0;
    CHECK_OK(wts_memory_write(memory, 3, bytes, 8));
    CHECK_OK(wts_memory_load_i8(memory, 3, &value));
    CHECK_EQ(value, (int8_t)0x81);
    CHECK_OK(wts_memory_load_u8(memory, 3, &value));
    CHECK_EQ(value, 0x81);
    CHECK_OK(wts_memory_load_i16(memory, 3, &value));
    CHECK_EQ(value, (int16_t)0x8281);
    CHECK_OK(wts_memory_load_u16(memory, 3, &value));
    CHECK_EQ(value, 0x8281);
    CHECK_OK(wts_memory_load_i32(memory, 3, &value));
    CHECK_EQ(value, (int32_t)0x84838281);
    CHECK_OK(wts_memory_load_u32(memory, 3, &value));
    CHECK_EQ(value, 0x84838281);
    CHECK_OK(wts_memory_load_i64(memory, 3, &value));
    CHECK_EQ(value, (int64_t)0x8887868584838281);
}

TEST(stores_take_signed_and_unsigned_ranges) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 1);
    int64_t value = 0;
#define RANGE(kind, unsigned_kind, minimum, maximum)                                                              \
    CHECK_OK(wts_memory_store_##kind(memory, 1, minimum));                                         \
    CHECK_OK(wts_memory_load_##kind(memory, 1, &value));                                           \
    CHECK_EQ(value, minimum);                                                                      \
    CHECK_OK(wts_memory_store_##kind(memory, 1, maximum));                                         \
    CHECK_OK(wts_memory_load_##unsigned_kind(memory, 1, &value));                                          \
    CHECK_EQ(value, maximum);                                                                      \
    CHECK_STATUS(wts_memory_store_##kind(memory, 1, (minimum) - 1), WTS_ERR_RANGE);                \
    CHECK_STATUS(wts_memory_store_##kind(memory, 1, (maximum) + 1), WTS_ERR_RANGE)
    RANGE(i8, u8, -128, 255);
    RANGE(i16, u16, -32768, 65535);
    RANGE(i32, u32, INT64_C(-2147483648), INT64_C(4294967295));
#undef RANGE
    CHECK_OK(wts_memory_store_i64(memory, 1, INT64_MIN));
    CHECK_OK(wts_memory_load_i64(memory, 1, &value));
    CHECK_EQ(value, INT64_MIN);
    CHECK_STATUS(wts_memory_fill(memory, 0, 1, 256), WTS_ERR_RANGE);
    CHECK_STATUS(wts_memory_fill(memory, 0, 1, -1), WTS_ERR_RANGE);
}

TEST(floats_are_stored_in_their_width) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 1);
    double value = 0;
    int64_t bits = 0;
    CHECK_OK(wts_memory_store_f32(memory, 1, 0.5));
    CHECK_OK(wts_memory_load_u32(memory, 1, &bits));
    CHECK_EQ(bits, 0x3f000000);
    CHECK_OK(wts_memory_load_f32(memory, 1, &value));
    CHECK(value == 0.5);
    CHECK_STATUS(wts_memory_store_f32(memory, 1, 0.1), WTS_ERR_RANGE);
    CHECK_OK(wts_memory_store_f64(memory, 1, 0.1));
    CHECK_OK(wts_memory_load_f64(memory, 1, &value));
    CHECK(value == 0.1);
    CHECK_OK(wts_memory_load_i64(memory, 1, &bits));
    CHECK_EQ(bits, wts_slot_from_f64(0.1));
}

TEST(data_is_the_memory_itself) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 2);
    uint8_t *data = NULL;
    size_t len = 0;
    int64_t value = 0;
    uint64_t previous = 0;
    CHECK_OK(wts_memory_data(memory, &data, &len));
    CHECK_EQ(len, 65536);
    data[65535] = 42;
    CHECK_OK(wts_memory_load_u8(memory, 65535, &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_memory_grow(memory, 1, &previous));
    CHECK_OK(wts_memory_data(memory, &data, &len));
    CHECK_EQ(len, 131072);
    CHECK_EQ(data[65535], 42);
    CHECK_STATUS(wts_memory_data(memory, NULL, &len), WTS_ERR_NULL);
    CHECK_STATUS(wts_memory_data(memory, &data, NULL), WTS_ERR_NULL);
}

/* Bytes that lie in the memory itself are copied as if they were elsewhere. */
TEST(a_memory_is_read_and_written_onto_itself) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_memory(store, 1, 1);
    uint8_t *data = NULL;
    size_t len = 0;
    int wrong = 0;
    CHECK_OK(wts_memory_data(memory, &data, &len));
    for (int i = 0; i < 256; i++) data[i] = (uint8_t)i;
    CHECK_OK(wts_memory_write(memory, 1, data, 255));
    for (int i = 0; i < 256; i++) wrong += data[i] != (i == 0 ? 0 : i - 1);
    CHECK_EQ(wrong, 0);
    CHECK_OK(wts_memory_write(memory, 0, data + 1, 255));
    for (int i = 0; i < 255; i++) wrong += data[i] != i;
    CHECK_OK(wts_memory_read(memory, 0, data + 1, 254));
    for (int i = 1; i < 255; i++) wrong += data[i] != i - 1;
    CHECK_OK(wts_memory_read(memory, 1, data, 254));
    for (int i = 0; i < 254; i++) wrong += data[i] != i;
    CHECK_EQ(wrong, 0);
}

TEST(guest_and_host_share_it) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (memory (export \"m\") 1)"
        "  (func (export \"load\") (param i32) (result i32) local.get 0 i32.load)"
        "  (func (export \"grow\") (result i32) i32.const 1 memory.grow))");
    const wts_memory_t memory = export_of(instance, "m");
    int32_t value = 0;
    uint64_t pages = 0;
    CHECK_OK(wts_memory_store_i32(memory, 4, 42));
    CHECK_OK(wts_call_i32_i32(export_of(instance, "load"), 4, &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_call_i32(export_of(instance, "grow"), &value));
    CHECK_OK(wts_memory_size(memory, &pages));
    CHECK(value == 1 && pages == 2);
}

TEST(memories_of_64_bits_work) {
    WTS_SCOPED(store) store = new_store();
    const wts_memory_t memory = new_export(store, "(module (memory (export \"m\") i64 1))", "m");
    WTS_SCOPED(type) type = 0;
    int64_t value = 0;
    uint64_t minimum = 0, maximum = 0;
    int32_t flags = 0, page_size_log2 = 0;
    CHECK_OK(wts_memory_store_i64(memory, 65528, -1));
    CHECK_OK(wts_memory_load_i64(memory, 65528, &value));
    CHECK_EQ(value, -1);
    CHECK_OK(wts_memory_type(memory, &type));
    CHECK_OK(wts_type_memory(type, &minimum, &maximum, &flags, &page_size_log2));
    CHECK_EQ(flags, WTS_MEMORY_64);
}

TEST(a_memory_of_64_bits_reaches_beyond_4_gib) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    wts_memory_t memory = 0;
    const uint64_t pages = 65536 + 16, end = pages << 16;
    uint64_t size = 0, previous = 7;
    uint8_t bytes[4] = {0};
    int64_t value = 0;
    CHECK_OK(wts_type_new_memory(pages, pages + 2, WTS_MEMORY_64, 16, &type));
    CHECK_OK(wts_memory_new(store, type, &memory));
    CHECK_OK(wts_memory_data_size(memory, &size));
    CHECK_EQ(size, end);
    CHECK_OK(wts_memory_store_i64(memory, end - 8, 0x0102030405060708));
    CHECK_OK(wts_memory_read(memory, end - 4, bytes, 4));
    CHECK(bytes[0] == 4 && bytes[3] == 1);
    CHECK_OK(wts_memory_load_i64(memory, end - 8 - (UINT64_C(1) << 32), &value));
    CHECK_EQ(value, 0);
    CHECK_STATUS(wts_memory_read(memory, end - 3, bytes, 4), WTS_ERR_RANGE);
    CHECK_OK(wts_memory_grow(memory, 2, &previous));
    CHECK_EQ(previous, pages);
    CHECK_STATUS(wts_memory_grow(memory, UINT64_C(1) << 48, &previous), WTS_ERR_LIMIT);
}

TEST(a_module_may_have_several) {
    WTS_SCOPED(store) store = new_store();
    const wts_instance_t instance = new_instance(
        store,
        "(module (memory $a (export \"a\") 1) (memory $b (export \"b\") 2 3)"
        "  (memory $c (export \"c\") i64 1)"
        "  (func (export \"copy\") (memory.copy $b $a (i32.const 8) (i32.const 0) (i32.const 4))))");
    const wts_memory_t a = export_of(instance, "a"), b = export_of(instance, "b"), c = export_of(instance, "c");
    uint64_t pages = 0, previous = 0;
    int64_t value = 0;
    CHECK(a != b && b != c && a != c);
    CHECK_OK(wts_memory_store_i32(a, 0, 77));
    CHECK_OK(wts_call_void(export_of(instance, "copy")));
    CHECK_OK(wts_memory_load_i32(b, 8, &value));
    CHECK_EQ(value, 77);
    CHECK_OK(wts_memory_load_i32(c, 8, &value));
    CHECK_EQ(value, 0);
    CHECK_OK(wts_memory_grow(b, 1, &previous));
    CHECK_OK(wts_memory_size(a, &pages));
    CHECK(previous == 2 && pages == 1);
}

TEST(a_page_may_have_one_byte) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(type) found = 0;
    wts_memory_t memory = 0;
    uint64_t size = 0, previous = 7;
    uint8_t bytes[4] = {1, 2, 3, 4};
    CHECK_OK(wts_type_new_memory(10, 12, 0, 0, &type));
    CHECK_OK(wts_memory_new(store, type, &memory));
    CHECK_OK(wts_memory_page_size(memory, &size));
    CHECK_EQ(size, 1);
    CHECK_OK(wts_memory_type(memory, &found));
    CHECK_TEXT(wts_type_text(found, TEXT), "(memory 10 12 (pagesize 1))");
    CHECK_OK(wts_memory_size(memory, &size));
    CHECK_EQ(size, 10);
    CHECK_OK(wts_memory_write(memory, 6, bytes, 4));
    CHECK_STATUS(wts_memory_write(memory, 7, bytes, 4), WTS_ERR_RANGE);
    CHECK_OK(wts_memory_grow(memory, 2, &previous));
    CHECK_OK(wts_memory_data_size(memory, &size));
    CHECK(previous == 10 && size == 12);
    CHECK_OK(wts_memory_write(memory, 8, bytes, 4));
    CHECK_STATUS(wts_memory_grow(memory, 1, &previous), WTS_ERR_LIMIT);
}

TEST(a_module_may_have_pages_of_one_byte) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) custom = 0;
    WTS_SCOPED(store) store = 0;
    wts_instance_t instance = 0;
    int32_t value = 0;
    uint64_t size = 0, previous = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_WASM_CUSTOM_PAGE_SIZES, 1));
    CHECK_OK(wts_engine_new(config, &custom));
    CHECK_OK(wts_store_new(custom, 0, &store));
    WTS_SCOPED(module) module = new_module_of(
        custom, "(module (memory (export \"m\") 5 9 (pagesize 1)) (data (i32.const 1) \"abcd\")"
                "  (func (export \"size\") (result i32) memory.size)"
                "  (func (export \"load\") (param i32) (result i32) local.get 0 i32.load8_u))");
    CHECK_OK(wts_instance_new(store, module, WTS_NOTHING, &instance));
    const wts_memory_t memory = export_of(instance, "m");
    CHECK_OK(wts_memory_page_size(memory, &size));
    CHECK_EQ(size, 1);
    CHECK_OK(wts_call_i32_i32(export_of(instance, "load"), 4, &value));
    CHECK_EQ(value, 'd');
    CHECK_STATUS(wts_call_i32_i32(export_of(instance, "load"), 5, &value), WTS_ERR_TRAP);
    CHECK_OK(wts_memory_grow(memory, 3, &previous));
    CHECK_EQ(previous, 5);
    CHECK_OK(wts_call_i32(export_of(instance, "size"), &value));
    CHECK_EQ(value, 8);
    CHECK_OK(wts_call_i32_i32(export_of(instance, "load"), 7, &value));
    CHECK_EQ(value, 0);
    CHECK_STATUS(wts_memory_grow(memory, 2, &previous), WTS_ERR_LIMIT);
}

/* The handle of a memory, global or table is its identity, by whichever way it was found. */
TEST(one_memory_has_one_handle) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"\" \"m\" (memory 1)) (import \"\" \"g\" (global i32)) (import \"\" \"t\" (table 1 funcref))"
        "  (export \"m\" (memory 0)) (export \"g\" (global 0)) (export \"t\" (table 0)))");
    const wts_instance_t first = new_instance(
        store, "(module (memory (export \"m\") 1) (memory (export \"other\") 1)"
               "  (global (export \"g\") i32 (i32.const 1)) (table (export \"t\") 1 funcref))");
    const uint64_t imports[] = {export_of(first, "m"), export_of(first, "g"), export_of(first, "t")};
    wts_instance_t second = 0;
    CHECK_OK(wts_instance_new(store, module, imports, 3, &second));
    CHECK_EQ(export_of(second, "m"), imports[0]);
    CHECK_EQ(export_of(second, "g"), imports[1]);
    CHECK_EQ(export_of(second, "t"), imports[2]);
    CHECK(export_of(first, "other") != imports[0]);
}

TEST(impossible_memories_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) func = 0;
    WTS_SCOPED(type) huge = 0;
    WTS_SCOPED(type) shared = 0;
    wts_memory_t memory = 7;
    CHECK_OK(wts_type_new_func(WTS_NOTHING, WTS_NOTHING, &func));
    CHECK_OK(wts_type_new_memory(UINT64_C(1) << 46, WTS_UNLIMITED, WTS_MEMORY_64, 16, &huge));
    CHECK_ERROR(wts_memory_new(store, func, &memory), WTS_ERR_TYPE, "func");
    CHECK_STATUS(wts_memory_new(store, huge, &memory), WTS_ERR_LIMIT);
    CHECK_OK(wts_type_new_memory(1, 2, WTS_MEMORY_SHARED, 16, &shared));
    CHECK_ERROR(wts_memory_new(store, shared, &memory), WTS_ERR_TYPE, "wts_shared_memory_new");
    CHECK_EQ(memory, 7);
}

TEST(nulls_are_refused) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    const wts_memory_t memory = new_memory(store, 1, 1);
    CHECK_OK(wts_type_new_memory(1, 1, 0, 16, &type));
    CHECK_STATUS(wts_memory_new(store, type, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_memory_type(memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_memory_size(memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_memory_data_size(memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_memory_page_size(memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_memory_grow(memory, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_memory_read(memory, 0, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_memory_write(memory, 0, NULL, 1), WTS_ERR_NULL);
}

TEST(bad_handles_are_refused) {
    const wts_store_t stale_store = new_store();
    const wts_memory_t stale = new_memory(stale_store, 1, 1);
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(type) type = 0;
    const wts_func_t func = new_func(store, add_one, NULL);
    wts_type_t stale_type = 0, made = 0;
    uint64_t number = 0;
    int64_t value = 0;
    double real = 0;
    uint8_t byte = 0, *data = NULL;
    size_t len = 0;
    CHECK_OK(wts_type_new_memory(1, 1, 0, 16, &type));
    CHECK_OK(wts_type_new_memory(1, 1, 0, 16, &stale_type));
    CHECK_OK(wts_type_delete(stale_type));
    CHECK_OK(wts_store_delete(stale_store));
    CHECK_HANDLES(h, stale_store, func, wts_memory_new(h, type, &number));
    CHECK_HANDLES(h, stale_type, engine, wts_memory_new(store, h, &number));
    const uint64_t wrong[] = {func, engine};
    for (int i = 0; i < 2; i++) {
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_type(h, &made));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_size(h, &number));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_data_size(h, &number));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_page_size(h, &number));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_grow(h, 0, &number));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_read(h, 0, &byte, 1));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_write(h, 0, &byte, 1));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_fill(h, 0, 1, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_i8(h, 0, &value));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_u8(h, 0, &value));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_i16(h, 0, &value));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_u16(h, 0, &value));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_i32(h, 0, &value));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_u32(h, 0, &value));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_i64(h, 0, &value));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_f32(h, 0, &real));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_load_f64(h, 0, &real));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_store_i8(h, 0, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_store_i16(h, 0, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_store_i32(h, 0, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_store_i64(h, 0, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_store_f32(h, 0, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_store_f64(h, 0, 0));
        CHECK_HANDLES(h, stale, wrong[i], wts_memory_data(h, &data, &len));
    }
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(a_memory_has_type_and_size);
    RUN(a_memory_grows_to_its_limit);
    RUN(bytes_are_written_and_read);
    RUN(accesses_out_of_bounds_name_offset_length_and_size);
    RUN(empty_accesses_are_in_bounds_up_to_the_end);
    RUN(integers_are_little_endian_and_extended);
    RUN(stores_take_signed_and_unsigned_ranges);
    RUN(floats_are_stored_in_their_width);
    RUN(data_is_the_memory_itself);
    RUN(a_memory_is_read_and_written_onto_itself);
    RUN(guest_and_host_share_it);
    RUN(memories_of_64_bits_work);
    RUN(a_memory_of_64_bits_reaches_beyond_4_gib);
    RUN(a_module_may_have_several);
    RUN(a_page_may_have_one_byte);
    RUN(a_module_may_have_pages_of_one_byte);
    RUN(one_memory_has_one_handle);
    RUN(impossible_memories_are_refused);
    RUN(nulls_are_refused);
    RUN(bad_handles_are_refused);
    END;
}
