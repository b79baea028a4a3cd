#include "callbacks.h"

#include <pthread.h>
#include <stdatomic.h>

enum { PAGE = 65536 };

static wts_engine_t new_engine(int64_t shared) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_SHARED_MEMORY, shared));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static wts_type_t memory_type(uint64_t minimum, uint64_t maximum, int32_t flags) {
    wts_type_t type = 0;
    CHECK_OK(wts_type_new_memory(minimum, maximum, flags, 16, &type));
    return type;
}

static wts_shared_memory_t new_memory(uint64_t minimum, uint64_t maximum) {
    WTS_SCOPED(type) type = memory_type(minimum, maximum, WTS_MEMORY_SHARED);
    wts_shared_memory_t memory = 0;
    CHECK_OK(wts_shared_memory_new(engine, type, &memory));
    return memory;
}

static bool same(wts_shared_memory_t a, wts_shared_memory_t b) {
    int32_t answer = 7;
    CHECK_OK(wts_shared_memory_same(a, b, &answer));
    CHECK(answer == 0 || answer == 1);
    return answer == 1;
}

static int32_t word(wts_shared_memory_t memory, uint64_t offset) {
    int32_t value = 0;
    CHECK_OK(wts_shared_memory_atomic_load_i32(memory, offset, &value));
    return value;
}

TEST(its_type_and_its_sizes) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 3);
    WTS_SCOPED(type) type = 0;
    uint64_t pages = 0, bytes = 0, previous = 7;
    CHECK_EQ(wts_handle_kind(memory), WTS_KIND_SHARED_MEMORY);
    CHECK_OK(wts_shared_memory_type(memory, &type));
    CHECK_TEXT(wts_type_text(type, TEXT), "(memory 1 3 shared)");
    CHECK_OK(wts_shared_memory_size(memory, &pages));
    CHECK_OK(wts_shared_memory_data_size(memory, &bytes));
    CHECK(pages == 1 && bytes == PAGE);

    uint8_t *data = NULL, *later = NULL;
    size_t len = 0;
    CHECK_OK(wts_shared_memory_data(memory, &data, &len));
    CHECK_EQ(len, PAGE);
    CHECK_OK(wts_shared_memory_grow(memory, 2, &previous));
    CHECK_EQ(previous, 1);
    CHECK_OK(wts_shared_memory_data(memory, &later, &len));
    CHECK(later == data && len == 3 * PAGE);
    CHECK_ERROR(wts_shared_memory_grow(memory, 1, &previous), WTS_ERR_LIMIT, "(memory 1 3 shared)", "3 pages");
    CHECK_STATUS(wts_shared_memory_grow(memory, UINT64_MAX, &previous), WTS_ERR_LIMIT);
    CHECK_OK(wts_shared_memory_grow(memory, 0, &previous));
    CHECK_EQ(previous, 3);
}

TEST(limits_of_every_size) {
    uint64_t previous = 7;
    WTS_SCOPED(shared_memory) empty = new_memory(0, 0);
    CHECK_STATUS(wts_shared_memory_grow(empty, 1, &previous), WTS_ERR_LIMIT);
    CHECK_OK(wts_shared_memory_fill(empty, 0, 0, 1));
    CHECK_STATUS(wts_shared_memory_fill(empty, 0, 1, 1), WTS_ERR_RANGE);
    WTS_SCOPED(shared_memory) largest = new_memory(0, 65536);
    CHECK_OK(wts_shared_memory_grow(largest, 1, &previous));
    CHECK_EQ(previous, 0);

    /* It does not move, so it grows no further than what the engine reserves. */
    WTS_SCOPED(type) type = memory_type(1, UINT64_C(1) << 40, WTS_MEMORY_SHARED | WTS_MEMORY_64);
    WTS_SCOPED(shared_memory) wide = 0;
    CHECK_OK(wts_shared_memory_new(engine, type, &wide));
    CHECK_STATUS(wts_shared_memory_grow(wide, UINT64_C(1) << 32, &previous), WTS_ERR_LIMIT);
    CHECK_OK(wts_shared_memory_atomic_store_i32(wide, 0, 1));
    WTS_SCOPED(type) absurd = memory_type(UINT64_C(1) << 40, UINT64_C(1) << 40, WTS_MEMORY_SHARED | WTS_MEMORY_64);
    CHECK_STATUS(wts_shared_memory_new(engine, absurd, &wide), WTS_ERR_LIMIT);
}

