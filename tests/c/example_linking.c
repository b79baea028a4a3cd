/* Two modules: what one exports is what the other imports, functions, a memory and a global. */
#include <wts.h>

#define LIBRARY                                                                                    \
    "(module"                                                                                      \
    "  (import \"host\" \"print\" (func $print (param i32 i32)))"                                  \
    "  (memory (export \"memory\") 1)"                                                             \
    "  (global (export \"free_from\") i32 (i32.const 1024))"                                       \
    "  (func (export \"double\") (param i32) (result i32)"                                         \
    "    (i32.mul (local.get 0) (i32.const 2)))"                                                   \
    "  (func (export \"log\") (param i32 i32)"                                                     \
    "    (call $print (local.get 0) (local.get 1))))"
#define PROGRAM                                                                                    \
    "(module"                                                                                      \
    "  (import \"library\" \"memory\" (memory 1))"                                                 \
    "  (import \"library\" \"free_from\" (global $text i32))"                                      \
    "  (import \"library\" \"double\" (func $double (param i32) (result i32)))"                    \
    "  (import \"library\" \"log\" (func $log (param i32 i32)))"                                   \
    "  (data (global.get $text) \"Hello from one module to another!\")"                            \
    "  (func (export \"run\") (result i32)"                                                        \
    "    (call $log (global.get $text) (i32.const 33))"                                            \
    "    (call $double (i32.const 21))))"

/* (address, length) of a text. The memory is the one that the module that calls exports. */
static int32_t print(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                     size_t nresults) {
    (void)env, (void)nargs, (void)results, (void)nresults;
    WTS_SCOPED_TEXT text = NULL;
    uint64_t memory = 0;
    WTS_TRY_CALLER(caller, wts_caller_get_export(caller, WTS_STR("memory"), &memory));
    WTS_TRY_CALLER(caller, wts_copy_memory_text(memory, (uint32_t)args[0], (uint32_t)args[1], &text));
    printf("%s\n", text);
    return 0;
}

static wts_status_t run(void) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0; /* gives names to what modules import */
    WTS_SCOPED(module) library = 0;
    WTS_SCOPED(module) program = 0;
    wts_instance_t library_instance = 0, program_instance = 0;
    uint64_t exported = 0;
    int32_t doubled = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(LIBRARY), &library));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(PROGRAM), &program));

    WTS_TRY(wts_linker_define_func(linker, WTS_STR("host"), WTS_STR("print"), WTS_KINDS(WTS_I32, WTS_I32),
                                   WTS_NOTHING, print, NULL, NULL));
    WTS_TRY(wts_linker_instantiate(linker, store, library, &library_instance));
    WTS_TRY(wts_linker_define_instance(linker, WTS_STR("library"), library_instance));
    WTS_TRY(wts_linker_instantiate(linker, store, program, &program_instance));

    WTS_TRY(wts_instance_get_export(program_instance, WTS_STR("run"), &exported));
    WTS_TRY(wts_call_i32(exported, &doubled));
    printf("21 doubled is %d\n", (int)doubled);
    return WTS_OK;
}

int main(void) {
    if (run() == WTS_OK) return EXIT_SUCCESS;
    wts_error_print(0, stderr);
    return EXIT_FAILURE;
}
