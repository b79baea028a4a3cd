/* A value of the host that WebAssembly holds without looking inside: in a table, in a global, through a call. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (table (export \"table\") 10 externref)"                                                    \
    "  (global (export \"global\") (mut externref) (ref.null extern))"                             \
    "  (func (export \"same\") (param externref) (result externref) (local.get 0)))"

static void dropped(void *env) { printf("\"%s\" is dropped\n", (const char *)env); }

/* Prints the text of a reference that was given to us, and lets go of it. */
static wts_status_t print(const char *from, wts_reference_t reference) {
    WTS_SCOPED(reference) given = reference;
    uint64_t value = 0;
    WTS_TRY(wts_externref_get(given, &value));
    printf("from %s: %s\n", from, (const char *)(uintptr_t)value);
    return WTS_OK;
}

static wts_status_t use(wts_store_t store, wts_instance_t instance, char *text) {
    WTS_SCOPED(reference) reference = 0;
    uint64_t table = 0, global = 0, same = 0, element = 0;
    int64_t slot = 0;
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("table"), &table));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("global"), &global));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("same"), &same));

    /* Any 64 bits: here the address of the text. */
    WTS_TRY(wts_externref_new(store, (uint64_t)(uintptr_t)text, text, dropped, &reference));

    WTS_TRY(wts_table_set(table, 3, reference));
    WTS_TRY(wts_table_get(table, 3, &element));
    WTS_TRY(print("the table", element));

    WTS_TRY(wts_global_set(global, WTS_SLOTS(wts_slot_from_handle(reference))));
    WTS_TRY(wts_global_get(global, &slot, 1));
    WTS_TRY(print("the global", wts_slot_to_handle(slot)));

    WTS_TRY(wts_func_call(same, WTS_SLOTS(wts_slot_from_handle(reference)), &slot, 1));
    WTS_TRY(print("the function", wts_slot_to_handle(slot)));

    /* Nobody holds the text any more. */
    WTS_TRY(wts_table_set(table, 3, 0));
    WTS_TRY(wts_global_set(global, WTS_SLOTS(0)));
    WTS_TRY(wts_reference_delete(reference));
    reference = 0;
    return wts_store_gc(store);
}

static wts_status_t run(char *text) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_instance_new(store, module, WTS_NOTHING, &instance));
    return use(store, instance, text);
}

int main(void) {
    char text[] = "Hello, World!";
    if (run(text) == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