TEST(bytes_are_read_written_and_filled) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 1);
    uint8_t in[64], out[64];
    for (size_t i = 0; i < sizeof in; i++) in[i] = (uint8_t)(i + 1);
    /* Each offset and length in a word, before it and behind it. */
    for (size_t offset = 0; offset < 17; offset++) {
        for (size_t len = 0; len < 40; len++) {
            CHECK_OK(wts_shared_memory_fill(memory, 0, 128, 0xEE));
            CHECK_OK(wts_shared_memory_write(memory, offset, in, len));
            memset(out, 0, sizeof out);
            CHECK_OK(wts_shared_memory_read(memory, offset, out, len));
            CHECK(memcmp(in, out, len) == 0 && out[len] == 0);
            CHECK_OK(wts_shared_memory_read(memory, offset + len, out, 1));
            CHECK_EQ(out[0], 0xEE);
            CHECK_OK(wts_shared_memory_fill(memory, offset, len, 7));
            CHECK_OK(wts_shared_memory_read(memory, 0, out, 64));
            for (size_t i = 0; i < 64; i++) CHECK_EQ(out[i], i >= offset && i < offset + len ? 7 : 0xEE);
        }
    }
    uint8_t *const large = malloc(PAGE);
    CHECK_OK(wts_shared_memory_fill(memory, 0, PAGE, 0x5A));
    CHECK_OK(wts_shared_memory_read(memory, 0, large, PAGE));
    CHECK(large[0] == 0x5A && memcmp(large, large + 1, PAGE - 1) == 0);
    free(large);
}

TEST(what_is_out_of_bounds_is_told_the_size) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 1);
    uint8_t byte[2] = {1, 2};
    CHECK_ERROR(wts_shared_memory_read(memory, PAGE - 1, byte, 2), WTS_ERR_RANGE, "65535", "65536");
    CHECK_STATUS(wts_shared_memory_read(memory, UINT64_MAX, byte, 2), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_read(memory, 0, byte, SIZE_MAX), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_write(memory, PAGE - 1, byte, 2), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_fill(memory, PAGE, 1, 0), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_fill(memory, 1, UINT64_MAX, 0), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_fill(memory, 0, 1, 256), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_fill(memory, 0, 1, -1), WTS_ERR_RANGE);
    CHECK(byte[0] == 1 && byte[1] == 2);
    CHECK_STATUS(wts_shared_memory_read(memory, 0, NULL, 1), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_write(memory, 0, NULL, 1), WTS_ERR_NULL);
    CHECK_OK(wts_shared_memory_write(memory, PAGE, NULL, 0));
}

