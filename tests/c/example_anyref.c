/* Values of WebAssembly's collector: numbers of 31 bits, in a table, in a global, and through calls. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (table (export \"table\") 10 anyref)"                                                       \
    "  (global (export \"global\") (mut anyref) (ref.null any))"                                   \
    "  (func (export \"is_null\") (param anyref) (result i32) (ref.is_null (local.get 0)))"        \
    "  (func (export \"forty_two\") (result anyref) (ref.i31 (i32.const 42))))"

/* Prints a reference that was given to us, and lets go of it. */
static wts_status_t print(const char *from, wts_reference_t reference) {
    WTS_SCOPED(reference) given = reference;
    int32_t is_i31 = 0, value = 0;
    WTS_TRY(wts_reference_is(given, WTS_I31REF, &is_i31));
    WTS_TRY(wts_i31_get(given, &value));
    printf("from %s: %s %d\n", from, is_i31 ? "i31" : "another", (int)value);
    return WTS_OK;
}

static wts_status_t use(wts_store_t store, wts_instance_t instance) {
    WTS_SCOPED(reference) reference = 0;
    uint64_t table = 0, global = 0, is_null = 0, forty_two = 0, element = 0;
    int64_t slot = 0;
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("table"), &table));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("global"), &global));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("is_null"), &is_null));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("forty_two"), &forty_two));
    WTS_TRY(wts_i31_new(store, 1234, &reference));

    WTS_TRY(wts_table_set(table, 3, reference));
    WTS_TRY(wts_table_get(table, 3, &element));
    WTS_TRY(print("the table", element));

    WTS_TRY(wts_global_set(global, WTS_SLOTS(wts_slot_from_handle(reference))));
    WTS_TRY(wts_global_get(global, &slot, 1));
    WTS_TRY(print("the global", wts_slot_to_handle(slot)));

    WTS_TRY(wts_func_call(is_null, WTS_SLOTS(wts_slot_from_handle(reference)), &slot, 1));
    printf("is it null? %d\n", (int)wts_slot_to_i32(slot));
    WTS_TRY(wts_func_call(forty_two, WTS_NOTHING, &slot, 1));
    WTS_TRY(print("the function", wts_slot_to_handle(slot)));
    return wts_store_gc(store);
}

static wts_status_t run(void) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    return use(store, instance);
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
