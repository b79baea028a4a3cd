/* A module with two memories. They differ in what they hold and in how far they grow. */
#include <wts.h>

#define MEMORY(number, maximum, bytes)                                                             \
    "  (memory (export \"memory" number "\") 2 " maximum ")"                                       \
    "  (data (memory " number ") (i32.const 0x1000) \"" bytes "\")"                                \
    "  (func (export \"size" number "\") (result i32) (memory.size " number "))"                   \
    "  (func (export \"load" number "\") (param i32) (result i32)"                                 \
    "    (i32.load8_s " number " (local.get 0)))"                                                  \
    "  (func (export \"store" number "\") (param i32 i32)"                                         \
    "    (i32.store8 " number " (local.get 0) (local.get 1)))"
#define WAT "(module" MEMORY("0", "3", "\\01\\02\\03\\04") MEMORY("1", "4", "\\04\\03\\02\\01") ")"

/* What belongs to one of the memories, by its number: "load" and "1" are "load1". */
static wts_status_t find(wts_instance_t instance, const char *what, int number, uint64_t *out_item) {
    char name[16];
    snprintf(name, sizeof name, "%s%d", what, number);
    return wts_instance_get_export(instance, WTS_CSTR(name), out_item);
}

/* Prints what a call that must fail answered. */
static wts_status_t refused(const char *what, wts_status_t status) {
    WTS_SCOPED_TEXT name = NULL;
    WTS_TRY(wts_copy_number_text(wts_status_name, status, &name));
    printf("  %s: %s\n", what, name);
    return status < 0 ? WTS_OK : WTS_ERR_INTERNAL;
}

/* The size, and four bytes as the host and as the guest see them. */
static wts_status_t look(wts_memory_t memory, wts_func_t size, wts_func_t load) {
    uint64_t pages = 0;
    int32_t guest_pages = 0;
    uint8_t bytes[4] = {0};
    WTS_TRY(wts_memory_size(memory, &pages));
    WTS_TRY(wts_call_i32(size, &guest_pages));
    WTS_TRY(wts_memory_read(memory, 0x1000, bytes, sizeof bytes));
    printf("  %d and %d pages, bytes", (int)pages, (int)guest_pages);
    for (int i = 0; i < 4; i++) {
        int32_t guest_byte = 0;
        WTS_TRY(wts_call_i32_i32(load, 0x1000 + i, &guest_byte));
        printf(" %d=%d", bytes[i], (int)guest_byte);
    }
    printf("\n");
    return WTS_OK;
}

static wts_status_t use(wts_instance_t instance, int number, uint64_t more_pages) {
    uint64_t memory = 0, size = 0, load = 0, store = 0, previous = 0;
    int32_t byte = 0;
    WTS_TRY(find(instance, "memory", number, &memory));
    WTS_TRY(find(instance, "size", number, &size));
    WTS_TRY(find(instance, "load", number, &load));
    WTS_TRY(find(instance, "store", number, &store));
    printf("memory %d\n", number);
    WTS_TRY(look(memory, size, load));
    WTS_TRY(refused("load(0x20000)", wts_call_i32_i32(load, 0x20000, &byte)));

    WTS_TRY(wts_memory_store_i8(memory, 0x1003, 5 + 2 * number));
    WTS_TRY(wts_call_i32_i32_void(store, 0x1002, 6 + 2 * number));
    WTS_TRY(wts_memory_grow(memory, more_pages, &previous));
    WTS_TRY(look(memory, size, load));
    return refused("grow by one more", wts_memory_grow(memory, 1, &previous));
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
    WTS_TRY(use(instance, 0, 1));
    return use(instance, 1, 2);
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