TEST(integers_are_loaded_stored_added_and_exchanged) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 1);
    int32_t i32 = 0;
    int64_t i64 = 0;
    CHECK_OK(wts_shared_memory_atomic_store_i32(memory, 4, -2));
    CHECK_EQ(word(memory, 4), -2);
    CHECK_OK(wts_shared_memory_atomic_add_i32(memory, 4, INT32_MIN, &i32));
    CHECK_EQ(i32, -2);
    CHECK_EQ(word(memory, 4), INT32_MAX - 1);
    CHECK_OK(wts_shared_memory_atomic_compare_exchange_i32(memory, 4, 1, 2, &i32));
    CHECK_EQ(i32, INT32_MAX - 1);
    CHECK_OK(wts_shared_memory_atomic_compare_exchange_i32(memory, 4, INT32_MAX - 1, 5, &i32));
    CHECK_EQ(i32, INT32_MAX - 1);
    CHECK_EQ(word(memory, 4), 5);
    CHECK_EQ(word(memory, 0), 0);
    CHECK_EQ(word(memory, 8), 0);

    CHECK_OK(wts_shared_memory_atomic_store_i64(memory, 16, INT64_MAX));
    CHECK_OK(wts_shared_memory_atomic_add_i64(memory, 16, 1, &i64));
    CHECK_EQ(i64, INT64_MAX);
    CHECK_OK(wts_shared_memory_atomic_load_i64(memory, 16, &i64));
    CHECK_EQ(i64, INT64_MIN);
    CHECK_OK(wts_shared_memory_atomic_compare_exchange_i64(memory, 16, INT64_MIN, 0x0102030405060708, &i64));
    CHECK_EQ(i64, INT64_MIN);
    uint8_t bytes[8];
    CHECK_OK(wts_shared_memory_read(memory, 16, bytes, 8));
    CHECK(bytes[0] == 8 && bytes[7] == 1);

    i32 = 7, i64 = 7;
    for (uint64_t at = 1; at < 4; at++) {
        CHECK_ERROR(wts_shared_memory_atomic_load_i32(memory, at, &i32), WTS_ERR_RANGE, "multiple of 4");
        CHECK_ERROR(wts_shared_memory_atomic_load_i64(memory, at * 2, &i64), WTS_ERR_RANGE, "multiple of 8");
    }
    CHECK_STATUS(wts_shared_memory_atomic_load_i32(memory, PAGE, &i32), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_atomic_load_i64(memory, UINT64_MAX - 7, &i64), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_atomic_store_i32(memory, PAGE, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_atomic_store_i64(memory, PAGE - 4, 1), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_atomic_add_i32(memory, 2, 1, &i32), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_atomic_add_i64(memory, 4, 1, &i64), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_atomic_compare_exchange_i32(memory, 2, 1, 1, &i32), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_atomic_compare_exchange_i64(memory, 4, 1, 1, &i64), WTS_ERR_RANGE);
    CHECK(i32 == 7 && i64 == 7);
}

TEST(a_wait_ends_at_once_or_when_the_time_is_over) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 1);
    int32_t result = 7;
    uint32_t woken = 7;
    CHECK_OK(wts_shared_memory_wait_i32(memory, 0, 1, -1, &result));
    CHECK_EQ(result, WTS_WAIT_NOT_EQUAL);
    CHECK_OK(wts_shared_memory_wait_i64(memory, 8, -1, -1, &result));
    CHECK_EQ(result, WTS_WAIT_NOT_EQUAL);
    CHECK_OK(wts_shared_memory_wait_i32(memory, 0, 0, 0, &result));
    CHECK_EQ(result, WTS_WAIT_TIMED_OUT);
    CHECK_OK(wts_shared_memory_wait_i64(memory, 8, 0, 2000000, &result));
    CHECK_EQ(result, WTS_WAIT_TIMED_OUT);
    CHECK_OK(wts_shared_memory_notify(memory, 0, UINT32_MAX, &woken));
    CHECK_EQ(woken, 0);
    result = 7, woken = 7;
    CHECK_STATUS(wts_shared_memory_wait_i32(memory, 0, 0, -2, &result), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_wait_i64(memory, 0, 0, INT64_MIN, &result), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_wait_i32(memory, 2, 0, 0, &result), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_wait_i64(memory, 4, 0, 0, &result), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_wait_i32(memory, PAGE, 0, 0, &result), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_wait_i64(memory, PAGE, 0, 0, &result), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_notify(memory, 2, 1, &woken), WTS_ERR_RANGE);
    CHECK_STATUS(wts_shared_memory_notify(memory, PAGE, 1, &woken), WTS_ERR_RANGE);
    CHECK(result == 7 && woken == 7);
}

/* ---- Stores and threads ---- */

