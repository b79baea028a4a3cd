#include "test.h"

/* An engine with two options. */
static wts_engine_t engine_with(int32_t option, int64_t value, int32_t second, int64_t second_value) {
    WTS_SCOPED(config) config = 0;
    wts_engine_t made = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, option, value));
    CHECK_OK(wts_config_set(config, second, second_value));
    CHECK_OK(wts_engine_new(config, &made));
    return made;
}

static wts_store_t store_of(wts_engine_t of) {
    wts_store_t store = 0;
    CHECK_OK(wts_store_new(of, 0, &store));
    return store;
}

/* The same objects live under each collector. */
static void live_under(int32_t collector) {
    WTS_SCOPED(engine) of = engine_with(WTS_OPT_COLLECTOR, collector, WTS_OPT_WASM_GC, 1);
    WTS_SCOPED(store) store = store_of(of);
    WTS_SCOPED(type) node = 0;
    WTS_SCOPED(type) bytes = 0;
    WTS_SCOPED(type) tag_type = 0;
    WTS_SCOPED(reference) host = 0;
    WTS_SCOPED(reference) array = 0;
    WTS_SCOPED(reference) list = 0;
    WTS_SCOPED(reference) exception = 0;
    wts_tag_t tag = 0;
    int64_t slot = 0;
    uint64_t value = 0;
    CHECK_OK(wts_type_new_struct(of, WTS_KINDS(WTS_EXTERNREF, WTS_EQREF), WTS_KINDS(1, 1), &node));
    CHECK_OK(wts_type_new_array(of, WTS_I8, 1, &bytes));
    CHECK_OK(wts_externref_new(store, 42, NULL, NULL, &host));
    CHECK_OK(wts_array_new_bytes(store, bytes, WTS_BYTES("x"), &array));
    CHECK_OK(wts_struct_new(store, node, WTS_SLOTS((int64_t)host, (int64_t)array), &list));
    CHECK_OK(wts_type_new_tag(WTS_KINDS(WTS_ANYREF), &tag_type));
    CHECK_OK(wts_tag_new(store, tag_type, &tag));
    CHECK_OK(wts_exn_new(tag, WTS_SLOTS((int64_t)list), &exception));
    CHECK_OK(wts_reference_delete(host));
    CHECK_OK(wts_reference_delete(array));
    CHECK_OK(wts_reference_delete(list));
    host = array = list = 0;
    for (int i = 0; i < 3; i++) CHECK_OK(wts_store_gc(store));
    CHECK_OK(wts_exn_get(exception, 0, &slot, 1));
    list = (wts_reference_t)slot;
    CHECK_OK(wts_struct_get(list, 0, &slot, 1));
    host = (wts_reference_t)slot;
    CHECK_OK(wts_externref_get(host, &value));
    CHECK_EQ(value, 42);
    CHECK_OK(wts_struct_get(list, 1, &slot, 1));
    array = (wts_reference_t)slot;
    CHECK_OK(wts_array_get(array, 0, &slot, 1));
    CHECK_EQ(slot, 'x');
}

TEST(objects_live_under_each_collector) {
    live_under(WTS_COLLECTOR_AUTO);
    live_under(WTS_COLLECTOR_DRC);
    live_under(WTS_COLLECTOR_NULL);
    live_under(WTS_COLLECTOR_COPYING);
}

/* A heap that cannot grow: garbage is collected before memory is short, and after that there is a status. */
static void exhaust(int32_t collector, bool collects) {
    WTS_SCOPED(config) config = 0;
    WTS_SCOPED(engine) of = 0;
    WTS_SCOPED(type) type = 0;
    WTS_SCOPED(reference) after = 0;
    enum { KEPT = 64, LEN = 64 << 10 };
    wts_reference_t kept[KEPT] = {0};
    wts_status_t status = WTS_OK;
    int count = 0;
    CHECK_OK(wts_config_new(&config));
    CHECK_OK(wts_config_set(config, WTS_OPT_COLLECTOR, collector));
    CHECK_OK(wts_config_set(config, WTS_OPT_GC_HEAP_RESERVATION, 1 << 20));
    CHECK_OK(wts_config_set(config, WTS_OPT_GC_HEAP_RESERVATION_FOR_GROWTH, 0));
    CHECK_OK(wts_config_set(config, WTS_OPT_GC_HEAP_GUARD_SIZE, 0));
    CHECK_OK(wts_config_set(config, WTS_OPT_GC_HEAP_MAY_MOVE, 0));
    CHECK_OK(wts_engine_new(config, &of));
    WTS_SCOPED(store) store = store_of(of);
    CHECK_OK(wts_type_new_array(of, WTS_I8, 1, &type));
    while (count < KEPT && (status = wts_array_new(store, type, WTS_SLOTS(0), LEN, &kept[count])) == WTS_OK) count++;
    CHECK_ERROR(status, WTS_ERR_MEMORY, "no memory for an array");
    CHECK(count > 2);
    CHECK_STATUS(wts_externref_new(store, 1, NULL, NULL, &after), WTS_OK);
    while (count > 0) CHECK_OK(wts_reference_delete(kept[--count]));
    for (int i = 0; i < KEPT && collects; i++) {
        WTS_SCOPED(reference) garbage = 0;
        CHECK_OK(wts_array_new(store, type, WTS_SLOTS(0), LEN, &garbage));
    }
}

TEST(a_full_heap_is_a_status) {
    exhaust(WTS_COLLECTOR_DRC, true);
    exhaust(WTS_COLLECTOR_COPYING, true);
    exhaust(WTS_COLLECTOR_NULL, false);
}

TEST(without_garbage_collection_there_are_no_objects) {
    WTS_SCOPED(engine) of = engine_with(WTS_OPT_GC_SUPPORT, 0, WTS_OPT_WASM_EXCEPTIONS, 0);
    WTS_SCOPED(store) store = store_of(of);
    WTS_SCOPED(type) tag_type = 0;
    WTS_SCOPED(reference) number = 0;
    wts_tag_t tag = 7;
    wts_type_t type = 7;
    wts_reference_t made = 7;
    int32_t value = 0;
    CHECK_ERROR(wts_externref_new(store, 1, NULL, NULL, &made), WTS_ERR_STATE, "garbage collection");
    CHECK_ERROR(wts_type_new_struct(of, WTS_NOTHING, WTS_NOTHING, &type), WTS_ERR_STATE, "garbage collection");
    CHECK_STATUS(wts_type_new_struct_of(of, 0, 1, WTS_NOTHING, WTS_NOTHING, WTS_NOTHING, &type), WTS_ERR_STATE);
    CHECK_STATUS(wts_type_new_array(of, WTS_I8, 0, &type), WTS_ERR_STATE);
    CHECK_STATUS(wts_type_new_array_of(of, 0, 1, WTS_I8, 0, 0, &type), WTS_ERR_STATE);
    CHECK_OK(wts_type_new_tag(WTS_NOTHING, &tag_type));
    CHECK_ERROR(wts_tag_new(store, tag_type, &tag), WTS_ERR_STATE, "garbage collection");
    CHECK(type == 7 && made == 7 && tag == 7);

    /* An i31 takes no memory. */
    CHECK_OK(wts_i31_new(store, 5, &number));
    CHECK_OK(wts_i31_get(number, &value));
    CHECK_EQ(value, 5);
    CHECK_OK(wts_store_gc(store));
}

int main(int argc, char **argv) {
    BEGIN;
    RUN(objects_live_under_each_collector);
    RUN(a_full_heap_is_a_status);
    RUN(without_garbage_collection_there_are_no_objects);
    END;
}
