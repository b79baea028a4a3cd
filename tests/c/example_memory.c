/* The memory of an instance: looked at, changed and grown from both sides, and a memory that the host makes. */
#include <wts.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (memory (export \"memory\") 2 3)"                                                           \
    "  (data (i32.const 0x1000) \"\\01\\02\\03\\04\")"                                             \
    "  (func (export \"size\") (result i32) (memory.size))"                                        \
    "  (func (export \"load\") (param i32) (result i32) (i32.load8_s (local.get 0)))"              \
    "  (func (export \"store\") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))"

/* Prints what a call that must fail answered. */
static wts_status_t refused(const char *what, wts_status_t status) {
    WTS_SCOPED_TEXT name = NULL;
    WTS_TRY(wts_copy_number_text(wts_status_name, status, &name));
    printf("%s: %s\n", what, name);
    return status < 0 ? WTS_OK : WTS_ERR_INTERNAL;
}

/* The size, and a byte as the guest and as the host see it. */
static wts_status_t look(wts_memory_t memory, wts_func_t size, wts_func_t load, uint32_t address) {
    uint64_t pages = 0;
    int32_t guest_pages = 0, guest_byte = 0;
    uint8_t byte = 0;
    WTS_TRY(wts_memory_size(memory, &pages));
    WTS_TRY(wts_call_i32(size, &guest_pages));
    WTS_TRY(wts_memory_read(memory, address, &byte, 1));
    WTS_TRY(wts_call_i32_i32(load, (int32_t)address, &guest_byte));
    printf("%d and %d pages, byte 0x%x is %d and %d\n", (int)pages, (int)guest_pages, (unsigned)address, byte,
           (int)guest_byte);
    return WTS_OK;
}

static wts_status_t use(wts_store_t store, wts_instance_t instance) {
    WTS_SCOPED(type) type = 0;
    uint64_t memory = 0, size = 0, load = 0, store_byte = 0, own = 0, pages = 0;
    uint8_t *data = NULL;
    size_t len = 0;
    int32_t byte = 0;
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("memory"), &memory));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("size"), &size));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("load"), &load));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("store"), &store_byte));
    WTS_TRY(look(memory, size, load, 0x1000));
    WTS_TRY(look(memory, size, load, 0x1003));
    WTS_TRY(refused("load(0x20000)", wts_call_i32_i32(load, 0x20000, &byte)));

    /* The host writes one byte, the guest the other. The pointer is valid until WebAssembly runs. */
    WTS_TRY(wts_memory_data(memory, &data, &len));
    data[0x1003] = 5;
    WTS_TRY(wts_call_i32_i32_void(store_byte, 0x1002, 6));
    WTS_TRY(look(memory, size, load, 0x1003));
    WTS_TRY(look(memory, size, load, 0x1002));
    WTS_TRY(refused("store(0x20000, 0)", wts_call_i32_i32_void(store_byte, 0x20000, 0)));

    /* The maximum is three pages. */
    WTS_TRY(wts_memory_grow(memory, 1, &pages));
    printf("grown from %d pages\n", (int)pages);
    WTS_TRY(look(memory, size, load, 0x20000));
    WTS_TRY(refused("grow by one more", wts_memory_grow(memory, 1, &pages)));

    /* A memory of the host: it can be an import of modules. */
    WTS_TRY(wts_type_new_memory(5, 5, 0, 16, &type));
    WTS_TRY(wts_memory_new(store, type, &own));
    WTS_TRY(wts_memory_size(own, &pages));
    printf("a memory of %d pages\n", (int)pages);
    return WTS_OK;
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