/* Two sides take turns: each waits until the number at 0 is its own, adds to the one at 8, and hands over. */
static const char TURNS[] =
    "(module (import \"env\" \"memory\" (memory 1 4 shared))"
    "  (func (export \"turns\") (param $mine i32) (param $rounds i32)"
    "    (local $now i32)"
    "    (loop $again"
    "      (if (i32.eqz (local.get $rounds)) (then (return)))"
    "      (local.set $now (i32.atomic.load (i32.const 0)))"
    "      (if (i32.ne (local.get $now) (local.get $mine)) (then"
    "        (drop (memory.atomic.wait32 (i32.const 0) (local.get $now) (i64.const -1)))"
    "        (br $again)))"
    "      (i32.store (i32.const 8) (i32.add (i32.load (i32.const 8)) (i32.const 1)))"
    "      (i32.atomic.store (i32.const 0) (i32.sub (i32.const 1) (local.get $mine)))"
    "      (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))"
    "      (local.set $rounds (i32.sub (local.get $rounds) (i32.const 1)))"
    "      (br $again)))"
    "  (func (export \"grow\") (result i32) (memory.grow (i32.const 1))))";

enum { ROUNDS = 2000 };

struct side {
    wts_shared_memory_t memory;
    wts_module_t module;
    int32_t mine;
};

static void *take_turns(void *argument) {
    const struct side *const side = argument;
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 0;
    const uint64_t imports[] = {side->memory};
    CHECK_OK(wts_instance_new(store, side->module, imports, 1, &instance));
    const int64_t args[] = {side->mine, ROUNDS};
    CHECK_OK(wts_func_call(export_of(instance, "turns"), args, 2, NULL, 0));
    return NULL;
}

TEST(two_stores_on_two_threads_share_it) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 4);
    WTS_SCOPED(module) module = new_module(TURNS);
    struct side sides[] = {{memory, module, 0}, {memory, module, 1}};
    pthread_t other;
    CHECK_EQ(pthread_create(&other, NULL, take_turns, &sides[1]), 0);
    take_turns(&sides[0]);
    CHECK_EQ(pthread_join(other, NULL), 0);
    CHECK_EQ(word(memory, 8), 2 * ROUNDS);
}

TEST(the_host_takes_turns_with_webassembly) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 4);
    WTS_SCOPED(module) module = new_module(TURNS);
    struct side side = {memory, module, 1};
    pthread_t other;
    CHECK_EQ(pthread_create(&other, NULL, take_turns, &side), 0);
    for (int i = 0; i < ROUNDS; i++) {
        int32_t result = 0;
        while (word(memory, 0) != 0) CHECK_OK(wts_shared_memory_wait_i32(memory, 0, 1, -1, &result));
        uint32_t woken = 0;
        CHECK_OK(wts_shared_memory_atomic_store_i32(memory, 0, 1));
        CHECK_OK(wts_shared_memory_notify(memory, 0, 1, &woken));
        CHECK(woken <= 1);
    }
    CHECK_EQ(pthread_join(other, NULL), 0);
    CHECK_EQ(word(memory, 8), ROUNDS);
}

static void *wait_for_a_notification(void *memory) {
    int32_t result = 7;
    CHECK_OK(wts_shared_memory_wait_i64(*(wts_shared_memory_t *)memory, 8, 0, -1, &result));
    CHECK_EQ(result, WTS_WAIT_NOTIFIED);
    return NULL;
}

TEST(a_notification_tells_how_many_it_woke) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 1);
    pthread_t waiting[3];
    for (int i = 0; i < 3; i++) CHECK_EQ(pthread_create(&waiting[i], NULL, wait_for_a_notification, &memory), 0);
    /* One at a time, whenever they come. */
    for (uint32_t total = 0, woken = 0; total < 3; total += woken) {
        CHECK_OK(wts_shared_memory_notify(memory, 8, 1, &woken));
        CHECK(woken <= 1);
    }
    for (int i = 0; i < 3; i++) CHECK_EQ(pthread_join(waiting[i], NULL), 0);
}

