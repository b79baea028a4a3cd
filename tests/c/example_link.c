/* Two modules: the exports of one are the imports of the other, a function and a memory. */
#include <wts.h>

#define LIBRARY                                                                                    \
    "(module"                                                                                      \
    "  (memory (export \"memory\") 1)"                                                             \
    "  (func (export \"square\") (param i32) (result i32)"                                         \
    "    local.get 0 local.get 0 i32.mul))"
#define PROGRAM                                                                                    \
    "(module"                                                                                      \
    "  (import \"library\" \"memory\" (memory 1))"                                                 \
    "  (import \"library\" \"square\" (func $square (param i32) (result i32)))"                    \
    "  (func (export \"store_square\") (param i32)"                                                \
    "    i32.const 100 local.get 0 call $square i32.store))"

static wts_status_t run(int64_t *out_stored) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) library = 0;
    WTS_SCOPED(module) program = 0;
    wts_instance_t library_instance = 0, program_instance = 0;
    uint64_t store_square = 0, memory = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(LIBRARY), &library));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(PROGRAM), &program));

    WTS_TRY(wts_linker_instantiate(linker, store, library, &library_instance));
    WTS_TRY(wts_linker_define_instance(linker, WTS_STR("library"), library_instance));
    WTS_TRY(wts_linker_instantiate(linker, store, program, &program_instance));

    WTS_TRY(wts_instance_get_export(program_instance, WTS_STR("store_square"), &store_square));
    WTS_TRY(wts_call_i32_void(store_square, 12));

    /* What the program stored is in the library's memory: there is only one. */
    WTS_TRY(wts_instance_get_export(library_instance, WTS_STR("memory"), &memory));
    return wts_memory_load_i32(memory, 100, out_stored);
}

int main(void) {
    int64_t stored = 0;
    if (run(&stored) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("12 squared is %d\n", (int)stored);
    return stored == 144 ? EXIT_SUCCESS : EXIT_FAILURE;
}
