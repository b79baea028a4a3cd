/* A host function that reads JSON from the guest's memory and writes a number back there.
 *
 * What it knows of JSON is a small counter of keys, written here: it follows strings and their
 * escapes, takes a string before a colon for a key, and does not validate. */
#include <wts.h>

#include <stdbool.h>

#define WAT                                                                                        \
    "(module"                                                                                      \
    "  (import \"env\" \"count_keys\" (func $count_keys (param i32 i32 i32)))"                     \
    "  (memory (export \"memory\") 1)"                                                             \
    "  (func (export \"keys\") (param $text i32) (param $len i32) (result i32)"                    \
    "    (call $count_keys (local.get $text) (local.get $len) (i32.const 0))"                      \
    "    (i32.load (i32.const 0))))"

static const char DOCUMENT[] =
    "{\"name\": \"a 3\\\" screw: tricky text\", \"tags\": [\"x\", {\"y\": 1}], \"size\": {\"w\": 2, \"h\": 3}}";

/* The first character after a string that starts at `text`. */
static const char *skip_string(const char *text) {
    for (text++; *text != '"' && *text != '\0'; text++)
        if (*text == '\\' && text[1] != '\0') text++;
    return *text == '"' ? text + 1 : text;
}

static int32_t count_keys_in(const char *text) {
    int32_t keys = 0;
    bool after_string = false;
    while (*text != '\0') {
        if (*text == '"') {
            text = skip_string(text);
            after_string = true;
            continue;
        }
        if (*text == ':' && after_string) keys++;
        if (strchr(" \t\r\n", *text) == NULL) after_string = false;
        text++;
    }
    return keys;
}

/* (address of the text, its length, address of the count) */
static int32_t count_keys(void *env, wts_caller_t caller, const int64_t *args, size_t nargs, int64_t *results,
                          size_t nresults) {
    (void)env, (void)nargs, (void)results, (void)nresults;
    WTS_SCOPED_TEXT text = NULL;
    uint64_t memory = 0;
    WTS_TRY_CALLER(caller, wts_caller_get_export(caller, WTS_STR("memory"), &memory));
    WTS_TRY_CALLER(caller, wts_copy_memory_text(memory, (uint32_t)args[0], (uint32_t)args[1], &text));
    WTS_TRY_CALLER(caller, wts_memory_store_i32(memory, (uint32_t)args[2], count_keys_in(text)));
    return 0;
}

static wts_status_t run(int32_t *out_keys) {
    WTS_SCOPED(engine) engine = 0;
    WTS_SCOPED(store) store = 0;
    WTS_SCOPED(linker) linker = 0;
    WTS_SCOPED(module) module = 0;
    wts_instance_t instance = 0;
    uint64_t memory = 0, keys = 0;

    WTS_TRY(wts_engine_new(0, &engine));
    WTS_TRY(wts_store_new(engine, 0, &store));
    WTS_TRY(wts_linker_new(engine, &linker));
    WTS_TRY(wts_linker_define_func(linker, WTS_STR("env"), WTS_STR("count_keys"),
                                   WTS_KINDS(WTS_I32, WTS_I32, WTS_I32), WTS_NOTHING, count_keys, NULL, NULL));
    WTS_TRY(wts_module_new(engine, WTS_BYTES(WAT), &module));
    WTS_TRY(wts_linker_instantiate(linker, store, module, &instance));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("memory"), &memory));
    WTS_TRY(wts_instance_get_export(instance, WTS_STR("keys"), &keys));
    WTS_TRY(wts_memory_write(memory, 1024, (const uint8_t *)DOCUMENT, strlen(DOCUMENT)));
    return wts_call_i32_i32_i32(keys, 1024, (int32_t)strlen(DOCUMENT), out_keys);
}

int main(void) {
    int32_t keys = 0;
    if (run(&keys) != WTS_OK) {
        wts_error_print(0, stderr);
        return EXIT_FAILURE;
    }
    printf("%s\nhas %d keys\n", DOCUMENT, (int)keys);
    return keys == 6 ? EXIT_SUCCESS : EXIT_FAILURE;
}