static void *add_and_grow(void *memory) {
    const wts_shared_memory_t shared = *(wts_shared_memory_t *)memory;
    for (int i = 0; i < 10000; i++) {
        int32_t previous = 0;
        int64_t wide = 0;
        CHECK_OK(wts_shared_memory_atomic_add_i32(shared, 0, 1, &previous));
        CHECK_OK(wts_shared_memory_atomic_add_i64(shared, 8, -1, &wide));
    }
    for (int i = 0; i < 100; i++) {
        uint64_t previous = 0;
        CHECK_OK(wts_shared_memory_grow(shared, 1, &previous));
    }
    return NULL;
}

TEST(threads_add_and_grow_without_loss) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 1000);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++) CHECK_EQ(pthread_create(&threads[i], NULL, add_and_grow, &memory), 0);
    for (int i = 0; i < 3; i++) CHECK_EQ(pthread_join(threads[i], NULL), 0);
    int64_t wide = 0;
    uint64_t pages = 0;
    CHECK_EQ(word(memory, 0), 30000);
    CHECK_OK(wts_shared_memory_atomic_load_i64(memory, 8, &wide));
    CHECK_EQ(wide, -30000);
    CHECK_OK(wts_shared_memory_size(memory, &pages));
    CHECK_EQ(pages, 301);
}

/* ---- Exports and linkers ---- */

#define EXPORTS "(module (memory (export \"memory\") 1 2 shared) (export \"again\" (memory 0)))"

/* Whoever asks what an export is gets what its handle will be. */
TEST(a_shared_memory_is_told_from_others) {
    WTS_SCOPED(module) module =
        new_module("(module (import \"env\" \"m\" (memory 1 2 shared)) (memory (export \"m\") 1) (export \"s\" (memory 0)))");
    WTS_SCOPED(shared_memory) memory = new_memory(1, 2);
    WTS_SCOPED(store) store = new_store();
    wts_instance_t instance = 0;
    int32_t kind = 0;
    CHECK_OK(wts_module_import_kind(module, 0, &kind));
    CHECK_EQ(kind, WTS_KIND_SHARED_MEMORY);
    CHECK_OK(wts_instance_new(store, module, &memory, 1, &instance));
    for (size_t i = 0; i < 2; i++) {
        uint64_t item = 0;
        CHECK_OK(wts_instance_export_at(instance, i, &item));
        CHECK_OK(wts_instance_export_kind(instance, i, &kind));
        CHECK_EQ(kind, wts_handle_kind(item));
        CHECK_OK(wts_module_export_kind(module, i, &kind));
        CHECK_EQ(kind, i == 0 ? WTS_KIND_MEMORY : WTS_KIND_SHARED_MEMORY);
    }
}

TEST(an_export_is_one_handle_that_goes_with_its_store) {
    wts_store_t store = new_store();
    const wts_instance_t instance = new_instance(store, EXPORTS);
    const wts_shared_memory_t memory = export_of(instance, "memory");
    CHECK_EQ(wts_handle_kind(memory), WTS_KIND_SHARED_MEMORY);
    CHECK_EQ(export_of(instance, "memory"), memory);
    CHECK_EQ(export_of(instance, "again"), memory);
    CHECK_EQ(live_handles(WTS_KIND_SHARED_MEMORY), 1);
    CHECK_OK(wts_shared_memory_atomic_store_i32(memory, 0, 42));
    CHECK_ERROR(wts_shared_memory_delete(memory), WTS_ERR_STATE, "goes with its store");

    WTS_SCOPED(shared_memory) taken = 0;
    CHECK_OK(wts_shared_memory_share(memory, &taken));
    CHECK(taken != memory && same(taken, memory));
    CHECK_OK(wts_store_delete(store));
    CHECK_STATUS(wts_shared_memory_delete(memory), WTS_ERR_STALE);
    CHECK_EQ(word(taken, 0), 42);
    CHECK_EQ(live_handles(WTS_KIND_SHARED_MEMORY), 1);

    WTS_SCOPED(shared_memory) other = new_memory(1, 2);
    CHECK(!same(taken, other));
    WTS_SCOPED(shared_memory) copy = 0;
    CHECK_OK(wts_shared_memory_share(taken, &copy));
    CHECK(copy != taken && same(taken, copy));
}

struct held {
    wts_shared_memory_t memory;
    wts_status_t of_another_thread, deleted;
};

static void *use_elsewhere(void *argument) {
    struct held *const held = argument;
    uint64_t pages = 0;
    held->of_another_thread = wts_shared_memory_size(held->memory, &pages);
    held->deleted = wts_shared_memory_delete(held->memory);
    return NULL;
}

TEST(an_export_is_busy_while_another_thread_has_its_store) {
    WTS_SCOPED(store) store = new_store();
    struct held held = {export_of(new_instance(store, EXPORTS), "memory"), 0, 0};
    pthread_t other;
    CHECK_OK(wts_store_enter(store, 0));
    CHECK_EQ(pthread_create(&other, NULL, use_elsewhere, &held), 0);
    CHECK_EQ(pthread_join(other, NULL), 0);
    CHECK_EQ(held.of_another_thread, WTS_ERR_BUSY);
    CHECK_EQ(held.deleted, WTS_ERR_BUSY);
    CHECK_OK(wts_store_leave(store));
}

static int32_t read_callers_memory(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                                   size_t nresults) {
    (void)args, (void)nargs, (void)results, (void)nresults;
    uint64_t memory = 0;
    CHECK_OK(wts_caller_get_export(caller, WTS_CSTR("memory"), &memory));
    *(int32_t *)env = word(memory, 4);
    return 0;
}

TEST(a_host_function_reaches_its_callers_memory) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(
        "(module (import \"env\" \"f\" (func $f)) (memory (export \"memory\") 1 2 shared)"
        "  (func (export \"run\") (i32.atomic.store (i32.const 4) (i32.const 11)) (call $f)))");
    int32_t seen = 0;
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_define_func(linker, WTS_CSTR("env"), WTS_CSTR("f"), WTS_NOTHING, WTS_NOTHING,
                                    read_callers_memory, &seen, NULL));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_OK(wts_func_call(export_of(instance, "run"), NULL, 0, NULL, 0));
    CHECK_EQ(seen, 11);
}

TEST(a_linker_gives_it_to_every_store) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 4);
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(module) module = new_module(TURNS);
    WTS_SCOPED(instance_pre) pre = 0;
    CHECK_OK(wts_linker_define(linker, WTS_CSTR("env"), WTS_CSTR("memory"), memory));
    CHECK_STATUS(wts_linker_define(linker, WTS_CSTR("env"), WTS_CSTR("memory"), memory), WTS_ERR_STATE);
    CHECK_OK(wts_linker_instantiate_pre(linker, module, &pre));
    for (int64_t pages = 1; pages < 4; pages++) {
        WTS_SCOPED(store) store = new_store();
        wts_instance_t instance = 0;
        if (pages == 2) CHECK_OK(wts_instance_pre_instantiate(pre, store, &instance));
        else CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
        int64_t previous = 0;
        CHECK_OK(wts_func_call(export_of(instance, "grow"), NULL, 0, &previous, 1));
        CHECK_EQ(previous, pages);
        uint64_t found = 0, again = 0;
        CHECK_OK(wts_linker_get(linker, store, WTS_CSTR("env"), WTS_CSTR("memory"), &found));
        CHECK_OK(wts_linker_get(linker, store, WTS_CSTR("env"), WTS_CSTR("memory"), &again));
        CHECK(found == again && same(found, memory));
    }
}

TEST(an_export_is_imported_by_its_own_store_and_taken_to_another) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(store) other = new_store();
    WTS_SCOPED(linker) linker = new_linker();
    WTS_SCOPED(shared_memory) taken = 0;
    WTS_SCOPED(module) module = new_module("(module (import \"env\" \"memory\" (memory 1 2 shared))"
                                           "  (func (export \"set\") (i32.atomic.store (i32.const 0) (i32.const 9))))");
    const wts_instance_t exporting = new_instance(store, EXPORTS);
    const uint64_t memory = export_of(exporting, "memory");
    wts_instance_t instance = 0;
    CHECK_OK(wts_instance_new(store, module, &memory, 1, &instance));
    CHECK_STATUS(wts_instance_new(other, module, &memory, 1, &instance), WTS_ERR_WRONG_STORE);
    CHECK_OK(wts_linker_define(linker, WTS_CSTR("env"), WTS_CSTR("memory"), memory));
    CHECK_OK(wts_linker_instantiate(linker, store, module, &instance));
    CHECK_STATUS(wts_linker_instantiate(linker, other, module, &instance), WTS_ERR_WRONG_STORE);
    CHECK_OK(wts_shared_memory_share(memory, &taken));
    CHECK_OK(wts_instance_new(other, module, &taken, 1, &instance));
    CHECK_OK(wts_func_call(export_of(instance, "set"), NULL, 0, NULL, 0));
    CHECK_EQ(word(memory, 0), 9);
}

TEST(a_type_that_does_not_fit_is_a_link_error) {
    WTS_SCOPED(store) store = new_store();
    WTS_SCOPED(shared_memory) memory = new_memory(1, 4);
    wts_instance_t instance = 0;
    WTS_SCOPED(module) narrow = new_module("(module (import \"env\" \"memory\" (memory 1 2 shared)))");
    WTS_SCOPED(module) unshared = new_module("(module (import \"env\" \"memory\" (memory 1 4)))");
    CHECK_STATUS(wts_instance_new(store, narrow, &memory, 1, &instance), WTS_ERR_LINK);
    CHECK_STATUS(wts_instance_new(store, unshared, &memory, 1, &instance), WTS_ERR_LINK);
}

TEST(another_engine_is_refused) {
    WTS_SCOPED(engine) foreign = new_engine(1);
    WTS_SCOPED(shared_memory) memory = new_memory(1, 4);
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = new_module_of(foreign, TURNS);
    wts_instance_t instance = 0;
    CHECK_OK(wts_linker_new(foreign, &linker));
    CHECK_OK(wts_store_new(foreign, 0, &store));
    CHECK_STATUS(wts_instance_new(store, module, &memory, 1, &instance), WTS_ERR_WRONG_STORE);
    CHECK_STATUS(wts_linker_define(linker, WTS_CSTR("env"), WTS_CSTR("memory"), memory), WTS_ERR_WRONG_STORE);
}

TEST(the_option_turns_them_on) {
    WTS_SCOPED(engine) plain = new_engine(0);
    WTS_SCOPED(type) type = memory_type(1, 2, WTS_MEMORY_SHARED);
    WTS_SCOPED(type) unshared = memory_type(1, 2, 0);
    WTS_SCOPED(type) global = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = new_module_of(plain, EXPORTS);
    wts_shared_memory_t memory = 7;
    wts_instance_t instance = 7;
    CHECK_OK(wts_type_new_global(WTS_I32, 0, &global));
    CHECK_OK(wts_store_new(plain, 0, &store));
    CHECK_ERROR(wts_shared_memory_new(plain, type, &memory), WTS_ERR_STATE, "shared_memory");
    CHECK_ERROR(wts_instance_new(store, module, WTS_NOTHING, &instance), WTS_ERR_STATE, "shared");
    CHECK_ERROR(wts_shared_memory_new(engine, unshared, &memory), WTS_ERR_TYPE, "wts_memory_new");
    CHECK_STATUS(wts_shared_memory_new(engine, global, &memory), WTS_ERR_TYPE);
    CHECK(memory == 7 && instance == 7);
}

TEST(arguments_are_checked) {
    WTS_SCOPED(shared_memory) memory = new_memory(1, 1);
    WTS_SCOPED(type) type = memory_type(1, 1, WTS_MEMORY_SHARED);
    wts_shared_memory_t stale = new_memory(1, 1), made = 0;
    CHECK_OK(wts_shared_memory_delete(stale));
    uint64_t number = 0;
    uint32_t count = 0;
    int32_t i32 = 0;
    int64_t i64 = 0;
    uint8_t *data = NULL, byte = 0;
    size_t len = 0;
    wts_type_t of = 0;
    const uint64_t gone = deleted_engine();
    CHECK_HANDLES(h, gone, memory, wts_shared_memory_new(h, type, &made));
    CHECK_HANDLES(h, stale, memory, wts_shared_memory_new(engine, h, &made));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_share(h, &made));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_same(h, memory, &i32));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_same(memory, h, &i32));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_type(h, &of));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_size(h, &number));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_data_size(h, &number));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_grow(h, 0, &number));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_data(h, &data, &len));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_read(h, 0, &byte, 1));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_write(h, 0, &byte, 1));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_fill(h, 0, 0, 0));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_atomic_load_i32(h, 0, &i32));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_atomic_load_i64(h, 0, &i64));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_atomic_store_i32(h, 0, 0));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_atomic_store_i64(h, 0, 0));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_atomic_add_i32(h, 0, 0, &i32));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_atomic_add_i64(h, 0, 0, &i64));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_atomic_compare_exchange_i32(h, 0, 0, 0, &i32));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_atomic_compare_exchange_i64(h, 0, 0, 0, &i64));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_notify(h, 0, 0, &count));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_wait_i32(h, 0, 0, 0, &i32));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_wait_i64(h, 0, 0, 0, &i32));
    CHECK_HANDLES(h, stale, engine, wts_shared_memory_delete(h));
    CHECK_STATUS(wts_shared_memory_new(engine, type, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_share(memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_same(memory, memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_type(memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_size(memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_data_size(memory, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_grow(memory, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_data(memory, NULL, &len), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_data(memory, &data, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_atomic_load_i32(memory, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_atomic_load_i64(memory, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_atomic_add_i32(memory, 0, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_atomic_add_i64(memory, 0, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_atomic_compare_exchange_i32(memory, 0, 0, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_atomic_compare_exchange_i64(memory, 0, 0, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_notify(memory, 0, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_wait_i32(memory, 0, 0, 0, NULL), WTS_ERR_NULL);
    CHECK_STATUS(wts_shared_memory_wait_i64(memory, 0, 0, 0, NULL), WTS_ERR_NULL);
    uint64_t pages = 0;
    CHECK_STATUS(wts_memory_size(memory, &pages), WTS_ERR_KIND);
}

int main(int argc, char **argv) {
    engine = new_engine(1);
    RUN(its_type_and_its_sizes);
    RUN(limits_of_every_size);
    RUN(bytes_are_read_written_and_filled);
    RUN(what_is_out_of_bounds_is_told_the_size);
    RUN(integers_are_loaded_stored_added_and_exchanged);
    RUN(a_wait_ends_at_once_or_when_the_time_is_over);
    RUN(two_stores_on_two_threads_share_it);
    RUN(the_host_takes_turns_with_webassembly);
    RUN(a_notification_tells_how_many_it_woke);
    RUN(threads_add_and_grow_without_loss);
    RUN(a_shared_memory_is_told_from_others);
    RUN(an_export_is_one_handle_that_goes_with_its_store);
    RUN(an_export_is_busy_while_another_thread_has_its_store);
    RUN(a_host_function_reaches_its_callers_memory);
    RUN(a_linker_gives_it_to_every_store);
    RUN(an_export_is_imported_by_its_own_store_and_taken_to_another);
    RUN(a_type_that_does_not_fit_is_a_link_error);
    RUN(another_engine_is_refused);
    RUN(the_option_turns_them_on);
    RUN(arguments_are_checked);
    END;
}
